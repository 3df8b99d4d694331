"""App stores and third parties: as reported, last known, absent, or said not to be looked at."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

import depgraph
from depgraph.analysis import Answer, State
from depgraph.analysis.roles import roles
from depgraph.observations import Evidence, Observation, Status
from depgraph.vocabulary import Confidence, Layer

DAY = datetime(2026, 1, 15, tzinfo=UTC)


def seen(kind, *values, status=Status.ANSWER, day=DAY, subject="shop.com"):
    return Observation(
        subject=subject,
        type=kind,
        status=status,
        values=values,
        time=day,
        source="document",
        evidence=Evidence.REPORTED,
        citation="made up",
    )


def built(*observations):
    return depgraph.build(observations, subject="shop.com", at="2026-01-15")


def third(found, function="web"):
    return [role for role in found.functions[function] if role.layer is Layer.THIRD_PARTY]


def test_where_nobody_reports_it_is_said_that_nobody_looked():
    graph = built(seen("A", "192.0.2.1"))
    found = depgraph.report(graph)
    assert found.not_examined == (Layer.APP, Layer.THIRD_PARTY)
    assert "Not looked at" in found.text()
    assert "app store, third party" in found.text()
    assert [one.function for one in found.functions] == ["web", "web-www", "mail", "name"]


@pytest.mark.parametrize(
    ("claim", "layers"),
    [
        ("independent of Google", (Layer.APP, Layer.THIRD_PARTY)),
        ("does not use Google, and is not hosted by Amazon", (Layer.APP, Layer.THIRD_PARTY)),
        ("not hosted by Amazon", ()),  # whoever hosts is no app store
    ],
)
def test_a_claim_says_where_nobody_looked(claim, layers):
    found = depgraph.check(built(seen("A", "192.0.2.1")), claim)
    assert found.not_examined == layers
    assert found.to_dict().get("not_examined", []) == [one.value for one in layers]
    assert ("Not looked at" in found.text()) == bool(layers)
    assert ("magasin d’applications, tiers" in found.text(lang="fr")) == bool(layers)
    looked = built(seen("app-store", "Google Play"), seen("operator", "name Twilio", "role sms"))
    assert depgraph.check(looked, claim).not_examined == ()


def test_what_is_reported_is_looked_at():
    graph = built(seen("app-store", "Google Play"), seen("operator", "name Twilio", "role sms"))
    assert depgraph.report(graph).not_examined == ()
    graph = built(seen("app-store", status=Status.NODATA))
    assert depgraph.report(graph).not_examined == (Layer.THIRD_PARTY,)


def test_an_app_that_no_store_carries_is_not_offered():
    found = depgraph.takedown(built(seen("app-store", status=Status.NODATA)))["app"]
    assert found.state is State.ABSENT
    assert found.reason == "no-store"


def test_one_store_can_end_the_app_and_each_of_two_only_for_its_phones():
    alone = depgraph.takedown(built(seen("app-store", "Apple App Store")))
    assert [cut.ids for cut in alone["app"].cut_sets] == [("company:apple",)]
    both = depgraph.takedown(built(seen("app-store", "Apple App Store", "Google Play")))
    assert [cut.ids for cut in both["app"].cut_sets] == [("company:apple", "company:google")]
    assert [cut.ids for cut in both["app:Google Play"].cut_sets] == [("company:google",)]
    text = both.text()
    assert "Apple Inc. can take the app out of its store (Apple App Store)" in text


def test_a_store_of_another_day_is_last_known_and_decides_nothing():
    earlier = seen("app-store", "Apple App Store", day=datetime(2025, 1, 1, tzinfo=UTC))
    graph = built(earlier)
    assert depgraph.takedown(graph)["app"].alone is Answer.UNDETERMINED
    assert "Apple App Store" in depgraph.report(graph).text()


def test_a_third_party_is_met_and_needed_only_where_that_is_reported():
    graph = built(
        seen("operator", "name Twilio", "role sms"),
        seen("operator", "name Okta", "role login", "needed yes"),
    )
    needed = {role.actor: role.needed for role in third(roles(graph))}
    assert needed == {"provider:twilio": False, "provider:okta": True}
    certain = [cut.ids for cut in depgraph.takedown(graph)["web"].cut_sets if not cut.worst_case]
    assert ("company:okta",) in certain
    assert ("company:twilio",) not in certain
    assert "Okta, Inc. can stop what it does as a third party" in depgraph.takedown(graph).text()


def test_a_third_party_of_another_day_is_not_known_today():
    earlier = datetime(2025, 1, 1, tzinfo=UTC)
    (role,) = third(roles(built(seen("operator", "name Okta", "role login", day=earlier))))
    assert role.unknown
    assert (role.last_known, role.needed) == ("Okta", False)


@pytest.mark.parametrize(
    ("value", "confidence", "finding"),
    [
        ("script www.google-analytics.com", Confidence.CERTAIN, "step-script"),
        ("frame www.youtube.com", Confidence.CERTAIN, "step-frame"),
        ("allowed www.google-analytics.com", Confidence.POSSIBLE, "step-allowed"),
    ],
)
def test_what_a_page_loads_is_met_and_what_it_may_load_is_only_possible(value, confidence, finding):
    (role,) = third(roles(built(seen("resource", value))))
    assert (role.company, role.needed) == ("Alphabet Inc. (Google LLC)", False)
    assert role.finding == finding
    assert role.confidence.weaker_than(Confidence.CERTAIN) is (confidence is Confidence.POSSIBLE)


def test_a_host_that_is_loaded_and_allowed_is_loaded():
    graph = built(seen("resource", "allowed www.youtube.com", "image www.youtube.com"))
    (role,) = third(roles(graph))
    assert role.finding == "step-image"


def test_own_hosts_are_no_third_party_and_an_unlisted_one_is_unknown():
    graph = built(seen("resource", "script static.shop.com", "script cdn.unlisted.example"))
    (role,) = third(roles(graph))
    assert role.unknown
    assert role.of == "cdn.unlisted.example"


def test_in_french_too():
    graph = built(seen("app-store", "Apple App Store"), seen("operator", "name Twilio", "role sms"))
    text = depgraph.report(graph).text(lang="fr")
    assert "Twilio" in text
    assert "envoie ses SMS" in text
    assert "retirer l’application de son magasin" in depgraph.takedown(graph).text(lang="fr")
