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
from sim.cli.aiming import AUTO, Wish, aim_of, warm_up_days
from sim.cli.guard import INTERRUPTED
from sim.files import data_folder, load_description, load_plan
from sim.indicators.compare import compare
from sim.indicators.precision import Aim
from sim.indicators.result import Difference, Result
from sim.indicators.table import COLUMNS, Numbers
from sim.model.case import Case
from sim.model.scenario import Run
from sim.network.compile import compile_case
from sim.network.elements import Network
from sim.outputs.columns import DIFFERENCE_COLUMNS, as_csv, as_json, difference_values, table_values
from sim.outputs.compare_report import compare_report
from sim.outputs.precision_report import precision_lines
from sim.outputs.run_report import run_report
from sim.outputs.store import open_folder, result_manifest, write_comparison, write_replication, write_result
from sim.studies.filling import TRIAL_DAYS, TRIALS, found_warm_up
from sim.studies.replicate import replicate

PIPED_WIDTH = 160
TRACES = Path("out")
"""Where a run with traces is kept, in a folder named after its scenario, unless another is named."""


@dataclass(frozen=True)
class Request:
    """What the command line asks beyond the scenario: None leaves what the scenario says."""

    replications: int | None = None
    seed: int | None = None
    days: int | None = None
    jobs: int | None = None
    sets: tuple[str, ...] = ()
    out: Path | None = None
    trace: bool = False
    warm_up: str | None = None


def load_case(name: str, request: Request) -> Case:
    """Return a scenario made ready, with what the command line asks of its run."""
    return load_cases([name], request)[0]


def load_cases(names: list[str], request: Request, *, one_run: bool = False) -> list[Case]:
    """Return scenarios made ready; with `one_run` the run of the first replaces those of the others."""
    folder = data_folder()
    if folder != Path():
        typer.echo(f"corridors and scenarios of {folder}", err=True)
    plans = [load_plan(name, folder / "scenarios", request.sets) for name in names]
    description = load_description(folder / "corridors")
    runs = [asked(request, (plans[0] if one_run else plan).run) for plan in plans]
    return [apply(description, replace(plan, run=run)) for plan, run in zip(plans, runs, strict=True)]


def asked(request: Request, run: Run) -> Run:
    """Return a run with what the command line asks of it."""
    wanted = {
        "replications": request.replications,
        "seed": request.seed,
        "days": request.days,
        "warm_up_days": warm_up_days(request.warm_up),
    }
    return run.model_copy(update={name: value for name, value in wanted.items() if value is not None})


def with_warm_up(names: list[str], request: Request) -> Request:
    """Return a request in which a warm-up that is to be found is: that of the slowest scenario, for all."""
    if request.warm_up != AUTO:
        return request
    short = replace(request, replications=TRIALS, days=TRIAL_DAYS, warm_up=str(TRIAL_DAYS))
    networks = [compile_case(case) for case in load_cases(names, short, one_run=True)]
    days = found_warm_up(networks, _jobs(request))
    said = (
        "MSER-5 finds none; as the scenario says" if days is None else f"{days} days, by MSER-5 and a margin"
    )
    typer.echo(f"--warm-up auto: {said}", err=True)
    return replace(request, warm_up=None if days is None else str(days))


def _jobs(request: Request) -> int:
    return request.jobs or os.cpu_count() or 1


def run_scenario(name: str, request: Request, shown: str, wish: Wish) -> None:
    """Simulate a scenario, as often as the precision that is wished needs; print its report or long table."""
    network = compile_case(load_case(name, request))
    aim = aim_of(wish, network)
    if request.warm_up == AUTO:
        network = compile_case(load_case(name, with_warm_up([name], request)))
    out = request.out or (TRACES / network.case.name if request.trace else None)
    result = study(network, request, out, aim)
    head = result_manifest(result)
    if shown == "table" and result.replications:
        console().print(run_report(result))
    elif shown == "json":
        typer.echo(as_json({"scenario": head}, COLUMNS, table_values(result.rows())), nl=False)
    elif shown == "csv":
        typer.echo(as_csv(COLUMNS, table_values(result.rows())), nl=False)
    if aim and result.replications and (shown != "table" or not result.precise):
        typer.echo("\n".join(precision_lines(result)), err=True)
    if request.trace and result.replications:
        typer.echo(f"every movement is in {out}: corridor trace --results {out}", err=True)
    say_if_interrupted([result], out)


def compare_scenarios(base: str, names: list[str], request: Request, shown: str) -> None:
    """Simulate a base and scenarios under the same luck and print what differs."""
    request = with_warm_up([base, *names], request)
    networks = [compile_case(case) for case in load_cases([base, *names], request, one_run=True)]
    results = []
    for number, network in enumerate(networks):
        out = request.out / f"{number}-{network.case.name}" if request.out else None
        results.append(study(network, request, out))
        if results[-1].interrupted:
            break
    done = [result for result in results if result.replications]
    compared = [(result, compare(done[0], result)) for result in done[1:]]
    if request.out:
        for number, (result, rows) in enumerate(compared, start=1):
            write_comparison(request.out / f"{number}-{result.case.name}", rows)
    _print_comparisons(done, compared, shown)
    say_if_interrupted(results, request.out)


def _print_comparisons(
    done: list[Result], compared: list[tuple[Result, list[Difference]]], shown: str
) -> None:
    if shown == "table":
        for result, rows in compared:
            inputs = differences(done[0].case, result.case)
            console().print(compare_report(done[0], result, inputs, rows))
        return
    columns = ("compared", *DIFFERENCE_COLUMNS)
    values = [(result.case.name, *difference_values(row)) for result, rows in compared for row in rows]
    if shown == "csv":
        typer.echo(as_csv(columns, values), nl=False)
        return
    scenarios = [
        {**result_manifest(result), "inputs": [asdict(d) for d in differences(done[0].case, result.case)]}
        for result, _ in compared
    ]
    head: dict[str, object] = {"base": result_manifest(done[0]) if done else None, "scenarios": scenarios}
    typer.echo(as_json(head, columns, values), nl=False)


def console() -> Console:
    """Return the console of standard output: wide when it is not a terminal."""
    plain = Console()
    return plain if plain.is_terminal else Console(width=PIPED_WIDTH)


def study(network: Network, request: Request, out: Path | None, aim: Aim | None = None) -> Result:
    """Simulate a network, keeping finished replications in `out` as they come."""
    known = open_folder(out, network.case, traced=request.trace) if out else {}
    with _progress(network.case) as advance:

        def done(number: int, numbers: Numbers) -> None:
            if out:
                write_replication(out, number, numbers)
            advance()

        for _ in known:
            advance()
        traces = out if request.trace else None
        result = replicate(network, _jobs(request), done, known, traces, aim)
    if out:
        write_result(out, result)
    return result


class _Advance:
    def __init__(self, progress: Progress, total: int, title: str) -> None:
        self.progress = progress
        self.task = progress.add_task(title, total=total)

    def __call__(self) -> None:
        task = self.progress.tasks[self.task]
        self.progress.update(self.task, advance=1, total=max(task.total or 0, task.completed + 1))


@contextmanager
def _progress(case: Case) -> Iterator[_Advance]:
    """Show on standard error how many replications are done, if it is a terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield _Advance(progress, case.run.replications, case.name)


def say_if_interrupted(results: list[Result], out: Path | None) -> None:
    """Say which replications are kept, and end with the exit code of interruptions, if there was one."""
    if not any(result.interrupted for result in results):
        return
    kept = ", ".join(f"{len(r.replications)} of {r.asked} of {r.case.name}" for r in results)
    where = "in the folder of --out" if out else "in what is printed; name a folder with --out to go on later"
    typer.echo(f"interrupted: finished replications are kept ({kept}) {where}", err=True)
    raise typer.Exit(INTERRUPTED)
