"""Recordings: every kill point, every kind of damage, two writers, full disks, merging."""

import errno
import gzip
import hashlib
import io
import json
import lzma
import multiprocessing
import os
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import depgraph
import depgraph.recording.journal as journal_module
from depgraph.errors import RecordingError
from depgraph.observations import Evidence, Observation, Status
from depgraph.readers import World, read_parquet, write_parquet, write_world
from depgraph.recording import (
    Header,
    Journal,
    Recording,
    is_recording,
    merge,
    read,
    to_bytes,
    verify,
    write,
)

GZIP, XZ = b"\x1f\x8b", b"\xfd7zXZ\x00"

STEADY = settings(deadline=None, derandomize=True)  # no clock, no chance

NOON = datetime(2026, 9, 25, 12, tzinfo=UTC)
HEADER = Header(
    subject="example.com",
    since=date(2026, 9, 25),
    until=date(2026, 9, 26),
    title="A title",
    source="https://example.org",
    licence="CC0-1.0",
    vantage="Paris",
)


def a(number, **changes):
    data = {
        "subject": f"host{number}.example.com",
        "type": "A",
        "status": Status.ANSWER,
        "values": ("192.0.2.1",),
        "ttl": 60,
        "time": NOON + timedelta(seconds=number),
    }
    return Observation(**data | changes)


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def made(path, count=3, *, header=HEADER, finish=True):
    with Journal(path, header) as journal:
        for number in range(count):
            journal.append(a(number))
        if finish:
            journal.finish()
    return path


# Round trips


def test_header_survives():
    assert Header.from_dict(json.loads(json.dumps(HEADER.to_dict()))) == HEADER
    bare = Header(subject="example.com")
    assert Header.from_dict(json.loads(json.dumps(bare.to_dict()))) == bare
    more = Header(subject="example.com", hosts=("api.example.com",))
    assert Header.from_dict(json.loads(json.dumps(more.to_dict()))) == more


def test_a_name_in_letters_of_its_language_is_the_name_that_the_dns_has(tmp_path):
    # Written by hand: the name server's values were read so, its own records were not found.
    header = Header(subject="bücher.example", hosts=("api.Bücher.example",))
    rows = (a(1, subject="bücher.example"), a(2, subject="ns1.Bücher.example."))
    path = tmp_path / "r.jsonl"
    write(Recording(header, rows), path)
    found = read(path)
    assert found.header.subject == "xn--bcher-kva.example"
    assert found.header.hosts == ("api.xn--bcher-kva.example",)
    assert [o.subject for o in found] == ["xn--bcher-kva.example", "ns1.xn--bcher-kva.example"]


def test_whole_recording_survives(tmp_path):
    recording = Recording(HEADER, tuple(a(n) for n in range(5)))
    write(recording, tmp_path / "x.jsonl")
    back = read(tmp_path / "x.jsonl")
    assert back == recording
    assert back.problems == ()
    assert back.complete
    assert verify(tmp_path / "x.jsonl") == []
    assert names_in(tmp_path) == ["x.jsonl"]
    assert list(back) == list(recording.observations)
    assert len(back) == 5
    assert back.subject == "example.com"


def test_the_same_recording_gives_the_same_bytes(tmp_path):
    recording = Recording(HEADER, (a(1), a(2)))
    write(recording, tmp_path / "x")
    write(recording, tmp_path / "y")
    assert (tmp_path / "x").read_bytes() == (tmp_path / "y").read_bytes()
    write(read(tmp_path / "x"), tmp_path / "z")
    assert (tmp_path / "z").read_bytes() == (tmp_path / "x").read_bytes()


def test_an_unfinished_recording_stays_unfinished(tmp_path):
    write(Recording(HEADER, (a(1),), complete=False), tmp_path / "x")
    assert not read(tmp_path / "x").complete
    (fault,) = verify(tmp_path / "x")
    assert fault.startswith("line 3: expected the line that ends a recording")
    assert verify(tmp_path / "x", unfinished=True) == []
    assert "incomplete" in repr(read(tmp_path / "x"))


def test_a_recording_that_somebody_changed_says_so(tmp_path, caplog):
    path = made(tmp_path / "x")
    assert not read(path).changed
    data = path.read_bytes()
    path.write_bytes(data.replace(b"\n", b"\r\n"))
    assert not read(path).changed  # its lines are as they were
    path.write_bytes(data.replace(b"host1", b"host7"))
    found = read(path)
    assert found.changed
    assert found.complete
    assert [one.limit for one in found.limits] == ["changed"]
    assert "expected SHA-256" in caplog.text
    assert ", changed" in repr(found)
    assert [one.limit for one in merge([found, read(path)]).limits] == ["changed"]


@pytest.fixture
def altered(tmp_path):
    path = made(tmp_path / "altered")
    path.write_bytes(path.read_bytes().replace(b"host1", b"host7"))
    return read(path)


def rewritten(recording, folder):
    write(recording, folder / "again.jsonl")
    return read(folder / "again.jsonl")


def in_a_table(recording, folder):
    write_parquet([recording], folder / "x.parquet")
    return next(read_parquet(folder / "x.parquet"))


def in_a_world(recording, folder):
    other = Recording(HEADER, (a(9),))
    write_world([other, recording, other], folder / "x.world")
    return World(folder / "x.world").recording("example.com")


def gone_on_with(recording, folder):
    path = folder / "altered"
    with Journal(path, HEADER) as journal:
        journal.append(a(9))
        journal.finish()
        assert journal.recording.header.changed  # `observe --resume` goes on with this header
    return read(path)


def merged_in_a_file(recording, folder):
    return rewritten(merge([Recording(HEADER, (a(9),)), recording]), folder)


@pytest.mark.parametrize(
    "way", [rewritten, in_a_table, in_a_world, gone_on_with, merged_in_a_file, lambda one, _: one]
)
def test_what_is_made_of_a_changed_recording_says_so(altered, tmp_path, way):
    found = way(altered, tmp_path)
    assert found.changed
    assert "changed" in [one.limit for one in found.limits]
    assert "changed" in depgraph.build(found).graph["limits"]


def test_a_file_that_is_written_from_a_changed_recording_is_not_called_whole(altered, tmp_path):
    write(altered, tmp_path / "again")
    assert verify(tmp_path / "again") == [
        "line 1: was written from a recording that somebody had changed"
    ]


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress, bytes])
def test_read_takes_packed_files_and_open_files(tmp_path, pack):
    path = made(tmp_path / "x.jsonl")
    data = pack(path.read_bytes())
    packed = tmp_path / "packed"
    packed.write_bytes(data)
    assert read(packed) == read(path)
    assert read(str(packed)) == read(path)
    assert read(io.BytesIO(data)) == read(path)
    assert verify(io.BytesIO(data)) == []
    with packed.open("rb") as file:
        assert read(file) == read(path)


def test_read_takes_open_text(tmp_path):
    path = made(tmp_path / "x.jsonl")
    assert read(io.StringIO(path.read_text())) == read(path)


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
def test_damaged_packed_files_are_said(tmp_path, pack):
    data = pack(made(tmp_path / "x").read_bytes())
    (tmp_path / "y").write_bytes(data[:-9])
    with pytest.raises(RecordingError, match="expected a whole packed file, found a damaged one"):
        read(tmp_path / "y")
    assert len(verify(tmp_path / "y")) == 1
    with pytest.raises(RecordingError):
        Journal(tmp_path / "y", HEADER)
    assert (tmp_path / "y").read_bytes() == data[:-9]


def test_a_packed_recording_is_not_written_on(tmp_path):
    data = gzip.compress(made(tmp_path / "x").read_bytes())
    (tmp_path / "y").write_bytes(data)
    with pytest.raises(RecordingError, match="found a packed one: unpack it first"):
        Journal(tmp_path / "y", HEADER)
    assert (tmp_path / "y").read_bytes() == data


# Kill points


def test_a_kill_at_every_byte_loses_at_most_the_line_being_written(tmp_path, caplog):
    whole = made(tmp_path / "whole", 3).read_bytes()
    observations = read(tmp_path / "whole").observations
    header_end = whole.index(b"\n") + 1
    for cut in range(len(whole) + 1):
        path = tmp_path / "cut"
        path.write_bytes(whole[:cut])
        lines = whole[:cut].count(b"\n")
        at_a_line = cut == 0 or whole[cut - 1 : cut] == b"\n"
        kept = min(max(lines - 1, 0), 3)

        if cut >= header_end:
            back = read(path)
            assert back.observations == observations[:kept]
            assert back.complete == (cut == len(whole))
            assert len(back.problems) == (0 if at_a_line else 1)
            assert len(verify(path, unfinished=True)) == (0 if at_a_line else 1)
            assert bool(verify(path)) == (cut < len(whole))
        else:
            with pytest.raises(RecordingError, match="found no complete line"):
                read(path)

        caplog.clear()
        with Journal(path, HEADER) as journal:
            assert journal.recording.observations == observations[:kept]
            assert len(journal.recording.problems) == (0 if at_a_line else 1)
            assert ("cut off" in caplog.text) == (not at_a_line)
            for observation in observations[kept:]:
                journal.append(observation)
            journal.finish()
        assert path.read_bytes() == whole
        assert verify(path) == []


def test_going_on_after_the_end_is_seen_and_finishes_again(tmp_path):
    path = made(tmp_path / "x")
    before = path.read_bytes()
    with Journal(path, HEADER) as journal:
        assert journal.recording.complete
        journal.finish()
    assert path.read_bytes() == before
    with Journal(path, HEADER) as journal:
        journal.append(a(9))
        assert not read(path).complete
        journal.finish()
    assert read(path).complete
    assert len(read(path)) == 4
    assert verify(path) == []


def test_a_file_that_is_no_recording_is_left_alone(tmp_path):
    for content in (b"my notes", b"my notes\n", b"{", b'{"depgraph":"recipe"'):
        path = tmp_path / "notes"
        path.write_bytes(content)
        if b'{"depgraph":"recording"'.startswith(content):
            continue  # nothing but the first bytes of a header
        with pytest.raises(RecordingError):
            Journal(path, HEADER)
        assert path.read_bytes() == content


def test_a_recording_of_another_service_is_left_alone(tmp_path):
    path = made(tmp_path / "x")
    before = path.read_bytes()
    with pytest.raises(
        RecordingError, match=r"expected a recording of other\.org in .* found one of"
    ):
        Journal(path, Header(subject="other.org"))
    assert path.read_bytes() == before


def test_interrupt_between_a_write_and_its_books(tmp_path):
    path = tmp_path / "x"
    with Journal(path, HEADER) as journal:
        journal.append(a(0))
        line = json.dumps(a(1).to_dict(), separators=(",", ":")).encode() + b"\n"
        os.write(journal._file, line)  # as if Ctrl-C came right after the system call
        journal.finish()
    assert verify(path) == []
    assert len(read(path)) == 2


# Damage


def test_every_changed_byte_is_found(tmp_path):
    whole = made(tmp_path / "x", 2).read_bytes()
    for at in range(len(whole)):
        damaged = bytearray(whole)
        damaged[at] ^= 0x01
        assert verify(io.BytesIO(bytes(damaged))), at


def lines_of(path):
    return path.read_bytes().split(b"\n")[:-1]


def faults_of(lines):
    return verify(io.BytesIO(b"\n".join(lines) + b"\n"))


def test_lost_added_and_swapped_lines_are_found(tmp_path):
    lines = lines_of(made(tmp_path / "x"))
    for lost in range(len(lines) - 1):
        assert faults_of(lines[:lost] + lines[lost + 1 :])
    added = json.dumps(a(7).to_dict()).encode()
    assert any("lines were added or lost" in f for f in faults_of([*lines[:2], added, *lines[2:]]))
    assert any("were changed" in f for f in faults_of([lines[0], lines[2], lines[1], *lines[3:]]))
    assert faults_of([lines[0], *lines]) != []


@pytest.mark.parametrize(
    "end",
    [
        {"end": {}},
        {"end": None},
        {"end": {"observations": 3}},
        {"end": {"observations": 3, "sha256": "0" * 64}},
        {"end": {"observations": True, "sha256": "right"}},
        {"end": {"observations": 4, "sha256": "right"}},
        {"end": {"observations": 3, "sha256": "right", "more": 1}},
        {"end": {"observations": 3, "sha256": "right"}, "more": 1},
    ],
)
def test_bad_ends_are_found(tmp_path, end):
    lines = lines_of(made(tmp_path / "x"))
    digest = hashlib.sha256(b"\n".join(lines[:-1]) + b"\n").hexdigest()
    text = json.dumps(end).replace('"right"', f'"{digest}"')
    assert len(faults_of([*lines[:-1], text.encode()])) == 1
    right = {"end": {"observations": 3, "sha256": digest}}
    assert faults_of([*lines[:-1], json.dumps(right).encode()]) == []


def test_verify_lists_every_fault(tmp_path):
    lines = lines_of(made(tmp_path / "x"))
    lines[1] = b"nonsense"
    lines[3] = b'{"subject": 1}'
    faults = faults_of(lines)
    assert [fault.split(":")[0] for fault in faults] == ["line 2", "line 4", "line 5", "line 5"]
    assert verify(io.BytesIO(b"")) == ["line 1: expected a recording, found an empty file"]


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"", "expected a recording in the file, found no complete line"),
        (b"\n", "the file, line 1: expected a JSON object, found '' (Expecting value"),
        (b"[]\n", "the file, line 1: expected a JSON object, found '[]'"),
        (b"{}\n", "the file, line 1: expected a recording, whose first line says"),
        (
            b'{"depgraph":"recording","format":2,"subject":"a.com"}\n',
            "the file, line 1: expected recording format 1, found 2: a newer depgraph may read it",
        ),
        (
            b'{"depgraph":"recording","format":1}\n',
            "the file, line 1: expected a header with a subject and only known fields",
        ),
        (
            b'{"depgraph":"recording","format":1,"subject":"a.com","since":"15.2.2021"}\n',
            "the file, line 1: expected a day such as 2021-02-15 in the header",
        ),
        (
            b'{"depgraph":"recording","format":1,"subject":"a.com","title":5}\n',
            "the file, line 1: expected text for 'title' in the header, found 5",
        ),
        (
            b'{"depgraph":"recording","format":1,"subject":"a.com","hosts":"b.com"}\n',
            "the file, line 1: expected a list of names for 'hosts' in the header, found 'b.com'",
        ),
        (b"\xef\xbb\xbf{}\n", "the file, line 1: expected a recording, whose first line says"),
        ("{}\n".encode("utf-16"), "the file, line 1: expected a recording, whose first line says"),
        (b'{"x":' + b"9" * 5000 + b"}\n", "the file, line 1: expected a JSON object, found"),
        (b"[" * 100_000 + b"\n", "the file, line 1: expected a JSON object, found"),
        (b'{"\xff":1}\n', "the file, line 1: expected a JSON object, found"),
    ],
)
def test_what_is_no_recording_is_said_in_one_line(data, line):
    with pytest.raises(RecordingError) as caught:
        read(io.BytesIO(data))
    assert str(caught.value).startswith(line)
    assert len(str(caught.value).splitlines()) == 1
    assert len(str(caught.value)) < 400
    assert verify(io.BytesIO(data))


def test_a_damaged_line_in_the_middle_is_an_error(tmp_path):
    lines = lines_of(made(tmp_path / "x"))
    lines[2] = lines[2][:-5]
    with pytest.raises(RecordingError, match=r"line 3: .*'depgraph verify' lists every fault"):
        read(io.BytesIO(b"\n".join(lines) + b"\n"))


def test_crlf_is_read_and_said(tmp_path, caplog):
    path = made(tmp_path / "x")
    expected = read(path)
    data = path.read_bytes().replace(b"\n", b"\r\n")
    back = read(io.BytesIO(data))
    assert back == expected
    assert back.problems == ("the file: lines end in CR LF: a program has rewritten the file",)
    assert "CR LF" in caplog.text
    assert verify(io.BytesIO(data))[0] == "5 lines end in CR LF: a program has rewritten the file"


# Hostile and large values


def test_hostile_text_stays_one_line_of_the_file(tmp_path):
    nasty = ("a\nb\r\x85\u2028c", "\x00\x1b[2J\x7f", "\u202e\ufeff", '"}\n{"end":', "\ud800")
    path = tmp_path / "x"
    with Journal(path, HEADER) as journal:
        journal.append(a(0, values=nasty, note=nasty[0], citation=nasty[1]))
        journal.finish()
    assert path.read_bytes().count(b"\n") == 3
    assert verify(path) == []
    (back,) = read(path)
    assert back == a(0, values=nasty, note=nasty[0], citation=nasty[1])
    assert sorted((*nasty[:4], "\ufffd")) == list(back.values)


@pytest.mark.parametrize("count", [0, 1, 2, 5])
@pytest.mark.parametrize("complete", [True, False])
def test_rows_that_are_written_at_once_are_those_written_one_by_one(
    count, complete, tmp_path, monkeypatch
):
    monkeypatch.setattr(journal_module, "_AT_ONCE", 2)
    nasty = ('}},{"subject":', "},{", '"},{"subject":"', "\\", "\ud800é")
    rows = tuple(a(number, values=nasty, note=nasty[number]) for number in range(count))
    recording = Recording(HEADER, rows, complete)
    write(recording, tmp_path / "x")
    assert to_bytes(recording) == (tmp_path / "x").read_bytes()


def test_a_value_of_10_mb(tmp_path):
    big = "x" * 10_000_000
    write(Recording(HEADER, (a(0, values=(big,)),)), tmp_path / "x")
    (back,) = read(tmp_path / "x")
    assert back.values == (big,)
    assert verify(tmp_path / "x") == []


@STEADY
@given(st.binary(max_size=300))
def test_reading_rubbish_never_fails_otherwise(data):
    for extra in (b"", b'{"depgraph":"recording","format":1,"subject":"a.com"}\n'):
        try:
            read(io.BytesIO(extra + data))
        except RecordingError as error:
            line = str(error)
        else:
            assert extra
            continue
        assert len(line.splitlines()) == 1
        assert verify(io.BytesIO(extra + data))


# Writers


def _try_to_write(path, queue):
    try:
        Journal(path, HEADER).close()
        queue.put("wrote")
    except RecordingError as error:
        queue.put(str(error))


def test_a_second_writer_is_refused(tmp_path):
    path = tmp_path / "x"
    context = multiprocessing.get_context("spawn")
    queue = context.Queue()
    with Journal(path, HEADER) as journal:
        journal.append(a(0))
        with pytest.raises(RecordingError, match="found another process writing it"):
            Journal(path, HEADER)
        process = context.Process(target=_try_to_write, args=(path, queue))
        process.start()
        assert "found another process writing it" in queue.get(timeout=60)
        process.join()
        journal.append(a(1))
    Journal(path, HEADER).close()
    assert len(read(path)) == 2


def test_unwritable_places_are_said(tmp_path):
    with pytest.raises(RecordingError, match=r"expected to write .*No such file or directory"):
        Journal(tmp_path / "no" / "x", HEADER)
    with pytest.raises(RecordingError, match=r"expected to write .*Is a directory"):
        Journal(tmp_path, HEADER)
    with pytest.raises(RecordingError, match="expected to write"):
        write(Recording(HEADER, ()), tmp_path / "no" / "x")
    with pytest.raises(RecordingError, match="expected to write"):
        write(Recording(HEADER, ()), tmp_path)
    assert names_in(tmp_path) == []


def test_a_full_disk_keeps_what_was_written(tmp_path, monkeypatch):
    path = tmp_path / "x"
    real = os.write
    journal = Journal(path, HEADER)
    journal.append(a(0))
    before = path.read_bytes()

    room = [20]

    def full(file, data):
        if room[0] <= 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        part = real(file, data[: room[0]])
        room[0] -= part
        return part

    monkeypatch.setattr(journal_module.os, "write", full)
    with pytest.raises(RecordingError) as caught:
        journal.append(a(1))
    assert str(caught.value) == (
        f"expected to write {path}, found: No space left on device. "
        "What was written before is kept; free space or give another file"
    )
    assert path.read_bytes() == before
    monkeypatch.undo()
    journal.append(a(2))
    journal.finish()
    journal.close()
    assert verify(path) == []
    assert [o.subject for o in read(path)] == ["host0.example.com", "host2.example.com"]


def test_a_failed_write_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "x"
    write(Recording(HEADER, (a(0),)), path)
    before = path.read_bytes()

    def full(file, data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(journal_module.os, "write", full)
    with pytest.raises(RecordingError, match="No space left"):
        write(Recording(HEADER, (a(1),)), path, overwrite=True)
    assert path.read_bytes() == before
    assert names_in(tmp_path) == ["x"]


def test_a_recording_that_has_more_is_not_written_over(tmp_path):
    path = tmp_path / "x"
    write(Recording(HEADER, (a(0), a(1))), path)
    before = path.read_bytes()
    for lacking in [(), (a(1),), (a(1), a(2))]:
        with pytest.raises(RecordingError) as caught:
            write(Recording(HEADER, lacking), path)
        lost = 2 - len({a(0), a(1)} & set(lacking))
        assert str(caught.value) == (
            f"expected no other recording in {path}, found one with {lost} observations that "
            "this one lacks: give another file, merge the two, or say overwrite=True"
        )
        assert path.read_bytes() == before
    write(Recording(HEADER, (a(2), a(1), a(0))), path)  # it holds all that was there
    assert len(read(path)) == 3
    write(Recording(HEADER, (a(3),)), path, overwrite=True)
    assert read(path).observations == (a(3),)


@pytest.mark.parametrize("pack", [bytes, gzip.compress, lzma.compress])
def test_a_packed_or_damaged_recording_is_not_written_over(tmp_path, pack):
    made(tmp_path / "whole", 3)
    content = (tmp_path / "whole").read_bytes()
    for damaged in (content, content.replace(b'"subject"', b'"object"'), content[:40]):
        path = tmp_path / "x"
        packed = pack(damaged)  # once: gzip writes the second of the day
        path.write_bytes(packed)
        with pytest.raises(RecordingError, match="expected no other recording"):
            write(Recording(HEADER, (a(9),)), path)
        assert path.read_bytes() == packed


@pytest.mark.parametrize("content", [b"", b"a report\n", b'{"depgraph": "graph"}', GZIP + b"x", XZ])
def test_what_is_no_recording_is_written_over(tmp_path, content):
    path = tmp_path / "x"
    path.write_bytes(content)
    assert not is_recording(path)
    write(Recording(HEADER, (a(0),)), path)
    assert is_recording(path)


def test_file_systems_without_locks_still_work(tmp_path, monkeypatch, caplog):
    import fcntl

    def no_locks(file, how):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", no_locks)
    made(tmp_path / "x")
    assert "no lock against a second writer" in caplog.text
    assert verify(tmp_path / "x") == []


def test_each_append_is_in_the_file_before_it_returns(tmp_path):
    path = tmp_path / "x"
    with Journal(path, HEADER) as journal:
        for number in range(3):
            journal.append(a(number))
            assert len(read(path)) == number + 1


# Days and merging


def test_days():
    assert Recording(HEADER, ()).days == (date(2026, 9, 25), date(2026, 9, 26))
    bare = Header(subject="example.com")
    later = a(0, time=NOON + timedelta(days=3), until=NOON + timedelta(days=5))
    assert Recording(bare, (later, a(1))).days == (date(2026, 9, 25), date(2026, 9, 30))
    assert repr(Recording(HEADER, (a(1),))) == (
        "<Recording of example.com, 2026-09-25 to 2026-09-26: 1 observations>"
    )


def test_merge_joins_places_and_days():
    paris = Recording(
        Header(subject="example.com", vantage="Paris", hosts=("m.com", "b.com")), (a(1), a(2))
    )
    oslo = Recording(
        Header(subject="example.com", vantage="Oslo", title="T", hosts=("a.com", "b.com")),
        (a(1), a(3, vantage="Bergen"), a(0, time=NOON - timedelta(days=2))),
        complete=False,
        problems=("torn",),
    )
    both = merge([paris, oslo])
    assert both.observations == merge([oslo, paris]).observations
    assert [(o.subject[:5], o.vantage) for o in both] == [
        ("host0", "Oslo"),
        ("host1", "Oslo"),
        ("host1", "Paris"),
        ("host2", "Paris"),
        ("host3", "Bergen"),
    ]
    assert both.header == Header(
        subject="example.com",
        since=date(2026, 9, 23),
        until=date(2026, 9, 25),
        title="T",
        vantage="Oslo, Paris",
        hosts=("a.com", "b.com", "m.com"),
    )
    assert not both.complete
    assert both.problems == ("torn",)


def test_merge_drops_what_is_equal_only():
    one = a(1)
    other = a(1, evidence=Evidence.REPORTED, citation="x")
    merged = merge([Recording(HEADER, (one, other)), Recording(HEADER, (one,))])
    assert len(merged) == 2
    assert merge([merged]).observations == merged.observations


def test_merge_wants_one_service():
    with pytest.raises(RecordingError, match=r"found a\.com, b\.com: merge those of one name"):
        merge([Recording(Header(subject="b.com"), ()), Recording(Header(subject="a.com"), ())])
    with pytest.raises(RecordingError, match="found none"):
        merge([])
