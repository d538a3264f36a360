"""The commands that look at inputs without simulating."""

import json
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

import typer
from rich.text import Text

from sim.changes import apply, differences
from sim.cli.running import Request, console, load_case, load_cases
from sim.errors import InputError, Problem
from sim.files import check_paths, data_folder, kind_of, load_description, load_plan
from sim.files.ground import COUNTRIES, misplaced
from sim.model.case import Case, DatedState, DatedValue
from sim.network.compile import compile_case
from sim.outputs.columns import as_csv, as_json
from sim.outputs.input_report import DIFFERENCE_COLUMNS, differences_table

Rows = list[tuple[str, ...]]
Values = Sequence[Sequence[object]]


def check_files(paths: list[Path]) -> None:
    """Check files and folders, or all data; say how many problems there are, or that there are none."""
    folder = data_folder()
    asked = paths or [folder / "corridors", folder / "scenarios"]
    scenarios = folder / "scenarios"
    countries = folder / COUNTRIES
    rules = [partial(misplaced, countries=countries)] if countries.exists() else []
    problems = check_paths(asked, scenarios, rules)
    if not problems:
        problems = _inapplicable([file for path in asked for file in _scenario_files(path)], folder)
    if problems:
        raise InputError(problems)
    typer.echo(f"no problem found in {', '.join(str(path) for path in asked)}", err=True)


def _scenario_files(path: Path) -> list[Path]:
    """Return the scenarios among what is checked: a file, those of a folder, or of its ``scenarios/``."""
    if not path.is_dir():
        return [path] if kind_of(path) == "scenario" else []
    inside = [*path.glob("*.yaml"), *(path / "scenarios").glob("*.yaml")]
    return sorted(file for file in inside if kind_of(file) == "scenario")


def _inapplicable(scenarios: list[Path], folder: Path) -> list[Problem]:
    """Return the problems that show only in use: stale values, flows that are left without a way."""
    problems: list[Problem] = []
    if not scenarios:
        return problems
    description = load_description(folder / "corridors")
    for scenario in scenarios:
        try:
            compile_case(apply(description, load_plan(str(scenario), folder / "scenarios")))
        except InputError as error:
            problems += error.problems
    return problems


def diff_scenarios(a: str, b: str, shown: str) -> None:
    """Print the inputs that differ between two scenarios."""
    one, other = load_cases([a, b], Request())
    found = differences(one, other)
    rows: Rows = [(d.path, d.a, d.b, d.from_, d.until) for d in found]
    columns = (DIFFERENCE_COLUMNS[0], one.name, other.name, *DIFFERENCE_COLUMNS[3:])
    print_rows(
        shown,
        {"a": one.name, "b": other.name},
        DIFFERENCE_COLUMNS,
        rows,
        lambda: differences_table(columns, rows),
    )


def show_scenario(name: str, sets: tuple[str, ...]) -> None:
    """Print a scenario resolved, as JSON: what it applies, and everything that results."""
    case = load_case(name, Request(sets=sets))
    typer.echo(json.dumps(_resolved(case), indent=1, ensure_ascii=False))


def _resolved(case: Case) -> dict[str, object]:
    return {
        "scenario": case.name,
        "title": case.title,
        "question": case.question,
        "run": case.run.model_dump(mode="json"),
        "applied": [vars(change) for change in case.applied],
        "dated": [
            {"path": ".".join(change.path), "value": change.value, **_dates(change)} for change in case.dated
        ],
        "states": [
            {"path": ".".join(state.path), "open": state.usable, **_dates(state)} for state in case.states
        ],
        "description": case.description.model_dump(mode="json", by_alias=True, exclude_none=True),
    }


def _dates(change: DatedValue | DatedState) -> dict[str, str]:
    return {"from": str(change.from_ or ""), "until": str(change.until or "")}


def print_rows(
    shown: str,
    head: dict[str, object],
    columns: Iterable[str],
    rows: Values,
    table: Callable[[], object],
) -> None:
    """Print rows as JSON (below `head`), as CSV, or as the table that `table` returns."""
    columns = tuple(columns)
    if shown == "json":
        typer.echo(as_json(head, columns, rows), nl=False)
    elif shown == "csv":
        typer.echo(as_csv(columns, rows), nl=False)
    else:
        console().print(table() if rows else Text("nothing"))
