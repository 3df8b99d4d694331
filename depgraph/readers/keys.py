"""The records of plain JSON Lines: what each key of ``records`` becomes.

====================== =====================================================================
record                 meaning
====================== =====================================================================
CNAME                  several are a chain, in its order
PTR                    reverse names of the address of the line, where it has one only
NS_REGISTERED_DOMAIN   registered domains of the name servers
MX_A                   ``exchange address``
MX_ASN                 origin AS of the mail exchanges, not said of which
ASN                    origin AS of the addresses, where there is one AS or one address only
SPF_INCLUDES           names after ``include:``
SPF_EXPANDED           the SPF record and all that it includes, in one text
DKIM_CNAME             ``owner target``
AUTODISCOVER_CNAME     the target, or ``owner target``; so AUTODISCOVER_SRV
TXT_VERIFICATION       ``who=token``
RDNS_OR_CNAME          a reverse name of the address or an alias, not said which
CERT_ISSUER            organisations that issued a certificate of the host
REGISTRAR              name of the registrar; REGISTRAR_IANA_ID: its number
ALIAS                  target that the DNS operator resolves by itself, also as JSON with its
                       ``name``; the operator may stand before it (``Route53Provider/ALIAS``)
====================== =====================================================================
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from depgraph.errors import RecordingError
from depgraph.names import canonical, registered_domain
from depgraph.observations import Status
from depgraph.records import rdata, reading
from depgraph.records.text import escaped, facts, field
from depgraph.text_safety import quote

_OF_THE_HOST: Final = frozenset(
    {"A", "AAAA", "CNAME", "HTTPS", "RDNS_OR_CNAME", "CERT_ISSUER", "ALIAS"}
)
_PARTIAL: Final = {
    "NS_REGISTERED_DOMAIN": "ns-domain",
    "MX_ASN": "mx-origin",
    "SPF_EXPANDED": "spf-expanded",
    "SPF_INCLUDES": "spf-include",
    "TXT_VERIFICATION": "verification",
    "RDNS_OR_CNAME": "rdns-or-cname",
}
"""Record keys of which the data set kept less than the record, and the word that observations
use for each."""

_FIELDS: Final = {
    "CERT_ISSUER": ("certificate", "issuer-organisation"),
    "REGISTRAR": ("registration", "registrar"),
    "REGISTRAR_IANA_ID": ("registration", "registrar-id"),
}
"""Record keys that are one field of an observation: its type, and the field."""

_OWNED: Final = {  # "owner target", or the target alone at the usual owner
    "DKIM_CNAME": ("CNAME", ""),
    "AUTODISCOVER_CNAME": ("CNAME", "autodiscover"),
    "AUTODISCOVER_SRV": ("SRV", "_autodiscover._tcp"),
    "MX_A": ("A", ""),
}
_NAMES: Final = frozenset({"ns-domain", "spf-include", "rdns-or-cname"})
_VERIFIERS: Final = {"microsoft": "MS", "google": "google-site-verification"}
"""Words of data sets for whose token it is, and what stands in the TXT record itself."""

Add = Callable[..., None]
"""Adds an observation."""


@dataclass(frozen=True, slots=True)
class Owner:
    """What the records of a line or of an entry of it belong to.

    Parameters
    ----------
    domain, host
        The name, and the one that its addresses and aliases belong to.
    addresses
        The addresses of the host, which its ASN and PTR belong to.
    """

    domain: str
    host: str
    addresses: tuple[str, ...] = ()


def read_record(add: Add, owner: Owner, key: str, values: list[Any]) -> None:
    """Add the observations that the values under one key are.

    Parameters
    ----------
    add
        Takes the subject, type and values of each, and its status and note if need be.
    owner
        Whose records they are.
    key, values
        As they stand in the line.

    Raises
    ------
    RecordingError
        If the key is not known, or its values are not of its form.
    """
    texts = [str(v) if isinstance(v, int) and not isinstance(v, bool) else v for v in values]
    if not all(isinstance(text, str) for text in texts):
        raise RecordingError(f"expected a list of texts under {key!a}, found {quote(values)}")
    last = key.rpartition("/")[2]
    name = owner.host if last in _OF_THE_HOST else owner.domain
    if key == "CNAME":
        _chain(add, name, texts)
    elif key == "PTR" and owner.addresses:
        _pointers(add, owner, texts)
    elif rdata.is_type(key):
        _wire(add, name, key, texts)
    elif key == "ASN":
        _origins(add, owner, texts)
    elif key in _PARTIAL:
        add(name, _PARTIAL[key], _partial(_PARTIAL[key], texts))
    elif key in _FIELDS:
        _fields(add, name, key, texts)
    elif key in _OWNED:
        _owned(add, owner.domain, key, texts)
    elif last == "ALIAS":
        add(name, "alias", tuple(dict.fromkeys(map(_alias_target, texts))))
    else:
        known = ", ".join([*_PARTIAL, *_FIELDS, *_OWNED, "ASN", "ALIAS"])
        raise RecordingError(f"expected a DNS type or one of {known}, found {quote(key)}")


def _partial(kind: str, texts: list[str]) -> tuple[str, ...]:
    """Return the values of an observation of which the data set kept less than the record."""
    if kind == "mx-origin":
        texts = [f"asn {text.upper().removeprefix('AS')}" for text in texts]
    elif kind == "verification":
        texts = [_verification(text) for text in texts]
    elif kind in _NAMES:
        texts = [canonical(text.strip()) for text in texts]
    return tuple(dict.fromkeys(escaped(text) for text in texts))


def _verification(text: str) -> str:
    """Return a token with the word that stands before it in the record, where we know it."""
    who, equals, token = text.partition("=")
    return f"{_VERIFIERS.get(who.strip().lower(), who)}{equals}{token}"


def _chain(add: Add, name: str, texts: list[str]) -> None:
    """Add the aliases of a chain: a name has one alias only (RFC 2181, section 10.1)."""
    for text in dict.fromkeys(texts):
        try:
            target = reading.from_text("CNAME", text)
        except RecordingError as error:
            add(name, "CNAME", (), status=Status.MALFORMED, note=str(error))
            continue
        if target != name:
            add(name, "CNAME", (target,))
            name = target


def _pointers(add: Add, owner: Owner, texts: list[str]) -> None:
    """Add reverse names; of several addresses it is not said whose they are."""
    if len(owner.addresses) == 1:
        _wire(add, owner.addresses[0], "PTR", texts)
    else:
        add(owner.host, "rdns-or-cname", _partial("rdns-or-cname", texts))


def _origins(add: Add, owner: Owner, texts: list[str]) -> None:
    """Add the origin of each address; of several AS and addresses it is not said which."""
    numbers = list(dict.fromkeys(map(rdata.asn, texts)))
    if None in numbers:
        raise RecordingError(f"expected AS numbers under 'ASN', found {quote(texts)}")
    if len(numbers) == 1 or len(owner.addresses) == 1:
        for address in owner.addresses:
            add(address, "origin", tuple(f"asn {number}" for number in numbers))


def _fields(add: Add, name: str, key: str, texts: list[str]) -> None:
    """Add what is one field of an observation; each certificate has one of its own."""
    kind, word = _FIELDS[key]
    if kind == "registration":
        name = registered_domain(name) or name
    for text in dict.fromkeys(texts):
        values = facts([(word, field(text))])
        if values and (word != "registrar-id" or text.strip().isdecimal()):
            add(name, kind, values)


def _wire(add: Add, name: str, kind: str, texts: list[str]) -> None:
    good, faults = [], []
    for text in texts:
        try:
            good.append(reading.from_text(kind, text))
        except RecordingError as error:
            faults.append(str(error))
    if good:
        add(name, kind, tuple(dict.fromkeys(good)))
    for fault in dict.fromkeys(faults):
        add(name, kind, (), status=Status.MALFORMED, note=fault)


def _owned(add: Add, domain: str, key: str, texts: list[str]) -> None:
    kind, usual = _OWNED[key]
    by_owner: dict[str, list[str]] = {}
    for text in texts:
        words = text.split()
        if len(words) == 2:
            owner, target = canonical(words[0]), words[1]
        elif len(words) == 1 and usual:
            owner, target = f"{usual}.{domain}", words[0]
        else:
            raise RecordingError(f"expected 'owner target' under {key!a}, found {quote(text)}")
        by_owner.setdefault(owner, []).append(target)
    for owner, targets in by_owner.items():
        for found, group in _by_family(kind, targets):
            _wire(add, owner, found, group)


def _by_family(kind: str, targets: list[str]) -> list[tuple[str, list[str]]]:
    if kind != "A":
        return [(kind, targets)]
    sixes = [target for target in targets if ":" in target]
    fours = [target for target in targets if ":" not in target]
    return [(found, group) for found, group in (("A", fours), ("AAAA", sixes)) if group]


def _alias_target(text: str) -> str:
    if text.lstrip().startswith("{"):
        try:
            target = json.loads(text).get("name")
        except (ValueError, RecursionError, AttributeError):
            target = None
        if not isinstance(target, str):
            raise RecordingError(f"expected an alias with its 'name', found {quote(text)}")
        text = target
    return reading.from_text("CNAME", text)
