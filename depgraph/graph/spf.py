"""Whose policies the SPF record of a domain takes over, as far as was recorded (RFC 7208)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from depgraph.graph.answers import Index
from depgraph.observations import Observation
from depgraph.records.rdata import host
from depgraph.records.spf import Policy, evaluate, is_record, unquoted

_VERSION = re.compile(r"(?i)(?<!\S)(?=v=spf1(?:\s|$))")


@dataclass(frozen=True, slots=True)
class Senders:
    """Whom a domain lets send mail in its name.

    Parameters
    ----------
    names
        Each name whose policy it takes over, with the observations that say so.
    policy
        Its own policy, as evaluated.
    looked_up
        The names that evaluation came to, besides its own, whether they let anybody send or not.
    """

    names: Mapping[str, tuple[Observation, ...]]
    policy: Policy
    looked_up: tuple[str, ...]


def senders(index: Index, domain: str) -> Senders:
    """Return whose policies a domain takes over, with who saw it."""
    asked: dict[str, tuple[Observation, ...]] = {}

    def texts(name: str) -> list[str] | None:
        asked[name] = ()
        answer = index.ask(name, "TXT")
        if not (answer.records or answer.empty):
            return None
        seen = [o for value, group in answer.records.items() if _is_policy(value) for o in group]
        asked[name] = tuple(seen)
        return answer.values

    policy = evaluate(domain, texts)
    names = {name: asked[by] for name, by in policy.included.items()}
    if not policy.has_record or policy.included:
        names = _expanded(index, domain, own=policy.has_record) | names
    return Senders(names, policy, tuple(name for name in asked if name != domain))


def _is_policy(value: str) -> bool:
    return is_record(unquoted(value))


def _expanded(index: Index, domain: str, *, own: bool) -> dict[str, tuple[Observation, ...]]:
    """Return what data sets kept of the policies that a domain takes over.

    Some keep the records that they met on the way in one text, the domain's own first, and
    not of which name each is; some keep the names alone. Each record is read by itself.
    """
    names: dict[str, tuple[Observation, ...]] = {}
    for value, observations in index.ask(domain, "spf-expanded").records.items():
        records = [text.strip() for text in _VERSION.split(unquoted(value)) if is_record(text)]
        if not own and not (records and _by_itself(records[0]).included):
            continue  # what else was met belongs to a policy that lets nobody send
        for record in records:
            for name in _by_itself(record).included:
                names.setdefault(name, observations)
    for value, observations in index.ask(domain, "spf-include").records.items():
        included = host(value.strip())
        if included is not None:
            names.setdefault(included, observations)
    return names


def _by_itself(record: str) -> Policy:
    """Evaluate one record, of whatever name, of which no other is known."""
    return evaluate("", lambda name: None if name else [record])
