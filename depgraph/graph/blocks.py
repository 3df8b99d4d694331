"""From an address to the block it lies in: who holds it, and which registry gave it away."""

from __future__ import annotations

from typing import Final

from depgraph.graph import network
from depgraph.graph.answers import MALFORMED, Answer
from depgraph.graph.builder import Builder
from depgraph.graph.reports import last_known
from depgraph.graph.text import covering, version
from depgraph.observations import Observation
from depgraph.providers import Attribution, Signal
from depgraph.vocabulary import Reason, What

_HOLDERS: Final = ("organisation-handle", "organisation")
_REGISTRIES: Final = {"ripe": "ripencc", "ripe-ncc": "ripencc"}


def add(builder: Builder, node: str, address: str) -> None:
    """Add the block that an address lies in, and what it needs."""
    draft = builder.draft
    answer = builder.index.ask(address, "holder")
    if not answer.records:
        last = last_known(builder, "holder", answer.stale, "holder-name")
        draft.unknown(node, "block", What.HOLDER, address, answer.reasons, last=last)
        return
    prefix = covering(list(network.fields(answer, "prefix")), address)
    names = [prefix] if prefix is not None else list(network.fields(answer, "handle"))
    if not names and any(network.fields(answer, key) for key in _HOLDERS):
        names = [address]  # how far the block reaches was not kept
    if not names:
        draft.unknown(node, "block", What.HOLDER, address, [MALFORMED])
        return
    block = draft.node("block", names[0], family=version(address))
    draft.edge(node, "block", block, answer.proof(answer.values[0]))
    _add_holder(builder, block, answer)
    _add_registry(builder, block, address, answer)


def _add_holder(builder: Builder, block: str, answer: Answer) -> None:
    clues: dict[Signal, tuple[Observation, ...]] = {}
    for key in ("organisation-handle", "handle"):
        for value, observations in network.fields(answer, key).items():
            clues.setdefault(Signal("holder-handle", value), observations)
    for value, observations in network.fields(answer, "organisation").items():
        clues.setdefault(Signal("holder-name", value), observations)
    if clues:  # the name of a block alone is no organisation's
        for value, observations in network.fields(answer, "name").items():
            clues.setdefault(Signal("holder-name", value), observations)
    attribution = builder.operator(block, "holder", "holder", clues)
    network.note_names(builder, attribution, clues)
    if attribution.provider is None:
        reasons = attribution.reasons if clues else [Reason.of("not-named")]
        builder.draft.unknown(block, "holder", What.HOLDER, block.split(":", 1)[1], reasons)


def _add_registry(builder: Builder, block: str, address: str, answer: Answer) -> None:
    registries = network.fields(answer, "registry")
    if not registries:
        answer = builder.index.ask(address, "origin")
        registries = network.fields(answer, "registry")
    if not registries:
        name = block.split(":", 1)[1]
        reason = Reason.of("not-recorded")
        builder.draft.unknown(block, "allocation", What.ADDRESS_REGISTRY, name, [reason])
        return
    text = next(iter(registries))
    key = text.strip().lower().replace(" ", "-")
    key = _REGISTRIES.get(key, key)
    known = builder.catalogue.providers.get(key)
    registry = Attribution(provider=key, name=known.name if known else text.upper())
    data = answer.proof(f"registry {text}")
    builder.draft.edge(block, "allocation", builder.provider(registry), data)
