"""The command line, called where the tests run."""

from click.testing import CliRunner, Result

from depgraph.cli import main


def run(*words: object) -> Result:
    """Call a command; a fault that is no refusal of ours is raised."""
    result = CliRunner().invoke(main, [str(word) for word in words])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result
