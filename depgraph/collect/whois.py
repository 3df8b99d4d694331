"""WHOIS over port 43 (RFC 3912): one question to one server, within the budget."""

from __future__ import annotations

import asyncio
import contextlib
from collections import defaultdict

from depgraph.collect.budget import Account, Budget, OutOfBudgetError
from depgraph.collect.endpoints import Endpoints
from depgraph.collect.guard import resolve
from depgraph.limits import note_of
from depgraph.observations import Status
from depgraph.records.text import escaped
from depgraph.records.whois import decode
from depgraph.vocabulary import Limit

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
            if late := self._account.late():
                raise OutOfBudgetError(late)
            status, text = await ask_whois(
                endpoint,
                query,
                trusted=endpoint[0] in self._endpoints.own_hosts,
                seconds=5 * self._budget.timeout,
                limit=self._budget.answer_bytes,
            )
        cut = status is Status.TRUNCATED
        self._account.bytes += self._budget.answer_bytes if cut else len(text)
        return status, text


async def ask_whois(
    endpoint: tuple[str, int], query: str, *, trusted: bool, seconds: float, limit: int
) -> tuple[Status, str]:
    """Send one query and read the answer; see :meth:`Whois.ask`.

    Parameters
    ----------
    endpoint
        Address and port to contact.
    query
        The line to send.
    trusted
        Whether the user says that it is there; else it must lead to a public address.
    seconds
        For the whole exchange.
    limit
        Bytes read at most.
    """
    writer: asyncio.StreamWriter | None = None
    try:
        async with asyncio.timeout(seconds):
            host, port = endpoint
            hosts = [host] if trusted else await resolve(host, port)
            reader, writer = await _connect(hosts, port)
            writer.write(f"{query}\r\n".encode("ascii", "replace"))
            data = bytearray()
            while chunk := await reader.read(65536):
                data += chunk
                if len(data) > limit:
                    return Status.TRUNCATED, note_of(Limit.ANSWER, limit)
    except TimeoutError:
        return Status.TIMEOUT, ""
    except OSError as error:
        return Status.UNREACHABLE, escaped(error.strerror or type(error).__name__)
    finally:
        if writer is not None:
            writer.close()
    return Status.ANSWER, decode(bytes(data))


async def _connect(
    hosts: list[str], port: int
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Connect to the first of several addresses that answers."""
    for host in hosts[:-1]:
        with contextlib.suppress(OSError):
            return await asyncio.open_connection(host, port)
    return await asyncio.open_connection(hosts[-1], port)
