"""The label sets: how a case is read, and how a label is brought to a company of the catalogue."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from depgraph.errors import RecordingError
from depgraph.providers import Catalogue, Signal, attribute
from depgraph.readers import interval
from depgraph.survey.cases import recorded

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
    "cornerstone": "cornerstone-ondemand",
    "coralcontentdistributionnetwork": "coralcdn",
    "cnkuai": "kuaiwang",  # the study writes CnKuai for 快网, as its comments say
}


def cases(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    for path in (folder / f"{name}.jsonl", folder / f"{name}.jsonl.xz"):
        if path.exists():
            with open_text(path) as stream:
                yield from (json.loads(line) for line in stream)
            return


def ident(case: dict[str, Any]) -> str:
    """Return what a case is called: its id, else its domain."""
    return str(case.get("id") or case.get("domain", ""))


def open_text(path: Path) -> Any:
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
        owners = catalogue.owners(named.id, at)
        return owners[-1] if owners else named.id
    return label


def day(case: dict[str, Any]) -> date:
    """Return the day that a case is attributed for: its last; without one, the last of all."""
    try:
        _, last = interval(case.get("date", ""))
    except RecordingError:
        return date.max
    return last.date()


def is_refused(case: dict[str, Any]) -> bool:
    """Tell whether the reader refuses a case (its date is damaged): it is no case then."""
    try:
        recorded(case)
    except RecordingError:
        return True
    return False
