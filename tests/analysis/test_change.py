"""What changed between two days: one rule for entries, layers, cut sets and edges."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise
from pathlib import Path

import networkx as nx
import pytest

from depgraph.analysis import compare, timeline
from depgraph.analysis.roles import roles
from depgraph.analysis.turns import layer_changes, turn_of_entry, turn_of_layer
from depgraph.errors import QuestionError
from depgraph.graph import build
from depgraph.observations import Observation, Status
from depgraph.recording import Header, Recording, read
from depgraph.vocabulary import Confidence, Layer, Turn
from tests.analysis.worlds import S, owned, world

NEW = [("address:192.0.2.1", "operator", "provider:cloud2"), *owned("cloud2")]
LATER = {"since": "2026-02-01", "until": "2026-02-01"}
OTHER_DAY = {
    "reason": "other-day",
    "last_known": "Cloud",
    "last_known_time": "2026-01-15T00:00:00Z",
}


def moved(**about):
    return world(*NEW, without=["provider:cloud"], **about)


def lost(**about):
    return world(
        (f"addresses:{S}", "address", "unknown:addresses"),
        without=["address:192.0.2.1"],
        nodes={"unknown:addresses": OTHER_DAY},
        **about,
    )


def entries(found):
    """List the changes of entries as a reader meets them."""
    return [
        (entry.turn, layer.function, layer.layer.value, entry.role.label)
        for layer in found.layers
        for entry in layer.entries
    ]


def turn(found, function, layer):
    (change,) = [c for c in found.layers if (c.function, c.layer) == (function, layer)]
    return change.turn


# --- The rule ------------------------------------------------------------------------------


def day(*actors, unknown=False, **edge):
    """A day on which some actors host the site, and perhaps somebody unknown."""
    named = [("address:192.0.2.1", "operator", f"provider:{actor}", edge) for actor in actors]
    hidden = [("address:192.0.2.1", "operator", "unknown:operator")] if unknown else []
    owners = [row for actor in actors for row in owned(actor)]
    graph = world(*named, *hidden, *owners, without=["provider:cloud"])
    return roles(graph).standing("web", Layer.HOST)


ENTRIES = [
    (day(), day("a"), Turn.APPEARED),
    (day(unknown=True), day("a"), Turn.NEWLY_KNOWN),
    (day("a", confidence="possible"), day("a"), Turn.NEWLY_KNOWN),
    (day(), day("a", unknown=True), Turn.APPEARED),
    (day("a"), day(), Turn.VANISHED),
    (day("a"), day(unknown=True), Turn.NO_LONGER_KNOWN),
    (day("a"), day("a", confidence="possible"), Turn.NO_LONGER_KNOWN),
    (day("a", unknown=True), day(), Turn.VANISHED),
    (day("a"), day("a"), Turn.SAME),
    (day("a", unknown=True), day("a"), Turn.SAME),
    (day("a"), day("a", evidence="reported"), Turn.CHANGED),
    (day("a"), day("a", confidence="likely"), Turn.CHANGED),
    (day("a"), day("a", strength="exposes"), Turn.CHANGED),
]


@pytest.mark.parametrize(("before", "after", "expected"), ENTRIES)
def test_an_entry(before, after, expected):
    assert turn_of_entry(before, after, "provider:a") is expected


LAYERS = [
    (day("a"), day("a"), Turn.SAME),
    (day("a"), day("a", evidence="reported"), Turn.SAME),
    (day("a"), day("a", unknown=True), Turn.SAME_AS_KNOWN),
    (day("a", unknown=True), day("a"), Turn.SAME_AS_KNOWN),
    (day("a", unknown=True), day("a", "b"), Turn.SAME_AS_KNOWN),
    (day("a"), day("b"), Turn.CHANGED),
    (day("a"), day("a", "b"), Turn.CHANGED),
    (day("a"), day("a", "b", unknown=True), Turn.CHANGED),
    (day("a", "b", unknown=True), day("a"), Turn.CHANGED),
    (day(), day("a"), Turn.CHANGED),
    (day("a"), day(), Turn.CHANGED),
    (day("a"), day("a", strength="exposes"), Turn.CHANGED),
    (day("a"), day(unknown=True), Turn.INCOMPARABLE),
    (day(unknown=True), day("a"), Turn.INCOMPARABLE),
    (day(unknown=True), day(unknown=True), Turn.INCOMPARABLE),
    (day("a", unknown=True), day("b", unknown=True), Turn.INCOMPARABLE),
    (day("a", confidence="possible"), day("b"), Turn.INCOMPARABLE),
    (day("a", confidence="likely"), day("b"), Turn.CHANGED),
]


@pytest.mark.parametrize(("before", "after", "expected"), LAYERS)
def test_a_layer(before, after, expected):
    assert turn_of_layer(before, after) is expected


MIRROR = {
    Turn.APPEARED: Turn.VANISHED,
    Turn.NEWLY_KNOWN: Turn.NO_LONGER_KNOWN,
    Turn.VANISHED: Turn.APPEARED,
    Turn.NO_LONGER_KNOWN: Turn.NEWLY_KNOWN,
}


@pytest.mark.parametrize(("before", "after", "expected"), ENTRIES)
def test_the_way_back_is_the_mirror(before, after, expected):
    assert turn_of_entry(after, before, "provider:a") is MIRROR.get(expected, expected)
    assert turn_of_layer(after, before) is turn_of_layer(before, after)


def test_one_of_whom_it_becomes_known_that_it_hosts_did_not_appear():
    serving = ("address:192.0.2.1", "operator", "provider:x", {"role": "serving"})
    behind = ("address:192.0.2.1", "origin", "unknown:origin")
    hosting = ("address:192.0.2.1", "operator", "provider:x")
    before = roles(world(serving, behind, *owned("x"), without=["provider:cloud"]))
    after = roles(world(hosting, *owned("x"), without=["provider:cloud"]))
    for one, other, gone in (
        (before, after, Turn.NEWLY_KNOWN),
        (after, before, Turn.NO_LONGER_KNOWN),
    ):
        changes = {change.layer: change for change in layer_changes(one, other)}
        assert [entry.turn for entry in changes[Layer.HOST].entries] == [gone]
        assert [entry.turn for entry in changes[Layer.SERVING].entries] == [Turn.CHANGED]


def test_who_is_reported_to_be_involved_is_never_all_who_are():
    data = {"strength": "exposes", "confidence": "possible"}
    report = (f"service:{S}", "involvement", "provider:helper", data)
    without, with_report = world(), world(report, *owned("helper"), **LATER)
    found = compare(without, with_report)
    assert entries(found) == [(Turn.NEWLY_KNOWN, "", "involvement", "helper")]
    earlier = world(report, *owned("helper"))
    assert entries(compare(earlier, world(**LATER)))[0][0] is Turn.NO_LONGER_KNOWN


# --- Two graphs ----------------------------------------------------------------------------


def test_one_who_left_and_one_who_came():
    found = compare(world(), moved(**LATER))
    assert entries(found) == [
        (Turn.VANISHED, "web", "host", "cloud"),
        (Turn.APPEARED, "web", "host", "cloud2"),
    ]
    assert turn(found, "web", Layer.HOST) is Turn.CHANGED
    assert turn(found, "web", Layer.REGISTRAR) is Turn.SAME
    assert [(c.turn, c.members, c.before, c.after) for c in found.cut_sets] == [
        (Turn.VANISHED, ("company:cloud",), Confidence.CERTAIN, None),
        (Turn.APPEARED, ("company:cloud2",), None, Confidence.CERTAIN),
    ]
    assert {(c.turn, (c.before or c.after).head) for c in found.edges} >= {
        (Turn.VANISHED, "provider:cloud"),
        (Turn.APPEARED, "provider:cloud2"),
    }
    assert (found.before, found.after) == (("2026-01-15",) * 2, ("2026-02-01",) * 2)
    assert (found.since, found.until) == ("2026-01-15", "2026-02-01")


def test_what_is_not_known_any_more_has_not_vanished():
    found = compare(world(), lost(**LATER))
    assert entries(found) == [(Turn.NO_LONGER_KNOWN, "web", "host", "cloud")]
    ((entry,),) = [change.entries for change in found.layers if change.entries]
    assert [role.last_known for role in entry.hiding] == ["Cloud"]
    assert turn(found, "web", Layer.HOST) is Turn.INCOMPARABLE
    assert {c.turn for c in found.cut_sets} == {Turn.NO_LONGER_KNOWN}
    assert {c.turn for c in found.edges} == {Turn.NO_LONGER_KNOWN}


def test_what_was_not_known_before_has_not_appeared():
    found = compare(lost(since="2026-01-01", until="2026-01-01"), world())
    assert entries(found) == [(Turn.NEWLY_KNOWN, "web", "host", "cloud")]
    assert {c.turn for c in found.cut_sets} == {Turn.NEWLY_KNOWN}
    assert {c.turn for c in found.edges} == {Turn.NEWLY_KNOWN}


@pytest.mark.parametrize("known", ["network", "front"])
def test_unknown_addresses_hide_what_stands_on_them(known):
    more = {
        "network": [
            ("address:192.0.2.1", "prefix", "prefix:192.0.2.0/24"),
            ("prefix:192.0.2.0/24", "origin", "asn:64500"),
            ("asn:64500", "network", "provider:x"),
        ],
        "front": [
            (f"addresses:{S}", "front", f"front:x/{S}"),
            (f"front:x/{S}", "operator", "provider:x"),
        ],
    }[known]
    found = compare(world(*more, *owned("x")), lost(**LATER))
    assert (Turn.NO_LONGER_KNOWN, "web", known, "x") in entries(found)
    assert Turn.VANISHED not in {change[0] for change in entries(found)}


def test_evidence_that_changed():
    after = world(**LATER)
    after.edges["address:192.0.2.1", "provider:cloud", "operator"]["evidence"] = "reported"
    found = compare(world(), after)
    assert [(c.turn, c.before.evidence, c.after.evidence) for c in found.edges] == [
        (Turn.CHANGED, "observed", "reported")
    ]
    assert entries(found) == [(Turn.CHANGED, "web", "host", "cloud")]
    (entry,) = [entry for change in found.layers for entry in change.entries]
    assert (entry.before.evidence, entry.after.evidence) == ("observed", "reported")


def test_a_confidence_that_changed():
    after = world(**LATER)
    after.edges["address:192.0.2.1", "provider:cloud", "operator"]["confidence"] = "likely"
    found = compare(world(), after)
    assert [(c.turn, c.before, c.after) for c in found.cut_sets] == [
        (Turn.CHANGED, Confidence.CERTAIN, Confidence.LIKELY)
    ]
    assert {c.turn for c in found.edges} == {Turn.CHANGED}
    weak = world(**LATER)
    weak.edges["address:192.0.2.1", "provider:cloud", "operator"]["confidence"] = "possible"
    assert [(c.turn, c.before, c.after) for c in compare(world(), weak).cut_sets] == [
        (Turn.NO_LONGER_KNOWN, Confidence.CERTAIN, None)
    ]
    assert entries(compare(world(), weak)) == [(Turn.NO_LONGER_KNOWN, "web", "host", "cloud")]


def test_a_collection_that_was_cut_short_lets_nothing_vanish():
    found = compare(world(), moved(complete=False, **LATER))
    assert entries(found) == [
        (Turn.NO_LONGER_KNOWN, "web", "host", "cloud"),
        (Turn.APPEARED, "web", "host", "cloud2"),
    ]
    assert {c.turn for c in found.cut_sets} == {Turn.NO_LONGER_KNOWN}
    assert Turn.VANISHED not in {c.turn for c in found.edges}


def test_a_function_that_is_no_longer_offered_is_known_to_have_nobody():
    after = world(
        without=[f"exchanges:{S}"],
        nodes={f"function:{S}/mail": {"absent": True, "reason": "null-mx"}},
        **LATER,
    )
    after.remove_edges_from(list(after.out_edges(f"function:{S}/mail", keys=True)))
    found = compare(world(), after)
    assert (Turn.VANISHED, "mail", "mail", "mail") in entries(found)
    assert turn(found, "mail", Layer.MAIL) is Turn.CHANGED


def test_nothing_changed():
    found = compare(world(), world(since="2026-03-01", until="2026-03-02"))
    assert not found
    assert {change.turn for change in found.layers} == {Turn.SAME}


def test_graphs_of_two_services():
    other = nx.relabel_nodes(world(), {f"service:{S}": "service:example.org"})
    other.graph["subject"] = "example.org"
    with pytest.raises(QuestionError, match=r"found example\.com and example\.org"):
        compare(world(), other)
    with pytest.raises(QuestionError, match="expected one graph or more"):
        timeline([])


def test_days_in_the_wrong_order_are_refused():
    with pytest.raises(QuestionError, match=r"found 2026-02-01 before 2026-01-15: swap the two"):
        compare(world(**LATER), world())


def test_the_json_form_and_the_rows_tell_the_same():
    found = compare(world(), moved(**LATER))
    told = json.loads(found.to_json())
    assert told["schema"] == "depgraph.compare/2"
    entry_turns = [e["turn"] for layer in told["layers"] for e in layer["entries"]]
    assert entry_turns == ["vanished", "appeared"] == [row["turn"] for row in found.rows()]
    assert {row["layer_turn"] for row in found.rows()} == {"changed"}
    assert told["cut_sets"][0]["before"] == "certain"


# --- A series ------------------------------------------------------------------------------


def test_a_series_stands_in_the_order_of_its_days():
    late = lost(since="2026-03-01", until="2026-03-02")
    found = timeline([late, world(), moved(**LATER)])
    assert [moment.since for moment in found.moments] == ["2026-01-15", "2026-02-01", "2026-03-01"]
    assert [turn(change, "web", Layer.HOST) for change in found.changes] == [
        Turn.CHANGED,
        Turn.INCOMPARABLE,
    ]
    first, second, third = (moment["web"] for moment in found.moments)
    assert [role.label for role in first.layers[Layer.HOST]] == ["cloud"]
    assert [role.label for role in second.layers[Layer.HOST]] == ["cloud2"]
    assert [role.last_known for role in third.layers[Layer.HOST]] == ["Cloud"]
    assert (first.open_layers, Layer.FRONT in third.open_layers) == ((), True)
    assert ("Cloud, Inc.", Confidence.CERTAIN) in [(a.label, a.confidence) for a in first.alone]
    assert "Cloud, Inc." not in [one.label for one in second.alone]
    told = json.loads(found.to_json())
    assert told["moments"][2]["functions"][0]["layers"]["host"]
    assert told["schema"] == "depgraph.timeline/2"


def test_who_can_stop_it_alone_carries_how_sure_that_is():
    graph = world()
    graph.edges["address:192.0.2.1", "provider:cloud", "operator"]["confidence"] = "likely"
    alone = timeline([graph]).moments[0]["web"].alone
    assert [one.confidence for one in alone if one.label == "Cloud, Inc."] == [Confidence.LIKELY]


def test_a_front_and_a_mailbox_are_layers_of_their_own():
    graph = world(
        (f"addresses:{S}", "front", f"front:shield/{S}"),
        (f"front:shield/{S}", "operator", "provider:shield"),
        (f"front:shield/{S}", "origin", "unknown:origin"),
        (f"function:{S}/mail", "mailbox", f"mailbox:{S}"),
        (f"mailbox:{S}", "operator", "provider:boxes"),
        *owned("shield"),
        *owned("boxes"),
    )
    web, mail = (timeline([graph]).moments[0][name].layers for name in ("web", "mail"))
    assert [one.label for one in web[Layer.FRONT]] == ["shield"]
    assert [one.actor for one in web[Layer.HOST]] == ["provider:cloud", "unknown:origin"]
    assert [one.label for one in mail[Layer.MAILBOX]] == ["boxes"]
    assert [one.label for one in mail[Layer.MAIL]] == ["mail"]


# --- The recordings ------------------------------------------------------------------------

FOLDER = Path(__file__).parents[2] / "data" / "recordings"
PARLER = sorted(path.stem for path in FOLDER.glob("parler.com_*.jsonl"))
SERIES = {
    service: sorted(path.stem for path in FOLDER.glob(f"{service}_*.jsonl"))
    for service in sorted({path.stem.partition("_")[0] for path in FOLDER.glob("*.jsonl")})
}


@cache
def recorded(name):
    return build(read(FOLDER / f"{name}.jsonl"))


def parler(before, after):
    return compare(recorded(f"parler.com_{before}"), recorded(f"parler.com_{after}"))


def test_parler_9_to_18_january_the_registrar_was_not_known_before():
    found = parler("2021-01-09", "2021-01-18")
    for function in ("web", "web-www", "mail", "name"):
        assert (Turn.NEWLY_KNOWN, function, "registrar", "Epik") in entries(found)
        assert turn(found, function, Layer.REGISTRAR) is Turn.INCOMPARABLE
    # The store's removal of the app is reported; of all else one of the days knew nothing.
    assert {change for change in entries(found) if change[0] is Turn.VANISHED} == {
        (Turn.VANISHED, "app", "app", "Apple App Store")
    }
    turns = {change[0] for change in entries(found) if change[1] != "app"}
    assert turns == {Turn.NEWLY_KNOWN, Turn.NO_LONGER_KNOWN}
    assert {(c.turn, c.labels) for c in found.cut_sets} >= {(Turn.NEWLY_KNOWN, ("Epik",))}
    lost = [c for c in found.edges if c.turn in {Turn.APPEARED, Turn.VANISHED}]
    steps = [step for c in lost for step in (c.before, c.after) if step is not None]
    assert all("app" in f"{step}" for step in steps), steps


def test_parler_18_january_to_15_february_the_front_is_no_longer_known():
    found = parler("2021-01-18", "2021-02-15")
    assert (Turn.NO_LONGER_KNOWN, "web", "front", "DDoS-Guard") in entries(found)
    assert turn(found, "web", Layer.FRONT) is Turn.INCOMPARABLE
    assert (Turn.NEWLY_KNOWN, "", "involvement", "DDoS-Guard") in entries(found)
    assert Turn.VANISHED not in {change[0] for change in entries(found)}
    told = timeline([recorded(f"parler.com_{day}") for day in ("2021-01-18", "2021-02-15")])
    assert told.changes[0].layers == found.layers
    assert Layer.FRONT in told.moments[1]["web"].open_layers


@pytest.mark.parametrize("service", [name for name, days in SERIES.items() if len(days) > 1])
def test_the_days_of_a_series_are_compared_alike_in_every_answer(service):
    graphs = [recorded(name) for name in SERIES[service]]
    told = timeline(graphs)
    assert len(told.moments) == len(graphs)
    for (one, other), change in zip(pairwise(graphs), told.changes, strict=True):
        assert change.layers == layer_changes(roles(one), roles(other))
        for layer in change.layers:
            turns = {entry.turn for entry in layer.entries}
            assert (layer.turn is Turn.CHANGED) == bool(turns & {Turn.APPEARED, Turn.VANISHED})
            assert not (layer.turn is Turn.SAME and turns - {Turn.CHANGED})


def test_a_pair_of_which_one_is_enough_is_no_change_of_its_own():
    """It can still stop the service: only it is not minimal any more."""

    def graph(*addresses, day):
        time = datetime(2026, 1, day, tzinfo=UTC)
        seen = Observation(
            subject="shop.com", type="A", status=Status.ANSWER, values=addresses, time=time
        )
        return build(Recording(Header(subject="shop.com"), (seen,)))

    pair, one = ("192.0.2.1", "198.51.100.2"), ("192.0.2.1",)
    for before, after in ((pair, one), (one, pair)):
        changes = compare(
            graph(*before, day=1), graph(*after, day=2), level="address", upto=2
        ).cut_sets
        assert {one.members for one in changes if one.function == "web"} == {("address:192.0.2.1",)}


def test_an_upstream_that_nobody_names_has_not_vanished():
    """No document of the later day speaks of OpenStreetMap's upstreams."""
    days = ("2024-12-14", "2025-06-19")
    before, after = (recorded(f"openstreetmap.org_{day}") for day in days)
    turns = {
        row["turn"] for row in compare(before, after).rows() if row["layer"] == Layer.TRANSIT.value
    }
    assert turns == {Turn.NO_LONGER_KNOWN.value}


# --- What is wrong ---------------------------------------------------------------------------

REGISTRATION = f"registration:{S}"


def statuses(status, **about):
    return world(nodes={REGISTRATION: {"status": status}}, **about)


def test_a_name_that_was_put_on_hold_is_a_change():
    found = compare(statuses("active"), statuses("clientHold", **LATER))
    assert found
    assert {one.turn for one in found.findings} == {Turn.APPEARED}
    assert "on hold" in found.text()
    back = compare(statuses("clientHold"), statuses("active", **LATER))
    assert {one.turn for one in back.findings} == {Turn.VANISHED}


def test_what_is_wrong_where_nobody_looked_before_is_newly_known():
    unseen = world(
        (REGISTRATION, "registrar", "unknown:registrar"),
        nodes={"unknown:registrar": {"reason": "not-asked"}},
    )
    wrong = world(nodes={REGISTRATION: {"finding": "expires?date=2026-02-10"}}, **LATER)
    turns = {one.turn for one in compare(unseen, wrong).findings if one.finding.id == REGISTRATION}
    assert turns == {Turn.NEWLY_KNOWN}
    turns = {one.turn for one in compare(world(), wrong).findings if one.finding.id == REGISTRATION}
    assert turns == {Turn.APPEARED}
    cut_short = world(complete=False, **LATER)
    before = world(nodes={REGISTRATION: {"finding": "expires?date=2026-02-10"}})
    assert {one.turn for one in compare(before, cut_short).findings} <= {Turn.NO_LONGER_KNOWN}


def test_who_could_stop_it_for_everyone_is_not_new_where_it_can_for_some():
    places = {"nodes": {f"addresses:{S}": {"vantage": "de,fr"}}}
    elsewhere = [
        (f"addresses:{S}", "address", "address:192.0.2.9", {"vantage": "de"}),
        ("address:192.0.2.9", "operator", "provider:cloud2"),
        *owned("cloud2"),
    ]
    after = world(*elsewhere, **places, **LATER)
    edge = next(iter(after[f"addresses:{S}"]["address:192.0.2.1"].values()))
    edge["vantage"] = "fr"
    cuts = compare(world(), after).cut_sets
    assert (Turn.APPEARED, ("company:cloud",)) not in [(one.turn, one.members) for one in cuts]
