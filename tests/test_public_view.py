"""What a file alone cannot say: what the public is answered, and where a zone is delegated."""

import json
from datetime import UTC, datetime
from urllib.parse import unquote

import pytest
from click.testing import CliRunner

from depgraph import build, findings, report, takedown
from depgraph.cli import main
from depgraph.cli.days import on_one_day
from depgraph.errors import RecordingError
from depgraph.readers import gather, open_any
from depgraph.reporting import brief

DAY = (datetime(2026, 8, 1, tzinfo=UTC), datetime(2026, 8, 1, 23, 59, 59, tzinfo=UTC))
ZONE = """$ORIGIN acme.com.
$TTL 3600
@ IN SOA ns1.p.example. h.acme.com. 1 3600 600 86400 300
@ IN NS ns1.p.example.
@ IN NS ns2.q.example.
"""


def dig(server, status, *answers):
    lines = [
        ";; Got answer:",
        f";; ->>HEADER<<- opcode: QUERY, status: {status}, id: 4",
        f";; flags: qr rd ra; QUERY: 1, ANSWER: {len(answers)}, AUTHORITY: 0, ADDITIONAL: 0",
        ";; QUESTION SECTION:",
        ";acme.com.\tIN\tA",
        ";; ANSWER SECTION:",
        *answers,
        "",
        f";; SERVER: {server}#53({server})",
        ";; WHEN: Sat Aug 01 10:00:00 UTC 2026",
        "",
    ]
    return "\n".join(lines)


def recordings(tmp_path, text):
    path = tmp_path / "file"
    path.write_text(text)
    return gather(lambda: open_any(path, undated=DAY), "acme.com", lambda bad: None)


def graph_of(tmp_path, text):
    return build(on_one_day(recordings(tmp_path, text), "acme.com", "file", None))


def urgencies(graph):
    return {one.reason.partition("?")[0]: one.urgency.value for one in findings(graph).findings}


PRIVATE = "acme.com.\t300\tIN\tA\t10.1.2.3"
GONE = "acme.com.\t300\tIN\tCNAME\tgone.azurewebsites.net."
INNER = {
    "a zone with private addresses": (f"{ZONE}@ IN A 192.168.1.10\n", "inward-address"),
    "a resolver of the machine": (dig("127.0.0.53", "NOERROR", PRIVATE), "inward-address"),
    "a table": ("name,type,value\nacme.com,A,10.1.2.3\n", "inward-address"),
    "an exchanger that is an alias": (
        f"{ZONE}@ IN A 192.0.2.1\n@ IN MX 10 mail\nmail IN CNAME mx.host.example.\n",
        "exchange-alias",
    ),
    "a server that is an alias": (
        ZONE.replace("ns1.p.example.", "ns1") + "@ IN A 192.0.2.1\nns1 IN CNAME a.host.example.\n",
        "server-alias",
    ),
    "a name that dangles for one resolver": (dig("192.168.1.1", "NXDOMAIN", GONE), "label-free"),
}
PUBLIC = {
    "a public resolver": (dig("8.8.8.8", "NOERROR", PRIVATE), "inward-address"),
    "a name that dangles": (dig("8.8.8.8", "NXDOMAIN", GONE), "label-free"),
}


@pytest.mark.parametrize(("text", "reason"), INNER.values(), ids=INNER)
def test_what_only_an_inner_view_has_is_not_said_to_be_broken(tmp_path, text, reason):
    assert urgencies(graph_of(tmp_path, text))[reason] == "worth-knowing"


@pytest.mark.parametrize(("text", "reason"), PUBLIC.values(), ids=PUBLIC)
def test_what_the_public_is_answered_is_broken(tmp_path, text, reason):
    assert urgencies(graph_of(tmp_path, text))[reason] == "broken-now"


def azure(*records):
    beginning = "/subscriptions/0/resourceGroups/g/providers/Microsoft.Network/dnszones/acme.com"
    rows = [
        {"id": f"{beginning}/A/@", "name": "@", "type": "Microsoft.Network/dnszones/A", "ttl": 300}
        | {"ARecords": [{"ipv4Address": "192.0.2.1"}]},
        *records,
    ]
    return json.dumps(rows)


def test_who_holds_a_zone_need_not_be_who_it_is_delegated_to(tmp_path):
    graph = graph_of(tmp_path, azure())
    (edge,) = graph.get_edge_data("nameservers:acme.com", "provider:azure").values()
    assert edge["confidence"] == "likely"
    cuts = [cut for one in takedown(graph).functions for cut in one.alone_sets]
    sure = {cut.confidence.value for cut in cuts if "microsoft" in str(cut.members)}
    assert sure == {"likely"}
    assert "the delegation was not seen" in str(report(graph))


def test_a_whole_zone_that_delegates_without_the_glue_that_is_needed(tmp_path):
    lines = "dev IN NS ns1.dev\ndev IN NS ns2.dev\nns2.dev IN A 192.0.2.2\nlab IN NS ns1.dev\n"
    path = tmp_path / "file"
    name = "dev.acme.com"
    for rest, expected in (("", ["ns1.dev.acme.com"]), ("rubbish\n", [])):
        path.write_text(f"{ZONE}{lines}{rest}")
        found = gather(lambda: open_any(path, undated=DAY, name=name), name, lambda bad: None)
        graph = build(on_one_day(found, name, "file", None))
        bare = [one for one in findings(graph).findings if one.reason.startswith("no-glue")]
        assert [(one.urgency.value, one.label) for one in bare] == [
            ("broken-now", label) for label in expected
        ]


def test_a_whole_zone_without_the_addresses_of_its_own_servers(tmp_path):
    zone = ZONE.replace("ns1.p.example.", "ns1").replace("ns2.q.example.", "ns2")
    found = findings(graph_of(tmp_path, f"{zone}ns1 IN A 192.0.2.53\n@ IN A 192.0.2.1\n")).findings
    (one,) = [one for one in found if one.reason.startswith("nonexistent")]
    assert (one.urgency.value, one.label) == ("worth-knowing", "ns2.acme.com")


_WILD = f"""{ZONE}@ IN A 192.0.2.1
*.dev IN A 192.0.2.77
*.dev IN MX 10 mx.mail.example.
here.dev IN A 192.0.2.78
cut IN NS ns.other.example.
old IN DNAME other.example.
"""
ASKED = {
    "a wildcard": ("any.dev.acme.com", {"A": "192.0.2.77", "MX": "10 mx.mail.example"}),
    "further below it": ("a.b.dev.acme.com", {"A": "192.0.2.77", "MX": "10 mx.mail.example"}),
    "a name of its own": ("here.dev.acme.com", {"A": "192.0.2.78"}),
    "a DNAME": ("a.old.acme.com", {"CNAME": "a.other.example"}),
}


@pytest.mark.parametrize(("name", "answers"), ASKED.values(), ids=ASKED)
def test_a_name_is_answered_as_a_server_of_the_zone_does(tmp_path, name, answers):
    path = tmp_path / "acme.com.zone"
    path.write_text(_WILD)
    found = gather(lambda: open_any(path, undated=DAY, name=name), name, lambda bad: None)
    given = {o.type: o for one in found for o in one if o.subject == name and o.values}
    assert {kind: o.values[0] for kind, o in given.items()} == answers


@pytest.mark.parametrize("name", ["any.acme.com", "below.here.dev.acme.com", "any.cut.acme.com"])
def test_a_name_that_no_wildcard_answers(tmp_path, name):
    path = tmp_path / "acme.com.zone"
    path.write_text(_WILD)
    with pytest.raises(RecordingError, match="no record of that name"):
        gather(lambda: open_any(path, undated=DAY, name=name), name, lambda bad: None)


OFFICE = "10.0.0.1"
PUBLIC_A = "acme.com.\t300\tIN\tA\t192.0.2.10"


def within(kind, status, *answers, flags="qr aa rd ra"):
    """What a resolver of a private network answers from a zone of its own."""
    text = dig(OFFICE, status, *answers).replace("qr rd ra", flags)
    return text.replace(";acme.com.\tIN\tA", f";acme.com.\tIN\t{kind}")


def test_a_name_that_a_private_zone_denies_is_not_known_outside(tmp_path):
    graph = graph_of(tmp_path, within("A", "NXDOMAIN"))
    assert not any(data.get("absent") for _, data in graph.nodes(data=True))
    assert (
        f"inner-denial?reason=nxdomain%26target={OFFICE}"
        in graph.nodes["unknown:addresses of acme.com"]["reason"]
    )


def test_a_denial_of_what_the_public_is_given_is_no_absence(tmp_path):
    denied = within("MX", "NXDOMAIN", flags="qr rd ra")
    graph = graph_of(tmp_path, denied + dig("8.8.8.8", "NOERROR", PUBLIC_A))
    assert not any(data.get("absent") for _, data in graph.nodes(data=True))


def test_name_servers_of_a_private_view_are_not_all(tmp_path):
    server = "acme.com.\t300\tIN\tNS\tdc1.acme.com."
    graph = graph_of(tmp_path, within("NS", "NOERROR", server))
    assert "one-server" not in urgencies(graph)
    cuts = [cut for one in takedown(graph).functions for cut in one.alone_sets]
    assert {one.id for cut in cuts for one in cut.members} == {"company:verisign"}  # .com
    assert "only 10.0.0.1 (a resolver of a private network) answered:" in report(graph).text(
        width=1000
    )


def test_a_private_address_beside_the_public_one_is_worth_knowing(tmp_path):
    graph = graph_of(
        tmp_path, within("A", "NOERROR", PRIVATE) + dig("127.0.0.53", "NOERROR", PUBLIC_A)
    )
    assert urgencies(graph) == {"inner-answer": "worth-knowing"}
    assert "10.0.0.1 (a resolver of a private network) has 10.1.2.3" in findings(graph).text(
        width=1000
    )


def test_an_ordinary_answer_through_a_private_resolver_is_taken_as_it_is(tmp_path):
    graph = graph_of(tmp_path, within("A", "NOERROR", PUBLIC_A, flags="qr rd ra"))
    assert "address:192.0.2.10" in graph
    assert not [d for _, d in graph.nodes(data=True) if "inner-view" in str(d.get("reason"))]


# -- what a resolver of a private network denies -----------------------------------------------

DENIED = {
    "an office": dig(OFFICE, "NXDOMAIN"),
    "a stub on the machine": dig("127.0.0.53", "NXDOMAIN"),
    "a router, over its link": dig("fe80::1%4", "NXDOMAIN"),
    "one that is not named": "Host acme.com not found: 3(NXDOMAIN)\n",
    "an office, that it has no such record": dig(OFFICE, "NOERROR"),
}


@pytest.mark.parametrize("text", DENIED.values(), ids=DENIED)
def test_what_a_private_resolver_denies_is_not_known_to_be_absent(tmp_path, text):
    graph = graph_of(tmp_path, text)
    assert not brief(graph).nonexistent
    assert not any(data.get("absent") for _, data in graph.nodes(data=True))
    assert not any("nonexistent" in str(data) for _, data in graph.nodes(data=True))


def test_who_denies_it_is_said(tmp_path):
    graph = graph_of(tmp_path, DENIED["an office"])
    short = brief(graph).text(width=200)
    assert (
        "acme.com: only 10.0.0.1 (a resolver of a private network) answered, and says: no such name"
        in short
    )
    asked = ["report", str(tmp_path / "file"), "--dated", "2026-08-01"]
    assert CliRunner().invoke(main, asked).exit_code == 0
    assert (
        "only 10.0.0.1 (a resolver of a private network) answered, and says: no such name; "
        "what the public is answered was not seen"
    ) in report(graph).text(width=1000)
    assert (
        "seul 10.0.0.1 (résolveur d’un réseau privé) a répondu\u00a0: ce nom n’existe pas\u202f; "
        "ce que le public reçoit n’a pas été vu"
    ) in report(graph).text(lang="fr", width=1000)
    unnamed = graph_of(tmp_path, DENIED["one that is not named"])
    assert "only a resolver that is not named answered, and says: no such name" in str(
        report(unnamed)
    )


SETTLED = {
    "a public resolver": dig("9.9.9.9", "NXDOMAIN"),
    "a private one that verified it": dig(OFFICE, "NXDOMAIN").replace("qr rd ra", "qr rd ra ad"),
    "both": dig(OFFICE, "NXDOMAIN") + dig("9.9.9.9", "NXDOMAIN"),
    "a resolver of whoever asked": dig("127.0.0.1", "NXDOMAIN"),
    "a named resolver": "Using domain server:\nName: 9.9.9.9\nAddress: 9.9.9.9#53\nAliases: \n\n"
    "Host acme.com not found: 3(NXDOMAIN)\n",
}


@pytest.mark.parametrize("text", SETTLED.values(), ids=SETTLED)
def test_what_the_public_is_denied_does_not_exist(tmp_path, text):
    graph = graph_of(tmp_path, text)
    assert brief(graph).nonexistent
    assert "inner-answer" not in urgencies(graph)


def test_that_a_private_resolver_has_no_record_leaves_that_type_open(tmp_path):
    text = within("A", "NOERROR", PUBLIC_A, flags="qr rd ra")
    for kind in ("AAAA", "MX"):
        text += within(kind, "NOERROR", flags="qr rd ra")
    graph = graph_of(tmp_path, text)
    assert "address:192.0.2.10" in graph
    reason = f"inner-denial?reason=nodata&target={OFFICE}"
    for what in ("IPv6 addresses of acme.com", "mail exchanges of acme.com"):
        assert graph.nodes[f"unknown:{what}"]["reason"] == reason
    assert not urgencies(graph)


# -- what a resolver says that it blocks, or found bogus (RFC 8914) ------------------------------


def told(server, status, error, *answers, flags="qr rd ra", kind="A"):
    """Return a message with an extended error, as dig prints it."""
    text = (
        dig(server, status, *answers).replace("qr rd ra", flags).replace("IN\tA", f"IN\t{kind}", 1)
    )
    return text.replace(
        ";; QUESTION", f"; EDNS: version: 0, flags:; udp: 1232\n; EDE: {error}\n;; QUESTION"
    )


BLOCKING = {
    "censored": ("1.1.1.2", "NXDOMAIN", "16 (Censored): (order 24/1)"),
    "blocked": ("9.9.9.9", "NXDOMAIN", "15 (Blocked)"),
    "filtered, as nothing there": ("1.1.1.3", "NOERROR", "17 (Filtered)"),
    "filtered, as an address": (
        "1.1.1.3",
        "NOERROR",
        "17 (Filtered)",
        "acme.com.\t60\tIN\tA\t0.0.0.0",
    ),
    "prohibited": ("1.1.1.3", "REFUSED", "18 (Prohibited)"),
}


@pytest.mark.parametrize("message", BLOCKING.values(), ids=BLOCKING)
def test_what_a_resolver_blocks_by_its_own_word_is_open(tmp_path, message):
    graph = graph_of(tmp_path, told(*message))
    assert not brief(graph).nonexistent
    assert not any(data.get("absent") for _, data in graph.nodes(data=True))
    assert "address:0.0.0.0" not in graph
    reasons = [unquote(data.get("reason", "")) for _, data in graph.nodes(data=True)]
    assert any(f"blocked?target={message[0]}&text=EDE {message[2][:2]}" in one for one in reasons)


def test_who_blocks_it_is_said_in_its_own_words(tmp_path):
    graph = graph_of(tmp_path, told(*BLOCKING["censored"]))
    said = "1.1.1.2 says itself that it blocks this (EDE 16 Censored: order 24/1)"
    assert f"acme.com: {said}; what others are answered was not seen" in brief(graph).text(
        width=300
    )
    assert "1.1.1.2 dit lui-même qu’il bloque ce nom" in brief(graph).text(lang="fr", width=300)


def test_who_blocks_a_name_that_others_are_answered_is_told_and_counts_for_nothing(tmp_path):
    text = told(*BLOCKING["censored"]) + dig("8.8.8.8", "NOERROR", PUBLIC_A)
    graph = graph_of(tmp_path, text)
    assert "address:192.0.2.10" in graph
    assert urgencies(graph) == {"blocked-answer": "worth-knowing"}
    assert (
        "1.1.1.2 says itself that it blocks A of acme.com (EDE 16 Censored: order 24/1); others are answered"
        in findings(graph).text(width=300)
    )


def test_other_extended_errors_leave_a_denial_as_it_is(tmp_path):
    assert brief(graph_of(tmp_path, told("1.1.1.1", "NXDOMAIN", "29 (Synthesized)"))).nonexistent


BOGUS = "6 (DNSSEC Bogus): (no DS)"


@pytest.mark.parametrize(
    "more",
    [
        "",
        dig("1.1.1.1", "NOERROR", PUBLIC_A).replace("qr rd ra", "qr rd ra cd"),
    ],
    ids=["alone", "beside an answer that was not validated"],
)
def test_what_a_resolver_found_bogus_fails_for_whoever_validates(tmp_path, more):
    graph = graph_of(tmp_path, told("1.1.1.1", "SERVFAIL", BOGUS) + more)
    assert graph.nodes["zone:acme.com"]["dnssec"] == "bogus"
    (found,) = [one for one in findings(graph).findings if one.reason.startswith("resolver-bogus")]
    assert found.urgency == "broken-now"
    assert "web" in found.functions
    assert "does not work for validating clients" in takedown(graph).text(width=300)
    assert "EDE 6 DNSSEC Bogus: no DS" in findings(graph).text(width=300)


UNCHECKED = dig("1.1.1.1", "NOERROR", PUBLIC_A).replace("qr rd ra", "qr rd ra cd")


def test_what_a_resolver_gave_only_unvalidated_may_fail_for_whoever_validates(tmp_path):
    graph = graph_of(tmp_path, UNCHECKED)
    assert graph.nodes["zone:acme.com"]["dnssec"] == "unknown"
    (found,) = [one for one in findings(graph).findings if one.reason == "unchecked"]
    assert (found.urgency, "web" in found.functions) == ("worth-knowing", True)
    told = findings(graph).text(width=300)
    assert "answered with checking disabled (CD) only" in told


def test_where_it_failed_when_it_was_to_validate_it_is_bogus(tmp_path):
    graph = graph_of(tmp_path, dig("1.1.1.1", "SERVFAIL") + UNCHECKED)
    assert graph.nodes["zone:acme.com"]["dnssec"] == "bogus"


def test_where_it_answered_so_when_it_was_to_validate_nothing_is_said(tmp_path):
    graph = graph_of(tmp_path, dig("1.1.1.1", "NOERROR", PUBLIC_A) + UNCHECKED)
    assert "dnssec" not in graph.nodes["zone:acme.com"]


# -- what the registry says of the name itself ----------------------------------------------------


FREE = """No match for "ACME.COM".
>>> Last update of whois database: 2026-08-01T10:00:00Z <<<
"""


def test_a_name_that_is_not_registered_is_told_first_and_ends_as_one_that_does_not_exist(tmp_path):
    graph = graph_of(tmp_path, FREE)
    short = brief(graph)
    assert (short.unregistered, short.nonexistent) == (True, False)
    assert short.text(width=200).startswith("acme.com is not registered, says the registry")
    assert "acme.com n’est pas enregistré, dit le registre" in short.text(lang="fr", width=200)
    assert "acme.com is not registered, says the registry." in report(graph).text(width=200)
    asked = ["report", str(tmp_path / "file"), "--dated", "2026-08-01", "--brief"]
    assert CliRunner().invoke(main, asked).exit_code == 4


def test_a_name_that_somebody_serves_is_not_told_as_not_registered_alone(tmp_path):
    every = [
        *recordings(tmp_path, FREE),
        *recordings(tmp_path, dig("8.8.8.8", "NOERROR", PUBLIC_A)),
    ]
    assert not brief(build(on_one_day(every, "acme.com", "file", None))).unregistered


def test_a_name_that_is_registered_and_denied_is_not_told_as_one_that_does_not_exist(tmp_path):
    registered = "Domain Name: ACME.COM\nRegistrar: Gandi SAS\nDomain Status: ok\n"
    every = [*recordings(tmp_path, registered), *recordings(tmp_path, dig("8.8.8.8", "NXDOMAIN"))]
    graph = build(on_one_day(every, "acme.com", "file", None))
    assert urgencies(graph)["registered-and-denied"] == "broken-now"
    assert not brief(graph).nonexistent
    assert [one.function for one in report(graph).functions if one.absent] == []
    assert {one.state.value for one in takedown(graph).functions} == {"undetermined"}


# -- whom a zone is delegated to, where nobody saw it ------------------------------------------

_NS = [f"ns{n}.gandi.net" for n in (1, 2)]
PROXIED = "@ 1 IN A 192.0.2.10 ; cf_tags=cf-proxied:true\n"


def route53(*more):
    sets = [
        ("SOA", ["ns1.gandi.net. h.acme.com. 1 2 3 4 5"]),
        ("NS", [f"{one}." for one in _NS]),
        ("A", ["192.0.2.1"]),
    ]
    rows = [
        {"Name": "acme.com.", "Type": kind, "TTL": 60, "ResourceRecords": [{"Value": v} for v in values]}
        for kind, values in sets
    ]  # fmt: skip
    return json.dumps({"ResourceRecordSets": rows})


def google():
    sets = (("SOA", ["ns1.gandi.net. h.acme.com. 1 2 3 4 5"]), ("NS", [f"{one}." for one in _NS]), ("A", ["192.0.2.1"]))  # fmt: skip
    return json.dumps([{"name": "acme.com.", "type": k, "rrdatas": v, "ttl": 60} for k, v in sets])


def terraform():
    attributes = {"name": "acme.com", "zone_id": "z", "name_servers": _NS}
    zone = {"mode": "managed", "type": "aws_route53_zone", "instances": [{"attributes": attributes}]}  # fmt: skip
    record = {"zone_id": "z", "name": "acme.com", "fqdn": "acme.com", "type": "A", "records": ["192.0.2.1"], "ttl": 60}  # fmt: skip
    row = {"mode": "managed", "type": "aws_route53_record", "instances": [{"attributes": record}]}
    return json.dumps({"version": 4, "terraform_version": "1.9.0", "resources": [zone, row]})


def dnscontrol():
    domain = {
        "name": "acme.com",
        "nameservers": [{"name": one} for one in _NS],
        "records": [{"type": "A", "name": "@", "target": "192.0.2.1"}],
    }
    return json.dumps({"registrars": [], "dns_providers": [], "domains": [domain]})


HELD = {
    "a zone file": ZONE.replace("ns1.p.example.", "ns1.gandi.net.").replace("ns2.q.example.", "ns2.gandi.net.")
    + "@ IN A 192.0.2.1\n",
    "Route 53": route53(),
    "Google": google(),
    "Terraform": terraform(),
    "dnscontrol": dnscontrol(),
}  # fmt: skip
RDAP = {
    "objectClassName": "domain",
    "ldhName": "ACME.COM",
    "nameservers": [{"objectClassName": "nameserver", "ldhName": one} for one in _NS],
    "events": [{"eventAction": "last update of RDAP database", "eventDate": "2026-08-01T10:00:00Z"}],
}  # fmt: skip
SEEN = {
    "RDAP": json.dumps(RDAP),
    "a public resolver": dig("9.9.9.9", "NOERROR", *(f"acme.com.\t300\tIN\tNS\t{one}." for one in _NS)).replace("IN\tA\n", "IN\tNS\n"),
}  # fmt: skip


def both_of(tmp_path, *texts):
    folder = tmp_path / "folder"
    folder.mkdir(exist_ok=True)
    for number, text in enumerate(texts):
        (folder / f"file{number}").write_text(text)
    found = gather(lambda: open_any(folder, undated=DAY), "acme.com", lambda bad: None)
    return build(on_one_day(found, "acme.com", "folder", None))


def sure_of(graph, company):
    cuts = [cut for one in takedown(graph).functions for cut in one.alone_sets]
    return {cut.confidence.value for cut in cuts if company in str(cut.members)}


@pytest.mark.parametrize("text", HELD.values(), ids=HELD)
def test_name_servers_of_a_document_are_likely_until_a_delegation_is_seen(tmp_path, text):
    graph = both_of(tmp_path, text)
    assert sure_of(graph, "gandi") == {"likely"}
    assert "the delegation was not seen" in report(graph).text(width=1000)
    assert "la délégation n’a pas été vue" in report(graph).text(lang="fr", width=1000)


@pytest.mark.parametrize("seen", SEEN.values(), ids=SEEN)
def test_name_servers_of_a_document_are_certain_where_the_delegation_was_seen(tmp_path, seen):
    graph = both_of(tmp_path, HELD["Route 53"], seen)
    assert sure_of(graph, "gandi") == {"certain"}
    assert "the delegation was not seen" not in str(report(graph))


def test_that_the_parent_can_stop_it_needs_no_delegation_to_be_seen(tmp_path):
    assert sure_of(graph_of(tmp_path, HELD["a zone file"]), "verisign") == {"certain"}


@pytest.mark.parametrize(("seen", "level"), [("", "likely"), (SEEN["RDAP"], "certain")])
def test_a_front_of_a_document_is_likely_until_a_delegation_is_seen(tmp_path, seen, level):
    text = HELD["a zone file"].replace("@ IN A 192.0.2.1\n", PROXIED)
    graph = both_of(tmp_path, *filter(None, (text, seen)))
    edge = graph.edges["addresses:acme.com", "front:cloudflare/acme.com", "front"]
    assert edge["confidence"] == level
    assert sure_of(graph, "cloudflare") == {level}
