"""The dated facts that recordings rest on, and observations made of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from depgraph.observations import Evidence, Observation, Status, parse_time
from depgraph.readers.days import interval
from depgraph.recording import Header, Recording

LICENCE = "CC0-1.0"
SOURCE = "dated public facts, compiled for depgraph; each observation cites its own source"

EVIDENCE = {
    "recorded": Evidence.OBSERVED,
    "operator-document": Evidence.PUBLISHED,
    "court-filing": Evidence.REPORTED,
    "press": Evidence.REPORTED,
    "dataset-label": Evidence.REPORTED,
}
SNAPSHOT_2020 = "2020-01..2020-09-30"  # "2020 snapshot (before 2020-09-30)"
MAY_JUNE_2023 = "2023-05-24..2023-06-08"


@dataclass
class Facts:
    """The facts and their sources, by id."""

    rows: dict[str, dict[str, Any]]
    sources: dict[str, dict[str, str]]

    @classmethod
    def load(cls, path: Path) -> Facts:
        """Read the facts file."""
        data = json.loads(path.read_text("utf-8"))
        return cls({f["id"]: f for f in data["facts"]}, {s["id"]: s for s in data["sources"]})

    def value(self, fact: str, key: str) -> Any:
        """Give one entry of the value of a fact."""
        return self.rows[fact]["value"][key]

    def text(self, fact: str, pattern: str) -> str:
        """Give what a pattern finds in the sentence of a fact."""
        found = re.search(pattern, self.rows[fact]["fact"])
        assert found is not None, (fact, pattern)
        return found[1]

    def cite(self, *facts: str) -> str:
        """Name the sources of some facts, with where they can be read."""
        return "; ".join(f"{fact}: {self._sources(fact)}" for fact in facts)

    def _sources(self, fact: str) -> str:
        parts = []
        for key in self.rows[fact]["sources"]:
            source = self.sources[key]
            title = re.sub(r"[;,:]?\s*\(?stored[^;:)]*(file|index)[- ]ids?.*$", "", source["title"])
            title = re.sub(r" \(stored version[^)]*\)", "", title)
            title = re.sub(r"[;,]?\s*\(?(?:copy )?(?:as )?stored[^;)]*\)?", "", title)
            where = source["where"]
            public = where.startswith(("http", "github:", "npm:"))
            parts.append(f"{title} <{where}>" if public else title)
        return "; ".join(parts)

    def observe(
        self,
        subject: str,
        kind: str,
        values: tuple[str, ...],
        *,
        fact: str,
        when: str,
        source: str = "document",
        also: tuple[str, ...] = (),
        **more: Any,
    ) -> Observation:
        """Make one observation that a fact supports; `also` lists what else is cited for it."""
        row = self.rows[fact]
        assert row["ship_as"] in {"observation", "claim"}, (fact, row["ship_as"])
        evidence = Evidence.REPORTED if row["ship_as"] == "claim" else EVIDENCE[row["evidence"]]
        time, until = interval(when)
        data: dict[str, Any] = {
            "subject": subject,
            "type": kind,
            "status": Status.ANSWER,
            "values": values,
            "time": time,
            "until": None if until == time else until,
            "source": source,
            "evidence": evidence,
            "citation": self.cite(fact, *also),
        }
        return Observation(**data | more)

    def operator(self, subject: str, role: str, name: str, **more: Any) -> Observation:
        """Report who does something for a name."""
        return self.observe(subject, "operator", (f"name {name}", f"role {role}"), **more)

    def missing(
        self, subject: str, *kinds: str, fact: str, when: str, note: str = ""
    ) -> Iterator[Observation]:
        """Say that a record was searched for, and where in vain."""
        row = self.rows[fact]
        looked = "the press, court filings, repositories and data sets of the other citations"
        found = re.sub(r"NOT FOUND[^.:]*[.:] *|Do not ship a name|: do not ship.*", "", row["note"])
        time, until = interval(when)
        for kind in kinds:
            yield Observation(
                subject=subject,
                type=kind,
                status=Status.NOT_FOUND_IN_SOURCES,
                time=time,
                until=until,
                source="document",
                evidence=Evidence.REPORTED,
                citation=f"{fact}: searched in {looked}. {found}".strip(),
                note=note,
            )


@dataclass(frozen=True)
class Shipped:
    """One recording to be written."""

    name: str
    subject: str
    days: str
    title: str
    observations: tuple[Observation, ...]
    question: str = ""

    @property
    def facts(self) -> list[str]:
        """List the facts it rests on, in order of use."""
        return list(dict.fromkeys(fact for o in self.observations for fact in facts_of(o)))

    def recording(self) -> Recording:
        """Give the recording."""
        first, last = interval(self.days)
        header = Header(
            subject=self.subject,
            since=first.date(),
            until=last.date(),
            title=self.title,
            source=SOURCE,
            licence=LICENCE,
        )
        return Recording(header, self.observations)


def facts_of(observation: Observation) -> list[str]:
    """Give the ids of the facts that an observation cites, the one it rests on first."""
    return re.findall(r"(?:^|; )(F\d{3}): ", observation.citation)


def registries(f: Facts, top: str) -> Iterator[Observation]:
    """Tell who keeps a top-level domain, from IANA's RDAP bootstrap of 2022-07-06."""
    if top == "com":
        values = (f"operator {f.value('F044', 'operator')}", f"rdap {f.value('F044', 'rdap')}")
        yield f.observe(
            top,
            "registry",
            values,
            fact="F044",
            when=f.rows["F044"]["observed_at"],
            source="dataset",
        )
    else:
        holder = f.text("F053", rf"\.{top} ([^,;]+?),")
        when = re.search(r"dns (\d{4}-\d\d-\d\d)", f.rows["F053"]["note"])
        assert when is not None
        yield f.observe(
            top, "registry", (f"operator {holder}",), fact="F053", when=when[1], source="dataset"
        )


def day_of(text: str) -> str:
    """Write a day in words: 9 January 2021."""
    moment = parse_time(text)
    return f"{moment.day} {moment:%B %Y}"
