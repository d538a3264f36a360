"""When things come: Poisson arrivals that follow the year's growth and the months.

Arrivals are made by mapping the events of a unit-rate Poisson process through the inverse of the
cumulative demand. A scenario with a fifth more demand therefore meets the same arrivals, earlier and
more of them.
"""

import numpy as np
import numpy.typing as npt

from sim.model.demand import Flow
from sim.model.passengers import Travel
from sim.network.days import daily
from sim.network.elements import Network
from sim.streams import stream
from sim.units import SECONDS_PER_DAY

CHUNK = 4096
Floats = npt.NDArray[np.float64]
Instants = npt.NDArray[np.int64]


def instants(
    network: Network, demand: Flow | Travel, lot: float, name: str, luck: tuple[int, int]
) -> Instants:
    """Return the instants (s) at which lots of a demand come over the whole run, ascending.

    Parameters
    ----------
    network
        The compiled case; its clock says which days the run has.
    demand
        Flow or travel record with its season and growth.
    lot
        What comes at once: tonnes of a shipment; trips for one traveller.
    name
        Name of the stream of luck.
    luck
        Seed and replication.
    """
    per_day = daily(network, demand)
    cumulative = np.concatenate([[0.0], np.cumsum(per_day) / lot])
    events = _unit_rate_events(float(cumulative[-1]), name, luck)
    midnights = np.arange(len(cumulative), dtype=np.float64) * SECONDS_PER_DAY
    at_s: Instants = np.interp(events, cumulative, midnights).astype(np.int64)
    return at_s


def _unit_rate_events(until: float, name: str, luck: tuple[int, int]) -> Floats:
    generator = stream(*luck, "arrivals", name)
    events: Floats = np.cumsum(generator.standard_exponential(CHUNK))
    while events[-1] < until:
        more = events[-1] + np.cumsum(generator.standard_exponential(CHUNK))
        events = np.concatenate([events, more])
    return events[events < until]


def chosen(
    starts: list[int], bounds: list[Floats], at_s: Instants, luck: Floats
) -> tuple[Instants, Instants]:
    """Return the choice set and the option in it of each arrival, by its instant and its luck.

    Parameters
    ----------
    starts
        Instant (s) from which each choice set holds, ascending from 0.
    bounds
        Cumulative shares of the options of each set; empty where there is none: the option is then -1.
    at_s, luck
        Instant (s) of each arrival, and a number from 0 to 1.
    """
    which = np.searchsorted(starts, at_s, side="right").astype(np.int64) - 1
    option = np.full(len(at_s), -1, dtype=np.int64)
    for number, of_set in enumerate(bounds):
        mine = which == number
        if len(of_set):
            found = np.searchsorted(of_set, luck[mine], side="right")
            option[mine] = np.minimum(found, len(of_set) - 1)
    return which, option
