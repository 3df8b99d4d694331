"""The sentence says what the value says: needed or met, likely or certain, known or not, and why."""

from __future__ import annotations

import pytest

from depgraph.analysis import check, compare, dependence, exposure, takedown, timeline
from depgraph.analysis import without as withdraw
from depgraph.analysis.clients import Client
from depgraph.analysis.unknowns import UnknownPart
from depgraph.rendering import phrases
from depgraph.rendering.clients import whom
from depgraph.rendering.unknowns import Days, alike, unknowns
from depgraph.rendering.writer import Writer
from depgraph.reporting import report
from depgraph.texts import words
from depgraph.vocabulary import Confidence, Evidence, Onset, What
from tests.analysis.worlds import CATALOGUE, S, owned, world

ADDRESS = "address:192.0.2.1"
MET = {"strength": "exposes"}
WEAK = {"evidence": "inferred", "confidence": "possible", "rule": "weak"}
SECOND = (f"addresses:{S}", "address", "address:192.0.2.2")
THIRD = (f"nameservers:{S}", "nameserver", "nameserver:ns3.lame.net", MET)
LAME = [THIRD, ("nameserver:ns3.lame.net", "operator", "provider:lame"), *owned("lame")]
LATER = {"since": "2026-02-01", "until": "2026-02-01"}


def flat(text):
    return " ".join(text.split())


def line(text, *wanted):
    """Return the first line that has some words."""
    return next(row for row in text.splitlines() if all(word in row for word in wanted))


def nobody(**about):
    """The world in which nobody is known to operate the address."""
    unknown = (ADDRESS, "operator", "unknown:operator")
    return world(unknown, without=["provider:cloud"], **about)


def two_reasons():
    """Two addresses whose operators are unknown, each for a reason of its own."""
    names = ("unknown:operator of 192.0.2.1", "unknown:operator of 192.0.2.2")
    return world(
        (ADDRESS, "operator", names[0]),
        SECOND,
        ("address:192.0.2.2", "operator", names[1]),
        without=["provider:cloud"],
        nodes={names[0]: {"reason": "timeout"}, names[1]: {"reason": "not-asked"}},
    )


# --- What is unknown, each with its own reason ---------------------------------------------


def test_only_what_is_unknown_for_one_reason_is_told_at_once():
    one = UnknownPart("unknown:a", What.ADDRESSES, "a.com", "timeout")
    same = UnknownPart("unknown:b", What.ADDRESSES, "b.com", "timeout")
    other = UnknownPart("unknown:c", What.ADDRESSES, "c.com", "not-asked")
    thing = UnknownPart("unknown:d", What.REGISTRAR, "d.com", "timeout")
    assert alike([one, same, other, thing]) == [[one, same], [other], [thing]]
    told = str(unknowns(Writer("en"), [one, same, other], Days()))
    assert "the addresses of a.com, b.com (timeout)" in told
    assert "the addresses of c.com (not asked)" in told


def test_a_report_tells_the_reason_of_each_unknown():
    text = report(two_reasons()).text(width=200)
    assert "timeout" in line(text, "host", "192.0.2.1")
    assert "not asked" in line(text, "host", "192.0.2.2")
    assert "timeout" not in line(text, "host", "192.0.2.2")
    assert "Web: 2 unknown" in text


def test_more_unknown_parts_than_fit_are_counted():
    parts = [UnknownPart(f"unknown:{n}", What.HOST, f"h{n}.com", f"own {n}") for n in range(9)]
    assert "and 3 more" in str(unknowns(Writer("en"), parts, Days()))


# --- Needed or met -------------------------------------------------------------------------


def test_who_is_only_met_is_said_to_be():
    text = report(world(*LAME)).text(width=200)
    assert "lame › United States [on the path, not required]" in text
    assert "required" not in line(text, "one › both")
    table = exposure(world(*LAME)).text(width=200)
    assert "ns3.lame.net (only on redundant paths)" in line(table, "lame")
    assert "only" not in line(table, "ns1.one.net")


def test_one_who_cannot_stop_it_may_be_on_a_path():
    """Of a server that is only met nobody says who runs it."""
    one = world(THIRD, ("nameserver:ns3.lame.net", "operator", "unknown:operator"))
    said = flat(check(one, "independent of elsewhere", catalogue=CATALOGUE).text())
    assert (
        "Elsewhere cannot stop the web site of example.com within 30 days; "
        "whether it is on a path of it is not known." in said
    )
    assert "the registration of example.com within 30 days, and is on no path of it." in said


# --- How sure ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("confidence", "answer", "known"),
    [
        (Confidence.CERTAIN, "yes", "inferred"),
        (Confidence.LIKELY, "yes (likely)", "inferred, likely"),
        (Confidence.POSSIBLE, "yes", "inferred, possible"),
    ],
)
def test_answers_and_steps_say_how_sure_they_are(confidence, answer, known):
    w = Writer("en")
    assert str(phrases.sure(w, w.say("answer.yes"), confidence)) == answer
    assert str(phrases.how(w, Evidence.INFERRED, confidence)) == known


def test_what_was_not_examined_is_called_so():
    w = Writer("en")
    assert str(phrases.evidence(w, None)) == "not examined"
    assert str(phrases.evidence(w, Evidence.REPORTED)) == "reported"
    assert not phrases.starts(w, None, None)


def test_who_is_only_possible_is_called_so():
    one = world((ADDRESS, "operator", "provider:cloud", WEAK))
    assert "possibly cloud" in line(report(one).text(width=200), "host", "192.0.2.1")
    moment = timeline([one]).text(width=200)
    assert "possibly cloud (inferred, possible, 2026-01-15)" in moment


def test_beside_one_who_is_known_others_may_be():
    perhaps = [("address:192.0.2.2", "operator", "provider:perhaps", WEAK), *owned("perhaps")]
    text = timeline([world(SECOND, *perhaps)]).text(width=300)
    assert "possibly perhaps (inferred, possible); perhaps others" in text
    assert "perhaps others" not in timeline([world()]).text(width=300)


def test_what_nobody_observed_is_marked_where_somebody_can_stop_it():
    one = world((ADDRESS, "operator", "provider:cloud", {"evidence": "reported"}))
    assert "[reported]" in line(takedown(one).text(width=300), "Cloud, Inc. can stop hosting")
    text = takedown(world()).text(width=300)
    assert "[" not in line(text, "Cloud, Inc. can stop hosting")


# --- Known or not --------------------------------------------------------------------------


def test_undetermined_is_neither_yes_nor_no():
    asked = {"catalogue": CATALOGUE}
    held = dependence(nobody(), on="elsewhere", **asked).text(width=200)
    assert line(held, "Web").split() == ["Web", "undetermined", "undetermined"]
    ruled = check(nobody(), "independent of elsewhere", **asked).text(width=200)
    assert "On the whole: undetermined." in ruled
    left = flat(withdraw(nobody(), "elsewhere", **asked).text(width=200))
    assert "Web undetermined. Not known: operator (not asked)." in left


def test_a_host_or_front_is_no_host():
    one = world((ADDRESS, "operator", "provider:cloud", {"role": "serving"}))
    assert line(report(one).text(width=200), "192.0.2.1").startswith("  host or front ")
    french = report(one).text(lang="fr", width=200)
    assert line(french, "192.0.2.1").startswith("  hébergeur ou façade ")


def test_a_country_that_nobody_knows_is_said_to_be_unknown():
    edges = [edge for edge in owned("cloud2") if edge[1] != "law"]
    unknown = ("company:cloud2", "law", "unknown:country of cloud2")
    one = world(*edges, unknown, (ADDRESS, "operator", "provider:cloud2"))
    assert "cloud2 › country unknown" in line(report(one).text(width=200), "host", "cloud2")


def test_a_change_says_which_day_did_not_know():
    text = flat(compare(nobody(), world(**LATER)).text(width=300))
    assert "newly known cloud observed, 2026-01-15; not all was known before" in text
    assert "Not all is known on both days: host (web)." in text
    text = flat(compare(world(), nobody(**LATER)).text(width=300))
    assert "no longer known cloud observed, 2026-01-15; not all is known after" in text
    assert "vanished" not in text


# --- Words -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "english", "french"),
    [
        ("answer.undetermined", "undetermined", "indéterminé"),
        ("confidence.certain", "certain", "certain"),
        ("confidence.likely", "likely", "probable"),
        ("confidence.possible", "possible", "possible"),
        ("evidence.observed", "observed", "observé"),
        ("evidence.reported", "reported", "rapporté"),
        ("evidence.inferred", "inferred", "déduit"),
        ("exposed", "on the path, not required", "sur le chemin, pas indispensable"),
        ("ruling.supported", "supported", "étayé"),
        ("ruling.contradicted", "contradicted", "contredit"),
        ("turn.newly-known", "newly known", "nouvellement connu"),
        ("turn.no-longer-known", "no longer known", "n’est plus connu"),
        ("turn.same-as-known", "same as far as known", "inchangé, autant qu’on le sache"),
        ("picture.any-one", "any one is enough", "un seul suffit"),
    ],
)
def test_the_words_that_an_answer_turns_on(code, english, french):
    assert (words("en")[code], words("fr")[code]) == (english, french)


def test_onsets_are_told_with_their_length():
    w = Writer("en")
    told = str(phrases.starts(w, Onset.TTL, 7200.0))
    assert told == "when the records in caches expire, after 2 hours (7200 s)"
    assert str(phrases.starts(w, Onset.WEEKS, None)) == "within weeks"


@pytest.mark.parametrize(
    ("place", "english", "french"),
    [
        ("de", "in de", "depuis de"),
        ("gb-as64501", "in gb-as64501", "depuis gb-as64501"),
        ("to:esams", "for those sent to esams", "pour ceux qui sont envoyés vers esams"),
        ("50%:Fastly", "for the 50 % sent to Fastly", "pour les 50\u202f% envoyés vers Fastly"),
        # Words of whoever made the recording stay theirs, in quotation marks.
        (
            "users sent to esams",
            "in “users sent to esams”",
            "depuis « users sent to esams »",
        ),
    ],
)
def test_a_place_is_a_word_or_a_code_or_is_quoted(place, english, french):
    said = {lang: str(whom(Writer(lang), [Client(place=place)])) for lang in ("en", "fr")}
    assert {lang: text.replace("\u00a0", " ") for lang, text in said.items()} == {
        "en": english,
        "fr": french,
    }
