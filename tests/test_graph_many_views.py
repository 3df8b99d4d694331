"""Answers that are another one for each of very many places and servers: some are judged, and told.

All bounds are counts. What the others are answered is unknown: no verdict is surer for it.
"""

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from depgraph.analysis import dependence
from depgraph.analysis.clients import classes
from depgraph.analysis.model import model_of
from depgraph.analysis.verdicts import Answer
from depgraph.graph import apart, views
from depgraph.limits import split
from depgraph.observations import PERHAPS_OTHERS, Status
from depgraph.rendering import to_text
from depgraph.reporting import report
from depgraph.schema import validate
from depgraph.vocabulary import OTHERS, Limit
from tests.graphs import made, placed, seen


def ip(number):
    return f"{20 + (number >> 16)}.{number >> 8 & 255}.{number & 255}.7"


def places(number, of=ip, kind="A"):
    rows = (seen("shop.com", kind, of(n)) for n in range(number))
    return [replace(one, vantage=f"v{n:04}") for n, one in enumerate(rows)]


def servers(number):
    rows = (seen("shop.com", "A", ip(n)) for n in range(number))
    return [replace(one, server=f"192.0.2.{n % 250}:{5300 + n}") for n, one in enumerate(rows)]


@pytest.mark.parametrize("observed", [places, servers])
def test_very_many_answers_are_a_bounded_number_of_graphs(observed):
    g = made(*observed(400))
    assert len(classes(model_of(g))) <= apart.JUDGED
    assert g.number_of_nodes() < 6 * apart.JUDGED + 60
    assert not validate(g)
    (met,) = [one for one in split(g.graph["limits"]) if one.limit is Limit.VIEWS]
    assert (met.most, met.left, met.of) == ("47", 353, ("shop.com",))
    found = report(g)
    assert not found.complete
    assert "what the others, 353 places or servers, lead to" in " ".join(to_text(found).split())
    assert "353 lieux ou serveurs" in " ".join(to_text(found, lang="fr").split())


def test_what_tells_clients_apart_besides_leaves_fewer_places():
    g = made(*places(100), *places(100, lambda n: f"2001:db8::{n + 1:x}", "AAAA"))
    assert len(classes(model_of(g))) <= apart.JUDGED


def test_many_places_with_few_answers_are_all_judged():
    g = made(*places(400, lambda n: ip(n % 3)))
    assert "limits" not in g.graph
    found = classes(model_of(g))
    assert (len(found), sum(len(one.clients) for one in found)) == (3, 400)


def test_a_place_that_bears_the_name_of_the_others_is_one_of_them():
    rows = places(400)
    g = made(replace(rows[0], vantage=OTHERS), *rows[1:])
    (_, data), *more = [
        (head, data)
        for _, head, data in g.out_edges("addresses:shop.com", data=True)
        if OTHERS in data.get("vantage", "").split(",")
    ]
    assert data["evidence"] == "unknown"
    assert not more


@pytest.mark.parametrize("seed", range(6))
def test_no_verdict_is_surer_for_what_is_left_open(seed, monkeypatch):
    chosen = random.Random(seed)
    rows = [one for n in range(30, 34) for one in placed(f"{n}.2.3.4", asn=str(64500 + n % 3))]
    for n in range(12):
        given = chosen.sample(range(30, 34), chosen.randint(0, 2))
        row = seen("shop.com", "A", *(f"{one}.2.3.4" for one in given))
        status = Status.ANSWER if given else Status.NODATA
        rows.append(replace(row, vantage=f"v{n}", status=status))
    whole = made(*rows)
    monkeypatch.setattr(apart, "JUDGED", 4)
    monkeypatch.setattr(apart, "_FEWEST", 4)
    bounded = made(*rows)
    assert any(one.limit is Limit.VIEWS for one in split(bounded.graph["limits"]))
    for on in sorted(n for n in bounded if n.startswith("provider:")):
        one, other = dependence(bounded, on=on), dependence(whole, on=on)
        for mine, theirs in zip(one.functions, other.functions, strict=True):
            assert mine.takedown in {theirs.takedown, Answer.UNDETERMINED}
            assert mine.exposure in {theirs.exposure, Answer.UNDETERMINED}


def test_who_is_at_the_place_of_those_left_open_may_be_answered_as_they_are(monkeypatch):
    """Whoever got an address of one server got the mail exchanges of another, nobody knows which."""
    monkeypatch.setattr(apart, "JUDGED", 3)
    monkeypatch.setattr(apart, "_FEWEST", 3)
    rows = [replace(seen("shop.com", "A", ip(n)), server=f"192.0.2.{n}") for n in range(2)]
    for n in range(8, 10):
        rows.append(replace(seen("shop.com", "MX", f"10 mx.{n}.com"), server=f"192.0.2.{n}"))
    g = made(*rows)
    (views_open,) = (
        set(data["vantage"].split(","))
        for _, head, data in g.out_edges("exchanges:shop.com", data=True)
        if head.startswith("unknown:further")
    )
    assert views_open == {OTHERS, "via 192.0.2.0", "via 192.0.2.1"}
    assert not [
        n
        for n in g
        if n.startswith("unknown:further records of shop.com in others")
        and ("addresses:shop.com", n) in g.edges()
    ]


def contradict(mine, theirs):
    """Tell whether two givers do not say the same: other values, or an alias and an address."""
    alias, other_alias = ("CNAME" in one and bool(one["CNAME"].values) for one in (mine, theirs))
    if alias != other_alias:
        aliased, plain = (mine, theirs) if alias else (theirs, mine)
        given = [plain[kind] for kind in ("A", "AAAA") if kind in plain]
        return any(o.values and views.at_one_time(o, aliased["CNAME"]) for o in given)
    return any(
        set(mine[kind].values) != set(theirs[kind].values)
        and views.at_one_time(mine[kind], theirs[kind])
        for kind in mine.keys() & theirs.keys()
    )


def agree(mine, theirs):
    """Tell whether two givers say the same, as far as they were asked the same, if at other times."""
    both = mine.keys() & theirs.keys()
    same = all(set(mine[kind].values) == set(theirs[kind].values) for kind in both)
    return same and not contradict(mine, theirs)


def answers_of(chosen, values):
    """Return what one giver says of some types, by chance, on days by chance."""

    def one(kind):
        given = chosen.sample(values, chosen.randint(0, len(values) - 1))
        row = seen("shop.com", kind, *given)
        start = row.time + timedelta(days=chosen.randint(0, 9))
        until = start + timedelta(days=chosen.randint(0, 4)) if chosen.random() < 0.5 else None
        status = Status.ANSWER if given else Status.NODATA
        return replace(row, time=start, until=until, status=status)

    kinds = chosen.sample(["A", "AAAA", "CNAME"], chosen.randint(1, 3))
    return {kind: one(kind) for kind in kinds}


def test_what_contradicts_is_found_as_by_comparing_all():
    chosen = random.Random(3)
    met = 0
    for _ in range(600):
        several = [answers_of(chosen, ["x", "y", "z"]) for _ in range(chosen.randint(1, 6))]
        alike = {views._said(answers): answers for answers in several}
        by_pairs = {
            words
            for words, mine in alike.items()
            if any(contradict(mine, theirs) for theirs in alike.values())
        }
        assert views._contradicted(alike) == by_pairs
        met += len(by_pairs)
    assert met > 500


@pytest.mark.parametrize("most", [2, 64])
def test_who_says_the_same_is_found_as_by_comparing_all(most, monkeypatch):
    monkeypatch.setattr(views, "_COMPARED", most)
    chosen, together = random.Random(5), 0
    for _ in range(300):
        answers = {f"g{n}": answers_of(chosen, ["x", "y"]) for n in range(chosen.randint(2, 9))}
        groups = []
        for giver in sorted(answers, key=lambda one: -len(answers[one])):
            said = views._said(answers[giver])
            same = (one for one in groups if said in {views._said(answers[g]) for g in one})
            fitting = (
                one
                for one in groups[:most]
                if len({views._said(answers[g]) for g in one}) < most
                and all(agree(answers[giver], answers[g]) for g in one)
            )
            group = next(same, None) or next(fitting, None)
            if group is None:
                groups.append(group := [])
            group.append(giver)
        assert views._alike(answers, answers) == groups
        together += sum(len(one) > 1 for one in groups)
    assert together > 100


def test_thousands_who_say_otherwise_are_not_held_against_each_other(monkeypatch):
    compared = []
    takes = views._Alike.takes
    monkeypatch.setattr(views._Alike, "takes", lambda *both: compared.append(1) or takes(*both))
    views.views_of(servers(2000))
    assert 0 < len(compared) <= 2000 * views._COMPARED


def test_a_set_that_may_have_others_is_looked_for_by_its_values(monkeypatch):
    """Of thousands of whole sets only those are looked at that have a value of it."""
    held = []
    monkeypatch.setattr(views, "_is_part", lambda o, whole: held.append(whole) or True)
    whole = [replace(o, values=(*o.values, "203.0.113.9")) for o in servers(50)]
    opened = [seen("shop.com", "A", ip(n), note=PERHAPS_OTHERS) for n in range(60)]
    views.views_of([*whole, *opened], lambda o: o.note == PERHAPS_OTHERS)
    assert {len(one[ip(3)]) for one in held} == {1}
    monkeypatch.undo()
    found = views.views_of([*whole, *opened], lambda o: o.note == PERHAPS_OTHERS).of
    assert {found[id(o)] for o in opened[:50]} == {"unnamed"}


@pytest.mark.parametrize("opened", [True, False])
def test_the_parts_of_one_answer_are_looked_at_once(monkeypatch, opened):
    """Thousands of records of one file are one answer: it is not sorted, or searched, for each."""
    given, held = [], []
    givers = views._givers
    monkeypatch.setattr(
        views, "_givers", lambda several: given.append(len(several)) or givers(several)
    )
    monkeypatch.setattr(views, "_is_part", lambda one, _: held.append(len(one.values)) or True)
    rows = [seen("shop.com", "A", ip(n), citation="scan.txt") for n in range(200)]
    views.views_of(rows, lambda _: opened)
    assert given == [1]
    assert held == [200] * opened
