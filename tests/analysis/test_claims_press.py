"""Claims of press officers: of which part of the service each is read, and which are not read."""

import tomllib
from pathlib import Path

import pytest

import depgraph
from depgraph.analysis import check
from depgraph.analysis.grammar import Untestable, read_claim
from depgraph.analysis.verdicts import Ruling
from tests.analysis.test_actors import RECORDINGS

SENTENCES = tomllib.loads(Path(__file__).with_name("press.toml").read_text("utf-8"))
ALSO = {Untestable.SENDING, Untestable.DIRECTION}


def shown(claim):
    layer = f" [{claim.layer.value}]" if claim.layer else ""
    functions = " ".join(one.value for one in claim.functions if one.value != "web-www")
    return f"{claim.form.value}: {claim.actors}{layer}" + (f" ({functions})" if functions else "")


@pytest.mark.parametrize("text", SENTENCES)
def test_it_is_read_of_what_it_says_and_of_no_more(text):
    said = read_claim(text)
    also = " ".join(one.why.value for one in said.untested if one.why in ALSO)
    assert "; ".join(map(shown, said.claims)) + (f" | {also}" if also else "") == SENTENCES[text]


@pytest.fixture(scope="module")
def telegram():
    return depgraph.build(depgraph.read(RECORDINGS / "telegram.org_2026-09-25.jsonl"))


@pytest.mark.parametrize("claim", ["not on Cloudflare", "Telegram does not use Cloudflare"])
def test_where_no_function_is_named_all_are_ruled_on(telegram, claim):
    found = check(telegram, claim)
    assert {one.function for one in found.functions} == {"web", "web-www", "mail", "name"}
    assert found.layer is None


def test_several_functions_are_each_ruled_on(telegram):
    found = check(telegram, "neither our mail nor our site uses Google")
    assert {one.function for one in found.functions} == {"mail", "web", "web-www"}


@pytest.mark.parametrize(
    "claim", ["does not send mail through Amazon", "nous n'envoyons pas de courriels par Amazon"]
)
def test_who_sends_mail_is_not_looked_at_and_that_is_said(telegram, claim):
    found = check(telegram, claim)
    assert found.ruling is Ruling.UNDETERMINED
    assert [one.why for one in found.untested] == [Untestable.SENDING]
    assert "SPF" in str(found)
