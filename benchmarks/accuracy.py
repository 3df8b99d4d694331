"""How often attribution is right, on labelled cases: precision, recall, unknown, by layer.

    python benchmarks/accuracy.py --truth DIR [--asn DIR] [--cname FILE] [--gov FILE] [--wrong N]
                                  [--disagreements FILE]

``--truth`` is a directory of ``NAME.jsonl`` or ``NAME.jsonl.xz`` (one labelled case a line);
``--asn`` one with ``*ipv4.csv[.xz]`` and ``*ipv6.csv[.xz]`` (``start,end,asn,name``), to find
the origin AS of addresses; ``--cname`` a table of ``owner target count``; ``--gov`` a zone file.

Beside each figure stands what the naive suffix rule reaches (the registered domain of the
server, matched to a provider by substring of its name), and a 95 % interval: the bootstrap
draws whole *operator sets* (cases with the same servers), not rows, for a hundred cases of
one mail host are one observation. "Wrong" is an answer that differs from the label;
"unknown" is none. ``--disagreements`` writes each wrong answer as a JSON line with its cause (label,
ours, undecidable; unread where nobody has read it yet) and evidence, from ``scoring/causes.csv``.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from scoring.causes import counted, write
from scoring.coverage import aliases, name_servers
from scoring.dns import dns
from scoring.hosting import Origins, hosting
from scoring.left_out import left_out
from scoring.mail import mail
from scoring.names import issuers, owners, registrars, suffixes
from scoring.score import HEAD

from depgraph.providers import load


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
    parser.add_argument("--disagreements", type=Path, help="file to write them to, with causes")
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
        *registrars(options.truth, catalogue),
        *issuers(options.truth, catalogue),
        *suffixes(options.truth, catalogue),
        *owners(options.truth, catalogue),
    ]
    for ours, naive in pairs:
        print(ours.line(naive))
        for one in ours.wrong[: options.wrong]:
            print("    " + one.note[:400])
    counts, wrong = left_out(options.truth, catalogue)
    told = ", ".join(f"{n} {what}" for what, n in sorted(counts.items()))
    print(f"without the rows of one exchanger's operator, each in turn: {told}")
    for one in wrong[: options.wrong]:
        print("    " + one.note[:400])
    disagreements = [one for ours, _ in pairs for one in ours.wrong] + wrong
    for layer, causes in counted(disagreements).items():
        found = ", ".join(f"{n} {cause}" for cause, n in sorted(causes.items()))
        print(f"differ from their label in {layer}: {found}")
    if options.disagreements is not None:
        write(disagreements, options.disagreements)
    if options.cname is not None:
        aliases(options.cname, catalogue)
    if options.gov is not None:
        name_servers(options.gov, catalogue)
    return 0


if __name__ == "__main__":
    sys.exit(main())
