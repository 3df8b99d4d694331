"""Zones as operators hold them: exports of Route 53, Azure and Google, octoDNS, dnscontrol, Terraform."""

import json
import sys
import tarfile
from dataclasses import replace

import pytest

from depgraph.analysis import findings, takedown
from depgraph.errors import RecordingError
from depgraph.graph import build
from depgraph.observations import Status
from depgraph.readers import BadLine, detect, interval, open_any
from depgraph.readers.exports import read_export
from depgraph.readers.extent import Remark
from depgraph.reporting.brief import brief

DAY = interval("2026-08-01")
_PART = "read as a part of the zone"


def read(tmp_path, content, *, called="given", **options):
    path = tmp_path / called
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    entries = list(open_any(path, undated=DAY, **options))
    bad = [entry for entry in entries if isinstance(entry, BadLine)]
    zones = [entry for entry in entries if not isinstance(entry, BadLine)]
    # That a form is a part of a zone by what it is: test_readers_extent.
    return detect(path), zones, [line for line in bad if not line.error.startswith(_PART)]


def read_all(tmp_path, content):
    """Return all that a file gives, remarks as well."""
    (tmp_path / "given").write_text(json.dumps(content))
    return list(open_any(tmp_path / "given", undated=DAY))


def seen(zone):
    return {(o.subject, o.type): o.values for o in zone if o.type != "operator"}


# As the AWS command line reference shows the output.
ROUTE53 = {
    "ResourceRecordSets": [
        {"Name": "shop.example.", "Type": "NS", "TTL": 172800, "ResourceRecords": [{"Value": "ns-1.awsdns-01.org."}]},
        {"Name": "shop.example.", "Type": "SOA", "TTL": 900, "ResourceRecords": [{"Value": "ns-1.awsdns-01.org. h.amazon.com. 1 7200 900 1209600 86400"}]},
        {"Name": "shop.example.", "Type": "A", "AliasTarget": {"HostedZoneId": "Z2FDTNDATAQYW2", "DNSName": "d1.cloudfront.net.", "EvaluateTargetHealth": False}},
        {"Name": "\\052.shop.example.", "Type": "CNAME", "TTL": 300, "ResourceRecords": [{"Value": "shop.host.example"}]},
        {"Name": "shop.example.", "Type": "MX", "TTL": 300, "ResourceRecords": [{"Value": "10 mx.mail.example."}, {"Value": "ten mx2.mail.example."}]},
        {"Name": "shop.example.", "Type": "TXT", "TTL": 300, "ResourceRecords": [{"Value": '"v=spf1 " "-all"'}]},
    ]
}  # fmt: skip


def test_route53(tmp_path):
    form, (zone,), bad = read(tmp_path, ROUTE53)
    assert (form, zone.subject) == ("route53", "shop.example")
    assert seen(zone) == {
        ("shop.example", "NS"): ("ns-1.awsdns-01.org",),
        ("shop.example", "SOA"): ("ns-1.awsdns-01.org h.amazon.com 1 7200 900 1209600 86400",),
        ("shop.example", "alias"): ("d1.cloudfront.net",),
        ("*.shop.example", "CNAME"): ("shop.host.example",),
        ("www.shop.example", "CNAME"): ("shop.host.example",),
        ("shop.example", "MX"): (),  # one of two does not read
        ("shop.example", "TXT"): ("v=spf1 -all",),
    }
    assert [o.values for o in zone if o.type == "MX"] == [("10 mx.mail.example",), ()]
    assert [line.error.partition(":")[0] for line in bad] == ["record 5"]
    with pytest.raises(RecordingError, match="--dated"):
        list(open_any(tmp_path / "given"))


def route53(kind, name, *values, alias="", **policy):
    row = {"Name": f"{name}.", "Type": kind, **policy}
    if alias:
        return row | {"AliasTarget": {"DNSName": f"{alias}.", "EvaluateTargetHealth": True}}
    return row | {"TTL": 60, "ResourceRecords": [{"Value": value} for value in values]}


def sent(zone, name):
    """Return what whom of the clients is answered for a name, by vantage and type."""
    return {
        (o.vantage, o.type): o.values
        for o in zone
        if o.subject == name and o.type in {"A", "AAAA", "CNAME", "alias"}
    }


APEX, WWW = "shop.example", "www.shop.example"


@pytest.mark.parametrize("alias_first", [False, True])
@pytest.mark.parametrize(
    ("name", "plain", "kinds"),
    [
        (
            APEX,
            ("A", "192.0.2.1"),
            {
                ("25%:a", "A"): ("192.0.2.1",),
                ("25%:a", "AAAA"): None,
                ("75%:b", "alias"): ("d1.cloudfront.net",),
            },
        ),
        (
            WWW,
            ("CNAME", "web.host.example."),
            {
                ("25%:a", "CNAME"): ("web.host.example",),
                ("75%:b", "CNAME"): ("d1.cloudfront.net",),
            },
        ),
    ],
)
def test_an_alias_that_is_one_of_several_answers_is_not_lost(
    tmp_path, name, plain, kinds, alias_first
):
    kind, value = plain
    rows = [
        route53(kind, name, value, SetIdentifier="a", Weight=50),
        route53(kind, name, alias="d1.cloudfront.net", SetIdentifier="b", Weight=150),
    ]
    rows = rows[::-1] if alias_first else rows
    _, (zone,), (told,) = read(
        tmp_path, {"ResourceRecordSets": [*ROUTE53["ResourceRecordSets"][:2], *rows]}
    )
    assert f"'{name}' '{kind}': a routing policy chooses" in told.error
    assert sent(zone, name) == {key: values for key, values in kinds.items() if values is not None}
    graph = build(zone)
    tail = f"addresses:{name}"
    assert {data.get("vantage") for _, _, data in graph.out_edges(tail, data=True)} >= {
        "25%:a",
        "75%:b",
    }
    assert not any("searched" in str(data.get("reason")) for _, data in graph.nodes(data=True))


def test_several_aliases_of_a_name_are_all_followed(tmp_path):
    rows = [
        route53("A", APEX, alias=f"d{n}.cloudfront.net", SetIdentifier=str(n), Region=f"eu-{n}")
        for n in (1, 2)
    ]
    _, (zone,), (told,) = read(
        tmp_path, {"ResourceRecordSets": [*ROUTE53["ResourceRecordSets"][:2], *rows]}
    )
    assert told.error == (
        "'shop.example' 'A': a routing policy chooses what each client is answered (eu-1, eu-2)"
    )
    assert sent(zone, APEX) == {
        ("to:eu-1", "alias"): ("d1.cloudfront.net",),
        ("to:eu-2", "alias"): ("d2.cloudfront.net",),
    }
    graph = build(zone)
    edges = {
        head: data["vantage"] for _, head, data in graph.out_edges(f"addresses:{APEX}", data=True)
    }
    assert edges == {"host:d1.cloudfront.net": "to:eu-1", "host:d2.cloudfront.net": "to:eu-2"}


@pytest.mark.parametrize(
    ("policies", "views", "told"),
    [
        ([{"Failover": "PRIMARY"}, {"Failover": "SECONDARY"}], ["to:primary", "to:secondary"], 1),
        ([{"Region": "eu-west-1"}, {"Region": "us-east-1"}], ["to:eu-west-1", "to:us-east-1"], 1),
        ([{"GeoLocation": {"CountryCode": "FR"}}, {"GeoLocation": {"CountryCode": "*"}}], ["to:FR", "to:default"], 1),
        ([{"GeoProximityLocation": {"AWSRegion": "eu-west-3", "Bias": 1}}, {"CidrRoutingConfig": {"CollectionId": "x", "LocationName": "lan"}}], ["to:eu-west-3", "to:lan"], 1),
        ([{"Weight": 1}, {"Weight": 2}], ["33%:0", "67%:1"], 1),
        ([{"Weight": 0}, {"Weight": 0}], ["50%:0", "50%:1"], 1),
        ([{"Weight": 255}, {"Weight": 0}], [""], 1),
        ([{"MultiValueAnswer": True}, {"MultiValueAnswer": True}], ["", ""], 0),
    ],
)  # fmt: skip
def test_policies_of_route53(tmp_path, policies, views, told):
    rows = [
        route53("A", APEX, f"192.0.2.{n}", SetIdentifier=str(n), **policy)
        for n, policy in enumerate(policies)
    ]
    document = {"ResourceRecordSets": [*ROUTE53["ResourceRecordSets"][:2], *rows]}
    _, (zone,), remarks = read(tmp_path, document)
    assert len(remarks) == told
    given = {
        value: o.vantage for o in zone if (o.subject, o.type) == (APEX, "A") for value in o.values
    }
    assert given == {f"192.0.2.{n}": view for n, view in enumerate(views)}
    families = {(o.vantage, o.status.value) for o in zone if (o.subject, o.type) == (APEX, "AAAA")}
    assert families == {(view, "nodata") for view in views}


def terraform(kind, name, *values, **more):
    given = {"fqdn": name, "name": name, "type": kind, "records": list(values), "ttl": 60, **more}
    return {"mode": "managed", "type": "aws_route53_record", "instances": [{"attributes": given}]}


@pytest.mark.parametrize(
    ("policies", "views"),
    [
        ([{"weighted_routing_policy": [{"weight": 1}]}, {"weighted_routing_policy": [{"weight": 3}]}], ["25%:0", "75%:1"]),
        ([{"failover_routing_policy": [{"type": "PRIMARY"}]}, {"failover_routing_policy": [{"type": "SECONDARY"}]}], ["to:primary", "to:secondary"]),
        ([{"geolocation_routing_policy": [{"continent": "EU", "country": "", "subdivision": ""}]}, {"latency_routing_policy": [{"region": "eu-west-1"}]}], ["to:EU", "to:eu-west-1"]),
        ([{"multivalue_answer_routing_policy": True}] * 2, ["", ""]),
    ],
)  # fmt: skip
def test_policies_of_route53_in_a_state_of_terraform(tmp_path, policies, views):
    rows = [
        terraform("A", APEX, f"192.0.2.{n}", set_identifier=str(n), **policy)
        for n, policy in enumerate(policies)
    ]
    state = {"version": 4, "terraform_version": "1.9.0", "resources": rows}
    _, (zone,), _ = read(tmp_path, state)
    given = {value: o.vantage for o in zone for value in o.values if o.type == "A"}
    assert given == {f"192.0.2.{n}": view for n, view in enumerate(views)}


@pytest.mark.parametrize(
    ("policy", "views"),
    [
        ({"wrr": [{"weight": 1, "rrdatas": ["192.0.2.0"]}, {"weight": 1, "rrdatas": ["192.0.2.1"]}]}, ["50%:192.0.2.0", "50%:192.0.2.1"]),
        ({"geo": [{"location": "eu", "rrdatas": ["192.0.2.0"]}, {"location": "us", "rrdatas": ["192.0.2.1"]}]}, ["to:eu", "to:us"]),
        ({"primary_backup": [{"backup_geo": [{"location": "eu", "rrdatas": ["192.0.2.0"]}]}]}, [""]),
    ],
)  # fmt: skip
def test_policies_of_google_in_a_state_of_terraform(tmp_path, policy, views):
    given = {"name": f"{APEX}.", "type": "A", "ttl": 60, "rrdatas": [], "routing_policy": [policy]}
    row = {"mode": "managed", "type": "google_dns_record_set", "instances": [{"attributes": given}]}
    _, (zone,), _ = read(tmp_path, {"version": 4, "terraform_version": "1.9.0", "resources": [row]})
    found = {value: o.vantage for o in zone for value in o.values if o.type == "A"}
    assert found == {f"192.0.2.{n}": view for n, view in enumerate(views)}


def test_the_pools_of_octodns_that_rules_send_clients_to(tmp_path):
    pytest.importorskip("yaml")
    text = """\
'':
  type: A
  value: 192.0.2.9
  dynamic:
    pools:
      eu: {values: [{value: 192.0.2.1}], fallback: spare}
      us: {values: [{value: 192.0.2.2, weight: 1}, {value: 192.0.2.3, weight: 2}]}
      spare: {values: [{value: 192.0.2.4}]}
    rules:
      - {geos: [EU], pool: eu}
      - {pool: us}
"""
    _, (zone,), _ = read(tmp_path, text, called="shop.example.yaml")
    found = {value: o.vantage for o in zone for value in o.values if o.type == "A"}
    assert found == {
        "192.0.2.1": "to:eu",
        "192.0.2.2": "to:us 192.0.2.2",
        "192.0.2.3": "to:us 192.0.2.3",
    }


def test_no_answer_of_a_policy_is_the_spare_of_another(tmp_path):
    rows = [route53("A", APEX, f"192.0.2.{n}", SetIdentifier=str(n), Weight=1) for n in (1, 2)]
    rows.append(route53("MX", APEX, "10 mx.mail.example."))
    document = {"ResourceRecordSets": [*ROUTE53["ResourceRecordSets"][:2], *rows]}
    _, (zone,), _ = read(tmp_path, document)
    graph = build(zone)

    def alone(**how):
        (web,) = [
            one
            for one in takedown(graph, level="address", upto=1, **how).functions
            if one.function == "web"
        ]
        return {
            cut.ids[0]: [one.place for one in cut.clients]
            for cut in web.cut_sets
            if not cut.worst_case
        }

    assert alone() == {"address:192.0.2.1": ["50%:1"], "address:192.0.2.2": ["50%:2"]}
    assert alone(steering="assumed") == {}


_AZURE_A = {"id": "/dnszones/shop.example/A/@", "name": "@", "type": "Microsoft.Network/dnszones/A", "properties": {"ttl": 60, "arecords": [{"ipv4Address": "192.0.2.1"}]}}  # fmt: skip
_AZURE_SOA = {"id": "/dnszones/shop.example/SOA/@", "name": "@", "type": "Microsoft.Network/dnszones/SOA", "properties": {"soarecord": {"host": "ns.p.example", "email": "h.p.example", "serialNumber": 1, "refreshTime": 2, "retryTime": 3, "expireTime": 4, "minimumTtl": 5}}}  # fmt: skip
_GOOGLE = [{"name": "shop.example.", "type": "A", "rrdatas": ["192.0.2.1"]}, {"name": "shop.example.", "type": "SOA", "rrdatas": ["ns.p.example. h.p.example. 1 2 3 4 5"]}]  # fmt: skip
_CLOUDFLARE = [{"name": "shop.example", "type": "A", "content": "192.0.2.1", "proxied": False}, {"name": "www.shop.example", "type": "CNAME", "content": "shop.example", "proxied": False}]  # fmt: skip
_ROUTE53 = [ROUTE53["ResourceRecordSets"][1], {"Name": "shop.example.", "Type": "A", "ResourceRecords": [{"Value": "192.0.2.1"}]}]  # fmt: skip


@pytest.mark.parametrize(
    ("document", "mark"),
    [
        ({"ResourceRecordSets": _ROUTE53}, {"IsTruncated": True, "NextRecordName": "z."}),
        ({"ResourceRecordSets": _ROUTE53}, {"NextToken": "x"}),
        ({"value": [_AZURE_A, _AZURE_SOA]}, {"nextLink": "https://management.azure.com/x"}),
        ({"rrsets": _GOOGLE}, {"nextPageToken": "x"}),
        ({"success": True, "result": _CLOUDFLARE}, {"result_info": {"page": 1, "total_pages": 2}}),
        ({"success": True, "result": _CLOUDFLARE}, {"result_info": {"count": 2, "total_count": 9}}),
    ],
)
def test_a_page_of_several_denies_nothing(tmp_path, document, mark):
    whole = {"IsTruncated": False, "nextLink": None, "result_info": {"count": 2, "total_count": 2}}
    zone, *told = read_all(tmp_path, document | whole)
    assert (told, {o.status for o in zone} > {Status.ANSWER}) == ([], True)
    fault, zone = read_all(tmp_path, document | mark)
    assert {o.status for o in zone} == {Status.ANSWER}
    assert f"one page of several ({next(iter(mark))}" in fault.error or "result_info" in mark


@pytest.mark.parametrize(
    "document",
    [
        {"ResourceRecordSets": [*_ROUTE53, {"Name": "x.shop.example.", "Type": "A"}]},
        {"rrsets": [*_GOOGLE, {"name": "x.shop.example.", "type": "A", "rrdatas": [], "routingPolicy": None}]},
        [_AZURE_A, _AZURE_A | {"name": "x", "properties": {"arecords": []}}],
        {"name": "shop.example.", "rrsets": [{"name": "shop.example.", "type": "A", "records": [{"content": "192.0.2.1"}]}, {"name": "x.shop.example.", "type": "A", "records": []}]},
        [{"rrset_name": "@", "rrset_type": "A", "rrset_values": ["192.0.2.1"], "rrset_href": "/domains/shop.example/"}, {"rrset_name": "x", "rrset_type": "A", "rrset_values": [], "rrset_href": "/domains/shop.example/"}],
    ],
)  # fmt: skip
def test_a_set_without_values_is_named(tmp_path, document):
    _, (zone,), (fault,) = read(tmp_path, document)
    assert "x" in fault.error
    assert [o.status for o in zone if o.subject == "x.shop.example"] != []


def test_a_line_that_does_not_read_leaves_its_set_open(tmp_path):
    text = "$ORIGIN shop.example.\n@ SOA ns h 1 1 1 1 1\n@ NS ns.host.example.\n@ A 192.0.2.1\n@ A 192.0.2.300\n@ MX 10 mx.host.example.\n@ MX ten mx2.host.example.\n"
    _, (zone,), _ = read(tmp_path, text, called="shop.example.zone")
    graph = build(zone)
    assert "unknown:IPv4 addresses of shop.example" in graph
    assert "unknown:mail exchanges of shop.example" in graph


# As Azure's guide to DNS shows the output of `az network dns record-set list`.
def azure(kind, name, **data):
    zone = "/subscriptions/0/resourceGroups/g/providers/Microsoft.Network/dnszones/shop.example"
    return {"id": f"{zone}/{kind}/{name}", "name": name, "ttl": 3600, "type": f"Microsoft.Network/dnszones/{kind}", "etag": "x", **data}  # fmt: skip


AZURE = [
    azure("NS", "@", NSRecords=[{"nsdname": "ns1-03.azure-dns.com."}]),
    azure("SOA", "@", SOARecord={"host": "ns1-03.azure-dns.com.", "email": "azuredns-hostmaster.microsoft.com", "serialNumber": 1, "refreshTime": 3600, "retryTime": 300, "expireTime": 2419200, "minimumTtl": 300}),
    azure("A", "www", ARecords=[{"ipv4Address": "192.0.2.1"}], targetResource={"id": None}),
    azure("A", "@", targetResource={"id": "/subscriptions/0/resourceGroups/g/providers/Microsoft.Network/publicIPAddresses/ip"}),
    azure("MX", "@", MXRecords=[{"exchange": "mx.mail.example", "preference": 10}]),
    azure("TXT", "@", TXTRecords=[{"value": ["v=spf1 ", "-all"]}]),
    azure("CAA", "@", caaRecords=[{"flags": 0, "tag": "issue", "value": "ca.example"}]),
    azure("CNAME", "app", properties={"TTL": 60, "CNAMERecord": {"cname": "app.azurewebsites.net"}}),
]  # fmt: skip


def test_azure(tmp_path):
    form, (zone,), bad = read(tmp_path, AZURE)
    assert (form, zone.subject) == ("azure", "shop.example")
    assert seen(zone) == {
        ("shop.example", "NS"): ("ns1-03.azure-dns.com",),
        ("shop.example", "SOA"): ("ns1-03.azure-dns.com azuredns-hostmaster.microsoft.com 1 3600 300 2419200 300",),
        ("www.shop.example", "A"): ("192.0.2.1",),
        ("www.shop.example", "AAAA"): (),
        ("www.shop.example", "CAA"): (),
        ("shop.example", "AAAA"): (),
        ("shop.example", "MX"): ("10 mx.mail.example",),
        ("shop.example", "TXT"): ("v=spf1 -all",),
        ("shop.example", "CAA"): ('0 issue "ca.example"',),
        ("app.shop.example", "CNAME"): ("app.azurewebsites.net",),
        ("shop.example", "A"): (),
    }  # fmt: skip
    assert [str(line) for line in bad] == [
        "record 4: left out 'shop.example' 'A': an alias to a resource of Azure, not a name"
    ]
    unknown = build(zone).nodes["unknown:addresses of shop.example"]
    assert (
        unknown["reason"]
        == "question?question=A&reason=computed; question?question=AAAA&reason=nodata"
    )


def as_rest(row):
    """Return a set as Azure's REST API writes it: in properties, with letters of its own."""
    inner = {k: v for k, v in row.items() if k not in {"id", "name", "type", "etag", "ttl"}}
    inner = inner.pop("properties", {}) | inner
    if soa := inner.get("SOARecord"):
        inner["SOARecord"] = {"minimumTTL" if k == "minimumTtl" else k: v for k, v in soa.items()}
    return {k: row[k] for k in ("id", "name", "type")} | {"properties": {"TTL": row["ttl"]} | inner}


def test_azures_rest_says_the_same_as_its_command_line(tmp_path):
    _, (zone,), bad = read(tmp_path, AZURE)
    lower = json.loads(json.dumps(AZURE).replace("Records", "records").replace("Ttl", "TTL"))
    for written in ({"value": [as_rest(row) for row in AZURE]}, lower):
        _, (other,), told = read(tmp_path, written)
        assert (seen(other), told) == (seen(zone), bad)


@pytest.mark.parametrize(
    ("odd", "told"),
    [
        (azure("SOA", "@", SOARecord={"host": "n.example"}), "SOA"),
        (azure("MX", "sub", MXRecords=[{"exchange": "mx.example"}]), "MX"),
        (azure("MX", "sub", MXRecords=[5]), "MX"),
        (azure("TXT", "sub", TXTRecords=5), "int"),
        ({"name": "x"}, "type"),
        (5, "int"),
    ],
)
def test_one_set_of_azure_that_does_not_read_leaves_the_others(tmp_path, odd, told):
    _, (zone,), bad = read(tmp_path, [_AZURE_A, odd])
    assert seen(zone)["shop.example", "A"] == ("192.0.2.1",)
    assert len(bad) == 1
    assert bad[0].error.startswith("record 2: ")
    assert told in bad[0].error


GOOGLE = [
    {"kind": "dns#resourceRecordSet", "name": "shop.example.", "rrdatas": ["ns-cloud-a1.googledomains.com."], "signatureRrdatas": [], "ttl": 21600, "type": "NS"},
    {"kind": "dns#resourceRecordSet", "name": "shop.example.", "rrdatas": ["ns-cloud-a1.googledomains.com. cloud-dns-hostmaster.google.com. 1 21600 3600 259200 300"], "ttl": 21600, "type": "SOA"},
    {"kind": "dns#resourceRecordSet", "name": "www.shop.example.", "rrdatas": ["192.0.2.1", "192.0.2.2"], "ttl": 300, "type": "A"},
    {"kind": "dns#resourceRecordSet", "name": "geo.shop.example.", "rrdatas": [], "routingPolicy": {}, "ttl": 300, "type": "A"},
]  # fmt: skip
GOOGLE_YAML = """\
---
kind: dns#resourceRecordSet
name: shop.example.
rrdatas:
- ns-cloud-a1.googledomains.com.
ttl: 21600
type: NS
---
kind: dns#resourceRecordSet
name: no.shop.example.
rrdatas:
- 192.0.2.1
ttl: 300
type: A
"""


def test_azures_rest_and_what_only_its_own_network_sees(tmp_path):
    private = _AZURE_A | {"type": "Microsoft.Network/privateDnsZones/A", "name": "db"}
    form, (zone,), (fault,) = read(tmp_path, {"value": [_AZURE_A, private]})
    assert (form, seen(zone)) == ("azure", {("shop.example", "A"): ("192.0.2.1",)})
    assert "private zone" in fault.error
    with pytest.raises(RecordingError, match="private zone"):
        read(tmp_path, {"value": [private]})


def test_google(tmp_path):
    for document in (GOOGLE, {"rrsets": GOOGLE}):
        form, (zone,), bad = read(tmp_path, document)
        assert (form, zone.subject) == ("google", "shop.example")
        assert seen(zone)["www.shop.example", "A"] == ("192.0.2.1", "192.0.2.2")
        assert "routing policy" in bad[0].error
        assert seen(zone)["geo.shop.example", "A"] == ()
    form, (zone,), bad = read(tmp_path, GOOGLE_YAML)
    assert (form, zone.subject, bad) == ("google-yaml", "shop.example", [])
    assert seen(zone)["no.shop.example", "A"] == ("192.0.2.1",)


@pytest.mark.parametrize(
    ("policy", "views"),
    [
        ({"geo": {"items": [{"location": "eu", "rrdatas": ["192.0.2.3"]}, {"location": "us", "rrdatas": ["192.0.2.4"]}]}}, ["to:eu", "to:us"]),
        ({"wrr": {"items": [{"weight": 1.0, "rrdatas": ["192.0.2.3"]}, {"weight": 3.0, "rrdatas": ["192.0.2.4"]}]}}, ["25%:192.0.2.3", "75%:192.0.2.4"]),
        ({"wrr": {"items": [{"healthCheckedTargets": {"internalLoadBalancers": [{}]}}]}}, None),
        ({"primaryBackup": {"primaryTargets": {}, "backupGeoTargets": {"items": [{"rrdatas": ["192.0.2.3"]}]}}}, None),
    ],
)  # fmt: skip
def test_what_a_policy_of_google_chooses_between_is_kept_and_opens_no_other_name(
    tmp_path, policy, views
):
    rows = [*GOOGLE[:3], GOOGLE[3] | {"routingPolicy": policy}]
    _, (zone,), (fault,) = read(tmp_path, rows)
    assert "routing policy" in fault.error
    given = [o for o in zone if o.subject == "geo.shop.example" and o.type == "A"]
    if views is None:
        assert {o.status for o in given} >= {Status.NOT_FOUND_IN_SOURCES}
    else:
        assert [(o.vantage, *o.values) for o in given] == [
            (view, f"192.0.2.{n}") for n, view in enumerate(views, start=3)
        ]
    (mail,) = [o.status for o in zone if (o.subject, o.type) == ("shop.example", "MX")]
    assert mail is Status.NODATA


# As octoDNS's documents show a zone file.
OCTODNS = """\
---
'':
  - type: A
    values: [192.0.2.10]
    octodns:
      cloudflare:
        proxied: true
  - type: MX
    values:
      - {exchange: mx.mail.example., preference: 10}
      - {value: mx2.mail.example., priority: 20}
  - type: TXT
    value: v=DMARC1\\; p=none
  - type: CAA
    value: {flags: 0, tag: issue, value: ca.example}
no:
  type: CNAME
  ttl: 60
  value: shop.host.example.
_sip._tcp:
  type: SRV
  value: {priority: 1, weight: 2, port: 5060, target: sip.shop.example.}
old:
  type: URLFWD
  value: x
"""


def test_octodns(tmp_path):
    form, (zone,), bad = read(tmp_path, OCTODNS, called="shop.example.yaml")
    assert (form, zone.subject) == ("octodns", "shop.example")
    assert seen(zone) == {
        ("shop.example", "behind-front"): ("192.0.2.10",),
        ("shop.example", "MX"): ("10 mx.mail.example", "20 mx2.mail.example"),
        ("shop.example", "TXT"): ("v=DMARC1; p=none",),
        ("shop.example", "CAA"): ('0 issue "ca.example"',),
        ("no.shop.example", "CNAME"): ("shop.host.example",),
        ("_sip._tcp.shop.example", "SRV"): ("1 2 5060 sip.shop.example",),
        ("www.shop.example", "A"): (),  # the file is all of the zone, and has no such name
    }
    assert "'URLFWD'" in bad[0].error


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: &x [1]\nb:\n  type: A\n  value: *x\n", "aliases"),
        ("a:\n  type: A\n  value: 192.0.2.1\na:\n  type: A\n", "stands twice"),
        ("a:\n  type: A\n  value: [\n", "flow"),
        ("a:\n  type: A\n  value: !!python/object:os.system x\n", "python/object"),
        ("- type: A\n", "no mapping"),
        ("a:\n  type: MX\n  value: {exchange: x}\n", "fields of MX"),
    ],
)
def test_yaml_that_is_none_of_octodns(tmp_path, text, fault):
    with pytest.raises(RecordingError, match=fault):
        read(tmp_path, text, called="shop.example.yaml")


BAD_ROWS = {
    "route53": [{}, "x", None, {"Name": "b.shop.example.", "Type": "A", "ResourceRecords": "x"}],
    "google": [{}, "x", None, {"name": "b", "type": "A", "rrdatas": 5}, {"routingPolicy": "x"}],
    "cloudflare": [{}, "x", None],
    "powerdns": [{}, "x", None, {"name": "b.shop.example.", "type": "A", "records": [5]}],
    "dnscontrol": [{}, "x", None],
    "azure": [{}, "x", None],
    "octodns": [5, None, [5]],
}


def with_row(form, bad):
    """Give a document of a form with a record set of www.shop.example and a row that is none."""
    if form == "route53":
        good = {"Name": "www.shop.example.", "Type": "A", "ResourceRecords": [{"Value": WWW}]}
        return {"ResourceRecordSets": [good, bad]}
    if form == "google":
        return [{"name": "www.shop.example.", "type": "A", "rrdatas": [WWW]}, bad]
    if form == "cloudflare":
        return {
            "result": [{"name": "www.shop.example", "type": "A", "content": WWW, "ttl": 60}, bad]
        }
    if form == "powerdns":
        good = {"name": "www.shop.example.", "type": "A", "ttl": 60, "records": [{"content": WWW}]}
        return {"name": "shop.example.", "kind": "Native", "rrsets": [good, bad]}
    if form == "dnscontrol":
        good = {"type": "A", "name": "www", "target": WWW, "ttl": 60}
        return {"domains": [{"name": "shop.example", "records": [good, bad]}]}
    if form == "azure":
        good = {
            "name": "www",
            "type": "Microsoft.Network/dnszones/A",
            "ARecords": [{"ipv4Address": WWW}],
        }
        return [good, bad]
    return {"www": {"type": "A", "value": WWW}, "b": bad}


WWW = "192.0.2.1"


@pytest.mark.parametrize(
    ("form", "bad"), [(form, bad) for form, several in BAD_ROWS.items() for bad in several]
)
def test_one_row_that_is_none_is_told_and_the_rest_is_read(tmp_path, form, bad):
    path = tmp_path / "shop.example.yaml"
    path.write_text(json.dumps(with_row(form, bad)))  # which is YAML too
    (zone,) = read_export(path, form, origin="shop.example")
    assert zone.sets["www.shop.example"]["A"][1] == (WWW,)
    (fault,) = (line for line in zone.faults if not isinstance(line, Remark))
    assert "record 2: expected" in fault.error
    assert not zone.whole


def test_yaml_needs_its_extra(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "yaml", None)
    with pytest.raises(RecordingError, match="-m pip install pyyaml"):
        read(tmp_path, OCTODNS, called="shop.example.yaml")


# As dnscontrol's tests show what `print-ir` writes.
DNSCONTROL = {
    "registrars": [{"name": "none", "type": "NONE"}],
    "dns_providers": [{"name": "cf", "type": "CLOUDFLAREAPI"}],
    "domains": [
        {
            "name": "shop.example",
            "registrar": "none",
            "dnsProviders": {"cf": -1},
            "records": [
                {"type": "A", "name": "@", "target": "192.0.2.10", "meta": {"cloudflare_proxy": "on"}},
                {"type": "CNAME", "name": "www", "target": "@", "meta": {"cloudflare_proxy": "on"}},
                {"type": "MX", "name": "@", "mxpreference": 15, "target": "mx.mail.example.", "ttl": 300},
                {"type": "TXT", "name": "@", "target": "v=spf1 -all"},
                {"type": "R53_ALIAS", "name": "lb", "r53_alias": {"type": "A"}, "target": "lb.aws.example."},
                {"type": "CAA", "name": "@", "caatag": "issue", "target": "ca.example"},
                {"type": "CF_REDIRECT", "name": "@", "target": "a,b"},
            ],
        },
        {"name": "other.example", "registrar": "none", "dnsProviders": {}, "records": [{"type": "A", "name": "@", "target": "192.0.2.11"}]},
    ],
}  # fmt: skip


def test_dnscontrol(tmp_path):
    form, (other, shop), bad = read(tmp_path, DNSCONTROL)
    assert (form, other.subject, shop.subject) == ("dnscontrol", "other.example", "shop.example")
    assert seen(shop) == {
        ("shop.example", "behind-front"): ("192.0.2.10",),
        ("www.shop.example", "behind-front"): ("192.0.2.10",),
        ("shop.example", "MX"): ("15 mx.mail.example",),
        ("shop.example", "TXT"): ("v=spf1 -all",),
        ("lb.shop.example", "alias"): ("lb.aws.example",),
        ("shop.example", "CAA"): (),  # Cloudflare has others besides
    }
    assert "'CF_REDIRECT'" in bad[0].error
    graph = build(shop)
    served = [v for u, v in graph.edges("nameservers:shop.example") if v.startswith("provider:")]
    assert served == ["provider:cloudflare"]


def dnscontrol(*names):
    domains = [
        {"name": name, "records": [{"type": "A", "name": "@", "target": f"192.0.2.{number}"}]}
        for number, name in enumerate(["last.example", *names])
    ]
    return {"registrars": [], "dns_providers": [], "domains": domains}


@pytest.mark.parametrize(
    ("names", "addresses", "told"),
    [
        (["shop.example!"], ("192.0.2.1",), []),
        (["shop.example!internal"], ("192.0.2.1",), ["one view of"]),
        (["shop.example!internal", "shop.example"], ("192.0.2.2",), ["one view of"]),
        (["shop.example!a", "shop.example!b"], None, ["one of several views", "one of several views"]),
    ],
)  # fmt: skip
def test_views_of_a_domain_in_dnscontrol(tmp_path, names, addresses, told):
    _, zones, bad = read(tmp_path, dnscontrol(*names))
    found = {
        name: values for zone in zones for (name, kind), values in seen(zone).items() if kind == "A"
    }
    assert found.get("shop.example") == addresses
    assert [words in line.error for words, line in zip(told, bad, strict=True)] == [True] * len(
        told
    )


def resource(of_type, provider="aws", mode="managed", **attributes):
    return {"mode": mode, "type": of_type, "name": "x", "provider": f'provider["registry.terraform.io/hashicorp/{provider}"]', "instances": [{"schema_version": 2, "attributes": attributes}]}  # fmt: skip


TERRAFORM = {
    "version": 4,
    "terraform_version": "1.9.0",
    "lineage": "x",
    "resources": [
        resource("aws_route53_zone", name="shop.example", zone_id="Z1", id="Z1"),
        resource("aws_route53_record", zone_id="Z1", name="www", fqdn="www.shop.example", type="A", alias=[{"name": "d1.cloudfront.net", "zone_id": "Z2", "evaluate_target_health": False}], records=None, ttl=None),
        resource("aws_route53_record", zone_id="Z1", name="shop.example", fqdn="shop.example", type="MX", alias=[], records=["10 mx.mail.example"], ttl=300),
        resource("aws_route53_record", zone_id="Z1", name="shop.example", fqdn="shop.example", type="TXT", alias=[], records=["v=spf1 -all"], ttl=300),
        resource("cloudflare_zone", "cloudflare", zone="other.example", id="abc"),
        resource("cloudflare_record", "cloudflare", zone_id="abc", name="app", hostname="app.other.example", type="A", value="192.0.2.10", proxied=True, ttl=1),
        resource("cloudflare_dns_record", "cloudflare", zone_id="abc", name="other.example", type="MX", content="mx.mail.example", priority=5, ttl=1),
        resource("google_dns_managed_zone", "google", dns_name="third.example.", name="third", id="projects/p/managedZones/third"),
        resource("google_dns_record_set", "google", managed_zone="third", name="third.example.", type="A", rrdatas=["192.0.2.3"], ttl=60),
        resource("azurerm_dns_mx_record", "azurerm", name="@", zone_name="fourth.example", record=[{"preference": "10", "exchange": "mx.mail.example"}], ttl=60),
        resource("azurerm_dns_cname_record", "azurerm", name="www", zone_name="fourth.example", record="w.azurewebsites.net", ttl=60),
        resource("ovh_dns_record", "ovh", name="x"),
        resource("aws_route53_record", mode="data", name="y"),
        resource("aws_instance", public_ip="192.0.2.77"),
    ],
}  # fmt: skip


def test_terraform(tmp_path):
    form, zones, bad = read(tmp_path, TERRAFORM)
    assert form == "terraform"
    assert {zone.subject: seen(zone) for zone in zones} == {
        "shop.example": {
            ("www.shop.example", "alias"): ("d1.cloudfront.net",),
            ("shop.example", "MX"): ("10 mx.mail.example",),
            ("shop.example", "TXT"): ("v=spf1 -all",),
        },
        "other.example": {
            ("app.other.example", "behind-front"): ("192.0.2.10",),
            ("other.example", "MX"): ("5 mx.mail.example",),
        },
        "third.example": {("third.example", "A"): ("192.0.2.3",)},
        "fourth.example": {
            ("fourth.example", "MX"): ("10 mx.mail.example",),
            ("www.fourth.example", "CNAME"): ("w.azurewebsites.net",),
        },
    }
    assert ["ovh_dns_record" in line.error for line in bad] == [True]
    names = {
        zone.subject: o.first("name") for zone in zones for o in zone if o.first("role") == "dns"
    }
    assert names == {
        "shop.example": "Amazon Web Services",
        "other.example": "Cloudflare",
        "third.example": "Google Cloud",
        "fourth.example": "Microsoft Azure",
    }


def test_of_several_providers_of_a_zone_none_is_its_dns_operator(tmp_path):
    rows = [
        resource("cloudflare_record", "cloudflare", zone_id="z", hostname="shop.example", name="shop.example", type="A", value="192.0.2.10", ttl=1),
        resource("aws_route53_record", zone_id="Z", fqdn="www.shop.example", name="www", type="A", records=["192.0.2.20"], ttl=300),
        resource("aws_route53_record", zone_id="Z", name="y"),
    ]  # fmt: skip
    for order in (rows, rows[::-1]):
        _, (zone,), bad = read(tmp_path, TERRAFORM | {"resources": order})
        assert not [o for o in zone if o.type == "operator"]
        assert [line.error for line in bad if line.number == 0 and "who serves" in line.error] == [
            "who serves 'shop.example' is not read: its providers are 'Amazon Web Services', 'Cloudflare'"
        ]
        assert len(bad) == 2  # and the one that says no type


# As the document of each provider shows its records.
@pytest.mark.parametrize(
    ("resources", "expected"),
    [
        ([("ovh_domain_zone_record", {"zone": "shop.example", "subdomain": "", "fieldtype": "A", "target": "192.0.2.1"})], {("shop.example", "A"): ("192.0.2.1",)}),
        ([("gandi_livedns_record", {"zone": "shop.example", "name": "www", "type": "CNAME", "ttl": 300, "values": ["web"]})], {("www.shop.example", "CNAME"): ("web.shop.example",)}),
        ([("hetznerdns_zone", {"id": "z1", "name": "shop.example"}), ("hetznerdns_record", {"zone_id": "z1", "name": "@", "type": "MX", "value": "10 mx.mail.example."})], {("shop.example", "MX"): ("10 mx.mail.example",)}),
        ([("hcloud_zone_rrset", {"zone": "shop.example", "name": "@", "type": "A", "records": [{"value": "192.0.2.1"}, {"value": "192.0.2.2"}]})], {("shop.example", "A"): ("192.0.2.1", "192.0.2.2")}),
        ([("dnsimple_zone_record", {"zone_name": "shop.example", "name": "", "type": "MX", "value": "mx.mail.example", "priority": 10, "ttl": "3600"})], {("shop.example", "MX"): ("10 mx.mail.example",)}),
        ([("linode_domain", {"id": 7, "domain": "shop.example"}), ("linode_domain_record", {"domain_id": 7, "name": "_x._tcp", "record_type": "SRV", "target": "x.shop.example", "priority": 1, "weight": 2, "port": 3})], {("_x._tcp.shop.example", "SRV"): ("1 2 3 x.shop.example",)}),
        ([("vultr_dns_record", {"domain": "shop.example", "name": "www", "type": "A", "data": "192.0.2.1", "priority": 0})], {("www.shop.example", "A"): ("192.0.2.1",)}),
        ([("scaleway_domain_record", {"dns_zone": "shop.example", "name": "", "type": "MX", "data": "mx.mail.example.", "priority": 10})], {("shop.example", "MX"): ("10 mx.mail.example",)}),
        ([("inwx_nameserver_record", {"domain": "shop.example", "name": "", "type": "MX", "content": "mx.mail.example", "prio": 5})], {("shop.example", "MX"): ("5 mx.mail.example",)}),
        ([("ns1_record", {"zone": "shop.example", "domain": "www.shop.example", "type": "A", "answers": [{"answer": "192.0.2.1"}], "filters": []})], {("www.shop.example", "A"): ("192.0.2.1",)}),
        ([("digitalocean_record", {"domain": "shop.example", "name": "@", "type": "CAA", "value": "ca.example.", "flags": 0, "tag": "issue"}), ("digitalocean_record", {"domain": "shop.example", "name": "www", "fqdn": "www.shop.example", "type": "CNAME", "value": "@"})], {("shop.example", "CAA"): ('0 issue "ca.example."',), ("www.shop.example", "CNAME"): ("shop.example",)}),
        ([("aws_route53_zone", {"name": "shop.example", "zone_id": "Z1", "name_servers": ["ns-1.awsdns-01.org"]})], {("shop.example", "NS"): ("ns-1.awsdns-01.org",)}),
        ([("aws_route53_zone", {"name": "shop.example", "zone_id": "Z1", "name_servers": ["a.p.example"]}), ("aws_route53_record", {"zone_id": "Z1", "fqdn": "shop.example", "name": "", "type": "NS", "records": ["b.p.example"]})], {("shop.example", "NS"): ("b.p.example",)}),
    ],
)  # fmt: skip
def test_records_of_many_providers_in_a_state(tmp_path, resources, expected):
    state = {"version": 4, "lineage": "x", "resources": [resource(t, **a) for t, a in resources]}
    _, (zone,), bad = read(tmp_path, state)
    assert (seen(zone), bad) == (expected, [])


@pytest.mark.parametrize(
    ("of_type", "attributes", "named"),
    [
        ("acme_dns_record", {"type": "A", "content": "192.0.2.1"}, True),
        ("acme_rrset", {"rtype": "MX", "items": []}, True),
        ("acme_dns", {"record_type": "CNAME"}, True),
        ("acme_audit_record", {"type": "login"}, False),
        ("acme_instance", {"type": "a1.large"}, False),
    ],
)
def test_a_resource_that_looks_like_a_record_is_named(tmp_path, of_type, attributes, named):
    known = resource("google_dns_record_set", name="shop.example.", type="A", rrdatas=["192.0.2.1"])
    state = {"lineage": "x", "resources": [known, resource(of_type, **attributes)]}
    _, _, bad = read(tmp_path, state)
    assert [of_type in line.error for line in bad] == [True] * named


def test_what_the_public_does_not_see_of_a_state(tmp_path):
    state = {
        "lineage": "x",
        "resources": [
            resource("aws_route53_zone", name="in.example", zone_id="Z1", name_servers=["a.example"], vpc=[{"vpc_id": "v"}]),
            resource("aws_route53_record", zone_id="Z1", fqdn="db.in.example", name="db", type="A", records=["10.0.0.1"]),
            resource("hetznerdns_record", zone_id="gone", name="www", type="A", value="192.0.2.1"),
            resource("ovh_domain_zone_record", zone="shop.example", subdomain="www", fieldtype="A", target="192.0.2.1"),
        ],
    }  # fmt: skip
    _, (zone,), bad = read(tmp_path, state)
    assert seen(zone) == {("www.shop.example", "A"): ("192.0.2.1",)}
    assert ["private zone" in line.error for line in bad] == [True, False]
    assert "--origin" in bad[1].error


@pytest.mark.parametrize(
    "document",
    [
        {"ResourceRecordSets": 5},
        {"ResourceRecordSets": [{"Name": "x"}]},
        {"ResourceRecordSets": []},
        [{"type": "Microsoft.Network/dnszones/A", "arecords": 5, "name": "x"}],
        {"rrsets": 5},
        {"domains": [5], "registrars": []},
        {"resources": [{"type": "aws_route53_record", "instances": [{}]}], "lineage": "x"},
    ],
)
def test_what_is_not_as_documented_is_refused_in_a_line(tmp_path, document):
    with pytest.raises(RecordingError) as caught:
        read(tmp_path, document)
    assert str(caught.value).isprintable()


# As the documents of each API show an answer; names and addresses are reserved ones.
CLOUDFLARE = {
    "success": True, "errors": [], "messages": [],
    "result": [
        {"id": "1", "name": "shop.example", "type": "A", "content": "192.0.2.10", "proxiable": True, "proxied": True, "ttl": 1},
        {"id": "2", "name": "shop.example", "type": "MX", "content": "mx.mail.example", "priority": 10, "proxied": False, "ttl": 300},
        {"id": "3", "name": "shop.example", "type": "TXT", "content": "v=spf1 -all", "proxied": False, "ttl": 300},
        {"id": "4", "name": "x.shop.example", "type": "A", "content": "192.0.2.300", "proxied": False, "ttl": 300},
    ],
}  # fmt: skip
GANDI = [
    {"rrset_name": "@", "rrset_type": "A", "rrset_ttl": 300, "rrset_values": ["192.0.2.10"], "rrset_href": "https://api.gandi.net/v5/livedns/domains/shop.example/records/%40/A"},
    {"rrset_name": "www", "rrset_type": "CNAME", "rrset_ttl": 300, "rrset_values": ["web"], "rrset_href": "https://api.gandi.net/v5/livedns/domains/shop.example/records/www/CNAME"},
    {"rrset_name": "@", "rrset_type": "MX", "rrset_ttl": 300, "rrset_values": ["10 mx.mail.example."], "rrset_href": "https://api.gandi.net/v5/livedns/domains/shop.example/records/%40/MX"},
]  # fmt: skip
POWERDNS = {
    "id": "shop.example.", "name": "shop.example.", "type": "Zone", "kind": "Native",
    "rrsets": [
        {"name": "shop.example.", "type": "NS", "ttl": 300, "comments": [], "records": [{"content": "ns1.host.example.", "disabled": False}, {"content": "ns2.host.example.", "disabled": True}]},
        {"name": "www.shop.example.", "type": "A", "ttl": 300, "records": [{"content": "192.0.2.10", "disabled": False}]},
    ],
}  # fmt: skip


def test_the_records_of_cloudflares_api(tmp_path):
    for given in (CLOUDFLARE, CLOUDFLARE["result"]):
        form, (zone,), bad = read(tmp_path, given)
        assert (form, zone.subject) == ("cloudflare", "shop.example")
        found = seen(zone)
        assert found["shop.example", "MX"] == ("10 mx.mail.example",)
        assert found["shop.example", "TXT"] == ("v=spf1 -all",)
        assert [line.error.partition(":")[0] for line in bad] == ["record 4"]
        graph = build(zone)
        assert graph.has_node("front:cloudflare/shop.example")
        assert graph.has_node("addresses:shop.example/origin")


def test_the_records_of_gandis_api(tmp_path):
    form, (zone,), bad = read(tmp_path, GANDI)
    assert (form, zone.subject, bad) == ("gandi", "shop.example", [])
    assert seen(zone) == {
        ("shop.example", "A"): ("192.0.2.10",),
        ("shop.example", "MX"): ("10 mx.mail.example",),
        ("www.shop.example", "CNAME"): ("web.shop.example",),
    }
    assert build(zone).has_node("provider:gandi")
    nameless = [{key: row[key] for key in row if key != "rrset_href"} for row in GANDI]
    with pytest.raises(RecordingError, match="--origin"):
        read(tmp_path, nameless)
    _, (zone,), _ = read(tmp_path, nameless, origin="shop.example")
    assert seen(zone)["shop.example", "A"] == ("192.0.2.10",)


def test_a_zone_of_powerdns_without_what_is_disabled(tmp_path):
    form, (zone,), bad = read(tmp_path, POWERDNS)
    assert (form, zone.subject, bad) == ("powerdns", "shop.example", [])
    assert seen(zone) == {
        ("shop.example", "NS"): ("ns1.host.example",),
        ("www.shop.example", "A"): ("192.0.2.10",),
    }


WHOIS = """\
Domain Name: SHOP-A.COM
Registrar: GoDaddy.com, LLC
Registrar IANA ID: 146
Name Server: NS1.SHOP-B.NET
>>> Last update of whois database: 2026-07-30T10:00:00Z <<<

A notice with a sentence in it.
"""
RDAP = {
    "objectClassName": "domain", "ldhName": "SHOP-A.COM",
    "entities": [{"objectClassName": "entity", "roles": ["registrar"], "publicIds": [{"type": "IANA Registrar ID", "identifier": "146"}]}],
    "nameservers": [{"objectClassName": "nameserver", "ldhName": "NS1.SHOP-B.NET"}],
    "events": [{"eventAction": "last update of RDAP database", "eventDate": "2026-07-30T10:00:00Z"}],
}  # fmt: skip


@pytest.mark.parametrize(("content", "form"), [(WHOIS, "whois"), (RDAP, "rdap")])
def test_a_saved_answer_of_a_registry(tmp_path, content, form):
    found, (recording,), bad = read(tmp_path, content)
    assert (found, recording.subject, bad) == (form, "shop-a.com", [])
    (answer,) = recording
    assert (answer.type, answer.source) == ("registration", form)
    assert {"registrar-id 146", "nameserver ns1.shop-b.net"} <= set(answer.values)
    assert answer.time.date().isoformat() == "2026-07-30", "it says its day itself"


NO_SUCH = {"errorCode": 404, "title": "Not Found"}
NO_SERVER = "No registry RDAP server was identified for this domain."


@pytest.mark.parametrize(
    ("more", "asked", "missing"),
    [
        ({"description": ["The domain shop-a.com was not found"]}, "", "shop-a.com"),
        ({"errorCode": "404", "title": "SHOP-A.COM not found"}, "shop-b.com", "shop-a.com"),
        ({"links": [{"value": "https://rdap.nic.fr/domain/shop-a.fr"}]}, "", "shop-a.fr"),
        ({}, "www.shop-a.com", "shop-a.com"),
        ({}, "", None),
        ({"description": [NO_SERVER]}, "shop-a.com", None),
        ({"description": "ns1.shop-a.com: no such nameserver"}, "shop-a.com", None),
        ({"description": ["neither shop-a.com nor shop-b.com"]}, "shop-a.com", None),
    ],
)
def test_what_an_rdap_server_has_not_is_not_registered(tmp_path, more, asked, missing):
    (tmp_path / "given").write_text(json.dumps(NO_SUCH | more))
    given = {"undated": interval("2026-08-01"), "name": asked}
    (found,) = open_any(tmp_path / "given", **given)
    if missing is None:
        assert "give it (--name)" in found.error
        return
    (answer,) = found
    assert (found.subject, answer.type, answer.status) == (missing, "registration", "not-found")
    assert brief(build(found)).unregistered


GLUE = {"v4": ["192.0.2.53", "x", None], "v6": "2001:DB8::53"}


def test_the_addresses_of_servers_that_a_registry_lists_are_its_glue(tmp_path):
    names = ("ns1.shop-a.com", "ns2.shop-a.com", "ns.shop-b.com", "ns.shop-c.net")
    servers = [{"ldhName": name, "ipAddresses": GLUE} for name in names]
    _, (recording,), _ = read(tmp_path, RDAP | {"nameservers": servers})
    glue = {
        (o.subject, o.type): o.values
        for o in recording
        if (o.section, o.source) == ("additional", "rdap")
    }
    assert glue == {
        (name, kind): (value,)
        for name in names[:3]  # of a name in another zone a registry has none
        for kind, value in (("A", "192.0.2.53"), ("AAAA", "2001:db8::53"))
    }
    same = [{"ldhName": name, "ipAddresses": {"v4": ["192.0.2.53"]}} for name in names[:2]]
    _, (recording,), _ = read(tmp_path, RDAP | {"nameservers": same})
    assert "all its name servers are at one address, 192.0.2.53" in str(findings(build(recording)))


def test_what_a_registry_lists_is_no_glue_beside_a_delegation_that_was_seen(tmp_path):
    server = {"ldhName": "ns1.shop-a.com", "ipAddresses": GLUE}
    _, (recording,), _ = read(tmp_path, RDAP | {"nameservers": [server]})
    (registration, *_) = recording
    seen_at = {"server": "192.5.6.30", "zone": "com", "source": "dns", "section": "authority"}
    delegation = replace(registration, type="NS", values=("ns1.shop-a.com",), **seen_at)
    sent = {"subject": "ns1.shop-a.com", "type": "A", "values": ("198.51.100.53",)}
    glue = replace(delegation, **sent, section="additional")
    graph = build(replace(recording, observations=(*recording, delegation, glue)))
    needed = {
        head
        for _, head, data in graph.out_edges("addresses:ns1.shop-a.com", data=True)
        if data["strength"] == "needs"
    }
    assert needed == {"address:198.51.100.53"}


@pytest.mark.parametrize(
    ("content", "day"),
    [
        (WHOIS.replace(">>> Last", "Last seen"), "2026-08-01"),
        (
            "Domain name:\n    shop-a.co.uk\n\n    Registrar:\n        Example Ltd [Tag = X]\n",
            "2026-08-01",
        ),
    ],
)
def test_a_saved_answer_without_its_day_takes_the_given_one(tmp_path, content, day):
    form, (recording,), _ = read(tmp_path, content.replace("update of whois", "of"))
    assert form == "whois"
    assert recording.observations[0].time.date().isoformat() == day
    with pytest.raises(RecordingError, match="--dated"):
        list(open_any(tmp_path / "given"))


def test_the_registry_of_uk_says_the_day_in_its_own_words(tmp_path):
    own = "Domain name:\n    shop-a.co.uk\n\n    Registrar:\n        Example Ltd [Tag = X]\n"
    _, (recording,), _ = read(tmp_path, own + "\n    WHOIS lookup made at 10:00:00 30-Jul-2026\n")
    assert recording.observations[0].time.date().isoformat() == "2026-07-30"


@pytest.mark.parametrize(
    "said",
    [
        'No match for "SHOP-A.COM".',
        "No match for domain shop-a.com",
        "Domain not found: shop-a.com.",
        "% No entries found for shop-a.com",
        "shop-a.com not found",
        "Domain:\tshop-a.com\nStatus:\tAVAILABLE",
        "$ whois shop-a.com\nDomain not found.",
    ],
)
def test_an_answer_that_there_is_no_such_registration(tmp_path, said):
    last = ">>> Last update of whois database: 2026-07-30T10:00:00Z <<<"
    form, (recording,), bad = read(tmp_path, f"{said}\r\n{last}\r\n")
    (answer,) = recording
    assert (form, recording.subject, bad) == ("whois", "shop-a.com", [])
    assert (answer.type, answer.status) == ("registration", Status.NOT_FOUND)
    (unknown,) = [d for _, d in build(recording).nodes(data=True) if d.get("what") == "registrar"]
    assert unknown["reason"] == "not-registered"


def test_that_there_is_no_domain_is_refused_where_it_is_not_said_which(tmp_path):
    with pytest.raises(RecordingError, match=r"no such domain, and not which: put the command"):
        read(tmp_path, "Domain not found.\n")


def test_what_is_no_record_is_refused_by_its_name(tmp_path):
    with pytest.raises(RecordingError, match=r"dig \+yaml"):
        read(tmp_path, "- type: MESSAGE\n  message:\n    type: RECURSIVE_RESPONSE\n")
    archive = tmp_path / "zones.tar"
    with tarfile.open(archive, "w") as file:
        file.add(tmp_path / "given", "shop.example.zone")
    with pytest.raises(RecordingError, match="a tar archive"):
        detect(archive)


def test_a_zone_of_windows_says_its_name_in_a_comment(tmp_path):
    text = (
        ";\n;  Database file shop.dns for shop-a.example zone.\n;\n"
        "@ IN SOA dc1.corp.example. h.corp.example. 1 2 3 4 5\n@ [AGE:3601234] 600 A 192.0.2.10\n"
    )
    form, (zone, *_), bad = read(tmp_path, text, called="export.txt")
    assert (form, zone.subject, bad) == ("zone", "shop-a.example", [])
    assert seen(zone)["shop-a.example", "A"] == ("192.0.2.10",)


@pytest.mark.parametrize(
    ("content", "kinds"),
    [
        # octoDNS: the values are those for who fits no rule
        (
            "'':\n  - type: A\n    values: [192.0.2.1]\n    dynamic: {pools: {eu: {values: [{value: 192.0.2.9}]}}}\n",
            {"A"},
        ),
        # Terraform
        (
            {
                "version": 4,
                "terraform_version": "1.9.0",
                "lineage": "x",
                "resources": [
                    resource("cloudflare_zone", zone="shop.example", id="Z1"),
                    resource("cloudflare_record", zone_id="Z1", name="shop.example", hostname="shop.example", type="A", content="192.0.2.1"),
                    resource("cloudflare_load_balancer", zone_id="Z1", name="shop.example"),
                ],
            },
            {"A", "AAAA"},
        ),
        (
            {
                "version": 4,
                "terraform_version": "1.9.0",
                "lineage": "x",
                "resources": [
                    resource("google_dns_managed_zone", dns_name="shop.example.", name="z"),
                    resource("google_dns_record_set", managed_zone="z", name="shop.example.", type="MX", rrdatas=["10 mx.host.example."]),
                    resource("google_dns_record_set", managed_zone="z", name="shop.example.", type="A", rrdatas=None, routing_policy=[{"wrr": []}]),
                ],
            },
            {"A"},
        ),
        # dnscontrol
        (
            {
                "registrars": [],
                "dns_providers": [],
                "domains": [
                    {
                        "name": "shop.example",
                        "records": [
                            {"type": "MX", "name": "@", "mxpreference": 10, "target": "mx.host.example."},
                            {"type": "AZURE_ALIAS", "name": "@", "target": "/subscriptions/0/ip"},
                        ],
                    }
                ],
            },
            {"A", "AAAA"},
        ),
    ],
)  # fmt: skip
def test_what_the_server_chooses_is_told_as_not_found(tmp_path, content, kinds):
    called = "shop.example.yaml" if isinstance(content, str) else "given.json"
    _, (zone,), bad = read(tmp_path, content, called=called)
    open_ = {o.type for o in zone if o.status is Status.NOT_FOUND_IN_SOURCES}
    assert (open_, len(bad)) == (kinds, 1)
    assert "'shop.example'" in bad[0].error


@pytest.mark.parametrize(
    ("of_type", "provider", "told"),
    [
        ("GANDI_V5", "Gandi", []),
        ("OVH", "OVHcloud", []),
        ("BIND", "", ["who serves 'shop.example' is not read: its providers are 'BIND'"]),
    ],
)
def test_who_serves_a_zone_of_dnscontrol(tmp_path, of_type, provider, told):
    document = dnscontrol("shop.example")
    document["dns_providers"] = [{"name": "one", "type": of_type}]
    document["domains"] = document["domains"][1:]
    document["domains"][0]["dnsProviders"] = {"one": -1}
    _, (zone,), bad = read(tmp_path, document)
    assert [line.error for line in bad] == told
    served = {o.first("name") for o in zone if o.type == "operator"}
    assert served == ({provider} if provider else set())


def test_a_program_of_powerdns_is_told_as_computed(tmp_path):
    rows = [
        {
            "name": "shop.example.",
            "type": "NS",
            "ttl": 60,
            "records": [{"content": "ns1.p.example."}],
        },
        {"name": "www.shop.example.", "type": "LUA", "ttl": 60, "records": [{"content": 'A "x"'}]},
    ]
    document = {"id": "shop.example.", "name": "shop.example.", "kind": "Native", "rrsets": rows}
    _, (zone,), (line,) = read(tmp_path, document)
    assert line.error == (
        "record 2: left out 'www.shop.example' 'A': the server computes the answer for each client (LUA)"
    )
    (www,) = [o for o in zone if o.subject == "www.shop.example"]
    assert (www.type, www.status) == ("A", Status.NOT_FOUND_IN_SOURCES)
