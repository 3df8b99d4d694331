"""Services tallied: who is known counts, whatever else is not; and nothing of it needs a picture."""

from __future__ import annotations

import io
import itertools
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

import depgraph
from depgraph.analysis.roles import roles
from depgraph.analysis.takedown import takedown
from depgraph.errors import QuestionError
from depgraph.pictures import concentration, survey
from depgraph.providers.rules import short_name
from depgraph.readers import read_zone
from depgraph.survey import services, shares
from depgraph.survey.tally import OPEN, OTHER, UNKNOWN, Carriers, Service, Stop, tallied
from depgraph.vocabulary import Layer
from tests.pictures.shipped import NAMES, shipped

ZONE = """
$ORIGIN gov.
$TTL 3600
@ SOA a.ns.gov. dns.cloudflare.com. 1 3600 900 604800 300
@ NS a.ns.gov.
a.ns A 192.0.2.1
alpha NS ada.ns.cloudflare.com.
alpha NS bob.ns.cloudflare.com.
beta NS ns01.domaincontrol.com.
beta NS ns02.domaincontrol.com.
gamma NS ns-1.awsdns-01.com.
gamma NS ns-2.awsdns-02.net.
delta NS ns-1.awsdns-01.com.
delta NS ada.ns.cloudflare.com.
epsilon NS ns1.epsilon.gov.
epsilon NS ns2.epsilon.gov.
"""
DAY = datetime(2026, 8, 22, tzinfo=UTC)
DOTGOV = Path(__file__).parents[3] / "shared" / "data" / "dotgov" / "gov.zone.xz"


@pytest.fixture(scope="module")
def small():
    recordings = read_zone(io.BytesIO(ZONE.encode()), time=DAY)
    return services([depgraph.build(one) for one in itertools.islice(recordings, 1, None)])


def row_of(found, layer):
    return next(row for row in shares(found) if row.layer is layer)


def test_an_operator_that_a_zone_names_is_known_though_its_addresses_are_not(small):
    row = row_of(small, Layer.DNS)
    assert dict(row.known) | {"epsilon.gov": 0} == {
        "Cloudflare": 2,
        "Amazon.com": 2,
        "GoDaddy": 1,
        "epsilon.gov": 0,
    }
    assert row.total == 5
    counted = dict(row.parts)
    assert counted["Amazon.com"] == 2
    assert counted.get(OPEN, 0) + counted.get(OTHER, 0) == 3 - counted.get(UNKNOWN, 0)
    low, high = row.range
    assert low == 40
    assert high > low


def test_a_delegation_to_two_companies_counts_for_both(small):
    delta = next(one for one in small if one.name == "delta.gov")
    assert delta.layers[Layer.DNS].known == {"Cloudflare", "Amazon.com"}
    assert delta.layers[Layer.DNS].category(frozenset({"Cloudflare", "Amazon.com"})) == "several"


def test_parts_count_each_service_once_and_names_the_known_ones(small):
    for row in shares(small):
        assert sum(count for _, count in row.parts) == row.total
        assert all(count <= row.total for _, count in row.known)


@pytest.mark.parametrize("name", NAMES)
def test_a_tally_holds_whom_the_roles_and_the_cut_sets_name(name):
    graph = shipped(name)
    (service,) = services([graph])
    who = roles(graph)
    for layer, carriers in service.layers.items():
        present = [f for f in who.functions if f not in who.absent]
        standings = [who.standing(f, layer) for f in present]
        known = {r for s in standings for r in s.known.values() if r.needed}
        names = {
            short_name([r.company, *r.parents][-1] or r.label)
            for r in known
            if not r.own and r.kind == "provider"
        }
        assert carriers.known == names
        assert carriers.own == any(r.own for r in known)
        if carriers.known and not carriers.open:
            assert all(s.fully_known for s in standings if s.roles)
    cuts = takedown(graph, level="company", upto=1).functions
    alone = {short_name(cut.members[0].label) for one in cuts for cut in one.alone_sets}
    assert {one.company for one in service.stops} == alone


def test_who_is_involved_in_a_role_that_is_not_stated_carries_nothing():
    (service,) = services([shipped("parler.com_2021-02-15")])
    assert "SkySilk" in service.known
    assert not service.known & {"Epik", "DDoS-Guard"}


def test_a_company_is_counted_without_what_it_does_as_a_registry(small):
    """Cloudflare is likely who runs .gov's registry: no news of five of its names."""
    made = concentration(small)
    assert made.title == (
        "5 services: Amazon Web Services (Amazon.com), Cloudflare and GoDaddy can each stop "
        "a function of one of them alone"
    )
    assert [row for row in made.rows if "Cloudflare" in row[0]] == [
        ("Cloudflare", "2", "1", "0"),
        ("Cloudflare (as a registry)", "5", "5", "5"),
    ]


@pytest.mark.parametrize(
    ("likely", "lang", "said"),
    [
        ((0, 0), "en", "2 services: A and B can each stop a function of each of them alone"),
        ((1, 1), "en", "of each of them (for one service only likely) alone"),
        ((2, 2), "en", "of each of them (only likely) alone"),
        ((0, 1), "en", "of each of them (for some services only likely) alone"),
        ((2, 2), "fr", "de chacun d’eux (seulement probable)"),
        ((1, 1), "fr", "de chacun d’eux (pour un service, seulement probable)"),
        ((0, 2), "fr", "de chacun d’eux (pour certains services, seulement probable)"),
    ],
)
def test_a_headline_says_what_is_only_likely(likely, lang, said):
    found = [
        Service(
            f"{number}.example",
            {Layer.DNS: Carriers(frozenset("AB"))},
            stops=frozenset(
                Stop(name, likely=number < many) for name, many in zip("AB", likely, strict=True)
            ),
        )
        for number in range(2)
    ]
    assert said in concentration(found, lang=lang).title


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_of_one_service_pictures_speak_of_one(lang):
    one = Service(
        "a.example",
        {Layer.DNS: Carriers(frozenset("A"), likely=frozenset("A"))},
        group=frozenset("A"),
        stops=frozenset({Stop("A", likely=True)}),
    )
    made = concentration([one], lang=lang)
    told = {
        "en": "One service: A alone can stop a function of this service (only likely)",
        "fr": "Un service : A peut à lui seul arrêter une fonction de ce service (seulement probable)",
    }
    assert made.title.replace("\u00a0", " ") == told[lang]
    assert "1 services" not in made.alt
    picture = survey([one], lang=lang)
    assert picture.title.endswith("(only likely)" if lang == "en" else "(seulement probable)")
    assert "A 1 (1 only likely)" in picture.alt or "A 1 (1 seulement probable)" in picture.alt


def test_a_layer_of_registries_leads_only_where_no_other_has_the_group():
    registry = Carriers(frozenset({"A"}))
    found = [
        Service("a.example", {Layer.DNS: registry, Layer.REGISTRY: registry}, frozenset({"A"})),
        Service("b.example", {Layer.DNS: Carriers(), Layer.REGISTRY: registry}),
    ]
    assert "50 % of the name service layer" in survey(found).title.replace("\u00a0", " ")
    found = [replace(one, layers={Layer.REGISTRY: registry}) for one in found]
    assert "100 % of the registry layer" in survey(found).title.replace("\u00a0", " ")
    assert "REGISTRIES" in [text.text for text in survey(found).texts]


def test_nobody_is_counted_twice():
    with pytest.raises(QuestionError, match=r"more of a\.com"):
        tallied([Service("a.com"), Service("a.com")])
    with pytest.raises(QuestionError, match="found none"):
        tallied([])


def test_a_tally_needs_no_matplotlib():
    code = (
        "import sys; sys.modules['matplotlib'] = None\n"
        "from depgraph.survey import services, shares\n"
        "from tests.pictures.graphs import typical\n"
        "print([row.layer.value for row in shares(services([typical()]))])"
    )
    home = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=home, capture_output=True, text=True, check=True
    )
    assert "'dns'" in done.stdout


@pytest.mark.skipif(not DOTGOV.exists(), reason="the zone of .gov is not here")
def test_of_names_in_gov_the_operator_of_the_name_servers_is_counted():
    recordings = itertools.islice(read_zone(DOTGOV, time=DAY), 1, 61)
    found = services([depgraph.build(one) for one in recordings])
    row = row_of(found, Layer.DNS)
    named = sum(bool(one.layers[Layer.DNS].known) for one in found)
    assert dict(row.known)["Cloudflare"] > 5
    assert row.unknown == row.total - named - sum(
        one.layers[Layer.DNS].own for one in found if not one.layers[Layer.DNS].known
    )
    assert row.unknown < row.total / 10
