"""English."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from depgraph.texts.language import Claims, Cue, cues_of_nouns, cues_of_verbs

TEXTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        # Words that stand alone
        "function.web": "web",
        "function.web-apex": "web (without www)",
        "function.web-www": "web (www)",
        "function.mail": "mail",
        "function.app": "app",
        "function.name": "name",
        "function.whole": "the whole service",
        "function.at": "{function} ({host})",
        "the.web": "the web site",
        "the.web-apex": "the web site (without www)",
        "the.web-www": "the web site (www)",
        "the.mail": "the mail",
        "the.app": "the app in the stores",
        "the.name": "the name",
        "its.web": "the web site of {subject}",
        "its.web-www": "the web site www.{subject}",
        "its.mail": "the mail of {subject}",
        "its.app": "the app of {subject}",
        "its.name": "the registration of {subject}",
        "its.dns": "the name service of {subject}",
        "its.certificate": "the certificate of {subject}",
        "named.function": "{name}",
        "named.host": "host {name}",
        "named.addresses": "addresses of {name}",
        "named.front": "front {name}",
        "named.prefix": "prefix {name}",
        "named.asn": "network {name}",
        "named.block": "block {name}",
        "named.zone": "zone {name}",
        "named.nameservers": "name servers of {name}",
        "named.lookup": "look-up of {name}",
        "named.attempt": "{name}, which did not serve us",
        "named.nameserver": "name server {name}",
        "named.exchanges": "mail exchanges of {name}",
        "named.exchange": "mail exchange {name}",
        "named.mailbox": "mailboxes of {name}",
        "named.authorities": "certificate of {name}",
        "named.step": "third party of {name}",
        "named.channels": "stores of the app of {name}",
        "named.registration": "registration of {name}",
        "named.registrars": "registrars of {name}",
        "named.anyone": "any certificate authority",
        "named.stranger": "anyone who takes {name}",
        "named.unknown": "unknown: {name}",
        "level.provider": "provider",
        "level.company": "company",
        "level.country": "country",
        "level.asn": "network (AS)",
        "level.prefix": "prefix",
        "level.address": "address",
        "level.nameserver": "name server",
        "kind.service": "service",
        "kind.function": "function",
        "kind.host": "host",
        "kind.addresses": "addresses",
        "kind.front": "front",
        "kind.address": "address",
        "kind.prefix": "prefix",
        "kind.asn": "network (AS)",
        "kind.block": "address block",
        "kind.zone": "zone",
        "kind.nameservers": "name servers",
        "kind.lookup": "look-up",
        "kind.attempt": "alternative that did not serve us",
        "kind.nameserver": "name server",
        "kind.exchanges": "mail exchanges",
        "kind.exchange": "mail exchange",
        "kind.mailbox": "mailboxes",
        "kind.authorities": "certificate",
        "kind.step": "third party",
        "kind.channels": "stores",
        "kind.anyone": "anyone",
        "kind.registration": "registration",
        "kind.registrars": "registrars, of whom it is one",
        "kind.provider": "provider",
        "kind.company": "company",
        "kind.country": "country",
        "kind.unknown": "unknown",
        "state.works": "works",
        "state.fails": "fails",
        "state.undetermined": "undetermined",
        "state.absent": "not offered",
        "answer.yes": "yes",
        "answer.no": "no",
        "answer.undetermined": "undetermined",
        "ruling.supported": "supported",
        "ruling.partly": "supported in part",
        "ruling.contradicted": "contradicted",
        "ruling.undetermined": "undetermined",
        "ruling.not-applicable": "does not apply",
        "evidence.observed": "observed",
        "evidence.published": "published by the operator",
        "evidence.reported": "reported",
        "evidence.inferred": "inferred",
        "evidence.unknown": "unknown",
        "evidence.definition": "by definition",
        "confidence.certain": "certain",
        "confidence.likely": "likely",
        "confidence.possible": "possible",
        "power.read": "read",
        "power.redirect": "redirect",
        "power.not-validating": "not of clients that validate",
        "power.refuse": "refuse",
        "layer.registrar": "registrar",
        "layer.registry": "registry",
        "layer.back-end": "registry back-end",
        "layer.registry-dns": "TLD name servers",
        "layer.dns": "name service",
        "layer.front": "front",
        "layer.host": "host",
        "layer.network": "network",
        "layer.transit": "upstream",
        "layer.mail": "mail exchange",
        "layer.mailbox": "mailboxes",
        "layer.certificate": "certificate",
        "layer.third-party": "third party",
        "layer.app": "app store",
        "layer.block": "address block",
        "layer.allocation": "address registry",
        "layer.involvement": "involved, role not stated",
        "layer.serving": "host or front",
        "layer.mail-network": "network of the mail",
        "layer.mail-block": "address block of the mail",
        "layer.mail-allocation": "address registry of the mail",
        "layer.dns-network": "network of the name service",
        "layer.dns-block": "address block of the name service",
        "layer.dns-allocation": "address registry of the name service",
        "layer.signing": "keys of the zone (DNSSEC)",
        "turn.appeared": "appeared",
        "turn.vanished": "vanished",
        "turn.no-longer-known": "no longer known",
        "turn.changed": "changed",
        "turn.newly-known": "newly known",
        "relation.operator": "run by",
        "relation.registrar": "registered through",
        "relation.signer": "signed by",
        "relation.registry": "registry",
        "relation.back-end": "run by",
        "relation.delegation": "whether it is delegated:",
        "relation.primary": "copied from",
        "relation.network": "announced by",
        "relation.transit": "carried to the rest of the Internet by",
        "relation.holder": "held by",
        "relation.allocation": "allocated by",
        "relation.certificate": "certified by",
        "relation.step": "hands a step to",
        "relation.channel": "is had from",
        "relation.owner": "belongs to",
        "relation.parent": "under",
        "relation.law": "under the law of",
        "relation.mailbox": "mailboxes",
        "relation.sender": "lets send in its name",
        "relation.exchange": "mail exchange",
        "relation.nameserver": "served by",
        "relation.address": "found at",
        "relation.alias": "an alias of",
        "relation.front": "behind",
        "relation.prefix": "in",
        "relation.zone": "a name in",
        "relation.function": "offers",
        "relation.involvement": "is said to involve",
        "relation.host": "served from",
        "relation.registration": "registered as",
        "relation.origin": "carried by",
        "relation.block": "in the block",
        "relation.platform": "built on",
        "group.big-tech": "Big Tech",
        "group.hyperscalers": "Hyperscalers",
        "group.cdn-giants": "CDN giants",
        "group.eu": "European Union",
        "group.eea": "European Economic Area",
        "defined.big-tech": "The five companies called GAFAM: Alphabet (Google), Amazon, Apple, Meta (Facebook) and Microsoft, with whatever they own on the day asked about. The same set as the House Judiciary subcommittee's investigation of 2020 (Amazon, Apple, Facebook, Google) and Microsoft.",
        "defined.hyperscalers": "The companies whose public clouds are sold in regions worldwide and led the market by revenue in 2024: Amazon, Microsoft, Alphabet, Alibaba, Oracle, Tencent, Huawei, IBM.",
        "defined.cdn-giants": "The content delivery networks that serve the most sites of the Alexa top 100,000 by the count of Kashaf et al. 2020 and lead by revenue since: Akamai, Amazon (CloudFront), Cloudflare, Fastly, Alphabet, Microsoft.",
        "defined.eu": "Companies that answer to the courts of a member state of the European Union (27 since 2020-02-01).",
        "defined.eea": "The member states of the European Union, and Iceland, Liechtenstein and Norway.",
        "sourced.big-tech": "U.S. House Judiciary Committee, Investigation of Competition in Digital Markets (October 2020), for four of them; the usual GAFAM list for Microsoft",
        "sourced.hyperscalers": "Gartner and Synergy Research market shares for cloud infrastructure services, 2024 (press releases)",
        "sourced.cdn-giants": "Kashaf, Sekar, Agarwal, IMC 2020, data set AqsaKashaf/Analyzing-Third-party-Dependencies",
        "turn.same": "same",
        "turn.incomparable": "cannot be compared",
        "turn.same-as-known": "same as far as known",
        "layer.mail.brief": "mail",
        "layer.behind": "further behind",
        "evidence.published.brief": "published",
        # Lists, dates
        "list.and": "{head} and {last}",
        "month.1": "Jan",
        "month.2": "Feb",
        "month.3": "Mar",
        "month.4": "Apr",
        "month.5": "May",
        "month.6": "Jun",
        "month.7": "Jul",
        "month.8": "Aug",
        "month.9": "Sep",
        "month.10": "Oct",
        "month.11": "Nov",
        "month.12": "Dec",
        "date": "{day} {month} {year}",
        "list.comma": ", ",
        "list.semicolon": "; ",
        # Levers: in short, and as a sentence
        "can.suspend": "{actor} can suspend the registration of {where}",
        "can.delete": "{actor} can delete {where}",
        "can.order-hold": "{actor} can order {where} to be put on hold at the registry",
        "can.hold": "{actor} can put {where} on hold at the registry",
        "can.stop-dns": "{actor} can stop answering DNS queries ({where})",
        "can.stop-signed-dns": "{actor} can stop answering DNS queries ({where})",
        "can.let-lapse": "{actor} can let the signatures of {where} lapse",
        "can.drop-front": "{actor} can drop the front {where}",
        "can.evict": "{actor} can stop hosting {where}",
        "can.stop-serving": "{actor} can stop serving {where}",
        "can.withdraw-network": "{actor} can withdraw the network {where}",
        "can.withdraw-addresses": "{actor} can withdraw the addresses {where}",
        "can.revoke-addresses": "{actor} can revoke the addresses {where}",
        "can.stop-mail": "{actor} can stop the mail ({where})",
        "can.send-as": "{actor} can say who sends mail in the name of {where}, and have its mail refused",
        "can.refuse-certificate": "{actor} can refuse or revoke the certificate of {where}",
        "can.cut-third-party": "{actor} can stop what it does as a third party ({where})",
        "can.remove-app": "{actor} can take the app out of its store ({where})",
        "lever.suspend": "suspend the name",
        "lever.delete": "delete the name",
        "lever.order-hold": "order a hold at the registry",
        "lever.hold": "put the name on hold at the registry",
        "lever.stop-dns": "stop answering DNS",
        "lever.stop-signed-dns": "stop answering DNS, without the keys of the zone",
        "lever.let-lapse": "let signatures lapse",
        "lever.drop-front": "drop the front",
        "lever.evict": "evict the host",
        "lever.stop-serving": "stop serving",
        "lever.withdraw-network": "withdraw the network",
        "lever.withdraw-addresses": "withdraw the addresses",
        "lever.revoke-addresses": "revoke the addresses",
        "lever.stop-mail": "stop the mail",
        "lever.send-as": "say who sends in its name",
        "lever.refuse-certificate": "refuse the certificate",
        # What is unknown, and why
        "what.addresses": "addresses",
        "what.IPv4 addresses": "IPv4 addresses",
        "what.IPv6 addresses": "IPv6 addresses",
        "what.malformed addresses": "malformed addresses",
        "what.authorities": "certificate authorities",
        "what.authority": "certificate authority",
        "what.issuer": "issuer",
        "what.company": "company",
        "what.country": "country",
        "what.DNS operator": "DNS operator",
        "what.further records": "further records",
        "what.glue": "glue",
        "what.holder": "holder",
        "what.host": "host",
        "what.mail exchanges": "mail exchanges",
        "what.mail operator": "mail operator",
        "what.mailbox operator": "mailbox operator",
        "what.malformed MX": "malformed MX",
        "what.relay": "delivery by the others",
        "what.third party": "third party",
        "what.stores": "app stores",
        "what.malformed name servers": "malformed name servers",
        "what.name servers": "name servers",
        "what.network": "network",
        "what.operator": "operator",
        "what.origin": "origin",
        "what.registrar": "registrar",
        "what.registry": "registry",
        "what.back-end": "back-end of the registry",
        "what.delegation": "delegation",
        "what.effect": "effect",
        "what.reach": "reach of a law",
        "what.address registry": "address registry",
        "what.target": "alias target",
        "what.role": "role",
        "what.service": "service",
        "what-of.service": "whether {name} serves",
        "what-of.role": "the role of {name}",
        "what.other": "something",
        "what-of.addresses": "the addresses of {name}",
        "what-of.IPv4 addresses": "the IPv4 addresses of {name}",
        "what-of.IPv6 addresses": "the IPv6 addresses of {name}",
        "what-of.further records": "the further records of {name}",
        "what-of.malformed addresses": "the malformed addresses of {name}",
        "what-of.authorities": "the certificate authority of {name}",
        "what-of.authority": "the certificate authority of {name}",
        "what-of.issuer": "the issuer of the certificate of {name}",
        "what-of.company": "the company behind {name}",
        "what-of.country": "the country of {name}",
        "what-of.DNS operator": "the name service of {name}",
        "what-of.glue": "the glue of {name}",
        "what-of.holder": "the holder of {name}",
        "what-of.host": "the host of {name}",
        "what-of.mail exchanges": "the mail exchanges of {name}",
        "what-of.mail operator": "the mail operator of {name}",
        "what-of.mailbox operator": "the operator of the mailboxes of {name}",
        "what-of.malformed MX": "the malformed MX of {name}",
        "what-of.relay": "whether mail for {name} is delivered without the preferred mail exchanges",
        "what-of.third party": "the third party behind {name}",
        "what-of.stores": "the stores that carry the app of {name}",
        "what-of.malformed name servers": "the malformed name servers of {name}",
        "what-of.name servers": "the name servers of {name}",
        "what-of.network": "the network of {name}",
        "what-of.operator": "the operator of {name}",
        "what-of.origin": "the origin of {name}",
        "what-of.registrar": "the registrar of {name}",
        "what-of.registry": "the registry of {name}",
        "what-of.back-end": "who runs the registry of {name}",
        "what-of.delegation": "whether {name} is delegated",
        "what-of.reach": "whether {name} would act on that law beyond its branch or listing there",
        "what-of.effect": "whether it would be felt if {name} withdrew",
        "what-of.address registry": "the address registry of {name}",
        "what-of.target": "the alias target of {name}",
        "what-of.other": "{name}",
        "signal.server": "any host name",
        "signal.ns-host": "name server",
        "signal.ns-domain": "domain of the name servers",
        "signal.soa-mname": "SOA",
        "signal.cname": "alias (CNAME)",
        "signal.host": "host name",
        "signal.mx-host": "mail exchange",
        "signal.spf-include": "SPF",
        "signal.dkim": "DKIM",
        "signal.autodiscover": "autodiscover",
        "signal.txt": "TXT",
        "signal.ptr": "PTR",
        "signal.address": "address",
        "signal.asn": "AS",
        "signal.holder-handle": "handle of the holder",
        "signal.holder-name": "name of the holder",
        "signal.registrar-id": "IANA number of the registrar",
        "signal.registrar-name": "name of the registrar",
        "signal.issuer": "issuer",
        "signal.tld": "top-level domain",
        "signal.rdap-host": "RDAP service",
        "signal.reported-name": "reported name",
        "resolver.private": "{target} (a resolver of a private network)",
        "resolver.unnamed": "a resolver that is not named",
        "reason.not-asked": "not asked",
        "reason.not-asked-budget": "not asked: the limit of questions was reached",
        "reason.not-asked-depth": "not asked: too many steps away",
        "reason.not-asked-no-server": "not asked: no server to ask",
        "reason.not-asked-no-source": "not asked: no source to ask",
        "reason.not-recorded": "not recorded",
        "reason.computed": "the servers compute the answer for each client",
        "reason.searched": "searched, not found",
        "reason.perhaps-others": "the file does not say whether there are others",
        "reason.held-elsewhere": "only a file of the zone {name} says so, and the zone is delegated elsewhere: what the public is answered was not seen",
        "reason.inner-view": "only {resolver} answered: what the public is answered was not seen",
        "reason.blocked": "whoever answered says itself that this is blocked ({text}); what others are answered was not seen",
        "reason.blocked.target": "{target} says itself that it blocks this ({text}); what others are answered was not seen",
        "reason.inner-denial": "only {resolver} answered, and says: {reason}; what the public is answered was not seen",
        "reason.other-day": "known of another day only",
        "reason.servfail": "server failure (SERVFAIL)",
        "reason.refused": "refused",
        "reason.notimp": "not implemented by the server (NOTIMP)",
        "reason.formerr": "the server could not read the question (FORMERR)",
        "reason.lame": "the server is lame: it does not answer for the zone",
        "reason.timeout": "timeout",
        "reason.unreachable": "unreachable",
        "reason.truncated": "truncated answer",
        "reason.malformed": "malformed",
        "reason.rate-limited": "rate-limited by the source",
        "reason.error": "error of the source",
        "reason.loop": "loop",
        "reason.nodata": "no such record",
        "reason.nxdomain": "no such name",
        "reason.not-found": "not found",
        "reason.not-registered": "not registered, says the registry",
        "reason.nonexistent": "{name} does not exist, or has no address ({reason})",
        "reason.route-too-short": "the only route recorded, {name}, is too short to be one operator's",
        "reason.did-not-serve": "asked, it did not serve us: {reason}",
        "reason.server-alias": "the server's name is an alias of {target}, which is not followed (RFC 2181)",
        "reason.server-alias.view": "the records have an alias of {target} for the server's name, which is not followed (RFC 2181); whether there is glue was not seen",
        "reason.exchange-alias": "the exchange's name is an alias of {target}; whether mail is brought there is left open (RFC 2181, RFC 5321)",
        "reason.exchange-alias.view": "the records have an alias of {target} for the exchange's name; whether mail is brought there is left open (RFC 2181, RFC 5321)",
        "reason.inward-address": "the Internet does not reach {name} (RFC 6890)",
        "reason.inward-address.view": "the records have {name}, which the Internet does not reach (RFC 6890); what the public is answered was not seen",
        "reason.denied-by": "{names} says that {name} has no {question}, while other servers of the zone lead to it",
        "reason.unresolved": "none of the name servers of {names} served whoever asked ({reason})",
        "reason.circle": "each of these needs the others first: {names}",
        "reason.by-one": "{reason}, by one answer alone",
        "reason.question": "{question}: {reason}",
        "reason.denied-that-day": "{question} of {name} was answered and denied on one day ({reason}; at {names}, in this order)",
        "reason.replaced": "{question} of {name} was something else before {time}, which is left out here",
        "reason.replaced.names": "{question} of {name} was {names} before {time}, which is left out here",
        "reason.nothing-there": "the answer is that {names} has none of what others get",
        "reason.no-address": "{name} has no address ({reason})",
        "reason.no-address.target": "{name} is an alias of {target}, which has no address ({reason})",
        "reason.no-mx": "no mail exchange is named (no MX)",
        "reason.null-mx": "mail is refused (null MX, RFC 7505)",
        "reason.implicit-mx": "no MX, and the address that would take the mail instead is not known",
        "reason.may-take-mail": "no MX: the address of the name may take mail (RFC 5321, section 5.1), and nobody says whether it does",
        "reason.relays": "of a higher preference number: it holds mail for the preferred ones (RFC 5321, section 5.1)",
        "reason.relays.names": "of a higher preference number, and so meant to hold mail for the preferred ones (RFC 5321, section 5.1): {names}",
        "reason.delegation-unseen": "the delegation was not seen",
        "reason.all-lame": "no server answers for the zone ({reason})",
        "reason.alias-loop": "the aliases run in a circle: {names}",
        "reason.too-many": "{question} records beyond the {limit} that are followed: {number}",
        "reason.too-far": "more than {limit} look-ups of name servers away, one after the other",
        "reason.many-answers": "different answers beyond the {limit} that are judged one by one: {number}",
        "reason.alias-long": "more than {limit} aliases in a row",
        "reason.several-as": "several AS, and no prefix recorded",
        "reason.caa-open": "no certificate was seen in use, and CAA keeps no authority from issuing one",
        "reason.caa-nobody": "CAA lets no authority issue",
        "reason.on-hold": "the registration is on hold: {names}",
        "reason.held-and-delegated": "the registration says {names}, and yet its parent was still seen to delegate it: one of the two is out of date, or the hold has yet to take effect",
        "reason.held-and-delegated.target": "the registration says {names}, and yet the DNS still answered for it ({target}): one of the two is out of date, or the hold has yet to take effect",
        "reason.registered-and-denied": "it is registered, and yet the DNS denies the name ({reason})",
        "reason.registered-and-denied.names": "the registration says {names}, and yet the DNS denies the name ({reason})",
        "reason.locked": "the registry has to lift {names} first, usually when the registrar asks; how long that takes is not known",
        "reason.no-such-tld": "there is no top-level domain {name}",
        "reason.reserved-tld": "{name} is a reserved name, which no registry keeps",
        "reason.no-registrar": "registered without a registrar",
        "reason.no-registrar.number": "registered without a registrar: IANA reserves the number {number} for that",
        "reason.law-reaches": "{name} is seated elsewhere; that law reaches its branch or listing",
        "reason.hidden-primary": "the SOA names {name} as the server that the others copy from; when they have heard nothing from it for as long as the SOA says, they stop",
        "reason.no-ds": "no DS at the delegation of {name}",
        "reason.unsupported-signing": "{name} is signed only in ways that validators do not know",
        "reason.nsec3-iterations": "{name} hashes its names (NSEC3) more often than validators compute",
        "reason.signature-missing": "the {question} records of {name} are not signed",
        "reason.signature-expired": "the signature over {question} of {name} expired on {time} UTC",
        "reason.signature-future": "the signature over {question} of {name} holds only from {time} UTC",
        "reason.signature-wrong": "no key of the zone made the signature over {question} of {name}",
        "reason.keys-missing": "the parent zone publishes a DS for {name}, which has no keys (DNSKEY)",
        "reason.keys-unmatched": "the DS at the parent zone matches no key of {name}",
        "reason.denial-unproven": "the answer that there is no {question} for {name} is not proven",
        "reason.not-validated": "{question} of {name} decides, and is not known ({reason})",
        "reason.no-anchor": "no trust anchor for that time",
        "reason.no-cryptography": "the package cryptography is not installed",
        "reason.clock": "the clock of the observer was wrong: even the signatures of {name} did not hold by it",
        "reason.resolver-bogus": "a validating resolver refuses it",
        "reason.resolver-bogus.text": "a validating resolver refuses it ({text})",
        "reason.resolver-secure": "as a validating resolver says",
        "reason.unchecked": "a resolver answered with checking disabled (CD) only: whether whoever validates is answered so is not known",
        "reason.signatures-lapse": "its signatures expire on {time} UTC, and should have been renewed",
        "reason.hidden-by-front": "a front hides it, and nothing proves it",
        "reason.may-be-front": "whether {name} hosts it or stands in front is not known",
        "reason.several-reports": "reports name several: {names}",
        "reason.registration-names-none": "the registration names none",
        "reason.not-named": "not named",
        "reason.nothing-names-it": "nothing names it",
        "reason.nothing-names-it.kinds": "nothing names it; seen: {kinds}",
        "reason.contradiction": "the signals contradict each other: {names}",
        "reason.front-reported": "{name} is reported, which is a front: the host is not known",
        "reason.front-seen": "{name} stands in front: the host behind it was not seen",
        "reason.carrier": "in the network of {name}, a carrier: whose server it is, is not known",
        "reason.several-networks": "announced by several networks at once",
        "reason.several-domains": "its servers are under several domains: {names}",
        "reason.own-names": "its servers carry its own name, but the SOA names {name}",
        "reason.several-mailboxes": "mail exchanges of several operators, any of whom may hold the mailboxes",
        "reason.unlisted-exchanger": "{name} runs the mail exchanges, and nothing says whether the mailboxes are there or the mail is only filtered there",
        "reason.perhaps": "perhaps {names}",
        "reason.behind-gateway": "nothing says who holds the mailboxes behind the mail exchanges",
        "reason.behind-gateway.name": "nothing says who holds the mailboxes behind {name}",
        "reason.several-behind": "DKIM and autodiscover name several operators",
        "reason.several-behind.name": "behind {name}, DKIM and autodiscover name several operators",
        "reason.not-in-catalogue": "not in the catalogue",
        "reason.no-company": "the catalogue names no company",
        "reason.no-country": "the catalogue names no country",
        "reason.unsure": "only a weak sign leads there",
        "reason.involved": "reported to be involved, in a role that is not stated",
        "reason.no-store": "no store carries the app, as reported",
        "reason.other": "{text}",
        "reason.rule": "{kind} {value}: {text}",
        "reason.record": "{kind} {value}, which the catalogue does not know",
        "reason.reported": "reported as {name}",
        "reason.registered-name": "registered to {name}",
        "reason.servers-under": "its servers are under {name}, which the catalogue does not know",
        "reason.own-servers": "its servers carry its own name, {name}",
        "reason.confirmed-exchanger": "DKIM or autodiscover lead to the operator of the mail exchange as well",
        "reason.confirmed-by-spf": "of the operators of the mail exchanges the only one that SPF allows to send",
        "reason.pointed-behind": "DKIM or autodiscover lead to it",
        "reason.pointed-behind.name": "DKIM or autodiscover lead to it behind {name}",
        "reason.spf-behind": "the only mailbox operator behind the mail exchanges that SPF allows to send",
        "reason.spf-behind.name": "the only mailbox operator behind {name} that SPF allows to send",
        "reason.verified-behind": "the only mailbox operator that SPF allows to send and that has a verification record",
        "reason.verified-behind.name": "the only mailbox operator behind {name} that SPF allows to send and that has a verification record",
        "reason.exchanger-network": "the mail exchanges stand in its network",
        "reason.not-in-glue": "given by the zone itself, not by the delegation",
        "reason.glue-differs": "the delegation gives {names}, the zone itself none",
        "reason.glue-differs.target": "the delegation gives {names}, the zone itself {target}",
        "reason.delegated-elsewhere": "a file of its zone has {name} served by {names}, and the public delegation leads to {target} instead: what the file says is not what the public is answered",
        "reason.delegated-elsewhere.text": "{text} has {name} served by {names}, and the public delegation leads to {target} instead: what the file says is not what the public is answered",
        "reason.front-not-seen": "its zone file says that a front stands before {names}, and the public was answered that very address for {name}: the front was not met",
        "reason.answers-differ": "whole answers of one day contradict each other, {question} of {name}: {text}",
        "reason.answers-differ.target": "answers of one day contradict each other: {name} is registered ({text}), and it is not ({target})",
        "reason.inner-answer": "{resolver} has {names} for {question} of {name}; the public is answered otherwise",
        "reason.inner-answer.reason": "asked for {question} of {name}, {resolver} answers: {reason}; the public is answered otherwise",
        "reason.blocked-answer": "whoever answered says itself that {question} of {name} is blocked ({text}); others are answered",
        "reason.blocked-answer.target": "{target} says itself that it blocks {question} of {name} ({text}); others are answered",
        "reason.no-glue": "{name} is in the zone that it serves, and the delegation gives no address of it (no glue)",
        "reason.serial-behind": "its copy of the zone is older (serial {value}) than another "
        "server's ({target})",
        "reason.no-authority": "it answers without authority (no AA)",
        "reason.one-address": "all its name servers are at one address, {name}",
        "reason.not-in-zone": "the parent lists {names} as name servers, the zone itself does not",
        "reason.sets-differ": "its servers give different {question} records of {name} ({names})",
        "reason.null-mx-beside": "{name} refuses mail (null MX) and lists exchanges besides (RFC 7505, section 3)",
        "reason.exchange-address": "an MX names the address {name}, where a host name belongs (RFC 1035, section 3.3.9)",
        "reason.alias-beside": "{name} is an alias and has other records besides: {names} (RFC 1034, section 3.6.2)",
        "reason.dot-missing": "{name} does not exist: perhaps {target} is meant, and a last dot is missing",
        "reason.named-twice": "{name} ends in the name of its zone twice: a last dot is missing",
        "reason.one-server": "{name} is its only name server",
        "reason.one-server.among": "{name} is the only one of its name servers that the Internet reaches",
        "reason.one-prefix": "all its name servers are in one network prefix, {name}",
        "reason.one-network": "all its name servers are in one network, {name}",
        "reason.not-delegated": "listed by the zone, not by its parent",
        "reason.mixed-scripts": "{name} mixes letters of several scripts, and may pass for another name",
        "reason.only-registered": "the registration lists name servers that the DNS does not: {names}",
        "reason.dangling": "{name} is not registered, says its registry: anyone may register it",
        "reason.perhaps-free": "there is no such name; if {name} is not registered, anyone may register it",
        "reason.label-free": "the platform has no {name} any more: another customer may take it",
        "reason.label-free.view": "the resolver that was asked knows no {name}: if the platform has it no more, another customer may take it",
        "reason.certificate-until": "holds until a day: a refusal to renew it is felt then",
        "reason.certificate-until.date": "holds until {date}: a refusal to renew it is felt then",
        "reason.certificate-ended": "the certificate that was shown had ended",
        "reason.certificate-ended.date": "the certificate that was shown had ended on {date}",
        "reason.certificate-early": "the certificate that was shown did not hold yet",
        "reason.certificate-early.date": "the certificate that was shown holds from {date} on only",
        "reason.certificate-of-others": "the certificate that was shown is of other names: {names}",
        "reason.certificate-self-signed": "the certificate that was shown is signed by itself, by no authority",
        "reason.hsts": "browsers do not go on without a valid certificate (HSTS)",
        "reason.expires": "expires",
        "reason.expires.date": "expires on {date}",
        "reason.expires.auto": "was to expire on {date}, and the registry has renewed it by itself: the grace period runs, in which the registrar may still delete it (RFC 3915)",
        "reason.expired": "EXPIRED",
        "reason.expired.after": "EXPIRED on {date}, and by its status has left the zone already",
        "reason.expired.date": "EXPIRED on {date}, and may be taken out of the zone any day",
        "reason.to-be-deleted": "is to be deleted, says its registry (pendingDelete: RFC 5731, RFC 3915)",
        "reason.transfer-closed": "cannot be moved to another registrar: {names}",
        "reason.reseller": "sold by {name}, a reseller",
        "reason.step-allowed": "allowed by the page’s policy (CSP), not seen to be loaded",
        "reason.step-other": "the page loads data from it",
        "reason.step-image": "the page loads images from it",
        "reason.step-style": "the page loads its style from it",
        "reason.step-frame": "a page from it stands in the page",
        "reason.step-script": "a script from it runs in the page",
        "reason.step-chat": "runs its chat",
        "reason.step-support": "runs its support desk",
        "reason.step-payment": "takes its payments",
        "reason.step-login": "runs its login",
        "reason.step-sms": "sends its text messages (SMS)",
        "reason.https-record": "from an HTTPS record, which some clients follow",
        "reason.not-in-caa": "the certificate in use is of an authority that CAA does not name",
        "reason.caa-allowed": "allowed by CAA to issue, seen in no certificate",
        "reason.caa-allowed.reason": "allowed by CAA to issue another: {reason}",
        "reason.above-issuer": "as {name}, above the authority that issued the certificate",
        "reason.undated": "as documented, on no day",
        "reason.several-origins": "announced by several AS",
        "reason.also-known": "also seen as {names}",
        "reason.known-as": "by this record alone, {name}",
        # Joining words
        "colon": ": ",
        "above": " › ",
        "more": "and {n} more",
        "in-brackets": "{what} ({note})",
        "mark": "{text} [{mark}]",
        "about": "{what}: {text}",
        "full-stop": "{sentence}.",
        "count": "{what}: {n}",
        "percent": "{share} %",
        "turned": "{before} → {after}",
        "day": "{since}",
        "days": "{since} to {until}",
        "day.none": "no day given",
        "self": "the service itself",
        "actor.country": "companies under the law of {name:the}",
        "actor.country.seat": "companies under the law of {name:the}, by their seat,",
        "actor.country.parent": "companies under the law of {name:the}, by the seat of a parent,",
        "actor.country.branch": "companies that the law of {name:the} reaches by a branch there",
        "actor.country.listing": "companies that the law of {name:the} reaches by a listing there",
        "basis.seat": "seat",
        "basis.parent": "seat of a parent",
        "basis.branch": "branch or subsidiary",
        "basis.listing": "stock exchange listing",
        "exposed": "on the path, not required",
        # Onsets, spans, and how one recovers
        "onset.at-once": "at once",
        "onset.after-ttl": "when the records in caches expire, after {span} ({seconds} s)",
        "onset.after-ttl.brief": "when caches expire",
        "onset.after-ttl-unobserved": "when the records in caches expire (their TTL was not observed)",
        "onset.after-ttl-unobserved.brief": "when caches expire",
        "onset.after-lapse": "when its signatures expire, after {span} ({seconds} s)",
        "onset.days": "within days",
        "onset.after-expire": "when its secondaries have been without it for {span}",
        "onset.unknown": "after a lock is lifted (how long that takes is not known)",
        "onset.weeks": "within weeks",
        "span.seconds": "{n} seconds",
        "span.seconds.one": "{n} second",
        "span.minutes": "{n} minutes",
        "span.minutes.one": "{n} minute",
        "span.hours": "{n} hours",
        "span.hours.one": "{n} hour",
        "span.days": "{n} days",
        "span.days.one": "{n} day",
        "horizon": "within {span}",
        "horizon.none": "at any time",
        # Precedents
        "precedents.title": "Withdrawals and outages, {since} to {until}",
        "precedents.before": "Before",
        "precedents.count": "pulled {n} times in the table of precedents",
        "precedents.count.one": "pulled once in the table of precedents",
        "precedents.outages": "failed {n} times besides",
        "precedents.outages.one": "failed once besides",
        "precedents.rest-on": "; {names}; sources: depgraph precedents --lever {lever}",
        "precedents.notice-span": "notice {span} ({told})",
        "precedents.back-span": "back after {span}, median {median} ({told})",
        "precedents.hours": "{span} hours",
        "precedents.hours.one": "{span} hour",
        "precedents.days": "{span} days",
        "precedents.days.one": "{span} day",
        "precedents.hours-span": "{span} hours",
        "precedents.days-span": "{span} days",
        "precedents.told": "{n} told",
        "precedents.span": "{least} to {most}",
        "precedents.semicolon": "; ",
        "precedents.not-told": "not told",
        "precedents.day": "day",
        "precedents.who": "who",
        "precedents.whom": "whom",
        "precedents.event": "what",
        "precedents.notice": "notice (h)",
        "precedents.back": "back (days)",
        "event.withdrawal": "withdrawal",
        "event.order": "order",
        "event.outage": "outage",
        "event.mistake": "mistake",
        "lever.remove-app": "remove the app from a store",
        "lever.cut-third-party": "cut a third-party service (SMS, login, payment, support)",
        "recovery": "Recovery",
        "recovery.suspend": "suspended registration: transfer to another registrar, only while the name is not locked",
        "recovery.delete": "deleted name: its registrar can restore it for some weeks (RFC 3915), if it will",
        "recovery.order-hold": "hold ordered by the sponsor: only it and its back-end can lift it",
        "recovery.hold": "name on hold: only the registry can lift serverHold",
        "recovery.stop-dns": "name service: another operator, once the delegation is changed and old TTLs have ended",
        "recovery.stop-signed-dns": "name service: another operator, once the delegation is changed and old TTLs have ended",
        "recovery.let-lapse": "signatures: new keys and a new DS through the registrar, or no DS at all",
        "recovery.drop-front": "front: another front, or the origin in the open",
        "recovery.evict": "eviction: another host has to be found",
        "recovery.stop-serving": "no longer served: another host or front has to be found",
        "recovery.withdraw-network": "network: another network, or other addresses",
        "recovery.withdraw-addresses": "addresses withdrawn: other addresses",
        "recovery.revoke-addresses": "addresses revoked: other addresses",
        "recovery.stop-mail": "mail: another mail operator; what was sent meanwhile is retried for some days",
        "recovery.send-as": "SPF: take the included name out of the policy",
        "recovery.refuse-certificate": "certificate: another authority; it interrupts, it does not end",
        "recovery.cut-third-party": "third party: another that does the same",
        "recovery.remove-app": "app: back in the store when the store allows; copies that are installed stay",
        # How it is known
        "not-examined": "not examined",
        "possibly": "possibly {name}",
        "unverified": "unverified",
        "cite": "source {number}",
        "cite.recording": "To cite this: depgraph {version}, catalogue of {catalogue}, recording with the SHA-256 {sha256}.",
        "cite.survey": "To cite this: depgraph {version}, catalogue of {catalogue}, table of services with the SHA-256 {sha256}.",
        "cite.unfiled": "To cite this: depgraph {version}, catalogue of {catalogue}, a recording that is in no file.",
        "sources": "Sources",
        "source": "Source: {source}",
        "definition": "{name}: {definition}",
        "not-here": "Not in this graph: {names}.",
        "step": "{tail} → {relation} → {head} [{how}]",
        "provenance.zone-file": "zone file",
        "provenance.dataset": "data set",
        "provenance.document": "document",
        "provenance.catalogue": "catalogue",
        # What an answer hangs on
        "unknown.lead": "Not known: {parts}",
        "unknown.unserved": "That is enough because {names} did not serve us ({reason}); whether they serve others is not known",
        "unknown.unserved.one": "That is enough because {names} did not serve us ({reason}); whether it serves others is not known",
        "unknown.because": "{what} ({why})",
        "unknown.what": "{what} unknown",
        "unknown.possibly": "possibly {names}",
        "unknown.last": "last known on {time}: {name}",
        "unknown.age": "last known on {time}, {n} days before: {name}",
        "unknown.age.one": "last known on {time}, the day before: {name}",
        "unknown.later": "known later, on {time}, {n} days after: {name}",
        "unknown.later.one": "known later, on {time}, the day after: {name}",
        "strangers": "The catalogue does not say who owns {names}",
        "undetermined.why": "undetermined. {why}",
        "changed": "The recording is not as it was written: the checksum in it is not that of its lines. What follows is true of the file as it is now; depgraph verify lists what is wrong with it.",
        "another-day": "Nothing was recorded on {day}, the recording is of {days}: what is told of that day is what the catalogue says of the names, and what was last known.",
        "incomplete": "The collection did not come to its end: every answer is undetermined.",
        "limits.met": "A limit was met: {limits}. What the questions would have told is unknown.",
        "limit.left": "{limit} ({n} questions left open, such as those about {names})",
        "limit.left.one": "{limit} ({n} question left open, about {names})",
        "limit.questions": "{most} questions in all",
        "limit.seconds": "{most} seconds in all",
        "limit.bytes": "{most} bytes in all",
        "limit.questions-to-one-server": "{most} questions to one server",
        "limit.questions-to-one-zone": "{most} questions to the servers of one zone",
        "limit.bytes-of-one-answer": "{most} bytes of one answer",
        "limit.hosts-of-one-answer": "the number of hosts followed from one answer",
        "limit.addresses-of-one-answer": "the number of addresses followed from one answer",
        "limit.hosts-of-one-domain": "the number of hosts of one domain followed from what others answer",
        "limit.hosts-on-trial": "hosts of one domain, of which the first ones do not exist",
        "limit.depth": "{most} steps from the service",
        "limit.zone-cuts": "{most} zone cuts on the way to one name",
        "limit.aliases": "{most} aliases in a row",
        "limit.spf": "{most} look-ups of one SPF policy (RFC 7208, section 4.6.4)",
        "limit.other": "what the collection was allowed to ask",
        "limit.records-of-one-answer": "Of answers with very many records only the first are followed. {n} others, such as those of {names}, are not: who is behind them is unknown.",
        "limit.records-of-one-answer.one": "Of answers with very many records only the first are followed. One other, of {names}, is not: who is behind it is unknown.",
        "limit.domains-in-a-row": "Of domains whose name servers lie each in the next, {most} are followed. What serves {n} others, such as {names}, is unknown.",
        "limit.domains-in-a-row.one": "Of domains whose name servers lie each in the next, {most} are followed. What serves one other, {names}, is unknown.",
        "limit.ways-told": "Very many domains hang on each other, by more than {most} ways. Who stands behind {n} of them, such as {names}, is told of the nearest domain only.",
        "limit.ways-told.one": "Very many domains hang on each other, by more than {most} ways. Who stands behind one of them, {names}, is told of the nearest domain only.",
        "limit.different-answers": "Very many places or servers get or give an answer of their own. {most} answers are judged one by one; what the others, {n} places or servers, lead to is taken as unknown: {names}.",
        "limit.different-answers.one": "Very many places or servers get or give an answer of their own. {most} answers are judged one by one; what one other place or server leads to is taken as unknown: {names}.",
        "limit.sets": "Sets of more than {most} were not looked for, there are too many of them: {functions}.",
        "why.incomplete": "The collection did not come to its end",
        "why.nothing": "The evidence does not settle it",
        "question.certificate": "certificate",
        "question.registrar": "registrar",
        "question.reseller": "reseller",
        "question.registrant": "registrant",
        "question.nameserver": "name servers of the registration",
        "question.status": "status of the registration",
        "question.created": "day of registration",
        "question.expires": "end of the registration",
        # Who is reported to be involved
        "involved": "Reported to be involved, role not stated",
        "involved.meaning": "What they do for the service, and whether it needs them, is not known.",
        "involved.against": "What speaks against it, or limits it: {note}",
        # Takedown
        # For whom
        "clients.everyone": "for everyone",
        "clients.everyone-ipv4": "for everyone over IPv4",
        "clients.place": "in {place}",
        "clients.others": "other places, or from other servers",
        "clients.unnamed": "a place that is not named",
        "clients.quoted": "“{place}”",
        "clients.sent-away": "for {place}",
        "clients.sent-to": "those sent to {whither}",
        "clients.share": "the {share} % sent to {whither}",
        "clients.sent": "for those who get the answer of {by}",
        "clients.kinds": "for {kinds} clients",
        "clients.ipv4": "IPv4-only",
        "clients.ipv6": "IPv6-only",
        "clients.dual": "dual-stack",
        "clients.validating": "validating",
        "clients.not-validating": "non-validating",
        "clients.svcb": "SVCB-aware",
        "clients.no-svcb": "not SVCB-aware",
        "clients.said": "{said}, {whom}",
        "clients.but": "{said}, but for these: {whom}",
        "clients.re-steered": "If the operator re-steers: {said}",
        "clients.asked": "Only {whom}.",
        "clients.unserved": "It does not work {whom}, as recorded: nothing here is about them",
        "clients.over-ipv4": "Clients that have IPv6 may get there all the same, for this is not known: {unknown}",
        "takedown.title": "Who can take {subject} down ({days}; {level} level, up to {n} together, {within})",
        "takedown.title.one": "Who can take {subject} down alone ({days}; {level} level, {within})",
        "takedown.title-all": "Who can take {subject} down ({days}; {level} level, any number together, {within})",
        "takedown.absent": "Not offered by the service",
        "takedown.absent.why": "Not offered by the service: {reason}",
        "takedown.fails": "Does not work as recorded, with nobody withdrawn",
        "takedown.fails.unresolved": "Does not resolve as recorded, for whoever asked: {reason}",
        "takedown.fails.why": "Does not work as recorded, with nobody withdrawn: {reason}",
        "takedown.none": "nobody, alone or up to {n} together ({within})",
        "takedown.none.one": "nobody alone ({within})",
        "takedown.none-all": "no combination of actors ({within})",
        "takedown.none-open": "undetermined; as far as is known {nobody}",
        "takedown.certain": "certain",
        "takedown.likely": "likely",
        "takedown.perhaps": "in the worst case",
        "takedown.own": "by the service itself",
        "takedown.stops": "{who}: {function} stops {onset}",
        "takedown.stops-together": "{who}: if all of them do, {function} stops {onset}",
        "takedown.may-stop": "{who}: {function} may stop {onset}",
        "takedown.may-stop-together": "{who}: if all of them do, {function} may stop {onset}",
        "takedown.somebody": "somebody unknown",
        "takedown.unknown-alone": "somebody unknown may stop {function} {onset}",
        "takedown.breaks": "{node} no longer works",
        "takedown.until": "Complete up to {n} together; larger sets are not listed.",
        "takedown.counted": "Complete up to {n} together; in all there are {count}.",
        # Exposure
        "exposure.title": "Who is on a path of {subject} ({days}; {level} level)",
        "exposure.meaning": "Being on the path does not imply being able to take it down.",
        "exposure.nobody": "nobody is on a path; all paths were looked at",
        "exposure.nobody-known": "nobody is known to be on a path; not all paths are known",
        "exposure.left-out": "{n} more are further away, and were not looked at.",
        "exposure.left-out.one": "One more is further away, and was not looked at.",
        "exposure.only": "only on redundant paths",
        "findings.title": "What is wrong with {subject} ({days})",
        "findings.none": "Nothing was found to be wrong in what was looked at.",
        "findings.unseen": "Nothing could be looked at: no question about it has an answer. Whether anything is wrong is not known.",
        "findings.wrong": "What is wrong",
        "findings.more": "More: {counts} (depgraph findings)",
        "findings.count.broken-now": "{n} broken now",
        "findings.count.breaks-on-a-day": "{n} breaking on a day",
        "findings.count.no-redundancy": "{n} without redundancy",
        "findings.count.worth-knowing": "{n} worth knowing",
        "findings.notes": "{n} worth knowing: depgraph findings",
        "findings.known": "[{how}]",
        "findings.rest-alone": "Not everything that is listed to serve did so for whoever asked; until it does, do not count on it as a spare.",
        "urgency.broken-now": "Broken now",
        "urgency.breaks-on-a-day": "Breaks on a day",
        "urgency.no-redundancy": "No redundancy",
        "urgency.worth-knowing": "Worth knowing",
        "advice.serve": "Let it serve, or take it out of the records that list it; until then, do not count on it as a spare.",
        "advice.agree": "Let the parent and the zone itself say the same.",
        "advice.delegate": "Name servers are needed that can be reached without the zone itself, or with glue.",
        "advice.register": "Ask the registrar, and the registry if it was the one that set it.",
        "advice.certify": "Show a certificate that holds for the name; until then browsers refuse it.",
        "advice.sign": "Sign the zone anew, or have the DS at the parent changed or taken out.",
        "advice.spread": "Add one in another network, of another operator.",
        "advice.claim": "Take the name out, or take hold of it before somebody else does.",
        "advice.correct": "Correct the record, or take it out.",
        "advice.settle": "Find out which of the two is true.",
        # What if
        "without.title": "{subject} without {actors} ({days}, {within})",
        "without.works": "still works: nothing that it needs stops {within}",
        "without.fails": "fails {onset}",
        "without.left": "of {label}, left: {left}; lost: {lost}",
        "without.left-none": "of {label}, none is left; lost: {lost}",
        # Dependence and claims
        "dependence.title": "How far {subject} depends on {on} ({days}, {within})",
        "check.title": "“{claim}”: {subject}, {days}",
        "check.of": "{ruling} for {functions}",
        "check.overall": "On the whole: {ruling}.",
        "check.can": "{on} can stop {its} {onset}",
        "check.cannot": "{on} cannot stop {its} {within}, and is on no path of it",
        "check.cannot-exposed": "{on} cannot stop {its} {within}, but is on a path of it",
        "check.cannot-perhaps": "{on} cannot stop {its} {within}; whether it is on a path of it is not known",
        "check.touches": "{on} is on a path of {its}",
        "check.untouched": "{on} is on no path of {its}; all paths are known",
        "check.alone": "Each of these can take {its} down alone: {actors}",
        "check.nobody": "No single actor ({level} level) can stop {its} {within}",
        "check.overall-tested": "On the whole, of what can be tested: {ruling}.",
        "check.piece": "“{words}”",
        "check.mention": "named; nothing that is said of it is read here",
        "check.no-such-role": "nobody is “{layer}” there",
        "check.role-yes": "The {layer} is of {on}: {actors}",
        "check.role-no": "The {layer} is not of {on}; it is: {actors}",
        "check.allowed-yes": "CAA lets none but {on} issue the certificate, and none was seen: {actors}",
        "check.allowed-no": "CAA does not let {on} issue the certificate, and none was seen; it lets: {actors}",
        "check.law-all": "All who are known as {layer} answer to the law of {on}: {actors}",
        "check.resold": "The registrar is {actors}; the name was registered through {reseller}, a reseller",
        "check.law-part": "Not all who are known as {layer} answer to the law of {on}; these do not: {actors}",
        "check.law-not": "Not under the law of {on}, as {layer}: {actors}",
        "check.no-other": "nobody but {on}",
        "check.others": "Besides {on}, each of these can take {its} down alone: {actors}",
        "check.nobody-else": "No single actor ({level} level) other than {on} can stop {its} {within}",
        "check.role-all": "All who are known as {layer} are of {on}: {actors}",
        "check.role-others": "Not of {on}, as {layer}: {actors}",
        "check.untested": "What of it cannot be tested",
        "check.aside": "“{words}”: {why}",
        "untested.quality": "a quality, for which there is no measure here",
        "untested.nobody-named": "of whom is not said",
        "untested.comparative": "a comparison: check two days with compare",
        "untested.future": "what will be, or is meant to be: only the days of the recording are tested",
        "untested.place": "where the machines stand is not tested, only whose law their operators answer to",
        "untested.no-actor": "names nobody in the graph or the catalogue, or perhaps several",
        "untested.exclusive": "that it is so of nobody and nothing else is not tested",
        "untested.share": "how much of it is not tested, only whether it is so of any of it",
        "untested.time": "only the days of the recording are tested",
        "untested.direction": (
            "not read, for a word in it denies or limits the rest in a way that is not understood here; "
            "write it plainly: “depends on X” or “does not depend on X”, one statement a sentence"
        ),
        "untested.of-another": "said of one who serves it: on whom he depends himself is not looked at apart from the service",
        "untested.sending": "who sends mail in its name is not looked at, only who receives it (its SPF record says who may send)",
        "untested.question": "a question: 'depgraph report' says who is behind a service, 'depgraph takedown' who can stop it",
        "untested.service": "not what the service here is called: that it is meant is supposed, not tested",
        "untested.unread": "says nothing that is read here",
        # Importance
        "importance.title": "How often each actor is pivotal for {subject} ({days}; {level} level, {within})",
        "importance.meaning": "Structural; says nothing of intent.",
        "importance.nobody": "no actor is pivotal",
        "importance.too-many": "too many actors to weigh ({n})",
        "importance.sampled": "sampled ({samples} draws, seed {seed}; standard error at most {error})",
        # Comparison and timeline
        "compare.title": "{subject}: {before} and {after}",
        "compare.same": "Nothing that is known changed, in what is compared: who does what, who can stop it, what is wrong, what needs what.",
        "compare.layers": "Who does what",
        "compare.open": "Not all is known on both days: {layers}.",
        "compare.hidden-before": "not all was known before: {parts}",
        "compare.hidden-after": "not all is known after: {parts}",
        "compare.cuts": "Who can stop it ({level} level, up to {n} together, {within})",
        "compare.cuts.one": "Who can stop it alone ({level} level, {within})",
        "compare.edges": "Edges of the graph",
        "owners": "Owners that changed",
        "owners.changed": "{of} now belongs to {after}, {when}",
        "owners.changed.from": "{of} now belongs to {after}, {when}, no longer to {before}",
        "owners.newly-known": "{of} belongs to {after}, {when}; whether it did before is not known",
        "owners.newly-known.from": "{of} belongs to {after}, {when}, no longer to {before}; whether that was so before is not known",
        "owners.left.changed": "{of} no longer belongs to {before}, {when}",
        "owners.left.no-longer-known": "{of} belonged to {before}; whether it still does is not known",
        "timeline.title": "{subject} over time",
        "timeline.common": "In common",
        "timeline.alone": "can stop it alone ({level} level, {within})",
        "timeline.nobody": "nobody",
        "timeline.nothing": "none",
        "timeline.no-function": "not in the record",
        "timeline.perhaps-others": "{known}; perhaps others",
        "timeline.change": "What changed, {before} → {after}",
        # Reports
        # The first screen
        "look.written": "Written: {files}",
        "demo.more": "Another one: depgraph demo NAME DAY, of {names}",
        "brief.involved": "Reported to be involved, role not stated: {names}",
        "usage.near": "Did you mean {near}?",
        "brief.missing.only": "Not known: {n} things, in the whole report.",
        "brief.missing.only.one": "Not known: one thing, in the whole report.",
        "brief.unregistered": "{subject} is not registered, says the registry",
        "brief.nonexistent": "{subject} does not exist: the DNS knows no such name",
        "brief.nonexistent.when": "Asked on {days}. Nothing else can be said of it; look at how it is spelt.",
        "brief.alone": "Can stop alone",
        "brief.everything": "all of it",
        "brief.not-alone": "nothing alone",
        "brief.unknown": "not known",
        "brief.others-unknown": "others not known",
        "brief.group.yes": "can stop {functions}",
        "brief.group.no": "cannot stop {functions}",
        "brief.group.undetermined": "not decided for {functions}",
        "brief.missing": "{n} things are not known. What would tell, of the day on which it is asked:",
        "brief.missing.one": "One thing is not known. What would tell, of the day on which it is asked:",
        "brief.power.ipv4": "“Can”: by any layer, {within}, over IPv4 (IPv6 is not known); power, not intention.",
        "brief.power": "“Can”: by any layer, {within}; power, not intention.",
        "power-not-intention": "“Can” tells what somebody is able to do, not what anybody wants.",
        "remedy.observe": "depgraph {subject}",
        "remedy.tls": "depgraph {subject} --tls",
        "remedy.tables": "--tables (routing tables)",
        "remedy.budget": "More --questions, --seconds",
        "remedy.depth": "More --depth",
        "remedy.again": "Ask again later",
        "remedy.zone": "the operator’s zone file, or an export of it",
        "remedy.passive": "passive DNS (Common Output Format)",
        "remedy.atlas": "RIPE Atlas, DNS results",
        "remedy.ooni": "OONI, web_connectivity",
        "remedy.warc": "archived responses (WARC, Common Crawl)",
        "remedy.memento": "headers of an archived response (Wayback Machine)",
        "remedy.har": "a page load (HAR)",
        "remedy.html": "a saved page (HTML)",
        "remedy.crawl": "rows of crawls, HOST,DATE,IP or CDX with addresses",
        "remedy.recording": "a recording of what documents or the press report",
        "remedy.crtsh": "Certificate Transparency (crt.sh, JSON)",
        "remedy.as-rel": "AS relations (CAIDA as-rel, BGPKIT as2rel)",
        "remedy.plain": "a WHOIS or RDAP answer that was kept",
        "remedy.none": "No public question",
        "wanted.title": "What would settle the answers about {subject} and {on} ({days})",
        "wanted.none": "No answer hangs on anything that is not known.",
        "wanted.days": "A file settles it if it speaks of these days; a new observation tells of the day on which it is made.",
        "wanted.decides": "Alone decides: {answers}",
        "wanted.together": "Decides with others: {answers}",
        "wanted.remedies": "Would tell: {remedies}",
        "wanted.unexamined": "Not looked at",
        "wanted.answer.takedown": "whether {on} can stop it ({functions})",
        "wanted.answer.alone": "whether somebody not named can stop it alone ({functions})",
        "wanted.answer.exposure": "whether {on} is on a path ({functions})",
        "report.title": "{subject}, {days}",
        "report.summary": "In short",
        "report.reached": "{who} (law of another country, by a branch or listing: {countries})",
        "not-looked-at": "Not looked at, for no source in the recording tells of it: {layers}",
        "report.dnssec": "DNSSEC: {zones}",
        "dnssec.not-examined": "not examined",
        "dnssec.not-examined.reason": "{name} was not examined ({reason})",
        "dnssec.secure": "{name} is secure",
        "dnssec.secure.reason": "{name} is secure ({reason})",
        "dnssec.secure.until": "{name} is secure (its signatures hold until {time} UTC)",
        "dnssec.insecure.reason": "{name} is insecure ({reason})",
        "dnssec.bogus.reason": "{name} is bogus, so clients that validate do not reach it ({reason})",
        "dnssec.unknown.reason": "whether {name} is secure is not known ({reason})",
        "report.differences": "Answers differ by place ({places}): {questions}",
        "report.undecided": "Somebody else may be able to stop it alone, for this is not known:",
        "report.behind": "behind {domain}",
        "report.behind-more": "and behind {n} more domains, which the JSON form lists",
        "report.behind-more.one": "and behind one more domain, which the JSON form lists",
        "report.as-under": "behind {domains}: the same as under {function}",
        "report.unserved": "does not work {whom}",
        "report.silent": "Not answered from {places}, whatever was asked about the service: what clients meet there is not known.",
        "report.only-at": "seen only from {place}",
        "report.only-for": "only for {place}",
        "report.alone": "Who can stop it alone, {within}",
        "report.group-stops": "{group} can stop it",
        "report.group-passes": "{group} on a path",
        "report.nobody": "nobody",
        "report.unknown-count": "{n} unknown",
        "report.unknown-count.one": "{n} unknown",
        "report.unknown": "unknown: {what}",
        "report.country-unknown": "country unknown",
        "report.status": "status: {statuses}",
        "report.also": "also {how}",
        # Heads of columns
        "column.relation": "Relation",
        "column.source": "Source",
        "column.day": "Day",
        "column.citation": "Citation",
        "column.number": "Number",
        "column.layer": "Layer",
        "column.function": "Function",
        "column.who": "Who",
        "column.powers": "Could",
        "column.share": "Share of paths",
        "column.where": "Where",
        "column.can-stop": "Can stop it",
        "column.on-path": "Is on a path",
        "column.shapley": "Shapley-Shubik",
        "column.shapley-worst": "Worst case",
        "column.birnbaum": "Birnbaum",
        "column.birnbaum-worst": "Worst case",
        "column.turn": "What became of it",
        "column.known-as": "How it is known",
        "column.confidence": "How sure",
        "column.for": "For",
        "column.what": "What",
        "column.kind": "Kind",
        "column.needs": "Needs",
        "column.evidence": "Evidence",
        "column.stops": "Stops alone",
        # Pictures
        "picture.head.service": "SERVICE",
        "picture.head.function": "FUNCTION",
        "picture.head.host": "HOST · MAIL",
        "picture.head.zone": "ZONE · FRONT",
        "picture.head.server": "SERVER",
        "picture.head.address": "ADDRESS",
        "picture.head.network": "NETWORK",
        "picture.head.provider": "PROVIDER",
        "picture.head.company": "COMPANY",
        "picture.head.owner": "OWNER",
        "picture.head.country": "COUNTRY",
        "picture.head.shared": "SHARED",
        "picture.not-offered": "{function}: none",
        "picture.apex": "apex",
        "picture.zone": "zone",
        "picture.registration": "registration",
        "picture.registration-of": "reg. {name}",
        "picture.name-server-of": "{name}",
        "picture.exchange-of": "mx {name}",
        "picture.addresses": "addresses",
        "picture.blocks": "blocks",
        "picture.networks": "networks",
        "picture.zones": "zones",
        "picture.registrations": "registrations",
        "picture.mailboxes": "mailbox",
        "picture.times": "×{n}",
        "picture.any-authority": "any authority",
        "picture.single-point": "single point of failure",
        "picture.single-point.likely": "likely single point of failure",
        "picture.stops.likely": "can likely stop it",
        "picture.failed": "did not serve us as it should",
        "picture.failed.other": "did not serve us",
        "picture.failed.refused": "refused",
        "picture.failed.timeout": "timeout",
        "picture.failed.unreachable": "unreachable",
        "picture.failed.truncated": "truncated",
        "picture.failed.servfail": "SERVFAIL",
        "picture.failed.notimp": "NOTIMP",
        "picture.failed.formerr": "FORMERR",
        "picture.failed.lame": "without authority",
        "picture.failed.no-authority": "without authority",
        "picture.any-one": "any one is enough",
        "picture.any-one-known": "any one is enough, as far as known",
        "picture.against-elsewhere": "The report says what speaks against it, or limits it.",
        "picture.cited": "[{n}] {who}: {citation}.",
        "picture.against": "a need, drawn from right to left",
        "picture.as-of": "As of {days}.",
        "picture.as-of.range": "From {first} to {last}.",
        "records.compiled": "dated public facts, compiled for depgraph; each observation cites its own source",
        "picture.records": "Records: {source}.",
        "picture.asked": "Asked or read: {sources}.",
        "picture.seen-from": "Seen from: {places}.",
        "picture.sources": "Sources: {names}.",
        "picture.catalogue": "Catalogue of {date}.",
        "picture.full.reading": "Read from left to right: each box needs what its lines lead to.",
        "picture.full.times": "×2, ×3 and so on: as many that are interchangeable, drawn as one.",
        "picture.full.too-many": "{n} boxes would not be legible: drawn by provider instead.",
        "picture.incomplete": "The collection did not come to its end: what is missing is not known.",
        "picture.further": "{n} more actors stand further behind (name servers of name servers, address registries): see the full picture.",
        "picture.headline.none-besides": "Apart from the registry, no company can stop {subject} alone",
        "picture.headline.rest-besides": "Apart from the registry, no company can stop alone what works of {subject}",
        "picture.headline.open-besides": "Apart from the registry, nobody known can stop {subject} alone, but not everybody is known",
        "picture.headline.unknown-besides": "Apart from the registry, nobody known can stop {subject} alone; not known: {layers}",
        "picture.registries": "As registries, {names} can stop every name below their top-level domains alike, those that this service needs among them.",
        "picture.registries.one": "As a registry, {names} can stop every name below its top-level domains alike, those that this service needs among them.",
        "picture.headline.none": "No company can stop {subject} alone",
        "picture.headline.fails": "{subject} does not work as recorded",
        "picture.headline.rest": "No company can stop alone what works of {subject}",
        "picture.headline.open": "Nobody known can stop {subject} alone, but not everybody is known",
        "picture.headline.unknown": "Nobody known can stop {subject} alone; not known: {layers}",
        "picture.headline.also": "{function}: also {names}.",
        "picture.headline.only": "{function}: {names}.",
        "picture.companies": "{n} companies",
        "picture.companies.one": "{n} company",
        "picture.headline.unknown-few": "Not known: {names}.",
        "picture.headline.unknown-many": "{n} of its dependencies are not known.",
        "picture.headline.unknown-many.one": "One of its dependencies is not known.",
        "picture.shared-name": "the name",
        "picture.providers.reading": "Read from left to right: each box needs what its lines lead to.",
        "picture.takedown.group": "{group} together",
        "picture.takedown.alone": "acting alone",
        "picture.takedown.together": "only together",
        "picture.takedown.how": "how",
        "picture.takedown.can": "{who}: can stop {functions}.",
        "picture.takedown.may": "{who}: may be able to stop {functions}.",
        "picture.takedown.what-of": "{what} of {name}",
        "picture.takedown.things": "{n} unknowns",
        "picture.takedown.things.one": "{n} unknown",
        "picture.takedown.law-unknown": "law not known",
        "picture.takedown.nobody-alone": "No company that is known can stop a function alone.",
        "picture.takedown.none-together": "No pair or triple that does not hold one of the above.",
        "picture.takedown.more-sets": "and {n} more sets",
        "picture.takedown.more-sets.one": "and one more set",
        "picture.takedown.horizon": "What takes longer than {days} days does not count.",
        "picture.takedown.reading": "Companies with all that they own. A set stands here only if none of its members can be left out. “?”: it depends on what is not known; a dot: it cannot.",
        "picture.takedown.sure": "In a cell: how sure it is, and when it sets in.",
        "picture.onset.after-ttl": "after {span}",
        "picture.onset.after-ttl-unobserved": "delay unknown",
        "picture.onset.days": "within days",
        "picture.onset.after-expire": "after {span}",
        "picture.onset.unknown": "behind a lock",
        "picture.onset.weeks": "within weeks",
        "picture.onset.after-lapse": "after {span}",
        "picture.onset.at-once": "at once",
        "picture.timeline.none": "{subject}, {first} to {last}: nothing that is known changed",
        "picture.timeline.changed": "{subject}, {first} to {last}: {rows} changed",
        "picture.timeline.others": "{subject}, {first} to {last}: the names known differ ({rows}), but not all is known on each day",
        "picture.timeline.news": "{subject}, {row}: {was} on {before}, {now} on {after}",
        "picture.timeline.same": "{rows}: the same throughout.",
        "picture.timeline.open": "{rows}: cannot be compared on every day.",
        "picture.timeline.no-report": "nobody reported",
        "picture.perhaps-others": "perhaps others",
        "picture.timeline.seen": "{row}: {was} on {before}, {now} on {after}.",
        "picture.timeline.span": "{first} to {last}",
        "picture.timeline.recordings": "the same in {n} recordings",
        "picture.timeline.folded": "Days that say the same one after the other have one column.",
        "picture.timeline.reading": "The words under a box say on what evidence it rests. “Reported” is press, a court filing or a company statement, not a DNS record.",
        "picture.services": "{n} services",
        "picture.services.one": "One service",
        "survey.title.one": "Survey of one service, {days}",
        "survey.title": "Survey of {n} services, {days}",
        "survey.days": "{first} to {last}",
        "survey.aside": "Nobody asked about these layers in the whole survey, and nothing is said of them: {layers}.",
        "survey.nonexistent.one": "One of the services does not exist, and stands in no layer: {names}.",
        "survey.nonexistent": "{n} of the services do not exist, and stand in no layer: {names}.",
        "survey.nonexistent.only": "The service does not exist, and stands in no layer: {names}.",
        "survey.nonexistent.cell": "does not exist",
        "survey.idle.one": "One offers nothing of what was asked about (a web site, mail): {names}.",
        "survey.idle": "{n} offer nothing of what was asked about (a web site, mail): {names}.",
        "survey.idle.only": "The service offers nothing of what was asked about (a web site, mail): {names}.",
        "survey.unknown.cell": "not known",
        "survey.open.cell": "perhaps others: {why}",
        "survey.without.one": "The other service has no such layer.",
        "survey.without": "The other {n} services have no such layer.",
        "survey.limited.one": "The collection of one service met a limit: what is past it is unknown.",
        "survey.limited": "The collections of {n} services met a limit: what is past it is unknown.",
        "survey.refused.one": "One line or service was refused: a table near the end says why.",
        "survey.refused": "{n} lines or services were refused: a table near the end says why.",
        "survey.noted.one": "Something is to be said of one service that was judged: the last table says it.",
        "survey.noted": "Something is to be said of services that were judged ({n} notes): the last table says it.",
        "survey.reading": "A company counts in a layer where it certainly or likely stands, once for each service; a layer that several share counts for each of them. “At most” adds the services in which somebody else may stand there too, because something that tells of the layer is not known; “at most, as asked” only those in which that was asked.",
        "survey.known.one": "Somebody is known to stand there in one of {all} services.",
        "survey.known": "Somebody is known to stand there in {n} of {all} services.",
        "survey.known.each.one": "Somebody is known to stand there (one service).",
        "survey.known.each": "Somebody is known to stand there in each of {n} services.",
        "survey.known.none.one": "Nobody is known to stand there (one service).",
        "survey.known.none": "Nobody is known to stand there in any of {n} services.",
        "survey.unasked.one": "Of one not all that tells of it was asked: somebody who is not named may stand there.",
        "survey.unasked": "Of {n} not all that tells of it was asked: somebody who is not named may stand there.",
        "survey.failed.one": "Of one something that was asked is not known.",
        "survey.failed": "Of {n} something that was asked is not known.",
        "survey.own.one": "One runs it itself, alone or with others.",
        "survey.own": "{n} run it themselves, alone or with others.",
        "survey.who": "who",
        "survey.services": "services",
        "survey.share": "share",
        "survey.most": "at most",
        "survey.most-asked": "at most, as asked",
        "survey.hhi": "Concentration of the uses (Herfindahl-Hirschman index): {hhi}; distance from one operator for each: {distance}. Each that runs it itself counts as an operator of its own.",
        "survey.hhi.unknown": "The concentration is not known: nobody in particular is known to stand there.",
        "survey.registries": "Registries",
        "survey.registries.note": "Who runs a suffix stands for every name under it: told apart from what is chosen for a service.",
        "survey.stops": "Who can stop how many services alone",
        "survey.stops.note": "Certain and likely. Each service counts once for a company; the layer is the one in which it acts, which may be that of a service which the service needs. A company stands under each lever that is enough alone; one that has to pull several together stands under none.",
        "survey.lever": "{layer}: {lever}",
        "survey.smallest": "How few it takes",
        "survey.smallest.note": "The smallest sets of companies, other than the service itself, that certainly or likely stop a function.",
        "survey.function": "function",
        "survey.size": "how many companies",
        "survey.divided": "By {column}",
        "survey.value": "value",
        "survey.leads": "who leads in the name service",
        "survey.in": "in how many",
        "survey.not-listed": "not in the list",
        "survey.empty": "in the list, without a value",
        "survey.servers": "Name servers by registered domain",
        "survey.domain": "domain",
        "survey.operators": "Operators that may have several names",
        "survey.operators.note": "The catalogue does not have them. The names in a row are counted as one operator, by inference and for the reason beside them: they may be several.",
        "survey.operators.suffix": "name servers of one zone, and names that differ in the suffix or in digits only",
        "survey.operators.addresses": "all of its name servers or mail exchanges stand at addresses of the same one",
        "survey.operators.registered": "the network and the holder of its addresses are registered under one name",
        "survey.operators.seen": "seen in",
        "survey.also": "also",
        "survey.refusals": "What was refused",
        "survey.notes": "Notes on services that were judged",
        "survey.source": "source",
        "survey.line": "line",
        "survey.service": "service",
        "survey.why": "why",
        "survey.page.search": "Find a service",
        "survey.page.rows": "Services, each with who certainly or likely stands in each layer. A click on the head of a column sorts by it.",
        "survey.page.layer": "{layer}: who",
        "survey.page.shown": "{shown} of {all} shown",
        "survey.made": "{title}, in {folder}; refused: {refused}; notes: {notes}",
        "observe.begin": "asking the first questions...",
        "observe.progress": "{subject}: {questions} questions, {observations} observations, {waiting} open; {last}",
        "observe.made": "{subject}, {days}: {observations} observations",
        "observe.incomplete": "{subject}, {days}: {observations} observations, incomplete",
        "observe.each": "{place} of {total}: {name}, {each} s a name, {left} s left",
        "observe.list": "{names} names: {asked} observed, {limited} of these met a limit, {failed} refused or failed",
        "world.made": "services: {services}, observations: {observations}",
        "note.days": "{file}: recordings of {subject} of {n} days ({days}): the last is taken, {last}. Another: --at DAY. All: depgraph timeline {file}{name}",
        "note.joined": "joined {n} recordings of {subject}, {days}{taken}: --at takes one of the days",
        "note.as-of": ", as of {days}: what is of another day is last known",
        "note.dated-unused": "{file}: --dated is not used: the file itself says when it is from",
        "note.unread": "{file}: {n} more lines could not be read: {places}",
        "note.unread.one": "{file}: 1 more line could not be read: {places}",
        "note.undated": "--dated DATE gives the date of undated lines",
        "note.e-mail": "{found} is an e-mail address: its domain is asked about, {subject}",
        "note.alike": "{n} more like this",
        "note.others": "{n} others",
        "note.in": " in {file}",
        "note.whole": "{file}: whole, {what}",
        "merge.days": "recordings of {number} days, of which {days} is taken; what is of another is last known (--at DAY asks about it). Each by itself: depgraph timeline FILE FILE",
        "made.in": "{made}, in {output}",
        "survey.progress": "{done} of {total} services, {rate} a second, {left} left",
        "survey.moves.zero": "No service moved",
        "survey.moves.one": "One service moved",
        "survey.moves": "{n} services moved",
        "survey.moves.before": "Before: {days}, {n} services.",
        "survey.moves.before.one": "Before: {days}, one service.",
        "survey.moves.after": "After: {days}, {n} services.",
        "survey.moves.after.one": "After: {days}, one service.",
        "survey.moves.only.before": "in the earlier survey alone",
        "survey.moves.only.after": "in the later survey alone",
        "survey.moves.reading": "What one of the surveys does not know has neither appeared nor vanished: it is newly known, or no longer known.",
        "survey.moves.alike": "What changed of the registry of a suffix, for all services below it alike, stands in one line and is no move of theirs.",
        "survey.moves.owners": "These services have not moved by it: the same operators serve them. In the ranks it is counted apart.",
        "survey.moves.owned": "{n} services: {told}",
        "survey.moves.owned.one": "One service: {told}",
        "survey.moves.by-owner": "owner changed",
        "survey.moves.several": "{n} services alike",
        "survey.moves.several.one": "one service",
        "survey.moves.ranks": "In the ranks",
        "survey.moves.service": "the service itself",
        "survey.moves.servers": "name servers",
        "survey.moves.exchangers": "mail exchanges",
        "survey.moves.existence.vanished": "does not exist any more",
        "survey.moves.existence.appeared": "exists now",
        "survey.moves.existence.newly-known": "does not exist; whether it did before is not known",
        "survey.moves.existence.no-longer-known": "did not exist; whether it does now is not known",
        "survey.moves.existing.vanished": "{n} services do not exist any more.",
        "survey.moves.existing.vanished.one": "One service does not exist any more.",
        "survey.moves.existing.appeared": "{n} services that did not exist exist now.",
        "survey.moves.existing.appeared.one": "One service that did not exist exists now.",
        "survey.layer": "layer",
        "survey.before": "before",
        "survey.after": "after",
        "survey.turn.appeared": "Appeared",
        "survey.turn.vanished": "Vanished",
        "survey.turn.changed": "Changed",
        "survey.turn.newly-known": "Newly known",
        "survey.turn.no-longer-known": "No longer known",
        "picture.survey.title": "{many}: {group} carries {part} of {layers}",
        "picture.survey.title-of": "{many}: {group} carries {part} of {layers}, which {n} of them have",
        "picture.survey.layer": "the {layer} layer",
        "picture.survey.layers": "each of the layers {layers}",
        "picture.survey.layers-many": "each of {n} layers",
        "picture.survey.title-nowhere": "{many}: {group} is known in no layer, and {n} of {total} layers leave room for it",
        "picture.survey.title-none": "{many}: {group} carries no layer",
        "picture.survey.known": "Every layer is known for every service.",
        "picture.survey.unknown.one": "Least known: {layer}, {part} not known. Shares are ranges: from none to all of the unknown.",
        "picture.survey.unknown": "Least known: {layer}, {part} not known. Shares are ranges: from none to all of the unknown.",
        "picture.survey.reading": "Bars count services. The line under a bar is the part that is the group’s, certainly or likely; hatched: not known, so it may be the group’s too.",
        "picture.share.other": "other company",
        "picture.share.none": "none",
        "picture.share.own": "own",
        "picture.share.unknown": "unknown",
        "picture.share.several": "several of the group",
        "picture.share.open": "somebody known, perhaps others too",
        "picture.share.any": "any will do",
        "picture.survey.open": "{layer}: somebody is known in {part} more, but not whether others stand there too.",
        "picture.survey.known-to-be": "Known to stand there: {names}.",
        "picture.survey.names": "Names below a bar: in how many services each is known to stand there, certainly or likely; a layer that several share counts for each.",
        "picture.survey.of": "of {n} services",
        "picture.survey.of.one": "of one service",
        "picture.survey.tiles": "one column for each service",
        "picture.survey.tiles-names": "Columns from left to right: {names}.",
        "picture.survey.tiles-on": "layers on {group}",
        "picture.concentration.carries": "services in which it stands",
        "picture.concentration.can-stop": "services of which it can stop a function alone",
        "picture.concentration.same": "the same, {group}",
        "picture.concentration.them": "{n} of them",
        "picture.concentration.them.one": "one of them",
        "picture.concentration.every": "each of them",
        "picture.concentration.it": "this service",
        "picture.concentration.of-registries": "registries",
        "picture.concentration.subtitle": "Of {n} services: in how many each company is known to stand, and of how many it can stop a function alone.",
        "picture.concentration.subtitle.one": "Of one service: whether each company is known to stand in it, and whether it can stop a function alone.",
        "picture.concentration.apart": "What a company does as a registry is counted apart, below.",
        "picture.concentration.likely": "of these only likely",
        "picture.concentration.of-these": "{n} only likely",
        "picture.concentration.as-registry": "as a registry",
        "picture.likely.all": "only likely",
        "picture.likely.some": "for {n} services only likely",
        "picture.likely.some.one": "for one service only likely",
        "picture.likely.several": "for some services only likely",
        "picture.concentration.reading": "First figure: services in which it is known to stand, in a layer or further behind; second: those of which it can stop a function. Likely ones count in both; where there are any, a third figure says of how many it only likely can. What is not known is counted for nobody: figures are the least there can be.",
        "picture.concentration.none": "{many}: no company that is known can stop a function alone",
        "picture.concentration.none-besides": "{many}: besides registries, no company that is known can stop a function alone",
        "picture.concentration.title-spread": "{many}: {n} companies can each stop a function of {top} alone, and none that is known of more",
        "picture.concentration.title-spread-besides": "{many}: {n} companies can each stop a function of {top} alone, and besides registries none that is known of more",
        "picture.concentration.registries": "A registry can stop every name below its top-level domains alike: that is no news of any one service.",
        "picture.concentration.title.one": "{many}: {names} alone can stop a function of {top}",
        "picture.concentration.title": "{many}: {names} can each stop a function of {top} alone",
        "picture.concentration.more": "{n} more companies are not drawn.",
        "picture.concentration.more.one": "One more company is not drawn.",
        "picture.timeline.unknown": "{subject}, {first} to {last}: no change can be shown; most layers are not known on some day",
        "picture.none": "none",
        "picture.absent": "none: {reason}",
        "picture.own-party": "the service itself",
        "picture.own": "own",
        "picture.owner": "owner {sure}",
        "picture.last-known": "on {day}: {what}",
        "picture.for-all": "for all functions",
        "picture.strip.reading": "Layers from the user down. A box across all columns is shared: what it carries, it carries for all. Words beside a box: evidence other than an observation.",
        "picture.strip.sure": "Without the word “likely” a box is certain. Hatched: not known, or only possible.",
        "picture.further.one": "One more actor stands further behind (name servers of name servers, address registries): see the full picture.",
        "picture.stops": "can stop {functions} alone",
        "picture.headline.all.one": "{names} alone can stop every function of {subject}",
        "picture.headline.all": "{names} can each stop every function of {subject} alone",
        "picture.headline.these.one": "{names} alone can stop {functions} of {subject}",
        "picture.headline.these": "{names} can each stop {functions} of {subject} alone",
        "picture.headline.some.one": "{names} alone can stop part of {subject}",
        "picture.headline.some": "{names} can each stop part of {subject} alone",
        # The page
        "page.preset": "without {who:the}",
        "page.who": "{who:the}",
        "page.view.takedown": "Who can stop it",
        "bundle.jsonl": "the recording",
        "bundle.csv": "the table (CSV)",
        "bundle.svg": "the picture (SVG)",
        "bundle.png": "the picture (PNG)",
        "help.bundle": "Write one file for a newsroom: pictures, what-if, report, sources, and the recording itself.",
        "help.bundle.output": "The suffix says the form: .html, or .zip with the recording, the catalogue’s rows used and versions beside.",
        "help.bundle.zip": "The form .zip; -o says it by its suffix as well.",
        "help.bundle.group": "Whose boxes are filled: a group, company, provider or country.",
        "page.view.strip": "Layers",
        "page.view.providers": "Providers",
        "page.view.full": "All records",
        "page.find": "Find",
        "language": "English",
        "page.languages": "Language",
        "page.restore": "Put all back",
        "page.evidence": "Evidence",
        "page.rows": "All {n} lines of evidence as a table",
        "page.reading": "Press an actor, a company or a country to take it away; press any box or line for its evidence. Arrow keys move, Enter presses, Escape puts all back.",
        "page.without": "Without {who}:",
        "page.press": "Press an actor, a company or a country to take it away, and see what falls.",
        "page.falls": "falls",
        "page.likely": "likely {state}",
        "page.ttl": "when caches expire, {span}",
        "page.but": "(but not {whom})",
        "page.nothing": "no line of evidence",
        "page.more": "and {n} more: see the table",
        "page.found": "{n} found",
        "page.minutes": "{n} min",
        "page.seconds": "{n} s",
        "page.hours": "{n} h",
        "explain.title": "Who is behind {subject} ({days})",
        "explain.who": "{name} ({provider}): {how}; {why}",
        "explain.front": "a front",
        "explain.own": "the service’s own",
        "explain.share": "right in {share} of the cases measured",
        "explain.gateway": "mail gateway",
        "explain.decides": "{kind} {value}: rule {rule}, which decides",
        "explain.spoke": "{kind} {value}: rule {rule}",
        "explain.owners": "of {owners}",
        "explain.owner": "{name}, {country}{mark}",
        "explain.if.dns": "if {subject} is a name server",
        "explain.if.mx": "if {subject} is a mail exchange",
        "explain.if.mailbox": "if {subject} is a mail exchange",
        "explain.if.gateway": "if {subject} is a mail exchange",
        "who.title": "Who {subject} is ({days})",
        "who.actor": "{name} ({id})",
        "who.roles": "does: {roles}",
        "who.aliases": "also called {names}",
        "who.runs": "runs {names}",
        "who.begins": "The earliest day of which the catalogue says anything is {day}. Of the day asked for it knows nothing: what follows is how it was first known, and perhaps not yet so on that day.",
        "who.no-company": "the catalogue names no company that runs it",
        "who.company": "run by {name}, {country} ({source}){mark}",
        "who.owner": "which belongs to {name}, {country} ({source}){mark}: {when} ({owned}){owned_mark}",
        "who.owned-since": "since {day}",
        "who.owned-by": "at the latest since {day}",
        "who.owned-until": "until {day}",
        "who.no-day": "the first day is not known",
        "who.unsure": "on which day of it is not known, so perhaps not yet on the day asked for",
        "who.reached": "the law of another country reaches {name}: {country} ({source}){mark}",
        "who.unverified": " (unverified)",
        "who.before": "Until that day",
        "who.since": "Since then",
        "who.change": "{day}: {told} ({source}){mark}",
        "who.bought": "{of} came to {other}",
        "who.owned": "{of} belonged to {other}; since when is not known",
        "who.sold": "{of} left {other}",
        "who.renamed": "{of}, until then {other}",
        "who.ended": "{of} ended; {other} carried on",
        "who.ended.alone": "{of} ended",
        "who.successor": "{of} took over the business of {other}",
        "who.rules": "Rules by which it is known: {count}",
        "who.rule": "{kind}: {patterns}",
        "who.source": "its row: {source}, last checked on {day}{mark}",
        "who.nobody.asn": "The catalogue has no rule for {subject}.",
        "who.nobody.host": "The catalogue has no rule for {subject} or a domain above it.",
        "who.nobody.registrar-id": "The catalogue has no registrar of that number.",
        "role.dns": "name service",
        "role.hosting": "hosting",
        "role.front": "front",
        "role.mailbox": "mailboxes",
        "role.gateway": "mail gateway",
        "role.registrar": "registrar",
        "role.registry": "registry",
        "role.back-end": "registry back-end",
        "role.ca": "certificates",
        "role.network": "network",
        "role.holder": "address block",
        "role.platform": "platform",
        # The command line
        "help": "Say who is behind a service, who can take it down, and from what evidence.\n\nStart with `depgraph NAME`, such as `depgraph example.org`: it observes, shows the first screen, and writes a page and the recording. `depgraph FILE` does the same from a file, without the network; `depgraph demo` shows a recording that comes with it.",
        "help.usage": "Usage: ",
        "help.options": "Options:",
        "help.verbs": "Commands:",
        "help.default": "[default: {value}]",
        "help.required": "[required]",
        "help.observe": "Collect what DNS, routing and registration say of NAME.\n\nObservations are written as they come; Ctrl-C keeps them, and --resume goes on. Without --output the recording goes to standard output.",
        "help.observe.output": "Recording to write.",
        "help.observe.resume": "Go on with the recording: ask what is missing.",
        "help.option.resolver": "Ask this recursive resolver.",
        "help.option.tls": "Connect to port 443 and record the certificate.",
        "help.option.no-registration": "Do not ask RDAP and WHOIS servers.",
        "help.option.also": "Ask this further source, too.",
        "help.option.vantage": "Label of this vantage point.",
        "help.option.subnet": "EDNS client subnet to send.",
        "help.option.questions": "Budget: questions asked.",
        "help.option.depth": "Budget: dependencies followed.",
        "help.option.seconds": "Budget: time.",
        "help.option.bytes": "Budget: bytes received.",
        "help.option.endpoints": "JSON file that says where each source is reached (a lab, a proxy).",
        "help.look": "Observe WHAT, a name, or read it, a file: the first screen, a page, and the recording.\n\n`depgraph WHAT` is the same. An existing file or folder is read; --name forces a name. NAME_DAY.jsonl (not of a file that is a recording already) and NAME_DAY.html go into the current folder, never over a file: a recording of today that was interrupted is gone on with, a finished one gets a number. Exit codes: 0 answered, 2 it cannot be done, 4 no such name, 130 interrupted.",
        "help.look.name": "A name, where a file is called like it; beside a file, which service in it.",
        "help.look.output": "Folder for the page and the recording.",
        "help.demo": "Show a recording that comes with depgraph; without NAME, Parler on 15 February 2021.",
        "help.option.full": "The whole report layer by layer, or the first screen only.",
        "help.option.exit-code": "Exit with 1 if the answer is no (contradicted, changed, something is wrong), else with 3 if it is undetermined, else with 0.",
        "help.observe.from": "List of names (text, CSV, Excel's own), each into a recording of its own in the folder --output.",
        "help.observe.shard": "Only this part of the list: 3/16 is the third of sixteen.",
        "help.option.only": "Only the services of this list; else every one that the inputs hold.",
        "help.option.column": "Column of the list with the names.",
        "help.option.sheet": "Sheet of the list, if it is a workbook; else the first with names.",
        "help.option.all": "Every service that the file holds.",
        "help.world": "Write the services of the INPUTs as one world, which every verb reads.\n\nA world is a columnar file, mapped into memory; docs/survey.md describes it.",
        "help.world.output": "World to write.",
        "help.frontier": "Write the names that are still to be asked about, a file for each type of record.\n\nA scanner (zdns, massdns, dnsx) asks them, and its output joins the INPUTs, until 0 are left.",
        "help.frontier.output": "Folder for TYPE.names.",
        "help.verify": "Check recordings line by line; list every fault.",
        "help.verify.sha256": "Also print the SHA-256 of each file, as sha256sum does, to cite it by.",
        "help.merge": "Join recordings of one service, made at several places or times.",
        "help.report": "Say who is behind each function of the service in FILE, and how we know.",
        "help.option.format": "Form; by default that of the output’s suffix, else text.",
        "help.survey": "Ask the same questions of every service in the INPUTs, and write tables, a workbook and a report.\n\nINPUT is a file of any form that depgraph reads, or a folder of recordings; standard input and pipes are refused, for a file is read more than once. A run that was ended goes on where it was.",
        "help.survey.output": "Folder to write.",
        "help.survey.force": "Write over a survey that is in the folder, or the part of another one that was not finished.",
        "help.survey.at": "The day that the survey is for.",
        "help.survey.join": "List of names (text, CSV, Excel's own) whose other columns are kept.",
        "help.survey.by": "Column of that list by which services are told apart.",
        "help.survey.column": "Column of that list with the names; without --join of the list of --only.",
        "help.survey.sheet": "Sheet of that list, if it is a workbook; without --join of the list of --only.",
        "help.survey.tables": "Take origins that the INPUTs lack from the routing tables in your cache.",
        "help.survey.jobs": "How many processes.",
        "help.survey.upto": "Size of the largest sets looked for.",
        "help.survey.compare": "Instead: say what moved between the surveys in two folders.",
        "help.survey.group": "Whose bars are filled in the pictures.",
        "help.draw": "Draw the providers behind the service in FILE (png, svg or pdf by suffix; html: a page).\n\nOf several recordings of one service a timeline, of several services a survey (shares by layer) or their concentration (who carries how many).",
        "help.draw.output": "The suffix says the form: .png .svg .pdf .html",
        "help.draw.kind": "Kind of picture: strip by default, of several files timeline (one service) or survey (several).",
        "help.draw.theme": "Colours: light, dark, or black and white.",
        "help.draw.group": "Whose boxes are filled: a group, company, provider or country.",
        "help.draw.title": "The title, in place of the finding.",
        "help.draw.deck": "What stands below the title, in place of what goes with the finding.",
        "help.draw.credit": "A line at the foot of the picture.",
        "help.draw.shape": "Shape of the page that the picture stands on: 16:9, square, or phone.",
        "help.export": "Write the graph of FILE for other programs.",
        "help.export.output": "The suffix says the form: .json .graphml .gexf .dot .mmd",
        "help.takedown": "Say who can take the service down, alone or together: the minimal cut sets.",
        "help.exposure": "Say who is on a path, and what they could read, redirect or refuse there.",
        "help.findings": "Say what is wrong with the service, the most urgent first, and what to do.",
        "help.without": "Say what still works if ACTORS withdraw together.\n\nAn actor is a provider, a company, a country (US, Germany), a group (big-tech, EU, or a file with one actor a line), an AS (AS16509), a prefix, an address, a name server, an address family (ipv4, ipv6), or a region of a cloud whose published ranges are in your cache (aws/us-east-1). `depgraph catalogue find` says whom a word means.",
        "help.dependence": "Say per function whether a group can stop it, and whether it is on a path.",
        "help.dependence.on": "Who: as for `without`.",
        "help.wanted": "Say what is not known that would change the answers, and which question or file would tell it.",
        "help.wanted.on": "Who: as for `without`.",
        "help.check": 'Hold CLAIM, such as "independent of big-tech", against the evidence.',
        "help.importance": "Weigh the actors: Shapley-Shubik and Birnbaum. A structural measure, not a risk score.",
        "help.compare": "Say what appeared, vanished or changed between two recordings of one service.",
        "help.compare.name": "Which service, where the files hold several.",
        "help.precedents": "Tell what happened before: dated withdrawals and outages, with notice and the way back.",
        "help.precedents.lever": "Of one lever only.",
        "help.timeline": "Lay several recordings of one service side by side, in the order of their days.\n\nOf a folder, each day that it has recordings of.",
        "help.explain": "Say who is behind a host name or an address, by which rules, and why.",
        "help.explain.at": "The day; today by default.",
        "help.who": "Say who WHOM is, who owned it on a day, and what changed since.\n\nWHOM is a provider or company by name or id (company:akamai), an AS (AS13335), a host name, a registrar by its IANA number (registrar:292), or the name in a certificate.",
        "help.who.at": "The day; today by default.",
        "help.attribute": "Attribute cases in bulk: one line out for each line in.",
        "help.attribute.in": "Cases, JSON Lines.",
        "help.attribute.csv": "Write a table (CSV), one row for each entry of each layer; also where --out ends in .csv.",
        "help.catalogue": "Look after the catalogue of providers, companies, groups and rules.",
        "help.catalogue.check": "Check the catalogue: ids, parents, dates, sources, rules. List every fault.",
        "help.catalogue.find": "Say whom WORD means: kind, id and name of each, one a line.\n\nOf several lines each id (company:amazon) says which is meant; WORD alone is refused. If it means nobody the nearest are shown, and the exit code is 1.",
        "help.catalogue.learn": "Propose rows for mail from cases: filters and mailbox operators that the catalogue lacks.\n\nFILES are JSON Lines as for `attribute`. A row is proposed where the DKIM or autodiscover records of all domains behind an exchanger agree: it comes with their count, for a person to accept.",
        "help.catalogue.learn.least": "Domains that a row needs.",
        "help.catalogue.learn.out": "Write here, not to standard output.",
        "help.catalogue.list": "List groups with their members, companies with their country, or providers with their company.",
        "help.tables": "List the prefix tables in your cache, with their dates.",
        "help.tables.update": "Fetch the public tables from their publishers into your cache.",
        "help.tables.update.from": "Take the files of this directory; no network.",
        "help.tables.update.source": "Only this publisher (several allowed).",
        "help.option.at": "Take the day as given; facts of other days are only last known.",
        "help.option.json": "JSON, schema versioned.",
        "help.option.clients": "For whom: a vantage point, dual, ipv4, ipv6, validating, svcb; joined by '+'. All but ipv6 if none is given.",
        "help.compare.dated": "When files are from that do not say so (zone files): 2026-08-22, 2026-08 ... Once for all files, or once for each, in their order.",
        "help.timeline.dated": "When files are from that do not say so (zone files): 2026-08-22, 2026-08 ... Once for all files, or once for each, in their order.",
        "help.draw.dated": "When files are from that do not say so (zone files): 2026-08-22, 2026-08 ... Once for all files, or once for each, in their order.",
        "help.merge.dated": "When files are from that do not say so (zone files): 2026-08-22, 2026-08 ... Once for all files, or once for each, in their order.",
        "help.option.dated": "When a file is from that does not say so (a zone file): 2026-08-22, 2026-08 ...",
        "help.option.origin": "The name of the zone in a zone file that does not say it",
        "help.option.include": "Read the files of the same folder that a zone file includes",
        "help.option.force": "Write over an input, a recording or a graph that is there.",
        "help.option.help": "Show this message and exit.",
        "help.option.horizon": "Ignore actions that take effect later than TIME: 12h, 30d, 8w; 'none' counts all.",
        "help.option.host": "Another host name of the service, as a function of its own (several allowed).",
        "help.option.lang": "Language; by default that of DEPGRAPH_LANG, else English.",
        "help.option.level": "Level at which actors are aggregated.",
        "help.option.name": "Which service, where the file holds several.",
        "help.option.output": "Write here, not to standard output.",
        "help.attribute.out": "Write here, not to standard output.",
        "help.option.steering": "Whether operators who answer places differently lead all clients to what works.",
        "help.option.uncatalogued": "Whether an operator that the catalogue does not have may belong to the group.",
        "help.option.upto": "Largest set.",
        "help.option.version": "Show the version and exit.",
        "help.option.width": "Columns of the text; no line is longer. As wide as the terminal if it is not given, 110 without one.",
        "help.option.tables": "Take origins that FILE lacks from the routing tables in your cache.",
        # What is refused
        "refused.near": "; did you mean {near}?",
        "refused.none": "none",
        "refused.claim": (
            "expected a claim such as 'independent of big-tech', 'not reliant on Big Tech', "
            "'mail does not depend on Microsoft', 'depends on AS16509', 'Amazon cannot stop web', "
            "'free of US', 'hosted in Europe', 'self-hosted' or 'no single company can take it down', "
            "found {found}, which says nothing that can be tested"
            "{because}: say of whom, or what nobody can do alone{near}"
        ),
        "refused.claim.reasons": " ({reasons})",
        "refused.claim.because": "{words} {why}",
        "refused.claim.of-another": (
            "expected a claim about {subject}, which this graph is of, found one "
            "about {found}: name the service, or ask a recording of the other"
        ),
        "refused.actor.none": "expected one actor or more, found none",
        "refused.actor.several": "expected one actor, found {found}, which may be several: write {choices} or {last}",
        "refused.actor.members": "the members by name",
        "refused.actor.file": "./{path} (the file)",
        "refused.actor.no-file": "expected a file with one actor a line at {path}: {why}",
        "refused.actor.empty-file": "expected one actor a line in {path}, found none",
        "refused.actor.line": "{path}, line {number}: {why}",
        "refused.actor.no-members": "expected a group with members, found none in group {group}",
        "refused.actor.no-ranges": (
            "expected published ranges to know which addresses are in {region}, found none: "
            "give ranges=depgraph.routes.published_at(...)"
        ),
        "refused.actor.no-actor": "expected an actor, found {found}, which is a {kind} in this graph: name who runs it",
        "refused.what.host": "host",
        "refused.what.exchange": "mail exchange",
        "refused.what.zone": "zone",
        "refused.what.registration": "registration",
        "refused.what.service": "service",
        "refused.actor.no-country": "ISO 3166-1 gives these letters to no country",
        "refused.actor.nearest": "the nearest are {names}",
        "refused.actor.nearest.one": "the nearest is {names}",
        "refused.actor.catalogue": "'depgraph catalogue list' has the groups, companies and providers",
        "refused.actor.nobody": (
            "expected a provider, company, country, group ({groups}), AS, prefix, address, "
            "name server, ipv4 or ipv6, found {found}: {hints}"
        ),
        "refused.number.ip": "expected an IP {kind}, found {found}",
        "refused.number.prefix": "expected one IP address, found the prefix {found}",
        "refused.number.as": "expected an AS number such as AS13335, found {found}",
        "refused.number.bits": (
            "expected a prefix whose host bits are zero, found {found}: write {network} or one of its addresses"
        ),
        "refused.number.unused": "expected a number in use, found {found}, which is {why}",
        "refused.level": "expected a level among {levels}, found {found}",
        "refused.horizon": "expected a horizon such as '30d', '12h' or '90m', found {found}",
        "refused.horizon.negative": "expected a horizon of zero or more seconds, found {found}",
        "refused.clients.none": "expected clients, or {everyone} for all, found none",
        "refused.clients.place": "expected a place from which answers differ ({places}), found {found}",
        "refused.clients.absent": "expected clients of this graph, found none that are {clients}",
        "refused.group": "expected a group, company, provider or country to fill, found {found}",
        "refused.timeline": "expected two or more graphs of one service, found {n} of {subjects}",
        "refused.who.several": "expected one of {choices}, found {found}: write its id",
        "refused.who.nobody": (
            "expected a provider, company, AS, host name, registrar:ID or certificate issuer, found {found}{near}"
        ),
        "refused.who.near": "; near it: {names}",
        "refused.who.no-actor": "expected somebody that the catalogue describes, found {found}",
        "refused.who.group": (
            "{found}, a group: 'depgraph catalogue list groups' lists its members, "
            "'depgraph dependence FILE --on GROUP' what depends on them"
        ),
        "refused.who.country": (
            "{found}, a country: 'depgraph catalogue list companies' says who is seated there, "
            "'depgraph takedown FILE --level country' what can be stopped under its law"
        ),
        "refused.who.region": "{found}, a region of a provider: 'depgraph without FILE REGION' says what stops with it",
        "refused.who.network": "{found}, a block of addresses: 'depgraph explain ADDRESS' says who is behind one",
        "refused.who.address": "{found}, an address: 'depgraph explain ADDRESS' says who is behind it",
        "refused.who.layer": "the layer {found}: 'depgraph report FILE' says who is in it",
        "refused.who.lever": "the lever {found}: 'depgraph takedown FILE' says who has it",
        "refused.look": "expected the name of a service or a file, found neither: depgraph example.org",
        "refused.interrupted": "interrupted",
        "refused.interrupted-at": "interrupted: depgraph {name} goes on with what is kept in {path}",
        "refused.interrupted-list": "interrupted at {name}: the same command goes on from there",
        "refused.no-folder": (
            "expected a folder that is there for {output}, found none called {folder}: make it "
            "(mkdir {folder}), or give another name"
        ),
        "refused.reads-it": (
            "expected another file to write than those it reads, found {output}: "
            "give another name, or --force to write over it"
        ),
        "refused.kept": (
            "expected a new file to write, found {kept} in {output}: "
            "give another name, or --force to write over it"
        ),
        "kept.world": "a world",
        "kept.recording": "a recording",
        "kept.graph": "a graph",
        "refused.suffix": "expected a file name in {forms}, found {suffix} in {output}: rename it",
        "refused.form": (
            "expected a file name in {forms}, found {suffix} in {output}: rename it, or choose with --format"
        ),
        "refused.graph-built": (
            "expected a recording for {option}, found a graph in {file}: it is built already; "
            "give the recording it was made from"
        ),
        "refused.graph-of": "expected a graph of {name} in {file}, found one of {found}",
        "refused.two-forms": "expected one form, found --json and --format {form}: leave one out",
        "refused.prefix": (
            "expected a host name or an address, found the prefix {found}: give one address of it"
        ),
        "refused.no-cases": "expected cases in JSON Lines, one a line, found none",
        "refused.no-case-reads": "expected cases in JSON Lines, one a line, found none that reads; {first}",
        "refused.name-or-list": "expected a NAME, or a list of names by --from, found none of them or both",
        "refused.no-output-folder": "expected a folder for the recordings (-o), found none",
        "refused.no-list": "expected a list for {given}, found none: give it by {option}",
        "refused.a-folder": "expected a file to write, found the folder {output}",
        "refused.none-observed": "expected names that can be observed, found none among {n}",
        "refused.dated": (
            "expected --dated once, or once for each of the {n} files in their order, found it {found} times"
        ),
        "refused.found-file": "expected the name of a service, found a file: depgraph {file} reads it",
        "refused.name-or-file": "expected the name of a service or a file that is there, found {found}{near}",
        "refused.no-file": "expected a file that is there, found no such file: {found}{near}{name}",
        "refused.no-file-with": (
            "expected a file that is there, since {options} stands with it, found no such file: {found}{near}{name}"
        ),
        "refused.by-name": " (depgraph --name {word} asks for that name)",
        "refused.zip": "expected a file called .zip for --zip, found {output}: -o {stem}.zip",
        "refused.survey-needs": "expected INPUTs and a folder to write (-o), found none: see --help",
        "refused.by-without-join": "expected the list with the column of --by, found none: give it by --join",
        "refused.no-services": "expected services in the INPUTs, found none that could be read or judged",
        "refused.survey-there": (
            "expected a new folder, found a survey in {folder}: give another folder "
            "(--compare says what moved between two), or --force to write over it"
        ),
        "refused.files-there": "expected a new folder, found {files} in {folder}: give another folder",
        "usage.see": "See '{command}'",
        "usage.missing": "expected {name}, found none.",
        "usage.expected": "expected {expected} for {name}, found {found}.",
        "usage.no-option": "expected an option of this command, found {option}.",
        "usage.no-option-near": "expected an option of this command, perhaps {near}, found {option}.",
        "usage.no-value": "expected a value for {option}, found none.",
        "usage.no-command": "expected a command among {choices}, found {found}.",
        "usage.extra": "expected no more words, found {found}.",
        "usage.one-file": "One file or folder is read: put the files into a folder, and give that.",
        "usage.choice": "one of {choices}",
        "usage.from": "a number from {least}",
        "usage.more": "a number above {least}",
        "usage.dated": "expected a date such as 2021-02-15, 2023-06, 2022 or 2009..2022 for --dated, found {found}.",
        "usage.shard": "expected a part of the list such as 3/16 for --shard, found {found}.",
        "usage.upto": "expected a number from 1, or 'all', for --upto, found {found}.",
        "usage.day": "a day such as 2026-01-31",
        "usage.file": "a file that is there",
        "usage.observes": "A file is read; to observe a name: depgraph {name}.",
        "usage.folder": "a directory that is there",
        "usage.new-file": "the name of a file to write",
        "usage.a-folder": "the directory {found}",
        "help.word.INPUTS": "INPUT",
        "help.word.FOLDER": "FOLDER",
        "help.word.LIST": "LIST",
        "help.word.COLUMN": "COLUMN",
        "help.word.SHEET": "SHEET",
        "help.word.FILE": "FILE",
        "help.word.WHAT": "WHAT",
        "help.word.SINCE": "DAY",
        "help.word.FILES": "FILES",
        "help.word.FILENAME": "FILE",
        "help.word.DIRECTORY": "DIRECTORY",
        "help.word.NAME": "NAME",
        "help.word.NAME_OR_ADDRESS": "NAME_OR_ADDRESS",
        "help.word.WORD": "WORD",
        "help.word.WORDS": "WORDS",
        "help.word.ADDRESS": "ADDRESS",
        "help.word.PREFIX": "PREFIX",
        "help.word.TIME": "TIME",
        "help.word.WHO": "WHO",
        "help.word.ACTORS": "ACTORS",
        "help.word.CLAIM": "CLAIM",
        "help.word.BEFORE": "BEFORE",
        "help.word.AFTER": "AFTER",
        "help.word.TEXT": "WORD",
        "help.word.INTEGER": "N",
        "help.word.INTEGER RANGE": "N",
        "help.word.FLOAT RANGE": "N",
        "help.word.COMMAND": "COMMAND",
        "help.word.ARGS": "ARGS",
    }
)

COUNTRIES: Final = """\
AD,Andorra,,Andorran
AE,United Arab Emirates,UAE,Emirati
AF,Afghanistan,,Afghan
AG,Antigua & Barbuda,,
AI,Anguilla,,Anguillian
AL,Albania,,Albanian
AM,Armenia,,Armenian
AO,Angola,,Angolan
AQ,Antarctica,,
AR,Argentina,,Argentine;Argentinian;Argentinean
AS,American Samoa,,American Samoan
AT,Austria,,Austrian
AU,Australia,,Australian
AW,Aruba,,Aruban
AX,Åland Islands,Aland,
AZ,Azerbaijan,,Azerbaijani;Azeri
BA,Bosnia & Herzegovina,Bosnia,Bosnian
BB,Barbados,,Barbadian
BD,Bangladesh,,Bangladeshi
BE,Belgium,,Belgian
BF,Burkina Faso,,Burkinabe
BG,Bulgaria,,Bulgarian
BH,Bahrain,,Bahraini
BI,Burundi,,Burundian
BJ,Benin,,Beninese
BL,St. Barthélemy,Saint Barthélemy;Saint Barts;St. Barts,
BM,Bermuda,,Bermudian;Bermudan
BN,Brunei,Brunei Darussalam,Bruneian
BO,Bolivia,,Bolivian
BQ,Caribbean Netherlands,"Bonaire, Sint Eustatius and Saba",
BR,Brazil,,Brazilian
BS,Bahamas,The Bahamas,Bahamian
BT,Bhutan,,Bhutanese
BV,Bouvet Island,,
BW,Botswana,,Botswanan
BY,Belarus,Byelorussia,Belarusian;Belarussian
BZ,Belize,,Belizean
CA,Canada,,Canadian
CC,Cocos (Keeling) Islands,Cocos Islands;Keeling Islands,
CD,Congo - Kinshasa,Congo;Democratic Republic of the Congo;DR Congo;DRC,Congolese
CF,Central African Republic,,Central African
CG,Congo - Brazzaville,Congo;Republic of the Congo,Congolese
CH,Switzerland,Swiss Confederation,Swiss
CI,Côte d’Ivoire,Ivory Coast,Ivorian
CK,Cook Islands,,Cook Islander
CL,Chile,,Chilean
CM,Cameroon,,Cameroonian
CN,China,People's Republic of China;PRC,Chinese
CO,Colombia,,Colombian
CR,Costa Rica,,Costa Rican
CU,Cuba,,Cuban
CV,Cape Verde,Cabo Verde,Cape Verdean
CW,Curaçao,,
CX,Christmas Island,,
CY,Cyprus,,Cypriot
CZ,Czechia,Czech Republic,Czech
DE,Germany,Federal Republic of Germany,German
DJ,Djibouti,,Djiboutian
DK,Denmark,,Danish
DM,Dominica,,Dominican
DO,Dominican Republic,,Dominican
DZ,Algeria,,Algerian
EC,Ecuador,,Ecuadorian;Ecuadorean
EE,Estonia,,Estonian
EG,Egypt,,Egyptian
EH,Western Sahara,,Sahrawi
ER,Eritrea,,Eritrean
ES,Spain,,Spanish
ET,Ethiopia,,Ethiopian
FI,Finland,,Finnish
FJ,Fiji,,Fijian
FK,Falkland Islands,Falklands;Malvinas,
FM,Micronesia,Federated States of Micronesia,Micronesian
FO,Faroe Islands,Faroes,Faroese
FR,France,French Republic,French
GA,Gabon,,Gabonese
GB,United Kingdom,UK;Great Britain;Britain;United Kingdom of Great Britain and Northern Ireland,British
GD,Grenada,,Grenadian
GE,Georgia,,Georgian
GF,French Guiana,,French Guianese
GG,Guernsey,,
GH,Ghana,,Ghanaian
GI,Gibraltar,,Gibraltarian
GL,Greenland,,Greenlandic
GM,Gambia,The Gambia,Gambian
GN,Guinea,,Guinean
GP,Guadeloupe,,Guadeloupean
GQ,Equatorial Guinea,,Equatorial Guinean;Equatoguinean
GR,Greece,Hellenic Republic,Greek;Hellenic
GS,South Georgia & South Sandwich Islands,South Georgia,
GT,Guatemala,,Guatemalan
GU,Guam,,Guamanian
GW,Guinea-Bissau,,Bissau-Guinean
GY,Guyana,,Guyanese
HK,Hong Kong,Hong Kong SAR China,
HM,Heard Island & McDonald Islands,,
HN,Honduras,,Honduran
HR,Croatia,,Croatian
HT,Haiti,,Haitian
HU,Hungary,,Hungarian
ID,Indonesia,,Indonesian
IE,Ireland,Republic of Ireland;Eire,Irish
IL,Israel,,Israeli
IM,Isle of Man,,Manx
IN,India,,Indian
IO,British Indian Ocean Territory,,
IQ,Iraq,,Iraqi
IR,Iran,Islamic Republic of Iran,Iranian
IS,Iceland,,Icelandic
IT,Italy,Italian Republic,Italian
JE,Jersey,,
JM,Jamaica,,Jamaican
JO,Jordan,,Jordanian
JP,Japan,,Japanese
KE,Kenya,,Kenyan
KG,Kyrgyzstan,,Kyrgyz;Kyrgyzstani
KH,Cambodia,,Cambodian
KI,Kiribati,,I-Kiribati
KM,Comoros,,Comorian
KN,St. Kitts & Nevis,Saint Kitts and Nevis,Kittitian
KP,North Korea,Korea;Democratic People's Republic of Korea;DPRK,Korean;North Korean
KR,South Korea,Korea;Republic of Korea,Korean;South Korean
KW,Kuwait,,Kuwaiti
KY,Cayman Islands,Caymans,Caymanian
KZ,Kazakhstan,,Kazakh;Kazakhstani
LA,Laos,Lao People's Democratic Republic,Lao;Laotian
LB,Lebanon,,Lebanese
LC,St. Lucia,Saint Lucia,Saint Lucian
LI,Liechtenstein,,Liechtensteiner
LK,Sri Lanka,,Sri Lankan
LR,Liberia,,Liberian
LS,Lesotho,,Basotho
LT,Lithuania,,Lithuanian
LU,Luxembourg,,Luxembourgish;Luxembourger
LV,Latvia,,Latvian
LY,Libya,,Libyan
MA,Morocco,,Moroccan
MC,Monaco,,Monegasque;Monacan
MD,Moldova,Republic of Moldova,Moldovan;Moldavian
ME,Montenegro,,Montenegrin
MF,St. Martin,Saint Martin,
MG,Madagascar,,Malagasy
MH,Marshall Islands,,Marshallese
MK,North Macedonia,Macedonia;Republic of North Macedonia,Macedonian;North Macedonian
ML,Mali,,Malian
MM,Myanmar (Burma),Myanmar;Burma,Burmese;Myanma
MN,Mongolia,,Mongolian
MO,Macao,Macao SAR China;Macau,Macanese
MP,Northern Mariana Islands,,
MQ,Martinique,,Martinican
MR,Mauritania,,Mauritanian
MS,Montserrat,,Montserratian
MT,Malta,,Maltese
MU,Mauritius,,Mauritian
MV,Maldives,,Maldivian
MW,Malawi,,Malawian
MX,Mexico,,Mexican
MY,Malaysia,,Malaysian
MZ,Mozambique,,Mozambican
NA,Namibia,,Namibian
NC,New Caledonia,,New Caledonian
NE,Niger,,Nigerien
NF,Norfolk Island,,
NG,Nigeria,,Nigerian
NI,Nicaragua,,Nicaraguan
NL,Netherlands,The Netherlands;Holland;Kingdom of the Netherlands,Dutch
NO,Norway,,Norwegian
NP,Nepal,,Nepalese;Nepali
NR,Nauru,,Nauruan
NU,Niue,,Niuean
NZ,New Zealand,,New Zealander
OM,Oman,,Omani
PA,Panama,,Panamanian
PE,Peru,,Peruvian
PF,French Polynesia,,French Polynesian
PG,Papua New Guinea,,Papua New Guinean
PH,Philippines,,Philippine;Filipino
PK,Pakistan,,Pakistani
PL,Poland,,Polish
PM,St. Pierre & Miquelon,Saint Pierre and Miquelon,
PN,Pitcairn Islands,Pitcairn,
PR,Puerto Rico,,Puerto Rican
PS,Palestinian Territories,Palestine;State of Palestine,Palestinian
PT,Portugal,,Portuguese
PW,Palau,,Palauan
PY,Paraguay,,Paraguayan
QA,Qatar,,Qatari
RE,Réunion,Reunion,
RO,Romania,,Romanian
RS,Serbia,,Serbian
RU,Russia,Russian Federation,Russian
RW,Rwanda,,Rwandan
SA,Saudi Arabia,Kingdom of Saudi Arabia,Saudi;Saudi Arabian
SB,Solomon Islands,,
SC,Seychelles,,Seychellois
SD,Sudan,,Sudanese
SE,Sweden,,Swedish
SG,Singapore,,Singaporean
SH,St. Helena,St. Helena;Saint Helena,
SI,Slovenia,,Slovenian;Slovene
SJ,Svalbard & Jan Mayen,Svalbard,
SK,Slovakia,Slovak Republic,Slovak;Slovakian
SL,Sierra Leone,,Sierra Leonean
SM,San Marino,,Sammarinese
SN,Senegal,,Senegalese
SO,Somalia,,Somali;Somalian
SR,Suriname,,Surinamese
SS,South Sudan,,South Sudanese
ST,São Tomé & Príncipe,São Tomé,São Toméan
SV,El Salvador,,Salvadoran;Salvadorean
SX,Sint Maarten,,
SY,Syria,Syrian Arab Republic,Syrian
SZ,Eswatini,Swaziland,Swazi
TC,Turks & Caicos Islands,,
TD,Chad,,Chadian
TF,French Southern and Antarctic Lands,French Southern Territories,
TG,Togo,,Togolese
TH,Thailand,,Thai
TJ,Tajikistan,,Tajik;Tajikistani
TK,Tokelau,,Tokelauan
TL,Timor-Leste,East Timor,Timorese;East Timorese
TM,Turkmenistan,,Turkmen
TN,Tunisia,,Tunisian
TO,Tonga,,Tongan
TR,Türkiye,Turkey,Turkish
TT,Trinidad & Tobago,,Trinidadian
TV,Tuvalu,,Tuvaluan
TW,Taiwan,Republic of China,Taiwanese
TZ,Tanzania,,Tanzanian
UA,Ukraine,,Ukrainian
UG,Uganda,,Ugandan
UM,U.S. Outlying Islands,,
US,United States,USA;United States of America;America,American
UY,Uruguay,,Uruguayan
UZ,Uzbekistan,,Uzbek;Uzbekistani
VA,Vatican City,Vatican;Holy See,
VC,St. Vincent & Grenadines,Saint Vincent and the Grenadines,Vincentian
VE,Venezuela,,Venezuelan
VG,British Virgin Islands,Virgin Islands,British Virgin Islander
VI,U.S. Virgin Islands,Virgin Islands;United States Virgin Islands,
VN,Vietnam,Viet Nam,Vietnamese
VU,Vanuatu,,
WF,Wallis & Futuna,,
WS,Samoa,,Samoan
YE,Yemen,,Yemeni
YT,Mayotte,,Mahoran
ZA,South Africa,,South African
ZM,Zambia,,Zambian
ZW,Zimbabwe,,Zimbabwean
"""
"""A line a country of ISO 3166-1: code, name (Unicode CLDR, by Babel 2.19; of SH Saint Helena alone),
other names in use, and what its companies and its law are called, in the singular."""


def _the(country: str) -> str:
    """Return the name of a country as a sentence has it: the United States."""
    return (
        f"the {country}" if country.startswith(_ARTICLE) or country.endswith(_PLURAL) else country
    )


_ARTICLE: Final = ("United ", "Netherlands", "Philippines", "Bahamas", "Maldives", "Seychelles")
_PLURAL: Final = (" Islands", " Republic", " Territories")
FORMS: Final[Mapping[str, Callable[[str], str]]] = MappingProxyType({"the": _the})

_ROLES: Final = {
    "host": r"(?:(?:web\s+)?host(?:er)?|(?:web\s+)?hosting\s+(?:provider|company|firm))",
    "front": r"(?:CDN|DDoS\s+protection)(?:\s+provider)?",
    "registrar": r"registrar",
    "dns": r"(?:(?:DNS|name\s*server)\s+(?:provider|operator|host|company|service)|name\s+service)",
    "mail": r"(?:e-?mail|mail)\s+(?:provider|host|operator|service)",
    "certificate": r"certificate\s+(?:authority|issuer)",
}
"""What those are called who do something."""
_BEING: Final = (
    r"(?:(?<=\bis\s)|(?<=\bwas\s)|(?<=\bremains\s)|(?<=\bacts\sas\s)|(?<=\bnot\s)|(?<=\bneither\s)|(?<=n['’]t\s))"
    r"(?<!\bdo\snot\s)(?<!\bdoes\snot\s)(?<!\bdid\snot\s)(?<!\bdon['’]t\s)(?<!\bdoesn['’]t\s)(?<!\bdidn['’]t\s)"
    r"(?:(?:its|the|our|their|your|an?)\s+)?"
)
"""What stands before these words where they are said of somebody; a denial before it counts."""
_RUNS: Final = (
    r"(?:runs|operates|manages|handles|provides|serves|hosts"
    r"|(?:(?<=\bnot\s)|(?<=n['’]t\s)|(?<=\bnever\s)|(?<=\blonger\s))"
    r"(?:run|operate|manage|handle|provide|serve|host))\s+(?:(?:its|the|our|their)\s+)?"
)
"""What somebody does who runs a thing, and what he is said not to do."""
_KEPT: Final = {
    "dns": r"(?:DNS(?:\s+(?:service|resolution|hosting))?|name\s*servers?|name\s+(?:service|resolution))",
    "mail": r"(?:(?:e-?)?mails?|mailbox(?:es)?)",
}
"""Layer -> the thing that is kept in a place, where it is not the web site."""
_OTHERS: Final = r"(?:(?:e-?)?mails?\b|mailbox|DNS\b|name\s*server)"
_TWO: Final = rf"(?:(?!{_OTHERS})[\w’'-]+\s+){{0,2}}?"
_OURS: Final = r"(?:our|its|their)\s+own"
_SELF: Final = r"self[- ]host(?:ed|ing|s)?"
_KEEPS: Final = rf"(?:\s+(?!(?:by|at|with|from|on|in)\b|{_OTHERS})[\w’'-]+){{0,3}}?"
"""A few words that name neither another nor another thing."""
_ITSELF: Final = (
    rf"(?P<itself>{_SELF}|in[- ]house|by\s+(?:ourselves|itself|themselves|(?-i:us))"
    rf"|(?:on|from|at|in)\s+{_OURS}\s+(?:[\w-]+\s+){{0,2}}?"
    r"(?:servers?|machines?|hardware|infrastructure|network|premises|data\s*cent(?:er|re)s?))"
)
"""How it is said that nobody else does it."""
_HELD: Final = {
    "host": r"(?:(?:web\s*)?(?:sites?|servers?)|platform|infrastructure|hosting|hardware|data\s*cent(?:er|re)s?|everything)",
    **_KEPT,
}
"""Layer -> what somebody has of his own, or does himself."""
_IS: Final = (
    r"(?:is|are|stays?|remains?)(?:n['’]t)?"
    r"(?:\s+(?:not|no\s+longer|now|still|all|fully|entirely|wholly|completely|purely|100\s*(?:%|per\s*cent)))*"
)
"""What stands between a thing and the one word that says what it is."""
_ON: Final = r"(?:\s+(?!(?:e-?)?mails?\b|mailbox|DNS\b|name\s*server)(?:[\w’'-]+|\d+\s*%)){0,3}?"
"""A few words, none of them a thing that is kept apart from the web site."""
_NAMED: Final = (
    r"(?:(?-i:[A-Z])[\w.&’'-]*(?:\s+(?-i:[A-Z])[\w.&-]*){0,3}|big\s+tech)"
    r"(?:\s+(?:compan(?:y|ies)|firms?|providers?|suppliers?|vendors?|services?|servers?|technolog(?:y|ies)|clouds?|products?))?"
)
"""Somebody, and what of his there may be ("US company", "Google services")."""

CLAIMS: Final = Claims(
    functions={
        "web": "web",
        "web site": "web",
        "website": "web",
        "site": "web",
        "mail": "mail",
        "e-mail": "mail",
        "email": "mail",
        "web sites": "web",
        "websites": "web",
        "sites": "web",
        "mails": "mail",
        "e-mails": "mail",
        "emails": "mail",
        "mailbox": "mail",
        "mailboxes": "mail",
        "mail server": "mail",
        "mail servers": "mail",
        "app": "app",
        "apps": "app",
        "name": "name",
        "domain": "name",
        "domain name": "name",
        "domains": "name",
        "domain names": "name",
    },
    levels={
        "company": "company",
        "provider": "provider",
        "country": "country",
        "network": "asn",
        "name server": "nameserver",
        "nameserver": "nameserver",
        "address": "address",
        "ip address": "address",
        "prefix": "prefix",
        "point of failure": "company",
    },
    parts={
        "dns": _KEPT["dns"],
        "few": r"(?:\s+(?:[\w’'-]+|\d+\s*%)){0,3}?",
        "off": r"(?:down|off(?:line|\s+the\s+(?:air|net|internet|web))?)",
        "stop": (
            r"(?:stop|shutter|block|censor|silence|unplug|disconnect|deplatform|evict|suspend|seize"
            r"|(?:take|bring|knock|pull|shut|cut|switch|turn|kick)(?:{few}\s+{off}\b)?)\b"
        ),
        "stopped": (
            r"(?:stopped|shuttered|blocked|censored|silenced|unplugged|disconnected|deplatformed"
            r"|evicted|suspended|seized|(?:taken|brought|knocked|pulled|shut|cut|switched|turned"
            r"|kicked)\s+{off})\b"
        ),
        "can": (
            r"(?:can(?:not|['’]t)?|could(?:n['’]t)?|may|might|(?:is|are|was|were|be)\s+(?:not\s+)?(?:un)?able\s+to|(?:is|are)\s+(?:not\s+)?in\s+a\s+position\s+to"
            r"|(?:has|have|had|lacks?|lacked)\s+(?:(?:no|any|the)\s+)?(?:power|ability|means|right)\s+to)"
        ),
        "needs": r"(?:depend\w*|rel(?:y|ies|ied|iant|ying))\b",
        "by": r"(?:by|at|with|on|from|in|of|to|under)",
        "who": r"(?P<who>[\w.’'&-]+(?:,?\s+[\w.’'&-]+){0,7}?)",
        "gone": (
            r"(?:fail\w*|withdraws?|withdrew|disappear\w*|vanish\w*|collaps\w+|dies?|quits?|leaves?|left"
            r"|(?:go(?:es)?|went)\s+(?:down|dark|offline|away|bust|bankrupt|out)"
            r"|(?:is|are|was|were)\s+(?:down|offline|dark|gone|out|unavailable|unreachable|no\s+longer\s+\w+)"
            r"|pull(?:s|ed)?\s+(?:out|the\s+plug)|stop(?:s|ped)?(?:\s+\w+ing\s+us)?"
            r"|(?:drop|evict|ban|block|cut|kick|shut|throw|turn|switch|leav|suspend|terminat)\w*\s+us(?:\s+(?:off|out|down))?"
            r"|do(?:es)?\s+not|do(?:es)?n['’]t)\b"
        ),
        "loss": r"(?:outages?|failures?|loss|withdrawal|disappearance|departure|collapse)",
        "stay": (
            r"\b(?P<stay>(?:stay|remain|keep|kept)\w*\s+(?:up|alive|available|reachable|on(?:line|\s+the\s+air)?|running|working|going|serving)"
            r"|(?:work|runs?|function|operat|continu|surviv|cope|answer|respon|resolv)\w*|(?:carr(?:y|ies)|go(?:es)?)\s+on"
            r"|(?:is|are|be)\s+(?:still\s+)?(?:up|online|available|reachable|fine|safe|there))\b"
        ),
        "fall": (
            r"\b(?:go(?:es)?\s+(?:down|dark|offline)|stop\w*|fail\w*(?![ -]?over)|dies?|collaps\w+|disappear\w*|vanish\w*"
            r"|(?:is|are|be)\s+(?:down|offline|gone|dead|dark|unreachable|unavailable)"
            r"|so\s+(?:do|does|would|will)\s+\w+|affect\w*|hurt\w*|matters?|happens?|changes?"
            r"|(?:take|bring|knock|pull|shut)\w*{few}\s+{off})\b"
        ),
        "then": r"(?P<then>.*?(?:{stay}|{fall}))",
        # Further things of which the same is said.
        "also": (
            r"(?P<also>(?:(?:\s*,\s*(?:and\s+)?|\s+(?:and|or|as\s+well\s+as)\s+)(?:[\w’'-]+\s+){0,2}?"
            r"(?:{dns}|{function})){0,4}?)"
        ),
        # What may stand between a thing ("our DNS") and "by", so that it is done by whoever follows.
        "done": (
            r"(?:is|are|be|been|being|was|were|has|have|had|now|still|all|both|currently|today|itself"
            r"|services?|servers?|records?|zones?|hosting|provider|exchang\w+|looked|after|taken|care|of"
            r"|run|runs|running|operated|managed|provided|served|handled|hosted|kept|comes|delegated|outsourced"
            r"|moved|not|never|no|longer|neither|nor|\w+n['’]t|entirely|fully|wholly|partly|mostly|only|solely|exclusively"
            r"|and|or|its|our|their|the|(?:e-?)?mails?|mailbox(?:es)?|web|sites?|DNS|HTTPS|TLS|certificates?|provisioning|resolution|management)"
        ),
        "if": r"(?:\b(?:even|no\s+matter)\s+)?\b(?:if|when(?:ever)?|should|in\s+case)",
    },
    cues=(
        Cue(
            "can-stop",
            r"(?:depend(?:s|ed|ent|ing|ence|ency)?|rel(?:y|ies|ied|iant|iance|ying))(?:\s+(?:neither|not))?{few}\s+(?:up)?on",
        ),
        Cue("can-stop", r"at\s+the\s+mercy\s+of|beholden\s+to"),
        Cue(
            "can-stop",
            r"\bneed(?:s|ed)?(?=\s+(?:(?:neither|the|any|an?|no)\s+)*(?-i:[A-Z]))",
        ),
        Cue(
            "can-stop",
            r"\b(?:has|have|ha(?:s|ve)n['’]t|holds?)(?:\s+(?:no|any|some))?\s+(?:power|hold|grip|sway|leverage)\s+(?:over|on)",
            before=True,
        ),
        Cue(
            "cannot-stop", r"(?:independent(?:ly)?|independence|autonomous|autonomy)\s+(?:of|from)"
        ),
        Cue(
            "cannot-stop",
            r"(?:surviv\w+|work\w*|run\w*|operat\w+|function\w*|liv\w+|continu\w+|exist\w*|cope\w*|do|manage\w*|go\s+on|(?:stay|keep)\w*\s+\w+){few}\s+without",
        ),
        Cue(
            "cannot-stop",
            r"(?:immune|resistant|resilient)\s+(?:to|against)|(?:out\s+of|beyond)\s+(?:the\s+)?reach\s+of",
        ),
        Cue(
            "can-stop",
            r"(?:stop\w*|fail\w*|collaps\w+|dies?|go(?:es)?\s+(?:dark|down|offline)){few}\s+without",
        ),
        Cue(
            "not-on-path",
            r"free\s+(?:of|from)|untouched\s+by|outside(?:\s+of)?(?=\s+(?:the\s+)?[\w.]+\s+(?:law|jurisdiction|court|control))|without(?!\s+(?:an?\s+|any\s+)?doubt)(?:\s+(?:any|using|the\s+use\s+of))?|(?P<own>nothing)\s+to\s+do\s+with",
        ),
        Cue(
            "on-path",
            r"(?:subject|liable)\s+to|governed\s+by|under(?=\s+(?:the\s+)?[\w.]+\s+(?:law|jurisdiction|court|control))",
        ),
        Cue(
            "on-path",
            r"\bus(?:e[sd]?|ing)\b|\btouch(?:es|ed|ing)?\b|(?:ties|links?)\s+(?:to|with)|(?:runs?|ran|running|built|based|powered|sits?|sitting)(?:\s+(?:neither|not))?{few}\s+(?:on|by|with|atop)|customers?\s+of|go(?:es)?\s+through|routed\s+through",
        ),
        Cue("on-path", r"with\s+(?:the\s+)?(?:help|support|assistance|aid)\s+(?:of|from)"),
        Cue(
            "on-path",
            r"(?:is|are|was|were|be|been|being)(?:\s+not|n['’]t)?\s+involved(?!\s+by)(?!\s+in\s+(?!(?:(?:our|its|the|their)\s+)?(?:{function}|service|hosting|infrastructure)(?![\w-])))",
            before=True,
        ),
        # "no Microsoft in our mail": a sentence that is a denial and a name, and at most where.
        Cue(
            "not-on-path",
            rf"^\W*(?P<own>(?:(?:(?:we|it|they)\s+)?(?:has|have)\s+|there\s+is\s+|there['’]s\s+)?(?:no|zero))"
            rf"(?=\s+{_NAMED}(?:(?:\s*,\s*|\s+)(?:(?:and|or|nor)\s+)?{_NAMED})*(?:\s+(?:at\s+all|whatsoever|anywhere|involved|inside))?"
            r"(?:\s+(?:in|for|on|behind)\s+(?:(?:our|its|the|their)\s+)?(?:{function}|{dns}|service|infrastructure|hosting|stack)(?![\w-]))?\W*$)",
        ),
        # Where a service is, and not what of it: said of all that it has.
        Cue(
            "on-path",
            r"(?:(?!(?:e-?)?mail)(?:{function}|service|platform)\s+(?:is|are)(?:\s+not|n['’]t|\s+no\s+longer)?|(?:is|are|was|were|am)(?:\s+not|n['’]t|\s+no\s+longer))"
            r"\s+(?:on|at|with)(?=\s+(?:the\s+)?(?-i:[A-Z]))(?!\s+{profile})",
        ),
        Cue(
            "on-path",
            r"^\W*(?:not\s+(?:by|at|with|on)\b|(?:by|at|with|on)(?=\s.*\bnot\s+(?:by|at|with|on)\b))",
        ),
        # What the service does itself.
        *(
            Cue(form, how, layer=layer)
            for layer, thing in _HELD.items()
            for form, how in (
                (
                    "done-by",
                    (
                        rf"(?:runs?|running|operat(?:es?|ing)|manag(?:es?|ing)|host(?:s|ing)?|maintains?|keeps?|uses?|ha(?:s|ve)|administers?)"
                        rf"\s+(?P<itself>{_OURS})\s+{_TWO}{thing}"
                    ),
                ),
                (
                    "all-done-by",
                    (
                        rf"(?:hosts?|runs?|operates?|manages?|handles?)\s+{_TWO}{thing}"
                        r"(?:\s+servers?)?{also}\s+(?P<itself>ourselves|itself|themselves)"
                    ),
                ),
                ("all-done-by", rf"(?P<itself>{_SELF})\s+{_TWO}{thing}"),
                (
                    "all-done-by",
                    rf"{thing}(?:\s+{{done}}){{0,6}}?\s+{_ITSELF}"
                    if layer in _KEPT
                    else rf"(?:host(?:ed|ing)|runs?|running|served|operat(?:ed|es)|(?:re-?)?built|based){_KEEPS}\s+{_ITSELF}",
                ),
            )
        ),
        Cue("all-done-by", rf"(?P<itself>{_SELF})", layer="host"),
        *(
            Cue(
                "done-by",
                rf"(?:is|are|am|acts?\s+as)(?:\s+not|n['’]t)?\s+(?P<itself>{_OURS})\s+{noun}",
                layer=layer,
            )
            for layer, noun in _ROLES.items()
        ),
        Cue(
            "done-by",
            rf"host(?:ed|s|ing)?(?!{{few}}\s+{{needs}}){_ON}\s+(?:by|at|with|on|from)",
            layer="host",
        ),
        Cue("not-done-by", rf"host(?:ed|ing)?{_ON}\s+outside(?:\s+of)?", layer="host"),
        Cue(
            "done-by",
            r"(?:hosts|hosted|is\s+hosting)(?!{few}\s+(?:by|at|with|on|from|in)\b)",
            before=True,
            layer="host",
        ),
        Cue(
            "done-by",
            r"(?:protected|shielded|fronted){few}\s+by|(?:content\s+delivery|CDN|DDoS\s+protection){few}\s+(?:by|via|through|with)|(?:is|sits?|sitting|stands?|hides?|hiding|hidden|moved|went|back|put)\s+behind|(?:^|(?<=not\s))behind(?!\s+the\s+scenes)",
            layer="front",
        ),
        Cue(
            "done-by",
            r"registered{few}\s+(?:with|at|by|through|via)",
            layer="registrar",
        ),
        *cues_of_nouns(
            _ROLES,
            after=r"\s+(?:is|was|remains)(?:n['’]t)?",
            before=_BEING,
            unless=r"\s+(?:is|was)(?:n['’]t)?\b",
        ),
        *cues_of_verbs(
            {
                "front": r"(?:protects|shields|fronts|is\s+(?:protecting|shielding|fronting))",
                "mail": rf"{_RUNS}(?:(?:e-?)?mails?|mailbox(?:es)?)",
                "dns": rf"{_RUNS}{_KEPT['dns']}",
            },
            unless=r"{few}\s+(?:by|at|with|from|on|to|in)\b",
        ),
        Cue(
            "done-by",
            r"certificates?(?:\s+(?:{done}|issued|signed|come|does|do|did)){0,6}?\s+(?:by|from)",
            layer="certificate",
        ),
        Cue(
            "done-by",
            r"{dns}(?:\s+{done}){0,6}?\s+(?:by|at|with|(?<=comes\s)from|(?<=provided\s)from|(?<=moved\s)to|(?<=delegated\s)to|(?<=outsourced\s)to)",
            layer="dns",
        ),
        Cue(
            "done-by",
            r"(?:(?:e-?)?mails?|mailbox(?:es)?)(?:\s+{done}){0,6}?\s+(?:by|at|with|(?<=comes\s)from|(?<=provided\s)from|(?<=moved\s)to|(?<=delegated\s)to|(?<=outsourced\s)to)",
            layer="mail",
        ),
        *(
            Cue(
                form,
                rf"{thing}(?:\s+(?:{{done}}|stored|located|based|stays?|remains?)){{0,6}}?\s+{where}",
                layer=layer,
            )
            for layer, thing in _KEPT.items()
            for form, where in (
                ("under-law", r"(?:in(?:side)?|within)(?=\s+\S)"),
                ("not-done-by", r"outside(?:\s+of)?"),
            )
        ),
        Cue(
            "under-law",
            r"(?:host(?:ed|ing)?|servers?|stor(?:ed|age)|located|infrastructure|data(?:\s*cent(?:er|re)s?)?|kept"
            r"|(?:(?:web\s*)?site|service|platform|everything|content|traffic|it)\s+(?:stays?|remains?)|runs?|operat\w+)"
            r"(?:\s+(?:(?!(?:by|at|with|from|to)\b|(?:e-?)?mails?\b|mailbox|DNS\b|name\s*server|{needs})[\w’'-]+|\d+\s*%)){0,3}?\s+(?:in(?:side)?|within|on)(?=\s+\S)",
            layer="host",
        ),
        # Whose it is: "our mail is fully European".
        *(
            Cue(
                "under-law",
                rf"{thing}\s+{_IS}(?=\s+(?-i:[A-Z])[\w’'-]*(?:\W*$|\s*,|\s+and\b))",
                layer=layer,
            )
            for layer, thing in _HELD.items()
        ),
        Cue(
            "nobody-alone",
            r"(?:independent(?:ly)?|independence|autonomous|autonomy|free)\s+(?:of|from)\s+(?:an?|any|every|each|all)\s+(?:one\s+)?single\s+(?P<level>{level})(?!\s+(?:outside|beyond|other|but|except|not)\b)",
        ),
        Cue(
            "somebody-alone",
            r"(?:a\s+|one\s+)?(?:single|sole|lone)\s+(?P<level>{level})"
            r"(?:\s+(?:alone|itself))?(?!\s+[\w’'-]+\s+{can})|(?P<level1>point\s+of\s+failure)",
        ),
        Cue("can-stop", r"{can}(?P<who>(?:\s+[\w.’'&-]+){0,8}?)\s+{stop}", before=True),
        Cue("can-stop", r"(?:im)?possible\s+for\s+{who}\s+to\s+{stop}", before=True),
        Cue(
            "can-stop",
            r"(?:(?:be(?:en|ing)?|was|is|were|are|got)\s+(?:\w+\s+)?)?{stopped}(?:\s+n?either)?\s+by",
        ),
        Cue("somebody-alone", r"{can}{few}\s+be\s+{stopped}(?!(?:\s+n?either)?\s+by\b)"),
        Cue("can-stop", r"{if}\s+{who}\s+{gone}{then}", before=True),
        Cue(
            "can-stop",
            r"(?:(?:^|,\s*)without|even\s+without)(?!\s+(?:an?\s+|any\s+)?doubt)\s+{who}(?=\W){then}",
            before=True,
        ),
        Cue("can-stop", r"(?P<then>(?:{stay}|{fall}).*?)\s+{if}\s+{who}\s+{gone}", before=True),
        Cue("can-stop", r"{who}\s+{loss}{then}", before=True),
        Cue("can-stop", r"(?:{loss}\s+(?:of|at|by)|losing)\s+{who}(?=\W){then}", before=True),
        Cue(
            "cannot-stop",
            r"(?:surviv|withst)\w+\s+(?:(?:an?|the|any)\s+)?(?:{loss}\s+(?:of|at|by)|losing|(?=[\w.]+\s+{loss}))",
        ),
        Cue(
            "somebody-alone",
            r"{if}\s+(?:any|one|a\s+single)(?:\s+one|\s+single)?(?:\s+of\s+(?:our|its|the))?"
            r"\s+(?P<level>{level})s?\s+{gone}{then}",
        ),
    ),
    possessive=r"its|the|their|our|his|her|for|your|an?|in|any|no|all|every|neither|nor|both|either|own|{stop}",
    things={"dns": _KEPT["dns"], "certificate": r"(?:(?:TLS|SSL|HTTPS)\s+)?certificates?"},
    owning=r"(?:our|its|their|the)(?:\s+own)?",
    too=r"(?:too|as\s+well|also|ourselves|itself|themselves)",
    anew=r"\b(?:we|us)\b",
    profiles=r"(?:Facebook|Twitter|X\b|Instagram|LinkedIn|TikTok|YouTube|Telegram|WhatsApp|Mastodon|Bluesky|Threads)",
    sending=(
        # What is received besides is read.
        r"^(?!.*\b(?:inbound|incoming|receiv\w+)\b).*?(?P<sent>"
        r"\b(?:sen(?:ds?|ding|t)|outgoing|outbound)\s+(?:[\w’'-]+\s+){0,3}?(?:(?:e-?)?mails?|newsletters?|messages)\b"
        r"|\b(?:(?:e-?)?mails?|newsletters?|messages)\s+(?:[\w’'-]+\s+){0,4}?(?:sent|sending)\b|\bnewsletters?\b)"
    ),
    not_function=r"\s+server|(?<=name)\s+(?:service|resolution)|\s+(?:name\s+)?registration",
    belonging=(
        (
            (
                r"\s+(?:of|for)\s+(?:{service}|(?:the|our|this|its|their)\s+(?:service|platform|company|organi[sz]ation)\b)"
                r"(?!['’]|\s+(?:Inc|LLC|Ltd|Corp|Limited|GmbH)\b)"
            ),
            "",
        ),
        (r"{service}['’]s?(?=\s)", "its"),
        (r"(?<!\w)(?:{service})\s+(?=(?:{function})(?![\w-]))", ""),
    ),
    anybody=r"who(?:ever)?|any(?:one|body)|some(?:one|body)|nobody|no\s+one|none",
    tail=r"\bfor\b|\bto\s+(?:host|run|keep|serve|operate|stay)\b|\b(?:which|that|who|because|since|after|when)\b",
    together=(
        r"\s*[,/&(]\s*(?:(?:and|or|nor|e\.g\.|such\s+as)\s+)?(?:(?:in|by|of|from|on|with|at)\s+)?"
        r"|\s+(?:and|or|nor|as\s+well\s+as|such\s+as|like|including)\s+(?:(?:in|by|of|from|on|with|at)\s+)?"
    ),
    affirms=r",?\s+but\s+(?:rather\s+|instead\s+)?(?:(?P<by>{by})\s+)?(?:the\s+)?",
    denies=(
        r"(?:,?\s+(?:and\s+|but\s+)?not|,?\s+rather\s+than|,?\s+instead\s+of|^instead\s+of|^rather\s+than)"
        r"\s+(?:(?P<by>{by})\s+)?(?:the\s+)?"
    ),
    acts=(
        {
            r"host(?:ed|s)": "host",
            r"(?:protected|shielded|fronted)": "front",
            r"registered": "registrar",
        },
        {
            r"(?:hosting|(?:web\s*)?sites?|web)": "host",
            _KEPT["dns"]: "dns",
            r"(?:(?:e-?)?mails?|mailbox(?:es)?)": "mail",
            r"certificates?": "certificate",
        },
    ),
    inside=r"\b(?:in|within|inside)\s+(?:the\s+)?(?:[\w-]+,\s+)?$",
    alternative=r"\b(?:n?or)\b",
    operators=(
        (
            "aside",
            (
                r"\b(?:unlike|contrary\s+to|in\s+contrast\s+(?:to|with)|compared\s+(?:to|with)|despite)\b[^,;:]*"
                r"(?:,\s*(?:which|who|whose|that)\b[^,;:]*)?,?"
                # Where a company has its seat says nothing of who serves it.
                r"|\b(?:head\s*quarters|head\s+office|offices?|seat|staff|team|employees|founders?|company|firm|organi[sz]ation|foundation|backups?|we)"
                r"\s+(?:is|are|was|were|has\s+been|have\s+been|stays?|remains?|operates?|works?)(?:\s+(?:not|still|also|\w+ly))?"
                r"(?:\s+(?:located|based|headquartered|incorporated|established|registered|kept|stored))?\s+in(?=\s+(?:the\s+)?(?-i:[A-Z]))"
                r"(?:(?!\b(?:and|but)\b)[^,;:])*"
            ),
        ),
        (
            "affirm",
            (
                r"(?:\bnot|\w+n['’]t|\bnor)\s+(?:\w+\s+)?(?:only|just|merely|simply|least|to\s+mention)\b|\bno\s+(?:doubt|wonder|matter|less\s+than)\b"
                r"|\bwithout\s+(?:a\s+|any\s+)?doubt\b|^\W*no\s*,|\beven\s+(?:if|when|though)\b|\b(?:not|\w+n['’]t)\s+(?:\w+\s+)?(?:proud|happy|glad|pleased|ashamed|sorry|surpris\w+)\b"
                r"|\b(?:problem|issue|point|trouble|question)\b(?:\s+\w+)?\s+(?:is|was)(?:\s+not|n['’]t)\s+that\b"
            ),
        ),
        (
            "degree",
            r"(?<![\w.,])(?:100\s*(?:%|per\s*cent\b)|(?:a\s+|one\s+)?hundred\s+per\s*cent\b)",
        ),
        (
            "open",
            (
                # When it is so, how much of it, and what only might be, is not composed.
                r"\b(?:everything|anything|all)\s+(?:but|except(?:\s+for)?|save(?:\s+for)?|apart\s+from|other\s+than)\s+(?:(?:the|its|our|their)\s+)?(?:{function})\b|"
                r"\b(?:formerly|previously|originally|used\s+to(?=\s+(?:be|run|host|depend|rely|use))|had\s+been|until|till|ago|soon|next\s+(?:year|month|week))\b"
                r"|\bby\s+(?:19|20)\d\d\b|\b(?:could|would|may|might|should|must|ought\s+to|need\s+not)\s+(?:not\s+)?(?:be\s+(?:run|hosted|at|with|operated|managed|registered|moved?)|move|leave|switch)\b"
                r"|\b(?:a\s+(?:third|quarter|minority|majority|part|fraction)|half)\s+of\b|\b(?:one|two|three|four|five|six|\d+)\s+of\s+(?:\S+\s+){0,4}?(?:name\s*)?servers?\b|(?<![\w.,])\d+(?:[.,]\d+)?\s*(?:%|per\s*cent\b)|\bper\s*cent\b"
                r"|\b(?:exactly|just|up\s+to|two|three|four|five|six|\d+)\s+(?:\w+\s+)?(?:name\s*)?servers?\b|\bfor\s+nothing\b|\b(?:less|more)\s+on\b"
                r"|\b(?:as\s+well\s+as|alongside|along\s+with|in\s+addition\s+to|together\s+with|plus)\s+(?-i:[A-Z])|\bas\s+a\s+back-?up\b"
                r"|\b(?:competitors?|rivals?|alternatives?|subsidiar(?:y|ies)|spin-?offs?|clones?|re-?sellers?)\s+(?:of|to|for)\b|\b(?:ex-|former)\b|\bcompet(?:es?|ing)\b|\bblock(?:s|ed|ing)?\b"
                r"|\b(?:unrelated\s+to|(?:separated?|shielded|protected|withdrawn|taken\s+away|moved\s+away|pulled|freed)\s+from|wrongly|mistakenly)\b"
                r"|\b(?:unless|if|lest)\b|\bmay\s+or\s+may\s+not\b|\bwho\s+(?:says|said|claims)\b|\b(?:in\s+name|on\s+paper|in\s+theory|de\s+jure)\b|\bdoubt\w*"
                r"|\bonly\s+(?:if|when|while|together|with|in|on\s+condition|until|after)\b|\bas\s+long\s+as\b|\bprovided\s+that\b"
                r"|\b(?:critics?|rumou?rs?|opponents?|detractors?|some\s+(?:say|claim|think)|people\s+(?:say|claim|think)|alleg\w+|suppos\w+|pretend\w*)\b"
                r"|\bnot\s+(?:all|every\w*|always|both|that|because|the\s+(?:case|only))\b|\b(?:not|\w+n['’]t)\s+(?:think|believe|know|see|expect)\b(?=.*\b(?:whether|if|who|how)\b)"
                r"|\b(?:whether|if\s+and\s+when)\b"
                r"|\bprevent\w*|\bfail(?:s|ed|ing)?\s+to\b|\binstead\s+of\s+\w+ing\b|\bnot\s+(?:our|its|their)\b"
                rf"(?!\s+(?:{'|'.join(_ROLES.values())}))"
            ),
        ),
        (
            "vague",
            r"\bat\s+(?:most|least)\b|\b(?:few|seldom|rarely|occasionally|once)\b|\bso-called(?=\s+(?:in)?dependen|\s+autonomy)|\b(?:more|fewer|less)\s+than\b|\b(?:almost|nearly|virtually|practically)\b",
        ),
        (
            "only",
            (
                r"\bnothing\s+but\b|(?<!-)\b(?:only|solely|exclusively)\b|\bthe\s+(?:one|sole)\s+\w+\s+that\b"
                r"|\b(?:just|merely)(?=\s+(?:(?:by|on|at|with|the)\s+)?(?-i:[A-Z]))"
            ),
        ),
        (
            "except",
            (
                r"\b(?:except(?:ing)?(?:\s+for)?|with\s+(?:the\s+exception|exceptions?)\s+of|other\s+than|apart\s+from|aside\s+from|save(?:\s+for)?(?=\s+(?-i:[A-Z]))"
                r"|excluding|barring|besides)\b|(?:(?<=\bnobody)|(?<=\bno\sone)|(?<=\bnone)|(?<=body)|(?<=\bany\sone)|(?<=yone)|(?<=\ball)|(?<=company)|(?<=country)"
                r"|(?<=provider)|(?<=network)|(?<=vendor)|(?<=firm)|(?<=supplier))\s+but\b(?!\s+(?:not|by|on|in|at|with|for|we|our|it|its|the|they|from|is|does|can)\b)"
            ),
        ),
        (
            "deny",
            (
                r"\b(?:false|untrue|incorrect|wrong|inaccurate|nonsense|(?:lie|myth|falsehood|fallacy)(?=\s+that\b))\b|\bden(?:y|ies|ied|ying)\b|\brefus(?:e|es|ed|ing)\b"
                r"|\breject(?:s|ed|ing)?\b|\bdeclin(?:e|es|ed|ing)\s+to\b|\bavoid(?:s|ed|ing)?\b|\brefrain\w*\s+from\b|\b(?:eliminat|remov|abolish|sever)(?:e|es|ed|ing)?\b"
                r"|\b(?:free\s+(?:of|from)|without|no\s+more)(?=\s+(?:(?:any|all|ever|our|its)\s+)?(?:dependenc\w+|reliance|depending|relying|being)\b)"
                r"|\b(?:cut|cutting|broken?|break|drop(?:s|ped)?)(?:\s+off)?(?=\s+(?:(?:our|its|their|all|any)\s+)+(?:ties|links)\b)"
                r"|\bend(?:s|ed|ing)?(?=\s+(?:our|its|their|all|any|every)\b)|\b(?:got|gets?|getting)\s+rid\s+of\b|\black(?:s|ed|ing)?\b"
                r"|\b(?:los(?:t|e|es|ing)|abandon(?:s|ed|ing)?|g[ai]ve(?:s|n)?\s+up)(?=\s+(?:(?:our|its|their|all|any)\s+)?(?:independence|autonomy|dependenc\w+|reliance|ties|links)\b)"
                r"|\b(?:stop(?:s|ped|ping)|ceas(?:e|es|ed|ing)|quits?|stop)\s+(?=\w+ing\b)|\bceas(?:e|es|ed|ing)\s+to\b|\bg[ai]ve(?:s|n)?\s+up\s+(?=\w+ing\b)"
                r"|\b(?:far|a\s+long\s+way)\s+from\b|\bnowhere\s+near\b|\banything\s+but\b|\b(?:hardly|scarcely|barely|unable|incapable|impossible|powerless|zero)\b"
            ),
        ),
        (
            "end",
            (
                r"\b(?:is|are|was|were|has\s+been|have\s+been)\s+(?:now\s+)?(?:over|nil|zero|null|ended|gone|finished|history|non-?existent|eliminated"
                r"|an?\s+(?:lie|myth|sham|fiction|joke|illusion|fantasy))\b"
            ),
        ),
        (
            "not",
            (
                r"(?:\b(?:do|does|did|is|are|am|was|were|has|have|had|will|would|should|could|may|might|can)\s+)?\bnot\b(?:,?\s+(?:and|or|nor)\s+(?:\w+\s+){0,2}?(?:never|not)\b)?"
                r"(?:\s+(?:yet|even|at\s+all|any\s*more|any\s+longer))?|\b\w+n['’]t\b(?:\s+yet\b)?|\b(?:cannot|no\s+longer|no|never|neither|none|nobody|nothing)\b"
            ),
        ),
        ("concord", r"\bnor\b"),
        ("alone", r"\b(?:alone|single-handedly|(?:by|on)\s+(?:itself|its\s+own))\b"),
        ("degree", r"\b(?:entirely|fully|wholly|completely|totally|strictly|always|necessarily)\b"),
        (
            "partly",
            r"\b(?:partly|partially|mostly|largely|mainly|primarily|somewhat|half|sometimes)\b",
        ),
        # What is said of a dependence may deny it: "our independence is doubtful".
        (
            "open",
            (
                r"\b(?:(?:in)?dependenc[ey]|reliance|autonomy)\s+(?:on|of|from|upon)\s+(?:\S+\s+){1,4}?(?:is|are|was|were|remains?|has|will)\b"
                r"(?!\s+(?:still\s+|now\s+)?(?:total|complete|full|real|true|absolute|strong|well|known|a\s+fact)\b)"
            ),
        ),
        # Verbs that are not listed may deny or weigh what they govern: "we fear depending on".
        (
            "vague",
            (
                r"\b(?!(?:have|has|had|of|is|are|was|were|and|or|with|keep|keeps|admit|admits|acknowledge|confirm|maintain|about|on|by|in|at|to|for|from|not|never|s|t)\b)[\w-]+"
                r"\s+(?:our|its|their|all|any|every)\s+(?:\w+\s+)?(?:dependenc\w+|reliance|independence|autonomy|ties|links)\b"
                r"|\b(?!(?:is|are|was|were|be|been|am|and|or|but|by|of|for|now|still|currently|also|keep|keeps|kept|continues?|started|not|never|we|it)\b)\w+"
                r"\s+(?:depending|relying|being\s+(?:in)?dependent|being\s+reliant)\b"
                r"|\b(?!(?:continues?|continued|chose|chosen|choose|decided|have|has|had|needs?|forced|obliged|proud|happy|able|unable|not|never|say|admit)\b)\w+['’]?"
                r"\s+to\s+(?:(?:be|become|remain|stay)\s+(?:in)?(?:dependent|reliant)|depend|rely)\b"
                r"|\b(?:plan|intend|want|hope|aim|wish|tr(?:y|ies)|seek|going|promis)\w*\s+(?:not\s+)?to\b|\b(?:consider|contemplat|fear|risk|regret|imagin)\w*\b"
            ),
        ),
        (
            "vague",
            (
                r"\b(?!(?:sa(?:y|id|ys)|state[sd]?|know[sn]?|confirm\w*|admit\w*|acknowledg\w*|declar\w*|announc\w*|true|sure|certain|proud|glad|happy|ensur\w*|guarantee\w*|promise[sd]?|means?"
                r"|clear|fact|shows?|think|believe|so|way|everything|nothing|all|not|such|now|given|report\w*|and|or|but|is|was)\b)\w+['’]?\s+that\s+"
                r"(?=(?:we|our|it|its|the|this|they|their|there|nobody|no|any|neither|none|your?)\b|(?-i:[A-Z]))"
            ),
        ),
    ),
    half="(?!)",
    closes=(
        r"\b(?:and|so|because|since|while|if|when|then|hence|therefore|thus)\b|:"
        r"|,\s+(?:we|it|our|they|the|this|these|you|your|I|its)\b"
    ),
    concerning=r"(?-i:[A-Z])[\w.’'&-]*\s*,\s*(?:which|who|whose)\b",
    another=(
        # its name servers are its own name service
        rf"(?:its|our|their|your|the|whose)\s+(?!{_KEPT['dns']}(?!\s+(?:provider|operator|host|company)))"
        rf"(?:{'|'.join(_ROLES.values())}|registry)"
        r"(?:\s+(?:of|for)\s+(?:(?:our|its|the)\s+)?[\w.-]+)?"
    ),
    meanwhile=(
        r"(?:do(?:es)?|did|is|are|was|were|has|have|had|be|been|not|no|never|longer|cannot|can|could|also|itself|in\s+turn|too"
        r"|still|now|currently|heavily|entirely|fully|\w+n['’]t)"
    ),
    own_phrase=r"\b(?:with|despite|for)\s+$",
    joined=r"\b(?:and|or|nor)\s*$",
    either=r"\bor\b",
    whichever=r"\b(?:whether|be\s+(?:it|they))\s+(?:in\s+|by\s+|from\s+)?(?:the\s+)?$",
    asks=r"\W*(?:(?:who|whom|whose)\s.*|(?:what|which|where|when|why|how)\s.*\?)",
    breaks=(
        r"(?:(?<!(?-i:[A-Z]))[.;!?]|\s[—–-])(?=\s|$)|,?\s+(?:but|while|whereas|although|though|yet)\s+"
        r"|,?\s+(?:and\s+)?(?=not\s+(?:(?:our|its|the|their)\s+)?(?:{function})\W*(?:[.;]|$))"
    ),
    other_function=r"\W*not\s+(?:(?:our|its|the|their|for)\s+)*(?P<what>{function})\W*",
    untested=(
        (
            "quality",
            (
                r"sustainab\w+|durab\w+|resilien(?:t|ce)(?!\s+(?:to|against))|robust\w*|secure\w*|security|safe(?:ty|ly)?|trust\w*|sovereign\w*|sovereignty"
                r"|neutral\w*|decentrali[sz]\w+|reliable|reliability|free\s+speech|green\w*|ethical\w*|privacy[- ]\w+|private(?:ly)?"
                r"|transparen\w+|state[- ]of[- ]the[- ]art|world[- ]class|leading|fast(?:er)?|permanent\w*|stable|stability"
            ),
        ),
        (
            "nobody-named",
            r"independent(?:ly)?(?!\s+(?:of|from))|independence(?!\s+(?:of|from))|autonom\w+(?!\s+(?:of|from))|self[- ](?:reliant|sufficient)|on\s+(?:its|our|their)\s+own",
        ),
        (
            "comparative",
            r"\b(?:more|less|better|fewer|further|reduc\w+|increas\w+|strengthen\w*|lower\w*)\b",
        ),
        (
            "future",
            r"\b(?:will|shall|won['’]t|plans?|planning|intends?|aims?|hopes?|wants?|would|soon|in\s+the\s+future|going\s+to)\b",
        ),
        (
            "time",
            (
                r"\b(?:in|during|throughout|before)\s+(?:(?!(?:19|20)\d\d)[\w,]+\s+){0,3}?(?P<year>(?:19|20)\d\d)\b"
                r"|\b(?:since|after|from|as\s+of)\s+(?:(?!(?:19|20)\d\d)[\w,]+\s+){0,3}?(?:19|20)\d\d\b"
                r"|\b(?:since|as\s+of)\s+(?:(?:early|late|mid|last|this|the\s+(?:start|end|beginning)\s+of|\d{1,2}(?:st|nd|rd|th)?(?:\s+of)?)[\s-]+){0,2}"
                r"(?:january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
                r"|\b(?:on|at|every|during|over)\s+(?:the\s+)?(?:week-?days?|week-?ends?|nights?|holidays?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|office\s+hours)\b"
                r"|\b(?:last|past)\s+(?:year|month|week|decade)\b|\b(?:yesterday|recently|lately|meanwhile|temporarily|ever\s+since|for\s+(?:\w+\s+)?(?:years|months|weeks|decades))\b"
                r"|\b(?:(?:was|were|had|has|have)\s+(?:never|always|ever)|(?:never|always|ever)\s+(?:was|were|been|had|relied|depended|used))\b"
            ),
        ),
    ),
    spelt=(
        "independent",
        "dependent",
        "dependency",
        "depend",
        "depends",
        "depended",
        "reliant",
        "relies",
        "rely",
        "relied",
        "reliance",
        "hosted",
        "hosts",
        "hosting",
        "served",
        "serves",
        "serving",
        "operated",
        "operates",
        "registered",
        "provided",
        "provides",
        "powered",
        "protected",
        "delivered",
        "fronted",
        "owned",
        "using",
        "without",
        "nobody",
        "anybody",
        "single",
        "company",
        "cannot",
        "server",
        "servers",
        "provider",
        "providers",
        "owner",
        "owners",
        "operator",
        "host",
        "serve",
        "operate",
        "provide",
        "protect",
    ),
    outside=(
        r"(?:\b(?P<each>(?:no|any|not\s+an?|not\s+one|a\s+single)\s+(?:single\s+|other\s+)?(?P<level>{level})|nobody|no\s*one|none|nothing"
        r"|any(?:one|body|thing))\s+(?:(?:that|which|who)\s+is\s+)?(?:\w+ed\s+)?)?(?:\boutside(?:\s+of)?|\bbeyond|\bnot\s+(?:in|from|within))\s+(?:the\s+)?"
    ),
    jointly=r"\b(?:together(?!\s+with)|jointly|in\s+concert|combined)\b",
    beside={
        layer: (
            "(?!)",
            (
                rf"(?:(?:['’]s?)?|(?:\s+as)?(?:\s+(?:its|our|their|the|an?))?)\s+(?:{noun})s?(?!\w)"
                rf"|\s+for\s+(?:(?:its|our|their|the)\s+)?(?P<task>{task})(?!\w)"
            ),
        )
        for layer, noun, task in (
            ("host", _ROLES["host"], r"(?:web\s+)?hosting(?!\s+\w)"),
            ("front", _ROLES["front"], r"(?:DDoS\s+)?protection"),
            (
                "registrar",
                _ROLES["registrar"],
                r"(?:(?:domain|domain\s+name|name)\s+)?registration",
            ),
            ("dns", rf"{_ROLES['dns']}|{_KEPT['dns']}", _KEPT["dns"]),
            ("mail", rf"{_ROLES['mail']}|e?-?mail\s+(?:server|exchange)", "(?!)"),
            (
                "certificate",
                rf"{_ROLES['certificate']}|(?:(?:TLS|SSL|HTTPS)\s+)?certificate",
                r"(?:(?:TLS|SSL|HTTPS)\s+)?certificates?",
            ),
        )
    },
    articles=r"(?:the|an?|any|all|so[- ]called)\s+",
    subject=(
        r"(?:the\s+)?(?:(?:web\s*site|site|{function}|service)\s+(?:of|for)\s+)?"
        r"(?!(?:I|it|s?he|we|they|you)\b){called}(?:['’]s?(?:\s+[\w-]+){1,3}?)?"
        r"(?:\s+(?:is|are|was|were|has|have|been|be|to|does|do|did|will|can|could|claims?|says?|said|itself|now|also"
        r"|still|currently|today|not|never|\w+n['’]t|\w+ly|\d+\s*%))*"
    ),
    law=(
        r"(?P<land>.+?)\s+(?:compan(?:y|ies)|firms?|providers?|vendors?|suppliers?|laws?|courts?|jurisdiction)",
        (
            r"(?:compan(?:y|ies)|firms?|providers?|laws?|courts?)\s+"
            r"(?:(?:in|of|from|under)\s+)?(?P<land>.+)"
        ),
    ),
)
