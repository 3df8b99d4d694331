"""One service judged: from its recording to rows of the tables of a survey.

Nothing is decided here: who stands where, who can stop it and how sure that is come from
:func:`depgraph.graph.build` and :mod:`depgraph.analysis`, as for one service alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache, partial
from itertools import groupby
from typing import Any, Final

from depgraph.analysis.acts import Acting, acting
from depgraph.analysis.levers import seconds_of
from depgraph.analysis.model import Model, compile_graph
from depgraph.analysis.roles import (
    FUNCTION_LAYERS,
    Role,
    Roles,
    Standing,
    known_or_direct,
    order_of,
)
from depgraph.analysis.takedown import Takedown, takedown
from depgraph.analysis.verdicts import State
from depgraph.errors import DepgraphError
from depgraph.graph import build
from depgraph.names import is_below, registered_domain
from depgraph.observations import Observation, Status
from depgraph.providers import Catalogue, load
from depgraph.recording import Recording
from depgraph.recording.days import named
from depgraph.recording.model import in_runs
from depgraph.routes import routing_at, with_routes
from depgraph.survey.alike import Judged, Remembered
from depgraph.survey.circuit import encoded, plan_of
from depgraph.survey.sources import unbuilt
from depgraph.survey.tables import LEVELS, Rows, no_rows, state_column
from depgraph.survey.tally import carried_by, name_of
from depgraph.text_safety import one_line
from depgraph.vocabulary import Function, Kind, Layer, Level, LevelWord, ReasonCode, reasons

LARGEST: Final = 20_000
"""Observations of one service past which it is refused."""
MOST_SERVERS: Final = 100
"""Name servers of one zone past which a service is refused: a thousand, of as many operators, would
take half a minute."""
MOST_CUTS: Final = 2_000
"""Cut sets kept of one function at one level; `cuts_left_out` counts the others."""
_NOT_ASKED: Final = frozenset(
    {
        ReasonCode.NOT_ASKED.value,
        ReasonCode.NOT_RECORDED.value,
        ReasonCode.DELEGATION_UNSEEN.value,  # the zone above was not asked
    }
)
_SHOWS: Final = frozenset({Status.ANSWER, Status.REFERRAL, Status.NODATA})
"""Answers by which a name, or one below it, is there."""
_WORDS: Final[Mapping[Level, LevelWord]] = {
    Level.PROVIDER: "provider",
    Level.COMPANY: "company",
    Level.COUNTRY: "country",
}
_KINDS: Final[Mapping[Kind, str]] = {Kind.PROVIDER: "provider", Kind.ANYONE: "anyone"}


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of every service of a survey; it can be sent to another process.

    Parameters
    ----------
    at
        The day; None: the days of each recording.
    upto
        Size of the largest cut sets.
    horizon
        Levers that work later do not count.
    tables
        Whether origins that a recording lacks are taken from the routing tables of the user's cache.
    """

    at: date | None = None
    upto: int = 2
    horizon: str = "30d"
    tables: bool = False


def judge(recording: Recording, question: Question, *, catalogue: Catalogue | None = None) -> Rows:
    """Judge one service.

    Parameters
    ----------
    recording
        All that is known of it.
    question
        What is asked.
    catalogue
        Who is behind what; otherwise the one that depgraph brings.

    Returns
    -------
    dict
        Rows by table. Of a service that cannot be judged the only row is one of `refused`.
    """
    return examined(_filled(recording, question), question, catalogue=catalogue).rows


def examined(
    recording: Recording, question: Question, *, catalogue: Catalogue | None = None
) -> Judged:
    """Judge one service; return with its rows what was compared for them: see :func:`judge`."""
    rows = no_rows()
    try:
        if fault := _too_large(recording):
            rows["refused"] = [unbuilt(recording, fault)]
            return Judged(rows)
        graph = build(recording, at=question.at, catalogue=catalogue)
    except DepgraphError as error:
        rows["refused"] = [unbuilt(recording, str(error))]
        return Judged(rows)
    model = compile_graph(graph)
    if fault := _of_another_day(recording, model):
        rows["refused"] = [unbuilt(recording, fault)]
        return Judged(rows)
    judgement = _Judgement(recording, question, model)
    judgement.write(rows)
    return Judged(rows, tuple(judgement.compared()))


def _too_large(recording: Recording) -> str:
    """Say of a recording that it is more than one service of a survey may cost; else empty."""
    if len(recording) > LARGEST:
        return f"expected at most {LARGEST} observations of one service, found {len(recording)}"
    servers: dict[str, set[str]] = {}
    for o in recording:
        if o.type == "NS":
            servers.setdefault(o.subject, set()).update(o.values)
    for zone, names in servers.items():
        if len(names) > MOST_SERVERS:
            return f"expected at most {MOST_SERVERS} name servers of {zone}, found {len(names)}"
    return ""


def _of_another_day(recording: Recording, model: Model) -> str:
    """Say of a service that nothing was recorded on the day asked for, and when something was.

    What is recorded of others, such as the registry of its suffix, gives it no day.
    """
    own = [o for o in recording if is_below(o.subject, recording.subject)] or recording
    if any(True for _ in _of_its_days(own, model)):
        return ""
    days = in_runs({(o.time.date(), o.end.date()) for o in own})
    return f"expected something recorded on {model.about['until']}, found what is of {named(days)}"


def _of_its_days(several: Iterable[Observation], model: Model) -> Iterator[Observation]:
    """Yield those that stand for one of the days of a graph."""
    since, until = (date.fromisoformat(str(model.about[end])) for end in ("since", "until"))
    return (o for o in several if o.time.date() <= until and o.end.date() >= since)


class _Judgement:
    """The answers about one service, each asked for once."""

    def __init__(self, recording: Recording, question: Question, model: Model) -> None:
        self.recording = recording
        self.question = question
        self.model = model
        self.service = str(model.about["subject"])
        self.roles: Roles = known_or_direct(model)
        self.takedowns: Mapping[Level, Takedown] = {
            level: takedown(
                model,
                level=_WORDS[level],
                upto=question.upto,
                horizon=question.horizon,
                explain=0,
            )
            for level in LEVELS
        }

    def write(self, rows: Rows) -> None:
        """Add the rows of the service to every table."""
        cuts, left_out = self.cuts()
        rows["cuts"] += cuts
        rows["alone"] += self.alone()
        rows["services"].append(self.row(left_out))
        for function in self.model.functions:
            if function in self.roles.absent:
                continue
            for layer in FUNCTION_LAYERS:
                rows["layers"] += self.layer(function, layer)
            rows["unknowns"] += self.unknowns(function)
        rows["aliases"] += self.aliases()
        rows["circuits"].append(self.circuit())

    def compared(self) -> Iterator[Sequence[str]]:
        """Yield the groups of texts whose order decides in which order the answers stand.

        The edges of a node are followed in the order of where they lead, and so two ways part
        at one node; the players of a game are the actors of a level; roles are sorted by actor
        where they differ in nothing else.
        """
        model = self.model
        for row in model.out:
            yield [model.ids[model.edges[number].head] for number in row]
        for level in LEVELS:
            yield [name for node, name in enumerate(model.ids) if model.kind(node) == level]
        for several in self.roles.functions.values():
            yield [role.through for role in several]
            for _, alike in groupby(several, key=lambda role: order_of(role)[:-1]):
                yield [role.actor for role in alike]
        if any("vantage" in edge.data for edge in model.edges):
            yield model.ids  # how clients differ is told in their order, too

    def circuit(self) -> tuple[Any, ...]:
        """Return the row of `circuits`."""
        plan = plan_of(self.model, seconds_of(self.question.horizon))
        roots = list(zip(*plan.roots.values(), strict=True)) or [(), ()]
        return (
            *(self.service, plan.inputs, encoded(plan), list(plan.roots)),
            *(list(roots[0]), list(roots[1])),
        )

    def row(self, left_out: int) -> tuple[Any, ...]:
        """Return the row of `services`."""
        by_company = {one.function: one for one in self.takedowns[Level.COMPANY].functions}
        states: list[str | None] = []
        for function in Function:
            one = by_company.get(function.value)
            states.append(one.state.value if one else None)
            states.append(one.alone.value if one and one.state is not State.ABSENT else None)
        others = [
            f"{name}={one.state.value}"
            for name, one in by_company.items()
            if name not in set(Function)
        ]
        about = self.model.about
        since, until = str(about["since"]), str(about["until"])
        of_it = (o for o in self.recording if is_below(o.subject, self.service))
        own = list(_of_its_days(of_it, self.model))
        asked = {o.type for o in own if o.status.asked}
        servers = self._named("nameservers", "nameserver")
        domains = {registered_domain(server) or server for server in servers}
        return (
            *(self.service, since, until, not self.model.limits, self._present(own)),
            *(*states, others, sorted(asked), servers, sorted(domains)),
            *(self._named("exchanges", "exchange"), len(self.recording), left_out),
        )

    def _present(self, own: Iterable[Observation]) -> bool | None:
        """Tell by what was recorded of the service whether there is such a name; None: not known.

        Glue may be stale, and shows nothing; neither does a certificate.
        """
        states = {one.function: one.state for one in self.takedowns[Level.COMPANY].functions}
        if Function.NAME in states and set(states.values()) == {State.ABSENT}:
            return False
        shown = any(
            o.status in _SHOWS
            and o.section != "additional"
            and (o.type.isupper() or o.type == "registration")
            for o in own
        )
        return shown or None

    def _named(self, group: str, relation: str) -> list[str]:
        """Return the names in a set of the service: its zone's name servers, or its exchangers.

        Parts of a set, such as what clients of one place are given, lead on to names.
        """
        model = self.model
        node = model.number.get(f"{group}:{self.service}")
        stack = [] if node is None else [node]
        found: set[str] = set()
        while stack:
            for number in model.out[stack.pop()]:
                edge = model.edges[number]
                if edge.relation != relation:
                    continue
                if model.kind(edge.head) == relation:  # the kind of these is called as the step is
                    found.add(model.ids[edge.head].partition(":")[2])
                else:
                    stack.append(edge.head)
        return sorted(found)

    def layer(self, function: str, layer: Layer) -> Iterator[tuple[Any, ...]]:
        """Yield who stands in a layer of a function, or that nobody is known to."""
        standing = self.roles.standing(function, layer)
        carriers = carried_by(standing, function, layer)
        if carriers is None:
            return
        doubts = dict.fromkeys(_doubts(standing))
        asked = {doubt: _was_asked(doubt) for doubt in doubts}
        tail = (
            *(not carriers.open, carriers.met),
            *(any(asked.values()), not all(asked.values())),
            "; ".join(doubts)[:1000],
        )
        named = [role for role in standing.roles if role.kind in _KINDS]
        for role in named:
            yield (self.service, function, layer.value, *_who(role), *tail)
        if not any(role.known and role.needed for role in named):
            kind = "unknown" if carriers.open else "nobody"
            nobody: tuple[Any, ...] = (kind, "", "", "", "", [], "", "certain", "", "")
            yield (self.service, function, layer.value, *nobody, True, "", "unknown", *tail)

    def cuts(self) -> tuple[list[tuple[Any, ...]], int]:
        """Return the rows of `cuts`, and how many more there are."""
        found = [
            (
                *(self.service, cut.function, level.value, list(cut.ids)),
                [one_line(member.label) for member in cut.members],
                *(len(cut.members), cut.confidence.value, cut.worst_case, cut.decisive, cut.own),
                [
                    f"{name} {act.lever.value} {act.layer.value}"
                    for name, one in zip(cut.ids, self._acting[id(cut)], strict=True)
                    for act in one.named
                ],
            )
            for level, answer in self.takedowns.items()
            for one in answer.functions
            for cut in one.cut_sets[:MOST_CUTS]
        ]
        every = [one for answer in self.takedowns.values() for one in answer.functions]
        return found, sum(len(one.cut_sets[MOST_CUTS:]) for one in every)

    def alone(self) -> Iterator[tuple[Any, ...]]:
        """Yield who stops a function alone, and by what: for each lever and layer a row."""
        for level, answer in self.takedowns.items():
            for one in answer.functions:
                for cut in one.alone_sets:
                    ((member,), (does,)) = cut.ids, self._acting[id(cut)]
                    for lever, layer in does.pulled:
                        yield (
                            *(self.service, one.function, level.value, member),
                            *(lever, layer, cut.confidence.value),
                        )

    @cached_property
    def _acting(self) -> Mapping[int, tuple[Acting, ...]]:
        """By what the members of each cut set that is kept act, by the identity of the set."""
        listed = [
            (level, cut)
            for level, answer in self.takedowns.items()
            for one in answer.functions
            for cut in (*one.cut_sets[:MOST_CUTS], *one.alone_sets)
        ]
        kept = list({id(cut): (level, cut) for level, cut in listed}.values())
        horizon = seconds_of(self.question.horizon)
        found = acting(self.model, kept, met=self.roles.met, horizon=horizon)
        return {id(cut): acts for (_, cut), acts in zip(kept, found, strict=True)}

    def unknowns(self, function: str) -> Iterator[tuple[Any, ...]]:
        """Yield what is not known of a function directly, and what is only possible."""
        for role in self.roles.functions[function]:
            if role.known or role.through:
                continue
            what = role.what.value if role.what else ""
            hides = sorted(layer.value for layer in role.hidden)
            text = (what, one_line(role.of), role.reason[:1000])
            yield (self.service, function, role.layer.value, *text, hides)

    def aliases(self) -> Iterator[tuple[Any, ...]]:
        """Yield the further names that operators have in this graph, which the catalogue lacks."""
        for node, data in enumerate(self.model.nodes):
            finding = str(data.get("finding", ""))
            if data["kind"] != Kind.PROVIDER or ReasonCode.ALSO_KNOWN.value not in finding:
                continue
            for reason in reasons(finding):
                if reason.code is ReasonCode.ALSO_KNOWN:
                    for name in str(reason.get("names")).split(", "):
                        yield self.service, self.model.ids[node], f"provider:{name}", str(reason)


def _who(role: Role) -> tuple[Any, ...]:
    company, country = role.counted(Level.COMPANY), role.counted(Level.COUNTRY)
    return (
        "own" if role.own else _KINDS[role.kind],
        role.actor,
        one_line(role.label),
        one_line(name_of(role)),
        company.id,
        [one.id for one in role.companies],
        country.id,
        role.confidence.value,
        company.confidence.value,
        country.confidence.value if country.id else "",
        role.needed,
        role.rule,
        role.evidence.value,
    )


def _doubts(standing: Standing) -> Iterator[str]:
    """Yield why not all of a layer is known, coded."""
    for role in standing.hiding:
        yield role.reason or (ReasonCode.UNSURE if role.known else ReasonCode.NOT_RECORDED).value
    if not standing.complete:
        yield ReasonCode.NOT_RECORDED.value


def _was_asked(text: str) -> bool:
    """Tell whether a coded reason says that somebody asked.

    >>> _was_asked("not-asked"), _was_asked("timeout; not-asked")
    (False, True)
    """
    codes = _codes(text)
    return any(code not in _NOT_ASKED for code in codes)


def _codes(text: str) -> Iterable[str]:
    for one in reasons(text):
        inner = one.get("reason")
        if isinstance(inner, str) and inner:
            yield from _codes(inner)
        else:
            yield one.code.value


def several(
    recordings: Iterable[Recording], question: Question, *, catalogue: Catalogue | None = None
) -> Rows:
    """Judge several services; their rows stand in the order of the services."""
    rows = no_rows()
    remembered = _shipped(question) if catalogue is None else _remembered(question, catalogue)
    for recording in recordings:
        for table, found in remembered.rows(_filled(recording, question)).items():
            rows[table] += found
    return rows


def _filled(recording: Recording, question: Question) -> Recording:
    """Return a recording with the origins that routing tables have, if these are asked for."""
    if not question.tables:
        return recording
    return with_routes(recording, _routing(question.at or recording.days[0]))


_routing = lru_cache(maxsize=2)(routing_at)  # most services have one day


def _remembered(question: Question, catalogue: Catalogue) -> Remembered:
    return Remembered(partial(examined, question=question, catalogue=catalogue), catalogue)


@lru_cache(maxsize=2)
def _shipped(question: Question) -> Remembered:
    """Return what answers a question by the catalogue that depgraph brings, in this process."""
    return _remembered(question, load())


def forget() -> None:
    """Forget what this process remembers of the services that it judged."""
    _shipped.cache_clear()
    _routing.cache_clear()
    registered_domain.cache_clear()


def judged(recordings: Iterable[Recording], question: Question) -> dict[str, Any]:
    """Return the verdicts about some services as Arrow batches, by table.

    This is the one function that a survey maps over its services, in this process or another.
    """
    from depgraph.survey.tables import batches  # noqa: PLC0415  (pyarrow is optional)

    return batches(several(recordings, question))


__all__ = [
    "LARGEST",
    "MOST_CUTS",
    "MOST_SERVERS",
    "Question",
    "examined",
    "forget",
    "judge",
    "judged",
    "several",
    "state_column",
]
