"""Files as strangers have them: outputs of tools and APIs, read right or refused by name with what to do.

All are written for these tests, in the shapes that the documents of the tools show.
"""

import json

import pytest

from depgraph.errors import RecordingError
from depgraph.observations import GIVER_UNSAID, PERHAPS_OTHERS, RESOLVER_UNSAID, Status
from depgraph.readers import BadLine, detect, interval, open_any

DAY = interval("2026-08-01")
SHOP = "shop.example"
WWW = f"www.{SHOP}"
_AT = "192.0.2.1"
_SOA = "ns1.host.example. h.host.example. 1 7200 900 1209600 300"


def read(tmp_path, content, origin=None):
    path = tmp_path / "given"
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    entries = list(open_any(path, undated=DAY, origin=origin))
    found = {
        (o.subject, o.type): o.values
        for one in entries
        if not isinstance(one, BadLine)
        for o in one
        if o.values and o.type != "operator"
    }
    return detect(path), found, entries


def told(entries):
    return " ".join(one.error for one in entries if isinstance(one, BadLine))


def notes(entries):
    return {o.note for one in entries if not isinstance(one, BadLine) for o in one if o.values}


# -- records as the APIs of providers list them -----------------------------------------------

_DO = [
    {"id": 1, "type": "SOA", "name": "@", "data": "1800", "priority": 0, "ttl": 1800, "tag": ""},
    {"id": 2, "type": "NS", "name": "@", "data": "ns1.digitalocean.com", "priority": 0, "ttl": 1800, "tag": ""},
    {"id": 3, "type": "A", "name": "www", "data": _AT, "priority": 0, "ttl": 300, "tag": ""},
    {"id": 4, "type": "MX", "name": "@", "data": "mx.host.example.", "priority": 10, "ttl": 300, "tag": ""},
]  # fmt: skip
_OF_WWW = {(WWW, "A"): (_AT,)}
_OF_DO = {(SHOP, "NS"): ("ns1.digitalocean.com",), (SHOP, "MX"): ("10 mx.host.example",), **_OF_WWW}
RELATIVE = {
    "DigitalOcean": ({"domain_records": _DO, "links": {}, "meta": {"total": 4}}, _OF_DO),
    "doctl -o json": (_DO, _OF_DO),
    "Linode": ({"data": [{"id": 1, "type": "A", "name": "www", "target": _AT, "priority": 0, "ttl_sec": 300}], "page": 1, "pages": 1, "results": 1}, _OF_WWW),
    "Vultr": ({"records": [{"id": "1", "type": "MX", "name": "", "data": "mx.host.example", "priority": 10, "ttl": 300}], "meta": {"total": 1}}, {(SHOP, "MX"): ("10 mx.host.example",)}),
    "GoDaddy": ([{"data": _AT, "name": "www", "ttl": 600, "type": "A"}], _OF_WWW),
    "Hetzner DNS": ({"records": [{"id": "1", "zone_id": "z", "type": "CNAME", "name": "www", "value": "web", "ttl": 300}], "meta": {}}, {(WWW, "CNAME"): (f"web.{SHOP}",)}),
    "Hetzner, rows alone": ([{"id": "1", "zone_id": "z", "type": "A", "name": "www", "value": _AT}], _OF_WWW),
    "Hetzner Cloud": ({"rrsets": [{"id": "www/A", "name": "www", "type": "A", "ttl": 300, "records": [{"value": _AT, "comment": ""}], "zone": 42}]}, _OF_WWW),
    "Scaleway": ({"total_count": 1, "records": [{"data": _AT, "name": "www", "priority": 0, "ttl": 300, "type": "A", "id": "1"}]}, _OF_WWW),
    "Vercel": ({"records": [{"id": "1", "slug": "", "name": "www", "type": "A", "value": _AT, "ttl": 60}], "pagination": {"count": 1}}, _OF_WWW),
}  # fmt: skip
NAMED = {
    "Porkbun": {"status": "SUCCESS", "records": [{"id": "1", "name": WWW, "type": "A", "content": _AT, "ttl": "600", "prio": "0"}]},
    "DNSimple": {"data": [{"id": 1, "zone_id": SHOP, "parent_id": None, "name": "www", "content": _AT, "ttl": 3600, "priority": None, "type": "A"}], "pagination": {"total_pages": 1}},
    "deSEC": [{"created": "2026-01-01", "domain": SHOP, "subname": "www", "name": f"{WWW}.", "records": [_AT], "ttl": 3600, "type": "A"}],
    "Netlify": [{"hostname": WWW, "type": "A", "ttl": 3600, "value": _AT, "id": "1", "dns_zone_id": "2"}],
    "NS1": {"id": "1", "zone": SHOP, "records": [{"domain": WWW, "id": "2", "short_answers": [_AT], "ttl": 300, "type": "A", "tier": 1}]},
    "OVHcloud": [{"id": 1, "zone": SHOP, "subDomain": "www", "fieldType": "A", "target": _AT, "ttl": 60}],
    "flarectl --json": [{"ID": "1", "Type": "A", "Name": WWW, "Content": _AT, "Proxied": "false", "TTL": "300"}],
}  # fmt: skip


@pytest.mark.parametrize(("content", "expected"), RELATIVE.values(), ids=RELATIVE)
def test_relative_names_of_an_api_need_the_zone(tmp_path, content, expected):
    form, found, entries = read(tmp_path, content, SHOP)
    assert (form, found) == ("records", expected)
    assert "names may be missing" in told(entries)
    with pytest.raises(RecordingError, match="--origin"):
        read(tmp_path, content)


@pytest.mark.parametrize("content", NAMED.values(), ids=NAMED)
def test_an_api_that_names_its_zone(tmp_path, content):
    form, found, entries = read(tmp_path, content)
    assert (form, found) == ("records", _OF_WWW)
    a_set_a_row = "records': ['" in str(content) or "short_answers" in str(content)
    assert notes(entries) == {"" if a_set_a_row else PERHAPS_OTHERS}


def test_one_relative_name_shows_that_all_are(tmp_path):
    rows = [
        {"id": 1, "type": "A", "name": name, "data": _AT, "ttl": 60}
        for name in ("www", "a.b", "full.shop.example.")
    ]
    _, found, entries = read(tmp_path, rows)
    assert list(found) == [("full.shop.example", "A")]
    assert "'a.b'" in told(entries)
    assert set(read(tmp_path, rows, SHOP)[1]) == {
        (f"{name}.shop.example", "A") for name in ("www", "a.b", "full")
    }


# -- pages, rows, and what is shown -------------------------------------------------------------

_SETS = [
    {"Name": f"{SHOP}.", "Type": "SOA", "TTL": 900, "ResourceRecords": [{"Value": _SOA}]},
    {"Name": f"{SHOP}.", "Type": "NS", "TTL": 900, "ResourceRecords": [{"Value": "ns1.host.example."}]},
    {"Name": f"{WWW}.", "Type": "A", "TTL": 60, "ResourceRecords": [{"Value": _AT}]},
]  # fmt: skip
_R53 = {
    (SHOP, "SOA"): (_SOA.replace(". ", " "),),
    (SHOP, "NS"): ("ns1.host.example",),
    **_OF_WWW,
}
_PAGES = [
    {"ResourceRecordSets": _SETS[:2], "IsTruncated": True, "NextRecordName": f"{WWW}.", "MaxItems": "2"},
    {"ResourceRecordSets": _SETS[2:], "IsTruncated": False, "MaxItems": "2"},
]  # fmt: skip
_CF = [
    {"id": str(number), "name": name, "type": kind, "content": data, "proxied": False, "ttl": 60}
    for number, (name, kind, data) in enumerate(
        [(SHOP, "A", _AT), (WWW, "CNAME", SHOP), (SHOP, "TXT", "x")]
    )
]


def page(rows, number, pages, total):
    info = {"page": number, "per_page": 2, "count": len(rows), "total_count": total, "total_pages": pages}  # fmt: skip
    return {"result": rows, "success": True, "errors": [], "messages": [], "result_info": info}


_CF_PAGES = [page(_CF[:2], 1, 2, 3), page(_CF[2:], 2, 2, 3)]


def lines(rows):
    return "\n".join(map(json.dumps, rows))


def concatenated(rows):
    return "\n".join(json.dumps(row, indent=2) for row in rows)


WHOLE = {
    "Route 53, a list (--query ResourceRecordSets)": _SETS,
    "Route 53, a set a line (jq -c)": lines(_SETS),
    "Route 53, pages one after the other": concatenated(_PAGES),
    "Route 53, a list of pages": _PAGES,
    "Route 53, pages out of order": _PAGES[::-1],
}


@pytest.mark.parametrize("content", WHOLE.values(), ids=WHOLE)
def test_pages_and_rows_of_route53_are_one_zone(tmp_path, content):
    form, found, entries = read(tmp_path, content)
    assert (form, found) == ("route53", _R53)
    assert not told(entries)


def test_a_page_that_is_missing_is_told(tmp_path):
    _, found, entries = read(tmp_path, [_PAGES[0], {**_PAGES[1], "ResourceRecordSets": [_SETS[2] | {"Name": f"z.{SHOP}."}]}])  # fmt: skip
    assert len(found) == 3
    assert "IsTruncated" in told(entries)


@pytest.mark.parametrize("content", [_CF_PAGES, concatenated(_CF_PAGES), lines(_CF_PAGES)])
def test_pages_of_cloudflare_are_counted(tmp_path, content):
    form, found, entries = read(tmp_path, content)
    assert form == "cloudflare"
    assert found == {(SHOP, "A"): (_AT,), (WWW, "CNAME"): (SHOP,), (SHOP, "TXT"): ("x",)}
    assert not told(entries)
    assert "count 2 of 3" in told(read(tmp_path, _CF_PAGES[:1])[2])


def test_rows_of_cloudflare_one_a_line(tmp_path):
    form, found, entries = read(tmp_path, lines(_CF))
    assert (form, len(found)) == ("cloudflare", 3)
    assert "names may be missing" in told(entries)


def test_several_zones_of_powerdns_in_a_list(tmp_path):
    zones = [
        {"name": f"{name}.", "kind": "Native", "rrsets": [
            {"name": f"{name}.", "type": kind, "ttl": 60, "records": [{"content": data, "disabled": False}]}
            for kind, data in (("SOA", _SOA), ("A", _AT))
        ]}
        for name in (SHOP, "two.example")
    ]  # fmt: skip
    form, found, entries = read(tmp_path, zones)
    assert form == "powerdns"
    assert {name for name, kind in found if kind == "A"} == {SHOP, "two.example"}
    assert not told(entries)


def test_a_state_as_terraform_shows_it(tmp_path):
    def one(of_type, **values):
        return {"address": "x", "mode": "managed", "type": of_type, "name": "w", "values": values}

    shown = {"format_version": "1.0", "terraform_version": "1.9.0", "values": {"root_module": {
        "resources": [one("aws_route53_record", fqdn=WWW, type="A", records=[_AT], ttl=300)],
        "child_modules": [{"address": "module.m", "resources": [
            one("aws_route53_record", fqdn=f"mail.{SHOP}", type="A", records=["192.0.2.2"], ttl=300)
        ]}],
    }}}  # fmt: skip
    form, found, _ = read(tmp_path, shown)
    assert form == "terraform"
    assert found == {**_OF_WWW, (f"mail.{SHOP}", "A"): ("192.0.2.2",)}


# -- texts ----------------------------------------------------------------------------------------

_WHOIS = """Domain Name: {0}
Registrar: {1}
Registrar IANA ID: 81
Registry Expiry Date: 2027-01-01T00:00:00Z
Name Server: NS1.HOST.EXAMPLE
>>> Last update of whois database: 2026-08-01T10:00:00Z <<<
"""


def test_answers_of_whois_one_after_the_other(tmp_path):
    text = (
        _WHOIS.format("SHOP.COM", "Gandi SAS")
        + "\n== other.com ==\n"
        + _WHOIS.format("OTHER.COM", "NameBright")
    )
    form, found, _ = read(tmp_path, text)
    assert form == "whois"
    assert {name: "registrar Gandi SAS" in values for (name, _), values in found.items()} == {
        "shop.com": True,
        "other.com": False,
    }


def test_a_registry_and_a_registrar_about_one_domain_are_one_answer(tmp_path):
    text = _WHOIS.format("SHOP.COM", "Gandi SAS") + _WHOIS.format("shop.com", "Gandi SAS")
    _, found, entries = read(tmp_path, text)
    assert (list(found), len(entries)) == ([("shop.com", "registration")], 1)


_NET = "\n#\n# ARIN WHOIS\n#\n\nNetRange:       192.0.2.0 - 192.0.2.255\nOrganization:   Other Org (EX)\nRegDate:        1990-01-01\n\n"


@pytest.mark.parametrize("before", [True, False])
def test_what_whois_says_of_a_network_is_not_of_the_domain(tmp_path, before):
    domain = _WHOIS.format("SHOP.COM", "Gandi SAS")
    _, found, entries = read(tmp_path, _NET + domain if before else domain + _NET)
    assert told(entries) == "left out what is said of a network, and not of a domain"
    ((_, values),) = found.items()
    assert not [value for value in values if "Other Org" in value or "1990" in value]
    assert "registrar Gandi SAS" in values


DATED = {
    "NSD": f"; zone {SHOP} written by NSD 4.6.0 on Wed Aug  5 10:00:00 2026\n",
    "Knot DNS": ";; Zone dump (Knot DNS 3.3.4)\n;; Time 2026-08-05 10:00:00 UTC\n",
}


@pytest.mark.parametrize("head", DATED.values(), ids=DATED)
def test_the_day_on_which_a_server_wrote_a_zone(tmp_path, head):
    _, _, (zone,) = read(tmp_path, f"{head}{SHOP}.\t3600\tIN\tSOA\t{_SOA}\n{WWW}. 60 IN A {_AT}\n")
    assert str(zone.header.since) == "2026-08-05"


_A = f"{SHOP}.\t\t300\tIN\tA\t{_AT}\n"
ANSWERS = {
    "delv": (f"; fully validated\n{_A}", {RESOLVER_UNSAID}),
    "delv, unsigned": (f"; unsigned answer\n{_A}", {RESOLVER_UNSAID}),
    "q": (f"{SHOP}. 5m0s A {_AT}\n", {f"{PERHAPS_OTHERS}; {GIVER_UNSAID}"}),
    "aws --output text --query": (f"{SHOP}.\tA\t{_AT}\n", {f"{PERHAPS_OTHERS}; {GIVER_UNSAID}"}),
}


@pytest.mark.parametrize(("text", "said"), ANSWERS.values(), ids=ANSWERS)
def test_answers_of_other_tools_are_no_zone_files(tmp_path, text, said):
    form, found, entries = read(tmp_path, text)
    assert (form, found) == ("answers", {(SHOP, "A"): (_AT,)})
    assert notes(entries) == said


def test_what_delv_did_not_find_is_told(tmp_path):
    text = f"; unsigned answer\n{_A}; negative response, unsigned answer\n; no.{SHOP}. 300 IN \\-ANY ;-$NXDOMAIN\n"
    assert "found nothing" in told(read(tmp_path, text)[2])


_DIG = (
    f"; <<>> DiG 9.18.1 <<>> {SHOP}\n;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 4\n"
    ";; flags: qr rd ra; QUERY: 1, ANSWER: 1, AUTHORITY: 0, ADDITIONAL: 0\n"
    f";; QUESTION SECTION:\n;{SHOP}.\t\tIN\tA\n\n;; ANSWER SECTION:\n{_A}\n"
)
BEFORE = {
    "WHOIS": _WHOIS.format("SHOP.COM", "Gandi SAS"),
    "a zone file": f"$ORIGIN {SHOP}.\n@ 300 IN MX 10 mx.host.example.\n",
    "a trace": f"; <<>> DiG 9.18.1 <<>> {SHOP} +trace\n{_A};; Received 100 bytes from 192.0.2.54#53(ns1.host.example) in 1 ms\n\n",
}


@pytest.mark.parametrize("before", BEFORE.values(), ids=BEFORE)
def test_what_stands_before_a_message_of_dig_is_told(tmp_path, before):
    form, found, entries = read(tmp_path, before + _DIG)
    assert (form, found) == ("dig", {(SHOP, "A"): (_AT,)})
    assert "in no message of dig" in told(entries)


def test_prompts_and_marks_around_a_message_are_nothing(tmp_path):
    _, found, entries = read(tmp_path, f"```\n$ dig {SHOP}\n{_DIG}$ dig {WWW}\n```\n")
    assert found == {(SHOP, "A"): (_AT,)}
    assert not told(entries)


def test_dig_without_the_class(tmp_path):
    text = (
        ";; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 4\n"
        ";; flags: qr rd ra; QUERY: 1, ANSWER: 1, AUTHORITY: 0, ADDITIONAL: 0\n"
        f";; QUESTION SECTION:\n;{SHOP}.\t\tA\n\n;; ANSWER SECTION:\n{SHOP}.\t\tA\t{_AT}\n"
    )
    assert read(tmp_path, text)[:2] == ("dig", {(SHOP, "A"): (_AT,)})


def test_unbound_host(tmp_path):
    text = (
        f"{SHOP}. has address {_AT} (secure)\n{SHOP}. has no IPv6 address (insecure)\n"
        f"{SHOP}. mail is handled by 10 mx.host.example. (secure)\n"
        f"Host no.{SHOP}. not found: 3(NXDOMAIN). (secure)\n"
    )
    form, found, entries = read(tmp_path, text)
    assert (form, found) == (
        "host",
        {(SHOP, "A"): (_AT,), (SHOP, "MX"): ("10 mx.host.example",)},
    )
    ends = {(o.subject, o.type, o.status) for one in entries for o in one}
    assert (SHOP, "AAAA", Status.NODATA) in ends
    assert (f"no.{SHOP}", "A", Status.NXDOMAIN) in ends


# -- tables -----------------------------------------------------------------------------------------


def test_the_table_of_route53s_console_has_a_record_a_line_of_a_cell(tmp_path):
    text = (
        '"Record name","Type","Routing policy","Alias","Value/Route traffic to","TTL (seconds)"\n'
        f'"{SHOP}","NS","Simple","No","ns1.host.example.\nns2.host.example.","900"\n'
        f'"{WWW}","A","Simple","No","{_AT}","60"\n'
    )
    form, found, _ = read(tmp_path, text)
    assert form == "columns"
    assert found == {(SHOP, "NS"): ("ns1.host.example", "ns2.host.example"), **_OF_WWW}


def test_a_quotation_mark_that_is_not_closed_takes_no_other_row(tmp_path):
    text = f'name,type,value\n{SHOP},TXT,"x\n{WWW},A,{_AT}\n'
    assert read(tmp_path, text)[1][WWW, "A"] == (_AT,)


def test_the_words_of_namecheap(tmp_path):
    text = f"Type,Host,Value,TTL\nA Record,www,{_AT},Automatic\n"
    assert read(tmp_path, text, SHOP)[:2] == ("columns", _OF_WWW)


@pytest.mark.parametrize(
    "header",
    [
        "Nom;Type;Valeur;TTL;Priorité",
        "Hôte;Type d'enregistrement;Cible;Durée de vie;Priorite",
        "Domäne;Typ;Wert;TTL (Sekunden);Priorität",
        "Nombre;Tipo;Dirección;TTL;Prioridad",
        "Naam;Type;Waarde;TTL;Prioriteit",
        "Nome;Tipo;Valore;TTL;Priorità",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_the_words_of_a_header_in_other_languages(tmp_path, header, encoding):
    path = tmp_path / "table.csv"
    path.write_bytes(f"{header}\n{SHOP}.;MX;mx.host.example.;3600;10\n".encode(encoding))
    ((mx,),) = open_any(path, undated=DAY)
    assert (mx.subject, mx.type, mx.values, mx.ttl) == (SHOP, "MX", ("10 mx.host.example",), 3600)


def test_a_table_of_records_whose_columns_are_not_known_is_no_list_of_names(tmp_path):
    text = f"Rekord;Sort;Inhold\n{SHOP}.;NS;ns1.host.example.\n{SHOP}.;MX;10 mx.host.example.\n"
    with pytest.raises(RecordingError, match="found none for name and type and value in its"):
        read(tmp_path, text)
    with pytest.raises(RecordingError, match="found none for type and value in its"):
        read(tmp_path, text.replace("Rekord", "Nom"))
    with pytest.raises(RecordingError, match="found a list of names"):
        read(tmp_path, f"Site;Land;By\n{SHOP};MX;Oaxaca\n{WWW};NA;Windhoek\n")


def test_each_command_of_whois_begins_an_answer(tmp_path):
    text = (
        "$ whois shop-b.de\nError: the query rate is too high\n"
        "$ whois -h whois.denic.de shop-a.de\nDomain: shop-a.de\nNserver: ns1.p.example\nStatus: connect\n"
    )
    path = tmp_path / "given"
    path.write_text(text)
    first, second = open_any(path, undated=DAY)
    assert [(o.subject, o.status.value) for o in first] == [("shop-b.de", "rate-limited")]
    assert [(o.subject, o.status.value) for o in second] == [("shop-a.de", "answer")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Domain Information: [ドメイン情報]\n[ドメイン名]   SHOP-A.JP\n\n[登録者名]   店\n[Registrant]  Shop\n\n[Name Server]  ns1.p.example\n[状態]   Active\n", "shop-a.jp"),
        ("\ndomain.............: shop-a.fi\nstatus.............: Registered\n\nNameservers\n\nnserver............: ns1.p.example [OK]\n\nRegistrar\n\nregistrar..........: Shop Oy\n", "shop-a.fi"),
        ("** Domain Name: shop-a.com.tr\nDomain Status: Active\n\n** Registrar:\nOrganization Name\t: Shop A.S.\n\n** Domain Servers:\nns1.p.example\n", "shop-a.com.tr"),
    ],
)  # fmt: skip
def test_whois_of_registries_that_name_the_domain_otherwise(tmp_path, text, name):
    path = tmp_path / "given"
    path.write_text(text)
    (found,) = open_any(path, undated=DAY)
    (registration,) = found
    assert (registration.subject, registration.status.value) == (name, "answer")
    assert "nameserver ns1.p.example" in registration.values


# -- refused ------------------------------------------------------------------------------------------

_YAML_DIG = "-\n  type: MESSAGE\n  message:\n    type: RECURSIVE_RESPONSE\n"
_MESSAGE = {"ID": 4, "QR": 1, "RCODE": 0, "QNAME": f"{SHOP}.", "QTYPE": 1, "answerRRs": []}
_VALUES = [{"ip": _AT, "ip_count": 3}]
REFUSED = {
    "aws --output yaml": (f"ResourceRecordSets:\n- Name: {SHOP}.\n  Type: A\n", "--output json"),
    "aws --output yaml-stream": (f"- ResourceRecordSets:\n  - Name: {SHOP}.\n    Type: A\n", "--output json"),
    "aws, a change batch": ({"Comment": "x", "Changes": [{"Action": "UPSERT", "ResourceRecordSet": _SETS[2]}]}, "a batch of changes"),
    "az -o tsv": (f"None\t{WWW}.\t/subscriptions/0/resourceGroups/g/providers/Microsoft.Network/dnszones/{SHOP}/A/www\twww\n", "-o json"),
    "az -o table": ("Fqdn              Name    ProvisioningState    ResourceGroup    Ttl\n----  ----\n", "-o json"),
    "az -o yaml": (f"- ARecords:\n  - ipv4Address: {_AT}\n  id: /subscriptions/0/resourceGroups/g/x/{SHOP}/A/www\n  type: Microsoft.Network/dnszones/A\n", "-o json"),
    "gcloud, table": (f"NAME               TYPE  TTL    DATA\n{WWW}.  A     300    {_AT},192.0.2.2\n", "--format=json"),
    "gcloud, csv": (f"name,type,ttl,rrdatas\n{WWW}.,A,300,{_AT}\n", "none for value"),
    "doctl, table": (f"ID    Type    Name    Data    Priority    Port    TTL     Weight\n3     A       www     {_AT}   0   0   300   0\n", "-o json"),
    "flarectl, table": (f"     ID   | TYPE  |     NAME      |   CONTENT    | TTL | PROXIABLE | PROXY\n---+---\n 1 | A | {SHOP} | {_AT} | 1 | true | true\n", "flarectl --json"),
    "curl -i": ("HTTP/2 200 \ndate: Sat, 01 Aug 2026 10:00:00 GMT\n\n" + json.dumps(_CF_PAGES[0]), "curl without -i"),
    "Cloudflare, an error": ({"result": None, "success": False, "errors": [{"code": 1, "message": "x"}], "messages": []}, "an error"),
    "Cloudflare, zones": (page([{"id": "z", "name": SHOP, "status": "active", "name_servers": ["ada.ns.cloudflare.com"]}], 1, 1, 1), "dns_records"),
    "PowerDNS, zones": ([{"id": f"{SHOP}.", "kind": "Native", "name": f"{SHOP}.", "notified_serial": 0, "serial": 1, "url": "/api/v1/x"}], "localhost/zones/ZONE"),
    "nsupdate": (f"server 192.0.2.53\nzone {SHOP}\nupdate add {WWW}. 300 A {_AT}\nsend\n", "nsupdate"),
    "knotc zone-read": (f"[{SHOP}.] {SHOP}. 3600 NS ns1.host.example.\n[{SHOP}.] {WWW}. 300 A {_AT}\n", "knotc"),
    "dog": (f"    A {SHOP}. 5m00s   {_AT}\n", "dog"),
    "dog --json": ({"responses": [{"answers": [{"name": f"{SHOP}.", "ttl": 300, "type": "A", "data": {"address": _AT}}], "queries": []}]}, "dog"),
    "doggo": (f"NAME            TYPE    CLASS   TTL     ADDRESS         NAMESERVER   \n{SHOP}.   A       IN      300s    {_AT}       1.1.1.1:53  \n", "doggo"),
    "q --format json": ([{"queries": None, "replies": [{"Id": 1, "Rcode": 0, "Answer": []}], "server": "x"}], "of q"),
    "kdig +json": ({"queryMessage": {}, "responseMessage": _MESSAGE}, "+json"),
    "RFC 8427": (_MESSAGE, "RFC 8427"),
    "dig +yaml": (_YAML_DIG, "+yaml"),
    "dig +yaml with its command": (f"; <<>> DiG 9.20 <<>> {SHOP} +yaml\n{_YAML_DIG}", "+yaml"),
    "jc --dig": ([{"id": 4, "opcode": "QUERY", "status": "NOERROR", "query_num": 1, "question": {"name": f"{SHOP}.", "type": "A"}, "answer": []}], "jc"),
    "dig in a mail": (f"> ;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 4\n> ;; ANSWER SECTION:\n> {SHOP}. 300 IN A {_AT}\n", "a mail"),
    "resolvectl --json": ({"key": {"class": 1, "type": 1, "name": SHOP}, "address": [192, 0, 2, 1]}, "resolvectl"),
    "hosts": (f"127.0.0.1 localhost\n{_AT} {SHOP} {WWW}\n", "a file of hosts"),
    "getent": (f"{_AT}       STREAM {SHOP}\n", "a file of hosts"),
    "named.conf": (f'options {{ directory "/var"; }};\nzone "{SHOP}" IN {{\n\ttype master;\n}};\n', "configuration"),
    "unbound.conf": (f'server:\n  local-zone: "{SHOP}." static\n', "configuration"),
    "dnsmasq": (f"address=/{SHOP}/{_AT}\nmx-host={SHOP},mx.host.example,10\n", "configuration"),
    "CoreDNS": (f"{SHOP}:53 {{\n    file db.{SHOP}\n    log\n}}\n", "configuration"),
    "external-dns": (f"apiVersion: externaldns.k8s.io/v1alpha1\nkind: DNSEndpoint\nspec:\n  endpoints:\n  - dnsName: {WWW}\n    recordType: A\n", "Kubernetes"),
    "CloudFormation": ({"AWSTemplateFormatVersion": "2010-09-09", "Resources": {"R": {"Type": "AWS::Route53::RecordSet"}}}, "CloudFormation"),
    "terraform plan": ({"format_version": "1.2", "terraform_version": "1.9.0", "planned_values": {}}, "a plan"),
    "terraform 0.11": ({"version": 3, "terraform_version": "0.11.14", "lineage": "x", "modules": []}, "before version 0.12"),
    "Pulumi": ({"version": 3, "deployment": {"manifest": {}, "resources": []}}, "Pulumi"),
    "Resolve-DnsName": (f"\nName       : {SHOP}\nQueryType  : A\nTTL        : 300\n", "Resolve-DnsName"),
    "Resolve-DnsName | ConvertTo-Json": ([{"QueryType": 1, "Name": SHOP, "Type": 1, "CharacterSet": 1, "IPAddress": _AT}], "Resolve-DnsName"),
    "Resolve-DnsName | select | ConvertTo-Json": ([{"Name": SHOP, "Type": 1, "TTL": 300, "Section": 1, "IPAddress": _AT, "QueryType": 1}], "Resolve-DnsName"),
    "Get-DnsServerResourceRecord | Export-Csv": ('"DistinguishedName","HostName","RecordType","RecordData"\n"x","www","A","DnsServerResourceRecordA"\n', "Export-DnsServerZone"),
    "a table of Markdown": (f"| Name | Type | Value |\n|------|------|-----|\n| {SHOP}. | A | {_AT} |\n", "Markdown"),
    "ViewDNS": (f'IP Address,Location,IP Address Owner,Last seen on this IP\n{_AT},"Paris, France",X,2026-07-30\n', "none for name and type"),
    "XML": (f'<?xml version="1.0"?>\n<r><host Name="@" Type="A" Address="{_AT}"/></r>\n', "XML"),
    "an empty list": ("[]", "an empty list"),
    "WHOIS of a network": ("#\n# ARIN WHOIS\n#\n\nNetRange:       192.0.2.0 - 192.0.2.255\nCIDR:           192.0.2.0/24\n", "depgraph explain"),
    "WHOIS of RIPE": ("% This is the RIPE Database query service.\n\ninetnum:        192.0.2.0 - 192.0.2.255\nnetname:        EX\n", "depgraph explain"),
    "Team Cymru": (f"AS      | IP               | AS Name\n64500   | {_AT}        | EX, US\n", "Cymru"),
    "RDAP of a network": ({"objectClassName": "ip network", "handle": "NET-1", "startAddress": "192.0.2.0"}, "depgraph explain"),
    "RDAP, a search": ({"domainSearchResults": [{"objectClassName": "domain", "ldhName": SHOP}]}, "jq"),
    "RDAP, an error": ({"errorCode": 503, "title": "Busy", "rdapConformance": ["rdap_level_0"]}, "an error of an RDAP server"),
    "RDAP, too often": ({"errorCode": 429, "title": "Too Many Requests"}, "later"),
    "RDAP, another error": ({"errorCode": 500, "title": "Oops"}, "an error of an RDAP server"),
    "hosted zones": ({"HostedZones": [{"Id": "/hostedzone/Z1", "Name": f"{SHOP}."}]}, "list-resource-record-sets"),
    "WHOIS, a limit": ("% Error: 55000000002 Connection refused; access control limit exceeded; try again later.\n", "rate-limited"),
    "WHOIS, refused": ("Your IP address has been blocked.\n", "refused"),
    "WHOIS, a time-out": ("fgets: Connection timed out\n", "no WHOIS server answered"),
    "WHOIS, no server": ("No whois server is known for this kind of object.\n", "depgraph observe NAME"),
    "a certificate": ("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n", "depgraph observe NAME --tls"),
    "openssl s_client": ("CONNECTED(00000003)\n---\nCertificate chain\n", "openssl s_client"),
    "openssl s_client, verified": ("depth=2 C = US, O = X\nverify return:1\nCONNECTED(00000003)\n", "openssl s_client"),
    "host -C": (f"Nameserver 192.0.2.53:\n\t{SHOP} has SOA record ns.{SHOP}. h.{SHOP}. 1 2 3 4 5\n", "dig NAME NS"),
    "dig +nssearch": (f"SOA ns.{SHOP}. h.{SHOP}. 1 2 3 4 5 from server 192.0.2.53 in 12 ms.\n", "+nssearch"),
    "ipconfig /displaydns": (f"\nWindows IP Configuration\n\n    {SHOP}\n    ------\n    Record Name . . . . . : {SHOP}\n", "ipconfig /displaydns"),
    "dog, in columns": (f'    A {SHOP}.  5m00s   {_AT}\n   MX {SHOP}.  1h00m00s   10 "mx.{SHOP}."\n', "the output of dog"),
    "a list of addresses of pages": (f"https://www.{SHOP}/contact?x=1\nredaktion@{SHOP}\n*.{SHOP}\nlocalhost\n", "observe --from"),
    "Cert Spotter": ([{"id": "1", "tbs_sha256": "a", "dns_names": [SHOP], "issuer": {"name": "x"}}], "crt.sh"),
    "Shodan, a domain": ({"domain": SHOP, "tags": [], "subdomains": ["www"], "data": [{"subdomain": "", "type": "A", "value": _AT, "last_seen": "2026-07-30T10:00:00"}], "more": False}, "Shodan"),
    "Shodan, a host": ({"ip_str": _AT, "hostnames": [SHOP], "ports": [443], "data": []}, "Shodan"),
    "Censys": ({"code": 200, "status": "OK", "result": {"ip": _AT, "services": []}}, "Censys"),
    "SecurityTrails": ({"apex_domain": SHOP, "current_dns": {"a": {"first_seen": "2024-01-01", "values": _VALUES}}, "hostname": SHOP}, "SecurityTrails"),
    "SecurityTrails, subdomains": ({"endpoint": "/v1/x", "subdomain_count": 1, "subdomains": ["www"]}, "observe --from"),
    "SecurityTrails, history": ({"endpoint": "/v1/x", "pages": 1, "records": [{"first_seen": "2020-01-01", "type": "a", "values": _VALUES}], "type": "a/ipv4"}, "a history"),
    "VirusTotal": ({"data": {"attributes": {"last_dns_records": [{"type": "A", "ttl": 300, "value": _AT}]}, "id": SHOP, "type": "domain"}}, "VirusTotal"),
    "VirusTotal, resolutions": ({"data": [{"attributes": {"host_name": SHOP, "ip_address": _AT}, "type": "resolution"}], "meta": {}}, "VirusTotal"),
    "ViewDNS, JSON": ({"query": {"tool": "iphistory", "domain": SHOP}, "response": {"records": [{"ip": _AT}]}}, "ViewDNS"),
    "amass": ({"name": WWW, "domain": SHOP, "addresses": [{"ip": _AT, "asn": 64500}], "tag": "dns"}, "amass"),
    "dnsrecon": ([{"arguments": "x", "date": "2026-08-01", "type": "ScanInfo"}, {"address": _AT, "domain": SHOP, "name": SHOP, "type": "A"}], "dnsrecon"),
    "dnstwist": ([{"dns_a": [_AT], "domain": SHOP, "fuzzer": "*original"}], "dnstwist"),
    "DNSViz": ({f"{SHOP}.": {"type": "authoritative", "queries": []}, "_meta._dnsviz.": {"version": 1.2}}, "DNSViz"),
    "dnsdbq": (f";; record times: 2020-01-01 00:00:00 .. 2021-01-01 00:00:00\n;; count: 10; bailiwick: example.\n{SHOP}.  NS  ns1.host.example.\n", "dnsdbq -j"),
    "DNSDB": ('{"cond":"begin"}\n{"obj":{"rrname":"shop.example.","rrtype":"NS","rdata":["ns1.host.example."]}}\n', "jq -c"),
    "PassiveTotal": ({"queryValue": SHOP, "totalRecords": 1, "results": [{"resolve": _AT, "recordType": "A"}]}, "PassiveTotal"),
    "urlscan.io": ({"data": {}, "lists": {"ips": [_AT]}, "page": {"domain": SHOP}, "task": {}}, "urlscan"),
    "dnsx -resp": (f"{SHOP} [A] [{_AT}]\n{WWW} [CNAME] [{SHOP}]\n", "dnsx -json"),
    "httpx": (f"https://{SHOP} [200] [Shop] [nginx]\n", "httpx -json"),
    "octoDNS, its configuration": ("---\nproviders:\n  config:\n    class: octodns.provider.yaml.YamlProvider\n", "the file of the zone"),
    "octoDNS, not of its name": ("'':\n  type: A\n  value: 192.0.2.1\n", "--origin"),
    "RIPEstat": ({"data_call_name": "dns-chain", "data": {"forward_nodes": {SHOP: [_AT]}}, "status": "ok"}, "RIPEstat"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "words"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_read_is_refused_by_name_with_what_to_do(tmp_path, content, words):
    with pytest.raises(RecordingError) as refusal:
        read(tmp_path, content)
    assert words in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_an_unknown_document_is_refused_with_its_keys(tmp_path):
    _, _, (fault,) = read(tmp_path, {"shopId": 1, "entries": []})
    assert "'shopId', 'entries'" in fault.error
