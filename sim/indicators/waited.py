"""Who waited, element by element."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.indicators.causes import by_element
from sim.indicators.passages import Flags, Ints
from sim.network.elements import Network
from sim.records.columns import NOT_YET, Column, Records
from sim.records.tables import cuts


@dataclass(frozen=True)
class Waited:
    """Visits that waited, one row each in the order of the records.

    `unit` waited from `begins` to `ends` (s): until it was let go on, be that after the run, or to the end of
    the run where that is not known.
    """

    unit: Column
    begins: Column
    ends: Column

    def part(self, rows: Flags) -> "Waited":
        """Return some of the rows."""
        return Waited(self.unit[rows], self.begins[rows], self.ends[rows])

    def clipped(self, start_s: int, end_s: int) -> "Waited":
        """Return what of the waits lies in [`start_s`, `end_s`) (s)."""
        part = self.part((self.begins < end_s) & (self.ends > start_s))
        return Waited(part.unit, np.maximum(part.begins, start_s), np.minimum(part.ends, end_s))


ByElement = dict[int, Waited]
"""Those who waited at each element at which anybody did; elements ascend."""
NOBODY = Waited(*(np.empty(0, dtype=np.int32) for _ in range(3)))


def waited(network: Network, records: Records) -> ByElement:
    """Return who waited at each element."""
    visits = np.concatenate([np.empty(0, dtype=np.int64), *_visits(records)])
    return {
        number: Waited(records.visit_unit[mine], records.visit_arrived_at[mine], _ends(records, mine))
        for number, mine in by_element(network, records.visit_element, visits)
    }


def _visits(records: Records) -> Iterator[Ints]:
    """Yield the visits that waited."""
    for rows in cuts(len(records.visit_unit)):
        yield np.flatnonzero(_ends(records, rows) > records.visit_arrived_at[rows]) + rows.start


def _ends(records: Records, visits: Ints | slice) -> Column:
    """Return when waits ended, or the end of the run, s."""
    started = records.visit_started_at[visits]
    return np.where(started == NOT_YET, np.int32(records.end_s), started)
