"""What the recordings of WikiLeaks, OpenStreetMap, crates.io and others answer: equal to what happened."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

import depgraph
from benchmarks import retrodict
from depgraph.readers.relations import read_relations
from depgraph.recording import Recording
from depgraph.vocabulary import Confidence, Layer

FOLDER = Path(__file__).parent.parent / "data" / "recordings"


def graph(name):
    return depgraph.build(depgraph.read(FOLDER / f"{name}.jsonl"))


def alone(name, function="web", **asked):
    """Return who can stop a function alone, with the clients it stops for."""
    found = depgraph.takedown(graph(name), level="provider", upto=1, **asked)
    return {
        member.label: tuple(map(str, cut.clients))
        for cut in found[function].cut_sets
        for member in cut.members
        if cut.confidence is not Confidence.POSSIBLE
    }


def layer(name, layer, function="web"):
    found = depgraph.analysis.roles.roles(graph(name)).standing(function, layer)
    return {role.label for role in found.known.values()}


@pytest.mark.parametrize(
    ("day", "able", "gone"),
    [
        ("2010-10-27", {"Amazon Web Services", "EveryDNS", "Dynadot"}, set()),
        ("2010-11-30", {"Amazon Web Services", "EveryDNS"}, set()),
        ("2010-12-01", {"Amazon Web Services", "EveryDNS"}, set()),
        ("2010-12-02", {"EveryDNS"}, {"Amazon Web Services"}),
        ("2010-12-04", set(), {"Amazon Web Services", "EveryDNS"}),
        (
            "2010-12-10",
            {"Dynadot", "Silicon Valley Web Hosting"},
            {"Amazon Web Services", "EveryDNS"},
        ),
    ],
)
def test_who_could_stop_wikileaks_on_which_day(day, able, gone):
    found = alone(f"wikileaks.org_{day}")
    assert able <= found.keys()
    assert not gone & found.keys()


def test_a_new_name_with_the_same_name_servers_was_no_way_out():
    assert "EveryDNS" in alone("wikileaks.ch_2010-12-03")
    assert "EveryDNS" not in alone("wikileaks.ch_2010-12-05")
    assert "easyDNS" in alone("wikileaks.ch_2010-12-05")


DAYS = ("2010-10-27", "2010-11-30", "2010-12-01", "2010-12-02", "2010-12-04", "2010-12-10")
COULD = {
    # Evicted on 1 December (F141), which is the last day it could.
    "Amazon Web Services": {"2010-10-27", "2010-11-30", "2010-12-01"},
    # Ended its service at 03:00 UTC on 3 December (F142).
    "EveryDNS": {"2010-10-27", "2010-11-30", "2010-12-01", "2010-12-02"},
    # Known as the registrar on these two days alone (F140, F146); between them it is unknown.
    "Dynadot": {"2010-10-27", "2010-12-10"},
}


@pytest.mark.parametrize("actor", COULD)
def test_the_timeline_of_wikileaks(actor):
    graphs = [graph(f"wikileaks.org_{day}") for day in DAYS]
    moments = depgraph.timeline(graphs, level="provider").moments
    assert [moment.since for moment in moments] == list(DAYS)
    could = {m.since for m in moments for one in m["web"].alone if one.label == actor}
    assert could == COULD[actor]
    for day, one in zip(DAYS, graphs, strict=True):
        answer = depgraph.dependence(one, on=actor)["web"].takedown.value
        assert answer == ("yes" if day in could else "undetermined"), day


def test_the_only_upstream_of_openstreetmap():
    before = alone("openstreetmap.org_2024-12-14")
    assert before["Hurricane Electric"] == ()
    assert before["Cloudflare"] == ()
    assert layer("openstreetmap.org_2024-12-14", Layer.TRANSIT) == {"Hurricane Electric"}
    assert "Hurricane Electric" not in alone("openstreetmap.org_2024-12-18")
    assert "Cogent" in alone("openstreetmap.org_2022-06-11")
    assert "Fastly" in alone("openstreetmap.org_2026-06-19")


def test_the_upstream_of_openstreetmap_from_a_file_of_relations(tmp_path):
    # CAIDA's form, with the network of its servers as a customer of one AS, then of two.
    recorded = depgraph.read(FOLDER / "openstreetmap.org_2024-12-14.jsonl")
    rows = [o for o in recorded if "role transit" not in o.values and o.type != "origin"]
    day = datetime(2024, 12, 14, tzinfo=UTC)
    origins = [
        replace(rows[0], subject=value, type="origin", values=("asn 64500",), time=day, until=None)
        for o in rows
        if o.type == "behind-front" and o.time <= day
        for value in o.values
    ]

    def able(relations):
        file = tmp_path / "20241201.as-rel.txt"
        file.write_text(relations)
        found = read_relations(file, [64500], time=day)
        whole = Recording(recorded.header, (*rows, *origins, *found))
        return depgraph.dependence(depgraph.build(whole), on="Hurricane Electric")["web"].takedown

    assert able("6939|64500|-1\n").value == "yes"
    assert able("6939|64500|-1\n174|64500|-1\n").value != "yes"


def test_an_origin_behind_a_front_is_drawn_from_the_operators_document():
    found = graph("openstreetmap.org_2024-12-14")
    origin = "addresses:openstreetmap.org/origin"
    assert found.nodes[origin]["needs"] == "any"
    edge = found.edges["front:cloudflare/openstreetmap.org", origin, "origin"]
    assert (edge["evidence"], edge["confidence"]) == ("published", "certain")
    assert "address:184.104.179.134" in set(found.successors(origin))


def test_two_fronts_by_weight_each_stop_their_share():
    half = alone("crates.io_2026-02-20")
    assert half["Amazon Web Services"] == ("50%:CloudFront",)
    assert half["Fastly"] == ("50%:Fastly",)
    steered = alone("crates.io_2026-02-20", steering="assumed")
    assert not {"Amazon Web Services", "Fastly"} & steered.keys()
    assert alone("crates.io_2026-01-22")["Fastly"] == ("10%:Fastly",)
    assert alone("crates.io_2026-07-11")["Fastly"] == ()


@pytest.mark.parametrize("name", ["aur.archlinux.org_2026-08-21", "archlinux.org_2026-08-21"])
def test_a_front_that_lists_of_cdns_do_not_have(name):
    assert layer(name, Layer.FRONT) == {"HAProxy Edge"}
    assert layer(name, Layer.HOST) == {"Hetzner"}
    assert {"HAProxy Edge", "Hetzner"} <= alone(name).keys()


def test_amazon_is_behind_and_beside_the_front_of_pypi():
    assert layer("pypi.org_2026-08-21", Layer.HOST) == {"Amazon Web Services"}
    assert {"Amazon Web Services", "Fastly"} <= alone("pypi.org_2026-08-21").keys()


def test_unknown_stays_unknown():
    found = depgraph.takedown(graph("presstv.com_2021-06-21"), level="provider", upto=1)
    assert found["web"].state.value == "undetermined"
    seen = [
        o for o in depgraph.read(FOLDER / "parler.com_2021-01-18.jsonl") if "F171" in o.citation
    ]
    assert len(seen) == 1
    assert "desktop" in seen[0].note


def test_who_did_it_could_do_it_the_day_before():
    outcomes = [retrodict.outcome(case) for case in retrodict.shipped()]
    assert "wrong" not in {one.verdict for one in outcomes}
    assert {one.case.recording.subject for one in outcomes if one.verdict == "unknown"} == {
        "kiwifarms.net",  # Hurricane Electric, four networks away
        "8kun.top",  # CNServers, in front of the network that hosted it
    }
