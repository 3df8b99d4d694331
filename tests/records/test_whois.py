"""WHOIS text: one example of each layout, and what servers say instead of an answer."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from depgraph.observations import Status
from depgraph.records.whois import decode, read_iana, read_whois

STEADY = settings(deadline=None, derandomize=True)  # no clock, no chance

FORMS = {
    "plain": (
        (
            "% a comment\nDomain Name: A.EXAMPLE\nRegistrar: Example Registrar, Inc.\n"
            "Registrar IANA ID: 9999\nDomain Status: clientHold https://icann.org/epp#clientHold\n"
            "Name Server: NS1.EXAMPLE.NET\nName Server: ns2.example.net.\n"
            "Creation Date: 2001-02-03T00:00:00Z\nRegistrant Organization: REDACTED FOR PRIVACY\n"
            ">>> Last update of WHOIS database: 2026-01-01 <<<\nRegistrar: not this one\n"
        ),
        {
            "registrar": ["Example Registrar, Inc."],
            "registrar-id": ["9999"],
            "status": ["clientHold"],
            "nameserver": ["ns1.example.net", "ns2.example.net"],
            "created": ["2001-02-03T00:00:00Z"],
        },
    ),
    "all the fields": (
        (
            "Domain Name: EXAMPLE.ORG\nRegistrar: Example Registrar, Inc.\n"
            "Registrar IANA ID: 9999\nUpdated Date: 2020-10-15T22:29:57Z\n"
            "Creation Date: 2001-01-13T00:12:14Z\nRegistry Expiry Date: 2023-01-13T00:12:14Z\n"
            "Domain Status: clientTransferProhibited https://icann.org/epp#clientTransferProhibited\n"
            "Name Server: NS1.EXAMPLE.NET\nName Server: ns2.example.net 192.0.2.7\n"
            "Registrant Organization: Example, \x1b[31mred\n"
        ),
        {
            "registrar": ["Example Registrar, Inc."],
            "registrar-id": ["9999"],
            "changed": ["2020-10-15T22:29:57Z"],
            "created": ["2001-01-13T00:12:14Z"],
            "expires": ["2023-01-13T00:12:14Z"],
            "status": ["clientTransferProhibited"],
            "nameserver": ["ns1.example.net", "ns2.example.net"],
            "registrant": ["Example, \\x1b[31mred"],
        },
    ),
    "indented": (
        (
            "    Registrar:\n        Example Ltd [Tag = EX]\n        URL: x\n\n"
            "    Registration status:\n        Suspended.\n\n"
            "    Name servers:\n        ns1.example.net 192.0.2.1\n        ns2.example.net\n"
            "        ns3.example.net 2001:db8::1\n\n    Other:\n        not.a.server\n"
        ),
        {
            "registrar": ["Example Ltd"],
            "status": ["Suspended"],
            "nameserver": ["ns1.example.net", "ns2.example.net", "ns3.example.net"],
        },
    ),
    "not indented": (
        (
            "DOMAIN NAME:           a.example\nnameservers:           ns1.example.net. \n"
            "                       ns2.example.net. \ncreated:               1997.03.10 13:00:00\n\n"
            "REGISTRAR:\nExample sp. z o.o.\nul. Przyklad 17\n\nStatus:\nok\n"
        ),
        {
            "registrar": ["Example sp. z o.o."],
            "status": ["ok"],
            "nameserver": ["ns1.example.net", "ns2.example.net"],
            "created": ["1997.03.10 13:00:00"],
        },
    ),
    "a list below": (
        (
            "Registrar: Example Ltd\nName servers:\nns1.example.net\nns2.example.net\nnot a server\n"
            "www.example.net\n"
        ),
        {"registrar": ["Example Ltd"], "nameserver": ["ns1.example.net", "ns2.example.net"]},
    ),
    "sections": (
        (
            "Domain:             a.example\nStatus:             ok\nCreated:            1998-08-05\n\n"
            "Registrant\n  Organization:     Holder SpA\n\nTechnical Contacts\n"
            "  Name:             Technical Support\n  Organization:     Tech Support SpA\n"
            "  State:            Lombardia\n\nRegistrar\n  Organization:     Example Registrar S.p.a.\n"
            "  Name:             EXAMPLE-REG\n\nNameservers\n  ns1.example.net\n  ns2.example.net\n"
        ),
        {
            "registrar": ["Example Registrar S.p.a."],
            "registrant": ["Holder SpA"],
            "status": ["ok"],
            "created": ["1998-08-05"],
            "nameserver": ["ns1.example.net", "ns2.example.net"],
        },
    ),
    "a contact is no registrant": (
        (
            "Domain: a.example\nStatus: ok\n\nRegistrant\n  Name: hidden\n\nTechnical Contacts\n"
            "  Organization: Tech Support SpA\n\nRegistrar\n  Name: EXAMPLE-REG\n"
        ),
        {"registrar": ["EXAMPLE-REG"], "status": ["ok"]},
    ),
    "objects": (
        (
            "Domain:\nname:       a.example\nstatus:     ok (paid and in zone)\n"
            "registered: 2010-08-10 16:43:38 +03:00\n\nRegistrar:\nname:       Example OÜ\n"
            "url:        http://www.example.net\n\nName servers:\nnserver:   ns1.example.net\n"
        ),
        {
            "registrar": ["Example OÜ"],
            "status": ["ok"],
            "created": ["2010-08-10 16:43:38 +03:00"],
            "nameserver": ["ns1.example.net"],
        },
    ),
    "a heading with a name below": (
        (
            "Domain: a.example\n\nRegistrar:\n        Name: Example EU Service\n"
            "        Website: www.example.eu\n\nName servers:\n        ns1.example.net\n"
        ),
        {"registrar": ["Example EU Service"], "nameserver": ["ns1.example.net"]},
    ),
    "bracketed": (
        (
            "[ a banner ]\na. [Domain Name]   A.EXAMPLE\ng. [Organization]   Example K.K.\n"
            "p. [Name Server]   ns1.example.net\n[State]   Connected (2027/03/31)\n"
        ),
        {
            "registrant": ["Example K.K."],
            "nameserver": ["ns1.example.net"],
            "status": ["Connected"],
        },
    ),
    "dotted": (
        (
            "Domain Name............: a.example\nPrimary server.........: ns1.example.net\n"
            "State..................: CA\nCurrent Registar: EXAMPLE\n"
        ),
        {"registrar": ["EXAMPLE"], "nameserver": ["ns1.example.net"]},
    ),
    "numbered": (
        "NS 1   : ns1.example.net\nNS 2   : ns2.example.net\n",
        {"nameserver": ["ns1.example.net", "ns2.example.net"]},
    ),
    "statuses in one line": (
        (
            "Registrar: Example Ltd\nDomain Status: client hold,CLIENT_TRANSFER_PROHIBITED\n"
            "state: REGISTERED, NOT DELEGATED\n"
        ),
        {
            "registrar": ["Example Ltd"],
            "status": ["NOT DELEGATED", "REGISTERED", "clientHold", "clientTransferProhibited"],
        },
    ),
    "hosts before the domain": (
        (
            "   Server Name: A.EXAMPLE.JOKE.EXAMPLE.NET\n   Registrar: JOKER LTD\n\n"
            "   Domain Name: A.EXAMPLE\n   Registrar: Example Ltd\n"
        ),
        {"registrar": ["Example Ltd"]},
    ),
    "the first object is the domain's": (
        (
            "domain:       a.example\nregistrar:    REG-EXAMPLE\ncreated:      27.07.2009\n\n"
            "contact:      C-EXAMPLE\nregistrar:    REG-OTHER\ncreated:      10.07.2010\n"
        ),
        {"registrar": ["REG-EXAMPLE"], "created": ["27.07.2009"]},
    ),
    "no registrar": (
        (
            "    Registrar:\n        No registrar listed.  This domain is registered directly.\n\n"
            "    Name servers:\n        ns1.example.net\n"
        ),
        {"nameserver": ["ns1.example.net"]},
    ),
    "no name servers": (
        (
            "    Registrar:\n        Example GmbH\n\n    Name servers:\n"
            "        No name servers listed.\n"
        ),
        {"registrar": ["Example GmbH"]},
    ),
    "nothing where an address would stand": (
        "Registrar: EXAMPLE\nName Server: ns1.example.net. not.defined.\nName Server: not.defined.\n",
        {"registrar": ["EXAMPLE"], "nameserver": ["ns1.example.net"]},
    ),
    "a registry that publishes the status only": (
        "Domain: a.example\nStatus: connect\n",
        {"status": ["connect"]},
    ),
    "a field without value": (
        (
            "Registrar: Example Ltd\nName Server:\nDNSSEC: unsigned\nUpdated Date:\n"
            "Creation Date: 2001-02-03\n"
        ),
        {"registrar": ["Example Ltd"], "created": ["2001-02-03"]},
    ),
}


def fields(values):
    found = {}
    for value in values:
        key, _, rest = value.partition(" ")
        found.setdefault(key, []).append(rest)
    return found


@pytest.mark.parametrize("form", sorted(FORMS))
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_forms(form, end):
    text, expected = FORMS[form]
    status, values = read_whois(text.replace("\n", end))
    assert (status, fields(values)) == (Status.ANSWER, expected)
    assert list(values) == sorted(values)


@pytest.mark.parametrize(
    "mark", [" [Tag = EX]", " (R22-EXRY)", " R45-ME", "  [Tag=GB-EXAMPLE-UK]", ""]
)
def test_a_registrys_mark_is_no_part_of_the_name(mark):
    assert read_whois(f"Registrar: Example Ltd{mark}\n")[1] == ("registrar Example Ltd",)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ('No match for "A.EXAMPLE".\n', Status.NOT_FOUND),
        ("% No entries found for the selected source(s).\n", Status.NOT_FOUND),
        ("Domain: a.example\nStatus: free\n", Status.NOT_FOUND),
        ("Domain: a.example\nStatus:\tAVAILABLE\n", Status.NOT_FOUND),
        ("Query rate limit exceeded", Status.RATE_LIMITED),
        ("You have exceeded your query quota.", Status.RATE_LIMITED),
        ("The WHOIS query quota for 192.0.2.1 has been exceeded\n", Status.RATE_LIMITED),
        # a server that throttles has not looked
        (
            "%%\n%% Too many requests...\n%%\n\n%% No entries found in the Database.\n",
            Status.RATE_LIMITED,
        ),
        # terms of use are no event
        (
            (
                "Domain not found.\n>>> Last update: 2026-07-12 <<<\n\nTerms of Use: Queries to the "
                "Whois services are throttled. If too many queries are received from an address, the "
                "service will begin to reject further queries."
            ),
            Status.NOT_FOUND,
        ),
        (
            "Terms: access is refused when the\nlimit of queries is exceeded\nNo match for a.example",
            Status.NOT_FOUND,
        ),
        ("If the domain is not found, look at the spelling.", Status.MALFORMED),
        ("Status: connect\n", Status.MALFORMED),  # of what?
        ("% nothing we know\n", Status.MALFORMED),
        ("hello", Status.MALFORMED),
        ("", Status.MALFORMED),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_notices(text, status, end):
    assert read_whois(text.replace("\n", end)) == (status, ())


def test_a_notice_beside_a_registration_takes_nothing_from_it():
    text = "Domain Name: a.example\nRegistrar: Example Ltd\n\nQuery rate limit exceeded soon.\n"
    assert read_whois(text) == (Status.ANSWER, ("registrar Example Ltd",))


def test_text_is_hostile():
    text = "Registrar: a\x1b[31mb\nName Server: " + "x" * 100_000 + ".example\n"
    _, values = read_whois(text)
    assert values == ("registrar a\\x1b[31mb",)
    for hostile in ("a:" * 50_000, ":" * 100_000, "[" * 100_000, "limit " * 20_000, " " * 100_000):
        read_whois(hostile + "\n" + hostile)


@STEADY
@given(st.text(st.sampled_from("Registrar: \n\tName Server.ns1[]%()-R4"), max_size=200))
def test_any_text_is_read(text):
    status, values = read_whois(text)
    assert (status is Status.ANSWER) == bool(values)
    assert all(value.isprintable() and value.partition(" ")[2] for value in values)


def test_iana():
    text = "domain: EXAMPLE\n\norganisation: NIC Example\ncontact: administrative\norganisation: Another\nwhois: whois.nic.example\n"
    assert read_iana(text) == ("operator NIC Example", "whois whois.nic.example")


def test_an_answer_names_no_encoding():
    assert decode("Registrar: Exämple".encode()) == decode("Registrar: Exämple".encode("latin-1"))


@pytest.mark.parametrize(
    "text",
    [
        "No matching record.",
        "kaas-voorbeeld.be is free",
        "The domain is available",
        "Domain Name: kaas.example\nStatus: AVAILABLE",
        "The domain kaas.example is available for registration",
    ],
)
def test_a_name_that_is_free_is_not_registered(text):
    assert read_whois(text) == (Status.NOT_FOUND, ())


@pytest.mark.parametrize(
    "text",
    [
        "No queries are available for your IP address",
        "This query service is free.",
        "Access to the service is available for registered users only",
        "Further information is available.",
        "Domain: kaas.example\nStatus: NOT AVAILABLE",
    ],
)
def test_what_is_said_of_the_service_is_not_said_of_the_name(text):
    assert read_whois(text)[0] is not Status.NOT_FOUND
