"""A scenario laid out on the plane: everything that the panels of a map are drawn from."""

from collections.abc import Mapping
from dataclasses import dataclass

from sim.model.case import Case
from sim.model.description import Description
from sim.outputs.map_flows import Flows
from sim.outputs.map_frame import Box, bounding
from sim.outputs.map_geometry import Base, Line, position, projected
from sim.outputs.map_projection import Conic, Spot, fitted, project
from sim.outputs.map_style import (
    CLOSE_UPS,
    FAR,
    PLAIN_WIDTH,
    PLAIN_WIDTHS,
    SEA_NAMES,
    colour_of,
    corridor_colour,
    width_of,
)
from sim.outputs.map_symbols import Thing, things


@dataclass(frozen=True)
class Scene:
    """What is on the map, in km on the plane.

    `lines` are those of the sections, `places` all places that something uses, `seas` the names of waters,
    `far` what to write where a line leaves the map that passes a point, `parts` titles and boxes of what
    may get a panel of its own, `numbers` the corridors (from 0) of a section, first that of its colour.
    """

    case: Case
    ground: Base
    lines: Mapping[str, Line]
    places: Mapping[str, Spot]
    seas: tuple[tuple[str, Spot], ...]
    far: tuple[tuple[str, Spot], ...]
    parts: tuple[tuple[str, Box], ...]
    things: tuple[Thing, ...]
    numbers: Mapping[str, tuple[int, ...]]
    flows: Flows | None

    def width(self, section_id: str) -> float:
        """Return how wide a section is drawn, page units."""
        if self.flows:
            return width_of(self.flows.kilotonnes.get(section_id, 0.0))
        return PLAIN_WIDTHS.get(self.case.description.sections[section_id].mode, PLAIN_WIDTH)

    def colour(self, section_id: str) -> str:
        """Return the colour of a section: of its utilisation, or without results of its corridor."""
        if self.flows:
            return colour_of(self.flows.shares.get(section_id))
        return corridor_colour(next(iter(self.numbers.get(section_id, ())), None))


def scene(case: Case, ground: Base, lines: Mapping[str, Line], flows: Flows | None) -> Scene:
    """Return a scenario on the plane of the projection that fits its network.

    Parameters
    ----------
    case
        The scenario; at least one section.
    ground
        The base map, degrees.
    lines
        The line of every section, degrees (`map_geometry.section_lines`).
    flows
        Results, or None.
    """
    description = case.description
    used = _used(description)
    spots = [position(description, place) for place in used]
    projection = fitted(spots)
    shown = things(description)
    return Scene(
        case,
        projected(ground, projection),
        {one: tuple(project(projection, *spot) for spot in line) for one, line in sorted(lines.items())},
        {place: project(projection, *spot) for place, spot in zip(used, spots, strict=True)},
        tuple((name, project(projection, *spot)) for name, spot in SEA_NAMES),
        tuple((words, project(projection, *spot)) for words, spot in FAR),
        tuple((name, _plane(projection, degrees)) for name, degrees in CLOSE_UPS),
        tuple(shown),
        _numbers(description),
        flows,
    )


def _used(description: Description) -> list[str]:
    links = [*description.sections.values(), *description.posts.values()]
    ends = {place for link in links for place in (link.from_, link.to)}
    ends |= {terminal.place for terminal in description.terminals.values()}
    return sorted(ends | {port.place for port in description.ports.values()})


def _plane(projection: Conic, degrees: Box) -> Box:
    """Return the box on the plane about a box of degrees."""
    west, south, east, north = degrees
    middle = (west + east) / 2
    return bounding(project(projection, lon, lat) for lon in (west, middle, east) for lat in (south, north))


def _numbers(description: Description) -> dict[str, tuple[int, ...]]:
    """Return for each section the corridors that name it, the one with the fewest sections first.

    So a short corridor on the way of a long one is seen in its own colour.
    """
    routes = [
        [one for one in dict.fromkeys(corridor.route) if one in description.sections]
        for corridor in description.corridors.values()
    ]
    found: dict[str, tuple[int, ...]] = {}
    for number in sorted(range(len(routes)), key=lambda n: (len(routes[n]), n)):
        for one in routes[number]:
            found[one] = (*found.get(one, ()), number)
    return found
