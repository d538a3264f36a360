"""The queueing network of `tests/bench/tandem.py`: our queues against its recursion and against plain
SimPy.
"""

import numpy as np
import pytest
from bench.tandem import by_recursion, by_resources, by_stations, draw

TICKS_PER_H = 3_600_000


@pytest.fixture(scope="module")
def traffic():
    """2,000 consignments in milliseconds: fine enough that no two meet at a station in the same tick."""
    return draw(2_000, TICKS_PER_H)


@pytest.fixture(scope="module")
def exact(traffic):
    return by_recursion(traffic)


def test_every_wait_of_our_queues_equals_the_recursion(traffic, exact):
    """All 16,000 waits, to the tick: servers, first come first served, and the closed nights."""
    assert np.array_equal(by_stations(traffic), exact)


def test_every_wait_of_plain_simpy_equals_the_recursion(traffic, exact):
    """The oracle's own oracle: Resource and timeouts give the same waits."""
    assert np.array_equal(by_resources(traffic), exact)


def test_the_network_is_a_hard_case(exact):
    """Every station makes some wait and some not; the closed nights make waits of ten hours."""
    waiting = (exact > 0).mean(axis=0)
    assert (waiting > 0.03).all()
    assert (waiting < 1).all()
    assert exact.max() > 9 * TICKS_PER_H
