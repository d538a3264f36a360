"""The command that says how long and how often to simulate."""

import math
import os
import time

import typer
from rich.console import Group
from rich.text import Text

from sim.cli.running import Request, console, load_case, say_if_interrupted, study
from sim.indicators.precision import DEFAULT, Wanted, needed, precision, rows_of
from sim.indicators.result import Result
from sim.indicators.warm_up import warm_up
from sim.network.compile import compile_case
from sim.outputs.columns import as_csv, as_json
from sim.outputs.precision_report import WISHES, advice_table, name, warm_up_line
from sim.outputs.store import result_manifest

COLUMNS = (
    "figure",
    "mean",
    "unit",
    "relative_half_width",
    *(f"replications_for_{wish:g}" for wish in WISHES),
)


def advise_on(scenario: str, request: Request, shown: str) -> None:
    """Simulate a few replications and print what warm-up and how many replications a scenario needs."""
    network = compile_case(load_case(scenario, request))
    anew = not (request.out and request.out.exists())
    began_s = time.monotonic()
    result = study(network, request, request.out)
    took_s = time.monotonic() - began_s
    if result.replications:
        wanted = main_figures(result)
        _print(result, wanted, shown)
        if anew:
            _say_time(result, took_s, request.jobs or os.cpu_count() or 1)
    say_if_interrupted([result], request.out)


def main_figures(result: Result) -> tuple[Wanted, ...]:
    """Return what plans are mostly judged by: how much, how long, how much on each corridor, and receipts."""
    description = result.case.description
    countries = sorted({charge.country for charge in description.charges.values()})
    return (
        *DEFAULT,
        Wanted("transit_time_p95"),
        Wanted("under_way"),
        *(Wanted("throughput", corridor) for corridor in description.corridors),
        *(Wanted("transit_receipts", country) for country in countries),
    )


def _print(result: Result, wanted: tuple[Wanted, ...], shown: str) -> None:
    if shown == "table":
        count = len(result.replications)
        judged = f"Judged by {count} replications: with few of them right to a factor of two or three."
        notes = Text(f"{warm_up_line(warm_up(result))}\n{judged}\n")
        console().print(Group(notes, advice_table(result, wanted)))
        return
    values = [
        (name(row), row.mean, row.unit, precision(row), *(needed(row, wish) for wish in WISHES))
        for row in rows_of(wanted, list(result.replications.values()))
    ]
    if shown == "csv":
        typer.echo(as_csv(COLUMNS, values), nl=False)
    else:
        typer.echo(as_json({"scenario": result_manifest(result)}, COLUMNS, values), nl=False)


def _say_time(result: Result, took_s: float, jobs: int) -> None:
    """Say on standard error how long replications take here: not part of the answer, which repeats."""
    round_s = took_s / math.ceil(len(result.replications) / jobs)
    times = [f"{count} take about {round_s * math.ceil(count / jobs):,.0f} s" for count in (10, 30, 100)]
    typer.echo(f"replications on this machine, {jobs} at a time: {', '.join(times)}", err=True)
