"""SPF records (RFC 7208): which hosts a domain lets send mail in its name, term by term."""

from __future__ import annotations

import re
from dataclasses import dataclass

from depgraph.records.rdata import host

_LONGEST = 16384  # characters; no honest TXT record is longer, hostile ones are
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_MECHANISMS = ("all", "include", "a", "mx", "ptr", "ip4", "ip6", "exists")
_MECHANISM = re.compile(rf"([+?~-]?)({'|'.join(_MECHANISMS)})(?::(.+)|(/.+))?")
_MODIFIER = re.compile(r"([a-z][a-z0-9._-]*)=(.*)")  # any name may come (section 6)
_NO_MODIFIERS = frozenset({*_MECHANISMS, "v"})
_LOOK_UPS = frozenset({"include", "a", "mx", "ptr", "exists", "redirect"})
_TO_A_HOST = frozenset({"include", "exists"})  # what these look up must be named
_REFUSED = frozenset("-~")  # fail and softfail (section 8): not, or probably not, authorized


@dataclass(frozen=True, slots=True)
class Term:
    """One mechanism or modifier of a record.

    Parameters
    ----------
    qualifier
        Of a mechanism ``+`` (also where none is written), ``-``, ``~`` or ``?``; of a
        modifier, which has none, empty.
    name
        ``include``, ``redirect``, ``ip4`` ... in lower case.
    value
        What follows: a domain, an address, a prefix length; empty if nothing does.
    """

    qualifier: str
    name: str
    value: str

    @property
    def looks_up(self) -> bool:
        """Whether it counts against the limit of ten DNS look-ups (section 4.6.4)."""
        return self.name in _LOOK_UPS


def unquoted(value: str) -> str:
    """Join the character strings of a TXT record as others write it.

    Parameters
    ----------
    value
        The record, its strings in quotes or joined already.

    Returns
    -------
    One text; not more than the longest that an honest record may have.

    Examples
    --------
    >>> unquoted('"v=spf1 inc" "lude:a.example"'), unquoted("plain")
    ('v=spf1 include:a.example', 'plain')
    """
    text = _cut(value)
    parts = _QUOTED.findall(text) if text.startswith('"') else []
    return "".join(parts) if parts else text


def is_record(text: str) -> bool:
    """Tell whether a TXT record is an SPF record (section 4.5).

    >>> is_record("v=spf1 -all"), is_record("v=spf10 -all")
    (True, False)
    """
    version = text[:7].lower()
    return version == "v=spf1 " or text.lower() == "v=spf1"


def terms(text: str) -> tuple[Term, ...]:
    """List the terms of a record in their order; what is not in the form of one is left out.

    Parameters
    ----------
    text
        The record, unquoted. Of several records in one text the terms of all are listed.

    Returns
    -------
    The terms, values without the dot at their end.

    Examples
    --------
    >>> [(t.qualifier, t.name, t.value) for t in terms("v=spf1 mx -include:A.example. -all")]
    [('+', 'mx', ''), ('-', 'include', 'a.example'), ('-', 'all', '')]
    """
    found = []
    for word in _cut(text).lower().split():
        mechanism, modifier = _MECHANISM.fullmatch(word), _MODIFIER.fullmatch(word)
        if mechanism is not None:
            qualifier, name, value, length = mechanism.groups(default="")
            if value or name not in _TO_A_HOST:
                found.append(Term(qualifier or "+", name, (value or length).rstrip(".")))
        elif modifier is not None and modifier[1] not in _NO_MODIFIERS:
            found.append(Term("", modifier[1], modifier[2].rstrip(".")))
    return tuple(found)


def authorized(text: str) -> tuple[str, ...]:
    """List the hosts whose policies a record takes over, through `include` and `redirect`.

    Left out are those that it refuses (``-include:``, ``~include:``), for what they let send
    this domain does not, and macros, which name no host. An `all` before them does not end
    the list, as it would end an evaluation: whom the domain deals with is what is asked here.

    Parameters
    ----------
    text
        The record, unquoted.

    Returns
    -------
    Canonical names in the order of the record, each once.

    Examples
    --------
    >>> authorized("v=spf1 include:a.example -include:b.example redirect=c.example")
    ('a.example', 'c.example')
    """
    named = [term for term in terms(text) if term.name in {"include", "redirect"}]
    names = [host(term.value) for term in named if term.qualifier not in _REFUSED]
    return tuple(dict.fromkeys(name for name in names if name is not None))


def _cut(text: str) -> str:
    """Leave out what is beyond the longest record, and the word that the limit would cut."""
    return text if len(text) <= _LONGEST else text[:_LONGEST].rpartition(" ")[0]
