"""What a picture may not do: hide an unknown, invent or lose a single point of failure."""

from __future__ import annotations

import pytest

import depgraph
from depgraph.analysis import evaluate
from depgraph.analysis.singles import singles
from depgraph.analysis.verdicts import State
from depgraph.errors import QuestionError
from depgraph.pictures import concentration, scene, survey, timeline
from depgraph.pictures.layout.condense import sketch
from depgraph.survey.tally import Carriers, Service, shares
from depgraph.texts.reasons import what
from depgraph.vocabulary import Layer
from tests.analysis.worlds import S, world
from tests.pictures.graphs import OPERATORS, Maker, parler, typical
from tests.pictures.shipped import NAMES, picture, shipped


def unknown_nodes(graph):
    return {node for node, data in graph.nodes(data=True) if data["kind"] == "unknown"}


@pytest.mark.parametrize("name", NAMES)
def test_every_unknown_that_is_needed_is_hatched_in_the_full_picture(name):
    graph = shipped(name)
    drawn = {m for chip in sketch(graph).chips for m in chip.members}
    made = picture(name, "full")
    hatched = {m for box in made.boxes if box.look == "unknown" for m in box.members}
    assert hatched == unknown_nodes(graph) & drawn
    assert all(
        "unknown" in {box.look, *()} or not set(box.members) & unknown_nodes(graph)
        for box in made.boxes
    )


def test_headline_and_alt_text_count_the_unknown():
    graph = parler()
    made = scene(graph, kind="strip")
    assert f"{len(unknown_nodes(graph))} of its dependencies are not known" in made.subtitle
    full = scene(graph, kind="full")
    for node in unknown_nodes(graph):
        data = graph.nodes[node]
        assert what(data["what"], data["of"], "en") in full.alt


@pytest.mark.parametrize("name", NAMES)
def test_marks_of_single_points_of_failure_equal_the_analysis(name):
    graph = shipped(name)
    alone = {
        cut.members[0].id
        for level in ("company", "provider")
        for function in depgraph.takedown(graph, level=level, upto=1).functions
        for cut in function.cut_sets
        if len(cut.members) == 1 and not cut.worst_case
    }
    found = singles(graph)
    assert set(found.companies) | set(found.providers) == alone
    for company in found.subsidiaries:
        states = evaluate(graph, [company], level="company")
        assert all(states[name] is State.FAILS for name in found.stops(company))
    alone |= set(found.subsidiaries)
    made = picture(name, "full")
    boxes = {box.id: box for box in made.boxes}
    marked = {m.box for m in made.marks if "diamond" in m.kind and m.box in graph}
    assert marked == alone & set(boxes)
    assert all(node.startswith(("company:", "provider:")) for node in marked)


def test_no_single_point_of_failure_is_missing_from_the_strip():
    graph = typical(seed=2)
    made = scene(graph, kind="strip")
    told = {node for box in made.boxes for node in box.members}
    for node in singles(graph).others:
        owned = {u for u, v in graph.in_edges(node)}
        assert told & (owned | {node})


def test_four_servers_of_one_operator_are_folded_and_the_operator_keeps_its_mark():
    graph = typical(seed=2)
    chips = {chip.id: chip for chip in sketch(graph).chips}
    folded = [chip for chip in chips.values() if chip.kind == "nameserver" and chip.count > 1]
    assert folded
    assert all(chips[node].count == 1 for node in singles(graph).providers)


def test_folding_never_joins_records_with_different_needs():
    make = Maker("example.com")
    zone = make.zone("example.com", OPERATORS[:3], servers=2)
    make.edge(make.function("mail"), "zone", zone)
    chips = [chip for chip in sketch(make.graph()).chips if chip.kind == "nameserver"]
    assert sorted(chip.count for chip in chips) == [2, 2, 2]


def test_a_timeline_is_in_the_order_of_the_days_and_of_one_service():
    late, early = shipped("parler.com_2021-02-15"), shipped("parler.com_2021-01-09")
    made = timeline([late, early])
    assert made.header[2:] == ("9 Jan 2021", "15 Feb 2021")
    with pytest.raises(depgraph.errors.QuestionError, match="one service"):
        timeline([late, shipped("wikipedia.org_2021-02-15")])
    with pytest.raises(depgraph.errors.QuestionError, match="two or more"):
        timeline([late])


def carried_by(*names, **more):
    return {Layer.HOST: Carriers(known=frozenset(names), **more)}


def test_shares_are_ranges_where_something_is_unknown():
    ours = frozenset({"Amazon"})
    found = [
        Service("a", carried_by("Amazon"), ours),
        Service("b", carried_by(open=True), ours),
        Service("c", carried_by("Hetzner"), ours),
    ]
    (row,) = shares(found)
    assert row.range == (33, 67)
    assert dict(row.parts) == {"Amazon": 1, "other": 1, "unknown": 1}
    made = survey(found, title="Three sites")
    assert "33–67 %" in made.title
    assert [b.title for b in made.boxes if b.look == "unknown" and b.id.startswith("bar")] == [
        "host, unknown: 1 / 3"
    ]


def test_a_layer_that_two_companies_share_counts_for_both():
    ours = frozenset({"Amazon", "Microsoft"})
    found = [
        Service("a", carried_by("Amazon", "Hetzner"), ours),
        Service("b", carried_by("Amazon", "Microsoft"), ours),
        Service("c", carried_by("Hetzner", "OVH"), ours),
    ]
    (row,) = shares(found)
    assert dict(row.known) == {"Amazon": 2, "Hetzner": 2, "Microsoft": 1, "OVH": 1}
    assert dict(row.parts) == {"Amazon": 1, "several": 1, "other": 1}
    assert row.group == 2
    table = {(who, count) for _, who, count, _ in survey(found).rows}
    assert {("Amazon", "2"), ("Hetzner", "2"), ("Microsoft", "1"), ("OVH", "1")} <= table
    carries = {name: int(many) for name, many, *_ in concentration(found).rows}
    assert carries == dict(row.known)


def test_who_is_known_is_counted_though_something_else_is_not():
    ours = frozenset({"Amazon"})
    found = [
        Service("a", carried_by("Cloudflare", open=True), ours),
        Service("b", carried_by("Amazon", open=True), ours),
        Service("c", carried_by(open=True), ours),
        Service("d", carried_by("Cloudflare"), ours),
    ]
    (row,) = shares(found)
    assert dict(row.known) == {"Cloudflare": 2, "Amazon": 1}
    assert dict(row.parts) == {"Amazon": 1, "other": 1, "open": 1, "unknown": 1}
    assert (row.unknown, row.range) == (1, (25, 75))
    made = survey(found)
    hatched = {b.title for b in made.boxes if b.id.startswith("bar") and "open" in b.look}
    assert hatched == {"host, somebody known, perhaps others too: 1 / 4"}
    tiles = {b.title for b in made.boxes if b.id.startswith("tile")}
    assert "a, host: Cloudflare, perhaps others" in tiles


def test_the_group_is_whom_the_catalogue_says():
    graph = typical()
    filled = {
        m
        for box in scene(graph, kind="providers").boxes
        if box.look == "group"
        for m in box.members
    }
    assert {"company:google", "company:amazon"} <= filled
    assert "company:verisign" not in filled
    made = scene(graph, kind="providers", group="verisign")
    filled = {m for box in made.boxes if box.look == "group" for m in box.members}
    assert {n for n in filled if n.startswith("company:")} == {"company:verisign"}
    made = scene(graph, kind="providers", group="eu")
    filled = {m for box in made.boxes if box.look == "group" for m in box.members}
    assert {"company:gandi", "country:FR"} <= filled
    assert "company:amazon" not in filled
    assert "European Union" in {text.text for text in made.texts}


def test_a_service_is_not_counted_twice_in_a_survey():
    graphs = [shipped("kiwifarms.net_2023-05-24"), shipped("kiwifarms.net_2023-06-08")]
    for draw in (survey, concentration):
        with pytest.raises(QuestionError, match=r"more of kiwifarms\.net"):
            draw(graphs)


def test_who_can_stop_a_service_stands_behind_it():
    graphs = [shipped(name) for name in NAMES if "2023-05" in name and "kiwi" not in name]
    for _, carries, stops, likely in concentration(graphs).rows:
        assert int(likely) <= int(stops) <= int(carries) <= len(graphs)


def test_tiles_have_the_colour_of_their_company():
    made = survey([shipped("rumble.com_2023-05"), shipped("telegram.org_2026-09-25")])
    looks = {box.title: box.look for box in made.boxes if box.id.startswith("tile dns")}
    legend = {box.title: box.look for box in made.boxes if box.id.startswith("legend share")}
    amazon, alphabet = "Amazon Web Services (Amazon.com)", "Google Cloud (Alphabet)"
    assert looks[f"rumble.com, name service: {amazon}, perhaps others"] == legend[amazon]
    assert looks[f"telegram.org, name service: {alphabet}, perhaps others"] == legend[alphabet]
    assert legend[amazon] != legend[alphabet]


def test_the_headline_of_a_timeline_names_the_days_that_show_the_change():
    days = ("2021-01-09", "2021-01-11", "2021-01-18", "2021-02-15")
    made = timeline([shipped(f"parler.com_{day}") for day in days])
    assert "Amazon Web Services (Amazon.com, reported) on 9 Jan 2021" in made.title
    assert "SkySilk (reported) on 15 Feb 2021" in made.title
    assert "changed" not in made.title  # on neither day is it known that nobody else hosts


def test_an_unknown_without_a_name_is_no_bare_colon_in_french():
    made = timeline([shipped("parler.com_2021-01-09"), shipped("parler.com_2021-01-11")], lang="fr")
    assert not [text.text for text in made.texts if text.text.startswith(":")]


def test_that_mail_is_no_longer_offered_changes_no_registrar():
    before = world(since="2026-01-01", until="2026-01-01")
    after = world(
        without=[f"exchanges:{S}"],
        nodes={f"function:{S}/mail": {"absent": True, "reason": "null-mx"}},
        since="2026-05-01",
        until="2026-05-01",
    )
    after.remove_edges_from(list(after.out_edges(f"function:{S}/mail", keys=True)))
    made = timeline([before, after])
    assert made.title.endswith(": mail exchange changed")
    assert "Host, certificate, name service, registrar" in made.subtitle.replace("\u00a0", " ")
