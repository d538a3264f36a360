"""Sections as lines: railways with sleepers, roads with a white core, sea plain; not operating: dashed."""

from shapely import LineString

from sim.outputs.map_frame import Panel, inside
from sim.outputs.map_projection import Spot
from sim.outputs.map_ribbons import Ribbon, aside
from sim.outputs.map_scene import Scene
from sim.outputs.map_style import DASHES
from sim.outputs.map_svg import element, group, path_data, title

ORDER = {"rail-1435": 0, "rail-1520": 0, "road": 1, "sea": 2}
"""Which modes keep their true place where lines lie on each other: the lower."""
TOLERANCE = 0.4
THIN = 1.5
"""Lines up to this width have no room for a white core."""
SCALES = {"overview": 0.6}
"""How much thinner than on the main map lines are drawn."""


def home(scene: Scene, main: Panel, section_id: str) -> str:
    """Return the name of the panel that shows a section whole, the main one if it can."""
    line = scene.lines[section_id]
    return "main" if main.shows(line[0]) and main.shows(line[-1]) else "overview"


def ribbons(scene: Scene, panel: Panel) -> list[Ribbon]:
    """Return the lines that a panel shows, on the page and beside each other."""
    sections = scene.case.description.sections
    shown = [one for one in scene.lines if _seen(scene.lines[one], panel)]
    shown.sort(key=lambda one: (ORDER[sections[one].mode], one))
    scale = SCALES.get(panel.name, 1.0)
    lines = [LineString([panel.at(spot) for spot in scene.lines[one]]).simplify(TOLERANCE) for one in shown]
    found = [
        Ribbon(one, tuple((x, y) for x, y in line.coords), scene.width(one) * scale)
        for one, line in zip(shown, lines, strict=True)
    ]
    return aside(found) if panel.name == "main" else found


def _seen(line: tuple[Spot, ...], panel: Panel) -> bool:
    return any(inside(spot, panel.window) for spot in line)


def drawn_line(scene: Scene, ribbon: Ribbon, words: str, *, own: bool, marked: bool) -> str:
    """Return the elements of a section.

    `own` gives it its id, a copy in another panel has none; `marked` shows its mode.
    """
    section = scene.case.description.sections[ribbon.id]
    data, colour = path_data(ribbon.points), scene.colour(ribbon.id)
    dash = DASHES.get(section.status)
    halo = element("path", d=data, stroke="#fff", stroke_width=ribbon.width + 2, stroke_opacity=0.75)
    below = [halo] if marked and section.mode != "sea" else []
    line = element("path", d=data, stroke=colour, stroke_width=ribbon.width, stroke_dasharray=dash)
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
