"""The report of a comparison on the terminal: what differs in the inputs, and what that changes."""

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sim.changes import InputDifference
from sim.indicators.registry import CAUSES, DEFINITIONS
from sim.indicators.result import Difference, Result
from sim.indicators.table import Key
from sim.outputs.closure_report import after_closures
from sim.outputs.input_report import DIFFERENCE_COLUMNS, differences_table, grid
from sim.outputs.lookup import index, select, shifted, waiting_changes, worsened
from sim.outputs.run_report import ENOUGH
from sim.outputs.text import number, percent, scale, signed

TIMES, MONTHS, WAITS = 15, 8, 10
SMALL = 0.5
"""A change below this many percent is left out of the table, but for totals of the network and by mode."""
TOP = (
    ("throughput", ("corridor", "mode", "post", "port", "terminal")),
    ("freight_work", ("network", "corridor")),
    ("delivered", ("network",)),
    ("unfinished", ("network",)),
    ("emissions", ("network",)),
    ("load_lost", ("network",)),
    ("passengers", ("passenger-service",)),
    ("turned_away", ("passenger-service",)),
    ("passenger_paths", ("section",)),
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
        _months(differences),
        _times(differences),
        _waiting(differences),
        *_closures(base, scenario),
        _next(differences),
    )


def _head(base: Result, scenario: Result) -> Text:
    head = Text(f"\n{scenario.case.title}, against {base.case.title}\n", style="bold")
    head.append(f"{scenario.case.question}\n", style="italic")
    head.append(
        f"{len(base.common(scenario))} replications under the same luck (seed {base.seed}). The interval is "
        "that of the paired difference, 95 %; 'real' leaves out 0, 'noise' does not.\n"
    )
    for name, result in (("base", base), ("scenario", scenario)):
        for change in result.case.applied:
            if change.after.startswith("no effect"):
                head.append(f"Outside the measured days, so without effect in the {name}: {change.path}\n")
    for note in comparison_notes(base, scenario):
        head.append(f"{note}\n", style="dim")
    return head


def comparison_notes(base: Result, scenario: Result) -> Iterator[str]:
    """Yield what a reader must know before quoting a difference."""
    if len(base.common(scenario)) < ENOUGH:
        yield f"Fewer than {ENOUGH} replications: intervals are wide, verdicts weak; use -r {ENOUGH}."
    yield "At 95 %, one in twenty figures that do not truly differ is called real all the same."
    yield (
        "Freight avoids the queues that it would make on average where capacity is short, not those of "
        "chance; demand itself does not answer to cost yet."
    )


def _inputs(inputs: Sequence[InputDifference], base: Result, scenario: Result) -> RenderableType:
    if not inputs:
        return Text("No input differs.\n")
    columns = (DIFFERENCE_COLUMNS[0], base.case.name, scenario.case.name, *DIFFERENCE_COLUMNS[3:])
    return differences_table(columns, [(d.path, d.a, d.b, d.from_, d.until) for d in inputs])


def _differences(title: str, rows: Iterable[Difference]) -> Table:
    table = grid(
        title,
        "indicator", "unit", "what", ">base", ">scenario", ">difference", ">%", ">95 % interval", "verdict",
    )  # fmt: skip
    for row in rows:
        factor, unit = scale(DEFINITIONS[row.key.indicator].unit)
        table.add_row(
            row.key.indicator.replace("_", " "),
            unit,
            label(row.key),
            number(row.base / factor),
            number(row.scenario / factor),
            signed(row.difference / factor),
            percent(row.percent),
            _interval(row, factor),
            row.verdict,
            style="" if row.verdict == "real" else "dim",
        )
    return table


def _interval(row: Difference, factor: float) -> str:
    if row.low is None or row.high is None:
        return "-"
    return f"{signed(row.low / factor)} to {signed(row.high / factor)}"


def label(key: Key) -> str:
    """Return what a key is about, in words; a mode only where the thing has several."""
    mode = key.mode if key.indicator in ("freight_work", "emissions") else ""
    return " ".join(x for x in (key.scope, key.id, mode, key.direction, key.period) if x and x != "all")


def _top(differences: Sequence[Difference]) -> RenderableType:
    def wanted(key: Key) -> bool:
        named = any(key.indicator == name and key.scope in scopes for name, scopes in TOP)
        return named and not key.period and not key.commodity

    rows = select(differences, wanted)
    changed = [row for row in rows if row.verdict != "same"]
    if not changed:
        return Text(f"All {len(rows)} figures of throughput, freight work and receipts are the same.\n")
    shown = [row for row in changed if _noteworthy(row)]
    hidden = [row.verdict for row in changed if not _noteworthy(row)]
    noise = hidden.count("noise")
    return Group(
        _differences("Throughput, freight work and receipts", shown),
        Text(
            f"Left out: {len(rows) - len(changed)} figures that stay the same, {noise} that may be noise, "
            f"{len(hidden) - noise} that change by less than {SMALL} % (--format csv has all).\n",
            style="dim",
        ),
    )


def _noteworthy(row: Difference) -> bool:
    """Whether a change is told: totals always, others when it is no noise and not small."""
    if row.key.scope in ("network", "mode"):
        return True
    return row.verdict != "noise" and (row.percent is None or abs(row.percent) >= SMALL)


def _times(differences: Sequence[Difference]) -> RenderableType:
    rows = select(differences, lambda key: key.indicator == "transit_time_mean" and key.scope == "flow")
    changed = [row for row in rows if row.verdict in ("real", "unknown")]
    largest = sorted(changed, key=lambda row: -abs(row.difference))[:TIMES]
    if not largest:
        return Text("No flow's mean transit time changes for certain.\n")
    return _differences("Transit times that change most", largest)


def _months(differences: Sequence[Difference]) -> RenderableType:
    """Return months that change although their year does not: what is only put off."""
    rows = shifted(differences, MONTHS)
    return _differences("Months that change though the year does not", rows) if rows else Text("")


def _waiting(differences: Sequence[Difference]) -> RenderableType:
    largest = waiting_changes(differences, WAITS)
    if not largest:
        return Text("Nowhere does waiting change.\n")
    by_key = {difference.key: difference for difference in differences}
    table = grid(
        "Where waiting changes most",
        "where", "because", ">kt-d", ">%", ">95 % interval", "verdict", ">mean wait, h", ">queue", ">largest",
    )  # fmt: skip
    factor, _ = scale("t-d")
    for row in largest:
        cause = row.key.indicator.removeprefix("waiting_")
        same_thing = (f"wait_{cause}", "queue_mean", "queue_max")
        table.add_row(
            label(row.key),
            CAUSES[cause],
            signed(row.difference / factor),
            percent(row.percent),
            _interval(row, factor),
            row.verdict,
            *(_change(by_key.get(row.key._replace(indicator=name))) for name in same_thing),
            style="" if row.verdict == "real" else "dim",
        )
    return table


def _closures(base: Result, scenario: Result) -> Iterator[Table]:
    """Yield what the dated closures of both left behind, each in its own table."""
    for result in (base, scenario):
        table = after_closures(index(result.rows()), f"After the closure in {result.case.name}")
        if table.row_count:
            yield table


def _change(difference: Difference | None) -> str:
    """Return ``before > after``."""
    return f"{number(difference.base)} > {number(difference.scenario)}" if difference else "-"


def _next(differences: Sequence[Difference]) -> Text:
    """Return the sentence that names the next bottleneck: where lack of capacity costs more for certain."""
    worse = worsened(differences, 1)
    if not worse:
        return Text("Next bottleneck: none; nowhere does freight wait longer for certain.\n", style="bold")
    certain = "" if worse[0].verdict == "real" else "; one replication, so not certain"
    factor, unit = scale("t-d")
    cause = CAUSES[worse[0].key.indicator.removeprefix("waiting_")]
    more = signed(worse[0].difference / factor)
    return Text(
        f"Next bottleneck: {label(worse[0].key)}, because {cause} ({more} {unit}{certain}).\n", style="bold"
    )
