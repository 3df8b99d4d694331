"""Who is allowed to do something, and nobody saw it do so: no claim that it does rests on that."""

import pytest

from depgraph.analysis import check, takedown
from depgraph.analysis.verdicts import Ruling
from depgraph.graph import build
from depgraph.providers import load
from depgraph.recording import Header, Recording
from depgraph.texts import words
from depgraph.vocabulary import Confidence
from tests.graphs import DAY, delegated, seen

CATALOGUE = load()
NOBODY = seen("shop.com", "CAA", status="nodata")
GOOGLE = ("issuer WR1", "issuer-organisation Google Trust Services")
ENCRYPT = ("issuer R3", "issuer-organisation Let's Encrypt")


def caa(*domains):
    return seen("shop.com", "CAA", *(f'0 issue "{one}"' for one in domains))


def in_use(*values):
    return seen("shop.com", "certificate", *values, source="tls")


def logged(*values):
    return seen("shop.com", "certificate", *values, source="dataset", evidence="inferred")


def made(*observations):
    rows = [
        seen("shop.com", "A", "192.0.2.1"),
        seen("shop.com", "AAAA", status="nodata"),
        *observations,
    ]
    days = {"since": DAY.date(), "until": DAY.date()}
    return build(Recording(Header(subject="shop.com", **days), tuple(rows)), catalogue=CATALOGUE)


BOTH = caa("pki.goog", "letsencrypt.org")
FROM_GOOGLE = "its certificate is from Google"
AMERICAN = "its certificate authority is American"
OPEN, YES, NO = ("undetermined", "possible"), ("supported", "likely"), ("contradicted", "likely")
SURE, SURE_NO = ("supported", "certain"), ("contradicted", "certain")


@pytest.mark.parametrize(
    ("recorded", "claim", "ruled"),
    [
        # No certificate was seen: CAA says who may issue, and is looked at when one is issued.
        ([BOTH], FROM_GOOGLE, OPEN),
        ([BOTH], "uses certificates by Let's Encrypt", OPEN),
        ([BOTH], "son certificat vient de Google", OPEN),
        ([BOTH], "its certificate is not from Google", OPEN),
        ([BOTH], "its certificate is from DigiCert", NO),
        ([BOTH], AMERICAN, YES),
        ([BOTH], "uses Google", OPEN),
        ([BOTH], "does not use Google", OPEN),
        ([BOTH], "n'utilise pas Google", OPEN),
        ([caa("pki.goog")], FROM_GOOGLE, YES),
        ([caa("pki.goog")], "its certificate is not from Google", NO),
        ([caa("pki.goog")], "its certificate is from Let's Encrypt", NO),
        ([caa("pki.goog")], "its certificate is only from Google", YES),
        ([caa(";")], FROM_GOOGLE, OPEN),
        ([caa("letsencrypt.org", "ca.nobody.example")], FROM_GOOGLE, OPEN),
        ([caa("letsencrypt.org", "ca.nobody.example")], "uses Let's Encrypt certificates", OPEN),
        ([NOBODY], FROM_GOOGLE, OPEN),
        ([], FROM_GOOGLE, OPEN),
        # One was: it says who has issued, whatever CAA says.
        ([BOTH, in_use(*ENCRYPT)], FROM_GOOGLE, NO),
        ([BOTH, in_use(*ENCRYPT)], "uses Google", OPEN),
        ([BOTH, in_use(*ENCRYPT)], "uses Let's Encrypt", SURE),
        ([BOTH, in_use(*GOOGLE)], FROM_GOOGLE, SURE),
        ([BOTH, in_use(*GOOGLE)], "its certificate is not from Google", SURE_NO),
        ([BOTH, in_use(*GOOGLE)], "its certificate is only from Google", SURE),
        ([BOTH, in_use(*GOOGLE), in_use(*ENCRYPT)], FROM_GOOGLE, SURE),
        ([caa("pki.goog"), in_use(*ENCRYPT)], FROM_GOOGLE, NO),
        ([caa("pki.goog"), in_use("issuer-organisation Nobody We Know")], FROM_GOOGLE, OPEN),
        ([caa(";"), in_use(*GOOGLE)], FROM_GOOGLE, SURE),
        ([NOBODY, in_use(*GOOGLE)], FROM_GOOGLE, SURE),
        ([NOBODY, in_use(*GOOGLE)], "its certificate is from Let's Encrypt", NO),
        # Who stands above the issuer has issued its certificate, not that of the service.
        ([NOBODY, in_use(*GOOGLE, "chain 1 GlobalSign")], "uses GlobalSign certificates", OPEN),
        # A log holds what was issued, not what is in use.
        ([NOBODY, logged(*ENCRYPT)], "uses Let's Encrypt certificates", YES),
        ([NOBODY, logged(*ENCRYPT)], FROM_GOOGLE, OPEN),
        ([caa("letsencrypt.org"), logged(*ENCRYPT)], FROM_GOOGLE, NO),
    ],
)
def test_caa_says_who_may_issue_and_a_certificate_who_has(recorded, claim, ruled):
    found = check(made(*recorded), claim)["web"]
    assert (found.ruling.value, found.confidence.value) == ruled


def test_what_is_only_allowed_is_said_to_be():
    for lang in ("en", "fr"):
        allowed = str(words(lang).say("reason.caa-allowed"))
        for recorded, claim in (([BOTH], FROM_GOOGLE), ([BOTH], "uses Google")):
            assert allowed in " ".join(check(made(*recorded), claim).text(lang=lang).split())
    only = check(made(caa("pki.goog")), FROM_GOOGLE)
    assert "CAA lets none but Alphabet Inc. (Google LLC) issue" in str(only)
    assert "CAA does not let" in str(check(made(caa("letsencrypt.org")), FROM_GOOGLE))
    assert only["web"].allowed


@pytest.mark.parametrize(
    "claim",
    ["its mail is run by Google", "uses SendGrid", "uses Microsoft", "its mail depends on Google"],
)
def test_who_may_send_and_who_has_verified_the_name_is_no_fact_of_who_runs_it(claim):
    graph = made(
        delegated("shop.com", "ns1.host.example"),
        seen("shop.com", "MX", "10 mail.shop.com"),
        seen(
            "shop.com",
            "TXT",
            '"v=spf1 include:sendgrid.net include:_spf.google.com -all"',
            '"MS=ms123"',
        ),
    )
    assert check(graph, claim).ruling is not Ruling.SUPPORTED


def test_who_may_issue_can_stop_it_likely_at_most():
    graph = made(seen("shop.com", "A", "192.0.2.1"), caa("letsencrypt.org"))
    sets = takedown(graph, upto=1)["web"].alone_sets
    assert [cut.confidence for cut in sets if "isrg" in cut.ids[0]] == [Confidence.LIKELY]
    found = check(graph, "Let's Encrypt can stop our web site")["web"]
    assert (found.ruling, found.confidence) == (Ruling.SUPPORTED, Confidence.LIKELY)
