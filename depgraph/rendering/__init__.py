"""How results read: as blocks of text in a language, laid out for a terminal, a page, a document.

======================= ==================================================================
blocks                  what a text is made of: headings, paragraphs, tables, lists
takedown ... report     one module a question: what is said, in which order
phrases ... roles       what several of them say
text, markdown, html    blocks laid out
======================= ==================================================================

Results know nothing of it but one name (:mod:`depgraph.analysis.results`); the words of a
language are in :mod:`depgraph.texts`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatch

from depgraph.analysis.change import Comparison
from depgraph.analysis.claims import Check
from depgraph.analysis.dependence import Dependence
from depgraph.analysis.explain import Explained
from depgraph.analysis.exposure import Exposure
from depgraph.analysis.findings import Findings
from depgraph.analysis.importance import Importance
from depgraph.analysis.precedents import Precedents
from depgraph.analysis.results import Result
from depgraph.analysis.takedown import Takedown
from depgraph.analysis.timeline import Timeline
from depgraph.analysis.wanted import Wanted
from depgraph.analysis.whatif import Without
from depgraph.analysis.who import Who
from depgraph.errors import QuestionError
from depgraph.rendering import html, markdown, text
from depgraph.rendering.blocks import Block, Document, Heading
from depgraph.rendering.brief import SCREEN, VERSIONS, brief
from depgraph.rendering.check import check
from depgraph.rendering.compare import compare
from depgraph.rendering.dependence import dependence
from depgraph.rendering.explain import explain
from depgraph.rendering.exposure import exposure
from depgraph.rendering.findings import findings
from depgraph.rendering.importance import importance
from depgraph.rendering.precedents import precedents
from depgraph.rendering.report import report
from depgraph.rendering.survey import moves, survey
from depgraph.rendering.takedown import takedown
from depgraph.rendering.timeline import timeline
from depgraph.rendering.wanted import wanted
from depgraph.rendering.who import who
from depgraph.rendering.without import without
from depgraph.rendering.writer import Writer
from depgraph.reporting.brief import Brief
from depgraph.reporting.report import Report
from depgraph.survey.compare import Moves
from depgraph.survey.result import Survey
from depgraph.texts import words

__all__ = ["blocks", "to_html", "to_markdown", "to_page", "to_text", "write"]


@singledispatch
def write(result: Result | Survey | Moves, w: Writer) -> Iterator[Block]:
    """Write a result: one function is registered for each class.

    Parameters
    ----------
    result
        The answer.
    w
        The words of a language.

    Raises
    ------
    TypeError
        If no function is registered for its class.
    """
    del w
    raise TypeError(f"expected a result that has a text, found {type(result).__name__}")


write.register(Brief, brief)
write.register(Check, check)
write.register(Comparison, compare)
write.register(Dependence, dependence)
write.register(Explained, explain)
write.register(Exposure, exposure)
write.register(Findings, findings)
write.register(Importance, importance)
write.register(Precedents, precedents)
write.register(Moves, moves)
write.register(Report, report)
write.register(Survey, survey)
write.register(Takedown, takedown)
write.register(Timeline, timeline)
write.register(Wanted, wanted)
write.register(Who, who)
write.register(Without, without)


def blocks(result: Result | Survey | Moves, lang: str = "en") -> Document:
    """Return a result as blocks of text.

    Parameters
    ----------
    result
        An answer of an analysis, or a report.
    lang
        A language of :func:`depgraph.texts.languages`.

    Returns
    -------
    tuple of Block

    Raises
    ------
    QuestionError
        If there is no such language.
    """
    return tuple(write(result, Writer(lang)))


def to_text(
    result: Result | Survey | Moves, *, lang: str = "en", width: int = 110, styled: bool = False
) -> str:
    """Return a result as plain text.

    Parameters
    ----------
    result, lang
        As in :func:`blocks`.
    width
        Columns, at least 20; no line is longer.
    styled
        Bold and dim type, for a terminal.

    Raises
    ------
    QuestionError
        If there is no such language, or the width is less than that.
    """
    if width < text.NARROWEST:
        raise QuestionError(f"expected a width from {text.NARROWEST} columns, found {width}")
    colon = words(lang)["colon"]
    made = ""
    for document in _versions(result, lang):
        made = text.to_text(document, width=width, colon=colon, styled=styled)
        if width < SCREEN[0] or made.count("\n") <= SCREEN[1]:
            break
    return made


def _versions(result: Result | Survey | Moves, lang: str) -> Iterator[Document]:
    """Yield a result as blocks: what has to fit a screen in several versions, the longest first."""
    if isinstance(result, Brief):
        for most in VERSIONS:
            yield tuple(brief(result, Writer(lang), most))
    else:
        yield blocks(result, lang)


def to_markdown(result: Result | Survey | Moves, *, lang: str = "en") -> str:
    """Return a result as Markdown: see :func:`blocks`."""
    return markdown.to_markdown(blocks(result, lang))


def to_html(result: Result | Survey | Moves, *, lang: str = "en") -> str:
    """Return a result as an HTML fragment: see :func:`blocks`."""
    return html.to_html(blocks(result, lang), lang=lang)


def to_page(result: Result | Survey | Moves, *, lang: str = "en") -> str:
    """Return a result as a whole HTML page that asks the network for nothing."""
    made = blocks(result, lang)
    title = next(str(block.text) for block in made if isinstance(block, Heading))
    return html.to_page(made, lang=lang, title=title)
