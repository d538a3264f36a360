"""Which service travellers take: a logit on fare and time.

The time of a service is its journey and a quarter of the interval between departures: people time their
trips by the timetable, and mind a rare service less than a wait at the station.
"""

from sim.choice.logit import logit
from sim.model.passengers import Travel
from sim.network.elements import Network, Shares, Timetable
from sim.units import hours

SCHEDULE_DELAY = 0.25
"""The part of the interval between departures that counts as time. Assumed: half of the mean schedule delay
of people who may choose the day."""


def trip_shares(network: Network) -> tuple[Shares, ...]:
    """Return the shares of the timetables in each choice set of each `Trips`; none where nothing runs."""
    travel = network.case.description.travel
    return tuple(
        tuple(
            _shares([network.timetables[n] for n in choice.itineraries], travel[trip.travel])
            for choice in trip.choice_sets
        )
        for trip in network.trips
    )


def _shares(options: list[Timetable], travel: Travel) -> tuple[float, ...]:
    if not options:
        return ()
    costs = [generalised_cost_usd(option, travel) for option in options]
    return tuple(logit(costs, [1.0] * len(options), travel.cost_sensitivity_per_usd.value))


def generalised_cost_usd(option: Timetable, travel: Travel) -> float:
    """Return what a trip by a timetable costs a traveller, time and money, USD."""
    time_h = hours(option.journey_s) + SCHEDULE_DELAY * hours(option.interval_s)
    return option.fare_usd + travel.value_of_time_usd_per_h.value * time_h
