"""The commands that simulate."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from sim.changes import apply, differences
from sim.cli.guard import INTERRUPTED
from sim.files import data_folder, load_description, load_plan
from sim.indicators.compare import compare
from sim.indicators.result import Difference, Result
from sim.indicators.table import COLUMNS, Numbers
from sim.model.case import Case
from sim.model.scenario import Run
from sim.outputs.columns import DIFFERENCE_COLUMNS, as_csv, as_json, difference_values, table_values
from sim.outputs.compare_report import compare_report
from sim.outputs.run_report import run_report
from sim.outputs.store import manifest, open_folder, write_comparison, write_replication, write_result
from sim.studies.replicate import replicate

PIPED_WIDTH = 160


@dataclass(frozen=True)
class Request:
    """What the command line asks beyond the scenario: None leaves what the scenario says."""

    replications: int | None = None
    seed: int | None = None
    days: int | None = None
    jobs: int | None = None
    sets: tuple[str, ...] = ()
    out: Path | None = None


def load_case(name: str, request: Request, run: Run | None = None) -> Case:
    """Return a scenario made ready; `run`, or what the command line asks, replaces its own run."""
    folder = data_folder()
    plan = load_plan(name, folder / "scenarios", request.sets)
    return apply(load_description(folder / "corridors"), replace(plan, run=run or asked(request, plan.run)))


def asked(request: Request, run: Run) -> Run:
    """Return a run with what the command line asks of it."""
    wanted = {"replications": request.replications, "seed": request.seed, "days": request.days}
    return run.model_copy(update={name: value for name, value in wanted.items() if value is not None})


def run_scenario(name: str, request: Request, shown: str) -> None:
    """Simulate a scenario and print its report or long table."""
    result = _study(load_case(name, request), request, request.out)
    head = manifest(result.case, "interrupted" if result.interrupted else "done", len(result.replications))
    if shown == "table" and result.replications:
        console().print(run_report(result))
    elif shown == "json":
        typer.echo(as_json({"scenario": head}, COLUMNS, table_values(result.rows())), nl=False)
    elif shown == "csv":
        typer.echo(as_csv(COLUMNS, table_values(result.rows())), nl=False)
    _say_if_interrupted([result])


def compare_scenarios(base: str, names: list[str], request: Request, shown: str) -> None:
    """Simulate a base and scenarios under the same luck and print what differs."""
    first = load_case(base, request)
    cases = [first, *(load_case(name, request, first.run) for name in names)]
    results = []
    for number, case in enumerate(cases):
        out = request.out / f"{number}-{case.name}" if request.out else None
        results.append(_study(case, request, out))
        if results[-1].interrupted:
            break
    done = [result for result in results if result.replications]
    compared = [(result, compare(done[0], result)) for result in done[1:]]
    if request.out:
        for number, (result, rows) in enumerate(compared, start=1):
            write_comparison(request.out / f"{number}-{result.case.name}", rows)
    _print_comparisons(done, compared, shown)
    _say_if_interrupted(results)


def _print_comparisons(
    done: list[Result], compared: list[tuple[Result, list[Difference]]], shown: str
) -> None:
    for result, rows in compared:
        inputs = differences(done[0].case, result.case)
        values = [difference_values(row) for row in rows]
        if shown == "table":
            console().print(compare_report(done[0], result, inputs, rows))
        elif shown == "csv":
            typer.echo(as_csv(DIFFERENCE_COLUMNS, values), nl=False)
        else:
            head: dict[str, object] = {
                "base": manifest(done[0].case, "done", len(done[0].replications)),
                "scenario": manifest(result.case, "done", len(result.replications)),
                "inputs": [asdict(difference) for difference in inputs],
            }
            typer.echo(as_json(head, DIFFERENCE_COLUMNS, values), nl=False)


def console() -> Console:
    """Return the console of standard output: wide when it is not a terminal."""
    plain = Console()
    return plain if plain.is_terminal else Console(width=PIPED_WIDTH)


def _study(case: Case, request: Request, out: Path | None) -> Result:
    """Simulate a case, keeping finished replications in `out` as they come."""
    known = open_folder(out, case) if out else {}
    with _progress(case) as advance:

        def done(number: int, numbers: Numbers) -> None:
            if out:
                write_replication(out, number, numbers)
            advance()

        for _ in known:
            advance()
        result = replicate(case, request.jobs or os.cpu_count() or 1, done, known)
    if out:
        write_result(out, result)
    return result


class _Advance:
    def __init__(self, progress: Progress, total: int, title: str) -> None:
        self.progress = progress
        self.task = progress.add_task(title, total=total)

    def __call__(self) -> None:
        self.progress.advance(self.task)


@contextmanager
def _progress(case: Case) -> Iterator[_Advance]:
    """Show on standard error how many replications are done, if it is a terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield _Advance(progress, case.run.replications, case.name)


def _say_if_interrupted(results: list[Result]) -> None:
    if not any(result.interrupted for result in results):
        return
    kept = ", ".join(f"{len(r.replications)} of {r.asked} of {r.case.name}" for r in results)
    typer.echo(f"interrupted: finished replications are kept ({kept})", err=True)
    raise typer.Exit(INTERRUPTED)
