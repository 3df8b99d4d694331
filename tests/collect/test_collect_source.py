"""Sources: found by being there, asked what they answer, switched on by their word."""

import pkgutil
from datetime import UTC, datetime
from typing import ClassVar

import fake_shop
import pytest

from depgraph.collect import Budget, observe, plan, sources
from depgraph.collect.plan import Purpose, Question
from depgraph.collect.source import Source
from depgraph.errors import CollectionError
from depgraph.observations import Evidence, Observation, Status
from depgraph.vocabulary import SourceKind


@pytest.fixture
def shop():
    with fake_shop.shop() as world:
        yield world


def collect(world, **options):
    options.setdefault("registration", False)
    return observe("shop.com", endpoints=world.endpoints, progress=False, **options)


def facts(recording):
    """What was found out, whichever of equal servers was the quickest to answer."""
    return {(*o.question[:3], o.section, o.status, o.values) for o in recording}


class Log(Source):
    """A toy: answers two types that another source answers too, and reports two observations."""

    answers = frozenset({"certificate", "as"})
    option = "log"
    asked: ClassVar[list[str]] = []

    async def ask(self, question, report):
        subject = question.subject
        if self.context.ledger.recorded(SourceKind.DATASET, subject, "log") is not None:
            return
        self.context.account.take_question()
        self.asked.append(subject)
        for kind, value in (("log", "name alias.dyn.com"), ("origin", "asn 64999")):
            report(
                self.context.record(
                    subject,
                    kind,
                    Status.ANSWER,
                    (value,),
                    source=SourceKind.DATASET,
                    ttl=300,
                    evidence=Evidence.PUBLISHED,
                    citation="https://log.example",
                )
            )


@pytest.fixture
def log(monkeypatch):
    found = sources.available()
    monkeypatch.setattr(sources, "available", lambda: (*found, Log))
    Log.asked = []
    return Log


def test_every_source_is_found():
    modules = {source.__module__.rpartition(".")[2] for source in sources.available()}
    assert modules >= {"certificate", "dns", "holder", "origin", "registration"}
    assert modules == {module.name for module in pkgutil.iter_modules(sources.__path__)}


def test_every_question_of_the_plan_has_a_source():
    asked = {q.type for q in plan.first_questions("example.org")}
    for kind, value in (("A", "192.0.2.1"), ("AAAA", "2001:db8::1"), ("origin", "asn 64500")):
        purpose = Purpose.FACT if kind == "origin" else Purpose.SERVICE
        question = Question(subject="www.example.org", type=kind, purpose=purpose)
        answer = Observation(
            subject="www.example.org",
            type=kind,
            status=Status.ANSWER,
            values=(value,),
            time=datetime(2026, 1, 2, tzinfo=UTC),
        )
        asked |= {q.type for q in plan.follow_ups(question, answer, plan.Limits(recursive=True))}
    assert asked <= {kind for source in sources.available() for kind in source.answers}
    assert {kind for rule in plan.TABLE for kind in rule.types} <= asked


def test_which_sources_are_asked():
    def names(*options):
        return {source.__name__ for source in sources.select(options)}

    assert names() == {"Dns", "Origin"}
    assert names("registration") == {"Dns", "Origin", "Holder", "Registration"}
    assert names("tls") == {"Dns", "Origin", "Certificate"}
    with pytest.raises(CollectionError, match=r"among .*tls.*, found 'astrology'"):
        names("tls", "astrology")


def test_without_registration_nothing_but_dns_is_asked(shop):
    recording = collect(shop)
    assert {o.source for o in recording} == {"dns", "cymru"}
    assert not {o.type for o in recording} & {"registration", "registry", "holder", "certificate"}
    with_registration = {o.type for o in collect(shop, registration=True)}
    assert {"registration", "registry", "holder"} <= with_registration


def test_a_further_source_is_asked_by_its_word(shop):
    assert facts(collect(shop, also=("tls",))) == facts(collect(shop, tls=True))
    assert facts(collect(shop, also=["registration"])) == facts(collect(shop, registration=True))


def test_an_unknown_source_is_refused_before_anything_is_written(shop, tmp_path):
    path = tmp_path / "x.jsonl"
    with pytest.raises(CollectionError, match="found 'astrology'"):
        collect(shop, also=("astrology",), output=path)
    assert not path.exists()
    assert shop.asked == []


def test_a_source_that_is_not_asked_for_is_not_asked(shop, log):
    collect(shop)
    assert log.asked == []


def test_all_sources_that_answer_a_question_are_asked_once(shop, log, tmp_path):
    path = tmp_path / "x.jsonl"
    recording = collect(shop, tls=True, also=("log",), output=path)
    by_type = {(o.subject, o.type, o.source) for o in recording}
    for host in ("shop.com", "www.shop.com"):
        assert {(host, "certificate", "tls"), (host, "log", "dataset")} <= by_type
    assert ("AS64501", "log", "dataset") in by_type
    assert len(log.asked) == len(set(log.asked))
    assert ("AS64999", "as", "cymru") in by_type, "what a source reports is followed"
    log.asked.clear()
    again = collect(shop, tls=True, also=("log",), output=path, resume=True)
    assert log.asked == []
    assert facts(again) == facts(recording)


def test_the_budget_holds_for_every_source(shop, log):
    recording = collect(shop, also=("log",), budget=Budget(questions=60))
    assert len(shop.asked) + len(log.asked) == 60
    refused = {o.type for o in recording if o.status is Status.NOT_ASKED_BUDGET}
    assert refused


def test_a_fault_of_one_source_does_not_end_the_others(shop, log, monkeypatch, caplog):
    async def broken(self, question, report):
        raise ZeroDivisionError

    monkeypatch.setattr(log, "ask", broken)
    recording = collect(shop, also=("log",))
    assert recording.complete
    (fault, *_) = [o for o in recording if o.status is Status.ERROR]
    assert fault.note == "a fault of depgraph: ZeroDivisionError"
    assert ("AS64501", "as", "cymru") in {(o.subject, o.type, o.source) for o in recording}
    assert "could not be worked on" in caplog.text


def test_a_source_says_how_long_and_how_its_facts_are_known(shop, log):
    recording = collect(shop, also=("log",))
    logged = [o for o in recording if o.source == "dataset"]
    assert logged
    assert {(o.ttl, o.evidence, o.citation) for o in logged} == {
        (300, Evidence.PUBLISHED, "https://log.example")
    }
