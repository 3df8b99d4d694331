"""What `depgraph attribute` says of a case is what `depgraph report` says of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from depgraph.cli import main

SERVERS = {"NS": ["ns1.nsone.net", "b.example.net"]}
GATEWAY = {"MX": ["10 x.mail.seppmail.cloud"]}
LIVE = {"A": ["192.0.2.1"]}
REGISTRAR_ENTITY = {
    "roles": ["registrar"],
    "publicIds": [{"type": "IANA Registrar ID", "identifier": "292"}],
}
HOLDER_ENTITY = {
    "roles": ["registrant"],
    "handle": "AMAZON-4",
    "vcardArray": ["vcard", [["fn", {}, "text", "Amazon.com, Inc."]]],
}
BLOCK = {
    "objectClassName": "ip network",
    "startAddress": "192.0.2.0",
    "endAddress": "192.0.2.255",
    "entities": [HOLDER_ENTITY],
}
BASE = {"domain": "example.com", "date": "2021-01-12"}

# What is read -> a case without it, what the case with it has besides, the layers it tells of,
# and who is then in the first of these.
READ: Mapping[str, tuple[dict[str, Any], dict[str, Any], str, str]] = {
    "NS": ({}, SERVERS, "dns", "ns1"),
    "NS_REGISTERED_DOMAIN": ({}, {"NS_REGISTERED_DOMAIN": ["nsone.net"]}, "dns", "ns1"),
    "A": ({}, {"A": ["104.16.1.1"]}, "front", "cloudflare"),
    "AAAA": ({}, {"AAAA": ["2606:4700::1"]}, "front", "cloudflare"),
    "CNAME": ({}, {"CNAME": ["a.example.net", "x.myshopify.com"]}, "hosting", "shopify"),
    "ALIAS": ({}, {"Route53Provider/ALIAS": ["d1.cloudfront.net"]}, "front", "aws"),
    "ASN": (LIVE, {"ASN": [24940]}, "hosting", "hetzner"),
    "ASN of nobody listed": (LIVE, {"ASN": [4199999999]}, "hosting", "~AS4199999999"),
    "PTR": (LIVE, {"PTR": ["server-1.iad66.r.cloudfront.net"]}, "front", "aws"),
    "PTR of a host": (LIVE, {"PTR": ["a.your-server.de"]}, "hosting", "hetzner"),
    "RDNS_OR_CNAME": (LIVE, {"RDNS_OR_CNAME": ["a.r.cloudfront.net"]}, "front", "aws"),
    "MX": ({}, {"MX": ["1 aspmx.l.google.com", "5 b.example.net"]}, "mailbox", "google-workspace"),
    "MX alone": ({}, {"MX": ["aspmx.l.google.com"]}, "mailbox", "google-workspace"),
    "MX of a gateway": ({}, GATEWAY, "gateway", "seppmail"),
    "MX_ASN": ({"MX": ["mx.example.com"]}, {"MX_ASN": [151847]}, "mailbox", "fastmail"),
    "MX_ASN of a gateway": (
        {"MX": ["mx.example.com"]},
        {"MX_ASN": ["AS15324"]},
        "gateway",
        "barracuda",
    ),
    "DKIM_CNAME": (
        GATEWAY,
        {"DKIM_CNAME": ["s._domainkey.example.com s.example.onmicrosoft.com"]},
        "mailbox",
        "microsoft-365",
    ),
    "AUTODISCOVER_CNAME": (
        GATEWAY,
        {"AUTODISCOVER_CNAME": ["autodiscover.outlook.com"]},
        "mailbox",
        "microsoft-365",
    ),
    "AUTODISCOVER_SRV": (
        GATEWAY,
        {"AUTODISCOVER_SRV": ["autodiscover.outlook.com"]},
        "mailbox",
        "microsoft-365",
    ),
    "TXT": (GATEWAY, {"TXT": ["v=spf1 include:bspf.a1.net -all"]}, "mailbox", "a1"),
    "SPF_INCLUDES": (GATEWAY, {"SPF_INCLUDES": ["bspf.a1.net"]}, "mailbox", "a1"),
    "SPF_EXPANDED": (
        GATEWAY,
        {"SPF_EXPANDED": ["v=spf1 include:spf.protection.outlook.com -all"]},
        "mailbox",
        "microsoft-365",
    ),
    "TXT_VERIFICATION": (
        GATEWAY | {"SPF_INCLUDES": ["bspf.a1.net", "spf.protection.outlook.com"]},
        {"TXT_VERIFICATION": ["microsoft=ms1234"]},
        "mailbox",
        "microsoft-365",
    ),
    "CERT_ISSUER": ({}, {"CERT_ISSUER": ["Let's Encrypt"]}, "ca", "lets-encrypt"),
    "CAA": ({}, {"CAA": ['0 issue "letsencrypt.org"']}, "ca", "lets-encrypt"),
    "REGISTRAR": ({}, {"REGISTRAR": ["Epik, Inc."]}, "registrar", "epik"),
    "REGISTRAR_IANA_ID": ({}, {"REGISTRAR_IANA_ID": [617]}, "registrar", "epik"),
}
# The same of what stands beside the records.
BESIDE: Mapping[str, tuple[dict[str, Any], str, str]] = {
    "whois_raw": ({"whois_raw": "Registrar: Epik, Inc.\n"}, "registrar", "epik"),
    "rdap": ({"rdap": {"entities": [REGISTRAR_ENTITY]}}, "registrar", "markmonitor"),
    "rdap of a block": ({"rdap": BLOCK, "records": LIVE}, "holder", "aws"),
    "ip_info asn": (
        {"ip_info": {"192.0.2.1": {"asn": 24940}}, "records": LIVE},
        "network",
        "hetzner",
    ),
    **{
        f"ip_info {word}": (
            {"ip_info": {"192.0.2.1": {word: value}}, "records": LIVE},
            "holder",
            "aws",
        )
        for word, value in (
            ("OrgId", "AMAZON-4"),
            ("org", "AMAZON-4"),
            ("organisation", "Amazon Web Services"),
        )
    },
    "host": ({"host": "www.example.com", "records": {"A": ["104.16.1.1"]}}, "front", "cloudflare"),
}
CASES = {word: BASE | {"records": less | more} for word, (less, more, _, _) in READ.items()} | {
    word: BASE | fields for word, (fields, _, _) in BESIDE.items()
}

REPORTED = {
    "dns": {"dns"},
    "hosting": {"host", "serving"},
    "front": {"front"},
    "mx": {"mail"},
    "mailbox": {"mailbox"},
    "ca": {"certificate"},
    "registrar": {"registrar"},
    "registry": {"registry"},
    "network": {"network"},
    "holder": {"block"},
}
FUNCTIONS = {"mx": "mail", "mailbox": "mail", "registrar": "name", "registry": "name"}

Said = dict[str, dict[str, tuple[Any, ...]]]
"""By layer and provider: how sure, needed or only met, the service's own, and whose it is."""


def run(*words: object) -> str:
    result = CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def attributed(case: dict[str, Any], folder: Path) -> dict[str, Any]:
    path = folder / "cases.jsonl"
    path.write_text(json.dumps(case) + "\n")
    layers: dict[str, Any] = json.loads(run("attribute", "--in", path))["layers"]
    return layers


def named(layer: Any) -> set[str]:
    return {entry["provider"] for entry in layer} if isinstance(layer, list) else set()


def said_by_attribute(layers: dict[str, Any]) -> Said:
    return {
        name: {
            entry["provider"]: (
                entry["confidence"],
                entry["rule"],
                entry.get("needed", True),
                bool(entry.get("self")),
                entry.get("unverified", False),
                "host or front" if entry.get("role") else "",
            )
            for entry in layers[name]
        }
        if isinstance(layers[name], list)
        else {}
        for name in REPORTED
    }


def said_by_report(case: dict[str, Any], folder: Path) -> Said:
    path = folder / "report.jsonl"
    path.write_text(json.dumps(case) + "\n")
    report = json.loads(run("report", path, "--json"))
    functions = {one["function"]: one["roles"] for one in report["functions"]}
    site = "web-www" if str(case.get("host", "")).startswith("www.") else "web"
    said: Said = {}
    for name, layers in REPORTED.items():
        roles = functions["mail" if name == "dns" else FUNCTIONS.get(name, site)]
        said[name] = {
            role["actor"].removeprefix("provider:"): (
                role["confidence"],
                role.get("rule", ""),
                role["needed"],
                role["self"],
                role["unverified"],
                "host or front" if role["layer"] == "serving" else "",
            )
            for role in roles
            if role["kind"] == "provider" and role["layer"] in layers and not role.get("through")
        }
        if name == "mailbox" and not any(role["layer"] == "mailbox" for role in roles):
            said[name] = said["mx"]  # nobody but those who run the exchanges
    return said


@pytest.mark.parametrize("word", CASES)
def test_they_agree(word: str, tmp_path: Path) -> None:
    layers = attributed(CASES[word], tmp_path)
    assert said_by_attribute(layers) == said_by_report(CASES[word], tmp_path)
    assert named(layers["gateway"]) <= named(layers["mx"])


@pytest.mark.parametrize("word", READ)
def test_each_record_is_read(word: str, tmp_path: Path) -> None:
    less, _, layer, provider = READ[word]
    before = attributed(BASE | {"records": less}, tmp_path)[layer]
    after = attributed(CASES[word], tmp_path)[layer]
    assert provider not in named(before)
    assert provider in named(after), after


@pytest.mark.parametrize("word", BESIDE)
def test_what_stands_beside_the_records_is_read(word: str, tmp_path: Path) -> None:
    _, layer, provider = BESIDE[word]
    found = attributed(CASES[word], tmp_path)[layer]
    assert provider in named(found), found
