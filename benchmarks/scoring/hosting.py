"""Who is at an address: the organisation, a front, a published range."""

from __future__ import annotations

import bisect
import csv
import ipaddress
from collections.abc import Callable
from pathlib import Path
from typing import Any

from depgraph.providers import Catalogue
from depgraph.survey.attribution import layers
from scoring.labels import cases, companies, day, ident, label_company, open_text
from scoring.score import Score


class Origins:
    """Origin AS number of an address, by bisection of a table of ranges."""

    def __init__(self, folder: Path) -> None:
        self.tables: dict[int, tuple[list[int], list[int], list[int]]] = {}
        for version in (4, 6):
            starts: list[int] = []
            ends: list[int] = []
            numbers: list[int] = []
            for path in sorted(folder.glob(f"*ipv{version}.csv*")):
                with open_text(path) as stream:
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
                    case=ident(case),
                    note=note,
                )
                base.add(group, right=float(plain == label), answered=1, expected=1)
        for edge_label in case["label"].get("edge", []):
            wanted = label_company(edge_label, catalogue, day(case))
            found = companies(layers(case, catalogue=catalogue, origin=origin)["front"])
            note = f"{case['domain']}: edge {wanted}, found {found}; {names}"
            edge.add(
                group,
                right=float(wanted in found),
                answered=float(bool(found)),
                expected=1,
                case=ident(case),
                note=note,
            )
            edge_naive.add(
                group,
                right=float(plain == edge_label),
                answered=float(plain != "other"),
                expected=1,
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
            label,
            right=float(answer == {label}),
            answered=len(answer),
            expected=1,
            case=ident(case),
            note=note,
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
