"""What a survey says of who stands where, and of who falls, is as sure as what was asked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import depgraph
from depgraph.errors import QuestionError
from depgraph.pictures import survey as draw_survey
from depgraph.survey.result import Survey
from depgraph.survey.sources import services_of

EPOCH = 1793527200 * 10**9  # 1 November 2026
RANGE = "104.16.1.1"  # of the addresses that Cloudflare publishes


def line(name: str, kind: str, *values: str) -> str:
    """Return an answer as massdns writes it; without values one that there is none."""
    answers = [
        {"ttl": 300, "type": kind, "class": "IN", "name": name, "data": one} for one in values
    ]
    soa = {"ttl": 300, "type": "SOA", "class": "IN", "name": name, "data": "a. b. 1 2 3 4 5"}
    row = {"name": name, "type": kind, "class": "IN", "status": "NOERROR", "rx_ts": EPOCH}
    row |= {"data": {"answers": answers} if answers else {"authorities": [soa]}}
    return json.dumps(row | {"flags": ["rd", "ra"], "resolver": "192.0.2.53:53", "proto": "UDP"})


def surveyed(tmp_path: Path, *lines: str) -> Survey:
    path = tmp_path / "scan.ndjson"
    path.write_text("\n".join(lines))
    return depgraph.survey(path)


def standing(made: Survey, function: str, layer: str) -> list[dict[str, object]]:
    return [
        row
        for row in made.tables["layers"].to_pylist()
        if (row["function"], row["layer"]) == (function, layer)
    ]


@pytest.fixture
def two_names(tmp_path: Path) -> Survey:
    """Return services of an operator that the catalogue lacks, under two domains in one of them."""
    return surveyed(
        tmp_path,
        line("one.example", "NS", "ns1.alpha-dns.fr."),
        line("two.example", "NS", "ns1.alpha-dns.com."),
        line("three.example", "NS", "ns1.alpha-dns.fr.", "ns1.alpha-dns.com."),
    )


@pytest.mark.parametrize("kind", ["company:~", "provider:~", ""])
def test_each_name_of_an_operator_means_all_that_it_runs(two_names: Survey, kind: str) -> None:
    answers = [two_names.without(f"{kind}alpha-dns.{end}") for end in ("fr", "com")]
    assert answers[0] == answers[1]
    down = {
        row["service"] for row in answers[0] if (row["function"], row["state"]) == ("web", "fails")
    }
    assert down == {"one.example", "two.example", "three.example"}
    fallen = two_names.fallen([f"{kind}alpha-dns.fr", f"{kind}alpha-dns.com"])
    assert [row["fails"] for row in fallen] == [3, 3]
    assert len({row["label"] for row in fallen}) == 1


def test_words_mean_the_same_to_all_that_ask_who_falls(tmp_path: Path) -> None:
    made = surveyed(tmp_path, line("one.example", "NS", "ada.ns.cloudflare.com."))
    words = ("cloudflare", "company:cloudflare", "Cloudflare, Inc.")
    assert {(row["fails"], row["label"]) for row in made.fallen(words)} == {(1, "Cloudflare, Inc.")}
    group = made.fallen("big-tech")[0]
    assert group == {"actor": "big-tech", "label": "big-tech", "fails": 0, "undetermined": 1}
    for word in ("company:nobody", "cloudfare"):
        with pytest.raises(QuestionError, match="found"):
            made.fallen([word])
        with pytest.raises(QuestionError, match="found"):
            made.without(word)


def test_a_domain_without_exchangers_leaves_no_doubt_of_its_registry(tmp_path: Path) -> None:
    """Its own host may take mail (RFC 5321, 5.1): who runs that is unsure, not who its registry is."""
    made = surveyed(
        tmp_path,
        line("one.fr", "NS", "ada.ns.cloudflare.com."),
        line("one.fr", "A", RANGE),
        line("one.fr", "MX"),
    )
    (registry,) = standing(made, "mail", "registry")
    assert (registry["company"], registry["whole"], registry["why"]) == ("company:afnic", True, "")
    assert {row["why"] for row in standing(made, "mail", "dns")} == {"not-asked"}
    assert not any(row["whole"] for row in standing(made, "mail", "mail"))
    assert "not-recorded" not in {
        why for row in made.tables["layers"].to_pylist() for why in row["why"].split("; ")
    }


def test_who_only_may_stand_somewhere_is_ranked_with_none(tmp_path: Path) -> None:
    """Passive DNS that tells one exchanger does not tell that there is no other."""
    path = tmp_path / "seen.json"
    row = {"rrname": "one.fr", "rrtype": "MX", "time_first": 1793527200, "time_last": 1793530800}
    path.write_text(json.dumps(row | {"rdata": "0 one-fr.mail.protection.outlook.com."}) + "\n")
    made = depgraph.survey(path)
    (one,) = made.rank(layer="mailbox")
    assert (one.actor, one.services, one.most, one.widest) == ("company:microsoft", 0, 1, 1)
    index = made.concentration(layer="mailbox")
    assert (index.uses, index.hhi, index.distance) == (0, None, None)
    assert "The concentration is not known" in made.to_markdown()


def test_of_a_certain_operator_the_likely_owner_is_only_likely_there(tmp_path: Path) -> None:
    path = tmp_path / "dyn.json"
    path.write_text(
        "\n".join(
            json.dumps({"domain": name, "date": "2026-08-01", "records": {"NS": servers}})
            for name, servers in (
                ("one.fr", ["ns1.p01.dynect.net", "ns2.p01.dynect.net"]),
                ("two.fr", ["dns10.ovh.net"]),
            )
        )
    )
    made = depgraph.survey(path)
    found = services_of([path])
    graphs = [depgraph.build(found.recording(name, None)[0]) for name in found.names]
    assert graphs[0].edges["company:dyn", "company:oracle", "parent"]["confidence"] == "likely"
    of_dns = (row for row in made.layers.to_pylist() if row["layer"] == "dns")
    sure = {
        row["company"]: (row["confidence"], row["company_confidence"])
        for row in of_dns
        if row["function"] == "web" and row["kind"] == "provider"
    }
    assert sure == {
        "company:oracle": ("certain", "likely"),
        "company:ovh": ("certain", "certain"),
    }
    ranked = {
        level: {one.actor: (one.services, one.likely) for one in made.rank(level=level)}
        for level in ("provider", "company")
    }
    assert ranked == {
        "provider": {"provider:dyn": (1, 0), "provider:ovh": (1, 0)},
        "company": {"company:oracle": (1, 1), "company:ovh": (1, 0)},
    }
    stops = {
        row["actor"]: (row["services"], row["likely"])
        for row in made.stops()
        if row["lever"] == "stop-dns"
    }
    assert stops == ranked["company"]
    said = draw_survey(made.tallied("oracle"), group="oracle").alt
    assert "Dyn (Oracle) 1 (1 only likely)" in said
    assert said == draw_survey(graphs, group="oracle").alt


def test_whose_country_is_not_known_may_be_under_the_law_of_any(tmp_path: Path) -> None:
    path = tmp_path / "countries.json"
    known, nobody = ["dns10.ovh.net"], ["ns1.alpha-dns.example"]
    path.write_text(
        "\n".join(
            json.dumps({"domain": f"{n}.fr", "date": "2026-08-01", "records": {"NS": servers}})
            for n, servers in enumerate((known, nobody, [*known, *nobody]))
        )
    )
    made = depgraph.survey(path)
    (one,) = made.rank(level="country")
    assert (one.actor, one.services, one.most, one.widest) == ("country:FR", 2, 3, 3)
    ranked = {one.actor: (one.services, one.most) for one in made.rank()}
    assert ranked == {"company:ovh": (2, 2), "company:~alpha-dns.example": (2, 2)}
    only = {
        level: {
            row["actor"]: row["loose"] for row in made.impact(level=level) if row["layer"] == "dns"
        }
        for level in ("company", "country")
    }
    assert only["country"]["country:FR"] == only["company"]["company:ovh"] == 1


def test_a_service_that_runs_it_itself_is_an_operator_of_its_own(tmp_path: Path) -> None:
    made = surveyed(
        tmp_path,
        *(line(f"{one}.fr", "NS", "ada.ns.cloudflare.com.") for one in ("a", "b", "c")),
        line("d.fr", "NS", "ns1.d.fr."),
    )
    (count,) = (one for one in made.layer_counts if one.layer == "dns")
    assert count.own == 1
    found = made.concentration(layer="dns")
    assert found.uses == 4
    assert found.hhi == pytest.approx((3 / 4) ** 2 + (1 / 4) ** 2)
    assert found.distance == pytest.approx((3 / 4) ** 2 + (1 / 4) ** 2 - 1 / 4)
    assert made.concentration(layer="dns", level="country").uses == 3


def test_whose_network_it_is_was_asked_of_nobody_and_so_the_host_neither(tmp_path: Path) -> None:
    """An address alone names nobody: what would tell is a question that was not put."""
    made = surveyed(tmp_path, line("one.fr", "A", "213.186.33.2"))
    for layer in ("host", "network"):
        (row,) = standing(made, "web", layer)
        assert (row["failed"], row["unasked"], row["why"]) == (False, True, "not-asked"), layer
