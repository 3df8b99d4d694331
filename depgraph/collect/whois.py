"""WHOIS over port 43 (RFC 3912): one question to one server, within the budget."""

from __future__ import annotations

import asyncio
from collections import defaultdict

from depgraph.collect.budget import Account, Budget
from depgraph.collect.endpoints import Endpoints
from depgraph.observations import Status
from depgraph.records.text import escaped
from depgraph.records.whois import decode

_PER_SERVER = 2  # questions to one server at a time


class Whois:
    """Asks WHOIS servers.

    Parameters
    ----------
    endpoints
        Where each server is contacted.
    budget, account
        The limits, and what has been spent of them.
    """

    def __init__(self, *, endpoints: Endpoints, budget: Budget, account: Account) -> None:
        self._endpoints = endpoints
        self._budget = budget
        self._account = account
        self._slots: dict[str, asyncio.Semaphore] = defaultdict(
            lambda: asyncio.Semaphore(_PER_SERVER)
        )

    async def ask(self, server: str, query: str) -> tuple[Status, str]:
        """Put one query to a server.

        Parameters
        ----------
        server
            Its host name.
        query
            The line to send.

        Returns
        -------
        status : Status
            How it ended.
        text : str
            The answer, or a note on what went wrong.

        Raises
        ------
        OutOfBudgetError
            If the budget allows no further question.
        """
        endpoint = self._endpoints.for_whois(server)
        if endpoint is None:
            return Status.UNREACHABLE, "not reached from here"
        self._account.take_question()
        async with self._slots[server]:
            status, text = await ask_whois(
                endpoint,
                query,
                seconds=5 * self._budget.timeout,
                limit=self._budget.answer_bytes,
            )
        self._account.bytes += len(text)
        return status, text


async def ask_whois(
    endpoint: tuple[str, int], query: str, *, seconds: float, limit: int
) -> tuple[Status, str]:
    """Send one query and read the answer; see :meth:`Whois.ask`.

    Parameters
    ----------
    endpoint
        Address and port to contact.
    query
        The line to send.
    seconds
        For the whole exchange.
    limit
        Bytes read at most.
    """
    writer: asyncio.StreamWriter | None = None
    try:
        async with asyncio.timeout(seconds):
            reader, writer = await asyncio.open_connection(*endpoint)
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
