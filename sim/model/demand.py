"""What is to be carried: commodities, seasons and flows."""

from typing import Annotated

from pydantic import Field

from sim.model.evidence import (
    Country,
    Evidence,
    Frozen,
    GrowthFigure,
    Id,
    NonNegative,
    PositiveFigure,
    Text,
    TonnesFigure,
)

MONTHS = 12


class Commodity(Frozen):
    """A kind of goods: how it is shipped, what it is worth and what its owner would pay for a day.

    `shipment_t` is the lot that is released and followed through the network; on the road it takes as
    many trucks as it needs. `cost_sensitivity_per_usd_t` is the logit coefficient of generalised cost.
    """

    title: Text
    shipment_t: TonnesFigure
    value_usd_per_t: PositiveFigure
    value_of_time_usd_per_t_day: PositiveFigure
    cost_sensitivity_per_usd_t: PositiveFigure


class Season(Evidence):
    """How a year's flow or events spread over its months: twelve indices of mean 1, January first.

    Only events may have a month of 0.
    """

    title: Text
    monthly_index: Annotated[list[NonNegative], Field(min_length=MONTHS, max_length=MONTHS)]


class Flow(Frozen):
    """Freight of one commodity from an origin to a destination.

    `tonnes_per_year` holds in `base_year` and grows by `growth_percent_per_year` to the year that is
    simulated. `transit_of` names countries in which it begins or ends only because the network does: who
    counts freight there counts it as transit.
    """

    title: Text
    origin: Id
    destination: Id
    commodity: Id
    season: Id
    base_year: int = Field(ge=2000, le=2100)
    tonnes_per_year: PositiveFigure
    growth_percent_per_year: GrowthFigure
    transit_of: list[Country] = []
    note: Text | None = None
