"""Which changes cannot stand together."""

from collections.abc import Iterator

from sim.changes.extent import Extent, overlap
from sim.errors import Problem
from sim.model.case import Origin, Override, Placed, Used
from sim.model.scenario import Close, Open, Set


def collide(first: Placed, extent: Extent, second: Placed) -> bool:
    """Whether two changes of one thing leave open which of them holds.

    `extent` is that of the first. Two that hold on no day together never collide. Otherwise two `set`
    do, and so do two `close` and two `open`. A change for a part of the run may come on top of one for
    the whole run, but nothing may come on top of a change for a part of it.
    """
    a, b = first.change, second.change
    if isinstance(a, Override) or isinstance(b, Override) or not overlap(first, second):
        return False
    same = type(a) is type(b) and isinstance(a, Set | Close | Open)
    return same or extent == "part"


def at(origin: Origin) -> str:
    """Write where something stands, for a message about something else."""
    return f"{origin.file}:{origin.line}" if origin.line else origin.file


def unfit_measures(used: tuple[Used, ...]) -> Iterator[Problem]:
    """Yield what is wrong with a choice of measures: used twice, without what they require, in conflict."""
    first: dict[str, Used] = {}
    for use in used:
        earlier = first.setdefault(use.id, use)
        if earlier is not use:
            yield _problem(use, f"measure '{use.id}' is already used at {at(earlier.origin)}")
    for use in first.values():
        for other in use.measure.requires:
            if other not in first:
                yield _problem(use, f"measure '{use.id}' requires '{other}', which is not used")
        for other in use.measure.conflicts:
            if other in first:
                there = at(first[other].origin)
                yield _problem(use, f"measure '{use.id}' conflicts with '{other}', used at {there}")


def _problem(use: Used, what: str) -> Problem:
    return Problem(use.origin.file, use.origin.line, use.origin.column, use.origin.where, what)
