"""The figures of Kashaf et al. (IMC 2020) from their data set, compared to the unit.

    python benchmarks/kashaf.py --data DIRECTORY

The directory holds ``sites.csv.xz`` (rank, site and the providers of each service, from
AqsaKashaf/Analyzing-Third-party-Dependencies), ``targets.csv`` (the figures expected) and
``inter-service/`` (name servers of the CDNs and certificate authorities). Through these the sites
of a CDN hang on its DNS providers: C_p and I_p of each are compared with counting by hand. Names
of which there are no name servers are listed, and nothing is guessed of them.
"""

from __future__ import annotations

import argparse
import csv
import lzma
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from depgraph.survey import Use, kashaf

TOPS = {"top100": 100, "top1000": 1000, "top10000": 10_000, "top100000": 100_000}


def many(cell: str) -> frozenset[str]:
    return frozenset(part for part in cell.split(";") if part)


def uses(rows, service: str) -> list[Use]:
    return [Use(r["site"], many(r[f"{service}_third"]), many(r[f"{service}_all"])) for r in rows]


def figures(rows) -> dict[str, float]:
    """Give every figure of the table of targets."""
    strict = kashaf(uses(rows, "dns"), rule="strict")
    loose = kashaf(uses(rows, "dns"), rule="loose")
    cdn = kashaf(uses(rows, "cdn"), rule="strict")
    ca = kashaf(uses(rows, "ca"), rule="strict")
    # Whether a site can do without its CA is a matter of OCSP stapling, which the data
    # set gives; so it does the authors' own list of loose cases.
    unstapled = {r["site"] for r in rows if r["ca_critical"]}
    listed = {r["site"] for r in rows if r["dns_critical_authors"] == "1"}
    return {
        "dns_sites_categorised": strict.sites,
        "dns_third_party": len(strict.third_party),
        "dns_third_party_pct": round(strict.percent("third_party"), 1),
        "dns_critical_strict": len(strict.critical),
        "dns_critical_strict_pct": round(strict.percent("critical"), 1),
        "dns_critical_loose_by_rule": len(loose.critical),
        "dns_critical_loose": len(listed),
        "dns_critical_loose_pct": round(100 * len(listed) / loose.sites, 1),
        "cdn_sites": cdn.sites,
        "cdn_third_party": len(cdn.third_party),
        "cdn_critical": len(cdn.critical),
        "ca_third_party": len(ca.third_party),
        "ca_critical_no_stapling": len(unstapled),
        "any_critical_strict": len(strict.critical | cdn.critical | unstapled),
        "any_critical_loose": len(listed | cdn.critical | unstapled),
    }


def pairs(path: Path) -> Iterator[tuple[str, str]]:
    for line in path.read_text("utf-8").splitlines():
        name, _, rest = line.partition(",")
        yield name.strip(), rest.strip()


def served_by(folder: Path, service: str) -> dict[str, Use]:
    """Return what each provider of a service uses of the DNS: who serves its names."""
    group = {
        domain: f"dns:{name}"
        for name, domains in pairs(folder / f"groups-{service}-ns")
        for domain in domains.split()
    }
    found: dict[str, dict[str, set[str]]] = {}
    for kind in ("third", "pvt"):
        path = folder / f"{kind}-{service}-ns"
        for name, domain in pairs(path) if path.exists() else ():
            sets = found.setdefault(name.lower(), {"third": set(), "pvt": set()})
            sets[kind].add(group.get(domain, f"dns:{domain}"))
    return {name: Use.of(name, third=s["third"], private=s["pvt"]) for name, s in found.items()}


def through(rows, folder: Path) -> int:
    """Return how many providers of DNS count otherwise than by hand, for sites through their CDNs."""
    of_cdn = uses(rows, "cdn")
    via = served_by(folder, "cdn")
    shares = kashaf(of_cdn, rule="strict", via=via)
    wrong = 0
    providers = sorted({one for use in via.values() for one in use.third})
    for provider in providers:
        carried = impact = 0
        for row in rows:
            names = [name for name in row["cdn_all"].split(";") if name]
            hits = [n for n in names if n in via and provider in via[n].third]
            carried += bool(hits)
            impact += bool(hits) and len(names) == 1 and len(via[names[0]].everyone) == 1
        found = shares.concentration.get(provider, 0), shares.impact.get(provider, 0)
        wrong += found != (carried, impact)
    counts = Counter(name for use in of_cdn for name in use.everyone)
    known = {name: count for name, count in counts.items() if name in via}
    print(
        f"through CDNs to DNS: {len(known)} of {len(counts)} CDN names have name servers, "
        f"{sum(known.values())} of {sum(counts.values())} uses; {len(providers)} providers of DNS, "
        f"{wrong} otherwise than by hand; without: {', '.join(sorted(counts.keys() - via.keys()))}"
    )
    tops = [row for row in shares.top(99) if row[0].startswith("dns:")][:5]
    print("C_p / I_p of the top: " + ", ".join(f"{name} {c} / {i}" for name, c, i in tops))
    authorities = {name for use in uses(rows, "ca") for name in use.everyone}
    served = served_by(folder, "cert")
    print(
        f"certificate authorities that match by name: {', '.join(sorted(authorities & served.keys()))};"
        f" {len(authorities - served.keys())} do not: "
        f"{', '.join(sorted(authorities - served.keys())[:10])} ..."
    )
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    folder = parser.parse_args().data
    with lzma.open(folder / "sites.csv.xz", "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    with (folder / "targets.csv").open(encoding="utf-8") as file:
        targets = {row["metric"]: row for row in csv.DictReader(file)}
    start = time.perf_counter()
    found = {
        column: figures([r for r in rows if int(r["rank"]) <= top]) for column, top in TOPS.items()
    }
    seconds = time.perf_counter() - start
    wrong = 0
    print(f"{'':28}" + "".join(f"{column:>18}" for column in TOPS))
    for metric, target in targets.items():
        cells = []
        for column in TOPS:
            figure, expected = found[column][metric], float(target[column])
            wrong += figure != expected
            cells.append(f"{figure:g}" + ("" if figure == expected else f" (not {expected:g})"))
        print(f"{metric:28}" + "".join(f"{cell:>18}" for cell in cells))
    for service in ("dns", "cdn"):
        shares = kashaf(uses(rows, service), rule="strict")
        tops = ", ".join(f"{name} {uses_} / {lone}" for name, uses_, lone in shares.top(20))
        print(f"C_p / I_p of the top {service} providers: {tops}")
    wrong += through(rows, folder / "inter-service")
    print(f"{len(rows)} sites in {seconds:.1f} s; {wrong} figures differ from the targets")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
