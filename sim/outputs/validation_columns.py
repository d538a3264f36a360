"""A validation as one long table: observations beside what was simulated, and predictions without any."""

from collections.abc import Iterable, Iterator

from sim.indicators.interval import interval
from sim.indicators.result import Result
from sim.indicators.table import Key, Row
from sim.indicators.validation import Fit, Tolerance, Validation, share_within
from sim.outputs.lookup import index
from sim.outputs.store import result_manifest

VALIDATION_COLUMNS = (
    "scenario",
    "year",
    "observation",
    "quantity",
    "unit",
    "kind",
    "of",
    "corridors",
    "mode",
    "direction",
    "from",
    "until",
    "counting",
    "use",
    "observed",
    "observed_low",
    "observed_high",
    "simulated",
    "simulated_low",
    "simulated_high",
    "n",
    "relative_error",
    "geh_hour",
    "geh_day",
    "within",
    "note",
)
PREDICTED = ("post", "port", "terminal", "corridor", "mode")
"""The things whose tonnes and vehicles of the year are foretold, observed or not."""


def validation_values(validations: Iterable[Validation], tolerance: Tolerance) -> list[tuple[object, ...]]:
    """Return every observation of the years, and after them the predictions, in the order of the columns."""
    rows = []
    for done in validations:
        rows += [_fit_values(done, fit, tolerance) for fit in done.fits]
        rows += list(_predictions(done))
    return rows


def head(validations: Iterable[Validation], tolerance: Tolerance) -> dict[str, object]:
    """Return what was asked and the verdict on each scenario, as plain values."""
    done = list(validations)
    return {
        "tolerance": tolerance.relative,
        "share_asked": tolerance.share,
        "passed": all(one.passes(tolerance) for one in done),
        "scenarios": [
            {
                **result_manifest(one.result),
                "year": one.year,
                "share_within": share_within(one.fits, tolerance),
                "judged": len(one.judged),
                "within": sum(fit.within(tolerance) for fit in one.judged),
                "far_off_unexplained": [fit.name for fit in one.unexplained()],
                "passed": one.passes(tolerance),
            }
            for one in done
        ],
    }


def _fit_values(done: Validation, fit: Fit, tolerance: Tolerance) -> tuple[object, ...]:
    observation, row = fit.observation, fit.simulated
    return (
        done.result.case.name,
        done.year,
        fit.name,
        observation.quantity,
        fit.unit,
        fit.kind,
        " ".join(observation.of or observation.flows),
        " ".join(fit.corridors),
        observation.mode or "",
        observation.direction or "",
        observation.from_.isoformat(),
        observation.until.isoformat(),
        observation.counting,
        observation.use,
        observation.value.value,
        observation.value.low,
        observation.value.high,
        *((row.mean, row.low, row.high, row.n) if row else (None, None, None, 0)),
        fit.relative_error,
        fit.geh_hour,
        fit.geh_day,
        fit.within(tolerance) if fit.judged else None,
        remark(fit),
    )


def remark(fit: Fit) -> str:
    """Return why a fit has no counterpart, why it is off, or what else the data say of it."""
    return fit.why_not or fit.observation.explanation or fit.observation.note or ""


def _predictions(done: Validation) -> Iterator[tuple[object, ...]]:
    for key, unit, row in predictions(done):
        first = (done.result.case.name, done.year, "", key.indicator, unit, key.scope, key.id)
        corridors = " ".join(_corridors(done.result, key))
        span = (f"{done.year}-01-01", f"{done.year}-12-31")
        yield (
            *first, corridors, key.mode, key.direction, *span, "", "prediction", None, None, None,
            row.mean, row.low, row.high, row.n, None, None, None, None, "",
        )  # fmt: skip


def predictions(done: Validation) -> Iterator[tuple[Key, str, Row]]:
    """Yield tonnes of the year and mean loaded vehicles a day of things, with their unit.

    Where a run measures more than its year, for observations that end later, tonnes are those of its months;
    vehicles a day are the mean over all that it measures.
    """
    run = done.result.case.run
    rows = done.result.rows()
    by_key = index(rows)
    for key in [row.key for row in rows if row.key.scope in PREDICTED and not row.key.commodity]:
        if key.indicator == "throughput" and not key.period and by_key[key].mean:
            yield key, "t", _of_year(done.result, key, done.year)
        elif key.indicator == "vehicles" and by_key[key].mean:
            row = by_key[key]
            low, high = (None if bound is None else bound / run.days for bound in (row.low, row.high))
            yield key, "vehicles a day", Row(key, row.mean / run.days, low, high, row.n)


def _of_year(result: Result, key: Key, year: int) -> Row:
    """Return the throughput of the months of a year, with its interval over the replications."""
    months = [key._replace(period=f"{year}-{month:02d}") for month in range(1, 13)]
    return summed(result, key, months)


def summed(result: Result, key: Key, keys: list[Key]) -> Row:
    """Return the row of the sum of some numbers."""
    values = [sum(numbers.get(part, 0.0) for part in keys) for numbers in result.replications.values()]
    return Row(key, *interval(values), len(values))


def _corridors(result: Result, key: Key) -> list[str]:
    corridors = result.case.description.corridors
    return [name for name, corridor in corridors.items() if key.id in (name, *corridor.route)]
