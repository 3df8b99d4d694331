"""What can be said of who is behind a service: the forms of claims, and of what cannot be tested."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from depgraph.vocabulary import Function, Layer


class Form(StrEnum):
    """What a piece of a claim says."""

    CANNOT_STOP = "cannot-stop"  # independent of X: X together cannot stop it
    CAN_STOP = "can-stop"  # depends on X: X together can stop it
    NOT_ON_PATH = "not-on-path"  # free of X, does not use X: none of X is on any path
    ON_PATH = "on-path"  # uses X: one of X is on a path
    NOBODY_ALONE = "nobody-alone"  # no single company can stop it
    SOMEBODY_ALONE = "somebody-alone"  # one company alone can stop it
    DONE_BY = "done-by"  # hosted by X: one of X has that role
    NOT_DONE_BY = "not-done-by"  # not hosted by X: none of X has it
    NOBODY_ELSE = "nobody-else"  # only X can stop it: nobody who is not of X can alone
    ALL_DONE_BY = "all-done-by"  # hosted only by X: all who have that role are of X
    UNDER_LAW = "under-law"  # hosted in Europe: all who have the role are bound by its law
    MENTION = "mention"  # X is named, and nothing is said of X that can be tested


OPPOSITE: Final[Mapping[Form, Form]] = {
    Form.CANNOT_STOP: Form.CAN_STOP,
    Form.CAN_STOP: Form.CANNOT_STOP,
    Form.NOT_ON_PATH: Form.ON_PATH,
    Form.ON_PATH: Form.NOT_ON_PATH,
    Form.NOBODY_ALONE: Form.SOMEBODY_ALONE,
    Form.SOMEBODY_ALONE: Form.NOBODY_ALONE,
    Form.DONE_BY: Form.NOT_DONE_BY,
    Form.NOT_DONE_BY: Form.DONE_BY,
    Form.UNDER_LAW: Form.NOT_DONE_BY,  # "not hosted in the US" is said of all of it
}
"""What a form says where it is denied."""
ALONE: Final = frozenset({Form.NOBODY_ALONE, Form.SOMEBODY_ALONE})
"""Forms about nobody in particular."""
OF_A_ROLE: Final = frozenset({Form.DONE_BY, Form.NOT_DONE_BY, Form.ALL_DONE_BY, Form.UNDER_LAW})
"""Forms about who does what."""
NEGATIVE: Final = frozenset(
    {Form.CANNOT_STOP, Form.NOT_ON_PATH, Form.NOBODY_ALONE, Form.NOT_DONE_BY}
)
"""Forms that hold of all who are meant where they hold of any: "not A or B" is neither."""
AFFIRMING: Final = frozenset({*(OPPOSITE[one] for one in NEGATIVE), Form.UNDER_LAW})
"""Forms that say what somebody does or can do: of a service where it is so of a function."""
OF_THE_OTHERS: Final[Mapping[Form, Form]] = {
    Form.CAN_STOP: Form.NOBODY_ELSE,
    Form.DONE_BY: Form.ALL_DONE_BY,
}
"""What a form that is said of X only says of all others."""
ANY_OF: Final = frozenset({Form.ON_PATH, Form.DONE_BY, Form.UNDER_LAW})
"""Forms that can be tested of several of whom one is meant."""

OF_A_SET: Final = frozenset({Form.CAN_STOP, Form.CANNOT_STOP})
"""Forms that can be tested of several together."""


class Untestable(StrEnum):
    """Why words of a claim cannot be tested."""

    QUALITY = "quality"  # a quality that has no measure here: "durable"
    NOBODY_NAMED = "nobody-named"  # "independent": of whom is not said
    COMPARATIVE = "comparative"  # "more independent": than when, or than whom
    FUTURE = "future"  # what will be, or is meant to be
    PLACE = "place"  # where machines stand: the law over who runs them is tested
    NO_ACTOR = "no-actor"  # somebody is named whom neither the graph nor the catalogue has
    EXCLUSIVE = "exclusive"  # "only": that it is so of nothing else
    SHARE = "share"  # "partly", "mostly": how much of it
    TIME = "time"  # "since 2013", "on weekdays": at other times than the days of the recording
    DIRECTION = "direction"  # a denial, exception or limit: which way it is meant is not read
    OF_ANOTHER = "of-another"  # of what somebody who serves it depends on himself
    SENDING = "sending"  # through whom mail is sent: only who receives it is looked at
    QUESTION = "question"  # it asks who or what
    SERVICE = "service"  # "Wikipedia is ...": that this is what the service is called
    UNREAD = "unread"  # says nothing that is read here


@dataclass(frozen=True, slots=True)
class Claim:
    """A piece of a claim that was read.

    Parameters
    ----------
    form
        What it says.
    actors
        About whom, as written; empty for the forms about nobody in particular.
    others
        More of them: of whom one is meant ("A or B"), or who are meant together, for the forms
        of who can stop it.
    level
        Of whom, for those and for whoever is not of X, where it is said.
    functions
        The functions it speaks of, at whatever host name; empty: all.
    layer
        What is done, for the forms about who does what; for those of who can stop it the part of the
        service that is no function ("our DNS").
    words
        Those that it was read from.
    """

    form: Form
    actors: str = ""
    others: tuple[str, ...] = ()
    level: str = ""
    functions: tuple[Function, ...] = ()
    layer: Layer | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Untested:
    """Words of a claim that were not tested.

    Parameters
    ----------
    words
        As written.
    why
        Why they cannot be tested.
    """

    words: str
    why: Untestable


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence that was read: what of it can be tested, and what cannot."""

    claims: tuple[Claim, ...] = ()
    untested: tuple[Untested, ...] = ()
