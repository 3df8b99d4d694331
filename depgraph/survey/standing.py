"""Who stands where in each service of a survey: as cells for people, and for the pictures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from depgraph.providers.rules import short_name
from depgraph.survey.counting import Counter
from depgraph.survey.tally import ANY, NONE, OPEN, UNKNOWN, Carriers, Service, label_of
from depgraph.texts import Words
from depgraph.vocabulary import Layer

_NAMED: Final = """
SELECT DISTINCT service, layer, name, label, actor, country, companies FROM layers
WHERE kind = 'provider' AND needed AND confidence <> 'possible'
"""
_STANDINGS: Final = "SELECT service, layer, whole, met, own, anyone FROM standings"
_CELLS: Final = """
SELECT t.service, t.layer, t.whole, t.failed, t.own, t.anyone, s.actor
FROM standings t LEFT JOIN stands s
  ON s.service = t.service AND s.layer = t.layer AND s.level = 'company'
"""
_NOBODY: Final[frozenset[str]] = frozenset()
_ALONE: Final = "SELECT DISTINCT service, actor, layer FROM alone WHERE level = 'company'"
_SHARED: Final = frozenset(layer.value for layer in Layer if layer.shared)


def in_cells(
    counter: Counter,
    services: Iterable[str],
    layers: Sequence[str],
    *,
    labels: Mapping[str, str],
    gone: Iterable[str],
    table: Words,
) -> Mapping[str, Mapping[str, str]]:
    """Return who stands in each layer of each service, as a cell has it.

    Parameters
    ----------
    counter
        The tables.
    services, layers
        Of which cells there are.
    labels
        Actor -> its text for people.
    gone
        Services that do not exist.
    table
        The words of a language.
    """
    # Thousands of services have the same operators in a layer, and in all of them.
    texts: dict[tuple[Any, ...], str] = {}
    same: dict[tuple[str, ...], Mapping[str, str]] = {}

    def of(cells: Mapping[str, str], missing: str) -> Mapping[str, str]:
        row = tuple(cells.get(layer, missing) for layer in layers)
        if row not in same:
            same[row] = dict(zip(layers, row, strict=True))
        return same[row]

    found: dict[str, Mapping[str, str]] = {}
    missing = f"({table['state.absent']})"
    ordered = counter.by_service(_CELLS, "service, layer, actor")
    for service, rows in groupby(ordered, key=itemgetter(0)):
        cells = {}
        for (layer, *told), part in groupby(rows, key=itemgetter(*range(1, 6))):
            who = tuple(actor for *_, actor in part if actor)
            if (*told, who) not in texts:
                whole, failed, own, anyone = told
                known = frozenset(label_of(labels, one) for one in who)
                carriers = Carriers(known, own=own, anyone=anyone, open=not whole)
                texts[*told, who] = _cell(carriers, failed=failed, table=table)
            cells[layer] = texts[*told, who]
        found[service] = of(cells, missing)
    none = of({}, f"({table['survey.nonexistent.cell']})")
    found |= dict.fromkeys(gone, none)
    for service in services:
        found.setdefault(service, of({}, missing))
    return found


def _cell(carriers: Carriers, *, failed: bool, table: Words) -> str:
    """Return who stands in a layer of a service, as pictures count it, in the words of a language."""
    category = carriers.category(_NOBODY)
    why = table["survey.unknown.cell" if failed else "reason.not-asked"]
    if category == UNKNOWN:
        return f"({why})"
    parts = sorted(carriers.known)
    if carriers.own:
        parts.append(f"({table['self']})")
    elif not parts:
        parts.append(f"({table[f'picture.share.{ANY if carriers.anyone else NONE}']})")
    if category == OPEN:
        parts.append(f"({table['survey.open.cell'].format(why=why)})")
    return "; ".join(parts)


def pictured(
    counter: Counter,
    services: Iterable[str],
    *,
    labels: Mapping[str, str],
    members: AbstractSet[str],
) -> tuple[Service, ...]:
    """Return services as the pictures of surveys count them.

    Parameters
    ----------
    counter, services, labels
        As of :func:`in_cells`.
    members
        Node ids of the group whose companies are told apart.
    """
    ours: dict[str, set[str]] = {}
    brands: dict[str, frozenset[tuple[str, str]]] = {}
    names: dict[str, tuple[tuple[str, frozenset[str]], ...]] = {}  # by layer
    found: dict[str, dict[Layer, Carriers]] = {}
    same: dict[Any, Any] = {}  # thousands of services have the same operators

    def once(value: Any) -> Any:
        return same.setdefault(value, value)

    for service, rows in groupby(counter.by_service(_NAMED, "service, layer"), key=itemgetter(0)):
        there: dict[str, set[str]] = {}
        pairs = set()
        for _, layer, name, label, actor, country, owners in rows:
            there.setdefault(layer, set()).add(name)
            pairs.add((name, short_name(label)))
            if members & {actor, country, *owners}:
                ours.setdefault(service, set()).add(name)
        names[service] = once(
            tuple((layer, once(frozenset(several))) for layer, several in there.items())
        )
        brands[service] = once(frozenset(pairs))
    for service, rows in groupby(counter.by_service(_STANDINGS), key=itemgetter(0)):
        known = dict(names.get(service, ()))
        layers = {
            Layer(layer): once(Carriers(known.get(layer, _NOBODY), own, anyone, not whole, met))
            for _, layer, whole, met, own, anyone in rows
        }
        cells = tuple((layer, layers[layer]) for layer in Layer if layer in layers)
        if cells not in same:
            same[cells] = dict(cells)
        found[service] = same[cells]
    names.clear()
    stops: dict[str, frozenset[str]] = {}
    registries: dict[str, frozenset[str]] = {}
    for service, several in groupby(counter.by_service(_ALONE), key=itemgetter(0)):
        shared_only: dict[str, bool] = {}  # actor -> whether it can as a registry only
        for _, actor, layer in several:
            shared_only[actor] = shared_only.get(actor, True) and layer in _SHARED
        called = {one: short_name(label_of(labels, one)) for one in shared_only}
        stops[service] = once(frozenset(called.values()))
        shared = frozenset(called[one] for one, only in shared_only.items() if only)
        registries[service] = once(shared)
        of_group = members & called.keys()
        if of_group:
            ours.setdefault(service, set()).update(
                short_name(label_of(labels, a)) for a in of_group
            )
    return tuple(  # what each is made of is let go with it
        Service(
            name=name,
            layers=found.pop(name, {}),
            group=once(frozenset(ours.pop(name, ()))),
            stops=stops.pop(name, frozenset()),
            registries=registries.pop(name, frozenset()),
            brands=brands.pop(name, frozenset()),
        )
        for name in services
    )
