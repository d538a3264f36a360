"""Compile ports, airports and the services between them: berths, departures and the wait for them."""

from sim.clock import Timeline, Window, merged
from sim.model.network import Port, Section, Service
from sim.network.builder import Builder, Edge
from sim.network.elements import Element, Hours, Line
from sim.network.land import ALWAYS, WAYS
from sim.network.usability import calendar, routed_around, shut
from sim.units import (
    DAYS_PER_WEEK,
    KG_PER_TONNE,
    SECONDS_PER_DAY,
    SECONDS_PER_HOUR,
    hours,
    kilograms,
    seconds,
)

Berths = dict[tuple[str, str], tuple[str, int]]
"""For each place and mode with a port the port's id and the number of its server."""


def quays(mode: str) -> tuple[str, str]:
    """Return the two sides of a port's quays: freight that leaves and that arrives; no vessel joins them."""
    return f"{mode}-out", f"{mode}-in"


def add_port(build: Builder, port_id: str, port: Port) -> int:
    """Add a port: berths, storage, and the edges between its land modes and its quays. Return its server."""
    quay_out, quay_in = quays(port.serves)
    closed = shut(build.case, build.clock, "ports", port_id, port)
    berths = build.values(port.berths, "ports", port_id, "berths")
    build.room(port_id, port.storage_t, port.serves, port.place)
    for mode in port.connects:
        for tail, head, way in ((mode, quay_out, "outbound"), (quay_in, mode, "inbound")):
            build.edge(
                Edge(
                    (port.place, tail),
                    (port.place, head),
                    "handle",
                    ("ports", port_id),
                    way,
                    port.serves if head == quay_out else mode,
                    (),
                    Hours(),
                    closed=routed_around(closed),
                )
            )
    return build.server(port_id, berths, calendar(closed, ALWAYS))


def add_service(build: Builder, service_id: str, service: Service, berths: Berths) -> None:
    """Add the departures of a service, both ways."""
    section = build.case.description.sections[service.section]
    quay_out, quay_in = quays(section.mode)
    closed = merged(
        [
            *shut(build.case, build.clock, "services", service_id, service),
            *shut(build.case, build.clock, "sections", service.section, section),
        ]
    )
    for way, backwards in WAYS:
        ends = (section.from_, section.to)[:: -1 if backwards else 1]
        ports = (berths[ends[0], section.mode], berths[ends[1], section.mode])
        line, time = _line(build, (service_id, way), service, ports, closed)
        build.lines.append(line)
        build.edge(
            Edge(
                (ends[0], quay_out),
                (ends[1], quay_in),
                "sail",
                ("services", service_id),
                way,
                section.mode,
                (line.dock, line.space, line.loading, line.passage, line.unloading),
                time,
                section.length_km.value,
                line=len(build.lines) - 1,
                fleet=service.fleet,
                carries=frozenset(service.carries),
                closed=routed_around(closed),
            )
        )


def _line(
    build: Builder,
    name: tuple[str, str],
    service: Service,
    ports: tuple[tuple[str, int], tuple[str, int]],
    closed: tuple[Window, ...],
) -> tuple[Line, Hours]:
    """Return one direction of a service and its mean time without queues."""
    service_id, way = name
    fleet = build.case.description.fleets[service.fleet]
    section: Section = build.case.description.sections[service.section]
    speed_kmh = fleet.speed_kmh.value if fleet.speed_kmh else 0.0
    cut_off_h = service.cut_off_h.value if service.cut_off_h else 0.0
    sailing_h = section.length_km.value / speed_kmh
    interval_s = DAYS_PER_WEEK * SECONDS_PER_DAY / service.sailings_per_week.value
    capacity_kg = kilograms(fleet.load_t)
    passage = Element(
        "sailing",
        service.section,
        "",
        way,
        section.mode,
        "",
        length_km=section.length_km.value,
        moving_s=seconds(sailing_h),
        calendar=calendar(closed, ALWAYS),
    )
    dock = Element("dock", service_id, "sailing", way, section.mode, "", calendar=calendar(closed, ALWAYS))
    line = Line(
        name=f"{service_id}/{way}",
        interval_s=interval_s,
        capacity_kg=capacity_kg,
        minimum_kg=kilograms(service.minimum_load_t.value),
        maximum_wait_s=seconds(service.maximum_wait_h.value),
        dock=build.element(dock),
        space=build.element(Element("space", service_id, "space", way, section.mode, "")),
        loading=_berth(build, ports[0], "loading", way),
        passage=build.element(passage),
        unloading=_berth(build, ports[1], "unloading", way),
        lost_kg=kilograms(fleet.full_load_t) - capacity_kg,
        cut_off_s=seconds(cut_off_h),
    )
    alongside_s = (
        sum(build.elements[i].service_s_per_kg for i in (line.loading, line.unloading)) * capacity_kg
    )
    wait_h = cut_off_h + min(hours(interval_s), service.maximum_wait_h.value) / 2
    return line, Hours(sailing=wait_h, moving=sailing_h, service=hours(alongside_s))


def _berth(build: Builder, port: tuple[str, int], part: str, way: str) -> int:
    port_id, server = port
    description = build.case.description
    t_per_h = description.ports[port_id].handling_t_per_h.value
    return build.element(
        Element(
            "berth",
            port_id,
            part,
            way,
            description.ports[port_id].serves,
            description.places[description.ports[port_id].place].country,
            server=server,
            service_s=Timeline(0.0),
            service_s_per_kg=SECONDS_PER_HOUR / (t_per_h * KG_PER_TONNE),
        )
    )
