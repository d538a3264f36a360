"""The command that finds consignments and tells the story of one."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import typer

from sim.cli.inspecting import print_rows
from sim.cli.running import Request, console, load_case
from sim.cli.seeking import Wanted, flows_sought, wrong
from sim.errors import InputError, Problem
from sim.indicators.extract import Units, extract, units_of
from sim.indicators.legend import KINDS, Legend, flows_of
from sim.indicators.movements import InMemory, Traced
from sim.indicators.picks import consignments, matching, pick, serial, slowest_first
from sim.indicators.story import story
from sim.network.compile import compile_case
from sim.outputs.columns import as_csv, as_json
from sim.outputs.consignment_report import LIST_COLUMNS, Matches, match_head, match_report, match_rows
from sim.outputs.story_report import STORY_COLUMNS, Told, story_head, story_report, story_rows
from sim.outputs.trace import Trace, kept, trace_file
from sim.records.columns import CONSIGNMENT
from sim.studies.replicate import simulated_once

SCENARIO = "baseline"
DAYS = 14
"""Days that are simulated, after the warm-up, for a story alone: long enough for the longest ways."""


def tell(wanted: Wanted, results: Path | None, scenario: str | None, request: Request, shown: str) -> None:
    """Print the story of a consignment, or those that match, of a stored run or one simulated for it."""
    with _traced(wanted, results, scenario, request) as traced:
        legend, units = traced.legend, units_of(traced)
        flows = flows_sought(wanted, legend.flows)
        if wanted.as_list:
            found = slowest_first(legend, units, matching(legend, units, flows, wanted.sought.way or ""))
            matches = Matches(legend, units, wanted.replication, found)
            _list(matches, wanted.limit, _source(wanted, results, scenario, request), shown)
            return
        unit = _find(wanted, legend, units, flows)
        told = Told(
            legend, wanted.replication, serial(units, unit), story(legend, extract(traced, units, unit))
        )
    if shown == "table":
        console().print(story_report(told))
    elif shown == "json":
        typer.echo(as_json(story_head(told), STORY_COLUMNS, story_rows(told)), nl=False)
    else:
        typer.echo(as_csv(STORY_COLUMNS, story_rows(told)), nl=False)


def _list(matches: Matches, limit: int | None, source: str, shown: str) -> None:
    rows = [] if shown == "table" else match_rows(matches, limit)
    if shown == "table":
        console().print(match_report(matches, limit, source))
    else:
        print_rows(shown, match_head(matches), LIST_COLUMNS, rows, lambda: "")


def _source(wanted: Wanted, results: Path | None, scenario: str | None, request: Request) -> str:
    """Return the options that name the same run again."""
    options = (
        ("--results", results),
        ("--scenario", scenario),
        ("--replication", wanted.replication or None),
        ("--seed", request.seed),
        ("--days", request.days),
        *(("--set", one) for one in request.sets),
    )
    return "".join(f" {option} {value}" for option, value in options if value is not None)


@contextmanager
def _traced(wanted: Wanted, results: Path | None, scenario: str | None, request: Request) -> Iterator[Traced]:
    if results is None:
        asked = request if request.days else replace(request, days=DAYS)
        network = compile_case(load_case(scenario or SCENARIO, asked))
        flows_sought(wanted, flows_of(network))
        run = network.case.run
        first = f"{run.days} days of {network.case.name} after {run.warm_up_days} of warm-up"
        typer.echo(f"simulating {first}, replication {wanted.replication}, seed {run.seed}", err=True)
        yield InMemory(*simulated_once(network, wanted.replication))
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
        known = f"it keeps those of {there}" if there else "run the scenario with --trace first"
        what = f"keeps no trace of replication {replication}: {known}"
        raise InputError([Problem("--results", 0, 0, str(results), what)])
    return Trace(file)


def _find(wanted: Wanted, legend: Legend, units: Units, flows: list[int]) -> int:
    """Return the unit number of the consignment that is wanted."""
    if not wanted.names_one:
        found = matching(legend, units, flows, wanted.sought.way or "")
        unit = pick(legend, units, found, wanted.which or "median")
        if unit is None:
            raise wrong(wanted, "none that fits was delivered in the measured period: see --list")
        return unit
    _, hash_, count = str(wanted.text).partition("#")
    if not hash_:
        return _numbered(wanted, legend, units)
    mine = consignments(units, flows[0])
    if int(count) > len(mine):
        raise wrong(wanted, f"the run has {len(mine)} consignments of this flow")
    return int(mine[int(count) - 1])


def _numbered(wanted: Wanted, legend: Legend, units: Units) -> int:
    unit = int(str(wanted.text))
    if unit >= len(units["kind"]):
        raise wrong(wanted, f"the run has no such unit: they go from 0 to {len(units['kind']) - 1}")
    if units["kind"][unit] != CONSIGNMENT:
        kind = KINDS[int(units["kind"][unit])]
        example = f"{legend.flows[0].id}#1"
        raise wrong(wanted, f"is a {kind}, not a consignment: name one, e.g. {example}")
    return unit
