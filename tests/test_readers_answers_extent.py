"""How much of an answer the output of each tool holds: whether a set is whole, and whose answer it is."""

import json

import pytest

from depgraph.observations import GIVER_UNSAID, PERHAPS_OTHERS, RESOLVER_UNSAID, Status
from depgraph.readers import BadLine, detect, interval, open_any
from depgraph.readers.detect import FORMS
from depgraph.readers.extent import ANSWERS, HOLDS, remarks

DAY = interval("2026-08-01")
_A = "192.0.2.1"
_OF_NO_SETS = {"recording", "world", "crtsh", "memento", "html", "as-rel", "whois", "rdap", "subfinder"}  # fmt: skip
_SERVER = "Using domain server:\nName: 192.0.2.53\nAddress: 192.0.2.53#53\nAliases: \n\n"
_LINE = f"acme.com.\t300\tIN\tA\t{_A}\n"
_DIG = (
    ";; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 4\n"
    ";; flags: qr rd ra; QUERY: 1, ANSWER: 1, AUTHORITY: 0, ADDITIONAL: 0\n"
    f";; QUESTION SECTION:\n;acme.com.\t\tIN\tA\n\n;; ANSWER SECTION:\n{_LINE}\n"
)
_AT = "2026-08-01T10:00:00Z"
_COF = {"rrname": "acme.com", "rrtype": "A", "time_first": 1785500000, "time_last": 1785578400}
_HTTPX = {"url": "https://acme.com", "input": "acme.com", "timestamp": _AT}
_PLAIN = {"domain": "acme.com", "date": "2026-08-01"}
_HAR = {"log": {"version": "1.2", "entries": [{"startedDateTime": _AT, "serverIPAddress": _A,
    "request": {"url": "https://acme.com/", "headers": []}, "response": {"status": 200, "headers": []}}]}}  # fmt: skip

SAMPLES = {
    "host": (f"acme.com has address {_A}\n", RESOLVER_UNSAID),
    "host, told whom to ask": (f"{_SERVER}acme.com has address {_A}\n", ""),
    "nslookup": (f"Server:\t\t192.0.2.53\nAddress:\t192.0.2.53#53\n\nNon-authoritative answer:\nName:\tacme.com\nAddress: {_A}\n", ""),
    "dig": (_DIG, ""),
    "answers, of dig": (f"; <<>> DiG 9.18.1 <<>> acme.com +noall +answer\n{_LINE}", RESOLVER_UNSAID),
    "answers": (_LINE, f"{PERHAPS_OTHERS}; {GIVER_UNSAID}"),
    "columns": (f"name,type,value\nacme.com,A,{_A}\n", f"{PERHAPS_OTHERS}; {GIVER_UNSAID}"),
    "plain": (json.dumps(_PLAIN | {"records": {"A": [_A]}}), ""),
    "plain, a text": (json.dumps(_PLAIN | {"records": {"A": _A}}), PERHAPS_OTHERS),
    "passive": (json.dumps(_COF | {"rdata": [_A]}), ""),
    "passive, a text": (json.dumps(_COF | {"rdata": _A}), PERHAPS_OTHERS),
    "dnsx": (json.dumps({"host": "acme.com", "a": [_A], "status_code": "NOERROR", "timestamp": _AT}), ""),
    "httpx": (json.dumps(_HTTPX | {"host": _A, "a": [_A]}), ""),
    "httpx, the address reached": (json.dumps(_HTTPX | {"host": _A}), PERHAPS_OTHERS),
    "har": (json.dumps(_HAR), PERHAPS_OTHERS),
    "crawl": (f"host,date,ip\nacme.com,2026-08-01,{_A}\n", PERHAPS_OTHERS),
}  # fmt: skip


def read(tmp_path, text):
    path = tmp_path / "given"
    path.write_text(text)
    entries = list(open_any(path, undated=DAY))
    found = [o for one in entries if not isinstance(one, BadLine) for o in one]
    return detect(path), found, [one.error for one in entries if isinstance(one, BadLine)]


def test_each_form_has_a_row_of_what_it_holds():
    assert set(ANSWERS) | set(HOLDS) | _OF_NO_SETS == set(FORMS)
    assert not set(ANSWERS) & set(HOLDS)


@pytest.mark.parametrize(("text", "said"), SAMPLES.values(), ids=SAMPLES)
def test_what_is_said_of_a_set(tmp_path, text, said, request):
    form, found, _ = read(tmp_path, text)
    assert form == request.node.callspec.id.partition(",")[0]
    assert [(o.values, o.note) for o in found if (o.subject, o.type) == ("acme.com", "A")] == [
        ((_A,), said)
    ]


@pytest.mark.parametrize("text", [text for text, _ in SAMPLES.values()], ids=SAMPLES)
def test_the_silence_about_a_type_is_no_answer(tmp_path, text):
    _, found, _ = read(tmp_path, text)
    assert {o.status for o in found} == {Status.ANSWER}


def ends(found):
    return {(o.type, o.status) for o in found if o.status is not Status.ANSWER}


FAILED = {
    "host, of AAAA or MX": (f"{_SERVER}acme.com has address {_A}\nHost acme.com not found: 2(SERVFAIL)\n", set(), "of which type"),
    "host, denied after an answer": (f"{_SERVER}acme.com has address {_A}\nHost acme.com not found: 3(NXDOMAIN)\n", set(), "of which type"),
    "host, the first": (f"{_SERVER}Host acme.com not found: 2(SERVFAIL)\n", {("A", Status.SERVFAIL)}, ""),
    "nslookup, of AAAA": (f"Server:\t\t192.0.2.53\nAddress:\t192.0.2.53#53\n\nNon-authoritative answer:\nName:\tacme.com\nAddress: {_A}\n** server can't find acme.com: SERVFAIL\n", {("AAAA", Status.SERVFAIL)}, ""),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "why"), FAILED.values(), ids=FAILED)
def test_of_which_type_a_question_failed(tmp_path, text, expected, why):
    _, found, told = read(tmp_path, text)
    assert ends(found) == expected
    assert [why in one for one in told] == ([True] if why else [])


def test_what_is_not_stated_is_noted():
    assert remarks("passive", stated=True) == ""
    assert remarks("warc", stated=True) == PERHAPS_OTHERS
    assert remarks("answers", stated=True) == RESOLVER_UNSAID
