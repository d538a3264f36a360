"""Time and memory of replicated years: the baseline, and the shipped scenario with the most freight."""

from collections.abc import Callable, Iterator
from statistics import median

from bench.replication import Asked, Measured, in_child
from bench.row import Row, spread

BASE = "baseline"
LARGEST = "edb-2030-best"
"""Of the shipped scenarios the one that releases most shipments: 1.54 times those of the baseline."""
MB = 1e6

Figure = Callable[[Measured], float]
SHARES: dict[str, Figure] = {
    "read and check the files": lambda m: m.read_s,
    "compile and choose": lambda m: m.choose_s,
    "simulate": lambda m: m.simulate_s,
    "measure": lambda m: m.measure_s,
}
OTHERS: dict[str, tuple[Figure, str]] = {
    "speed of simulating": (lambda m: m.visits / m.simulate_s, "visits/s"),
    "records": (lambda m: m.records_bytes / m.consignments, "bytes a consignment"),
    "peak memory": (lambda m: m.peak_bytes / MB, "MB"),
}


def rows(days: int | None, rounds: int) -> Iterator[Row]:
    """Yield the lines of the report; `days` in place of the scenarios' own if given."""
    found: dict[str, list[Measured]] = {BASE: [], LARGEST: []}
    for number in range(rounds):
        for scenario in found if number % 2 == 0 else reversed(found):
            found[scenario].append(in_child(Asked(scenario, days, number=number)))
    yield from scenario_rows(BASE, found[BASE], None)
    yield from scenario_rows(LARGEST, found[LARGEST], found[BASE])


def scenario_rows(scenario: str, found: list[Measured], base: list[Measured] | None) -> Iterator[Row]:
    """Yield the lines of one scenario, in ratio to the base or, for the base, to its whole time."""
    one = found[0]
    yield Row(
        f"{scenario}: {one.days} + {one.warm_up_days} days",
        f"{one.visits:,} visits of {one.consignments:,} consignments",
        spread([mine.visits / its.visits for mine, its in zip(found, base, strict=True)]) if base else "",
        f"visits to those of {BASE}" if base else "",
    )
    for what, figure in SHARES.items():
        measured = f"{median(map(figure, found)):.2f} s"
        if base:
            yield Row(f"{scenario}: {what}", measured, _ratio(figure, found, base), f"time to that of {BASE}")
        else:
            shares = [figure(mine) / mine.whole_s for mine in found]
            yield Row(f"{scenario}: {what}", measured, spread(shares), "share of the whole time")
    for what, (figure, unit) in OTHERS.items():
        measured = f"{median(map(figure, found)):,.0f} {unit}"
        ratio, of_what = (_ratio(figure, found, base), f"to that of {BASE}") if base else ("", "")
        yield Row(f"{scenario}: {what}", measured, ratio, of_what)


def _ratio(figure: Figure, found: list[Measured], base: list[Measured]) -> str:
    return spread([figure(mine) / figure(its) for mine, its in zip(found, base, strict=True)])
