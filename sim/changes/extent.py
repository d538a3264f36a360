"""How the dates of a change lie to the measured period of a run."""

from datetime import date, timedelta
from typing import Literal

from sim.model.case import Override, Placed
from sim.model.scenario import Run

Extent = Literal["whole", "part", "outside"]
"""Of the measured period: all of it, some days of it, or none."""


def dates(change: Placed) -> tuple[date | None, date | None]:
    """Return from when and until when (not including) a change holds, None for open ends."""
    if isinstance(change.change, Override):
        return None, None
    return change.change.from_, change.change.until


def period(run: Run) -> tuple[date, date]:
    """Return the first measured day of a run and the day after its last."""
    return run.start, run.start + timedelta(days=run.days)


def extent(change: Placed, run: Run) -> Extent:
    """Return how much of the measured period of a run a change holds in.

    What holds in all of it is taken to hold in the warm-up too.
    """
    from_, until = dates(change)
    first, after = period(run)
    if (from_ and from_ >= after) or (until and until <= first):
        return "outside"
    if (from_ is None or from_ <= first) and (until is None or until >= after):
        return "whole"
    return "part"


def within(change: Placed, run: Run) -> tuple[date | None, date | None]:
    """Return the dates of a change with those left open that lie before or after all that is simulated."""
    from_, until = dates(change)
    first, after = period(run)
    starts_before = from_ is not None and from_ <= first - timedelta(days=run.warm_up_days)
    ends_after = until is not None and until >= after
    return None if starts_before else from_, None if ends_after else until


def overlap(a: Placed, b: Placed) -> bool:
    """Whether two changes hold on some day together."""
    (a_from, a_until), (b_from, b_until) = dates(a), dates(b)
    a_first = not (a_until and b_from and a_until <= b_from)
    b_first = not (b_until and a_from and b_until <= a_from)
    return a_first and b_first
