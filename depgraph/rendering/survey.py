"""A survey as blocks: who carries how many services layer by layer, and who can stop how many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any, Final

from depgraph.rendering.blocks import Block, Heading, Paragraph, Row, Table
from depgraph.rendering.compare import owner
from depgraph.rendering.phrases import cited
from depgraph.rendering.writer import Writer
from depgraph.survey.compare import EXISTENCE, SERVICE, TURNS, Move, Moves, RankMove
from depgraph.survey.operators import because
from depgraph.survey.result import Survey, by_kind
from depgraph.survey.stored import FEW
from depgraph.survey.values import REGISTRIES, LayerCount
from depgraph.texts.inline import Inline, foreign, own
from depgraph.vocabulary import Layer, Turn

FIRST: Final = 20  # rows of a rank
_FEW: Final = 10  # rows of a rank by lever, values of a column, lines that say alike
_LINES: Final = 50  # refused lines, and notes, that are told
_TIED: Final = 3  # of several who lead
_NO_VALUE: Final = {None: "survey.not-listed", "": "survey.empty"}


def survey(made: Survey, w: Writer) -> Iterator[Block]:
    """Write a survey.

    Parameters
    ----------
    made
        The survey.
    w
        The words of a language.
    """
    yield Heading(1, title(made, w))
    for name, several in asdict(made.absent).items():
        if several:
            names = w.words.some(map(foreign, several), _FEW)
            code = f"survey.{name}.only" if len(made) == 1 else f"survey.{name}"
            yield Paragraph(w.say(code, n=len(several), names=names))
    counts = made.layer_counts
    aside = [count for count in counts if count.aside]
    if aside:
        names = w.words.enumerated(_layer(count.layer, w) for count in aside)
        yield Paragraph(w.say("survey.aside", layers=names))
    if limited := made.tables["services"].column("complete").to_pylist().count(False):
        yield Paragraph(w.say("survey.limited", n=limited))
    if len(made.refused):
        yield Paragraph(w.say("survey.refused", n=len(made.refused)))
    if len(made.notes):
        yield Paragraph(w.say("survey.noted", n=len(made.notes)))
    yield Paragraph(w.say("survey.reading"))
    for count in counts:
        if not count.aside and count.layer not in REGISTRIES:
            yield from _rank(made, count, w)
    registries = [count for count in counts if not count.aside and count.layer in REGISTRIES]
    if registries:
        yield Heading(2, w.say("survey.registries"))
        yield Paragraph(w.say("survey.registries.note"))
    for count in registries:
        yield from _rank(made, count, w, level=3)
    yield from _stops(made, w)
    yield from _smallest(made, w)
    yield from _divided(made, w)
    yield from _servers(made, w)
    yield from _operators(made, w)
    yield from _lines("survey.refusals", made.refused, w)
    yield from _lines("survey.notes", made.notes, w)
    yield Paragraph(cited(w, made.cite, "survey"))


def title(made: Survey, w: Writer) -> Inline:
    """Return of how many services a survey is, and of which days."""
    return w.say("survey.title", n=len(made), days=_days(made, w))


def _days(made: Survey, w: Writer) -> Inline:
    if made.days is None:
        return own("")
    first, last = map(w.words.day, made.days)
    return own(first) if first == last else w.say("survey.days", first=first, last=last)


def _layer(name: str, w: Writer) -> Inline:
    return own(w.words.brief(f"layer.{Layer(name).value}"))


def _share(part: int, whole: int, w: Writer) -> str:
    return str(w.say("percent", share=_decimal(100 * part / whole, 1, w))) if whole else ""


def _decimal(value: float, places: int, w: Writer) -> str:
    return w.words.number(f"{value:.{places}f}")


def _table(
    w: Writer,
    heads: Sequence[str],
    rows: Sequence[Sequence[Inline | str | int]],
    *,
    labels: int = 1,
) -> Table:
    return Table(
        tuple(w.say(head) for head in heads),
        tuple(
            Row(tuple(cell if isinstance(cell, Inline) else own(_cell(cell, w)) for cell in row))
            for row in rows
        ),
        labels=labels,
    )


def _cell(cell: str | int, w: Writer) -> str:
    return cell if isinstance(cell, str) else w.words.number(cell)


def _rank(made: Survey, count: LayerCount, w: Writer, level: int = 2) -> Iterator[Block]:
    yield Heading(level, _layer(count.layer, w).capitalized())
    parts = [_known(count, w)]
    if count.unasked:
        parts.append(w.say("survey.unasked", n=count.unasked))
    if count.failed:
        parts.append(w.say("survey.failed", n=count.failed))
    if count.own:
        parts.append(w.say("survey.own", n=count.own))
    if others := len(made) - count.services:
        parts.append(w.say("survey.without", n=others))
    yield Paragraph(_sentences(parts))
    ranked = made.rank(layer=count.layer)
    if not ranked:
        return
    likely = any(one.likely for one in ranked[:FIRST])
    rows = [
        (
            *(foreign(one.label), one.services, _share(one.services, count.services, w)),
            *((one.likely,) if likely else ()),
            *((one.most, one.widest) if count.unasked else (one.most,)),
        )
        for one in ranked[:FIRST]
    ]
    heads = ("survey.who", "survey.services", "survey.share")
    unsure = ("picture.concentration.likely",) if likely else ()
    most = ("survey.most-asked", "survey.most") if count.unasked else ("survey.most",)
    yield _table(w, (*heads, *unsure, *most), rows)
    yield from _more(len(ranked) - FIRST, w)
    index = made.concentration(layer=count.layer)
    if index.hhi is None or index.distance is None:
        yield Paragraph(w.say("survey.hhi.unknown"))
    else:
        hhi, distance = (_decimal(one, 3, w) for one in (index.hhi, index.distance))
        yield Paragraph(w.say("survey.hhi", hhi=hhi, distance=distance))


def _known(count: LayerCount, w: Writer) -> Inline:
    """Say in how many services of a layer somebody is known to stand there."""
    if count.known in {0, count.services}:
        return w.say(f"survey.known.{'each' if count.known else 'none'}", n=count.services)
    return w.say("survey.known", n=count.known, all=count.services)


def _sentences(parts: Sequence[Inline]) -> Inline:
    whole = parts[0]
    for part in parts[1:]:
        whole = whole + own(" ") + part
    return whole


def _stops(made: Survey, w: Writer) -> Iterator[Block]:
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in made.stops():
        if row["layer"] and row["lever"]:
            groups.setdefault((row["layer"], row["lever"]), []).append(row)
    if not groups:
        return
    yield Heading(2, w.say("survey.stops"))
    yield Paragraph(w.say("survey.stops.note"))
    order = sorted(groups, key=lambda key: (key[0] in REGISTRIES, Layer(key[0]).rank, key[1]))
    for layer, lever in order:
        name = w.say("survey.lever", layer=_layer(layer, w), lever=w.say(f"lever.{lever}"))
        yield Heading(3, name.capitalized())
        shown = groups[layer, lever][:_FEW]
        likely = any(row["likely"] for row in shown)
        rows = [
            (foreign(row["label"]), row["services"], *((row["likely"],) if likely else ()))
            for row in shown
        ]
        heads = ("survey.who", "survey.services")
        yield _table(w, (*heads, *(("picture.concentration.likely",) if likely else ())), rows)
        yield from _more(len(groups[layer, lever]) - len(shown), w)


def _smallest(made: Survey, w: Writer) -> Iterator[Block]:
    rows = made.smallest()
    if not rows:
        return
    yield Heading(2, w.say("survey.smallest"))
    yield Paragraph(w.say("survey.smallest.note"))
    yield _table(
        w,
        ("survey.function", "survey.size", "survey.services"),
        [(own(w.words.function(row["function"])), row["size"], row["services"]) for row in rows],
        labels=2,
    )


def _divided(made: Survey, w: Writer) -> Iterator[Block]:
    rows = made.divided() if any(count.layer == Layer.DNS for count in made.layer_counts) else []
    if not rows:
        return
    yield Heading(2, w.say("survey.divided", column=foreign(made.by)))
    yield _table(
        w,
        ("survey.value", "survey.services", "survey.leads", "survey.in"),
        [
            (
                foreign(row["value"]) if row["value"] else w.say(_NO_VALUE[row["value"]]),
                row["services"],
                w.words.some(map(foreign, row["labels"]), _TIED),
                row["in"],
            )
            for row in rows[:FIRST]
        ],
    )
    yield from _more(len(rows) - FIRST, w)


def _servers(made: Survey, w: Writer) -> Iterator[Block]:
    rows = made.server_domains()
    if not rows:
        return
    yield Heading(2, w.say("survey.servers"))
    yield _table(
        w,
        ("survey.domain", "survey.services"),
        [(foreign(row["domain"]), row["services"]) for row in rows[:FIRST]],
    )
    yield from _more(len(rows) - FIRST, w)


def _operators(made: Survey, w: Writer) -> Iterator[Block]:
    """Write which operators are counted as one, and why: an inference, and not what somebody says."""
    rows = [
        (
            foreign(made.label(row["one"])),
            foreign(made.label(row["actor"])),
            w.say(f"survey.operators.{because(row['actor'].partition(':')[2], one)}"),
            foreign(row["service"]),
        )
        for row in made.operators.to_pylist()
        for kind, _, one in [row["one"].partition(":")]
        if kind == "provider"
    ]
    if not rows:
        return
    rows.sort(key=lambda row: tuple(map(str, row)))
    yield Heading(2, w.say("survey.operators"))
    yield Paragraph(w.say("survey.operators.note"))
    heads = ("survey.who", "survey.also", "survey.why", "survey.operators.seen")
    yield _table(w, heads, rows[:_LINES], labels=2)
    yield from _more(len(rows) - _LINES, w)


def _more(left: int, w: Writer) -> Iterator[Block]:
    """Write how many rows a table leaves out, if any."""
    if left > 0:
        yield Paragraph(w.say("more", n=left))


def _lines(heading: str, table: Any, w: Writer) -> Iterator[Block]:
    """Write the table of what was refused, or of notes: of many that say alike the first ones."""
    if not len(table):
        return
    every = (tuple(row.values()) for part in table.to_batches(FEW) for row in part.to_pylist())
    rows = [row for several in by_kind(every) for row in several[:_FEW]][:_LINES]
    yield Heading(2, w.say(heading))
    yield _table(
        w,
        ("survey.source", "survey.line", "survey.service", "survey.why"),
        [
            (foreign(source), line or "", foreign(service), foreign(why))
            for source, line, service, why in rows
        ],
        labels=3,
    )
    yield from _more(len(table) - len(rows), w)


def moves(found: Moves, w: Writer) -> Iterator[Block]:
    """Write what moved between two surveys."""
    yield Heading(1, w.say("survey.moves", n=len(found.moved)))
    sides = {"before": found.before, "after": found.after}
    for name, survey in sides.items():
        yield Paragraph(w.say(f"survey.moves.{name}", days=_days(survey, w), n=len(survey)))
    for turn, names in ((Turn.VANISHED, found.vanished), (Turn.APPEARED, found.appeared)):
        if names:
            yield Paragraph(w.say(f"survey.moves.existing.{turn.value}", n=len(names)))
    yield Paragraph(w.say("survey.moves.reading"))
    if any(one.alike for one in found.moves):
        yield Paragraph(w.say("survey.moves.alike"))
    if found.owners:
        yield Heading(2, w.say("owners"))
        for one in found.owners[:_LINES]:
            yield Paragraph(
                w.say("survey.moves.owned", told=owner(one.change, w), n=one.services), 1
            )
        yield from _more(len(found.owners) - _LINES, w)
        yield Paragraph(w.say("survey.moves.owners"))
    if found.ranks:
        yield Heading(2, w.say("survey.moves.ranks"))
        shown = found.ranks[:_LINES]
        by_owner = any(one.acquired or one.released for one in shown)
        rows = [
            (
                *(_layer(one.layer, w), foreign(one.label), one.before, one.after),
                *(one.appeared, one.vanished, one.newly_known, one.no_longer_known),
                *((_by_owner(one, w),) if by_owner else ()),
            )
            for one in shown
        ]
        heads = ["survey.layer", "survey.who", "survey.before", "survey.after"]
        heads += [f"turn.{turn.value}" for turn in TURNS]
        heads += ["survey.moves.by-owner"] if by_owner else []
        yield _table(w, heads, rows, labels=2)
    for turn in Turn:
        several = [one for one in found.moves if one.turn is turn]
        if not several:
            continue
        yield Heading(2, w.say(f"survey.turn.{turn.value}"))
        yield _table(
            w,
            ("survey.service", "survey.layer", "survey.who"),
            list(_folded(several, w)),
            labels=2,
        )


def _by_owner(one: RankMove, w: Writer) -> str:
    """Return in how many more or fewer services somebody stands by a change of owner alone."""
    counts = (("+", one.acquired), ("\u2212", one.released))
    return " ".join(f"{sign}{w.words.number(str(n))}" for sign, n in counts if n) or "0"


def _folded(several: Sequence[Move], w: Writer) -> Iterator[tuple[Inline, Inline, Inline]]:
    """Yield a line for each move; those that services have alike are one, and come first."""
    folded = Counter((one.layer, one.actor) for one in several if one.alike)
    for one in several:
        if not one.alike or folded[one.layer, one.actor] == 1:
            continue
        if n := folded.pop((one.layer, one.actor), 0):
            yield w.say("survey.moves.several", n=n), _place(one, w), _who(one, w)
    for one in several:
        if not one.alike or folded[one.layer, one.actor] == 1:
            yield foreign(one.service), _place(one, w), _who(one, w)


def _who(one: Move, w: Writer) -> Inline:
    """Return who came or went; of a service that one survey alone has, which one; or whether it exists."""
    if one.layer == EXISTENCE:
        return w.say(f"survey.moves.existence.{one.turn.value}")
    if one.layer != SERVICE:
        return foreign(one.label)
    return w.say(f"survey.moves.only.{'after' if one.turn is Turn.NEWLY_KNOWN else 'before'}")


def _place(one: Move, w: Writer) -> Inline:
    """Return of what a move is: a layer, the name servers or exchangers, the service itself."""
    if one.layer in set(Layer):
        return _layer(one.layer, w)
    return w.say(f"survey.moves.{'service' if one.layer == EXISTENCE else one.layer}")
