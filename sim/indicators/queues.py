"""Where it waits and why: waits by cause, queues over time, utilisation of servers."""

from collections.abc import Iterator

import numpy as np

from sim.clock import Window
from sim.indicators.causes import by_element, causes
from sim.indicators.passages import Ints
from sim.indicators.table import Key
from sim.indicators.things import thing
from sim.network.elements import Element, Network, Server
from sim.records.columns import NOT_YET, Column, Records
from sim.units import KG_PER_TONNE, SECONDS_PER_DAY, SECONDS_PER_HOUR

Numbers = dict[Key, float]
Waited = tuple[int, int]
"""Seconds waited, and the number of units that they are of."""
DAILY = ("post",)
"""Scopes whose queue is told day by day."""


def waits(network: Network, records: Records) -> Numbers:
    """Return mean waits (h a unit) and tonne-days waited by thing and cause.

    The mean is that of waits that end in the measured period. Of a post the steps' means are summed,
    because a unit passes all of them; anything else has the mean over all its visits. That for a train set is
    over all who left a yard of the fleet, whether they waited for one or not.
    """
    started = records.visit_started_at
    window = network.measured
    ended = (started >= window.start_s) & (started < window.end_s)
    sums: dict[Key, list[Waited]] = {}
    for number, visits in by_element(network, records.visit_element, np.flatnonzero(ended)):
        key = thing(network.elements[number])
        begins = records.visit_arrived_at[visits].astype(np.int64)
        ends = started[visits].astype(np.int64)
        units = 0 if network.elements[number].kind in ("space", "stock") else len(visits)
        for cause, wait_s in causes(network, number, begins, ends).items():
            mean = key._replace(indicator=f"wait_{cause}")
            sums.setdefault(mean, []).append((int(wait_s.sum()), units))
        for mean in _for_sets(network, number):
            sums.setdefault(mean, []).append((0, units))
    means = {key: _mean_h(key, parts) for key, parts in sums.items()}
    return {**means, **_tonne_days(network, records)}


def _for_sets(network: Network, number: int) -> list[Key]:
    """Return the mean waits for a train set that those who leave a yard count in; none for other elements."""
    element = network.elements[number]
    stocks = [network.elements[pool.element] for pool in network.pools if element.kind == "yard"]
    return [thing(stock)._replace(indicator="wait_stock") for stock in stocks if stock.mode == element.mode]


def _tonne_days(network: Network, records: Records) -> Numbers:
    """Return the tonne-days waited within the measured period by thing and cause.

    A wait counts with the part of it that lies in the period, whether it has ended or not.
    """
    window = network.measured
    begins = np.maximum(records.visit_arrived_at, window.start_s).astype(np.int64)
    ended = np.where(records.visit_started_at == NOT_YET, records.end_s, records.visit_started_at)
    ends = np.minimum(ended, window.end_s).astype(np.int64)
    kg_s: dict[Key, int] = {}
    for number, visits in by_element(network, records.visit_element, np.flatnonzero(ends > begins)):
        key = thing(network.elements[number])
        mass_kg = records.unit_mass_kg[records.visit_unit[visits]].astype(np.int64)
        for cause, wait_s in causes(network, number, begins[visits], ends[visits]).items():
            total = key._replace(indicator=f"waiting_{cause}")
            kg_s[total] = kg_s.get(total, 0) + int((wait_s * mass_kg).sum())
    return {key: value / KG_PER_TONNE / SECONDS_PER_DAY for key, value in kg_s.items()}


def _mean_h(key: Key, parts: list[Waited]) -> float:
    """Return the mean wait (h) from (seconds waited, units) of each element of a thing."""
    if key.scope == "post":
        return sum(waited_s / count for waited_s, count in parts) / SECONDS_PER_HOUR
    units = sum(count for _, count in parts) or 1
    return sum(waited_s for waited_s, _ in parts) / units / SECONDS_PER_HOUR


def queues(network: Network, records: Records) -> Numbers:
    """Return mean and largest queue of each thing, and the mean by day of posts."""
    numbers: Numbers = {}
    window = network.measured
    begins = records.visit_arrived_at
    ends = np.where(records.visit_started_at == NOT_YET, records.end_s, records.visit_started_at)
    waited = np.flatnonzero((ends > begins) & (begins < window.end_s) & (ends > window.start_s))
    of_thing: dict[Key, list[Ints]] = {}
    for number, visits in by_element(network, records.visit_element, waited):
        of_thing.setdefault(thing(network.elements[number]), []).append(visits)
    for key, parts in of_thing.items():
        visits = np.concatenate(parts)
        starts, stops = np.sort(begins[visits]).astype(np.int64), np.sort(ends[visits]).astype(np.int64)
        numbers[key._replace(indicator="queue_mean")] = _mean_queue(starts, stops, window)
        numbers[key._replace(indicator="queue_max")] = _largest_queue(starts, stops, window)
        if key.scope in DAILY:
            for day in _days(window):
                name = f"{network.clock.day(day.start_s)}"
                numbers[key._replace(indicator="queue_mean", period=name)] = _mean_queue(starts, stops, day)
    return numbers


def _days(window: Window) -> Iterator[Window]:
    for start_s in range(window.start_s, window.end_s, SECONDS_PER_DAY):
        yield Window(start_s, start_s + SECONDS_PER_DAY)


def _mean_queue(starts: Ints, stops: Ints, window: Window) -> float:
    """Return the time average over a window of arrivals less departures, both sorted."""
    return (_area(starts, window) - _area(stops, window)) / (window.end_s - window.start_s)


def _area(instants: Ints, window: Window) -> float:
    """Return the integral over a window of the number of `instants` passed, s."""
    before = int(np.searchsorted(instants, window.start_s))
    until = int(np.searchsorted(instants, window.end_s))
    inside = float((window.end_s - instants[before:until]).sum())
    return before * (window.end_s - window.start_s) + inside


def _largest_queue(starts: Ints, stops: Ints, window: Window) -> float:
    """Return the largest number waiting at any instant of a window."""
    inside = starts[(starts >= window.start_s) & (starts < window.end_s)]
    at_s = np.concatenate([[window.start_s], inside])
    length = np.searchsorted(starts, at_s, side="right") - np.searchsorted(stops, at_s, side="right")
    return float(length.max())


def utilisation(network: Network, records: Records) -> Numbers:
    """Return the used share of every server's open places."""
    used_s = np.zeros(len(network.servers))
    window = network.measured
    started = np.flatnonzero(records.visit_started_at != NOT_YET)
    for number, visits in by_element(network, records.visit_element, started):
        element = network.elements[number]
        if element.server is None:
            continue
        begins = records.visit_started_at[visits].astype(np.int64)
        if network.servers[element.server].daily:
            used_s[element.server] += ((begins >= window.start_s) & (begins < window.end_s)).sum()
        else:
            ends = records.visit_left_at[visits]
            if element.hold_s is not None:
                ends = begins + _held_s(element, records.unit_mass_kg[records.visit_unit[visits]])
            overlap = np.minimum(ends, window.end_s) - np.maximum(begins, window.start_s)
            used_s[element.server] += np.maximum(overlap, 0).sum()
    return {
        Key("utilisation", "server", server.name): float(used) / offered(server, window)
        for server, used in zip(network.servers, used_s, strict=True)
        if offered(server, window)
    }


def _held_s(element: Element, mass_kg: Column) -> Ints:
    """Return how long trains of these masses take up a section, s: a light one for its part."""
    full_s = element.path_s or 0
    part = np.minimum(1.0, mass_kg / max(element.full_kg, 1))
    held: Ints = np.where(mass_kg > 0, np.maximum(1, np.rint(full_s * part)), full_s).astype(np.int64)
    return held


def offered(server: Server, window: Window) -> float:
    """Return what a server offers in a window: place-seconds open, or acceptances."""
    total = 0.0
    at_s = window.start_s
    while at_s < window.end_s:
        until_s = min(server.places.next_change(at_s), window.end_s)
        span = until_s - at_s
        open_s = span - server.calendar.closed_s(at_s, until_s)
        total += server.places.at(at_s) * (open_s / SECONDS_PER_DAY if server.daily else open_s)
        at_s = until_s
    return total
