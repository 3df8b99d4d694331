from datetime import UTC, datetime

import dns.flags
import dns.message
import dns.rcode
import pytest

from depgraph.collect.wire import Frame, read_reply, relabel
from depgraph.observations import Status
from depgraph.records.rdata import presentation
from depgraph.records.text import escaped

NOW = datetime(2026, 1, 2, tzinfo=UTC)


def message(question, *, answer="", authority="", additional="", flags="QR AA", rcode="NOERROR"):
    text = f"id 1\nopcode QUERY\nrcode {rcode}\nflags {flags}\n;QUESTION\n{question}\n"
    sections = {"ANSWER": answer, "AUTHORITY": authority, "ADDITIONAL": additional}
    text += "".join(f";{title}\n{lines}\n" for title, lines in sections.items() if lines)
    return dns.message.from_text(text)


def read(msg, name, kind, zone="example.com"):
    frame = Frame(zone=zone, server="192.0.2.53", server_name="ns1.example.com", time=NOW)
    return read_reply(msg, name, kind, frame)


def test_an_authoritative_answer():
    msg = message(
        "www.example.com. IN A",
        answer="WWW.Example.com. 300 IN A 192.0.2.2\nwww.example.com. 60 IN A 192.0.2.1",
    )
    reply = read(msg, "www.example.com", "A")
    assert reply.rest == ()
    assert reply.primary.status is Status.ANSWER
    assert reply.primary.values == ("192.0.2.1", "192.0.2.2")
    assert reply.primary.flags == ("AA",)
    assert (reply.primary.server, reply.primary.server_name, reply.primary.zone) == (
        "192.0.2.53",
        "ns1.example.com",
        "example.com",
    )


def test_a_referral_names_the_child_its_servers_ds_and_glue():
    msg = message(
        "www.example.com. IN A",
        authority="example.com. 300 IN NS NS2.example.com.\nexample.com. 300 IN NS ns1.example.com.\n"
        "example.com. 300 IN DS 1 13 2 " + "ab" * 32,
        additional="ns1.example.com. 300 IN A 192.0.2.53\nns1.example.com. 300 IN AAAA 2001:DB8::53\n"
        "other.example.net. 300 IN A 192.0.2.99",
        flags="QR",
    )
    reply = read(msg, "www.example.com", "A", zone="com")
    assert reply.primary.status is Status.REFERRAL
    assert reply.primary.values == ("example.com",)
    told = {(o.section, o.subject, o.type): o.values for o in reply.rest}
    assert told == {
        ("authority", "example.com", "NS"): ("ns1.example.com", "ns2.example.com"),
        ("authority", "example.com", "DS"): ("1 13 2 " + "ab" * 32,),
        ("additional", "ns1.example.com", "A"): ("192.0.2.53",),
        ("additional", "ns1.example.com", "AAAA"): ("2001:db8::53",),
    }
    assert {o.zone for o in reply.rest} == {"com"}


@pytest.mark.parametrize(
    ("authority", "flags", "rcode", "status"),
    [
        ("com. 300 IN NS a.gtld.example.", "QR", "NOERROR", Status.LAME),
        (". 300 IN NS a.root.example.", "QR RA", "NOERROR", Status.LAME),
        ("example.com. 300 IN NS ns1.example.com.", "QR", "NOERROR", Status.LAME),
        ("", "QR RA", "NOERROR", Status.LAME),
        ("", "QR RA", "NXDOMAIN", Status.LAME),
        ("", "QR", "REFUSED", Status.REFUSED),
        ("", "QR AA", "SERVFAIL", Status.SERVFAIL),
        ("", "QR", "NOTIMP", Status.NOTIMP),
        ("", "QR", "FORMERR", Status.FORMERR),
        ("", "QR", "NOTAUTH", Status.ERROR),
        ("example.com. 300 IN SOA a. b. 1 2 3 4 5", "QR AA", "NOERROR", Status.NODATA),
        ("example.com. 300 IN SOA a. b. 1 2 3 4 5", "QR AA", "NXDOMAIN", Status.NXDOMAIN),
    ],
)
def test_what_is_no_answer(authority, flags, rcode, status):
    msg = message("www.example.com. IN A", authority=authority, flags=flags, rcode=rcode)
    assert read(msg, "www.example.com", "A").primary.status is status


@pytest.mark.parametrize(
    ("apex", "found"),
    [("www.example.com", ["www.example.com"]), ("example.com", []), ("other.example.com", [])],
)
def test_a_negative_answer_names_a_zone_further_down_that_the_server_has(apex, found):
    soa = f"{apex}. 300 IN SOA a. b. 1 2 3 4 5"
    msg = message("a.www.example.com. IN A", authority=soa, flags="QR AA", rcode="NOERROR")
    rest = read(msg, "a.www.example.com", "A").rest
    assert [o.subject for o in rest if o.type == "SOA"] == found


def test_an_alias_leaves_the_zone_and_what_follows_it_is_not_believed():
    msg = message(
        "www.example.com. IN A",
        answer="www.example.com. 60 IN CNAME www.cdn.example.\nwww.cdn.example. 60 IN A 192.0.2.66",
    )
    reply = read(msg, "www.example.com", "A")
    assert reply.primary.status is Status.ANSWER
    assert reply.primary.values == ()
    assert [(o.subject, o.type, o.values) for o in reply.rest] == [
        ("www.example.com", "CNAME", ("www.cdn.example",))
    ]


def test_an_alias_chain_is_one_observation_a_name():
    msg = message(
        "a.example.com. IN A",
        answer="a.example.com. 60 IN CNAME b.example.com.\nb.example.com. 60 IN CNAME c.example.com.\n"
        "c.example.com. 60 IN A 192.0.2.1",
    )
    reply = read(msg, "a.example.com", "A")
    assert [(o.subject, o.type, o.values) for o in (*reply.rest, reply.primary)] == [
        ("a.example.com", "CNAME", ("b.example.com",)),
        ("b.example.com", "CNAME", ("c.example.com",)),
        ("b.example.com", "A", ()),
        ("c.example.com", "A", ("192.0.2.1",)),
        ("a.example.com", "A", ()),
    ]


def test_a_name_that_exists_only_as_alias_of_nothing():
    msg = message(
        "a.example.com. IN A",
        answer="a.example.com. 60 IN CNAME gone.example.com.",
        authority="example.com. 300 IN SOA a. b. 1 2 3 4 5",
        rcode="NXDOMAIN",
    )
    reply = read(msg, "a.example.com", "A")
    assert reply.primary.status is Status.ANSWER
    assert ("gone.example.com", Status.NXDOMAIN) in [(o.subject, o.status) for o in reply.rest]


def test_an_alias_circle_in_one_message_ends():
    msg = message(
        "a.example.com. IN A",
        answer="a.example.com. 60 IN CNAME b.example.com.\nb.example.com. 60 IN CNAME a.example.com.",
    )
    reply = read(msg, "a.example.com", "A")
    assert len(reply.rest) < 40


def test_a_resolver_is_believed_beyond_the_zone():
    msg = message(
        "www.example.com. IN A",
        answer="www.example.com. 60 IN CNAME www.cdn.example.\nwww.cdn.example. 60 IN A 192.0.2.66",
        flags="QR RD RA AD",
    )
    reply = read(msg, "www.example.com", "A", zone="")
    assert ("www.cdn.example", "A", ("192.0.2.66",)) in [
        (o.subject, o.type, o.values) for o in reply.rest
    ]
    assert reply.primary.flags == ("AD",)


@pytest.mark.parametrize(
    ("kind", "data", "text"),
    [
        ("MX", "10 Mail.Example.ORG.", "10 mail.example.org"),
        ("MX", "0 .", "0 ."),
        ("SOA", "NS.x. Host.X. 1 2 3 4 5", "ns.x host.x 1 2 3 4 5"),
        ("TXT", '"v=spf1 " "-all"', "v=spf1 -all"),
        ("TXT", r'"a\027[31m\010b"', r"a\x1b[31m\nb"),
        ("TXT", r'"caf\195\169"', "café"),
        ("TXT", r'"\255"', r"\xff"),
        ("SRV", "0 5 443 Auto.Example.ORG.", "0 5 443 auto.example.org"),
        ("CAA", '0 issue "letsencrypt.org"', '0 issue "letsencrypt.org"'),
        ("HTTPS", "1 . alpn=h2", '1 . alpn="h2"'),
        ("HTTPS", "0 Pool.Example.ORG.", "0 pool.example.org"),
        ("AAAA", "2001:DB8:0:0::1", "2001:db8::1"),
    ],
)
def test_presentation(kind, data, text):
    import dns.rrset

    (rdata,) = dns.rrset.from_text("x.", 1, "IN", kind, data)
    assert presentation(rdata) == text


def test_no_control_character_survives():
    every = "".join(map(chr, range(0x300)))
    assert escaped(every).isprintable()


def test_a_server_of_parent_and_child_is_not_asked_twice():
    referral = message(
        "example.com. IN NS", authority="example.com. 300 IN NS ns1.example.com.", flags="QR"
    )
    as_parent = read(referral, "example.com", "NS", zone="com")
    as_child = relabel(as_parent, "example.com")
    assert as_child.primary.status is Status.LAME
    assert as_child.primary.values == ()
    answer = read(
        message("example.com. IN NS", answer="example.com. 300 IN NS ns1.example.com."),
        "example.com",
        "NS",
        zone="com",
    )
    assert relabel(answer, "example.com").primary.status is Status.ANSWER
    assert relabel(answer, "example.com").primary.zone == "example.com"
