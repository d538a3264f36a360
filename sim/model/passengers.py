"""Who travels: passenger services with their timetable, seats and fare, and the trips that people make."""

from typing import Literal, Self

from pydantic import Field, model_validator

from sim.model.evidence import (
    CountFigure,
    Country,
    Date,
    Evidence,
    Frozen,
    GrowthFigure,
    Id,
    NonNegativeFigure,
    PositiveFigure,
    Text,
)
from sim.model.network import Status

Conveyance = Literal["rail", "road", "air"]


class PassengerService(Evidence):
    """Trains, coaches or flights between two places, both ways, at even intervals through the week.

    `journey_h` is the time by the timetable, stops, border and `gauge_change_h` included. A train takes
    a path of each railway section in `over`, in order of travel from `from` to `to`, like a freight
    train. `seats` are those of one departure. The fare goes to `payee` of `country`.
    """

    title: Text
    from_: Id = Field(alias="from")
    to: Id
    conveyance: Conveyance
    over: list[Id] = []
    status: Status
    opened_on: Date | None = None
    departures_per_week: PositiveFigure
    coaches: CountFigure | None = None
    seats: CountFigure
    journey_h: PositiveFigure
    gauge_change_at: Id | None = None
    gauge_change_h: PositiveFigure | None = None
    fare_usd: NonNegativeFigure
    payee: Text
    country: Country
    note: Text | None = None

    @model_validator(mode="after")
    def _trains_run_over_sections(self) -> Self:
        if (self.conveyance == "rail") != bool(self.over):
            raise ValueError("a train names the sections that it runs 'over', a coach or flight does not")
        if (self.gauge_change_at is None) != (self.gauge_change_h is None):
            raise ValueError("gauge_change_at and gauge_change_h go together")
        return self


class Travel(Frozen):
    """Trips of passengers between two places, half of them each way.

    Passengers choose among the services that join the places, by logit on fare and time: the journey and
    a quarter of the interval between departures, at `value_of_time_usd_per_h`. `trips_per_year` are
    one-way trips by any of these services, in `base_year`.
    """

    title: Text
    origin: Id
    destination: Id
    season: Id
    base_year: int = Field(ge=2000, le=2100)
    trips_per_year: PositiveFigure
    growth_percent_per_year: GrowthFigure
    value_of_time_usd_per_h: PositiveFigure
    cost_sensitivity_per_usd: PositiveFigure
    note: Text | None = None
