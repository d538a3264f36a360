"""Find rows of the long table: by indicator and scope, largest first."""

from collections.abc import Callable, Iterable

from sim.indicators.registry import CAUSES
from sim.indicators.result import Difference
from sim.indicators.table import Key, Row

TONNES_PER_KILOTONNE = 1_000
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
    """Return where waiting grew for certain, most tonne-days first: the next bottlenecks."""
    names = {f"waiting_{cause}" for cause in CAUSES if cause not in BETWEEN_DEPARTURES}
    grown = [d for d in differences if d.key.indicator in names and d.difference > 0 and d.verdict == "real"]
    return sorted(grown, key=lambda d: -d.difference)[:count]


def select(differences: Iterable[Difference], wanted: Callable[[Key], bool]) -> list[Difference]:
    """Return the differences whose key is wanted, in table order."""
    return [difference for difference in differences if wanted(difference.key)]
