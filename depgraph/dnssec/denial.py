"""Proofs that something does not exist: NSEC (RFC 4035, 5.4) and NSEC3 (RFC 5155, section 8)."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Final

import dns.dnssec
import dns.name
import dns.rdatatype

ITERATIONS: Final = 150
"""Most NSEC3 iterations that are computed. A zone with more is insecure where its NSEC3 records
decide (RFC 9276, section 3.2, lets validators choose; 150 is what Unbound has by default)."""

CHAINS: Final = 8
"""NSEC3 chains of one zone that are looked through. It has one, or two while it changes its
parameters; by each more every name has to be hashed once more (CVE-2023-50868)."""

_SHA1: Final = 1
_OPT_OUT: Final = 0x01


class Denial(Enum):
    """What the proofs of a zone say of a question."""

    PROVEN = auto()  # there is no such record
    DELEGATION = auto()  # a zone begins there, and has no DS
    OPT_OUT = auto()  # unsigned delegations may lie there (RFC 5155, section 6)
    TOO_MANY = auto()  # more iterations than are computed
    UNPROVEN = auto()


@dataclass(frozen=True, slots=True)
class _Proof:
    """An NSEC record, or an NSEC3 record by its hash: what owns it, what follows, which types.

    `owner` and `next` are names of NSEC, hashes of NSEC3; both have an order.
    """

    owner: Any
    next: Any
    types: frozenset[int]
    opt_out: bool = False

    def covers(self, place: Any) -> bool:
        """Tell whether nothing stands at a place: the last record leads round to the first."""
        if self.owner < self.next:
            return bool(self.owner < place < self.next)
        return bool(place > self.owner or place < self.next)

    def lacks(self, kind: int) -> bool:
        """Tell whether a name that is this record's owner has no record of a type, nor an alias."""
        return not self.types & {kind, dns.rdatatype.CNAME}

    @property
    def delegates(self) -> bool:
        """Whether it stands at a zone cut, on the parent's side."""
        return dns.rdatatype.NS in self.types and dns.rdatatype.SOA not in self.types

    @property
    def leads_away(self) -> bool:
        """Whether it says nothing of the names below it (RFC 6840, section 4.1)."""
        return self.delegates or dns.rdatatype.DNAME in self.types


class Proofs:
    """The NSEC and NSEC3 records of one zone whose signatures hold.

    Parameters
    ----------
    zone
        Its apex.
    nsec, nsec3
        Pairs of owner and record.
    """

    def __init__(
        self,
        zone: dns.name.Name,
        nsec: Iterable[tuple[dns.name.Name, Any]],
        nsec3: Iterable[tuple[dns.name.Name, Any]],
    ) -> None:
        self._zone = zone
        self._nsec = [_Proof(owner, record.next, _types(record)) for owner, record in nsec]
        self._chains: dict[tuple[int, bytes], list[_Proof]] = {}
        self._too_many = False
        for owner, record in nsec3:
            if record.algorithm != _SHA1 or record.flags & ~_OPT_OUT:
                continue  # RFC 5155, sections 8.1 and 8.2: to be ignored
            if record.iterations > ITERATIONS:
                self._too_many = True
                continue
            hashed = _unhashed(owner)
            key = (record.iterations, record.salt)
            if key not in self._chains and len(self._chains) >= CHAINS:
                self._too_many = True
            elif hashed is not None:
                proof = _Proof(hashed, record.next, _types(record), bool(record.flags & _OPT_OUT))
                self._chains.setdefault(key, []).append(proof)

    def no_ds(self, name: dns.name.Name) -> Denial:
        """Say whether a name has no DS record in this zone, and whether a zone begins there."""
        return self._best(
            [self._no_ds_by_nsec(name), *(self._no_ds_by(c, name) for c in self._hashed())]
        )

    def no_data(self, name: dns.name.Name, kind: int) -> Denial:
        """Say whether a name has no record of a type; it may exist or not."""
        return self._best(
            [
                self._no_data_by_nsec(name, kind),
                *(self._no_data_by(c, name, kind) for c in self._hashed()),
            ]
        )

    def no_name(self, name: dns.name.Name) -> Denial:
        """Say whether a name does not exist, nor a wildcard that would make it."""
        return self._best(
            [self._no_name_by_nsec(name), *(self._no_name_by(c, name) for c in self._hashed())]
        )

    def expanded(self, name: dns.name.Name, labels: int) -> Denial:
        """Say whether a wildcard had to make a record: whether nothing nearer to the name exists.

        Parameters
        ----------
        labels
            Labels of the wildcard without its asterisk, the root not counted: of the RRSIG.
        """
        nearer = name.split(labels + 2)[1]  # one label more than the closest encloser
        found = [Denial.PROVEN for proof in self._nsec if self._covers(proof, name)]
        for chain in self._hashed():
            found += [_opted(proof) for proof in chain.covering(nearer)]
        return self._best(found)

    def _best(self, found: Sequence[Denial]) -> Denial:
        settled = [one for one in found if one is not Denial.UNPROVEN]
        if settled:
            return settled[0]
        return Denial.TOO_MANY if self._too_many else Denial.UNPROVEN

    # -- NSEC ------------------------------------------------------------------------------

    def _covers(self, proof: _Proof, name: dns.name.Name) -> bool:
        below_cut = name.is_subdomain(proof.owner) and proof.leads_away
        return name != proof.owner and not below_cut and proof.covers(name)

    def _no_ds_by_nsec(self, name: dns.name.Name) -> Denial:
        for proof in self._nsec:
            if proof.owner == name and dns.rdatatype.SOA not in proof.types:
                return _no_ds_at(proof)
            if self._covers(proof, name):
                return Denial.PROVEN
        return Denial.UNPROVEN

    def _no_data_by_nsec(self, name: dns.name.Name, kind: int) -> Denial:
        for proof in self._nsec:
            if proof.owner == name:
                if not proof.delegates and proof.lacks(kind):
                    return Denial.PROVEN
            elif self._covers(proof, name) and proof.next.is_subdomain(name):
                return Denial.PROVEN  # the name has no records, names below it have
        encloser = self._encloser(name)
        if encloser is None:
            return Denial.UNPROVEN
        wildcard = dns.name.from_text("*", encloser)
        made = any(p.owner == wildcard and p.lacks(kind) for p in self._nsec)
        return Denial.PROVEN if made else Denial.UNPROVEN

    def _no_name_by_nsec(self, name: dns.name.Name) -> Denial:
        encloser = self._encloser(name)
        if encloser is None:
            return Denial.UNPROVEN
        wildcard = dns.name.from_text("*", encloser)
        covered = any(self._covers(proof, wildcard) for proof in self._nsec)
        return Denial.PROVEN if covered else Denial.UNPROVEN

    def _encloser(self, name: dns.name.Name) -> dns.name.Name | None:
        """Return the closest encloser of a name that is proven not to exist, None if it is not."""
        for proof in self._nsec:
            if self._covers(proof, name) and not proof.next.is_subdomain(name):
                shared = max(name.fullcompare(n)[2] for n in (proof.owner, proof.next))
                return name.split(shared)[1]
        return None

    # -- NSEC3 -----------------------------------------------------------------------------

    def _hashed(self) -> list[_Chain]:
        return [_Chain(self._zone, *key, proofs) for key, proofs in self._chains.items()]

    def _no_ds_by(self, chain: _Chain, name: dns.name.Name) -> Denial:
        for proof in chain.at(name):
            if dns.rdatatype.SOA not in proof.types:
                return _no_ds_at(proof)
        closest = chain.closest(name)
        return _opted(closest[1]) if closest else Denial.UNPROVEN

    def _no_data_by(self, chain: _Chain, name: dns.name.Name, kind: int) -> Denial:
        for proof in chain.at(name):
            if not proof.delegates and proof.lacks(kind):
                return Denial.PROVEN
        closest = chain.closest(name)
        if closest is None:
            return Denial.UNPROVEN
        wildcard = dns.name.from_text("*", closest[0])
        made = any(proof.lacks(kind) for proof in chain.at(wildcard))
        return Denial.PROVEN if made else Denial.UNPROVEN

    def _no_name_by(self, chain: _Chain, name: dns.name.Name) -> Denial:
        closest = chain.closest(name)
        if closest is None:
            return Denial.UNPROVEN
        wildcard = dns.name.from_text("*", closest[0])
        return _opted(closest[1]) if chain.covering(wildcard) else Denial.UNPROVEN


@dataclass(frozen=True, slots=True)
class _Chain:
    """The NSEC3 records of a zone with the same parameters."""

    zone: dns.name.Name
    iterations: int
    salt: bytes
    proofs: list[_Proof]

    def _hash(self, name: dns.name.Name) -> bytes:
        return base64.b32hexdecode(
            dns.dnssec.nsec3_hash(name, self.salt, self.iterations, _SHA1).upper()
        )

    def at(self, name: dns.name.Name) -> list[_Proof]:
        """List the records of a name."""
        hashed = self._hash(name)
        return [proof for proof in self.proofs if proof.owner == hashed]

    def covering(self, name: dns.name.Name) -> list[_Proof]:
        """List the records that say that a name does not exist."""
        hashed = self._hash(name)
        return [proof for proof in self.proofs if proof.owner != hashed and proof.covers(hashed)]

    def closest(self, name: dns.name.Name) -> tuple[dns.name.Name, _Proof] | None:
        """Return the closest encloser of a name, and what proves that nothing is nearer to it.

        Returns
        -------
        tuple or None
            None where it is not proven that the name does not exist (RFC 5155, section 8.3).
        """
        nearer = name
        while nearer != self.zone and nearer.is_subdomain(self.zone):
            encloser = nearer.parent()
            if any(not proof.leads_away for proof in self.at(encloser)):
                proofs = self.covering(nearer)
                return (encloser, proofs[0]) if proofs else None
            nearer = encloser
        return None


def _no_ds_at(proof: _Proof) -> Denial:
    if dns.rdatatype.DS in proof.types:
        return Denial.UNPROVEN
    return Denial.DELEGATION if dns.rdatatype.NS in proof.types else Denial.PROVEN


def _opted(proof: _Proof) -> Denial:
    return Denial.OPT_OUT if proof.opt_out else Denial.PROVEN


def _types(record: Any) -> frozenset[int]:
    """Read a type bit map (RFC 4034, section 4.1.2)."""
    found = set()
    for window, bitmap in record.windows:
        for index, octet in enumerate(bitmap):
            found |= {window * 256 + index * 8 + bit for bit in range(8) if octet & (0x80 >> bit)}
    return frozenset(found)


def _unhashed(owner: dns.name.Name) -> bytes | None:
    """Return the hash that is the first label of an NSEC3 owner."""
    try:
        return base64.b32hexdecode(owner.labels[0].upper())
    except (binascii.Error, ValueError):
        return None
