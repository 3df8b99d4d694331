"""How much a collection may cost: a budget, and the account kept against it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from depgraph.collect.clock import Clock
from depgraph.errors import CollectionError
from depgraph.limits import note_of
from depgraph.vocabulary import Limit


class OutOfBudgetError(Exception):
    """The budget allows no further question; the text says which limit was met."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """Limits of one collection; what they forbid is recorded as ``not-asked: budget``.

    Parameters
    ----------
    questions
        Questions put on the wire in one run, all sources together.
    depth
        Steps of transitive trust from the name: its servers' own zones are at 1, the
        servers of those at 2 and so on. Beyond it: ``not-asked: depth``.
    seconds
        After so many seconds no new question is put, also none that waits for its turn; those
        on the way are awaited.
    bytes
        Received in all, all sources together.
    answer_bytes
        Of one RDAP or WHOIS answer; more is cut off and refused.
    fanout
        Name servers, mail exchanges, addresses or includes followed from one answer.
    chain
        Aliases followed one after the other.
    glueless
        Name servers without glue whose addresses are looked up to reach one zone. Small,
        for a hostile zone can name a hundred hosts of a victim (the NXNSAttack, Afek,
        Bremler-Barr and Shafir, USENIX Security 2020).
    servers
        Servers of a zone tried for one question before it is given up.
    spf
        SPF terms that cause look-ups (RFC 7208, section 4.6.4, says 10).
    timeout
        Seconds for the first try over UDP; a TCP answer has twice it, HTTP five times it for
        each step and ten times for the whole.
    tries
        Times a question is put to the same server over UDP (the wait doubles, with jitter).
    hedge
        Seconds without an answer after which the next server of the zone is asked too.
    per_server
        Questions on the way to one server address at a time.
    per_target
        Questions put to one server address in all, and half of those put to the servers of one
        zone, registries and the reverse tree excepted. No answer of a hostile zone shall make
        us send somebody more; a resolver that was chosen is excepted.
    unheard
        Packets sent to one address that has never answered, all questions together: it need not
        be a name server at all.
    unserved
        Questions about one zone that an address which answered none of them may decline; after
        so many it gets only the one for the SOA, and after twice as many about all zones of a
        domain none. They may be delegated to it without its knowledge. Registries, the reverse
        tree and Team Cymru's zones are excepted.
    trial
        Hosts of one registered domain followed at once from one answer of another's zone. If
        none of these exists the others are not followed: hostile zones name hundreds of a victim
        that do not exist.
    kin
        Hosts of one registered domain followed in all from one answer of another's zone: the
        root and ``com`` have 13 servers each. Also of those that hosts are aliases of, in one run, and
        half of all that the answers of one domain name in it (:mod:`depgraph.collect.pointing`).
    in_flight
        Questions on the way in all.
    retries
        Times an RDAP question is put again after an error that may pass (429, 503, time-out).
    patience
        Longest ``Retry-After``, in seconds, that is waited for.
    """

    questions: int = 3000
    depth: int = 6
    seconds: float = 180.0
    bytes: int = 50_000_000
    answer_bytes: int = 4_000_000
    fanout: int = 32
    chain: int = 12
    glueless: int = 4
    servers: int = 5
    spf: int = 10
    timeout: float = 2.0
    tries: int = 2
    hedge: float = 0.7
    per_server: int = 64
    per_target: int = 300
    unheard: int = 5
    unserved: int = 4
    trial: int = 2
    kin: int = 13
    in_flight: int = 256
    retries: int = 2
    patience: float = 30.0

    def __post_init__(self) -> None:
        for name in self.__dataclass_fields__:
            value = getattr(self, name)
            least = 0 if name in {"depth", "retries", "patience", "spf", "questions"} else None
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                raise CollectionError(f"expected a number for the budget {name!r}, found {value!r}")
            if value < 0 or (least is None and value <= 0):
                raise CollectionError(
                    f"expected a budget {name!r} above {'or equal to ' if least == 0 else ''}0, "
                    f"found {value!r}"
                )


@dataclass(slots=True)
class Account:
    """What one run has spent of its budget, and its clock."""

    budget: Budget
    questions: int = 0
    bytes: int = 0
    started: float = field(default_factory=time.monotonic)
    clock: Clock = field(default_factory=Clock)

    def take_question(self) -> None:
        """Count one question that is about to be put.

        Raises
        ------
        OutOfBudgetError
            If the budget allows no further question.
        """
        if refusal := self.refusal():
            raise OutOfBudgetError(refusal)
        self.questions += 1

    def refusal(self) -> str:
        """Return why no further question may be put, in a few words; empty while one may."""
        if self.questions >= self.budget.questions:
            return note_of(Limit.QUESTIONS, self.budget.questions)
        if self.bytes >= self.budget.bytes:
            return note_of(Limit.BYTES, self.budget.bytes)
        return self.late()

    def late(self) -> str:
        """Return that the time is spent, in a few words; empty while it is not."""
        if time.monotonic() - self.started >= self.budget.seconds:
            return note_of(Limit.SECONDS, self.budget.seconds)
        return ""
