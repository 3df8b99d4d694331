"""Zones of the lab signed for DNSSEC, well or badly on purpose (RFC 4034, RFC 5155).

Each zone has one key (ECDSA P-256) that signs everything. dnspython makes keys and signatures;
the chains of NSEC and NSEC3 records are made here, since it writes NSEC only.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

import dns.dnssec
import dns.name
import dns.node
import dns.rdata
import dns.rdataclass
import dns.rdatatype
import dns.rrset
import dns.zonefile
from cryptography.hazmat.primitives.asymmetric import ec
from dns.dnssectypes import Algorithm
from dns.rdtypes.ANY.NSEC import Bitmap

from depgraph import names

from .world import TTL, World, Zone, zone_file

ALGORITHM = Algorithm.ECDSAP256SHA256
UNKNOWN_ALGORITHM = 100  # unassigned (IANA, DNS Security Algorithm Numbers)
UNKNOWN_DIGEST = 200


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How one zone is signed.

    Parameters
    ----------
    signed
        False leaves it as it is, and its parent without a DS.
    days
        From when to when its signatures hold, counted from now.
    ds
        ``good``, ``wrong`` (another key's), ``digest`` (of an unknown type) or ``none``.
    keys
        False leaves the DNSKEY set out.
    stranger
        Another key, which is not published, signs all but the DNSKEY set.
    algorithm
        The number that stands for the algorithm, whatever it is.
    hashed
        None for NSEC, else the iterations of NSEC3.
    opt_out
        Whether NSEC3 records leave unsigned delegations out.
    proofs
        False leaves the NSEC or NSEC3 records out.
    spoiled
        Owners whose A records are changed after signing.
    """

    signed: bool = True
    days: tuple[float, float] = (-1, 20)
    ds: str = "good"
    keys: bool = True
    stranger: bool = False
    algorithm: int = ALGORITHM
    hashed: int | None = None
    opt_out: bool = False
    proofs: bool = True
    spoiled: tuple[str, ...] = ()


class _Key:
    def __init__(self, algorithm: int) -> None:
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.honest = dns.dnssec.make_dnskey(self.private.public_key(), ALGORITHM, flags=257)
        self.public = self.honest.replace(algorithm=algorithm)

    def sign(self, rrset: dns.rrset.RRset, zone: dns.name.Name, plan: Plan, now: datetime) -> Any:
        begin, end = (now + timedelta(days=days) for days in plan.days)
        made = dns.dnssec.sign(
            rrset, self.private, zone, self.honest, inception=begin, expiration=end
        )
        tag = dns.dnssec.key_id(self.public)
        return made.replace(algorithm=plan.algorithm, key_tag=tag)


@dataclass(frozen=True)
class Signer:
    """Signs the zones of a world.

    Parameters
    ----------
    world
        The zones.
    plans
        How each is signed; a zone without a plan is signed well.
    """

    world: World
    plans: Mapping[str, Plan] = field(default_factory=dict)
    now: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))
    _keys: dict[str, _Key] = field(default_factory=dict)

    def plan(self, zone: str) -> Plan:
        """Give how a zone is signed."""
        return self.plans.get(zone, Plan())

    def _key(self, zone: str) -> _Key:
        if zone not in self._keys:
            self._keys[zone] = _Key(self.plan(zone).algorithm)
        return self._keys[zone]

    @cached_property
    def anchors(self) -> dict[str, tuple[str, ...]]:
        """Give the trust anchor: the DS of the root's key."""
        return {names.ROOT: (self._ds(names.ROOT).to_text(),)}

    def _ds(self, zone: str) -> Any:
        plan = self.plan(zone)
        key = _Key(plan.algorithm) if plan.ds == "wrong" else self._key(zone)
        made = dns.dnssec.make_ds(_absolute(zone), key.public, "SHA256")
        return made.replace(digest_type=UNKNOWN_DIGEST) if plan.ds == "digest" else made

    def zone_file(self, z: Zone) -> str:
        """Write a zone as a master file, signed as planned."""
        plan = self.plan(z.name)
        text = zone_file(self.world, z) + "".join(self._delegations(z))
        if not plan.signed:
            return text
        apex = _absolute(z.name)
        sets = _read(text, apex)
        if plan.keys:
            _add(sets, apex, self._key(z.name).public)
        cuts = {owner for owner, kind in sets if kind == dns.rdatatype.NS and owner != apex}
        held = {key: rrset for key, rrset in sets.items() if _is_held(key, cuts)}
        if plan.proofs:
            chain = (
                _nsec(apex, held, cuts) if plan.hashed is None else _nsec3(apex, held, cuts, plan)
            )
            held |= {(r.name, r.rdtype): r for r in chain}
        lines = [text] + [
            rrset.to_text() + "\n" for key, rrset in held.items() if key not in sets or key[1] == 48
        ]
        stranger = _Key(plan.algorithm) if plan.stranger else self._key(z.name)
        for (owner, kind), rrset in held.items():
            if kind == dns.rdatatype.NS and owner != apex:
                continue
            key = self._key(z.name) if kind == dns.rdatatype.DNSKEY else stranger
            signature = key.sign(rrset, apex, plan, self.now)
            lines.append(f"{owner} {rrset.ttl} IN RRSIG {signature.to_text()}\n")
        signed = "".join(lines)
        for spoiled in plan.spoiled:
            signed = _spoil(signed, f"{spoiled}.")
        return signed

    def _delegations(self, z: Zone) -> Iterator[str]:
        for child in self.world.zones:
            plan = self.plan(child.name)
            if child is z or self.world.parent_of(child) is not z:
                continue
            if plan.signed and plan.ds != "none":
                yield f"{_absolute(child.name)} {TTL} IN DS {self._ds(child.name).to_text()}\n"


_Sets = dict[tuple[dns.name.Name, int], dns.rrset.RRset]


def _absolute(name: str) -> dns.name.Name:
    return dns.name.from_text(name)


def _read(text: str, apex: dns.name.Name) -> _Sets:
    records = "".join(n for n in text.splitlines(keepends=True) if not n.startswith("$"))
    rrsets = dns.zonefile.read_rrsets(records, rdclass=None, origin=apex, relativize=False)
    return {(rrset.name, rrset.rdtype): rrset for rrset in rrsets}


def _add(sets: _Sets, owner: dns.name.Name, rdata: Any) -> None:
    sets[owner, rdata.rdtype] = dns.rrset.from_rdata(owner, TTL, rdata)


def _is_held(key: tuple[dns.name.Name, int], cuts: Iterable[dns.name.Name]) -> bool:
    """Tell whether a zone has authority for a record set, or delegates with it."""
    owner, kind = key
    for cut in cuts:
        if owner == cut:
            return kind in (dns.rdatatype.NS, dns.rdatatype.DS)
        if owner.is_subdomain(cut):
            return False
    return True


def _types(sets: _Sets, cuts: set[dns.name.Name]) -> dict[dns.name.Name, set[int]]:
    found: dict[dns.name.Name, set[int]] = {}
    for owner, kind in sets:
        found.setdefault(owner, set()).add(kind)
    for owner, kinds in found.items():
        if owner not in cuts or dns.rdatatype.DS in kinds:
            kinds.add(dns.rdatatype.RRSIG)
    return found


def _nsec(apex: dns.name.Name, sets: _Sets, cuts: set[dns.name.Name]) -> Iterator[dns.rrset.RRset]:
    types = _types(sets, cuts)
    owners = sorted(types)
    for owner, following in zip(owners, [*owners[1:], apex], strict=True):
        kinds = types[owner] | {dns.rdatatype.NSEC, dns.rdatatype.RRSIG}
        windows = Bitmap.from_rdtypes(list(map(dns.rdatatype.RdataType.make, kinds)))
        text = f"{following} {windows.to_text().strip()}"
        yield dns.rrset.from_text(owner, TTL, "IN", "NSEC", text)


def _nsec3(
    apex: dns.name.Name, sets: _Sets, cuts: set[dns.name.Name], plan: Plan
) -> Iterator[dns.rrset.RRset]:
    types = _types(sets, cuts)
    if plan.opt_out:
        types = {o: k for o, k in types.items() if o not in cuts or dns.rdatatype.DS in k}
    above = [owner.parent() for owner in types if owner != apex]
    while above:  # empty non-terminals have NSEC3 records too
        owner = above.pop()
        if owner not in types:
            types[owner] = set()
            above.append(owner.parent())
    types[apex].add(dns.rdatatype.NSEC3PARAM)
    salt = "ab12"
    hashed = {
        dns.dnssec.nsec3_hash(owner, salt, plan.hashed or 0, 1): kinds
        for owner, kinds in types.items()
    }
    param = f"1 0 {plan.hashed} {salt}"
    yield dns.rrset.from_text(apex, TTL, "IN", "NSEC3PARAM", param)
    owners = sorted(hashed, key=base64.b32hexdecode)
    for owner, following in zip(owners, [*owners[1:], owners[0]], strict=True):
        kinds = list(map(dns.rdatatype.RdataType.make, hashed[owner]))
        windows = Bitmap.from_rdtypes(kinds).to_text().strip() if kinds else ""
        text = f"1 {int(plan.opt_out)} {plan.hashed} {salt} {following} {windows}"
        name = dns.name.from_text(owner.lower(), apex)
        yield dns.rrset.from_text(name, TTL, "IN", "NSEC3", text)


def _spoil(text: str, owner: str) -> str:
    """Change the address of an owner: what was signed is no longer what is there."""
    spoiled = []
    for line in text.splitlines(keepends=True):
        words = line.split()
        changed = words[:1] == [owner] and words[3:4] == ["A"]
        spoiled.append(line.replace(words[4], "198.51.100.250") if changed else line)
    return "".join(spoiled)
