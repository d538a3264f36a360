"""Queues, first come, first served: who joins is told at once when it starts and when it goes on.

Nobody who comes later can change that, since hours, closures and changes of places are known beforehand.
"""

from sim.clock import NEVER
from sim.engine.columns import (
    ACCEPTED,
    BACKWARDS,
    CHANGES_AT,
    CROSS_S,
    DAY,
    END,
    FULL_KG,
    HOLD_S,
    KIND,
    LAST_BACK,
    LAST_CROSS,
    LAST_HOLD,
    LINE_FROM,
    LINE_UNTIL,
    QUEUE_CALENDAR,
    QUEUE_DAILY,
    QUEUE_FIXED,
    QUEUE_PLACES,
    RESERVED_AT,
    RESERVED_END,
    RESERVED_FROM,
    RESERVED_UNTIL,
    SERVER,
    STARTED_AT,
    UNIT_MASS_KG,
    VISITS,
    Floats,
    Ints,
)
from sim.engine.compiled import compiled
from sim.engine.heaps import Heaps, first, pop, push, size
from sim.engine.openings import next_change, next_open, row_at, value_at
from sim.records.columns import NOT_YET
from sim.units import SECONDS_PER_DAY

FREE, STATION, TRACK = 0, 1, 2
"""How an element is passed: nobody queues; so many side by side or in a calendar day; trains on paths."""
WIDTH = 5
"""Columns of the visits, one after another: unit, element, arrived at, started at, left at."""


@compiled
def free_at(m: Ints, d: Floats, h: Heaps, server: int, at_s: int) -> int:
    """Return `at_s` if one can start then, else the next instant at which that may have changed."""
    opens_at = next_open(m, m[m[QUEUE_CALENDAR] + server], at_s)
    if opens_at > at_s:
        return opens_at
    line = m[m[QUEUE_PLACES] + server]
    places = value_at(m, d, line, at_s)
    changes_at = next_change(m, m[CHANGES_AT], m[m[LINE_FROM] + line], m[m[LINE_UNTIL] + line], at_s)
    if m[m[QUEUE_DAILY] + server]:
        day = at_s // SECONDS_PER_DAY
        if day != m[m[DAY] + server]:
            m[m[DAY] + server], m[m[ACCEPTED] + server] = day, 0
        return at_s if m[m[ACCEPTED] + server] < places else min((day + 1) * SECONDS_PER_DAY, changes_at)
    while size(m, h, server) and first(m, h, server) <= at_s:
        pop(m, h, server)
    if size(m, h, server) < places:
        return at_s
    return min(changes_at, first(m, h, server)) if size(m, h, server) else changes_at


@compiled
def occupy(m: Ints, h: Heaps, server: int, until_s: int) -> None:
    """Take a place until an instant, or one of the day's."""
    if m[m[QUEUE_DAILY] + server]:
        m[m[ACCEPTED] + server] += 1
    else:
        push(m, h, server, until_s)


@compiled
def _next_start(m: Ints, d: Floats, h: Heaps, server: int, now: int) -> int:
    """Return when one starts who comes now, behind all before: the first instant at which one can."""
    at_s = max(now, m[m[STARTED_AT] + server])
    while size(m, h, server) and first(m, h, server) <= at_s:
        pop(m, h, server)
    if size(m, h, server) >= m[m[QUEUE_FIXED] + server]:
        later = free_at(m, d, h, server, at_s)
        while at_s < later < NEVER:
            at_s = later
            later = free_at(m, d, h, server, at_s)
        at_s = later
    m[m[STARTED_AT] + server] = at_s
    return at_s


@compiled
def _path_start(m: Ints, server: int, element: int, now: int, hold_s: int) -> int:
    """Return when a train gets its path: behind the one before, and between the paths reserved."""
    back = m[m[BACKWARDS] + element]
    same_way = back == m[m[LAST_BACK] + server]
    gap_s = m[m[LAST_HOLD] + server] if same_way else m[m[LAST_CROSS] + server]
    later = max(now, m[m[STARTED_AT] + server] + gap_s)
    at_s = NOT_YET
    while at_s < later < NEVER:
        at_s = later
        later = next_open(m, m[m[QUEUE_CALENDAR] + server], at_s)
        if later == at_s:
            later = _unreserved(m, server, at_s, hold_s)
    m[m[STARTED_AT] + server] = later
    m[m[LAST_BACK] + server] = back
    return later


@compiled
def _unreserved(m: Ints, server: int, at_s: int, hold_s: int) -> int:
    """Return `at_s` if no reserved path lies in the `hold_s` from then, else the end of the last such."""
    start, until = m[m[RESERVED_FROM] + server], m[m[RESERVED_UNTIL] + server]
    row = row_at(m, m[RESERVED_AT], start, until, at_s + hold_s - 1)
    return max(at_s, m[m[RESERVED_END] + row]) if row >= start else at_s


@compiled
def record(m: Ints, v: Ints, unit: int, element: int, arrived_at: int, started_at: int, left_at: int) -> None:
    """Add a visit."""
    row, room = m[VISITS], len(v) // WIDTH
    m[VISITS] = row + 1
    v[row] = unit
    v[room + row] = element
    v[2 * room + row] = arrived_at
    v[3 * room + row] = started_at
    v[4 * room + row] = left_at


@compiled
def hold_of(m: Ints, unit: int, element: int, stay_s: int, whole_s: int) -> int:
    """Return how long a unit keeps its place (`whole_s` if full, -1: its stay); a light train its part."""
    mass_kg, full_kg = m[m[UNIT_MASS_KG] + unit], m[m[FULL_KG] + element]
    if whole_s < 0:
        return stay_s
    if mass_kg >= full_kg:
        return whole_s
    return max(1, int(whole_s * mass_kg / full_kg + 0.5))


@compiled
def enter(m: Ints, d: Floats, v: Ints, h: Heaps, unit: int, element: int, now: int, stay_s: int) -> int:
    """Queue a unit for an element now; it stays `stay_s` from its start.

    Returns the instant at which it goes on, `NEVER` if it does not start in the run.
    """
    server = m[m[SERVER] + element]
    hold_s = hold_of(m, unit, element, stay_s, m[m[HOLD_S] + element])
    if m[m[KIND] + element] == TRACK:
        starts_at = _path_start(m, server, element, now, hold_s)
        m[m[LAST_HOLD] + server] = hold_s
        m[m[LAST_CROSS] + server] = hold_of(m, unit, element, stay_s, m[m[CROSS_S] + element])
    else:
        starts_at = _next_start(m, d, h, server, now)
    if starts_at >= m[END]:
        record(m, v, unit, element, now, NOT_YET, NOT_YET)
        return NEVER
    if m[m[KIND] + element] != TRACK:
        occupy(m, h, server, starts_at + hold_s)
    record(m, v, unit, element, now, starts_at, starts_at + stay_s)
    return starts_at + stay_s


@compiled
def run_reserved(m: Ints, v: Ints, unit: int, element: int, now: int, stay_s: int) -> int:
    """Let a passenger train run over an element on the path reserved for it; return when it goes on."""
    opens_at = next_open(m, m[m[QUEUE_CALENDAR] + m[m[SERVER] + element]], now)
    if opens_at >= m[END]:
        record(m, v, unit, element, now, NOT_YET, NOT_YET)
        return NEVER
    record(m, v, unit, element, now, opens_at, opens_at + stay_s)
    return opens_at + stay_s
