"""Headlines and labels as a newspaper would print them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import depgraph
from depgraph.folding import fold
from depgraph.pictures.basis import Basis
from depgraph.pictures.drawing import scene
from depgraph.providers import load as load_catalogue
from depgraph.providers.rules import short_name
from depgraph.reporting import brief
from depgraph.texts import words
from depgraph.vocabulary import What
from tests.graphs import made, seen
from tests.pictures.shipped import NAMES, shipped
from tests.rendering.languages import english_in

SCENARIOS = Path(__file__).parents[1] / "scenarios"


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
        "kiwifarms.net, façade\u00a0: Cloudflare (rapporté) le 2 sept. 2022, "
        "DDoS-Guard (rapporté) le 4 sept. 2022"
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
    found = load_catalogue()
    for provider in found.providers.values():
        company = found.companies.get(provider.company)
        if company is None:
            continue
        brand, name = short_name(provider.name), short_name(company.name)
        if fold(brand) == fold(name):
            assert brand == name, provider.id


@pytest.mark.parametrize("name", NAMES)
def test_the_title_of_a_shipped_recording_has_a_french_form(name):
    title = str(shipped(name).graph["title"])
    assert str(words("en").titled(title)) == title
    said = str(words("fr").titled(title))
    assert said != title
    assert english_in(said.replace("The Daily Stormer", "")) == ()


def test_a_french_picture_has_no_english_title():
    days = [of("wikileaks.org", day) for day in ("2010-12-01", "2010-12-02")]
    drawn = " ".join(text.text for text in scene(days, kind="timeline", lang="fr").texts)
    assert "Amazon cesse l’hébergement" in drawn


def test_the_deck_says_of_which_day_it_is_what_was_asked_and_from_where():
    made = scene(of("telegram.org", "2026-09-25"), kind="strip")
    assert made.subtitle.startswith("As of 25 Sep 2026. Asked or read: DNS, TLS. ")
    seen = scene(of("openstreetmap.org", "2025-06-19"), kind="takedown", lang="fr")
    assert "Vu depuis\u00a0: «\u00a0a Deutsche Telekom line\u00a0»." in seen.subtitle


def test_the_foot_names_the_sources():
    made = scene(of("parler.com", "2021-01-18"), kind="strip")
    foot = " ".join(text.text for text in made.texts)
    assert "Sources: Guardian/Reuters, La Pagina, WIRED, RT/Sott, thewrap.com, Axios" in foot


def test_a_timeline_of_which_no_change_is_known_names_who_was_known():
    days = [of("wikileaks.org", day) for day in ("2010-12-01", "2010-12-02")]
    made = scene(days, kind="timeline")
    assert made.title == (
        "wikileaks.org, host: Amazon Web Services (Amazon.com, reported) on 1 Dec 2010, "
        "unknown on 2 Dec 2010"
    )


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("name", NAMES)
def test_a_box_has_the_name_that_the_headline_has(name, lang):
    """A company that the headline names is called alike in the rows of the takedown."""
    basis = Basis.of(shipped(name))
    made = scene(basis, kind="takedown", lang=lang)
    boxes = {" ".join(t.text for t in made.texts if t.box == box.id) for box in made.boxes}
    for actor in basis.singles.others:
        brand, owner = basis.called(actor)
        label = f"{brand} · {owner}" if owner else brand
        possible = words(lang).say("possibly", name=label)
        assert {label, brand, possible} & boxes, (label, boxes)  # a member of a set is its brand


def test_a_survey_names_brands_with_their_owners():
    made = scene([of("nixos.org", "2026-08-19"), of("queer.af", "2024-02-11")], kind="survey")
    drawn = " ".join(text.text for text in made.texts)
    assert "Gandi (Your.Online) 1" in drawn
    assert "Let's Encrypt (Internet Security Research Group)" in drawn or "Let's" not in drawn


def test_a_company_that_ends_in_a_stop_ends_a_sentence_once():
    assert words("en").say("full-stop", sentence="by Example, Inc.") == "by Example, Inc."
    assert (
        words("fr").say("picture.cited", n=1, who="A", citation="B Inc.") == "[1] A\u00a0: B Inc."
    )


def test_all_of_a_group_who_can_do_it_are_named():
    made = scene(of("nixos.org", "2026-08-19"), kind="takedown")
    (row,) = [row for row in made.rows if row[0] == "Big Tech together"]
    assert row[-1].startswith("Amazon Web Services (Amazon.com), Google")


@pytest.mark.parametrize("name", NAMES)
def test_every_look_of_a_party_is_in_the_legend(name):
    """A box that is filled, shaded, marked or hatched has its like in the legend."""
    for kind in ("strip", "providers", "full", "takedown"):
        made = scene(shipped(name), kind=kind)
        legend = {box.look for box in made.boxes if box.id.startswith("legend ")}
        parties = [
            box
            for box in made.boxes
            if not box.id.startswith(("legend ", "cell "))
            and any(m.startswith(("provider:", "company:", "unknown:")) for m in box.members)
        ]
        assert {box.look for box in parties} <= legend | {"plain"}, kind


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "shop.com does not exist: the DNS knows no such name"),
        ("fr", "shop.com n’existe pas\u00a0: le DNS ne connaît pas ce nom"),
    ],
)
def test_of_a_name_that_does_not_exist_nothing_else_is_said(lang, said):
    denied = [
        seen(name, kind, status="nxdomain")
        for name in ("shop.com", "www.shop.com")
        for kind in ("NS", "A", "AAAA", "MX")
    ]
    graph = made(*denied)
    assert brief(graph).nonexistent
    for kind in ("strip", "takedown", "providers", "full"):
        assert scene(graph, kind=kind, lang=lang).title == said


def test_a_name_that_is_registered_and_denied_is_not_said_to_be_nonexistent():
    graph = depgraph.build(depgraph.read(SCENARIOS / "registered-but-denied.jsonl"))
    assert not brief(graph).is_nothing
    assert "exist" not in scene(graph, kind="strip").title
