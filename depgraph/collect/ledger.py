"""What a collection has recorded: in memory, in a file as it comes, and found there again.

A question whose answer stands in the file is never put again; that is what ``resume`` means,
and it includes referrals and glue, so that a killed run goes on where it stood.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from depgraph.collect.wire import Reply, relabel
from depgraph.observations import Observation, Status
from depgraph.recording import Journal

Wire = tuple[str, str, str]  # name, type, server

_CHAIN = 16
_SILENT = frozenset({Status.TIMEOUT, Status.UNREACHABLE})


class Ledger:
    """The observations of one collection, in the order in which they came.

    Parameters
    ----------
    journal
        Where each observation goes at once; None keeps them in memory only.
    found
        Observations of an earlier run of the same recording.
    subnet
        EDNS client subnet of this run: answers to another one are not answers to it.
    """

    def __init__(
        self,
        journal: Journal | None = None,
        *,
        found: Iterable[Observation] = (),
        subnet: str = "",
        listener: Callable[[Observation], None] | None = None,
    ) -> None:
        self._journal = journal
        self._listener = listener
        self._subnet = subnet
        self._held: list[Observation] | None = []
        self.observations: list[Observation] = []
        self._seen: set[tuple[object, ...]] = set()
        self._primary: dict[Wire, dict[str, Observation]] = defaultdict(dict)
        self._sections: dict[tuple[str, str, str, str], list[Observation]] = defaultdict(list)
        self._others: dict[tuple[str, str, str], Observation] = {}
        for observation in found:
            self._keep(observation)
        if self.observations:
            self._held = None

    def record(self, observation: Observation) -> bool:
        """Keep an observation, unless the very same already stands; tell whether it was new.

        Until one source has answered at all, nothing is written: a machine without a network
        shall leave no file that says "asked, and timed out".
        """
        if not self._keep(observation):
            return False
        if self._held is not None:
            self._held.append(observation)
            if observation.status in _SILENT or not observation.status.asked:
                return True
            waiting, self._held = self._held, None
        else:
            waiting = [observation]
        if self._journal is not None:
            for each in waiting:
                self._journal.append(each)
        if self._listener is not None:
            self._listener(observation)
        return True

    @property
    def silent(self) -> bool:
        """Whether no source has answered anything yet."""
        return self._held is not None

    def record_reply(self, reply: Reply) -> None:
        """Keep all that a message said; the primary last, so that a kill never leaves half."""
        for observation in reply.rest:
            self.record(observation)
        self.record(reply.primary)

    def _keep(self, o: Observation) -> bool:
        key = (*o.question, o.section, o.status, o.values)
        if key in self._seen:
            return False
        self._seen.add(key)
        self.observations.append(o)
        if not o.status.asked or (o.source == "dns" and o.subnet != self._subnet):
            return True
        if o.source != "dns":
            self._others[o.source, o.subject, o.type] = o
        elif o.section == "answer":
            self._primary[o.subject, o.type, o.server][o.zone] = o
        else:
            self._sections[o.server, o.zone, o.subject, o.section].append(o)
        return True

    def reply(self, name: str, kind: str, server: str, zone: str) -> Reply | None:
        """Give the recorded answer of a server to a question, None if it was not asked.

        Where the server was asked the same as authority of another zone, that answer is read
        again for this one.
        """
        zones = self._primary.get((name, kind, server))
        if not zones:
            return None
        if zone not in zones:
            other = self.reply(name, kind, server, next(iter(zones)))
            return relabel(other, zone) if other is not None else None
        primary = zones[zone]
        rest: list[Observation] = []
        if primary.status is Status.REFERRAL:
            for child in primary.values:
                delegation = self._sections.get((server, zone, child, "authority"), [])
                rest += delegation
                hosts = [h for o in delegation if o.type == "NS" for h in o.values]
                for host in hosts:
                    rest += self._sections.get((server, zone, host, "additional"), [])
        elif primary.status is Status.ANSWER and not primary.values:
            current = name
            for _ in range(_CHAIN):
                alias = self._primary.get((current, "CNAME", server), {}).get(zone)
                if alias is None or not alias.values:
                    break
                rest.append(alias)
                current = alias.values[0]
            final = self._primary.get((current, kind, server), {}).get(zone)
            if final is not None and current != name:
                rest.append(final)
        return Reply(primary, tuple(rest))

    def other(self, source: str, subject: str, kind: str) -> Observation | None:
        """Give the recorded answer of a source that is not DNS."""
        return self._others.get((source, subject, kind))

    def others(self, source: str, kind: str) -> list[Observation]:
        """List the recorded answers of one type of a source that is not DNS."""
        return [o for (s, _, k), o in self._others.items() if (s, k) == (source, kind)]
