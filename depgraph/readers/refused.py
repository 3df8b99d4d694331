"""Files that are known and not read: what each is, and what to give instead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from depgraph.observations import Status
from depgraph.records.whois import read_whois

_BINARY: Final[tuple[tuple[bytes, str, str], ...]] = (
    (b"\x00\x00\x00\x02\x00\x00\x00", "a raw zone of BIND",
     "turn it into text, named-compilezone -f raw -F text -o FILE.txt ZONE FILE"),
    (b";BIND LOG V9", "a journal of BIND, which holds changes and no zone",
     "write them into the zone file (rndc sync ZONE), and give that"),
    (b"\xd4\xc3\xb2\xa1", "a packet capture", "ask the names again with dig, and give its output"),
    (b"\xa1\xb2\xc3\xd4", "a packet capture", "ask the names again with dig, and give its output"),
    (b"\x0a\x0d\x0d\x0a", "a packet capture", "ask the names again with dig, and give its output"),
    (b"SQLite format 3\x00", "a data base of SQLite", "export its records as CSV with a header (name, type, value)"),
    (b"%PDF-", "a PDF", "copy its records into a CSV file with a header (name, type, value)"),
)  # fmt: skip
_CSV: Final = "write its records into a CSV file with a header (name, type, value)"
# Within one line: what a line break may be part of is tried again from each line of an empty file.
_TEXTS: Final[tuple[tuple[re.Pattern[str], str, str], ...]] = (
    (re.compile(r'^[ \t]*(?:resource|data|module|provider|variable|terraform)[ \t]+(?:"[\w-]+"[ \t]*)*\{', re.MULTILINE),
     "the source of Terraform, in which values may be computed",
     "give the state instead (terraform state pull > FILE.json)"),
    (re.compile(r"^[ \t]*(?:D|D_EXTEND|NewRegistrar|NewDnsProvider)\(|^(?:var|const|let) \w+ *= *New(?:Registrar|DnsProvider)\(", re.MULTILINE),
     "the source of dnscontrol, in which values may be computed",
     "give what it compiles to (dnscontrol print-ir > FILE.json)"),
    (re.compile(r"^[ \t]*HostName[ \t]+RecordType[ \t]+Type[ \t]+Timestamp[ \t]+TimeToLive[ \t]+RecordData", re.MULTILINE),
     "the table of Get-DnsServerResourceRecord, which cuts values off",
     "give the zone file (Export-DnsServerZone -Name ZONE -FileName FILE)"),
    (re.compile(r"^Name[ \t]+Type[ \t]+TTL[ \t]+Section[ \t]+(?:IPAddress|NameHost|NameExchange|Strings|PrimaryServer)", re.MULTILINE),
     "the table of Resolve-DnsName, which cuts values off", "give the output of nslookup or dig"),
    (re.compile(r"^RESOURCERECORDSETS\t", re.MULTILINE),
     "the text form of the AWS command line, which does not keep a set together",
     "leave out --output text (--output json)"),
    (re.compile(r"^-{3,}\n\|[ \t]+ListResourceRecordSets[ \t]+\|", re.MULTILINE),
     "the table of the AWS command line", "leave out --output table (--output json)"),
    (re.compile(r"\A(?:- *)?ResourceRecordSets:|\A- *AliasTarget:|\A- *Name: \S+\n +ResourceRecords:"),
     "the YAML of the AWS command line", "leave out --output yaml (--output json)"),
    (re.compile(r"\A(?:; <<>> DiG [^\n]*\n)?(?:-\s+)?type: *MESSAGE\b"), "the YAML of dig +yaml", "leave out +yaml"),
    (re.compile(r"\ANAME +TYPE +TTL +(?:DATA|RRDATAS)\b"), "the table of gcloud", "give its JSON (--format=json)"),
    (re.compile(r"\AID +Type +Name +Data +Priority\b"), "the table of doctl", "give its JSON (-o json)"),
    (re.compile(r"\ANAME +TYPE +CLASS +TTL +ADDRESS\b"), "the output of doggo", "give the output of dig"),
    (re.compile(r"\A(?:A|AAAA|CNAME|MX|NS|TXT|SOA|CAA|PTR|SRV) [\w.-]+\. +(?:\d+[dhms])+ {2,}\S"),
     "the output of dog", "give the output of dig"),
    (re.compile(r"^;; record times: ", re.MULTILINE),
     "the text of dnsdbq, whose records are of different times", "give its JSON (dnsdbq -j)"),
    (re.compile(r"^> *;; ->>HEADER<<-", re.MULTILINE), "a message quoted in a mail", "take the '> ' off"),
    (re.compile(r"^update +(?:add|delete) +\S", re.MULTILINE),
     "changes to a zone (nsupdate), not the zone", "give the zone file, or its transfer (dig ZONE AXFR)"),
    (re.compile(r"^-- Information acquired via protocol", re.MULTILINE),
     "the output of resolvectl query", "give the output of dig"),
    (re.compile(r"^-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----|\ACertificate:\r?\n +Data:", re.MULTILINE),
     "a certificate", "depgraph observe NAME --tls records that of a host"),
    (re.compile(r"^(?:CONNECTED\(|depth=\d+ )", re.MULTILINE),
     "the output of openssl s_client", "depgraph observe NAME --tls records the certificate"),
    (re.compile(r"\ANameserver [\w.:]+:\s+\S+ has SOA record ", re.MULTILINE),
     "the output of host -C, which has the SOA record alone", "give the output of dig NAME NS"),
    (re.compile(r"\ASOA \S+ \S+ \d+ [^\n]* from server "),
     "the output of dig +nssearch, which has the SOA record alone", "leave out +nssearch (dig NAME NS)"),
    (re.compile(r"^[ \t]*Record Name \. \. ", re.MULTILINE),
     "what a machine keeps of answers (ipconfig /displaydns), which does not say who gave them", "give the output of nslookup or dig"),
    (re.compile(r"\A(?:;; resolution failed[^\n]*\n)?; negative response"),
     "what delv says where it has no record, without how the question ended", "give the output of dig"),
)  # fmt: skip


_ASK: Final = "ask the names again: depgraph observe NAME, or the output of dig"
_OTHERS: Final[tuple[tuple[re.Pattern[str], str, str], ...]] = (
    (re.compile(r"^[ -]+id: /subscriptions/", re.MULTILINE), "the YAML of the Azure command line", "leave out -o yaml (-o json)"),
    (re.compile(r"\t/subscriptions/"), "the text form of the Azure command line", "leave out -o tsv (-o json)"),
    (re.compile(r"\A[\w.*-]+ (?:\[[A-Z]+\] )?\[[\w.:*-]+\]\s"), "the text of dnsx", "give its JSON (dnsx -json)"),
    (re.compile(r"\Ahttps?://\S+ \["), "the text of httpx", "give its JSON (httpx -json)"),
    (re.compile(r"^providers:\s", re.MULTILINE), "the configuration of octoDNS", "give the file of the zone (shop.example.yaml)"),
    (re.compile(r"\AFqdn +Name +ProvisioningState\b"),
     "the table of the Azure command line, which has no data", "leave out -o table (-o json)"),
    (re.compile(r"\AID +\| TYPE +\| +NAME +\|"), "the table of flarectl", "give its JSON (flarectl --json dns list)"),
    (re.compile(r"\A\[[\w.-]+\] [\w.*-]+\. \d+ [A-Z]"),
     "the output of knotc zone-read, whose lines begin with the zone", "take that off (sed 's/^[^ ]* //')"),
    (re.compile(r"\AHTTP/[\d.]+ \d{3}[^\n]*\n(?:[\w-]+:[^\n]*\n)+\s*[{\[]", re.IGNORECASE),
     "the headers of an answer before its document", "leave out the headers (curl without -i)"),
    (re.compile(r"\A(?:\|[^|\n]+){2,}\|[ \t]*\r?\n\|[ :|-]+\|[ \t]*\r?$", re.MULTILINE),
     "a table of Markdown", "save it as CSV, with a header (name, type, value)"),
    (re.compile(r"\AName +: \S+\s+(?:Query)?Type +: "), "the output of Resolve-DnsName", "give the output of nslookup or dig"),
    (re.compile(r"\A[^\n]*\"HostName\",\"RecordType\""),
     "a table of Get-DnsServerResourceRecord, which has no data", "give the zone file (Export-DnsServerZone -Name ZONE -FileName FILE)"),
    (re.compile(r"^[ \t]*zone +\"[\w.-]+\"[^;{\n]*\{|^[ \t]*local-(?:zone|data): *\"|^(?:address|mx-host|host-record|cname)=[/\w]"
                r"|^[\w.:]+ \{\r?\n[ \t]+(?:file|forward|errors|log)\b", re.MULTILINE),
     "the configuration of a server", "give the zone files that it names, or the transfer of a zone (dig ZONE AXFR)"),
    (re.compile(r"\A(?:#[^\n]*\n\s*)*(?:\d+(?:\.\d+){3}|(?=[^\s:]{0,4}:)[0-9a-f:.]{2,45})[ \t]+[a-z]", re.IGNORECASE),
     "addresses and names as in a file of hosts, which the public does not see", "give the output of dig"),
    (re.compile(r"^(?:apiVersion|AWSTemplateFormatVersion): ", re.MULTILINE),
     "what a program makes of DNS (Kubernetes, CloudFormation), not the zone", "give the export of the DNS provider"),
    (re.compile(r"^(?:NetRange|inetnum|inet6num|aut-num|ASNumber): ", re.MULTILINE),
     "WHOIS of an address or a network, not of a domain", "give that of the domain; who has an address: depgraph explain ADDRESS"),
    (re.compile(r"\AAS +\| IP +\|"), "Team Cymru's answer about an address", "depgraph explain ADDRESS"),
    (re.compile(r"\A\[\s*\]\s*\Z"), "an empty list", "ask once more"),
    (re.compile(r"\A<\?xml "), "XML", _CSV),
    (re.compile(r"^(?:fgets|connect|socket|getaddrinfo\S*|timeout)\b[^\n]*(?:timed out|refused|not known|unreachable|reset)", re.IGNORECASE | re.MULTILINE),
     "that no WHOIS server answered", "ask once more, later"),
    (re.compile(r"no whois server is known|this tld has no whois server", re.IGNORECASE),
     "that whois knows no server for it", "depgraph observe NAME asks RDAP as well"),
)  # fmt: skip
"""The same of what no reader takes for its own."""

_DOCUMENTS: Final[tuple[tuple[frozenset[str], str, str], ...]] = tuple(
    (frozenset(keys.split()), what, instead)
    for keys, what, instead in (
        ("current_dns hostname", "what SecurityTrails has of a name, whose sets were seen at different times", _CSV),
        ("endpoint subdomains", "a list of names of SecurityTrails", "depgraph observe --from LIST -o FOLDER asks about them"),
        ("endpoint records type", "a history of SecurityTrails", _CSV),
        ("domain subdomains data", "what Shodan has of a domain, whose records were seen at different times", _CSV),
        ("ip_str", "a host as Shodan saw it, which has no DNS records", _ASK),
        ("code status result", "an answer of Censys, which has no DNS records", _ASK),
        ("data.attributes", "what VirusTotal has of a name", _CSV),
        ("query.tool response", "an answer of ViewDNS", _CSV),
        ("tbs_sha256 dns_names", "certificates as Cert Spotter lists them", "give those of crt.sh (https://crt.sh/?q=NAME&output=json)"),
        ("name domain addresses", "names as amass found them, with addresses of which it is not said how they were found", _ASK),
        ("arguments type", "a scan of dnsrecon, which does not say how a question ended", _CSV),
        ("fuzzer domain", "names like a domain's, as dnstwist makes them", "depgraph observe --from LIST -o FOLDER asks about them"),
        ("_meta._dnsviz.", "a probe of DNSViz, whose messages are packed", _ASK),
        ("cond", "answers of DNSDB with marks between them", "give the records alone (jq -c '.obj // empty')"),
        ("queryValue results", "what PassiveTotal has of a name, whose records were seen at different times", _CSV),
        ("lists page task", "a scan of urlscan.io", _ASK),
        ("data_call_name", "an answer of RIPEstat", "depgraph observe asks it by itself"),
        ("opcode question query_num", "the output of dig through jc", "give the output of dig itself"),
        ("responses", "the JSON of dog or doggo", "give the output of dig"),
        ("answers questions", "the JSON of doggo", "give the output of dig"),
        ("replies queries", "the JSON of q", "give the output of dig"),
        ("responseMessage", "DNS messages in JSON (RFC 8427), as of kdig +json", "leave out +json"),
        ("QNAME RCODE", "DNS messages in JSON (RFC 8427)", "give the output of dig"),
        ("key.class", "the JSON of resolvectl", "give the output of dig"),
        ("QueryType Section", "the JSON of Resolve-DnsName", "give the output of nslookup or dig"),
        ("QueryType CharacterSet", "the JSON of Resolve-DnsName", "give the output of nslookup or dig"),
        ("RecordData RecordType", "the JSON of Get-DnsServerResourceRecord", "give the zone file (Export-DnsServerZone -Name ZONE -FileName FILE)"),
        ("domainSearchResults", "a search in RDAP", "give the objects in it (jq .domainSearchResults)"),
        ("errorCode=429", "that an RDAP server was asked too often", "ask again later"),
        ("errorCode title", "an error of an RDAP server", "ask once more"),
        ("errorCode rdapConformance", "an error of an RDAP server", "ask once more"),
        ("HostedZones", "zones of Route 53 without their records", "give those of each (aws route53 list-resource-record-sets --hosted-zone-id ID)"),
        ("objectClassName", "RDAP of something else than a domain", "give that of the domain; who has an address: depgraph explain ADDRESS"),
        ("planned_values", "a plan of Terraform, which is not what is there", "give the state (terraform show -json > FILE.json)"),
        ("modules lineage", "a state of Terraform before version 0.12", "give one of a later version (terraform state pull > FILE.json)"),
        ("deployment.resources", "a stack of Pulumi", "give the export of the DNS provider"),
        ("Resources", "a template of CloudFormation, in which values may be computed", "give the output of aws route53 list-resource-record-sets"),
        ("Changes", "a batch of changes to a zone, not the zone", "give the output of aws route53 list-resource-record-sets"),
        ("kind notified_serial url", "zones of PowerDNS without their records", "give each (/api/v1/servers/localhost/zones/ZONE)"),
        ("result.name_servers", "zones of Cloudflare without their records", "give those of each (/zones/ID/dns_records)"),
        ("errors success=false", "an error of Cloudflare's API", "ask once more"),
    )
)  # fmt: skip
"""Keys of a document (of one in it after a dot, or that are false or a number), what it is, and what to give instead. Forms that are read come first."""


def why_document_refused(row: Mapping[str, Any]) -> str:
    """Say what a JSON document is that is known and not read, and what to do; empty if it is none."""
    keys = {*row, *(f"{key}=false" for key, value in row.items() if value is False)}
    keys |= {f"{key}={value}" for key, value in row.items() if type(value) is int}
    for key, value in row.items():
        inner = value[0] if isinstance(value, list) and value else value
        if isinstance(inner, dict):
            keys |= {f"{key}.{one}" for one in inner}
    for marks, what, instead in _DOCUMENTS:
        if marks <= keys:
            return f"found {what}: {instead}"
    return ""


def why_refused(head: bytes) -> str:
    """Say what a file is that is known and not read, and what to do; empty if it is none of these.

    A form that is read may look like others than these: they are looked for first.
    """
    for mark, what, instead in _BINARY:
        if head.startswith(mark):
            return f"found {what}: {instead}"
    return _named(_TEXTS, head)


def why_unread(head: bytes) -> str:
    """Say the same of a file that is none of the forms that are read."""
    return _named(_OTHERS, head) or _of_whois(head)


def _of_whois(head: bytes) -> str:
    """Say that a WHOIS server wrote something in place of an answer; empty if it did not."""
    status, _ = read_whois(head.decode("utf-8", "replace"))
    if status in {Status.RATE_LIMITED, Status.REFUSED, Status.ERROR}:
        return f"found what a WHOIS server says in place of an answer ({status.value}): ask again later"
    if status is Status.NOT_FOUND:
        return (
            "found that a WHOIS server has no such domain, and not which: put the command above it "
            "($ whois NAME), or ask depgraph observe NAME"
        )
    return ""


def _named(table: Iterable[tuple[re.Pattern[str], str, str]], head: bytes) -> str:
    text = head.decode("utf-8", "replace").lstrip()
    for pattern, what, instead in table:
        if pattern.search(text):
            return f"found {what}: {instead}"
    return ""
