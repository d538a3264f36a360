"""Rows put together by what they belong to, against a plain dictionary."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.indicators.grouping import grouped

SETTINGS = settings(max_examples=80, derandomize=True, deadline=None)
WIDTHS = [1, 2, 255, 256, 257, 65_535, 65_536, 65_537]
"""Around the numbers at which codes need one more byte."""


@st.composite
def coded(draw):
    count = draw(st.sampled_from(WIDTHS))
    edge = st.sampled_from([0, count // 2, count - 1])
    return count, draw(st.lists(edge | st.integers(0, count - 1), max_size=30))


@SETTINGS
@given(coded())
def test_groups_are_those_of_a_dictionary(drawn):
    """Each number that occurs, ascending, with all of its rows, ascending."""
    count, codes = drawn
    expected = {}
    for row, code in enumerate(codes):
        expected.setdefault(code, []).append(row)
    found = [(number, rows.tolist()) for number, rows in grouped(np.array(codes, dtype=np.int32), count)]
    assert found == sorted(expected.items())


def test_of_nothing_there_are_no_groups():
    assert list(grouped(np.empty(0, dtype=np.int32), 0)) == []
