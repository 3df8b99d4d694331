"""What a reply of a scanner is: an answer, none (RFC 2308, 2.2), a referral, or a failure of a server."""

import json
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from depgraph.graph.build import build
from depgraph.observations import Observation, Status, parse_time
from depgraph.readers import BadLine, asked, gather, open_any
from depgraph.recording import Header, Recording

RESOLVER, PARENT, FIRST, SECOND = "192.0.2.53", "192.5.6.30", "192.0.2.1", "198.51.100.2"
RECURSED, OWN, BARE = ("RD", "RA"), ("AA", "RD"), ("RD",)
SOA = ("shop.com", "SOA", "ns1.dns.com. h.shop.com. 1 7200 900 1209600 300")
DOWN = tuple(("shop.com", "NS", f"ns{n}.dns.com.") for n in (1, 2))
UP = ((".", "NS", "a.root-servers.net."), (".", "NS", "b.root-servers.net."))
ABOVE = (("com", "NS", "a.gtld-servers.net."),)
GLUE = (("ns1.dns.com", "A", FIRST), ("ns2.dns.com", "A", SECOND))
TIME = "2026-08-01T10:00:00Z"


@dataclass(frozen=True)
class Said:
    """What a server said to a question; the status TIMEOUT: nothing."""

    name: str
    kind: str
    server: str = RESOLVER
    flags: tuple[str, ...] = RECURSED
    status: str = "NOERROR"
    answer: tuple[tuple[str, str, str], ...] = ()
    authority: tuple[tuple[str, str, str], ...] = ()
    additional: tuple[tuple[str, str, str], ...] = ()


def dig(said: Said) -> str:
    lines = [f"\n; <<>> DiG 9.18.1 <<>> {said.name} {said.kind} @{said.server}"]
    if said.status == "TIMEOUT":
        return "\n".join([*lines, ";; connection timed out; no servers could be reached", ""])
    flags = " ".join(("qr", *said.flags)).lower()
    lines += [
        f";; ->>HEADER<<- opcode: QUERY, status: {said.status}, id: 4",
        f";; flags: {flags}; QUERY: 1, ANSWER: {len(said.answer)}, AUTHORITY: {len(said.authority)}, ADDITIONAL: 0",
        "\n;; QUESTION SECTION:",
        f";{said.name}.\t\tIN\t{said.kind}",
    ]
    for section in ("answer", "authority", "additional"):
        rows = getattr(said, section)
        lines += [f"\n;; {section.upper()} SECTION:"] * bool(rows)
        lines += [f"{owner.rstrip('.')}.\t300\tIN\t{kind}\t{data}" for owner, kind, data in rows]
    lines += [f"\n;; SERVER: {said.server}#53({said.server}) (UDP)"]
    return "\n".join([*lines, ";; WHEN: Sat Aug 01 10:00:00 UTC 2026", ""])


def zdns(said: Said) -> str:
    words = {"AA": "authoritative", "RA": "recursion_available", "RD": "recursion_desired"}
    words |= {"TC": "truncated", "AD": "authenticated"}

    def record(owner: str, kind: str, data: str) -> dict[str, object]:
        row = {"name": owner, "type": kind, "class": "IN", "ttl": 300}
        if kind != "SOA":
            return row | {"answer": data.rstrip(".")}
        keys = ("ns", "mbox", "serial", "refresh", "retry", "expire", "min_ttl")
        return row | dict(zip(keys, data.split(), strict=True))

    data: dict[str, object] = {"resolver": f"{said.server}:53", "protocol": "udp"}
    if said.status != "TIMEOUT":
        data["flags"] = {word: flag in said.flags for flag, word in words.items()}
        for key in ("answer", "authority", "additional"):
            plural = "authorities" if key == "authority" else f"{key}s"
            data[plural] = [record(*row) for row in getattr(said, key)]
    result = {"status": said.status, "timestamp": TIME, "data": data}
    return json.dumps({"name": said.name, "results": {said.kind: result}}) + "\n"


def massdns(said: Said) -> str:
    row: dict[str, object] = {"name": f"{said.name}.", "type": said.kind, "class": "IN"}
    row["resolver"] = f"{said.server}:53"
    if said.status == "TIMEOUT":
        return json.dumps(row | {"error": "TIMEOUT"}) + "\n"
    data = {
        plural: [
            {"ttl": 300, "type": kind, "class": "IN", "name": f"{owner.rstrip('.')}.", "data": data}
            for owner, kind, data in getattr(said, key)
        ]
        for key, plural in (
            ("answer", "answers"),
            ("authority", "authorities"),
            ("additional", "additionals"),
        )
        if getattr(said, key)
    }
    row |= {"status": said.status, "rx_ts": 1785578400000000000, "data": data}
    return json.dumps(row | {"flags": [flag.lower() for flag in said.flags]}) + "\n"


WRITERS: tuple[Callable[[Said], str], ...] = (dig, zdns, massdns)

KNOWN = (
    Said("shop.com", "NS", answer=DOWN),
    *(Said(owner, "A", answer=((owner, kind, data),)) for owner, kind, data in GLUE),
)
"""The servers of the zone and their addresses, as a resolver tells them."""


def read(tmp_path, write, *messages):
    path = tmp_path / "given"
    path.write_text("".join(map(write, messages)))
    found = list(open_any(path))
    assert not [one for one in found if isinstance(one, BadLine)]
    return gather(lambda: open_any(path), "shop.com", lambda bad: pytest.fail(str(bad)))


def about(recordings, name, kind):
    return [o for one in recordings for o in one if (o.subject, o.type) == (name, kind)]


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize(
    ("said", "status"),
    [
        (Said("www.shop.com", "A"), Status.NODATA),  # of a resolver
        (Said("www.shop.com", "A", status="NXDOMAIN"), Status.NXDOMAIN),
        (Said("www.shop.com", "A", flags=OWN), Status.NODATA),
        (Said("www.shop.com", "A", flags=BARE, authority=(SOA,)), Status.NODATA),
        (Said("www.shop.com", "A", flags=BARE), Status.LAME),
        (Said("www.shop.com", "A", flags=("RA",)), Status.LAME),  # of its cache alone
        (Said("www.shop.com", "A", flags=BARE, status="NXDOMAIN"), Status.LAME),
        (Said("www.shop.com", "A", flags=BARE, authority=UP), Status.LAME),
        (
            Said("www.shop.com", "A", authority=DOWN),
            Status.LAME,
        ),  # a resolver that does not recurse
        (Said("www.shop.com", "A", PARENT, BARE, authority=DOWN), Status.REFERRAL),
        (Said("www.shop.com", "A", flags=("RD", "RA", "TC")), Status.TRUNCATED),
        (Said("www.shop.com", "A", status="REFUSED", flags=BARE), Status.REFUSED),
        (Said("www.shop.com", "A", status="SERVFAIL"), Status.SERVFAIL),
        (Said("www.shop.com", "A", status="TIMEOUT"), Status.TIMEOUT),
    ],
)
def test_what_an_empty_reply_says(tmp_path, write, said, status):
    (found,) = about(read(tmp_path, write, *KNOWN, said), "www.shop.com", "A")
    assert (found.status, found.server) == (status, said.server)
    assert found.values == (("shop.com",) if status is Status.REFERRAL else ())


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize(
    ("said", "status", "note"),
    [
        ({"flags": BARE, "authority": UP}, Status.LAME, "upward referral"),
        ({"flags": BARE, "authority": ABOVE}, Status.LAME, "upward referral"),
        (
            {"flags": BARE, "authority": DOWN},
            Status.LAME,
            "refers to the servers of the zone itself",
        ),
        ({"flags": BARE}, Status.LAME, "neither an answer nor authority (AA is not set)"),
        ({"status": "REFUSED", "flags": BARE}, Status.REFUSED, ""),
        ({"status": "SERVFAIL", "flags": BARE}, Status.SERVFAIL, ""),
        ({"status": "TIMEOUT"}, Status.TIMEOUT, ""),
        ({"flags": ("AA", "TC")}, Status.TRUNCATED, ""),
    ],
)
def test_what_an_address_answers_is_of_the_server_that_has_it(tmp_path, write, said, status, note):
    last = Said("shop.com", "A", SECOND, **said)
    found = read(tmp_path, write, *KNOWN, last)
    (one,) = about(found, "shop.com", "A")
    assert (one.status, one.zone, one.server_name) == (status, "shop.com", "ns2.dns.com")
    assert one.note == note
    # What it refers to is no word of a parent.
    assert not [o for one in found for o in one if o.section != "answer"]
    graph = build(Recording(found[0].header, tuple(o for one in found for o in one)))
    findings = [data["finding"] for _, _, data in graph.edges(data=True) if data.get("finding")]
    assert any(one.startswith("did-not-serve") for one in findings)


@pytest.mark.parametrize("write", WRITERS)
def test_a_referral_is_the_word_of_the_parent(tmp_path, write):
    said = Said("shop.com", "NS", PARENT, (), authority=DOWN, additional=GLUE)
    found = read(tmp_path, write, said)
    assert {(o.subject, o.type, o.section, o.zone) for one in found for o in one} == {
        ("shop.com", "NS", "authority", "com"),
        ("shop.com", "NS", "answer", "com"),
        ("ns1.dns.com", "A", "additional", "com"),
        ("ns2.dns.com", "A", "additional", "com"),
    }


@pytest.mark.parametrize("write", WRITERS)
def test_an_authority_says_nothing_of_what_an_alias_elsewhere_leads_to(tmp_path, write):
    alias = (("www.shop.com", "CNAME", "shop.cdn.net."),)
    found = read(tmp_path, write, *KNOWN, Said("www.shop.com", "A", FIRST, OWN, answer=alias))
    assert about(found, "www.shop.com", "CNAME")[0].values == ("shop.cdn.net",)
    assert not about(found, "shop.cdn.net", "A")
    resolved = read(tmp_path, write, *KNOWN, Said("www.shop.com", "A", answer=alias))
    assert about(resolved, "shop.cdn.net", "A")[0].status is Status.NODATA


PAGE = (("shop.com", "A", "203.0.113.80"),)
ALIAS = (("shop.com", "CNAME", "x.web.shop.com."),)
BELOW = (("web.shop.com", "NS", "ns.web.shop.com."),)  # a referral, after the alias, with its glue
UNDER = (("ns.web.shop.com", "A", "203.0.113.53"),)


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize(
    "said",
    [
        Said("shop.com", "A", FIRST, OWN, answer=PAGE, authority=DOWN),
        Said("shop.com", "AAAA", FIRST, OWN, authority=(SOA, *DOWN)),  # RFC 2308, 2.2: type 1
        Said("no.shop.com", "A", FIRST, OWN, "NXDOMAIN", authority=(SOA, *DOWN)),
    ],
)
def test_beside_an_answer_with_authority_stand_the_servers_of_its_zone(tmp_path, write, said):
    refused = Said(said.name, "A", SECOND, BARE, "REFUSED")
    found = read(tmp_path, write, said, *KNOWN[1:], refused)
    (own,) = about(found, "shop.com", "NS")
    assert (own.status, own.section, own.flags) == (Status.ANSWER, "answer", ("AA",))
    assert own.values == ("ns1.dns.com", "ns2.dns.com")
    assert (own.zone, own.server_name) == ("shop.com", "ns1.dns.com")
    (failed,) = [o for o in about(found, said.name, "A") if o.status is Status.REFUSED]
    assert (failed.zone, failed.server_name) == ("shop.com", "ns2.dns.com")


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize(
    "said",
    [
        Said("shop.com", "A", answer=PAGE, authority=DOWN),  # a resolver, of its cache
        Said("shop.com", "A", FIRST, BARE, answer=PAGE, authority=DOWN),
        Said("shop.com", "A", FIRST, OWN, answer=PAGE, authority=UP),
        Said("shop.com", "A", FIRST, OWN, answer=PAGE, authority=ABOVE),
        Said("shop.com", "A", FIRST, OWN, answer=ALIAS, authority=BELOW, additional=UNDER),
        Said("shop.com", "A", FIRST, OWN, authority=DOWN),  # or refers, and sets AA in each reply
        Said("shop.com", "A", FIRST, OWN, authority=(SOA, *BELOW)),
    ],
)
def test_no_other_servers_beside_an_answer_are_those_of_its_zone(tmp_path, write, said):
    found = read(tmp_path, write, said)
    assert not [o for one in found for o in one if o.type == "NS" or o.subject == "ns.web.shop.com"]


def test_servers_of_which_lines_were_left_out_are_not_all(tmp_path):
    path = tmp_path / "given"
    text = dig(Said("shop.com", "A", FIRST, OWN, answer=PAGE, authority=DOWN))
    path.write_text("".join(t for t in text.splitlines(keepends=True) if "ns2" not in t))
    one, bad = open_any(path)
    assert [o.status for o in one if o.type == "NS"] == [Status.ANSWER, Status.MALFORMED]
    assert bad.error == "expected 2 records by the header, found 1"
    path.write_text(text.partition(";; AUTHORITY")[0] + text[text.index("\n;; SERVER") :])
    (one,) = open_any(path)  # dig +noauthority
    assert {o.type for o in one} == {"A"}


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize("status", ["REFUSED", "SERVFAIL", "TIMEOUT"])
def test_the_same_facts_give_the_graph_of_a_collection(tmp_path, write, status):
    address = (("shop.com", "A", "203.0.113.80"),)
    found = read(
        tmp_path,
        write,
        *KNOWN,
        Said("shop.com", "A", PARENT, (), authority=DOWN, additional=GLUE),
        Said("shop.com", "A", FIRST, OWN, answer=address),
        Said("shop.com", "A", SECOND, (), status=status),
    )

    def seen(subject, kind, status, *values, zone="", server=RESOLVER, name="", **more):
        return Observation(
            subject=subject, type=kind, status=status, values=values, zone=zone, server=server,
            server_name=name, time=parse_time(TIME), **more,
        )  # fmt: skip

    hosts = ("ns1.dns.com", "ns2.dns.com")
    above = {"zone": "com", "server": PARENT}
    collected = [
        seen("shop.com", "NS", Status.ANSWER, *hosts, ttl=300),
        seen("shop.com", "NS", Status.ANSWER, *hosts, section="authority", ttl=300, **above),
        seen("shop.com", "A", Status.REFERRAL, "shop.com", **above),
        seen("shop.com", "A", Status.ANSWER, "203.0.113.80", zone="shop.com", server=FIRST,
             name="ns1.dns.com", flags=("AA",), ttl=300),
        seen("shop.com", "A", Status(status.lower()), zone="shop.com", server=SECOND,
             name="ns2.dns.com"),
    ]  # fmt: skip
    for host, address_of in zip(hosts, (FIRST, SECOND), strict=True):
        collected.append(seen(host, "A", Status.ANSWER, address_of, ttl=300))
        collected.append(
            seen(host, "A", Status.ANSWER, address_of, section="additional", ttl=300, **above)
        )
    day = parse_time(TIME).date()
    header = Header(subject="shop.com", since=day, until=day)
    graphs = [
        build(Recording(header, tuple(several)))
        for several in (collected, [o for one in found for o in one])
    ]
    first, second = ({(*e[:2], json.dumps(e[2])) for e in g.edges(data=True)} for g in graphs)
    assert first == second
    assert dict(graphs[0].nodes(data=True)) == dict(graphs[1].nodes(data=True))


def test_dig_calls_a_server_by_name_and_tells_why_it_did_not_answer(tmp_path):
    messages = "".join(map(dig, KNOWN))
    silent = """
;; communications error to 198.51.100.2#53: connection refused

; <<>> DiG 9.18.1 <<>> +norec -t MX shop.com @ns2.dns.com
;; no servers could be reached
"""
    cut = """
;; Truncated, retrying in TCP mode.
;; Connection to 198.51.100.2#53(198.51.100.2) for shop.com failed: timed out.

; <<>> DiG 9.18.1 <<>> @198.51.100.2 shop.com TXT
;; connection timed out; no servers could be reached
"""
    several = "\n; <<>> DiG 9.18.1 <<>> a.com b.com\n;; connection timed out; no servers\n"
    path = tmp_path / "given"
    # In front of the first message too: its time is that of the next one.
    path.write_text(silent + messages + cut)
    found = gather(lambda: open_any(path), "shop.com", lambda bad: pytest.fail(str(bad)))
    (mx,), (txt,) = about(found, "shop.com", "MX"), about(found, "shop.com", "TXT")
    assert (mx.status, mx.server, mx.server_name) == (Status.UNREACHABLE, SECOND, "ns2.dns.com")
    assert (txt.status, txt.server, txt.server_name) == (Status.TRUNCATED, SECOND, "ns2.dns.com")
    assert mx.time == txt.time == parse_time(TIME)
    path.write_text(messages + several)
    assert [one.error for one in open_any(path) if isinstance(one, BadLine)] == [
        "expected an answer to dig 'a.com b.com', found a time-out"
    ]


def test_a_resolver_that_was_called_by_name_is_no_server_of_a_zone(tmp_path):
    text = dig(KNOWN[0]).replace(f"#53({RESOLVER})", "#53(dns.resolver.net)")
    path = tmp_path / "given"
    path.write_text(text)
    (found,) = gather(lambda: open_any(path), "shop.com", lambda bad: pytest.fail(str(bad)))
    assert {(o.server, o.server_name, o.zone) for o in found} == {(RESOLVER, "", "")}


@pytest.mark.parametrize("status", ["REFUSED", "SERVFAIL"])
def test_dnsx(tmp_path, status):
    def row(name, **more):
        return {"host": name, "status_code": "NOERROR", "timestamp": TIME} | {
            "resolver": [f"{RESOLVER}:53"]
        } | more  # fmt: skip

    rows = [
        row("shop.com", ns=["ns1.dns.com", "ns2.dns.com"]),
        row("ns1.dns.com", a=[FIRST]),
        row("ns2.dns.com", a=[SECOND]),
        row("shop.com", resolver=[f"{SECOND}:53"], status_code=status, raw=";shop.com.\tIN\t A\n"),
        # A referral: the owners stand in `all`, and nothing of it is of www.
        row(
            "www.shop.com",
            resolver=[f"{PARENT}:53"],
            txt=["x"],
            ns=["ns1.dns.com"],
            a=[FIRST],
            all=[
                "www.shop.com.\t60\tIN\tTXT\tx",
                "shop.com.\t60\tIN\tNS\tns1.dns.com.",
                f"ns1.dns.com.\t60\tIN\tA\t{FIRST}",
            ],
        ),
    ]
    text = "".join(json.dumps(one) + "\n" for one in rows)
    path = tmp_path / "given"
    path.write_text(text)
    found = gather(lambda: open_any(path), "shop.com", lambda bad: pytest.fail(str(bad)))
    (one,) = about(found, "shop.com", "A")
    assert (one.status, one.zone, one.server_name) == (
        Status(status.lower()),
        "shop.com",
        "ns2.dns.com",
    )
    assert not about(found, "www.shop.com", "A") + about(found, "www.shop.com", "NS")


def test_recordings_of_ours_are_left_as_they_are(tmp_path):
    one = Observation(
        subject="shop.com", type="A", status=Status.REFUSED, server=SECOND, time=parse_time(TIME)
    )
    recording = Recording(Header(subject="shop.com"), (one,))
    assert gather(lambda: [recording], "shop.com", print) == [recording]


def test_an_answer_of_which_nothing_more_is_known_is_kept_as_it_is(tmp_path, monkeypatch):
    path = tmp_path / "x.txt"
    path.write_text("a.example. 60 IN A 192.0.2.1\nb.a.example. 60 IN MX 10 a.example.\n")
    monkeypatch.setattr(asked, "replace", lambda one, *, observations: observations)
    undated = (parse_time("2026-08-01T10:00:00Z"),) * 2
    recordings = [one for one in open_any(path, undated=undated) if isinstance(one, Recording)]
    kept = asked.by_server(recordings)
    assert [o for several in kept for o in several] == [o for one in recordings for o in one]


SIXTH = "2001:db8::2"


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize(("kind", "server"), [("A", SECOND), ("AAAA", SIXTH)])
@pytest.mark.parametrize("status", ["TIMEOUT", "REFUSED"])
def test_what_a_resolver_adds_says_who_was_asked_and_of_the_server_nothing(
    tmp_path, write, kind, server, status
):
    added = (("ns1.dns.com", "A", FIRST), ("ns2.dns.com", kind, server))
    found = read(
        tmp_path,
        write,
        Said("shop.com", "NS", answer=DOWN, additional=added),
        Said("shop.com", "MX", server, BARE, status),
    )
    (failed,) = about(found, "shop.com", "MX")
    assert (failed.status.value, failed.server) == (status.lower(), server)
    assert (failed.zone, failed.server_name) == ("shop.com", "ns2.dns.com")
    assert not [o for one in found for o in one if o.subject == "ns2.dns.com"]


def dig_by_name(server: str, *tried: str) -> str:
    """Return what dig prints of a server that it was given by name, and tried at other addresses."""
    trouble = "".join(f";; communications error to {at}#53: timed out\n" for at in tried)
    answered = dig(Said("shop.com", "A", server, OWN, answer=PAGE))
    return trouble + answered.replace(f"#53({server})", "#53(ns2.dns.com)")


def test_an_address_that_was_silent_before_another_of_the_server_answered(tmp_path):
    path = tmp_path / "given"
    path.write_text("".join(map(dig, KNOWN)) + dig_by_name(SECOND, SIXTH, SIXTH))
    found = gather(lambda: open_any(path), "shop.com", lambda bad: pytest.fail(str(bad)))
    said = {
        (o.status.value, o.server, o.server_name, o.zone) for o in about(found, "shop.com", "A")
    }
    assert said == {
        ("answer", SECOND, "ns2.dns.com", "shop.com"),
        ("timeout", SIXTH, "ns2.dns.com", "shop.com"),
    }
    path.write_text(dig_by_name(SECOND, SECOND))  # it answered when it was asked again
    assert [o.status for one in open_any(path) for o in one] == [Status.ANSWER]


KDIG = """$ kdig @{name} shop.com MX
;; WARNING: response timeout for {first}@53(UDP)
;; WARNING: {trouble} {second}@53(TCP)
;; ERROR: failed to query server {name}@53(UDP)
"""


@pytest.mark.parametrize(
    ("trouble", "status"),
    [("response timeout for", "timeout"), ("can't connect to", "unreachable")],
)
def test_kdig_tells_each_address_that_it_gave_up_and_the_prompt_what_it_asked(
    tmp_path, trouble, status
):
    path = tmp_path / "given"
    silent = KDIG.format(name="ns2.dns.com", first=SIXTH, second=SECOND, trouble=trouble)
    path.write_text("".join(map(dig, KNOWN)) + silent)
    found = gather(lambda: open_any(path), "shop.com", lambda bad: pytest.fail(str(bad)))
    assert {(o.status.value, o.server, o.zone, o.server_name) for o in about(found, "shop.com", "MX")} == {
        ("timeout", SIXTH, "shop.com", "ns2.dns.com"),
        (status, SECOND, "shop.com", "ns2.dns.com"),
    }  # fmt: skip
    path.write_text("".join(map(dig, KNOWN)) + silent.partition("\n")[2])  # without the command
    (bad,) = [one for one in open_any(path) if isinstance(one, BadLine)]
    assert bad.error.startswith("expected the command whose question got no answer, found none")


def test_delv_does_not_say_of_which_question_it_failed(tmp_path):
    path = tmp_path / "given"
    path.write_text(
        "; unsigned answer\nshop.com.\t300\tIN\tA\t203.0.113.80\n;; resolution failed: REFUSED\n"
    )
    found = list(open_any(path, undated=(parse_time(TIME),) * 2))
    (told,) = [one for one in found if isinstance(one, BadLine)]
    assert told.error == (
        "expected an answer, found 'resolution failed: REFUSED': to which question is not said"
    )


LOOKUPS = {
    "nslookup": """Server:\t\tns2.dns.com
Address:\t198.51.100.2#53

** server can't find shop.com: REFUSED

""",
    "host": """Using domain server:
Name: ns2.dns.com
Address: 198.51.100.2#53
Aliases:

Host shop.com not found: 5(REFUSED)
""",
}


@pytest.mark.parametrize("tool", LOOKUPS)
def test_how_a_server_failed_that_nslookup_or_host_asked_is_its_own(tmp_path, tool):
    path = tmp_path / "given"
    path.write_text(LOOKUPS[tool])
    undated = (parse_time(TIME),) * 2
    day = parse_time(TIME).date()
    servers = Observation(
        subject="shop.com", type="NS", status=Status.ANSWER, time=parse_time(TIME),
        values=("ns1.dns.com", "ns2.dns.com"),
    )  # fmt: skip
    known = Recording(Header(subject="shop.com", since=day, until=day), (servers,))
    told = [known, *(one for one in open_any(path, undated=undated) if isinstance(one, Recording))]
    (one,) = about(asked.by_server(told), "shop.com", "A")
    assert (one.status, one.server, one.zone, one.server_name) == (
        Status.REFUSED,
        SECOND,
        "shop.com",
        "ns2.dns.com",
    )


def test_a_failure_in_a_recording_of_ours_is_that_of_the_server_at_the_address():
    def seen(name, kind, *values, status=Status.ANSWER, **more):
        return Observation(
            subject=name, type=kind, status=status, values=values, time=parse_time(TIME), **more
        )

    failed = seen("shop.com", "A", status=Status.REFUSED, server=SECOND)
    answered = seen("shop.com", "A", "203.0.113.80", server=FIRST)
    known = (
        seen("shop.com", "NS", "ns1.dns.com", "ns2.dns.com"),
        seen("ns1.dns.com", "A", FIRST),
        seen("ns2.dns.com", "A", SECOND),
    )
    recording = Recording(Header(subject="shop.com"), (*known, answered, failed))
    (given,) = asked.by_server([recording])
    assert given.observations[:4] == recording.observations[:4]  # with or without authority
    assert (given.observations[4].zone, given.observations[4].server_name) == (
        "shop.com",
        "ns2.dns.com",
    )
    whole = Recording(Header(subject="shop.com"), (*known, answered))
    assert asked.by_server([whole]) == [whole]
