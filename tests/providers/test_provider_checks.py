"""The checker finds every kind of fault that it promises to find."""

from __future__ import annotations

from pathlib import Path

import pytest

from depgraph.providers import check, load

HEAD = {
    "companies.csv": "id,name,country,aliases,source\n",
    "providers.csv": "id,name,roles,company,runs_on,aliases,source\n",
    "parents.csv": "company,parent,since,until,source\n",
    "backends.csv": "provider,suffixes,basis,since,until,source\n",
    "rules.csv": "id,provider,role,signal,pattern,reason,source\n",
    "groups.toml": "",
}

FAULTS = [
    ("companies.csv", "acme,Acme,GB,,", "company acme: expected a source"),
    ("companies.csv", "acme,Acme,Britain,,s", "expected an ISO 3166 country code"),
    ("companies.csv", "Acme Ltd,Acme,GB,,s", "expected an id of small letters"),
    (
        "companies.csv",
        "acme,Acme,GB,,s\nacme,Acme,GB,,s",
        "company acme: expected one row of this id",
    ),
    ("providers.csv", "x,X,hosting,no-such,,,s", "expected a company of the catalogue"),
    ("providers.csv", "x,X,hosting,amazon,no-such,,s", "expected another provider in runs_on"),
    ("providers.csv", "x,X,hosting,amazon,x,,s", "expected another provider in runs_on"),
    ("providers.csv", "x,X,cook,amazon,,,s", "expected a role of the list"),
    ("providers.csv", "x,X,,amazon,,,s", "expected at least one role"),
    ("providers.csv", "x,X,hosting,amazon,,,", "provider x: expected a source"),
    (
        "companies.csv",
        "acme,Acme,GB,Amazon.com,s",
        "company acme: expected a name of its own, found 'Amazon.com', which amazon has too",
    ),
    (
        "providers.csv",
        "x,Acme Hosting,hosting,amazon,,Fastly,s",
        "provider x: expected a name of its own, found 'Fastly', which fastly has too",
    ),
    ("parents.csv", "amazon,no-such,2020-01-01,,s", "expected a company of the catalogue"),
    ("parents.csv", "amazon,ibm,,2022-01-01,s", "expected since, or the day by which it was so"),
    ("parents.csv", "amazon,ibm,2020-01-01,2019-01-01,s", "expected since before until"),
    (
        "rules.csv",
        "r/a,aws,dns,ns-host,mediaplex.com,why,the domain carries the operator's name",
        "rule r/a: expected a name of Amazon Web Services",
    ),
    (
        "rules.csv",
        "r/b,aws,dns,ns-host,mediaplex.com,why,the domain carries another name of the operator (Mediaplex)",
        "rule r/b: expected another name of the operator in the domain, found 'Mediaplex'",
    ),
    ("parents.csv", "amazon,ibm,2020-01-01,,", "expected a source"),
    (
        "parents.csv",
        "amazon,ibm,2020-01-01,2022-01-01,s\namazon,oracle,2021-01-01,,s",
        "expected one parent at a time",
    ),
    ("parents.csv", "amazon,ibm,2020-01-01,,s\nibm,amazon,2020-01-01,,s", "found a circle"),
    ("rules.csv", "x,no-such,hosting,host,example.net,r,s", "expected a provider of the catalogue"),
    (
        "rules.csv",
        "x,fastly,mailbox,mx-host,example.net,r,s",
        "rule x: expected a role that provider fastly has (front;dns;ca), found mailbox",
    ),
    (
        "backends.csv",
        "fastly,example,contact,2026-08-08,,s",
        "back-end of example: expected a role that provider fastly has",
    ),
    ("rules.csv", "x,aws,hosting,host,example.net,r,", "rule x: expected a source"),
    ("rules.csv", "x,aws,hosting,host,example.net,,s", "rule x: expected a reason"),
    ("rules.csv", "x,aws,cook,host,example.net,r,s", "expected roles of the list"),
    (
        "rules.csv",
        "x,aws,hosting,smell,example.net,r,s",
        "expected a signal that rules can be about",
    ),
    ("rules.csv", "x,aws,hosting,host,.example.net,r,s", "expected labels between dots"),
    ("rules.csv", "x,aws,hosting,host,exa mple.net,r,s", "expected labels between dots"),
    ("rules.csv", "x,aws,hosting,host,example.*,r,s", "expected a literal top-level domain"),
    ("rules.csv", "x,aws,hosting,host,co.uk,r,s", "expected a name below a public suffix"),
    ("rules.csv", "x,aws,hosting,asn,AS64500,r,s", "expected a decimal number"),
    ("rules.csv", "x,aws,registrar,registrar-id,12a,r,s", "expected a decimal number"),
    ("rules.csv", "x,aws,hosting,address,0.0.0.0/0,r,s", "expected /8 or longer"),
    ("rules.csv", "x,aws,hosting,address,2000::/3,r,s", "expected /19 or longer"),
    ("rules.csv", "x,aws,hosting,address,10.0.0.1/8,r,s", "expected a prefix"),
    ("rules.csv", "x,aws,ca,issuer,!!!,r,s", "expected words"),
    ("rules.csv", "x,aws,dns,soa-mname,example.net,r,s", "expected evidence that can decide"),
    ("rules.csv", "x,akamai,hosting,asn,16509,r,s", "expected one rule for asn 16509 as hosting"),
    ("rules.csv", "x,aws,ca,issuer,DIGICERT INC.,r,s", "expected one rule for issuer"),
    ("rules.csv", "x,aws,hosting,host,facebook.com,r,s", "is covered by meta/server/facebook.com"),
    ("groups.toml", '[g]\nmembers = ["amazon"]', "expected a definition and a source"),
    (
        "groups.toml",
        '[g]\nmembers = ["nobody"]\ndefinition = "d"\nsource = "s"',
        "expected companies, found 'nobody'",
    ),
    (
        "groups.toml",
        '[g]\nkind = "planets"\ndefinition = "d"\nsource = "s"',
        "expected kind companies",
    ),
    (
        "groups.toml",
        '[g]\nkind = "countries"\nmembers = ["Mars"]\ndefinition = "d"\nsource = "s"',
        "expected countries",
    ),
    ("groups.toml", 'version = "soon"', "expected version = an ISO day"),
]


@pytest.mark.parametrize(("name", "text", "message"), FAULTS)
def test_a_fault_is_found(tmp_path: Path, name: str, text: str, message: str) -> None:
    (tmp_path / name).write_text(HEAD[name] + text + "\n")
    found = check(load(tmp_path))
    assert any(message in line for line in found), found
