"""The long tables as JSON and CSV."""

import csv
import io
import json
from collections.abc import Iterable, Sequence

from sim.indicators.registry import DEFINITIONS
from sim.indicators.result import Difference
from sim.indicators.table import COLUMNS, Row

DIFFERENCE_COLUMNS = (
    *COLUMNS[:8],
    "base",
    "scenario",
    "difference",
    "percent",
    "low",
    "high",
    "n",
    "verdict",
)


def difference_values(row: Difference) -> tuple[object, ...]:
    """Return a difference as plain values in the order of `DIFFERENCE_COLUMNS`."""
    indicator, *rest = row.key
    return (
        indicator,
        DEFINITIONS[indicator].unit,
        *rest,
        row.base,
        row.scenario,
        row.difference,
        row.percent,
        row.low,
        row.high,
        row.n,
        row.verdict,
    )


def as_json(head: dict[str, object], columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a JSON object: `head`, then ``rows``, one object a line."""
    lines = [json.dumps(dict(zip(columns, row, strict=True)), allow_nan=False) for row in rows]
    start = json.dumps(head, indent=1, allow_nan=False, ensure_ascii=False)[:-2]
    return f'{start},\n "rows": [\n  ' + ",\n  ".join(lines) + "\n ]\n}\n"


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return comma-separated values with a head line; empty where there is no value."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return buffer.getvalue()


def table_values(rows: Iterable[Row]) -> list[tuple[object, ...]]:
    """Return the rows of the long table as plain values."""
    return [row.values() for row in rows]
