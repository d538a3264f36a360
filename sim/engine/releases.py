"""When shipments are released: Poisson arrivals that follow the year's growth and the months.

Arrivals are made by mapping the events of a unit-rate Poisson process through the inverse of the
cumulative demand. A scenario with a fifth more demand therefore meets the same shipments, earlier and
more of them.
"""

from calendar import isleap, monthrange
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from sim.model.demand import MONTHS, Flow, Season
from sim.network.elements import Assignment, Network
from sim.streams import stream
from sim.units import PERCENT, SECONDS_PER_DAY

CHUNK = 4096
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Releases:
    """The shipments of one flow: instant of release (s, ascending) and itinerary of each."""

    at_s: list[int]
    itinerary: list[int]


def daily_tonnes(flow: Flow, season: Season, day: date) -> float:
    """Return the mean tonnes of a flow on one day."""
    years = day.year - flow.base_year
    annual = flow.tonnes_per_year.value * (1 + flow.growth_percent_per_year.value / PERCENT) ** years
    index = season.monthly_index
    weight = sum(monthrange(day.year, m + 1)[1] * index[m] for m in range(MONTHS))
    days = 366 if isleap(day.year) else 365
    return annual / days * index[day.month - 1] * days / weight


def releases(network: Network, assignment: Assignment, flow: int, seed: int, replication: int) -> Releases:
    """Return the shipments of the flow numbered `flow` over the whole run."""
    flow_id = network.flows[flow]
    cumulative = _cumulative_shipments(network, flow_id)
    events = _unit_rate_events(float(cumulative[-1]), seed, replication, flow_id)
    midnights = np.arange(len(cumulative), dtype=np.float64) * SECONDS_PER_DAY
    at_s = np.interp(events, cumulative, midnights).astype(np.int64)
    luck = stream(seed, replication, "choice", flow_id).random(len(at_s))
    return Releases(at_s.tolist(), _chosen(network, assignment, flow, at_s, luck))


def _cumulative_shipments(network: Network, flow_id: str) -> Floats:
    """Return the expected shipments released before each midnight of the run."""
    description = network.case.description
    flow = description.demand[flow_id]
    season = description.seasons[flow.season]
    days = network.measured.end_s // SECONDS_PER_DAY
    tonnes = [daily_tonnes(flow, season, network.clock.day(day * SECONDS_PER_DAY)) for day in range(days)]
    shipment_t = description.commodities[flow.commodity].shipment_t.value
    return np.concatenate([[0.0], np.cumsum(tonnes) / shipment_t])


def _unit_rate_events(until: float, seed: int, replication: int, flow_id: str) -> Floats:
    generator = stream(seed, replication, "arrivals", flow_id)
    events: Floats = np.cumsum(generator.standard_exponential(CHUNK))
    while events[-1] < until:
        more = events[-1] + np.cumsum(generator.standard_exponential(CHUNK))
        events = np.concatenate([events, more])
    return events[events < until]


def _chosen(
    network: Network, assignment: Assignment, flow: int, at_s: npt.NDArray[np.int64], luck: Floats
) -> list[int]:
    """Return the itinerary of each shipment, by the choice set of its instant of release."""
    sets = network.choice_sets[flow]
    starts = [choice.starts_at for choice in sets]
    which = np.searchsorted(starts, at_s, side="right") - 1
    chosen = np.empty(len(at_s), dtype=np.int64)
    for number, choice in enumerate(sets):
        of_set = which == number
        bounds = np.cumsum(assignment.shares[flow][number])
        place = np.minimum(np.searchsorted(bounds, luck[of_set], side="right"), len(bounds) - 1)
        chosen[of_set] = np.asarray(choice.itineraries, dtype=np.int64)[place]
    return chosen.tolist()
