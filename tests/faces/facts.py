"""What each face of an answer says, as plain facts: out of its JSON, its text, its tables.

A fact is a tuple of words of the vocabulary and labels, so that faces can be held side by side.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, NamedTuple

from depgraph.names import display
from depgraph.vocabulary import What
from tests.faces.documents import Grid, Line, Read
from tests.faces.truth import UNTOLD
from tests.faces.wording import SEMICOLON, Wording, cut, number

Json = dict[str, Any]


class Named(NamedTuple):
    """Somebody in a layer, as the report has it."""

    function: str
    layer: str
    through: str
    label: str
    evidence: str
    confidence: str
    unverified: bool
    needed: bool


class Blank(NamedTuple):
    """What is not known of a layer, as the report has it."""

    function: str
    layer: str
    through: str
    what: str
    needed: bool


class Link(NamedTuple):
    """Somebody in a chain of owners; an empty label is a country that is not known."""

    label: str
    confidence: str = "certain"
    unverified: bool = False


class How(NamedTuple):
    """How something is known."""

    evidence: str
    confidence: str
    unverified: bool


@dataclass
class Report:
    """What a report says.

    Parameters
    ----------
    named, blank
        How often each fact is there.
    chains
        Who stands above those who are named: companies, and the country at the end; each with
        how sure that is, and whether it is verified.
    also
        How else it is known that those who are named do it.
    counted
        How much is unknown, by function, as its heading says.
    alone
        Who can stop a function alone, and how sure that is; of nobody why, in brackets.
    involved
        Who is reported to be involved, on what evidence, how sure.
    """

    named: Counter[Named] = field(default_factory=Counter)
    blank: Counter[Blank] = field(default_factory=Counter)
    chains: set[tuple[Link, ...]] = field(default_factory=set)
    also: set[tuple[str, str, str, str, How]] = field(default_factory=set)
    counted: dict[str, int] = field(default_factory=dict)
    alone: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    involved: set[tuple[str, str, str]] = field(default_factory=set)


# --- For whom it holds ---------------------------------------------------------------------


def of_everyone(read: Read, w: Wording) -> Read:
    """Return what is read without the words for whom it holds; these are read elsewhere."""
    return [
        replace(item, text=w.of_everyone(item.text))
        if isinstance(item, Line)
        else replace(item, rows=tuple(tuple(map(w.of_everyone, row)) for row in item.rows))
        for item in read
    ]


# --- How something is known ----------------------------------------------------------------


def how(text: str, w: Wording) -> How:
    """Read how something is known: ``inferred, likely, unverified, 2026-01-10, source 1``.

    Day, rule and citation are left out.
    """
    first, *parts = text.split(", ")
    confidence = "certain"
    if parts and w.means("confidence", parts[0]):
        confidence = w.code("confidence", parts.pop(0))
    unverified = bool(parts) and w.means("unverified", parts[0])
    if unverified:
        parts.pop(0)
    return How(w.code("evidence", first), confidence, unverified)


def _sure(text: str, w: Wording) -> tuple[str, str]:
    """Read an answer that says in brackets how sure it is, where it is not certain."""
    bracketed = re.fullmatch(r"(.*) \(([^()]*)\)", text)
    if bracketed and w.means("confidence", bracketed[2]):
        return bracketed[1], w.code("confidence", bracketed[2])
    return text, "certain"


# --- Report --------------------------------------------------------------------------------


def report_json(told: Json) -> Report:
    found = Report()
    for one in told["functions"]:
        name = one["function"]
        blind = [role for role in one["roles"] if role["kind"] == "unknown"]
        found.counted[name] = len(blind)
        for role in one["roles"]:
            where = (name, role["layer"], display(role.get("through", "")))
            if role["kind"] == "unknown":
                found.blank[Blank(*where, role["what"], role["needed"])] += 1
                continue
            known = (role["evidence"], role["confidence"], role["unverified"], role["needed"])
            found.named[Named(*where, role["label"], *known)] += 1
            found.chains.add(_chain(role))
            found.also |= {
                (*where, role["label"], _how_json(fact)) for fact in role.get("others", [])
            }
    for one in told["takedown"]["functions"]:
        found.alone[one["function"]] = _alone(one)
    found.involved = _involved_json(told)
    return found


def _how_json(told: Json) -> How:
    return How(told["evidence"], told["confidence"], told["unverified"])


def _chain(role: Json) -> tuple[Link, ...]:
    """Return the companies above an actor, then the last country; a namesake is left out."""
    owners = role.get("owners", [])
    links = {one["label"]: _link(one) for one in owners if one["kind"] == "company"}
    links.pop(role["label"], None)
    known = (one for one in owners if one["confidence"] != "possible")
    countries = [_link(one) for one in known if one["kind"] == "country"]
    return (Link(role["label"]), *links.values(), (countries or [Link("")])[-1])


def _link(owner: Json) -> Link:
    return Link(owner["label"], owner["confidence"], owner["unverified"])


def _alone(one: Json) -> set[tuple[str, str]]:
    """Return who can stop a function alone for sure; else why nobody is named, in brackets."""
    found = set()
    for cut_set in one["cut_sets"]:
        if len(cut_set["members"]) == 1 and not cut_set["worst_case"]:
            (member,) = cut_set["members"]
            own = ("(itself)", "certain")
            found.add(own if member["self"] else (member["label"], cut_set["confidence"]))
    if found:
        return found
    if one["state"] in {"absent", "fails"}:
        return {(f"({one['state']})", "certain")}
    if one["alone"] == "no":
        return {("(nobody)", one["confidence"])}
    return {("(undetermined)", "certain")}


def _involved_json(told: Json) -> set[tuple[str, str, str]]:
    return {(one["label"], one["evidence"], one["confidence"]) for one in told["involved"]}


def report_read(read: Read, w: Wording, countries: Iterable[str] = ()) -> Report:
    """Read a report as text, Markdown or HTML."""
    found = Report()
    names = {w.country(code): code for code in countries}
    function = through = ""
    same: list[tuple[str, str, str]] = []
    for item in read:
        if isinstance(item, Grid) and len(item.head) == 4 and not function:
            _summary(item, w, found, names)
        elif isinstance(item, Grid) and function:
            for row in item.rows:
                _row(row, (function, through), w, found, names)
        elif isinstance(item, Line) and item.indent == 0:
            function = _heading(item.text, w, found) or function
            through = ""
        elif isinstance(item, Line) and item.indent == 1:
            _involved_line(item.text, w, found, inside=bool(function))
            folded = w.match("report.as-under", item.text)
            behind = w.match("report.behind", item.text)
            if folded:
                domains, _ = w.listed(folded["domains"])
                other = w.code("function", folded["function"])
                same += [(function, domain, other) for domain in domains]
            elif behind:
                through = behind["domain"]
    for here, domain, there in same:
        _repeat(found, here, domain, there)
    return found


def _heading(text: str, w: Wording, found: Report) -> str:
    """Return the function of a heading, and note how much is unknown of it."""
    if w.means("function", text):
        name = w.code("function", text)
        found.counted[name] = 0
        return name
    told = w.match("about", text)
    count = told and w.match("report.unknown-count", told["text"])
    if told and count and w.means("function", told["what"]):
        name = w.code("function", told["what"])
        found.counted[name] = int(number(count["n"]))
        return name
    return ""


def _summary(grid: Grid, w: Wording, found: Report, countries: Mapping[str, str]) -> None:
    del countries
    for row in grid.rows:
        function = w.code("function", row[0])
        found.alone[function] = {_who(part, w) for part in row[1].split(SEMICOLON[w.lang])}


def _who(text: str, w: Wording) -> tuple[str, str]:
    """Read who can stop a function alone, and how sure that is."""
    label, confidence = _sure(text, w)
    known = w.means("alone", label)
    return f"({w.code('alone', label)})" if known else label, confidence


def _row(
    row: Sequence[str],
    where: tuple[str, str],
    w: Wording,
    found: Report,
    countries: Mapping[str, str],
) -> None:
    function, through = where
    layer = w.code("layer", row[0])
    who = row[1]
    needed = True
    while marked := re.fullmatch(r"(.*) \[([^\]]*)\]", who):
        failed = any(w.match(code, marked[2]) for code in _FAILED)
        if not (failed or w.means("met", marked[2]) or w.match("report.only-at", marked[2])):
            break  # it is of the country
        who = marked[1]
        needed = needed and not w.means("met", marked[2])
    blank = w.match("report.unknown", who)
    if blank:
        what, count = _what(blank["what"], w)
        found.blank[Blank(function, layer, through, what, needed)] += count
        return
    main, *others = _ways(row[3], w)
    known = how(main, w)
    possible = w.match("possibly", who)
    if possible:  # why stands in brackets at the end
        who = _unbracketed(possible["name"])
    assert bool(possible) == (known.confidence == "possible"), row
    reached = w.match("report.reached", who)  # what other laws reach stands in brackets too
    if reached:
        who = reached["who"]
    chain = [_link_read(text, w) for text in who.split(" › ")]
    last = chain.pop() if len(chain) > 1 else Link("")
    found.chains.add((*chain, last._replace(label=countries.get(last.label, ""))))
    label = chain[0].label
    found.named[Named(function, layer, through, label, *known, needed)] += 1
    found.also |= {(function, layer, through, label, how(other, w)) for other in others}


_FAILED: Final = ("reason.did-not-serve", "reason.no-authority")
"""How what leads to somebody did not serve whoever asked."""


def _unbracketed(text: str) -> str:
    """Return a text without the brackets at its end; there may be others in them."""
    depth = 0
    for place in range(len(text) - 1, -1, -1):
        depth += (text[place] == ")") - (text[place] == "(")
        if depth == 0:
            return text[:place].rstrip() if place < len(text) - 1 else text
    return text


def _ways(text: str, w: Wording) -> list[str]:
    """Split how somebody is known from how else it is."""
    return re.split(rf", {re.escape(w.lead('report.also'))}", text)


def _link_read(text: str, w: Wording) -> Link:
    """Read a name of a chain: ``Alpha [likely, unverified]``."""
    marked = re.fullmatch(r"(.*) \[([^\]]*)\]", text)
    if not marked or "xn--" in marked[2]:  # of the name: 例え.com [xn--r8jz45g.com]
        return Link(w.label(text))
    doubts = marked[2].split(", ")
    sure = [w.code("confidence", word) for word in doubts if w.means("confidence", word)]
    unverified = any(w.means("unverified", word) for word in doubts)
    return Link(marked[1], (sure or ["certain"])[0], unverified)


def _what(text: str, w: Wording) -> tuple[str, int]:
    """Return what is not known, and of how many names."""
    found = []
    for what in set(What) - {What.OTHER}:
        told = _told_why(text, what, w) or w.match(f"what-of.{what.value}", text)
        if told:
            found.append((len(told["name"]), what.value, told["name"]))
    assert found, text
    _, word, name = min(found)  # what says the most of it leaves the shortest name
    names, more = w.listed(name)
    return word, len(names) + more


def _told_why(text: str, what: What, w: Wording) -> dict[str, str] | None:
    """Match what is followed by the reason in brackets."""
    for place in [m.start() for m in re.finditer(r" \(", text)]:
        told = w.match(f"what-of.{what.value}", text[:place])
        if told:
            return told
    return None


def _involved_line(text: str, w: Wording, found: Report, *, inside: bool) -> None:
    told = None if inside else re.fullmatch(r"(.*?) \((.*)\)", text)
    if told and w.means("evidence", told[2].split(", ")[0]):
        known = how(told[2], w)
        found.involved.add((told[1], known.evidence, known.confidence))


def _repeat(found: Report, function: str, domain: str, other: str) -> None:
    """Add what stands under another function and is said to be the same here."""
    for one, count in list(found.named.items()):
        if (one.function, one.through) == (other, domain):
            found.named[one._replace(function=function)] += count
    for blank, count in list(found.blank.items()):
        if (blank.function, blank.through) == (other, domain):
            found.blank[blank._replace(function=function)] += count
    for fact in list(found.also):
        if (fact[0], fact[2]) == (other, domain):
            found.also.add((function, *fact[1:]))


# --- Cells ---------------------------------------------------------------------------------


class Shown(NamedTuple):
    """Who is in a cell: those who are named with how it is known, and how much is not shown."""

    named: Counter[tuple[str, str, str]]
    unknown: int
    more: int


def cell(text: str, w: Wording, labels: Iterable[str]) -> Shown:
    """Read ``Alpha (observed), possibly Bravo (inferred, possible), network unknown``."""
    labels = list(labels)
    named: Counter[tuple[str, str, str]] = Counter()
    unknown = more = 0
    left = text
    while left:
        possible = _possibly(left, w)
        label = cut(possible if possible is not None else left, w.labels(labels))
        rest = (possible if possible is not None else left)[len(label) :]
        told = re.match(r" \((.*?)\)(?=, |[ \u202f]?; |$)", rest) if label else None
        if label and told and w.means("evidence", told[1].split(", ")[0]):
            known = how(told[1], w)
            assert (known.confidence == "possible") == (possible is not None), text
            named[w.label(label), known.evidence, known.confidence] += 1
            left = rest[told.end() :]
        else:
            piece = _piece(left)
            counted = w.match("more", piece.strip())
            if counted:
                more = int(number(counted["n"]))
            else:
                unknown += 1
            left = left[len(piece) :]
        left = re.sub(r"^(, |[ \u202f]?; )", "", left)
    return Shown(named, unknown, more)


def _piece(text: str) -> str:
    """Return what stands before the first comma or semicolon that is in no brackets."""
    depth = 0
    for place, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth == 0 and letter in ",;":
            return text[:place].rstrip()
    return text


def _possibly(text: str, w: Wording) -> str | None:
    told = w.match("possibly", text)
    return told["name"] if told else None


# --- Check ---------------------------------------------------------------------------------


@dataclass
class Check:
    """The rulings of a check, and who is known in which layer."""

    rulings: dict[str, tuple[str, str]] = field(default_factory=dict)
    known: dict[tuple[str, str], Counter[tuple[str, str, str]]] = field(default_factory=dict)
    involved: set[tuple[str, str, str]] = field(default_factory=set)


def check_json(told: Json) -> Check:
    found = Check(involved=_involved_json(told))
    for one in told["functions"]:
        name = one["function"]
        sure = one["confidence"] if one["confidence"] == "likely" else "certain"
        found.rulings[name] = (one["ruling"], sure)
        for layer, roles in one["known"].items():
            found.known[name, layer] = Counter(
                (role["label"], role["evidence"], role["confidence"]) for role in roles
            )
    return found


def check_read(read: Read, w: Wording, labels: Iterable[str]) -> Check:
    labels = list(labels)
    found, involved = Check(), Report()
    function = ""
    for item in read:
        if isinstance(item, Grid):
            continue
        told = w.match("about", item.text)
        if item.indent == 0 and told and w.means("function", told["what"]):
            function = w.code("function", told["what"])
            ruling, confidence = _sure(told["text"], w)
            found.rulings[function] = (w.code("ruling", ruling), confidence)
        elif item.indent == 1:
            _involved_line(item.text, w, involved, inside=bool(function))
        elif item.indent == 2 and function and told and w.means("layer", told["what"]):
            shown = cell(told["text"], w, labels)
            found.known[function, w.code("layer", told["what"])] = shown.named
    found.involved = involved.involved
    return found


# --- Comparison ----------------------------------------------------------------------------


class Turned(NamedTuple):
    """What became of somebody in a layer, and how that is known on the days it is."""

    function: str
    layer: str
    label: str
    turn: str
    known: tuple[tuple[str, str, bool], ...]


@dataclass
class Comparison:
    """What became of whom, the layers of which not all is known on both days, who has other owners."""

    turned: set[Turned] = field(default_factory=set)
    open: set[tuple[str, str]] = field(default_factory=set)
    owners: set[tuple[str, str]] = field(default_factory=set)


_OWNERS: Final = {
    **{f"owners.{turn}{end}": turn for turn in ("changed", "newly-known") for end in ("", ".from")},
    **{f"owners.left.{turn}": turn for turn in ("changed", "no-longer-known")},
}
"""The sentences about whose somebody is, and what became of that."""


def compare_json(told: Json) -> Comparison:
    found = Comparison(owners={(one["label"], one["turn"]) for one in told.get("owners", [])})
    for one in told["layers"]:
        where = (one["function"], one["layer"])
        if one["turn"] in {"same-as-known", "incomparable"}:
            found.open.add(where)
        for entry in one["entries"]:
            sides = [side for side in (entry["before"], entry["after"]) if side]
            met = one["layer"] == "involvement"
            known = tuple(
                (side["evidence"], side["confidence"], side["needed"] or met) for side in sides
            )
            found.turned.add(Turned(*where, sides[-1]["label"], entry["turn"], known))
    return found


def compare_read(read: Read, w: Wording) -> Comparison:
    found = Comparison()
    for item in read:
        if isinstance(item, Grid) and len(item.head) == 5:
            for row in item.rows:
                found.turned |= set(_turned(row, w))
        elif isinstance(item, Line) and (told := w.match("compare.open", item.text)):
            found.open |= set(_open_layers(told["layers"], w))
        elif isinstance(item, Line):
            for code, turn in _OWNERS.items():
                if told := w.match(code, item.text):
                    found.owners.add((w.label(told["of"]), turn))
    return found


def _turned(row: Sequence[str], w: Wording) -> Iterator[Turned]:
    known = row[4]
    for form in ("compare.hidden-before", "compare.hidden-after"):
        known = re.split(rf"[ \u202f]?; {re.escape(w.lead(form))}", known)[0]
    sides = tuple(_side(side, w) for side in known.split(" → "))
    for function in w.functions(row[0]):
        yield Turned(
            function, w.code("layer", row[1]), w.label(row[3]), w.code("turn", row[2]), sides
        )


def _side(text: str, w: Wording) -> tuple[str, str, bool]:
    met = any(w.means("met", text[place:]) for place in (m.end() for m in re.finditer(", ", text)))
    known = how(text, w)
    return known.evidence, known.confidence, not met


def _open_layers(text: str, w: Wording) -> Iterator[tuple[str, str]]:
    for part in re.split(r"[ \u202f]?; ", text):
        of = re.fullmatch(r"(.*?) \((.*)\)", part)
        layer = w.code("layer", of[1] if of else part)
        for function in w.functions(of[2]) if of else [""]:
            yield function, layer


# --- Timeline ------------------------------------------------------------------------------


class Moment(NamedTuple):
    """A layer on one day: who is named, how much is not shown, and how else it is told.

    Parameters
    ----------
    word
        ``missing``, ``absent``, ``unknown`` or ``nobody``; empty where the cell names somebody
        or something.
    named
        Who is named, with evidence and confidence.
    unknown, more
        How many unknown things are told, and how many entries are counted only.
    others
        Whether others may be there besides.
    """

    word: str
    named: Counter[tuple[str, str, str]]
    unknown: int
    more: int
    others: bool

    def says(self, expected: Moment) -> bool:
        """Tell whether a cell says what it should; what it counts only may be anybody."""
        if not self.more:
            return self == expected
        total = sum(expected.named.values()) + expected.unknown
        shown = sum(self.named.values()) + self.unknown
        fits = not self.named - expected.named and shown + self.more == total
        return fits and (self.word, self.others) == (expected.word, expected.others)


@dataclass
class Timeline:
    """Cells by function, layer and day, who can stop a function alone, and what changed."""

    cells: dict[tuple[str, str], list[Moment]] = field(default_factory=dict)
    alone: dict[str, list[set[tuple[str, str]]]] = field(default_factory=dict)
    changes: list[Comparison] = field(default_factory=list)
    involved: set[tuple[str, str, str]] = field(default_factory=set)


def timeline_json(told: Json) -> Timeline:
    found = Timeline()
    days = [{one["function"]: one for one in day["functions"]} for day in told["moments"]]
    names = dict.fromkeys(name for day in days for name in day)
    for name in names:
        parts = [day.get(name) for day in days]
        met = {layer for part in parts if part for layer in part["layers"]}
        for layer in met:
            found.cells[name, layer] = [_moment(part, layer) for part in parts]
        found.alone[name] = [_alone_moment(part) for part in parts]
    found.changes = [compare_json(change) for change in told["changes"]]
    for day in told["moments"]:
        found.involved |= _involved_json(day)
    return found


def _moment(part: Json | None, layer: str) -> Moment:
    if part is None:
        return Moment("missing", Counter(), 0, 0, others=False)
    if part["state"] == "absent":
        return Moment("absent", Counter(), 0, 0, others=False)
    roles = part["layers"].get(layer, [])
    is_open = layer in part["open_layers"]
    if not roles and layer in UNTOLD:
        is_open = True
    if not roles:
        return Moment("unknown" if is_open else "nobody", Counter(), 0, 0, others=False)
    blind = [role for role in roles if role["kind"] == "unknown"]
    dated = [role for role in blind if role.get("last_known")]
    keys = ("what", "last_known", "last_known_time")
    distinct = {tuple(role.get(key) for key in keys) for role in dated or blind}
    named = [role for role in roles if role["kind"] != "unknown"]
    told = {
        (
            role["label"],
            role["evidence"],
            role["confidence"],
            role.get("citation"),
            role.get("time"),
        )
        for role in named
    }
    return Moment(
        "",
        Counter(one[:3] for one in told),
        len(distinct),
        0,
        others=is_open and not blind,
    )


def _alone_moment(part: Json | None) -> set[tuple[str, str]]:
    if part is None:
        return {("(missing)", "certain")}
    if part["state"] in {"absent", "fails"}:
        return {(f"({part['state']})", "certain")}
    if part["alone"]:
        return {(one["label"], one["confidence"]) for one in part["alone"]}
    if part["anyone_alone"] == "undetermined":
        return {("(undetermined)", "certain")}
    return {("(nobody)", part["confidence"])}


def timeline_read(
    read: Read, w: Wording, labels: Iterable[str], companies: Iterable[str]
) -> Timeline:
    labels, companies = list(labels), list(companies)
    found, involved = Timeline(), Report()
    section = ""
    changes: list[Read] = []
    for item in read:
        if isinstance(item, Line) and w.match("timeline.change", item.text):
            changes.append([])
        elif changes:
            changes[-1].append(item)
        elif isinstance(item, Line) and item.indent == 0:
            section = w.code("function", item.text) if w.means("function", item.text) else ""
        elif isinstance(item, Line):
            _involved_line(item.text, w, involved, inside=bool(found.cells))
        else:
            for name, *cells in item.rows:
                if w.means("layer", name):
                    read_cells = [_moment_read(text, w, labels) for text in cells]
                    found.cells[section, w.code("layer", name)] = read_cells
                elif w.match("timeline.alone", name):
                    found.alone[section] = [_alone_cell(text, w, companies) for text in cells]
    found.changes = [compare_read(change, w) for change in changes]
    found.involved = involved.involved
    return found


def _moment_read(text: str, w: Wording, labels: Iterable[str]) -> Moment:
    if w.means("moment", text):
        return Moment(w.code("moment", text), Counter(), 0, 0, others=False)
    perhaps = w.match("timeline.perhaps-others", text)
    shown = cell(perhaps["known"] if perhaps else text, w, labels)
    return Moment("", shown.named, shown.unknown, shown.more, others=bool(perhaps))


def _alone_cell(text: str, w: Wording, companies: list[str]) -> set[tuple[str, str]]:
    if w.means("moment", text) and not w.means("alone", text):
        return {(f"({w.code('moment', text)})", "certain")}
    found = set()
    left = text
    while left:
        label = cut(left, companies)
        piece = label + _piece(left[len(label) :])
        more = w.match("more", piece)
        found |= {(f"+{more['n']}", "")} if more else {_who(piece, w)}
        left = re.sub(r"^[ \u202f]?[,;] ", "", left[len(piece) :])
    return found


# --- Takedown ------------------------------------------------------------------------------


_TIMED = ("after-ttl", "after-lapse")
"""Onsets that are told with their seconds."""


class Single(NamedTuple):
    """Somebody who can stop a function alone: how sure, when, on what evidence.

    Of one who was not examined onset and evidence are empty.
    """

    function: str
    label: str
    confidence: str
    onset: str
    seconds: float | None
    evidence: str
    unverified: bool


def takedown_json(told: Json) -> set[Single]:
    return {
        Single(
            one["function"],
            cut_set["members"][0]["label"],
            cut_set["confidence"],
            cut_set["onset"] or "",
            cut_set["seconds"] if cut_set["onset"] in _TIMED else None,
            cut_set["evidence"] or "",
            cut_set["unverified"],
        )
        for one in told["functions"]
        for cut_set in one["cut_sets"]
        if len(cut_set["members"]) == 1 and not cut_set["worst_case"] and not cut_set["self"]
    }


def takedown_read(read: Read, w: Wording, labels: Iterable[str]) -> set[Single]:
    """Read who can stop what alone, certainly or likely."""
    labels = [*labels]
    found = set()
    function = confidence = ""
    for item in read:
        if isinstance(item, Grid):
            continue
        if item.indent == 0:
            function = w.code("function", item.text) if w.means("function", item.text) else ""
        elif item.indent == 1 and function:
            sure = w.means("confidence", item.text)
            confidence = w.code("confidence", item.text) if sure else ""
        elif item.indent == 2 and function and confidence:
            single = _single(item.text, function, confidence, w, labels)
            found |= {single} if single else set()
    return found


def _single(
    text: str, function: str, confidence: str, w: Wording, labels: Iterable[str]
) -> Single | None:
    sentence = text.removesuffix(".")
    marked = re.fullmatch(r"(.*) \(([^()]*)\)", text)
    if marked and w.means("not-examined", marked[2]):
        return Single(function, marked[1], confidence, "", None, "", unverified=False)
    if w.match("takedown.stops-together", sentence):
        return None
    told = w.match("takedown.stops", sentence)
    assert told, text
    label = cut(told["who"], labels)
    assert label, text
    # A name that may mislead is shown in both forms: 例え.com [xn--r8jz45g.com].
    marks = {one for one in re.findall(r" \[([^\]]*)\]", told["who"]) if "xn--" not in one}
    classes = {how(mark, w) for mark in marks} or {How("observed", "certain", unverified=False)}
    assert len(classes) == 1, text
    known = classes.pop()
    onset, seconds = onset_of(told["onset"], w)
    return Single(function, label, confidence, onset, seconds, known.evidence, known.unverified)


def onset_of(text: str, w: Wording) -> tuple[str, float | None]:
    """Read when something sets in."""
    for code in ("at-once", "after-ttl-unobserved", "days", "weeks"):
        if w.match(f"onset.{code}", text) is not None:
            return code, None
    for code in _TIMED:
        told = w.match(f"onset.{code}", text)
        if told:
            return code, number(told["seconds"])
    raise AssertionError(text)
