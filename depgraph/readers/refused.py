"""Files that are known and not read: what each is, and what to give instead."""

from __future__ import annotations

import re
from typing import Final

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
    (re.compile(r"\A- *AliasTarget:|\AResourceRecordSets:", re.MULTILINE),
     "the YAML of the AWS command line", "leave out --output yaml (--output json)"),
    (re.compile(r"^-- Information acquired via protocol", re.MULTILINE),
     "the output of resolvectl query", "give the output of dig"),
    (re.compile(r"\A(?:Serveur|Servidor|Servidor DNS)[ \t]*:[ \t]*\S"),
     "the output of nslookup in another language than English", "give the output of dig, or of an English nslookup"),
    (re.compile(r"\A(?:;; resolution failed[^\n]*\n)?; negative response"),
     "what delv says where it has no record, without how the question ended", "give the output of dig"),
)  # fmt: skip


def why_refused(head: bytes) -> str:
    """Say what a file is that is known and not read, and what to do; empty if it is none of these."""
    for mark, what, instead in _BINARY:
        if head.startswith(mark):
            return f"found {what}: {instead}"
    text = head.decode("utf-8", "replace")
    for pattern, what, instead in _TEXTS:
        if pattern.search(text):
            return f"found {what}: {instead}"
    return ""
