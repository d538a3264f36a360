"""Who is paid what: charges that fell due and fares, by payee and country."""

import math
from collections.abc import Iterator

import numpy as np

from sim.indicators.passed import Passed
from sim.indicators.passengers import fares
from sim.indicators.storage import Stores, begun_days
from sim.indicators.table import Key
from sim.model.description import Description
from sim.model.tariffs import Charge
from sim.network.costs import regime_applies
from sim.network.elements import Itinerary, Network
from sim.records.columns import Records
from sim.units import KG_PER_TONNE

Numbers = dict[Key, float]


def receipts(network: Network, records: Records, found: Passed, stored: Stores) -> Numbers:
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
    for name, number, usd in _storage_dues(network, stored):
        charge, way = charges[name], network.itineraries[number]
        for key in _keys(charge, "receipts") + _transit_keys(network, way, charge):
            paid[key].append(usd)
    for payee, country, usd in fares(network, records):
        for key in (Key("receipts", "payee", payee), Key("receipts", "country", country)):
            paid.setdefault(key, []).append(usd)
    return {key: math.fsum(parts) for key, parts in paid.items()}


def _storage_dues(network: Network, stored: Stores) -> Iterator[tuple[str, int, float]]:
    """Yield (charge, itinerary, USD) of what fell due for storage when a train or ship took freight."""
    window, description = network.measured, network.case.description
    left = stored.gone & (stored.end_s >= window.start_s) & (stored.end_s < window.end_s)
    for name, charge in description.charges.items():
        if charge.basis != "t-day" or charge.on.target not in stored.places:
            continue
        mine = np.flatnonzero(left & (stored.place == stored.places.index(charge.on.target)))
        free_days = charge.free_days.value if charge.free_days else 0.0
        days = begun_days(stored.end_s[mine] - stored.begin_s[mine], free_days)
        usd = charge.rate_usd.value * days * stored.mass_kg[mine] / KG_PER_TONNE
        by_way = np.bincount(stored.itinerary[mine], weights=usd, minlength=len(network.itineraries))
        for number in np.flatnonzero(by_way).tolist():
            if regime_applies(charge, countries(description, network.itineraries[number])):
                yield name, number, float(by_way[number])


def in_transit(network: Network, way: Itinerary, charge: Charge) -> bool:
    """Whether freight on an itinerary is in transit of the country that charges."""
    return charge.country not in countries(network.case.description, way)


def countries(description: Description, way: Itinerary) -> set[str]:
    """Return the countries of both ends of an itinerary."""
    flow = description.demand[way.flow]
    return {description.places[end].country for end in (flow.origin, flow.destination)}


def _keys(charge: Charge, indicator: str) -> list[Key]:
    return [Key(indicator, "payee", charge.payee), Key(indicator, "country", charge.country)]


def _transit_keys(network: Network, way: Itinerary, charge: Charge) -> list[Key]:
    return _keys(charge, "transit_receipts") if in_transit(network, way, charge) else []
