"""A language made up for tests, and what is foreign in a text that was rendered."""

from __future__ import annotations

import importlib
import re
import string
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from depgraph import texts
from depgraph.analysis import naming
from depgraph.analysis.grammar import patterns
from depgraph.rendering.blocks import Heading, Listing, Paragraph, Table
from depgraph.texts import words
from depgraph.vocabulary import ANY_AUTHORITY, SOURCE_NAMES, reasons

LANG = "zzz"
_LETTERS = str.maketrans(
    string.ascii_letters, "абвгдежзийклмнопрстуфхцчшщАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩ"
)
LATIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿœŒ]+")


def made_up(text: str) -> str:
    """Write a text in other letters, its placeholders apart."""
    pieces = []
    for literal, field, spec, _ in string.Formatter().parse(text):
        pieces.append(literal.replace("{", "{{").replace("}", "}}").translate(_LETTERS))
        if field is not None:
            pieces.append("{" + field + (f":{spec}" if spec else "") + "}")
    return "".join(pieces)


CACHES = (texts.words, patterns.grammar_of, naming._article, naming._under_law)


@contextmanager
def third_language(folder: Path):
    """Add a third language: one file more, and nothing else."""
    _write(folder)
    path = list(texts.__path__)
    texts.__path__ = [*path, str(folder)]
    importlib.invalidate_caches()
    _forget()
    try:
        yield LANG
    finally:
        texts.__path__ = path
        _forget()


def _forget():
    for cached in CACHES:
        cached.cache_clear()


def _write(folder: Path) -> None:
    english = words("en")
    texts = {code: made_up(text) for code, text in english.items()}
    rows = [f"{code},{row.name.translate(_LETTERS)},," for code, row in english.countries.items()]
    lines = [
        "from depgraph.texts.en import CLAIMS",
        f"TEXTS = {texts!r}",
        f"COUNTRIES = {chr(10).join(rows)!r}",
    ]
    (folder / f"{LANG}.py").write_text("\n".join(lines) + "\n", "utf-8")


def lines_of(document):
    """List every line of a document."""
    for block in document:
        if isinstance(block, (Heading, Paragraph)):
            yield block.text
        elif isinstance(block, Listing):
            yield from block.items
        elif isinstance(block, Table):
            yield from block.head
            for row in block.rows:
                yield from row.cells


_QUOTED = ("citation", "note", "rule", "vantage", "status", "server", "clients")
_ABOUT = (
    *("title", "source", "subject", "recording_sha256"),
    *("vantages", "vantages_silent", "differences"),
)
_RECORDS = {"A", "AAAA", "CAA", "CNAME", "MX", "NS", "SOA"}  # types of record that were asked for
_WORDED = {"unknown", "function", "anyone"}  # kinds whose labels have words in each language


@cache
def foreign_words(graph):
    """Every word that a graph has of names, citations and answers, and names of sources."""
    texts = [*SOURCE_NAMES.values(), *(str(graph.graph.get(key, "")) for key in _ABOUT)]
    for node, data in graph.nodes(data=True):
        if data["kind"] not in _WORDED or (data["kind"] == "anyone" and node != ANY_AUTHORITY):
            texts += [node.partition(":")[2], str(data.get("label", ""))]
        texts += [str(data.get(key, "")) for key in ("of", "last_known", *_QUOTED)]
        for attribute in ("reason", "finding", "dnssec_reason"):
            texts += _quoted_by(data.get(attribute, ""))
    for *_, data in graph.edges(data=True):
        texts += [str(data.get(key, "")) for key in _QUOTED]
        texts += _quoted_by(data.get("finding", ""))
    return {word for text in texts for word in LATIN.findall(text)} | _RECORDS


def _quoted_by(text):
    """What coded reasons quote: names, and records that were asked for."""
    every = reasons(str(text))
    return [value for one in every for key, value in one.data if key != "kinds"]


def own_text(line):
    """What the language itself says in a line; a mark stands for what is foreign."""
    return "".join("\0" if span.foreign else span.text for span in line.spans)


def fragments(lang):
    """What a language says between the placeholders of its texts, words only."""
    found = set()
    for text in words(lang).values():
        for literal in _literals(text):
            bare = literal.strip(" .,;:()[]“”«»…–?·×=→›")
            if LATIN.search(bare):
                found.add(bare)
    return found


def _literals(text):
    """What stands between the placeholders of a text."""
    return [literal for literal, *_ in string.Formatter().parse(text)]


@cache
def english_in(text):
    """What is English in a text, and stands in no French text."""
    return tuple(_english_only().findall(text))


@cache
def _english_only():
    french = "\n".join("\0".join(_literals(text)) for text in words("fr").values())
    foreign = [one for one in fragments("en") if not _whole([one]).search(french)]
    assert len(foreign) > 300
    return _whole(foreign)


def _whole(several):
    longest_first = sorted(several, key=len, reverse=True)
    return re.compile("|".join(rf"(?<!\w){re.escape(one)}(?!\w)" for one in longest_first))
