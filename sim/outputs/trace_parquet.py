"""A table of a trace as Parquet, one group of rows a chunk. Needs pyarrow (the extra ``parquet``)."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from sim.indicators.frames import Decimals, Instants, Named, Whole
from sim.indicators.legend import Legend
from sim.outputs.trace_csv import Frames


def write_parquet(draft: Path, frames: Frames) -> None:
    """Write the frames of a table: names as dictionaries, instants as timestamps, null where there is none.

    A timestamp is the civil time of the model, without a zone.
    """
    writer: Any = None
    try:
        for replication, legend, frame in frames:
            columns = {name: _array(legend, column) for name, column in frame.items()}
            rows = len(next(iter(columns.values())))
            numbered = {"replication": pa.repeat(pa.scalar(replication, pa.int32()), rows), **columns}
            table = pa.table(numbered)
            writer = writer or pq.ParquetWriter(draft, table.schema, compression="zstd")
            writer.write_table(table)
    finally:
        if writer:
            writer.close()


def _array(legend: Legend, column: Named | Instants | Whole | Decimals) -> Any:  # noqa: ANN401 - pyarrow has no types
    if isinstance(column, Named):
        none = column.codes < 0
        codes = pa.array(column.codes.astype("i4"), mask=none)
        return pa.DictionaryArray.from_arrays(codes, pa.array(column.names, pa.string()))
    if isinstance(column, Instants):
        since_1970_s = column.at_s.astype("i8") + legend.first_s
        return pa.array(since_1970_s, mask=column.at_s < 0).cast(pa.timestamp("s"))
    if isinstance(column, Whole):
        return pa.array(column.values, mask=column.values < 0)
    return pa.array(column.values)
