"""The 95 % intervals of simulated figures hold their true values as often as they say."""

import numpy as np
import pytest
from cases import a_case, flow, places, road

from sim.choice.assignment import assign
from sim.engine.simulate import simulate
from sim.indicators.flows import flows
from sim.indicators.interval import interval
from sim.indicators.table import Key
from sim.indicators.under_way import UNDER_WAY, under_way
from sim.network.compile import compile_case

DAYS, EACH, INTERVALS = 4, 4, 500
DELIVERED = Key("delivered", "network", "all")
TRUTH = {DELIVERED: DAYS * 24 * 20.0, UNDER_WAY: 24 * 20.0}
"""One shipment of 20 t an hour by a Poisson process over a road of one day: as many are delivered as
released, and a day's are under way (the queue M/D/infinity in its steady state)."""


@pytest.fixture(scope="module")
def numbers():
    """As many replications as all intervals take, after a warm-up of two days."""
    case = a_case(DAYS, 2, places=places(a="IR", b="IR"), sections={"ab": road("a", "b", 1440.0)},
                  demand={"freight": flow("a", "b", 1.0)})  # fmt: skip
    network = compile_case(case)
    assignment = assign(network)
    runs = (simulate(network, assignment, 1, number) for number in range(EACH * INTERVALS))
    return [flows(network, records) | under_way(network, records) for records in runs]


@pytest.mark.parametrize("key", TRUTH, ids=lambda key: key.indicator)
def test_intervals_of_a_small_world_hold_the_truth(key, numbers):
    """Of 500 intervals of four replications 95 %, give or take three standard deviations of 1 %."""
    values = np.array([one[key] for one in numbers])
    assert values.mean() == pytest.approx(TRUTH[key], abs=4 * values.std() / len(values) ** 0.5)
    bounds = [interval(part) for part in values.reshape(INTERVALS, EACH).tolist()]
    held = np.mean([low <= TRUTH[key] <= high for _, low, high in bounds])
    assert held == pytest.approx(0.95, abs=0.03)


@pytest.mark.parametrize("key", TRUTH, ids=lambda key: key.indicator)
def test_figures_spread_as_poisson_counts_do(key, numbers):
    """Tonnes delivered are 20 x Poisson(96): standard deviation 20 sqrt(96) = 196, to 6 %. Those under way at
    the ends of four days are of releases of different days, so of their mean it is 20 sqrt(24 / 4) = 49.
    """
    expected = {DELIVERED: 20 * 96**0.5, UNDER_WAY: 20 * 6**0.5}[key]
    assert np.std([one[key] for one in numbers], ddof=1) == pytest.approx(expected, rel=0.06)
