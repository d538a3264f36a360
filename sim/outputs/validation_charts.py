"""Charts of a validation as plain SVG: simulated against observed, and how far off each observation is."""

import math
from collections.abc import Iterator, Sequence
from html import escape

from sim.indicators.observed import AMOUNTS
from sim.indicators.validation import Fit, Tolerance
from sim.outputs.text import number, percent
from sim.units import PERCENT

SIDE, MARGIN = 520, 64
"""Of the scatter, in pixels: the square that holds the points, and what is around it."""
BAR_HEIGHT, NAME_WIDTH, BARS_WIDTH, ERROR_WIDTH = 18, 300, 420, 70
LIMIT_PERCENT = 100
"""Longer bars are cut off, and their number says how much."""
SMALLEST = 1.0
"""What is less, in tonnes or vehicles, is drawn at the edge of a scale of logarithms."""


def scatter(fits: Sequence[Fit], unit: str, tolerance: Tolerance) -> str:
    """Return simulated over observed on logarithmic scales, with the band of the tolerance; SVG.

    Circles are for calibration, squares for validation; nothing where there is nothing to draw.
    """
    mine = [fit for fit in fits if fit.judged and fit.unit == unit and fit.observation.quantity in AMOUNTS]
    mine = [fit for fit in mine if fit.observation.value.value > 0]
    if not mine:
        return ""
    values = [fit.observation.value.value for fit in mine] + [_simulated(fit) for fit in mine]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)) + 1e-9)
    axis = _Axis(low, max(high, low + 1))
    whole = SIDE + 2 * MARGIN
    parts = [
        _svg(whole, whole, "Simulated against observed"),
        _band(axis, tolerance),
        *_ticks(axis, unit),
        *(_point(axis, fit, tolerance) for fit in mine),
        "</svg>",
    ]
    return "\n".join(parts)


def _svg(width: int, height: int, label: str) -> str:
    return f'<svg viewBox="0 0 {width} {height}" width="{width}" role="img" aria-label="{label}">'


class _Axis:
    """A scale of logarithms from 10 to the `low` to 10 to the `high`, the same both ways."""

    def __init__(self, low: int, high: int) -> None:
        self.low, self.high = low, high

    def along(self, value: float) -> float:
        """Return pixels from the left of a value."""
        part = (math.log10(max(value, SMALLEST)) - self.low) / (self.high - self.low)
        return MARGIN + SIDE * min(1.0, max(0.0, part))

    def up(self, value: float) -> float:
        """Return pixels from the top of a value."""
        return SIDE + 2 * MARGIN - self.along(value)

    def decades(self) -> list[float]:
        """Return the powers of ten on the scale."""
        return [10.0**power for power in range(self.low, self.high + 1)]


def _simulated(fit: Fit) -> float:
    return max(fit.simulated.mean if fit.simulated else 0.0, SMALLEST)


def _band(axis: _Axis, tolerance: Tolerance) -> str:
    """Return the band of the tolerance and the line on which both are equal."""
    first, last = 10.0**axis.low, 10.0**axis.high
    near, far = 1 - tolerance.relative, 1 + tolerance.relative
    below = [(last, last * near), (first / near, first)] if near > 0 else [(last, first)]
    corners = [(first, first * far), (last / far, last), (last, last), *below]
    points = " ".join(f"{axis.along(x):.1f},{axis.up(y):.1f}" for x, y in [*corners, (first, first)])
    line = (
        f'<line class="equal" x1="{axis.along(first):.1f}" y1="{axis.up(first):.1f}" '
        f'x2="{axis.along(last):.1f}" y2="{axis.up(last):.1f}"/>'
    )
    return f'<polygon class="band" points="{points}"/>{line}'


def _ticks(axis: _Axis, unit: str) -> Iterator[str]:
    bottom, left = SIDE + MARGIN, MARGIN
    for value in axis.decades():
        x, y = axis.along(value), axis.up(value)
        yield f'<line class="grid" x1="{x:.1f}" y1="{MARGIN}" x2="{x:.1f}" y2="{bottom}"/>'
        yield f'<line class="grid" x1="{left}" y1="{y:.1f}" x2="{left + SIDE}" y2="{y:.1f}"/>'
        yield f'<text x="{x:.1f}" y="{bottom + 18}" text-anchor="middle">{value:,.0f}</text>'
        yield f'<text x="{left - 6}" y="{y + 4:.1f}" text-anchor="end">{value:,.0f}</text>'
    middle = MARGIN + SIDE / 2
    yield f'<text x="{middle}" y="{bottom + 42}" text-anchor="middle">observed, {escape(unit)}</text>'
    turned = f'transform="rotate(-90)" x="{-middle}" y="14"'
    yield f'<text {turned} text-anchor="middle">simulated, {escape(unit)}</text>'


def _point(axis: _Axis, fit: Fit, tolerance: Tolerance) -> str:
    x, y = axis.along(fit.observation.value.value), axis.up(_simulated(fit))
    class_ = "in" if fit.within(tolerance) else "out"
    title = f"<title>{escape(_told(fit))}</title>"
    if fit.observation.use == "calibration":
        return f'<circle class="{class_}" cx="{x:.1f}" cy="{y:.1f}" r="5">{title}</circle>'
    return f'<rect class="{class_}" x="{x - 4.5:.1f}" y="{y - 4.5:.1f}" width="9" height="9">{title}</rect>'


def _told(fit: Fit) -> str:
    error = None if fit.relative_error is None else fit.relative_error * PERCENT
    simulated = number(fit.simulated.mean) if fit.simulated else "-"
    observed = number(fit.observation.value.value)
    return f"{fit.name}: observed {observed} {fit.unit}, simulated {simulated}, {percent(error)}"


def bars(fits: Sequence[Fit], tolerance: Tolerance) -> str:
    """Return a bar an observation that is judged: its relative error, the worst first; SVG."""
    mine = [fit for fit in fits if fit.judged and fit.relative_error is not None]
    if not mine:
        return ""
    mine.sort(key=lambda fit: (-abs(fit.relative_error or 0.0), fit.name))
    height, width = BAR_HEIGHT * (len(mine) + 1), NAME_WIDTH + BARS_WIDTH + ERROR_WIDTH
    middle = NAME_WIDTH + BARS_WIDTH / 2
    reach = BARS_WIDTH / 2 * min(1.0, tolerance.relative * PERCENT / LIMIT_PERCENT)
    parts = [
        _svg(width, height, "Relative errors"),
        f'<rect class="band" x="{middle - reach:.1f}" y="0" width="{2 * reach:.1f}" height="{height}"/>',
        *(_bar(fit, row, middle, tolerance) for row, fit in enumerate(mine)),
        f'<line class="equal" x1="{middle}" y1="0" x2="{middle}" y2="{height}"/>',
        "</svg>",
    ]
    return "\n".join(parts)


def _bar(fit: Fit, row: int, middle: float, tolerance: Tolerance) -> str:
    error = (fit.relative_error or 0.0) * PERCENT
    length = BARS_WIDTH / 2 * min(1.0, abs(error) / LIMIT_PERCENT)
    top, text = row * BAR_HEIGHT + 3, row * BAR_HEIGHT + 14
    left = middle if error > 0 else middle - length
    class_ = "in" if fit.within(tolerance) else "out"
    right = NAME_WIDTH + BARS_WIDTH + 6
    return (
        f'<text x="{NAME_WIDTH - 8}" y="{text}" text-anchor="end">{escape(fit.name)}</text>'
        f'<rect class="{class_}" x="{left:.1f}" y="{top}" width="{length:.1f}" height="{BAR_HEIGHT - 6}">'
        f"<title>{escape(_told(fit))}</title></rect>"
        f'<text x="{right}" y="{text}">{percent(error)}</text>'
    )
