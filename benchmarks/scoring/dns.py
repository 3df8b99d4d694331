"""Who serves the DNS: the set of providers, one or several, the owner's own or a third party's."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from depgraph.names import registered_domain
from depgraph.providers import Catalogue
from depgraph.survey.attribution import layers
from scoring.labels import LABELS, cases, companies, day, ident, label_company
from scoring.score import Score


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
            group,
            right=len(answer & labels),
            answered=len(answer),
            expected=len(labels),
            case=ident(case),
            note=note,
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
                case=ident(case),
                note=f"single={single} {note}",
            )
            many_naive.add(group, right=float((len(plain) == 1) is single), answered=1, expected=1)
        if case["label"].get("dns_kind") in {"private", "third"} and isinstance(found, list):
            own = whose(found)
            right = own is (case["label"]["dns_kind"] == "private")
            kind.add(
                group,
                right=float(right),
                answered=float(own is not None),
                expected=1,
                case=ident(case),
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
            case=ident(case),
            note=note,
        )
        moj_naive.add(
            "moj",
            right=float(any("aws" in text for text in case["records"]["NS"])),
            answered=1,
            expected=1,
        )
    return [(sets, naive), (many, many_naive), (kind, kind_naive), (moj, moj_naive)]


def whose(found: list[dict[str, Any]]) -> bool | None:
    """Tell whether all servers are the service's own; None where that of one is not known."""
    told = [entry.get("self", False) for entry in found]
    if None in told and False not in told:
        return None
    return all(told)


def _brand(wanted: set[str]) -> set[str]:
    """What a naive reader knows: the server domains of the six largest."""
    known = {
        "amazon": "awsdns", "akamai": "akam", "godaddy": "domaincontrol", "vercara-ultradns": "ultradns",
        "oracle": "dynect", "google": "googledomains", "ibm-ns": "nsone", "microsoft": "azure-dns",
    }  # fmt: skip
    return {known[text] for text in wanted if text in known}
