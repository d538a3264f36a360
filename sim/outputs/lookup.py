"""Find rows of the long table: by indicator and scope, largest first."""

from collections.abc import Callable, Iterable, Sequence

from sim.indicators.registry import CAUSES
from sim.indicators.result import Difference
from sim.indicators.table import Key, Row

TONNES_PER_KILOTONNE = 1_000
NEGLIGIBLE = 0.005
"""A change of waiting below this part of the largest is left out."""
WHOLES = ("corridor", "mode", "port", "post")
MONTH_PERCENT, YEAR_PERCENT = 2.0, 1.0
BETWEEN_DEPARTURES = ("train", "sailing")
"""Causes that are how thin traffic is bundled, not a lack of capacity."""


def index(rows: Iterable[Row]) -> dict[Key, Row]:
    """Return the rows by key."""
    return {row.key: row for row in rows}


def whole(key: Key) -> bool:
    """Whether a key is about the whole period, not a month or a day."""
    return not key.period


def totals(rows: Iterable[Row], indicator: str, *scopes: str) -> list[Row]:
    """Return the rows of an indicator for all commodities and the whole period, in table order."""
    return [
        row
        for row in rows
        if row.key.indicator == indicator
        and row.key.scope in scopes
        and whole(row.key)
        and (row.key.scope in ("flow", "itinerary") or not row.key.commodity)
    ]


def bottlenecks(rows: Iterable[Row], count: int) -> list[Row]:
    """Return where most tonne-days are waited for a cause that is a lack of capacity, most first."""
    names = {f"waiting_{cause}" for cause in CAUSES if cause not in BETWEEN_DEPARTURES}
    waits = [row for row in rows if row.key.indicator in names and row.mean > 0]
    return sorted(waits, key=lambda row: -row.mean)[:count]


def worsened(differences: Iterable[Difference], count: int) -> list[Difference]:
    """Return where waiting for lack of capacity grew, most tonne-days first: the next bottlenecks.

    What may be noise is left out; with a single replication nothing can be told to be.
    """
    names = {f"waiting_{cause}" for cause in CAUSES if cause not in BETWEEN_DEPARTURES}
    grown = [d for d in differences if d.key.indicator in names and d.difference > 0 and d.verdict != "noise"]
    return sorted(grown, key=lambda d: -d.difference)[:count]


def waiting_changes(differences: Iterable[Difference], count: int) -> list[Difference]:
    """Return where the tonne-days waited change most, whatever the cause, in either direction."""
    changed = [d for d in differences if d.key.indicator.startswith("waiting_") and d.difference]
    largest = sorted(changed, key=lambda d: -abs(d.difference))[:count]
    return [d for d in largest if abs(d.difference) >= abs(largest[0].difference) * NEGLIGIBLE]


def shifted(differences: Sequence[Difference], count: int) -> list[Difference]:
    """Return the months of throughput that change by 2 % or more where the year changes by less than 1 %.

    The largest changes are returned, in order of time.
    """
    passed = [d for d in differences if d.key.indicator == "throughput" and d.key.scope in WHOLES]
    years = {d.key: d for d in passed if whole(d.key)}
    found = [
        month
        for month in passed
        if month.key.period
        and _percent(month) >= MONTH_PERCENT
        and _percent(years[month.key._replace(period="")]) < YEAR_PERCENT
        and month.verdict != "noise"
    ]
    largest = sorted(found, key=lambda d: -abs(d.difference))[:count]
    return sorted(largest, key=lambda d: (d.key.period, d.key.scope, d.key.id))


def _percent(difference: Difference) -> float:
    return abs(difference.percent or 0.0)


def select(differences: Iterable[Difference], wanted: Callable[[Key], bool]) -> list[Difference]:
    """Return the differences whose key is wanted, in table order."""
    return [difference for difference in differences if wanted(difference.key)]
