"""A claim and its plain denial are never both supported, and never both contradicted."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

import depgraph
from depgraph.analysis import check
from depgraph.analysis.claims import Asked
from depgraph.analysis.grammar import OPPOSITE, Form, read_claim
from depgraph.analysis.model import model_of
from depgraph.analysis.naming import Lexicon
from depgraph.analysis.roles import roles
from depgraph.analysis.verdicts import Ruling
from depgraph.analysis.weighing import of_functions, of_pieces
from depgraph.errors import QuestionError
from depgraph.providers import load as load_catalogue
from depgraph.vocabulary import Confidence
from tests.analysis.test_actors import RECORDINGS
from tests.analysis.test_claims_scope import in_two_lands
from tests.analysis.worlds import CATALOGUE

HERE = Path(__file__)
READINGS = [*tomllib.loads(HERE.with_name("readings.toml").read_text("utf-8"))]
SENTENCES = tomllib.loads(HERE.with_name("claims.toml").read_text("utf-8"))["sentence"]
TEXTS = (*READINGS, *(one["text"] for one in SENTENCES))
GRAPHS = (
    "telegram.org_2026-09-25",
    "parler.com_2021-01-09",
    "crates.io_2026-02-20",
)
S, P, C, U = Ruling.SUPPORTED, Ruling.PARTLY, Ruling.CONTRADICTED, Ruling.UNDETERMINED
PAIRS = {(S, C), (C, S), (P, C), (C, P), (U, U)}
OF_ALL = PAIRS | {(U, C), (C, U)}
""""Hosted in France" is said of all who host it, "not hosted in France" of none."""


def claims_of(lexicon):
    """Return what all the sentences say that has a denial, each once."""
    found = {}
    for text in TEXTS:
        try:
            said = read_claim(text, lexicon).claims
        except QuestionError:
            continue
        found |= {replace(one, words=""): text for one in said if one.form in OPPOSITE}
    return found


def asked_of(graph):
    model = model_of(graph)
    how = {"horizon": "30d", "clients": "all", "steering": "none"}
    return Asked(model, roles(model), how, {"uncatalogued": "unknown", "catalogue": None})


def unlike(asked, claim):
    """Return the rulings on a claim and on its denial where they are no pair; else nothing."""
    try:
        both = [asked.piece(one) for one in (claim, replace(claim, form=OPPOSITE[claim.form]))]
    except QuestionError:  # of nobody who is known there
        return ()
    pair = tuple(one.ruling for one in both)
    return () if pair in (OF_ALL if claim.form is Form.UNDER_LAW else PAIRS) else pair


@pytest.fixture(scope="module", name="graph")
def small():
    return in_two_lands()


@pytest.mark.parametrize("name", GRAPHS)
def test_a_claim_and_its_denial_are_ruled_on_the_opposite_way(name):
    asked = asked_of(depgraph.build(depgraph.read(RECORDINGS / f"{name}.jsonl")))
    several = claims_of(Lexicon(load_catalogue(), asked.model))
    assert len(several) > 100
    wrong = {text: pair for claim, text in several.items() if (pair := unlike(asked, claim))}
    assert not wrong


@pytest.mark.parametrize(
    ("claim", "denial", "ruled"),
    [
        ("depends on Poster", "does not depend on Poster", (P, C)),  # its mail alone
        ("Poster can stop it", "Poster cannot stop it", (P, C)),
        ("uses Poster", "does not use Poster", (P, C)),
        ("depends on Regis", "independent of Regis", (S, C)),
        ("depends on Unum", "independent of Unum", (C, S)),
        ("dépend de Poster", "ne dépend pas de Poster", (P, C)),
        ("its DNS is hosted in France", "its DNS is not hosted in France", (P, C)),
        ("hosted in France", "not hosted in France", (S, C)),
        ("its DNS is run by Duo", "its DNS is not run by Duo", (S, C)),
        ("a single point of failure", "no single point of failure", (S, C)),
    ],
)
def test_what_holds_of_a_part_is_supported_in_part_and_its_denial_contradicted(
    graph, claim, denial, ruled
):
    assert tuple(check(graph, one, catalogue=CATALOGUE).ruling for one in (claim, denial)) == ruled


def test_of_which_part_it_holds_is_said_first(graph):
    found = check(graph, "depends on Poster", catalogue=CATALOGUE)
    assert "On the whole: supported in part." in str(found)
    assert "Supported for mail; contradicted for web and name." in str(found)
    french = found.text(lang="fr")
    assert "Étayé pour courrier\u202f; contredit pour web et nom." in french
    law = check(graph, "its DNS is hosted in France", catalogue=CATALOGUE)
    assert "Not all who are known as name service answer to the law of France" in str(law)
    assert "these do not: two" in str(law)


SURE, LIKELY, OPEN = Confidence.CERTAIN, Confidence.LIKELY, (U, Confidence.POSSIBLE)


@pytest.mark.parametrize(
    ("functions", "affirming", "denying"),
    [
        ([(S, SURE), (C, SURE)], (P, SURE), (C, SURE)),
        ([(S, LIKELY), (C, SURE)], (P, LIKELY), (C, LIKELY)),
        ([(S, LIKELY), OPEN], (P, LIKELY), (C, LIKELY)),
        ([(C, SURE), OPEN], OPEN, OPEN),
        ([(S, SURE), (S, LIKELY)], (S, LIKELY), (C, SURE)),
        ([(C, SURE), (C, LIKELY)], (C, LIKELY), (S, LIKELY)),
        ([(Ruling.NOT_APPLICABLE, SURE), (S, SURE)], (S, SURE), (C, SURE)),
        ([(Ruling.NOT_APPLICABLE, SURE)], OPEN, OPEN),
    ],
)
def test_a_denial_is_weighed_as_what_it_denies(functions, affirming, denying):
    turned = {S: C, C: S}
    assert of_functions(functions, affirms=True) == affirming
    denied = [(turned.get(ruling, ruling), sure) for ruling, sure in functions]
    assert of_functions(denied, affirms=False) == denying


@pytest.mark.parametrize(
    ("pieces", "ruled"),
    [
        ([(S, SURE), (P, LIKELY)], (P, LIKELY)),
        ([(S, SURE), OPEN], OPEN),
        ([(P, SURE), OPEN], OPEN),
        ([(C, LIKELY), (C, SURE), (S, SURE)], (C, SURE)),
        ([], OPEN),
    ],
)
def test_a_claim_says_all_of_its_pieces(pieces, ruled):
    assert of_pieces(pieces) == ruled
