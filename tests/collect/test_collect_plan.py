from dataclasses import replace
from datetime import UTC, datetime

import pytest

from depgraph.collect.plan import (
    Limits,
    Purpose,
    Question,
    first_questions,
    follow_ups,
)
from depgraph.observations import Observation, Status

NOW = datetime(2026, 1, 2, tzinfo=UTC)


def seen(subject, kind, *values, status=Status.ANSWER, section="answer", zone="z"):
    return Observation(
        subject=subject,
        type=kind,
        status=status,
        values=values,
        section=section,
        zone=zone,
        time=NOW,
    )


def asks(ask, observation, **limits):
    return follow_ups(ask, observation, Limits(**limits))


def short(found):
    return {(a.subject, a.type) for a in found if a.refused is None}


WEB = Question(subject="www.example.org", type="A", purpose=Purpose.SERVICE)


def test_first_questions_cover_what_a_service_has():
    found = short(first_questions("example.org"))
    for subject, kinds in {
        "example.org": "A AAAA HTTPS MX TXT CAA NS SOA DS registration",
        "www.example.org": "A AAAA HTTPS CAA",
        "org": "NS SOA DS registry",
        "_dmarc.example.org": "TXT",
        "_mta-sts.example.org": "TXT",
        "autodiscover.example.org": "A",
        "_autodiscover._tcp.example.org": "SRV",
        "selector1._domainkey.example.org": "CNAME",
        "google._domainkey.example.org": "TXT",
        "asn.cymru.com": "NS",
    }.items():
        assert {(subject, kind) for kind in kinds.split()} <= found


def test_first_questions_of_other_hosts_are_those_of_a_web_site():
    plain = first_questions("example.org")
    more = first_questions("example.org", ("api.example.org", "push.example.net"))
    added = short(more) - short(plain)
    hosts = ("api.example.org", "push.example.net")
    assert added == {(host, kind) for host in hosts for kind in ("A", "AAAA", "HTTPS", "CAA")}
    assert len(more) == len(plain) + len(added)


def test_the_questions_that_most_depends_on_come_first():
    found = first_questions("example.org", ("api.example.org",))
    assert [(q.subject, q.type) for q in found[:4]] == [
        ("www.example.org", "A"),
        ("example.org", "A"),
        ("api.example.org", "A"),
        ("www.example.org", "AAAA"),
    ]


def test_first_questions_of_a_name_below_a_registered_domain():
    found = short(first_questions("news.bbc.co.uk"))
    assert {
        ("bbc.co.uk", "NS"),
        ("co.uk", "NS"),
        ("uk", "NS"),
        ("bbc.co.uk", "registration"),
    } <= found
    assert ("news.bbc.co.uk", "NS") not in found  # only where a zone is found there


def test_a_www_name_has_no_www():
    assert "www.www.example.org" not in {a.subject for a in first_questions("www.example.org")}


def test_an_alias_is_followed_with_the_same_question():
    (new,) = asks(WEB, seen("www.example.org", "CNAME", "x.cdn.example"))
    assert (new.subject, new.type, new.purpose, new.aliases) == (
        "x.cdn.example",
        "A",
        Purpose.SERVICE,
        ("www.example.org",),
    )


def test_an_alias_circle_is_a_loop():
    ask = Question(subject="b.example", type="A", purpose=Purpose.SERVICE, aliases=("a.example",))
    (new,) = asks(ask, seen("b.example", "CNAME", "a.example"))
    assert new.refused is Status.LOOP


def test_a_long_alias_chain_ends():
    via = tuple(f"a{i}.example" for i in range(12))
    ask = Question(subject="b.example", type="A", purpose=Purpose.SERVICE, aliases=via)
    (new,) = asks(ask, seen("b.example", "CNAME", "c.example"))
    assert new.refused is Status.NOT_ASKED_DEPTH


@pytest.mark.parametrize(
    "target", [r"a\.b.example", "10.0.0.1", "a b.example", "x" * 64 + ".example", "é.example"]
)
def test_what_is_no_host_name_is_not_looked_up(target):
    (new,) = asks(WEB, seen("www.example.org", "CNAME", target))
    assert new.refused is Status.MALFORMED


def test_an_address_leads_to_its_reverse_name_and_origin():
    assert short(asks(WEB, seen("www.example.org", "A", "192.0.2.1"))) == {
        ("192.0.2.1", "PTR"),
        ("192.0.2.1", "origin"),
        ("192.0.2.1", "holder"),
        ("www.example.org", "certificate"),
    }


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.1.2.3", "192.168.1.1", "169.254.169.254", "::1", "fe80::1"]
)
def test_an_inward_address_leads_nowhere(address):
    host = Question(subject="ns1.example.org", type="A", purpose=Purpose.HOST)
    found = asks(host, seen("ns1.example.org", "A", address))
    assert [a.type for a in found] == ["PTR", "origin", "holder"]
    assert {a.refused for a in found} == {Status.NOT_ASKED_NO_SOURCE}
    of_service = asks(WEB, seen("www.example.org", "A", address))
    assert {a.type for a in of_service if a.refused is None} == {"certificate"}


def test_a_certificate_is_asked_for_under_the_name_that_the_service_has():
    of_alias = Question(
        subject="x.cdn.example", type="AAAA", purpose=Purpose.SERVICE, aliases=("www.example.org",)
    )
    found = asks(of_alias, seen("x.cdn.example", "AAAA", "2001:db8::1", "2001:db8::2"))
    (certificate,) = [a for a in found if a.type == "certificate"]
    assert (certificate.subject, certificate.address) == ("www.example.org", "2001:db8::1")
    assert certificate.aliases == ("www.example.org", "x.cdn.example")


def test_the_primary_that_the_soa_of_a_zone_of_the_service_names_is_looked_up():
    zone = Question(subject="example.org", type="SOA", purpose=Purpose.ZONE)
    soa = seen("example.org", "SOA", "ns0.example.net. h.example.org. 1 2 3 4 5")
    assert short(asks(zone, soa)) == {("ns0.example.net", "A"), ("ns0.example.net", "AAAA")}
    assert asks(replace(zone, depth=1), soa) == []
    assert asks(zone, seen("org", "SOA", "a0.example.net. h.example.org. 1 2 3 4 5")) == []
    above = seen("net", "SOA", "a0.example.net. h.example.org. 1 2 3 4 5")
    assert asks(replace(zone, subject="example.com"), above) == []


def test_glue_of_a_needed_zone_is_an_address_like_any_other():
    glue = seen("ns1.example.org", "A", "192.0.2.1", section="additional", zone="org")
    assert ("192.0.2.1", "origin") in short(asks(WEB, glue))
    of_registry = seen("a0.org.example", "A", "192.0.2.2", section="additional", zone=".")
    assert short(asks(WEB, of_registry)) == {("192.0.2.2", "origin")}
    assert asks(replace(WEB, depth=1), of_registry) == []
    assert asks(replace(WEB, aliases=("example.net",)), of_registry) == []
    assert asks(replace(WEB, purpose=Purpose.FACT), of_registry) == []
    assert asks(Question(subject="x.example.org", type="TXT", purpose=Purpose.HINT), glue) == []


def test_an_origin_leads_to_the_names_of_its_as_numbers():
    ask = Question(subject="192.0.2.1", type="origin", purpose=Purpose.FACT)
    observation = seen("192.0.2.1", "origin", "asn 64500", "asn 64501", "prefix 192.0.2.0/24")
    assert short(asks(ask, observation)) == {("AS64500", "as"), ("AS64501", "as")}


def test_a_delegation_leads_to_the_zone_itself_and_to_each_server():
    ask = Question(subject="www.example.org", type="A", purpose=Purpose.SERVICE)
    found = asks(ask, seen("example.org", "NS", "ns1.example.net", section="authority"))
    assert ("ns1.example.net", "A", 1) in {(a.subject, a.type, a.depth) for a in found}
    each = {(a.subject, a.type, a.server) for a in found if a.server}
    assert each == {
        ("example.org", "SOA", "ns1.example.net"),
        ("example.org", "NS", "ns1.example.net"),
        ("www.example.org", "A", "ns1.example.net"),
    }
    assert {a.zone for a in found if a.server} == {"example.org"}
    assert {("example.org", "registration"), ("org", "registry"), ("example.org", "DS")} <= short(
        found
    )


def test_of_other_zones_each_server_is_asked_only_whether_it_serves():
    of_alias = Question(
        subject="x.cdn.example.net", type="A", purpose=Purpose.SERVICE, aliases=("www.example.org",)
    )
    delegation = seen("example.net", "NS", "ns1.example.net", section="authority")
    host = Question(subject="ns1.example.net", type="A", purpose=Purpose.HOST, depth=1)
    for question in (of_alias, host):
        found = asks(question, delegation)
        each = {(a.subject, a.type, a.server, a.depth) for a in found if a.server}
        assert each == {("example.net", "SOA", "ns1.example.net", question.depth)}
    zone = [a for a in asks(of_alias, delegation) if a.purpose is Purpose.ZONE and not a.server]
    assert [a.aliases for a in zone] == [("www.example.org",)] * 2
    assert not [a for a in asks(host, delegation, recursive=True) if a.server]


def test_servers_beyond_the_fan_out_are_said_not_to_be_asked():
    hosts = [f"ns{i}.example.net" for i in range(1, 4)]
    host = Question(subject="x.example.net", type="A", purpose=Purpose.HOST, depth=1)
    found = asks(host, seen("example.net", "NS", *hosts, section="authority"), fanout=2)
    servers = {a.server: a.refused for a in found if a.server}
    assert servers == {hosts[0]: None, hosts[1]: None, hosts[2]: Status.NOT_ASKED_BUDGET}


@pytest.mark.parametrize(
    ("kind", "status", "again"),
    [
        ("A", Status.NXDOMAIN, True),
        ("A", Status.NODATA, True),
        ("AAAA", Status.NODATA, True),
        ("AAAA", Status.NXDOMAIN, True),
        ("A", Status.SERVFAIL, False),
    ],
)
def test_a_negative_answer_about_a_host_is_put_to_a_second_server(kind, status, again):
    host = Question(subject="ns1.example.net", type=kind, purpose=Purpose.HOST, depth=1)
    negative = seen("ns1.example.net", kind, status=status, zone="example.net")
    found = [a for a in asks(host, negative) if a.negative is not None]
    assert [a.negative for a in found] == ([negative] if again else [])
    assert all(not [b for b in asks(a, negative) if b.negative] for a in found)


def test_servers_of_a_top_level_domain_are_the_registrys_business():
    ask = Question(subject="www.example.org", type="A", purpose=Purpose.SERVICE)
    found = asks(ask, seen("org", "NS", "a0.org.example", section="authority"))
    assert short(found) == {("org", "registry")}


def test_trust_is_transitive_one_step_deeper_each_time():
    host = Question(subject="ns1.example.net", type="A", purpose=Purpose.HOST, depth=1)
    found = asks(host, seen("example.net", "NS", "ns9.other.example", section="authority"))
    assert ("ns9.other.example", "A", 2) in {(a.subject, a.type, a.depth) for a in found}


@pytest.mark.parametrize(
    "purpose", [Purpose.FACT, Purpose.HINT, Purpose.SPF, Purpose.CAA, Purpose.MAIL]
)
def test_zones_of_what_the_service_does_not_need_are_not_followed(purpose):
    ask = Question(subject="x.example.net", type="TXT", purpose=purpose)
    assert asks(ask, seen("example.net", "NS", "ns1.example.net", section="authority")) == []


def test_mail_exchanges_are_hosts_and_a_null_mx_is_none():
    ask = Question(subject="example.org", type="MX", purpose=Purpose.MAIL)
    assert short(asks(ask, seen("example.org", "MX", "10 mx.example.net"))) == {
        ("mx.example.net", "A"),
        ("mx.example.net", "AAAA"),
    }
    assert asks(ask, seen("example.org", "MX", "0 .")) == []


def test_ten_thousand_exchanges_are_said_not_asked():
    ask = Question(subject="example.org", type="MX", purpose=Purpose.MAIL)
    many = [f"{i} mx{i}.example.net" for i in range(10_000)]
    found = asks(ask, seen("example.org", "MX", *many), fanout=32)
    put = [a for a in found if a.refused is None]
    assert len(put) == 2 * 13  # they are of one domain, and not that of the answer
    assert {a.refused for a in found} == {None, Status.NOT_ASKED_BUDGET}
    assert len(found) == 2 * 2 * 32  # and no ten thousand rows say that they were not asked


def test_exchanges_of_many_domains_are_followed_up_to_the_fan_out():
    ask = Question(subject="example.org", type="MX", purpose=Purpose.MAIL)
    many = [f"{i} mx.domain{i}.net" for i in range(100)]
    found = asks(ask, seen("example.org", "MX", *many), fanout=32)
    assert len([a for a in found if a.refused is None]) == 64


def test_spf_includes_are_followed_but_not_macros():
    ask = Question(subject="example.org", type="TXT", purpose=Purpose.MAIL)
    text = "v=spf1 include:a.example include:%{d}.b.example redirect=c.example"
    assert short(asks(ask, seen("example.org", "TXT", text))) == {
        ("a.example", "TXT"),
        ("c.example", "TXT"),
    }


@pytest.mark.parametrize(
    ("zone", "asked"),
    [("net", True), ("", True), ("gone.net", False), ("sub.gone.net", False)],
)
def test_who_registered_the_domain_of_a_name_that_does_not_exist(zone, asked):
    for kind, purpose in (("A", Purpose.HOST), ("A", Purpose.SERVICE), ("TXT", Purpose.SPF)):
        ask = Question(subject="x.sub.gone.net", type=kind, purpose=purpose)
        answer = seen("x.sub.gone.net", kind, status=Status.NXDOMAIN, zone=zone)
        assert (("gone.net", "registration") in short(asks(ask, answer))) is asked
    hint = Question(subject="x.gone.net", type="A", purpose=Purpose.HINT)
    assert asks(hint, seen("x.gone.net", "A", status=Status.NXDOMAIN)) == []


def test_spf_is_followed_as_far_as_a_receiver_reads_it():
    ask = Question(subject="example.org", type="TXT", purpose=Purpose.MAIL)
    text = "v=spf1 -include:a.example include:b.example ~all include:c.example redirect=d.example"
    assert short(asks(ask, seen("example.org", "TXT", text))) == {
        ("a.example", "TXT"),
        ("b.example", "TXT"),
    }
    assert asks(ask, seen("example.org", "TXT", "v=spf1 includ:a.example", "hello")) == []


def test_caa_climbs_only_while_there_is_none():
    ask = Question(subject="www.example.org", type="CAA", purpose=Purpose.CAA)
    assert short(asks(ask, seen("www.example.org", "CAA", status=Status.NODATA))) == {
        ("example.org", "CAA")
    }
    assert asks(ask, seen("www.example.org", "CAA", '0 issue "x"')) == []
    assert asks(ask, seen("www.example.org", "CAA", status=Status.SERVFAIL)) == []


def test_an_https_record_that_points_elsewhere_names_a_host():
    ask = Question(subject="example.org", type="HTTPS", purpose=Purpose.SERVICE)
    assert short(asks(ask, seen("example.org", "HTTPS", "0 pool.cdn.example", "1 . alpn=h2"))) == {
        ("pool.cdn.example", "A"),
        ("pool.cdn.example", "AAAA"),
    }


def test_of_an_address_that_an_https_record_hints_at_the_network_and_holder_are_asked():
    ask = Question(subject="example.org", type="HTTPS", purpose=Purpose.SERVICE)
    hint = seen("example.org", "HTTPS", "1 . alpn=h2 ipv4hint=192.0.2.1")
    assert short(asks(ask, hint)) == {("192.0.2.1", kind) for kind in ("PTR", "origin", "holder")}
    assert asks(ask, seen("example.org", "HTTPS", "1 . alpn=h2", "0 .")) == []


def test_with_a_resolver_the_zone_of_a_host_is_looked_for():
    host = Question(subject="ns1.p01.example.net", type="A", purpose=Purpose.HOST, depth=1)
    observation = seen("ns1.p01.example.net", "A", "192.0.2.1", zone="")
    assert {("example.net", "NS"), ("ns1.p01.example.net", "SOA")} <= short(
        asks(host, observation, recursive=True)
    )
    soa = Question(subject="ns1.p01.example.net", type="SOA", purpose=Purpose.ZONE, depth=1)
    enclosing = seen("p01.example.net", "SOA", "a b 1 2 3 4 5", section="authority", zone="")
    assert ("p01.example.net", "NS") in short(asks(soa, enclosing, recursive=True))
    # A server that has a zone and the one above it does not refer to it either.
    below = seen("p01.example.net", "SOA", "a b 1 2 3 4 5", section="authority")
    assert ("p01.example.net", "NS") in short(asks(soa, below, recursive=False))
    own = seen("p01.example.net", "SOA", "a b 1 2 3 4 5")
    assert ("p01.example.net", "NS") not in short(asks(soa, own, recursive=False))
