"""Who holds the mailboxes: Big Tech or another, before and behind gateways."""

from __future__ import annotations

from pathlib import Path

from depgraph.names import registered_domain
from depgraph.providers import Catalogue
from depgraph.survey.attribution import layers
from scoring.labels import cases, ident
from scoring.score import Score

BIG = {"microsoft": "microsoft", "google": "google", "amazon": "amazon"}


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
                group,
                right=float(answer == {label}),
                answered=len(answer),
                expected=1,
                case=ident(case),
                note=note,
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
