"""Who did it, asked of the last recording before it happened.

    python benchmarks/retrodict.py [--data DIR]

For each withdrawal or outage in the list below: does the answer of the last recording before say
that the actor alone can stop the service (*named*, at certain or likely), that it is not known
(*unknown*, with what it hangs on), or that the actor cannot (*wrong*)? Wrong must not happen.

Cases come from the shipped recordings and, with `--data`, for the sites that the press named as
down on two days of 2021, from two data sets of 2020 in that folder (not shipped): the provider
labels of Kashaf, Sekar and Agarwal (``imc2020/sites.csv.xz``), and the aliases that browsers were
answered while they loaded the sites (``hpcn2020/cname.tsv.xz``, hpcn-uam/nlp-web-analytics): a
label that names two fronts does not say which of them answers under the site's own name, and an
alias of that name does. A site of the press is its name and its www name: *named* if the actor
can stop either, *wrong* if it can stop neither.
"""

from __future__ import annotations

import argparse
import csv
import lzma
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import networkx as nx

import depgraph
from depgraph.analysis.roles import roles
from depgraph.analysis.verdicts import Answer
from depgraph.names import is_below, registered_domain
from depgraph.observations import Evidence, Observation, Status
from depgraph.readers.days import interval
from depgraph.recording import Header, Recording
from depgraph.vocabulary import Layer

SHIPPED = Path(__file__).parent.parent / "data" / "recordings"
LABELLED = "2020-01..2020-09-30"
BAR = 0.70

# recording | who did it | function | what happened (the precedent or fact it rests on)
EVENTS = """
wikileaks.org_2010-11-30|Amazon|web|evicted on 2010-12-01
wikileaks.org_2010-12-02|EveryDNS|web|name service ended on 2010-12-03
wikileaks.ch_2010-12-03|EveryDNS|web|name service ended the same day
referendum.cat_2017-09-12|CDmon|web|shut on 2017-09-13 by order of a court
referendum.cat_2017-09-12|Fundació puntCAT|name|ordered on 2017-09-15 to block names
switter.at_2018-04-16|Cloudflare|web|front dropped on 2018-04-17
gab.com_2018-10-28|GoDaddy|name|registrar gave until 2018-10-29
gab.com_2018-10-28|Joyent|web|host pulled on 2018-10-29
parler.com_2021-01-09|Amazon|web|evicted on 2021-01-11
parler.com_2021-01-09|Apple|app|taken out of its store the same day
presstv.com_2021-06-21|US|name|seized on 2021-06-22
openstreetmap.org_2022-06-11|Cogent|web|the only uplink failed on 2022-06-11
kiwifarms.ru_2022-09-04|DDoS-Guard|web|front dropped on 2022-09-05
kiwifarms.net_2023-06-08|Hurricane Electric|web|network withdrawn on 2023-07-27
queer.af_2024-02-11|Ministry of Communications and IT|name|name suspended on 2024-02-12
openstreetmap.org_2024-12-14|Hurricane Electric|web|the only upstream failed on 2024-12-15
openstreetmap.org_2025-06-19|Cloudflare|web|outage of the front on 2025-11-18
dailystormer.com_2017-08-13|GoDaddy|name|registrar gave 24 hours
dailystormer.com_2017-08-14|Google|name|cancelled within hours
dailystormer.com_2017-08-14|Scaleway|web|server locked
8ch.net_2019-08-04|Cloudflare|web|front dropped on 2019-08-05
8ch.net_2019-08-05|Voxility|web|network withdrawn the same day
8kun.top_2020-08-25|CNServers|web|network withdrawn on 2020-10-18
8kun.top_2021-01-13|DDoS-Guard|web|front dropped about 2021-01-15
kiwifarms.net_2022-09-02|Cloudflare|web|front dropped on 2022-09-03
kiwifarms.net_2022-09-04|DDoS-Guard|web|front dropped on 2022-09-05
8kun.top_2022-09-15|Xneelo|web|network withdrawn in October 2022
""".strip()

# Down on 8 June 2021 with Fastly, as named by informationsecuritybuzz.com/expert-comments/
# reddit-gov-uk-spotify-paypal-and-more-go-down-in-fastly-cdn-outage/, washingtonpost.com 2021-06-08,
# itp.live/news/12267, portsmouth.co.uk 2021-06-08 and techhq.com/2021/06/fastly-outage.
FASTLY = [
    "reddit.com",
    "spotify.com",
    "twitch.tv",
    "stackoverflow.com",
    "github.com",
    "www.gov.uk",
    "gov.uk",
    "hulu.com",
    "quora.com",
    "paypal.com",
    "vimeo.com",
    "shopify.com",
    "stripe.com",
    "cnn.com",
    "theguardian.com",
    "nytimes.com",
    "bbc.com",
    "bbc.co.uk",
    "ft.com",
    "pinterest.com",
    "bloomberg.com",
    "theverge.com",
    "aljazeera.com",
    "independent.co.uk",
    "standard.co.uk",
    "washingtonpost.com",
    "amazon.com",
    "ebay.com",
    "boots.com",
    "qz.com",
    "hbomax.com",
]
# Down on 22 July 2021 with Akamai, as named by thedcpatriot.com, bioreports.net (The Verge),
# techradar.com/news/steam-playstation-network-and-more-are-down and dailymail.co.uk/news/article-9815239.
AKAMAI = [
    "airbnb.com",
    "att.com",
    "delta.com",
    "fedex.com",
    "fidelity.com",
    "homedepot.com",
    "lastpass.com",
    "playstation.com",
    "steampowered.com",
    "verizon.com",
    "ups.com",
    "ally.com",
    "britishairways.com",
    "southwest.com",
    "hsbc.co.uk",
    "hsbc.com",
    "barclays.co.uk",
    "lloydsbank.com",
    "halifax-online.co.uk",
    "halifax.co.uk",
    "tsb.co.uk",
    "channel4.com",
    "waitrose.com",
    "skybet.com",
    "xero.com",
    "ea.com",
    "itv.com",
    "tescobank.com",
    "argos.co.uk",
    "johnlewis.com",
    "mcdonalds.com",
    "callofduty.com",
    "warframe.com",
    "bankofscotland.co.uk",
    "barclaycard.co.uk",
    "costco.com",
    "indiatimes.com",
    "usbank.com",
    "nvidia.com",
    "creditkarma.com",
    "epicgames.com",
    "sky.com",
]
NAMES = {"aws": "Amazon Web Services", "bunnycdn": "bunny.net"}
LONGEST_CHAIN = 8  # aliases one after the other


@dataclass(frozen=True)
class Case:
    """One event, and the last recording before it."""

    source: str
    recording: Recording
    actor: str
    functions: tuple[str, ...]
    what: str


@dataclass(frozen=True)
class Outcome:
    """What the recording says of the actor."""

    case: Case
    verdict: str
    confidence: str
    why: str


def shipped() -> Iterator[Case]:
    """Give the cases of the shipped recordings."""
    for line in EVENTS.splitlines():
        name, actor, function, what = line.split("|")
        yield Case("shipped", depgraph.read(SHIPPED / f"{name}.jsonl"), actor, (function,), what)


def labelled(folder: Path) -> Iterator[Case]:
    """Give the cases of labelled sites; sites without any label are no case."""
    with lzma.open(folder / "imc2020" / "sites.csv.xz", "rt", encoding="utf-8") as file:
        rows = {row["site"]: row for row in csv.DictReader(file)}
    aliases = _read_aliases(folder / "hpcn2020" / "cname.tsv.xz")
    for actor, sites in (("Fastly", FASTLY), ("Akamai", AKAMAI)):
        for site in sites:
            if site in rows and any(rows[site][f"{layer}_all"] for layer in ("dns", "cdn")):
                what = f"down with {actor} in 2021"
                recording = _recorded(site, rows[site], aliases)
                functions = ("web",) if site.startswith("www.") else ("web", "web-www")
                yield Case("labels and aliases of 2020", recording, actor, functions, what)


def _recorded(site: str, row: dict[str, str], aliases: dict[str, set[str]]) -> Recording:
    first, last = interval(LABELLED)
    found: list[Observation] = []
    for layer, role in (("dns", "dns"), ("cdn", "front")):
        found += [_label(site, role, label) for label in row[f"{layer}_all"].split(";") if label]
    # A zone's own name has no alias (RFC 1034, section 3.6.2), so the site's www name is followed.
    names = [f"www.{site.removeprefix('www.')}"]
    for name in names:
        targets = [] if name == registered_domain(name) else sorted(aliases.get(name, ()))
        found += [_alias(name, target) for target in targets]
        names += [one for one in targets if one not in names and len(names) < LONGEST_CHAIN]
    header = Header(subject=site, since=first.date(), until=last.date(), title=site)
    return Recording(header, tuple(found))


def _read_aliases(file: Path) -> dict[str, set[str]]:
    """Read pairs of alias and target; of one that is cut short (`fastly.net`), the whole one alone."""
    pairs: dict[str, set[str]] = {}
    if file.exists():
        with lzma.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                alias, target, _ = line.rstrip("\n").split("\t")
                pairs.setdefault(alias, set()).add(target)
    return {
        alias: {one for one in several if not any(is_below(two, one) for two in several - {one})}
        for alias, several in pairs.items()
    }


def _alias(name: str, target: str) -> Observation:
    first, last = interval(LABELLED)
    return Observation(
        subject=name,
        type="CNAME",
        status=Status.ANSWER,
        values=(target,),
        time=first,
        until=last,
        source="dataset",
        citation="hpcn-uam/nlp-web-analytics, 2020",
    )


def _label(site: str, role: str, label: str) -> Observation:
    first, last = interval(LABELLED)
    return Observation(
        subject=site,
        type="operator",
        status=Status.ANSWER,
        values=(f"name {NAMES.get(label, label)}", f"role {role}"),
        time=first,
        until=last,
        source="dataset",
        evidence=Evidence.REPORTED,
        citation="Kashaf, Sekar, Agarwal, IMC 2020",
    )


def outcome(case: Case) -> Outcome:
    """Ask the recording whether the actor alone can stop one of the functions."""
    graph = depgraph.build(case.recording)
    asked = depgraph.dependence(graph, on=case.actor)
    parts = {one.takedown: one for one in reversed([asked[name] for name in case.functions])}
    order = {Answer.YES: "named", Answer.UNDETERMINED: "unknown", Answer.NO: "wrong"}
    answer = next(one for one in order if one in parts)
    return Outcome(case, order[answer], parts[answer].confidence.value, _known(graph, case))


def _known(graph: nx.MultiDiGraph[str], case: Case) -> str:
    """Say who is known in the layers in which the actor may be."""
    everyone = roles(graph)
    parts = []
    for function in case.functions:
        for layer in (Layer.FRONT, Layer.HOST, Layer.DNS):
            found = everyone.standing(function, layer)
            names = sorted({role.label for role in found.known.values()})
            if names or found.hiding:
                parts.append(f"{function} {layer.value} {' or '.join(names) or 'unknown'}")
    return ", ".join(parts)


def main() -> int:
    """Print each case and the figures; 1 if one is wrong or too few are named."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, help="a folder with imc2020/sites.csv.xz")
    options = parser.parse_args()
    cases = [*shipped(), *(labelled(options.data) if options.data else ())]
    outcomes = [outcome(case) for case in cases]
    for one in outcomes:
        case = one.case
        subject = case.recording.header.subject
        days: tuple[date, date] = case.recording.days
        sure = one.confidence if one.verdict == "named" else f"known: {one.why or 'nothing'}"
        print(f"{one.verdict:8}{subject:22}{days[1]}  {case.actor:24}{case.what} ({sure})")
    for source in dict.fromkeys(one.case.source for one in outcomes):
        _figures(source, [one for one in outcomes if one.case.source == source])
    named = _figures("all", outcomes)
    wrong = any(one.verdict == "wrong" for one in outcomes)
    return int(wrong or named < BAR)


def _figures(title: str, outcomes: list[Outcome]) -> float:
    counts = Counter(one.verdict for one in outcomes)
    share = counts["named"] / len(outcomes)
    print(
        f"{title}: n {len(outcomes)}, named {counts['named']} ({share:.0%}), "
        f"unknown {counts['unknown']}, wrong {counts['wrong']}"
    )
    return share


if __name__ == "__main__":
    sys.exit(main())
