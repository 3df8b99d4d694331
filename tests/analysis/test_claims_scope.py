"""Of whom and of what a claim is said: whoever is outside X, several together, one layer only."""

import pytest

from depgraph.analysis import check
from depgraph.analysis.grammar import Form, Untestable, read_claim
from depgraph.analysis.verdicts import Ruling
from depgraph.errors import QuestionError
from depgraph.schema import small
from depgraph.vocabulary import Layer
from tests.analysis.worlds import CATALOGUE, S, owned

LABELS = {"cloud": "Nimbus", "mail": "Poster", "one": "Unum", "two": "Duo", "registrar": "Regis"}
WORST_LAST = {
    Ruling.SUPPORTED: "yes",
    Ruling.PARTLY: "part",
    Ruling.UNDETERMINED: "open",
    Ruling.CONTRADICTED: "no",
}


@pytest.fixture(scope="module")
def graph():
    return in_two_lands()


def in_two_lands():
    """A web site in France, its DNS there and in the US, its mail in the US, its name in France."""
    edges = [
        *[(f"service:{S}", "function", f"function:{S}/{name}") for name in ("web", "mail", "name")],
        (f"function:{S}/web", "host", f"host:{S}"),
        (f"host:{S}", "zone", f"zone:{S}"),
        (f"host:{S}", "address", f"addresses:{S}"),
        (f"addresses:{S}", "address", "address:192.0.2.1"),
        ("address:192.0.2.1", "operator", "provider:cloud"),
        (f"zone:{S}", "registration", f"registration:{S}"),
        (f"registration:{S}", "registrar", "provider:registrar"),
        (f"zone:{S}", "nameserver", f"nameservers:{S}"),
        (f"nameservers:{S}", "nameserver", "nameserver:ns1.one.net"),
        (f"nameservers:{S}", "nameserver", "nameserver:ns2.two.net"),
        ("nameserver:ns1.one.net", "operator", "provider:one"),
        ("nameserver:ns2.two.net", "operator", "provider:two"),
        (f"function:{S}/mail", "zone", f"zone:{S}"),
        (f"function:{S}/mail", "exchange", f"exchanges:{S}"),
        (f"exchanges:{S}", "exchange", "exchange:mx.mail.net"),
        ("exchange:mx.mail.net", "operator", "provider:mail"),
        (f"function:{S}/name", "registration", f"registration:{S}"),
        *owned("cloud", country="FR"),
        *owned("registrar", country="FR"),
        *owned("one", country="FR"),
        *owned("two", country="US"),
        *owned("mail", country="US"),
    ]
    nodes = {f"company:{key}": {"label": label} for key, label in LABELS.items()}
    made = small(S, edges, nodes=nodes)
    made.graph.update({"since": "2026-01-15", "until": "2026-01-15", "complete": True})
    return made


def ruled(graph, claim):
    """Return the worst ruling of each function, by its pieces; nothing where none is tested."""
    try:
        found = check(graph, claim, catalogue=CATALOGUE)
    except QuestionError:
        return ""
    worst = {}
    for one in (one for piece in found.pieces for one in piece.functions):
        if one.ruling in WORST_LAST:
            several = (worst.get(one.function, Ruling.SUPPORTED), one.ruling)
            worst[one.function] = max(several, key=[*WORST_LAST].index)
    return " ".join(f"{name}:{WORST_LAST[ruling]}" for name, ruling in worst.items())


@pytest.mark.parametrize(
    ("claim", "rulings"),
    [
        ("no company outside France can take its name down", "name:yes"),
        ("no company outside France can stop it", "web:yes mail:no name:yes"),
        ("no company outside the US can stop it", "web:no mail:no name:no"),
        ("nobody outside France can stop the mail", "mail:no"),
        ("nobody outside France can stop the web site", "web:yes"),
        ("independent of any country outside France", "web:yes mail:no name:yes"),
        ("independent of any country outside the US", "web:no mail:no name:no"),
        ("companies outside France can stop it", ""),
        ("depends on companies outside France", ""),
        ("its registrar is not outside France", "web:yes mail:yes name:yes"),
        ("its registrar is not outside the US", "web:no mail:no name:no"),
        ("its registrar is outside the US", "web:yes mail:yes name:yes"),
        ("its registrar is outside France", "web:no mail:no name:no"),
        ("not hosted outside France", "web:yes"),
        ("aucune entreprise hors de France ne peut arrêter le nom", "name:yes"),
        ("personne hors de France ne peut arrêter le courrier", "mail:no"),
        ("aucune entreprise hors des États-Unis ne peut arrêter le web", "web:no"),
        ("indépendant de tout pays hors de France", "web:yes mail:no name:yes"),
        ("aucune entreprise non française ne peut arrêter le web", "web:yes"),
        ("son registraire n'est pas hors de France", "web:yes mail:yes name:yes"),
        ("Poster does not host its mail", "mail:no"),
        ("Nimbus does not host its mail", "mail:yes"),
        ("Unum does not host its DNS", "web:no mail:no"),
        ("Regis does not host its DNS", "web:yes mail:yes"),
        ("Poster n'héberge pas son courrier", "mail:no"),
        ("Nimbus n'héberge pas son courrier", "mail:yes"),
        ("its mail is hosted in France", "mail:no"),
        ("its mail is hosted in the United States", "mail:yes"),
        ("le courrier est hébergé en France", "mail:no"),
        ("le courrier est hébergé aux États-Unis", "mail:yes"),
        ("its DNS is hosted in France", "web:part mail:part"),
        ("our web site and mail are hosted in France", "web:yes mail:no"),
        ("only French companies can stop the web site", "web:yes"),
        ("only French companies can stop the mail", "mail:no"),
        ("seules des entreprises françaises peuvent arrêter le courrier", "mail:no"),
        ("seule la France peut arrêter le courrier", "mail:no"),
        ("seule la France peut arrêter le web", "web:yes"),
        ("French companies alone can stop the mail", "mail:no"),
        ("French companies alone can stop the web site", "web:yes"),
        ("just Poster can stop the mail", "mail:no"),
        ("just Nimbus can stop the web site", "web:no"),
        ("everything but mail is independent of Poster", ""),
        ("tout sauf le courrier est indépendant de Poster", ""),
        ("only its mail depends on Poster", "mail:yes web:yes name:yes"),
        ("only its mail depends on Regis", "mail:yes web:no name:no"),
        ("Regis can only stop its mail", "mail:yes web:no name:no"),
        ("Poster can stop nothing but its mail", "mail:yes web:yes name:yes"),
        ("Poster ne peut arrêter que son courrier", "mail:yes web:yes name:yes"),
        ("Regis ne peut arrêter que son courrier", "mail:yes web:no name:no"),
        ("Unum and Duo together can stop the web site", "web:yes"),
        ("Unum can stop the web site", "web:no"),
        ("Unum and Duo can stop the web site", "web:no"),
        ("Unum and Duo together cannot stop the web site", "web:no"),
        ("Unum et Duo ensemble peuvent arrêter le web", "web:yes"),
        ("Unum and Poster together can stop the web site", "web:no"),
        ("uses an American registrar", "web:no mail:no name:no"),
        ("relies on an American registrar", "web:no mail:no name:no"),
        ("relies on a French registrar", "web:yes mail:yes name:yes"),
        ("depends on an American host", "web:no"),
        ("depends on US name servers", "web:no mail:no"),
        ("uses US name servers", "web:yes mail:yes"),
        ("does not use Duo for DNS", "web:no mail:no"),
        ("does not use Poster for DNS", "web:yes mail:yes"),
        ("does not use Duo for name service", "web:no mail:no"),
        ("does not use Duo for its DNS service", "web:no mail:no"),
        ("does not use Poster for name resolution", "web:yes mail:yes"),
        ("does not use Regis for name registration", "web:no mail:no name:no"),
        ("does not use Regis for domain name registration", "web:no mail:no name:no"),
        ("n'utilise pas Duo pour son service de noms", "web:no mail:no"),
        ("n'utilise pas Duo pour son DNS", "web:no mail:no"),
        ("dépend d'un registraire américain", "web:no mail:no name:no"),
        ("dépend d'un registraire français", "web:yes mail:yes name:yes"),
        ("independent of American registrars", ""),
        ("utilise un hébergeur français", "web:yes"),
        ("Regis can stop its mail only", "mail:yes web:no name:no"),
        ("Poster can stop its mail only", "mail:yes web:yes name:yes"),
        ("Regis peut arrêter son courrier seulement", "mail:yes web:no name:no"),
        ("uses Nimbus for hosting", "web:yes"),
        ("uses Poster for hosting", "web:no"),
        ("does not use Nimbus as its host", "web:no"),
        ("uses Regis as registrar", "web:yes mail:yes name:yes"),
        ("uses Poster for registration", "web:no mail:no name:no"),
        ("uses American mail servers", "mail:yes"),
        ("uses French mail servers", "mail:no"),
        ("our mail uses Unum for DNS", "mail:yes"),
        ("utilise Nimbus pour son hébergement", "web:yes"),
        ("n'utilise pas Nimbus comme hébergeur", "web:no"),
        ("utilise Regis comme registraire", "web:yes mail:yes name:yes"),
        ("dépend de prestataires de messagerie américains", "mail:yes"),
        ("utilise des serveurs de courrier français", "mail:no"),
        # Of the name service itself, what withdraws the name or any of its servers together.
        ("our DNS does not depend on Unum", "web:yes mail:yes"),
        ("our DNS depends on Unum", "web:no mail:no"),
        ("Unum cannot stop our DNS", "web:yes mail:yes"),
        ("Unum and Duo together cannot stop our DNS", "web:no mail:no"),
        ("our name servers do not depend on Regis", "web:no mail:no"),
        ("Poster can stop our name service", "web:no mail:no"),
        ("we do not need Unum for our DNS", "web:yes mail:yes"),
        ("no single company can stop our DNS", "web:no mail:no"),
        ("our DNS does not depend on any US company", "web:yes mail:yes"),
        ("our mail does not depend on Duo for DNS", "mail:yes"),
        ("notre DNS ne dépend pas de Duo", "web:yes mail:yes"),
        ("Regis ne peut pas couper nos serveurs de noms", "web:no mail:no"),
        ("notre DNS ne dépend d'aucune entreprise française", "web:no mail:no"),
        ("Duo n'a aucun pouvoir sur notre DNS", "web:yes mail:yes"),
        ("our hosting is French", "web:yes"),
        ("notre messagerie est entièrement française", "mail:no"),
    ],
)
def test_it_is_ruled_of_whom_and_of_what_it_says(graph, claim, rulings):
    assert ruled(graph, claim) == rulings


@pytest.mark.parametrize(
    "claim",
    [
        "companies outside Germany can stop it",
        "independent of companies outside Europe",
        "uses no provider outside the EU",
        "only French companies outside Germany can stop it",
        "everything but the web site depends on Google",
        "tout sauf le courrier est indépendant de Google",
        "independent of American registrars",
    ],
)
def test_what_is_not_read_surely_has_no_ruling(claim):
    said = read_claim(claim)
    assert {one.form for one in said.claims} == {Form.MENTION}
    assert Untestable.DIRECTION in {one.why for one in said.untested}


def test_the_level_that_a_claim_names_is_kept():
    (claim,) = read_claim("no company outside Germany can take it down").claims
    assert (claim.form, claim.level) == (Form.NOBODY_ELSE, "company")
    (claim,) = read_claim("nobody outside Germany can take it down").claims
    assert (claim.form, claim.level) == (Form.NOBODY_ELSE, "")


def test_one_company_alone_needs_nobody_else_and_a_group_alone_leaves_nobody_else():
    assert [one.form for one in read_claim("OVH alone can stop it").claims] == [Form.CAN_STOP]
    several = [one.form for one in read_claim("French companies alone can stop it").claims]
    assert several == [Form.CAN_STOP, Form.NOBODY_ELSE]


@pytest.mark.parametrize(
    "claim",
    [
        "its host does not depend on Google",
        "its host depends on Google",
        "its host, OVH, does not depend on Google",
        "our registrar is independent of Google",
        "our mail provider does not use Google",
        "its DNS provider does not depend on Google",
        "The certificate authority of the site relies on Google",
        "Google cannot stop its host",
        "son hébergeur ne dépend pas de Google",
        "notre registraire est indépendant de Google",
        "notre hébergeur n'utilise pas Google",
        "notre prestataire de DNS dépend de Google",
    ],
)
def test_on_whom_one_depends_who_serves_it_is_not_said_of_the_service(claim):
    said = read_claim(claim)
    assert {one.form for one in said.claims} == {Form.MENTION}
    assert Untestable.OF_ANOTHER in {one.why for one in said.untested}


@pytest.mark.parametrize(
    ("claim", "form"),
    [
        ("our host is not Google", Form.NOT_DONE_BY),
        ("our host is owned by Google", Form.DONE_BY),
        ("our hosting does not depend on Google", Form.CANNOT_STOP),
        ("our host is OVH and our site does not use Google", Form.NOT_ON_PATH),
        ("Google cannot stop our site", Form.CANNOT_STOP),
        ("notre hébergement ne dépend pas de Google", Form.CANNOT_STOP),
        ("its name servers do not depend on Google", Form.CANNOT_STOP),
        ("les serveurs de noms dépendent de Google", Form.CAN_STOP),
    ],
)
def test_who_he_is_and_what_the_service_does_is(claim, form):
    said = read_claim(claim)
    assert form in {one.form for one in said.claims if one.actors == "Google"}
    assert Untestable.OF_ANOTHER not in {one.why for one in said.untested}


def test_a_part_that_is_no_function_is_told_by_its_own_name(graph):
    found = check(graph, "Regis can stop our DNS", catalogue=CATALOGUE)
    assert f"Regis can stop the name service of {S} when the records in caches expire" in str(found)
    assert "the web site" not in str(found)
    assert f"Regis peut arrêter le service de noms d’{S} quand" in found.text(lang="fr")
    assert "nobody is “name service” there." in str(found)  # of the name, which needs none


def test_of_a_part_it_is_said_who_does_it_and_nobody_else(graph):
    (web, mail, _) = check(graph, "Unum can stop our DNS", catalogue=CATALOGUE).functions
    assert {*web.known} == {*mail.known} == {Layer.DNS}
