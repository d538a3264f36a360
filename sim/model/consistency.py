"""What must fit together in a description: one small named check for each rule."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import chain
from math import asin, cos, radians, sin, sqrt

from sim.model.description import Description
from sim.model.event_checks import EVENT_CHECKS
from sim.model.evidence import Evidence, Frozen
from sim.model.faults import Finding, shown, unknown
from sim.model.network import SERVED, Link, Place
from sim.model.observation_checks import OBSERVATION_CHECKS
from sim.model.port_checks import PORT_CHECKS
from sim.model.post_checks import POST_CHECKS
from sim.model.railway_checks import RAILWAY_CHECKS
from sim.model.shape import Path
from sim.model.travel_checks import TRAVEL_CHECKS

Findings = Iterator[Finding]

EARTH_RADIUS_KM = 6371.0088
"""Mean radius (IUGG)."""
SHORTEST_SHARE = 0.98
"""A section may be this much shorter than the great circle between its ends: places are points of towns."""
SEASON_TOLERANCE = 0.005
"""How far the mean of twelve rounded monthly indices may be from 1."""
THINGS = (
    "sections",
    "posts",
    "terminals",
    "ports",
    "services",
    "passenger_services",
    "access_rules",
    "events",
)
"""The kinds that share one space of ids, and that measures open and close."""
ROUTED = ("sections", "posts", "terminals", "ports")
"""The kinds that a corridor's route may name."""
PLAIN = (str, int, float, type(None))
"""What most records end in: it names no source."""


def findings(description: Description) -> list[Finding]:
    """Return everything in a description that does not fit together, in the order of the checks."""
    return list(chain.from_iterable(check(description) for check in CHECKS))


def great_circle_km(a: Place, b: Place) -> float:
    """Return the shortest distance over the sphere between two places, in km (haversine)."""
    lat_a, lat_b = radians(a.position.lat_deg), radians(b.position.lat_deg)
    half_lat = (lat_b - lat_a) / 2
    half_lon = radians(b.position.lon_deg - a.position.lon_deg) / 2
    chord = sin(half_lat) ** 2 + cos(lat_a) * cos(lat_b) * sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, chord)))


def _links(description: Description) -> Iterator[tuple[str, str, Link]]:
    for section_id, section in description.sections.items():
        yield "sections", section_id, section
    for post_id, post in description.posts.items():
        yield "posts", post_id, post


def link_ends_are_places(description: Description) -> Findings:
    """Require that sections and posts run between known places."""
    for kind, link_id, link in _links(description):
        yield from unknown((kind, link_id, "from"), "place", link.from_, description.places)
        yield from unknown((kind, link_id, "to"), "place", link.to, description.places)


def link_ends_differ(description: Description) -> Findings:
    """Require that sections and posts run between two different places."""
    for kind, link_id, link in _links(description):
        if link.from_ == link.to:
            yield Finding((kind, link_id, "to"), f"'to' is the same place as 'from': '{link.to}'")


def sections_are_long_enough(description: Description) -> Findings:
    """Require that no section is shorter than the great circle between its ends."""
    for section_id, section in description.sections.items():
        ends = description.places.get(section.from_), description.places.get(section.to)
        if ends[0] is None or ends[1] is None:
            continue
        direct_km = great_circle_km(ends[0], ends[1])
        if section.length_km.value < SHORTEST_SHARE * direct_km:
            what = f"is {shown(section.length_km.value)} km, but its ends are {direct_km:.0f} km apart"
            yield Finding(("sections", section_id, "length_km", "value"), what)


def posts_join_two_countries(description: Description) -> Findings:
    """Require that a post stands between two countries, and each of its agencies is of one of them."""
    for post_id, post in description.posts.items():
        ends = description.places.get(post.from_), description.places.get(post.to)
        if ends[0] is None or ends[1] is None:
            continue
        countries = ends[0].country, ends[1].country
        if countries[0] == countries[1]:
            what = (
                f"a post joins two countries, but '{post.from_}' and '{post.to}' are both in {countries[0]}"
            )
            yield Finding(("posts", post_id, "to"), what)
        else:
            yield from _steps_on_sides(description, post_id, countries)


def _steps_on_sides(description: Description, post_id: str, countries: tuple[str, str]) -> Findings:
    post = description.posts[post_id]
    for direction, crossing in (("outbound", post.outbound), ("inbound", post.inbound)):
        for step_id, step in crossing.steps.items():
            if step.side not in countries:
                what = f"must be {countries[0]} or {countries[1]}, the countries of the post, is {step.side}"
                yield Finding(("posts", post_id, direction, "steps", step_id, "side"), what)


def places_are_connected(description: Description) -> Findings:
    """Require that something leads to every place, or that it says why nothing does."""
    joined = {place for _, _, link in _links(description) for place in (link.from_, link.to)}
    for place_id, place in description.places.items():
        if place_id not in joined and place.unconnected is None:
            what = f"no section or post leads to '{place_id}': give one, or say why in 'unconnected'"
            yield Finding(("places", place_id), what, at_key=True)


def things_stand_at_places(description: Description) -> Findings:
    """Require that terminals and ports stand at known places."""
    for terminal_id, terminal in description.terminals.items():
        yield from unknown(("terminals", terminal_id, "place"), "place", terminal.place, description.places)
    for port_id, port in description.ports.items():
        yield from unknown(("ports", port_id, "place"), "place", port.place, description.places)


def services_sail_between_ports(description: Description) -> Findings:
    """Require that a service runs over a section by sea or air that has a port at both ends."""
    harbours = {(port.place, port.serves) for port in description.ports.values()}
    for service_id, service in description.services.items():
        path = ("services", service_id, "section")
        section = description.sections.get(service.section)
        if section is None:
            yield from unknown(path, "section", service.section, description.sections)
        elif section.mode not in SERVED:
            what = f"a service sails or flies, but section '{service.section}' is {section.mode}"
            yield Finding(path, what)
        else:
            noun = "port" if section.mode == "sea" else "airport"
            for end in (section.from_, section.to):
                if end in description.places and (end, section.mode) not in harbours:
                    yield Finding(path, f"there is no {noun} at '{end}', an end of '{service.section}'")


def services_have_ships(description: Description) -> Findings:
    """Require that the fleet of a service is of the mode of its section."""
    for service_id, service in description.services.items():
        path = ("services", service_id, "fleet")
        fleet = description.fleets.get(service.fleet)
        if fleet is None:
            yield from unknown(path, "fleet", service.fleet, description.fleets)
        elif fleet.mode not in SERVED:
            yield Finding(path, f"a service sails or flies, but fleet '{service.fleet}' is {fleet.mode}")
        elif service.section in description.sections:
            mode = description.sections[service.section].mode
            if mode in SERVED and fleet.mode != mode:
                what = f"fleet '{service.fleet}' is {fleet.mode}, but section '{service.section}' is {mode}"
                yield Finding(path, what)


def services_carry_known_goods(description: Description) -> Findings:
    """Require that the goods that a service carries are known commodities."""
    for service_id, service in description.services.items():
        for index, commodity in enumerate(service.carries):
            path = ("services", service_id, "carries", index)
            yield from unknown(path, "commodity", commodity, description.commodities)


def land_modes_have_one_fleet(description: Description) -> Findings:
    """Require exactly one fleet for each land mode in use."""
    modes = {section.mode: section_id for section_id, section in description.sections.items()}
    for mode, section_id in modes.items():
        fleets = [fleet_id for fleet_id, fleet in description.fleets.items() if fleet.mode == mode]
        if mode not in SERVED and not fleets:
            yield Finding(("sections", section_id, "mode"), f"no fleet is of mode {mode}")
        elif mode not in SERVED:
            for other in fleets[1:]:
                what = f"a second fleet of mode {mode} beside '{fleets[0]}': a land mode has one"
                yield Finding(("fleets", other, "mode"), what)


def ids_are_unique(description: Description) -> Findings:
    """Require that no id is used twice among sections, posts, terminals, ports and services."""
    owners: dict[str, str] = {}
    for kind in THINGS:
        for thing_id in getattr(description, kind):
            first = owners.setdefault(thing_id, kind)
            if first != kind:
                yield Finding((kind, thing_id), f"'{thing_id}' is already an id in {first}", at_key=True)


def flows_are_known(description: Description) -> Findings:
    """Require that a flow runs between two known places, of a known commodity in a known season."""
    for flow_id, flow in description.demand.items():
        path = ("demand", flow_id)
        yield from unknown((*path, "origin"), "place", flow.origin, description.places)
        yield from unknown((*path, "destination"), "place", flow.destination, description.places)
        yield from unknown((*path, "commodity"), "commodity", flow.commodity, description.commodities)
        yield from unknown((*path, "season"), "season", flow.season, description.seasons)
        if flow.origin == flow.destination:
            yield Finding((*path, "destination"), f"is the same place as the origin: '{flow.origin}'")


def access_rules_bar_known_goods(description: Description) -> Findings:
    """Require that an access rule names known commodities, and does not bar a country's own trade."""
    for rule_id, rule in description.access_rules.items():
        path = ("access_rules", rule_id)
        for index, commodity in enumerate(rule.commodities):
            yield from unknown((*path, "commodities", index), "commodity", commodity, description.commodities)
        if rule.through in rule.ends:
            yield Finding((*path, "ends"), f"bars the trade of {rule.through} itself: no way would be left")


def seasons_have_mean_one(description: Description) -> Findings:
    """Require that the months of a season share out a year: their indices have mean 1."""
    for season_id, season in description.seasons.items():
        mean = sum(season.monthly_index) / len(season.monthly_index)
        if abs(mean - 1) > SEASON_TOLERANCE:
            yield Finding(("seasons", season_id, "monthly_index"), f"must have mean 1, has {mean:.4g}")


def routes_are_known(description: Description) -> Findings:
    """Require that a corridor's route names sections, posts, terminals and ports."""
    known = {thing_id for kind in ROUTED for thing_id in getattr(description, kind)}
    for corridor_id, corridor in description.corridors.items():
        for index, thing_id in enumerate(corridor.route):
            path = ("corridors", corridor_id, "route", index)
            yield from unknown(path, "section, post, terminal or port", thing_id, known)


def charges_fall_on_something(description: Description) -> Findings:
    """Require that a charge names a thing that exists, or a mode and country with a section."""
    grounds = {(section.mode, section.country) for section in description.sections.values()}
    for charge_id, charge in description.charges.items():
        path = ("charges", charge_id, "on")
        for noun in ("section", "post", "terminal", "port", "service"):
            named = getattr(charge.on, noun)
            if named is not None:
                yield from unknown((*path, noun), noun, named, getattr(description, f"{noun}s"))
        section = description.sections.get(charge.on.section or "")
        if section and section.mode in SERVED:
            what = f"nobody is charged for a section by {section.mode}: name the service"
            yield Finding((*path, "section"), what)
        if charge.on.mode and (charge.on.mode, charge.on.country) not in grounds:
            what = f"falls on nothing: no section of mode {charge.on.mode} is in {charge.on.country}"
            yield Finding(path, what)


def sources_are_known(description: Description) -> Findings:
    """Require that every source that is named is described."""
    for kind in Description.model_fields:
        for record_id, record in getattr(description, kind).items():
            yield from unknown_sources((kind, record_id), record, description.sources)


def unknown_sources(path: Path, record: object, known: Collection[str]) -> Findings:
    """Yield the sources that a record and all within it name but nobody describes."""
    if isinstance(record, Evidence) and record.source is not None:
        yield from unknown((*path, "source"), "source", record.source, known)
    for key, below in inside(record):
        if not isinstance(below, PLAIN):
            yield from unknown_sources((*path, key), below, known)


def inside(record: object) -> Iterable[tuple[str | int, object]]:
    """Return what a record, mapping or list holds, each with the key that it has in files."""
    if isinstance(record, Frozen):
        names = type(record).model_fields
        return ((names[name].alias or name, value) for name, value in record)
    if isinstance(record, Mapping):
        return record.items()
    return enumerate(record) if isinstance(record, list) else ()


CHECKS: tuple[Callable[[Description], Findings], ...] = (
    link_ends_are_places,
    link_ends_differ,
    sections_are_long_enough,
    posts_join_two_countries,
    *POST_CHECKS,
    things_stand_at_places,
    services_sail_between_ports,
    services_have_ships,
    services_carry_known_goods,
    land_modes_have_one_fleet,
    ids_are_unique,
    flows_are_known,
    access_rules_bar_known_goods,
    seasons_have_mean_one,
    routes_are_known,
    charges_fall_on_something,
    places_are_connected,
    *PORT_CHECKS,
    *RAILWAY_CHECKS,
    *TRAVEL_CHECKS,
    *EVENT_CHECKS,
    *OBSERVATION_CHECKS,
    sources_are_known,
)
"""The checks in the order in which their findings are listed."""
