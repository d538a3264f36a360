"""`corridor explain` as a user meets it: what it prints, and what is wrong with a request."""

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner
from worlds import WORLD, write_world

from sim.cli.app import app

SECOND = """\
  grain-beta-gamma:
    title: Grain from Beta to Gamma
    origin: beta
    destination: gamma
    commodity: grain
    season: even
    base_year: 2027
    tonnes_per_year: {value: 3650, assumed: made for tests}
    growth_percent_per_year: {value: 0, assumed: made for tests}

charges:
"""


@pytest.fixture
def corridor(world_folder, monkeypatch):
    """Run a command on the small world, with a second flow."""
    write_world(world_folder, {"corridors/world.yaml": WORLD.replace("charges:\n", SECOND)})
    monkeypatch.chdir(world_folder)
    return lambda *words: CliRunner().invoke(app, list(words))


def table(done):
    assert done.exit_code == 0, done.output
    return list(csv.DictReader(io.StringIO(done.stdout)))


def test_the_report_names_alternatives_parts_and_what_is_left_out(corridor):
    """One way; the bypass is planned and named so; the fee of 40 USD a truck of 20 t goes to its payee."""
    done = corridor("explain", "grain-alpha-gamma")
    assert done.exit_code == 0, done.output
    for words in (
        "Grain from Alpha to Gamma: grain-alpha-gamma",
        "alpha - road gamma",
        "Customs of Iran (IR)",
        "2.00",
        "until posts and terminals open",
        "beta-bypass (planned)",
    ):
        assert words in done.stdout


def test_rows_sum_to_the_generalised_cost(corridor):
    """Each line has its unit; the parts in USD a tonne sum to the cost, shares to 1."""
    rows = table(corridor("explain", "grain-alpha-gamma", "baseline", "--format", "csv"))
    mine = [row for row in rows if row["standing"] == "alternative"]
    of = {row["quantity"]: float(row["value"]) for row in mine}
    parts = ("charge", "operating", "time", "queue", "constant")
    summed = sum(float(row["value"]) for row in mine if row["quantity"] in parts)
    assert summed == pytest.approx(of["generalised_cost"], abs=0.005)
    assert of["share"] == 1
    hours = sum(float(row["value"]) for row in mine if row["quantity"] in ("time_hours", "queue_hours"))
    assert hours == pytest.approx(of["total_time"])
    barriers = [row["item"] for row in rows if row["quantity"] == "barrier"]
    assert barriers == ["beta-bypass (planned)"]


def test_json_says_how_the_choice_settled(corridor):
    """A script finds the rules, the rounds and the same rows."""
    done = corridor("explain", "grain-alpha-gamma", "--format", "json")
    told = json.loads(done.stdout)
    assert told["settled"]["rounds"] == 1
    assert told["rules"]["most_times_the_cheapest"] == 1.6
    assert [flow["flow"] for flow in told["flows"]] == ["grain-alpha-gamma"]
    assert told["rows"][0]["quantity"] == "share"


@pytest.mark.parametrize(
    ("words", "flows"),
    [
        (["grain"], {"grain-alpha-gamma", "grain-beta-gamma"}),
        (["grain-b"], {"grain-beta-gamma"}),
        (["--from", "Beta"], {"grain-beta-gamma"}),
        (["--to", "az", "--commodity", "grain"], {"grain-alpha-gamma", "grain-beta-gamma"}),
        (["grain", "baseline", "--from", "alpha"], {"grain-alpha-gamma"}),
    ],
)
def test_flows_are_found_by_how_their_id_begins_and_by_their_ends(corridor, words, flows):
    """All that begin so, or that options name, and no others."""
    assert {row["flow"] for row in table(corridor("explain", *words, "--format", "csv"))} == flows


def test_a_figure_set_on_the_command_line_is_explained(corridor):
    """Twice the fee is 2 USD a tonne more."""
    doubled = ["--set", "charges.customs-fee.rate_usd=80"]
    costs = []
    for more in ([], doubled):
        rows = table(corridor("explain", "grain-alpha-gamma", "--format", "csv", *more))
        costs += [float(row["value"]) for row in rows if row["quantity"] == "generalised_cost"]
    assert costs[1] - costs[0] == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ([], "FLOW: name a flow or how its id begins, or say --from, --to or --commodity"),
        (["grane-alpha-gamma"], "no flow begins so (nearest: 'grain-alpha-gamma'): `corridor list demand`"),
        ([""], "no flow begins so: `corridor list demand`"),
        (["grain", "basline"], "(nearest: 'baseline')"),
        (["--from", "Alfa"], "--from: Alfa: fits no flow (nearest: 'alpha')"),
        (["grain-b", "--from", "alpha"], "no flow fits all of --from, --to and --commodity"),
    ],
)
def test_a_wrong_request_is_one_line_with_the_nearest_word(corridor, words, line):
    """Exit code 2, nothing on standard output, nothing written."""
    before = sorted(Path().rglob("*"))
    done = corridor("explain", *words)
    assert done.exit_code == 2
    assert line in done.stderr
    assert done.stderr.endswith("1 problem found; nothing was run.\n")
    assert done.stdout == ""
    assert sorted(Path().rglob("*")) == before
