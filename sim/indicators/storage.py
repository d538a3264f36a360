"""What lies in yards and warehouses until its train or ship leaves: how much, and for how long."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.clock import Window
from sim.indicators.passages import Flags, Floats, Ints
from sim.indicators.table import Key
from sim.indicators.things import storage_key
from sim.network.elements import Itinerary, Network
from sim.network.storage import Stay, stays
from sim.records.columns import CONSIGNMENT, NOT_YET, Records
from sim.units import KG_PER_TONNE, SECONDS_PER_DAY, SECONDS_PER_HOUR

Numbers = dict[Key, float]
Place = tuple[str, str]
"""Whose storage it is: (``ports`` or ``terminals``, id)."""
NOWHERE = -1
PERCENT = 95


@dataclass(frozen=True)
class Stores:
    """One row a shipment in the storage of one of `places`: from `begin_s` until `end_s`.

    Where no train or ship took it within the run, `end_s` is the run's, and it has not `gone`.
    """

    places: tuple[Place, ...]
    place: Ints
    itinerary: Ints
    mass_kg: Ints
    begin_s: Ints
    end_s: Ints
    gone: Flags


def stores(network: Network, records: Records) -> Stores:
    """Return who lay in storage: from getting in until boarding, handling included."""
    places, at = _places(network)
    visits = np.flatnonzero((at != NOWHERE).any(axis=0)[records.visit_element])
    visits = visits[records.unit_kind[records.visit_unit[visits]] == CONSIGNMENT]
    units = records.visit_unit[visits].astype(np.int64)
    found = at[records.unit_itinerary[units], records.visit_element[visits]]
    visits, units, found = (column[found != NOWHERE] for column in (visits, units, found))
    stay, number = np.unique(units * max(1, len(places)) + found, return_inverse=True)
    begin_s = np.full(len(stay), records.end_s, dtype=np.int64)
    np.minimum.at(begin_s, number, records.visit_arrived_at[visits])
    left = records.visit_left_at[visits].astype(np.int64)
    end_s = np.zeros(len(stay), dtype=np.int64)
    np.maximum.at(end_s, number, np.where(left == NOT_YET, records.end_s, left))
    unit = stay // max(1, len(places))
    return Stores(
        places=places,
        place=stay % max(1, len(places)),
        itinerary=records.unit_itinerary[unit].astype(np.int64),
        mass_kg=records.unit_mass_kg[unit].astype(np.int64),
        begin_s=np.minimum(begin_s, records.end_s),
        end_s=np.minimum(end_s, records.end_s),
        gone=end_s < records.end_s,
    )


def storage(network: Network, stored: Stores) -> Numbers:
    """Return mean and largest stock (t, share of the room) and dwell times (h) of ports and terminals."""
    numbers: Numbers = {}
    rooms = {room.name: room.capacity_kg for room in network.rooms}
    window = network.measured
    left = stored.gone & (stored.end_s >= window.start_s) & (stored.end_s < window.end_s)
    for number, (kind, thing_id) in enumerate(stored.places):
        mine = stored.place == number
        key = storage_key(thing_id, _mode(network, kind, thing_id))
        dwell_h = (stored.end_s - stored.begin_s)[mine & left] / SECONDS_PER_HOUR
        numbers |= _stock(key, stored, mine, window, rooms.get(thing_id)) | _dwell(key, dwell_h)
    return numbers


def _places(network: Network) -> tuple[tuple[Place, ...], Ints]:
    """Return whose storages are used, and for each itinerary (row) and element which of them one is in."""
    at = np.full((max(1, len(network.itineraries)), len(network.elements)), NOWHERE, dtype=np.int64)
    numbers: dict[Place, int] = {}
    for row, way in enumerate(network.itineraries):
        for stay in stays(network.elements, network.lines, way.legs):
            at[row, list(inside(network, way, stay))] = numbers.setdefault(stay.thing, len(numbers))
    return tuple(numbers), at


def inside(network: Network, way: Itinerary, stay: Stay) -> Iterator[int]:
    """Yield the elements of an itinerary at which freight is in a storage."""
    boards = way.legs[stay.boards]
    if stay.enters < stay.boards:
        yield from way.legs[stay.enters].elements
    if boards.yard is not None:
        yield boards.yard
    if boards.pool is not None:
        yield network.pools[boards.pool].element
    if boards.line is not None:
        line = network.lines[boards.line]
        yield from (line.dock, line.space)


def begun_days(stay_s: Ints, free_days: float) -> Ints:
    """Return the days begun after the free ones of stays, s: what storage is charged for."""
    over_s = np.maximum(stay_s - round(free_days * SECONDS_PER_DAY), 0)
    days: Ints = -(-over_s // SECONDS_PER_DAY)
    return days


def _mode(network: Network, kind: str, thing_id: str) -> str:
    return network.case.description.ports[thing_id].serves if kind == "ports" else ""


def _stock(key: Key, stored: Stores, mine: Flags, window: Window, room_kg: int | None) -> Numbers:
    """Return mean and largest stock within a window, exact over time."""
    begins = np.clip(stored.begin_s[mine], window.start_s, window.end_s)
    ends = np.clip(stored.end_s[mine], window.start_s, window.end_s)
    mass_kg = stored.mass_kg[mine]
    mean_kg = float((mass_kg * (ends - begins)).sum()) / (window.end_s - window.start_s)
    there = {"mean": mean_kg, "max": _largest_kg(begins, ends, mass_kg)}
    numbers = {key._replace(indicator=f"stored_{name}"): kg / KG_PER_TONNE for name, kg in there.items()}
    if room_kg:
        shares = {key._replace(indicator=f"stored_{name}_share"): kg / room_kg for name, kg in there.items()}
        numbers |= shares
    return numbers


def _largest_kg(begins: Ints, ends: Ints, mass_kg: Ints) -> float:
    """Return the largest sum of masses present at once: who leaves makes room for who comes then."""
    present = ends > begins
    at_s = np.concatenate([begins[present], ends[present]])
    change_kg = np.concatenate([mass_kg[present], -mass_kg[present]])
    _, instant = np.unique(at_s, return_inverse=True)
    there_kg = np.cumsum(np.bincount(instant, weights=change_kg))
    return float(there_kg.max(initial=0.0))


def _dwell(key: Key, dwell_h: Floats) -> Numbers:
    if not len(dwell_h):
        return {}
    return {
        key._replace(indicator="dwell_mean"): float(dwell_h.mean()),
        key._replace(indicator="dwell_p95"): float(np.percentile(dwell_h, PERCENT)),
    }
