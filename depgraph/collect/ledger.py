"""What a collection has recorded: in memory, in a file as it comes, and looked up there again.

A question that was settled in the file is never put again; that is what ``resume`` means, and
it includes referrals and glue, so that a killed run goes on where it stood. What failed (a
time-out, a refusal, a rate limit) may have passed: a later run asks it again, once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from depgraph.collect.wire import Reply, relabel
from depgraph.observations import Observation, Status
from depgraph.recording import Journal
from depgraph.vocabulary import SourceKind

Wire = tuple[str, str, str]  # name, type, server

_CHAIN = 16  # names of an alias chain of one server
_SILENT = frozenset({Status.TIMEOUT, Status.UNREACHABLE})


class Ledger:
    """The observations of one collection, in the order in which they came.

    Parameters
    ----------
    journal
        Where each observation goes at once; None keeps them in memory only.
    earlier
        Observations of an earlier run of the same recording.
    subnet
        EDNS client subnet of this run: answers to another one are not answers to it.
    listener
        Called with each observation that is recorded.

    Attributes
    ----------
    observations
        What is recorded.
    failed
        Of the earlier run, what name servers failed to answer: see :func:`may_have_passed`.
    """

    def __init__(
        self,
        journal: Journal | None = None,
        *,
        earlier: Iterable[Observation] = (),
        subnet: str = "",
        listener: Callable[[Observation], None] | None = None,
    ) -> None:
        self._journal = journal
        self._listener = listener
        self._subnet = subnet
        self._held_back: list[Observation] | None = []  # None once a source has answered
        self.observations: list[Observation] = []
        self._keys: set[tuple[object, ...]] = set()
        self._primary: dict[Wire, dict[str, Observation]] = defaultdict(dict)
        self._servers: dict[tuple[str, str, str], dict[str, None]] = defaultdict(dict)
        self._sections: dict[
            tuple[str, str, str, str], dict[tuple[str, tuple[str, ...]], Observation]
        ] = defaultdict(dict)
        self._by_source: dict[tuple[str, str, str], Observation] = {}
        self.failed: list[Observation] = []
        for observation in earlier:
            if self._keep(observation, index=observation.status.conclusive):
                self.failed += [observation] * may_have_passed(observation)
        if self.observations:
            self._held_back = None

    def record(self, observation: Observation) -> bool:
        """Record an observation, unless the very same already stands.

        Until one source has answered at all, nothing is written: a machine without a network
        shall leave no file that says "asked, and timed out".

        Returns
        -------
        bool
            Whether it was new.

        Raises
        ------
        RecordingError
            If it cannot be written.
        """
        if not self._keep(observation):
            return False
        if self._held_back is not None:
            self._held_back.append(observation)
            if observation.status in _SILENT or not observation.status.asked:
                return True
            unwritten, self._held_back = self._held_back, None
        else:
            unwritten = [observation]
        if self._journal is not None:
            for each in unwritten:
                self._journal.append(each)
        if self._listener is not None:
            self._listener(observation)
        return True

    @property
    def silent(self) -> bool:
        """Whether no source has answered anything yet."""
        return self._held_back is not None

    def record_reply(self, reply: Reply) -> None:
        """Record all observations of a message.

        The primary comes last: a run killed before it has not recorded the question as asked,
        and puts it again.
        """
        for observation in reply.rest:
            self.record(observation)
        self.record(reply.primary)

    def _keep(self, observation: Observation, *, index: bool = True) -> bool:
        """Keep an observation in memory and index it; False if the very same is there."""
        if index and observation.status.asked:
            self._index(observation)
        key = (
            *observation.question,
            "" if observation.server else observation.server_name,  # of no known address
            observation.section,
            observation.status,
            observation.values,
        )
        if key in self._keys:
            return False
        self._keys.add(key)
        self.observations.append(observation)
        return True

    def _index(self, o: Observation) -> None:
        """Index an observation; the same once more changes nothing but that it is the last."""
        if o.source != SourceKind.DNS:
            self._by_source[o.source, o.subject, o.type] = o
        elif o.subnet != self._subnet:
            return
        elif o.section == "answer":
            self._primary[o.subject, o.type, o.server][o.zone] = o
            self._servers[o.subject, o.type, o.zone][o.server] = None
        else:
            section = self._sections[o.server, o.zone, o.subject, o.section]
            section[o.type, o.values] = o

    def reply(self, name: str, kind: str, server: str, zone: str) -> Reply | None:
        """Return the recorded reply of a name server.

        Where the server was asked the same as authority of another zone, that reply is read
        again for this one.

        Parameters
        ----------
        name, kind
            The question: canonical name and DNS type.
        server, zone
            The server, as observations name it, and the zone as whose authority it is asked.

        Returns
        -------
        Reply or None
            None if it was not asked.
        """
        by_zone = self._primary.get((name, kind, server))
        if not by_zone:
            return None
        if zone not in by_zone:
            other = self.reply(name, kind, server, next(iter(by_zone)))
            return relabel(other, zone) if other is not None else None
        primary = by_zone[zone]
        if primary.status is Status.REFERRAL:
            return Reply(primary, tuple(self._delegations(primary)))
        if primary.status is Status.ANSWER and not primary.values:
            return Reply(primary, tuple(self._aliases(primary)))
        return Reply(primary)

    def settled(self, name: str, kind: str, zone: str) -> Reply | None:
        """Return the first recorded reply of any server of a zone that settles a question."""
        for server in self._servers.get((name, kind, zone), ()):
            reply = self.reply(name, kind, server, zone)
            if reply is not None and reply.useful:
                return reply
        return None

    def _delegations(self, referral: Observation) -> list[Observation]:
        """List the delegation and glue that came with a referral."""
        server, zone = referral.server, referral.zone
        observations: list[Observation] = []
        for child in referral.values:
            delegation = list(self._sections.get((server, zone, child, "authority"), {}).values())
            observations += delegation
            hosts = [host for o in delegation if o.type == "NS" for host in o.values]
            for host in hosts:
                observations += self._sections.get((server, zone, host, "additional"), {}).values()
        return observations

    def _aliases(self, primary: Observation) -> list[Observation]:
        """List the alias chain that came with an answer, and what is at its end."""
        server, zone = primary.server, primary.zone
        observations: list[Observation] = []
        name = primary.subject
        for _ in range(_CHAIN):
            alias = self._primary.get((name, "CNAME", server), {}).get(zone)
            if alias is None or not alias.values:
                break
            observations.append(alias)
            name = alias.values[0]
            if any(name == o.subject for o in observations):
                break
        final = self._primary.get((name, primary.type, server), {}).get(zone)
        if final is not None and name != primary.subject:
            observations.append(final)
        return observations

    def recorded(self, source: SourceKind, subject: str, kind: str) -> Observation | None:
        """Return the last recorded answer of a source that is not DNS, None if there is none."""
        return self._by_source.get((source, subject, kind))

    def all_recorded(self, source: SourceKind, kind: str) -> list[Observation]:
        """List the recorded answers of one type of a source that is not DNS."""
        return [o for (s, _, k), o in self._by_source.items() if (s, k) == (source, kind)]


def may_have_passed(o: Observation) -> bool:
    """Tell whether a name server failed to answer as an authority, and may answer another time."""
    failed = o.status.asked and not o.status.conclusive
    return failed and o.source == SourceKind.DNS and bool(o.server and o.zone)
