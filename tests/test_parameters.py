"""Whatever is given for a parameter of a public function: an answer, or the error it documents."""

from __future__ import annotations

import inspect
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import depgraph
from depgraph import analysis, pictures
from depgraph.analysis.results import Result
from depgraph.errors import (
    CollectionError,
    DepgraphError,
    GraphError,
    InvalidName,
    QuestionError,
    RecordingError,
)
from depgraph.parameters import PARAMETERS, checked

ROOT = Path(__file__).parent.parent
EARLIER, LATER = (
    depgraph.build(depgraph.read(ROOT / "tests/scenarios/null-mx.jsonl"), at=day)
    for day in ("2026-01-14", "2026-01-15")
)
RECORDING = depgraph.read(ROOT / "tests/scenarios/null-mx.jsonl")
ANSWER = depgraph.takedown(LATER)

JUNK: list[Any] = [
    *(None, "2", "x\x1b", "", b"x", 2, 0, -1, 1.5, float("nan"), True, 10**30),
    *([], {}, (1, 2), ["US"], [None], object(), Path("no such file"), print),
]
LOOKED_AT_ELSEWHERE = {  # parameters that have a reader of their own
    *("graph", "graphs", "before", "after", "recording", "recordings", "observations", "source"),
    *("actors", "on", "at"),
}
# Function -> arguments with which it answers, and the errors that it documents.
DOORS: dict[str, tuple[Callable[..., Any], dict[str, Any], tuple[type[DepgraphError], ...]]] = {
    "takedown": (depgraph.takedown, {"graph": LATER}, (QuestionError,)),
    "explain": (
        analysis.explain,
        {"name": "mx.example.org", "day": date(2026, 1, 15)},
        (QuestionError, InvalidName),
    ),
    "who": (analysis.who, {"name": "akamai", "day": date(2026, 1, 15)}, (QuestionError,)),
    "exposure": (depgraph.exposure, {"graph": LATER}, (QuestionError,)),
    "findings": (depgraph.findings, {"graph": LATER}, (QuestionError,)),
    "without": (depgraph.without, {"graph": LATER, "actors": "US"}, (QuestionError,)),
    "dependence": (depgraph.dependence, {"graph": LATER, "on": "US"}, (QuestionError,)),
    "check": (depgraph.check, {"graph": LATER, "claim": "free of US"}, (QuestionError,)),
    "importance": (depgraph.importance, {"graph": LATER}, (QuestionError,)),
    "wanted": (analysis.wanted, {"graph": LATER}, (QuestionError,)),
    "precedents": (analysis.precedents, {"lever": "evict"}, (QuestionError,)),
    "evaluate": (analysis.evaluate, {"graph": LATER}, (QuestionError,)),
    "compare": (depgraph.compare, {"before": EARLIER, "after": LATER}, (QuestionError,)),
    "timeline": (depgraph.timeline, {"graphs": [EARLIER, LATER]}, (QuestionError,)),
    "report": (depgraph.report, {"graph": LATER}, (QuestionError,)),
    "page": (depgraph.page, {"graph": LATER}, (QuestionError,)),
    "plot": (depgraph.plot, {"graphs": LATER, "kind": "strip"}, (QuestionError,)),
    "draw": (depgraph.draw, {"graphs": LATER, "path": "x.svg"}, (QuestionError,)),
    "scene": (pictures.scene, {"graphs": LATER}, (QuestionError,)),
    "survey": (pictures.survey, {"source": [LATER]}, (QuestionError,)),
    "concentration": (pictures.concentration, {"source": [LATER]}, (QuestionError,)),
    "timeline picture": (pictures.timeline, {"graphs": [EARLIER, LATER]}, (QuestionError,)),
    "build": (depgraph.build, {"recording": RECORDING}, (GraphError,)),
    "validate": (depgraph.validate, {"graph": LATER}, ()),
    "example": (depgraph.example, {"name": "parler.com", "since": "2021"}, (RecordingError,)),
    "read": (depgraph.read, {"source": "x.jsonl"}, (RecordingError,)),
    "verify": (depgraph.verify, {"source": io.BytesIO()}, (RecordingError,)),
    "merge": (depgraph.merge, {"recordings": [RECORDING]}, (RecordingError,)),
    "write": (depgraph.write, {"recording": RECORDING, "path": "x.jsonl"}, (RecordingError,)),
    "observe": (depgraph.observe, {"name": "a..b"}, (CollectionError, InvalidName)),
    "text": (ANSWER.text, {}, (QuestionError,)),
    "to_html": (ANSWER.to_html, {}, (QuestionError,)),
    "to_markdown": (ANSWER.to_markdown, {}, (QuestionError,)),
}
PAIRS = [
    (door, name)
    for door, (function, _, _) in DOORS.items()
    for name in inspect.signature(function).parameters
    if name not in LOOKED_AT_ELSEWHERE
]


def test_every_public_function_and_parameter_is_tried() -> None:
    public = {*depgraph.__all__, *(w for w in analysis.__all__ if w.islower())}
    assert public <= set(DOORS)
    methods = {name for name, one in vars(Result).items() if callable(one) and name[0] != "_"}
    assert methods - set(DOORS) == {"to_dict", "to_json", "to_frame", "rows"}  # without any
    unknown = [pair for pair in PAIRS if pair[1] not in PARAMETERS]
    assert not unknown, "say in depgraph/parameters.py what they may be"


@pytest.mark.parametrize(("door", "name"), PAIRS)
def test_what_a_parameter_is_not_is_refused_in_one_line(
    door: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    errors = [refusal(door, name, value) for value in JUNK]
    assert any(errors)
    for value, said in zip(JUNK, errors, strict=True):
        if not said:
            assert PARAMETERS[name].admits(value), value
            continue
        assert "expected " in said
        assert "found" in said
        assert said.isprintable()
        assert len(said) < 1000


def refusal(door: str, name: str, value: object) -> str:
    """Return what a function says of a value that it refuses; any other error fails the test."""
    function, given, documented = DOORS[door]
    try:
        function(**given | {name: value})
    except documented as error:
        return str(error)
    return ""


def test_the_message_says_what_a_parameter_may_be() -> None:
    calls: list[tuple[type[DepgraphError], Callable[[], object], str]] = [
        (
            QuestionError,
            lambda: depgraph.takedown(LATER, upto="2"),
            "expected a number from 1, or None for all for `upto`, found '2'",
        ),
        (
            QuestionError,
            lambda: depgraph.without(LATER, "US", horizon=[]),
            (
                "expected a horizon such as '30d', seconds, a timedelta, or None for no end for "
                "`horizon`, found []"
            ),
        ),
        (
            GraphError,
            lambda: depgraph.build(RECORDING, hosts="api.shop.com"),
            (
                "expected a list of host names such as ['api.example.org'] for `hosts`, "
                "found 'api.shop.com'"
            ),
        ),
    ]
    for error, call, message in calls:
        with pytest.raises(error) as caught:
            call()
        assert str(caught.value) == message


def test_a_call_that_python_refuses_is_left_to_python() -> None:
    with pytest.raises(TypeError, match="missing a required argument: 'graph'"):
        depgraph.takedown()
    with pytest.raises(TypeError, match="unexpected keyword argument 'levels'"):
        depgraph.takedown(LATER, levels="asn")


def test_a_checked_function_looks_as_it_was_written() -> None:
    def plain(level: str = "company") -> str:
        """Say it."""
        return level

    door = checked()(plain)
    assert (door("asn"), door(), door.__doc__) == ("asn", "company", "Say it.")
    assert inspect.signature(door) == inspect.signature(plain)


def test_arguments_that_do_not_fit_are_told_with_the_function():
    with pytest.raises(TypeError, match=r"^without\(\): too many positional arguments$"):
        depgraph.without("a graph", "amazon", "hetzner")
