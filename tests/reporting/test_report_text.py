"""The texts of a report: every form tells the same, and nothing hostile gets out."""

import html
import re

import pytest

from depgraph.errors import QuestionError
from depgraph.reporting import report
from depgraph.texts import languages
from tests.reporting.graphs import HOSTILE, many, small, two_places


def flat(text):
    return " ".join(text.split())


def test_unknown_says_why_and_what_was_last_known():
    text = flat(report(small()).text(width=200))
    assert "the registry of com (timeout; last known" in text
    assert "last known on 1 Jan 2020, 411 days before: Verisign" in text
    assert "1 unknown" in text


def test_what_was_found_out_later_is_not_called_last_known():
    graph = small()
    graph.nodes["unknown:registry of com"]["last_known_time"] = "2025-04-02T00:00:00Z"
    text = flat(report(graph).text(width=300))
    assert "known later, on 2 Apr 2025, 1507 days after: Verisign" in text
    assert "last known" not in text


def test_an_absent_function_says_so():
    assert "Not offered by the service: mail is refused (null MX" in flat(report(small()).text())


def test_a_country_that_is_not_known_is_said_to_be_unknown():
    assert "epik › country unknown" in flat(report(small()).text(width=200))


def test_a_citation_is_told_whole():
    citation = "https://example.org/" + "a" * 900
    made = report(small(citation=citation))
    assert citation in made.to_markdown()
    assert citation in made.to_html()
    assert citation in "".join(made.text().split())


def test_what_stands_behind_a_domain_is_told_once():
    text = report(many(2)).text()
    assert text.count("behind d1.net\n") == 1
    assert "behind d0.net, d1.net, example.net: the same as under Web" in flat(text)
    french = flat(report(many(2)).text(lang="fr"))
    assert "derrière d0.net, d1.net, example.net : comme sous Web" in french


def test_of_very_many_domains_the_first_are_told_and_the_rest_counted():
    text = report(many(500)).text()
    assert len(text.splitlines()) < 250
    assert "more domains, which the JSON form lists" in flat(text)


def test_places_that_saw_something_else_are_named():
    text = flat(report(two_places()).text(width=200))
    assert "Answers differ by place (Canada, Germany): parler.com A" in text
    assert "Other › country unknown [seen only from Canada]" in text
    assert "[seen only from Germany]" in text
    assert "epik › country unknown [seen" not in text


def test_an_unknown_language_is_refused():
    with pytest.raises(QuestionError, match=r"en, .*fr.*, found 'tlh'"):
        report(small()).text(lang="tlh")


@pytest.mark.parametrize("lang", languages())
def test_text_and_html_tell_the_same(lang):
    made = report(small())
    page = re.sub(r"</?(?:span|bdi)[^>]*>", "", made.to_html(lang=lang))
    page = re.sub(r"<style>.*?</style>|<[^>]+>", " ", page)
    words = flat(html.unescape(page)).split()
    text = set(made.text(width=250, lang=lang).split())
    assert {word for word in words if word not in text} <= {"|"}


@pytest.mark.parametrize("form", ["text", "to_markdown", "to_html"])
def test_hostile_text_stays_text(form):
    shown = getattr(report(small(provider_label=HOSTILE, citation=HOSTILE)), form)()
    assert not set("\x1b\u202e") & set(shown)
    if form != "text":  # Markdown escapes with a backslash, HTML with an entity
        assert "<script" not in shown.replace("\\<script", "")
