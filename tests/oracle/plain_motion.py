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
from sim.engine.motion import Waiting
from sim.engine.shipments import Shipments
from sim.engine.tables import Layout
from sim.network.elements import Element, Server
from sim.records.columns import CONSIGNMENT, NOT_YET, PASSENGERS, TRUCK, Records

DAY_S = 86_400


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
    """A server: when each unit in it leaves, when the last one started, and how many passed on each day."""

    server: Server
    leaving: list[int] = field(default_factory=list)
    last: int = 0
    passed: dict[int, int] = field(default_factory=dict)

    def start(self, now: int) -> int:
        """Return when the next one starts who comes now: try one instant after the other."""
        at_s = max(now, self.last)
        while at_s < NEVER:
            opens = self.server.calendar.next_open(at_s)
            if opens == at_s and self._room(at_s):
                break
            at_s = opens if opens > at_s else self._next(at_s)
        self.last = min(at_s, NEVER)
        if self.server.daily and at_s < NEVER:
            self.passed[at_s // DAY_S] = self.passed.get(at_s // DAY_S, 0) + 1
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

    def __init__(self, layout: Layout, _tables: object, found: Shipments, end_s: int) -> None:
        self.layout, self.found, self.end_s = layout, found, end_s
        self.elements = layout.network.elements
        self.queues = [Queue(server) for server in layout.network.servers]
        self.stands: list[list[tuple[int, int]]] = [[] for _ in layout.stands]
        self.recorder = Recorder()
        self.units: list[Unit] = []
        self.consignment_of: dict[int, int] = {}
        self.events: list[tuple[int, int]] = []
        self.told = (-1, -1)
        for number, mass_kg in enumerate(found.mass_kg.tolist()):
            flow, itinerary = int(found.flow[number]), int(found.itinerary[number])
            at_s = int(found.released_at[number])
            self.recorder.unit(CONSIGNMENT, mass_kg, at_s, flow, itinerary)
            self.units.append(Unit(CONSIGNMENT, mass_kg))
            heapq.heappush(self.events, (at_s, number))

    def advance(self, until_s: int) -> bool:
        """Work through the events; True where a yard must act."""
        while self.events and self.events[0][0] <= until_s:
            now, unit = heapq.heappop(self.events)
            self.told = (-1, -1)
            self._go(unit, now)
            if self.told != (-1, -1):
                return True
        return False

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
        return sum(slot.element == place for slot in self.layout.paths._of(place))

    def enter(self, unit: int, element: int, now: int, stay_s: int) -> int:
        """Queue a unit for an element."""
        one = self.elements[element]
        queue = self.queues[one.server or 0]
        starts = queue.start(now)
        if starts >= self.end_s:
            self.recorder.visit(unit, element, now, NOT_YET, NOT_YET)
            return NEVER
        queue.leaving.append(starts + self._hold_s(self.units[unit], one, stay_s))
        self.recorder.visit(unit, element, now, starts, starts + stay_s)
        return starts + stay_s

    def _hold_s(self, unit: Unit, element: Element, stay_s: int) -> int:
        if element.hold_s is None:
            return stay_s
        if unit.kind == PASSENGERS or unit.mass_kg >= element.full_kg:
            return element.hold_s
        return max(1, int(element.hold_s * unit.mass_kg / element.full_kg + 0.5))

    def _next_leg(self, number: int, now: int) -> bool:
        """Begin a consignment's next leg; True if it moves on by itself at once."""
        unit, itinerary = self.units[number], int(self.found.itinerary[number])
        legs = self.layout.network.itineraries[itinerary].legs
        if unit.leg == len(legs):
            self.recorder.deliver(number, now)
            return False
        leg, (path, vehicles, first_draw) = legs[unit.leg], self.layout.legs[itinerary][unit.leg]
        unit.leg += 1
        if path < 0:
            self._wait(number, self._stand(itinerary, unit.leg - 1), now)
            return False
        start = int(self.found.first_draw[number]) + first_draw
        draws = self.found.draws[start:].tolist()
        if vehicles == 1:
            unit.way, unit.luck = list(leg.elements), draws[: self._needs(leg.elements)]
            return True
        unit.trucks = vehicles
        for part in range(vehicles):
            mass_kg = unit.mass_kg // vehicles + (part < unit.mass_kg % vehicles)
            truck = self.unit(TRUCK, mass_kg, now)
            self.recorder.load(truck, number, mass_kg)
            self.consignment_of[truck] = number
            self._send(truck, leg.elements, draws[part * self._needs(leg.elements) :], now)
        return False

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
            self.told = (stand, now)

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

    def board(self, vehicle: int, stand: int, count: int) -> None:
        """Load the first who wait."""
        for unit, _ in self.stands[stand][:count]:
            self.recorder.load(vehicle, unit, self.units[unit].mass_kg)
            self.units[vehicle].aboard.append(unit)
        del self.stands[stand][:count]

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
