"""The report of a survey as one file: pictures, tables that sort, each service; all offline."""

from __future__ import annotations

from base64 import b64encode
from typing import Any, Final

from depgraph.names import shown
from depgraph.parameters import checked
from depgraph.pictures.engine.svg import safe, to_svg
from depgraph.pictures.kinds.concentration import concentration
from depgraph.pictures.kinds.survey import survey as draw_survey
from depgraph.pictures.offline import Page, asset, offline
from depgraph.rendering import blocks, html
from depgraph.survey.result import Survey
from depgraph.survey.stored import FEW
from depgraph.texts import words
from depgraph.vocabulary import Function, Layer

_STYLE: Final = (
    "body{font:15px/1.45 system-ui,sans-serif;margin:0 auto;max-width:72em;padding:1em}"
    "img{max-width:100%;height:auto}#each{overflow-x:auto}"  # a wide table widens no page
    "th{cursor:pointer}th button{all:unset;cursor:pointer}"
    "table{border-collapse:collapse}#services td,#services th{text-align:left;padding:.15em .6em "
    ".15em 0;border-bottom:1px solid #8885;vertical-align:top}"
)
_SHOWN: Final = 200  # services in the page's table at a time


@checked()
def survey_page(made: Survey, *, lang: str = "en", group: str = "big-tech") -> Page:
    """Make the page of a survey.

    Parameters
    ----------
    made
        The survey.
    lang
        A language of :func:`depgraph.texts.languages`.
    group
        Whose bars are filled in the pictures.

    Raises
    ------
    QuestionError
        If there is no such language or group.
    """
    table = words(lang)
    document = blocks(made, lang)
    title = str(document[0].text)  # type: ignore[union-attr]
    body = html.to_html(document, lang=lang)
    pictures = _pictures(made, lang, group) if len(made) else ""
    # The fragment of the report brings a style of its own, once.
    inner = body[body.index("<style>") + len("<style>") : body.index("</style>")]
    return offline(
        f"""<main>{body}{pictures}
<section id="each" hidden><p>{safe(table["survey.page.rows"])}</p>
<label>{safe(table["survey.page.search"])} <input id="find" type="search"></label>
<span id="shown" role="status"></span>
<table id="services"><thead></thead><tbody></tbody></table></section>
</main>""",
        lang=lang,
        title=title,
        script=asset("survey.js"),
        styles=(_STYLE, inner),
        data=_data(made, lang),
    )


def _pictures(made: Survey, lang: str, group: str) -> str:
    """Return the pictures of a survey as HTML; what they count is held no longer."""
    tallied = made.tallied(group)
    found = ""
    for drawn in (
        draw_survey(tallied, lang=lang, group=group),
        concentration(tallied, lang=lang, group=group),
    ):
        svg = to_svg(drawn).encode()
        found += (
            f'<p><img alt="{safe(drawn.alt)}" '
            f'src="data:image/svg+xml;base64,{b64encode(svg).decode()}"></p>'
        )
    return found


def _data(made: Survey, lang: str) -> dict[str, Any]:
    """Return the services for the script: a row of texts each, and the heads of the columns."""
    table = words(lang)
    layers = [count.layer for count in made.layer_counts if not count.aside]
    who = made.cells(lang=lang)
    joined = [] if made.owners is None else made.owners.schema.names[1:]
    states = [function.value.replace("-", "_") for function in Function]
    services = made.services.select(["service", *states, *joined])
    heads = [table["survey.service"]]
    heads += [table.function(function.value) for function in Function]
    heads += [
        table["survey.page.layer"].format(layer=table.brief(f"layer.{Layer(layer).value}"))
        for layer in layers
    ]
    rows = []
    for row in (row for part in services.to_batches(max_chunksize=FEW) for row in part.to_pylist()):
        standing = who[row["service"]]
        rows.append(
            [
                shown(row["service"]),
                *(table[f"state.{row[name]}"] if row[name] else "" for name in states),
                *(shown(standing[layer]) for layer in layers),
                *(row[name] or "" for name in joined),
            ]
        )
    return {
        "heads": [*heads, *joined],
        "rows": rows,
        "most": _SHOWN,
        "shown": table["survey.page.shown"],
    }
