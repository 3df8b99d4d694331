"""The bulk form: one line out for each line in, every layer, and faults that do not stop it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depgraph.providers import Signal, explain, load
from depgraph.survey.attribution import attribute_cases, layers

CATALOGUE = load()
LAYERS = (
    "dns",
    "hosting",
    "front",
    "mx",
    "mailbox",
    "gateway",
    "ca",
    "registrar",
    "registry",
    "owner",
    "network",
    "holder",
)


def case(**fields: Any) -> dict[str, Any]:
    return layers({"domain": "example.com", "date": "2021-01-12", **fields}, catalogue=CATALOGUE)


def providers(layer: Any) -> list[str]:
    assert isinstance(layer, list), layer
    return [entry["provider"] for entry in layer]


def test_a_whole_case() -> None:
    found = case(
        records={
            "NS": ["ns-1.awsdns-12.co.uk.", "NS-2.awsdns-1.COM."],
            "CNAME": ["d1.cloudfront.net."],
            "A": ["13.32.181.66"],
            "ASN": [16509],
            "MX": ["10 mx01.hornetsecurity.com."],
            "TXT": ["v=spf1 include:spf.protection.outlook.com -all"],
            "DKIM_CNAME": [
                "selector1._domainkey.example.com selector1-x._domainkey.y.onmicrosoft.com"
            ],
            "CERT_ISSUER": ["Let's Encrypt"],
        },
        whois_raw="Domain Name: EXAMPLE.COM\r\nRegistrar: Epik, Inc.\r\nRegistrar IANA ID: 617\r\nRegistrant Organization: Example Ltd\r\n",
    )
    assert set(found) == set(LAYERS)
    assert providers(found["dns"]) == ["aws"]
    assert found["dns"][0]["company"] == "amazon"
    assert found["dns"][0]["rule"] in CATALOGUE.rules.by_id
    assert providers(found["front"]) == ["aws"]
    assert "front" in found["hosting"]["unknown"]
    assert providers(found["mx"]) == providers(found["gateway"]) == ["hornetsecurity"]
    assert providers(found["mailbox"]) == ["microsoft-365"]
    assert providers(found["ca"]) == ["lets-encrypt"]
    assert providers(found["registrar"]) == ["epik"]
    assert providers(found["registry"]) == ["verisign"]
    assert providers(found["owner"]) == ["~example"]
    assert providers(found["network"]) == ["aws"]


def test_no_front_and_no_gateway_are_answers_and_not_unknown() -> None:
    found = case(records={"A": ["192.0.2.1"], "ASN": ["24940"], "MX": ["aspmx.l.google.com"]})
    assert found["front"] == []
    assert found["gateway"] == []
    assert providers(found["hosting"]) == ["hetzner"]
    assert "unknown" in case(records={})["front"]
    assert "unknown" in case(records={})["gateway"]


def test_the_null_mx_means_no_mail() -> None:
    found = case(records={"MX": ["0 ."]})
    assert found["mx"] == found["mailbox"] == found["gateway"] == []


def test_each_address_has_its_own_operator() -> None:
    found = layers(
        {"domain": "example.com", "records": {"A": ["192.0.2.1", "198.51.100.1"]}},
        catalogue=CATALOGUE,
        origin={"192.0.2.1": 24940, "198.51.100.1": 16276}.get,
    )
    assert providers(found["hosting"]) == ["hetzner", "ovh"]
    assert providers(found["network"]) == ["hetzner", "ovh"]


def test_a_holder_is_not_a_network() -> None:
    found = case(
        records={"A": ["192.0.2.1"], "RDNS_OR_CNAME": ["server-1.iad66.r.cloudfront.net"]},
        ip_info={"192.0.2.1": {"OrgId": "AMAZON-4", "OrgName": "not read"}},
    )
    assert providers(found["front"]) == ["aws"]
    assert providers(found["holder"]) == ["aws"]
    assert "unknown" in found["network"]


def test_an_rdap_answer_names_the_registrar_by_its_id() -> None:
    entity = {
        "roles": ["registrar"],
        "publicIds": [{"type": "IANA Registrar ID", "identifier": "292"}],
        "vcardArray": ["vcard", [["fn", {}, "text", "Somebody else"]]],
    }
    found = case(rdap={"entities": [entity, 3, {"roles": None}]})
    assert providers(found["registrar"]) == ["markmonitor"]


@pytest.mark.parametrize(
    ("text", "provider"),
    [
        ("Registrar: Epik, Inc.\n", "epik"),
        ("   Sponsoring Registrar: MarkMonitor Inc R45-ME\r\n", "markmonitor"),
        ("Registrar:MarkMonitor, Inc. (R22-LRCC)\r\n", "markmonitor"),
        ("Registrar:\r\n   Realtime Register\r\n   Ceintuurbaan 32a\r\n", "realtime-register"),
        ("Registrar:\n\tName: Gandi SAS\n", "gandi"),
        ("   Registration Service Provider: GANDI SAS\n", "gandi"),
        ("Registrar WHOIS Server: whois.example\nRegistrar URL: http://x\n", None),
        ("Registrar:\n\nRegistrant:\n", None),
        ("Registrar IANA ID: 4321\nRegistrar: Nobody we know\n", "~IANA4321"),
    ],
)
def test_the_registrar_in_whois_text(text: str, provider: str | None) -> None:
    found = case(whois_raw=text)["registrar"]
    if provider:
        assert providers(found) == [provider]
    else:
        assert found["unknown"] in {"malformed", "registration-names-none"}
        assert set(found) == {"unknown", "text"}


BLOCK = {
    "objectClassName": "ip network",
    "startAddress": "192.0.2.0",
    "endAddress": "192.0.2.255",
    "entities": [
        {
            "roles": ["registrant"],
            "handle": "AMAZON-4",
            "vcardArray": ["vcard", [["fn", {}, "text", "Amazon.com, Inc."]]],
        }
    ],
}


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"records": {"A": ["192.0.2.7"]}},
        {"domain": "example.com", "records": {"A": ["192.0.2.7", "192.0.2.9"]}},
    ],
)
def test_an_rdap_answer_about_a_block_names_its_holder(fields: dict[str, Any]) -> None:
    found = layers({"rdap": BLOCK, **fields}, catalogue=CATALOGUE)
    assert providers(found["holder"]) == ["aws"]
    assert "unknown" in found["network"]


def test_a_block_that_holds_no_address_of_the_case_says_nothing_of_them() -> None:
    found = case(rdap=BLOCK, records={"A": ["198.51.100.1"]})
    assert "unknown" in found["holder"]


def test_a_case_without_a_name_is_about_what_it_gives() -> None:
    address = layers({"records": {"A": ["104.16.1.1"]}}, catalogue=CATALOGUE)
    assert providers(address["front"]) == ["cloudflare"]
    alias = layers({"records": {"CNAME": ["shop.herokuapp.com"]}}, catalogue=CATALOGUE)
    assert providers(alias["hosting"]) == ["heroku"]
    for layer in ("dns", "mx", "registrar", "registry", "owner"):
        assert "unknown" in address[layer]


@pytest.mark.parametrize("host", ["www.example.com", "shop.example.com"])
def test_a_case_is_about_its_host(host: str) -> None:
    found = case(host=host, records={"A": ["192.0.2.1"], "ASN": [24940], "MX": ["a.gmail.com"]})
    assert providers(found["hosting"]) == ["hetzner"]
    assert providers(found["registry"]) == ["verisign"]
    assert isinstance(found["mx"], list)


def test_aliases_in_a_list_are_a_chain() -> None:
    found = case(records={"CNAME": ["shop.example.net.", "x.myshopify.com"]})
    assert providers(found["hosting"]) == ["shopify"]


def test_an_unlisted_operator_may_host_or_stand_in_front() -> None:
    found = case(records={"A": ["209.126.35.81"], "ASN": [4199999999]})
    (entry,) = found["hosting"]
    assert (entry["provider"], entry["role"]) == ("~AS4199999999", "host or front")
    assert entry["confidence"] == "certain"  # that it can stop what is served there
    assert found["front"]["unknown"] == "may-be-front?name=AS4199999999"
    assert "AS4199999999" in found["front"]["text"]


def test_a_reverse_name_that_the_network_denies_is_borrowed() -> None:
    for key in ("PTR", "RDNS_OR_CNAME"):
        borrowed = {key: ["server-1.iad66.r.cloudfront.net"], "A": ["192.0.2.1"], "ASN": [16276]}
        found = case(records=borrowed)
        assert (found["front"], providers(found["hosting"])) == ([], ["ovh"])


def test_of_several_addresses_a_reverse_name_tells_nothing() -> None:
    pointers = {"PTR": ["server-1.iad66.r.cloudfront.net"], "A": ["192.0.2.1", "192.0.2.2"]}
    assert "unknown" in case(records=pointers)["front"]


def test_of_several_exchanges_the_mailbox_operator_holds_the_mailboxes() -> None:
    found = case(records={"MX": ["1 aspmx.l.google.com", "50 backup.example.net"]})
    assert providers(found["mx"]) == ["google-workspace", "~example.net"]
    assert providers(found["mailbox"]) == ["google-workspace"]
    assert found["mailbox"][0]["confidence"] == "certain"
    assert found["gateway"] == []
    both = case(records={"MX": ["aspmx.l.google.com", "a.mail.protection.outlook.com"]})
    assert both["mailbox"]["unknown"].startswith("several-mailboxes; perhaps?")
    assert providers(both["mailbox"]["perhaps"]) == ["google-workspace", "microsoft-365"]
    assert providers(both["mx"]) == ["google-workspace", "microsoft-365"]


def test_what_is_weak_is_possible_and_its_share_is_told() -> None:
    weak = case(
        records={"MX": ["x.seppmail.cloud"], "TXT": ["v=spf1 include:bspf.a1.net -all"]},
    )["mailbox"]
    assert [(entry["confidence"], entry["share"]) for entry in weak] == [("possible", 0.1111)]
    measured = case(
        records={"MX": ["x.seppmail.cloud"], "SPF_INCLUDES": ["spf.protection.outlook.com"]},
    )["mailbox"]
    assert [(entry["provider"], entry["confidence"]) for entry in measured] == [
        ("microsoft-365", "likely")
    ]
    assert measured[0]["share"] > 0.95


def test_parents_that_nobody_confirmed_are_marked() -> None:
    (parent,) = [row for row in CATALOGUE.parents if row.company == "linode"]
    doubted = replace(parent, source=f"unverified: the day; {parent.source}")
    catalogue = replace(
        CATALOGUE, parents=tuple(doubted if row is parent else row for row in CATALOGUE.parents)
    )
    line = {"domain": "example.com", "date": "2024", "records": {"A": ["192.0.2.1"], "ASN": 63949}}
    (entry,) = layers(line, catalogue=catalogue)["network"]
    assert entry["owners"] == ["linode", "akamai"]
    assert entry["unverified_owners"] == ["akamai"]


def test_the_origin_is_looked_up_where_the_case_has_none() -> None:
    asked: list[str] = []

    def origin(address: str) -> int | None:
        asked.append(address)
        return 24940

    line = {
        "domain": "example.com",
        "records": {"A": ["192.0.2.1", "192.0.2.2", "192.0.2.1"]},
        "ip_info": {"192.0.2.2": {"asn": 16276}},
    }
    found = layers(line, catalogue=CATALOGUE, origin=origin)
    assert asked == ["192.0.2.1"]
    assert providers(found["network"]) == ["hetzner", "ovh"]


def test_a_record_of_more_values_than_any_has_is_refused() -> None:
    many = {"A": [f"10.0.{n // 256}.{n % 256}" for n in range(1001)]}
    (line,) = attribute_cases([json.dumps({"domain": "example.com", "records": many})])
    assert json.loads(line)["error"] == "expected at most 1000 values under 'A', found 1001"


def test_an_exchanger_that_the_catalogue_lacks_may_be_a_gateway() -> None:
    found = case(records={"MX": ["a.example.net", "b.example.org"]})
    assert providers(found["mx"]) == ["~example.net", "~example.org"]
    assert {entry["role"] for entry in found["mx"]} == {"mailbox or gateway"}
    assert providers(found["mailbox"]["perhaps"]) == ["~example.net", "~example.org"]
    assert {entry["confidence"] for entry in found["mailbox"]["perhaps"]} == {"possible"}
    assert found["gateway"]["unknown"] == "unlisted-exchanger?name=example.net, example.org"
    held = case(records={"MX": ["a.example.net"], "AUTODISCOVER_CNAME": ["auto.example.net"]})
    assert (providers(held["mailbox"]), held["gateway"]) == (["~example.net"], [])
    assert "role" not in held["mx"][0]


def test_an_exchanger_that_is_an_address_is_malformed() -> None:
    found = case(records={"MX": ["10 192.0.2.4"], "TXT": ["v=spf1 -all"]})
    assert {found[layer]["unknown"] for layer in ("mx", "mailbox", "gateway")} == {"malformed"}


def test_a_domain_that_spf_refuses_is_no_evidence() -> None:
    spf = "v=spf1 -include:spf.protection.outlook.com -all"
    found = case(records={"MX": ["10 mxa.gslb.pphosted.com"], "TXT": [spf]})
    assert found["mailbox"]["unknown"] == "behind-gateway?name=Proofpoint"
    assert "perhaps" not in found["mailbox"]


def test_servers_under_two_suffixes_are_one_operator() -> None:
    found = case(records={"NS": ["a.foo-dns.com", "a.foo-dns.net"]})
    assert providers(found["dns"]) == ["~foo-dns.com"]


def test_a_customers_name_under_a_platform_is_not_the_platforms() -> None:
    found = layers({"domain": "d1.cloudfront.net"}, catalogue=CATALOGUE)
    assert "unknown" in found["owner"]
    assert providers(layers({"domain": "ads.google.com"}, catalogue=CATALOGUE)["owner"]) == [
        "google"
    ]


@pytest.mark.parametrize("text", ["REDACTED FOR PRIVACY", "Domains By Proxy, LLC", "Not Disclosed"])
def test_a_hidden_registrant_is_nobody(text: str) -> None:
    assert "unknown" in case(whois_raw=f"Registrant Organization: {text}\n")["owner"]


def test_one_line_out_for_each_line_in() -> None:
    lines = [
        '{"id": "a", "domain": "example.com", "records": {"NS": ["ns1.nsone.net"]}}',
        "not json",
        "",
        "[1, 2]",
        b"\xff\xfe",
        '{"records": 3}',
        '{"domain": "' + "a" * 300 + '"}',
        "[" * 100_000,
        '{"domain": "example.org", "records": {"MX": "mx.example.org"}, "date": "someday"}',
        '{"domain": "example.org", "records": {"colour": ["red"]}}',
        '{"domain": "example.org", "records": {"MX": "mx.example.org"}}',
    ]
    out = [json.loads(line) for line in attribute_cases(lines)]
    assert [item["line"] for item in out] == list(range(1, len(lines) + 1))
    assert [number for number, item in enumerate(out, 1) if "error" in item] == [
        2,
        3,
        4,
        5,
        6,
        7,
        8,
        9,
        10,
    ]
    assert all(
        item["error"].startswith("expected") or "JSON" in item["error"]
        for item in out
        if "error" in item
    )
    assert out[0]["id"] == "a"
    assert out[0]["layers"]["dns"][0]["provider"] == "ns1"
    assert out[10]["layers"]["mx"][0]["self"] is True


def test_whose_servers_of_another_name_are_is_not_claimed() -> None:
    case = '{"domain": "example.com", "records": {"NS": ["%s"]}}'
    told = [
        json.loads(line)["layers"]["dns"][0].get("self", "another's")
        for line in attribute_cases(
            case % name for name in ("ns1.example.com", "ns1.other.net", "a.ns.cloudflare.com")
        )
    ]
    assert told == [True, None, "another's"]


def test_a_line_of_ten_megabytes_gives_an_error_line() -> None:
    (line,) = attribute_cases(["x" * 10_000_001])
    assert "10000001 characters" in json.loads(line)["error"]


def test_output_is_the_same_every_time() -> None:
    lines = ['{"domain": "example.com", "records": {"NS": ["b.x.net", "a.y.net", "c.z.net"]}}'] * 2
    one, two = attribute_cases(lines)
    assert one.replace('"line":1', "") == two.replace('"line":2', "")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "domain": JSON,
            "date": JSON,
            "records": st.dictionaries(
                st.sampled_from(
                    [
                        *("NS", "MX", "A", "TXT", "SOA", "CERT_ISSUER", "x/ALIAS", "ASN", "PTR"),
                        *("DKIM_CNAME", "CNAME", "REGISTRAR", "REGISTRAR_IANA_ID", "MX_ASN"),
                    ]
                ),
                JSON,
                max_size=4,
            ),
            "ip_info": JSON,
            "rdap": JSON,
            "whois_raw": JSON,
        },
    )
)
def test_any_json_gives_a_line(value: dict[str, Any]) -> None:
    (line,) = attribute_cases([json.dumps(value)])
    assert {"layers", "error"} & set(json.loads(line))


def test_explain_tells_every_signal_and_which_decided() -> None:
    from datetime import date

    told = explain("www.example.com.edgekey.net", at=date(2021, 1, 1))
    by_role = dict(told.attributions)
    assert by_role["front"].provider == "akamai"
    assert by_role["hosting"].provider is None
    address = explain("104.16.1.1", at=date(2021, 1, 1), signals=[Signal("asn", "13335")])
    assert dict(address.attributions)["network"].provider == "cloudflare"
    seen = explain([Signal("registrar-id", "617")], at=date(2021, 1, 1))
    assert [role for role, _ in seen.attributions] == ["registrar"]


def test_explain_asks_each_role_about_the_name_that_tells_it() -> None:
    from datetime import date

    exchange = dict(explain("aspmx.l.google.com", at=date(2021, 1, 1)).attributions)
    assert (exchange["mx"].provider, exchange["mailbox"].provider) == (
        "google-workspace",
        "google-workspace",
    )
    server = dict(explain("ns-1.awsdns-12.co.uk", at=date(2021, 1, 1)).attributions)
    assert (server["dns"].provider, server["mailbox"].provider) == ("aws", None)
    app = dict(explain("foo.herokuapp.com", at=date(2021, 1, 1)).attributions)
    assert (app["hosting"].provider, app["front"].provider) == ("heroku", None)
