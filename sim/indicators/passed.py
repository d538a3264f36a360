"""What passed each element in the measured period: tonnes by commodity, month and itinerary, and vehicles."""

from dataclasses import dataclass

import numpy as np

from sim.indicators.breakdown import commodity_of, month_of, months
from sim.indicators.passages import Floats, Ints, Passages, passages
from sim.network.elements import Network
from sim.records.columns import Column, Records


@dataclass(frozen=True)
class Passed:
    """Sums over all passages. Kilograms are whole, so that every sum is exact in any order.

    Attributes
    ----------
    commodities, months
        Names, in the order of the sums.
    mass_kg
        By element, commodity and month.
    by_itinerary_kg
        By itinerary and element.
    vehicles
        By element, those with freight aboard; a consignment under way by itself is one truck.
    """

    commodities: list[str]
    months: list[str]
    mass_kg: Floats
    by_itinerary_kg: Floats
    vehicles: Ints


def passed(network: Network, records: Records) -> Passed:
    """Return what passed each element in the measured period."""
    commodities, of_flow = commodity_of(network)
    names, elements = months(network), len(network.elements)
    mass_kg = np.zeros((elements, len(commodities), len(names)))
    by_itinerary_kg = np.zeros((len(network.itineraries), elements))
    vehicles = np.zeros(elements, dtype=np.int64)
    for part in passages(records, network.measured):
        element = records.visit_element[part.visit]
        month = month_of(network, records.visit_left_at[part.visit])
        commodity = of_flow[records.unit_flow[part.consignment]]
        _add(mass_kg, (element, commodity, month), part.mass_kg)
        _add(by_itinerary_kg, (records.unit_itinerary[part.consignment], element), part.mass_kg)
        vehicles += np.bincount(element[_firsts(part)], minlength=elements)
    return Passed(commodities, names, mass_kg, by_itinerary_kg, vehicles)


def _add(sums: Floats, places: tuple[Column | Ints, ...], mass_kg: Ints) -> None:
    """Add kilograms to the sums at the places of each."""
    index = np.ravel_multi_index(places, sums.shape)
    sums += np.bincount(index, weights=mass_kg, minlength=sums.size).reshape(sums.shape)


def _firsts(part: Passages) -> Ints:
    """Return the first row of each visit."""
    return np.flatnonzero(np.diff(part.visit, prepend=-1))
