"""Each language has every text, with the same data in it, and a word for every closed list."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

import depgraph
from depgraph import vocabulary
from depgraph.analysis.verdicts import Answer, Ruling, State
from depgraph.errors import QuestionError
from depgraph.providers.signals import KINDS
from depgraph.texts import languages, words
from depgraph.texts.inline import foreign
from depgraph.texts.reasons import why
from depgraph.vocabulary import Reason

FORM = re.compile(r"\.(zero|one|two|few|many|brief|first)$")


def fields(text):
    return sorted({name for _, name, _, _ in string.Formatter().parse(text) if name is not None})


@pytest.mark.parametrize("lang", languages())
def test_the_tables_have_the_same_texts(lang):
    english = words("en")
    assert {FORM.sub("", code) for code in words(lang)} == {FORM.sub("", code) for code in english}
    for code, text in words(lang).items():
        plain = code if code in english else FORM.sub("", code)
        assert set(fields(text)) <= set(fields(english[plain])), code
        if FORM.search(code) is None:
            assert fields(text) == fields(english[plain]), code


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize(
    ("section", "codes"),
    [
        ("kind", vocabulary.Kind),
        ("relation", vocabulary.Relation),
        ("function", vocabulary.Function),
        ("the", vocabulary.Function),
        ("its", vocabulary.Function),
        ("layer", vocabulary.Layer),
        ("level", vocabulary.Level),
        ("lever", vocabulary.Lever),
        ("can", vocabulary.Lever),
        ("recovery", vocabulary.Lever),
        ("power", vocabulary.Power),
        ("onset", vocabulary.Onset),
        ("turn", vocabulary.Turn),
        ("evidence", vocabulary.Evidence),
        ("confidence", vocabulary.Confidence),
        ("what", vocabulary.What),
        ("what-of", vocabulary.What),
        ("reason", vocabulary.ReasonCode),
        ("provenance", set(vocabulary.SourceKind) - set(vocabulary.SOURCE_NAMES)),
        ("signal", KINDS),
        ("state", State),
        ("answer", Answer),
        ("ruling", Ruling),
    ],
)
def test_every_code_has_its_word(lang, section, codes):
    missing = [code for code in map(str, codes) if f"{section}.{code}" not in words(lang)]
    assert not missing


@pytest.mark.parametrize("lang", languages())
def test_claims_can_name_every_function(lang):
    """By its own word or, of a web site at another name, by that of its part."""
    named = {vocabulary.Function(name) for name in words(lang).claims.functions.values()}
    alike = {one for name in named for one in vocabulary.functions_like(name)}
    assert set(vocabulary.Function) == alike


@pytest.mark.parametrize("lang", languages())
def test_heads_of_columns_are_as_many(lang):
    for code, text in words(lang).items():
        assert text.count("|") == words("en")[FORM.sub("", code)].count("|")


def test_numbers_choose_the_plural_form():
    say = words("en").say
    assert say("span.seconds", n=1) == "1 second"
    assert say("span.seconds", n=2) == "2 seconds"
    assert words("fr").say("span.seconds", n=0) == "0 seconde"


def test_texts_from_outside_are_made_safe():
    shown = words("en").say("named.host", name="a\x1b[31m\nb")
    assert "\x1b" not in shown
    assert "\n" not in shown
    told = f"expected one of the languages {', '.join(languages())}, found 'tlh'"
    with pytest.raises(QuestionError, match=told):
        words("tlh")


def test_french_elides():
    say = words("fr").say
    assert say("its.web", subject="epik.com") == "le site web d’epik.com"
    assert say("its.web", subject="parler.com") == "le site web de parler.com"
    line = words("fr").line("its.web", subject=foreign("Îles"))
    assert [(span.text, span.foreign) for span in line.spans][-1] == ("Îles", True)


def test_days_are_written_as_people_do():
    assert words("en").day("2021-02-01") == "1 Feb 2021"
    assert words("fr").day("2021-02-01") == "1er févr. 2021"
    assert words("fr").day("2021-02-15T00:00:00Z") == "15 févr. 2021"
    assert words("fr").day("soon") == "soon"


def test_each_reason_is_said_with_its_data():
    reason = str(Reason.of("no-address", name="www.a.de", target="b.de", reason="nodata; timeout"))
    assert why(reason, "en") == (
        "www.a.de is an alias of b.de, which has no address (no such record; timeout)"
    )
    assert why("behind-gateway", "en") == (
        "nothing says who holds the mailboxes behind the mail exchanges"
    )
    assert why("behind-gateway?name=Mimecast", "fr") == (
        "rien ne dit qui tient les boîtes aux lettres derrière Mimecast"
    )
    assert why("in my own words", "fr") == "in my own words"
    assert why("", "en") == ""


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("code", list(vocabulary.ReasonCode))
def test_each_reason_can_be_said_without_data(lang, code):
    """A graph by hand may lack the data; the sentence then has gaps, and no braces."""
    assert "{" not in why(code.value, lang)


def test_every_text_is_used():
    """No text is left over: its code stands in the source, whole or as the start of one."""
    package = Path(depgraph.__file__).parent
    sources = [*package.rglob("*.py"), *package.rglob("*.js")]
    source = "\n".join(
        path.read_text("utf-8")
        for path in sources
        if len(path.stem) > 3 or path.parent.name != "texts"
    )
    whole = set(re.findall(r"""["'`]([a-z][\w.-]*)["'`]""", source))
    started = tuple(re.findall(r"""f["']([a-z][a-z-]*(?:\.[a-z-]+)*\.)\{""", source))
    codes = {FORM.sub("", code) for code in words("en")}
    assert not [code for code in codes if code not in whole and not code.startswith(started)]
