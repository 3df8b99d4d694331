"""Names and ids: registrars, certificate issuers, alias suffixes, owners of domains."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from depgraph.providers import Catalogue
from depgraph.survey.attribution import layers
from scoring.labels import cases, companies, day, ident, is_refused, label_company
from scoring.score import Score

Pairs = list[tuple[Score, Score]]


_MARK = re.compile(r"\s*\((?:\d+|https?:[^)]*)\)$")
"""A number or address that a registry sets behind a registrar's name."""


def registrars(folder: Path, catalogue: Catalogue) -> Pairs:
    """Score registrars: as WHOIS text tells them, by IANA id, and known at all by their name."""
    by_text, by_text_naive = Score("registrar: from WHOIS text"), Score("naive")
    by_id, by_id_naive = Score("registrar: by IANA id"), Score("naive")
    by_name, by_name_naive = Score("registrar: named at all"), Score("naive")
    for case in cases(folder, "whois_expected"):
        label = case["label"].get("registrar")
        number = str(case["label"].get("registrar_iana_id") or "")
        if not label:
            continue
        label = _MARK.sub("", label)
        named = providers(_case({"REGISTRAR": [label]}), catalogue, "registrar")
        known = float(any(not provider.startswith("~") for provider in named))
        by_name.add(label, right=known, answered=known, expected=1)
        by_name_naive.add(label, right=0, answered=0, expected=1)
        if "whois_raw" not in case or is_refused(case):
            continue
        found = layers(case, catalogue=catalogue)["registrar"]
        entries = found if isinstance(found, list) else []
        ids = {entry["provider"] for entry in entries}
        note = f"{case['id']}: {label} {number}, found {found}"
        naive = float(label.split()[0].lower() in case["whois_raw"].lower())
        right = float(bool(ids) and ids == named)
        by_text.add(
            label, right=right, answered=float(bool(ids)), expected=1, case=ident(case), note=note
        )
        by_text_naive.add(label, right=naive, answered=1, expected=1)
        if number.isdigit() and int(number) < 9900:
            rules = {entry["rule"].split("/")[-1] for entry in entries}
            right = float(rules == {number} or ids == {f"~IANA{number}"})
            by_id.add(
                number,
                right=right,
                answered=float(bool(ids)),
                expected=1,
                case=ident(case),
                note=note,
            )
            by_id_naive.add(number, right=naive, answered=1, expected=1)
    return [(by_text, by_text_naive), (by_id, by_id_naive), (by_name, by_name_naive)]


def _case(records: dict[str, list[str]], **fields: Any) -> dict[str, Any]:
    return {"domain": "case.example", "records": records, **fields}


def providers(case: dict[str, Any], catalogue: Catalogue, layer: str) -> set[str]:
    found = layers(case, catalogue=catalogue)[layer]
    return {entry["provider"] for entry in found} if isinstance(found, list) else set()


def issuers(folder: Path, catalogue: Catalogue) -> Pairs:
    """Score the company behind the name of a certificate's issuer."""
    issuer, issuer_naive = Score("ca: issuer's name to company"), Score("naive")
    for case in cases(folder, "webdep_us_2023"):
        label = case["label"].get("ca")
        if label:
            line = _case({"CERT_ISSUER": [label]}, date=case["date"])
            answer = companies(layers(line, catalogue=catalogue)["ca"])
            wanted = label_company(label, catalogue, day(case))
            issuer.add(
                label,
                right=float(answer == {wanted}),
                answered=float(bool(answer)),
                expected=1,
                case=ident(case),
                note=f"{label}: {answer}, wanted {wanted}",
            )
            issuer_naive.add(
                label, right=float(label in catalogue.companies), answered=1, expected=1
            )
    return [(issuer, issuer_naive)]


def suffixes(folder: Path, catalogue: Catalogue) -> Pairs:
    """Score the provider behind the suffix of an alias."""
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
            case=ident(case),
            note=f"{case['records']['CNAME']}: label {text}, found {answer}",
        )
        suffix_naive.add(
            text, right=float(text in case["records"]["CNAME"][0]), answered=1, expected=1
        )
    return [(suffix, suffix_naive)]


def owners(folder: Path, catalogue: Catalogue) -> Pairs:
    """Score the owner of a domain."""
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
                case=ident(case),
                note=f"{case['domain']}: label {text} ({wanted}), found {answer}",
            )
            owner_naive.add(
                text, right=float(text.split()[0].lower() in case["domain"]), answered=1, expected=1
            )
    return [(owner, owner_naive)]
