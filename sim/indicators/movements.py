"""A run in chunks of rows, as traces keep and stories read it: records, and what of each wait was closed."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from sim.indicators.causes import closed_waits
from sim.indicators.legend import Legend, legend
from sim.network.elements import Network
from sim.records.columns import Records
from sim.records.tables import Chunk, cut, cuts, row_counts, table_columns

CLOSED = "closed_s"
"""The one column of visits that is not in the records: seconds of the wait that the element was closed."""


class Traced(Protocol):
    """What can be told about: a run in memory or its trace in a file."""

    @property
    def legend(self) -> Legend:
        """What the numbers stand for."""

    def chunks(self, table: str) -> Iterator[Chunk]:
        """Yield the chunks of a table in order."""


@dataclass(frozen=True)
class InMemory:
    """A run that has just been simulated."""

    network: Network
    records: Records

    @cached_property
    def legend(self) -> Legend:
        """What the numbers stand for."""
        return legend(self.network)

    def chunks(self, table: str) -> Iterator[Chunk]:
        """Yield the chunks of a table in order."""
        return chunks(self.network, self.records, table)


def columns() -> dict[str, tuple[str, ...]]:
    """Return the columns of the chunks of each table."""
    tables = table_columns()
    return {**tables, "visit": (*tables["visit"], CLOSED)}


def chunks(network: Network, records: Records, table: str) -> Iterator[Chunk]:
    """Yield the chunks of a table of a run, in order."""
    for rows in cuts(row_counts(records)[table]):
        chunk = cut(records, table, rows)
        yield {**chunk, CLOSED: closed_waits(network, records, rows)} if table == "visit" else chunk
