"""Headlines and labels as a newspaper would print them."""

from __future__ import annotations

import re

import pytest

import depgraph
from depgraph.folding import fold
from depgraph.pictures.drawing import scene
from depgraph.providers import catalogue
from depgraph.providers.rules import short_name
from depgraph.texts import words
from depgraph.vocabulary import What


def of(name: str, day: str):
    return depgraph.build(depgraph.example(name, day))


def test_a_company_is_called_by_its_brand_with_the_owner_in_brackets():
    made = scene(of("openstreetmap.org", "2024-07-12"), kind="strip")
    assert made.title.startswith("Gandi (Your.Online) alone can stop")
    parler = scene(of("parler.com", "2021-01-09"), kind="strip", lang="fr")
    assert "Amazon Web Services (Amazon.com, rapporté)" in parler.title


def test_a_timeline_leads_with_who_came_after_whom():
    days = [of("kiwifarms.net", day) for day in ("2022-09-02", "2022-09-04")]
    made = scene(days, kind="timeline", lang="fr")
    assert made.title == (
        "kiwifarms.net, façade : Cloudflare le 2 sept. 2022, DDoS-Guard le 4 sept. 2022"
    )
    drawn = " ".join(text.text for text in made.texts)
    assert "Du 2 sept. 2022 au 4 sept. 2022." in drawn
    assert "faits publics datés" in drawn
    assert "adresses inconnues" in drawn


@pytest.mark.parametrize("what", What)
def test_what_is_not_known_agrees_in_french(what):
    table = words("fr")
    said = table.say("unknown.what", what=table[f"what.{what}"])
    assert re.search(r" (d’)?inconnue?s?$", said)
    plural = table[f"what.{what}"].split()[0] in {"adresses", "autorités", "serveurs", "magasins"}
    assert said.endswith("s") == (plural or said.startswith("relais"))


def test_a_provider_and_its_company_are_spelt_alike():
    found = catalogue.load()
    for provider in found.providers.values():
        company = found.companies.get(provider.company)
        if company is None:
            continue
        brand, name = short_name(provider.name), short_name(company.name)
        if fold(brand) == fold(name):
            assert brand == name, provider.id
