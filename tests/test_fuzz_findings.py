"""What fuzzing found, each as a test: see benchmarks/fuzz.py (also ``--large``)."""

import json
import re
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest

import depgraph
from benchmarks.fuzz import sample
from depgraph.collect import Endpoints
from depgraph.collect.web import _retry_after
from depgraph.errors import CollectionError, RecordingError, TableError
from depgraph.readers import BadLine, gather, interval, lists, master, open_any, zones
from depgraph.readers.rows import LONGEST
from depgraph.readers.table import arrow, read_parquet, write_parquet
from depgraph.readers.world import MAGIC, World, verify_world, write_world
from depgraph.recording import Header, Recording
from depgraph.records import caa, spf, whois
from depgraph.records.bindings import bindings
from depgraph.routes import published, read_table
from depgraph.survey import files


def test_a_cell_that_is_too_long_is_told_on_one_line(tmp_path):
    path = tmp_path / "names.csv"
    path.write_text(f"domain,who\na.example,{'x' * (LONGEST + 1)}\nb.example,y\n")
    found = lists.read_list(path)
    assert list(found.names) == ["b.example"]
    assert [(bad.number, bad.error[:18]) for bad in found.refused] == [(2, "expected at most 1")]


def test_a_damaged_survey_is_told_on_one_line(tmp_path):
    files.save(depgraph.survey([sample()]), tmp_path)
    path = tmp_path / "services.parquet"
    whole = path.read_bytes()
    path.write_bytes(whole[:4] + bytes(byte ^ 0x5A for byte in whole[4:-8]) + whole[-8:])
    with pytest.raises(TableError) as told:
        files.load(tmp_path)
    assert str(told.value).isprintable()


def test_a_world_of_other_columns_is_none(tmp_path):
    pa = arrow()
    sink = pa.BufferOutputStream()
    batch = pa.record_batch({"other": ["x"]})
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    part = sink.getvalue().to_pybytes()
    path = tmp_path / "x.world"
    path.write_bytes(MAGIC + part + part + struct.pack("<QQ", len(part), len(part)) + bytes(32))
    with pytest.raises(RecordingError):
        World(path)


def test_a_column_whose_name_is_no_text_makes_no_world(tmp_path):
    path = tmp_path / "x.world"
    write_world([sample()], path)
    path.write_bytes(path.read_bytes().replace(b"vantage", b"vant\x98ge"))
    with pytest.raises(RecordingError, match="expected a world"):
        World(path)


def test_a_workbook_without_a_sheet_is_told_on_one_line(tmp_path):
    path = tmp_path / "names.xlsx"
    openpyxl.Workbook().save(path)
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(tmp_path / "none.xlsx", "w") as less:
        for entry in whole.infolist():
            text = whole.read(entry)
            less.writestr(entry, re.sub(rb"<sheet [^>]*/>", b"", text))
    with pytest.raises(RecordingError, match="with a sheet"):
        lists.read_list(tmp_path / "none.xlsx")


@pytest.mark.parametrize(("place", "byte"), [(6, 0xCF), (46, 0xBA)])
def test_a_damaged_list_of_what_is_packed_is_told_on_one_line(tmp_path, place, byte):
    """The version that a workbook's last entry needs, and its name (APPNOTE.TXT, 4.3.12)."""
    path = tmp_path / "names.xlsx"
    openpyxl.Workbook().save(path)
    data = bytearray(path.read_bytes())
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 9] |= 0x08  # its name is UTF-8
    data[entry + place] = byte
    path.write_bytes(data)
    with pytest.raises(RecordingError, match="expected a workbook"):
        lists.read_list(path)


def test_the_keys_of_a_document_of_no_known_form_are_told_on_one_line():
    with pytest.raises(TableError) as told:
        published.read_document('{"sync\\rToken": 1}')
    assert str(told.value).isprintable()


def test_parentheses_that_are_not_closed_are_not_read_again_and_again(monkeypatch):
    """Each was read to its end, 2,000 lines on: a file of 1 MB took a minute. Lines are counted."""
    count = 0
    tokens = master._tokens

    def counted(*given):
        nonlocal count
        count += 1
        return tokens(*given)

    monkeypatch.setattr(master, "_tokens", counted)
    lines = 10_000
    found = list(master.entries(["@ IN SOA ns h ( 1 2"] * lines))
    assert len(found) == lines
    assert count < 2 * lines


def test_a_template_as_long_as_a_file_makes_no_more_than_a_file(monkeypatch):
    """65,000 records of 7 MB each: it did not end. Characters are counted."""
    written = 0
    record = zones.Reading._record

    def counted(self, entry, origin):
        nonlocal written
        written += sum(map(len, entry.words))
        record(self, entry, origin)

    monkeypatch.setattr(zones.Reading, "_record", counted)
    places = "${0,63,d}" * 10_000
    zone = zones.load_zone(
        f"@ NS ns\n$GENERATE 1-65000 h{places} A 192.0.2.1\n", origin="a.example"
    )
    assert written < 2 * master.GENERATED_TEXT
    assert "characters from $GENERATE" in str(zone.faults[-1])


def test_a_file_of_which_hardly_a_line_reads_is_refused_and_soon(monkeypatch):
    """Each was told: 520,000 lines took 6 s. What does not read may hold what is missing."""
    tried = []
    record = zones.Reading._record
    monkeypatch.setattr(
        zones.Reading, "_record", lambda *given: (tried.append(1), record(*given))[1]
    )
    good = "@ NS ns\n" + "".join(f"h{n} A 192.0.2.1\n" for n in range(200))
    with pytest.raises(
        RecordingError, match=r"2011 lines that do not read among 2212, the first: line 202"
    ):
        zones.load_zone(good + "@ TXT \\\n" * 100_000, origin="a.example")
    assert len(tried) < 3000
    kept = zones.load_zone(good + "@ TXT \\\n" * 1000, origin="a.example")
    assert len(kept.sets) == 201
    assert len(kept.faults) == 1000


def test_a_file_of_one_service_is_read_once():
    """A zone with 50,000 aliases led to so many names that it was read twice. Passes are counted."""
    passes = []

    def entries():
        passes.append(1)
        return iter([sample()])

    assert len(gather(entries, "a.example", lambda _: None)) == 1
    assert len(passes) == 1


def test_a_long_entry_behind_one_that_is_not_closed_is_read():
    soa = ["@ SOA ns h (", *map(str, range(1, 6)), ")"]
    found = list(master.entries(["a TXT ("] * 3 + ["x"] * 3000 + soa))
    assert found[-1].words == ("@", "SOA", "ns", "h", *"12345")


@pytest.mark.parametrize(
    "text",
    [
        "\u00b2",
        "\u0661",
        "\x1f\x1f",
        "9" * 400,
        "Mon, 01 Jan 0001 00:00:00 -0000",
        "x",
        "",
        "-1",
        "1e9",
        "nan",
    ],
)
def test_a_time_to_wait_that_is_none_is_none(text):
    assert _retry_after(text) in {None, 0.0}


def test_a_time_to_wait_is_read():
    assert _retry_after(" 120 ") == 120
    assert _retry_after("120\x1c") == 120


def test_an_origin_without_its_dot_is_told_on_one_line():
    with pytest.raises(RecordingError) as told:
        zones.load_zone("$ORIGIN a\uffffb.example\nnothing reads\n", origin="example")
    assert "dot at the end" in str(told.value)
    assert str(told.value).isprintable()


def test_a_field_of_endpoints_that_is_none_is_told_on_one_line(tmp_path):
    path = tmp_path / "endpoints"
    path.write_text('{"\\\\t\\\\u001b[31mttp": {}, "closed": true}')
    with pytest.raises(CollectionError, match="unexpected keyword argument") as refused:
        Endpoints.read(path)
    assert str(refused.value).isprintable()


def test_a_survey_of_other_columns_is_told_on_one_line(tmp_path):
    files.save(depgraph.survey([sample()]), tmp_path)
    pa = arrow()
    table = pa.table({"serv\tice\x1b[31m": ["x"]})
    pq.write_table(table, tmp_path / "services.parquet")
    with pytest.raises(TableError, match="expected the columns of survey schema") as told:
        files.load(tmp_path)
    assert str(told.value).isprintable()


def test_a_survey_of_other_types_or_without_its_summary_is_told_on_one_line(tmp_path):
    files.save(depgraph.survey([sample()]), tmp_path)
    summary = (tmp_path / "summary.json").read_bytes()
    for damaged in (b"", b"[]", b"\xff", summary[:-20]):
        (tmp_path / "summary.json").write_bytes(damaged)
        with pytest.raises(TableError, match="expected") as told:
            files.load(tmp_path)
        assert str(told.value).isprintable()
    (tmp_path / "summary.json").write_bytes(summary)
    pa, table = arrow(), pq.read_table(tmp_path / "services.parquet")
    place = table.schema.get_field_index("asked")
    nested = pa.array([{"list": [["x"]]}] * len(table))
    pq.write_table(table.set_column(place, "asked", nested), tmp_path / "services.parquet")
    with pytest.raises(TableError, match="expected columns of the types") as told:
        files.load(tmp_path)
    assert str(told.value).isprintable()


def test_a_world_with_a_name_that_is_no_text_is_found_damaged(tmp_path):
    path = tmp_path / "x.world"
    recording = Recording(Header(subject="aaaaaaaa.example"), list(sample()))
    write_world([recording], path)
    whole = path.read_bytes()
    assert b"aaaaaaaa" in whole
    path.write_bytes(whole.replace(b"aaaaaaaa", b"a\xd6aaaaaa"))
    assert any("it was changed" in fault for fault in verify_world(path))


def test_a_comment_within_brackets_is_no_record_of_a_cache(tmp_path):
    path = tmp_path / "named_dump.db"
    lines = [
        "; Cache dump of view '_default' (cache _default)",
        "$DATE 20260801124954",
        "; authanswer",
    ]
    path.write_text(
        "\n".join([*lines, "( ; nothing", ")", "a.example. 9 IN NS ns.example.", ";", ""])
    )
    (found,) = open_any(path)
    assert [one.values for one in found.observations] == [("ns.example",)]


def test_a_column_of_another_type_is_read_as_ours_or_refused_on_one_line(tmp_path):
    path = tmp_path / "x.parquet"
    write_parquet([sample()], path)
    pa, table = arrow(), pq.read_table(path)
    place = table.schema.get_field_index("subject")
    as_bytes = table.column("subject").cast(pa.binary())
    pq.write_table(table.set_column(place, "subject", as_bytes), path)
    assert [list(one) for one in read_parquet(path)] == [list(sample())]
    bad = pa.array([b"\xff.example"] * len(table))
    pq.write_table(table.set_column(place, "subject", bad), path)
    with pytest.raises(TableError, match="expected a Parquet file") as refused:
        list(read_parquet(path))
    assert str(refused.value).isprintable()


def test_a_row_of_a_list_that_says_no_type_is_told_on_one_line(tmp_path):
    path = tmp_path / "records.json"
    good = {"type": "A", "name": "a.example.", "content": "192.0.2.1"}
    path.write_text(json.dumps([good, {"name": "b.a.example.", "content": "192.0.2.2"}]))
    found = list(open_any(path, undated=interval("2026-08-01"), name="a.example"))
    read = [o for one in found if isinstance(one, Recording) for o in one]
    assert [o.values for o in read if o.type == "A"] == [("192.0.2.1",)]
    assert [one for one in found if isinstance(one, BadLine) and "record 2:" in str(one)]


def test_a_word_that_is_no_type_is_shown_harmless(tmp_path):
    path = tmp_path / "massdns.json"
    row = {"query_name": "a.example.", "query_type": "A", "resp_name": "a.example.", "resp_type": "\x1b[31m", "data": '"'}  # fmt: skip
    path.write_text(json.dumps(row) + "\n")
    faults = [one for one in open_any(path, undated=interval("2026-08-01")) if isinstance(one, BadLine)]  # fmt: skip
    assert faults
    assert all(str(one).isprintable() for one in faults)


def test_a_comment_behind_blanks_is_no_record_of_dig(tmp_path):
    path = tmp_path / "answer.txt"
    path.write_text("a.example.\t60\tIN\tA\t192.0.2.1\n ;3HEN: Sat Aug 01\nb.example.\t60\tIN\tA\t192.0.2.2\n")  # fmt: skip
    found = list(open_any(path, undated=interval("2026-08-01")))
    values = [one.values for each in found for one in each.observations if one.values]
    assert values == [("192.0.2.1",), ("192.0.2.2",)]


@pytest.mark.parametrize("names", ['{"1": "x", "2": ' + "[" * 100_000, '{"1": "x", "' + "9" * 5000 + '": "y"}'])  # fmt: skip
def test_names_of_networks_that_are_none_are_told_on_one_line(names, tmp_path):
    path = tmp_path / "names.json"
    path.write_text(names)
    with pytest.raises(TableError) as told:
        read_table(path)
    assert str(told.value).isprintable()


# -- texts on which a pattern went to and fro, by the square of their length or its cube ----------

LONG = 500_000  # characters, for which these took an hour or more
WHOIS = "Domain Name: a.example\nRegistrar: X\n"
LOOKUP = "Server:\t\t192.0.2.53\nAddress:\t192.0.2.53#53\n\nName:\ta.example\nAddress: 192.0.2.1\n"
LINK = "HTTP/2 200\nmemento-datetime: Sat, 01 Aug 2026 12:00:00 GMT\nlink: <http://a.example/>;"
TO_AND_FRO = {
    "comments without a word": WHOIS + "%\n" * (LONG // 2),
    "spaces before what is no name": f"{WHOIS}domain{' ' * LONG}!\n",
    "spaces in front": f"{LOOKUP}{' ' * LONG}x\n",
    "words of a field": f"{LOOKUP}\t{'a ' * (LONG // 2)}x\n",
    "dots of a name": f"{LOOKUP}{'.' * LONG} x\n",
    "a document with one key twice": "{"
    + ", ".join(f'"{n}": 1' for n in (*range(60_000), 59_999))
    + "}\n",
    "relations of a link": f"{LINK}{'rel=' * 65_000}\n",
}


RECORDS = {
    "spaces of CAA": lambda: caa.read_property("0 issue" + " " * 1000 + '"'),
    "words of HTTPS": lambda: bindings("a.example", ["1 b.example. " + "a" * 1000 + "!"] * 300),
    "marks of TXT": lambda: [spf.unquoted('"' + '\\"' * 8100) for _ in range(60)],
    "dots of a key": lambda: whois.read_whois(WHOIS + f"[{'.' * 900}x] v\n" * 600),
}
COME_TO_THEIR_END = """
import contextlib, resource, sys
from pathlib import Path
from depgraph.errors import RecordingError
from depgraph.readers import interval, open_any
from tests.test_fuzz_findings import RECORDS, TO_AND_FRO
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
for kind, text in TO_AND_FRO.items():
    path = Path(sys.argv[1])
    path.write_text(text)
    with contextlib.suppress(RecordingError):
        list(open_any(path, undated=interval("2026-08-01"), name="a.example"))
    print(kind)
for kind, read in RECORDS.items():
    read()
    print(kind)
"""


def test_long_texts_come_to_their_end(tmp_path):
    """In a process of its own, which is ended after a minute of CPU time: it needs a few seconds."""
    done = subprocess.run(
        [sys.executable, "-c", COME_TO_THEIR_END, str(tmp_path / "x.txt")],
        cwd=Path(__file__).resolve().parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.splitlines() == [*TO_AND_FRO, *RECORDS], done.stderr
