"""Services that differ in nothing but names are judged once.

Thousands of domains of a zone file differ only in their own name and in which of the name servers
of one operator they were given (``ada.ns.cloudflare.com``, ``bob.ns.cloudflare.com``). What is
built of them differs in these names only, and so does every answer: the answers about the first of
them, with the names of another, are those about that one. :func:`shape_of` says of a recording
what :func:`depgraph.graph.build` and the analyses can make a difference of:

* every field of every observation, the names that are taken out of it marked;
* what the catalogue knows of each of these names, and under which domain it lies;
* in which order all names stand, since lists are sorted by them.

Two recordings of one shape have the same answers. Where that is not plain (a service that the
catalogue knows by name, a name within another text, a text that may have been cut off) a service
has no shape, and is judged for itself.
"""

from __future__ import annotations

import functools
import re
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final

from depgraph.names import is_below, parents, private_suffix, registered_domain
from depgraph.providers import Catalogue
from depgraph.recording import Recording
from depgraph.survey.tables import Rows

KEPT: Final = 500
"""Shapes whose answers are remembered at once; the one used longest ago is forgotten first."""
_LONGEST: Final = 240
"""Length past which a text of an answer may have been cut off (300 characters, at the least)."""
_NAME: Final = re.compile(r"[\w-]+(?:\.[\w-]+)+")
_OTHER_FIELDS: Final = attrgetter(
    *("type", "status", "ttl", "flags", "section", "server", "source"),
    *("time", "until", "evidence", "vantage", "subnet"),
)
_KEYS: Final = frozenset({"DNSKEY", "RRSIG"})


@dataclass(frozen=True, slots=True)
class Shape:
    """What answers about a service depend on.

    Parameters
    ----------
    key
        Equal for services whose answers differ in names only.
    names
        These names: that of the service first.
    """

    key: Hashable
    names: tuple[str, ...]

    def renamed(self, other: Shape) -> Callable[[str], str]:
        """Return what writes the names of another service of this shape in the place of its own."""
        return _Renaming(dict(zip(self.names, other.names, strict=True)))


class _Renaming:
    """Writes other names in the place of some, and in the end of names below these."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names

    def __call__(self, text: str) -> str:
        return _NAME.sub(self._one, text)

    def _one(self, match: re.Match[str]) -> str:
        name = match.group()
        labels, rest = "", name
        while rest:
            if rest in self._names:
                return f"{labels}{self._names[rest]}"
            label, dot, rest = rest.partition(".")
            labels += label + dot
        return name


def shape_of(recording: Recording, reads: Callable[[str], Hashable]) -> Shape | None:
    """Return the shape of a service, or None if it has to be judged for itself.

    Parameters
    ----------
    recording
        All that is known of it.
    reads
        What reads a name: see :func:`readings`.
    """
    service = recording.subject
    read = {service: reads(service)}
    for o in recording:
        if o.type == "NS" and o.subject == service:
            for host in o.values:
                if not is_below(host, service):
                    read[host] = reads(host)
                    domain = registered_domain(host) or host
                    if not is_below(service, domain):
                        read[domain] = reads(domain)
    if read[service] is None:
        return None
    names = (service, *sorted(name for name in read if name != service and read[name] is not None))
    mark = _Renaming({name: f"#{number}" for number, name in enumerate(names)})
    labels = [name.partition(".")[0] for name in names]
    signed = any(o.type in _KEYS for o in recording)
    observations = []
    every: set[str] = {service, f"www.{service}"}
    for o in recording:
        values = o.values
        if o.type == "DS" and o.subject == service and not signed:
            # Which key it is tells nothing where no key was asked for.
            values = tuple(" ".join(value.split(" ")[1:3]) for value in values)
        text = mark("\n".join((o.subject, o.zone, o.server_name, o.citation, o.note, *values)))
        observations.append((text, _OTHER_FIELDS(o)))
        every.add(o.subject)
        if o.type in {"NS", "CNAME"}:
            every.update(o.values)
    head = recording.header
    texts = (mark("\n".join((head.title, head.source, head.licence, *head.hosts))), head.vantage)
    order = sorted({above for name in every for above in parents(name)})
    key = (
        tuple((mark(name.partition(".")[2]), read[name]) for name in names),
        tuple(map(labels.index, labels)),  # whose labels are the same: one operator, two suffixes
        *(tuple(map(mark, order)), texts, recording.days, recording.complete, tuple(observations)),
    )
    if any(name in text for text, _ in observations for name in names):
        return None  # within a longer word
    return Shape(key, names)


def readings(catalogue: Catalogue) -> Callable[[str], Hashable]:
    """Return what reads a name: all that rules and suffixes can tell by its first label.

    None of a name whose first label says more: it is a public suffix, encodes other letters, or
    rules are about names below it.
    """
    rules = catalogue.rules

    @functools.lru_cache(maxsize=1 << 14)
    def reading(name: str) -> Hashable:
        domain = registered_domain(name)
        if domain is None or private_suffix(name) or rules.extend(name):
            return None
        if name.startswith(("xn--", "www", "_")):
            return None
        return domain == name, tuple(rule.id for rule in rules.of_name(name))

    return reading


class _Answers:
    """Answers about a service, into which the names of others of its shape can be written."""

    def __init__(self, rows: Rows, shape: Shape) -> None:
        mark = shape.renamed(Shape(shape.key, tuple(f"\0{n}\0" for n in range(len(shape.names)))))
        self._rows = rows
        self._forms: dict[str, str] = {}
        self.exact = True
        for text in set(_texts(rows)):
            marked = mark(text)
            self.exact = self.exact and not any(name in marked for name in shape.names)
            if marked != text:
                plain = marked.replace("{", "{{").replace("}", "}}")
                self._forms[text] = re.sub("\0([0-9]+)\0", r"{\1}", plain)
        self.exact = self.exact and max(map(len, self._forms), default=0) <= _LONGEST
        self._places = {
            table: [
                tuple(
                    n for n, cell in enumerate(row) if not self._forms.keys().isdisjoint(_in(cell))
                )
                for row in several
            ]
            for table, several in rows.items()
        }

    def about(self, shape: Shape) -> Rows | None:
        """Return them with the names of another service; None if a text may have been cut off."""
        texts = {text: form.format(*shape.names) for text, form in self._forms.items()}
        if max(map(len, texts.values()), default=0) > _LONGEST:
            return None
        found: Rows = {}
        for table, several in self._rows.items():
            renamed: list[tuple[Any, ...]] = []
            for row, places in zip(several, self._places[table], strict=True):
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
        What finds the answers about one service: rows by table.
    catalogue
        Who is behind what.
    """

    def __init__(self, judge: Callable[[Recording], Rows], catalogue: Catalogue) -> None:
        self._judge, self._reads = judge, readings(catalogue)
        self._known: OrderedDict[Hashable, _Answers] = OrderedDict()

    def rows(self, recording: Recording) -> Rows:
        """Return the answers about a service."""
        shape = shape_of(recording, self._reads)
        if shape is None:
            return self._judge(recording)
        if shape.key in self._known:
            self._known.move_to_end(shape.key)
            return self._known[shape.key].about(shape) or self._judge(recording)
        rows = self._judge(recording)
        answers = _Answers(rows, shape)
        if answers.exact:
            self._known[shape.key] = answers
            if len(self._known) > KEPT:
                self._known.popitem(last=False)
        return rows


__all__ = ["KEPT", "Remembered", "Shape", "readings", "shape_of"]
