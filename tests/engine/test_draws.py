"""Service times: by whom and where, never by order."""

import numpy as np
import pytest

from sim.engine.draws import CHUNK, Draws


def test_a_unit_has_the_same_luck_whoever_was_served_before():
    """The n-th unit's factor does not depend on the order of asking, nor on what others ask."""
    forwards, backwards = Draws(1, 0), Draws(1, 0)
    numbers = [0, 5, CHUNK + 3, 2 * CHUNK]
    one = {n: forwards.factor("gate", "grain", n, 1.0) for n in numbers}
    backwards.factor("gate", "steel", 7, 1.0)
    other = {n: backwards.factor("gate", "grain", n, 1.0) for n in reversed(numbers)}
    assert one == other


def test_elements_flows_and_replications_have_streams_of_their_own():
    """Six names, six different first draws."""
    found = {
        Draws(seed, replication).factor(element, who, 0, 1.0)
        for seed, replication, element, who in (
            (1, 0, "a", "x"),
            (2, 0, "a", "x"),
            (1, 1, "a", "x"),
            (1, 0, "b", "x"),
            (1, 0, "a", "y"),
            (1, 0, "ax", ""),
        )
    }
    assert len(found) == 6


@pytest.mark.parametrize("cv", [0.3, 1.0, 1.5])
def test_factors_have_mean_one_and_the_given_cv(cv):
    """Gamma of unit mean: over 200,000 draws within 2 %."""
    draws = Draws(1, 0)
    values = np.array([draws.factor("gate", "x", number, cv) for number in range(200_000)])
    assert values.mean() == pytest.approx(1, rel=0.02)
    assert values.std() == pytest.approx(cv, rel=0.02)


def test_no_spread_is_exactly_one():
    """cv 0: always the mean."""
    assert Draws(1, 0).factor("gate", "x", 3, 0.0) == 1
