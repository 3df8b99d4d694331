"""The hosts that take mail for a domain: which come first, and what each is known by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from depgraph.addresses import all_inward
from depgraph.graph import addresses, hosts, network
from depgraph.graph.addresses import Found
from depgraph.graph.answers import FAMILIES, Answer
from depgraph.graph.builder import Builder
from depgraph.graph.failure import inward
from depgraph.graph.text import exchange, last_word, preference
from depgraph.observations import Observation
from depgraph.providers import Signal
from depgraph.vocabulary import Reason

Clues: TypeAlias = dict[Signal, Sequence[Observation]]
"""The signals that may name an operator, each with the observations that it was taken from."""


@dataclass(frozen=True, slots=True)
class Exchanger:
    """A host that takes mail for a domain.

    Parameters
    ----------
    name, found
        Its name, and the record that names it.
    preference
        The least number comes first; None where the source dropped it.
    implicit
        Whether no MX names it: it is the address of the domain itself.
    """

    name: str
    found: Found
    preference: int | None = None
    implicit: bool = False


def exchangers(builder: Builder, domain: str) -> list[Exchanger]:
    """Return the hosts that take mail: of the MX, else the domain's own (RFC 5321, section 5.1)."""
    answer = builder.index.ask(domain, "MX")
    if answer.is_empty:
        return _implicit(builder, domain)
    by_name: dict[str, Exchanger] = {}
    for value in answer.values:
        name = exchange(value)
        if name and name != ".":
            one = Exchanger(name, Found(answer, value), preference(value))
            by_name[name] = min(by_name.get(name, one), one, key=_order)
    return [by_name[name] for name in sorted(by_name)]


def is_malformed(answer: Answer) -> bool:
    """Tell whether an exchanger that an answer lists does not read."""
    return any(exchange(value) is None for value in answer.values)


def _order(one: Exchanger) -> int:
    """Return the preference; where it is not known it may be the best."""
    return -1 if one.preference is None else one.preference


def _implicit(builder: Builder, domain: str) -> list[Exchanger]:
    for family in FAMILIES:
        answer = builder.index.ask(domain, family)
        if answer.records:
            return [Exchanger(domain, Found(answer, answer.values[0]), implicit=True)]
    alias, targets = hosts.targets(builder.index, domain)
    return [Exchanger(domain, Found(alias, alias.values[0]), implicit=True)] if targets else []


def best_of(builder: Builder, domain: str) -> dict[str, Exchanger]:
    """Return by name the exchangers that mail is brought to first, of those that may exist."""
    if domain not in builder.best_exchangers:
        found = exchangers(builder, domain)
        gone = unreachable(builder, found)
        there = [one for one in found if one.name not in gone]
        builder.best_exchangers[domain] = {
            one.name: one for several in _by_view(there) for one in _first(several)
        }
    return builder.best_exchangers[domain]


def _by_view(found: Sequence[Exchanger]) -> list[list[Exchanger]]:
    """Return the exchangers that somebody is answered together: all, unless the answers differ."""
    if not any(one.found.answer.apart for one in found):
        return [list(found)]
    views: dict[str, list[Exchanger]] = {}
    for one in found:
        for view in one.found.answer.views_of(one.found.value):
            views.setdefault(view, []).append(one)
    return [views[view] for view in sorted(views)]


def _first(found: Sequence[Exchanger]) -> list[Exchanger]:
    least = min((one.preference for one in found if one.preference is not None), default=0)
    return [one for one in found if one.preference is None or one.preference == least]


def unreachable(builder: Builder, found: Sequence[Exchanger]) -> dict[str, Reason]:
    """Return which exchangers nobody on the Internet reaches, and why.

    Addresses of a private network keep one from being reached beside an exchanger that has others.
    """
    gone: dict[str, Reason] = {}
    unreached: dict[str, Reason] = {}
    for one in found:
        reason = hosts.why_no_address(builder, one.name)
        if reason is not None:
            gone[one.name] = reason
        elif all_inward(several := _addressed(builder, one.name)):
            seen = addresses.telling(several)
            unreached[one.name] = inward(builder.index, several, seen=seen)
    return gone | unreached if len(gone) + len(unreached) < len(found) else gone


def clues_of(builder: Builder, name: str) -> Clues:
    """Return the signals of one exchanger: a name of it, and the addresses behind it.

    An alias of the service's own says nothing of who runs the machine: the name it leads to does.
    """
    observed_in = list(builder.observed_in.get(name, ()))
    own, way = builder.registered(builder.subject), hosts.chain(builder.index, name).names
    others = [n for n, one in enumerate(way) if builder.registered(one) != own]
    last = others[0] if others else 0
    for alias in way[:last]:
        for leading in builder.index.ask(alias, "CNAME").records.values():
            observed_in += leading
    clues: Clues = {Signal("mx-host", way[last]): observed_in}
    for text in addresses_of(builder, name):
        clues |= network.clues_of(builder, text)
    # Some sources keep the origins of all exchanges together: of one it is known whose it is.
    origins = builder.index.ask(builder.subject, "mx-origin").records
    if len(origins) == 1 and not any(signal.kind == "asn" for signal in clues):
        for value, observations in origins.items():
            number = last_word(value).upper().removeprefix("AS")
            clues[Signal("asn", number)] = observations
    return clues


def addresses_of(builder: Builder, name: str) -> list[str]:
    """List the addresses of an exchanger, through its aliases."""
    return list(_addressed(builder, name))


def _addressed(builder: Builder, name: str) -> dict[str, Found]:
    names = hosts.chain(builder.index, name).names
    return addresses.readable(addresses.answers_of(builder, names))
