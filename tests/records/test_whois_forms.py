"""WHOIS answers in the form of each registry: who registers a name, and in what state it is."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from depgraph.observations import Status
from depgraph.records.whois import read_whois

HELD = ("registrar ", "registered-with ", "status ")
"""Fields of which an answer has those that its form lists, and no others."""


@dataclass(frozen=True)
class Form:
    title: str
    right: tuple[str, ...]
    text: str

    @property
    def registry(self):
        return self.title.partition(",")[0]

    @property
    def status(self):
        words = {status.value for status in Status}
        return next((word for word in self.right if word in words), Status.ANSWER.value)


def read_forms():
    text = (Path(__file__).parent / "whois_forms.txt").read_text(encoding="utf-8")
    forms = []
    for part in text.split("\n=== ")[1:]:
        title, _, rest = part.partition("\n")
        lines = rest.split("\n")
        right = tuple(line[2:] for line in lines if line.startswith("> "))
        body = "\n".join(line for line in lines if not line.startswith("> "))
        forms.append(Form(title, right, body))
    return forms


FORMS = read_forms()


def wrong(form):
    """Return what is read otherwise than is right; empty if nothing is."""
    status, values = read_whois(form.text)
    found = {value for value in values if value.startswith(HELD)}
    right = {value for value in form.right if value.startswith(HELD)}
    servers = {value for value in form.right if value.startswith("nameserver")}
    faults = [] if status == form.status else [status.value]
    return faults + sorted(found ^ right) + sorted(servers - set(values))


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.title)
def test_a_form(form):
    assert wrong(form) == []


def test_the_end_of_a_line_is_no_matter():
    for form in FORMS:
        dos = Form(form.title, form.right, form.text.replace("\n", "\r\n"))
        assert wrong(dos) == [], form.title


def test_the_collection_is_broad():
    assert len(FORMS) >= 120
    assert len({form.registry for form in FORMS}) >= 100
