"""Reports as HTML, for Jupyter and as a page of its own. Everything is escaped at the leaf."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from depgraph.reporting.report import Report
from depgraph.reporting.text import cells, function_heading, heading, layout, preamble, summary
from depgraph.reporting.words import words
from depgraph.text_safety import one_line

# Scoped to the report, readable in light and dark notebooks: only the reader's own colours.
_STYLE = (
    ".depgraph-report{font-family:sans-serif;font-size:90%}"
    ".depgraph-report table{border-collapse:collapse;margin:.3em 0 1em}"
    ".depgraph-report th,.depgraph-report td{text-align:left!important;vertical-align:top;"
    "padding:.15em .8em .15em 0;border-bottom:1px solid rgba(128,128,128,.35)}"
    ".depgraph-report tr.unknown td{font-style:italic}"
)


def to_html(report: Report, *, lang: str = "en") -> str:
    """Lay the report out as an HTML fragment."""
    say = words(lang)
    out = [
        f'<div class="depgraph-report" lang="{escape(lang)}"><style>{_STYLE}</style>',
        f"<h3>{escape(heading(report, say))}</h3>",
    ]
    out += [f"<p>{escape(line)}</p>" for line in preamble(report, say)]
    out.append(_table(summary(report, say)))
    blocks = layout(report, say)
    for function in report.functions:
        out.append(f"<h4>{escape(function_heading(function, say))}</h4>")
        for title, group in blocks[function.function]:
            if title:
                out.append(f"<p>{escape(title)}</p>")
            if not group:
                continue
            head = (say["layer"], say["who"], say["for"], say["evidence"])
            rows = [head, *(cells(report, line, say) for line in group)]
            out.append(_table(rows, unknown=[line.unknown for line in group]))
    if report.citations:
        items = "".join(f"<li>{escape(one_line(c, limit=4000))}</li>" for c in report.citations)
        out.append(f"<p>{escape(say['sources'])}</p><ol>{items}</ol>")
    return "".join([*out, "</div>"])


def _table(rows: Sequence[Sequence[str]], *, unknown: Sequence[bool] = ()) -> str:
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in rows[0])
    body = []
    for number, row in enumerate(rows[1:]):
        kind = ' class="unknown"' if number < len(unknown) and unknown[number] else ""
        body.append(f"<tr{kind}>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>")
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>"


def to_page(report: Report, *, lang: str = "en") -> str:
    """Lay the report out as a whole HTML page that asks the network for nothing."""
    title = escape(heading(report, words(lang)))
    return (
        f'<!doctype html><html lang="{escape(lang)}"><head><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        '<meta name="viewport" content="width=device-width">'
        f"<title>{title}</title></head><body><main>{to_html(report, lang=lang)}</main></body></html>\n"
    )
