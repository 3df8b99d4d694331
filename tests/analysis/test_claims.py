"""Claims as people write them: real sentences with their sources, and what each is read as."""

import tomllib
from pathlib import Path

import pytest

import depgraph
from depgraph.analysis import check
from depgraph.analysis.grammar import Form, Untestable, read_claim
from depgraph.analysis.verdicts import Ruling
from depgraph.errors import QuestionError
from depgraph.texts import languages, words
from depgraph.vocabulary import Level
from tests.analysis.test_actors import RECORDINGS

SENTENCES = tomllib.loads(Path(__file__).with_name("claims.toml").read_text("utf-8"))["sentence"]
OF_NOBODY_KNOWN = ("Clever Cloud", "Cloud Act")
"""Named alone in a sentence, and in neither the catalogue nor the graph."""
READ = [one for one in SENTENCES if "reads" in one and not one["text"].endswith(OF_NOBODY_KNOWN)]


def shown(claim):
    layer = f" [{claim.layer.value}]" if claim.layer else ""
    return f"{claim.form.value}: {claim.actors or claim.level}{layer}"


@pytest.fixture(scope="module")
def parler():
    return depgraph.build(depgraph.read(RECORDINGS / "parler.com_2021-02-15.jsonl"))


@pytest.fixture(scope="module")
def telegram():
    return depgraph.build(depgraph.read(RECORDINGS / "telegram.org_2026-09-25.jsonl"))


def test_the_sentences_are_many_and_have_sources():
    assert len(SENTENCES) >= 60
    assert all(one["source"] for one in SENTENCES)


@pytest.mark.parametrize("one", SENTENCES, ids=lambda one: one["text"][:40])
def test_a_sentence_is_read_as_listed(one):
    if "reads" not in one:
        with pytest.raises(QuestionError, match="says nothing that can be tested"):
            read_claim(one["text"])
        return
    said = read_claim(one["text"])
    assert [shown(claim) for claim in said.claims] == one["reads"]
    assert [f"{aside.why.value}: {aside.words}" for aside in said.untested] == one.get(
        "untested", []
    )


@pytest.mark.parametrize(
    ("claim", "meant"),
    [
        ("no clodflare", "did you mean Cloudflare?"),
        ("free of amazn", "did you mean Amazon.com?"),
        ("not hosted by amazzon", "did you mean Amazon.com?"),
        ("aucun microsft", "did you mean Microsoft?"),
        ("relient on Big Tech", "did you mean 'reliant on Big Tech'?"),
        ("indepedent of Google", "did you mean 'independent of Google'?"),
        ("not hotsed by Amazon", "did you mean 'not hosted by Amazon'?"),
        ("ne dépand pas de Google", "did you mean 'ne dépend pas de Google'?"),
        ("pas hébergé par Amazon, indépandant de Google", None),  # half of it can be tested
        ("Google and Amazon", None),
    ],
)
def test_a_misspelt_name_or_word_is_asked_about(claim, meant):
    if meant is None:
        assert read_claim(claim).claims
        return
    with pytest.raises(QuestionError, match="says nothing that can be tested") as refused:
        read_claim(claim)
    assert meant in str(refused.value)


def test_what_is_refused_names_why_and_the_nearest_that_can_be_tested():
    with pytest.raises(QuestionError) as refused:
        read_claim("construit sur une technologie durable et indépendante")
    message = str(refused.value)
    assert "'durable' a quality" in message
    assert "'indépendante' of whom is not said" in message
    assert "independent of big-tech" in message


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        (
            "Our web site does not use Google and is not hosted by Amazon.",
            "not-on-path not-done-by",
        ),
        (
            "Neither Amazon, Google nor Apple can shut it down",
            "cannot-stop cannot-stop cannot-stop",
        ),
        ("It cannot be shut down by any single company", "nobody-alone"),
        ("Can the US take Signal offline?", "can-stop"),
        ("il ne dépend que d'Amazon", "can-stop"),
        ("Le site n'utilise ni Google ni Amazon", "not-on-path not-on-path"),
        ("cannot survive without Amazon", "can-stop"),
        ("we are less dependent on Amazon", "mention"),
        ("not only Amazon can stop it", "can-stop"),
        ("aucun point unique de défaillance", "nobody-alone"),
        ("une entreprise russe peut l'arrêter", "can-stop"),
    ],
)
def test_negation_lists_and_questions(text, forms):
    assert " ".join(one.form.value for one in read_claim(text).claims) == forms


def test_each_piece_has_its_ruling(telegram):
    found = check(telegram, "does not use Google and is not hosted by Amazon, and is durable")
    path, host = found.pieces
    assert (path.form, host.form) == (Form.NOT_ON_PATH, Form.NOT_DONE_BY)
    assert path.ruling is Ruling.CONTRADICTED  # its name servers are Google's
    assert host.functions[0].ruling is not Ruling.CONTRADICTED
    assert found.ruling is Ruling.CONTRADICTED
    assert [one.why for one in found.untested] == [Untestable.QUALITY]
    assert {row["claim"] for row in found.rows()} == {"use Google", "hosted by Amazon"}


def test_law_and_place_are_told_apart(parler):
    found = check(parler, "hosted in Europe")
    assert [piece.on for piece in found.pieces] == ["European Union", "European Economic Area"]
    assert found["web"].ruling is Ruling.CONTRADICTED  # SkySilk answers to the courts of the US
    assert found["mail"].ruling is Ruling.NOT_APPLICABLE
    assert [one.why for one in found.untested] == [Untestable.PLACE]
    assert check(parler, "hosted in the US")["web"].ruling is not Ruling.CONTRADICTED
    text = found.text(lang="fr")
    assert "le lieu des machines n’est pas vérifié" in text


def test_roles_are_tested(parler):
    assert check(parler, "hosted by SkySilk")["web"].ruling is Ruling.SUPPORTED
    assert check(parler, "not hosted by SkySilk")["web"].ruling is Ruling.CONTRADICTED
    elsewhere = check(parler, "hosted by Hetzner")["web"]
    assert elsewhere.ruling is Ruling.UNDETERMINED  # who else answers there was not found
    assert elsewhere.unknown


def test_who_is_only_named_is_shown_without_a_ruling(parler):
    found = check(parler, "Microsoft, comme toute entreprise américaine, doit s'y conformer.")
    assert [piece.form for piece in found.pieces] == [Form.MENTION, Form.MENTION]
    assert {one.ruling for piece in found.pieces for one in piece.functions} == {
        Ruling.NOT_APPLICABLE
    }
    assert found.ruling is Ruling.UNDETERMINED


@pytest.mark.parametrize("one", READ, ids=lambda one: one["text"][:40])
def test_no_sentence_that_names_somebody_is_refused_as_a_whole(parler, one):
    found = check(parler, one["text"])
    assert found.pieces


def test_a_name_that_is_nobodys_does_not_hide_the_rest(parler):
    found = check(parler, "independent of Amazon and independent of Nobodyco Hosting")
    assert [piece.on for piece in found.pieces] == ["Amazon.com, Inc."]
    assert [one.why for one in found.untested] == [Untestable.NO_ACTOR]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("hosted by Hetzner with zero downtime guaranteed", ["with zero downtime guaranteed"]),
        (
            "We do not use Amazon and our users love the blue of our logo",
            ["our users love the blue of our logo"],
        ),
        ("does not depend on Big Tech, and was founded in 2018", ["was founded in 2018"]),
        ("Hosted by Hetzner. We love cats and dogs.", ["We love cats and dogs"]),
        (
            "ne dépend pas de Big Tech et ses fondateurs habitent loin",
            ["ses fondateurs habitent loin"],
        ),
        # What it is good for, and the rest of what was read, are no further statements.
        ("not reliant on Big Tech for its operations", []),
        ("no single company can take it down", []),
        ("aucune entreprise ne peut l'arrêter seule", []),
    ],
)
def test_what_is_left_of_a_sentence_is_listed_and_refuses_nothing(parler, text, left):
    found = check(parler, text)
    assert found.pieces
    assert [one.words for one in found.untested] == left
    assert all(one.why is Untestable.UNREAD for one in found.untested)


def test_a_negation_does_not_reach_into_the_next_sentence():
    said = read_claim("We do not use Amazon. We depend on Cloudflare.")
    assert [shown(one) for one in said.claims] == ["not-on-path: Amazon", "can-stop: Cloudflare"]
    assert len(read_claim("hosted in the U.S. by Hetzner").untested) <= 1


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("Cloudflare, Inc. cannot stop web", [Form.CANNOT_STOP]),
        ("Cloudflare, Inc. ne peut pas couper le web", [Form.CANNOT_STOP]),
        (
            "Microsoft Corp. can stop mail. Amazon cannot stop web.",
            [Form.CAN_STOP, Form.CANNOT_STOP],
        ),
        ("We left Amazon.com, Inc. Google LLC cannot stop web", [Form.MENTION, Form.CANNOT_STOP]),
    ],
)
def test_the_full_stop_of_a_legal_form_ends_no_sentence(text, forms):
    assert [claim.form for claim in read_claim(text).claims] == forms


def test_a_level_within_another_word_is_none():
    """An address block is no address, and its second half is not Block, Inc."""
    (claim,) = read_claim("no single address block can take it down").claims
    assert claim.actors == "no single address block"  # whom nobody knows: refused, not judged
    for text in ("no single IP address alone can stop it", "aucune adresse IP ne peut l'arrêter"):
        (claim,) = read_claim(text).claims
        assert (claim.form, claim.level) == (Form.NOBODY_ALONE, Level.ADDRESS)


def test_every_level_can_be_named_in_a_claim():
    for lang in languages():
        assert set(words(lang).claims.levels.values()) == set(Level)
