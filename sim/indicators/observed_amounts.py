"""Tonnes and vehicles as observers count them: at some things, on some days, of some freight."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.clock import Window
from sim.indicators.passages import Flags, Floats, Ints, Passages, passages, within
from sim.indicators.table import Key
from sim.indicators.things import counted
from sim.model.network import SERVED
from sim.model.observations import Counting, Observation
from sim.network.elements import Itinerary, Leg, Line, Network
from sim.records.columns import CONSIGNMENT, VESSEL, Records
from sim.units import KG_PER_TONNE

Numbers = dict[Key, float]
NOWHERE = -1


@dataclass(frozen=True)
class Probe:
    """What an observer counts.

    Attributes
    ----------
    key
        Of the number that is counted.
    window
        When it is counted.
    place
        By element: the row of `share` that holds for it, `NOWHERE` if it is not counted there. None: at
        delivery, by the one row of `share`.
    share
        By that row and itinerary: how much a kilogram (`by_mass`) or a vehicle counts.
    by_mass
        Whether kilograms are counted, or vehicles.
    vessels
        Whether ships are counted, with freight aboard or not.
    """

    key: Key
    window: Window
    place: Ints | None
    share: Floats
    by_mass: bool
    vessels: bool = False


def passing(network: Network, observation: Observation, key: Key, window: Window) -> Probe:
    """Return the probe of what passes the things that an observation names."""
    vessels = observation.quantity == "vehicles" and observation.mode in SERVED
    elements = _elements(network, observation, vessels=vessels)
    land_mode = observation.mode if _at_the_quay(network, observation) else None
    by_mass = observation.quantity != "vehicles" or land_mode is not None
    wanted = _wanted(network, observation)
    share = np.zeros((len(elements), len(network.itineraries)))
    for row, element in enumerate(elements):
        for number, way in enumerate(network.itineraries):
            share[row, number] = wanted[number] and (
                land_mode is None or _comes_by(network, way, element, land_mode)
            )
        share[row] *= _worth(network, observation, element, land_mode)
    place = np.full(len(network.elements), NOWHERE)
    place[elements] = np.arange(len(elements))
    return Probe(key, window, place, share, by_mass, vessels)


def delivered(network: Network, observation: Observation, key: Key, window: Window) -> Probe:
    """Return the probe of what flows deliver; with a mode, of what came by it on any part of its way."""
    mode = observation.mode
    wanted = _wanted(network, observation)
    used = [
        wanted[number] and way.flow in observation.flows and (mode is None or mode in dict(way.km_by_mode))
        for number, way in enumerate(network.itineraries)
    ]
    return Probe(
        key, window, None, np.array([used], dtype=np.float64) * _by_load(network, observation), by_mass=True
    )


def amounts(network: Network, records: Records, probes: Sequence[Probe]) -> Numbers:
    """Return what each probe counts."""
    sums = {probe.key: 0.0 for probe in probes}
    for probe in probes:
        if probe.place is None:
            sums[probe.key] += _at_delivery(records, probe)
        elif probe.vessels:
            sums[probe.key] += _ships(records, probe, probe.place)
    placed = [(probe, probe.place) for probe in probes if probe.place is not None and not probe.vessels]
    if placed:
        of = np.any([place != NOWHERE for _, place in placed], axis=0)
        for part in passages(records, network.measured, of):
            for probe, place in placed:
                sums[probe.key] += _passed(records, part, probe, place)
    return sums


def _wanted(network: Network, observation: Observation) -> list[bool]:
    """Return of every itinerary whether its freight is of the goods and the regime that are counted."""
    description = network.case.description
    counting = description.countings[observation.counting]
    found = []
    for way in network.itineraries:
        flow = description.demand[way.flow]
        ends = [description.places[place].country for place in (flow.origin, flow.destination)]
        ends = ["" if country in flow.transit_of else country for country in ends]
        goods = not observation.commodities or flow.commodity in observation.commodities
        found.append(goods and _in_regime(observation, counting, ends))
    return found


def _in_regime(observation: Observation, counting: Counting, ends: list[str]) -> bool:
    origin, destination = (end == counting.whose for end in ends)
    return {
        "all": True,
        "transit": not (origin or destination),
        "trade": origin != destination,
        "export": origin and not destination,
        "import": destination and not origin,
    }[observation.regime or counting.regime]


def _elements(network: Network, observation: Observation, *, vessels: bool) -> list[int]:
    """Return the elements at which an observation's things are counted."""
    names = set(observation.of)
    if vessels:
        return [line.passage for line in network.lines if names & _ids(network, line)]
    docks = [line.dock for line in network.lines]
    quay = _at_the_quay(network, observation)
    return [
        number
        for number in sorted({*counted(network), *docks})
        if (element := network.elements[number]).id in names
        and (quay or observation.mode in (None, element.mode))
        and (element.kind == "berth" or observation.direction in (None, element.direction))
    ]


def _ids(network: Network, line: Line) -> set[str]:
    """Return the service and the section of a line of ships."""
    return {network.elements[line.dock].id, network.elements[line.passage].id}


def _at_the_quay(network: Network, observation: Observation) -> bool:
    """Whether an observation is of ports or services, and of the land mode behind them."""
    description = network.case.description
    waterside = {*description.ports, *description.services}
    on_land = observation.mode is not None and observation.mode not in SERVED
    return on_land and bool(observation.of) and set(observation.of) <= waterside


def _comes_by(network: Network, way: Itinerary, element: int, mode: str) -> bool:
    """Whether freight comes to the quay, or leaves it, by a land mode where it passes an element by ship.

    What begins or ends at the port itself counts as come by road, what changes ships as neither.
    """
    moving = [leg for leg in way.legs if leg.kind != "handle"]
    for number, leg in enumerate(moving):
        if leg.kind != "sail" or element not in leg.elements:
            continue
        before = moving[number - 1] if number else None
        after = moving[number + 1] if number + 1 < len(moving) else None
        here = network.elements[element]
        if here.kind == "berth":
            return _mode(network, after if here.part == "unloading" else before) == mode
        return mode in (_mode(network, before), _mode(network, after))
    return False


def _mode(network: Network, leg: Leg | None) -> str:
    """Return the land mode of a leg: road where there is none, nothing for a ship."""
    if leg is None or leg.kind == "truck":
        return "road"
    if leg.kind == "sail":
        return ""
    return network.case.description.fleets[leg.fleet].mode


def _worth(network: Network, observation: Observation, element: int, land_mode: str | None) -> float:
    """Return how much a loaded vehicle counts, or a kilogram where vehicles are told by their load."""
    if land_mode is not None:
        return _by_load(network, observation)
    counting = network.case.description.countings[observation.counting]
    if observation.quantity != "vehicles" or not counting.empty_vehicles:
        return 1.0
    return with_empties(network, element)


def with_empties(network: Network, element: int) -> float:
    """Return how many vehicles, loaded and empty, pass a post with a loaded one; 1 elsewhere."""
    one = network.elements[element]
    post = network.case.description.posts.get(one.id)
    empty = getattr(post, one.direction).empty_share if post else None
    return 1.0 / (1.0 - empty.value) if empty and empty.value < 1 else 1.0


def _by_load(network: Network, observation: Observation) -> float:
    """Return how many vehicles a kilogram is where vehicles are wanted, by the load of a full one; else 1."""
    if observation.quantity != "vehicles":
        return 1.0
    fleets = network.case.description.fleets.values()
    return 1.0 / next(
        fleet.payload_t.value * KG_PER_TONNE for fleet in fleets if fleet.mode == observation.mode
    )


def _at_delivery(records: Records, probe: Probe) -> float:
    there = within(records.unit_delivered_at, probe.window) & (records.unit_kind == CONSIGNMENT)
    done = np.flatnonzero(there)
    counts = probe.share[0, records.unit_itinerary[done]]
    return float((records.unit_mass_kg[done] * counts).sum()) / _unit_kg(probe)


def _ships(records: Records, probe: Probe, place: Ints) -> float:
    there: Flags = place[records.visit_element] != NOWHERE
    there &= records.unit_kind[records.visit_unit] == VESSEL
    return float(np.count_nonzero(there & within(records.visit_left_at, probe.window)))


def _passed(records: Records, part: Passages, probe: Probe, place: Ints) -> float:
    """Return what a probe counts of some passages."""
    rows = place[records.visit_element[part.visit]]
    there = (rows != NOWHERE) & within(records.visit_left_at[part.visit], probe.window)
    if not probe.by_mass:
        there &= np.diff(part.visit, prepend=-1) != 0
    mine = np.flatnonzero(there)
    counts = probe.share[rows[mine], records.unit_itinerary[part.consignment[mine]]]
    if not probe.by_mass:
        return float(counts.sum())
    return float((part.mass_kg[mine] * counts).sum()) / _unit_kg(probe)


def _unit_kg(probe: Probe) -> int:
    """Return the kilograms of a tonne where mass is told; shares of a probe of vehicles hold their load."""
    return 1 if probe.key.indicator == "vehicles" else KG_PER_TONNE
