"""Times and queues as observers state them: at a post, on a crossing, from door to door."""

import numpy as np

from sim.clock import Window
from sim.indicators.observed_amounts import with_empties
from sim.indicators.passages import Flags, Ints, within
from sim.indicators.table import Key
from sim.indicators.things import counted
from sim.model.observations import Observation
from sim.network.elements import Network
from sim.records.columns import CONSIGNMENT, NOT_YET, Records
from sim.units import SECONDS_PER_HOUR

Numbers = dict[Key, float]


def times(network: Network, records: Records, observation: Observation, key: Key, window: Window) -> Numbers:
    """Return the counterpart of an observed time (h) or queue (vehicles); nothing where nobody came."""
    if observation.quantity == "queue":
        return {key: _queue(network, records, observation, window)}
    if observation.quantity == "wait":
        seconds, count = _stays(network, records, observation, window)
    elif observation.of:
        seconds, count = _passages(network, records, observation, window)
    else:
        seconds, count = _door_to_door(network, records, observation, window)
    return {key: seconds / count / SECONDS_PER_HOUR} if count else {}


def _at(network: Network, observation: Observation, *kinds: str) -> Flags:
    """Return which elements of some kinds belong to an observation's things, in its direction."""
    return np.array(
        [
            element.kind in kinds
            and element.id in observation.of
            and observation.direction in (None, element.direction)
            for element in network.elements
        ],
        dtype=np.bool_,
    )


def _left(records: Records, at: Flags, window: Window) -> Ints:
    """Return the visits to elements that ended in a window."""
    return np.flatnonzero(at[records.visit_element] & within(records.visit_left_at, window))


def _stays(network: Network, records: Records, observation: Observation, window: Window) -> tuple[int, int]:
    """Return the time (s) that vehicles spent at posts, and how many left them.

    Waits and steps that ended in the window over vehicles that left in it: who is there at its ends does
    not matter in a window that is long beside a stay.
    """
    gates = _at(network, observation, "acceptance", "step")
    rows = _left(records, gates, window)
    spent_s = records.visit_left_at[rows].astype(np.int64) - records.visit_arrived_at[rows]
    last = np.zeros(len(network.elements), dtype=np.bool_)
    last[counted(network)] = True
    return int(spent_s.sum()), len(_left(records, gates & last, window))


def _passages(
    network: Network, records: Records, observation: Observation, window: Window
) -> tuple[int, int]:
    """Return the time (s) that units were under way on sections, and how many."""
    rows = _left(records, _at(network, observation, "section", "sailing"), window)
    moved_s = records.visit_left_at[rows].astype(np.int64) - records.visit_started_at[rows]
    return int(moved_s.sum()), len(rows)


def _door_to_door(
    network: Network, records: Records, observation: Observation, window: Window
) -> tuple[int, int]:
    """Return the time (s) from release to delivery of shipments of flows, and how many were delivered."""
    mine = np.isin(records.unit_flow, [network.flows.index(flow) for flow in observation.flows])
    done = np.flatnonzero(
        mine & (records.unit_kind == CONSIGNMENT) & within(records.unit_delivered_at, window)
    )
    took_s = records.unit_delivered_at[done].astype(np.int64) - records.unit_released_at[done]
    return int(took_s.sum()), len(done)


def _queue(network: Network, records: Records, observation: Observation, window: Window) -> float:
    """Return the mean number of vehicles that wait at posts in a window, empty ones with the loaded."""
    at = _at(network, observation, "acceptance", "step")
    counting = network.case.description.countings[observation.counting]
    total = 0.0
    for element in np.flatnonzero(at).tolist():
        rows = np.flatnonzero(records.visit_element == element)
        begins = np.maximum(records.visit_arrived_at[rows], window.start_s)
        started = records.visit_started_at[rows]
        ends = np.minimum(np.where(started == NOT_YET, records.end_s, started), window.end_s)
        waited_s = np.maximum(ends.astype(np.int64) - begins, 0).sum()
        total += float(waited_s) * (with_empties(network, element) if counting.empty_vehicles else 1.0)
    return total / (window.end_s - window.start_s)
