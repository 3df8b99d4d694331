"""What a survey counts: an actor in a layer, a layer, how far it hangs on few, who is in none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from depgraph.vocabulary import Layer

REGISTRIES: Final = frozenset({Layer.REGISTRY.value, Layer.BACKEND.value, Layer.REGISTRY_DNS.value})
"""Layers in which whoever runs a suffix stands for every service under it: shown apart."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """One actor in one layer of the services of a survey.

    Parameters
    ----------
    actor, label
        Node id, and text for people.
    services
        In how many it certainly or likely stands, and is needed: none of somebody who only may
        stand somewhere.
    most
        In how many it may: where something that was asked of the layer is not known, somebody
        else may stand there too.
    widest
        The same where something was not asked, too: in no more can it be.
    likely
        In how many of `services` it only likely stands.
    """

    actor: str
    label: str
    services: int
    most: int
    widest: int
    likely: int


@dataclass(frozen=True, slots=True)
class LayerCount:
    """A layer over all services.

    Parameters
    ----------
    services
        How many have it.
    known, own
        In how many somebody is known there; in how many the service itself is.
    whole
        In how many all of it is known. The others are `failed` or `unasked`.
    failed
        In how many something that was asked is not known.
    unasked
        In how many somebody else may be there only because something was not asked.
    """

    layer: str
    services: int
    known: int
    whole: int
    failed: int
    unasked: int
    own: int

    @property
    def aside(self) -> bool:
        """Whether nobody asked about it in the whole survey, and nobody is known there."""
        return self.unasked == self.services and not self.known


@dataclass(frozen=True, slots=True)
class Concentration:
    """How far the services of a layer hang on few.

    Parameters
    ----------
    uses
        Sum over actors of the services that they stand in; a service that runs it itself is an
        operator of its own.
    hhi
        Herfindahl-Hirschman index of the shares of all uses, 0 to 1 (U.S. Department of Justice
        and Federal Trade Commission, Merger Guidelines of 2023, section 2.1, which count to
        10,000).
    distance
        From the market in which each service has an operator of its own: the sum of squared
        shares less one by the number of uses (after Akiwate, Ruth, Habib and Durumeric, "On the
        Centralization and Regionalization of the Web", IMC 2024, arXiv:2406.19569).

    Where nobody in particular is known to stand there, neither is known: None.
    """

    layer: str
    level: str
    uses: int
    hhi: float | None
    distance: float | None


@dataclass(frozen=True, slots=True)
class Absent:
    """Services that have nothing that somebody could stop.

    Parameters
    ----------
    nonexistent
        The DNS has no such name, and no registry.
    idle
        The others of which every function that was asked about is known not to be offered.
    """

    nonexistent: tuple[str, ...] = ()
    idle: tuple[str, ...] = ()
