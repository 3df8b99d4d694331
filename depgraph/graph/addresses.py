"""The addresses of a name: what A and AAAA hold, and what is missing beside it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, NamedTuple

from depgraph.addresses import all_inward, is_inward
from depgraph.graph import network
from depgraph.graph.answers import FAMILIES, MALFORMED, NOTHING, Answer, about, text_of
from depgraph.graph.builder import Builder, Clues
from depgraph.graph.failure import absence, inward
from depgraph.graph.reports import last_known
from depgraph.graph.text import address, version
from depgraph.observations import Observation
from depgraph.providers import Signal
from depgraph.vocabulary import Reason, Strength, What


class Found(NamedTuple):
    """A well-formed address: the answer and the value that it stands in."""

    answer: Answer
    value: str


def answers_of(builder: Builder, names: Sequence[str]) -> list[Answer]:
    """Return what is known of A and AAAA of a host.

    Where its own were not asked, those of a name that leads to it do: some sources record
    the addresses at the end of a chain under the name that was looked up.

    Parameters
    ----------
    builder
        The build.
    names
        Every name that leads to the host, itself last.
    """
    for name in reversed(names):
        if name != names[-1] and builder.index.ask(name, "alias").apart:
            continue  # whom the operator gives the addresses he does not send to the host
        answers = [builder.index.ask(name, family) for family in FAMILIES]
        if any(answer.asked for answer in answers):
            return answers if name == names[-1] else _lent(builder, names[-1], name, answers)
    return [builder.index.ask(names[-1], family) for family in FAMILIES]


def _lent(builder: Builder, host: str, lender: str, answers: Sequence[Answer]) -> list[Answer]:
    """Return the addresses of a name for a host that it leads to; each host counts them anew."""
    key = (host, lender)
    if key not in builder.lent:
        found = [(answer, builder.index.follow(len(answer.records))) for answer in answers]
        builder.lent[key] = [
            replace(
                answer,
                records=dict(islice(answer.records.items(), most)),
                beyond=tuple(sorted([*islice(answer.records, most, None), *answer.beyond])),
            )
            if most < len(answer.records)
            else answer
            for answer, most in found
        ]
    return builder.lent[key]


def readable(answers: Sequence[Answer]) -> dict[str, Found]:
    """Return the well-formed addresses of A and AAAA, in canonical form."""
    found: dict[str, Found] = {}
    for answer, family in zip(answers, (4, 6), strict=True):
        for value in answer.values:
            text = address(value)
            if text is not None and version(text) == family:
                found.setdefault(text, Found(answer, value))
    return found


def telling(found: Mapping[str, Found]) -> list[Observation]:
    """List the observations that have some addresses."""
    return [o for one in found.values() for o in one.answer.records[one.value]]


def hinted(builder: Builder, name: str, found: Collection[str]) -> dict[str, Found]:
    """Return the addresses that HTTPS records hint at for a host, besides those it has.

    Clients that follow such records may contact them until they know the host's own (RFC 9460,
    section 7.3): they are met, and no way that anybody may rely on.
    """
    several = builder.hinted.get(name, {})
    return {a: one for a, one in several.items() if a not in found and not is_inward(a)}


def behind_front(builder: Builder, names: Iterable[str]) -> set[str]:
    """Return the addresses that a front passes on to for some names, as their zone's file says."""
    values = (value for name in names for value in builder.index.ask(name, "behind-front").values)
    return {text for value in values if (text := address(value)) is not None}


def reach(builder: Builder, text: str, beside: Collection[str]) -> dict[str, Any]:
    """Return what the edge to an address says of whether the Internet reaches it.

    One that it does not (RFC 6890) is no alternative to those beside it. Where it reaches none,
    the service may be one of a network of its own: each is needed there.
    """
    if not is_inward(text):
        return {}
    strength = Strength.NEEDS if all_inward(beside) else Strength.EXPOSES
    return {"strength": strength, "finding": inward(builder.index, [text])}


def expand(builder: Builder, name: str, names: Sequence[str]) -> None:
    """Add the addresses of a host that is none of the web."""
    group = builder.draft.node("addresses", name)
    builder.draft.edge(f"host:{name}", "address", group)
    answers = answers_of(builder, names)
    add_all(builder, name, answers, role="mx", clues={Signal("mx-host", name): ()})


def add_all(
    builder: Builder, name: str, answers: Sequence[Answer], *, role: str, clues: Clues
) -> None:
    """Put every address straight under the node of a host's addresses (no front: not the web)."""
    group = builder.draft.node("addresses", name)
    found = readable(answers)
    for text, (answer, value) in found.items():
        node = network.use(builder, text, role, clues)
        builder.draft.edge(
            group, "address", node, answer.proof(value), **reach(builder, text, found)
        )
    note_views(builder, group, answers)
    if found:
        add_gaps(builder, group, name, answers)
        return
    gone = absence(builder.index, name)
    if gone is not None:
        builder.draft.note(group, gone)
        return
    last = last_known(builder, "web", stale_of(answers), "address")
    builder.draft.unknown(group, "address", What.ADDRESSES, name, why(answers), last=last)


def note_views(builder: Builder, group: str, answers: Sequence[Answer]) -> None:
    """Write on a node whose edges are answers of some who was answered there, where they differ.

    Who is among them and has none of the edges was answered that there is nothing.
    """
    views = {view for answer in answers for view in (*answer.among, *answer.lost)}
    if any(answer.apart for answer in answers):
        present = str(builder.draft.nodes[group].get("vantage", "")).split(",")
        views.update(filter(None, present))
        builder.draft.nodes[group]["vantage"] = ",".join(sorted(views))


def stale_of(answers: Sequence[Answer]) -> list[Observation]:
    """List the observations of other days."""
    return [o for answer in answers for o in answer.stale]


def add_gaps(builder: Builder, group: str, name: str, answers: Sequence[Answer]) -> None:
    """Say what is missing beside the addresses that were found.

    Addresses that do not read, and IPv4 that could not be asked, may be a way of their own.
    IPv6 is no such way, as who is without it still depends on the rest; but where nobody asked for
    it, or in vain, there may be others who are met over it, and nobody knows who that is.
    """
    draft = builder.draft
    add_further(builder, group, name, answers)
    four, six = answers
    read_four = len(readable([four, NOTHING]))
    read_six = len(readable([NOTHING, six]))
    if read_four < len(four.records) or read_six < len(six.records):
        draft.unknown(group, "address", What.MALFORMED_ADDRESSES, name, [MALFORMED])
    if not four.records and not four.is_empty:
        draft.unknown(group, "address", What.IPV4_ADDRESSES, name, four.reasons)
    if not six.records and not six.is_empty:
        draft.nodes[group].setdefault("finding", text_of([about("AAAA", six.reasons)]))
        what = What.IPV6_ADDRESSES
        draft.unknown(group, "address", what, name, six.reasons, strength=Strength.EXPOSES)
    for what, answer, strength in (
        (What.IPV4_ADDRESSES, four, Strength.NEEDS),
        (What.IPV6_ADDRESSES, six, Strength.EXPOSES),
    ):
        if answer.not_whole:
            draft.unknown(group, "address", what, name, answer.not_whole, strength=strength)
        for view, reasons in answer.lost.items():
            more: dict[str, Any] = {"within": view, "strength": strength, "vantage": view}
            draft.unknown(group, "address", what, name, reasons, **more)


def add_further(builder: Builder, group: str, name: str, answers: Sequence[Answer]) -> None:
    """Say how many addresses are too many to be followed, if any are."""
    for family, answer in zip(FAMILIES, answers, strict=True):
        builder.further(group, "address", name, family, answer)


def why(answers: Sequence[Answer]) -> list[Reason]:
    """Return why there is no address, family by family where they differ."""
    reasons = [(MALFORMED,) if answer.records else answer.reasons for answer in answers]
    if reasons[0] == reasons[1]:
        return list(reasons[0])
    return [about(family, one) for family, one in zip(FAMILIES, reasons, strict=True)]
