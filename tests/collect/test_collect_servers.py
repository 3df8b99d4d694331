"""What servers do that differ, fail, or speak for others: what is asked of whom, and recorded."""

import collections
from pathlib import Path

import dns.edns
import dns.flags
import dns.message
import dns.rcode
import fake_shop
import pytest
from fake_dns import Recursive, World
from played import Played

from depgraph.collect import Budget, observe
from depgraph.collect import run as collect_run
from depgraph.collect.resolvers import read_resolver
from depgraph.observations import Status

REPORTS = Path(__file__).parent.parent / "reports"
PATIENT = Budget(timeout=60.0, hedge=60.0)
QUICK = Budget(timeout=1.0, hedge=0.1, tries=1)


def collect(world, name="shop.com", **options):
    options.setdefault("budget", PATIENT)
    return observe(name, endpoints=world.endpoints, registration=False, progress=False, **options)


def answers(recording, subject, kind, section="answer"):
    wanted = (subject, kind, section, "dns")
    return [o for o in recording if (o.subject, o.type, o.section, o.source) == wanted]


def by_server(recording, subject, kind):
    return {o.server: (o.status, *o.values) for o in answers(recording, subject, kind) if o.server}


def beside_the_shop(com, zones=None, servers=None, *, net=""):
    """Give the shop's world with more lines in com and net, more zones and more servers."""
    shop = fake_shop.shop()
    table = fake_shop.zones() | {
        apex: f"{apex} SOA ns.{apex}. x.{apex}. 1 2 3 4 5\n{text}"
        for apex, text in (zones or {}).items()
    }
    table["com"] += f"\n{com}"
    table["net"] += f"\n{net}"
    return World(table, shop.servers | (servers or {}), roots=shop.roots)


# -- where a server is reached --------------------------------------------------------------

# A server of a.example is known by a name in b.test; what b.test's delegation says of it is the
# only way to it, for b.test itself denies the name. Unbound: iter_pcdiff, iter_pcnamerec.
PARENT_ONLY = """
stub-zone:
    name: "."
    stub-addr: 192.0.2.1
SCENARIO_BEGIN the address of the only server stands in the delegation of its own zone alone
RANGE_BEGIN 0 100
    ADDRESS 192.0.2.1
ENTRY_BEGIN
MATCH opcode subdomain
ADJUST copy_id copy_query
REPLY QR NOERROR
SECTION QUESTION
example. IN NS
SECTION AUTHORITY
example. IN NS ns.nic.example.
SECTION ADDITIONAL
ns.nic.example. IN A 192.0.2.2
ENTRY_END
ENTRY_BEGIN
MATCH opcode subdomain
ADJUST copy_id copy_query
REPLY QR NOERROR
SECTION QUESTION
test. IN NS
SECTION AUTHORITY
test. IN NS ns.nic.test.
SECTION ADDITIONAL
ns.nic.test. IN A 192.0.2.3
ENTRY_END
RANGE_END
RANGE_BEGIN 0 100
    ADDRESS 192.0.2.2
ENTRY_BEGIN
MATCH opcode subdomain
ADJUST copy_id copy_query
REPLY QR NOERROR
SECTION QUESTION
a.example. IN NS
SECTION AUTHORITY
a.example. IN NS ns1.b.test.
ENTRY_END
RANGE_END
RANGE_BEGIN 0 100
    ADDRESS 192.0.2.3
ENTRY_BEGIN
MATCH opcode subdomain
ADJUST copy_id copy_query
REPLY QR NOERROR
SECTION QUESTION
b.test. IN NS
SECTION AUTHORITY
b.test. IN NS ns1.b.test.
SECTION ADDITIONAL
ns1.b.test. IN A 192.0.2.4
ENTRY_END
RANGE_END
RANGE_BEGIN 0 100
    ADDRESS 192.0.2.4
ENTRY_BEGIN
MATCH opcode qtype qname
ADJUST copy_id
REPLY QR AA NOERROR
SECTION QUESTION
www.a.example. IN A
SECTION ANSWER
www.a.example. IN A 203.0.113.9
ENTRY_END
ENTRY_BEGIN
MATCH opcode subdomain
ADJUST copy_id copy_query
REPLY QR AA NOERROR
SECTION QUESTION
a.example. IN NS
SECTION AUTHORITY
a.example. IN SOA ns1.b.test. h.b.test. 1 2 3 4 5
ENTRY_END
ENTRY_BEGIN
MATCH opcode subdomain
ADJUST copy_id copy_query
REPLY QR AA {denial}
SECTION QUESTION
b.test. IN NS
SECTION AUTHORITY
b.test. IN SOA ns1.b.test. h.b.test. 1 2 3 4 5
ENTRY_END
RANGE_END
"""


@pytest.mark.parametrize("denial", ["NXDOMAIN", "NOERROR", "SERVFAIL"])
def test_where_the_own_zone_denies_its_server_the_delegation_leads_there(denial):
    with Played(PARENT_ONLY.replace("{denial}", denial)) as world:
        recording = collect(world, "a.example")
        assert by_server(recording, "www.a.example", "A") == {
            "192.0.2.4": (Status.ANSWER, "203.0.113.9")
        }


def test_the_glue_of_another_zone_serves_where_that_zone_denies_its_server():
    scenario = REPORTS / "L04-glue-when-child-denies.rpl"
    with Played(scenario.read_text()) as world:
        recording = collect(world, "www.shop-a.com")
        assert by_server(recording, "www.shop-a.com", "A") == {
            "1.2.3.44": (Status.ANSWER, "10.20.30.40")
        }


def test_a_name_of_symbols_is_asked_in_the_form_that_the_dns_holds():
    with beside_the_shop("xn--ls8h.com A 192.0.2.7") as world:
        recording = collect(world, "xn--ls8h.com")
        found = answers(recording, "xn--ls8h.com", "A")
        assert {o.values for o in found if o.values} == {("192.0.2.7",)}


def test_stale_glue_is_completed_by_the_servers_own_address():
    """The delegation gives an address where nobody is; the server's own zone the right one."""
    with beside_the_shop(
        "stale.com NS ns1.far.com\nfar.com NS ns.dyn.com\nns1.far.com A 198.18.9.9\n"
        f"ns.dyn.com A {fake_shop.DYN1}",
        {"stale.com": "stale.com A 192.0.2.77", "far.com": "ns1.far.com A 198.18.9.1"},
        {
            "198.18.9.1": ("stale.com",),
            "198.18.9.9": (),
            fake_shop.DYN1: ("shop.com", "dyn.com", "far.com"),
        },
    ) as world:
        world.faults["198.18.9.9"] = lambda query, proto: None
        recording = collect(world, "stale.com", budget=QUICK)
        found = by_server(recording, "stale.com", "A")
        assert found["198.18.9.1"] == (Status.ANSWER, "192.0.2.77")
        # That the address of the delegation is dead is recorded too.
        assert by_server(recording, "stale.com", "SOA")["198.18.9.9"] == (Status.TIMEOUT,)


def test_glue_of_a_family_out_of_reach_is_completed_by_a_look_up():
    shop = fake_shop.shop()
    servers = {
        "198.18.9.1": ("v6.com",),
        fake_shop.DYN1: (*shop.servers[fake_shop.DYN1], "far.com"),
    }
    with beside_the_shop(
        "v6.com NS ns1.far.com\nfar.com NS ns1.dyn.com\nns1.far.com AAAA 2001:db8:9::1",
        {"v6.com": "v6.com A 192.0.2.77", "far.com": "ns1.far.com A 198.18.9.1"},
        servers,
    ) as world:  # 2001:db8:9::1 is in no map, so it is unreachable
        recording = collect(world, "v6.com")
        found = by_server(recording, "v6.com", "A")
        assert found["198.18.9.1"] == (Status.ANSWER, "192.0.2.77")
        assert found["2001:db8:9::1"] == (Status.UNREACHABLE,)


def test_glue_out_of_bailiwick_is_neither_believed_nor_kept():
    """evil.com names a server of the shop, and adds an address of its own choice (RFC 5452, 6)."""
    with beside_the_shop(
        "evil.com NS ns.evil.com\nns.evil.com A 198.18.9.1",
        {
            "evil.com": "evil.com A 192.0.2.9\nwww.evil.com NS ns1.dyn.com\n"
            "www.evil.com NS in.www.evil.com\n"
            "ns1.dyn.com A 198.18.6.6\nin.www.evil.com A 198.18.9.2"
        },
        {"198.18.9.1": ("evil.com",), "198.18.6.6": (), "198.18.9.2": ()},
    ) as world:
        recording = collect(world, "evil.com")
        kept = {o.subject: o.values for o in recording if o.section == "additional"}
        assert kept["in.www.evil.com"] == ("198.18.9.2",)
        assert "ns1.dyn.com" not in {
            o.subject for o in recording if o.section == "additional" and o.zone == "evil.com"
        }
        assert not [o for o in recording if "198.18.6.6" in (*o.values, o.server, o.subject)]
        assert "198.18.6.6" not in {server for _, _, server, _ in world.asked}


def test_glue_of_a_sister_zone_is_left_to_that_zone():
    """The servers of com serve net too, but as servers of com they speak for com."""
    with beside_the_shop(
        "sister.com NS ns1.ak.net\nns1.ak.net A 198.18.6.6",
        {"sister.com": "sister.com A 192.0.2.77"},
        {fake_shop.CDN: ("ak.net", "edgekey.net", "edge.net", "sister.com"), "198.18.6.6": ()},
    ) as world:
        recording = collect(world, "sister.com")
        found = by_server(recording, "sister.com", "A")
        assert found == {fake_shop.CDN: (Status.ANSWER, "192.0.2.77")}


# -- who may answer -------------------------------------------------------------------------


def recursive_server(world, address):
    """Answer as a resolver that is listed as an authority: what the zone says, with RA, not AA."""

    def fault(query, proto):
        reply = world.answer(query, address)
        reply.flags = (reply.flags & ~dns.flags.AA) | dns.flags.RA
        return reply.to_wire()

    return fault


def test_a_recursive_server_listed_with_others_is_used_last():
    with fake_shop.shop() as world:
        world.faults[fake_shop.ULTRA2] = recursive_server(world, fake_shop.ULTRA2)
        recording = collect(world)
        assert by_server(recording, "shop.com", "SOA")[fake_shop.ULTRA2][0] is Status.ANSWER
        (heard,) = [
            o for o in answers(recording, "shop.com", "SOA") if o.server == fake_shop.ULTRA2
        ]
        assert heard.flags == ("RA",)
        # Whatever it was asked first, another was asked too and is the one that counts.
        for kind in ("TXT", "HTTPS", "CAA"):
            found = by_server(recording, "shop.com", kind)
            assert set(found) - {fake_shop.ULTRA2}
        assert not [o for o in recording if "intercepts" in o.note]


def test_a_recursive_server_listed_alone_is_used():
    with beside_the_shop(
        "alone.com NS ns.alone.com\nns.alone.com A 198.18.9.1",
        {"alone.com": "alone.com A 192.0.2.9\nwww.alone.com A 192.0.2.9"},
        {"198.18.9.1": ("alone.com",)},
    ) as world:
        world.faults["198.18.9.1"] = recursive_server(world, "198.18.9.1")
        recording = collect(world, "alone.com")
        assert by_server(recording, "www.alone.com", "A") == {
            "198.18.9.1": (Status.ANSWER, "192.0.2.9")
        }
        assert not [o for o in recording if "intercepts" in o.note]


@pytest.fixture
def intercepted(monkeypatch):
    """A network in which one resolver answers whatever address is asked, and is the system's too."""
    shop = fake_shop.shop()
    zones = fake_shop.zones()
    zones["com"] += "\nnowhere.com NS ns.nowhere.com\nns.nowhere.com A 198.18.77.77"
    addresses = {*shop.servers, "192.0.2.200", "198.18.77.77"}  # at the last there is no server
    zones["nowhere.com"] = "nowhere.com SOA a. b. 1 2 3 4 5\nnowhere.com A 192.0.2.5"
    servers = shop.servers | {"192.0.2.200": (), "198.18.77.77": ()}
    with Recursive(zones, servers, addresses, roots=shop.roots) as world:
        monkeypatch.setattr(collect_run, "system_resolver", lambda: read_resolver("192.0.2.200"))
        yield world


@pytest.mark.parametrize("name", ["shop.com", "nowhere.com"])
def test_an_intercepted_port_is_recognised_and_said(intercepted, name):
    recording = collect(intercepted, name)
    (told,) = [o for o in recording if o.subject == "." and o.note]
    assert "intercepts port 53" in told.note
    assert "192.0.2.200" in told.note
    assert "hides what parent and child say" in told.note  # what it cannot show
    # Within a few questions: all that follow go to the resolver.
    before = [asked for asked in intercepted.asked if asked[2] != "192.0.2.200"]
    assert len(before) <= 8, before
    found = by_server(recording, name, "A")
    assert set(found) == {"192.0.2.200"}
    # Nobody is said to be lame who was never reached.
    assert {o.subject for o in recording if o.status is Status.LAME} == {"."}


def test_on_resumption_an_intercepted_port_is_known_from_the_recording(intercepted, tmp_path):
    path = tmp_path / "x.jsonl"
    first = collect(intercepted, output=path)
    intercepted.asked.clear()
    assert collect(intercepted, output=path, resume=True) == first
    assert intercepted.asked == []


@pytest.mark.parametrize("offers", [dns.flags.RA, 0])
def test_an_interceptor_that_refuses_is_recognised_too(intercepted, offers):
    """As Unbound does where recursion is not desired, with RA or without."""

    def refuse(query, proto):
        if query.flags & dns.flags.RD:
            return b"go on"
        reply = dns.message.make_response(query)
        reply.flags |= offers
        reply.set_rcode(dns.rcode.REFUSED)
        return reply.to_wire()

    for address in intercepted.servers:
        intercepted.faults[address] = refuse
    recording = collect(intercepted)
    assert [o for o in recording if o.subject == "." and "seems intercepted" in o.note]
    assert set(by_server(recording, "shop.com", "A")) == {"192.0.2.200"}


def test_without_a_resolver_of_the_systems_the_interceptor_is_asked(intercepted, monkeypatch):
    monkeypatch.setattr(collect_run, "system_resolver", lambda: None)
    recording = collect(intercepted)
    assert set(by_server(recording, "shop.com", "MX")) == {fake_shop.ROOT}
    assert {o.zone for o in answers(recording, "shop.com", "MX")} == {""}


# -- servers of one zone that differ --------------------------------------------------------


def test_the_questions_that_carry_the_verdict_are_put_to_each_own_server():
    with fake_shop.shop() as world:
        recording = collect(world)
        four = {fake_shop.DYN1, fake_shop.DYN2, fake_shop.ULTRA1, fake_shop.ULTRA2}
        for kind in ("A", "AAAA", "MX", "NS", "SOA"):
            own = [o for o in answers(recording, "shop.com", kind) if o.zone == "shop.com"]
            assert {o.server for o in own} == four, kind
        for kind in ("A", "AAAA", "CNAME"):
            assert set(by_server(recording, "www.shop.com", kind)) == four, kind
        # Others are put to one of them.
        assert len(by_server(recording, "shop.com", "TXT")) == 1


@pytest.mark.parametrize("kind", ["A", "MX", "SOA"])
def test_answers_that_differ_stand_side_by_side(kind):
    other = {"A": "192.0.2.99", "MX": "10 mx9.shop.com.", "SOA": "ns1.dyn.com. h.x. 9 7200 9 9 9"}
    with fake_shop.shop() as world:

        def differ(query, proto):
            reply = world.answer(query, fake_shop.DYN2)
            asked = query.question[0].to_text()
            if asked == f"shop.com. IN {kind}":
                row = dns.rrset.from_text("shop.com.", 300, "IN", kind, other[kind])
                reply.answer = [row]
            return reply.to_wire()

        world.faults[fake_shop.DYN2] = differ
        recording = collect(world)
        found = by_server(recording, "shop.com", kind)
        assert len(set(found.values())) == 2
        assert found[fake_shop.DYN2] != found[fake_shop.DYN1]
        if kind == "A":  # what only one of them gives is followed too
            assert ("192.0.2.99", "origin") in {(o.subject, o.type) for o in recording}


def nxdomain(query, proto):
    reply = dns.message.make_response(query)
    reply.flags |= dns.flags.AA
    reply.set_rcode(dns.rcode.NXDOMAIN)
    reply.authority.append(dns.rrset.from_text("ultra.com.", 9, "IN", "SOA", "a. b. 1 2 3 4 5"))
    return reply.to_wire()


def test_a_host_denied_by_one_server_is_asked_of_a_second():
    """Two answers stand: one server of the exchange's zone denies it, the other has it."""
    far = "far.com NS ns1.far.com\nfar.com NS ns2.far.com\n"
    glue = "ns1.far.com A 198.18.9.1\nns2.far.com A 198.18.9.2\n"
    found = []
    for liar in ("198.18.9.1", "198.18.9.2"):  # one of the two is the one that is asked first
        with beside_the_shop(
            f"{far}{glue}us.com NS ns1.dyn.com\n",
            {"far.com": f"{far}{glue}mx.far.com A 192.0.2.50", "us.com": "us.com MX 1 mx.far.com."},
            {
                "198.18.9.1": ("far.com",),
                "198.18.9.2": ("far.com",),
                fake_shop.DYN1: ("shop.com", "dyn.com", "us.com"),
            },
        ) as world:
            world.faults[liar] = lambda query, proto: (
                nxdomain(query, proto) if "mx.far" in str(query.question[0].name) else b"go on"
            )
            recording = collect(world, "us.com")
            found.append(set(by_server(recording, "mx.far.com", "A").values()))
    assert sorted(found, key=len) == [
        {(Status.ANSWER, "192.0.2.50")},
        {(Status.ANSWER, "192.0.2.50"), (Status.NXDOMAIN,)},
    ]


def test_a_negative_answer_has_two_witnesses_and_no_more():
    far = "far.com NS ns1.far.com\nfar.com NS ns2.far.com\nfar.com NS ns3.far.com\n"
    glue = "".join(f"ns{i}.far.com A 198.18.9.{i}\n" for i in (1, 2, 3))
    servers = {f"198.18.9.{i}": ("far.com",) for i in (1, 2, 3)}
    with beside_the_shop(
        f"{far}{glue}us.com NS ns1.dyn.com\n",
        {"far.com": f"{far}{glue}", "us.com": "us.com MX 10 gone.far.com."},
        servers | {fake_shop.DYN1: ("shop.com", "dyn.com", "us.com")},
    ) as world:
        recording = collect(world, "us.com")
        found = by_server(recording, "gone.far.com", "A")
        assert list(found.values()) == [(Status.NXDOMAIN,)] * 2
        assert len(by_server(recording, "gone.far.com", "AAAA")) == 1


def test_a_host_with_one_family_is_not_asked_for_again():
    with fake_shop.shop() as world:
        recording = collect(world)
        assert set(by_server(recording, "ns1.dyn.com", "AAAA").values()) == {(Status.NODATA,)}
        assert len(by_server(recording, "ns1.dyn.com", "AAAA")) == 1


# -- at every depth -------------------------------------------------------------------------


def test_a_lame_server_of_a_servers_zone_is_recorded():
    """The shop's server lies in far.com, one of whose servers refuses, another is silent."""
    far = "".join(f"far.com NS ns{i}.far.com\n" for i in (1, 2, 3))
    glue = "".join(f"ns{i}.far.com A 198.18.9.{i}\n" for i in (1, 2, 3))
    with beside_the_shop(
        f"{far}{glue}us.com NS dns.far.com\ndns.far.com A {fake_shop.DYN1}",
        {"far.com": f"{far}{glue}dns.far.com A {fake_shop.DYN1}", "us.com": "us.com A 192.0.2.7"},
        {
            "198.18.9.1": ("far.com",),
            "198.18.9.2": (),
            "198.18.9.3": ("far.com",),
            fake_shop.DYN1: ("shop.com", "dyn.com", "us.com"),
        },
    ) as world:
        world.faults["198.18.9.3"] = lambda query, proto: None
        recording = collect(world, "us.com", budget=QUICK)
        assert by_server(recording, "far.com", "SOA") == {
            "198.18.9.1": (Status.ANSWER, "ns.far.com x.far.com 1 2 3 4 5"),
            "198.18.9.2": (Status.REFUSED,),
            "198.18.9.3": (Status.TIMEOUT,),
        }


def test_a_server_is_asked_at_each_address_however_deep_its_zone():
    """Glue of the server of another's zone has one family; its own zone knows two more addresses."""
    far = "far.com NS ns1.far.com\n"
    own = "ns1.far.com A 198.18.9.1\nns1.far.com A 198.18.9.2\nns1.far.com AAAA 2001:db8:9::1\n"
    with beside_the_shop(
        f"{far}ns1.far.com A 198.18.9.1\nus.com NS dns.far.com",
        {
            "far.com": f"{far}{own}dns.far.com A {fake_shop.DYN1}",
            "us.com": "us.com NS dns.far.com\nus.com A 192.0.2.7",
        },
        {
            "198.18.9.1": ("far.com",),
            "198.18.9.2": (),
            "2001:db8:9::1": ("far.com",),
            fake_shop.DYN1: ("shop.com", "dyn.com", "us.com"),
        },
    ) as world:
        found = by_server(collect(world, "us.com"), "far.com", "SOA")
        assert {server: status for server, (status, *_) in found.items()} == {
            "198.18.9.1": Status.ANSWER,
            "198.18.9.2": Status.REFUSED,
            "2001:db8:9::1": Status.ANSWER,
        }


def test_a_zone_to_which_one_server_alone_refers_is_reached_by_its_glue():
    """Of two servers of the shop one holds a copy without the zone www, and denies its name."""
    kid = "www.us.com NS kid.www.us.com\nkid.www.us.com A 198.18.9.3\n"
    us = "us.com NS ns1.us.com\nus.com NS ns2.us.com\n"
    glue = "ns1.us.com A 198.18.9.1\nns2.us.com A 198.18.9.2\n"
    with beside_the_shop(
        f"{us}{glue}",
        {
            "us.com": f"{us}{glue}{kid}us.com A 192.0.2.7",
            "www.us.com": f"{kid}www.us.com A 192.0.2.7",
        },
        {
            "198.18.9.1": ("us.com",),
            "198.18.9.2": ("us.com",),
            "198.18.9.3": ("www.us.com",),
        },
    ) as world:

        def without(query, proto):
            if "www" not in query.question[0].name.to_text():
                return b"go on"
            reply = dns.message.make_response(query)
            reply.flags |= dns.flags.AA
            reply.set_rcode(dns.rcode.NXDOMAIN)
            return reply.to_wire()

        world.faults["198.18.9.2"] = without
        recording = collect(world, "us.com")
        assert by_server(recording, "www.us.com", "SOA")["198.18.9.3"][0] is Status.ANSWER


def test_servers_that_were_not_asked_are_named():
    hosts = [f"ns{i}.far.com" for i in range(1, 6)]
    far = "".join(f"far.com NS {host}\n" for host in hosts)
    glue = "".join(f"{host} A 198.18.9.{i}\n" for i, host in enumerate(hosts, 1))
    with beside_the_shop(
        f"{far}{glue}",
        {"far.com": f"{far}{glue}far.com A 192.0.2.7"},
        {f"198.18.9.{i}": ("far.com",) for i in range(1, 6)},
    ) as world:
        recording = collect(world, "far.com", budget=Budget(fanout=3))
        found = collections.defaultdict(set)
        for o in answers(recording, "far.com", "SOA"):
            found[o.status].add(o.server_name)
        assert found[Status.NOT_ASKED_BUDGET] == set(hosts[3:])
        assert found[Status.ANSWER] >= set(hosts[:3])


# -- what a message says --------------------------------------------------------------------


def test_an_extended_error_is_kept():
    with fake_shop.shop() as world:

        def fail(query, proto):
            reply = dns.message.make_response(query)
            reply.set_rcode(dns.rcode.SERVFAIL)
            reply.use_edns(0, options=[dns.edns.EDEOption(14, "not loaded\nyet")])
            return reply.to_wire()

        world.faults[fake_shop.DYN2] = fail
        recording = collect(world)
        (o,) = [o for o in answers(recording, "shop.com", "SOA") if o.server == fake_shop.DYN2]
        assert (o.status, o.note) == (Status.SERVFAIL, r"EDE 14 (not loaded\nyet)")


def test_a_packet_without_its_question_is_no_answer():
    with fake_shop.shop() as world:
        world.faults[fake_shop.DYN1] = lambda query, proto: (
            query.id.to_bytes(2, "big") + b"\x80\x02" + bytes(8)  # SERVFAIL, nothing else
        )
        recording = collect(world, budget=QUICK)
        assert by_server(recording, "shop.com", "SOA")[fake_shop.DYN1] == (Status.TIMEOUT,)


def test_a_bare_formerr_makes_the_question_be_put_without_edns():
    with fake_shop.shop() as world:

        def old(query, proto):
            if query.edns < 0:
                return b"go on"
            return query.id.to_bytes(2, "big") + b"\x80\x01" + bytes(8)

        world.faults[fake_shop.DYN1] = old
        recording = collect(world)
        assert by_server(recording, "shop.com", "SOA")[fake_shop.DYN1][0] is Status.ANSWER
