"""One small recording per phenomenon, with its answer in words and in numbers beside it.

An answer is certain unless its `confidence` says otherwise, and of no confidence but *possible*
where it is undetermined. That something still works is mostly *likely*: who runs a host is
told by its AS, which is a fair rule.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import pytest

from depgraph.analysis import check, exposure, findings, takedown, without
from depgraph.dnssec import AVAILABLE
from depgraph.graph import build
from depgraph.providers import load
from depgraph.recording import read, verify
from depgraph.reporting import report
from depgraph.schema import check as follow

HERE = Path(__file__).parent
NAMES = sorted(path.stem for path in HERE.glob("*.toml"))
CATALOGUE = load(HERE / "catalogue")


def answers(name):
    return tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))


@cache
def graph_of(name):
    if "dnssec" in answers(name) and not AVAILABLE:
        pytest.skip("signatures need cryptography")
    graph = build(read(HERE / f"{name}.jsonl"), catalogue=CATALOGUE)
    follow(graph)
    return graph


def cases(kind):
    return [
        pytest.param(name, one, id=f"{name}-{one['function']}-{number}")
        for name in NAMES
        for number, one in enumerate(answers(name).get(kind, []))
    ]


def test_every_recording_has_its_answer_in_words():
    recorded = sorted(path.stem for path in HERE.glob("*.jsonl"))
    assert recorded == NAMES
    for name in NAMES:
        told = answers(name)
        assert len(told["words"]) > 40
        kinds = {"words", "dnssec", "takedown", "check", "without", "exposure"}
        kinds |= {"report", "findings"}
        assert set(told) <= kinds
        assert len(told) > 1
        assert verify(HERE / f"{name}.jsonl") == []


def confidence_of(told, *, undetermined):
    """Return how sure an answer is: certain unless the file says otherwise."""
    return "possible" if undetermined == "undetermined" else told.get("confidence", "certain")


def for_whom(told):
    """Return whom an answer is asked for."""
    return {key: told[key] for key in ("clients", "steering") if key in told}


def words_of(clients):
    return [str(client) for client in clients]


@pytest.mark.parametrize(("name", "told"), cases("takedown"))
def test_takedown(name, told):
    asked = for_whom(told) | {"horizon": told.get("horizon", "30d"), "upto": told.get("upto", 3)}
    found = takedown(graph_of(name), level=told["level"], **asked)
    one = found[told["function"]]
    sure = {"certain": [], "likely": []}
    for cut in one.cut_sets:
        if not cut.worst_case:
            sure[cut.confidence.value].append(list(cut.ids))
    assert sure == {"certain": told["certain"], "likely": told.get("likely", [])}
    worst = [cut for cut in one.cut_sets if cut.worst_case]
    assert [list(cut.ids) for cut in worst] == told.get("perhaps", [])
    assert {cut.confidence.value for cut in worst} <= {"possible"}
    if "because" in told:
        assert [part.reason for cut in worst for part in cut.unknown] == told["because"]
    if "state" in told:
        assert one.state.value == told["state"]
    some = {"+".join(cut.ids): words_of(cut.clients) for cut in one.cut_sets if cut.clients}
    assert some == told.get("whom", {})
    assert words_of(one.fails_for) == told.get("fails_for", [])
    if "ipv6_unknown" in told or told.get("clients") == "ipv4":
        assert [part.of for part in one.ipv6_unknown] == told.get("ipv6_unknown", [])
    assert one.reason == told.get("reason", "")
    for cut in one.cut_sets:
        assert cut.steps
        assert all(member.levers for member in cut.members)
        assert all(part.reason for part in cut.unknown)


@pytest.mark.parametrize("name", [name for name in NAMES if "dnssec" in answers(name)])
def test_dnssec(name):
    for zone, state in answers(name)["dnssec"].items():
        node = graph_of(name).nodes[f"zone:{zone}"]
        code = node.get("dnssec_reason", "").partition("?")[0]
        assert f"{node['dnssec']} {code}".strip() == state


@pytest.mark.parametrize(("name", "told"), cases("without"))
def test_without(name, told):
    found = without(graph_of(name), told["actors"], catalogue=CATALOGUE)[told["function"]]
    assert found.state.value == told["state"]
    assert found.confidence.value == confidence_of(told, undetermined=told["state"])
    assert words_of(found.clients) == told.get("clients", [])
    for key in ("fails_for", "ipv6_unknown"):
        if key in told:
            assert [getattr(one, "of", str(one)) for one in getattr(found, key)] == told[key]
    if "onset" in told:
        assert found.onset.value == told["onset"]
    if "seconds" in told:
        assert found.seconds == told["seconds"]
    if "reason" in told:
        assert told["reason"] in [part.reason for part in found.unknown]


@pytest.mark.parametrize(("name", "told"), cases("check"))
def test_check(name, told):
    asked = {"steering": told.get("steering", "none")}
    found = check(graph_of(name), told["claim"], catalogue=CATALOGUE, **asked)[told["function"]]
    assert found.ruling.value == told["ruling"]
    assert found.confidence.value == confidence_of(told, undetermined=told["ruling"])
    assert words_of(found.clients) == told.get("clients", [])
    if "reason" in told:
        assert told["reason"] in [part.reason for part in found.unknown]


@pytest.mark.parametrize(("name", "told"), cases("exposure"))
def test_exposure(name, told):
    found = exposure(graph_of(name), level=told["level"])[told["function"]]
    assert found.state.value == told.get("state", found.state.value)
    one = next(actor for actor in found.actors if actor.id == told["actor"])
    for key in ("share", "needed"):
        if key in told:
            assert getattr(one, key) == told[key]
    if "powers" in told:
        assert [power.value for power in one.powers] == told["powers"]
        less = [power.value for power in one.powers if one.sure_of(power) != one.confidence]
        assert less == told.get("likely_powers", [])
    assert one.confidence.value == told.get("confidence", "certain")
    assert words_of(one.clients) == told.get("clients", [])
    assert one.places


@pytest.mark.parametrize("name", [name for name in NAMES if "findings" in answers(name)])
def test_findings(name):
    found = [
        (one.urgency.value, one.label, one.reason) for one in findings(graph_of(name)).findings
    ]
    wanted = [
        (told["urgency"], told["about"], told["reason"]) for told in answers(name)["findings"]
    ]
    assert found == wanted
    for one, told in zip(findings(graph_of(name)).findings, answers(name)["findings"], strict=True):
        assert words_of(one.clients) == told.get("clients", words_of(one.clients))


@pytest.mark.parametrize("name", [name for name in NAMES if "report" in answers(name)])
def test_report(name):
    text = " ".join(str(report(graph_of(name))).split())
    head = text.partition("In short")[0]
    for told in answers(name)["report"]:
        assert told.get("head", "") in head
        for sentence in told.get("says", []):
            assert sentence in text
        for sentence in told.get("never", []):
            assert sentence not in text


@pytest.mark.parametrize("name", NAMES)
def test_takedown_and_without_agree(name):
    graph = graph_of(name)
    for level in ("provider", "company", "country"):
        for one in takedown(graph, level=level).functions:
            for cut in one.cut_sets:
                if not cut.members:
                    continue
                found = without(graph, list(cut.ids), catalogue=CATALOGUE)[one.function]
                if cut.worst_case:
                    states = {"undetermined"}
                else:  # what stops it for some leaves the others as they are
                    states = {"fails"} if cut.decisive else {"works", "undetermined"}
                assert found.state.value in states
                if not cut.worst_case and found.state.value != "undetermined":
                    assert found.clients == cut.clients
