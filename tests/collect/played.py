"""Servers that play a scenario in the form of Unbound's test suite (``testdata/*.rpl``).

Read is what such a scenario says of the network: the hints (``stub-addr`` of the root) and, per
``RANGE``, an address and its entries. An entry answers a question that it matches (``opcode``,
``qtype``, ``qname``, ``subdomain``); ``copy_query`` puts the question that was asked into the reply.
Ranges of steps, delays and the questions of a scenario are not played: the collector asks its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
from fake_dns import World

from depgraph.names import canonical, is_below

_FLAGS = {"QR", "AA", "TC", "RD", "RA", "AD", "CD"}


@dataclass
class Entry:
    """One reply, and which questions it is given to."""

    match: set[str] = field(default_factory=set)
    adjust: set[str] = field(default_factory=set)
    reply: list[str] = field(default_factory=list)
    sections: dict[str, list[str]] = field(default_factory=dict)

    def matches(self, name: str, kind: str) -> bool:
        owner, *_, own_kind = self.sections["QUESTION"][0].split()
        owner = canonical(owner)
        return not (
            ("qtype" in self.match and kind != own_kind)
            or ("qname" in self.match and name != owner)
            or ("subdomain" in self.match and not is_below(name, owner))
        )

    def answer(self, query: dns.message.Message) -> dns.message.Message:
        text = "".join(
            f";{section}\n" + "".join(f"{row}\n" for row in _rows(rows, section))
            for section, rows in self.sections.items()
        )
        words = [word for word in self.reply if word not in _FLAGS]
        reply = dns.message.from_text(f"id {query.id}\nopcode QUERY\n{text}")
        if "copy_query" in self.adjust:
            reply.question = query.question
        reply.flags = dns.flags.from_text(" ".join(w for w in self.reply if w in _FLAGS))
        reply.set_rcode(dns.rcode.from_text(words[0] if words else "NOERROR"))
        return reply


def _rows(rows: list[str], section: str) -> list[str]:
    """Give each record the time to live that the form of Unbound may leave out."""
    if section == "QUESTION":
        return rows
    return [
        row if row.split()[1].isdigit() else row.replace(" IN ", " 3600 IN ", 1) for row in rows
    ]


def read(text: str) -> tuple[tuple[str, ...], dict[str, list[Entry]]]:
    """Read a scenario.

    Returns
    -------
    hints : tuple of str
        Addresses of the root servers.
    entries : dict
        Address -> what it answers, in order.
    """
    hints: list[str] = []
    entries: dict[str, list[Entry]] = {}
    address = section = ""
    entry = Entry()
    for raw in text.splitlines():
        words = raw.partition(";")[0].split()
        if not words:
            continue
        match words[0]:
            case "stub-addr:":
                hints.append(words[1])
            case "ADDRESS":
                address = words[1]
            case "RANGE_END" | "STEP":
                address = ""
            case "ENTRY_BEGIN":
                entry, section = Entry(), ""
            case "MATCH":
                entry.match.update(words[1:])
            case "ADJUST":
                entry.adjust.update(words[1:])
            case "REPLY":
                entry.reply = words[1:]
            case "SECTION":
                section = words[1]
                entry.sections[section] = []
            case "ENTRY_END":
                section = ""
                if address:
                    entries.setdefault(address, []).append(entry)
            case _:
                if section:
                    entry.sections[section].append(" ".join(words))
    return tuple(hints), entries


class Played(World):
    """A world that plays a scenario; who has no entry for a question refuses it."""

    def __init__(self, text: str) -> None:
        hints, self._entries = read(text)
        servers: dict[str, tuple[str, ...]] = dict.fromkeys((*hints, *self._entries), ())
        super().__init__({}, servers, roots={"root.hints.example": hints})

    def answer(self, query: dns.message.Message, address: str) -> dns.message.Message:
        name = canonical(query.question[0].name.to_text())
        kind = dns.rdatatype.to_text(query.question[0].rdtype)
        for entry in self._entries.get(address, ()):
            if entry.matches(name, kind):
                return entry.answer(query)
        refused = dns.message.make_response(query)
        refused.set_rcode(dns.rcode.REFUSED)
        return refused
