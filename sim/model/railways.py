"""How far apart trains start on a railway section: its capacity and its crossing loops as times.

A section that passes `capacity_mt_per_year` in trains of so many tonnes has that many paths in a year. The
mean time between two of them, while it is open, is the *interval*.

On a single track a train keeps the next one out for one time if that goes the same way, a follower, and
for another if it comes from the other end. Two trains meet only where there is a loop, so that one from the
other end may start no sooner than the first has run from one loop to the next, and points, signals and the
stop at the loop have taken their `CROSSING_S`: that is the *crossing gap*. The capacity that is stated is
that of a working day, on which a train is followed by one the other way as often as by one the same way.
Hence

    (following gap + crossing gap) / 2 = interval,

whatever the loops are: they share out the capacity between the two gaps and leave it as it is. Traffic one
way passes more than that where crossing is slow; trains that take strict turns pass less.

Where loops lie so close that a crossing takes less than the interval, something else limits the section
(stations, signals, the hours that are left beside passenger trains), and that keeps out a train from either
end: both gaps are the interval. Where they lie so far apart that followers would have to come closer than
`FOLLOWING_S`, loops and capacity cannot both be right.

Traffic that is not in the demand takes its share of the paths evenly, so that both gaps between trains that
are in the demand grow by the factor 1 / (1 - `background_share`).
"""

from math import ceil
from typing import NamedTuple

from sim.clock import ALL_DAY, parse_hours
from sim.model.network import Section
from sim.units import DAYS_PER_YEAR, SECONDS_PER_MINUTE, TONNES_PER_MEGATONNE, seconds

CROSSING_S = 4 * SECONDS_PER_MINUTE
"""What a crossing takes beside the run from loop to loop, s.

Assumed: the usual rule counts 1440 / (running time each way + 2 x 4 min) pairs of trains a day.
"""
FOLLOWING_S = 8 * SECONDS_PER_MINUTE
"""The shortest time between two freight trains the same way, s. Assumed: 8 to 12 min are usual."""


class Gaps(NamedTuple):
    """How long (s) a train of the demand keeps out the next: a follower, and one from the other end."""

    following_s: float
    crossing_s: float


def open_s_per_day(section: Section) -> int:
    """Return the seconds a day that a section is worked."""
    opens, closes = parse_hours(section.hours.value) if section.hours else ALL_DAY
    return closes - opens


def interval_s(section: Section, train_t: float) -> float:
    """Return the mean seconds between two paths of a section while it is open, both directions together.

    Parameters
    ----------
    section
        A section with `capacity_mt_per_year`.
    train_t
        Mean load of a train, t.
    """
    if not section.capacity_mt_per_year:
        raise ValueError("the section has no capacity")
    paths = section.capacity_mt_per_year.value * TONNES_PER_MEGATONNE / train_t
    return DAYS_PER_YEAR * open_s_per_day(section) / paths


def path_interval_s(section: Section, train_t: float) -> float:
    """Return the mean seconds between two paths that are left beside the background traffic."""
    return interval_s(section, train_t) / _left(section)


def gaps_s(section: Section, train_t: float) -> Gaps:
    """Return the gaps behind a train on a single track with `capacity_mt_per_year`."""
    mean_s = interval_s(section, train_t)
    crossing = max(mean_s, crossing_s(section))
    return Gaps((2 * mean_s - crossing) / _left(section), crossing / _left(section))


def crossing_s(section: Section) -> float:
    """Return how long (s) the loops make a train keep out one from the other end; 0 without any."""
    if not section.crossing_loops or not section.speed_kmh:
        return 0.0
    return _running_s(section) / (section.crossing_loops.value + 1) + CROSSING_S


def longest_crossing_s(section: Section, train_t: float) -> float:
    """Return how long (s) a crossing may take at most on a single track that is to have its capacity."""
    mean_s = interval_s(section, train_t)
    return max(mean_s, 2 * mean_s - FOLLOWING_S)


def fewest_loops(section: Section, train_t: float) -> int | None:
    """Return the fewest loops with which a single track can have its capacity; None if none are enough."""
    stretch_s = longest_crossing_s(section, train_t) - CROSSING_S
    return max(0, ceil(_running_s(section) / stretch_s) - 1) if stretch_s > 0 else None


def _running_s(section: Section) -> int:
    speed_kmh = section.speed_kmh.value if section.speed_kmh else 0.0
    return seconds(section.length_km.value / speed_kmh)


def _left(section: Section) -> float:
    """Return the part of the paths that background traffic leaves."""
    return 1 - (section.background_share.value if section.background_share else 0.0)
