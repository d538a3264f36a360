"""Numbers as a reader wants them: sensible digits, thousands apart, intervals beside their mean."""

import math


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
    if low is None or high is None:
        return number(mean)
    return f"{number(mean)} ± {number((high - low) / 2)}"


def percent(value: float | None) -> str:
    """Return a difference in %, signed."""
    return "-" if value is None else f"{value:+.1f} %"
