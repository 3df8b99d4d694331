"""Zone files of registries, read as they come: the same recordings, and every fault of the end said."""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

import depgraph
from depgraph.names import from_root
from depgraph.readers import (
    Anew,
    BadLine,
    World,
    load_zone,
    read_zone,
    registry,
    verify_world,
    world,
)
from depgraph.readers.zones import recordings_of
from depgraph.recording import Recording
from depgraph.survey import sources

TIME = datetime(2026, 11, 1, tzinfo=UTC)
SOA = "example.\t900\tin\tsoa\ta.nic.example. hostmaster.nic.example. 1 1800 900 604800 86400\n"


def records(seed: int, count: int = 40) -> list[tuple[str, str, str]]:
    """Make the records of a top-level domain: glue far from its delegation, cuts below cuts, DS."""
    chance = random.Random(seed)
    rows = {("example", "ns", "b.nic.example."), ("b.nic.example", "a", "203.0.113.1")}
    rows |= {(f"ns.shared{n}.example", "a", f"198.51.100.{n}") for n in range(5)}
    for number in range(count):
        name = f"{chance.choice('abcxyz')}{chance.choice(('', '-', '0'))}{number}.example"
        hosts = {
            chance.choice(
                (
                    f"ns{n}.host{number % 7}.net",
                    f"ns{n}.{name}",
                    f"bare{n}.{name}",  # without glue
                    f"ns.shared{number % 5}.example",
                    f"missing{number}.example",
                    "b.nic.example",
                )
            )
            for n in range(chance.choice((1, 2, 3)))
        }
        rows |= {(name, "ns", f"{host}.") for host in hosts}
        rows |= {
            (host, kind, value)
            for host in hosts
            if host.endswith(f".{name}") and not host.startswith("bare")
            for kind, value in (("a", f"192.0.2.{number}"), ("aaaa", "2001:db8::1"))
        }
        if chance.random() < 0.3:
            rows.add((name, "ds", f"12345 8 2 {'ab' * 32}"))
            rows.add((f"below.{name}", "ns", "ns1.else.net."))  # occluded (RFC 9499)
            rows.add((f"under{number}.co.example", "ns", "ns1.else.net."))
    return sorted(rows)


def written(rows: list[tuple[str, str, str]], *, end: str = SOA) -> str:
    return SOA + "".join(f"{name}.\t3600\tin\t{kind}\t{data}\n" for name, kind, data in rows) + end


def compared(entries: Iterator[Recording | BadLine]) -> list[tuple[object, ...]]:
    """Return recordings without the order in which they come, and their rows."""
    found = [one for one in entries if isinstance(one, Recording)]
    return sorted((repr(one.header), sorted(map(repr, one))) for one in found)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("order", ["alphabetical", "canonical"])
def test_what_is_read_as_it_comes_is_what_the_whole_file_says(
    tmp_path: Path, order: str, seed: int
) -> None:
    rows = records(seed)
    if order == "canonical":
        rows.sort(key=lambda row: (from_root(row[0]), row))
    path = tmp_path / "example.zone"
    path.write_text(written(rows))
    found = list(read_zone(path, time=TIME))
    assert not [one for one in found if isinstance(one, BadLine)]
    assert compared(iter(found)) == compared(recordings_of(load_zone(path), time=TIME))


def test_a_service_is_out_before_the_last_line_is_read_and_none_is_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = 3000
    rows = [(f"d{n:05}.example", "ns", f"ns{n % 9}.host.net.") for n in range(count)]
    path = tmp_path / "example.zone"
    path.write_text(written(rows))
    number, sizes = 0, []
    lines = registry._Lines.__iter__

    def counted(self: registry._Lines) -> Iterator[tuple[int, str]]:
        nonlocal number
        for item in lines(self):
            number, _ = item
            yield item

    taken = registry.Draft.taken

    def measured(self: registry.Draft) -> dict[str, dict[str, tuple[int | None, tuple[str, ...]]]]:
        found = taken(self)
        sizes.append(len(found))
        return found

    monkeypatch.setattr(registry._Lines, "__iter__", counted)
    monkeypatch.setattr(registry.Draft, "taken", measured)
    entries = read_zone(path, time=TIME)
    first = next(entries)
    assert isinstance(first, Recording)
    assert first.subject == "d00000.example"
    assert number < 5
    assert len(list(entries)) == count  # the others, and what the zone says of itself
    assert max(sizes) == 1


def test_a_delegation_waits_for_its_glue_and_no_longer(tmp_path: Path) -> None:
    rows = [
        ("a.example", "ns", "ns.b.example."),
        ("b.example", "ns", "ns.b.example."),
        ("c.example", "ns", "ns.elsewhere.net."),
        ("ns.b.example", "a", "192.0.2.1"),
        ("x.example", "ns", "ns.b.example."),
    ]
    path = tmp_path / "example.zone"
    path.write_text(written(rows))
    found = [one.subject for one in read_zone(path, time=TIME) if isinstance(one, Recording)]
    assert found[0] == "c.example"
    assert sorted(found[1:4]) == ["a.example", "b.example", "x.example"]
    assert found[4:] == ["example"]  # which is known at the end


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda text: text.removesuffix(SOA),
            "SOA record of the first line again at the end, found none",
        ),
        (lambda text: text.removesuffix(SOA)[:-5], "found one cut off: it is left out"),
        (lambda text: text.replace("604800 86400\n", "604800 86401\n", 1), "found another version"),
        (lambda text: text + "z.example.\t1\tin\tns\tns1.z.net.\n", "behind its SOA record"),
    ],
)
@pytest.mark.parametrize("shuffled", [False, True])
def test_how_a_file_ends_is_said(tmp_path: Path, change, said: str, *, shuffled: bool) -> None:
    rows = records(1, 5)
    if shuffled:
        random.Random(1).shuffle(rows)
    path = tmp_path / "example.zone"
    path.write_text(change(written(rows)))
    faults = [one.error for one in read_zone(path, time=TIME) if isinstance(one, BadLine)]
    assert any(said in one for one in faults), faults
    assert len(depgraph.survey(path, undated=(TIME, TIME)).refused) == len(faults) + 1


def test_a_set_that_a_cut_line_shortens_is_not_whole(tmp_path: Path) -> None:
    rows = [
        ("a.example", "ns", "ns1.a.net."),
        ("b.example", "ns", "ns1.b.net."),
        ("b.example", "ns", "ns2.b.net."),
    ]
    path = tmp_path / "example.zone"
    path.write_text(written(rows, end="")[:-7])
    whole = [one for one in read_zone(path, time=TIME) if isinstance(one, Recording)]
    notes = [(o.subject, o.type) for one in whole for o in one if o.status == "malformed"]
    assert notes == [("b.example", "NS")]
    values = [o.values for one in whole for o in one if o.subject == "b.example" and o.values]
    assert values == [("ns1.b.net",)]


def test_a_packed_file_that_is_cut_off_gives_what_came_before(tmp_path: Path) -> None:
    rows = [(f"d{n:05}.example", "ns", f"ns{n}.host{n * 7919 % 1000}.net.") for n in range(4000)]
    path = tmp_path / "example.zone.gz"
    path.write_bytes(gzip.compress(written(rows).encode())[:-2000])
    entries = list(read_zone(path, time=TIME))
    faults = [one.error for one in entries if isinstance(one, BadLine)]
    assert len(faults) == 2, faults
    assert "left out" in faults[0]
    assert "cut off" in faults[1]
    assert 100 < len(entries) < 4000


def _without_denials(entries: Iterator[Recording | BadLine]) -> Iterator[Recording]:
    """Leave out what only a file denies of which every line was read."""
    for one in entries:
        if isinstance(one, Recording):
            yield Recording(one.header, tuple(o for o in one if o.values))


def test_a_broken_line_does_not_stop_the_reading_as_it_comes(tmp_path: Path) -> None:
    rows = records(2, 10)
    path = tmp_path / "example.zone"
    path.write_text(written(rows))
    whole = compared(_without_denials(read_zone(path, time=TIME)))
    lines = written(rows).splitlines(keepends=True)
    broken = ['{"name": "a.example"}\n', "rubbish\n", "a..b.example.\t1\tin\tns\tx.net.\n", "\0\n"]
    for number, line in enumerate(broken):
        lines.insert(3 + 5 * number, line)
    path.write_text("".join(lines))
    found = list(read_zone(path, time=TIME))
    assert compared(_without_denials(iter(found))) == whole
    faults = [one for one in found if isinstance(one, BadLine)]
    assert [one.number for one in faults] == [4, 9, 14, 19]
    assert not any(isinstance(one, Anew) for one in faults)
    path.write_text(written([*rows, ("zz", "ns", "ns1.zz.net.")]).replace("zz.\t", "zz\t"))
    assert any(isinstance(one, Anew) for one in read_zone(path, time=TIME))


def test_what_is_in_no_order_is_read_anew_and_said(tmp_path: Path) -> None:
    rows = [("a.example", "ns", "ns1.a.net."), ("c.example", "ns", "ns1.c.net.")]
    rows += [("b.example", "ns", "ns1.b.net."), ("a.example", "ns", "ns2.a.net.")]
    path = tmp_path / "example.zone"
    path.write_text(written(rows))
    entries = list(read_zone(path, time=TIME))
    (place,) = (n for n, one in enumerate(entries) if isinstance(one, Anew))
    assert "expected names in order, found 'b.example' after 'c.example'" in str(entries[place])
    after = iter(entries[place:])
    assert compared(after) == compared(recordings_of(load_zone(path), time=TIME))
    made = depgraph.survey(path, undated=(TIME, TIME))
    servers = {row["service"]: row["servers"] for row in made.services.to_pylist()}
    assert servers["a.example"] == ["ns1.a.net", "ns2.a.net"]
    assert "read anew" in made.refused.to_pylist()[0]["why"]


@pytest.mark.parametrize("shuffled", [False, True])
def test_a_large_file_goes_by_a_world_on_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, shuffled: bool
) -> None:
    rows = records(3, 15)
    if shuffled:
        random.Random(1).shuffle(rows)
    path = tmp_path / "example.zone"
    path.write_text(written(rows))
    held = depgraph.survey(path, undated=(TIME, TIME))
    monkeypatch.setattr(sources, "LARGE", 100)
    monkeypatch.setattr(world, "_HELD", 7)  # items in memory while they are sorted
    monkeypatch.setattr(world, "_MOST_PARTS", 3)
    monkeypatch.setattr(world, "_BATCH", 5)
    found = depgraph.survey(path, undated=(TIME, TIME))
    for name in held.tables:
        one, other = (made.tables[name] for made in (held, found))
        if name == "services":  # of a zone above a service a world has what it leads to
            one, other = (table.drop_columns("observations") for table in (one, other))
        assert one.to_pylist() == other.to_pylist(), name
    sources.gather_world([path], tmp_path / "a.world", undated=(TIME, TIME))
    assert verify_world(tmp_path / "a.world") == []
    assert sorted(World(tmp_path / "a.world").names) == sorted(
        held.services.column("service").to_pylist()
    )
