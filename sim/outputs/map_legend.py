"""What explains a map: the legend, and the scale of each panel."""

from collections.abc import Iterator
from itertools import pairwise

from sim.outputs.map_frame import Box, Panel
from sim.outputs.map_labels import width
from sim.outputs.map_scene import Scene
from sim.outputs.map_style import (
    CLASS_COLOURS,
    CLASS_WIDTHS,
    DASHES,
    DOTS,
    INK,
    KILOTONNES,
    NO_CORRIDOR,
    NO_SERVER,
    PLAIN_WIDTHS,
    SHARES,
    corridor_colour,
)
from sim.outputs.map_svg import element, text
from sim.outputs.map_symbols import MEANINGS, symbol
from sim.outputs.map_tags import badge

MODES = {"rail": "railway", "road": "road", "sea": "sea", "air": "air"}
SIZE = 8.5
ROW = 14.0
SAMPLE = 30.0
SCALES_KM = (5, 10, 20, 50, 100, 200, 500, 1000, 2000)
SCALE_UNITS = 130.0
"""The longest that a scale bar becomes."""


def legend(scene: Scene, rect: Box) -> list[str]:
    """Return the legend, in two columns of a rectangle."""
    half = (rect[0] + rect[2]) / 2 + 6
    left = [*_corridors(scene)] if not scene.flows else [*_throughput(scene), *_utilisation()]
    right = [*_modes(scene), *_statuses(scene), *_symbols(scene)]
    return [
        *_column(left, rect[0], rect[1], half - rect[0] - 10),
        *_column(right, half, rect[1], rect[2] - half),
    ]


Entry = tuple[str, str, object]
"""Kind of sample, words, and what the sample shows."""


def _corridors(scene: Scene) -> Iterator[Entry]:
    yield ("head", "Corridors", None)
    for number, corridor in enumerate(scene.case.description.corridors.values()):
        yield ("badge", corridor.title, number)
    if len(scene.numbers) < len(scene.lines):
        yield ("line", "other sections", NO_CORRIDOR)
    if any(len(numbers) > 1 for numbers in scene.numbers.values()):
        yield ("note", "Where several share a line: their numbers, and the colour of the shortest", None)


def _throughput(scene: Scene) -> Iterator[Entry]:
    yield ("head", "Freight, both directions, kt", None)
    bounds = [f"{bound:,.0f}" for bound in KILOTONNES]
    words = [
        f"under {bounds[0]}",
        *(f"{a} to {b}" for a, b in pairwise(bounds)),
        f"{bounds[-1]} and more",
    ]
    most = max(scene.width(one) for one in scene.lines)
    for told, wide in zip(words, CLASS_WIDTHS, strict=True):
        if wide <= most:
            yield ("width", told, wide)


def _utilisation() -> Iterator[Entry]:
    yield ("head", "Use of paths, lanes, berths, quota", None)
    bounds = [f"{share:.0%}" for share in SHARES]
    words = [
        f"under {bounds[0]}",
        *(f"{a} to {b}" for a, b in pairwise(bounds)),
        f"{bounds[-1]} or more",
    ]
    for told, colour in zip(words, CLASS_COLOURS, strict=True):
        yield ("line", told, colour)
    yield ("line", "not limited in the model", NO_SERVER)


def _modes(scene: Scene) -> Iterator[Entry]:
    yield ("head", "Sections and places", None)
    used = {section.mode.partition("-")[0] for section in scene.case.description.sections.values()}
    for mode, words in MODES.items():
        if mode in used:
            yield (mode, words, "")


def _statuses(scene: Scene) -> Iterator[Entry]:
    used = {section.status for section in scene.case.description.sections.values()}
    for status, dash in DASHES.items():
        if status in used:
            yield ("dashed", f"{status}, any mode", dash)


def _symbols(scene: Scene) -> Iterator[Entry]:
    used = {thing.kind for thing in scene.things}
    for kind, words in MEANINGS.items():
        if kind in used:
            yield ("symbol", words, kind)
    if any(not thing.operates for thing in scene.things):
        yield ("hollow", "not in operation", next(t.kind for t in scene.things if not t.operates))


def _column(entries: list[Entry], x: float, y: float, room: float) -> Iterator[str]:
    for kind, words, what in entries:
        if kind == "head":
            y += 3
            yield text(words, x, y + 8, font_size=SIZE, font_weight="bold")
        elif kind == "note":
            for n, line in enumerate(wrapped(words, room, SIZE)):
                y += (ROW - 4) if n else 0
                yield text(line, x, y + 8, font_size=SIZE, class_="small")
        else:
            yield from _sample(kind, what, x, y + 5)
            for n, line in enumerate(wrapped(words, room - SAMPLE - 4, SIZE)):
                y += (ROW - 4) if n else 0
                yield text(line, x + SAMPLE + 4, y + 8, font_size=SIZE)
        y += ROW


def wrapped(words: str, room: float, size: float) -> list[str]:
    """Return a text in lines no wider than `room`, broken between words."""
    lines = [""]
    for word in words.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width(longer, size) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _sample(kind: str, what: object, x: float, y: float) -> list[str]:
    data = f"M{x:.1f} {y:.1f}H{x + SAMPLE - 4:.1f}"
    colour, wide = (INK, 2.4)
    if kind in ("symbol", "hollow"):
        return symbol(str(what), x + 8, y - 4.5, filled=kind == "symbol")
    if kind == "badge":
        return [
            element("path", d=data, stroke=corridor_colour(int(str(what))), stroke_width=wide),
            *badge(int(str(what)), x + SAMPLE / 2 - 2, y),
        ]
    if kind == "line":
        colour, wide = str(what), 4.0
    if kind == "width":
        colour, wide = NO_SERVER, float(str(what))
    dash = {"dashed": str(what), "air": DOTS}.get(kind)
    wide = PLAIN_WIDTHS.get(kind, wide)
    round_ends = "round" if kind == "air" else None
    drawn = [
        element(
            "path", d=data, stroke=colour, stroke_width=wide, stroke_dasharray=dash, stroke_linecap=round_ends
        )
    ]
    if kind == "rail":
        drawn.append(
            element("path", d=data, stroke=colour, stroke_width=wide + 3.4, stroke_dasharray="0.9 6.1")
        )
    if kind == "road":
        drawn.append(element("path", d=data, stroke="#fff", stroke_width=0.7))
    return drawn


def scale_bar(panel: Panel) -> tuple[list[str], Box]:
    """Return a panel's scale in its lower left corner, else the right one, and the box that it takes."""
    km = max((one for one in SCALES_KM if one / panel.km_per_unit <= SCALE_UNITS), default=SCALES_KM[0])
    long = km / panel.km_per_unit
    left, bottom = panel.rect[0] + 12, panel.rect[3] - 12
    if panel.covered and panel.covered[0] < left < panel.covered[2] and panel.covered[3] > bottom - 40:
        left = panel.rect[2] - 18 - long
    told = f"{km:,} km"
    taken = (left - 6, bottom - 20, left + long + 12, bottom + 7)
    frame = element(
        "rect",
        x=taken[0],
        y=taken[1],
        width=taken[2] - taken[0],
        height=taken[3] - taken[1],
        fill="#fff",
        fill_opacity=0.8,
    )
    bar = element(
        "rect", x=left, y=bottom - 3.0, width=long, height=4.0, fill="#fff", stroke=INK, stroke_width=0.8
    )
    first = element("rect", x=left, y=bottom - 3.0, width=long / 2, height=4.0, fill=INK)
    words = text(told, left + long, bottom - 7, font_size=SIZE, text_anchor="end")
    return [frame, bar, first, text("0", left, bottom - 7, font_size=SIZE), words], taken
