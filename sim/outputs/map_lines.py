"""Sections as lines: railways with sleepers, roads with a white core, sea plain, air dotted; else dashed."""

from collections.abc import Iterable

from shapely import LineString, box
from shapely.geometry.base import BaseGeometry

from sim.model.network import SERVED
from sim.outputs.map_frame import Panel
from sim.outputs.map_ribbons import Ribbon, aside
from sim.outputs.map_scene import Scene
from sim.outputs.map_style import DASHES, DOTS
from sim.outputs.map_svg import element, group, path_data, title

BEYOND_EDGE = 6.0
"""How far over the edge of its panel (page units) a line is drawn, unseen."""
ORDER = {"rail-1435": 0, "rail-1520": 0, "road": 1, "sea": 2, "air": 3}
"""Which modes keep their true place where lines lie on each other: the lower."""
TOLERANCE = 0.2
THIN = 1.5
"""Lines up to this width have no room for a white core."""
SCALES = {"overview": 0.6, "close-up": 1.1}
"""How wide lines are drawn, against those of the main map."""


def home(scene: Scene, panels: Iterable[Panel], section_id: str) -> str:
    """Return the name of the first panel (of those of the largest scale first) that shows a section whole.

    That of the last, the overview, if no other does.
    """
    line = scene.lines[section_id]
    name = ""
    for panel in panels:
        name = panel.name
        if panel.shows(line[0]) and panel.shows(line[-1]):
            break
    return name


def ribbons(scene: Scene, panel: Panel) -> list[Ribbon]:
    """Return the lines that a panel shows, cut off where the base map ends, and beside each other."""
    sections = scene.case.description.sections
    left, top, right, bottom = panel.rect
    area: BaseGeometry = box(left - BEYOND_EDGE, top - BEYOND_EDGE, right + BEYOND_EDGE, bottom + BEYOND_EDGE)
    if not scene.ground.extent.is_empty:
        area = area.intersection(panel.cut(scene.ground.extent))
    scale = SCALES.get(panel.name, 1.0)
    found = []
    for one in sorted(scene.lines, key=lambda one: (ORDER[sections[one].mode], one)):
        parts = _parts(LineString([panel.at(spot) for spot in scene.lines[one]]), area)
        if parts:
            longest, *more = (tuple((x, y) for x, y in part.coords) for part in parts)
            found.append(Ribbon(one, longest, scene.width(one) * scale, tuple(more)))
    return found if panel.name == "overview" else aside(found)


def _parts(line: LineString, area: BaseGeometry) -> list[LineString]:
    """Return the parts of a line in an area, the longest first."""
    seen = line if area.covers(line) else line.intersection(area)
    found = (part.simplify(TOLERANCE) for part in getattr(seen, "geoms", [seen]))
    parts = [part for part in found if isinstance(part, LineString) and not part.is_empty]
    return sorted(parts, key=lambda part: -round(part.length, 1))


def drawn_line(scene: Scene, ribbon: Ribbon, words: str, *, own: bool, marked: bool) -> str:
    """Return the elements of a section.

    `own` gives it its id, a copy in another panel has none; `marked` shows its mode.
    """
    section = scene.case.description.sections[ribbon.id]
    data = "".join(path_data(part) for part in (ribbon.points, *ribbon.more))
    colour = scene.colour(ribbon.id)
    dots = DOTS if section.mode == "air" else None
    halo = element("path", d=data, stroke="#fff", stroke_width=ribbon.width + 2, stroke_opacity=0.75)
    below = [halo] if marked and section.mode not in SERVED else []
    line = element(
        "path",
        d=data,
        stroke=colour,
        stroke_width=ribbon.width,
        stroke_dasharray=DASHES.get(section.status, dots),
        stroke_linecap="round" if dots else None,
    )
    extra = _mode_mark(section.mode, data, colour, ribbon.width) if marked else []
    return group(
        [title(words), *below, line, *extra],
        id=f"section-{ribbon.id}" if own else None,
        class_=f"line {section.mode} {section.status}",
        data_id=ribbon.id,
    )


def _mode_mark(mode: str, data: str, colour: str, width: float) -> list[str]:
    if mode.startswith("rail"):
        sleepers = width + (3.4 if width > THIN else 2.2)
        return [element("path", d=data, stroke=colour, stroke_width=sleepers, stroke_dasharray="0.9 6.1")]
    if mode == "road" and width > THIN:
        return [element("path", d=data, stroke="#fff", stroke_width=max(0.7, width * 0.3))]
    return []
