"""No stranger's name leads to the machines beside us, whichever way it is written or resolved."""

import asyncio
import gzip
import json
import socket
from ipaddress import ip_network

import fake_shop
import pytest
from fake_web import Answer, Web

from depgraph.addresses import INWARD, OF_NOBODY, is_inward, is_public
from depgraph.collect import Budget, Endpoints, guard, observe, run, tables, whois
from depgraph.collect import web as collect_web
from depgraph.collect.budget import Account
from depgraph.errors import TableError
from depgraph.observations import Status
from depgraph.recording import Recording, to_bytes

INSIDE = """
    127.0.0.1 10.1.2.3 172.31.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.251
    255.255.255.255 240.0.0.1 192.0.0.170 ::1 :: fe80::1 fe80::1%eth0 fd00::1 fec0::1 ff02::fb
    ::ffff:10.0.0.1 ::ffff:a9fe:a9fe ::10.0.0.1 64:ff9b::a9fe:a9fe 64:ff9b:1::1 2002:7f00:1::1
    100::1 localhost 0x7f000001 127.1 [::1] 1.2.3.4.5
""".split()  # noqa: SIM905
NOBODY = "192.0.2.1 198.51.100.1 203.0.113.1 198.18.0.1 2001:db8::1 3fff::1 2001:2::1".split()  # noqa: SIM905
OUTSIDE = "198.41.0.4 8.8.8.8 172.32.0.1 2001:500:200::b 64:ff9b::808:808 2002:808:808::1".split()  # noqa: SIM905


@pytest.mark.parametrize("address", [*INSIDE, *NOBODY])
def test_addresses_that_no_stranger_makes_us_contact(address):
    assert not is_public(address)
    open_to_all = Endpoints()
    assert open_to_all.for_dns(address) is None
    assert open_to_all.for_tls(address) is None


@pytest.mark.parametrize("address", OUTSIDE)
def test_addresses_of_the_public_internet(address):
    assert is_public(address)
    assert Endpoints().for_dns(address) == (address, 53)


def test_every_block_of_the_registries_is_shut_at_both_ends():
    for block in map(ip_network, map(str, (*INWARD, *OF_NOBODY))):
        assert not is_public(str(block[0]))
        assert not is_public(str(block[-1]))
    assert all(is_inward(str(block[0])) for block in INWARD)


def test_roots_of_a_lab_and_a_chosen_resolver_open_the_inside():
    lab = Endpoints(roots={"a.root": ("10.0.0.1",)})
    assert lab.for_dns("10.0.0.2") == ("10.0.0.2", 53)
    assert Endpoints().for_dns("192.168.1.1", chosen=True) == ("192.168.1.1", 53)
    assert Endpoints(dns={"10.0.0.1": ("127.0.0.1", 5353)}).for_dns("10.0.0.1") is not None


def resolving(monkeypatch, *answers):
    """Let every name lead to these addresses, one answer after the other; count the look-ups."""
    asked = []

    def lookup(host, port, *_, **__):
        asked.append(host)
        found = answers[min(len(asked), len(answers)) - 1]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, port)) for a in found]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    return asked


def fetched(url, endpoints=None):
    """Fetch a URL as the collector does."""
    budget = Budget(timeout=1.0, retries=0)

    async def run():
        web = collect_web.Web(
            endpoints=endpoints or Endpoints(), budget=budget, account=Account(budget)
        )
        try:
            return await web.fetch(url)
        finally:
            await web.close()

    return asyncio.run(run())


@pytest.fixture
def _no_proxy(monkeypatch):
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("_no_proxy")
@pytest.mark.parametrize("host", ["rdap.evil.com", "evil.localhost", "0x7f00000a", "[fd00::a]"])
def test_an_rdap_server_that_leads_inside_is_not_contacted(host, monkeypatch):
    resolving(monkeypatch, ("127.0.0.1", "10.0.0.1"))
    page = fetched(f"https://{host}/domain/x")
    assert page.status is Status.UNREACHABLE
    assert "leads to no public address" in page.note


@pytest.mark.usefixtures("_no_proxy")
def test_the_address_that_was_checked_is_the_one_connected_to(monkeypatch):
    """A name that leads outside when it is checked, and inside the next time, is looked up once."""
    asked = resolving(monkeypatch, ("198.41.0.4",), ("127.0.0.1",))
    connected = []

    class Network:
        async def connect_tcp(self, host, port, **_):
            connected.append((host, port))
            raise OSError(111, "refused")

    backend = guard._Backend(Network(), frozenset())
    with pytest.raises(Exception, match="refused"):
        asyncio.run(backend.connect_tcp("rebinding.evil.com", 443))
    assert connected == [("198.41.0.4", 443)]
    assert asked == ["rebinding.evil.com"]


@pytest.mark.usefixtures("_no_proxy")
def test_a_redirect_inside_is_not_followed(monkeypatch):
    resolving(monkeypatch, ("169.254.169.254",))
    with Web() as server:
        server.rdap(
            "https://rdap.example/domain/x",
            Answer(b"", 302, (("Location", "http://metadata.evil.com/latest"),)),
        )
        lab = server.endpoints("rdap.example")
        page = fetched("https://rdap.example/domain/x", Endpoints(http=lab.http))
    assert (page.status, page.url) == (Status.UNREACHABLE, "https://metadata.evil.com/latest")


@pytest.mark.usefixtures("_no_proxy")
@pytest.mark.parametrize(
    ("host", "shut"),
    [("rdap.evil.com", False), ("10.0.0.1", True), ("127.1", True), ("localhost", True)],
)
def test_a_proxy_of_the_users_looks_names_up_itself(host, shut, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.corp:3128")
    asked = resolving(monkeypatch, ("10.0.0.1",))
    if shut:
        with pytest.raises(guard.ForbiddenError):
            asyncio.run(guard.check(host, frozenset()))
    else:
        asyncio.run(guard.check(host, frozenset()))
    assert asked == []


@pytest.mark.usefixtures("_no_proxy")
def test_what_goes_past_the_proxy_is_checked_by_us(monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.corp:3128")
    monkeypatch.setenv("NO_PROXY", "evil.com")
    resolving(monkeypatch, ("10.0.0.1",))
    with pytest.raises(guard.ForbiddenError):
        asyncio.run(guard.check("evil.com", frozenset()))
    asyncio.run(guard.check("evil.com", frozenset({"evil.com"})))


def test_a_whois_server_that_leads_inside_is_not_contacted(monkeypatch):
    """IANA's answer, or a recording that is gone on with, may name any."""
    resolving(monkeypatch, ("10.0.0.25",))
    budget = Budget(timeout=1.0)
    asking = whois.Whois(endpoints=Endpoints(), budget=budget, account=Account(budget))
    status, text = asyncio.run(asking.ask("whois.evil.com", "x"))
    assert status is Status.UNREACHABLE
    assert "leads to no public address" in text


@pytest.mark.usefixtures("_no_proxy")
def test_a_table_does_not_lead_inside(tmp_path, monkeypatch):
    resolving(monkeypatch, ("10.0.0.80",))
    with (
        tables._client("publisher.example") as client,
        pytest.raises(TableError, match="no public address"),
    ):
        tables.fetch("http://evil.example/table", tmp_path / "x", client=client)


def test_a_small_answer_that_unpacks_to_a_large_one_is_cut_off():
    budget = Budget(answer_bytes=10_000)
    bomb = gzip.compress(b" " * 50_000_000)
    with Web() as server:
        server.rdap("https://rdap.example/x", Answer(bomb, 200, (("Content-Encoding", "gzip"),)))
        server.rdap("https://rdap.example/br", Answer(b"x", 200, (("Content-Encoding", "br"),)))
        server.rdap(
            "https://rdap.example/ok",
            Answer(gzip.compress(b'{"a": 1}'), 200, (("Content-Encoding", "gzip"),)),
        )

        async def run():
            web = collect_web.Web(
                endpoints=server.endpoints("rdap.example"), budget=budget, account=Account(budget)
            )
            try:
                return [await web.fetch(f"https://rdap.example/{x}") for x in ("x", "br", "ok")]
            finally:
                await web.close()

        large, strange, sound = asyncio.run(run())
    assert large.status is Status.TRUNCATED
    assert strange.status is Status.MALFORMED
    assert sound.data == {"a": 1}


# -- a stranger's recording that is gone on with ------------------------------------------------


_OUT = "192.5.6.30"  # of a public server, in the place of the lab's
_PLACES = (fake_shop.DYN1, fake_shop.DYN2, fake_shop.ULTRA1, fake_shop.ULTRA2, fake_shop.CDN)


@pytest.fixture(scope="module")
def begun():
    """Give the lines of a recording whose last questions are still to be put to the zone's servers."""
    with fake_shop.shop() as world:
        whole = observe("shop.com", endpoints=world.endpoints, progress=False, registration=False)
    asked = {"shop.com", "dyn.com", "ultra.com", "cymru.com", "cdn.net"}
    rows = [o for o in whole if o.zone not in asked and o.type != "origin"]
    return to_bytes(Recording(whole.header, tuple(rows), complete=False)).decode()


def _gone_on_with(text, rows, path, monkeypatch):
    """Resume with the whole Internet open, and every connection noted and refused."""
    contacted = []

    async def refused(_loop, _sock, address):
        contacted.append(address[0])
        raise OSError(111, "Connection refused")

    def lookup(host, port, *_, **__):
        host.encode("idna")  # as the system's does, which raises UnicodeError for what is no name
        try:
            found = [socket.inet_ntoa(socket.inet_aton(host))]
        except OSError:
            found = [host] if ":" in host else ["127.0.0.1", "10.0.0.1", "::1"]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in found]

    monkeypatch.setattr(asyncio.selector_events.BaseSelectorEventLoop, "sock_connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    monkeypatch.setattr(run, "system_resolver", lambda: None)  # it is the user's own
    path.write_text(text + "".join(json.dumps(row) + "\n" for row in rows))
    budget = Budget(timeout=0.5, tries=1, retries=0, questions=400)
    found = observe("shop.com", output=path, resume=True, budget=budget, tls=True, progress=False)
    assert not [o for o in found if "fault of depgraph" in o.note]
    return contacted


def _row(subject, kind, *values, source="rdap"):
    return {"subject": subject, "type": kind, "values": values, "source": source,
            "time": "2026-11-29T00:00:00Z", "status": "answer"}  # fmt: skip


def _in_turn(several, count):
    """Deal out so many at a time; the first come again where some are left."""
    several = list(several)
    return [(several[at:] + several)[:count] for at in range(0, len(several), count)]


@pytest.mark.usefixtures("_no_proxy")
@pytest.mark.parametrize(
    "addresses", [*_in_turn([*INSIDE, *NOBODY], len(_PLACES)), ["8.8.8.8"] * 5]
)
def test_servers_of_a_strangers_recording_are_contacted_only_outside(
    begun, addresses, tmp_path, monkeypatch
):
    text = begun.replace(fake_shop.TLD, _OUT)
    for place, address in zip(_PLACES, addresses, strict=True):
        text = text.replace(place, address)
    hosts = [_row("shop.com", "A", *addresses[:2], source="dns")]
    hosts += [_row("www.shop.com", "A", *addresses[2:], source="dns")]
    contacted = _gone_on_with(text, hosts, tmp_path / "x.jsonl", monkeypatch)
    assert contacted
    assert all(map(is_public, contacted))
    assert bool(set(addresses) & set(contacted)) is (addresses[0] == "8.8.8.8")


_HOSTS = (
    *INSIDE, "evil.example", "[::ffff:127.0.0.1]", "127.0.0.1:80", "user@10.0.0.1", "a b", "-oProxyCommand=x", "", ".", "..", "x" * 300,
    "a\r\nb", "[::1", "%00", "\u202e", "10.0.0.1#8.8.8.8", "evil.example/../", "\ud800",
)  # fmt: skip


@pytest.mark.usefixtures("_no_proxy")
@pytest.mark.parametrize("hosts", _in_turn(_HOSTS, 5))
def test_registries_of_a_strangers_recording_are_contacted_only_outside(
    begun, hosts, tmp_path, monkeypatch
):
    """What it says of RDAP and WHOIS servers, in any form, leads to no address inside."""
    names, v4, v6, whois_by_rdap, whois_by_whois = hosts

    def url(host):
        return (
            f"https://[{host}]/" if host.count(":") > 1 and "[" not in host else f"https://{host}/"
        )

    rows = [
        _row("com", "bootstrap", f"rdap {url(names)}"),
        _row("ipv4", "bootstrap", f"rdap 0.0.0.0/0 {url(v4)}", "rdap x y", "rdap"),
        _row("ipv6", "bootstrap", f"rdap ::/0 {url(v6)}"),
        _row("com", "registry", "operator X", f"whois {whois_by_rdap}"),
        _row("net", "registry", "operator X", f"whois {whois_by_whois}", source="whois"),
        _row("net", "bootstrap", "rdap "),
        _row("shop.com", "A", "8.8.8.8", source="dns"),
        _row("shop.com", "AAAA", "2001:500:200::b", source="dns"),
    ]
    text = begun.replace(fake_shop.TLD, _OUT)
    contacted = _gone_on_with(text, rows, tmp_path / "x.jsonl", monkeypatch)
    assert contacted
    assert all(map(is_public, contacted))
