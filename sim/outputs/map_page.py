"""The whole map of a scenario as one SVG: overview, main map, legend, title, disclaimer, credits."""

from shapely import LineString

from sim.outputs.map_frame import Box, Panel, main_panel, overview_panel
from sim.outputs.map_ground import ground, ground_names
from sim.outputs.map_labels import place
from sim.outputs.map_legend import legend, scale_bar, wrapped
from sim.outputs.map_lines import drawn_line, home, ribbons
from sim.outputs.map_names import Site, dots, drawn_site, label, sites
from sim.outputs.map_ribbons import Ribbon
from sim.outputs.map_scene import Scene
from sim.outputs.map_style import CREDITS, DISCLAIMER, INK, PAGE, STYLE
from sim.outputs.map_svg import NAMESPACE, element, group, text, title
from sim.outputs.map_tags import tags

EDGE = 26.0
COLUMN = 424.0
"""Where the left column, of overview and legend, ends."""
TOP, BOTTOM = 74.0, 786.0
OVERVIEW_BOTTOM = 540.0
SIZES = {"main": 9.6, "overview": 8.2}
"""Font size of places in each panel."""


def page(scene: Scene) -> str:
    """Return the map as the text of an SVG file; the same scene gives the same bytes."""
    spots = list(scene.places.values())
    main = main_panel(spots, (COLUMN + 14, TOP, PAGE[0] - EDGE, BOTTOM))
    overview = overview_panel(spots, (EDGE, TOP, COLUMN, OVERVIEW_BOTTOM))
    parts = [
        title(scene.case.title),
        element("style", STYLE),
        element("defs", *(_clip(panel) for panel in (overview, main))),
        element("rect", width=PAGE[0], height=PAGE[1], fill="#fff"),
        *_head(scene),
        _panel(scene, overview, main),
        _panel(scene, main, main),
        group(legend(scene, (EDGE, OVERVIEW_BOTTOM + 10, COLUMN, BOTTOM)), class_="legend"),
        *_foot(),
    ]
    return element(
        "svg", "\n" + "\n".join(part for part in parts if part) + "\n",
        xmlns=NAMESPACE, viewBox=f"0 0 {PAGE[0]:.0f} {PAGE[1]:.0f}", width="297mm", height="210mm",
        role="img",
    ) + "\n"  # fmt: skip


def _clip(panel: Panel) -> str:
    return element("clipPath", _rectangle(panel.rect), id=f"clip-{panel.name}")


def _rectangle(rect: Box, **attributes: object) -> str:
    left, top, right, bottom = rect
    return element("rect", x=left, y=top, width=right - left, height=bottom - top, **attributes)


def _panel(scene: Scene, panel: Panel, main: Panel) -> str:
    """Return a panel: its ground, lines, names and frame; the overview leaves names to the main map."""
    hidden, frames = (None, []) if panel is main else (main.window, [_frame(panel, main)])
    lines = ribbons(scene, panel)
    shapes = [LineString(ribbon.points) for ribbon in lines]
    shown = sites(scene, panel, hidden)
    bar, bar_box = scale_bar(panel)
    taken: list[Box] = [bar_box, *frames, *(_mark(site) for site in shown)]
    names = _names(scene, panel, shown, taken, shapes)
    numbers = tags(scene, lines, _within(panel), taken) if panel is main else []
    inside = [
        *ground(scene, panel),
        *ground_names(scene, panel, taken, shapes, hidden),
        *(_way(scene, one, panel, main) for one in _ordered(scene, lines)),
        *(_rectangle(frame, fill="none", stroke=INK, stroke_width=1.0) for frame in frames),
        *dots(shown),
        *numbers,
        *names,
        *bar,
    ]
    frame = _rectangle(panel.rect, fill="none", stroke="#9aa5b1", stroke_width=0.8)
    return group([group(inside, clip_path=f"url(#clip-{panel.name})"), frame], id=f"panel-{panel.name}")


def _frame(panel: Panel, main: Panel) -> Box:
    """Return where the main map lies on another panel."""
    west, south, east, north = main.window
    return (*panel.at((west, north)), *panel.at((east, south)))


def _within(panel: Panel) -> Box:
    left, top, right, bottom = panel.rect
    return (left + 3, top + 3, right - 3, bottom - 3)


def _mark(site: Site) -> Box:
    return (site.at[0] - 3, site.at[1] - 3, site.at[0] + 3, site.at[1] + 3)


def _names(
    scene: Scene, panel: Panel, shown: list[Site], taken: list[Box], lines: list[LineString]
) -> list[str]:
    """Return the names of sites; the room that they take is added to `taken`."""
    size = SIZES[panel.name]
    placed = place([label(scene, site, size) for site in shown], taken, _within(panel), lines)
    taken += [one.box for one in placed]
    by_id = {site.id: site for site in shown}
    return [drawn_site(scene, by_id[one.label.id], one, size) for one in placed]


def _ordered(scene: Scene, lines: list[Ribbon]) -> list[Ribbon]:
    """Return lines in the order in which they are drawn: what does not operate on top."""
    return sorted(lines, key=lambda one: scene.case.description.sections[one.id].status != "operating")


def _way(scene: Scene, ribbon: Ribbon, panel: Panel, main: Panel) -> str:
    own = home(scene, main, ribbon.id) == panel.name
    return drawn_line(scene, ribbon, _words(scene, ribbon.id), own=own, marked=own or panel is main)


def _words(scene: Scene, section_id: str) -> str:
    """Return what a viewer shows on pointing at a section."""
    section = scene.case.description.sections[section_id]
    told = f"{section.title}: {section.mode}, {section.length_km.value:,g} km, {section.status}"
    if not scene.flows:
        return told
    share = scene.flows.shares.get(section_id)
    used = "" if share is None else f", {share:.0%} used"
    return f"{told}, {scene.flows.kilotonnes.get(section_id, 0.0):,.0f} kt{used}"


def _head(scene: Scene) -> list[str]:
    room = PAGE[0] - 2 * EDGE
    subtitle = scene.case.question
    if scene.flows:
        subtitle = f"Freight and use of capacity: {scene.flows.period}."
    return [
        text(wrapped(scene.case.title, room, 22)[0], EDGE, 38, font_size=22, font_weight="bold"),
        text(wrapped(subtitle, room, 11)[0], EDGE, 58, font_size=11, class_="small"),
    ]


def _foot() -> list[str]:
    return [
        text(DISCLAIMER, EDGE, BOTTOM + 16, font_size=8, class_="small"),
        text(CREDITS, EDGE, BOTTOM + 28, font_size=8, class_="small"),
    ]
