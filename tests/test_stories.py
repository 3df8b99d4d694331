"""What the recordings of WikiLeaks, OpenStreetMap, crates.io and others answer: equal to what happened."""

from pathlib import Path

import pytest

import depgraph
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


def test_the_timeline_of_wikileaks():
    days = sorted(FOLDER.glob("wikileaks.org_*.jsonl"))
    text = depgraph.timeline([depgraph.build(depgraph.read(path)) for path in days]).text()
    assert "Amazon" in text
    assert "EveryDNS" in text


def test_the_only_upstream_of_openstreetmap():
    before = alone("openstreetmap.org_2024-12-14")
    assert before["Hurricane Electric"] == ()
    assert before["Cloudflare"] == ()
    assert layer("openstreetmap.org_2024-12-14", Layer.TRANSIT) == {"Hurricane Electric"}
    assert "Hurricane Electric" not in alone("openstreetmap.org_2024-12-18")
    assert "Cogent" in alone("openstreetmap.org_2022-06-11")
    assert "Fastly" in alone("openstreetmap.org_2026-06-19")


def test_an_origin_behind_a_front_is_drawn_from_the_operators_document():
    found = graph("openstreetmap.org_2024-12-14")
    origin = "addresses:openstreetmap.org/origin"
    assert found.nodes[origin]["needs"] == "any"
    edge = found.edges["front:cloudflare/openstreetmap.org", origin, "origin"]
    assert (edge["evidence"], edge["confidence"]) == ("published", "certain")
    assert "address:184.104.179.134" in set(found.successors(origin))


def test_two_fronts_by_weight_each_stop_their_share():
    half = alone("crates.io_2026-02-20")
    assert half["Amazon Web Services"] == ("the 50 % sent to CloudFront",)
    assert half["Fastly"] == ("the 50 % sent to Fastly",)
    steered = alone("crates.io_2026-02-20", steering="assumed")
    assert not {"Amazon Web Services", "Fastly"} & steered.keys()
    assert alone("crates.io_2026-01-22")["Fastly"] == ("the 10 % sent to Fastly",)
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
