"""A routing table fills in the origins that a recording lacks, as of its own day."""

from datetime import UTC, date, datetime

import depgraph
from depgraph.observations import Observation, Status
from depgraph.recording import Header, Recording
from depgraph.routes import (
    Dated,
    Kind,
    PrefixTable,
    Routing,
    Table,
    read_table,
    with_routes,
)

DAY = date(2026, 6, 17)


def routing(day: date | None = DAY) -> Routing:
    table = Table(
        kind=Kind.ROUTING,
        form="iptoasn",
        date=day,
        prefixes=PrefixTable([("192.0.2.0/24", (64500,)), ("2001:db8::/32", (64501, 64502))]),
        names={64500: "EXAMPLE-AS"},
    )
    return Routing([Dated(table, "a table")])


def recording(*more: Observation, day: date = DAY) -> Recording:
    moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    rows = [("A", "192.0.2.1"), ("A", "203.0.113.1"), ("AAAA", "2001:db8::1"), ("A", "odd")]
    rows.append(("AAAA", "fe80::1%eth0"))
    seen = [
        Observation(
            subject="example.com", type=kind, status=Status.ANSWER, values=(value,), time=moment
        )
        for kind, value in rows
    ]
    return Recording(Header(subject="example.com", since=day, until=day), (*seen, *more))


def test_origins_come_from_the_table_and_say_so() -> None:
    added = with_routes(recording(), routing()).observations[5:]
    assert [(o.subject, o.type, o.values) for o in added] == [
        ("192.0.2.1", "origin", ("asn 64500", "prefix 192.0.2.0/24")),
        ("2001:db8::1", "origin", ("asn 64501", "asn 64502", "prefix 2001:db8::/32")),
        ("AS64500", "as", ("name EXAMPLE-AS",)),
    ]
    assert {(o.source, o.citation, o.time.date()) for o in added} == {("table", "a table", DAY)}


def test_the_recordings_own_origin_wins() -> None:
    own = Observation(
        subject="192.0.2.1",
        type="origin",
        status=Status.ANSWER,
        values=("asn 64999",),
        time=datetime(2026, 6, 17, tzinfo=UTC),
    )
    filled = with_routes(recording(own), routing())
    assert [o.values for o in filled if o.subject == "192.0.2.1"] == [("asn 64999",)]


def test_a_table_without_a_day_adds_nothing() -> None:
    assert with_routes(recording(), routing(None)) == recording()


def test_a_table_of_the_day_names_the_network_and_one_of_another_day_does_not() -> None:
    network = "prefix:192.0.2.0/24"
    assert network in depgraph.build(with_routes(recording(), routing()))
    later = depgraph.build(with_routes(recording(day=date(2026, 9, 1)), routing()))
    assert network not in later
    unknown = later.nodes["unknown:network of 192.0.2.1"]
    assert unknown["last_known_time"].startswith("2026-06-17")


def test_a_name_cites_the_table_it_is_from(tmp_path) -> None:
    (tmp_path / "ipasn_20260617.dat").write_text("192.0.2.0/24\t64500\n")
    (tmp_path / "asnames_20260601.txt").write_text("64500 EXAMPLE-AS - Example, US\n")
    tables = [Dated(read_table(one), one.name) for one in sorted(tmp_path.iterdir(), reverse=True)]
    added = [o for o in with_routes(recording(), Routing(tables)) if o.source == "table"]
    assert [(o.type, o.values[0], o.citation, str(o.time.date())) for o in added] == [
        ("origin", "asn 64500", "ipasn_20260617.dat", "2026-06-17"),
        ("as", "name EXAMPLE-AS - Example, US", "asnames_20260601.txt", "2026-06-01"),
    ]
