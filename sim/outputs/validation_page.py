"""A validation as one page."""

from collections.abc import Sequence

from sim.indicators.validation import Tolerance, Validation


def validation_page(validations: Sequence[Validation], tolerance: Tolerance) -> str:
    """Return the page."""
    return f"{len(validations)} {tolerance}"
