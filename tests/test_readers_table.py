"""The columnar table: everything goes in and comes out again."""

import builtins
from datetime import UTC, date, datetime, timedelta

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from depgraph.errors import TableError
from depgraph.observations import Evidence, Observation, Status
from depgraph.readers import from_table, read_parquet, to_table, write_parquet
from depgraph.readers.table import schema
from depgraph.recording import Header, Recording

STEADY = settings(deadline=None, derandomize=True)  # no clock, no chance

NOON = datetime(2026, 9, 25, 12, 0, 0, 123456, tzinfo=UTC)
FULL = Observation(
    subject="www.example.com",
    type="A",
    status=Status.NOT_ASKED_BUDGET,
    values=("192.0.2.1", "192.0.2.2", "ä💩"),
    ttl=2**32 - 1,
    flags=("AA", "TC"),
    section="additional",
    zone="example.com",
    server="198.51.100.7",
    server_name="ns1.example.net",
    source="zone-file",
    time=NOON,
    until=NOON + timedelta(hours=1),
    evidence=Evidence.PUBLISHED,
    citation="https://example.org/facts",
    vantage="Paris",
    subnet="192.0.2.0/24",
    note="a note",
)
BARE = Observation(subject="x.org", type="MX", status=Status.NODATA, time=NOON)


def recording(number, count=2, *, complete=True):
    header = Header(
        subject=f"d{number}.org",
        since=date(2026, 9, 25),
        title=f"Title {number}",
        source="s",
        licence="l",
        vantage="v",
    )
    observations = tuple(
        Observation(
            subject=f"h{n}.d{number}.org",
            type="A",
            status=Status.ANSWER,
            values=(f"192.0.2.{n}",),
            time=NOON + timedelta(seconds=n),
        )
        for n in range(count)
    )
    return Recording(header, observations, complete)


def test_the_schema_is_explicit():
    word = pa.dictionary(pa.int32(), pa.string())
    form = schema()
    types = {field.name: field.type for field in form}
    assert all(
        types[name] == word for name in ("type", "status", "source", "evidence", "recording")
    )
    assert types["values"] == types["flags"] == pa.list_(pa.string())
    assert types["time"] == types["until"] == pa.timestamp("us", tz="UTC")
    assert types["ttl"] == pa.uint32()
    assert [field.name for field in form if field.nullable] == ["ttl", "until"]
    assert set(Observation.__dataclass_fields__) | {"recording", "complete", "header"} == set(types)


def test_every_field_survives():
    table = to_table([FULL, BARE], recording="example.com")
    assert table.schema == schema()
    assert list(from_table(table)) == [FULL, BARE]
    assert table.column("recording").to_pylist() == ["example.com"] * 2
    assert all(o.time.tzinfo is UTC for o in from_table(table))
    assert list(from_table(to_table([]))) == []


@pytest.mark.parametrize("status", list(Status))
def test_every_status_survives(status):
    one = Observation(subject="a", type="A", status=status, time=NOON)
    assert list(from_table(to_table([one]))) == [one]


@STEADY
@given(
    st.lists(
        st.builds(
            Observation,
            subject=st.text(max_size=5),
            type=st.sampled_from(["A", "TXT"]),
            status=st.sampled_from(list(Status)),
            values=st.lists(st.text(max_size=5), max_size=3).map(tuple),
            ttl=st.none() | st.integers(0, 2**32 - 1),
            time=st.datetimes(timezones=st.just(UTC)),
            note=st.text(max_size=5),
        ),
        max_size=5,
    )
)
def test_anything_survives(observations):
    assert list(from_table(to_table(observations))) == observations


def test_many_recordings_make_one_file(tmp_path):
    recordings = [recording(n, count=3, complete=n % 2 == 0) for n in range(20)]
    path = tmp_path / "all.parquet"
    assert write_parquet(iter(recordings), path, batch=7) == 60
    assert list(read_parquet(path)) == recordings
    assert list(read_parquet(path, batch=5)) == recordings
    assert pq.ParquetFile(path).metadata.num_row_groups == 9
    column = pq.read_table(path, columns=["recording"]).column("recording").to_pylist()
    assert column == [f"d{n}.org" for n in range(20) for _ in range(3)]
    assert [p.name for p in tmp_path.iterdir()] == ["all.parquet"]


def test_recordings_are_read_and_written_one_by_one(tmp_path):
    path = tmp_path / "x"
    alive = []

    def stream():
        for number in range(50):
            alive.append(number)
            yield recording(number)

    write_parquet(stream(), path, batch=10)
    assert alive == list(range(50))
    first = next(iter(read_parquet(path, batch=4)))
    assert first == recording(0)


def test_a_recording_goes_in_and_out(tmp_path):
    one = recording(1, complete=False)
    table = to_table(one)
    assert tuple(from_table(table)) == one.observations
    assert table.column("complete").to_pylist() == [False, False]
    write_parquet([], tmp_path / "empty")
    assert list(read_parquet(tmp_path / "empty")) == []


def test_what_is_no_table_of_ours(tmp_path):
    with pytest.raises(
        TableError, match="expected the columns of a depgraph table, found no recording"
    ):
        list(from_table(pa.table({"subject": ["a"]})))
    path = tmp_path / "x.parquet"
    pq.write_table(pa.table({"subject": ["a"]}), path)
    with pytest.raises(TableError, match="expected the columns of a depgraph table"):
        list(read_parquet(path))
    path.write_bytes(b"PAR1 nonsense")
    with pytest.raises(TableError, match="expected a Parquet file, found"):
        list(read_parquet(path))
    table = to_table([FULL])
    position = table.schema.get_field_index("status")
    odd = pa.array(["odd"]).dictionary_encode()
    with pytest.raises(TableError, match="expected a row of a depgraph table: 'odd'"):
        list(from_table(table.set_column(position, "status", odd)))


def test_a_failed_write_leaves_nothing(tmp_path):
    def stream():
        yield recording(0)
        raise RuntimeError("the source broke")

    with pytest.raises(RuntimeError):
        write_parquet(stream(), tmp_path / "x", batch=1)
    assert list(tmp_path.iterdir()) == []


def test_without_pyarrow_the_error_says_what_to_install(monkeypatch, tmp_path):
    real = builtins.__import__

    def missing(name, *rest):
        if name.partition(".")[0] == "pyarrow":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", missing)
    for use in (
        lambda: to_table([FULL]),
        schema,
        lambda: write_parquet([], tmp_path / "x"),
        lambda: list(read_parquet(tmp_path / "x")),
    ):
        with pytest.raises(TableError, match="-m pip install pyarrow"):
            use()
