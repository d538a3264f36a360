"""Compile a case into the network that is simulated."""

from datetime import timedelta

from sim.clock import Clock, Window
from sim.errors import InputError, Problem
from sim.model.case import Case
from sim.model.network import SERVED
from sim.network.builder import Builder
from sim.network.costs import shipper
from sim.network.elements import ChoiceSet, Itinerary, Network
from sim.network.epochs import Epoch, epochs
from sim.network.itineraries import Search, itineraries, named_apart, search
from sim.network.land import add_post, add_section, add_terminal
from sim.network.passengers import timetables, trips
from sim.network.sea import Berths, add_port, add_service
from sim.units import SECONDS_PER_DAY


def compile_case(case: Case) -> Network:
    """Return the network of a case with the itineraries of every flow at every date.

    Raises
    ------
    InputError
        If a flow has no way from its origin to its destination, one problem a flow.
    """
    clock, measured = calendar_of(case)
    build = Builder(case, clock, measured.end_s)
    add_everything(build)
    found: list[Itinerary] = []
    problems: list[Problem] = []
    sets = []
    periods = epochs(build)
    for flow_id in case.description.demand:
        mine: list[Itinerary] = []
        choices = _choice_sets(periods, search(build, shipper(build, flow_id)), mine, len(found))
        if any(not choice.itineraries for choice in choices):
            problems.append(_no_path(case, flow_id))
        sets.append(choices)
        found += named_apart(mine)
    if problems:
        raise InputError(problems)
    lines = timetables(build)
    return Network(
        case=case,
        clock=clock,
        measured=measured,
        elements=tuple(build.elements),
        servers=tuple(build.servers),
        lines=tuple(build.lines),
        flows=tuple(case.description.demand),
        itineraries=tuple(found),
        choice_sets=tuple(sets),
        timetables=lines,
        trips=trips(build, lines),
        rooms=tuple(build.rooms.values()),
        pools=tuple(build.pools),
    )


def calendar_of(case: Case) -> tuple[Clock, Window]:
    """Return the clock, which starts with the warm-up, and the period that is measured."""
    first_day = case.run.start - timedelta(days=case.run.warm_up_days)
    start_s = case.run.warm_up_days * SECONDS_PER_DAY
    return Clock(first_day), Window(start_s, start_s + case.run.days * SECONDS_PER_DAY)


def add_everything(build: Builder) -> None:
    """Add all sections, posts, terminals, ports and services of a case."""
    description = build.case.description
    for section_id, section in description.sections.items():
        if section.mode not in SERVED:
            add_section(build, section_id, section)
    for post_id, post in description.posts.items():
        add_post(build, post_id, post)
    for terminal_id, terminal in description.terminals.items():
        add_terminal(build, terminal_id, terminal)
    berths: Berths = {
        (port.place, port.serves): (port_id, add_port(build, port_id, port))
        for port_id, port in description.ports.items()
    }
    for service_id, service in description.services.items():
        add_service(build, service_id, service, berths)


def _choice_sets(
    periods: list[Epoch], find: Search, found: list[Itinerary], first: int
) -> tuple[ChoiceSet, ...]:
    """Return the choice sets of a flow, adding to `found` its itineraries, numbered from `first`."""
    sets: list[ChoiceSet] = []
    numbers: dict[tuple[object, ...], int] = {}
    for epoch in periods:
        tried = (itineraries(find, network) for network in epoch.graphs)
        ways = sorted(next(filter(None, tried), []), key=lambda way: way.name)
        for way in ways:
            if way.legs not in numbers:
                numbers[way.legs] = first + len(found)
                found.append(way)
        choice = ChoiceSet(epoch.starts_at, tuple(numbers[way.legs] for way in ways))
        if not sets or sets[-1].itineraries != choice.itineraries:
            sets.append(choice)
    return tuple(sets)


def _no_path(case: Case, flow_id: str) -> Problem:
    flow = case.description.demand[flow_id]
    shut = [
        change.path for change in case.applied if change.operation == "close" or "suspended" in change.after
    ]
    cause = f" with {', '.join(shut)} closed" if shut else ""
    what = (
        f"no path is left from '{flow.origin}' to '{flow.destination}'{cause}: "
        "open a section, post, terminal or service, or take the flow out"
    )
    return Problem(case.file or case.name, 1, 1, f"demand.{flow_id}", what)
