"""Panels of a page: which part of the plane each shows, and how that comes to lie on the page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shapely import box
from shapely.affinity import affine_transform
from shapely.geometry.base import BaseGeometry

from sim.outputs.map_projection import Spot

Box = tuple[float, float, float, float]
"""West, south, east, north on the plane (km); left, top, right, bottom on the page."""
MARGIN = 0.07
"""Free space around what is shown, as a share of its size on each side."""
LARGEST_MAIN_KM = 1150.0
"""What is larger is shown whole in the overview only; the main map shows its densest part."""
SMALLEST_KM = 60.0
CONTEXT_KM = 2200.0
"""The overview shows this much at least, so that one sees where a small network lies."""


@dataclass(frozen=True)
class Panel:
    """A part of the page that shows a part of the plane: `window` (km) fills `rect` (page units)."""

    name: str
    rect: Box
    window: Box

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

    def shows(self, spot: Spot) -> bool:
        """Whether a point of the plane lies in the window."""
        return inside(spot, self.window)

    def cut(self, geometry: BaseGeometry, tolerance: float = 0.3) -> BaseGeometry:
        """Return the visible part of a geometry of the plane on the page, without needless points."""
        west, south, east, north = self.window
        edge = 4 * self.km_per_unit
        seen = geometry.intersection(box(west - edge, south - edge, east + edge, north + edge))
        factor = 1 / self.km_per_unit
        shift = [factor, 0, 0, -factor, self.rect[0] - west * factor, self.rect[3] + south * factor]
        return affine_transform(seen, shift).simplify(tolerance)


def inside(spot: Spot, bounds: Box) -> bool:
    """Whether a point lies in a box, edges included."""
    return bounds[0] <= spot[0] <= bounds[2] and bounds[1] <= spot[1] <= bounds[3]


def bounding(spots: Iterable[Spot]) -> Box:
    """Return the smallest box that holds some points."""
    xs, ys = zip(*spots, strict=True)
    return (min(xs), min(ys), max(xs), max(ys))


def window(bounds: Box, rect: Box, least_km: float) -> Box:
    """Return the window of a panel's shape that holds `bounds` with a margin, and `least_km` at least."""
    width, height = rect[2] - rect[0], rect[3] - rect[1]
    wide, high = (bounds[2] - bounds[0]) * (1 + 2 * MARGIN), (bounds[3] - bounds[1]) * (1 + 2 * MARGIN)
    km_per_unit = max(wide / width, high / height, least_km / max(width, height))
    x, y = (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2
    half_x, half_y = km_per_unit * width / 2, km_per_unit * height / 2
    return (x - half_x, y - half_y, x + half_x, y + half_y)


def densest(spots: Sequence[Spot], size_km: Spot) -> Box:
    """Return the bounds of the points in that window of a size that holds most of them."""
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


def overview_panel(spots: Sequence[Spot], rect: Box) -> Panel:
    """Return the panel of the whole network with what lies around it."""
    return Panel("overview", rect, window(bounding(spots), rect, CONTEXT_KM))
