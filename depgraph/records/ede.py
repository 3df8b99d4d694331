"""What a server says of its own answer besides: extended DNS errors (RFC 8914).

A recording has them in the note of an observation, each as ``EDE 16 (its own words)``.
"""

from __future__ import annotations

import re
from typing import Final

from depgraph.observations import Observation
from depgraph.records.text import escaped

BLOCKED: Final = frozenset({4, 15, 16, 17, 18})
"""Forged Answer, Blocked, Censored, Filtered, Prohibited: the answer is the policy of whoever gives it."""
BOGUS: Final = frozenset(range(6, 13))
"""What makes an answer bogus, from DNSSEC Bogus to NSEC Missing."""
_NAMES: Final = {
    4: "Forged Answer",
    6: "DNSSEC Bogus",
    7: "Signature Expired",
    8: "Signature Not Yet Valid",
    9: "DNSKEY Missing",
    10: "RRSIGs Missing",
    11: "No Zone Key Bit Set",
    12: "NSEC Missing",
    15: "Blocked",
    16: "Censored",
    17: "Filtered",
    18: "Prohibited",
}
_NOTED: Final = re.compile(r"EDE (\d{1,5})(?: \((.*)\))?")
_SPOKEN: Final = re.compile(r"\s*EDE\((\d{1,5})\):?(.*)", re.DOTALL)
"""One in a comment of DNS over HTTPS: its code, its name, and the server's own words."""
_LONGEST: Final = 160  # characters kept of a server's own words


def noted(code: int, text: str = "") -> str:
    """Return an extended error as a note has it.

    >>> noted(16, "order 24/1; see law.example"), noted(17)
    ('EDE 16 (order 24/1, see law.example)', 'EDE 17')
    """
    text = escaped(text)[:_LONGEST].replace(";", ",")  # which stands between the parts of a note
    return f"EDE {code}" + (f" ({text})" if text else "")


def listed(errors: object) -> list[str]:
    """Return extended errors of a list of objects as notes: so Google writes them in JSON, and zdns.

    >>> listed([{"info_code": 17, "extra_text": "by law"}, {"info_code": "?"}])
    ['EDE 17 (by law)']
    """
    several = errors if isinstance(errors, list) else []
    codes = ((one, one.get("info_code")) for one in several if isinstance(one, dict))
    return [
        noted(code, str(one.get("extra_text") or ""))
        for one, code in codes
        if type(code) is int and 0 <= code < 2**16
    ]


def spoken(comment: object) -> list[str]:
    """Return those of a comment of DNS over HTTPS, a text or a list of texts, as notes.

    >>> spoken(["EDE(16): Censored", "EDE(22): No Reachable Authority"]), spoken("from 192.0.2.1")
    (['EDE 16', 'EDE 22 (No Reachable Authority)'], [])
    """
    several = comment if isinstance(comment, list) else [comment]
    found = (_SPOKEN.fullmatch(one) for one in several if isinstance(one, str))
    return [
        noted(int(one[1]), one[2].strip().removeprefix(_NAMES.get(int(one[1]), "")).strip(" :"))
        for one in found
        if one
    ]


def error_of(o: Observation, codes: frozenset[int]) -> str:
    """Return the first of some extended errors of an observation, with its name; empty if it has none."""
    for part in o.note.split("; ") if "EDE " in o.note else ():
        match = _NOTED.fullmatch(part)
        if match and int(match[1]) in codes:
            return f"EDE {match[1]} {_NAMES[int(match[1])]}" + (f": {match[2]}" if match[2] else "")
    return ""
