"""The edges: TLS on loopback, the display, and where things are reached."""

import asyncio
import time

import fake_shop
import pytest

from depgraph.addresses import is_inward
from depgraph.collect import Budget, Endpoints, observe
from depgraph.collect.budget import Account
from depgraph.collect.progress import watcher
from depgraph.collect.sources.certificate import fetch_certificate
from depgraph.collect.web import Web
from depgraph.collect.whois import Whois
from depgraph.observations import Status
from tests.lab.certificates import TlsServer


def test_the_chain_is_taken_as_served_and_not_judged():
    async def run():
        server = TlsServer()
        await server.start()
        try:
            return await fetch_certificate(server.endpoint, "www.example.org", seconds=5)
        finally:
            await server.stop()

    status, values, note = asyncio.run(run())
    assert (status, note) == (Status.ANSWER, "")
    keys = {value.partition(" ")[0] for value in values}
    assert {"subject", "issuer", "issuer-organisation", "name", "not-before", "not-after"} <= keys
    assert sum(value.startswith("chain ") for value in values) >= 2


@pytest.mark.parametrize(
    ("behaviour", "expected"),
    [("closed", Status.UNREACHABLE), ("plain", Status.ERROR), ("mute", Status.TIMEOUT)],
)
def test_a_host_without_tls(behaviour, expected):
    served = []

    async def serve(reader, writer):
        served.append(writer)
        if behaviour == "plain":
            writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            await writer.drain()
        await asyncio.Event().wait()

    async def run():
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        place = server.sockets[0].getsockname()
        if behaviour == "closed":
            server.close()
        try:
            return await fetch_certificate(place, "www.example.org", seconds=0.3)
        finally:
            server.close()
            for writer in served:
                writer.transport.abort()

    assert asyncio.run(run())[0] is expected


async def drip_into(writer, dripped):
    """Send a byte at a time, and count them, until the other side goes away."""
    try:
        while True:
            writer.write(b"x")
            await writer.drain()
            dripped.append(1)
            await asyncio.sleep(0.05)
    except OSError:
        pass
    finally:
        writer.transport.abort()


def test_an_answer_that_drips_has_one_deadline():
    """Each byte comes before the client gives up waiting for it; the whole never does."""
    budget = Budget(timeout=0.1, retries=2)
    asked, dripped = [], []

    async def drip(reader, writer):
        asked.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        await drip_into(writer, dripped)

    async def run():
        server = await asyncio.start_server(drip, "127.0.0.1", 0)
        host, port = server.sockets[0].getsockname()
        places = Endpoints(http={"rdap.example": f"http://{host}:{port}"}, closed=True)
        web = Web(endpoints=places, budget=budget, account=Account(budget))
        try:
            return await asyncio.wait_for(web.fetch("https://rdap.example/ip/192.0.2.1"), 60)
        finally:
            await web.close()
            server.close()

    page = asyncio.run(run())
    assert (page.status, page.note) == (Status.TIMEOUT, "not complete after 1 s")
    assert len(asked) == 1  # and it is not begun again
    assert len(dripped) <= 21


def test_a_whois_answer_that_drips_has_one_deadline():
    budget = Budget(timeout=0.1)
    asked, dripped = [], []

    async def drip(reader, writer):
        asked.append(await reader.readline())
        await drip_into(writer, dripped)

    async def run():
        server = await asyncio.start_server(drip, "127.0.0.1", 0)
        places = Endpoints(whois={"whois.example": server.sockets[0].getsockname()}, closed=True)
        asking = Whois(endpoints=places, budget=budget, account=Account(budget))
        try:
            return await asyncio.wait_for(asking.ask("whois.example", "a.example"), 60)
        finally:
            server.close()

    assert asyncio.run(run()) == (Status.TIMEOUT, "")
    assert len(asked) == 1
    assert len(dripped) <= 11


@pytest.mark.parametrize("jump", [86_400 * 3, -3600, 1])
def test_a_clock_that_is_set_in_a_collection_moves_no_time_and_is_said(jump, monkeypatch, caplog):
    """The clock jumps at the tenth look at it, or is adjusted a little."""
    real, before = time.time, []

    def jumping():
        return real() + jump * (len(before) > 10)

    monkeypatch.setattr(time, "time", jumping)
    start = real()
    with fake_shop.shop() as world:
        recording = observe(
            "shop.com", endpoints=world.endpoints, registration=False, progress=before.append
        )
    end = real()
    times = [o.time.timestamp() for o in recording]
    assert start - 1 < min(times)
    assert max(times) < end + 1
    assert ("the clock of this machine was set" in caplog.text) is (abs(jump) > 5)


def test_the_display_shows_what_is_asked_and_obeys_no_markup(capsys, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    with fake_shop.shop() as world:
        recording = observe(
            "shop.com", endpoints=world.endpoints, registration=False, progress=True
        )
    captured = capsys.readouterr()
    assert recording.complete
    assert "shop.com" in captured.err
    assert captured.out == ""


def test_nothing_is_displayed_where_nobody_looks(capsys):
    with watcher(None) as show, fake_shop.shop() as world:
        assert show is not None
        observe("shop.com", endpoints=world.endpoints, registration=False)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("address", "inward"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("10.0.0.1", True),
        ("172.16.0.1", True),
        ("172.32.0.1", False),
        ("100.64.0.1", True),
        ("169.254.169.254", True),
        ("224.0.0.1", True),
        ("0.0.0.0", True),
        ("::ffff:127.0.0.1", True),
        ("fd00::1", True),
        ("fe80::1", True),
        ("2001:db8::1", False),
        ("192.0.2.1", False),
        ("no address", True),
    ],
)
def test_which_addresses_lie_inside(address, inward):
    assert is_inward(address) is inward


def test_closed_endpoints_let_nothing_out():
    closed = Endpoints(closed=True, http={"a.example": "http://127.0.0.1:1/"})
    assert closed.for_dns("198.51.100.7") is None
    assert closed.for_http("b.example") is None
    assert closed.for_http("a.example") == "http://127.0.0.1:1"
    assert closed.for_whois("whois.example") is None
    assert closed.for_tls("198.51.100.7") is None
    real = Endpoints()
    assert real.for_http("b.example") == "https://b.example"
    assert real.for_whois("whois.example") == ("whois.example", 43)
    assert real.for_tls("198.41.0.4") == ("198.41.0.4", 443)
    assert real.for_tls("127.0.0.1") is None
