"""Queues, first come, first served: who joins is told at once when it starts and when it goes on.

Nobody who comes later can change that, since hours, closures and changes of places are known beforehand.
"""

from sim.clock import NEVER
from sim.engine.columns import (
    ACCEPTED,
    CHANGES_AT,
    DAY,
    END,
    FULL_KG,
    HOLD_S,
    KIND,
    LINE_FROM,
    LINE_UNTIL,
    QUEUE_CALENDAR,
    QUEUE_FIXED,
    QUEUE_PLACES,
    SERVER,
    STARTED_AT,
    UNIT_KIND,
    UNIT_MASS_KG,
    VISITS,
    Floats,
    Ints,
)
from sim.engine.compiled import compiled
from sim.engine.heaps import Heaps, first, pop, push, size
from sim.engine.openings import next_change, next_open, value_at
from sim.records.columns import NOT_YET, PASSENGERS
from sim.units import SECONDS_PER_DAY

FREE, STATION, ACCEPTANCE = 0, 1, 2
"""How an element is passed: nobody queues; so many side by side; so many in a calendar day."""
WIDTH = 5
"""Columns of the visits, one after another: unit, element, arrived at, started at, left at."""


@compiled
def station_start(m: Ints, d: Floats, h: Heaps, server: int, now: int) -> int:
    """Return when one starts who comes now: a place is free, it is open, all before have started."""
    at_s = max(now, m[m[STARTED_AT] + server])
    while size(m, h, server) and first(m, h, server) <= at_s:
        pop(m, h, server)
    if size(m, h, server) >= m[m[QUEUE_FIXED] + server]:
        at_s = _place_free(m, d, h, server, at_s)
    m[m[STARTED_AT] + server] = at_s
    return at_s


@compiled
def _place_free(m: Ints, d: Floats, h: Heaps, server: int, at_s: int) -> int:
    line = m[m[QUEUE_PLACES] + server]
    while True:
        at_s = next_open(m, m[m[QUEUE_CALENDAR] + server], at_s)
        if at_s >= NEVER:
            return NEVER
        while size(m, h, server) and first(m, h, server) <= at_s:
            pop(m, h, server)
        if size(m, h, server) < value_at(m, d, line, at_s):
            return at_s
        at_s = next_change(m, m[CHANGES_AT], m[m[LINE_FROM] + line], m[m[LINE_UNTIL] + line], at_s)
        if size(m, h, server):
            at_s = min(at_s, first(m, h, server))


@compiled
def acceptance_start(m: Ints, d: Floats, server: int, now: int) -> int:
    """Return when the next one passes who comes now: the first day whose number is not used up."""
    line = m[m[QUEUE_PLACES] + server]
    at_s = max(now, m[m[STARTED_AT] + server])
    while True:
        at_s = next_open(m, m[m[QUEUE_CALENDAR] + server], at_s)
        if at_s >= NEVER:
            break
        if at_s // SECONDS_PER_DAY != m[m[DAY] + server]:
            m[m[DAY] + server], m[m[ACCEPTED] + server] = at_s // SECONDS_PER_DAY, 0
        if m[m[ACCEPTED] + server] < value_at(m, d, line, at_s):
            m[m[ACCEPTED] + server] += 1
            break
        changed = next_change(m, m[CHANGES_AT], m[m[LINE_FROM] + line], m[m[LINE_UNTIL] + line], at_s)
        at_s = min((m[m[DAY] + server] + 1) * SECONDS_PER_DAY, changed)
    m[m[STARTED_AT] + server] = at_s
    return at_s


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
def _hold_s(m: Ints, unit: int, element: int, stay_s: int) -> int:
    """Return how long a unit keeps its place: a light freight train takes its part of a path only."""
    hold_s, mass_kg, full_kg = m[m[HOLD_S] + element], m[m[UNIT_MASS_KG] + unit], m[m[FULL_KG] + element]
    if hold_s < 0:
        return stay_s
    if mass_kg >= full_kg or m[m[UNIT_KIND] + unit] == PASSENGERS:
        return hold_s
    return max(1, int(hold_s * mass_kg / full_kg + 0.5))


@compiled
def enter(m: Ints, d: Floats, v: Ints, h: Heaps, unit: int, element: int, now: int, stay_s: int) -> int:
    """Queue a unit for an element now; it stays `stay_s` from its start.

    Returns the instant at which it goes on, `NEVER` if it does not start in the run.
    """
    server = m[m[SERVER] + element]
    if m[m[KIND] + element] == ACCEPTANCE:
        starts_at = acceptance_start(m, d, server, now)
    else:
        starts_at = station_start(m, d, h, server, now)
    if starts_at >= m[END]:
        record(m, v, unit, element, now, NOT_YET, NOT_YET)
        return NEVER
    if m[m[KIND] + element] == STATION:
        push(m, h, server, starts_at + _hold_s(m, unit, element, stay_s))
    record(m, v, unit, element, now, starts_at, starts_at + stay_s)
    return starts_at + stay_s
