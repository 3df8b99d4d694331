"""Observations: every field survives the JSON form, and bad rows are named."""

import json
from dataclasses import fields
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from depgraph.errors import RecordingError
from depgraph.observations import Evidence, Observation, Status, format_time, parse_time

STEADY = settings(deadline=None, derandomize=True)  # no clock, no chance

NOON = datetime(2026, 9, 25, 12, tzinfo=UTC)
FULL = {
    "subject": "www.example.com",
    "type": "A",
    "status": Status.ANSWER,
    "values": ("192.0.2.1", "192.0.2.2"),
    "ttl": 300,
    "flags": ("AA", "TC"),
    "section": "additional",
    "zone": "example.com",
    "server": "198.51.100.7",
    "server_name": "ns1.example.net",
    "source": "zone-file",
    "time": NOON,
    "until": NOON + timedelta(hours=1, microseconds=5),
    "evidence": Evidence.PUBLISHED,
    "citation": "https://example.org/facts",
    "vantage": "Paris",
    "subnet": "192.0.2.0/24",
    "note": "a note",
}

STATUSES = ", ".join(Status)


def row_of(**changes):
    row = Observation(**FULL).to_dict() | changes
    return {key: value for key, value in row.items() if value is not ...}


def test_the_full_example_has_every_field():
    assert FULL.keys() == {field.name for field in fields(Observation)}


@pytest.mark.parametrize("name", sorted(FULL))
def test_every_field_survives_alone(name):
    least = {key: FULL[key] for key in ("subject", "type", "status", "time")}
    observation = Observation(**least | {name: FULL[name]})
    row = json.loads(json.dumps(observation.to_dict()))
    assert Observation.from_dict(row) == observation
    assert getattr(Observation.from_dict(row), name) == FULL[name]
    assert name in row


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("evidence", list(Evidence))
def test_every_status_and_evidence_survives(status, evidence):
    observation = Observation(**FULL | {"status": status, "evidence": evidence})
    back = Observation.from_dict(json.loads(json.dumps(observation.to_dict())))
    assert (back.status, back.evidence) == (status, evidence)
    assert back == observation


ANY_TEXT = st.text(alphabet=st.characters(), max_size=20)
TIMES = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=-7))]))


@STEADY
@given(
    subject=ANY_TEXT,
    values=st.lists(ANY_TEXT, max_size=4),
    note=ANY_TEXT,
    citation=ANY_TEXT,
    ttl=st.none() | st.integers(0, 2**32 - 1),
    time=TIMES,
    length=st.none() | st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=400)),
)
def test_anything_survives_the_json_form(*, subject, values, note, citation, ttl, time, length):
    try:
        until = None if length is None else time + length
    except OverflowError:
        until = None
    try:
        observation = Observation(
            subject=subject,
            type="TXT",
            status=Status.ANSWER,
            values=tuple(values),
            ttl=ttl,
            time=time,
            until=until,
            note=note,
            citation=citation,
        )
    except OverflowError:
        assert time.year in {1, 9999}  # a zone that leads out of the calendar
        return
    line = json.dumps(observation.to_dict(), ensure_ascii=False).encode("utf-8")
    assert Observation.from_dict(json.loads(line)) == observation
    assert hash(Observation.from_dict(json.loads(line))) == hash(observation)


def test_half_a_surrogate_pair_is_replaced_everywhere():
    torn = Observation(
        subject="\ud800x",
        type="holder",
        status=Status.ANSWER,
        values=("name \udfff", "name ä"),
        time=NOON,
        note="\udead\ud83d\ude00",
    )
    assert torn.subject == "\ufffdx"
    assert torn.values == ("name ä", "name \ufffd")
    assert torn.note == "\ufffd😀"
    json.dumps(torn.to_dict(), ensure_ascii=False).encode("utf-8")


def test_order_of_values_and_flags_carries_no_meaning():
    one = Observation(**FULL | {"values": ("b", "a"), "flags": ("TC", "AA")})
    two = Observation(**FULL | {"values": ("a", "b"), "flags": ("AA", "TC")})
    assert one == two
    assert one.values == ("a", "b")


def test_times_are_utc():
    east = datetime(2026, 9, 25, 14, tzinfo=timezone(timedelta(hours=2)))
    assert Observation(**FULL | {"time": east}) == Observation(**FULL)
    assert Observation(**FULL | {"time": east}).time.tzinfo is UTC
    with pytest.raises(
        RecordingError, match=r"expected an aware UTC time for 'www\.example\.com' 'A'"
    ):
        Observation(**FULL | {"time": datetime(2026, 9, 25, 12)})  # noqa: DTZ001
    with pytest.raises(RecordingError, match="expected 'until' after 'time'"):
        Observation(**FULL | {"until": NOON - timedelta(seconds=1)})


@pytest.mark.parametrize(
    ("row", "line"),
    [
        (row_of(subject=...), "expected the field 'subject', found none"),
        (row_of(type=...), "expected the field 'type', found none"),
        (row_of(status=...), "expected the field 'status', found none"),
        (row_of(time=...), "expected the field 'time', found none"),
        (row_of(colour="red", x=1), "expected only known fields, found 'colour', 'x'"),
        (row_of(**{"\x1b[2J": 1}), "expected only known fields, found '\\x1b[2J'"),
        (
            row_of(status="fine"),
            f"expected a known status ({STATUSES}), found 'fine': a newer depgraph may know it",
        ),
        (
            row_of(status=["answer"]),
            f"expected a known status ({STATUSES}), found ['answer']: a newer depgraph may know it",
        ),
        (
            row_of(evidence=None),
            "expected a known evidence (observed, published, reported, inferred, unknown), found None: a newer depgraph may know it",
        ),
        (row_of(values="192.0.2.1"), "expected a list of texts for 'values', found '192.0.2.1'"),
        (row_of(values=[1]), "expected a list of texts for 'values', found [1]"),
        (row_of(flags=None), "expected a list of texts for 'flags', found None"),
        (row_of(ttl="300"), "expected seconds (32 bits) for 'ttl', found '300'"),
        (row_of(ttl=True), "expected seconds (32 bits) for 'ttl', found True"),
        (row_of(ttl=-1), "expected seconds (32 bits) for 'ttl', found -1"),
        (row_of(ttl=2**32), "expected seconds (32 bits) for 'ttl', found 4294967296"),
        (row_of(ttl=None), "expected seconds (32 bits) for 'ttl', found None"),
        (row_of(ttl=1.5), "expected seconds (32 bits) for 'ttl', found 1.5"),
        (row_of(note=1), "expected text for 'note', found 1"),
        (row_of(subject=None), "expected text for 'subject', found None"),
        (
            row_of(section=["x"] * 99),
            "expected text for 'section', found " + ascii(["x"] * 99)[:76] + "...]",
        ),
        (row_of(time=5), "expected an ISO 8601 time, found 5"),
        (row_of(time="yesterday"), "expected an ISO 8601 time, found 'yesterday'"),
        (row_of(time="2021-02-30"), "expected an ISO 8601 time, found '2021-02-30'"),
        (
            row_of(time="9999-12-31T23:59:59-23:00"),
            "expected an ISO 8601 time, found '9999-12-31T23:59:59-23:00'",
        ),
        (
            row_of(time="2021-02-15T10:00:00"),
            "expected a time with its zone, such as 2021-02-15T10:00:00Z, found '2021-02-15T10:00:00'",
        ),
        (row_of(until=None), "expected an ISO 8601 time, found None"),
    ],
)
def test_bad_rows_are_named(row, line):
    with pytest.raises(RecordingError) as caught:
        Observation.from_dict(row)
    assert str(caught.value) == line


def test_times_in_and_out():
    assert parse_time("2021-02-15") == datetime(2021, 2, 15, tzinfo=UTC)
    assert parse_time("2021-02-15T01:00:00+01:00") == datetime(2021, 2, 15, tzinfo=UTC)
    assert format_time(datetime(2021, 2, 15, 1, tzinfo=timezone(timedelta(hours=1)))) == (
        "2021-02-15T00:00:00Z"
    )
    assert format_time(NOON.replace(microsecond=7)) == "2026-09-25T12:00:00.000007Z"


def test_fields_and_first():
    holder = Observation(
        subject="192.0.2.1",
        type="holder",
        status=Status.ANSWER,
        values=("name B C", "name A", "country NL", "bare"),
        time=NOON,
    )
    assert holder.fields() == {"bare": [""], "country": ["NL"], "name": ["A", "B C"]}
    assert holder.first("name") == "A"
    assert holder.first("asn") is None


def test_what_a_status_means():
    conclusive = [status for status in Status if status.conclusive]
    assert [s.value for s in conclusive] == [
        "answer",
        "referral",
        "nodata",
        "nxdomain",
        "not-found",
    ]
    unasked = [status.name for status in Status if not status.asked]
    assert all(name.startswith("NOT_ASKED") for name in unasked)
    assert len(unasked) == 4
