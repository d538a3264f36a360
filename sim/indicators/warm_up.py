"""Whether the warm-up was long enough: MSER-5 on the freight under way.

A run begins with an empty network, which takes some weeks to fill. MSER-5 finds where: of all places to
cut a series it takes the one after which the mean has the smallest standard error. Sources: K. P. White,
*An effective truncation heuristic for bias reduction in simulation output*, Simulation 69 (1997) 323-334;
W. W. Franklin and K. P. White, *Stationarity tests and MSER-5: exploring the intuition behind mean-squared-
error-reduction in detecting and correcting initialization bias*, Winter Simulation Conference 2008, 541-546;
on the leftmost local minimum R. Pasupathy and B. Schmeiser, *The initial transient in steady-state point
estimation*, Winter Simulation Conference 2010, 184-197.

The rule takes what follows the cut for one and the same state. Tonnes under way are not: they follow the
season. So each day's tonnes are divided by what the demand of that time makes one expect (Little's law,
flow by flow: the releases of the last so many days as the flow's freight is under way on average). What is
left rises to about 1 as the network fills. Queues of a busy season still show in it, and the smallest
error of all would be found by cutting half a year away; therefore only the first `WINDOW_DAYS` are looked
at, and the cut is the first from which to cut more makes the error larger (the leftmost local minimum).

What the rule cannot do: see that one small flow or a queue at one post has not settled while the network
as a whole has; tell a network that fills slowly from one in which queues grow; find a warm-up of more than
half the window; tell anything of seasons after it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np

from sim.indicators.passages import Floats
from sim.indicators.result import Result
from sim.indicators.table import Key
from sim.indicators.under_way import UNDER_WAY
from sim.model.case import Case
from sim.network.days import daily_mean
from sim.units import HOURS_PER_DAY

BATCH = 5
LEFT_OUT = 5
"""Means at the end before which the series is not cut: too few after it would agree by luck."""
FEWEST_BATCHES = 10
WINDOW_DAYS = 120
FEWEST_DAYS = BATCH * FEWEST_BATCHES


@dataclass(frozen=True)
class WarmUp:
    """The warm-up that was set, and the one that MSER-5 finds in the first `seen_days`, days.

    `found_days` is None where the series does not settle within the first half of them, or is too short.
    """

    set_days: int
    found_days: int | None
    seen_days: int

    @property
    def too_little_seen(self) -> bool:
        """Whether the run was too short to tell."""
        return self.seen_days < FEWEST_DAYS

    @property
    def long_enough(self) -> bool:
        """Whether the network is known to have filled within the warm-up that was set."""
        return self.found_days is not None and self.found_days <= self.set_days


def mser5(series: Sequence[float] | Floats, *, leftmost: bool = False) -> int | None:
    """Return how many values to cut from the start of a series by MSER-5, a multiple of five.

    Parameters
    ----------
    series
        Values at even distances, shape (n,); what is over after the last whole five is not used.
    leftmost
        Whether to take the first cut that is better than the next one, not the best of all: for series
        whose level drifts later on.

    Returns
    -------
    int or None
        None where the cut lies in the second half, or there are fewer than `FEWEST_DAYS` values.
    """
    count = len(series) // BATCH
    if count < FEWEST_BATCHES:
        return None
    means = np.asarray(series[: count * BATCH], dtype=np.float64).reshape(count, BATCH).mean(axis=1)
    errors = [float(means[cut:].var()) / (count - cut) for cut in range(count - LEFT_OUT + 1)]
    best = int(np.argmin(errors))
    if leftmost:
        best = next((cut for cut, (here, after) in enumerate(pairwise(errors)) if after >= here), best)
    return best * BATCH if 2 * best <= count else None


def warm_up(result: Result) -> WarmUp:
    """Return whether the warm-up of a result was long enough, from the mean of its replications."""
    series = filling(result)[:WINDOW_DAYS]
    return WarmUp(result.case.run.warm_up_days, mser5(series, leftmost=True), len(series))


def filling(result: Result) -> Floats:
    """Return freight under way over what is to be expected with a filled network, day by day of the run.

    In tonnes where nothing is known to expect, because nothing arrived.
    """
    replications = list(result.replications.values())
    days = result.case.run.warm_up_days + result.case.run.days
    names = [f"{_first_day(result.case) + timedelta(days=day)}" for day in range(days)]
    keys = [UNDER_WAY._replace(period=name) for name in names]
    tonnes = np.array([[numbers.get(key, 0.0) for key in keys] for numbers in replications]).mean(axis=0)
    expected = _expected(result, min(days, WINDOW_DAYS))
    seen: Floats = tonnes[: len(expected)]
    if not expected.any():
        return seen
    return np.divide(seen, expected, out=np.zeros_like(seen), where=expected > 0)


def _expected(result: Result, days: int) -> Floats:
    """Return the tonnes under way at the end of each of the first days if the network had long been in use.

    Flows of which nothing arrived are left out: nobody knows how long they take.
    """
    description, first = result.case.description, _first_day(result.case)
    total = np.zeros(days)
    for name, demand in description.demand.items():
        took_d = _mean_days(result, Key("transit_time_mean", "flow", name, commodity=demand.commodity))
        if took_d is None:
            continue
        before = int(took_d) + 1
        season = description.seasons[demand.season]
        dates = [first + timedelta(days=day) for day in range(-before, days)]
        released = np.cumsum([0.0, *(daily_mean(demand, season, day) for day in dates)])
        ends = np.arange(before + 1, before + days + 1, dtype=np.float64)
        total += np.interp(ends, np.arange(len(released)), released)
        total -= np.interp(ends - took_d, np.arange(len(released)), released)
    return total


def _mean_days(result: Result, key: Key) -> float | None:
    """Return the mean of a transit time over the replications that have it, days."""
    hours = [numbers[key] for numbers in result.replications.values() if key in numbers]
    return sum(hours) / len(hours) / HOURS_PER_DAY if hours else None


def _first_day(case: Case) -> date:
    return case.run.start - timedelta(days=case.run.warm_up_days)
