"""The stores that an app is had from, and who else does a step for a service, as reported.

No record of the DNS tells of either. A store is one of several ways to the app; from one phone
there is one, so each store is a function of its own besides. What a third party does (text
messages, login, payment) or what a page loads from it is met; it is needed only where a source
says that the service does not work without.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from depgraph.graph import reports
from depgraph.graph.answers import OTHER_DAY, Answer, proof
from depgraph.graph.builder import Builder
from depgraph.graph.text import host
from depgraph.observations import Observation
from depgraph.providers import Signal
from depgraph.text_safety import one_line
from depgraph.vocabulary import (
    Confidence,
    Function,
    Reason,
    ReasonCode,
    ReportedRole,
    Strength,
    What,
    function_at,
    host_of,
)

STORES: Final = "app-store"
RESOURCES: Final = "resource"

_STEPS: Final = MappingProxyType(
    {
        ReportedRole.SMS: ReasonCode.STEP_SMS,
        ReportedRole.LOGIN: ReasonCode.STEP_LOGIN,
        ReportedRole.PAYMENT: ReasonCode.STEP_PAYMENT,
        ReportedRole.SUPPORT: ReasonCode.STEP_SUPPORT,
        ReportedRole.CHAT: ReasonCode.STEP_CHAT,
    }
)
# What a page loads, the weightiest first: a script can do in the page what the page itself can.
_LOADED: Final = MappingProxyType(
    {
        "script": ReasonCode.STEP_SCRIPT,
        "frame": ReasonCode.STEP_FRAME,
        "style": ReasonCode.STEP_STYLE,
        "image": ReasonCode.STEP_IMAGE,
        "other": ReasonCode.STEP_OTHER,
        "allowed": ReasonCode.STEP_ALLOWED,
    }
)
LOADED: Final = tuple(_LOADED)
"""The first words of the values of observations of type ``resource``; the second is a host."""


# --- Stores ----------------------------------------------------------------------------------


def offered(builder: Builder, name: str) -> Sequence[str]:
    """Return the functions of an app: as such, and from each of several stores.

    None where nobody reports on it.
    """
    if not builder.index.group(name, STORES):
        return ()
    stores = builder.index.ask(name, STORES).values
    each = [function_at(Function.APP, _word(store)) for store in stores]
    return (Function.APP.value, *(each if len(each) > 1 else ()))


def why_no_store(builder: Builder, name: str) -> Sequence[Reason]:
    """Return why there is no app: it is reported that no store carries it."""
    return [Reason.of("no-store")] if builder.index.ask(name, STORES).is_empty else ()


def add_stores(builder: Builder, function: str, name: str) -> None:
    """Add the stores from which an app can be had: any of them, or the one of the function."""
    answer = builder.index.ask(name, STORES)
    one = host_of(function.rpartition("/")[2])
    channels = builder.draft.node("channels", f"{name}/{one}" if one else name, label=one or name)
    builder.draft.edge(function, "channel", channels)
    stores = [store for store in answer.values if not one or _word(store) == one]
    for store in stores:
        clues = {Signal("reported-name", store): answer.records[store]}
        node = builder.provider(builder.who("network", clues))
        builder.draft.edge(channels, "operator", node, answer.proof(store))
    if not one:
        builder.further(channels, "operator", name, STORES, answer)
    if not stores:
        _add_unknown_stores(builder, channels, name, answer)


def _add_unknown_stores(builder: Builder, channels: str, name: str, answer: Answer) -> None:
    last = reports.last_known(builder, "network", answer.stale, "reported-name")
    builder.draft.unknown(channels, "operator", What.STORES, name, answer.reasons, last=last)


def _word(store: str) -> str:
    """Return the name of a store as part of the name of a function."""
    return one_line(store.replace("/", " ").replace(":", " "), limit=80)


class _Loaded(NamedTuple):
    """A host that a page loads from, what it loads, and who saw it."""

    target: str
    what: str
    observations: Sequence[Observation]


# --- Steps -----------------------------------------------------------------------------------


def add_steps(builder: Builder, function: str, name: str) -> None:
    """Add to a web site who is reported to do a step for it, and from whom its page loads."""
    for role, code in _STEPS.items():
        found = reports.reported(builder, name, role)
        if not found and not reports.reported(builder, name, role, ever=True):
            continue
        # Several may each do it: a report names one, and does not say that there is no other.
        step = builder.draft.node("step", f"{name}/{role}", label=name)
        if not found:
            last = reports.last_known(
                builder, "network", (), "reported-name", names=(name,), roles=(role.value,)
            )
            draft = builder.draft
            draft.edge(function, "step", step, strength=Strength.EXPOSES)
            draft.unknown(
                step,
                "operator",
                What.THIRD_PARTY,
                name,
                [OTHER_DAY],
                within=role,
                last=last,
                finding=code.value,
            )
            continue
        needed = any(report.observation.first("needed") == "yes" for report in found)
        kept, left = reports.followed(builder, found, name)
        if left:
            builder.left_out(
                step,
                "operator",
                name,
                role.value,
                left=left,
                followed=len(kept),
                question="operator",
            )
        _met(builder, function, step, [report.observation for report in found], needed=needed)
        for report in kept:
            clues = {Signal("reported-name", report.name): (report.observation,)}
            node = builder.provider(builder.who("network", clues))
            data = proof([report.observation])
            builder.draft.edge(step, "operator", node, data, finding=code.value)
    for loaded in _pages(builder, name):
        _add_loaded(builder, function, name, loaded)


def _met(
    builder: Builder,
    function: str,
    step: str,
    observations: Sequence[Observation],
    *,
    needed: bool,
) -> None:
    strength = Strength.NEEDS if needed else Strength.EXPOSES
    builder.draft.edge(function, "step", step, proof(observations), strength=strength)


def _pages(builder: Builder, name: str) -> list[_Loaded]:
    """List each host of another domain that a page loads from: the weightiest thing it loads."""
    answer = builder.index.ask(name, RESOURCES)
    own = builder.registered(name) or name
    found: dict[str, tuple[int, str, Sequence[Observation]]] = {}
    for value, observations in answer.records.items():
        what, _, rest = value.partition(" ")
        target = host(rest)
        if what not in _LOADED or target is None or (builder.registered(target) or target) == own:
            continue
        ranked = (LOADED.index(what), what, observations)
        if target not in found or ranked[0] < found[target][0]:
            found[target] = ranked
    return [_Loaded(target, what, several) for target, (_, what, several) in found.items()]


def _add_loaded(
    builder: Builder,
    function: str,
    name: str,
    loaded: _Loaded,
) -> None:
    target, what, observations = loaded
    step = builder.draft.node("step", f"{name}/{what}/{target}", label=target)
    _met(builder, function, step, observations, needed=False)
    finding = _LOADED[what].value
    more = {"finding": finding}
    if _LOADED[what] is ReasonCode.STEP_ALLOWED:
        more["confidence"] = Confidence.POSSIBLE.value
    clues = {Signal("host", target): observations}
    attribution = builder.operator(step, "operator", "web", clues, **more)
    if attribution.provider is None:
        reasons = attribution.reasons
        builder.draft.unknown(step, "operator", What.THIRD_PARTY, target, reasons, finding=finding)
