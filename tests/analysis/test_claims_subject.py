"""Of what service a claim speaks, and "100 %": neither is passed over."""

import pytest

import depgraph
from depgraph.analysis.grammar import Form, Untestable, read_claim
from depgraph.analysis.model import model_of
from depgraph.analysis.naming import Lexicon
from depgraph.errors import QuestionError
from depgraph.providers import load as load_catalogue


@pytest.fixture(scope="module")
def telegram():
    return depgraph.build(depgraph.example("telegram.org", "2026-09-25"))


def supposed(graph, claim):
    """Return what a claim calls the service, where that is no name of it."""
    said = read_claim(claim, Lexicon(load_catalogue(), model_of(graph)))
    return [one.words for one in said.untested if one.why is Untestable.SERVICE]


@pytest.mark.parametrize(
    ("claim", "called"),
    [
        ("Wikipedia is independent of Big Tech", "Wikipedia"),
        ("Signal runs on AWS", "Signal"),
        ("The New York Times does not use Cloudflare", "New York Times"),
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


@pytest.mark.parametrize(
    ("claim", "called"),
    [
        ("wikipedia.org is independent of Big Tech", "wikipedia.org"),
        ("WhatsApp depends on Google", "WhatsApp"),
        ("WhatsApp dépend de Google", "WhatsApp"),
        ("Amazon is independent of Google", "Amazon"),
        ("Parler's website is hosted by Epik", "Parler"),
    ],
)
def test_a_claim_about_another_domain_or_a_known_company_is_refused(telegram, claim, called):
    with pytest.raises(QuestionError, match=r"about telegram\.org, .* found one about") as refused:
        depgraph.check(telegram, claim)
    assert called in str(refused.value)


def test_without_a_service_no_name_is_another():
    assert not read_claim("Wikipedia is independent of Big Tech").untested


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


@pytest.mark.parametrize(
    "claim",
    [
        "ne peut être coupé que par Google",
        "Parler's registrar is a reseller of Tucows",
        "Le bureau d'enregistrement de Parler est un revendeur de Tucows",
    ],
)
def test_what_is_not_read_is_not_ruled_on(claim):
    assert {one.form for one in read_claim(claim).claims} == {Form.MENTION}


@pytest.mark.parametrize(
    ("claim", "forms"),
    [
        ("ne dépend que de Google", [Form.CAN_STOP, Form.NOBODY_ELSE]),
        ("depends only on Google", [Form.CAN_STOP, Form.NOBODY_ELSE]),
        ("n'est hébergé que par Google", [Form.DONE_BY, Form.ALL_DONE_BY]),
    ],
)
def test_only_is_the_same_in_both_languages(claim, forms):
    assert [one.form for one in read_claim(claim).claims] == forms
