"""How much passed: tonnes, vehicles and tonne-kilometres by thing, direction, commodity and month."""

from collections.abc import Iterator
from datetime import date

import numpy as np

from sim.clock import Window
from sim.indicators.passages import Ints, Passages
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
    month = _month_of(network, records.visit_left_at[passed.visit], len(months))
    commodities, commodity = _commodity_of(network, records, passed.consignment)
    shape = (len(network.elements), len(commodities), len(months))
    index = np.ravel_multi_index((elements, commodity, month), shape)
    tonnes = np.bincount(index, weights=passed.mass_kg, minlength=int(np.prod(shape))).reshape(shape)
    tonnes = tonnes / KG_PER_TONNE
    for element in counted(network):
        for key, value in _cells(thing(network.elements[element]), tonnes[element], commodities, months):
            numbers[key] = numbers.get(key, 0.0) + value
    _add(numbers, _vehicles(network, records, passed))
    _add(numbers, _freight_work(network, tonnes.sum(axis=(1, 2))))
    return numbers


def _cells(base: Key, tonnes: "np.ndarray", commodities: list[str], months: list[str]) -> Iterator[tuple[Key, float]]:  # type: ignore[type-arg]
    """Yield the total of a thing, and its parts by commodity and by month, where there are any."""
    key = base._replace(indicator="throughput")
    yield key, float(tonnes.sum())
    for commodity, value in zip(commodities, tonnes.sum(axis=1), strict=True):
        if value:
            yield key._replace(commodity=commodity), float(value)
    for month, value in zip(months, tonnes.sum(axis=0), strict=True):
        if value:
            yield key._replace(period=month), float(value)


def _months(network: Network) -> list[str]:
    """Return the months of the measured period, e.g. ``2025-01``."""
    return [f"{day:%Y-%m}" for day in _month_starts(network)]


def _month_starts(network: Network) -> list[date]:
    first = network.clock.day(network.measured.start_s)
    last = network.clock.day(network.measured.end_s - 1)
    count = (last.year - first.year) * MONTHS + last.month - first.month + 1
    return [date(first.year + (first.month - 1 + i) // MONTHS, (first.month - 1 + i) % MONTHS + 1, 1) for i in range(count)]


def _month_of(network: Network, at_s: Ints, months: int) -> Ints:
    bounds = [network.clock.at(day) for day in _month_starts(network)]
    return np.clip(np.searchsorted(bounds, at_s, side="right") - 1, 0, months - 1)


def _commodity_of(network: Network, records: Records, consignment: Ints) -> tuple[list[str], Ints]:
    """Return all commodities, and which of them each consignment is."""
    demand = network.case.description.demand
    commodities = sorted({demand[flow].commodity for flow in network.flows})
    of_flow = np.array([commodities.index(demand[flow].commodity) for flow in network.flows], dtype=np.int64)
    return commodities, of_flow[records.unit_flow[consignment]]


def _vehicles(network: Network, records: Records, passed: Passages) -> Numbers:
    """Return vehicles past sections and posts; a consignment under way by itself is one truck."""
    visits = np.unique(passed.visit)
    count = np.bincount(records.visit_element[visits], minlength=len(network.elements))
    return {
        thing(network.elements[element])._replace(indicator="vehicles"): float(count[element])
        for element in counted(network)
        if network.elements[element].kind in ("section", "sailing", "step")
    }


def _freight_work(network: Network, tonnes: "np.ndarray") -> Numbers:  # type: ignore[type-arg]
    """Return tonne-kilometres by mode of the network and of each corridor."""
    numbers: Numbers = {}
    corridors = network.case.description.corridors
    for element, moved in zip(network.elements, tonnes.tolist(), strict=True):
        if element.kind not in ("section", "sailing"):
            continue
        scopes = [("network", "all"), *(("corridor", name) for name, c in corridors.items() if element.id in c.route)]
        for scope, name in scopes:
            key = Key("freight_work", scope, name, element.mode)
            numbers[key] = numbers.get(key, 0.0) + moved * element.length_km
    return numbers


def _add(numbers: Numbers, more: Numbers) -> None:
    for key, value in more.items():
        numbers[key] = numbers.get(key, 0.0) + value


def corridor_throughput(network: Network, records: Records) -> Numbers:
    """Return tonnes delivered in the measured period that had used any part of each corridor."""
    numbers: Numbers = {}
    done = _delivered_in(records, network.measured)
    mass = np.bincount(
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
        numbers[Key("throughput", "corridor", name)] = float(mass[np.array(used, dtype=bool)].sum()) / KG_PER_TONNE
    return numbers


def _delivered_in(records: Records, measured: Window) -> Ints:
    at_s = records.unit_delivered_at
    inside = (at_s >= measured.start_s) & (at_s < measured.end_s) & (records.unit_kind == CONSIGNMENT)
    return np.flatnonzero(inside)


