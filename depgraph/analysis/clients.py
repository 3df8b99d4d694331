"""For whom an answer holds: the clients of a service, as far as they meet different graphs.

A client asks from a place, over one family of addresses or both, through a resolver that
validates or not, and follows HTTPS records or not. The family is the client's, and its
resolver reaches no further (as in Degrange's transdep, ``-break4`` and ``-break6``): without IPv6 neither a
web host nor a name server that has IPv6 addresses only can be reached. *IPv6-only* is meant
without NAT64 (RFC 6146), and is judged only if it is asked for.

Clients that meet the same graph are one *class*. A class is a restriction of the graph
(:func:`restricted`): edges that its clients do not use are gone. An answer combines those of
the classes for which a function works as recorded: it holds for everyone, or for some of
them, who are described by what they have in common (:func:`described`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, product
from typing import ClassVar, Final, TypeAlias

from depgraph.analysis.model import Edge, Model
from depgraph.analysis.paths import walk
from depgraph.analysis.unknowns import UnknownPart, unknown_parts
from depgraph.errors import QuestionError
from depgraph.text_safety import quote
from depgraph.texts.refusals import refuse, said
from depgraph.vocabulary import (
    VIA,
    ClientWord,
    Family,
    Kind,
    Security,
    Steering,
    What,
    reasons,
)

ALL: Final = "all"
UNNAMED: Final = "unnamed"
_JOIN: Final = "+"
_UNKNOWN_OF: Final[Mapping[str, Family]] = {
    What.IPV4_ADDRESSES: Family.IPV4,
    What.IPV6_ADDRESSES: Family.IPV6,
}
"""What is unknown -> the family of addresses that it is of."""

ClientsAsked: TypeAlias = "str | Client | Iterable[str | Client]"


@dataclass(frozen=True, slots=True)
class Client:
    """Clients of one kind; what is not said does not matter, so that ``Client()`` is everyone.

    Parameters
    ----------
    place
        The vantage point whose answers they get.
    family
        Over which families of addresses they, and their resolver, reach others.
    validating
        Whether their resolver refuses what DNSSEC shows to be bogus.
    svcb
        Whether they follow SVCB and HTTPS records.
    answer
        Who gives them an answer, where at one place some get one and others another: a server
        of the zone, with a number where one server gives several.
    """

    OPTIONAL: ClassVar[frozenset[str]] = frozenset(
        {"place", "family", "validating", "svcb", "answer"}
    )

    place: str = ""
    family: Family | None = None
    validating: bool | None = None
    svcb: bool | None = None
    answer: str = ""

    @property
    def traits(self) -> Mapping[str, object]:
        """What is said of them."""
        named = {name: getattr(self, name) for name in sorted(self.OPTIONAL)}
        return {name: value for name, value in named.items() if value not in ("", None)}

    def includes(self, other: Client) -> bool:
        """Tell whether other clients are of this kind."""
        return all(getattr(other, name) == value for name, value in self.traits.items())

    def __str__(self) -> str:
        words = [self.place, self.answer and f"{VIA} {self.answer}", self.family or ""]
        words += (
            []
            if self.validating is None
            else ["validating" if self.validating else "not-validating"]
        )
        words += [] if self.svcb is None else ["svcb" if self.svcb else "no-svcb"]
        return _JOIN.join(filter(None, words)) or ALL


EVERYONE: Final = Client()


@dataclass(frozen=True, eq=False, slots=True)
class ClientClass:
    """Clients that meet the same graph.

    Parameters
    ----------
    clients
        They, each by all that tells clients of this graph apart.
    model
        The graph that they meet.
    deciding
        Of the first of several classes, what was found once: see :func:`deciding`.
    """

    clients: tuple[Client, ...]
    model: Model
    deciding: dict[tuple[int, ...], list[tuple[int, ...]]] = field(default_factory=dict, repr=False)


def clients_of(wanted: ClientsAsked) -> tuple[Client, ...]:
    """Read which clients are asked about; none for all.

    Parameters
    ----------
    wanted
        ``"all"``, or one or several of: a vantage point (``"de"``), ``"dual"``, ``"ipv4"``,
        ``"ipv6"``, ``"validating"``, ``"not-validating"``, ``"svcb"``, ``"no-svcb"``, several of
        them joined by ``+`` (``"de+ipv4"``), or a :class:`Client`.

    Raises
    ------
    QuestionError
        If it is none of these.

    >>> [str(client) for client in clients_of(["de+ipv4", "validating"])]
    ['de+ipv4', 'validating']
    """
    several = [wanted] if isinstance(wanted, str | Client) else list(wanted)
    if not several:
        raise refuse(QuestionError, "clients.none", everyone=repr(ALL))
    found = [one if isinstance(one, Client) else _client(one) for one in several]
    return () if EVERYONE in found else tuple(dict.fromkeys(found))


def assumed(steering: str) -> Steering | None:
    """Return what an answer assumes of who steers clients; None where that is nothing."""
    word = Steering(steering)
    return None if word is Steering.NONE else word


def _client(text: str) -> Client:
    if not isinstance(text, str):
        raise QuestionError(f"expected clients as text, found {type(text).__name__}")
    client = Client()
    for word in filter(None, map(str.strip, text.split(_JOIN))):
        if word == ALL:
            continue
        if word in set(Family):
            client = replace(client, family=Family(word))
        elif word.removeprefix("not-") == ClientWord.VALIDATING:
            client = replace(client, validating=not word.startswith("not-"))
        elif word.removeprefix("no-") == ClientWord.SVCB:
            client = replace(client, svcb=not word.startswith("no-"))
        elif word.startswith(f"{VIA} "):
            client = replace(client, answer=word.removeprefix(f"{VIA} "))
        else:
            client = replace(client, place=word)
    return client


def classes(
    model: Model, clients: ClientsAsked = ALL, steering: Steering | str = Steering.NONE
) -> tuple[ClientClass, ...]:
    """Return the classes of clients that meet different graphs, of those that are asked about.

    Parameters
    ----------
    model
        The whole graph.
    clients
        Whom to judge: see :func:`clients_of`.
    steering
        ``"assumed"``: who gives different answers to different clients leads them all to what
        still works, so that places do not matter.

    Raises
    ------
    QuestionError
        If some clients asked about have no place in this graph.
    """
    asked = clients_of(clients)
    key = f"classes {asked} {steering}"
    if key not in model.remembered:
        model.remembered[key] = _classes(model, asked, Steering(steering))
    found: tuple[ClientClass, ...] = model.remembered[key]
    return found


def _classes(
    model: Model, asked: tuple[Client, ...], steering: Steering
) -> tuple[ClientClass, ...]:
    traits = _Traits.of(model)
    if steering is Steering.ASSUMED:
        traits = replace(traits, views=())
    for one in asked:
        places = {place for place, _ in map(_parts, traits.views)}
        if one.place and steering is Steering.NONE and one.place not in places:
            known = ", ".join(sorted(places)) or said("refused.none")
            raise refuse(QuestionError, "clients.place", places=known, found=quote(one.place))
    by_mask: dict[tuple[frozenset[int], ...], list[Client]] = {}
    for client in traits.clients(asked):
        by_mask.setdefault(traits.mask(client), []).append(client)
    if not by_mask:
        raise refuse(QuestionError, "clients.absent", clients=", ".join(map(str, asked)))
    if len(by_mask) == 1 and not any(next(iter(by_mask))):
        return (ClientClass((EVERYONE,), model),)
    return tuple(
        ClientClass(tuple(several), model.restricted(*mask)) for mask, several in by_mask.items()
    )


def restricted(model: Model, client: Client) -> Model:
    """Return the graph that clients meet: without the edges that they do not use.

    Parameters
    ----------
    model
        The whole graph.
    client
        Who; what is not said of it restricts nothing.
    """
    return model.restricted(*_Traits.of(model).mask(client))


def _parts(view: str) -> tuple[str, str]:
    """Return the place of a view, and who gives the answer there.

    >>> _parts("de via ns1.example.org"), _parts("via ns2.example.org"), _parts("de")
    (('de', 'ns1.example.org'), ('unnamed', 'ns2.example.org'), ('de', ''))
    """
    place, _, giver = f" {view} ".partition(f" {VIA} ")
    return place.strip() or UNNAMED, giver.strip()


def _views(data: Mapping[str, object]) -> tuple[str, ...]:
    return _words(data, "vantage")


def _words(data: Mapping[str, object], attribute: str) -> tuple[str, ...]:
    return tuple(filter(None, str(data[attribute]).split(","))) if attribute in data else ()


@dataclass(frozen=True, slots=True)
class _Traits:
    """What tells the clients of a graph apart, and which edges each of them does not use.

    Parameters
    ----------
    views
        The views of the answers that differ.
    differing
        Nodes with edges that carry views, and what these say.
    only
        Edges by the clients that alone use them, and edges into addresses by their family.
    bogus
        Zones, and names, of which validation fails: they fail for who validates.
    silent
        Nodes of whose IPv6 addresses nothing is known.
    """

    model: Model
    views: tuple[str, ...]
    differing: Mapping[int, _Told]
    only: Mapping[ClientWord, frozenset[int]]
    family: Mapping[Family, frozenset[int]]
    bogus: frozenset[int]
    silent: frozenset[int]

    @classmethod
    def of(cls, model: Model) -> _Traits:
        views: set[str] = set()
        differing: set[int] = set()
        only: dict[ClientWord, set[int]] = {word: set() for word in ClientWord}
        family: dict[Family, set[int]] = {Family.IPV4: set(), Family.IPV6: set()}
        reached = _reached(model)
        for tail in reached:
            for number in model.out[tail]:
                edge = model.edges[number]
                if "vantage" in edge.data:
                    views.update(_views(edge.data))
                    differing.add(tail)
                for word in _words(edge.data, "clients"):
                    only[ClientWord(word)].add(number)
                if (other := _family(model, edge)) is not None:
                    family[other].add(number)
        for node in differing:
            views.update(_views(model.nodes[node]))
        return cls(
            model,
            tuple(sorted(views)),
            {node: _Told.of(model, node) for node in sorted(differing)},
            {word: frozenset(edges) for word, edges in only.items()},
            {
                Family.IPV4: frozenset(family[Family.IPV6]),
                Family.IPV6: frozenset(family[Family.IPV4]),
            },
            frozenset(n for n in reached if model.nodes[n].get("dnssec") == Security.BOGUS),
            frozenset(n for n in reached if _six_not_asked(model, n)),
        )

    def clients(self, asked: Collection[Client]) -> Iterator[Client]:
        """Yield the clients asked about, each by every trait in which clients here differ."""
        places = self._places()
        families: list[Family | None] = [None]
        heads = (self.model.edges[e].head for e in self.family[Family.IPV4])
        # What nobody could say of IPV6 tells them apart only where they are asked about.
        if any(self.model.kind(head) != Kind.UNKNOWN for head in heads):
            families = [Family.DUAL, Family.IPV4]
        wanted = {one.family for one in asked} - {None}
        families += [one for one in Family if one in wanted and one not in families]
        if wanted and None in families and len(families) > 1:
            families[0] = Family.DUAL
            families = list(dict.fromkeys(families))
        validating: list[bool | None] = [None]
        if self.bogus or self.only[ClientWord.VALIDATING] or any(a.validating for a in asked):
            validating = [False, True]
        svcb: list[bool | None] = [None]
        if self.only[ClientWord.SVCB] or any(one.svcb for one in asked):
            svcb = [False, True]
        for (place, giver), family, strict, follows in product(places, families, validating, svcb):
            client = Client(place, family, strict, follows, giver)
            by_default = family is not Family.IPV6
            if any(one.includes(client) for one in asked) if asked else by_default:
                yield client

    def _places(self) -> list[tuple[str, str]]:
        """Return the places and givers; a place where answers differ only by its givers."""
        found = dict.fromkeys(map(_parts, self.views))
        several = {place for place, giver in found if giver}
        found = {one: None for one in found if one[1] or one[0] not in several}
        alone = {place for place, _ in found} == {UNNAMED}
        return [("" if alone else place, giver) for place, giver in found] or [("", "")]

    def mask(self, client: Client) -> tuple[frozenset[int], frozenset[int], frozenset[int]]:
        """Return the edges that a client does not use, what fails for it, and what is not known."""
        unused: set[int] = set()
        if client.family in self.family:
            assert client.family is not None
            unused |= self.family[client.family]
        words = {ClientWord.VALIDATING: client.validating, ClientWord.SVCB: client.svcb}
        allowed: set[int] = set()
        for word, has in words.items():
            if has is not False:
                allowed |= self.only[word]
        unused |= frozenset().union(*self.only.values()) - allowed
        unseen = set(self.silent) if client.family is Family.IPV6 else set()
        if client.place or client.answer:
            for node in self.differing:
                elsewhere, known = self._elsewhere(node, client)
                unused |= elsewhere
                unseen |= set() if known else {node}
        failing = self.bogus if client.validating else frozenset()
        return frozenset(unused), failing, frozenset(unseen)

    def _elsewhere(self, node: int, client: Client) -> tuple[set[int], bool]:
        """Return the edges out of a node that only others use, and whether it is known which."""
        told = self.differing[node]
        place = client.place or UNNAMED
        givers = told.givers.get(place)
        if givers is None:
            return (set(told.marked) if told.plain else set()), told.plain
        mine = {(place, ""), (place, client.answer)}
        if client.answer not in givers:
            mine = {(place, giver) for giver in givers}
        return {e for e, views in told.marked.items() if views.isdisjoint(mine)}, True


@dataclass(frozen=True, slots=True)
class _Told:
    """What the edges out of one node, and the node, say of who uses which.

    Parameters
    ----------
    marked
        By edge that only some use, their places and who gives them the answer.
    givers
        By place those who give answers there.
    plain
        Whether everybody needs some edge besides.
    """

    marked: Mapping[int, frozenset[tuple[str, str]]]
    givers: Mapping[str, frozenset[str]]
    plain: bool

    @classmethod
    def of(cls, model: Model, node: int) -> _Told:
        views = {e: frozenset(map(_parts, _views(model.edges[e].data))) for e in model.out[node]}
        every = frozenset(map(_parts, _views(model.nodes[node]))).union(*views.values())
        givers: dict[str, set[str]] = {}
        for place, giver in every:
            givers.setdefault(place, set()).add(giver)
        return cls(
            {e: several for e, several in views.items() if several},
            {place: frozenset(several) for place, several in givers.items()},
            any(model.edges[e].needed and not several for e, several in views.items()),
        )


def _reached(model: Model) -> list[int]:
    """List what the functions need or meet."""
    stack = list(model.functions.values())
    found = set(stack)
    while stack:
        for number in model.out[stack.pop()]:
            head = model.edges[number].head
            if head not in found:
                found.add(head)
                stack.append(head)
    return sorted(found)


def _family(model: Model, edge: Edge) -> Family | None:
    """Return the family of the address that an edge leads to; None where it leads to none."""
    kind = model.kind(edge.head)
    if kind == Kind.ADDRESS:
        return Family.IPV6 if ":" in model.ids[edge.head].partition(":")[2] else Family.IPV4
    if kind == Kind.ATTEMPT:  # of the address that was tried, if it is one
        tried = (_family(model, model.edges[e]) for e in model.out[edge.head])
        return next((family for family in tried if family is not None), None)
    if kind == Kind.UNKNOWN:
        return _UNKNOWN_OF.get(str(model.nodes[edge.head].get("what")))
    return None


def ipv6_unknown(several: Sequence[ClientClass], function: str) -> tuple[UnknownPart, ...]:
    """Return the IPv6 addresses that are not known, of the names that a function needs.

    What stops it then does so over IPv4: clients that have both may still come by IPv6.

    Parameters
    ----------
    several
        The classes that an answer is about; those without IPv6 meet none of these.
    function
        Its word.
    """
    found = (_ipv6_unknown(one.model, function) for one in several)
    return unknown_parts(several[0].model, frozenset().union(*found))


def _ipv6_unknown(model: Model, function: str) -> frozenset[int]:
    key = f"IPv6 unknown {function}"
    if key not in model.remembered:
        tails = walk(model, model.functions[function], needed=True)
        heads = {model.edges[e].head for tail in tails for e in model.out[tail]}
        model.remembered[key] = frozenset(
            n for n in heads if model.nodes[n].get("what") == What.IPV6_ADDRESSES
        )
    found: frozenset[int] = model.remembered[key]
    return found


def _six_not_asked(model: Model, node: int) -> bool:
    """Tell whether it is not known if a name has IPv6 addresses: asking did not settle it."""
    finding = model.nodes[node].get("finding")
    return bool(finding) and any(one.get("question") == "AAAA" for one in reasons(str(finding)))


# --- Answers of several classes together ---------------------------------------------------


def described(some: Iterable[Client], among: Iterable[Client]) -> tuple[Client, ...]:
    """Return whom an answer holds for, in the fewest words; nothing where it holds for everyone.

    Parameters
    ----------
    some
        Those for whom it holds.
    among
        Those who were judged.

    >>> de, us = Client("de"), Client("us")
    >>> described([de], [de, us]), described([de, us], [de, us])
    ((Client(place='de', family=None, validating=None, svcb=None, answer=''),), ())
    """
    every = list(dict.fromkeys(among))
    holds = set(some)
    left = [client for client in every if client in holds]
    if len(left) == len(every):
        return ()
    chosen = set(left)
    kinds: dict[Client, list[Client]] = {kind: [] for client in left for kind in _kinds(client)}
    for client in every:
        for kind in _kinds(client):
            if kind in kinds:
                kinds[kind].append(client)
    fitting = [kind for kind, members in kinds.items() if chosen.issuperset(members)]
    fitting.sort(key=lambda kind: len(kind.traits))  # stable: the order of the clients
    found: list[Client] = []
    covered: set[Client] = set()
    for kind in fitting:
        if not covered.issuperset(kinds[kind]):
            found.append(kind)
            covered.update(kinds[kind])
    return tuple(found)


def kinds_of(several: Sequence[ClientClass]) -> dict[Client, list[int]]:
    """Return each kind of clients that is some whole classes, with their numbers.

    The most general first: the first that are among some classes describe these.
    """
    members: dict[Client, dict[int, int]] = {}  # how many of each class are of a kind
    for number, one in enumerate(several):
        for client in one.clients:
            for kind in _kinds(client):
                counts = members.setdefault(kind, {})
                counts[number] = counts.get(number, 0) + 1
    found = {
        kind: list(counts)
        for kind, counts in members.items()
        if all(count == len(several[number].clients) for number, count in counts.items())
    }
    return dict(sorted(found.items(), key=lambda row: len(row[0].traits)))


def _kinds(client: Client) -> Iterator[Client]:
    traits = client.traits
    for size in range(1, len(traits) + 1):
        for names in combinations(traits, size):
            yield Client(**{name: traits[name] for name in names})  # type: ignore[arg-type]


def members_of(several: Sequence[ClientClass], picked: Iterable[int]) -> tuple[Client, ...]:
    """Return the clients of the classes with some numbers."""
    return tuple(client for number in picked for client in several[number].clients)


def whom(
    several: Sequence[ClientClass], picked: Sequence[int], among: Sequence[int]
) -> tuple[Client, ...]:
    """Return whom an answer holds for, from the numbers of their classes: see :func:`described`."""
    if len(picked) == len(among):
        return ()
    return described(members_of(several, picked), members_of(several, among))


def deciding(several: Sequence[ClientClass], among: Sequence[int]) -> list[tuple[int, ...]]:
    """Return the groups of classes of which it is enough to fail one whole, not an exception.

    These are everyone, everyone at one place, and everyone without IPv6; all by the numbers of
    their classes.
    """
    known, asked = several[0].deciding, tuple(among)
    if asked not in known:
        known[asked] = _deciding(several, asked)
    return known[asked]


def _deciding(several: Sequence[ClientClass], among: tuple[int, ...]) -> list[tuple[int, ...]]:
    if len(among) < 2:
        return [among]
    places: dict[str, dict[int, None]] = {}  # the classes that have clients there
    for number in among:
        for client in several[number].clients:
            places.setdefault(client.place, {})[number] = None
    groups = [tuple(places[place]) for place in sorted(places)] if len(places) > 1 else []
    without_six = Client(family=Family.IPV4)
    groups.append(tuple(n for n in among if any(map(without_six.includes, several[n].clients))))
    return [group for group in dict.fromkeys((among, *groups)) if group]


def decides(several: Sequence[ClientClass], picked: Iterable[int], among: Sequence[int]) -> bool:
    """Tell whether what holds for some classes counts as holding: see :func:`deciding`."""
    chosen = set(picked)
    return any(chosen.issuperset(group) for group in deciding(several, among) if chosen)


def places(several: Sequence[ClientClass], picked: Iterable[int]) -> tuple[int, ...]:
    """Return the first class of each place: of the others there the reasons are hardly others."""
    found: dict[tuple[str, str], int] = {}
    for number in picked:
        client = several[number].clients[0]
        found.setdefault((client.place, client.answer), number)
    return tuple(found.values())
