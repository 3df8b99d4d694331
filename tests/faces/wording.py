"""The few closed words of each language, written down once more, and the forms of its sentences.

The words are literal: if a table of texts calls an inference an observation, no face may say so
unnoticed. Longer sentences are read by the form that the table gives them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final

from depgraph.texts import words

SEMICOLON: Final = {"en": "; ", "fr": "\u202f; "}
_WHOM: Final = {
    "en": (
        r"(?:in (?:[a-z]{2}\b|“[^”]+”)|for (?:everyone(?: over IPv4)?|the \d+ % sent to \w+|those sent to \w+|those who get the answer of [\w.-]+(?: \(\d+\))?"
        r"|(?:(?:IPv4-only|IPv6-only|dual-stack|validating|non-validating|SVCB-aware"
        r"|not SVCB-aware)(?:, )?)+ clients))"
    ),
    "fr": (
        r"(?:depuis (?:[a-z]{2}\b|«\u00a0[^»]+\u00a0»)|pour (?:tout le monde(?: par IPv4)?|les \d+\u202f% envoyés vers \w+|ceux qui sont envoyés vers \w+|ceux qui reçoivent la réponse de [\w.-]+(?: \(\d+\))?"
        r"|les clients (?:(?:en IPv[46] seul|en IPv4 et IPv6|qui (?:ne )?(?:valident|suivent)"
        r"(?: pas)? (?:DNSSEC|les enregistrements SVCB))(?:, )?)+))"
    ),
}
"""For whom something holds."""
_WHOM_MARKS: Final = {
    "en": (
        r"(?<=\(){}, ",
        r" \({}\)",
        r", {}(?=\.|$)",
        r", but for these: {}",
        r"(?:; )?does not work {}",
    ),
    "fr": (
        r"(?<=\(){}, ",
        r" \({}\)",
        r", {}(?=\.|$)",
        r", sauf\u00a0: {}",
        r"(?:\u202f; )?ne fonctionne pas {}",
    ),
}

_EN: Final[Mapping[str, Mapping[str, object]]] = {
    "function": {
        "web": "web",
        "web (without www)": "web",
        "web (www)": "web-www",
        "mail": "mail",
        "app": "app",
        "name": "name",
    },
    "evidence": {
        "by definition": "definition",
        "observed": "observed",
        "published by the operator": "published",
        "published": "published",
        "inferred": "inferred",
        "reported": "reported",
        "unknown": "unknown",
    },
    "confidence": {"certain": "certain", "likely": "likely", "possible": "possible"},
    "layer": {
        "involved, role not stated": "involvement",
        "front": "front",
        "host or front": "serving",
        "host": "host",
        "network": "network",
        "upstream": "transit",
        "address block": "block",
        "address registry": "allocation",
        "app store": "app",
        "third party": "third-party",
        "mail exchange": "mail",
        "mail": "mail",
        "mailboxes": "mailbox",
        "network of the mail": "mail-network",
        "address block of the mail": "mail-block",
        "address registry of the mail": "mail-allocation",
        "certificate": "certificate",
        "name service": "dns",
        "network of the name service": "dns-network",
        "address block of the name service": "dns-block",
        "address registry of the name service": "dns-allocation",
        "keys of the zone (DNSSEC)": "signing",
        "registrar": "registrar",
        "registry": "registry",
        "registry back-end": "back-end",
        "TLD name servers": "registry-dns",
    },
    "turn": {
        "appeared": "appeared",
        "vanished": "vanished",
        "changed": "changed",
        "newly known": "newly-known",
        "no longer known": "no-longer-known",
        "same": "same",
        "same as far as known": "same-as-known",
        "cannot be compared": "incomparable",
    },
    "ruling": {
        "supported": "supported",
        "supported in part": "partly",
        "contradicted": "contradicted",
        "undetermined": "undetermined",
        "does not apply": "not-applicable",
    },
    "whole": {"the whole service": ""},
    "unverified": {"unverified": True},
    "not-examined": {"not examined": True},
    "anyone": {
        "any certificate authority": "any certificate authority",
        "any authority": "any certificate authority",
    },
    "met": {"on the path, not required": True},
    "share": {
        "other company": "other",
        "none": "none",
        "own": "own",
        "several of the group": "several",
        "somebody known, perhaps others too": "open",
        "any will do": "any",
    },
    "alone": {
        "the service itself": "itself",
        "nobody": "nobody",
        "undetermined": "undetermined",
        "not offered": "absent",
        "fails": "fails",
    },
    "moment": {
        "not in the record": "missing",
        "not offered": "absent",
        "unknown": "unknown",
        "none": "nobody",
        "nobody reported": "nobody",
    },
}
_FR: Final[Mapping[str, Mapping[str, object]]] = {
    "function": {
        "web": "web",
        "web (sans www)": "web",
        "web (www)": "web-www",
        "courrier": "mail",
        "application": "app",
        "nom": "name",
    },
    "evidence": {
        "par définition": "definition",
        "observé": "observed",
        "publié par l’opérateur": "published",
        "publié": "published",
        "déduit": "inferred",
        "rapporté": "reported",
        "inconnu": "unknown",
    },
    "confidence": {"certain": "certain", "probable": "likely", "possible": "possible"},
    "layer": {
        "impliqué, rôle non précisé": "involvement",
        "façade": "front",
        "hébergeur ou façade": "serving",
        "hébergeur": "host",
        "réseau": "network",
        "transit": "transit",
        "bloc d’adresses": "block",
        "registre d’adresses": "allocation",
        "relais de courrier": "mail",
        "courrier": "mail",
        "magasin d’applications": "app",
        "tiers": "third-party",
        "boîtes aux lettres": "mailbox",
        "réseau du courrier": "mail-network",
        "bloc d’adresses du courrier": "mail-block",
        "registre d’adresses du courrier": "mail-allocation",
        "certificat": "certificate",
        "service de noms": "dns",
        "réseau du service de noms": "dns-network",
        "bloc d’adresses du service de noms": "dns-block",
        "registre d’adresses du service de noms": "dns-allocation",
        "clés de la zone (DNSSEC)": "signing",
        "bureau d’enregistrement": "registrar",
        "bureau d’enreg.": "registrar",
        "registre": "registry",
        "exploitant du registre": "back-end",
        "serveurs de noms du TLD": "registry-dns",
    },
    "turn": {
        "apparu": "appeared",
        "disparu": "vanished",
        "modifié": "changed",
        "nouvellement connu": "newly-known",
        "n’est plus connu": "no-longer-known",
        "inchangé": "same",
        "inchangé, autant qu’on le sache": "same-as-known",
        "non comparable": "incomparable",
    },
    "ruling": {
        "étayé": "supported",
        "étayé en partie": "partly",
        "contredit": "contradicted",
        "indéterminé": "undetermined",
        "sans objet": "not-applicable",
    },
    "whole": {"tout le service": ""},
    "unverified": {"non vérifié": True},
    "not-examined": {"non examiné": True},
    "anyone": {
        "toute autorité de certification": "any certificate authority",
        "toute autorité": "any certificate authority",
    },
    "met": {"sur le chemin, pas indispensable": True},
    "share": {
        "autre entreprise": "other",
        "aucun": "none",
        "en propre": "own",
        "plusieurs du groupe": "several",
        "quelqu’un de connu, peut-être d’autres": "open",
        "n’importe lequel": "any",
    },
    "alone": {
        "le service lui-même": "itself",
        "personne": "nobody",
        "indéterminé": "undetermined",
        "non proposé": "absent",
        "tombe": "fails",
    },
    "moment": {
        "absent du relevé": "missing",
        "non proposé": "absent",
        "inconnu": "unknown",
        "aucun": "nobody",
        "néant": "nobody",
        "personne de rapporté": "nobody",
    },
}
_LANGUAGES: Final = {"en": _EN, "fr": _FR}


class Wording:
    """The words of one language, and the forms of its sentences."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._table = words(lang)
        self._closed = _LANGUAGES[lang]
        self._codes = {
            what: {word.lower(): code for word, code in several.items()}
            for what, several in self._closed.items()
        }

    def of_everyone(self, text: str) -> str:
        """Return a text without the words for whom it holds."""
        joint = {"en": " and ", "fr": " et "}[self.lang]
        one = _WHOM[self.lang]
        several = f"{one}(?:(?: |, |{joint}){one})*"
        for mark in _WHOM_MARKS[self.lang]:
            text = re.sub(mark.replace("{}", several), "", text)
        return text

    def code(self, what: str, word: str) -> str:
        """Return what a closed word means.

        Raises
        ------
        KeyError
            If it is none.
        """
        there = self._elsewhere(what, word)
        plain = self._codes[what][(there["function"] if there else word).strip().lower()]
        if there is None:
            return str(plain)
        return f"{plain}:{there['host'] if plain == 'app' else there['host'].lower()}"

    def means(self, what: str, word: str) -> bool:
        """Tell whether something is a closed word."""
        there = self._elsewhere(what, word)
        return (there["function"] if there else word).strip().lower() in self._codes[what]

    def _elsewhere(self, what: str, word: str) -> dict[str, str] | None:
        """Return a function and the other host name it is offered at, if the word has one."""
        there = self.match("function.at", word.strip()) if what == "function" else None
        if there and self._codes[what].get(there["function"].strip().lower()) == "app":
            return there  # from one store
        return there if there and "." in there["host"] else None

    def word(self, what: str, code: object) -> str:
        """Return the closed word for something, the first of several."""
        plain, _, host = str(code).partition(":") if what == "function" else (code, "", "")
        word = next(word for word, value in self._closed[what].items() if value == plain)
        return self.template("function.at").format(function=word, host=host) if host else word

    def all(self, what: str) -> list[str]:
        """Return all closed words of a kind."""
        return list(self._closed[what])

    def say(self, code: str) -> str:
        """Return a word of the table that has no placeholder."""
        return self._table.brief(code)

    def template(self, code: str) -> str:
        """Return a sentence of the table with its placeholders."""
        return self._table[code]

    def functions(self, text: str) -> list[str]:
        """Return the functions in an enumeration; of the whole service the empty one."""
        if self.means("whole", text):
            return [""]
        return [self.code("function", part) for part in self.names(text)]

    def names(self, text: str) -> list[str]:
        """Return the parts of an enumeration: "A (reported, likely), B and C"."""
        last = self.match("list.and", text)
        return [*re.split(r", (?![^()]*\))", last["head"]), last["last"]] if last else [text]

    def match(self, code: str, text: str) -> dict[str, str] | None:
        """Return what stands in the placeholders of a sentence; None if it is another one."""
        for form in self._forms(code):
            found = form.fullmatch(text)
            if found:
                return found.groupdict()
        return None

    def _forms(self, code: str) -> Iterator[re.Pattern[str]]:
        for key in (code, *(f"{code}.{form}" for form in ("one", "few", "many"))):
            if key in self._table:
                yield _pattern(self._table[key])

    def lead(self, code: str) -> str:
        """Return the words with which a sentence begins, up to its first placeholder."""
        return self._table[code].split("{")[0]

    def listed(self, text: str) -> tuple[list[str], int]:
        """Return the names of a list, and how many more it counts."""
        more = 0
        comma, semicolon = self._table["list.comma"], self._table["list.semicolon"]
        separator = semicolon if semicolon in text else comma
        parts = text.split(separator)
        counted = self.match("more", parts[-1])
        if counted and len(parts) > 1:
            more = int(number(counted["n"]))
            parts.pop()
        return parts, more

    def label(self, text: str) -> str:
        """Return a label as graphs have it: anyone, and who takes a free name, in the language."""
        for stranger in ("anyone who takes ", "quiconque prend "):
            if text.startswith(stranger):
                return text.removeprefix(stranger)
        return self.code("anyone", text) if self.means("anyone", text) else text

    def labels(self, several: Iterable[str]) -> list[str]:
        """Return the labels that a text of the language may have."""
        return [*several, *self._closed["anyone"]]

    def day(self, iso: str) -> str:
        return self._table.day(iso)

    def country(self, code: str) -> str:
        return self._table.country(code)


@cache
def _pattern(template: str) -> re.Pattern[str]:
    """Return a template as a pattern; a placeholder in a certain form may have its article."""
    text = ""
    seen: set[str] = set()
    for literal, name, form in re.findall(r"([^{]*)(?:\{(\w+)(?::(\w+))?\})?", template):
        text += re.escape(literal)
        if name:
            article = r"(?:the |de |d’|du |des )?" if form else ""
            text += f"{article}(?P={name})" if name in seen else f"{article}(?P<{name}>.+?)"
            seen.add(name)
    return re.compile(text)


def number(text: str) -> float:
    """Return a number as texts have it: in French with spaces and a comma."""
    return float(text.replace("\u202f", "").replace(",", "."))


def cut(text: str, labels: Iterable[str]) -> str:
    """Return the label with which a text begins, the longest of several; empty if none."""
    return max((label for label in labels if text.startswith(label)), key=len, default="")
