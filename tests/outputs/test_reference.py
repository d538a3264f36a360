"""What the documentation says is what the program does: pages written from it are up to date."""

from pathlib import Path

import pytest

from sim.cli.app import app
from sim.cli.exporting import reference_files, schema_files

ROOT = Path(__file__).parents[2]
PLACES = {
    "INDICATORS.md": "sim",
    "COMMANDS.md": "sim",
    "CORRIDOR_FILES.md": "corridors",
    "SCENARIO_FILES.md": "scenarios",
    "corridor.schema.json": "corridors",
    "scenario.schema.json": "scenarios",
    "measure.schema.json": "scenarios",
}


@pytest.mark.parametrize("name", PLACES)
def test_page_is_what_the_program_writes(name):
    """After a change of commands, indicators or models, `make reference` has to be run."""
    written = {**reference_files(app), **schema_files()}[name]
    assert (ROOT / PLACES[name] / name).read_text("utf-8") == written, "run `make reference`"


def test_readme_names_every_command():
    """A new command has a place in the README."""
    readme = (ROOT / "README.md").read_text("utf-8")
    commands = [
        line.split("`")[1].split()[1]
        for line in (ROOT / "sim" / "COMMANDS.md").read_text("utf-8").splitlines()
        if line.startswith("## ")
    ]
    assert [name for name in commands if f"corridor {name}" not in readme] == []
