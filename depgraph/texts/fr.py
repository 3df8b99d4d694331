"""Français."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from depgraph.texts.language import Claims, Cue, cues_of_nouns, cues_of_verbs

TEXTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        # Words that stand alone
        "function.web": "web",
        "function.web-apex": "web (sans www)",
        "function.web-www": "web (www)",
        "function.mail": "courrier",
        "function.app": "application",
        "function.name": "nom",
        "function.whole": "tout le service",
        "function.at": "{function} ({host})",
        "the.web": "le site web",
        "the.web-apex": "le site web (sans www)",
        "the.web-www": "le site web (www)",
        "the.mail": "le courrier",
        "the.app": "l’application dans les magasins",
        "the.name": "le nom",
        "its.web": "le site web {subject:de}",
        "its.web-www": "le site web www.{subject}",
        "its.mail": "le courrier {subject:de}",
        "its.app": "l’application {subject:de}",
        "its.name": "l’enregistrement {subject:de}",
        "its.dns": "le service de noms {subject:de}",
        "its.certificate": "le certificat {subject:de}",
        "named.function": "{name}",
        "named.host": "hôte {name}",
        "named.addresses": "adresses {name:de}",
        "named.front": "façade {name}",
        "named.prefix": "préfixe {name}",
        "named.asn": "réseau {name}",
        "named.block": "bloc {name}",
        "named.zone": "zone {name}",
        "named.nameservers": "serveurs de noms {name:de}",
        "named.lookup": "recherche {name:de}",
        "named.attempt": "{name}, qui ne nous a pas servis",
        "named.nameserver": "serveur de noms {name}",
        "named.exchanges": "relais de courrier {name:de}",
        "named.exchange": "relais de courrier {name}",
        "named.mailbox": "boîtes aux lettres {name:de}",
        "named.authorities": "certificat {name:de}",
        "named.step": "tiers {name:de}",
        "named.channels": "magasins de l’application {name:de}",
        "named.registration": "enregistrement {name:de}",
        "named.registrars": "bureaux d’enregistrement {name:de}",
        "named.anyone": "toute autorité de certification",
        "named.stranger": "quiconque prend {name}",
        "named.unknown": "inconnu : {name}",
        "level.provider": "prestataire",
        "level.company": "entreprise",
        "level.country": "pays",
        "level.asn": "réseau (AS)",
        "level.prefix": "préfixe",
        "level.address": "adresse",
        "level.nameserver": "serveur de noms",
        "kind.service": "service",
        "kind.function": "fonction",
        "kind.host": "hôte",
        "kind.addresses": "adresses",
        "kind.front": "façade",
        "kind.address": "adresse",
        "kind.prefix": "préfixe",
        "kind.asn": "réseau (AS)",
        "kind.block": "bloc d’adresses",
        "kind.zone": "zone",
        "kind.nameservers": "serveurs de noms",
        "kind.lookup": "recherche",
        "kind.attempt": "possibilité qui ne nous a pas servis",
        "kind.nameserver": "serveur de noms",
        "kind.exchanges": "relais de courrier",
        "kind.exchange": "relais de courrier",
        "kind.mailbox": "boîtes aux lettres",
        "kind.authorities": "certificat",
        "kind.step": "tiers",
        "kind.channels": "magasins",
        "kind.anyone": "n’importe qui",
        "kind.registration": "enregistrement",
        "kind.registrars": "bureaux d’enregistrement, dont l’un est le vrai",
        "kind.provider": "prestataire",
        "kind.company": "entreprise",
        "kind.country": "pays",
        "kind.unknown": "inconnu",
        "state.works": "fonctionne",
        "state.fails": "tombe",
        "state.undetermined": "indéterminé",
        "state.absent": "non proposé",
        "answer.yes": "oui",
        "answer.no": "non",
        "answer.undetermined": "indéterminé",
        "ruling.supported": "étayé",
        "ruling.partly": "étayé en partie",
        "ruling.contradicted": "contredit",
        "ruling.undetermined": "indéterminé",
        "ruling.not-applicable": "sans objet",
        "evidence.observed": "observé",
        "evidence.published": "publié par l’opérateur",
        "evidence.reported": "rapporté",
        "evidence.inferred": "déduit",
        "evidence.unknown": "inconnu",
        "evidence.definition": "par définition",
        "confidence.certain": "certain",
        "confidence.likely": "probable",
        "confidence.possible": "possible",
        "power.read": "lire",
        "power.redirect": "détourner",
        "power.not-validating": "sauf les clients qui valident",
        "power.refuse": "refuser",
        "layer.registrar": "bureau d’enregistrement",
        "layer.registry": "registre",
        "layer.back-end": "exploitant du registre",
        "layer.registry-dns": "serveurs de noms du TLD",
        "layer.dns": "service de noms",
        "layer.front": "façade",
        "layer.host": "hébergeur",
        "layer.network": "réseau",
        "layer.transit": "transit",
        "layer.mail": "relais de courrier",
        "layer.mailbox": "boîtes aux lettres",
        "layer.certificate": "certificat",
        "layer.third-party": "tiers",
        "layer.app": "magasin d’applications",
        "layer.block": "bloc d’adresses",
        "layer.allocation": "registre d’adresses",
        "layer.involvement": "impliqué, rôle non précisé",
        "layer.serving": "hébergeur ou façade",
        "layer.mail-network": "réseau du courrier",
        "layer.mail-block": "bloc d’adresses du courrier",
        "layer.mail-allocation": "registre d’adresses du courrier",
        "layer.dns-network": "réseau du service de noms",
        "layer.dns-block": "bloc d’adresses du service de noms",
        "layer.dns-allocation": "registre d’adresses du service de noms",
        "layer.signing": "clés de la zone (DNSSEC)",
        "turn.appeared": "apparu",
        "turn.vanished": "disparu",
        "turn.no-longer-known": "n’est plus connu",
        "turn.changed": "modifié",
        "turn.newly-known": "nouvellement connu",
        "relation.operator": "exploité par",
        "relation.registrar": "enregistré chez",
        "relation.signer": "signée par",
        "relation.registry": "registre",
        "relation.back-end": "exploité par",
        "relation.delegation": "délégation :",
        "relation.primary": "recopié depuis",
        "relation.network": "annoncé par",
        "relation.transit": "relié au reste d’Internet par",
        "relation.holder": "détenu par",
        "relation.allocation": "attribué par",
        "relation.certificate": "certifié par",
        "relation.step": "confie une étape à",
        "relation.channel": "se trouve dans",
        "relation.owner": "appartient à",
        "relation.parent": "sous",
        "relation.law": "soumis au droit de",
        "relation.mailbox": "boîtes aux lettres",
        "relation.sender": "laisse envoyer en son nom",
        "relation.exchange": "relais de courrier",
        "relation.nameserver": "servi par",
        "relation.address": "se trouve à",
        "relation.alias": "alias de",
        "relation.front": "derrière",
        "relation.prefix": "dans",
        "relation.zone": "un nom de",
        "relation.function": "propose",
        "relation.involvement": "impliquerait",
        "relation.host": "servi depuis",
        "relation.registration": "enregistré sous",
        "relation.origin": "porté par",
        "relation.block": "dans le bloc",
        "relation.platform": "bâti sur",
        "group.big-tech": "Big Tech",
        "group.hyperscalers": "hyperscalers",
        "group.cdn-giants": "géants du CDN",
        "group.eu": "Union européenne",
        "group.eea": "Espace économique européen",
        "defined.big-tech": "Les cinq entreprises dites GAFAM, Alphabet (Google), Amazon, Apple, Meta (Facebook) et Microsoft, "
        "avec tout ce qu’elles possèdent le jour demandé. Les mêmes que celles de l’enquête menée en 2020 par la sous-commission "
        "de la commission judiciaire de la Chambre des représentants (Amazon, Apple, Facebook, Google), et Microsoft.",
        "defined.hyperscalers": "Les entreprises dont le cloud public se vend par régions dans le monde entier et qui menaient le marché "
        "par le chiffre d’affaires en 2024 : Amazon, Microsoft, Alphabet, Alibaba, Oracle, Tencent, Huawei, IBM.",
        "defined.cdn-giants": "Les réseaux de diffusion de contenu qui servent le plus de sites des 100 000 premiers d’Alexa, selon le décompte "
        "de Kashaf et al. 2020, et qui mènent depuis par le chiffre d’affaires : Akamai, Amazon (CloudFront), Cloudflare, Fastly, Alphabet, Microsoft.",
        "defined.eu": "Les entreprises qui relèvent de la justice d’un État membre de l’Union européenne (27 depuis le 1er février 2020).",
        "defined.eea": "Les États membres de l’Union européenne, et l’Islande, le Liechtenstein et la Norvège.",
        "sourced.big-tech": "Commission judiciaire de la Chambre des représentants des États-Unis, Investigation of Competition in Digital Markets "
        "(octobre 2020), pour quatre d’entre elles ; la liste GAFAM d’usage pour Microsoft",
        "sourced.hyperscalers": "parts de marché des services d’infrastructure en nuage en 2024, selon Gartner et Synergy Research (communiqués de presse)",
        "sourced.cdn-giants": "Kashaf, Sekar, Agarwal, IMC 2020, jeu de données AqsaKashaf/Analyzing-Third-party-Dependencies",
        "turn.same": "inchangé",
        "turn.incomparable": "non comparable",
        "turn.same-as-known": "inchangé, autant qu’on le sache",
        "layer.mail.brief": "courrier",
        "layer.behind": "plus loin",
        "evidence.published.brief": "publié",
        "layer.registrar.brief": "bureau d’enreg.",
        # Lists, dates
        "list.and": "{head} et {last}",
        "month.1": "janv.",
        "month.2": "févr.",
        "month.3": "mars",
        "month.4": "avr.",
        "month.5": "mai",
        "month.6": "juin",
        "month.7": "juil.",
        "month.8": "août",
        "month.9": "sept.",
        "month.10": "oct.",
        "month.11": "nov.",
        "month.12": "déc.",
        "date": "{day} {month} {year}",
        "date.first": "1er {month} {year}",
        "list.comma": ", ",
        "list.semicolon": " ; ",
        # Levers: in short, and as a sentence
        "can.suspend": "{actor} peut suspendre l’enregistrement {where:de}",
        "can.delete": "{actor} peut supprimer {where}",
        "can.order-hold": "{actor} peut faire geler {where} au registre",
        "can.hold": "{actor} peut geler {where} au registre",
        "can.stop-dns": "{actor} peut cesser de répondre aux requêtes DNS ({where})",
        "can.stop-signed-dns": "{actor} peut cesser de répondre aux requêtes DNS ({where})",
        "can.let-lapse": "{actor} peut laisser expirer les signatures de {where}",
        "can.drop-front": "{actor} peut retirer la façade {where}",
        "can.evict": "{actor} peut cesser d’héberger {where}",
        "can.stop-serving": "{actor} peut cesser de servir {where}",
        "can.withdraw-network": "{actor} peut retirer le réseau {where}",
        "can.withdraw-addresses": "{actor} peut reprendre les adresses {where}",
        "can.revoke-addresses": "{actor} peut révoquer les adresses {where}",
        "can.stop-mail": "{actor} peut arrêter le courrier ({where})",
        "can.send-as": "{actor} peut dire qui envoie du courrier au nom {where:de} et faire refuser le sien",
        "can.refuse-certificate": "{actor} peut refuser ou révoquer le certificat {where:de}",
        "can.cut-third-party": "{actor} peut cesser ce qu’il fait comme tiers ({where})",
        "can.remove-app": "{actor} peut retirer l’application de son magasin ({where})",
        "lever.suspend": "suspendre le nom",
        "lever.delete": "supprimer le nom",
        "lever.order-hold": "ordonner le gel au registre",
        "lever.hold": "geler le nom au registre",
        "lever.stop-dns": "cesser de répondre au DNS",
        "lever.stop-signed-dns": "cesser de répondre au DNS, sans les clés de la zone",
        "lever.let-lapse": "laisser expirer les signatures",
        "lever.drop-front": "retirer la façade",
        "lever.evict": "expulser l’hébergé",
        "lever.stop-serving": "cesser de servir",
        "lever.withdraw-network": "retirer le réseau",
        "lever.withdraw-addresses": "reprendre les adresses",
        "lever.revoke-addresses": "révoquer les adresses",
        "lever.stop-mail": "arrêter le courrier",
        "lever.send-as": "dire qui envoie en son nom",
        "lever.refuse-certificate": "refuser le certificat",
        # What is unknown, and why
        "what.addresses": "adresses",
        "what.IPv4 addresses": "adresses IPv4",
        "what.IPv6 addresses": "adresses IPv6",
        "what.malformed addresses": "adresses mal formées",
        "what.authorities": "autorités de certification",
        "what.authority": "autorité de certification",
        "what.issuer": "émetteur",
        "what.company": "entreprise",
        "what.country": "pays",
        "what.DNS operator": "opérateur DNS",
        "what.further records": "autres enregistrements",
        "what.glue": "adresses de colle",
        "what.holder": "titulaire",
        "what.host": "hébergeur",
        "what.mail exchanges": "relais de courrier",
        "what.mail operator": "opérateur du courrier",
        "what.mailbox operator": "opérateur des boîtes",
        "what.malformed MX": "MX mal formé",
        "what.relay": "remise par les autres relais",
        "what.third party": "tiers",
        "what.stores": "magasins d’applications",
        "what.malformed name servers": "serveurs de noms mal formés",
        "what.name servers": "serveurs de noms",
        "what.network": "réseau",
        "what.operator": "opérateur",
        "what.origin": "origine",
        "what.registrar": "bureau d’enregistrement",
        "what.registry": "registre",
        "what.back-end": "exploitant du registre",
        "what.delegation": "délégation",
        "what.effect": "effet",
        "what.reach": "portée d’un droit",
        "what.address registry": "registre d’adresses",
        "what.target": "cible de l’alias",
        "what.role": "rôle",
        "what.service": "service",
        "what-of.service": "la disponibilité {name:de}",
        "what-of.role": "le rôle {name:de}",
        "what.other": "quelque chose",
        "what-of.addresses": "les adresses {name:de}",
        "what-of.IPv4 addresses": "les adresses IPv4 {name:de}",
        "what-of.IPv6 addresses": "les adresses IPv6 {name:de}",
        "what-of.further records": "les autres enregistrements {name:de}",
        "what-of.malformed addresses": "les adresses mal formées {name:de}",
        "what-of.authorities": "l’autorité de certification {name:de}",
        "what-of.authority": "l’autorité de certification {name:de}",
        "what-of.issuer": "l’émetteur du certificat {name:de}",
        "what-of.company": "l’entreprise derrière {name}",
        "what-of.country": "le pays {name:de}",
        "what-of.DNS operator": "le service de noms {name:de}",
        "what-of.glue": "les adresses de colle {name:de}",
        "what-of.holder": "le titulaire {name:de}",
        "what-of.host": "l’hébergeur {name:de}",
        "what-of.mail exchanges": "les relais de courrier {name:de}",
        "what-of.mail operator": "l’opérateur de courrier {name:de}",
        "what-of.mailbox operator": "l’opérateur des boîtes aux lettres {name:de}",
        "what-of.malformed MX": "le MX mal formé {name:de}",
        "what-of.relay": "la remise du courrier {name:de} sans les relais préférés",
        "what-of.third party": "le tiers derrière {name}",
        "what-of.stores": "les magasins qui proposent l’application {name:de}",
        "what-of.malformed name servers": "les serveurs de noms mal formés {name:de}",
        "what-of.name servers": "les serveurs de noms {name:de}",
        "what-of.network": "le réseau {name:de}",
        "what-of.operator": "l’opérateur {name:de}",
        "what-of.origin": "l’origine {name:de}",
        "what-of.registrar": "le bureau d’enregistrement {name:de}",
        "what-of.registry": "le registre {name:de}",
        "what-of.back-end": "qui exploite le registre {name:de}",
        "what-of.delegation": "si {name} est délégué",
        "what-of.reach": "si {name} appliquerait ce droit au-delà de sa succursale ou de sa cotation",
        "what-of.effect": "si le retrait de {name} se ferait sentir",
        "what-of.address registry": "le registre d’adresses {name:de}",
        "what-of.target": "la cible de l’alias {name:de}",
        "what-of.other": "{name}",
        "signal.server": "tout nom d’hôte",
        "signal.ns-host": "serveur de noms",
        "signal.ns-domain": "domaine des serveurs de noms",
        "signal.soa-mname": "SOA",
        "signal.cname": "alias (CNAME)",
        "signal.host": "nom d’hôte",
        "signal.mx-host": "relais de courrier",
        "signal.spf-include": "SPF",
        "signal.dkim": "DKIM",
        "signal.autodiscover": "autodiscover",
        "signal.txt": "TXT",
        "signal.ptr": "PTR",
        "signal.address": "adresse",
        "signal.asn": "AS",
        "signal.holder-handle": "identifiant du titulaire",
        "signal.holder-name": "nom du titulaire",
        "signal.registrar-id": "numéro IANA du bureau d’enregistrement",
        "signal.registrar-name": "nom du bureau d’enregistrement",
        "signal.issuer": "émetteur",
        "signal.tld": "domaine de premier niveau",
        "signal.rdap-host": "service RDAP",
        "signal.reported-name": "nom rapporté",
        "resolver.private": "{target} (résolveur d’un réseau privé)",
        "resolver.unnamed": "un résolveur qui n’est pas nommé",
        "reason.not-asked": "question non posée",
        "reason.not-asked-budget": "question non posée : limite de questions atteinte",
        "reason.not-asked-depth": "question non posée : trop d’étapes plus loin",
        "reason.not-asked-no-server": "question non posée : aucun serveur à interroger",
        "reason.not-asked-no-source": "question non posée : aucune source à interroger",
        "reason.not-recorded": "non relevé",
        "reason.computed": "les serveurs calculent la réponse pour chaque client",
        "reason.searched": "cherché, non trouvé",
        "reason.perhaps-others": "le fichier ne dit pas s’il y en a d’autres",
        "reason.held-elsewhere": "seul un fichier de la zone {name} le dit, et la zone est déléguée ailleurs : ce que le public reçoit n’a pas été vu",
        "reason.inner-view": "seul {resolver} a répondu : ce que le public reçoit n’a pas été vu",
        "reason.blocked": "le résolveur interrogé dit lui-même qu’il bloque ce nom ({text}) ; ce que les autres reçoivent n’a pas été vu",
        "reason.blocked.target": "{target} dit lui-même qu’il bloque ce nom ({text}) ; ce que les autres reçoivent n’a pas été vu",
        "reason.inner-denial": "seul {resolver} a répondu : {reason} ; ce que le public reçoit n’a pas été vu",
        "reason.other-day": "connu d’un autre jour seulement",
        "reason.servfail": "échec du serveur (SERVFAIL)",
        "reason.refused": "refusé",
        "reason.notimp": "non pris en charge par le serveur (NOTIMP)",
        "reason.formerr": "question illisible pour le serveur (FORMERR)",
        "reason.lame": "serveur inopérant : il ne répond pas pour la zone",
        "reason.timeout": "délai dépassé",
        "reason.unreachable": "injoignable",
        "reason.truncated": "réponse tronquée",
        "reason.malformed": "mal formé",
        "reason.rate-limited": "débit limité par la source",
        "reason.error": "erreur de la source",
        "reason.loop": "boucle",
        "reason.nodata": "aucun enregistrement de ce type",
        "reason.nxdomain": "ce nom n’existe pas",
        "reason.not-found": "non trouvé",
        "reason.not-registered": "non enregistré, dit le registre",
        "reason.nonexistent": "{name} n’existe pas ou n’a pas d’adresse ({reason})",
        "reason.route-too-short": "la seule route relevée, {name}, est trop courte pour être celle d’un seul opérateur",
        "reason.did-not-serve": "interrogé, il ne nous a pas servis : {reason}",
        "reason.server-alias": "le nom du serveur est un alias {target:de}, qui n’est pas suivi (RFC 2181)",
        "reason.server-alias.view": "les enregistrements ont un alias {target:de} pour le nom du serveur, qui n’est pas suivi (RFC 2181) ; on n’a pas vu s’il y a une adresse de colle",
        "reason.exchange-alias": "le nom du serveur est un alias {target:de} ; que le courrier y soit remis n’est pas assuré (RFC 2181, RFC 5321)",
        "reason.exchange-alias.view": "les enregistrements ont un alias {target:de} pour le nom du serveur ; que le courrier y soit remis n’est pas assuré (RFC 2181, RFC 5321)",
        "reason.inward-address": "l’Internet n’atteint pas {name} (RFC 6890)",
        "reason.inward-address.view": "les enregistrements ont {name}, que l’Internet n’atteint pas (RFC 6890) ; ce que le public reçoit n’a pas été vu",
        "reason.denied-by": "selon {names}, {name} n’a pas de {question}, alors que d’autres serveurs de la zone y mènent",
        "reason.unresolved": "aucun des serveurs de noms {names:de} n’a servi celui qui interrogeait ({reason})",
        "reason.circle": "chacun de ces noms a d’abord besoin des autres : {names}",
        "reason.by-one": "{reason}, d’après une seule réponse",
        "reason.question": "{question} : {reason}",
        "reason.denied-that-day": "{question} de {name} a eu une réponse et un démenti le même jour ({reason} ; à {names}, dans cet ordre)",
        "reason.replaced": "{question} de {name} était autre avant le {time}, ce qui n’est pas compté ici",
        "reason.replaced.names": "{question} de {name} était {names} avant le {time}, ce qui n’est pas compté ici",
        "reason.nothing-there": "la réponse est que {names} n’a rien de ce que d’autres obtiennent",
        "reason.no-address": "{name} n’a pas d’adresse ({reason})",
        "reason.no-address.target": "{name} est un alias {target:de}, qui n’a pas d’adresse ({reason})",
        "reason.no-mx": "aucun relais de courrier n’est désigné (pas de MX)",
        "reason.null-mx": "le courrier est refusé (MX nul, RFC 7505)",
        "reason.implicit-mx": "pas de MX, et l’adresse qui recevrait le courrier à sa place n’est pas connue",
        "reason.may-take-mail": "pas de MX : l’adresse du nom peut recevoir le courrier (RFC 5321, section 5.1), et rien ne dit si elle le fait",
        "reason.relays": "d’un numéro de préférence plus élevé : il garde le courrier pour les préférés (RFC 5321, section 5.1)",
        "reason.relays.names": "d’un numéro de préférence plus élevé, donc prévu pour garder le courrier des préférés (RFC 5321, section 5.1) : {names}",
        "reason.delegation-unseen": "la délégation n’a pas été vue",
        "reason.all-lame": "aucun serveur ne répond pour la zone ({reason})",
        "reason.alias-loop": "les alias tournent en rond : {names}",
        "reason.too-many": "enregistrements {question} au-delà des {limit} qui sont suivis : {number}",
        "reason.too-far": "à plus de {limit} recherches de serveurs de noms, l’une après l’autre",
        "reason.many-answers": "réponses différentes au-delà des {limit} qui sont jugées une à une : {number}",
        "reason.alias-long": "plus {limit:de} alias à la suite",
        "reason.several-as": "plusieurs AS, et aucun préfixe relevé",
        "reason.caa-open": "aucun certificat n’a été vu en service, et CAA n’empêche aucune autorité d’en émettre un",
        "reason.caa-nobody": "CAA n’autorise aucune autorité",
        "reason.on-hold": "l’enregistrement est gelé : {names}",
        "reason.held-and-delegated": "l’enregistrement indique {names}, et pourtant la zone parente le déléguait encore : l’un des deux est périmé, ou le gel n’a pas encore pris effet",
        "reason.held-and-delegated.target": "l’enregistrement indique {names}, et pourtant le DNS répondait encore pour ce nom ({target}) : l’un des deux est périmé, ou le gel n’a pas encore pris effet",
        "reason.registered-and-denied": "le nom est enregistré, et pourtant le DNS le nie ({reason})",
        "reason.registered-and-denied.names": "l’enregistrement indique {names}, et pourtant le DNS nie ce nom ({reason})",
        "reason.locked": "le registre doit d’abord lever {names}, d’ordinaire à la demande du bureau d’enregistrement ; on ignore en combien de temps",
        "reason.no-such-tld": "il n’existe pas de domaine de premier niveau {name}",
        "reason.reserved-tld": "{name} est un nom réservé, qu’aucun registre ne tient",
        "reason.no-registrar": "enregistré sans bureau d’enregistrement",
        "reason.no-registrar.number": "enregistré sans bureau d’enregistrement : l’IANA réserve le numéro {number} à ce cas",
        "reason.law-reaches": "{name} a son siège ailleurs ; ce droit atteint sa succursale ou sa cotation",
        "reason.hidden-primary": "le SOA désigne {name} comme le serveur que les autres recopient ; sans nouvelles de lui pendant le délai du SOA, ils s’arrêtent",
        "reason.no-ds": "pas de DS à la délégation de {name}",
        "reason.unsupported-signing": "{name} n’est signée que par des procédés que les validateurs ne connaissent pas",
        "reason.nsec3-iterations": "{name} hache ses noms (NSEC3) plus de fois que les validateurs ne l’acceptent",
        "reason.signature-missing": "les enregistrements {question} de {name} ne sont pas signés",
        "reason.signature-expired": "la signature de {question} pour {name} a expiré le {time} UTC",
        "reason.signature-future": "la signature de {question} pour {name} ne vaut qu’à partir du {time} UTC",
        "reason.signature-wrong": "aucune clé de la zone n’a produit la signature de {question} pour {name}",
        "reason.keys-missing": "la zone parente publie un DS pour {name}, qui n’a pas de clés (DNSKEY)",
        "reason.keys-unmatched": "le DS de la zone parente ne correspond à aucune clé de {name}",
        "reason.denial-unproven": "l’absence de {question} pour {name} n’est pas prouvée",
        "reason.not-validated": "{question} de {name} est décisif et n’est pas connu ({reason})",
        "reason.no-anchor": "pas d’ancre de confiance pour cette date",
        "reason.no-cryptography": "le paquet cryptography n’est pas installé",
        "reason.clock": "l’horloge de l’observateur était fausse : même les signatures de {name} n’y tenaient pas",
        "reason.resolver-bogus": "un résolveur validant la refuse",
        "reason.resolver-bogus.text": "un résolveur validant la refuse ({text})",
        "reason.resolver-secure": "selon un résolveur validant",
        "reason.unchecked": "un résolveur n’a répondu que vérification désactivée (CD) : si qui valide obtient cette réponse n’est pas connu",
        "reason.signatures-lapse": "ses signatures expirent le {time} UTC et auraient déjà dû être renouvelées",
        "reason.hidden-by-front": "cachée derrière une façade, et rien ne la prouve",
        "reason.may-be-front": "on ne sait pas si {name} l’héberge ou se tient devant",
        "reason.several-reports": "les sources en nomment plusieurs : {names}",
        "reason.registration-names-none": "l’enregistrement n’en nomme aucun",
        "reason.not-named": "non nommé",
        "reason.nothing-names-it": "rien ne le nomme",
        "reason.nothing-names-it.kinds": "rien ne le nomme ; vu : {kinds}",
        "reason.contradiction": "les indices se contredisent : {names}",
        "reason.front-reported": "on rapporte {name}, qui est une façade : l’hébergeur n’est pas connu",
        "reason.front-seen": "{name} se tient devant : l’hébergeur derrière n’a pas été vu",
        "reason.carrier": "dans le réseau {name:de}, un opérateur de transit : on ne sait pas à qui est le serveur",
        "reason.several-networks": "annoncé par plusieurs réseaux à la fois",
        "reason.several-domains": "ses serveurs sont sous plusieurs domaines : {names}",
        "reason.own-names": "ses serveurs portent son propre nom, mais le SOA nomme {name}",
        "reason.several-mailboxes": "relais de courrier de plusieurs opérateurs, dont chacun peut tenir les boîtes aux lettres",
        "reason.unlisted-exchanger": "{name} exploite les relais de courrier, et rien ne dit si les boîtes aux lettres s’y trouvent ou si le courrier n’y est que filtré",
        "reason.perhaps": "peut-être {names}",
        "reason.behind-gateway": "rien ne dit qui tient les boîtes aux lettres derrière les relais de courrier",
        "reason.behind-gateway.name": "rien ne dit qui tient les boîtes aux lettres derrière {name}",
        "reason.several-behind": "DKIM et autodiscover désignent plusieurs opérateurs",
        "reason.several-behind.name": "derrière {name}, DKIM et autodiscover désignent plusieurs opérateurs",
        "reason.not-in-catalogue": "absent du catalogue",
        "reason.no-company": "le catalogue ne nomme aucune entreprise",
        "reason.no-country": "le catalogue ne nomme aucun pays",
        "reason.unsure": "seul un indice faible y mène",
        "reason.involved": "impliqué selon des sources, dans un rôle qui n’est pas précisé",
        "reason.no-store": "aucun magasin ne propose l’application, selon des sources",
        "reason.other": "{text}",
        "reason.rule": "{kind} {value} : {text}",
        "reason.record": "{kind} {value}, que le catalogue ne connaît pas",
        "reason.reported": "rapporté sous le nom {name}",
        "reason.registered-name": "enregistré au nom {name:de}",
        "reason.servers-under": "ses serveurs sont sous {name}, que le catalogue ne connaît pas",
        "reason.own-servers": "ses serveurs portent son propre nom, {name}",
        "reason.confirmed-exchanger": "DKIM ou autodiscover mènent aussi à l’opérateur du relais de courrier",
        "reason.confirmed-by-spf": "parmi les opérateurs des relais de courrier, le seul que SPF autorise à envoyer",
        "reason.pointed-behind": "DKIM ou autodiscover y mènent",
        "reason.pointed-behind.name": "DKIM ou autodiscover y mènent derrière {name}",
        "reason.spf-behind": "le seul opérateur de boîtes aux lettres derrière les relais que SPF autorise à envoyer",
        "reason.spf-behind.name": "le seul opérateur de boîtes aux lettres derrière {name} que SPF autorise à envoyer",
        "reason.verified-behind": "le seul opérateur de boîtes aux lettres que SPF autorise à envoyer et qui a un enregistrement de vérification",
        "reason.verified-behind.name": "le seul opérateur de boîtes aux lettres derrière {name} que SPF autorise à envoyer et qui a un enregistrement de vérification",
        "reason.exchanger-network": "les relais de courrier sont dans son réseau",
        "reason.not-in-glue": "donnée par la zone elle-même, non par la délégation",
        "reason.glue-differs": "la délégation donne {names}, la zone elle-même n’en donne aucune",
        "reason.glue-differs.target": "la délégation donne {names}, la zone elle-même {target}",
        "reason.delegated-elsewhere": "un fichier de zone donne {names} pour servir {name}, alors que la délégation publique mène à {target} : ce que dit le fichier n’est pas ce que le public reçoit",
        "reason.delegated-elsewhere.text": "{text} donne {names} pour servir {name}, alors que la délégation publique mène à {target} : ce que dit le fichier n’est pas ce que le public reçoit",
        "reason.front-not-seen": "le fichier de zone place {names} derrière une façade, alors que le public a reçu cette adresse même pour {name} : la façade n’a pas été rencontrée",
        "reason.answers-differ": "des réponses entières du même jour se contredisent, {question} {name:de} : {text}",
        "reason.answers-differ.target": "des réponses du même jour se contredisent : {name} est enregistré ({text}), et ne l’est pas ({target})",
        "reason.inner-answer": "{resolver} a {names} pour {question} {name:de} ; le public reçoit une autre réponse",
        "reason.inner-answer.reason": "{resolver}, interrogé sur {question} {name:de}, répond : {reason} ; le public reçoit une autre réponse",
        "reason.blocked-answer": "le résolveur interrogé dit lui-même qu’il bloque {question} {name:de} ({text}) ; d’autres ont une réponse",
        "reason.blocked-answer.target": "{target} dit lui-même qu’il bloque {question} {name:de} ({text}) ; d’autres ont une réponse",
        "reason.no-glue": "{name} est dans la zone qu’il sert, et la délégation n’en donne aucune adresse (pas de colle)",
        "reason.serial-behind": "sa copie de la zone (numéro de série {value}) est plus ancienne "
        "que celle d’un autre serveur ({target})",
        "reason.no-authority": "il répond sans autorité (sans bit AA)",
        "reason.one-address": "tous ses serveurs de noms sont à une seule adresse, {name}",
        "reason.not-in-zone": "la zone parente cite comme serveurs de noms {names}, la zone elle-même non",
        "reason.sets-differ": "ses serveurs donnent des enregistrements {question} différents pour {name} ({names})",
        "reason.null-mx-beside": "{name} refuse le courrier (MX nul) et cite tout de même des serveurs de courrier (RFC 7505, section 3)",
        "reason.exchange-address": "un MX cite l’adresse {name} là où il faut un nom d’hôte (RFC 1035, section 3.3.9)",
        "reason.alias-beside": "{name} est un alias et possède aussi d’autres enregistrements : {names} (RFC 1034, section 3.6.2)",
        "reason.dot-missing": "{name} n’existe pas : peut-être s’agit-il de {target}, et il manque un point final",
        "reason.named-twice": "{name} se termine deux fois par le nom de sa zone : il manque un point final",
        "reason.one-server": "{name} est son seul serveur de noms",
        "reason.one-server.among": "{name} est le seul de ses serveurs de noms qu’Internet atteint",
        "reason.one-prefix": "tous ses serveurs de noms sont dans un même préfixe, {name}",
        "reason.one-network": "tous ses serveurs de noms sont dans un même réseau, {name}",
        "reason.not-delegated": "annoncé par la zone, non par sa zone parente",
        "reason.mixed-scripts": "{name} mêle des lettres de plusieurs écritures, et peut passer pour un autre nom",
        "reason.only-registered": "l’enregistrement annonce des serveurs de noms que le DNS n’annonce pas : {names}",
        "reason.dangling": "{name} n’est pas enregistré, dit son registre : n’importe qui peut l’enregistrer",
        "reason.perhaps-free": "ce nom n’existe pas ; si {name} n’est pas enregistré, n’importe qui peut l’enregistrer",
        "reason.label-free": "la plateforme n’a plus {name} : un autre client peut le prendre",
        "reason.label-free.view": "le résolveur interrogé ne connaît pas {name} : si la plateforme ne l’a plus, un autre client peut le prendre",
        "reason.certificate-until": "valable jusqu’à un jour donné : un refus de le renouveler se ferait sentir alors",
        "reason.certificate-until.date": "valable jusqu’au {date} : un refus de le renouveler se ferait sentir alors",
        "reason.certificate-ended": "le certificat présenté avait expiré",
        "reason.certificate-ended.date": "le certificat présenté avait expiré le {date}",
        "reason.certificate-early": "le certificat présenté n’était pas encore valable",
        "reason.certificate-early.date": "le certificat présenté n’est valable qu’à partir du {date}",
        "reason.certificate-of-others": "le certificat présenté est celui d’autres noms : {names}",
        "reason.certificate-self-signed": "le certificat présenté est signé par lui-même, par aucune autorité",
        "reason.hsts": "les navigateurs ne passent pas outre sans certificat valable (HSTS)",
        "reason.expires": "expire un jour",
        "reason.expires.date": "expire le {date}",
        "reason.expires.auto": "devait expirer le {date}, et le registre l’a renouvelé de lui-même : le délai de grâce court, pendant lequel le bureau d’enregistrement peut encore le supprimer (RFC 3915)",
        "reason.expired": "EXPIRÉ",
        "reason.expired.after": "EXPIRÉ le {date}, et déjà retiré de la zone selon son statut",
        "reason.expired.date": "EXPIRÉ le {date}, et peut être retiré de la zone à tout moment",
        "reason.to-be-deleted": "doit être supprimé, selon son registre (pendingDelete : RFC 5731, RFC 3915)",
        "reason.transfer-closed": "transfert à un autre bureau d’enregistrement impossible : {names}",
        "reason.reseller": "vendu par {name}, revendeur",
        "reason.step-allowed": "permis par la politique de la page (CSP), sans avoir été vu chargé",
        "reason.step-other": "la page charge des données depuis là",
        "reason.step-image": "la page charge des images depuis là",
        "reason.step-style": "la page charge son style depuis là",
        "reason.step-frame": "une page venue de là est insérée dans la page",
        "reason.step-script": "un script venu de là s’exécute dans la page",
        "reason.step-chat": "gère sa messagerie interne",
        "reason.step-support": "gère son assistance",
        "reason.step-payment": "encaisse ses paiements",
        "reason.step-login": "gère son identification",
        "reason.step-sms": "envoie ses SMS",
        "reason.https-record": "d’un enregistrement HTTPS, que suivent certains clients",
        "reason.not-in-caa": "le certificat en service vient d’une autorité que CAA ne nomme pas",
        "reason.caa-allowed": "autorisée par CAA à émettre, sans avoir été vue dans un certificat",
        "reason.caa-allowed.reason": "autorisée par CAA à en émettre un autre : {reason}",
        "reason.above-issuer": "sous le nom de {name}, au-dessus de l’autorité qui a émis le certificat",
        "reason.undated": "selon des documents, sans date",
        "reason.several-origins": "annoncé par plusieurs AS",
        "reason.also-known": "vu aussi sous {names}",
        "reason.known-as": "par ce seul relevé, {name}",
        # Joining words
        "colon": " : ",
        "above": " › ",
        "more": "et {n} autres",
        "more.one": "et {n} autre",
        "in-brackets": "{what} ({note})",
        "mark": "{text} [{mark}]",
        "about": "{what} : {text}",
        "full-stop": "{sentence}.",
        "count": "{what} : {n}",
        "percent": "{share} %",
        "turned": "{before} → {after}",
        "day": "le {since}",
        "days": "du {since} au {until}",
        "day.none": "aucune date donnée",
        "self": "le service lui-même",
        "actor.country": "l’ensemble des entreprises soumises au droit national ({name})",
        "actor.country.seat": "l’ensemble des entreprises soumises au droit national ({name}) par leur siège",
        "actor.country.parent": "l’ensemble des entreprises soumises au droit national ({name}) par le siège d’une société mère",
        "actor.country.branch": "l’ensemble des entreprises que le droit national ({name}) atteint par une succursale",
        "actor.country.listing": "l’ensemble des entreprises que le droit national ({name}) atteint par une cotation",
        "basis.seat": "siège",
        "basis.parent": "siège d’une société mère",
        "basis.branch": "succursale ou filiale",
        "basis.listing": "cotation en bourse",
        "exposed": "sur le chemin, pas indispensable",
        # Onsets, spans, and how one recovers
        "onset.at-once": "aussitôt",
        "onset.after-ttl": "quand les caches expirent, après {span} ({seconds} s)",
        "onset.after-ttl.brief": "quand les caches expirent",
        "onset.after-ttl-unobserved": "quand les caches expirent (TTL non observé)",
        "onset.after-ttl-unobserved.brief": "quand les caches expirent",
        "onset.after-lapse": "quand ses signatures expirent, après {span} ({seconds} s)",
        "onset.days": "en quelques jours",
        "onset.after-expire": "quand ses secondaires en auront été privés pendant {span}",
        "onset.unknown": "une fois un verrou levé (on ignore en combien de temps)",
        "onset.weeks": "en quelques semaines",
        "span.seconds": "{n} secondes",
        "span.seconds.one": "{n} seconde",
        "span.minutes": "{n} minutes",
        "span.minutes.one": "{n} minute",
        "span.hours": "{n} heures",
        "span.hours.one": "{n} heure",
        "span.days": "{n} jours",
        "span.days.one": "{n} jour",
        "horizon": "en {span}",
        "horizon.none": "sans limite de temps",
        # Precedents
        "precedents.title": "Retraits et pannes, du {since} au {until}",
        "precedents.before": "Précédents",
        "precedents.count": "actionné {n} fois dans le tableau des précédents",
        "precedents.count.one": "actionné une fois dans le tableau des précédents",
        "precedents.outages": "{n} pannes en outre",
        "precedents.outages.one": "une panne en outre",
        "precedents.rest-on": " ; {names} ; sources : depgraph precedents --lever {lever}",
        "precedents.notice-span": "préavis de {span} ({told})",
        "precedents.back-span": "retour après {span}, médiane {median} ({told})",
        "precedents.hours": "{span} heures",
        "precedents.hours.one": "{span} heure",
        "precedents.days": "{span} jours",
        "precedents.days.one": "{span} jour",
        "precedents.hours-span": "{span} heures",
        "precedents.hours-span.one": "{span} heure",
        "precedents.days-span": "{span} jours",
        "precedents.days-span.one": "{span} jour",
        "precedents.told": "{n} connus",
        "precedents.told.one": "{n} connu",
        "precedents.span": "{least} à {most}",
        "precedents.semicolon": " ; ",
        "precedents.not-told": "non dit",
        "precedents.day": "jour",
        "precedents.who": "qui",
        "precedents.whom": "à qui",
        "precedents.event": "quoi",
        "precedents.notice": "préavis (h)",
        "precedents.back": "retour (jours)",
        "event.withdrawal": "retrait",
        "event.order": "ordre",
        "event.outage": "panne",
        "event.mistake": "erreur",
        "lever.remove-app": "retirer l’application d’un magasin",
        "lever.cut-third-party": "couper un service tiers (SMS, identification, paiement, assistance)",
        "recovery": "Rétablissement",
        "recovery.suspend": "enregistrement suspendu : transfert à un autre bureau d’enregistrement, et seulement tant que le nom n’est pas verrouillé",
        "recovery.delete": "nom supprimé : son bureau d’enregistrement peut le rétablir pendant quelques semaines (RFC 3915), s’il le veut",
        "recovery.order-hold": "gel ordonné par le gestionnaire du registre : lui seul et l’exploitant technique peuvent le lever",
        "recovery.hold": "nom gelé : seul le registre peut lever le serverHold",
        "recovery.stop-dns": "service de noms : un autre opérateur, une fois la délégation changée et les anciens TTL écoulés",
        "recovery.stop-signed-dns": "service de noms : un autre opérateur, une fois la délégation changée et les anciens TTL écoulés",
        "recovery.let-lapse": "signatures : de nouvelles clés et un nouveau DS par le bureau d’enregistrement, ou plus de DS du tout",
        "recovery.drop-front": "façade : une autre façade, ou l’origine à découvert",
        "recovery.evict": "expulsion : il faut trouver un autre hébergeur",
        "recovery.stop-serving": "n’est plus servi : il faut trouver un autre hébergeur ou une autre façade",
        "recovery.withdraw-network": "réseau : un autre réseau, ou d’autres adresses",
        "recovery.withdraw-addresses": "adresses reprises : d’autres adresses",
        "recovery.revoke-addresses": "adresses révoquées : d’autres adresses",
        "recovery.stop-mail": "courrier : un autre opérateur de courrier ; les envois sont retentés quelques jours",
        "recovery.send-as": "SPF : retirer de la règle le nom inclus",
        "recovery.refuse-certificate": "certificat : une autre autorité ; cela interrompt, cela ne met pas fin",
        "recovery.cut-third-party": "tiers : un autre qui fait de même",
        "recovery.remove-app": "application : de retour quand le magasin l’accepte ; les copies installées restent",
        # How it is known
        "not-examined": "non examiné",
        "possibly": "peut-être {name}",
        "unverified": "non vérifié",
        "cite": "source {number}",
        "cite.recording": "Pour citer : depgraph {version}, catalogue du {catalogue}, enregistrement de SHA-256 {sha256}.",
        "cite.survey": "Pour citer : depgraph {version}, catalogue du {catalogue}, table des services de SHA-256 {sha256}.",
        "cite.unfiled": "Pour citer : depgraph {version}, catalogue du {catalogue}, enregistrement qui n’est dans aucun fichier.",
        "sources": "Sources",
        "source": "Source : {source}",
        "definition": "{name} : {definition}",
        "not-here": "Absents de ce graphe : {names}.",
        "step": "{tail} → {relation} → {head} [{how}]",
        "provenance.zone-file": "fichier de zone",
        "provenance.dataset": "jeu de données",
        "provenance.document": "document",
        "provenance.catalogue": "catalogue",
        # What an answer hangs on
        "unknown.lead": "On ne connaît pas : {parts}",
        "unknown.unserved": "Cela suffit parce que {names} ne nous ont pas servis ({reason}) ; on ignore s’ils servent d’autres clients",
        "unknown.unserved.one": "Cela suffit parce que {names} ne nous a pas servis ({reason}) ; on ignore s’il sert d’autres clients",
        "unknown.because": "{what} ({why})",
        "unknown.what": "{what:inconnu}",
        "unknown.possibly": "peut-être {names}",
        "unknown.last": "dernier connu le {time} : {name}",
        "unknown.age": "dernier connu le {time}, {n} jours plus tôt : {name}",
        "unknown.age.one": "dernier connu le {time}, la veille : {name}",
        "unknown.later": "connu plus tard, le {time}, {n} jours après : {name}",
        "unknown.later.one": "connu plus tard, le {time}, le lendemain : {name}",
        "strangers": "Propriétaire que le catalogue ne dit pas : {names}",
        "undetermined.why": "indéterminé. {why}",
        "changed": "L’enregistrement n’est pas tel qu’il a été écrit : la somme de contrôle qu’il contient n’est pas celle de ses lignes. Ce qui suit vaut pour le fichier tel qu’il est à présent ; depgraph verify énumère ce qui ne va pas.",
        "another-day": "Rien n’a été enregistré {day} (enregistrement : {days}) : ce qui est dit de ce jour est ce que le catalogue dit des noms, et ce que l’on savait en dernier.",
        "incomplete": "La collecte n’est pas allée à son terme : toute réponse est indéterminée.",
        "limits.met": "Une limite a été atteinte : {limits}. Ce que ces questions auraient appris est inconnu.",
        "limit.left": "{limit} ({n} questions restées ouvertes, dont celles sur {names})",
        "limit.left.one": "{limit} ({n} question restée ouverte, sur {names})",
        "limit.questions": "{most} questions en tout",
        "limit.seconds": "{most} secondes en tout",
        "limit.bytes": "{most} octets en tout",
        "limit.questions-to-one-server": "{most} questions au même serveur",
        "limit.questions-to-one-zone": "{most} questions aux serveurs d’une même zone",
        "limit.bytes-of-one-answer": "{most} octets pour une réponse",
        "limit.hosts-of-one-answer": "le nombre d’hôtes suivis à partir d’une réponse",
        "limit.addresses-of-one-answer": "le nombre d’adresses suivies à partir d’une réponse",
        "limit.hosts-of-one-domain": "le nombre d’hôtes d’un même domaine suivis à partir de ce que d’autres répondent",
        "limit.hosts-on-trial": "des hôtes d’un même domaine, dont les premiers n’existent pas",
        "limit.depth": "{most} étapes depuis le service",
        "limit.zone-cuts": "{most} délégations sur le chemin d’un nom",
        "limit.aliases": "{most} alias à la suite",
        "limit.spf": "{most} recherches pour une politique SPF (RFC 7208, section 4.6.4)",
        "limit.other": "ce que la collecte avait le droit de demander",
        "limit.records-of-one-answer": "Des réponses aux très nombreux enregistrements, seuls les premiers sont suivis. {n} autres, dont ceux de {names}, ne le sont pas : on ignore qui se trouve derrière.",
        "limit.records-of-one-answer.one": "Des réponses aux très nombreux enregistrements, seuls les premiers sont suivis. Un autre, de {names}, ne l’est pas : on ignore qui se trouve derrière.",
        "limit.domains-in-a-row": "De domaines dont les serveurs de noms sont chacun dans le suivant, {most} sont suivis. Ce qui en sert {n} autres, dont {names}, est inconnu.",
        "limit.domains-in-a-row.one": "De domaines dont les serveurs de noms sont chacun dans le suivant, {most} sont suivis. Ce qui en sert un autre, {names}, est inconnu.",
        "limit.ways-told": "De très nombreux domaines dépendent les uns des autres, par plus de {most} chemins. Qui se trouve derrière {n} d’entre eux, dont {names}, n’est dit que du domaine le plus proche.",
        "limit.ways-told.one": "De très nombreux domaines dépendent les uns des autres, par plus de {most} chemins. Qui se trouve derrière l’un d’eux, {names}, n’est dit que du domaine le plus proche.",
        "limit.different-answers": "De très nombreux lieux ou serveurs reçoivent ou donnent une réponse à eux. {most} réponses sont jugées une à une ; ce à quoi mènent les autres, de {n} lieux ou serveurs, est tenu pour inconnu : {names}.",
        "limit.different-answers.one": "De très nombreux lieux ou serveurs reçoivent ou donnent une réponse à eux. {most} réponses sont jugées une à une ; ce à quoi mène celle d’un autre lieu ou serveur est tenu pour inconnu : {names}.",
        "limit.sets": "Les ensembles de plus de {most} n’ont pas été cherchés, car ils sont trop nombreux : {functions}.",
        "why.incomplete": "La collecte n’est pas allée à son terme",
        "why.nothing": "Les preuves ne tranchent pas",
        "question.certificate": "certificat",
        "question.registrar": "bureau d’enregistrement",
        "question.reseller": "revendeur",
        "question.registrant": "titulaire",
        "question.nameserver": "serveurs de noms de l’enregistrement",
        "question.status": "statut de l’enregistrement",
        "question.created": "jour de l’enregistrement",
        "question.expires": "fin de l’enregistrement",
        # Who is reported to be involved
        "involved": "Impliqués selon des sources, rôle non précisé",
        "involved.meaning": "On ne sait ni ce qu’ils font pour le service, ni s’il a besoin d’eux.",
        "involved.against": "Ce qui s’y oppose, ou le limite : {note}",
        # Takedown
        # For whom
        "clients.everyone": "pour tout le monde",
        "clients.everyone-ipv4": "pour tout le monde par IPv4",
        "clients.place": "depuis {place}",
        "clients.others": "d’autres lieux ou par d’autres serveurs",
        "clients.unnamed": "un lieu non précisé",
        "clients.quoted": "« {place} »",
        "clients.sent-away": "pour {place}",
        "clients.sent-to": "ceux qui sont envoyés vers {whither}",
        "clients.share": "les {share} % envoyés vers {whither}",
        "clients.sent": "pour ceux qui reçoivent la réponse de {by}",
        "clients.kinds": "pour les clients {kinds}",
        "clients.ipv4": "en IPv4 seul",
        "clients.ipv6": "en IPv6 seul",
        "clients.dual": "en IPv4 et IPv6",
        "clients.validating": "qui valident DNSSEC",
        "clients.not-validating": "qui ne valident pas DNSSEC",
        "clients.svcb": "qui suivent les enregistrements SVCB",
        "clients.no-svcb": "qui ne suivent pas les enregistrements SVCB",
        "clients.said": "{said}, {whom}",
        "clients.but": "{said}, sauf : {whom}",
        "clients.re-steered": "Si l’opérateur redirige ses clients : {said}",
        "clients.asked": "Seulement {whom}.",
        "clients.unserved": "Cela ne fonctionne pas {whom}, d’après le relevé : rien ici ne les concerne",
        "clients.over-ipv4": "Les clients qui ont IPv6 y arrivent peut-être malgré tout, car ceci n’est pas connu : {unknown}",
        "takedown.title": "Qui peut mettre {subject} hors service ({days} ; niveau {level}, jusqu’à {n} ensemble, {within})",
        "takedown.title.one": "Qui peut mettre seul {subject} hors service ({days} ; niveau {level}, {within})",
        "takedown.title-all": "Qui peut mettre {subject} hors service ({days} ; niveau {level}, quel que soit leur nombre, {within})",
        "takedown.absent": "Le service ne le propose pas",
        "takedown.absent.why": "Le service ne le propose pas : {reason}",
        "takedown.fails": "Déjà en panne dans le relevé, sans aucun retrait",
        "takedown.fails.unresolved": "Ne se résout pas, d’après les relevés, pour celui qui interrogeait : {reason}",
        "takedown.fails.why": "Déjà en panne dans le relevé, sans aucun retrait : {reason}",
        "takedown.none": "personne, ni seul ni jusqu’à {n} ensemble ({within})",
        "takedown.none.one": "personne à lui seul ({within})",
        "takedown.none-all": "aucune combinaison d’acteurs ({within})",
        "takedown.none-open": "indéterminé ; autant qu’on le sache, {nobody}",
        "takedown.certain": "certain",
        "takedown.likely": "probable",
        "takedown.perhaps": "dans le pire des cas",
        "takedown.own": "par le service lui-même",
        "takedown.stops": "{who} : {function} s’arrête {onset}",
        "takedown.stops-together": "{who} : si tous le font, {function} s’arrête {onset}",
        "takedown.may-stop": "{who} : {function} pourrait s’arrêter {onset}",
        "takedown.may-stop-together": "{who} : si tous le font, {function} pourrait s’arrêter {onset}",
        "takedown.somebody": "quelqu’un d’inconnu",
        "takedown.unknown-alone": "un inconnu pourrait arrêter {function} {onset}",
        "takedown.breaks": "{node} ne fonctionne plus",
        "takedown.until": "Complet jusqu’à {n} ensemble ; les ensembles plus grands ne sont pas énumérés.",
        "takedown.counted": "Complet jusqu’à {n} ensemble ; il y en a {count} en tout.",
        # Exposure
        "exposure.title": "Qui se trouve sur un chemin {subject:de} ({days} ; niveau {level})",
        "exposure.meaning": "Être sur le chemin n’implique pas de pouvoir le couper.",
        "exposure.nobody": "personne n’est sur un chemin ; tous ont été examinés",
        "exposure.nobody-known": "on ne connaît personne sur un chemin ; tous ne sont pas connus",
        "exposure.left-out": "{n} autres sont plus loin, et n’ont pas été examinés.",
        "exposure.left-out.one": "Un autre est plus loin, et n’a pas été examiné.",
        "exposure.only": "seulement sur des chemins redondants",
        "findings.title": "Ce qui ne va pas chez {subject} ({days})",
        "findings.none": "Rien d’anormal dans ce qui a été examiné.",
        "findings.unseen": "Rien n’a pu être examiné : aucune question à son sujet n’a de réponse. On ignore si quelque chose ne va pas.",
        "findings.wrong": "Ce qui ne va pas",
        "findings.more": "De plus : {counts} (depgraph findings)",
        "findings.count.broken-now": "{n} en panne",
        "findings.count.breaks-on-a-day": "{n} à échéance",
        "findings.count.no-redundancy": "{n} sans redondance",
        "findings.count.worth-knowing": "{n} bonnes à savoir",
        "findings.count.worth-knowing.one": "{n} bonne à savoir",
        "findings.notes": "{n} choses bonnes à savoir : depgraph findings",
        "findings.notes.one": "une chose bonne à savoir : depgraph findings",
        "findings.known": "[{how}]",
        "findings.rest-alone": "Tout ce qui devait servir ne l’a pas fait pour celui qui interrogeait ; d’ici là, ne pas y compter comme secours.",
        "urgency.broken-now": "En panne maintenant",
        "urgency.breaks-on-a-day": "Tombera à une date connue",
        "urgency.no-redundancy": "Sans redondance",
        "urgency.worth-knowing": "Bon à savoir",
        "advice.serve": "Le faire répondre, ou le retirer des enregistrements qui le citent ; d’ici là, ne pas y compter comme secours.",
        "advice.agree": "Mettre d’accord la zone parente et la zone elle-même.",
        "advice.delegate": "Il faut des serveurs de noms joignables sans la zone elle-même, ou avec des adresses de colle.",
        "advice.register": "S’adresser au bureau d’enregistrement, et au registre si la mesure vient de lui.",
        "advice.certify": "Présenter un certificat valable pour ce nom ; d’ici là, les navigateurs le refusent.",
        "advice.sign": "Signer de nouveau la zone, ou faire changer ou retirer le DS chez le parent.",
        "advice.spread": "En ajouter un dans un autre réseau, chez un autre opérateur.",
        "advice.claim": "Retirer ce nom, ou le prendre avant qu’un autre ne le fasse.",
        "advice.correct": "Corriger l’enregistrement, ou le retirer.",
        "advice.settle": "Établir laquelle des deux affirmations est vraie.",
        # What if
        "without.title": "{subject} sans {actors:le} ({days}, {within})",
        "without.works": "fonctionne encore : rien de ce dont il a besoin ne s’arrête {within}",
        "without.fails": "tombe {onset}",
        "without.left": "pour {label}, il reste : {left} ; perdu : {lost}",
        "without.left-none": "pour {label}, il ne reste rien ; perdu : {lost}",
        # Dependence and claims
        "dependence.title": "À quel point {subject} dépend {on:de} ({days}, {within})",
        "check.title": "« {claim} » : {subject}, {days}",
        "check.of": "{ruling} pour {functions}",
        "check.overall": "Dans l’ensemble : {ruling}.",
        "check.can": "{on:le} {on:peut} arrêter {its} {onset}",
        "check.cannot": "{on:le} ne {on:peut} pas arrêter {its} {within}, et ne se {on:trouve} sur aucun chemin",
        "check.cannot-exposed": "{on:le} ne {on:peut} pas arrêter {its} {within}, mais se {on:trouve} sur un chemin",
        "check.cannot-perhaps": "{on:le} ne {on:peut} pas arrêter {its} {within} ; se {on:trouve} peut-être sur un chemin",
        "check.touches": "{on:le} se {on:trouve} sur un chemin vers {its}",
        "check.untouched": "{on:le} ne se {on:trouve} sur aucun chemin vers {its} ; tous sont connus",
        "check.alone": "Chacun de ceux-ci peut arrêter seul {its} : {actors}",
        "check.nobody": "Aucun acteur seul (niveau {level}) ne peut arrêter {its} {within}",
        "check.overall-tested": "Dans l’ensemble, pour ce qui peut être vérifié : {ruling}.",
        "check.piece": "« {words} »",
        "check.mention": "nommé ; ce qui en est dit n’est pas vérifié ici",
        "check.no-such-role": "personne n’y tient ce rôle ({layer})",
        "check.role-yes": "Le rôle « {layer} » est tenu par {on:le} : {actors}",
        "check.role-no": "Le rôle « {layer} » n’est pas tenu par {on:le}, mais par : {actors}",
        "check.allowed-yes": "CAA n’autorise que {on} à émettre le certificat, et aucun n’a été vu : {actors}",
        "check.allowed-no": "CAA n’autorise pas {on} à émettre le certificat, et aucun n’a été vu ; est autorisé : {actors}",
        "check.law-all": "Tous ceux que l’on connaît dans le rôle « {layer} » relèvent de la justice visée ({on}) : {actors}",
        "check.resold": "Le bureau d’enregistrement est {actors} ; le nom a été enregistré par l’intermédiaire de {reseller}, revendeur",
        "check.law-part": "Ceux que l’on connaît dans le rôle « {layer} » ne relèvent qu’en partie de cette justice ({on}) ; n’en relèvent pas : {actors}",
        "check.law-not": "Dans le rôle « {layer} », ne relèvent pas de cette justice ({on}) : {actors}",
        "check.no-other": "personne d’autre que {on:le}",
        "check.others": "Outre {on:le}, chacun de ceux-ci peut arrêter seul {its} : {actors}",
        "check.nobody-else": "Aucun acteur seul (niveau {level}) autre que {on:le} ne peut arrêter {its} {within}",
        "check.role-all": "Tous ceux que l’on connaît dans le rôle « {layer} » sont {on:de} : {actors}",
        "check.role-others": "Dans le rôle « {layer} », ne sont pas {on:de} : {actors}",
        "check.untested": "Ce qui ne peut pas être vérifié",
        "check.aside": "« {words} » : {why}",
        "untested.quality": "une qualité, que rien ne mesure ici",
        "untested.nobody-named": "il n’est pas dit de qui",
        "untested.comparative": "une comparaison : comparez deux jours avec compare",
        "untested.future": "un projet ou un avenir : seuls les jours du relevé sont vérifiés",
        "untested.place": "le lieu des machines n’est pas vérifié, seulement la justice dont relèvent leurs exploitants",
        "untested.no-actor": "ne désigne personne dans le graphe ni le catalogue, ou peut-être plusieurs",
        "untested.exclusive": "que cela ne vaille pour rien ni personne d’autre n’est pas vérifié",
        "untested.share": "quelle part n’est pas vérifié, seulement si cela vaut pour une part",
        "untested.time": "seuls les jours du relevé sont vérifiés",
        "untested.direction": (
            "non lu : un mot y nie ou y limite le reste d’une façon qui n’est pas comprise ici ; "
            "écrivez-le simplement, « dépend de X » ou « ne dépend pas de X », une affirmation par phrase"
        ),
        "untested.of-another": "dit d’un prestataire : de qui il dépend lui-même n’est pas examiné à part du service",
        "untested.sending": "qui envoie le courrier en son nom n’est pas examiné, seulement qui le reçoit (son enregistrement SPF dit qui peut en envoyer)",
        "untested.question": "une question : « depgraph report » dit qui est derrière un service, « depgraph takedown » qui peut le couper",
        "untested.service": "ce n’est pas ainsi que s’appelle le service examiné : qu’il s’agisse de lui est supposé, non vérifié",
        "untested.unread": "ne dit rien qui soit lu ici",
        # Importance
        "importance.title": "À quelle fréquence chaque acteur est décisif pour {subject} ({days} ; niveau {level}, {within})",
        "importance.meaning": "Une mesure de structure ; elle ne dit rien des intentions.",
        "importance.nobody": "aucun acteur n’est décisif",
        "importance.too-many": "trop d’acteurs pour les peser ({n})",
        "importance.sampled": "échantillonné ({samples} tirages, graine {seed} ; erreur type au plus {error})",
        # Comparison and timeline
        "compare.title": "{subject} : {before} et {after}",
        "compare.same": "Rien de connu n’a changé, dans ce qui est comparé : qui fait quoi, qui peut l’arrêter, ce qui ne va pas, qui a besoin de qui.",
        "compare.layers": "Qui fait quoi",
        "compare.open": "Tout n’est pas connu aux deux dates : {layers}.",
        "compare.hidden-before": "tout n’était pas connu avant : {parts}",
        "compare.hidden-after": "tout n’est pas connu après : {parts}",
        "compare.cuts": "Qui peut l’arrêter (niveau {level}, jusqu’à {n} ensemble, {within})",
        "compare.cuts.one": "Qui peut l’arrêter seul (niveau {level}, {within})",
        "compare.edges": "Arêtes du graphe",
        "owners": "Changements de propriétaire",
        "owners.changed": "{of} appartient désormais à {after}, {when}",
        "owners.changed.from": "{of} appartient désormais à {after}, {when}, et non plus à {before}",
        "owners.newly-known": "{of} appartient à {after}, {when} ; on ignore si c’était déjà le cas auparavant",
        "owners.newly-known.from": "{of} appartient à {after}, {when}, et non plus à {before} ; on ignore si c’était déjà le cas auparavant",
        "owners.left.changed": "{of} n’appartient plus à {before}, {when}",
        "owners.left.no-longer-known": "{of} appartenait à {before} ; on ignore si c’est encore le cas",
        "timeline.title": "{subject} au fil du temps",
        "timeline.common": "En commun",
        "timeline.alone": "peut l’arrêter seul (niveau {level}, {within})",
        "timeline.nobody": "personne",
        "timeline.nothing": "aucun",
        "timeline.no-function": "absent du relevé",
        "timeline.perhaps-others": "{known} ; peut-être d’autres",
        "timeline.change": "Ce qui a changé, {before} → {after}",
        # Reports
        # Le premier écran
        "look.written": "Écrit : {files}",
        "demo.more": "Un autre : depgraph demo NOM JOUR, parmi {names}",
        "brief.involved": "Impliqués, dit-on, dans un rôle non précisé : {names}",
        "usage.near": "Vouliez-vous dire {near} ?",
        "brief.missing.only": "Inconnu : {n} choses, dans le rapport complet.",
        "brief.missing.only.one": "Inconnu : une chose, dans le rapport complet.",
        "brief.unregistered": "{subject} n’est pas enregistré, dit le registre",
        "brief.nonexistent": "{subject} n’existe pas : le DNS ne connaît pas ce nom",
        "brief.nonexistent.when": "Interrogé le {days}. Rien d’autre n’est à en dire ; vérifiez l’orthographe.",
        "brief.alone": "Peut arrêter seul",
        "brief.everything": "tout",
        "brief.not-alone": "rien à lui seul",
        "brief.unknown": "inconnu",
        "brief.others-unknown": "d’autres inconnus",
        "brief.group.yes": "peut arrêter : {functions}",
        "brief.group.no": "ne peut pas arrêter : {functions}",
        "brief.group.undetermined": "indéterminé pour : {functions}",
        "brief.missing": "{n} choses sont inconnues. Ce qui les dirait, pour le jour où on le demande :",
        "brief.missing.one": "Une chose est inconnue. Ce qui la dirait, pour le jour où on le demande :",
        "brief.power.ipv4": "« Peut » : par toute couche, {within}, par IPv4 (IPv6 inconnu) ; un pouvoir, non une intention.",
        "brief.power": "« Peut » : par toute couche, {within} ; un pouvoir, non une intention.",
        "power-not-intention": "« Peut » dit ce que quelqu’un est en mesure de faire, non ce qu’il veut faire.",
        "remedy.observe": "depgraph {subject}",
        "remedy.tls": "depgraph {subject} --tls",
        "remedy.tables": "--tables (tables de routage)",
        "remedy.budget": "Davantage de --questions, --seconds",
        "remedy.depth": "Davantage de --depth",
        "remedy.again": "Redemander plus tard",
        "remedy.zone": "le fichier de zone de l’opérateur, ou son export",
        "remedy.passive": "DNS passif (Common Output Format)",
        "remedy.atlas": "RIPE Atlas, résultats DNS",
        "remedy.ooni": "OONI, web_connectivity",
        "remedy.warc": "des réponses archivées (WARC, Common Crawl)",
        "remedy.memento": "les en-têtes d’une réponse archivée (Wayback Machine)",
        "remedy.har": "un chargement de page (HAR)",
        "remedy.html": "une page enregistrée (HTML)",
        "remedy.crawl": "des lignes de robots, HOST,DATE,IP ou CDX avec adresses",
        "remedy.recording": "un relevé de ce que rapportent des documents ou la presse",
        "remedy.crtsh": "Certificate Transparency (crt.sh, JSON)",
        "remedy.as-rel": "relations entre AS (CAIDA as-rel, BGPKIT as2rel)",
        "remedy.plain": "une réponse WHOIS ou RDAP conservée",
        "remedy.none": "Aucune question publique",
        "wanted.title": "Ce qui trancherait sur {subject} et {on:le} ({days})",
        "wanted.none": "Aucune réponse ne tient à quelque chose d’inconnu.",
        "wanted.days": "Un fichier tranche s’il parle de ces jours ; une nouvelle observation dit ce qu’il en est le jour où elle est faite.",
        "wanted.decides": "Cela seul décide : {answers}",
        "wanted.together": "Cela décide avec d’autres : {answers}",
        "wanted.remedies": "Ce qui le dirait : {remedies}",
        "wanted.unexamined": "Non examiné",
        "wanted.answer.takedown": "si {on:le} {on:peut} l’arrêter ({functions})",
        "wanted.answer.alone": "si quelqu’un d’inconnu peut l’arrêter seul ({functions})",
        "wanted.answer.exposure": "si {on:le} {on:est} sur un chemin ({functions})",
        "report.title": "{subject}, {days}",
        "report.summary": "En bref",
        "report.reached": "{who} (droit d’un autre pays, par une succursale ou une cotation : {countries})",
        "not-looked-at": "Non examiné, aucune source du relevé n’en parlant : {layers}",
        "report.dnssec": "DNSSEC : {zones}",
        "dnssec.not-examined": "non examiné",
        "dnssec.not-examined.reason": "{name} n’a pas été examinée ({reason})",
        "dnssec.secure": "{name} est sûre",
        "dnssec.secure.reason": "{name} est sûre ({reason})",
        "dnssec.secure.until": "{name} est sûre (ses signatures valent jusqu’au {time} UTC)",
        "dnssec.insecure.reason": "{name} n’est pas protégée ({reason})",
        "dnssec.bogus.reason": "{name} est invalide : les clients qui valident n’y parviennent pas ({reason})",
        "dnssec.unknown.reason": "on ne sait pas si {name} est sûre ({reason})",
        "report.differences": "Les réponses diffèrent selon le lieu ({places}) : {questions}",
        "report.undecided": "Quelqu’un d’autre pourrait l’arrêter seul, car on ne connaît pas :",
        "report.behind": "derrière {domain}",
        "report.behind-more": "et derrière {n} autres domaines, que donne la forme JSON",
        "report.behind-more.one": "et derrière un autre domaine, que donne la forme JSON",
        "report.as-under": "derrière {domains} : comme sous {function}",
        "report.unserved": "ne fonctionne pas {whom}",
        "report.silent": "Sans réponse depuis {places}, quelle que soit la question posée sur le service : ce que les clients y rencontrent n’est pas connu.",
        "report.only-at": "vu seulement depuis {place}",
        "report.only-for": "seulement pour {place}",
        "report.alone": "Qui peut l’arrêter seul, {within}",
        "report.group-stops": "{group:le} {group:peut} l’arrêter",
        "report.group-passes": "{group:le} sur un chemin",
        "report.nobody": "personne",
        "report.unknown-count": "{n} inconnus",
        "report.unknown-count.one": "{n} inconnu",
        "report.unknown": "inconnu : {what}",
        "report.country-unknown": "pays inconnu",
        "report.status": "état : {statuses}",
        "report.also": "aussi {how}",
        # Heads of columns
        "column.relation": "Relation",
        "column.source": "Source",
        "column.day": "Jour",
        "column.citation": "Référence",
        "column.number": "Nombre",
        "column.layer": "Couche",
        "column.function": "Fonction",
        "column.who": "Qui",
        "column.powers": "Pourrait",
        "column.share": "Part des chemins",
        "column.where": "Où",
        "column.can-stop": "Peut l’arrêter",
        "column.on-path": "Est sur un chemin",
        "column.shapley": "Shapley-Shubik",
        "column.shapley-worst": "Pire des cas",
        "column.birnbaum": "Birnbaum",
        "column.birnbaum-worst": "Pire des cas",
        "column.turn": "Ce qu’il en est advenu",
        "column.known-as": "Comment on le sait",
        "column.confidence": "Degré de certitude",
        "column.for": "Pour",
        "column.what": "Quoi",
        "column.kind": "Type",
        "column.needs": "Dépend de",
        "column.evidence": "Preuve",
        "column.stops": "Arrête seul",
        # Pictures
        "picture.head.service": "SERVICE",
        "picture.head.function": "FONCTION",
        "picture.head.host": "HÔTE · COURRIER",
        "picture.head.zone": "ZONE · FAÇADE",
        "picture.head.server": "SERVEUR",
        "picture.head.address": "ADRESSE",
        "picture.head.network": "RÉSEAU",
        "picture.head.provider": "PRESTATAIRE",
        "picture.head.company": "ENTREPRISE",
        "picture.head.owner": "PROPRIÉTAIRE",
        "picture.head.country": "PAYS",
        "picture.head.shared": "COMMUN",
        "picture.not-offered": "pas {function:de}",
        "picture.apex": "apex",
        "picture.zone": "zone",
        "picture.registration": "enregistrement",
        "picture.registration-of": "enr. {name}",
        "picture.name-server-of": "{name}",
        "picture.exchange-of": "mx {name}",
        "picture.addresses": "adresses",
        "picture.blocks": "blocs",
        "picture.networks": "réseaux",
        "picture.zones": "zones",
        "picture.registrations": "enregistrements",
        "picture.mailboxes": "boîtes",
        "picture.times": "×{n}",
        "picture.any-authority": "toute autorité",
        "picture.single-point": "point de défaillance unique",
        "picture.single-point.likely": "point de défaillance unique probable",
        "picture.stops.likely": "peut probablement l’arrêter",
        "picture.failed": "ne nous a pas servis comme il se doit",
        "picture.failed.other": "ne nous a pas servis",
        "picture.failed.refused": "refusé",
        "picture.failed.timeout": "délai dépassé",
        "picture.failed.unreachable": "injoignable",
        "picture.failed.truncated": "tronqué",
        "picture.failed.servfail": "SERVFAIL",
        "picture.failed.notimp": "NOTIMP",
        "picture.failed.formerr": "FORMERR",
        "picture.failed.lame": "sans autorité",
        "picture.failed.no-authority": "sans autorité",
        "picture.any-one": "un seul suffit",
        "picture.any-one-known": "un seul suffit, pour autant qu’on sache",
        "picture.against-elsewhere": "Le rapport dit ce qui s’y oppose, ou le limite.",
        "picture.cited": "[{n}] {who} : {citation}.",
        "picture.against": "besoin tracé de droite à gauche",
        "picture.as-of": "État au {days}.",
        "picture.as-of.range": "Du {first} au {last}.",
        "records.compiled": "faits publics datés, réunis pour depgraph ; chaque observation cite sa source",
        "picture.records": "Relevés : {source}.",
        "picture.asked": "Consulté : {sources}.",
        "picture.seen-from": "Vu depuis : {places}.",
        "picture.sources": "Sources : {names}.",
        "picture.catalogue": "Catalogue du {date}.",
        "picture.full.reading": "De gauche à droite : chaque boîte a besoin de celles où mènent ses traits.",
        "picture.full.times": "×2, ×3, etc. : autant d’éléments interchangeables, dessinés une seule fois.",
        "picture.full.too-many": "{n} boîtes seraient illisibles : dessin par prestataire.",
        "picture.incomplete": "La collecte n’est pas allée à son terme : ce qui manque est inconnu.",
        "picture.further": "{n} autres acteurs se trouvent plus loin (serveurs de noms de serveurs de noms, registres d’adresses) : voir le dessin complet.",
        "picture.headline.none-besides": "Hormis le registre, aucune entreprise ne peut arrêter seule {subject}",
        "picture.headline.rest-besides": "Hormis le registre, aucune entreprise ne peut arrêter seule ce qui fonctionne {subject:de}",
        "picture.headline.open-besides": "Hormis le registre, aucun acteur connu ne peut arrêter seul {subject}, mais tous ne sont pas connus",
        "picture.headline.unknown-besides": "Hormis le registre, aucun acteur connu ne peut arrêter seul {subject} ; inconnus : {layers}",
        "picture.registries": "En tant que registres, {names} peuvent arrêter tout nom de leurs domaines de premier niveau, y compris ceux dont dépend ce service.",
        "picture.registries.one": "En tant que registre, {names} peut arrêter tout nom de ses domaines de premier niveau, y compris ceux dont dépend ce service.",
        "picture.headline.none": "Aucune entreprise ne peut arrêter seule {subject}",
        "picture.headline.fails": "{subject} est déjà en panne dans le relevé",
        "picture.headline.rest": "Aucune entreprise ne peut arrêter seule ce qui fonctionne {subject:de}",
        "picture.headline.open": "Aucun acteur connu ne peut arrêter seul {subject}, mais tous ne sont pas connus",
        "picture.headline.unknown": "Aucun acteur connu ne peut arrêter seul {subject} ; inconnus : {layers}",
        "picture.headline.also": "{function} : aussi {names}.",
        "picture.headline.only": "{function} : {names}.",
        "picture.companies": "{n} entreprises",
        "picture.companies.one": "{n} entreprise",
        "picture.headline.unknown-few": "Inconnu : {names}.",
        "picture.headline.unknown-many": "{n} de ses dépendances sont inconnues.",
        "picture.headline.unknown-many.one": "Une de ses dépendances est inconnue.",
        "picture.shared-name": "le nom",
        "picture.providers.reading": "De gauche à droite : chaque boîte a besoin de celles où mènent ses traits.",
        "picture.takedown.group": "{group}, ensemble",
        "picture.takedown.alone": "agissant seul",
        "picture.takedown.together": "seulement ensemble",
        "picture.takedown.how": "comment",
        "picture.takedown.can": "{who} : peut arrêter {functions}.",
        "picture.takedown.may": "{who} : peut-être en mesure d’arrêter {functions}.",
        "picture.takedown.what-of": "{what} {name:de}",
        "picture.takedown.things": "{n} inconnues",
        "picture.takedown.things.one": "{n} inconnue",
        "picture.takedown.law-unknown": "droit inconnu",
        "picture.takedown.nobody-alone": "Aucune entreprise connue ne peut arrêter seule une fonction.",
        "picture.takedown.none-together": "Aucune paire, aucun trio qui ne contienne l’un de ceux ci-dessus.",
        "picture.takedown.more-sets": "et {n} autres ensembles",
        "picture.takedown.more-sets.one": "et un autre ensemble",
        "picture.takedown.horizon": "Ce qui prend plus de {days} jours ne compte pas.",
        "picture.takedown.reading": "Les entreprises avec tout ce qu’elles possèdent. Un ensemble ne figure ici que si aucun membre n’est de trop. « ? » : dépend de ce qui est inconnu ; un point : ne le peut pas.",
        "picture.takedown.sure": "Dans une case : le degré de certitude, et le délai.",
        "picture.onset.after-ttl": "après {span}",
        "picture.onset.after-ttl-unobserved": "délai inconnu",
        "picture.onset.after-lapse": "après {span}",
        "picture.onset.at-once": "aussitôt",
        "picture.onset.days": "quelques jours",
        "picture.onset.after-expire": "après {span}",
        "picture.onset.unknown": "derrière un verrou",
        "picture.onset.weeks": "des semaines",
        "picture.timeline.none": "{subject}, du {first} au {last} : rien de connu n’a changé",
        "picture.timeline.changed": "{subject}, du {first} au {last} : changement constaté ({rows})",
        "picture.timeline.others": "{subject}, du {first} au {last} : les noms connus diffèrent ({rows}), mais tout n’est pas connu à chaque date",
        "picture.timeline.news": "{subject}, {row} : {was} le {before}, {now} le {after}",
        "picture.timeline.same": "{rows} : sans changement du début à la fin.",
        "picture.timeline.open": "{rows} : comparaison impossible à certaines dates.",
        "picture.timeline.no-report": "personne de rapporté",
        "picture.perhaps-others": "peut-être d’autres",
        "picture.timeline.seen": "{row} : {was} le {before}, {now} le {after}.",
        "picture.timeline.span": "du {first} au {last}",
        "picture.timeline.recordings": "identique dans {n} relevés",
        "picture.timeline.folded": "Des dates successives qui disent la même chose ont une seule colonne.",
        "picture.timeline.reading": "Les mots sous une boîte disent sur quelle preuve elle repose. « Rapporté » : presse, acte de justice ou déclaration d’entreprise, pas un relevé DNS.",
        "picture.services": "{n} services",
        "picture.services.one": "Un service",
        "survey.title.one": "Enquête sur un service, {days}",
        "survey.title": "Enquête sur {n} services, {days}",
        "survey.days": "du {first} au {last}",
        "survey.aside": "Personne n’a posé de question sur ces couches dans toute l’enquête, et rien n’en est dit : {layers}.",
        "survey.nonexistent.one": "Un service n’existe pas et ne figure dans aucune couche : {names}.",
        "survey.nonexistent": "{n} services n’existent pas et ne figurent dans aucune couche : {names}.",
        "survey.nonexistent.only": "Le service n’existe pas et ne figure dans aucune couche : {names}.",
        "survey.nonexistent.cell": "n’existe pas",
        "survey.idle.one": "Un service ne propose rien de ce qui a été demandé (site web, courriel) : {names}.",
        "survey.idle": "{n} services ne proposent rien de ce qui a été demandé (site web, courriel) : {names}.",
        "survey.idle.only": "Le service n’offre rien de ce qui a été demandé (un site, du courrier) : {names}.",
        "survey.unknown.cell": "inconnu",
        "survey.open.cell": "peut-être d’autres : {why}",
        "survey.without.one": "L’autre service n’a pas cette couche.",
        "survey.without": "Les {n} autres services n’ont pas cette couche.",
        "survey.limited.one": "La collecte d’un service a atteint une limite : ce qui est au-delà est inconnu.",
        "survey.limited": "Les collectes de {n} services ont atteint une limite : ce qui est au-delà est inconnu.",
        "survey.refused.one": "Une ligne ou un service a été refusé : un tableau vers la fin dit pourquoi.",
        "survey.refused": "{n} lignes ou services ont été refusés : un tableau vers la fin dit pourquoi.",
        "survey.noted.one": "Il y a quelque chose à dire d’un service qui a été jugé : le dernier tableau le dit.",
        "survey.noted": "Il y a quelque chose à dire de services qui ont été jugés ({n} notes) : le dernier tableau le dit.",
        "survey.reading": "Une entreprise compte dans une couche où elle se trouve certainement ou probablement, une fois par service ; une couche que plusieurs se partagent compte pour chacune. « Au plus » ajoute les services où quelqu’un d’autre peut s’y trouver aussi, parce que ce qui renseigne sur la couche n’est pas connu ; « au plus, selon ce qui a été demandé » seulement ceux où cela a été demandé.",
        "survey.known.one": "Quelqu’un y est connu pour un service sur {all}.",
        "survey.known": "Quelqu’un y est connu pour {n} services sur {all}.",
        "survey.known.each.one": "Quelqu’un y est connu (un seul service).",
        "survey.known.each": "Quelqu’un y est connu pour chacun des {n} services.",
        "survey.known.none.one": "Personne n’y est connu (un seul service).",
        "survey.known.none": "Personne n’y est connu, pour aucun des {n} services.",
        "survey.unasked.one": "Pour un service, une partie de ce qui en renseigne n’a pas été demandée : quelqu’un qui n’est pas nommé peut s’y trouver.",
        "survey.unasked": "Pour {n} services, une partie de ce qui en renseigne n’a pas été demandée : quelqu’un qui n’est pas nommé peut s’y trouver.",
        "survey.failed.one": "Pour un service, une réponse demandée manque.",
        "survey.failed": "Pour {n} services, une réponse demandée manque.",
        "survey.own.one": "Un service s’en charge lui-même, seul ou avec d’autres.",
        "survey.own": "{n} services s’en chargent eux-mêmes, seuls ou avec d’autres.",
        "survey.who": "qui",
        "survey.services": "services",
        "survey.share": "part",
        "survey.most": "au plus",
        "survey.most-asked": "au plus, selon ce qui a été demandé",
        "survey.hhi": "Concentration des usages (indice de Herfindahl-Hirschman) : {hhi} ; écart à un opérateur par service : {distance}. Un service qui s’en charge lui-même compte pour un opérateur.",
        "survey.hhi.unknown": "La concentration est inconnue : personne en particulier n’y est connu.",
        "survey.registries": "Registres",
        "survey.registries.note": "Qui gère un suffixe se trouve derrière tous les noms qui en dépendent : c’est dit à part de ce qui est choisi pour un service.",
        "survey.stops": "Qui peut arrêter seul combien de services",
        "survey.stops.note": "Ce qui est certain ou probable. Chaque service compte une fois par entreprise ; la couche est celle où elle agit, qui peut être celle d’un service dont le service a besoin. Une entreprise figure sous chaque moyen qui suffit seul ; celle qui doit en employer plusieurs à la fois ne figure sous aucun.",
        "survey.lever": "{layer} : {lever}",
        "survey.smallest": "Combien il en faut",
        "survey.smallest.note": "Les plus petits ensembles d’entreprises, hors le service lui-même, qui arrêtent certainement ou probablement une fonction.",
        "survey.function": "fonction",
        "survey.size": "combien d’entreprises",
        "survey.divided": "Par {column}",
        "survey.value": "valeur",
        "survey.leads": "en tête pour le service de noms",
        "survey.in": "pour combien",
        "survey.not-listed": "absent de la liste",
        "survey.empty": "dans la liste, sans valeur",
        "survey.servers": "Serveurs de noms par domaine enregistré",
        "survey.domain": "domaine",
        "survey.operators": "Opérateurs qui ont peut-être plusieurs noms",
        "survey.operators.note": "Le catalogue ne les a pas. Les noms d’une ligne sont comptés comme un seul opérateur, par déduction et pour la raison indiquée : ils peuvent être plusieurs.",
        "survey.operators.suffix": "serveurs de noms d’une même zone, et noms qui ne diffèrent que par le suffixe ou par des chiffres",
        "survey.operators.addresses": "tous ses serveurs de noms ou relais de courrier sont à des adresses du même",
        "survey.operators.registered": "le réseau et le détenteur de ses adresses sont enregistrés sous le même nom",
        "survey.operators.seen": "vu chez",
        "survey.also": "aussi",
        "survey.refusals": "Ce qui a été refusé",
        "survey.notes": "Notes sur des services qui ont été jugés",
        "survey.source": "source",
        "survey.line": "ligne",
        "survey.service": "service",
        "survey.why": "pourquoi",
        "survey.page.search": "Chercher un service",
        "survey.page.rows": "Les services, avec qui se trouve certainement ou probablement dans chaque couche. Un clic sur l’en-tête d’une colonne trie.",
        "survey.page.layer": "{layer} : qui",
        "survey.page.shown": "{shown} affichés sur {all}",
        "survey.made": "{title}, dans {folder} ; refus : {refused} ; notes : {notes}",
        "observe.begin": "premières questions...",
        "observe.progress": "{subject} : {questions} questions, {observations} observations, {waiting} en attente ; {last}",
        "observe.made": "{subject}, {days} : {observations} observations",
        "observe.incomplete": "{subject}, {days} : {observations} observations, incomplet",
        "observe.each": "{place} sur {total} : {name}, {each} s par nom, encore {left} s",
        "observe.list": "{names} noms : {asked} observés, dont {limited} ont atteint une limite, {failed} refusés ou en échec",
        "world.made": "services : {services}, observations : {observations}",
        "note.days": "{file} : relevés de {subject} de {n} jours ({days}) ; retenu : le dernier, {last}. Un autre : --at JOUR. Tous : depgraph timeline {file}{name}",
        "note.joined": "{n} relevés de {subject} réunis, {days}{taken} : --at retient l’un des jours",
        "note.as-of": ", dans l’état connu {days} : ce qui est d’un autre jour est le dernier état connu",
        "note.dated-unused": "{file} : --dated n’est pas utilisé : le fichier dit lui-même de quand il date",
        "note.unread": "{file} : {n} autres lignes n’ont pas pu être lues : {places}",
        "note.unread.one": "{file} : une autre ligne n’a pas pu être lue : {places}",
        "note.undated": "--dated DATE donne la date des lignes qui n’en portent pas",
        "note.e-mail": "{found} est une adresse électronique : la question porte sur son domaine, {subject}",
        "note.alike": "{n} de même nature",
        "note.others": "{n} autres",
        "note.in": " dans {file}",
        "note.whole": "{file} : intact, {what}",
        "merge.days": "relevés de {number} jours ; retenu : {days} ; ce qui est d’un autre est le dernier état connu (--at JOUR l’interroge). Chacun pour soi : depgraph timeline FICHIER FICHIER",
        "made.in": "{made}, dans {output}",
        "survey.progress": "{done} services sur {total}, {rate} par seconde, encore {left}",
        "survey.moves.zero": "Aucun service n’a bougé",
        "survey.moves.one": "Un service a bougé",
        "survey.moves": "{n} services ont bougé",
        "survey.moves.before": "Avant : {days}, {n} services.",
        "survey.moves.before.one": "Avant : {days}, un service.",
        "survey.moves.after": "Après : {days}, {n} services.",
        "survey.moves.after.one": "Après : {days}, un service.",
        "survey.moves.only.before": "dans la première enquête seulement",
        "survey.moves.only.after": "dans la seconde enquête seulement",
        "survey.moves.reading": "Ce que l’une des enquêtes ignore n’est ni apparu ni disparu : on le sait désormais, ou on ne le sait plus.",
        "survey.moves.alike": "Ce qui a changé du registre d’un suffixe, de même pour tous les services qui en relèvent, tient en une ligne et ne les fait pas bouger.",
        "survey.moves.owners": "Ces services n’ont pas bougé pour autant : les mêmes opérateurs les servent. Dans les classements, c’est compté à part.",
        "survey.moves.owned": "{n} services : {told}",
        "survey.moves.owned.one": "Un service : {told}",
        "survey.moves.by-owner": "propriétaire",
        "survey.moves.several": "{n} services pareillement",
        "survey.moves.several.one": "un service",
        "survey.moves.ranks": "Dans les classements",
        "survey.moves.service": "le service lui-même",
        "survey.moves.servers": "serveurs de noms",
        "survey.moves.exchangers": "relais de courrier",
        "survey.moves.existence.vanished": "n’existe plus",
        "survey.moves.existence.appeared": "existe désormais",
        "survey.moves.existence.newly-known": "n’existe pas ; on ignore s’il existait auparavant",
        "survey.moves.existence.no-longer-known": "n’existait pas ; on ignore s’il existe désormais",
        "survey.moves.existing.vanished": "{n} services n’existent plus.",
        "survey.moves.existing.vanished.one": "Un service n’existe plus.",
        "survey.moves.existing.appeared": "{n} services qui n’existaient pas existent désormais.",
        "survey.moves.existing.appeared.one": "Un service qui n’existait pas existe désormais.",
        "survey.layer": "couche",
        "survey.before": "avant",
        "survey.after": "après",
        "survey.turn.appeared": "Apparus",
        "survey.turn.vanished": "Disparus",
        "survey.turn.changed": "Changés",
        "survey.turn.newly-known": "Connus désormais",
        "survey.turn.no-longer-known": "Plus connus",
        "picture.survey.title": "{many} : {group:le} {group:porte} {part} de {layers}",
        "picture.survey.title-of": "{many} : {group:le} {group:porte} {part} de {layers}, que {n} d’entre eux ont",
        "picture.survey.layer": "la couche « {layer} »",
        "picture.survey.layers": "chacune des couches {layers}",
        "picture.survey.layers-many": "chacune de {n} couches",
        "picture.survey.title-nowhere": "{many} : on ne connaît {group:le} dans aucune couche, et {n} couches sur {total} laissent la question ouverte",
        "picture.survey.title-none": "{many} : {group:le} ne {group:porte} aucune couche",
        "picture.survey.known": "Chaque couche est connue pour chaque service.",
        "picture.survey.unknown.one": "Couche la moins connue : {layer} (inconnue à {part}). Les parts sont des fourchettes : d’aucun à tous les inconnus.",
        "picture.survey.unknown": "Couches les moins connues : {layer} (inconnues à {part}). Les parts sont des fourchettes : d’aucun à tous les inconnus.",
        "picture.survey.reading": "Les barres comptent les services. Le trait sous une barre : la part du groupe, certaine ou probable ; hachuré : inconnu, donc peut-être du groupe aussi.",
        "picture.share.other": "autre entreprise",
        "picture.share.none": "aucun",
        "picture.share.own": "en propre",
        "picture.share.unknown": "inconnu",
        "picture.share.several": "plusieurs du groupe",
        "picture.share.open": "quelqu’un de connu, peut-être d’autres",
        "picture.share.any": "n’importe lequel",
        "picture.survey.open": "{layer} : dans {part} de plus, quelqu’un est connu, mais on ne sait pas si d’autres y sont aussi.",
        "picture.survey.known-to-be": "Y sont, à ce qu’on sait : {names}.",
        "picture.survey.names": "Noms sous une barre : dans combien de services chacun y est, certainement ou probablement ; une couche partagée compte pour chacun.",
        "picture.survey.of": "de {n} services",
        "picture.survey.of.one": "d’un seul service",
        "picture.survey.tiles": "une colonne par service",
        "picture.survey.tiles-names": "Colonnes de gauche à droite : {names}.",
        "picture.survey.tiles-on": "couches : {group}",
        "picture.concentration.carries": "services où elle figure",
        "picture.concentration.can-stop": "services dont elle peut arrêter seule une fonction",
        "picture.concentration.same": "de même, {group}",
        "picture.concentration.them": "{n} d’entre eux",
        "picture.concentration.them.one": "l’un d’eux",
        "picture.concentration.every": "chacun d’eux",
        "picture.concentration.it": "ce service",
        "picture.concentration.of-registries": "registres",
        "picture.concentration.subtitle": "Sur {n} services : dans combien on sait que l’entreprise figure, et de combien elle peut arrêter seule une fonction.",
        "picture.concentration.subtitle.one": "Sur un service : si l’on sait que l’entreprise y figure, et si elle peut en arrêter seule une fonction.",
        "picture.concentration.apart": "Ce qu’une entreprise fait comme registre est compté à part, plus bas.",
        "picture.concentration.likely": "dont seulement probables",
        "picture.concentration.of-these": "{n} seulement probables",
        "picture.concentration.of-these.one": "1 seulement probable",
        "picture.concentration.as-registry": "comme registre",
        "picture.likely.all": "seulement probable",
        "picture.likely.some": "pour {n} services, seulement probable",
        "picture.likely.some.one": "pour un service, seulement probable",
        "picture.likely.several": "pour certains services, seulement probable",
        "picture.concentration.reading": "Premier chiffre : services où l’on sait qu’elle figure, dans une couche ou plus loin ; second : ceux dont elle peut arrêter une fonction. Le probable est compté dans les deux ; s’il y en a, un troisième chiffre dit pour combien elle ne le peut que probablement. L’inconnu n’est compté pour personne : ce sont des minimums.",
        "picture.concentration.none": "{many} : aucune entreprise connue ne peut arrêter seule une fonction",
        "picture.concentration.none-besides": "{many} : hormis les registres, aucune entreprise connue ne peut arrêter seule une fonction",
        "picture.concentration.title-spread": "{many} : {n} entreprises peuvent, chacune à elle seule, arrêter une fonction {top:de} ; aucune entreprise connue ne le peut pour davantage",
        "picture.concentration.title-spread-besides": "{many} : {n} entreprises peuvent, chacune à elle seule, arrêter une fonction {top:de} ; hormis les registres, aucune entreprise connue ne le peut pour davantage",
        "picture.concentration.registries": "Un registre peut arrêter de même tout nom de ses domaines de premier niveau : rien de propre à un service.",
        "picture.concentration.title.one": "{many} : {names} peut à lui seul arrêter une fonction {top:de}",
        "picture.concentration.title": "{many} : {names} peuvent, chacun à lui seul, arrêter une fonction {top:de}",
        "picture.concentration.more": "{n} autres entreprises ne sont pas dessinées.",
        "picture.concentration.more.one": "Une autre entreprise n’est pas dessinée.",
        "picture.timeline.unknown": "{subject}, du {first} au {last} : aucun changement démontrable ; la plupart des couches sont inconnues à l’une des dates",
        "picture.none": "néant",
        "picture.absent": "néant : {reason}",
        "picture.own-party": "le service lui-même",
        "picture.own": "en propre",
        "picture.owner": "propriétaire {sure}",
        "picture.last-known": "le {day} : {what}",
        "picture.for-all": "pour toutes les fonctions",
        "picture.strip.reading": "Couches de haut en bas, en partant de l’utilisateur. Une boîte sur toutes les colonnes est commune. Mots à côté d’une boîte : preuve autre qu’une observation.",
        "picture.strip.sure": "Sans le mot « probable », une boîte est certaine. Hachuré : inconnu, ou seulement possible.",
        "picture.further.one": "Un autre acteur se trouve plus loin (serveurs de noms de serveurs de noms, registres d’adresses) : voir le dessin complet.",
        "picture.stops": "peut arrêter seul {functions}",
        "picture.headline.all.one": "{names} peut à lui seul arrêter toutes les fonctions {subject:de}",
        "picture.headline.all": "{names} peuvent, chacun à lui seul, arrêter toutes les fonctions {subject:de}",
        "picture.headline.these.one": "{names} peut à lui seul arrêter {functions} {subject:de}",
        "picture.headline.these": "{names} peuvent, chacun à lui seul, arrêter {functions} {subject:de}",
        "picture.headline.some.one": "{names} peut à lui seul arrêter une partie {subject:de}",
        "picture.headline.some": "{names} peuvent, chacun à lui seul, arrêter une partie {subject:de}",
        # The page
        "page.preset": "sans {who:le}",
        "page.who": "{who:le}",
        "page.view.takedown": "Qui peut l’arrêter",
        "bundle.jsonl": "le relevé",
        "bundle.csv": "le tableau (CSV)",
        "bundle.svg": "l’image (SVG)",
        "bundle.png": "l’image (PNG)",
        "help.bundle": "Écrire un seul fichier pour une rédaction : images, hypothèses, rapport, sources et le relevé lui-même.",
        "help.bundle.output": "Le suffixe dit la forme : .html, ou .zip avec le relevé, les lignes du catalogue employées et les versions.",
        "help.bundle.zip": "La forme .zip ; le suffixe de -o la dit aussi.",
        "help.bundle.group": "De qui les boîtes sont remplies : un groupe, une entreprise, un prestataire ou un pays.",
        "page.view.strip": "Couches",
        "page.view.providers": "Prestataires",
        "page.view.full": "Tous les relevés",
        "page.find": "Chercher",
        "language": "Français",
        "page.languages": "Langue",
        "page.restore": "Tout remettre",
        "page.evidence": "Preuves",
        "page.rows": "Les {n} lignes de preuve en tableau",
        "page.reading": "Appuyez sur un acteur, une entreprise ou un pays pour l’enlever ; sur une boîte ou un trait pour voir la preuve. Les flèches déplacent, Entrée appuie, Échap remet tout.",
        "page.without": "Sans {who} :",
        "page.press": "Appuyez sur un acteur, une entreprise ou un pays pour l’enlever, et voyez ce qui tombe.",
        "page.falls": "tombe",
        "page.likely": "{state}, c’est probable",
        "page.ttl": "quand les caches expirent, {span}",
        "page.but": "(sauf {whom})",
        "page.nothing": "aucune ligne de preuve",
        "page.more": "et {n} de plus : voir le tableau",
        "page.found": "trouvés : {n}",
        "page.minutes": "{n} min",
        "page.seconds": "{n} s",
        "page.hours": "{n} h",
        "explain.title": "Qui se tient derrière {subject} ({days})",
        "explain.who": "{name} ({provider}) : {how} ; {why}",
        "explain.front": "une façade",
        "explain.own": "du service lui-même",
        "explain.share": "juste dans {share} des cas mesurés",
        "explain.gateway": "passerelle de courrier",
        "explain.decides": "{kind} {value} : règle {rule}, qui décide",
        "explain.spoke": "{kind} {value} : règle {rule}",
        "explain.owners": "à {owners}",
        "explain.owner": "{name}, {country}{mark}",
        "explain.if.dns": "si {subject} est un serveur de noms",
        "explain.if.mx": "si {subject} est un serveur de courrier",
        "explain.if.mailbox": "si {subject} est un serveur de courrier",
        "explain.if.gateway": "si {subject} est un serveur de courrier",
        "who.title": "Qui est {subject} ({days})",
        "who.actor": "{name} ({id})",
        "who.roles": "fait : {roles}",
        "who.aliases": "appelé aussi {names}",
        "who.runs": "exploite {names}",
        "who.begins": "Le premier jour dont le catalogue dit quelque chose est le {day}. Du jour demandé il ne sait rien : ce qui suit est ce que l’on en sait d’abord, et ne valait peut-être pas encore ce jour-là.",
        "who.no-company": "le catalogue ne nomme aucune entreprise qui l’exploite",
        "who.company": "exploité par {name}, {country} ({source}){mark}",
        "who.owner": "qui appartient à {name}, {country} ({source}){mark} : {when} ({owned}){owned_mark}",
        "who.owned-since": "depuis {day}",
        "who.owned-by": "au plus tard depuis {day}",
        "who.owned-until": "jusqu’à {day}",
        "who.no-day": "le premier jour n’est pas connu",
        "who.unsure": "le jour exact n’est pas connu : peut-être pas encore au jour demandé",
        "who.reached": "le droit d’un autre pays atteint {name} : {country} ({source}){mark}",
        "who.unverified": " (non vérifié)",
        "who.before": "Jusqu’à ce jour",
        "who.since": "Depuis lors",
        "who.change": "{day} : {told} ({source}){mark}",
        "who.bought": "{of} est passé à {other}",
        "who.owned": "{of} appartenait à {other}, depuis une date inconnue",
        "who.sold": "{of} a quitté {other}",
        "who.renamed": "{of}, jusque-là {other}",
        "who.ended": "fin de {of} ; {other} a pris la suite",
        "who.ended.alone": "fin de {of}",
        "who.successor": "{of} a repris l’activité de {other}",
        "who.rules": "Règles qui le font reconnaître : {count}",
        "who.rule": "{kind} : {patterns}",
        "who.source": "sa ligne : {source}, vérifiée pour la dernière fois le {day}{mark}",
        "who.nobody.asn": "Le catalogue n’a aucune règle pour {subject}.",
        "who.nobody.host": "Le catalogue n’a aucune règle pour {subject} ni pour un domaine au-dessus.",
        "who.nobody.registrar-id": "Le catalogue n’a aucun bureau d’enregistrement de ce numéro.",
        "role.dns": "serveurs de noms",
        "role.hosting": "hébergement",
        "role.front": "façade",
        "role.mailbox": "boîtes aux lettres",
        "role.gateway": "passerelle de courrier",
        "role.registrar": "bureau d’enregistrement",
        "role.registry": "registre",
        "role.back-end": "exploitant technique du registre",
        "role.ca": "certificats",
        "role.network": "réseau",
        "role.holder": "bloc d’adresses",
        "role.platform": "plateforme",
        # The command line
        "help": "Dire qui est derrière un service, qui peut l’arrêter, et sur quelles preuves.\n\nPour commencer : `depgraph NOM`, par exemple `depgraph example.org`, observe, montre le premier écran, et écrit une page et le relevé. `depgraph FICHIER` fait de même à partir d’un fichier, sans réseau ; `depgraph demo` montre un relevé fourni.",
        "help.usage": "Usage : ",
        "help.options": "Options :",
        "help.verbs": "Commandes :",
        "help.default": "[par défaut : {value}]",
        "help.required": "[obligatoire]",
        "help.observe": "Recueille ce que le DNS, le routage et les enregistrements disent de NOM.\n\nLes observations sont écrites au fur et à mesure ; Ctrl-C les conserve, et --resume reprend. Sans --output, le relevé va sur la sortie standard.",
        "help.observe.output": "Relevé à écrire.",
        "help.observe.resume": "Reprend le relevé : pose les questions qui manquent.",
        "help.option.resolver": "Interroge ce résolveur récursif.",
        "help.option.tls": "Se connecte au port 443 et relève le certificat.",
        "help.option.no-registration": "N’interroge pas les serveurs RDAP et WHOIS.",
        "help.option.also": "Interroge aussi cette source.",
        "help.option.vantage": "Nom de ce point d’observation.",
        "help.option.subnet": "Sous-réseau client à envoyer (EDNS).",
        "help.option.questions": "Budget : questions posées.",
        "help.option.depth": "Budget : dépendances suivies.",
        "help.option.seconds": "Budget : durée.",
        "help.option.bytes": "Budget : octets reçus.",
        "help.option.endpoints": "Fichier JSON qui dit où joindre chaque source (un labo, un mandataire).",
        "help.look": "Observer QUOI, un nom, ou le lire, un fichier : le premier écran, une page et le relevé.\n\n`depgraph QUOI` suffit. Un fichier ou dossier qui existe est lu ; --name impose un nom. NOM_JOUR.jsonl (sauf d’un fichier qui est déjà un relevé) et NOM_JOUR.html vont dans le dossier courant, jamais par-dessus un fichier : un relevé du jour interrompu est repris, un relevé achevé reçoit un numéro. Codes de sortie : 0 répondu, 2 impossible, 4 ce nom n’existe pas, 130 interrompu.",
        "help.look.name": "Un nom, là où un fichier s’appelle de même ; avec un fichier, lequel de ses services.",
        "help.look.output": "Dossier de la page et du relevé.",
        "help.demo": "Montrer un relevé fourni avec depgraph ; sans NOM, Parler le 15 février 2021.",
        "help.option.full": "Le rapport entier, couche par couche, ou le premier écran seul.",
        "help.option.exit-code": "Sortir avec 1 si la réponse est non (contredit, changé, quelque chose ne va pas), sinon avec 3 si elle est indéterminée, sinon avec 0.",
        "help.observe.from": "Liste de noms (texte, CSV, Excel), chacun dans son propre relevé du dossier --output.",
        "help.observe.shard": "Seulement cette part de la liste : 3/16 est la troisième de seize.",
        "help.option.only": "Seulement les services de cette liste ; sinon tous ceux des entrées.",
        "help.option.column": "Colonne de la liste où sont les noms.",
        "help.option.sheet": "Feuille de la liste, si c’est un classeur ; sinon la première où il y a des noms.",
        "help.option.all": "Tous les services du fichier.",
        "help.world": "Écrit les services des INPUT en un seul monde, que chaque verbe lit.\n\nUn monde est un fichier en colonnes, projeté en mémoire ; docs/survey.md le décrit.",
        "help.world.output": "Monde à écrire.",
        "help.frontier": "Écrit les noms qui restent à interroger, un fichier par type d’enregistrement.\n\nUn scanner (zdns, massdns, dnsx) les interroge, et sa sortie rejoint les INPUT, jusqu’à ce qu’il en reste 0.",
        "help.frontier.output": "Dossier pour TYPE.names.",
        "help.verify": "Vérifie des relevés ligne par ligne ; énumère chaque défaut.",
        "help.verify.sha256": "Affiche aussi l’empreinte SHA-256 de chaque fichier, comme sha256sum, pour le citer.",
        "help.merge": "Réunit des relevés d’un même service, faits en plusieurs lieux ou à plusieurs moments.",
        "help.report": "Dit qui se tient derrière chaque fonction du service de FICHIER, et comment on le sait.",
        "help.option.format": "Forme ; par défaut celle du suffixe du fichier écrit, sinon du texte.",
        "help.survey": "Poser les mêmes questions à chaque service des INPUT, et écrire des tableaux, un classeur et un rapport.\n\nINPUT est un fichier de toute forme que depgraph lit, ou un dossier de relevés ; l’entrée standard et les tubes sont refusés, car un fichier est lu plus d’une fois. Une enquête interrompue reprend où elle en était.",
        "help.survey.output": "Dossier à écrire.",
        "help.survey.force": "Écrit par-dessus une enquête qui est dans le dossier, ou la part d’une autre restée inachevée.",
        "help.survey.at": "Le jour pour lequel vaut l’enquête.",
        "help.survey.join": "Liste de noms (texte, CSV, Excel) dont les autres colonnes sont gardées.",
        "help.survey.by": "Colonne de cette liste qui distingue les services.",
        "help.survey.column": "Colonne de cette liste où sont les noms ; sans --join, de celle de --only.",
        "help.survey.sheet": "Feuille de cette liste, si c’est un classeur ; sans --join, de celle de --only.",
        "help.survey.tables": "Prend les origines qui manquent aux INPUT dans les tables de routage de votre cache.",
        "help.survey.jobs": "Nombre de processus.",
        "help.survey.upto": "Taille des plus grands ensembles cherchés.",
        "help.survey.compare": "À la place : dire ce qui a changé entre les enquêtes de deux dossiers.",
        "help.survey.group": "De qui les barres des images sont remplies.",
        "help.draw": "Dessine les prestataires derrière le service de FICHIER (png, svg ou pdf selon le suffixe ; html : une page).\n\nDe plusieurs relevés d’un même service, une chronologie ; de plusieurs services, une enquête (parts par couche) ou leur concentration (qui en porte combien).",
        "help.draw.output": "Le suffixe dit la forme : .png .svg .pdf .html",
        "help.draw.kind": "Sorte d’image : strip par défaut, de plusieurs fichiers timeline (un service) ou survey (plusieurs).",
        "help.draw.theme": "Couleurs : claires, sombres, ou noir et blanc.",
        "help.draw.group": "De qui les cases sont pleines : un groupe, une entreprise, un prestataire ou un pays.",
        "help.draw.title": "Le titre, à la place du constat.",
        "help.draw.deck": "Le chapeau, à la place de ce qui accompagne le constat.",
        "help.draw.credit": "Une ligne au pied de l’image.",
        "help.draw.shape": "Format de la page où se tient l’image : 16:9, carré (square) ou téléphone (phone).",
        "help.export": "Écrit le graphe de FICHIER pour d’autres programmes.",
        "help.export.output": "Le suffixe dit la forme : .json .graphml .gexf .dot .mmd",
        "help.takedown": "Dit qui peut arrêter le service, seul ou à plusieurs : les coupes minimales.",
        "help.exposure": "Dit qui est sur un chemin, et ce qu’il pourrait y lire, détourner ou refuser.",
        "help.findings": "Dit ce qui ne va pas, le plus urgent d’abord, et que faire.",
        "help.without": "Dit ce qui marche encore si les ACTEURS se retirent ensemble.\n\nUn acteur est un prestataire, une entreprise, un pays (US, Allemagne), un groupe (big-tech, UE, ou un fichier avec un acteur par ligne), un AS (AS16509), un préfixe, une adresse, un serveur de noms, une famille d’adresses (ipv4, ipv6), ou une région d’un nuage dont les plages publiées sont dans votre cache (aws/us-east-1). `depgraph catalogue find` dit qui un mot désigne.",
        "help.dependence": "Dit, fonction par fonction, si un groupe peut l’arrêter, et s’il est sur un chemin.",
        "help.dependence.on": "Qui : comme pour `without`.",
        "help.wanted": "Dit quel inconnu changerait les réponses, et quelle question ou quel fichier le lèverait.",
        "help.wanted.on": "Qui : comme pour `without`.",
        "help.check": "Confronte aux preuves une AFFIRMATION telle que « indépendant de big-tech ».",
        "help.importance": "Pèse les acteurs : Shapley-Shubik et Birnbaum. Une mesure de structure, non un score de risque.",
        "help.compare": "Dit ce qui est apparu, a disparu ou changé entre deux relevés d’un même service.",
        "help.compare.name": "Quel service, si les fichiers en contiennent plusieurs.",
        "help.precedents": "Dit ce qui s’est passé ailleurs : retraits et pannes datés, avec préavis et retour.",
        "help.precedents.lever": "D’un seul levier.",
        "help.timeline": "Met côte à côte plusieurs relevés d’un même service, dans l’ordre des jours.\n\nD’un dossier, chaque jour dont il a des relevés.",
        "help.explain": "Dit qui se tient derrière un nom d’hôte ou une adresse, selon quelles règles, et pourquoi.",
        "help.explain.at": "Le jour ; par défaut aujourd’hui.",
        "help.who": "Dit qui est QUI, à qui il appartenait un jour donné, et ce qui a changé depuis.\n\nQUI est un prestataire ou une entreprise, par son nom ou son identifiant (company:akamai), un AS (AS13335), un nom d’hôte, un bureau d’enregistrement par son numéro IANA (registrar:292), ou le nom dans un certificat.",
        "help.who.at": "Le jour ; par défaut aujourd’hui.",
        "help.attribute": "Attribue des cas en nombre : une ligne écrite pour chaque ligne lue.",
        "help.attribute.in": "Cas, en JSON Lines.",
        "help.attribute.csv": "Écrit un tableau (CSV), une ligne par entrée de chaque couche ; aussi quand --out finit par .csv.",
        "help.catalogue": "Prend soin du catalogue des prestataires, entreprises, groupes et règles.",
        "help.catalogue.check": "Vérifie le catalogue : identifiants, sociétés mères, dates, sources, règles. Énumère chaque défaut.",
        "help.catalogue.find": "Dit qui MOT désigne : sorte, identifiant et nom de chacun, un par ligne.\n\nS’il y a plusieurs lignes, chaque identifiant (company:amazon) dit de qui il s’agit ; MOT seul est refusé. S’il ne désigne personne, les plus proches sont montrés, et le code de sortie est 1.",
        "help.catalogue.learn": "Propose des lignes sur le courrier à partir de cas : filtres et hébergeurs de boîtes qui manquent au catalogue.\n\nFILES sont des JSON Lines comme pour `attribute`. Une ligne est proposée si les enregistrements DKIM ou autodiscover de tous les domaines derrière un serveur de courrier concordent : elle porte leur nombre, et c’est à vous de l’accepter.",
        "help.catalogue.learn.least": "Nombre de domaines qu’il faut à une ligne.",
        "help.catalogue.learn.out": "Écrit ici, et non sur la sortie standard.",
        "help.catalogue.list": "Énumère les groupes et leurs membres, les entreprises et leur pays, ou les prestataires et leur entreprise.",
        "help.tables": "Énumère les tables de préfixes de votre cache, avec leurs dates.",
        "help.tables.update": "Va chercher chez leurs éditeurs les tables publiques et les met dans votre cache.",
        "help.tables.update.from": "Prend les fichiers de ce dossier, sans réseau.",
        "help.tables.update.source": "Seulement cet éditeur (plusieurs possibles).",
        "help.option.at": "Prend le jour donné ; les faits d’autres jours ne sont que le dernier état connu.",
        "help.option.json": "JSON, selon un schéma versionné.",
        "help.option.clients": "Pour qui : un point d’observation, dual, ipv4, ipv6, validating, svcb ; joints par « + ». Tous sauf ipv6 si rien n’est donné.",
        "help.compare.dated": "De quand datent les fichiers qui ne le disent pas (des fichiers de zone) : 2026-08-22, 2026-08... Une fois pour tous, ou une fois pour chacun, dans leur ordre.",
        "help.timeline.dated": "De quand datent les fichiers qui ne le disent pas (des fichiers de zone) : 2026-08-22, 2026-08... Une fois pour tous, ou une fois pour chacun, dans leur ordre.",
        "help.draw.dated": "De quand datent les fichiers qui ne le disent pas (des fichiers de zone) : 2026-08-22, 2026-08... Une fois pour tous, ou une fois pour chacun, dans leur ordre.",
        "help.merge.dated": "De quand datent les fichiers qui ne le disent pas (des fichiers de zone) : 2026-08-22, 2026-08... Une fois pour tous, ou une fois pour chacun, dans leur ordre.",
        "help.option.dated": "De quand date un fichier qui ne le dit pas (un fichier de zone) : 2026-08-22, 2026-08...",
        "help.option.origin": "Le nom de la zone, pour un fichier de zone qui ne le dit pas",
        "help.option.include": "Lire aussi les fichiers du même dossier qu’inclut un fichier de zone",
        "help.option.force": "Écrit par-dessus un fichier lu, un relevé ou un graphe existant.",
        "help.option.help": "Affiche ce message et s’arrête.",
        "help.option.horizon": "Ignore les actions dont l’effet vient après DURÉE : 12h, 30d, 8w ; « none » les compte toutes.",
        "help.option.host": "Autre nom d’hôte du service, comme une fonction à part (plusieurs possibles).",
        "help.option.lang": "Langue ; par défaut celle de DEPGRAPH_LANG, sinon l’anglais.",
        "help.option.level": "Niveau auquel les acteurs sont réunis.",
        "help.option.name": "Quel service, si le fichier en contient plusieurs.",
        "help.option.output": "Écrit ici, et non sur la sortie standard.",
        "help.attribute.out": "Écrit ici, et non sur la sortie standard.",
        "help.option.steering": "Si les opérateurs qui répondent selon le lieu mènent tous les clients vers ce qui marche.",
        "help.option.uncatalogued": "Si un opérateur que le catalogue n’a pas peut appartenir au groupe.",
        "help.option.upto": "Taille du plus grand ensemble.",
        "help.option.version": "Affiche la version et s’arrête.",
        "help.option.width": "Colonnes du texte ; aucune ligne ne les dépasse. Sinon celles du terminal, et 110 sans terminal.",
        "help.option.tables": "Prend dans les tables de routage de votre cache les origines que FICHIER n’a pas.",
        # Ce qui est refusé
        "refused.near": " ; vouliez-vous dire {near} ?",
        "refused.none": "aucun",
        "refused.claim": (
            "attendu : une affirmation telle que « indépendant de big-tech », « ne dépend pas des GAFAM », "
            "« la messagerie ne dépend pas de Microsoft », « dépend d’AS16509 », « Amazon ne peut pas arrêter le site », "
            "« hébergé en Europe », « auto-hébergé » ou « aucune entreprise seule ne peut l’arrêter » ; "
            "trouvé : {found}, qui ne dit rien de vérifiable{because} : dire de qui, ou ce que personne ne peut seul{near}"
        ),
        "refused.claim.reasons": " ({reasons})",
        "refused.claim.because": "{words} : {why}",
        "refused.claim.of-another": (
            "attendu : une affirmation sur {subject}, sur qui porte ce graphe ; trouvé : une affirmation "
            "sur {found}. Nommer le service, ou interroger un relevé de l’autre"
        ),
        "refused.actor.none": "attendu : un acteur ou plusieurs ; rien n’est donné",
        "refused.actor.several": "attendu : un seul acteur ; trouvé : {found}, qui peut en désigner plusieurs. Écrire {choices} ou {last}",
        "refused.actor.members": "les membres par leur nom",
        "refused.actor.file": "./{path} (le fichier)",
        "refused.actor.no-file": "attendu : un fichier d’un acteur par ligne, {path} : {why}",
        "refused.actor.empty-file": "attendu : un acteur par ligne dans {path} ; il n’y en a aucun",
        "refused.actor.line": "{path}, ligne {number} : {why}",
        "refused.actor.no-members": "attendu : un groupe qui a des membres ; le groupe {group} n’en a pas",
        "refused.actor.no-ranges": (
            "attendu : des plages publiées, pour savoir quelles adresses sont dans {region} ; il n’y en a pas. "
            "Donner ranges=depgraph.routes.published_at(...)"
        ),
        "refused.actor.no-actor": "attendu : un acteur ; trouvé : {found}, qui est dans ce graphe {kind}. Nommer qui s’en occupe",
        "refused.what.host": "un hôte",
        "refused.what.exchange": "un serveur de courrier",
        "refused.what.zone": "une zone",
        "refused.what.registration": "un enregistrement",
        "refused.what.service": "un service",
        "refused.actor.no-country": "ISO 3166-1 ne donne ces lettres à aucun pays",
        "refused.actor.nearest": "les plus proches sont {names}",
        "refused.actor.nearest.one": "le plus proche est {names}",
        "refused.actor.catalogue": "« depgraph catalogue list » donne les groupes, entreprises et prestataires",
        "refused.actor.nobody": (
            "attendu : un prestataire, une entreprise, un pays, un groupe ({groups}), un AS, un préfixe, une adresse, "
            "un serveur de noms, ipv4 ou ipv6 ; trouvé : {found} ({hints})"
        ),
        "refused.number.ip": "attendu : une adresse ou un préfixe IP ({kind}) ; trouvé : {found}",
        "refused.number.prefix": "attendu : une seule adresse IP ; trouvé : le préfixe {found}",
        "refused.number.as": "attendu : un numéro d’AS tel que AS13335 ; trouvé : {found}",
        "refused.number.bits": (
            "attendu : un préfixe dont les bits d’hôte sont nuls ; trouvé : {found}. Écrire {network} ou l’une de ses adresses"
        ),
        "refused.number.unused": "attendu : un numéro en service ; trouvé : {found}, qui ne l’est pas ({why})",
        "refused.level": "attendu : un niveau parmi {levels} ; trouvé : {found}",
        "refused.horizon": "attendu : un délai tel que « 30d », « 12h » ou « 90m » ; trouvé : {found}",
        "refused.horizon.negative": "attendu : un délai de zéro seconde ou plus ; trouvé : {found}",
        "refused.clients.none": "attendu : des clients, ou {everyone} pour tous ; rien n’est donné",
        "refused.clients.place": "attendu : un lieu d’où les réponses diffèrent ({places}) ; trouvé : {found}",
        "refused.clients.absent": "attendu : des clients de ce graphe ; aucun n’est {clients}",
        "refused.group": "attendu : un groupe, une entreprise, un prestataire ou un pays à colorier ; trouvé : {found}",
        "refused.timeline": "attendu : deux graphes ou plus d’un même service ; trouvé : {n} ({subjects})",
        "refused.who.several": "attendu : l’un de {choices} ; trouvé : {found}. Écrire son identifiant",
        "refused.who.nobody": (
            "attendu : un prestataire, une entreprise, un AS, un nom d’hôte, registrar:ID ou une autorité de certification ; "
            "trouvé : {found}{near}"
        ),
        "refused.who.near": " ; noms proches : {names}",
        "refused.who.no-actor": "attendu : quelqu’un que le catalogue décrit ; trouvé : {found}",
        "refused.who.group": (
            "{found}, un groupe : « depgraph catalogue list groups » en donne les membres, "
            "« depgraph dependence FILE --on GROUP » ce qui en dépend"
        ),
        "refused.who.country": (
            "{found}, un pays : « depgraph catalogue list companies » dit qui y a son siège, "
            "« depgraph takedown FILE --level country » ce que son droit permet d’arrêter"
        ),
        "refused.who.region": "{found}, une région d’un prestataire : « depgraph without FILE REGION » dit ce qui s’arrête avec elle",
        "refused.who.network": "{found}, un bloc d’adresses : « depgraph explain ADDRESS » dit qui est derrière l’une d’elles",
        "refused.who.address": "{found}, une adresse : « depgraph explain ADDRESS » dit qui est derrière",
        "refused.who.layer": "la couche {found} : « depgraph report FILE » dit qui s’y trouve",
        "refused.who.lever": "le levier {found} : « depgraph takedown FILE » dit qui l’a en main",
        "refused.look": "attendu : le nom d’un service ou un fichier, rien n’est donné : depgraph example.org",
        "refused.interrupted": "interrompu",
        "refused.interrupted-at": "interrompu : depgraph {name} reprend ce qui est gardé dans {path}",
        "refused.interrupted-list": "interrompu à {name} : la même commande reprend là",
        "refused.no-folder": (
            "attendu pour {output} : un dossier qui existe ; il n’y a pas de {folder}. Le créer "
            "(mkdir {folder}), ou donner un autre nom"
        ),
        "refused.reads-it": (
            "attendu : un autre fichier à écrire que ceux qui sont lus ; trouvé : {output}. "
            "Donner un autre nom, ou --force pour l’écraser"
        ),
        "refused.kept": (
            "attendu : un nouveau fichier à écrire ; {output} est {kept}. "
            "Donner un autre nom, ou --force pour l’écraser"
        ),
        "kept.world": "un monde",
        "kept.recording": "un relevé",
        "kept.graph": "un graphe",
        "refused.suffix": "attendu : un nom de fichier en {forms} ; trouvé : {suffix} dans {output}. Le renommer",
        "refused.form": (
            "attendu : un nom de fichier en {forms} ; trouvé : {suffix} dans {output}. Le renommer, ou choisir par --format"
        ),
        "refused.graph-built": (
            "attendu pour {option} : un relevé ; {file} est un graphe, déjà construit. "
            "Donner le relevé dont il est fait"
        ),
        "refused.graph-of": "attendu : un graphe de {name} dans {file} ; trouvé : un graphe de {found}",
        "refused.two-forms": "attendu : une seule forme ; trouvé : --json et --format {form}. Enlever l’une des deux",
        "refused.prefix": (
            "attendu : un nom d’hôte ou une adresse ; trouvé : le préfixe {found}. En donner une adresse"
        ),
        "refused.no-cases": "attendu : des cas en JSON Lines, un par ligne ; il n’y en a aucun",
        "refused.no-case-reads": "attendu : des cas en JSON Lines, un par ligne ; aucun ne se lit. {first}",
        "refused.name-or-list": "attendu : un nom, ou une liste de noms par --from ; trouvé : aucun des deux, ou les deux",
        "refused.no-output-folder": "attendu : un dossier pour les relevés (-o) ; rien n’est donné",
        "refused.no-list": "attendu pour {given} : une liste ; rien n’est donné. La donner par {option}",
        "refused.a-folder": "attendu : un fichier à écrire ; trouvé : le dossier {output}",
        "refused.none-observed": "attendu : des noms que l’on peut observer ; aucun des {n} ne l’est",
        "refused.dated": (
            "attendu : --dated une fois, ou une fois pour chacun des {n} fichiers dans leur ordre ; trouvé : {found} fois"
        ),
        "refused.found-file": "attendu : le nom d’un service ; trouvé : un fichier, que lit depgraph {file}",
        "refused.name-or-file": "attendu : le nom d’un service ou un fichier qui existe ; trouvé : {found}{near}",
        "refused.no-file": "attendu : un fichier qui existe ; il n’y en a pas de ce nom : {found}{near}{name}",
        "refused.no-file-with": (
            "attendu : un fichier qui existe, puisque {options} l’accompagne ; il n’y en a pas de ce nom : {found}{near}{name}"
        ),
        "refused.by-name": " (depgraph --name {word} interroge ce nom)",
        "refused.zip": "attendu pour --zip : un fichier en .zip ; trouvé : {output}. Écrire -o {stem}.zip",
        "refused.survey-needs": "attendu : des fichiers à lire et un dossier à écrire (-o) ; rien n’est donné. Voir --help",
        "refused.by-without-join": "attendu : la liste qui a la colonne de --by ; rien n’est donné. La donner par --join",
        "refused.no-services": "attendu : des services dans ce qui est lu ; aucun n’a pu être lu ou jugé",
        "refused.survey-there": (
            "attendu : un nouveau dossier ; {folder} contient une étude. Donner un autre dossier "
            "(--compare dit ce qui a bougé entre deux), ou --force pour l’écraser"
        ),
        "refused.files-there": "attendu : un nouveau dossier ; {folder} contient {files}. Donner un autre dossier",
        "usage.see": "Voir « {command} »",
        "usage.missing": "attendu : {name} ; rien n’est donné.",
        "usage.expected": "attendu pour {name} : {expected} ; trouvé : {found}.",
        "usage.no-option": "attendu : une option de cette commande ; trouvé : {option}.",
        "usage.no-option-near": "attendu : une option de cette commande, peut-être {near} ; trouvé : {option}.",
        "usage.no-value": "attendu : une valeur pour {option} ; rien n’est donné.",
        "usage.no-command": "attendu : une commande parmi {choices} ; trouvé : {found}.",
        "usage.extra": "attendu : aucun mot de plus ; trouvé : {found}.",
        "usage.one-file": "Un seul fichier ou dossier est lu : mettez les fichiers dans un dossier, et donnez celui-ci.",
        "usage.choice": "un mot parmi {choices}",
        "usage.from": "un nombre à partir de {least}",
        "usage.more": "un nombre au-dessus de {least}",
        "usage.dated": "attendu pour --dated : une date telle que 2021-02-15, 2023-06, 2022 ou 2009..2022 ; trouvé : {found}.",
        "usage.shard": "attendu : une part de la liste telle que 3/16 pour --shard ; trouvé : {found}.",
        "usage.upto": "attendu pour --upto : un nombre à partir de 1, ou « all » ; trouvé : {found}.",
        "usage.day": "un jour tel que 2026-01-31",
        "usage.file": "un fichier qui existe",
        "usage.observes": "Un fichier est lu ; pour observer un nom : depgraph {name}.",
        "usage.folder": "un dossier qui existe",
        "usage.new-file": "le nom d’un fichier à écrire",
        "usage.a-folder": "le dossier {found}",
        "help.word.INPUTS": "ENTRÉE",
        "help.word.FOLDER": "DOSSIER",
        "help.word.LIST": "LISTE",
        "help.word.COLUMN": "COLONNE",
        "help.word.SHEET": "FEUILLE",
        "help.word.FILE": "FICHIER",
        "help.word.WHAT": "QUOI",
        "help.word.SINCE": "JOUR",
        "help.word.FILES": "FICHIERS",
        "help.word.FILENAME": "FICHIER",
        "help.word.DIRECTORY": "DOSSIER",
        "help.word.NAME": "NOM",
        "help.word.NAME_OR_ADDRESS": "NOM_OU_ADRESSE",
        "help.word.WORD": "MOT",
        "help.word.WORDS": "MOTS",
        "help.word.ADDRESS": "ADRESSE",
        "help.word.PREFIX": "PRÉFIXE",
        "help.word.TIME": "DURÉE",
        "help.word.WHO": "QUI",
        "help.word.ACTORS": "ACTEURS",
        "help.word.CLAIM": "AFFIRMATION",
        "help.word.BEFORE": "AVANT",
        "help.word.AFTER": "APRÈS",
        "help.word.TEXT": "MOT",
        "help.word.INTEGER": "N",
        "help.word.INTEGER RANGE": "N",
        "help.word.FLOAT RANGE": "N",
        "help.word.COMMAND": "COMMANDE",
        "help.word.ARGS": "ARGUMENTS",
    }
)

COUNTRIES: Final = """\
AD,Andorre,,andorran;andorrane
AE,Émirats arabes unis,Émirats,émirati;émiratie;émirien;émirienne
AF,Afghanistan,,afghan;afghane
AG,Antigua-et-Barbuda,,
AI,Anguilla,,anguillais;anguillaise
AL,Albanie,,albanais;albanaise
AM,Arménie,,arménien;arménienne
AO,Angola,,angolais;angolaise
AQ,Antarctique,,
AR,Argentine,,argentin;argentine
AS,Samoa américaines,Samoa américaine,
AT,Autriche,,autrichien;autrichienne
AU,Australie,,australien;australienne
AW,Aruba,,arubais;arubaise
AX,Îles Åland,Åland,ålandais;ålandaise
AZ,Azerbaïdjan,,azerbaïdjanais;azerbaïdjanaise;azéri;azérie
BA,Bosnie-Herzégovine,Bosnie,bosnien;bosnienne
BB,Barbade,,barbadien;barbadienne
BD,Bangladesh,,bangladais;bangladaise
BE,Belgique,,belge
BF,Burkina Faso,,burkinabé;burkinabée;burkinabè
BG,Bulgarie,,bulgare
BH,Bahreïn,Bahrein,bahreïni;bahreïnie;bahreïnien;bahreïnienne
BI,Burundi,,burundais;burundaise
BJ,Bénin,,béninois;béninoise
BL,Saint-Barthélemy,Saint-Barth,
BM,Bermudes,,bermudien;bermudienne
BN,Brunei,,brunéien;brunéienne
BO,Bolivie,,bolivien;bolivienne
BQ,Pays-Bas caribéens,"Bonaire, Saint-Eustache et Saba",
BR,Brésil,,brésilien;brésilienne
BS,Bahamas,,bahaméen;bahaméenne
BT,Bhoutan,,bhoutanais;bhoutanaise
BV,Île Bouvet,,
BW,Botswana,,botswanais;botswanaise
BY,Biélorussie,Bélarus,biélorusse;bélarusse
BZ,Belize,,bélizien;bélizienne
CA,Canada,,canadien;canadienne
CC,Îles Cocos,,
CD,Congo-Kinshasa,Congo;République démocratique du Congo;RDC,congolais;congolaise
CF,République centrafricaine,,centrafricain;centrafricaine
CG,Congo-Brazzaville,Congo;République du Congo,congolais;congolaise
CH,Suisse,Confédération suisse,suisse
CI,Côte d’Ivoire,,ivoirien;ivoirienne
CK,Îles Cook,,
CL,Chili,,chilien;chilienne
CM,Cameroun,,camerounais;camerounaise
CN,Chine,République populaire de Chine,chinois;chinoise
CO,Colombie,,colombien;colombienne
CR,Costa Rica,,costaricain;costaricaine;costaricien;costaricienne
CU,Cuba,,cubain;cubaine
CV,Cap-Vert,Cabo Verde,cap-verdien;cap-verdienne
CW,Curaçao,,curacien;curacienne
CX,Île Christmas,,
CY,Chypre,,chypriote
CZ,Tchéquie,République tchèque,tchèque
DE,Allemagne,République fédérale d'Allemagne;RFA,allemand;allemande
DJ,Djibouti,,djiboutien;djiboutienne
DK,Danemark,,danois;danoise
DM,Dominique,,dominiquais;dominiquaise
DO,République dominicaine,,dominicain;dominicaine
DZ,Algérie,,algérien;algérienne
EC,Équateur,,équatorien;équatorienne
EE,Estonie,,estonien;estonienne
EG,Égypte,,égyptien;égyptienne
EH,Sahara occidental,,sahraoui;sahraouie
ER,Érythrée,,érythréen;érythréenne
ES,Espagne,,espagnol;espagnole
ET,Éthiopie,,éthiopien;éthiopienne
FI,Finlande,,finlandais;finlandaise
FJ,Fidji,,fidjien;fidjienne
FK,Îles Malouines,Malouines;Îles Falkland,
FM,Micronésie,États fédérés de Micronésie,micronésien;micronésienne
FO,Îles Féroé,Féroé,féroïen;féroïenne
FR,France,République française,français;française
GA,Gabon,,gabonais;gabonaise
GB,Royaume-Uni,Grande-Bretagne;Royaume-Uni de Grande-Bretagne et d'Irlande du Nord,britannique
GD,Grenade,,grenadien;grenadienne
GE,Géorgie,,géorgien;géorgienne
GF,Guyane française,Guyane,guyanais;guyanaise
GG,Guernesey,,guernesiais;guernesiaise
GH,Ghana,,ghanéen;ghanéenne
GI,Gibraltar,,gibraltarien;gibraltarienne
GL,Groenland,,groenlandais;groenlandaise
GM,Gambie,,gambien;gambienne
GN,Guinée,,guinéen;guinéenne
GP,Guadeloupe,,guadeloupéen;guadeloupéenne
GQ,Guinée équatoriale,,équato-guinéen;équato-guinéenne
GR,Grèce,République hellénique,grec;grecque;hellénique
GS,Géorgie du Sud-et-les Îles Sandwich du Sud,,
GT,Guatemala,,guatémaltèque
GU,Guam,,
GW,Guinée-Bissau,,bissaoguinéen;bissaoguinéenne
GY,Guyana,,guyanien;guyanienne
HK,Hong Kong,R.A.S. chinoise de Hong Kong,hongkongais;hongkongaise
HM,Îles Heard-et-MacDonald,,
HN,Honduras,,hondurien;hondurienne
HR,Croatie,,croate
HT,Haïti,,haïtien;haïtienne
HU,Hongrie,,hongrois;hongroise
ID,Indonésie,,indonésien;indonésienne
IE,Irlande,République d'Irlande,irlandais;irlandaise
IL,Israël,,israélien;israélienne
IM,Île de Man,,mannois;mannoise
IN,Inde,,indien;indienne
IO,Territoire britannique de l’océan Indien,,
IQ,Irak,,irakien;irakienne;iraquien;iraquienne
IR,Iran,République islamique d'Iran,iranien;iranienne
IS,Islande,,islandais;islandaise
IT,Italie,République italienne,italien;italienne
JE,Jersey,,jersiais;jersiaise
JM,Jamaïque,,jamaïcain;jamaïcaine;jamaïquain;jamaïquaine
JO,Jordanie,,jordanien;jordanienne
JP,Japon,,japonais;japonaise
KE,Kenya,,kényan;kényane
KG,Kirghizstan,Kirghizistan,kirghize
KH,Cambodge,,cambodgien;cambodgienne
KI,Kiribati,,kiribatien;kiribatienne
KM,Comores,,comorien;comorienne
KN,Saint-Christophe-et-Niévès,,
KP,Corée du Nord,Corée;République populaire démocratique de Corée,coréen;coréenne;nord-coréen;nord-coréenne
KR,Corée du Sud,Corée;République de Corée,coréen;coréenne;sud-coréen;sud-coréenne
KW,Koweït,,koweïtien;koweïtienne
KY,Îles Caïmans,Îles Caïman;Caïmans,caïmanien;caïmanienne
KZ,Kazakhstan,,kazakh;kazakhe
LA,Laos,,laotien;laotienne
LB,Liban,,libanais;libanaise
LC,Sainte-Lucie,,saint-lucien;saint-lucienne
LI,Liechtenstein,,liechtensteinois;liechtensteinoise
LK,Sri Lanka,,sri-lankais;sri-lankaise
LR,Liberia,,libérien;libérienne
LS,Lesotho,,lésothien;lésothienne
LT,Lituanie,,lituanien;lituanienne
LU,Luxembourg,Grand-Duché de Luxembourg,luxembourgeois;luxembourgeoise
LV,Lettonie,,letton;lettonne
LY,Libye,,libyen;libyenne
MA,Maroc,,marocain;marocaine
MC,Monaco,,monégasque
MD,Moldavie,République de Moldavie,moldave
ME,Monténégro,,monténégrin;monténégrine
MF,Saint-Martin,Saint-Martin (partie française),
MG,Madagascar,,malgache
MH,Îles Marshall,,marshallais;marshallaise
MK,Macédoine du Nord,Macédoine,macédonien;macédonienne
ML,Mali,,malien;malienne
MM,Myanmar (Birmanie),Myanmar;Birmanie,birman;birmane
MN,Mongolie,,mongol;mongole
MO,Macao,R.A.S. chinoise de Macao,macanais;macanaise
MP,Îles Mariannes du Nord,Mariannes du Nord,
MQ,Martinique,,martiniquais;martiniquaise
MR,Mauritanie,,mauritanien;mauritanienne
MS,Montserrat,,montserratien;montserratienne
MT,Malte,,maltais;maltaise
MU,Maurice,Île Maurice,mauricien;mauricienne
MV,Maldives,,maldivien;maldivienne
MW,Malawi,,malawite;malawien;malawienne
MX,Mexique,,mexicain;mexicaine
MY,Malaisie,,malaisien;malaisienne
MZ,Mozambique,,mozambicain;mozambicaine
NA,Namibie,,namibien;namibienne
NC,Nouvelle-Calédonie,,néo-calédonien;néo-calédonienne
NE,Niger,,nigérien;nigérienne
NF,Île Norfolk,,
NG,Nigeria,Nigéria,nigérian;nigériane
NI,Nicaragua,,nicaraguayen;nicaraguayenne
NL,Pays-Bas,Hollande,néerlandais;néerlandaise;hollandais;hollandaise
NO,Norvège,,norvégien;norvégienne
NP,Népal,,népalais;népalaise
NR,Nauru,,nauruan;nauruane
NU,Niue,,niuéen;niuéenne
NZ,Nouvelle-Zélande,Aotearoa,néo-zélandais;néo-zélandaise
OM,Oman,,omanais;omanaise
PA,Panama,,panaméen;panaméenne
PE,Pérou,,péruvien;péruvienne
PF,Polynésie française,,polynésien;polynésienne
PG,Papouasie-Nouvelle-Guinée,,papouan-néo-guinéen;papouane-néo-guinéenne
PH,Philippines,,philippin;philippine
PK,Pakistan,,pakistanais;pakistanaise
PL,Pologne,,polonais;polonaise
PM,Saint-Pierre-et-Miquelon,,
PN,Îles Pitcairn,Pitcairn,
PR,Porto Rico,,portoricain;portoricaine
PS,Territoires palestiniens,Palestine;État de Palestine,palestinien;palestinienne
PT,Portugal,,portugais;portugaise
PW,Palaos,Palau,paluan;paluane
PY,Paraguay,,paraguayen;paraguayenne
QA,Qatar,,qatari;qatarie;qatarien;qatarienne
RE,La Réunion,Réunion,réunionnais;réunionnaise
RO,Roumanie,,roumain;roumaine
RS,Serbie,,serbe
RU,Russie,Fédération de Russie,russe
RW,Rwanda,,rwandais;rwandaise
SA,Arabie saoudite,,saoudien;saoudienne
SB,Îles Salomon,,
SC,Seychelles,,seychellois;seychelloise
SD,Soudan,,soudanais;soudanaise
SE,Suède,,suédois;suédoise
SG,Singapour,,singapourien;singapourienne
SH,Sainte-Hélène,,
SI,Slovénie,,slovène
SJ,Svalbard et Jan Mayen,Svalbard,
SK,Slovaquie,République slovaque,slovaque
SL,Sierra Leone,,sierra-léonais;sierra-léonaise
SM,Saint-Marin,,saint-marinais;saint-marinaise
SN,Sénégal,,sénégalais;sénégalaise
SO,Somalie,,somalien;somalienne
SR,Suriname,Surinam,surinamais;surinamaise
SS,Soudan du Sud,,sud-soudanais;sud-soudanaise
ST,Sao Tomé-et-Principe,São Tomé-et-Príncipe,santoméen;santoméenne
SV,Salvador,El Salvador,salvadorien;salvadorienne
SX,Saint-Martin (partie néerlandaise),Sint Maarten,
SY,Syrie,République arabe syrienne,syrien;syrienne
SZ,Eswatini,Swaziland,swazi;swazie
TC,Îles Turques-et-Caïques,,
TD,Tchad,,tchadien;tchadienne
TF,Terres australes françaises,,
TG,Togo,,togolais;togolaise
TH,Thaïlande,,thaïlandais;thaïlandaise
TJ,Tadjikistan,,tadjik;tadjike
TK,Tokelau,,tokelauan;tokelauane
TL,Timor oriental,Timor-Leste,timorais;timoraise;est-timorais;est-timoraise
TM,Turkménistan,,turkmène
TN,Tunisie,,tunisien;tunisienne
TO,Tonga,,tongien;tongienne
TR,Turquie,,turc;turque
TT,Trinité-et-Tobago,,trinidadien;trinidadienne
TV,Tuvalu,,tuvaluan;tuvaluane
TW,Taïwan,République de Chine,taïwanais;taïwanaise
TZ,Tanzanie,,tanzanien;tanzanienne
UA,Ukraine,,ukrainien;ukrainienne
UG,Ouganda,,ougandais;ougandaise
UM,Îles mineures éloignées des États-Unis,,
US,États-Unis,États-Unis d'Amérique;USA,américain;américaine;états-unien;états-unienne;étasunien;étasunienne
UY,Uruguay,,uruguayen;uruguayenne
UZ,Ouzbékistan,,ouzbek;ouzbèke
VA,État de la Cité du Vatican,Vatican;Cité du Vatican;Saint-Siège,
VC,Saint-Vincent-et-les Grenadines,,saint-vincentais;saint-vincentaise
VE,Venezuela,,vénézuélien;vénézuélienne
VG,Îles Vierges britanniques,Îles Vierges,
VI,Îles Vierges des États-Unis,Îles Vierges;Îles Vierges américaines,
VN,Viêt Nam,Vietnam,vietnamien;vietnamienne
VU,Vanuatu,,vanuatais;vanuataise
WF,Wallis-et-Futuna,,wallisien;wallisienne
WS,Samoa,,samoan;samoane
YE,Yémen,,yéménite
YT,Mayotte,,mahorais;mahoraise
ZA,Afrique du Sud,,sud-africain;sud-africaine
ZM,Zambie,,zambien;zambienne
ZW,Zimbabwe,,zimbabwéen;zimbabwéenne
"""
"""A line a country of ISO 3166-1: code, name (Unicode CLDR, by Babel 2.19; of SH Saint Helena alone),
other names in use, and what its companies and its law are called, in the singular."""


def plural(number: float) -> str:
    """Return the plural category of a number: French counts 0 and 1.5 as one."""
    return "one" if number < 2 else "other"


_FINE, _FULL = "\u202f", "\u00a0"
_SPACED: Final = (
    (re.compile(r" (?=[;!?%€](?!\w))|(?<=\d) (?=\d{3}(?!\d))"), _FINE),
    (re.compile(r" (?=[:»])|(?<=«) "), _FULL),
)
"""No-break spaces: fine before ; ! ? % and in numbers, full before a colon and inside « »."""


def typeset(text: str) -> str:
    r"""Return a text in which no line ends before a sign that belongs to the word before it.

    >>> typeset("« Qui ? » : 12 % de 1 234")
    '«\xa0Qui\u202f?\xa0»\xa0: 12\u202f% de 1\u202f234'
    """
    for where, space in _SPACED:
        text = where.sub(space, text)
    return text


def number(text: str) -> str:
    r"""Return a number with a comma, and with a space before each three figures.

    >>> number("1234.5"), number("12345")
    ('1\u202f234,5', '12\u202f345')
    """
    whole, point, rest = text.partition(".")
    if whole.isdecimal():
        whole = f"{int(whole):,}".replace(",", _FINE)
    return f"{whole},{rest}" if point else whole


def _de(word: str) -> str:
    """Return *de* and a word, elided before a vowel (before an h only usage decides: never).

    >>> _de("Amazon"), _de("États-Unis"), _de("Canada"), _de("Cuba")
    ('d’Amazon', 'des États-Unis', 'du Canada', 'de Cuba')
    """
    every = _several(word)
    if not any(one in _articles() for one in every):
        return _plain_de(word)
    rest = word.removeprefix(", ".join(every))
    of = {one: _OF.get(_articles().get(one, "")) for one in every}
    return ", ".join(f"{of[one]}{one}" if of[one] else _plain_de(one) for one in every) + rest


def _plain_de(word: str) -> str:
    for article, of in _OF.items():
        if word.startswith(article):  # "le service lui-même"
            return of + word.removeprefix(article)
    return f"d’{word}" if word[:1].casefold() in _VOWELS else f"de {word}"


_OF: Final = {"le ": "du ", "les ": "des ", "la ": "de la ", "l’": "de l’"}
_VOWELS: Final = frozenset("aàâäæeéèêëiîïoôöœuùûü")


def _unknown(what: str) -> str:
    """Say that something is not known: the adjective agrees with the first word.

    >>> _unknown("adresses IPv4"), _unknown("relais de courrier"), _unknown("pays")
    ('adresses IPv4 inconnues', 'relais de courrier inconnus', 'pays inconnu')
    """
    return f"{what} {_UNKNOWN.get(what.partition(' ')[0], 'inconnu')}"


_UNKNOWN: Final = {
    **dict.fromkeys(("adresses", "autorités"), "inconnues"),
    **dict.fromkeys(("relais", "serveurs", "magasins"), "inconnus"),
    **dict.fromkeys(
        ("autorité", "entreprise", "délégation", "cible", "origine", "remise", "portée"), "inconnue"
    ),
    "quelque": "d’inconnu",
}


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PLURAL: Final = _codes(
    "AE AS AX BM BQ BS CC CK FJ FK FO HM KM KY MH MP MV NL PH PN PS PW SB SC TC TF TO UM US VG VI WS"
)
"""Countries that are several: *les Pays-Bas peuvent*."""
_NO_ARTICLE: Final = _codes(
    "AD AG AI AW BH BL CU CW CY DJ GG GI GU HK HT IL JE KI KN LC MC MF MG MO MS MT MU NR NU OM PM PR"
    " RE SG SH SM ST SX TK TT TV TW VC VU WF YT"
)
"""Countries without one: towns and most islands (*sans Cuba*); the name of RE has its own."""
_MASCULINE: Final = frozenset({"BZ", "CG", "IO", "KH", "MX", "MZ", "SR", "ZW"})
"""Countries whose first word ends in an *e* and that are *le*; any other with an *e* is *la*."""
_FEMININE: Final = frozenset({"GW", "SL"})
"""Countries that are *la* though their first word does not end in an *e*."""
_LEGAL: Final = re.compile(
    r", (?=(?:Inc|Ltd|LLC|Incorporated|L\.P|S\.|SL|UAB|a\.s|s\.r\.o|z\.s)\b)"
)
"""The comma before the legal form of a company, which does not begin another name."""


@cache
def _articles() -> Mapping[str, str]:
    """Return the definite article of each country, and of a group that takes one, by its name."""
    found = {TEXTS["group.eu"]: "l’", TEXTS["group.eea"]: "l’"}
    found |= {TEXTS["group.hyperscalers"]: "les ", TEXTS["group.cdn-giants"]: "les "}
    for code, name, *_ in csv.reader(COUNTRIES.splitlines()):
        found[name] = _article(code, name)
    return found


def _article(code: str, name: str) -> str:
    if code in _NO_ARTICLE:
        return ""
    if code in _PLURAL:
        return "les "
    if name[0].casefold() in _VOWELS:
        return "l’"
    first = name.partition(" ")[0]
    feminine = code in _FEMININE or (first.endswith("e") and code not in _MASCULINE)
    return "la " if feminine else "le "


def _several(names: str) -> list[str]:
    """Return the names of those meant, without what stands in brackets behind them.

    >>> _several("Suisse, Amazon.com, Inc."), _several("Big Tech (Google LLC, Meta)")
    (['Suisse', 'Amazon.com, Inc.'], ['Big Tech'])
    """
    known = names if names in _articles() else names.partition(" (")[0]
    return [name.replace("\0", ", ") for name in _LEGAL.sub("\0", known).split(", ")]


def _le(names: str) -> str:
    """Return names, each country with its article.

    >>> _le("États-Unis"), _le("Russie, Israël"), _le("Amazon.com, Inc.")
    ('les États-Unis', 'la Russie, Israël', 'Amazon.com, Inc.')
    """
    every = _several(names)
    articles = _articles()
    rest = names.removeprefix(", ".join(every))
    return ", ".join(articles.get(one, "") + one for one in every) + rest


def _verb(one: str, several: str) -> Callable[[str], str]:
    """Return a verb in the number of those who do it."""

    def agreed(names: str) -> str:
        every = _several(names)
        return several if len(every) > 1 or _articles().get(every[0]) == "les " else one

    return agreed


FORMS: Final[Mapping[str, Callable[[str], str]]] = MappingProxyType(
    {
        "de": _de,
        "le": _le,
        "inconnu": _unknown,
        "peut": _verb("peut", "peuvent"),
        "est": _verb("est", "sont"),
        "porte": _verb("porte", "portent"),
        "trouve": _verb("trouve", "trouvent"),
    }
)

TITLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "8chan on 4 August 2019, the day before Cloudflare ended its service": "8chan le 4 août 2019, la veille du retrait de Cloudflare",
        "8chan on 5 August 2019: BitMitigate, and Voxility one network up": "8chan le 5 août 2019 : BitMitigate, et Voxility un réseau plus haut",
        "8kun in the middle of September 2022: Zappie Host, and Xneelo one network up": "8kun à la mi-septembre 2022 : Zappie Host, et Xneelo un réseau plus haut",
        "8kun on 13 January 2021, behind DDoS-Guard, days before Parler was": "8kun le 13 janvier 2021, derrière DDoS-Guard, quelques jours avant Parler",
        "8kun on 25 August 2020": "8kun le 25 août 2020",
        "BitChute on 19 January 2021": "BitChute le 19 janvier 2021",
        "Gab in 2020": "Gab en 2020",
        "Gab in May 2023": "Gab en mai 2023",
        "Gab on 28 October 2018: GoDaddy and Joyent give a day": "Gab le 28 octobre 2018 : GoDaddy et Joyent accordent un jour",
        "Gab on 4 November 2018: back with Epik, behind Cloudflare": "Gab le 4 novembre 2018 : de retour avec Epik, derrière Cloudflare",
        "Kiwi Farms on 2 November 2022: Epik, and TerraHost in front": "Kiwi Farms le 2 novembre 2022 : Epik, et TerraHost en façade",
        "Kiwi Farms on 2 September 2022, the day before Cloudflare blocked it": "Kiwi Farms le 2 septembre 2022, la veille du blocage par Cloudflare",
        "Kiwi Farms on 24 May 2023: name servers under kiwifarms.net": "Kiwi Farms le 24 mai 2023 : serveurs de noms sous kiwifarms.net",
        "Kiwi Farms on 4 September 2022, behind DDoS-Guard for two days": "Kiwi Farms le 4 septembre 2022, deux jours derrière DDoS-Guard",
        "Kiwi Farms on 8 June 2023: name servers under 1776hosting.com": "Kiwi Farms le 8 juin 2023 : serveurs de noms sous 1776hosting.com",
        "NixOS on 19 August 2026: Netlify in front, Amazon beneath, Gandi for the name": "NixOS le 19 août 2026 : Netlify en façade, Amazon dessous, Gandi pour le nom",
        "OpenStreetMap on 11 June 2022: one upstream, Cogent": "OpenStreetMap le 11 juin 2022 : un seul transit, Cogent",
        "OpenStreetMap on 12 July 2024: behind Cloudflare": "OpenStreetMap le 12 juillet 2024 : derrière Cloudflare",
        "OpenStreetMap on 14 December 2024, the day before its only upstream failed": "OpenStreetMap le 14 décembre 2024, la veille de la panne de son seul transit",
        "OpenStreetMap on 18 December 2024: moved to Equinix": "OpenStreetMap le 18 décembre 2024 : passé chez Equinix",
        "OpenStreetMap on 19 June 2025, as one line in Germany saw it": "OpenStreetMap le 19 juin 2025, vu d’une ligne en Allemagne",
        "OpenStreetMap on 19 June 2026: behind Fastly": "OpenStreetMap le 19 juin 2026 : derrière Fastly",
        "OpenStreetMap on 19 November 2025: off Cloudflare the day after its outage": "OpenStreetMap le 19 novembre 2025 : sans Cloudflare, le lendemain de sa panne",
        "OpenStreetMap on 7 February 2020: its name at Bytemark and Gandi": "OpenStreetMap le 7 février 2020 : son nom chez Bytemark et Gandi",
        "Parler in March 2023, a month before it was shut down": "Parler en mars 2023, un mois avant sa fermeture",
        "Parler on 11 January 2021: cut off": "Parler le 11 janvier 2021 : coupé",
        "Parler on 15 February 2021: the relaunch 'not reliant on so-called Big Tech'": "Parler le 15 février 2021 : la relance « ne dépendant pas des prétendues Big Tech »",
        "Parler on 18 January 2021: a static page behind DDoS-Guard": "Parler le 18 janvier 2021 : une page statique derrière DDoS-Guard",
        "Parler on 9 January 2021, the day before Amazon Web Services evicted it": "Parler le 9 janvier 2021, la veille de son expulsion par Amazon Web Services",
        "PyPI on 21 August 2026, from its operator's own zone": "PyPI le 21 août 2026, d’après la zone de son opérateur",
        "Rumble in May 2023": "Rumble en mai 2023",
        "Signal's web site in 2020": "Le site web de Signal en 2020",
        "Switter on 16 April 2018, the day before Cloudflare ended its service": "Switter le 16 avril 2018, la veille du retrait de Cloudflare",
        "Telegram's web site on 25 September 2026: its own network, Google's DNS": "Le site web de Telegram le 25 septembre 2026 : son propre réseau, le DNS de Google",
        "The Daily Stormer on 13 August 2017: GoDaddy gives 24 hours": "The Daily Stormer le 13 août 2017 : GoDaddy accorde 24 heures",
        "The Daily Stormer on 14 August 2017: moved to Google Domains, for hours": "The Daily Stormer le 14 août 2017 : passé chez Google Domains, pour quelques heures",
        "The Mastodon server mastodon.social in 2020": "Le serveur Mastodon mastodon.social en 2020",
        "TheDonald.win in 2020": "TheDonald.win en 2020",
        "Truth Social in May 2023": "Truth Social en mai 2023",
        "WikiLeaks on 1 December 2010: Amazon ends hosting": "WikiLeaks le 1er décembre 2010 : Amazon cesse l’hébergement",
        "WikiLeaks on 10 December 2010: back, with Dynadot for registrar and name servers": "WikiLeaks le 10 décembre 2010 : de retour, Dynadot pour bureau d’enregistrement et serveurs de noms",
        "WikiLeaks on 2 December 2010: hosted elsewhere, with EveryDNS for its last day": "WikiLeaks le 2 décembre 2010 : hébergé ailleurs, dernier jour chez EveryDNS",
        "WikiLeaks on 27 October 2010, as Netcraft saw it": "WikiLeaks le 27 octobre 2010, vu par Netcraft",
        "WikiLeaks on 30 November 2010, the day before Amazon evicted it": "WikiLeaks le 30 novembre 2010, la veille de son expulsion par Amazon",
        "WikiLeaks on 4 December 2010: without name servers": "WikiLeaks le 4 décembre 2010 : sans serveurs de noms",
        "Wikipedia on 10 January 2021, from its operator's own zones": "Wikipédia le 10 janvier 2021, d’après les zones de son opérateur",
        "Wikipedia on 15 February 2021, from its operator's own zones": "Wikipédia le 15 février 2021, d’après les zones de son opérateur",
        "archlinux.org on 21 August 2026: behind HAProxy, at Hetzner": "archlinux.org le 21 août 2026 : derrière HAProxy, chez Hetzner",
        "aur.archlinux.org on 21 August 2026: behind HAProxy, at Hetzner": "aur.archlinux.org le 21 août 2026 : derrière HAProxy, chez Hetzner",
        "crates.io on 11 July 2026: all sent to Fastly": "crates.io le 11 juillet 2026 : tout est envoyé vers Fastly",
        "crates.io on 20 February 2026: half sent to CloudFront, half to Fastly": "crates.io le 20 février 2026 : la moitié vers CloudFront, la moitié vers Fastly",
        "crates.io on 22 January 2026: nine in ten sent to CloudFront, one to Fastly": "crates.io le 22 janvier 2026 : neuf sur dix vers CloudFront, un vers Fastly",
        "kiwifarms.ru on 4 September 2022: under DDoS-Guard's protection for a day": "kiwifarms.ru le 4 septembre 2022 : un jour sous la protection de DDoS-Guard",
        "presstv.com on 21 June 2021, the day before the United States seized the name": "presstv.com le 21 juin 2021, la veille de la saisie du nom par les États-Unis",
        "queer.af on 11 February 2024, the day before the registry suspended the name": "queer.af le 11 février 2024, la veille de la suspension du nom par le registre",
        "referendum.cat on 12 September 2017, the day before a court shut it": "referendum.cat le 12 septembre 2017, la veille de sa fermeture par la justice",
        "wikileaks.ch on 3 December 2010: a new name, the same name servers": "wikileaks.ch le 3 décembre 2010 : un nouveau nom, les mêmes serveurs de noms",
        "wikileaks.ch on 5 December 2010: easyDNS agrees to serve the name": "wikileaks.ch le 5 décembre 2010 : easyDNS accepte de servir le nom",
    }
)
"""The titles of the recordings that come with depgraph."""

_ROLES: Final = {
    "host": r"hébergeur",
    "front": r"(?:CDN|réseau\s+de\s+diffusion)",
    "registrar": r"(?:bureaux?\s+d['’]enregistrement|registraire)",
    "dns": r"(?:(?:prestataires?|fournisseurs?|opérateurs?)\s+(?:de\s+|du\s+)?DNS|service\s+(?:DNS|de\s+noms))",
    "mail": r"(?:prestataires?|fournisseurs?|opérateurs?)\s+de\s+(?:messagerie|courriel|courrier)",
    "certificate": r"autorité\s+de\s+certification",
}
"""Comment s'appellent ceux qui font quelque chose."""
_BEING: Final = (
    r"(?:(?<=\best\s)|(?<=\bétait\s)|(?<=\breste\s)|(?<=\bpas\s)|(?<=\bplus\s)|(?<=\bni\s))"
    r"(?:l['’]|(?:le|la|son|sa|notre|leur|une?)\s+)"
)
"""Ce qui précède ces mots là où ils se disent de quelqu’un ; une négation qui précède compte."""
_RUNS: Final = r"(?:gère(?:nt)?|exploite(?:nt)?|assure(?:nt)?|fournit|fournissent|héberge(?:nt)?)(?:\s+(?:plus|pas))?\s+(?:(?:la|le|les|son|sa|ses|notre|nos|leurs?)\s+)?"
_KEPT: Final = {
    "dns": r"(?:DNS|(?:serveurs?|service|résolution)\s+(?:de\s+noms?|DNS))",
    "mail": r"(?:courriels?|messageries?|e-?mails?|courrier)",
}
"""Couche -> la chose qui est gardée quelque part, là où ce n'est pas le site."""
_OTHER: Final = r"(?:(?:boîtes?\s+|serveurs?\s+de\s+)?(?:courriels?|messageries?|e-?mails?|courrier)|boîtes?\b|DNS\b|serveurs?\s+de\s+noms?)"
_ON: Final = rf"(?:\s+(?!{_OTHER})(?:[\w’'-]+|\d+\s*%)){{0,3}}?"
"""Quelques mots, dont aucun n'est une chose gardée à part du site."""
_OURS: Final = r"(?:nos|ses|leurs|notre|son|sa|leur)\s+propres?"
_SELF: Final = r"auto-?\s?héberg\w+"
_WE: Final = r"(?:nous-mêmes?|(?:lui|elle|eux|elles)-mêmes?)"
_TWO: Final = rf"(?:(?!{_OTHER})[\w’'-]+\s+){{0,2}}?"
_NOT: Final = r"(?:\s+(?P<own>pas|plus|jamais))?"
_ITSELF: Final = (
    rf"(?P<itself>{_SELF}|en\s+interne|par\s+(?:{_WE}|nos\s+(?:soins|(?:propres\s+)?(?:équipes|services)))"
    rf"|(?:sur|dans)\s+{_OURS}\s+(?:[\w-]+\s+){{0,2}}?(?:serveurs?|machines?|matériels?|infrastructures?|réseau|locaux|centres?\s+de\s+données|data\s*cent(?:er|re)s?))"
)
"""Comment on dit que personne d'autre ne le fait."""
_HELD: Final = {
    "host": r"(?:sites?(?:\s+web)?|serveurs?(?!\s+(?:de\s+)?(?:noms?|DNS|messagerie|courri))|plateforme|infrastructures?|hébergement|matériel|centres?\s+de\s+données|tout)",
    "dns": _KEPT["dns"],
    "mail": r"(?:(?:boîtes?\s+|serveurs?\s+de\s+)?(?:courriels?|messageries?|e-?mails?|courrier))",
}
"""Couche -> ce que l'on a en propre, ou fait soi-même."""
_IS: Final = (
    r"(?:n['’])?(?:est|sont|reste(?:nt)?)"
    r"(?:\s+(?:pas|plus|désormais|toujours|entièrement|totalement|complètement|intégralement|(?:à\s+)?100\s*%))*"
)
"""Ce qui se tient entre une chose et le seul mot qui dit de qui elle est."""
_NAMED: Final = (
    r"(?:(?:les?|la|services?|outils?|serveurs?|produits?)\s+)?(?:d[eu]s?\s+(?:la\s+|l['’])?|d['’]\s*|l['’])?"
    r"(?:(?-i:[A-Z])[\w.&-]*(?:\s+(?-i:[A-Z])[\w.&-]*){0,3}|(?:entreprise|société|prestataire|fournisseur|service)s?\s+[\w-]+)"
)
"""Quelqu'un, et ce qu'il peut y avoir de lui ("service de Google", "prestataire américain")."""

CLAIMS: Final = Claims(
    functions={
        "web": "web",
        "site web": "web",
        "site": "web",
        "sites web": "web",
        "sites": "web",
        "courrier": "mail",
        "courriel": "mail",
        "courriels": "mail",
        "messagerie": "mail",
        "messageries": "mail",
        "mail": "mail",
        "mails": "mail",
        "e-mail": "mail",
        "e-mails": "mail",
        "boîte mail": "mail",
        "boîtes mail": "mail",
        "boîtes aux lettres": "mail",
        "boîtes de messagerie": "mail",
        "serveur de messagerie": "mail",
        "serveurs de messagerie": "mail",
        "serveurs de courriel": "mail",
        "application": "app",
        "applications": "app",
        "nom": "name",
        "nom de domaine": "name",
        "noms de domaine": "name",
        "domaine": "name",
        "domaines": "name",
    },
    levels={
        "entreprise": "company",
        "prestataire": "provider",
        "fournisseur": "provider",
        "pays": "country",
        "réseau": "asn",
        "serveur de noms": "nameserver",
        "adresse": "address",
        "adresse ip": "address",
        "préfixe": "prefix",
        "point unique de défaillance": "company",
        "point de défaillance": "company",
        "point de défaillance unique": "company",
        "acteur": "company",
        "société": "company",
        "état": "country",
    },
    parts={
        "dns": _KEPT["dns"],
        "few": r"(?:\s+(?:[\w’'-]+|\d+\s*%)){0,3}?",
        "de": r"(?:de\s+la\s+|des?\s+|du\s+|d['’]\s*|de\s+l['’])",
        "a": r"(?:aux?\s+|à\s+(?!\d+\s*%)(?:la\s+|l['’])?|chez\s+|\(?par\)?\s+|sur\s+)",
        "stop": (
            r"(?:arrêter|couper|fermer|bloquer|censurer|débrancher|éteindre|expulser|suspendre|saisir|stopper"
            r"|faire\s+(?:taire|tomber)|mettre\s+hors\s+ligne)\b"
        ),
        "stopped": (
            r"(?:arrêtée?s?|coupée?s?|fermée?s?|bloquée?s?|censurée?s?|débranchée?s?|éteinte?s?|expulsée?s?"
            r"|suspendue?s?|saisie?s?|mise?s?\s+hors\s+ligne)\b"
        ),
        "can": (
            r"(?:peu(?:t|vent)|saurai(?:t|ent)|pourrai(?:t|ent)|pourr(?:a|ont)|(?:est|sont)\s+(?:pas\s+)?(?:in)?capables?\s+d(?:e|['’])"
            r"|(?:a|ont)\s+(?:pas\s+)?(?:le\s+pouvoir|les\s+moyens|le\s+droit)\s+d(?:e|['’]))"
        ),
        "who": r"(?P<who>[\w.’'&-]+(?:,?\s+[\w.’'&-]+){0,7}?)",
        "gone": (
            r"(?:tomb\w+(?:\s+en\s+panne)?|dispara\w+|défaill\w+|cess\w+|ferm\w+|s['’]arrêt\w+|s['’]effondr\w+"
            r"|se\s+reti\w+|(?:nous\s+|le\s+|la\s+|l['’])(?:coup|lâch|quitt|débranch|expuls|abandonn|suspend|exclu|bloqu)\w*"
            r"|(?:est|était|sont|étaient)\s+(?:en\s+panne|hors\s+(?:ligne|service)|indisponibles?|à\s+terre)"
            r"|(?:fait|fasse|faisait)\s+(?:faillite|défaut))(?!\w)"
        ),
        "loss": r"(?:pannes?|pertes?|défaillances?|départ|retrait|coupures?|indisponibilité|disparition)",
        "stay": (
            r"\b(?P<stay>(?:rest|demeur)\w+{few}\s+(?:en\s+ligne|debout|disponibles?|accessibles?|joignables?)"
            r"|(?:continu|fonctionn|tourn|march|surviv|répond)\w+|(?:tien|ten|tiendr)(?:t|s|ons|a|ait|ions)"
            r"|(?:est|sont|sommes|serait|serions)\s+(?:toujours|encore)\s+(?:là|en\s+ligne|disponibles?|accessibles?))(?!\w)"
        ),
        "fall": (
            r"\b(?:tomb\w+|cess\w+|dispara\w+|s['’]effondr\w+|(?:arrêt|coup|affect|chang)\w+(?:\s+pas)?"
            r"|(?:met(?:tr\w+)?|mise?s?)\s+hors\s+(?:ligne|service)"
            r"|(?:est|sont|sommes|serait|serions)\s+(?:hors\s+(?:ligne|service)|à\s+terre|inaccessibles?|coupée?s?))(?!\w)"
        ),
        "then": r"(?P<then>.*?(?:{stay}|{fall}))",
        # D'autres choses dont on dit la même.
        "also": (
            r"(?P<also>(?:(?:\s*,\s*|\s+(?:et|ou|ainsi\s+que)\s+)(?:[\w’'-]+\s+){0,2}?"
            r"(?:{dns}|{function})){0,4}?)"
        ),
        "if": r"(?<!sauf\s)(?:même\s+)?\b(?:si|quand|lorsqu(?:e|['’])|au\s+cas\s+où)",
    },
    cues=(
        Cue(
            "can-stop",
            r"(?:dépend\w*|tributaires?){few}\s+(?:(?:que|qu['’])\s*)?(?:{de}|(?:à\s+l['’]égard|vis-à-vis)\s+{de})|dépendances?{few}\s+(?:{de}|{a}|envers|(?:à\s+l['’]égard|vis-à-vis)\s+{de})",
        ),
        Cue(
            "can-stop",
            r"(?:à\s+la\s+merci|aux\s+mains)\s+{de}|(?:repos\w+|s['’]appu\w+|compt\w+)(?:\s+(?:non\s+pas|non|pas|ni))?(?:\s+\w+)?\s+sur",
        ),
        Cue(
            "can-stop",
            r"(?:\b(?:a|ont|ai|avons|avoir)\s+(?:(?:pas|plus|guère|nullement)\s+)?)?besoin\s+{de}(?=aucune?\s|(?:les?\s+|la\s+|l['’])?(?-i:[A-Z]))",
        ),
        Cue(
            "can-stop",
            r"\b(?:ont?|a|aurai(?:t|ent)|aura|auront)(?:\s+(?:aucune?|pas\s+de|plus\s+de|plus\s+aucune?))?"
            r"\s+(?:pouvoir|prise|emprise)\s+sur",
            before=True,
        ),
        Cue(
            "cannot-stop",
            r"(?:indépendan(?:te?s?|ces?)|autonom(?:es?|ie)|affranchie?s?)(?:\s+(?:\w+ment|à\s+\d+\s*%))?(?:\s+(?:à\s+l['’]égard|vis-à-vis))?\s+{de}|(?:se|nous)\s+pass\w+\s+{de}",
        ),
        Cue(
            "cannot-stop",
            r"(?:surviv\w+|fonctionn\w+|tourn\w+|marche\w*|exist\w+|continu\w+|viv\w+|tenir|tient){few}\s+sans",
        ),
        Cue(
            "cannot-stop",
            r"hors\s+(?:de\s+(?:la\s+)?)?(?:d['’]atteinte|portée)\s+{de}|à\s+l['’]abri\s+{de}",
        ),
        Cue(
            "can-stop",
            r"(?:s['’]arrêt\w+|tomb\w+|cess\w+|s['’]effondr\w+){few}\s+sans",
        ),
        Cue(
            "not-on-path",
            r"échapp\w+\s+{a}|sans(?!\s+(?:aucun\s+)?doute)(?P<own>\s+(?:aucune?|utiliser|recourir\s+à|passer\s+par))?|libre\s+{de}|exempte?s?\s+{de}",
        ),
        Cue("not-on-path", r"(?P<own>rien)\s+à\s+voir\s+avec"),
        Cue(
            "on-path",
            r"soumise?s?(?:\s+ni)?\s+{a}|rel[èe]v\w+(?:\s+(?:pas|plus|ni))?\s+{de}|sous(?=\s+(?:le\s+|la\s+)?(?:droit|loi|juridiction))",
        ),
        Cue(
            "on-path",
            r"(?:liens?\s+avec|utilis\w+|emplo(?:ie|yer)\w*|recour\w+\s+à|se\s+sert\s+{de}|pass\w+\s+par|tourn\w+\s+sur|fonctionn\w+\s+(?:sur|avec|grâce\s+à)|construite?s?\s+sur|clients?(?:\s+ni)?\s+{de})",
        ),
        Cue(
            "on-path",
            r"(?:avec|grâce\s+à)\s+(?:l['’]\s*(?:aide|appui|assistance)|le\s+(?:soutien|concours|renfort))\s+{de}",
        ),
        # « pas de Microsoft dans notre messagerie » : une négation et un nom, et au plus où.
        Cue(
            "not-on-path",
            rf"^\W*(?P<own>(?:(?:il\s+n['’]y\s+a|nous\s+n['’]avons|n['’]a)\s+)?(?:pas|aucune?|zéro))"
            rf"(?=\s+{_NAMED}(?:(?:\s*,\s*|\s+)(?:(?:et|ou|ni)\s+)?{_NAMED})*"
            r"(?:\s+(?:dans|pour|sur|derrière)\s+(?:(?:les?|la|nos|notre|son|sa|ses|leurs?)\s+|l['’])?(?:{function}|{dns}|service|infrastructure|hébergement)(?![\w-]))?\W*$)",
        ),
        # Où est un service, sans dire quelle partie : dit de tout ce qu'il a.
        Cue(
            "on-path",
            rf"(?:(?!{_OTHER})(?:{{function}}|service|plateforme)\s+(?:n['’])?(?:est|sont)|(?:est|sont|sommes|suis))(?:\s+(?:pas|plus|jamais))?"
            r"\s+(?:sur|chez|avec)(?=\s+(?:les?\s+|la\s+)?(?-i:[A-Z]))(?!\s+{profile})",
        ),
        Cue(
            "on-path",
            r"^\W*(?:(?:pas|non(?:\s+pas)?)\s+(?:chez|par|sur)\b|(?:chez|par|sur)(?=\s.*\b(?:pas|non)\s+(?:chez|par|sur)\b))",
        ),
        Cue("on-path", r"intervien\w+|(?:est|sont)\s+impliquée?s?", before=True),
        # Ce que le service fait lui-même.
        *(
            Cue(form, how, layer=layer)
            for layer, thing in _HELD.items()
            for form, how in (
                (
                    "done-by",
                    (
                        rf"(?:gér\w+|gère\w*|exploit\w+|héberg\w+|administr\w+|utilis\w+|poss[éè]d\w+|a|ont|avons|dispos\w+\s+d(?:e|['’])){_NOT}"
                        rf"\s+(?:de\s+)?(?P<itself>{_OURS})\s+{_TWO}{thing}"
                    ),
                ),
                (
                    "all-done-by",
                    rf"(?:gér\w+|gère\w*|exploit\w+|héberg\w+|administr\w+|assur\w+){_NOT}\s+(?P<itself>{_WE})\s+{_TWO}{thing}",
                ),
                (
                    "all-done-by",
                    rf"(?:gér\w+|gère\w*|exploit\w+|héberg\w+|administr\w+|assur\w+){_NOT}\s+{_TWO}{thing}{{also}}\s+(?P<itself>{_WE})",
                ),
                (
                    "all-done-by",
                    rf"{thing}(?:\s+(?!(?:chez|par|sur|à)\b)[\w’'-]+){{0,6}}?\s+{_ITSELF}"
                    if layer in _KEPT
                    else rf"(?:héberg\w+|tourn\w+|fonctionn\w+|repos\w+|s['’]appu\w+|gérée?s?|exploitée?s?|installée?s?)(?:\s+(?!(?:chez|par|sur|à|en|dans)\b|{_OTHER})[\w’'-]+){{0,3}}?\s+{_ITSELF}",
                ),
            )
        ),
        Cue("all-done-by", rf"(?P<itself>{_SELF})", layer="host"),
        *(
            Cue(
                "done-by",
                rf"(?:est|sommes|sont){_NOT}\s+(?P<itself>{_OURS})\s+{noun}",
                layer=layer,
            )
            for layer, noun in _ROLES.items()
        ),
        Cue(
            "done-by",
            rf"héberg\w+{_ON}\s+(?!aux?\s){{a}}|serveurs?(?!\s+(?:de\s+)?(?:noms?|DNS|messagerie|courri)){_ON}\s+(?:chez|par)",
            layer="host",
        ),
        Cue(
            "done-by",
            r"(?:héberge(?:nt|ait|aient|ra|ront)?)\b(?!{few}\s+(?:aux?|à|chez|par|sur|en|dans)\b)",
            before=True,
            layer="host",
        ),
        Cue("not-done-by", rf"héberg\w+{_ON}\s+hors\s+{{de}}", layer="host"),
        Cue("done-by", r"protégée?s?{few}\s+par|derrière", layer="front"),
        Cue(
            "done-by",
            r"(?:enregistrée?s?|déposée?s?|réservée?s?){few}\s+(?:chez|auprès\s+{de}|par)",
            layer="registrar",
        ),
        *cues_of_nouns(
            _ROLES,
            after=r"\s+(?:n['’])?(?:est|était|reste)",
            before=_BEING,
            unless=r"\s+(?:n['’])?(?:est|était)\b",
        ),
        *cues_of_verbs(
            {
                "front": r"protège",
                "mail": rf"{_RUNS}(?:courriels?|messageries?|e-?mails?|courrier)",
                "dns": rf"{_RUNS}{_KEPT['dns']}",
            },
            unless=r"{few}\s+(?:aux?|à|chez|par|sur|avec)\b",
        ),
        Cue(
            "done-by",
            r"certificats?(?:\s+[\w’'-]+){0,5}?\s+(?:(?:délivrée?s?|émis|signée?s?)\s+par|(?:vien\w+|provien\w+|issus?|éman\w+){few}\s+{de})",
            layer="certificate",
        ),
        Cue(
            "done-by",
            # "repose sur" says on whom it depends, not who runs it
            r"{dns}(?:\s+(?!(?:repos|s['’]appu|compt)\w)(?:[\w’'-]+|\d+\s*%)){0,3}?\s+(?!aux?\s){a}",
            layer="dns",
        ),
        Cue(
            "done-by",
            r"(?:courriels?|messageries?|e-?mails?|courrier){few}\s+(?:chez|par|confiée?s?\s+à)",
            layer="mail",
        ),
        *(
            Cue(
                form,
                rf"{thing}(?:\s+(?!(?:chez|par|sur|à)\b)[\w’'-]+){{0,6}}?\s+{where}",
                layer=layer,
            )
            for layer, thing in _KEPT.items()
            for form, where in (
                ("under-law", r"(?:en(?!\s+ligne)|dans|au(?!\s+lieu)|aux)(?=\s+\S)"),
                ("not-done-by", r"hors\s+{de}"),
            )
        ),
        Cue(
            "under-law",
            rf"(?:héberg\w+|serveurs?|stock\w+|située?s?|localisée?s?|données|infrastructures?|(?:sites?(?:\s+web)?|service|plateforme|tout|contenus?|trafic|il|elle)\s+reste\w*)"
            rf"(?:\s+(?:(?!(?:chez|par|sur|à)\b|de\s+(?:messagerie|courr)|{_OTHER})[\w’'-]+|à\s+\d+\s*%)){{0,3}}?\s+(?:en(?!\s+ligne)|dans|au(?!\s+lieu)|aux)(?=\s+\S)",
            layer="host",
        ),
        # De qui c'est : « notre messagerie est entièrement européenne ».
        *(
            Cue("under-law", rf"{thing}\s+{_IS}(?=\s+[\w’'-]+(?:\W*$|\s*,|\s+et\b))", layer=layer)
            for layer, thing in _HELD.items()
        ),
        Cue(
            "nobody-alone",
            r"(?:indépendan(?:te?s?|ces?)|autonom(?:es?|ie))(?:\s+(?:à\s+l['’]égard|vis-à-vis))?\s+{de}(?:toute?|chaque|une?\s+seule?|aucune?\s+seule?)"
            r"\s+(?P<level>{level})(?:\s+unique)?(?=\W*$|[,;.]|\s+(?:et|ou|mais|depuis)\b)",
        ),
        Cue(
            "somebody-alone",
            r"(?P<level>point\s+unique\s+de\s+défaillance|point\s+de\s+défaillance(?:\s+unique)?)|(?:une?\s+)?seule?\s+(?P<level1>{level})(?!\s+[\w’'-]+\s+(?:ne\s+)?{can})",
        ),
        # Denied by its own first word: "aucun pays ne peut ..." says that nobody can.
        Cue("somebody-alone", r"aucune?\s+(?P<level>{level})(?=\s+(?:seule?\s+)?ne\b)"),
        Cue(
            "can-stop",
            r"{can}(?P<who>(?:\s+[\w.’'&-]+){0,8}?)(?:\s+|(?<=['’]))(?:l['’]\s*)?{stop}",
            before=True,
        ),
        Cue(
            "can-stop",
            r"(?:im)?possible\s+(?:à|pour)\s+{who}\s+d(?:e\s+(?:\w+\s+)?|['’]){stop}",
            before=True,
        ),
        Cue("can-stop", r"(?:(?:être|été|est|sont|était)\s+(?:\w+\s+)?)?{stopped}(?:\s+ni)?\s+par"),
        Cue("somebody-alone", r"{can}{few}\s+être\s+{stopped}(?!(?:\s+ni)?\s+par\b)"),
        Cue("can-stop", r"{if}\s+{who}\s+{gone}{then}", before=True),
        Cue(
            "can-stop",
            r"(?:(?:^|,\s*)sans|même\s+sans)(?!\s+(?:aucun\s+)?doute)\s+{who}(?=\W){then}",
            before=True,
        ),
        Cue("can-stop", r"(?P<then>(?:{stay}|{fall}).*?)\s+{if}\s+{who}\s+{gone}", before=True),
        Cue("can-stop", r"{loss}\s+(?:{de}|chez\s+){who}(?=\W){then}", before=True),
        Cue(
            "cannot-stop",
            r"surviv\w+\s+(?:à\s+(?:une?\s+|la\s+|l['’])?|aux?\s+){loss}\s+(?:{de}|chez\b)",
        ),
        Cue(
            "somebody-alone",
            r"{if}\s+(?:une?\s+(?:seule?\s+)?|l['’]une?\s+de\s+nos\s+)(?P<level>{level})s?\s+{gone}{then}",
        ),
    ),
    not_function=r"(?!)",
    things={"dns": _KEPT["dns"], "certificate": r"certificats?"},
    owning=r"(?:notre|nos|son|sa|ses|leurs?|les?|la)(?:\s+propres?)?",
    too=r"(?:aussi|également|de\s+même|(?:nous|lui|elle|eux|elles)-mêmes?)",
    anew=r"\b(?:nous|on)\b",
    profiles=r"(?:Facebook|Twitter|X\b|Instagram|LinkedIn|TikTok|YouTube|Telegram|WhatsApp|Mastodon|Bluesky|Threads)",
    sending=(
        # What is received besides is read.
        r"^(?!.*\b(?:entrants?|reçoi\w+|réception|reçus?)\b).*?(?P<sent>"
        r"(?<!\w)(?:envo(?:ie|ient|yons|yer|is?|yé)\w*|expédi\w+)\s+(?:[\w’'-]+\s+){0,3}?(?:courriels?|courriers?|e-?mails?|messages|lettres|infolettres?)(?!\w)"
        r"|(?:courriels?|courriers?|e-?mails?|messages|infolettres?)\s+(?:[\w’'-]+\s+){0,4}?(?:envo(?:yé|i)\w*|expédié\w*|part(?:ent|is?)|sortants?)(?!\w)|infolettres?)"
    ),
    possessive=(
        r"son|sa|ses|le|la|les|leurs?|notre|nos|votre|vos|pour|du|une?|des?|dans|en|aucune?|toute?s?|tous|ni|propres?|l['’]|d['’]|{stop}"
    ),
    belonging=(
        (
            (
                r"\s+(?:de\s+(?:la\s+|l['’])?|du\s+|d['’])\s*(?:{service}|(?:(?:notre|ce(?:tte)?)\s+)?(?:service|plateforme|entreprise|organisation)\b)"
                r"(?!\s+(?:SA|SAS|SARL|Inc|LLC|Ltd)\b)"
            ),
            "",
        ),
        (r"(?<=\bsite\s){service}(?=\s)", ""),
    ),
    anybody=r"qui|quiconque|quelqu['’]un|personne|nul",
    tail=r"\bpour\b|\b(?:qui|que|dont|parce|depuis|après|afin)\b",
    together=(
        r"\s*[,/&(]\s*(?:(?:et|ou|ni|comme|tel(?:le)?s?\s+que)\s+)?(?:{de}|{a}|en\s+)?"
        r"|\s+(?:et|ou|ni|ainsi\s+que|comme|tel(?:le)?s?\s+que|y\s+compris)\s+(?:{de}|{a}|en\s+)?"
    ),
    affirms=r",?\s+mais\s+(?:plutôt\s+|bien\s+)?(?:(?P<by>{de}|{a}|en\s+))?(?:les?\s+|la\s+|l['’])?",
    denies=(
        r"(?:,?\s+(?:et\s+|mais\s+)?(?:non(?:\s+pas)?|pas)|,?\s+plutôt\s+(?:que|qu['’])|,?\s+au\s+lieu|^au\s+lieu|^plutôt\s+que)"
        r"\s*(?:(?P<by>{de}|{a}|en\s+))?(?:les?\s+|la\s+|l['’])?"
    ),
    acts=(
        {
            r"hébergée?s?": "host",
            r"protégée?s?": "front",
            r"(?:enregistrée?s?|déposée?s?|réservée?s?)": "registrar",
        },
        {
            r"(?:hébergement|sites?(?:\s+web)?|web)": "host",
            _KEPT["dns"]: "dns",
            r"(?:courriels?|messageries?|e-?mails?|courrier)": "mail",
            r"certificats?": "certificate",
        },
    ),
    inside=r"\b(?:en|dans|aux?|à)\s+(?:l['’]|la\s+|les?\s+)?(?:[\w-]+,\s+)?$",
    alternative=r"\b(?:ni|ou)\b",
    operators=(
        (
            "aside",
            (
                r"\b(?:contrairement\s+(?:à|aux?)|à\s+la\s+différence\s+d(?:e|u|es)|par\s+opposition\s+(?:à|aux?)|malgré|en\s+dépit\s+d(?:e|u|es))(?!\w)[^,;:]*"
                r"(?:,\s*(?:qui|dont|que)\b[^,;:]*)?,?"
                # Le siège d'une entreprise ne dit pas qui la sert.
                r"|\b(?:siège(?:\s+social)?|bureaux|équipes?|salariés?|fondateurs?|entreprise|société|fondation|association|sauvegardes?|nous)"
                r"\s+(?:n['’]|ne\s+)?(?:est|sont|sommes|était|étaient|rest\w+|travaill\w+|demeur\w+)(?:\s+(?:pas|toujours|aussi|\w+ment))?"
                r"(?:\s+(?:située?s?|basée?s?|établie?s?|installée?s?|implantée?s?|domiciliée?s?|gardée?s?))?\s+(?:en(?!\s+ligne)|aux?|dans)(?=\s+(?:les?\s+|la\s+)?(?-i:[A-ZÉÎ]))"
                r"(?:(?!\b(?:et|mais)\b)[^,;:])*"
            ),
        ),
        (
            "affirm",
            (
                r"\b(?:ne\s+|n['’])(?:[\w’']+\s+){1,2}?pas\s+(?:(?:\w+\s+)?(?:seulement|uniquement|simplement)\b|que\s+(?=d[eu’']|par\b|chez\b|sur\b|(?-i:[A-Z])))"
                r"|\b(?:non|pas)\s+(?:seulement|uniquement|simplement)\b"
                r"|\bmême\s+(?:si|quand|lorsqu\w+)\b|\b(?:sans\s+(?:aucun\s+)?doute|nul\s+doute)\b|^\W*non\s*,"
                r"|\b(?:ne\s+|n['’])\w+\s+pas\s+(?:\w+\s+)?(?:fiers?|fières?|heureu\w+|contente?s?)(?!\w)"
                r"|\b(?:problème|ennui|question)\s+n['’]est\s+pas\s+que\b"
            ),
        ),
        ("degree", r"(?<![\w.,])(?:à\s+)?(?:100|cent)\s*(?:%|pour\s*cent\b)"),
        (
            "open",
            (
                # Quand, dans quelle mesure, et ce qui ne serait que possible, ne se compose pas.
                r"\btout\s+(?:sauf|hormis|excepté|hors)\s+(?:(?:la|les?|son|sa|ses|notre|nos|leurs?)\s+|l['’])?(?:{function})\b|"
                r"\b(?:anciennement|auparavant|autrefois|jadis|jusqu['’]\S+|bientôt|prochainement|(?:l['’]an|l['’]année|le\s+mois)\s+(?:dernier|dernière|prochain|prochaine))(?!\w)"
                r"|\b(?:était|étaient|fut|sera|seront|serait|seraient|pourrai(?:t|ent)|devrai(?:t|ent)|aurait|avait\s+été)\s+(?:\w+\s+)?(?:chez|hébergée?s?|enregistrée?s?|gérée?s?)(?!\w)"
                r"|\b(?:une?\s+(?:tiers|quart|partie|minorité|fraction)|la\s+(?:moitié|plupart|majorité)|(?:une?|deux|trois|quatre|cinq|\d+)\s+d(?:es?|u))\b|(?<![\w.,])\d+(?:[.,]\d+)?\s*(?:%|pour\s*cent\b)|\bpour\s+cent\b|\bseule?s\s+(?:deux|trois)\b"
                r"|\b(?:ne\s+|n['’])peu(?:t|vent)\s+être\s+\w+\s+que\s+par\b|\b(?:concurrente?s?|rivale?s?|filiales?|revendeu(?:r|se)s?)\s+d(?:e|u|['’])|\b(?:ancien(?:ne)?s?\s+(?:employée?s?|salariée?s?)|bloqu\w+)(?!\w)|\bDNS\b[^,;]*\béchapp\w+|\bretir\w+[^,;]*\bDNS\b|\bpour\s+rien\b"
                r"|(?<!\w)à\s+moins\s+(?:que|qu['’]|de)|\bsi\b|\b(?:sur\s+le\s+papier|en\s+théorie)\b|\bs['’]ils?\b(?!\s+y\s+a)|\bdout(?:e|er|ons|ent|ez)\b"
                r"|\b(?:seulement|uniquement)\s+(?:si|quand|avec|ensemble|en|lorsqu\w+)\b|\b(?:tant|pourvu)\s+que\b|(?<!\w)à\s+condition\b|\bcomme\s+si\b"
                r"|\b(?:critiques?|rumeurs?|détracteurs?|adversaires?|certains\s+(?:disent|prétendent)|préten\w+|soi-disant(?=\s+dépend\w*))(?!\w)"
                rf"|\bpas\s+(?:tou(?:t|te|s|tes)|toujours|n(?:otre|os)(?!\s+(?:{'|'.join(_ROLES.values())})))\b"
                r"|\b(?:empêch\w+|évite\s+que)\b|\bsauf\s+si\b|\b(?:crain|redout|risqu|envisag|imagin|prévo)\w+\b|\bsi\s+(?:nous|on)\s+\w+(?:ions|ait)\b"
            ),
        ),
        (
            "vague",
            r"\bau\s+(?:plus|moins)\b|\b(?:peu|rarement|prétendue?s?|soi-disant)(?=\s+(?:de\s|(?:in)?dépend|autonom))|\b(?:rarement|peu\s+nient)\b|\b(?:plus|moins)\s+d(?:e|['’])\s*(?:une?|deux|trois)\b|\b(?:presque|quasi\w*|pratiquement)\b",
        ),
        (
            "except",
            (
                r"\b(?:(?<!tout\s)sauf|excepté|hormis|hors(?=\s+(?-i:[A-Z]))|d['’]autres?\s+que|autres?\s+que|à\s+(?:part|l['’]exception\s+d(?:e|u|es)|l['’]exception))(?!\w)"
                r"|(?<!\w)à\s+(?:part|l['’]exception\s+d(?:e\b|u\b|es\b|['’]))|\ben\s+dehors\s+d(?:e\b|u\b|es\b|['’])"
            ),
        ),
        (
            "only",
            r"\b(?:ne\s+|n['’])(?=\w+(?:\s+(?!pas\b|plus\b|jamais\b)\w+)?\s+(?:que\b|qu['’])(?!\s*(?:nous|vous|ils?|elles?|on|notre|nos)\b))|\b(?:seulement|uniquement|exclusivement)\b|\bjuste(?=\s+(?:par\s+|chez\s+|sur\s+)?(?-i:[A-Z]))|^\W*seule?s?(?=\s+(?:(?:des|les?|la)\s+|l['’]|(?-i:[A-Z])))|\b(?:le|la|les)\s+seule?s?\s+(?:\w+\s+)?(?:qui|à)(?!\w)",
        ),
        (
            "deny",
            (
                r"\b(?:fau(?:x|sse)|inexacte?|erronée?|(?:mensonge|mythe)(?=\s+que?\b))(?!\w)|\b(?:nie|nient|nions|nier|niait|démen\w+)\b|\brefus(?:e|ent|ons|é|er|ait)(?!\w)"
                r"|\brejet(?:te|tent|ons|é|er)(?!\w)|(?<!\w)évit(?:e|ent|ons|é|er|ant)(?!\w)|(?<!\w)(?:élimin|supprim)(?:e|ent|ons|é|er)(?!\w)|\bmis\s+fin\s+(?:à|aux?)(?!\w)"
                r"|\b(?:perd\w*|manqu\w+)(?=\s+(?:(?:notre|son|leur|d['’]|toute)\s*)?(?:indépendance|autonomie|dépendance))"
                r"|\bcess(?:é|e|ent|ons|er|ait)\s+(?:de\s|d['’])|\barrêt(?:é|e|ent|ons|er)\s+(?:de\s|d['’])(?=\s*\w+(?:er|re|ir)\b)"
                r"|\b(?:libres?\s+de|sans)(?=\s+(?:toute?\s+|aucune\s+)?(?:dépendance|dépendre|être\s+dépend))"
                r"|\b(?:romp\w*|coup(?:e|ent|ons|é|er))(?=\s+(?:tout|tous|nos|ses|les|leurs)\s+(?:(?:nos|les)\s+)?liens?\b)"
                r"|\bloin\s+(?:de\b|d['’])|\btout\s+sauf\b|\b(?:incapables?|impossible|zéro)(?!\w)"
            ),
        ),
        (
            "end",
            r"\b(?:est|sont|était)\s+(?:désormais\s+|aujourd['’]hui\s+)?(?:null?es?|nuls?|inexistante?s?|terminée?s?|finie?s?|révolue?s?|une?\s+(?:mythe|mensonge|leurre|illusion|fiction))(?!\w)",
        ),
        ("not", r"\bne\b(?:\s+(?=\w))?|\bn['’]"),
        (
            "concord",
            r"\b(?:pas\s+une?\s+seule?|non(?:\s+pas)?|ni|aucune?s?|jamais|pas|nullement|aucunement|guère|point(?!\s+(?:unique|de|d['’]))|personne|nul(?:le)?|rien)(?!\w)",
        ),
        ("alone", r"\bseule?s?(?!\w)|\bà\s+(?:elle|lui|eux|elles)\s+seule?s?"),
        (
            "degree",
            r"\b(?:entièrement|totalement|complètement|pleinement|strictement|tout\s+à\s+fait|forcément)\b",
        ),
        (
            "partly",
            r"\b(?:partiellement|en\s+partie|en\s+grande\s+partie|largement|principalement|essentiellement|surtout|parfois)\b",
        ),
        # What is said of a dependence may deny it: "notre indépendance est douteuse".
        (
            "open",
            r"\b(?:in)?dépendance\s+(?:d[eu’']|des|à|aux?|envers|vis-à-vis)\s*(?:\S+\s+){1,4}?(?:est|était|sera|reste|a)\b(?!\s+(?:totale|complète|réelle|connue|entière|absolue|forte)(?!\w))",
        ),
        # Verbs that are not listed may deny or weigh what they govern: "nous craignons de dépendre de".
        (
            "vague",
            (
                r"\b(?!(?:a|ont|avons|avoir|avait|est|sont|de|et|ou|avec|admet\w*|reconna\w+|confirm\w+|garde\w*|malgré|par|pour|sur|dans|en|à|ni)\b)\w+"
                r"\s+(?:notre|sa|leur|toute)\s+(?:\w+\s+)?(?:in)?dépendance\b"
                r"|\b(?!(?:continu\w+|choisi\w*|décid\w+|fiers?|capables?|obligée?s?|contrainte?s?)\b)[\w’']+\s+(?:de\s+|d['’]|à\s+)?(?:ne\s+pas\s+)?(?:dépendre|être\s+(?:in)?dépendante?s?)\b"
                r"|\b(?:veut|voulons|veulent|souhait\w+|compt(?:e|ons|ent)|espér\w+|envisag\w+|essa\w+|tent(?:e|ons|ent))\s+(?:(?:ne\s+)?(?:pas|plus)\s+)?(?:de\s+|d['’])?\w+(?:er|re|ir)\b"
            ),
        ),
        (
            "vague",
            (
                r"\b(?!(?:dit|disent|dire|disons|affirm\w+|vrai|confirm\w+|sa(?:it|vons|voir)|garanti\w*|assur\w+|annonc\w+|déclar\w+|admet\w*|reconna\w+|parce|puis|pour|afin|ainsi|alors|bien|tandis|dès|plutôt"
                r"|tels?|telles?|clair|certain\w*|sûre?s?|fiers?|pens\w+|cro\w+|montr\w+|et|ou|est|même|autres?|au\s+lieu)\b)[\w-]+\s+(?:que\s+|qu['’])"
                r"(?=(?:nous|notre|nos|ils?|elles?|le|la|les|on|ce|cette|ces|aucune?|personne|ni)\b|[lcj]['’]|(?-i:[A-Z]))"
            ),
        ),
    ),
    half=r"\bque\b|\bqu['’]",
    closes=(
        r"\b(?:et|donc|car|puisque|parce|si|quand|lorsque|alors)\b|:"
        r"|,\s+(?:nous|il|elle|on|notre|nos|ils|elles|le|la|les|ce|cette|vous)\b"
    ),
    concerning=r"(?-i:[A-Z])[\w.’'&-]*\s*,\s*(?:qui|dont)\b",
    another=(
        rf"(?:son|sa|ses|notre|nos|leurs?|votre|vos|les?|la|l['’])\s*(?!{_KEPT['dns']})(?:{'|'.join(_ROLES.values())}|registre)"
        r"(?:\s+(?:de|du|d['’])\s*(?:(?:notre|son|la|l['’])\s*)?[\w.-]+)?"
    ),
    meanwhile=(
        r"(?:ne|n['’]\w*|est|sont|a|ont|été|pas|plus|jamais|aussi|lui-même|elle-même|à\s+son\s+tour|encore|peut|peuvent|se)"
    ),
    own_phrase=r"\b(?:avec|pour|malgré|sans)\s+$",
    joined=r"\b(?:et|ou|ni)\s*$",
    either=r"\bou\b",
    whichever=r"\bsoi(?:t|ent)\s+(?:{de}|{a}|en\s+)?$",
    asks=(
        r"\W*(?:(?:(?:à|chez|par|de|avec)\s+)?(?:qui|quels?|quelles?)\s.*"
        r"|(?:où|quand|pourquoi|comment|combien|que|qu['’])\s?.*\?)"
    ),
    breaks=(
        r"(?:(?<!(?-i:[A-Z]))[.;!?]|\s[—–-])(?=\s|$)|,?\s+(?:mais|tandis\s+que|alors\s+que|bien\s+que)\s+"
        r"|(?:,\s*(?:et\s+)?|\s+et\s+)(?=(?:pas|non)\s+(?:(?:son|notre|le|la|leur)\s+)?(?:{function})\W*(?:[.;]|$))"
    ),
    other_function=r"\W*(?:pas|non)\s+(?:(?:son|notre|le|la|leur|pour)\s+)*(?P<what>{function})\W*",
    untested=(
        (
            "quality",
            (
                r"durab\w+|pérenn\w+|soutenab\w+|robust\w+|sûre?s?|sûreté|sécurisée?s?|sécurité|fiab\w+|résilien\w+|souverain\w*|neutr\w+"
                r"|décentralis\w+|écologi\w+|éthiques?|confian\w+|transparen\w+|vie\s+privée|privée?s?|libre(?!\s+d)|liberté\s+d['’]expression|stab\w+|permanen\w+"
            ),
        ),
        (
            "nobody-named",
            r"indépendan(?:te?s?|ces?)(?!\s+(?:(?:\w+ment|à\s+\d+\s*%)\s+)?(?:de|du|des|d['’]|vis|à\s+l))|autonom(?:es?|ie)(?!\s+(?:(?:\w+ment|à\s+\d+\s*%)\s+)?(?:de|du|des|d['’]|vis|à\s+l))|autosuffisan\w+",
        ),
        (
            "comparative",
            r"(?<!ne\s)(?<!\bdépend\s)\b(?:plus|moins)\b(?=\s+(?:\w+(?:ent|ant|able|aine?|ique|ome|ère|eux|euse|iste|ible|elle?|ste)s?|de\s+dépendance))|\b(?:mieux|meilleure?s?|rédui\w+|renforc\w+|accr\w+)\b",
        ),
        (
            "future",
            r"\b(?:sera|seront|va|vont|veut|veulent|souhait\w+|compte|entend|prévoit|espère|bientôt|à\s+l['’]avenir)\b",
        ),
        (
            "time",
            (
                r"\b(?:en|avant|pendant|durant|courant)\s+(?:(?!(?:19|20)\d\d)[\w,]+\s+){0,3}?(?P<year>(?:19|20)\d\d)\b"
                r"|\b(?:depuis|dès|après)\s+(?:(?!(?:19|20)\d\d)[\w,]+\s+){0,3}?(?:19|20)\d\d\b"
                r"|\b(?:depuis|dès|à\s+partir\s+d[eu])\s+(?:(?:le|début|fin|mi|\d{1,2}(?:er)?|cet?(?:te)?)[\s-]+){0,3}"
                r"(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|printemps|été|automne|hiver|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche)(?!\w)"
                r"|\b(?:en\s+semaine|les?\s+(?:week-?ends?|jours\s+ouvrés|nuits?|(?:lun|mar|mercre|jeu|vendre|same)dis?|dimanches?)|la\s+nuit)\b"
                r"|\b(?:l['’](?:an|année)|le\s+mois|la\s+semaine)\s+(?:derni\w+|passée?)\b|\b(?:hier|récemment|dernièrement|provisoirement|temporairement|depuis\s+(?:\w+\s+)?(?:ans|mois|semaines|années|toujours|longtemps))\b"
                r"|\b(?:n['’](?:a|ont|avons|avait|était)\s+jamais|a\s+toujours|était\s+toujours)\b"
            ),
        ),
    ),
    spelt=(
        "indépendant",
        "indépendante",
        "indépendants",
        "indépendantes",
        "dépend",
        "dépendre",
        "dépendant",
        "dépendante",
        "dépendent",
        "hébergé",
        "hébergée",
        "héberge",
        "hébergés",
        "hébergées",
        "exploité",
        "exploitée",
        "enregistré",
        "enregistrée",
        "protégé",
        "protégée",
        "utilise",
        "utilisent",
        "repose",
        "reposent",
        "personne",
        "aucun",
        "aucune",
        "héberger",
        "exploiter",
        "exploite",
        "enregistrer",
        "enregistre",
        "protéger",
        "protège",
        "utiliser",
        "utilisé",
        "reposer",
    ),
    outside=(
        r"(?:\b(?P<each>(?:aucune?|toute?|une?\s+seule?)\s+(?P<level>{level})|personne|nul|rien|quiconque|qui\s+que\s+ce\s+soit)\s+(?:\w+ée?s?\s+)?)?"
        r"(?:\b(?:hors|en\s+dehors|(?<!\bpas\s)non)(?:\s+(?:de\s+la\s+|du\s+|des\s+|de\s+l['’]|de\s+|d['’])?)|\bnon-)"
    ),
    jointly=r"\b(?:ensemble|conjointement)\b",
    beside={
        layer: (
            rf"\b(?:{noun})s?\s+(?:{{de}})?",
            (
                rf"\s+comme\s+(?:{noun})(?!\w)"
                rf"|\s+pour\s+(?:(?:la|les?|son|sa|ses|notre|nos|leurs?)\s+|l['’])?(?P<task>{task})(?!\w)"
            ),
        )
        for layer, noun, task in (
            ("host", _ROLES["host"], r"hébergement(?!\s+\w)"),
            ("front", _ROLES["front"], "protection"),
            ("registrar", _ROLES["registrar"], "enregistrement"),
            ("dns", rf"{_ROLES['dns']}|{_KEPT['dns']}", _KEPT["dns"]),
            (
                "mail",
                rf"{_ROLES['mail']}|serveurs?\s+de\s+(?:messagerie|courriel|courrier)",
                "(?!)",
            ),
            ("certificate", rf"{_ROLES['certificate']}|certificat", "certificats?"),
        )
    },
    articles=(
        r"(?:les?|la|une?|des?|du|aux?|tous|toutes|soi[- ]disante?s?|prétendue?s?)\s+"
        r"|(?:l|d)['’]\s*"
    ),
    subject=(
        r"(?:l[ae]s?\s+|l['’]\s*)?(?:(?:sites?(?:\s+web)?|{function}|services?)\s+{de})?"
        r"(?!(?:je|ils?|elles?|on|nous|vous|ce|cela|ça)\b){called}"
        r"(?:\s+(?:est|sont|était|étaient|a|ont|été|être|ne|se|peut|peuvent|dit|affirme|prétend|n['’]\w+|elle-même"
        r"|lui-même|aussi|toujours|encore|aujourd['’]hui|pas|plus|jamais|\w+ment|à|\d+\s*%))*"
    ),
    law=(
        (
            r"(?:entreprises?|sociétés?|compagnies?|firmes?|fournisseurs?|prestataires?|droits?|lois?"
            r"|tribuna(?:l|ux)|justice)\s+(?:(?:de\s+droit|en|au)\s+)?(?P<land>.+)"
        ),
    ),
)
