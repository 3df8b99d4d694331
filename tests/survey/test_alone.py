"""By what an actor stops a function alone: each row of `alone` against withdrawing just that."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import networkx as nx
import pytest

import depgraph
from depgraph.analysis.clients import classes
from depgraph.analysis.evaluate import evaluate
from depgraph.analysis.model import compile_graph
from depgraph.analysis.ways import Visit, layer_of_way, walk
from depgraph.pictures import concentration
from depgraph.providers import load
from depgraph.survey import Survey
from depgraph.survey.judgement import Question, judge
from depgraph.survey.sources import services_of
from depgraph.vocabulary import FUNCTIONS, function_of

ROOT = Path(__file__).parents[2]
SERVERS = {
    "cloudflare": ["ada.ns.cloudflare.com", "bob.ns.cloudflare.com"],
    "ovh": ["dns10.ovh.net", "ns10.ovh.net"],
    "aws": ["ns-1.awsdns-01.com", "ns-600.awsdns-11.net"],
    "azure": ["ns1-01.azure-dns.com"],
    "uberns": ["a1.uberns.com", "b1.uberns.net"],
    "nobody": ["ns1.hosta-dns.example", "ns2.hosta-dns.example"],
}
ADDRESSES = ["104.16.1.9", "51.68.10.9", "52.95.120.9", "198.51.100.9"]
EXCHANGES = ["1 mx1.mail.ovh.net", "1 aspmx.l.google.com", "1 x.mail.protection.outlook.com"]


def line(name: str, servers: list[str], addresses: list[str], exchanges: list[str]) -> str:
    records = {"NS": servers, "A": addresses, "AAAA": [], "MX": exchanges}
    return json.dumps({"domain": name, "date": "2026-08-01", "records": records})


@pytest.fixture(scope="module")
def dual(tmp_path_factory: pytest.TempPathFactory) -> Survey:
    path = tmp_path_factory.mktemp("dual") / "dual.ndjson"
    servers = SERVERS["cloudflare"] + SERVERS["ovh"]
    path.write_text(
        "\n".join(line(f"dual-{n}.fr", servers, ADDRESSES[:1], EXCHANGES[:1]) for n in range(3))
    )
    return depgraph.survey(path)


def test_who_stops_a_service_by_its_front_does_not_stop_it_by_the_name_service(
    dual: Survey,
) -> None:
    told = {(row["layer"], row["lever"], row["actor"]): row["services"] for row in dual.stops()}
    assert told["front", "drop-front", "company:cloudflare"] == 3
    assert told["mail", "stop-mail", "company:ovh"] == 3
    assert not [key for key in told if key[:2] == ("dns", "stop-dns")]
    dns = {row["actor"]: row for row in dual.impact() if row["layer"] == "dns"}
    assert {(row["loose"], row["alone"]) for row in dns.values()} == {(0, 0)}
    assert "Name service: stop answering DNS" not in dual.text()


def test_the_members_of_a_cut_set_act_by_what_stops_the_function(dual: Survey) -> None:
    several = [row for row in dual.cuts.to_pylist() if row["level"] == "company"]
    found = {tuple(row["members"]): row["levers"] for row in several if row["function"] == "web"}
    alone = found["company:cloudflare",]
    assert alone == ["company:cloudflare drop-front front", "company:cloudflare evict front"]
    pairs = {
        tuple(row["members"]): row["levers"] for row in several if row["function"] == "web-www"
    }
    both = pairs["company:cloudflare", "company:ovh"]
    assert both == ["company:cloudflare stop-dns dns", "company:ovh stop-dns dns"]


def test_who_has_no_company_that_is_known_is_counted_by_itself(tmp_path: Path) -> None:
    lone = "uberns"
    assert load().company_of(lone, date(2026, 8, 1)) is None
    several = [f"{letter}1.uberns.{suffix}" for letter in "ab" for suffix in ("com", "net", "org")]
    path = tmp_path / "names.ndjson"
    servers = [several, several, SERVERS["cloudflare"], [several[0], SERVERS["ovh"][0]]]
    path.write_text(
        "\n".join(line(f"lone-{n}.fr", one, [], []) for n, one in enumerate(servers)) + "\n"
    )
    made = depgraph.survey(path)
    for level in ("provider", "company"):
        dns = {row["actor"]: row for row in made.impact(level=level) if row["layer"] == "dns"}
        mine = dns[f"provider:{lone}"]
        assert (mine["label"], mine["uses"], mine["loose"], mine["alone"]) == ("UberNS", 3, 2, 2)
        stops = {(row["actor"], row["lever"]): row["services"] for row in made.stops(level=level)}
        assert stops[f"provider:{lone}", "stop-dns"] == 2
    sentences = concentration(made.tallied()).alt, concentration(graphs_of(path)).alt
    assert "UberNS" in sentences[0]
    assert sentences[0] == sentences[1]


def graphs_of(path: Path) -> list[Any]:
    found = services_of([path])
    return [depgraph.build(found.recording(name, None)[0]) for name in found.names]


def test_a_company_stops_alone_what_falls_without_it(tmp_path: Path) -> None:
    """All who stand somewhere at the level of companies: the table, the ranks, and `without`."""
    chance = Random(12)
    path = tmp_path / "drawn.ndjson"
    path.write_text("\n".join(drawn(chance, number) for number in range(30)) + "\n")
    made = depgraph.survey(path)
    alone: dict[str, set[tuple[str, str]]] = {}
    for row in made.tables["alone"].to_pylist():
        if row["level"] == "company":
            alone.setdefault(row["actor"], set()).add((row["service"], row["function"]))
    ranked = {one.actor for count in made.layer_counts for one in made.rank(layer=count.layer)}
    assert {one.partition(":")[0] for one in ranked} == {"company", "provider"}
    assert alone.keys() & {one for one in ranked if one.startswith("provider:")}
    for actor in sorted(alone.keys() | ranked):
        fallen = {
            (row["service"], row["function"])
            for row in made.without(actor)
            if row["state"] == "fails"
        }
        assert fallen == alone.get(actor, set()), actor


def drawn(chance: Random, number: int) -> str:
    """A small service: name servers of one operator or two, an address or two, exchangers."""
    servers = [
        one
        for name in chance.sample(sorted(SERVERS), chance.randint(1, 2))
        for one in SERVERS[name]
    ]
    addresses = chance.sample(ADDRESSES, chance.randint(1, 2))
    exchanges = chance.sample(EXCHANGES, chance.randint(0, 2))
    return line(f"drawn-{number}.{chance.choice(['fr', 'org'])}", servers, addresses, exchanges)


ABOVE = {"owner", "parent", "law", "platform"}
SURE = {"certain": {"certain"}, "likely": {"certain", "likely"}}


class Brute:
    """A graph in which some acts of an actor are those of somebody new, who is withdrawn."""

    def __init__(self, graph: Any) -> None:
        self.graph, self.model = graph, compile_graph(graph)
        self.layers: dict[str, dict[tuple[str, str, str], set[str]]] = {}
        for name, node in self.model.functions.items():
            found = self.layers.setdefault(name, {})
            for way in walk(self.model, Visit(node, FUNCTIONS[function_of(name)].part)):
                edge = way.last
                key = (self.model.ids[edge.tail], self.model.ids[edge.head], edge.relation)
                found.setdefault(key, set()).add(layer_of_way(self.model, way).value)
        self.stops = cache(self._stops)

    def own(self, actor: str, confidence: str) -> set[str]:
        """Return the actor and all that surely is its."""
        sure = SURE[confidence]
        kept = [
            (tail, head)
            for tail, head, data in self.graph.edges(data=True)
            if data["relation"] in ABOVE
            and data["strength"] == "needs"
            and {data["confidence"], data.get("effect", "certain")} <= sure
            and self.graph.nodes[tail]["kind"] in {"provider", "company"}
        ]
        under: nx.DiGraph[str] = nx.DiGraph()
        under.add_edges_from([*kept, (actor, "")])
        return {actor, *nx.ancestors(under, actor)}

    def acts(self, function: str, actor: str) -> set[tuple[str, str]]:
        """Return each lever and layer that an actor has in a function."""
        mine = self.own(actor, "likely")
        return {
            (lever.value, layer)
            for edge in self.model.edges
            if self.model.ids[edge.head] in mine and (lever := self.model.lever(edge)) is not None
            for layer in self.layers[function].get(self.key(edge), ())
        }

    def key(self, edge: Any) -> tuple[str, str, str]:
        return self.model.ids[edge.tail], self.model.ids[edge.head], edge.relation

    def _stops(self, function: str, actor: str, confidence: str, lever: str, layer: str) -> bool:
        """Tell whether the function stops by what the actor does with a lever (in a layer)."""
        mine = self.own(actor, confidence)
        moved = self.graph.copy()
        moved.add_node("provider:new", kind="provider", label="new")
        for edge in self.model.edges:
            met = self.layers[function].get(self.key(edge), set())
            pulled = self.model.lever(edge)
            if pulled != lever or self.model.ids[edge.head] not in mine or not met:
                continue
            if layer and layer not in met:
                continue
            tail, head, relation = self.key(edge)
            keys = [
                key
                for key, data in moved[tail].get(head, {}).items()
                if data.get("relation", key) == relation
            ]
            for key in keys:
                data = moved[tail][head][key]
                moved.remove_edge(tail, head, key)
                moved.add_edge(tail, "provider:new", key, **data)
        gone = evaluate(compile_graph(moved), ["provider:new"], confidence=confidence)
        return gone[function] == "fails"


def test_each_row_is_what_stops_a_function_and_none_is_left_out(tmp_path: Path) -> None:
    chance = Random(11)
    path = tmp_path / "drawn.ndjson"
    path.write_text("\n".join(drawn(chance, number) for number in range(8)))
    found = services_of([path])
    compared = 0
    for name in found.names:
        recording = found.recording(name, None)[0]
        graph = depgraph.build(recording)
        brute = Brute(graph)
        assert len(classes(brute.model)) == 1
        told: dict[tuple[str, str, str], set[tuple[str, str]]] = {}
        for _, function, _, actor, lever, layer, confidence in judge(recording, Question())[
            "alone"
        ]:
            told.setdefault((function, actor, confidence), set()).add((lever, layer))
        for (function, actor, confidence), rows in told.items():
            acts = brute.acts(function, actor)
            expected = {act for act in acts if brute.stops(function, actor, confidence, *act)}
            for lever in {lever for lever, _ in acts} - {lever for lever, _ in expected}:
                if brute.stops(function, actor, confidence, lever, ""):
                    expected.add((lever, ""))
            assert rows == (expected or {("", "")}), (recording.subject, function, actor)
            compared += len(acts)
    assert compared > 200


WORLDS = [
    *sorted((ROOT / "tests/scenarios").glob("*.jsonl"))[::4],
    ROOT / "data/recordings/wikipedia.org_2021-01-10.jsonl",
    ROOT / "data/recordings/parler.com_2021-01-18.jsonl",
]


def test_the_table_says_by_what_the_report_of_the_service_says_it() -> None:
    single = 0
    for path in WORLDS:
        recording = depgraph.read(path)
        rows = judge(recording, Question())["alone"]
        told: dict[tuple[str, ...], set[str]] = {}
        for _, function, level, actor, lever, _, _ in rows:
            told.setdefault((level, function, actor), set()).add(lever)
        graph = depgraph.build(recording)
        found = set()
        for level in ("provider", "company", "country"):
            for one in depgraph.takedown(graph, level=level, upto=2, explain=1000).functions:
                for cut in one.alone_sets:
                    key = (level, one.function, *cut.ids)
                    found.add(key)
                    levers = {pull.lever.value for pull in cut.members[0].levers}
                    single += len(levers) == 1
                    assert len(levers) != 1 or levers <= told[key], (path.name, key)
        assert found == told.keys()
    assert single > 30
