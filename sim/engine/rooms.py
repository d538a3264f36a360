"""Room in yards and warehouses, where freight lies until its train or ship leaves.

Who finds none waits outside, in order of arrival, and holds nothing else meanwhile: no place, berth or path.
Who lies inside waits for a train or ship to leave, and those never need room to leave. So nobody waits, by
whatever detour, for himself: yards that are full cannot lock each other.
"""

from sim.engine.columns import (
    EVENTS,
    LOAD_CONSIGNMENT,
    ROOM_ELEMENT,
    ROOM_HEAD,
    ROOM_KG,
    ROOM_LINE,
    ROOM_TAIL,
    ROOM_USED,
    UNIT_LUCK,
    UNIT_MASS_KG,
    UNIT_PARTS,
    UNIT_ROOM,
    UNIT_SINCE,
    Ints,
)
from sim.engine.compiled import compiled
from sim.engine.heaps import Heaps, push
from sim.engine.lines import UNIT_BITS, append, take
from sim.engine.queues import record


@compiled
def let_in(m: Ints, unit: int, room: int, now: int) -> bool:
    """Return whether a consignment gets room now; else it waits for it."""
    if m[m[ROOM_LINE] + room] == 0 and _fits(m, unit, room):
        _fill(m, unit, room)
        return True
    m[m[ROOM_LINE] + room] += 1
    append(m, ROOM_HEAD, ROOM_TAIL, room, unit, now)
    return False


@compiled
def _fits(m: Ints, unit: int, room: int) -> bool:
    """Whether there is room: what is larger than all of it comes alone."""
    used_kg = m[m[ROOM_USED] + room]
    return used_kg == 0 or used_kg + m[m[UNIT_MASS_KG] + unit] <= m[m[ROOM_KG] + room]


@compiled
def _fill(m: Ints, unit: int, room: int) -> None:
    m[m[ROOM_USED] + room] += m[m[UNIT_MASS_KG] + unit]
    m[m[UNIT_ROOM] + unit] = room + 1


@compiled
def leave(m: Ints, v: Ints, h: Heaps, unit: int, now: int) -> None:
    """Let a consignment that boards give up its room; those who wait go in, each as an event, now."""
    room = m[m[UNIT_ROOM] + unit] - 1
    if room < 0:
        return
    m[m[UNIT_ROOM] + unit] = 0
    m[m[ROOM_USED] + room] -= m[m[UNIT_MASS_KG] + unit]
    while m[m[ROOM_LINE] + room] and _fits(m, m[m[ROOM_HEAD] + room] - 1, room):
        other = take(m, ROOM_HEAD, ROOM_TAIL, room)
        m[m[ROOM_LINE] + room] -= 1
        _fill(m, other, room)
        record(m, v, other, m[m[ROOM_ELEMENT] + room], m[m[UNIT_SINCE] + other], now, now)
        push(m, h, m[EVENTS], now << UNIT_BITS | other)


@compiled
def leave_all(m: Ints, v: Ints, h: Heaps, vehicle: int, now: int) -> None:
    """Let all aboard a train or ship give up their room."""
    for row in range(m[m[UNIT_LUCK] + vehicle], m[m[UNIT_LUCK] + vehicle] + m[m[UNIT_PARTS] + vehicle]):
        leave(m, v, h, m[m[LOAD_CONSIGNMENT] + row], now)
