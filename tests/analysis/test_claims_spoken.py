"""Claims of spokespeople, ministers and editors: what each is read as, and what is refused."""

import tomllib
from pathlib import Path

import pytest

import depgraph
from depgraph.analysis import check
from depgraph.analysis.grammar import Form, Untestable, read_claim
from depgraph.analysis.verdicts import Ruling
from depgraph.errors import QuestionError
from depgraph.vocabulary import Confidence, Layer
from tests.analysis.test_actors import RECORDINGS
from tests.analysis.test_claims_allowed import made as of_all
from tests.analysis.test_claims_press import shown
from tests.graphs import made, seen

SENTENCES = tomllib.loads(Path(__file__).with_name("spoken.toml").read_text("utf-8"))


@pytest.mark.parametrize("text", SENTENCES)
def test_a_sentence_is_read_as_it_is_meant_or_refused(text):
    if not SENTENCES[text]:
        with pytest.raises(QuestionError, match="expected a claim such as") as refused:
            read_claim(text)
        assert "did you mean" not in str(refused.value)
        return
    said = read_claim(text)
    also = " ".join(dict.fromkeys(one.why.value for one in said.untested))
    assert "; ".join(map(shown, said.claims)) + (f" | {also}" if also else "") == SENTENCES[text]


@pytest.mark.parametrize(
    "claim",
    ["we run our own mail service, seriously", "nos propres serveurs, en interne, toujours"],
)
def test_an_ordinary_word_is_no_misspelt_name(claim):
    with pytest.raises(QuestionError) as refused:
        read_claim(claim.replace("mail", "news"))
    assert "did you mean" not in str(refused.value)


@pytest.fixture(scope="module")
def telegram():
    return depgraph.build(depgraph.read(RECORDINGS / "telegram.org_2026-09-25.jsonl"))


@pytest.fixture(scope="module")
def parler():
    return depgraph.build(depgraph.read(RECORDINGS / "parler.com_2021-02-15.jsonl"))


def test_what_the_service_does_itself_is_held_against_who_does_it(telegram, parler):
    mail = check(telegram, "we run our own mail servers")
    assert (mail.layer, mail.on, mail.ruling) == (Layer.MAIL, "self", Ruling.SUPPORTED)
    assert "The mail exchange is of the service itself: Telegram." in str(mail)
    hosted = check(parler, "self-hosted")
    assert (hosted.layer, hosted.ruling) == (Layer.HOST, Ruling.CONTRADICTED)
    assert "Not of the service itself, as host: SkySilk." in str(hosted)
    assert "Not in this graph" not in str(hosted)
    assert "ne sont pas du service lui-même" in hosted.text(lang="fr")


NOTHING = [
    seen("shop.com", "MX", "0 ."),
    seen("shop.com", "A", "192.0.2.1"),
    seen("shop.com", "NS", "ns1.other.example"),
]


@pytest.mark.parametrize(
    ("claim", "ruling"),
    [
        ("our mail does not depend on Google", Ruling.NOT_APPLICABLE),
        ("our mail is not hosted by Google", Ruling.NOT_APPLICABLE),
        ("our mail is hosted by Google and is secure", Ruling.NOT_APPLICABLE),
        # of what is offered it is open, and what was never asked is not "not offered"
        ("our mail and our site do not use Google", Ruling.UNDETERMINED),
        ("our app does not depend on Google", Ruling.UNDETERMINED),
        ("unlike Google, our mail is secure", Ruling.UNDETERMINED),
    ],
)
def test_a_claim_about_what_is_not_offered_does_not_apply(claim, ruling):
    found = check(made(*NOTHING), claim)
    assert found.ruling is ruling
    if ruling is Ruling.NOT_APPLICABLE:
        assert found.confidence is Confidence.CERTAIN
        assert ": does not apply." in str(found)
        assert "sans objet." in found.text(lang="fr")


def test_mail_of_which_nobody_asked_is_not_taken_for_mail_that_is_not_offered():
    assert check(made(NOTHING[1]), "our mail does not depend on Google").ruling is (
        Ruling.UNDETERMINED
    )


@pytest.mark.parametrize(
    "claim",
    [
        "we run our own mail",
        "our mail is hosted by ourselves",
        "our mail is self-hosted",
        "nous hébergeons nous-mêmes notre messagerie",
        "we do not run our own mail",
    ],
)
def test_a_machine_called_by_the_name_of_the_service_is_not_said_to_be_its_own(claim):
    own = made(seen("shop.com", "MX", "10 mx.shop.com"), seen("mx.shop.com", "A", "192.0.2.25"))
    assert check(own, claim)["mail"].ruling is Ruling.UNDETERMINED
    ruling = Ruling.SUPPORTED if "do not" in claim else Ruling.CONTRADICTED
    elsewhere = of_all(seen("shop.com", "MX", "0 shop-com.mail.protection.outlook.com"))
    found = check(elsewhere, claim)["mail"]
    assert (found.ruling, found.confidence) == (ruling, Confidence.LIKELY)


def test_what_is_said_of_the_name_service_stands_under_it():
    graph = made(seen("shop.com", "NS", "ns1.shop.com"), seen("shop.com", "MX", "0 mx.shop.com"))
    assert "Mail, name service: undetermined" in str(check(graph, "we run our own name servers"))


@pytest.mark.parametrize(
    "claim",
    [
        "only American companies are involved",
        "nothing but American companies are involved",
        "we use only American companies",
        "seules des entreprises américaines interviennent",
        "nous utilisons uniquement des entreprises américaines",
    ],
)
def test_of_whom_alone_it_is_said_is_not_supported_where_that_is_not_tested(claim):
    """That they are among those involved is less than that nobody else is."""
    asked = check(depgraph.build(depgraph.example("telegram.org")), claim)
    assert {one.form for one in asked.pieces} == {Form.ON_PATH}
    assert Ruling.SUPPORTED in {one.ruling for one in asked.functions}
    assert (asked.ruling, asked.confidence) == (Ruling.UNDETERMINED, Confidence.POSSIBLE)
    assert [one.why for one in asked.untested] == [Untestable.EXCLUSIVE]
