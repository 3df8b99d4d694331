"""Aliases, redirections and differing servers as a real name server (NSD) sends them."""

import pytest

from depgraph.collect import Budget, observe
from depgraph.observations import Status
from tests.lab import Lab
from tests.lab.world import Row, World, zone

pytestmark = pytest.mark.lab

PATIENT = Budget(timeout=60.0, tries=1, hedge=60.0)
ONE, TWO = "192.0.2.3", "192.0.2.4"
OLD = "ns1.nic.test ns2.nic.test"

WORLD = World(
    (
        zone(".", "a.root.test"),
        zone("test", "a.root.test", f"a.root A 192.0.2.1\nns1.nic A {ONE}\nns2.nic A {TWO}"),
        zone("self.test", OLD, "@ A 192.0.2.80\nwww CNAME www"),
        zone("circle.test", OLD, "@ A 192.0.2.80\nwww CNAME a\na CNAME b\nb CNAME www"),
        zone("moved.test", OLD, "@ A 192.0.2.80\n@ DNAME new.test."),
        zone("new.test", OLD, "@ A 192.0.2.81\nwww A 192.0.2.82\nwww AAAA 2001:db8::82"),
    )
)


@pytest.fixture(scope="module")
def small_lab():
    with Lab(WORLD, resolver=False) as running:
        yield running


@pytest.fixture
def look(small_lab):
    small_lab.traffic.reset()

    def look(name):
        return observe(
            name, endpoints=small_lab.endpoints, budget=PATIENT, registration=False, progress=False
        )

    yield look
    small_lab.traffic.reset()


def sent(recording, name):
    """Give what servers sent of a name: type, status, values."""
    return {
        (o.type, o.status, o.values)
        for o in recording
        if o.subject == name and o.server and o.section == "answer"
    }


@pytest.mark.parametrize(
    ("name", "aliases"),
    [("self.test", {"www": "www"}), ("circle.test", {"www": "a", "a": "b", "b": "www"})],
)
def test_a_circle_is_recorded_as_it_was_sent(look, name, aliases):
    """NSD gives the whole circle in one message; of an empty answer it says nothing (RFC 2308)."""
    recording = look(name)
    for alias, target in aliases.items():
        found = sent(recording, f"{alias}.{name}")
        assert ("CNAME", Status.ANSWER, (f"{target}.{name}",)) in found
        assert {status for _, status, _ in found} == {Status.ANSWER}
        assert {kind for kind, _, values in found if values} == {"CNAME"}
    loops = {o.type for o in recording if o.status is Status.LOOP}
    assert {"A", "AAAA"} <= loops


def test_a_redirection_is_followed_and_kept(look):
    recording = look("moved.test")
    assert ("CNAME", Status.ANSWER, ("www.new.test",)) in sent(recording, "www.moved.test")
    assert ("DNAME", Status.ANSWER, ("new.test",)) in sent(recording, "moved.test")
    assert ("A", Status.ANSWER, ("192.0.2.82",)) in sent(recording, "www.new.test")
    assert ("A", Status.ANSWER, ("192.0.2.80",)) in sent(recording, "moved.test")


def test_a_server_that_says_something_else_does_not_hide_behind_the_other(small_lab, look):
    rows = (
        Row("new.test", "A", "192.0.2.99"),
        Row("new.test", "SOA", "ns1.nic.test. h. 7 1 1 9 1"),
    )
    for kind in ("A", "SOA"):
        small_lab.fault("view", server=TWO, name="new.test", type=kind, rows=rows)
    recording = look("new.test")
    found = {o.server: o.values for o in recording if (o.subject, o.type) == ("new.test", "A")}
    assert found == {ONE: ("192.0.2.81",), TWO: ("192.0.2.99",)}
    serials = {
        o.server: o.values[0].split()[2]
        for o in recording
        if (o.subject, o.type, o.zone) == ("new.test", "SOA", "new.test")
    }
    assert serials == {ONE: "1", TWO: "7"}
