"""A page that works from a file: one script and one style sheet of ours, no request, a strict policy.

The Content-Security-Policy names the hashes of the script and of the style sheets, and allows
nothing else.
"""

from __future__ import annotations

import json
import os
import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import Any, Final

from depgraph.atomic import write_text
from depgraph.pictures.engine.svg import safe

_ASIDE: Final = re.compile(r"^\s+(?://.*\n)?|^//.*\n", re.MULTILINE)
"""Indents and lines of comment."""


@dataclass(frozen=True, slots=True)
class Page:
    """A whole HTML document; in a notebook it shows itself in a sandboxed frame."""

    html: str
    title: str

    def __repr__(self) -> str:
        return f"<Page {self.title!r}, {len(self.html.encode()) / 1024:.0f} KiB>"

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the page into a file, whole or not at all."""
        write_text(path, self.html)

    def _repr_html_(self) -> str:
        return (
            f'<iframe sandbox="allow-scripts" srcdoc="{escape(self.html, quote=True)}" '
            f'title="{safe(self.title)}" width="100%" height="720" style="border:0"></iframe>'
        )


def offline(
    body: str,
    *,
    lang: str,
    title: str,
    script: str,
    styles: Iterable[str],
    data: Mapping[str, Any],
    held: str = "",
) -> Page:
    """Put a page together.

    Parameters
    ----------
    body
        HTML, every text in it escaped.
    lang
        Its language.
    title
        In words.
    script
        Of the page; `styles` are all style sheets in it, the first that of the page, and any
        other one that the body has in it.
    data
        What the script reads, from an element with the id ``data``.
    held
        Further elements before the script.
    """
    sheets = list(styles)
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    del data  # of thousands of services as much as all of the page
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    allowed = " ".join(f"'sha256-{_digest(sheet)}'" for sheet in sheets)
    policy = (
        f"default-src 'none'; script-src 'sha256-{_digest(script)}'; style-src {allowed}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    return Page(
        f"""<!doctype html>
<html lang="{safe(lang)}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width,initial-scale=1">
<link rel="icon" href="data:,"><title>{safe(title)}</title><style>{sheets[0]}</style></head>
<body>{body}<script type="application/json" id="data">{text}</script>{held}<script>{script}</script></body></html>
""",
        title,
    )


def asset(name: str) -> str:
    """Return a style sheet of ours, or a script without what only readers of its source need."""
    text = files("depgraph.pictures").joinpath(name).read_text("utf-8")
    return _ASIDE.sub("", text) if name.endswith(".js") else text


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()
