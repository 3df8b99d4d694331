"""The lab itself: what its servers say is what the zones say, and faults do what they claim."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import dns.edns
import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.query
import dns.rcode
import pytest

from tests.lab.internet import internet
from tests.lab.lab import has_ipv6
from tests.lab.world import Row, zone_file

ALFA1, ALFA2 = "198.51.100.17", "198.51.100.18"
INDIA = "198.51.100.129"
ROOT = "198.41.0.4"
REGISTRY = "198.51.100.1"
CDN = "198.51.100.49"

pytestmark = pytest.mark.lab


def ask(lab, server, name, kind="A", *, tcp=False, subnet=None, timeout=2.0):
    where, port = lab.resolver if server == "resolver" else lab.servers[server]
    options = [dns.edns.ECSOption(*subnet)] if subnet else []
    query = dns.message.make_query(name, kind, use_edns=0, payload=1232, options=options)
    if server != "resolver":
        query.flags &= ~dns.flags.RD
    send = dns.query.tcp if tcp else dns.query.udp
    return send(query, where, port=port, timeout=timeout)


def data(rrsets):
    return sorted(rdata.to_text() for rrset in rrsets for rdata in rrset)


def test_it_starts_in_under_a_second_or_so(running_lab):
    begin = time.perf_counter()
    with type(running_lab)():
        took = time.perf_counter() - begin
    assert took < 10, "far above what it takes (0.7 s): something waits for a time-out"


def test_a_walk_from_the_root_sees_each_referral(lab):
    referral = ask(lab, ROOT, "www.shop.example")
    assert not referral.flags & dns.flags.AA
    assert data(referral.authority) == ["a.nic.example.", "b.nic.example."]
    assert REGISTRY in data(referral.additional)
    below = ask(lab, REGISTRY, "www.shop.example")
    assert len(data(below.authority)) == 4
    assert {ALFA1, "198.51.100.33"} <= set(data(below.additional)), "glue of the sister zone too"
    alias = ask(lab, ALFA1, "www.shop.example")
    assert alias.flags & dns.flags.AA
    assert data(alias.answer) == ["www.shop.example.map.cdn-delta.test."]


def test_a_server_follows_no_alias_into_a_zone_it_does_not_have(lab):
    answer = ask(lab, CDN, "www.shop.example.map.cdn-delta.test")
    assert data(answer.answer) == ["e1234.x.edge-delta.example."]
    assert not answer.authority
    assert not answer.additional


def test_every_address_answers_for_its_zones_and_refuses_the_rest(lab):
    for address, zones in lab.world.serves.items():
        for name in sorted(zones):
            answer = ask(lab, address, name, "SOA")
            assert answer.flags & dns.flags.AA, (address, name)
            assert answer.answer[0].name == dns.name.from_text(name), (address, name)
    assert ask(lab, ALFA1, "dns-bravo.test", "SOA").rcode() == dns.rcode.REFUSED


def test_lame_by_data(lab):
    assert "ns.mailbox-india.test." in data(ask(lab, REGISTRY, "lame.example", "NS").authority)
    assert ask(lab, INDIA, "lame.example", "SOA").rcode() == dns.rcode.REFUSED


def test_parent_and_child_differ(lab):
    parent = data(ask(lab, REGISTRY, "drift.example", "NS").authority)
    child = data(ask(lab, ALFA1, "drift.example", "NS").answer)
    assert parent == ["ns1.dns-alfa.test.", "ns2.dns-alfa.test."]
    assert child == ["ns1.dns-alfa.test.", "ns1.dns-bravo.example."]


def test_neither_parent_has_glue_for_the_cycle(lab):
    for server, name in ((REGISTRY, "cycle-a.example"), ("198.51.100.161", "cycle-b.invalid")):
        referral = ask(lab, server, name)
        assert len(data(referral.authority)) == 1
        assert not referral.additional


def test_ipv6(lab):
    if not has_ipv6():
        pytest.skip("no IPv6 loopback here: the IPv6 servers of the lab listen on 127.0.0.1")
    where, _ = lab.servers["2001:db8:d::1"]
    assert where == "::1"
    assert data(ask(lab, "2001:db8:d::1", "six.example", "AAAA").answer) == ["2001:db8:d::80"]


def test_truncated_over_udp_whole_over_tcp(lab):
    short = ask(lab, ALFA1, "bigtxt.example", "TXT")
    assert short.flags & dns.flags.TC
    assert len(data(ask(lab, ALFA1, "bigtxt.example", "TXT", tcp=True).answer)) == 20
    assert [a.proto for a in lab.log] == ["udp", "tcp"]


def test_origin_zones_and_reverse_zones(lab):
    cymru = "198.51.100.241"
    origin = ask(lab, cymru, "97.100.51.198.origin.asn.cymru.com", "TXT")
    assert data(origin.answer) == ['"64502 | 198.51.100.96/28 | US | arin | 2010-01-01"']
    name = ask(lab, cymru, "AS64502.asn.cymru.com", "TXT")
    assert data(name.answer) == ['"64502 | US | arin | 2010-01-01 | HOST-GOLF-AS, US"']
    pointer = ask(lab, "198.51.100.33", "97.100.51.198.in-addr.arpa", "PTR")
    assert data(pointer.answer) == ["shop.example."]


def test_zone_files_are_what_is_served(lab):
    """Every record set of every zone file, asked of the first server of its zone."""
    import dns.zone

    world = internet()
    checked = 0
    for z in world.zones:
        server = world.addresses(z.served_by[0])[0]
        parsed = dns.zone.from_text(zone_file(world, z), relativize=False)
        for name, node in parsed.nodes.items():
            owner = name.to_text()
            if owner.startswith("*") or world.zone_of(owner.rstrip(".").lower() or ".") is not z:
                continue
            for rdataset in node:
                answer = ask(lab, server, owner, rdataset.rdtype, tcp=True)
                found = [r for r in answer.answer if r.rdtype == rdataset.rdtype]
                assert data(found[:1]) == sorted(r.to_text() for r in rdataset), owner
                checked += 1
    assert checked > 300


@pytest.mark.parametrize("action", ["servfail", "refused", "formerr", "notimp"])
def test_fault_rcodes(lab, action):
    lab.fault(action, server=ALFA1)
    assert ask(lab, ALFA1, "shop.example").rcode() == dns.rcode.from_text(action.upper())
    assert ask(lab, ALFA2, "shop.example").rcode() == dns.rcode.NOERROR
    assert [a.fault for a in lab.log] == [action, ""]


def test_fault_drop(lab):
    lab.fault("drop", server=ALFA1, times=1)
    with pytest.raises(dns.exception.Timeout):
        ask(lab, ALFA1, "shop.example", timeout=0.05)
    assert ask(lab, ALFA1, "shop.example").answer


def test_fault_truncate_udp_only(lab):
    lab.fault("truncate", proto="udp")
    assert ask(lab, ALFA1, "shop.example").flags & dns.flags.TC
    assert ask(lab, ALFA1, "shop.example", tcp=True).answer


def test_fault_garbage_and_wrong_id(lab):
    lab.fault("garbage", server=ALFA1)
    with pytest.raises(dns.exception.DNSException):
        ask(lab, ALFA1, "shop.example")
    lab.fault("wrong-id", server=ALFA2)
    with pytest.raises((dns.query.BadResponse, dns.exception.Timeout)):
        ask(lab, ALFA2, "shop.example", timeout=0.05)


def test_fault_upward_and_without_authority(lab):
    lab.fault("upward", server=ALFA1)
    assert data(ask(lab, ALFA1, "shop.example").authority) == [
        "a.root-servers.net.",
        "k.root-servers.net.",
    ]
    lab.fault("no-authority", server=ALFA2)
    answer = ask(lab, ALFA2, "shop.example")
    assert answer.answer
    assert not answer.flags & dns.flags.AA


def test_fault_view_by_client_subnet(lab):
    elsewhere = Row("split.example", "A", "203.0.113.100")
    lab.fault("view", subnet="192.0.2.0/24", name="split.example", type="A", rows=(elsewhere,))
    assert data(ask(lab, ALFA1, "split.example").answer) == ["198.51.100.110"]
    inside = ask(lab, ALFA1, "split.example", subnet=("192.0.2.77", 24))
    assert data(inside.answer) == ["203.0.113.100"]
    assert [o.scopelen for o in inside.options] == [24]
    outside = ask(lab, ALFA1, "split.example", subnet=("203.0.113.0", 24))
    assert data(outside.answer) == ["198.51.100.110"]


def test_delay_is_one_per_answer_and_one_more_per_tcp_connection(lab):
    lab.traffic.delay = 0.03
    lab.traffic.delays[ALFA2] = 0.0
    ask(lab, ALFA1, "shop.example")
    ask(lab, ALFA1, "shop.example", tcp=True)
    ask(lab, ALFA2, "shop.example")
    held = [a.answered - a.time for a in lab.log]
    assert held[0] >= 0.03
    assert held[1] >= 0.06
    assert lab.traffic.due(lab.log[2], None) == lab.log[2].time


def test_recursive(lab):
    chain = ask(lab, "resolver", "www.shop.example")
    assert data(chain.answer)[-1].endswith("edge-delta.example.") or data(chain.answer)
    assert "198.51.100.57" in data(chain.answer)
    assert ask(lab, "resolver", "nosuch.example").rcode() == dns.rcode.NXDOMAIN
    assert ask(lab, "resolver", "www.loop.example").rcode() == dns.rcode.SERVFAIL
    assert data(ask(lab, "resolver", "dark.invalid").answer) == ["198.51.100.148"]


def http(lab, host, path):
    request = urllib.request.Request(lab.maps["http"][host] + path, headers={"Host": host})
    with urllib.request.urlopen(request, timeout=5) as answer:
        return json.load(answer)


def whois(lab, server, question):
    with socket.create_connection(lab.maps["whois"][server], timeout=5) as s:
        s.sendall(question.encode() + b"\r\n")
        return s.makefile(encoding="utf-8").read()


def test_rdap(lab):
    assert http(lab, "data.iana.org", "/rdap/dns.json")["services"][0][0] == ["example"]
    block = http(lab, "rdap.arin.net", "/registry/ip/198.51.100.97")
    assert block["startAddress"] == "198.51.100.96"
    assert block["entities"][0]["vcardArray"][1][2][3] == "Host Golf (example)"
    with pytest.raises(urllib.error.HTTPError, match="404"):
        http(lab, "rdap.arin.net", "/registry/ip/198.51.100.33")
    assert http(lab, "rdap.db.ripe.net", "/ip/198.51.100.33")["country"] == "NL"
    domain = http(lab, "rdap.publicinterestregistry.org", "/rdap/domain/wikipedia.org")
    assert domain["entities"][0]["publicIds"][0]["identifier"] == "292"
    limit = lab.fault("http", server="rdap.arin.net", code=429, headers=(("Retry-After", "1"),))
    with pytest.raises(urllib.error.HTTPError, match="429") as limited:
        http(lab, "rdap.arin.net", "/registry/ip/198.51.100.97")
    assert limited.value.headers["Retry-After"] == "1"
    limited.value.close()
    assert limit.action == "http"


def test_whois(lab):
    assert "refer:        whois.nic.test" in whois(lab, "whois.iana.org", "test")
    assert "refer:" not in whois(lab, "whois.iana.org", "invalid")
    found = whois(lab, "whois.nic.test", "whoisonly.test")
    assert "Registrar IANA ID: 9996" in found
    assert "clientTransferProhibited" in found
    assert "No match" in whois(lab, "whois.nic.test", "nosuch.test")


def _alive(group):
    """Tell whether a process group still has a process that is not a zombie."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group and fields[0] != "Z":
            return True
    return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no /proc to look at processes")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_no_daemon_outlives_the_process_that_started_the_lab(how):
    code = (
        "import sys, time\n"
        "from tests.lab import Lab\n"
        "with Lab() as lab:\n"
        "    print(*lab._daemons.pids, flush=True)\n"
        "    time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[1],
    ) as process:
        groups = [int(word) for word in process.stdout.readline().split()]
        assert len(groups) == 5
        assert all(_alive(group) for group in groups)
        os.kill(process.pid, how)
        process.wait(10)
    deadline = time.monotonic() + 10
    while any(_alive(group) for group in groups) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not [group for group in groups if _alive(group)]
