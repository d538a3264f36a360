"""Ships: sailings at even intervals, berths at both ends, and what waits on the quay for them."""

from collections.abc import Generator
from dataclasses import dataclass, field

from simpy import Event

from sim.clock import NEVER
from sim.engine.traffic import Then, Unit, Waiting
from sim.engine.world import World
from sim.network.elements import Line
from sim.records.columns import NOT_YET, VESSEL

Steps = Generator[Event, object, None]


@dataclass
class Dock:
    """What waits for the sailings of one line; `ships` counts those that sailed."""

    world: World
    line: Line
    offset_s: int
    waiting: list[Waiting] = field(default_factory=list)
    mass_kg: int = 0
    ships: int = 0

    def join(self, unit: Unit, then: Then) -> None:
        """Add a consignment; `then` is called when it is landed at the other end."""
        self.waiting.append(Waiting(unit, self.world.now, then))
        self.mass_kg += unit.mass_kg

    def sailings(self) -> Steps:
        """Offer a sailing at every interval, for ever."""
        env, line = self.world.env, self.line
        calendar = self.world.network.elements[line.dock].calendar
        number = 0
        while True:
            due_s = self.offset_s + round(number * line.interval_s)
            yield env.timeout(due_s - env.now)
            if self._worth_sailing() and calendar.next_open(self.world.now) == self.world.now:
                env.process(self._voyage(self._take_aboard(), self.ships))
                self.ships += 1
            number += 1

    def _worth_sailing(self) -> bool:
        if not self.waiting:
            return False
        overdue = self.world.now - self.waiting[0].since_s >= self.line.maximum_wait_s
        return overdue or self.mass_kg >= self.line.minimum_kg

    def _take_aboard(self) -> list[Waiting]:
        """Take what fits, first come first served, and at least one consignment."""
        mass_kg, count = 0, 0
        for one in self.waiting:
            if count and mass_kg + one.unit.mass_kg > self.line.capacity_kg:
                break
            mass_kg += one.unit.mass_kg
            count += 1
        aboard, self.waiting = self.waiting[:count], self.waiting[count:]
        for one in self.waiting:
            if one.left_behind_at is None:
                one.left_behind_at = self.world.now
        self.mass_kg -= mass_kg
        return aboard

    def _voyage(self, aboard: list[Waiting], serial: int) -> Steps:
        world, line, env = self.world, self.line, self.world.env
        mass_kg = sum(one.unit.mass_kg for one in aboard)
        ship = Unit(world.recorder.unit(VESSEL, mass_kg, world.now), mass_kg, line.name, serial)
        for one in aboard:
            world.recorder.load(ship.number, one.unit.number, one.unit.mass_kg)
            self._record_wait(one, world.now)
        yield self._berth(ship, line.loading)
        lands_at = world.stops[line.passage].pass_freely(ship.number, world.now)
        yield env.timeout(lands_at - world.now) if lands_at < NEVER else env.event()
        yield self._berth(ship, line.unloading)
        world.recorder.deliver(ship.number, world.now)
        for one in aboard:
            one.then()

    def _berth(self, ship: Unit, number: int) -> Event:
        world = self.world
        luck = (ship.who, ship.serial)
        leaves_at = world.stops[number].queue_up(ship.number, ship.mass_kg, luck, world.now)
        return world.env.timeout(leaves_at - world.now) if leaves_at < NEVER else world.env.event()

    def close_books(self) -> None:
        """Record those who still wait at the end of the run."""
        for one in self.waiting:
            self._record_wait(one, NOT_YET)

    def _record_wait(self, one: Waiting, until_s: int) -> None:
        """Record the wait for the first sailing, and that for space after it was left behind."""
        visit, unit = self.world.recorder.visit, one.unit.number
        if one.left_behind_at is None:
            visit(unit, self.line.dock, one.since_s, until_s, until_s)
        else:
            visit(unit, self.line.dock, one.since_s, one.left_behind_at, one.left_behind_at)
            visit(unit, self.line.space, one.left_behind_at, until_s, until_s)
