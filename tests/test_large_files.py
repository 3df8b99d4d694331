"""What a file costs grows as it does: in instructions that are run, not seconds, which differ by machine."""

import sys
from datetime import UTC, date, datetime
from itertools import islice

import pytest

from benchmarks import large
from depgraph.graph import build
from depgraph.observations import Observation, Status
from depgraph.readers import gather, interval, open_any
from depgraph.readers.wildcards import covered
from depgraph.recording import Header, Recording

DAY = interval("2026-08-01")
STEP = 40  # records


def instructions(do):
    """Count the instructions of depgraph that the interpreter runs."""
    count = 0

    def trace(frame, event, _):
        nonlocal count
        if "/depgraph/" not in frame.f_code.co_filename:
            return None
        frame.f_trace_lines, frame.f_trace_opcodes = False, True
        count += event == "opcode"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        do()
    finally:
        sys.settrace(before)
    return count


def graph_of(path):
    for one in open_any(path, undated=DAY, name="a.example"):
        if one.subject == "a.example":
            build(one, at=date(2026, 8, 1))


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("zone", "addresses"),
        ("zone", "soa"),
        ("zone", "servers"),
        ("zone", "services"),
        ("zone", "foreign-both"),
        ("zone", "all-kinds"),
        ("columns", "soa"),
        ("route53", "soa"),
    ],
)
def test_twice_as_many_records_take_twice_as_long(form, kind, tmp_path):
    counts = []
    for number in range(4):  # the first loads what is loaded once
        head, of_row, between, tail = large.FORMS[form]
        parts = [of_row(row) for row in islice(large.rows(kind), max(1, number) * STEP)]
        path = tmp_path / f"{number}.txt"
        path.write_text(head + between.join(parts) + tail, encoding="utf-8")
        counts.append(instructions(lambda path=path: graph_of(path)))
    _, one, two, three = counts
    assert three - two < 1.05 * (two - one)


def test_the_delegations_of_a_zone_are_looked_through_once_for_all_names():
    class Cuts(list):
        times = 0

        def __iter__(self):
            Cuts.times += 1
            return super().__iter__()

    sets = {f"h{n}.a.example": {"CNAME": (60, (f"t{n}.w.a.example",))} for n in range(50)}
    sets |= {"a.example": {"SOA": (60, ("",))}, "*.w.a.example": {"A": (60, ("192.0.2.1",))}}
    cuts = Cuts([f"c{n}.a.example" for n in range(50)])
    assert len(covered("a.example", sets, cuts=cuts)) == 50
    assert Cuts.times == 1


@pytest.mark.parametrize(("others", "read"), [([], 1), (["x.example"], 1), (["mx.b.example"], 2)])
def test_a_file_is_read_again_only_for_names_that_it_has_more_of(others, read):
    day = date(2026, 8, 1)

    def one(subject, kind, value):
        return Recording(
            Header(subject=subject, since=day, until=day),
            (
                Observation(
                    subject=subject,
                    type=kind,
                    status=Status.ANSWER,
                    values=(value,),
                    time=datetime(2026, 8, 1, tzinfo=UTC),
                ),
            ),
        )

    held = [one(name, "A", "192.0.2.1") for name in others]
    passes = []

    def entries():
        passes.append(1)
        return [*held, one("a.example", "MX", "10 mx.b.example")]

    found = gather(entries, "a.example", pytest.fail)
    assert len(passes) == read
    assert {two.subject for two in found} == {"a.example", *({"mx.b.example"} & {*others})}
