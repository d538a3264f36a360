"""One small queueing network for oracle and bench: eight stations in a line, traffic both ways.

Stations serve first come, first served, one of them only in the first 14 hours of a day. Entries are two
Poisson streams, services exponential, all drawn beforehand, so that every engine must give the same waits.
Instants are whole ticks; one hour has `TICKS_PER_H` of them by choice of the caller.
"""

import heapq
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise, zip_longest

import numpy as np
from cases import a_case
from simpy import Environment, Resource

from sim.clock import NEVER, Calendar, Timeline, Window
from sim.engine.motion import Motion
from sim.engine.shipments import Shipments
from sim.engine.tables import Columns, Layout, Paths, columns_of, reserved_columns
from sim.network.compile import compile_case
from sim.network.elements import Element, Hours, Itinerary, Leg, Server

SERVERS = (4, 2, 12, 1, 6, 3, 8, 2)
LOADS = (0.70, 0.60, 0.80, 0.50, 0.85, 0.75, 0.90, 0.65)
LINKS_H = (2.0, 5.5, 1.25, 3.0, 4.0, 0.75, 6.5)
RATES_PER_H = (3.3, 2.7)
EAST_SHARE = 0.55
NIGHT, DAY_H, OPEN_H = 4, 24, 14
STATIONS = len(SERVERS)
SEED = 20240601


@dataclass(frozen=True)
class Traffic:
    """Entry (ticks), way (0 east, 1 west) and services (ticks, a row a consignment), in order of entry."""

    entry: list[int]
    way: list[int]
    service: list[list[int]]
    links: list[int]
    ticks_per_h: int

    @property
    def path(self) -> tuple[range, range]:
        """The stations of both ways in order of travel."""
        return range(STATIONS), range(STATIONS - 1, -1, -1)

    @cached_property
    def flat(self) -> "Flat":
        """The same as arrays, for engines that take arrays."""
        return Flat(*(np.array(column, dtype=np.int64) for column in self._columns))

    @property
    def _columns(self) -> tuple[list[int], list[int], list[list[int]], list[int]]:
        return self.entry, self.way, self.service, self.links


@dataclass(frozen=True)
class Flat:
    """The columns of `Traffic` as arrays of 64-bit whole numbers."""

    entry: np.ndarray
    way: np.ndarray
    service: np.ndarray
    links: np.ndarray


def draw(n: int, ticks_per_h: int, luck: int = 0) -> Traffic:
    """Return `n` consignments with every time rounded to ticks."""
    seeds = [SEED, n, luck] if luck else [SEED, n]
    generator = np.random.Generator(np.random.PCG64(np.random.SeedSequence(seeds)))
    east = round(EAST_SHARE * n)
    entries = [
        np.cumsum(generator.standard_exponential(count) / rate)
        for count, rate in zip((east, n - east), RATES_PER_H, strict=True)
    ]
    entry_h = np.concatenate(entries)
    way = np.repeat([0, 1], [east, n - east])
    order = np.argsort(entry_h, kind="stable")
    open_share = [OPEN_H / DAY_H if k == NIGHT else 1.0 for k in range(STATIONS)]
    means_h = np.array(LOADS) * SERVERS * open_share / sum(RATES_PER_H)
    service_h = generator.standard_exponential((n, STATIONS)) * means_h

    def ticks(times_h: np.ndarray) -> list:
        return np.rint(times_h * ticks_per_h).astype(np.int64).tolist()

    return Traffic(
        ticks(entry_h[order]), way[order].tolist(), ticks(service_h), ticks(np.array(LINKS_H)), ticks_per_h
    )


def next_open(at: int, ticks_per_h: int) -> int:
    """Return the first tick at or after `at` at which the night station may start a service."""
    phase = at % (DAY_H * ticks_per_h)
    return at if phase < OPEN_H * ticks_per_h else at - phase + DAY_H * ticks_per_h


def by_recursion(traffic: Traffic) -> np.ndarray:
    """Return the wait (ticks) of each consignment at each station by the recursion of the first-come queue.

    Arrivals are taken in order of time: start = next_open(max(arrival, earliest free server)).
    """
    waits = np.zeros((len(traffic.entry), STATIONS), dtype=np.int64)
    free = [[0] * servers for servers in SERVERS]
    coming = [(entry, number, 0) for number, entry in enumerate(traffic.entry)]
    heapq.heapify(coming)
    while coming:
        arrived, number, position = heapq.heappop(coming)
        station = traffic.path[traffic.way[number]][position]
        start = max(arrived, free[station][0])
        start = next_open(start, traffic.ticks_per_h) if station == NIGHT else start
        left = start + traffic.service[number][station]
        heapq.heapreplace(free[station], left)
        waits[number, station] = start - arrived
        if position + 1 < STATIONS:
            heapq.heappush(coming, (left + link(traffic, number, position), number, position + 1))
    return waits


def arrivals(traffic: Traffic, waits: np.ndarray) -> np.ndarray:
    """Return when each consignment arrives at each station (ticks) if it waits so long."""
    flat, at = traffic.flat, np.zeros_like(waits)
    for way, path in enumerate(traffic.path):
        mine = flat.way == way
        now = flat.entry[mine]
        for station, onward in zip(path, [*path[1:], None], strict=True):
            at[mine, station] = now
            if onward is not None:
                stay = waits[mine, station] + flat.service[mine, station]
                now = now + stay + flat.links[min(station, onward)]
    return at


def by_stations(traffic: Traffic) -> np.ndarray:
    """Return the same waits from our own engine, which keeps a record of every hop."""
    motion = Motion(*_laid_out(traffic), _shipments(traffic), NEVER)
    motion.advance(NEVER - 1)
    records = motion.records()
    waits = np.zeros((len(traffic.entry), STATIONS), dtype=np.int64)
    hops = records.visit_element < STATIONS
    waits[records.visit_unit[hops], records.visit_element[hops]] = (
        records.visit_started_at[hops] - records.visit_arrived_at[hops]
    )
    return waits


def _laid_out(traffic: Traffic) -> tuple[Layout, Columns]:
    """Return stations and links as a network, an itinerary each way; a service is one tick times its draw."""
    ticks = traffic.ticks_per_h
    days = traffic.entry[-1] // (DAY_H * ticks) + 365
    nights = tuple(Window((day * DAY_H + OPEN_H) * ticks, (day + 1) * DAY_H * ticks) for day in range(days))
    servers = tuple(
        Server(str(k), Timeline(count), daily=False, calendar=Calendar(closures=nights if k == NIGHT else ()))
        for k, count in enumerate(SERVERS)
    )
    stations = [
        Element("step", str(k), "", "", "road", "IR", server=k, service_s=Timeline(1.0), service_cv=1.0)
        for k in range(STATIONS)
    ]
    links = [
        Element("section", f"l{k}", "", "", "road", "IR", moving_s=s) for k, s in enumerate(traffic.links)
    ]
    network = replace(compile_case(a_case()), elements=(*stations, *links), servers=servers)
    layout = Layout(network, Paths(network.elements))
    for path in traffic.path:
        between = [STATIONS + min(pair) for pair in pairwise(path)]
        way = [one for pair in zip_longest(path, between) for one in pair if one is not None]
        layout.itinerary(Itinerary("", "", (Leg("handle", tuple(way), ""),), (), 0, 0, Hours(), 0, ()), 1)
    of_flow = {"FLOW_MARK": np.zeros(1, dtype=np.int64)}
    return layout, columns_of(layout) | reserved_columns(len(servers), {}) | of_flow


def _shipments(traffic: Traffic) -> Shipments:
    flat = traffic.flat
    services = flat.service.copy()
    services[flat.way == 1] = services[flat.way == 1, ::-1]
    return Shipments(
        flow=np.zeros_like(flat.way),
        itinerary=flat.way,
        mass_kg=np.ones_like(flat.way),
        released_at=flat.entry,
        first_draw=np.arange(len(flat.way)) * STATIONS,
        draws=services.reshape(-1).astype(np.float64),
    )


def by_resources(traffic: Traffic) -> np.ndarray:
    """Return the same waits from SimPy as its manual teaches it: a process a consignment, a Resource a
    station.
    """
    env = Environment()
    stations = [Resource(env, capacity=servers) for servers in SERVERS]
    waits = np.zeros((len(traffic.entry), STATIONS), dtype=np.int64)

    def consignment(number: int):
        for position, station in enumerate(traffic.path[traffic.way[number]]):
            arrived = env.now
            with stations[station].request() as request:
                yield request
                opens = next_open(env.now, traffic.ticks_per_h) if station == NIGHT else env.now
                if opens > env.now:
                    yield env.timeout(opens - env.now)
                waits[number, station] = env.now - arrived
                yield env.timeout(traffic.service[number][station])
            if position + 1 < STATIONS:
                yield env.timeout(link(traffic, number, position))

    def release():
        for number, entry in enumerate(traffic.entry):
            yield env.timeout(entry - env.now)
            env.process(consignment(number))

    env.process(release())
    env.run()
    return waits


def link(traffic: Traffic, number: int, position: int) -> int:
    """Return how long the way from a position on the path to the next takes, ticks."""
    return traffic.links[position if traffic.way[number] == 0 else STATIONS - 2 - position]
