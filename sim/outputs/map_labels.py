"""Labels without overlap: each in turn takes the best free place around its point, in several rounds.

A round is greedy, by priority; what came off badly in one goes first in the next, and the best round counts
(after the squeaky wheel of Joslin and Clements, 1999).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import cos, hypot, pi, sin

from shapely import LineString, STRtree, box
from shapely.geometry.base import BaseGeometry

from sim.outputs.map_frame import Box, overlap
from sim.outputs.map_projection import Spot

RINGS = (0.0, 9.0, 15.0, 22.0, 30.0, 40.0, 54.0, 70.0, 90.0, 110.0)
"""How far from its point (page units) a label may stand; beyond the first it gets a leader line."""
TURNS = 32
ROUNDS = 24
UNPLACED = 1000.0
"""What a label costs that finds no place."""
COST_OF_RING = 1.4
COST_OF_RANK = 0.2
COST_OF_LINE = 1.0
"""What a unit of line under a label costs, against a unit of distance as 1."""
SIXTEENTHS = (0, 15, 1, 14, 2, 8, 7, 9, 4, 12, 3, 13, 5, 6, 10, 11)
PREFERRED = tuple(turn for one in SIXTEENTHS for turn in (2 * one, 2 * one + 1))
"""Directions (parts of a turn, from the right, upwards) from best to worst."""
WIDTHS = {
    **dict.fromkeys("ijl'", 0.24),
    **dict.fromkeys("ftI.,:;/ ", 0.29),
    **dict.fromkeys("r()[]-", 0.34),
    **dict.fromkeys("ckJsvxyz", 0.52),
    **dict.fromkeys("FLTZ", 0.62),
    **dict.fromkeys("ABEKPSVXY", 0.68),
    **dict.fromkeys("CDHNRUw&", 0.74),
    **dict.fromkeys("GOQ", 0.79),
    **dict.fromkeys("mMW%@", 0.9),
    **dict.fromkeys("←→↑↓", 1.0),
}
"""Width of letters in ems, that of Helvetica and the like with a little to spare; 0.57 for others."""


@dataclass(frozen=True)
class Label:
    """A text (or symbols and a text) of a size that wants to stand near a point; lower `priority` goes first.

    `radius` is that of the mark at the point, which the label leaves free.
    """

    id: str
    at: Spot
    width: float
    height: float
    radius: float
    priority: int


@dataclass(frozen=True)
class Placed:
    """Where a label came to stand; `leader` is where a line to its point starts, if it needs one."""

    label: Label
    box: Box
    leader: Spot | None


def width(text: str, size: float) -> float:
    """Return about how wide a text is set, in the units of its size."""
    return size * sum(WIDTHS.get(letter, 0.57) for letter in text)


def place(
    labels: Iterable[Label], taken: Iterable[Box], bounds: Box, lines: Iterable[BaseGeometry]
) -> list[Placed]:
    """Return the labels that found a place, the more important first.

    Parameters
    ----------
    labels
        What wants to be placed.
    taken
        Boxes that must stay free.
    bounds
        The box that labels must not leave.
    lines
        Lines that labels should keep off, but may cover in need.
    """
    kept = list(lines)
    tree = STRtree(kept)
    wanted = sorted(labels, key=lambda one: (one.priority, one.id))
    scored = {label.id: [(_cost(one, kept, tree), one[1]) for one in _candidates(label)] for label in wanted}
    for options in scored.values():
        options.sort(key=lambda option: option[0])
    blame = dict.fromkeys(scored, 0.0)
    rounds: list[tuple[float, list[Placed]]] = []
    for _ in range(ROUNDS):
        wanted.sort(key=lambda one: (-blame[one.id], one.priority, one.id))
        rounds.append(_round(wanted, scored, [*taken], bounds, blame))
    best = min(rounds, key=lambda one: one[0])[1]
    return sorted(best, key=lambda one: (one.label.priority, one.label.id))


Options = list[tuple[float, Placed]]
"""Where a label may stand and what that costs, the best first."""


def _round(
    wanted: Iterable[Label],
    scored: Mapping[str, Options],
    occupied: list[Box],
    bounds: Box,
    blame: dict[str, float],
) -> tuple[float, list[Placed]]:
    """Return what a round costs and the labels that it placed; what came off badly is blamed."""
    leaders: list[BaseGeometry] = []
    placed = []
    total = 0.0
    for label in wanted:
        options = scored[label.id]
        free = ((cost, one) for cost, one in options if _is_free(one, occupied, leaders, bounds))
        cost, found = next(free, (UNPLACED / (1 + label.priority), None))
        if found:
            placed.append(found)
            occupied.append(found.box)
            leaders += _line(found)
        blame[label.id] += round(cost - options[0][0], 1)
        total += round(cost, 3)
    return total, placed


def _candidates(label: Label) -> Iterator[tuple[float, Placed]]:
    """Yield places with what they cost by themselves."""
    for ring in RINGS:
        for rank, turn in enumerate(PREFERRED):
            angle = 2 * pi * turn / TURNS
            reach = label.radius + 1.5 + ring
            x, y = label.at[0] + reach * cos(angle), label.at[1] - reach * sin(angle)
            left = x - label.width * (1 - cos(angle)) / 2
            top = y - label.height * (1 + sin(angle)) / 2
            spot = (left, top, left + label.width, top + label.height)
            yield (
                ring * COST_OF_RING + rank * COST_OF_RANK,
                Placed(label, spot, _edge(spot, label.at) if ring else None),
            )


def _edge(spot: Box, at: Spot) -> Spot:
    """Return the point of a box that is nearest to a point outside."""
    return (min(max(at[0], spot[0]), spot[2]), min(max(at[1], spot[1] + 2), spot[3] - 2))


def _line(placed: Placed) -> list[BaseGeometry]:
    if (
        placed.leader is None
        or hypot(placed.leader[0] - placed.label.at[0], placed.leader[1] - placed.label.at[1]) < 1
    ):
        return []
    return [LineString([placed.leader, placed.label.at])]


def _is_free(placed: Placed, occupied: list[Box], leaders: list[BaseGeometry], bounds: Box) -> bool:
    left, top, right, bottom = placed.box
    if left < bounds[0] or top < bounds[1] or right > bounds[2] or bottom > bounds[3]:
        return False
    if any(overlap(placed.box, other) for other in occupied):
        return False
    own = box(*placed.box)
    if any(leader.intersects(own) for leader in leaders):
        return False
    return not any(_crosses(line, placed.label, occupied, leaders) for line in _line(placed))


def _crosses(line: BaseGeometry, label: Label, occupied: list[Box], leaders: list[BaseGeometry]) -> bool:
    """Whether a leader line runs over another one, or over a box that is not its own mark's."""
    if any(line.crosses(leader) for leader in leaders):
        return True
    crossed = (other for other in occupied if line.intersects(box(*other)))
    return any(hypot(x - label.at[0], y - label.at[1]) > label.radius + 1 for x, y in map(_middle, crossed))


def _middle(area: Box) -> Spot:
    return ((area[0] + area[2]) / 2, (area[1] + area[3]) / 2)


def _cost(one: tuple[float, Placed], lines: list[BaseGeometry], tree: STRtree) -> float:
    cost, placed = one
    area = box(*placed.box)
    covered: float = sum(lines[n].intersection(area).length for n in sorted(tree.query(area)))
    return cost + COST_OF_LINE * covered
