"""Before and at the gates of border posts: vehicles on the road, and the time of urgent goods and others."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.clock import Timeline, Window
from sim.indicators.breakdown import commodity_of
from sim.indicators.causes import by_element
from sim.indicators.passages import Flags, Ints, carried
from sim.indicators.table import Key
from sim.indicators.things import thing
from sim.model.network import Crossing
from sim.network.elements import Network
from sim.network.timelines import mapped, timeline
from sim.records.columns import NOT_YET, Records
from sim.units import SECONDS_PER_HOUR

Numbers = dict[Key, float]
Visits = dict[int, Ints]
"""The rows of the visits to each element, by its number."""


@dataclass(frozen=True)
class Gate:
    """One direction of a post: its elements in order, and what the description says of it."""

    key: Key
    elements: tuple[int, ...]
    crossing: Crossing

    def outside(self, network: Network) -> tuple[int, ...]:
        """Return the elements for which vehicles wait before the gate: the acceptance and the first step."""
        steps = next(i for i, number in enumerate(self.elements) if network.elements[number].kind == "step")
        return self.elements[: steps + 1]


def gates(network: Network, records: Records) -> Numbers:
    """Return what stood on the road before posts with parking, and times by class where goods go first."""
    told = [gate for gate in _gates(network) if gate.crossing.parking_places or _urgent(network, gate)]
    wanted = np.zeros(len(network.elements), dtype=np.bool_)
    wanted[[number for gate in told for number in gate.elements]] = True
    rows = np.flatnonzero(wanted[records.visit_element])
    visits: Visits = dict(by_element(network, records.visit_element, rows))
    numbers: Numbers = {}
    for gate in told:
        numbers |= _on_the_road(network, records, gate, visits)
        numbers |= _by_class(network, records, gate, visits)
    return numbers


def _gates(network: Network) -> Iterator[Gate]:
    of_gate: dict[Key, list[int]] = {}
    for number, element in enumerate(network.elements):
        if element.kind in ("acceptance", "step"):
            of_gate.setdefault(thing(element), []).append(number)
    for key, elements in of_gate.items():
        crossing: Crossing = getattr(network.case.description.posts[key.id], key.direction)
        yield Gate(key, tuple(elements), crossing)


def _urgent(network: Network, gate: Gate) -> set[str]:
    return {commodity for number in gate.elements for commodity in network.elements[number].urgent}


def _rows(visits: Visits, elements: tuple[int, ...]) -> Ints:
    return np.concatenate([visits.get(number, np.empty(0, dtype=np.int64)) for number in elements])


def _on_the_road(network: Network, records: Records, gate: Gate, visits: Visits) -> Numbers:
    """Return mean, largest and hours of the queue before a gate beyond its parking."""
    places = _places(network, gate)
    if places is None:
        return {}
    rows = _rows(visits, gate.outside(network))
    begins = np.sort(records.visit_arrived_at[rows]).astype(np.int64)
    left = np.where(records.visit_started_at[rows] == NOT_YET, records.end_s, records.visit_started_at[rows])
    spans_s, beyond = excess(begins, np.sort(left).astype(np.int64), places, network.measured)
    told = {
        "road_queue_mean": float((spans_s * beyond).sum()) / float(spans_s.sum()),
        "road_queue_max": float(beyond.max()),
        "road_queue_hours": float(spans_s[beyond > 0].sum()) / SECONDS_PER_HOUR,
    }
    return {gate.key._replace(indicator=name): value for name, value in told.items()}


def _places(network: Network, gate: Gate) -> Timeline[int] | None:
    """Return the parking places for loaded vehicles over the run: empty ones take their share of all."""
    figure, empty = gate.crossing.parking_places, gate.crossing.empty_share
    if figure is None:
        return None
    loaded = 1 - (empty.value if empty else 0.0)
    path = ("posts", gate.key.id, gate.key.direction, "parking_places")
    places = timeline(network.case, network.clock, path, figure)
    return mapped(places, lambda count: max(1, round(count * loaded)))


def excess(begins: Ints, ends: Ints, places: Timeline[int], window: Window) -> tuple[Ints, Ints]:
    """Return the spans (s) of a window with a constant queue, and how many are beyond `places` in each.

    `begins` and `ends` are the sorted instants at which someone joins and leaves the queue, s.
    """
    changes = np.array([at_s for at_s, _ in places.changes], dtype=np.int64)
    turns = np.unique(np.concatenate([begins, ends, changes, [window.start_s, window.end_s]]))
    turns = turns[(turns >= window.start_s) & (turns <= window.end_s)]
    at_s = turns[:-1]
    queue = np.searchsorted(begins, at_s, side="right") - np.searchsorted(ends, at_s, side="right")
    counts = np.array([places.first, *(count for _, count in places.changes)], dtype=np.int64)
    parked = counts[np.searchsorted(changes, at_s, side="right")]
    return np.diff(turns), np.maximum(queue - parked, 0)


def _by_class(network: Network, records: Records, gate: Gate, visits: Visits) -> Numbers:
    """Return the mean time at a post of urgent goods and of others, and which share is urgent."""
    goods = _urgent(network, gate)
    done = _left_in(records, _rows(visits, gate.elements[-1:]), network.measured)
    if not goods or not len(done):
        return {}
    done = done[np.argsort(records.visit_unit[done], kind="stable")]
    urgent = _is_urgent(network, records, done, goods)
    stay_s = _stays_s(records, _rows(visits, gate.elements), records.visit_unit[done].astype(np.int64))
    numbers = {gate.key._replace(indicator="urgent_share"): float(urgent.mean())}
    for name, mine in (("time_urgent", urgent), ("time_others", ~urgent)):
        if mine.any():
            numbers[gate.key._replace(indicator=name)] = float(stay_s[mine].mean()) / SECONDS_PER_HOUR
    return numbers


def _left_in(records: Records, rows: Ints, window: Window) -> Ints:
    """Return those of `rows` whose visit ended in a window."""
    left = records.visit_left_at[rows]
    return rows[(left >= window.start_s) & (left < window.end_s)]


def _is_urgent(network: Network, records: Records, rows: Ints, goods: set[str]) -> Flags:
    """Return whether the vehicle of each visit carries urgent goods: of a truck its one consignment."""
    passed = carried(records, rows)
    order = np.argsort(passed.visit, kind="stable")
    first = np.searchsorted(passed.visit[order], rows)
    commodities, of_flow = commodity_of(network)
    commodity = of_flow[records.unit_flow[passed.consignment[order[first]]]]
    return np.isin(commodity, [commodities.index(name) for name in commodities if name in goods])


def _stays_s(records: Records, rows: Ints, units: Ints) -> Ints:
    """Return how long each of `units` (ascending) has been at the elements of the visits `rows`, s.

    Waits and services at a post follow on each other without a gap.
    """
    rows = rows[np.isin(records.visit_unit[rows], units)]
    place = np.searchsorted(units, records.visit_unit[rows])
    spent_s = records.visit_left_at[rows].astype(np.int64) - records.visit_arrived_at[rows]
    stays: Ints = np.bincount(place, weights=spent_s, minlength=len(units)).astype(np.int64)
    return stays
