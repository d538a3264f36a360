"""Where it waits and why: waits by cause, and queues over time."""

import numpy as np

from sim.clock import Window
from sim.indicators.causes import causes
from sim.indicators.passages import Ints, within
from sim.indicators.table import Key
from sim.indicators.things import thing
from sim.indicators.waited import NOBODY, ByElement, Waited
from sim.network.elements import Network
from sim.records.columns import Column, Records
from sim.records.tables import cuts
from sim.units import KG_PER_TONNE, SECONDS_PER_DAY, SECONDS_PER_HOUR

Numbers = dict[Key, float]
Part = tuple[int, int]
"""Seconds waited, and the number of units that they are of."""
DAILY = ("post",)
"""Scopes whose queue is told day by day."""


def waits(network: Network, records: Records, found: ByElement) -> Numbers:
    """Return mean waits (h a unit) and tonne-days waited by thing and cause.

    The mean is that of waits that end in the measured period. Of a post the steps' means are summed,
    because a unit passes all of them; anything else has the mean over all its visits. That for a train set is
    over all who left a yard of the fleet, whether they waited for one or not.
    """
    sums: dict[Key, list[Part]] = {}
    for number, units in enumerate(_begun(network, records)):
        if units:
            kind, key = network.elements[number].kind, thing(network.elements[number])
            mine = found.get(number, NOBODY)
            ended = mine.part(within(mine.ends, network.measured))
            for cause, wait_s in causes(network, number, ended.begins, ended.ends).items():
                mean = key._replace(indicator=f"wait_{cause}")
                sums.setdefault(mean, []).append(
                    (int(wait_s.sum()), 0 if kind in ("space", "stock") else units)
                )
            for mean in _for_sets(network, number):
                sums.setdefault(mean, []).append((0, units))
    means = {key: _mean_h(key, parts) for key, parts in sums.items()}
    return {**means, **_tonne_days(network, records, found)}


def _for_sets(network: Network, number: int) -> list[Key]:
    """Return the mean waits for a train set that those who leave a yard count in; none for other elements."""
    element = network.elements[number]
    stocks = [network.elements[pool.element] for pool in network.pools if element.kind == "yard"]
    return [thing(stock)._replace(indicator="wait_stock") for stock in stocks if stock.mode == element.mode]


def _begun(network: Network, records: Records) -> list[int]:
    """Return how many were let go on at each element in the measured period, with or without a wait."""
    count = np.zeros(len(network.elements), dtype=np.int64)
    for rows in cuts(len(records.visit_element)):
        inside = within(records.visit_started_at[rows], network.measured)
        count += np.bincount(records.visit_element[rows][inside], minlength=len(count))
    return count.tolist()


def _tonne_days(network: Network, records: Records, found: ByElement) -> Numbers:
    """Return the tonne-days waited within the measured period by thing and cause.

    A wait counts with the part of it that lies in the period, whether it has ended or not.
    """
    kg_s: dict[Key, int] = {}
    for number, mine in found.items():
        inside = mine.clipped(network.measured.start_s, network.measured.end_s)
        if len(inside.unit):
            key = thing(network.elements[number])
            mass_kg = records.unit_mass_kg[inside.unit].astype(np.int64)
            for cause, wait_s in causes(network, number, inside.begins, inside.ends).items():
                total = key._replace(indicator=f"waiting_{cause}")
                kg_s[total] = kg_s.get(total, 0) + int((wait_s * mass_kg).sum())
    return {key: value / KG_PER_TONNE / SECONDS_PER_DAY for key, value in kg_s.items()}


def _mean_h(key: Key, parts: list[Part]) -> float:
    """Return the mean wait (h) from (seconds waited, units) of each element of a thing."""
    if key.scope == "post":
        return sum(waited_s / count for waited_s, count in parts) / SECONDS_PER_HOUR
    units = sum(count for _, count in parts) or 1
    return sum(waited_s for waited_s, _ in parts) / units / SECONDS_PER_HOUR


def queues(network: Network, found: ByElement) -> Numbers:
    """Return mean and largest queue of each thing, and the mean by day of posts."""
    numbers: Numbers = {}
    window = network.measured
    days = np.arange(window.start_s, window.end_s + 1, SECONDS_PER_DAY)
    dates = [f"{network.clock.day(at_s)}" for at_s in days[:-1].tolist()]
    for key, parts in _by_thing(network, found).items():
        begins = np.sort(np.concatenate([part.begins for part in parts]))
        ends = np.sort(np.concatenate([part.ends for part in parts]))
        [whole] = _mean_queues(begins, ends, np.array([window.start_s, window.end_s]))
        numbers[key._replace(indicator="queue_mean")] = whole
        numbers[key._replace(indicator="queue_max")] = _largest_queue(begins, ends, window)
        if key.scope in DAILY:
            for date, mean in zip(dates, _mean_queues(begins, ends, days), strict=True):
                numbers[key._replace(indicator="queue_mean", period=date)] = mean
    return numbers


def _by_thing(network: Network, found: ByElement) -> dict[Key, list[Waited]]:
    """Return those who waited in the measured period at each element of each thing."""
    of_thing: dict[Key, list[Waited]] = {}
    for number, mine in found.items():
        inside = mine.part((mine.begins < network.measured.end_s) & (mine.ends > network.measured.start_s))
        if len(inside.unit):
            of_thing.setdefault(thing(network.elements[number]), []).append(inside)
    return of_thing


def _mean_queues(begins: Column, ends: Column, at_s: Ints) -> list[float]:
    """Return the time average between instants of arrivals less departures, both sorted."""
    means = (_areas(begins, at_s) - _areas(ends, at_s)) / np.diff(at_s)
    return [float(mean) for mean in means]


def _areas(instants: Column, at_s: Ints) -> Ints:
    """Return the integral between each two of `at_s` of the number of `instants` passed, s; all sorted."""
    passed = np.searchsorted(instants, at_s)
    total_s = np.concatenate([[0], np.cumsum(instants, dtype=np.int64)])[passed]
    areas: Ints = passed[1:] * at_s[1:] - passed[:-1] * at_s[:-1] - np.diff(total_s)
    return areas


def _largest_queue(begins: Column, ends: Column, window: Window) -> float:
    """Return the largest number waiting at any instant of a window; all have begun before it ends."""
    before = int(np.searchsorted(begins, window.start_s, side="right"))
    at_s = np.concatenate([np.array([window.start_s], dtype=begins.dtype), begins[before:]])
    length = np.arange(before, len(begins) + 1) - np.searchsorted(ends, at_s, side="right")
    return float(length.max())
