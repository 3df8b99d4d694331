"""The short signs of the pictures: the same, and any one is enough."""

from depgraph.pictures import scene, timeline, to_svg
from tests.analysis.worlds import S, owned, world
from tests.pictures.read import strip_rows, timeline_rows

LATER = {"since": "2026-02-01", "until": "2026-02-01"}
BESIDE = [
    (f"addresses:{S}", "address", "address:192.0.2.2"),
    ("address:192.0.2.2", "operator", "unknown:operator"),
]
TWO = [
    (f"addresses:{S}", "address", "address:192.0.2.2"),
    ("address:192.0.2.2", "operator", "provider:other"),
    *owned("other"),
]
OTHER = "static.example.com"
SECOND_HOST = [
    (f"function:{S}/web", "host", f"host:{OTHER}"),
    (f"host:{OTHER}", "zone", f"zone:{S}"),
    (f"host:{OTHER}", "address", f"addresses:{OTHER}"),
    (f"addresses:{OTHER}", "address", "address:192.0.2.3"),
    (f"addresses:{OTHER}", "address", "address:192.0.2.4"),
    ("address:192.0.2.3", "operator", "provider:third"),
    ("address:192.0.2.4", "operator", "provider:fourth"),
    *owned("third"),
    *owned("fourth"),
]


def sign(*later):
    """Return the sign between two days in the row of the host."""
    _, rows = timeline_rows(to_svg(timeline([world(), world(*later, **LATER)])))
    (row,) = [row for row in rows if row.layer == "host"]
    return row.signs


def enough(*more):
    """Return what is written beside those who host, if any one of them is enough."""
    rows = strip_rows(to_svg(scene(world(*more), kind="strip")))
    return [text for (layer, _), text in rows.enough.items() if layer == "host"]


def test_days_of_which_one_is_partly_unknown_are_the_same_as_far_as_known():
    assert sign() == ["="]
    assert sign(*BESIDE) == ["(=)"]


def test_any_one_is_enough_is_tried_and_not_taken_from_the_cell():
    assert enough() == []
    assert enough(*TWO) == ["any one is enough"]
    # Four who host, none of whom can stop it alone; but each host name needs one of its own.
    assert enough(*TWO, *SECOND_HOST) == []
