"""The words of the pictures, one table a language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from depgraph.errors import QuestionError

EN = {
    # columns of boards
    "head service": "SERVICE",
    "head function": "FUNCTION",
    "head host": "HOST · MAIL",
    "head zone": "ZONE · FRONT",
    "head server": "SERVER",
    "head address": "ADDRESS",
    "head network": "NETWORK",
    "head provider": "PROVIDER",
    "head company": "COMPANY",
    "head country": "COUNTRY",
    "head shared": "… ALL NEED",
    # functions
    "web": "web",
    "web-www": "web (www)",
    "mail": "mail",
    "name": "name",
    "none of it": "{function}: none",
    # chips
    "apex": "apex",
    "zone": "zone",
    "registration": "registration",
    "registration of": "reg. {name}",
    "name server of": "{name}",
    "exchange of": "mx {name}",
    "addresses": "addresses",
    "blocks": "blocks",
    "networks": "networks",
    "zones": "zones",
    "registrations": "registrations",
    "mailbox": "mailbox",
    "any of": "any of {n}",
    "times": "×{n}",
    "any authority": "any authority",
    # legend
    "definition": "by definition",
    "observed": "observed",
    "published": "published",
    "reported": "reported",
    "inferred": "inferred",
    "unknown": "not known",
    "single point of failure": "single point of failure",
    "any one is enough": "any one is enough",
    "against": "need that runs back",
    "big-tech": "Big Tech",
    # footers
    "as of": "As of {days}.",
    "records": "Records: {source}.",
    "catalogue": "Catalogue of {date}.",
    "reading": "Read from left to right: each box needs what its lines lead to. ×4: four interchangeable records drawn as one.",
    "too many": "{n} boxes would not be legible: drawn by provider instead.",
    "incomplete": "The collection did not come to its end: what is missing is not known.",
    "not followed": "{n} more actors stand further behind (name servers of name servers, address registries): see the full picture.",
    # headlines
    "stops all one": "{names} alone can stop every function of {subject}",
    "stops all many": "{names} can each stop every function of {subject} alone",
    "stops some one": "{names} alone can stop part of {subject}",
    "stops some many": "{names} can each stop part of {subject} alone",
    "stops none": "No company can stop {subject} alone",
    "stops unknown": "Nobody known can stop {subject} alone, but not everybody is known",
    "also": "{function}: also {names}.",
    "only": "{function}: {names}.",
    "companies": "{n} companies",
    "unknown few": "Not known: {names}.",
    "unknown many": "{n} things that it needs are not known.",
    "something not known": "{what} not known",
    "shared name": "the name",
    "providers reading": "Read from left to right: each box needs what its lines lead to.",
    # layers
    "layer front": "front",
    "layer host": "host",
    "layer network": "network",
    "layer block": "address block",
    "layer dns": "name service",
    "layer registrar": "registrar",
    "layer registry": "registry",
    "layer certificate": "certificate",
    "layer behind": "further behind",
    "no front": "none",
    "absent": "none: {reason}",
    "own": "own",
    "last known": "last known: {what}",
    "strip reading": "Layers from the user down. A box across all columns is shared: what it carries, it carries for all. Words beside a box: evidence other than an observation.",
    "not followed one": "One more actor stands further behind (name servers of name servers, address registries): see the full picture.",
    "column layer": "Layer",
    "column function": "Function",
    "column who": "Who",
    # sentences
    "kind service": "service",
    "kind function": "function",
    "and": "{head} and {last}",
    "stops": "can stop {functions} alone",
    "not known row": "not known",
    "table": "{n} rows in the table",
    # table heads
    "column what": "What",
    "column kind": "Kind",
    "column needs": "Needs",
    "column evidence": "Evidence",
    "column stops": "Stops alone",
}

FR = {
    "head service": "SERVICE",
    "head function": "FONCTION",
    "head host": "HÔTE · COURRIER",
    "head zone": "ZONE · FRONTAL",
    "head server": "SERVEUR",
    "head address": "ADRESSE",
    "head network": "RÉSEAU",
    "head provider": "PRESTATAIRE",
    "head company": "ENTREPRISE",
    "head country": "PAYS",
    "head shared": "… COMMUN",
    "web": "web",
    "web-www": "web (www)",
    "mail": "courrier",
    "name": "nom",
    "none of it": "{function} : aucun",
    "apex": "apex",
    "zone": "zone",
    "registration": "enregistrement",
    "registration of": "enr. {name}",
    "name server of": "{name}",
    "exchange of": "mx {name}",
    "addresses": "adresses",
    "blocks": "blocs",
    "networks": "réseaux",
    "zones": "zones",
    "registrations": "enregistrements",
    "mailbox": "boîtes",
    "any of": "un de {n}",
    "times": "×{n}",
    "any authority": "toute autorité",
    "definition": "par définition",
    "observed": "observé",
    "published": "publié",
    "reported": "rapporté",
    "inferred": "déduit",
    "unknown": "inconnu",
    "single point of failure": "point de défaillance unique",
    "any one is enough": "un seul suffit",
    "against": "besoin en sens inverse",
    "big-tech": "Big Tech",
    "as of": "État au {days}.",
    "records": "Relevés : {source}.",
    "catalogue": "Catalogue du {date}.",
    "reading": "De gauche à droite : chaque boîte a besoin de ce où mènent ses traits. ×4 : quatre relevés interchangeables dessinés une fois.",
    "too many": "{n} boîtes seraient illisibles : dessin par prestataire.",
    "incomplete": "La collecte n'est pas allée à son terme : ce qui manque est inconnu.",
    "not followed": "{n} autres acteurs se tiennent plus loin (serveurs de noms de serveurs de noms, registres d'adresses) : voir le dessin complet.",
    "stops all one": "{names} peut arrêter seul toutes les fonctions de {subject}",
    "stops all many": "{names} peuvent chacun arrêter seuls toutes les fonctions de {subject}",
    "stops some one": "{names} peut arrêter seul une partie de {subject}",
    "stops some many": "{names} peuvent chacun arrêter seuls une partie de {subject}",
    "stops none": "Aucune entreprise ne peut arrêter seule {subject}",
    "stops unknown": "Nul acteur connu ne peut arrêter seul {subject}, mais tous ne sont pas connus",
    "also": "{function} : aussi {names}.",
    "only": "{function} : {names}.",
    "companies": "{n} entreprises",
    "unknown few": "Inconnu : {names}.",
    "unknown many": "{n} choses dont il dépend sont inconnues.",
    "something not known": "{what} : inconnu",
    "shared name": "le nom",
    "providers reading": "De gauche à droite : chaque boîte a besoin de ce où mènent ses traits.",
    # layers
    "layer front": "frontal",
    "layer host": "hébergeur",
    "layer network": "réseau",
    "layer block": "bloc d'adresses",
    "layer dns": "service de noms",
    "layer registrar": "bureau d'enreg.",
    "layer registry": "registre",
    "layer certificate": "certificat",
    "layer behind": "plus loin",
    "no front": "aucun",
    "absent": "aucun : {reason}",
    "own": "propre",
    "last known": "dernier connu : {what}",
    "strip reading": "Les couches, de l'utilisateur vers le bas. Une boîte sur toutes les colonnes est commune. Mots à côté d'une boîte : preuve autre qu'une observation.",
    "not followed one": "Un autre acteur se tient plus loin (serveurs de noms de serveurs de noms, registres d'adresses) : voir le dessin complet.",
    "column layer": "Couche",
    "column function": "Fonction",
    "column who": "Qui",
    "kind service": "service",
    "kind function": "fonction",
    "and": "{head} et {last}",
    "stops": "peut arrêter seul {functions}",
    "not known row": "inconnu",
    "table": "{n} lignes dans le tableau",
    "column what": "Quoi",
    "column kind": "Type",
    "column needs": "Dépend de",
    "column evidence": "Preuve",
    "column stops": "Arrête seul",
}

LANGUAGES: Mapping[str, Mapping[str, str]] = {"en": EN, "fr": FR}


def words(lang: str) -> Mapping[str, str]:
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


def listed(items: Sequence[str], table: Mapping[str, str]) -> str:
    """Join items as a sentence does: "web, mail and name"."""
    if len(items) < 2:
        return "".join(items)
    return table["and"].format(head=", ".join(items[:-1]), last=items[-1])
