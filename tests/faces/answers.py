"""The JSON of each answer, the tally, `attribute` and the exported graph against the truth."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from depgraph import exchange
from depgraph.analysis import compare, exposure, takedown
from depgraph.graph import build
from depgraph.providers.rules import short_name
from depgraph.readers import open_any
from depgraph.recording import Recording
from depgraph.survey import attribution
from depgraph.survey.tally import Service, services
from depgraph.vocabulary import ANY_AUTHORITY
from tests.faces.pair import Day, Json, Pair, same
from tests.faces.truth import (
    BRIEF,
    CONFIDENCE,
    EVIDENCE,
    LAPSES,
    UNOBSERVED,
    Known,
    Stand,
    Truth,
    by_other_names,
    turns,
)

_LATE: Final = {432_000.0: "days", 2_937_600.0: "weeks"}
"""Seconds that levers take which are no matter of DNS records, and their words."""


def json_is_true(pair: Pair) -> None:
    """The JSON of each answer says what the nodes and edges say."""
    for day in pair.days:
        _report_is_true(day)
        _check_is_true(day)
        _takedown_is_true(day)
    _compare_is_true(pair)
    _timeline_is_true(pair)


# --- One day -------------------------------------------------------------------------------


def _report_is_true(day: Day) -> None:
    truth = day.truth
    for one in day.report_json["functions"]:
        name = one["function"]
        assert one["absent"] == truth.absent(name)
        stands = truth.stands(name)
        found = {
            Stand(name, role["layer"], role.get("through", ""), role["actor"]): role
            for role in one["roles"]
        }
        same(f"who stands where for {name}", set(found), set(stands))
        for stand, role in found.items():
            known = stands[stand]
            same(f"how {stand} is known", _as_known(role), known.as_known)
            assert role["unverified"] in known.unverified, stand
            assert role.get("citation", "") in known.citation, stand
    involved = {one["actor"]: one for one in day.report_json["involved"]}
    same("who is involved", set(involved), set(truth.involved()))
    for actor, known in truth.involved().items():
        one = involved[actor]
        assert (one["evidence"], one["confidence"]) == (known.evidence, known.confidence)
        assert one.get("citation", "") in known.citation


def _as_known(role: Json) -> tuple[str, str, bool]:
    return (role["evidence"], role["confidence"], role["needed"])


def _by_place(layers: Mapping[str, list[Json]]) -> dict[tuple[str, str], tuple[str, str, bool]]:
    """Return how each actor of each layer is known."""
    return {
        (layer, role["actor"]): _as_known(role) for layer, roles in layers.items() for role in roles
    }


def _check_is_true(day: Day) -> None:
    truth = day.truth
    for one in day.check_json["functions"]:
        name = one["function"]
        wanted = {
            (stand.layer, stand.actor): known.as_known
            for stand, known in truth.direct(name).items()
            if truth.names(stand, known)
        }
        same(f"who is known in the check of {name}", _by_place(one["known"]), wanted)


def _takedown_is_true(day: Day) -> None:
    truth = day.truth
    alone = truth.alone(truth.companies())
    fails = truth.fails()
    for one in day.takedown_json["functions"]:
        name = one["function"]
        assert (one["state"] == "fails") == (name in fails)
        if one["state"] not in {"absent", "fails"}:
            told = {part["of"] for part in one.get("ipv6_unknown", [])}
            same(f"whose IPv6 is not known for {name}", told, truth.ipv6_unknown(name))
        ways = truth.best_known(truth.functions[name])
        found = {}
        for cut_set in one["cut_sets"]:
            single = len(cut_set["members"]) == 1 and not cut_set["worst_case"]
            if single and cut_set["decisive"]:
                (member,) = cut_set["members"]
                assert EVIDENCE.index(cut_set["evidence"]) >= ways[member["id"]], cut_set
                seconds = UNOBSERVED if cut_set["seconds"] is None else cut_set["seconds"]
                seconds += LAPSES if cut_set["onset"] == "after-lapse" else 0
                same("the word for an onset", cut_set["onset"], _onset(seconds))
                found.setdefault(member["id"], (cut_set["confidence"], seconds))
        wanted = {actor: known for (f, actor), known in alone.items() if f == name}
        wanted = {} if name in fails else wanted
        same(f"who can stop {name} alone, how sure, and when", found, wanted)


def infrastructure_is_true(day: Day) -> None:
    """How well a server, address or network is known is taken from the edges that lead to it."""
    for level in ("nameserver", "address", "asn"):
        into: dict[str, set[str]] = {}
        for edges in day.truth.out.values():
            for head, data in edges:
                if data["strength"] == "needs":
                    into.setdefault(head, set()).add(data["evidence"])
        for one in takedown(day.model, level=level, upto=1).functions:
            for cut in one.cut_sets:
                for member in cut.members:
                    assert member.evidence in into[member.id], (level, member)
        unexamined = takedown(day.model, level=level, upto=1, explain=0)
        assert {row["evidence"] for row in unexamined.rows()} <= {None}, level
        for one in unexamined.to_dict()["functions"]:
            for cut_set in one["cut_sets"]:
                assert cut_set["evidence"] is None, (level, cut_set)
                assert all(member["evidence"] is None for member in cut_set["members"]), cut_set


def _onset(seconds: float) -> str:
    """Return the word for when something sets in."""
    if seconds == 0:
        return "at-once"
    if seconds == UNOBSERVED:
        return "after-ttl-unobserved"
    return "after-lapse" if seconds % 1 == LAPSES else _LATE.get(seconds, "after-ttl")


def exposure_is_true(day: Day) -> None:
    """Who is on a path, whether needed, and how sure that is at least."""
    truth = day.truth
    clouds = truth.platforms()  # met past an operator: the walk ends there
    for one in exposure(day.model, level="provider").to_dict()["functions"]:
        name = one["function"]
        met = {actor["id"]: actor for actor in one["actors"]}
        walked: dict[str, list[Known]] = {}
        for stand, known in truth.stands(name).items():
            # Whoever takes a free name is on a path as well; any authority is nobody's part.
            stranger = truth.kind(stand.actor) == "anyone" and stand.actor != ANY_AUTHORITY
            if truth.kind(stand.actor) == "provider" or stranger:
                walked.setdefault(stand.actor, []).append(known)
        same(f"who is on a path of {name}", set(met) - clouds, set(walked) - clouds)
        for actor, several in walked.items():
            needed = any(known.needed for known in several)
            assert met[actor]["needed"] == needed, actor
            if needed and actor not in clouds:
                sure = min(CONFIDENCE.index(known.confidence) for known in several)
                assert CONFIDENCE.index(met[actor]["confidence"]) <= sure, actor


# --- Two days ------------------------------------------------------------------------------


def _compare_is_true(pair: Pair) -> None:
    before, after = pair.before.truth, pair.after.truth
    layers = pair.compare_json["layers"]
    found = {
        (one["function"], one["layer"], (entry["after"] or entry["before"])["actor"]): entry["turn"]
        for one in layers
        if one["function"]
        for entry in one["entries"]
    }
    wanted = turns(before, after)
    for key, turn in found.items():
        if (wanted.get(key), turn) in {
            ("newly-known", "appeared"),
            ("no-longer-known", "vanished"),
        }:
            days = (before, after) if turn == "appeared" else (after, before)
            assert by_other_names(*days, key), (key, turn)
            wanted[key] = turn
    same("what became of whom", found, wanted)
    met = (set(before.involved()), set(after.involved()))
    if before.complete and after.complete and met[0] != met[1]:
        words = {e["turn"] for one in layers if not one["function"] for e in one["entries"]}
        # Nobody ever reports all who are involved: they neither appear nor vanish.
        assert words <= {"newly-known", "no-longer-known", "changed"}


def _timeline_is_true(pair: Pair) -> None:
    truths = [pair.before.truth, pair.after.truth]
    truths.sort(key=lambda truth: (truth.about["since"], truth.about["until"]))
    for moment, truth in zip(pair.timeline_json["moments"], truths, strict=True):
        for one in moment["functions"]:
            name = one["function"]
            wanted = {(s.layer, s.actor): k.as_known for s, k in truth.direct(name).items()}
            same(f"who stands where for {name} on a day", _by_place(one["layers"]), wanted)
            if not truth.absent(name):
                same(f"what is open for {name}", set(one["open_layers"]), truth.open(name))


def answers_alone_are_the_same(pair: Pair) -> None:
    """A takedown and a comparison asked for by themselves are those within report and timeline."""
    model, later = pair.before.model, pair.after.model
    alone = takedown(model, upto=2).to_dict()
    for key, value in pair.before.takedown_json.items():
        same(f"takedown, {key}", alone[key], value)
    turned = compare(model, later, upto=1).to_dict()
    for key, value in pair.compare_json.items():
        same(f"compare, {key}", turned[key], value)


# --- Many services, and the graph itself ---------------------------------------------------


def tally_is_true(day: Day) -> Service:
    """Who is known in each layer of a service, over all functions, and whether that is all."""
    (made,) = services([day.model])  # type: ignore[list-item]  # a model is taken as it is
    truth = day.truth
    offered = [name for name in truth.functions if not truth.absent(name)]
    near = [
        (stand, known)
        for name in offered
        for stand, known in truth.stands(name).items()
        if not stand.through and known.needed
    ]
    carried = {layer.value: carriers for layer, carriers in made.layers.items()}
    for layer in BRIEF:
        actors = {s.actor for s, known in near if s.layer == layer and truth.names(s, known)}
        own = {actor for actor in actors if truth.nodes[actor].get("own")}
        known = {_top(day, one) for one in actors - own if truth.kind(one) == "provider"}
        is_open = any(layer in truth.hidden(name) for name in offered)
        carriers = carried.get(layer)
        if carriers is None:
            assert not known | own, (layer, known | own)
            assert not is_open, layer
            continue
        same(f"tally: who is known in {layer}", set(carriers.known), known)
        if not any(truth.is_shared(actor) for actor in actors):
            sure = {
                _top(day, s.actor)
                for s, one in near
                if s.layer == layer
                and one.confidence == CONFIDENCE[0]
                and truth.is_surely_owned(s.actor)
            }
            same(f"tally: who is only likely in {layer}", set(carriers.likely), known - sure)
        assert carriers.own == bool(own), layer
        assert carriers.open == (is_open or not truth.complete), layer
    return made


def _top(day: Day, actor: str) -> str:
    """Return the name of the topmost company of an actor, as the report has it; else its own."""
    roles = (role for one in day.report_json["functions"] for role in one["roles"])
    role = next(role for role in roles if role["actor"] == actor)
    above = [role.get("company", ""), *role.get("parents", [])]
    return short_name(above[-1] or role["label"])


def graph_is_exported(day: Day) -> None:
    """The exported JSON of a graph says all that the graph says."""
    again, truth = Truth(exchange.to_json(day.graph)), day.truth
    same("the exported graph", again.about, truth.about)
    same("the nodes of the exported graph", again.nodes, truth.nodes)
    for tail, edges in truth.out.items():
        told = [edge for edge in edges if edge not in again.out[tail]]
        assert len(again.out[tail]) == len(edges), tail
        assert not told, told


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
_LAST: Final = datetime(9999, 12, 31, tzinfo=UTC)  # a line without a date: the latest known


def attribute_is_true(case: Json, folder: Path) -> None:
    """`attribute` names whom the graph that a report has of the same line names, as surely."""
    path = folder / "case.jsonl"
    path.write_text(json.dumps(case), "utf-8")
    (recording,) = open_any(path, undated=(_LAST, _LAST))
    assert isinstance(recording, Recording), recording
    truth = Truth(build(recording))
    subject, host = recording.subject, str(case.get("host") or recording.subject)
    site = {subject: "web", f"www.{subject}": "web-www"}.get(host, "")
    attributed = attribution.layers(case)
    for name, usual in _ATTRIBUTED.items():
        function = _function_of(name, truth, site)
        if not function:
            continue
        stands = {s: k for s, k in truth.stands(function).items() if not s.through}
        own = name != "mailbox" or any(s.layer == "mailbox" for s in stands)
        places = usual if own else ("mail",)  # held by whoever runs the exchanges
        wanted = {
            (s.actor.partition(":")[2], k.confidence, k.needed, truth.either(s))
            for s, k in stands.items()
            if s.layer in places and truth.kind(s.actor) == "provider"
        }
        told = attributed[name]
        entries = told if isinstance(told, list) else told.get("perhaps", [])
        found = {
            (one["provider"], one["confidence"], one.get("needed", True), one.get("role", ""))
            for one in entries
        }
        same(f"attribute: who is in {name}", found, wanted)
        hiding = (k for s, k in stands.items() if not truth.ipv6_not_asked(s.actor))
        unknown = {layer for k in hiding for layer in k.hides} & set(places)
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
