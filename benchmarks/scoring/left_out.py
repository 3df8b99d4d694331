"""Mail without the catalogue's rows of its exchangers: does the design know that it does not know?

The rows of one exchanger's operator after the other are taken out, and the cases whose
exchangers it runs are attributed. Their mailboxes should then be unknown, or rightly named from
other evidence; so the list of operators plays no part in the figure.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

from depgraph.providers import Catalogue
from depgraph.providers.rules import Rules
from depgraph.records.rdata import exchange
from depgraph.survey.attribution import layers
from scoring.labels import cases, ident
from scoring.mail import BIG
from scoring.score import Disagreement


def left_out(folder: Path, catalogue: Catalogue) -> tuple[Counter[str], list[Disagreement]]:
    """Count the outcomes for mailboxes and gateways, and list what was named wrongly."""
    by_operator: dict[str, list[dict[str, Any]]] = {}
    for case in cases(folder, "mx_consensus"):
        for operator in _operators(case, catalogue):
            by_operator.setdefault(operator, []).append(case)
    counts: Counter[str] = Counter(operators=len(by_operator))
    wrong = []
    for operator, rows in sorted(by_operator.items()):
        without = _without(catalogue, operator)
        for case in rows:
            found = layers(case, catalogue=without)
            label = case["label"]["email_bigtech"]
            outcome = _outcome(found["mailbox"], label, operator, catalogue)
            counts[f"mailbox {outcome}"] += 1
            known = isinstance(found["gateway"], list)
            counts[f"gateway {'told' if known else 'unknown'}"] += 1
            if outcome == "wrong":
                note = f"{case['domain']}: without {operator}, label {label}, {found['mailbox']}"
                wrong.append(Disagreement("mailbox without its operator", ident(case), note))
    return counts, wrong


def _operators(case: dict[str, Any], catalogue: Catalogue) -> set[str]:
    hosts = map(exchange, case["records"].get("MX", []))
    return {
        rule.provider for host in hosts if host for rule in catalogue.rules.match("mx-host", host)
    }


def _without(catalogue: Catalogue, operator: str) -> Catalogue:
    rows = [rule for rule in catalogue.rules.rows if rule.provider != operator]
    return replace(catalogue, rules=Rules(rows))


def _outcome(found: Any, label: str, operator: str, catalogue: Catalogue) -> str:
    """Tell whether the mailboxes are unknown, rightly named, or wrongly.

    Under the domain of its exchangers (``~example.net``) the operator that was taken out is still
    named; that is right where it holds mailboxes, and wrong where it only filters.
    """
    if not isinstance(found, list):
        return "unknown"
    row = catalogue.providers[operator]
    itself = BIG.get(row.company, "other") if "mailbox" in row.roles else "a filter"
    named = {
        itself if entry["provider"].startswith("~") else BIG.get(entry["company"], "other")
        for entry in found
    }
    return "named" if named == {label} else "wrong"
