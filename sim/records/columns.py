"""The columns that the engine writes and the indicators read.

Instants are whole seconds since the start of the run, masses whole kilograms. What had not happened
when the run ended is `NOT_YET`; an instant may lie after the end of the run where it was already certain
then (a truck on an open road).
"""

from array import array
from dataclasses import dataclass, field, fields

import numpy as np
import numpy.typing as npt

Column = npt.NDArray[np.int32]

NOT_YET = -1
CONSIGNMENT, TRUCK, TRAIN, VESSEL, PASSENGERS = 0, 1, 2, 3, 4
"""Kinds of units. A consignment that fills one truck is followed as one unit, the consignment."""

_VISIT = 5
_LOAD = 3
_DEPARTURE = 6


@dataclass(frozen=True)
class Records:
    """All that happened in one replication.

    Attributes
    ----------
    visit_unit, visit_element, visit_arrived_at, visit_started_at, visit_left_at
        One row a visit of a unit to an element of the network: it waited from `arrived_at` to
        `started_at` and was moved or served until `left_at` (s).
    unit_kind, unit_flow, unit_itinerary, unit_mass_kg, unit_released_at, unit_delivered_at
        One row a unit, in order of creation. Vehicles have flow and itinerary `NOT_YET`.
    load_vehicle, load_consignment, load_mass_kg
        One row a consignment (or the part of it) that a vehicle carried.
    departure_timetable, departure_left_at, departure_arrived_at, departure_boarded,
    departure_turned_away, departure_waited_min
        One row a departure of a passenger service: its timetable, when it left and arrived (s), how many
        boarded, how many gave up waiting for a seat since the one before, and how long those who
        boarded had waited, all together (minutes).
    end_s
        Length of the run, s.
    """

    visit_unit: Column
    visit_element: Column
    visit_arrived_at: Column
    visit_started_at: Column
    visit_left_at: Column
    unit_kind: Column
    unit_flow: Column
    unit_itinerary: Column
    unit_mass_kg: Column
    unit_released_at: Column
    unit_delivered_at: Column
    load_vehicle: Column
    load_consignment: Column
    load_mass_kg: Column
    departure_timetable: Column
    departure_left_at: Column
    departure_arrived_at: Column
    departure_boarded: Column
    departure_turned_away: Column
    departure_waited_min: Column
    end_s: int

    @property
    def size_bytes(self) -> int:
        """Memory of all columns, bytes."""
        return sum(column.nbytes for column in vars(self).values() if isinstance(column, np.ndarray))


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
