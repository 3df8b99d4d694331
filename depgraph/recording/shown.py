"""A recording as HTML, for Jupyter: what was asked, of whom, when, and what came back."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from depgraph.observations import Observation, Status, as_cited, days_text
from depgraph.text_safety import one_line

if TYPE_CHECKING:
    from depgraph.recording.model import Recording

MOST = 100
_STYLE = (
    ".depgraph-recording{font-size:90%;overflow:auto;max-height:26em}"
    ".depgraph-recording p{margin:.2em 0}"
    ".depgraph-recording table{border-collapse:collapse}"
    ".depgraph-recording th,.depgraph-recording td{text-align:left!important;vertical-align:top;"
    "padding:.15em .8em .15em 0;border-bottom:1px solid rgba(128,128,128,.35);"
    "max-width:26em;overflow-wrap:break-word}"
    ".depgraph-recording td:nth-child(3),.depgraph-recording td:nth-child(4){white-space:nowrap}"
)
_HEAD = ("question", "answer", "evidence", "days", "source")


def to_html(recording: Recording, *, most: int = MOST) -> str:
    """Lay out the first `most` observations as a table; everything is escaped at the leaf."""
    title = recording.header.title
    out = [
        f'<div class="depgraph-recording"><style>{_STYLE}</style>',
        f"<p>{escape(one_line(repr(recording).strip('<>')))}</p>",
        f"<p>{escape(one_line(title))}</p>" if title else "",
        "<table><thead><tr>",
        *(f'<th scope="col">{name}</th>' for name in _HEAD),
        "</tr></thead><tbody>",
        *(_row(one) for one in recording.observations[:most]),
        "</tbody></table>",
    ]
    if (left := len(recording) - most) > 0:
        out.append(f"<p>and {left} more</p>")
    out += [f"<p>{escape(one_line(problem))}</p>" for problem in recording.problems]
    return "".join([*out, "</div>"])


def _row(one: Observation) -> str:
    source = as_cited(one.citation) or " ".join(
        filter(None, (one.source, one.server_name or one.server))
    )
    cells = (
        f"{one.subject} {one.type}",
        "; ".join(one.values) if one.status is Status.ANSWER else one.status.value,
        one.evidence.value,
        days_text(one.time.date(), one.end.date()),
    )
    whole = escape(one_line(source, limit=2000))
    return (
        "<tr>"
        + "".join(f"<td>{escape(one_line(cell))}</td>" for cell in cells)
        + f'<td title="{whole}">{escape(one_line(source, limit=90))}</td></tr>'
    )
