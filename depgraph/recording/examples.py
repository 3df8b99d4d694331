"""The recordings that come with depgraph: services that were in the news, by name and day."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from depgraph.errors import RecordingError
from depgraph.parameters import checked
from depgraph.recording.model import Recording
from depgraph.recording.reading import read
from depgraph.spelling import near, perhaps
from depgraph.text_safety import quote

_HERE: Final = Path(__file__).parent
_FOLDERS: Final = (_HERE / "shipped", _HERE.parents[1] / "data" / "recordings")
"""Where they are: in the installed package, or in a checkout."""


@checked(RecordingError)
def examples(name: str = "", since: str = "") -> tuple[Path, ...]:
    """Return the files of the recordings that come with depgraph, by name and day.

    Parameters
    ----------
    name
        Of the service; otherwise of every one.
    since
        The first day, month or year of each (``"2021"``); otherwise of any.

    Examples
    --------
    >>> [path.name for path in examples("8ch.net", "2019-08")]
    ['8ch.net_2019-08-04.jsonl', '8ch.net_2019-08-05.jsonl']
    """
    folder = next((one for one in _FOLDERS if one.is_dir()), None)
    paths = sorted(folder.glob("*.jsonl")) if folder else []
    return tuple(p for p in paths if _is_of(p.stem, name or p.stem.partition("_")[0], since))


@checked(RecordingError)
def example(name: str, since: str = "") -> Recording:
    """Read a recording that comes with depgraph.

    Parameters
    ----------
    name
        Of the service, such as ``"parler.com"``.
    since
        Its first day, month or year (``"2021-02-15"``); may be left out where there is one.

    Returns
    -------
    Recording

    Raises
    ------
    RecordingError
        If there is none, or several, with the choices.

    Examples
    --------
    >>> example("parler.com", "2021-02-15")
    <Recording of parler.com, 2021-02-15: 16 observations>
    """
    by_stem = {path.stem: path for path in examples()}
    found = [stem for stem in by_stem if _is_of(stem, name, str(since))]
    if len(found) == 1:
        return read(by_stem[found[0]])
    if found:
        days = ", ".join(stem.partition("_")[2] for stem in found)
        raise RecordingError(f"expected a day of {name} among {days}, found {quote(since)}")
    names = dict.fromkeys(stem.partition("_")[0] for stem in by_stem)
    same = [stem.partition("_")[2] for stem in by_stem if stem.startswith(f"{name}_")]
    if same:
        raise RecordingError(
            f"expected a day of {name} among {', '.join(same)}, found {quote(since)}"
        )
    raise RecordingError(
        f"expected one of {', '.join(names)}, found {quote(name)}{perhaps(near(name, names))}"
    )


def _is_of(stem: str, name: str, day: str) -> bool:
    service, _, since = stem.partition("_")
    return service == name and since.startswith(day)
