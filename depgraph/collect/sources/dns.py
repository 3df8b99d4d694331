"""Name servers: from the root down, or at a recursive resolver (:mod:`depgraph.collect.iterate`)."""

from __future__ import annotations

from depgraph.collect.plan import Question, reverse_name
from depgraph.collect.source import Report, Source

_TYPES = "A AAAA CAA CNAME DNSKEY DS HTTPS MX NS PTR SOA SRV TXT"


class Dns(Source):
    """Looks names up, and asks each server of a zone about it."""

    answers = frozenset(_TYPES.split())

    async def ask(self, question: Question, report: Report) -> None:
        """Look a name up; of a zone at one server, ask that server. See :meth:`Source.ask`."""
        resolver = self.context.resolver
        if question.negative is not None:
            await resolver.confirm(question.negative, report=report)
            return
        if question.server:
            # At every address: an alternative that fails is none, and one family may be out of
            # reach. As deep as the addresses of servers are looked up.
            within = question.depth < self.context.budget.depth
            await resolver.at_server(
                question.server,
                question.zone,
                question.subject,
                question.type,
                report=report,
                every_address=question.type == "SOA" and within,
            )
            return
        name = reverse_name(question.subject) if question.type == "PTR" else question.subject
        await resolver.lookup(name, question.type, report=report)
