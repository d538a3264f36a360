"""What each server and line can do a day, and what a tonne on each itinerary asks of it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from sim.network.days import daily
from sim.network.elements import Element, Itinerary, Leg, Line, Network, Pool, Server
from sim.network.events import open_share, served
from sim.units import KG_PER_TONNE, SECONDS_PER_DAY, kilograms

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Capacities:
    """The limits of a network as rows (its servers, its lines, its pools) over the days of a run."""

    network: Network

    @cached_property
    def days(self) -> int:
        """Days of the run, the warm-up included."""
        return self.network.measured.end_s // SECONDS_PER_DAY

    @cached_property
    def offered(self) -> Floats:
        """What each row offers on each day: seconds of places or sets, acceptances, or kilograms of ships.

        Events of chance take their mean part of it.
        """
        network = self.network
        servers = [_server_day(server, self.days) for server in network.servers]
        lines = [np.full(self.days, _line_day(line)) for line in network.lines]
        pools = [_pool_day(pool, self.days) for pool in network.pools]
        things = [*served(network), *(_closing(network, line) for line in network.lines)]
        shares = np.ones((len(things) + len(pools), self.days))
        for row, each in enumerate(things):
            shares[row] = open_share(network, each)
        offered: Floats = np.array([*servers, *lines, *pools]).reshape(-1, self.days) * shares
        return offered

    @cached_property
    def asked(self) -> Floats:
        """What a tonne on each itinerary (rows) asks of each server, line and pool (columns)."""
        network = self.network
        limits = len(network.servers) + len(network.lines) + len(network.pools)
        table = np.zeros((len(network.itineraries), limits))
        for number, way in enumerate(network.itineraries):
            for leg in way.legs:
                for limit, amount in self._asked_by(way, leg):
                    table[number, limit] += amount
        return table

    @cached_property
    def tonnes(self) -> Floats:
        """Mean tonnes released by each flow (rows) on each day."""
        demand = self.network.case.description.demand
        return np.array([daily(self.network, demand[flow]) for flow in self.network.flows])

    @cached_property
    def elements(self) -> list[list[int]]:
        """The elements of each row at which its delay is felt; of a line the wait for space."""
        found: list[list[int]] = [[] for _ in range(len(self.network.servers))]
        for number, element in enumerate(self.network.elements):
            if element.server is not None:
                found[element.server].append(number)
        spaces = ([line.space] for line in self.network.lines)
        return [*found, *spaces, *([pool.element] for pool in self.network.pools)]

    def _asked_by(self, way: Itinerary, leg: Leg) -> list[tuple[int, float]]:
        vehicles = self._vehicles_per_t(way, leg)
        asked = [
            (element.server, _per_tonne(self.network.servers[element.server], element, vehicles))
            for element in (self.network.elements[number] for number in leg.elements)
            if element.server is not None
        ]
        if leg.line is not None:
            asked.append((len(self.network.servers) + leg.line, float(KG_PER_TONNE)))
        if leg.pool is not None:
            first = len(self.network.servers) + len(self.network.lines)
            asked.append((first + leg.pool, vehicles * self._set_s(leg, self.network.pools[leg.pool])))
        return asked

    def _set_s(self, leg: Leg, pool: Pool) -> float:
        """Return for how long a train that meets no queue keeps its set, s: there, unloading, and back."""
        elements = (self.network.elements[number] for number in leg.elements)
        way_s = sum(element.moving_s + element.share * element.service_s.first for element in elements)
        return 2 * way_s + pool.turn_s

    def _vehicles_per_t(self, way: Itinerary, leg: Leg) -> float:
        """Return the vehicles that a tonne takes on a leg: whole trucks, parts of trains and ships."""
        description = self.network.case.description
        shipment_t = description.commodities[description.demand[way.flow].commodity].shipment_t.value
        if leg.kind == "handle":
            return 1 / shipment_t
        payload_t = description.fleets[leg.fleet].payload_t.value
        if leg.kind == "truck":
            return -(-kilograms(shipment_t) // kilograms(payload_t)) / shipment_t
        return 1 / payload_t


def _per_tonne(server: Server, element: Element, vehicles_per_t: float) -> float:
    """Return what a tonne asks of a server at an element: acceptances, or seconds of a place."""
    if server.daily:
        return vehicles_per_t
    if element.kind == "section":
        return vehicles_per_t * (element.moving_s if element.path_s is None else element.path_s)
    per_vehicle_s = element.share * element.service_s.first * element.mean_factor
    return vehicles_per_t * per_vehicle_s + element.service_s_per_kg * KG_PER_TONNE


def _server_day(server: Server, days: int) -> Floats:
    starts = [day * SECONDS_PER_DAY for day in range(days)]
    open_s = [SECONDS_PER_DAY - server.calendar.closed_s(at_s, at_s + SECONDS_PER_DAY) for at_s in starts]
    places = np.array([float(server.places.at(at_s)) for at_s in starts])
    offered: Floats = places * np.array(open_s) / (SECONDS_PER_DAY if server.daily else 1)
    return offered


def _closing(network: Network, line: Line) -> set[str]:
    """Return the ids of service and section, either of which cancels the sailings of a line when closed."""
    return {network.elements[line.dock].id, network.elements[line.passage].id}


def _line_day(line: Line) -> float:
    return line.capacity_kg * SECONDS_PER_DAY / line.interval_s


def _pool_day(pool: Pool, days: int) -> Floats:
    offered: Floats = np.array([float(pool.sets.at(day * SECONDS_PER_DAY)) for day in range(days)])
    return offered * SECONDS_PER_DAY
