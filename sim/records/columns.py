"""The columns that the engine writes and the indicators read.

Instants are whole seconds since the start of the run, masses whole kilograms. What had not happened
when the run ended is `NOT_YET`; an instant may lie after the end of the run where it was already certain
then (a truck on an open road).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Column = npt.NDArray[np.int32]

NOT_YET = -1
CONSIGNMENT, TRUCK, TRAIN, VESSEL, PASSENGERS = 0, 1, 2, 3, 4
"""Kinds of units. A consignment that fills one truck is followed as one unit, the consignment."""


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
