"""Denials, exceptions and limits in claims: read the right way round, or not at all."""

import itertools
import tomllib
from pathlib import Path

import pytest

import depgraph
from depgraph.analysis import check
from depgraph.analysis.grammar import OF_THE_OTHERS, Form, Untestable, read_claim
from depgraph.analysis.verdicts import Ruling
from depgraph.errors import QuestionError
from depgraph.texts import languages, words
from tests.analysis.test_actors import RECORDINGS

READINGS = tomllib.loads(Path(__file__).with_name("readings.toml").read_text("utf-8"))
ALSO = {Untestable.DIRECTION, Untestable.EXCLUSIVE}


def shown(claim):
    layer = f" [{claim.layer.value}]" if claim.layer else ""
    named = [one.value for one in claim.functions if one.value != "web-www"]
    functions = f" ({', '.join(named)})" if named and claim.form is not Form.MENTION else ""
    who = " or ".join((claim.actors, *claim.others)) if claim.actors else claim.level
    return f"{claim.form.value}: {who}{layer}{functions}"


@pytest.mark.parametrize("text", READINGS)
def test_a_sentence_is_read_the_right_way_round(text):
    statement = read_claim(text)
    also = [one.why.value for one in statement.untested if one.why in ALSO]
    read = "; ".join(map(shown, statement.claims)) + (f" | {'; '.join(also)}" if also else "")
    assert read == READINGS[text]


# What a sentence says by its parts: the sign of each is written down here, and signs multiply.
# None: whoever says so commits himself to nothing, and there must be no ruling.
OPPOSITES = {
    "can-stop": "cannot-stop",
    "on-path": "not-on-path",
    "done-by": "not-done-by",
}
FORMS = {(form, 1): form for form in OPPOSITES} | {(a, -1): b for a, b in OPPOSITES.items()}
ENGLISH = {
    "frames": {
        "": 1,
        "We confirm that ": 1,
        "It is true that ": 1,
        "It is false that ": -1,
        "It is not true that ": -1,
        "It is not false that ": 1,
        "We deny that ": -1,
        "We do not deny that ": 1,
        "We never denied that ": 1,
        "Nobody denies that ": 1,
        "We refuse to say that ": -1,
        "It is a lie that ": -1,
        "It is impossible that ": -1,
        "We doubt that ": None,
        "Critics claim that ": None,
        "We wonder whether ": None,
        "We blorfed that ": None,
        "The rumour that ": None,
        "Unless ": None,
    },
    "statements": {
        "our service depends on Google": ("can-stop", 1),
        "our service does not depend on Google": ("can-stop", -1),
        "our service never depends on Google": ("can-stop", -1),
        "our service depends in no way on Google": ("can-stop", -1),
        "our service is independent of Google": ("can-stop", -1),
        "our service is far from independent of Google": ("can-stop", 1),
        "our service is not independent of Google": ("can-stop", 1),
        "our service has stopped relying on Google": ("can-stop", -1),
        "our service has never stopped relying on Google": ("can-stop", 1),
        "our service avoids depending on Google": ("can-stop", -1),
        "our service lacks independence from Google": ("can-stop", 1),
        "our dependence on Google is over": ("can-stop", -1),
        "Google can take us down": ("can-stop", 1),
        "Google cannot take us down": ("can-stop", -1),
        "Google is unable to take us down": ("can-stop", -1),
        "nobody except Google can take us down": ("can-stop", 1),
        "our service works without Google": ("can-stop", -1),
        "our service cannot work without Google": ("can-stop", 1),
        "our service uses Google": ("on-path", 1),
        "our service no longer uses Google": ("on-path", -1),
        "our service uses neither Google nor Amazon": ("on-path", -1),
        "our service is hosted by Google": ("done-by", 1),
        "our service is not hosted by Google": ("done-by", -1),
        "our service is hosted by neither Google nor Amazon": ("done-by", -1),
    },
}
FRENCH = {
    "frames": {
        "": 1,
        "Nous confirmons que ": 1,
        "Il est faux que ": -1,
        "Il n'est pas vrai que ": -1,
        "Il n'est pas faux que ": 1,
        "Nous nions que ": -1,
        "Nous ne nions pas que ": 1,
        "Personne ne nie que ": 1,
        "C'est un mensonge que ": -1,
        "Nous doutons que ": None,
        "Nous blorfons que ": None,
        "À moins que ": None,
    },
    "statements": {
        "notre service dépend de Google": ("can-stop", 1),
        "notre service ne dépend pas de Google": ("can-stop", -1),
        "notre service ne dépend plus de Google": ("can-stop", -1),
        "notre service est indépendant de Google": ("can-stop", -1),
        "notre service n'est pas indépendant de Google": ("can-stop", 1),
        "notre service est loin d'être indépendant de Google": ("can-stop", 1),
        "notre service a cessé de dépendre de Google": ("can-stop", -1),
        "notre service n'a jamais cessé de dépendre de Google": ("can-stop", 1),
        "Google peut nous arrêter": ("can-stop", 1),
        "Google ne peut pas nous arrêter": ("can-stop", -1),
        "Google est incapable de nous arrêter": ("can-stop", -1),
        "personne sauf Google ne peut nous arrêter": ("can-stop", 1),
        "notre service utilise Google": ("on-path", 1),
        "notre service n'utilise ni Google ni Amazon": ("on-path", -1),
        "notre service est hébergé par Google": ("done-by", 1),
        "notre service n'est hébergé ni par Google ni par Amazon": ("done-by", -1),
    },
}


def forms_of(text):
    """Return what is said of Google with a ruling; nothing where it is not read."""
    try:
        claims = read_claim(text).claims
    except QuestionError:
        return set()
    about = {one.form for one in claims if "Google" in one.actors} - {Form.MENTION}
    others = about & {*OF_THE_OTHERS.values()}
    assert all(OF_THE_OTHERS.get(form) in others for form in about - others if others)
    return {form.value for form in about - others}


@pytest.mark.parametrize("language", [ENGLISH, FRENCH], ids=["en", "fr"])
def test_no_combination_is_read_the_wrong_way_round(language):
    read = 0
    for frame, statement in itertools.product(language["frames"], language["statements"]):
        sign, (form, own) = language["frames"][frame], language["statements"][statement]
        expected = set() if sign is None else {FORMS[form, sign * own]}
        found = forms_of(frame + statement)
        assert found <= expected, frame + statement
        read += bool(found)
        if frame == "":
            assert found == expected, statement
    assert read > len(language["frames"]) * len(language["statements"]) * 0.6


@pytest.mark.parametrize("language", [ENGLISH, FRENCH], ids=["en", "fr"])
def test_two_frames_multiply(language):
    statement = next(iter(language["statements"]))
    for outer, inner in itertools.product(language["frames"], repeat=2):
        signs = language["frames"][outer], language["frames"][inner]
        expected = set() if None in signs else {FORMS["can-stop", signs[0] * signs[1]]}
        text = outer + inner[:1].lower() + inner[1:] + statement
        assert forms_of(text) <= expected, text


@pytest.mark.parametrize(
    "text",
    [
        "We blorf depending on Google",
        "We blorf our dependence on Google",
        "We blorf to depend on Google",
        "Our independence from Google is blorfed",
        "Nous blorfons de dépendre de Google",
        "Notre indépendance de Google est blorfée",
        "We have no staff and depend on Google",
        "hosted by OVH, which uses Google",
        "Does it depend on Google? Not at all.",
    ],
)
def test_what_is_not_composed_has_no_ruling_and_says_so(text):
    statement = read_claim(text)
    assert not forms_of(text)
    assert Untestable.DIRECTION in {one.why for one in statement.untested}


@pytest.fixture(scope="module")
def telegram():
    return depgraph.build(depgraph.read(RECORDINGS / "telegram.org_2026-09-25.jsonl"))


def test_what_is_not_read_is_named_with_a_form_that_is(telegram):
    found = check(telegram, "We doubt that Google can take us down")
    assert found.ruling is Ruling.UNDETERMINED
    assert {one.ruling for one in found.functions} == {Ruling.NOT_APPLICABLE}
    for lang in languages():
        plain = " ".join(found.text(lang=lang).split())
        assert " ".join(words(lang).say("untested.direction").split()) in plain


def test_a_function_without_the_layer_that_is_claimed_has_no_ruling(telegram):
    for claim, ruling in (
        ("Our DNS is run by Google", Ruling.SUPPORTED),
        ("Our DNS is not run by Google", Ruling.CONTRADICTED),
    ):
        found = check(telegram, claim)
        assert found["name"].ruling is Ruling.NOT_APPLICABLE
        assert found.ruling is ruling


def test_one_of_several_is_enough_where_one_of_them_is_meant():
    graph = depgraph.build(depgraph.read(RECORDINGS / "archlinux.org_2026-08-21.jsonl"))
    for claim in (
        "our web site is hosted in Germany or France",
        "our web site is hosted by Hetzner or OVH",
        "notre site est hébergé en Allemagne ou en France",
        "hosted in Germany, not in the US",
        "hosted by neither Amazon nor Google",
    ):
        assert {piece.functions[0].ruling for piece in check(graph, claim).pieces} == {
            Ruling.SUPPORTED
        }
    assert check(graph, "hosted by OVH or Amazon")["web"].ruling is Ruling.CONTRADICTED


def test_the_words_of_a_piece_have_its_denial(telegram):
    found = check(telegram, "independent of Amazon and does not use Google")
    assert [piece.words for piece in found.pieces] == [
        "independent of Amazon",
        "does not use Google",
    ]


@pytest.mark.parametrize(
    "text",
    """
    Telegram moved its DNS from Google to Amazon.
    Telegram took its DNS away from Google.
    Telegram brought its DNS back in house from Google.
    Telegram's DNS is separate from Google.
    Telegram's DNS operator is unrelated to Google.
    Telegram a retiré son DNS de chez Google.
    Le DNS de Telegram échappe à Google.
    People wrongly think that Telegram's DNS is run by Google.
    Telegram's DNS is run by Google as well as Amazon.
    Telegram's DNS is run by Google, with Cloudflare as a backup.
    Telegram's DNS is run by a competitor of Google.
    Telegram's DNS is run by a former Google employee.
    Telegram's DNS competes with Google.
    Exactly two of Telegram's name servers are run by Google.
    25% of Telegram's name servers are run by Google.
    A third of Telegram's name servers are run by Google.
    Deux des quatre serveurs de noms de Telegram sont chez Google.
    Until last year, Telegram's DNS was run by Google.
    Telegram's DNS was formerly run by Google.
    Telegram's DNS used to be at Google.
    Telegram's DNS was run by Google ten years ago.
    Telegram's DNS will be at Google next year.
    Jusqu'à l'an dernier, le DNS de Telegram était chez Google.
    Telegram could move its DNS away from Google.
    Telegram's DNS should be run by Google.
    Le DNS de Telegram serait chez Google.
    Telegram relies on Google for nothing.
    Telegram depends less on Google than on Amazon.
    """.strip().splitlines(),
)
def test_when_how_much_and_what_only_might_be_is_never_ruled_to_be_so(text):
    """All name servers of that day are Google's: each of these is false, or of another time."""
    graph = depgraph.build(depgraph.read(RECORDINGS / "telegram.org_2026-09-25.jsonl"))
    try:
        found = check(graph, text.strip())
    except QuestionError:
        return
    assert found.ruling is not Ruling.SUPPORTED
