"""Where tables are published: ``publishers.csv``, one row a table, each with its documentation."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from urllib.parse import urljoin

from depgraph.errors import TableError
from depgraph.providers.tables._model import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    r"""One table and where it is published.

    Parameters
    ----------
    id
        Id of the source: what `depgraph tables` calls it.
    form, kind, provider
        As in :class:`~depgraph.providers.tables.Table`; what comes must be of this form.
    url
        The table; or, where `index` is given, a page that names the newest.
    index
        Regular expression of the address of a table on that page; the last of the newest day
        counts. A relative one stands below the page.
    documentation
        The publisher's own page, or the one that says where it publishes.
    """

    id: str
    form: str
    kind: Kind
    url: str
    documentation: str
    provider: str = ""
    index: str = ""

    def newest(self, page: str) -> str:
        """Find the address of the newest table on the page that names it.

        Raises
        ------
        TableError
            If the page names none.
        """
        found = [match.group() for match in re.finditer(self.index, page)]
        if not found:
            raise TableError(
                f"expected {self.url} to name a table of {self.id}, found none: the publisher has "
                f"changed the page; see {self.documentation}, fetch the file, and install it with --from"
            )
        return urljoin(self.url, max(found, key=_days))


def _days(address: str) -> list[str]:
    return re.findall(r"\d{8}(?:-\d{4})?", address)


@cache
def publishers() -> dict[str, Publisher]:
    """Give the publishers known, by id, in the order in which their tables are preferred."""
    text = (resources.files(__package__) / "publishers.csv").read_text("utf-8")
    rows = csv.DictReader(io.StringIO(text))
    return {
        row["id"]: Publisher(
            id=row["id"],
            form=row["form"],
            kind=Kind(row["kind"]),
            url=row["url"],
            documentation=row["documentation"],
            provider=row["provider"],
            index=row["index"],
        )
        for row in rows
    }


def chosen(ids: Iterable[str] | None) -> list[Publisher]:
    """Give the publishers asked for, all if None.

    Raises
    ------
    TableError
        If one is not known.
    """
    known = publishers()
    wanted = list(known if ids is None else ids)
    if unknown := sorted(set(wanted) - set(known)):
        raise TableError(
            f"expected sources among {', '.join(known)}, found {', '.join(unknown)[:80]}"
        )
    return [known[name] for name in wanted]
