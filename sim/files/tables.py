"""Tables of comma-separated values, with the line of every row for whoever has to mend them."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sim.errors import Problem, nearest
from sim.files.text import printable, read_text
from sim.model.faults import shown

NUMBER = re.compile(r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?")
MISSING = ("", "NaN")
Bounds = tuple[float, float]


@dataclass(frozen=True)
class Row:
    """One row of a table: its cells by column, those without a value left out."""

    file: str
    line: int
    cells: dict[str, str]

    def get(self, column: str) -> str:
        """Return a cell; an empty text where there is none."""
        return self.cells.get(column, "")

    def problem(self, column: str, what: str) -> Problem:
        """Return what is wrong with a cell as a problem."""
        return Problem(self.file, self.line, 1, column, what)


@dataclass
class Reading:
    """The state of one reading of several tables: the problems found so far."""

    problems: list[Problem] = field(default_factory=list)

    def note(self, row: Row, column: str, what: str) -> None:
        """Note what is wrong with a cell."""
        self.problems.append(row.problem(column, what))


def read_table(reading: Reading, path: Path, required: tuple[str, ...]) -> list[Row]:
    """Return the rows of a table, noting what is wrong with its form and which columns are missing."""
    text = read_text(path)
    if isinstance(text, Problem):
        reading.problems.append(text)
        return []
    rows = list(_lines(reading, path, text))
    if not rows:
        return []
    (line, head), body = rows[0], rows[1:]
    head = [printable(name) for name in head]
    wrong = [f"the column '{name}' is missing{nearest(name, head)}" for name in required if name not in head]
    wrong += [f"the column '{name}' is there twice" for name in dict.fromkeys(head) if head.count(name) > 1]
    reading.problems += [Problem(str(path), line, 1, "", what) for what in wrong]
    return [] if wrong else list(_rows(reading, path, head, body))


def _lines(reading: Reading, path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the fields of each line that is not empty, with the number of its first line."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for fields in reader:
            if fields:
                yield line, fields
            line = reader.line_num + 1
    except csv.Error as error:
        reading.problems.append(Problem(str(path), line, 1, "", f"is no comma-separated line: {error}"))


def _rows(reading: Reading, path: Path, head: list[str], body: list[tuple[int, list[str]]]) -> Iterator[Row]:
    for line, fields in body:
        if len(fields) == len(head):
            cells = {name: printable(text) for name, text in zip(head, fields, strict=True)}
            yield Row(str(path), line, {name: text for name, text in cells.items() if text not in MISSING})
        else:
            what = f"has {len(fields)} fields, but the head line has {len(head)}"
            reading.problems.append(Problem(str(path), line, 1, "", what))


def number(reading: Reading, row: Row, column: str, bounds: Bounds) -> float | None:
    """Return the number in a cell, or None for none; note one that is no number or not within `bounds`."""
    text = row.get(column)
    if not text:
        return None
    low, high = bounds
    value = float(text) if NUMBER.fullmatch(text) else None
    if value is None:
        reading.note(row, column, f"must be a number, is {shown(text)}")
    elif not low <= value <= high:
        reading.note(row, column, f"must be between {shown(low)} and {shown(high)}, is {shown(value)}")
        return None
    return value


def required(reading: Reading, row: Row, column: str) -> str:
    """Return the text of a cell; note that it is empty."""
    text = row.get(column)
    if not text:
        reading.note(row, column, "is empty")
    return text
