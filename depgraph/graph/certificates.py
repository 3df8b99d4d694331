"""Which certification authorities can give a web host its certificate: seen, and allowed by CAA."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Final

from depgraph import names
from depgraph.errors import RecordingError
from depgraph.graph import hosts, reports
from depgraph.graph.answers import Answer, about, proof, text_of
from depgraph.graph.builder import Builder, Phase
from depgraph.graph.network import fields
from depgraph.observations import Evidence, Observation, parse_time
from depgraph.providers import Signal
from depgraph.records import caa
from depgraph.records.days import day_of
from depgraph.vocabulary import ANY_AUTHORITY, Confidence, Reason, Strength, What
from depgraph.vocabulary import reasons as reasons_of

ANYONE: Final = ANY_AUTHORITY.partition(":")[2]
_PARTS: Final = 8  # of a name in a chain, more than any that was seen
_NAMES: Final = 100  # of a certificate; of more perhaps not all were kept


@dataclass(frozen=True, slots=True)
class Caa:
    """The CAA set that counts for a host.

    Parameters
    ----------
    answer
        The nearest that holds records, else the last that was looked at.
    present
        Whether it holds records.
    gap
        Why a nearer name is not settled; empty if all are.
    """

    answer: Answer
    present: bool
    gap: tuple[Reason, ...]

    @property
    def allowed(self) -> dict[str, tuple[Observation, ...]] | None:
        """The domains of the authorities that may issue; None where any may."""
        if not self.present:
            return None
        allowed: dict[str, tuple[Observation, ...]] = {}
        restricted = False
        for value, observations in self.answer.records.items():
            domain = caa.issuer(value)
            restricted = restricted or domain is not None
            if domain:
                allowed.setdefault(domain, observations)
        return allowed if restricted else None


def add(builder: Builder, function: str, name: str) -> None:
    """Add the set of authorities of a host."""
    node = builder.draft.node("authorities", name)
    builder.draft.edge(function, "certificate", node)
    builder.later(expand, name, phase=Phase.SETS)


def expand(builder: Builder, name: str) -> None:
    """Add who may issue: those whom CAA allows (RFC 8659), or anyone where it says nothing.

    The authority of the certificate in use is one of them, unless CAA names others only.
    """
    draft = builder.draft
    node = f"authorities:{name}"
    findings = _findings(builder, name)
    if findings:
        draft.nodes[node]["finding"] = text_of(findings)
    caa = _relevant(builder, name)
    allowed = caa.allowed
    in_use = _add_issuers(builder, node, name, caa if allowed is not None else None)
    _add_above(builder, node, name)
    if allowed is not None:
        _add_allowed(builder, node, name, allowed)
        _add_needed_above(builder, node, name, allowed)
    elif caa.present or not caa.gap:
        anyone = draft.node("anyone", ANYONE, label="any certificate authority")
        observations = list(caa.answer.empty)
        for group in caa.answer.records.values():
            observations += group
        draft.edge(node, "certificate", anyone, proof(observations, rule="caa-open"))
    builder.further(node, "certificate", name, "CAA", caa.answer)
    for one in _seen_for(name):
        builder.further(
            node, "certificate", name, "certificate", builder.index.ask(one, "certificate")
        )
    if caa.gap:
        answer = builder.index.ask(name, "certificate")
        last = reports.last_known(
            builder, "ca", answer.stale, "issuer", names=(name,), roles=("ca",)
        )
        reasons = [about("CAA", caa.gap)]
        if not in_use:
            reasons.append(about("certificate", _unfit(builder, name) or answer.reasons))
        draft.unknown(node, "certificate", What.AUTHORITIES, name, reasons, last=last)


def _findings(builder: Builder, name: str) -> list[Reason]:
    """Return until when the certificates in use hold, which do not, and whether browsers insist.

    Who refuses to renew a certificate is felt when it ends; a host that has sent HSTS (RFC 6797,
    section 8.4) cannot be visited from then on, another with a warning only.
    """
    found = _unfit(builder, name)
    ends = _ends(builder.index.ask(name, "certificate"), set(_in_use(builder, name)))
    if ends:
        found.append(Reason.of("certificate-until", date=min(ends)))
    if builder.index.ask(name, "hsts").records:
        found.append(Reason.of("hsts"))
    return found


def _ends(certificates: Answer, in_use: set[Observation]) -> list[str]:
    """Return the day on which the certificate ends that each giver showed last: others it replaced."""
    last: dict[tuple[str, ...], tuple[datetime, str]] = {}
    for text, observations in fields(certificates, "not-after").items():
        ends = _moments(text)
        for o in in_use.intersection(observations) if ends else ():
            giver, shown = (o.source, o.server, o.vantage), (o.time, ends[-1].date().isoformat())
            last[giver] = max(last.get(giver, shown), shown)
    return [day for _, day in last.values()]


def _unfit(builder: Builder, name: str) -> list[Reason]:
    """Return why the certificates that each giver of a host showed last do not hold for it."""
    last: dict[tuple[str, ...], Observation] = {}
    for o in sorted(_shown(builder, name), key=lambda o: o.time):
        last[o.source, o.server, o.vantage] = o
    reasons: dict[str, list[Observation]] = {}
    for o in last.values():
        if (why := _misfit(o, name)) is not None:
            reasons.setdefault(str(why), []).append(o)
    return [reasons_of(text)[0].seen_in(several) for text, several in reasons.items()]


def _misfit(o: Observation, host: str) -> Reason | None:
    """Return why a certificate that a host showed does not hold for it; None where it may.

    A browser refuses it, so that whoever issued it can take nothing away (RFC 5280, section 6.1.3;
    RFC 9525, section 6). Of one in a log nobody says that it was shown.
    """
    if o.evidence is not Evidence.OBSERVED:
        return None
    told = o.fields()
    ends, begins = (_moments(told.get(key, ("",))[0]) for key in ("not-after", "not-before"))
    if _is_self_issued(told):
        return Reason.of("certificate-self-signed")
    if ends and ends[-1] < o.time:
        return Reason.of("certificate-ended", date=ends[-1].date().isoformat())
    if begins and begins[0] > o.end:
        return Reason.of("certificate-early", date=begins[0].date().isoformat())
    several = told.get("name", ())
    whole = 0 < len(several) < _NAMES
    if whole and not any(one.lower() in _seen_for(host) for one in several):
        return Reason.of("certificate-of-others", names=", ".join(several))
    return None


def _moments(text: str) -> tuple[datetime, ...]:
    """Return the first and the last moment that a validity may begin or end; none where none is read.

    Of a day alone, or a clock of which the zone is not said, that is the whole day.
    """
    try:
        moment = parse_time(text)
    except RecordingError:
        day = day_of(text)
    else:
        if len(text) > len("2026-01-31"):
            return moment, moment
        day = moment.date()
    return tuple(datetime.combine(day, at, UTC) for at in (time.min, time.max)) if day else ()


def _is_self_issued(told: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether a host issued its certificate itself: nobody whom browsers trust stands above it.

    Its issuer is called as it is itself, and no other was sent with it, or is named above it. Where it
    is not told what was sent, an organisation beside the name may be that of another.
    """
    others = (one for one in told.get("chain", ()) if not one.startswith("0 "))
    unsaid = "chain" not in told and "issuer-organisation" in told
    if "anchor" in told or unsaid or any(others):
        return False
    return "issuer" in told and told["issuer"] == told.get("subject")


def _add_issuers(builder: Builder, node: str, name: str, restricting: Caa | None) -> bool:
    """Add the authorities of the certificates in use, else of one reported; tell if any was seen.

    Where CAA names others only, they can issue none from then on.
    """
    issuers = _observed_issuers(builder, name)
    restricted = restricting is not None
    strength = Strength.EXPOSES if restricted else Strength.NEEDS
    finding = None
    if restricting is not None:
        records = restricting.answer.records.values()
        finding = Reason.of("not-in-caa").seen_in(o for several in records for o in several)
    for clues in issuers:
        attribution = builder.operator(
            node, "certificate", "ca", clues, strength=strength, finding=finding
        )
        if attribution.provider is None:
            builder.draft.unknown(
                node, "certificate", What.ISSUER, name, attribution.reasons, strength=strength
            )
    if not issuers:
        reported = reports.reported(builder, name, "ca")
        reports.add(builder, node, "certificate", "ca", reported, what=What.ISSUER, of=name)
    return bool(issuers)


def _add_above(builder: Builder, node: str, name: str) -> None:
    """Add who stands above the issuers of the certificates in use: up to whose root they lead.

    Each of them can revoke the certificate of the authority below it, and with it all that this
    one has issued (RFC 5280, section 5). The host can get another certificate elsewhere, so they
    are met, and not needed, unless CAA allows one authority only (:func:`_add_needed_above`).
    """
    for o in _in_use(builder, name):
        for text, clues in _operators_above(builder, o).values():
            finding = str(Reason.of("above-issuer", name=text))
            builder.operator(
                node, "certificate", "ca", clues, strength=Strength.EXPOSES, finding=finding
            )


def _add_needed_above(
    builder: Builder, node: str, name: str, allowed: dict[str, tuple[Observation, ...]]
) -> None:
    """Add who stands above the only authority that CAA allows, in every chain of it that was seen.

    There is no other to turn to, so who ends its certificate ends the host's as it could itself.
    Whether it has another, under another root, is not known: that it would be felt is possible.
    """
    only = {builder.who("ca", {Signal("issuer", domain): ()}).provider for domain in allowed}
    chains = [
        _operators_above(builder, o)
        for o in _in_use(builder, name)
        if builder.who("ca", _clues(o)).provider in only
    ]
    if len(only) != 1 or None in only or not chains:
        return
    functions = [tail for tail, head, _ in builder.draft.edges if head == node]
    for provider, (text, clues) in chains[0].items():
        if any(provider not in chain for chain in chains):
            continue
        above = builder.draft.node("authorities", f"{name}/{provider}", label=name)
        for function in functions:
            builder.draft.edge(function, "certificate", above)
        finding = str(Reason.of("above-issuer", name=text))
        effect = Confidence.POSSIBLE.value
        builder.operator(above, "certificate", "ca", clues, effect=effect, finding=finding)


def _operators_above(
    builder: Builder, o: Observation
) -> dict[str, tuple[str, dict[Signal, tuple[Observation, ...]]]]:
    """Return who stands above the issuer of a certificate, each with its name in the chain."""
    below = builder.who("ca", _clues(o)).provider
    found: dict[str, tuple[str, dict[Signal, tuple[Observation, ...]]]] = {}
    for text in _above(o):
        several: Iterator[dict[Signal, tuple[Observation, ...]]] = (
            {Signal("issuer", run): (o,)} for run in _runs(text)
        )
        clues = next((one for one in several if builder.knows(builder.who("ca", one))), None)
        provider = builder.who("ca", clues).provider if clues else None
        if clues and provider is not None and provider != below:
            found.setdefault(provider, (text, clues))
    return found


def _above(o: Observation) -> list[str]:
    """Return the names of the authorities in a chain, from that of the issuer's certificate on."""
    fields = o.fields()
    sent = [text.partition(" ") for text in fields.get("chain", ())]
    numbered = sorted((int(n), text) for n, _, text in sent if n.isdecimal() and int(n) > 0)
    return [text for _, text in numbered] + list(fields.get("anchor", ()))


def _runs(text: str) -> list[str]:
    """Return what may be the organisation in a name whose parts commas join, the longest first.

    >>> _runs("R1, Example, Inc.")[:3]
    ['R1, Example, Inc.', 'R1, Example', 'Example, Inc.']
    """
    parts = text.split(", ")[:_PARTS]
    spans = [(a, b) for a in range(len(parts)) for b in range(a + 1, len(parts) + 1)]
    return [", ".join(parts[a:b]) for a, b in sorted(spans, key=lambda one: one[0] - one[1])]


def _add_allowed(
    builder: Builder, node: str, name: str, allowed: dict[str, tuple[Observation, ...]]
) -> None:
    """Add the authorities that CAA allows, and say of which no certificate was seen.

    Where browsers refuse the one that the host shows, it is not known whether it is felt that
    there is no other.
    """
    draft = builder.draft
    seen = {builder.who("ca", clues).provider for clues in _observed_issuers(builder, name)}
    refused = () if _in_use(builder, name) else _unfit(builder, name)
    not_seen = Reason.of("caa-allowed", reason=text_of(refused))
    # It need not have issued one: that is likely at most, and possible where one is refused.
    effect = (Confidence.POSSIBLE if refused else Confidence.LIKELY).value
    for domain, observations in allowed.items():
        clues = {Signal("issuer", domain): observations}
        finding = None if builder.who("ca", clues).provider in seen else not_seen
        attribution = builder.operator(
            node, "certificate", "ca", clues, finding=finding, effect=effect if finding else None
        )
        if attribution.provider is None:
            draft.unknown(node, "certificate", What.AUTHORITY, domain, attribution.reasons)
    if not allowed:
        draft.unknown(node, "certificate", What.AUTHORITIES, name, [Reason.of("caa-nobody")])


def _seen_for(name: str) -> tuple[str, str]:
    """Return the names whose certificates may be a host's."""
    return name, f"*.{name.partition('.')[2]}"


def _in_use(builder: Builder, name: str) -> list[Observation]:
    """Return the certificates of a host that were seen and may hold for it."""
    return [o for o in _shown(builder, name) if _misfit(o, name) is None]


def _shown(builder: Builder, name: str) -> list[Observation]:
    """Return the certificates of a host that were seen.

    One for a wildcard may be that of any host one label below it (RFC 9525, section 6.3): it is
    asked where none is known for the host itself.
    """
    for one in _seen_for(name):
        found = [o for o in builder.index.group(one, "certificate") if builder.index.current(o)]
        if found:
            left_out = set(builder.index.ask(one, "certificate").beyond)
            return [o for o in found if not (left_out and left_out.issuperset(_issuer(o)))]
    return []


def _issuer(o: Observation) -> list[str]:
    """Return the values of a certificate that say who issued it."""
    return [value for value in o.values if value.startswith("issuer")]


def _observed_issuers(builder: Builder, name: str) -> list[dict[Signal, tuple[Observation, ...]]]:
    """Return the signals of each certificate that was seen, the organisation before the name."""
    issuers: list[dict[Signal, tuple[Observation, ...]]] = []
    for clues in map(_clues, _in_use(builder, name)):
        if clues and clues.keys() not in [other.keys() for other in issuers]:
            issuers.append(clues)
    return issuers


def _clues(o: Observation) -> dict[Signal, tuple[Observation, ...]]:
    """Return the signals of the issuer of a certificate, the organisation before the name."""
    fields = o.fields()
    texts = [*fields.get("issuer-organisation", ()), *fields.get("issuer", ())]
    return {Signal("issuer", text.strip()): (o,) for text in texts if text.strip()}


def _relevant(builder: Builder, name: str) -> Caa:
    """Climb to the CAA set that counts: the nearest, up to the registered domain."""
    registered = builder.registered(name)
    gap: tuple[Reason, ...] = ()
    answer = _caa(builder, name)
    for one in names.parents(name):
        answer = _caa(builder, one)
        if answer.records:
            return Caa(answer, present=True, gap=gap or answer.not_whole)
        if not answer.is_empty:
            gap = gap or answer.reasons
        if one == registered:
            break
    return Caa(answer, present=False, gap=gap)


def _caa(builder: Builder, name: str) -> Answer:
    """Return the CAA set of a name; the query follows its aliases (RFC 8659 section 3)."""
    answer = builder.index.ask(name, "CAA")
    end = hosts.chain(builder.index, name).names[-1]
    # A server that failed says nothing of a name that another showed to be an alias.
    if answer.records or answer.empty or end == name:
        return answer
    return builder.index.ask(end, "CAA")
