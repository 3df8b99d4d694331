"""Rows that a corpus suggests: filters, mailbox operators, and what is not clear."""

import json

from click.testing import CliRunner

from depgraph.cli import main
from depgraph.survey.learn import learn, proposed

OUTLOOK = "selector1-x-com._domainkey.x.onmicrosoft.com"


def case(number, exchanger, **records):
    domain = f"shop{number}.com"
    made = {"MX": [f"10 mx{number}.{exchanger}"]}
    if "dkim" in records:
        made["DKIM_CNAME"] = [f"selector1._domainkey.{domain} {records['dkim']}"]
    if "autodiscover" in records:
        made["AUTODISCOVER_CNAME"] = [records["autodiscover"]]
    return json.dumps({"domain": domain, "date": "2026-04-01", "records": made})


CORPUS = [
    *(case(n, "filter.example.net", dkim=OUTLOOK) for n in range(5)),
    case(5, "filter.example.net"),
    *(case(n, "boxes.example.org", autodiscover="auto.example.org") for n in range(10, 15)),
    *(case(n, "both-ways.net", dkim=OUTLOOK) for n in range(20, 25)),
    case(25, "both-ways.net", autodiscover="auto.both-ways.net"),
    *(case(n, "few.net", dkim=OUTLOOK) for n in range(30, 32)),
    case(40, "shop40.com", dkim=OUTLOOK),  # its own
    case(41, "aspmx.l.google.com", dkim=OUTLOOK),  # known
    "no case",
]


def test_what_is_seen_behind_unknown_exchangers_is_counted():
    found = {one.domain: one for one in learn(CORPUS)}
    assert sorted(found) == ["both-ways.net", "example.net", "example.org", "few.net"]
    filtering = found["example.net"]
    assert (filtering.own, filtering.elsewhere, filtering.silent) == (0, 5, 1)
    assert filtering.leads == {"Microsoft 365 (Exchange Online)": 5}
    assert {name: one.role for name, one in found.items()} == {
        "example.net": "gateway",
        "example.org": "mailbox",
        "both-ways.net": "",
        "few.net": "gateway",
    }


def test_rows_are_proposed_where_enough_domains_agree():
    _, *rows = proposed(learn(CORPUS), corpus="my cases", least=5)
    assert len(rows) == 2
    assert rows[0].startswith("example-net/mx/example.net,example-net,gateway,mx-host,example.net,")
    assert "my cases: in 5 of 5 domains DKIM or autodiscover lead elsewhere (Microsoft" in rows[0]
    assert rows[1].endswith("lead to its own domain")


def test_the_verb(tmp_path):
    path = tmp_path / "cases.jsonl"
    path.write_text("\n".join(CORPUS), encoding="utf-8")
    result = CliRunner().invoke(main, ["catalogue", "learn", str(path), "--least", "2"])
    assert result.exit_code == 0
    assert [line.split(",")[1] for line in result.stdout.splitlines()] == [
        "provider",
        "example-net",
        "example-org",
        "few-net",
    ]
