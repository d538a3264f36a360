"""The state of one replication: the clock, the queues, the records and the luck."""

from dataclasses import dataclass, field

from simpy import Environment

from sim.engine.draws import Draws
from sim.engine.servers import Queue, queue
from sim.network.elements import Element, Network
from sim.records.columns import Recorder


@dataclass
class World:
    """Everything that vehicles meet; `queues` stand in the order of the network's servers."""

    network: Network
    env: Environment
    recorder: Recorder
    draws: Draws
    queues: list[Queue] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.queues = [queue(self.env, server, self.recorder) for server in self.network.servers]

    def service_s(self, element: Element, who: str, number: int, mass_kg: int) -> int:
        """Return the service time (s) at an element of `who`'s n-th unit, which carries `mass_kg`.

        The mean is that in force now.
        """
        mean_s = element.service_s.at(self.env.now) + element.service_s_per_kg * mass_kg
        return max(1, round(mean_s * self.draws.factor(element.name, who, number, element.service_cv)))
