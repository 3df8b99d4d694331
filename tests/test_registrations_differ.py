"""Answers of one day about a registration that contradict each other: none is certain, and it is told."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from depgraph import build, check, compare, exposure, findings, report, takedown, without
from depgraph.analysis.roles import roles
from depgraph.recording import Header, Recording
from depgraph.reporting import brief
from depgraph.survey.judgement import Question, judge
from tests.graphs import seen
from tests.test_one_day import AWS, CLOUDFLARE, NAME, dig, graph_of, reasons_of

NODE = f"registration:{NAME}"
DATE = datetime(2026, 8, 1, tzinfo=UTC)
GODADDY, NAMECHEAP = ("GoDaddy.com, LLC", "146"), ("NameCheap, Inc.", "1068")


def whois(name="", number="", *more):
    lines = [f"Domain Name: {NAME.upper()}"]
    lines += [f"Registrar: {name}"] if name else []
    lines += [f"Registrar IANA ID: {number}"] if number else []
    return "\n".join(
        [*lines, *more, ">>> Last update of WHOIS database: 2026-08-01T10:00:00Z <<<", ""]
    )


def card(role, name, number=""):
    found = {
        "objectClassName": "entity",
        "roles": [role],
        "vcardArray": ["vcard", [["version", {}, "text", "4.0"], ["fn", {}, "text", name]]],
    }
    if number:
        found["publicIds"] = [{"type": "IANA Registrar ID", "identifier": number}]
    return found


def rdap(name="", number="", *, status="client transfer prohibited", registrant="", servers=()):
    entities = [card("registrar", name, number)] if name else []
    entities += [card("registrant", registrant)] if registrant else []
    updated = {"eventAction": "last update of RDAP database", "eventDate": "2026-08-01T10:00:00Z"}
    return json.dumps(
        {
            "objectClassName": "domain",
            "ldhName": NAME,
            "status": [status],
            "entities": entities,
            "nameservers": [{"objectClassName": "nameserver", "ldhName": s} for s in servers],
            "events": [updated],
        }
    )


NOT_FOUND = f'No match for domain "{NAME.upper()}".\n'
ALPHA, BETA = "Alpha Names Pty Ltd", "Beta Domains SARL"


def who_stops(graph, level="company"):
    """Return who stops the name alone: certainly, and perhaps."""
    cuts = [cut for cut in takedown(graph, level=level)["name"].cut_sets if len(cut.ids) < 2]
    return (
        {"".join(cut.ids).partition(":")[2] for cut in cuts if not cut.worst_case},
        {"".join(cut.ids).partition(":")[2] for cut in cuts if cut.worst_case},
    )


REGISTRARS = {
    "WHOIS and WHOIS": (
        {"old.txt": whois(*GODADDY), "new.txt": whois(*NAMECHEAP)},
        ("godaddy", "namecheap"),
        "GoDaddy.com, LLC (WHOIS old.txt) / NameCheap, Inc. (WHOIS new.txt)",
    ),
    "RDAP and RDAP": (
        {"old.json": rdap(*GODADDY), "new.json": rdap(*NAMECHEAP)},
        ("godaddy", "namecheap"),
        "GoDaddy.com, LLC (RDAP old.json) / NameCheap, Inc. (RDAP new.json)",
    ),
    "WHOIS and RDAP": (
        {"whois.txt": whois(*GODADDY), "rdap.json": rdap(*NAMECHEAP)},
        ("godaddy", "namecheap"),
        "GoDaddy.com, LLC (WHOIS whois.txt) / NameCheap, Inc. (RDAP rdap.json)",
    ),
    "a registry and the registrar that it refers to": (
        {"whois.txt": whois(*GODADDY) + "\n" + whois(*NAMECHEAP)},
        ("godaddy", "namecheap"),
        "GoDaddy.com, LLC (WHOIS whois.txt) / NameCheap, Inc. (WHOIS whois.txt)",
    ),
    "a number and a name": (
        {
            "id.json": rdap("", "").replace(
                '"entities": []', '"entities": [' + json.dumps(card("registrar", "", "146")) + "]"
            ),
            "name.txt": whois("NameCheap, Inc."),
        },
        ("godaddy", "namecheap"),
        "IANA 146 (RDAP id.json) / NameCheap, Inc. (WHOIS name.txt)",
    ),
    "registrars that the catalogue does not know": (
        {"a.txt": whois(ALPHA), "b.txt": whois(BETA)},
        ("~alpha-names", "~beta-domains"),
        f"{ALPHA} (WHOIS a.txt) / {BETA} (WHOIS b.txt)",
    ),
    "one that it knows and one that it does not": (
        {"a.txt": whois(ALPHA), "b.txt": whois(*GODADDY)},
        ("godaddy", "~alpha-names"),
        f"{ALPHA} (WHOIS a.txt) / GoDaddy.com, LLC (WHOIS b.txt)",
    ),
    "two against one": (
        {"a.txt": whois(*GODADDY), "b.json": rdap("GODADDY"), "c.txt": whois(*NAMECHEAP)},
        ("godaddy", "namecheap"),
        "GODADDY, GoDaddy.com, LLC (WHOIS a.txt, RDAP b.json) / NameCheap, Inc. (WHOIS c.txt)",
    ),
}


@pytest.mark.parametrize(("files", "who", "text"), REGISTRARS.values(), ids=REGISTRARS)
def test_registrars_of_whom_one_is_true_are_neither_certain_nor_a_redundancy(
    tmp_path, files, who, text
):
    graph = graph_of(tmp_path, **files)
    finding = reasons_of(graph)["answers-differ"]
    assert (finding.urgency.value, finding.label) == ("worth-knowing", NAME)
    assert finding.reason == f"answers-differ?name={NAME}&question=registrar&text={text}"
    name = takedown(graph, level="provider")["name"]
    assert name.state.value == "works"
    assert who_stops(graph, level="provider") == ({"verisign"}, set(who))
    together = [cut for cut in name.cut_sets if len(cut.ids) > 1]
    assert [{one.partition(":")[2] for one in cut.ids} for cut in together] == [set(who)]
    assert not together[0].worst_case  # it is one of them
    because = {part.reason for cut in name.cut_sets if cut.worst_case for part in cut.unknown}
    assert because == {finding.reason}
    held = [one for one in roles(graph).functions["name"] if one.layer == "registrar"]
    assert {one.actor.partition(":")[2] for one in held} == set(who)
    assert not any(one.known for one in held)


def differing(tmp_path):
    return graph_of(tmp_path, **REGISTRARS["WHOIS and WHOIS"][0])


@pytest.mark.parametrize(
    ("claim", "ruling"),
    [
        ("independent of GoDaddy", "undetermined"),
        ("independent of Namecheap", "undetermined"),
        ("independent of OVH", "supported"),
        ("independent of Verisign", "contradicted"),
        ("registered with GoDaddy", "undetermined"),
        ("not registered with Namecheap", "undetermined"),
    ],
)
def test_no_claim_about_either_registrar_is_settled(tmp_path, claim, ruling):
    assert check(differing(tmp_path), claim)["name"].ruling.value == ruling


def test_every_face_tells_the_same(tmp_path):
    graph = differing(tmp_path)
    text = "GoDaddy.com, LLC (WHOIS old.txt) / NameCheap, Inc. (WHOIS new.txt)"
    english = f"whole answers of one day contradict each other, registrar of {NAME}: {text}"
    french = (
        f"des réponses entières du même jour se contredisent, bureau d’enregistrement d’{NAME} : "
        f"{text}"
    )
    for made in (report(graph), findings(graph), takedown(graph)):
        assert english in " ".join(made.text(width=2000).split())
        assert french in " ".join(made.text(width=2000, lang="fr").split()).replace(" ", " ")
    assert text in json.dumps(report(graph).to_dict(), ensure_ascii=False)
    assert text in report(graph).registration.finding
    assert "1 worth knowing" in str(brief(graph))


SAME = {
    "written two ways": {"a.txt": whois("GoDaddy.com, LLC"), "b.json": rdap("GODADDY")},
    "a number and its name": {"a.txt": whois("", "146"), "b.json": rdap("GoDaddy.com, LLC")},
    "another legal form": {"a.txt": whois("Key-Systems GmbH"), "b.txt": whois("Key-Systems LLC")},
    "squeezed": {"a.txt": whois("Alpha Names Pty Ltd"), "b.txt": whois("AlphaNames")},
    "a number that is not known, and a name": {
        "a.json": rdap("", "").replace(
            '"entities": []', '"entities": [' + json.dumps(card("registrar", "", "999123")) + "]"
        ),
        "b.txt": whois(ALPHA),
    },
    "one that says less": {
        "a.txt": whois(*GODADDY),
        "b.txt": whois(
            *GODADDY,
            "Registrant Organization: Acme Ltd",
            "Creation Date: 2001-01-13T22:00:00Z",
            "Domain Status: clientTransferProhibited",
        ),
    },
    "a registrant that is withheld": {
        "a.txt": whois(*GODADDY, "Registrant Organization: REDACTED FOR PRIVACY"),
        "b.txt": whois(*GODADDY, "Registrant Organization: Acme Ltd"),
    },
    "a service that stands in": {
        "a.txt": whois(*GODADDY, "Registrant Organization: Domains By Proxy, LLC"),
        "b.txt": whois(*GODADDY, "Registrant Organization: Acme Ltd"),
    },
    "a day in two zones of time": {
        "a.txt": whois(*GODADDY, "Creation Date: 2001-01-13T23:30:00Z"),
        "b.txt": whois(*GODADDY, "Creation Date: 2001-01-14"),
    },
    "a renewal that the registrar does not show yet": {
        "a.txt": whois(
            *GODADDY, "Registry Expiry Date: 2027-07-20", "Domain Status: autoRenewPeriod"
        ),
        "b.txt": whois(*GODADDY, "Registrar Registration Expiration Date: 2026-07-20"),
    },
    "locks that the registrar does not list": {
        "a.txt": whois(
            *GODADDY,
            "Domain Status: clientTransferProhibited",
            "Domain Status: serverTransferProhibited",
        ),
        "b.json": rdap(*GODADDY, status="client transfer prohibited"),
    },
}


@pytest.mark.parametrize("files", SAME.values(), ids=SAME)
def test_answers_that_agree_or_say_less_are_one(tmp_path, files):
    graph = graph_of(tmp_path, **files)
    assert "answers-differ" not in reasons_of(graph)
    (edge,) = [d for *_, k, d in graph.out_edges(NODE, keys=True, data=True) if k == "registrar"]
    assert (edge["confidence"], edge.get("effect")) == ("certain", None)


OTHERS = {
    "reseller": (
        (whois(*GODADDY, "Reseller: Kiosk Ltd"), whois(*GODADDY, "Reseller: Corner Shop SARL")),
        "Corner Shop SARL (WHOIS b) / Kiosk Ltd (WHOIS a)",
    ),
    "registrant": (
        (
            whois(*GODADDY, "Registrant Organization: Acme Ltd"),
            rdap(*GODADDY, registrant="Bolt AG"),
        ),
        "Acme Ltd (WHOIS a) / Bolt AG (RDAP b)",
    ),
    "nameserver": (
        (
            whois(*GODADDY, "Name Server: ns1.alpha.net", "Name Server: ns2.alpha.net"),
            rdap(*GODADDY, servers=("ns1.alpha.net", "ns1.beta.net")),
        ),
        "ns1.beta.net, ns1.alpha.net (RDAP b) / ns2.alpha.net, ns1.alpha.net (WHOIS a)",
    ),
    "created": (
        (
            whois(*GODADDY, "Creation Date: 2001-01-13"),
            whois(*GODADDY, "Creation Date: 2019-05-02"),
        ),
        "2001-01-13 (WHOIS a) / 2019-05-02 (WHOIS b)",
    ),
    "expires": (
        (
            whois(*GODADDY, "Registry Expiry Date: 2027-01-13"),
            whois(*GODADDY, "Registry Expiry Date: 2028-01-13"),
        ),
        "2027-01-13 (WHOIS a) / 2028-01-13 (WHOIS b)",
    ),
    "status": (
        (whois(*GODADDY, "Domain Status: ok"), rdap(*GODADDY, status="server transfer prohibited")),
        "ok (WHOIS a) / serverTransferProhibited (RDAP b)",
    ),
}


@pytest.mark.parametrize(
    ("word", "answers", "text"), [(k, *v) for k, v in OTHERS.items()], ids=OTHERS
)
def test_what_else_answers_differ_in_is_told_and_leaves_the_registrar_certain(
    tmp_path, word, answers, text
):
    graph = graph_of(tmp_path, a=answers[0], b=answers[1])
    finding = reasons_of(graph)["answers-differ"]
    assert finding.reason == f"answers-differ?name={NAME}&question={word}&text={text}"
    assert finding.urgency.value == "worth-knowing"
    assert "reseller" not in graph.nodes[NODE]
    assert who_stops(graph) == ({"verisign", "godaddy"}, set())


def test_name_servers_of_two_registrations_are_no_redundancy(tmp_path):
    one = whois(*GODADDY, *(f"Name Server: {server}" for server in AWS))
    graph = graph_of(tmp_path, a=one, b=rdap(*GODADDY, servers=(AWS[0], *CLOUDFLARE)))
    edges = graph.out_edges(f"nameservers:{NAME}", data=True)
    told = {head.partition(":")[2]: (d["strength"], d["confidence"]) for _, head, d in edges}
    assert told[f"name servers of {NAME}"][0] == "needs"
    assert told[AWS[0].rstrip(".")] == ("needs", "certain")
    assert told[AWS[1].rstrip(".")] == ("exposes", "possible")
    assert told[CLOUDFLARE[0].rstrip(".")] == ("exposes", "possible")
    mail = takedown(graph, level="provider")["mail"]
    assert not [cut for cut in mail.cut_sets if not cut.worst_case and "cloudflare" in str(cut.ids)]


HELD = (whois(*GODADDY, "Domain Status: clientHold"), rdap(*GODADDY, status="active"))


def test_a_hold_of_which_one_answer_knows_nothing_is_undetermined(tmp_path):
    graph = graph_of(tmp_path, a=HELD[0], b=HELD[1])
    assert takedown(graph)["name"].state.value == "undetermined"
    found = reasons_of(graph)
    assert "on-hold" not in found
    assert found["answers-differ"].urgency.value == "breaks-on-a-day"
    assert "active (RDAP b) / clientHold (WHOIS a)" in found["answers-differ"].reason


HOLD, LOCK = "Domain Status: clientHold", "Domain Status: clientTransferProhibited"


@pytest.mark.parametrize(
    ("registry", "copy", "state"),
    [
        ((HOLD, LOCK), (LOCK,), "fails"),
        ((HOLD,), ("Domain Status: ok",), "fails"),
        ((HOLD,), (), "fails"),
        ((), (HOLD,), "fails"),
        ((LOCK,), ("Domain Status: ok",), "works"),
        ((LOCK,), (HOLD,), "undetermined"),  # what the registry does not have yet, or has no more
    ],
)
def test_the_registry_decides_the_status_beside_the_copy_of_the_registrar(
    tmp_path, registry, copy, state
):
    both = whois(*GODADDY, *registry) + "\n" + whois(*GODADDY, *copy)
    graph = graph_of(tmp_path, both=both)
    assert takedown(graph)["name"].state.value == state
    found = reasons_of(graph)
    assert ("answers-differ" in found) is (state == "undetermined")
    assert ("on-hold" in found) is (state == "fails")


def test_what_not_all_say_comes_first(tmp_path):
    locks = [
        f"Domain Status: client{one}Prohibited" for one in ("Delete", "Renew", "Transfer", "Update")
    ]
    graph = graph_of(
        tmp_path,
        a=whois(*GODADDY, *locks, "Domain Status: serverHold"),
        b=whois(*GODADDY, *locks),
    )
    text = (
        "serverHold, clientDeleteProhibited, clientRenewProhibited, clientTransferProhibited, ..."
    )
    assert text in reasons_of(graph)["answers-differ"].reason


def test_a_hold_that_every_answer_knows_is_certain(tmp_path):
    both = {"a": HELD[0], "b": rdap(*GODADDY, status="client hold")}
    graph = graph_of(tmp_path, **both)
    assert takedown(graph)["name"].state.value == "fails"
    assert "answers-differ" not in reasons_of(graph)


def test_a_name_that_one_has_and_another_has_not_is_undetermined(tmp_path):
    graph = graph_of(tmp_path, a=whois(*GODADDY), b=NOT_FOUND)
    assert takedown(graph)["name"].state.value == "undetermined"
    assert who_stops(graph)[0] == {"verisign"}
    finding = reasons_of(graph)["answers-differ"]
    assert finding.urgency.value == "breaks-on-a-day"
    assert finding.reason == f"answers-differ?name={NAME}&target=WHOIS b&text=WHOIS a"
    said = f"{NAME} is registered (WHOIS a), and it is not (WHOIS b)"
    assert said in " ".join(str(findings(graph)).split())
    said = f"{NAME} est enregistré (WHOIS a), et ne l’est pas (WHOIS b)"
    assert said in " ".join(findings(graph).text(lang="fr").split())
    assert check(graph, "registered with GoDaddy")["name"].ruling.value == "undetermined"


def test_a_name_that_the_dns_has_is_registered_whoever_does_not_know_it(tmp_path):
    graph = graph_of(tmp_path, a=whois(*GODADDY), b=NOT_FOUND, c=dig("NS", *AWS))
    assert takedown(graph)["name"].state.value == "works"
    assert who_stops(graph) == ({"verisign", "godaddy"}, set())
    assert "answers-differ" in reasons_of(graph)


def of_days(*rows):
    """Build a graph of two days from answers, each of one of them."""
    found = [
        seen(
            NAME,
            "registration",
            *values,
            status=status,
            source="rdap",
            time=DATE + timedelta(days=n),
        )
        for n, status, values in rows
    ]
    days = (DATE.date(), DATE.date() + timedelta(days=1))
    return build(Recording(Header(subject=NAME, since=days[0], until=days[1]), tuple(found)))


def test_what_another_day_says_is_a_change():
    graph = of_days((0, "answer", ["registrar-id 146"]), (1, "answer", ["registrar-id 1068"]))
    assert who_stops(graph, level="provider") == ({"verisign", "namecheap"}, set())
    found = reasons_of(graph)
    assert "answers-differ" not in found
    assert found["replaced"].reason == (
        f"replaced?name={NAME}&names=IANA 146&question=registrar&time=2026-08-02"
    )


def test_a_name_that_was_given_up_is_not_registered():
    graph = of_days((0, "answer", ["registrar-id 146"]), (1, "not-found", []))
    assert "answers-differ" not in reasons_of(graph)
    assert who_stops(graph)[0] == {"verisign"}
    (edge,) = [v for _, v, k in graph.out_edges(NODE, keys=True) if k == "registrar"]
    assert graph.nodes[edge]["reason"] == "not-registered"


def test_a_change_between_two_graphs_is_told_as_a_change():
    def on(day, number):
        rows = seen(NAME, "registration", f"registrar-id {number}", source="rdap", time=day)
        return build(Recording(Header(subject=NAME, since=day.date(), until=day.date()), (rows,)))

    told = str(compare(on(DATE, 146), on(DATE + timedelta(days=1), 1068)))
    assert "GoDaddy" in told
    assert "Namecheap" in told


def test_a_contradicted_registrar_that_a_lock_binds_is_not_known(tmp_path):
    locked = ("Domain Status: serverUpdateProhibited", "Domain Status: serverDeleteProhibited")
    graph = graph_of(tmp_path, a=whois(*GODADDY, *locked), b=whois(*NAMECHEAP, *locked))
    held = [one for one in roles(graph).functions["name"] if one.layer == "registrar"]
    assert [one.confidence.value for one in held] == ["possible", "possible"]


def test_a_row_of_a_survey_names_no_registrar_for_certain():
    rows = [
        seen(
            NAME, "registration", f"registrar-id {number}", source="rdap", time=DATE, citation=file
        )
        for number, file in ((146, "a"), (1068, "b"))
    ]
    made = judge(
        Recording(Header(subject=NAME, since=DATE.date(), until=DATE.date()), tuple(rows)),
        Question(),
    )
    text = str(made)
    assert "answers-differ" in text


# -- registrars of one company ---------------------------------------------------------------

_ONE_COMPANY = {"a.txt": whois("Key-Systems GmbH"), "b.txt": whois("Hexonet GmbH")}
_BOTH = {"company:centralnic"}


def test_of_two_registrars_of_one_company_it_is_certain_that_the_company_can(tmp_path):
    graph = graph_of(tmp_path, **_ONE_COMPANY)
    assert who_stops(graph) == ({"verisign", "centralnic"}, set())
    assert who_stops(graph, level="provider") == ({"verisign"}, {"hexonet", "key-systems"})
    for actor, state in (
        ("centralnic", "fails"),
        ("hexonet", "undetermined"),
        ("key-systems", "undetermined"),
    ):
        kind = "company" if actor == "centralnic" else "provider"
        outcome = without(graph, f"{kind}:{actor}")["name"]
        assert (outcome.state.value, outcome.confidence.value) == (
            state,
            "certain" if state == "fails" else "possible",
        ), actor
    together = without(graph, ["provider:hexonet", "provider:key-systems"])["name"]
    assert together.state.value == "fails"
    (cut,) = [cut for cut in takedown(graph)["name"].cut_sets if set(cut.ids) == _BOTH]
    assert [pull.lever.value for pull in cut.members[0].levers] == ["suspend"]
    held = [one for one in roles(graph).functions["name"] if one.layer == "registrar"]
    assert {one.actor.partition(":")[2] for one in held} == {"hexonet", "key-systems"}
    assert not any(one.known for one in held)  # who of them it is is as open as before


def test_the_first_screen_names_their_company_as_the_registrar(tmp_path):
    short = brief(graph_of(tmp_path, **_ONE_COMPANY))
    (layer,) = [one for one in short.layers if one.layer == "registrar"]
    assert [(one.id, one.stops) for one in layer.actors] == [
        ("company:centralnic", ("web", "web-www", "mail", "name"))
    ]
    assert not layer.unknown
    assert None not in {one.layer for one in short.layers}


def test_beside_an_answer_that_there_is_no_such_registration_nobody_can_for_certain(tmp_path):
    graph = graph_of(tmp_path, **_ONE_COMPANY, **{"c.txt": NOT_FOUND})
    assert who_stops(graph) == ({"verisign"}, {"", "centralnic"})


def test_locks_of_both_keep_their_company_from_acting(tmp_path):
    locks = ("Domain Status: serverUpdateProhibited", "Domain Status: serverDeleteProhibited")
    files = {
        "a.txt": whois("Key-Systems GmbH", "", *locks),
        "b.txt": whois("Hexonet GmbH", "", *locks),
    }
    graph = graph_of(tmp_path, **files)
    assert who_stops(graph) == ({"verisign"}, {"centralnic"})


def test_exposure_to_either_registrar_is_possible(tmp_path):
    (name,) = [
        one
        for one in exposure(graph_of(tmp_path, **_ONE_COMPANY), level="provider").functions
        if one.function == "name"
    ]
    by_id = {one.id: one for one in name.actors}
    for actor in ("provider:hexonet", "provider:key-systems"):
        assert {place.confidence.value for place in by_id[actor].places} == {"possible"}
