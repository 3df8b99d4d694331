"""What people call the columns of their tables: lists of names, and records of a zone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

_NAME: Final = (
    *("name", "host", "hostname", "host name", "nom", "hôte", "nom d'hôte"),
    *("nombre", "anfitrión", "naam", "hostnaam", "nome"),
)
_RECORD: Final = (
    *(
        "record",
        "record name",
        "owner",
        "rrname",
        "nom de l'enregistrement",
        "sous-domaine",
        "eintrag",
    ),
    *("subdomain", "subdomäne", "subdominio", "subdomein", "sottodominio"),
)
_DOMAIN: Final = (
    *("domain", "domain name", "fqdn", "domaine", "nom de domaine", "domäne", "dominio", "domein"),
)
_SITE: Final = (
    "site",
    "site web",
    "web site",
    "website",
    "web",
    "url",
    "origin",
    "e-mail",
    "email",
)

NAMES: Final = (*_NAME, *_DOMAIN, *_SITE)
"""What the column of a list of names is called; an owner is somebody there."""
RECORDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "name": (*_NAME, *_RECORD, *_DOMAIN),
        "type": (
            *("type", "rrtype", "record type", "recordtype", "rtype", "type d'enregistrement", "typ", "eintragstyp"),
            *("tipo", "tipo de registro", "tipo di record"),
        ),
        "value": (
            *("value", "values", "data", "content", "rdata", "answer", "target", "address", "points to", "record value", "value/route traffic to", "ip address"),
            *("valeur", "contenu", "cible", "données", "adresse", "adresse ip", "destination", "wert", "inhalt", "ziel", "daten"),
            *("valor", "contenido", "destino", "datos", "dirección", "waarde", "inhoud", "doel", "gegevens", "adres", "valore", "contenuto", "destinazione", "dati", "indirizzo"),
        ),
        "ttl": ("ttl", "ttl (seconds)", "ttl (secondes)", "durée de vie", "ttl (sekunden)", "ttl (segundos)", "ttl (seconden)", "ttl (secondi)"),
        "priority": ("priority", "preference", "prio", "mx priority", "mx preference", "priorité", "préférence", "priorität", "prioridad", "prioriteit", "priorità"),
    }
)  # fmt: skip
"""Column of a table of records -> what it is called; of several the first word counts."""


def read_heading(cell: str) -> str:
    """Return a heading as it is compared: in small letters, with single blanks.

    >>> read_heading("Record_Name ")
    'record name'
    """
    return unicodedata.normalize("NFC", re.sub(r"[\s_]+", " ", cell.strip(" \ufeff").lower()))


def is_word(heading: str, word: str) -> bool:
    """Tell whether a heading is a word, written with its accents, without, or not in UTF-8.

    >>> [is_word(one, "hôte") for one in ("hôte", "hote", "h\ufffdte", "hute")]
    [True, True, True, False]
    """
    return len(heading) == len(word) and all(
        a == b or (not b.isascii() and a in {"\ufffd", unicodedata.normalize("NFD", b)[0]})
        for a, b in zip(heading, word, strict=True)
    )


def is_any(cell: str, words: Iterable[str]) -> bool:
    """Tell whether a cell is one of some words, or of its plural.

    >>> is_any("Domain_names", NAMES), is_any("Owner", NAMES)
    (True, False)
    """
    heading = read_heading(cell)
    forms = {heading, heading.removesuffix("s")}
    return any(is_word(form, word) for form in forms for word in words)
