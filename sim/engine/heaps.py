"""Heaps of whole numbers: the events of a run, and the places of each server by when they are free."""

import heapq
from typing import Any, cast

from sim.engine.columns import HEAP_FROM, HEAP_SIZE, Ints
from sim.engine.compiled import COMPILED, compiled

Heaps = Any
"""The keys of all heaps one after another if compiled, else a list of keys a heap."""

if COMPILED:

    @compiled
    def push(m: Ints, h: Heaps, heap: int, key: int) -> None:
        """Add a key to a heap."""
        base, place = m[m[HEAP_FROM] + heap], m[m[HEAP_SIZE] + heap]
        m[m[HEAP_SIZE] + heap] = place + 1
        while place > 0:
            above = (place - 1) >> 1
            other = h[base + above]
            if other <= key:
                break
            h[base + place] = other
            place = above
        h[base + place] = key

    @compiled
    def pop(m: Ints, h: Heaps, heap: int) -> int:
        """Remove and return the least key of a heap."""
        base, last = m[m[HEAP_FROM] + heap], m[m[HEAP_SIZE] + heap] - 1
        m[m[HEAP_SIZE] + heap] = last
        least: int = h[base]
        key = h[base + last]
        place, below = 0, 1
        while below < last:
            if below + 1 < last and h[base + below + 1] < h[base + below]:
                below += 1
            if h[base + below] >= key:
                break
            h[base + place] = h[base + below]
            place, below = below, 2 * below + 1
        h[base + place] = key
        return least

    @compiled
    def first(m: Ints, h: Heaps, heap: int) -> int:
        """Return the least key of a heap that is not empty."""
        least: int = h[m[m[HEAP_FROM] + heap]]
        return least

    @compiled
    def size(m: Ints, h: Heaps, heap: int) -> int:  # noqa: ARG001
        """Return how many keys a heap has."""
        return m[m[HEAP_SIZE] + heap]

else:
    # Without numba `h` holds a list a heap, and the heaps of the standard library are faster.

    def push(m: Ints, h: Heaps, heap: int, key: int) -> None:  # noqa: ARG001
        """Add a key to a heap."""
        heapq.heappush(_list(h, heap), key)

    def pop(m: Ints, h: Heaps, heap: int) -> int:  # noqa: ARG001
        """Remove and return the least key of a heap."""
        return heapq.heappop(_list(h, heap))

    def first(m: Ints, h: Heaps, heap: int) -> int:  # noqa: ARG001
        """Return the least key of a heap that is not empty."""
        return _list(h, heap)[0]

    def size(m: Ints, h: Heaps, heap: int) -> int:  # noqa: ARG001
        """Return how many keys a heap has."""
        return len(_list(h, heap))

    def _list(h: Heaps, heap: int) -> list[int]:
        return cast("list[int]", h[heap])
