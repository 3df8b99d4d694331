"""What one hostile answer has us send to others, and that honest answers lose nothing by the limits.

Counted are questions (name, type, server), never packets, but for an address that never answers:
it is sent a number of packets, however many questions there are.
"""

from __future__ import annotations

from collections import defaultdict

import dns.message
import dns.rrset
import fake_shop
import pytest
from fake_dns import World
from test_collect_run import answers, collect, evil

from depgraph.collect import Budget
from depgraph.names import is_below
from depgraph.observations import Status

NS, STRANGER, HONEST, POISON = "198.18.9.1", "198.18.9.77", "192.0.2.9", "192.0.2.66"
MOST = 5  # questions to any one address about what one answer names
WEB = f"evil.com A {HONEST}\n"


def of_victim(kind: str, host: str, count: int = 40) -> str:
    return "\n".join(f"{kind} {host}".replace("#", str(n)) for n in range(count))


ONE_ANSWER = {
    "name servers": WEB + of_victim("evil.com NS", "n#.shop.com"),
    "name servers of a zone below": of_victim("www.evil.com NS", "n#.shop.com"),
    "exchanges": WEB + of_victim("evil.com MX", "# n#.shop.com."),
    "service bindings": WEB + of_victim("evil.com HTTPS", "1# n#.shop.com."),
    "policies": WEB + 'evil.com TXT "v=spf1" '
    + " ".join(f'" include:n{n}.shop.com"' for n in range(40)),
    "an alias": "www.evil.com CNAME n0.shop.com",
    "a primary": "evil.com SOA n0.shop.com. x.evil.com. 1 2 3 4 5",
}  # fmt: skip


def put(world: World) -> set[tuple[str, str, str]]:
    """Give the questions, each once."""
    return {(name, kind, server) for name, kind, server, _ in world.asked}


def of_the_answer(world: World) -> set[tuple[str, str, str]]:
    """Give the questions about hosts of the victim that only the hostile answer names."""
    roots = (fake_shop.ROOT, fake_shop.TLD)
    return {
        (name, kind, server)
        for name, kind, server in put(world)
        if is_below(name, "shop.com") and name[0] == "n" and name[1].isdigit()
        if server not in roots
    }


@pytest.mark.parametrize("what", ONE_ANSWER)
def test_one_answer_costs_no_address_of_others_more_than_five_questions(what):
    with evil(ONE_ANSWER[what]) as world:
        collect(world, "evil.com", registration=False)
        sent = defaultdict(set)
        for name, kind, server in of_the_answer(world):
            sent[server].add((name, kind))
        assert sent
        assert max(map(len, sent.values())) <= MOST
        assert len({name for names in sent.values() for name, _ in names}) <= 2


@pytest.mark.parametrize("address", [STRANGER, fake_shop.ULTRA2])
def test_a_zone_delegated_to_others_costs_them_five_questions(address):
    """To who never answers, and to a name server that refuses, having never heard of the zone."""
    shop, zones = fake_shop.shop(), fake_shop.zones()
    for n in range(30):
        zones["com"] += f"\nevil.com NS g{n}.evil.com\ng{n}.evil.com A {address}"
    with World(zones, shop.servers | {STRANGER: ()}, roots=shop.roots) as world:
        if address == STRANGER:
            world.faults[STRANGER] = lambda *_: None
        budget = Budget(timeout=0.3, tries=2, hedge=0.1)
        recording = collect(world, "evil.com", registration=False, budget=budget)
        about = {q for q in put(world) if q[2] == address and is_below(q[0], "evil.com")}
        assert 1 <= len(about) <= MOST
        if address == STRANGER:
            assert len([one for one in world.asked if one[2] == address]) <= MOST
        # What was not sent is told as it would have ended, and that it was not sent.
        found = [o for o in recording if o.server == address and o.zone == "evil.com"]
        expected = Status.TIMEOUT if address == STRANGER else Status.REFUSED
        assert {o.status for o in found} == {expected}
        assert any(o.note.startswith("not sent: the address answered none of") for o in found)


def test_a_server_that_serves_is_asked_everything_whatever_it_declines():
    with evil(WEB + "www.evil.com A 192.0.2.9") as world:

        def declines(query, _):
            return b"go on" if query.question[0].rdtype in {1, 2, 6, 28} else refused(query)

        world.faults[NS] = declines
        recording = collect(world, "evil.com", registration=False)
        assert not [o for o in recording if o.note.startswith("not sent")]


def refused(query):
    reply = dns.message.make_response(query)
    reply.set_rcode(5)
    return reply.to_wire()


@pytest.mark.parametrize("first", [0, 1])
def test_honest_sets_of_one_domain_are_followed_whole(first):
    """Thirteen servers and seven exchanges of another's domain; one of the first two may be gone."""
    hosts = [f"n{n:02}.help.com" for n in range(13)]
    lines = "\n".join(f"evil.com NS {host}" for host in hosts)
    lines += "\n" + "\n".join(f"evil.com MX {n} m{n}.help.com." for n in range(7))
    world = evil(WEB + lines)
    world.zones["com"].update(World._read("help.com NS ns.evil.com"))
    text = "help.com SOA ns.evil.com. x.evil.com. 1 2 3 4 5\nhelp.com NS ns.evil.com\n"
    text += "\n".join(f"{host} A 198.18.9.1" for host in hosts[first:]) + "\n"
    text += "\n".join(f"m{n}.help.com A 192.0.2.2{n}" for n in range(first, 7))
    world.zones["help.com"] = World._read(text)
    world.servers[NS] = ("evil.com", "help.com")
    with world:
        recording = collect(world, "evil.com", registration=False)
    followed = [*hosts[first:], *(f"m{n}.help.com" for n in range(first, 7))]
    assert all(answers(recording, host, "A")[0].status is Status.ANSWER for host in followed)
    assert not [o for o in recording if o.status is Status.NOT_ASKED_BUDGET]


# -- letters in mixed case (draft-vixie-dnsext-dns0x20-00) ------------------------------------


class Cases(World):
    """Notes the questions as they came; forges an answer in small letters over UDP."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.names: list[bytes] = []
        self.forging = False

    def _wire(self, data, address, *, tcp):
        self.names.append(data[12 : data.index(b"\0", 12)])
        query = dns.message.from_wire(data)
        if self.forging and address == NS and not tcp and query.question[0].rdtype == 1:
            small = dns.message.make_query(query.question[0].name.canonicalize(), "A", id=query.id)
            reply = dns.message.make_response(small)
            reply.flags |= 0x0400
            reply.answer.append(dns.rrset.from_text(small.question[0].name, 9, "IN", "A", POISON))
            return reply.to_wire()
        return super()._wire(data, address, tcp=tcp)


@pytest.fixture
def cases():
    with evil(WEB + "www.evil.com CNAME evil.com\nevil.com MX 1 evil.com.") as world:
        world.__class__ = Cases
        world.names, world.forging = [], False
        yield world


def facts(recording):
    return {(*o.question, o.section, o.status, o.values) for o in recording}


def test_questions_vary_in_case_and_what_is_recorded_does_not(cases):
    recording = collect(cases, "evil.com", registration=False)
    assert any(name != name.lower() for name in cases.names)
    texts = [o.subject for o in recording] + [v for o in recording for v in o.values]
    assert not [text for text in texts if "evil" in text.lower() and text != text.lower()]


def test_a_server_that_changes_the_case_answers_all_the_same(cases):
    kept = collect(cases, "evil.com", registration=False)
    asked = put(cases)
    cases.asked.clear()
    cases.lowering = set(cases.servers)
    assert facts(collect(cases, "evil.com", registration=False)) == facts(kept)
    assert put(cases) == asked


def test_an_answer_in_another_case_is_not_believed(cases):
    cases.forging = True
    recording = collect(cases, "evil.com", registration=False)
    assert POISON not in {value for o in recording for value in o.values}
    assert answers(recording, "evil.com", "A")[0].values == (HONEST,)


def test_the_type_of_a_question_has_no_case(cases):
    """TYPE97 is HTTPS (65) with a bit changed, as a small letter is a capital one."""

    def as_other_type(query, _):
        if query.question[0].rdtype != 65:
            return b"go on"
        other = dns.message.make_query(query.question[0].name, 97, id=query.id)
        return dns.message.make_response(other).to_wire()

    cases.faults[NS] = as_other_type
    budget = Budget(timeout=0.3, tries=1)
    recording = collect(cases, "evil.com", registration=False, budget=budget)
    assert {o.status for o in answers(recording, "evil.com", "HTTPS")} == {Status.TIMEOUT}
