"""Who takes which way: the shares of all flows and travellers of a network."""

from dataclasses import dataclass
from functools import cached_property

from sim.choice.logit import Delays, Options, options
from sim.choice.travellers import trip_shares
from sim.network.elements import Assignment, Network, Shares


@dataclass(frozen=True)
class Choices:
    """The choice sets of a network, looked at once and answered as often as delays change."""

    network: Network

    @cached_property
    def sets(self) -> tuple[tuple[Options, ...], ...]:
        """The options of every choice set of every flow."""
        network, description = self.network, self.network.case.description
        commodities = [description.commodities[description.demand[flow].commodity] for flow in network.flows]
        return tuple(
            tuple(
                options([network.itineraries[number] for number in choice.itineraries], network, commodity)
                for choice in sets
            )
            for sets, commodity in zip(network.choice_sets, commodities, strict=True)
        )

    @cached_property
    def trips(self) -> tuple[Shares, ...]:
        """The shares of the timetables of all travellers."""
        return trip_shares(self.network)

    def assignment(self, delays: Delays) -> Assignment:
        """Return the shares of every choice set, given delays (h) at elements."""
        shares = tuple(tuple(each.shares(delays) for each in sets) for sets in self.sets)
        return Assignment(shares, self.trips)


def assign(network: Network, delays: Delays | None = None) -> Assignment:
    """Return the shares of every choice set of every flow and of all travellers.

    Parameters
    ----------
    network
        The compiled network with its choice sets.
    delays
        Delays (h) beyond free flow, by element; none for choice on free-flow cost.
    """
    return Choices(network).assignment(delays or {})
