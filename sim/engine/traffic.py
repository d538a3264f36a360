"""Consignments, trucks and trains under way.

A consignment goes through its itinerary leg by leg. On a truck leg it travels in as many trucks as it
needs and goes on when the last one has arrived. For a train leg it joins the yard where trains of its
route are made up; the train leaves when its load is together or the first consignment has waited as
long as it may, and then takes its way through paths and posts like any other vehicle.
"""

from collections.abc import Generator
from dataclasses import dataclass, field

from simpy import Event

from sim.clock import NEVER
from sim.engine.world import World
from sim.model.network import Fleet
from sim.network.elements import Leg
from sim.records.columns import NOT_YET, TRAIN, TRUCK
from sim.units import kilograms, seconds

Steps = Generator[Event, object, None]


@dataclass(frozen=True)
class Unit:
    """A moving unit: its number in the records, its mass (kg), and how its luck is named."""

    number: int
    mass_kg: int
    who: str
    serial: int


def traverse(world: World, unit: Unit, elements: tuple[int, ...]) -> Steps:
    """Take a unit through elements in order.

    Stretches that nobody queues for are known in advance: they are recorded at once and waited out
    together.
    """
    env, elements_of = world.env, world.network.elements
    ahead_s = 0
    for number in elements:
        element = elements_of[number]
        if element.server is None:
            left_at = pass_freely(world, unit, number, world.now + ahead_s)
            if left_at >= NEVER:
                yield env.event()
            ahead_s = left_at - world.now
            continue
        if ahead_s:
            yield env.timeout(ahead_s)
            ahead_s = 0
        if element.share < 1 and not world.picked(number, unit.who, unit.serial):
            if element.counted:
                world.recorder.visit(unit.number, number, world.now, world.now, world.now)
            continue
        yield _queued(world, unit, number)
    if ahead_s:
        yield env.timeout(ahead_s)


def pass_freely(world: World, unit: Unit, number: int, arrived_at: int) -> int:
    """Record the visit of a unit to an element without a queue and return the instant (s) of leaving it.

    The unit waits while the element is closed; where that never ends it has not started, and the instant
    is `NEVER`.
    """
    element = world.network.elements[number]
    opens_at = element.calendar.next_open(arrived_at)
    if opens_at >= NEVER:
        world.recorder.visit(unit.number, number, arrived_at, NOT_YET, NOT_YET)
        return NEVER
    left_at = opens_at + element.moving_s
    world.recorder.visit(unit.number, number, arrived_at, opens_at, left_at)
    return left_at


def _queued(world: World, unit: Unit, number: int) -> Event:
    """Queue a unit for a limited section, an acceptance, a step or a terminal."""
    element = world.network.elements[number]
    if element.server is None:
        raise ValueError(f"{element.name} has no queue")
    stay_s = element.moving_s
    if element.kind not in ("section", "acceptance"):
        stay_s = world.service_s(number, unit.who, unit.serial, unit.mass_kg)
    hold_s = element.hold_s
    if hold_s is not None and unit.mass_kg < element.full_kg:
        hold_s = max(1, round(hold_s * unit.mass_kg / element.full_kg))
    return world.queues[element.server].enter(unit.number, number, stay_s, hold_s)


def by_truck(world: World, unit: Unit, leg: Leg, fleet: Fleet) -> Steps:
    """Carry a consignment by road, in several trucks if one cannot take it."""
    payload_kg = kilograms(fleet.payload_t.value)
    count = -(-unit.mass_kg // payload_kg)
    if count == 1:
        yield from traverse(world, unit, leg.elements)
        return
    env = world.env
    trips = []
    for part in range(count):
        mass_kg = unit.mass_kg // count + (part < unit.mass_kg % count)
        number = world.recorder.unit(TRUCK, mass_kg, world.now)
        world.recorder.load(number, unit.number, mass_kg)
        truck = Unit(number, mass_kg, unit.who, unit.serial * count + part)
        trips.append(env.process(_trip(world, truck, leg)))
    yield env.all_of(trips)


def _trip(world: World, truck: Unit, leg: Leg) -> Steps:
    yield from traverse(world, truck, leg.elements)
    world.recorder.deliver(truck.number, world.now)


@dataclass
class Waiting:
    """A consignment that waits for a vehicle, since when, and the event of its arrival at the other end.

    `left_behind_at` is when a full ship first sailed without it.
    """

    unit: Unit
    since_s: int
    arrival: Event
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

    def join(self, unit: Unit) -> Event:
        """Add a consignment; return the event of its arrival at the end of the leg."""
        env = self.world.env
        if not self.waiting:
            env.process(self._leave_in_time(self.trains))
        one = Waiting(unit, self.world.now, env.event())
        self.waiting.append(one)
        self.mass_kg += unit.mass_kg
        if self.mass_kg >= kilograms(self.fleet.payload_t.value):
            self._leave()
        return one.arrival

    def _leave_in_time(self, train: int) -> Steps:
        wait_h = self.fleet.maximum_wait_h.value if self.fleet.maximum_wait_h else 0.0
        yield self.world.env.timeout(seconds(wait_h))
        if self.trains == train and self.waiting:
            self._leave()

    def _leave(self) -> None:
        self.world.env.process(self._train(self.waiting, self.mass_kg, self.trains))
        self.waiting, self.mass_kg = [], 0
        self.trains += 1

    def _train(self, aboard: list[Waiting], mass_kg: int, serial: int) -> Steps:
        world = self.world
        now = world.now
        train = Unit(world.recorder.unit(TRAIN, mass_kg, now), mass_kg, self.name, serial)
        for one in aboard:
            world.recorder.load(train.number, one.unit.number, one.unit.mass_kg)
            self._record_wait(one, now)
        yield from traverse(world, train, self.leg.elements)
        world.recorder.deliver(train.number, world.now)
        for one in aboard:
            one.arrival.succeed()

    def _record_wait(self, one: Waiting, left_at: int) -> None:
        if self.leg.yard is not None:
            self.world.recorder.visit(one.unit.number, self.leg.yard, one.since_s, left_at, left_at)

    def close_books(self) -> None:
        """Record those who still wait at the end of the run."""
        for one in self.waiting:
            self._record_wait(one, NOT_YET)
