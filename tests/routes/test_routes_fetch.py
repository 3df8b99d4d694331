"""Fetching from publishers, against a real HTTP server on loopback."""

import gzip
import threading
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from depgraph import providers
from depgraph.collect import tables as collect
from depgraph.errors import TableError
from depgraph.routes import (
    Kind,
    Publisher,
    installed,
    load,
    publishers,
    tables_for,
    update,
)
from depgraph.routes.facts import PARTNERS

AWS = '{"syncToken": "1", "createDate": "2026-08-22-15-17-05", "prefixes": [{"ip_prefix": "192.0.2.0/24", "region": "eu-west-1", "service": "EC2"}], "ipv6_prefixes": []}'
PFX2AS = gzip.compress(b"192.0.2.0\t24\t64500\n", mtime=0)
LOG = "# comment\n6081\t1600000000\t2026/08/routeviews-rv2-20260821-1200.pfx2as.gz\n6082\t1600086400\t2026/08/routeviews-rv2-20260822-1200.pfx2as.gz\n"
TODAY = date(2026, 8, 24)


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append(self.path)
        status, headers, body, close_after = self.server.pages.get(
            self.path, (404, {}, b"gone", None)
        )
        self.send_response(status)
        if "Content-Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        for key, value in headers.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body[:close_after])

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.pages = {}
        self.asked = []

    def page(self, path, body, *, status=200, close_after=None, **headers):
        data = body if isinstance(body, bytes) else body.encode()
        named = {key.replace("_", "-"): value for key, value in headers.items()}
        self.pages[path] = (status, named, data, close_after)

    def url(self, path):
        return f"http://127.0.0.1:{self.server_address[1]}{path}"


@pytest.fixture
def server():
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield running
        running.shutdown()
        thread.join()


@pytest.fixture
def publisher(server):
    return Publisher(
        id="aws",
        form="aws",
        kind=Kind.PUBLISHED,
        provider="aws",
        url=server.url("/ranges.json"),
        documentation="https://example.org/",
    )


@pytest.fixture
def cache(tmp_path):
    return tmp_path / "cache"


def run(publisher, cache, today=TODAY):
    (outcome,) = update(fetch=collect.fetch, publishers=[publisher], cache=cache, today=today)
    return outcome


def test_a_table_is_fetched_verified_and_dated(server, publisher, cache):
    server.page("/ranges.json", AWS)
    outcome = run(publisher, cache)
    assert outcome.state == "installed"
    info = outcome.info
    assert installed(cache) == [info]
    assert (info.since, info.until, info.fetched) == (date(2026, 8, 22), TODAY, TODAY)
    assert info.url == publisher.url
    assert load(info, cache=cache).prefixes.lookup("192.0.2.1").value[0].name == "EC2"
    day = date(2026, 8, 23)
    assert [t.days_off(day) for t in tables_for(Kind.PUBLISHED, at=day, cache=cache)] == [0]


def test_the_same_list_a_week_later_holds_a_week_longer(server, publisher, cache):
    server.page("/ranges.json", AWS)
    run(publisher, cache)
    outcome = run(publisher, cache, date(2026, 8, 31))
    assert outcome.state == "unchanged"
    assert (outcome.info.since, outcome.info.until) == (date(2026, 8, 22), date(2026, 8, 31))
    assert len(installed(cache)) == 1


def test_an_older_list_stays_beside_the_newer(server, publisher, cache):
    server.page("/ranges.json", AWS)
    run(publisher, cache)
    server.page("/ranges.json", AWS.replace("2026-08-22", "2026-09-02").replace("EC2", "S3"))
    run(publisher, cache, date(2026, 9, 3))
    assert [info.since.isoformat() for info in installed(cache)] == ["2026-08-22", "2026-09-02"]
    for day, since in ((TODAY, date(2026, 8, 22)), (date(2026, 9, 3), date(2026, 9, 2))):
        assert [t.since for t in tables_for(Kind.PUBLISHED, at=day, cache=cache)] == [since]


def test_a_list_without_a_day_stands_for_the_day_it_was_fetched(server, cache):
    server.page("/ips", '{"addresses": ["192.0.2.0/24"], "ipv6_addresses": []}')
    publisher = Publisher(
        id="fastly",
        form="fastly",
        kind=Kind.PUBLISHED,
        provider="fastly",
        url=server.url("/ips"),
        documentation="",
    )
    assert run(publisher, cache).info.since == TODAY


def bad_pages(server):
    return {
        "not found": lambda: server.page("/ranges.json", "gone", status=404),
        "server error": lambda: server.page("/ranges.json", "broken", status=503),
        "web page": lambda: server.page("/ranges.json", "<html>please log in</html>"),
        "empty": lambda: server.page("/ranges.json", ""),
        "cut off": lambda: server.page("/ranges.json", AWS, close_after=40),
        "a length of nothing": lambda: server.page("/ranges.json", AWS[:-20], Content_Length="0"),
        "other JSON": lambda: server.page(
            "/ranges.json", '{"addresses": [], "ipv6_addresses": []}'
        ),
        "default route": lambda: server.page(
            "/ranges.json", AWS.replace("192.0.2.0/24", "0.0.0.0/0")
        ),
        "a circle": lambda: server.page("/ranges.json", "", status=302, Location="/ranges.json"),
        "elsewhere, gone": lambda: server.page("/ranges.json", "", status=302, Location="/gone"),
        "no such scheme": lambda: server.page(
            "/ranges.json", "", status=302, Location="ftp://127.0.0.1/x"
        ),
    }


@pytest.mark.parametrize("fault", bad_pages(None))
def test_whatever_goes_wrong_the_previous_table_stays_in_use(server, publisher, cache, fault):
    server.page("/ranges.json", AWS)
    good = run(publisher, cache).info
    files = {path.name: path.read_bytes() for path in cache.iterdir()}
    bad_pages(server)[fault]()
    outcome = run(publisher, cache, date(2026, 9, 9))
    assert outcome.state == "refused"
    assert outcome.info == good
    assert "stays in use" in str(outcome)
    assert {path.name: path.read_bytes() for path in cache.iterdir()} == files
    assert load(installed(cache)[0], cache=cache).prefixes.lookup("192.0.2.1")


def test_nobody_answers(server, publisher, cache):
    server.shutdown()
    server.server_close()
    outcome = run(publisher, cache)
    assert (outcome.state, outcome.info) == ("refused", None)
    assert "--from" in outcome.reason
    assert "there is none" in str(outcome)


def test_a_redirect_is_followed_and_remembered(server, publisher, cache):
    server.page("/ranges.json", "", status=301, Location="/new/ranges.json")
    server.page("/new/ranges.json", AWS)
    assert run(publisher, cache).info.url == server.url("/new/ranges.json")


def test_the_newest_table_is_found_on_the_page_that_names_it(server, cache):
    server.page("/routing/pfx2as-creation.log", LOG)
    server.page("/routing/2026/08/routeviews-rv2-20260822-1200.pfx2as.gz", PFX2AS)
    publisher = Publisher(
        id="caida-ipv4",
        form="pfx2as",
        kind=Kind.ROUTING,
        url=server.url("/routing/pfx2as-creation.log"),
        index=publishers()["caida-ipv4"].index,
        documentation="https://example.org/",
    )
    info = run(publisher, cache).info
    assert (info.since, info.until) == (date(2026, 8, 22), date(2026, 8, 22))
    assert server.asked[-1] == "/routing/2026/08/routeviews-rv2-20260822-1200.pfx2as.gz"
    server.page("/routing/pfx2as-creation.log", "<html>moved</html>")
    outcome = run(publisher, cache)
    assert outcome.state == "refused"
    assert "changed the page" in outcome.reason


def test_the_page_of_azure_names_the_newest_file():
    azure = publishers()["azure"]
    base = "https://download.microsoft.com/download/7/1/d/71d86715-5596-4529-9b13-da13a5de5b63"
    page = f'<a href="{base}/ServiceTags_Public_20260810.json">old</a> "url":"{base}/ServiceTags_Public_20260817.json"'
    assert azure.newest(page) == f"{base}/ServiceTags_Public_20260817.json"


def test_one_that_fails_does_not_stop_the_others(server, publisher, cache):
    server.page("/ranges.json", AWS)
    missing = Publisher(
        id="fastly", form="fastly", kind=Kind.PUBLISHED, url=server.url("/none"), documentation=""
    )
    found = update(fetch=collect.fetch, publishers=[missing, publisher], cache=cache, today=TODAY)
    assert [o.state for o in found] == ["refused", "installed"]
    assert "404" in found[0].reason


def test_a_body_without_end_is_stopped(server, tmp_path, monkeypatch):
    monkeypatch.setattr(collect, "LARGEST", 1000)
    server.page("/big", b"x" * 5000)
    target = tmp_path / "big"
    target.write_text("the one before")
    with pytest.raises(TableError, match="at most"):
        collect.fetch(server.url("/big"), target)
    assert [path.name for path in tmp_path.iterdir()] == ["big"]
    assert target.read_text() == "the one before"


def test_a_compressed_answer_is_the_table_itself(server, tmp_path):
    server.page("/x", gzip.compress(AWS.encode()), Content_Encoding="gzip")
    collect.fetch(server.url("/x"), tmp_path / "x")
    assert (tmp_path / "x").read_text() == AWS


@pytest.mark.parametrize("url", ["", "nonsense", "http://", "ftp://127.0.0.1/x", "http://[::1"])
def test_what_is_no_address_to_fetch(url, tmp_path):
    with pytest.raises(TableError, match="expected"):
        collect.fetch(url, tmp_path / "x")


def test_every_publisher_has_its_documentation_over_https():
    assert {p.kind for p in publishers().values()} == set(Kind)
    for publisher in publishers().values():
        assert publisher.url.startswith("https://")
        assert publisher.documentation.startswith("https://")


def test_every_operator_that_publishes_ranges_stands_in_the_catalogue():
    known = providers.load().providers
    whose = {p.provider for p in publishers().values() if p.kind is Kind.PUBLISHED}
    assert whose | set(PARTNERS.values()) <= set(known)
