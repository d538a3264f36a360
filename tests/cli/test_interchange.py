"""The network to other programs and back, as a user asks for it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sim.cli.app import app


@pytest.fixture
def corridor(world_folder):
    """Run a command on the small world."""
    return lambda *words: CliRunner().invoke(app, list(words))


def test_geojson_is_written(corridor):
    """Two files, into a folder that is made."""
    done = corridor("export", "geojson", "-o", "out")
    assert done.exit_code == 0, done.output
    assert len(json.loads(Path("out/places.geojson").read_text("utf-8"))["features"]) == 3
    assert len(json.loads(Path("out/sections.geojson").read_text("utf-8"))["features"]) == 2


def test_lines_of_the_data_folder_are_used(corridor):
    """If there are any, by the id of the section."""
    Path("maps").mkdir()
    line = {"type": "LineString", "coordinates": [[48, 37], [48.2, 37.1], [48.5, 37.5]]}
    features = [{"properties": {"section": "alpha-beta"}, "geometry": line}]
    Path("maps/lines.geojson").write_text(json.dumps({"features": features}), "utf-8")
    corridor("export", "gmns", "-o", "out")
    assert "48.2 37.1" in Path("out/link.csv").read_text("utf-8")


def test_gmns_goes_out_and_comes_back(corridor):
    """What was exported is imported as a corridor file that stands by itself."""
    assert corridor("export", "gmns", "-o", "out").exit_code == 0
    assert {file.name for file in Path("out").iterdir()} == {
        "config.csv",
        "node.csv",
        "link.csv",
        "use_definition.csv",
    }
    done = corridor("import", "gmns", "out", "-o", "back.yaml")
    assert done.exit_code == 0, done.output
    assert done.stdout == ""
    assert "wrote back.yaml: 2 places, 2 sections; 2 links that are no sections left out" in done.stderr
    assert corridor("check", "back.yaml").exit_code == 0


def test_a_wrong_corridor_file_is_not_exported(corridor):
    """Exit code 2, and no folder is made."""
    Path("corridors/world.yaml").write_text("places: 1\n", "utf-8")
    assert corridor("export", "gmns", "-o", "out").exit_code == 2
    assert not Path("out").exists()


def test_a_wrong_network_is_not_imported(corridor):
    """One line for each problem, exit code 2, nothing written."""
    corridor("export", "gmns", "-o", "out")
    table = Path("out/link.csv")
    table.write_text(table.read_text("utf-8").replace("beta/road", "delta/road"), "utf-8")
    done = corridor("import", "gmns", "out", "-o", "back.yaml")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "out/link.csv:2:1: to_node_id: unknown node 'delta/road' (nearest: 'beta/road')" in done.stderr
    assert not Path("back.yaml").exists()


@pytest.mark.parametrize(
    ("out", "what"),
    [
        ("corridors/world.yaml", "is already there: name another file"),
        ("back.txt", "must end in .yaml"),
        ("nowhere/back.yaml", "there is no folder 'nowhere'"),
    ],
)
def test_the_file_to_write_must_be_new_and_of_yaml(corridor, out, what):
    """Nothing of the user's is overwritten, and what is written is found by the program."""
    corridor("export", "gmns", "-o", "out")
    before = Path("corridors/world.yaml").read_bytes()
    done = corridor("import", "gmns", "out", "-o", out)
    assert done.exit_code == 2
    assert f"--out: {out}: {what}" in done.stderr
    assert Path("corridors/world.yaml").read_bytes() == before
