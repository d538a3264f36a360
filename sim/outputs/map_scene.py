"""A scenario laid out on the plane: everything that the panels of a map are drawn from."""

from collections.abc import Mapping
from dataclasses import dataclass

from sim.model.case import Case
from sim.model.description import Description
from sim.outputs.map_flows import Flows
from sim.outputs.map_geometry import Base, Line, position, projected
from sim.outputs.map_projection import Spot, fitted, project
from sim.outputs.map_style import PLAIN_WIDTH, PLAIN_WIDTHS, SEA_NAMES, colour_of, corridor_colour, width_of
from sim.outputs.map_symbols import Thing, things


@dataclass(frozen=True)
class Scene:
    """What is on the map, in km on the plane.

    `lines` are those of the sections, `places` all places that something uses, `seas` the names of waters,
    `numbers` the place (from 0) of the corridor that a section is drawn in.
    """

    case: Case
    ground: Base
    lines: Mapping[str, Line]
    places: Mapping[str, Spot]
    seas: tuple[tuple[str, Spot], ...]
    things: tuple[Thing, ...]
    numbers: Mapping[str, int]
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
        return corridor_colour(self.numbers.get(section_id))


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
        tuple(shown),
        _numbers(description),
        flows,
    )


def _used(description: Description) -> list[str]:
    links = [*description.sections.values(), *description.posts.values()]
    ends = {place for link in links for place in (link.from_, link.to)}
    ends |= {terminal.place for terminal in description.terminals.values()}
    return sorted(ends | {port.place for port in description.ports.values()})


def _numbers(description: Description) -> dict[str, int]:
    """Return for each section on a corridor the place of the first corridor that names it."""
    found: dict[str, int] = {}
    for number, corridor in enumerate(description.corridors.values()):
        for one in corridor.route:
            if one in description.sections:
                found.setdefault(one, number)
    return found
