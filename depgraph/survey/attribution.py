"""Attribution in bulk: cases in, one JSON object a line, and who is in each of their layers out.

A case is a line of plain JSON Lines (:mod:`depgraph.readers.plain`), and goes the way of a
report: reader, recording, graph, roles. So what a report of the case says is said here, and
how often that is right can be measured on labelled cases (``benchmarks/accuracy.py``).

========= =======================================================================
layer     who
========= =======================================================================
dns       runs the name servers
hosting   hosts the web site; ``"role": "host or front"`` where nobody says which
front     stands before it
mx        runs the mail exchanges
mailbox   holds the mailboxes
gateway   of those in ``mx`` the ones that only pass mail on; none where each is known not to
ca        issued a certificate of the host, or is allowed to
registrar registers the name
registry  runs the registry of its public suffix
owner     has the name
network   announces the addresses of the web site
holder    holds the blocks that they lie in
========= =======================================================================
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from depgraph.analysis.model import compile_graph
from depgraph.analysis.roles import Role, Roles, Standing, roles
from depgraph.errors import RecordingError
from depgraph.graph import build
from depgraph.graph.registered import are_unlike
from depgraph.intake import json_object
from depgraph.names import canonical, registered_domain
from depgraph.observations import Status
from depgraph.providers import Catalogue, load
from depgraph.providers.rules import EVERY_NAME, slug
from depgraph.readers.plain import keys_unread
from depgraph.recording import Recording
from depgraph.records.text import is_stand_in
from depgraph.schema import Graph
from depgraph.survey.cases import NAMELESS, Origin, Tables, recorded, with_origins, with_tables
from depgraph.texts.reasons import why
from depgraph.vocabulary import (
    FUNCTIONS,
    GATEWAY,
    PERHAPS_GATEWAY,
    Confidence,
    Function,
    Kind,
    Layer,
    Reason,
    ReasonCode,
    functions_like,
)

_LONGEST: Final = 10_000_000  # characters of a line; a longer one is no case

Layers = dict[str, Any]


def attribute_cases(
    lines: Iterable[str | bytes],
    *,
    catalogue: Catalogue | None = None,
    origin: Origin | None = None,
    tables: Tables | None = None,
) -> Iterator[str]:
    """Attribute cases, one line out for each line in.

    Parameters
    ----------
    lines
        JSON Lines of cases. A line that cannot be read gives ``{"line": N, "error": ...}``,
        an empty one too, and the run goes on.
    catalogue
        The shipped one by default.
    origin
        How to find the origin AS of an address for which the case gives none.
    tables
        How to find the routing tables of the day of a case, such as
        :func:`depgraph.routes.routing_at`: they tell what neither the case nor `origin` does.

    Yields
    ------
    str
        ``{"line": N, "id": ..., "domain": ..., "date": ..., "layers": {...}}`` without line
        break; the layers as :func:`layers` returns them. Where the case has keys that are not
        read, ``"problems": [...]`` names them.
    """
    known = catalogue or load()
    for number, line in enumerate(lines, start=1):
        try:
            case = _case(line)
            result: dict[str, Any] = {"line": number}
            for key in ("id", "domain", "date"):
                if isinstance(case.get(key), str):
                    result[key] = case[key][:300]
            if problems := keys_unread(case):
                result["problems"] = list(problems)
            result["layers"] = layers(case, catalogue=known, origin=origin, tables=tables)
        except ValueError as error:
            result = {"line": number, "error": str(error)[:300]}
        yield json.dumps(result, ensure_ascii=True, separators=(",", ":"))


def _case(line: str | bytes) -> dict[str, Any]:
    if len(line) > _LONGEST:
        raise RecordingError(f"expected a case, found a line of {len(line)} characters")
    return json_object(line, error=RecordingError)


def layers(
    case: Mapping[str, Any],
    *,
    catalogue: Catalogue | None = None,
    origin: Origin | None = None,
    tables: Tables | None = None,
) -> Layers:
    """Attribute every layer of one case.

    Parameters
    ----------
    case
        An object of plain JSON Lines. Without a date it is of the latest owners known;
        without a domain it is about the address, alias or block that it gives.
    catalogue, origin, tables
        As in :func:`attribute_cases`.

    Returns
    -------
    dict
        By layer a list of entries, empty where nobody does it (no front, no gateway), or
        ``{"unknown": reasons, "text": the same in English}``, the reasons coded as in
        :class:`depgraph.vocabulary.Reason`, with the entries of those who it may be in
        `perhaps`. An entry has `provider`, `owners` (its companies,
        the nearest first), `company` (the last of them), `rule`, `confidence` (``certain``,
        ``likely``, ``possible``), and where it applies `share` (of right answers of the rule,
        as measured), `unverified` (nobody confirmed the rule yet), `unverified_owners`,
        `role` (``host or front``, ``mailbox or gateway``), `needed` (false: only met on a path), `self` (true: the
        service's own; null: its owner may have that name too, and nobody says).

    Raises
    ------
    RecordingError
        If the case is not of the form that the reader gives.
    GraphError
        If its domain is no host name.
    """
    known = catalogue or load()
    recording = with_tables(with_origins(recorded(case), origin), tables)
    subject = recording.subject
    service = _Service.of(recording, subject, known)
    host = canonical(str(case.get("host") or subject).strip())
    named = {FUNCTIONS[one].name_at(subject): one for one in functions_like(Function.WEB)}
    web = service if host in named else _Service.of(recording, host, known)
    site = named.get(host, Function.WEB)
    in_zone = Function.WEB if service.lacks(Function.MAIL) else Function.MAIL
    found: Layers = {
        "dns": service.layer(in_zone, Layer.DNS),
        "hosting": web.layer(site, Layer.HOST, Layer.SERVING),
        "front": web.layer(site, Layer.FRONT),
        "mx": service.layer(Function.MAIL, Layer.MAIL),
        "mailbox": service.layer(Function.MAIL, Layer.MAILBOX),
        "gateway": service.gateway(),
        "ca": web.layer(site, Layer.CERTIFICATE),
        "registrar": service.layer(Function.NAME, Layer.REGISTRAR),
        "registry": service.layer(Function.NAME, Layer.REGISTRY),
        "owner": _owner(recording, known),
        "network": web.layer(site, Layer.NETWORK),
        "holder": web.layer(site, Layer.BLOCK),
    }
    if subject == NAMELESS:
        for layer in ("registrar", "registry", "owner"):
            found[layer] = _unknown()
    return found


@dataclass(frozen=True, slots=True)
class _Service:
    """The graph of a case, and who does what in it."""

    graph: Graph
    roles: Roles

    @classmethod
    def of(cls, recording: Recording, subject: str, catalogue: Catalogue) -> _Service:
        graph = build(recording, subject=subject, catalogue=catalogue)
        return cls(graph, roles(compile_graph(graph)))  # built just now: no need to check it

    def lacks(self, function: Function) -> bool:
        """Tell whether it is settled that the service does not have a function."""
        return function in self.roles.absent

    def layer(self, function: Function, *wanted: Layer) -> Any:
        """Return the entries of some layers of a function that are one layer of a case."""
        standings = [self.roles.standing(function, layer) for layer in wanted]
        named = [role for standing in standings for role in _named(standing)]
        perhaps = [role for role in named if not role.needed and not role.known]
        entries = [self._entry(role) for role in named]
        if len(perhaps) < len(named) or self.lacks(function):
            return _sorted(entries)
        within = [role for standing in standings for role in standing.roles if role.unknown]
        doubts = within or [role for standing in standings for role in standing.hiding]
        if Layer.FRONT in wanted and all(standing.fully_known for standing in standings):
            return []
        unknown: dict[str, Any] = dict(_unknown(dict.fromkeys(map(_doubt, doubts))))
        return unknown | ({"perhaps": _sorted(entries)} if entries else {})

    def gateway(self) -> Any:
        """Return who of those that run the exchanges only passes mail on; nobody if all hold it."""
        by_role: dict[str, set[str]] = {}
        for _, head, data in self.graph.edges(data=True):
            by_role.setdefault(str(data.get("role", "")), set()).add(head)
        named = _named(self.roles.standing(Function.MAIL, Layer.MAIL))
        if not named:
            return self.layer(Function.MAIL, Layer.MAIL)
        gateways = [role for role in named if role.actor in by_role.get(GATEWAY, ())]
        doubtful = [role for role in named if role.actor in by_role.get(PERHAPS_GATEWAY, ())]
        if gateways or not doubtful:
            return _sorted([self._entry(role) for role in gateways])
        names = ", ".join(role.label for role in doubtful)
        return _unknown([str(Reason.of("unlisted-exchanger", name=names))])

    def _entry(self, role: Role) -> dict[str, Any]:
        """Return what is said of an actor in a layer."""
        provider = role.actor.partition(":")[2]
        entry = _owned(provider, [one.id.partition(":")[2] for one in role.companies])
        entry |= {"rule": role.rule, "confidence": role.confidence.value}
        share = self._share(role)
        if share is not None:
            entry["share"] = share
        if role.unverified:
            entry["unverified"] = True
        unverified = [one.id.partition(":")[2] for one in role.companies if one.unverified]
        if unverified:
            entry["unverified_owners"] = unverified
        if role.layer is Layer.SERVING:
            entry["role"] = "host or front"
        elif PERHAPS_GATEWAY in {data.get("role") for data in self._naming(role)}:
            entry["role"] = PERHAPS_GATEWAY
        if not role.needed:
            entry["needed"] = False
        if role.own:
            entry["self"] = True
        elif role.rule == "registered-domain":
            entry["self"] = None
        return entry

    def _naming(self, role: Role) -> list[dict[str, Any]]:
        """Return the edges that name the actor of a role, at the end of its shortest way."""
        tail, head = role.path[-2:]
        return list(self.graph[tail][head].values())

    def _share(self, role: Role) -> float | None:
        """Return the measured share of right answers of the rule behind a role."""
        for data in self._naming(role):
            if data.get("rule") == role.rule and "share" in data:
                return float(data["share"])
        return None


def _named(standing: Standing) -> list[Role]:
    return [role for role in standing.roles if role.kind is Kind.PROVIDER]


def _doubt(role: Role) -> str:
    """Return why not all of a layer is known because of a role, coded."""
    return role.reason or str(Reason.of("may-be-front", name=role.label))


def _owned(provider: str, owners: list[str]) -> dict[str, Any]:
    """Return a provider with its companies; one of which none is known is its own."""
    return {
        "provider": provider,
        "company": owners[-1] if owners else provider,
        "owners": owners or [provider],
    }


def _unknown(reasons: Iterable[str] = ()) -> dict[str, str]:
    """Return why nobody is named: in codes, and in English."""
    codes = "; ".join(reasons) or ReasonCode.NOT_RECORDED.value
    return {"unknown": codes, "text": _in_english(codes)}


@lru_cache(maxsize=4096)
def _in_english(codes: str) -> str:
    return why(codes, "en")


def _sorted(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(entries, key=lambda entry: str(entry["provider"]))


# --- Who has the name ----------------------------------------------------------------------


def _owner(recording: Recording, catalogue: Catalogue) -> Any:
    """Return who has the name: an operator of whom the catalogue says so, else the registrant."""
    at = recording.days[1]
    domain = recording.subject
    registered = registered_domain(domain) or domain
    rule = next(catalogue.rules.match("host", registered), None)
    # A name that an operator gives its customers does not tell whose it is.
    if rule is not None and (domain == registered or rule.signal == EVERY_NAME):
        entry = _owned(rule.provider, list(catalogue.owners(rule.provider, at)))
        return [{**entry, "rule": rule.id, "confidence": Confidence.LIKELY.value}]
    named = _registrants(recording)
    entries: dict[str, dict[str, Any]] = {}
    for name in named:
        known = catalogue.provider_named(name)
        provider = known.id if known else slug(name)
        entry = _owned(provider, list(catalogue.owners(provider, at)))
        entries[provider] = {
            **entry,
            "rule": "registrant",
            "confidence": Confidence.POSSIBLE.value,
        }
    if any(are_unlike(named[0], name) for name in named):
        reason = Reason.of("contradiction", names=", ".join(dict.fromkeys(named)))
        return {**_unknown([str(reason)]), "perhaps": _sorted(list(entries.values()))}
    return list(entries.values())[:1] or _unknown()


def _registrants(recording: Recording) -> list[str]:
    """List the registrants that are named, without the services that stand in for one."""
    named = [
        name
        for o in recording
        if o.type == "registration" and o.status is Status.ANSWER
        for name in o.fields().get("registrant", ())
    ]
    return [name for name in named if not is_stand_in(name)]
