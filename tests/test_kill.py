"""kill -9 at any moment: the recording opens, verifies, and only what is missing is asked again."""

import random
import time

import pytest

from depgraph import graph, recording
from depgraph.collect import observe
from depgraph.errors import RecordingError
from depgraph.recording import Recording
from tests.lab.compare import differences
from tests.lab.observer import observer

pytestmark = pytest.mark.lab

NAME = "shop.example"
KILLS = 50
SEED = 2021
# IANA's lists of RDAP servers are tables that each run fetches once, if it needs them.
BOOTSTRAP = {
    (f"https://data.iana.org/rdap/{kind}.json", "", "RDAP") for kind in ("dns", "ipv4", "ipv6")
}


def recorded(found: Recording) -> set[tuple[str, str, str]]:
    """Give the questions whose answers stand in a recording: whom, what, which type.

    What an answer says besides (a delegation, glue) comes before it: without the answer itself
    its line was the one being written.
    """
    return {
        (o.server, "", "RDAP") if o.server.startswith("https:") else (o.server, o.subject, o.type)
        for o in found
        if o.server and o.section == "answer"
    }


def asked(lab) -> list[tuple[str, str, str]]:
    """Give the questions of the lab's log in the same form; a URL is its own question."""
    rows = []
    for a in lab.log:
        if a.proto == "http":
            rows.append((f"https://{a.server}{a.name}", "", "RDAP"))
        elif a.proto == "whois":
            rows.append((a.server, a.name, "registration"))
        else:
            rows.append((a.server, a.name, a.type))
    return rows


def wait_for(condition, *, seconds=30.0):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "expected it to happen, and it did not"
        time.sleep(0.0005)


def test_fifty_kills(lab, tmp_path):
    """Moments are counted in questions that came in, so that a slow machine kills the same."""
    maps = tmp_path / "maps.json"
    lab.write_maps(maps)
    dice = random.Random(SEED)
    with observer(maps) as run:
        whole = tmp_path / "whole.jsonl"
        run.start(NAME, whole)
        assert run.wait() == 0
        total = len(lab.log)
        first = recording.read(whole)
        assert set(asked(lab)) <= recorded(first) | BOOTSTRAP, "each question is recorded"
        complete = graph.build(first)
        moments = sorted(dice.randrange(total) for _ in range(KILLS))
        states = {"empty": 0, "part": 0, "whole": 0, "torn": 0}
        for number, moment in enumerate(moments):
            path = tmp_path / f"{number}.jsonl"
            lab.log.clear()
            pid = run.start(NAME, path)
            wait_for(lambda moment=moment, pid=pid: len(lab.log) > moment or not run.alive(pid))
            time.sleep(dice.random() * 0.002)  # between two questions too, not only at one
            run.kill(pid)
            run.wait()
            before = open_after_kill(path, states)
            lab.log.clear()
            run.start(NAME, path, resume=True)
            assert run.wait() == 0, f"resuming after a kill at question {moment} failed"
            again = recorded(before) & set(asked(lab)) - BOOTSTRAP if before else set()
            assert not again, f"asked again after a kill at question {moment}: {sorted(again)}"
            assert recording.verify(path) == []
            after = recording.read(path)
            assert after.complete
            assert differences(graph.build(after), complete) == []
    assert states["part"] > KILLS // 2, states


def open_after_kill(path, states):
    """Open what a killed process left; None where it had written nothing yet."""
    if not path.exists() or not path.read_bytes():
        states["empty"] += 1
        return None
    faults = recording.verify(path, unfinished=True)
    assert all("cut off" in fault for fault in faults), faults
    states["torn"] += bool(faults)
    try:
        found = recording.read(path)
    except RecordingError:
        assert b"\n" not in path.read_bytes(), "only a header cut off leaves nothing to read"
        states["empty"] += 1
        return None
    states["whole" if found.complete else "part"] += 1
    return found


def test_cut_off_between_a_failure_and_what_was_tried_next(lab, tmp_path):
    """A registry says 404 of a block that has moved; the next one is asked also after a kill."""
    name = "gateway.example"
    whole = tmp_path / "whole.jsonl"
    first = observe(name, output=whole, endpoints=lab.endpoints, progress=False)
    complete = graph.build(first)
    lines = whole.read_bytes().splitlines(keepends=True)
    failures = [n for n, line in enumerate(lines) if b'"holder"' in line and b"not-found" in line]
    assert failures
    for number in failures:
        path = tmp_path / f"{number}.jsonl"
        path.write_bytes(b"".join(lines[: number + 1]))
        again = observe(name, output=path, resume=True, endpoints=lab.endpoints, progress=False)
        assert differences(graph.build(again), complete) == []


def test_a_whole_recording_asks_nothing_more(lab, tmp_path):
    maps = tmp_path / "maps.json"
    lab.write_maps(maps)
    path = tmp_path / "whole.jsonl"
    with observer(maps) as run:
        run.start(NAME, path)
        assert run.wait() == 0
        first = recording.read(path)
        lab.log.clear()
        run.start(NAME, path, resume=True)
        assert run.wait() == 0
    assert lab.log == []
    assert recording.read(path).observations == first.observations
    assert recording.verify(path) == []
