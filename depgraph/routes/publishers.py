"""Where tables are published: ``publishers.csv``, one row a table, each with its documentation."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from urllib.parse import urljoin

from depgraph.errors import TableError
from depgraph.routes.model import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """One table and where it is published.

    `id` is what `depgraph tables` calls it; `form`, `kind` and `provider` are those of
    :class:`Table`, and what comes must be of this form. `url` is the table; or, where `index` is
    given, a page that names the newest. `index` is the regular expression of the address of a
    table on that page; the last of the newest day counts, a relative one stands below the page.
    `documentation` is the publisher's own page, or the one that says where it publishes.
    """

    id: str
    form: str
    kind: Kind
    url: str
    documentation: str
    provider: str = ""
    index: str = ""

    def newest(self, page: str) -> str:
        """Return the address of the newest table that a page names.

        Raises
        ------
        TableError
            If the page names none.
        """
        addresses = [match.group() for match in re.finditer(self.index, page)]
        if not addresses:
            raise TableError(
                f"expected {self.url} to name a table of {self.id}, found none: the publisher has "
                f"changed the page; see {self.documentation}, fetch the file, and install it with --from"
            )
        return urljoin(self.url, max(addresses, key=_days))


def _days(address: str) -> list[str]:
    return re.findall(r"\d{8}(?:-\d{4})?", address)


@cache
def publishers() -> dict[str, Publisher]:
    """Return the publishers known, by id, in the order in which their tables are preferred."""
    text = (resources.files(__package__) / "publishers.csv").read_text("utf-8")
    known: dict[str, Publisher] = {}
    for row in csv.DictReader(text.splitlines()):
        kind = Kind(row.pop("kind"))
        known[row["id"]] = Publisher(**row, kind=kind)
    return known
