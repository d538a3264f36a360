"""The commands that look at inputs without simulating."""

import json
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import typer
from rich.text import Text

from sim.changes import apply, differences
from sim.cli.running import Request, console, load_case
from sim.errors import InputError, Problem
from sim.files import (
    check_paths,
    data_folder,
    load_description,
    load_measure,
    load_plan,
    load_scenario,
    measure_names,
    scenario_names,
    schemas,
)
from sim.files.ground import COUNTRIES, misplaced
from sim.indicators.registry import DEFINITIONS
from sim.model.case import Case
from sim.model.description import Description
from sim.model.evidence import Frozen
from sim.outputs.columns import as_csv, as_json
from sim.outputs.input_report import DIFFERENCE_COLUMNS, differences_table, listing

Rows = list[tuple[str, ...]]


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
    if path.is_dir():
        return sorted(path.glob("*.yaml")) if path.resolve().name == "scenarios" else []
    return [path] if path.resolve().parent.name == "scenarios" else []


def _inapplicable(scenarios: list[Path], folder: Path) -> list[Problem]:
    """Return the problems that show only when scenarios are applied to the corridors: stale values."""
    problems: list[Problem] = []
    if not scenarios:
        return problems
    description = load_description(folder / "corridors")
    for scenario in scenarios:
        try:
            apply(description, load_plan(str(scenario), folder / "scenarios"))
        except InputError as error:
            problems += error.problems
    return problems


def diff_scenarios(a: str, b: str, shown: str) -> None:
    """Print the inputs that differ between two scenarios."""
    one, other = load_case(a, Request()), load_case(b, Request())
    found = differences(one, other)
    rows: Rows = [(d.path, d.a, d.b, d.from_, d.until) for d in found]
    columns = (DIFFERENCE_COLUMNS[0], one.name, other.name, *DIFFERENCE_COLUMNS[3:])
    _print(
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
            {
                "path": ".".join(d.path),
                "value": d.value,
                "from": str(d.from_ or ""),
                "until": str(d.until or ""),
            }
            for d in case.dated
        ],
        "states": [
            {
                "path": ".".join(s.path),
                "open": s.usable,
                "from": str(s.from_ or ""),
                "until": str(s.until or ""),
            }
            for s in case.states
        ],
        "description": case.description.model_dump(mode="json", by_alias=True, exclude_none=True),
    }


def list_kind(kind: str, shown: str) -> None:
    """Print what there is of a kind: its id, title and what matters most about it."""
    columns, rows = _listed(kind)
    _print(shown, {"kind": kind}, columns, rows, lambda: listing(kind, columns, rows))


def _listed(kind: str) -> tuple[tuple[str, ...], Rows]:
    folder = data_folder()
    if kind == "scenarios":
        found = [
            (name, load_scenario(folder / kind / f"{name}.yaml")) for name in scenario_names(folder / kind)
        ]
        return ("id", "title", "question"), [(name, s.title, s.question) for name, s in found]
    if kind == "measures":
        library = folder / "scenarios"
        measures = [(name, load_measure(library / kind / f"{name}.yaml")) for name in measure_names(library)]
        return ("id", "title", "theme", "owner"), [(n, m.title, m.theme, m.owner) for n, m in measures]
    if kind == "indicators":
        return ("id", "unit", "scopes", "meaning"), [
            (d.name, d.unit, d.scopes, d.meaning) for d in DEFINITIONS.values()
        ]
    if kind == "schemas":
        return ("id", "what"), [(name, f"JSON Schema of a {name} file") for name in schemas()]
    return _of_description(load_description(folder / "corridors"), kind)


TOLD: dict[str, tuple[str, ...]] = {
    "corridors": ("title", "description"),
    "places": ("name", "country", "unlocode"),
    "sections": ("title", "mode", "from_", "to", "length_km", "tracks", "capacity_mt_per_year", "status"),
    "posts": ("title", "mode", "from_", "to", "status"),
    "terminals": ("title", "place", "connects", "capacity_mt_per_year", "status"),
    "ports": ("title", "place", "connects", "berths", "status"),
    "services": ("title", "section", "fleet", "sailings_per_week", "status"),
    "fleets": ("title", "mode", "payload_t"),
    "commodities": ("title", "shipment_t", "value_usd_per_t", "value_of_time_usd_per_t_day"),
    "demand": ("title", "origin", "destination", "commodity", "tonnes_per_year", "growth_percent_per_year"),
    "charges": ("title", "payee", "country", "basis", "rate_usd", "regime"),
    "sources": ("title", "publisher", "year", "address"),
}
"""What a listing tells of each record, by kind."""


def _of_description(description: Description, kind: str) -> tuple[tuple[str, ...], Rows]:
    records: dict[str, Frozen] = getattr(description, kind)
    fields = TOLD[kind]
    rows: Rows = [
        (record_id, *(_told(getattr(record, field)) for field in fields))
        for record_id, record in records.items()
    ]
    return ("id", *(field.removesuffix("_") for field in fields)), rows


def _told(value: object) -> str:
    value = getattr(value, "value", value)
    if isinstance(value, list):
        return " - ".join(value)
    return "" if value is None else f"{value:,g}" if isinstance(value, float) else str(value)


def _print(
    shown: str,
    head: dict[str, object],
    columns: Iterable[str],
    rows: Rows,
    table: Callable[[], object],
) -> None:
    columns = tuple(columns)
    if shown == "json":
        typer.echo(as_json(head, columns, rows), nl=False)
    elif shown == "csv":
        typer.echo(as_csv(columns, rows), nl=False)
    else:
        console().print(table() if rows else Text("nothing"))
