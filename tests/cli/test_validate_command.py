"""`corridor validate` as a user meets it, on the small world with observations of its own."""

import csv
import io
import json
import re

import pytest
from typer.testing import CliRunner

from sim.cli.app import app

COUNTINGS = """\
countings:
  trucks:
    title: Trucks
    text: All that cross loaded.
  all-of-it:
    title: Everything
    text: Also what has no road.
    incomparable: the network has only one road
"""
ONE = """\
  {name}:
    title: Observed for tests
    quantity: {quantity}
    of: [beta-gamma]
    direction: outbound
    from: 2021-01-01
    until: 2021-02-19
    counting: {counting}
    value: {{value: {value}, assumed: made for tests}}
    use: {use}
"""
SCENARIO = """\
title: Year {year}
question: As observed?
run: {{start: {year}-01-01, days: 20, warm_up_days: 5, replications: 2, seed: 1}}
"""
DEMAND = "demand.grain-alpha-gamma.tonnes_per_year"
SOME_TONNES, MORE_TONNES = f"{DEMAND}=365000", f"{DEMAND}=474500"


@pytest.fixture
def corridor(world_folder, monkeypatch):
    """Run a command on the small world with two years that were observed and one that was not."""
    monkeypatch.chdir(world_folder)
    for year, name in ((2020, "observed-2020"), (2021, "observed-2021"), (2030, "forecast-2030")):
        (world_folder / "scenarios" / f"{name}.yaml").write_text(SCENARIO.format(year=year))
    observe(world_folder, tonnes=1.0, trucks=1.0)
    return lambda *words: CliRunner().invoke(app, list(words))


def observe(folder, tonnes, trucks):
    """Write what was observed of 2021."""
    parts = [
        COUNTINGS,
        "observations:\n",
        ONE.format(name="tonnes", quantity="throughput", counting="trucks", value=tonnes, use="validation"),
        ONE.format(name="lorries", quantity="vehicles", counting="trucks", value=trucks, use="calibration"),
        ONE.format(name="total", quantity="throughput", counting="all-of-it", value=1.0, use="context"),
    ]
    (folder / "corridors" / "observations.yaml").write_text("".join(parts))


def rows(done):
    return {row["observation"]: row for row in csv.DictReader(io.StringIO(done.stdout)) if row["observation"]}


@pytest.fixture
def exact(corridor, world_folder):
    """The same with what a run gives as what was observed."""
    found = rows(corridor("validate", "observed-2021", "-j", "1", "--set", SOME_TONNES, "--format", "csv"))
    observe(world_folder, float(found["tonnes"]["simulated"]), float(found["lorries"]["simulated"]))
    return corridor


def test_what_was_observed_is_simulated_to_its_last_day(exact):
    """The scenario asks for 20 days, the observation lasts 50: all of them are run, and all is near."""
    done = exact("validate", "observed-2021", "-j", "1", "--set", SOME_TONNES, "--format", "json")
    assert done.exit_code == 0, done.output
    table = json.loads(done.stdout)
    assert table["passed"] is True
    assert table["scenarios"][0]["run"]["days"] == 50
    assert table["scenarios"][0]["share_within"] == 1.0
    row = next(row for row in table["rows"] if row["observation"] == "tonnes")
    assert (row["within"], row["kind"], row["corridors"], row["use"]) == (True, "post", "north", "validation")
    assert row["simulated_low"] <= row["simulated"] <= row["simulated_high"]
    assert row["relative_error"] == pytest.approx(0.0, abs=1e-12)
    total = next(row for row in table["rows"] if row["observation"] == "total")
    assert (total["simulated"], total["within"], total["note"]) == (
        None,
        None,
        "the network has only one road",
    )


def test_thirty_percent_too_much_at_the_post_ends_in_1_and_is_named(exact):
    done = exact("validate", "observed-2021", "-j", "1", "--set", MORE_TONNES)
    assert done.exit_code == 1
    furthest = done.stdout.partition("Furthest off")[2]
    assert "tonnes" in furthest
    assert "lorries" in furthest
    assert "observed-2021: 0 % of the observed tonnes and counts within 20 % (70 % asked)" in done.stderr
    wide = exact("validate", "observed-2021", "-j", "1", "--set", MORE_TONNES, "--tolerance", "40%")
    assert wide.exit_code == 0, wide.output


def test_all_observed_years_are_validated_by_default(exact):
    done = exact("validate", "-j", "1", "-r", "1", "--set", SOME_TONNES, "--format", "json")
    assert [one["scenario"] for one in json.loads(done.stdout)["scenarios"]] == [
        "observed-2020",
        "observed-2021",
    ]


def test_a_forecast_foretells_by_post_direction_and_mode(exact):
    """Nothing of 2030 is known, and nothing of 2021 is compared with it."""
    done = exact("validate", "forecast-2030", "-j", "1", "--set", SOME_TONNES, "--format", "json")
    assert done.exit_code == 0, done.output
    table = json.loads(done.stdout)
    assert table["scenarios"][0]["share_within"] is None
    assert {row["use"] for row in table["rows"]} == {"prediction"}
    told = {(row["kind"], row["of"], row["mode"], row["direction"], row["unit"]) for row in table["rows"]}
    assert ("post", "beta-gamma", "road", "outbound", "t") in told
    assert ("post", "beta-gamma", "road", "outbound", "vehicles a day") in told
    assert ("mode", "road", "road", "", "t") in told
    assert "nothing is known of 2030 to compare" in done.stderr
    assert "Foretold for 2030" in exact("validate", "forecast-2030", "-j", "1", "-r", "1").stdout


def test_the_page_has_its_charts_in_it(exact, world_folder):
    words = ["validate", "observed-2021", "-j", "1", "--set", SOME_TONNES, "--report", "page.html"]
    assert exact(*words, "--format", "csv").exit_code == 0
    page = (world_folder / "page.html").read_text("utf-8")
    assert not re.search(r"https?:|<script|@import|url\(", page)
    assert page.count("<circle") == page.count('<rect class="in" x') - 2 == 1
    assert page.count("<svg") == page.count("</svg>") == 3
    assert "the network has only one road" in page


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["--tolerance", "20"], "--tolerance: 20: must be more than 0 and at most 100 %"),
        (["--tolerance", "0"], "--tolerance: 0: must be more than 0"),
        (["--share", "x"], "--share: x: must be more than 0"),
        (["--report", "page.pdf"], "--report: page.pdf: must end in .html"),
        (["--report", "nowhere/page.html"], "--report: nowhere/page.html: its folder is not there"),
    ],
)
def test_wrong_input_ends_in_2_before_anything_is_run(corridor, words, line):
    done = corridor("validate", "observed-2021", *words)
    assert done.exit_code == 2
    assert line in done.stderr
    assert done.stdout == ""


def test_an_unknown_scenario_ends_in_2(corridor):
    assert corridor("validate", "observed-1812").exit_code == 2
