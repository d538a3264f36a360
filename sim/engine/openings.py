"""What is known of time beforehand, in the ledger: opening hours, closures, values that change."""

from sim.clock import NEVER
from sim.engine.columns import (
    CHANGES_AT,
    CHANGES_TO,
    CLOSED_AT,
    CLOSURES_FROM,
    CLOSURES_UNTIL,
    HOURS_AT,
    HOURS_CLOSE,
    HOURS_FROM,
    HOURS_OPEN,
    HOURS_UNTIL,
    LINE_FROM,
    LINE_UNTIL,
    OPENED_AT,
    Floats,
    Ints,
)
from sim.engine.compiled import compiled
from sim.units import SECONDS_PER_DAY


@compiled
def row_at(m: Ints, column: int, start: int, until: int, at_s: int) -> int:
    """Return the last row of [`start`, `until`) whose instant is at or before `at_s`; else `start` - 1."""
    while start < until:
        middle = (start + until) >> 1
        if m[column + middle] <= at_s:
            start = middle + 1
        else:
            until = middle
    return start - 1


@compiled
def value_at(m: Ints, d: Floats, line: int, at_s: int) -> float:
    """Return the value of a timeline at an instant."""
    start = m[m[LINE_FROM] + line]
    until = m[m[LINE_UNTIL] + line]
    if until - start == 1:
        return d[m[CHANGES_TO] + start]
    return d[m[CHANGES_TO] + row_at(m, m[CHANGES_AT], start, until, at_s)]


@compiled
def next_change(m: Ints, column: int, start: int, until: int, at_s: int) -> int:
    """Return the first instant after `at_s` in rows [`start`, `until`), or `NEVER`."""
    row = row_at(m, column, start, until, at_s) + 1
    return m[column + row] if row < until else NEVER


@compiled
def next_open(m: Ints, calendar: int, at_s: int) -> int:
    """Return the first instant at or after `at_s` at which a calendar is open, or `NEVER`."""
    if calendar < 0:
        return at_s
    closures, until = m[m[CLOSURES_FROM] + calendar], m[m[CLOSURES_UNTIL] + calendar]
    while at_s < NEVER:
        row = row_at(m, m[CLOSED_AT], closures, until, at_s)
        later = max(at_s, m[m[OPENED_AT] + row]) if row >= closures else at_s
        if later < NEVER:
            later = _hours_open(m, calendar, later)
        if later == at_s:
            return at_s
        at_s = later
    return NEVER


@compiled
def _hours_open(m: Ints, calendar: int, at_s: int) -> int:
    """Return the next opening by the hours of the day in force, or the instant at which they change."""
    start, until = m[m[HOURS_FROM] + calendar], m[m[HOURS_UNTIL] + calendar]
    row = row_at(m, m[HOURS_AT], start, until, at_s)
    midnight = at_s - at_s % SECONDS_PER_DAY
    if at_s < midnight + m[m[HOURS_OPEN] + row]:
        return min(midnight + m[m[HOURS_OPEN] + row], next_change(m, m[HOURS_AT], start, until, at_s))
    if at_s < midnight + m[m[HOURS_CLOSE] + row]:
        return at_s
    return min(midnight + SECONDS_PER_DAY, next_change(m, m[HOURS_AT], start, until, at_s))
