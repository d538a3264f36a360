"""The export of every movement of a stored run as one table."""

from pathlib import Path

import typer

from sim.cli.tracing import open_trace
from sim.errors import InputError, Problem
from sim.indicators.frames import TABLES
from sim.outputs.trace import kept
from sim.outputs.trace_csv import Frames, write_csv

ENDINGS = (".csv", ".csv.gz", ".parquet")
INSTALL = "Parquet needs pyarrow: pip install 'corridor-sim[parquet]', or write .csv.gz"


def export_trace(results: Path | None, out: Path, table: str, replication: int | None) -> None:
    """Write a table of the traces of a result folder, of one replication or of all it keeps."""
    if results is None:
        what = "name the folder that `corridor run --trace --out` wrote: corridor export trace DIR -o FILE"
        raise InputError([Problem("trace", 0, 0, "", what)])
    ending = next((ending for ending in ENDINGS if out.name.endswith(ending)), None)
    if ending is None:
        what = f"ends with none of {', '.join(ENDINGS)}: the ending says what is written"
        raise InputError([Problem("--out", 0, 0, str(out), what)])
    numbers = (kept(results) or [0]) if replication is None else [replication]
    for number in numbers:
        open_trace(results, number).archive.close()
    _write(out, ending, _frames(results, numbers, table))
    typer.echo(f"wrote {out}", err=True)


def _frames(results: Path, numbers: list[int], table: str) -> Frames:
    for number in numbers:
        with open_trace(results, number) as trace:
            yield from ((number, trace.legend, frame) for frame in TABLES[table](trace))


def _write(out: Path, ending: str, frames: Frames) -> None:
    """Write the frames beside their place and move them there when they are whole."""
    draft = out.with_name(f"{out.name}.part")
    if ending == ".parquet":
        try:
            from sim.outputs.trace_parquet import write_parquet
        except ImportError:
            raise InputError([Problem("--out", 0, 0, str(out), INSTALL)]) from None
    out.parent.mkdir(parents=True, exist_ok=True)
    try:
        if ending == ".parquet":
            write_parquet(draft, frames)
        else:
            write_csv(draft, frames, compressed=ending == ".csv.gz")
        draft.replace(out)
    finally:
        draft.unlink(missing_ok=True)
