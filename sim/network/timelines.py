"""Figures that change during a run: the description's value and the dated values of the case."""

from collections.abc import Callable
from typing import TypeVar

from sim.clock import NEVER, Clock, Timeline
from sim.model.case import Case
from sim.model.evidence import Figure
from sim.model.scenario import Value

T = TypeVar("T")
U = TypeVar("U")


def timeline(case: Case, clock: Clock, path: tuple[str, ...], figure: Figure[T]) -> Timeline[T]:
    """Return the value of the figure at `path` over a run."""
    dated = [change for change in case.dated if change.path == path]
    changes: dict[int, Value | T] = {}
    for change in dated:
        if change.until is not None:
            changes.setdefault(clock.at(change.until), figure.value)
        changes[0 if change.from_ is None else clock.at(change.from_)] = change.value
    first = changes.pop(0, figure.value)
    kept = tuple(sorted((at_s, value) for at_s, value in changes.items() if 0 < at_s < NEVER))
    return Timeline(first, kept)  # type: ignore[arg-type]


def mapped(values: Timeline[T], change: Callable[[T], U]) -> Timeline[U]:
    """Return the timeline of `change` of each value."""
    return Timeline(change(values.first), tuple((at_s, change(value)) for at_s, value in values.changes))
