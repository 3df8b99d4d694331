"""The addresses of a host, each under the front that answers there, if one does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from depgraph.graph import network
from depgraph.graph.evidence import Answer, proof
from depgraph.graph.text import address, host, version
from depgraph.graph.work import Clues, Report, Work
from depgraph.observations import Observation
from depgraph.providers import Attribution, Signal

FAMILIES = ("A", "AAAA")


@dataclass(frozen=True, slots=True)
class Host:
    """A host whose addresses are wanted, and what its names and reports tell of it.

    Parameters
    ----------
    name, names
        The host, and every name that leads to it, itself last.
    clues, named
        Its names as signals, and who answers there as far as they tell.
    fronts, hosts
        Who is reported to stand before it, and to host it.
    """

    name: str
    names: Sequence[str]
    clues: Clues
    named: Attribution
    fronts: Sequence[Report]
    hosts: Sequence[Report]

    @property
    def group(self) -> str:
        """The node of its addresses."""
        return f"addresses:{self.name}"

    @property
    def aliased_host(self) -> bool:
        """Whether an alias leads into the names of a host: it is what a front there hides.

        The name of the service itself proves nothing of the kind.
        """
        deciding = self.named.signals[:1]
        by_alias = any(spoken.signal.kind == "cname" for spoken in deciding)
        return by_alias and not self.named.is_front


def note_uses(work: Work, names: Sequence[str]) -> None:
    """Note under which names of the web each address is reached, before anybody is named by it."""
    if work.web.intersection(names):
        for text in readable(answers_of(work, names)):
            network.use(work, text, "web", _clues(work, names))


def expand(work: Work, name: str, names: Sequence[str]) -> None:
    """Add the addresses of a host; who answers there matters where it is a web host."""
    host_node = f"host:{name}"
    work.draft.edge(host_node, "address", work.draft.node("addresses", name))
    answers = answers_of(work, names)
    web = work.web.intersection(names)
    if not web:
        add_all(work, name, answers, role="mx", clues={Signal("mx-host", name): ()})
        return
    here = _web_host(work, name, names)
    found = readable(answers)
    told = [network.operator(work, text) for text in found]
    shields = []
    for (text, (answer, value)), (said, clues) in zip(found.items(), told, strict=True):
        group = _group_for(work, here, said, clues)
        shields.append(group != here.group)
        work.draft.edge(group, "address", f"address:{text}", answer.proof(value))
    if not found:
        group = _group_for(work, here, Attribution(provider=None), {})
        shields.append(group != here.group)
        _unknown_addresses(work, here, group, answers)
    else:
        add_gaps(work, here.group, name, answers)
    if here.named.provider is not None and not here.named.is_front:
        if not all(shields) and any(
            said.provider != here.named.provider for said, _ in told or _NOBODY
        ):
            proved = work.proof(here.named, here.clues)
            work.draft.edge(host_node, "operator", work.provider(here.named), proved)
    elif not any(shields) and not any(work.knows(said) for said, _ in told):
        networks = [r for one in names for r in work.reports(one, "network")]
        work.report(host_node, "operator", "hosting", here.hosts, what=f"host of {name}")
        work.report(host_node, "operator", "network", networks, what=f"network of {name}")


_NOBODY = ((Attribution(provider=None), None),)


def _clues(work: Work, names: Sequence[str]) -> Clues:
    clues: dict[Signal, Sequence[Observation]] = {}
    for one in names:
        pointing = sorted(work.aliases.get(one, ()))
        rows = [(source, "CNAME") for source in pointing] or [(one, f) for f in FAMILIES]
        groups = [work.index.ask(*row).seen.values() for row in rows]
        seen = tuple(o for group in groups for said in group for o in said)
        clues[Signal("cname" if pointing else "host", one)] = seen
        for value, said in work.index.ask(one, "rdns-or-cname").seen.items():
            if (pointer := host(value)) is not None:  # what it is, was not kept: the weaker one
                clues[Signal("ptr", pointer)] = said
    return clues


def _web_host(work: Work, name: str, names: Sequence[str]) -> Host:
    clues = _clues(work, names)
    return Host(
        name,
        names,
        clues,
        work.who("web", clues),
        [r for one in names for r in work.reports(one, "front")],
        [r for one in names for r in work.reports(one, "host")],
    )


def answers_of(work: Work, names: Sequence[str]) -> list[Answer]:
    """Give what is known of A and AAAA of a host.

    Where its own were not asked, those of a name that leads to it do: some sources record
    the addresses at the end of a chain under the name that was looked up.
    """
    for name in reversed(names):
        answers = [work.index.ask(name, family) for family in FAMILIES]
        if any(a.asked for a in answers):
            return answers
    return [work.index.ask(names[-1], family) for family in FAMILIES]


def readable(answers: Sequence[Answer]) -> dict[str, tuple[Answer, str]]:
    """Give the well-formed addresses, canonical, with the answer and value they stand in."""
    found: dict[str, tuple[Answer, str]] = {}
    for answer, wanted in zip(answers, (4, 6), strict=True):
        for value in answer.values:
            text = address(value)
            if text is not None and version(text) == wanted:
                found.setdefault(text, (answer, value))
    return found


def add_all(work: Work, name: str, answers: Sequence[Answer], *, role: str, clues: Clues) -> None:
    """Put every address straight under the node of a host's addresses (no front: not the web)."""
    group = work.draft.node("addresses", name)
    found = readable(answers)
    for text, (answer, value) in found.items():
        work.draft.edge(group, "address", network.use(work, text, role, clues), answer.proof(value))
    if found:
        add_gaps(work, group, name, answers)
    else:
        stale = [o for a in answers for o in a.stale]
        last = work.last_known("web", stale, "address")
        work.draft.unknown(group, "address", f"addresses of {name}", reason=why(answers), last=last)


def add_gaps(work: Work, group: str, name: str, answers: Sequence[Answer]) -> None:
    """Say what is missing beside the addresses that were found.

    Addresses that do not read, and IPv4 that could not be asked, may be a way of their own.
    That IPv6 was not asked is no such way: who is without it still depends on the rest.
    """
    if any(
        len(readable([a, _NONE] if i == 0 else [_NONE, a])) < len(a.seen)
        for i, a in enumerate(answers)
    ):
        work.draft.unknown(group, "address", f"malformed addresses of {name}", reason="malformed")
    four = answers[0]
    if not four.seen and not four.is_empty:
        work.draft.unknown(group, "address", f"IPv4 addresses of {name}", reason=four.reason)
    six = answers[1]
    if not six.seen and not six.is_empty:
        work.draft.nodes[group].setdefault("note", f"AAAA: {six.reason}")


_NONE = Answer({})


def why(answers: Sequence[Answer]) -> str:
    """Say why there is no address, family by family where they differ."""
    reasons = ["malformed" if a.seen else a.reason for a in answers]
    if len(set(reasons)) == 1:
        return reasons[0]
    return "; ".join(f"{f}: {r}" for f, r in zip(FAMILIES, reasons, strict=True))


def _unknown_addresses(work: Work, here: Host, group: str, answers: Sequence[Answer]) -> None:
    stale = [o for a in answers for o in a.stale]
    last = work.last_known("web", stale, "address", names=here.names, roles=("host", "front"))
    reason = why(answers)
    work.draft.unknown(group, "address", f"addresses of {here.name}", reason=reason, last=last)


def _group_for(work: Work, here: Host, said: Attribution, clues: Clues) -> str:
    """Give the node under which an address belongs: a front's where one answers there.

    A front by name decides; else one that the address tells, even where a name tells of a
    host, for then that host is what stands behind it; else one that is reported.
    """
    if here.named.is_front:
        return _shield(work, here, here.named, work.proof(here.named, here.clues))
    if said.is_front:
        return _shield(work, here, said, work.proof(said, clues))
    if here.named.provider is None and here.fronts and not work.knows(said):
        reported, o = here.fronts[0]
        front = work.who("front", {Signal("reported-name", reported): (o,)})
        return _shield(work, here, front, {**proof((o,)), "role": "front"})
    return here.group


def _shield(work: Work, here: Host, front: Attribution, proved: dict[str, object]) -> str:
    """Add a front, its operator and the origin behind it; gives the node of its addresses."""
    shield = work.draft.node("front", f"{front.provider}/{here.name}", label=front.name)
    work.draft.edge(here.group, "front", shield, proved)
    work.draft.edge(shield, "operator", work.provider(front), proved)
    part = work.draft.node("addresses", f"{here.name}/{front.provider}", label=here.name)
    work.draft.edge(shield, "address", part)
    if here.aliased_host:
        proved = work.proof(here.named, here.clues)
        work.draft.edge(shield, "origin", work.provider(here.named), proved)
        return part
    work.report(shield, "origin", "hosting", here.hosts, what=f"origin of {here.name}")
    if not here.hosts:
        work.draft.unknown(
            shield,
            "origin",
            f"origin of {here.name}",
            reason="a front hides it, and nothing proves it",
        )
    return part
