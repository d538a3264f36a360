"""Trains that leave when their load is together: waits of Poisson arrivals in batches, by closed forms.

The n-th of a train of K that arrive at `rate` waits for the K - n after it, (K - n) / rate on the mean, so
all of them (K - 1) / (2 rate). That a train leaves to the second by its timer or its load is in
`test_capacity`.
"""

import numpy as np
import pytest
from cases import HOUR_S, a_case, commodity, element, fleet, fleets, flow, places, rail
from scipy.stats import gamma
from theory.test_operations import agrees

from sim.choice.assignment import assign
from sim.engine.simulate import simulate
from sim.network.compile import compile_case

RATE, TOGETHER = 2.0, 5
REPLICATIONS, DAYS = 8, 300
YEARS_H = 50_000.0


def waits_h(maximum_wait_h):
    """Return for each replication the waits (h) of those that left, in order of arrival."""
    shipment_t = 100.0
    trains = {"train": fleet("rail-1435", TOGETHER * shipment_t, maximum_wait_h=maximum_wait_h)}
    case = a_case(
        DAYS,
        places=places(a="IR", b="IR"),
        sections={"s": rail("a", "b")},
        fleets=fleets(**trains),
        commodities={"goods": commodity(shipment_t)},
        demand={"freight": flow("a", "b", RATE, shipment_t)},
    )
    network = compile_case(case)
    shares, yard = assign(network), element(network, "a/train-formation")
    found = []
    for replication in range(REPLICATIONS):
        records = simulate(network, shares, 1, replication)
        mine = np.flatnonzero((records.visit_element == yard) & (records.visit_left_at >= 0))
        mine = mine[np.lexsort((records.visit_unit[mine], records.visit_arrived_at[mine]))]
        found.append((records.visit_left_at - records.visit_arrived_at)[mine] / HOUR_S)
    return found


@pytest.fixture(scope="module")
def full():
    """The waits for full trains: nothing ever waits so long that one leaves before."""
    return waits_h(YEARS_H)


def test_who_waits_for_a_full_train_waits_half_the_time_in_which_the_others_come(full):
    """Five together at two an hour: (5 - 1) / (2 x 2) = 1 h."""
    assert agrees([found.mean() for found in full], (TOGETHER - 1) / (2 * RATE))


@pytest.mark.parametrize("place", range(TOGETHER))
def test_each_place_in_a_train_waits_for_those_after_it(place, full):
    """The first 2 h, then 1.5, 1, 0.5; the last not a second."""
    means = [found[place::TOGETHER].mean() for found in full]
    after = TOGETHER - 1 - place
    assert agrees(means, after / RATE) if after else max(means) == 0


@pytest.mark.parametrize("timer_h", [0.5, 2.0, 6.0])
def test_a_timer_cuts_the_wait_for_a_full_train(timer_h):
    """Renewal reward: a batch of mean size 1 + sum of P(j), j < K - 1, has waited sum of (j + 1) P(j) / rate.

    P(j) is the probability that the (j + 1)-th arrival after the first comes within the timer.
    """
    within = [gamma.cdf(RATE * timer_h, j + 1) for j in range(TOGETHER - 1)]
    waited_h = sum((j + 1) * chance / RATE for j, chance in enumerate(within))
    assert agrees([found.mean() for found in waits_h(timer_h)], waited_h / (1 + sum(within)))
