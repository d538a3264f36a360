"""Panels of a page: which part of the plane each shows, and how that comes to lie on the page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from shapely import box, union_all
from shapely.affinity import affine_transform
from shapely.geometry.base import BaseGeometry

from sim.outputs.map_projection import Spot

Box = tuple[float, float, float, float]
"""West, south, east, north on the plane (km); left, top, right, bottom on the page."""
MARGIN, OVERVIEW_MARGIN = 0.07, 0.04
"""Free space around what is shown, as a share of its size on each side."""
LARGEST_MAIN_KM = 1150.0
"""What is larger is shown whole in the overview only; the main map shows its densest part."""
SMALLEST_KM = 60.0
CONTEXT_KM = 2200.0
"""The overview shows this much at least, so that one sees where a small network lies."""
CROWD = 8
"""A part of the main map with fewer places than this needs no panel of its own."""
CLOSE_UP_WIDTHS = (350.0, 330.0, 310.0, 290.0, 270.0, 250.0)
"""How wide such a panel may be on the page, best first."""
HIDDEN = 15.0
"""How much of the lines (page units) it may hide, if a smaller one hides less."""
LEAST_ENLARGED = 1.8
CORNER = 8.0
"""How far it lies from the corner of the main map."""


@dataclass(frozen=True)
class Panel:
    """A part of the page that shows a part of the plane: `window` (km) fills `rect` (page units).

    What lies in the window of the panel that it `leaves` room to, at a larger scale, is named there.
    """

    name: str
    rect: Box
    window: Box
    title: str = ""
    leaves: Self | None = None

    @property
    def km_per_unit(self) -> float:
        """Kilometres in a unit of the page."""
        return (self.window[2] - self.window[0]) / (self.rect[2] - self.rect[0])

    def at(self, spot: Spot) -> Spot:
        """Return where a point of the plane lies on the page."""
        return (
            self.rect[0] + (spot[0] - self.window[0]) / self.km_per_unit,
            self.rect[3] - (spot[1] - self.window[1]) / self.km_per_unit,
        )

    @property
    def frame(self) -> Box | None:
        """Where the window of the panel that it leaves room to lies on this one, on the page."""
        if self.leaves is None:
            return None
        west, south, east, north = self.leaves.window
        return (*self.at((west, north)), *self.at((east, south)))

    @property
    def covered(self) -> Box | None:
        """Where on the page the panel that it leaves room to lies on it, if it does."""
        return self.leaves.rect if self.leaves and overlap(self.rect, self.leaves.rect) else None

    def shows(self, spot: Spot) -> bool:
        """Whether a point of the plane is to be seen: it lies in the window, under no other panel."""
        covered = self.covered
        return inside(spot, self.window) and not (covered and inside(self.at(spot), covered))

    def names(self, spot: Spot) -> bool:
        """Whether a point of the plane is named here: it is to be seen, and on no panel of a larger scale."""
        return self.shows(spot) and not (self.leaves and inside(spot, self.leaves.window))

    def cut(self, geometry: BaseGeometry, tolerance: float = 0.3) -> BaseGeometry:
        """Return the visible part of a geometry of the plane on the page, without needless points."""
        west, south, east, north = self.window
        edge = 4 * self.km_per_unit
        seen = geometry.intersection(box(west - edge, south - edge, east + edge, north + edge))
        factor = 1 / self.km_per_unit
        shift = [factor, 0, 0, -factor, self.rect[0] - west * factor, self.rect[3] + south * factor]
        return affine_transform(seen, shift).simplify(tolerance)


def overlap(a: Box, b: Box) -> bool:
    """Whether two boxes share more than an edge."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def inside(spot: Spot, bounds: Box) -> bool:
    """Whether a point lies in a box, edges included."""
    return bounds[0] <= spot[0] <= bounds[2] and bounds[1] <= spot[1] <= bounds[3]


def bounding(spots: Iterable[Spot]) -> Box:
    """Return the smallest box that holds some points."""
    xs, ys = zip(*spots, strict=True)
    return (min(xs), min(ys), max(xs), max(ys))


def window(bounds: Box, rect: Box, least_km: float, margin: float = MARGIN) -> Box:
    """Return the window of a panel's shape that holds `bounds` with a margin, and `least_km` at least."""
    width, height = rect[2] - rect[0], rect[3] - rect[1]
    wide, high = (bounds[2] - bounds[0]) * (1 + 2 * margin), (bounds[3] - bounds[1]) * (1 + 2 * margin)
    km_per_unit = max(wide / width, high / height, least_km / max(width, height))
    x, y = (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2
    half_x, half_y = km_per_unit * width / 2, km_per_unit * height / 2
    return (x - half_x, y - half_y, x + half_x, y + half_y)


def densest(spots: Sequence[Spot], size_km: Spot) -> Box:
    """Return the bounds of the points in that window of a size that holds most of them.

    A point that stands there twice weighs twice.
    """
    wide, high = size_km
    most: list[Spot] = []
    for west in sorted({x for x, _ in spots}):
        column = [(x, y) for x, y in spots if west <= x <= west + wide]
        for south in sorted({y for _, y in column}):
            found = [(x, y) for x, y in column if south <= y <= south + high]
            if len(found) > len(most):
                most = found
    return bounding(most)


def main_panel(spots: Sequence[Spot], rect: Box) -> Panel:
    """Return the panel of the network, or of its densest part where the network is large."""
    whole = window(bounding(spots), rect, SMALLEST_KM)
    if max(whole[2] - whole[0], whole[3] - whole[1]) <= LARGEST_MAIN_KM:
        return Panel("main", rect, whole)
    width, height = rect[2] - rect[0], rect[3] - rect[1]
    scale = LARGEST_MAIN_KM / max(width, height) / (1 + 2 * MARGIN)
    return Panel("main", rect, window(densest(spots, (width * scale, height * scale)), rect, LARGEST_MAIN_KM))


def overview_panel(spots: Sequence[Spot], rect: Box, main: Panel) -> Panel:
    """Return the panel of the whole network with what lies around it."""
    seen = window(bounding(spots), rect, CONTEXT_KM, OVERVIEW_MARGIN)
    return Panel("overview", rect, seen, leaves=main)


def close_up(
    main: Panel, title: str, region: Box, spots: Sequence[Spot], lines: Iterable[BaseGeometry]
) -> Panel | None:
    """Return a panel that enlarges a crowded part of the main map, in a corner of it.

    Parameters
    ----------
    main
        The main map.
    title
        Its title.
    region
        What it shows, on the plane; all of it on the main map.
    spots
        Where the places of the network lie, on the plane.
    lines
        Lines on the page: the corner and size that hide least of them are taken.

    Returns
    -------
    Panel | None
        None if it is not needed, or if every corner hides a place.
    """
    if sum(inside(spot, region) for spot in spots) < CROWD or not all(map(main.shows, _corners(region))):
        return None
    drawn = union_all([*lines])
    shown = [main.at(spot) for spot in spots if main.shows(spot)]
    slope = (region[3] - region[1]) / (region[2] - region[0])
    rects = [rect for wide in CLOSE_UP_WIDTHS for rect in _rects(main.rect, wide, wide * slope)]
    panels = [Panel("close-up", rect, region, title) for rect in rects]
    free = [panel for panel in panels if _is_free(panel, main, shown)]
    return min(free, key=lambda one: max(HIDDEN, drawn.intersection(box(*one.rect)).length), default=None)


def _corners(area: Box) -> list[Spot]:
    return [(area[0], area[1]), (area[0], area[3]), (area[2], area[1]), (area[2], area[3])]


def _rects(rect: Box, wide: float, high: float) -> list[Box]:
    """Return the rectangles of a size in the corners of another, lower left first."""
    left, right = rect[0] + CORNER, rect[2] - CORNER - wide
    top, bottom = rect[1] + CORNER, rect[3] - CORNER - high
    return [(x, y, x + wide, y + high) for y in (bottom, top) for x in (left, right)]


def _is_free(panel: Panel, main: Panel, shown: Iterable[Spot]) -> bool:
    """Whether a panel hides no place and not the part that it enlarges, and enlarges enough."""
    west, south, east, north = panel.window
    frame = (*main.at((west, north)), *main.at((east, south)))
    if overlap(panel.rect, frame) or main.km_per_unit < LEAST_ENLARGED * panel.km_per_unit:
        return False
    return not any(inside(spot, panel.rect) for spot in shown)
