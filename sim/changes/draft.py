"""A description while a plan is being applied to it."""

from dataclasses import dataclass, field

from sim.changes.collisions import at, collide
from sim.changes.extent import Extent, dates, extent
from sim.errors import Problem
from sim.model.case import Applied, DatedState, DatedValue, Override, Placed
from sim.model.paths import Keys, Plain
from sim.model.scenario import Add, Close, Open, Run, Scale, Set


class ChangeError(Exception):
    """A change that cannot be made; its arguments say why, one text for each cause."""


@dataclass(frozen=True)
class Touch:
    """A change, the keys of what it changes, and how much of the run it holds in."""

    keys: Keys
    placed: Placed
    extent: Extent


@dataclass
class Draft:
    """The state of applying one plan: the plain description so far, and what has come of each change."""

    run: Run
    tree: Plain
    touches: list[Touch] = field(default_factory=list)
    dated: list[tuple[DatedValue, Placed]] = field(default_factory=list)
    states: list[DatedState] = field(default_factory=list)
    applied: list[Applied] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def operation(placed: Placed) -> str:
    """Return the word for what a change does."""
    return "set" if isinstance(placed.change, Override) else type(placed.change).__name__.lower()


def named_path(placed: Placed) -> str:
    """Return the readable path that a change names."""
    match placed.change:
        case Set(set=path) | Scale(scale=path) | Add(add=path) | Close(close=path) | Open(open=path):
            return path
        case Override(path=path):
            return path


def problem(placed: Placed, what: str) -> Problem:
    """Return what is wrong with a change as a problem at the place that asks for it."""
    origin, path = placed.origin, named_path(placed)
    named = what if origin.where == path else f"{path}: {what}"
    return Problem(origin.file, origin.line, origin.column, origin.where, named)


def touch(draft: Draft, placed: Placed, keys: Keys) -> Touch:
    """Note that a change concerns what stands at `keys`.

    Raises
    ------
    ChangeError
        If it collides with an earlier change of the same thing.
    """
    new = Touch(keys, placed, extent(placed, draft.run))
    for earlier in draft.touches:
        if earlier.keys == keys and collide(earlier.placed, earlier.extent, placed):
            done = f"{operation(earlier.placed)} at {at(earlier.placed.origin)}"
            raise ChangeError(f"collides with the {done}, which holds on some of the same days")
    draft.touches.append(new)
    return new


def record(draft: Draft, new: Touch, before: str, after: str) -> None:
    """Write one line of the list of what was changed."""
    from_, until = dates(new.placed)
    row = Applied(
        by=new.placed.by,
        operation=operation(new.placed),
        path=".".join(new.keys),
        before=before,
        after="no effect: outside the run" if new.extent == "outside" else after,
        from_=str(from_ or ""),
        until=str(until or ""),
    )
    draft.applied.append(row)
