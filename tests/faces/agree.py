"""The faces of one service side by side: JSON against the truth, every other face against JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cached_property
from math import inf
from typing import Any, Final

import networkx as nx

from depgraph import exchange
from depgraph.analysis import check, compare, exposure, takedown, timeline
from depgraph.analysis.model import Model, model_of
from depgraph.analysis.results import Result
from depgraph.graph import build
from depgraph.pictures import page, scene
from depgraph.pictures.engine.svg import to_svg
from depgraph.providers.rules import short_name
from depgraph.rendering import to_html, to_markdown, to_text
from depgraph.reporting import report
from depgraph.survey import cases
from depgraph.survey.attribution import layers
from depgraph.survey.tally import Service, services
from tests.faces import drawn, expected, told
from tests.faces.documents import Grid, Read, read_html, read_markdown, read_text
from tests.faces.truth import BRIEF, CONFIDENCE, UNOBSERVED, Stand, Truth, turns
from tests.faces.wording import Wording, cut

Json = dict[str, Any]
CLAIM: Final = "independent of Tuvalu"
"""About nobody who is there: so it says who else is known to do what."""
_WIDE: Final = 3000  # columns in which no table has to give way
_MOST: Final = 4000  # rows of a page that are looked at
_DAYS: Final = {"onset": {432_000.0: "days", 2_937_600.0: "weeks"}}
_SIGNS: Final = {"same": "=", "same-as-known": "(=)", "changed": "→", "incomparable": "·"}


@dataclass
class Pair:
    """A service on two days, and what its faces say; of one day alone it is the same twice."""

    before: nx.MultiDiGraph[str]
    after: nx.MultiDiGraph[str]

    @cached_property
    def models(self) -> tuple[Model, Model]:
        return model_of(self.before), model_of(self.after)

    @cached_property
    def truth(self) -> Truth:
        return Truth(self.before)

    @cached_property
    def later(self) -> Truth:
        return Truth(self.after)

    @cached_property
    def results(self) -> dict[str, Result]:
        """The answers, each computed once: a report has a takedown, a timeline a comparison."""
        model, later = self.models
        reported = report(model)  # type: ignore[arg-type]  (a model is taken as it is)
        series = timeline([model, later])
        return {
            "report": reported,
            "check": check(model, CLAIM),
            "takedown": reported.takedown,
            "compare": series.changes[0],
            "timeline": series,
        }

    @cached_property
    def json(self) -> dict[str, Json]:
        found = {name: self.results[name].to_dict() for name in ("report", "check", "timeline")}
        found["takedown"] = found["report"]["takedown"]
        found["compare"] = found["timeline"]["changes"][0]
        return found

    @cached_property
    def labels(self) -> list[str]:
        """The labels of providers, and of whatever else stands where one would."""
        return self._labels("provider", "anyone", "unknown")

    @cached_property
    def companies(self) -> list[str]:
        return self._labels("company", "provider")

    @cached_property
    def countries(self) -> list[str]:
        return self._labels("country")

    def _labels(self, *kinds: str) -> list[str]:
        found = {
            str(data.get("label") or node.partition(":")[2])
            for graph in (self.before, self.after)
            for node, data in graph.nodes(data=True)
            if data["kind"] in kinds
        }
        return sorted(found)


def same(what: str, found: object, wanted: object) -> None:
    """Fail with what one side has and the other has not."""
    if found == wanted:
        return
    if is_dataclass(found) and not isinstance(found, type) and type(found) is type(wanted):
        for one in fields(found):
            same(f"{what}, {one.name}", getattr(found, one.name), getattr(wanted, one.name))
    for kind in (Counter, set, frozenset):
        if isinstance(found, kind) and isinstance(wanted, kind):
            more, less = found - wanted, wanted - found  # type: ignore[operator]
            raise AssertionError(  # noqa: TRY004
                f"{what}\n  more than the others: {more}\n  less: {less}"
            )
    if isinstance(found, dict) and isinstance(wanted, dict):
        keys = [key for key in {**found, **wanted} if found.get(key) != wanted.get(key)]
        rows = [f"  {key}: {found.get(key)} here, {wanted.get(key)} elsewhere" for key in keys]
        raise AssertionError("\n".join([what, *rows]))  # noqa: TRY004
    raise AssertionError(f"{what}\n  here: {found}\n  elsewhere: {wanted}")


# --- JSON against the truth ----------------------------------------------------------------


def json_is_true(pair: Pair) -> None:
    """The JSON of each answer says what the nodes and edges say."""
    _report_is_true(pair)
    _check_is_true(pair)
    _takedown_is_true(pair)
    _compare_is_true(pair)
    _timeline_is_true(pair)


def _report_is_true(pair: Pair) -> None:
    truth = pair.truth
    for one in pair.json["report"]["functions"]:
        name = one["function"]
        assert one["absent"] == truth.absent(name)
        stands = truth.stands(name)
        found = {_stand(name, role): role for role in one["roles"]}
        same(f"who stands where for {name}", set(found), set(stands))
        for stand, role in found.items():
            known = stands[stand]
            as_known = (role["evidence"], role["confidence"], role["needed"])
            same(f"how {stand} is known", as_known, known.as_known)
            assert role["unverified"] in known.unverified, stand
            assert role.get("citation", "") in known.citation, stand
    involved = {one["actor"]: one for one in pair.json["report"]["involved"]}
    same("who is involved", set(involved), set(truth.involved()))
    for actor, known in truth.involved().items():
        one = involved[actor]
        assert (one["evidence"], one["confidence"]) == (known.evidence, known.confidence)
        assert one.get("citation", "") in known.citation


def _stand(function: str, role: Json) -> Stand:
    return Stand(function, role["layer"], role.get("through", ""), role["actor"])


def _check_is_true(pair: Pair) -> None:
    truth = pair.truth
    for one in pair.json["check"]["functions"]:
        name = one["function"]
        found = {
            (layer, role["actor"]): (role["evidence"], role["confidence"], role["needed"])
            for layer, roles in one["known"].items()
            for role in roles
        }
        wanted = {
            (stand.layer, stand.actor): known.as_known
            for stand, known in truth.direct(name).items()
            if truth.names(stand, known)
        }
        same(f"who is known in the check of {name}", found, wanted)


def _takedown_is_true(pair: Pair) -> None:
    truth = pair.truth
    wanted = truth.alone(truth.companies())
    fails = truth.fails()
    for one in pair.json["takedown"]["functions"]:
        name = one["function"]
        assert (one["state"] == "fails") == (name in fails)
        found = {}
        for cut_set in one["cut_sets"]:
            if len(cut_set["members"]) == 1 and not cut_set["worst_case"]:
                seconds = cut_set["seconds"]
                seconds = UNOBSERVED if seconds is None else seconds
                same("the word for an onset", cut_set["onset"], onset(seconds))
                actor = cut_set["members"][0]["id"]
                found[actor] = (cut_set["confidence"], seconds)
        here = {a: known for (f, a), known in wanted.items() if f == name and name not in fails}
        same(f"who can stop {name} alone, how sure, and when", found, here)


def onset(seconds: float) -> str:
    """Return the word for when something sets in."""
    if seconds == 0:
        return "at-once"
    if seconds == UNOBSERVED:
        return "after-ttl-unobserved"
    return _DAYS["onset"].get(seconds, "after-ttl")


def _compare_is_true(pair: Pair) -> None:
    before, after = pair.truth, pair.later
    layers = pair.json["compare"]["layers"]
    found = {
        (one["function"], one["layer"], (entry["after"] or entry["before"])["actor"]): entry["turn"]
        for one in layers
        if one["function"]
        for entry in one["entries"]
    }
    same("what became of whom", found, turns(before, after))
    met = (set(before.involved()), set(after.involved()))
    if before.complete and after.complete and met[0] != met[1]:
        words = {e["turn"] for one in layers if not one["function"] for e in one["entries"]}
        # Nobody ever reports all who are involved: they neither appear nor vanish.
        assert words <= {"newly-known", "no-longer-known", "changed"}


def _timeline_is_true(pair: Pair) -> None:
    for moment, truth in zip(pair.json["timeline"]["moments"], _by_day(pair), strict=True):
        for one in moment["functions"]:
            name = one["function"]
            found = {
                (layer, role["actor"]): (role["evidence"], role["confidence"], role["needed"])
                for layer, roles in one["layers"].items()
                for role in roles
            }
            wanted = {(s.layer, s.actor): k.as_known for s, k in truth.direct(name).items()}
            same(f"who stands where for {name} on a day", found, wanted)
            if not truth.absent(name):
                same(f"what is open for {name}", set(one["open_layers"]), truth.open(name))


def answers_alone_are_the_same(pair: Pair) -> None:
    """A takedown and a comparison asked for by themselves are those within report and timeline."""
    model, later = pair.models
    alone = takedown(model, upto=2).to_dict()
    for key, value in pair.json["takedown"].items():
        same(f"takedown, {key}", alone[key], value)
    turned = compare(model, later, upto=1).to_dict()
    for key, value in pair.json["compare"].items():
        same(f"compare, {key}", turned[key], value)


def _by_day(pair: Pair) -> list[Truth]:
    """Return the truths in the order in which a timeline has them."""
    return sorted((pair.truth, pair.later), key=lambda t: (t.about["since"], t.about["until"]))


# --- Texts against JSON --------------------------------------------------------------------


def documents(result: Result, lang: str) -> Mapping[str, Read]:
    """Return what a reader of the text, the Markdown and the HTML of an answer reads."""
    return {
        "text": read_text(to_text(result, lang=lang, width=_WIDE)),
        "Markdown": read_markdown(to_markdown(result, lang=lang)),
        "HTML": read_html(to_html(result, lang=lang)),
    }


def texts_say_the_same(pair: Pair, lang: str, *, only: str = "") -> None:
    """Text, Markdown and HTML of each answer say what its JSON says."""
    w = Wording(lang)
    readers: Mapping[str, tuple[Callable[[Json], Any], Callable[[Read], Any]]] = {
        "report": (told.report_json, lambda read: told.report_read(read, w, pair.countries)),
        "check": (told.check_json, lambda read: told.check_read(read, w, pair.labels)),
        "compare": (told.compare_json, lambda read: told.compare_read(read, w)),
        "takedown": (
            told.takedown_json,
            lambda read: told.takedown_read(read, w, pair.companies),
        ),
    }
    for name, (of_json, of_text) in readers.items():
        if only not in {"", name}:
            continue
        wanted = of_json(pair.json[name])
        for face, read in documents(pair.results[name], lang).items():
            same(f"the {face} of {name} in {lang}", of_text(read), wanted)
    if only in {"", "timeline"}:
        _timeline_says_the_same(pair, w)


def _timeline_says_the_same(pair: Pair, w: Wording) -> None:
    wanted = told.timeline_json(pair.json["timeline"])
    changes = [one for one in wanted.changes if one.turned or one.open]
    for face, read in documents(pair.results["timeline"], w.lang).items():
        what = f"the {face} of timeline in {w.lang}"
        found = told.timeline_read(read, w, pair.labels, pair.companies)
        for (function, layer), row in wanted.cells.items():
            shown = found.cells.get((function, layer)) or found.cells.get(("", layer)) or []
            fits = len(shown) == len(row) and all(
                a.says(b) for a, b in zip(shown, row, strict=True)
            )
            assert fits, f"{what}: {function} {layer}\n  here: {shown}\n  elsewhere: {row}"
        same(f"{what}: who can stop it", _counted(found.alone), _counted(wanted.alone))
        same(f"{what}: who is involved", found.involved, wanted.involved)
        same(f"{what}: what changed", found.changes, changes)


def _counted(alone: dict[str, list[set[tuple[str, str]]]]) -> dict[str, list[Any]]:
    """Return who can stop what; where a cell counts the rest, only how many they are."""
    found: dict[str, list[Any]] = {}
    for name, days in alone.items():
        cells: list[Any] = []
        for day in days:
            more = sum(int(label[1:]) for label, _ in day if label.startswith("+"))
            cells.append(len(day) - 1 + more if more else len(day) if len(day) > 4 else day)
        found[name] = cells
    return found


def exposure_says_the_same(pair: Pair, lang: str) -> None:
    """Who is on a path, whether needed, how sure: as the walk says, and alike in text and JSON."""
    w = Wording(lang)
    result = exposure(pair.models[0], level="provider")
    json = result.to_dict()
    truth = pair.truth
    for one in json["functions"]:
        name = one["function"]
        met = {actor["id"]: actor for actor in one["actors"]}
        walked: dict[str, list[Any]] = {}
        for stand, known in truth.stands(name).items():
            if truth.kind(stand.actor) == "provider":
                walked.setdefault(stand.actor, []).append(known)
        same(
            f"who is on a path of {name}",
            set(met) - _platforms(truth),
            set(walked) - _platforms(truth),
        )
        for actor, several in walked.items():
            assert met[actor]["needed"] == any(known.needed for known in several), actor
            if any(known.needed for known in several) and actor not in _platforms(truth):
                sure = min(CONFIDENCE.index(k.confidence) for k in several)
                assert CONFIDENCE.index(met[actor]["confidence"]) <= sure, actor
    wanted = {
        one["function"]: {
            (a["label"], a["evidence"], a["confidence"], a["needed"], round(100 * a["share"]))
            for a in one["actors"]
        }
        for one in json["functions"]
        if one["actors"]
    }
    for face, read in documents(result, lang).items():
        same(f"the {face} of exposure in {lang}", _exposed(read, w), wanted)


def _platforms(truth: Truth) -> set[str]:
    """Return the providers that others say they run on: they are met past an operator."""
    return {
        head
        for edges in truth.out.values()
        for head, data in edges
        if data["relation"] == "platform"
    }


def _exposed(read: Read, w: Wording) -> dict[str, set[tuple[str, str, str, bool, int]]]:
    found: dict[str, set[tuple[str, str, str, bool, int]]] = {}
    function = ""
    for item in read:
        if isinstance(item, Grid):
            for who, _, share, where, known in item.rows:
                how = told.how(known, w)
                needed = not where.endswith(f" ({w.say('exposure.only')})")
                row = (who, how.evidence, how.confidence, needed, int(share.split()[0]))
                found.setdefault(function, set()).add(row)
        elif item.indent == 0 and w.means("function", item.text):
            function = w.code("function", item.text)
    return found


# --- Pictures against JSON -----------------------------------------------------------------


def pictures_say_the_same(pair: Pair, lang: str) -> None:
    """Every picture, as a table and as it is drawn, says what the answers say."""
    w = Wording(lang)
    strip_says_the_same(pair, w)
    takedown_picture_says_the_same(pair, w)
    timeline_picture_says_the_same(pair, w)
    providers_say_the_same(pair, w)


def strip_says_the_same(pair: Pair, w: Wording) -> None:
    truth = pair.truth
    made = scene(pair.before, kind="strip", lang=w.lang)
    table = drawn.strip_rows(made.rows, w, pair.labels)
    wanted = expected.cells(pair.json["report"])
    present = [name for name in truth.functions if not truth.absent(name)]
    shown = [name for name in present if name != "name"] or present
    layers = {layer for _, layer in table.cells} | {layer for f, layer in wanted if f in shown}
    # `web` stands for both of its names where they say the same.
    columns = {name for words, _ in table.cells for name in w.functions(words)}
    for layer in layers:
        cells = {words: cell for (words, place), cell in table.cells.items() if place == layer}
        for name in shown:
            cell = wanted.get((name, layer)) or _hidden(truth, name, layer)
            column = name if name in columns else name.removesuffix("-www")
            same(f"strip, {name}: {layer}", _of_function(cells, column, w), cell)
    same("strip: who is involved", table.involved, told.report_json(pair.json["report"]).involved)
    svg = drawn.read_svg(to_svg(made))
    boxes = drawn.strip_drawn(svg, w, pair.labels)
    _strip_is_drawn(table, boxes, w)
    _singles_are_marked(truth, boxes, w)
    headline_says_the_same(pair, made.title, w)
    _unknown_is_counted(truth, made.subtitle, w)


def headline_says_the_same(pair: Pair, title: str, w: Wording) -> None:
    """A headline names who can stop all of the service alone, else part of it, else why nobody."""
    truth = pair.truth
    offered = {name for name in truth.functions if not truth.absent(name)}
    fails = truth.fails()
    stops: dict[str, dict[str, str]] = {}
    for (name, actor), (sure, _) in truth.alone(truth.companies()).items():
        if name not in fails and not truth.nodes[actor].get("own"):
            stops.setdefault(actor, {})[name] = sure
    everything = {actor: by for actor, by in stops.items() if offered <= set(by)}
    named = everything or stops
    asked = {one["function"]: one["alone"] for one in pair.json["takedown"]["functions"]}
    if named:
        code = "all" if everything else "some"
    elif any(asked[name] == "undetermined" for name in offered - fails):
        code = "unknown"
    else:
        code = ("fails" if offered <= fails else "rest") if fails else "none"
    told = w.match(f"picture.headline.{code}", title)
    assert told, f"the headline should be {code}: {title}"
    if not named:
        return
    count = w.match("picture.companies", told["names"])
    names = [told["names"]] if count else w.names(told["names"])
    assert (int(count["n"]) if count else len(names)) == len(named), title
    for actor, by in named.items() if not count else ():
        label = short_name(truth.label(actor))
        mine = next(name for name in names if name == label or name.startswith(f"{label} ("))
        likely = w.word("confidence", "likely") in mine.removeprefix(label)
        assert likely == ("likely" in by.values()), (title, actor)


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


def _beside(one: drawn.DrawnBox, w: Wording) -> None:
    """The words beside a box say what its tooltip says."""
    assert one.box is not None
    if not one.beside:
        return
    words = one.beside.split(", ")
    evidence = [w.code("evidence", word) for word in words if w.means("evidence", word)]
    sure = [w.code("confidence", word) for word in words if w.means("confidence", word)]
    assert (*evidence, "observed")[0] == one.box.evidence, one
    assert (*sure, "certain")[0] == one.box.confidence, one
    assert any(w.means("unverified", word) for word in words) == one.box.unverified, one


def _singles_are_marked(truth: Truth, boxes: Iterable[drawn.DrawnBox], w: Wording) -> None:
    """A box says which functions its actor, or one above it, can stop alone."""
    actors = [node for node in truth.nodes if truth.kind(node) in {"provider", "company"}]
    fails = truth.fails()
    alone = {(name, actor) for name, actor in truth.alone(actors) if name not in fails}
    by_label: dict[str, set[str]] = {}
    for name, actor in alone:
        if truth.kind(actor) == "provider":
            by_label.setdefault(truth.label(actor), set()).add(name)
        for owned in truth.owned_by(actor):
            by_label.setdefault(truth.label(owned), set()).add(name)
    for one in boxes:
        if one.box is None or one.box.confidence == "possible":
            continue
        if w.code("layer", one.row) == "involvement":
            continue
        wanted = by_label.get(one.box.label, set())
        found = drawn.stopped(one.stops, w)
        if "web" in found and "web-www" in wanted:
            found.add("web-www")  # `web` stands for both its names
        same(f"strip: what {one.box.label} can stop alone", found, wanted)


def _unknown_is_counted(truth: Truth, subtitle: str, w: Wording) -> None:
    """The headline counts the unknown."""
    count = sum(truth.kind(node) == "unknown" for node in truth.nodes)
    lead, _, end = w.template("picture.headline.unknown-many").partition("{n}")
    if count >= 3:
        assert f"{lead}{count}{end}" in subtitle, subtitle
    else:
        assert (w.lead("picture.headline.unknown-few") in subtitle) == (count > 0)


def takedown_picture_says_the_same(pair: Pair, w: Wording) -> None:
    made = scene(pair.before, kind="takedown", lang=w.lang)
    found = drawn.takedown_rows(made.header, made.rows, w, pair.companies)
    wanted = drawn.short_facts(told.takedown_json(pair.json["takedown"]))
    own = {
        (one["function"], cut_set["members"][0]["label"])
        for one in pair.json["takedown"]["functions"]
        for cut_set in one["cut_sets"]
        if len(cut_set["members"]) == 1 and cut_set["self"]
    }
    same("takedown picture: who can stop what", set(found) - own, set(wanted) - own)
    for where in set(wanted) - own:
        sure, word, seconds, exact, evidence = found[where]
        told_sure, told_word, told_seconds, told_evidence = wanted[where]
        assert (sure, word, evidence) == (told_sure, told_word, told_evidence), where
        if told_seconds is not None:
            assert seconds is not None, where
            assert abs(seconds - told_seconds) <= exact / 2, where
    cells = drawn.takedown_drawn(drawn.read_svg(to_svg(made)), w)
    rows: Counter[tuple[str, ...]] = Counter()
    for row in made.rows:
        for text in row[1:-1]:
            parts = text.split(", ")
            if w.means("confidence", parts[0]):
                rows[parts[0], parts[1]] += 1
    same("takedown picture: what is drawn", cells, rows)


def timeline_picture_says_the_same(pair: Pair, w: Wording) -> None:
    made = scene([pair.before, pair.after], kind="timeline", lang=w.lang)
    rows = drawn.timeline_rows(made.rows, w, pair.labels)
    wanted = expected.timeline(pair.json["timeline"])
    for (function, layer), row in wanted.items():
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
            changes = [c["layers"] for c in pair.json["timeline"]["changes"]]
            told_signs += [
                _SIGNS[next((one["turn"] for one in layers if not one["function"]), "incomparable")]
                for layers in changes
            ]
        else:
            function = w.functions(one.functions)[0]
            told_signs += [_SIGNS[turn] for turn in wanted[function, one.layer].turns]
    same("timeline picture: signs", signs, told_signs)


def providers_say_the_same(pair: Pair, w: Wording) -> None:
    """Who a function needs, and how that is known best, over all of its layers."""
    truth = pair.truth
    made = scene(pair.before, kind="providers", lang=w.lang)
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


def page_says_the_same(pair: Pair, lang: str) -> None:
    """The page's table has every edge as it is, and its script stops what the analyses stop."""
    w = Wording(lang)
    truth = pair.truth
    made = drawn.read_page(page(pair.before, lang=lang).html, w)
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
            truly = truth.times(actor, word)
            for name, node in truth.functions.items():
                if not truth.absent(name):
                    limit = truly[node] if truly[node] <= 30 * 86_400 else inf
                    same(f"page: when {name} falls without {actor}", times[at[node]], limit)


# --- Many services -------------------------------------------------------------------------


def tally_says_the_same(pair: Pair) -> Service:
    """Who is known in each layer of a service, over all functions, and whether that is all."""
    (made,) = services([pair.before])
    truth = pair.truth
    for layer in BRIEF:
        known: set[str] = set()
        own = False
        is_open = False
        for function in truth.functions:
            if truth.absent(function):
                continue
            near = truth.stands(function).items()
            direct = [(s, k) for s, k in near if not s.through and k.needed]
            for stand, one in direct:
                if stand.layer == layer and truth.names(stand, one):
                    if truth.nodes[stand.actor].get("own"):
                        own = True
                    elif truth.kind(stand.actor) == "provider":
                        known.add(_top(pair, stand))
            is_open = is_open or any(layer in one.hides for _, one in direct)
        carriers = next((c for place, c in made.layers.items() if place.value == layer), None)
        if carriers is None:
            assert not known, (layer, known)
            assert not own, layer
            assert not is_open, layer
            continue
        same(f"tally: who is known in {layer}", set(carriers.known), known)
        assert carriers.own == own, layer
        assert carriers.open == (is_open or not truth.complete), layer
    return made


def _top(pair: Pair, stand: Stand) -> str:
    """Return the name of the topmost company of an actor, as the report has it; else its own."""
    for one in pair.json["report"]["functions"]:
        for role in one["roles"]:
            if role["actor"] == stand.actor:
                above = [role.get("company", ""), *role.get("parents", [])]
                return short_name(above[-1] or role["label"])
    raise AssertionError(stand)


def survey_says_the_same(tallied: Iterable[Service], lang: str) -> None:
    """The survey counts each company in each layer as often as services have it."""
    w = Wording(lang)
    several = [replace(one, name=f"s{number}.example") for number, one in enumerate(tallied)]
    wanted: Counter[tuple[str, str]] = Counter()
    totals: Counter[str] = Counter()
    for one in several:
        for layer, carriers in one.layers.items():
            totals[layer.value] += 1
            wanted.update((layer.value, name) for name in carriers.known)
            if carriers.category(frozenset()) == "unknown":
                wanted[layer.value, "(unknown)"] += 1
    made = scene(several, kind="survey", lang=lang)  # type: ignore[arg-type]
    found: Counter[tuple[str, str]] = Counter()
    for name, who, count, share in made.rows:
        layer = w.code("layer", name)
        assert int(share) == round(100 * int(count) / totals[layer])
        if who == w.say("picture.share.unknown"):
            found[layer, "(unknown)"] += int(count)
        elif not w.means("share", who):
            found[layer, who] += int(count)
    drawn_layers = {layer for layer, _ in found}
    same(
        "survey: how often each is known",
        found,
        Counter({key: n for key, n in wanted.items() if key[0] in drawn_layers}),
    )


def graph_is_exported(pair: Pair) -> None:
    """What the exported JSON of a graph says gives the same truth."""
    again = Truth(exchange.to_json(pair.before))
    for name in pair.truth.functions:
        same("the truth of the exported graph", again.stands(name), pair.truth.stands(name))
    actors = again.companies()
    same("who can stop it, of the exported graph", again.alone(actors), pair.truth.alone(actors))


# --- Attribution in bulk -------------------------------------------------------------------

_ATTRIBUTED: Final[Mapping[str, tuple[str, ...]]] = {
    "dns": ("dns",),
    "hosting": ("host", "serving"),
    "front": ("front",),
    "mx": ("mail",),
    "mailbox": ("mailbox",),
    "ca": ("certificate",),
    "registrar": ("registrar",),
    "registry": ("registry",),
    "network": ("network",),
    "holder": ("block",),
}
"""What `attribute` calls the layers."""


def attribute_says_the_same(case: Json) -> None:
    """`attribute` names whom the graph of a case names, in the same layers, as surely."""
    recording = cases.recorded(case)
    truth = Truth(build(recording))
    subject, host = recording.subject, str(case.get("host") or recording.subject)
    site = {subject: "web", f"www.{subject}": "web-www"}.get(host, "")
    attributed = layers(case)
    for name, places in _ATTRIBUTED.items():
        function = _function_of(name, truth, site)
        if not function or (subject == cases.NAMELESS and function == "name"):
            continue
        stands = {s: k for s, k in truth.stands(function).items() if not s.through}
        if name == "mailbox" and not any(s.layer == "mailbox" for s in stands):
            places = ("mail",)  # nobody but those who run the exchanges
        wanted = {
            (s.actor.partition(":")[2], k.confidence, k.needed, s.layer == "serving")
            for s, k in stands.items()
            if s.layer in places and truth.kind(s.actor) == "provider"
        }
        entries = attributed[name] if isinstance(attributed[name], list) else []
        found = {
            (one["provider"], one["confidence"], one.get("needed", True), "role" in one)
            for one in entries
        }
        same(f"attribute: who is in {name}", found, wanted)
        unknown = {layer for k in stands.values() for layer in k.hides} & set(places)
        if not wanted and not truth.absent(function):
            settled = name == "front" and not unknown
            assert (attributed[name] == []) == settled, (name, attributed[name], unknown)


def _function_of(layer: str, truth: Truth, site: str) -> str:
    """Return the function that a layer of `attribute` is of; of another host none."""
    if layer in {"mx", "mailbox"}:
        return "mail"
    if layer == "dns":
        return "web" if truth.absent("mail") else "mail"
    return "name" if layer in {"registrar", "registry"} else site
