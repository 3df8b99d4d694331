"""Forms that write one record a line do not say whether a set has others: a lone one is not the only one."""

import json
from datetime import UTC, datetime

import pytest

from depgraph import build, findings, takedown
from depgraph.readers import gather, open_any
from depgraph.recording import merge

DAY = (datetime(2026, 8, 1, tzinfo=UTC), datetime(2026, 8, 1, 23, 59, 59, tzinfo=UTC))
_COF = {"rrname": "acme.com", "time_first": 1785500000, "time_last": 1785578400, "count": 5}
_NS = "acme.com.\t300\tIN\tNS\tns1.gandi.net.\n"

OPEN = {
    "records alone": _NS,
    "massdns -o S": "acme.com. NS ns1.gandi.net.\n",
    "a table": "name,type,value,ttl\nacme.com,NS,ns1.gandi.net,300\n",
    "passive DNS, a value a line": json.dumps(_COF | {"rrtype": "NS", "rdata": "ns1.gandi.net"}),
    "Rapid7": json.dumps(
        {"name": "acme.com", "type": "ns", "value": "ns1.gandi.net", "timestamp": "1785578400"}
    ),
    "a text, not a list": json.dumps(
        {"domain": "acme.com", "date": "2026-08-01", "records": {"NS": "ns1.gandi.net"}}
    ),
}
_CLOUDFLARE = [
    {"zone_name": "acme.com", "name": "acme.com", "type": "NS", "content": "ns1.gandi.net"},
    {"zone_name": "acme.com", "name": "x.acme.com", "type": "A", "content": "192.0.2.1"},
]
OPEN["a list of Cloudflare's API"] = json.dumps([row | {"proxied": False} for row in _CLOUDFLARE])
OPEN["a record of a state"] = json.dumps(
    {
        "version": 4,
        "terraform_version": "1.9.0",
        "resources": [
            {
                "mode": "managed",
                "type": "digitalocean_record",
                "instances": [
                    {"attributes": {"fqdn": "acme.com", "type": "NS", "value": "ns1.gandi.net."}}
                ],
            }
        ],
    }
)
WHOLE = {
    "host": "acme.com name server ns1.gandi.net.\n",
    "host, told whom to ask": "Using domain server:\nName: 9.9.9.9\nAddress: 9.9.9.9#53\nAliases: \n\nacme.com name server ns1.gandi.net.\n",
    "nslookup": "Server:\t\t9.9.9.9\nAddress:\t9.9.9.9#53\n\nNon-authoritative answer:\nacme.com\tnameserver = ns1.gandi.net.\n",
    "dig +noall +answer": f"; <<>> DiG 9.18.1 <<>> acme.com NS +noall +answer\n{_NS}",
    "passive DNS, the set a line": json.dumps(_COF | {"rrtype": "NS", "rdata": ["ns1.gandi.net"]}),
    "a list": json.dumps(
        {"domain": "acme.com", "date": "2026-08-01", "records": {"NS": ["ns1.gandi.net"]}}
    ),
}


def graph_of(tmp_path, text):
    path = tmp_path / "file"
    path.write_text(text)
    found = gather(lambda: open_any(path, undated=DAY), "acme.com", lambda bad: None)
    return build(merge(found))


def alone_of(graph):
    return [cut for one in takedown(graph).functions for cut in one.alone_sets]


@pytest.mark.parametrize("text", OPEN.values(), ids=OPEN)
def test_a_lone_record_of_a_form_that_does_not_say_that_it_is_all(tmp_path, text):
    graph = graph_of(tmp_path, text)
    servers = graph.successors("nameservers:acme.com")
    reasons = [graph.nodes[node].get("reason") for node in servers]
    assert "perhaps-others" in "; ".join(filter(None, reasons)).split("; ")
    assert "only name server" not in str(findings(graph))
    assert not [cut for cut in alone_of(graph) if "gandi" in str(cut.members)]


@pytest.mark.parametrize("text", WHOLE.values(), ids=WHOLE)
def test_a_lone_record_of_a_form_that_has_whole_sets(tmp_path, text):
    assert "only name server" in str(findings(graph_of(tmp_path, text)))


def test_an_alias_is_one_always(tmp_path):
    graph = graph_of(tmp_path, "name,type,value\nacme.com,CNAME,x.github.io\n")
    assert "perhaps-others" not in {data.get("reason") for _, data in graph.nodes(data=True)}
