"""From a trust anchor down to a zone and its records (RFC 4035, section 5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import dns.name
import dns.rdatatype

from depgraph.dnssec import anchors as trust
from depgraph.dnssec.anchors import Anchor
from depgraph.dnssec.denial import Denial, Proofs
from depgraph.dnssec.evidence import Evidence, RecordSet
from depgraph.dnssec.signatures import (
    ALGORITHMS,
    DIGESTS,
    Held,
    Keys,
    named_by,
    tagged,
    usable,
    verify,
)
from depgraph.names import ROOT, is_below, parents
from depgraph.observations import Observation, Status
from depgraph.records.reading import read_rdata
from depgraph.vocabulary import Reason, Security

_ALIASES: Final = 16
_WORST_FIRST: Final = (Security.BOGUS, Security.UNKNOWN, Security.INSECURE, Security.SECURE)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What validation says.

    Parameters
    ----------
    state, reason
        Secure, insecure, bogus or unknown; why, but for secure.
    until, since
        When the earliest of the signatures that it needs lapses, and when that one began; only
        signatures of the zone itself count, not those of the zones above.
    """

    state: Security
    reason: Reason | None = None
    until: datetime | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Link:
    """A zone on the way from the anchor: its verdict and, if it is secure, its keys."""

    zone: str
    verdict: Verdict
    keys: Keys = field(default_factory=dict)

    @property
    def secure(self) -> bool:
        return self.verdict.state is Security.SECURE


class Validator:
    """Validates the zones and record sets of a recording.

    Parameters
    ----------
    observations
        Of the days that count, in any order.
    at
        For which moment signatures must hold; None takes for each record set the moment at
        which it was last seen, so that a recording gives the same verdict for ever.
    anchors
        The keys that are trusted; None takes those that the recording was made under, and
        IANA's where it names none.
    """

    def __init__(
        self,
        observations: Iterable[Observation],
        *,
        at: datetime | None = None,
        anchors: Sequence[Anchor] | None = None,
    ) -> None:
        rows = tuple(observations)
        self._evidence = Evidence(rows)
        self._at = at
        self._anchors = tuple(anchors or trust.recorded(rows) or trust.root_anchors())
        self._links: dict[str, _Link] = {}
        self._proofs: dict[str, Proofs] = {}

    @property
    def asked(self) -> bool:
        """Whether the keys of an anchor's zone were asked for: older recordings lack that."""
        return any(
            self._evidence.sets(zone, "DNSKEY")
            or self._evidence.absent(zone, "DNSKEY")
            or self._evidence.failed(zone, "DNSKEY")
            for zone in {anchor.zone for anchor in self._anchors}
        )

    @property
    def anchored(self) -> dict[str, Verdict]:
        """The verdict on each zone of which a key is trusted to begin with."""
        return {anchor.zone: self.zone(anchor.zone) for anchor in self._anchors}

    def has(self, name: str, kind: str) -> bool:
        """Tell whether records of a name and type were answered."""
        return bool(self._evidence.sets(name, kind))

    def zone(self, name: str) -> Verdict:
        """Validate the way to a zone: DS, DNSKEY and their signatures, from the anchor down."""
        return self._link(name).verdict

    def answer(self, name: str, kind: str) -> Verdict:
        """Validate what was answered for a name and type, aliases followed; or that there is nothing.

        Returns
        -------
        Verdict
            As a validating resolver judges it; unknown if nothing was recorded.
        """
        verdicts: list[Verdict] = []
        for _ in range(_ALIASES):
            alias = self._alias(name, kind)
            verdicts.append(self.records(name, "CNAME" if alias else kind))
            if alias is None or verdicts[-1].state is Security.BOGUS:
                break
            name = alias
        return worst(verdicts)

    def records(self, name: str, kind: str) -> Verdict:
        """Validate the record sets of a name and type, or the proof that there are none."""
        link = self._holding(name, kind)
        sets = self._evidence.sets(name, kind)
        if not sets and not self._evidence.absent(name, kind):
            return _not_recorded(self._evidence, name, kind)
        if not link.secure:
            return link.verdict
        if not sets:
            return self._absence(link, name, kind)
        # Several answers (by place, by server): a resolver that meets a bad one asks on.
        return best([self._positive(link, records) for records in sets])

    # -- the way down ----------------------------------------------------------------------

    def _link(self, name: str) -> _Link:
        """Return the zone that a name lies in, as far down as zones were seen to begin."""
        for one in reversed(parents(name)):
            if one not in self._links:
                self._links[one] = self._walk(one)
        return self._links[name]

    def _walk(self, name: str) -> _Link:
        anchored = [anchor for anchor in self._anchors if anchor.zone == name]
        above = None if name == ROOT else self._links[parents(name)[1]]
        if anchored:
            return self._anchored(name, anchored)
        if above is None:
            return _Link(ROOT, Verdict(Security.UNKNOWN, Reason.of("no-anchor")))
        return self._below(above, name) if above.secure else above

    def _anchored(self, zone: str, anchored: Sequence[Anchor]) -> _Link:
        keys = self._evidence.sets(zone, "DNSKEY")
        moment = self._at or max((one.time for one in keys), default=None)
        valid = [one for one in anchored if moment is None or one.valid_at(moment)]
        if not valid:
            return _Link(zone, Verdict(Security.UNKNOWN, Reason.of("no-anchor")))
        return self._keyed(zone, [read_rdata("DS", one.ds) for one in valid])

    def _below(self, above: _Link, name: str) -> _Link:
        """Return the zone that begins at a name, or the one above if none does."""
        sets = self._evidence.sets(name, "DS")
        checked = [(one, self._positive(above, one)) for one in sets]
        for one, verdict in checked:
            if verdict.state is Security.SECURE:
                return self._keyed(name, one.records)
        if checked:
            return _Link(name, best([verdict for _, verdict in checked]))
        begins = self._evidence.is_cut(name)
        denied = self._evidence.absent(name, "DS")
        if not begins and not denied:
            return above
        denial = self._proofs_of(above).no_ds(_name(name))
        if denial is Denial.PROVEN:
            return above
        if denial in {Denial.DELEGATION, Denial.OPT_OUT}:
            return _Link(name, Verdict(Security.INSECURE, Reason.of("no-ds", name=name)))
        if denial is Denial.TOO_MANY:
            return _Link(name, Verdict(Security.INSECURE, _iterations(above.zone)))
        if not begins:
            return above
        if denied:
            reason = Reason.of("denial-unproven", name=name, question="DS")
            return _Link(name, Verdict(Security.BOGUS, reason))
        return _Link(name, _not_recorded(self._evidence, name, "DS"))

    def _keyed(self, zone: str, named: Sequence[Any]) -> _Link:
        """Return a zone whose keys are named by DS records (or anchors) that hold."""
        known = [
            ds for ds in named if int(ds.algorithm) in ALGORITHMS and int(ds.digest_type) in DIGESTS
        ]
        if not known:
            reason = Reason.of("unsupported-signing", name=zone)
            return _Link(zone, Verdict(Security.INSECURE, reason))
        # The strongest digest alone counts (RFC 4509, section 3).
        strongest = max(int(ds.digest_type) for ds in known)
        known = [ds for ds in known if int(ds.digest_type) == strongest]
        sets = self._evidence.sets(zone, "DNSKEY")
        if not sets:
            if self._evidence.absent(zone, "DNSKEY"):
                return _Link(zone, Verdict(Security.BOGUS, Reason.of("keys-missing", name=zone)))
            return _Link(zone, _not_recorded(self._evidence, zone, "DNSKEY"))
        links = [self._with_keys(zone, known, one) for one in sets]
        return min(links, key=lambda link: -_WORST_FIRST.index(link.verdict.state))

    def _with_keys(self, zone: str, named: Sequence[Any], records: RecordSet) -> _Link:
        keys = tagged(filter(usable, records.records))
        entry = named_by(keys, named, zone)
        if not entry:
            return _Link(zone, Verdict(Security.BOGUS, Reason.of("keys-unmatched", name=zone)))
        held = self._held(zone, records, tagged(entry))
        if isinstance(held, Reason):
            return _Link(zone, Verdict(Security.BOGUS, held))
        return _Link(zone, Verdict(Security.SECURE, None, held.until, held.since), keys)

    # -- records of a zone -----------------------------------------------------------------

    def _holding(self, name: str, kind: str) -> _Link:
        """Return the zone that holds the records of a name: of a DS record the parent."""
        return self._link(parents(name)[1] if kind == "DS" and name != ROOT else name)

    def _held(self, zone: str, records: RecordSet, keys: Keys) -> Held | Reason:
        signatures = self._evidence.signatures(records.name, records.kind)
        return verify(records, signatures, keys, zone, self._at or records.time)

    def _positive(self, link: _Link, records: RecordSet) -> Verdict:
        held = self._held(link.zone, records, link.keys)
        if isinstance(held, Reason):
            return self._synthesised(link, records) or Verdict(Security.BOGUS, held)
        name = _name(records.name)
        own = len(name) - 1 - int(name.is_wild())
        if held.labels < own:
            denial = self._proofs_of(link).expanded(name, held.labels)
            if denial is not Denial.PROVEN:
                return _denied(denial, link.zone, records.name, records.kind)
        return Verdict(Security.SECURE, None, held.until, held.since)

    def _synthesised(self, link: _Link, records: RecordSet) -> Verdict | None:
        """Validate an alias that a server made of a DNAME, which alone is signed (RFC 6672, 5.3.1)."""
        if records.kind != "CNAME":
            return None
        for above in parents(records.name)[1:]:
            for one in self._evidence.sets(above, "DNAME"):
                made = records.name.removesuffix(above) + one.values[0]
                if is_below(above, link.zone) and made in records.values:
                    return self._positive(link, one)
        return None

    def _absence(self, link: _Link, name: str, kind: str) -> Verdict:
        proofs = self._proofs_of(link)
        if kind == "DS":
            denial = proofs.no_ds(_name(name))
            return _denied(
                Denial.PROVEN if denial is Denial.DELEGATION else denial, link.zone, name, kind
            )
        denial = proofs.no_data(_name(name), dns.rdatatype.from_text(kind))
        no_such_name = any(o.status is Status.NXDOMAIN for o in self._evidence.absent(name, kind))
        if denial is not Denial.PROVEN and no_such_name:
            denial = proofs.no_name(_name(name))
        return _denied(denial, link.zone, name, kind)

    def _proofs_of(self, link: _Link) -> Proofs:
        """Return the NSEC and NSEC3 records of a secure zone whose signatures hold."""
        if link.zone not in self._proofs:
            found: dict[str, list[tuple[dns.name.Name, Any]]] = {"NSEC": [], "NSEC3": []}
            for kind, pairs in found.items():
                for one in self._evidence.denials(kind):
                    if link.zone in self._evidence.signers(one.name, kind) and isinstance(
                        self._held(link.zone, one, link.keys), Held
                    ):
                        pairs += [(_name(one.name), record) for record in one.records]
            self._proofs[link.zone] = Proofs(_name(link.zone), found["NSEC"], found["NSEC3"])
        return self._proofs[link.zone]

    def _alias(self, name: str, kind: str) -> str | None:
        if kind == "CNAME" or self._evidence.sets(name, kind):
            return None
        found = self._evidence.sets(name, "CNAME")
        return found[0].values[0] if found else None


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the verdict of several that are all needed, until the earliest of their times."""
    found = list(verdicts)
    chosen = min(found, key=lambda one: _WORST_FIRST.index(one.state))
    lapsing = [(one.until, n) for n, one in enumerate(found) if one.until is not None]
    if chosen.state is not Security.SECURE or not lapsing:
        return chosen
    return found[min(lapsing)[1]]


def best(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the verdict of several of which one will do."""
    return max(verdicts, key=lambda one: _WORST_FIRST.index(one.state))


def _denied(denial: Denial, zone: str, name: str, kind: str) -> Verdict:
    if denial is Denial.PROVEN:
        return Verdict(Security.SECURE)
    if denial is Denial.TOO_MANY:
        return Verdict(Security.INSECURE, _iterations(zone))
    if denial is Denial.OPT_OUT:
        return Verdict(Security.INSECURE, Reason.of("no-ds", name=name))
    return Verdict(Security.BOGUS, Reason.of("denial-unproven", name=name, question=kind))


def _iterations(zone: str) -> Reason:
    return Reason.of("nsec3-iterations", name=zone)


def _not_recorded(evidence: Evidence, name: str, kind: str) -> Verdict:
    """Return that a question which decides has no answer, and how asking it ended."""
    statuses = sorted({o.status.name for o in evidence.failed(name, kind)})
    codes = [Reason.of(status.lower().replace("_", "-")) for status in statuses]
    reason = "; ".join(map(str, codes)) or "not-asked"
    return Verdict(
        Security.UNKNOWN, Reason.of("not-validated", name=name, question=kind, reason=reason)
    )


def _name(name: str) -> dns.name.Name:
    return dns.name.from_text(name)
