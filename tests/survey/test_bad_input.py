"""What strangers' files hold: each fault is a row of `refused`, and the run goes on."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import depgraph
from depgraph.errors import RecordingError
from depgraph.observations import Observation, Status
from depgraph.recording import Header, Recording
from depgraph.survey import Survey
from depgraph.survey.judgement import LARGEST, MOST_SERVERS

DAY = datetime(2026, 1, 5, tzinfo=UTC)
EPOCH = int(DAY.timestamp())


def massdns(name: str, kind: str = "NS", data: str = "ns1.cloudflare.com.") -> str:
    answer = {"ttl": 60, "type": kind, "class": "IN", "name": f"{name}.", "data": data}
    row: dict[str, Any] = {"name": f"{name}.", "type": kind, "class": "IN", "status": "NOERROR"}
    row |= {"rx_ts": EPOCH * 10**9, "data": {"answers": [answer]}, "flags": ["rd", "ra"]}
    return json.dumps(row | {"resolver": "192.0.2.53:53", "proto": "UDP"})


def zdns(name: str, kind: str = "NS") -> str:
    answer = {
        "type": kind,
        "class": "IN",
        "name": name,
        "ttl": 60,
        "answer": "ns1.cloudflare.com.",
    }
    data = {"answers": [answer], "protocol": "udp", "resolver": "192.0.2.53:53", "flags": {}}
    result = {"data": data, "status": "NOERROR", "timestamp": "2026-01-05T00:00:00Z"}
    return json.dumps({"name": name, "results": {kind: result}})


def dnsx(name: str) -> str:
    row = {"host": name, "ns": ["ns1.cloudflare.com"], "status_code": "NOERROR"}
    return json.dumps(row | {"timestamp": "2026-01-05T00:00:00Z", "resolver": ["192.0.2.53:53"]})


def passive(name: str) -> str:
    row = {"rrname": name, "rrtype": "NS", "rdata": ["ns1.cloudflare.com"]}
    return json.dumps(row | {"time_first": EPOCH, "time_last": EPOCH})


def plain(name: str) -> str:
    row = {"domain": name, "date": "2026-01-05", "records": {"NS": ["ns1.cloudflare.com"]}}
    return json.dumps(row)


LINES: dict[str, Callable[[str], str]] = {
    "massdns": massdns,
    "zdns": zdns,
    "dnsx": dnsx,
    "passive": passive,
    "plain": plain,
}
OF_OTHER_FILES = (
    "example.com.\t300\tin\tns\tns1.cloudflare.com.",
    "a,b,c",
    "example.com A 192.0.2.1",
)


def surveyed(path: Path) -> Survey:
    return depgraph.survey(path)


def names(made: Survey) -> list[str]:
    found: list[str] = made.services.column("service").to_pylist()
    return found


def whys(made: Survey) -> list[tuple[int, str]]:
    return [(row["line"], row["why"]) for row in made.refused.to_pylist()]


@pytest.mark.parametrize("form", LINES)
def test_a_line_of_another_form_is_one_row_and_the_run_goes_on(tmp_path: Path, form: str) -> None:
    others = [write("other.example") for name, write in LINES.items() if name != form]
    others += OF_OTHER_FILES
    lines = [LINES[form]("first.example"), *others, LINES[form]("last.example")]
    path = tmp_path / "scan.json"
    path.write_text("\n".join(lines) + "\n")
    made = surveyed(path)
    assert names(made) == ["first.example", "last.example"]
    assert [line for line, _ in whys(made)] == list(range(2, 2 + len(others)))
    assert all(why for _, why in whys(made))


def test_one_line_of_a_hundred_is_broken_in_twenty_thousand(tmp_path: Path) -> None:
    chance = random.Random(1)
    lines = [massdns(f"s{number}.example") for number in range(10)]
    broken = []
    for number in range(10, 20_000):
        line = massdns(f"h{number}.s{number % 10}.example", "A", "192.0.2.1")
        if chance.random() < 0.01:
            broken.append(number + 1)
            line = chance.choice((line[: len(line) // 2], "", "[]", line.replace('"NOERROR"', "7")))
            line = line or "\0"
        lines.append(line)
    path = tmp_path / "scan.ndjson"
    path.write_text("\n".join(lines) + "\n")
    made = surveyed(path)
    assert len(names(made)) == 10
    assert [line for line, _ in whys(made)] == broken


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.encode("utf-16"),
        lambda text: text.replace("one.example", "ONE.Example").encode(),
        lambda text: text.replace('one.example"', 'one.example."').encode(),
        lambda text: text.replace('one.example"', 'one.example.."').encode(),
    ],
    ids=["CRLF", "BOM", "UTF-16", "upper case", "trailing dot", "two trailing dots"],
)
def test_how_a_file_is_written_changes_no_name(
    tmp_path: Path, change: Callable[[str], bytes]
) -> None:
    path = tmp_path / "scan.json"
    path.write_bytes(change(f"{plain('one.example')}\n{plain('two.example')}\n"))
    made = surveyed(path)
    assert "two.example" in names(made)
    assert len(names(made)) + len(whys(made)) == 2
    assert set(names(made)) <= {"one.example", "two.example"}


@pytest.mark.parametrize(
    ("name", "service"),
    [
        ("bücher.example", "xn--bcher-kva.example"),
        ("xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("192.0.2.1", None),
        ("2001:db8::1", None),
        ("co.uk", None),
        ("a\0b.example", None),
        (f"{'a' * 64}.example", None),
        ("", None),
    ],
)
def test_what_is_no_service_is_refused_by_itself(
    tmp_path: Path, name: str, service: str | None
) -> None:
    path = tmp_path / "scan.json"
    path.write_text(f"{plain(name)}\n{plain('two.example')}\n")
    made = surveyed(path)
    assert names(made) == sorted({"two.example", *([service] if service else [])})
    assert len(whys(made)) == (service is None)


def test_a_truncated_archive_is_said_once(tmp_path: Path) -> None:
    (tmp_path / "good.json").write_text(plain("two.example") + "\n")
    whole = gzip.compress("".join(plain(f"s{n}.example") + "\n" for n in range(999)).encode())
    (tmp_path / "scan.json.gz").write_bytes(whole[:-100])
    made = surveyed(tmp_path)
    assert "two.example" in names(made)
    assert len([row for row in made.refused.to_pylist() if row["source"] == "scan.json.gz"]) == 1


def test_one_name_twice_with_other_answers_is_both(tmp_path: Path) -> None:
    path = tmp_path / "scan.json"
    other = massdns("one.example").replace("cloudflare.com", "domaincontrol.com")
    path.write_text(f"{massdns('one.example')}\n{other}\n")
    (row,) = surveyed(path).services.to_pylist()
    assert row["servers"] == ["ns1.cloudflare.com", "ns1.domaincontrol.com"]


def test_two_days_in_one_file_stand_for_the_last_and_that_is_said(tmp_path: Path) -> None:
    path = tmp_path / "scan.json"
    later = plain("one.example").replace("2026-01-05", "2026-02-05")
    path.write_text(f"{plain('one.example')}\n{later.replace('cloudflare', 'domaincontrol')}\n")
    made = surveyed(path)
    (row,) = made.services.to_pylist()
    assert (row["since"], row["servers"]) == ("2026-02-05", ["ns1.domaincontrol.com"])
    (note,) = made.notes.to_pylist()
    assert note["why"].startswith("recorded on 2 days")
    assert not whys(made)


@pytest.mark.parametrize("fault", ["column", "cut off"])
def test_a_parquet_file_that_is_not_whole_is_one_row(tmp_path: Path, fault: str) -> None:
    (tmp_path / "good.json").write_text(plain("two.example") + "\n")
    columns = ["query_type", "query_name", "response_type", "response_name", "timestamp"]
    table = pa.table({name: ["x"] for name in columns if fault != "column" or name != "timestamp"})
    pq.write_table(table, tmp_path / "a.parquet")
    if fault == "cut off":
        content = (tmp_path / "a.parquet").read_bytes()
        (tmp_path / "a.parquet").write_bytes(content[:-20])
    made = surveyed(tmp_path)
    assert names(made) == ["two.example"]
    ((_, why),) = whys(made)
    assert "expected" in why


def test_a_thousand_servers_of_a_thousand_operators_have_a_limit() -> None:
    def of(count: int) -> Recording:
        servers = tuple(f"ns.operator{number}.net" for number in range(count))
        found = [seen("one.example", "NS", *servers)]
        found += [
            seen(name, "A", f"198.18.{number // 250}.{number % 250}")
            for number, name in enumerate(servers)
        ]
        return Recording(Header(subject="one.example"), tuple(found))

    def seen(name: str, kind: str, *values: str) -> Observation:
        return Observation(
            subject=name, type=kind, status=Status.ANSWER, values=values, time=DAY, source="scan"
        )

    two = (seen("two.example", "NS", "ns1.cloudflare.com"),)
    made = depgraph.survey([of(1000), Recording(Header(subject="two.example"), two)])
    assert names(made) == ["two.example"]
    assert whys(made) == [
        (0, f"expected at most {MOST_SERVERS} name servers of one.example, found 1000")
    ]
    (row,) = depgraph.survey(of(MOST_SERVERS)).services.to_pylist()
    assert len(row["servers"]) == MOST_SERVERS
    many = tuple(seen(f"h{n}.one.example", "A", "192.0.2.1") for n in range(LARGEST + 1))
    refused = depgraph.survey(Recording(Header(subject="one.example"), many)).refused.to_pylist()
    assert [one["why"] for one in refused] == [
        f"expected at most {LARGEST} observations of one service, found {LARGEST + 1}"
    ]


def test_one_file_that_cannot_be_read_is_an_error_and_one_of_several_a_row(tmp_path: Path) -> None:
    whole = tmp_path / "whole.ndjson"
    whole.write_text(massdns("a.example") + "\n")
    names = tmp_path / "names.txt"
    names.write_text("a.example\nb.example\n")
    with pytest.raises(FileNotFoundError):
        depgraph.survey(tmp_path / "missing.ndjson")
    with pytest.raises(RecordingError, match="found a list of names"):
        depgraph.survey(names)
    made = depgraph.survey([whole, tmp_path / "missing.ndjson"])
    assert (len(made), len(made.refused)) == (1, 1)
