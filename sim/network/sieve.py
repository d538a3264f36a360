"""Which ways through the network freight considers, and for what reason it does not consider the others."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from sim.model.network import SERVED
from sim.network.builder import Edge

MAX_ITINERARIES = 12
MAX_ALIKE = 4
"""Ways kept of those that take the same modes through the same countries in the same order."""
MAX_COST_RATIO = 1.6
"""A way dearer than this many times the cheapest generalised cost is not considered."""
SHORT_RAIL_KM = 200.0
"""What a train must run at least where a truck takes over: for less nobody unloads. Assumed."""

Chain = tuple[Edge, ...]
Why = Literal["", "dear", "twice", "gauge", "short-train", "handling", "alike", "many"]
"""Why a way is not considered, nothing if it is: it is dear, passes a place twice, comes back to the railway
of a gauge, takes a train for a short ride, differs from another by handling only, is like four cheaper ones,
or comes after twelve cheaper ones."""


@dataclass(frozen=True)
class Judged:
    """A way with its generalised cost (USD/t) in the search and why freight does not consider it, if so."""

    cost: float
    chain: Chain
    why: Why


def judged(ways: Iterable[tuple[float, Chain]]) -> Iterator[Judged]:
    """Yield each way once, in the order given, which must be that of cost, with the verdict on it.

    Of ways through the same countries by the same modes the cheapest few are kept, so that roads side by
    side do not crowd out a railway or a ship.
    """
    known: set[tuple[tuple[tuple[str, str], str], ...]] = set()
    kept: set[tuple[int, ...]] = set()
    alike: Counter[tuple[tuple[str, str], ...]] = Counter()
    dear = None
    for cost, chain in ways:
        dear = MAX_COST_RATIO * cost if dear is None else dear
        name = tuple((edge.thing, edge.direction) for edge in chain)
        if name in known:
            continue
        known.add(name)
        why: Why = "dear" if cost > dear else fault(chain) or _beside(chain, kept, alike)
        if not why and len(kept) == MAX_ITINERARIES:
            why = "many"
        if not why:
            kept.add(_moves(chain))
            alike[_pattern(chain)] += 1
        yield Judged(cost, chain, why)


def _beside(
    chain: Chain, kept: set[tuple[int, ...]], alike: Counter[tuple[tuple[str, str], ...]]
) -> Literal["", "handling", "alike"]:
    """Return why a sensible chain is not kept beside those that are, or nothing."""
    if _moves(chain) in kept:
        return "handling"
    return "alike" if alike[_pattern(chain)] == MAX_ALIKE else ""


def _pattern(chain: Chain) -> tuple[tuple[str, str], ...]:
    """Return the runs of one mode in one country of a chain, in order."""
    return tuple(run for run, _ in groupby((edge.mode, edge.country) for edge in chain if edge.length_km))


def _moves(chain: Chain) -> tuple[int, ...]:
    """Return what a chain moves over: two ways alike in this differ only by needless handling."""
    return tuple(element for edge in chain if edge.kind != "handle" for element in edge.elements)


def fault(chain: Chain) -> Literal["", "twice", "gauge", "short-train"]:
    """Return why freight would not take a chain whatever it costs, or nothing if it is sensible.

    A sensible one passes no place twice and, between two waters, takes the railway of a gauge only once:
    freight that is on a railway stays there as far as it goes. Nobody takes it from trucks for a train of a
    few hours.
    """
    moves = [edge for edge in chain if edge.kind != "handle"]
    places = [moves[0].tail[0], *(edge.head[0] for edge in moves)]
    if len(places) != len(set(places)):
        return "twice"
    modes = [mode for mode, _ in groupby(edge.mode for edge in moves)]
    ashore = (list(run) for served, run in groupby(modes, key=lambda mode: mode in SERVED) if not served)
    if not all(_each_gauge_once(run) for run in ashore):
        return "gauge"
    return "short-train" if any(_short_train(moves)) else ""


def _short_train(moves: list[Edge]) -> Iterator[bool]:
    """Yield for each train ride of a chain whether it is a short one that a truck comes before or after."""
    rides = [("", 0.0)]
    for kind, ride in groupby(moves, key=lambda edge: edge.kind):
        rides.append((kind, sum(edge.length_km for edge in ride)))
    for before, (kind, length_km), after in zip(rides, rides[1:], [*rides[2:], ("", 0.0)], strict=False):
        yield kind == "train" and "truck" in (before[0], after[0]) and length_km < SHORT_RAIL_KM


def _each_gauge_once(modes: list[str]) -> bool:
    rails = [mode for mode in modes if mode.startswith("rail")]
    return len(rails) == len(set(rails))
