"""Certificates of TLS as flat fields: what scanners and data sets keep of one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from depgraph.records.text import facts, field

_KEYS: Final = {
    "issuer": ("issuer", "issuer_cn", "issuer_common_name", "issuer_dn"),
    "issuer-organisation": ("issuer_organization", "issuer_organisation", "issuer_o", "issuer_org"),
    "subject": ("subject", "subject_cn", "subject_common_name", "subject_dn"),
    "not-before": ("not_before", "notBefore"),
    "not-after": ("not_after", "notAfter"),
}
_PARTS: Final = {
    "CN": "",
    "O": "-organisation",
    "commonName": "",
    "organizationName": "-organisation",
}
"""Parts of a distinguished name that are kept -> what their field ends in."""
_PART: Final = re.compile(r"(?:^|[,/+;]\s*)([A-Za-z]{1,20})\s*=\s*((?:\\.|[^,/+;\\])*)")
_NAMES: Final = ("names", "subject_alt_names", "dns_names", "subject_an", "san")
_MOST: Final = 100  # names or certificates that are kept


def read_certificate(given: Any) -> tuple[str, ...]:
    """Read a certificate.

    Parameters
    ----------
    given
        Its issuer, or an object of its fields. A distinguished name (RFC 4514, or the form
        ``/C=US/O=Example``) gives organisation and common name.

    Returns
    -------
    The values of a ``certificate`` observation; empty if no issuer is told.

    Examples
    --------
    >>> read_certificate({"issuer": "C=US, O=Example CA, CN=E1", "chain": ["a.example", "E1"]})
    ('chain 0 a.example', 'chain 1 E1', 'issuer E1', 'issuer-organisation Example CA')
    """
    fields: Mapping[str, Any] = given if isinstance(given, Mapping) else {"issuer": given}
    rows = list(_told(fields))
    if not any(key.startswith("issuer") and value for key, value in rows):
        return ()
    for key in _NAMES:
        rows += [("name", name.lower()) for name in _texts(fields.get(key))]
    chain = [
        ", ".join(value for _, value in _named("", text)) for text in _texts(fields.get("chain"))
    ]
    rows += [("chain", f"{number} {shown}") for number, shown in enumerate(chain)]
    return facts(rows)


def _told(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Iterate over the fields that are known, each from the first of its words that is there."""
    told: set[str] = set()
    for name, words in _KEYS.items():
        value = next((fields[word] for word in words if fields.get(word)), None)
        value = value[0] if isinstance(value, list) else value
        for key, text in (
            _named(name, value) if name in {"issuer", "subject"} else [(name, field(value))]
        ):
            if text and key not in told and key != "subject-organisation":
                told.add(key)
                yield key, text


def _named(name: str, value: Any) -> list[tuple[str, str]]:
    """Return common name and organisation of a distinguished name; of any other text it as is."""
    if isinstance(value, Mapping):
        pairs = [(str(key), field(part)) for key, part in value.items()]
    else:
        pairs = [(key, part.strip()) for key, part in _PART.findall(field(value))]
    found = [(f"{name}{_PARTS[key]}", part) for key, part in pairs if key in _PARTS and part]
    return found or [(name, field(value))]


def _texts(value: Any) -> list[str]:
    return (
        [text for text in value if isinstance(text, str)][:_MOST] if isinstance(value, list) else []
    )
