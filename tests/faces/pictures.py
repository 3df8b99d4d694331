"""Every picture, as a table and as it is drawn, and the page, against JSON and the truth."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from math import inf
from typing import Final

from depgraph.pictures import page, scene
from depgraph.pictures.engine.measure import drawable
from depgraph.pictures.engine.svg import to_svg
from depgraph.pictures.engine.values import Scene
from depgraph.pictures.kinds import KindWord
from depgraph.providers.rules import short_name
from depgraph.survey.tally import Service
from tests.faces import drawn, expected, facts
from tests.faces.pair import Pair, same
from tests.faces.truth import CONFIDENCE, MONTH, Truth
from tests.faces.wording import Wording, cut

_SIGNS: Final = {"same": "=", "same-as-known": "(=)", "changed": "→", "incomparable": "·"}


def pictures_say_the_same(pair: Pair, w: Wording) -> None:
    """Every picture of one day and of two, as a table and as it is drawn, says what JSON says."""
    _strip_says_the_same(pair, w)
    _takedown_says_the_same(pair, w)
    _providers_say_the_same(pair, w)
    if pair.after is not pair.before:
        _timeline_says_the_same(pair, w)


def _scene(pair: Pair, kind: KindWord, w: Wording) -> Scene:
    """Return a picture of the first day; what it rests on is computed once."""
    return scene(pair.before.basis, kind=kind, lang=w.lang)  # type: ignore[arg-type]


# --- Strip ---------------------------------------------------------------------------------


def _strip_says_the_same(pair: Pair, w: Wording) -> None:
    truth = pair.truth
    made = _scene(pair, "strip", w)
    table = drawn.strip_rows(made.rows, w, pair.labels)
    wanted = expected.cells(pair.before.report_json)
    present = [name for name in truth.functions if not truth.absent(name)]
    shown = [name for name in present if name != "name" and not _of_one_store(name)] or present
    layers = {layer for _, layer in table.cells} | {layer for f, layer in wanted if f in shown}
    # `web` stands for both of its names where they say the same.
    columns = {name for words, _ in table.cells for name in w.functions(words)}
    for layer in layers:
        cells = {words: cell for (words, place), cell in table.cells.items() if place == layer}
        for name in shown:
            cell = wanted.get((name, layer)) or _hidden(truth, name, layer)
            column = name if name in columns else name.removesuffix("-www")
            same(f"strip, {name}: {layer}", _of_function(cells, column, w), cell)
    same(
        "strip: who is involved",
        table.involved,
        facts.report_json(pair.before.report_json).involved,
    )
    svg = drawn.read_svg(to_svg(made))
    boxes = drawn.strip_drawn(svg, w, pair.labels)
    _strip_is_drawn(table, boxes, w)
    _alternatives_are_told(truth, table, svg, w)
    _singles_are_marked(truth, boxes, shown, columns, w)
    _headline_says_the_same(pair, made.title, w)
    _unknown_is_counted(truth, made.subtitle, w)


def _of_one_store(function: str) -> bool:
    """Tell whether a function is an app as one store has it; the app as a whole has a column."""
    return function.startswith("app:")


def _headline_says_the_same(pair: Pair, title: str, w: Wording) -> None:
    """A headline names who can stop the service alone, registries apart; else why nobody."""
    truth = pair.truth
    offered = {name for name in truth.functions if not truth.absent(name)}
    fails = truth.fails()
    stops: dict[str, dict[str, str]] = {}
    registries = _registries(truth)
    besides = False
    for (name, actor), (sure, _) in truth.alone(truth.companies()).items():
        if name not in fails and not truth.nodes[actor].get("own"):
            besides = besides or actor in registries
            if actor not in registries:
                stops.setdefault(actor, {})[name] = sure
    everything = {actor: by for actor, by in stops.items() if offered <= set(by)}
    named = everything or stops
    if named:
        same_ones = len({frozenset(by) for by in stops.values()}) == 1
        code = "all" if everything else "these" if same_ones else "some"
    elif _may_be_stopped(pair):
        code = "unknown"
    else:
        code = ("fails" if offered <= fails else "rest") if fails else "none"
    if besides and code in {"unknown", "rest", "none"}:
        code += "-besides"
    told = w.match(f"picture.headline.{code}", title)
    if told is None and code.startswith("unknown"):  # in no layer is nobody known at all
        told = w.match(f"picture.headline.{code.replace('unknown', 'open')}", title)
    assert told, f"the headline should be {code}: {title}"
    if not named:
        return
    count = w.match("picture.companies", told["names"])
    labels = {actor: drawable(short_name(truth.label(actor))) for actor in named}
    written = told["names"]
    for label in labels.values():  # "GOLF-AS, US" is one name
        written = written.replace(label, _whole(label))
    names = [written] if count else w.names(written)
    assert (int(count["n"]) if count else len(names)) == len(named), title
    for actor, by in named.items() if not count else ():
        label = _whole(labels[actor])
        brands = {_whole(drawable(short_name(truth.label(one)))) for one in truth.owned_by(actor)}
        mine = next(name for name in names if _is_called(name, label, brands))
        likely = w.word("confidence", "likely") in mine.partition(" (")[2]
        assert likely == ("likely" in by.values()), (title, actor)


def _is_called(name: str, label: str, brands: Iterable[str]) -> bool:
    """Tell whether a headline's name is a company's own, or its brand with that in brackets."""
    called, _, note = name.partition(" (")
    if called == label:
        return True
    in_brackets = re.match(rf"{re.escape(label)}[,)]", note) is not None
    return in_brackets and any(brand.startswith(called) for brand in brands)


def _whole(label: str) -> str:
    return label.replace(",", "\0")


def _registries(truth: Truth) -> set[str]:
    """Return the companies that stand in layers of registries only, or own who does."""
    layers: dict[str, set[str]] = {}
    for name in truth.functions:
        for stand, known in truth.stands(name).items():
            if known.needed and truth.names(stand, known):
                layers.setdefault(stand.actor, set()).add(stand.layer)
    met = {
        company: set().union(
            *(layers.get(one, set()) for one in (company, *truth.owned_by(company)))
        )
        for company in truth.companies()
    }
    return {company for company, found in met.items() if found and found <= _OF_REGISTRIES}


_OF_REGISTRIES: Final = frozenset({"registry", "back-end", "registry-dns"})


def _may_be_stopped(pair: Pair) -> bool:
    """Tell whether somebody else than those known may stop a function alone."""
    asked = pair.before.takedown_json["functions"]
    open_ones = any(one["alone"] == "undetermined" and one["state"] != "fails" for one in asked)
    return open_ones or any(
        cut["worst_case"] and len(cut["members"]) < 2 and not cut["self"]
        for one in asked
        for cut in one["cut_sets"]
    )


def _hidden(truth: Truth, function: str, layer: str) -> expected.Cell:
    """Return the cell of a layer in which nobody is known, and somebody may be."""
    stands = truth.stands(function).items()
    near = [known for stand, known in stands if not stand.through and known.needed]
    front = layer == "front" and not truth.complete and function.startswith("web")
    hidden = front or any(layer in known.hides for known in near)
    return expected.Cell(Counter(), int(hidden))


def _of_function(cells: Mapping[str, expected.Cell], function: str, w: Wording) -> expected.Cell:
    """Return the cell of a function in a layer; an empty one where it has none."""
    found = (cell for words, cell in cells.items() if function in w.functions(words))
    return next(found, expected.Cell(Counter(), 0))


def _strip_is_drawn(table: drawn.Strip, boxes: Iterable[drawn.DrawnBox], w: Wording) -> None:
    """The boxes at their places are those of the table, and so are the words beside them."""
    rows: Counter[tuple[str, expected.Box | None]] = Counter()
    for (_, layer), cell in table.cells.items():
        for box, count in cell.boxes.items():
            rows[layer, box] += count
        rows[layer, None] += cell.unknown
    found: Counter[tuple[str, expected.Box | None]] = Counter()
    for one in boxes:
        if one.row == w.say("layer.behind") or w.code("layer", one.row) == "involvement":
            continue
        found[w.code("layer", one.row), one.box] += 1
        if one.box is not None:
            _beside(one, w)
    same("strip: what is drawn", +found, +rows)


def _alternatives_are_told(truth: Truth, table: drawn.Strip, svg: drawn.Svg, w: Wording) -> None:
    """That any one of those in a cell is enough is told where the others can all be withdrawn."""
    told = Counter(drawn.strip_alternatives(svg, w))
    wanted: Counter[str] = Counter()
    for (words, layer), cell in table.cells.items():
        functions = [name for name in w.functions(words) if not truth.absent(name)]
        known = {box.label for box in cell.boxes if box.confidence != "possible"}
        actors = {
            stand.actor
            for name in functions
            for stand, one in truth.direct(name).items()
            if stand.layer == layer
            and truth.label(stand.actor) in known
            and truth.names(stand, one)
        }
        if truth.enough(functions, actors):
            wanted[layer] += 1
    same("strip: where any one is enough", told, wanted)


def _beside(one: drawn.DrawnBox, w: Wording) -> None:
    """The words beside a box say what its tooltip says."""
    assert one.box is not None
    if not one.beside:
        return
    words = one.beside.split(", ")
    if w.say("picture.stops.likely") in words:
        assert (one.diamond, one.box.confidence) == ("likely", "certain"), one
    elif one.box.confidence == "certain":
        assert one.diamond != "likely", one
    evidence = [w.code("evidence", word) for word in words if w.means("evidence", word)]
    sure = [w.code("confidence", word) for word in words if w.means("confidence", word)]
    assert (*evidence, "observed")[0] == one.box.evidence, one
    assert (*sure, "certain")[0] == one.box.confidence, one
    assert any(w.means("unverified", word) for word in words) == one.box.unverified, one


def _singles_are_marked(
    truth: Truth,
    boxes: Iterable[drawn.DrawnBox],
    shown: Iterable[str],
    columns: Iterable[str],
    w: Wording,
) -> None:
    """A box says which functions its actor, or one above it, can stop alone, and how sure."""
    actors = [node for node in truth.nodes if truth.kind(node) in {"provider", "company"}]
    fails = truth.fails()
    offered = {name for name in truth.functions if not truth.absent(name)}
    by_label: dict[str, dict[str, str]] = {}
    for (name, actor), (sure, _) in truth.alone(actors).items():
        if name in fails:
            continue
        own = [actor] if truth.kind(actor) == "provider" else []
        for one in (*own, *truth.owned_by(actor)):
            known = by_label.setdefault(truth.label(one), {})
            known[name] = min(sure, known.get(name, sure), key=CONFIDENCE.index)
    for one in boxes:
        if one.box is None or one.box.confidence == "possible":
            continue
        if w.code("layer", one.row) == "involvement":
            continue
        wanted = by_label.get(one.box.label, {})
        found = drawn.stopped(one.stops, w)
        if "web" in found and w.say("function.web-apex") not in one.stops:
            found |= offered & {"web-www"}  # `web` stands for both its names
        same(f"strip: what {one.box.label} can stop alone", found, set(wanted))
        concerned = set(shown) if one.functions == "*" else set(w.functions(one.functions))
        if "web" in concerned and "web-www" not in columns:  # one column stands for both
            concerned |= offered & {"web-www"}
        sures = [wanted[name] for name in concerned if name in wanted]
        sign = max(sures, key=CONFIDENCE.index) if len(sures) == len(concerned) else ""
        same(f"strip: the diamond of {one.box.label}", one.diamond, sign)


def _unknown_is_counted(truth: Truth, subtitle: str, w: Wording) -> None:
    """The headline counts the unknown."""
    count = sum(truth.kind(node) == "unknown" for node in truth.nodes)
    lead, _, end = w.template("picture.headline.unknown-many").partition("{n}")
    if count >= 3:
        assert f"{lead}{count}{end}" in subtitle, subtitle
    else:
        assert (w.lead("picture.headline.unknown-few") in subtitle) == (count > 0)


# --- Takedown, timeline, providers ---------------------------------------------------------


def _takedown_says_the_same(pair: Pair, w: Wording) -> None:
    made = _scene(pair, "takedown", w)
    found = drawn.takedown_rows(made.header, made.rows, w, pair.companies)
    own = {
        (one["function"], cut_set["members"][0]["label"])
        for one in pair.before.takedown_json["functions"]
        for cut_set in one["cut_sets"]
        if len(cut_set["members"]) == 1 and cut_set["self"]
    }
    found = {one: when for one, when in found.items() if one[:2] not in own}
    wanted = {
        drawn.Stops(
            one.function,
            one.label,
            one.confidence,
            "after-ttl" if one.onset == "after-lapse" else one.onset,
            one.evidence,
        ): one.seconds
        for one in facts.takedown_json(pair.before.takedown_json)
        if (one.function, one.label) not in own and not _of_one_store(one.function)
    }
    same("takedown picture: who can stop what, how sure, and when", set(found), set(wanted))
    for one, (seconds, exact) in found.items():
        if one.onset == "after-ttl":
            assert seconds is not None, one
            assert abs(seconds - wanted[one]) <= exact / 2, one
    cells = drawn.takedown_drawn(drawn.read_svg(to_svg(made)), w)
    rows: Counter[tuple[str, ...]] = Counter()
    for row in made.rows:
        for text in row[1:-1]:
            parts = text.split(", ")
            if w.means("confidence", parts[0]):
                rows[parts[0], parts[1]] += 1
    same("takedown picture: what is drawn", cells, rows)


def _timeline_says_the_same(pair: Pair, w: Wording) -> None:
    days = [pair.before.basis, pair.after.basis]
    made = scene(days, kind="timeline", lang=w.lang)  # type: ignore[arg-type]
    rows = drawn.timeline_rows(made.rows, w, pair.labels)
    wanted = expected.timeline(pair.timeline_json)
    for (function, layer), row in wanted.items():
        if _of_one_store(function):
            continue
        mine = [one for one in rows if one.layer == layer]
        named = [one for one in mine if function in w.functions(one.functions)]
        if not named and function == "web-www":
            named = [one for one in mine if "web" in w.functions(one.functions)]
        assert named, f"timeline picture: no row for {function} {layer}"
        days = [one.days for one in named]
        if row.days not in days:
            same(f"timeline picture, {function}: {layer}", days[0], row.days)
    signs = drawn.signs(drawn.read_svg(to_svg(made)))
    told_signs: list[str] = []
    for one in rows:
        if one.layer == "involvement":
            changes = [c["layers"] for c in pair.timeline_json["changes"]]
            told_signs += [
                _SIGNS[next((one["turn"] for one in layers if not one["function"]), "incomparable")]
                for layers in changes
            ]
        else:
            function = w.functions(one.functions)[0]
            told_signs += [_SIGNS[turn] for turn in wanted[function, one.layer].turns]
    same("timeline picture: signs", signs, told_signs)


def _providers_say_the_same(pair: Pair, w: Wording) -> None:
    """Who a function needs, and how that is known best, over all of its layers."""
    truth = pair.truth
    made = _scene(pair, "providers", w)
    lines = drawn.needs(made.rows, w)
    name = w.say("picture.shared-name")
    of_the_name = [one for one in lines if one.tail == name]
    for function in truth.functions:
        mine = [one for one in lines if one.tail == w.word("function", function)]
        if truth.absent(function) or not mine:  # `www` is drawn with `web` where it can be
            continue
        mine += of_the_name if name in {one.head for one in mine} else []
        _needs_are_true(pair, function, mine, w)


def _needs_are_true(pair: Pair, function: str, lines: Iterable[drawn.Need], w: Wording) -> None:
    truth = pair.truth
    wanted: dict[str, set[tuple[str, str]]] = {}
    for stand, known in truth.direct(function).items():
        if truth.kind(stand.actor) == "provider":
            ways = wanted.setdefault(truth.label(stand.actor), set())
            ways.add((known.evidence, known.confidence))
    found: dict[str, set[tuple[str, str]]] = {}
    for one in lines:
        possible = w.match("possibly", one.head)
        label = cut(possible["name"] if possible else one.head, pair.labels)
        if label in wanted:
            found.setdefault(label, set()).add((one.evidence, one.confidence))
    same(f"providers: whom {function} needs", set(found), set(wanted))
    for label, ways in found.items():
        assert ways <= wanted[label], (function, label, ways, wanted[label])
        same(
            f"providers: how sure {label} is for {function}", _surest(ways), _surest(wanted[label])
        )


def _surest(ways: Iterable[tuple[str, str]]) -> str:
    return min((sure for _, sure in ways), key=CONFIDENCE.index)


# --- Page ----------------------------------------------------------------------------------


def page_says_the_same(pair: Pair, w: Wording) -> None:
    """The page's table has every edge as it is, and its script stops what the analyses stop."""
    truth = pair.truth
    made = drawn.read_page(page(pair.before.basis, lang=w.lang).html, w)  # type: ignore[arg-type]
    numbers = dict(enumerate(sorted(truth.nodes)))
    found = Counter(
        (numbers[e.tail], numbers[e.head], e.evidence, e.met, e.confidence, e.unverified)
        for e in made.edges
    )
    wanted = Counter(
        (
            tail,
            head,
            data["evidence"],
            data["strength"] == "exposes" and data["relation"] != "involvement",
            "" if data["evidence"] == "unknown" else data["confidence"],
            bool(data.get("unverified")),
        )
        for tail, edges in truth.out.items()
        for head, data in edges
    )
    same("page: its table", found, wanted)
    at = {node: number for number, node in numbers.items()}
    actors = [
        node for node in truth.nodes if truth.kind(node) in {"provider", "company", "country"}
    ]
    assert {at[actor] for actor in actors} == {int(number) for number in made.data["actors"]}
    for actor in actors:
        for least, word in enumerate(CONFIDENCE[:2]):
            times = drawn.page_times(made.data, at[actor], least)
            truly = truth.times({actor}, word)
            for name, node in truth.functions.items():
                if not truth.absent(name):
                    limit = truly[node] if truly[node] <= MONTH else inf
                    same(f"page: when {name} falls without {actor}", times[at[node]], limit)


# --- Many services -------------------------------------------------------------------------


def _company(who: str, names: Iterable[str]) -> str:
    """Return the company of whom a survey names by a brand, with the company in brackets."""
    brand, _, owner = who.removesuffix(")").rpartition(" (")
    return owner if who not in names and brand and owner in names else who


def survey_says_the_same(tallied: Iterable[Service], w: Wording) -> None:
    """The survey counts each company in each layer as often as services have it."""
    several = [replace(one, name=f"s{number}.example") for number, one in enumerate(tallied)]
    wanted: Counter[tuple[str, str]] = Counter()
    totals: Counter[str] = Counter()
    for one in several:
        for place, carriers in one.layers.items():
            totals[place.value] += 1
            wanted.update((place.value, name) for name in carriers.known)
            if carriers.open and not (carriers.known or carriers.own or carriers.anyone):
                wanted[place.value, "(unknown)"] += 1
    made = scene(several, kind="survey", lang=w.lang)  # type: ignore[arg-type]
    found: Counter[tuple[str, str]] = Counter()
    for name, who, count, share in made.rows:
        layer = w.code("layer", name)
        assert int(share) == round(100 * int(count) / totals[layer])
        if who == w.say("picture.share.unknown"):
            found[layer, "(unknown)"] += int(count)
        elif not w.means("share", who):
            found[layer, _company(who, {name for _, name in wanted})] += int(count)
    drawn_layers = {layer for layer, _ in found}
    same(
        "survey: how often each is known",
        found,
        Counter({key: n for key, n in wanted.items() if key[0] in drawn_layers}),
    )
