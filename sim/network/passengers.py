"""Compile passenger services: timetables, and which of them travellers can choose when."""

from collections.abc import Iterator
from itertools import pairwise

from sim.model.network import Section
from sim.model.passengers import PassengerService, Travel
from sim.network.builder import Builder
from sim.network.elements import ChoiceSet, Timetable, Trips
from sim.network.land import ALWAYS, WAYS
from sim.network.usability import calendar, shut
from sim.units import DAYS_PER_WEEK, SECONDS_PER_DAY, seconds

KIND = "passenger_services"


def timetables(build: Builder) -> tuple[Timetable, ...]:
    """Return the timetables of all passenger services, outbound before inbound."""
    services = build.case.description.passenger_services
    return tuple(
        _timetable(build, service_id, service, way)
        for service_id, service in services.items()
        for way, _ in WAYS
    )


def _timetable(build: Builder, service_id: str, service: PassengerService, way: str) -> Timetable:
    start, end = (service.from_, service.to)[:: 1 if way == "outbound" else -1]
    sections, running_s, stops_s = _course(build, service, way)
    return Timetable(
        service=service_id,
        direction=way,
        start=start,
        end=end,
        interval_s=DAYS_PER_WEEK * SECONDS_PER_DAY / service.departures_per_week.value,
        seats=service.seats.value,
        fare_usd=service.fare_usd.value,
        sections=sections,
        running_s=running_s,
        stops_s=stops_s,
        calendar=calendar(shut(build.case, build.clock, KIND, service_id, service), ALWAYS),
    )


def _course(
    build: Builder, service: PassengerService, way: str
) -> tuple[tuple[int | None, ...], tuple[int, ...], tuple[int, ...]]:
    """Return the elements passed, the time in each and the stop before each, s."""
    if not service.over:
        return (None,), (seconds(service.journey_h.value),), (0,)
    order = service.over if way == "outbound" else service.over[::-1]
    sections = [build.case.description.sections[name] for name in order]
    stop_h = service.gauge_change_h.value if service.gauge_change_h else 0.0
    moving_h = service.journey_h.value - stop_h
    length_km = sum(section.length_km.value for section in sections)
    running_s = (seconds(moving_h * section.length_km.value / length_km) for section in sections)
    stops_s = [0] * len(sections)
    if service.gauge_change_at:
        stops_s[_first_beyond(sections)] = seconds(stop_h)
    directions = _directions(service, way, sections)
    numbers = (_number(build, name, d) for name, d in zip(order, directions, strict=True))
    return tuple(numbers), tuple(running_s), tuple(stops_s)


def _first_beyond(sections: list[Section]) -> int:
    """Return the number of the first section of another gauge than the one before; the first if none."""
    pairs = enumerate(pairwise(sections), 1)
    return next((number for number, (one, other) in pairs if one.mode != other.mode), 0)


def _directions(service: PassengerService, way: str, sections: list[Section]) -> Iterator[str]:
    """Yield in which direction each section is passed; at a border two sections do not meet in a place."""
    at, end = (service.from_, service.to)[:: 1 if way == "outbound" else -1]
    for number, section in enumerate(sections):
        after = sections[number + 1 : number + 2]
        beyond = {place for each in after for place in (each.from_, each.to)} or {end}
        backwards = section.to == at or (section.from_ != at and section.from_ in beyond)
        yield "inbound" if backwards else "outbound"
        at = section.from_ if backwards else section.to


def _number(build: Builder, section_id: str, direction: str) -> int:
    return next(
        number
        for number, element in enumerate(build.elements)
        if (element.kind, element.id, element.direction) == ("section", section_id, direction)
    )


def trips(build: Builder, lines: tuple[Timetable, ...]) -> tuple[Trips, ...]:
    """Return the travellers of each direction with the timetables that they can choose over time."""
    return tuple(
        Trips(travel_id, way, _choice_sets(travel, way, lines, build.end_s))
        for travel_id, travel in build.case.description.travel.items()
        for way, _ in WAYS
    )


def _choice_sets(travel: Travel, way: str, lines: tuple[Timetable, ...], end_s: int) -> tuple[ChoiceSet, ...]:
    ends = (travel.origin, travel.destination)[:: 1 if way == "outbound" else -1]
    mine = [number for number, line in enumerate(lines) if (line.start, line.end) == ends]
    turns = {turn for n in mine for w in lines[n].calendar.closures for turn in (w.start_s, w.end_s)}
    sets = []
    for at_s in sorted({0, *(turn for turn in turns if 0 < turn < end_s)}):
        running = tuple(number for number in mine if lines[number].calendar.next_open(at_s) == at_s)
        sets.append(ChoiceSet(at_s, running))
    return tuple(sets)
