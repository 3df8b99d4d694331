"""The words of the pictures, one table a language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from depgraph.errors import QuestionError

EN = {
    "lang": "en",
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
    # who can take it down
    "alone": "acting alone",
    "together": "only together",
    "how": "how",
    "stops word": "stops",
    "stop": "{who}: can stop {functions}.",
    "may stop": "{who}: may be able to stop {functions}.",
    "what of": "{what} of {name}",
    "things": "{n} things",
    "more brands": "and {n} more",
    "law unknown": "law not known",
    "nobody alone": "No company that is known can stop a function alone.",
    "none together": "No pair or triple that does not hold one of the above.",
    "more sets": "and {n} more sets",
    "unknown how": "not known who: {reason}",
    "horizon": "What takes longer than {days} days does not count.",
    "matrix reading": "Companies with all that they own. A set stands here only if none of its members can be left out. “?”: it depends on what is not known.",
    "lever suspend": "suspend the name",
    "lever hold": "put the name on hold at the registry",
    "lever stop-dns": "stop answering DNS",
    "lever drop-front": "drop the front",
    "lever evict": "evict the host",
    "lever withdraw-network": "withdraw the network",
    "lever withdraw-addresses": "withdraw the addresses",
    "lever revoke-addresses": "revoke the addresses",
    "lever stop-mail": "stop the mail",
    "lever refuse-certificate": "refuse the certificate",
    "lever stop": "withdraw",
    "onset at-once": "at once",
    "onset after-ttl": "when caches expire",
    "onset after-ttl-unobserved": "when caches expire",
    "onset days": "within days",
    "onset weeks": "within weeks",
    # before and after
    "turn none": "{subject}, {first} to {last}: nothing that is known changed",
    "turn one": "{subject}, {first} to {last}: {rows} changed",
    "turn many": "{subject}, {first} to {last}: {rows} changed",
    "turn same": "{rows}: the same throughout.",
    "turn open": "{rows}: cannot be compared on every day.",
    "sign same": "same",
    "sign changed": "changed",
    "sign open": "cannot be compared: one side is not known",
    "sign same as known": "same as far as known",
    "sign changed as known": "changed as far as known",
    "and more": "and {n} more",
    "turn seen": "{row}: {was} on {before}, {now} on {after}.",
    "timeline reading": "The words under a box say on what evidence it rests. “Reported” is press, a court filing or a company statement, not a DNS record.",
    "layer mail": "mail",
    # the page
    "view strip": "Layers",
    "view providers": "Providers",
    "view full": "All records",
    "find": "Find",
    "restore": "Put all back",
    "evidence": "Evidence",
    "exposes": "passes, can do without",
    "all rows": "All {n} lines of evidence as a table",
    "page reading": "Press an actor, a company or a country to take it away; press any box or line for its evidence. Arrow keys move, Enter presses, Escape puts all back.",
    "column relation": "Relation",
    "column source": "Source",
    "column day": "Day",
    "column citation": "Citation",
    "js without": "Without {who}:",
    "js press": "Press an actor, a company or a country to take it away, and see what falls.",
    "js works": "works",
    "js fails": "falls",
    "js undetermined": "not known",
    "js absent state": "not offered",
    "js colon": ": ",
    "js once": "at once",
    "js unobserved": "when caches expire",
    "js days": "within days",
    "js weeks": "within weeks",
    "js ttl": "when caches expire, {span}",
    "js nothing": "no line of evidence",
    "js more": "and {n} more: see the table",
    "js found": "{n} found",
    # surveys
    "services": "{n} services",
    "number": "Number",
    "survey title": "{many}: {group} carries {part} of the {layer} layer",
    "survey known": "Every layer is known for every service.",
    "survey unknown": "Least known: {layer}, {part} not known. Shares are ranges: from none to all of the unknown.",
    "survey reading": "Bars count services. The line under a bar is the part that is the group's for certain; hatched: not known, so it may be the group's too.",
    "share other": "other company",
    "share none": "none",
    "share own": "own",
    "share unknown": "not known",
    "tiles": "one column for each service",
    "tiles names": "Columns from left to right: {names}.",
    "tiles on": "layers on {group}",
    "carries": "stands in a layer of",
    "can stop": "can stop a function of, alone",
    "concentration sub": "Of {n} services: in how many each company is known to stand, and of how many it can stop a function alone.",
    "concentration reading": "First figure: services in which it is known to stand, in a layer or further behind; second: those of which it can stop a function. What is not known is counted for nobody: figures are the least there can be.",
    "concentration none": "{many}: no company that is known can stop a function of one alone",
    "concentration one": "{many}: {names} alone can stop a function of {n}",
    "concentration many": "{many}: {names} can each stop a function of {n} alone",
    "more companies": "and {n} more companies",
    "turn unknown": "{subject}, {first} to {last}: no change can be shown; most layers are not known on some day",
    "turn as known": "{subject}, {first} to {last}: {rows} changed, as far as known",
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
    "last known": "on {day}: {what}",
    "for all": "for all functions",
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
    "lang": "fr",
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
    "stops all one": "{names} peut à lui seul arrêter toutes les fonctions de {subject}",
    "stops all many": "{names} peuvent, chacun à lui seul, arrêter toutes les fonctions de {subject}",
    "stops some one": "{names} peut à lui seul arrêter une partie de {subject}",
    "stops some many": "{names} peuvent, chacun à lui seul, arrêter une partie de {subject}",
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
    "alone": "agissant seul",
    "together": "seulement ensemble",
    "how": "comment",
    "stops word": "arrête",
    "stop": "{who} : peut arrêter {functions}.",
    "may stop": "{who} : peut-être en mesure d'arrêter {functions}.",
    "what of": "{what} de {name}",
    "things": "{n} choses",
    "more brands": "et {n} de plus",
    "law unknown": "droit inconnu",
    "nobody alone": "Aucune entreprise connue ne peut arrêter seule une fonction.",
    "none together": "Aucune paire, aucun trio qui ne contienne l'un de ceux ci-dessus.",
    "more sets": "et {n} autres ensembles",
    "unknown how": "on ne sait pas qui : {reason}",
    "horizon": "Ce qui prend plus de {days} jours ne compte pas.",
    "matrix reading": "Les entreprises avec tout ce qu'elles possèdent. Un ensemble ne figure ici que si aucun membre n'est de trop. « ? » : dépend de ce qui est inconnu.",
    "lever suspend": "suspendre le nom",
    "lever hold": "geler le nom au registre",
    "lever stop-dns": "cesser de répondre au DNS",
    "lever drop-front": "retirer le frontal",
    "lever evict": "expulser l'hébergé",
    "lever withdraw-network": "retirer le réseau",
    "lever withdraw-addresses": "reprendre les adresses",
    "lever revoke-addresses": "révoquer les adresses",
    "lever stop-mail": "arrêter le courrier",
    "lever refuse-certificate": "refuser le certificat",
    "lever stop": "se retirer",
    "onset at-once": "aussitôt",
    "onset after-ttl": "quand les caches expirent",
    "onset after-ttl-unobserved": "quand les caches expirent",
    "onset days": "en quelques jours",
    "onset weeks": "en quelques semaines",
    "turn none": "{subject}, du {first} au {last} : rien de connu n'a changé",
    "turn one": "{subject}, du {first} au {last} : changement constaté ({rows})",
    "turn many": "{subject}, du {first} au {last} : changement constaté ({rows})",
    "turn same": "{rows} : inchangé du début à la fin.",
    "turn open": "{rows} : non comparable à toutes les dates.",
    "sign same": "inchangé",
    "sign changed": "changé",
    "sign open": "non comparable : un côté est inconnu",
    "sign same as known": "inchangé, autant qu'on le sache",
    "sign changed as known": "changé, autant qu'on le sache",
    "and more": "et {n} de plus",
    "turn seen": "{row} : {was} le {before}, {now} le {after}.",
    "timeline reading": "Les mots sous une boîte disent sur quelle preuve elle repose. « Rapporté » : presse, acte de justice ou déclaration d'entreprise, pas un relevé DNS.",
    "layer mail": "courrier",
    "view strip": "Couches",
    "view providers": "Prestataires",
    "view full": "Tous les relevés",
    "find": "Chercher",
    "restore": "Tout remettre",
    "evidence": "Preuves",
    "exposes": "passe par là, peut s'en passer",
    "all rows": "Les {n} lignes de preuve en tableau",
    "page reading": "Appuyez sur un acteur, une entreprise ou un pays pour l'enlever ; sur une boîte ou un trait pour sa preuve. Les flèches déplacent, Entrée appuie, Échap remet tout.",
    "column relation": "Relation",
    "column source": "Source",
    "column day": "Jour",
    "column citation": "Référence",
    "js without": "Sans {who} :",
    "js press": "Appuyez sur un acteur, une entreprise ou un pays pour l'enlever, et voyez ce qui tombe.",
    "js works": "fonctionne",
    "js fails": "tombe",
    "js undetermined": "inconnu",
    "js absent state": "non proposé",
    "js colon": " : ",
    "js once": "aussitôt",
    "js unobserved": "quand les caches expirent",
    "js days": "en quelques jours",
    "js weeks": "en quelques semaines",
    "js ttl": "quand les caches expirent, {span}",
    "js nothing": "aucune ligne de preuve",
    "js more": "et {n} de plus : voir le tableau",
    "js found": "{n} trouvés",
    "services": "{n} services",
    "number": "Nombre",
    "survey title": "{many} : {group} porte {part} de la couche « {layer} »",
    "survey known": "Chaque couche est connue pour chaque service.",
    "survey unknown": "Le moins connu : {layer}, {part} inconnus. Les parts sont des fourchettes : d'aucun à tous les inconnus.",
    "survey reading": "Les barres comptent les services. Le trait sous une barre : la part certaine du groupe ; hachuré : inconnu, donc peut-être du groupe aussi.",
    "share other": "autre entreprise",
    "share none": "aucun",
    "share own": "propre",
    "share unknown": "inconnu",
    "tiles": "une colonne par service",
    "tiles names": "Colonnes de gauche à droite : {names}.",
    "tiles on": "couches : {group}",
    "carries": "présent dans une couche de",
    "can stop": "peut arrêter seule une fonction de",
    "concentration sub": "Sur {n} services : dans combien on sait que l'entreprise figure, et de combien elle peut arrêter seule une fonction.",
    "concentration reading": "Premier chiffre : services où l'on sait qu'elle figure, dans une couche ou plus loin ; second : ceux dont elle peut arrêter une fonction. L'inconnu n'est compté pour personne : ce sont des minimums.",
    "concentration none": "{many} : aucune entreprise connue ne peut arrêter seule une fonction de l'un d'eux",
    "concentration one": "{many} : {names} peut à lui seul arrêter une fonction de {n}",
    "concentration many": "{many} : {names} peuvent, chacun à lui seul, arrêter une fonction de {n}",
    "more companies": "et {n} autres entreprises",
    "turn unknown": "{subject}, du {first} au {last} : aucun changement démontrable ; la plupart des couches sont inconnues à une date",
    "turn as known": "{subject}, du {first} au {last} : changement constaté ({rows}), autant qu'on le sache",
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
    "last known": "le {day} : {what}",
    "for all": "pour toutes les fonctions",
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

_UNKNOWN = {
    "fr": {
        "addresses": "adresses",
        "authorities": "autorités",
        "certificate": "certificat",
        "country": "pays",
        "holder": "détenteur",
        "mail exchanges": "relais de courrier",
        "name servers": "serveurs de noms",
        "network": "réseau",
        "operator": "opérateur",
        "origin": "origine",
        "registrar": "bureau d'enreg.",
        "registry": "registre",
        "not asked": "non demandé",
        "searched, not found": "cherché, non trouvé",
        "known of another day only": "connu d'un autre jour seulement",
        "a front hides it, and nothing proves it": "un frontal le cache, rien ne le prouve",
        "not in the catalogue": "absent du catalogue",
    }
}
"""What the graph says in English of what is unknown, in other languages."""

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


def not_known(what: str, table: Mapping[str, str]) -> str:
    """Say that something is not known; only that, where it has no name.

    >>> not_known("origin", EN), not_known("", FR)
    ('origin not known', 'inconnu')
    """
    return table["something not known"].format(what=what) if what else table["unknown"]


def listed(items: Sequence[str], table: Mapping[str, str]) -> str:
    """Join items as a sentence does: "web, mail and name"."""
    if len(items) < 2:
        return "".join(items)
    return table["and"].format(head=", ".join(items[:-1]), last=items[-1])


def unknown_words(text: str, lang: str) -> str:
    """Say in a language what is unknown, or why; what has no translation stays as it is.

    >>> unknown_words("CAA: not asked; certificate: searched, not found", "fr")
    'CAA : non demandé ; certificat : cherché, non trouvé'
    """
    said = _UNKNOWN.get(lang)
    if said is None:
        return text
    parts = []
    for part in text.split("; "):
        head, colon, tail = part.partition(": ")
        parts.append(
            f"{said.get(head, head)} : {said.get(tail, tail)}" if colon else said.get(part, part)
        )
    return " ; ".join(parts)


_MONTHS = {
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    "fr": [
        "janv.",
        "févr.",
        "mars",
        "avr.",
        "mai",
        "juin",
        "juil.",
        "août",
        "sept.",
        "oct.",
        "nov.",
        "déc.",
    ],
}


def day(iso: str, lang: str) -> str:
    """Write an ISO day as people do.

    >>> day("2021-02-15", "en")
    '15 Feb 2021'
    """
    try:
        moment = date.fromisoformat(iso[:10])
    except ValueError:
        return iso
    return f"{moment.day} {_MONTHS[lang][moment.month - 1]} {moment.year}"
