"""Ships: sailings at even intervals, and what waits on the quay for them."""

from dataclasses import dataclass, field

import numpy as np

from sim.engine.ledger import Numbers
from sim.engine.motion import Waiting
from sim.engine.world import Steps, World
from sim.network.elements import Line
from sim.records.columns import NOT_YET, VESSEL
from sim.streams import stream


@dataclass
class Dock:
    """What waits for the sailings of one line, at a stand; `ships` counts those that sailed.

    `left_behind` says since when (s) each of the first who wait has waited for space: since a full ship
    first sailed without it.
    """

    world: World
    line: Line
    stand: int
    offset_s: int
    ships: int = 0
    left_behind: Numbers = field(default_factory=lambda: np.empty(0, dtype=np.int64))

    def sailings(self) -> Steps:
        """Offer a sailing at every interval, for ever."""
        env, line = self.world.env, self.line
        calendar = self.world.network.elements[line.dock].calendar
        number = 0
        while True:
            due_s = self.offset_s + round(number * line.interval_s)
            yield env.timeout(due_s - env.now)
            if self._worth_sailing() and calendar.next_open(self.world.now) == self.world.now:
                self._sail()
            number += 1

    def _in_time(self) -> Waiting:
        """Return who came before the cut-off of a ship that sails now."""
        there = self.world.motion.waiting(self.stand)
        count = int(np.searchsorted(there.since, self.world.now - self.line.cut_off_s, side="right"))
        return Waiting(*(column[:count] for column in there))

    def _worth_sailing(self) -> bool:
        there = self._in_time()
        if not len(there.unit):
            return False
        overdue = self.world.now - there.since[0] >= self.line.maximum_wait_s
        return bool(overdue) or bool(there.mass_kg.sum() >= self.line.minimum_kg)

    def _sail(self) -> None:
        """Take what fits, first come first served, and at least one consignment."""
        world, line, motion, now = self.world, self.line, self.world.motion, self.world.now
        there = self._in_time()
        total_kg = np.cumsum(there.mass_kg)
        count = max(1, int(np.searchsorted(total_kg, line.capacity_kg, side="right")))
        ship = motion.unit(VESSEL, int(total_kg[count - 1]), now)
        self._record_waits(there, count, now)
        motion.board(ship, self.stand, count, now)
        known = self.left_behind[count:]
        newly = len(there.unit) - count - len(known)
        self.left_behind = np.concatenate([known, np.full(newly, now, dtype=np.int64)])
        world.depart(ship, world.layout.stands[self.stand].path, line.name, self.ships)
        self.ships += 1

    def close_books(self) -> None:
        """Record those who still wait at the end of the run."""
        there = self.world.motion.waiting(self.stand)
        self._record_waits(there, len(there.unit), NOT_YET)

    def _record_waits(self, there: Waiting, count: int, until_s: int) -> None:
        """Record the wait of the first `count` for a sailing, and that for space of those left behind."""
        motion, line = self.world.motion, self.line
        units, since, before = there.unit[:count], there.since[:count], self.left_behind[:count]
        old = len(before)
        motion.visits(units[:old], line.dock, since[:old], before)
        motion.visits(units[:old], line.space, before, until_s)
        motion.visits(units[old:], line.dock, since[old:], until_s)


def docks(world: World) -> list[Dock]:
    """Return a dock for every line that carries something, each with its own even timetable.

    They are in the order of their lines' names, which decides where two ships sail in the same second.
    """
    found = []
    for number, line in enumerate(world.network.lines):
        stand = world.layout.dock(number)
        if stand is not None:
            luck = stream(world.draws.seed, world.draws.replication, "timetable", line.name)
            found.append(Dock(world, line, stand, int(luck.random() * line.interval_s)))
    return sorted(found, key=lambda dock: dock.line.name)
