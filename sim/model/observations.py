"""What was observed: flows, waits and times that a simulated year can be held against."""

from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from sim.model.evidence import Date, Frozen, Id, NonNegativeFigure, Text
from sim.model.network import Direction, Mode

LAST_DAY = date(2023, 12, 31)
"""No observation ends later: forecasts of later years are judged blind."""
Quantity = Literal["throughput", "vehicles", "wait", "queue", "transit-time", "delivered", "passengers"]
"""What is counted; see `UNITS`."""
Use = Literal["calibration", "validation", "context"]
"""What an observation is for: to fit to, to test against, or only to know the size of things."""
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
    """

    title: Text
    text: Text


class Observation(Frozen):
    """A number that was observed, in a period, of things in the network, counted in a stated way.

    `of` names posts, sections, terminals, ports or services whose numbers add up to the observed one;
    where it is empty, `flows` names the demand that it is the sum of; where both are, the observation
    has no counterpart in the network and is only context. The unit follows from `quantity` (`UNITS`).
    """

    title: Text
    quantity: Quantity
    of: list[Id] = []
    flows: list[Id] = []
    mode: Mode | None = None
    direction: Direction | None = None
    from_: Date = Field(alias="from")
    until: Date
    counting: Id
    value: NonNegativeFigure
    use: Use
    note: Text | None = None

    @model_validator(mode="after")
    def _a_past_period(self) -> Self:
        if self.until <= self.from_:
            raise ValueError("'until' must lie after 'from'")
        if self.until > LAST_DAY:
            raise ValueError(f"ends after {LAST_DAY}: later observations are kept out of the data")
        if self.use != "context" and not (self.of or self.flows):
            raise ValueError("only an observation for context may name neither 'of' nor 'flows'")
        return self
