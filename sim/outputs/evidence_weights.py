"""How much traffic each thing bears: tonne-kilometres of a year, over the itineraries that freight chooses.

What has a length (a section, a service, a fleet, a charge on sections) bears the tonne-kilometres made on
it. What has none (a post, a terminal, a port, a charge there) and what goes with the freight (its flow,
commodity and season) bears the whole way of all freight that passes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import get_args

from sim.clock import Window
from sim.model.network import Direction
from sim.network.elements import Assignment, ChoiceSet, Itinerary, Leg, Network

Keys = tuple[str, ...]
"""A kind and an id, of a post also the direction: the beginning of the paths of its figures."""
Weights = dict[Keys, float]
"""Tonne-kilometres a year by the things that bear them; what bears none is not there."""
LONG = ("section", "sailing")
POINTS = {
    "acceptance": "posts",
    "step": "posts",
    "terminal": "terminals",
    "berth": "ports",
}
"""The kinds of elements without a length, and the kind of thing that each belongs to."""


@dataclass(frozen=True)
class Traffic:
    """So many tonnes a year on one itinerary."""

    itinerary: Itinerary
    tonnes: float


def tonne_km(network: Network, assignment: Assignment) -> Weights:
    """Return the tonne-km a year that each thing bears: flows of their base year, without queues."""
    weights: Weights = {}
    for traffic in _traffic(network, assignment):
        for keys, km in _borne(network, traffic.itinerary).items():
            weights[keys] = weights.get(keys, 0.0) + traffic.tonnes * km
    return weights


def weight(weights: Weights, path: tuple[str | int, ...]) -> float:
    """Return the tonne-km that the figure at `path` bears on: its thing's, at a post its direction's."""
    keys = tuple(str(segment) for segment in path)
    one_way = keys[0] == "posts" and keys[2] in get_args(Direction)
    return weights.get(keys[:3] if one_way else keys[:2], 0.0)


def _traffic(network: Network, assignment: Assignment) -> Iterator[Traffic]:
    """Yield the traffic of every flow; choice sets count for their part of the measured time."""
    for flow_id, sets, shares in zip(network.flows, network.choice_sets, assignment.shares, strict=True):
        tonnes = network.case.description.demand[flow_id].tonnes_per_year.value
        for choice, share, part in zip(sets, shares, _parts(sets, network.measured), strict=True):
            for number, chosen in zip(choice.itineraries, share, strict=True):
                yield Traffic(network.itineraries[number], tonnes * chosen * part)


def _parts(sets: tuple[ChoiceSet, ...], measured: Window) -> list[float]:
    """Return for which part of the measured time each choice set holds; together 1."""
    starts = [min(max(choice.starts_at, measured.start_s), measured.end_s) for choice in sets]
    whole_s = measured.end_s - measured.start_s
    return [(end - start) / whole_s for start, end in pairwise([*starts, measured.end_s])]


def _borne(network: Network, way: Itinerary) -> dict[Keys, float]:
    """Return the km of an itinerary that each thing bears."""
    flow = network.case.description.demand[way.flow]
    km: dict[Keys, float] = {}
    whole: set[Keys] = {
        ("demand", way.flow),
        ("commodities", flow.commodity),
        ("seasons", flow.season),
    }
    for payment in way.payments:
        charge, length_km = ("charges", payment.charge), network.elements[payment.element].length_km
        if length_km:
            km[charge] = km.get(charge, 0.0) + length_km
        else:
            whole.add(charge)
    for leg in way.legs:
        for number in leg.elements:
            element = network.elements[number]
            if element.kind in LONG:
                for keys in (("sections", element.id), *_movers(network, leg)):
                    km[keys] = km.get(keys, 0.0) + element.length_km
            elif element.kind in POINTS:
                thing = POINTS[element.kind], element.id
                whole |= {thing, (*thing, element.direction)}
    return km | dict.fromkeys(whole, way.distance_km)


def _movers(network: Network, leg: Leg) -> list[Keys]:
    """Return the fleet of a leg and, at sea, its service."""
    movers: list[Keys] = [("fleets", leg.fleet)]
    if leg.line is not None:
        movers.append(("services", network.elements[network.lines[leg.line].dock].id))
    return movers
