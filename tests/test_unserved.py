"""What was seen not to work shows everywhere: in what stands alone, in pictures and in words."""

from __future__ import annotations

import pytest

from depgraph import rendering
from depgraph.analysis import takedown
from depgraph.analysis.model import model_of
from depgraph.analysis.roles import roles
from depgraph.analysis.unserved import unserved
from depgraph.pictures import scene, to_svg
from depgraph.reporting import report
from depgraph.vocabulary import Layer, What
from tests.graphs import delegated, made, seen

SERVERS = {"ns1.left-dns.com": "192.0.2.1", "ns1.right-dns.org": "198.51.100.2"}
THIRD = {"ns1.third-dns.com": "203.0.113.3"}
LEFT, RIGHT = SERVERS
BOTH_FAMILIES = ("192.0.2.1", "2001:db8::2")


def zone(ends, servers=SERVERS, *more, complete=True):
    """Build the graph of a service whose servers ended the question for it in some way each."""
    rows = [delegated("shop.com", *servers), *more]
    for (name, address), end in zip(servers.items(), ends, strict=True):
        kind = "AAAA" if ":" in address else "A"
        rows.append(seen(name, kind, address))
        at = {"zone": "shop.com", "server": address, "server_name": name}
        values = ("203.0.113.80",) if end in {"answer", "bare"} else ()
        status = "answer" if end == "bare" else end
        flags = ("AA",) if end == "answer" else ()
        rows.append(seen("shop.com", "A", *values, status=status, flags=flags, **at))
    return made(*rows, complete=complete)


def failed(graph):
    return {node: [str(why) for why in told] for node, told in unserved(model_of(graph)).items()}


def cuts(graph, level="company"):
    """List the sets of those who can stop the web: ids, whether in the worst case, what it hangs on."""
    found = takedown(graph, level=level)["web"].cut_sets
    return [
        (cut.ids, cut.worst_case, {(part.what, part.of) for part in cut.unknown}) for cut in found
    ]


# -- one value for all ------------------------------------------------------------------------


@pytest.mark.parametrize("servers", [SERVERS, dict(zip(SERVERS, BOTH_FAMILIES, strict=True))])
@pytest.mark.parametrize("end", ["refused", "timeout", "servfail", "lame", "unreachable"])
def test_what_only_leads_to_a_server_that_failed_is_marked_and_not_the_registry_above_it(
    servers, end
):
    told = failed(zone(["answer", end], servers))
    assert all(why == [f"did-not-serve?reason={end}"] for why in told.values())
    known = {node for node in told if not node.startswith("unknown:")}
    assert known == {
        f"attempt:{RIGHT} for shop.com",
        f"lookup:{RIGHT}",
        f"nameserver:{RIGHT}",
        f"addresses:{RIGHT}",
        f"address:{servers[RIGHT]}",
        "provider:~right-dns.org",
        "company:~right-dns.org",
    }


def test_who_also_runs_a_server_that_answers_is_not_marked():
    servers = {**SERVERS, "ns2.left-dns.com": "203.0.113.4"}
    told = failed(zone(["answer", "answer", "refused"], servers))
    assert "nameserver:ns2.left-dns.com" in told
    assert not {"provider:~left-dns.com", "company:~left-dns.com"} & told.keys()


def test_an_answer_without_authority_is_marked_as_that():
    told = failed(zone(["answer", "bare"]))
    assert told[f"nameserver:{RIGHT}"] == ["no-authority"]
    assert f"attempt:{RIGHT} for shop.com" not in told


def test_nothing_is_marked_where_all_answer():
    assert failed(zone(["answer", "answer"])) == {}


# -- who is left alone ------------------------------------------------------------------------


def test_who_is_left_is_enough_because_the_other_did_not_serve_us_whatever_else_is_unknown():
    graph = zone(["answer", "refused"])
    alone = (("company:~left-dns.com",), True, {(What.SERVICE, RIGHT)})
    both = (("company:~left-dns.com", "company:~right-dns.org"), False, set())
    found = cuts(graph)
    assert found.count(alone) == found.count(both) == 1
    assert any(worst and not ids for ids, worst, _ in found)  # somebody unknown, too
    # Where both answered neither is enough.
    assert alone[0] not in [ids for ids, _, _ in cuts(zone(["answer", "answer"]))]
    servers = cuts(graph, "nameserver")
    assert ((f"nameserver:{LEFT}",), True, {(What.SERVICE, RIGHT)}) in servers


def test_two_of_three_that_are_left_are_enough_together_and_one_alone():
    servers = {**SERVERS, **THIRD}
    left, third = f"nameserver:{LEFT}", f"nameserver:{next(iter(THIRD))}"
    pair = ((left, third), True, {(What.SERVICE, RIGHT)})
    assert pair in cuts(zone(["answer", "timeout", "answer"], servers), "nameserver")
    one = ((left,), True, {(What.SERVICE, RIGHT), (What.SERVICE, next(iter(THIRD)))})
    assert one in cuts(zone(["answer", "timeout", "refused"], servers), "nameserver")


def test_where_all_failed_nobody_is_to_blame():
    found = takedown(zone(["refused", "timeout"]))["web"]
    assert (found.state.value, found.cut_sets) == ("fails", ())


def test_where_all_failed_and_not_all_was_asked_somebody_unknown_is_told_and_drawn():
    graph = zone(["refused", "timeout"], complete=False)
    (cut,) = [one for one in takedown(graph)["web"].cut_sets if not one.members]
    assert {part.what for part in cut.unknown} == {What.SERVICE}
    text = " ".join(rendering.to_text(takedown(graph), lang="en", width=10_000).split())
    assert (
        "Not known: whether ns1.left-dns.com serves (asked, it did not serve us: refused)" in text
    )
    assert "That is enough" not in text.partition("Web (www)")[0]
    drawn = scene(graph, kind="takedown")
    assert "service of ns1.left-dns.com" in " ".join(one.text for one in drawn.texts)


@pytest.mark.parametrize(
    ("ends", "lang", "said"),
    [
        (
            ["answer", "refused"],
            "en",
            (
                "That is enough because ns1.right-dns.org did not serve us (refused); whether it serves "
                "others is not known."
            ),
        ),
        (
            ["answer", "timeout", "refused"],
            "en",
            (
                "That is enough because ns1.right-dns.org, ns1.third-dns.com did not serve us (timeout; "
                "refused); whether they serve others is not known."
            ),
        ),
        (
            ["answer", "timeout"],
            "fr",
            (
                "Cela suffit parce que ns1.right-dns.org ne nous a pas servis (délai dépassé) ; on "
                "ignore s’il sert d’autres clients."
            ),
        ),
        (
            ["answer", "timeout", "refused"],
            "fr",
            (
                "Cela suffit parce que ns1.right-dns.org, ns1.third-dns.com ne nous ont pas servis (délai "
                "dépassé ; refusé) ; on ignore s’ils servent d’autres clients."
            ),
        ),
    ],
)
def test_the_text_says_why_who_is_left_is_enough(ends, lang, said):
    graph = zone(ends, {**SERVERS, **THIRD} if len(ends) > 2 else SERVERS)
    text = " ".join(rendering.to_text(takedown(graph), lang=lang, width=10_000).split())
    assert said in text


# -- roles and pictures -----------------------------------------------------------------------


def test_a_role_says_how_all_that_leads_to_it_failed():
    found = roles(zone(["answer", "refused"])).by_layer("web")[Layer.DNS]
    told = {role.label: role.unserved for role in found if role.known}
    assert told == {"left-dns.com": "", "right-dns.org": "did-not-serve?reason=refused"}


def test_a_report_says_it_beside_who_it_is():
    text = rendering.to_text(report(zone(["answer", "refused"])), lang="en", width=10_000)
    assert "right-dns.org › country unknown [asked, it did not serve us: refused]" in text


WORDS = {"en": ("refused", "did not serve us as it should"), "fr": ("refusé", "ne nous a pas servis comme il se doit")}  # fmt: skip


@pytest.mark.parametrize("lang", WORDS)
@pytest.mark.parametrize(
    ("kind", "sound", "broken"),
    [
        ("full", {f"nameserver:{LEFT}", "address:192.0.2.1"}, {f"nameserver:{RIGHT}", "address:198.51.100.2"}),
        ("providers", {"company:~left-dns.com"}, {"provider:~right-dns.org", "company:~right-dns.org"}),
        ("strip", {"provider:~left-dns.com"}, {"provider:~right-dns.org"}),
        ("takedown", {"company:~left-dns.com"}, {"company:~right-dns.org"}),
    ],
)  # fmt: skip
def test_what_failed_is_drawn_apart_and_its_words_say_how(kind, sound, broken, lang):
    word, legend = WORDS[lang]
    drawn = scene(zone(["answer", "refused"]), kind=kind, lang=lang)
    apart = {node for box in drawn.boxes if box.failed for node in box.members}
    plain = {node for box in drawn.boxes if not box.failed for node in box.members}
    assert broken <= apart
    assert sound <= plain - apart
    looks = {(box.look, box.radius) for box in drawn.boxes if box.failed}
    assert looks == {("failed", 0.0)}  # a dotted border, and square corners
    said = " ".join(text.text for text in drawn.texts)
    assert word in said
    assert [text.text for text in drawn.texts if text.box == "legend failed"] == [legend]
    for theme in ("light", "dark", "bw"):
        assert 'stroke-dasharray="1.5 2"' in to_svg(drawn, theme=theme)
    assert word in str(drawn.rows)


@pytest.mark.parametrize("kind", ["full", "providers", "strip", "takedown"])
def test_nothing_is_drawn_apart_where_all_answer(kind):
    drawn = scene(zone(["answer", "answer"]), kind=kind)
    assert not [box for box in drawn.boxes if box.failed]
    assert "legend failed" not in {box.id for box in drawn.boxes}


def test_a_box_of_the_group_that_failed_stays_filled_and_has_square_corners():
    servers = {LEFT: "192.0.2.1", "ns1.acme-dns.example": "198.51.100.2"}
    graph = zone(["answer", "timeout"], servers)
    drawn = scene(graph, kind="providers", group="Acme")
    (box,) = [one for one in drawn.boxes if "provider:acme-dns" in one.members]
    assert (box.look, box.radius, box.failed) == ("group", 0.0, True)
