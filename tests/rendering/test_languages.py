"""All that is said comes from the table of the language, and no other language shows through."""

from __future__ import annotations

import string

from depgraph.analysis.grammar import Form, read_claim
from depgraph.texts import languages, words
from depgraph.texts.inline import own
from tests.rendering.languages import LANG, LATIN, english_in, own_text
from tests.test_texts import FORM


def test_a_file_is_a_language(third):
    assert set(languages()) >= {"en", "fr", LANG}
    assert {FORM.sub("", code) for code in words(third)} == {
        FORM.sub("", code) for code in words("en")
    }
    (claim,) = read_claim("indépendant de big-tech").claims
    assert claim.form is Form.CANNOT_STOP


def test_a_word_from_elsewhere_would_be_found(third):
    """The test above can fail: English that is no name is seen."""
    english = words("en").say("answer.yes")
    assert LATIN.findall(own_text(own(english)))
    assert not LATIN.findall(own_text(words(third).line("answer.yes")))


WORDS_OF_BOTH = frozenset(
    {
        *("web", "www", "AS", "zone", "zones", "service", "services", "SERVICE", "apex", "mx"),
        *("certain", "possible", "Big", "Tech", "minute", "minutes", "min", "h", "s", "Relation"),
        *("source", "sources", "Source", "Sources", "document", "catalogue", "N", "Options"),
        *(
            *("OONI", "connectivity", "Certificate", "Transparency", "JSON", "sh", "crt"),
            "DNS",
            "SERVFAIL",
            "NOTIMP",
            "REFUSED",
            "FORMERR",
            "SOA",
            "CNAME",
            "SPF",
            "DKIM",
            "TXT",
            "PTR",
            "alias",
            "autodiscover",
            "RDAP",
            "WHOIS",
            "Team",
            "Cymru",
            "TLS",
            "Shapley",
            "Shubik",
            "Birnbaum",
        ),
    }
)


def test_french_is_french():
    """A text that is the same in both languages is made of words that are the same in both."""
    english = words("en")
    for code, text in words("fr").items():
        if text == english.get(code) and not text.startswith("depgraph "):  # a command
            literals = [literal for literal, *_ in string.Formatter().parse(text)]
            assert set(LATIN.findall(" ".join(literals))) <= WORDS_OF_BOTH, code
    assert not [code for code, text in words("fr").items() if "'" in text], "type ’"


def test_english_would_be_found_in_french():
    assert english_in("Web : not offered by the service")
    assert english_in("sources, and 3 more")
    assert not english_in("la source, le service, DNS")
