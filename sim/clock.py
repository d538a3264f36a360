"""Time: whole seconds since the start of a run, dates, working hours and closures.

The clock of a run starts at midnight of its first day. There is one civil time for the whole network
(UTC+4, the time of Baku): working hours are those of the post's own wall clock, and the half hour
between Tehran and Baku and the hour between Baku and Moscow are left out.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

from sim.units import SECONDS_PER_DAY, SECONDS_PER_HOUR, SECONDS_PER_MINUTE

T = TypeVar("T")

_TIME_OF_DAY = re.compile(r"([01]\d|2[0-3]):[0-5]\d|24:00")

ALL_DAY = (0, SECONDS_PER_DAY)
NEVER = 2**31 - 1
"""An instant after every run, in seconds: 68 years after its start."""


@dataclass(frozen=True)
class Clock:
    """The calendar of one run: `first_day` is second 0."""

    first_day: date

    def at(self, day: date) -> int:
        """Seconds from the start of the run to midnight of `day` (negative before the start)."""
        return (day - self.first_day).days * SECONDS_PER_DAY

    def day(self, at_s: int) -> date:
        """Return the date on which the instant `at_s` (s) falls."""
        return self.first_day + timedelta(days=at_s // SECONDS_PER_DAY)


def parse_hours(text: str) -> tuple[int, int]:
    """Return opening and closing in seconds after midnight from ``"08:00-20:00"``.

    ``"24h"`` is the whole day. A window may not pass midnight.

    Raises
    ------
    ValueError
        If the text is not of that form or closes before it opens.
    """
    if text == "24h":
        return ALL_DAY
    opens, _, closes = text.partition("-")
    window = (_time_of_day(opens), _time_of_day(closes))
    if window[0] >= window[1]:
        raise ValueError(f"'{text}' closes before it opens; a window may not pass midnight")
    return window


def _time_of_day(text: str) -> int:
    hours, _, minutes = text.strip().partition(":")
    if not _TIME_OF_DAY.fullmatch(text.strip()):
        raise ValueError(f"'{text}' is not a time of day such as 08:00")
    return int(hours) * SECONDS_PER_HOUR + int(minutes) * SECONDS_PER_MINUTE


@dataclass(frozen=True)
class Window:
    """The half-open interval [`start_s`, `end_s`) of a run, in seconds."""

    start_s: int
    end_s: int


@dataclass(frozen=True)
class Timeline(Generic[T]):
    """A value that changes at known instants: `first` until the first change.

    `changes` are (instant in s, value from then on), in ascending order.
    """

    first: T
    changes: tuple[tuple[int, T], ...] = ()

    def at(self, at_s: int) -> T:
        """Return the value in force at the instant `at_s` (s)."""
        index = bisect_right(self.changes, at_s, key=lambda change: change[0])
        return self.changes[index - 1][1] if index else self.first

    def next_change(self, at_s: int) -> int:
        """Instant (s) of the first change after `at_s`, or `NEVER`."""
        index = bisect_right(self.changes, at_s, key=lambda change: change[0])
        return self.changes[index][0] if index < len(self.changes) else NEVER


@dataclass(frozen=True)
class Calendar:
    """When a thing is open: daily `hours` (seconds after midnight) less dated `closures`.

    `closures` are disjoint and in ascending order.
    """

    hours: Timeline[tuple[int, int]] = Timeline(ALL_DAY)
    closures: tuple[Window, ...] = ()

    def next_open(self, at_s: int) -> int:
        """Earliest instant at or after `at_s` (s) at which it is open; `NEVER` if it stays closed."""
        if always_open(self):
            return at_s
        while at_s < NEVER:
            later = self._hours_open(self._closures_end(at_s))
            if later == at_s:
                return at_s
            at_s = later
        return NEVER

    def closed_s(self, from_s: int, until_s: int) -> int:
        """Return the seconds of [`from_s`, `until_s`) during which it is closed."""
        if always_open(self):
            return 0
        closed = 0
        while from_s < until_s:
            opens = min(self.next_open(from_s), until_s)
            closed += opens - from_s
            from_s = self._next_close(opens)
        return closed

    def _closures_end(self, at_s: int) -> int:
        index = bisect_right(self.closures, at_s, key=lambda window: window.start_s)
        return max(at_s, self.closures[index - 1].end_s) if index else at_s

    def _hours_open(self, at_s: int) -> int:
        if at_s >= NEVER:
            return NEVER
        opens, closes = self.hours.at(at_s)
        midnight = at_s - at_s % SECONDS_PER_DAY
        if at_s < midnight + opens:
            return min(midnight + opens, self.hours.next_change(at_s))
        if at_s < midnight + closes:
            return at_s
        return min(midnight + SECONDS_PER_DAY, self.hours.next_change(at_s))

    def _next_close(self, at_s: int) -> int:
        index = bisect_right(self.closures, at_s, key=lambda window: window.start_s)
        closure = self.closures[index].start_s if index < len(self.closures) else NEVER
        _, closes = self.hours.at(at_s)
        evening = at_s - at_s % SECONDS_PER_DAY + closes
        if evening <= at_s or closes == SECONDS_PER_DAY:
            evening = at_s - at_s % SECONDS_PER_DAY + SECONDS_PER_DAY
        return min(closure, evening, self.hours.next_change(at_s))


def always_open(calendar: Calendar) -> bool:
    """Whether a calendar knows neither hours nor closures."""
    return not calendar.closures and not calendar.hours.changes and calendar.hours.first == ALL_DAY


def merged(windows: list[Window]) -> tuple[Window, ...]:
    """Return the union of `windows` as disjoint windows in ascending order."""
    union: list[Window] = []
    for window in sorted(windows, key=lambda w: (w.start_s, w.end_s)):
        if union and window.start_s <= union[-1].end_s:
            union[-1] = Window(union[-1].start_s, max(union[-1].end_s, window.end_s))
        else:
            union.append(window)
    return tuple(union)
