"""What each server and line can do a day, and what a tonne on each itinerary asks of it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from sim.network.days import daily
from sim.network.elements import Element, Itinerary, Leg, Line, Network, Server
from sim.network.events import open_share, served
from sim.units import KG_PER_TONNE, SECONDS_PER_DAY, kilograms

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Capacities:
    """The limits of a network as rows (its servers, then its lines) over the days of a run."""

    network: Network

    @cached_property
    def days(self) -> int:
        """Days of the run, the warm-up included."""
        return self.network.measured.end_s // SECONDS_PER_DAY

    @cached_property
    def offered(self) -> Floats:
        """What each row offers on each day: seconds of its places, acceptances, or kilograms of ships.

        Events of chance take their mean part of it.
        """
        network = self.network
        servers = [_server_day(server, self.days) for server in network.servers]
        lines = [np.full(self.days, _line_day(line)) for line in network.lines]
        things = [*served(network), *(_closing(network, line) for line in network.lines)]
        shares = np.array([open_share(network, each) for each in things])
        offered: Floats = np.array([*servers, *lines]) * shares
        return offered.reshape(-1, self.days)

    @cached_property
    def asked(self) -> Floats:
        """What a tonne on each itinerary (rows) asks of each server and line (columns)."""
        table = np.zeros((len(self.network.itineraries), len(self.network.servers) + len(self.network.lines)))
        for number, way in enumerate(self.network.itineraries):
            for leg in way.legs:
                for server, amount in self._asked_by(way, leg):
                    table[number, server] += amount
        return table

    @cached_property
    def tonnes(self) -> Floats:
        """Mean tonnes released by each flow (rows) on each day."""
        demand = self.network.case.description.demand
        return np.array([daily(self.network, demand[flow]) for flow in self.network.flows])

    @cached_property
    def elements(self) -> list[list[int]]:
        """The elements of each row at which its delay is felt: of a line the wait for space."""
        found: list[list[int]] = [[] for _ in range(len(self.network.servers))]
        for number, element in enumerate(self.network.elements):
            if element.server is not None:
                found[element.server].append(number)
        return [*found, *([line.space] for line in self.network.lines)]

    def _asked_by(self, way: Itinerary, leg: Leg) -> list[tuple[int, float]]:
        vehicles = self._vehicles_per_t(way, leg)
        asked = [
            (element.server, _per_tonne(self.network.servers[element.server], element, vehicles))
            for element in (self.network.elements[number] for number in leg.elements)
            if element.server is not None
        ]
        if leg.line is not None:
            asked.append((len(self.network.servers) + leg.line, float(KG_PER_TONNE)))
        return asked

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
        return vehicles_per_t * (element.moving_s if element.hold_s is None else element.hold_s)
    per_vehicle_s = element.share * element.service_s.first
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
