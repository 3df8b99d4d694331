"""One file for a newsroom: what a reader, an editor and a checker need of one recording.

It is the page with the report in short, the findings and the takedown as text, and with the
recording itself, the picture and the table to take along. It asks nothing of any network, and
is read without scripts too.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from depgraph import __version__
from depgraph.analysis.findings import findings
from depgraph.analysis.results import Result, to_json_value
from depgraph.graph import build
from depgraph.parameters import checked
from depgraph.pictures.basis import Basis
from depgraph.pictures.drawing import encode
from depgraph.pictures.engine.svg import safe
from depgraph.pictures.kinds.strip import strip
from depgraph.pictures.offline import Page
from depgraph.pictures.whatif import Further, document
from depgraph.providers import load as load_catalogue
from depgraph.recording import Recording, to_bytes
from depgraph.rendering import blocks
from depgraph.rendering.html import STYLE, bare
from depgraph.reporting import brief, report
from depgraph.texts import languages, words

_SHOWN: Final = ("strip", "providers", "takedown")
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip file can tell
_TYPES: Final[Mapping[str, str]] = {".jsonl": "", ".csv": "text/csv", ".svg": "image/svg+xml"}
"""What can be taken along, with its type where a browser that can unpacks it for its reader."""
_PRINT: Final = (  # two pages: the picture, the answer in short, the findings, the sources
    "@media print{.bar,#state,#why,details,.downloads,.screen{display:none!important}"
    "section.v:not(#strip){display:none!important}body{max-width:none;font-size:11px}}"
)


@checked()
def bundle(made: Recording, *, lang: str = "en", group: str = "big-tech") -> Page:
    """Make one file of a recording that a newsroom can keep, print and hand on.

    It can be read in every language there is: its reader chooses, or its address does
    (``story.html#without=us&lang=fr``).

    Parameters
    ----------
    made
        The recording.
    lang
        A language of :func:`depgraph.texts.languages`: the one that it is in when it is opened,
        and without scripts.
    group
        Whose boxes are filled.

    Returns
    -------
    Page

    Raises
    ------
    QuestionError
        If there is no such language or group.
    """
    raw = to_bytes(made)
    basis = Basis.of(build(made.hashed(sha256(raw).hexdigest())))
    whole = report(basis.model, on=group)  # type: ignore[arg-type]  # a model is taken as it is
    short: tuple[Result, ...] = (brief(whole), findings(basis.model))
    long: tuple[Result, ...] = (whole.takedown, whole)
    table = _table(basis).encode()
    stem = safe(f"{made.subject}_{basis.model.about.get('since', '')}")

    def further(spoken: str) -> Further:
        sections = [_section(one, spoken) for one in short]
        sections += [_section(one, spoken, kind="screen") for one in long]
        picture = encode(strip(basis, lang=spoken, group=group), ".svg")
        held = {f"{stem}.jsonl": raw, f"{stem}.csv": table, f"{stem}.svg": picture}
        links = _downloads(held, spoken, first=spoken == lang)
        return Further("".join(sections) + links, {_TYPES[".svg"]: picture.decode()})

    return document(
        basis,
        lang=lang,
        group=group,
        further=further,
        style=STYLE + _PRINT,
        views=_SHOWN,
        others=[other for other in languages() if other != lang],
    )


def _section(answer: Result, lang: str, kind: str = "") -> str:
    """Return an answer as a section; one of the kind ``screen`` is too long to be printed."""
    body = bare(blocks(answer, lang))
    return f'<section class="depgraph-result wide {kind}" tabindex="0">{body}</section>\n'


# --- What is taken along -------------------------------------------------------------------


def _downloads(held: Mapping[str, bytes], lang: str, *, first: bool) -> str:
    """Return links that hold what they lead to; those of a further language get it by the script.

    `held` is what can be taken along, by the name that it is saved under.
    """
    table = words(lang)
    links = []
    for name, content in held.items():
        suffix = Path(name).suffix
        leads = f' href="{_packed(content)}"' if first else ""
        links.append(
            f'<a download="{name}.gz" type="{_TYPES[suffix]}"{leads}>'
            f"{safe(table[f'bundle.{suffix[1:]}'])}</a>"
        )
    # A PNG would be most of the file: the reader's browser draws it from the SVG.
    png = Path(next(iter(held))).with_suffix(".png").name
    links.append(
        f'<button type="button" class="js" data-png="{png}" hidden>'
        f"{safe(table['bundle.png'])}</button>"
    )
    return f'<p class="downloads">{" ".join(links)}</p>\n'


def _packed(content: bytes) -> str:
    """Return a web address that holds a file (RFC 2397), compressed: a fifth of it as it is."""
    packed = b64encode(gzip.compress(content, mtime=0)).decode()
    return f"data:application/gzip;base64,{packed}"


def _table(basis: Basis) -> str:
    """Return every role as a row of a table for a spreadsheet."""
    rows = report(basis.model).rows()  # type: ignore[arg-type]
    file = io.StringIO()
    writer = csv.DictWriter(file, fieldnames=list(rows[0]) if rows else ["function"])
    writer.writeheader()
    writer.writerows({key: _inert(value) for key, value in row.items()} for row in rows)
    return file.getvalue()


def _inert(value: object) -> object:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" and value else value


# --- The same as an archive ----------------------------------------------------------------


def archive(made: Recording, *, lang: str = "en", group: str = "big-tech") -> bytes:
    """Return a zip file with the page, the recording, the catalogue's rows used, and versions.

    From the recording, with the version that it names, the same bytes come again elsewhere.

    Parameters
    ----------
    made, lang, group
        As for :func:`bundle`.
    """
    page = bundle(made, lang=lang, group=group)
    graph = build(made)
    raw = to_bytes(made)
    about = {
        "depgraph": __version__,
        "catalogue": str(graph.graph.get("catalogue", "")),
        "command": f"depgraph bundle recording.jsonl --lang {lang} --group {group} -o story.html",
        "sha256": {"recording.jsonl": sha256(raw).hexdigest()},
    }
    held = {
        "story.html": page.html.encode(),
        "recording.jsonl": raw,
        "catalogue.json": _json(dict(_used(graph.nodes))),
        "about.json": _json(about),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made_zip:
        for name, content in held.items():
            made_zip.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _used(nodes: Any) -> Iterator[tuple[str, Any]]:
    """Yield the rows of the catalogue that the nodes of a graph stand for."""
    rows = load_catalogue()
    for node in nodes:
        kind, _, name = node.partition(":")
        if kind == "provider" and name in rows.providers:
            yield node, to_json_value(asdict(rows.providers[name]))
        elif kind == "company" and name in rows.companies:
            yield node, to_json_value(asdict(rows.companies[name]))
