"""What a reader must know of a run's output: was the warm-up long enough, how precise is it."""

from collections.abc import Iterator, Sequence

from rich.table import Table

from sim.indicators.precision import (
    DEFAULT,
    MOST,
    RECOMMENDED_LEAST,
    Aim,
    Wanted,
    is_narrow,
    needed,
    precision,
    rows_of,
)
from sim.indicators.result import Result
from sim.indicators.table import Row
from sim.indicators.warm_up import FEWEST_DAYS, WINDOW_DAYS, WarmUp, warm_up
from sim.outputs.input_report import grid
from sim.outputs.text import number, scale, with_interval
from sim.units import PERCENT

WISHES = (0.05, 0.02, 0.01)
"""The precisions that advice is given for."""


def warm_up_line(found: WarmUp) -> str:
    """Return in words whether a warm-up was long enough."""
    was = f"Warm-up of {found.set_days} days"
    if found.too_little_seen:
        return (
            f"{was}; MSER-5 needs a run of {FEWEST_DAYS} days, warm-up included, to say whether it is enough."
        )
    if found.found_days is None:
        return f"{was}; {_unsettled(found)}"
    if not found.long_enough:
        return (
            f"{was} is TOO SHORT: MSER-5 finds that the network fills for {found.found_days} days; "
            f"use --warm-up {found.found_days}."
        )
    return f"{was}; MSER-5 finds {found.found_days} days enough."


def _unsettled(found: WarmUp) -> str:
    """Return in words that nothing settled where the run was looked at, and what to do."""
    seen = f"by MSER-5 the freight under way does not settle in the first half of {found.seen_days} days."
    if found.seen_days < WINDOW_DAYS:
        return f"cannot be judged: {seen} Run {WINDOW_DAYS} days or more, warm-up included."
    return f"NOT SETTLED: {seen} Either the network fills slowly or queues grow; look where it waits."


def precision_lines(result: Result) -> Iterator[str]:
    """Yield whether the precision asked for is reached, or how many replications give which."""
    if result.aim is None:
        yield from _advice_line(result)
        return
    aim, rows = result.aim, result.aim.rows(list(result.replications.values()))
    yield _verdict(result, aim, rows)
    if aim.least < RECOMMENDED_LEAST:
        least = f"Begun with fewer than {RECOMMENDED_LEAST} replications"
        yield f"{least}: an interval may have come out narrow by luck."
    for row in rows:
        more = "" if result.precise else _outlook(row, aim.relative)
        yield f"  {name(row)}: {_width(row)}{more}"


def _verdict(result: Result, aim: Aim, rows: Sequence[Row]) -> str:
    """Return in words whether the figures are as precise as was asked, and why not."""
    count, asked = len(result.replications), f"Precision of {percentage(aim.relative)}"
    if not rows:
        return f"{asked} CANNOT BE JUDGED: nothing was measured of what was named."
    if result.precise:
        return (
            f"{asked} reached with {count} replications: with 95 % confidence each mean below is within "
            f"{percentage(aim.relative)} of the true one:"
        )
    if result.interrupted:
        return f"{asked} NOT reached: interrupted after {count} replications. So far:"
    return f"{asked} NOT reached: {count} replications are the most allowed (--at-most). So far:"


def _outlook(row: Row, relative: float) -> str:
    """Return in words how many replications a figure would need."""
    if is_narrow(row, relative):
        return ", precise enough"
    count = needed(row, relative)
    if count is None:
        return (
            f", out of reach with {MOST:,} replications" if row.low is not None else ", too seldom measured"
        )
    return f", about {count:,} replications needed"


def _advice_line(result: Result) -> Iterator[str]:
    rows = rows_of(DEFAULT, list(result.replications.values()))
    if not rows or any(row.low is None for row in rows):
        return
    for row in rows:
        wishes = ", ".join(f"{_count(needed(row, wish))} for {percentage(wish)}" for wish in WISHES)
        yield f"Replications for {name(row)} (now {_width(row)}): {wishes}."


def advice_table(result: Result, wanted: tuple[Wanted, ...]) -> Table:
    """Return how many replications would make each figure that is not 0 as precise as may be wished."""
    wishes = [f">for {percentage(wish)}" for wish in WISHES]
    table = grid("Replications needed, by the spread seen so far", "figure", ">mean", "unit", ">now", *wishes)
    rows = rows_of(wanted, list(result.replications.values()))
    for row in (row for row in rows if row.mean):
        factor, unit = scale(row.unit)
        bounds = [None if bound is None else bound / factor for bound in (row.low, row.high)]
        counts = [_count(needed(row, wish)) for wish in WISHES]
        table.add_row(name(row), with_interval(row.mean / factor, *bounds), unit, _width(row), *counts)
    return table


def analysis(result: Result) -> dict[str, object]:
    """Return as plain values what MSER-5 says of the warm-up, and the precision if one was asked for."""
    if not result.replications:
        return {}
    found = warm_up(result)
    said: dict[str, object] = {
        "warm_up": {"set_days": found.set_days, "mser5_days": found.found_days, "seen_days": found.seen_days}
    }
    if result.aim:
        rows = result.aim.rows(list(result.replications.values()))
        said["precision"] = {
            "asked": result.aim.relative,
            "reached": result.precise,
            "replications": len(result.replications),
            "at_least": result.aim.least,
            "at_most": result.aim.at_most,
            "figures": [
                {
                    "figure": name(row),
                    "half_width_share": precision(row),
                    "needed": needed(row, result.aim.relative),
                }
                for row in rows
            ],
        }
    return said


def name(row: Row) -> str:
    """Return what a row is of, in a few words."""
    key = row.key
    of = [part for part in (key.scope, key.id, key.mode, key.direction) if part and part != "all"]
    return " ".join([key.indicator.replace("_", " "), *dict.fromkeys(of)])


def percentage(share: float) -> str:
    """Return a share as per cent."""
    return f"{share * PERCENT:.4g} %"


def _width(row: Row) -> str:
    share = precision(row)
    return "-" if share is None else f"± {number(share * PERCENT)} %"


def _count(replications: int | None) -> str:
    return "-" if replications is None else f"{replications:,}"
