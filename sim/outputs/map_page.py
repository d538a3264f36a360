"""The whole map of a scenario as one SVG: overview, main map, close-up, legend, title and small print."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from shapely import LineString

from sim.outputs.map_frame import Box, Panel, bounding, close_up, main_panel, overview_panel
from sim.outputs.map_ground import ground, ground_names
from sim.outputs.map_labels import place, width
from sim.outputs.map_legend import legend, scale_bar, wrapped
from sim.outputs.map_lines import drawn_line, home, ribbons
from sim.outputs.map_names import Site, crossings, dots, drawn_site, label, sites
from sim.outputs.map_projection import Spot
from sim.outputs.map_ribbons import Ribbon
from sim.outputs.map_scene import Scene
from sim.outputs.map_style import CREDITS, DISCLAIMER, INK, PAGE, STYLE
from sim.outputs.map_svg import NAMESPACE, element, group, text, title
from sim.outputs.map_tags import exits, tags

EDGE = 26.0
COLUMN = 452.0
"""Where the left column, of overview and legend, ends."""
TOP, BOTTOM = 74.0, 782.0
OVERVIEW_BOTTOM = 558.0
SIZES = {"main": 9.6, "overview": 8.2, "close-up": 9.2}
"""Font size of places in each panel."""
TITLE_SIZE = 9.6
FOOT_SIZE = 8.0
NO_BREAK = "\u00a0"
CROWDED_FOOT = 4
"""From this number on, lines at the foot stand closer."""


def page(scene: Scene) -> str:
    """Return the map as the text of an SVG file; the same scene gives the same bytes."""
    panels = _panels(scene)
    parts = [
        title(scene.case.title),
        element("style", STYLE),
        element("defs", *(_clip(panel) for panel in panels[::-1])),
        element("rect", width=PAGE[0], height=PAGE[1], fill="#fff"),
        *_head(scene),
        *(_panel(scene, panel, panels) for panel in panels[::-1]),
        group(legend(scene, (EDGE, OVERVIEW_BOTTOM + 10, COLUMN, BOTTOM)), class_="legend"),
        *_foot(scene),
    ]
    return element(
        "svg", "\n" + "\n".join(part for part in parts if part) + "\n",
        xmlns=NAMESPACE, viewBox=f"0 0 {PAGE[0]:.0f} {PAGE[1]:.0f}", width="297mm", height="210mm",
        role="img",
    ) + "\n"  # fmt: skip


def _panels(scene: Scene) -> list[Panel]:
    """Return the panels, that of the largest scale first: a close-up if one is needed, main map, overview."""
    spots = list(scene.places.values())
    here = [scene.places[thing.places[0]] for thing in scene.things]
    main = main_panel([*spots, *here], (COLUMN + 14, TOP, PAGE[0] - EDGE, BOTTOM))
    lines = [LineString([main.at(spot) for spot in line]) for line in scene.lines.values()]
    found = (close_up(main, name, region, spots, lines) for name, region in scene.parts)
    enlarged = next((panel for panel in found if panel), None)
    main = replace(main, leaves=enlarged)
    overview = overview_panel([*spots, *_between(scene)], (EDGE, TOP, COLUMN, OVERVIEW_BOTTOM), main)
    return [*([enlarged] if enlarged else []), main, overview]


def _between(scene: Scene) -> Iterator[Spot]:
    """Yield the points of lines that lie neither west nor east of all places."""
    west, _, east, _ = bounding(scene.places.values())
    return (spot for line in scene.lines.values() for spot in line if west <= spot[0] <= east)


def _clip(panel: Panel) -> str:
    return element("clipPath", _rectangle(panel.rect), id=f"clip-{panel.name}")


def _rectangle(rect: Box, **attributes: object) -> str:
    left, top, right, bottom = rect
    return element("rect", x=left, y=top, width=right - left, height=bottom - top, **attributes)


def _panel(scene: Scene, panel: Panel, panels: Sequence[Panel]) -> str:
    """Return a panel: its ground, lines, names and frame."""
    lines = ribbons(scene, panel)
    shapes = [LineString(part) for ribbon in lines for part in (ribbon.points, *ribbon.more)]
    shown = sites(scene, panel)
    bar, bar_box = scale_bar(panel)
    heading, heading_box = _heading(panel)
    frames = [panel.frame] if panel.frame else []
    covered = [panel.covered] if panel.covered else []
    taken: list[Box] = [bar_box, *heading_box, *frames, *covered, *(_mark(site) for site in shown)]
    ways_out = [*exits(scene, panel, lines, taken)]
    names = _names(scene, panel, shown, taken, shapes)
    written = [*ways_out, *tags(scene, panel, lines, taken)]
    inside = [
        *ground(scene, panel),
        *ground_names(scene, panel, taken, shapes),
        *(_way(scene, one, panel, panels) for one in _ordered(scene, lines)),
        *crossings(scene, panel),
        *(_rectangle(frame, class_="edge", fill="none", stroke=INK, stroke_width=1.0) for frame in frames),
        *dots(shown),
        *written,
        *names,
        *bar,
        *heading,
    ]
    edge, wide = (INK, 1.0) if panel.title else ("#9aa5b1", 0.8)
    frame = _rectangle(panel.rect, class_="edge", fill="none", stroke=edge, stroke_width=wide)
    return group([group(inside, clip_path=f"url(#clip-{panel.name})"), frame], id=f"panel-{panel.name}")


def _heading(panel: Panel) -> tuple[list[str], list[Box]]:
    """Return the title of a panel in its upper left corner, and the box that it takes; nothing without."""
    if not panel.title:
        return [], []
    left, top = panel.rect[:2]
    taken = (left, top, left + width(panel.title, TITLE_SIZE) * 1.08 + 12, top + 17)
    words = text(panel.title, left + 6, top + 12, font_size=TITLE_SIZE, font_weight="bold")
    return [_rectangle(taken, fill="#fff", fill_opacity=0.85), words], [taken]


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


def _way(scene: Scene, ribbon: Ribbon, panel: Panel, panels: Sequence[Panel]) -> str:
    own = home(scene, panels, ribbon.id) == panel.name
    marked = own or panel.name != "overview"
    return drawn_line(scene, ribbon, _words(scene, ribbon.id), own=own, marked=marked)


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


def _foot(scene: Scene) -> list[str]:
    """Return the small print; with results the names of corridors too, as the legend has no room for them."""
    told = [DISCLAIMER, CREDITS]
    if scene.flows and scene.numbers:
        titles = (corridor.title for corridor in scene.case.description.corridors.values())
        names = [f"{n} {words};".replace(" ", NO_BREAK) for n, words in enumerate(titles, 1)]
        lines = wrapped(" ".join(["Corridors:", *names]), PAGE[0] - 2 * EDGE, FOOT_SIZE)
        told = [*(line.replace(NO_BREAK, " ").strip(";") for line in lines), *told]
    step = 12.0 if len(told) < CROWDED_FOOT else 10.0
    return [
        text(words, EDGE, BOTTOM + 4 + step * n, font_size=FOOT_SIZE, class_="small")
        for n, words in enumerate(told, 1)
    ]
