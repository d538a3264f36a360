"""Ships: how many sailed, what they could load, and what low water and closures took away."""

import numpy as np

from sim.clock import Calendar, Window
from sim.indicators.passages import Ints, within
from sim.indicators.table import Key
from sim.indicators.things import thing
from sim.network.elements import Network
from sim.records.columns import VESSEL, Records
from sim.units import KG_PER_TONNE

Numbers = dict[Key, float]


def ships(network: Network, records: Records) -> Numbers:
    """Return sailings, sailings cancelled, capacity, lost load and occupancy of every line in use.

    The lost load of all lines together is told too.
    """
    window, sailed = network.measured, _sailed(network, records)
    elements, count = records.visit_element[sailed], len(network.elements)
    sailings = np.bincount(elements, minlength=count)
    masses_kg = records.unit_mass_kg[records.visit_unit[sailed]]
    aboard_kg = np.bincount(elements, weights=masses_kg, minlength=count)
    numbers: Numbers = {}
    lost_t = 0.0
    for line in network.lines:
        dock = network.elements[line.dock]
        if dock.calendar.next_open(window.start_s) >= window.end_s:
            continue
        made = int(sailings[line.passage])
        found = {
            "sailings": float(made),
            "sailings_cancelled": _closed_s(dock.calendar, window) / line.interval_s,
            "ship_capacity": made * line.capacity_kg / KG_PER_TONNE,
            "load_lost": made * line.lost_kg / KG_PER_TONNE,
            "load_lost_per_sailing": line.lost_kg / KG_PER_TONNE,
        }
        if made:
            found["ship_occupancy"] = float(aboard_kg[line.passage]) / (made * line.capacity_kg)
        lost_t += found["load_lost"]
        key = thing(dock)
        numbers.update((key._replace(indicator=name), value) for name, value in found.items())
    return {**numbers, Key("load_lost", "network", "all"): lost_t} if numbers else numbers


def _sailed(network: Network, records: Records) -> Ints:
    """Return the visits that began in the measured period of ships to the passages of their lines."""
    passage = np.zeros(len(network.elements), dtype=bool)
    passage[[line.passage for line in network.lines]] = True
    found = np.flatnonzero(passage[records.visit_element])
    began = within(records.visit_started_at[found], network.measured)
    sailed: Ints = found[began & (records.unit_kind[records.visit_unit[found]] == VESSEL)]
    return sailed


def _closed_s(calendar: Calendar, measured: Window) -> int:
    """Return for how long (s) of the measured period it was closed after having been open."""
    closed = (window for window in calendar.closures if window.start_s > 0)
    return sum(max(0, min(w.end_s, measured.end_s) - max(w.start_s, measured.start_s)) for w in closed)
