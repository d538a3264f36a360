"""How much of what servers offer is taken."""

from dataclasses import dataclass

import numpy as np

from sim.clock import Window
from sim.indicators.causes import closed_s
from sim.indicators.passages import Flags, Floats, Ints, within
from sim.indicators.table import Key
from sim.network.elements import Network, Server
from sim.records.columns import NOT_YET, Column, Records
from sim.records.tables import cuts
from sim.units import SECONDS_PER_DAY

Numbers = dict[Key, float]


@dataclass(frozen=True)
class Holding:
    """How visits take their servers, by element.

    `server` is the number of the server, past the last one where there is none; a visit to a `daily` one
    takes one acceptance. Where `held` a train keeps it for `hold_s`, one lighter than `full_kg` for its part.
    """

    server: Ints
    daily: Flags
    held: Flags
    hold_s: Floats
    full_kg: Ints


def utilisation(network: Network, records: Records) -> Numbers:
    """Return the used share of every server's open places."""
    how, window = _holding(network), network.measured
    taken = np.zeros(len(network.servers) + 1)
    for rows in cuts(len(records.visit_element)):
        element = records.visit_element[rows]
        amount = np.where(
            how.daily[element],
            within(records.visit_started_at[rows], window),
            _taken_s(how, records, rows, window),
        )
        taken += np.bincount(how.server[element], weights=amount, minlength=len(taken))
    return {
        Key("utilisation", "server", server.name): used / there
        for server, used in zip(network.servers, taken[:-1].tolist(), strict=True)
        if (there := offered(server, window))
    }


def offered(server: Server, window: Window) -> float:
    """Return what a server offers in a window that ends with the run: place-seconds open, or acceptances."""
    total = 0.0
    at_s = window.start_s
    while at_s < window.end_s:
        until_s = min(server.places.next_change(at_s), window.end_s)
        span = until_s - at_s
        open_s = span - int(closed_s(server.calendar, window.end_s, np.array([at_s]), np.array([until_s]))[0])
        total += server.places.at(at_s) * (open_s / SECONDS_PER_DAY if server.daily else open_s)
        at_s = until_s
    return total


def _holding(network: Network) -> Holding:
    none = len(network.servers)
    server = [none if element.server is None else element.server for element in network.elements]
    daily = [
        element.server is not None and network.servers[element.server].daily for element in network.elements
    ]
    hold_s = [element.path_s for element in network.elements]
    return Holding(
        server=np.array(server, dtype=np.int64),
        daily=np.array(daily, dtype=bool),
        held=np.array([held is not None for held in hold_s], dtype=bool),
        hold_s=np.array([held or 0 for held in hold_s], dtype=np.float64),
        full_kg=np.array([max(element.full_kg, 1) for element in network.elements], dtype=np.int64),
    )


def _taken_s(how: Holding, records: Records, rows: slice, window: Window) -> Column:
    """Return how long each visit of `rows` takes its server within the window, s."""
    begins, ends = records.visit_started_at[rows], records.visit_left_at[rows].copy()
    held = np.flatnonzero(how.held[records.visit_element[rows]] & (begins != NOT_YET))
    mass_kg = records.unit_mass_kg[records.visit_unit[rows][held]]
    ends[held] = begins[held] + _held_s(how, records.visit_element[rows][held], mass_kg)
    inside_s: Column = np.minimum(ends, window.end_s) - np.maximum(begins, window.start_s)
    return np.maximum(inside_s, 0)


def _held_s(how: Holding, element: Column, mass_kg: Column) -> Ints:
    """Return how long trains of these masses hold their path, s: a light one for its part."""
    full_s = how.hold_s[element]
    part = np.minimum(1.0, mass_kg / how.full_kg[element])
    held: Ints = np.where(mass_kg > 0, np.maximum(1, np.rint(full_s * part)), full_s).astype(np.int64)
    return held
