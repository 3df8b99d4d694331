"""The answer of a survey: its tables, and what is counted from them."""

from __future__ import annotations

import importlib
import json
import re
from collections import Counter as TypedCounter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from depgraph.analysis.results import Cite
from depgraph.analysis.verdicts import State
from depgraph.errors import QuestionError
from depgraph.extras import frame
from depgraph.names import public_suffix
from depgraph.observations import days_text
from depgraph.parameters import checked
from depgraph.providers import Catalogue, load
from depgraph.readers.lists import NameList, distinct
from depgraph.survey.counting import Counter
from depgraph.survey.sources import why_absent
from depgraph.survey.standing import in_cells, pictured
from depgraph.survey.stored import FEW, replaced
from depgraph.survey.stored import rows as rows_of
from depgraph.survey.tables import LEVELS, arrow, batch, joined, state_column
from depgraph.survey.tally import Service, label_of, leaders
from depgraph.survey.values import Absent, Concentration, LayerCount, Ranked
from depgraph.survey.withdrawn import Withdrawals, members_of
from depgraph.text_safety import one_line, quote
from depgraph.texts import words
from depgraph.vocabulary import Function, Layer, Level

if TYPE_CHECKING:
    from depgraph.survey.compare import Moves

_SITE: Final = "www."  # before a domain: its web site
_OF_ONE: Final = re.compile(r"'[^']*'|\S*[\d.]\S+|\d")  # what is quoted, a name, a number
_RENDERING: Final = "depgraph.rendering"
_PICTURES: Final = "depgraph.pictures"
_COMPARING: Final = "depgraph.survey.compare"  # which knows this class


def digest(table: Any) -> str:
    """Return the SHA-256 of the rows of a table, each as JSON without blanks and a line end."""
    found = sha256()
    for part in table.to_batches(max_chunksize=FEW):
        for row in part.to_pylist():
            text = json.dumps(list(row.values()), ensure_ascii=False, separators=(",", ":"))
            found.update(text.encode("utf-8", "replace") + b"\n")
    return found.hexdigest()


def by_kind(rows: Iterable[Sequence[Any]]) -> list[list[Sequence[Any]]]:
    """Divide rows of `refused` or `notes` by what they say, whichever name or number it is of.

    >>> [len(one) for one in by_kind([(0, "expected a.fr"), (9, "found 2"), (1, "expected b.fr")])]
    [2, 1]
    """
    found: dict[str, list[Sequence[Any]]] = {}
    for row in rows:
        found.setdefault(_OF_ONE.sub("", row[-1]), []).append(row)
    return list(found.values())


@dataclass(frozen=True, repr=False, eq=False)
class Survey:
    """The verdicts about many services.

    Parameters
    ----------
    tables
        Name -> ``pyarrow.Table``: see :data:`depgraph.survey.tables.TABLES`.
    operators
        Operators with several names: see :mod:`depgraph.survey.operators`.
    owners
        What was joined in from a list of names, by service; None: nothing was.
    by
        The column of these by which services are told apart in the report; empty: none.
    depgraph, catalogue
        The version and the edition of the catalogue that it was made with.
    """

    tables: Mapping[str, Any]
    operators: Any
    owners: Any = None
    by: str = ""
    depgraph: str = ""
    catalogue: str = ""
    _remembered: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def cite(self) -> Cite:
        """How to cite it; the SHA-256 is that of its table of services, as :func:`digest` has it."""
        return Cite(
            depgraph=self.depgraph,
            catalogue=self.catalogue,
            sha256=digest(self.tables["services"]),
        )

    @property
    def services(self) -> Any:
        """The table of services, with the columns joined in."""
        if self.owners is None:
            return self.tables["services"]
        own = self.tables["services"]
        place = {name: n for n, name in enumerate(self.owners.column("service").to_pylist())}
        rows = [place.get(name) for name in own.column("service").to_pylist()]
        picked = self.owners.take(arrow().array(rows, type=arrow().int64()))
        for name in self.owners.schema.names[1:]:
            own = own.append_column(name, picked.column(name))
        return own

    @property
    def layers(self) -> Any:
        """The table of who stands in which layer."""
        return self.tables["layers"]

    @property
    def cuts(self) -> Any:
        """The table of cut sets."""
        return self.tables["cuts"]

    @property
    def unknowns(self) -> Any:
        """The table of what is not known."""
        return self.tables["unknowns"]

    @property
    def refused(self) -> Any:
        """The table of what could not be read or judged."""
        return self.tables["refused"]

    @property
    def notes(self) -> Any:
        """The table of what is to be said of services that were judged, such as for which day."""
        return self.tables["notes"]

    @property
    def days(self) -> tuple[str, str] | None:
        """The first and last day (ISO 8601) that services were judged for; None without services."""
        days = sorted({*self._column("services", "since"), *self._column("services", "until")})
        return (days[0], days[-1]) if days else None

    def __len__(self) -> int:
        return len(self.tables["services"])

    def __repr__(self) -> str:
        span = f", {days_text(*self.days)}" if self.days else ""
        count = len(self.notes)
        notes = f", {count} note{'s' * (count > 1)}" if count else ""
        return f"<Survey of {len(self)} services{span}, {len(self.refused)} refused{notes}>"

    @property
    def _names(self) -> list[str]:
        found: list[str] = self.tables["services"].column("service").to_pylist()
        return found

    def _column(self, table: str, column: str) -> list[Any]:
        found: list[Any] = self.tables[table].column(column).unique().to_pylist()
        return found

    @cached_property
    def _counter(self) -> Counter:
        return Counter(replaced(self.tables, "operators", self.operators))

    def sql(self, query: str) -> list[dict[str, Any]]:
        """Return the rows of a query over the tables and views of the survey."""
        return self._counter.ask(query)

    def ask(self, query: str) -> list[dict[str, Any]]:
        """Return the rows of a query, each query counted once."""
        if query not in self._remembered:
            self._remembered[query] = self._counter.ask(query)
        found: list[dict[str, Any]] = self._remembered[query]
        return found

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """Actor -> its text for people.

        A company is called as the catalogue has it, whether or not it can stop anything here: the
        tables have its whole name in cut sets alone.
        """
        found: dict[str, str] = {}
        for row in self.sql("labels"):
            found[row["actor"]] = row["label"]
        members = "SELECT DISTINCT unnest(members) AS actor, unnest(names) AS label FROM cuts"
        found.update(self._counter.stream(f"{members} ORDER BY actor, label DESC"))
        for name, company in load().companies.items():
            if (actor := f"{Level.COMPANY.value}:{name}") in found:
                found[actor] = one_line(company.name)
        return found

    def label(self, actor: str) -> str:
        """Return an actor for people."""
        return label_of(self.labels, actor)

    @cached_property
    def layer_counts(self) -> tuple[LayerCount, ...]:
        """Each layer that some service has, in the order of the vocabulary."""
        rows = {row["layer"]: LayerCount(**row) for row in self.ask("layers")}
        return tuple(rows[layer.value] for layer in Layer if layer.value in rows)

    @checked()
    def rank(self, *, layer: str = "dns", level: str = "company") -> tuple[Ranked, ...]:
        """Rank who stands in a layer, each service counted once for each.

        Parameters
        ----------
        layer
            A layer that short answers show (``"dns"``, ``"host"``, ``"front"``, ``"mail"``...).
        level
            ``"provider"``, ``"company"`` or ``"country"``.

        Returns
        -------
        tuple of Ranked
            Those with most services first. A layer that several share counts for each of them.
            What was not asked is no part of `most`, and is one of `widest`.

        Raises
        ------
        QuestionError
            If the survey has no such layer, or no such level.
        """
        _check(level)
        counts = [one.layer for one in self.layer_counts]
        if layer not in counts:
            raise QuestionError(
                f"expected a layer of the survey ({', '.join(counts)}), found {quote(layer)}"
            )
        (bounds,) = (
            row for row in self.ask("bounds") if (row["layer"], row["level"]) == (layer, level)
        )
        return tuple(
            Ranked(
                row["actor"],
                self.label(row["actor"]),
                row["services"],
                row["services"] + bounds["failed"] - row["failed"],
                row["services"] + bounds["open"] - row["open"],
                row["likely"],
            )
            for row in self.ask("rank")
            if (row["layer"], row["level"]) == (layer, level)
        )

    @checked()
    def stops(self, *, level: str = "company") -> list[dict[str, Any]]:
        """Rank who can stop some function of how many services alone, by lever and layer.

        Returns
        -------
        list of dict
            With `layer`, `lever`, `actor`, `label`, `services`, and in `likely` of how many of these
            it only likely can.
        """
        _check(level)
        return [
            {**row, "label": self.label(row["actor"])}
            for row in self.ask("stops")
            if row["level"] == level
        ]

    @checked()
    def impact(self, *, level: str = "company") -> list[dict[str, Any]]:
        """Return concentration and impact of each actor in each layer.

        Returns
        -------
        list of dict
            `uses` is C_p of Kashaf et al. (IMC 2020), `strict` and `loose` are I_p: the services
            that use nobody else there, counting their own operation as somebody or not; `alone`
            counts the services of which it can stop a function alone by what it does there, also
            through the services of their services.
        """
        _check(level)
        alone = {
            (row["layer"], row["actor"]): row["services"]
            for row in self.ask("alone")
            if row["level"] == level
        }
        return [
            {
                **row,
                "label": self.label(row["actor"]),
                "alone": alone.get((row["layer"], row["actor"]), 0),
            }
            for row in self.ask("impact")
            if row["level"] == level
        ]

    @checked()
    def concentration(self, *, layer: str = "dns", level: str = "company") -> Concentration:
        """Return how far the services hang on few in a layer."""
        counts = [one.services for one in self.rank(layer=layer, level=level)]
        if Level(level) is not Level.COUNTRY:  # which country's is not told of those
            counts += [1] * next(one.own for one in self.layer_counts if one.layer == layer)
        uses = sum(counts)
        if not uses:
            return Concentration(layer, level, 0, None, None)
        squares = sum((count / uses) ** 2 for count in counts)
        return Concentration(layer, level, uses, squares, squares - 1 / uses)

    def smallest(self, *, level: str = "company") -> list[dict[str, Any]]:
        """Return of how many services the smallest set that stops a function has which size."""
        _check(level)
        return [row for row in self.ask("smallest") if row["level"] == level]

    @cached_property
    def _withdrawals(self) -> Withdrawals:
        return Withdrawals(rows_of(self.tables, "circuits"), self.operators, lambda: self.labels)

    def without(
        self, actors: str | Iterable[str], *, catalogue: Catalogue | None = None
    ) -> list[dict[str, Any]]:
        """Tell for each function of each service what becomes of it if some actors withdraw.

        Parameters
        ----------
        actors
            One or several: a group, the name or id of a company, provider or country, also as
            ranks print it.
        catalogue
            Otherwise the one that depgraph brings.

        Returns
        -------
        list of dict
            `service`, `function` and `state` as :func:`depgraph.without` says it of the service
            alone: ``works``, ``fails`` or ``undetermined``. A function that a service does not
            have is left out.

        Raises
        ------
        QuestionError
            If an actor means nobody, may mean several, or is none of these.
        """
        return self._withdrawals.states(actors, catalogue or load())

    def fallen(
        self, actors: str | Iterable[str], *, catalogue: Catalogue | None = None
    ) -> list[dict[str, Any]]:
        """Count for each of some actors the services of which a function fails without it.

        Parameters
        ----------
        actors
            Each withdrawn alone, named as :meth:`without` takes them.
        catalogue
            Otherwise the one that depgraph brings.

        Returns
        -------
        list of dict
            `actor` (as it was given), `label`, in how many services some function `fails`, and in
            how many others some is `undetermined`.

        Raises
        ------
        QuestionError
            If an actor means nobody, may mean several, or is none of these.
        """
        every = [actors] if isinstance(actors, str) else list(actors)
        return self._withdrawals.fallen(every, catalogue or load())

    def joined(self, listed: NameList, *, by: str = "", source: str = "") -> Survey:
        """Return the survey with the other columns of a list of names.

        Parameters
        ----------
        listed
            The list: see :func:`depgraph.readers.read_list`.
        by
            One of its columns, by which the report tells services apart.
        source
            The file, for `refused`, which names those of the list that are in no input, and
            the rows that are not taken; `notes` names the web sites (``www``) that are no services
            and were joined to the one that they lie in.

        Raises
        ------
        QuestionError
            If there is no such column.
        """
        by = listed.column(by) if by else ""
        pa = arrow()
        held = self._sites(listed)
        called = {service: name for name, service in held.items()}
        called |= {name: name for name in listed.names if name not in held}
        services = sorted(called)
        names = [called[service] for service in services]
        columns = [pa.array(services, type=pa.string())]
        for title in listed.columns:
            cells = [listed.names[name].get(title, "") for name in names]
            columns.append(pa.array(cells, type=pa.string()))
        own = self.tables["services"].schema.names
        titles = distinct([_title(title, own) for title in listed.columns], taken=own)
        owners = pa.Table.from_arrays(columns, names=["service", *titles])
        found = self.noted(listed, source=source, sites=held, taken=called)
        chosen = titles[listed.columns.index(by)] if by else ""
        return replace(found, owners=owners, by=chosen)

    def _sites(self, listed: NameList) -> dict[str, str]:
        """Return the web sites (``www``) of a list that are no services: site -> the service it is of."""
        there = set(self._column("services", "service"))
        sites = (name for name in listed.names if name.startswith(_SITE) and name not in there)
        return {name: of for name in sites if (of := name.removeprefix(_SITE)) in there}

    def noted(
        self,
        listed: NameList,
        *,
        source: str = "",
        sites: Mapping[str, str] | None = None,
        taken: Mapping[str, str] | None = None,
    ) -> Survey:
        """Return the survey with what a list of names has beyond it, as rows of `refused`.

        Parameters
        ----------
        listed
            The list: see :func:`depgraph.readers.read_list`.
        source
            The file. Its names that are in no input are told, and its rows that are not taken.
        sites
            Of its names those that were joined to another: name -> service.
        taken
            Service -> the name whose row was joined to it.
        """
        sites, taken = sites or {}, taken or {}
        there = set(self._column("services", "service"))
        told = {*there, *self._column("refused", "service")}
        rows = [
            (source, 0, name, why_absent(name, there))
            for name in sorted(listed.names)
            if name not in told and name not in sites
        ]
        notes = []
        for name, service in sorted(sites.items()):
            if taken[service] == name:
                why = f"the list's {name} lies in {service}, which is here: joined to it"
                notes.append((source, 0, service, why))
            else:
                why = f"expected one row for {service}, found another: that of {taken[service]} is taken"
                rows.append((source, 0, name, why))
        bad = (*listed.refused, *listed.again, *listed.beyond)
        rows += [(source, one.number, "", one.error) for one in bad]
        before = {tuple(row.values()) for row in self.refused.to_pylist()}  # of the same list
        rows = [row for row in rows if row not in before]
        refused = [*self.refused.to_batches(), batch("refused", rows)]
        tables = replaced(self.tables, "refused", joined("refused", refused))
        said = [*self.notes.to_batches(), batch("notes", notes)]
        tables = replaced(tables, "notes", joined("notes", said))
        return replace(self, tables=tables, _remembered={})

    def divided(self, *, layer: str = "dns", level: str = "company") -> list[dict[str, Any]]:
        """Count by the column chosen in :meth:`joined`: its values, how many services, who leads.

        Returns
        -------
        list of dict
            `value`, `services`, the `actors` with most of them in the layer (all who have as
            many), their `labels`, and `in` how many each of them stands. The value is empty where
            the list gives none for a name that it has, and None for those that it does not have.
        """
        if not self.by:
            return []
        _check(level)
        services = self.services
        value = dict(
            zip(
                services.column("service").to_pylist(),
                services.column(self.by).to_pylist(),
                strict=True,
            )
        )
        counts: TypedCounter[str | None] = TypedCounter(value.values())
        actors: dict[str | None, TypedCounter[str]] = {}
        _check_layer(layer)
        of_layer = f"level = '{level}' AND layer = '{layer}'"  # words of ours
        for service, actor in self._counter.stream(
            f"SELECT service, actor FROM stands WHERE {of_layer}"  # noqa: S608
        ):
            actors.setdefault(value[service], TypedCounter())[actor] += 1
        found = []
        for name in sorted(counts, key=lambda name: (-counts[name], name is None, name or "")):
            first, most = leaders(dict(sorted(actors.get(name, {}).items())))
            found.append(
                {
                    "value": name,
                    "services": counts[name],
                    "actors": list(first),
                    "labels": [self.label(actor) for actor in first],
                    "in": most,
                }
            )
        return found

    def standing(self, *, level: str = "company") -> Iterator[tuple[str, str, str]]:
        """Yield each service, layer and actor that certainly or likely stands there."""
        _check(level)
        of_level = f"level = '{level}'"  # one of three words
        yield from self._counter.by_service(
            f"SELECT service, layer, actor FROM stands WHERE {of_level}",  # noqa: S608
            "service, layer, actor",
        )

    @cached_property
    def absent(self) -> Absent:
        """The services that have nothing that somebody could stop: see :class:`Absent`."""
        states = [state_column(function.value) for function in Function]
        names: dict[bool, list[str]] = {True: [], False: []}
        table = self.tables["services"].select(["service", *states, "other_functions"])
        for row in (
            row for part in table.to_batches(max_chunksize=FEW) for row in part.to_pylist()
        ):
            registered = row[Function.NAME.value] != State.ABSENT
            found = {row[name] for name in states if name != Function.NAME.value}
            found |= {text.rpartition("=")[2] for text in row["other_functions"]}
            if found - {None} == {State.ABSENT.value}:
                names[registered].append(row["service"])
        return Absent(nonexistent=tuple(names[False]), idle=tuple(names[True]))

    def cells(self, *, lang: str = "en") -> Mapping[str, Mapping[str, str]]:
        """Return who certainly or likely stands in each layer of each service, by company, for people.

        Several stand apart by semicolons: names have commas in them. What stands in brackets is no
        name: that the service itself does, that others may stand there too, or why nobody is named.
        """
        key = f"cells {lang}"
        if key not in self._remembered:
            self._remembered[key] = in_cells(
                self._counter,
                self._names,
                [count.layer for count in self.layer_counts],
                labels=self.labels,
                gone=self.absent.nonexistent,
                table=words(lang),
            )
        found: Mapping[str, Mapping[str, str]] = self._remembered[key]
        return found

    def server_domains(self) -> list[dict[str, Any]]:
        """Count services by the registered domains of their name servers.

        Domains that differ in their suffix and in digits only (``awsdns-04.org``,
        ``awsdns-12.co.uk``) are one family, ``awsdns-#``.
        """
        counts: TypedCounter[str] = TypedCounter()
        for domains in self.tables["services"].column("server_domains").to_pylist():
            counts.update({_family(domain) for domain in domains})
        ordered = sorted(counts, key=lambda name: (-counts[name], name))
        return [{"domain": name, "services": counts[name]} for name in ordered]

    def compare(self, later: Survey) -> Moves:
        """Say what moved from this survey to a later one: see :func:`depgraph.survey.compare`."""
        found: Moves = importlib.import_module(_COMPARING).compare(self, later)
        return found

    # For pictures

    @checked()
    def tallied(
        self, group: str = "big-tech", *, catalogue: Catalogue | None = None
    ) -> tuple[Service, ...]:
        """Return the services as the pictures of surveys count them.

        Parameters
        ----------
        group
            A group, company or country of the catalogue.
        catalogue
            Otherwise the one that depgraph brings.
        """
        return pictured(
            self._counter,
            self._names,
            labels=self.labels,
            members=members_of(group, catalogue or load()),
        )

    def plot(self, kind: str = "survey", *, group: str = "big-tech", lang: str = "en") -> Any:
        """Draw the survey on matplotlib axes: ``"survey"`` or ``"concentration"``."""
        pictures = importlib.import_module(_PICTURES)
        return pictures.plot(self.tallied(group), kind=kind, group=group, lang=lang)

    # For people

    def rows(self) -> list[dict[str, Any]]:
        """Return a row for each service."""
        found: list[dict[str, Any]] = self.services.to_pylist()
        return found

    def to_frame(self) -> Any:
        """Return :meth:`rows` as a `pandas.DataFrame`; the rows themselves without pandas."""
        return frame(self.rows())

    @checked()
    def text(self, *, lang: str = "en", width: int = 110) -> str:
        """Return the survey as plain text."""
        return str(importlib.import_module(_RENDERING).to_text(self, lang=lang, width=width))

    @checked()
    def to_markdown(self, *, lang: str = "en") -> str:
        """Return the survey as Markdown."""
        return str(importlib.import_module(_RENDERING).to_markdown(self, lang=lang))

    @checked()
    def to_html(self, *, lang: str = "en") -> str:
        """Return the survey as an HTML fragment."""
        return str(importlib.import_module(_RENDERING).to_html(self, lang=lang))

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.to_html()


def _title(title: str, taken: Sequence[str]) -> str:
    return f"{title} (joined)" if title in taken else title


def _family(domain: str) -> str:
    """Return the family of a domain of name servers: see :meth:`Survey.server_domains`.

    >>> _family("awsdns-04.org"), _family("cloudflare.com"), _family("1and1.com")
    ('awsdns-#', 'cloudflare.com', '1and1.com')
    """
    label = domain.removesuffix(f".{public_suffix(domain)}")
    folded = re.sub(r"-[0-9]+$", "-#", label)
    return folded if folded != label else domain


def _check(level: str) -> None:
    if level not in {one.value for one in LEVELS}:
        raise QuestionError(f"expected a level among {', '.join(LEVELS)}, found {quote(level)}")


def _check_layer(layer: str) -> None:
    if layer not in set(Layer):
        raise QuestionError(f"expected a layer ({', '.join(Layer)}), found {quote(layer)}")
