"""Names and ids: registrars, certificate issuers, alias suffixes, owners of domains."""

from __future__ import annotations

from pathlib import Path

from depgraph.providers import Catalogue, Signal, attribute, layers
from scoring.labels import cases, companies, day, label_company
from scoring.score import Score

Pairs = list[tuple[Score, Score]]


def registrars(folder: Path, catalogue: Catalogue) -> Pairs:
    """Score registrars by their IANA id, and how many the catalogue knows by name."""
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
    return [(by_id, by_id_naive), (by_name, by_name_naive)]


def issuers(folder: Path, catalogue: Catalogue) -> Pairs:
    """Score the company behind the name of a certificate's issuer."""
    issuer, issuer_naive = Score("ca: issuer's name to company"), Score("naive")
    for case in cases(folder, "webdep_us_2023"):
        label = case["label"].get("ca")
        if label:
            at = day(case)
            found = attribute("ca", [Signal("issuer", label)], catalogue=catalogue, at=at)
            chain = catalogue.owners(found.provider or "", at)
            wanted = label_company(label, catalogue, at)
            answer = chain[-1] if chain else ""
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
                note=f"{case['domain']}: label {text} ({wanted}), found {answer}",
            )
            owner_naive.add(
                text, right=float(text.split()[0].lower() in case["domain"]), answered=1, expected=1
            )
    return [(owner, owner_naive)]
