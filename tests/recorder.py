"""Records written row by row: for indicators on records made by hand, and for the engine's oracle."""

from array import array
from dataclasses import dataclass, field, fields

import numpy as np

from sim.records.columns import NOT_YET, Column, Records

_VISIT = 5
_LOAD = 3
_DEPARTURE = 6


def _column() -> "array[int]":
    return array("i")


@dataclass
class Recorder:
    """The growing columns of one replication; four bytes a value, no object a row."""

    visits: "array[int]" = field(default_factory=_column)
    kinds: "array[int]" = field(default_factory=_column)
    flows: "array[int]" = field(default_factory=_column)
    itineraries: "array[int]" = field(default_factory=_column)
    masses_kg: "array[int]" = field(default_factory=_column)
    released_at: "array[int]" = field(default_factory=_column)
    delivered_at: "array[int]" = field(default_factory=_column)
    loads: "array[int]" = field(default_factory=_column)
    departures: "array[int]" = field(default_factory=_column)

    def unit(self, kind: int, mass_kg: int, at_s: int, flow: int = NOT_YET, itinerary: int = NOT_YET) -> int:
        """Add a unit created at `at_s` (s) and return its number."""
        self.kinds.append(kind)
        self.flows.append(flow)
        self.itineraries.append(itinerary)
        self.masses_kg.append(mass_kg)
        self.released_at.append(at_s)
        self.delivered_at.append(NOT_YET)
        return len(self.kinds) - 1

    def visit(self, unit: int, element: int, arrived_at: int, started_at: int, left_at: int) -> None:
        """Add a visit; instants in s."""
        self.visits.extend((unit, element, arrived_at, started_at, left_at))

    def load(self, vehicle: int, consignment: int, mass_kg: int) -> None:
        """Note that `vehicle` carries `mass_kg` of `consignment`."""
        self.loads.extend((vehicle, consignment, mass_kg))

    def depart(self, timetable: int, left_at: int, boarded: int, turned_away: int, waited_min: int) -> int:
        """Add a departure of a passenger service that left at `left_at` (s) and return its number."""
        self.departures.extend((timetable, left_at, NOT_YET, boarded, turned_away, waited_min))
        return len(self.departures) // _DEPARTURE - 1

    def arrive(self, departure: int, at_s: int) -> None:
        """Note that a departure reached its end at `at_s` (s)."""
        self.departures[departure * _DEPARTURE + 2] = at_s

    def deliver(self, unit: int, at_s: int) -> None:
        """Note that a unit reached its end at `at_s` (s)."""
        self.delivered_at[unit] = at_s

    def records(self, end_s: int) -> Records:
        """Return the columns of the run that ended at `end_s` (s)."""
        names = [field.name for field in fields(Records) if field.name != "end_s"]
        units = [_columns(column, 1)[0] for column in self._unit_columns()]
        loads, departures = _columns(self.loads, _LOAD), _columns(self.departures, _DEPARTURE)
        columns = [*_columns(self.visits, _VISIT), *units, *loads, *departures]
        return Records(end_s=end_s, **dict(zip(names, columns, strict=True)))

    def _unit_columns(self) -> tuple["array[int]", ...]:
        return (
            self.kinds,
            self.flows,
            self.itineraries,
            self.masses_kg,
            self.released_at,
            self.delivered_at,
        )


def _columns(values: "array[int]", width: int) -> list[Column]:
    table = np.frombuffer(values, dtype=np.int32) if values else np.empty(0, dtype=np.int32)
    return [np.ascontiguousarray(table.reshape(-1, width)[:, i]) for i in range(width)]
