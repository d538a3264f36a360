"""What is written on lines: numbers of corridors, use of capacity, and where a line leaves the map."""

from collections.abc import Iterator, Sequence

from shapely import LineString, Point, box
from shapely.geometry.base import BaseGeometry

from sim.outputs.map_frame import Box, Panel, overlap
from sim.outputs.map_labels import width
from sim.outputs.map_names import pin
from sim.outputs.map_projection import Spot
from sim.outputs.map_ribbons import Ribbon
from sim.outputs.map_scene import Scene
from sim.outputs.map_style import INK, colour_on, corridor_colour
from sim.outputs.map_svg import element, group, text

BADGE = 5.4
SIZE = 7.8
FRACTIONS = (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.15, 0.85)
"""Where on a line something may be written."""
NEAR_KM = 150.0
"""How near a line must pass a far point to be said to go that way."""
EXIT = 12.0
"""How far from the edge the words stand that say where a line leaves the map."""


def tags(scene: Scene, panel: Panel, lines: Sequence[Ribbon], taken: list[Box]) -> list[str]:
    """Return what is written on lines where there is room; the room is added to `taken`.

    Percentages of use stand on every section that has a server (not on the overview), then the numbers of its
    corridors on the longest of all sections of a mode that have the same.
    """
    left, top, right, bottom = panel.rect
    frame = box(left + 3, top + 3, right - 3, bottom - 3)
    seen = [(ribbon.id, LineString(ribbon.points).intersection(frame)) for ribbon in lines]
    seen.sort(key=lambda one: (-round(one[1].length), one[0]))
    visible = [(one, line) for one, line in seen if isinstance(line, LineString)]
    percents = [] if panel.name == "overview" else [*_percents(scene, visible, taken)]
    return [*percents, *_badges(scene, visible, taken)]


Visible = Sequence[tuple[str, LineString]]


def _percents(scene: Scene, lines: Visible, taken: list[Box]) -> Iterator[str]:
    for section_id, line in lines:
        share = scene.flows.shares.get(section_id) if scene.flows else None
        words = "" if share is None else f"{share:.0%}"
        spot = _spot(line, width(words, SIZE) / 2, SIZE / 2, taken) if words else None
        if spot:
            told = text(
                words, spot[0], spot[1] + 2.8, class_="name", font_size=SIZE, font_weight="bold",
                text_anchor="middle",
            )  # fmt: skip
            yield group([told], data_at=pin(spot))


def _badges(scene: Scene, lines: Visible, taken: list[Box]) -> Iterator[str]:
    sections = scene.case.description.sections
    done: set[tuple[tuple[int, ...], str]] = set()
    for section_id, line in lines:
        numbers = scene.numbers.get(section_id, ())
        key = (numbers, sections[section_id].mode.partition("-")[0])
        spot = None if key in done or not numbers else _spot(line, BADGE * len(numbers), BADGE, taken)
        if spot:
            done.add(key)
            west = spot[0] - BADGE * (len(numbers) - 1)
            discs = [
                badge(number, west + 2 * BADGE * n, spot[1], plain=scene.flows is not None)
                for n, number in enumerate(numbers)
            ]
            yield group((part for disc in discs for part in disc), data_at=pin(spot))


def exits(scene: Scene, panel: Panel, lines: Sequence[Ribbon], taken: list[Box]) -> Iterator[str]:
    """Yield the words that say which way a line goes that leaves the map; their room is added to `taken`."""
    area: BaseGeometry = box(*panel.rect)
    if not scene.ground.extent.is_empty:
        area = area.intersection(panel.cut(scene.ground.extent))
    for words, far in scene.far:
        point = Point(panel.at(far))
        for ribbon in lines:
            outside = LineString([panel.at(spot) for spot in scene.lines[ribbon.id]]).difference(area)
            for part in getattr(outside, "geoms", [outside]):
                if part.distance(point) * panel.km_per_unit < NEAR_KM:
                    ends = (part.coords[0], part.coords[-1])
                    for x, y in (end for end in ends if area.distance(Point(end)) < 1):
                        yield from _exit(words, (x, y), panel, taken)


def _exit(words: str, at: Spot, panel: Panel, taken: list[Box]) -> Iterator[str]:
    left, top, right, bottom = panel.rect
    ends = {"←": at[0] - left, "→": right - at[0], "↑": at[1] - top, "↓": bottom - at[1]}
    arrow = min(ends, key=lambda one: ends[one])
    told = f"{words} {arrow}" if arrow == "→" else f"{arrow} {words}"
    wide = width(told, SIZE)
    x = min(max(at[0] - wide / 2, left + 3), right - wide - 3)
    for y in (at[1] - EXIT, at[1] + EXIT, at[1] - 2 * EXIT, at[1] + 2 * EXIT):
        room = (x - 2, y - SIZE / 2 - 2, x + wide + 2, y + SIZE / 2 + 2)
        if top < room[1] and room[3] < bottom and not any(overlap(room, other) for other in taken):
            taken.append(room)
            yield group([text(told, x, y + 2.8, class_="name", font_size=SIZE)], data_at=pin(at))
            return


def _spot(line: LineString, wide: float, high: float, taken: list[Box]) -> Spot | None:
    """Return a point of a line with free room around (half `wide`, half `high`), and take the room."""
    if line.length < 4 * BADGE:
        return None
    for fraction in FRACTIONS:
        at = line.interpolate(fraction, normalized=True)
        room = (at.x - wide, at.y - high, at.x + wide, at.y + high)
        if not any(overlap(room, other) for other in taken):
            taken.append(room)
            return (at.x, at.y)
    return None


def badge(number: int, x: float, y: float, *, plain: bool = False) -> list[str]:
    """Return a corridor's number (shown from 1) in a disc of its colour, or of ink if `plain`."""
    fill = INK if plain else corridor_colour(number)
    disc = element("circle", cx=x, cy=y, r=BADGE, fill=fill, stroke="#fff", stroke_width=1.0)
    told = text(
        str(number + 1),
        x,
        y + 2.7,
        font_size=7.5,
        font_weight="bold",
        text_anchor="middle",
        style=f"fill:{colour_on(fill)}",
    )
    return [disc, told]
