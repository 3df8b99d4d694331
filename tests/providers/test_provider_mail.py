"""Mailboxes behind gateways: what points at them counts, what only lets send does not."""

from __future__ import annotations

from datetime import date

import pytest

from depgraph.providers import Attribution, Signal, attribute, load
from depgraph.providers.mail import SPF_BEHIND_GATEWAY
from depgraph.vocabulary import Reason, ReasonCode

CATALOGUE = load()


def held(*seen: str, service: str = "example.com") -> Attribution:
    signals = [Signal(*one.split(" ", 1)) for one in seen]
    return attribute("mailbox", signals, catalogue=CATALOGUE, at=date(2026, 4, 1), service=service)


GATEWAY = "mx-host mx01.hornetsecurity.com"
DKIM = "dkim selector1-example-com._domainkey.example.onmicrosoft.com"
AUTO = "autodiscover autodiscover.outlook.com"
SPF = "spf-include spf.protection.outlook.com"
GATEWAYS = sorted(
    {r.pattern for r in CATALOGUE.rules.rows if r.signal == "mx-host" and "gateway" in r.roles}
)


@pytest.mark.parametrize("gateway", GATEWAYS)
def test_every_gateway_is_looked_through(gateway: str) -> None:
    host = f"mx-host in.{gateway.replace('#', '1').replace('*', 'x')}"
    assert held(host, DKIM).provider == "microsoft-365"
    bare = held(host)
    assert bare.provider is None
    assert [reason.code for reason in bare.reasons] == [ReasonCode.BEHIND_GATEWAY]
    assert bare.reasons[0].get("name")
    found = attribute(
        "gateway", [Signal(*host.split(" "))], catalogue=CATALOGUE, at=date(2026, 4, 1)
    )
    assert found.is_front


@pytest.mark.parametrize(
    ("seen", "provider", "confidence"),
    [
        ([GATEWAY, DKIM], "microsoft-365", "likely"),
        ([GATEWAY, AUTO], "microsoft-365", "likely"),
        ([GATEWAY, AUTO, SPF, "txt MS=ms1"], "microsoft-365", "likely"),
        ([GATEWAY, SPF], "microsoft-365", "likely"),
        ([GATEWAY, SPF, "spf-include _spf.google.com"], None, None),
        ([GATEWAY, SPF, "spf-include _spf.google.com", "txt MS=ms1"], "microsoft-365", "likely"),
        ([GATEWAY, "txt MS=ms1"], None, None),
        ([GATEWAY, "dkim google.domainkey.google.com"], "google-workspace", "likely"),
        ([GATEWAY, "autodiscover mail.example.net"], None, None),
        (["mx-host example-com.mail.protection.outlook.com"], "microsoft-365", "certain"),
        (
            ["mx-host aspmx.l.google.com", "mx-host alt1.aspmx.l.google.com", SPF],
            "google-workspace",
            "certain",
        ),
        (["mx-host inbound-smtp.eu-west-1.amazonaws.com"], "aws", "certain"),
        (["mx-host mx.example.net", DKIM], "microsoft-365", "likely"),
        # An exchanger that the catalogue lacks holds the mailboxes, or filters before them.
        (["mx-host mx.example.net", SPF, "txt MS=ms1"], None, None),
        (["mx-host mx.example.net", "autodiscover mail.example.net"], "~example.net", "likely"),
        (["mx-host mx.example.net", "autodiscover mail.example.org"], None, None),
        (["mx-host mail.example.com"], "~example.com", "likely"),
        (["mx-host mail.example.com", SPF], None, None),
        (["mx-host mail.example.com", "autodiscover auto.example.net"], None, None),
        (["mx-host mail.example.com", "mx-host mx.example.net"], None, None),
        (["mx-host mail.example.com", "autodiscover mail.example.com"], "~example.com", "likely"),
        (["mx-host mail.example.com", DKIM], "microsoft-365", "likely"),
        (["mx-host a.example.net", "mx-host b.example.org"], None, None),
        (["mx-host aspmx.l.google.com", "mx-host x.mail.protection.outlook.com"], None, None),
        (
            ["mx-host aspmx.l.google.com", "mx-host x.mail.protection.outlook.com", DKIM],
            "microsoft-365",
            "likely",
        ),
        (["mx-host x.mail.protection.outlook.com", GATEWAY], "microsoft-365", "likely"),
        (["mx-host x.mail.protection.outlook.com", "mx-host mx.example.net"], None, None),
        (
            ["mx-host x.mail.protection.outlook.com", "mx-host mx.example.net", SPF],
            "microsoft-365",
            "likely",
        ),
        (
            ["mx-host aspmx.l.google.com", "mx-host mx.example.net", "spf-include _spf.google.com"],
            "google-workspace",
            "possible",
        ),
        (
            ["mx-host x.mail.protection.outlook.com", "mx-host mx.example.net", AUTO],
            "microsoft-365",
            "likely",
        ),
        (
            [GATEWAY, DKIM, "autodiscover autodiscover.mail.eu-west-1.awsapps.com"],
            "microsoft-365",
            "likely",
        ),
        ([], None, None),
        (["reported-name Microsoft Exchange Online"], "microsoft-365", "certain"),
    ],
)
def test_who_holds_the_mailboxes(
    seen: list[str], provider: str | None, confidence: str | None
) -> None:
    found = held(*seen)
    assert (found.provider, found.confidence) == (provider, confidence), found.reasons
    assert not found.is_front
    assert found.reasons


def test_own_exchangers_are_the_services_own() -> None:
    auto = "autodiscover mail.example.com"
    assert held("mx-host mail.example.com", auto).is_self
    assert not held("mx-host mail.example.net", "autodiscover mail.example.net").is_self


@pytest.mark.parametrize(
    ("seen", "perhaps", "why"),
    [
        (
            ["mx-host mail.example.com", SPF],
            ["~example.com", "microsoft-365"],
            ReasonCode.UNLISTED_EXCHANGER,
        ),
        (
            ["mx-host mx.example.net", "spf-include _spf.google.com", SPF, "txt MS=ms1"],
            ["~example.net", "microsoft-365", "google-workspace"],
            ReasonCode.UNLISTED_EXCHANGER,
        ),
        (["mx-host mx.example.net", "txt MS=ms1"], ["~example.net", "microsoft-365"], None),
        (
            ["mx-host a.example.net", "mx-host b.example.org"],
            ["~example.net", "~example.org"],
            None,
        ),
        (
            ["mx-host aspmx.l.google.com", "mx-host x.mail.protection.outlook.com"],
            ["google-workspace", "microsoft-365"],
            ReasonCode.SEVERAL_MAILBOXES,
        ),
        (
            ["mx-host aspmx.l.google.com", "mx-host mx.example.net"],
            ["google-workspace", "~example.net"],
            ReasonCode.SEVERAL_MAILBOXES,
        ),
        ([GATEWAY, "txt MS=ms1"], ["microsoft-365"], ReasonCode.BEHIND_GATEWAY),
        ([GATEWAY], [], ReasonCode.BEHIND_GATEWAY),
    ],
)
def test_who_it_may_be_is_kept(seen: list[str], perhaps: list[str], why: ReasonCode | None) -> None:
    found = held(*seen)
    assert found.provider is None
    assert [one.provider for one in found.perhaps] == perhaps
    assert {one.confidence for one in found.perhaps} <= {"possible"}
    assert why is None or found.reasons[0].code is why
    named = [reason.get("names") for reason in found.reasons if reason.code is ReasonCode.PERHAPS]
    assert named == ([", ".join(one.name for one in found.perhaps)] if perhaps else [])


def test_who_it_may_be_comes_with_the_measured_share() -> None:
    found = held("mx-host mx.example.net", "spf-include bspf.a1.net", SPF)
    assert [one.share for one in found.perhaps[1:]] == [
        pytest.approx(907 / 908, abs=1e-4),
        pytest.approx(1 / 9, abs=1e-4),
    ]


def test_both_actors_are_kept() -> None:
    found = held(GATEWAY, DKIM)
    assert {item.provider for item in found.signals} == {"microsoft-365", "hornetsecurity"}
    assert found.reasons[0] == Reason.of("pointed-behind", name="Hornetsecurity")


def test_spf_behind_a_gateway_is_as_sure_as_it_was_measured() -> None:
    microsoft = held("mx-host mx1.hc1.iphmx.com", SPF)
    assert (microsoft.provider, microsoft.confidence) == ("microsoft-365", "likely")
    assert microsoft.share == pytest.approx(907 / 908, abs=1e-4)
    assert microsoft.reasons[0].code is ReasonCode.SPF_BEHIND
    other = held("mx-host example-com.gate.seppmail.cloud", "spf-include bspf.a1.net")
    assert (other.provider, other.confidence) == ("a1", "possible")
    assert other.share == pytest.approx(1 / 9, abs=1e-4)
    assert other.reasons[0] == Reason.of("spf-behind", name=CATALOGUE.name_of("seppmail"))
    verified = held(GATEWAY, SPF, "spf-include _spf.google.com", "txt MS=ms1")
    assert (verified.share, verified.confidence) == (microsoft.share, "likely")
    assert verified.reasons[0].code is ReasonCode.VERIFIED_BEHIND


def test_what_was_measured_names_providers_and_its_cases() -> None:
    for provider, measured in SPF_BEHIND_GATEWAY.items():
        assert provider in CATALOGUE.providers
        assert 0 < measured.right <= measured.of
        assert measured.source
