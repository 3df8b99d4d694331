"""SPF (RFC 7208): whose policies a domain takes over, by evaluation and not by search.

A receiver reads the terms of a record from left to right, and the first one that matches the
sender decides. So an `include` lets somebody send only if it is reached and its qualifier is
``+``: one behind `all`, or behind the limit of ten look-ups, is never read, and ``-include:``
forbids. :func:`evaluate` reads a policy for every possible sender at once.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, TypeAlias

from depgraph.records.rdata import host

LOOKUPS: Final = 10
"""Terms that may cause DNS look-ups in one evaluation (RFC 7208, section 4.6.4)."""

_LONGEST = 16384  # characters; no honest TXT record is longer, hostile ones are
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)("?)')  # one that does not end is none
_MECHANISMS = ("all", "include", "a", "mx", "ptr", "ip4", "ip6", "exists")
_MECHANISM = re.compile(rf"([+?~-]?)({'|'.join(_MECHANISMS)})(?::(.+)|(/.+))?")
_MODIFIER = re.compile(r"([a-z][a-z0-9._-]*)=(.*)")  # any name may come (section 6)
_ONCE = ("redirect", "exp")  # section 6: a second one is an error
_LENGTHS = re.compile(r"(?:/(?:0|[1-9][0-9]?))?(?://(?:0|[1-9][0-9]{0,2}))?")  # section 5.6
_LOOK_UPS = frozenset({"include", "a", "mx", "ptr", "exists", "redirect"})
_TO_A_HOST = frozenset({"include", "exists", "redirect"})  # what these look up must be named
_PASSING = frozenset(("+", ""))  # a redirect, which has no qualifier, gives the result as it is


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

    @property
    def has_macro(self) -> bool:
        """Whether its domain depends on the sender (section 7), and so names none."""
        return "%" in self.value

    @property
    def passes(self) -> bool:
        """Whether a sender that matches it may send (section 4.6.2)."""
        return self.qualifier in _PASSING


class Fault(StrEnum):
    """Why a policy ends in a permanent error (section 2.6.7)."""

    SEVERAL = "several-records"  # section 4.5
    SYNTAX = "syntax"  # section 4.6
    LOOK_UPS = "too-many-look-ups"  # section 4.6.4
    NO_RECORD = "no-record"  # section 5.2, 6.1: an included or redirected name has none


class Gap(StrEnum):
    """Why a policy may let others send besides, nobody can tell whom."""

    MACRO = "macro"
    EXISTS = "exists"
    NOT_RECORDED = "not-recorded"


@dataclass(frozen=True, slots=True)
class Policy:
    """What a policy lets send, for all senders together.

    Parameters
    ----------
    included
        The names whose policies let somebody send for this domain, in the order in which they
        are reached, each with the name whose record names it.
    has_record
        Whether the domain has a policy at all.
    fault
        Why evaluation ends in a permanent error for whoever has not matched by then.
    gaps
        Why others may be allowed besides: each with the term's value, in order.
    missing
        Names that were reached and are settled to have no policy (section 5.2: an error).
    """

    included: Mapping[str, str] = field(default_factory=dict)
    has_record: bool = False
    fault: Fault | None = None
    gaps: tuple[tuple[Gap, str], ...] = ()
    missing: tuple[str, ...] = ()


Lookup: TypeAlias = Callable[[str], Sequence[str] | None]
"""The TXT records of a name, strings joined; None where they are not known."""


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
    found = _QUOTED.findall(text) if text.startswith('"') else []
    parts = [part for part, end in found if end]
    return "".join(parts) if parts else text


def is_record(text: str) -> bool:
    """Tell whether a TXT record is an SPF record (section 4.5).

    >>> is_record("v=spf1 -all"), is_record("v=spf10 -all")
    (True, False)
    """
    version = text[:7].lower()
    return version == "v=spf1 " or text.lower() == "v=spf1"


def terms(text: str) -> tuple[Term, ...] | None:
    """List the terms of a record in their order.

    Parameters
    ----------
    text
        The record, unquoted.

    Returns
    -------
    The terms, values without the dot at their end; None where one is not in the form of a
    term, for then the whole record is an error (section 4.6).

    Examples
    --------
    >>> [(t.qualifier, t.name, t.value) for t in terms("v=spf1 mx -include:A.example. -all")]
    [('+', 'mx', ''), ('-', 'include', 'a.example'), ('-', 'all', '')]
    >>> terms("v=spf1 includ:a.example") is None
    True
    """
    found = [_term(word) for word in _cut(text).lower().split()[1:]]
    known = [term for term in found if term is not None]
    names = [term.name for term in known]
    if len(known) < len(found) or any(names.count(name) > 1 for name in _ONCE):
        return None
    return tuple(known)


def _term(word: str) -> Term | None:
    mechanism, modifier = _MECHANISM.fullmatch(word), _MODIFIER.fullmatch(word)
    if mechanism is not None:
        qualifier, name, value, length = mechanism.groups(default="")
        term = Term(qualifier or "+", name, (value or length).rstrip("."))
        return term if _well_formed(term) else None
    if modifier is not None:
        term = Term("", modifier[1], modifier[2].rstrip("."))
        return term if term.name != "redirect" or _well_formed(term) else None
    return None


def _well_formed(term: Term) -> bool:
    """Tell whether what follows the name of a term has the form that the name asks for."""
    if term.name == "all":
        return not term.value
    name, slash, lengths = term.value.partition("/")
    if term.name in {"ip4", "ip6"}:
        with suppress(ValueError):
            network = ipaddress.ip_network(term.value, strict=False)
            return network.version == int(term.name[-1]) and lengths.isdecimal() == bool(slash)
        return False
    if term.has_macro:
        return True
    if term.name in _TO_A_HOST:
        return not slash and host(name) is not None
    return (not name or host(name) is not None) and bool(_LENGTHS.fullmatch(slash + lengths))


def reached(texts: Iterable[str]) -> tuple[Term, ...]:
    """List the terms of a domain's policy that evaluation can come to, in its order.

    These are the ones up to the first `all`, which matches every sender; without an `all`,
    a `redirect` comes last wherever it stands (sections 5.1 and 6.1).

    Parameters
    ----------
    texts
        The TXT records of the domain.

    Returns
    -------
    The terms; none where it has no policy, several (section 4.5), or one with an error.

    Examples
    --------
    >>> [t.value for t in reached(["v=spf1 include:a.example -all include:b.example"])]
    ['a.example', '']
    """
    record, _ = _record(texts)
    return record or ()


def _record(texts: Iterable[str]) -> tuple[tuple[Term, ...] | None, Fault | None]:
    """Return the terms that are reached, or why there are none; neither without a policy."""
    records = [text for text in map(unquoted, texts) if is_record(text)]
    if len(records) != 1:
        return None, Fault.SEVERAL if records else None
    listed = terms(records[0])
    if listed is None:
        return None, Fault.SYNTAX
    mechanisms = [term for term in listed if term.qualifier]
    for place, term in enumerate(mechanisms, start=1):
        if term.name == "all":
            return tuple(mechanisms[:place]), None
    return (*mechanisms, *(term for term in listed if term.name == "redirect")), None


@dataclass(slots=True)
class _Walk:
    """One evaluation under way, for all senders at once."""

    lookup: Lookup
    included: dict[str, str] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    gaps: dict[tuple[Gap, str], None] = field(default_factory=dict)
    missing: dict[str, None] = field(default_factory=dict)
    lookups: int = 0
    fault: Fault | None = None

    def read(self, domain: str, listed: tuple[Term, ...]) -> bool:
        """Read the record of a domain up to an error (`fault`); tell whether it may pass any."""
        found = False
        for term in listed:
            if term.looks_up:
                self.lookups += 1
                if self.lookups > LOOKUPS:
                    self.fault = Fault.LOOK_UPS
                    return found
            matches = self._matches(domain, term)
            found = found or (matches and term.passes)
            if self.fault is not None:
                return found
        return found

    def _matches(self, domain: str, term: Term) -> bool:
        """Tell whether a term may match a sender."""
        if term.name not in _TO_A_HOST:
            return True
        if term.name == "exists" or term.has_macro:
            if term.passes:
                gap = Gap.EXISTS if term.name == "exists" else Gap.MACRO
                self.gaps[gap, term.value] = None
            return True
        return self._take_over(domain, term)

    def _take_over(self, domain: str, term: Term) -> bool:
        """Read the policy that an `include` or `redirect` names."""
        before, gaps = dict(self.included), dict(self.gaps)
        refused = term.value in self.refused
        texts = self.lookup(term.value)
        if texts is None:
            self.gaps[Gap.NOT_RECORDED, term.value] = None
            matches = True
        else:
            listed, self.fault = _record(texts)
            if listed is None and self.fault is None:
                self.fault = Fault.NO_RECORD
                self.missing[term.value] = None
            matches = listed is not None and self.read(term.value, listed)
        if term.passes:
            if matches and not refused:
                self.included = {**before, term.value: domain, **self.included}
        else:  # whoever it matches is refused, or not decided on, and comes no further
            self.refused |= {term.value, *self.included} - before.keys()
            self.included, self.gaps = before, gaps
        return matches


def evaluate(domain: str, lookup: Lookup) -> Policy:
    """Return what the policy of a domain lets send.

    Parameters
    ----------
    domain
        A canonical name.
    lookup
        Where TXT records come from. It is asked for the domain, and for each name that an
        `include` or `redirect` leads to before evaluation ends.

    Returns
    -------
    Policy
        Names behind an error, behind `all`, or under a term that does not pass, are left
        out. A policy that is not recorded is taken to let somebody send (the domain says
        so); whom else it names is a gap.

    Notes
    -----
    No addresses are looked up: `a`, `mx` and `ptr` are taken to match somebody, and the limit
    on empty look-ups (section 4.6.4) is not applied to them.

    Examples
    --------
    >>> records = {"shop.example": ["v=spf1 include:a.example -include:b.example -all"]}
    >>> list(evaluate("shop.example", records.get).included)
    ['a.example']
    """
    texts = lookup(domain)
    if texts is None:
        return Policy()
    listed, fault = _record(texts)
    if listed is None:
        return Policy(has_record=fault is not None, fault=fault)
    walk = _Walk(lookup)
    walk.read(domain, listed)
    return Policy(
        included=walk.included,
        has_record=True,
        fault=walk.fault,
        gaps=tuple(walk.gaps),
        missing=tuple(walk.missing),
    )


def _cut(text: str) -> str:
    """Leave out what is beyond the longest record, and the word that the limit would cut."""
    return text if len(text) <= _LONGEST else text[:_LONGEST].rpartition(" ")[0]
