"""Break tonnes down by commodity and by month, the same way for every thing."""

from collections.abc import Iterator
from datetime import date

import numpy as np

from sim.indicators.passages import Floats, Ints
from sim.indicators.table import Key
from sim.network.elements import Network
from sim.records.columns import Column
from sim.units import SECONDS_PER_DAY

MONTHS = 12


def cells(
    base: Key, mass_kg: Floats, commodities: list[str], names: list[str]
) -> Iterator[tuple[Key, float]]:
    """Yield the kilograms of a thing, all and by commodity and by month, where there are any.

    `mass_kg` has a row a commodity and a column a month; `names` are those of the months.
    Kilograms are whole, so that every sum is exact in any order.
    """
    key = base._replace(indicator="throughput")
    yield key, float(mass_kg.sum())
    for commodity, value in zip(commodities, mass_kg.sum(axis=1).tolist(), strict=True):
        if value:
            yield key._replace(commodity=commodity), value
    for month, value in zip(names, mass_kg.sum(axis=0).tolist(), strict=True):
        if value:
            yield key._replace(period=month), value


def months(network: Network) -> list[str]:
    """Return the months of the measured period, e.g. ``2025-01``."""
    return [f"{day:%Y-%m}" for day in _month_starts(network)]


def _month_starts(network: Network) -> list[date]:
    first = network.clock.day(network.measured.start_s)
    last = network.clock.day(network.measured.end_s - 1)
    numbers = range(first.year * MONTHS + first.month - 1, last.year * MONTHS + last.month)
    return [date(number // MONTHS, number % MONTHS + 1, 1) for number in numbers]


def month_of(network: Network, at_s: Column) -> Ints:
    """Return which of the months each instant (s) of the measured period lies in."""
    bounds = [network.clock.at(day) for day in _month_starts(network)]
    midnights = np.arange(0, network.measured.end_s, SECONDS_PER_DAY)
    of_day = np.clip(np.searchsorted(bounds, midnights, side="right") - 1, 0, None)
    return of_day[at_s // SECONDS_PER_DAY]


def commodity_of(network: Network) -> tuple[list[str], Ints]:
    """Return all commodities, and which of them each flow is of."""
    demand = network.case.description.demand
    commodities = sorted({demand[flow].commodity for flow in network.flows})
    of_flow = np.array([commodities.index(demand[flow].commodity) for flow in network.flows], dtype=np.int64)
    return commodities, of_flow
