"""Of what service a sentence speaks, where it is called otherwise than the one that is looked at."""

from __future__ import annotations

from depgraph.analysis.grammar.names import Names
from depgraph.folding import fold
from depgraph.names import registered_domain

_SHORTEST = 3
"""Letters of a name that may stand within another ("Telegram Messenger")."""


def stranger(names: Names, lead: str) -> str:
    """Return how the subject of a clause is called, if that is no name of the service.

    Parameters
    ----------
    names
        What the service is called, and the words of the language.
    lead
        What stands before what is said.

    Returns
    -------
    str
        As written; empty where nobody is named, the service is, or no service is looked at.

    Notes
    -----
    A word that begins a sentence has a capital, too: one that occurs in what people say of services
    ("Hosting") is no name.
    """
    if not names.of_service:
        return ""
    match = names.grammar.subject.fullmatch(lead)
    if match is None:
        return ""
    who = match["who"]
    first = who.split()[0].casefold()
    is_word = not names.grammar.vocabulary.isdisjoint({first, first.rstrip("s")})
    return "" if is_word or _is_own(names, who) else who


def is_domain(who: str) -> bool:
    """Tell whether a name is that of a domain."""
    return "." in who and registered_domain(who) is not None


def _is_own(names: Names, who: str) -> bool:
    called, *own = (fold(one).replace(" ", "") for one in (who, *names.of_service))
    return any(one.startswith(called) or (len(one) >= _SHORTEST and one in called) for one in own)
