"""One record of an answer that does not read: its line is named, its set is open, the rest is read."""

import json

import pytest
from click.testing import CliRunner

from depgraph import build, findings
from depgraph.cli import main
from depgraph.observations import Status
from depgraph.readers import BadLine, interval, open_any
from depgraph.recording import Recording
from depgraph.survey.sources import services_of

DAY = interval("2026-08-01")
GOOD = ("192.0.2.1", "192.0.2.2")
DIG = """\
;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 1
;; flags: qr rd ra; QUERY: 1, ANSWER: 3, AUTHORITY: 0, ADDITIONAL: 1

;; OPT PSEUDOSECTION:
; EDNS: version: 0, flags:; udp: 1232
;; QUESTION SECTION:
;shop.example.\t\t\tIN\tA

;; ANSWER SECTION:
shop.example.\t300\tIN\tA\t192.0.2.1
shop.example.\t300\tIN\tA\t1.2.3
shop.example.\t5m\tIN\tA\t192.0.2.2

;; SERVER: 192.0.2.53#53(192.0.2.53)
;; WHEN: Sat Aug 01 10:00:00 UTC 2026
"""
RECORDS = [{"type": "A", "class": "IN", "name": "shop.example.", "ttl": 300, "data": data}
           for data in ("192.0.2.1", "1.2.3", "192.0.2.2")]  # fmt: skip
MASSDNS = {
    "name": "shop.example.", "type": "A", "class": "IN", "status": "NOERROR",
    "rx_ts": 1785578400000000000, "data": {"answers": RECORDS}, "flags": ["rd", "ra"],
    "resolver": "192.0.2.53:53",
}  # fmt: skip
ZDNS = {
    "name": "shop.example",
    "results": {"A": {"status": "NOERROR", "timestamp": "2026-08-01T10:00:00Z", "data": {
        "answers": [{"type": "A", "class": "IN", "name": "shop.example", "ttl": 300,
                     "answer": one["data"]} for one in RECORDS]}}},
}  # fmt: skip
OLD = [
    {"query_name": "shop.example.", "query_type": "A", "resp_name": "shop.example.",
     "resp_type": "A", "data": one["data"]} for one in RECORDS
]  # fmt: skip
DNSX = {"host": "shop.example", "timestamp": "2026-08-01T10:00:00Z", "status_code": "NOERROR",
        "resolver": ["192.0.2.53:53"], "a": [one["data"] for one in RECORDS]}  # fmt: skip
PASSIVE = {"rrname": "shop.example.", "rrtype": "A", "time_first": 1785578400,
           "time_last": 1785578400, "rdata": [one["data"] for one in RECORDS]}  # fmt: skip
DOH = {"Status": 0, "Question": [{"name": "shop.example.", "type": 1}],
       "Answer": [{"name": "shop.example.", "type": 1, "TTL": 300, "data": one["data"]}
                  for one in RECORDS]}  # fmt: skip
PLAIN = {"domain": "shop.example", "date": "2026-08-01",
         "records": {"A": [one["data"] for one in RECORDS]}}  # fmt: skip
BIND = """\
;
; Cache dump of view '_default' (cache _default)
;
; using a 0 second stale ttl
$DATE 20260801100000
; answer
shop.example.\t300\tA\t192.0.2.1
\t300\tA\t1.2.3
\t300\tA\t192.0.2.2
"""
UNBOUND = """\
START_RRSET_CACHE
;rrset 300 3 0 8 3
shop.example.\t300\tIN\tA\t192.0.2.1
shop.example.\t300\tIN\tA\t1.2.3
shop.example.\t300\tIN\tA\t192.0.2.2
END_RRSET_CACHE
START_MSG_CACHE
END_MSG_CACHE
EOF
"""
TRACE = """
; <<>> DiG 9.18.28 <<>> +trace shop.example A
;; global options: +cmd
.\t518400\tIN\tNS\ta.root.example.
;; Received 239 bytes from 192.0.2.53#53(192.0.2.53) in 3 ms

shop.example.\t300\tIN\tA\t192.0.2.1
shop.example.\t300\tIN\tA\t1.2.3
shop.example.\t300\tIN\tA\t192.0.2.2
;; Received 60 bytes from 192.0.2.6#53(ns.p.example) in 10 ms
"""
HOST = "".join(f"shop.example has address {one['data']}\n" for one in RECORDS)
NSLOOKUP = (
    "Server:\t\t192.0.2.53\nAddress:\t192.0.2.53#53\n\nNon-authoritative answer:\n"
    + "".join(f"Name:\tshop.example\nAddress: {one['data']}\n" for one in RECORDS)
)
FORMS = {
    "dig": (DIG, 11),
    "answers": ("".join(f"shop.example. 300 IN A {one['data']}\n" for one in RECORDS), 2),
    "answers-without-data": (
        "shop.example. A 192.0.2.1\nshop.example. A\nshop.example. A 192.0.2.2\n",
        2,
    ),
    "dig-trace": (TRACE, 8),
    "massdns": (json.dumps(MASSDNS), 1),
    "massdns-old": ("".join(json.dumps(one) + "\n" for one in OLD), 2),
    "zdns": (json.dumps(ZDNS), 1),
    "dnsx": (json.dumps(DNSX), 1),
    "passive": (json.dumps(PASSIVE), 1),
    "doh": (json.dumps(DOH), 1),
    "plain": (json.dumps(PLAIN), 1),
    "bind-cache": (BIND, 8),
    "unbound-cache": (UNBOUND, 4),
    "columns": ("name,type,value\n" + "".join(f"shop.example,A,{r['data']}\n" for r in RECORDS), 3),
    "host": (HOST, 2),
    "nslookup": (NSLOOKUP, 8),
}


@pytest.mark.parametrize(("text", "line"), FORMS.values(), ids=FORMS)
def test_one_record_that_does_not_read(tmp_path, text, line):
    path = tmp_path / "given"
    path.write_text(text)
    entries = list(open_any(path, undated=DAY))
    seen = [o for one in entries if isinstance(one, Recording) for o in one if o.type == "A"]
    assert sorted(v for o in seen for v in o.values) == sorted(GOOD)
    assert [o.subject for o in seen if o.status is Status.MALFORMED] == ["shop.example"]
    (bad,) = [one for one in entries if isinstance(one, BadLine)]
    assert bad.number == line
    assert bad.error.startswith(("expected an address for A, found '1.2.3'", "expected the data"))
    done = CliRunner().invoke(main, ["report", str(path), "--dated", "2026-08-01"])
    assert done.exit_code == 0, done.output
    assert f"given, line {line}: {bad.error}" in done.stderr
    assert "malformed" in done.stdout


def test_a_delegation_with_a_server_that_does_not_read_is_not_whole(tmp_path):
    path = tmp_path / "given"
    referral = DIG.replace("ANSWER SECTION", "AUTHORITY SECTION").replace("rd ra", "")
    referral = referral.replace("ANSWER: 3, AUTHORITY: 0", "ANSWER: 0, AUTHORITY: 3")
    path.write_text(referral.replace("\tA\t192.0.2.", "\tNS\tns.p").replace("\tA\t1.2.3", "\tNS\t1.2.3.4"))  # fmt: skip
    read, bad = open_any(path, undated=DAY)
    assert bad == BadLine(11, "expected a host name for NS, found the address '1.2.3.4'")
    assert {(o.type, o.status, o.section) for o in read if o.type == "NS"} == {
        ("NS", Status.ANSWER, "authority"),
        ("NS", Status.MALFORMED, "authority"),
    }


@pytest.mark.parametrize(
    "line", ["shop.example. 300 IN", "shop.example. 300 IN FOO bar", "shop.example. 9999999999 A x"]
)
def test_a_line_of_a_message_that_is_no_record_is_named(tmp_path, line):
    path = tmp_path / "given"
    path.write_text(DIG.replace("shop.example.\t300\tIN\tA\t1.2.3", line))
    read, bad = open_any(path)
    assert bad.number == 11
    assert [(o.values, o.status) for o in read] == [(GOOD, Status.ANSWER), ((), Status.MALFORMED)]


@pytest.mark.parametrize("left", [0, 1])
def test_records_that_the_header_counts_and_nobody_sees(tmp_path, left):
    """As of dig +noanswer, or where lines were taken out."""
    path = tmp_path / "given"
    records = [line for line in DIG.splitlines() if "\tA\t" in line and line[0] != ";"]
    text = DIG
    for line in records[left:]:
        text = text.replace(f"{line}\n", "")
    path.write_text(text)
    *read, bad = open_any(path)
    assert "3 records by the header" in bad.error
    assert Status.NODATA not in {o.status for one in read for o in one}
    assert [o.status for one in read for o in one] == [Status.ANSWER, Status.MALFORMED][: 2 * left]


WHEN = ";; WHEN: Sat Aug 01 10:00:00 UTC 2026"


@pytest.mark.parametrize(
    ("when", "day"),
    [
        (";; WHEN: sam. août 01 10:00:00 UTC 2026", "2026-08-01"),
        (";; WHEN: mar. févr. 16 10:00:00 CET 2021", "2021-02-16"),
        (";; WHEN: jeu. mai  7 10:00:00 CEST 2026", "2026-05-07"),
    ],
)
def test_the_day_of_a_message_of_a_french_machine(tmp_path, when, day):
    path = tmp_path / "given"
    path.write_text(DIG.replace(WHEN, when).replace("1.2.3\n", "192.0.2.3\n"))
    (read,) = open_any(path, undated=interval("2020-01-01"))
    assert {str(o.time.date()) for o in read} == {day}


def test_a_day_that_is_not_read_is_told(tmp_path):
    path = tmp_path / "given"
    when = ";; WHEN: Do Okt 01 10:00:00 CEST 2026"
    path.write_text(DIG.replace(WHEN, when).replace("1.2.3\n", "192.0.2.3\n"))
    read, bad = open_any(path, undated=DAY)
    assert {str(o.time.date()) for o in read} == {"2026-08-01"}
    assert bad == BadLine(
        15,
        "expected an English date (LC_ALL=C dig ...), found 'WHEN: Do Okt 01 10:00:00 CEST 2026'",
    )


def test_a_result_of_zdns_that_does_not_read_is_no_question_left_unasked(tmp_path):
    path = tmp_path / "given"
    odd = {"MXLOOKUP": {"status": "NOERROR", "timestamp": "yesterday", "data": {}}}
    path.write_text(json.dumps(ZDNS | {"results": ZDNS["results"] | odd}))
    read, *bad = open_any(path)
    assert [(o.type, o.status) for o in read][-1] == ("MX", Status.MALFORMED)
    assert [line.number for line in bad] == [1, 1]
    assert bad[1].error.startswith("left out the result of 'MXLOOKUP': expected")


def test_a_survey_names_lines_and_keys_that_do_not_read(tmp_path):
    path = tmp_path / "scan.jsonl"
    path.write_text("\n".join(json.dumps(one) for one in (MASSDNS, MASSDNS | {"colour": 1})))
    services = services_of(path)
    assert list(services.names) == ["shop.example"]
    fault = "expected an address for A, found '1.2.3'"
    assert services.refused == [
        ("scan.jsonl", 1, "", fault),
        ("scan.jsonl", 2, "", fault),
        ("scan.jsonl", 0, "", "keys that are not read, in the form of massdns: 'colour'"),
    ]


REFERRED = """\
;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 1
;; flags: qr; QUERY: 1, ANSWER: 0, AUTHORITY: 1, ADDITIONAL: {count}

;; QUESTION SECTION:
;www.shop.example.\t\t\tIN\tA

;; AUTHORITY SECTION:
shop.example.\t300\tIN\tNS\tns1.shop.example.
{glue}
;; SERVER: 192.0.2.5#53(a.nic.example)
;; WHEN: Sat Aug 01 10:00:00 UTC 2026
"""
TRACED = """
; <<>> DiG 9.18.28 <<>> +trace www.shop.example A
.\t518400\tIN\tNS\ta.root.example.
;; Received 239 bytes from 192.0.2.53#53(192.0.2.53) in 3 ms

example.\t172800\tIN\tNS\ta.nic.example.
;; Received 1170 bytes from 192.0.2.4#53(a.root.example) in 20 ms

shop.example.\t172800\tIN\tNS\tns1.shop.example.
;; Received 300 bytes from 192.0.2.5#53(a.nic.example) in 12 ms

www.shop.example.\t300\tIN\tA\t192.0.2.1
;; Received 60 bytes from 192.0.2.6#53(ns1.shop.example) in 10 ms
"""


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        (REFERRED.format(count=0, glue=""), True),
        (REFERRED.format(count=1, glue=""), False),  # dig +noadditional
        (
            REFERRED.format(
                count=1,
                glue="\n;; ADDITIONAL SECTION:\nns1.shop.example.\t300\tIN\tA\t192.0.2.6\n",
            ),
            False,
        ),
        (TRACED, False),  # which never prints it
    ],
)
def test_glue_is_missing_only_where_the_additional_section_was_seen(tmp_path, text, missing):
    path = tmp_path / "given"
    path.write_text(text)
    (read,) = open_any(path, undated=DAY)
    found = [str(one.reason) for one in findings(build(read)).findings]
    assert any(reason.startswith("no-glue") for reason in found) == missing, found


def test_each_record_that_does_not_read_is_named(tmp_path):
    path = tmp_path / "given"
    rows = [
        {"type": "NS", "class": "IN", "name": "shop.example.", "ttl": 300, "data": data}
        for data in ("ns1.p.example.", "ns2..a.example.", "ns3..b.example.")
    ]
    path.write_text(json.dumps(MASSDNS | {"type": "NS", "data": {"answers": rows}}))
    _, *bad = open_any(path)
    assert [line.error for line in bad] == [
        "expected a name for NS, found 'ns2..a.example.'",
        "expected a name for NS, found 'ns3..b.example.'",
    ]


def test_a_document_that_ends_in_the_middle_is_one_fault(tmp_path):
    path = tmp_path / "given"
    path.write_text('{"ResourceRecordSets":[\n{"Name":"shop.example.","Type":"A","TTL":60,\n"Resou')
    (bad,) = open_any(path, undated=DAY)
    assert bad == BadLine(3, "expected a whole JSON document, found one that ends in the middle")
    path.write_text(json.dumps(PLAIN, indent=1) + "\n" + json.dumps(PLAIN, indent=1)[:60])
    read, *_, bad = open_any(path)
    assert read.subject == "shop.example"
    assert bad.error == "expected a whole JSON document, found one that ends in the middle"
