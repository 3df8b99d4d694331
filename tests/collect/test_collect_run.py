"""The whole collector against a small world in this process: what it asks, and what it says."""

import asyncio
import collections
import dataclasses
import secrets
import threading

import dns.flags
import dns.message
import dns.rcode
import fake_shop
import pytest
from fake_dns import Recursive, World

from depgraph.collect import Budget, Endpoints, observe
from depgraph.collect import run as collect_run
from depgraph.collect.resolvers import read_resolver
from depgraph.errors import CollectionError, InvalidName, RecordingError
from depgraph.observations import Status

QUICK = Budget(timeout=1.0, hedge=0.1, tries=1)  # where something is lost
PATIENT = Budget(timeout=60.0, hedge=60.0)  # where nothing is, no clock may play a part
GO_ON = b"go on"


@pytest.fixture
def shop():
    with fake_shop.shop() as world:
        yield world


def collect(world, name="shop.com", **options):
    options.setdefault("registration", False)
    options.setdefault("endpoints", world.endpoints)
    options.setdefault("budget", PATIENT)
    return observe(name, progress=False, **options)


def answers(recording, subject, kind, section="answer"):
    return [
        o
        for o in recording
        if (o.subject, o.type, o.section) == (subject, kind, section) and o.source == "dns"
    ]


def statuses(recording, subject, kind):
    return {o.server_name: o.status for o in answers(recording, subject, kind)}


def twice(world):
    return [k for k, count in collections.Counter(world.asked).items() if count > 1]


def test_nothing_is_asked_twice_and_all_is_complete(shop):
    recording = collect(shop)
    assert recording.complete
    assert twice(shop) == []
    assert {o.status for o in recording} <= {
        Status.ANSWER,
        Status.NODATA,
        Status.NXDOMAIN,
        Status.REFERRAL,
    }


def test_each_question_put_has_one_primary_observation(shop):
    recording = collect(shop)
    told = collections.Counter(
        (o.subject, o.type, o.server)
        for o in recording
        if o.source == "dns" and o.section == "answer"
    )
    for name, kind, server, _ in shop.asked:
        zones = {o.zone for o in recording if (o.subject, o.type, o.server) == (name, kind, server)}
        assert told[name, kind, server] == len(zones) >= 1


def test_parent_and_child_are_both_heard(shop):
    recording = collect(shop)
    four = ("ns1.dyn.com", "ns1.ultra.com", "ns2.dyn.com", "ns2.ultra.com")
    (parent,) = answers(recording, "shop.com", "NS", "authority")
    assert (parent.zone, parent.values) == ("com", four)
    child = [o for o in answers(recording, "shop.com", "NS") if o.zone == "shop.com"]
    assert {o.server_name for o in child} == set(four)
    assert {o.values for o in child} == {four}
    (ds,) = answers(recording, "shop.com", "DS")
    assert (ds.zone, ds.status) == ("com", Status.ANSWER)
    assert set(statuses(recording, "shop.com", "SOA")) == set(four)


def test_the_alias_chain_its_address_origin_and_as(shop):
    recording = collect(shop)
    assert answers(recording, "www.shop.com", "CNAME")[0].values == ("www.shop.com.edgekey.net",)
    assert answers(recording, "www.shop.com.edgekey.net", "CNAME")[0].values == ("e1.edge.net",)
    assert answers(recording, "e1.edge.net", "A")[0].values == ("198.18.3.7",)
    by_type = {(o.subject, o.type): o for o in recording if o.source == "cymru"}
    assert by_type["198.18.3.7", "origin"].first("asn") == "64504"
    assert by_type["198.18.3.7", "origin"].first("prefix") == "198.18.2.0/23"
    assert by_type["AS64504", "as"].first("name") == "EX64504, US"


def test_the_same_world_gives_the_same_facts(shop):
    def facts(recording):
        return {(*o.question[:3], o.section, o.status, o.values) for o in recording}

    assert facts(collect(shop)) == facts(collect(shop))


# -- faults ---------------------------------------------------------------------------------


def test_a_dead_server_is_said_dead_and_its_questions_go_elsewhere(shop):
    shop.faults[fake_shop.DYN1] = lambda query, proto: None
    recording = collect(shop, budget=QUICK)
    assert statuses(recording, "shop.com", "SOA") == {
        "ns1.dyn.com": Status.TIMEOUT,
        "ns2.dyn.com": Status.ANSWER,
        "ns1.ultra.com": Status.ANSWER,
        "ns2.ultra.com": Status.ANSWER,
    }
    assert any(o.values == ("192.0.2.34",) for o in answers(recording, "shop.com", "A"))
    assert recording.complete


def refuse(query, proto):
    reply = dns.message.make_response(query)
    reply.set_rcode(dns.rcode.REFUSED)
    return reply.to_wire()


def upward(query, proto):
    reply = dns.message.make_response(query)
    reply.authority.append(dns.rrset.from_text(".", 300, "IN", "NS", "a.root-servers.net."))
    return reply.to_wire()


def without_authority(world, address):
    def fault(query, proto):
        reply = world.answer(query, address)
        reply.flags &= ~dns.flags.AA
        return reply.to_wire()

    return fault


def garbage(query, proto):
    return (
        query.id.to_bytes(2, "big")
        + b"\x84\x00\0\1\0\1\0\0\0\0"
        + query.to_wire()[12:]
        + b"\xff" * 40
    )


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (refuse, Status.REFUSED),
        (upward, Status.LAME),
        (garbage, Status.MALFORMED),
        ("no AA", Status.ANSWER),
    ],
)
def test_one_bad_server_of_four_is_seen_and_does_not_matter(shop, fault, status):
    if fault == "no AA":
        fault = without_authority(shop, fake_shop.ULTRA2)
    shop.faults[fake_shop.ULTRA2] = fault
    recording = collect(shop)
    assert statuses(recording, "shop.com", "SOA")["ns2.ultra.com"] is status
    notes = {o.note for o in answers(recording, "shop.com", "SOA") if o.server == fake_shop.ULTRA2}
    if status is Status.ANSWER:
        assert notes == {"answered without authority (AA is not set)"}
    assert any(o.values for o in answers(recording, "shop.com", "MX"))
    assert any(o.values for o in answers(recording, "www.shop.com", "CNAME"))


def test_a_packet_with_another_id_or_question_is_passed_over(shop):
    def spoof(query, proto):
        shop_answer = shop.answer(query, fake_shop.DYN1)
        shop_answer.id ^= 1
        return shop_answer.to_wire()

    shop.faults[fake_shop.DYN1] = spoof
    recording = collect(shop, budget=QUICK)
    assert statuses(recording, "shop.com", "SOA")["ns1.dyn.com"] is Status.TIMEOUT

    def another(query, proto):
        reply = shop.answer(dns.message.make_query("other.shop.com", "A"), fake_shop.DYN1)
        reply.id = query.id
        return reply.to_wire()

    shop.faults[fake_shop.DYN1] = another
    recording = collect(shop, budget=QUICK)
    assert statuses(recording, "shop.com", "SOA")["ns1.dyn.com"] is Status.TIMEOUT


def test_random_packets_never_end_the_collection(shop):
    shop.faults[fake_shop.DYN1] = lambda query, proto: (
        query.id.to_bytes(2, "big") + secrets.token_bytes(secrets.randbelow(300))
    )
    assert collect(shop, budget=QUICK).complete


def test_a_large_answer_comes_over_tcp():
    zones = fake_shop.zones()
    zones["shop.com"] += "".join(f'\nshop.com TXT "{i:03d} {"x" * 200}"' for i in range(30))
    shop = fake_shop.shop()
    with World(zones, shop.servers, roots=shop.roots) as world:
        recording = collect(world)
        (seen,) = answers(recording, "shop.com", "TXT")
        assert len(seen.values) == 31
        assert "TC" in seen.flags
        asked = [tcp for name, kind, _, tcp in world.asked if (name, kind) == ("shop.com", "TXT")]
        assert asked == [False, True]


def test_where_tcp_is_closed_the_answer_stays_truncated(shop):
    def truncate(query, proto):
        if proto == "tcp":
            return b""
        reply = dns.message.make_response(query)
        reply.flags |= dns.flags.TC
        return reply.to_wire()

    shop.faults[fake_shop.ULTRA1] = truncate
    recording = collect(shop)
    assert statuses(recording, "shop.com", "SOA")["ns1.ultra.com"] in {
        Status.TRUNCATED,
        Status.MALFORMED,
    }


def test_a_server_without_edns_is_asked_without():
    shop = fake_shop.shop()

    def old(query, proto):
        if query.edns >= 0:
            reply = dns.message.make_response(query)
            reply.use_edns(-1)
            reply.set_rcode(dns.rcode.FORMERR)
            return reply.to_wire()
        return GO_ON

    with shop as world:
        world.faults[fake_shop.ULTRA1] = old
        recording = collect(world)
        assert statuses(recording, "shop.com", "SOA")["ns1.ultra.com"] is Status.ANSWER


# -- hostile zones --------------------------------------------------------------------------


def evil(text, *, child=""):
    """Give the shop's world with a zone evil.com of these lines beside it."""
    shop = fake_shop.shop()
    zones = fake_shop.zones()
    zones["com"] += "\nevil.com NS ns.evil.com\nns.evil.com A 198.18.9.1"
    zones["evil.com"] = (
        "evil.com SOA ns.evil.com. x.evil.com. 1 2 3 4 5\nevil.com NS ns.evil.com\n"
        "ns.evil.com A 198.18.9.1\n" + text
    )
    servers = shop.servers | {"198.18.9.1": ("evil.com",)}
    return World(zones, servers, roots=shop.roots)


def test_alias_circles_are_loops():
    with evil(
        "evil.com A 192.0.2.9\nwww.evil.com CNAME a.evil.com\na.evil.com CNAME www.evil.com"
    ) as world:
        recording = collect(world, "evil.com")
        assert Status.LOOP in {o.status for o in recording}
        for name in ("www.evil.com", "a.evil.com"):
            # What the server sent, and no empty answer that nobody gave.
            sent = [o for o in recording if o.subject == name and o.status.asked]
            assert {(o.type, o.values) for o in sent if o.values} == {
                ("CNAME", ("a.evil.com" if name == "www.evil.com" else "www.evil.com",))
            }
            assert {o.status for o in sent} <= {Status.ANSWER, Status.LOOP}
        assert recording.complete


def test_an_endless_alias_chain_ends():
    lines = "\n".join(f"a{i}.evil.com CNAME a{i + 1}.evil.com" for i in range(60))
    with evil(f"www.evil.com CNAME a0.evil.com\n{lines}") as world:
        recording = collect(world, "evil.com")
        assert Status.NOT_ASKED_DEPTH in {o.status for o in recording}
        assert len([a for a in world.asked if a[0].endswith(".evil.com")]) < 120


def test_three_thousand_exchanges_do_not_become_six_thousand_questions():
    lines = "\n".join(f"evil.com MX {i} m{i}.shop.com." for i in range(3000))
    with evil(lines) as world:
        recording = collect(world, "evil.com", budget=Budget(fanout=10))
        assert len(answers(recording, "evil.com", "MX")[0].values) == 3000
        # What is asked, and of whom: a question sent again because the machine was busy is neither.
        sent = {a[:3] for a in world.asked if a[0].startswith("m") and a[0].endswith(".shop.com")}
        assert len({(name, type_) for name, type_, _ in sent}) <= 2 * 2  # two families of two
        assert len(sent) <= 2 * 2 * 2  # and that they do not exist at a second server
        refused = [o for o in recording if o.status is Status.NOT_ASKED_BUDGET]
        # Those behind the two that do not exist, and as many again; not in six thousand rows.
        assert len(refused) == 2 * (8 + 10)


def test_a_delegation_to_a_hundred_hosts_of_a_victim_stays_small():
    """NXNSAttack: the resolution itself looks few of them up; the plan its fan-out."""
    hosts = "\n".join(f"www.evil.com NS n{i}.shop.com" for i in range(100))
    with evil(hosts) as world:
        recording = collect(world, "evil.com", budget=Budget(fanout=8))
        victim = [a for a in world.asked if a[0].startswith("n") and a[0].endswith(".shop.com")]
        assert len(victim) <= 2 * (8 + 2 * Budget().glueless)
        assert recording.complete


def test_servers_that_need_each_other_are_no_deadlock():
    shop = fake_shop.shop()
    zones = fake_shop.zones()
    zones["com"] += "\ncyc-a.com NS ns.cyc-b.net"
    zones["net"] += "\ncyc-b.net NS ns.cyc-a.com"
    with World(zones, shop.servers, roots=shop.roots) as world:
        recording = collect(world, "cyc-a.com")
        assert recording.complete
        assert statuses(recording, "cyc-a.com", "A") == {
            "": Status.NOT_ASKED_NO_SERVER,
            "ns.cyc-b.net": Status.NOT_ASKED_NO_SERVER,
        }


def test_terminal_escapes_and_newlines_of_a_zone_are_defused():
    with evil(r'evil.com TXT "\027[2J\010{\"end\":1}"') as world:
        recording = collect(world, "evil.com")
        (seen,) = answers(recording, "evil.com", "TXT")
        assert seen.values[0].isprintable()


def test_addresses_inside_are_neither_asked_about_nor_contacted():
    shop = fake_shop.shop()
    zones = fake_shop.zones()
    zones["com"] += (
        "\nevil.com NS ns.evil.com\nns.evil.com A 127.0.0.1\nns.evil.com A 169.254.169.254"
    )
    with World(zones, shop.servers, roots=shop.roots) as world:
        open_ended = dataclasses.replace(world.endpoints, roots={}, closed=False)
        assert open_ended.for_dns("127.0.0.1") is None
        assert open_ended.for_dns("169.254.169.254") is None
        recording = collect(world, "evil.com")
        assert set(statuses(recording, "evil.com", "A").values()) <= {
            Status.UNREACHABLE,
            Status.NOT_ASKED_NO_SERVER,
        }
        assert not [
            o
            for o in recording
            if "127.0.0.1" in o.subject and o.type == "origin" and o.status.asked
        ]


def test_the_resolver_one_has_may_be_on_this_machine_or_net():
    here = Endpoints()
    assert here.for_dns("127.0.0.53", 53, chosen=True) == ("127.0.0.53", 53)
    assert here.for_dns("192.168.1.1", 53) is None
    assert here.for_dns("198.41.0.4") == ("198.41.0.4", 53)
    assert here.for_dns("198.51.100.7") is None  # of documentation: nobody is there
    assert Endpoints(closed=True).for_dns("198.51.100.7", chosen=True) is None


# -- budgets --------------------------------------------------------------------------------


def test_a_budget_of_questions_is_kept_and_said(shop):
    recording = collect(shop, budget=Budget(questions=20))
    assert len(shop.asked) == 20
    assert any(o.status is Status.NOT_ASKED_BUDGET and "20 questions" in o.note for o in recording)


def test_a_budget_of_depth_is_kept_and_said(shop):
    recording = collect(shop, budget=Budget(depth=0))
    assert {o.status for o in answers(recording, "ns1.dyn.com", "A")} == {Status.NOT_ASKED_DEPTH}
    assert ("dyn.com", "SOA") not in {(name, kind) for name, kind, _, _ in shop.asked}


def test_spf_ends_after_ten_lookups():
    includes = " ".join(f"include:s{i}.evil.com" for i in range(7))
    more = " ".join(f"include:s{i}.evil.com" for i in range(7, 14))
    lines = "\n".join(f's{i}.evil.com TXT "v=spf1 ip4:192.0.2.{i} -all"' for i in range(14))
    with evil(f'evil.com TXT "v=spf1 {includes} " "{more} -all"\n{lines}') as world:
        recording = collect(world, "evil.com")
        policies = {
            o.subject: o.status
            for o in recording
            if o.type == "TXT" and o.subject.startswith("s") and o.subject[1:2].isdigit()
        }
        assert sum(s is Status.ANSWER for s in policies.values()) == 10
        assert sum(s is Status.NOT_ASKED_BUDGET for s in policies.values()) == 4


@pytest.mark.parametrize(
    "bad", [{"questions": -1}, {"timeout": 0}, {"depth": "deep"}, {"tries": True}]
)
def test_a_budget_that_is_none_is_refused(bad):
    with pytest.raises(CollectionError, match="budget"):
        Budget(**bad)


# -- resolvers ------------------------------------------------------------------------------


@pytest.fixture
def with_resolver():
    shop = fake_shop.shop()
    servers = shop.servers | {"192.0.2.200": ()}
    with Recursive(fake_shop.zones(), servers, {"192.0.2.200"}, roots=shop.roots) as world:
        yield world


def test_a_resolver_is_asked_alone(with_resolver):
    recording = collect(with_resolver, resolver="192.0.2.200")
    assert {server for _, _, server, _ in with_resolver.asked} == {"192.0.2.200"}
    assert {o.zone for o in recording} == {""}
    assert {o.server for o in recording if o.source == "dns"} == {"192.0.2.200"}
    assert twice(with_resolver) == []
    assert answers(recording, "e1.edge.net", "A")[0].values == ("198.18.3.7",)
    zones = {o.subject for o in recording if o.type == "NS" and o.values}
    assert {"shop.com", "dyn.com", "ultra.com", "edgekey.net", "edge.net", "ak.net", "com"} <= zones


def test_where_no_root_answers_the_systems_resolver_takes_over_aloud(
    with_resolver, monkeypatch, caplog
):
    monkeypatch.setattr(collect_run, "system_resolver", lambda: read_resolver("192.0.2.200"))
    with_resolver.faults[fake_shop.ROOT] = lambda query, proto: None
    recording = collect(with_resolver, budget=QUICK)
    assert answers(recording, "shop.com", "A")[-1].values == ("192.0.2.34",)
    (told,) = [o for o in recording if o.subject == "." and o.type == "NS" and o.note]
    assert "port 53 seems closed" in told.note
    assert "192.0.2.200" in caplog.text


def test_roots_that_fail_later_are_no_reason_to_change_the_way(shop, monkeypatch):
    monkeypatch.setattr(collect_run, "system_resolver", lambda: read_resolver("192.0.2.200"))
    answered = []

    def only_once(query, proto):
        name = query.question[0].name.to_text()
        if name == "com." or not answered:
            answered.append(name)
            return GO_ON
        return None

    shop.faults[fake_shop.ROOT] = only_once
    recording = collect(shop, budget=QUICK)
    assert not [o for o in recording if o.server == "192.0.2.200"]
    assert any(o.values == ("192.0.2.34",) for o in answers(recording, "shop.com", "A"))
    told = answers(recording, "www.shop.com.edgekey.net", "A")
    assert [o.status for o in told] == [Status.NOT_ASKED_NO_SERVER]


def test_without_any_network_nothing_is_written(tmp_path, monkeypatch):
    monkeypatch.setattr(collect_run, "system_resolver", lambda: None)
    path = tmp_path / "x.jsonl"
    with pytest.raises(CollectionError, match="network"):
        observe("shop.com", endpoints=Endpoints(closed=True), output=path, progress=False)
    assert path.read_text().count("\n") == 1  # the header
    with fake_shop.shop() as world:
        assert collect(world, output=path, resume=True).complete


@pytest.mark.parametrize("text", ["dns.google", "1.2.3", "1.2.3.4:0", "1.2.3.4:x", "[::1", ""])
def test_what_is_no_resolver_is_refused(text):
    with pytest.raises(CollectionError, match="resolver"):
        read_resolver(text)


@pytest.mark.parametrize(
    ("text", "address", "port"),
    [
        ("9.9.9.9", "9.9.9.9", 53),
        ("192.0.2.1:5353", "192.0.2.1", 5353),
        ("2001:db8::1", "2001:db8::1", 53),
        ("[2001:db8::1]:5353", "2001:db8::1", 5353),
    ],
)
def test_how_a_resolver_is_written(text, address, port):
    zone = read_resolver(text)
    assert (zone.hosts, zone.port) == ((address,), port)


# -- the call -------------------------------------------------------------------------------


def test_it_works_inside_a_running_loop(shop):
    async def notebook():
        return collect(shop)

    assert asyncio.run(notebook()).complete


def test_vantage_and_subnet_stand_on_each_observation(shop):
    recording = collect(shop, vantage="toronto", subnet="203.0.113.0/24")
    assert {o.vantage for o in recording} == {"toronto"}
    assert {o.subnet for o in recording} == {"203.0.113.0/24"}
    assert recording.header.vantage == "toronto"


def test_a_subnet_is_sent(shop):
    seen = []

    def look(query, proto):
        seen.extend(option.to_text() for option in query.options)
        return GO_ON

    shop.faults[fake_shop.DYN1] = look
    collect(shop, subnet="203.0.113.0/24")
    assert set(seen) == {"ECS 203.0.113.0/24 scope/0"}


def test_wrong_arguments_are_said_before_anything_is_written(tmp_path):
    path = tmp_path / "x.jsonl"
    with pytest.raises(InvalidName):
        observe("a..b", output=path)
    with pytest.raises(CollectionError, match="subnet"):
        observe("shop.com", output=path, subnet="203.0.113.7/24")
    with pytest.raises(CollectionError, match="resolver"):
        observe("shop.com", output=path, resolver="nine")
    assert not path.exists()
    with pytest.raises(CollectionError, match="file to resume"):
        observe("shop.com", resume=True)
    with pytest.raises(RecordingError, match="to write"):
        observe("shop.com", output=tmp_path / "no" / "such" / "dir.jsonl")


def test_progress_is_told(shop):
    told = []
    observe("shop.com", endpoints=shop.endpoints, registration=False, progress=told.append)
    assert told[-1].subject == "shop.com"
    assert told[-1].questions == len(shop.asked)
    assert threading.active_count() < 50


def test_ctrl_c_keeps_what_was_recorded(shop, tmp_path, monkeypatch):
    path = tmp_path / "x.jsonl"
    join = threading.Thread.join
    begun = threading.Event()
    hold = threading.Event()

    def fault(query, proto):
        begun.set()
        return None if hold.is_set() else GO_ON

    for address in shop.servers:
        if address not in {fake_shop.ROOT, fake_shop.TLD}:
            shop.faults[address] = fault
    hold.set()

    def interrupted_join(self, timeout=None):
        if self.name == "depgraph-observe" and not interrupted_join.done:
            assert begun.wait(10)
            interrupted_join.done = True
            raise KeyboardInterrupt
        return join(self, timeout)

    interrupted_join.done = False
    monkeypatch.setattr(threading.Thread, "join", interrupted_join)
    recording = collect(shop, output=path)
    assert not recording.complete
    assert len(recording) > 3
    from depgraph.recording import read, verify

    assert verify(path, unfinished=True) == []
    assert read(path).observations == recording.observations
