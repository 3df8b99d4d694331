"""Through whom a name was registered at its registrar: the reseller that the registration names."""

from __future__ import annotations

from depgraph.analysis.model import Model
from depgraph.analysis.naming import Lexicon
from depgraph.errors import QuestionError
from depgraph.names import registered_domain
from depgraph.providers.rules import plain, short_name


def reseller_of(model: Model) -> str:
    """Return who sold the name of the service, as its registration says; nothing if it does not."""
    subject = str(model.about.get("subject", ""))
    node = model.number.get(f"registration:{registered_domain(subject) or subject}")
    return "" if node is None else str(model.nodes[node].get("reseller", ""))


def is_called(name: str, words: str, lexicon: Lexicon) -> bool:
    """Tell whether words of a claim mean somebody of a name that the catalogue may not have.

    Parameters
    ----------
    name
        As a record has it: "Example Names, Inc.".
    words
        As a claim has them: "Example Names".
    """
    if plain(short_name(name)) == plain(short_name(words)):
        return True
    try:
        theirs, meant = (set(lexicon.meanings(text)) for text in (name, words))
    except QuestionError:  # a number that is nobody's
        return False
    return bool(theirs & meant)
