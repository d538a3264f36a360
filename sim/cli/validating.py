"""The command that holds simulated years against what was observed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import typer

from sim.cli.guard import FAILED
from sim.cli.running import Request, console, load_case, say_if_interrupted, study
from sim.errors import InputError, Problem
from sim.files import data_folder, scenario_names
from sim.indicators.validation import Tolerance, Validation, days_needed, validate
from sim.model.case import Case
from sim.network.compile import compile_case
from sim.outputs.columns import as_csv, as_json
from sim.outputs.validation_columns import VALIDATION_COLUMNS, head, validation_values
from sim.outputs.validation_page import validation_page
from sim.outputs.validation_report import validation_report, verdict
from sim.units import PERCENT

OBSERVED = "observed-"
"""How the names of scenarios of observed years begin."""
_SHARE = re.compile(r"(\d+(?:\.\d+)?)\s*(%?)")


@dataclass(frozen=True)
class Asked:
    """What the command line asks of a validation, as texts: how near, and of how much."""

    tolerance: str
    share: str
    report: Path | None


def validate_scenarios(names: Sequence[str], request: Request, asked: Asked, shown: str) -> None:
    """Simulate years and print how near they come to what was observed; exit 1 if that is not near enough."""
    tolerance = _tolerance(asked)
    cases = [_long_enough(name, request) for name in names or _observed_years()]
    done: list[Validation] = []
    results = []
    for number, case in enumerate(cases):
        out = request.out / f"{number}-{case.name}" if request.out else None
        result = study(compile_case(case), request, out)
        results.append(result)
        if result.replications:
            done.append(validate(result))
        if result.interrupted:
            break
    _print(done, tolerance, shown)
    if asked.report and done:
        asked.report.write_text(validation_page(done, tolerance), "utf-8")
    say_if_interrupted(results, request.out)
    for one in done:
        typer.echo(verdict(one, tolerance), err=True)
    if not all(one.passes(tolerance) for one in done):
        raise typer.Exit(FAILED)


def _observed_years() -> list[str]:
    names = [name for name in scenario_names(data_folder() / "scenarios") if name.startswith(OBSERVED)]
    if not names:
        what = f"no scenario's name begins with '{OBSERVED}': name one"
        raise InputError([Problem("SCENARIO", 0, 0, "", what)])
    return names


def _long_enough(name: str, request: Request) -> Case:
    """Return a scenario whose run lasts until the last observation of its year ends."""
    case = load_case(name, request)
    if request.days is not None:
        return case
    days = days_needed(case.description, case.run.start, case.run.days)
    return case if days == case.run.days else load_case(name, replace(request, days=days))


def _tolerance(asked: Asked) -> Tolerance:
    problems: list[Problem] = []
    relative = _part("--tolerance", asked.tolerance, problems)
    share = _part("--share", asked.share, problems)
    if asked.report and asked.report.suffix != ".html":
        problems.append(Problem("--report", 0, 0, str(asked.report), "must end in .html"))
    if asked.report and not asked.report.parent.is_dir():
        problems.append(Problem("--report", 0, 0, str(asked.report), "its folder is not there"))
    if problems:
        raise InputError(problems)
    return Tolerance(relative, share)


def _part(option: str, text: str, problems: list[Problem]) -> float:
    """Return a share between 0 and 1 from a text such as ``20%`` or ``0.2``."""
    match = _SHARE.fullmatch(text.strip())
    part = float(match[1]) / (PERCENT if match[2] else 1) if match else 0.0
    if not 0 < part <= 1:
        what = "must be more than 0 and at most 100 %; for 20 per cent write 20%"
        problems.append(Problem(option, 0, 0, text, what))
    return part


def _print(done: Sequence[Validation], tolerance: Tolerance, shown: str) -> None:
    if shown == "table":
        for one in done:
            console().print(validation_report(one, tolerance))
        return
    values = validation_values(done, tolerance)
    if shown == "csv":
        typer.echo(as_csv(VALIDATION_COLUMNS, values), nl=False)
    else:
        typer.echo(as_json(head(done, tolerance), VALIDATION_COLUMNS, values), nl=False)
