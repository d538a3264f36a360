"""What is written on lines: the numbers of corridors, and with results the use of capacity."""

from collections.abc import Iterator, Sequence

from shapely import LineString, box

from sim.outputs.map_frame import Box
from sim.outputs.map_labels import overlap, width
from sim.outputs.map_names import pin
from sim.outputs.map_projection import Spot
from sim.outputs.map_ribbons import Ribbon
from sim.outputs.map_scene import Scene
from sim.outputs.map_style import INK, corridor_colour
from sim.outputs.map_svg import element, group, text

BADGE = 5.4
SIZE = 7.8
FRACTIONS = (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8)
"""Where on a line something may be written."""


def tags(scene: Scene, lines: Sequence[Ribbon], bounds: Box, taken: list[Box]) -> list[str]:
    """Return what is written on lines where there is room; the room is added to `taken`.

    Percentages of use stand on every section that has a server, then a corridor's number on the longest
    section of each of its modes.
    """
    frame = box(*bounds)
    seen = [(ribbon.id, LineString(ribbon.points).intersection(frame)) for ribbon in lines]
    seen.sort(key=lambda one: (-round(one[1].length), one[0]))
    visible = [(one, line) for one, line in seen if isinstance(line, LineString)]
    return [*_percents(scene, visible, taken), *_badges(scene, visible, taken)]


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
    done: set[tuple[int, str]] = set()
    for section_id, line in lines:
        if section_id not in scene.numbers:
            continue
        key = (scene.numbers[section_id], sections[section_id].mode.partition("-")[0])
        spot = None if key in done else _spot(line, BADGE, BADGE, taken)
        if spot:
            done.add(key)
            yield group(badge(key[0], *spot, plain=scene.flows is not None), data_at=pin(spot))


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
        style="fill:#fff",
    )
    return [disc, told]
