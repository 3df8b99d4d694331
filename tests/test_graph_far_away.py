"""Domains whose name servers lie in further domains without end: some are followed, and told.

All bounds are counts.
"""

from depgraph.analysis import dependence, ways
from depgraph.analysis.model import model_of
from depgraph.analysis.roles import roles
from depgraph.analysis.verdicts import Answer
from depgraph.graph import build, faults
from depgraph.graph.answers import FOLLOWED, OF_ONE_KEY
from depgraph.graph.builder import FARTHEST
from depgraph.limits import split
from depgraph.rendering import to_text
from depgraph.reporting import report
from depgraph.schema import needed, validate
from depgraph.vocabulary import Limit, Relation
from tests.graphs import made, reported, seen


def ip(number):
    return f"{20 + (number >> 16)}.{number >> 8 & 255}.{number & 255}.7"


def chain(number, *first):
    """Give domains each of whose name server lies in the next one."""
    servers = first or ("ns.b0.com",)
    rows = [seen("shop.com", "NS", *servers), seen("shop.com", "A", ip(9999))]
    for n in range(number):
        rows.append(seen(f"b{n}.com", "NS", f"ns.b{n + 1}.com"))
        rows.append(seen(f"ns.b{n}.com", "A", ip(n)))
    return rows


def met(g, limit):
    return [one for one in split(g.graph.get("limits", "")) if one.limit is limit]


def text(found, lang="en"):
    return " ".join(to_text(found, lang=lang).split())


def test_a_chain_of_domains_is_followed_so_far_and_the_rest_is_told():
    g, longer = made(*chain(100)), made(*chain(1000))
    assert g.number_of_nodes() == longer.number_of_nodes()
    assert not validate(g)
    (one,) = met(g, Limit.DOMAINS)
    assert (one.most, one.left, one.of) == (str(FARTHEST), 1, (f"b{FARTHEST}.com",))
    assert g.nodes[f"unknown:name servers of b{FARTHEST}.com"]["reason"] == "too-far?limit=20"
    found = report(g)
    assert not found.complete
    assert f"What serves one other, b{FARTHEST}.com, is unknown." in text(found)
    assert "est inconnu" in text(found, "fr")


def test_a_chain_of_as_many_domains_as_are_followed_is_whole():
    last = seen(f"b{FARTHEST - 1}.com", "NS", "ns.shop.com")
    g = made(*chain(FARTHEST - 1), last, seen("ns.shop.com", "A", ip(1)))
    assert "limits" not in g.graph


def test_what_is_too_far_may_be_anybody():
    g = made(*chain(100))
    (one,) = (f for f in dependence(g, on="cloudflare").functions if f.function == "web")
    assert one.takedown is Answer.UNDETERMINED


def test_domains_that_hang_on_each_other_are_not_told_once_for_each(monkeypatch):
    rows = chain(60, *(f"ns.b{n}.com" for n in range(60)))
    few = roles(made(*rows))
    monkeypatch.setattr(ways, "STATES", 10**9)
    every = roles(made(*rows))
    assert not every.limits
    (one,) = few.limits
    assert (one.limit, one.of) == (Limit.WAYS, tuple(sorted(one.of)))
    assert len(few.functions["web"]) < 3_000 < len(every.functions["web"])
    # Nobody is lost, in any layer, and nobody is less needed.
    for name, several in every.functions.items():
        told = {(role.actor, role.layer, role.needed) for role in few.functions[name]}
        assert told == {(role.actor, role.layer, role.needed) for role in several}


def test_that_ways_are_told_once_is_said(monkeypatch):
    monkeypatch.setattr(ways, "STATES", 100)
    g = made(*chain(12, *(f"ns.b{n}.com" for n in range(12))))
    found = report(g)
    assert not found.complete
    assert "by more than" in text(found)
    assert "que du domaine le plus proche" in text(found, "fr")
    assert roles(model_of(g)).limits


def registered(key, number):
    values = [f"{key} {key}{n}.babel.com" for n in range(number)]
    return made(seen("shop.com", "registration", *values), seen("shop.com", "A", ip(1)))


def test_a_registration_of_thousands_of_registrars():
    g = registered("registrar", 2000)
    heads = list(g.successors("registration:shop.com"))
    assert len(heads) < OF_ONE_KEY + 10
    assert g.number_of_nodes() < 100
    assert "unknown:further records of shop.com in registration" in heads
    (one,) = met(g, Limit.RECORDS)
    assert (one.left, one.of) == (2000 - OF_ONE_KEY, ("shop.com",))


def test_a_registration_of_thousands_of_name_servers():
    g = registered("nameserver", 2000)
    servers = needed(g, "nameservers:shop.com")
    assert len(servers) == 2 * OF_ONE_KEY + 1  # each looked up, or by glue that nobody saw
    assert "unknown:further records of shop.com in registration" in servers
    assert g.number_of_nodes() < 12 * OF_ONE_KEY


def test_reports_that_name_thousands():
    most = FOLLOWED["operator"]
    g = made(
        seen("shop.com", "A", ip(1)),
        *(reported("shop.com", "host", f"Name {n:04}") for n in range(2000)),
    )
    operators = [
        head for _, head, key in g.out_edges("host:shop.com", keys=True) if key == Relation.OPERATOR
    ]
    assert len(operators) == most + 1  # and that several are named, who it is is not known
    (one,) = met(g, Limit.RECORDS)
    assert one.left == 2000 - most


def test_of_thousands_of_names_with_a_fault_only_as_many_are_looked_at_as_are_told(monkeypatch):
    asked = []
    nonexistent = faults.nonexistent
    monkeypatch.setattr(faults, "nonexistent", lambda *of: asked.append(1) or nonexistent(*of))
    rows = [seen("shop.com", "NS", "ns.x.com")]
    for n in range(3000):
        target = f"m{n:05}.b.com.shop.com"
        rows.append(seen(f"h{n}.shop.com", "MX", f"10 {target}"))
        rows.append(seen(target, "A", status="nxdomain"))
    g = made(*rows)
    (told,) = (data["finding"] for n, data in g.nodes(data=True) if n == "zone:shop.com")
    assert "m00000.b.com" in told
    assert len(asked) < 600


def test_of_thousands_of_networks_that_announce_an_address_some_are_followed():
    numbers = [f"asn {64000 + n}" for n in range(700)]
    rows = [seen("shop.com", "A", ip(1)), seen(ip(1), "origin", *numbers, "prefix 20.0.1.0/24")]
    g = made(*rows)
    assert len([n for n in g if n.startswith("asn:")]) == OF_ONE_KEY
    assert [one.left for one in met(g, Limit.RECORDS)] == [700 - OF_ONE_KEY]
    further = [n for n, data in g.nodes(data=True) if data.get("what") == "further records"]
    assert any(g.has_edge("prefix:20.0.1.0/24", n) for n in further)


def test_of_thousands_of_issuers_some_are_followed_and_the_rest_may_be_anybody():
    rows = [seen("shop.com", "A", ip(1))]
    for n in range(700):
        rows.append(
            seen("shop.com", "certificate", f"issuer X{n}", f"not-after 20{n % 90 + 10}-01-01")
        )
    g = made(*rows)
    assert [one.left for one in met(g, Limit.RECORDS)] == [700 - OF_ONE_KEY]
    further = [n for n, data in g.nodes(data=True) if data.get("what") == "further records"]
    assert any(g.has_edge("authorities:shop.com", n) for n in further)
    assert len(list(g.successors("authorities:shop.com"))) <= OF_ONE_KEY + 3


def test_many_certificates_of_few_issuers_are_all_followed():
    rows = [seen("shop.com", "A", ip(1))]
    for n in range(300):
        rows.append(
            seen("shop.com", "certificate", "issuer R3", f"not-after 20{n % 90 + 10}-01-01")
        )
    assert not met(made(*rows), Limit.RECORDS)


def networks(sales):
    """Give a service in AS1, and who sells transit to whom."""
    rows = [seen("shop.com", "A", "203.0.113.1"), seen("203.0.113.1", "origin", "asn 1")]
    return rows + [seen(f"as{one}", "upstream", *(f"asn {n}" for n in of)) for one, of in sales]


def test_networks_that_sell_transit_to_each_other_in_a_row_are_followed_so_far():
    g = made(*networks([(n, [n + 1]) for n in range(1, 200)]))
    last = f"asn:{FARTHEST + 1}"
    assert sum(n.startswith("asn:") for n in g) == FARTHEST + 1
    assert f"unknown:further records of AS{FARTHEST + 1} in upstream" in needed(g, last)
    assert not validate(g)
    (one,) = met(g, Limit.RECORDS)
    assert (one.left, one.of) == (1, (f"as{FARTHEST + 1}",))
    assert not report(g).complete


def test_of_very_many_networks_that_sell_transit_some_are_followed_and_none_is_needed():
    g = made(*networks([(1, range(2, 400))]))
    assert sum(n.startswith("asn:") for n in g) == 1 + FOLLOWED["upstream"]
    assert not [n for n in needed(g, "asn:1") if n.startswith("asn:") or "upstream" in n]
    assert [one.left for one in met(g, Limit.RECORDS)] == [398 - FOLLOWED["upstream"]]


def test_networks_that_announce_an_address_are_followed_so_far_however_they_are_written():
    numbers = " ".join(str(n) for n in range(1, 301))
    rows = [seen("shop.com", "A", "203.0.113.1")]
    g = made(*rows, seen("203.0.113.1", "origin", f"asn {numbers}", "prefix 203.0.113.0/24"))
    assert sum(n.startswith("asn:") for n in g) == OF_ONE_KEY
    assert [(one.left, one.of) for one in met(g, Limit.RECORDS)] == [
        (300 - OF_ONE_KEY, ("203.0.113.1",))
    ]
    assert not validate(g)
    assert not report(g).complete


def test_networks_of_very_many_addresses_are_followed_in_all_so_far(monkeypatch):
    monkeypatch.setattr("depgraph.graph.answers.FOLLOWED_IN_ALL", 100)
    rows = [seen("shop.com", "A", *(f"203.0.113.{n}" for n in range(60)))]
    for n in range(60):
        several = (f"asn {n * 50 + m + 1}" for m in range(50))
        rows.append(seen(f"203.0.113.{n}", "origin", f"prefix 203.0.113.{n}/32", *several))
    g = made(*rows)
    assert sum(n.startswith("asn:") for n in g) <= 100 + 60
    assert met(g, Limit.RECORDS)


def test_hosts_that_a_service_is_offered_under_are_judged_so_far():
    hosts = [f"h{n:03}.shop.com" for n in range(300)]
    g = build([seen("shop.com", "A", "203.0.113.1")], hosts=hosts, subject="shop.com")
    assert sum("/web:h" in n for n in g) == 200
    assert [(one.left, one.of) for one in met(g, Limit.RECORDS)] == [(100, tuple(hosts[200:203]))]
    assert (
        "limits"
        not in build(
            [seen("shop.com", "A", "203.0.113.1")], hosts=hosts[:200], subject="shop.com"
        ).graph
    )
