"""All shipments of a run before it begins: when each is released, its way, and its luck at every stop.

Who is served where decides the luck, not the order of service: the n-th shipment of a flow meets the same
luck at a post in every scenario, whoever stands before it. So all of it can be drawn at once, column by
column, and the engine only looks it up.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from sim.engine.draws import Draws
from sim.engine.releases import Releases
from sim.engine.tables import Layout, Slot
from sim.network.elements import Network
from sim.units import kilograms

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Shipments:
    """The consignments of a run in order of release, by the id of the flow where they tie.

    Attributes
    ----------
    flow, itinerary, mass_kg, released_at
        Columns, one row a consignment; instants in s.
    first_draw
        Place of each one's first draw in `draws`.
    draws
        Shares from 0 to 1, and services as multiples of their mean.
    """

    flow: Integers
    itinerary: Integers
    mass_kg: Integers
    released_at: Integers
    first_draw: Integers
    draws: Floats


def shipments(layout: Layout, released: list[Releases], luck: Draws) -> Shipments:
    """Return all shipments of a run from those of each flow, with their draws."""
    network = layout.network
    flow, serial, at_s, itinerary = _in_order(network.flows, released)
    per_itinerary = np.array(layout.draws, dtype=np.int64)
    needed = per_itinerary[itinerary] if len(itinerary) else itinerary
    first_draw = np.cumsum(needed) - needed
    found = Shipments(
        flow=flow,
        itinerary=itinerary,
        mass_kg=_masses_kg(network)[flow],
        released_at=at_s,
        first_draw=first_draw,
        draws=np.zeros(int(needed.sum())),
    )
    order = np.lexsort((serial, itinerary))
    bounds = np.searchsorted(itinerary[order], np.arange(len(network.itineraries) + 1))
    for number in range(len(network.flows)):
        table = FlowLuck(network, network.flows[number], luck)
        for way in sorted(set(released[number].itinerary)):
            mine = order[bounds[way] : bounds[way + 1]]
            _fill(found, layout, table, way, serial[mine], first_draw[mine])
    return found


def _in_order(
    flows: tuple[str, ...], released: list[Releases]
) -> tuple[Integers, Integers, Integers, Integers]:
    """Return flow, serial number in it, instant (s) and itinerary of all, in order of time, then of flow."""
    counts = [len(each.at_s) for each in released]
    by_name = sorted(range(len(flows)), key=lambda number: flows[number])
    rank = np.argsort(np.array(by_name, dtype=np.int64))
    flow = np.repeat(np.arange(len(flows)), counts)
    serial = _joined([np.arange(count) for count in counts])
    at_s = _joined([np.array(each.at_s, dtype=np.int64) for each in released])
    itinerary = _joined([np.array(each.itinerary, dtype=np.int64) for each in released])
    order = np.lexsort((serial, rank[flow] if len(flows) else flow, at_s))
    return flow[order], serial[order], at_s[order], itinerary[order]


def _joined(parts: list[Integers]) -> Integers:
    return np.concatenate(parts) if parts else np.empty(0, dtype=np.int64)


def _masses_kg(network: Network) -> Integers:
    description = network.case.description
    goods = [description.commodities[description.demand[flow].commodity] for flow in network.flows]
    return np.array([kilograms(one.shipment_t.value) for one in goods], dtype=np.int64)


@dataclass
class FlowLuck:
    """The draws of one flow at each element, made as far as they are asked for."""

    network: Network
    flow: str
    luck: Draws
    _made: dict[Slot, Floats] = field(default_factory=dict)

    def of(self, slot: Slot, units: Integers) -> Floats:
        """Return the draws of the flow's n-th units."""
        count = int(units.max()) + 1
        made = self._made.get(slot)
        if made is None or len(made) < count:
            made = self._made[slot] = self._drawn(slot, count)
        return made[units]

    def _drawn(self, slot: Slot, count: int) -> Floats:
        element = self.network.elements[slot.element]
        column = self.luck.column(element, slot, self.flow, count)
        if slot.share or element.facilitated_share == 0:
            return column
        lucky = self.luck.facilitated(self.flow, count) < element.facilitated_share
        return np.where(lucky, column * element.facilitated_factor, column)


def _fill(
    found: Shipments, layout: Layout, table: FlowLuck, way: int, serial: Integers, first_draw: Integers
) -> None:
    """Write the draws of the consignments of one itinerary."""
    for path, vehicles, start in layout.legs[way]:
        slots = layout.paths.slots[path] if path >= 0 else []
        for part, place, slot in _places(vehicles, slots):
            rows = first_draw + (start + part * len(slots) + place)
            found.draws[rows] = table.of(slot, serial * vehicles + part)


def _places(vehicles: int, slots: list[Slot]) -> Iterator[tuple[int, int, Slot]]:
    for part in range(vehicles):
        for place, slot in enumerate(slots):
            yield part, place, slot
