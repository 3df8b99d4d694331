"""How much of an answer the output of each tool holds: whether a set is whole, and whose answer it is."""

import json

import pytest

from depgraph.graph.answers import Index
from depgraph.graph.failure import absence, nonexistent
from depgraph.observations import (
    ALIAS_UNSAID,
    GIVER_UNSAID,
    PERHAPS_OTHERS,
    RESOLVER_UNSAID,
    Status,
)
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
    "dig": (f"{_DIG}\n;; SERVER: 192.0.2.53#53(192.0.2.53)\n", ""),
    "dig, without its last lines": (_DIG, RESOLVER_UNSAID),
    "answers, of dig": (f"; <<>> DiG 9.18.1 <<>> acme.com +noall +answer\n{_LINE}", RESOLVER_UNSAID),
    "answers": (_LINE, f"{PERHAPS_OTHERS}; {GIVER_UNSAID}"),
    "columns": (f"name,type,value\nacme.com,A,{_A}\n", f"{PERHAPS_OTHERS}; {GIVER_UNSAID}"),
    "plain": (json.dumps(_PLAIN | {"records": {"A": [_A]}}), ""),
    "plain, a text": (json.dumps(_PLAIN | {"records": {"A": _A}}), PERHAPS_OTHERS),
    "passive": (json.dumps(_COF | {"rdata": [_A]}), ""),
    "passive, a text": (json.dumps(_COF | {"rdata": _A}), PERHAPS_OTHERS),
    "dnsx": (json.dumps({"host": "acme.com", "a": [_A], "status_code": "NOERROR", "timestamp": _AT}), RESOLVER_UNSAID),
    "httpx": (json.dumps(_HTTPX | {"host": _A, "a": [_A]}), RESOLVER_UNSAID),
    "httpx, told whom to ask": (json.dumps(_HTTPX | {"host": _A, "a": [_A], "resolvers": ["192.0.2.53:53"]}), ""),
    "httpx, the address reached": (json.dumps(_HTTPX | {"host": _A}), f"{PERHAPS_OTHERS}; {RESOLVER_UNSAID}"),
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


# -- whom a tool asked, and whether it tells an alias whose target is denied -----------------------

_DENIED = "Host {} not found: 3(NXDOMAIN)\n"


def _message(name, *, server=""):
    server = f";; SERVER: {server}#53({server})\n" if server else ""
    head = (
        _DIG.partition(";; ANSWER SECTION")[0]
        .replace("NOERROR", "NXDOMAIN")
        .replace("ANSWER: 1", "ANSWER: 0")
    )
    return head.replace(";acme.com.", f";{name}.") + server


def _doh(name, **more):
    return json.dumps(
        {"Status": 3, "RD": True, "RA": True, "Question": [{"name": f"{name}.", "type": 1}]} | more
    )


def _zdns(name, module="A", **data):
    return json.dumps(
        {"name": name, "results": {module: {"status": "NXDOMAIN", "timestamp": _AT, "data": data}}}
    )


def _dnsx(name, **more):
    return json.dumps({"host": name, "status_code": "NXDOMAIN", "timestamp": _AT} | more)


def _massdns(name, **more):
    return json.dumps(
        {
            "name": f"{name}.",
            "type": "A",
            "class": "IN",
            "status": "NXDOMAIN",
            "rx_ts": 1785578400 * 10**9,
            "data": {},
            "flags": ["rd", "ra"],
        }
        | more
    )


def _ooni(name, **more):
    query = {
        "hostname": name,
        "query_type": "A",
        "failure": "dns_nxdomain_error",
        "answers": None,
    } | more
    about = {
        "test_name": "web_connectivity",
        "input": f"https://{name}/",
        "measurement_start_time": "2026-08-01 10:00:00",
    }
    return json.dumps(
        about | {"probe_cc": "DE", "probe_asn": "AS64500", "test_keys": {"queries": [query]}}
    )


_NSLOOKUP = "Server:\t\t192.0.2.53\nAddress:\t192.0.2.53#53\n\n** server can't find {}: NXDOMAIN\n"
DENIALS = {  # how a tool says so of a name; whether it names the resolver; whether it tells aliases
    "host": (_DENIED.format, False, False),
    "host, told whom to ask": ((_SERVER + _DENIED).format, True, False),
    "nslookup": (_NSLOOKUP.format, True, False),
    "dig": (lambda name: _message(name, server="192.0.2.53"), True, True),
    "dig, without its last lines": (_message, False, True),
    "doh": (_doh, False, True),
    "zdns": (lambda name: _zdns(name, resolver="192.0.2.53:53"), True, True),
    "zdns, without the resolver": (_zdns, False, True),
    "zdns, that follows aliases": (lambda name: _zdns(name, "ALOOKUP"), False, False),
    "dnsx": (lambda name: _dnsx(name, resolver=["192.0.2.53:53"]), True, True),
    "dnsx, without the resolver": (_dnsx, False, True),
    "massdns": (lambda name: _massdns(name, resolver="192.0.2.53:53"), True, True),
    "massdns, without the resolver": (_massdns, False, True),
    "ooni": (lambda name: _ooni(name, resolver_address="192.0.2.53:53"), True, False),
    "ooni, the system's": (_ooni, False, False),
}  # fmt: skip


@pytest.mark.parametrize(("said", "named", "aliases"), DENIALS.values(), ids=DENIALS)
def test_who_denies_a_name_and_whether_it_may_be_an_alias(tmp_path, said, named, aliases):
    _, found, bad = read(tmp_path, said("www.acme.com"))
    assert not bad
    (denial,) = [o for o in found if o.type in {"A", "ANY"}]  # dnsx does not say of what type
    assert denial.status is Status.NXDOMAIN
    assert denial.remarks(RESOLVER_UNSAID) != named
    assert denial.remarks(ALIAS_UNSAID) != aliases
    _, found, _ = read(tmp_path, said("acme.com"))  # a domain is no alias
    assert not any(o.remarks(ALIAS_UNSAID) for o in found)


@pytest.mark.parametrize(("said", "named", "aliases"), DENIALS.values(), ids=DENIALS)
def test_of_a_name_that_may_be_an_alias_those_below_are_not_denied(tmp_path, said, named, aliases):
    _, found, _ = read(tmp_path, said("www.acme.com"))
    index = Index(found, since=DAY[0].date(), until=DAY[1].date())
    assert (nonexistent(index, "a.www.acme.com") is not None) == (named and aliases)
    told = absence(index, "www.acme.com", ["A"])
    assert (told is not None) == named
    if told is not None:
        assert told.get("reason") == ("nxdomain" if aliases else "nodata")
