"""How much passed: tonnes, vehicles and tonne-kilometres by thing, direction, commodity and month."""

import math
from collections.abc import Iterator
from datetime import date

import numpy as np

from sim.clock import Window
from sim.indicators.passages import Floats, Ints, Passages
from sim.indicators.table import Key
from sim.indicators.things import counted, thing
from sim.network.elements import Network
from sim.records.columns import CONSIGNMENT, Records
from sim.units import KG_PER_TONNE

MONTHS = 12
Numbers = dict[Key, float]


def throughput(network: Network, records: Records, passed: Passages) -> Numbers:
    """Return throughput and vehicles of sections, posts, terminals and ports, and freight work."""
    numbers: Numbers = {}
    months = _months(network)
    elements = records.visit_element[passed.visit].astype(np.int64)
    month = _month_of(network, records.visit_left_at[passed.visit].astype(np.int64), len(months))
    commodities, commodity = _commodity_of(network, records, passed.consignment)
    shape = (len(network.elements), len(commodities), len(months))
    index = np.ravel_multi_index((elements, commodity, month), shape)
    mass_kg = np.bincount(index, weights=passed.mass_kg, minlength=int(np.prod(shape))).reshape(shape)
    for element in counted(network):
        for key, kg in _cells(thing(network.elements[element]), mass_kg[element], commodities, months):
            numbers[key] = numbers.get(key, 0.0) + kg
    numbers = {key: kg / KG_PER_TONNE for key, kg in numbers.items()}
    return {
        **numbers,
        **_vehicles(network, passed, elements),
        **_freight_work(network, mass_kg.sum(axis=(1, 2))),
    }


def _cells(
    base: Key, mass_kg: Floats, commodities: list[str], months: list[str]
) -> Iterator[tuple[Key, float]]:
    """Yield the kilograms of a thing, all and by commodity and by month, where there are any.

    Kilograms are whole, so that every sum is exact in any order.
    """
    key = base._replace(indicator="throughput")
    yield key, float(mass_kg.sum())
    for commodity, value in zip(commodities, mass_kg.sum(axis=1).tolist(), strict=True):
        if value:
            yield key._replace(commodity=commodity), value
    for month, value in zip(months, mass_kg.sum(axis=0).tolist(), strict=True):
        if value:
            yield key._replace(period=month), value


def _months(network: Network) -> list[str]:
    """Return the months of the measured period, e.g. ``2025-01``."""
    return [f"{day:%Y-%m}" for day in _month_starts(network)]


def _month_starts(network: Network) -> list[date]:
    first = network.clock.day(network.measured.start_s)
    last = network.clock.day(network.measured.end_s - 1)
    numbers = range(first.year * MONTHS + first.month - 1, last.year * MONTHS + last.month)
    return [date(number // MONTHS, number % MONTHS + 1, 1) for number in numbers]


def _month_of(network: Network, at_s: Ints, months: int) -> Ints:
    bounds = [network.clock.at(day) for day in _month_starts(network)]
    return np.clip(np.searchsorted(bounds, at_s, side="right") - 1, 0, months - 1)


def _commodity_of(network: Network, records: Records, consignment: Ints) -> tuple[list[str], Ints]:
    """Return all commodities, and which of them each consignment is."""
    demand = network.case.description.demand
    commodities = sorted({demand[flow].commodity for flow in network.flows})
    of_flow = np.array([commodities.index(demand[flow].commodity) for flow in network.flows], dtype=np.int64)
    return commodities, of_flow[records.unit_flow[consignment]]


def _vehicles(network: Network, passed: Passages, elements: Ints) -> Numbers:
    """Return vehicles past sections and posts; a consignment under way by itself is one truck.

    `elements` is the element of each passage.
    """
    _, first = np.unique(passed.visit, return_index=True)
    count = np.bincount(elements[first], minlength=len(network.elements))
    return {
        thing(network.elements[element])._replace(indicator="vehicles"): float(count[element])
        for element in counted(network)
        if network.elements[element].kind in ("section", "sailing", "step")
    }


def _freight_work(network: Network, mass_kg: Floats) -> Numbers:
    """Return tonne-kilometres by mode of the network and of each corridor."""
    parts: dict[Key, list[float]] = {}
    corridors = network.case.description.corridors
    for element, moved_kg in zip(network.elements, mass_kg.tolist(), strict=True):
        if element.kind not in ("section", "sailing"):
            continue
        used = [("corridor", name) for name, corridor in corridors.items() if element.id in corridor.route]
        for scope, name in [("network", "all"), *used]:
            key = Key("freight_work", scope, name, element.mode)
            parts.setdefault(key, []).append(moved_kg / KG_PER_TONNE * element.length_km)
    return {key: math.fsum(values) for key, values in parts.items()}


def corridor_throughput(network: Network, records: Records) -> Numbers:
    """Return tonnes delivered in the measured period that had used any part of each corridor."""
    numbers: Numbers = {}
    done = _delivered_in(records, network.measured)
    mass_kg = np.bincount(
        records.unit_itinerary[done],
        weights=records.unit_mass_kg[done],
        minlength=len(network.itineraries),
    )
    for name, corridor in network.case.description.corridors.items():
        route = set(corridor.route)
        used = [
            any(network.elements[e].id in route for leg in way.legs for e in leg.elements)
            for way in network.itineraries
        ]
        carried_kg = mass_kg[np.array(used, dtype=bool)].sum()
        numbers[Key("throughput", "corridor", name)] = float(carried_kg) / KG_PER_TONNE
    return numbers


def _delivered_in(records: Records, measured: Window) -> Ints:
    at_s = records.unit_delivered_at
    inside = (at_s >= measured.start_s) & (at_s < measured.end_s) & (records.unit_kind == CONSIGNMENT)
    return np.flatnonzero(inside)
