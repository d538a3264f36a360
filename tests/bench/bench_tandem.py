"""Speed of our queues on the network of `tandem`, next to SimPy as its manual teaches it, in the same run.

Ours keep a record of every hop, the other none. Times are rounded to hundredths of a second before the run,
the same for both, so that every single wait can be, and is required to be, equal. Finer ticks would not fit:
our clock ends at 2^31 ticks, which 20,000 consignments reach to 56 %.
"""

from statistics import median
from time import perf_counter

import numpy as np
from tandem import STATIONS, by_resources, by_stations, draw

TICKS_PER_H = 360_000
MOST = 30_000
"""Consignments that the clock of our queues has room for."""


def pairs(n: int, rounds: int) -> list[tuple[float, float]]:
    """Return (seconds of ours, seconds of plain SimPy) of alternating runs of `n` consignments."""
    traffic = draw(n, TICKS_PER_H)
    found = []
    for number in range(rounds):
        order = (by_stations, by_resources) if number % 2 == 0 else (by_resources, by_stations)
        took, waits = {}, {}
        for engine in order:
            start = perf_counter()
            waits[engine] = engine(traffic)
            took[engine] = perf_counter() - start
        if not np.array_equal(waits[by_stations], waits[by_resources]):
            raise AssertionError("the two engines disagree")
        found.append((took[by_stations], took[by_resources]))
    return found


def rows(n: int, rounds: int) -> list[tuple[str, str]]:
    """Return the lines of the report."""
    found = pairs(n, rounds)
    hops = n * STATIONS
    ours, theirs = (median(hops / pair[i] for pair in found) / 1000 for i in (0, 1))
    ratio = median(there / here for here, there in found)
    return [
        (f"tandem, {hops:,} hops, our queues with a record of every hop", f"{ours:,.0f} khops/s"),
        ("tandem, plain SimPy (process and Resource, no records)", f"{theirs:,.0f} khops/s"),
        (f"ours over plain SimPy, median of {rounds} pairs", f"{ratio:.2f}"),
        ("waits of the two", f"all {hops:,} equal to the tick of 0.01 s"),
    ]
