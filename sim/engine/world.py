"""The state of one replication: the clock, the queues, the records and the luck."""

from collections.abc import Callable
from dataclasses import dataclass, field

from simpy import Environment, Event

from sim.engine.draws import Draws
from sim.engine.servers import Queue, queue
from sim.engine.stops import Stop
from sim.network.elements import Network
from sim.records.columns import Recorder


@dataclass
class World:
    """Everything that vehicles meet.

    `queues` stand in the order of the network's servers, `stops` in the order of its elements.
    """

    network: Network
    env: Environment
    recorder: Recorder
    draws: Draws
    queues: list[Queue] = field(default_factory=list)
    stops: list[Stop] = field(default_factory=list)
    end_s: int = 0

    def __post_init__(self) -> None:
        self.end_s = self.network.measured.end_s
        self.queues = [queue(server, self.recorder, self.end_s) for server in self.network.servers]
        self.stops = [self._stop(number) for number in range(len(self.network.elements))]

    def _stop(self, number: int) -> Stop:
        element = self.network.elements[number]
        own = None if element.server is None else self.queues[element.server]
        return Stop(number, element, own, self.recorder, self.draws)

    @property
    def now(self) -> int:
        """The present instant, s."""
        return int(self.env.now)

    def later(self, at_s: int, then: Callable[[Event], None]) -> None:
        """Call `then` with the event at the instant `at_s` (s)."""
        self.env.timeout(at_s - self.env.now).callbacks.append(then)
