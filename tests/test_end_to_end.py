"""From a name to a picture against real servers, and the same graph from the zone files."""

import asyncio
import json
from datetime import UTC, datetime

import networkx as nx
import pytest
from click.testing import CliRunner

import depgraph
from depgraph import graph, recording
from depgraph.cli import main
from depgraph.collect import Budget, Endpoints, observe
from depgraph.observations import Evidence, Observation, Status
from depgraph.schema import validate
from tests.lab import registrations
from tests.lab.compare import differences, shape
from tests.lab.lab import RESOLVER, has_ipv6
from tests.lab.services import SERVICES
from tests.lab.traffic import Fault
from tests.lab.world import Row, zone_file
from tests.world_reader import read_zones

pytestmark = pytest.mark.lab

ALFA1, ALFA2, BRAVO1 = "198.51.100.17", "198.51.100.18", "198.51.100.33"
# Why these few are not in the comparison with the zone files stands at their own tests below.
OTHERWISE = {"lame.example", "cycle-a.example", "cycle-b.invalid", "sixty.example"}
SAME = sorted({z.name for z in SERVICES} - OTHERWISE | {"wikipedia.org"})


def collect(lab, name, **options):
    options.setdefault("registration", False)
    return observe(name, endpoints=lab.endpoints, progress=False, **options)


def from_files(lab, name):
    files = {z.name: zone_file(lab.world, z) for z in lab.world.zones}
    return read_zones(files, subject=name, time=datetime.now(UTC))


@pytest.mark.parametrize("name", SAME)
def test_the_graph_equals_that_of_the_zone_files(lab, name):
    """`tests/lab/compare.py` says what is compared. Registration is another source: below."""
    live = graph.build(collect(lab, name))
    written = graph.build(from_files(lab, name))
    assert live.number_of_nodes() > 20
    assert differences(live, written) == []


def test_with_registrations_too_the_graph_equals_that_of_the_written_records(lab):
    """RDAP and WHOIS answers against the rows they were made from."""
    live = graph.build(collect(lab, "shop.example", registration=True))
    files = from_files(lab, "shop.example")
    facts = recording.Recording(
        files.header, (*files.observations, *written_registrations(lab, live)), complete=True
    )
    assert differences(live, graph.build(facts)) == []


def written_registrations(lab, live):
    """Give the lab's registration rows for what the service reaches, as observations."""
    for network in lab.world.networks:
        for node, data in live.nodes(data=True):
            address = node.removeprefix("address:")
            if data["kind"] == "address" and lab.world.network_of(address) is network:
                holder = [f"country {network.country}"] if network.registry != "arin" else []
                if network.registry != "apnic":
                    handle = registrations.organisation_handle(network)
                    holder += [f"organisation {network.holder}", f"organisation-handle {handle}"]
                yield published(
                    address,
                    "holder",
                    f"handle {network.handle}",
                    f"name {network.as_name}",
                    f"prefix {network.prefix}",
                    f"registry {network.registry}",
                    *holder,
                )
    for found in registrations.registrations(lab.world).values():
        if f"registration:{found.domain}" in live:
            yield published(
                found.domain,
                "registration",
                f"registrar {found.registrar}",
                f"registrar-id {found.iana_id}",
                *(f"status {status}" for status in found.status),
                *(f"nameserver {host}" for host in found.nameservers),
            )
    for tld, operator in registrations.TLD_OPERATORS.items():
        if f"zone:{tld}" in live:
            yield published(tld, "registry", f"operator {operator}")


def published(subject, kind, *values):
    return Observation(
        subject=subject,
        type=kind,
        status=Status.ANSWER,
        values=tuple(sorted(values)),
        source="dataset",
        time=datetime.now(UTC),
        evidence=Evidence.PUBLISHED,
    )


def test_a_lame_server_shows_live_only(lab):
    """A zone file lists it like the others; that it refuses is seen by asking it."""
    live = graph.build(collect(lab, "lame.example"))
    written = graph.build(from_files(lab, "lame.example"))
    only = differences(live, written)
    assert all("lame.example" in row and "mailbox-india" in row for row in only)
    there = [row for row in only if row.startswith("left only: node")]
    assert len(there) == 2
    assert any("attempt:ns.mailbox-india.test for lame.example" in row for row in there)
    assert any("unknown:service of ns.mailbox-india.test in lame.example" in row for row in there)


def test_a_circle_without_glue_is_unreachable_live(lab):
    """The files hold the addresses that nobody can come to ask for."""
    found = collect(lab, "cycle-a.example")
    assert not [o for o in found if o.type == "A" and o.subject == "cycle-a.example" and o.values]
    live = graph.build(found)
    reasons = {d.get("reason", "") for _, d in live.nodes(data=True) if d["kind"] == "unknown"}
    assert any("not-asked-no-server" in reason for reason in reasons)
    assert {"zone:cycle-a.example", "zone:cycle-b.invalid"} <= set(live)


def test_sixty_servers_under_a_budget_and_without(lab):
    name = "sixty.example"
    servers = {
        row for row in shape(graph.build(from_files(lab, name))) if row[1].startswith("nameserver:")
    }
    wide = graph.build(collect(lab, name, budget=Budget(fanout=100)))
    assert {
        row for row in shape(wide) if row[0] == "node" and row[1].startswith("nameserver:")
    } == {row for row in servers if row[0] == "node"}
    narrow = collect(lab, name, budget=Budget(fanout=5))
    left_out = [o for o in narrow if o.status is Status.NOT_ASKED_BUDGET]
    assert left_out, "what was not asked for lack of budget is itself an observation"


def test_the_whole_path_on_the_command_line(lab, tmp_path):
    maps, path = tmp_path / "lab.json", tmp_path / "shop.jsonl"
    lab.write_maps(maps)

    def run(*words):
        done = CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.stdout

    run("observe", "https://shop.example/cart", "--endpoints", maps, "-o", path)
    assert "whole" in run("verify", path)
    assert "ns1.dns-alfa.test" in run("report", path)
    told = json.loads(run("report", path, "--json"))
    assert "shop.example" in json.dumps(told)
    for suffix, start in ((".png", b"\x89PNG"), (".svg", b"<"), (".pdf", b"%PDF")):
        picture = tmp_path / f"shop{suffix}"
        run("draw", path, "-o", picture)
        assert picture.read_bytes().startswith(start)


def test_the_whole_path(lab, tmp_path):
    """Observe, record, replay, build, report, draw."""
    path = tmp_path / "shop.jsonl"
    live = collect(lab, "shop.example", output=path, registration=True, tls=True)
    assert recording.verify(path) == []
    replayed = recording.read(path)
    assert replayed.complete
    assert replayed.observations == live.observations
    built = graph.build(replayed)
    assert shape(built) == shape(graph.build(live))
    told = str(depgraph.report(built))
    for word in ("shop.example", "ns1.dns-alfa.test", "Registrar Mike (example)", "mail-echo"):
        assert word in told
    picture = tmp_path / "shop.svg"
    depgraph.draw(built, picture)
    assert picture.read_bytes()


@pytest.mark.skipif(not has_ipv6(), reason="no IPv6 loopback here")
def test_over_ipv6_alone(lab):
    """Every server without an IPv6 address is out of reach; six.example needs none of those."""
    with_v6 = {a: place for a, place in lab.maps["dns"].items() if ":" in a}
    maps = lab.maps | {"dns": with_v6}
    found = observe("six.example", endpoints=Endpoints(**maps), registration=False, progress=False)
    answers = {o.values for o in found if o.subject == "six.example" and o.type == "AAAA"}
    assert ("2001:db8:d::80",) in answers
    assert {a.server for a in lab.log if a.answered} <= set(with_v6)


def test_inside_a_running_loop(lab):
    async def cell():
        return collect(lab, "nullmx.example")

    found = asyncio.run(cell())
    assert found.complete
    assert ("0 .",) in {o.values for o in found if o.type == "MX"}


def test_through_a_resolver_the_graph_is_the_same_but_for_what_it_hides(lab):
    """A resolver shows no delegation: no parent's NS set, no glue, and no lame server."""
    hidden = graph.build(collect(lab, "shop.example", resolver=RESOLVER))
    seen = graph.build(collect(lab, "shop.example"))
    lost, added = shape(seen) - shape(hidden), shape(hidden) - shape(seen)
    # What glue there is, nobody saw: a name server may stand behind a look-up of its name.
    assert {row[1].partition(":")[0] for row in lost} <= {"nameservers"}
    assert {row[1].partition(":")[0] for row in added} <= {"lookup", "nameservers", "unknown"}
    assert all("glue of" in row[1] for row in added if row[1].startswith("unknown:"))


def test_a_resolver_hides_what_the_parent_says(lab):
    """The parent of drift.example still names ns2.dns-alfa.test; the zone itself does not."""
    seen = graph.build(collect(lab, "drift.example"))
    hidden = graph.build(collect(lab, "drift.example", resolver=RESOLVER))
    assert servers_of(seen, "drift.example") == {
        "ns1.dns-alfa.test",
        "ns2.dns-alfa.test",
        "ns1.dns-bravo.example",
    }
    assert servers_of(hidden, "drift.example") == {"ns1.dns-alfa.test", "ns1.dns-bravo.example"}


def servers_of(built, name):
    """Give the name servers that a zone's set leads to, straight or by a look-up."""
    found = {n.partition(":")[2].partition("/")[0] for n in built.successors(f"nameservers:{name}")}
    return {host for host in found if not host.startswith("name servers")}


def test_two_places_in_one_graph_show_where_answers_differ(lab):
    row = Row("split.example", "A", "203.0.113.60")
    here = collect(lab, "split.example", vantage="Amsterdam")
    lab.traffic.faults.append(
        Fault(action="view", subnet="192.0.2.0/24", name="split.example", type="A", rows=(row,))
    )
    there = collect(lab, "split.example", vantage="Toronto", subnet="192.0.2.0/24")
    both = graph.build(recording.merge([here, there]))
    edges = both["addresses:split.example"]
    assert edges["address:198.51.100.110"]["address"]["vantage"].startswith("Amsterdam")
    assert edges["address:203.0.113.60"]["address"]["vantage"].startswith("Toronto")
    assert "split.example A" in both.graph["differences"]
    same = both["nameservers:split.example"]
    assert all("vantage" not in d for _, keyed in same.items() for d in keyed.values())


def test_hostile_text_stays_data(lab):
    found = collect(lab, "hostile.example", registration=True)
    for o in found:
        assert "\x1b" not in json.dumps(o.to_dict(), ensure_ascii=False)
    built = graph.build(found)
    for _, data in built.nodes(data=True):
        for value in data.values():
            assert not isinstance(value, str) or value.isprintable(), value


def test_the_graph_follows_the_schema(lab):
    for name in ("shop.example", "gateway.example", "drift.example", "wikipedia.org"):
        built = graph.build(collect(lab, name, registration=True))
        assert isinstance(built, nx.MultiDiGraph)
        assert validate(built) == []
