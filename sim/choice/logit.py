"""Nested logit on generalised cost: a chain of vehicles first, then the way that they take.

Itineraries that use the same vehicles in the same order make a nest. Within it the share of *i* is
proportional to ``PS_i * exp(-(b / t) * G_i)``: who drives asks more closely what a road costs than who
ships asks what a railway costs, so that `t`, `ROUTE_SCALE`, lies between 0 and 1. A nest counts with the
cost ``-(t / b) * log(sum(PS_i * exp(-(b / t) * G_i)))``, and nests share by the logit of sensitivity `b`
(McFadden 1978). `G_i` is generalised cost in USD a tonne: charges, operating cost, the mode's constant, and
the value of time. `PS_i`, between 0 and 1, discounts itineraries that share most of their kilometres with
others (Ben-Akiva and Bierlaire 1999), so that two near-copies do not count twice.
"""

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from sim.model.demand import Commodity
from sim.network.elements import Itinerary, Leg, Network
from sim.units import HOURS_PER_DAY

MINIMUM_SHARE = 0.02
"""An itinerary below this share is left out and its share spread over the others.

Assumed: nobody keeps a chain of contracts going for one shipment in fifty.
"""
ROUTE_SCALE = 0.3
"""How much less two ways of the same vehicles differ beyond their cost than two chains of vehicles do.

Assumed: for ways of one haulier cost and time tell nearly all; 1 would be the plain logit.
"""
Delays = Mapping[int, float]
"""Mean delay beyond free flow (h) at an element of the network."""


@dataclass(frozen=True)
class Options:
    """The itineraries of one choice set and all about them that delays do not change.

    `costs` (USD/t) are without delays, `elements` what each itinerary passes, in order and as often.
    """

    costs: tuple[float, ...]
    sizes: tuple[float, ...]
    nests: tuple[tuple[str, ...], ...]
    elements: tuple[tuple[int, ...], ...]
    usd_per_h: float
    sensitivity: float

    def delayed(self, delays: Delays) -> list[float]:
        """Return the generalised cost of each itinerary (USD/t), given delays (h) at elements."""
        return [
            cost + self.usd_per_h * sum([delays[element] for element in passed if element in delays])
            for cost, passed in zip(self.costs, self.elements, strict=True)
        ]

    def probabilities(self, delays: Delays) -> list[float]:
        """Return the shares of the itineraries before small ones are left out; they sum to 1."""
        return nested(self.nests, self.delayed(delays), self.sizes, self.sensitivity)

    def shares(self, delays: Delays) -> tuple[float, ...]:
        """Return the shares of the itineraries, given delays (h) at elements; they sum to 1."""
        return prune(self.probabilities(delays))


def options(itineraries: list[Itinerary], network: Network, commodity: Commodity) -> Options:
    """Return the options of one choice set of a flow of one commodity."""
    return Options(
        costs=tuple(generalised_cost(way, commodity) for way in itineraries),
        sizes=tuple(path_sizes(itineraries, [element.length_km for element in network.elements])),
        nests=tuple(vehicles(way) for way in itineraries),
        elements=tuple(tuple(n for leg in way.legs for n in _felt(leg, network)) for way in itineraries),
        usd_per_h=commodity.value_of_time_usd_per_t_day.value / HOURS_PER_DAY,
        sensitivity=commodity.cost_sensitivity_per_usd_t.value,
    )


def _felt(leg: Leg, network: Network) -> tuple[int, ...]:
    """Return the elements at which a leg can be delayed: what it visits, and the wait for a train set."""
    return leg.elements if leg.pool is None else (network.pools[leg.pool].element, *leg.elements)


def vehicles(option: Itinerary) -> tuple[str, ...]:
    """Return the fleets of an itinerary in order: what its nest is made of."""
    return tuple(leg.fleet for leg in option.legs if leg.kind != "handle")


def nested(
    nests: Sequence[Hashable], costs: Sequence[float], sizes: Sequence[float], sensitivity: float
) -> list[float]:
    """Return the shares of options in nests; they sum to 1.

    Parameters
    ----------
    nests
        The name of each option's nest.
    costs, sizes
        Generalised cost (USD/t) and path size of each option.
    sensitivity
        Of the choice between nests, per USD/t.
    """
    members = [[n for n, nest in enumerate(nests) if nest == name] for name in dict.fromkeys(nests)]
    closely = sensitivity / ROUTE_SCALE
    means = [_nest_cost([costs[n] for n in nest], [sizes[n] for n in nest], closely) for nest in members]
    of_nests = logit(means, [1.0] * len(members), sensitivity)
    shares = [0.0] * len(costs)
    for nest, of_nest in zip(members, of_nests, strict=True):
        inside = logit([costs[n] for n in nest], [sizes[n] for n in nest], closely)
        for number, share in zip(nest, inside, strict=True):
            shares[number] = of_nest * share
    return shares


def _nest_cost(costs: list[float], sizes: list[float], closely: float) -> float:
    """Return the cost of a nest, USD/t: that of its cheapest way less what choice among several is worth."""
    cheapest = min(costs)
    total = sum(
        size * math.exp(-closely * (cost - cheapest)) for cost, size in zip(costs, sizes, strict=True)
    )
    return cheapest - math.log(total) / closely


def generalised_cost(itinerary: Itinerary, commodity: Commodity) -> float:
    """Return the generalised cost of an itinerary without delays, USD a tonne."""
    return (
        itinerary.charges_usd_per_t
        + itinerary.operating_usd_per_t
        + itinerary.constant_usd_per_t
        + commodity.value_of_time_usd_per_t_day.value * itinerary.free_flow_h / HOURS_PER_DAY
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
