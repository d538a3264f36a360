"""When shipments are released: how many, in which month, and the same luck in every scenario."""

from calendar import monthrange
from datetime import date

import numpy as np
import pytest
from cases import DAY_S, START, a_case, flow, places, road

from sim.choice.assignment import assign
from sim.engine.releases import releases
from sim.model.demand import Flow, Season
from sim.network.compile import compile_case
from sim.network.days import daily_mean
from sim.network.elements import Assignment

SEASON = Season(
    title="s", monthly_index=[0.4, 0.6, 0.8, 1.0, 1.2, 1.4, 1.6, 1.4, 1.2, 1.0, 0.8, 0.6], assumed="t"
)


def world(per_h=2.0, days=365, **more):
    demand = {"freight": flow("a", "b", per_h)}
    sections = {"short": road("a", "b", 100.0), "long": road("a", "b", 120.0)}
    return compile_case(a_case(days, places=places(a="IR", b="IR"), sections=sections, demand=demand, **more))


def a_flow(growth=0.0):
    plain = flow("a", "b")
    plain["growth_percent_per_year"] = {"value": growth, "assumed": "t"}
    return Flow.model_validate(plain)


@pytest.mark.parametrize("year", [2025, 2028])
def test_the_days_of_a_year_sum_to_its_tonnes(year):
    """Whatever the season, and in leap years too: 175,200 t."""
    days = [date(year, month, day + 1) for month in range(1, 13) for day in range(monthrange(year, month)[1])]
    total = sum(daily_mean(a_flow(), SEASON, day) for day in days)
    assert total == pytest.approx(8760 * 20, rel=1e-12)


def test_demand_grows_from_its_base_year_to_the_year_that_is_simulated():
    """3 % a year from 2025 to 2027: a factor of 1.0609 on every day."""
    factor = daily_mean(a_flow(3.0), SEASON, date(2027, 7, 1)) / daily_mean(
        a_flow(), SEASON, date(2027, 7, 1)
    )
    assert factor == pytest.approx(1.03**2)


def test_july_has_four_times_the_freight_of_january_with_indices_of_1_6_and_0_4():
    """A day of July against a day of January: 1.6 / 0.4."""
    assert daily_mean(a_flow(), SEASON, date(2025, 7, 9)) / daily_mean(
        a_flow(), SEASON, date(2025, 1, 9)
    ) == pytest.approx(4)


def test_as_many_shipments_are_released_as_the_tonnes_make():
    """17,520 a year on average, Poisson: within 3.5 standard deviations; ascending, within the run."""
    network = world()
    found = releases(network, assign(network), 0, 1, 0)
    assert len(found.at_s) == pytest.approx(17_520, abs=3.5 * 17_520**0.5)
    assert found.at_s == sorted(found.at_s)
    assert found.at_s[0] >= 0
    assert found.at_s[-1] < 365 * DAY_S


def test_a_flow_twice_as_large_meets_the_same_shipments_in_half_the_time():
    """Common random numbers: release n of the larger flow falls at half the instant, on the same
    itinerary.
    """
    small, large = (releases(n, assign(n), 0, 1, 0) for n in (world(1.0), world(2.0)))
    count = len(small.at_s)
    assert np.abs(np.array(large.at_s[:count]) - np.array(small.at_s) / 2).max() <= 1
    assert large.itinerary[:count] == small.itinerary
    assert len(large.at_s) > 1.9 * count


def test_shipments_choose_itineraries_in_the_given_shares():
    """A quarter on the second: 3.5 standard deviations of a binomial; none on a share of 0."""
    network = world()
    chosen = np.array(releases(network, Assignment((((0.75, 0.25),),)), 0, 1, 0).itinerary)
    assert (chosen == 1).mean() == pytest.approx(0.25, abs=3.5 * (0.25 * 0.75 / len(chosen)) ** 0.5)
    assert set(releases(network, Assignment((((0.0, 1.0),),)), 0, 1, 0).itinerary) == {1}


def test_replications_and_flows_have_luck_of_their_own():
    """Another replication or another seed gives other instants; the same gives the same."""
    network = world()
    shares = assign(network)
    first = releases(network, shares, 0, 1, 0).at_s
    assert releases(network, shares, 0, 1, 0).at_s == first
    assert releases(network, shares, 0, 1, 1).at_s != first
    assert releases(network, shares, 0, 2, 0).at_s != first
    assert network.clock.first_day == START
