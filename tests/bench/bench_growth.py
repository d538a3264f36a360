"""How time and memory grow with the horizon and with demand: in proportion to visits, if all is well.

Each case runs in a process of its own. Its most memory before simulating is taken off, so that what is
left is the run's.
"""

from collections.abc import Iterator
from dataclasses import replace

from bench.replication import Asked, Measured, in_child
from bench.row import Row

FACTORS = (2, 4)
WARM_UP_DAYS = 7
MB = 1e6


def rows(days: int) -> Iterator[Row]:
    """Yield the lines of the report, beginning with so many days of the baseline."""
    one = Asked("baseline", days, WARM_UP_DAYS)
    least = in_child(one)
    yield row(f"growth: baseline, {days} + {WARM_UP_DAYS} days", least, None)
    for factor in FACTORS:
        found = in_child(replace(one, days=days * factor))
        yield row(f"growth: days x {factor}, {found.days} + {found.warm_up_days}", found, least)
    for factor in FACTORS:
        yield row(f"growth: every flow x {factor}", in_child(replace(one, demand=float(factor))), least)


def row(what: str, found: Measured, least: Measured | None) -> Row:
    """Return the line of one case, in ratio to the least."""
    grown_mb = (found.simulated_bytes - found.before_bytes) / MB
    measured = (
        f"{found.visits:,} visits: {found.simulate_s:.1f} s, {found.visit_us:.1f} us a visit; "
        f"{grown_mb:,.0f} MB, {found.visit_bytes:,.0f} bytes a visit"
    )
    if least is None:
        return Row(what, measured)
    ratios = f"{found.visit_us / least.visit_us:.2f} time, {found.visit_bytes / least.visit_bytes:.2f} memory"
    return Row(what, measured, ratios, f"a visit, for {found.visits / least.visits:.2f} times the visits")
