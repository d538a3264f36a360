"""Speed of our queues on the network of `tandem`, next to other engines, in alternating runs.

Ours keep a record of every hop, the others none; what numba compiles has been compiled before. Times are
rounded to ticks before the run, the same for all, so that every single wait can be, and is required to be,
equal to that of the recursion. Ticks are as fine as our clock of 2^31 ticks allows. Which of two that arrive
in one tick goes first is each engine's own affair: luck is drawn again until no two do.
"""

import gc
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from statistics import median
from time import process_time

import numpy as np
from bench.engines import ENGINES, Engine, Waits
from bench.row import Row, spread
from bench.tandem import RATES_PER_H, STATIONS, Traffic, arrivals, by_recursion, by_stations, draw

MOST = 20_000
"""Consignments for which luck without ties is still found soon."""
LEAST = 20
LAST_TICK = 2**31 * 3 // 4
DRAIN_H = 100
"""More than enough for the last consignment to pass."""


@cache
def untied(n: int) -> tuple[Traffic, np.ndarray]:
    """Return `n` consignments of which no two arrive at a station in one tick, and their exact waits."""
    ticks_per_h = int(LAST_TICK / (1.05 * n / sum(RATES_PER_H) + DRAIN_H))
    luck = 0
    while True:
        traffic = draw(n, ticks_per_h, luck)
        waits = by_recursion(traffic)
        if all(len(np.unique(column)) == n for column in arrivals(traffic, waits).T):
            by_stations(traffic)
            return traffic, waits
        luck += 1


def timed(engine: Waits, traffic: Traffic, exact: np.ndarray) -> float:
    """Return the processor seconds of one run, whose waits must be exact."""
    gc.collect()
    start = process_time()
    waits = engine(traffic)
    took = process_time() - start
    if not np.array_equal(waits, exact):
        wrong = np.count_nonzero(np.asarray(waits) != exact)
        raise AssertionError(f"{engine.__name__}: {wrong} of {exact.size} waits differ from the recursion")
    return took


def pairs(theirs: Waits, n: int, rounds: int) -> list[tuple[float, float]]:
    """Return (seconds of ours, seconds of theirs) of alternating runs of `n` consignments."""
    traffic, exact = untied(n)
    traffic.flat  # noqa: B018  made before the clock runs
    found = []
    for number in range(rounds):
        order = (by_stations, theirs) if number % 2 == 0 else (theirs, by_stations)
        took = {engine: timed(engine, traffic, exact) for engine in order}
        found.append((took[by_stations], took[theirs]))
    return found


def row(engine: Engine, n: int, rounds: int) -> Row:
    """Return the line of one engine; what it lacks if it cannot run."""
    what = f"hops: {engine.what}"
    try:
        theirs = engine.load()
    except ImportError as error:
        return Row(
            f"{what} ({engine.package or 'cc'})", "not installed", of_what=f"{engine.install}; {error}"
        )
    n = max(LEAST, n // engine.slow)
    found = pairs(theirs, n, rounds)
    ours_khops, theirs_khops = (median(n * STATIONS / pair[side] for pair in found) / 1000 for side in (0, 1))
    return Row(
        f"hops: {engine.title}",
        f"{theirs_khops:,.0f} khops/s, ours {ours_khops:,.0f}",
        spread([there / here for here, there in found]),
        f"ours to it; {n * STATIONS:,} hops, all waits equal",
    )


def plain_row(n: int, rounds: int) -> Row:
    """Return the line of our own engine without numba, in a process of its own."""
    traffic, exact = untied(n)
    found = []
    for _ in range(rounds):
        ours = timed(by_stations, traffic, exact)
        found.append((ours, plain_seconds(n)))
    ours_khops, plain_khops = (median(n * STATIONS / pair[side] for pair in found) / 1000 for side in (0, 1))
    return Row(
        "hops: ours without numba",
        f"{plain_khops:,.0f} khops/s, ours {ours_khops:,.0f}",
        spread([plain / ours for ours, plain in found]),
        f"ours to it; {n * STATIONS:,} hops, all waits equal",
    )


def plain_seconds(n: int) -> float:
    """Return the processor seconds of our engine on `n` consignments in an interpreter without numba."""
    surroundings = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "CORRIDOR_PLAIN": "1"}
    command = [sys.executable, "-m", "bench.bench_tandem", str(n)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=surroundings)
    return float(done.stdout)


def rows(n: int, rounds: int) -> Iterator[Row]:
    """Yield the lines of the report."""
    yield plain_row(min(n, MOST), rounds)
    for engine in ENGINES.values():
        yield row(engine, min(n, MOST), rounds)


if __name__ == "__main__":
    print(timed(by_stations, *untied(int(sys.argv[1]))))  # noqa: T201
