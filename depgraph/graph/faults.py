"""What is wrong with the records themselves: against the rules of the DNS, or against each other.

Nothing here decides what stands or falls; each fault is a finding of the zone, or of the domain's mail
exchanges.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Final, TypeAlias

from depgraph.graph import addresses
from depgraph.graph.answers import blocking, server_address
from depgraph.graph.builder import Builder
from depgraph.graph.cuts import zone_of
from depgraph.graph.failure import credible, nonexistent
from depgraph.graph.text import address, exchange, host, last_word
from depgraph.graph.views import Span, at_one_time, overlapping, place, side
from depgraph.names import is_below, is_top_level, parents, registered_domain
from depgraph.observations import PERHAPS_OTHERS, Observation, Status
from depgraph.text_safety import one_line
from depgraph.vocabulary import Reason

ByZone: TypeAlias = dict[str, list[Reason]]
"""What was found, by the zone that the names lie in."""

_LED_TO: Final = frozenset({"NS", "MX", "CNAME", "SRV"})
"""Types whose last word is a host name, of which a zone file may lack the last dot."""
_ADDRESSES: Final = frozenset({"A", "AAAA"})
_SHOWN: Final = 8  # values of an earlier day
_NOTED: Final = 500  # names with a fault of one kind: more than the text of a finding holds
_SOURCES: Final = frozenset({"dns", "zone-file"})
"""Those that keep the owner of each record; in others an address may be that of an alias's target."""


def mark(builder: Builder) -> None:
    """Write what is wrong with the records of a service into its zones and its exchanges."""
    subject = builder.subject
    nodes = builder.draft.nodes
    for zone in parents(subject):
        if f"zone:{zone}" in nodes and builder.registered(zone) is not None:
            _note(
                builder,
                f"zone:{zone}",
                [
                    *_unlisted(builder, zone),
                    *_differing(builder, zone, "NS"),
                    *_contradicting(builder, zone, "NS"),
                ],
            )
    _note(builder, f"exchanges:{subject}", _of_mail(builder, subject))
    own = list(builder.index.at_or_below(subject))
    given = [o for o in own if o.section == "answer" and o.values]
    several = (
        _beside(builder, given),
        _without_dot(builder, given),
        _denied(builder, own, given),
        _replaced(builder, given),
        _within(builder, subject),
        _elsewhere(builder),
        _bare(builder, subject),
        _unlike_the_file(builder, given),
    )
    for zone in sorted(set().union(*several)):
        node = f"zone:{zone}" if f"zone:{zone}" in nodes else f"service:{subject}"
        _note(builder, node, [reason for found in several for reason in found.get(zone, ())])


def _note(builder: Builder, node: str, found: Iterable[Reason]) -> None:
    """Add findings to those that a node has."""
    several = list(found)
    if several and node in builder.draft.nodes:
        builder.draft.note(node, several, limit=4000)


def _by_zone(builder: Builder, found: Iterable[tuple[str, Reason]]) -> ByZone:
    """Sort what was found of names by the zone that each lies in, as far as it is known."""
    by_zone: ByZone = {}
    for name, reason in found:
        by_zone.setdefault(zone_of(builder, name), []).append(reason)
    return by_zone


# -- sets ------------------------------------------------------------------------------------


def _unlisted(builder: Builder, zone: str) -> Iterator[Reason]:
    """Say which name servers the parent lists and the zone itself does not (RFC 1034, 4.2.2)."""
    own = {host(value) for value in builder.index.ask(zone, "NS").every}
    listed = {host(value) for value in builder.index.ask(zone, "NS", part="parent").every}
    missing = sorted(name for name in listed - own if name)
    if own and missing:
        yield Reason.of("not-in-zone", names=", ".join(missing))


def _differing(builder: Builder, name: str, kind: str) -> Iterator[Reason]:
    """Say that the servers of a zone give different sets of one type.

    One that gives several sets by itself does so on purpose, or they are of several times.
    """
    sets: dict[tuple[str, str], set[tuple[str, ...]]] = {}
    for o in builder.index.of_name(name):
        given = o.type == kind and o.section == "answer" and o.status is Status.ANSWER and o.values
        if given and o.zone and o.source == "dns":
            server = o.server_name.rstrip(".").lower() or o.server
            sets.setdefault((o.vantage, server), set()).add(tuple(map(str.lower, o.values)))
    sides: dict[tuple[str, ...], set[str]] = {}
    for (_, server), several in sets.items():
        if len(several) == 1:
            sides.setdefault(next(iter(several)), set()).add(server)
    if len(sides) > 1:
        names = sorted(", ".join(sorted(servers)) for servers in sides.values())
        yield Reason.of("sets-differ", name=name, question=kind, names=" / ".join(names))


def _contradicting(builder: Builder, name: str, kind: str) -> Iterator[Reason]:
    """Say that whole sets of one type contradict each other, that one place was given in a day.

    By resolvers, files, or a zone's parent; of what its own servers give see :func:`_differing`.
    """
    places: dict[tuple[str, str], list[Observation]] = {}
    for o in builder.index.of_name(name):
        own = o.source == "dns" and bool(o.zone) and o.section == "answer"
        if o.type == kind and o.values and not own and o.source in _SOURCES:
            whole = not o.remarks(PERHAPS_OTHERS) and o.status is Status.ANSWER
            if whole and o.section in {"answer", "authority"}:
                places.setdefault((place(o), o.section), []).append(o)
    for several in places.values():
        sides: dict[frozenset[str], list[Observation]] = {}
        for o in several:
            sides.setdefault(frozenset(map(str.lower, o.values)), []).append(o)
        spans = [
            Span(o.time.date(), o.end.date(), values, values)
            for values, alike in sides.items()
            for o in alike
        ]
        apart = set(overlapping(spans))
        if apart:
            told = sorted(
                side(alike[0].values, alike) for values, alike in sides.items() if values in apart
            )
            text = one_line(" / ".join(told[:_SHOWN]))
            yield Reason.of("answers-differ", name=name, question=kind, text=text)
            return


def _unlike_the_file(builder: Builder, given: Sequence[Observation]) -> ByZone:
    """Say which names have no address in the DNS that a file of their zone gives, on one day.

    A server may give some of a set in turn, so that sets which share an address do not contradict.
    """
    answered = {(o.subject, o.type) for o in given if o.source == "dns" and o.type in _ADDRESSES}
    sides: dict[tuple[str, str], tuple[list[Observation], list[Observation]]] = {}
    for o in given if answered else ():
        key = (o.subject, o.type)
        if key in answered and o.source in _SOURCES and not o.remarks(PERHAPS_OTHERS):
            sides.setdefault(key, ([], []))[o.source == "dns"].append(o)
    found: list[tuple[str, Reason]] = []
    for (name, kind), (files, answers) in sorted(sides.items()):
        said = {value for o in files for value in o.values}
        met = said.intersection(value for o in answers for value in o.values)
        if not files or not answers or met or len(found) >= _NOTED:
            continue
        whole = all(o.source == "dns" or o.values for o in builder.index.group(name, kind))
        if whole and at_one_time(files[-1], answers[-1]):
            text = one_line(" / ".join(side(one[0].values, one) for one in (files, answers)))
            found.append((name, Reason.of("answers-differ", name=name, question=kind, text=text)))
    return _by_zone(builder, found)


# -- times -----------------------------------------------------------------------------------


def _denied(builder: Builder, every: Iterable[Observation], given: Iterable[Observation]) -> ByZone:
    """Say what was answered, and denied, on one day by one giver in one place."""

    def asked(o: Observation) -> tuple[object, ...]:
        return (o.subject, o.type, o.time.date(), o.server, o.source, o.vantage, o.subnet)

    kinds = _LED_TO | _ADDRESSES
    denials = [o for o in credible(every) if o.section == "answer" and o.type in kinds]
    questions = {(o.subject, o.type) for o in denials}
    answers = {asked(o): o for o in given if (o.subject, o.type) in questions}
    found: dict[tuple[str, str], Reason] = {}
    for o in sorted(denials if answers else (), key=lambda o: (o.subject, o.type, o.time)):
        other = answers.get(asked(o))
        if other is not None and o.time != other.time:
            found[o.subject, o.type] = Reason.of(
                "denied-that-day",
                name=o.subject,
                question=o.type,
                reason=o.status.value,
                names=", ".join(f"{moment.time:%H:%M}" for moment in (other, o)),
            ).seen_in([o])
    return _by_zone(builder, ((name, reason) for (name, _), reason in found.items()))


def _within(builder: Builder, subject: str) -> ByZone:
    """Say what a resolver of a private network, or one that blocks, answers, where others are answered otherwise."""
    asked: dict[tuple[str, str, str, tuple[str, ...], Status], list[str]] = {}
    for (name, kind), group in sorted(builder.index.within.items()):
        for o in filter(builder.index.current, group if is_below(name, subject) else ()):
            giver = server_address(o) or o.server_name
            asked.setdefault((name, blocking(o), giver, o.values, o.status), []).append(kind)
    found = [
        (
            name,
            Reason.of(
                "blocked-answer" if policy else "inner-answer",
                name=name,
                question=", ".join(dict.fromkeys(kinds)),
                names=", ".join(values[:_SHOWN]),
                reason="" if values else status.value,
                target=server,
                text=policy,
            ),
        )
        for (name, policy, server, values, status), kinds in asked.items()
    ]
    return _by_zone(builder, found[:_NOTED])


def _elsewhere(builder: Builder) -> ByZone:
    """Say which zones of the service are held by somebody to whom they are not delegated."""
    own = (
        z for z in builder.elsewhere if is_below(builder.subject, z) or is_below(z, builder.subject)
    )
    return {zone: builder.elsewhere[zone] for zone in own}


def _bare(builder: Builder, subject: str) -> ByZone:
    """Say which names the public is given the address of that, by a zone file, a front hides."""
    under = builder.index.under(subject, "behind-front")
    fronted = [name for name in under if is_below(name, subject)]
    found = []
    for name in fronted[:_NOTED]:
        given = addresses.readable(addresses.answers_of(builder, [name]))
        if bare := sorted(addresses.behind_front(builder, [name]).intersection(given)):
            named = ", ".join(bare[:_SHOWN])
            found.append((name, Reason.of("front-not-seen", name=name, names=named)))
    return _by_zone(builder, found)


def _replaced(builder: Builder, given: Iterable[Observation]) -> ByZone:
    """Say what names were answered on earlier days, and otherwise on the last.

    Of the zones that something of the service lies in.
    """
    found: list[tuple[str, Reason]] = []
    for (name, kind), several in sorted(builder.index.replaced.items()):
        own = is_below(name, builder.subject) or is_below(builder.subject, name)
        if own and kind in _LED_TO | _ADDRESSES:
            values = sorted({value for o in several for value in o.values})
            last = max(o.time for o in builder.index.group(name, kind))
            reason = Reason.of(
                "replaced",
                name=name,
                question=kind,
                names=", ".join(values[:_SHOWN]),
                time=f"{last:%Y-%m-%d}",
            )
            found.append((name, reason))
    zones = {zone_of(builder, name) for name in {o.subject for o in given}} if found else set()
    return {zone: told for zone, told in _by_zone(builder, found).items() if zone in zones}


# -- mail ------------------------------------------------------------------------------------


def _of_mail(builder: Builder, domain: str) -> Iterator[Reason]:
    values = builder.index.ask(domain, "MX").every
    exchanges = [exchange(value) for value in values]
    if "." in exchanges and len(values) > 1:
        yield Reason.of("null-mx-beside", name=domain)
    for value in values:
        literal = _literal(last_word(value))
        if literal is not None:
            yield Reason.of("exchange-address", name=literal)
    yield from _differing(builder, domain, "MX")
    yield from _contradicting(builder, domain, "MX")


def _literal(name: str) -> str | None:
    """Return the address that stands where a host name belongs, be it taken for a relative name.

    >>> _literal("192.0.2.7.example.com"), _literal("mx.example.com")
    ('192.0.2.7', None)
    """
    return address(name) or address(".".join(name.split(".")[:4]))


# -- names -----------------------------------------------------------------------------------


def _beside(builder: Builder, given: Sequence[Observation]) -> ByZone:
    """Say which names are aliases and have other records, by one and the same giver.

    RFC 1034, section 3.6.2, and RFC 2181, section 10.1. Of an address only a server of the zone, or
    the zone's file, says that it is the alias's own.
    """
    aliases = {o.subject for o in given if o.type == "CNAME"}
    kinds: dict[tuple[str, ...], set[str]] = {}
    for o in given if aliases else ():
        owned = o.type not in _ADDRESSES or bool(o.zone) or o.source == "zone-file"
        if o.subject in aliases and o.source in _SOURCES and o.type.isupper() and owned:
            giver = (o.source, o.server, o.zone, o.vantage, o.subnet)
            kinds.setdefault((o.subject, *giver), set()).add(o.type)
    found = {
        name: other for (name, *_), other in kinds.items() if "CNAME" in other and len(other) > 1
    }
    return _by_zone(
        builder,
        (
            (name, Reason.of("alias-beside", name=name, names=", ".join(sorted(other - {"CNAME"}))))
            for name, other in sorted(found.items())[:_NOTED]
        ),
    )


def _without_dot(builder: Builder, given: Sequence[Observation]) -> ByZone:
    """Say of which names a last dot is missing in the zone file, or perhaps is.

    One that ends in the zone's own name twice, and one that does not exist and is a name in another
    domain, followed by that of the zone ("mx.example.org.example.com").
    """
    led_to = {
        (o.subject, last_word(value)) for o in given if o.type in _LED_TO for value in o.values
    }
    said = led_to.union((o.subject, o.subject) for o in given)
    twice = {(owner, name) for owner, name in said if _repeats_its_end(name)}
    gone: dict[str, bool] = {}
    found: dict[str, dict[str, Reason]] = {}
    likely = {(owner, name) for owner, name in led_to if _goes_on_behind_a_domain(name)}
    for owner, name in sorted(twice | likely, key=itemgetter(1)):
        if name and name not in gone:
            gone[name] = nonexistent(builder.index, name) is not None
        missing = gone.get(name, False) and (owner, name) in likely
        if not missing and (owner, name) not in twice:
            continue  # the zone of these need not be known
        if sum(map(len, found.values())) >= _NOTED:
            break
        zone = zone_of(builder, owner)
        if is_below(name, f"{zone}.{zone}"):
            found.setdefault(zone, {})[name] = Reason.of("named-twice", name=name)
        elif missing and name != zone and is_below(name, zone):
            meant = name.removesuffix(f".{zone}")
            if is_top_level(meant.rpartition(".")[2]) and registered_domain(meant) is not None:
                reason = Reason.of("dot-missing", name=name, target=meant)
                found.setdefault(zone, {})[name] = reason
    return {zone: [told[name] for name in sorted(told)] for zone, told in found.items()}


def _goes_on_behind_a_domain(name: str) -> bool:
    """Tell whether a label within a name is a top-level domain, which hardly any is.

    >>> _goes_on_behind_a_domain("mx.example.org.example.com"), _goes_on_behind_a_domain("org.example.com")
    (True, False)
    """
    return any(is_top_level(label) for label in name.split(".")[1:-1])


def _repeats_its_end(name: str) -> bool:
    """Tell whether the last label of a name stands in it twice."""
    return f".{name.rpartition('.')[2]}." in f".{name}"
