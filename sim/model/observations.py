"""What was observed: flows, waits and times that a simulated year can be held against."""

from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from sim.model.evidence import Country, Date, Frozen, Id, NonNegativeFigure, Text
from sim.model.network import Direction, Mode

LAST_DAY = date(2023, 12, 31)
"""No observation ends later: forecasts of later years are judged blind."""
Quantity = Literal["throughput", "vehicles", "wait", "queue", "transit-time", "delivered", "passengers"]
"""What is counted; see `UNITS`."""
Use = Literal["calibration", "validation", "context"]
"""What an observation is for: to fit to, to test against, or only to know the size of things."""
Regime = Literal["all", "transit", "trade", "export", "import"]
"""Which freight is counted, as seen from one country: in transit (neither from nor to it), its trade, its
exports, its imports, or all."""
UNITS: dict[str, str] = {
    "throughput": "t",
    "vehicles": "vehicles",
    "wait": "h",
    "queue": "vehicles",
    "transit-time": "h",
    "delivered": "t",
    "passengers": "persons",
}


class Counting(Frozen):
    """One way of counting, by a name of its own: what is in and what is not.

    The same words mean different things to different publishers. "Corridor volume" alone has several
    meanings, whose numbers must never be set against each other.

    What a run holds against it is the freight of the `regime`, as the country `whose` sees it, at the
    things that an observation names, in its direction and mode; `empty_vehicles` are counted too, at posts by
    the empty shares of the posts. `incomparable` says why no sum of a run can be set against it.
    """

    title: Text
    text: Text
    regime: Regime = "all"
    whose: Country | None = None
    empty_vehicles: bool = False
    incomparable: Text | None = None

    @model_validator(mode="after")
    def _as_a_country_sees_it(self) -> Self:
        if self.regime != "all" and self.whose is None:
            raise ValueError("transit and trade are as one country sees them: 'whose' is missing")
        return self


class Observation(Frozen):
    """A number that was observed, in a period, of things in the network, counted in a stated way.

    `of` names posts, sections, terminals, ports or services whose numbers add up to the observed one;
    where it is empty, `flows` names the demand that it is the sum of; where both are, the observation
    has no counterpart in the network and is only context. The unit follows from `quantity` (`UNITS`).
    `from` and `until` are its first and its last day. Of a port or service, a `mode` on land is that by
    which the freight came to the quay or left it. With `commodities` it is of these goods alone; a `regime`
    stands in place of that of the counting. `explanation` says why a run misses it, where it is known.
    """

    title: Text
    quantity: Quantity
    of: list[Id] = []
    flows: list[Id] = []
    commodities: list[Id] = []
    mode: Mode | None = None
    direction: Direction | None = None
    from_: Date = Field(alias="from")
    until: Date
    counting: Id
    regime: Regime | None = None
    value: NonNegativeFigure
    use: Use
    note: Text | None = None
    explanation: Text | None = None

    @property
    def year(self) -> int:
        """The year that it is an observation of: that of the middle of its period."""
        return (self.from_ + (self.until - self.from_) / 2).year

    @property
    def days(self) -> int:
        """How many days it is of."""
        return (self.until - self.from_).days + 1

    @model_validator(mode="after")
    def _a_past_period(self) -> Self:
        if self.until <= self.from_:
            raise ValueError("'until' must lie after 'from'")
        if self.until > LAST_DAY:
            raise ValueError(f"ends after {LAST_DAY}: later observations are kept out of the data")
        if self.use != "context" and not (self.of or self.flows):
            raise ValueError("only an observation for context may name neither 'of' nor 'flows'")
        return self
