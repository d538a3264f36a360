"""Why units waited: the part of a wait that the thing was closed, and the cause that goes with its kind."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

import numpy as np

from sim.clock import Calendar, always_open
from sim.indicators.grouping import grouped
from sim.indicators.passages import Floats, Ints
from sim.indicators.things import CAUSE_OF
from sim.network.elements import Network
from sim.records.columns import NOT_YET, Column, Records
from sim.units import SECONDS_PER_DAY

MOST_CALENDARS = 4096


def causes(network: Network, number: int, begins: Column | Ints, ends: Column | Ints) -> dict[str, Ints]:
    """Return the waits, s, at an element: closed, and for the cause that goes with its kind.

    Waits lie within the run. Who passes a dock may wait for space after it, or not: that counts as 0 there.
    """
    cause, wait_s = CAUSE_OF[network.elements[number].kind], ends.astype(np.int64) - begins
    if cause in ("closed", "space", "stock"):
        return {cause: wait_s}
    shut_s = closed_s(calendar_of(network, number), network.measured.end_s, begins, ends)
    found = {"closed": shut_s, cause: wait_s - shut_s}
    return {**found, "space": np.zeros_like(shut_s)} if cause == "sailing" else found


def closed_waits(network: Network, records: Records, rows: slice) -> Column:
    """Return for each visit of `rows` how much of its wait passed while the element was closed, s.

    A wait that has not ended counts up to the end of the run.
    """
    started, end_s = records.visit_started_at[rows].astype(np.int64), records.end_s
    ends = np.where((started == NOT_YET) | (started > end_s), end_s, started)
    begins = np.minimum(records.visit_arrived_at[rows], ends)
    closed_s = np.zeros(len(ends), dtype=np.int32)
    waited = np.flatnonzero(ends > begins)
    for number, visits in by_element(network, records.visit_element[rows], waited):
        found = causes(network, number, begins[visits], ends[visits])
        if "closed" in found:
            closed_s[visits] = found["closed"]
    return closed_s


def by_element(network: Network, visit_element: Column, visits: Ints) -> Iterator[tuple[int, Ints]]:
    """Yield each element with those of `visits` that are to it."""
    for number, rows in grouped(visit_element[visits], len(network.elements)):
        yield number, visits[rows]


def calendar_of(network: Network, number: int) -> Calendar:
    """Return the calendar that holds at an element: its server's, if it has one."""
    element = network.elements[number]
    return element.calendar if element.server is None else network.servers[element.server].calendar


def closed_s(calendar: Calendar, end_s: int, begins: Column | Ints, ends: Column | Ints) -> Ints:
    """Return how much of each wait, s, the calendar was closed in a run that ends at `end_s`."""
    if always_open(calendar):
        return np.zeros(len(begins), dtype=np.int64)
    turns, closed = _closings(calendar, end_s)
    shut: Floats = np.interp(ends, turns, closed) - np.interp(begins, turns, closed)
    return np.rint(shut).astype(np.int64)


@lru_cache(maxsize=MOST_CALENDARS)
def _closings(calendar: Calendar, end_s: int) -> tuple[Ints, Ints]:
    """Return the turns of a calendar, and how long it has been closed at each of them, s."""
    turns = _turns(calendar, end_s)
    closed = np.cumsum([0, *(0 if calendar.next_open(a) == a else b - a for a, b in pairwise(turns))])
    return np.array(turns, dtype=np.int64), closed.astype(np.int64)


def _turns(calendar: Calendar, until_s: int) -> list[int]:
    """Return the instants (s) up to past `until_s` at which a calendar may open or close, ascending."""
    after = until_s - until_s % SECONDS_PER_DAY + SECONDS_PER_DAY
    windows = {calendar.hours.first, *(hours for _, hours in calendar.hours.changes)}
    in_day = {0, *(turn for window in windows for turn in window)}
    daily = {day + turn for day in range(0, after, SECONDS_PER_DAY) for turn in in_day}
    dated = {at_s for at_s, _ in calendar.hours.changes}
    shut = {turn for closure in calendar.closures for turn in (closure.start_s, closure.end_s)}
    return sorted({turn for turn in daily | dated | shut if 0 <= turn <= after})
