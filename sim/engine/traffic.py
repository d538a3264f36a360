"""Consignments, trucks and trains under way.

A consignment goes through its itinerary leg by leg. On a truck leg it travels in as many trucks as it
needs and goes on when the last one has arrived. For a train leg it joins the yard where trains of its
route are made up; the train leaves when its load is together or the first consignment has waited as
long as it may, and then takes its way through paths and posts like any other vehicle.

What moves is told by SimPy when it arrives where something may make it wait; until then its way is known
and recorded at once. A moving thing is an object whose method is the event's callback: of the millions of
events of a year none needs a process of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from simpy import Event

from sim.engine.world import World
from sim.model.network import Fleet
from sim.network.elements import Leg
from sim.records.columns import NOT_YET, TRAIN, TRUCK
from sim.units import kilograms, seconds

Then = Callable[[], None]
"""What happens when something has arrived."""


class Unit:
    """A moving unit: its number in the records, its mass (kg), and how its luck is named."""

    __slots__ = ("mass_kg", "number", "serial", "who")

    def __init__(self, number: int, mass_kg: int, who: str, serial: int) -> None:
        self.number = number
        self.mass_kg = mass_kg
        self.who = who
        self.serial = serial


class Passage:
    """A unit on its way through elements in order; `then` is called when it has left the last."""

    __slots__ = ("at", "due_s", "elements", "luck", "then", "unit", "world")

    def __init__(self, world: World, unit: Unit, elements: tuple[int, ...], then: Then) -> None:
        self.world = world
        self.unit = unit
        self.luck = (unit.who, unit.serial)
        self.elements = elements
        self.then = then
        self.at = 0
        self.due_s = world.now

    def go(self, _: Event | None = None) -> None:
        """Go on from the present instant to the next element where others may stand before the unit."""
        world, unit, elements = self.world, self.unit, self.elements
        stops = world.stops
        now = at_s = self.due_s
        for position in range(self.at, len(elements)):
            stop = stops[elements[position]]
            if stop.free:
                at_s = stop.pass_freely(unit.number, at_s)
            elif at_s > now:
                self._wait(at_s, position)
                return
            else:
                at_s = stop.queue_up(unit.number, unit.mass_kg, self.luck, now)
            if at_s >= world.end_s:
                return
        if at_s > now:
            self._wait(at_s, len(elements))
        else:
            self.then()

    def _wait(self, until_s: int, position: int) -> None:
        """Go on at an instant (s) with the element at a position."""
        self.due_s, self.at = until_s, position
        self.world.later(until_s, self.go)


def by_truck(world: World, unit: Unit, leg: Leg, fleet: Fleet, then: Then) -> None:
    """Carry a consignment by road, in several trucks if one cannot take it."""
    payload_kg = kilograms(fleet.payload_t.value)
    count = -(-unit.mass_kg // payload_kg)
    if count == 1:
        Passage(world, unit, leg.elements, then).go()
        return
    convoy = Convoy(world, count, then)
    for part in range(count):
        mass_kg = unit.mass_kg // count + (part < unit.mass_kg % count)
        number = world.recorder.unit(TRUCK, mass_kg, world.now)
        world.recorder.load(number, unit.number, mass_kg)
        truck = Unit(number, mass_kg, unit.who, unit.serial * count + part)
        Passage(world, truck, leg.elements, convoy.arrival_of(number)).go()


@dataclass
class Convoy:
    """The trucks of one consignment: `then` is called when all `under_way` have arrived."""

    world: World
    under_way: int
    then: Then

    def arrival_of(self, truck: int) -> Then:
        """Return what happens when a truck arrives."""

        def arrive() -> None:
            self.world.recorder.deliver(truck, self.world.now)
            self.under_way -= 1
            if not self.under_way:
                self.then()

        return arrive


@dataclass
class Waiting:
    """A consignment that waits for a vehicle, since when, and what happens when it is at the other end.

    `left_behind_at` is when a full ship first sailed without it.
    """

    unit: Unit
    since_s: int
    then: Then
    left_behind_at: int | None = None


@dataclass
class Yard:
    """Where trains of one route are made up; `trains` counts those that left."""

    world: World
    leg: Leg
    fleet: Fleet
    name: str
    waiting: list[Waiting] = field(default_factory=list)
    mass_kg: int = 0
    trains: int = 0

    def join(self, unit: Unit, then: Then) -> None:
        """Add a consignment; `then` is called on its arrival at the end of the leg."""
        world = self.world
        if not self.waiting:
            wait_h = self.fleet.maximum_wait_h.value if self.fleet.maximum_wait_h else 0.0
            number = self.trains
            world.later(world.now + seconds(wait_h), lambda _: self._leave_in_time(number))
        self.waiting.append(Waiting(unit, world.now, then))
        self.mass_kg += unit.mass_kg
        if self.mass_kg >= kilograms(self.fleet.payload_t.value):
            self._leave()

    def _leave_in_time(self, train: int) -> None:
        if self.trains == train and self.waiting:
            self._leave()

    def _leave(self) -> None:
        world, now = self.world, self.world.now
        aboard, mass_kg, serial = self.waiting, self.mass_kg, self.trains
        self.waiting, self.mass_kg, self.trains = [], 0, serial + 1
        train = Unit(world.recorder.unit(TRAIN, mass_kg, now), mass_kg, self.name, serial)
        for one in aboard:
            world.recorder.load(train.number, one.unit.number, one.unit.mass_kg)
            self._record_wait(one, now)

        def arrive() -> None:
            world.recorder.deliver(train.number, world.now)
            for one in aboard:
                one.then()

        Passage(world, train, self.leg.elements, arrive).go()

    def _record_wait(self, one: Waiting, left_at: int) -> None:
        if self.leg.yard is not None:
            self.world.recorder.visit(one.unit.number, self.leg.yard, one.since_s, left_at, left_at)

    def close_books(self) -> None:
        """Record those who still wait at the end of the run."""
        for one in self.waiting:
            self._record_wait(one, NOT_YET)
