"""One replication, from the first release to the last record."""

import gc
import heapq
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from simpy import Environment

from sim.engine.draws import Draws
from sim.engine.passengers import platforms
from sim.engine.releases import Releases, releases
from sim.engine.sailings import Dock, Steps
from sim.engine.traffic import Passage, Unit, Yard, by_truck
from sim.engine.world import World
from sim.network.elements import Assignment, Leg, Network
from sim.records.columns import CONSIGNMENT, Recorder, Records
from sim.streams import stream
from sim.units import kilograms


def simulate(network: Network, assignment: Assignment, seed: int, replication: int) -> Records:
    """Simulate one replication of a network and return what happened.

    Parameters
    ----------
    network
        The compiled case.
    assignment
        The shares of its itineraries.
    seed, replication
        Which luck: the same pair gives the same records, to the byte.
    """
    world = World(network, Environment(), Recorder(), Draws(seed, replication))
    freight = Freight(world, _docks(world))
    shipments = [releases(network, assignment, flow, seed, replication) for flow in range(len(network.flows))]
    for dock in freight.docks:
        world.env.process(dock.sailings())
    for platform in platforms(world, assignment):
        world.env.process(platform.departures())
    world.env.process(freight.release(shipments))
    with uncollected():
        world.env.run(until=network.measured.end_s)
    freight.close_books()
    return world.recorder.records(network.measured.end_s)


@contextmanager
def uncollected() -> Iterator[None]:
    """Pause the search for cyclic garbage: a run makes none, and the search visits every waiting truck."""
    paused = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if paused:
            gc.enable()


def _docks(world: World) -> list[Dock]:
    """Return a dock for every line, each with its own even timetable at a random offset."""
    docks = []
    for line in world.network.lines:
        luck = stream(world.draws.seed, world.draws.replication, "timetable", line.name)
        docks.append(Dock(world, line, int(luck.random() * line.interval_s)))
    return docks


@dataclass
class Freight:
    """All consignments of a replication, and the yards and docks where they board."""

    world: World
    docks: list[Dock]
    yards: dict[tuple[int | None, tuple[int, ...]], Yard] = field(default_factory=dict)

    def release(self, shipments: list[Releases]) -> Steps:
        """Release the shipments of all flows in order of time; by the id of the flow where they tie."""
        env, network = self.world.env, self.world.network
        description = network.case.description
        masses_kg = [
            kilograms(description.commodities[description.demand[flow].commodity].shipment_t.value)
            for flow in network.flows
        ]
        rows = [
            _rows(name, *numbered) for name, numbered in zip(network.flows, enumerate(shipments), strict=True)
        ]
        for at_s, _, serial, flow, itinerary in heapq.merge(*rows):
            if at_s > env.now:
                yield env.timeout(at_s - env.now)
            number = self.world.recorder.unit(CONSIGNMENT, masses_kg[flow], at_s, flow, itinerary)
            unit = Unit(number, masses_kg[flow], network.flows[flow], serial)
            Journey(self, unit, network.itineraries[itinerary].legs).go_on()

    def yard(self, leg: Leg) -> Yard:
        """Return the yard where trains of a leg are made up."""
        key = (leg.yard, leg.elements)
        if key not in self.yards:
            elements = self.world.network.elements
            name = f"{elements[leg.yard or 0].id}:" + ">".join(elements[i].name for i in leg.elements)
            fleet = self.world.network.case.description.fleets[leg.fleet]
            self.yards[key] = Yard(self.world, leg, fleet, name)
        return self.yards[key]

    def close_books(self) -> None:
        """Record all that still wait for a vehicle when the run ends."""
        for yard in self.yards.values():
            yard.close_books()
        for dock in self.docks:
            dock.close_books()


class Journey:
    """A consignment on its way from leg to leg."""

    __slots__ = ("done", "freight", "legs", "unit")

    def __init__(self, freight: Freight, unit: Unit, legs: tuple[Leg, ...]) -> None:
        self.freight = freight
        self.unit = unit
        self.legs = legs
        self.done = 0

    def go_on(self) -> None:
        """Begin the next leg, or be delivered."""
        world, unit = self.freight.world, self.unit
        if self.done == len(self.legs):
            world.recorder.deliver(unit.number, world.now)
            return
        leg = self.legs[self.done]
        self.done += 1
        if leg.kind == "truck":
            fleet = world.network.case.description.fleets[leg.fleet]
            by_truck(world, unit, leg, fleet, self.go_on)
        elif leg.kind == "handle":
            Passage(world, unit, leg.elements, self.go_on).go()
        elif leg.kind == "train":
            self.freight.yard(leg).join(unit, self.go_on)
        elif leg.line is not None:
            self.freight.docks[leg.line].join(unit, self.go_on)


def _rows(flow_id: str, flow: int, shipments: Releases) -> Iterator[tuple[int, str, int, int, int]]:
    """Yield (instant, id of the flow, serial number in it, its number, itinerary) of a flow's shipments."""
    for serial, (at_s, itinerary) in enumerate(zip(shipments.at_s, shipments.itinerary, strict=True)):
        yield at_s, flow_id, serial, flow, itinerary
