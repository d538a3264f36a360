"""What closures, cuts and events leave behind: the largest backlog, and how long until it is gone."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from sim.clock import NEVER, Timeline, Window, merged
from sim.indicators.causes import calendar_of
from sim.indicators.table import Key
from sim.indicators.things import thing
from sim.indicators.waited import ByElement, Waited
from sim.indicators.waiting import Waiting, waiting
from sim.network.elements import Network
from sim.records.columns import Records
from sim.units import DAYS_PER_WEEK, KG_PER_TONNE, SECONDS_PER_DAY

BEFORE_S = DAYS_PER_WEEK * SECONDS_PER_DAY
"""How far back (s) the queue before a closure is looked at."""
LASTING_S = SECONDS_PER_DAY
"""How long (s) a queue must stay down to be back for good."""
CUT_FIGURES = ("quota_vehicles_per_day", "servers", "berths")
"""The dated figures that are places or a daily quota."""
OWNERS = {
    "section": "sections",
    "sailing": "sections",
    "acceptance": "posts",
    "step": "posts",
    "terminal": "terminals",
    "berth": "ports",
    "dock": "services",
    "space": "services",
}

Numbers = dict[Key, float]
Things = set[tuple[str, str]]
"""Things by kind and id."""
NOBODY = waiting(*(np.empty(0, dtype=np.int64) for _ in range(3)))


@dataclass(frozen=True)
class Disturbance:
    """Closures or cuts of one thing with nothing recovered between them, and what they left.

    `windows` are disjoint and in order. `recovered_s` is when the queue was back, `NEVER` if that is not
    within the run.
    """

    windows: tuple[Window, ...]
    units: int
    mass_kg: int
    recovered_s: int

    @property
    def days(self) -> float | None:
        """Days from the last reopening until the queue is back, None if that is not within the run."""
        if self.recovered_s == NEVER:
            return None
        return (self.recovered_s - self.windows[-1].end_s) / SECONDS_PER_DAY


def closures(network: Network, records: Records, who: ByElement) -> Numbers:
    """Return closures, backlog and recovery of every thing that is closed or cut, in all and by date."""
    numbers: Numbers = {}
    things = _things(network)
    queues = _queues(network, records, who, {n for elements in things.values() for n in elements})
    for key, elements in things.items():
        windows = _windows(network, elements)
        owners = _owners(network, elements)
        queue = queues.get(key, NOBODY)
        inside = [
            one
            for one in disturbances(windows, queue, records.end_s)
            if any(_begins_in(window, network.measured) for window in one.windows)
        ]
        numbers.update(_told(key, inside, network.measured))
        for begins_at in sorted(_dated(network, owners)):
            dated = [one for one in inside if any(w.start_s <= begins_at < w.end_s for w in one.windows)]
            day = f"{network.clock.day(begins_at)}"
            numbers.update(
                (found._replace(period=day), value)
                for found, value in _told(key, dated, network.measured).items()
                if dated and found.indicator != "closures"
            )
    return numbers


def disturbances(windows: tuple[Window, ...], queue: Waiting, end_s: int) -> list[Disturbance]:
    """Return what closures left, those together that come before the queue is back.

    Parameters
    ----------
    windows
        The closures, disjoint and in order.
    queue
        Who waits at the thing that is closed.
    end_s
        The end of the run, s.
    """
    found: list[Disturbance] = []
    together: list[Window] = []
    back_at, level = 0, 0
    for number, window in enumerate(windows):
        if not together:
            since_s = max(window.start_s - BEFORE_S, back_at, 0)
            level = queue.longest(since_s, window.start_s) if window.start_s > since_s else 0
        together.append(window)
        back_at = NEVER
        if window.end_s < end_s:
            back_at = queue.back_for(LASTING_S, level, window.end_s, end_s)
        following = windows[number + 1].start_s if number + 1 < len(windows) else NEVER
        if back_at <= following:
            start_s, until_s = together[0].start_s, min(max(back_at, window.end_s), end_s)
            units, mass_kg = queue.longest(start_s, until_s), queue.heaviest_kg(start_s, until_s)
            found.append(Disturbance(tuple(together), units, mass_kg, back_at))
            together = []
    return found


def _told(key: Key, found: list[Disturbance], measured: Window) -> Numbers:
    """Return the numbers of some closures of a thing together."""
    windows = [window for one in found for window in one.windows]
    inside_s = (min(w.end_s, measured.end_s) - max(w.start_s, measured.start_s) for w in windows)
    days = [one.days for one in found if one.days is not None]
    numbers = {
        "closures": float(sum(_begins_in(window, measured) for window in windows)),
        "closed_days": sum(max(0, s) for s in inside_s) / SECONDS_PER_DAY,
        "backlog": float(max((one.units for one in found), default=0)),
        "backlog_mass": max((one.mass_kg for one in found), default=0) / KG_PER_TONNE,
    }
    if found:
        numbers["recovered"] = len(days) / len(found)
    if days:
        numbers["days_to_recover"] = math.fsum(days) / len(days)
    return {key._replace(indicator=name): value for name, value in numbers.items()}


def _begins_in(window: Window, measured: Window) -> bool:
    return measured.start_s <= window.start_s < measured.end_s


def _queues(network: Network, records: Records, who: ByElement, elements: set[int]) -> dict[Key, Waiting]:
    """Return who waits over the whole run at each thing that some elements belong to."""
    of_thing: dict[Key, list[Waited]] = {}
    for number in sorted(who.keys() & elements):
        of_thing.setdefault(thing(network.elements[number]), []).append(who[number].clipped(0, records.end_s))
    return {key: _queue(records, parts) for key, parts in of_thing.items()}


def _queue(records: Records, parts: list[Waited]) -> Waiting:
    """Return the queue of all who waited at the elements of a thing."""
    begins = np.concatenate([part.begins for part in parts], dtype=np.int64)
    ends = np.concatenate([part.ends for part in parts], dtype=np.int64)
    mass_kg = records.unit_mass_kg[np.concatenate([part.unit for part in parts])]
    return waiting(begins, ends, mass_kg.astype(np.int64))


def _things(network: Network) -> dict[Key, list[int]]:
    """Return the elements of each thing that is closed in the run or that an event could close."""
    found: dict[Key, list[int]] = {}
    for number, element in enumerate(network.elements):
        if element.kind in OWNERS:
            found.setdefault(thing(element), []).append(number)
    exposed = {name for event in network.case.description.events.values() for name in event.closes}
    return {
        key: elements
        for key, elements in found.items()
        if _windows(network, elements) or exposed & {name for _, name in _owners(network, elements)}
    }


def _windows(network: Network, elements: list[int]) -> tuple[Window, ...]:
    """Return when any of the elements of a thing is closed or cut after the start of the run, merged."""
    found: list[Window] = []
    for number in elements:
        found += calendar_of(network, number).closures
        server = network.elements[number].server
        if server is not None:
            found += _below_first(network.servers[server].places)
    return tuple(window for window in merged(found) if window.start_s > 0)


def _below_first(places: Timeline[int]) -> Iterator[Window]:
    """Yield when there are fewer places than at first."""
    for (at_s, count), (end_s, _) in pairwise([*places.changes, (NEVER, places.first)]):
        if count < places.first:
            yield Window(at_s, end_s)


def _owners(network: Network, elements: list[int]) -> Things:
    """Return the things whose closing closes elements: of sailings and docks service and section."""
    found = [network.elements[number] for number in elements]
    owners = {(OWNERS[element.kind], element.id) for element in found}
    if any(element.kind in ("sailing", "dock", "space") for element in found):
        for line in network.lines:
            if not {line.dock, line.space, line.passage}.isdisjoint(elements):
                owners.add(("services", network.elements[line.dock].id))
                owners.add(("sections", network.elements[line.passage].id))
    return owners


def _dated(network: Network, owners: Things) -> set[int]:
    """Return when (s) the scenario's own closures and cuts of some things begin."""
    case, clock = network.case, network.clock
    closed = [(s.path, s.from_) for s in case.states if not s.usable]
    cut = [(v.path, v.from_) for v in case.dated if v.path[-1] in CUT_FIGURES]
    return {
        clock.at(from_)
        for path, from_ in (*closed, *cut)
        if from_ is not None and (path[0], path[1]) in owners and clock.at(from_) > 0
    }
