"""Services that differ in nothing but names, addresses and numbers of networks are judged once.

Thousands of domains of a zone file differ only in their own name and in which of the name servers
of one operator they were given (``ada.ns.cloudflare.com``, ``bob.ns.cloudflare.com``). What is
built of them differs in these names only, and so does every answer: the answers about the first of
them, with the names of another, are those about that one. So do services of two hosts that the
catalogue lacks differ in addresses, in the number of the network and in who holds the block.
:func:`depgraph.survey.shapes.shape_of` says of a recording what :func:`depgraph.graph.build` and
the analyses can make a difference of:

* every field of every observation, the names that are taken out of it marked;
* what the catalogue knows of each name, and under which domain it lies;
* the same of addresses, and which of the prefixes of its records one lies in;
* which domains of name servers would be taken for one operator's.

Two recordings of one shape have the same graph but for the names in it. In which order answers are
listed, and which of two equal ways is shown, follows the order of what is compared: of the nodes
that one node leads to, of the actors, of the roles that differ in the actor only, of the names in
one cell. So their answers are the same where these, with the names of either, sort alike
(:class:`Remembered`), and with them the records of networks and blocks, of which the first counts.
Where that is not plain (a service that the catalogue knows by name, a name within another text, a
text that may have been cut off) a service has no shape, and is judged for itself.
"""

from __future__ import annotations

import functools
import pickle
import re
import zlib
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple, TypeVar

from depgraph.providers import Catalogue
from depgraph.recording import Recording
from depgraph.survey.renaming import NAME
from depgraph.survey.shapes import Readings, Shape, shape_of
from depgraph.survey.tables import Rows

KEPT: Final = 10_000
"""Shapes whose answers are remembered; the one used longest ago is forgotten first."""
_AT_HAND: Final = 100  # of them, those that need no unpacking
_LONGEST: Final = 240
"""Length past which a text of an answer may have been cut off (300 characters, at the least)."""


class Judged(NamedTuple):
    """The answers about one service.

    Parameters
    ----------
    rows
        They.
    compared
        Groups of texts: in which order the answers stand, and which of two equal ones is told,
        follows the order of the texts of each. None of a service that was refused.
    """

    rows: Rows
    compared: Sequence[Sequence[str]] = ()


class _Answers:
    """Answers about a service, into which the names of others of its shape can be written."""

    def __init__(self, rows: Rows, shape: Shape) -> None:
        self._rows, self._shape = rows, shape

    @functools.cached_property
    def _read(self) -> tuple[dict[str, str], dict[str, list[tuple[int, ...]]]] | None:
        """Find where the names stand: once another service of the shape is there, which few have."""
        rows = self._rows
        forms = _forms(set(_texts(rows)), self._shape)
        if forms is None:
            return None
        places = {
            table: [
                tuple(n for n, cell in enumerate(row) if not forms.keys().isdisjoint(_in(cell)))
                for row in several
            ]
            for table, several in rows.items()
        }
        return forms, places

    def about(self, shape: Shape) -> Rows | None:
        """Return them with the names of another service; None where that cannot be told exactly."""
        if self._read is None:
            return None  # a name stands within another word, or a text may have been cut off
        forms, places_of = self._read
        texts = {text: form.format(*shape.names) for text, form in forms.items()}
        if max(map(len, texts.values()), default=0) > _LONGEST:
            return None
        found: Rows = {}
        for table, several in self._rows.items():
            renamed: list[tuple[Any, ...]] = []
            for row, places in zip(several, places_of[table], strict=True):
                if places == (0,):  # most rows name the service only
                    renamed.append((texts[row[0]], *row[1:]))
                    continue
                cells = list(row)
                for place in places:
                    cell = cells[place]
                    cells[place] = (
                        texts[cell]
                        if isinstance(cell, str)
                        else [texts.get(one, one) for one in cell]
                    )
                renamed.append(tuple(cells))
            found[table] = renamed
        return found


def _forms(texts: Iterable[str], shape: Shape) -> dict[str, str] | None:
    """Return those of some texts in which names stand, each with what `str.format` makes it of.

    None if a name stands within another word, or a text may have been cut off.
    """
    mark = shape.renamed(Shape(shape.key, tuple(f"\0{n}\0" for n in range(len(shape.names)))))
    found: dict[str, str] = {}
    for text in texts:
        marked = mark(text)
        if shape.left_in(marked):
            return None
        if marked != text:
            if len(text) > _LONGEST:
                return None
            found[text] = re.sub("\0([0-9]+)\0", r"{\1}", _plain(marked))
    return found


class _Order:
    """In which order stands what was compared, with the names of others of a shape."""

    def __init__(self, judged: Judged, shape: Shape) -> None:
        lists = (*shape.compared, *judged.compared, *_listed(judged.rows))
        groups = {tuple(dict.fromkeys(one)) for one in lists}
        several = [group for group in groups if len(group) > 1]
        forms = _forms({text for group in several for text in group}, shape)
        self._groups: list[list[str]] | None = None
        if forms is not None:  # those that no name stands in have one order
            self._groups = [
                [forms.get(text, _plain(text)) for text in group]
                for group in sorted(several)
                if not forms.keys().isdisjoint(group)
            ]

    def of(self, shape: Shape) -> tuple[tuple[int, ...], ...] | None:
        """Return their places, each group sorted; None where that cannot be told exactly."""
        if self._groups is None:
            return None
        found = []
        for group in self._groups:
            texts = [form.format(*shape.names) for form in group]
            found.append(tuple(sorted(range(len(texts)), key=texts.__getitem__)))
        return tuple(found)


def _listed(rows: Rows) -> Iterator[Sequence[str]]:
    """Yield the texts of each cell that lists some, and the names in each text."""
    yield from {_in(cell) for several in rows.values() for row in several for cell in row}
    yield from (NAME.findall(text) for text in set(_texts(rows)))


def _plain(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _texts(rows: Rows) -> Iterator[str]:
    for several in rows.values():
        for row in several:
            for cell in row:
                yield from _in(cell)


def _in(cell: Any) -> tuple[str, ...]:
    """List the texts in a cell."""
    if isinstance(cell, str):
        return (cell,)
    return tuple(cell) if isinstance(cell, list) and cell and isinstance(cell[0], str) else ()


class Remembered:
    """Answers about services, those about services of one shape found once.

    Parameters
    ----------
    judge
        What finds the answers about one service.
    catalogue
        Who is behind what.
    """

    def __init__(self, judge: Callable[[Recording], Judged], catalogue: Catalogue) -> None:
        self._judge, self._reads = judge, Readings(catalogue)
        self._once: OrderedDict[Hashable, bytes] = OrderedDict()  # of shapes that one service has
        self._orders: OrderedDict[Hashable, _Order] = OrderedDict()
        self._packed: OrderedDict[Hashable, bytes] = OrderedDict()
        self._at_hand: OrderedDict[Hashable, _Answers] = OrderedDict()

    def rows(self, recording: Recording) -> Rows:
        """Return the answers about a service."""
        shape = shape_of(recording, self._reads)
        if shape is None:
            return self._judge(recording).rows
        if shape.key not in self._orders and shape.key not in self._once:
            judged = self._judge(recording)
            if judged.compared:  # else refused, which says nothing of others
                _keep(self._once, shape.key, _packed((judged, shape)), KEPT)
            return judged.rows
        if shape.key in self._once:
            self._met_again(shape.key)
        self._orders.move_to_end(shape.key)
        order = self._orders[shape.key].of(shape)
        key = (shape.key, order)
        if order is not None and (known := self._known(key)) is not None:
            rows = known.about(shape)
            if rows is not None:
                return rows
        judged = self._judge(recording)
        if order is not None and key not in self._packed:
            _keep(self._packed, key, _packed((judged.rows, shape)), KEPT)
        return judged.rows

    def _met_again(self, key: Hashable) -> None:
        """Find out, now that another service has a shape, in which order the first one's names stand."""
        judged, shape = _unpacked(self._once.pop(key))
        order = _Order(judged, shape)
        _keep(self._orders, key, order, KEPT)
        if (places := order.of(shape)) is not None:
            _keep(self._packed, (key, places), _packed((judged.rows, shape)), KEPT)

    def _known(self, key: Hashable) -> _Answers | None:
        """Return the answers about the services of a shape that have one order."""
        if key not in self._packed:
            return None
        self._packed.move_to_end(key)
        if key not in self._at_hand:
            _keep(self._at_hand, key, _Answers(*_unpacked(self._packed[key])), _AT_HAND)
        self._at_hand.move_to_end(key)
        return self._at_hand[key]


def _packed(several: tuple[Any, ...]) -> bytes:
    return zlib.compress(pickle.dumps(several), 1)


def _unpacked(packed: bytes) -> Any:
    return pickle.loads(zlib.decompress(packed))  # noqa: S301  (written here)


_Value = TypeVar("_Value")


def _keep(known: OrderedDict[Hashable, _Value], key: Hashable, value: _Value, most: int) -> None:
    """Keep a value, and forget the one used longest ago where there are too many."""
    known[key] = value
    if len(known) > most:
        known.popitem(last=False)


__all__ = ["KEPT", "Judged", "Remembered"]
