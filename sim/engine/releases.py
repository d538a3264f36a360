"""When shipments are released, and by which itinerary each goes."""

from dataclasses import dataclass

import numpy as np

from sim.engine.arrivals import chosen, instants
from sim.network.elements import Assignment, Network
from sim.streams import stream


@dataclass(frozen=True)
class Releases:
    """The shipments of one flow: instant of release (s, ascending) and itinerary of each."""

    at_s: list[int]
    itinerary: list[int]


def releases(network: Network, assignment: Assignment, flow: int, seed: int, replication: int) -> Releases:
    """Return the shipments of the flow numbered `flow` over the whole run."""
    flow_id = network.flows[flow]
    description = network.case.description
    demand = description.demand[flow_id]
    shipment_t = description.commodities[demand.commodity].shipment_t.value
    at_s = instants(network, demand, shipment_t, flow_id, (seed, replication))
    luck = stream(seed, replication, "choice", flow_id).random(len(at_s))
    sets = network.choice_sets[flow]
    bounds = [np.cumsum(shares) for shares in assignment.shares[flow]]
    which, option = chosen([choice.starts_at for choice in sets], bounds, at_s, luck)
    itineraries = [np.asarray(choice.itineraries, dtype=np.int64) for choice in sets]
    found = np.empty(len(at_s), dtype=np.int64)
    for number, numbers in enumerate(itineraries):
        found[which == number] = numbers[option[which == number]]
    return Releases(at_s.tolist(), found.tolist())
