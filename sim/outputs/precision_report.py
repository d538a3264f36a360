"""What a reader must know of a run's output: was the warm-up long enough, how precise is it."""

from collections.abc import Iterator

from rich.table import Table

from sim.indicators.precision import DEFAULT, RECOMMENDED_LEAST, Wanted, needed, precision, rows_of
from sim.indicators.result import Result
from sim.indicators.table import Row
from sim.indicators.warm_up import FEWEST_DAYS, WarmUp, warm_up
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
        return (
            f"{was}; NOT SETTLED: by MSER-5 the freight under way does not settle in the first half of "
            f"{found.seen_days} days. Either the network fills slowly or queues grow; look where it waits."
        )
    if not found.long_enough:
        return (
            f"{was} is TOO SHORT: MSER-5 finds that the network fills for {found.found_days} days; "
            f"use --warm-up {found.found_days}."
        )
    return f"{was}; MSER-5 finds {found.found_days} days enough."


def precision_lines(result: Result) -> Iterator[str]:
    """Yield whether the precision asked for is reached, or how many replications give which."""
    if result.aim is None:
        yield from _advice_line(result)
        return
    aim, count = result.aim, len(result.replications)
    reached = "is reached" if result.precise else "is NOT reached"
    yield (
        f"Precision of {percentage(aim.relative)} (half the 95 % interval, of the true mean) {reached} with "
        f"{count} replications; at least {aim.least}, at most {aim.at_most}."
    )
    if aim.least < RECOMMENDED_LEAST:
        yield f"Begun with fewer than {RECOMMENDED_LEAST} replications: the interval may have come out narrow by luck."
    rows = aim.rows(list(result.replications.values()))
    if not rows:
        yield "Nothing was measured of what was to be precise."
    for row in rows:
        more = needed(row, aim.relative)
        wish = "" if result.precise or more is None else f"; {more} replications would be about enough"
        yield f"  {name(row)}: {_width(row)}{wish}"


def _advice_line(result: Result) -> Iterator[str]:
    rows = rows_of(DEFAULT, list(result.replications.values()))
    if not rows or any(row.low is None for row in rows):
        return
    for row in rows:
        wishes = ", ".join(f"{_count(needed(row, wish))} for {percentage(wish)}" for wish in WISHES)
        yield f"Replications for {name(row)} (now {_width(row)}): {wishes}."


def advice_table(result: Result, wanted: tuple[Wanted, ...]) -> Table:
    """Return how many replications would make each figure as precise as may be wished."""
    wishes = [f">for {percentage(wish)}" for wish in WISHES]
    table = grid("Replications needed, by the spread seen so far", "figure", ">mean", "unit", ">now", *wishes)
    for row in rows_of(wanted, list(result.replications.values())):
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
