"""A validation on the terminal: by observation, by kind and mode, the worst with what explains them."""

from collections.abc import Callable, Iterable, Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sim.indicators.validation import (
    FACTOR,
    TONNES_PER_VEHICLE,
    Fit,
    Tolerance,
    Validation,
    share_within,
    worst,
)
from sim.outputs.input_report import grid
from sim.outputs.precision_report import percentage
from sim.outputs.text import number, percent, scale, scaled, with_interval
from sim.outputs.validation_columns import predictions, remark
from sim.units import PERCENT

WORST = 12
"""How many misfits are told with what explains them."""


def validation_report(done: Validation, tolerance: Tolerance) -> RenderableType:
    """Return the report of one simulated year as something that rich can print."""
    return Group(
        _head(done, tolerance),
        *_observations(done, tolerance),
        *_groups(done, tolerance),
        *_worst(done, tolerance),
        *_predicted(done),
        _notes(done, tolerance),
    )


def verdict(done: Validation, tolerance: Tolerance) -> str:
    """Return in one line whether a year is reproduced as asked."""
    name, share = done.result.case.name, share_within(done.fits, tolerance)
    if share is None:
        return f"{name}: nothing is known of {done.year} to compare; see the predictions."
    within = sum(fit.within(tolerance) for fit in done.judged)
    near, asked = percentage(tolerance.relative), percentage(tolerance.share)
    said = (
        f"{name}: {percentage(share)} of the observed tonnes and counts within {near} ({asked} asked); "
        f"{within} of {len(done.judged)} observations"
    )
    unexplained = ", ".join(fit.name for fit in done.unexplained())
    more = (
        f"; off by more than a factor {FACTOR} without an explanation: {unexplained}" if unexplained else ""
    )
    return f"{said}{more}: {'PASSED' if done.passes(tolerance) else 'MISSED'}."


def _head(done: Validation, tolerance: Tolerance) -> Text:
    case, run = done.result.case, done.result.case.run
    head = Text(f"\n{case.title}\n", style="bold")
    head.append(f"{case.question}\n", style="italic")
    head.append(
        f"Measured: {run.days} days from {run.start}, after {run.warm_up_days} of warm-up; "
        f"{len(done.result.replications)} of {done.result.asked} replications, seed {done.result.seed}.\n"
    )
    head.append(f"{verdict(done, tolerance)}\n", style="bold")
    return head


def _observations(done: Validation, tolerance: Tolerance) -> Iterator[Table]:
    """Yield the table of observations that have a counterpart, if there are any."""
    compared = [fit for fit in done.fits if fit.simulated is not None]
    if not compared:
        return
    table = grid(
        f"Simulated against observed, {done.year}",
        "observation", "of", "from", "until", "counting", "use", "unit",
        ">observed (low-high)", ">simulated", ">error", ">GEH, day", "within",
    )  # fmt: skip
    for fit in sorted(compared, key=lambda fit: (not fit.judged, fit.kind, fit.observation.quantity)):
        told = fit.observation
        factor, unit = scale(fit.unit)
        table.add_row(
            fit.name, fit.kind, told.from_.isoformat(), told.until.isoformat(), told.counting, told.use,
            unit, _observed(fit, factor), scaled(fit.simulated, factor),
            percent(None if fit.relative_error is None else fit.relative_error * PERCENT),
            number(fit.geh_day), _judgement(fit, tolerance),
        )  # fmt: skip
    yield table


def _observed(fit: Fit, factor: float) -> str:
    value = fit.observation.value
    if value.low is None and value.high is None:
        return number(value.value / factor)
    low, high = (value.value if bound is None else bound for bound in (value.low, value.high))
    return f"{number(value.value / factor)} ({number(low / factor)}-{number(high / factor)})"


def _judgement(fit: Fit, tolerance: Tolerance) -> str:
    if not fit.judged:
        return "context"
    return "yes" if fit.within(tolerance) else "FAR OFF" if fit.far_off else "no"


GROUPS: dict[str, Callable[[Fit], Iterable[str]]] = {
    "what": lambda fit: [fit.kind],
    "mode": lambda fit: [fit.observation.mode or "all"],
    "direction": lambda fit: [fit.observation.direction or "both"],
    "corridor": lambda fit: fit.corridors,
    "use": lambda fit: [fit.observation.use],
    "quantity": lambda fit: [fit.observation.quantity],
}
"""By what observations are put together, and the groups that one is in."""


def _groups(done: Validation, tolerance: Tolerance) -> Iterator[Table]:
    """Yield the table of shares within tolerance by group."""
    if not done.judged:
        return
    table = grid(
        f"Within {percentage(tolerance.relative)}, by group",
        "by",
        "group",
        ">observations",
        ">within",
        ">of tonnes and counts",
    )
    for by, groups in GROUPS.items():
        for group in sorted({one for fit in done.judged for one in groups(fit)}):
            mine = [fit for fit in done.judged if group in groups(fit)]
            share = share_within(mine, tolerance)
            within = sum(fit.within(tolerance) for fit in mine)
            told = "-" if share is None else percentage(share)
            table.add_row(by, group, str(len(mine)), str(within), told)
    yield table


def _worst(done: Validation, tolerance: Tolerance) -> Iterator[Table]:
    """Yield the table of the worst misfits with what the data say of them."""
    found = worst(done.fits, tolerance)[:WORST]
    if not found:
        return
    table = grid("Furthest off", "observation", ">observed", ">simulated", "unit", "what explains it")
    for fit in found:
        factor, unit = scale(fit.unit)
        told = number(fit.observation.value.value / factor), scaled(fit.simulated, factor)
        why = fit.observation.explanation or f"no explanation is known. {remark(fit)}".strip()
        table.add_row(fit.name, *told, unit, why)
    yield table


def _predicted(done: Validation) -> Iterator[Table]:
    """Yield the predictions of a year of which nothing is known."""
    if any(fit.simulated is not None for fit in done.fits):
        return
    table = grid(f"Foretold for {done.year}", "what", "mode", "direction", ">value", "unit")
    for key, unit, row in predictions(done):
        factor, shown = scale(unit)
        low, high = (None if bound is None else bound / factor for bound in (row.low, row.high))
        value = with_interval(row.mean / factor, low, high)
        table.add_row(f"{key.scope} {key.id}", key.mode, key.direction or "all", value, shown)
    yield table


def _notes(done: Validation, tolerance: Tolerance) -> Text:
    note = Text("\n".join(_lines(done, tolerance)))
    note.stylize("dim")
    return note


def _lines(done: Validation, tolerance: Tolerance) -> Iterator[str]:
    """Yield what a reader must know before quoting the verdict."""
    without = [fit for fit in done.fits if fit.simulated is None]
    if without:
        yield f"{len(without)} observations of {done.year} have no counterpart; --format csv says why."
    yield (
        f"Within: no further than {percentage(tolerance.relative)} from the observed value, or in its stated "
        f"range. The share weighs by tonnes, a vehicle as {TONNES_PER_VEHICLE} t; times and queues weigh "
        "nothing."
    )
    yield "Parts of a year of one thing are all counted: what is observed often weighs more."
    yield "GEH is of mean vehicles a day; of the mean hour, as in road traffic, it is a fifth of that."
    yield "'calibration': demand or posts were set by it, so that it tests nothing; 'validation': held back."
