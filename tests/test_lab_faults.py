"""Each fault a server can have: what is recorded of it, and that nothing else is lost or waits."""

import asyncio
import contextlib
import threading
import time

import pytest

from depgraph import graph
from depgraph.analysis import takedown
from depgraph.collect import Budget, observe
from depgraph.collect.client import Client
from depgraph.observations import Status
from depgraph.rendering import to_text
from depgraph.reporting import report
from depgraph.routes import Dated, Routing, read_table, with_routes
from tests.lab.compare import differences
from tests.lab.trace import repeated

pytestmark = pytest.mark.lab

ALFA1 = "198.51.100.17"  # one of four name servers of shop.example
FOXTROT = "198.51.100.81"  # the only name server of mail-foxtrot.example
# No time-out may play a part, however busy the machine is: see `lost_by_the_log`.
PATIENT = Budget(timeout=60.0, tries=1, hedge=60.0, retries=1)
LOSSES = ("drop", "wrong-id")
# A server with a fault of its own may be seen as lame, and its delegation set then says so.
ITS_OWN = ("ns1.dns-alfa.test",)


def collect(lab, name="shop.example", **options):
    options.setdefault("registration", False)
    options.setdefault("budget", PATIENT)
    with lost_by_the_log(lab):
        return observe(name, endpoints=lab.endpoints, progress=False, **options)


@contextlib.contextmanager
def lost_by_the_log(lab):
    """Let a question time out when the log says that it was lost, and no other ever.

    A short time-out would make healthy servers late on a busy machine, a long one the test.
    """
    over_udp = Client._over_udp

    def is_lost(query):
        question = (query.server, query.name, query.type)
        return any(
            asked.fault == "drop" or asked.answered is not None
            for asked in list(lab.log)
            if (asked.server, asked.name, asked.type) == question and asked.fault in LOSSES
        )

    async def losing(client, query, endpoint, *, edns):
        waiting = asyncio.ensure_future(over_udp(client, query, endpoint, edns=edns))
        try:
            while not waiting.done():
                lost = is_lost(query)  # then the packet has been sent, if there is one
                await asyncio.wait({waiting}, timeout=0.05)
                if lost and not waiting.done():
                    return client._failed(query, Status.TIMEOUT)
            return waiting.result()
        finally:
            waiting.cancel()

    Client._over_udp = losing
    try:
        yield
    finally:
        Client._over_udp = over_udp


def statuses(found, server):
    """Give how the questions to one server ended, its own answers only."""
    return {o.status for o in found if o.server == server and o.section == "answer"}


@pytest.fixture(scope="module")
def healthy(running_lab):
    running_lab.traffic.reset()
    return collect(running_lab)


@pytest.mark.parametrize(
    ("action", "recorded"),
    [
        ("servfail", Status.SERVFAIL),
        ("refused", Status.REFUSED),
        ("formerr", Status.FORMERR),
        ("notimp", Status.NOTIMP),
        ("garbage", Status.MALFORMED),
        ("upward", Status.LAME),
        ("drop", Status.TIMEOUT),
        ("wrong-id", Status.TIMEOUT),
        ("truncate", Status.TRUNCATED),  # and over TCP nothing comes
    ],
)
def test_one_bad_server_of_four(lab, healthy, action, recorded):
    """Its failure is recorded as what it is, and the rest of the graph stays as it was."""
    lab.fault(action, server=ALFA1, proto="udp" if action == "truncate" else None)
    lab.fault("close", server=ALFA1, proto="tcp")
    found = collect(lab)
    assert statuses(found, ALFA1) == {recorded}
    assert {o.server_name for o in found if o.server == ALFA1} == {"ns1.dns-alfa.test"}
    rows = differences(graph.build(found), graph.build(healthy))
    assert not [row for row in rows if not any(own in row for own in ITS_OWN)], rows


def test_answers_without_authority_are_used_and_noted(lab, healthy):
    """BIND and Unbound use what the zone's own server answers, AA or not."""
    lab.fault("no-authority", zone="shop.example")
    found = collect(lab)
    own = [o for o in found if o.zone == "shop.example" and o.section == "answer"]
    assert {o.status for o in own} <= {Status.ANSWER, Status.NODATA, Status.NXDOMAIN}
    assert all("without authority" in o.note and not o.flags for o in own)
    assert not [o for o in found if "upward referral" in o.note]
    assert differences(graph.build(found), graph.build(healthy)) == []


def test_truncated_over_udp_is_asked_again_over_tcp(lab, healthy):
    lab.fault("truncate", proto="udp")
    found = collect(lab)
    over_tcp = {a.question for a in lab.log if a.proto == "tcp"}
    assert over_tcp == {a.question for a in lab.log if a.proto == "udp"}
    assert Status.TRUNCATED not in {o.status for o in found}
    answers = [o for o in found if o.status is Status.ANSWER and o.source == "dns"]
    assert all("TC" in o.flags for o in answers if o.section == "answer")
    assert differences(graph.build(found), graph.build(healthy)) == []


def test_a_large_answer_comes_whole_over_tcp(lab):
    found = collect(lab, "bigtxt.example")
    text = [o for o in found if o.type == "TXT" and o.subject == "bigtxt.example" and o.values]
    assert {len(o.values) for o in text} == {20}
    assert all("TC" in o.flags for o in text)


def verdicts(g, level="company"):
    """Give who can stop what: all of the takedown but the words and days of its evidence."""
    return [
        (one["function"], one["state"], cut["worst_case"], cut["confidence"], sorted(whom))
        for one in takedown(g, level=level).to_dict()["functions"]
        for cut in one["cut_sets"]
        for whom in [[member["id"] for member in cut["members"]]]
    ]


def test_where_the_zones_of_origins_fail_the_second_source_names_them(lab):
    """Every verdict is as before, and each origin says whose it is."""
    before = collect(lab, registration=True)
    lab.traffic.reset()
    lab.fault("servfail", zone="asn.cymru.com")
    after = collect(lab, registration=True)
    known = {"origin", "as"}
    told = {(o.subject, o.type): o for o in after if o.type in known}
    assert {o.source for o in told.values()} == {"ripestat"}
    assert {o.note for o in told.values()} == {"Team Cymru: servfail"}
    for o in before:
        if o.type in known and o.status is Status.ANSWER:
            same = told[o.subject, o.type]
            assert (same.first("asn"), same.first("prefix")) == (o.first("asn"), o.first("prefix"))
    one, other = graph.build(before), graph.build(after)
    assert verdicts(one) == verdicts(other)
    text = to_text(report(other), width=160)
    assert "RIPEstat" in text
    assert "Team Cymru" not in text


def test_where_both_sources_of_origins_fail_the_failure_is_told(lab):
    lab.fault("servfail", zone="asn.cymru.com")
    lab.fault("http", server="stat.ripe.net", code=404)
    found = collect(lab)
    origins = [o for o in found if o.type == "origin"]
    assert {o.status for o in origins} == {Status.SERVFAIL}
    assert {(o.source, o.note) for o in origins} == {("cymru", "RIPEstat: not-found")}


def test_where_both_sources_of_origins_fail_a_local_table_names_them(lab, tmp_path):
    """Verdicts are as before, and each origin names the table.

    One of pyasn's form has no names of AS numbers: what is known by its AS and what is known by
    the holder of its block are then two operators, and verdicts on companies differ, unless a
    list of names lies beside it.
    """
    before = collect(lab, registration=True)
    lab.traffic.reset()
    lab.fault("servfail", zone="asn.cymru.com")
    lab.fault("http", server="stat.ripe.net", code=404)
    dead = collect(lab, registration=True)
    day = dead.days[0]
    lines = [f"{network.prefix}\t{_pyasn(network)}" for network in lab.world.networks]
    file = tmp_path / f"ipasn_{day:%Y%m%d}.dat"
    file.write_text("\n".join(["; IP-ASN32-DAT file", *lines, ""]))
    table = read_table(file, form="pyasn")
    after = with_routes(dead, Routing([Dated(table, "a RIS table of the day", 0)]))
    origins = {o.subject: o for o in after if o.type == "origin" and o.status is Status.ANSWER}
    assert {(o.source, o.citation) for o in origins.values()} == {
        ("table", "a RIS table of the day")
    }
    for o in before:
        if o.type == "origin" and o.status is Status.ANSWER:
            assert (origins[o.subject].first("asn"), origins[o.subject].first("prefix")) == (
                o.first("asn"),
                o.first("prefix"),
            )
    one, other = graph.build(before), graph.build(after)
    for level in ("asn", "prefix"):
        assert verdicts(one, level) == verdicts(other, level)
    text = to_text(report(other), width=160)
    assert "a RIS table of the day" in text
    assert "Team Cymru" not in text
    names = tmp_path / f"asnames_{day:%Y%m%d}.txt"
    named = {n.asn: n.as_name for n in lab.world.networks}
    names.write_text("".join(f"{asn} {name}\n" for asn, name in named.items()))
    beside = [
        Dated(table, "a RIS table of the day", 0),
        Dated(read_table(names), "a list of names", 0),
    ]
    other = graph.build(with_routes(dead, Routing(beside)))
    for level in ("company", "provider", "asn", "prefix"):
        assert verdicts(one, level) == verdicts(other, level)
    rows = [f"{n.network[0]},{n.network[-1]},{n.asn},{n.as_name}" for n in lab.world.networks]
    file = tmp_path / f"asn_{day:%Y%m%d}.csv"
    file.write_text("\n".join([*rows, ""]))
    named = read_table(file, form="ip-location-db")
    other = graph.build(with_routes(dead, Routing([Dated(named, "a table with names", 0)])))
    for level in ("company", "provider", "asn", "prefix"):
        assert verdicts(one, level) == verdicts(other, level)


def _pyasn(network):
    """Return the origins of a network as a table of pyasn's form has them."""
    return (
        "{" + ",".join(map(str, (network.asn, *network.also))) + "}"
        if network.also
        else network.asn
    )


def test_a_dead_server_takes_only_what_hangs_on_it(lab, healthy):
    lab.fault("drop", server=FOXTROT)
    found = collect(lab)
    assert statuses(found, FOXTROT) == {Status.TIMEOUT}
    rows = differences(graph.build(found), graph.build(healthy))
    assert rows
    # Of mail-foxtrot.example: its names, and the address that only it gives (.82).
    own = ("mail-foxtrot", "198.51.100.82", "2001:db8:6", "64501")
    assert not [row for row in rows if not any(word in row for word in own)], rows
    unknown = [n for n, d in graph.build(found).nodes(data=True) if d.get("reason") == "timeout"]
    assert "unknown:addresses of mx.mail-foxtrot.example" in unknown


def test_a_slow_server_delays_only_what_hangs_on_it(lab, healthy):
    """While its answers are held back, everything else is asked: a barrier would never end."""
    baseline = {(a.name, a.type) for a in asked_of(lab)}
    mine = {q for q in baseline if not hangs_on_foxtrot(*q)}
    assert len(baseline) - len(mine) > 5
    lab.log.clear()
    held = lab.fault("hold", server=FOXTROT)
    results = []
    thread = threading.Thread(target=lambda: results.append(collect(lab)))
    thread.start()
    try:
        end = time.monotonic() + 30
        while not mine <= {(a.name, a.type) for a in list(lab.log)}:
            assert time.monotonic() < end, sorted(mine - {(a.name, a.type) for a in lab.log})
            time.sleep(0.005)
        assert not [a for a in lab.log if a.server == FOXTROT and a.answered]
        assert thread.is_alive()
    finally:
        held.released.set()
        thread.join(30)
    assert differences(graph.build(results[0]), graph.build(healthy)) == []


def asked_of(lab):
    collect(lab)
    return list(lab.log)


def hangs_on_foxtrot(name, kind):
    """Tell whether a question can be put only when foxtrot's server has answered."""
    if name.endswith("mail-foxtrot.example"):
        return True
    addresses = ("82.100.51.198.", "2.8.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.6.0.0.0.8.b.d.0")
    return name.startswith(addresses)


def test_nothing_is_asked_twice(lab):
    collect(lab, registration=True)
    assert not repeated(lab.log), [(a.server, a.name, a.type) for a in repeated(lab.log)]


def test_an_alias_loop_ends(lab):
    found = collect(lab, "loop.example")
    assert found.complete
    looped = [o for o in found if o.status is Status.LOOP]
    assert looped
    assert len([a for a in lab.log if a.type == "CNAME" or a.name.startswith("www.loop")]) < 50


def test_all_roots_dead(lab):
    from depgraph.errors import CollectionError

    for address in lab.world.serves:
        lab.fault("drop", server=address)
    with pytest.raises(CollectionError, match="nothing was recorded"):
        collect(lab)


def test_rate_limit_is_waited_for_and_recorded(lab):
    """Once: asked again after `Retry-After`. For ever: recorded as what it is."""
    once = (("Retry-After", "0"),)
    lab.fault("http", server="rdap.arin.net", code=429, headers=once, times=1)
    found = collect(lab, "nullmx.example", registration=True)
    held = {o.subject: o.status for o in found if o.type == "holder"}
    assert set(held.values()) == {Status.ANSWER}
    assert len([a for a in lab.log if a.server == "rdap.arin.net" and a.fault]) == 1
    lab.traffic.reset()
    lab.fault("http", server="rdap.arin.net", code=429, headers=once)
    found = collect(lab, "nullmx.example", registration=True)
    arin = [o for o in found if o.type == "holder" and "arin" in o.server]
    assert {o.status for o in arin} == {Status.RATE_LIMITED}


@pytest.mark.parametrize(
    ("fault", "recorded"),
    [
        ({"action": "http", "code": 500}, Status.ERROR),
        ({"action": "http", "code": 200, "body": b"<html>sorry</html>"}, Status.MALFORMED),
        ({"action": "http", "code": 200, "body": b"[]"}, Status.MALFORMED),
        ({"action": "http", "code": 200, "body": b"{}"}, Status.MALFORMED),
        ({"action": "http", "code": 404, "body": b"{}"}, Status.NOT_FOUND),
        ({"action": "close"}, Status.ERROR),
    ],
)
def test_rdap_faults(lab, fault, recorded):
    lab.fault(server="rdap.arin.net", **fault)
    found = collect(lab, "nullmx.example", registration=True)
    arin = [o for o in found if o.type == "holder" and "rdap.arin.net" in o.server]
    assert {o.status for o in arin} == {recorded}
    assert {
        o.status for o in found if o.type == "registration" and o.subject == "nullmx.example"
    } == {Status.ANSWER}


@pytest.mark.parametrize(
    ("name", "registrar", "iana_id"),
    [
        ("shop.example", "Registrar Mike (example)", "9995"),
        ("xn--bcher-kva.example", None, "9995"),  # a registrar without a name
        ("lame.example", "Registrar Mike (example)", "9995"),  # roles in capitals
        ("six.example", None, None),  # no registrar at all
        ("drift.example", None, None),  # "entities": null
        ("whoisonly.test", "Registrar November (example)", "9996"),  # WHOIS
    ],
)
def test_registrations(lab, name, registrar, iana_id):
    found = collect(lab, name, registration=True)
    (own,) = [o for o in found if o.type == "registration" and o.subject == name]
    assert own.status is Status.ANSWER
    assert own.first("registrar") == registrar
    assert own.first("registrar-id") == iana_id


def test_a_top_level_domain_with_neither_rdap_nor_whois(lab):
    found = collect(lab, "dark.invalid", registration=True)
    (own,) = [o for o in found if o.type == "registration" and o.subject == "dark.invalid"]
    assert own.status is Status.NOT_ASKED_NO_SOURCE


def test_certificate_chain(lab):
    found = collect(lab, tls=True)
    seen = [o for o in found if o.type == "certificate" and o.status is Status.ANSWER]
    assert {o.subject for o in seen} == {"shop.example", "www.shop.example"}
    assert {o.first("issuer-organisation") for o in seen} == {"CA Lima (example)"}


def test_without_tls_nothing_connects(lab):
    found = collect(lab)
    assert not [o for o in found if o.type == "certificate" and o.status.asked]
