"""What a run holds against the observations of its period: the same things, days, direction and freight."""

from collections.abc import Iterator
from datetime import timedelta

from sim.clock import Window
from sim.indicators.observed_amounts import Probe, amounts, delivered, passing
from sim.indicators.observed_times import times
from sim.indicators.table import Key
from sim.model.description import Description
from sim.model.observations import Observation
from sim.network.elements import Network
from sim.records.columns import Records

Numbers = dict[Key, float]
INDICATORS = {
    "throughput": "throughput",
    "delivered": "delivered",
    "vehicles": "vehicles",
    "wait": "stay_mean",
    "queue": "queue_mean",
    "transit-time": "transit_time_mean",
}
"""The indicator of each quantity that is observed; passengers at posts have none."""
AMOUNTS = ("throughput", "delivered", "vehicles")
"""The quantities that are counts of freight."""


def observed(network: Network, records: Records) -> Numbers:
    """Return the simulated counterpart of every observation that lies in the measured period.

    Its key has the scope ``observation``, the observation's id, mode and direction, and its days as period.
    What a run cannot count has none: see `incomparable`.
    """
    description = network.case.description
    found = [
        (name, one)
        for name, one in description.observations.items()
        if incomparable(description, one) is None and _inside(network, one)
    ]
    freight = [_probe(network, name, one) for name, one in found if one.quantity in AMOUNTS]
    numbers = amounts(network, records, [probe for probe in freight if probe is not None])
    for name, one in found:
        if one.quantity not in AMOUNTS:
            numbers |= times(network, records, one, key_of(name, one), window_of(network, one))
    return numbers


def incomparable(description: Description, observation: Observation) -> str | None:
    """Return why no sum of a run can be set against an observation, None if one can."""
    counting = description.countings[observation.counting]
    if counting.incomparable:
        return counting.incomparable
    if observation.quantity not in INDICATORS:
        return "people at posts are not counted by the model"
    if not (observation.of or observation.flows):
        return "nothing in the network has this sum"
    if observation.quantity == "wait" and not set(observation.of) <= set(description.posts):
        return "the time at the agencies of a port is not in the model"
    return None


def key_of(name: str, observation: Observation) -> Key:
    """Return the key of the simulated counterpart of an observation."""
    indicator = INDICATORS[observation.quantity]
    days = f"{observation.from_}/{observation.until}"
    return Key(
        indicator, "observation", name, observation.mode or "", observation.direction or "", period=days
    )


def window_of(network: Network, observation: Observation) -> Window:
    """Return the days of an observation as a part of a run."""
    clock = network.clock
    return Window(clock.at(observation.from_), clock.at(observation.until + timedelta(days=1)))


def _inside(network: Network, observation: Observation) -> bool:
    window, measured = window_of(network, observation), network.measured
    return measured.start_s <= window.start_s and window.end_s <= measured.end_s


def _probe(network: Network, name: str, observation: Observation) -> Probe | None:
    made = passing if observation.of else delivered
    return made(network, observation, key_of(name, observation), window_of(network, observation))


def compared_days(description: Description, year: int) -> Iterator[Observation]:
    """Yield the observations of a year that a run can be held against."""
    for one in description.observations.values():
        if one.year == year and incomparable(description, one) is None:
            yield one
