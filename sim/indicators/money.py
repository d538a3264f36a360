"""Who is paid what: charges that fell due and fares, by payee and country."""

import math

from sim.indicators.passed import Passed
from sim.indicators.passengers import fares
from sim.indicators.table import Key
from sim.model.tariffs import Charge
from sim.network.elements import Itinerary, Network
from sim.records.columns import Records
from sim.units import KG_PER_TONNE

Numbers = dict[Key, float]


def receipts(network: Network, records: Records, found: Passed) -> Numbers:
    """Return receipts and transit receipts of every payee and country, USD."""
    charges = network.case.description.charges
    names = ("receipts", "transit_receipts")
    paid: dict[Key, list[float]] = {
        key: [] for charge in charges.values() for name in names for key in _keys(charge, name)
    }
    for number, way in enumerate(network.itineraries):
        for payment in way.payments:
            charge = charges[payment.charge]
            usd = float(found.by_itinerary_kg[number, payment.element]) / KG_PER_TONNE * payment.usd_per_t
            for key in _keys(charge, "receipts") + _transit_keys(network, way, charge):
                paid[key].append(usd)
    for payee, country, usd in fares(network, records):
        for key in (Key("receipts", "payee", payee), Key("receipts", "country", country)):
            paid.setdefault(key, []).append(usd)
    return {key: math.fsum(parts) for key, parts in paid.items()}


def in_transit(network: Network, way: Itinerary, charge: Charge) -> bool:
    """Whether freight on an itinerary is in transit of the country that charges."""
    description = network.case.description
    flow = description.demand[way.flow]
    ends = {description.places[flow.origin].country, description.places[flow.destination].country}
    return charge.country not in ends


def _keys(charge: Charge, indicator: str) -> list[Key]:
    return [Key(indicator, "payee", charge.payee), Key(indicator, "country", charge.country)]


def _transit_keys(network: Network, way: Itinerary, charge: Charge) -> list[Key]:
    return _keys(charge, "transit_receipts") if in_transit(network, way, charge) else []
