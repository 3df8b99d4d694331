"""What an answer is made of, and what an edge says of how it is known."""

from datetime import date, timedelta

import pytest

from depgraph.graph import build
from depgraph.graph.answers import Index, proof
from depgraph.graph.text import address, asn, covering, exchange, host
from depgraph.recording import Header, Recording
from depgraph.vocabulary import Reason
from tests.graphs import DAY, seen

DATE = DAY.date()


def index(*rows, since=DATE, until=DATE):
    return Index(rows, since=since, until=until)


def test_the_best_class_of_evidence_speaks_and_then_the_latest():
    rows = [
        seen("a.example", "A", "192.0.2.1", evidence="reported", time=DAY + timedelta(hours=9)),
        seen(
            "a.example", "A", "192.0.2.1", server="192.0.2.7", ttl=60, time=DAY + timedelta(hours=2)
        ),
        seen("a.example", "A", "192.0.2.1", server="192.0.2.8", ttl=30),
    ]
    data = proof(rows)
    assert data == {
        "evidence": "observed",
        "confidence": "certain",
        "time": "2026-01-15T02:00:00Z",
        "ttl": 30,
        "provenance": "dns",
        "server": "192.0.2.7",
    }
    assert proof(reversed(rows)) == data


def test_a_rule_makes_it_inferred_and_keeps_where_its_input_is_from():
    data = proof([seen("a.example", "A", "192.0.2.1", citation="https://a.example")], rule="r-1")
    assert (data["evidence"], data["rule"], data["citation"]) == (
        "inferred",
        "r-1",
        "https://a.example",
    )


def test_without_any_observation_it_is_a_matter_of_definition():
    assert proof([]) == {"evidence": "definition", "confidence": "certain"}


@pytest.mark.parametrize(
    ("first", "last", "current"),
    [(-1, -1, False), (-1, 0, True), (0, 0, True), (-9, 9, True), (1, 1, False), (1, 9, False)],
)
def test_current_is_what_meets_the_days(first, last, current):
    row = seen(
        "a.example",
        "A",
        "192.0.2.1",
        time=DAY + timedelta(days=first),
        until=DAY + timedelta(days=last),
    )
    answer = index(row).ask("a.example", "A")
    assert bool(answer.records) is current
    assert bool(answer.stale) is not current


def test_the_nearest_other_day_stands_first():
    rows = [
        seen("a.example", "A", f"192.0.2.{n}", time=DAY + timedelta(days=days))
        for n, days in enumerate((-30, 2, -1, 40))
    ]
    assert [o.values[0] for o in index(*rows).ask("a.example", "A").stale] == [
        "192.0.2.2",
        "192.0.2.1",
        "192.0.2.0",
        "192.0.2.3",
    ]
    assert index(*rows).ask("a.example", "A").reasons == (Reason.of("other-day"),)
    assert index().ask("a.example", "A").reasons == (Reason.of("not-asked"),)
    wide = index(*rows, since=date(2026, 1, 1), until=date(2026, 2, 1))
    # Of two days in the time asked about the last one counts, and what it replaced is told.
    assert wide.ask("a.example", "A").values == ["192.0.2.1"]
    assert [o.values for o in wide.replaced["a.example", "A"]] == [("192.0.2.2",)]


@pytest.mark.parametrize(
    ("days", "confidence"),
    [
        ("1 2", "likely"),  # moved, or by turns: nobody can tell
        ("1 2 2", "certain"),  # moved
        ("1 2 1 2 2", "likely"),  # it came back before
        ("1 2 1", "likely"),
        ("12 23", "likely"),  # a part of a pool each day
        ("1 12", "certain"),  # nothing is gone
        ("2 2", "certain"),
    ],
)
def test_a_name_that_may_be_answered_by_turns_is_not_certain(days, confidence):
    rows = [
        seen("a.example", "A", *(f"192.0.2.{n}" for n in values), time=DAY + timedelta(days=day))
        for day, values in enumerate(days.split())
    ]
    answer = index(*rows, until=DATE + timedelta(days=9)).ask("a.example", "A")
    assert {answer.proof(value)["confidence"] for value in answer.values} == {confidence}


def test_glue_that_changed_is_no_doubt_about_the_servers_own_record():
    rows = [
        seen("ns.a.example", "A", "192.0.2.1", section="additional", zone="example"),
        seen(
            "ns.a.example",
            "A",
            "192.0.2.2",
            section="additional",
            zone="example",
            time=DAY + timedelta(days=1),
        ),
        seen("ns.a.example", "A", "192.0.2.2", time=DAY + timedelta(days=1)),
    ]
    both = index(*rows, until=DATE + timedelta(days=1))
    glue, own = (both.ask("ns.a.example", "A", part=part) for part in ("glue", "answer"))
    assert glue.proof("192.0.2.2")["confidence"] == "likely"
    assert own.proof("192.0.2.2")["confidence"] == "certain"


def test_an_answer_outweighs_a_failure_and_an_empty_answer_is_one():
    both = index(seen("a.example", "A", "192.0.2.1"), seen("a.example", "A", status="timeout"))
    assert both.ask("a.example", "A").values == ["192.0.2.1"]
    empty = index(seen("a.example", "A", status="nodata"), seen("a.example", "A", status="timeout"))
    assert empty.ask("a.example", "A").is_empty
    failed = index(
        seen("a.example", "A", status="timeout"), seen("a.example", "A", status="refused")
    )
    assert not failed.ask("a.example", "A").is_empty
    assert failed.ask("a.example", "A").reasons == (Reason.of("refused"), Reason.of("timeout"))


def test_names_are_compared_without_case_or_trailing_dot():
    assert index(seen("A.Example.", "A", "192.0.2.1")).ask("a.example", "A").values == ["192.0.2.1"]


def test_delegation_glue_and_own_records_are_three_answers():
    rows = [
        seen("a.example", "NS", "ns.a.example"),
        seen("a.example", "NS", "ns2.a.example", section="authority", zone="example"),
        seen("ns.a.example", "A", "192.0.2.1", section="additional", zone="example"),
        seen("a.example", "NS", "a.example", status="referral", zone="example"),
    ]
    i = index(*rows)
    assert i.ask("a.example", "NS").values == ["ns.a.example"]
    assert i.ask("a.example", "NS", part="parent").values == ["ns2.a.example"]
    assert not i.ask("ns.a.example", "A").asked
    assert i.ask("ns.a.example", "A", part="glue").values == ["192.0.2.1"]


def test_places_differ_only_where_both_were_settled():
    rows = [
        seen("a.example", "A", "192.0.2.1", vantage="paris"),
        seen("a.example", "A", status="timeout", vantage="ottawa"),
    ]
    assert not index(*rows).ask("a.example", "A").differs
    rows.append(seen("a.example", "A", status="nxdomain", vantage="tokyo"))
    answer = index(*rows).ask("a.example", "A")
    assert answer.differs
    assert answer.proof("192.0.2.1")["vantage"] == "paris"


def test_client_subnets_are_places_too():
    rows = [
        seen("a.example", "A", "192.0.2.1", subnet="198.51.100.0/24"),
        seen("a.example", "A", "192.0.2.2", subnet="203.0.113.0/24"),
    ]
    assert index(*rows).ask("a.example", "A").vantages == ("198.51.100.0/24", "203.0.113.0/24")


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "..",
        "a..b",
        "a b",
        "192.0.2.1",
        "é--.example",
        "x" * 64,
        "a." * 130,
        "a\n",
        "a/b",
        "<b>",
    ],
)
def test_no_host(text):
    assert host(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10 mx.example", "mx.example"),
        ("mx.example.", "mx.example"),
        ("0 .", "."),
        ("-1 mx.example", None),
        ("10 10 mx.example", None),
        ("10", None),
        ("", None),
    ],
)
def test_exchange(text, expected):
    assert exchange(text) == expected


@pytest.mark.parametrize("text", ["fe80::1%eth0", "1.2.3", "01.2.3.4", "", "9" * 100])
def test_no_address(text):
    assert address(text) is None


@pytest.mark.parametrize("text", ["", "AS", "0", "-1", "4294967296", "1.1", "٣", "AS1 AS2"])
def test_no_as_number(text):
    assert asn(text) is None


def test_the_narrowest_prefix_that_holds_the_address():
    prefixes = ["192.0.0.0/8", "192.0.2.0/24", "192.0.3.0/24", "0.0.0.0/0", "x", "2001:db8::/32"]
    assert covering(prefixes, "192.0.2.1") == "192.0.2.0/24"
    assert covering(["192.0.0.0/7"], "192.0.2.1") is None
    assert covering(["10.0.0.0/8, 192.0.2.0/23"], "192.0.2.1") == "192.0.2.0/23"
    assert covering(["2001::/18"], "2001:db8::1") is None


def test_a_place_that_got_no_answer_differs_from_one_that_did():
    refused = {"status": "refused", "vantage": "Canada"}
    rows = (
        seen("shop.com", "A", "192.0.2.1", vantage="Germany"),
        seen("shop.com", "A", **refused),
        seen("shop.com", "MX", "10 mx.example.net", vantage="Germany"),
        seen("shop.com", "MX", "10 mx.example.net", vantage="Canada"),
        seen("shop.com", "MX", status="timeout", vantage="Canada"),
        seen("shop.com", "NS", **refused),
    )
    g = build(rows, subject="shop.com")
    assert g.graph["differences"] == "shop.com A (Canada: refused)"


def test_a_question_for_every_type_that_failed_is_told_of_each():
    rows = index(
        seen("a.example", "ANY", status="timeout"),
        seen("b.example", "ANY", status="nxdomain"),
        seen("c.example", "ANY", status="nodata"),
        seen("a.example", "MX", "10 mx.example"),
    )
    not_asked = (Reason.of("not-asked"),)
    assert rows.ask("a.example", "A").reasons == (Reason.of("timeout"),)
    assert rows.ask("a.example", "MX").values == ["10 mx.example"]
    assert rows.ask("a.example", "A", part="glue").reasons == not_asked
    assert rows.ask("a.example", "registration").reasons == not_asked
    assert rows.ask("b.example", "A").no_such_name
    # A server need not give all that it has (RFC 8482).
    assert rows.ask("c.example", "A").reasons == not_asked


FIRST = {"server": "192.0.2.53"}


@pytest.mark.parametrize(
    ("kind", "good", "unknown"),
    [
        ("A", "203.0.113.7", "IPv4 addresses"),
        ("MX", "10 aspmx.l.google.com", "mail exchanges"),
        ("NS", "ns1.gandi.net", "malformed name servers"),
        ("CAA", '0 issue "letsencrypt.org"', "authorities"),
    ],
)
def test_a_record_that_does_not_read_leaves_the_rest_of_its_answer_open(kind, good, unknown):
    bad = seen("shop.com", kind, status="malformed", note="expected otherwise", **FIRST)
    read = seen("shop.com", kind, good, **FIRST)
    whole, part = (
        build(Recording(Header(subject="shop.com"), rows)) for rows in ((read,), (read, bad))
    )

    def open_in(graph):
        return {
            (data["what"], data.get("reason"))
            for _, data in graph.nodes(data=True)
            if "what" in data
        }

    more = {what for what, _ in open_in(part) - open_in(whole)}
    assert unknown in more
    if kind == "MX":
        assert "mailbox operator" in more


def test_a_server_that_answers_nonsense_beside_another_leaves_the_answer_of_that_whole():
    bad = seen("shop.com", "A", status="malformed", server="198.51.100.53")
    answer = index(seen("shop.com", "A", "203.0.113.7", **FIRST), bad).ask("shop.com", "A")
    assert answer.not_whole == ()
