"""Who stands where in each service of a survey: as cells for people, and for the pictures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from depgraph.providers.rules import short_name
from depgraph.survey.counting import Counter
from depgraph.survey.tally import (
    ANY,
    NONE,
    OPEN,
    UNKNOWN,
    Carriers,
    Service,
    Stop,
    as_registry,
    label_of,
    surest,
)
from depgraph.texts import Words
from depgraph.vocabulary import Confidence, Layer

_NAMED: Final = """
SELECT DISTINCT l.service, l.layer, l.name, l.label, l.actor, l.country, l.companies,
       l.company_confidence AS confidence, coalesce(o.one, '') AS one
FROM layers l LEFT JOIN operators o ON o.actor = l.company
WHERE l.kind = 'provider' AND l.needed AND l.company_confidence <> 'possible'
"""
_STANDINGS: Final = "SELECT service, layer, whole, met, own, anyone FROM standings"
_CELLS: Final = """
SELECT t.service, t.layer, t.whole, t.failed, t.own, t.anyone, s.actor
FROM standings t LEFT JOIN stands s
  ON s.service = t.service AND s.layer = t.layer AND s.level = 'company'
"""
_NOBODY: Final[frozenset[str]] = frozenset()
_ALONE: Final = """
SELECT DISTINCT a.service, a.actor, a.layer, a.confidence, coalesce(o.one, a.actor) AS one, c.levers
FROM alone a
LEFT JOIN operators o ON o.actor = a.actor
LEFT JOIN cuts c ON a.layer = '' AND c.service = a.service AND c.function = a.function
     AND c.level = a.level AND c.size = 1 AND c.members[1] = a.actor
WHERE a.level = 'company'
"""
_CERTAIN: Final = Confidence.CERTAIN.value


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
    names: dict[str, tuple[tuple[str, tuple[frozenset[str], frozenset[str]]], ...]] = {}  # by layer
    found: dict[str, dict[Layer, Carriers]] = {}
    same: dict[Any, Any] = {}  # thousands of services have the same operators

    def once(value: Any) -> Any:
        return same.setdefault(value, value)

    for service, rows in groupby(counter.by_service(_NAMED, "service, layer"), key=itemgetter(0)):
        there: dict[str, tuple[set[str], set[str]]] = {}  # all, and who is certain
        pairs = set()
        for _, layer, own_name, label, actor, country, owners, confidence, one in rows:
            name = short_name(label_of(labels, one)) if one else own_name
            every, sure = there.setdefault(layer, (set(), set()))
            every.add(name)
            if confidence == _CERTAIN:
                sure.add(name)
            pairs.add((name, name if one else short_name(label)))
            if members & {actor, country, *owners}:
                ours.setdefault(service, set()).add(name)
        names[service] = once(
            tuple(
                (layer, once((frozenset(every), frozenset(every - sure))))
                for layer, (every, sure) in there.items()
            )
        )
        brands[service] = once(frozenset(pairs))
    for service, rows in groupby(counter.by_service(_STANDINGS), key=itemgetter(0)):
        known = dict(names.get(service, ()))
        layers = {}
        for _, layer, whole, met, own, anyone in rows:
            all_known, likely = known.get(layer, (_NOBODY, _NOBODY))
            layers[Layer(layer)] = once(Carriers(all_known, own, anyone, not whole, met, likely))
        cells = tuple((layer, layers[layer]) for layer in Layer if layer in layers)
        if cells not in same:
            same[cells] = dict(cells)
        found[service] = same[cells]
    names.clear()
    stops: dict[str, frozenset[Stop]] = {}
    for service, several in groupby(counter.by_service(_ALONE), key=itemgetter(0)):
        mine = set()
        for _, actor, layer, confidence, one, levers in several:
            name = short_name(label_of(labels, one))
            # Who has to pull several levers pulls them in the layers that its cut set has.
            where = [layer] if layer else [lever.rpartition(" ")[2] for lever in levers or ()]
            mine.add(Stop(name, as_registry(where), confidence != _CERTAIN))
            if actor in members:
                ours.setdefault(service, set()).add(name)
        stops[service] = once(surest(mine))
    return tuple(  # what each is made of is let go with it
        Service(
            name=name,
            layers=found.pop(name, {}),
            group=once(frozenset(ours.pop(name, ()))),
            stops=stops.pop(name, frozenset()),
            brands=brands.pop(name, frozenset()),
        )
        for name in services
    )
