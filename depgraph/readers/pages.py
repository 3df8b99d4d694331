"""What a page loads, and what its policy lets it load: HTML and Content-Security-Policy.

Elements that load by themselves (HTML, https://html.spec.whatwg.org/multipage/): ``script src``,
``link href`` of a style sheet, icon or preload, ``img src``, ``iframe src``. A link that a reader has
to follow (``a href``) loads nothing. What scripts load in their turn a page does not say.

A policy (https://www.w3.org/TR/CSP3/) is a list of what *may* be loaded: weaker than a load that
somebody saw, and said as such (``allowed``). A report-only policy forbids nothing and is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html.parser import HTMLParser
from types import MappingProxyType
from typing import Final
from urllib.parse import urljoin, urlsplit

from depgraph.names import canonical
from depgraph.records.rdata import address

POLICY: Final = "content-security-policy"
MOST: Final = 500
"""Hosts of one page; more are left out."""

_LOADS: Final = MappingProxyType(
    {
        "script": ("src", "script"),
        "img": ("src", "image"),
        "iframe": ("src", "frame"),
        "link": ("href", "style"),
    }
)
_LINKS: Final = frozenset({"stylesheet", "icon", "preload", "modulepreload", "manifest"})
_DIRECTIVE: Final = re.compile(r"(?:[a-z]+-)+(?:src|elem|attr)|form-action|frame-ancestors")
_NOT_LOADED: Final = frozenset({"frame-ancestors", "form-action", "base-uri"})
# A host source (CSP, section 2.3.1): scheme, host, port and path, of which only the host is needed.
_SOURCE: Final = re.compile(
    r"(?:[a-z][a-z0-9+.-]*://)?(?:\*\.)?((?:[a-z0-9_-]+\.)+[a-z0-9-]+)(?::(?:\d+|\*))?(?:/\S*)?",
    re.IGNORECASE,
)


def host_of_url(url: str) -> str:
    """Return the name of a URL on the web; empty where it has none (``data:``, an address)."""
    try:
        parts = urlsplit(url)
        host = parts.hostname if parts.scheme in {"http", "https"} else None
    except ValueError:
        return ""
    return canonical(host) if host and not address(host) else ""


def allowed(policy: str) -> tuple[str, ...]:
    """Return the values for the hosts that a policy lets a page load from.

    >>> allowed("default-src 'self'; script-src https://*.cdn.example:443/x data:; report-uri /r")
    ('allowed cdn.example',)
    """
    found: dict[str, None] = {}
    for directive in policy.split(";"):
        name, *sources = directive.split()[:1000] or [""]
        if not _DIRECTIVE.fullmatch(name.lower()) or name.lower() in _NOT_LOADED:
            continue
        for source in sources:
            match = _SOURCE.fullmatch(source)
            if match and not address(match[1]):
                found[f"allowed {canonical(match[1])}"] = None
    return tuple(found)[:MOST]


def resources(html: str, url: str) -> tuple[str, ...]:
    """Return the values for the hosts that a page loads from, or may: its own host is left out.

    Parameters
    ----------
    html
        The page, or its beginning.
    url
        Where it was, to which addresses without a host belong.
    """
    page = _Page(url)
    page.feed(html)
    return others(page.values, host_of_url(url))


def others(values: Iterable[str], own: str) -> tuple[str, ...]:
    """Return values of other hosts than a page's own, each once."""
    several = dict.fromkeys(value for value in values if value.partition(" ")[2] not in {"", own})
    return tuple(several)[:MOST]


class _Page(HTMLParser):
    """Collects what the elements of a page load."""

    def __init__(self, url: str) -> None:
        super().__init__(convert_charrefs=True)
        self.base = _site(url)
        self.values: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what one element loads."""
        given = {name: value or "" for name, value in attrs}
        if tag == "base" and given.get("href"):
            self.base = _site(_joined(self.base, given["href"]))
        elif tag == "meta" and given.get("http-equiv", "").strip().lower() == POLICY:
            self.values += allowed(given.get("content", ""))
        elif tag in _LOADS:
            self.values += self._loaded(tag, given)

    def _loaded(self, tag: str, given: Mapping[str, str]) -> Iterator[str]:
        attribute, what = _LOADS[tag]
        if tag == "link":
            kinds = _LINKS.intersection(given.get("rel", "").lower().split())
            if not kinds:
                return
            what = "style" if "stylesheet" in kinds else _preloaded(given.get("as", ""))
        url = given.get(attribute, "").strip()
        host = host_of_url(_joined(self.base, url)) if url else ""
        if host:
            yield f"{what} {host}"


def _preloaded(kind: str) -> str:
    """Return what a link that is no style sheet loads, by its attribute `as`."""
    return {"script": "script", "style": "style", "image": "image"}.get(kind.lower(), "other")


def _site(url: str) -> str:
    """Return a URL without its path, which may be long and says nothing of hosts.

    >>> _site("https://cdn.example/a/b?c#d"), _site("//cdn.example/a"), _site("a/b")
    ('https://cdn.example/', '//cdn.example/', '')
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return parts._replace(path="/", query="", fragment="").geturl() if parts.netloc else ""


def _joined(base: str, url: str) -> str:
    try:
        return urljoin(base, url)
    except ValueError:
        return ""
