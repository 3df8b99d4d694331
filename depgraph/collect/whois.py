"""WHOIS over port 43 (RFC 3912): where a top-level domain has no RDAP, or RDAP failed."""

from __future__ import annotations

import asyncio

from depgraph.observations import Status
from depgraph.records.text import escaped
from depgraph.records.whois import decode

IANA = "whois.iana.org"


async def ask_whois(
    place: tuple[str, int], query: str, *, seconds: float, limit: int
) -> tuple[Status, str]:
    """Put one query to a WHOIS server; gives how it ended, and the text or a note.

    Parameters
    ----------
    seconds
        For the whole exchange.
    limit
        Bytes read at most.
    """
    writer: asyncio.StreamWriter | None = None
    try:
        async with asyncio.timeout(seconds):
            reader, writer = await asyncio.open_connection(*place)
            writer.write(f"{query}\r\n".encode("ascii", "replace"))
            data = bytearray()
            while chunk := await reader.read(65536):
                data += chunk
                if len(data) > limit:
                    return Status.TRUNCATED, f"an answer of more than {limit} bytes"
    except TimeoutError:
        return Status.TIMEOUT, ""
    except OSError as error:
        return Status.UNREACHABLE, escaped(error.strerror or type(error).__name__)
    finally:
        if writer is not None:
            writer.close()
    return Status.ANSWER, decode(bytes(data))


def query_for(name: str) -> str:
    """Give the query that asks about a name.

    JPRS answers in Japanese unless ``/e`` follows (its own banner says so).
    """
    return f"{name}/e" if name.endswith(".jp") else name
