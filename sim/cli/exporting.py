"""Write what others read: the network for other programs, JSON Schemas for editors, pages for people."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, get_origin, get_type_hints

import typer
from typer.models import ArgumentInfo, OptionInfo

from sim.errors import InputError, Problem
from sim.files import data_folder, load_description, schemas
from sim.outputs.geojson import LINES, geojson_files, read_lines
from sim.outputs.gmns import gmns_files
from sim.outputs.reference import WRITTEN, corridor_dictionary, indicators_page, scenario_dictionary

NETWORKS = {"geojson": geojson_files, "gmns": gmns_files}
"""What writes the network of a data folder, by the name of the format."""


def export_files(what: str, out: Path, app: typer.Typer, results: Path | None) -> None:
    """Write the files of a kind into a folder, which is made if it is not there; `app` is documented.

    None of these kinds is made of `results`.
    """
    if results:
        raise InputError([Problem(what, 0, 0, str(results), "is of no use: the folder to write to is --out")])
    if out.exists() and not out.is_dir():
        raise InputError([Problem("--out", 0, 0, str(out), "is a file, not a folder")])
    files = _files(what, app)
    out.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (out / name).write_text(text, "utf-8")
        typer.echo(f"wrote {out / name}", err=True)


def _files(what: str, app: typer.Typer) -> dict[str, str]:
    """Return the texts of a kind by file name."""
    if what in NETWORKS:
        folder = data_folder()
        return NETWORKS[what](load_description(folder / "corridors"), read_lines(folder / LINES))
    return schema_files() if what == "schemas" else reference_files(app)


def schema_files() -> dict[str, str]:
    """Return the JSON Schemas by file name."""
    return {
        f"{kind}.schema.json": json.dumps(schema, indent=1, ensure_ascii=False) + "\n"
        for kind, schema in schemas().items()
    }


def reference_files(app: typer.Typer) -> dict[str, str]:
    """Return the reference pages by file name."""
    return {
        "INDICATORS.md": indicators_page(),
        "COMMANDS.md": commands_page(app),
        "CORRIDOR_FILES.md": corridor_dictionary(),
        "SCENARIO_FILES.md": scenario_dictionary(),
    }


def commands_page(app: typer.Typer) -> str:
    """Return the reference page of all commands, Markdown."""
    parts = [f"# Commands\n\n{WRITTEN}"]
    for command in app.registered_commands:
        if command.callback:
            name = command.name or command.callback.__name__
            parts.append("\n".join(_command(name, command.callback)))
    return "\n".join(parts)


def _command(name: str, callback: Callable[..., object]) -> Iterator[str]:
    hints = get_type_hints(callback, include_extras=True)
    told = {param: hint.__metadata__[0] for param, hint in hints.items() if get_origin(hint) is Annotated}
    words = [param.upper() for param, info in told.items() if isinstance(info, ArgumentInfo)]
    yield " ".join([f"## `corridor {name}", *words]) + "`\n"
    yield f"{(callback.__doc__ or '').strip()}\n"
    for param, info in told.items():
        if isinstance(info, OptionInfo):
            options = [str(option) for option in (info.default, *(info.param_decls or ()))]
            yield f"- {', '.join(f'`{option}`' for option in options)}: {info.help}"
        else:
            yield f"- `{param.upper()}`: {info.help}"
    yield ""
