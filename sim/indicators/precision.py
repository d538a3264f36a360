"""How narrow an interval is, how many replications make it so, and when enough have been added.

The procedure is the sequential one of A. M. Law, *Simulation Modeling and Analysis*, 5th edition, 2015,
section 9.4.1, which rests on Y. S. Chow and H. Robbins, *On the asymptotic theory of fixed-width sequential
confidence intervals for the mean*, Annals of Mathematical Statistics 36 (1965) 457-462. An interval is narrow
enough for a precision p when its half-width is at most p / (1 + p) of the mean: then the mean is wrong by
at most p of the *true* value as often as the interval covers it. Law recommends to begin with ten
replications or more and to ask for 15 % or less.

To stop as soon as luck makes the interval narrow covers the truth a little less often than 95 %. We
therefore look seldom: after the first replications, and then whenever as many are there as the last look
predicted, at least a tenth more. With one bell-shaped figure and ten replications to begin with, 94 to
95 % of intervals still cover the truth, and the mean is within the precision in 97 % of runs. Where several
figures are asked for, each has its 95 % by itself.
"""

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sim.indicators.interval import t975
from sim.indicators.table import Key, Numbers, Row, keys_of, table

EVERYTHING = "all"
"""The id of the network as a whole."""
RECOMMENDED_LEAST = 10
"""Replications to begin with, as Law recommends."""
MOST = 10_000
"""Beyond so many replications a wish is out of reach."""
GROWTH = 10
"""A look comes after at least this part (one in ten) more replications than the one before."""


@dataclass(frozen=True, order=True)
class Wanted:
    """A figure whose interval matters: an indicator of the thing `id`, or of the whole network.

    Where the thing has several (two directions, modes), all of them.
    """

    indicator: str
    id: str = EVERYTHING

    def is_of(self, key: Key) -> bool:
        """Whether a number is this figure: of the whole period and, where told apart, all commodities."""
        whole = not key.period and (key.scope in ("flow", "itinerary") or not key.commodity)
        return whole and (key.indicator, key.id) == (self.indicator, self.id)


DEFAULT = (Wanted("delivered"), Wanted("transit_time_mean"))
"""What must be precise unless something else is asked: how much arrives, and how long it takes."""


@dataclass(frozen=True)
class Aim:
    """Replications are to be added until figures are known to a `relative` precision (0.02 is 2 %).

    `least` replications are made to begin with, 2 or more, and not more than `at_most`.
    """

    relative: float
    wanted: tuple[Wanted, ...] = DEFAULT
    least: int = RECOMMENDED_LEAST
    at_most: int = 100

    def rows(self, replications: Sequence[Numbers]) -> list[Row]:
        """Return the figures that count, in the order of the long table."""
        return rows_of(self.wanted, replications)

    def is_reached(self, replications: Sequence[Numbers]) -> bool:
        """Whether every figure is precise; not if there is none, or too few replications, to judge by."""
        rows = self.rows(replications) if len(replications) >= self.least else []
        return bool(rows) and all(is_narrow(row, self.relative) for row in rows)

    def replications(self, finished: Sequence[Numbers]) -> int:
        """Return how many replications to have in all, judged by the first ones: as many when enough."""
        count = len(finished)
        if count < self.least:
            return self.least
        rows = self.rows(finished)
        if not rows or all(is_narrow(row, self.relative) for row in rows):
            return count
        predicted = max(needed(row, self.relative) or MOST for row in rows)
        return max(count, min(self.at_most, max(predicted, count + math.ceil(count / GROWTH))))


def rows_of(wanted: Iterable[Wanted], replications: Sequence[Numbers]) -> list[Row]:
    """Return the rows of the long table that are wanted."""
    figures = tuple(wanted)
    keys = [key for key in keys_of(replications) if any(figure.is_of(key) for figure in figures)]
    return table([{key: numbers[key] for key in keys if key in numbers} for numbers in replications])


def precision(row: Row) -> float | None:
    """Return the half-width of a row's interval as a share of its mean; None without interval or mean."""
    if row.low is None or row.high is None:
        return None
    half = (row.high - row.low) / 2
    if not half:
        return 0.0
    return half / abs(row.mean) if row.mean else None


def is_narrow(row: Row, relative: float) -> bool:
    """Whether a row is known to a relative precision."""
    share = precision(row)
    return share is not None and share <= relative / (1 + relative)


def needed(row: Row, relative: float) -> int | None:
    """Return how many replications would make a row as precise, if its spread is as it seems.

    None where nothing is known of the spread, or more than `MOST` would be needed.
    """
    share = precision(row)
    if share is None:
        return None
    spread = share * math.sqrt(row.n) / t975(row.n - 1)
    aim = relative / (1 + relative)
    counts = range(2, MOST + 1)
    place = bisect_left(counts, -aim, key=lambda n: -spread * t975(n - 1) / math.sqrt(n))
    return counts[place] if place < len(counts) else None
