"""What a run holds of one consignment: its own visits and those of the vehicles that carried it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from sim.indicators.movements import CLOSED, Traced
from sim.records.columns import NOT_YET, TRUCK, Column
from sim.records.tables import Chunk, joined, table_columns

Units = Mapping[str, Column]
"""The whole table of units."""
VISIT = ("unit", "element", "arrived_at", "started_at", "left_at", CLOSED)


@dataclass(frozen=True)
class Carrier:
    """A truck, train or vessel that carried a consignment, or a part of it.

    `mass_kg` of the consignment was aboard with `others` other consignments, `load_kg` in all; the vehicle
    set out at `left_at` (s) and arrived at `arrived_at`, `NOT_YET` if not within the run. Of trucks side by
    side the last to arrive is `followed`: the consignment goes on when it is there.
    """

    unit: int
    kind: int
    mass_kg: int
    load_kg: int
    others: int
    left_at: int
    arrived_at: int
    followed: bool


@dataclass(frozen=True)
class Visit:
    """A visit of a unit to an element; instants in s, `closed_s` the part of the wait that it was closed."""

    unit: int
    element: int
    arrived_at: int
    started_at: int
    left_at: int
    closed_s: int


@dataclass(frozen=True)
class Extract:
    """All that a run holds of one consignment; visits in the order in which they began."""

    unit: int
    flow: int
    itinerary: int
    mass_kg: int
    released_at: int
    delivered_at: int
    carriers: tuple[Carrier, ...]
    visits: tuple[Visit, ...]


def units_of(traced: Traced) -> Units:
    """Return the whole table of units."""
    return joined(traced.chunks("unit"), table_columns()["unit"])


def extract(traced: Traced, units: Units, consignment: int) -> Extract:
    """Return what a run holds of a consignment, given by its unit number."""
    carriers = tuple(_carriers(traced, units, consignment))
    visits = _visits(traced, [consignment, *(carrier.unit for carrier in carriers)])
    of_unit = {name: int(column[consignment]) for name, column in units.items()}
    return Extract(
        unit=consignment,
        flow=of_unit["flow"],
        itinerary=of_unit["itinerary"],
        mass_kg=of_unit["mass_kg"],
        released_at=of_unit["released_at"],
        delivered_at=of_unit["delivered_at"],
        carriers=carriers,
        visits=tuple(sorted(visits, key=lambda visit: visit.arrived_at)),
    )


def _carriers(traced: Traced, units: Units, consignment: int) -> Iterator[Carrier]:
    mine = _rows(traced.chunks("load"), "consignment", [consignment], ("vehicle", "mass_kg"))
    aboard = _rows(traced.chunks("load"), "vehicle", mine["vehicle"].tolist(), ("vehicle",))["vehicle"]
    last = _last_trucks(units, mine["vehicle"].tolist())
    for vehicle, mass_kg in zip(mine["vehicle"].tolist(), mine["mass_kg"].tolist(), strict=True):
        yield Carrier(
            unit=vehicle,
            kind=int(units["kind"][vehicle]),
            mass_kg=mass_kg,
            load_kg=int(units["mass_kg"][vehicle]),
            others=int((aboard == vehicle).sum()) - 1,
            left_at=int(units["released_at"][vehicle]),
            arrived_at=int(units["delivered_at"][vehicle]),
            followed=units["kind"][vehicle] != TRUCK or vehicle in last,
        )


def _last_trucks(units: Units, vehicles: list[int]) -> set[int]:
    """Return of the trucks that set out together the one that arrives last, or the first that did not."""
    last: dict[int, int] = {}
    for truck in (vehicle for vehicle in vehicles if units["kind"][vehicle] == TRUCK):
        left_at = int(units["released_at"][truck])
        if left_at not in last or _arrival(units, truck) > _arrival(units, last[left_at]):
            last[left_at] = truck
    return set(last.values())


def _arrival(units: Units, truck: int) -> float:
    arrived_at = int(units["delivered_at"][truck])
    return np.inf if arrived_at == NOT_YET else arrived_at


def _visits(traced: Traced, wanted: list[int]) -> Iterator[Visit]:
    rows = _rows(traced.chunks("visit"), "unit", wanted, VISIT)
    for values in zip(*(rows[name].tolist() for name in VISIT), strict=True):
        yield Visit(*values)


def _rows(
    chunks: Iterator[Chunk], column: str, wanted: list[int], names: tuple[str, ...]
) -> dict[str, Column]:
    """Return some columns of the rows that have one of the `wanted` values in a column.

    Of chunks without such rows no other column is read.
    """
    found = []
    for chunk in chunks:
        mine = np.flatnonzero(np.isin(chunk[column], wanted))
        if len(mine):
            found.append({name: chunk[name][mine] for name in names})
    return joined(found, names)
