"""The closed lists of words: rows are complete, orders are what they say, reasons round-trip."""

from __future__ import annotations

import typing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depgraph import vocabulary
from depgraph.vocabulary import (
    ACTORS,
    FUNCTIONS,
    GROUPS,
    KINDS,
    LEVERS,
    PARTIES,
    RELATIONS,
    Confidence,
    Evidence,
    Kind,
    Level,
    Lever,
    Part,
    Reason,
    ReasonCode,
    hidden_levels,
    layer_of,
    least_sure,
    lever_of,
    reasons,
    weakest_evidence,
)


def test_the_words_of_the_types_are_those_of_the_enumerations():
    assert set(typing.get_args(vocabulary.LevelWord)) == set(Level)
    assert set(typing.get_args(vocabulary.ConfidenceWord)) == set(Confidence)


def test_each_level_is_a_kind_and_says_what_a_controller_can_do():
    for level in Level:
        kind = Kind(level.value)
        assert (kind in ACTORS) == (level in PARTIES)
        assert (KINDS[kind].controlled is None) == (level in PARTIES)


def test_every_edge_to_an_actor_has_a_lever_a_layer_and_powers():
    without = {"involvement", "platform", "owner"}
    for relation, row in RELATIONS.items():
        for tail, head in row.joins:
            if head not in ACTORS or tail in ACTORS or relation.value in without:
                continue
            assert LEVERS[lever_of(relation, tail)].powers
            for part in Part:
                assert layer_of(relation, part)


def test_what_an_unknown_hides_is_never_nothing():
    for relation, row in RELATIONS.items():
        for tail, _ in row.joins:
            assert hidden_levels(relation, tail)


def test_a_piece_of_infrastructure_is_hidden_by_every_relation_that_leads_to_its_kind():
    """A level that a relation's row forgets would be a level at which nothing is unknown."""
    for level in set(Level) - PARTIES:
        leading = [
            (relation, tail)
            for relation, row in RELATIONS.items()
            for tail, head in row.joins
            if head.value == level.value
        ]
        assert leading
        for relation, tail in leading:
            # Unless its prefix was not seen, an address leads by `origin` to who may be behind
            # it; the AS of one whose prefix is not known is hidden by the relation `prefix`.
            if (relation.value, tail.value) != ("origin", "address"):
                assert level in hidden_levels(relation, tail), (relation, tail)


def test_who_acts_at_the_end_of_a_relation_if_not_known_has_a_lever():
    for relation, row in RELATIONS.items():
        assert row.acting_from <= {tail for tail, _ in row.joins}, relation
        for tail in row.acting_from:
            assert tail not in ACTORS
            assert lever_of(relation, tail)
        if row.lever:
            assert row.acting_from, relation


@pytest.mark.parametrize(
    ("relation", "tail", "levels"),
    [
        ("block", "address", {"provider", "company", "country"}),
        ("registrar", "registration", {"provider", "company", "country"}),
        ("owner", "provider", {"company", "country"}),
        ("law", "company", {"country"}),
        ("origin", "prefix", {"provider", "company", "country", "asn"}),
        ("prefix", "address", {"provider", "company", "country", "asn", "prefix"}),
        ("nameserver", "nameservers", set(Level)),
        ("operator", "nameservers", set(Level)),
        ("origin", "front", set(Level)),
    ],
)
def test_what_an_unknown_hides(relation, tail, levels):
    assert set(hidden_levels(relation, tail)) == levels


def test_functions_require_relations_that_lead_out_of_a_function():
    from_function = {
        r.value for r, row in RELATIONS.items() if Kind.FUNCTION in {t for t, _ in row.joins}
    }
    for row in FUNCTIONS.values():
        for choice in row.requires:
            assert set(choice) <= from_function


def test_groups_are_the_kinds_of_which_one_alternative_is_enough():
    assert {kind.value for kind in GROUPS} == {
        "addresses",
        "nameservers",
        "exchanges",
        "authorities",
        "channels",
        "registrars",
    }


def test_an_edge_without_an_actor_has_no_lever():
    with pytest.raises(KeyError, match="'addresses'"):
        lever_of("operator", "addresses")


def test_orders():
    assert least_sure(["likely", "certain", "possible"]) is Confidence.POSSIBLE
    assert least_sure([]) is Confidence.CERTAIN
    assert weakest_evidence(["observed", "reported", "inferred"]) is Evidence.REPORTED
    assert weakest_evidence([]) is Evidence.DEFINITION
    assert Confidence.LIKELY.weaker_than(Confidence.CERTAIN)
    assert not Confidence.LIKELY.weaker_than(Confidence.LIKELY)


texts = st.text(max_size=30)


@given(
    st.lists(
        st.builds(
            lambda code, data: Reason.of(code, **data),
            st.sampled_from(list(ReasonCode)),
            st.dictionaries(
                st.sampled_from(["name", "names", "reason", "text"]), texts, max_size=3
            ),
        ),
        max_size=4,
    )
)
def test_reasons_are_read_back_as_they_were_written(several):
    assert list(reasons("; ".join(map(str, several)))) == several


def test_what_is_no_code_is_kept_in_its_own_words():
    (one,) = reasons("the dog ate it")
    assert (one.code, one.get("text")) == (ReasonCode.OTHER, "the dog ate it")


def test_a_lever_without_powers_would_be_an_error():
    assert set(LEVERS) == set(Lever)
