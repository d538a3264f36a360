"""The command that tells the story of one consignment."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import typer

from sim.cli.running import Request, console, load_case
from sim.errors import InputError, Problem, nearest
from sim.indicators.extract import Units, extract, units_of
from sim.indicators.legend import KINDS, Legend
from sim.indicators.movements import InMemory, Traced
from sim.indicators.picks import Which, consignments, pick, serial
from sim.indicators.story import story
from sim.network.compile import compile_case
from sim.outputs.columns import as_csv, as_json
from sim.outputs.story_report import STORY_COLUMNS, Told, story_head, story_report, story_rows
from sim.outputs.trace import Trace, kept, trace_file
from sim.records.columns import CONSIGNMENT
from sim.studies.replicate import simulated_once

SCENARIO = "baseline"
DAYS = 14
"""Days that are simulated, after the warm-up, for a story alone: long enough for the longest ways."""


@dataclass(frozen=True)
class Wanted:
    """Which consignment of which replication: `text` is a unit number, ``FLOW#N`` or a flow."""

    text: str
    which: Which | None
    replication: int


def tell(wanted: Wanted, results: Path | None, scenario: str | None, request: Request, shown: str) -> None:
    """Print the story of a consignment, of a stored run or of one that is simulated for it."""
    with _traced(wanted, results, scenario, request) as traced:
        units = units_of(traced)
        unit = _find(wanted, traced.legend, units)
        found = story(traced.legend, extract(traced, units, unit))
        told = Told(traced.legend, wanted.replication, serial(units, unit), found)
    if shown == "table":
        console().print(story_report(told))
    elif shown == "json":
        typer.echo(as_json(story_head(told), STORY_COLUMNS, story_rows(told)), nl=False)
    else:
        typer.echo(as_csv(STORY_COLUMNS, story_rows(told)), nl=False)


@contextmanager
def _traced(wanted: Wanted, results: Path | None, scenario: str | None, request: Request) -> Iterator[Traced]:
    if results is None:
        asked = request if request.days else replace(request, days=DAYS)
        network = compile_case(load_case(scenario or SCENARIO, asked))
        _flow(wanted, network.flows)
        run = network.case.run
        first = f"{run.days} days of {network.case.name} after {run.warm_up_days} of warm-up"
        typer.echo(f"simulating {first}, replication {wanted.replication}, seed {run.seed}", err=True)
        yield InMemory(network, simulated_once(network, wanted.replication))
        return
    if scenario or request != Request():
        what = "are told as they were simulated: leave out --scenario, --days, --seed and --set"
        raise InputError([Problem("--results", 0, 0, str(results), what)])
    with open_trace(results, wanted.replication) as trace:
        yield trace


def open_trace(results: Path, replication: int) -> Trace:
    """Return the trace of a replication that a result folder keeps.

    Raises
    ------
    InputError
        If it keeps none.
    """
    file = trace_file(results, replication)
    if not file.is_file():
        there = ", ".join(str(number) for number in kept(results))
        known = f"it keeps those of {there}" if there else "run the scenario with --trace and --out first"
        what = f"keeps no trace of replication {replication}: {known}"
        raise InputError([Problem("--results", 0, 0, str(results), what)])
    return Trace(file)


def _problem(wanted: Wanted, what: str) -> InputError:
    return InputError([Problem("CONSIGNMENT", 0, 0, wanted.text, what)])


def _flow(wanted: Wanted, flows: tuple[str, ...]) -> int | None:
    """Return the number of the flow that is named, or None for a unit number."""
    name, hash_, count = wanted.text.partition("#")
    if hash_ and not (count.isdecimal() and int(count)):
        raise _problem(wanted, "is no unit number, FLOW#N (N from 1) or FLOW")
    if not hash_ and name.isdecimal():
        return None
    if name not in flows:
        raise _problem(wanted, f"there is no flow '{name}'{nearest(name, flows)}: `corridor list demand`")
    if hash_ and wanted.which:
        raise _problem(wanted, "names one already: leave out --pick")
    return flows.index(name)


def _find(wanted: Wanted, legend: Legend, units: Units) -> int:
    """Return the unit number of the consignment that is wanted."""
    flow = _flow(wanted, tuple(flow.id for flow in legend.flows))
    if flow is None:
        return _numbered(wanted, legend, units)
    _, hash_, count = wanted.text.partition("#")
    if not hash_:
        unit = pick(legend, units, flow, wanted.which or "median")
        if unit is None:
            raise _problem(wanted, "none of it was delivered in the measured period")
        return unit
    mine = consignments(units, flow)
    if int(count) > len(mine):
        raise _problem(wanted, f"the run has {len(mine)} consignments of this flow")
    return int(mine[int(count) - 1])


def _numbered(wanted: Wanted, legend: Legend, units: Units) -> int:
    unit = int(wanted.text)
    if wanted.which:
        raise _problem(wanted, "names one already: leave out --pick")
    if unit >= len(units["kind"]):
        raise _problem(wanted, f"the run has no such unit: they go from 0 to {len(units['kind']) - 1}")
    if units["kind"][unit] != CONSIGNMENT:
        kind = KINDS[int(units["kind"][unit])]
        example = f"{legend.flows[0].id}#1"
        raise _problem(wanted, f"is a {kind}, not a consignment: name one, e.g. {example}")
    return unit
