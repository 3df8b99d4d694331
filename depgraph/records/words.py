"""The words of a record's data in a file, read quickly and as dnspython reads them.

dnspython looks at each character by itself, which for a file of 1 MB takes seconds. Here data of the usual
form (words and quoted strings in one line) is taken apart at once, and names of letters, digits and hyphens
as well; all else is left to dnspython. What either makes of a text is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import dns.name
import dns.tokenizer
from dns.tokenizer import EOF, IDENTIFIER, QUOTED_STRING, Token

from depgraph.labels import a_label

_QUOTED: Final = r'"(?:[^"\\\r\n]|\\[^\r\n])*"'
_BARE: Final = r'(?:[^\s;()"\\]|\\[^\s])+'
_WORD: Final = re.compile(f"{_QUOTED}|{_BARE}")
_LINE: Final = re.compile(f" *(?:(?:{_QUOTED}|{_BARE})(?: +|$))*")
_NAME: Final = re.compile(r"[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63})*\.?")


def tokenizer(text: str) -> dns.tokenizer.Tokenizer:
    """Return what gives dnspython the words of a record's data, one by one."""
    if _LINE.fullmatch(text):
        return _Words(map(_token, _WORD.findall(text)))
    return dns.tokenizer.Tokenizer(text, idna_codec=CODEC)


def _token(word: str) -> Token:
    if word[0] == '"':
        return Token(QUOTED_STRING, word[1:-1], "\\" in word)
    return Token(IDENTIFIER, word, "\\" in word)


class _Words(dns.tokenizer.Tokenizer):
    """A tokenizer of data that has been taken apart already."""

    def __init__(self, tokens: Iterable[Token]) -> None:
        super().__init__("", idna_codec=CODEC)
        self._tokens = iter(tokens)

    def get(self, want_leading: bool = False, want_comment: bool = False) -> Token:  # noqa: ARG002, FBT001, FBT002
        token, self.ungotten_token = self.ungotten_token, None
        return token or next(self._tokens, Token(EOF, ""))

    def as_name(
        self,
        token: Token,
        origin: dns.name.Name | None = None,
        relativize: bool = False,  # noqa: FBT001, FBT002
        relativize_to: dns.name.Name | None = None,
    ) -> dns.name.Name:
        if token.ttype != IDENTIFIER or not _NAME.fullmatch(token.value):
            return super().as_name(token, origin, relativize, relativize_to)
        labels = token.value.encode().split(b".")
        if labels[-1] and origin is not None:
            labels += origin.labels
        return dns.name.Name(labels).choose_relativity(relativize_to or origin, relativize)


class _Codec(dns.name.IDNA2008Codec):
    """The codec that dnspython takes by itself, which asks of each letter what IDNA makes of it."""

    def encode(self, label: str) -> bytes:
        encoded = a_label(label) if label else None
        return super().encode(label) if encoded is None else encoded.encode()


CODEC: Final = _Codec(uts_46=True, transitional=False, allow_pure_ascii=True, strict_decode=False)
"""What encodes the labels of names in files, as :data:`dns.name.IDNA_2008_Practical` does."""


__all__ = ["CODEC", "tokenizer"]
