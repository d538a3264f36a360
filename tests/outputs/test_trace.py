"""The trace of a run in a file: read is what was written, alone, in parts, and only if it is whole."""

import csv
import gzip
import io
import json
import tracemalloc
import zipfile
from dataclasses import fields, replace

import numpy as np
import pytest
from cases import a_case, commodity, flow, places, post, rail, road, run, step, terminal

from sim.errors import InputError
from sim.indicators.extract import extract, units_of
from sim.indicators.frames import TABLES
from sim.indicators.legend import legend
from sim.indicators.movements import InMemory
from sim.indicators.picks import consignments
from sim.indicators.story import story
from sim.outputs import trace as module
from sim.outputs.trace import HEAD, Trace, is_whole, write_trace
from sim.outputs.trace_csv import write_csv
from sim.records import tables
from sim.records.columns import Records

FILE = "0000.trace.zip"


@pytest.fixture(scope="module")
def world():
    """Trucks, a gate that closes, a terminal and trains; 44 t are three trucks."""
    return run(
        a_case(
            10,
            places=places(a="IR", b="IR", c="IR", d="AZ"),
            sections={"ab": road("a", "b"), "bc": rail("b", "c", 240.0, mt=3.0)},
            posts={"gate": post("c", "d", {"customs": step(1, 40.0, 0.5, "08:00-20:00")}, mode="rail-1435")},
            terminals={"yard": terminal("b")},
            commodities={"goods": commodity(44.0)},
            demand={"freight": flow("a", "d", 2.0, 44.0), "local": flow("a", "b", 1.0, 44.0)},
        )
    )


@pytest.fixture
def small_chunks(monkeypatch):
    """Chunks of 100 rows, so that there are many."""
    monkeypatch.setattr(tables, "CHUNK_ROWS", 100)
    monkeypatch.setattr(module, "CHUNK_ROWS", 100)


@pytest.fixture
def file(world, tmp_path, small_chunks):
    path = tmp_path / FILE
    write_trace(path, *world, 0, "inputs")
    return path


def same(one, other):
    columns = [field.name for field in fields(Records) if field.name != "end_s"]
    return one.end_s == other.end_s and all(
        getattr(one, name).tobytes() == getattr(other, name).tobytes()
        and getattr(one, name).dtype == getattr(other, name).dtype
        for name in columns
    )


def test_what_is_read_is_what_was_written(world, file):
    """Every column, byte for byte, out of many chunks; and the legend."""
    network, records = world
    with Trace(file) as trace:
        assert len(list(trace.chunks("visit"))) > 5
        assert same(trace.records(), records)
        assert trace.legend == legend(network)


def test_records_without_a_row_are_read_too(world, tmp_path):
    """Nothing happened: empty tables are empty tables."""
    network, records = world
    none = np.empty(0, dtype=np.int32)
    nothing = replace(records, **{f.name: none for f in fields(Records) if f.name != "end_s"})
    write_trace(tmp_path / FILE, network, nothing, 0, "inputs")
    with Trace(tmp_path / FILE) as trace:
        assert same(trace.records(), nothing)


def test_the_same_run_gives_the_same_bytes(world, file, tmp_path):
    """Neither the clock nor the name of the file is in it."""
    write_trace(tmp_path / "other.zip", *world, 0, "inputs")
    assert (tmp_path / "other.zip").read_bytes() == file.read_bytes()


def test_it_can_be_read_with_numpy_and_the_standard_library_alone(world, file):
    """As `sim/TRACE.md` says: unzip, `np.load`, and the names are in trace.json."""
    network, records = world
    with zipfile.ZipFile(file) as archive:
        head = json.loads(archive.read(HEAD))
        names = sorted(name for name in archive.namelist() if name.startswith("visit/element/"))
        elements = np.concatenate([np.load(io.BytesIO(archive.read(name))) for name in names])
    assert head["rows"]["visit"] == len(elements) == len(records.visit_element)
    first = head["legend"]["elements"][elements[0]]["name"]
    assert first == network.elements[records.visit_element[0]].name
    assert head["legend"]["first_day"] == "2025-01-01"


def test_a_story_out_of_the_file_is_that_out_of_memory(world, file):
    """For consignments of either flow."""
    in_memory = InMemory(*world)
    units = units_of(in_memory)
    with Trace(file) as trace:
        for flow_ in (0, 1):
            for unit in consignments(units, flow_)[[0, 7, 40]].tolist():
                expected = story(in_memory.legend, extract(in_memory, units, unit))
                assert story(trace.legend, extract(trace, units_of(trace), unit)) == expected


def test_only_the_chunks_that_are_needed_are_read(world, file, monkeypatch):
    """Of the instants of visits a story reads few chunks."""
    read = []
    real = zipfile.ZipFile.read
    monkeypatch.setattr(
        zipfile.ZipFile, "read", lambda self, name, *more: (read.append(name), real(self, name, *more))[1]
    )
    with Trace(file) as trace:
        units = units_of(trace)
        extract(trace, units, int(consignments(units, 1)[3]))
    searched, opened = (
        sum(name.startswith(f"visit/{column}/") for name in read) for column in ("unit", "left_at")
    )
    assert 0 < opened < searched / 2


@pytest.mark.parametrize("harm", ["cut", "flip", "empty", "other"])
def test_a_damaged_trace_is_not_whole(file, harm):
    """Cut off, a byte changed, empty, or something else: it counts as not there."""
    content = bytearray(file.read_bytes())
    if harm == "flip":
        content[len(content) // 2] ^= 0xFF
    file.write_bytes({"cut": content[:-50], "flip": content, "empty": b"", "other": b"PK nothing"}[harm])
    assert not is_whole(file)


def test_a_whole_trace_is_whole(file):
    assert is_whole(file)


def test_a_damaged_column_is_said_to_be(file):
    """Wrong input, with the file and the member, not a traceback."""
    content = file.read_bytes()
    with zipfile.ZipFile(file) as archive:
        member = archive.getinfo("visit/left_at/00001.npy")
        place = member.header_offset + 30 + len(member.filename) + member.compress_size // 2
    file.write_bytes(content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :])
    with Trace(file) as trace, pytest.raises(InputError, match=r"visit/left_at/00001.npy: is damaged"):
        trace.records()


def test_a_trace_of_another_version_is_refused(file, tmp_path):
    """Better than read wrongly."""
    with zipfile.ZipFile(file) as archive:
        head = json.loads(archive.read(HEAD))
    with zipfile.ZipFile(tmp_path / "new.zip", "w") as archive:
        archive.writestr(HEAD, json.dumps({**head, "version": 2}))
    with pytest.raises(InputError, match="no trace that this program can read"):
        Trace(tmp_path / "new.zip")


def test_a_write_that_fails_leaves_nothing(world, tmp_path, monkeypatch):
    """Neither a trace nor a part of one."""

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "packed", full)
    with pytest.raises(OSError, match="No space"):
        write_trace(tmp_path / FILE, *world, 0, "inputs")
    assert list(tmp_path.iterdir()) == []


def test_memory_stays_flat_while_a_trace_is_written(world, tmp_path):
    """Twelve million visits are 240 MB; writing them takes a few chunks of 5 MB more, not a copy."""
    network, records = world
    often = 12_000_000 // len(records.visit_unit)
    visits = [f.name for f in fields(Records) if f.name.startswith("visit_")]
    large = replace(records, **{name: np.tile(getattr(records, name), often) for name in visits})
    tracemalloc.start()
    write_trace(tmp_path / FILE, network, large, 0, "inputs")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < large.size_bytes / 5


def frames(traced, table):
    return [(0, traced.legend, frame) for frame in TABLES[table](traced)]


def test_every_movement_is_a_row_of_the_csv(world, file, tmp_path):
    """Rows, names and instants are those of the records; empty where a thing had not happened."""
    network, records = world
    with Trace(file) as trace:
        write_csv(tmp_path / "m.csv", frames(trace, "movements"), compressed=False)
        write_csv(tmp_path / "m.csv.gz", frames(trace, "movements"), compressed=True)
    text = (tmp_path / "m.csv").read_text("utf-8")
    assert gzip.decompress((tmp_path / "m.csv.gz").read_bytes()).decode() == text
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == len(records.visit_unit)
    for number in (0, 333, len(rows) - 1):
        row, element = rows[number], network.elements[records.visit_element[number]]
        left_at = int(records.visit_left_at[number])
        assert row["element"] == element.name
        assert row["arrived_at"] == legend(network).instant(int(records.visit_arrived_at[number])).isoformat()
        assert row["left_at"] == (legend(network).instant(left_at).isoformat() if left_at >= 0 else "")
    waited = [row for row in rows if row["because"]]
    assert {row["because"] for row in waited} >= {"train", "queue"}
    assert all(int(row["waited_s"]) >= int(row["closed_s"]) >= 0 for row in rows)
    assert all((int(row["waited_s"]) > 0) == bool(row["because"]) for row in rows)


def test_loads_say_who_was_aboard_what(world, file, tmp_path):
    """One row a load of the records, consignment by its flow."""
    _, records = world
    with Trace(file) as trace:
        write_csv(tmp_path / "l.csv", frames(trace, "loads"), compressed=False)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "l.csv").read_text("utf-8"))))
    assert [int(row["vehicle"]) for row in rows] == records.load_vehicle.tolist()
    assert [int(row["consignment"]) for row in rows] == records.load_consignment.tolist()
    assert [1000 * float(row["aboard_t"]) for row in rows] == pytest.approx(records.load_mass_kg.tolist())
    assert {row["vehicle_kind"] for row in rows} == {"truck", "train"}


def test_parquet_holds_what_the_csv_holds(file, tmp_path):
    """Column by column, null where the CSV is empty."""
    parquet = pytest.importorskip("pyarrow.parquet")
    write_parquet = pytest.importorskip("sim.outputs.trace_parquet").write_parquet

    with Trace(file) as trace:
        write_csv(tmp_path / "m.csv", frames(trace, "movements"), compressed=False)
        write_parquet(tmp_path / "m.parquet", frames(trace, "movements"))
    table = parquet.read_table(tmp_path / "m.parquet")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "m.csv").read_text("utf-8"))))
    for name in table.column_names:
        values = table.column(name).to_pylist()
        texts = ["" if v is None else v.isoformat() if hasattr(v, "isoformat") else str(v) for v in values]
        assert texts == [row[name] for row in rows], name
    assert parquet.ParquetFile(tmp_path / "m.parquet").num_row_groups > 5
