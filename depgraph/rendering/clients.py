"""For whom an answer holds, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from depgraph.analysis.clients import UNNAMED, Client
from depgraph.rendering.blocks import Block, Paragraph
from depgraph.rendering.unknowns import Days, Unknown, listed
from depgraph.rendering.writer import Writer
from depgraph.texts.inline import Inline, foreign, join
from depgraph.vocabulary import OTHERS, Steering, sent_of


def whom(w: Writer, clients: Sequence[Client]) -> Inline:
    """Return for whom: some clients, by what they have in common; of none that it is everyone."""
    if not clients:
        return w.say("clients.everyone")
    return w.words.enumerated([_kind(w, client) for client in clients])


def _kind(w: Writer, client: Client) -> Inline:
    words = [f"clients.{client.family.value}"] if client.family else []
    if client.validating is not None:
        words.append("clients.validating" if client.validating else "clients.not-validating")
    if client.svcb is not None:
        words.append("clients.svcb" if client.svcb else "clients.no-svcb")
    parts = []
    if client.place:
        code = "clients.sent-away" if sent_of(client.place) else "clients.place"
        parts.append(w.say(code, place=place(w, client.place)))
    if client.answer:
        parts.append(w.say("clients.sent", by=foreign(client.answer)))
    if words:
        kinds = join(w.words["list.comma"], map(w.say, words))
        parts.append(w.say("clients.kinds", kinds=kinds))
    return join(" ", parts)


def place(w: Writer, text: str) -> Inline:
    """Return a place, or those whom an operator sends somewhere; a whole phrase is quoted."""
    sent = sent_of(text)
    if text == UNNAMED:
        return w.say("clients.unnamed")
    if text == OTHERS:
        return w.say("clients.others")
    if sent is None:
        return w.say("clients.quoted", place=foreign(text)) if " " in text else foreign(text)
    whither = foreign(sent.whither)
    if sent.share is None:
        return w.say("clients.sent-to", whither=whither)
    return w.say("clients.share", share=sent.share, whither=whither)


def said_of(
    w: Writer,
    said: Inline,
    clients: Sequence[Client],
    *,
    differs: bool = True,
    only_ipv4: bool = False,
) -> Inline:
    """Return a statement with whom it is about.

    Parameters
    ----------
    w, said
        The words, and the statement.
    clients
        Whom it holds for; empty: everyone.
    differs
        Whether others of its kind are about some only; if not, everyone is not mentioned.
    only_ipv4
        Whether it is said over IPv4, where IPv6 addresses are not known: see :func:`over_ipv4`.
    """
    if not clients and not differs:
        return said
    if not clients and only_ipv4:
        return w.say("clients.said", said=said, whom=w.say("clients.everyone-ipv4"))
    return w.say("clients.said", said=said, whom=whom(w, clients))


def but_for(w: Writer, said: Inline, clients: Sequence[Client]) -> Inline:
    """Return a statement with the exceptions from it; as it is where there are none."""
    return w.say("clients.but", said=said, whom=whom(w, clients)) if clients else said


def re_steered(w: Writer, said: Inline, steering: Steering | None) -> Inline:
    """Return a statement with the assumption that it rests on, if it does."""
    return w.say("clients.re-steered", said=said) if steering is Steering.ASSUMED else said


def unserved(w: Writer, clients: Sequence[Client]) -> list[Inline]:
    """Return for whom a function does not work as recorded, so that no answer is about them."""
    return [w.say("clients.unserved", whom=whom(w, clients))] if clients else []


def over_ipv4(w: Writer, parts: Sequence[Unknown], days: Days) -> list[Inline]:
    """Return that what stops a function does so over IPv4, where IPv6 addresses are not known."""
    return [w.say("clients.over-ipv4", unknown=listed(w, parts, days))] if parts else []


def asked_for(w: Writer, clients: Iterable[Client]) -> list[Block]:
    """Return whom alone an answer is about; nothing where it is about all."""
    several = tuple(clients)
    return [Paragraph(w.say("clients.asked", whom=whom(w, several)))] if several else []
