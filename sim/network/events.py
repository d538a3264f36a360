"""Events of chance: drawn before a replication and laid into its network as closures and cuts.

The engine and the indicators see nothing but calendars and numbers of places, as with dated closures.
Freight that chooses its way knows the climate, not the weather: `open_share` is what it counts on.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from math import exp, log, sqrt
from statistics import NormalDist

from sim.clock import NEVER, Calendar, Clock, Timeline, Window, merged
from sim.model.case import Case
from sim.model.demand import MONTHS
from sim.model.events import Event
from sim.network.days import index_days
from sim.network.elements import Element, Line, Network, Server
from sim.network.usability import shut
from sim.streams import stream
from sim.units import HOURS_PER_DAY, SECONDS_PER_DAY, SECONDS_PER_HOUR

SMALLEST = 1e-15
"""Probabilities and quantiles below this are taken for nothing."""

Closed = dict[str, list[Window]]
"""The windows in which things are closed, by id."""


@dataclass(frozen=True)
class Cut:
    """A window in which a thing keeps only the part `leaves` of its places."""

    window: Window
    leaves: float


def with_events(network: Network, seed: int, replication: int) -> Network:
    """Return the network of one replication: with the events of its luck in calendars and places.

    The events of an id, month by month, are the same in all scenarios that share it, whatever else
    happens and whenever the run starts; a larger `per_year` adds events to those of a smaller one.
    """
    case, end_s = network.case, network.measured.end_s
    closed: Closed = {}
    cuts: dict[str, list[Cut]] = {}
    for event_id, event in case.description.events.items():
        windows = happenings(case, network.clock, end_s, event_id, (seed, replication))
        leaves = event.leaves.value if event.leaves else 0.0
        for thing in event.closes:
            if leaves:
                cuts.setdefault(thing, []).extend(Cut(window, leaves) for window in windows)
            else:
                closed.setdefault(thing, []).extend(windows)
    return _struck(network, closed, cuts)


def happenings(
    case: Case, clock: Clock, end_s: int, event_id: str, luck: tuple[int, int]
) -> tuple[Window, ...]:
    """Return when an event lasts between 0 and `end_s` (s), disjoint and in order.

    `luck` is seed and replication. Months from a year before the run on are drawn, so that the run
    begins in the middle of what began before.
    """
    event = case.description.events[event_id]
    off = shut(case, clock, "events", event_id, event)
    found = []
    for month in _months(clock, end_s):
        for window in _in_month(case, clock, (event_id, event), month, luck):
            begins_at = max(window.start_s, 0)
            happens = not any(w.start_s <= begins_at < w.end_s for w in off)
            if happens and window.end_s > 0 and begins_at < end_s:
                found.append(Window(begins_at, window.end_s))
    return merged(found)


def open_share(network: Network, things: set[str]) -> list[float]:
    """Return the part of each day of the run (the warm-up included) that events leave open, on average.

    `things` are ids that are closed together, such as the service and the section of a line. Events that
    begin as a Poisson process and last independent times leave all open exp(-(number a day) x (mean
    duration, d)) of the time, whatever the spread of durations (the empty system M/G/infinity).
    """
    case, days = network.case, network.measured.end_s // SECONDS_PER_DAY
    shares = [1.0] * days
    for event_id, event in case.description.events.items():
        if things.isdisjoint(event.closes):
            continue
        off = shut(case, network.clock, "events", event_id, event)
        leaves = event.leaves.value if event.leaves else 0.0
        for day in range(days):
            at_s = day * SECONDS_PER_DAY
            if not any(window.start_s <= at_s < window.end_s for window in off):
                lasting_d = (
                    _daily(case, event, network.clock.day(at_s)) * event.duration_h.value / HOURS_PER_DAY
                )
                shares[day] *= leaves + (1 - leaves) * exp(-lasting_d)
    return shares


def _daily(case: Case, event: Event, day: date) -> float:
    """Return how many events begin on a day, on average."""
    index = tuple(case.description.seasons[event.season].monthly_index)
    return event.per_year.value * index[day.month - 1] / index_days(index, day.year)


def _months(clock: Clock, end_s: int) -> Iterator[date]:
    """Yield the first days of the months from a year before the run to its end."""
    first, last = clock.day(0), clock.day(end_s)
    for number in range((first.year - 1) * MONTHS + first.month - 1, last.year * MONTHS + last.month):
        yield date(number // MONTHS, number % MONTHS + 1, 1)


def _in_month(
    case: Case, clock: Clock, named: tuple[str, Event], month: date, luck: tuple[int, int]
) -> Iterator[Window]:
    """Yield the events that begin in one month, in the order in which they are drawn."""
    event_id, event = named
    days = monthrange(month.year, month.month)[1]
    mean = days * _daily(case, event, month)
    chance = stream(*luck, "events", event_id, f"{month:%Y-%m}")
    count = _poisson(chance.random(), mean)
    spread = sqrt(log(1 + event.duration_cv.value**2))
    for when, long in _in_pairs(chance.random(2 * count).tolist()):
        starts_at = clock.at(month) + int(when * days * SECONDS_PER_DAY)
        factor = exp(spread * NormalDist().inv_cdf(max(long, SMALLEST)) - spread**2 / 2)
        lasts_s = max(1, round(event.duration_h.value * factor * SECONDS_PER_HOUR))
        yield Window(starts_at, min(starts_at + lasts_s, NEVER))


def _in_pairs(values: list[float]) -> Iterator[tuple[float, float]]:
    return zip(values[::2], values[1::2], strict=True)


def _poisson(quantile: float, mean: float) -> int:
    """Return the number that a Poisson variable of this mean does not exceed with this probability."""
    count, term = 0, exp(-mean)
    sum_ = term
    while sum_ < quantile and (count < mean or term > SMALLEST):
        count += 1
        term *= mean / count
        sum_ += term
    return count


def _struck(network: Network, closed: Closed, cuts: dict[str, list[Cut]]) -> Network:
    """Return a network with things closed and cut."""
    if not any([*closed.values(), *cuts.values()]):
        return network
    servers = (
        _server(server, *_together(things, closed, cuts))
        for server, things in zip(network.servers, served(network), strict=True)
    )
    elements = [_element(element, closed) for element in network.elements]
    for line in network.lines:
        _service(elements, line, closed)
    timetables = (
        replace(one, calendar=_shut(one.calendar, closed.get(one.service, []))) for one in network.timetables
    )
    return replace(network, servers=tuple(servers), elements=tuple(elements), timetables=tuple(timetables))


def served(network: Network) -> list[set[str]]:
    """Return the ids of the things that each server belongs to."""
    found: list[set[str]] = [set() for _ in network.servers]
    for element in network.elements:
        if element.server is not None:
            found[element.server].add(element.id)
    return found


def _together(things: set[str], closed: Closed, cuts: dict[str, list[Cut]]) -> tuple[list[Window], list[Cut]]:
    windows = [window for thing in sorted(things) for window in closed.get(thing, [])]
    return windows, [cut for thing in sorted(things) for cut in cuts.get(thing, [])]


def _server(server: Server, windows: list[Window], cuts: list[Cut]) -> Server:
    if not windows and not cuts:
        return server
    return replace(server, calendar=_shut(server.calendar, windows), places=places_left(server.places, cuts))


def places_left(places: Timeline[int], cuts: list[Cut]) -> Timeline[int]:
    """Return the places that cuts leave over time: of several at once the smallest part, at least one."""
    bounds = {at_s for cut in cuts for at_s in (cut.window.start_s, cut.window.end_s)}
    instants = sorted({0, *bounds, *(at_s for at_s, _ in places.changes)} - {NEVER})

    def left(at_s: int) -> int:
        now = [cut.leaves for cut in cuts if cut.window.start_s <= at_s < cut.window.end_s]
        return max(1, round(places.at(at_s) * min(now))) if now else places.at(at_s)

    values = [(at_s, left(at_s)) for at_s in instants]
    changes = (after for before, after in pairwise(values) if after[1] != before[1])
    return Timeline(values[0][1], tuple(changes))


def _element(element: Element, closed: Closed) -> Element:
    """Return a section with its own closures; what has a server is closed there."""
    if element.kind not in ("section", "sailing") or not closed.get(element.id):
        return element
    return replace(element, calendar=_shut(element.calendar, closed[element.id]))


def _service(elements: list[Element], line: Line, closed: Closed) -> None:
    """Close a dock and the passage from it with the service and with its section."""
    service, section = elements[line.dock].id, elements[line.passage].id
    windows = [*closed.get(service, []), *closed.get(section, [])]
    if windows:
        for number in (line.dock, line.passage):
            calendar = _shut(elements[number].calendar, windows)
            elements[number] = replace(elements[number], calendar=calendar)


def _shut(calendar: Calendar, windows: list[Window]) -> Calendar:
    return replace(calendar, closures=merged([*calendar.closures, *windows])) if windows else calendar
