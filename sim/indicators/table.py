"""The long table: one row an indicator of one thing, with its interval over replications."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sim.indicators.interval import interval
from sim.indicators.registry import DEFINITIONS


class Key(NamedTuple):
    """What a number is about. Empty means all together."""

    indicator: str
    scope: str
    id: str
    mode: str = ""
    direction: str = ""
    commodity: str = ""
    period: str = ""


Numbers = Mapping[Key, float]
"""The numbers of one replication."""

COUNTED = frozenset(
    name for name, definition in DEFINITIONS.items() if definition.unit not in ("h", "d", "share")
)
"""Indicators that are 0, not undefined, where a replication has nothing to count."""

COLUMNS = (
    "indicator",
    "unit",
    "scope",
    "id",
    "mode",
    "direction",
    "commodity",
    "period",
    "mean",
    "low",
    "high",
    "n",
)


@dataclass(frozen=True)
class Row:
    """One row of the long table; `low` and `high` are None with fewer than two replications."""

    key: Key
    mean: float
    low: float | None
    high: float | None
    n: int

    @property
    def unit(self) -> str:
        """Unit of the indicator."""
        return DEFINITIONS[self.key.indicator].unit

    def values(self) -> tuple[object, ...]:
        """Return the row as plain values in the order of `COLUMNS`."""
        indicator, *rest = self.key
        return (indicator, self.unit, *rest, self.mean, self.low, self.high, self.n)


def keys_of(replications: Iterable[Numbers]) -> list[Key]:
    """Return every key that any replication has, in the order of first appearance."""
    return list(dict.fromkeys(key for numbers in replications for key in numbers))


def samples(replications: Sequence[Numbers], key: Key) -> list[float]:
    """Return a key's value in each replication: 0 or NaN where a replication has none."""
    missing = 0.0 if key.indicator in COUNTED else math.nan
    return [numbers.get(key, missing) for numbers in replications]


def table(replications: Sequence[Numbers]) -> list[Row]:
    """Return the long table of some replications; means over those where a number is defined."""
    rows = []
    for key in keys_of(replications):
        defined = [value for value in samples(replications, key) if not math.isnan(value)]
        if defined:
            mean, low, high = interval(defined)
            rows.append(Row(key, mean, low, high, len(defined)))
    return rows
