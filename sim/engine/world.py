"""The state of one replication: the clock, the queues, the records and the luck."""

from dataclasses import dataclass, field

from simpy import Environment

from sim.engine.draws import Draws
from sim.engine.servers import Queue, queue
from sim.network.elements import Network
from sim.records.columns import Recorder


@dataclass
class World:
    """Everything that vehicles meet.

    `queues` stand in the order of the network's servers, `names` in the order of its elements.
    """

    network: Network
    env: Environment
    recorder: Recorder
    draws: Draws
    queues: list[Queue] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.names = [element.name for element in self.network.elements]
        self.queues = [queue(self.env, server, self.recorder) for server in self.network.servers]

    @property
    def now(self) -> int:
        """The present instant, s."""
        return int(self.env.now)

    def service_s(self, number: int, who: str, serial: int, mass_kg: int) -> int:
        """Return the service time (s) at the element `number` of `who`'s n-th unit of `mass_kg`.

        The mean is that in force now.
        """
        element = self.network.elements[number]
        mean_s = element.service_s.at(self.now) + element.service_s_per_kg * mass_kg
        return max(1, round(mean_s * self.draws.factor(self.names[number], who, serial, element.service_cv)))

    def picked(self, number: int, who: str, serial: int) -> bool:
        """Whether `who`'s n-th unit must stop at the element `number`."""
        return self.draws.picked(self.names[number], who, serial, self.network.elements[number].share)
