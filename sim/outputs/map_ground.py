"""The ground of a panel: land, borders, lakes, and the names of countries and waters where room is left."""

from collections.abc import Iterable, Sequence
from itertools import product

from shapely import LineString, Point, Polygon, box, union_all
from shapely.geometry.base import BaseGeometry

from sim.outputs.map_frame import Box, Panel, overlap
from sim.outputs.map_labels import width
from sim.outputs.map_scene import Scene
from sim.outputs.map_style import BEYOND, COUNTRY_NAMES, EDGE, LAND, WATER
from sim.outputs.map_svg import element, group, path_data, text

SIZES = {"main": 10.5, "overview": 8.0, "close-up": 9.0}
"""Font size in each panel."""
GRID = 15
LETTER_SPACE = 1.2
SHORE = 9.0
"""How far the name of a water may reach over its shore (page units)."""
WATER_KM = 260.0
"""How far from its spot the name of a water may stand."""
SMALLEST_AREA = 1.5
"""Islands and lakes smaller than this (square page units) are left out."""


def ground(scene: Scene, panel: Panel) -> list[str]:
    """Return water, land, lakes and borders of a panel, from the bottom up; plain where the base map ends."""
    left, top, right, bottom = panel.rect
    beyond = element("rect", x=left, y=top, width=right - left, height=bottom - top, fill=BEYOND)
    sea = element("path", d=_areas(panel.cut(scene.ground.extent)), fill=WATER)
    land = [_areas(panel.cut(outline)) for _, outline in scene.ground.land]
    lakes = [_areas(panel.cut(lake)) for lake in scene.ground.lakes]
    borders = [_lines(panel.cut(line)) for line in scene.ground.borders]
    shapes = [
        *(element("path", d=d, fill=LAND, stroke=LAND, stroke_width=0.4) for d in land if d),
        *(element("path", d=d, fill="none", stroke=EDGE, stroke_width=0.9) for d in borders if d),
        *(element("path", d=d, fill=WATER) for d in lakes if d),
    ]
    return [beyond, sea, group(shapes, class_="ground")]


def _areas(geometry: BaseGeometry) -> str:
    polygons = [geometry] if isinstance(geometry, Polygon) else getattr(geometry, "geoms", [])
    seen = [p for p in polygons if isinstance(p, Polygon) and p.area > SMALLEST_AREA]
    rings = [ring for polygon in seen for ring in (polygon.exterior, *polygon.interiors)]
    return "".join(path_data(((x, y) for x, y in ring.coords), closed=True) for ring in rings)


def _lines(geometry: BaseGeometry) -> str:
    lines = [geometry] if isinstance(geometry, LineString) else getattr(geometry, "geoms", [])
    seen = [line for line in lines if isinstance(line, LineString) and line.length > 1]
    return "".join(path_data((x, y) for x, y in line.coords) for line in seen)


def ground_names(
    scene: Scene, panel: Panel, taken: Sequence[Box], lines: Iterable[BaseGeometry]
) -> list[str]:
    """Return the names of countries and waters, each where it covers nothing that is `taken`.

    Waters that a panel of a larger scale shows are named there.
    """
    size = SIZES[panel.name]
    occupied = [*taken]
    kept = list(lines)
    drawn = []
    for name, css, area in (*_waters(scene, panel), *_countries(scene, panel)):
        space = LETTER_SPACE if css == "country" else 0.0
        half = (width(name, size) + space * len(name)) / 2
        spot = _free_spot(area, half, size, occupied, kept)
        if spot:
            occupied.append(_around(spot, half, size))
            drawn.append(
                text(name, spot[0], spot[1] + size * 0.35, class_=css, font_size=size, text_anchor="middle")
            )
    return drawn


def _waters(scene: Scene, panel: Panel) -> list[tuple[str, str, BaseGeometry]]:
    land = union_all([panel.cut(outline, 2.0).buffer(0) for _, outline in scene.ground.land])
    water = box(*panel.rect).difference(land)
    reach = max(WATER_KM / panel.km_per_unit, 45.0)
    return [
        (name, "sea", Point(panel.at(spot)).buffer(reach).intersection(water).buffer(SHORE))
        for name, spot in scene.seas
        if panel.names(spot)
    ]


def _countries(scene: Scene, panel: Panel) -> list[tuple[str, str, BaseGeometry]]:
    frame = box(*panel.rect)
    cut = [
        (code, panel.cut(outline, 2.0).buffer(0).intersection(frame)) for code, outline in scene.ground.land
    ]
    named = [(COUNTRY_NAMES[code].upper(), "country", area) for code, area in cut if code in COUNTRY_NAMES]
    return sorted(
        (one for one in named if not one[2].is_empty), key=lambda one: (-round(one[2].area), one[0])
    )


def _free_spot(
    area: BaseGeometry, half: float, size: float, taken: Sequence[Box], lines: Sequence[BaseGeometry]
) -> tuple[float, float] | None:
    """Return the point of an area where a name lies inside, covers no label, and fewest lines."""
    if area.is_empty:
        return None
    west, north, east, south = area.bounds
    middle = area.centroid
    best: tuple[float, tuple[float, float]] | None = None
    for i, j in product(range(1, GRID), range(1, GRID)):
        spot = (west + (east - west) * i / GRID, north + (south - north) * j / GRID)
        around = _around(spot, half, size)
        own = box(*around)
        if any(overlap(around, other) for other in taken) or not area.contains(own):
            continue
        covered = sum(line.intersection(own).length for line in lines)
        cost = round(covered * 4 + middle.distance(Point(spot)), 3)
        if best is None or cost < best[0]:
            best = (cost, spot)
    return best[1] if best else None


def _around(spot: tuple[float, float], half: float, size: float) -> Box:
    return (spot[0] - half - 2, spot[1] - size * 0.6, spot[0] + half + 2, spot[1] + size * 0.6)
