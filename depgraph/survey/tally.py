"""Many services at once: who is known to stand in each layer, and who can stop how many.

Nothing here draws; :mod:`depgraph.pictures.kinds.survey` and ``concentration`` show it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple, TypeVar

import networkx as nx

from depgraph.analysis.acts import acting
from depgraph.analysis.groups import companies
from depgraph.analysis.model import model_of
from depgraph.analysis.roles import FUNCTION_LAYERS, Role, Standing, roles
from depgraph.analysis.takedown import takedown
from depgraph.errors import QuestionError
from depgraph.providers.rules import called, short_name
from depgraph.vocabulary import FUNCTIONS, Confidence, Kind, Layer, Level, Part, function_of

_Who = TypeVar("_Who")
SEVERAL: Final = "several"  # more than one company of the group
OTHER: Final = "other"  # companies, all of them known, none of the group
OPEN: Final = "open"  # somebody is known, and it is not known whether others are there too
OWN: Final = "own"
ANY: Final = "any"  # any of an open set will do: a certificate of any authority
NONE: Final = "none"
UNKNOWN: Final = "unknown"  # nobody is known
CATEGORIES: Final = (SEVERAL, OTHER, OPEN, OWN, ANY, NONE, UNKNOWN)
"""How a layer of one service is counted, if not by the one company of the group in it."""
UNDECIDED: Final = frozenset({OPEN, UNKNOWN})
"""Where the group may stand too."""


@dataclass(frozen=True, slots=True)
class Carriers:
    """Who stands in a layer of a service, over all of its functions.

    Parameters
    ----------
    known
        Names of the companies that are certainly or likely there, each at the top of its
        parents; of an operator whose company is not known its own name.
    own
        Whether the service itself is.
    anyone
        Whether any of an open set will do.
    open
        Whether it is not known whether somebody else is there too.
    met
        Whether somebody, or something unknown, stands in just this layer.
    likely
        Those of `known` that are only likely there.
    """

    known: frozenset[str] = frozenset()
    own: bool = False
    anyone: bool = False
    open: bool = False
    met: bool = True
    likely: frozenset[str] = frozenset()

    def category(self, group: frozenset[str]) -> str:
        """Return how the layer is counted: a name of the group, or one of :data:`CATEGORIES`.

        Parameters
        ----------
        group
            Names of the chosen group's companies.
        """
        ours = self.known & group
        if ours:
            return min(ours) if len(ours) == 1 else SEVERAL
        somebody = self.known or self.own or self.anyone
        if self.open:
            return OPEN if somebody else UNKNOWN
        if self.known:
            return OTHER
        if self.own:
            return OWN
        return ANY if self.anyone else NONE


class Stop(NamedTuple):
    """A company that can stop some function of a service alone.

    Parameters
    ----------
    company
        Its name.
    registry
        Whether it takes what the company does as a registry, by which it can stop every name below
        its own alike. Who can stop the service by something else as well is there twice.
    likely
        Whether it only likely can.
    """

    company: str
    registry: bool = False
    likely: bool = False


@dataclass(frozen=True, slots=True)
class Service:
    """One service of a survey.

    Parameters
    ----------
    name
        Its domain.
    layers
        Layer -> who is there. A layer that it does not have is left out.
    group
        Names of companies of the chosen group that it meets.
    stops
        Who can stop some function of it alone.
    brands
        Pairs: the name of a company, and that of a provider of it which stands in a layer.
    """

    name: str
    layers: Mapping[Layer, Carriers] = field(default_factory=dict)
    group: frozenset[str] = frozenset()
    stops: frozenset[Stop] = frozenset()
    brands: frozenset[tuple[str, str]] = frozenset()

    @property
    def known(self) -> frozenset[str]:
        """Names of all companies that are known to stand in one of its layers."""
        return self.behind(True) | self.behind(False)

    def behind(self, shared: bool) -> frozenset[str]:  # noqa: FBT001  (one of the two)
        """Return who is known to stand in its layers of registries, or in the others."""
        several = (one.known for layer, one in self.layers.items() if layer.shared is shared)
        return frozenset().union(*several)


@dataclass(frozen=True, slots=True)
class Share:
    """How the services of one layer divide.

    Parameters
    ----------
    layer
        The layer.
    parts
        How a service is counted -> how many, each service once, in the order in which it is
        told: the group's companies, then :data:`CATEGORIES`.
    known
        Company -> in how many services it is known to stand there, the most first. A layer
        that several companies share counts for each of them.
    group
        In how many services some company of the group is known to stand there.
    total
        How many services have the layer.
    likely
        In how many of those of the group it is only likely there.
    unsure
        Company -> in how many services it is only likely there.
    """

    layer: Layer
    parts: tuple[tuple[str, int], ...]
    known: tuple[tuple[str, int], ...]
    group: int
    total: int
    likely: int = 0
    unsure: Mapping[str, int] = field(default_factory=dict, hash=False)

    @property
    def undecided(self) -> int:
        """In how many the group is not known to stand, but may."""
        return sum(count for name, count in self.parts if name in UNDECIDED)

    @property
    def unknown(self) -> int:
        """In how many nobody is known."""
        return dict(self.parts).get(UNKNOWN, 0)

    @property
    def range(self) -> tuple[int, int]:
        """The least and the greatest share of the group, per cent, rounded outwards."""
        if not self.total:
            return (0, 100)
        most = self.group + self.undecided
        return (100 * self.group // self.total, -(-100 * most // self.total))


def services(
    graphs: Iterable[nx.MultiDiGraph[str]], *, group: str = "big-tech"
) -> tuple[Service, ...]:
    """Tally graphs, one service each.

    Parameters
    ----------
    graphs
        Graphs that follow the schema.
    group
        Whose companies are told apart: see :func:`depgraph.analysis.groups.companies`.

    Returns
    -------
    tuple of Service

    Raises
    ------
    QuestionError
        If `group` means nobody.
    GraphError
        If a graph does not follow the schema.
    """
    return tuple(_service(graph, group) for graph in graphs)


def tallied(
    source: Sequence[Service] | Sequence[nx.MultiDiGraph[str]], group: str = "big-tech"
) -> tuple[Service, ...]:
    """Return services as they are, and graphs tallied.

    Parameters
    ----------
    source
        Services, graphs, or both.
    group
        As for :func:`services`.

    Raises
    ------
    QuestionError
        If there is none, or one service is there twice and would be counted twice.
    """
    if not source:
        raise QuestionError("expected one service or more, found none")
    found = [one if isinstance(one, Service) else _service(one, group) for one in source]
    twice = [name for name, many in Counter(one.name for one in found).items() if many > 1]
    if twice:
        raise QuestionError(
            f"expected one graph for each service, found more of {', '.join(twice)}; choose one "
            "day of each, or draw a timeline"
        )
    return tuple(found)


def label_of(labels: Mapping[str, str], actor: str) -> str:
    """Return an actor for people: by its label, else by its id.

    >>> label_of({}, "provider:~golf.example")
    'golf.example'
    """
    return labels.get(actor) or actor.partition(":")[2].removeprefix("~")


def leaders(counts: Mapping[_Who, int]) -> tuple[tuple[_Who, ...], int]:
    """Return all who have most, in their order, and how many that is; nobody where all have none.

    >>> leaders({"b": 2, "c": 1, "a": 2}), leaders({"a": 0})
    ((('b', 'a'), 2), ((), 0))
    """
    most = max(counts.values(), default=0)
    return tuple(who for who, count in counts.items() if count == most) if most else (), most


def group_of(found: Iterable[Service]) -> frozenset[str]:
    """Return the names of the group's companies that some services meet."""
    return frozenset().union(*(service.group for service in found))


def names_of(found: Iterable[Service]) -> Mapping[str, tuple[str, str]]:
    """Return by which name each company is known, and its own where that is another.

    See :func:`depgraph.providers.rules.called`; the brands are those of all the services.
    """
    every: dict[str, set[str]] = {}
    for service in found:
        for company, brand in service.brands:
            every.setdefault(company, set()).add(brand)
    return {company: called(company, several) for company, several in every.items()}


def shares(found: Sequence[Service]) -> tuple[Share, ...]:
    """Count who is known to stand in each layer, in the order of the layers.

    Parameters
    ----------
    found
        The services.

    Returns
    -------
    tuple of Share
        One for each layer in which somebody, or something unknown, stands in some service.
    """
    ours = group_of(found)
    return tuple(
        _share(layer, [one.layers[layer] for one in found if layer in one.layers], ours)
        for layer in FUNCTION_LAYERS
        if any(layer in one.layers and one.layers[layer].met for one in found)
    )


def _share(layer: Layer, several: Sequence[Carriers], ours: frozenset[str]) -> Share:
    counted = Counter(carriers.category(ours) for carriers in several)
    mine = sorted((name for name in counted if name in ours), key=lambda n: (-counted[n], n))
    known = Counter(name for carriers in several for name in carriers.known)
    return Share(
        layer=layer,
        parts=tuple((name, counted[name]) for name in (*mine, *CATEGORIES) if counted[name]),
        known=tuple(sorted(known.items(), key=lambda pair: (-pair[1], pair[0]))),
        group=sum(bool(carriers.known & ours) for carriers in several),
        total=len(several),
        likely=sum(
            bool(carriers.known & ours) and carriers.known & ours <= carriers.likely
            for carriers in several
        ),
        unsure=dict(sorted(Counter(one for each in several for one in each.likely).items())),
    )


# --- One service ---------------------------------------------------------------------------


def _service(graph: nx.MultiDiGraph[str], group: str) -> Service:
    model = model_of(graph)
    actors = companies(model, group)
    who = roles(model)
    layers: dict[Layer, Carriers] = {}
    ours: set[str] = set()
    brands: set[tuple[str, str]] = set()
    for function in model.functions:
        if function in who.absent:
            continue
        for layer in FUNCTION_LAYERS:
            standing = who.standing(function, layer)
            brands.update((name_of(role), short_name(role.label)) for role in _named(standing))
            carriers = carried_by(standing, function, layer)
            if carriers is not None:
                layers[layer] = both(layers.get(layer), carriers)
        known = [role for role in who.direct(function) if role.known and not role.own]
        ours.update(name_of(role) for role in known if actors & _chain(role))
    answer = takedown(model, level="company", upto=1, explain=0)
    cuts = [(Level.COMPANY, cut) for one in answer.functions for cut in one.alone_sets]
    acts = acting(model, cuts, met=who.met, horizon=answer.horizon)
    stops: set[Stop] = set()
    for (_, cut), (does,) in zip(cuts, acts, strict=True):
        (member,) = cut.members
        name = short_name(member.label)
        for _, only in does.pulled:
            where = [only] if only else [act.layer for act in does.named]
            stops.add(Stop(name, as_registry(where), cut.confidence is not Confidence.CERTAIN))
        if member.id in actors:
            ours.add(name)
    return Service(
        name=str(model.about.get("subject", "")),
        layers={layer: layers[layer] for layer in FUNCTION_LAYERS if layer in layers},
        group=frozenset(ours),
        stops=surest(stops),
        brands=frozenset(brands),
    )


def as_registry(layers: Iterable[str]) -> bool:
    """Tell whether somebody who acts in some layers does it as a registry, in one of them at least."""
    return any(Layer(layer).shared for layer in layers)


def surest(stops: Iterable[Stop]) -> frozenset[Stop]:
    """Leave of who certainly can stop something that it likely can.

    >>> found = surest([Stop("A", likely=True), Stop("A"), Stop("B", registry=True, likely=True)])
    >>> sorted(found)
    [Stop(company='A', registry=False, likely=False), Stop(company='B', registry=True, likely=True)]
    """
    found = frozenset(stops)
    return frozenset(
        one for one in found if not (one.likely and one._replace(likely=False) in found)
    )


def carried_by(standing: Standing, function: str, layer: Layer) -> Carriers | None:
    """Return who is in a layer of a function; None where the function has no such layer."""
    known = [role for role in standing.roles if role.known and role.needed]
    web = FUNCTIONS[function_of(function)].part is Part.WEB
    if not known and not standing.hiding and not (layer is Layer.FRONT and web):
        return None
    named = _named(standing)
    sure = {
        name_of(role)
        for role in named
        if role.counted(Level.COMPANY).confidence is Confidence.CERTAIN
    }
    names = frozenset(map(name_of, named))
    return Carriers(
        known=names,
        own=any(role.own for role in known),
        anyone=any(role.kind is Kind.ANYONE and role.needed for role in known),
        open=not standing.fully_known,
        met=bool(standing.roles) or standing.fully_known,
        likely=names - sure,
    )


def _named(standing: Standing) -> list[Role]:
    """Return the roles of the providers that are known to stand in a layer, and needed there."""
    known = (role for role in standing.roles if role.known and role.needed)
    return [role for role in known if role.kind is Kind.PROVIDER and not role.own]


def both(first: Carriers | None, second: Carriers) -> Carriers:
    """Return who is in a layer of either of two functions."""
    if first is None:
        return second
    return Carriers(
        known=first.known | second.known,
        own=first.own or second.own,
        anyone=first.anyone or second.anyone,
        open=first.open or second.open,
        met=first.met or second.met,
        likely=(first.likely | second.likely)
        - ((first.known - first.likely) | (second.known - second.likely)),
    )


def _chain(role: Role) -> frozenset[str]:
    return frozenset({role.actor, *(owner.id for owner in role.known_owners)})


def name_of(role: Role) -> str:
    """Return the name of the topmost company of an actor, or its own."""
    return short_name(role.counted(Level.COMPANY).label)
