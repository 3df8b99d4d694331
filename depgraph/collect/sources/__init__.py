"""The sources of observations: a module each, found here by being here.

==============  ====================================================================
`dns`           name servers, from the root down or at a resolver
`origin`        Team Cymru's zones: who announces an address, and what an AS is called
`holder`        RDAP of the regional registries: who holds an address block
`registration`  RDAP and WHOIS: who registered a name, who runs a top-level domain
`certificate`   TLS on port 443: the certificate that a host serves
==============  ====================================================================

:class:`depgraph.collect.source.Source` says what a source is and how one is added.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable
from functools import cache

from depgraph.collect.source import Source
from depgraph.errors import CollectionError


@cache
def available() -> tuple[type[Source], ...]:
    """Return the sources of this package, in the order of their modules' names."""
    sources: list[type[Source]] = []
    for module in pkgutil.iter_modules(__path__):
        namespace = vars(importlib.import_module(f"{__name__}.{module.name}"))
        sources += [
            value
            for value in namespace.values()
            if isinstance(value, type)
            and issubclass(value, Source)
            and value.__module__ == f"{__name__}.{module.name}"
        ]
    return tuple(sources)


def select(options: Iterable[str]) -> tuple[type[Source], ...]:
    """Return the sources that a collection asks.

    Parameters
    ----------
    options
        Words of the options that are on; a source without an option is always asked.

    Returns
    -------
    tuple of type
        Subclasses of :class:`Source`.

    Raises
    ------
    CollectionError
        If a word is no source's option.
    """
    chosen = {"", *options}
    known = {source.option for source in available()}
    if unknown := sorted(chosen - known):
        raise CollectionError(
            f"expected sources among {', '.join(sorted(known - {''}))}, found {unknown[0]!r}"
        )
    return tuple(source for source in available() if source.option in chosen)
