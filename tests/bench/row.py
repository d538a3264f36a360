"""One line of the table of benchmarks."""

from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Row:
    """What was measured, how much, and its ratio to what."""

    what: str
    measured: str
    ratio: str = ""
    of_what: str = ""


def spread(ratios: list[float]) -> str:
    """Return the median of ratios and, where there are several, the least and the largest."""
    middle = f"{median(ratios):.3g}"
    return middle if len(ratios) == 1 else f"{middle} ({min(ratios):.3g} to {max(ratios):.3g})"
