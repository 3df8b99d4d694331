"""Inputs that people came with (``tests/reports``), and what is right of each."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

import depgraph
from depgraph import routes
from depgraph.cli import main
from depgraph.pictures.drawing import scene
from depgraph.pictures.engine.measure import in_ascii, missing
from depgraph.readers import read_plain
from depgraph.readers.lists import read_list
from depgraph.readers.zdns import read_zdns
from depgraph.records import rdap
from depgraph.records.whois import decode, read_whois

REPORTS = Path(__file__).parent / "reports"
ZONE = "report FILE --dated 2026-08-01"
RIGHT: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    # file: the command, what its answer has, and what it must not have
    "Z01-no-origin.zone": (f"{ZONE} --name shop-a.example", ("192.0.2.10", "provider.example"), ()),
    "Z02-origin-root.zone": (ZONE, ("192.0.2.150", "192.0.2.151", "shop-a.example"), ()),
    "Z03-origin-no-dot.zone": (
        ZONE,
        ("expected a dot at the end of $ORIGIN", "192.0.2.150"),
        (),
    ),
    "Z06-cloudflare-2025.zone": (ZONE, ("Cloudflare", "192.0.2.10", "shop-a.example"), ()),
    "Z07-cloudflare-proxied.zone": (ZONE, ("front Cloudflare", "192.0.2.10", "zone file"), ()),
    "Z09-apex-cname.zone": (
        ZONE,
        ("shop.host.example", "mail.example", "ns1.provider.example"),
        (),
    ),
    "Z10-alias.zone": (ZONE, ("shop.host.example", "mail.example"), ()),
    "Z13-generate.zone": (f"{ZONE} --name host3.shop-a.example", ("192.0.2.3",), ("left out",)),
    "Z14-include.zone": (ZONE, ("left out $INCLUDE", "192.0.2.1"), ()),
    "Z15-one-bad-record.zone": (ZONE, ("line 6:", "line 7:", "192.0.2.1"), ()),
    "Z16-windows-wins.zone": (ZONE, ("'WINS'", "192.0.2.1"), ()),
    "Z18-dig-output.txt": (ZONE, ("192.0.2.1", "shop-a.example"), ()),
    "Z22-gdnsd-dyna.zone": (ZONE, ("'DYNA", "ns1.provider.example"), ()),
    "Z23-name-inside-zone.zone": (
        f"{ZONE} --name blog.shop-a.example",
        ("shop-a.github.io", "GitHub"),
        (),
    ),
    "M02-massdns-simple.txt": (f"{ZONE} --name shop.example", ("198.51.100.97",), ()),
    "M04-massdns-old.jsonl": ("report FILE --dated 2018-08-08", ("192.0.2.200",), ()),
    "M08-two-stage-scan.jsonl": (
        "report FILE --name shop-a.com",
        ("Amazon Web Services", "shop-d.net"),
        (),
    ),
    "D01-dnsx.jsonl": ("report FILE", ("Cloudflare", "shop-b.net", "2026-08-01"), ()),
    "I02-utf16.jsonl": ("report FILE", ("192.0.2.85",), ()),
    "ZD02-altered-name.jsonl": ("report FILE", ("192.0.2.86",), ()),
    "ZD06-v1-timeout.jsonl": (
        "report FILE",
        ("the addresses of shop-a.com (timeout)", "the addresses of www.shop-a.com (not asked)"),
        ("the addresses of shop-a.com (not asked)",),
    ),
    "S01-txt-two-strings.jsonl": ("attribute --in FILE", ("microsoft-365",), ()),
    "S02-mx-is-address.jsonl": ("attribute --in FILE", ('"mx":{"unknown":"malformed"',), ("~2.4",)),
    "S07-spf-minus-include.jsonl": (
        'check FILE "independent of big-tech"',
        ("the operator of the mailboxes of shop-a.com",),
        ("mailboxes: Microsoft",),
    ),
    "A02-ec2-name-server.jsonl": (
        "report FILE",
        ("Amazon Web Services",),
        ("amazonaws.com › country",),
    ),
    "N02-single-label.jsonl": ("takedown FILE", (), ("registry of .mail", "registry of mail")),
    "N04-de-com.jsonl": ("report FILE", ("Vautron", "CentralNic"), ()),
    "R01-rdap-client-hold.jsonl": ("report FILE", ("the registration is on hold", "fails"), ()),
    "R02-registrar-id-9999.jsonl": (
        "attribute --in FILE",
        ("~alpha-registrar", "~beta-names", "no-registrar?number=9999"),
        ("~IANA9999",),
    ),
    "W10c-redemption.jsonl": ("report FILE", ("redemptionPeriod", "fails"), ()),
    "W18-nominet-tag.jsonl": ("report FILE", ("registrar GoDaddy",), ()),
    "L12-dead-name-server.jsonl": ("takedown FILE", ("Dns Alfa (example) can",), ()),
    "L13a-silent-server.jsonl": ("takedown FILE", ("Dns Alfa (example)",), ()),
}
WHOIS: dict[str, tuple[str, set[str]]] = {
    # file: the status, and the facts among others
    "W01-whois.txt": ("not-found", set()),
    "W02-whois.txt": ("rate-limited", set()),
    "W03-whois.txt": ("rate-limited", set()),
    "W05-whois.txt": (
        "answer",
        {
            "registrar Example Registrar S.p.a.",
            "nameserver ns1.example.net",
            "nameserver ns2.example.net",
        },
    ),
    "W07a-whois.txt": ("answer", {"registrar Example OÜ"}),
    "W07d-whois.txt": ("answer", {"registrar Example sp. z o.o."}),
    "W09-whois.txt": ("answer", {"registered-with registry"}),
    "W10a-whois.txt": ("answer", {"status Suspended"}),
    "W14-whois.txt": (
        "answer",
        {"registrar Example Ltd", "status suspended", "expires 01-Jan-2026"},
    ),
    "W11-whois.txt": ("answer", {"status connect"}),
    "W13-whois.txt": ("answer", {"registrar Example GmbH"}),
}


def run(*words: str) -> str:
    done = CliRunner().invoke(main, words, env={"COLUMNS": "200"})
    assert done.exit_code in {0, 1, 3}, done.output
    return " ".join(done.output.split())


@pytest.mark.parametrize("name", RIGHT)
def test_a_reported_input_has_its_right_answer(name: str) -> None:
    command, has, has_not = RIGHT[name]
    answer = run(*shlex.split(command.replace("FILE", shlex.quote(str(REPORTS / name)))))
    assert [text for text in has if text not in answer] == []
    assert [text for text in has_not if text in answer] == []


@pytest.mark.parametrize("name", WHOIS)
def test_a_reported_whois_answer_is_read(name: str) -> None:
    status, values = read_whois(decode((REPORTS / name).read_bytes()))
    expected, facts = WHOIS[name]
    assert (status.value, facts - set(values)) == (expected, set())
    assert "nameserver no" not in values
    if name == "W09-whois.txt":
        assert not [value for value in values if value.startswith("registrar ")]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("W09-whois.txt", "registrar, registry Nominet"),
        ("W10a-whois.txt", "the registration is on hold: shop-a.co.uk (Suspended)"),
    ],
)
def test_a_whois_answer_of_nominet_reaches_the_report(tmp_path: Path, name: str, says: str) -> None:
    row = {
        "domain": "shop-a.co.uk",
        "date": "2026-08-01",
        "whois_raw": (REPORTS / name).read_text(),
    }
    (tmp_path / "row.jsonl").write_text(json.dumps(row))
    assert says.lower() in run("report", str(tmp_path / "row.jsonl"), "--brief").lower()


def test_a_network_whose_contact_has_no_telephone_is_read() -> None:
    network = json.loads((REPORTS / "R05-network-tel-null.json").read_text())
    assert set(rdap.read_network(network)) >= {
        "prefix 148.223.0.0/16",
        "country MX",
        "handle 148.223/16",
        "organisation Example Operador S.A.",
    }


def test_a_zone_transfer_by_zdns_is_read() -> None:
    (recording,) = read_zdns(REPORTS / "ZD08-axfr.jsonl")
    assert [(o.subject, o.type, o.values) for o in recording] == [
        ("shop-a.com", "A", ("192.0.2.10",))
    ]


def test_a_set_with_bad_records_keeps_the_good_one_and_says_so() -> None:
    recording, *bad = read_zdns(REPORTS / "ZD10-one-bad-of-a-set.jsonl")
    assert [line.number for line in bad] == [1, 1]
    rows = [(o.type, o.status.value, o.values) for o in recording]
    malformed = ("NS", "malformed", ())
    assert rows == [("NS", "answer", ("ns1.shop-b.net",)), malformed, malformed]


def test_a_set_of_origins_in_a_table_of_pyasn_is_read(tmp_path: Path, monkeypatch) -> None:
    others = "".join(f"10.{n // 256}.{n % 256}.0/24\t64496\n" for n in range(1000))
    table = tmp_path / "in" / "ipasn_20260801.dat"
    table.parent.mkdir()
    table.write_text(others + (REPORTS / "T02-pyasn-set.dat").read_text())
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert "1001 prefixes of 2026-08-01" in run("tables", "update", "--from", str(table.parent))
    assert ("203.0.113.0/24", (64500, 64501)) in [
        (str(prefix), origins) for prefix, origins in routes.read_table(table).prefixes
    ]


def test_a_name_in_letters_that_no_font_has_is_drawn_in_its_form_of_the_dns() -> None:
    (recording,) = read_plain(REPORTS / "P01-cjk.jsonl")
    graph = depgraph.build(recording)
    made = scene(graph, kind="strip")
    (title,) = [text.text for text in made.texts if "alone can stop" in text.text]
    assert "株式会社レジストラ" in title, "letters stay letters until a canvas lacks them"
    assert in_ascii("of 例え.com [xn--r8jz45g.com], web") == "of xn--r8jz45g.com, web"
    assert not missing(in_ascii(title))


def test_a_name_of_symbols_is_asked_about_in_the_form_that_the_dns_holds() -> None:
    assert list(read_list(REPORTS / "N01-emoji.txt").names) == ["xn--ls8h.la", "xn--n3h.net"]
