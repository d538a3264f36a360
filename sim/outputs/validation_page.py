"""A validation as one page that needs no network: verdict, charts, and every observation with its note."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from sim.indicators.validation import Fit, Tolerance, Validation
from sim.outputs.precision_report import percentage
from sim.outputs.text import number, percent, scale, scaled, with_interval
from sim.outputs.validation_charts import bars, scatter
from sim.outputs.validation_columns import predictions, remark
from sim.outputs.validation_report import verdict
from sim.units import PERCENT

STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem;
  padding: 0 1rem; color: #1d2733; }
table { border-collapse: collapse; font-size: 13px; margin: 1rem 0; }
th, td { border-bottom: 1px solid #d5dbe1; padding: 3px 8px; text-align: left; vertical-align: top; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
svg { font: 12px system-ui, sans-serif; max-width: 100%; height: auto; display: block; margin: 1rem 0; }
.band { fill: #dfeee4; } .grid { stroke: #e3e7eb; } .equal { stroke: #5b6b7a; }
.in { fill: #2a7f4f; fill-opacity: .8; } .out { fill: #b5452c; fill-opacity: .85; }
td.in { color: #2a7f4f; } td.out { color: #b5452c; font-weight: 600; }
"""


def validation_page(validations: Sequence[Validation], tolerance: Tolerance) -> str:
    """Return the page of some years, HTML with its charts in it."""
    body = "\n".join(_year(done, tolerance) for done in validations)
    title = "Simulated against observed"
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head>\n'
        f"<body><h1>{title}</h1>\n{_legend(tolerance)}\n{body}\n</body></html>\n"
    )


def _legend(tolerance: Tolerance) -> str:
    near = percentage(tolerance.relative)
    return (
        f"<p>Green: within {near} of what was observed or in its stated range; red: further off. The green "
        f"band is {near} wide each way. Circles: the model was set by it; squares: held back. Point at "
        "a mark to read it.</p>"
    )


def _year(done: Validation, tolerance: Tolerance) -> str:
    parts = [
        f"<h2>{escape(done.result.case.title)}</h2>",
        f"<p><strong>{escape(verdict(done, tolerance))}</strong></p>",
    ]
    for unit, what in (("t", "Tonnes"), ("vehicles", "Vehicles")):
        chart = scatter(done.fits, unit, tolerance)
        parts += [f"<h3>{what}</h3>", chart] if chart else []
    errors = bars(done.fits, tolerance)
    parts += ["<h3>Relative errors</h3>", errors] if errors else []
    if done.fits:
        parts += ["<h3>Every observation of the year</h3>", _table(_HEAD, _rows(done.fits, tolerance))]
    parts += ["<h3>Foretold</h3>", _table(_FORETOLD, _foretold(done))]
    return "\n".join(parts)


_HEAD = (
    "observation", "of", "mode", "direction", "from", "until", "counting", "use", "unit",
    ">observed", ">simulated", ">error", "within", "remark",
)  # fmt: skip
_FORETOLD = ("what", "mode", "direction", ">value", "unit")


def _rows(fits: Iterable[Fit], tolerance: Tolerance) -> Iterator[Sequence[str]]:
    for fit in fits:
        told = fit.observation
        factor, unit = scale(fit.unit)
        error = None if fit.relative_error is None else fit.relative_error * PERCENT
        yield (
            fit.name, fit.kind, told.mode or "", told.direction or "", told.from_.isoformat(),
            told.until.isoformat(), told.counting, told.use, unit, number(told.value.value / factor),
            scaled(fit.simulated, factor), percent(error), _judged(fit, tolerance), remark(fit),
        )  # fmt: skip


def _judged(fit: Fit, tolerance: Tolerance) -> str:
    return "" if not fit.judged else "yes" if fit.within(tolerance) else "no"


def _foretold(done: Validation) -> Iterator[Sequence[str]]:
    for key, unit, row in predictions(done):
        factor, shown = scale(unit)
        low, high = (None if bound is None else bound / factor for bound in (row.low, row.high))
        value = with_interval(row.mean / factor, low, high)
        yield f"{key.scope} {key.id}", key.mode, key.direction or "all", value, shown


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    right = [' class="n"' if name.startswith(">") else "" for name in columns]
    head = "".join(
        f"<th{class_}>{name.removeprefix('>')}</th>" for name, class_ in zip(columns, right, strict=True)
    )
    body = "\n".join(
        "<tr>"
        + "".join(f"<td{class_}>{escape(cell)}</td>" for cell, class_ in zip(row, right, strict=True))
        + "</tr>"
        for row in rows
    )
    return f"<table><tr>{head}</tr>\n{body}</table>"
