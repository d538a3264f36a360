"""A trace as plain tables with names in place of numbers, chunk by chunk: for CSV and Parquet."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from sim.indicators.extract import Units, units_of
from sim.indicators.legend import KINDS, Legend
from sim.indicators.movements import CLOSED, Traced
from sim.indicators.passages import Floats, Ints
from sim.indicators.registry import CAUSES
from sim.records.columns import NOT_YET, Column
from sim.units import KG_PER_TONNE


@dataclass(frozen=True)
class Named:
    """A column of names: `codes` are places in `names`, -1 for none."""

    codes: Ints
    names: tuple[str, ...]


@dataclass(frozen=True)
class Instants:
    """A column of instants, s since the start of the run, -1 for none."""

    at_s: Column


@dataclass(frozen=True)
class Whole:
    """A column of whole numbers, -1 for none."""

    values: Ints


@dataclass(frozen=True)
class Decimals:
    """A column of numbers, all of them there."""

    values: Floats


Frame = dict[str, Named | Instants | Whole | Decimals]
"""Some rows of a table: columns by name."""


def movements(traced: Traced) -> Iterator[Frame]:
    """Yield every visit of every unit: who, where, when, how long it waited and why."""
    legend, units = traced.legend, units_of(traced)
    causes = tuple(CAUSES)
    cause_of = np.array([causes.index(spot.cause) for spot in legend.elements], dtype=np.int64)
    for chunk in traced.chunks("visit"):
        element, arrived_at, started_at = chunk["element"], chunk["arrived_at"], chunk["started_at"]
        left_at, closed_s = chunk["left_at"], chunk[CLOSED]
        there = started_at != NOT_YET
        waited_s = np.where(there, started_at - arrived_at, legend.end_s - arrived_at)
        because = np.where(closed_s == waited_s, causes.index("closed"), cause_of[element])
        yield {
            **_who(legend, units, chunk["unit"], "unit"),
            **_where(legend, element),
            "arrived_at": Instants(arrived_at),
            "started_at": Instants(started_at),
            "left_at": Instants(left_at),
            "waited_s": Whole(waited_s.astype(np.int64)),
            "closed_s": Whole(closed_s.astype(np.int64)),
            "because": Named(np.where(waited_s > 0, because, -1), causes),
            "stayed_s": Whole(np.where(there, left_at - started_at, -1).astype(np.int64)),
        }


def loads(traced: Traced) -> Iterator[Frame]:
    """Yield what each vehicle carried: one row a consignment, or the part of it, aboard."""
    legend, units = traced.legend, units_of(traced)
    for chunk in traced.chunks("load"):
        yield {
            **_kind(units, chunk["vehicle"], "vehicle"),
            **_who(legend, units, chunk["consignment"], "consignment"),
            "aboard_t": Decimals(chunk["mass_kg"] / KG_PER_TONNE),
        }


TABLES: dict[str, Callable[[Traced], Iterator[Frame]]] = {"movements": movements, "loads": loads}
"""What yields each table, by its name."""


def _kind(units: Units, unit: Column, name: str) -> Frame:
    numbers = tuple(KINDS)
    kinds = np.searchsorted(numbers, units["kind"][unit])
    names = tuple(KINDS.values())
    return {name: Whole(unit.astype(np.int64)), f"{name}_kind": Named(kinds.astype(np.int64), names)}


def _who(legend: Legend, units: Units, unit: Column, name: str) -> Frame:
    """Return who it is: vehicles have neither flow nor itinerary."""
    way, flow = units["itinerary"][unit].astype(np.int64), units["flow"][unit].astype(np.int64)
    return {
        **_kind(units, unit, name),
        "flow": Named(flow, tuple(flow.id for flow in legend.flows)),
        "itinerary": Named(way, tuple(way.name for way in legend.itineraries)),
        "tonnes": Decimals(units["mass_kg"][unit] / KG_PER_TONNE),
    }


def _where(legend: Legend, element: Column) -> Frame:
    """Return where it is, in words and by the id of the thing in the corridor files."""
    codes, spots = element.astype(np.int64), legend.elements
    return {
        "element": Named(codes, tuple(spot.name for spot in spots)),
        "element_kind": Named(codes, tuple(spot.kind for spot in spots)),
        "where": Named(codes, tuple(spot.where for spot in spots)),
        "mode": Named(codes, tuple(spot.mode for spot in spots)),
        "country": Named(codes, tuple(spot.country for spot in spots)),
    }
