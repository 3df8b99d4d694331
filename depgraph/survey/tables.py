"""The tables of a survey: their columns, what each means, and their form in Arrow.

The schema is :data:`VERSION`; it stands in the metadata of every Parquet file, and a table of
another version is not read. Each row of :data:`TABLES` is about one service (`service`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from depgraph.errors import TableError
from depgraph.extras import missing
from depgraph.vocabulary import Function, Level

VERSION: Final = 4
LEVELS: Final = (Level.PROVIDER, Level.COMPANY, Level.COUNTRY)
"""The levels at which a survey tells actors apart."""

TEXT: Final = "text"
TEXTS: Final = "texts"
NUMBER: Final = "number"
NUMBERS: Final = "numbers"
SWITCH: Final = "switch"


class Column(NamedTuple):
    """One column: its name, its form (one of the words above), and what it says."""

    name: str
    form: str
    meaning: str


def state_column(function: str) -> str:
    """Return the column of `services` with the state of a function.

    >>> state_column("web-www")
    'web_www'
    """
    return function.replace("-", "_")


def _of_functions() -> tuple[Column, ...]:
    columns = []
    for function in Function:
        name = state_column(function.value)
        columns += [
            Column(name, TEXT, f"state of {function.value} as recorded; empty: not a function"),
            Column(
                f"{name}_alone",
                TEXT,
                f"whether some company alone can stop {function.value}: yes, no, undetermined; "
                "empty: not a function, or not offered",
            ),
        ]
    return tuple(columns)


TABLES: Final[Mapping[str, tuple[Column, ...]]] = MappingProxyType(
    {
        "services": (
            Column("service", TEXT, "its name, canonical"),
            Column("since", TEXT, "first day that the verdict is for (ISO 8601)"),
            Column("until", TEXT, "last day"),
            Column(
                "complete",
                SWITCH,
                "whether the collection came to its end, and met no limit on its way",
            ),
            Column("present", SWITCH, "whether there is such a name; empty: not known"),
            *_of_functions(),
            Column("other_functions", TEXTS, "further host names, as `function=state`"),
            Column(
                "asked",
                TEXTS,
                "types of what was asked of it, and of names below it, on these days",
            ),
            Column("servers", TEXTS, "name servers of the service, by name"),
            Column("server_domains", TEXTS, "registered domains of these"),
            Column(
                "exchangers",
                TEXTS,
                "mail exchangers of the service, by name; its own where it has no MX record "
                "(RFC 5321, section 5.1)",
            ),
            Column("observations", NUMBER, "how many there are of it"),
            Column("cuts_left_out", NUMBER, "cut sets past the limit for one service"),
        ),
        "layers": (
            Column("service", TEXT, "the service"),
            Column("function", TEXT, "web, web-www, mail, name, or web:HOST"),
            Column("layer", TEXT, "a layer of depgraph.vocabulary.Layer"),
            Column("kind", TEXT, "provider, own, anyone, nobody (known to be so), unknown"),
            Column("actor", TEXT, "node id of a provider; empty where nobody is named"),
            Column("label", TEXT, "of the actor, for people"),
            Column("name", TEXT, "of the topmost company, or of the actor, for people"),
            Column("company", TEXT, "id of the topmost company; of the actor where none is known"),
            Column("companies", TEXTS, "ids of its companies, the nearest first"),
            Column("country", TEXT, "id of the country whose law binds the topmost company"),
            Column("confidence", TEXT, "that the actor stands there: certain, likely, possible"),
            Column(
                "company_confidence",
                TEXT,
                "that `company` does: no surer, for that it owns the actor may be less sure; empty where nobody is named",
            ),
            Column(
                "country_confidence",
                TEXT,
                "the same of `country`; empty where none is known",
            ),
            Column("needed", SWITCH, "whether the function needs it on some way"),
            Column("rule", TEXT, "of the catalogue that names it"),
            Column("evidence", TEXT, "class of the evidence"),
            Column("whole", SWITCH, "whether nobody else can be in this layer of the function"),
            Column("met", SWITCH, "whether somebody, or something unknown, stands just there"),
            Column("failed", SWITCH, "whether something that was asked of it is not known"),
            Column("unasked", SWITCH, "whether something that tells of it was not asked"),
            Column("why", TEXT, "why it is not whole, coded"),
        ),
        "cuts": (
            Column("service", TEXT, "the service"),
            Column("function", TEXT, "which it stops"),
            Column("level", TEXT, "provider, company, country"),
            Column("members", TEXTS, "node ids"),
            Column("names", TEXTS, "the same for people"),
            Column("size", NUMBER, "how many; 0: somebody unknown may do it alone"),
            Column("confidence", TEXT, "certain, likely, possible"),
            Column("worst_case", SWITCH, "whether it holds only if what is not known acts too"),
            Column("decisive", SWITCH, "whether it stops the function for more than an exception"),
            Column("own", SWITCH, "whether the service itself is a member"),
            Column(
                "levers",
                TEXTS,
                "by what each member stops it, while the others do all that they can, as "
                "`member lever layer`; all that it can do where no one thing is enough",
            ),
        ),
        "alone": (
            Column("service", TEXT, "the service"),
            Column("function", TEXT, "which it can stop"),
            Column("level", TEXT, "provider, company, country"),
            Column(
                "actor",
                TEXT,
                "node id of who certainly or likely stops it alone; at level company that of a "
                "provider where its company is not known",
            ),
            Column("lever", TEXT, "what it stops it by; empty where only by several levers"),
            Column("layer", TEXT, "in which layer; empty where only in several"),
            Column("confidence", TEXT, "certain, likely"),
        ),
        "unknowns": (
            Column("service", TEXT, "the service"),
            Column("function", TEXT, "of which it is not known"),
            Column("layer", TEXT, "in which layer"),
            Column("what", TEXT, "what is not known"),
            Column("of", TEXT, "of which name"),
            Column("reason", TEXT, "why, coded"),
            Column("hides", TEXTS, "layers of which not all is known because of it"),
        ),
        "aliases": (
            Column("service", TEXT, "in whose graph"),
            Column("actor", TEXT, "node id of an operator that the catalogue lacks"),
            Column("also", TEXT, "another id of it"),
            Column("reason", TEXT, "why these are one, coded"),
        ),
        "circuits": (
            Column("service", TEXT, "the service"),
            Column("inputs", TEXTS, "ids of actors; ?LEVEL: whoever is hidden at a level"),
            Column("code", NUMBERS, "its nodes, see depgraph.survey.circuit.encoded"),
            Column("functions", TEXTS, "those that it has"),
            Column("certain", NUMBERS, "the node of each, steps that are certain"),
            Column(
                "likely", NUMBERS, "the node of each, likely ones too; -1 never, -2 always fails"
            ),
        ),
        "refused": (
            Column("source", TEXT, "file that it came from"),
            Column("line", NUMBER, "line in it, 0 where it is of the whole"),
            Column("service", TEXT, "the service, where known"),
            Column("why", TEXT, "what was expected and what was found"),
        ),
        "notes": (
            Column("source", TEXT, "file that it came from, where one is known"),
            Column("line", NUMBER, "line in it, 0 where it is of the whole"),
            Column("service", TEXT, "the service, which was judged"),
            Column("why", TEXT, "what is to be said of how"),
        ),
    }
)
"""Table -> its columns."""

COUNTED: Final[Mapping[str, tuple[Column, ...]]] = MappingProxyType(
    {
        "operators": (
            Column(
                "actor", TEXT, "node id that some graph has for an operator the catalogue lacks"
            ),
            Column("one", TEXT, "node id by which the survey counts it"),
            Column("service", TEXT, "in whose graph the two were taken for one"),
            Column("reason", TEXT, "what that graph says of it, coded; inferred, they may be two"),
        ),
        "ranks": (
            Column("layer", TEXT, "a layer of depgraph.vocabulary.Layer"),
            Column("level", TEXT, "provider, company, country"),
            Column("actor", TEXT, "node id of who is counted"),
            Column("label", TEXT, "the same for people"),
            Column("services", NUMBER, "in how many services it certainly or likely stands there"),
            Column(
                "likely",
                NUMBER,
                "in how many of these it only likely does: that its operator stands there is likely, or that this is its own",
            ),
            Column(
                "most",
                NUMBER,
                "`services`, and those where something that was asked of the layer is not known: "
                "it may stand there too",
            ),
            Column(
                "widest",
                NUMBER,
                "`most`, and those where something that tells of the layer was not asked",
            ),
            Column(
                "strict",
                NUMBER,
                "of `services` those that have nobody else there, not even themselves",
            ),
            Column("loose", NUMBER, "the same, but they may also run the layer in part themselves"),
            Column(
                "alone",
                NUMBER,
                "of how many services it can stop a function by what it does in this layer alone, "
                "certainly or likely; also where it stands behind what they need",
            ),
        ),
    }
)
"""Table of what is counted from the others -> its columns; nothing in it is about one service only."""

Rows = dict[str, list[tuple[Any, ...]]]
"""Table -> its rows, each a tuple in the order of the columns."""


def no_rows() -> Rows:
    """Return every table, empty."""
    return {name: [] for name in TABLES}


def arrow() -> Any:
    """Return pyarrow.

    Raises
    ------
    TableError
        If it is not installed.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415  (optional)
    except ImportError:
        raise TableError(missing("pyarrow", "holds the tables of a survey", "survey")) from None
    return pa


def schema(table: str) -> Any:
    """Return the Arrow schema of a table; its metadata names the version.

    Raises
    ------
    TableError
        If pyarrow is not installed.
    """
    pa = arrow()
    forms = {
        TEXT: pa.string(),
        TEXTS: pa.list_(pa.string()),
        NUMBER: pa.int64(),
        NUMBERS: pa.list_(pa.int32()),
        SWITCH: pa.bool_(),
    }
    columns = {**TABLES, **COUNTED}[table]
    fields = [pa.field(column.name, forms[column.form]) for column in columns]
    return pa.schema(fields, metadata={"depgraph.survey": f"{table}/{VERSION}"})


def batch(table: str, rows: Sequence[tuple[Any, ...]]) -> Any:
    """Return rows of a table as a ``pyarrow.RecordBatch``."""
    pa = arrow()
    form = schema(table)
    columns = zip(*rows, strict=True) if rows else [()] * len(form)
    arrays = [
        pa.array(list(column), type=one.type) for column, one in zip(columns, form, strict=True)
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=form)


def batches(rows: Rows) -> dict[str, Any]:
    """Return every table as a batch."""
    return {name: batch(name, rows[name]) for name in TABLES}


def joined(table: str, parts: Iterable[Any]) -> Any:
    """Return batches of a table as one ``pyarrow.Table``, in the order of its rows' values.

    Raises
    ------
    TableError
        If a part is of another version of the schema.
    """
    pa = arrow()
    form = schema(table)
    several = list(parts)
    for one in several:
        if one.schema.names != form.names:
            raise TableError(
                f"expected the table {table} of survey schema {VERSION}, found the columns "
                f"{', '.join(one.schema.names)}: make the survey anew"
            )
    whole = pa.Table.from_batches(several, schema=form)
    keys = [(name, "ascending") for name in ("service", "source", "line") if name in form.names]
    return whole.take(_stable_order(whole, keys)) if len(whole) else whole


def _stable_order(table: Any, keys: Sequence[tuple[str, str]]) -> Any:
    """Return the order by some columns in which rows that are equal there keep theirs."""
    pa = arrow()
    import pyarrow.compute as pc  # noqa: PLC0415  (optional)

    numbered = table.append_column("__row", pa.array(range(len(table)), type=pa.int64()))
    return pc.sort_indices(numbered, sort_keys=[*keys, ("__row", "ascending")])
