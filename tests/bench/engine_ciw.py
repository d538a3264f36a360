"""The tandem network in Ciw: stations and links are nodes, the ways are classes of customers.

Ciw writes a record of each service; here a node keeps only the wait instead, as in the other engines.
"""

from collections.abc import Iterable
from itertools import pairwise

import ciw
import numpy as np
from bench.tandem import DAY_H, NIGHT, OPEN_H, SERVERS, STATIONS, Traffic

LINKS = STATIONS - 1
NODES = STATIONS + LINKS
"""Stations come first, then links; Ciw counts nodes and individuals from 1."""
WAYS = ("east", "west")


class _Given(ciw.dists.Distribution):
    """Times drawn beforehand; shared, not copied, by the nodes that Ciw makes."""

    def __deepcopy__(self, memo: dict[int, object]) -> "_Given":
        return self


class _Gaps(_Given):
    """Times between entries, then none."""

    def __init__(self, entries: Iterable[int]) -> None:
        self.gaps = iter(np.diff(list(entries), prepend=0).tolist())

    def sample(self, t: float | None = None, ind: object = None) -> float:
        return next(self.gaps, float("inf"))


class _Services(_Given):
    """The service of each consignment at one station."""

    def __init__(self, traffic: Traffic, station: int) -> None:
        self.traffic = traffic
        self.station = station

    def sample(self, t: float | None = None, ind: ciw.Individual = None) -> int:
        return self.traffic.service[ind.id_number - 1][self.station]


def _route(path: range) -> list[list[float]]:
    """Return the transition matrix of a way: station, link, next station."""
    matrix = [[0.0] * NODES for _ in range(NODES)]
    for station, onward in pairwise(path):
        link = STATIONS + min(station, onward)
        matrix[station][link] = matrix[link][onward] = 1.0
    return matrix


def _network(traffic: Traffic) -> ciw.network.Network:
    """Return the network with its pre-drawn times."""
    hour = traffic.ticks_per_h
    services = [_Services(traffic, station) for station in range(STATIONS)]
    services += [ciw.dists.Deterministic(link) for link in traffic.links]
    servers: list[object] = [*SERVERS, *[float("inf")] * LINKS]
    servers[NIGHT] = ciw.Schedule([SERVERS[NIGHT], 0], [OPEN_H * hour, DAY_H * hour])
    arrivals: dict[str, list[object]] = {}
    for way, (name, path) in enumerate(zip(WAYS, traffic.path, strict=True)):
        arrivals[name] = [None] * NODES
        entries = (at for at, goes in zip(traffic.entry, traffic.way, strict=True) if goes == way)
        arrivals[name][path[0]] = _Gaps(entries)
    return ciw.create_network(
        arrival_distributions=arrivals,
        service_distributions=dict.fromkeys(WAYS, services),
        routing={name: _route(path) for name, path in zip(WAYS, traffic.path, strict=True)},
        number_of_servers=servers,
    )


def by_ciw(traffic: Traffic) -> np.ndarray:
    """Return the wait (ticks) of each consignment at each station."""
    waits = np.zeros((len(traffic.entry), STATIONS))

    class WaitsOnly(ciw.Node):
        def write_individual_record(self, individual: ciw.Individual) -> None:
            if self.id_number <= STATIONS:
                waited = individual.service_start_date - individual.arrival_date
                waits[individual.id_number - 1, self.id_number - 1] = waited

    simulation = ciw.Simulation(_network(traffic), node_class=WaitsOnly)
    simulation.simulate_until_max_customers(len(traffic.entry), method="Complete")
    return waits
