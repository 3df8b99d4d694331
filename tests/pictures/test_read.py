"""What a reader sees in the SVG is what the analyses say: by value, in both languages."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

import depgraph
from depgraph.analysis import evaluate
from depgraph.analysis.change import days_of
from depgraph.analysis.model import model_of
from depgraph.analysis.roles import roles
from depgraph.analysis.takedown import takedown
from depgraph.analysis.turns import layer_changes
from depgraph.analysis.verdicts import State
from depgraph.names import display
from depgraph.observations import as_cited
from depgraph.pictures import scene, survey, timeline, to_svg
from depgraph.pictures.basis import of_one_store
from depgraph.providers.rules import short_name
from depgraph.survey.tally import names_of, services, shares
from depgraph.texts import words
from depgraph.texts.reasons import why
from depgraph.vocabulary import Confidence, Evidence, Layer, Onset, Turn
from tests.pictures.graphs import Maker, parler, typical
from tests.pictures.read import (
    page_table,
    strip_rows,
    survey_rows,
    takedown_rows,
    timeline_rows,
)
from tests.pictures.shipped import NAMES, shipped

SCENARIOS = Path(__file__).parents[1] / "scenarios"
STORIES = tuple(sorted(path.stem for path in SCENARIOS.glob("*.jsonl")))
CASES = [*NAMES, *STORIES, "generated", "parler"]
SIGNS = {
    Turn.SAME: "=",
    Turn.SAME_AS_KNOWN: "(=)",
    Turn.CHANGED: "→",
    Turn.INCOMPARABLE: "·",
}


@cache
def graph_of(name):
    if name in NAMES:
        return shipped(name)
    if name in STORIES:
        return depgraph.build(depgraph.read(SCENARIOS / f"{name}.jsonl"))
    return {"generated": lambda: typical(seed=4), "parler": parler}[name]()


@cache
def svg_of(name, kind, lang):
    return to_svg(scene(graph_of(name), kind=kind, lang=lang))


def heads_of(graph, table):
    """The words above the columns, by function; web stands for www where they are one column."""
    return {name: table.function(name).upper() for name in model_of(graph).functions}


# --- The strip ------------------------------------------------------------------------------


def rows_by_place(rows, layer, head):
    return [box for box in rows.boxes if box.layer == layer and head in box.functions]


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("name", CASES)
def test_the_strip_shows_the_roles_of_the_one_walk(name, lang):
    graph, table = graph_of(name), words(lang)
    who = roles(graph)
    rows = strip_rows(svg_of(name, "strip", lang), shared=table["picture.for-all"])
    heads = heads_of(graph, table)
    columns = {head for box in rows.boxes for head in box.functions}
    shown = set()
    for function in who.functions:
        head = heads[function]
        if head not in columns:  # www where it is one with web; the name beside others
            head = heads["web"] if function == "web-www" else ""
        if not head or function in who.absent:
            continue
        for layer, several in who.by_layer(function).items():
            boxes = rows_by_place(rows, table.brief(f"layer.{layer.value}"), head)
            shown |= {id(box) for box in boxes}
            compare_cell(boxes, several, who.standing(function, layer), table)
    involved = rows_by_place(rows, table.brief("layer.involvement"), next(iter(columns)))
    assert len(involved) == len(who.involved)
    for number, (box, role) in enumerate(zip(involved, who.involved, strict=True), 1):
        assert box.label == role.label
        assert box.beside.endswith(f"[{number}]")
        assert as_cited(role.citation)[:60] in box.title
    rest = [box for box in rows.boxes if id(box) not in shown and box not in involved]
    behind = table["layer.behind"]
    assert all(box.layer == behind or box.label == table["evidence.unknown"] for box in rest)


def compare_cell(boxes, several, standing, table):
    """Hold the boxes of one cell against the roles: who, how known, how sure, what is not."""
    known = [role for role in several if not role.unknown]
    unknown = [role for role in several if role.unknown]
    stem = table["evidence.unknown"].rstrip("s")  # the French adjective agrees
    named = [box for box in boxes if not box.label.split()[-1].startswith(stem)]
    assert len(named) == len(known)
    for box, role in zip(named, known, strict=True):
        label = role.label if role.kind != "anyone" else table["picture.any-authority"]
        possible = role.confidence is Confidence.POSSIBLE
        assert box.title.startswith(table.say("possibly", name=label) if possible else label)
        assert box.hatched == possible
        said = table.brief(f"evidence.{role.evidence.value}")
        assert (said in box.beside) == (role.evidence != Evidence.OBSERVED)
        for word in (Confidence.LIKELY, Confidence.POSSIBLE):
            beside = box.beside.partition(table.say("picture.owner", sure="").strip())[0]
            sure = table[f"confidence.{word.value}"]
            assert (sure in beside) == (role.confidence is word), box
        assert (table["picture.own"] in box.beside.split(", ")) == role.own
        assert (table["unverified"] in box.beside) == role.unverified
    blind = [box for box in boxes if box not in named]
    assert len(blind) == len({(r.what, r.last_known, r.last_known_time) for r in unknown})
    told = " ".join(box.title for box in blind)
    for role in unknown:
        assert table[f"what.{role.what}"] in " ".join(box.label for box in blind)
        assert why(role.reason, table.lang) in told or role.last_known in told
    assert all(box.hatched for box in blind)
    if len(unknown) == 1:
        assert display(unknown[0].of) in told
    assert bool(blind) == bool(unknown)
    assert standing.known.keys() >= {role.actor for role in several if role.known}


@pytest.mark.parametrize("name", CASES)
def test_any_one_is_enough_where_it_was_tried_and_nowhere_else(name):
    graph, table = graph_of(name), words("en")
    who = roles(graph)
    rows = strip_rows(svg_of(name, "strip", "en"))
    heads = heads_of(graph, table)
    before = evaluate(graph)
    for (layer, columns), text in rows.enough.items():
        functions = [f for f in who.functions if heads[f] in columns and f not in who.absent]
        found = next(x for x in Layer if x.brief and table.brief(f"layer.{x.value}") == layer)
        certain = text == table["picture.any-one"]
        assert certain or text == table["picture.any-one-known"]
        for function in functions:
            standing = who.standing(function, found)
            actors = {a for a, role in standing.known.items() if role.needed}
            assert len(actors) > 1
            after = [evaluate(graph, actors - {kept})[function] for kept in actors]
            assert State.FAILS not in after
            if certain:
                assert standing.fully_known
                assert set(after) == {before[function]}


def test_any_one_is_enough_stays_where_something_in_the_cell_is_unknown():
    make = Maker("example.com")
    from tests.pictures.graphs import OPERATORS

    zone = make.zone("example.com", OPERATORS[5:7], servers=1)
    server = "nameserver:ns9.elsewhere.net"
    make.edge("nameservers:example.com", "nameserver", server)
    make.edge(server, "address", make.unknown("addresses of ns9.elsewhere.net"))
    make.edge(make.function("mail"), "zone", zone)
    make.edge(
        "function:example.com/mail", "exchange", make.unknown("mail exchanges of example.com")
    )
    rows = strip_rows(to_svg(scene(make.graph(), kind="strip")))
    ((layer, _),) = rows.enough
    assert layer == "name service"
    assert rows.enough[layer, ("MAIL",)] == "any one is enough, as far as known"
    assert [box.hatched for box in rows.boxes if box.layer == layer] == [False, False, True]


def test_a_front_is_never_the_host():
    for name in CASES:
        who = roles(graph_of(name))
        rows = strip_rows(svg_of(name, "strip", "en"))
        fronts = {
            role.label
            for several in who.functions.values()
            for role in several
            if role.layer is Layer.FRONT and not role.through
        }
        hosts = {
            role.label
            for several in who.functions.values()
            for role in several
            if role.layer is Layer.HOST and not role.through
        }
        drawn = {box.label.partition(" · ")[0] for box in rows.boxes if box.layer == "host"}
        assert not drawn & (fronts - hosts)


def test_an_operator_that_nobody_lists_is_host_or_front():
    rows = strip_rows(svg_of("front-unknown-origin", "strip", "en"))
    (box,) = [box for box in rows.boxes if box.layer == "host or front"]
    assert (box.label, box.stops) == ("SC-SHIELD", True)
    (origin,) = [box for box in rows.boxes if box.layer == "host"]
    assert origin.hatched
    assert "whether SC-SHIELD hosts it or stands in front is not known" in origin.title


def test_those_reported_to_be_involved_in_parler_are_told_with_what_speaks_against_it():
    svg = svg_of("parler.com_2021-02-15", "strip", "en")
    rows = strip_rows(svg)
    boxes = [box for box in rows.boxes if box.layer == "involved, role not stated"]
    assert [box.label for box in boxes] == ["CloudRoute", "DDoS-Guard", "Epik"]
    assert all("reported" in box.beside and not box.stops for box in boxes)
    epik = boxes[-1].title
    assert "Presse-citron" in epik
    for kind in ("strip", "providers", "full", "takedown"):
        told = svg_of("parler.com_2021-02-15", kind, "en")
        assert "[3] Epik: Presse-citron" in told
        assert "What speaks against it, or limits it" in told


# --- The picture of takedowns ---------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("name", CASES)
def test_each_cell_of_a_takedown_has_the_certainty_and_the_onset_of_its_cut_set(name, lang):
    table = words(lang)
    answer = takedown(graph_of(name), level="company", upto=3)
    rows = takedown_rows(svg_of(name, "takedown", lang))
    found = {}
    for row in rows:
        for head, cell in row.cells.items():
            key = (head, row.alone, cell.word, cell.onset, frozenset(_names(row, table)))
            found[key] = found.get(key, 0) + 1
    for one in answer.functions:
        if of_one_store(one.function):
            continue  # the app as a whole has a column
        head = table.function(one.function)
        for cut in one.cut_sets:
            hidden = {part for part in cut.unknown if not set(part.possibly) & labels_of(cut)}
            size = len(cut.members) + bool(hidden)
            if size != 1 or not (cut.members or cut.unknown):
                continue  # of sets of several the first dozen is drawn
            word = "?" if cut.worst_case else table[f"confidence.{cut.confidence.value}"]
            who = frozenset(labels_of(cut))
            key = (head, True, word, onset_of(cut, table), who)
            assert key in found, (key, [k for k in found if k[0] == head])
    functions = {table.function(one.function) for one in answer.functions}
    assert {head for row in rows for head in row.cells} <= functions


def labels_of(cut):
    return {member.label for member in cut.members}


def _names(row, table):
    """The labels of those who are named in a row, as their tooltips have them whole."""
    blind = [not row.titles[i] or hatched for i, hatched in enumerate(row.hatched)]
    named = {row.titles[i] for i, hidden in enumerate(blind) if not hidden}
    maybe = table.say("possibly", name="").strip()
    named |= {t for t, label in zip(row.titles, row.who, strict=True) if label.startswith(maybe)}
    return named


def onset_of(cut, table):
    if cut.onset is None:
        return "–"
    if cut.onset not in {Onset.TTL, Onset.EXPIRE, Onset.LAPSE}:
        return table[f"picture.onset.{cut.onset.value}"]
    seconds = cut.seconds
    unit, n = ("seconds", seconds) if seconds < 120 else ("minutes", seconds / 60)
    unit, n = ("hours", seconds / 3600) if seconds >= 7200 else (unit, n)
    return table.say(f"picture.onset.{cut.onset.value}", span=table.say(f"page.{unit}", n=round(n)))


@pytest.mark.parametrize("name", CASES)
def test_each_unknown_of_a_takedown_has_its_own_reason(name):
    answer = takedown(graph_of(name), level="company", upto=3)
    rows = takedown_rows(svg_of(name, "takedown", "en"))
    alone = [row for row in rows if row.alone and row.hatched == (True,)]
    for one in answer.functions:
        for cut in one.cut_sets:
            if cut.members:
                continue
            cells = [row for row in alone if words("en").function(one.function) in row.cells]
            told = " ".join(title for row in cells for title in row.titles)
            for part in cut.unknown:
                reason = why(part.reason, "en")
                assert reason in told or (part.last_known and part.last_known in told)


# --- The timeline ---------------------------------------------------------------------------

SERIES = [
    [name for name in NAMES if name.startswith(subject)]
    for subject in ("parler.com", "wikipedia.org", "kiwifarms.net", "gab.com")
]


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("names", SERIES, ids=lambda names: names[0].partition("_")[0])
def test_the_signs_and_words_of_a_timeline_are_the_turns_of_the_analysis(names, lang):
    table = words(lang)
    graphs = sorted((shipped(name) for name in names), key=lambda g: days_of(model_of(g)))
    dates, rows = timeline_rows(to_svg(timeline(graphs, lang=lang)))
    assert dates == [table.day(days_of(model_of(graph))[0]) for graph in graphs]
    everybody = [roles(graph) for graph in graphs]
    for i, (before, after) in enumerate(pairwise(everybody)):
        for change in layer_changes(before, after):
            if change.function and of_one_store(change.function):
                continue  # the app as a whole has a row
            row = row_of(rows, change.layer, change.function, table)
            assert row.signs[i] == SIGNS[change.turn]
            later = row.cells[i + 1]
            for entry in change.entries[:6]:
                word = table[f"turn.{entry.turn.value}"]
                if entry.after is None:
                    gone = f"{word}{table['colon']}{short_name(entry.role.label)}"
                    assert gone in later.words
                else:
                    titles = [title for _, _, _, title in later.boxes]
                    assert any(
                        entry.role.label in title and f"{word})" in title for title in titles
                    )
    for i, who in enumerate(everybody):
        for function in (name for name in who.functions if not of_one_store(name)):
            for layer, several in who.by_layer(function).items():
                cell = row_of(rows, layer, function, table).cells[i]
                known = [role.label for role in several if not role.unknown]
                titles = [title for *_, title in cell.boxes]
                assert [any(label in t for t in titles) for label in known[:6]] == [
                    True for _ in known[:6]
                ]
                hatched = sum(hidden for _, _, hidden, _ in cell.boxes)
                assert bool(hatched) == any(not role.known for role in several[:6])


def row_of(rows, layer, function, table):
    """Find the row of a layer and function; without words of functions it is that of all."""
    name = table.brief(f"layer.{layer.value}")
    several = [row for row in rows if row.layer == name]
    if len(several) == 1:
        return several[0]
    word = table.function(function)
    exact = [row for row in several if word in parts_of(row.functions, table)]
    if not exact and function == "web-www":  # web stands for both of its names
        exact = [row for row in several if table.function("web") in parts_of(row.functions, table)]
    (row,) = exact
    return row


def parts_of(text, table):
    last = table.say("list.and", head="", last="").strip()
    return [part.strip() for part in text.replace(f" {last} ", ",").split(",")]


# --- Survey and page ------------------------------------------------------------------------


def test_the_bars_of_a_survey_are_the_shares():
    graphs = list({name.partition("_")[0]: shipped(name) for name in NAMES}.values())
    brands = names_of(services(graphs))
    for lang in ("en", "fr"):
        table = words(lang)
        bars = survey_rows(to_svg(survey(graphs, lang=lang)))
        expected = {
            (table.brief(f"layer.{row.layer.value}"), _part(part, brands, table)): (
                count,
                row.total,
                part in {"open", "unknown"},
            )
            for row in shares(services(graphs))
            for part, count in row.parts
        }
        assert bars == expected


def _part(part, brands, table):
    """Give the words for a part of a bar: those of the table, or a brand with its company."""
    brand, owner = brands.get(part, (part, ""))
    return table.get(f"picture.share.{part}") or (f"{brand} ({owner})" if owner else brand)


@pytest.mark.parametrize("name", ["parler.com_2021-02-15", "mail-gateway", "idn"])
def test_the_table_of_the_page_says_how_each_edge_is_known_and_how_sure(name):
    graph = graph_of(name)
    for lang in ("en", "fr"):
        table = words(lang)
        rows = page_table(depgraph.page(graph, lang=lang).html)
        said = sorted((row[3].partition(" (")[0], row[4].partition(", ")[0]) for row in rows)
        assert said == sorted(
            (
                table.brief(f"evidence.{data['evidence']}"),
                "" if data["evidence"] == "unknown" else table[f"confidence.{data['confidence']}"],
            )
            for _, _, data in graph.edges(data=True)
        )
        assert {row[1] for row in rows} == {
            table[f"relation.{data['relation']}"] for _, _, data in graph.edges(data=True)
        }
