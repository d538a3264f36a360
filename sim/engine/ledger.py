"""The ledger of a run as arrays: made from named columns, with room, and looked at column by column."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.engine import columns
from sim.engine.columns import COLUMNS, HEAD, REALS, SINGLE

Array = npt.NDArray[Any]
Numbers = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float64]


class Ledger:
    """Whole numbers `numbers` and reals `reals` of a run; ``ledger["UNIT_KIND"]`` is a column of them.

    Parameters
    ----------
    given
        Columns by name, of any length.
    rooms
        Lengths of columns that begin with zeros.
    single
        Single numbers of the head.
    """

    def __init__(
        self, given: Mapping[str, Array], rooms: Mapping[str, int], single: Mapping[str, int]
    ) -> None:
        missing = {*COLUMNS, *REALS} - {*given, *rooms}
        if missing:
            raise ValueError(f"columns are missing: {', '.join(sorted(missing))}")
        lengths = {name: len(given[name]) if name in given else rooms[name] for name in (*COLUMNS, *REALS)}
        self.numbers: Numbers = np.zeros(HEAD + sum(lengths[name] for name in COLUMNS), dtype=np.int64)
        self.reals: Reals = np.zeros(sum(lengths[name] for name in REALS))
        self._columns: dict[str, Array] = {}
        self._lay(COLUMNS, lengths, self.numbers, HEAD)
        self._lay(REALS, lengths, self.reals, 0)
        for name, column in given.items():
            self[name][:] = column
        for name, value in single.items():
            self.put(name, value)

    def _lay(self, names: Mapping[str, str], lengths: Mapping[str, int], where: Array, start: int) -> None:
        for name in names:
            self.numbers[getattr(columns, name)] = start
            self._columns[name] = where[start : start + lengths[name]]
            start += lengths[name]

    def __getitem__(self, name: str) -> Array:
        return self._columns[name]

    def get(self, name: str) -> int:
        """Return a single number of the head."""
        return int(self.numbers[getattr(columns, name)])

    def put(self, name: str, value: int) -> None:
        """Set a single number of the head."""
        self.numbers[getattr(columns, name)] = value

    def grown(self, lengths: Mapping[str, int]) -> "Ledger":
        """Return a ledger of the same content in which some columns are longer, by zeros."""
        given = {name: column for name, column in self._columns.items() if name not in lengths}
        longer = Ledger(given, lengths, {name: self.get(name) for name in SINGLE})
        for name in lengths:
            column = self._columns[name]
            longer[name][: len(column)] = column
        return longer
