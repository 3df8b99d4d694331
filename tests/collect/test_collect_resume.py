"""A run killed at any moment goes on where it stood, and asks nothing twice."""

import json
import os
import signal
import subprocess
import sys
import textwrap

import dns.message
import dns.rcode
import fake_shop
import pytest

from depgraph.collect import Budget, observe
from depgraph.errors import CollectionError, RecordingError
from depgraph.graph import build
from depgraph.observations import Status
from depgraph.recording import Journal, read, verify

PATIENT = Budget(timeout=60.0, hedge=60.0)  # which server is asked, no clock may decide


def collect(world, **options):
    options.setdefault("budget", PATIENT)
    return observe(
        "shop.com", endpoints=world.endpoints, registration=False, progress=False, **options
    )


@pytest.fixture
def world():
    with fake_shop.shop() as world:
        yield world


def refuse(query, proto):
    reply = dns.message.make_response(query)
    reply.set_rcode(dns.rcode.REFUSED)
    return reply.to_wire()


def facts(recording):
    return {(*o.question, o.section, o.status, o.values) for o in recording}


def put(recording):
    """Give the questions that a recording says were put: name, type, server."""
    return {
        (o.subject, o.type, o.server)
        for o in recording
        if o.source == "dns" and o.section == "answer" and o.server
    }


def test_from_each_line_on_only_what_is_missing_is_asked(world, tmp_path):
    whole = tmp_path / "whole.jsonl"
    full = collect(world, output=whole)
    lines = whole.read_bytes().splitlines(keepends=True)
    for kept in range(1, len(lines), 5):
        path = tmp_path / f"{kept}.jsonl"
        path.write_bytes(b"".join(lines[:kept]) + lines[kept][: kept % 40])
        before = put(observation for observation in full.observations[: kept - 1])
        world.asked.clear()
        resumed = collect(world, output=path, resume=True)
        asked = {(name, kind, server) for name, kind, server, _ in world.asked}
        assert len(asked) == len(world.asked)
        assert not asked & before
        assert facts(resumed) == facts(full)
        assert resumed.complete
        assert verify(path) == []


def test_a_complete_recording_is_not_asked_again(world, tmp_path):
    path = tmp_path / "x.jsonl"
    first = collect(world, output=path)
    world.asked.clear()
    second = collect(world, output=path, resume=True)
    assert world.asked == []
    assert second == first
    assert verify(path) == []


def test_what_the_budget_forbade_is_asked_on_resumption(world, tmp_path):
    path = tmp_path / "x.jsonl"
    collect(world, output=path, budget=Budget(questions=25))
    first = set(world.asked)
    world.asked.clear()
    resumed = collect(world, output=path, resume=True)
    assert not first & set(world.asked)
    answered = {(o.subject, o.type) for o in resumed if o.status.asked}
    refused = {(o.subject, o.type) for o in resumed if o.status is Status.NOT_ASKED_BUDGET}
    assert refused <= answered
    assert verify(path) == []


def test_what_failed_is_asked_again_and_its_answer_counts(world, tmp_path):
    path = tmp_path / "x.jsonl"
    whole = collect(world)
    world.faults[fake_shop.ULTRA1] = refuse
    failed = collect(world, output=path)
    refused = {(o.subject, o.type) for o in failed if o.status is Status.REFUSED}
    assert refused
    world.faults.clear()
    world.asked.clear()
    again = collect(world, output=path, resume=True)
    assert refused <= {(name, kind) for name, kind, server, _ in world.asked}
    assert {server for *_, server, _ in world.asked} == {fake_shop.ULTRA1}
    assert verify(path) == []
    assert sorted(build(again)) == sorted(build(whole))


def test_what_fails_again_is_not_recorded_again(world, tmp_path):
    path = tmp_path / "x.jsonl"
    world.faults[fake_shop.ULTRA1] = refuse
    collect(world, output=path)
    lines = path.read_bytes()
    collect(world, output=path, resume=True)
    assert path.read_bytes() == lines


def test_another_subnet_is_another_question(world, tmp_path):
    path = tmp_path / "x.jsonl"
    collect(world, output=path, subnet="203.0.113.0/24")
    world.asked.clear()
    both = collect(world, output=path, resume=True, subnet="192.0.2.0/24")
    assert len(world.asked) > 50
    assert {o.subnet for o in both} == {"203.0.113.0/24", "192.0.2.0/24"}


def test_a_file_that_exists_is_not_written_over(world, tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_text("something of yours\n")
    with pytest.raises(CollectionError, match="resume it, or give another"):
        collect(world, output=path)
    with pytest.raises(RecordingError):
        collect(world, output=path, resume=True)
    assert path.read_text() == "something of yours\n"


def test_a_full_disk_ends_the_collection_and_keeps_the_file(world, tmp_path, monkeypatch):
    path = tmp_path / "x.jsonl"
    append = Journal.append
    written = []

    def full(self, observation):
        if len(written) == 30:
            raise RecordingError("expected to write x.jsonl, found: No space left on device")
        written.append(observation)
        append(self, observation)

    monkeypatch.setattr(Journal, "append", full)
    with pytest.raises(RecordingError, match="No space left"):
        collect(world, output=path)
    assert len(read(path)) == 30
    assert verify(path, unfinished=True) == []


def test_killed_processes_leave_whole_recordings(world, tmp_path):
    """kill -9 after so many lines: what stands there opens, verifies and is gone on with."""
    script = tmp_path / "child.py"
    script.write_text(
        textwrap.dedent(
            f"""
            import os, signal, sys
            from depgraph.collect import Endpoints, observe
            from depgraph.recording import Journal

            append, count = Journal.append, 0

            def dying(self, observation):
                global count
                append(self, observation)
                count += 1
                if count == int(sys.argv[2]):
                    os.kill(os.getpid(), signal.SIGKILL)

            Journal.append = dying
            observe("shop.com", output=sys.argv[1], registration=False, progress=False,
                endpoints=Endpoints(dns={dict(world.endpoints.dns)!r},
                    roots={dict(world.endpoints.roots)!r}, closed=True))
            """
        )
    )
    for lines in (1, 7, 40, 90):
        path = tmp_path / f"{lines}.jsonl"
        world.asked.clear()
        child = subprocess.run([sys.executable, script, path, str(lines)], check=False)
        assert child.returncode == -signal.SIGKILL
        assert verify(path, unfinished=True) == []
        recorded = put(read(path))
        world.asked.clear()
        resumed = collect(world, output=path, resume=True)
        assert not recorded & {(name, kind, server) for name, kind, server, _ in world.asked}
        assert resumed.complete


def test_a_recording_of_another_name_is_not_gone_on_with(world, tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_text(
        json.dumps({"depgraph": "recording", "format": 1, "subject": "other.com"}) + os.linesep
    )
    with pytest.raises(RecordingError, match=r"other\.com"):
        collect(world, output=path, resume=True)


def test_other_hosts_are_asked_and_kept_and_asked_again_on_resumption(world, tmp_path):
    path = tmp_path / "x.jsonl"
    collect(world, output=path, hosts=["API.shop.com."], budget=Budget(questions=6))
    world.asked.clear()
    resumed = collect(world, output=path, resume=True)
    assert read(path).header.hosts == ("api.shop.com",)
    assert "api.shop.com" in {name for name, *_ in world.asked}
    assert "function:shop.com/web:api.shop.com" in build(resumed)
    with pytest.raises(CollectionError, match=r"found also chat\.shop\.com: observe them into"):
        collect(world, output=path, resume=True, hosts=["chat.shop.com"])
