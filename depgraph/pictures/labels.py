"""What a chip says: a short form by kind; the whole text goes to the tooltip and the table."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import networkx as nx

from depgraph.names import display, registered_domain
from depgraph.pictures.sketch import Chip
from depgraph.pictures.texts import listed, unknown_words

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


def function_word(node: str, table: Mapping[str, str]) -> str:
    """Give the word for a function node."""
    name = node.rpartition("/")[2]
    return table.get(name, name)


def heading(nodes: Sequence[str], table: Mapping[str, str]) -> str:
    """Give the words for several functions; web stands for both of its names."""
    names = [node.rpartition("/")[2] for node in nodes]
    if "web" in names and "web-www" in names:
        names.remove("web-www")
    return listed([table.get(name, name) for name in names], table)


def suffix(chip: Chip, table: Mapping[str, str]) -> str:
    """Say how many records a chip stands for."""
    return table["times"].format(n=chip.count) if chip.count > 1 else ""


def short(graph: nx.MultiDiGraph[str], chip: Chip, table: Mapping[str, str]) -> str:
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
        return table["none of it"].format(function=word) if absent else word
    if chip.count > 1 and chip.kind in _MANY:
        return _many(chip, table)
    if chip.kind in {"host", "nameserver", "exchange"}:
        return _host(name, subject, chip.kind, table, count=chip.count)
    if chip.kind == "zone":
        return table["zone"] if name == subject else display(name)
    if chip.kind == "registration":
        own = registered_domain(subject) or subject
        return (
            table["registration"]
            if name == own
            else table["registration of"].format(name=display(name))
        )
    if chip.kind == "mailbox":
        return table["mailbox"]
    if chip.kind == "anyone":
        return table["any authority"]
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
            return table["unknown"]
        return ", ".join(unknown_words(kind, table["lang"]) for kind in kinds)
    return label


def _many(chip: Chip, table: Mapping[str, str]) -> str:
    names = [m.partition(":")[2] for m in chip.members if m.startswith(f"{chip.kind}:")]
    if chip.kind == "address" and all("." in name for name in names):
        stems = {name.rpartition(".")[0] for name in names}
        if len(stems) == 1:
            return f"{stems.pop()}.*"
    return table[_MANY[chip.kind]]


def _host(name: str, subject: str, kind: str, table: Mapping[str, str], *, count: int) -> str:
    sign = {"nameserver": "name server of", "exchange": "exchange of"}.get(kind)
    if count == 1 or sign is None:
        if name == subject:
            return table["apex"]
        if name.endswith("." + subject):
            return name.removesuffix("." + subject)
    if sign is None:
        return display(registered_domain(name) or name)
    return table[sign].format(name=display(registered_domain(name) or name))
