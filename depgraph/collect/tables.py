"""Fetch a table from its publisher. The content is not looked at: the caller checks it."""

from __future__ import annotations

import logging
from pathlib import Path

import httpx2

from depgraph.atomic import replacing
from depgraph.collect.guard import guarded_sync
from depgraph.errors import TableError

log = logging.getLogger(__name__)

LARGEST = 256 << 20
"""Bytes that a file may have: the largest of the publishers' has some 40 million."""
REDIRECTS = 5
TIMEOUT = httpx2.Timeout(60.0, connect=20.0)
"""Seconds without a byte, and to connect."""


def fetch(url: str, target: Path, *, client: httpx2.Client | None = None) -> str:
    """Fetch an address into a file, whole or not at all.

    Parameters
    ----------
    url
        What to fetch, over HTTP or HTTPS.
    target
        File to write; one that is there is replaced only by a whole one.
    client
        The HTTP client to use; None: one made for this call.

    Returns
    -------
    str
        The address it came from in the end, after redirects.

    Raises
    ------
    TableError
        If the answer is not 200, is cut off or too large, leads from HTTPS to HTTP or in a
        circle, or nobody answers.
    """
    if client is None:
        with _client(_host(url)) as own_client:
            return fetch(url, target, client=own_client)
    try:
        with (
            replacing(target) as part,
            client.stream("GET", url, headers={"Accept-Encoding": "identity"}) as response,
        ):
            _refuse(response, url)
            written = _write(response, part)
            promised = response.headers.get("content-length", "")
            encoded = response.headers.get("content-encoding", "identity") != "identity"
            if promised.isdigit() and not encoded and written != int(promised):
                raise TableError(
                    f"expected {promised} bytes from {url}, found {written}: it was cut off"
                )
            final = str(response.url)
    except httpx2.HTTPError as error:
        raise TableError(
            f"expected a table from {url}, found no whole answer ({type(error).__name__}: "
            f"{str(error)[:120]}): try again, or install a file with --from"
        ) from None
    except httpx2.InvalidURL as error:  # of a redirect
        raise TableError(f"expected a redirect to an address, found {error}") from None
    return final


def _host(url: str) -> str:
    try:
        return httpx2.URL(url).host
    except httpx2.InvalidURL as error:
        raise TableError(f"expected an address to fetch, found {url[:80]!r}: {error}") from None


def _client(host: str) -> httpx2.Client:
    """Make a client that goes where it was told to, and from there on to public addresses only."""
    return httpx2.Client(
        transport=guarded_sync(frozenset({host})),
        follow_redirects=True,
        max_redirects=REDIRECTS,
        timeout=TIMEOUT,
        headers={"User-Agent": "depgraph (tables update)"},
    )


def _refuse(response: httpx2.Response, url: str) -> None:
    """Raise TableError for an answer that is not the file asked for."""
    if url.startswith("https:") and any(
        step.url.scheme != "https" for step in (*response.history, response)
    ):
        raise TableError(
            f"expected {url} over HTTPS all the way, found a redirect to {response.url}"
        )
    if response.status_code != 200:
        raise TableError(
            f"expected status 200 from {url}, found {response.status_code}: the publisher has moved "
            "it, or is out of order; try again, or install a file with --from"
        )


def _write(response: httpx2.Response, part: Path) -> int:
    """Write the body to a file and return its size in bytes."""
    written = 0
    with part.open("wb") as file:
        for piece in response.iter_bytes():
            written += len(piece)
            if written > LARGEST:
                raise TableError(
                    f"expected at most {LARGEST} bytes from {response.url}, found more"
                )
            file.write(piece)
    return written
