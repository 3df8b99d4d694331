"""Claims as people write them: real sentences with their sources, and what each is read as."""

import tomllib
from pathlib import Path

import pytest

import depgraph
from depgraph.analysis import check, takedown
from depgraph.analysis.grammar import Form, Untestable, read_claim
from depgraph.analysis.model import model_of
from depgraph.analysis.naming import Lexicon
from depgraph.analysis.verdicts import Ruling
from depgraph.errors import QuestionError
from depgraph.providers import load as load_catalogue
from depgraph.texts import languages, words
from depgraph.vocabulary import Function, Level
from tests.analysis.test_actors import RECORDINGS
from tests.faces.random_graphs import random_graph

SENTENCES = tomllib.loads(Path(__file__).with_name("claims.toml").read_text("utf-8"))["sentence"]
OF_NOBODY_KNOWN = ("Clever Cloud", "Cloud Act")
"""Named alone in a sentence, and in neither the catalogue nor the graph."""
READ = [one for one in SENTENCES if "reads" in one and not one["text"].endswith(OF_NOBODY_KNOWN)]


def shown(claim):
    layer = f" [{claim.layer.value}]" if claim.layer else ""
    return f"{claim.form.value}: {claim.actors or claim.level}{layer}"


@pytest.fixture(scope="module")
def parler():
    return depgraph.build(depgraph.read(RECORDINGS / "parler.com_2021-02-15.jsonl"))


@pytest.fixture(scope="module")
def telegram():
    return depgraph.build(depgraph.read(RECORDINGS / "telegram.org_2026-09-25.jsonl"))


def test_the_sentences_are_many_and_have_sources():
    assert len(SENTENCES) >= 60
    assert all(one["source"] for one in SENTENCES)


@pytest.mark.parametrize("one", SENTENCES, ids=lambda one: one["text"][:40])
def test_a_sentence_is_read_as_listed(one):
    if "reads" not in one:
        with pytest.raises(QuestionError, match="says nothing that can be tested"):
            read_claim(one["text"])
        return
    said = read_claim(one["text"])
    assert [shown(claim) for claim in said.claims] == one["reads"]
    assert [f"{aside.why.value}: {aside.words}" for aside in said.untested] == one.get(
        "untested", []
    )


@pytest.mark.parametrize(
    ("claim", "meant"),
    [
        ("no clodflare", "did you mean Cloudflare?"),
        ("free of amazn", "did you mean Amazon.com?"),
        ("not hosted by amazzon", "did you mean Amazon.com?"),
        ("aucun microsft", "did you mean Microsoft?"),
        ("relient on Big Tech", "did you mean 'reliant on Big Tech'?"),
        ("indepedent of Google", "did you mean 'independent of Google'?"),
        ("not hotsed by Amazon", "did you mean 'not hosted by Amazon'?"),
        ("ne dépand pas de Google", "did you mean 'ne dépend pas de Google'?"),
        ("pas hébergé par Amazon, indépandant de Google", None),  # half of it can be tested
        ("Google and Amazon", None),
    ],
)
def test_a_misspelt_name_or_word_is_asked_about(claim, meant):
    if meant is None:
        assert read_claim(claim).claims
        return
    with pytest.raises(QuestionError, match="says nothing that can be tested") as refused:
        read_claim(claim)
    assert meant in str(refused.value)


def test_what_is_refused_names_why_and_the_nearest_that_can_be_tested():
    with pytest.raises(QuestionError) as refused:
        read_claim("construit sur une technologie durable et indépendante")
    message = str(refused.value)
    assert "'durable' a quality" in message
    assert "'indépendante' of whom is not said" in message
    assert "independent of big-tech" in message


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        (
            "Our web site does not use Google and is not hosted by Amazon.",
            "not-on-path not-done-by",
        ),
        (
            "Neither Amazon, Google nor Apple can shut it down",
            "cannot-stop cannot-stop cannot-stop",
        ),
        ("It cannot be shut down by any single company", "nobody-alone"),
        ("Can the US take Signal offline?", "can-stop"),
        ("il ne dépend que d'Amazon", "can-stop nobody-else"),
        ("Le site n'utilise ni Google ni Amazon", "not-on-path not-on-path"),
        ("cannot survive without Amazon", "can-stop"),
        ("we are less dependent on Amazon", "mention"),
        ("not only Amazon can stop it", "can-stop"),
        ("aucun point unique de défaillance", "nobody-alone"),
        ("behind Cloudflare", "done-by"),
        ("not behind Cloudflare", "not-done-by"),
        ("derrière Cloudflare", "done-by"),
        ("une entreprise russe peut l'arrêter", "can-stop"),
    ],
)
def test_negation_lists_and_questions(text, forms):
    assert " ".join(one.form.value for one in read_claim(text).claims) == forms


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("Our DNS is not run by Cloudflare.", "not-done-by: Cloudflare [dns]"),
        (
            "Our DNS isn't operated by Amazon, and our mail isn't handled by Microsoft or by Google.",
            "not-done-by: Amazon [dns]; not-done-by: Microsoft [mail]; not-done-by: Google [mail]",
        ),
        ("The platform was built without the help of GAFAM.", "not-on-path: GAFAM"),
        (
            "It cannot be shut down by Apple or by Google.",
            "cannot-stop: Apple; cannot-stop: Google",
        ),
        ("Everything works; no Chinese vendor is involved.", "not-on-path: Chinese vendor"),
        ("Nothing depends on Amazon.", "cannot-stop: Amazon"),
        ("Nothing we run touches Google.", "not-on-path: Google"),
        ("Without Amazon the service would stop.", "can-stop: Amazon"),
        ("The site went up and would go dark without Cloudflare.", "can-stop: Cloudflare"),
        ("We can survive without US providers.", "cannot-stop: US providers"),
        (
            "Our platform has no single point of failure and can survive without US providers.",
            "nobody-alone: company; cannot-stop: US providers",
        ),
        (
            "It is hosted in Iceland, outside US jurisdiction.",
            "under-law: Iceland [host]; not-on-path: US jurisdiction",
        ),
        ("We have no ties to Russia.", "not-on-path: Russia"),
        (
            "“We left AWS in 2021,” the company said. “Nobody can take us down.”",
            "mention: AWS; nobody-alone: company",
        ),
        ("We are not, and never have been, dependent on Cloudflare.", "cannot-stop: Cloudflare"),
        ("Notre messagerie n'est pas opérée par Microsoft.", "not-done-by: Microsoft [mail]"),
        ("Notre DNS n'est pas géré par Cloudflare.", "not-done-by: Cloudflare [dns]"),
        (
            "Le service ne peut être coupé ni par Apple ni par Google.",
            "cannot-stop: Apple; cannot-stop: Google",
        ),
        ("Aucun prestataire américain n'intervient.", "not-on-path: prestataire américain"),
        ("Sans Amazon, le service s'arrête.", "can-stop: Amazon"),
        (
            "Nous pouvons survivre sans fournisseurs américains.",
            "cannot-stop: fournisseurs américains",
        ),
        (
            "L'ensemble repose sur des logiciels libres et ne dépend d'aucun acteur chinois.",
            "can-stop: des logiciels libres; cannot-stop: chinois",
        ),
        ("Nous n'avons aucun lien avec la Russie.", "not-on-path: la Russie"),
        (
            "Nos serveurs sont en Suisse et échappent au droit américain.",
            "under-law: Suisse [host]; not-on-path: droit américain",
        ),
        (
            "« Aucune entreprise américaine ne peut nous couper », a-t-il dit.",
            "cannot-stop: entreprise américaine",
        ),
        (
            "Le site n'est pas hébergé par Amazon mais par OVH.",
            "not-done-by: Amazon [host]; done-by: OVH [host]",
        ),
        (
            "La plateforme, durable et souveraine, ne repose plus sur les GAFAM.",
            "cannot-stop: les GAFAM",
        ),
    ],
)
def test_sentences_of_press_releases(text, reads):
    assert "; ".join(map(shown, read_claim(text).claims)) == reads


NOT_AMAZON = "not-done-by: Amazon [host]"
OVH = "done-by: OVH [host]"
NEITHER = "not-done-by: Cloudflare [host]; not-done-by: Cloudflare [front]"
STAYS, FALLS = "cannot-stop: Cloudflare", "can-stop: Cloudflare"


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        # A contrast: the opposite is said of whoever comes after it.
        ("not by Amazon but by OVH", "not-on-path: Amazon; on-path: OVH"),
        ("The site is hosted not by Amazon but by OVH", f"{NOT_AMAZON}; {OVH}"),
        ("It is not hosted by Amazon, but OVH.", f"{NOT_AMAZON}; {OVH}"),
        ("We are hosted by OVH, not by Amazon", f"{OVH}; {NOT_AMAZON}"),
        ("hosted by OVH rather than Amazon", f"{OVH}; {NOT_AMAZON}"),
        ("hosted by OVH, not Amazon or Google", f"{OVH}; {NOT_AMAZON}; not-done-by: Google [host]"),
        ("Instead of Amazon we use OVH", "on-path: OVH; not-on-path: Amazon"),
        ("We do not depend on Amazon but on OVH", "cannot-stop: Amazon; can-stop: OVH"),
        ("We use not Amazon but OVH", "not-on-path: Amazon; on-path: OVH"),
        ("independent of Amazon but not of Google", "cannot-stop: Amazon; can-stop: Google"),
        ("hosted in Iceland, not in the US", "under-law: Iceland [host]; not-done-by: the US [host]"),
        ("Our mail is run not by Google but by Proton", "not-done-by: Google [mail]; done-by: Proton [mail]"),
        ("pas chez Amazon mais chez OVH", "not-on-path: Amazon; on-path: OVH"),
        ("hébergé non pas chez Amazon mais chez OVH", f"{NOT_AMAZON}; {OVH}"),
        ("hébergé chez OVH et non chez Amazon", f"{OVH}; {NOT_AMAZON}"),
        ("hébergé par OVH plutôt que par Amazon", f"{OVH}; {NOT_AMAZON}"),
        ("Nous ne dépendons pas d'Amazon mais d'OVH", "cannot-stop: Amazon; can-stop: d'OVH"),
        # No contrast: somebody of whom a statement of its own is made, and a sentence that denies nothing.
        ("It is not hosted by Amazon but OVH is a partner.", f"{NOT_AMAZON}; mention: OVH"),
        ("hosted by anyone but Amazon", "mention: Amazon"),
        # What is done stands together, or what is said: all of it is of whoever follows.
        ("neither hosted nor protected by Cloudflare", NEITHER),
        ("not hosted or protected by Cloudflare", NEITHER),
        ("ni hébergé ni protégé par Cloudflare", NEITHER),
        ("Le site n'est ni hébergé ni protégé par Cloudflare", NEITHER),
        (
            "hosted, protected and registered by Cloudflare",
            "done-by: Cloudflare [host]; done-by: Cloudflare [front]; done-by: Cloudflare [registrar]",
        ),
        ("Neither our DNS nor our mail is run by Google", "not-done-by: Google [dns]; not-done-by: Google [mail]"),
        ("Ni notre DNS ni notre messagerie ne sont gérés par Google", "not-done-by: Google [dns]; not-done-by: Google [mail]"),
        ("neither hosted by Amazon nor protected by Cloudflare", f"{NOT_AMAZON}; not-done-by: Cloudflare [front]"),
        ("It neither uses nor depends on Amazon", "not-on-path: Amazon; cannot-stop: Amazon"),
        # "our mail is hosted by": what is done to one thing is one statement.
        ("our mail is hosted by Google", "done-by: Google [mail]"),
        # What would be if somebody failed.
        ("if Cloudflare goes down we stay up", STAYS),
        ("we stay up if Cloudflare goes down", STAYS),
        ("If Cloudflare were to fail, we would not go dark", STAYS),
        ("Should Cloudflare pull the plug, nothing happens", STAYS),
        ("The site works even when Cloudflare does not", STAYS),
        ("A loss of Cloudflare would not stop us", STAYS),
        ("When Cloudflare is down, we go down", FALLS),
        ("If Cloudflare drops us, we will not survive", FALLS),
        ("The site does not go down even if Cloudflare fails", STAYS),
        ("No matter if Cloudflare went down, we stay up", STAYS),
        ("We would survive the loss of Cloudflare", STAYS),
        ("We survive a Cloudflare outage", "cannot-stop: Cloudflare"),
        ("We cannot survive an outage at Cloudflare", FALLS),
        ("Losing Cloudflare would take us down", FALLS),
        ("Nous survivrions à une panne de Cloudflare", STAYS),
        ("s'il y a une panne chez Cloudflare, le site tombe", FALLS),
        ("If Cloudflare fails we fail over to Google", "mention: Cloudflare; mention: Google"),
        ("We rely neither on Amazon nor on Google", "cannot-stop: Amazon; cannot-stop: Google"),
        ("runs not on AWS but on OVH", "not-on-path: AWS; on-path: OVH"),
        ("repose non pas sur Amazon mais sur OVH", "cannot-stop: Amazon; can-stop: OVH"),
        ("We are not hosted only by Amazon", "done-by: Amazon [host]"),
        ("If Cloudflare goes down, so do we", FALLS),
        ("An outage at Cloudflare takes the site offline", FALLS),
        ("si Cloudflare tombe, nous restons en ligne", STAYS),
        ("Le site reste en ligne si Cloudflare tombe", STAYS),
        ("En cas de panne de Cloudflare, nous restons en ligne", STAYS),
        ("Une panne de Cloudflare ne nous arrêterait pas", STAYS),
        ("Si Cloudflare nous lâche, le site tombe aussi", FALLS),
        ("Une panne de Cloudflare nous mettrait hors ligne", FALLS),
        ("If any one company withdraws we stay up", "nobody-alone: company"),
        ("si un seul prestataire tombe, nous restons en ligne", "nobody-alone: provider"),
        # What holds unless somebody fails is no statement of what happens then.
        ("unless Cloudflare goes down, we stay up", "mention: Cloudflare"),
        ("Sauf si Cloudflare tombe, nous restons en ligne", "mention: Cloudflare"),
        ("If the site goes down, we use Amazon", "mention: Amazon"),
    ],
)  # fmt: skip
def test_contrasts_neither_nor_and_conditions(text, reads):
    assert "; ".join(map(shown, read_claim(text).claims)) == reads


def test_a_condition_is_of_the_function_that_it_names():
    (claim,) = read_claim("If Amazon pulls out, our mail still works").claims
    assert claim.functions == (Function.MAIL,)


def test_the_same_is_ruled_of_a_contrast_as_of_its_halves(parler):
    both = check(parler, "hosted not by Amazon but by SkySilk")
    assert [piece.form for piece in both.pieces] == [Form.NOT_DONE_BY, Form.DONE_BY]
    assert both.pieces[1].functions[0].ruling is Ruling.SUPPORTED
    fails = check(parler, "if SkySilk goes down we stay up")
    assert fails["web"].ruling is check(parler, "independent of SkySilk")["web"].ruling
    assert fails["web"].ruling is Ruling.CONTRADICTED


def test_each_piece_has_its_ruling(telegram):
    found = check(telegram, "does not use Google and is not hosted by Amazon, and is durable")
    path, host = found.pieces
    assert (path.form, host.form) == (Form.NOT_ON_PATH, Form.NOT_DONE_BY)
    assert path.ruling is Ruling.CONTRADICTED  # its name servers are Google's
    assert host.functions[0].ruling is not Ruling.CONTRADICTED
    assert found.ruling is Ruling.CONTRADICTED
    assert [one.why for one in found.untested] == [Untestable.QUALITY]
    assert {row["claim"] for row in found.rows()} == {
        "does not use Google",
        "is not hosted by Amazon",
    }


def test_law_and_place_are_told_apart(parler):
    found = check(parler, "hosted in Europe")
    assert [piece.on for piece in found.pieces] == ["European Union", "European Economic Area"]
    assert found["web"].ruling is Ruling.CONTRADICTED  # SkySilk answers to the courts of the US
    assert found["mail"].ruling is Ruling.NOT_APPLICABLE
    assert [one.why for one in found.untested] == [Untestable.PLACE]
    assert check(parler, "hosted in the US")["web"].ruling is not Ruling.CONTRADICTED
    text = found.text(lang="fr")
    assert "le lieu des machines n’est pas vérifié" in text


def test_roles_are_tested(parler):
    assert check(parler, "hosted by SkySilk")["web"].ruling is Ruling.SUPPORTED
    assert check(parler, "not hosted by SkySilk")["web"].ruling is Ruling.CONTRADICTED
    elsewhere = check(parler, "hosted by Hetzner")["web"]
    assert elsewhere.ruling is Ruling.UNDETERMINED  # who else answers there was not found
    assert elsewhere.unknown


def test_who_is_only_named_is_shown_without_a_ruling(parler):
    found = check(parler, "Microsoft, comme toute entreprise américaine, doit s'y conformer.")
    assert [piece.form for piece in found.pieces] == [Form.MENTION, Form.MENTION]
    assert {one.ruling for piece in found.pieces for one in piece.functions} == {
        Ruling.NOT_APPLICABLE
    }
    assert found.ruling is Ruling.UNDETERMINED


@pytest.mark.parametrize("one", READ, ids=lambda one: one["text"][:40])
def test_no_sentence_that_names_somebody_is_refused_as_a_whole(parler, one):
    if one["text"].startswith("Apple runs on"):  # it is about Apple
        with pytest.raises(QuestionError, match="found one about 'Apple'"):
            check(parler, one["text"])
    else:
        assert check(parler, one["text"]).pieces


def test_a_name_that_is_nobodys_does_not_hide_the_rest(parler):
    found = check(parler, "independent of Amazon and independent of Nobodyco Hosting")
    assert [piece.on for piece in found.pieces] == ["Amazon.com, Inc."]
    assert [one.why for one in found.untested] == [Untestable.NO_ACTOR]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("hosted by Hetzner with zero downtime guaranteed", ["with zero downtime guaranteed"]),
        (
            "We do not use Amazon and our users love the blue of our logo",
            ["our users love the blue of our logo"],
        ),
        ("does not depend on Big Tech, and was founded in 2018", ["was founded in 2018"]),
        ("Hosted by Hetzner. We love cats and dogs.", ["We love cats and dogs"]),
        (
            "ne dépend pas de Big Tech et ses fondateurs habitent loin",
            ["ses fondateurs habitent loin"],
        ),
        # What it is good for, and the rest of what was read, are no further statements.
        ("not reliant on Big Tech for its operations", []),
        ("no single company can take it down", []),
        ("aucune entreprise ne peut l'arrêter seule", []),
    ],
)
def test_what_is_left_of_a_sentence_is_listed_and_refuses_nothing(parler, text, left):
    found = check(parler, text)
    assert found.pieces
    assert [one.words for one in found.untested] == left
    assert all(one.why is Untestable.UNREAD for one in found.untested)


def test_a_negation_does_not_reach_into_the_next_sentence():
    said = read_claim("We do not use Amazon. We depend on Cloudflare.")
    assert [shown(one) for one in said.claims] == ["not-on-path: Amazon", "can-stop: Cloudflare"]
    assert len(read_claim("hosted in the U.S. by Hetzner").untested) <= 1


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("Cloudflare, Inc. cannot stop web", [Form.CANNOT_STOP]),
        ("Cloudflare, Inc. ne peut pas couper le web", [Form.CANNOT_STOP]),
        (
            "Microsoft Corp. can stop mail. Amazon cannot stop web.",
            [Form.CAN_STOP, Form.CANNOT_STOP],
        ),
        ("We left Amazon.com, Inc. Google LLC cannot stop web", [Form.MENTION, Form.CANNOT_STOP]),
    ],
)
def test_the_full_stop_of_a_legal_form_ends_no_sentence(text, forms):
    assert [claim.form for claim in read_claim(text).claims] == forms


def test_a_level_within_another_word_is_none():
    """An address block is no address, and its second half is not Block, Inc."""
    (claim,) = read_claim("no single address block can take it down").claims
    assert claim.actors == "no single address block"  # whom nobody knows: refused, not judged
    for text in ("no single IP address alone can stop it", "aucune adresse IP ne peut l'arrêter"):
        (claim,) = read_claim(text).claims
        assert (claim.form, claim.level) == (Form.NOBODY_ALONE, Level.ADDRESS)


def test_every_level_can_be_named_in_a_claim():
    for lang in languages():
        assert set(words(lang).claims.levels.values()) == set(Level)


def test_only_is_held_against_whoever_else_can_do_it(telegram):
    found = check(telegram, "Only Google can stop the web site of Telegram.")
    of_it, of_others, *_ = found.pieces
    assert (of_it.form, of_it.ruling) == (Form.CAN_STOP, Ruling.SUPPORTED)
    assert (of_others.form, of_others.ruling) == (Form.NOBODY_ELSE, Ruling.CONTRADICTED)
    assert "Public Interest Registry" in of_others.functions[0].actors
    assert not any("Google" in label for label in of_others.functions[0].actors)
    assert check(telegram, "hosted only by Google").ruling is not Ruling.SUPPORTED


def above(graph, node):
    """Yield who owns a node, and how sure that is; written down apart from the package."""
    for _, owner, data in graph.out_edges(node, data=True):
        if data["relation"] in {"owner", "law"}:
            yield owner, data.get("confidence", "certain")
            yield from above(graph, owner)


@pytest.mark.parametrize("seed", range(0, 60, 3))
def test_only_is_true_where_nobody_else_is_a_cut_set_of_size_one(seed):
    graph = random_graph(seed)
    for label in ("Alpha", "Bravo", "Charly"):
        try:
            found = check(graph, f"Only {label} can stop the service")
        except QuestionError:
            continue  # perhaps the company, perhaps the brand: asked back
        piece = next(one for one in found.pieces if one.form is Form.NOBODY_ELSE)
        chosen = {one for one in graph if graph.nodes[one].get("label") == label}
        everyone = takedown(graph, level=piece.level.value, upto=1)
        for one in piece.functions:
            others = []
            for cut in everyone[one.function].cut_sets:
                owners = [owner for member in cut.ids for owner in above(graph, member)]
                veiled = any("possible" in owner or "unknown" in owner[0] for owner in owners)
                theirs = not chosen.isdisjoint({*cut.ids, *(owner for owner, _ in owners)})
                if len(cut.ids) < 2 and not cut.own and (veiled or not theirs):
                    others.append((cut.worst_case or veiled, cut.decisive))
            if one.ruling is Ruling.SUPPORTED:
                assert not [worst for worst, _ in others if worst]
            if one.ruling is not Ruling.NOT_APPLICABLE:
                assert (one.ruling is Ruling.CONTRADICTED) == ((False, True) in others)


@pytest.mark.parametrize(
    ("text", "why", "ruled"),
    [
        ("Telegram's DNS was at Google in 2015", Untestable.TIME, False),
        ("En mars 2015 Telegram ne dépendait pas de Google", Untestable.TIME, False),
        ("In 2026 Telegram's DNS was at Google", Untestable.TIME, True),
        ("Telegram has been independent of Google since 2013", Untestable.TIME, True),
        ("Telegram's DNS is run by Google on weekdays", Untestable.TIME, True),
        ("Le DNS de Telegram est chez Google la nuit", Untestable.TIME, True),
        ("Telegram's DNS is mostly run by Google", Untestable.SHARE, True),
    ],
)
def test_times_and_shares_are_named_and_another_year_has_no_ruling(telegram, text, why, ruled):
    found = check(telegram, text)
    assert why in [one.why for one in found.untested]
    assert any(piece.form is not Form.MENTION for piece in found.pieces) == ruled


@pytest.mark.parametrize(
    ("text", "form", "layer", "functions"),
    [
        ("Telegram's mail is run by Google", "done-by", "mail", ""),
        ("The mail of Telegram is run by Google", "done-by", "mail", ""),
        ("The mail of telegram.org is not run by Google", "not-done-by", "mail", ""),
        ("The name servers of Telegram are run by Google", "done-by", "dns", ""),
        ("Les serveurs de noms de Telegram sont gérés par Google", "done-by", "dns", ""),
        ("Le courrier de Telegram est géré par Google", "done-by", "mail", ""),
        ("La messagerie de Telegram est hébergée par Google", "done-by", "mail", ""),
        ("GoDaddy is Telegram's registrar", "done-by", "registrar", ""),
        ("The registrar of Telegram is GoDaddy", "done-by", "registrar", ""),
        ("Telegram's certificate is issued by GoDaddy", "done-by", "certificate", ""),
        ("Google protects Telegram", "done-by", "front", ""),
        ("Google can take the Telegram web site down", "can-stop", None, "web web-www"),
        ("Google can take the web site of Telegram down", "can-stop", None, "web web-www"),
        ("A third of Telegram's name servers are run by Google", "mention", None, ""),
        ("Amazon is independent of Telegram", "cannot-stop", None, ""),
    ],
)
def test_whose_it_is_may_be_said_in_any_way(telegram, text, form, layer, functions):
    lexicon = Lexicon(load_catalogue(), model_of(telegram))
    first, *others = (one for one in read_claim(text, lexicon).claims)
    assert not [one for one in others if one.form is not Form.MENTION]
    assert (first.form, first.layer) == (form, layer)
    assert " ".join(first.functions) == functions


@pytest.mark.parametrize(
    "question",
    [
        "Who is behind Amazon",
        "who can stop it?",
        "Who says we depend on Google?",
        "How far does it depend on Big Tech?",
        "qui peut couper le site ?",
        "chez qui est hébergé le site ?",
        "où sont les serveurs d’Amazon ?",
    ],
)
def test_a_question_is_no_claim(question):
    with pytest.raises(QuestionError, match="a question: 'depgraph report' says who"):
        read_claim(question)


@pytest.mark.parametrize(
    "claim", ["Who is behind it? It does not rely on Amazon.", "Is it hosted by Amazon?"]
)
def test_a_claim_beside_a_question_is_read(claim):
    assert [one.actors for one in read_claim(claim).claims] == ["Amazon"]
