"""JSON over HTTPS: fetch one document, politely, and say how it ended."""

from __future__ import annotations

import asyncio
import contextlib
import email.utils
import importlib
import re
import time
import zlib
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

import httpx2
import stamina
from aiolimiter import AsyncLimiter

from depgraph.collect import guard
from depgraph.collect.budget import Account, Budget, OutOfBudgetError
from depgraph.collect.endpoints import Endpoints
from depgraph.intake import json_value
from depgraph.limits import note_of
from depgraph.observations import Status
from depgraph.records.text import escaped
from depgraph.vocabulary import Limit


class Pace(NamedTuple):
    """How fast a host is asked: so many questions in so many seconds."""

    questions: float
    seconds: float


PACE = Pace(20, 10)
"""For hosts that publish no figure: a burst for one service, then two a second."""
_EXCHANGE = 10  # times the time-out that one answer may take from the request to its end
_NO_PACES: Mapping[str, Pace] = MappingProxyType({})
_PER_HOST = 4  # requests to one host at a time
_REDIRECTS = 3
_HEADERS = {
    "Accept": "application/rdap+json, application/json",
    "Accept-Encoding": "gzip",
    "User-Agent": "depgraph",
}
_BY_CODE = {
    404: Status.NOT_FOUND,
    410: Status.NOT_FOUND,
    403: Status.REFUSED,
    401: Status.REFUSED,
    429: Status.RATE_LIMITED,
}


@dataclass(frozen=True, slots=True)
class Page:
    """How a fetch ended.

    Parameters
    ----------
    status
        How it ended.
    url
        From where it came in the end, after redirects.
    data
        The JSON document; None if there is none.
    note
        What went wrong, in a few words.
    """

    status: Status
    url: str
    data: Any = None
    note: str = ""


class _PassingError(Exception):
    """An answer that may be better the next time; `wait` is what the server asks for."""

    def __init__(self, page: Page, *, wait: float | None = None) -> None:
        super().__init__(page.note)
        self.page = page
        self.wait = wait


class Web:
    """Fetches JSON documents, each once, at the pace that each host allows.

    Parameters
    ----------
    endpoints
        Where each host is contacted.
    budget, account
        The limits, and what has been spent of them.
    paces
        For hosts that ask for one of their own; the others are asked at :data:`PACE`.
    """

    def __init__(
        self,
        *,
        endpoints: Endpoints,
        budget: Budget,
        account: Account,
        paces: Mapping[str, Pace] = _NO_PACES,
    ) -> None:
        self._endpoints = endpoints
        self._budget = budget
        self._account = account
        self._paces = paces
        self._client: asyncio.Task[httpx2.AsyncClient] | None = None
        self._pages: dict[str, asyncio.Task[Page]] = {}
        self._limiters: dict[str, AsyncLimiter] = {}
        self._hosts: dict[str, asyncio.Semaphore] = defaultdict(
            lambda: asyncio.Semaphore(_PER_HOST)
        )

    async def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await (await self._client).aclose()

    async def _open(self) -> httpx2.AsyncClient:
        """Make the client once, in another thread: it loads a lot, certificates among them."""
        if self._client is None:
            self._client = asyncio.get_running_loop().create_task(asyncio.to_thread(self._make))
        return await self._client

    def _make(self) -> httpx2.AsyncClient:
        with contextlib.suppress(ImportError):  # the first request would load it in the loop
            importlib.import_module("anyio._backends._asyncio")
        secure = not self._endpoints.closed or any(
            base.startswith("https:") for base in self._endpoints.http.values()
        )
        verify = httpx2.create_ssl_context() if secure else False
        return httpx2.AsyncClient(
            verify=verify,
            transport=guard.guarded(verify, self._endpoints.own_hosts),
            timeout=5 * self._budget.timeout,
            follow_redirects=False,
            headers=_HEADERS,
        )

    async def fetch(self, url: str, *, form: type[dict[str, Any] | list[Any]] = dict) -> Page:
        """Fetch a JSON document, once: who asks again for the same URL gets the same page.

        Parameters
        ----------
        url
            An HTTPS URL.
        form
            What the document is to be, an object or an array; anything else is malformed.

        Returns
        -------
        Page
            How it ended.

        Raises
        ------
        OutOfBudgetError
            If the budget allows no further question.
        """
        task = self._pages.get(url)
        if task is None:
            self._account.take_question()
            task = asyncio.get_running_loop().create_task(self._with_retries(url))
            self._pages[url] = task
        return _in_form(await asyncio.shield(task), form)

    async def _with_retries(self, url: str) -> Page:
        try:
            async for attempt in stamina.retry_context(
                on=self._retry,
                attempts=self._budget.retries + 1,
                timeout=None,
                wait_initial=0.5,
                wait_max=5.0,
                wait_jitter=0.5,
            ):
                with attempt:
                    return await self._once(url)
        except _PassingError as error:
            return error.page
        raise AssertionError  # pragma: no cover  (the loop returns or raises)

    def _retry(self, error: Exception) -> bool | float:
        """Return whether an error is worth another try, or the seconds to wait before it."""
        if not isinstance(error, _PassingError) or self._account.refusal():
            return False
        if error.wait is None:
            return True
        return error.wait if error.wait <= self._budget.patience else False

    async def _once(self, url: str) -> Page:
        """Make one try: a request, and those that it is redirected to."""
        location = url
        for _ in range(_REDIRECTS + 1):
            page = await self._get(location)
            if isinstance(page, Page):
                return page
            location = page
        return Page(Status.LOOP, url, note=f"redirected more than {_REDIRECTS} times")

    async def _get(self, url: str) -> Page | str:
        """Make one request and return its page, or the URL that it is redirected to."""
        try:
            parts = urlsplit(url)
        except ValueError:  # a bracket that is not closed
            return Page(Status.UNREACHABLE, url, note="not reached: no address of the web")
        host = parts.hostname or ""
        base = self._endpoints.for_http(host)
        if parts.scheme != "https" or not host or base is None:
            return Page(Status.UNREACHABLE, url, note="not reached from here")
        target = base + (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        if host not in self._limiters:
            self._limiters[host] = AsyncLimiter(*self._paces.get(host, PACE))
        client = await self._open()
        seconds = _EXCHANGE * self._budget.timeout
        try:
            await guard.check(host, self._endpoints.own_hosts)
            async with self._hosts[host], self._turn(host):
                headers = {"Host": parts.netloc} if host in self._endpoints.http else {}
                # The client's time-outs begin anew with each byte; this one does not.
                async with (
                    asyncio.timeout(seconds),
                    client.stream("GET", target, headers=headers) as response,
                ):
                    return await self._read(response, url)
        except TimeoutError:
            return Page(Status.TIMEOUT, url, note=f"not complete after {seconds:g} s")
        except httpx2.TimeoutException:
            raise _PassingError(Page(Status.TIMEOUT, url)) from None
        except (httpx2.ConnectError, OSError) as error:
            return Page(Status.UNREACHABLE, url, note=_one_line(error))
        except (httpx2.HTTPError, httpx2.InvalidURL, UnicodeError, zlib.error) as error:
            raise _PassingError(Page(Status.ERROR, url, note=_one_line(error))) from None

    @contextlib.asynccontextmanager
    async def _turn(self, host: str) -> AsyncIterator[None]:
        """Wait until a host may be asked, but not beyond the budget's time."""
        async with self._limiters[host]:
            if late := self._account.late():
                raise OutOfBudgetError(late)
            yield

    async def _read(self, response: httpx2.Response, url: str) -> Page | str:
        """Read a response within the limits; see :meth:`_get`."""
        code = response.status_code
        if code in {301, 302, 303, 307, 308} and "location" in response.headers:
            try:
                location = urljoin(url, response.headers["location"])
            except ValueError:
                return Page(Status.MALFORMED, url, note="redirected to what is no address")
            return location.replace("http://", "https://", 1)
        if code != httpx2.codes.OK:
            page = Page(_BY_CODE.get(code, Status.ERROR), url, note=f"HTTP {code}")
            if code in {429, 500, 502, 503, 504}:
                raise _PassingError(page, wait=_retry_after(response.headers.get("retry-after")))
            return page
        encoding = response.headers.get("content-encoding", "identity").strip().lower()
        if encoding not in {"identity", "gzip"}:
            return Page(Status.MALFORMED, url, note=f"encoded as {escaped(encoding)[:40]}")
        limit = self._budget.answer_bytes
        unpack = zlib.decompressobj(zlib.MAX_WBITS | 16) if encoding == "gzip" else None
        body = bytearray()
        async for chunk in response.aiter_raw():
            self._account.bytes += len(chunk)
            # Unpacked by ourselves: a small piece may hold more than the memory does.
            body += unpack.decompress(chunk, limit + 1 - len(body)) if unpack else chunk
            if len(body) > limit:
                return Page(Status.TRUNCATED, url, note=note_of(Limit.ANSWER, limit))
        try:
            data = json_value(bytes(body))
        except ValueError as error:
            return Page(Status.MALFORMED, url, note=f"not JSON: {escaped(str(error))[:120]}")
        return Page(Status.ANSWER, url, data)


def _in_form(page: Page, form: type) -> Page:
    """Return the page; malformed if its document is not of the form expected."""
    if page.status is not Status.ANSWER or isinstance(page.data, form):
        return page
    expected = "an object" if form is dict else "an array"
    note = f"a JSON {type(page.data).__name__}, not {expected}"
    return Page(Status.MALFORMED, page.url, note=note)


def _retry_after(text: str | None) -> float | None:
    """Read ``Retry-After``: seconds, or an HTTP date (RFC 9110, section 10.2.3)."""
    if not text:
        return None
    if re.fullmatch(r"[0-9]{1,9}", text.strip()):
        return float(text.strip())
    try:
        return max(0.0, email.utils.parsedate_to_datetime(text).timestamp() - time.time())
    except (ValueError, OverflowError, OSError):  # no date, or one that no clock has
        return None


def _one_line(error: Exception) -> str:
    return escaped(str(error).split("\n", 1)[0])[:200] or type(error).__name__
