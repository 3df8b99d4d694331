"""Sets that were replaced are changes, though nobody asked for the addresses behind their names."""

from datetime import UTC, datetime

import pytest

from depgraph.analysis import compare
from depgraph.graph import build
from depgraph.observations import Observation, Status
from depgraph.recording import Header, Recording
from depgraph.vocabulary import Layer, Turn

DAYS = datetime(2026, 8, 1, tzinfo=UTC), datetime(2026, 8, 2, tzinfo=UTC)
SITE = ("paper.com", "A", "192.0.2.10")


def servers(*names):
    return ("paper.com", "NS", *names)


def graph(day, *rows):
    seen = tuple(
        Observation(
            subject=name,
            type=kind,
            status=Status.ANSWER,
            values=values,
            time=day,
            source="rdap" if kind == "registration" else "dns",
        )
        for name, kind, *values in rows
        for values in [tuple(values)]
    )
    header = Header(subject="paper.com", since=day.date(), until=day.date())
    return build(Recording(header, seen))


def turns(layer, before, after):
    """Return what became of whom in a layer, whatever the function."""
    found = compare(graph(DAYS[0], SITE, *before), graph(DAYS[1], SITE, *after))
    return {
        (entry.role.label.partition(" ")[0], entry.turn)
        for one in found.layers
        if one.layer is layer
        for entry in one.entries
    }


AMAZON = servers("ns-1.awsdns-01.com", "ns-2.awsdns-02.net")
CLOUDFLARE = servers("ada.ns.cloudflare.com", "bob.ns.cloudflare.com")
FOO, BAR = servers("ns1.foo-dns.net"), servers("ns1.bar-dns.net")
OWN = servers("ns1.paper.com")
GOOGLE = ("paper.com", "MX", "10 aspmx.l.google.com")
MICROSOFT = ("paper.com", "MX", "10 paper-com.mail.protection.outlook.com")
MARKMONITOR = ("paper.com", "registration", "registrar-id 292", "registrar MarkMonitor Inc.")
GODADDY = ("paper.com", "registration", "registrar-id 146", "registrar GoDaddy.com, LLC")
GITHUB = ("www.paper.com", "CNAME", "x.github.io")
NETLIFY = ("www.paper.com", "CNAME", "y.netlify.app")


@pytest.mark.parametrize(
    ("layer", "before", "after", "gone", "new"),
    [
        (Layer.DNS, AMAZON, CLOUDFLARE, "Amazon", "Cloudflare"),
        (Layer.DNS, FOO, BAR, "foo-dns.net", "bar-dns.net"),
        (Layer.DNS, AMAZON, BAR, "Amazon", "bar-dns.net"),
        (Layer.MAIL, GOOGLE, MICROSOFT, "Google", "Microsoft"),
        (Layer.MAILBOX, GOOGLE, MICROSOFT, "Google", "Microsoft"),
        (Layer.REGISTRAR, MARKMONITOR, GODADDY, "MarkMonitor", "GoDaddy"),
        (Layer.HOST, GITHUB, NETLIFY, "GitHub", "Netlify"),
    ],
)
def test_known_and_then_another_is_a_change(layer, before, after, gone, new):
    found = turns(layer, [before], [after])
    assert found == {(gone, Turn.VANISHED), (new, Turn.APPEARED)}


ADDRESS = ("ns1.foo-dns.net", "A", "173.245.58.1")
NETWORK = ("173.245.58.1", "origin", "asn 13335")


@pytest.mark.parametrize(
    ("before", "after", "who"),
    [
        ([], [CLOUDFLARE], "Cloudflare"),  # nothing was known
        ([OWN], [CLOUDFLARE], "Cloudflare"),  # whose machine it was is not known
        ([FOO], [FOO, ADDRESS, NETWORK], "Cloudflare"),  # it may have been there
        ([FOO], [(*FOO, *CLOUDFLARE[2:]), ADDRESS, NETWORK], "Cloudflare"),  # so here
    ],
)
def test_known_after_unknown_is_none(before, after, who):
    assert (who, Turn.NEWLY_KNOWN) in turns(Layer.DNS, before, after)
    assert (who, Turn.NO_LONGER_KNOWN) in turns(Layer.DNS, after, before)


def test_an_alias_that_was_not_asked_may_have_been_the_same():
    told = ("www.paper.com", "host", "Example Hosting")
    assert ("Netlify", Turn.APPEARED) not in turns(Layer.HOST, [told], [NETLIFY])


def test_an_origin_that_a_front_hid_may_have_been_the_same():
    front = [("www.paper.com", "CNAME", "www.paper.com.cdn.cloudflare.net")]
    found = turns(Layer.HOST, front, [NETLIFY])
    assert ("Netlify", Turn.APPEARED) not in found
