"""Take over networks that other programs write."""

from pathlib import Path

import typer

from sim.errors import InputError, Problem
from sim.files import data_folder
from sim.files.gmns_corridor import import_gmns
from sim.files.ground import COUNTRIES
from sim.files.library import SUFFIXES

IMPORTERS = {"gmns": import_gmns}
"""What reads a network of others, by the name of its format."""


def import_network(what: str, folder: Path, out: Path) -> None:
    """Write a network of others as a corridor file, which must be new."""
    problem = _place_problem(out)
    if problem:
        raise InputError([Problem("--out", 0, 0, str(out), problem)])
    made = IMPORTERS[what](folder, data_folder() / COUNTRIES, out)
    out.write_text(made.text, "utf-8")
    left_out = f"; {made.left_out} links that are no sections left out" if made.left_out else ""
    typer.echo(f"wrote {out}: {made.places} places, {made.sections} sections{left_out}", err=True)


def _place_problem(out: Path) -> str:
    if out.suffix not in SUFFIXES:
        return "must end in .yaml"
    if out.exists():
        return "is already there: name another file"
    return "" if out.parent.is_dir() else f"there is no folder '{out.parent}'"
