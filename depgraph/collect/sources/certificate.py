"""The certificate that a host serves on port 443: who issued it, for which names.

Nothing is verified, for a bad certificate is a fact too. Python reads certificates only
through its own TLS objects; the chain as the server sends it is in their inner part since
3.10, and where that were gone, the recording would say so.
"""

from __future__ import annotations

import asyncio
import ssl
from datetime import UTC, datetime
from typing import Any

from depgraph.collect.plan import Question
from depgraph.collect.source import Report, Source
from depgraph.observations import Status, format_time
from depgraph.records.text import escaped
from depgraph.vocabulary import SourceKind

_NAMES = 200  # subject alternative names kept


class Certificate(Source):
    """Connects to hosts of the service and takes the certificate chain that they serve."""

    answers = frozenset({"certificate"})
    option = "tls"

    async def ask(self, question: Question, report: Report) -> None:
        """Take the certificate of a host at one of its addresses. See :meth:`Source.ask`."""
        context = self.context
        host = question.subject
        if context.ledger.recorded(SourceKind.TLS, host, "certificate") is not None:
            return
        address = await self._preferred_address(question)
        status, note = Status.UNREACHABLE, "not contacted: not reached from here"
        values: tuple[str, ...] = ()
        endpoint = context.endpoints.for_tls(address)
        if endpoint is not None:
            context.account.take_question()
            seconds = 5 * context.budget.timeout
            status, values, note = await fetch_certificate(endpoint, host, seconds=seconds)
        report(
            context.record(
                host,
                "certificate",
                status,
                values,
                source=SourceKind.TLS,
                server=address,
                note=note,
            )
        )

    async def _preferred_address(self, question: Question) -> str:
        """Return the address to contact: an IPv4 address if the host has one.

        IPv4 is reached from more places; the A records were asked for at the same time.
        """
        if ":" not in question.address:
            return question.address
        reply = await self.context.resolver.lookup(question.aliases[-1], "A")
        return next(iter(reply.final.values), question.address)


async def fetch_certificate(
    endpoint: tuple[str, int], host: str, *, seconds: float
) -> tuple[Status, tuple[str, ...], str]:
    """Connect, take the chain, and leave.

    Parameters
    ----------
    endpoint
        Address and port to contact.
    host
        The name that is sent to the server (SNI).
    seconds
        For the whole exchange.

    Returns
    -------
    status : Status
        How it ended.
    values : tuple of str
        Of a ``certificate`` observation.
    note : str
        What went wrong.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    writer: asyncio.StreamWriter | None = None
    try:
        async with asyncio.timeout(seconds):
            _, writer = await asyncio.open_connection(*endpoint, ssl=context, server_hostname=host)
            chain = _chain(writer.get_extra_info("ssl_object"))
    except TimeoutError:
        return Status.TIMEOUT, (), ""
    except ssl.SSLError as error:
        return Status.ERROR, (), escaped(error.reason or "TLS failed")
    except OSError as error:
        return Status.UNREACHABLE, (), escaped(error.strerror or type(error).__name__)
    except ValueError as error:
        return Status.MALFORMED, (), escaped(str(error))[:200]
    finally:
        if writer is not None:
            writer.transport.abort()  # no closing handshake: nothing more is wanted
    if not chain:
        return Status.NODATA, (), "this Python gives no certificate chain"
    return Status.ANSWER, read_chain(chain), ""


def _chain(tls: Any) -> list[dict[str, Any]]:
    """Return the chain of a TLS connection, each certificate as ``getpeercert`` gives it."""
    inner = getattr(tls, "_sslobj", None)
    get_chain = getattr(inner, "get_unverified_chain", None)
    return [certificate.get_info() for certificate in get_chain() or ()] if get_chain else []


def read_chain(chain: list[dict[str, Any]]) -> tuple[str, ...]:
    """Read certificates (in the form of ``SSLSocket.getpeercert``) as values.

    Returns
    -------
    tuple of str
        Values of a ``certificate`` observation. ``chain`` values number the certificates as
        the server sent them, its own being 0; ``anchor`` is the issuer of the last, which need
        not be sent (RFC 8446, section 4.4.2).
    """
    own = chain[0]
    subject, issuer = _names(own.get("subject")), _names(own.get("issuer"))
    rows = [
        ("subject", subject.get("commonName", "")),
        ("issuer", issuer.get("commonName", "")),
        ("issuer-organisation", issuer.get("organizationName", "")),
        ("not-before", _moment(own.get("notBefore"))),
        ("not-after", _moment(own.get("notAfter"))),
    ]
    alternative = [value for kind, value in own.get("subjectAltName", ()) if kind == "DNS"]
    rows += [("name", name.lower()) for name in alternative[:_NAMES]]
    for number, certificate in enumerate(chain):
        rows.append(("chain", f"{number} {_shown(certificate.get('subject'))}"))
    if chain[-1].get("issuer") != chain[-1].get("subject"):
        rows.append(("anchor", _shown(chain[-1].get("issuer"))))
    return tuple(sorted({f"{key} {escaped(value)[:300]}" for key, value in rows if value}))


def _shown(name: Any) -> str:
    parts = _names(name)
    kept = ("commonName", "organizationName", "countryName")
    return ", ".join(parts[key] for key in kept if key in parts)


def _names(parts: Any) -> dict[str, str]:
    """Flatten a distinguished name: ((("commonName", "x"),), ...) -> {"commonName": "x"}."""
    return {key: value for part in parts or () for key, value in part}


def _moment(text: Any) -> str:
    if not isinstance(text, str):
        return ""
    return format_time(datetime.fromtimestamp(ssl.cert_time_to_seconds(text), UTC))
