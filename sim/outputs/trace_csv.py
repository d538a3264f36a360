"""A table of a trace as CSV, plain or compressed, chunk by chunk."""

import csv
import gzip
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from sim.indicators.frames import Decimals, Frame, Instants, Named, Whole
from sim.indicators.legend import Legend

Frames = Iterable[tuple[int, Legend, Frame]]
"""Frames with the number of their replication and what its numbers stand for."""


def write_csv(draft: Path, frames: Frames, *, compressed: bool) -> None:
    """Write the frames of a table with one head line; instants as ISO 8601, empty where there is none."""
    with _text(draft, compressed=compressed) as file:
        writer = csv.writer(file, lineterminator="\n")
        head: tuple[str, ...] = ()
        for replication, legend, frame in frames:
            if not head:
                head = ("replication", *frame)
                writer.writerow(head)
            columns = [_plain(legend, column) for column in frame.values()]
            writer.writerows((replication, *row) for row in zip(*columns, strict=True))


def _plain(legend: Legend, column: Named | Instants | Whole | Decimals) -> Iterator[object]:
    """Yield the values of a column as CSV has them."""
    if isinstance(column, Named):
        names = (*column.names, None)
        yield from (names[code] for code in column.codes.tolist())
    elif isinstance(column, Instants):
        texts = (column.at_s.astype("i8") + legend.first_s).astype("M8[s]").astype(str).tolist()
        known = (column.at_s >= 0).tolist()
        yield from (text if there else None for text, there in zip(texts, known, strict=True))
    elif isinstance(column, Whole):
        yield from (value if value >= 0 else None for value in column.values.tolist())
    else:
        yield from column.values.tolist()


@contextmanager
def _text(draft: Path, *, compressed: bool) -> Iterator[TextIO]:
    """Open a file to write text to; a compressed one holds no name and date, so that bytes repeat."""
    with draft.open("wb") as raw:
        packed = gzip.GzipFile("", "wb", fileobj=raw, mtime=0, compresslevel=1) if compressed else raw
        with packed, io.TextIOWrapper(packed, "utf-8", newline="") as file:
            yield file
