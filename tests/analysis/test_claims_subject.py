"""Of what service a claim speaks, and "100 %": neither is passed over."""

import pytest

import depgraph
from depgraph.analysis.grammar import Form, Untestable, read_claim
from depgraph.analysis.model import model_of
from depgraph.analysis.naming import Lexicon
from depgraph.errors import QuestionError
from depgraph.providers import catalogue


@pytest.fixture(scope="module")
def telegram():
    return depgraph.build(depgraph.example("telegram.org", "2026-09-25"))


def supposed(graph, claim):
    """Return what a claim calls the service, where that is no name of it."""
    said = read_claim(claim, Lexicon(catalogue.load(), model_of(graph)))
    return [one.words for one in said.untested if one.why is Untestable.SERVICE]


@pytest.mark.parametrize(
    ("claim", "called"),
    [
        ("Wikipedia is independent of Big Tech", "Wikipedia"),
        ("Signal runs on AWS", "Signal"),
        ("Parler's website is hosted by Epik", "Parler"),
        ("The New York Times does not use Cloudflare", "New York Times"),
        ("Amazon is independent of Google", "Amazon"),
        ("the site of Wikipedia is hosted by OVH", "Wikipedia"),
        ("le site de Wikipedia est hébergé par OVH", "Wikipedia"),
        ("Signal n'utilise pas AWS", "Signal"),
    ],
)
def test_another_name_is_told_and_what_is_said_is_ruled_on(telegram, claim, called):
    assert supposed(telegram, claim) == [called]
    assert depgraph.check(telegram, claim).functions


@pytest.mark.parametrize(
    "claim",
    [
        "Telegram is independent of Big Tech",
        "Telegram Messenger does not depend on Google",
        "telegram.org depends on Google",
        "Telegram's website depends on Google",
        "We are independent of Google",
        "It runs on AWS",
        "Our service depends on Google",
        "Hosting is by OVH",
        "Email is handled by Google",
        "Nobody can stop it",
        "Amazon hosts Telegram",
        "Elle est indépendante de Google",
        "Hébergé par OVH",
        "Rien n'est hébergé par Amazon",
    ],
)
def test_its_own_names_and_words_that_begin_a_sentence_are_none(telegram, claim):
    assert supposed(telegram, claim) == []


def test_without_a_service_no_name_is_another():
    assert not read_claim("Wikipedia is independent of Big Tech").untested


def test_a_claim_about_another_domain_is_refused(telegram):
    with pytest.raises(
        QuestionError, match=r"about telegram\.org, .* found one about wikipedia\.org"
    ):
        depgraph.check(telegram, "wikipedia.org is independent of Big Tech")


@pytest.mark.parametrize(
    ("claim", "form"),
    [
        ("100% independent of US companies", Form.CANNOT_STOP),
        ("We are 100 percent independent of Big Tech", Form.CANNOT_STOP),
        ("independent of Big Tech 100%", Form.CANNOT_STOP),
        ("100% free of Google", Form.NOT_ON_PATH),
        ("runs 100% on AWS", Form.ON_PATH),
        ("hosted 100% in Europe", Form.UNDER_LAW),
        ("100 % indépendant des États-Unis", Form.CANNOT_STOP),
        ("indépendant à 100 % de Google", Form.CANNOT_STOP),
        ("hébergé à 100 % en France", Form.UNDER_LAW),
    ],
)
def test_a_hundred_per_cent_is_what_the_plain_form_is(claim, form):
    assert [one.form for one in read_claim(claim).claims] == [form]


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("90% independent of US companies", "90% independent of US companies"),
        ("99.5% independent of Google", "99.5% independent of Google"),
        ("not 100% independent of Google", "not 100% independent of Google"),
        ("90 percent independent of Google", "90 percent independent of Google"),
        ("indépendant à 80 % de Google", "indépendant à 80 % de Google"),
    ],
)
def test_another_share_is_quoted_whole_and_not_ruled_on(claim, words):
    said = read_claim(claim)
    assert [one.form for one in said.claims] == [Form.MENTION]
    assert [(one.words, one.why) for one in said.untested] == [(words, Untestable.DIRECTION)]
