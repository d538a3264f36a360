"""Compile sections, posts and terminals: what moves or is handled on land."""

from typing import NamedTuple

from sim.clock import Calendar, Timeline, Window, merged
from sim.model.network import Crossing, Post, Section, Step, Terminal
from sim.model.railways import gaps_s, path_interval_s
from sim.network.builder import Builder, Edge
from sim.network.elements import Element, Hours
from sim.network.holidays import days_off, holiday_wait_h
from sim.network.timelines import mapped
from sim.network.usability import calendar, routed_around, shut
from sim.units import (
    DAYS_PER_YEAR,
    HOURS_PER_DAY,
    KG_PER_TONNE,
    SECONDS_PER_MINUTE,
    TONNES_PER_MEGATONNE,
    hours,
    kilograms,
    seconds,
)

WAYS = (("outbound", 0), ("inbound", 1))
ALWAYS = Timeline("24h")


def add_section(build: Builder, section_id: str, section: Section) -> None:
    """Add a section on land: an element in each direction, and its server if it is limited."""
    closed = shut(build.case, build.clock, "sections", section_id, section)
    working = build.values(section.hours, "sections", section_id, "hours") if section.hours else ALWAYS
    open_calendar = calendar(closed, working)
    fleet = build.fleet(section.mode)
    speed = section.speed_kmh.value if section.speed_kmh else 0.0
    moving_h = section.length_km.value / speed * HOURS_PER_DAY / fleet.moving_h_per_day.value
    limit = _limit(build, section_id, section, open_calendar)
    for way, backwards in WAYS:
        element = Element(
            "section",
            section_id,
            "",
            way,
            section.mode,
            section.country or "",
            length_km=section.length_km.value,
            moving_s=seconds(moving_h),
            server=limit.servers[backwards],
            hold_s=limit.hold_s,
            full_kg=0 if limit.hold_s is None else kilograms(fleet.payload_t.value),
            cross_s=limit.cross_s,
            calendar=open_calendar,
        )
        ends = (section.from_, section.to)
        build.edge(
            Edge(
                (ends[backwards], section.mode),
                (ends[1 - backwards], section.mode),
                "truck" if section.mode == "road" else "train",
                ("sections", section_id),
                way,
                section.mode,
                (build.element(element),),
                Hours(moving=moving_h, opening=opening_wait_h(open_calendar)),
                section.length_km.value,
                section.country or "",
                closed=routed_around(closed),
            )
        )


class Limit(NamedTuple):
    """What limits a section: its servers outbound and inbound; how long (s) a train keeps out others.

    `hold_s` is for followers, `cross_s` for trains the other way where that differs.
    """

    servers: tuple[int | None, int | None] = (None, None)
    hold_s: int | None = None
    cross_s: int | None = None


def _limit(build: Builder, section_id: str, section: Section, working: Calendar) -> Limit:
    if section.vehicles_at_once:
        shared = build.server(section_id, Timeline(section.vehicles_at_once.value), working)
        return Limit((shared, shared))
    if not section.capacity_mt_per_year:
        return Limit()
    train_t = build.fleet(section.mode).payload_t.value
    if section.tracks and section.tracks.value > 1:
        pair = (
            build.server(f"{section_id}/outbound", Timeline(1), working),
            build.server(f"{section_id}/inbound", Timeline(1), working),
        )
        return Limit(pair, round(2 * path_interval_s(section, train_t)))
    shared = build.server(section_id, Timeline(1), working)
    hold_s, cross_s = (round(gap_s) for gap_s in gaps_s(section, train_t))
    return Limit((shared, shared), hold_s, cross_s if cross_s != hold_s else None)


def add_post(build: Builder, post_id: str, post: Post) -> None:
    """Add a border post: in each direction the neighbour's acceptance, then the agencies' steps."""
    closed = shut(build.case, build.clock, "posts", post_id, post)
    for way, backwards in WAYS:
        crossing: Crossing = getattr(post, way)
        ends = (post.from_, post.to)
        elements = _acceptance(build, post_id, post, way, closed)
        time = Hours()
        avoided = [*routed_around(closed)]
        last = next(reversed(crossing.steps))
        for step_id, step in crossing.steps.items():
            name = (post_id, way, step_id)
            away = days_off(build, step)
            shut_in = merged([*closed, *away])
            element = _step(build, name, post.mode, step, shut_in, counted=step_id == last)
            elements.append(element)
            avoided += routed_around(shut_in)
            time += _free_flow_step(build.elements[element], build, away)
        build.edge(
            Edge(
                (ends[backwards], post.mode),
                (ends[1 - backwards], post.mode),
                "truck" if post.mode == "road" else "train",
                ("posts", post_id),
                way,
                post.mode,
                tuple(elements),
                time,
                closed=merged(avoided),
            )
        )


def _acceptance(build: Builder, post_id: str, post: Post, way: str, closed: tuple[Window, ...]) -> list[int]:
    crossing: Crossing = getattr(post, way)
    if crossing.quota_vehicles_per_day is None:
        return []
    loaded = 1 - (crossing.empty_share.value if crossing.empty_share else 0.0)
    quota = build.values(crossing.quota_vehicles_per_day, "posts", post_id, way, "quota_vehicles_per_day")
    per_day = mapped(quota, lambda vehicles: max(1, round(vehicles * loaded)))
    server = build.server(f"{post_id}/{way}/acceptance", per_day, calendar(closed, ALWAYS), daily=True)
    country = build.case.description.places[post.to if way == "outbound" else post.from_].country
    urgent = tuple(crossing.urgent)
    element = Element(
        "acceptance", post_id, "acceptance", way, post.mode, country, server=server, urgent=urgent
    )
    return [build.element(element)]


def _step(
    build: Builder,
    name: tuple[str, str, str],
    mode: str,
    step: Step,
    closed: tuple[Window, ...],
    *,
    counted: bool,
) -> int:
    post_id, way, step_id = name
    path = ("posts", post_id, way, "steps", step_id)
    working = build.values(step.hours, *path, "hours") if step.hours else ALWAYS
    server = build.server(
        f"{post_id}/{way}/{step_id}",
        build.values(step.servers, *path, "servers"),
        calendar(closed, working),
    )
    minutes = build.values(step.service_min, *path, "service_min")
    return build.element(
        Element(
            "step",
            post_id,
            step_id,
            way,
            mode,
            step.side,
            server=server,
            service_s=mapped(minutes, lambda mean: mean * SECONDS_PER_MINUTE),
            service_cv=step.service_cv.value,
            share=step.share.value if step.share else 1.0,
            counted=counted,
            urgent=tuple(step.urgent),
            facilitated_share=step.facilitated_share.value if step.facilitated_share else 0.0,
            facilitated_factor=step.facilitated_factor.value if step.facilitated_factor else 1.0,
        )
    )


def _free_flow_step(element: Element, build: Builder, away: tuple[Window, ...]) -> Hours:
    """Return the mean time of a step without a queue: its service and the wait for opening.

    Those whom it lets pass at once count as 0. `away` are its holidays.
    """
    server = build.servers[element.server] if element.server is not None else None
    opening_h = opening_wait_h(server.calendar) if server else 0.0
    if server and away:
        opening_h += holiday_wait_h(away, server.calendar, build.end_s)
    service_h = hours(element.service_s.first) * element.mean_factor
    return Hours(service=element.share * service_h, opening=element.share * opening_h)


def opening_wait_h(working: Calendar) -> float:
    """Return the mean wait (h) for opening of an arrival at any time of day."""
    opens, closes = working.hours.first
    shut_h = HOURS_PER_DAY - hours(closes - opens)
    return shut_h * shut_h / (2 * HOURS_PER_DAY)


def add_terminal(build: Builder, terminal_id: str, terminal: Terminal) -> None:
    """Add a terminal: one set of handling points and one storage that both ways share."""
    closed = shut(build.case, build.clock, "terminals", terminal_id, terminal)
    path = ("terminals", terminal_id)
    working = build.values(terminal.hours, *path, "hours") if terminal.hours else ALWAYS
    open_calendar = calendar(closed, working)
    server = build.server(terminal_id, Timeline(terminal.handling_points.value), open_calendar)
    s_per_kg = handling_s_per_kg(terminal, open_calendar)
    build.room(terminal_id, terminal.storage_t, "", terminal.place)
    first, second = terminal.connects
    for way, tail, head in (("outbound", first, second), ("inbound", second, first)):
        element = Element(
            "terminal",
            terminal_id,
            f"{tail}-to-{head}",
            "",
            head,
            build.case.description.places[terminal.place].country,
            server=server,
            service_s_per_kg=s_per_kg,
        )
        build.edge(
            Edge(
                (terminal.place, tail),
                (terminal.place, head),
                "handle",
                ("terminals", terminal_id),
                way,
                head,
                (build.element(element),),
                Hours(opening=opening_wait_h(open_calendar)),
                closed=routed_around(closed),
            )
        )


def handling_s_per_kg(terminal: Terminal, working: Calendar) -> float:
    """Return the seconds that one handling point needs for a kilogram, so that all meet the capacity."""
    opens, closes = working.hours.first
    kilograms = terminal.capacity_mt_per_year.value * TONNES_PER_MEGATONNE * KG_PER_TONNE
    return DAYS_PER_YEAR * (closes - opens) * terminal.handling_points.value / kilograms
