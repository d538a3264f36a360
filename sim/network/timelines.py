"""Figures that change during a run: the description's value and the dated values of the case."""

from collections.abc import Callable
from typing import TypeVar, cast

from sim.clock import NEVER, Clock, Timeline
from sim.model.case import Case
from sim.model.evidence import Figure

T = TypeVar("T")
U = TypeVar("U")


def timeline(case: Case, clock: Clock, path: tuple[str, ...], figure: Figure[T]) -> Timeline[T]:
    """Return the value of the figure at `path` over a run."""
    changes: dict[int, T] = {}
    for change in case.dated:
        starts_at = 0 if change.from_ is None else max(0, clock.at(change.from_))
        ends_at = NEVER if change.until is None else clock.at(change.until)
        if change.path == path and starts_at < ends_at:
            changes.setdefault(ends_at, figure.value)
            changes[starts_at] = cast(T, change.value)
    first = changes.pop(0, figure.value)
    kept = sorted(at_s for at_s in changes if 0 < at_s < NEVER)
    return Timeline(first, tuple((at_s, changes[at_s]) for at_s in kept))


def mapped(values: Timeline[T], change: Callable[[T], U]) -> Timeline[U]:
    """Return the timeline of `change` of each value."""
    return Timeline(change(values.first), tuple((at_s, change(value)) for at_s, value in values.changes))
