"""Passengers: people who come to a service, departures by the timetable, and trains that take paths."""

from bisect import bisect_right
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

import numpy as np
from simpy import Event

from sim.clock import NEVER, Window
from sim.engine.arrivals import chosen, instants
from sim.engine.draws import Draws
from sim.engine.world import Steps, World
from sim.network.elements import Assignment, Element, Network, Timetable
from sim.records.columns import PASSENGERS
from sim.streams import stream

PATIENCE = 2
"""A traveller gives up when so many departures have left without him. Assumed."""
BOTH_WAYS = 2
"""Trips a year are one-way trips in both directions together: of two trips one goes each way."""


@dataclass
class Waiting:
    """Travellers who came for a service at one instant, and how many departures they saw leave."""

    came_at: int
    missed: int = 0


@dataclass
class Platform:
    """Where one timetable's passengers wait: `coming` are all who will come (s), in order."""

    world: World
    number: int
    timetable: Timetable
    offset_s: int
    coming: list[int]
    came: int = 0
    waiting: deque[Waiting] = field(default_factory=deque)

    def departures(self) -> Steps:
        """Leave by the timetable to the end of the run, unless the service is closed."""
        env = self.world.env
        for at_s in _departures(self.timetable, self.offset_s, self.world.network.measured.end_s):
            yield env.timeout(at_s - env.now)
            env.process(self._run())

    def _run(self) -> Steps:
        """Board, run, arrive."""
        world, line = self.world, self.timetable
        departure = world.motion.depart(self.number, world.now, *self._board())
        vehicle = world.motion.unit(PASSENGERS, 0, world.now)
        for number, running_s, stop_s in zip(line.sections, line.running_s, line.stops_s, strict=True):
            if stop_s:
                yield world.env.timeout(stop_s)
            yield self._run_over(vehicle, number, running_s)
        world.motion.deliver(vehicle, world.now)
        world.motion.reach(departure, world.now)

    def _run_over(self, vehicle: int, number: int | None, running_s: int) -> Event:
        """Return the event of having run over a section, for which a train may need a path."""
        world = self.world
        if number is None or not takes_path(world.network.elements[number]):
            return world.env.timeout(running_s)
        leaves_at = world.motion.run_reserved(vehicle, number, world.now, running_s)
        return world.env.timeout(leaves_at - world.now) if leaves_at < NEVER else world.env.event()

    def _board(self) -> tuple[int, int, int]:
        """Return how many board and give up, and the seconds that those who board have waited."""
        now = self.world.now
        came = bisect_right(self.coming, now)
        self.waiting.extend(Waiting(at_s) for at_s in self.coming[self.came : came])
        self.came = came
        aboard = [self.waiting.popleft() for _ in range(min(self.timetable.seats, len(self.waiting)))]
        for one in self.waiting:
            one.missed += 1
        patient = deque(one for one in self.waiting if one.missed < PATIENCE)
        turned_away = len(self.waiting) - len(patient)
        self.waiting = patient
        waited_s = sum(now - one.came_at for one in aboard)
        return len(aboard), turned_away, waited_s


def takes_path(element: Element) -> bool:
    """Whether a train needs a path to run over an element."""
    return element.server is not None and element.hold_s is not None


def first_departure(line: Timetable, luck: Draws) -> int:
    """Return the instant (s) of the first departure by a timetable."""
    return int(stream(luck.seed, luck.replication, "timetable", line.name).random() * line.interval_s)


def reserved(network: Network, luck: Draws) -> dict[int, list[Window]]:
    """Return the paths that passenger trains take by their timetables, by server.

    Passenger trains have priority: their paths are known beforehand, and freight fits in between.
    """
    paths: dict[int, list[Window]] = {}
    for line in network.timetables:
        for left_at in _departures(line, first_departure(line, luck), network.measured.end_s):
            at_s = left_at
            for number, running_s, stop_s in zip(line.sections, line.running_s, line.stops_s, strict=True):
                at_s += stop_s
                element = network.elements[number] if number is not None else None
                if element is not None and element.server is not None and element.hold_s is not None:
                    paths.setdefault(element.server, []).append(Window(at_s, at_s + element.hold_s))
                at_s += running_s
    return paths


def _departures(line: Timetable, first_s: int, end_s: int) -> Iterator[int]:
    """Yield the departures (s) of a timetable before the end of the run, unless the service is closed."""
    for number in count():
        at_s = first_s + round(number * line.interval_s)
        if at_s >= end_s:
            return
        if line.calendar.next_open(at_s) == at_s:
            yield at_s


def platforms(world: World, assignment: Assignment) -> list[Platform]:
    """Return a platform for every timetable, with all who will come to it."""
    network, draws = world.network, world.draws
    coming = _coming(network, assignment, draws.seed, draws.replication)
    return [
        Platform(world, number, line, first_departure(line, draws), coming[number])
        for number, line in enumerate(network.timetables)
    ]


def _coming(network: Network, assignment: Assignment, seed: int, replication: int) -> list[list[int]]:
    """Return for each timetable the instants (s) at which its travellers come, in order.

    Who comes while nothing runs does not travel.
    """
    coming: list[list[int]] = [[] for _ in network.timetables]
    for trips, shares in zip(network.trips, assignment.trips, strict=True):
        travel = network.case.description.travel[trips.travel]
        name = f"{trips.travel}/{trips.direction}"
        at_s = instants(network, travel, BOTH_WAYS, name, (seed, replication))
        luck = stream(seed, replication, "choice", name).random(len(at_s))
        bounds = [np.cumsum(of_set) for of_set in shares]
        which, option = chosen([choice.starts_at for choice in trips.choice_sets], bounds, at_s, luck)
        for number, choice in enumerate(trips.choice_sets):
            for place, timetable in enumerate(choice.itineraries):
                coming[timetable] += at_s[(which == number) & (option == place)].tolist()
    return [sorted(each) for each in coming]
