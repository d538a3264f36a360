"""Who is paid what: charges that fell due, by payee and country."""

import numpy as np

from sim.indicators.passages import Passages
from sim.indicators.table import Key
from sim.model.tariffs import Charge
from sim.network.elements import Itinerary, Network
from sim.records.columns import Records
from sim.units import KG_PER_TONNE

Numbers = dict[Key, float]


def receipts(network: Network, records: Records, passed: Passages) -> Numbers:
    """Return receipts and transit receipts of every payee and country, USD."""
    charges = network.case.description.charges
    numbers: Numbers = {}
    for charge in charges.values():
        for key in _keys(charge, "receipts") + _keys(charge, "transit_receipts"):
            numbers[key] = 0.0
    shape = (len(network.itineraries), len(network.elements))
    itinerary = records.unit_itinerary[passed.consignment].astype(np.int64)
    index = np.ravel_multi_index((itinerary, records.visit_element[passed.visit]), shape)
    tonnes = np.bincount(index, weights=passed.mass_kg, minlength=shape[0] * shape[1]).reshape(shape)
    tonnes = tonnes / KG_PER_TONNE
    for number, way in enumerate(network.itineraries):
        for payment in way.payments:
            charge = charges[payment.charge]
            paid = float(tonnes[number, payment.element]) * payment.usd_per_t
            indicators = ["receipts", "transit_receipts"] if in_transit(network, way, charge) else ["receipts"]
            for key in [key for indicator in indicators for key in _keys(charge, indicator)]:
                numbers[key] += paid
    return numbers


def in_transit(network: Network, way: Itinerary, charge: Charge) -> bool:
    """Whether freight on an itinerary is in transit of the country that charges."""
    description = network.case.description
    flow = description.demand[way.flow]
    ends = {description.places[flow.origin].country, description.places[flow.destination].country}
    return charge.country not in ends


def _keys(charge: Charge, indicator: str) -> list[Key]:
    return [Key(indicator, "payee", charge.payee), Key(indicator, "country", charge.country)]
