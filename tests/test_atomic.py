"""Files are written whole or not at all, whatever happens on the way."""

import errno
import os
import stat
import subprocess
import sys
import threading

import pytest

from depgraph import atomic
from depgraph.atomic import replacing, write_bytes, write_text


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_file_takes_the_place_of_the_one_before_when_it_is_whole(tmp_path):
    target = tmp_path / "x.json"
    target.write_text("before")
    with replacing(target) as temporary:
        assert temporary.parent == tmp_path
        assert not temporary.exists()
        temporary.write_text("after")
        assert target.read_text() == "before"
    assert target.read_text() == "after"
    assert names_in(tmp_path) == ["x.json"]


def _break_off(target, fault):
    with replacing(target) as temporary:
        temporary.write_text("half")
        raise fault


@pytest.mark.parametrize("fault", [ValueError, KeyboardInterrupt, OSError])
def test_whatever_goes_wrong_leaves_the_old_file_and_nothing_beside_it(tmp_path, fault):
    target = tmp_path / "x"
    target.write_text("before")
    with pytest.raises(fault):
        _break_off(target, fault)
    assert target.read_text() == "before"
    assert names_in(tmp_path) == ["x"]


def test_a_block_that_writes_nothing_is_an_error_and_changes_nothing(tmp_path):
    target = tmp_path / "x"
    target.write_text("before")
    with pytest.raises(FileNotFoundError, match="x"), replacing(target):
        pass
    assert target.read_text() == "before"


@pytest.mark.parametrize("durable", [False, True])
def test_errors_are_said_of_the_file_that_was_asked_for(tmp_path, monkeypatch, durable):
    target = tmp_path / "no such folder" / "x"
    with (
        pytest.raises(FileNotFoundError) as caught,
        replacing(target, durable=durable) as temporary,
    ):
        temporary.write_text("half")
    assert caught.value.filename == str(target)
    with pytest.raises(IsADirectoryError) as caught:
        write_text(tmp_path, "text")
    assert caught.value.filename == str(tmp_path)

    def full(self, content):
        raise OSError(errno.ENOSPC, f"cannot write {self}: no space")

    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    with pytest.raises(OSError, match="no space") as caught:
        write_bytes(tmp_path / "x", b"text")
    assert ".part" not in str(caught.value)
    assert names_in(tmp_path) == []


def test_an_error_of_another_file_keeps_its_name(tmp_path):
    with pytest.raises(FileNotFoundError) as caught, replacing(tmp_path / "x") as temporary:
        temporary.write_bytes((tmp_path / "source").read_bytes())
    assert str(caught.value.filename) == str(tmp_path / "source")


def test_two_writers_of_one_file_do_not_meet(tmp_path):
    target = tmp_path / "x"
    contents = [bytes([65 + n]) * 200_000 for n in range(8)]
    threads = [threading.Thread(target=write_bytes, args=(target, c)) for c in contents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert target.read_bytes() in contents
    assert names_in(tmp_path) == ["x"]


def test_a_symbolic_link_stays_one(tmp_path):
    (tmp_path / "folder").mkdir()
    real = tmp_path / "folder" / "real"
    real.write_text("before")
    link = tmp_path / "link"
    link.symlink_to(real)
    write_text(link, "after")
    assert link.is_symlink()
    assert real.read_text() == "after"
    assert names_in(tmp_path / "folder") == ["real"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_written_into(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_text(pipe, "through")
    assert os.read(reader, 100) == b"through"
    os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert names_in(tmp_path) == ["pipe"]


@pytest.mark.skipif(os.name != "posix", reason="umask")
def test_a_new_file_has_the_rights_of_any_other(tmp_path):
    (tmp_path / "plain").write_text("x")
    write_text(tmp_path / "ours", "x")
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_text_is_utf8_with_the_line_ends_it_has(tmp_path):
    write_text(tmp_path / "x", "é\n\r\n")
    assert (tmp_path / "x").read_bytes() == b"\xc3\xa9\n\r\n"


def test_a_durable_file_is_on_the_disk_before_it_is_moved(tmp_path, monkeypatch):
    synced = []
    monkeypatch.setattr(atomic.os, "fsync", lambda file: synced.append(os.fstat(file).st_size))
    target = tmp_path / "x"
    target.write_text("before")
    with replacing(target, durable=True) as temporary:
        temporary.write_text("four")
        assert synced == []
    assert synced == [4]
    assert target.read_text() == "four"


def test_what_a_killed_process_left_half_written_is_removed(tmp_path):
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left = tmp_path / f".{gone.pid}-0123abcd.part"
    kept = [
        tmp_path / f".{os.getpid()}-0123abcd.part",  # is being written
        tmp_path / f".{gone.pid}-notes.part",  # somebody's own
        tmp_path / "a.csv",
    ]
    for path in (left, *kept):
        path.write_text("a")
    atomic.sweep(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted(kept)
