"""The trace of a replication: every movement, in a file that needs neither the program nor its inputs.

An ordinary ZIP archive. ``trace.json`` says what was simulated and what the numbers stand for; every other
member is one column of one chunk of a table in NumPy's ``.npy`` form, e.g. ``visit/arrived_at/00012.npy``.
A part of it can be read without the rest. `sim/TRACE.md` describes it for other programs.
"""

import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from pydantic import TypeAdapter

from sim import __version__
from sim.errors import InputError, Problem
from sim.indicators.legend import Legend, legend
from sim.indicators.movements import chunks, columns
from sim.network.elements import Network
from sim.records.columns import Column, Records
from sim.records.tables import (
    CHUNK_ROWS,
    Chunk,
    joined,
    packed,
    row_counts,
    table_columns,
    together,
    unpacked,
)

HEAD = "trace.json"
LEVEL = 1
"""Of compression: higher ones gain a twentieth and take two to five times as long."""
DATED = (1980, 1, 1, 0, 0, 0)
"""The date of every member, so that the same run gives the same bytes."""
DAMAGED = (zipfile.BadZipFile, zlib.error, KeyError, ValueError, EOFError)
"""What reading a file of which bytes are missing or changed raises."""


@dataclass(frozen=True)
class Head:
    """What a trace says of itself; `rows` and `columns` are those of each table."""

    format: Literal["corridor-trace"]
    version: Literal[1]
    program: str
    inputs_sha256: str
    seed: int
    replication: int
    chunk_rows: int
    rows: dict[str, int]
    columns: dict[str, tuple[str, ...]]
    legend: Legend


HEADS = TypeAdapter(Head)


def trace_file(folder: Path, replication: int) -> Path:
    """Return where the trace of a replication stands in a result folder."""
    return folder / "replications" / f"{replication:04d}.trace.zip"


def kept(folder: Path) -> list[int]:
    """Return the replications of which a result folder keeps a trace."""
    return sorted(int(file.name.partition(".")[0]) for file in folder.glob("replications/[0-9]*.trace.zip"))


def write_trace(file: Path, network: Network, records: Records, replication: int, inputs: str) -> None:
    """Write the trace of a replication beside its place, chunk by chunk, and move it there when it is whole.

    `inputs` is the fingerprint of its inputs.
    """
    draft = file.with_suffix(".part")
    head = Head(
        format="corridor-trace",
        version=1,
        program=__version__,
        inputs_sha256=inputs,
        seed=network.case.run.seed,
        replication=replication,
        chunk_rows=CHUNK_ROWS,
        rows=row_counts(records),
        columns=columns(),
        legend=legend(network),
    )
    try:
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive:
            _add(archive, HEAD, HEADS.dump_json(head, indent=1))
            for table in head.rows:
                for number, chunk in enumerate(chunks(network, records, table)):
                    for column, values in chunk.items():
                        _add(archive, _member(table, column, number), packed(values))
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    member = zipfile.ZipInfo(name, DATED)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.external_attr = 0o644 << 16
    archive.writestr(member, content, compresslevel=LEVEL)


def _member(table: str, column: str, chunk: int) -> str:
    return f"{table}/{column}/{chunk:05d}.npy"


def is_whole(file: Path) -> bool:
    """Whether a file is a trace of which nothing is missing or damaged."""
    with suppress(OSError, InputError, *DAMAGED), Trace(file) as trace:
        return trace.archive.testzip() is None
    return False


class Trace:
    """A trace that is read, a column of a chunk at a time; open it with ``with``.

    Raises
    ------
    InputError
        If the file is no trace, or one of another version.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        try:
            self.archive = zipfile.ZipFile(file)
            self.head = HEADS.validate_json(self.archive.read(HEAD))
        except FileNotFoundError:
            raise InputError([Problem(str(file), 0, 0, "", "there is no such trace")]) from None
        except DAMAGED:
            what = "is no trace that this program can read: run the scenario with --trace anew"
            raise InputError([Problem(str(file), 0, 0, "", what)]) from None

    @property
    def legend(self) -> Legend:
        """What the numbers stand for."""
        return self.head.legend

    def chunks(self, table: str) -> Iterator[Chunk]:
        """Yield the chunks of a table in order; a column is read when it is asked for."""
        for number in range(max(1, -(-self.head.rows[table] // self.head.chunk_rows))):
            yield Stored(self, table, number)

    def records(self) -> Records:
        """Return the records whole, equal to those that were written."""
        tables = {table: joined(self.chunks(table), names) for table, names in table_columns().items()}
        return together(tables, self.legend.end_s)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.archive.close()


class Stored(Mapping[str, Column]):
    """A chunk of a trace in its file."""

    def __init__(self, trace: Trace, table: str, number: int) -> None:
        self.trace, self.table, self.number = trace, table, number

    def __getitem__(self, column: str) -> Column:
        """Read a column.

        Raises
        ------
        InputError
            If it is damaged.
        """
        name = _member(self.table, column, self.number)
        try:
            return unpacked(self.trace.archive.read(name))
        except DAMAGED:
            what = "is damaged: run the scenario with --trace anew"
            raise InputError([Problem(str(self.trace.file), 0, 0, name, what)]) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self.trace.head.columns[self.table])

    def __len__(self) -> int:
        return len(self.trace.head.columns[self.table])
