"""Records as tables of columns, cut into chunks, and columns as bytes in NumPy's own open form.

The columns of `Records` form four tables by the first word of their names: ``visit``, ``unit``, ``load`` and
``departure``. A chunk is a run of rows of one table, column by column.
"""

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields

import numpy as np

from sim.records.columns import Column, Records

CHUNK_ROWS = 1 << 18
"""Rows of a chunk: a mebibyte a column."""
Chunk = Mapping[str, Column]
"""Some rows of a table: columns by their names without that of the table, e.g. ``arrived_at``."""


def table_columns() -> dict[str, tuple[str, ...]]:
    """Return the columns of each table, in the order of `Records`."""
    found: dict[str, list[str]] = {}
    for column in fields(Records):
        table, _, name = column.name.partition("_")
        if column.name != "end_s":
            found.setdefault(table, []).append(name)
    return {table: tuple(names) for table, names in found.items()}


def row_counts(records: Records) -> dict[str, int]:
    """Return the number of rows of each table."""
    return {table: len(getattr(records, f"{table}_{names[0]}")) for table, names in table_columns().items()}


def cuts(rows: int) -> Iterator[slice]:
    """Yield the rows of each chunk of a table of so many rows; of none it is one empty chunk."""
    for first in range(0, max(rows, 1), CHUNK_ROWS):
        yield slice(first, min(first + CHUNK_ROWS, rows))


def cut(records: Records, table: str, rows: slice) -> dict[str, Column]:
    """Return a chunk of a table: views, nothing is copied."""
    return {name: getattr(records, f"{table}_{name}")[rows] for name in table_columns()[table]}


def joined(chunks: Iterable[Chunk], names: Iterable[str]) -> dict[str, Column]:
    """Return columns put together from the chunks of a table."""
    parts = list(chunks)
    none = np.empty(0, dtype=np.int32)
    return {name: np.concatenate([none, *(part[name] for part in parts)]) for name in names}


def together(tables: Mapping[str, Mapping[str, Column]], end_s: int) -> Records:
    """Return records from their whole tables; other columns of the tables are left out."""
    columns = {
        f"{table}_{name}": tables[table][name] for table, names in table_columns().items() for name in names
    }
    return Records(end_s=end_s, **columns)


def packed(column: Column) -> bytes:
    """Return a column as the content of an ``.npy`` file: 32-bit whole numbers, low byte first."""
    buffer = io.BytesIO()
    np.lib.format.write_array(buffer, column.astype("<i4", copy=False), version=(1, 0), allow_pickle=False)
    return buffer.getvalue()


def unpacked(content: bytes) -> Column:
    """Return the column of an ``.npy`` file.

    Raises
    ------
    ValueError
        If it is none.
    """
    column: Column = np.load(io.BytesIO(content), allow_pickle=False).astype(np.int32, copy=False)
    return column
