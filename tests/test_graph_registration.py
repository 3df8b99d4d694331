"""Registrations and registries: states, locks, back-ends, and what there is no registry of."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

import depgraph
from depgraph.analysis import findings, takedown
from depgraph.graph import build
from depgraph.providers import load
from depgraph.recording import Header, Recording
from depgraph.records.rdap import read_domain
from depgraph.records.whois import read_whois
from tests.graphs import DAY, delegated, edge, glue, made, out, seen

NODE = "registration:shop.com"
EARLIER = datetime(2025, 12, 20, tzinfo=UTC)


def registered(*words, subject="shop.com", **more):
    return seen(subject, "registration", "registrar-id 77", *words, source="rdap", **more)


def shipped(subject, day, *observations):
    """Build a graph with the catalogue that depgraph brings."""
    time = datetime(day.year, day.month, day.day, tzinfo=UTC)
    rows = tuple(seen(*o, time=time) for o in observations)
    graph = build(Recording(Header(subject=subject, since=day, until=day), rows), catalogue=load())
    depgraph.schema.check(graph)
    return graph


# -- states ----------------------------------------------------------------------------------


def test_the_end_of_a_registration_is_told_as_a_date():
    coming = made(registered("expires 2026-02-01T00:00:00Z"))
    assert coming.nodes[NODE]["finding"] == "expires?date=2026-02-01"
    past = made(registered("expires 2026-01-01T00:00:00Z"))
    assert past.nodes[NODE]["finding"] == "expired?date=2026-01-01"
    assert "EXPIRED on 2026-01-01" in str(depgraph.report(past))
    (found,) = [one for one in findings(past).findings if one.reason.startswith("expired")]
    assert found.urgency.value == "breaks-on-a-day"  # its name was still served
    assert takedown(past)["name"].state.value == "works"


GONE = [seen("shop.com", kind, status="nxdomain") for kind in ("A", "AAAA", "MX", "NS")]


def test_a_name_that_does_not_exist_is_nobody_s_to_stop():
    found = made(*GONE)
    name = takedown(found)["name"]
    assert (name.state.value, name.reason) == (
        "absent",
        "nonexistent?name=shop.com&reason=nxdomain&witness=one",
    )
    (finding,) = findings(found).findings
    assert (finding.reason, finding.functions) == (name.reason, ("name",))


def test_a_name_that_is_or_was_registered_may_be_kept_out_of_the_dns():
    held = made(*GONE, registered("status clientHold"))
    assert takedown(held)["name"].state.value == "fails"
    earlier = made(*GONE, registered("status active", time=EARLIER))
    assert takedown(earlier)["name"].state.value != "absent"


def test_a_registry_that_renewed_the_name_itself_lets_nothing_expire():
    found = made(registered("expires 2026-01-01T00:00:00Z", "status autoRenewPeriod"))
    assert found.nodes[NODE]["finding"] == "expires?auto=renewed&date=2026-01-01"
    assert findings(found).of("breaks-on-a-day") == ()
    (told,) = findings(found).of("worth-knowing")
    assert (told.reason, told.date) == ("expires?auto=renewed&date=2026-01-01", "")


@pytest.mark.parametrize("hour", [0, 1, 5])
def test_of_several_ends_the_last_counts(hour):
    before = registered("expires 2026-01-20T00:00:00Z")
    renewed = registered("expires 2027-01-20T00:00:00Z", time=DAY + timedelta(hours=hour))
    found = made(before, renewed)
    assert found.nodes[NODE]["expires"] == "2027-01-20T00:00:00Z"
    assert findings(found).of("breaks-on-a-day") == ()


def test_a_date_in_a_form_of_the_registry_s_own_is_kept_and_concludes_nothing():
    found = made(registered("expires before Feb-2026"))
    assert found.nodes[NODE]["expires"] == "before Feb-2026"
    assert "finding" not in found.nodes[NODE]


def test_what_closes_a_transfer_and_through_whom_the_name_was_sold():
    words = ("reseller Kiosk Ltd", "status clientTransferProhibited")
    open_ = made(registered(*words))
    assert open_.nodes[NODE]["finding"] == "reseller?name=Kiosk Ltd"
    assert "sold by Kiosk Ltd, a reseller" in str(depgraph.report(open_))
    closed = made(registered("status serverTransferProhibited"))
    assert closed.nodes[NODE]["finding"] == "transfer-closed?names=serverTransferProhibited"


def test_a_reseller_is_read_from_rdap_and_from_whois():
    card = ["vcard", [["version", {}, "text", "4.0"], ["fn", {}, "text", "Kiosk Ltd"]]]
    reseller = {"roles": ["reseller"], "vcardArray": card}
    _, values = read_domain({"objectClassName": "domain", "entities": [reseller]})
    assert "reseller Kiosk Ltd" in values
    text = "Domain Name: A.EXAMPLE\nRegistrar: Example Ltd\nReseller: Kiosk Ltd\n"
    assert "reseller Kiosk Ltd" in read_whois(text)[1]


def test_deletion_after_a_redemption_period_takes_the_name_out_of_the_zone():
    before = registered("status redemptionPeriod", time=EARLIER)
    found = made(before, registered("status pendingDelete"))
    assert found.nodes[NODE]["hold"] == "pendingDelete"
    assert takedown(found)["name"].state.value == "fails"
    alone = made(registered("status pendingDelete"))
    assert "hold" not in alone.nodes[NODE]


def test_a_name_that_is_to_be_deleted_is_about_to_break():
    found = findings(made(registered("status pendingDelete")))
    (one,) = found.of("breaks-on-a-day")
    assert (one.reason, one.label) == ("to-be-deleted", "shop.com")
    assert "name" in one.functions
    assert "is to be deleted, says its registry (pendingDelete: RFC 5731, RFC 3915)" in found.text()
    assert "doit être supprimé, selon son registre" in found.text(lang="fr")
    undone = made(registered("status pendingDelete", "status pendingRestore"))
    assert findings(undone).of("breaks-on-a-day") == ()


def test_what_nominet_says_of_a_suspended_name_reaches_the_findings():
    text = (Path(__file__).parent / "reports" / "W14-whois.txt").read_text()
    _, values = read_whois(text)
    words = [value for value in values if value.startswith(("status", "expires"))]
    found = findings(made(registered(*words)))
    assert [one.reason for one in found.of("broken-now")] == ["on-hold?names=shop.com (suspended)"]
    assert found.of("breaks-on-a-day") == ()  # it is out already
    expired = "expired?after=suspended&date=2026-01-01"
    assert expired in [one.reason for one in found.of("worth-knowing")]
    said = "EXPIRED on 2026-01-01, and by its status has left the zone already"
    assert said in " ".join(str(found).split())
    said = "EXPIRÉ le 2026-01-01, et déjà retiré de la zone selon son statut"
    assert said in " ".join(found.text(lang="fr").split())


def test_a_delegation_of_another_day_contradicts_no_status():
    other = datetime(2026, 1, 14, tzinfo=UTC)
    days = (date(2026, 1, 14), date(2026, 1, 15))
    held = registered("status serverHold")
    at_other = made(held, delegated("shop.com", "ns1.shop.com", time=other), days=days)
    assert takedown(at_other)["name"].state.value == "fails"
    same = made(held, delegated("shop.com", "ns1.shop.com"))
    assert out(same, NODE, "delegation") == ["unknown:delegation of shop.com"]
    assert takedown(same)["name"].state.value == "undetermined"


OF_COM = {"zone": "com", "server": "192.5.6.30", "flags": ("AA",)}
DENIED = seen("shop.com", "NS", status="nxdomain", **OF_COM)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (
            [registered("status active"), DENIED],
            "registered-and-denied?names=active&reason=nxdomain",
        ),
        # whatever type was asked for, and whoever says so: here a resolver
        (
            [registered("status ok"), seen("shop.com", "A", status="nxdomain")],
            "registered-and-denied?names=ok&reason=nxdomain",
        ),
        # there is a name, and no delegation
        (
            [registered("status active"), seen("shop.com", "NS", status="nodata", **OF_COM)],
            "registered-and-denied?names=active&reason=nodata",
        ),
        # a registry that tells no statuses; a lock, and what is pending, keep nothing out of a zone
        ([registered(), DENIED], "registered-and-denied?reason=nxdomain"),
        (
            [registered("status clientTransferProhibited", "status pendingDelete"), DENIED],
            "registered-and-denied?names=clientTransferProhibited, pendingDelete&reason=nxdomain",
        ),
        # what servers of the domain answer leads nobody to them
        (
            [
                *(registered("status active"), DENIED),
                seen("shop.com", "A", "192.0.2.1", zone="shop.com", server="192.0.2.53"),
            ],
            "registered-and-denied?names=active&reason=nxdomain",
        ),
    ],
)
def test_a_name_that_is_registered_and_that_the_dns_denies_works_or_not(rows, reason):
    g = made(*rows)
    assert g.nodes["unknown:delegation of shop.com"]["reason"] == reason
    found = takedown(g, level="provider")["name"]
    assert found.state.value == "undetermined"
    assert {cut.ids: cut.worst_case for cut in found.cut_sets}[()] is True


@pytest.mark.parametrize(
    "rows",
    [
        [registered("status active")],
        [registered("status active"), delegated("shop.com", "ns1.shop.com")],
        # statuses that explain it
        [registered("status serverHold"), DENIED],
        [registered("status client hold"), DENIED],
        [registered("status inactive"), DENIED],
        # nobody registered it, or nobody was asked
        [DENIED],
        [seen("shop.com", "registration", status="not-found", source="rdap"), DENIED],
        [seen("shop.com", "registration", status="timeout", source="rdap"), DENIED],
        # another server of the zone above leads to it, or has it itself
        [
            *(registered("status active"), DENIED),
            delegated("shop.com", "ns1.shop.com", server="192.5.6.31"),
        ],
        [
            *(registered("status active"), DENIED),
            seen("www.shop.com", "A", "192.0.2.1", **OF_COM | {"server": "192.5.6.31"}),
        ],
        # a look-up that failed, and an answer without authority, deny nothing
        [registered("status active"), seen("shop.com", "NS", status="servfail", **OF_COM)],
        [
            registered("status active"),
            seen("shop.com", "NS", status="nxdomain", **OF_COM | {"flags": ()}),
        ],
        # no address, no mail, and no name below are no denial of the name
        [registered("status active"), seen("shop.com", "A", status="nodata", **OF_COM)],
        [registered("status active"), seen("www.shop.com", "A", status="nxdomain", **OF_COM)],
        # of another day
        [registered("status active"), seen("shop.com", "NS", status="nxdomain", time=EARLIER)],
    ],
)
def test_what_does_not_deny_a_registered_name(rows):
    assert "unknown:delegation of shop.com" not in made(*rows)


@pytest.mark.parametrize(
    ("statuses", "locked", "effect"),
    [
        (["serverUpdateProhibited"], "suspend", None),
        (["serverDeleteProhibited"], "delete", None),
        (["serverUpdateProhibited", "serverDeleteProhibited"], "suspend,delete", "possible"),
        (["clientUpdateProhibited", "clientDeleteProhibited"], None, None),
    ],
)
def test_locks_stand_on_the_edge_to_the_registrar(statuses, locked, effect):
    found = made(registered(*(f"status {status}" for status in statuses)))
    data = edge(found, NODE, "provider:babel-names", "registrar")
    assert (data.get("locked"), data.get("effect")) == (locked, effect)
    assert data["confidence"] == "certain"  # who the registrar is, no lock makes less sure


# -- registries ------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", ["ai", "cc", "tv", "io", "me", "ac"])
def test_a_registry_that_a_company_in_the_united_states_runs_is_not_beyond_its_reach(suffix):
    name = f"shop.{suffix}"
    day = date(2026, 11, 1)
    graph = shipped(name, day, (name, "registration", "registrar-id 81", "status ok"))
    ruling = depgraph.check(graph, "independent of the US")["name"].ruling.value
    assert ruling in {"contradicted", "undetermined"}


def test_a_sponsor_orders_what_its_back_end_executes():
    graph = shipped("shop.ai", date(2026, 11, 1), ("shop.ai", "A", "192.0.2.1"))
    at = "registration:shop.ai"
    assert out(graph, at, "back-end") == ["provider:identity-digital"]
    assert edge(graph, at, "provider:anguilla-gov", "registry")["role"] == "sponsor"
    itself = shipped("shop.com", date(2026, 11, 1), ("shop.com", "A", "192.0.2.1"))
    data = edge(itself, "registration:shop.com", "provider:verisign", "registry")
    assert "role" not in data


def test_before_the_first_day_that_is_known_a_back_end_is_unknown():
    graph = shipped("shop.ai", date(2021, 2, 15), ("shop.ai", "A", "192.0.2.1"))
    unknown = graph.nodes["unknown:back-end of ai"]
    assert unknown["reason"] == "other-day"
    assert unknown["last_known_id"] == "identity-digital"
    assert unknown["last_known_time"].startswith("2026-08-08")


def test_the_rdap_host_of_the_day_says_who_runs_a_registry_where_no_row_does():
    address = "rdap https://rdap.identitydigital.services/rdap/"
    graph = shipped(
        "shop.sh", date(2021, 2, 15), ("shop.sh", "A", "192.0.2.1"), ("sh", "registry", address)
    )
    data = edge(graph, "registration:shop.sh", "provider:identity-digital", "back-end")
    assert (data["evidence"], data["confidence"]) == ("inferred", "likely")


def test_a_registry_below_another_hangs_on_a_registration_of_its_own():
    graph = shipped("shop.uk.com", date(2026, 11, 1), ("shop.uk.com", "A", "192.0.2.1"))
    at = "registration:shop.uk.com"
    assert out(graph, at, "registry") == ["provider:centralnic"]
    assert out(graph, at, "registration") == ["registration:uk.com"]
    assert out(graph, "registration:uk.com", "registry") == ["provider:verisign"]
    assert out(graph, "zone:shop.uk.com", "parent") == ["zone:uk.com"]
    assert out(graph, "zone:uk.com", "parent") == ["zone:com"]


@pytest.mark.parametrize(
    ("name", "given", "domain", "giver"),
    [
        ("me.github.io", "me.github.io", "github.io", "provider:github"),
        ("www.me.github.io", "me.github.io", "github.io", "provider:github"),
        ("shop.netlify.app", "shop.netlify.app", "netlify.app", "provider:netlify"),
        ("logs.s3.amazonaws.com", "logs.s3.amazonaws.com", "amazonaws.com", "provider:aws"),
    ],
)
def test_who_gives_names_below_a_private_suffix_can_take_them_away(name, given, domain, giver):
    graph = shipped(name, date(2026, 8, 1), (name, "A", "192.0.2.1"))
    at = f"registration:{given}"
    assert out(graph, at, "registry") == [giver]
    assert out(graph, at, "registration") == [f"registration:{domain}"]
    for function in takedown(graph, level="provider", upto=1).functions:
        alone = {one for cut in function.cut_sets for one in cut.ids if not cut.worst_case}
        assert giver in alone, function.function
    [company] = out(graph, out(graph, giver, "owner")[0], "parent") or out(graph, giver, "owner")
    told = depgraph.check(graph, f"independent of {graph.nodes[company]['label']}")
    assert {str(one.ruling) for one in told.functions} == {"contradicted"}
    assert depgraph.schema.validate(graph) == []


def test_who_gives_names_is_unknown_where_no_rule_has_the_suffix():
    graph = shipped("bob.homelinux.org", date(2026, 8, 1), ("bob.homelinux.org", "A", "192.0.2.1"))
    [unknown] = out(graph, "registration:bob.homelinux.org", "registry")
    assert graph.nodes[unknown]["of"] == "homelinux.org"
    told = depgraph.check(graph, "independent of Microsoft")
    assert {str(one.ruling) for one in told.functions} == {"undetermined"}


def test_a_suffix_itself_is_nobodys_gift():
    graph = shipped("github.io", date(2026, 8, 1), ("github.io", "A", "192.0.2.1"))
    assert out(graph, "function:github.io/name", "registration") == ["registration:github.io"]
    assert not out(graph, "registration:github.io", "registration")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("shop.local", "reserved-tld?name=local"),
        ("shop.example", "reserved-tld?name=example"),
        ("shop.qqqq", "no-such-tld?name=qqqq"),
    ],
)
def test_what_is_no_top_level_domain_has_no_registry(name, reason):
    graph = made(seen(name, "A", "192.0.2.1"), subject=name)
    top = name.rpartition(".")[2]
    assert f"provider:~{top}" not in graph
    (unknown,) = out(graph, f"registration:{name}", "registry")
    assert graph.nodes[unknown]["reason"] == reason


def test_a_top_level_domain_of_which_the_list_has_only_what_is_below_it_exists():
    graph = shipped("shop.co.za", date(2026, 11, 1), ("shop.co.za", "A", "192.0.2.1"))
    assert out(graph, "registration:shop.co.za", "registry") == ["provider:zadna"]
    assert takedown(graph)["name"].state.value != "fails"


def test_mail_for_a_host_in_no_top_level_domain_works_for_nobody():
    graph = made(seen("shop.com", "MX", "10 mail"))
    assert "provider:~mail" not in graph
    one = takedown(graph)["mail"]
    assert (one.state.value, one.cut_sets) == ("fails", ())
    assert "no-such-tld" in one.reason


def test_a_reserved_registrar_number_is_nobody_and_says_so():
    found = made(seen("shop.com", "registration", "registrar-id 9999", source="rdap"))
    (unknown,) = out(found, NODE, "registrar")
    assert found.nodes[unknown]["reason"] == "no-registrar?number=9999"


def test_a_name_registered_with_the_registry_itself_has_the_registry_for_registrar():
    day = date(2026, 8, 1)
    seen_ = ("shop.co.uk", "registration", "registered-with registry", "nameserver ns1.example.net")
    graph = shipped("shop.co.uk", day, (*seen_,))
    node = "registration:shop.co.uk"
    assert out(graph, node, "registrar") == out(graph, node, "registry") == ["provider:nominet"]


def test_outside_icann_s_contracts_an_id_counts_where_the_name_bears_it_out():
    day = date(2026, 8, 1)

    def registrar(name, *words):
        graph = shipped(name, day, (name, "registration", "status ok", *words))
        return out(graph, f"registration:{name}", "registrar")

    assert registrar("shop.com", "registrar-id 292") == ["provider:markmonitor"]
    assert registrar("shop.cx", "registrar-id 292") == ["provider:markmonitor"]  # likely
    borne_out = ("registrar-id 292", "registrar MarkMonitor International Canada Ltd.")
    assert registrar("shop.ca", *borne_out) == ["provider:markmonitor"]
    other = ("registrar-id 292", "registrar Alpha Names Pty Ltd")
    assert registrar("shop.cx", *other) == ["provider:~alpha-names"]


def test_servers_of_a_registry_are_followed_as_far_as_they_were_recorded():
    bare = made(delegated("com", "a.gtld.net", "b.gtld.net", by="."))
    assert bare.nodes["nameserver:a.gtld.net"]["left_out"] == "address"
    rows = [delegated("com", "a.gtld.net", "b.gtld.net", by=".")]
    rows += [glue(f"{n}.gtld.net", f"192.0.2.{i}", by=".") for i, n in enumerate("ab", 1)]
    routed = made(*rows, seen("192.0.2.1", "origin", "asn 64500", "prefix 192.0.2.0/24"))
    assert out(routed, "address:192.0.2.1", "prefix") == ["prefix:192.0.2.0/24"]
    (unknown,) = out(routed, "address:192.0.2.2", "prefix")
    assert routed.nodes[unknown]["reason"] == "not-asked"
    assert "block" in routed.nodes["address:192.0.2.1"]["left_out"]


# -- primaries -------------------------------------------------------------------------------


def primary(mname, *servers, resolves=True):
    rows = [delegated("shop.com", *servers)]
    for number, server in enumerate(servers, 1):
        rows += [glue(server, f"192.0.2.{number}"), seen(server, "A", f"192.0.2.{number}")]
    rows.append(seen("shop.com", "SOA", f"{mname} h.shop.com 1 7200 900 1209600 300"))
    if resolves and mname not in servers:
        rows.append(seen(mname, "A", "198.51.100.9"))
    return out(made(*rows), "zone:shop.com", "primary")


def test_a_primary_counts_where_it_is_somebody_else_s():
    two = ("ns1.golfdns.com", "ns2.golfdns.com")
    assert primary("ns0.hotel-dns.com", *two) == ["nameserver:ns0.hotel-dns.com"]
    assert primary("ns0.golfdns.com", *two) == []  # under the operator's own names
    assert primary("ns1.golfdns.com", *two) == []
    assert primary("ns0.hotel-dns.com", *two, resolves=False) == []
    both = ("ns1.golfdns.com", "ns1.hotel-dns.com")
    assert primary("ns1.golfdns.com", *both) == ["nameserver:ns1.golfdns.com"]


# -- certificates ----------------------------------------------------------------------------


def test_how_long_a_certificate_holds_and_that_browsers_insist_on_one():
    found = made(
        seen("shop.com", "A", "192.0.2.1"),
        seen("shop.com", "certificate", "issuer ca.acme.example", "not-after 2026-02-01T00:00:00Z"),
        seen("shop.com", "hsts", "max-age 31536000"),
    )
    finding = found.nodes["authorities:shop.com"]["finding"]
    assert finding == "certificate-until?date=2026-02-01; hsts"


def test_a_certificate_that_another_replaced_ends_nothing():
    def shown(day, hour, server):
        values = ("issuer ca.acme.example", f"not-after {day}T00:00:00Z")
        time = DAY + timedelta(hours=hour)
        return seen("shop.com", "certificate", *values, server=server, time=time)

    def ends(*rows):
        found = made(seen("shop.com", "A", "192.0.2.1"), *rows)
        return found.nodes["authorities:shop.com"]["finding"]

    old, new = shown("2026-01-20", 0, "192.0.2.1"), shown("2026-04-20", 3, "192.0.2.1")
    assert ends(old, new) == ends(new, old) == "certificate-until?date=2026-04-20"
    beside = shown("2026-01-20", 0, "192.0.2.2")  # another server has it still
    assert ends(old, new, beside) == "certificate-until?date=2026-01-20"
