"""How much passed: tonnes, vehicles and tonne-kilometres by thing, direction, commodity and month."""

import math
from collections.abc import Iterator

from sim.indicators.breakdown import cells
from sim.indicators.emissions import emissions
from sim.indicators.passages import Floats
from sim.indicators.passed import Passed
from sim.indicators.table import Key
from sim.indicators.things import counted, thing
from sim.network.elements import Network
from sim.units import KG_PER_TONNE

Numbers = dict[Key, float]


def throughput(network: Network, found: Passed) -> Numbers:
    """Return throughput and vehicles of sections, posts, terminals and ports, freight work and emissions."""
    numbers: Numbers = {}
    for element in counted(network):
        for key, kg in _cells(network, found, element):
            numbers[key] = numbers.get(key, 0.0) + kg
    numbers = {key: kg / KG_PER_TONNE for key, kg in numbers.items()}
    work = _work(network, found.mass_kg.sum(axis=(1, 2)))
    return {
        **numbers,
        **_vehicles(network, found),
        **_freight_work(network, work),
        **emissions(network, work),
    }


def _cells(network: Network, found: Passed, element: int) -> Iterator[tuple[Key, float]]:
    return cells(thing(network.elements[element]), found.mass_kg[element], found.commodities, found.months)


def _vehicles(network: Network, found: Passed) -> Numbers:
    """Return vehicles past sections and posts."""
    numbers: Numbers = {}
    for element in counted(network):
        if network.elements[element].kind in ("section", "sailing", "step"):
            key = thing(network.elements[element])._replace(indicator="vehicles")
            numbers[key] = numbers.get(key, 0.0) + float(found.vehicles[element])
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
