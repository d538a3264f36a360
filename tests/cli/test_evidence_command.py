"""What the figures rest on, as a user asks for it."""

import csv
import io
import json

import pytest
from typer.testing import CliRunner
from worlds import WORLD, write_world

from sim.cli.app import app

FIGURES = WORLD.count("{value:") + 3 + 1
UNUSED = "sources:\n  spare:\n    title: S\n    publisher: P\n    kind: study\n    address: A\n"


@pytest.fixture
def corridor(world_folder):
    """Run a command on the small world, which has a source that no figure uses."""
    (world_folder / "corridors" / "spare.yaml").write_text(UNUSED, "utf-8")
    return lambda *words: CliRunner().invoke(app, list(words))


def test_check_tells_what_figures_rest_on(corridor):
    """The share that is assumed, and the weak figures, below the check."""
    done = corridor("check", "--evidence")
    assert done.exit_code == 0, done.output
    assert "no problem found" in done.stderr
    assert f"{FIGURES} figures and 3 statements" in done.stdout
    assert "assumed" in done.stdout
    assert "most influential weak figures" in done.stdout
    assert "study" in done.stdout, "a row also for what nothing rests on"


def test_without_the_option_check_prints_nothing(corridor):
    """As ever."""
    assert corridor("check").stdout == ""


def test_json_holds_shares_and_every_figure(corridor):
    """The shares sum to the whole, by number and by tonne-km."""
    done = json.loads(corridor("check", "--evidence", "--format", "json").stdout)
    assert done["figures"] == len(done["rows"]) == FIGURES
    assert sum(share["figures_percent"] for share in done["rests_on"]) == pytest.approx(100)
    assert sum(share["tonne_km_percent"] for share in done["rests_on"]) == pytest.approx(100)
    servers = next(row for row in done["rows"] if row["path"].endswith("outbound.steps.customs.servers"))
    assert (servers["value"], servers["low"], servers["high"]) == (4, 3, 5)
    assert (servers["rests_on"], servers["confidence"]) == ("directory", "medium")
    assert servers["tonne_km"] == pytest.approx(36500 * 100)
    assert servers["influence"] is None
    assert done["weakest"][0]["influence"] == pytest.approx(36500 * 100)


def test_csv_is_the_table_of_all_figures(corridor):
    """A spreadsheet sorts them as it likes."""
    rows = list(csv.DictReader(io.StringIO(corridor("check", "--evidence", "--format", "csv").stdout)))
    assert len(rows) == FIGURES
    assert {row["rests_on"] for row in rows} == {"directory", "assumed"}


@pytest.mark.parametrize("path", [".", "corridors", "corridors/world.yaml"])
def test_a_folder_of_ones_own_without_a_baseline_is_weighed_as_described(here, path):
    """From anywhere, by the folder, its corridors or a file of them."""
    ashore = WORLD.replace("{lon_deg: 49.0, lat_deg: 38.0,", "{lon_deg: 48.7, lat_deg: 38.9,")
    folder = write_world(here / "mine", {"corridors/world.yaml": ashore})
    (folder / "scenarios" / "baseline.yaml").unlink()
    done = CliRunner().invoke(app, ["check", str(folder / path), "--evidence", "--format", "json"])
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert (found["scenario"], found["figures"]) == ("things as they are", FIGURES)
    assert sum(share["tonne_km"] for share in found["rests_on"]) > 0


def test_a_world_without_demand_has_figures_without_weight(here):
    """Shares by number alone; a dash for what cannot be weighed."""
    text = WORLD[: WORLD.index("demand:")] + WORLD[WORLD.index("charges:") :]
    write_world(here, {"corridors/world.yaml": text})
    done = CliRunner().invoke(app, ["check", "corridors", "--evidence"])
    assert done.exit_code == 0, done.output
    assert "The 0 most influential" in done.stdout


def test_a_figure_without_a_source_stops_the_report(corridor, world_folder):
    """The loader refuses it: exit code 2, and nothing on standard output."""
    text = WORLD.replace("{value: 50, assumed: made for tests}", "{value: 50}", 1)
    (world_folder / "corridors" / "world.yaml").write_text(text, "utf-8")
    done = corridor("check", "--evidence")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "needs either 'source'" in done.stderr


def test_sources_are_listed_with_their_kind_and_use(corridor):
    """Those that nothing uses too, with 0."""
    rows = json.loads(corridor("list", "sources", "--format", "json").stdout)["rows"]
    assert {row["id"]: (row["kind"], row["figures"]) for row in rows} == {
        "road-atlas": ("directory", "2"),
        "spare": ("study", "0"),
    }
