"""Record sets as exports of zones hold them, whatever the form: what every reader of one makes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeAlias

from depgraph.names import canonical, is_below
from depgraph.readers.extent import Part, Remark
from depgraph.readers.lines import BadLine
from depgraph.text_safety import quote
from depgraph.vocabulary import Sent

ALIASES: Final = frozenset({"ALIAS", "ANAME", "R53_ALIAS", "AZURE_ALIAS"})
"""Words for a target that the operator resolves by itself."""
NO_TYPE: Final = "expected a type of record that is read, found {}"
POLICY: Final = "chosen by a routing policy"
BY_TURNS: Final = "{} {}: a routing policy chooses what each client is answered ({})"
RESOURCE: Final = "a resource of Azure, not a name"
PRIVATE: Final = "of a private zone, which the public does not see"
_FEW: Final = 8  # providers of a zone that are named


class Turn(NamedTuple):
    """Which clients are answered a set, where a routing policy gives others another.

    Parameters
    ----------
    to
        Whither they are sent, in the operator's word.
    of
        The type of the sets among which the policy chooses.
    weight
        In what proportion, if it goes by that.
    """

    to: str
    of: str
    weight: float | None = None


class Item(NamedTuple):
    """One record set: its place in the file, its zone if that is said, owner, type, TTL and data.

    `chosen` tells by what the server chooses an answer that the file does not have, or not whole;
    `single`, that others of the set may stand elsewhere in the file; `turn`, who is answered it;
    `sent` the same as the vantage of an observation.
    """

    number: int
    zone: str
    owner: str
    kind: str
    ttl: int | None
    values: tuple[str, ...]
    front: str = ""
    provider: str = ""
    chosen: str = ""
    single: bool = False
    turn: Turn | None = None
    sent: str = ""


Found: TypeAlias = Item | BadLine | Part
Sets: TypeAlias = Iterable[Found]


def each_set(
    rows: Iterable[Any], read: Callable[[int, Any], Sets], *, first: int = 1
) -> Iterator[Found]:
    """Yield what stands in the rows of a document; one that is not as documented is told, and left out.

    Parameters
    ----------
    rows
        The rows.
    read
        Gives what stands in one, by its number.
    first
        Number of the first.
    """
    for number, row in enumerate(rows, start=first):
        try:
            found = list(read(number, row))
        except (AttributeError, TypeError, KeyError, ValueError) as error:
            what = f"expected a record set as documented, found another ({quote(str(error))})"
            found = [BadLine(number, what)]
        yield from found


def in_turn(items: Sequence[Item]) -> Iterator[Item | Remark]:
    """Write down who is answered each set, with the share of clients where a policy goes by weight.

    One without weight among others that have some is given to nobody, and is told.
    """
    weights: dict[tuple[str, str, str], list[float]] = {}
    for item in items:
        if item.turn is not None and item.turn.weight is not None:
            weights.setdefault((item.zone, item.owner, item.turn.of), []).append(item.turn.weight)
    for item in items:
        if item.turn is None:
            yield item
        elif item.turn.weight is None:
            yield item._replace(sent=str(Sent(item.turn.to)))
        else:
            among = weights[item.zone, item.owner, item.turn.of]
            weight, whole = (item.turn.weight, sum(among)) if any(among) else (1, len(among))
            if weight == whole:
                yield item
            elif weight:
                share = max(1, round(100 * weight / whole))
                yield item._replace(sent=str(Sent(item.turn.to, share)))
            else:
                what = f"{quote(item.owner)} {quote(item.turn.of)} of {quote(item.turn.to)}"
                error = f"left out {what}: its weight is 0, so that no client is given it"
                yield Remark(0, error)


def spoken(word: str) -> str:
    """Return the word for whom a set of Route 53 is given to, as it is told."""
    return {"*": "default", "PRIMARY": "primary", "SECONDARY": "secondary"}.get(word, word)


def by_policy(item: Item, policy: Mapping[str, Any]) -> Iterator[Item]:
    """Give the sets that a policy of Google's chooses between, in the words of its API.

    Load balancers that are checked for health have fields of their own there, and no data: beside
    them all that has data is one set, which is not whole.
    """
    first = policy.get("primaryBackup") or {}
    parts = [policy.get("wrr"), policy.get("geo"), first.get("backupGeoTargets")]
    rows = [row for part in parts if part for row in part.get("items") or ()]
    values = [tuple(map(str, row.get("rrdatas") or ())) for row in rows]
    if first or not all(values) or any(row.get("healthCheckedTargets") for row in rows) or not rows:
        several = dict.fromkeys(value for one in values for value in one)
        yield item._replace(values=tuple(several), chosen=POLICY)
        return
    for row, one in zip(rows, values, strict=True):
        turn = Turn(str(row.get("location") or one[0]), item.kind, row.get("weight"))
        yield item._replace(values=one, turn=turn)


def absolute(owner: str, zone: str) -> str:
    """Return the canonical name of an owner; one without its last dot, and not in the zone, is relative."""
    bare = canonical(owner)
    if owner in {"", "@"}:
        return zone
    return bare if owner.endswith(".") or not zone or is_below(bare, zone) else f"{bare}.{zone}"


def not_served_by_one(zone: str, providers: Sequence[str]) -> Remark:
    """Tell that the records of a zone are with several providers, of which it may be any."""
    several = ", ".join(map(quote, providers[:_FEW]))
    return Remark(0, f"who serves {quote(zone)} is not read: its providers are {several}")


def ttl_of(value: Any) -> int | None:
    """Return a TTL in seconds; None for what is none, or stands for *automatic* (1)."""
    return value if type(value) is int and 1 < value < 2**32 else None


def words_of(row: dict[str, Any], fields: Iterable[str]) -> str:
    """Return the data of a record that stand in fields, in their order."""
    return " ".join(word_of(field, row[field]) for field in fields)


def word_of(field: str, value: Any) -> str:
    """Return one field of the data; a text in quotation marks."""
    text = str(value)
    return f'"{text}"' if field == "value" and '"' not in text else text


def quoted(text: str) -> str:
    """Write a text as strings of a TXT record (RFC 1035, 3.3.14: of at most 255 octets each)."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return " ".join(f'"{escaped[i : i + 250]}"' for i in range(0, len(escaped) or 1, 250))
