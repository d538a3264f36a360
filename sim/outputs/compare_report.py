"""The report of a comparison on the terminal: what differs in the inputs, and what that changes."""

from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sim.changes import Difference as InputDifference
from sim.indicators.registry import CAUSES, DEFINITIONS
from sim.indicators.result import Difference, Result
from sim.indicators.table import Key
from sim.outputs.lookup import select, worsened
from sim.outputs.input_report import DIFFERENCE_COLUMNS, differences_table, grid
from sim.outputs.text import number, percent, signed

NEXT = 5
TOP = (
    ("throughput", ("corridor", "post", "port", "terminal")),
    ("freight_work", ("network", "corridor")),
    ("delivered", ("network",)),
    ("unfinished", ("network",)),
    ("receipts", ("country",)),
    ("transit_receipts", ("country",)),
)


def compare_report(
    base: Result,
    scenario: Result,
    inputs: Sequence[InputDifference],
    differences: Sequence[Difference],
) -> RenderableType:
    """Return the comparison of a scenario with its base as something that rich can print.

    `inputs` are what differs between the two cases.
    """
    return Group(
        _head(base, scenario),
        _inputs(inputs, base, scenario),
        _top(differences),
        _times(differences),
        _next(differences),
    )


def _head(base: Result, scenario: Result) -> Text:
    head = Text(f"\n{scenario.case.title}, against {base.case.title}\n", style="bold")
    head.append(f"{scenario.case.question}\n", style="italic")
    head.append(
        f"{len(base.common(scenario))} replications under the same luck (seed {base.seed}). The interval is "
        "that of the paired difference, 95 %; 'real' leaves out 0, 'noise' does not.\n"
    )
    return head


def _inputs(inputs: Sequence[InputDifference], base: Result, scenario: Result) -> RenderableType:
    if not inputs:
        return Text("No input differs.\n")
    columns = (DIFFERENCE_COLUMNS[0], base.case.name, scenario.case.name, *DIFFERENCE_COLUMNS[3:])
    return differences_table(columns, [(d.path, d.a, d.b, d.from_, d.until) for d in inputs])


def _differences(title: str, rows: Iterable[Difference]) -> Table:
    table = grid(
        title,
        "indicator",
        "unit",
        "what",
        ">base",
        ">scenario",
        ">difference",
        ">%",
        ">95 % interval",
        "verdict",
    )
    for row in rows:
        interval = "-" if row.low is None or row.high is None else f"{signed(row.low)} to {signed(row.high)}"
        table.add_row(
            row.key.indicator,
            DEFINITIONS[row.key.indicator].unit,
            label(row.key),
            number(row.base),
            number(row.scenario),
            signed(row.difference),
            percent(row.percent),
            interval,
            row.verdict,
            style="" if row.verdict == "real" else "dim",
        )
    return table


def label(key: Key) -> str:
    """Return what a key is about, in words."""
    return " ".join(x for x in (key.scope, key.id, key.mode, key.direction) if x and x != "all")


def _top(differences: Sequence[Difference]) -> Table:
    def wanted(key: Key) -> bool:
        return (
            not key.period
            and not key.commodity
            and any(key.indicator == name and key.scope in scopes for name, scopes in TOP)
        )

    rows = [row for row in select(differences, wanted) if row.base or row.scenario]
    return _differences("Throughput, freight work and receipts", rows)


def _times(differences: Sequence[Difference]) -> Table:
    rows = select(differences, lambda key: key.indicator == "transit_time_mean" and key.scope == "flow")
    changed = [row for row in rows if row.verdict != "same"]
    return _differences("Transit times that change", changed)


def _next(differences: Sequence[Difference]) -> RenderableType:
    worse = worsened(differences, NEXT)
    if not worse:
        return Text("Nowhere does freight wait longer for certain: no next bottleneck.\n")
    table = grid(
        "Next bottlenecks: where waiting grows for certain", "where", "because", ">more t-days", ">%"
    )
    for row in worse:
        cause = CAUSES[row.key.indicator.removeprefix("waiting_")]
        table.add_row(label(row.key), cause, signed(row.difference), percent(row.percent))
    return table
