"""Mean and largest queue of a period, against counting heads second by second."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.clock import Window
from sim.indicators.queues import _largest_queue, _mean_queues

SETTINGS = settings(max_examples=80, derandomize=True, deadline=None)
START_S, END_S = 10, 30


@st.composite
def waits(draw):
    """Waits that touch [10, 30): they begin before its end and end after its start."""
    found = draw(st.lists(st.tuples(st.integers(0, END_S - 1), st.integers(START_S + 1, 40)), max_size=12))
    return [(begins, ends) for begins, ends in found if begins < ends]


def _sorted(waits_, which):
    return np.sort(np.array([wait[which] for wait in waits_], dtype=np.int32))


@SETTINGS
@given(waits(), st.sets(st.integers(START_S + 1, END_S - 1), max_size=4))
def test_queues_are_those_counted_every_second(found, cuts):
    """Means between any instants, and the largest number: of heads in each second, who leaves not counted."""
    heads = [sum(begins <= now < ends for begins, ends in found) for now in range(END_S)]
    begins, ends = _sorted(found, 0), _sorted(found, 1)
    at_s = [START_S, *sorted(cuts), END_S]
    expected = [float(np.mean(heads[a:b])) for a, b in pairwise(at_s)]
    assert _mean_queues(begins, ends, np.array(at_s)) == pytest.approx(expected, rel=1e-12)
    assert _largest_queue(begins, ends, Window(START_S, END_S)) == max(heads[START_S:])
