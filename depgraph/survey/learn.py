"""Rows for the catalogue that a corpus of cases suggests, with their evidence; a person accepts them.

An exchanger behind which DKIM or autodiscover lead to its own domain holds the mailboxes; one
behind which they always lead elsewhere filters before whoever does. One domain proves nothing
(its records may be old), so rows are proposed from several, and only where all agree.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from depgraph.errors import RecordingError
from depgraph.intake import json_object
from depgraph.names import registered_domain
from depgraph.providers import Catalogue, load
from depgraph.providers.files import COLUMNS
from depgraph.recording import Recording
from depgraph.records import rdata
from depgraph.survey.cases import recorded

LEAST: Final = 5
"""Domains from which a row is proposed."""
_SIGNS: Final = "._domainkey."
_LEADS: Final = ("autodiscover.", "_autodiscover._tcp.")


@dataclass(slots=True)
class Exchanger:
    """What was seen behind the exchangers under one registered domain.

    Parameters
    ----------
    domain
        The registered domain, of which the catalogue knows nothing.
    own, elsewhere
        Domains whose DKIM or autodiscover records lead to it, and to others only.
    silent
        Domains in which nothing leads anywhere.
    leads
        Where they lead otherwise, with how many domains.
    """

    domain: str
    own: int = 0
    elsewhere: int = 0
    silent: int = 0
    leads: dict[str, int] = field(default_factory=dict)

    @property
    def role(self) -> str:
        """``gateway`` or ``mailbox`` where all domains agree, else empty."""
        if self.own and self.elsewhere:
            return ""
        return "gateway" if self.elsewhere else "mailbox" if self.own else ""


def learn(cases: Iterable[str | bytes], *, catalogue: Catalogue | None = None) -> list[Exchanger]:
    """Count what is seen behind the exchangers that the catalogue does not know.

    Parameters
    ----------
    cases
        JSON Lines, one domain a line, with MX, DKIM and autodiscover records. Lines that cannot
        be read are passed over.
    catalogue
        The shipped one by default.

    Returns
    -------
    Those of other people's domains (a service's own exchangers teach nothing of others), the
    most often seen first.
    """
    known = catalogue or load()
    found: dict[str, Exchanger] = {}
    for line in cases:
        try:
            recording = recorded(json_object(line, error=RecordingError))
        except ValueError:
            continue
        domain = _unlisted(recording, known)
        if domain is not None:
            _count(found.setdefault(domain, Exchanger(domain)), recording, known)
    return sorted(found.values(), key=lambda one: (-one.own - one.elsewhere, one.domain))


def proposed(found: Iterable[Exchanger], *, corpus: str, least: int = LEAST) -> Iterator[str]:
    """Write the rows that a person may put into ``rules-mail.csv``, with their evidence.

    Parameters
    ----------
    found
        As :func:`learn` returns it.
    corpus
        What the cases are, for the source of the rows.
    least
        Domains that a row needs.

    Yields
    ------
    str
        The head of the table, then a line for each row: comma-separated text.
    """
    yield _line(COLUMNS["rules"])
    for one in found:
        of = one.own + one.elsewhere
        if not one.role or of < least:
            continue
        provider = one.domain.replace(".", "-")
        leads = ", ".join(sorted(one.leads, key=lambda name: (-one.leads[name], name))[:3])
        where = f"elsewhere ({leads})" if one.role == "gateway" else "to its own domain"
        yield _line(
            (
                f"{provider}/mx/{one.domain}",
                provider,
                one.role,
                "mx-host",
                one.domain,
                f"exchanger of {one.domain}",
                f"{corpus}: in {of} of {of} domains DKIM or autodiscover lead {where}",
            )
        )


def _unlisted(recording: Recording, known: Catalogue) -> str | None:
    """Return the one registered domain of all exchangers, where the catalogue has none of them."""
    domains = set()
    for o in recording:
        for value in o.values if o.type == "MX" and o.subject == recording.header.subject else ():
            name = rdata.exchange(value)
            if name is None or any(known.rules.match("mx-host", name)):
                return None
            domains.add(registered_domain(name) or name)
    own = registered_domain(recording.header.subject)
    return domains.pop() if len(domains) == 1 and own not in domains else None


def _count(one: Exchanger, recording: Recording, known: Catalogue) -> None:
    """Add what leads where in one domain."""
    leads = set(_leads(recording, known))
    if not leads:
        one.silent += 1
    elif one.domain in leads:
        one.own += 1
    else:
        one.elsewhere += 1
        for name in leads:
            one.leads[name] = one.leads.get(name, 0) + 1


def _leads(recording: Recording, known: Catalogue) -> Iterator[str]:
    """Iterate over whom DKIM and autodiscover name: a provider's name, or a registered domain."""
    own = registered_domain(recording.header.subject)
    for o in recording:
        kind = "dkim" if _SIGNS in o.subject else "autodiscover"
        if o.type not in {"CNAME", "SRV"} or not (
            _SIGNS in o.subject or o.subject.startswith(_LEADS)
        ):
            continue
        for value in o.values:
            target = rdata.host(value.split()[-1]) if value.split() else None
            if target is None or registered_domain(target) == own:
                continue  # it leads nowhere yet
            rules = known.rules.match(kind, target)
            rule = next((rule for rule in rules if "mailbox" in rule.roles), None)
            yield known.name_of(rule.provider) if rule else registered_domain(target) or target


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(cells)
    return out.getvalue()
