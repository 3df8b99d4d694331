"""How an answer is known: class of evidence, confidence, needed or met, known or not, and when.

Small graphs by hand, of which one edge is known in another way, or leads to an unknown.
"""

from __future__ import annotations

import pytest

from depgraph.analysis import check, compare, dependence, evaluate, exposure, takedown, timeline
from depgraph.analysis import without as withdraw
from depgraph.analysis.roles import roles
from depgraph.analysis.unknowns import UnknownPart
from depgraph.analysis.verdicts import Answer, Ruling, State
from depgraph.schema import small
from depgraph.vocabulary import Confidence, Evidence, Layer, Onset, Power, Turn, What
from tests.analysis.worlds import CATALOGUE, S, owned, world

ADDRESS = "address:192.0.2.1"
OPERATOR = (ADDRESS, "operator", "provider:cloud")
REPORTED = (*OPERATOR, {"evidence": "reported"})
LIKELY = (*OPERATOR, {"evidence": "inferred", "confidence": "likely", "rule": "fair"})
POSSIBLE = (*OPERATOR, {"evidence": "inferred", "confidence": "possible", "rule": "weak"})
UNKNOWN = (ADDRESS, "operator", "unknown:operator")
MET = {"strength": "exposes"}
LAME = [
    (f"nameservers:{S}", "nameserver", "nameserver:ns3.lame.net", MET),
    ("nameserver:ns3.lame.net", "operator", "provider:lame"),
    *owned("lame"),
]
INVOLVED = [
    (f"service:{S}", "involvement", "provider:elsewhere", MET | {"evidence": "reported"}),
    *owned("elsewhere", country="RU"),
]
LATER = {"since": "2026-02-01", "until": "2026-02-01"}


def nobody(*more, **about):
    """The world in which nobody is known to operate the address."""
    return world(UNKNOWN, *more, without=["provider:cloud"], **about)


def cut(graph, *members, function="web", **asked):
    """Return the cut set of some actors."""
    wanted = tuple(sorted(members))
    sets = takedown(graph, **asked)[function].cut_sets
    (found,) = [one for one in sets if one.ids == wanted]
    return found


def on(graph, whom="cloud", **asked):
    return dependence(graph, on=whom, catalogue=CATALOGUE, **asked)["web"]


def exposed(graph, label, **asked):
    (found,) = [one for one in exposure(graph, **asked)["web"].actors if one.label == label]
    return found


# --- Evidence ------------------------------------------------------------------------------


def test_a_member_is_known_as_well_as_the_worst_known_of_its_edges():
    (member,) = cut(world(REPORTED), "company:cloud").members
    assert member.evidence is Evidence.REPORTED
    (member,) = cut(world(), "company:cloud").members
    assert member.evidence is Evidence.OBSERVED


def test_a_set_is_known_as_well_as_the_worst_known_step_to_it():
    host = (f"function:{S}/web", "host", f"host:{S}", {"evidence": "reported"})
    assert cut(world(host), "company:cloud").evidence is Evidence.REPORTED
    assert cut(world(), "company:cloud").evidence is Evidence.OBSERVED


def test_what_was_not_examined_has_no_class():
    one = cut(world(), "company:cloud", explain=0)
    assert (one.evidence, one.onset, one.members[0].evidence) == (None, None, None)


def test_a_dependence_and_an_exposure_rest_on_their_worst_known_step():
    assert on(world(REPORTED)).evidence is Evidence.REPORTED
    assert exposed(world(REPORTED), "Cloud, Inc.").evidence is Evidence.REPORTED
    assert check(world(REPORTED), "independent of cloud", catalogue=CATALOGUE)["web"].evidence is (
        Evidence.REPORTED
    )


# --- Confidence ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edge", "confidence", "worst_case"),
    [
        (OPERATOR, Confidence.CERTAIN, False),
        (LIKELY, Confidence.LIKELY, False),
        (POSSIBLE, Confidence.POSSIBLE, True),
    ],
)
def test_a_set_is_as_sure_as_the_least_sure_step(edge, confidence, worst_case):
    one = cut(world(edge), "company:cloud")
    assert (one.confidence, one.worst_case) == (confidence, worst_case)


@pytest.mark.parametrize(
    ("edge", "answer", "confidence"),
    [
        (OPERATOR, Answer.YES, Confidence.CERTAIN),
        (LIKELY, Answer.YES, Confidence.LIKELY),
        (POSSIBLE, Answer.UNDETERMINED, Confidence.POSSIBLE),
    ],
)
def test_a_dependence_is_as_sure_as_the_least_sure_step(edge, answer, confidence):
    found = on(world(edge))
    assert (found.takedown, found.confidence) == (answer, confidence)
    assert (found.exposure, found.exposure_confidence) == (answer, confidence)


def test_an_absence_is_as_sure_as_what_was_looked_at():
    assert (on(world(), "elsewhere").takedown, on(world(), "elsewhere").confidence) == (
        Answer.NO,
        Confidence.CERTAIN,
    )
    found = on(world(LIKELY), "elsewhere")
    assert (found.takedown, found.confidence) == (Answer.NO, Confidence.LIKELY)


def test_a_way_that_is_only_possible_fails_in_no_best_case():
    assert evaluate(world(POSSIBLE))["web"] is State.UNDETERMINED
    assert evaluate(world(POSSIBLE), confidence="possible")["web"] is State.WORKS
    assert evaluate(world(LIKELY))["web"] is State.WORKS


def test_an_exposure_is_as_sure_as_the_surest_path():
    assert exposed(world(), "Cloud, Inc.").confidence is Confidence.CERTAIN
    assert exposed(world(LIKELY), "Cloud, Inc.").confidence is Confidence.LIKELY


def test_a_series_says_how_sure_it_is_who_stops_it_alone():
    (moment,) = timeline([world(LIKELY)]).moments
    sure = {one.label: one.confidence for one in moment["web"].alone}
    assert (sure["Cloud, Inc."], sure["registrar"]) == (Confidence.LIKELY, Confidence.CERTAIN)


def test_what_a_weak_step_says_is_named_as_a_possibility():
    (part,) = on(world(POSSIBLE)).unknown
    assert part == UnknownPart(ADDRESS, What.OPERATOR, "192.0.2.1", "unsure?rule=weak", ("cloud",))


# --- Known or not --------------------------------------------------------------------------


def test_somebody_unknown_is_not_nobody():
    assert on(nobody(), "elsewhere").takedown is Answer.UNDETERMINED
    assert on(nobody(), "elsewhere").exposure is Answer.UNDETERMINED
    ruling = check(nobody(), "independent of elsewhere", catalogue=CATALOGUE)["web"]
    assert (ruling.ruling, ruling.confidence) == (Ruling.UNDETERMINED, Confidence.POSSIBLE)
    assert withdraw(nobody(), "elsewhere", catalogue=CATALOGUE)["web"].state is State.UNDETERMINED
    assert exposure(nobody())["web"].state is State.UNDETERMINED
    assert exposure(world())["web"].state is State.WORKS


def test_nobody_alone_is_undetermined_where_somebody_unknown_may():
    edges = [
        (f"service:{S}", "function", f"function:{S}/web"),
        (f"function:{S}/web", "host", f"host:{S}"),
        (f"host:{S}", "address", f"addresses:{S}"),
        (f"addresses:{S}", "address", "address:192.0.2.1"),
        (f"addresses:{S}", "address", "address:192.0.2.2"),
        ("address:192.0.2.1", "operator", "provider:one"),
        *owned("one"),
        *owned("two"),
    ]
    other = "address:192.0.2.2", "operator"
    known = takedown(small(S, [*edges, (*other, "provider:two")]))["web"]
    assert known.alone is Answer.NO
    # Who runs the second address may be who runs the first.
    unknown = takedown(small(S, [*edges, (*other, "unknown:operator")]))["web"]
    assert (unknown.alone, unknown.confidence) == (Answer.UNDETERMINED, Confidence.POSSIBLE)
    # Somebody unknown alone.
    hidden = takedown(small(S, [*edges[:2], (f"host:{S}", "operator", "unknown:operator")]))["web"]
    assert hidden.alone is Answer.UNDETERMINED


def test_of_a_collection_cut_short_nothing_is_certain():
    short = world(complete=False)
    assert takedown(short)["web"].alone is Answer.UNDETERMINED
    assert on(short).takedown is Answer.UNDETERMINED
    assert evaluate(short)["web"] is State.UNDETERMINED
    assert exposure(short)["web"].state is State.UNDETERMINED


def test_one_whom_the_catalogue_lacks_may_be_of_any_group():
    stranger = world(nodes={"company:mail": {"catalogued": False}})
    asked = {"on": "elsewhere", "catalogue": CATALOGUE}
    found = dependence(stranger, **asked)["mail"]
    assert (found.takedown, found.strangers) == (Answer.UNDETERMINED, ("mail",))
    assert dependence(stranger, uncatalogued="own", **asked)["mail"].takedown is Answer.NO


@pytest.mark.parametrize("whom", ["elsewhere", "RU"])
def test_that_somebody_is_involved_leaves_it_open_what_they_can_do(whom):
    found = on(world(*INVOLVED), whom)
    assert (found.takedown, found.exposure) == (Answer.UNDETERMINED, Answer.UNDETERMINED)
    assert [part.what for part in found.unknown] == [What.ROLE]
    state = withdraw(world(*INVOLVED), whom, catalogue=CATALOGUE)["web"].state
    assert state is State.UNDETERMINED


def test_days_on_which_not_all_of_a_layer_is_known_say_so():
    (moment,) = timeline([nobody()]).moments
    assert Layer.HOST in moment["web"].open_layers
    assert Layer.REGISTRAR not in moment["web"].open_layers


# --- Needed or met -------------------------------------------------------------------------


def test_a_server_that_is_only_listed_is_met_and_not_needed():
    (role,) = [one for one in roles(world(*LAME)).functions["web"] if one.label == "lame"]
    assert not role.needed
    assert not exposed(world(*LAME), "lame").needed
    assert exposed(world(*LAME), "both").needed
    assert on(world(*LAME), "elsewhere").takedown is Answer.NO


def test_what_is_behind_a_met_server_is_met_too():
    more = [
        ("nameserver:ns3.lame.net", "address", "addresses:ns3.lame.net"),
        ("addresses:ns3.lame.net", "address", "address:198.51.100.1"),
        ("address:198.51.100.1", "operator", "provider:behind"),
        *owned("behind"),
    ]
    (role,) = [one for one in roles(world(*LAME, *more)).functions["web"] if one.label == "behind"]
    assert not role.needed
    assert not exposed(world(*LAME, *more), "behind").needed


def test_the_share_of_one_name_server_out_of_three():
    assert exposed(world(*LAME), "lame").share == pytest.approx(1 / 3)
    assert exposed(world(), "Cloud, Inc.").share == 1


# --- What they can do, and when ------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "powers"),
    [
        ("Cloud, Inc.", ["read", "redirect", "refuse"]),
        ("registrar", ["redirect", "refuse"]),
        ("registry", ["redirect", "refuse"]),
        ("both", ["redirect", "refuse"]),
        ("lease", ["refuse"]),
        ("rir", ["refuse"]),
        ("ca", ["refuse"]),
    ],
)
def test_what_each_can_do_on_the_path(label, powers):
    assert [power.value for power in exposed(world(), label).powers] == powers


def test_a_registrar_reads_nothing_of_a_name_either():
    (registrar,) = [one for one in exposure(world())["name"].actors if one.label == "registrar"]
    assert registrar.powers == (Power.REDIRECT, Power.REFUSE)


def test_when_it_stops():
    one = cut(world(), "company:cloud")
    assert (one.onset, one.seconds) == (Onset.AT_ONCE, 0)
    slow = cut(world(), "company:lease")
    assert (slow.onset, slow.seconds) == (Onset.DAYS, 5 * 86_400)
    last = cut(world(), "company:rir", horizon=None)
    assert (last.onset, last.seconds) == (Onset.WEEKS, 34 * 86_400)


def test_a_ttl_that_nobody_observed_has_no_length():
    graph = world()
    for *_, data in graph.edges(data=True):
        data.pop("ttl", None)
    found = cut(graph, "company:registrar")
    assert (found.onset, found.seconds) == (Onset.TTL_UNOBSERVED, None)


def test_the_longest_ttl_decides_how_long_caches_bridge():
    # Who has the addresses cached needs no name server until the longest TTL has passed.
    more = (f"addresses:{S}", "address", "address:192.0.2.2", {"ttl": 3600})
    operated = ("address:192.0.2.2", "operator", "provider:cloud")
    found = cut(world(more, operated), "company:both")
    assert (found.onset, found.seconds) == (Onset.TTL, 3600)


# --- Change --------------------------------------------------------------------------------


def turns(before, after, layer=Layer.HOST):
    (change,) = [
        one for one in compare(before, after).layers if (one.function, one.layer) == ("web", layer)
    ]
    return change.turn, {entry.role.label: entry.turn for entry in change.entries}


def test_what_was_unknown_has_not_appeared():
    assert turns(nobody(), world(**LATER)) == (Turn.INCOMPARABLE, {"cloud": Turn.NEWLY_KNOWN})


def test_what_is_unknown_has_not_vanished():
    assert turns(world(), nobody(**LATER)) == (Turn.INCOMPARABLE, {"cloud": Turn.NO_LONGER_KNOWN})


def test_the_same_with_something_unknown_is_the_same_as_far_as_known():
    beside = [
        (f"addresses:{S}", "address", "address:192.0.2.2"),
        ("address:192.0.2.2", "operator", "unknown:operator"),
    ]
    assert turns(world(), world(**LATER)) == (Turn.SAME, {})
    assert turns(world(), world(*beside, **LATER)) == (Turn.SAME_AS_KNOWN, {})
    assert turns(world(*beside), world(**LATER)) == (Turn.SAME_AS_KNOWN, {})


def test_what_is_less_sure_than_before_has_changed():
    doubted = world((*OPERATOR, {"confidence": "likely"}), **LATER)
    assert turns(world(), doubted)[1] == {"cloud": Turn.CHANGED}
    edges = compare(world(), doubted).edges
    assert [(edge.turn, edge.after.confidence) for edge in edges] == [
        (Turn.CHANGED, Confidence.LIKELY)
    ]
    assert turns(world(), world(POSSIBLE, **LATER))[1] == {"cloud": Turn.NO_LONGER_KNOWN}


def test_sets_that_the_other_day_cannot_rule_out_are_not_new():
    sets = compare(nobody(), world(**LATER)).cut_sets
    assert {one.turn for one in sets if one.members == ("company:cloud",)} == {Turn.NEWLY_KNOWN}
    sets = compare(world(), nobody(**LATER)).cut_sets
    assert {one.turn for one in sets if one.members == ("company:cloud",)} == {Turn.NO_LONGER_KNOWN}


def test_in_the_worst_case_the_earlier_of_two_reasons_counts():
    """If what is only possible holds, after days; if an unknown operator acts too, at once."""
    spare = "address:192.0.2.2"
    slow = {"expire": 1_209_600, "effect": "possible"}
    graph = world(
        (f"zone:{S}", "primary", "nameserver:ns0.hidden.net", slow),
        ("nameserver:ns0.hidden.net", "operator", "provider:cloud"),
        (f"addresses:{S}", "address", spare, {"ttl": 300}),
        (spare, "operator", "unknown:spare"),
    )
    one = cut(graph, "company:cloud")
    assert one.worst_case
    assert (one.onset, [part.id for part in one.unknown]) == (Onset.AT_ONCE, ["unknown:spare"])
