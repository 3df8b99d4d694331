"""Who is meant by a word in a survey, and what becomes of its services without them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from depgraph.analysis.actors import one_meaning
from depgraph.analysis.naming import Lexicon
from depgraph.analysis.verdicts import State
from depgraph.errors import QuestionError
from depgraph.providers import Catalogue
from depgraph.survey.operators import named
from depgraph.survey.shared import Shared
from depgraph.survey.tables import LEVELS
from depgraph.survey.tally import label_of
from depgraph.text_safety import quote

_STATES: Final = (State.WORKS, State.UNDETERMINED, State.FAILS)


class Withdrawals:
    """What becomes of services if some actors withdraw.

    Parameters
    ----------
    circuits
        The rows of the table `circuits`.
    operators
        Operators with several names, as the survey has them.
    labels
        Returns by actor its text for people; it is counted once a name is not the catalogue's.
    """

    def __init__(
        self,
        circuits: Iterable[Mapping[str, Any]],
        operators: Any,
        labels: Callable[[], Mapping[str, str]],
    ) -> None:
        self._shared = Shared(circuits)
        self._operators, self._label = operators, labels

    @cached_property
    def _labels(self) -> Mapping[str, str]:
        return self._label()

    def states(self, actors: str | Iterable[str], catalogue: Catalogue) -> list[dict[str, Any]]:
        """Return each function of each service with its state: see :meth:`Survey.without`."""
        chosen = self.chosen(actors, Lexicon(catalogue))
        states = self._shared.states([chosen])[:, 0]
        return [
            {"service": service, "function": function, "state": _STATES[state].value}
            for (service, function), state in zip(self._shared.functions, states, strict=True)
        ]

    def fallen(self, actors: Sequence[str], catalogue: Catalogue) -> list[dict[str, Any]]:
        """Count for each of some actors the services that fall: see :meth:`Survey.fallen`."""
        lexicon = Lexicon(catalogue)
        chosen = [self.chosen(actor, lexicon) for actor in actors]
        counts = self._shared.counts(chosen)
        return [
            {
                "actor": actor,
                "label": self.called(actor, several),
                "fails": fails,
                "undetermined": undetermined,
            }
            for actor, several, (fails, undetermined) in zip(actors, chosen, counts, strict=True)
        ]

    def chosen(self, actors: str | Iterable[str], lexicon: Lexicon) -> list[str]:
        """Return the node ids that some names mean, in whatever graph of the survey they are."""
        found: dict[str, None] = {}
        for word in [actors] if isinstance(actors, str) else list(actors):
            try:
                ids = _ids(word, lexicon)
            except QuestionError:
                ids = self._printed.get(word, ())
                if not ids:
                    raise
            for actor in ids:
                one = self._one.get(actor, actor)
                found |= dict.fromkeys((one, *self._also.get(one, ())))
        if not found:
            raise QuestionError("expected one actor or more, found none")
        return list(found)

    @cached_property
    def _printed(self) -> Mapping[str, Sequence[str]]:
        """Text for people -> whom it stands for: see :func:`label_of`."""
        found: dict[str, list[str]] = {}
        for actor in sorted({*self._labels, *self._also}):
            found.setdefault(label_of(self._labels, actor), []).append(actor)
        return found

    @cached_property
    def _one(self) -> Mapping[str, str]:
        """Id that an operator has in the graph of some service -> that by which it is counted."""
        return dict(named(self._operators))

    @cached_property
    def _also(self) -> Mapping[str, Sequence[str]]:
        """Operator -> the ids that it has in the graphs of some services besides."""
        found: dict[str, list[str]] = {}
        for actor, one in self._one.items():
            found.setdefault(one, []).append(actor)
        return found

    def called(self, word: str, ids: Sequence[str]) -> str:
        """Return whom a word means, for people: a group of several is called by the word."""
        texts = dict.fromkeys(label_of(self._labels, one) for one in ids if one not in self._one)
        return next(iter(texts)) if len(texts) == 1 else word


def _ids(word: str, lexicon: Lexicon) -> Sequence[str]:
    """Return the node ids that a name means by the catalogue, whatever graph they are in."""
    kind, _, rest = word.partition(":")
    if kind in set(LEVELS) and rest.startswith("~"):
        return (word,)
    meaning = one_meaning(lexicon, word)
    group = meaning.kind == "group"
    ids = lexicon.catalogue.groups[meaning.id].nodes if group else (meaning.node,)
    strangers = [one for one in ids if one.partition(":")[0] not in set(LEVELS)]
    if strangers or not ids:
        raise QuestionError(f"expected a group, company, provider or country, found {quote(word)}")
    return ids


def members_of(group: str, catalogue: Catalogue) -> set[str]:
    """Return the node ids that belong to a group, company or country, wherever it is met.

    Raises
    ------
    QuestionError
        If it means nobody, or may mean several.
    """
    meaning = one_meaning(Lexicon(catalogue), group)
    if meaning.kind == "group":
        return set(catalogue.groups[meaning.id].nodes)
    return {meaning.node}
