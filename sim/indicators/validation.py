"""Simulated against observed: what of a year is met, how far off the rest is, and how much that weighs."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sim.indicators.observed import AMOUNTS, compared_days, incomparable
from sim.indicators.result import Result
from sim.indicators.table import Row
from sim.model.description import Description
from sim.model.observations import UNITS, Observation
from sim.units import HOURS_PER_DAY

TONNES_PER_VEHICLE = 20
"""What an observed vehicle weighs beside observed tonnes: about a full truck."""
FACTOR = 2
"""What is off by more than this factor must be explained."""


@dataclass(frozen=True)
class Tolerance:
    """What is asked: at least the `share` of what was observed, by weight, within `relative` of it."""

    relative: float = 0.2
    share: float = 0.7


@dataclass(frozen=True)
class Fit:
    """An observation beside its simulated counterpart.

    Attributes
    ----------
    name, observation
        The observation and its id.
    kind
        What it is of: a post, railway border, port, service, section, terminal or flow.
    corridors
        Those whose route has one of its things.
    simulated
        The counterpart over the replications; None if there is none.
    why_not
        Why there is none; empty if there is one.
    """

    name: str
    observation: Observation
    kind: str
    corridors: tuple[str, ...]
    simulated: Row | None
    why_not: str = ""

    @property
    def unit(self) -> str:
        """Unit of both numbers."""
        return UNITS[self.observation.quantity]

    @property
    def judged(self) -> bool:
        """Whether it is for calibration or validation and has a counterpart."""
        return self.simulated is not None and self.observation.use != "context"

    @property
    def relative_error(self) -> float | None:
        """Simulated over observed, less 1."""
        observed = self.observation.value.value
        return self.simulated.mean / observed - 1 if self.simulated and observed else None

    @property
    def weight(self) -> float:
        """How much it counts for the share within tolerance: tonnes, or vehicles at `TONNES_PER_VEHICLE`.

        Times and queues weigh nothing there; they are judged one by one.
        """
        if not self.judged or self.observation.quantity not in AMOUNTS:
            return 0.0
        observed = self.observation.value.value
        return observed * (TONNES_PER_VEHICLE if self.observation.quantity == "vehicles" else 1)

    def within(self, tolerance: Tolerance) -> bool:
        """Whether the simulated number is near the observed one or within its stated range."""
        value, error = self.observation.value, self.relative_error
        if self.simulated is None or error is None:
            return False
        low, high = (value.value if bound is None else bound for bound in (value.low, value.high))
        return abs(error) <= tolerance.relative or low <= self.simulated.mean <= high

    @property
    def far_off(self) -> bool:
        """Whether it is off by more than `FACTOR`."""
        error = self.relative_error
        return error is not None and not 1 / FACTOR <= 1 + error <= FACTOR

    @property
    def geh_hour(self) -> float | None:
        """GEH of the mean vehicles an hour, the convention of road traffic; None for other quantities."""
        return self._geh(HOURS_PER_DAY)

    @property
    def geh_day(self) -> float | None:
        """GEH of the mean vehicles a day, stricter by the root of 24, for borders with few trucks."""
        return self._geh(1)

    def _geh(self, parts_of_day: int) -> float | None:
        if self.simulated is None or self.observation.quantity != "vehicles":
            return None
        units = self.observation.days * parts_of_day
        return geh(self.simulated.mean / units, self.observation.value.value / units)


def geh(simulated: float, observed: float) -> float:
    """Return the GEH statistic of two flows: the root of 2 (m - c)^2 / (m + c); 0 if both are 0."""
    both = simulated + observed
    return math.sqrt(2 * (simulated - observed) ** 2 / both) if both else 0.0


@dataclass(frozen=True)
class Validation:
    """A simulated year with all observations of that year, what can be compared first."""

    result: Result
    year: int
    fits: tuple[Fit, ...]

    @property
    def judged(self) -> list[Fit]:
        """The fits that are judged."""
        return [fit for fit in self.fits if fit.judged]

    def unexplained(self) -> list[Fit]:
        """Return what is far off without an explanation in the data."""
        return [fit for fit in self.judged if fit.far_off and not fit.observation.explanation]

    def passes(self, tolerance: Tolerance) -> bool:
        """Whether enough is within tolerance, or nothing is known, and nothing far off is unexplained."""
        found = share_within(self.fits, tolerance)
        return (found is None or found >= tolerance.share) and not self.unexplained()


def share_within(fits: Collection[Fit], tolerance: Tolerance) -> float | None:
    """Return the share of tonnes and counts within tolerance, by weight; None where nothing weighs."""
    total = math.fsum(fit.weight for fit in fits)
    return math.fsum(fit.weight for fit in fits if fit.within(tolerance)) / total if total else None


def worst(fits: Sequence[Fit], tolerance: Tolerance) -> list[Fit]:
    """Return the judged fits that are out of tolerance, by how far off they are, as a ratio, worst first."""
    out = [fit for fit in fits if fit.judged and not fit.within(tolerance)]
    return sorted(out, key=lambda fit: (-_distance(fit), fit.name))


def _distance(fit: Fit) -> float:
    ratio = 1 + (fit.relative_error or 0.0)
    return abs(math.log(ratio)) if ratio > 0 else math.inf


def validate(result: Result) -> Validation:
    """Return what a run holds against the observations of its year."""
    case = result.case
    year = case.run.start.year
    rows = {row.key.id: row for row in result.rows() if row.key.scope == "observation"}
    fits = [
        _fit(case.description, name, observation, rows.get(name))
        for name, observation in case.description.observations.items()
        if observation.year == year
    ]
    return Validation(result, year, tuple(sorted(fits, key=lambda fit: fit.simulated is None)))


def _fit(description: Description, name: str, observation: Observation, row: Row | None) -> Fit:
    why_not = ""
    if row is None:
        why_not = incomparable(description, observation) or "not in the days of the run, or nothing came"
    return Fit(
        name, observation, _kind(description, observation), _corridors(description, observation), row, why_not
    )


def _kind(description: Description, observation: Observation) -> str:
    if not observation.of:
        return "flow" if observation.flows else "total"
    first = observation.of[0]
    for kind in ("ports", "services", "terminals", "sections"):
        if first in getattr(description, kind):
            return kind[:-1]
    post = description.posts.get(first)
    return "railway border" if post and post.mode != "road" else "post"


def _corridors(description: Description, observation: Observation) -> tuple[str, ...]:
    """Return the corridors that an observation's things are on; a service is on those of its section."""
    services = description.services
    things = {*observation.of, *(services[one].section for one in observation.of if one in services)}
    return tuple(name for name, corridor in description.corridors.items() if things & set(corridor.route))


def days_needed(description: Description, start: date, days: int) -> int:
    """Return how many days a run must measure to reach the end of the last observation of its year.

    Years of Iran end on 20 March; a run is never made shorter than its own `days`.
    """
    ends = [(one.until - start).days + 1 for one in compared_days(description, start.year)]
    return max([days, *ends])
