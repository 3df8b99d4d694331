"""A name that was bought through a reseller: the registrar is another, and both are said."""

import pytest

from depgraph.analysis import check
from depgraph.graph import build
from depgraph.providers import load
from depgraph.recording import Header, Recording
from tests.graphs import DAY, seen

CATALOGUE = load()


def sold_by(name):
    days = {"since": DAY.date(), "until": DAY.date()}
    row = seen("shop.com", "registration", "registrar-id 1068", f"reseller {name}", source="rdap")
    return build(Recording(Header(subject="shop.com", **days), (row,)), catalogue=CATALOGUE)


@pytest.mark.parametrize(
    ("reseller", "claim", "ruling"),
    [
        ("Gandi SAS", "registered with Gandi", "partly"),
        ("Gandi SAS", "enregistré chez Gandi", "partly"),
        ("Gandi SAS", "not registered with Gandi", "partly"),
        ("Gandi SAS", "its registrar is Namecheap", "supported"),
        ("Gandi SAS", "registered with OVH", "contradicted"),
        ("Names of Nobody, Inc.", "registered through Names of Nobody", "partly"),
        ("Namecheap, Inc.", "registered with Namecheap", "supported"),
    ],
)
def test_who_sold_it_is_told_from_the_registrar(reseller, claim, ruling):
    found = check(sold_by(reseller), claim)
    assert found["name"].ruling.value == ruling
    assert reseller.split(",")[0] in str(found)


def test_both_are_said():
    found = check(sold_by("Gandi SAS"), "registered with Gandi")
    said = "The registrar is Namecheap; the name was registered through Gandi SAS, a reseller."
    assert said in " ".join(str(found).split())
    french = " ".join(found.text(lang="fr").split())
    assert "est Namecheap ; le nom a été enregistré par l’intermédiaire de Gandi SAS" in french
    assert "Sold by Gandi SAS" in str(check(sold_by("Gandi SAS"), "registered with OVH"))
