"""When each thing is in use: its status, its opening date, and the dated openings and closures of a case."""

from sim.clock import NEVER, Calendar, Clock, Timeline, Window, merged, parse_hours
from sim.model.case import Case, DatedState
from sim.model.events import Event
from sim.model.network import Link, Port, Service, Terminal
from sim.model.passengers import PassengerService
from sim.units import DAYS_PER_WEEK, SECONDS_PER_DAY

DIVERTS_S = DAYS_PER_WEEK * SECONDS_PER_DAY
"""A closure shorter than this (s) is waited out; freight is routed around a longer one.

Assumed: contracts, wagons and ships are fixed about a week ahead.
"""

Thing = Link | Terminal | Port | Service | PassengerService | Event


def shut(case: Case, clock: Clock, kind: str, thing_id: str, thing: Thing) -> tuple[Window, ...]:
    """Return the parts of a run in which a thing is not in use, disjoint and in order."""
    states = [state for state in case.states if state.path == (kind, thing_id)]
    shut_from: list[Window] = []
    opened = getattr(thing, "opened_on", None)
    if thing.status != "operating":
        shut_from += _gaps([_window(clock, state) for state in states if state.usable])
    elif opened is not None and clock.at(opened) > 0:
        shut_from.append(Window(0, clock.at(opened)))
    shut_from += [_window(clock, state) for state in states if not state.usable]
    return merged(shut_from)


def _window(clock: Clock, state: DatedState) -> Window:
    start = 0 if state.from_ is None else max(0, clock.at(state.from_))
    end = NEVER if state.until is None else max(0, clock.at(state.until))
    return Window(start, end)


def _gaps(windows: list[Window]) -> list[Window]:
    """Return what lies between `windows` in the whole of time from 0."""
    gaps, at_s = [], 0
    for window in merged(windows):
        if window.start_s > at_s:
            gaps.append(Window(at_s, window.start_s))
        at_s = window.end_s
    if at_s < NEVER:
        gaps.append(Window(at_s, NEVER))
    return gaps


def routed_around(closures: tuple[Window, ...]) -> tuple[Window, ...]:
    """Return the closures that are long enough for freight to be routed around them."""
    return tuple(window for window in closures if window.end_s - window.start_s >= DIVERTS_S)


def calendar(closures: tuple[Window, ...], hours: Timeline[str]) -> Calendar:
    """Return the calendar of something with daily working `hours` and dated `closures`."""
    changes = tuple((at_s, parse_hours(text)) for at_s, text in hours.changes)
    return Calendar(Timeline(parse_hours(hours.first), changes), closures)
