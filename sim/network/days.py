"""How much of a demand comes on each day: the year's growth and the months."""

from calendar import monthrange
from datetime import date
from functools import cache

from sim.model.demand import MONTHS, Flow, Season
from sim.model.passengers import Travel
from sim.network.elements import Network
from sim.units import PERCENT, SECONDS_PER_DAY


def daily_mean(demand: Flow | Travel, season: Season, day: date) -> float:
    """Return the mean tonnes of a flow, or trips of a travel record, on one day."""
    per_year = demand.tonnes_per_year if isinstance(demand, Flow) else demand.trips_per_year
    years = day.year - demand.base_year
    annual = per_year.value * (1 + demand.growth_percent_per_year.value / PERCENT) ** years
    index = tuple(season.monthly_index)
    return annual * index[day.month - 1] / index_days(index, day.year)


@cache
def index_days(index: tuple[float, ...], year: int) -> float:
    """Return the sum of the monthly index over the days of a year."""
    return sum(monthrange(year, month + 1)[1] * index[month] for month in range(MONTHS))


def daily(network: Network, demand: Flow | Travel) -> list[float]:
    """Return the mean tonnes or trips of a demand on every day of a run, the warm-up included."""
    season = network.case.description.seasons[demand.season]
    days = network.measured.end_s // SECONDS_PER_DAY
    return [daily_mean(demand, season, network.clock.day(day * SECONDS_PER_DAY)) for day in range(days)]
