"""Lines beside each other: what would lie on another line moves aside by as much as both are wide."""

from collections.abc import Iterable
from dataclasses import dataclass

from shapely import LineString, STRtree, offset_curve
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from sim.outputs.map_projection import Spot

SHARED = 0.3
"""A line of which a larger share lies on others moves aside."""
GAP = 1.6
ENDS = 2.5
"""A moved line starts aside this many steps from its places, and runs straight to them."""
STEPS = (1, -1, 2, -2, 3, -3)


@dataclass(frozen=True)
class Ribbon:
    """The line of a section on the page and how wide it is drawn; `more` are parts that lie apart from it."""

    id: str
    points: tuple[Spot, ...]
    width: float
    more: tuple[tuple[Spot, ...], ...] = ()


def aside(ribbons: Iterable[Ribbon]) -> list[Ribbon]:
    """Return the ribbons in their order, moved aside where one would lie on an earlier one."""
    placed: list[Ribbon] = []
    areas: list[BaseGeometry] = []
    for ribbon in ribbons:
        line = LineString(ribbon.points)
        step, best = 0.0, ribbon
        if line.length > 0 and areas and not ribbon.more:
            step = (ribbon.width + max((other.width for other in placed), default=0.0)) / 2 + GAP
            best = _best(ribbon, line, areas, _beside(ribbon, line, placed, areas) or step)
        placed.append(best)
        areas.append(LineString(best.points).buffer(best.width / 2 + GAP / 2))
    return placed


def _beside(ribbon: Ribbon, line: BaseGeometry, placed: list[Ribbon], areas: list[BaseGeometry]) -> float:
    """Return how far a ribbon must move to lie beside the widest of those that it lies on."""
    widths = [
        other.width
        for other, area in zip(placed, areas, strict=True)
        if line.intersection(area).length > SHARED * line.length
    ]
    return (ribbon.width + max(widths)) / 2 + GAP if widths else 0.0


def _best(ribbon: Ribbon, line: BaseGeometry, areas: list[BaseGeometry], step: float) -> Ribbon:
    tree = STRtree(areas)
    if _shared(line, areas, tree) <= SHARED:
        return ribbon
    moved = [(n, _moved(line, factor * step)) for n, factor in enumerate(STEPS)]
    sound = [(n, other) for n, other in moved if other is not None]
    scored = [(round(_shared(other, areas, tree), 2), n, other) for n, other in sound]
    if not scored:
        return ribbon
    _, _, chosen = min(scored, key=lambda one: one[:2])
    free = min(ENDS * step, chosen.length / 4)
    middle = _middle(substring(chosen, free, chosen.length - free), ribbon.points)
    points = (ribbon.points[0], *middle, ribbon.points[-1])
    return Ribbon(ribbon.id, points, ribbon.width)


def _shared(line: BaseGeometry, areas: list[BaseGeometry], tree: STRtree) -> float:
    """Return the share of a line that lies on others."""
    found = [areas[n] for n in sorted(tree.query(line))]
    rest = line
    for area in found:
        rest = rest.difference(area)
    return 1 - rest.length / line.length if line.length else 0.0


def _moved(line: BaseGeometry, by: float) -> LineString | None:
    """Return a line moved to its left, seen from south to north whatever way it runs."""
    start, end = line.coords[0], line.coords[-1]
    upwards = (end[1], -end[0]) < (start[1], -start[0])
    other = offset_curve(line, by if upwards else -by, join_style="bevel")
    return other if isinstance(other, LineString) and other.length > 0 else None


def _middle(line: BaseGeometry, points: tuple[Spot, ...]) -> list[Spot]:
    """Return a moved line's points in the direction of the old ones, without those next to its ends."""
    coordinates = [(x, y) for x, y in line.coords]
    near = _distance(coordinates[0], points[0]) + _distance(coordinates[-1], points[-1])
    far = _distance(coordinates[0], points[-1]) + _distance(coordinates[-1], points[0])
    return coordinates if near <= far else coordinates[::-1]


def _distance(a: Spot, b: Spot) -> float:
    return float(((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5)
