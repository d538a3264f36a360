"""`corridor check` takes every file for what it is."""

from pathlib import Path

import pytest
from worlds import MEASURE, WORLD, write_world

from sim.files import folders
from sim.files.checking import check_paths
from sim.files.folders import data_folder

SCENARIOS = Path("scenarios")


def lines(*paths):
    """Return the problems of paths as their owner reads them."""
    return [str(problem) for problem in check_paths([Path(path) for path in paths], SCENARIOS)]


@pytest.mark.parametrize(
    "path", [".", "corridors", "scenarios", "scenarios/measures", "corridors/world.yaml"]
)
def test_the_world_is_sound_from_every_side(path, world_folder):
    """A folder of data, a folder of one kind, or one file."""
    assert lines(path) == []


def test_everything_of_a_data_folder_is_checked(here):
    """One mistake in each kind of file, and each of them told once although files name each other."""
    write_world(
        here,
        {
            "corridors/extra.yaml": "place: {}\n",
            "scenarios/s.yaml": "title: T\nquestion: Q?\nbase: baseline\nmeasures:\n  - use: bad\n",
            "scenarios/measures/bad.yaml": MEASURE.replace("owner", "ownr"),
        },
    )
    assert lines(".", "scenarios") == [
        "corridors/extra.yaml:1:1: unknown key 'place' (nearest: 'places')",
        "scenarios/measures/bad.yaml:2:1: unknown key 'ownr' (nearest: 'owner')",
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            WORLD.replace("name: Alpha", "nam: Alpha"),
            "x.yaml:3:5: places.alpha: unknown key 'nam' (nearest: 'name')",
        ),
        (MEASURE.replace("title", "titel"), "x.yaml:1:1: unknown key 'titel' (nearest: 'title')"),
        ("title: T\nquestion: Q\nbase: none-such\n", "x.yaml:3:7: base: unknown scenario 'none-such'"),
        ("hello: 1\n", "x.yaml:1:1: unknown key 'hello'"),
    ],
)
def test_a_file_elsewhere_is_known_by_its_keys(text, line, world_folder):
    """Its folder says nothing about it; most of its keys do. What is nothing is taken for a corridor file."""
    (world_folder / "x.yaml").write_text(text)
    assert lines("x.yaml") == [line]


def test_one_corridor_file_is_checked_within_its_folder(here):
    """Its references lead to other files; only its own problems are told."""
    extra = "corridors:\n  c:\n    title: C\n    description: D\n    route: [alpha-beta, nowhere]\n"
    write_world(here, {"corridors/extra.yaml": extra})
    assert lines("corridors/world.yaml") == []
    assert [line.partition(": ")[0] for line in lines("corridors/extra.yaml")] == [
        "corridors/extra.yaml:5:25"
    ]


def test_what_is_not_there(world_folder):
    """A path that leads nowhere is a problem, not a silent success."""
    assert lines("corridors/wrld.yaml") == ["corridors/wrld.yaml: does not exist (nearest: 'world.yaml')"]
    (world_folder / "empty").mkdir()
    assert lines("empty") == ["empty: holds no YAML file"]


def test_the_data_of_the_current_folder_come_first(world_folder, monkeypatch):
    """A planner who stands in a folder with corridors and scenarios means those."""
    assert data_folder() == Path()
    monkeypatch.chdir(world_folder / "corridors")
    assert (data_folder() / "corridors").is_dir()
    assert data_folder().is_absolute()


def test_an_installed_package_brings_its_data(world_folder, monkeypatch):
    """A wheel holds them under sim/data; a checkout has them at its root."""
    write_world(world_folder / "sim/data")
    monkeypatch.setattr(folders, "PACKAGE", world_folder / "sim")
    monkeypatch.chdir(world_folder / "sim")
    assert data_folder() == world_folder / "sim/data"
