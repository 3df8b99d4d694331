"""Forms that people have at hand: host, nslookup, DNS over HTTPS, caches, tinydns, tables of records."""

import json

import pytest
from click.testing import CliRunner

from depgraph.cli import main
from depgraph.errors import RecordingError
from depgraph.observations import Status
from depgraph.readers import BadLine, detect, gather, interval, open_any

DAY = interval("2026-08-01")


def read(tmp_path, content, **options):
    path = tmp_path / "given"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    entries = list(open_any(path, undated=DAY, **options))
    bad = [entry for entry in entries if isinstance(entry, BadLine)]
    found = [o for entry in entries if not isinstance(entry, BadLine) for o in entry]
    return detect(path), found, bad


def seen(observations):
    return {(o.subject, o.type, o.status.value): o.values for o in observations}


# -- host and nslookup: as BIND's 9.18 print it ------------------------------------------------

HOST = """\
Using domain server:
Name: 192.0.2.53
Address: 192.0.2.53#53
Aliases: 

www.shop.example is an alias for shop.example.
shop.example has address 192.0.2.1
shop.example has IPv6 address 2001:db8::1
shop.example mail is handled by 10 mx.mail.example.
shop.example name server ns1.provider.example.
shop.example descriptive text "v=spf1 -all" "two; parts"
shop.example has HTTPS record 1 . alpn="h2"
shop.example stands for nothing
only.shop.example has no AAAA record
Host nope.shop.example not found: 3(NXDOMAIN)
Host lost.shop.example not found: 2(SERVFAIL)
;; connection timed out; no servers could be reached
"""  # noqa: W291  (as host writes it)


def test_host(tmp_path):
    form, found, bad = read(tmp_path, HOST)
    assert form == "host"
    assert seen(found) == {
        ("www.shop.example", "CNAME", "answer"): ("shop.example",),
        ("shop.example", "A", "answer"): ("192.0.2.1",),
        ("shop.example", "AAAA", "answer"): ("2001:db8::1",),
        ("shop.example", "MX", "answer"): ("10 mx.mail.example",),
        ("shop.example", "NS", "answer"): ("ns1.provider.example",),
        ("shop.example", "TXT", "answer"): ("v=spf1 -alltwo; parts",),
        ("shop.example", "HTTPS", "answer"): ('1 . alpn="h2"',),
        ("only.shop.example", "AAAA", "nodata"): (),
        **{("nope.shop.example", kind, "nxdomain"): () for kind in ("A", "AAAA", "NS", "MX")},
        ("lost.shop.example", "A", "servfail"): (),
    }
    assert {o.server for o in found} == {"192.0.2.53"}
    assert [line.number for line in bad] == [13, 17]
    assert "stands for nothing" in bad[0].error


def test_an_alias_that_leads_to_nothing_is_told_of_where_it_leads(tmp_path):
    said = "al.shop.example is an alias for to.shop.example.\nal.shop.example has no AAAA record\n"
    _, found, bad = read(tmp_path, said)
    assert not bad
    assert seen(found)["to.shop.example", "AAAA", "nodata"] == ()
    assert ("al.shop.example", "AAAA", "nodata") not in seen(found)


NSLOOKUP = """\
Server:\t\t192.0.2.53
Address:\t192.0.2.53#53

Non-authoritative answer:
www.shop.example\tcanonical name = shop.example.
Name:\tshop.example
Address: 192.0.2.1
Name:\tshop.example
Address: 2001:db8::1

> Server:\t\t192.0.2.53
Address:\t192.0.2.53#53

Non-authoritative answer:
shop.example\tmail exchanger = 10 mx.mail.example.
shop.example\ttext = "v=spf1 -all"
shop.example\trdata_257 = 0 issue "ca.example"
shop.example
\torigin = ns1.provider.example
\tmail addr = hostmaster.provider.example
\tserial = 1
\trefresh = 3600
\tretry = 600
\texpire = 86400
\tminimum = 300
shop.example\tsomething = else

Authoritative answers can be found from:
ns1.provider.example\tinternet address = 192.0.2.53

Server:\t\t192.0.2.53
Address:\t192.0.2.53#53

** server can't find nope.shop.example: NXDOMAIN

Server:\t\t192.0.2.53
Address:\t192.0.2.53#53

*** Can't find only.shop.example: No answer
"""


def test_nslookup(tmp_path):
    form, found, bad = read(tmp_path, NSLOOKUP)
    assert form == "nslookup"
    assert seen(found) == {
        ("www.shop.example", "CNAME", "answer"): ("shop.example",),
        ("shop.example", "A", "answer"): ("192.0.2.1",),
        ("shop.example", "AAAA", "answer"): ("2001:db8::1",),
        ("shop.example", "MX", "answer"): ("10 mx.mail.example",),
        ("shop.example", "TXT", "answer"): ("v=spf1 -all",),
        ("shop.example", "CAA", "answer"): ('0 issue "ca.example"',),
        ("shop.example", "SOA", "answer"): (
            "ns1.provider.example hostmaster.provider.example 1 3600 600 86400 300",
        ),
        **{("nope.shop.example", kind, "nxdomain"): () for kind in ("A", "AAAA", "NS", "MX")},
    }
    # Of which type nothing was found is not said; which name timed out, neither.
    assert [line.number for line in bad] == [26, 39]
    assert "does not say of which type" in bad[1].error


WINDOWS = """\
Server:  dns.provider.example
Address:  192.0.2.53

Non-authoritative answer:
Name:    shop.example
Addresses:  2001:db8::1
\t  192.0.2.1
Aliases:  www.shop.example

shop.example\tMX preference = 10, mail exchanger = mx.mail.example
shop.example\tnameserver = ns1.provider.example
shop.example\ttext =

\t"v=spf1 -all"
shop.example
\tprimary name server = ns1.provider.example
\tresponsible mail addr = hostmaster.provider.example
\tserial  = 1
\trefresh = 3600 (1 hour)
\tretry   = 600 (10 mins)
\texpire  = 86400 (1 day)
\tdefault TTL = 300 (5 mins)
*** dns.provider.example can't find nope.shop.example: Non-existent domain
Name:    end.shop.example
Address:  192.0.2.2
Aliases:  one.shop.example
\t  two.shop.example
"""


def test_nslookup_of_windows(tmp_path):
    form, found, bad = read(tmp_path, WINDOWS)
    assert form == "nslookup"
    assert seen(found) == {
        ("www.shop.example", "CNAME", "answer"): ("shop.example",),
        ("shop.example", "A", "answer"): ("192.0.2.1",),
        ("shop.example", "AAAA", "answer"): ("2001:db8::1",),
        ("shop.example", "MX", "answer"): ("10 mx.mail.example",),
        ("shop.example", "NS", "answer"): ("ns1.provider.example",),
        ("shop.example", "TXT", "answer"): ("v=spf1 -all",),
        ("shop.example", "SOA", "answer"): (
            "ns1.provider.example hostmaster.provider.example 1 3600 600 86400 300",
        ),
        **{("nope.shop.example", kind, "nxdomain"): () for kind in ("A", "AAAA", "NS", "MX")},
        ("end.shop.example", "A", "answer"): ("192.0.2.2",),
    }
    assert {o.server for o in found} == {"192.0.2.53"}
    ((line, error),) = [(one.number, one.error) for one in bad]
    assert line == 27
    assert "'one.shop.example' and 'two.shop.example'" in error


# As consoles of Windows print it in French and Spanish, with what was typed.
FRENCH = """\
C:\\Users\\dsi>nslookup -type=mx shop.example
Serveur :   dns.provider.example
Address:  192.0.2.53

Réponse ne faisant pas autorité :
shop.example\tMX preference = 10, mail exchanger = mx.mail.example

C:\\Users\\dsi>nslookup www.shop.example
Serveur :   dns.provider.example
Address:  192.0.2.53

Réponse ne faisant pas autorité :
Nom :    shop.example
Addresses:  2001:db8::1
\t  192.0.2.1
Aliases:  www.shop.example

C:\\Users\\dsi>nslookup nope.shop.example
Serveur :   dns.provider.example
Address:  192.0.2.53

*** dns.provider.example ne parvient pas à trouver nope.shop.example : Non-existent domain

C:\\Users\\dsi>nslookup -q=ns shop.example 198.51.100.53
DNS request timed out.
    timeout was 2 seconds.
Serveur :   UnKnown
Address:  198.51.100.53

DNS request timed out.
    timeout was 2 seconds.
*** Le délai de la requête sur UnKnown est dépassé.

PS C:\\Users\\dsi> nslookup -type=txt shop.example
Serveur :   dns.provider.example
Address:  192.0.2.53

*** dns.provider.example ne parvient pas à trouver shop.example : Server failed
"""
SPANISH = (
    FRENCH.replace("Serveur :  ", "Servidor:")
    .replace("Réponse ne faisant pas autorité :", "Respuesta no autoritativa:")
    .replace("Nom :   ", "Nombre:")
)


@pytest.mark.parametrize("written", [FRENCH, SPANISH])
@pytest.mark.parametrize("encoding", ["utf-8", "cp850", "cp1252", "utf-16"])
def test_nslookup_of_windows_in_other_languages(tmp_path, written, encoding):
    form, found, bad = read(tmp_path, written.encode(encoding))
    assert form == "nslookup"
    assert seen(found) == {
        ("shop.example", "MX", "answer"): ("10 mx.mail.example",),
        ("www.shop.example", "CNAME", "answer"): ("shop.example",),
        ("shop.example", "A", "answer"): ("192.0.2.1",),
        ("shop.example", "AAAA", "answer"): ("2001:db8::1",),
        **{("nope.shop.example", kind, "nxdomain"): () for kind in ("A", "AAAA", "NS", "MX")},
        ("shop.example", "NS", "timeout"): (),
        ("shop.example", "TXT", "servfail"): (),
    }
    assert not bad
    assert {o.server for o in found if o.type == "NS" and not o.values} >= {"198.51.100.53"}


def test_what_was_typed_tells_of_which_type_nothing_was_found(tmp_path):
    _, found, bad = read(
        tmp_path,
        """\
$ nslookup -type=mx shop.example
Server:\t\t192.0.2.53
Address:\t192.0.2.53#53

*** Can't find shop.example: No answer

$ nslookup -type=ns other.example
;; connection timed out; no servers could be reached

$ nslookup
> set type=caa
> shop.example
Server:\t\t192.0.2.53
Address:\t192.0.2.53#53

** server can't find shop.example: SERVFAIL
> set q=aaaa
> shop.example
Server:\t\t192.0.2.53
Address:\t192.0.2.53#53

*** Can't find shop.example: No answer
> exit
$ dig shop.example
Server:\t\t192.0.2.53
Address:\t192.0.2.53#53

*** Can't find shop.example: No answer
""",
    )
    assert seen(found) == {
        ("shop.example", "MX", "nodata"): (),
        ("other.example", "NS", "timeout"): (),
        ("shop.example", "CAA", "servfail"): (),
        ("shop.example", "AAAA", "nodata"): (),
    }
    assert [line.number for line in bad] == [28]


# -- DNS over HTTPS in JSON ------------------------------------------------------------------

DOH = [
    {"Status": 0, "TC": False, "RD": True, "RA": True, "AD": False, "CD": False,
     "Question": [{"name": "www.shop.example.", "type": 1}],
     "Answer": [{"name": "www.shop.example.", "type": 5, "TTL": 60, "data": "shop.example."},
                {"name": "shop.example.", "type": 1, "TTL": 300, "data": "192.0.2.1"}],
     "Comment": "Response from 192.0.2.53."},
    {"Status": 3, "TC": False, "RD": True, "RA": True, "AD": True, "CD": False,
     "Question": [{"name": "nope.shop.example.", "type": 1}],
     "Authority": [{"name": "shop.example.", "type": 6, "TTL": 300,
                    "data": "ns1.provider.example. hostmaster.provider.example. 1 3600 600 86400 300"}]},
    {"Status": 2, "TC": False, "RD": True, "RA": True, "AD": False, "CD": False,
     "Question": {"name": "lost.shop.example", "type": "MX"}, "new": 1},
    {"Status": "NOERROR", "Question": [{"name": "odd.shop.example.", "type": 1}]},
    {"Status": 0, "TC": False, "RD": True, "RA": True, "AD": False, "CD": False,
     "Question": [{"name": "shop.example.", "type": 16}],
     "Answer": [{"name": "shop.example.", "type": 16, "TTL": 60, "data": "v=spf1 -all"}]},
]  # fmt: skip


@pytest.mark.parametrize("written", [json.dumps(DOH), "\n".join(map(json.dumps, DOH))])
def test_dns_over_https(tmp_path, written):
    form, found, bad = read(tmp_path, written)
    assert form == "doh"
    assert seen(found) == {
        ("www.shop.example", "CNAME", "answer"): ("shop.example",),
        ("www.shop.example", "A", "answer"): (),
        ("shop.example", "A", "answer"): ("192.0.2.1",),
        ("shop.example", "SOA", "answer"): (
            "ns1.provider.example hostmaster.provider.example 1 3600 600 86400 300",
        ),
        ("nope.shop.example", "A", "nxdomain"): (),
        ("lost.shop.example", "MX", "servfail"): (),
        ("shop.example", "TXT", "answer"): ("v=spf1 -all",),
    }
    assert len(bad) == 1
    assert "'Status'" in bad[0].error


# -- caches: as BIND 9.18 and Unbound 1.17 write them -----------------------------------------

BIND = """\
;
; Start view _default
;
;
; Cache dump of view '_default' (cache _default)
;
; using a 0 second stale ttl
$DATE 20260801124954
; glue
shop.example.\t\t86399\tNS\tns1.provider.example.
; glue
ns1.provider.example.\t86399\tA\t192.0.2.53
; authanswer
www.shop.example.\t3599\tCNAME\tshop.example.
; authanswer
shop.example.\t\t3599\tSOA\tns1.provider.example. hostmaster.provider.example. (
\t\t\t\t\t1          ; serial
\t\t\t\t\t3600       ; refresh (1 hour)
\t\t\t\t\t600        ; retry (10 minutes)
\t\t\t\t\t86400      ; expire (1 day)
\t\t\t\t\t300        ; minimum (5 minutes)
\t\t\t\t\t)
; authanswer
\t\t\t3599\tA\t192.0.2.1
; answer
nope.shop.example.\t299\t\\-ANY\t;-$NXDOMAIN
; shop.example. SOA ns1.provider.example. hostmaster.provider.example. 1 3600 600 86400 300
; answer
only.shop.example.\t299\t\\-AAAA\t;-$NXRRSET
; shop.example. SOA ns1.provider.example. hostmaster.provider.example. 1 3600 600 86400 300
; answer
odd.shop.example.\t299\tNONSENSE\t1
;
; Address database dump
;
; ns1.provider.example [v4 TTL 1799] [v6 TTL 299] [v4 success] [v6 nxrrset]
; Dump complete
"""


def test_a_cache_of_bind(tmp_path):
    path = tmp_path / "dump"
    path.write_text(BIND)
    entries = list(open_any(path))  # it says when
    found = [o for entry in entries if not isinstance(entry, BadLine) for o in entry]
    bad = [entry for entry in entries if isinstance(entry, BadLine)]
    assert detect(path) == "bind-cache"
    assert seen(found) == {
        ("shop.example", "NS", "answer"): ("ns1.provider.example",),
        ("www.shop.example", "CNAME", "answer"): ("shop.example",),
        ("shop.example", "SOA", "answer"): (
            "ns1.provider.example hostmaster.provider.example 1 3600 600 86400 300",
        ),
        ("shop.example", "A", "answer"): ("192.0.2.1",),
        **{("nope.shop.example", kind, "nxdomain"): () for kind in ("A", "AAAA", "NS", "MX")},
        ("only.shop.example", "AAAA", "nodata"): (),
    }
    (delegation,) = [o for o in found if (o.subject, o.type) == ("shop.example", "NS")]
    assert (delegation.section, delegation.zone) == ("authority", "example")
    assert {str(o.time) for o in found} == {"2026-08-01 12:49:54+00:00"}
    assert {o.ttl for o in found} == {None}, "what was left of a time to live is none"
    assert "NONSENSE" in bad[0].error
    assert bad[1].error.startswith("left out 1 records")


UNBOUND = """\
START_RRSET_CACHE
;rrset 3600 1 0 2 0
shop.example.\t3600\tIN\tNS\tns1.provider.example.
;rrset 3600 1 0 3 0
ns1.provider.example.\t3600\tIN\tA\t192.0.2.53
;rrset 3600 1 0 8 0
shop.example.\t3600\tIN\tA\t192.0.2.1
shop.example.\t3600\tnonsense
;rrset 300 1 0 7 0
shop.example.\t300\tIN\tSOA\tns1.provider.example. hostmaster.provider.example. 1 3600 600 86400 300
END_RRSET_CACHE
START_MSG_CACHE
msg shop.example. IN A 32896 1 3600 0 1 0 0
shop.example. IN A 0
msg only.shop.example. IN AAAA 32896 1 300 0 0 1 0
shop.example. IN SOA 4
msg nope.shop.example. IN A 32899 1 300 0 0 1 0
shop.example. IN SOA 4
msg lost.shop.example. IN MX 32898 1 5 0 0 0 0
msg referred.shop.example. IN A 32896 1 300 0 0 1 0
shop.example. IN NS 0
END_MSG_CACHE
EOF
"""


def test_a_cache_of_unbound(tmp_path):
    form, found, bad = read(tmp_path, UNBOUND)
    assert form == "unbound-cache"
    assert seen(found) == {
        ("shop.example", "NS", "answer"): ("ns1.provider.example",),
        ("shop.example", "A", "answer"): ("192.0.2.1",),
        ("only.shop.example", "AAAA", "nodata"): (),
        ("nope.shop.example", "A", "nxdomain"): (),
        ("lost.shop.example", "MX", "servfail"): (),
    }
    assert [(o.section, o.zone) for o in found if o.type == "NS"] == [("authority", "example")]
    assert [line.number for line in bad] == [8, 12]
    assert "left out 1 records" in bad[1].error


# -- tinydns: as https://cr.yp.to/djbdns/tinydns-data.html has it -------------------------------

TINYDNS = """\
# a comment
.shop.example:192.0.2.53:a:259200
.shop.example::ns2.provider.example:259200
=www.shop.example:192.0.2.1:300
+shop.example:192.0.2.1
+old.shop.example:192.0.2.9::4000000038af1379
+gone.shop.example:192.0.2.9:0:4000000038af1379
+later.shop.example:192.0.2.9:300:4000000100000000
@shop.example:192.0.2.25:b:10
@shop.example::mx.mail.example:20
'shop.example:v=spf1 -all\\072 yes:300
Cblog.shop.example:shop.host.example
:shop.example:28:\\040\\001\\015\\270\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\001
6six.shop.example:20010db8000000000000000000000002
&sub.shop.example:192.0.2.54:ns.sub.shop.example
-off.shop.example:192.0.2.7
+far.shop.example:192.0.2.8:300::eu
+other.test:192.0.2.3
Zorg.example:ns1.provider.example:hostmaster.provider.example:1:3600:600:86400:300
&org.example::ns1.provider.example
?what.shop.example:1
"""


def test_tinydns(tmp_path):
    form, found, bad = read(tmp_path, TINYDNS)
    assert form == "tinydns"
    zones = {o.zone for o in found}
    assert zones == {"shop.example", "org.example"}
    answered = {(o.subject, o.type): o.values for o in found if o.section == "answer" and o.values}
    assert answered == {
        ("far.shop.example", "A"): ("192.0.2.8",),
        ("shop.example", "NS"): ("a.ns.shop.example", "ns2.provider.example"),
        ("a.ns.shop.example", "A"): ("192.0.2.53",),
        ("www.shop.example", "A"): ("192.0.2.1",),
        ("shop.example", "A"): ("192.0.2.1",),
        ("old.shop.example", "A"): ("192.0.2.9",),
        ("shop.example", "MX"): ("10 b.mx.shop.example", "20 mx.mail.example"),
        ("b.mx.shop.example", "A"): ("192.0.2.25",),
        ("shop.example", "TXT"): ("v=spf1 -all: yes",),
        ("blog.shop.example", "CNAME"): ("shop.host.example",),
        ("shop.example", "AAAA"): ("2001:db8::1",),
        ("six.shop.example", "AAAA"): ("2001:db8::2",),
        ("org.example", "NS"): ("ns1.provider.example",),
        ("org.example", "SOA"): (
            "ns1.provider.example hostmaster.provider.example 1 3600 600 86400 300",
        ),
    }
    assert ("sub.shop.example", "NS") in {(o.subject, o.type) for o in found}
    # Others than the clients of that place may be answered otherwise.
    ends = {o.status for o in found if (o.subject, o.type) == ("far.shop.example", "A")}
    assert ends == {Status.ANSWER, Status.NOT_FOUND_IN_SOURCES}
    told = {line.number: line.error for line in bad}
    assert sorted(told) == [7, 8, 17, 18, 21]
    assert "on the day of the file" in told[7]
    assert "one place" in told[17]


# -- tables of records -----------------------------------------------------------------------

TABLE = """\
Type,Name,Content,Priority,TTL,Proxy status
A,shop.example.,192.0.2.1,,300,no
MX,shop.example.,mx.mail.example,10,300,no
TXT,shop.example.,"v=spf1 -all, yes",,300,no
A,www.shop.example.,not an address,,300,no
CNAME,blog,shop.host.example,,300,no
"""


def test_a_table_of_records(tmp_path):
    form, found, bad = read(tmp_path, TABLE)
    assert form == "columns"
    assert seen(found) == {
        ("shop.example", "A", "answer"): ("192.0.2.1",),
        ("shop.example", "MX", "answer"): ("10 mx.mail.example",),
        ("shop.example", "TXT", "answer"): ("v=spf1 -all, yes",),
        ("www.shop.example", "A", "malformed"): (),
    }
    assert [(line.number, line.error.split(",")[0]) for line in bad] == [
        (1, "columns that are not read: 'Proxy status'"),
        (5, "expected an address for A"),
        (6, "expected a whole name"),
    ]
    semicolons = "host;record type;points to\n@;NS;ns1.provider.example\nwww;A;192.0.2.1\n"
    _, found, bad = read(tmp_path, semicolons, origin="shop.example")
    assert not bad
    assert seen(found) == {
        ("shop.example", "NS", "answer"): ("ns1.provider.example",),
        ("www.shop.example", "A", "answer"): ("192.0.2.1",),
    }


# -- all of them -----------------------------------------------------------------------------


@pytest.mark.parametrize("content", [HOST, NSLOOKUP, WINDOWS, UNBOUND, TINYDNS, TABLE, json.dumps(DOH)])  # fmt: skip
def test_without_a_day_they_ask_for_one_and_with_it_every_verb_reads_them(tmp_path, content):
    path = tmp_path / "given"
    path.write_text(content)
    undated = CliRunner().invoke(main, ["report", str(path), "--name", "shop.example"])
    assert undated.exit_code == 2
    assert "--dated" in undated.stderr
    done = CliRunner().invoke(
        main, ["report", str(path), "--name", "shop.example", "--dated", "2026-08-01"]
    )
    assert done.exit_code == 0, done.output
    assert "192.0.2.1" in done.stdout


REFUSED = {
    b"Certificate:\n    Data:\n        Version: 3 (0x2)\n": "--tls",
    b";; resolution failed: ncache nxrrset\n; negative response, fully validated\n": "output of dig",
    b'resource "aws_route53_record" "www" {\n  name = "www"\n}\n': "terraform state pull",
    b'var REG = NewRegistrar("none");\nD("shop.example", REG,\n  A("@", "192.0.2.1")\n);\n': "print-ir",
    b"HostName   RecordType Type       Timestamp            TimeToLive      RecordData\n": "Export-DnsServerZone",
    b"Name                Type   TTL   Section    IPAddress\n----   \n": "nslookup",
    b"RESOURCERECORDSETS\tshop.example.\t300\tA\n": "--output json",
    b"ResourceRecordSets:\n- Name: shop.example.\n  Type: A\n": "--output json",
    b"\x00\x00\x00\x02\x00\x00\x00\x01\x66\x00": "named-compilezone",
    b";BIND LOG V9\n\x00\x00": "rndc sync",
    b"\xd4\xc3\xb2\xa1\x02\x00\x04\x00": "dig",
    b"SQLite format 3\x00\x10\x00": "CSV",
    b"shop.example: 192.0.2.1\n\n-- Information acquired via protocol DNS in 2.5ms.\n": "dig",
}


@pytest.mark.parametrize(("content", "instead"), REFUSED.items())
def test_what_is_not_read_is_named_with_what_to_give_instead(tmp_path, content, instead):
    path = tmp_path / "given"
    path.write_bytes(content)
    with pytest.raises(RecordingError, match=instead):
        detect(path)


def test_a_key_with_a_quoted_value_is_one_word(tmp_path):
    """As dig and named-compilezone write service bindings (RFC 9460, section 2.1)."""
    zone = '$ORIGIN shop.example.\n@ 60 IN HTTPS 1 . alpn="h2,h3" ipv4hint="192.0.2.1"\n@ 60 IN TXT a="b c" d\n'
    _, found, bad = read(tmp_path, zone)
    assert not bad
    assert seen(found) == {
        ("shop.example", "HTTPS", "answer"): ('1 . alpn="h2,h3" ipv4hint="192.0.2.1"',),
        ("shop.example", "TXT", "answer"): ("a=b cd",),
    }


def test_the_list_of_pdnsutil_is_a_zone_file(tmp_path):
    listed = (
        "$ORIGIN .\nshop.example\t3600\tIN\tSOA\tns1.provider.example h.provider.example 1 3600 600 86400 300\n"
        "shop.example\t3600\tIN\tNS\tns1.provider.example.\nwww.shop.example\t60\tIN\tA\t192.0.2.1\n"
    )
    form, found, bad = read(tmp_path, listed)
    assert form == "zone"
    assert not bad
    assert seen(found)["www.shop.example", "A", "answer"] == ("192.0.2.1",)


def test_an_alias_below_the_service_leads_to_a_name_elsewhere(tmp_path):
    path = tmp_path / "given"
    path.write_text(
        "shop.example has no MX record\n"
        "www.shop.example is an alias for shop.host.example.\n"
        "shop.host.example has address 192.0.2.1\n"
        "Host my.shop.example not found: 2(SERVFAIL)\n"
    )
    first, *_ = gather(lambda: open_any(path, undated=DAY), None, pytest.fail)
    assert first.subject == "shop.example"


def test_the_name_of_an_address_alone_is_no_service(tmp_path):
    path = tmp_path / "given"
    path.write_text("1.2.0.192.in-addr.arpa. 300 IN PTR www.shop.example.\n")

    def entries():
        return open_any(path, undated=DAY)

    with pytest.raises(RecordingError, match=r"the name of an address alone .*depgraph explain"):
        gather(entries, None, pytest.fail)
    assert gather(entries, "2.0.192.in-addr.arpa", pytest.fail)
