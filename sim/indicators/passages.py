"""Who carried what past which element: visits joined with the consignments aboard."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.clock import Window
from sim.records.columns import CONSIGNMENT, Column, Records
from sim.records.tables import cuts

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Passages:
    """One row a consignment (or part) and element that it left in the measured period.

    `visit` is the row of the visit, `consignment` the unit, `mass_kg` what of it was aboard. The rows of a
    visit adjoin.
    """

    visit: Ints
    consignment: Ints
    mass_kg: Ints


@dataclass(frozen=True)
class Aboard:
    """Where the loads of each unit stand: `count` rows from `first` on; a vehicle's rows adjoin."""

    first: Column
    count: Column


def passages(records: Records, measured: Window, of: Flags | None = None) -> Iterator[Passages]:
    """Yield the passages that ended within the measured period, those of some visits after those of others.

    A year has tens of millions: they are never all in memory. With `of`, a flag an element, they are those of
    the elements flagged.
    """
    aboard = _loads_of(records)
    for rows in cuts(len(records.visit_left_at)):
        inside = within(records.visit_left_at[rows], measured)
        if of is not None:
            inside &= of[records.visit_element[rows]]
        yield _joined(records, aboard, np.flatnonzero(inside) + rows.start)


def within(at_s: Column | Ints, window: Window) -> Flags:
    """Return which instants (s) lie in a window."""
    inside: Flags = (at_s >= window.start_s) & (at_s < window.end_s)
    return inside


def carried(records: Records, visits: Ints) -> Passages:
    """Return the visits numbered `visits` joined with all consignments aboard."""
    return _joined(records, _loads_of(records), visits)


def _joined(records: Records, aboard: Aboard, visits: Ints) -> Passages:
    """Return the visits numbered `visits` joined with all consignments aboard."""
    units = records.visit_unit[visits]
    own = records.unit_kind[units] == CONSIGNMENT
    alone, vehicles = units[own], units[~own]
    repeats = aboard.count[vehicles]
    before = np.cumsum(repeats) - repeats
    rows = np.repeat(aboard.first[vehicles] - before, repeats) + np.arange(repeats.sum())
    return Passages(
        visit=np.concatenate([visits[own], np.repeat(visits[~own], repeats)]),
        consignment=np.concatenate([alone, records.load_consignment[rows]], dtype=np.int64),
        mass_kg=np.concatenate([records.unit_mass_kg[alone], records.load_mass_kg[rows]], dtype=np.int64),
    )


def _loads_of(records: Records) -> Aboard:
    units = len(records.unit_kind)
    count = np.bincount(records.load_vehicle, minlength=units).astype(np.int32)
    first = np.zeros(units, dtype=np.int32)
    starts = np.flatnonzero(np.diff(records.load_vehicle, prepend=-1))
    first[records.load_vehicle[starts]] = starts
    return Aboard(first, count)
