"""Why freight goes which way: every alternative of a flow with its cost and share, and those left out."""

from dataclasses import dataclass, replace
from functools import cached_property

from sim.choice.assignment import Choices
from sim.choice.components import Component, components
from sim.choice.logit import Options, generalised_cost, prune
from sim.choice.settling import Settled
from sim.model.demand import Commodity
from sim.network.elements import ChoiceSet, Itinerary, Network
from sim.network.left_out import Reason, Review

TELLING = ("acceptance", "step", "terminal", "dock")
"""Kinds of elements by which a reader knows a way: posts, terminals and services."""


@dataclass(frozen=True)
class Alternative:
    """An itinerary of a choice set, as the choice sees it.

    `cost_usd_per_t` is the generalised cost that the choice uses, the sum of `parts`. `nest` is its fleets
    in order, `size` the path size. `probability` is the answer of the logit to that cost, `answer` the same
    without what is under 2 %, `share` the one that is simulated: the mean of the answers of all rounds until
    queues and choice agree. `via` is what tells it from others.
    """

    way: Itinerary
    parts: tuple[Component, ...]
    cost_usd_per_t: float
    nest: tuple[str, ...]
    size: float
    probability: float
    answer: float
    share: float
    via: tuple[str, ...]

    @property
    def time_h(self) -> float:
        """Mean time with queues, h."""
        return sum(part.time_h for part in self.parts if part.time_h is not None)

    @property
    def unqueued_usd_per_t(self) -> float:
        """Generalised cost without queues, by which the search compares."""
        return sum(part.usd_per_t for part in self.parts if part.group != "queue")

    @property
    def transhipments(self) -> int:
        """How often the freight changes its vehicle."""
        return len(self.nest) - 1


@dataclass(frozen=True)
class Rejected:
    """A way that is not among the alternatives: why, what it would cost without queues (USD/t).

    `times_cheapest` is its cost in the search over that of the cheapest way found there.
    """

    way: Itinerary
    why: Reason
    barriers: tuple[str, ...]
    cost_usd_per_t: float
    times_cheapest: float
    via: tuple[str, ...]


@dataclass(frozen=True)
class Explained:
    """A choice set of a flow: from `starts_at` (s) these alternatives, the largest share first."""

    flow: str
    starts_at: int
    alternatives: tuple[Alternative, ...]
    rejected: tuple[Rejected, ...]


@dataclass(frozen=True)
class Explainer:
    """Explains the choices of a network at the shares and delays that have settled."""

    network: Network
    settled: Settled

    @cached_property
    def choices(self) -> Choices:
        """The choice sets of the network."""
        return Choices(self.network)

    @cached_property
    def review(self) -> Review:
        """The searches done again."""
        return Review(self.network.case)

    def explained(self, flow: int) -> tuple[Explained, ...]:
        """Return the choice sets of the flow of a number, explained."""
        return tuple(
            self._set(flow, number, choice) for number, choice in enumerate(self.network.choice_sets[flow])
        )

    def _set(self, flow: int, number: int, choice: ChoiceSet) -> Explained:
        network, flow_id = self.network, self.network.flows[flow]
        description = network.case.description
        commodity = description.commodities[description.demand[flow_id].commodity]
        ways = [network.itineraries[itinerary] for itinerary in choice.itineraries]
        left_out = self.review.left_out(flow_id, choice)
        names = vias(network, [*ways, *(one.way for one in left_out)])
        alternatives = self._alternatives(commodity, ways, self.choices.sets[flow][number], names)
        shares = self.settled.assignment.shares[flow][number]
        shared = [replace(one, share=share) for one, share in zip(alternatives, shares, strict=True)]
        rejected = [
            Rejected(
                one.way,
                one.why,
                one.barriers,
                generalised_cost(one.way, commodity),
                one.times_cheapest,
                through,
            )
            for one, through in zip(left_out, names[len(ways) :], strict=True)
        ]
        return Explained(
            flow_id,
            choice.starts_at,
            tuple(sorted(shared, key=lambda one: (-one.share, one.cost_usd_per_t))),
            tuple(sorted(rejected, key=lambda one: one.cost_usd_per_t)),
        )

    def _alternatives(
        self, commodity: Commodity, ways: list[Itinerary], options: Options, names: list[tuple[str, ...]]
    ) -> list[Alternative]:
        """Return the alternatives of a choice set with the shares that the logit gives them."""
        delays = self.settled.delays
        chances = options.probabilities(delays)
        columns = (ways, options.elements, options.delayed(delays), options.nests, options.sizes)
        return [
            Alternative(
                way=way,
                parts=components(self.network, commodity, way, felt, delays),
                cost_usd_per_t=cost,
                nest=nest,
                size=size,
                probability=probability,
                answer=answer,
                share=answer,
                via=through,
            )
            for way, felt, cost, nest, size, probability, answer, through in zip(
                *columns, chances, prune(chances), names[: len(ways)], strict=True
            )
        ]


def vias(network: Network, ways: list[Itinerary]) -> list[tuple[str, ...]]:
    """Return what tells each itinerary from the others: posts, terminals and services, as it passes them.

    Where several pass the same, the section that fewest of them use, the longest of these, is added.
    """
    passed = [[network.elements[number] for leg in way.legs for number in leg.elements] for way in ways]
    sections = [{one.id: one.length_km for one in elements if one.kind == "section"} for elements in passed]
    names = [
        tuple(dict.fromkeys(element.id for element in elements if element.kind in TELLING))
        for elements in passed
    ]
    groups = [(way.name.partition(" (")[0], name) for way, name in zip(ways, names, strict=True)]
    found = []
    for group, name, mine in zip(groups, names, sections, strict=True):
        twins = [section for other, section in zip(groups, sections, strict=True) if other == group]
        users = {section: sum(section in twin for twin in twins) for section in mine}
        rarest = min(mine, key=lambda section: (users[section], -mine[section]), default=None)
        apart = rarest is not None and users[rarest] < len(twins)
        found.append((*name, str(rarest)) if apart else name)
    return found
