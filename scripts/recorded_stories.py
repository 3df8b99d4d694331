"""Recordings of services that were cut off, or whose operators publish what they run on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from recorded_facts import Facts, Shipped, day_of, registries

from depgraph.observations import Evidence, Observation, parse_time
from depgraph.vocabulary import Sent

_ZONE = {"source": "zone-file"}


def stories(f: Facts) -> Iterator[Shipped]:
    """Give them all."""
    yield from wikileaks(f)
    yield from openstreetmap(f)
    yield from crates(f)
    yield from arch(f)
    yield from single(f)
    yield from cut_off(f)


def _shipped(
    name: str, day: str, title: str, question: str, observations: Iterable[Observation]
) -> Shipped:
    return Shipped(f"{name}_{day}", name, day, title, tuple(observations), question)


# --- WikiLeaks, 2010 ------------------------------------------------------------------------


def wikileaks(f: Facts) -> Iterator[Shipped]:
    """WikiLeaks before it was cut off, day by day, and after."""
    name = "wikileaks.org"
    autumn = f.rows["F139"]["observed_at"]
    evicted = f.value("F141", "end")
    everydns_until = f.value("F142", "end")

    def host() -> list[Observation]:
        began = "when the use of EC2 began is disputed; Netcraft saw the site there on 2010-10-27"
        return [
            f.operator(name, "host", f.value("F139", "host"), fact="F139", when=autumn),
            f.operator(
                name,
                "host",
                f.value("F141", "provider"),
                fact="F141",
                when=f"2010-11-29..{evicted}",
                note=f"ended on {evicted}; {began}",
            ),
        ]

    def servers() -> list[Observation]:
        seen = f.observe(
            name,
            "NS",
            tuple(f.value("F137", "NS")),
            fact="F137",
            when=f.rows["F137"]["observed_at"],
            source="dns",
            ttl=5160,
            note="dig, as Netcraft prints it; the TTL is what was left of it",
        )
        cut = f.operator(
            name,
            "dns",
            f.value("F142", "provider"),
            fact="F142",
            when=f"2010-10-27..{everydns_until[:10]}",
            also=("F137",),
            until=_before(everydns_until),
            note=f"served until {everydns_until}, with 24 hours of notice; seen on 2010-10-27",
        )
        return [seen, cut]

    def registrar() -> list[Observation]:
        return [
            f.observe(
                name,
                "registration",
                (f"registrar {f.value(fact, 'registrar')}",),
                fact=fact,
                when=day,
            )
            for fact, day in (("F140", f.rows["F140"]["observed_at"]), ("F146", "2010-12-10"))
        ]

    def back() -> list[Observation]:
        note = "redirected to a mirror at a provider in Russia that is not named; the day is medium"
        return [
            f.operator(
                name, "host", f.value("F146", "host"), fact="F146", when="2010-12-10", note=note
            ),
            f.operator(name, "dns", f.value("F146", "dns"), fact="F146", when="2010-12-10"),
        ]

    warlogs = f.value("F138", "name")
    dig: dict[str, Any] = {"fact": "F138", "when": f.rows["F138"]["observed_at"], "source": "dns"}
    other_host = [
        f.observe(warlogs, "A", tuple(f.value("F138", "A")), ttl=f.value("F138", "ttl"), **dig),
        f.observe(warlogs, "NS", tuple(f.value("F138", "NS")), **dig),
    ]
    same = [*host(), *servers(), *registrar(), *back()]
    for day, title, question in (
        (
            "2010-10-27",
            "WikiLeaks on 27 October 2010, as Netcraft saw it",
            "Who could stop WikiLeaks, five weeks before?",
        ),
        (
            "2010-11-30",
            "WikiLeaks on 30 November 2010, the day before Amazon evicted it",
            "Could Amazon stop it alone?",
        ),
        (
            "2010-12-01",
            "WikiLeaks on 1 December 2010: Amazon ends hosting",
            "Who else could stop it that day?",
        ),
        (
            "2010-12-02",
            "WikiLeaks on 2 December 2010: hosted elsewhere, with EveryDNS for its last day",
            "Could EveryDNS stop it alone?",
        ),
        (
            "2010-12-04",
            "WikiLeaks on 4 December 2010: without name servers",
            "What is known of who serves the name after EveryDNS?",
        ),
        (
            "2010-12-10",
            "WikiLeaks on 10 December 2010: back, with Dynadot for registrar and name servers",
            "Who can stop it now?",
        ),
    ):
        found = [*same, *(other_host if day == "2010-10-27" else ()), *registries(f, "org")]
        yield _shipped(name, day, title, question, found)
    swiss = f.value("F143", "name")
    fallback = [
        f.operator(
            swiss,
            "dns",
            f.value("F143", "dns"),
            fact="F143",
            when="2010-12-03",
            note="cut around noon that day",
        ),
        f.operator(swiss, "dns", f.value("F145", "dns"), fact="F145", when="2010-12-05"),
    ]
    yield _shipped(
        swiss,
        "2010-12-03",
        "wikileaks.ch on 3 December 2010: a new name, the same name servers",
        "Did a new name take it out of the reach of EveryDNS?",
        fallback,
    )
    yield _shipped(
        swiss,
        "2010-12-05",
        "wikileaks.ch on 5 December 2010: easyDNS agrees to serve the name",
        "Who could stop the new name?",
        fallback,
    )


def _before(moment: str) -> datetime:
    """Return the last second of the day before a moment in the small hours of the next."""
    whole = parse_time(moment).replace(hour=0, minute=0, second=0)
    return whole - timedelta(seconds=1)


# --- OpenStreetMap ------------------------------------------------------------------------------


def openstreetmap(f: Facts) -> Iterator[Shipped]:
    """OpenStreetMap from own servers to a front, an upstream that failed, and another front."""
    name, www = "openstreetmap.org", "www.openstreetmap.org"
    last = f.rows["F103"]["observed_at"][-20:-10]

    def told(*roles: tuple[str, str, str, str, str]) -> list[Observation]:
        return [
            f.operator(one, role, who, fact=fact, when=when)
            for one in (name, www)
            for fact, role, who, when, only in roles
            if only in ("", one)
        ]

    registrar = f.observe(
        name,
        "registration",
        (f"registrar {f.value('F103', 'registrar')}",),
        fact="F103",
        when=f"2020-02-07..{last}",
        source="document",
        note="in the operator's configuration on the first and on the last of these days",
    )
    dns = [
        f.operator(
            name,
            "dns",
            f.value("F104", "from"),
            fact="F104",
            when="2020-02-07..2020-02-17",
            note="until the move to Cloudflare between these days",
        ),
        f.operator(
            name,
            "dns",
            f.value("F104", "dns"),
            fact="F104",
            when=f"2020-02-18..{last}",
            note="as configured; the names of the servers are not recorded",
        ),
    ]
    fronts = told(
        ("F106", "front", f.value("F106", "front"), "2024-07-11..2024-12-15", ""),
        ("F106", "front", f.value("F106", "front"), "2024-12-17..2025-11-17", ""),
        ("F113", "front", f.value("F113", "front"), f"2026-03-07..{last}", ""),
    )

    def behind(fact: str, when: str, *families: str) -> list[Observation]:
        values = tuple(value for key in families for value in f.value(fact, key))
        return [
            f.observe(one, "behind-front", values, fact=fact, when=when, **_ZONE)
            for one in (name, www)
        ]

    origins = [
        *behind("F108", "2024-12-09..2024-12-15", "origin_A", "origin_AAAA"),
        *behind("F111", "2024-12-17..2025-11-17", "origin_A"),
    ]
    direct = [
        f.observe(
            one,
            kind,
            tuple(f.value("F107", kind)),
            fact="F107",
            when="2025-11-18..2026-03-06",
            zone=name,
            **_ZONE,
        )
        for one in (name, www)
        for kind in ("A", "AAAA")
    ]
    upstreams = told(
        ("F110", "transit", f.value("F110", "upstream"), "2024-12-14..2024-12-17", ""),
        ("F112", "transit", f.value("F112", "upstream"), "2022-06-11..2022-06-12", ""),
    )
    fastly = [
        f.observe(
            name,
            "alias",
            tuple(f.value("F113", "ALIAS")),
            fact="F113",
            when=f"2026-03-07..{last}",
            zone=name,
            **_ZONE,
        ),
        f.observe(
            www,
            "CNAME",
            tuple(f.value("F113", "www")),
            fact="F113",
            when=f"2026-03-07..{last}",
            zone=name,
            **_ZONE,
        ),
    ]
    seen = f.observe(
        name,
        "AAAA",
        tuple(f.value("F115", "AAAA")),
        fact="F115",
        when=f.rows["F115"]["observed_at"],
        source="dns",
        vantage="a Deutsche Telekom line",
    )
    mail = [
        f.observe(
            name, "MX", tuple(f.value("F114", "MX")), fact="F114", when=last, zone=name, **_ZONE
        ),
        *(
            f.observe(host, "A", tuple(a), fact="F114", when=last, zone=name, **_ZONE)
            for host, a in f.value("F114", "A").items()
        ),
        f.observe(
            name,
            "CAA",
            tuple('0 {} "{}"'.format(*one.split()) for one in f.value("F114", "CAA")),
            fact="F114",
            when=last,
            zone=name,
            note="the fact lists the authorities",
            **_ZONE,
        ),
    ]
    announced = [
        f.observe(
            address, "origin", (f"asn {number}",), fact="F109", when="2026-06-17", source="dataset"
        )
        for address, number in f.value("F109", "asn").items()
    ]
    everything = [
        registrar,
        *dns,
        *fronts,
        *origins,
        *direct,
        *upstreams,
        *fastly,
        *mail,
        *announced,
    ]
    for day, title, question in (
        (
            "2020-02-07",
            "OpenStreetMap on 7 February 2020: its name at Bytemark and Gandi",
            "Who can stop the name?",
        ),
        (
            "2022-06-11",
            "OpenStreetMap on 11 June 2022: one upstream, Cogent",
            "Who alone carries its traffic?",
        ),
        (
            "2024-07-12",
            "OpenStreetMap on 12 July 2024: behind Cloudflare",
            "Does the front add somebody who can stop it alone?",
        ),
        (
            "2024-12-14",
            "OpenStreetMap on 14 December 2024, the day before its only upstream failed",
            "Who could stop it, behind the front?",
        ),
        (
            "2024-12-18",
            "OpenStreetMap on 18 December 2024: moved to Equinix",
            "Was the single upstream gone?",
        ),
        (
            "2025-06-19",
            "OpenStreetMap on 19 June 2025, as one line in Germany saw it",
            "What does a look from outside show of what is behind a front?",
        ),
        (
            "2025-11-19",
            "OpenStreetMap on 19 November 2025: off Cloudflare the day after its outage",
            "What did it gain by leaving the front?",
        ),
        (
            last,
            f"OpenStreetMap on {day_of(last)}: behind Fastly",
            "Who can stop it after the change of front?",
        ),
    ):
        found = [*everything, *((seen,) if day == "2025-06-19" else ()), *registries(f, "org")]
        yield _shipped(name, day, title, question, found)


# --- crates.io, Arch Linux, and others -------------------------------------------------------------


def crates(f: Facts) -> Iterator[Shipped]:
    """crates.io behind two fronts by weight, and behind one."""
    name = "crates.io"
    steps = (
        ("F121", "2026-01-21..2026-02-19"),
        ("F122", "2026-02-20..2026-07-10"),
        ("F123", "2026-07-11"),
    )
    fronts = []
    for fact, when in steps:
        weights = f.value(fact, "weights")
        several = [one for one, share in weights.items() if share]
        for who in several:
            share = str(Sent(who, 100 * weights[who] // sum(weights.values())))
            place = {"vantage": share} if len(several) > 1 else {}
            note = "by weighted DNS: " + ", ".join(
                f"{one} {share}" for one, share in weights.items()
            )
            fronts.append(f.operator(name, "front", who, fact=fact, when=when, note=note, **place))
    last = f.rows["F126"]["observed_at"][:10]
    mail = [
        f.observe(
            name, "MX", tuple(f.value("F126", "MX")), fact="F126", when=last, zone=name, **_ZONE
        ),
        f.operator(name, "dns", f.value("F126", "dns"), fact="F126", when=last),
    ]
    for day, title, question in (
        (
            "2026-01-22",
            "crates.io on 22 January 2026: nine in ten sent to CloudFront, one to Fastly",
            "Who can stop it for whom?",
        ),
        (
            "2026-02-20",
            "crates.io on 20 February 2026: half sent to CloudFront, half to Fastly",
            "Can one front alone stop it for everyone?",
        ),
        (
            "2026-07-11",
            "crates.io on 11 July 2026: all sent to Fastly",
            "What became of the redundancy?",
        ),
    ):
        yield _shipped(name, day, title, question, [*fronts, *mail])


def arch(f: Facts) -> Iterator[Shipped]:
    """Services of Arch Linux behind a front whose origin their operator documents."""
    last = f.rows["F128"]["observed_at"][:10]
    dns = f.operator(
        "archlinux.org", "dns", f.value("F127", "dns"), fact="F127", when=f"2020-09-07..{last}"
    )
    for name, fact, begun in (
        ("aur.archlinux.org", "F128", "2025-10-30"),
        ("archlinux.org", "F130", "2026-01-02"),
    ):
        when = f"{begun}..{last}"
        zone: dict[str, Any] = {
            "fact": fact,
            "when": when,
            "zone": "archlinux.org",
            "ttl": f.value(fact, "ttl"),
            **_ZONE,
        }
        found = [
            f.observe(name, "A", tuple(f.value(fact, "A")), **zone),
            f.observe(name, "AAAA", tuple(f.value(fact, "AAAA")), **zone),
            f.operator(name, "front", f.value(fact, "front"), fact=fact, when=when),
            f.operator(
                name,
                "host",
                f.value(fact, "origin"),
                fact=fact,
                when=when,
                note="the origin behind the front",
            ),
            dns,
            *registries(f, "org"),
        ]
        yield _shipped(
            name,
            last,
            f"{name} on {day_of(last)}: behind HAProxy, at Hetzner",
            "Who hosts it behind the front?",
            found,
        )


def single(f: Facts) -> Iterator[Shipped]:
    """Give services with one recording each."""
    name, day = "pypi.org", f.rows["F132"]["observed_at"][:10]
    zone: dict[str, Any] = {"when": day, "zone": name, **_ZONE}
    yield _shipped(
        name,
        day,
        f"PyPI on {day_of(day)}, from its operator's own zone",
        "Can Amazon stop it in two ways at once?",
        [
            f.observe(name, "A", tuple(f.value("F132", "A")), fact="F132", **zone),
            f.operator(name, "front", f.value("F132", "front"), fact="F132", when=day),
            f.operator(name, "dns", f.value("F132", "dns"), fact="F132", when=day),
            f.observe(name, "MX", tuple(f.value("F132", "MX")), fact="F132", **zone),
            f.observe(
                name,
                "CAA",
                tuple('0 {} "{}"'.format(*one.split()) for one in f.value("F132", "CAA")),
                fact="F132",
                note="the fact lists the authorities",
                **zone,
            ),
            f.observe(name, "behind-front", (f.value("F133", "origin"),), fact="F133", **zone),
            f.operator(
                f.value("F133", "origin"),
                "host",
                "Amazon Web Services",
                fact="F133",
                when=day,
                note="region us-east-2",
            ),
            *registries(f, "org"),
        ],
    )
    name, day = "nixos.org", f.rows["F119"]["observed_at"][:10]
    yield _shipped(
        name,
        day,
        f"NixOS on {day_of(day)}: Netlify in front, Amazon beneath, Gandi for the name",
        "Who can stop it, and in which layer?",
        [
            f.observe(
                name,
                "A",
                tuple(f.value("F119", "A")),
                fact="F119",
                when=f"2025-10-18..{day}",
                zone=name,
                **_ZONE,
            ),
            f.observe(
                f"www.{name}",
                "CNAME",
                tuple(f.value("F119", "www")),
                fact="F119",
                when=f"2025-10-18..{day}",
                zone=name,
                **_ZONE,
            ),
            *(
                f.observe(
                    a,
                    "origin",
                    (f"asn {f.value('F119', 'asn')}",),
                    fact="F119",
                    when=day,
                    source="dataset",
                )
                for a in f.value("F119", "A")
            ),
            f.operator(name, "dns", f.value("F117", "dns"), fact="F117", when=f"2025-04-12..{day}"),
            f.observe(
                name,
                "MX",
                tuple(f.value("F118", "MX")),
                fact="F118",
                when=f"2025-04-05..{day}",
                zone=name,
                **_ZONE,
            ),
            *(
                f.observe(
                    host, "A", tuple(a), fact="F118", when=f"2025-04-05..{day}", zone=name, **_ZONE
                )
                for host, a in f.value("F118", "A").items()
            ),
            *registries(f, "org"),
        ],
    )
    name, day = "kiwifarms.net", f.rows["F149"]["observed_at"]
    yield _shipped(
        name,
        day,
        "Kiwi Farms on 2 November 2022: Epik, and TerraHost in front",
        "Who could still stop it, after Cloudflare and DDoS-Guard?",
        [
            f.observe(
                name,
                "registration",
                (f"registrar {f.value('F149', 'registrar')}",),
                fact="F149",
                when=day,
            ),
            f.operator(
                name,
                "front",
                f.value("F149", "host"),
                fact="F149",
                when=day,
                note="a subsidiary of Epik, as the source says",
            ),
        ],
    )
    name, day = "kiwifarms.ru", "2022-09-04"
    yield _shipped(
        name,
        day,
        "kiwifarms.ru on 4 September 2022: under DDoS-Guard's protection for a day",
        "Could a Russian company stop it?",
        [
            f.operator(
                name,
                "front",
                f.value("F148", "front"),
                fact="F148",
                when="2022-09-04..2022-09-05",
                note="lost it on 2022-09-05",
            )
        ],
    )
    name, day = "switter.at", "2018-04-16"
    yield _shipped(
        name,
        day,
        "Switter on 16 April 2018, the day before Cloudflare ended its service",
        "Could Cloudflare stop it alone?",
        [
            f.operator(
                name,
                "front",
                f.value("F152", "provider"),
                fact="F152",
                when="2018-04-16..2018-04-17",
                note="ended without notice on 2018-04-17 or 2018-04-18; when it began is not recorded",
            )
        ],
    )
    name, day = "queer.af", "2024-02-11"
    yield _shipped(
        name,
        day,
        "queer.af on 11 February 2024, the day before the registry suspended the name",
        "Who could take the name?",
        [
            f.observe(
                name,
                "registration",
                (f"registrar {f.value('F153', 'registrar')}",),
                fact="F153",
                when="2024-02-11..2024-02-12",
            ),
            f.observe(
                "af",
                "registry",
                (f"operator {f.value('F153', 'registry')}",),
                fact="F153",
                when="2024-02-11..2024-02-12",
            ),
        ],
    )
    name, day = "presstv.com", "2021-06-21"
    yield _shipped(
        name,
        day,
        "presstv.com on 21 June 2021, the day before the United States seized the name",
        "Could the United States take the name?",
        [
            *f.missing(name, "A", "NS", "registration", fact="F154", when=day),
            *registries(f, "com"),
        ],
    )
    name, day = "referendum.cat", "2017-09-12"
    yield _shipped(
        name,
        day,
        "referendum.cat on 12 September 2017, the day before a court shut it",
        "Who could be ordered to shut it?",
        [
            f.operator(
                name,
                "host",
                f.value("F155", "provider"),
                fact="F155",
                when="2017-09-12..2017-09-13",
                note="gone about 19:00 on 2017-09-13",
            ),
            f.observe(
                "cat",
                "registry",
                (
                    f"operator {f.value('F156', 'registry')}",
                    f"back-end {f.value('F156', 'backend')}",
                ),
                fact="F156",
                when="2017-09-12..2017-09-20",
            ),
        ],
    )
    name, day = "gab.com", "2018-10-28"
    yield _shipped(
        name,
        day,
        "Gab on 28 October 2018: GoDaddy and Joyent give a day",
        "Who could stop it that day?",
        [
            f.observe(
                name,
                "registration",
                (f"registrar {f.value('F169', 'registrar')}",),
                fact="F169",
                when="2018-10-27..2018-10-29",
            ),
            f.operator(
                name, "dns", f.value("F169", "dns"), fact="F169", when="2018-10-27..2018-10-29"
            ),
            f.operator(
                name,
                "host",
                f.value("F169", "host"),
                fact="F169",
                when="2018-10-27..2018-10-29",
                note="had pulled the plug",
            ),
            *registries(f, "com"),
        ],
    )


def cut_off(f: Facts) -> Iterator[Shipped]:
    """Give services on the last day before somebody withdrew, as the reports of that tell."""
    name = "dailystormer.com"
    goes = {"when": "2017-08-13..2017-08-14", "fact": "F099"}
    first, second = f.value("F099", "registrars")
    host = f.operator(name, "host", f.value("F099", "host"), note="locked its server", **goes)
    yield _shipped(
        name,
        "2017-08-13",
        "The Daily Stormer on 13 August 2017: GoDaddy gives 24 hours",
        "Who could take the name?",
        [
            f.observe(
                name, "registration", (f"registrar {first}",), fact="F099", when="2017-08-13"
            ),
            host,
            *registries(f, "com"),
        ],
    )
    yield _shipped(
        name,
        "2017-08-14",
        "The Daily Stormer on 14 August 2017: moved to Google Domains, for hours",
        "Did another registrar help?",
        [
            f.observe(
                name, "registration", (f"registrar {second}",), fact="F099", when="2017-08-14"
            ),
            host,
            *registries(f, "com"),
        ],
    )
    name = "kiwifarms.net"
    for day, who, title in (
        ("2022-09-02", f.value("F087", "waf")[0], "the day before Cloudflare blocked it"),
        ("2022-09-04", f.value("F087", "waf")[1], "behind DDoS-Guard for two days"),
    ):
        front = f.operator(
            name,
            "front",
            who,
            fact="F087",
            when=f"{day}..{'2022-09-03' if day < '2022-09-03' else '2022-09-05'}",
        )
        yield _shipped(
            name,
            day,
            f"Kiwi Farms on {day_of(day)}, {title}",
            "Could its front alone stop it?",
            [front],
        )
    name = "8ch.net"
    ended = f.operator(
        name,
        "front",
        f.value("F090", "waf_from"),
        fact="F090",
        when="2019-08-04",
        also=("F170",),
        note="ended at 07:00 UTC on 2019-08-05, with an hour of notice",
    )
    yield _shipped(
        name,
        "2019-08-04",
        "8chan on 4 August 2019, the day before Cloudflare ended its service",
        "Who could stop it?",
        [
            f.observe(
                name,
                "registration",
                (f"registrar {f.value('F090', 'from')}",),
                fact="F090",
                when="2019-08-04",
            ),
            ended,
        ],
    )
    yield _shipped(
        name,
        "2019-08-05",
        "8chan on 5 August 2019: BitMitigate, and Voxility one network up",
        "Who could stop the next front?",
        [
            f.observe(
                name,
                "registration",
                (f"registrar {f.value('F090', 'registrar')}",),
                fact="F090",
                when="2019-08-05",
            ),
            f.operator(name, "front", "BitMitigate", fact="F170", when="2019-08-05"),
            f.operator(
                name,
                "transit",
                f.value("F170", "provider"),
                fact="F170",
                when="2019-08-05",
                note="of BitMitigate, which fell with it",
            ),
        ],
    )
    name = "8kun.top"
    yield _shipped(
        name,
        "2021-01-13",
        "8kun on 13 January 2021, behind DDoS-Guard, days before Parler was",
        "Could a Russian company stop it?",
        [
            f.operator(
                name,
                "front",
                f.value("F095", "waf"),
                fact="F095",
                when="2020-10-19..2021-01-15",
                note="ended about 2021-01-14 or 15",
            )
        ],
    )
    yield _shipped(
        name,
        "2022-09-15",
        "8kun in the middle of September 2022: Zappie Host, and Xneelo one network up",
        "Who removed it?",
        [
            f.observe(
                name,
                "A",
                tuple(f.value("F097", "A")),
                fact="F097",
                when="2022-09",
                source="dns",
                evidence=Evidence.REPORTED,
                note="one of the addresses",
            ),
            f.operator(
                name,
                "transit",
                "Xneelo",
                fact="F097",
                when="2022-09",
                note="upstream of Zappie Host",
            ),
        ],
    )
    name = "gab.com"
    yield _shipped(
        name,
        "2018-11-04",
        "Gab on 4 November 2018: back with Epik, behind Cloudflare",
        "Who can stop it after GoDaddy and Joyent?",
        [
            f.observe(
                name,
                "registration",
                (f"registrar {f.value('F069', 'registrar')}",),
                fact="F069",
                when="2018-11-04",
            ),
            f.operator(name, "front", f.value("F069", "waf"), fact="F069", when="2018-11-04"),
            *registries(f, "com"),
        ],
    )
