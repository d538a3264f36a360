"""Shares of itineraries: they sum to 1, and cheaper is never chosen less."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.choice.logit import MINIMUM_SHARE, logit, prune

SETTINGS = settings(max_examples=100, derandomize=True, deadline=None)
costs = st.lists(st.floats(-500, 5000), min_size=1, max_size=8)


@SETTINGS
@given(costs, st.floats(0.001, 1.0))
def test_shares_sum_to_one_and_fall_with_cost(cost, sensitivity):
    """At equal path size, before and after the small ones are left out."""
    raw = logit(cost, [1.0] * len(cost), sensitivity)
    kept = prune(raw)
    assert sum(raw) == pytest.approx(1)
    assert sum(kept) == pytest.approx(1)
    for i, one in enumerate(cost):
        for j, other in enumerate(cost):
            if one < other:
                assert raw[i] >= raw[j]
                assert kept[i] >= kept[j]
    assert all(share == 0 or share >= MINIMUM_SHARE for share in kept)


@SETTINGS
@given(costs, st.floats(0.001, 1.0), st.floats(-300, 300))
def test_only_differences_of_cost_matter(cost, sensitivity, shift):
    """A sum on top of every cost changes no share."""
    sizes = [1.0] * len(cost)
    shifted = logit([one + shift for one in cost], sizes, sensitivity)
    assert shifted == pytest.approx(logit(cost, sizes, sensitivity), abs=1e-9)
