"""The outcome of a study: the numbers of each finished replication of one case."""

from dataclasses import dataclass

from sim.indicators.precision import Aim
from sim.indicators.table import Key, Numbers, Row, table
from sim.model.case import Case


@dataclass(frozen=True)
class Result:
    """The finished replications of a case, by number, in ascending order.

    `asked` is how many were asked for; fewer are there when the study was interrupted. With an `aim`
    as many were asked for as it needed, or its most.
    """

    case: Case
    seed: int
    asked: int
    replications: dict[int, Numbers]
    aim: Aim | None = None

    @property
    def interrupted(self) -> bool:
        """Whether replications are missing."""
        return len(self.replications) < self.asked

    @property
    def precise(self) -> bool:
        """Whether the aim is reached; True where there was none."""
        return self.aim is None or self.aim.is_reached(list(self.replications.values()))

    def rows(self) -> list[Row]:
        """Return the long table."""
        return table(list(self.replications.values()))

    def common(self, other: "Result") -> list[tuple[Numbers, Numbers]]:
        """Return this and another result's numbers of the replications that both have."""
        return [
            (numbers, other.replications[number])
            for number, numbers in self.replications.items()
            if number in other.replications
        ]


@dataclass(frozen=True)
class Difference:
    """One number of a scenario against its base, replication by replication.

    `low` and `high` bound the mean of the paired differences at 95 %; they are None with one pair.
    """

    key: Key
    base: float
    scenario: float
    difference: float
    low: float | None
    high: float | None
    n: int

    @property
    def percent(self) -> float | None:
        """Difference in % of the base, None where the base is 0."""
        return 100 * self.difference / self.base if self.base else None

    @property
    def verdict(self) -> str:
        """``same``, ``real`` where the interval leaves out 0, ``noise`` where it does not, or ``unknown``."""
        if self.difference == 0 and self.low in (0, None):
            return "same"
        if self.low is None or self.high is None:
            return "unknown"
        return "noise" if self.low <= 0 <= self.high else "real"
