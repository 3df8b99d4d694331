"""The one door for files from outside: what it unpacks, turns into UTF-8, and refuses."""

import bz2
import gzip
import io
import json
import lzma
import os
from pathlib import Path

import pytest

from benchmarks.fuzz import scans
from depgraph import exchange, providers, recording, routes
from depgraph.collect import Endpoints
from depgraph.errors import (
    CatalogueError,
    CollectionError,
    DepgraphError,
    GraphError,
    RecordingError,
    TableError,
)
from depgraph.intake import json_value, opened, read_bytes
from depgraph.readers import BadLine, detect, interval, open_any, read_parquet, read_plain
from depgraph.readers.lines import MOST_VALUES

ROW = {"domain": "shop.example", "date": "2026-08-01", "records": {"A": ["192.0.2.1"]}}
LINE = json.dumps(ROW).encode() + b"\n"


def zstd(data: bytes) -> bytes:
    pa = pytest.importorskip("pyarrow")
    return pa.compress(data, codec="zstd", asbytes=True)


def written(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "given"
    path.write_bytes(content)
    return path


def read_all(path: Path) -> tuple[list[str], list[BadLine]]:
    entries = list(open_any(path))
    bad = [entry for entry in entries if isinstance(entry, BadLine)]
    return [entry.subject for entry in entries if not isinstance(entry, BadLine)], bad


@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress, lzma.compress, zstd])
@pytest.mark.parametrize(
    "write",
    [
        bytes,
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: data.decode().encode("utf-16"),
        lambda data: data.decode().encode("utf-16-le"),
        lambda data: data.decode().encode("utf-16-be"),
        lambda data: data.decode().encode("utf-32"),
    ],
)
def test_however_it_is_packed_and_written(tmp_path, pack, write):
    assert read_all(written(tmp_path, pack(write(LINE * 2)))) == (["shop.example"] * 2, [])


DOCUMENTS = {"route53", "azure", "google"}  # of which a file has one, and a sample two
SAMPLES = {
    form: data[: len(data) // 2] if form in DOCUMENTS else data
    for form, data in scans().items()
    if form != "warc"  # which counts its octets
} | {
    "whois": b"Domain Name: A.EXAMPLE\nRegistrar: X\nName Server: NS.EXAMPLE\n",
    "windows-nslookup": b"Server:  r.test\nAddress:  192.0.2.53\n\nName:    a.example\nAddress:  192.0.2.1\n",
}


@pytest.mark.parametrize("form", SAMPLES)
@pytest.mark.parametrize(
    "write",
    [
        lambda data: data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"),
        lambda data: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"),
        lambda data: data.replace(b"\n", b"\r\n").decode().encode("utf-16"),
    ],
    ids=["CR LF", "mark and CR LF", "UTF-16 and CR LF"],
)
def test_every_form_is_read_however_windows_wrote_it(tmp_path, form, write):
    def seen(data):
        path = written(tmp_path, data)
        entries = list(open_any(path, undated=interval("2026-08-01"), name="a.example"))
        found = [
            (o.subject, o.type, o.status, o.values)
            for one in entries
            if not isinstance(one, BadLine)
            for o in one
        ]
        return detect(path), found, [one.number for one in entries if isinstance(one, BadLine)]

    as_it_is = seen(SAMPLES[form])
    assert as_it_is[1]
    assert seen(write(SAMPLES[form])) == as_it_is


def test_lines_that_end_in_cr_alone_are_refused(tmp_path):
    with pytest.raises(RecordingError, match="found CR alone"):
        detect(written(tmp_path, b"a.example. 60 IN A 192.0.2.1\rb.example. 60 IN A 192.0.2.2\r"))


def test_recordings_in_other_encodings_say_so(tmp_path):
    path = tmp_path / "plain.jsonl"
    recording.write(next(iter(read_plain(io.BytesIO(LINE)))), path)
    whole = recording.read(path)
    for encoded in (b"\xef\xbb\xbf" + path.read_bytes(), path.read_text().encode("utf-16")):
        other = recording.read(written(tmp_path, encoded))
        assert other.observations == whole.observations
        assert "another encoding" in other.problems[0]
        assert recording.verify(tmp_path / "given")
        with pytest.raises(RecordingError, match="save it as UTF-8"):
            recording.Journal(tmp_path / "given", whole.header)


READERS = [
    (recording.read, RecordingError),
    (detect, RecordingError),
    (lambda path: list(read_plain(path)), RecordingError),
    (lambda path: list(read_parquet(path)), TableError),
    (routes.read_table, TableError),
    (Endpoints.read, CollectionError),
    (exchange.load, GraphError),
]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
@pytest.mark.parametrize(("read", "error"), READERS)
def test_what_is_no_file_is_refused_before_it_is_opened(tmp_path, read, error):
    pipe, link, folder = tmp_path / "p.json", tmp_path / "l.json", tmp_path / "f.json"
    os.mkfifo(pipe)
    link.symlink_to("/dev/zero")
    folder.mkdir()
    for path, kind in ((pipe, "a named pipe"), (link, "a device"), (folder, "a folder")):
        with pytest.raises(error, match=f"expected a file, found {kind}"):
            read(path)


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, zstd])
def test_a_bomb_is_refused_while_it_unpacks(tmp_path, pack):
    bomb = pack(LINE + b"\n" * (40 << 20))
    with pytest.raises(RecordingError, match="100 times its size"):
        read_bytes(io.BytesIO(bomb), error=RecordingError)
    subjects, bad = read_all(written(tmp_path, bomb))
    assert subjects == ["shop.example"]
    assert len(bad) == 1
    with pytest.raises(RecordingError):
        recording.read(io.BytesIO(bomb))


def test_archives_are_refused_by_name():
    with pytest.raises(RecordingError, match="found a zip archive: unpack it"):
        read_bytes(io.BytesIO(b"PK\x03\x04rest"), error=RecordingError)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('{"domain": "a.example", "domain": "b.example"}', "the key 'domain' stands twice"),
        ('{"records": {"A": [], "A": []}}', "the key 'A' stands twice"),
        ('{"ttl": NaN}', "NaN is no number"),
        ('{"ttl": -Infinity}', "-Infinity is no number"),
        ('{"ttl": 1e999}', "1e999 is too large"),
        ('{"a":' * 101 + "1" + "}" * 101, "nests deeper"),
        ("[" * 100_000, "nests deeper"),
        ('{"x": ' + "9" * 5000 + "}", "Exceeds the limit"),
    ],
)
def test_json_that_readers_disagree_about_is_a_bad_line(tmp_path, text, fault):
    with pytest.raises(ValueError, match=fault):
        json_value(text)
    subjects, bad = read_all(written(tmp_path, LINE + text.encode("utf-8", "replace") + b"\n"))
    assert subjects == ["shop.example"]
    assert [line.number for line in bad] == [2]
    assert fault in bad[0].error


def test_a_document_over_several_lines_or_an_array(tmp_path):
    rows = [ROW, {**ROW, "domain": "other.example"}]
    names = ["shop.example", "other.example"]
    for text in (
        json.dumps(rows),
        json.dumps(rows, indent=1),
        "\n".join(json.dumps(row, indent=2) for row in rows),
    ):
        assert read_all(written(tmp_path, text.encode())) == (names, [])
    broken = json.dumps([ROW, 5], indent=1).encode()
    subjects, bad = read_all(written(tmp_path, broken))
    assert (subjects, bad[0].error) == (names[:1], "expected a JSON object, found 5")


@pytest.mark.parametrize(
    "domain", ["a\u202eb.example", "\x1b[31m", "x" * 301, ".".join(["abc"] * 80), "a\nb.example"]
)
def test_names_that_can_be_none_are_bad_lines(tmp_path, domain):
    bad_row = json.dumps({**ROW, "domain": domain}).encode() + b"\n"
    subjects, bad = read_all(written(tmp_path, LINE + bad_row + LINE))
    assert subjects == ["shop.example"] * 2
    assert [line.number for line in bad] == [2]
    assert str(bad[0]).isprintable()
    header = {"depgraph": "recording", "format": 1, "subject": domain}
    with pytest.raises(RecordingError, match="expected a name in the header"):
        recording.read(io.BytesIO(json.dumps(header).encode() + b"\n"))


def test_an_answer_with_more_values_than_a_message_holds_is_a_bad_line(tmp_path):
    many = {**ROW, "records": {"NS": [f"ns{n}.example" for n in range(MOST_VALUES + 1)]}}
    _, bad = read_all(written(tmp_path, LINE + json.dumps(many).encode() + b"\n"))
    assert "a DNS message cannot hold them" in bad[0].error


def test_a_file_of_which_nothing_reads_is_left_after_a_thousand_lines(tmp_path):
    subjects, bad = read_all(written(tmp_path, b"{}\n" * 5000))
    assert (subjects, len(bad)) == ([], 1001)
    assert "the rest is left" in bad[-1].error


def test_a_long_line_is_stepped_over(tmp_path, monkeypatch):
    monkeypatch.setattr("depgraph.readers.lines.LONGEST", 1000)
    subjects, bad = read_all(written(tmp_path, LINE + b'{"x": "' + b"y" * 5000 + b'"}\n' + LINE))
    assert subjects == ["shop.example"] * 2
    assert [(line.number, line.error) for line in bad] == [
        (2, "expected at most 1000 bytes, found more")
    ]


def test_whatever_a_reader_raises_is_a_bad_line(tmp_path, monkeypatch):
    def stumble(row, **_):
        raise ZeroDivisionError(row["domain"])

    monkeypatch.setattr("depgraph.readers.plain.read_row", stumble)
    (bad,) = read_plain(io.BytesIO(LINE))
    assert "ZeroDivisionError: shop.example" in bad.error


def test_other_rooms_come_through_the_same_door(tmp_path):
    for name, content in (("groups.toml", b"\xff"), ("companies.csv", b"\xff,a\n")):
        folder = tmp_path / name
        folder.mkdir()
        (folder / name).write_bytes(content)
        with pytest.raises(CatalogueError):
            providers.load(folder)
    twice = b'{"dns": {}, "dns": {}}'
    with pytest.raises(CollectionError, match="stands twice"):
        Endpoints.read(written(tmp_path, twice))
    for text in (
        '{"nodes": [{"id": "a"}, {"id": "a"}], "edges": [], "graph": {}}',
        '{"nodes": [], "nodes": [], "edges": [], "graph": {}}',
        '{"nodes": [], "edges": [], "graph": {"x": NaN}}',
    ):
        with pytest.raises(GraphError):
            exchange.from_json(text)
    late = "<!--" + "x" * 5000 + '--><!DOCTYPE g [<!ENTITY a "b">]><graphml/>'
    with pytest.raises(GraphError, match="document type"):
        exchange.from_graphml(late)


def test_open_files_are_left_open(tmp_path):
    with written(tmp_path, gzip.compress(LINE)).open("rb") as raw:
        with opened(raw, error=RecordingError) as file:
            assert file.read() == LINE
        assert not raw.closed
    with pytest.raises(DepgraphError, match="expected a path or an open file"):
        read_bytes(5, error=RecordingError)
