"""Inputs on the terminal: listings and differences."""

from collections.abc import Iterable, Sequence

from rich.table import Table

DIFFERENCE_COLUMNS = ("path", "a", "b", "from", "until")


def grid(title: str, *columns: str) -> Table:
    """Return an empty table; a column whose name starts with ``>`` is set right."""
    table = Table(title=title, title_justify="left", title_style="bold", header_style="bold")
    for column in columns:
        right = column.startswith(">")
        table.add_column(column.removeprefix(">"), justify="right" if right else "left", overflow="fold")
    return table


def listing(kind: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """Return a listing of the records of a kind."""
    table = grid(kind, *columns)
    for row in rows:
        table.add_row(*row)
    return table


def differences_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """Return the inputs that differ; `columns` name the two scenarios."""
    table = grid("Inputs that differ", *columns)
    for row in rows:
        table.add_row(*row)
    return table
