"""The words of a report, out of the table of a language."""

from __future__ import annotations

from collections.abc import Mapping

from depgraph import texts

_OWN = "report."


def words(lang: str) -> Mapping[str, str]:
    """Give the texts of a language, those of reports without their ``report.``, and its code as ``lang``.

    Raises
    ------
    QuestionError
        If there is no table for it.
    """
    table = texts.words(lang)
    own = {k[len(_OWN) :]: v for k, v in table.items() if k.startswith(_OWN)}
    return {**table, **own, "lang": lang}
