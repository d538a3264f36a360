"""What a closure leaves behind and how long it lasts, by the fluid formula, from the indicators.

Closed for d days at `rate` a day, the queue grows to d rate, and falls by capacity - rate a day when it is
open again. Arrivals are Poisson: the backlog spreads as their number in d days, and the recovery T has the
variance (backlog + rate T) / (capacity - rate)^2 around backlog / (capacity - rate).
"""

from datetime import date

import numpy as np
import pytest
from cases import a_case, border_case, closed, flow, places, rail, road, run, step
from cases import commodity as lot

from sim.indicators.measure import measure
from sim.indicators.table import Key
from sim.model.case import DatedValue

REPLICATIONS = 5
BEGINS, DAYS = date(2025, 1, 11), 2
RATE_D = 2400.0


def told(case, scope="post", name="gate", mode="road"):
    """Return backlog and days to recover of the closure of each replication."""
    found = [measure(*run(case, replication)) for replication in range(REPLICATIONS)]
    keys = (
        Key(indicator, scope, name, mode, "outbound", period=f"{BEGINS}")
        for indicator in ("backlog", "days_to_recover")
    )
    return [np.array([one[key] for one in found]) for key in keys]


def near_the_fluid(found, backlog, spill_d, rate_d=RATE_D):
    """Whether all lie within four standard deviations, but for what chance adds to a queue before and after.

    Half a per cent of the backlog is that; a queue that is for once longer within a day after it was back is
    back a little later, which the median leaves out.
    """
    units, days = found
    recovery = backlog / spill_d
    assert units == pytest.approx(backlog, abs=4 * (rate_d * DAYS) ** 0.5 + 0.005 * backlog)
    spread_d = ((rate_d * DAYS + rate_d * recovery) ** 0.5 + 0.005 * backlog) / spill_d
    assert np.median(days) == pytest.approx(recovery, abs=3 * spread_d)
    assert days.min() > recovery - 4 * spread_d


def shut(kind, name):
    return [closed(kind, name, BEGINS, date(2025, 1, 11 + DAYS))]


@pytest.mark.parametrize(("servers", "minutes"), [(1, 0.4), (5, 2.0), (20, 6.0)])
def test_a_post_that_was_closed_recovers_as_a_fluid(servers, minutes):
    """2400 a day arrive, 3600 or 4800 can pass: 4800 wait after two days and are gone after 4 or 2 more."""
    case = border_case(RATE_D / 24, {"customs": step(servers, minutes)}, 30, states=shut("posts", "gate"))
    backlog = RATE_D * DAYS
    near_the_fluid(told(case), backlog, servers * 1440 / minutes - RATE_D)


def test_a_post_with_fewer_lanes_for_a_while_fills_by_what_they_cannot_do():
    """Lanes of 1200 a day, three but one for two days: 2 x (2400 - 1200) wait, gone after two more days."""
    path = ("posts", "gate", "outbound", "steps", "customs", "servers")
    dated = [DatedValue(path, 1, BEGINS, date(2025, 1, 11 + DAYS))]
    case = border_case(RATE_D / 24, {"customs": step(3, 1.2)}, 30, dated=dated)
    near_the_fluid(told(case), (RATE_D - 1200) * DAYS, 3600 - RATE_D)


def test_a_closed_road_for_so_many_at_once_recovers_as_a_fluid():
    """150 at once for an hour each are 3600 a day."""
    case = a_case(
        30,
        states=shut("sections", "way"),
        places=places(a="IR", b="IR"),
        sections={"way": road("a", "b", at_once=150)},
        demand={"freight": flow("a", "b", RATE_D / 24)},
    )
    near_the_fluid(told(case, "section", "way"), RATE_D * DAYS, 3600 - RATE_D)


def test_a_closed_railway_recovers_as_a_fluid():
    """240 trains a day come, 360 paths a day there are: 480 wait, gone after four days."""
    trains_d, paths_d, train_t = 240.0, 360.0, 1000.0
    case = a_case(
        30,
        states=shut("sections", "line"),
        places=places(a="IR", b="IR"),
        sections={"line": rail("a", "b", mt=paths_d * 365 * train_t / 1e6)},
        commodities={"goods": lot(train_t)},
        demand={"freight": flow("a", "b", trains_d / 24, train_t)},
    )
    found = told(case, "section", "line", "rail-1435")
    near_the_fluid(found, trains_d * DAYS, paths_d - trains_d, trains_d)


def test_a_daily_acceptance_recovers_at_the_midnight_before_the_fluid_would():
    """3500 a day pass; what waits at midnight falls by 1100 a day: 4800, 3700, 2600, 1500, 400.

    These 400 pass at once, with places over for all who come that day: four days to the second, not 4.4.
    """
    case = border_case(
        RATE_D / 24, {"customs": step(9999, 1.0)}, 30, states=shut("posts", "gate"), post={"quota": 3500}
    )
    units, days = told(case)
    assert units == pytest.approx(RATE_D * DAYS, abs=4 * (RATE_D * DAYS) ** 0.5)
    assert set(days.tolist()) == {4.0}
