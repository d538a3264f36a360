"""Yards: a train leaves when its load is together or the first consignment has waited long enough."""

from dataclasses import dataclass

from sim.engine.motion import Waiting
from sim.engine.tables import Stand
from sim.engine.world import World
from sim.records.columns import NOT_YET, TRAIN
from sim.units import seconds


@dataclass
class Yard:
    """Where trains of one route are made up, the stand `number`; `trains` counts those that left."""

    world: World
    number: int
    stand: Stand
    maximum_wait_s: int
    trains: int = 0

    def joined(self) -> None:
        """See to it that the train leaves in time, now that a first consignment or the full load is there."""
        world, there = self.world, self.world.motion.waiting(self.number)
        if len(there.unit) == 1:
            train = self.trains
            world.later(world.now + self.maximum_wait_s, lambda _: self._leave_in_time(train))
        if there.mass_kg.sum() >= self.stand.full_kg:
            self._leave()

    def _leave_in_time(self, train: int) -> None:
        if self.trains == train:
            self._leave()

    def _leave(self) -> None:
        world, now, motion = self.world, self.world.now, self.world.motion
        there = motion.waiting(self.number)
        train = motion.unit(TRAIN, int(there.mass_kg.sum()), now)
        motion.board(train, self.number, len(there.unit))
        self._record(there, now)
        world.depart(train, self.stand.path, self.stand.name, self.trains)
        self.trains += 1

    def close_books(self) -> None:
        """Record those who still wait at the end of the run."""
        self._record(self.world.motion.waiting(self.number), NOT_YET)

    def _record(self, there: Waiting, until_s: int) -> None:
        if self.stand.element is not None:
            self.world.motion.visits(there.unit, self.stand.element, there.since, until_s)


def yards(world: World) -> dict[int, Yard]:
    """Return the yards of a world by the number of their stand."""
    fleets = world.network.case.description.fleets
    found = {}
    for number, stand in enumerate(world.layout.stands):
        if stand.full_kg:
            wait_h = fleets[stand.fleet].maximum_wait_h
            found[number] = Yard(world, number, stand, seconds(wait_h.value if wait_h else 0.0))
    return found
