"""Domain names: one canonical form, and the families a name belongs to.

A canonical name is a lower-case string of A-labels without the trailing dot
(``"www.example.com"``); the root is ``"."``. "Registered domain", "public suffix" and the
rest follow RFC 9499 and the Public Suffix List (its ICANN section only: what is under
``github.io`` is a customer of GitHub, not a registration of its own).
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from functools import cache
from urllib.parse import urlsplit

import idna
from publicsuffixlist import PublicSuffixList

from depgraph.errors import InvalidName

ROOT = "."
_MAX_TYPED = 2048  # the longest URL that is worth reading; a name itself ends at 253
_ASCII_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_TRAILING_PORT = re.compile(r":\d{1,5}$")


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList(only_icann=True)


def canonical(name: str) -> str:
    """Give the canonical form of a name that came off the wire or out of a file.

    >>> canonical("WWW.Example.COM.")
    'www.example.com'
    >>> canonical(".")
    '.'
    """
    return name.rstrip(".").lower() or ROOT


def parse(text: str) -> str:
    """Read what a person typed or pasted (a name, a URL, an e-mail address) as a name.

    Raises
    ------
    InvalidName
        With one line that says what is wrong: empty, too long, an IP address, a space,
        a control character, an empty label, a bare top-level domain...

    Examples
    --------
    >>> parse("https://user@Faß.de:8443/path?q=1")
    'xn--fa-hia.de'
    >>> parse("someone@example.org")
    'example.org'
    >>> parse("10.0.0.1")
    Traceback (most recent call last):
    ...
    depgraph.errors.InvalidName: expected a domain name, found the IP address 10.0.0.1: ask about the name it serves
    """
    if not isinstance(text, str):
        msg = f"expected a domain name as text, found {type(text).__name__}"
        raise InvalidName(msg)
    typed = text.strip(" \t\r\n")
    if not typed:
        raise InvalidName("expected a domain name, found nothing: give one, such as example.org")
    if len(typed) > _MAX_TYPED:
        raise InvalidName(
            f"expected a domain name, found {len(typed)} characters: a name has at most 253"
        )
    for char in typed:
        if unicodedata.category(char) in {"Cc", "Cf"} and char not in "\u200c\u200d":
            raise InvalidName(
                f"expected a domain name, found the control character U+{ord(char):04X} in it: "
                "remove it"
            )
    host = _host_part(typed)
    _refuse_address(host)
    return _encode(host)


def _host_part(typed: str) -> str:
    """Cut the host out of a URL or an e-mail address; a plain name passes unchanged."""
    if "//" in typed:
        try:
            host = urlsplit(typed).netloc
        except ValueError as error:
            raise InvalidName(f"expected a domain name or URL, found {_show(typed)}: {error}") from None
        if not host:
            raise InvalidName(f"expected a host in the URL {_show(typed)}, found none")
    else:
        host = re.split(r"[/?#]", typed, maxsplit=1)[0]
        if host.lower().startswith("mailto:"):
            host = host[len("mailto:") :]
    host = host.rsplit("@", 1)[-1]
    if not host.startswith("[") and host.count(":") == 1:
        host = _TRAILING_PORT.sub("", host)
    if not host:
        raise InvalidName(f"expected a domain name, found none in {_show(typed)}")
    return host


def _refuse_address(host: str) -> None:
    bare = host.strip("[]").rstrip(".").split("%", 1)[0]
    try:
        address = ipaddress.ip_network(bare, strict=False) if "/" in bare else ipaddress.ip_address(bare)
    except ValueError:
        last = bare.rsplit(".", 1)[-1]
        if last.isdigit() or re.fullmatch(r"0x[0-9a-f]+", last, re.IGNORECASE):
            raise InvalidName(
                f"expected a domain name, found {_show(host)}, which ends in a number: "
                "no top-level domain does"
            ) from None
        return
    raise InvalidName(
        f"expected a domain name, found the IP address {address}: ask about the name it serves"
    )


def _encode(host: str) -> str:
    if any(char.isspace() for char in host):
        raise InvalidName(f"expected a domain name, found a space in {_show(host)}: remove it")
    try:
        mapped = idna.uts46_remap(host, std3_rules=False, transitional=False)
    except idna.IDNAError as error:
        raise InvalidName(f"expected a domain name, found {_show(host)}: {error}") from None
    mapped = mapped.removesuffix(".")
    if not mapped:
        raise InvalidName("expected a domain name, found the root: give a name below it")
    labels = [_encode_label(label, host) for label in mapped.split(".")]
    name = ".".join(labels)
    if len(name) > 253:
        raise InvalidName(
            f"expected a domain name of at most 253 characters, found {len(name)}: {_show(host)}"
        )
    if len(labels) == 1 or name == public_suffix(name):
        raise InvalidName(
            f"expected a registered domain or a name below one, found the public suffix {_show(name)}: "
            f"give a name under it, such as example.{name}"
        )
    return name


def _encode_label(label: str, host: str) -> str:
    if not label:
        raise InvalidName(
            f"expected a domain name, found an empty label in {_show(host)}: two dots in a row or one in front"
        )
    if label.isascii() and not label.startswith("xn--"):
        if len(label) > 63:
            raise InvalidName(
                f"expected labels of at most 63 characters, found {len(label)} in {_show(host)}"
            )
        if not _ASCII_LABEL.fullmatch(label):
            raise InvalidName(
                f"expected letters, digits and inner hyphens, found the label {_show(label)}"
            )
        return label
    try:
        return idna.encode(label, strict=True).decode("ascii")
    except idna.IDNAError as error:
        raise InvalidName(f"expected an IDNA 2008 label, found {_show(label)}: {error}") from None


def _show(text: str) -> str:
    """Quote hostile text for a one-line message."""
    shown = ascii(text if len(text) <= 60 else text[:57] + "...")
    return shown if not text.isascii() and text.isprintable() is False else repr(text[:57] + "..." if len(text) > 60 else text)


def display(name: str) -> str:
    """Give the name as people write it: U-labels where they are valid.

    >>> display("xn--fa-hia.de")
    'faß.de'
    """

    def label(text: str) -> str:
        try:
            return idna.decode(text) if text.startswith("xn--") else text
        except idna.IDNAError:
            return text

    return ".".join(label(part) for part in name.split(".")) if name != ROOT else ROOT


def public_suffix(name: str) -> str:
    """Give the public suffix under which the name is registered (``"co.uk"``)."""
    return _suffixes().publicsuffix(name) or name.rsplit(".", 1)[-1]


def registered_domain(name: str) -> str | None:
    """Give the registered domain of a name, None for the root or a public suffix.

    >>> registered_domain("www.bbc.co.uk")
    'bbc.co.uk'
    >>> registered_domain("co.uk") is None
    True
    """
    return _suffixes().privatesuffix(name)


def parents(name: str) -> list[str]:
    """List the name and every name above it, the root last.

    >>> parents("www.bbc.co.uk")
    ['www.bbc.co.uk', 'bbc.co.uk', 'co.uk', 'uk', '.']
    """
    if name == ROOT:
        return [ROOT]
    labels = name.split(".")
    return [".".join(labels[i:]) for i in range(len(labels))] + [ROOT]


def is_below(name: str, ancestor: str) -> bool:
    """Tell whether the name is the ancestor or lies under it, on label borders.

    >>> is_below("ns1.example.com", "example.com"), is_below("badexample.com", "example.com")
    (True, False)
    """
    return ancestor == ROOT or name == ancestor or name.endswith("." + ancestor)
