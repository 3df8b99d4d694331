"""The words of a report, one table a language."""

from __future__ import annotations

from depgraph.errors import QuestionError

EN = {
    "as of": "as of {days}",
    "source": "Source",
    "sources": "Sources",
    "incomplete": "The collection did not come to its end: what is missing is unknown.",
    "no function": "none",
    "absent": "not offered: {reason}",
    "direct": "directly",
    "behind": "behind {domain}",
    "exposed": "passes, can do without",
    "last known": "last known {name}, {time}",
    "function": "function",
    "alone": "who can stop it alone",
    "group stops": "{group} can stop it",
    "group passes": "{group} on a path",
    "itself": "the service itself",
    "nobody": "nobody",
    "perhaps": "perhaps somebody unknown",
    "answer yes": "yes",
    "answer no": "no",
    "answer undetermined": "undetermined",
    "layer": "layer",
    "who": "who",
    "for": "for",
    "evidence": "evidence",
    "more": "and {n} more",
    "unknown count": "{n} unknown",
    "unknown": "unknown: {name}",
    "layer front": "front",
    "layer host": "host",
    "layer network": "network",
    "layer block": "address block",
    "layer allocation": "address registry",
    "layer certificate": "certificate",
    "layer mail": "mail exchange",
    "layer mailbox": "mailbox",
    "layer dns": "name service",
    "layer registrar": "registrar",
    "layer registry": "registry",
    "layer other": "other",
    "function web": "Web",
    "function web-www": "Web (www)",
    "function mail": "Mail",
    "function name": "Name",
    "evidence observed": "observed",
    "evidence published": "published",
    "evidence reported": "reported",
    "evidence inferred": "inferred",
    "evidence unknown": "unknown",
}

FR = {
    "as of": "au {days}",
    "source": "Source",
    "sources": "Sources",
    "incomplete": "La collecte n'est pas allée à son terme : ce qui manque est inconnu.",
    "no function": "aucune",
    "absent": "non proposé : {reason}",
    "direct": "directement",
    "behind": "derrière {domain}",
    "exposed": "passe par là, peut s'en passer",
    "last known": "dernier connu : {name}, {time}",
    "function": "fonction",
    "alone": "qui peut l'arrêter seul",
    "group stops": "{group} peut l'arrêter",
    "group passes": "{group} sur un chemin",
    "itself": "le service lui-même",
    "nobody": "personne",
    "perhaps": "peut-être un inconnu",
    "answer yes": "oui",
    "answer no": "non",
    "answer undetermined": "indéterminé",
    "layer": "couche",
    "who": "qui",
    "for": "pour",
    "evidence": "preuve",
    "more": "et {n} de plus",
    "unknown count": "{n} inconnu(s)",
    "unknown": "inconnu : {name}",
    "layer front": "frontal",
    "layer host": "hébergeur",
    "layer network": "réseau",
    "layer block": "bloc d'adresses",
    "layer allocation": "registre d'adresses",
    "layer certificate": "certificat",
    "layer mail": "relais de courrier",
    "layer mailbox": "boîtes aux lettres",
    "layer dns": "service de noms",
    "layer registrar": "bureau d'enregistrement",
    "layer registry": "registre du domaine",
    "layer other": "autre",
    "function web": "Web",
    "function web-www": "Web (www)",
    "function mail": "Courrier",
    "function name": "Nom",
    "evidence observed": "observé",
    "evidence published": "publié",
    "evidence reported": "rapporté",
    "evidence inferred": "déduit",
    "evidence unknown": "inconnu",
}

LANGUAGES = {"en": EN, "fr": FR}


def words(lang: str) -> dict[str, str]:
    """Give the table of a language.

    Raises
    ------
    QuestionError
        If there is none.
    """
    try:
        return LANGUAGES[lang]
    except KeyError:
        raise QuestionError(
            f"expected one of the languages {', '.join(LANGUAGES)}, found {lang!r}"
        ) from None
