"""Yards: a train leaves when its load is together or the first consignment has waited long enough."""

from dataclasses import dataclass

import numpy as np

from sim.engine.motion import Waiting
from sim.engine.pools import Asker, Sets
from sim.engine.tables import Stand
from sim.engine.world import World
from sim.records.columns import NOT_YET, TRAIN
from sim.units import seconds


@dataclass
class Yard(Asker):
    """Where trains of one route are made up, the stand `number`; `trains` counts those that left.

    `due_at` says since when (s) a train should have left, if it waits for a set from the pool `sets`.
    """

    world: World
    number: int
    stand: Stand
    maximum_wait_s: int
    sets: Sets | None
    trains: int = 0
    due_at: int | None = None

    def joined(self) -> None:
        """See to it that the train leaves in time, now that a first consignment or the full load is there."""
        there = self.world.motion.waiting(self.number)
        if len(there.unit) == 1:
            self._leave_by(self.world.now + self.maximum_wait_s)
        if there.mass_kg.sum() >= self.stand.full_kg:
            self._due()

    def _leave_by(self, at_s: int) -> None:
        train = self.trains
        self.world.later(at_s, lambda _: self._due() if self.trains == train else None)

    def _due(self) -> None:
        """Let the train leave, or wait for a set."""
        if self.due_at is not None:
            return
        self.due_at = self.world.now
        if self.sets is None:
            self.leave()
        else:
            self.sets.ask(self)

    def leave(self) -> int:
        """Send the train with what waits, up to its full load; what stays waits for the next."""
        world, now, motion = self.world, self.world.now, self.world.motion
        there = motion.waiting(self.number)
        total_kg = np.cumsum(there.mass_kg)
        count = min(len(total_kg), int(np.searchsorted(total_kg, self.stand.full_kg)) + 1)
        train = motion.unit(TRAIN, int(total_kg[count - 1]), now)
        self._record(Waiting(*(column[:count] for column in there)), now)
        motion.board(train, self.number, count, now)
        world.depart(train, self.stand.path, self.stand.name, self.trains)
        self.trains += 1
        self.due_at = None
        if count < len(there.unit):
            self._leave_by(max(now, int(there.since[count]) + self.maximum_wait_s))
            if there.mass_kg[count:].sum() >= self.stand.full_kg:
                self._due()
        return train

    def close_books(self) -> None:
        """Record those who still wait at the end of the run."""
        self._record(self.world.motion.waiting(self.number), NOT_YET)

    def _record(self, there: Waiting, until_s: int) -> None:
        """Record the wait for a full train, and from when it was due that for a set."""
        motion, element, sets = self.world.motion, self.stand.element, self.sets
        due_at = np.full_like(there.since, until_s)
        if sets is not None and self.due_at not in (None, until_s):
            due_at = np.maximum(there.since, self.due_at or 0)
            motion.visits(there.unit, sets.pool.element, due_at, until_s)
        if element is not None:
            motion.visits(there.unit, element, there.since, due_at)


def yards(world: World, sets: list[Sets]) -> dict[int, Yard]:
    """Return the yards of a world by the number of their stand."""
    fleets = world.network.case.description.fleets
    found = {}
    for number, stand in enumerate(world.layout.stands):
        if stand.full_kg:
            wait_h = fleets[stand.fleet].maximum_wait_h
            wait_s = seconds(wait_h.value if wait_h else 0.0)
            pool = sets[stand.pool] if stand.pool >= 0 else None
            found[number] = Yard(world, number, stand, wait_s, pool)
    return found
