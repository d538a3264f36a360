"""Who carried what past which element: visits joined with the consignments aboard."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.clock import Window
from sim.records.columns import CONSIGNMENT, Records

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Passages:
    """One row a consignment (or part) and element that it left in the measured period.

    `visit` is the row of the visit, `consignment` the unit, `mass_kg` what of it was aboard.
    """

    visit: Ints
    consignment: Ints
    mass_kg: Ints


def passages(records: Records, measured: Window) -> Passages:
    """Return the passages that ended within the measured period."""
    left = records.visit_left_at
    inside = np.flatnonzero((left >= measured.start_s) & (left < measured.end_s))
    return carried(records, inside)


def carried(records: Records, visits: Ints) -> Passages:
    """Return the visits numbered `visits` joined with all consignments aboard."""
    units = records.visit_unit[visits]
    own = records.unit_kind[units] == CONSIGNMENT
    alone = visits[own]
    aboard = visits[~own]
    first, count = _loads_of(records)
    vehicles = records.visit_unit[aboard]
    repeats = count[vehicles]
    rows = np.repeat(first[vehicles] - np.cumsum(repeats) + repeats, repeats) + np.arange(repeats.sum())
    consignment = records.visit_unit[alone].astype(np.int64)
    return Passages(
        visit=np.concatenate([alone, np.repeat(aboard, repeats)]),
        consignment=np.concatenate([consignment, records.load_consignment[rows].astype(np.int64)]),
        mass_kg=np.concatenate(
            [records.unit_mass_kg[consignment].astype(np.int64), records.load_mass_kg[rows].astype(np.int64)]
        ),
    )


def _loads_of(records: Records) -> tuple[Ints, Ints]:
    """Return the first row in the loads and the number of rows of each unit; a vehicle's rows adjoin."""
    units = len(records.unit_kind)
    count = np.bincount(records.load_vehicle, minlength=units).astype(np.int64)
    first = np.zeros(units, dtype=np.int64)
    starts = np.flatnonzero(np.diff(records.load_vehicle, prepend=-1))
    first[records.load_vehicle[starts]] = starts
    return first, count
