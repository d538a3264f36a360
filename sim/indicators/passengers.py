"""Who travelled: passengers, those turned away, seats taken, waits and fares."""

from collections.abc import Iterator

import numpy as np

from sim.indicators.passages import Ints
from sim.indicators.table import Key
from sim.network.elements import Network, Timetable
from sim.records.columns import NOT_YET, Records
from sim.units import MINUTES_PER_HOUR, SECONDS_PER_HOUR

Numbers = dict[Key, float]


def passengers(network: Network, records: Records) -> Numbers:
    """Return the numbers of passenger services by direction, of departures in the measured period."""
    numbers: Numbers = {}
    for line, departures in measured_departures(network, records):
        key = Key("", "passenger-service", line.service, direction=line.direction)
        boarded = int(records.departure_boarded[departures].sum())
        found = {
            "passengers": float(boarded),
            "departures": float(len(departures)),
            "turned_away": float(records.departure_turned_away[departures].sum()),
            **_seats(line, boarded, len(departures)),
            **_times(records, departures, boarded),
        }
        numbers |= {key._replace(indicator=name): value for name, value in found.items()}
    return numbers


def fares(network: Network, records: Records) -> Iterator[tuple[str, str, float]]:
    """Yield (payee, country, USD) of the fares paid for departures in the measured period."""
    services = network.case.description.passenger_services
    for line, departures in measured_departures(network, records):
        service = services[line.service]
        yield (
            service.payee,
            service.country,
            line.fare_usd * float(records.departure_boarded[departures].sum()),
        )


def measured_departures(network: Network, records: Records) -> Iterator[tuple[Timetable, Ints]]:
    """Yield each timetable with its departures (rows) in the measured period."""
    window = network.measured
    left = records.departure_left_at
    inside = (left >= window.start_s) & (left < window.end_s)
    for number, line in enumerate(network.timetables):
        yield line, np.flatnonzero(inside & (records.departure_timetable == number))


def _seats(line: Timetable, boarded: int, departures: int) -> dict[str, float]:
    return {"seat_occupancy": boarded / (departures * line.seats)} if departures else {}


def _times(records: Records, departures: Ints, boarded: int) -> dict[str, float]:
    """Return the mean time under way of those who arrived, and the mean wait of those who boarded, h."""
    arrived = departures[records.departure_arrived_at[departures] != NOT_YET]
    people = records.departure_boarded[arrived].astype(np.int64)
    took_s = (records.departure_arrived_at - records.departure_left_at)[arrived].astype(np.int64)
    waited_min = int(records.departure_waited_min[departures].astype(np.int64).sum())
    found = {"boarding_wait": waited_min / MINUTES_PER_HOUR / boarded} if boarded else {}
    if people.sum():
        found["journey_time_mean"] = float((took_s * people).sum()) / int(people.sum()) / SECONDS_PER_HOUR
    return found
