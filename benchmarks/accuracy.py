"""How often attribution is right, on labelled cases: precision, recall, unknown, by layer.

    python benchmarks/accuracy.py --truth DIR [--asn DIR] [--cname FILE] [--gov FILE] [--wrong N]

``--truth`` is a directory of ``NAME.jsonl`` or ``NAME.jsonl.xz`` (one labelled case a line);
``--asn`` one with ``*ipv4.csv[.xz]`` and ``*ipv6.csv[.xz]`` (``start,end,asn,name``), to find
the origin AS of addresses; ``--cname`` a table of ``owner target count``; ``--gov`` a zone file.

Beside each figure stands what the naive suffix rule reaches (the registered domain of the
server, matched to a provider by substring of its name), and a 95 % interval: the bootstrap
draws whole *operator sets* (cases with the same servers), not rows, for a hundred cases of
one mail host are one observation. "Wrong" is an answer that differs from the label;
"unknown" is none.
"""

from __future__ import annotations

import argparse
import bisect
import collections
import csv
import ipaddress
import json
import lzma
import random
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from depgraph.names import registered_domain
from depgraph.providers import Catalogue, Signal, attribute, layers, load

BIG = {"microsoft": "microsoft", "google": "google", "amazon": "amazon"}
# What the label sets call a company -> the id of it in the catalogue.
LABELS = {
    "vercara-ultradns": "vercara",
    "ibm-ns1": "ns1",
    "entrustinc": "entrust",
    "usertrust": "sectigo",
    "letsencrypt": "isrg",
    "starfieldtechnologiesinc": "godaddy",
    "networksolutionsllc": "newfold",
    "sslcorporation": "ssl-com",
    "secomtrustsystemscoltd": "secom",
    "trustwaveholdingsinc": "trustwave",
    "digicert": "digicert",
    "edgecast": "edgecast",
    "att.com": "att",
    "upai": "upyun",
    "360cdn": "qihoo360",
    "wixcdn": "wix",
    "instartlogic": "instart",
    "taobao": "alibaba",
    "state": "state-tx",
    "limelight": "limelight",
    "maxcdn": "stackpath",
    "chinanetcenter": "wangsu",
    "cotendo": "akamai",
    "huaweicloud": "huawei",
    "ibmcloud": "ibm",
    "zohocdn": "zoho",
    "yahoojapan": "yahoo-japan",
    "skbroadband": "skt",
    "bunnycdn": "bunny",
    "cdn77": "datacamp",
}


@dataclass
class Score:
    """Counts of one layer, by operator set."""

    name: str
    sets: dict[str, list[tuple[float, float, float, float]]] = field(
        default_factory=lambda: collections.defaultdict(list)
    )
    wrong: list[str] = field(default_factory=list)

    def add(
        self, group: str, *, right: float, answered: float, expected: float, note: str = ""
    ) -> None:
        """Count one case: right answers, answers given, answers expected."""
        self.sets[group].append((right, answered, expected, float(answered == 0)))
        if right < answered and note:
            self.wrong.append(note)

    def figures(
        self, rows: Iterable[tuple[float, float, float, float]]
    ) -> tuple[float, float, float]:
        right = answered = expected = unknown = count = 0.0
        for r, a, e, u in rows:
            right, answered, expected, unknown, count = (
                right + r,
                answered + a,
                expected + e,
                unknown + u,
                count + 1,
            )
        return (
            right / answered if answered else float("nan"),
            right / expected if expected else float("nan"),
            unknown / count if count else float("nan"),
        )

    def line(self, naive: Score | None = None, *, draws: int = 400) -> str:
        rows = [row for group in self.sets.values() for row in group]
        if not rows:
            return f"{self.name:34} no cases"
        precision, recall, unknown = self.figures(rows)
        chance = random.Random(20261122)
        groups = [self.sets[key] for key in sorted(self.sets)]
        drawn = sorted(
            self.figures(row for _ in groups for row in chance.choice(groups))[1]
            for _ in range(draws)
        )
        low, high = drawn[int(draws * 0.025)], drawn[int(draws * 0.975)]
        wrong = sum(max(0.0, a - r) for r, a, _, _ in rows) / max(
            1.0, sum(e for _, _, e, _ in rows)
        )
        text = (
            f"{self.name:34} {len(rows):6} {len(groups):5}  {precision:6.3f} {recall:6.3f}"
            f"  [{low:.3f} {high:.3f}]  {unknown:6.3f}  {wrong:6.4f}"
        )
        if naive is not None:
            p, r, _ = naive.figures(row for group in naive.sets.values() for row in group)
            text += f"   {p:6.3f} {r:6.3f}"
        return text


HEAD = f"{'layer':34} {'cases':>6} {'sets':>5}  {'prec':>6} {'recall':>6}  {'95 % of recall':>13}  {'unkn':>6}  {'wrong':>6}   {'naive p':>6} {'r':>6}"


def cases(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    for path in (folder / f"{name}.jsonl", folder / f"{name}.jsonl.xz"):
        if path.exists():
            with _open(path) as stream:
                yield from (json.loads(line) for line in stream)
            return


def _open(path: Path) -> Any:
    return (
        lzma.open(path, "rt", encoding="utf-8")
        if path.suffix == ".xz"
        else path.open(encoding="utf-8")
    )


def companies(layer: Any) -> set[str]:
    return {entry["company"] for entry in layer} if isinstance(layer, list) else set()


def label_company(label: str, catalogue: Catalogue, at: date) -> str:
    """Bring a label (a company's short name, or a domain of servers) to a company's id."""
    if label in LABELS:
        label = LABELS[label]
    if label in catalogue.companies:
        chain = [label]
        while (up := catalogue.parent_of(chain[-1], at)) is not None:
            chain.append(up)
        return chain[-1]
    if "." in label:
        found = attribute("dns", [Signal("ns-domain", label)], catalogue=catalogue, at=at)
        if found.provider:
            owners = catalogue.owners(found.provider, at)
            return owners[-1] if owners else found.provider
    named = catalogue.provider_named(label)
    if named is not None:
        return catalogue.owners(named.id, at)[-1]
    return label


def day(case: dict[str, Any]) -> date:
    numbers = [int(part) for part in re.findall(r"\d+", str(case.get("date", "2026-01-01")))[:3]]
    numbers += [1] * (3 - len(numbers))
    try:
        return date(numbers[0], numbers[1], numbers[2])
    except ValueError:
        return date(2026, 1, 1)


# --- mail -------------------------------------------------------------------------------


def mail(folder: Path, catalogue: Catalogue) -> list[tuple[Score, Score]]:
    every, naive = Score("mailbox: Big Tech class"), Score("naive")
    gate, gate_naive = Score("  behind a mail gateway"), Score("naive")
    shown, shown_naive = Score("  gateway, DKIM or autodiscover"), Score("naive")
    for case in cases(folder, "mx_consensus"):
        label = case["label"]["email_bigtech"]
        records = case["records"]
        hosts = sorted(records.get("MX", []))
        group = (
            " ".join(
                sorted(
                    {registered_domain(h.split()[-1].rstrip(".").lower()) or h for h in hosts}
                    - {case["domain"]}
                )
            )
            or "own"
        )
        found = layers(case, catalogue=catalogue)["mailbox"]
        answer = (
            {BIG.get(entry["company"], "other") for entry in found}
            if isinstance(found, list)
            else set()
        )
        plain = {mx_naive(hosts)}
        pairs = [(every, naive)]
        if case["label"].get("email_gateway"):
            pairs.append((gate, gate_naive))
            if (
                records.get("DKIM_CNAME")
                or records.get("AUTODISCOVER_CNAME")
                or records.get("AUTODISCOVER_SRV")
            ):
                pairs.append((shown, shown_naive))
        note = f"{case['domain']}: label {label}, found {sorted(answer)} {found}; MX {hosts[:3]}"
        for ours, theirs in pairs:
            ours.add(
                group, right=float(answer == {label}), answered=len(answer), expected=1, note=note
            )
            theirs.add(group, right=float(plain == {label}), answered=1, expected=1)
    return [(every, naive), (gate, gate_naive), (shown, shown_naive)]


def mx_naive(hosts: list[str]) -> str:
    text = " ".join(hosts).lower()
    if "outlook.com" in text:
        return "microsoft"
    if "google" in text:
        return "google"
    return "amazon" if "amazon" in text else "other"


# --- DNS --------------------------------------------------------------------------------


def dns(folder: Path, catalogue: Catalogue) -> list[tuple[Score, Score]]:
    sets, naive = Score("dns: set of providers"), Score("naive")
    many, many_naive = Score("dns: one operator or several"), Score("naive")
    kind, kind_naive = Score("dns: own or third"), Score("naive")
    for case in cases(folder, "webdep_us_2023"):
        if "dns" not in case["label"]:
            continue
        at = day(case)
        servers = sorted(case["records"].get("NS_REGISTERED_DOMAIN", []))
        # a label such as "lexsynergy" stands for the servers of that name
        full = {text.split(".")[0]: text for text in reversed(servers)}
        labels = {
            label_company(
                full.get(text, text) if "." not in text and text not in LABELS else text,
                catalogue,
                at,
            )
            for text in case["label"]["dns"]
        }
        found = layers(case, catalogue=catalogue)["dns"]
        answer = companies(found)
        group = " ".join(sorted({re.sub(r"\d+", "#", text) for text in servers}))
        plain = {re.sub(r"\d+", "", text.split(".")[0]).strip("-") for text in servers}
        wanted = {
            re.sub(r"\d+", "", text.split(".")[0]).strip("-") for text in case["label"]["dns"]
        }
        note = (
            f"{case['domain']}: label {case['label']['dns']}, found {sorted(answer)}; NS {servers}"
        )
        sets.add(
            group, right=len(answer & labels), answered=len(answer), expected=len(labels), note=note
        )
        naive.add(
            group,
            right=len(plain & (wanted | _brand(wanted))),
            answered=len(plain),
            expected=len(wanted),
        )
        if "dns_single_provider" in case["label"]:
            single = case["label"]["dns_single_provider"]
            right = (len(answer) == 1) is single
            many.add(
                group,
                right=float(right),
                answered=float(bool(answer)),
                expected=1,
                note=f"single={single} {note}",
            )
            many_naive.add(group, right=float((len(plain) == 1) is single), answered=1, expected=1)
        if case["label"].get("dns_kind") in {"private", "third"} and isinstance(found, list):
            own = all(entry.get("self") for entry in found)
            right = own is (case["label"]["dns_kind"] == "private")
            kind.add(
                group,
                right=float(right),
                answered=1,
                expected=1,
                note=f"{case['label']['dns_kind']} {note}",
            )
            naive_own = all(text == registered_domain(case["domain"]) for text in servers)
            kind_naive.add(
                group,
                right=float(naive_own is (case["label"]["dns_kind"] == "private")),
                answered=1,
                expected=1,
            )
    moj, moj_naive = Score("dns: zones of one operator"), Score("naive")
    for case in cases(folder, "zones_moj_uk"):
        answer = companies(layers(case, catalogue=catalogue)["dns"])
        note = f"{case['domain']}: {answer}"
        moj.add(
            "moj",
            right=float(answer == {case["label"]["dns"]}),
            answered=len(answer),
            expected=1,
            note=note,
        )
        moj_naive.add(
            "moj",
            right=float(any("aws" in text for text in case["records"]["NS"])),
            answered=1,
            expected=1,
        )
    return [(sets, naive), (many, many_naive), (kind, kind_naive), (moj, moj_naive)]


def _brand(wanted: set[str]) -> set[str]:
    """What a naive reader knows: the server domains of the six largest."""
    known = {
        "amazon": "awsdns", "akamai": "akam", "godaddy": "domaincontrol", "vercara-ultradns": "ultradns",
        "oracle": "dynect", "google": "googledomains", "ibm-ns": "nsone", "microsoft": "azure-dns",
    }  # fmt: skip
    return {known[text] for text in wanted if text in known}


# --- hosting ----------------------------------------------------------------------------


class Origins:
    """Origin AS number of an address, by bisection of a table of ranges."""

    def __init__(self, folder: Path) -> None:
        self.tables: dict[int, tuple[list[int], list[int], list[int]]] = {}
        for version in (4, 6):
            starts: list[int] = []
            ends: list[int] = []
            numbers: list[int] = []
            for path in sorted(folder.glob(f"*ipv{version}.csv*")):
                with _open(path) as stream:
                    for row in csv.reader(stream):
                        starts.append(int(ipaddress.ip_address(row[0])))
                        ends.append(int(ipaddress.ip_address(row[1])))
                        numbers.append(int(row[2]))
                break
            self.tables[version] = (starts, ends, numbers)

    def __call__(self, text: str) -> int | None:
        address = ipaddress.ip_address(text)
        starts, ends, numbers = self.tables[address.version]
        place = bisect.bisect_right(starts, int(address)) - 1
        return numbers[place] if place >= 0 and int(address) <= ends[place] else None


KNOWN_ORGS = ("amazon", "akamai", "microsoft", "cloudflare", "google")


def hosting(
    folder: Path, catalogue: Catalogue, origin: Callable[[str], int | None] | None
) -> list[tuple[Score, Score]]:
    title = "hosting: organisation" + (" (AS, handle, PTR)" if origin else " (handle, PTR)")
    ours, naive = Score(title), Score("naive")
    blind, blind_naive = Score("  without any WHOIS (AS, PTR)"), Score("naive")
    edge, edge_naive = Score("front: from HTTP headers"), Score("naive")
    for case in cases(folder, "fedgov_2021"):
        label = case["label"].get("ip_org")
        handles = sorted({str(i.get("OrgId")) for i in case.get("ip_info", {}).values()})
        group = " ".join(handles)
        names = " ".join(case["records"].get("RDNS_OR_CNAME", []))
        plain = next((org for org in KNOWN_ORGS if org in names), "other")
        if label is not None:
            for score, base, given, look in (
                (ours, naive, case, origin),
                (blind, blind_naive, {**case, "ip_info": {}}, origin),
            ):
                if look is None and given is not case:
                    continue
                answer = _organisation(layers(given, catalogue=catalogue, origin=look))
                note = f"{case['domain']}: label {label} ({case['label'].get('ip_owner_registry')}), found {answer}; {names}"
                score.add(
                    group,
                    right=float(answer == {label}),
                    answered=len(answer),
                    expected=1,
                    note=note,
                )
                base.add(group, right=float(plain == label), answered=1, expected=1)
        for wanted in case["label"].get("edge", []):
            found = companies(layers(case, catalogue=catalogue, origin=origin)["front"])
            note = f"{case['domain']}: edge {wanted}, found {found}; {names}"
            edge.add(
                group,
                right=float(wanted in found),
                answered=float(bool(found)),
                expected=1,
                note=note,
            )
            edge_naive.add(
                group, right=float(plain == wanted), answered=float(plain != "other"), expected=1
            )
    ranges, ranges_naive = Score("address: published ranges"), Score("naive")
    for case in cases(folder, "ip_provider_ranges"):
        if origin is None:
            break
        label = label_company(case["label"]["ip_org"], catalogue, day(case))
        result = layers(case, catalogue=catalogue, origin=origin)
        answer = companies(result["front"]) or companies(result["hosting"])
        if len(answer) == 1 and next(iter(answer)).startswith("~"):
            answer = set()
        note = f"{case['id']}: label {label}, found {answer} {result['network']}"
        ranges.add(
            label, right=float(answer == {label}), answered=len(answer), expected=1, note=note
        )
        ranges_naive.add(label, right=0, answered=0, expected=1)
    return [(ours, naive), (blind, blind_naive), (edge, edge_naive), (ranges, ranges_naive)]


def _organisation(result: dict[str, Any]) -> set[str]:
    """Give the organisation at an address, as the labels have it: five by name, or another.

    For the label it does not matter whether that is a host or a front.
    """
    for layer in ("front", "hosting", "holder"):
        found = companies(result[layer])
        if found:
            return {name if name in KNOWN_ORGS else "other" for name in found}
    return set()


# --- the rest ---------------------------------------------------------------------------


def names_and_ids(folder: Path, catalogue: Catalogue) -> list[tuple[Score, Score]]:
    by_id, by_id_naive = Score("registrar: by IANA id"), Score("naive")
    by_name, by_name_naive = Score("registrar: named at all"), Score("naive")
    for case in cases(folder, "whois_expected"):
        label, number = (
            case["label"].get("registrar"),
            str(case["label"].get("registrar_iana_id") or ""),
        )
        if not label:
            continue
        at = day(case)
        said = attribute("registrar", [Signal("registrar-name", label)], catalogue=catalogue, at=at)
        by_name.add(
            label,
            right=float(not (said.provider or "~").startswith("~")),
            answered=float(not (said.provider or "~").startswith("~")),
            expected=1,
            note=f"{label!r} -> {said.provider}",
        )
        by_name_naive.add(label, right=0, answered=0, expected=1)
        if number.isdigit() and int(number) < 9900 and "whois_raw" in case:
            found = layers(case, catalogue=catalogue)["registrar"]
            rules = (
                {entry["rule"].split("/")[-1] for entry in found}
                if isinstance(found, list)
                else set()
            )
            ids = {entry["provider"] for entry in found} if isinstance(found, list) else set()
            right = rules == {number} or ids == {f"~IANA{number}"}
            note = f"{case['domain']}: {label} {number}, found {found}"
            by_id.add(number, right=float(right), answered=float(bool(ids)), expected=1, note=note)
            by_id_naive.add(
                number,
                right=float(label.split()[0].lower() in case["whois_raw"].lower()),
                answered=1,
                expected=1,
            )
    issuer, issuer_naive = Score("ca: issuer's name to company"), Score("naive")
    for case in cases(folder, "webdep_us_2023"):
        label = case["label"].get("ca")
        if label:
            at = day(case)
            found = attribute("ca", [Signal("issuer", label)], catalogue=catalogue, at=at)
            owners = catalogue.owners(found.provider or "", at)
            wanted = label_company(label, catalogue, at)
            answer = owners[-1] if owners else ""
            issuer.add(
                label,
                right=float(answer == wanted),
                answered=float(bool(answer)),
                expected=1,
                note=f"{label}: {answer}, wanted {wanted}",
            )
            issuer_naive.add(
                label, right=float(label in catalogue.companies), answered=1, expected=1
            )
    suffix, suffix_naive = Score("front: CNAME suffixes"), Score("naive")
    for case in cases(folder, "cname_suffix_provider"):
        found = layers(case, catalogue=catalogue)
        answer = companies(found["front"]) | companies(found["hosting"])
        text = case["label"]["edge"]
        wanted = label_company(text, catalogue, day(case))
        # labels in Chinese carry no id: any answer counts as given, none as right
        right = float(wanted in answer or (not text.isascii() and bool(answer)))
        suffix.add(
            text,
            right=right,
            answered=float(bool(answer)),
            expected=1,
            note=f"{case['records']['CNAME']}: label {text}, found {answer}",
        )
        suffix_naive.add(
            text, right=float(text in case["records"]["CNAME"][0]), answered=1, expected=1
        )
    owner, owner_naive = Score("owner: of a domain"), Score("naive")
    for case in cases(folder, "domain_owner"):
        text = case["label"].get("owner")
        if text:
            answer = companies(layers(case, catalogue=catalogue)["owner"])
            wanted = label_company(text.lower(), catalogue, day(case))
            owner.add(
                text,
                right=float(wanted in answer or text.lower().split()[0] in answer),
                answered=len(answer),
                expected=1,
                note=f"{case['domain']}: label {text} ({wanted}), found {answer}",
            )
            owner_naive.add(
                text, right=float(text.split()[0].lower() in case["domain"]), answered=1, expected=1
            )
    return [
        (by_id, by_id_naive),
        (by_name, by_name_naive),
        (issuer, issuer_naive),
        (suffix, suffix_naive),
        (owner, owner_naive),
    ]


def coverage(cname: Path | None, gov: Path | None, catalogue: Catalogue) -> None:
    if cname is not None:
        pairs = named = own = 0
        with _open(cname) as stream:
            for line in stream:
                owner, target, _ = (part.lower() for part in line.rstrip("\n").split("\t"))
                if registered_domain(owner) == (registered_domain(target) or target):
                    own += 1
                    continue
                pairs += 1
                named += any(True for _ in catalogue.rules.match("host", target))
        print(
            f"CNAME targets of another's domain named: {named / pairs:.3f} of {pairs} (goal 0.80); "
            f"with those under the owner's own domain: {(named + own) / (pairs + own):.3f}"
        )
    if gov is not None:
        servers: dict[str, set[str]] = collections.defaultdict(set)
        with _open(gov) as stream:
            for line in stream:
                parts = line.lower().split()
                if len(parts) >= 5 and parts[3] == "ns" and parts[0].rstrip(".") != "gov":
                    servers[parts[0].rstrip(".")].add(parts[4].rstrip("."))
        start = time.perf_counter()
        whole = either = 0
        for domain, hosts in servers.items():
            found = [
                attribute(
                    "dns",
                    [Signal("ns-host", host)],
                    catalogue=catalogue,
                    at=date(2026, 8, 22),
                    service=domain,
                )
                for host in sorted(hosts)
            ]
            whole += all(item.catalogued for item in found)
            either += all(item.catalogued or item.is_self for item in found)
        seconds = time.perf_counter() - start
        print(
            f"name servers of .gov named, all of a domain's: {whole / len(servers):.3f} of {len(servers)} domains "
            f"(goal 0.85); with the domain's own: {either / len(servers):.3f}; "
            f"{sum(map(len, servers.values())) / seconds:,.0f} name servers a second"
        )


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--truth", type=Path, required=True)
    parser.add_argument("--asn", type=Path)
    parser.add_argument("--cname", type=Path)
    parser.add_argument("--gov", type=Path)
    parser.add_argument(
        "--wrong", type=int, default=0, help="show so many disagreements of each layer"
    )
    options = parser.parse_args(arguments)
    catalogue = load()
    origin = Origins(options.asn) if options.asn else None
    print(
        f"catalogue {catalogue.version}: {len(catalogue.providers)} providers, {len(catalogue.companies)} companies, {len(catalogue.rules.rows)} rules"
    )
    print(HEAD)
    pairs = [
        *mail(options.truth, catalogue),
        *dns(options.truth, catalogue),
        *hosting(options.truth, catalogue, origin),
        *names_and_ids(options.truth, catalogue),
    ]
    for ours, naive in pairs:
        print(ours.line(naive))
        for note in ours.wrong[: options.wrong]:
            print("    " + note[:400])
    coverage(options.cname, options.gov, catalogue)
    return 0


if __name__ == "__main__":
    sys.exit(main())
