"""Whom a word means: one actor, or a refusal that lists the choices; never nobody, never a guess."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import depgraph
from depgraph import countries
from depgraph.analysis import Ruling, State, check, dependence, without
from depgraph.analysis.actors import select
from depgraph.analysis.groups import companies
from depgraph.analysis.model import compile_graph
from depgraph.analysis.naming import Lexicon
from depgraph.analysis.verdicts import Answer
from depgraph.cli import main
from depgraph.errors import QuestionError
from depgraph.pictures import scene
from depgraph.providers import load
from depgraph.providers.rows import Group
from depgraph.readers import open_any
from depgraph.texts import languages, words
from tests.analysis.worlds import CATALOGUE, S, owned, world

RECORDINGS = Path(__file__).parents[2] / "data" / "recordings"
GERMAN = '{"domain":"example.de","date":"2026-01-01","records":{},"whois_raw":"Registrar: IONOS SE\\n"}\n'
LEXICON = Lexicon(load())
EU = (
    *("EU", "eu", "the EU", "The E.U.", "European Union", "the European Union", "UE", "l'UE"),
    *("Union européenne", "l’Union européenne", "group:eu", "EU companies", "EU law"),
    *("les entreprises de l'Union européenne", "« Union européenne »"),
)
BRITAIN = (
    *("UK", "GB", "U.K.", "the UK", "United Kingdom", "the United Kingdom", "Great Britain"),
    *("British", "a British company", "UK law", "Royaume-Uni", "le Royaume-Uni", "ROYAUME-UNI"),
    *("entreprises britanniques", "country:GB", "country:UK", "country:uk", "Grande-Bretagne"),
)
NOBODY = (
    *("XX", "ZZ", "AP", "XK", "EZ", "country:ZZ", "country:EU", "country:XX", "group:ZZ"),
    *(
        "company:Nominett",
        "company:NAME",
        "company:...",
        "company:",
        "provider:..",
        "provider:NAME",
    ),
    *("AS0", "AS23456", "AS64496", "AS64511", "AS64512", "AS65535", "AS65551", "AS131071"),
    *("AS999999999", "asn:999999999", "AS4200000000", "AS4294967295", "AS4294967296", "asn:x"),
    *("10.0.0.0/8", "192.168.1.1", "203.0.113.7", "2001:db8:1::/48", "address:127.0.0.1"),
    *("fe80::1", "3fff::1", "224.0.0.1", "8.8.8.1/24", "8.8.8.0/33", "address:8.8.8.0/24"),
    *("Europe", "l'Europe", "European companies", "les entreprises européennes", "Korea", "LY"),
    *("the", '""', "it", "us", "de", "Nobody", "personne", "host:example.com"),
    *("amazn", "Nominett", "example.net", "https://ns1.example.net/", "me@ns1.example.net"),
    60 * "the " + "x" + 60 * " law",
    *("region:nobody/north-1", "nobody/north-1", "sanctions.txt", "./sanctions", "com", "co.uk"),
)


@pytest.fixture(scope="module")
def german(tmp_path_factory):
    path = tmp_path_factory.mktemp("actors") / "de.jsonl"
    path.write_text(GERMAN, "utf-8")
    return depgraph.build(next(iter(open_any(path))))


@pytest.fixture(scope="module")
def telegram():
    return depgraph.build(depgraph.read(RECORDINGS / "telegram.org_2026-09-25.jsonl"))


# -- nobody ----------------------------------------------------------------------------------


def asked(graph, word):
    """Ask every verb about a word, in both languages; yields what each answers."""
    yield lambda: dependence(graph, on=word)
    yield lambda: without(graph, word)
    yield lambda: companies(graph, word)
    yield lambda: check(graph, f"independent of {word}")
    yield lambda: check(graph, f"ne dépend pas de {word}")


@pytest.mark.parametrize("word", NOBODY)
def test_a_word_that_names_nobody_is_refused_by_every_verb(german, word, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for ask in asked(german, word):
        with pytest.raises(QuestionError, match="expected "):
            ask()


@pytest.mark.parametrize("words", ["Amazon " + 300 * "x", "Amazon" + 300 * " " + "or so"])
def test_only_a_sentence_is_looked_through_for_names(german, words):
    *verbs, english, french = asked(german, words)
    for ask in verbs:
        with pytest.raises(QuestionError, match="expected "):
            ask()
    assert english().absent == french().absent == ("company:amazon",)


CLAIMS = [
    *("independent of {}", "independent of {} for mail", "depends on {}", "free of {}"),
    *("{} cannot stop it", "{} can stop it", "not reliant on {}", "mail is not dependent on {}"),
    *("indépendant de {}", "ne dépend pas de {}", "n'est pas tributaire de {}", "sans {}"),
    "{} ne peut pas l'arrêter",
]


@pytest.mark.parametrize("claim", CLAIMS)
def test_every_form_of_a_claim_refuses_it(german, claim):
    for word in ("XX", "company:NAME", "l'Europe"):
        with pytest.raises(QuestionError, match=r"expected (one actor|a provider)"):
            check(german, claim.format(word))


@pytest.mark.parametrize("kind", ["strip", "providers", "full", "takedown"])
def test_every_picture_refuses_it(german, kind):
    with pytest.raises(QuestionError, match="ISO 3166-1 gives these letters to no country"):
        scene(german, kind=kind, group="XX")


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("word", ["XX", "company:NAME", "AS999999999", "Europe", "Nominett"])
def test_the_command_line_refuses_it_too(tmp_path, lang, word):
    file = tmp_path / "de.jsonl"
    file.write_text(GERMAN, "utf-8")
    for verb in (
        ["dependence", file, "--on", word, "--lang", lang],
        ["without", file, word, "--lang", lang],
        ["check", file, f"independent of {word}", "--lang", lang],
        ["draw", file, "--group", word, "--lang", lang, "-o", tmp_path / "x.svg"],
    ):
        result = CliRunner().invoke(main, [str(part) for part in verb])
        assert (result.exit_code, result.stdout) == (2, ""), verb
        assert result.stderr.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["de.jsonl"]


def squeezed(text):
    return re.sub(r"[\W_]+", "", countries.fold(text))


KNOWN = {
    squeezed(text)
    for table in (load().groups, load().companies, load().providers)
    for row in table.values()
    for text in (row.id, row.name, *row.aliases)
} | {squeezed(text) for text in countries.by_name()}
LETTERS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=12)
LIKE_NAMES = st.text("abcdeinorst ZX:./'-0123456789", max_size=9)
LIKE_IDS = st.builds(
    "{}:{}".format,
    st.sampled_from(["company", "provider", "country", "group", "asn", "prefix", "nameserver"]),
    st.text("abcdenorst.-/0123456789", max_size=7),
)


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(word=LETTERS | LIKE_NAMES | LIKE_IDS)
def test_a_word_at_random_names_somebody_known_or_is_said_not_to_be_there(german, word):
    try:
        found = without(german, word)
    except QuestionError:
        for ask in (
            lambda: dependence(german, on=word),
            lambda: check(german, f"independent of {word}"),
            lambda: check(german, f"indépendant de {word}"),
            lambda: companies(german, word),
        ):
            with pytest.raises(QuestionError):
                ask()
        return
    named = {squeezed(word), squeezed(word.partition(":")[2])}
    code = countries.code_of(word.strip()) or word.strip().upper() in countries.codes()
    assert found.withdrawn or found.absent
    assert check(german, f"independent of {word}").absent == found.absent
    if not (named & KNOWN or code):
        assert len(found.absent) + len(found.withdrawn) == 1
    if found.absent:
        assert "Not in this graph: " in found.text()
        assert "Absents de ce graphe" in found.text(lang="fr")


# -- one answer ------------------------------------------------------------------------------


@pytest.mark.parametrize("word", EU)
def test_the_european_union_is_one_answer(german, word):
    on = dependence(german, on=word)
    assert on.on == "European Union"
    assert (on["name"].takedown, on["name"].exposure) == (Answer.YES, Answer.YES)
    assert on.to_dict() == dependence(german, on="eu").to_dict()
    assert without(german, word)["name"].state is State.FAILS
    for claim in ("independent of {}", "indépendant de {}", "not reliant on {}", "free of {}"):
        assert check(german, claim.format(word)).ruling is Ruling.CONTRADICTED
    filled = companies(german, word)
    assert {"country:DE", "company:denic"} <= filled


@pytest.mark.parametrize("word", BRITAIN)
def test_the_united_kingdom_is_one_answer(german, telegram, word):
    for graph in (german, telegram):
        assert dependence(graph, on=word).to_dict() == dependence(graph, on="GB").to_dict()
        assert without(graph, word).to_dict() == without(graph, "GB").to_dict()
        assert companies(graph, word) == companies(graph, "GB")
    assert dependence(german, on=word).absent == ("country:GB",)


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Germany", "DE"),
        ("Allemagne", "DE"),
        ("l'Allemagne", "DE"),
        ("German", "DE"),
        ("the US", "US"),
        ("U.S.", "US"),
        ("USA", "US"),
        ("United States", "US"),
        ("the United States of America", "US"),
        ("États-Unis", "US"),
        ("les états-unis", "US"),
        ("American companies", "US"),
        ("companies in the United States", "US"),
        ("a Russian company", "RU"),
        ("une entreprise russe", "RU"),
        ("Russian law", "RU"),
        ("le droit russe", "RU"),
        ("sociétés de droit suisse", "CH"),
        ("companies under the law of Switzerland", "CH"),
        ("Corée du Sud", "KR"),
        ("Côte d’Ivoire", "CI"),
        ("Turkey", "TR"),
        ("Trinidad and Tobago", "TT"),
        ("country:Germany", "DE"),
    ],
)
def test_countries_have_codes_names_and_adjectives(word, code):
    assert [meaning.node for meaning in LEXICON.meanings(word)] == [f"country:{code}"]


def test_every_country_is_found_by_each_of_its_names():
    for lang in languages():
        for code in countries.codes():
            found = LEXICON.meanings(f"country:{words(lang).country(code)}")
            assert [meaning.node for meaning in found] == [f"country:{code}"]


def test_every_name_of_the_catalogue_means_its_row_or_the_company_above_it():
    catalogue = load()
    for kind, table in (
        ("group", catalogue.groups),
        ("company", catalogue.companies),
        ("provider", catalogue.providers),
    ):
        for row in table.values():
            by_id = LEXICON.meanings(f"{kind}:{row.id}")
            assert [meaning.node for meaning in by_id] == [f"{kind}:{row.id}"]
            for text in (row.id, row.name, *row.aliases):
                found = {meaning.node for meaning in LEXICON.meanings(text)}
                above = kind == "provider" and any(node.startswith("company:") for node in found)
                assert f"{kind}:{row.id}" in found or above, text


@pytest.mark.parametrize(
    "word",
    [
        "GAFAM",
        "Big Tech",
        "BIG-TECH",
        "so-called Big Tech",
        'la soi-disant "Big Tech"',
        "les GAFAM",
    ],
)
def test_big_tech_has_several_names(word):
    assert [meaning.node for meaning in LEXICON.meanings(word)] == ["group:big-tech"]


def test_the_claim_of_the_readme_is_read_as_written(telegram):
    found = check(telegram, "not reliant on so-called Big Tech")
    assert found.to_dict() == check(telegram, "independent of big-tech").to_dict() | {
        "claim": "not reliant on so-called Big Tech"
    }
    assert found["web"].ruling is Ruling.CONTRADICTED


# -- choices ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "choices"),
    [
        ("Europe", ["group:eu (European Union)", "group:eea", "or the members by name"]),
        ("LY", ["company:yahoo-japan (LY Corporation) or country:LY (Libya)"]),
        ("Aruba", ["company:aruba-it (Aruba S.p.A.) or country:AW (Aruba)"]),
        ("Congo", ["country:CD (Congo - Kinshasa) or country:CG"]),
        ("company:Nominett", ["company:nominet"]),
        ("amazn", ["company:amazon (Amazon.com, Inc.)"]),
        ("Germny", ["country:DE (Germany)"]),
        ("us", ["country:US (United States)"]),
        ("XX", ["ISO 3166-1 gives these letters to no country"]),
        ("8.8.8.1/24", ["write 8.8.8.0/24"]),
        ("big-techs", ["group:big-tech"]),
    ],
)
def test_a_refusal_lists_the_choices(german, word, choices):
    with pytest.raises(QuestionError) as refused:
        dependence(german, on=word)
    for choice in choices:
        assert choice in str(refused.value)


def test_a_company_goes_before_its_brand_but_not_before_a_stranger_of_that_name():
    other = [("address:192.0.2.1", "operator", "provider:stranger"), *owned("stranger")]
    model = compile_graph(world(*other, nodes={"provider:stranger": {"label": "Cloud Inc"}}))
    with pytest.raises(QuestionError, match=r"write company:cloud .* or provider:stranger"):
        select(model, "Cloud, Inc.", catalogue=CATALOGUE)
    assert select(model, "provider:stranger", catalogue=CATALOGUE).label == "Cloud Inc"
    mine = compile_graph(world(nodes={"provider:cloud": {"label": "Nimbus"}}))
    (node,) = select(mine, "Nimbus", catalogue=CATALOGUE).nodes
    assert mine.ids[node] == "company:cloud"


def test_a_group_without_members_is_nobody():
    empty = replace(CATALOGUE, groups={"none": Group("none", "None", "companies", "x", "x", ())})
    with pytest.raises(QuestionError, match="expected a group with members, found none in"):
        select(compile_graph(world()), "none", catalogue=empty)


def test_a_group_goes_before_a_code_and_a_company_of_its_name_is_a_choice():
    named = {"us": Group("us", "US", "companies", "x", "x", ("cloud",))}
    model = compile_graph(world())
    assert select(model, "US", catalogue=replace(CATALOGUE, groups=named)).label == "US"
    chosen = select(model, "US", catalogue=replace(CATALOGUE, groups=named))
    assert [model.ids[node] for node in chosen.nodes] == ["company:cloud"]
    alike = {"cloud": Group("cloud", "Cloud", "companies", "x", "x", ("elsewhere",))}
    with pytest.raises(QuestionError, match=r"write group:cloud \(Cloud\) or company:cloud"):
        select(model, "cloud", catalogue=replace(CATALOGUE, groups=alike))


def test_a_host_does_not_act():
    model = compile_graph(world())
    with pytest.raises(QuestionError, match=r"'example\.com', which is a host in this graph"):
        select(model, S, catalogue=CATALOGUE)
    with pytest.raises(QuestionError, match=r"'mx\.mail\.net', which is a mail exchange in"):
        select(model, "mx.mail.net", catalogue=CATALOGUE)


@pytest.mark.parametrize("wanted", [[], (), 13335, [13335], [None], b"US"])
def test_what_is_no_text_is_refused(wanted):
    with pytest.raises(QuestionError, match="expected "):
        select(compile_graph(world()), wanted, catalogue=CATALOGUE)


# -- not in this graph -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "absent", "shown"),
    [
        ("AS13335", "asn:13335", "AS13335"),
        ("asn:13335", "asn:13335", "AS13335"),
        ("8.8.8.8", "address:8.8.8.8", "8.8.8.8"),
        ("8.8.8.0/24", "8.8.8.0/24", "8.8.8.0/24"),
        ("2A00:1450::/29", "2a00:1450::/29", "2a00:1450::/29"),
        ("ns1.cloudflare.com", "nameserver:ns1.cloudflare.com", "ns1.cloudflare.com"),
        ("nameserver:cloudflare.com", "nameserver:cloudflare.com", "cloudflare.com"),
        ("ipv6", "ipv6", "ipv6"),
        ("self", "self", "the service itself"),
        ("Amazon", "company:amazon", "Amazon.com"),
        ("AWS", "provider:aws", "Amazon Web Services"),
        ("Japan", "country:JP", "Japan"),
    ],
)
def test_who_is_not_there_is_answered_and_said_at_the_head(word, absent, shown):
    graph = world()
    french = {"Japan": "Japon", "the service itself": "le service lui-même"}.get(shown, shown)
    asked = [dependence(graph, on=word), without(graph, word)]
    if word != "self":  # a claim may always be about the service itself
        asked.append(check(graph, f"independent of {word}"))
    for found in asked:
        assert found.absent == (absent,)
        assert found.to_dict()["absent"] == [absent]
        assert found.text().splitlines()[1] == f"Not in this graph: {shown}."
        assert found.text(lang="fr").splitlines()[1] == f"Absents de ce graphe\u00a0: {french}."


def test_a_region_without_an_address_of_the_graph_is_not_there():
    ranges = SimpleNamespace(lookup=lambda address: ())
    found = without(world(), "aws/us-east-1", ranges=ranges)
    assert found.absent == ("region:aws/us-east-1",)


def test_reserved_numbers_that_the_graph_has_are_taken():
    graph = world(
        ("address:192.0.2.1", "origin", "asn:64500"),
        ("address:192.0.2.1", "prefix", "prefix:192.0.2.0/24"),
    )
    model = compile_graph(graph)
    for word in ("AS64500", "192.0.2.1", "192.0.2.0/24", "prefix:192.0.2.0/24", "192.0.2.0/28"):
        chosen = select(model, word, catalogue=CATALOGUE)
        assert chosen.nodes, word
        assert not chosen.absent


# -- files -----------------------------------------------------------------------------------


def test_a_file_that_is_called_like_an_actor_is_not_guessed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    model = compile_graph(world())
    ranges = SimpleNamespace(lookup=lambda address: ())
    assert select(model, "aws/us-east-1", ranges=ranges).absent == ("region:aws/us-east-1",)
    Path("aws").mkdir()
    Path("aws/us-east-1").write_text("CH\n", "utf-8")
    with pytest.raises(QuestionError, match=r"region:aws/us-east-1 or \./aws/us-east-1"):
        select(model, "aws/us-east-1", ranges=ranges)
    for path in ("./aws/us-east-1", Path("aws/us-east-1")):
        assert select(model, path).label == "us-east-1"
    assert select(model, "region:aws/us-east-1", ranges=ranges).absent


def test_a_fault_in_a_file_is_told_with_its_line(tmp_path):
    model = compile_graph(world())
    path = tmp_path / "list.csv"
    path.write_text("\ufeffCH\n# no\nZZ\n", "utf-8")
    with pytest.raises(QuestionError, match=r"list\.csv, line 3: expected .* found 'ZZ'"):
        select(model, path)
    path.write_text("list.csv\n", "utf-8")  # a list of lists has no end
    with pytest.raises(QuestionError, match=r"line 1: expected .* found 'list\.csv'"):
        select(model, path)
    path.write_bytes(b"CH\n\xff\n")
    with pytest.raises(QuestionError, match=r"list\.csv: expected UTF-8 text, found "):
        select(model, str(path))
    path.write_text("\nZZ\n", "utf-16")  # which is read as well
    with pytest.raises(QuestionError, match=r"list\.csv, line 2: expected .* found 'ZZ'"):
        select(model, path)
    with pytest.raises(
        QuestionError, match=r"expected a file with one actor a line at missing\.txt"
    ):
        select(model, "missing.txt")


# -- pictures and the command line -----------------------------------------------------------


def test_pictures_fill_whom_the_answers_mean(telegram):
    assert companies(telegram, "US") == companies(telegram, "American companies")
    assert {"country:US", "company:google", "provider:google-cloud"} <= companies(telegram, "US")
    legend = {
        lang: {text.text for text in scene(telegram, group="the US", lang=lang).texts}
        for lang in ("en", "fr")
    }
    assert "United States" in legend["en"]
    assert "États-Unis" in legend["fr"]
    with pytest.raises(QuestionError, match="expected a group, company, provider or country"):
        companies(telegram, "AS13335")


def run(*words):
    return CliRunner().invoke(main, ["catalogue", *words])


def test_catalogue_find():
    found = run("find", "the EU")
    assert (found.exit_code, found.stdout.split()) == (
        0,
        ["group", "group:eu", "European", "Union"],
    )
    several = run("find", "LY")
    assert several.exit_code == 0
    assert [line.split()[1] for line in several.stdout.splitlines()] == [
        "company:yahoo-japan",
        "country:LY",
    ]
    near = run("find", "amazn")
    assert (near.exit_code, near.stderr) == (1, "nobody is called 'amazn'; the nearest:\n")
    assert near.stdout.split()[1] == "company:amazon"
    nobody = run("find", "qqqqqqqq")
    assert (nobody.exit_code, nobody.stdout) == (1, "")
    assert run("find", "AS999999999").exit_code == 2


def test_catalogue_list():
    catalogue = load()
    for what, table in (
        ("groups", catalogue.groups),
        ("companies", catalogue.companies),
        ("providers", catalogue.providers),
    ):
        lines = run("list", what).stdout.splitlines()
        assert [line.split()[0] for line in lines] == list(table)
    assert "google amazon apple meta microsoft" in run("list", "groups").stdout
