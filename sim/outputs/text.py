"""Numbers as a reader wants them: sensible digits, thousands apart, intervals beside their mean."""

import math

from sim.indicators.table import Row

LARGEST_PERCENT = 1000
"""From here on a percentage says nothing but that the base was next to nothing."""


def number(value: float | None) -> str:
    """Return a number with three or more significant digits, thousands set apart by commas."""
    if value is None or math.isnan(value):
        return "-"
    if value == 0:
        return "0"
    digits = max(0, 2 - math.floor(math.log10(abs(value))))
    return f"{value:,.{min(digits, 3)}f}"


def signed(value: float) -> str:
    """Return a number with its sign, plain 0 for none."""
    text = number(value)
    return f"+{text}" if value > 0 else text


def with_interval(mean: float, low: float | None, high: float | None) -> str:
    """Return ``mean ± half-width``, or the mean alone where there is no interval."""
    if low is None or high is None or mean == low == high == 0:
        return number(mean)
    return f"{number(mean)} ± {number((high - low) / 2)}"


def scaled(row: Row | None, divisor: float = 1.0) -> str:
    """Return a row's mean and interval divided by `divisor`, or a dash for no row."""
    if row is None:
        return "-"
    low = None if row.low is None else row.low / divisor
    high = None if row.high is None else row.high / divisor
    return with_interval(row.mean / divisor, low, high)


def percent(value: float | None) -> str:
    """Return a difference in %, signed; plain 0 for none."""
    if value is None:
        return "-"
    if abs(value) >= LARGEST_PERCENT:
        return "> +999 %" if value > 0 else "< -999 %"
    text = f"{value:+.1f} %"
    return "0.0 %" if text[1:] == "0.0 %" else text


SCALES = {"t": (1e3, "kt"), "t-km": (1e6, "million t-km"), "USD": (1e6, "million USD"), "t-d": (1e3, "kt-d")}
"""The larger unit that a report shows for a unit of the long table, and the factor between them."""


def scale(unit: str) -> tuple[float, str]:
    """Return the factor and name of the unit that a report shows for a unit of the long table."""
    return SCALES.get(unit, (1.0, unit))
