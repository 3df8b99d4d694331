"""Write the shipped recordings from the dated facts they rest on.

    python scripts/make_recordings.py FACTS.json [--out data]

`FACTS.json` holds facts with evidence class, dates and sources, and says of each how it may
be shipped. Nothing else goes in: what no fact tells stays unknown, and what was searched for
in vain is written as such. The same facts give the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import ipaddress
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from recorded_facts import (
    LICENCE,
    MAY_JUNE_2023,
    SNAPSHOT_2020,
    SOURCE,
    Facts,
    Shipped,
    day_of,
    facts_of,
    registries,
)
from recorded_stories import stories

from depgraph.observations import Observation, Status, parse_time
from depgraph.readers.days import interval
from depgraph.recording import read, write
from depgraph.vocabulary import Sent

TABLE = ("<!-- written by scripts/make_recordings.py: begin -->", "<!-- end -->")
QUESTIONS = {
    "parler.com": "Who could stop it, and was it not reliant on so-called Big Tech?",
    "wikipedia.org": "What does a service that publishes its zones depend on?",
    "telegram.org": "Does a network of its own make it independent of Big Tech?",
    "gab.com": "Who was left after its registrar, host and payment processors had gone?",
    "rumble.com": "What does its name hang on?",
    "truthsocial.com": "On whom does a platform of its own rest?",
    "kiwifarms.net": "What was left after its fronts had gone?",
    "8kun.top": "Who hosted it after Cloudflare, Voxility and CNServers had gone?",
    "signal.org": "Can Amazon stop its web site?",
    "mastodon.social": "Who stands before the largest server of a federation?",
    "thedonald.win": "Could one company alone stop it?",
    "bitchute.com": "Who holds its name, and who stands before it?",
}
"""What a recording answers, where it has no question of its own."""


def parler(f: Facts) -> Iterator[Shipped]:
    """Parler before the eviction, cut off, as a static page, relaunched, and two years later."""
    name = "parler.com"
    end = "2021-01-10"
    registry = list(registries(f, "com"))

    def aws() -> Observation:
        assert f.rows["F001"]["valid_to"] == end
        note = f"suspended from {f.value('F001', 'end')} (23:59 PST on {end}), as AWS announced"
        return f.operator(
            name,
            "host",
            f.value("F001", "provider"),
            fact="F001",
            when=f"2021-01-09..{end}",
            note=note,
        )

    def mail() -> Observation:
        note = "read from public DNS by journalists on both days, who do not print the host name"
        return f.operator(
            name,
            "mail",
            f.value("F014", "mx_provider"),
            fact="F014",
            when="2021-01-12..2021-01-13",
            note=note,
        )

    def epik() -> Observation:
        values = (
            f"registrar {f.value('F010', 'registrar')}",
            f"registrar-id {f.value('F010', 'iana_id')}",
        )
        note = "moved on 10 or 11 January; named by the press from 2021-01-11 to 2021-01-23"
        return f.observe(
            name, "registration", values, fact="F010", when="2021-01-11..2021-01-23", note=note
        )

    def ddos_guard() -> Observation:
        note = (
            "from 16 or 17 January; said to protect, not to host. Phones did not get the page on "
            "2021-01-19, desktop devices did (F171). Its addresses lay in 8,192 of "
            "DDOS-GUARD CORP (Belize) that LACNIC was to revoke on 2021-02-24 (F024)"
        )
        return f.operator(
            name,
            "front",
            f.value("F023", "provider"),
            fact="F023",
            when="2021-01-17..2021-01-21",
            also=("F171",),
            note=note,
        )

    def skysilk() -> Observation:
        return f.operator(
            name,
            "host",
            f.value("F028", "provider"),
            fact="F028",
            when="2021-02-15..2021-02-16",
            note="confirmed by its chief executive; no address was published",
        )

    def unknown(
        day: str, *, note: str = "", registrar: bool = False, mx: bool = True
    ) -> list[Observation]:
        found = list(f.missing(name, "A", "AAAA", fact="F033", when=day, note=note))
        found += f.missing(name, "NS", "certificate", "TXT", fact="F033", when=day)
        if mx:
            found += f.missing(name, "MX", fact="F014", when=day)
        if registrar:
            found += f.missing(name, "registration", fact="F012", when=day)
        return found

    def shipped(day: str, title: str, *observations: Observation) -> Shipped:
        return Shipped(
            f"{name}_{day[:10] if '..' not in day else day[:7]}",
            name,
            day,
            title,
            observations,
        )

    yield shipped(
        "2021-01-09",
        "Parler on 9 January 2021, the day before Amazon Web Services evicted it",
        aws(),
        mail(),
        *parler_stores(f, "2021-01-09"),
        *parler_vendors(f),
        *unknown("2021-01-09", registrar=True),
        *registry,
    )
    when = f.rows["F007"]["observed_at"]
    first, last = when.split("..")
    resolver = f.value("F007", "resolver")
    yield shipped(
        "2021-01-11",
        "Parler on 11 January 2021: cut off",
        f.observe(
            f.value("F007", "qname"),
            f.value("F007", "qtype"),
            (),
            fact="F007",
            when="2021-01-11",
            status=Status.NODATA,
            time=parse_time(first),
            until=parse_time(f"{first[:10]}T{last}"),
            source="dns",
            server=resolver,
            note="nslookup: 'No answer'; between the time in the post and that of its commit",
        ),
        aws(),
        epik(),
        mail(),
        *parler_stores(f, "2021-01-11"),
        *parler_vendors(f),
        *unknown("2021-01-11", note="a journalist met HTTP 403 on the web site that day (F005)"),
        *registry,
    )
    yield shipped(
        "2021-01-18",
        "Parler on 18 January 2021: a static page behind DDoS-Guard",
        ddos_guard(),
        epik(),
        aws(),
        mail(),
        *parler_stores(f, "2021-01-18"),
        *f.missing(name, "A", fact="F026", when="2021-01-18"),
        *(o for o in unknown("2021-01-18") if o.type != "A"),
        *registry,
    )
    cloudroute = f.operator(
        name,
        "other",
        f.value("F029", "provider"),
        fact="F029",
        when="2021-02-15..2021-02-16",
        note="first attribution by @donk_enby, from shared address space; not confirmed",
    )
    russian = f.operator(
        name,
        "other",
        f.value("F030", "provider"),
        fact="F030",
        when="2021-02-15",
        also=("F173",),
        note="'a Russian firm' for services that are not named; no proof of a front after the relaunch",
    )
    seattle = f.operator(
        name,
        "other",
        f.value("F173", "provider"),
        fact="F173",
        when=f.rows["F173"]["valid_from"],
        also=("F030", "F013"),
        note=(
            "for services that are not named; 'a Seattle firm' in F030; the article is undated, the "
            "day is that of the relaunch. Against it: Epik had said that it acted as registrar only, "
            "not as host (F013)"
        ),
    )
    yield shipped(
        "2021-02-15",
        "Parler on 15 February 2021: the relaunch 'not reliant on so-called Big Tech'",
        skysilk(),
        cloudroute,
        russian,
        seattle,
        ddos_guard(),
        epik(),
        aws(),
        mail(),
        *parler_stores(f, "2021-02-15"),
        *unknown("2021-02-15"),
        *registry,
    )
    (mx,) = f.value("F102", "MX")
    note = "the day is not recorded; the data set was committed on 2023-03-30"
    when = "2023-03-01..2023-03-30"
    measured: dict[str, Any] = {"fact": "F102", "when": when, "source": "dataset", "note": note}
    found = [f.observe(name, "MX", (mx,), **measured)]
    found += [
        f.observe(host, "A", tuple(a), **measured) for host, a in f.value("F102", "A").items()
    ]
    found += [
        f.observe(address, "origin", (f"asn {asn}",), **measured)
        for address, asn in f.value("F102", "asn").items()
    ]
    owner = f.operator(
        name,
        "owner",
        f.value("F036", "owner"),
        fact="F036",
        when="2022-09..2023-04-14",
        note="until it was sold to Starboard and shut down (F039)",
    )
    yield shipped(
        when,
        "Parler in March 2023, a month before it was shut down",
        *found,
        owner,
        skysilk(),
        epik(),
        *parler_stores(f, "2023-03-30"),
        *unknown(when, mx=False, note="said to run 'on our own cloud servers' (F038)"),
        *registry,
    )


def parler_stores(f: Facts, day: str) -> list[Observation]:
    """Tell which stores carried the app, by the days of its removals and returns."""
    removed, back = (
        {fact: f.value(fact, word) for fact in ("F020", "F021")} for word in ("removed", "restored")
    )
    if day <= removed["F021"]:  # the last day on which a store had it
        note = f"taken out on that day; Google Play had done so on {removed['F020']} (F020)"
        when = f"2021-01-08..{removed['F021']}"
        return [_store(f, "F021", when, note, also=("F020",))]
    if day >= back["F020"]:
        note = "back since the first day; the last is that on which Parler was shut down (F039)"
        return [_store(f, fact, f"{back[fact]}..2023-04-14", note) for fact in ("F020", "F021")]
    note = f"Google Play took it out on {removed['F020']}, Apple on {removed['F021']}"
    return [
        f.observe(
            "parler.com",
            "app-store",
            (),
            fact="F021",
            when=f"2021-01-10..{interval(back['F021'])[0] - timedelta(days=1):%Y-%m-%d}",
            also=("F020",),
            status=Status.NODATA,
            note=note,
        )
    ]


def _store(f: Facts, fact: str, when: str, note: str, **more: Any) -> Observation:
    return f.observe(
        "parler.com",
        "app-store",
        (f.value(fact, "provider"),),
        fact=fact,
        when=when,
        note=note,
        **more,
    )


def parler_vendors(f: Facts) -> list[Observation]:
    """Tell who did a step for it until that weekend; that it did not work without is not said."""
    notes = {
        "F015": ("sms", "text messages and the second factor; cut off over the weekend"),
        "F016": ("login", "a free trial, ended early on Sunday"),
        "F017": ("support", "cut off over the same weekend"),
    }
    return [
        f.operator(
            "parler.com",
            role,
            f.value(fact, "provider"),
            fact=fact,
            when=f"2021-01-09..{f.rows[fact]['valid_to']}",
            note=note,
        )
        for fact, (role, note) in notes.items()
    ]


def wikipedia(f: Facts) -> Iterator[Shipped]:
    """Give the control: a service whose operator publishes its own zones."""
    name, own = "wikipedia.org", "wikimedia.org"
    day = 86400  # the fact says "TTL 1D"
    assert "(TTL 1D)" in f.rows["F054"]["fact"]
    start = f.rows["F054"]["valid_from"]
    last = interval(f.rows["F054"]["valid_to"])[0] - timedelta(seconds=1)  # changed that day
    zone: dict[str, Any] = {
        "fact": "F054",
        "when": start,
        "until": last,
        "source": "zone-file",
        "zone": name,
        "note": f"the template did not change from {start} to {last:%Y-%m-%d}",
    }
    for when in ("2021-01-10", "2021-02-15"):
        servers = [host.rstrip(".") for host in f.value("F054", "NS")]
        exchanges = [
            f"{preference} {host.rstrip('.')}" for preference, host in f.value("F054", "MX")
        ]
        issuers = [f'0 issue "{issuer}"' for issuer in f.value("F054", "CAA")]
        caa = zone | {
            "note": "the fact lists the authorities; flag 0 and tag issue are the usual form"
        }
        found = [
            f.observe(name, "NS", tuple(servers), **zone | {"ttl": day}),
            f.observe(name, "MX", tuple(exchanges), **zone),
            f.observe(name, "TXT", (f.value("F054", "SPF"),), **zone),
            f.observe(f"_dmarc.{name}", "TXT", (f.value("F054", "DMARC"),), **zone),
            f.observe(name, "CAA", tuple(issuers), **caa),
        ]
        for kind in ("A", "AAAA"):
            for site, address in f.value("F055", kind).items():
                found.append(
                    f.observe(
                        name,
                        kind,
                        (address,),
                        fact="F055",
                        when=when,
                        source="zone-file",
                        zone=name,
                        ttl=f.value("F055", "ttl"),
                        vantage=str(Sent(site)),
                        note="geo-DNS: one place sees one of the sites; France, Britain and Germany esams",
                    )
                )
        for host, address in f.value("F056", "glue").items():
            told: dict[str, Any] = {"fact": "F056", "when": when, "source": "zone-file"}
            found.append(f.observe(host, "A", (address,), **told, zone=own))
            note = "given as glue; read in the operator's zone, not at the registry"
            found.append(f.observe(host, "A", (address,), **told, section="additional", note=note))
        spf = f.text("F056", r'SPF "([^"]+)"')
        found.append(
            f.observe(own, "TXT", (spf,), fact="F056", when=when, source="zone-file", zone=own)
        )
        found.append(_wikipedia_registration(f, name))
        for date, issuer, note in (
            (SNAPSHOT_2020, f.value("F058", "2020"), "as the data set labels the issuer"),
            (MAY_JUNE_2023, f.value("F058", "2023-05"), "as the data set labels the issuer"),
        ):
            found.append(
                f.operator(name, "ca", issuer, fact="F058", when=date, source="dataset", note=note)
            )
        addresses = [*f.value("F055", "A").values(), *f.value("F056", "glue").values()]
        found += origins(f, "F052", "AS14907", "WIKIMEDIA", addresses)
        found += registries(f, "org")
        yield Shipped(
            f"{name}_{when}",
            name,
            when,
            f"Wikipedia on {day_of(when)}, from its operator's own zones",
            tuple(found),
        )


def _wikipedia_registration(f: Facts, name: str) -> Observation:
    expires = f.text("F057", r"expiry (\d{4}-\d\d-\d\d)")
    updated = f.value("F057", "updated")
    values = (
        f"registrar {f.value('F057', 'registrar')}",
        f"registrar-id {f.value('F057', 'iana_id')}",
        f"registrant {f.text('F057', r'registrant (.+?), CA, US')}",
        f"created {f.value('F057', 'created')}",
        f"changed {updated}",
        f"expires {expires}",
    )
    return f.observe(
        name,
        "registration",
        values,
        fact="F057",
        when=updated,
        time=parse_time(updated),
        until=parse_time(expires),
        source="whois",
        note="WHOIS text saved at an unrecorded moment between its last change and its expiry",
    )


def origins(
    f: Facts, fact: str, asn: str, label: str, addresses: list[str]
) -> Iterator[Observation]:
    """Tell the origin AS of addresses that lie in the prefixes a fact lists, on its first day."""
    row = f.rows[fact]
    when = row["observed_at"].split(";")[0]
    number = asn.removeprefix("AS")
    listed = re.findall(
        r"(\d+\.\d+\.\d+\.\d+/\d+)", row["fact"].partition(f"{asn} {label}")[2].partition(";")[0]
    )
    prefixes = list(map(ipaddress.ip_network, listed or [f.value(fact, "prefix")]))
    for address in dict.fromkeys(addresses):
        for prefix in prefixes:
            if ipaddress.ip_address(address) in prefix:
                values = (f"asn {number}", f"prefix {prefix}")
                yield f.observe(address, "origin", values, fact=fact, when=when, source="dataset")
    yield f.observe(asn, "as", (f"name {label}",), fact=fact, when=when, source="dataset")


def telegram(f: Facts) -> Iterator[Shipped]:
    """Give a service on a network of its own, with its DNS at Google."""
    name = "telegram.org"
    when = f.rows["F060"]["observed_at"]
    moment = parse_time(when.replace("Z", ":00Z"))
    day = f"{moment:%Y-%m-%d}"
    at: dict[str, Any] = {
        "fact": "F060",
        "when": day,
        "time": moment,
        "until": None,
        "source": "dns",
    }
    certificate = f.text("F061", r"Issuer (.+?) \(valid")
    valid = re.search(r"valid (\S+) to (\S+)\)", f.rows["F061"]["fact"])
    assert valid is not None
    found = [
        f.observe(name, "A", tuple(f.value("F060", "A")), **at),
        f.observe(name, "AAAA", tuple(f.value("F060", "AAAA")), **at),
        f.observe(name, "NS", tuple(h.rstrip(".") for h in f.value("F060", "NS")), **at),
        f.observe(
            name, "MX", tuple(f"{p} {h.rstrip('.')}" for p, h in f.value("F060", "MX")), **at
        ),
        f.observe(name, "TXT", (f.value("F060", "SPF"),), **at),
        f.observe(
            name,
            "certificate",
            (
                f"issuer {certificate}",
                f"issuer-organisation {f.value('F061', 'issuer_org')}",
                f"not-before {valid[1]}",
                f"not-after {valid[2]}",
            ),
            fact="F061",
            when=f.rows["F061"]["observed_at"],
            source="tls",
        ),
        *origins(f, "F063", "AS62041", "Telegram Messenger", f.value("F060", "A")),
        *registries(f, "org"),
    ]
    yield Shipped(
        f"{name}_{day}",
        name,
        day,
        "Telegram's web site on 25 September 2026: its own network, Google's DNS",
        tuple(found),
    )


def neighbours(f: Facts) -> Iterator[Shipped]:
    """Give the services around the story, as far as the facts go."""

    def labels(name: str, fact: str, when: str, year: str = "") -> Iterator[Observation]:
        """Read the provider labels of a data set: who does DNS, front and certificates."""
        value = f.rows[fact]["value"]
        value = value[year] if year else value
        for key, role in (("dns", "dns"), ("cdn", "front"), ("ca", "ca")):
            if key in value:
                note = "a label of the data set; the record itself is not kept"
                yield f.operator(
                    name, role, value[key], fact=fact, when=when, source="dataset", note=note
                )

    def shipped(name: str, stem: str, days: str, title: str, *observations: Observation) -> Shipped:
        found = (*observations, *(registries(f, "com") if name.endswith(".com") else ()))
        found += tuple(registries(f, "org")) if name.endswith(".org") else ()
        return Shipped(f"{name}_{stem}", name, days, title, found)

    def ns_domains(name: str, fact: str, when: str, domains: list[str], note: str) -> Observation:
        return f.observe(
            name, "ns-domain", tuple(domains), fact=fact, when=when, source="dataset", note=note
        )

    label_note = "the data set saw no CDN, though the address was Cloudflare's in 2019 and 2021"
    gab_registrar = f.observe(
        "gab.com",
        "registration",
        (f"registrar {f.value('F069', 'registrar')}",),
        fact="F069",
        when=f.rows["F069"]["valid_from"],
    )
    gab_front = f.operator(
        "gab.com", "front", f.value("F069", "waf"), fact="F069", when=f.rows["F069"]["valid_from"]
    )
    gab_network = f.operator(
        "gab.com",
        "network",
        f.value("F070", "network"),
        fact="F070",
        when=f.rows["F070"]["observed_at"],
        source="dataset",
        note=label_note,
    )
    gab = (gab_registrar, gab_front, gab_network)
    yield shipped(
        "gab.com",
        "2020",
        SNAPSHOT_2020,
        "Gab in 2020",
        *labels("gab.com", "F071", SNAPSHOT_2020, "2020"),
        *gab,
    )
    yield shipped(
        "gab.com",
        "2023-05",
        MAY_JUNE_2023,
        "Gab in May 2023",
        *labels("gab.com", "F071", MAY_JUNE_2023, "2023"),
        *gab,
    )
    yield shipped(
        "rumble.com",
        "2023-05",
        MAY_JUNE_2023,
        "Rumble in May 2023",
        ns_domains(
            "rumble.com",
            "F078",
            f.rows["F078"]["observed_at"],
            f.value("F078", "ns_domains"),
            "the host part of the names is not recorded",
        ),
        *labels("rumble.com", "F079", MAY_JUNE_2023, "2023"),
        *labels("rumble.com", "F079", SNAPSHOT_2020, "2020"),
    )
    hosts = f.value("F084", "hosts")
    yield shipped(
        "truthsocial.com",
        "2023-05",
        MAY_JUNE_2023,
        "Truth Social in May 2023",
        *labels("truthsocial.com", "F083", MAY_JUNE_2023),
        f.operator("truthsocial.com", "host", hosts[0], fact="F084", when="2021-10..2022-02"),
        f.operator(
            "truthsocial.com", "host", hosts[1], fact="F084", when="2021-12", note="announced"
        ),
    )
    for day, domain in f.rows["F088"]["value"].items():
        note = "the day is that of the commit; the day of the measurement is not recorded"
        fronts = f.value("F087", "waf")
        yield shipped(
            "kiwifarms.net",
            day,
            day,
            f"Kiwi Farms on {day_of(day)}: name servers under {domain}",
            ns_domains("kiwifarms.net", "F088", day, [domain], note),
            f.operator(
                "kiwifarms.net", "front", fronts[1], fact="F087", when="2022-09-03..2022-09-05"
            ),
            f.operator(
                "kiwifarms.net",
                "front",
                fronts[0],
                fact="F087",
                when=f.rows["F087"]["valid_to"],
                note="blocked it that day",
            ),
        )
    (address,) = f.value("F094", "A")
    block = ipaddress.ip_network(f"{address}/24", strict=False)
    seen = {"fact": "F094", "when": f.rows["F094"]["observed_at"]}
    holder = (f"organisation {f.value('F094', 'holder_of_/24')}", f"prefix {block}")
    yield shipped(
        "8kun.top",
        "2020-08-25",
        "2020-08-25",
        "8kun on 25 August 2020",
        f.observe(
            "8kun.top", "A", (address,), source="dns", note="dig in a committed post", **seen
        ),
        f.observe(
            address, "holder", holder, source="rdap", note="as the author read it from ARIN", **seen
        ),
        *labels("8kun.top", "F093", SNAPSHOT_2020),
        f.operator("8kun.top", "host", f.value("F092", "host"), fact="F092", when="2019-11-02"),
        f.operator(
            "8kun.top", "front", f.value("F092", "cdn"), fact="F092", when="2019-11-02..2019-11-07"
        ),
    )
    for name, fact, title in (
        ("signal.org", "F064", "Signal's web site in 2020"),
        ("mastodon.social", "F068", "The Mastodon server mastodon.social in 2020"),
        ("thedonald.win", "F080", "TheDonald.win in 2020"),
    ):
        yield shipped(name, "2020", SNAPSHOT_2020, title, *labels(name, fact, SNAPSHOT_2020))
    registrar = tuple(
        f"{key} {f.value('F077', word)}"
        for key, word in (("registrar", "registrar"), ("registrar-id", "iana_id"))
    )
    yield shipped(
        "bitchute.com",
        "2021-01-19",
        "2021-01-19",
        "BitChute on 19 January 2021",
        f.observe(
            "bitchute.com",
            "registration",
            registrar,
            fact="F077",
            when=f.rows["F077"]["observed_at"],
        ),
        *labels("bitchute.com", "F076", SNAPSHOT_2020, "2020"),
    )


def table(shipped: list[Shipped]) -> str:
    """Write which facts stand on the days of each recording, as a Markdown table."""
    lines = [
        "| recording | title | facts of those days | other days (last known) | searched, not found |"
    ]
    lines.append("|---|---|---|---|---|")
    for one in shipped:
        first, last = interval(one.days)
        groups: dict[str, dict[str, None]] = {"now": {}, "other": {}, "missing": {}}
        for o in one.observations:
            fact = "+".join(facts_of(o))
            current = o.time.date() <= last.date() and o.end.date() >= first.date()
            if o.status is Status.NOT_FOUND_IN_SOURCES:
                groups["missing"][f"{fact} ({o.type})"] = None
            else:
                day = "" if current else f" ({o.end:%Y-%m-%d})"
                groups["now" if current else "other"][f"{fact}{day}"] = None
        cells = [", ".join(group) or "none" for group in groups.values()]
        lines.append(f"| `{one.name}.jsonl` | {one.title} | {' | '.join(cells)} |")
    return "\n".join(lines)


def write_cited(facts: Facts, folder: Path) -> None:
    """Write out the facts that rows of the catalogue name as their source (``facts:F045``)."""
    texts = [path.read_text("utf-8") for path in sorted(folder.glob("*.csv"))]
    named = sorted({found for text in texts for found in re.findall(r"facts:(F\d+)", text)})
    with (folder / "facts.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("id", "citation"))
        rows.writerows((fact, facts.cite(fact)) for fact in named)


def main() -> None:
    """Write the recordings, their index and the table of the README."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("facts", type=Path, help="the facts file (JSON)")
    root = Path(__file__).parent.parent
    parser.add_argument("--out", type=Path, default=root / "data")
    parser.add_argument("--catalogue", type=Path, default=root / "depgraph/providers/data")
    options = parser.parse_args()
    facts = Facts.load(options.facts)
    shipped = [*parler(facts), *wikipedia(facts), *telegram(facts), *neighbours(facts)]
    shipped += stories(facts)
    folder = options.out / "recordings"
    folder.mkdir(parents=True, exist_ok=True)
    index = ["# Written by scripts/make_recordings.py; tests/test_shipped.py checks the hashes.\n"]
    for one in shipped:
        path = folder / f"{one.name}.jsonl"
        write(one.recording(), path, overwrite=True)
        assert read(path) == one.recording()
        first, last = (moment.date() for moment in interval(one.days))
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        index.append(
            f"[[recording]]\n"
            f'file = "{path.name}"\n'
            f'subject = "{one.subject}"\n'
            f'title = "{one.title}"\n'
            f'question = "{one.question or QUESTIONS[one.subject]}"\n'
            f"since = {first}\n"
            f"until = {last}\n"
            f"observations = {len(one.observations)}\n"
            f"facts = {json.dumps(one.facts)}\n"
            f'source = "{SOURCE}"\n'
            f'licence = "{LICENCE}"\n'
            f'sha256 = "{digest}"\n'
        )
        print(f"{path}: {len(one.observations)} observations")
    (folder / "index.toml").write_text("\n".join(index), "utf-8")
    write_cited(facts, options.catalogue)
    readme = options.out / "README.md"
    if readme.exists():
        head, _, rest = readme.read_text("utf-8").partition(TABLE[0])
        tail = rest.partition(TABLE[1])[2]
        readme.write_text(f"{head}{TABLE[0]}\n\n{table(shipped)}\n\n{TABLE[1]}{tail}", "utf-8")


if __name__ == "__main__":
    main()
