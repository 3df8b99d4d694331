"""One thing that a file lacks, or one line that does not read, is told once, and the rest is read."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import depgraph
from depgraph.errors import RecordingError
from depgraph.observations import Status
from depgraph.readers import BadLine, detect, open_any
from depgraph.readers.days import interval
from depgraph.recording import Recording

ZONE = """\
fr.\t3600\tin\tsoa\tnsmaster.nic.fr. hostmaster.nic.fr. 1 3600 600 86400 300
a.fr.\t3600\tin\tns\tns1.dns-one.net.
b.fr.\t3600\tin\tns\tns1.{}x.net.
c.fr.\t3600\tin\tns\tns1.dns-one.net.
"""
TABLED = ZONE.replace("\tin\tns\tns1.{}x.net.", "\tin\tns\t( ns1.{}x.net. )")
ANSWERS = "a.fr. NS ns1.dns-one.net.\n{}b.fr. A 192.0.2.2\nc.fr. A 192.0.2.3\n"
MORE = "".join(f"d{number}.fr. A 192.0.2.4\n" for number in range(20))


def read(path: Path, text: str) -> tuple[list[Recording], list[BadLine]]:
    path.write_text(text)
    found = list(open_any(path, undated=interval("2026-08-01")))
    good = [one for one in found if isinstance(one, Recording) and len(one)]
    return good, [one for one in found if isinstance(one, BadLine)]


@pytest.mark.parametrize("text", [ZONE, TABLED])
def test_one_nul_in_a_zone_is_one_bad_line(tmp_path: Path, text: str) -> None:
    more = "".join(f"e{number:03}.fr.\t3600\tin\tns\tns1.dns-one.net.\n" for number in range(20))
    last = text.splitlines(keepends=True)[0]
    good, bad = read(tmp_path / "x.zone", text.format("\0") + more + last)
    assert {"a.fr", "c.fr", "e019.fr"} <= {one.subject for one in good}
    assert "b.fr" not in {o.subject for one in good for o in one if o.status is Status.ANSWER}
    assert [(one.number, "NUL" in one.error) for one in bad] == [(3, True)]


@pytest.mark.parametrize(
    ("server", "shown"), [("###", "###.fr"), ("###.", "###"), ("192.0.2.1.", "192.0.2.1")]
)
def test_a_server_that_is_no_name_of_a_host_is_one_bad_line(
    tmp_path: Path, server: str, shown: str
) -> None:
    text = ZONE.replace("ns1.{}x.net.", server)
    good, bad = read(tmp_path / "x.zone", text + text.splitlines(keepends=True)[0])
    assert {"a.fr", "b.fr", "c.fr"} <= {one.subject for one in good}
    assert bad == [BadLine(3, f"expected the name of a host as NS of 'b.fr', found '{shown}'")]
    alone = next(one for one in good if one.subject == "b.fr")
    assert "name servers of b.fr" in text_of(depgraph.build(alone))


@pytest.mark.parametrize(
    ("record", "kind", "shown"),
    [("www MX 10 #", "MX", "10 #.a.fr"), ("www NS .", "NS", ".")],
)
def test_so_is_any_other_name_that_a_record_leads_to(
    tmp_path: Path, record: str, kind: str, shown: str
) -> None:
    soa = "$ORIGIN a.fr.\n@ 60 SOA ns1 h 1 1 1 1 1\n@ NS ns1.dns-one.net.\n"
    _, bad = read(tmp_path / "a.zone", f"{soa}{record}\n")
    said = f"expected the name of a host as {kind} of 'www.a.fr', found '{shown}'"
    assert bad == [BadLine(4, said)]


def text_of(graph: depgraph.schema.Graph) -> set[str]:
    return {str(data["label"]) for _, data in graph.nodes(data=True)}


def test_one_nul_among_answers_is_one_bad_line(tmp_path: Path) -> None:
    good, bad = read(tmp_path / "scan", ANSWERS.format("\0") + MORE)
    assert {"a.fr", "c.fr", "d19.fr"} <= {one.subject for one in good}
    assert [(one.number, "NUL" in one.error) for one in bad] == [(2, True)]


def test_one_time_out_among_answers_is_one_bad_line(tmp_path: Path) -> None:
    good, bad = read(tmp_path / "scan", ANSWERS.format(";; connection timed out\n") + MORE)
    assert detect(tmp_path / "scan") == "answers"
    assert {"a.fr", "b.fr", "d19.fr"} <= {one.subject for one in good}
    assert [(one.number, "time-out" in one.error) for one in bad] == [(2, True)]


def test_a_column_that_a_file_of_openintel_lacks_is_named_once(tmp_path: Path) -> None:
    rows = [
        {
            "query_type": kind,
            "query_name": f"{name}.fr.",
            "response_type": kind,
            "response_name": f"{name}.fr.",
            "timestamp": 1785578400000,
            "ip4_address": "192.0.2.1" if kind == "A" else None,
        }
        for name in "abc"
        for kind in ("A", "NS")
    ]
    path = tmp_path / "day.parquet"
    pq.write_table(pa.Table.from_pylist(rows), path)
    found = list(open_any(path))
    (bad,) = (one for one in found if isinstance(one, BadLine))
    assert "found no ns_address" in bad.error
    seen = {
        (o.subject, o.type): o.status for one in found if isinstance(one, Recording) for o in one
    }
    assert seen["c.fr", "A"] is Status.ANSWER
    assert seen["c.fr", "NS"] is Status.MALFORMED


@pytest.mark.parametrize(
    ("called", "of"), [("fr.zone", "fr"), ("db.fr", "fr"), ("nosoa.zone", None), ("de.zone", None)]
)
def test_a_top_level_domain_without_its_soa_record_is_that_of_the_files_name(
    tmp_path: Path, called: str, of: str | None
) -> None:
    text = "".join(ZONE.format("").splitlines(keepends=True)[1:])
    if of is None:
        with pytest.raises(RecordingError, match="--origin"):
            read(tmp_path / called, text)
    else:
        good, _ = read(tmp_path / called, text)
        assert {o.zone for one in good for o in one} == {of}
