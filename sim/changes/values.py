"""Give figures and single values of a draft another value: `set`, `scale` and ``--set``."""

from dataclasses import dataclass

from sim.changes.draft import ChangeError, Draft, Touch, record, touch
from sim.changes.extent import within
from sim.model.case import DatedValue, Override, Placed
from sim.model.faults import shown, written
from sim.model.paths import Keys, put, resolve, shape_at, value_at
from sim.model.provenance import figure_with
from sim.model.scenario import Scale, Set, Value
from sim.model.shape import Shape, fields, is_figure, items, values

DATED_FIELDS = ("quota_vehicles_per_day", "servers", "service_min", "hours", "berths")
"""The figures that may have another value for a part of a run."""
DIGITS = 12
"""Of a product, so that 18 times 1.85 is 33.3 and not 33.300000000000004."""
WHOLE_TOLERANCE = 1e-9
"""A scaled whole number this near to a whole number is one: products of decimals are rounded."""


@dataclass(frozen=True)
class Target:
    """Something that has one value: a figure or a single value, None where none is given."""

    keys: Keys
    figure: bool
    value: object


def set_value(draft: Draft, placed: Placed, change: Set) -> None:
    """Give a figure or single value another value, if it has the value that is expected."""
    target = _target(draft, change.set)
    new = touch(draft, placed, target.keys)
    if not _same(target.value, change.expect):
        found = "none is given" if target.value is None else f"it is {shown(target.value)}"
        raise ChangeError(f"expects {_told(change.expect)} but {found}: the measure is stale")
    _give(draft, new, target, change.to)


def scale_value(draft: Draft, placed: Placed, change: Scale) -> None:
    """Multiply a figure or single number."""
    target = _target(draft, change.scale)
    new = touch(draft, placed, target.keys)
    old = target.value
    if isinstance(old, bool) or not isinstance(old, int | float):
        raise ChangeError(f"only a number can be scaled, this is {_told(old)}")
    _give(draft, new, target, _product(old, change.by))


def override_value(draft: Draft, placed: Placed, change: Override) -> None:
    """Give a figure or single value another value for the whole run, whatever it had."""
    target = _target(draft, change.path)
    draft.dated = [(value, by) for value, by in draft.dated if value.path != target.keys]
    _give(draft, touch(draft, placed, target.keys), target, change.to)


def _target(draft: Draft, path: str) -> Target:
    keys = resolve(draft.tree, path)
    for length in range(1, len(keys)):
        if is_figure(shape_at(keys[:length])):
            raise ChangeError(f"is a part of a figure: name the figure, '{'.'.join(keys[:length])}'")
    shape = shape_at(keys)
    if is_figure(shape):
        return Target(keys, figure=True, value=value_at(draft.tree, (*keys, "value")))
    if _holds_more(shape):
        raise ChangeError("is not a single value: name a figure or a single value in it")
    return Target(keys, figure=False, value=value_at(draft.tree, keys))


def _holds_more(shape: Shape) -> bool:
    return bool(fields(shape)) or values(shape) is not None or items(shape) is not None


def _give(draft: Draft, new: Touch, target: Target, value: Value) -> None:
    if new.extent == "whole":
        keep = figure_with(value, new.placed.evidence) if target.figure else value
        draft.tree = put(draft.tree, target.keys, keep)
    elif target.keys[-1] not in DATED_FIELDS:
        raise ChangeError("can only change for the whole run: leave out 'from' and 'until'")
    elif target.value is None:
        raise ChangeError("has no value outside these dates: first give it one for the whole run")
    elif new.extent == "part":
        from_, until = within(new.placed, draft.run)
        draft.dated.append((DatedValue(target.keys, value, from_, until), new.placed))
    record(draft, new, written(target.value), written(value))


def _same(value: object, expected: Value | None) -> bool:
    return value == expected and isinstance(value, bool) == isinstance(expected, bool)


def _told(value: object) -> str:
    return "no value" if value is None else shown(value)


def _product(value: float, by: float) -> float:
    product = value * by
    whole = isinstance(value, int) and abs(product - round(product)) < WHOLE_TOLERANCE
    return round(product) if whole else float(f"{product:.{DIGITS}g}")
