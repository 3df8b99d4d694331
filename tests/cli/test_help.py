"""Help and wrong usage in each language: every verb and option has its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from depgraph.cli import main
from depgraph.cli.help import language, meaning
from depgraph.texts import languages, words

ENGLISH = re.compile(
    r"\b(the|of|and|with|this|file|show|which|usage:|command|expected|found)\b", re.IGNORECASE
)


def run(*typed: str, **environment: str) -> str:
    """Return all that is said, on standard output and error."""
    plain = {"DEPGRAPH_LANG": "", "LC_ALL": "", "LC_MESSAGES": "", "LANG": ""}
    result = CliRunner().invoke(main, typed, prog_name="depgraph", env=plain | environment)
    return result.output


def commands(
    command: click.Command = main, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yield the program and each verb, with the words that name it."""
    yield path, command
    if isinstance(command, click.Group):
        for name, one in command.commands.items():
            yield from commands(one, (*path, name))


ALL = dict(commands())


@pytest.mark.parametrize("path", ALL, ids=" ".join)
@pytest.mark.parametrize("lang", languages())
def test_every_verb_and_option_has_its_sentence(path: tuple[str, ...], lang: str) -> None:
    w = words(lang)
    assert ".".join(("help", *path)) in w, f"say in depgraph/texts what {path} does"
    shown = " ".join(run("--lang", lang, *path, "--help").split())
    for option in ALL[path].get_params(click.Context(ALL[path])):
        if isinstance(option, click.Option):
            text = meaning(option, path, w)
            assert text, f"say in depgraph/texts what {path} {option.opts} means"
            assert text in shown


def test_no_help_is_left_over() -> None:
    """Each sentence is that of a verb or option there is, and no verb brings its own."""
    used = {"help.usage", "help.options", "help.verbs", "help.default", "help.required"}
    for path, command in ALL.items():
        used.add(".".join(("help", *path)))
        for option in command.get_params(click.Context(command)):
            name = max(option.opts, key=len).lstrip("-")
            used |= {".".join(("help", *path, name)), f"help.option.{name}"}
            own_text = isinstance(option, click.Option) and option.name in {"version", "help"}
            assert own_text or not getattr(option, "help", None) or name in {"help", "version"}
    codes = {code for code in words("en") if code.split(".")[0] == "help"}
    assert {code for code in codes - used if not code.startswith("help.word.")} == set()


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_the_french_help_is_french(path: tuple[str, ...]) -> None:
    shown = run(*path, "--help", LANG="fr_CH.UTF-8")
    assert shown.startswith(f"Usage : {' '.join(('depgraph', *path))}")
    text = re.sub(r"(?m)^  [a-z]+(?=  )|--\w[\w-]*|`[^`]*`|\[[a-z|]+\]|«[^»]*»", "", shown)
    assert not ENGLISH.findall(text.partition("\n")[2])


WRONG: list[tuple[tuple[str, ...], str, str]] = [
    (
        ("report",),
        "expected FILE, found none. See 'depgraph report --help'",
        "attendu : FICHIER ; rien n’est donné. Voir « depgraph report --help »",
    ),
    (
        ("report", "none.jsonl"),
        "expected a file that is there for FILE, found 'none.jsonl'.",
        "attendu pour FICHIER : un fichier qui existe ; trouvé : 'none.jsonl'.",
    ),
    (
        ("report", "x", "--lan", "fr"),
        "expected an option of this command, perhaps --all, --at, --lang, found '--lan'.",
        "attendu : une option de cette commande, peut-être --all, --at, --lang ; trouvé : '--lan'.",
    ),
    (
        ("catalogue", "lst"),
        "expected a command among check, find, learn, list, found 'lst'.",
        "attendu : une commande parmi check, find, learn, list ; trouvé : 'lst'.",
    ),
    (
        ("catalogue", "list", "dogs"),
        "expected one of groups, companies, providers for {groups|companies|providers}, found",
        "attendu pour {groups|companies|providers} : un mot parmi groups, companies, providers ;",
    ),
    (
        ("observe", "x.org", "--seconds", "0"),
        "expected a number above 0 for --seconds, found '0'.",
        "attendu pour --seconds : un nombre au-dessus de 0 ; trouvé : '0'.",
    ),
    (
        ("observe", "x.org", "--depth", "-1"),
        "expected a number from 0 for --depth, found '-1'.",
        "attendu pour --depth : un nombre à partir de 0 ; trouvé : '-1'.",
    ),
    (
        ("observe", "x.org", "--resolver"),
        "expected a value for --resolver, found none.",
        "attendu : une valeur pour --resolver ; rien n’est donné.",
    ),
    (
        ("observe", "x.org", "y.org"),
        "expected no more words, found 'y.org'.",
        "attendu : aucun mot de plus ; trouvé : 'y.org'.",
    ),
    (
        ("explain", "x.org", "--at", "today"),
        "expected a day such as 2026-01-31 for --at, found 'today'.",
        "attendu pour --at : un jour tel que 2026-01-31 ; trouvé : 'today'.",
    ),
    (
        ("takedown", "README.md", "--upto", "none"),
        "expected a number from 1, or 'all', for --upto, found 'none'.",
        "attendu pour --upto : un nombre à partir de 1, ou « all » ; trouvé : 'none'.",
    ),
]


@pytest.mark.parametrize(("typed", "english", "french"), WRONG)
def test_wrong_usage_is_said_in_the_language(
    typed: tuple[str, ...], english: str, french: str
) -> None:
    assert run(*typed).startswith(f"depgraph: {english}")
    assert run(*typed, LANG="fr_FR.UTF-8").startswith(f"depgraph: {french}")


@pytest.mark.parametrize(
    ("typed", "environment", "lang"),
    [
        ([], {}, "en"),
        ([], {"LANG": "fr"}, "fr"),
        ([], {"LC_ALL": "C", "LANG": "fr_FR.UTF-8"}, "en"),
        ([], {"LC_MESSAGES": "fr_BE@euro", "LANG": "de_DE"}, "fr"),
        ([], {"DEPGRAPH_LANG": "en", "LANG": "fr_FR"}, "en"),
        (["--lang", "fr"], {"DEPGRAPH_LANG": "en"}, "fr"),
        (["report", "--lang=fr"], {}, "fr"),
        (["--lang", "zz"], {"LANG": "fr_FR"}, "fr"),
        (["--lang"], {}, "en"),
    ],
)
def test_how_the_language_is_chosen(
    typed: list[str], environment: dict[str, str], lang: str
) -> None:
    assert language(typed, environment) == lang


def test_answers_follow_the_word_for_depgraph_and_not_the_locale() -> None:
    ask = ("takedown", "tests/scenarios/null-mx.jsonl")
    english, french = run(*ask), run(*ask, "--lang", "fr")
    assert english != french
    assert run(*ask, LANG="fr_FR.UTF-8") == english
    assert run(*ask, DEPGRAPH_LANG="fr") == french
    assert run("--lang", "fr", *ask) == french
    assert run("--lang", "fr", *ask, "--lang", "en", DEPGRAPH_LANG="fr") == english
