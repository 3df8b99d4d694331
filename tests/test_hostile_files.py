"""Strangers' files of many kinds at the command line: one line and exit 2, or what is good is read."""

import gzip
import hashlib
import io
import json
import lzma
import os
import zipfile

import pytest
from click.testing import CliRunner

import depgraph.readers
from depgraph.cli import main
from depgraph.recording.examples import examples

GOOD = {"domain": "a.example", "date": "2026-08-01", "records": {"A": ["192.0.2.1"]}}
LINE = json.dumps(GOOD)


def graphml(head: str, label: str) -> str:
    return (
        f'<?xml version="1.0"?>{head}<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
        '<key id="k" for="node" attr.name="label" attr.type="string"/><graph edgedefault="directed">'
        f'<node id="a"><data key="k">{label}</data></node></graph></graphml>'
    )


def entities(levels: int = 12) -> str:
    rows = [
        '<!ENTITY e0 "x">',
        *(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, levels)),
    ]
    return f"<!DOCTYPE graphml [{''.join(rows)}]>"


def workbook() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * (200 << 20))
    return out.getvalue()


YAML = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9)
)

REFUSED: dict[str, tuple[str, bytes | str]] = {
    "workbook that unpacks to 200 MB": ("x.xlsx", workbook()),
    "GraphML of entities of entities": ("x.graphml", graphml(entities(), "&e11;")),
    "GraphML that names a file": (
        "x.graphml",
        graphml('<!DOCTYPE g [<!ENTITY e SYSTEM "file:///etc/passwd">]>', "&e;"),
    ),
    "YAML of aliases of aliases": ("a.example.yaml", YAML),
    "a number of 5,000 digits": ("x.jsonl", LINE.replace('"a.example"', "9" * 5000)),
    "one JSON document, a million deep": ("x.json", "[" * 1_000_000),
    "a key that stands twice": ("x.jsonl", '{"domain": "a.example", "domain": "b.example"}'),
    "a number that is none": ("x.jsonl", LINE.replace('["192.0.2.1"]', "NaN")),
    "a PDF": ("x.jsonl", b"%PDF-1.7\n" + bytes(range(256)) * 20),
    "an ELF": ("x", b"\x7fELF" + bytes(2000)),
    "half a surrogate": ("x.jsonl", '{"domain": "\\ud800", "records": {}}'),
    "a name of 300 characters": ("x.jsonl", LINE.replace("a.example", "a" * 300 + ".example")),
    "a name with direction marks": ("x.jsonl", LINE.replace("a.example", "a\u202eelpmaxe.com")),
    "a day of the year 99999": ("x.jsonl", LINE.replace("2026-08-01", "99999-08-01")),
}


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, [*words])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


@pytest.mark.parametrize("what", REFUSED)
def test_it_is_refused_on_printable_lines(what, tmp_path):
    name, content = REFUSED[what]
    path = tmp_path / name
    path.write_bytes(
        content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    )
    code, output = run("takedown", str(path))
    assert code != 0
    assert all(line.isprintable() for line in output.splitlines())
    assert len(output) < 2000
    assert "root:" not in output


@pytest.mark.parametrize(
    "bad",
    [
        '{"domain": "b.example", "domain": "c.example"}',
        '{"domain": "b.example", "records": {"A": [NaN]}}',
        "[" * 5000,
        "\x1b]0;owned\x07",
        '{"domain": "\u202e.example", "records": {"A": ["192.0.2.1"]}}',
        "x" * 2_000_000,
        "\x00" * 1000,
    ],
)
def test_one_bad_line_leaves_the_good_one(bad, tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_text(f"{LINE}\n{bad}\n", "utf-8", "surrogatepass")
    code, output = run("takedown", str(path))
    assert "a.example" in output
    assert code in {0, 3}
    assert all(line.isprintable() for line in output.splitlines())


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
def test_a_bomb_ends_a_file_and_what_stands_before_it_is_read(pack, tmp_path):
    path = tmp_path / "x.jsonl.packed"
    path.write_bytes(pack((LINE + "\n").encode() + b" " * (40 << 20)))
    code, output = run("takedown", str(path))
    assert "unpacks to at most 100 times its size" in " ".join(output.split())
    assert "a.example" in output
    assert code in {0, 3}


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
@pytest.mark.parametrize("lines", [100, 5000])
def test_of_a_packed_file_that_is_cut_off_what_was_whole_is_read(lines, pack, tmp_path):
    """The bytes before the fault went with the read that met it; a short file was refused whole."""
    rows = [LINE.replace("a.example", f"n{n * n * 7919 % 1000003}.example") for n in range(lines)]
    whole = "".join(f"{row}\n" for row in rows).encode()
    packed = pack(whole)
    path = tmp_path / "x.jsonl.packed"
    path.write_bytes(packed[: len(packed) * 6 // 10])
    found = list(depgraph.readers.open_any(path))
    bad = [one for one in found if isinstance(one, depgraph.readers.BadLine)]
    read = [one.subject for one in found if not isinstance(one, depgraph.readers.BadLine)]
    assert len(read) > lines // 5
    assert set(read) <= {f"n{n * n * 7919 % 1000003}.example" for n in range(lines)}
    (told,) = bad
    assert told.number == len(read) + 1
    assert "expected a whole packed file, found a damaged one" in told.error


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_what_never_ends_is_not_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe.jsonl")
    (tmp_path / "zero.jsonl").symlink_to("/dev/zero")
    (tmp_path / "circle.jsonl").symlink_to(tmp_path / "circle.jsonl")
    for name in ("pipe.jsonl", "zero.jsonl", "circle.jsonl"):
        code, output = run("takedown", str(tmp_path / name))
        assert code != 0, name
        assert len(output.splitlines()) <= 3


def test_the_name_of_a_file_is_shown_safely(tmp_path):
    path = tmp_path / "\u202e\x1b[31mgpj.jsonl"
    path.write_text("no recording\n")
    code, output = run("takedown", str(path))
    assert code != 0
    assert all(line.isprintable() for line in output.splitlines())


def test_the_hash_to_cite_a_recording_by():
    path = examples()[0]
    code, output = run("verify", "--sha256", str(path))
    assert code == 0
    assert f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path}" in output.splitlines()
