"""Days as registries write them."""

import pytest

from depgraph.records.days import day_of


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2027-04-30T00:00:00.000Z", "2027-04-30"),
        ("2027/04/28", "2027-04-28"),
        ("2027. 07. 28.", "2027-07-28"),
        ("2027.03.09 14:00:00", "2027-03-09"),
        ("20270309", "2027-03-09"),
        ("2027-Aug-22.", "2027-08-22"),
        ("01-Oct-2026", "2026-10-01"),
        ("01-January-2027", "2027-01-01"),
        ("16 Jul 2027 00:00:00 UTC", "2027-07-16"),
        ("04-Jul-2027 23:59:59", "2027-07-04"),
        ("4.7.2027 10:15:55", "2027-07-04"),
        ("May 22 2027", "2027-05-22"),
        ("Sun Mar 30 23:59:00 2027", "2027-03-30"),
        ("Sun Mar 30 23:59:00 GMT 2027", "2027-03-30"),
        # another day may be meant, or none is
        ("03/08/2027 23:59:52", None),
        ("05-06-2027", None),
        ("21-Dec-12", None),
        ("before Feb-2026", None),
        ("30-Feb-2027", None),
        ("2027-13-01", None),
        ("-", None),
        ("", None),
    ],
)
def test_a_day_is_read_where_one_only_can_be_meant(text, day):
    found = day_of(text)
    assert (found and found.isoformat()) == day
