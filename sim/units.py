"""Units: the factors between the ones that files are written in and the ones that the engine counts in.

Files name the unit in the field (`length_km`, `service_min`). The engine counts whole seconds and whole
kilograms, so that sums are exact and the same on every machine.
"""

SECONDS_PER_MINUTE = 60
SECONDS_PER_HOUR = 3_600
MINUTES_PER_HOUR = 60
HOURS_PER_DAY = 24
SECONDS_PER_DAY = 86_400
DAYS_PER_YEAR = 365
DAYS_PER_WEEK = 7
KG_PER_TONNE = 1_000
GRAMS_PER_TONNE = 1_000_000
TONNES_PER_MEGATONNE = 1_000_000
PERCENT = 100


def seconds(hours: float) -> int:
    """Whole seconds nearest to a duration in hours."""
    return round(hours * SECONDS_PER_HOUR)


def hours(duration_s: float) -> float:
    """Hours in a duration in seconds."""
    return duration_s / SECONDS_PER_HOUR


def kilograms(tonnes: float) -> int:
    """Whole kilograms nearest to a mass in tonnes."""
    return round(tonnes * KG_PER_TONNE)
