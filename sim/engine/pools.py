"""Pools of train sets: a train leaves when one is free, which then comes back empty as long as it took."""

from collections import deque
from dataclasses import dataclass, field

from sim.clock import NEVER
from sim.engine.world import World
from sim.network.elements import Pool


@dataclass
class Sets:
    """The sets of a pool, and the yards that ask for one, in order.

    `away` counts sets under way; `left_at` says when the trains that have not yet arrived left (s).
    """

    world: World
    number: int
    pool: Pool
    away: int = 0
    left_at: dict[int, int] = field(default_factory=dict)
    asking: deque["Asker"] = field(default_factory=deque)

    def ask(self, yard: "Asker") -> None:
        """Let a yard have a set now or when one is free."""
        self.asking.append(yard)
        self._give()

    def _give(self) -> None:
        while self.asking and self.away < self.pool.sets.at(self.world.now):
            self.away += 1
            train = self.asking.popleft().leave()
            self.left_at[train] = self.world.now
            self.world.motion.comes_back(train, self.number)

    def landed(self, train: int) -> None:
        """Take back the set of a train that arrives now, after unloading and the way back."""
        now = self.world.now
        took_s = now - self.left_at.pop(train)
        self.world.later(now + self.pool.turn_s + took_s, lambda _: self._back())

    def _back(self) -> None:
        self.away -= 1
        self._give()

    def watch(self) -> None:
        """Look at who asks whenever the number of sets changes."""
        for at_s, _ in self.pool.sets.changes:
            if self.world.now <= at_s < NEVER:
                self.world.later(at_s, lambda _: self._give())


class Asker:
    """Somebody who can send a train on its way."""

    def leave(self) -> int:
        """Send it now and return its number."""
        raise NotImplementedError


def pools(world: World) -> list[Sets]:
    """Return the pools of a world."""
    found = [Sets(world, number, pool) for number, pool in enumerate(world.network.pools)]
    for sets in found:
        sets.watch()
    return found
