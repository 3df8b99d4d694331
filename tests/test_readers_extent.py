"""How much of a zone each form holds: a whole one denies what it has not, a part of one says that it is one."""

import json

import pytest

from depgraph.observations import PERHAPS_OTHERS, Status
from depgraph.readers import BadLine, interval, open_any
from depgraph.readers.exports import FORMS
from depgraph.readers.extent import HOLDS

DAY = interval("2026-08-01")
_A = "192.0.2.1"
_SOA = "ns.p.example. h.p.example. 1 2 3 4 5"


def rows(*kinds):
    return [(kind, _SOA if kind == "SOA" else _A) for kind in kinds]


def route53(*kinds, **more):
    sets = [{"Name": "shop.example.", "Type": kind, "TTL": 60, "ResourceRecords": [{"Value": value}]} for kind, value in rows(*kinds)]  # fmt: skip
    return {"ResourceRecordSets": sets, **more}


def google(*kinds):
    return [{"name": "shop.example.", "type": kind, "rrdatas": [value]} for kind, value in rows(*kinds)]  # fmt: skip


def azure(*kinds, **more):
    path = "/dnszones/shop.example"
    soa = {"host": "ns.p.example.", "email": "h.p.example.", "serialNumber": 1, "refreshTime": 2, "retryTime": 3, "expireTime": 4, "minimumTTL": 5}  # fmt: skip
    data = {"A": {"ARecords": [{"ipv4Address": _A}]}, "SOA": {"SOARecord": soa}}
    found = [{"id": f"{path}/{kind}/@", "name": "@", "type": f"Microsoft.Network/dnszones/{kind}", **data[kind]} for kind in kinds]  # fmt: skip
    return {"value": found, **more} if more else found


def powerdns(*kinds):
    sets = [{"name": "shop.example.", "type": kind, "ttl": 60, "records": [{"content": value}]} for kind, value in rows(*kinds)]  # fmt: skip
    return {"name": "shop.example.", "kind": "Native", "rrsets": sets}


def dnscontrol(**more):
    return {"registrars": [], "dns_providers": [], "domains": [{"name": "shop.example", "records": [{"type": "A", "name": "@", "target": _A}], **more}]}  # fmt: skip


def cloudflare(count, *records):
    found = [{"zone_name": "shop.example", "name": name, "type": kind, "content": content, "proxied": False, "ttl": 60} for name, kind, content in records]  # fmt: skip
    info = {"page": 1, "per_page": 100, "count": len(records), "total_count": count, "total_pages": 1}  # fmt: skip
    return {"result": found, "success": True, "result_info": info}


_TWO = (("shop.example", "A", _A), ("mail.shop.example", "CNAME", "mx.host.example"))
_STATE = {"version": 4, "terraform_version": "1.9.0", "lineage": "x", "resources": [
    {"mode": "managed", "type": "aws_route53_record", "instances": [{"attributes": {"fqdn": "shop.example", "type": "A", "records": [_A], "ttl": 60}}]},
    {"mode": "managed", "type": "aws_route53_record", "instances": [{"attributes": {"fqdn": "shop.example", "type": "SOA", "records": [_SOA], "ttl": 60}}]},
]}  # fmt: skip

WHOLE = {
    "route53": route53("A", "SOA", IsTruncated=False),
    "azure": azure("A", "SOA"),
    "google": google("A", "SOA"),
    "google-yaml": f"kind: dns#resourceRecordSet\nname: shop.example.\nrrdatas:\n- {_A}\nttl: 60\ntype: A\n---\nname: shop.example.\nrrdatas:\n- {_SOA}\nttl: 60\ntype: SOA\n",
    "powerdns": powerdns("A", "SOA"),
    "tinydns": f".shop.example:192.0.2.53:a:259200\n+shop.example:{_A}:300\n",
    "octodns": f"'':\n  type: A\n  value: {_A}\n",
    "dnscontrol": dnscontrol(),
    "cloudflare": cloudflare(2, *_TWO),
}
PART = {
    "route53, a page": (route53("A", "SOA", IsTruncated=True, NextRecordName="z."), "IsTruncated"),
    "route53, filtered": (route53("A"), "no SOA record"),
    "azure, one type": (azure("A"), "no SOA record"),
    "azure, a page": (azure("A", "SOA", nextLink="https://x.example/"), "nextLink"),
    "google, one type": (google("A"), "no SOA record"),
    "powerdns, some sets": (powerdns("A"), "no SOA record"),
    "dnscontrol, NO_PURGE": (dnscontrol(keepunknown=True), "NO_PURGE"),
    "dnscontrol, IGNORE": (dnscontrol(unmanaged=[{"label_pattern": "x"}]), "IGNORE"),
    "dnscontrol, a view": (dnscontrol(meta={"dnscontrol_tag": "inner"}), "one view"),
    "cloudflare, a page": (cloudflare(9, *_TWO), "count 2 of 9"),
    "cloudflare, one type": (cloudflare(2, _TWO[0], ("www.shop.example", "A", _A)), "nothing says"),
    "cloudflare, one name": (cloudflare(2, _TWO[0], ("shop.example", "TXT", '"x"')), "nothing says"),
    "cloudflare, a list": (cloudflare(2, *_TWO)["result"], "nothing says"),
    "gandi": ([{"rrset_name": "@", "rrset_type": "A", "rrset_ttl": 60, "rrset_values": [_A], "rrset_href": "https://api.example/v5/livedns/domains/shop.example/records/%40/A"}], "nothing says"),
    "records": ({"records": [{"id": "1", "zone_id": "z", "type": "TXT", "name": "shop.example.", "value": "x"}], "meta": {"pagination": {"page": 1, "last_page": 1}}}, "nothing says"),
    "terraform": (_STATE, "other means"),
}  # fmt: skip


def read(tmp_path, content):
    path = tmp_path / "shop.example.yaml"
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    entries = list(open_any(path, undated=DAY))
    (zone,) = (one for one in entries if not isinstance(one, BadLine))
    return zone, [one.error for one in entries if isinstance(one, BadLine)]


def test_each_form_says_what_tells_that_it_is_whole():
    assert set(FORMS) | {"zone"} == set(HOLDS)


@pytest.mark.parametrize("form", FORMS)
def test_each_form_has_a_sample_here(form):
    assert any(name.partition(",")[0] == form for name in (*WHOLE, *PART))


@pytest.mark.parametrize("content", WHOLE.values(), ids=WHOLE)
def test_a_whole_zone_has_no_other_names_and_no_other_records(tmp_path, content):
    zone, told = read(tmp_path, content)
    ends = {(o.subject, o.type): o.status for o in zone}
    assert ends["www.shop.example", "A"] is Status.NXDOMAIN
    assert ends["shop.example", "MX"] is Status.NODATA
    assert ends["shop.example", "AAAA"] is Status.NODATA
    assert PERHAPS_OTHERS not in {o.note for o in zone}
    assert not told


@pytest.mark.parametrize(("content", "why"), PART.values(), ids=PART)
def test_a_part_of_a_zone_denies_nothing_and_is_told(tmp_path, content, why):
    zone, told = read(tmp_path, content)
    assert not {Status.NXDOMAIN, Status.NODATA} & {o.status for o in zone}
    (said,) = told
    assert "names may be missing" in said
    assert why in said


@pytest.mark.parametrize(("content", "why"), PART.values(), ids=PART)
def test_where_a_row_is_one_record_its_set_may_have_others(tmp_path, content, why):
    zone, _ = read(tmp_path, content)
    a_record_a_row = (
        "dnscontrol" in str(content) or "domains" in content or "proxied" in str(content)
    )
    if "pagination" in str(content):
        return  # of those: test_readers_strangers
    (note,) = {o.note for o in zone if (o.subject, o.type) == ("shop.example", "A")}
    assert note == (PERHAPS_OTHERS if a_record_a_row else "")


def test_one_record_of_a_state_may_have_others_beside_it(tmp_path):
    resource = {"mode": "managed", "type": "digitalocean_record", "instances": [{"attributes": {"fqdn": "shop.example", "type": "NS", "value": "ns1.host.example", "ttl": 60}}]}  # fmt: skip
    zone, _ = read(tmp_path, _STATE | {"resources": [resource]})
    assert [o.note for o in zone if o.type == "NS"] == [PERHAPS_OTHERS]


def test_a_zone_that_is_not_named_may_lie_below_the_registered_domain(tmp_path):
    below = [(f"{name}.dev.shop.example", kind, data) for (name, kind, data) in (("a", "A", _A), ("b", "TXT", '"x"'))]  # fmt: skip
    document = cloudflare(2, *below)
    for row in document["result"]:
        del row["zone_name"]
    zone, (told,) = read(tmp_path, document)
    assert "which zone it is" in told
    assert {o.status for o in zone} == {Status.ANSWER}


def test_a_row_that_is_no_record_leaves_open_what_its_name_answers(tmp_path):
    document = dnscontrol()
    document["domains"][0]["records"] += [
        {"type": "URL301", "name": "www", "target": "https://x.example/"},
        {"type": "TXT", "name": "b", "target": "x"},
    ]
    zone, (told,) = read(tmp_path, document)
    assert "'URL301'" in told
    ends = {(o.subject, o.type): o.status for o in zone}
    assert ("www.shop.example", "A") not in ends
    assert ends["shop.example", "MX"] is Status.NODATA


@pytest.mark.parametrize("kind", ["CAA", "NS"])
def test_cloudflare_has_authorities_and_name_servers_of_its_own_beside_those_listed(tmp_path, kind):
    data = {"CAA": '0 issue "ca.example"', "NS": "ns1.host.example"}[kind]
    zone, _ = read(tmp_path, cloudflare(3, *_TWO, ("shop.example", kind, data)))
    ends = {o.status for o in zone if (o.subject, o.type) == ("shop.example", kind)}
    assert ends == {Status.ANSWER, Status.NOT_FOUND_IN_SOURCES}


def test_dnscontrol_leaves_out_what_is_zero_and_names_the_servers(tmp_path):
    document = dnscontrol(nameservers=[{"name": "ns1.host.example"}], dnsProviders={"x": 0})
    document["domains"][0]["records"] += [
        {"type": "MX", "name": "@", "target": "mx.host.example."},
        {"type": "HTTPS", "name": "@", "svcpriority": 1, "target": ".", "svcparams": "alpn=h2"},
    ]
    zone, _ = read(tmp_path, document)
    found = {o.type: o.values for o in zone if o.subject == "shop.example" and o.values}
    assert found["MX"] == ("0 mx.host.example",)
    assert found["HTTPS"][0].startswith("1 ")
    assert found["NS"] == ("ns1.host.example",)
    document["domains"][0]["dnsProviders"] = {"x": -1}
    zone, told = read(tmp_path, document)
    assert [o.status for o in zone if o.type == "NS"] == [
        Status.ANSWER,
        Status.NOT_FOUND_IN_SOURCES,
    ]
    assert any("name servers of its own" in line for line in told)


def test_views_of_a_domain_by_their_tag(tmp_path):
    document = dnscontrol()
    inner = {"name": "shop.example", "meta": {"dnscontrol_tag": "inner"}, "records": [{"type": "A", "name": "@", "target": "10.0.0.1"}]}  # fmt: skip
    document["domains"].append(inner)
    zone, (told,) = read(tmp_path, document)
    assert [o.values for o in zone if o.type == "A" and o.values] == [(_A,)]
    assert "'shop.example!inner'" in told


def test_tinydns_answers_a_place_of_the_public_and_the_inner_one_does_not_count(tmp_path):
    text = (
        ".shop.example:192.0.2.53:a:259200\n%in:10\n%in:192.168\n%ex\n"
        "+shop.example:10.0.0.1:300::in\n+shop.example:192.0.2.1:300::ex\n+www.shop.example:192.0.2.2:300\n"
    )
    zone, (told,) = read(tmp_path, text)
    assert [o.values for o in zone if (o.subject, o.type) == ("shop.example", "A")] == [(_A,)]
    assert Status.NODATA in {o.status for o in zone if o.type == "MX"}
    assert "only clients of a private network" in told
    zone, _ = read(tmp_path, text.replace("%in:10\n", "%in:203.0.113\n"))
    ends = [o.status for o in zone if (o.subject, o.type) == ("shop.example", "A")]
    assert ends == [Status.ANSWER, Status.NOT_FOUND_IN_SOURCES]
    (www,) = (o for o in zone if (o.subject, o.type) == ("www.shop.example", "A"))
    assert www.status is Status.ANSWER
