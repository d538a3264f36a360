"""Two results, number by number: differences of the same replications under the same luck."""

import math

from sim.indicators.interval import interval
from sim.indicators.result import Difference, Result
from sim.indicators.table import keys_of, samples


def compare(base: Result, scenario: Result) -> list[Difference]:
    """Return the paired difference, scenario less base, of every number that both have."""
    pairs = base.common(scenario)
    befores, afters = [before for before, _ in pairs], [after for _, after in pairs]
    differences = []
    for key in keys_of([*befores, *afters]):
        values = [
            (before, after)
            for before, after in zip(samples(befores, key), samples(afters, key), strict=True)
            if not (math.isnan(before) or math.isnan(after))
        ]
        if values:
            mean, low, high = interval([after - before for before, after in values])
            before, after = (math.fsum(column) / len(values) for column in zip(*values, strict=True))
            differences.append(Difference(key, before, after, mean, low, high, len(values)))
    return differences
