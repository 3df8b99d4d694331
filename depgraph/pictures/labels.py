"""What a chip says: a short form by kind; the whole text goes to the tooltip and the table."""

from __future__ import annotations

import re
from collections.abc import Sequence

import networkx as nx

from depgraph.names import display, registered_domain
from depgraph.pictures.sketch import Chip
from depgraph.texts import Words

_MANY = {
    "address": "addresses",
    "block": "blocks",
    "asn": "networks",
    "zone": "zones",
    "registration": "registrations",
}


_LEGAL_FORM = re.compile(
    r",? (Inc|Incorporated|LLC|L\.L\.C|Ltd|Limited|GmbH|AG|S\.?A|SAS|S\.?r\.?l|B\.?V|AB|Oy|plc|Plc|PLC|nv-sa|NV"
    r"|Corp|Corporation|Co|d\.o\.o|s\.r\.o|Pty Ltd|Pte Ltd)\.?$"
)


def short_name(label: str) -> str:
    """Leave the legal form, and what stands in brackets, out of a company's name.

    >>> short_name("Cloudflare, Inc."), short_name("Alphabet Inc. (Google LLC)")
    ('Cloudflare', 'Alphabet')
    """
    bare = re.sub(r" \([^()]*\)$", "", label)
    return _LEGAL_FORM.sub("", bare)


def whole(graph: nx.MultiDiGraph[str], node: str) -> str:
    """Give the whole label of a node."""
    return str(graph.nodes[node].get("label") or node.partition(":")[2])


def function_word(node: str, table: Words) -> str:
    """Give the word for a function node."""
    name = node.rpartition("/")[2]
    return table.function(name)


def heading(nodes: Sequence[str], table: Words) -> str:
    """Give the words for several functions; web stands for both of its names."""
    names = [node.rpartition("/")[2] for node in nodes]
    if "web" in names and "web-www" in names:
        names.remove("web-www")
    return table.listed([table.function(name) for name in names])


def suffix(chip: Chip, table: Words) -> str:
    """Say how many records a chip stands for."""
    return table.say("picture.times", n=chip.count) if chip.count > 1 else ""


def short(graph: nx.MultiDiGraph[str], chip: Chip, table: Words) -> str:
    """Give the short form of a chip's label.

    Parameters
    ----------
    graph
        Where its members live.
    chip
        What is drawn.
    table
        The words of the language.
    """
    name = chip.id.partition(":")[2]
    subject = str(graph.graph.get("subject", ""))
    label = whole(graph, chip.id)
    if chip.kind == "service":
        return display(subject) if label == subject else label
    if chip.kind == "function":
        word = function_word(chip.id, table)
        absent = graph.nodes[chip.id].get("absent")
        return table.say("picture.not-offered", function=word) if absent else word
    if chip.count > 1 and chip.kind in _MANY:
        return _many(chip, table)
    if chip.kind in {"host", "nameserver", "exchange"}:
        return _host(name, subject, chip.kind, table, count=chip.count)
    if chip.kind == "zone":
        return table["picture.zone"] if name == subject else display(name)
    if chip.kind == "registration":
        own = registered_domain(subject) or subject
        return (
            table["picture.registration"]
            if name == own
            else table.say("picture.registration-of", name=display(name))
        )
    if chip.kind == "mailbox":
        return table["picture.mailboxes"]
    if chip.kind == "anyone":
        return table["picture.any-authority"]
    if chip.kind == "asn":
        return f"AS{name}" if name.isdigit() else label
    if chip.kind in {"address", "prefix", "block"}:
        return name
    if chip.kind == "front":
        return label.partition("/")[0]
    if chip.kind == "company":
        return short_name(label)
    if chip.kind == "unknown":
        kinds = dict.fromkeys(whole(graph, m).partition(" of ")[0] for m in chip.members)
        if len(kinds) > 2:  # more words than a chip has room for
            return table["evidence.unknown"]
        return ", ".join(unknown_words(kind, table) for kind in kinds)
    return label


def _many(chip: Chip, table: Words) -> str:
    names = [m.partition(":")[2] for m in chip.members if m.startswith(f"{chip.kind}:")]
    if chip.kind == "address" and all("." in name for name in names):
        stems = {name.rpartition(".")[0] for name in names}
        if len(stems) == 1:
            return f"{stems.pop()}.*"
    return table[f"picture.{_MANY[chip.kind]}"]


def _host(name: str, subject: str, kind: str, table: Words, *, count: int) -> str:
    sign = {"nameserver": "picture.name-server-of", "exchange": "picture.exchange-of"}.get(kind)
    if count == 1 or sign is None:
        if name == subject:
            return table["picture.apex"]
        if name.endswith("." + subject):
            return name.removesuffix("." + subject)
    if sign is None:
        return display(registered_domain(name) or name)
    return table.say(sign, name=display(registered_domain(name) or name))


def not_known(what: str, table: Words) -> str:
    """Say that something is not known; only that, where it has no name."""
    return table.say("picture.something-unknown", what=what) if what else table["evidence.unknown"]


def unknown_words(text: str, table: Words) -> str:
    """Say in a language what is unknown, or why; what has no translation stays as it is.

    >>> from depgraph.texts import words
    >>> unknown_words("CAA: not asked; certificate: searched, not found", words("fr"))
    'CAA : non demandé ; certificat : cherché, non trouvé'
    """
    parts = []
    for part in text.split("; "):
        head, colon, tail = part.partition(": ")
        words = [_unknown_word(head, table), _unknown_word(tail, table)] if colon else []
        parts.append(table["colon"].join(words) if colon else _unknown_word(part, table))
    return table["list.semicolon"].join(parts)


def _unknown_word(text: str, table: Words) -> str:
    return table.get(f"what.{text}") or table.get(f"reason.{text.replace(' ', '-')}") or text
