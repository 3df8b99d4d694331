"""Zones of the kinds that Zonemaster publishes, written anew, each with who can stop it alone.

The names are those of Zonemaster's test cases and of the scenarios in its specifications
(github.com/zonemaster/zonemaster, docs/public/specifications/tests and test-zones, read 2026-11);
only the kind is taken from there. "Undelegated" scenarios, which test data that no parent
holds, have no counterpart, for nobody can resolve by such data.

The domain is shop.com, ``nsN`` a server ``nsN.shop.com`` at 192.0.2.N and 2001:db8:N::1, ``outN``
``outN.other.net`` at 192.0.2.10N and 2001:db8:10N::1, ``sibN`` ``sibN.sister.com`` at 192.0.2.15N
and 2001:db8:15N::1. Each top-level domain, other.net and sister.com have two servers of their own,
and each host of the web two addresses in each family, so that none of these is a single point.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .world import ROOT, ROOT_SERVER, World, Zone, family, is_below

SHOP, CHILD = "shop.com", "www.shop.com"
FAILS = "fails"
_DOMAINS = {
    "ns": SHOP,
    "out": "other.net",
    "sib": "sister.com",
    "sub": "deep.shop.com",
    "top": "directly.com",  # no zone: its hosts stand in com itself
    "kid": CHILD,
}
_FIRST = {"ns": 0, "out": 100, "sib": 150, "sub": 50, "top": 170, "kid": 180}
_WEB = ("203.0.113.80", "203.0.113.81", "2001:db8:80::1", "2001:db8:80::2")


@dataclass(frozen=True, kw_only=True)
class Case:
    """A zone of one kind, and what is right of it.

    Parameters
    ----------
    test, scenario
        Of Zonemaster.
    words
        What is so.
    delegated, own
        NS sets at the parent and at the apex, in short; `own` as `delegated` if not given.
    glue
        What the parent sends of a server where that is not its addresses, in short.
    hosts
        What the zone of a server says where that is not its addresses, in short.
    ill
        Server or address in short -> how it answers, where it does not just serve.
    absent
        Servers at whose addresses nothing listens.
    child
        The NS sets at both sides of the zone www.shop.com, if it is one; then it is judged.
    child_own
        Its NS set at the apex, if that is another.
    alias
        A server whose name is an alias, and of what: ``ns2=out1``.
    dual, ipv4
        The servers and addresses each of which alone stops it, for clients of both families and
        of IPv4 alone; ``fails`` if it does not work at all.
    no_www
        Whether www.shop.com does not exist.
    """

    test: str
    scenario: str
    words: str
    delegated: str = "ns1 ns2"
    own: str = ""
    glue: Mapping[str, str] = field(default_factory=dict)
    hosts: Mapping[str, str] = field(default_factory=dict)
    ill: Mapping[str, str] = field(default_factory=dict)
    absent: str = ""
    child: str = ""
    child_own: str = ""
    alias: str = ""
    dual: str = ""
    ipv4: str = ""
    no_www: bool = False

    @property
    def name(self) -> str:
        """Its name in lists."""
        return f"{self.test}/{self.scenario}"

    @property
    def function(self) -> str:
        """The function that is judged."""
        return "web-www" if self.child else "web"

    def alone(self, word: str) -> frozenset[str] | None:
        """Return the nodes each of which alone stops it; None if it does not work."""
        told = self.dual if word == "dual" else self.ipv4
        if told == FAILS:
            return None
        return frozenset(map(_node, told.split()))

    def world(self) -> World:
        """Make the world."""
        return _Maker(self).world()


def _node(short: str) -> str:
    return f"address:{short}" if "." in short or ":" in short else f"nameserver:{host(short)}"


def host(short: str) -> str:
    """Return the name of a server from its short form."""
    return f"{short}.{_DOMAINS[short[:-1]]}"


def addresses(short: str) -> tuple[str, ...]:
    """Return the addresses that a server has as a rule."""
    number = _FIRST[short[:-1]] + int(short[-1])
    return (f"192.0.2.{number}", f"2001:db8:{number}::1")


class _Maker:
    def __init__(self, case: Case) -> None:
        self.case = case
        self.zones: dict[str, Zone] = {ROOT: Zone(name=ROOT, delegated=(), own=(ROOT_SERVER,))}
        self.serves: dict[str, dict[str, str]] = {}
        self.records: dict[tuple[str, str], tuple[str, ...]] = {}

    def world(self) -> World:
        case = self.case
        for number, top in enumerate(("com", "net")):
            self.plain(top, f"198.51.100.{number + 1}", f"2001:db8:f{number}:")
        for number, domain in enumerate(("other.net", "sister.com")):
            self.plain(domain, f"198.51.100.1{number}", f"2001:db8:e{number}:")
        own = case.own or case.delegated
        everyone = f"{case.delegated} {own} {case.child} {case.child_own}".split()
        for short in dict.fromkeys(everyone):
            told = case.hosts.get(short)
            self.host(host(short), addresses(short) if told is None else tuple(told.split()))
        self.zone(SHOP, case.delegated, own)
        if any(short.startswith("sub") for short in everyone):
            self.zone("deep.shop.com", case.delegated, own)
        if case.child:
            self.zone(CHILD, case.child, case.child_own or case.child)
        for name in (SHOP,) if case.no_www else (SHOP, CHILD):
            self.host(name, _WEB)
        if case.alias:
            short, target = case.alias.split("=")
            self.records[host(short), "CNAME"] = (host(target),)
            self.host(host(target), addresses(target))
        self.spoil()
        world = World(service=SHOP, zones=self.zones, serves=self.serves)
        for (owner, kind), data in self.records.items():
            self.zones[world.zone_of(owner)].records[owner, kind] = data  # type: ignore[index]
        listed = {a for (_, kind), data in self.records.items() if "A" in kind for a in data}
        glued = {a for zone in self.zones.values() for g in zone.glue.values() for a in g}
        known = sorted({a for a in (*listed, *glued, *self.serves) if a[0].isdigit()})
        networks = {a: (_prefix(a), 64500 + number) for number, a in enumerate(known)}
        return World(service=SHOP, zones=self.zones, serves=self.serves, networks=networks)

    def plain(self, name: str, four: str, six: str) -> None:
        """Add a zone with two sound servers in it, glued."""
        servers = (f"a.dns.{name}", f"b.dns.{name}")
        glue = {s: (f"{four}{n}", f"{six}{n}::1") for n, s in enumerate(servers, 1)}
        for server, found in glue.items():
            self.host(server, found)
            for address in found:
                self.serves.setdefault(address, {})[name] = "sound"
        self.zones[name] = Zone(name=name, delegated=servers, own=servers, glue=glue)

    def zone(self, name: str, delegated: str, own: str) -> None:
        """Add a zone whose servers serve it at every address that anybody gives for them."""
        case, glue = self.case, {}
        parent = name.partition(".")[2]
        for short in dict.fromkeys(f"{delegated} {own}".split()):
            server = host(short)
            sent = tuple(case.glue.get(short, " ".join(addresses(short))).split())
            inside = is_below(server, parent) and short[:-1] != "top"
            inside = inside and (parent != SHOP or is_below(server, name))
            if inside and short in delegated.split() and sent:
                glue[server] = sent
            listed = case.hosts.get(short)
            real = addresses(short) if listed is None else tuple(listed.split())
            for address in (*(sent if inside else ()), *real):
                self.serves.setdefault(address, {})[name] = "sound"
        self.zones[name] = Zone(
            name=name,
            delegated=tuple(map(host, delegated.split())),
            own=tuple(map(host, own.split())),
            glue=glue,
        )

    def host(self, name: str, found: tuple[str, ...]) -> None:
        for kind, number in (("A", 4), ("AAAA", 6)):
            data = tuple(a for a in found if family(a) == number)
            if data:
                self.records[name, kind] = data

    def spoil(self) -> None:
        """Let servers fail as the case says: ``ns1`` for all it serves, ``ns1/www`` for the child."""
        for word, how in self.case.ill.items():
            short, _, which = word.partition("/")
            several = (short,) if "." in short or ":" in short else addresses(short)
            for address in several:
                for zone in self.serves.get(address, {}):
                    if not which or zone == CHILD:
                        self.serves[address][zone] = how
        for short in self.case.absent.split():
            for address in addresses(short):
                self.serves.pop(address, None)


def _prefix(address: str) -> str:
    return (
        f"{address.rsplit('.', 1)[0]}.0/24"
        if "." in address
        else f"{address.partition('::')[0]}::/48"
    )


CASES = (
    Case(
        test="DELEGATION01",
        scenario="ENOUGH-1",
        words="Two servers in the domain, glued and sound.",
    ),
    Case(
        test="DELEGATION01",
        scenario="ENOUGH-2",
        words="Two servers in another domain, looked up there.",
        delegated="out1 out2",
    ),
    Case(
        test="DELEGATION01",
        scenario="ENOUGH-3",
        words="Two servers whose records stand in the parent itself.",
        delegated="top1 top2",
    ),
    Case(
        test="DELEGATION01",
        scenario="ENOUGH-DEL-NOT-CHILD",
        words="Two in the delegation, of which the zone lists one: both are found.",
        own="ns1",
    ),
    Case(
        test="DELEGATION01",
        scenario="ENOUGH-CHILD-NOT-DEL",
        words="One in the delegation, two in the zone: whoever comes anew finds one.",
        delegated="ns1",
        own="ns1 ns2",
        dual="ns1",
        ipv4="ns1 192.0.2.1",
    ),
    Case(
        test="DELEGATION01",
        scenario="IPV6-AND-DEL-OK-NO-IPV4-CHILD",
        words="The zone has no A of its servers, the glue has.",
        hosts={"ns1": "2001:db8:1::1", "ns2": "2001:db8:2::1"},
    ),
    Case(
        test="DELEGATION01",
        scenario="IPV4-AND-DEL-OK-NO-IPV6-CHILD",
        words="The zone has no AAAA of its servers, the glue has.",
        hosts={"ns1": "192.0.2.1", "ns2": "192.0.2.2"},
    ),
    Case(
        test="DELEGATION01",
        scenario="NO-IPV4-1",
        words="IPv6 only: it never works for clients without.",
        glue={"ns1": "2001:db8:1::1", "ns2": "2001:db8:2::1"},
        hosts={"ns1": "2001:db8:1::1", "ns2": "2001:db8:2::1"},
        ipv4=FAILS,
    ),
    Case(
        test="DELEGATION01",
        scenario="NO-IPV4-2",
        words="Servers in another domain, with IPv6 only.",
        delegated="out1 out2",
        hosts={"out1": "2001:db8:101::1", "out2": "2001:db8:102::1"},
        ipv4=FAILS,
    ),
    Case(
        test="DELEGATION01",
        scenario="NO-IPV4-3",
        words="Servers in a sister domain, glued, with IPv6 only.",
        delegated="sib1 sib2",
        glue={"sib1": "2001:db8:151::1", "sib2": "2001:db8:152::1"},
        hosts={"sib1": "2001:db8:151::1", "sib2": "2001:db8:152::1"},
        ipv4=FAILS,
    ),
    Case(
        test="DELEGATION01",
        scenario="NO-IPV6-1",
        words="IPv4 only.",
        glue={"ns1": "192.0.2.1", "ns2": "192.0.2.2"},
        hosts={"ns1": "192.0.2.1", "ns2": "192.0.2.2"},
    ),
    Case(
        test="DELEGATION01",
        scenario="NO-IPV6-2",
        words="Servers in another domain, with IPv4 only.",
        delegated="out1 out2",
        hosts={"out1": "192.0.2.101", "out2": "192.0.2.102"},
    ),
    Case(
        test="DELEGATION01",
        scenario="NO-IPV6-3",
        words="Servers in a sister domain, glued, with IPv4 only; one of them has both names.",
        delegated="sib1 sib2",
        glue={"sib1": "192.0.2.151", "sib2": "192.0.2.151"},
        hosts={"sib1": "192.0.2.151", "sib2": "192.0.2.151"},
        dual="192.0.2.151",
        ipv4="192.0.2.151",
    ),
    Case(
        test="DELEGATION01",
        scenario="MISMATCH-DELEGATION-CHILD-1",
        words="Glue of ns1 in IPv4 only, of ns2 in IPv6 only; the rest is found too late.",
        glue={"ns1": "192.0.2.1", "ns2": "2001:db8:2::1"},
        ipv4="ns1 192.0.2.1",
    ),
    Case(
        test="DELEGATION01",
        scenario="MISMATCH-DELEGATION-CHILD-2",
        words="The zone has one address of each server, the glue both.",
        hosts={"ns1": "192.0.2.1", "ns2": "2001:db8:2::1"},
    ),
    Case(
        test="DELEGATION02",
        scenario="DEL-NON-DISTINCT",
        words="Glue of both servers is the same; in the zone they differ.",
        glue={"ns1": "192.0.2.1 2001:db8:1::1", "ns2": "192.0.2.1 2001:db8:1::1"},
        ipv4="192.0.2.1",
    ),
    Case(
        test="DELEGATION02",
        scenario="CHILD-NON-DISTINCT",
        words="In the zone both servers have the same addresses; glue differs.",
        hosts={"ns2": "192.0.2.1 2001:db8:1::1"},
    ),
    Case(
        test="DELEGATION02",
        scenario="NON-DISTINCT-1",
        words="Two of three servers are one machine.",
        delegated="ns1 ns2 ns3",
        glue={"ns2": "192.0.2.1 2001:db8:1::1"},
        hosts={"ns2": "192.0.2.1 2001:db8:1::1"},
    ),
    Case(
        test="DELEGATION02",
        scenario="NON-DISTINCT-2",
        words="Two servers in another domain are one machine with IPv4 only.",
        delegated="out1 out2",
        hosts={"out1": "192.0.2.101", "out2": "192.0.2.101"},
        dual="192.0.2.101",
        ipv4="192.0.2.101",
    ),
    Case(
        test="DELEGATION02",
        scenario="NON-DISTINCT-3",
        words="Two of three servers in a sister domain are one machine.",
        delegated="sib1 sib2 sib3",
        glue={"sib2": "192.0.2.151 2001:db8:151::1"},
        hosts={"sib2": "192.0.2.151 2001:db8:151::1"},
    ),
    Case(
        test="DELEGATION04",
        scenario="one of two not authoritative",
        words="One server refuses, so the other is alone.",
        ill={"ns2": "refused"},
        dual="ns1",
        ipv4="ns1 192.0.2.1",
    ),
    Case(
        test="DELEGATION05",
        scenario="an NS record points to an alias",
        words="One of the two names is an alias, which nobody has to follow.",
        glue={"ns2": ""},
        hosts={"ns2": ""},
        alias="ns2=out1",
        dual="ns1",
        ipv4="ns1 192.0.2.1",
    ),
    Case(
        test="BASIC01",
        scenario="NO-CHILD-1",
        words="The parent denies the name: www is not offered.",
        no_www=True,
    ),
    Case(
        test="BASIC01",
        scenario="GOOD-MIXED-2",
        words="One server of the parent serves the child as well.",
        child="kid1 ns2",
    ),
    Case(
        test="BASIC01",
        scenario="GOOD-PARENT-HOST-1",
        words="The child is on the servers of the parent.",
        child="ns1 ns2",
    ),
    Case(
        test="BASIC01",
        scenario="CHLD-FOUND-INCONSIST-1",
        words="One of two servers of the parent holds an empty copy, and denies the child.",
        child="kid1 kid2",
        ill={"ns2": "empty"},
        dual="ns1",
        ipv4="ns1 192.0.2.1",
    ),
    Case(
        test="BASIC02",
        scenario="MIXED-1",
        words="Of four servers one is silent, one fails, and one leaves AA away.",
        delegated="ns1 ns2 ns3 ns4",
        ill={"ns2": "silent", "ns3": "servfail", "ns4": "without-authority"},
    ),
    Case(
        test="BASIC02",
        scenario="NS-NOT-AUTH-1",
        words="Both servers leave AA away; resolvers use their answers.",
        ill={"ns1": "without-authority", "ns2": "without-authority"},
    ),
    Case(
        test="BASIC02",
        scenario="NS-NO-IP-1",
        words="Two servers in the domain without glue: nobody finds either.",
        glue={"ns1": "", "ns2": ""},
        dual=FAILS,
        ipv4=FAILS,
    ),
    Case(
        test="BASIC02",
        scenario="NS-NO-IP-2",
        words="The names of both servers exist and have no address.",
        delegated="out1 out2",
        hosts={"out1": "", "out2": ""},
        dual=FAILS,
        ipv4=FAILS,
    ),
    Case(
        test="BASIC02",
        scenario="NS-NO-IP-3",
        words="Of the names of the servers one does not exist.",
        delegated="ns1 out1",
        hosts={"out1": ""},
        dual="ns1",
        ipv4="ns1 192.0.2.1",
    ),
    Case(
        test="BASIC02",
        scenario="NS-NO-RESPONSE-1",
        words="At the addresses of both servers nobody listens.",
        absent="ns1 ns2",
        dual=FAILS,
        ipv4=FAILS,
    ),
    Case(
        test="BASIC02",
        scenario="UNEXPECTED-RCODE-1",
        words="One refuses, one fails.",
        ill={"ns1": "refused", "ns2": "servfail"},
        dual=FAILS,
        ipv4=FAILS,
    ),
    Case(
        test="CONSISTENCY04",
        scenario="NS sets differ",
        words="Parent and zone have one server of two in common.",
        delegated="ns1 ns2",
        own="ns2 ns3",
    ),
    Case(
        test="CONSISTENCY05",
        scenario="ADDRESSES-MATCH-3",
        words="One of two leaves AA away.",
        ill={"ns1": "without-authority"},
    ),
    Case(
        test="CONSISTENCY05",
        scenario="ADDRESSES-MATCH-4",
        words="One of two fails.",
        ill={"ns1": "servfail"},
        dual="ns2",
        ipv4="ns2 192.0.2.2",
    ),
    Case(
        test="CONSISTENCY05",
        scenario="ADDRESSES-MATCH-5",
        words="One of two is silent.",
        ill={"ns1": "silent"},
        dual="ns2",
        ipv4="ns2 192.0.2.2",
    ),
    Case(
        test="CONSISTENCY05",
        scenario="ADDRESSES-MATCH-6",
        words="Servers in a sister domain, with glue.",
        delegated="sib1 sib2",
    ),
    Case(
        test="CONSISTENCY05",
        scenario="ADDRESSES-MATCH-7",
        words="Servers in a zone below, glued at both cuts.",
        delegated="sub1 sub2",
    ),
    Case(
        test="CONSISTENCY05",
        scenario="CHILD-ZONE-LAME-1",
        words="Neither answers.",
        ill={"ns1": "silent"},
        absent="ns2",
        dual=FAILS,
        ipv4=FAILS,
    ),
    Case(
        test="CONSISTENCY05",
        scenario="CHILD-ZONE-LAME-2",
        words="One leaves AA away, which resolvers use; the other fails.",
        ill={"ns1": "without-authority", "ns2": "servfail"},
        dual="ns1",
        ipv4="ns1 192.0.2.1",
    ),
    Case(
        test="CONSISTENCY05",
        scenario="ID-ADDR-MISMATCH-1",
        words="Glue of ns2 is not what the zone says; it serves at both.",
        hosts={"ns2": "192.0.2.3 2001:db8:3::1"},
    ),
    Case(
        test="CONSISTENCY05",
        scenario="ID-ADDR-MISMATCH-2",
        words="The zone has no address of ns2; glue is enough.",
        hosts={"ns2": ""},
    ),
    Case(
        test="CONSISTENCY05",
        scenario="ID-ADDR-MISMATCH-3",
        words="ns2 is delegated to, unknown to the zone, and gone.",
        own="ns1",
        hosts={"ns2": ""},
        absent="ns2",
        dual="ns1",
        ipv4="ns1 192.0.2.1",
    ),
    Case(
        test="CONSISTENCY05",
        scenario="ID-ADDR-MISMATCH-4",
        words="The zone has no address of either server; glue is enough.",
        hosts={"ns1": "", "ns2": ""},
    ),
    Case(
        test="CONSISTENCY05",
        scenario="EXTRA-ADDRESS-CHILD",
        words="The zone has a further address of the only server, found too late.",
        delegated="ns1",
        glue={"ns1": "192.0.2.1"},
        hosts={"ns1": "192.0.2.1 192.0.2.2"},
        dual="ns1 192.0.2.1",
        ipv4="ns1 192.0.2.1",
    ),
    Case(
        test="CONSISTENCY05",
        scenario="OOD-ADDR-MISMATCH",
        words="Glue of a sister's server is not what its zone says; it serves at both.",
        delegated="sib1",
        glue={"sib1": "192.0.2.151"},
        hosts={"sib1": "192.0.2.152"},
        dual="sib1 192.0.2.151",
        ipv4="sib1 192.0.2.151",
    ),
    Case(
        test="METHODSV2",
        scenario="GOOD-3",
        words="Child with servers in itself, in the parent and elsewhere.",
        child="kid1 ns3 out1",
    ),
    Case(
        test="METHODSV2",
        scenario="GOOD-5",
        words="Child on two servers of its own and one of the parent.",
        child="kid1 kid2 ns1",
    ),
    Case(
        test="METHODSV2",
        scenario="DIFF-NS-1",
        words="Parent and child name the same machines otherwise.",
        delegated="ns1 ns2",
        own="ns3 ns4",
        hosts={
            "ns1": "",
            "ns2": "",
            "ns3": "192.0.2.1 2001:db8:1::1",
            "ns4": "192.0.2.2 2001:db8:2::1",
        },
    ),
    Case(
        test="METHODSV2",
        scenario="DIFF-NS-2",
        words="Delegated to ns1, which serves, and ns2, which does not; the zone has other names.",
        delegated="ns1 ns2",
        own="ns3 ns4",
        hosts={"ns1": "", "ns2": "", "ns3": "192.0.2.1 2001:db8:1::1"},
        absent="ns2",
        dual="ns1",
        ipv4="ns1 192.0.2.1",
    ),
    Case(
        test="METHODSV2",
        scenario="CHILD-NO-ZONE-1",
        words="The servers of the child have no such zone, and fail.",
        child="kid1 kid2",
        ill={"kid1": "servfail", "kid2": "servfail"},
        dual=FAILS,
        ipv4=FAILS,
    ),
    Case(
        test="METHODSV2",
        scenario="CHILD-NO-ZONE-2",
        words="The only server of the child that answers is in another domain.",
        child="kid1 out1",
        absent="kid1",
        dual="out1",
        ipv4="out1 192.0.2.101",
    ),
)
