"""Path-size logit on generalised cost.

The share of itinerary *i* is proportional to ``PS_i * exp(-b * G_i)``. `G_i` is its generalised cost in
USD a tonne: charges, operating cost, the mode's constant, and the value of time. `PS_i`, between 0 and 1,
discounts itineraries that share most of their kilometres with others (Ben-Akiva and Bierlaire 1999), so
that two near-copies do not count twice.
"""

import math
from collections.abc import Mapping

from sim.model.demand import Commodity
from sim.network.elements import Assignment, Itinerary, Network
from sim.units import HOURS_PER_DAY

MINIMUM_SHARE = 0.02
"""An itinerary below this share is left out and its share spread over the others.

Assumed: nobody keeps a chain of contracts going for one shipment in fifty.
"""
Delays = Mapping[int, float]
"""Mean delay beyond free flow (h) at an element of the network."""


def assign(network: Network, delays: Delays | None = None) -> Assignment:
    """Return the shares of every choice set of every flow.

    Parameters
    ----------
    network
        The compiled network with its choice sets.
    delays
        Delays (h) found by simulating, by element; none for choice on free-flow cost.
    """
    shares = []
    for flow_id, sets in zip(network.flows, network.choice_sets, strict=True):
        flow = network.case.description.demand[flow_id]
        commodity = network.case.description.commodities[flow.commodity]
        options = [[network.itineraries[i] for i in choice.itineraries] for choice in sets]
        shares.append(tuple(flow_shares(option, network, commodity, delays or {}) for option in options))
    return Assignment(tuple(shares))


def flow_shares(
    options: list[Itinerary], network: Network, commodity: Commodity, delays: Delays
) -> tuple[float, ...]:
    """Return the shares of `options` for one commodity; they sum to 1."""
    costs = [generalised_cost(option, commodity, delays) for option in options]
    sizes = path_sizes(options, [element.length_km for element in network.elements])
    return prune(logit(costs, sizes, commodity.cost_sensitivity_per_usd_t.value))


def generalised_cost(itinerary: Itinerary, commodity: Commodity, delays: Delays) -> float:
    """Return the generalised cost of an itinerary, USD a tonne."""
    delay_h = sum(delays.get(element, 0.0) for leg in itinerary.legs for element in leg.elements)
    days = (itinerary.free_flow_h + delay_h) / HOURS_PER_DAY
    return (
        itinerary.charges_usd_per_t
        + itinerary.operating_usd_per_t
        + itinerary.constant_usd_per_t
        + commodity.value_of_time_usd_per_t_day.value * days
    )


def path_sizes(options: list[Itinerary], length_km: list[float]) -> list[float]:
    """Return the path size of each option: 1 where it shares no kilometre with another.

    Parameters
    ----------
    options
        The itineraries of one choice set.
    length_km
        Length of each element of the network.
    """
    used = [dict.fromkeys(element for leg in option.legs for element in leg.elements) for option in options]
    users: dict[int, int] = {}
    for elements in used:
        for element in elements:
            users[element] = users.get(element, 0) + 1
    sizes = []
    for elements in used:
        total = sum(length_km[element] for element in elements)
        alone = sum(length_km[element] / users[element] for element in elements)
        sizes.append(alone / total if total else 1.0)
    return sizes


def logit(costs: list[float], sizes: list[float], sensitivity: float) -> list[float]:
    """Return the shares of options of these costs (USD/t) and path sizes; `sensitivity` is per USD/t."""
    cheapest = min(costs)
    weights = [
        size * math.exp(-sensitivity * (cost - cheapest)) for cost, size in zip(costs, sizes, strict=True)
    ]
    total = sum(weights)
    return [weight / total for weight in weights]


def prune(shares: list[float]) -> tuple[float, ...]:
    """Return the shares with those below `MINIMUM_SHARE` set to 0 and the rest scaled to sum to 1."""
    kept = [share if share >= MINIMUM_SHARE else 0.0 for share in shares]
    total = sum(kept)
    return tuple(share / total for share in kept)
