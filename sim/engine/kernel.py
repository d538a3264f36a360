"""The inner loop: everything that moves or queues first come, first served, from one event to the next.

A unit (a consignment, one of its trucks, a train, a ship) goes through the elements of its path. Elements
without a queue are passed at once, however long that takes: its way is known. At an element with a queue
the unit joins as the last, and is told at once when it will leave: nobody who comes later can change that,
since hours, closures and changes of places are known beforehand. So a visit takes one event.

Events lie in one heap of whole numbers, ``instant << 32 | unit``: at one instant the lower unit goes
first. `advance` works through them up to the instant at which SimPy has something to do, and comes back
earlier where the world outside has to act: a yard has its first consignment or its load, a train or ship
has arrived. The functions work on flat arrays only: the ledger `m`, the reals `d` (see `columns`), the
visits `v` and the heaps `h`. With numba they are compiled; without it they run as they stand, on memoryviews
of the same arrays, and give the same numbers.

Instants and durations are whole seconds, masses kilograms.
"""

from sim.clock import NEVER
from sim.engine.columns import (
    CALENDAR,
    CONSIGNMENTS,
    COUNTED,
    DRAWS,
    END,
    EVENTS,
    KIND,
    LEG_DRAW,
    LEG_DRAWS,
    LEG_KIND,
    LEG_PATH,
    LEG_PAYLOAD_KG,
    LEG_ROOM,
    LEG_STAND,
    LEGS_UNTIL,
    LOAD_CONSIGNMENT,
    LOAD_MASS_KG,
    LOAD_VEHICLE,
    LOADS,
    LONGEST,
    MEAN,
    MOVING_S,
    PATH_DRAW,
    PATH_ELEMENT,
    PATH_FROM,
    PATH_UNTIL,
    PER_KG_S,
    PICKS,
    QUEUE_URGENT,
    RELEASED,
    SERVED,
    SERVER,
    SHARE,
    STAND_FROM,
    STAND_FULL_KG,
    STAND_HEAD,
    STAND_KG,
    STAND_TAIL,
    TOLD,
    TOLD_AT,
    UNIT_DELIVERED_AT,
    UNIT_DRAW,
    UNIT_END,
    UNIT_FLOW,
    UNIT_ITINERARY,
    UNIT_KIND,
    UNIT_LEG,
    UNIT_LUCK,
    UNIT_MARK,
    UNIT_MASS_KG,
    UNIT_PARENT,
    UNIT_PARTS,
    UNIT_POOL,
    UNIT_RELEASED_AT,
    UNIT_ROOM,
    UNIT_ROW,
    UNITS,
    VARIES,
    VISITS,
    WAITING_SINCE,
    WAITING_UNIT,
    Floats,
    Ints,
)
from sim.engine.compiled import compiled
from sim.engine.heaps import Heaps, first, pop, push, size
from sim.engine.lines import UNIT_BITS, UNIT_MASK, WAKE, stand_in_line, woken
from sim.engine.openings import next_open, value_at
from sim.engine.queues import FREE, WIDTH, enter, record
from sim.engine.rooms import let_in
from sim.records.columns import CONSIGNMENT, NOT_YET, TRUCK

CARRY, WAIT = 0, 1
"""What a leg is: a path, or the wait for a train or ship."""
DONE, FULL, JOINED, LANDED, MOVE = 0, 1, 2, 3, 4
"""Why `advance` returns: all is done up to the instant asked; the columns of visits are full; a consignment
joined a yard that was empty or is now full; a train has arrived whose set goes back to its pool. (`MOVE` is
for its own use: the unit has a new path.)"""
AT_END = -1


@compiled
def _service_s(m: Ints, d: Floats, unit: int, element: int, now: int, draw: int) -> int:
    mean_s = value_at(m, d, m[m[MEAN] + element], now)
    mean_s += d[m[PER_KG_S] + element] * m[m[UNIT_MASS_KG] + unit]
    if m[m[VARIES] + element]:
        mean_s *= d[m[DRAWS] + draw]
    return max(1, int(mean_s + 0.5))


@compiled
def _queue_up(m: Ints, d: Floats, v: Ints, h: Heaps, unit: int, element: int, now: int, draw: int) -> int:
    """Queue a unit, if it must stop at all, for its service or passage; return when it goes on."""
    if m[m[PICKS] + element]:
        if d[m[DRAWS] + draw] >= d[m[SHARE] + element]:
            if m[m[COUNTED] + element]:
                record(m, v, unit, element, now, now, now)
            return now
        draw += 1
    stay_s = m[m[MOVING_S] + element]
    if m[m[SERVED] + element]:
        stay_s = _service_s(m, d, unit, element, now, draw)
    if m[m[QUEUE_URGENT] + m[m[SERVER] + element]]:
        stand_in_line(m, d, v, h, unit, element, now, stay_s)
        return NEVER
    return enter(m, d, v, h, unit, element, now, stay_s)


@compiled
def _pass_freely(m: Ints, v: Ints, unit: int, element: int, arrives_at: int) -> int:
    """Record a visit without a queue; return when the unit goes on, `NEVER` where it stays closed."""
    opens_at = next_open(m, m[m[CALENDAR] + element], arrives_at)
    if opens_at >= NEVER:
        record(m, v, unit, element, arrives_at, NOT_YET, NOT_YET)
        return NEVER
    record(m, v, unit, element, arrives_at, opens_at, opens_at + m[m[MOVING_S] + element])
    return opens_at + m[m[MOVING_S] + element]


@compiled
def _go_on(m: Ints, d: Floats, v: Ints, h: Heaps, unit: int, now: int) -> int:
    """Take a unit on along its path; return when its next event is, or `AT_END` if it is there now."""
    at_s, row, end = now, m[m[UNIT_ROW] + unit], m[m[UNIT_END] + unit]
    while row < end and at_s < m[END]:
        element = m[m[PATH_ELEMENT] + row]
        if m[m[KIND] + element] == FREE:
            at_s = _pass_freely(m, v, unit, element, at_s)
        elif at_s > now:
            break
        else:
            at_s = _queue_up(m, d, v, h, unit, element, now, m[m[UNIT_DRAW] + unit] + m[m[PATH_DRAW] + row])
        row += 1
    m[m[UNIT_ROW] + unit] = row
    return AT_END if row == end and at_s == now else at_s


@compiled
def _put(m: Ints, unit: int, path: int, draw: int) -> None:
    """Put a unit at the start of a path."""
    m[m[UNIT_ROW] + unit], m[m[UNIT_END] + unit] = m[m[PATH_FROM] + path], m[m[PATH_UNTIL] + path]
    m[m[UNIT_DRAW] + unit] = draw


@compiled
def begin(m: Ints, h: Heaps, unit: int, path: int, draw: int, now: int) -> None:
    """Put a unit at the start of a path; it moves as an event of its own, now."""
    _put(m, unit, path, draw)
    push(m, h, m[EVENTS], now << UNIT_BITS | unit)


@compiled
def land(m: Ints, h: Heaps, vehicle: int, now: int) -> None:
    """Let the consignments that a train or ship has brought go on, each as an event of its own, now."""
    for row in range(m[m[UNIT_LUCK] + vehicle], m[m[UNIT_LUCK] + vehicle] + m[m[UNIT_PARTS] + vehicle]):
        unit = m[m[LOAD_CONSIGNMENT] + row]
        m[m[UNIT_ROW] + unit] = m[m[UNIT_END] + unit]
        push(m, h, m[EVENTS], now << UNIT_BITS | unit)


@compiled
def _next_leg(m: Ints, h: Heaps, unit: int, now: int) -> int:
    """Begin a consignment's next leg, or deliver it; return why the world must act, or `DONE`."""
    leg = m[m[UNIT_LEG] + unit]
    if leg == m[m[LEGS_UNTIL] + m[m[UNIT_ITINERARY] + unit]]:
        m[m[UNIT_DELIVERED_AT] + unit] = now
        return DONE
    room = m[m[LEG_ROOM] + leg]
    if room >= 0 and m[m[UNIT_ROOM] + unit] == 0 and not let_in(m, unit, room, now):
        return DONE
    m[m[UNIT_LEG] + unit] = leg + 1
    if m[m[LEG_KIND] + leg] == WAIT:
        return _join(m, unit, m[m[LEG_STAND] + leg], now)
    payload_kg, mass_kg = m[m[LEG_PAYLOAD_KG] + leg], m[m[UNIT_MASS_KG] + unit]
    draw = m[m[UNIT_LUCK] + unit] + m[m[LEG_DRAW] + leg]
    if payload_kg == 0 or mass_kg <= payload_kg:
        _put(m, unit, m[m[LEG_PATH] + leg], draw)
        return MOVE
    count = -(-mass_kg // payload_kg)
    m[m[UNIT_PARTS] + unit] = count
    for part in range(count):
        truck_kg = mass_kg // count + (1 if part < mass_kg % count else 0)
        truck = new_unit(m, TRUCK, truck_kg, now)
        m[m[UNIT_PARENT] + truck], m[m[UNIT_MARK] + truck] = unit, m[m[UNIT_MARK] + unit]
        load(m, truck, unit, truck_kg)
        begin(m, h, truck, m[m[LEG_PATH] + leg], draw + part * m[m[LEG_DRAWS] + leg], now)
    return DONE


@compiled
def new_unit(m: Ints, kind: int, mass_kg: int, now: int) -> int:
    """Add a vehicle; return its number."""
    unit = m[UNITS]
    m[UNITS] = unit + 1
    m[m[UNIT_KIND] + unit], m[m[UNIT_MASS_KG] + unit] = kind, mass_kg
    m[m[UNIT_FLOW] + unit] = m[m[UNIT_ITINERARY] + unit] = m[m[UNIT_DELIVERED_AT] + unit] = NOT_YET
    m[m[UNIT_RELEASED_AT] + unit] = now
    return unit


@compiled
def load(m: Ints, vehicle: int, unit: int, mass_kg: int) -> None:
    """Note that a vehicle carries so much of a consignment."""
    row = m[LOADS]
    m[LOADS] = row + 1
    m[m[LOAD_VEHICLE] + row], m[m[LOAD_CONSIGNMENT] + row], m[m[LOAD_MASS_KG] + row] = vehicle, unit, mass_kg


@compiled
def _join(m: Ints, unit: int, stand: int, now: int) -> int:
    """Let a consignment wait for a train or ship; a yard must know of the first and of a full load."""
    row = m[m[STAND_FROM] + stand] + m[m[STAND_TAIL] + stand]
    m[m[WAITING_UNIT] + row], m[m[WAITING_SINCE] + row] = unit, now
    m[m[STAND_TAIL] + stand] += 1
    m[m[STAND_KG] + stand] += m[m[UNIT_MASS_KG] + unit]
    full_kg = m[m[STAND_FULL_KG] + stand]
    alone = m[m[STAND_TAIL] + stand] - m[m[STAND_HEAD] + stand] == 1
    if full_kg and (alone or m[m[STAND_KG] + stand] >= full_kg):
        m[TOLD], m[TOLD_AT] = stand, now
        return JOINED
    return DONE


@compiled
def _arrive(m: Ints, h: Heaps, unit: int, now: int) -> int:
    """Let a unit be at the end of its path; return `MOVE`, why the world must act, or `DONE`."""
    kind = m[m[UNIT_KIND] + unit]
    if kind == CONSIGNMENT:
        return _next_leg(m, h, unit, now)
    m[m[UNIT_DELIVERED_AT] + unit] = now
    if kind != TRUCK:
        land(m, h, unit, now)
        if m[m[UNIT_POOL] + unit]:
            m[TOLD], m[TOLD_AT] = unit, now
            return LANDED
        return DONE
    consignment = m[m[UNIT_PARENT] + unit]
    m[m[UNIT_PARTS] + consignment] -= 1
    if m[m[UNIT_PARTS] + consignment] == 0:
        push(m, h, m[EVENTS], now << UNIT_BITS | consignment)
    return DONE


@compiled
def _happen(m: Ints, d: Floats, v: Ints, h: Heaps, unit: int, now: int) -> int:
    """Let the event of a unit happen: it moves on, over as many legs as it can do now."""
    why = MOVE
    while why == MOVE:
        due_s = _go_on(m, d, v, h, unit, now)
        if due_s == AT_END:
            why = _arrive(m, h, unit, now)
        else:
            why = DONE
            if due_s < m[END]:
                push(m, h, m[EVENTS], due_s << UNIT_BITS | unit)
    return why


@compiled
def advance(m: Ints, d: Floats, v: Ints, h: Heaps, until_s: int) -> int:
    """Work through all events at or before an instant; return early where the world outside must act."""
    events, released = m[EVENTS], m[RELEASED]
    room = len(v) // WIDTH - m[LONGEST]
    end = (until_s + 1) << UNIT_BITS
    why = DONE
    while why == DONE:
        if m[VISITS] > room:
            return FULL
        key = first(m, h, events) if size(m, h, events) else end
        coming = end
        if released < m[CONSIGNMENTS]:
            coming = m[m[UNIT_RELEASED_AT] + released] << UNIT_BITS | released
        if min(key, coming) >= end:
            return DONE
        if coming < key:
            key = coming
            released += 1
            m[RELEASED] = released
        else:
            pop(m, h, events)
        unit, now = key & UNIT_MASK, key >> UNIT_BITS
        if unit >= WAKE:
            woken(m, d, v, h, unit - WAKE, now)
        else:
            why = _happen(m, d, v, h, unit, now)
    return why
