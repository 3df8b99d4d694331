"""One record set, its signatures and the keys of its zone: does one of them hold? (RFC 4035, 5.3)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, Final, TypeAlias

import dns.dnssec
import dns.dnssecalgs
import dns.exception
import dns.name
import dns.rdataset

from depgraph.dnssec.evidence import RecordSet
from depgraph.observations import format_time
from depgraph.records.rdata import name_of
from depgraph.vocabulary import Reason

AVAILABLE: Final = bool(dns.dnssecalgs.algorithms)
"""Whether signatures can be checked: whether `cryptography` is installed."""

ALGORITHMS: Final = frozenset({5, 7, 8, 10, 13, 14, 15, 16})
"""Signing algorithms that are checked (IANA, DNS Security Algorithm Numbers): RSA with SHA-1,
SHA-256 and SHA-512, ECDSA P-256 and P-384, Ed25519 and Ed448; not RSA/MD5, DSA and GOST, which
validators must not or need not know (RFC 8624, section 3.1). A zone with others only is
insecure (RFC 4035, section 5.2)."""
_DIGESTS: Final[Mapping[int, Callable[[bytes], Any]]] = MappingProxyType(
    {1: hashlib.sha1, 2: hashlib.sha256, 4: hashlib.sha384}
)
DIGESTS: Final = frozenset(_DIGESTS)
"""Digests of DS records that are checked: SHA-1, SHA-256, SHA-384 (RFC 8624, section 3.3)."""

_TRIED: Final = 8
"""Signatures over one record set that are tried, and keys for one signature, as in Unbound:
a hostile zone must not keep us busy (CVE-2023-50387)."""
_ZONE_KEY: Final = 0x0100
_REVOKED: Final = 0x0080


@dataclass(frozen=True, slots=True)
class Held:
    """A signature that holds.

    Parameters
    ----------
    until, since
        Between which times.
    labels
        Labels of the owner that was signed: fewer than the name has if a wildcard made it.
    """

    until: datetime
    since: datetime
    labels: int


def usable(key: Any) -> bool:
    """Tell whether a DNSKEY may sign records of its zone (RFC 4034, section 2.1; RFC 5011)."""
    return (
        bool(key.flags & _ZONE_KEY)
        and not key.flags & _REVOKED
        and key.protocol == 3
        and int(key.algorithm) in ALGORITHMS
    )


Keys: TypeAlias = Mapping[tuple[int, int], Sequence[Any]]
"""DNSKEY records by algorithm and key tag, by which signatures and DS records name them."""


def tagged(keys: Iterable[Any]) -> Keys:
    """Sort keys by what names them; their tags are computed once, of however many signatures."""
    found: dict[tuple[int, int], list[Any]] = {}
    for key in keys:
        found.setdefault((int(key.algorithm), dns.dnssec.key_id(key)), []).append(key)
    return found


def verify(
    records: RecordSet, signatures: Iterable[Any], keys: Keys, zone: str, moment: datetime
) -> Held | Reason:
    """Check a record set with the keys of its zone.

    Parameters
    ----------
    records, signatures
        The record set, and the RRSIG records over its name and type.
    keys
        Keys of the zone that are trusted.
    zone
        The zone that must have signed.
    moment
        For which the signatures must hold. No clock skew is allowed for.

    Returns
    -------
    Held or Reason
        The signature that holds longest, or why none does.
    """
    names = {"name": records.name, "question": records.kind}
    rrset = records.rrset
    if rrset is None:
        return Reason.of("signature-wrong", **names)
    held: list[Held] = []
    faults: list[tuple[int, Reason]] = [(9, Reason.of("signature-missing", **names))]
    for signature in list(signatures)[:_TRIED]:
        until, since = _time(signature.expiration), _time(signature.inception)
        if name_of(signature.signer) != zone or int(signature.algorithm) not in ALGORITHMS:
            faults.append((4, Reason.of("signature-wrong", **names)))
        elif until < moment:
            faults.append((1, Reason.of("signature-expired", time=format_time(until), **names)))
        elif since > moment:
            faults.append((2, Reason.of("signature-future", time=format_time(since), **names)))
        elif _genuine(rrset, signature, keys, moment):
            held.append(Held(until, since, int(signature.labels)))
        else:
            faults.append((3, Reason.of("signature-wrong", **names)))
    if held:
        return max(held, key=lambda one: one.until)
    return min(faults, key=lambda fault: (fault[0], str(fault[1])))[1]


def _genuine(rrset: Any, signature: Any, keys: Keys, moment: datetime) -> bool:
    candidates = keys.get((int(signature.algorithm), signature.key_tag), ())
    if not candidates:
        return False
    published = dns.rdataset.from_rdata_list(0, candidates[:_TRIED])
    try:
        dns.dnssec.validate_rrsig(
            rrset,
            signature,
            {signature.signer: published},
            now=moment.timestamp(),
            policy=dns.dnssec.allow_all_policy,
        )
    except (dns.exception.DNSException, ValueError, NotImplementedError):
        return False
    return True


def named_by(keys: Keys, named: Iterable[Any], zone: str) -> list[Any]:
    """List those of some DNSKEY records that DS records name."""
    owner = dns.name.from_text(zone).canonicalize().to_wire() or b""
    wanted: dict[tuple[int, int], set[tuple[int, bytes]]] = {}
    for ds in named:
        words = wanted.setdefault((int(ds.algorithm), ds.key_tag), set())
        words.add((int(ds.digest_type), ds.digest))
    return [
        key
        for tag, digests in wanted.items()
        for key in keys.get(tag, ())
        if any(
            (kind, _DIGESTS[kind](owner + key.to_wire()).digest()) in digests
            for kind in {kind for kind, _ in digests}
        )
    ]


def _time(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
