"""The tandem network in salabim: a component a consignment, a resource a station.

Both ways in which salabim can be written: without `yield` (greenlets, its default) and with it.
"""

from collections.abc import Iterator

import numpy as np
import salabim
from bench.tandem import NIGHT, SERVERS, STATIONS, Traffic, link, next_open


def by_greenlets(traffic: Traffic) -> np.ndarray:
    """Return the waits (ticks), written as the manual teaches it: no `yield`, monitors on."""
    env = salabim.Environment(trace=False)
    stations = [salabim.Resource(f"station {k}", capacity=servers) for k, servers in enumerate(SERVERS)]
    waits = np.zeros((len(traffic.entry), STATIONS))

    class Consignment(salabim.Component):
        def setup(self, number: int) -> None:
            self.number = number

        def process(self) -> None:
            number = self.number
            for position, station in enumerate(traffic.path[traffic.way[number]]):
                arrived = env.now()
                self.request(stations[station])
                if station == NIGHT:
                    opens = next_open(env.now(), traffic.ticks_per_h)
                    if opens > env.now():
                        self.hold(till=opens)
                waits[number, station] = env.now() - arrived
                self.hold(traffic.service[number][station])
                self.release(stations[station])
                if position + 1 < STATIONS:
                    self.hold(link(traffic, number, position))

    class Source(salabim.Component):
        def process(self) -> None:
            for number, entry in enumerate(traffic.entry):
                self.hold(till=entry)
                Consignment(number=number)

    Source()
    env.run()
    return waits


def by_generators(traffic: Traffic) -> np.ndarray:
    """Return the waits (ticks) of the fastest form: `yield`, and every monitor off."""
    env = salabim.Environment(trace=False, yieldless=False)
    stations = [salabim.Resource(capacity=servers, monitor=False) for servers in SERVERS]
    waits = np.zeros((len(traffic.entry), STATIONS))

    class Consignment(salabim.Component):
        def setup(self, number: int) -> None:
            self.number = number
            self.mode.monitor(value=False)
            self.status.monitor(value=False)

        def process(self) -> Iterator[None]:
            number = self.number
            for position, station in enumerate(traffic.path[traffic.way[number]]):
                arrived = env.now()
                yield self.request(stations[station])
                if station == NIGHT:
                    opens = next_open(env.now(), traffic.ticks_per_h)
                    if opens > env.now():
                        yield self.hold(till=opens)
                waits[number, station] = env.now() - arrived
                yield self.hold(traffic.service[number][station])
                self.release(stations[station])
                if position + 1 < STATIONS:
                    yield self.hold(link(traffic, number, position))

    class Source(salabim.Component):
        def process(self) -> Iterator[None]:
            for number, entry in enumerate(traffic.entry):
                yield self.hold(till=entry)
                Consignment(number=number)

    Source()
    env.run()
    return waits
