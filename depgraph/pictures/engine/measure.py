"""How wide a text is, and what of it can be drawn at all.

The widths are DejaVu Sans's own (the font that ships with matplotlib), so that a scene is
the same on every machine. Letters that it lacks (Chinese, Japanese, Korean ...) stay letters:
they are as wide as a terminal has them, and who draws finds a font, or writes them in ASCII. The font object is private: matplotlib's `get_font` shares one
whose size drawing changes.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from depgraph.errors import InvalidName
from depgraph.names import parse
from depgraph.text_safety import one_line

if TYPE_CHECKING:
    from matplotlib.ft2font import FT2Font

FAMILY = "DejaVu Sans"
CAP_SHIFT = 0.355  # of the size: from the middle of a line of text down to its baseline
_UNITS = 100
_BETWEEN_WORDS = re.compile(
    r"(?:(?<![ (]\d)(?<![ (]\d\d)(?<![ (]\d\d\d) +| +(?=\())"
    r"(?![:;!?»](?: |$)|(?:19|20)\d\d(?!\d)|\[[\w.-]*xn--)"
)
_SIGNS = frozenset(" .:-/_@\u00a0\u202f")  # after these a long word is broken
_TURNED = frozenset({"R", "AL", "AN"})  # classes of letters written from right to left
_WIDE, _NARROW = 1.0, 0.6  # of the size: letters of other fonts, at most


@cache
def _font(bold: bool, italic: bool) -> FT2Font:  # noqa: FBT001
    from matplotlib.font_manager import FontProperties, findfont  # noqa: PLC0415  (slow to import)
    from matplotlib.ft2font import FT2Font  # noqa: PLC0415

    properties = FontProperties(
        family=FAMILY,
        weight="bold" if bold else "normal",
        style="oblique" if italic else "normal",
    )
    font = FT2Font(findfont(properties))
    font.set_size(_UNITS, 72)
    return font


@cache
def _glyphs(bold: bool, italic: bool) -> frozenset[int]:  # noqa: FBT001
    return frozenset(_font(bold, italic).get_charmap())


@cache
def _advance(char: str, bold: bool, italic: bool) -> float:  # noqa: FBT001
    if ord(char) not in _glyphs(bold, italic):
        return _WIDE if unicodedata.east_asian_width(char) in {"W", "F"} else _NARROW
    glyph = _font(bold, italic).load_char(ord(char))
    return float(glyph.linearHoriAdvance) / 65536 / _UNITS


@lru_cache(maxsize=20_000)
def width(text: str, size: float, *, bold: bool = False, italic: bool = False) -> float:
    """Give the width of a text in px at a font size in px (kerning left out).

    Where it may have to be written in ASCII there is room for that too.
    """
    wide = size * sum(_advance(char, bold, italic) for char in text)
    if not missing(text):
        return wide
    return max(wide, size * sum(_advance(char, bold, italic) for char in in_ascii(text)))


def drawable(text: str, *, limit: int = 200) -> str:
    r"""Make a text from the network safe to draw.

    Control and bidi characters become U+FFFD. A name in letters that the font lacks is
    written in its A-labels; other letters stay, and signs that it lacks become U+FFFD.

    >>> drawable("a\nb")
    'a�b'
    >>> drawable("例え.jp")
    'xn--r8jz45g.jp'
    """
    safe = one_line(text, limit=limit)
    known = _glyphs(False, False)
    if all(ord(char) in known for char in safe):
        return safe
    try:
        ascii_form = parse(safe)
    except InvalidName:
        ascii_form = ""
    if ascii_form and "." in safe:
        return ascii_form
    return "".join(char if ord(char) in known or _is_letter(char) else "\ufffd" for char in safe)


def _is_letter(char: str) -> bool:
    return unicodedata.category(char)[0] in {"L", "M", "N"}


def missing(text: str) -> frozenset[str]:
    """Return the letters of a text that the font lacks."""
    known = _glyphs(False, False)
    return frozenset(char for char in text if ord(char) not in known)


def right_to_left(text: str) -> frozenset[str]:
    """Return the letters of a text that are written from right to left.

    >>> sorted(right_to_left("אב a")), right_to_left("a")
    (['א', 'ב'], frozenset())
    """
    return frozenset(char for char in text if unicodedata.bidirectional(char) in _TURNED)


def in_ascii(text: str, *, unfit: frozenset[str] = frozenset()) -> str:
    """Return a text whose labels in other letters are written in Punycode (RFC 3492).

    So are those with one of the `unfit` letters.

    The form of a name in the DNS that already stands beside it is not given twice.

    >>> in_ascii("万网 Ltd")
    'xn--chqp51j Ltd'
    >>> in_ascii("例え.com [xn--r8jz45g.com], web")
    'xn--r8jz45g.com, web'
    """
    words: list[str] = []
    for word in text.split(" "):
        inside, closed, rest = word.removeprefix("[").partition("]")
        if closed and words and word.startswith("[") and inside == words[-1]:
            words[-1] += rest
        else:
            words.append(".".join(_label_in_ascii(label, unfit) for label in word.split(".")))
    return " ".join(words)


def _label_in_ascii(label: str, unfit: frozenset[str]) -> str:
    if missing(label) or not unfit.isdisjoint(label):
        return f"xn--{label.encode('punycode').decode()}"
    return label


def elide(text: str, room: float, size: float, *, bold: bool = False, italic: bool = False) -> str:
    """Shorten a text to a room in px by leaving out its middle; the end tells names apart."""
    if width(text, size, bold=bold, italic=italic) <= room:
        return text
    for kept in range(len(text) - 1, 3, -1):
        head = (kept * 3) // 5
        short = text[:head] + "…" + text[len(text) - (kept - head) :]
        if width(short, size, bold=bold, italic=italic) <= room:
            return short
    return text[:2] + "…"


def wrap(
    text: str, room: float, size: float, *, bold: bool = False, italic: bool = False
) -> list[str]:
    """Break a text into lines of at most `room` px, between words.

    A no-break space holds its words together, as a number of up to three digits and the word
    after it, or a year and the month before it; a sign that stands by itself (a French colon), and the
    form of a name in the DNS in brackets, stay with the word before them. A word that is longer than a line is broken too, after a sign
    in it where there is one.

    >>> wrap("noms : inconnu", 60, 12)
    ['noms :', 'inconnu']
    >>> wrap("host, and 5 more", 75, 12)
    ['host, and', '5 more']
    >>> wrap("on 11 Jul 2026", 75, 12)
    ['on', '11 Jul 2026']
    >>> wrap("a-b-c-d-example.some-name.org", 130, 12)
    ['a-b-c-d-example.', 'some-name.org']
    """
    lines: list[str] = []
    for word in filter(None, _BETWEEN_WORDS.split(text)):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and width(joined, size, bold=bold, italic=italic) <= room:
            lines[-1] = joined
            continue
        rest = word
        while len(rest) > 1 and width(rest, size, bold=bold, italic=italic) > room:
            fits = _fitting(rest, room, size, bold=bold, italic=italic)
            lines.append(rest[:fits].rstrip(" "))
            rest = rest[fits:]
        lines.append(rest)
    return lines or [""]


def pieces(text: str) -> list[str]:
    """Split a text where a line may end without breaking a word: at spaces, and after signs.

    A hyphen is none: it is a letter of a name.

    >>> pieces("ns-1.example.org (AS64500)")
    ['ns-1.', 'example.', 'org', '(AS64500)']
    """
    found = [""]
    for letter in text:
        if letter == " ":
            found.append("")
        else:
            found[-1] += letter
            if letter in _SIGNS and letter != "-":
                found.append("")
    return [one for one in found if one]


def _fitting(word: str, room: float, size: float, *, bold: bool, italic: bool) -> int:
    """Return how many letters of a word stand on a line, at least one."""
    most = next(
        (
            n
            for n in range(len(word) - 1, 1, -1)
            if width(word[:n], size, bold=bold, italic=italic) <= room
        ),
        1,
    )
    # A name in the form of the DNS is broken before it, then between its labels, and last at a hyphen.
    for signs in (" ", "./", _SIGNS):
        for n in range(most, most // 3, -1):
            if word[n - 1] in signs:
                return n
    return most
