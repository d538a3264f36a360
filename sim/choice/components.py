"""What the generalised cost of an itinerary is made of: who is paid, what time costs, what is preferred."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Literal

from sim.choice.logit import Delays
from sim.model.demand import Commodity
from sim.network.elements import Itinerary, Network
from sim.units import HOURS_PER_DAY

Group = Literal["charge", "operating", "time", "queue", "constant"]


@dataclass(frozen=True)
class Component:
    """A part of a generalised cost, USD a tonne; of time also the hours that it is for.

    `item` is a charge's id, what the time passes with (a field of `Hours`), the name of the element at which
    it queues, or the fleet of a constant; of operating cost it is empty.
    """

    group: Group
    item: str
    usd_per_t: float
    time_h: float | None = None


def components(
    network: Network, commodity: Commodity, way: Itinerary, felt: tuple[int, ...], delays: Delays
) -> tuple[Component, ...]:
    """Return what the generalised cost of an itinerary is made of.

    Parameters
    ----------
    network, commodity
        What the itinerary leads through and what is carried.
    way, felt
        The itinerary and the elements at which it can be delayed, as often as it passes them.
    delays
        Mean delay (h) by element.
    """
    day_usd_per_t = commodity.value_of_time_usd_per_t_day.value
    paid: dict[str, float] = {}
    for due in way.payments:
        paid[due.charge] = paid.get(due.charge, 0.0) + due.usd_per_t
    queued: dict[str, float] = {}
    for element in felt:
        if element in delays:
            name = network.elements[element].name
            queued[name] = queued.get(name, 0.0) + delays[element]
    return (
        *(Component("charge", charge, usd_per_t) for charge, usd_per_t in paid.items()),
        Component("operating", "", way.operating_usd_per_t),
        *(
            Component("time", item, day_usd_per_t * time_h / HOURS_PER_DAY, time_h)
            for item, time_h in asdict(way.time).items()
        ),
        *(
            Component("queue", name, day_usd_per_t * time_h / HOURS_PER_DAY, time_h)
            for name, time_h in queued.items()
        ),
        *(Component("constant", fleet, usd_per_t) for fleet, usd_per_t in _constants(network, way)),
    )


def _constants(network: Network, way: Itinerary) -> Iterator[tuple[str, float]]:
    """Yield the fleets that an itinerary boards, each once, and their constants, USD a tonne."""
    boarded = [leg.fleet for leg in way.legs if leg.kind != "handle"]
    for fleet in dict.fromkeys(boarded):
        yield (
            fleet,
            boarded.count(fleet) * network.case.description.fleets[fleet].constant_usd_per_t.value,
        )
