"""The state of one replication: the clock, what moves, and the luck."""

from collections.abc import Callable, Generator
from dataclasses import dataclass, field

from simpy import Environment, Event

from sim.engine.draws import Draws
from sim.engine.motion import Motion
from sim.engine.tables import Layout
from sim.network.elements import Network

Steps = Generator[Event, object, None]


@dataclass
class World:
    """One replication: SimPy's clock, and the motion that keeps step with it."""

    network: Network
    layout: Layout
    draws: Draws
    motion: Motion
    env: Environment = field(default_factory=Environment)

    @property
    def now(self) -> int:
        """The present instant, s."""
        return int(self.env.now)

    def later(self, at_s: int, then: Callable[[Event], None]) -> None:
        """Call `then` with the event at the instant `at_s` (s)."""
        self.env.timeout(at_s - self.env.now).callbacks.append(then)

    def depart(self, unit: int, path: int, who: str, number: int) -> None:
        """Send a train or ship on its way: the `number`-th of `who`, which names its luck."""
        slots = self.layout.paths.slots[path]
        elements = self.network.elements
        luck = [self.draws.of(elements[slot.element], slot, who, number) for slot in slots]
        self.motion.begin(unit, path, luck, self.now)
