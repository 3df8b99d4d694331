"""A failure is cited from the observation in which it was seen, and not from another's."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from depgraph.analysis import findings
from depgraph.graph import build
from depgraph.observations import Status, format_time
from depgraph.recording import read
from depgraph.vocabulary import reasons
from tests.graphs import DAY, delegated, glue, made, seen
from tests.scenarios.test_scenarios import CATALOGUE as OF_SCENARIOS
from tests.scenarios.test_scenarios import HERE, NAMES

OUTCOMES = {status.value for status in Status} - {"answer", "referral"}
LATER = DAY + timedelta(hours=3)


def outcomes(text):
    """Return the outcomes of questions that coded reasons name, also within others."""
    found = set()
    for one in reasons(text):
        found |= {one.code.value} & OUTCOMES
        found |= outcomes(one.get("reason")) if one.get("reason") else set()
    return found


def wrongly_cited(graph, rows):
    """List what says a failure and cites an observation that ended otherwise, or none."""
    at = {}
    for o in rows:
        at.setdefault((format_time(o.time), o.server), set()).add(o.status.value)
    wrong = []
    for one in findings(graph).findings:
        said = outcomes(one.reason)
        if said and not said & at.get((one.time, one.server), set()):
            wrong.append((one.id, one.reason, one.time, one.server))
    shown = [data for _, data in graph.nodes(data=True)]
    shown += [data for *_, data in graph.edges(data=True)]
    for data in shown:
        text = data.get("finding") or data.get("reason") or ""
        by = data.get("shown_by", "")
        assert not by or len(reasons(by)) == len(reasons(text))
        for reason, source in zip(reasons(text), reasons(by), strict=False):
            assert reason.code is source.code
            said = outcomes(str(reason))
            cited = (source.get("time"), source.get("server"))
            if source.data and said and not said & at.get(cited, set()):
                wrong.append((str(reason), *cited))
    for _, head, data in graph.edges(data=True):
        said = outcomes(graph.nodes[head].get("reason", ""))
        cited = (data.get("time"), data.get("server", ""))
        told = said and data["evidence"] == "unknown" and "time" in data
        if told and not said & at.get(cited, set()):
            wrong.append((head, *cited))
    return wrong


@pytest.mark.parametrize("name", NAMES)
def test_of_each_kind_of_failure(name):
    rows = read(HERE / f"{name}.jsonl")
    assert wrongly_cited(build(rows, catalogue=OF_SCENARIOS), rows.observations) == []


A, B = "192.0.2.1", "192.0.2.2"
LISTED = [
    delegated("shop.com", "a.shop.com", "b.shop.com", server="192.0.2.53"),
    glue("a.shop.com", A),
    glue("b.shop.com", B),
]


def asked(status, server, name, kind="SOA", **more):
    values = ("a.shop.com h.shop.com 1 1 1 1 1",) if status == "answer" else ()
    more = {"zone": "shop.com", "flags": ("AA",), "time": LATER} | more
    return seen("shop.com", kind, *values, status=status, server=server, server_name=name, **more)


@pytest.mark.parametrize("status", ["timeout", "refused", "lame", "servfail", "unreachable"])
def test_a_server_that_did_not_serve_is_cited_from_its_own_answer(status):
    rows = [*LISTED, asked("answer", A, "a.shop.com"), asked(status, B, "b.shop.com")]
    g = made(*rows)
    found = [one for one in findings(g).findings if one.reason.startswith("did-not-serve")]
    assert [(one.server, one.time, one.evidence) for one in found] == [
        (B, format_time(LATER), "observed")
    ]
    assert wrongly_cited(g, rows) == []


def test_a_zone_that_no_server_answers_for_is_cited_from_one_that_failed():
    rows = [*LISTED, asked("timeout", A, "a.shop.com"), asked("refused", B, "b.shop.com")]
    g = made(*rows)
    (found,) = [one for one in findings(g).findings if one.reason.startswith("unresolved")]
    assert (found.server in {A, B}, found.time) == (True, format_time(LATER))
    assert wrongly_cited(g, rows) == []


def test_a_name_server_whose_name_does_not_exist_is_cited_from_the_denial():
    denied = [
        seen("b.gone.net", kind, status="nxdomain", server="192.0.2.99", time=LATER)
        for kind in ("A", "AAAA")
    ]
    rows = [delegated("shop.com", "a.shop.com", "b.gone.net", server="192.0.2.53"), *denied]
    g = made(*rows)
    found = [one for one in findings(g).findings if "b.gone.net" in one.reason]
    assert {(one.server, one.time) for one in found} == {("192.0.2.99", format_time(LATER))}


@pytest.mark.parametrize(
    ("code", "row"),
    [
        ("no-authority", seen("shop.com", "NS", "a.shop.com", "b.shop.com", zone="shop.com")),
        ("glue-differs", seen("b.shop.com", "A", "192.0.2.77", zone="shop.com", flags=("AA",))),
    ],
)
def test_what_a_server_itself_answers_is_cited_from_it(code, row):
    row = replace(row, server=B, server_name="b.shop.com", time=LATER)
    g = made(*LISTED, row)
    found = {one.reason.partition("?")[0]: one for one in findings(g).findings}
    assert (found[code].server, found[code].time) == (B, format_time(LATER))
