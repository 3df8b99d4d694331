"""Help and wrong usage in each language: every verb and option has its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from depgraph.cli import main
from depgraph.cli.help import meaning
from depgraph.cli.speaking import language
from depgraph.recording import examples
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
            assert " ".join(text.split()) in shown


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
    assert shown.startswith(f"Usage\u00a0: {' '.join(('depgraph', *path))}")
    text = re.sub(r"(?m)^  [a-z]+(?=  )|--\w[\w-]*|`[^`]*`|\[[a-z|]+\]|«[^»]*»", "", shown)
    assert not ENGLISH.findall(text.partition("\n")[2])


WRONG: list[tuple[tuple[str, ...], str, str]] = [
    (
        ("report",),
        "expected FILE, found none. See 'depgraph report --help'",
        "attendu\u00a0: FICHIER\u202f; rien n’est donné. Voir «\u00a0depgraph report --help\u00a0»",
    ),
    (
        ("report", "none.jsonl"),
        "expected a file that is there for FILE, found 'none.jsonl'.",
        "attendu pour FICHIER\u00a0: un fichier qui existe\u202f; trouvé\u00a0: 'none.jsonl'.",
    ),
    (
        ("report", "x", "--lan", "fr"),
        "expected an option of this command, perhaps --all, --at, --lang, found '--lan'.",
        "attendu\u00a0: une option de cette commande, peut-être --all, --at, --lang\u202f; trouvé\u00a0: '--lan'.",
    ),
    (
        ("catalogue", "lst"),
        "expected a command among check, find, learn, list, found 'lst'.",
        "attendu\u00a0: une commande parmi check, find, learn, list\u202f; trouvé\u00a0: 'lst'.",
    ),
    (
        ("catalogue", "list", "dogs"),
        "expected one of groups, companies, providers for {groups|companies|providers}, found",
        "attendu pour {groups|companies|providers}\u00a0: un mot parmi groups, companies, providers\u202f;",
    ),
    (
        ("observe", "x.org", "--seconds", "0"),
        "expected a number above 0 for --seconds, found '0'.",
        "attendu pour --seconds\u00a0: un nombre au-dessus de 0\u202f; trouvé\u00a0: '0'.",
    ),
    (
        ("observe", "x.org", "--depth", "-1"),
        "expected a number from 0 for --depth, found '-1'.",
        "attendu pour --depth\u00a0: un nombre à partir de 0\u202f; trouvé\u00a0: '-1'.",
    ),
    (
        ("observe", "x.org", "--resolver"),
        "expected a value for --resolver, found none.",
        "attendu\u00a0: une valeur pour --resolver\u202f; rien n’est donné.",
    ),
    (
        ("observe", "x.org", "y.org"),
        "expected no more words, found 'y.org'.",
        "attendu\u00a0: aucun mot de plus\u202f; trouvé\u00a0: 'y.org'.",
    ),
    (
        ("explain", "x.org", "--at", "today"),
        "expected a day such as 2026-01-31 for --at, found 'today'.",
        "attendu pour --at\u00a0: un jour tel que 2026-01-31\u202f; trouvé\u00a0: 'today'.",
    ),
    (
        ("takedown", "README.md", "--upto", "none"),
        "expected a number from 1, or 'all', for --upto, found 'none'.",
        "attendu pour --upto\u00a0: un nombre à partir de 1, ou «\u00a0all\u00a0»\u202f; trouvé\u00a0: 'none'.",
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


RECORDING = str(next(path for path in examples() if path.stem == "telegram.org_2026-09-25"))
REFUSED = {
    "check {} nonsense": "attendu\u00a0: une affirmation telle que «\u00a0indépendant de big-tech\u00a0», ",
    "check {} (secure)": "('secure'\u00a0: une qualité",
    "dependence {} --on nobodyy": "attendu\u00a0: un prestataire, une entreprise, un pays, un groupe (",
    "without {} telegram.org": "attendu\u00a0: un acteur\u202f; trouvé\u00a0: 'telegram.org', qui est dans ce graphe un",
    "without {} AS64500": "attendu\u00a0: un numéro en service\u202f; trouvé\u00a0: AS64500, ",
    "takedown {} --horizon 3x": "attendu\u00a0: un délai tel que «\u00a030d\u00a0», ",
    "takedown {} --clients nowhere": "attendu\u00a0: un lieu d’où les réponses diffèrent (aucun)\u202f; ",
    "who nobodyy": "registrar:ID ou une autorité de certification\u202f; ",
    "who France": "un pays\u00a0: «\u00a0depgraph catalogue list companies\u00a0» dit qui y a son siège",
    "explain 192.0.2.0/24": "attendu\u00a0: un nom d’hôte ou une adresse\u202f; ",
    "report {} -o nowhere/x.html": "attendu pour nowhere/x.html\u00a0: un dossier qui existe\u202f; ",
    "report {} -o x.xyz": "attendu\u00a0: un nom de fichier en ",
    "report {} --json --format text": "attendu\u00a0: une seule forme\u202f; trouvé\u00a0: --json et --format text.",
    "report {} --dated soon": "attendu pour --dated\u00a0: une date telle que ",
    "draw {} --kind timeline -o x.svg": "attendu\u00a0: deux graphes ou plus d’un même service\u202f; ",
    "observe": "attendu\u00a0: un nom, ou une liste de noms par --from\u202f; ",
    "survey": "attendu\u00a0: des fichiers à lire et un dossier à écrire (-o)\u202f; ",
    "look": "attendu\u00a0: le nom d’un service ou un fichier, ",
}


@pytest.mark.parametrize("typed", REFUSED)
def test_what_is_refused_of_a_command_line_is_said_in_its_language(tmp_path, monkeypatch, typed):
    monkeypatch.chdir(tmp_path)
    words_typed = [word.format(RECORDING) for word in typed.split()]
    french = run(*words_typed, DEPGRAPH_LANG="fr").replace("\n", " ")
    assert REFUSED[typed] in french
    english = run(*words_typed)
    assert english.startswith("depgraph: expected ")
    assert "attendu" not in english


def test_what_is_wrong_within_a_file_is_said_as_the_library_says_it(tmp_path):
    file = tmp_path / "bad.jsonl"
    file.write_text("{", "utf-8")
    for verb in ("report", "takedown", "exposure"):
        english = run(verb, str(file))
        assert "expected" in english
        assert run(verb, str(file), DEPGRAPH_LANG="fr") == english
