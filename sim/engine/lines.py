"""Lines at servers where some goods go first: nobody knows on arrival when it starts, so a server is woken.

Those who wait stand in two lists a server, the urgent and the others, each in order of arrival. The server is
looked at when somebody joins, and when a place may be free, it opens, or its places change.
"""

from sim.engine.columns import (
    END,
    EVENTS,
    HOLD_S,
    LINE_HEAD,
    LINE_TAIL,
    SERVER,
    UNIT_ELEMENT,
    UNIT_MARK,
    UNIT_NEXT,
    UNIT_SINCE,
    UNIT_STAY,
    URGENT,
    WAKE_AT,
    Floats,
    Ints,
)
from sim.engine.compiled import compiled
from sim.engine.heaps import Heaps, push
from sim.engine.queues import free_at, hold_of, occupy, record

UNIT_BITS = 32
UNIT_MASK = (1 << UNIT_BITS) - 1
WAKE = 1 << (UNIT_BITS - 1)
"""Added to the number of a server in an event that wakes it: it comes after all units of its instant."""


@compiled
def append(m: Ints, heads: int, tails: int, line: int, unit: int, now: int) -> None:
    """Put a unit at the end of one of the lists that begin at columns `heads` and end at `tails`."""
    m[m[UNIT_SINCE] + unit] = now
    m[m[UNIT_NEXT] + unit] = 0
    last = m[m[tails] + line]
    if last:
        m[m[UNIT_NEXT] + last - 1] = unit + 1
    else:
        m[m[heads] + line] = unit + 1
    m[m[tails] + line] = unit + 1


@compiled
def take(m: Ints, heads: int, tails: int, line: int) -> int:
    """Remove and return the first of a list that is not empty."""
    unit = m[m[heads] + line] - 1
    m[m[heads] + line] = m[m[UNIT_NEXT] + unit]
    if m[m[heads] + line] == 0:
        m[m[tails] + line] = 0
    return unit


@compiled
def stand_in_line(
    m: Ints, d: Floats, v: Ints, h: Heaps, unit: int, element: int, now: int, stay_s: int
) -> None:
    """Let a unit wait its turn, which may be now; its next event is made when it starts."""
    server = m[m[SERVER] + element]
    m[m[UNIT_ELEMENT] + unit], m[m[UNIT_STAY] + unit] = element, stay_s
    urgent = m[m[URGENT] + element] & m[m[UNIT_MARK] + unit]
    append(m, LINE_HEAD, LINE_TAIL, 2 * server + (0 if urgent else 1), unit, now)
    serve(m, d, v, h, server, now)


@compiled
def serve(m: Ints, d: Floats, v: Ints, h: Heaps, server: int, now: int) -> None:
    """Start as many as can start now, urgent ones first; see to it that the server is woken for the rest."""
    while m[m[LINE_HEAD] + 2 * server] or m[m[LINE_HEAD] + 2 * server + 1]:
        later = free_at(m, d, h, server, now)
        if later > now:
            _wake(m, h, server, later)
            return
        line = 2 * server if m[m[LINE_HEAD] + 2 * server] else 2 * server + 1
        unit = take(m, LINE_HEAD, LINE_TAIL, line)
        element, stay_s = m[m[UNIT_ELEMENT] + unit], m[m[UNIT_STAY] + unit]
        occupy(m, h, server, now + hold_of(m, unit, element, stay_s, m[m[HOLD_S] + element]))
        record(m, v, unit, element, m[m[UNIT_SINCE] + unit], now, now + stay_s)
        if now + stay_s < m[END]:
            push(m, h, m[EVENTS], (now + stay_s) << UNIT_BITS | unit)


@compiled
def _wake(m: Ints, h: Heaps, server: int, at_s: int) -> None:
    """Wake a server at an instant; one that has that before it is left as it is."""
    if at_s < m[END] and m[m[WAKE_AT] + server] == 0:
        m[m[WAKE_AT] + server] = at_s
        push(m, h, m[EVENTS], at_s << UNIT_BITS | WAKE | server)


@compiled
def woken(m: Ints, d: Floats, v: Ints, h: Heaps, server: int, now: int) -> None:
    """Let a server look at its line, as it had asked for."""
    m[m[WAKE_AT] + server] = 0
    serve(m, d, v, h, server, now)
