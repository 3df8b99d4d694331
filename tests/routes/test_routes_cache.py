"""The cache of tables: installed whole or not at all, chosen by day, checked when loaded."""

import json
import multiprocessing
import os
import subprocess
import sys
import textwrap
from datetime import date
from pathlib import Path

import pytest

from depgraph.errors import TableError
from depgraph.routes import Kind, install, installed, load, routing_at, tables_for, update
from depgraph.routes import cache as the_cache

TODAY = date(2026, 8, 24)
PFX2AS = "192.0.2.0\t24\t64500\n198.51.100.0\t24\t64501\n"


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


@pytest.fixture
def cache(tmp_path):
    return tmp_path / "cache"


@pytest.fixture
def incoming(tmp_path):
    return tmp_path / "incoming"


def test_nothing_is_there_at_first(cache):
    assert installed(cache) == []
    assert tables_for(Kind.ROUTING, at=TODAY, cache=cache) == []
    assert not cache.exists()


def test_a_table_is_installed_listed_and_loaded(cache, incoming):
    path = write(incoming / "routeviews-rv2-20210115-1200.pfx2as", PFX2AS)
    info = install(path, cache=cache, fetched=TODAY)
    assert installed(cache) == [info]
    assert (info.source, info.kind, info.form) == ("caida-ipv4", Kind.ROUTING, "pfx2as")
    assert (info.since, info.until, info.fetched) == (date(2021, 1, 15), date(2021, 1, 15), TODAY)
    assert (info.prefixes, info.bytes) == (2, len(PFX2AS))
    assert load(info, cache=cache).prefixes.lookup("192.0.2.1").value == (64500,)
    assert path.exists()
    assert sorted(p.name for p in cache.iterdir()) == [info.file, "manifest.json"]


def test_the_same_again_changes_nothing(cache, incoming):
    path = write(incoming / "a-20210115.pfx2as", PFX2AS)
    first = install(path, cache=cache, fetched=TODAY)
    before = (cache / "manifest.json").read_bytes()
    assert install(path, cache=cache, fetched=TODAY) == first
    assert (cache / "manifest.json").read_bytes() == before


def test_a_table_without_a_day_is_not_guessed(cache, incoming):
    with pytest.raises(TableError, match="the day"):
        install(write(incoming / "table", PFX2AS), cache=cache)
    named = write(incoming / "table-2020-02-03", PFX2AS)
    assert install(named, cache=cache).since == date(2020, 2, 3)


POISON = {
    "default-20260101.pfx2as": "0.0.0.0\t0\t64666\n" + PFX2AS,
    "half-20260101.pfx2as": PFX2AS[:-9],
    "reversed-20260101.csv": "192.0.2.9,192.0.2.1,64500,X\n",
    "crossing-20260101.csv": "".join(f"10.{i}.0.0,10.{i + 1}.9.9,{i + 1},X\n" for i in range(9)),
    "bits-20260101.pfx2as": "192.0.2.1\t24\t64500\n",
    "page-20260101.html": "<html>log in</html>",
    "few-20260101.pfx2as": "192.0.2.0\t24\t64500\n",
}


@pytest.mark.parametrize("name", POISON)
def test_a_poisoned_table_is_refused_and_the_one_before_stays(cache, incoming, name):
    more = "".join(f"10.{i}.0.0\t16\t64500\n" for i in range(8))
    good = install(write(incoming / "a-20251231.pfx2as", PFX2AS + more), cache=cache)
    files = {path.name: path.read_bytes() for path in cache.iterdir()}
    path = write(incoming / name, POISON[name])
    with pytest.raises(TableError) as caught:
        install(path, source="caida-ipv4", cache=cache)
    assert name in str(caught.value)
    assert {path.name: path.read_bytes() for path in cache.iterdir()} == files
    assert tables_for(Kind.ROUTING, at=TODAY, cache=cache) == [good]
    assert load(good, cache=cache).prefixes.lookup("192.0.2.1").value == (64500,)


def test_a_table_changed_or_cut_off_in_the_cache_is_not_used(cache, incoming):
    info = install(write(incoming / "a-20251231.pfx2as", PFX2AS), cache=cache)
    assert load(info, cache=cache)
    (cache / info.file).write_text(PFX2AS.replace("64500", "64666"))
    with pytest.raises(TableError, match="SHA-256"):
        load(info, cache=cache)
    (cache / info.file).write_text(PFX2AS[:20])
    with pytest.raises(TableError, match="SHA-256"):
        load(info, cache=cache)
    (cache / info.file).unlink()
    with pytest.raises(TableError, match="update again"):
        load(info, cache=cache)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"format": 2, "tables": []}',
        '{"format": 1, "tables": [{}]}',
        '{"format": 1}',
    ],
)
def test_a_damaged_manifest_is_said(cache, text):
    write(cache / "manifest.json", text)
    with pytest.raises(TableError):
        installed(cache)


@pytest.mark.parametrize("file", ["../secret", "/etc/passwd", "manifest.json", ""])
def test_a_manifest_cannot_lead_out_of_the_cache(cache, incoming, file):
    install(write(incoming / "a-20251231.pfx2as", PFX2AS), cache=cache)
    manifest = json.loads((cache / "manifest.json").read_text())
    manifest["tables"][0]["file"] = file
    write(cache / "manifest.json", manifest)
    with pytest.raises(TableError, match="in the cache"):
        installed(cache)


def test_the_table_of_the_day_is_chosen(cache, incoming):
    for day in ("20210108", "20210212", "20260822"):
        install(
            write(incoming / f"{day}.pfx2as", PFX2AS + f"203.0.113.0\t24\t{day}\n"), cache=cache
        )

    def at(*day):
        (found,) = tables_for(Kind.ROUTING, at=date(*day), cache=cache)
        return found.since.isoformat(), found.days_off(date(*day))

    assert at(2021, 1, 8) == ("2021-01-08", 0)
    assert at(2021, 1, 10) == ("2021-01-08", 2)
    assert at(2021, 1, 1) == ("2021-01-08", 7)
    assert at(2021, 2, 1) == ("2021-02-12", 11)
    assert at(2030, 1, 1)[0] == "2026-08-22"
    assert tables_for(Kind.PUBLISHED, at=TODAY, cache=cache) == []


def test_of_two_equally_far_the_older_is_chosen(cache, incoming):
    for day in ("20210101", "20210111"):
        install(
            write(incoming / f"{day}.pfx2as", PFX2AS + f"203.0.113.0\t24\t{day}\n"), cache=cache
        )
    (found,) = tables_for(Kind.ROUTING, at=date(2021, 1, 6), cache=cache)
    assert found.since == date(2021, 1, 1)


def test_a_list_holds_from_its_day_to_the_day_it_was_fetched(cache, incoming):
    path = write(incoming / "hetzner-2026-01-31.txt", "192.0.2.0/24\n")
    info = install(path, cache=cache, provider="hetzner", until=date(2026, 3, 1))
    assert [
        info.days_off(date(2026, m, d)) for m, d in [(1, 30), (1, 31), (2, 14), (3, 1), (3, 4)]
    ] == [1, 0, 0, 0, 3]
    longer = install(path, cache=cache, provider="hetzner", until=date(2026, 4, 1))
    assert (longer.since, longer.until) == (date(2026, 1, 31), date(2026, 4, 1))
    assert installed(cache) == [longer]
    assert install(path, cache=cache, provider="hetzner").until == date(2026, 4, 1)


def test_a_list_that_names_no_day_holds_longer_when_it_is_fetched_again(cache, incoming):
    path = write(incoming / "fastly", '{"addresses": ["192.0.2.0/24"], "ipv6_addresses": []}')
    for day in (TODAY, date(2026, 9, 1)):
        install(path, cache=cache, fetched=day, until=day, url="https://example.org/")
    (info,) = installed(cache)
    assert (info.since, info.until) == (TODAY, date(2026, 9, 1))
    assert len(list(cache.iterdir())) == 2  # the file and the manifest


def test_each_source_gives_its_own_nearest_table(cache, incoming):
    install(write(incoming / "a-20210108.pfx2as", PFX2AS), cache=cache)
    install(write(incoming / "b-20210110.csv", "192.0.2.0,192.0.2.255,64500,X\n"), cache=cache)
    found = tables_for(Kind.ROUTING, at=date(2021, 1, 9), cache=cache)
    assert [(info.source, info.days_off(date(2021, 1, 9))) for info in found] == [
        ("caida-ipv4", 1),
        ("ip-location-db-ipv4", 1),
    ]
    found = tables_for(Kind.ROUTING, at=date(2021, 1, 10), cache=cache)
    assert [(info.source, info.days_off(date(2021, 1, 10))) for info in found] == [
        ("ip-location-db-ipv4", 0),
        ("caida-ipv4", 2),
    ]


def test_update_from_a_directory(cache, incoming):
    write(incoming / "routeviews-rv2-20210115-1200.pfx2as", PFX2AS)
    write(incoming / "cloudflare-2026-01-31.txt", "192.0.2.0/24\n")
    write(incoming / "bad-20210115.pfx2as", "0.0.0.0\t0\t1\n")
    write(incoming / ".hidden", "x")
    found = update(from_dir=incoming, cache=cache, today=TODAY)
    assert [(o.source, o.state) for o in found] == [
        ("bad-20210115.pfx2as", "refused"),
        ("cloudflare", "installed"),
        ("caida-ipv4", "installed"),
    ]
    assert "poisoned" in str(found[0])
    assert str(found[2]) == "caida-ipv4: installed, 2 prefixes of 2021-01-15"
    assert [info.source for info in installed(cache)] == ["cloudflare", "caida-ipv4"]
    again = update(from_dir=incoming, cache=cache, today=TODAY)
    assert [o.state for o in again] == ["refused", "unchanged", "unchanged"]


def test_update_needs_a_source(cache, tmp_path):
    with pytest.raises(TableError, match="fetch"):
        update(cache=cache)
    with pytest.raises(TableError, match="directory"):
        update(from_dir=tmp_path / "none", cache=cache)
    (tmp_path / "empty").mkdir()
    with pytest.raises(TableError, match="found none"):
        update(from_dir=tmp_path / "empty", cache=cache)
    with pytest.raises(TableError, match="sources among"):
        update(fetch=lambda url, path: url, sources=["nowhere"], cache=cache)


@pytest.mark.parametrize(
    "name", ["-x-2026-01-31.txt", "\x1b[31mred-2026-01-31.txt", "A b-2026-01-31.txt"]
)
def test_a_hostile_file_name_leads_nowhere(cache, incoming, name):
    path = write(incoming / name, "192.0.2.0/24\n")
    (outcome,) = update(from_dir=incoming, cache=cache, today=TODAY)
    assert outcome.state == "refused"
    assert str(outcome).isprintable()
    with pytest.raises(TableError, match="ids of letters"):
        install(path, provider="ok", source="../x", cache=cache)
    assert not cache.exists()


def test_tables_of_a_kind_that_is_no_more_are_passed_over(cache, incoming):
    info = install(write(incoming / "a-20251231.pfx2as", PFX2AS), cache=cache)
    manifest = json.loads((cache / "manifest.json").read_text())
    former = {**manifest["tables"][0], "kind": "delegated", "form": "delegated", "source": "arin"}
    manifest["tables"].append(former)
    write(cache / "manifest.json", manifest)
    assert installed(cache) == [info]
    manifest["tables"][1]["kind"] = "of a newer depgraph"
    write(cache / "manifest.json", manifest)
    with pytest.raises(TableError, match="a fault"):
        installed(cache)


# -- several processes, and a cache that cannot be written --------------------------------------


def _install_several(number, start, cache, incoming):
    start.wait()
    for one in range(4):
        path = write(incoming / f"{number}-{one}-20210115.pfx2as", PFX2AS)
        install(path, source=f"s{number}-{one}", cache=cache, fetched=TODAY)


@pytest.mark.skipif(sys.platform == "win32", reason="no lock, and no fork")
def test_of_what_many_processes_install_at_once_nothing_is_lost(cache, incoming):
    several = multiprocessing.get_context("fork")
    start = several.Event()
    processes = [
        several.Process(target=_install_several, args=(number, start, cache, incoming))
        for number in range(15)
    ]
    for process in processes:
        process.start()
    start.set()
    for process in processes:
        process.join()
    assert {process.exitcode for process in processes} == {0}
    found = installed(cache)
    assert sorted(info.source for info in found) == sorted(
        f"s{number}-{one}" for number in range(15) for one in range(4)
    )
    assert all(len(load(info, cache=cache).prefixes) == 2 for info in found)
    assert not [path for path in cache.iterdir() if path.name.startswith(".")]


@pytest.mark.skipif(sys.platform == "win32", reason="no lock")
def test_a_process_that_never_ends_its_change_is_said(cache, incoming, monkeypatch):
    first = install(write(incoming / "a-20210115.pfx2as", PFX2AS), cache=cache, fetched=TODAY)
    monkeypatch.setattr(the_cache, "_TURNS", 2)
    monkeypatch.setattr(the_cache, "_TURN", 0)
    other = write(incoming / "b-20210115.pfx2as", PFX2AS)
    with the_cache._alone(cache), pytest.raises(TableError, match="another process"):
        install(other, source="b", cache=cache, fetched=TODAY)
    assert installed(cache) == [first]
    install(other, source="b", cache=cache, fetched=TODAY)
    assert len(installed(cache)) == 2


def test_a_cache_that_cannot_be_written_is_listed_loaded_and_else_said(cache, incoming):
    """An audit hook stands for the file system: whatever is to be written in the cache is refused."""
    install(write(incoming / "a-20210115.pfx2as", PFX2AS), cache=cache, fetched=TODAY)
    other = write(incoming / "b-20210115.pfx2as", PFX2AS)
    script = f"""
        import errno, os, sys
        from datetime import date
        from depgraph.errors import TableError
        from depgraph.routes import Kind, install, installed, load, tables_for

        cache = {str(cache)!r}

        def refuse(event, args):
            writes = event == "open" and args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            if (writes or event in {{"os.mkdir", "os.rename", "os.remove"}}) and str(args[0]).startswith(cache):
                raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(args[0]))

        sys.addaudithook(refuse)
        (info,) = installed(cache)
        assert tables_for(Kind.ROUTING, at=date(2021, 1, 15), cache=cache) == [info]
        assert load(info, cache=cache).prefixes.lookup("192.0.2.1").value == (64500,)
        try:
            install({str(other)!r}, source="b", cache=cache)
        except TableError as error:
            print(error)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        check=True, capture_output=True, text=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])},
    )  # fmt: skip
    assert done.stdout == f"expected to write into {cache}, found: Read-only file system\n"
    assert len(installed(cache)) == 1


def test_a_list_of_names_is_installed_and_told_as_such(cache, incoming):
    info = install(write(incoming / "asnames-20260617.txt", "64500 EXAMPLE-AS\n"), cache=cache)
    assert (info.source, info.form, info.prefixes, info.holds) == (
        "as-names",
        "as-names",
        0,
        "names of AS",
    )
    assert routing_at(info.since, cache=cache).names == {64500: "EXAMPLE-AS"}
    assert routing_at(info.since, cache=cache).lookup("192.0.2.1") is None
