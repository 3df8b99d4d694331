"""Shapes of services: what of a recording its graph and the answers about it depend on.

Names are taken out of it where only which are equal, what the catalogue and the list of suffixes
tell by them, and in which order they stand can make a difference: those of the service and of its
servers and exchangers; IPv4 addresses; and the words by which records name networks and
organisations that the catalogue lacks (:class:`depgraph.survey.renaming.Word`).
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from hashlib import blake2b
from operator import attrgetter
from typing import Final

from depgraph.addresses import is_inward
from depgraph.graph.text import covering
from depgraph.names import is_below, private_suffix, registered_domain
from depgraph.observations import Observation
from depgraph.providers import Catalogue, same_operator
from depgraph.providers.rules import plain
from depgraph.recording import Recording
from depgraph.records.rdata import address, exchange
from depgraph.records.rdata import host as host_name
from depgraph.survey.renaming import Kind, Renaming, Word, compared_of, words_of

_OTHER_FIELDS: Final = attrgetter(
    *("type", "status", "ttl", "flags", "section", "server", "source"),
    *("time", "until", "evidence", "vantage", "subnet"),
)
_KEYS: Final = frozenset({"DNSKEY", "RRSIG"})
_OF_ADDRESSES: Final = frozenset({"origin", "holder"})
"""Types of what is recorded of an address and says nothing of another."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What answers about a service depend on.

    Parameters
    ----------
    key
        Equal for services whose answers differ in names only.
    names
        These names, that of the service first, addresses, and forms of words of records.
    compared
        Groups of texts of records whose order may decide something.
    least
        What of the words no answer has in another form.
    """

    key: Hashable
    names: tuple[str, ...]
    compared: tuple[tuple[str, ...], ...] = ()
    least: frozenset[str] = frozenset()

    def renamed(self, other: Shape) -> Callable[[str], str]:
        """Return what writes the names of another service of this shape in the place of its own."""
        return Renaming(dict(zip(self.names, other.names, strict=True)))

    def left_in(self, text: str) -> bool:
        """Tell whether a text out of which the names were taken has one of them all the same."""
        if any(name in text for name in self.names):
            return True
        folded = text.casefold() if self.least else ""
        return any(word in folded for word in self.least)


def shape_of(recording: Recording, reads: Readings) -> Shape | None:
    """Return the shape of a service, or None if it has to be judged for itself.

    Parameters
    ----------
    recording
        All that is known of it.
    reads
        What reads a name.
    """
    service = recording.subject
    read = {service: reads(service)}
    for o in recording:
        for host in _hosts(o) if o.subject == service else ():
            if is_below(host, service):
                continue
            read[host] = reads(host)
            domain = registered_domain(host) or host
            if not is_below(service, domain):
                read[domain] = reads(domain)
    servers = (host for o in recording if o.type == "NS" for host in o.values)
    domains = {registered_domain(host) or host for host in servers}
    if read[service] is None or recording.header.hosts:  # those are compared by their length
        return None
    names = (
        service,
        *sorted(
            (name for name in read if name != service and read[name] is not None),
            key=lambda name: ((registered_domain(name) or name).partition(".")[2], name),
        ),
    )
    if any(host_name(name) is None for name in names):
        return None  # of what is no name of a host nothing is built
    addresses = _addresses(recording)
    words = words_of(recording, reads.unknown)
    forms = [form for word in words for form in word.forms]
    own = (*names, *addresses, *forms)
    places = {name: number for number, name in enumerate(own)}
    if len(places) < len(own):
        return None
    mark = Renaming({name: f"\1{number}\1" for name, number in places.items()})
    labels = [name.partition(".")[0] for name in names]
    signed = any(o.type in _KEYS for o in recording)
    texts: list[str] = []
    for o in recording:
        values = o.values
        if o.type == "DS" and o.subject == service and not signed:
            # Which key it is tells nothing where no key was asked for.
            values = tuple(" ".join(value.split(" ")[1:3]) for value in values)
        if o.type == "NS":
            values = tuple(sorted(values, key=lambda value: (places.get(value, -1), value)))
        texts.append("\n".join((o.subject, o.zone, o.server_name, o.citation, o.note, *values)))
    told = mark("\0".join(texts))
    head = recording.header
    key = (
        tuple((mark(name.partition(".")[2]), read[name]) for name in names),
        tuple(map(labels.index, labels)),  # whose labels are the same
        tuple(sorted((mark(one), mark(first)) for one, first in same_operator(domains).items())),
        tuple((reads(one), prefixes) for one, prefixes in addresses.items()),
        tuple(word.kind for word in words),
        (mark(f"{head.title}\n{head.source}\n{head.licence}"), head.vantage),
        *(recording.days, recording.complete, told, tuple(map(_OTHER_FIELDS, recording))),
    )
    digest = blake2b(repr(key).encode(), digest_size=16).digest()
    shape = Shape(
        *(digest, own, compared_of(recording) if addresses or words else ()),
        frozenset(word.least for word in words),
    )
    return None if shape.left_in(told) else shape  # within a longer word


def _hosts(o: Observation) -> Iterable[str]:
    """List the name servers or exchangers in an observation."""
    if o.type != "MX":
        return o.values if o.type == "NS" else ()
    return [name for value in o.values if (name := host_name(exchange(value) or ""))]


def _addresses(recording: Recording) -> dict[str, tuple[str | None, ...]]:
    """List the IPv4 addresses that hosts have and no DNS record tells of otherwise, as they come.

    What is built of such an address follows from whether the Internet reaches it, which rules speak
    to it, and what is recorded of it. Each is given with which of the prefixes of its records
    it lies in.
    """
    found: dict[str, None] = {}
    told: dict[str, list[str]] = {}
    others: list[str] = []
    for o in recording:
        others += [o.zone, o.server, o.server_name, o.citation, o.note]
        if o.type == "A":
            others.append(o.subject)
            found.update(dict.fromkeys(filter(_is_ipv4, o.values)))
            continue
        others += o.values
        if o.type in _OF_ADDRESSES:
            told.setdefault(o.subject, []).extend(o.values)
        else:
            others.append(o.subject)
    text = "\n".join(others)
    if "in-addr.arpa" in text:  # the names of addresses, too
        found = {one: None for one in found if one not in told}
    return {
        one: tuple(
            covering([value.removeprefix("prefix ")], one)
            for value in told.get(one, ())
            if value.startswith("prefix ")
        )
        for one in found
        if one not in text
    }


def _is_ipv4(text: str) -> bool:
    return ":" not in text and address(text) == text


class Readings:
    """What reads names, addresses and words: all that rules and suffixes can tell by them.

    Parameters
    ----------
    catalogue
        Who is behind what.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._read = functools.lru_cache(maxsize=1 << 14)(self._reading)
        self.unknown = functools.lru_cache(maxsize=1 << 14)(self._unknown)
        """Tells of a word that the catalogue says nothing of it."""

    def __call__(self, name: str) -> Hashable:
        """Return what can be told by a name or an address.

        None of a name whose first label says more: it is a public suffix, encodes other letters,
        or rules are about names below it.
        """
        return self._read(name)

    def _reading(self, name: str) -> Hashable:
        rules = self._catalogue.rules
        if address(name) is not None:
            return is_inward(name), tuple(rule.id for rule in rules.match("address", name))
        domain = registered_domain(name)
        if domain is None or private_suffix(name) or rules.extend(name):
            return None
        if name.startswith(("xn--", "www", "_")):
            return None
        return domain == name, tuple(rule.id for rule in rules.of_name(name))

    def _unknown(self, word: Word) -> bool:
        rules = self._catalogue.rules
        if word.kind is not Kind.ORGANISATION:
            return not any(rules.match(word.kind, word.text))
        kinds = ("holder-name", "registrar-name", "issuer", "reported-name")
        return plain(word.text) not in self._catalogue.by_name and not any(
            rule for kind in kinds for rule in rules.match(kind, word.text)
        )


__all__ = ["Readings", "Shape", "shape_of"]
