"""Mailboxes behind gateways: what points at them counts, what only lets send does not."""

from __future__ import annotations

from datetime import date

import pytest

from depgraph.providers import Attribution, Signal, attribute, load

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
    assert "nothing says who holds the mailboxes" in bare.reason
    found = attribute(
        "gateway", [Signal(*host.split(" "))], catalogue=CATALOGUE, at=date(2026, 4, 1)
    )
    assert found.is_front


@pytest.mark.parametrize(
    ("seen", "provider", "confidence"),
    [
        ([GATEWAY, DKIM], "microsoft-365", "fair"),
        ([GATEWAY, AUTO], "microsoft-365", "fair"),
        ([GATEWAY, AUTO, SPF, "txt MS=ms1"], "microsoft-365", "fair"),
        ([GATEWAY, SPF], "microsoft-365", "weak"),
        ([GATEWAY, SPF, "spf-include _spf.google.com"], None, "none"),
        ([GATEWAY, SPF, "spf-include _spf.google.com", "txt MS=ms1"], "microsoft-365", "weak"),
        ([GATEWAY, "txt MS=ms1"], None, "none"),
        ([GATEWAY, "dkim google.domainkey.google.com"], "google-workspace", "fair"),
        ([GATEWAY, "autodiscover mail.example.net"], None, "none"),
        (["mx-host example-com.mail.protection.outlook.com"], "microsoft-365", "strong"),
        (
            ["mx-host aspmx.l.google.com", "mx-host alt1.aspmx.l.google.com", SPF],
            "google-workspace",
            "strong",
        ),
        (["mx-host inbound-smtp.eu-west-1.amazonaws.com"], "aws", "strong"),
        (["mx-host mx.example.net", DKIM], "microsoft-365", "fair"),
        (["mx-host mx.example.net", SPF, "txt MS=ms1"], "~example.net", "fair"),
        (["mx-host mail.example.com"], "~example.com", "fair"),
        (["mx-host mail.example.com", DKIM], "microsoft-365", "fair"),
        (["mx-host a.example.net", "mx-host b.example.org"], None, "none"),
        (["mx-host aspmx.l.google.com", "mx-host x.mail.protection.outlook.com"], None, "none"),
        (
            ["mx-host aspmx.l.google.com", "mx-host x.mail.protection.outlook.com", DKIM],
            "microsoft-365",
            "fair",
        ),
        (["mx-host x.mail.protection.outlook.com", GATEWAY], "microsoft-365", "strong"),
        (
            [GATEWAY, DKIM, "autodiscover autodiscover.mail.eu-west-1.awsapps.com"],
            "microsoft-365",
            "fair",
        ),
        ([], None, "none"),
        (["reported-name Microsoft Exchange Online"], "microsoft-365", "weak"),
    ],
)
def test_who_holds_the_mailboxes(seen: list[str], provider: str | None, confidence: str) -> None:
    found = held(*seen)
    assert (found.provider, found.confidence) == (provider, confidence), found.reason
    assert not found.is_front
    assert found.reason


def test_own_exchangers_are_the_services_own() -> None:
    assert held("mx-host mail.example.com").is_self
    assert not held("mx-host mail.example.net").is_self
    assert held("mx-host mail.example.com", "mx-host mx.example.net").provider == "~example.net"


def test_both_actors_are_kept() -> None:
    found = held(GATEWAY, DKIM)
    assert {item.provider for item in found.signals} == {"microsoft-365", "hornetsecurity"}
    assert "Hornetsecurity" in found.reason
