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
from depgraph.pictures.engine.measure import drawable, missing, width
from depgraph.precedents import Summary
from depgraph.providers import load as load_catalogue
from depgraph.providers.signals import KINDS
from depgraph.rendering.blocks import Paragraph
from depgraph.rendering.precedents import in_short
from depgraph.rendering.text import to_text
from depgraph.rendering.writer import Writer
from depgraph.texts import languages, words
from depgraph.texts.inline import foreign, own
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


def test_a_number_that_stands_as_a_word_is_of_one_alone():
    say = words("fr").say
    assert [say("survey.moves", n=n) for n in (0, 1, 2)] == [
        "Aucun service n’a bougé",
        "Un service a bougé",
        "2 services ont bougé",
    ]
    assert say("survey.refused", n=0).startswith("0 lignes ou services ont été refusés")
    assert words("en").say("survey.moves", n=0) == "No service moved"


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


@pytest.mark.parametrize(
    ("name", "subject", "of"),
    [
        ("États-Unis", "les États-Unis peuvent", "des États-Unis"),
        ("Pays-Bas", "les Pays-Bas peuvent", "des Pays-Bas"),
        ("Russie", "la Russie peut", "de la Russie"),
        ("Canada", "le Canada peut", "du Canada"),
        ("Mexique", "le Mexique peut", "du Mexique"),
        ("Congo-Brazzaville", "le Congo-Brazzaville peut", "du Congo-Brazzaville"),
        ("Guinée-Bissau", "la Guinée-Bissau peut", "de la Guinée-Bissau"),
        ("Allemagne", "l’Allemagne peut", "de l’Allemagne"),
        ("Israël", "Israël peut", "d’Israël"),
        ("Cuba", "Cuba peut", "de Cuba"),
        ("Myanmar (Birmanie)", "le Myanmar (Birmanie) peut", "du Myanmar (Birmanie)"),
        ("Union européenne", "l’Union européenne peut", "de l’Union européenne"),
        (
            "Big Tech (Google LLC, Meta)",
            "Big Tech (Google LLC, Meta) peut",
            "de Big Tech (Google LLC, Meta)",
        ),
        ("Russie, Chine", "la Russie, la Chine peuvent", "de la Russie, de la Chine"),
        ("Amazon.com, Inc.", "Amazon.com, Inc. peut", "d’Amazon.com, Inc."),
    ],
)
def test_a_country_has_its_article_and_number_in_french(name, subject, of):
    french = words("fr")
    answer = french.say("wanted.answer.takedown", on=name, functions="web")
    assert answer == f"si {subject} l’arrêter (web)"
    assert french.say("dependence.title", subject="a.example", on=name, days="", within="") == (
        f"À quel point a.example dépend {of} (, )"
    )


def test_every_country_has_an_article_or_is_known_to_have_none():
    """Countries without one are those that French names so; no other is left bare."""
    french = words("fr")
    said = {
        code: french.say("page.preset", who=country.name).removeprefix("sans ")
        for code, country in french.countries.items()
    }
    bare = {code for code, text in said.items() if text == french.countries[code].name}
    assert {"CU", "IL", "SG", "MT", "MC", "HK", "TW"} <= bare
    assert not bare & {"US", "RU", "CN", "FR", "DE", "GB", "CA", "JP", "IN", "BR", "NL", "IE"}


@pytest.mark.parametrize("lang", languages())
def test_the_shipped_groups_are_named_and_defined_in_each_language(lang):
    table, english = words(lang), words("en")
    for key, group in load_catalogue().groups.items():
        assert english[f"group.{key}"] == group.name
        assert english[f"defined.{key}"] == group.definition
        assert table.group(group.name) == table[f"group.{key}"]
        assert str(table.defined(group.definition)) == table[f"defined.{key}"]
        if lang != "en":
            assert str(table.defined(group.definition)) != group.definition
        if f"sourced.{key}" in english:
            assert english[f"sourced.{key}"] == group.source
            assert str(table.sourced(group.source)) == table[f"sourced.{key}"]
    both = f"{load_catalogue().groups['eu'].definition} A list of ours."
    assert str(table.defined(both)) == f"{table['defined.eu']} A list of ours."


@pytest.mark.parametrize(
    ("lang", "none", "one", "range_of_one", "several"),
    [
        ("en", "0 hours", "1 hour ", "0 to 1 hours", "0 to 2 hours"),
        ("fr", "0 heure ", "1 heure ", "0 à 1 heure ", "0 à 2 heures"),
    ],
)
def test_spans_of_precedents_agree_with_their_number(lang, none, one, range_of_one, several):
    writer = Writer(lang)

    def said(least, most):
        told = dict.fromkeys(("back_least", "back_median", "back_most"))
        notice = {"noticed": 1, "notice_least": least, "notice_most": most}
        summary = Summary("evict", count=1, outages=0, returned=0, **notice, **told)
        return str(in_short(summary, writer))

    assert none in said(0, 0)
    assert one in said(1, 1)
    assert range_of_one in said(0, 1)
    assert several in said(0, 2)
    assert ("(1 connu)" if lang == "fr" else "(1 told)") in said(0, 0)


SPACED = re.compile(r" [:;!?%€»](?!\w)|« |\d \d{3}(?!\d)")
"""A plain space where French has one at which no line ends."""


@pytest.mark.parametrize("lang", languages())
def test_no_line_of_french_ends_before_a_sign(lang):
    texts = list(words(lang).values())
    found = [text for text in texts if SPACED.search(text)]
    if lang == "fr":
        assert not found
    else:
        assert not any("\u00a0" in text or "\u202f" in text for text in texts)


def test_the_titles_of_recordings_are_spaced_as_all_texts():
    title = "Gab on 28 October 2018: GoDaddy and Joyent give a day"
    said = str(words("fr").titled(title))
    assert said == "Gab le 28 octobre 2018\u00a0: GoDaddy et Joyent accordent un jour"


@pytest.mark.parametrize(
    ("number", "english", "french"),
    [(1234.5, "1234.5", "1\u202f234,5"), (12, "12", "12"), ("0.50", "0.50", "0,50")],
)
def test_a_number_is_written_as_in_each_language(number, english, french):
    assert words("en").number(number) == english
    assert words("fr").number(number) == french
    assert words("fr").say("percent", share=12) == "12\u202f%"


def test_spaces_that_end_no_line_are_kept_on_the_narrowest_terminal():
    line = own("un mot de plus ici\u00a0: un autre mot\u202f; «\u00a0un dernier\u00a0»")
    text = to_text((Paragraph(line),), width=20)
    assert "ici\u00a0:" in text
    assert all(len(row) <= 20 for row in text.splitlines())
    assert not any(row.startswith((":", ";", "»")) for row in text.splitlines())


def test_no_break_spaces_have_room_in_the_font_of_pictures():
    assert not missing("\u00a0\u202f")
    assert drawable("Qui\u202f?\u00a0: 12") == "Qui\u202f?\u00a0: 12"
    assert 0 < width("\u202f", 10) < width("\u00a0", 10)
