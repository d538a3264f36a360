"""What became of the demand: released, delivered, unfinished, and how long it took."""

import numpy as np

from sim.clock import Window
from sim.indicators.grouping import grouped
from sim.indicators.passages import Flags, Floats, Ints, within
from sim.indicators.table import Key
from sim.network.elements import Network
from sim.records.columns import CONSIGNMENT, NOT_YET, Column, Records
from sim.records.tables import cuts
from sim.units import KG_PER_TONNE, SECONDS_PER_HOUR

PERCENTILES = (50, 95)
Numbers = dict[Key, float]
NONE = np.empty(0, dtype=np.int64)


def flows(network: Network, records: Records) -> Numbers:
    """Return tonnes released, delivered, unfinished and unserved by flow, and transit times."""
    numbers: Numbers = {}
    consignments = np.flatnonzero(records.unit_kind == CONSIGNMENT)
    window = network.measured
    delivered = consignments[within(records.unit_delivered_at[consignments], window)]
    unfinished = consignments[_unfinished(records.unit_delivered_at[consignments], window.end_s)]
    parts = {
        "released": consignments[within(records.unit_released_at[consignments], window)],
        "delivered": delivered,
        "unfinished": unfinished,
        "unserved": _unserved(records, unfinished),
    }
    for indicator, units in parts.items():
        _by_flow(network, records, indicator, units, numbers)
    _times(network, records, delivered, numbers)
    return numbers


def _unfinished(delivered_at: Column, end_s: int) -> Flags:
    unfinished: Flags = (delivered_at == NOT_YET) | (delivered_at >= end_s)
    return unfinished


def _unserved(records: Records, unfinished: Ints) -> Ints:
    """Return the unfinished that never left a place where they waited."""
    moved = np.zeros(len(records.unit_kind), dtype=bool)
    for rows in cuts(len(records.visit_unit)):
        started = within(records.visit_started_at[rows], Window(0, records.end_s))
        moved[records.visit_unit[rows][started]] = True
    moved[records.load_consignment[moved[records.load_vehicle]]] = True
    return unfinished[~moved[unfinished]]


def _by_flow(network: Network, records: Records, indicator: str, units: Ints, numbers: Numbers) -> None:
    mass_kg = np.bincount(
        records.unit_flow[units], weights=records.unit_mass_kg[units], minlength=len(network.flows)
    )
    tonnes = (mass_kg / KG_PER_TONNE).tolist()
    numbers[Key(indicator, "network", "all")] = float(mass_kg.sum()) / KG_PER_TONNE
    for flow_id, value in zip(network.flows, tonnes, strict=True):
        commodity = network.case.description.demand[flow_id].commodity
        numbers[Key(indicator, "flow", flow_id, commodity=commodity)] = value


def _times(network: Network, records: Records, delivered: Ints, numbers: Numbers) -> None:
    """Add transit times in all, by flow and by itinerary, and tonnes delivered by itinerary."""
    took_h = (records.unit_delivered_at[delivered] - records.unit_released_at[delivered]) / SECONDS_PER_HOUR
    _describe(Key("", "network", "all"), took_h, numbers)
    of_flow = dict(grouped(records.unit_flow[delivered], len(network.flows)))
    for flow, flow_id in enumerate(network.flows):
        commodity = network.case.description.demand[flow_id].commodity
        key = Key("", "flow", flow_id, commodity=commodity)
        _describe(key, took_h[of_flow.get(flow, NONE)], numbers)
    mass_kg = records.unit_mass_kg[delivered]
    of_itinerary = dict(grouped(records.unit_itinerary[delivered], len(network.itineraries)))
    for number, way in enumerate(network.itineraries):
        mine = of_itinerary.get(number, NONE)
        commodity = network.case.description.demand[way.flow].commodity
        key = Key("throughput", "itinerary", f"{way.flow}: {way.name}", commodity=commodity)
        numbers[key] = float(mass_kg[mine].sum()) / KG_PER_TONNE
        _describe(key, took_h[mine], numbers)


def _describe(key: Key, took_h: Floats, numbers: Numbers) -> None:
    if not len(took_h):
        return
    numbers[key._replace(indicator="transit_time_mean")] = float(took_h.mean())
    for percent, value in zip(PERCENTILES, np.percentile(took_h, PERCENTILES).tolist(), strict=True):
        numbers[key._replace(indicator=f"transit_time_p{percent}")] = value
