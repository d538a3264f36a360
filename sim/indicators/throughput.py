"""How much passed: tonnes, vehicles and tonne-kilometres by thing, direction, commodity and month."""

import math

import numpy as np

from sim.indicators.breakdown import cells, commodity_of, month_of, months
from sim.indicators.emissions import emissions
from sim.indicators.passages import Floats, Ints, Passages
from sim.indicators.table import Key
from sim.indicators.things import counted, thing
from sim.network.elements import Network
from sim.records.columns import Records
from sim.units import KG_PER_TONNE

Numbers = dict[Key, float]


def throughput(network: Network, records: Records, passed: Passages) -> Numbers:
    """Return throughput and vehicles of sections, posts, terminals and ports, freight work and emissions."""
    numbers: Numbers = {}
    names = months(network)
    elements = records.visit_element[passed.visit].astype(np.int64)
    month = month_of(network, records.visit_left_at[passed.visit].astype(np.int64))
    commodities, commodity = commodity_of(network, records, passed.consignment)
    shape = (len(network.elements), len(commodities), len(names))
    index = np.ravel_multi_index((elements, commodity, month), shape)
    mass_kg = np.bincount(index, weights=passed.mass_kg, minlength=int(np.prod(shape))).reshape(shape)
    for element in counted(network):
        for key, kg in cells(thing(network.elements[element]), mass_kg[element], commodities, names):
            numbers[key] = numbers.get(key, 0.0) + kg
    numbers = {key: kg / KG_PER_TONNE for key, kg in numbers.items()}
    work = _work(network, mass_kg.sum(axis=(1, 2)))
    return {
        **numbers,
        **_vehicles(network, passed, elements),
        **_freight_work(network, work),
        **emissions(network, work),
    }


def _vehicles(network: Network, passed: Passages, elements: Ints) -> Numbers:
    """Return vehicles past sections and posts; a consignment under way by itself is one truck.

    `elements` is the element of each passage.
    """
    _, first = np.unique(passed.visit, return_index=True)
    count = np.bincount(elements[first], minlength=len(network.elements))
    numbers: Numbers = {}
    for element in counted(network):
        if network.elements[element].kind in ("section", "sailing", "step"):
            key = thing(network.elements[element])._replace(indicator="vehicles")
            numbers[key] = numbers.get(key, 0.0) + float(count[element])
    return numbers


def _work(network: Network, mass_kg: Floats) -> dict[int, float]:
    """Return the tonne-kilometres of every section and sailing, by element, from what left it (kg)."""
    return {
        number: moved_kg / KG_PER_TONNE * element.length_km
        for number, (element, moved_kg) in enumerate(zip(network.elements, mass_kg.tolist(), strict=True))
        if element.kind in ("section", "sailing")
    }


def _freight_work(network: Network, work: dict[int, float]) -> Numbers:
    """Return tonne-kilometres by mode of the network and of each corridor."""
    parts: dict[Key, list[float]] = {}
    corridors = network.case.description.corridors
    for number, tonne_km in work.items():
        element = network.elements[number]
        used = [("corridor", name) for name, corridor in corridors.items() if element.id in corridor.route]
        for scope, name in [("network", "all"), *used]:
            parts.setdefault(Key("freight_work", scope, name, element.mode), []).append(tonne_km)
    return {key: math.fsum(values) for key, values in parts.items()}
