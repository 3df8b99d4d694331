"""Inputs that others reported, with the right answers: kept beside the project, read where they are."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from depgraph.cli import main

REPORTS = Path(__file__).parents[2] / "shared/cases/reports"
RIGHT: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    # file: what the answer to its command has, and what it must not have
    "Z01-no-origin.zone": (("192.0.2.10", "provider.example"), ()),
    "Z02-origin-root.zone": (("192.0.2.150", "192.0.2.151", "shop-a.example"), ()),
    "Z03-origin-no-dot.zone": (("expected a dot at the end of $ORIGIN", "192.0.2.150"), ()),
    "Z06-cloudflare-2025.zone": (("Cloudflare", "192.0.2.10", "shop-a.example"), ()),
    "Z07-cloudflare-proxied.zone": (("front Cloudflare", "192.0.2.10", "zone file"), ()),
    "Z09-apex-cname.zone": (("shop.host.example", "mail.example", "ns1.provider.example"), ()),
    "Z10-alias.zone": (("shop.host.example", "mail.example"), ()),
    "Z13-generate.zone": (("192.0.2.1",), ()),
    "Z14-include.zone": (("left out $INCLUDE", "192.0.2.1"), ()),
    "Z15-one-bad-record.zone": (("line 6:", "line 7:", "192.0.2.1"), ()),
    "Z16-windows-wins.zone": (("'WINS'", "192.0.2.1"), ()),
    "Z18-dig-output.txt": (("192.0.2.1", "shop-a.example"), ()),
    "Z22-gdnsd-dyna.zone": (("'DYNA", "ns1.provider.example"), ()),
    "Z23-name-inside-zone.zone": (("shop-a.github.io", "GitHub"), ()),
    "M02-massdns-simple.txt": (("198.51.100.97",), ()),
    "M04-massdns-old.jsonl": (("192.0.2.200",), ()),
    "M08-two-stage-scan.jsonl": (("Amazon Web Services", "shop-d.net"), ()),
    "D01-dnsx.jsonl": (("Cloudflare", "shop-b.net", "2026-08-01"), ()),
    "I02-utf16.jsonl": (("192.0.2.85",), ()),
    "ZD02-altered-name.jsonl": (("192.0.2.86",), ()),
    "S01-txt-two-strings.jsonl": (("microsoft-365",), ()),
    "S02-mx-is-address.jsonl": ((), ("~2.4",)),
    "S07-spf-minus-include.jsonl": ((), ("mailboxes: Microsoft",)),
    "A02-ec2-name-server.jsonl": (("Amazon Web Services",), ("amazonaws.com › country",)),
    "N02-single-label.jsonl": ((), ("registry of .mail", "registry of mail")),
    "N04-de-com.jsonl": (("Vautron", "CentralNic"), ()),
    "R01-rdap-client-hold.jsonl": (("the registration is on hold", "fails"), ()),
    "R02-registrar-id-9999.jsonl": (("~alpha-registrar", "~beta-names"), ("~IANA9999",)),
    "W10c-redemption.jsonl": (("redemptionPeriod", "fails"), ()),
    "W18-nominet-tag.jsonl": (("registrar GoDaddy",), ()),
    "L12-dead-name-server.jsonl": (("Dns Alfa (example) can",), ()),
    "L13a-silent-server.jsonl": (("Dns Alfa (example)",), ()),
}


def commands() -> dict[str, str]:
    """Return the command of each row whose answer comes from the command line."""
    if not REPORTS.exists():
        return {}
    rows = (line.split("\t") for line in (REPORTS / "INDEX.tsv").read_text().splitlines()[1:])
    return {name: re.sub(r"\(.*\)", "", command) for name, command, _ in rows}


@pytest.mark.skipif(not REPORTS.exists(), reason="the reports of others are not beside this folder")
@pytest.mark.parametrize("name", RIGHT)
def test_a_reported_input_has_its_right_answer(name: str) -> None:
    words = shlex.split(commands()[name].replace("FILE", shlex.quote(str(REPORTS / name))))
    done = CliRunner().invoke(main, words, env={"COLUMNS": "200"})
    assert done.exit_code in {0, 1, 3}, done.output
    answer = " ".join(done.output.split())
    has, has_not = RIGHT[name]
    assert [text for text in has if text not in answer] == []
    assert [text for text in has_not if text in answer] == []
