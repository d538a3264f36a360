"""How much arrived, by what it had used: corridors, modes, and the network as a whole."""

import numpy as np

from sim.indicators.breakdown import cells, commodity_of, month_of, months
from sim.indicators.passages import Ints, within
from sim.indicators.table import Key
from sim.network.elements import Itinerary, Network
from sim.records.columns import CONSIGNMENT, Records
from sim.units import KG_PER_TONNE

Numbers = dict[Key, float]


def delivered_throughput(network: Network, records: Records) -> Numbers:
    """Return tonnes delivered in the measured period by corridor, mode and in all.

    Freight counts for every corridor and every mode that any part of its itinerary used.
    """
    done = _delivered(network, records)
    names = months(network)
    commodities, of_flow = commodity_of(network)
    commodity = of_flow[records.unit_flow[done]]
    month = month_of(network, records.unit_delivered_at[done])
    shape = (len(network.itineraries), len(commodities), len(names))
    index = np.ravel_multi_index((records.unit_itinerary[done].astype(np.int64), commodity, month), shape)
    mass_kg = np.bincount(index, weights=records.unit_mass_kg[done], minlength=int(np.prod(shape)))
    by_itinerary = mass_kg.reshape(shape)
    numbers: Numbers = {}
    for key, itineraries in _users(network).items():
        parts = cells(key, by_itinerary[itineraries].sum(axis=0), commodities, names)
        numbers.update((part, kg / KG_PER_TONNE) for part, kg in parts)
    return numbers


def _delivered(network: Network, records: Records) -> Ints:
    inside = within(records.unit_delivered_at, network.measured)
    return np.flatnonzero(inside & (records.unit_kind == CONSIGNMENT))


def _users(network: Network) -> dict[Key, list[int]]:
    """Return the itineraries that use each corridor and mode, and all of them for the network."""
    ways = list(enumerate(network.itineraries))
    users = {Key("", "network", "all"): [number for number, _ in ways]}
    things = [_things(network, way) for _, way in ways]
    for name, corridor in network.case.description.corridors.items():
        route = set(corridor.route)
        users[Key("", "corridor", name)] = [n for n, _ in ways if things[n] & route]
    for mode in sorted({mode for _, way in ways for mode, _ in way.km_by_mode}):
        users[Key("", "mode", mode, mode)] = [n for n, way in ways if mode in dict(way.km_by_mode)]
    return users


def _things(network: Network, way: Itinerary) -> set[str]:
    return {network.elements[element].id for leg in way.legs for element in leg.elements}
