"""Train sets in use: from when their train leaves until it has arrived, turned round and come back empty."""

import numpy as np

from sim.clock import Timeline, Window
from sim.indicators.passages import Floats, Ints
from sim.indicators.table import Key
from sim.network.elements import Network
from sim.records.columns import NOT_YET, TRAIN, Records


def sets_in_use(network: Network, records: Records) -> dict[Key, float]:
    """Return the share of the train sets of each pool that are taken: mean over time, and the largest."""
    numbers: dict[Key, float] = {}
    for number, pool in enumerate(network.pools):
        taken, freed = uses(network, records, number)
        mode = network.elements[pool.element].mode
        mean, largest = _shares(taken, freed, pool.sets, network.measured)
        numbers[Key("sets_in_use", "fleet", pool.name, mode)] = mean
        numbers[Key("sets_in_use_max", "fleet", pool.name, mode)] = largest
    return numbers


def uses(network: Network, records: Records, number: int) -> tuple[Ints, Ints]:
    """Return when sets of a pool were taken and when they came free, s; each in ascending order.

    A train takes its set when it comes to the first thing on its way. That of a train that has not arrived
    is free after the run. The way back takes as long as the way there, waits for paths included.
    """
    pool = network.pools[number]
    trains, left = departures(network, records, network.elements[pool.element].mode)
    arrived = records.unit_delivered_at[trains].astype(np.int64)
    free = np.where(arrived == NOT_YET, records.end_s, 2 * arrived - left + pool.turn_s)
    return np.sort(left), np.sort(free)


def departures(network: Network, records: Records, mode: str) -> tuple[Ints, Ints]:
    """Return the freight trains of a mode, and when they left the yard, s."""
    railway = np.array([element.mode == mode and element.kind != "stock" for element in network.elements])
    rows = np.flatnonzero((records.unit_kind[records.visit_unit] == TRAIN) & railway[records.visit_element])
    order = rows[np.lexsort((records.visit_arrived_at[rows], records.visit_unit[rows]))]
    trains, first = np.unique(records.visit_unit[order], return_index=True)
    return trains.astype(np.int64), records.visit_arrived_at[order][first].astype(np.int64)


def _shares(taken: Ints, freed: Ints, sets: Timeline[int], window: Window) -> tuple[float, float]:
    """Return the mean over a window of the share of sets taken, weighted by sets, and the largest."""
    changes = [at_s for at_s, _ in sets.changes]
    turns = np.unique(np.concatenate([[window.start_s], taken, freed, changes]).astype(np.int64))
    turns = turns[(turns >= window.start_s) & (turns < window.end_s)]
    lasts_s = np.diff(turns, append=window.end_s)
    used = np.searchsorted(taken, turns, side="right") - np.searchsorted(freed, turns, side="right")
    owned: Floats = np.array([sets.at(at_s) for at_s in turns.tolist()], dtype=np.float64)
    return float((used * lasts_s).sum() / (owned * lasts_s).sum()), float((used / owned).max())
