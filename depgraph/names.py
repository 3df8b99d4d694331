"""Domain names: one canonical form, and the families a name belongs to.

A canonical name is a lower-case string of A-labels without the trailing dot
(``"www.example.com"``); the root is ``"."``. "Registered domain", "public suffix" and the
rest follow RFC 9499 and the Public Suffix List: its ICANN section, for what is under
``github.io`` is a customer of GitHub, not a registration of its own, and of its private section
those who register names for others under one of their own (``uk.com``).
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from functools import cache, lru_cache

import idna
from publicsuffixlist import PublicSuffixList

from depgraph.errors import InvalidName
from depgraph.former import former
from depgraph.labels import a_label
from depgraph.text_safety import quote

ROOT = "."
_MAX_TYPED = 8000  # RFC 9110, section 4.1: the URI length every recipient should support
_MAX_NAME = 253  # RFC 1035's 255 octets on the wire, in presentation form without the last dot
_MAX_SHOWN = 60
_ASCII_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_SCHEME = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?//")
_TRAILING_PORT = re.compile(r":[0-9]{0,5}$")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_UNESCAPED_DOT = re.compile(r"(?<!\\)\.")
_REGISTRIES_BELOW = frozenset(
    {
        # Public Suffix List of 2026-10-22, private section: CentralNic
        "ae.org",
        "br.com",
        "cn.com",
        "com.de",
        "com.se",
        "de.com",
        "eu.com",
        "gb.net",
        "hu.net",
        "jp.net",
        "jpn.com",
        "mex.com",
        "ru.com",
        "sa.com",
        "se.net",
        "uk.com",
        "uk.net",
        "us.com",
        "za.bz",
        "za.com",
        # the same: co.com Registry, Africa.com Web Solutions, BRS Media, US Registry, EU.org, Radix,
        # CoDNS, ZaNiC, MSK-IX
        "co.com",
        "africa.com",
        "radio.am",
        "radio.fm",
        "us.org",
        "eu.org",
        "in.net",
        "co.nl",
        "co.no",
        "za.net",
        "za.org",
        "net.ru",
        "org.ru",
        "pp.ru",
    }
)
_COUNTRY_CODE = 2  # letters
_RESERVED = frozenset(
    # RFC 6761 (RFC 2606), RFC 6762, RFC 7686, RFC 9476, and ICANN's resolution of 2024-07-29
    {"test", "example", "invalid", "localhost", "local", "onion", "alt", "internal"}
)
_DOCUMENTED = frozenset({"test", "example", "invalid"})
_ESCAPE = re.compile(r"\\(?:\d{3}|.)")
_WRITTEN = frozenset({"Ll", "Lo", "Lm", "Mn", "Mc", "Nd", "No", "Sc", "Sk", "Sm", "So"})
_JOINERS = "\u200c\u200d"  # IDNA 2008 allows them in some scripts; idna checks where


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList(only_icann=True)


def canonical(name: str) -> str:
    """Give the canonical form of a name that came off the wire or out of a file.

    >>> canonical("WWW.Example.COM.")
    'www.example.com'
    >>> canonical(".")
    '.'
    >>> canonical("Bücher.example.")  # as people write it in files: the form that the DNS has
    'xn--bcher-kva.example'
    """
    if not name.isascii():
        name = _in_ascii(name)
    bare = name.removesuffix(".")
    escapes = len(bare) - len(bare.rstrip("\\"))
    if escapes % 2:  # the dot was escaped: part of the label, not its end
        bare = name
    return bare.lower() or ROOT


def _in_ascii(name: str) -> str:
    """Return a name with its labels as the DNS has them; as it is where one is no label."""
    quick = [one if _ASCII_LABEL.fullmatch(one) else a_label(one) for one in name.split(".") if one]
    if None not in quick and not name.startswith(".") and ".." not in name:
        return ".".join(filter(None, quick))  # canonical() needs no last dot
    try:
        mapped = idna.uts46_remap(name, std3_rules=False, transitional=False)
        labels = mapped.split(".")
        return ".".join(one if one.isascii() else _encode_label(one, name) for one in labels)
    except (idna.IDNAError, InvalidName):
        return name


def oddity(name: str) -> str:
    r"""Say why a text out of a file can be no name, address or AS number; empty if it may be.

    A name of 255 octets (RFC 1035, section 2.3.4) has at most 253 characters, each escape
    (``\\.``, ``\\000``) counted as one.

    Examples
    --------
    >>> oddity("_dmarc.example.org"), oddity("a\u202eb.example")
    ('', 'the control character U+202E')
    """
    if name.isprintable() and 0 < len(name) <= _MAX_NAME:  # most are; this is quick
        return ""
    for char in name:
        if not char.isprintable() and unicodedata.category(char) != "Zs":
            return f"the control character U+{ord(char):04X}"
    if len(name) > _MAX_NAME and len(plain := _ESCAPE.sub("x", name)) > _MAX_NAME:
        return f"{len(plain)} characters"
    return "" if name else "nothing"


def parse(text: str) -> str:
    """Read what a person typed or pasted (a name, a URL, an e-mail address) as a name.

    What people type is mapped by UTS 46 (case, full-width letters, ideographic dots), then
    each label is held to IDNA 2008. A label in its form of the DNS (``xn--``) may also be of
    symbols, as IDNA 2003 had them and some registries still do: nothing has to be mapped there.

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
        raise InvalidName(f"expected a domain name as text, found {type(text).__name__}")
    typed = text.strip(" \t\r\n")
    if not typed:
        raise InvalidName("expected a domain name, found nothing: give one, such as example.org")
    if len(typed) > _MAX_TYPED:
        raise InvalidName(
            f"expected a domain name, found {len(typed)} characters: a name has at most {_MAX_NAME}"
        )
    for char in typed:
        if unicodedata.category(char) in {"Cc", "Cf", "Cs"} and char not in _JOINERS:
            raise InvalidName(
                f"expected a domain name, found the control character U+{ord(char):04X} in it: "
                "remove it"
            )
    return _encode(_host_part(typed))


def _host_part(typed: str) -> str:
    """Cut the host out of a URL or an e-mail address; a plain name passes unchanged."""
    # Browsers read a backslash as a slash; so must we, or "http:\\\\good.example\\@other.example"
    # would be read as another host than the one the person's browser shows.
    slashed = typed.replace("\\", "/")
    scheme = _SCHEME.match(slashed)
    rest = slashed[scheme.end() :] if scheme else slashed
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0]
    if scheme is None and authority.lower().startswith("mailto:"):
        authority = authority[len("mailto:") :]
    host = authority.rsplit("@", 1)[-1]
    if host.startswith("["):
        return _bracketed(host, typed)
    if host.count(":") == 1:
        host = _TRAILING_PORT.sub("", host)
    if not host:
        raise InvalidName(f"expected a domain name, found none in {quote(typed)}")
    return host


def _bracketed(host: str, typed: str) -> str:
    literal, closed, port = host[1:].partition("]")
    if not closed or (port and not _TRAILING_PORT.fullmatch(port)):
        raise InvalidName(
            f"expected a domain name, found an unfinished IP literal in {quote(typed)}"
        )
    return literal


def _refuse_address(host: str) -> None:
    bare = host.removesuffix(".")
    try:
        address = ipaddress.ip_address(bare.partition("%")[0])
    except ValueError:
        if _NUMBER.fullmatch(bare.rpartition(".")[2]):
            raise InvalidName(
                f"expected a domain name, found {quote(host)}, which ends in a number: "
                "no top-level domain does"
            ) from None
        return
    raise InvalidName(
        f"expected a domain name, found the IP address {address}: ask about the name it serves"
    )


def _encode(host: str) -> str:
    if any(char.isspace() for char in host):
        raise InvalidName(f"expected a domain name, found a space in {quote(host)}: remove it")
    if "," in host:
        several = all("." in part for part in host.split(","))
        meant = quote(host.replace(",", "."))
        raise InvalidName(
            f"expected a domain name, found a comma in {quote(host)}: "
            + ("give one name" if several else f"did you mean {meant}?")
        )
    if "%" in host and ":" not in host:
        raise InvalidName(
            f"expected a domain name, found percent-encoding in {quote(host)}: write the character itself"
        )
    for char in "" if host.isascii() else host:
        if not char.isascii() and _is_left_out(char):
            raise InvalidName(
                f"expected a domain name, found the invisible character U+{ord(char):04X} in it: "
                "remove it"
            )
    try:
        mapped = idna.uts46_remap(host, std3_rules=False, transitional=False)
    except idna.IDNAError:
        raise InvalidName(
            f"expected a domain name, found {quote(host)}: it has a character that names cannot hold"
        ) from None
    _refuse_address(mapped)
    mapped = mapped.removesuffix(".")
    if not mapped:
        raise InvalidName("expected a domain name, found the root: give a name below it")
    # An A-label is never shorter than its U-label, so this is the least that it can be.
    if len(mapped) > _MAX_NAME:
        raise _too_long(len(mapped), host)
    labels = [_encode_label(label, host) for label in mapped.split(".")]
    name = ".".join(labels)
    if len(name) > _MAX_NAME:
        raise _too_long(len(name), host)
    if len(labels) == 1 and _suffixes().publicsuffix(name, accept_unknown=False) is None:
        raise InvalidName(
            f"expected a registered domain or a name below one, found the single label {quote(name)}: "
            f"give the whole name, such as {name[:_MAX_SHOWN]}.org"
        )
    if name == public_suffix(name):
        raise InvalidName(
            f"expected a registered domain or a name below one, found the public suffix {quote(name)}: "
            f"give a name under it, such as example.{name}"
        )
    return name


def _is_left_out(char: str) -> bool:
    """Tell whether UTS 46 leaves a character out: what is read then is not what was written."""
    try:
        return not idna.uts46_remap(char, std3_rules=False, transitional=False)
    except idna.IDNAError:
        return False


def _too_long(found: int, host: str) -> InvalidName:
    return InvalidName(
        f"expected a domain name of at most {_MAX_NAME} characters, found {found}: {quote(host)}"
    )


def _encode_label(label: str, host: str) -> str:
    if not label:
        raise InvalidName(
            f"expected a domain name, found an empty label in {quote(host)}: "
            "two dots in a row or one in front"
        )
    if label.isascii() and not label.startswith("xn--"):
        if len(label) > 63:
            raise InvalidName(
                f"expected labels of at most 63 characters, found {len(label)} in {quote(host)}"
            )
        if not _ASCII_LABEL.fullmatch(label):
            raise InvalidName(
                f"expected letters, digits and inner hyphens, found the label {quote(label)}"
            )
        return label
    try:
        return idna.encode(label, strict=True).decode("ascii")
    except UnicodeError as error:  # idna.IDNAError is one, and Punycode itself raises others
        if _is_encoded(label):
            return label
        ascii_form = f"xn--{label.encode('punycode').decode()}"
        symbols = isinstance(error, idna.InvalidCodepoint) and _is_encoded(ascii_form)
        hint = f": if a registry took it, give {ascii_form}" if symbols else ""
        raise InvalidName(
            f"expected an IDNA 2008 label, found {quote(label)}: {_fault(error)}{hint}"
        ) from None


def _is_encoded(label: str) -> bool:
    """Tell whether a label is the Punycode (RFC 3492) of letters, digits and symbols alone."""
    if len(label) > 63 or not (label.startswith("xn--") and _ASCII_LABEL.fullmatch(label)):
        return False
    try:
        shown = label.removeprefix("xn--").encode().decode("punycode")
    except UnicodeError:
        return False
    same = f"xn--{shown.encode('punycode').decode()}" == label
    kinds = {unicodedata.category(char) for char in shown if not char.isascii()}
    return same and bool(kinds) and kinds <= _WRITTEN


def _fault(error: UnicodeError) -> str:
    """Say in our own words what idna found: its sentences quote the input and change."""
    if isinstance(error, idna.IDNABidiError):
        return "it mixes writing directions"
    # idna 3.10 loses the class of a misplaced joiner.
    if isinstance(error, idna.InvalidCodepointContext) or "joiner" in str(error):
        return "it has a character where its script does not allow it"
    if isinstance(error, idna.InvalidCodepoint):
        return "it has a character that names cannot hold (a symbol, an emoji...)"
    if "too long" in str(error):
        return "it is too long when encoded (at most 63 characters)"
    return "it is not well formed"


def display(name: str) -> str:
    """Give the name as it is shown: as people write it, and as it is in the DNS where it may mislead.

    Letters of other scripts than Latin, alone or mixed, and rare Latin ones look like those of
    another name (Unicode TR 39): such a name is shown in both forms.

    >>> display("xn--fa-hia.de")
    'faß.de'
    >>> display("xn--80ak6aa92e.com")
    'аррӏе.com [xn--80ak6aa92e.com]'
    """
    shown = written(name)
    misleads = any(not c.isascii() and not _COMMON_LATIN.match(c) for c in shown)
    return f"{shown} [{name}]" if misleads else shown


def mixes_scripts(name: str) -> bool:
    """Tell whether a label of the name mixes letters of several scripts, as one writes none.

    Han, kana, Hangul and Bopomofo are written together, and with Latin letters (Unicode TR 39,
    section 5.2, "highly restrictive").

    >>> mixes_scripts("xn--pypal-4ve.com"), mixes_scripts("xn--80ak6aa92e.com")
    (True, False)
    """
    if "xn--" not in name:
        return False
    return any(len(_scripts(label)) > 1 for label in written(name).split("."))


def _scripts(label: str) -> set[str]:
    """Return the scripts of the letters of a label, those of East Asia as one."""
    found = {unicodedata.name(letter, "?").split()[0] for letter in label if letter.isalpha()}
    if found & _EAST_ASIAN:
        return found - _EAST_ASIAN - {"LATIN"} | {"EAST ASIAN"}
    return found


_EAST_ASIAN = frozenset(
    {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL", "BOPOMOFO", "IDEOGRAPHIC"}
)


def shown(text: str) -> str:
    """Give a text as it is shown: each name in it as :func:`display` gives it.

    Addresses of pages and ids of nodes stay as they are, and so does what is in both forms already.

    >>> shown("ns1.xn--fa-hia.de and xn--80ak6aa92e.com")
    'ns1.faß.de and аррӏе.com [xn--80ak6aa92e.com]'
    >>> shown("https://xn--fa-hia.de/")
    'https://xn--fa-hia.de/'
    """
    if "xn--" not in text:  # most texts; this is quick
        return text
    return _ENCODED_NAME.sub(lambda found: display(found[0]), text)


def in_both_forms(text: str) -> str:
    """Give a text with each name in it that people write otherwise in both forms: see :func:`shown`.

    >>> in_both_forms("xn--fa-hia.de; shop.example")
    'faß.de [xn--fa-hia.de]; shop.example'
    """
    if "xn--" not in text:
        return text
    return _ENCODED_NAME.sub(lambda found: _in_both(found[0]), text)


def _in_both(name: str) -> str:
    people = written(name)
    return name if people == name else f"{people} [{name}]"


_ENCODED_NAME = re.compile(r"(?<![\w.\-\[/:%])(?:[\w-]+\.)*xn--[\w-]+(?:\.[\w-]+)*", re.ASCII)

# Letters with marks of European languages (Latin-1, Latin Extended-A), but for those that look
# like plain ones: dotless i, kra, long s.
_COMMON_LATIN = re.compile("[\u00df-\u00f6\u00f8-\u0130\u0132-\u0137\u0139-\u017e]")


def written(name: str) -> str:
    """Give the name as people write it: U-labels where they are valid.

    >>> written("xn--fa-hia.de")
    'faß.de'
    """

    def label(text: str) -> str:
        try:
            return idna.decode(text) if text.startswith("xn--") else text
        except UnicodeError:  # not valid IDNA 2008: shown as it stands in the DNS
            return text

    if "xn--" not in name:  # most names; this is quick
        return name
    return ".".join(label(part) for part in name.split("."))


def public_suffix(name: str) -> str:
    """Give the public suffix under which the name is registered (``"co.uk"``).

    >>> public_suffix("shop.uk.com"), public_suffix("uk.com")
    ('uk.com', 'com')
    """
    if name == ROOT:
        return ROOT
    registered = _suffixes().privatesuffix(name)
    if registered in _REGISTRIES_BELOW and name != registered:
        return registered
    return _suffixes().publicsuffix(name) or name.rsplit(".", 1)[-1]


@lru_cache(maxsize=1 << 14)  # many services share registries and name servers
def registered_domain(name: str) -> str | None:
    """Give the registered domain of a name, None for the root or a public suffix.

    >>> registered_domain("www.bbc.co.uk")
    'bbc.co.uk'
    >>> registered_domain("co.uk") is None
    True

    What is registered under a registration of somebody's has two above it.

    >>> registered_domain("www.shop.uk.com"), registered_domain("uk.com")
    ('shop.uk.com', 'uk.com')
    """
    if name == ROOT:
        return None
    registered = _suffixes().privatesuffix(name)
    if registered in _REGISTRIES_BELOW and name != registered:
        return child(name, registered)
    return registered


def is_registry_below(name: str) -> bool:
    """Tell whether names are registered under a name that is itself a registration.

    >>> is_registry_below("uk.com"), is_registry_below("co.uk")
    (True, False)
    """
    return name in _REGISTRIES_BELOW


def is_under_icann_contract(name: str) -> bool:
    """Tell whether the registry of a name's top-level domain works under a contract with ICANN.

    Those of countries (two letters, ISO 3166) and of a few older uses do not; they may number
    their registrars as they like. Country codes in other scripts are not told apart.

    >>> is_under_icann_contract("example.com"), is_under_icann_contract("example.co.uk")
    (True, False)
    """
    top = name.rsplit(".", 1)[-1]
    return len(top) != _COUNTRY_CODE and top not in {"arpa", "edu", "gov", "int", "mil"}


def is_reserved(top: str) -> bool:
    """Tell whether a top-level label is reserved, so that no registry keeps it.

    >>> is_reserved("example"), is_reserved("com")
    (True, False)
    """
    return top in _RESERVED


def is_local(name: str) -> bool:
    """Tell whether a name can be nobody's in the public DNS: it has no top-level domain.

    Names reserved for tests and documents (RFC 2606) stand for such as have one.

    >>> is_local("mail"), is_local("printer.local"), is_local("mx.example.test")
    (True, True, False)
    """
    top = name.rstrip(".").rpartition(".")[2]
    return not is_top_level(top) and top not in _DOCUMENTED


@lru_cache(maxsize=1 << 12)
def is_top_level(top: str) -> bool:
    """Tell whether there is such a top-level domain, by the Public Suffix List.

    >>> is_top_level("com"), is_top_level("mail"), is_top_level("local")
    (True, False, False)
    """
    if top in _RESERVED or any(map(str.isdecimal, "" if top.startswith("xn--") else top)):
        return False  # of letters alone, says RFC 1123, section 2.1
    # Of .za the list has only what is registered below it.
    return any(_suffixes().publicsuffix(one, accept_unknown=False) for one in (top, f"ac.{top}"))


@cache
def _private_suffixes() -> PublicSuffixList:
    return PublicSuffixList(only_icann=False)


def private_suffix(name: str) -> str | None:
    """Give the suffix under which a company gives names to its customers; None where it is none.

    The Public Suffix List has such suffixes in its private section.

    >>> private_suffix("shop.github.io"), private_suffix("www.example.org")
    ('github.io', None)
    """
    suffix = _private_suffixes().publicsuffix(name) if name != ROOT else None
    return None if suffix in {None, name, public_suffix(name)} else suffix


def own_domain(name: str) -> str | None:
    """Give the registered domain of whoever has the name; None for a customer's, which has none.

    >>> own_domain("www.example.org"), own_domain("shop.github.io"), own_domain("github.io")
    ('example.org', None, 'github.io')
    """
    return registered_domain(name) if private_suffix(name) is None else None


def child(name: str, above: str) -> str:
    """Give the name on the way to a name that has one label more than one above it.

    >>> child("www.shop.github.io", "github.io")
    'shop.github.io'
    """
    return ".".join(name.split(".")[-1 - len(above.split(".")) :])


def parents(name: str) -> list[str]:
    """List the name and every name above it, the root last.

    >>> parents("www.bbc.co.uk")
    ['www.bbc.co.uk', 'bbc.co.uk', 'co.uk', 'uk', '.']
    """
    if name == ROOT:
        return [ROOT]
    if "\\" in name:
        labels = _UNESCAPED_DOT.split(name)
        return [".".join(labels[i:]) for i in range(len(labels))] + [ROOT]
    found, dot = [name], name.find(".")
    while dot >= 0:
        found.append(name[dot + 1 :])
        dot = name.find(".", dot + 1)
    return [*found, ROOT]


def from_root(name: str) -> str:
    """Return the labels of a name from the root on; a space sorts before all that is in one.

    So names sort as in RFC 4034, section 6.1: what lies below a name stands behind it.

    >>> from_root("www.example.org"), from_root("192.0.2.1")
    ('org example www', '1 2 0 192')
    """
    return " ".join(reversed(name.rstrip(".").lower().split(".")))


def is_below(name: str, ancestor: str) -> bool:
    """Tell whether the name is the ancestor or lies under it, on label borders.

    >>> is_below("ns1.example.com", "example.com"), is_below("badexample.com", "example.com")
    (True, False)
    """
    return ancestor in (ROOT, name) or name.endswith("." + ancestor)


__getattr__ = former(__name__, {"show": "depgraph.text_safety.quote"})
