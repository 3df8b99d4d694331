from __future__ import annotations

import pytest

from depgraph.analysis import importance
from depgraph.errors import QuestionError
from tests.analysis.worlds import S, world


def servers(count):
    """Return a zone with so many name servers, of one operator each, and nothing else."""
    keep = [
        "company:both",
        "nameserver:ns1.one.net",
        "nameserver:ns2.two.net",
        f"addresses:{S}",
        f"registration:{S}",
        "zone:com",
        "provider:ca",
    ]
    more = [(f"authorities:{S}", "certificate", "anyone:certificate authority")]
    for n in range(count):
        more.append((f"nameservers:{S}", "nameserver", f"nameserver:n{n}"))
        more.append((f"nameserver:n{n}", "operator", f"provider:n{n}"))
    return world(*more, without=keep)


def test_two_of_two_share_it_evenly():
    found = importance(servers(2), level="provider")["web"]
    assert found.exact
    assert [(w.id, w.shapley, w.birnbaum) for w in found.weights] == [
        ("provider:n0", 0.5, 0.5),
        ("provider:n1", 0.5, 0.5),
    ]


def test_twenty_are_exact():
    found = importance(servers(20), level="provider")["web"]
    assert found.exact
    assert {round(w.shapley, 12) for w in found.weights} == {0.05}
    assert {w.birnbaum for w in found.weights} == {0.5**19}


def test_more_are_sampled_and_it_is_said():
    found = importance(servers(21), level="provider", samples=4000, seed=7)
    web = found["web"]
    assert (web.exact, web.samples, web.seed, web.error) == (False, 4000, 7, 0.007906)
    assert sum(w.shapley for w in web.weights) == pytest.approx(1)
    assert all(abs(w.shapley - 1 / 21) < 5 * web.error for w in web.weights)
    assert "sampled (4000 draws, seed 7; standard error at most 0.007906)" in found.text()
    assert importance(servers(21), level="provider", samples=4000, seed=7) == found


def test_sampling_agrees_with_what_is_exact(monkeypatch):
    exact = {w.id: w for w in importance(world())["web"].weights}
    import sys

    monkeypatch.setattr(sys.modules["depgraph.analysis.importance"], "EXACT", 0)
    sampled = importance(world(), samples=20_000)["web"]
    assert not sampled.exact
    for weight in sampled.weights:
        assert weight.shapley == pytest.approx(exact[weight.id].shapley, abs=5 * sampled.error)
        assert weight.birnbaum == pytest.approx(exact[weight.id].birnbaum, abs=5 * sampled.error)


def test_hundreds_are_too_many_and_it_is_said():
    found = importance(servers(301), level="provider")
    assert (found["web"].weights, found["web"].left_out) == ((), 301)
    assert "too many actors to weigh (301)" in found.text()


def test_no_samples():
    with pytest.raises(QuestionError, match="expected a number from 1 for `samples`"):
        importance(world(), samples=0)


def test_what_is_absent_has_no_weights():
    graph = world()
    graph.remove_edges_from([*graph.out_edges(f"function:{S}/mail", keys=True)])
    graph.nodes[f"function:{S}/mail"].update(absent=True, reason="null-mx")
    assert importance(graph)["mail"].weights == ()
