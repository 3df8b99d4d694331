"""Registries asked over real HTTP and WHOIS on loopback: outcomes, pace, one question a block."""

import asyncio
from datetime import UTC, datetime

import pytest
import stamina
from fake_web import Answer, Web

from depgraph.collect.budget import Account, Budget
from depgraph.collect.ledger import Ledger
from depgraph.collect.source import Context
from depgraph.collect.sources.holder import Holder, _covers
from depgraph.collect.sources.registration import Registration
from depgraph.collect.web import Web as Fetcher
from depgraph.observations import Observation, Status
from depgraph.records import rdap, whois
from depgraph.vocabulary import SourceKind

IANA = "https://data.iana.org/rdap/dns.json"
IPV4 = "https://data.iana.org/rdap/ipv4.json"
BOOTSTRAP = {
    "services": [[["example", "test"], ["http://old.example/", "https://rdap.nic.example/v1/"]]]
}
TOP = {
    "entities": [
        {
            "roles": ["registrant"],
            "vcardArray": [
                "vcard",
                [["version", {}, "text", "4.0"], ["org", {}, "text", "NIC Example"]],
            ],
        }
    ],
    "port43": "whois.nic.example",
}
DOMAIN = {
    "objectClassName": "domain",
    "entities": [
        {
            "roles": ["Registrar"],
            "publicIds": [{"type": "IANA Registrar ID", "identifier": "9999"}],
            "vcardArray": ["vcard", [["fn", {}, "text", "Registrar One"]]],
        }
    ],
    "status": ["client transfer prohibited"],
    "nameservers": [{"ldhName": "NS1.Example.NET."}],
}
WHOIS = "Domain Name: a.example\nRegistrar: Registrar Two\nName Server: ns1.example.net\n"
HOSTS = ("data.iana.org", "rdap.iana.org", "rdap.nic.example", "rdap.arin.net", "rdap.db.ripe.net")


@pytest.fixture(autouse=True)
def _no_waiting():
    with stamina.set_testing(True, attempts=3, cap=True):
        yield


@pytest.fixture
def web():
    web = Web()
    web.whois = {
        "whois.nic.example": WHOIS,
        "whois.iana.org": "organisation: NIC Other\nwhois: whois.nic.example\n",
    }
    web.rdap(IANA, BOOTSTRAP)
    web.rdap("https://rdap.iana.org/domain/example", TOP)
    web.rdap("https://rdap.nic.example/v1/domain/a.example", DOMAIN)
    with web:
        yield web


def ask(web, work, *, ledger=None, budget=None, **endpoints):
    ledger = ledger or Ledger()
    budget = budget or Budget(timeout=0.5)

    async def run():
        shared = {
            "endpoints": web.endpoints(*HOSTS, whois=tuple(web.whois), **endpoints),
            "budget": budget,
            "account": Account(budget),
        }
        context = Context(ledger=ledger, resolver=None, web=Fetcher(**shared), **shared)
        try:
            return await work(context)
        finally:
            await context.web.close()

    return asyncio.run(run()), ledger


def registration(web, name="a.example", **options):
    return ask(web, lambda context: Registration(context).registration(name), **options)


def test_registration_by_rdap(web):
    found, ledger = registration(web)
    assert (found.source, found.status) == ("rdap", Status.ANSWER)
    assert found.server == "https://rdap.nic.example/v1/domain/a.example"
    assert found.values == (
        "nameserver ns1.example.net",
        "registrar Registrar One",
        "registrar-id 9999",
        "status clientTransferProhibited",
    )
    assert web.asked == [IANA, found.server]
    assert found in ledger.observations


def test_what_is_recorded_is_not_asked_again(web):
    _, ledger = registration(web)
    again = Ledger(earlier=ledger.observations)
    web.asked.clear()
    found, _ = registration(web, ledger=again)
    assert found.first("registrar") == "Registrar One"
    assert web.asked == []


def test_an_unregistered_name_is_not_found(web):
    found, _ = registration(web, "b.example")
    assert (found.status, found.source) == (Status.NOT_FOUND, "rdap")
    assert web.whois_asked == []


@pytest.mark.parametrize(
    ("answer", "status", "times"),
    [
        (Answer({}, 500), Status.ERROR, 3),
        (Answer({}, 503), Status.ERROR, 3),
        (Answer({}, 429), Status.RATE_LIMITED, 3),
        (Answer({}, 403), Status.REFUSED, 1),
        (Answer({}, 400), Status.ERROR, 1),
        (Answer(b"<html>no</html>"), Status.MALFORMED, 1),
        (Answer([]), Status.MALFORMED, 1),
        (Answer(None), Status.MALFORMED, 1),
        (Answer(b"[" * 1999), Status.MALFORMED, 1),
        (Answer(b"x" * 3000), Status.TRUNCATED, 1),
        (Answer(code=0), Status.ERROR, 3),
        (
            Answer({}, 302, (("Location", "https://rdap.nic.example/v1/domain/a.example"),)),
            Status.LOOP,
            4,
        ),
        (Answer({}, 302, (("Location", "https://elsewhere.example/"),)), Status.UNREACHABLE, 1),
        (Answer({}, 302, (("Location", "ftp://[bad"),)), Status.MALFORMED, 1),
    ],
)
def test_rdap_fails_and_whois_takes_over(web, answer, status, times):
    url = "https://rdap.nic.example/v1/domain/a.example"
    web.rdap(url, answer)
    found, ledger = registration(web, budget=Budget(timeout=0.5, answer_bytes=2000))
    by_rdap = ledger.recorded(SourceKind.RDAP, "a.example", "registration")
    assert by_rdap.status is status
    assert by_rdap.values == ()
    assert web.asked.count(url) == times
    assert (found.source, found.status, found.server) == (
        "whois",
        Status.ANSWER,
        "whois.nic.example",
    )
    assert found.first("registrar") == "Registrar Two"


def test_a_limit_that_passes_is_waited_for(web):
    url = "https://rdap.nic.example/v1/domain/a.example"
    web.rdap(url, Answer({}, 429, (("Retry-After", "0"),)), DOMAIN)
    found, _ = registration(web)
    assert found.first("registrar") == "Registrar One"
    assert web.asked.count(url) == 2


def test_a_limit_beyond_patience_is_not_waited_for(web):
    url = "https://rdap.nic.example/v1/domain/a.example"
    web.rdap(url, Answer({}, 429, (("Retry-After", "3600"),)))
    _, ledger = registration(web)
    assert (
        ledger.recorded(SourceKind.RDAP, "a.example", "registration").status is Status.RATE_LIMITED
    )
    assert web.asked.count(url) == 1


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("No match for a.example", Status.NOT_FOUND),
        ("Query rate limit exceeded", Status.RATE_LIMITED),
        ("hello", Status.MALFORMED),
        ("", Status.MALFORMED),
    ],
)
def test_outcomes_of_whois(web, text, status):
    web.rdap(IANA, {"services": []})
    web.whois["whois.nic.example"] = text
    found, _ = registration(web)
    assert (found.source, found.status) == ("whois", status)


def test_a_domain_of_a_tld_without_any_source(web):
    web.rdap(IANA, {"services": []})
    web.rdap("https://rdap.iana.org/domain/example", {**TOP, "port43": None})
    found, _ = registration(web)
    assert found.status is Status.NOT_ASKED_NO_SOURCE


def test_the_registry_of_a_top_level_domain(web):
    found, _ = ask(web, lambda context: Registration(context).registry("example"))
    assert found.values == (
        "operator NIC Example",
        "rdap https://rdap.nic.example/v1/",
        "whois whois.nic.example",
    )


def test_the_registry_by_whois_where_rdap_does_not_say(web):
    web.rdap("https://rdap.iana.org/domain/example", {"ldhName": "example"})
    found, _ = ask(web, lambda context: Registration(context).registry("example"))
    assert found.source == "whois"
    assert found.values == ("operator NIC Other", "whois whois.nic.example")
    assert web.whois_asked == [("whois.iana.org", "example")]


def test_many_at_once_ask_once(web):
    async def many(context):
        source = Registration(context)
        return await asyncio.gather(*(source.registration("a.example") for _ in range(9)))

    found, _ = ask(web, many)
    assert len({f.values for f in found}) == 1
    assert len(web.asked) == 2


# -- address blocks -------------------------------------------------------------------------


def network(handle="NET-1", start="198.51.100.0", end="198.51.100.255", **more):
    return {
        "objectClassName": "ip network",
        "handle": handle,
        "ipVersion": "v4",
        "startAddress": start,
        "endAddress": end,
        "name": "EXAMPLE-NET",
        "entities": [
            {
                "handle": "ORG-1",
                "roles": ["registrant"],
                "vcardArray": [
                    "vcard",
                    [["fn", {}, "text", "Example Org"], ["kind", {}, "text", "org"]],
                ],
            }
        ],
    } | more


def origin(address, asn="64500", registry="arin"):
    return Observation(
        subject=address,
        type="origin",
        status=Status.ANSWER,
        values=(f"asn {asn}", f"registry {registry}"),
        source="cymru",
        time=datetime(2026, 1, 2, tzinfo=UTC),
    )


def holders(web, *origins, ledger=None):
    routes = {o.subject: o for o in origins}

    async def origin_of(address):
        return routes[address] if address in routes else origin(address)

    async def work(context):
        source = Holder(context, origin_of=origin_of)
        return await asyncio.gather(*(source.holder(o.subject) for o in origins))

    return ask(web, work, ledger=ledger)


def test_the_holder_of_a_block(web):
    url = "https://rdap.arin.net/registry/ip/198.51.100.7"
    web.rdap(url, network())
    (found,), _ = holders(web, origin("198.51.100.7"))
    assert found.values == (
        "handle NET-1",
        "name EXAMPLE-NET",
        "organisation Example Org",
        "organisation-handle ORG-1",
        "prefix 198.51.100.0/24",
        "registry arin",
    )


def test_one_question_serves_a_block(web):
    web.rdap("https://rdap.arin.net/registry/ip/198.51.100.7", network())
    found, ledger = holders(web, origin("198.51.100.7"), origin("198.51.100.8"))
    assert web.asked == [IPV4, "https://rdap.arin.net/registry/ip/198.51.100.7"]
    assert found[1].values == found[0].values
    assert "198.51.100.7" in found[1].note
    web.asked.clear()
    holders(
        web,
        origin("198.51.100.9"),
        origin("198.51.100.7"),
        ledger=Ledger(earlier=ledger.observations),
    )
    assert web.asked == []


def test_ianas_table_tells_the_registry_before_the_route_is_known(web):
    web.rdap(
        IPV4,
        {"services": [[["198.0.0.0/8"], ["https://rdap.db.ripe.net/"]], [["x"], ["https://x/"]]]},
    )
    web.rdap("https://rdap.db.ripe.net/ip/198.51.100.7", network())
    (found,), ledger = holders(web, origin("198.51.100.7"))
    assert found.first("registry") == "ripencc"
    (table,) = ledger.all_recorded(SourceKind.RDAP, "bootstrap")
    assert table.subject == "ipv4"
    assert table.values == ("rdap 198.0.0.0/8 https://rdap.db.ripe.net/",)
    web.asked.clear()
    holders(
        web,
        origin("198.51.100.7"),
        origin("198.51.100.8"),
        ledger=Ledger(earlier=ledger.observations),
    )
    assert web.asked == []


def test_a_block_that_moved_is_asked_about_where_the_route_says(web):
    web.rdap(IPV4, {"services": [[["198.0.0.0/8"], ["https://rdap.db.ripe.net/"]]]})
    web.rdap("https://rdap.arin.net/registry/ip/198.51.100.7", network())
    (found,), _ = holders(web, origin("198.51.100.7"))
    assert (found.first("registry"), found.status) == ("arin", Status.ANSWER)


def test_another_origin_in_the_block_is_asked_for_itself(web):
    web.rdap("https://rdap.arin.net/registry/ip/198.51.100.7", network())
    web.rdap(
        "https://rdap.arin.net/registry/ip/198.51.100.200", network("NET-2", start="198.51.100.192")
    )
    found, _ = holders(web, origin("198.51.100.7"), origin("198.51.100.200", asn="64501"))
    assert [f.first("handle") for f in found] == ["NET-1", "NET-2"]


def test_a_redirect_tells_the_registry(web):
    ripe = "https://rdap.db.ripe.net/ip/198.51.100.7"
    web.rdap(
        "https://rdap.arin.net/registry/ip/198.51.100.7", Answer({}, 301, (("Location", ripe),))
    )
    web.rdap(ripe, network())
    (found,), _ = holders(web, origin("198.51.100.7", registry="nowhere"))
    assert (found.first("registry"), found.server) == ("ripencc", ripe)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"entities": None},
        network(entities=None),
        network(entities=[{"roles": ["registrant"]}, 7, None]),
        network(entities=[{"handle": "X", "roles": None, "vcardArray": ["vcard"]}]),
        network(entities=[{"handle": "X", "roles": "registrant", "vcardArray": None}]),
        network(entities=[{"handle": ["X"], "roles": [None], "vcardArray": [[], []]}]),
        network(startAddress="198.051.100.000", endAddress="198.051.100.255"),
        network(startAddress=7),
        network(handle=None),
        network(remarks=7, notices={}, events=[None, {"eventAction": 3}], links="x"),
        network(parentHandle=None),
    ],
)
def test_no_odd_answer_raises(web, data):
    web.rdap("https://rdap.arin.net/registry/ip/198.51.100.7", data)
    (found,), _ = holders(web, origin("198.51.100.7"))
    assert found.status in {Status.ANSWER, Status.MALFORMED}


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"entities": None, "status": None, "nameservers": None, "events": None},
        {"entities": [{"roles": "registrar", "handle": "REG-X"}]},
        {"entities": [{"roles": ["REGISTRAR"], "publicIds": [None, {}], "handle": None}]},
        {
            "entities": [
                {
                    "roles": ["registrar"],
                    "vcardArray": ["vcard", [["fn"], None, ["fn", {}, "text", 7]]],
                }
            ]
        },
        {"status": [None, 7, "Active"], "nameservers": [None, {"ldhName": None}]},
    ],
)
def test_no_odd_domain_raises(web, data):
    web.rdap("https://rdap.nic.example/v1/domain/a.example", data)
    found, _ = registration(web)
    assert found.status is Status.ANSWER


def test_an_answer_about_another_object_is_none():
    """Of RDAP about a name and about an address, and of WHOIS."""
    assert not rdap.is_about({"ldhName": "other.example"}, "a.example")
    assert rdap.is_about({"ldhName": "A.Example."}, "a.example")
    assert rdap.is_about({}, "a.example")
    text = "Domain Name: OTHER.EXAMPLE\nRegistrar: Of another\n"
    assert not whois.is_about(text, "a.example")
    assert whois.is_about(text, "other.example")
    assert whois.is_about("domain: bücher.example\n", "xn--bcher-kva.example")
    assert whois.is_about("Registrar: Of somebody\n", "a.example")
    assert not _covers(("prefix 192.0.2.0/24",), "198.51.100.1")
    assert _covers(("prefix 192.0.2.0/24", "prefix 2001:db8::/32"), "2001:db8::1")
