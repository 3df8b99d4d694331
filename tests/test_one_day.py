"""Answers of one and the same day that contradict each other: none is taken for both, and it is told."""

import json
from datetime import UTC, datetime

import pytest

from depgraph import build, findings, report, takedown
from depgraph.cli.days import on_one_day
from depgraph.readers import gather, open_any

DAY = (datetime(2026, 8, 1, tzinfo=UTC), datetime(2026, 8, 1, 23, 59, 59, tzinfo=UTC))
NAME = "acme.com"
AWS = ("ns-1.awsdns-01.com.", "ns-513.awsdns-00.net.")
CLOUDFLARE = ("ada.ns.cloudflare.com.", "bob.ns.cloudflare.com.")


def dig(kind, *values, name=NAME, server="127.0.0.53", at="10:00", status="NOERROR"):
    lines = [
        f"; <<>> DiG 9.18.24 <<>> {name} {kind}",
        ";; Got answer:",
        f";; ->>HEADER<<- opcode: QUERY, status: {status}, id: 4",
        f";; flags: qr rd ra; QUERY: 1, ANSWER: {len(values)}, AUTHORITY: 0, ADDITIONAL: 0",
        ";; QUESTION SECTION:",
        f";{name}.\tIN\t{kind}",
        ";; ANSWER SECTION:",
        *(f"{name}.\t300\tIN\t{kind}\t{value}" for value in values),
        "",
        f";; SERVER: {server}#53({server})",
        f";; WHEN: Sat Aug 01 {at}:00 UTC 2026",
        "",
    ]
    return "\n".join(lines)


def host(*servers):
    lines = [f"{NAME} name server {server}" for server in servers]
    return "\n".join([f"{NAME} has address 192.0.2.10", *lines, ""])


def trace(*servers):
    return "\n".join(
        [
            f"; <<>> DiG 9.18.24 <<>> +trace {NAME} A",
            ";; global options: +cmd",
            ".\t\t\t518400\tIN\tNS\ta.root-servers.net.",
            ";; Received 239 bytes from 127.0.0.53#53(127.0.0.53) in 12 ms",
            "",
            "com.\t\t\t172800\tIN\tNS\ta.gtld-servers.net.",
            ";; Received 239 bytes from 198.41.0.4#53(a.root-servers.net) in 12 ms",
            "",
            *(f"{NAME}.\t\t172800\tIN\tNS\t{server}" for server in servers),
            ";; Received 239 bytes from 192.5.6.30#53(a.gtld-servers.net) in 12 ms",
            "",
            f"{NAME}.\t\t300\tIN\tA\t192.0.2.10",
            ";; Received 59 bytes from 192.0.2.53#53(ns.other.net) in 12 ms",
            "",
        ]
    )


def rdap(*servers, status="active"):
    return json.dumps(
        {
            "objectClassName": "domain",
            "ldhName": NAME,
            "status": [status],
            "nameservers": [
                {"objectClassName": "nameserver", "ldhName": one.rstrip(".")} for one in servers
            ],
            "events": [
                {
                    "eventAction": "last update of RDAP database",
                    "eventDate": "2026-08-01T10:00:00Z",
                }
            ],
        }
    )


def zone(*servers, comment=""):
    return f"""$ORIGIN {NAME}.
$TTL 3600
@ IN SOA {servers[0]} h.{NAME}. 1 3600 600 86400 300
{"".join(f"@ IN NS {server}" + chr(10) for server in servers)}@ IN A 192.0.2.10{comment}
www IN A 192.0.2.20{comment}
@ IN MX 10 mx.mail.example.
"""


def cloudflares_api():
    record = {"zone_name": NAME, "proxied": True, "ttl": 1}
    return json.dumps(
        {
            "result": [
                {**record, "id": "1", "name": NAME, "type": "A", "content": "192.0.2.10"},
                {**record, "id": "2", "name": f"www.{NAME}", "type": "A", "content": "192.0.2.20"},
                {**record, "id": "3", "name": NAME, "type": "MX", "content": "mx.mail.example"}
                | {"proxied": False, "priority": 10},
            ],
            "success": True,
        }
    )


def route53(*servers):
    def one(name, kind, *values):
        records = [{"Value": value} for value in values]
        return {"Name": name, "Type": kind, "TTL": 300, "ResourceRecords": records}

    sets = [
        one(f"{NAME}.", "NS", *servers),
        one(f"{NAME}.", "A", "192.0.2.99"),
        one(f"www.{NAME}.", "A", "192.0.2.20"),
        one(f"{NAME}.", "MX", "10 mx.mail.example."),
    ]
    return json.dumps({"ResourceRecordSets": sets})


def azure():
    beginning = f"/subscriptions/0/resourceGroups/g/providers/Microsoft.Network/dnszones/{NAME}"

    def one(name, kind, **records):
        return {
            "id": f"{beginning}/{kind}/{name}",
            "name": name,
            "type": f"Microsoft.Network/dnszones/{kind}",
            "ttl": 300,
            **records,
        }

    return json.dumps(
        [
            one("@", "A", ARecords=[{"ipv4Address": "192.0.2.99"}]),
            one("www", "A", ARecords=[{"ipv4Address": "192.0.2.20"}]),
            one("@", "MX", MXRecords=[{"preference": 10, "exchange": "mx.mail.example."}]),
        ]
    )


def google(*servers):
    def one(name, kind, *values):
        more = {"kind": "dns#resourceRecordSet", "ttl": 300, "rrdatas": values}
        return {"name": name, "type": kind, **more}

    return json.dumps(
        [
            one(f"{NAME}.", "NS", *servers),
            one(f"{NAME}.", "A", "192.0.2.99"),
            one(f"www.{NAME}.", "A", "192.0.2.20"),
            one(f"{NAME}.", "MX", "10 mx.mail.example."),
        ]
    )


def graph_of(tmp_path, **files):
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    found = gather(lambda: open_any(tmp_path, undated=DAY), NAME, lambda bad: None)
    return build(on_one_day(found, NAME, "folder", None))


def reasons_of(graph):
    return {one.reason.partition("?")[0]: one for one in findings(graph).findings}


def sure(graph, function, company):
    """Return how sure it is that a company stops a function alone; empty where it is not said."""
    (one,) = [one for one in takedown(graph).functions if one.function == function]
    return {
        cut.confidence.value
        for cut in (*one.alone_sets, *one.exceptions)
        if company in {member.id.partition(":")[2] for member in cut.members}
    }


PROXIED = " ; cf_tags=cf-proxied:true"
EXPORTS = {
    "Cloudflare": (zone(*CLOUDFLARE, comment=PROXIED), "cloudflare"),
    "Cloudflare's API, without NS": (cloudflares_api(), "cloudflare"),
    "Route 53": (route53("ns-9.awsdns-09.com.", "ns-99.awsdns-09.net."), "amazon"),
    "Azure, without NS": (azure(), "microsoft"),
    "Google": (google("ns-cloud-a1.googledomains.com."), "google"),
    "any zone file": (zone("ns1.host.example.", "ns2.host.example."), "~host.example"),
}
DELEGATIONS = {
    "a resolver": dig("NS", "ns1.other.net.", "ns2.other.net.") + dig("A", "192.0.2.10"),
    "the parent": trace("ns1.other.net.", "ns2.other.net."),
    "the registration": rdap("ns1.other.net.", "ns2.other.net."),
    "host": host("ns1.other.net.", "ns2.other.net."),
}


@pytest.mark.parametrize("seen", DELEGATIONS.values(), ids=DELEGATIONS)
@pytest.mark.parametrize(("export", "company"), EXPORTS.values(), ids=EXPORTS)
def test_a_zone_that_is_delegated_elsewhere_is_not_what_the_public_sees(
    tmp_path, export, company, seen
):
    graph = graph_of(tmp_path, export=export, seen=seen)
    for function in ("web", "web-www", "mail"):
        assert sure(graph, function, company) <= {"possible"}
    finding = reasons_of(graph)["delegated-elsewhere"]
    assert (finding.urgency.value, finding.label) == ("worth-knowing", NAME)
    told = str(findings(graph))
    assert "export has acme.com served by" in told
    assert "leads to ns1.other.net, ns2.other.net instead" in " ".join(told.split())


def test_the_registration_says_who_serves_a_zone_that_is_delegated_elsewhere(tmp_path):
    files = {"export": EXPORTS["Route 53"][0], "seen": DELEGATIONS["the registration"]}
    graph = graph_of(tmp_path, **files)
    heads = {head: data for _, head, data in graph.out_edges(f"nameservers:{NAME}", data=True)}
    assert heads.keys() == {"lookup:ns1.other.net", "lookup:ns2.other.net"}
    assert {data["provenance"] for data in heads.values()} == {"rdap"}
    told = reasons_of(graph)
    assert "delegated-elsewhere" in told
    assert "only-registered" not in told  # the file is not what the DNS has
    assert "malformed" not in str(report(graph))


def test_what_only_such_a_zone_has_is_possible(tmp_path):
    graph = graph_of(tmp_path, export=EXPORTS["Cloudflare"][0], seen=DELEGATIONS["a resolver"])
    assert f"front:cloudflare/{NAME}" not in graph  # the public was answered the address itself
    (edge,) = graph.get_edge_data(f"addresses:www.{NAME}", f"front:cloudflare/www.{NAME}").values()
    assert edge["confidence"] == "possible"
    (edge,) = graph.get_edge_data(f"exchanges:{NAME}", "exchange:mx.mail.example").values()
    assert edge["confidence"] == "possible"
    assert "delegated elsewhere" in str(report(graph))


SAME = {
    "its servers": (zone(*CLOUDFLARE, comment=PROXIED), dig("NS", *CLOUDFLARE)),
    "one of them": (zone(*CLOUDFLARE, comment=PROXIED), dig("NS", CLOUDFLARE[0], "ns.other.net.")),
    "its provider": (cloudflares_api(), dig("NS", *CLOUDFLARE)),
    "names of its own": (cloudflares_api(), dig("NS", f"ns1.{NAME}.", f"ns2.{NAME}.")),
    "other names of the same machines": (
        zone("ns1.host.example.", comment=PROXIED),
        dig("NS", "ns1.other.net.")
        + dig("A", "198.51.100.53", name="ns1.other.net")
        + dig("A", "198.51.100.53", name="ns1.host.example"),
    ),
}


@pytest.mark.parametrize(("export", "seen"), SAME.values(), ids=SAME)
def test_a_zone_that_is_delegated_there_is_what_the_public_sees(tmp_path, export, seen):
    graph = graph_of(tmp_path, export=export, seen=seen)
    assert "delegated-elsewhere" not in reasons_of(graph)
    (edge,) = graph.get_edge_data(f"addresses:{NAME}", f"front:cloudflare/{NAME}").values()
    assert edge["confidence"] == "certain"


def test_an_address_that_a_front_hides_was_answered_itself(tmp_path):
    export = zone(*CLOUDFLARE, comment=PROXIED)
    seen = dig("NS", *CLOUDFLARE) + dig("A", "192.0.2.10")
    graph = graph_of(tmp_path, export=export, seen=seen)
    assert f"front:cloudflare/{NAME}" not in graph
    assert f"front:cloudflare/www.{NAME}" in graph
    finding = reasons_of(graph)["front-not-seen"]
    assert (finding.urgency.value, finding.label) == ("worth-knowing", NAME)


MOVED = dig("NS", *AWS) + dig("NS", *CLOUDFLARE, at="18:00")
WHOLE = {
    "one resolver, twice": {"day": MOVED},
    "one resolver, in two files": {
        "morning": dig("NS", *AWS),
        "evening": dig("NS", *CLOUDFLARE, at="18:00"),
    },
    "two resolvers": {"day": dig("NS", *AWS) + dig("NS", *CLOUDFLARE, server="8.8.8.8")},
    "a resolver and host": {"dig": dig("NS", *AWS), "host": host(*CLOUDFLARE)},
    "two files of host": {"one": host(*AWS), "other": host(*CLOUDFLARE)},
    "two zone files": {"one": zone(*AWS), "other": zone(*CLOUDFLARE)},
    "two exports": {"one": route53(*AWS), "other": zone(*CLOUDFLARE)},
}


@pytest.mark.parametrize("files", WHOLE.values(), ids=WHOLE)
def test_name_servers_of_two_answers_are_no_redundancy(tmp_path, files):
    graph = graph_of(tmp_path, **files)
    (mail,) = [one for one in takedown(graph).functions if one.function == "mail"]
    alone = {
        member.id.partition(":")[2]: cut.clients
        for cut in mail.exceptions
        for member in cut.members
    }
    assert alone["amazon"]
    assert alone["cloudflare"]  # each for those who get the one answer
    finding = reasons_of(graph)["answers-differ"]
    assert (finding.urgency.value, finding.label) == ("worth-knowing", NAME)
    assert "ada.ns.cloudflare.com" in finding.reason
    assert "ns-1.awsdns-01.com" in finding.reason
    cited = [file for file, text in files.items() if "SERVER:" not in text]
    assert all(file in finding.reason for file in cited)


MAIL = {
    "one resolver, twice": {
        "a": dig("MX", "0 a.mail.example."),
        "b": dig("MX", "10 b.post.example.", at="18:00"),
    },
    "a zone and a resolver": {
        "a": zone("ns1.other.net."),
        "b": dig("NS", "ns1.other.net.") + dig("MX", "0 b.post.example."),
    },
}


@pytest.mark.parametrize("files", MAIL.values(), ids=MAIL)
def test_exchanges_of_two_answers_are_no_redundancy(tmp_path, files):
    graph = graph_of(tmp_path, **files)
    assert "answers-differ" in reasons_of(graph)
    edges = [data for _, _, data in graph.out_edges(f"exchanges:{NAME}", data=True)]
    assert [(data["strength"], bool(data.get("vantage"))) for data in edges] == [
        ("needs", True)
    ] * 2


def test_an_open_set_with_a_record_that_a_whole_one_lacks_is_another_answer(tmp_path):
    table = f"name,type,value\n{NAME},NS,ns1.other.net\n"
    graph = graph_of(tmp_path, dig=dig("NS", *AWS), table=table)
    (mail,) = [one for one in takedown(graph).functions if one.function == "mail"]
    alone = [cut for cut in mail.exceptions if "amazon" in str(cut.members)]
    assert [bool(cut.clients) for cut in alone] == [True]
    told = {data.get("vantage") for _, _, data in graph.out_edges(f"nameservers:{NAME}", data=True)}
    assert told == {"via 127.0.0.53", "via table"}


AGREEING = {
    "the same in two files": {"one": host(*AWS), "other": dig("NS", *AWS)},
    "in another order": {"one": dig("NS", *AWS) + dig("NS", *AWS[::-1], at="18:00")},
    "part of it": {"dig": dig("NS", *AWS), "table": f"name,type,value\n{NAME},NS,{AWS[0]}\n"},
    "addresses by turns": {
        "dig": dig("NS", *AWS) + dig("A", "192.0.2.1") + dig("A", "192.0.2.2", at="18:00")
    },
}


@pytest.mark.parametrize("files", AGREEING.values(), ids=AGREEING)
def test_answers_that_agree_are_one(tmp_path, files):
    graph = graph_of(tmp_path, **files)
    assert "answers-differ" not in reasons_of(graph)
    edges = graph.out_edges(f"nameservers:{NAME}", data=True)
    assert not any(data.get("vantage") for _, _, data in edges)


def whois(status):
    return f"""Domain Name: {NAME}
Registrar: MarkMonitor Inc.
Registrar IANA ID: 292
Domain Status: {status} https://icann.org/epp#{status}
>>> Last update of WHOIS database: 2026-08-01T10:00:00Z <<<
"""


ANSWERED = {
    "RDAP and a resolver": (rdap(*AWS, status="client hold"), dig("A", "192.0.2.10")),
    "WHOIS and a resolver": (whois("serverHold"), dig("NS", *AWS)),
    "RDAP and host": (rdap(*AWS, status="server hold"), host(*AWS)),
    "WHOIS and a name below": (whois("clientHold"), dig("A", "192.0.2.10", name=f"www.{NAME}")),
    "RDAP and the parent": (rdap(*AWS, status="client hold"), trace(*AWS)),
    "WHOIS and a redemption": (whois("redemptionPeriod"), dig("A", "192.0.2.10")),
}


@pytest.mark.parametrize(("registry", "seen"), ANSWERED.values(), ids=ANSWERED)
def test_a_name_on_hold_that_the_dns_still_has_is_a_contradiction(tmp_path, registry, seen):
    graph = graph_of(tmp_path, registry=registry, seen=seen)
    assert {one.state.value for one in takedown(graph).functions} == {"undetermined"}
    found = reasons_of(graph)
    assert "on-hold" not in found
    assert found["held-and-delegated"].urgency.value == "breaks-on-a-day"
    assert "still" in str(findings(graph))


DENIED = {
    "the registry alone": (whois("clientHold"), {}),
    "a resolver denies it": (
        rdap(*AWS, status="client hold"),
        {"seen": dig("A", status="NXDOMAIN")},
    ),
    "one answers and another denies": (
        rdap(*AWS, status="client hold"),
        {
            "seen": dig("A", "192.0.2.10")
            + dig("NS", server="8.8.8.8", status="NXDOMAIN", at="12:00")
        },
    ),
    "a zone file": (whois("clientHold"), {"seen": zone(*AWS)}),
    "records alone": (whois("clientHold"), {"seen": f"name,type,value\n{NAME},A,192.0.2.10\n"}),
}


@pytest.mark.parametrize(("registry", "more"), DENIED.values(), ids=DENIED)
def test_a_name_on_hold_that_nothing_speaks_for_is_broken(tmp_path, registry, more):
    graph = graph_of(tmp_path, registry=registry, **more)
    assert {one.state.value for one in takedown(graph).functions} <= {"fails", "absent"}
    found = reasons_of(graph)
    assert found["on-hold"].urgency.value == "broken-now"
    assert "held-and-delegated" not in found


@pytest.mark.parametrize(
    ("export", "seen", "told"),
    [
        (zone(*AWS), dig("A", "192.0.2.99"), True),
        (zone(*AWS), dig("A", "192.0.2.10"), False),
        (zone(*AWS), dig("A", "192.0.2.10", "192.0.2.11"), False),
        (zone(*AWS) + "@ IN A no-address\n", dig("A", "192.0.2.99"), False),
        (zone(*CLOUDFLARE, comment=PROXIED), dig("A", "104.16.1.1"), False),
    ],
)
def test_an_address_that_the_zone_file_has_not(tmp_path, export, seen, told):
    graph = graph_of(tmp_path, export=export, seen=seen)
    found = reasons_of(graph)
    assert ("answers-differ" in found) == told
    if told:
        assert (
            "192.0.2.10 (export) / 192.0.2.99 (127.0.0.53, 10:00)" in found["answers-differ"].reason
        )
        edges = graph.out_edges(f"addresses:{NAME}", data=True)
        ways = {data["vantage"] for _, head, data in edges if head.startswith("address:")}
        assert ways == {"via 127.0.0.53", "via export"}
