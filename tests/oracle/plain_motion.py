"""The engine's inner loop in plain words: one object a unit, one event an element, nothing clever.

It has the methods of `sim.engine.motion.Motion`, rests on the network itself instead of the ledger, and
follows the same rule for ties (at one instant the lower unit number goes first), so that its records must
be those of the engine, row by row.
"""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from recorder import Recorder

from sim.clock import NEVER
from sim.engine.kernel import DONE, JOINED, LANDED
from sim.engine.motion import Waiting
from sim.engine.shipments import Shipments
from sim.engine.tables import Columns, Layout
from sim.network.elements import Element, Server
from sim.records.columns import CONSIGNMENT, NOT_YET, TRUCK, Records

DAY_S = 86_400
SERVERS = 1 << 31
"""Added to the number of a server in the events that wake it."""


@dataclass
class Unit:
    """A consignment or vehicle: the elements before it, its luck on them, and what it carries."""

    kind: int
    mass_kg: int
    leg: int = 0
    way: list[int] = field(default_factory=list)
    luck: list[float] = field(default_factory=list)
    trucks: int = 0
    aboard: list[int] = field(default_factory=list)


@dataclass
class Queue:
    """A server: when each unit in it leaves, when the last one started, and how many passed on each day.

    Of a track, `reserved` are its reserved paths, `gaps` how long the last train keeps out trains by their
    direction. `line` holds (urgent or not, in order of arrival, unit, element, stay) of those who wait where
    some go first.
    """

    server: Server
    urgent: bool = False
    reserved: list[tuple[int, int]] = field(default_factory=list)
    leaving: list[int] = field(default_factory=list)
    last: int = 0
    passed: dict[int, int] = field(default_factory=dict)
    gaps: dict[str, int] = field(default_factory=dict)
    line: list[tuple[bool, int, int, int, int, int]] = field(default_factory=list)
    came: int = 0
    wakes: set[int] = field(default_factory=set)

    def path(self, now: int, way: str, holds: dict[str, int]) -> int:
        """Return when a train gets a path that keeps out others for so long, by direction (s)."""
        at_s = max(now, self.last + self.gaps.get(way, 0))
        while at_s < NEVER:
            opens = self.server.calendar.next_open(at_s)
            hits = [end for start, end in self.reserved if start < at_s + holds[way] and end > at_s]
            if opens == at_s and not hits:
                break
            at_s = max([opens, *hits])
        self.last, self.gaps = at_s, holds
        return at_s

    def can_start(self, at_s: int) -> bool:
        """Whether one can start at this instant."""
        return self.server.calendar.next_open(at_s) == at_s and self._room(at_s)

    def take(self, at_s: int, until_s: int) -> None:
        """Take a place, or one of the day's."""
        self.leaving.append(until_s)
        self.passed[at_s // DAY_S] = self.passed.get(at_s // DAY_S, 0) + 1

    def try_again(self, at_s: int) -> int:
        """Return the next instant at which somebody may start."""
        return (
            max(self.server.calendar.next_open(at_s), at_s + 1)
            if (self.server.calendar.next_open(at_s) > at_s)
            else self._next(at_s)
        )

    def start(self, now: int) -> int:
        """Return when the next one starts who comes now: try one instant after the other."""
        at_s = max(now, self.last)
        while at_s < NEVER:
            opens = self.server.calendar.next_open(at_s)
            if opens == at_s and self._room(at_s):
                break
            at_s = opens if opens > at_s else self._next(at_s)
        self.last = min(at_s, NEVER)
        return self.last

    def _room(self, at_s: int) -> bool:
        day = self.passed.get(at_s // DAY_S, 0)
        inside = day if self.server.daily else sum(leaves > at_s for leaves in self.leaving)
        return inside < self.server.places.at(at_s)

    def _next(self, at_s: int) -> int:
        """Return the next instant at which there may be room."""
        changes = [self.server.places.next_change(at_s), (at_s // DAY_S + 1) * DAY_S]
        return min([*changes, *(leaves for leaves in self.leaving if leaves > at_s)])


class PlainMotion:
    """All units of a run, their events, and the records."""

    def __init__(self, layout: Layout, tables: Columns, found: Shipments, end_s: int) -> None:
        self.layout, self.found, self.end_s = layout, found, end_s
        self.elements = layout.network.elements
        urgent = {one.server for one in self.elements if one.urgent}
        bounds = zip(tables["RESERVED_FROM"], tables["RESERVED_UNTIL"], strict=True)
        paths = list(zip(tables["RESERVED_AT"].tolist(), tables["RESERVED_END"].tolist(), strict=True))
        self.queues = [
            Queue(server, number in urgent, paths[start:end])
            for number, (server, (start, end)) in enumerate(zip(layout.network.servers, bounds, strict=True))
        ]
        self.lying: list[dict[int, int]] = [{} for _ in layout.network.rooms]
        self.outside: list[list[tuple[int, int]]] = [[] for _ in layout.network.rooms]
        self.pooled: dict[int, int] = {}
        self.slots = [len(layout.paths._of(place)) for place in range(len(self.elements))]
        self.stands: list[list[tuple[int, int]]] = [[] for _ in layout.stands]
        self.recorder = Recorder()
        self.units: list[Unit] = []
        self.consignment_of: dict[int, int] = {}
        self.events: list[tuple[int, int]] = []
        self.told, self.landed = (-1, -1), False
        for number, mass_kg in enumerate(found.mass_kg.tolist()):
            flow, itinerary = int(found.flow[number]), int(found.itinerary[number])
            at_s = int(found.released_at[number])
            self.recorder.unit(CONSIGNMENT, mass_kg, at_s, flow, itinerary)
            self.units.append(Unit(CONSIGNMENT, mass_kg))
            heapq.heappush(self.events, (at_s, number))

    def advance(self, until_s: int) -> int:
        """Work through the events, until a yard or pool must act."""
        while self.events and self.events[0][0] <= until_s:
            now, unit = heapq.heappop(self.events)
            self.told = (-1, -1)
            if unit >= SERVERS:
                self._serve(unit - SERVERS, now)
            else:
                self._go(unit, now)
            if self.told != (-1, -1):
                return LANDED if self.landed else JOINED
        return DONE

    def _later(self, unit: int, at_s: int) -> None:
        if at_s < self.end_s:
            heapq.heappush(self.events, (at_s, unit))

    def _go(self, number: int, now: int) -> None:
        """Move a unit on until it has to wait for an instant, or somewhere, or is there."""
        unit = self.units[number]
        while True:
            while unit.way:
                leaves = self._visit(number, unit.way.pop(0), now)
                if leaves > now:
                    self._later(number, leaves)
                    return
            if unit.kind != CONSIGNMENT:
                self._vehicle_arrives(number, now)
                return
            if not self._next_leg(number, now):
                return

    def _visit(self, number: int, place: int, now: int) -> int:
        """Return when a unit leaves an element at which it arrives now."""
        element, unit = self.elements[place], self.units[number]
        if element.server is None:
            opens = element.calendar.next_open(now)
            gone = opens + element.moving_s if opens < NEVER else NOT_YET
            self.recorder.visit(number, place, now, opens if opens < NEVER else NOT_YET, gone)
            return gone if opens < NEVER else NEVER
        draws = [unit.luck.pop(0) for _ in range(self._draws(place))]
        if element.share < 1 and draws.pop(0) >= element.share:
            if element.counted:
                self.recorder.visit(number, place, now, now, now)
            return now
        stay_s = element.moving_s
        if element.kind not in ("section", "acceptance"):
            mean_s = element.service_s.at(now) + element.service_s_per_kg * unit.mass_kg
            stay_s = max(1, int(mean_s * (draws[0] if draws else 1.0) + 0.5))
        return self.enter(number, place, now, stay_s)

    def _draws(self, place: int) -> int:
        return self.slots[place]

    def enter(self, unit: int, place: int, now: int, stay_s: int) -> int:
        """Queue a unit for an element."""
        element = self.elements[place]
        queue = self.queues[element.server or 0]
        if queue.urgent:
            goods = self._goods(unit)
            queue.came += 1
            queue.line.append((goods not in element.urgent, queue.came, unit, place, now, stay_s))
            self._serve(element.server or 0, now)
            return NEVER
        if element.hold_s is None:
            starts = queue.start(now)
        else:
            starts = queue.path(now, element.direction, self._holds(self.units[unit], element))
        if starts >= self.end_s:
            self.recorder.visit(unit, place, now, NOT_YET, NOT_YET)
            return NEVER
        queue.take(starts, starts + stay_s)
        self.recorder.visit(unit, place, now, starts, starts + stay_s)
        return starts + stay_s

    def _holds(self, unit: Unit, element: Element) -> dict[str, int]:
        """Return for how long a train keeps out trains in either direction (s); a light one its part."""
        other = "inbound" if element.direction == "outbound" else "outbound"
        whole = {element.direction: element.hold_s or 0, other: element.hold_s or 0}
        if element.cross_s is not None:
            whole[other] = element.cross_s
        part = min(1, unit.mass_kg / element.full_kg) if element.full_kg else 1
        return {
            way: seconds if part == 1 else max(1, int(seconds * part + 0.5)) for way, seconds in whole.items()
        }

    def _goods(self, unit: int) -> str:
        consignment = self.consignment_of.get(unit, unit)
        if self.units[consignment].kind != CONSIGNMENT:
            return ""
        flow, network = int(self.found.flow[consignment]), self.layout.network
        return network.case.description.demand[network.flows[flow]].commodity

    def _serve(self, server: int, now: int) -> None:
        """Start those in line who can, urgent ones first."""
        queue = self.queues[server]
        while queue.line and queue.can_start(now):
            first = min(queue.line)
            queue.line.remove(first)
            _, _, unit, place, since, stay_s = first
            queue.take(now, now + stay_s)
            self.recorder.visit(unit, place, since, now, now + stay_s)
            self._later(unit, now + stay_s)
        again = queue.try_again(now) if queue.line else NEVER
        if again not in queue.wakes:
            queue.wakes.add(again)
            self._later(SERVERS + server, again)

    def run_reserved(self, unit: int, place: int, now: int, stay_s: int) -> int:
        """Let a passenger train run on its path."""
        opens = self.queues[self.elements[place].server or 0].server.calendar.next_open(now)
        done = opens < self.end_s
        left = opens + stay_s if done else NOT_YET
        self.recorder.visit(unit, place, now, opens if done else NOT_YET, left)
        return left if done else NEVER

    def _next_leg(self, number: int, now: int) -> bool:
        """Begin a consignment's next leg; True if it moves on by itself at once."""
        unit, itinerary = self.units[number], int(self.found.itinerary[number])
        legs = self.layout.network.itineraries[itinerary].legs
        if unit.leg == len(legs):
            self.recorder.deliver(number, now)
            return False
        leg, (path, vehicles, first_draw) = legs[unit.leg], self.layout.legs[itinerary][unit.leg]
        if leg.room is not None and not self._let_in(number, leg.room, now):
            return False
        unit.leg += 1
        if path < 0:
            self._wait(number, self._stand(itinerary, unit.leg - 1), now)
            return False
        start = int(self.found.first_draw[number]) + first_draw
        needs = self._needs(leg.elements)
        draws = self.found.draws[start : start + vehicles * needs].tolist()
        if vehicles == 1:
            unit.way, unit.luck = list(leg.elements), draws
            return True
        unit.trucks = vehicles
        for part in range(vehicles):
            mass_kg = unit.mass_kg // vehicles + (part < unit.mass_kg % vehicles)
            truck = self.unit(TRUCK, mass_kg, now)
            self.recorder.load(truck, number, mass_kg)
            self.consignment_of[truck] = number
            self._send(truck, leg.elements, draws[part * needs : (part + 1) * needs], now)
        return False

    def _let_in(self, number: int, room: int, now: int) -> bool:
        if any(number in lying for lying in self.lying):
            return True
        if self.outside[room] or not self._fits(number, room):
            self.outside[room].append((number, now))
            return False
        self.lying[room][number] = self.units[number].mass_kg
        return True

    def _fits(self, number: int, room: int) -> bool:
        used, capacity = sum(self.lying[room].values()), self.layout.network.rooms[room].capacity_kg
        return used == 0 or used + self.units[number].mass_kg <= capacity

    def _leave_room(self, number: int, now: int) -> None:
        for room, lying in enumerate(self.lying):
            if lying.pop(number, None) is None:
                continue
            while self.outside[room] and self._fits(self.outside[room][0][0], room):
                other, since = self.outside[room].pop(0)
                self.lying[room][other] = self.units[other].mass_kg
                self.recorder.visit(other, self.layout.network.rooms[room].element, since, now, now)
                self._later(other, now)

    def _needs(self, elements: Sequence[int]) -> int:
        return sum(self._draws(place) for place in elements)

    def _stand(self, itinerary: int, leg: int) -> int:
        waits = [place for place, (path, _, _) in enumerate(self.layout.legs[itinerary]) if path < 0]
        return self.layout.stops[itinerary][waits.index(leg)]

    def _wait(self, number: int, stand: int, now: int) -> None:
        self.stands[stand].append((number, now))
        full_kg = self.layout.stands[stand].full_kg
        together = sum(self.units[unit].mass_kg for unit, _ in self.stands[stand])
        if full_kg and (len(self.stands[stand]) == 1 or together >= full_kg):
            self.told, self.landed = (stand, now), False

    def _vehicle_arrives(self, number: int, now: int) -> None:
        vehicle = self.units[number]
        self.recorder.deliver(number, now)
        if vehicle.kind == TRUCK:
            consignment = self.consignment_of[number]
            self.units[consignment].trucks -= 1
            if self.units[consignment].trucks == 0:
                self._later(consignment, now)
        for unit in vehicle.aboard:
            self._later(unit, now)
        if number in self.pooled:
            self.told, self.landed = (number, now), True

    def unit(self, kind: int, mass_kg: int, now: int) -> int:
        """Add a vehicle."""
        self.units.append(Unit(kind, mass_kg))
        return self.recorder.unit(kind, mass_kg, now)

    def begin(self, unit: int, path: int, luck: Sequence[float], now: int) -> None:
        """Send a train or ship on its way."""
        self._send(unit, list(self.layout.paths.numbers)[path], luck, now)

    def _send(self, unit: int, elements: Sequence[int], luck: Sequence[float], now: int) -> None:
        self.units[unit].way, self.units[unit].luck = list(elements), list(luck)
        self._later(unit, now)

    def waiting(self, stand: int) -> Waiting:
        """Return who waits at a stand."""
        units = np.array([unit for unit, _ in self.stands[stand]], dtype=np.int64)
        since = np.array([at_s for _, at_s in self.stands[stand]], dtype=np.int64)
        masses = np.array([self.units[unit].mass_kg for unit in units.tolist()], dtype=np.int64)
        return Waiting(units, since, masses)

    def board(self, vehicle: int, stand: int, count: int, now: int) -> None:
        """Load the first who wait."""
        aboard = [unit for unit, _ in self.stands[stand][:count]]
        for unit in aboard:
            self.recorder.load(vehicle, unit, self.units[unit].mass_kg)
        self.units[vehicle].aboard = aboard
        del self.stands[stand][:count]
        for unit in aboard:
            self._leave_room(unit, now)

    def comes_back(self, train: int, pool: int) -> None:
        """Remember whose set a train has."""
        self.pooled[train] = pool

    def pool_of(self, train: int) -> int:
        """Return whose set a train has."""
        return self.pooled[train]

    def close_books(self) -> None:
        """Record who still stands in a line."""
        for queue in self.queues:
            for _, _, unit, place, since, _ in queue.line:
                self.recorder.visit(unit, place, since, NOT_YET, NOT_YET)
        for room, outside in zip(self.layout.network.rooms, self.outside, strict=True):
            for unit, since in outside:
                self.recorder.visit(unit, room.element, since, NOT_YET, NOT_YET)

    def visits(self, units: np.ndarray, element: int, since: np.ndarray, until: np.ndarray | int) -> None:
        """Record waits."""
        untils = np.broadcast_to(until, len(units)).tolist()
        for unit, arrived, left in zip(units.tolist(), since.tolist(), untils, strict=True):
            self.recorder.visit(unit, element, arrived, left, left)

    def deliver(self, unit: int, now: int) -> None:
        """Note an arrival."""
        self.recorder.deliver(unit, now)

    def depart(self, timetable: int, now: int, boarded: int, turned_away: int, waited_s: int) -> int:
        """Note a passenger departure."""
        return self.recorder.depart(timetable, now, boarded, turned_away, round(waited_s / 60))

    def reach(self, departure: int, now: int) -> None:
        """Note its arrival."""
        self.recorder.arrive(departure, now)

    def records(self) -> Records:
        """Return all that happened."""
        return self.recorder.records(self.end_s)
