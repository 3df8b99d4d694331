"""Small hostile inputs, a row each, with what may be said of them: one stands for its kind."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

import depgraph
from depgraph.cli import main
from depgraph.observations import Observation, Status
from depgraph.recording import Header, Recording

NAME = "shop.example"
DAY = datetime(2026, 1, 1, tzinfo=UTC)
OFFERED_NOT = (
    (f"www.{NAME}", "A", "nxdomain"),
    (f"www.{NAME}", "AAAA", "nxdomain"),
    (NAME, "MX", "0 ."),
)


def seen(subject, kind, *values, **more):
    """Make an observation; one lower-case word instead of values is a status."""
    status = Status(values[0]) if values and values[0] in set(Status) else Status.ANSWER
    values = () if status is not Status.ANSWER else values
    return Observation(
        subject=subject, type=kind, status=status, values=values, time=DAY, **more
    )  # fmt: skip


def graph(
    *rows,
    address="198.51.100.80",
    web=True,
    origin="asn 64601",
    holder=(),
    servers=("ns1.dns.example",),
):
    """Build the graph of an honest small service with these observations beside it."""
    prefix = "prefix 198.51.100.0/24"
    base = [
        seen(NAME, "NS", *servers, section="authority", zone="example"),
        seen(NAME, "NS", *servers, zone=NAME),
        *(seen(*row, zone=NAME) for row in OFFERED_NOT),
        *([seen(NAME, "A", address, zone=NAME), seen(NAME, "AAAA", "nodata", zone=NAME)] if web else []),
        seen(address, "origin", origin, prefix, source="cymru") if "prefix" not in origin
        else seen(address, "origin", *origin.split("; "), source="cymru"),
        seen(address, "holder", "organisation Web Host", "organisation-handle WEB", prefix, *holder, source="rdap"),
    ]  # fmt: skip
    return depgraph.build(Recording(Header(subject=NAME), (*base, *rows)))


def certain(made, function="web"):
    """Give who can take a function down alone for certain."""
    (cuts,) = [f for f in depgraph.takedown(made, upto=1).functions if f.function == function]
    return {cut.ids for cut in cuts.cut_sets if not cut.worst_case and cut.confidence == "certain"}


@pytest.mark.parametrize("text", ["name GOOGLE", "name AMAZON-AES", "name CLOUDFLARENET"])
def test_a_famous_netname_names_nobody_for_certain(text):
    assert certain(graph(holder=(text,))) <= certain(graph()) | {("company:web-host",)}
    assert not {one for one in certain(graph(holder=(text,))) if one[0] in FAMOUS}


FAMOUS = {"company:alphabet", "company:amazon", "company:cloudflare"}


@pytest.mark.parametrize("prefix", ["0.0.0.0/0", "0.0.0.0/1", "198.0.0.0/7"])
def test_a_route_that_is_no_operators_names_no_network(prefix):
    made = graph(origin=f"asn 15169; prefix {prefix}")
    assert not [node for node in made if node in {"asn:15169", f"prefix:{prefix}"}]


@pytest.mark.parametrize("kind", ["A", "AAAA", "NS", "TXT"])
@pytest.mark.parametrize("section", ["answer", "authority", "additional"])
def test_what_another_zones_server_says_changes_nothing(kind, section):
    value = {"A": "192.0.2.66", "AAAA": "2001:db8::66", "NS": "ns1.google.com", "TXT": "x"}[kind]
    said = seen(NAME, kind, value, section=section, zone="evil.test", server="192.0.2.9")
    poisoned, plain = graph(said), graph()
    assert sorted(poisoned.nodes(data="label")) == sorted(plain.nodes(data="label"))
    assert depgraph.takedown(poisoned).to_dict() == depgraph.takedown(plain).to_dict()


@pytest.mark.parametrize("status", ["timeout", "refused", "servfail", "lame"])
def test_a_server_that_failed_is_in_the_worst_case_none(status):
    """Refusal and silence are one: the other is alone in the worst case, and no certain redundancy."""
    several = ("ns1.dns.example", "ns2.other.test")
    at = {"zone": NAME, "server": "203.0.113.53", "server_name": "ns2.other.test"}
    made = graph(seen(NAME, "SOA", status, **at), servers=several)
    assert "attempt:ns2.other.test for shop.example" in made


@pytest.mark.parametrize(
    "rows",
    [
        [(NAME, "A", "timeout"), (NAME, "AAAA", "nxdomain")],
        [(NAME, "A", "nxdomain"), (NAME, "AAAA", "nxdomain"), (NAME, "TXT", "here")],
        [(NAME, "A", "nodata")],
        [(NAME, "A", "refused"), (NAME, "AAAA", "refused")],
    ],
)
def test_a_contradiction_is_never_not_offered(rows):
    made = graph(*(seen(*row, zone=NAME) for row in rows), web=False)
    assert not made.nodes[f"function:{NAME}/web"].get("absent")


def test_of_301_addresses_nobody_is_said_only_as_far_as_was_looked():
    many = [f"198.51.{100 + n // 250}.{n % 250}" for n in range(301)]
    made = graph(seen(NAME, "A", *many, zone=NAME))
    (web,) = [f for f in depgraph.takedown(made, level="address", upto=None).functions if f.function == "web"]  # fmt: skip
    found = [cut for cut in web.cut_sets if not cut.worst_case and len(cut.members) >= 301]
    assert found or web.complete_to is not None


def test_an_alias_by_an_https_record_is_an_offer():
    rows = (
        seen(NAME, "A", "nodata", zone=NAME),
        seen(NAME, "AAAA", "nodata", zone=NAME),
        seen(NAME, "HTTPS", "0 front.example.net", zone=NAME),
        seen("front.example.net", "A", "198.51.100.80"),
    )
    made = graph(*rows, web=False)
    assert not made.nodes[f"function:{NAME}/web"].get("absent")


def test_a_list_of_name_servers_that_only_the_registrar_has_is_told():
    made = graph(seen(NAME, "registration", "nameserver ns1.registrar.example", source="rdap"))
    assert "ns1.registrar.example" in str(depgraph.findings(made).to_dict())


# -- the smallest inputs of each kind, beside the repository ------------------------------------

CASES = Path(__file__).resolve().parents[2] / "shared" / "cases" / "hostile"
needs_cases = pytest.mark.skipif(not CASES.is_dir(), reason="../shared is not there")


def told(file, *words):
    """Give exit code and text of a verb about one of the files."""
    verb, *options = words
    done = CliRunner().invoke(main, [verb, str(CASES / file), *options, "--width", "400"])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def of(file):
    return depgraph.build(depgraph.read(CASES / file))


@needs_cases
@pytest.mark.parametrize("file", ["all301.jsonl", "many301.jsonl"])
def test_case_of_301_addresses(file):
    code, text = told(file, "takedown", "--level", "address", "--upto", "all")
    assert code == 0
    assert "Sets of more than" in text
    assert "nobody, not even all together" not in text


@needs_cases
def test_case_of_a_contradiction():
    absent = of("absent.jsonl")
    web = next(n for n in absent if n.startswith("function:") and n.endswith("/web"))
    assert not absent.nodes[web].get("absent")
    (found,) = [
        f for f in depgraph.dependence(absent, on="big-tech").functions if f.function == "web"
    ]
    assert found.takedown == "undetermined"


@needs_cases
def test_case_of_poison():
    said = [told(f"poison{x}.jsonl", "takedown")[1].split("To cite")[0] for x in ("", "_without")]
    assert said[0] == said[1]


@needs_cases
@pytest.mark.parametrize("file", ["netname.jsonl", "default_route.jsonl"])
def test_case_of_a_famous_name(file):
    for cuts in depgraph.takedown(of(file), upto=1).functions:
        for cut in cuts.cut_sets:
            assert cut.worst_case or not set(cut.ids) & FAMOUS


@needs_cases
def test_case_of_two_servers():
    refused, silent = (of(f"two_servers_{x}.jsonl") for x in ("refused", "silent"))
    assert sorted(refused) == sorted(silent)
    assert any(node.startswith("attempt:") for node in refused)
    assert not any(node.startswith("attempt:") for node in of("two_servers.jsonl"))


@needs_cases
def test_case_of_alias_mode():
    made = of("aliasmode.jsonl")
    web = next(n for n in made if n.startswith("function:") and n.endswith("/web"))
    assert not made.nodes[web].get("absent")


@needs_cases
def test_case_of_a_list_that_only_the_registrar_has():
    assert "registrar" in told("mismatch.jsonl", "findings")[1].lower()
    assert depgraph.findings(of("mismatch.jsonl")).findings


@needs_cases
def test_case_of_a_bad_line_beside_a_good_one():
    assert told("two_lines.jsonl", "report", "--name", "good.example")[0] == 0


@needs_cases
@pytest.mark.parametrize("file", sorted(p.name for p in CASES.glob("crash_*")))
def test_case_that_was_a_traceback(file):
    dated = ["--dated", "2026-01-01"] if file.endswith(".zone") else []
    code, text = told(file, "report", *dated)
    assert code in {0, 2}
    assert code == 0 or all(line.startswith("depgraph: ") for line in text.splitlines())
    assert "Traceback" not in text


@needs_cases
def test_case_that_is_right():
    assert told("ok.jsonl", "report")[0] == 0
