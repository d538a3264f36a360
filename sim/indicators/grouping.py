"""Rows put together by what they belong to: elements, itineraries, flows."""

from collections.abc import Iterator

import numpy as np

from sim.indicators.passages import Ints
from sim.records.columns import Column


def grouped(codes: Column | Ints, count: int) -> Iterator[tuple[int, Ints]]:
    """Yield each number below `count` that occurs among `codes`, with its rows in ascending order.

    Numbers ascend. NumPy sorts codes of up to 16 bits by radix, three times as fast as wider ones.
    """
    order = np.argsort(codes.astype(np.min_scalar_type(max(count, 1))), kind="stable")
    ends = np.cumsum(np.bincount(codes, minlength=count))
    first = 0
    for number, end in enumerate(ends.tolist()):
        if end > first:
            yield number, order[first:end]
        first = end
