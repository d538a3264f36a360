"""What the figures rest on, on the terminal and as JSON."""

from collections.abc import Mapping, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sim.model.faults import written
from sim.outputs.evidence import CONFIDENCES, Share, Weighed, shares, weakest
from sim.outputs.input_report import grid
from sim.outputs.text import number
from sim.units import PERCENT

PER_MILLION = 1_000_000
EXPLAINED = (
    "Weighted: each figure counts by the tonne-km a year that it bears on, with flows of their base year on "
    "the ways chosen in the scenario. A section, service, fleet or charge on sections bears what moves on "
    "it; posts, terminals, ports and what belongs to the freight bear its whole way; positions bear nothing."
)
WEAK = (
    "Influence: tonne-km times range over value; a weak figure without a range counts with 100 %. "
    "Weak is what is assumed, or sourced with low confidence."
)


def evidence_report(figures: Sequence[Weighed], statements: int, scenario: str) -> RenderableType:
    """Return the report as something that rich can print.

    Parameters
    ----------
    figures
        All figures, weighed.
    statements
        How many statements that a thing is there, or in use, stand beside them.
    scenario
        By whose choice of ways the figures are weighed.
    """
    head = (
        f"{len(figures):,} figures and {statements:,} statements of what there is; none without its origin. "
        f"Weighed by {scenario}.\n"
    )
    return Group(
        Text(head, style="bold"),
        _shares(shares(figures)),
        Text(EXPLAINED + "\n", style="dim"),
        _weakest(weakest(figures)),
        Text(WEAK, style="dim"),
    )


def _shares(found: Sequence[Share]) -> Table:
    figures = sum(share.figures for share in found)
    work = sum(share.tonne_km for share in found)
    table = grid(
        "What figures rest on",
        "rests on", ">figures", ">%", *(f">{grade}" for grade in CONFIDENCES),
        ">weighted %", *(f">{grade} %" for grade in CONFIDENCES),
    )  # fmt: skip
    for share in found:
        table.add_row(
            share.rests_on,
            f"{share.figures:,}",
            _percent(share.figures, figures),
            *_graded(share, [f"{share.by_confidence[grade]:,}" for grade in CONFIDENCES]),
            _percent(share.tonne_km, work),
            *_graded(share, [_percent(share.tonne_km_by_confidence[grade], work) for grade in CONFIDENCES]),
        )
    table.add_row("all", f"{figures:,}", "100.0", "", "", "", _percent(work, work), "", "", "")
    return table


def _graded(share: Share, cells: list[str]) -> list[str]:
    """Return the cells by confidence: dashes for what is assumed, which has none."""
    return cells if share.rests_on != "assumed" else ["-"] * len(cells)


def _percent(part: float, whole: float) -> str:
    return f"{PERCENT * part / whole:.1f}" if whole else "-"


def _weakest(figures: Sequence[Weighed]) -> Table:
    table = grid(
        f"The {len(figures)} most influential weak figures",
        "path", ">value", ">range", "rests on", ">million t-km", ">influence", "reason",
    )  # fmt: skip
    for figure in figures:
        table.add_row(
            figure.path,
            written(figure.value) or "-",
            _range(figure),
            " ".join(word for word in (figure.rests_on, figure.evidence.confidence) if word),
            number(figure.tonne_km / PER_MILLION),
            number(figure.influence / PER_MILLION),
            figure.reason,
        )
    return table


def _range(figure: Weighed) -> str:
    if figure.low is None and figure.high is None:
        return "unknown"
    ends = (figure.value if end is None else end for end in (figure.low, figure.high))
    return " to ".join(written(end) for end in ends)


def evidence_head(figures: Sequence[Weighed], statements: int, scenario: str) -> dict[str, object]:
    """Return what stands above the rows of all figures in JSON."""
    found = shares(figures)
    return {
        "scenario": scenario,
        "figures": len(figures),
        "statements": statements,
        "rests_on": [_plain(share, found) for share in found],
        "weakest": [
            {"path": figure.path, "influence": figure.influence, "reason": figure.reason}
            for figure in weakest(figures)
        ],
    }


def _plain(share: Share, every: Sequence[Share]) -> Mapping[str, object]:
    figures = sum(other.figures for other in every)
    work = sum(other.tonne_km for other in every)
    return {
        "rests_on": share.rests_on,
        "figures": share.figures,
        "figures_percent": PERCENT * share.figures / figures if figures else None,
        "tonne_km_percent": PERCENT * share.tonne_km / work if work else None,
        "by_confidence": share.by_confidence,
        "tonne_km": share.tonne_km,
        "tonne_km_by_confidence": share.tonne_km_by_confidence,
    }
