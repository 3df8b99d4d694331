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

from depgraph.observations import Status, format_time
from depgraph.values import escaped

_NAMES = 200  # subject alternative names kept


async def fetch_certificate(
    place: tuple[str, int], host: str, *, seconds: float
) -> tuple[Status, tuple[str, ...], str]:
    """Connect, take the chain, and leave; gives how it ended, the values, and a note.

    Parameters
    ----------
    place
        (address, port) to contact.
    host
        The name that is said to the server (SNI).
    seconds
        For the whole exchange.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    writer: asyncio.StreamWriter | None = None
    try:
        async with asyncio.timeout(seconds):
            _, writer = await asyncio.open_connection(*place, ssl=context, server_hostname=host)
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
            writer.transport.abort()  # no farewell: all that was wanted is here
    if not chain:
        return Status.NODATA, (), "this Python gives no certificate chain"
    return Status.ANSWER, read_chain(chain), ""


def _chain(tls: Any) -> list[dict[str, Any]]:
    inner = getattr(tls, "_sslobj", None)
    take = getattr(inner, "get_unverified_chain", None)
    return [certificate.get_info() for certificate in take() or ()] if take else []


def read_chain(chain: list[dict[str, Any]]) -> tuple[str, ...]:
    """Read certificates (in the form of ``SSLSocket.getpeercert``) as values.

    ``chain`` values number the certificates as the server sent them, its own being 0.
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
        parts = _names(certificate.get("subject"))
        shown = ", ".join(
            parts[key] for key in ("commonName", "organizationName", "countryName") if key in parts
        )
        rows.append(("chain", f"{number} {shown}"))
    return tuple(sorted({f"{key} {escaped(value)[:300]}" for key, value in rows if value}))


def _names(parts: Any) -> dict[str, str]:
    """Flatten a distinguished name: ((("commonName", "x"),), ...) -> {"commonName": "x"}."""
    return {key: value for part in parts or () for key, value in part}


def _moment(text: Any) -> str:
    if not isinstance(text, str):
        return ""
    return format_time(datetime.fromtimestamp(ssl.cert_time_to_seconds(text), UTC))
