"""The commands as a user meets them: what they print, where, and with which exit code."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sim.cli.app import app

ROOT = Path(__file__).parents[2]
SHORT = ["--days", "20", "-j", "1"]
HEARS_INTERRUPTS = (
    "import signal\n"
    "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    "from sim.cli import main\n"
    "main()\n"
)
"""The command as a terminal starts it; a background job, as tests may be, ignores interrupts."""


@pytest.fixture
def corridor(world_folder, monkeypatch):
    """Run a command on the small world."""
    monkeypatch.chdir(world_folder)
    return lambda *words: CliRunner().invoke(app, list(words))


def test_run_prints_a_table_with_the_question(corridor):
    """A reader sees the question first, and the flow that the small world has."""
    done = corridor("run", "baseline", "-r", "2", *SHORT)
    assert done.exit_code == 0, done.output
    assert "grain-alpha-gamma" in done.stdout
    assert "Where freight waits most" in done.stdout


def test_json_is_alone_on_standard_output(corridor):
    """A script can read what run prints without cutting anything off."""
    done = corridor("run", "baseline", "-r", "2", "--seed", "1", "--format", "json", *SHORT)
    table = json.loads(done.stdout)
    assert set(table) == {"scenario", "rows"}
    assert table["scenario"]["status"] == "done"
    row = table["rows"][0]
    assert list(row) == [
        "indicator", "unit", "scope", "id", "mode", "direction", "commodity", "period",
        "mean", "low", "high", "n",
    ]  # fmt: skip


def test_csv_has_a_head_line_and_as_many_fields_everywhere(corridor):
    """A spreadsheet opens the table."""
    lines = corridor("run", "baseline", "-r", "2", "--format", "csv", *SHORT).stdout.splitlines()
    assert lines[0].startswith("indicator,unit,scope")
    assert len(lines) > 10


def test_a_scenario_compared_with_itself_differs_by_exactly_nothing(corridor):
    """Same luck, same inputs: every difference is 0 and no input differs."""
    done = corridor("compare", "baseline", "baseline", "-r", "3", "--format", "json", *SHORT)
    result = json.loads(done.stdout)
    assert [scenario["inputs"] for scenario in result["scenarios"]] == [[]]
    assert {row["difference"] for row in result["rows"]} == {0.0}
    assert {row["verdict"] for row in result["rows"]} == {"same"}


def test_set_changes_what_is_simulated(corridor):
    """A value given on the command line is applied, recorded, and shown as a difference of inputs."""
    done = corridor(
        "run",
        "baseline",
        "-r",
        "1",
        "--set",
        "demand.grain-alpha-gamma.tonnes_per_year=1000",
        "--format",
        "json",
        *SHORT,
    )
    assert done.exit_code == 0, done.output
    applied = json.loads(done.stdout)["scenario"]["applied"]
    assert [change["path"] for change in applied] == ["demand.grain-alpha-gamma.tonnes_per_year"]
    assert applied[0]["after"] == "1000"


def test_several_scenarios_are_one_json_object(corridor, world_folder):
    """Each row names the scenario it compares; one document, whatever the number of scenarios."""
    text = "title: T\nquestion: Q?\nbase: baseline\nmeasures:\n  - use: more-lanes\n"
    (world_folder / "scenarios" / "wider.yaml").write_text(text, "utf-8")
    done = corridor("compare", "baseline", "wider", "baseline", "-r", "2", "--format", "json", *SHORT)
    result = json.loads(done.stdout)
    assert [scenario["scenario"] for scenario in result["scenarios"]] == ["wider", "baseline"]
    assert {row["compared"] for row in result["rows"]} == {"wider", "baseline"}


def test_no_path_is_found_before_anything_is_written(corridor, world_folder, tmp_path):
    """The line names the scenario's file and what is closed; the folder is not made, the base not run."""
    text = "title: T\nquestion: Q?\nbase: baseline\nmeasures:\n  - close: sections.alpha-beta\n"
    (world_folder / "scenarios" / "shut.yaml").write_text(text, "utf-8")
    out = tmp_path / "result"
    done = corridor("compare", "baseline", "shut", "--out", str(out), *SHORT)
    assert done.exit_code == 2
    assert "scenarios/shut.yaml:1:1: demand.grain-alpha-gamma: no path is left" in done.stderr
    assert "with sections.alpha-beta closed" in done.stderr
    assert not out.exists()


def test_check_finds_what_run_would_refuse(corridor, world_folder):
    """A stale or pathless scenario is a problem wherever its file lies."""
    stale = "  - set: posts.beta-gamma.outbound.customs.servers\n    expect: 99\n    to: 6\n"
    shut = "  - close: sections.alpha-beta\n"
    for name, change in (("stale", stale), ("shut", shut)):
        text = f"title: T\nquestion: Q?\nbase: baseline\nmeasures:\n{change}"
        (world_folder / f"{name}.yaml").write_text(text, "utf-8")
    done = corridor("check", "stale.yaml", "shut.yaml")
    assert done.exit_code == 2
    assert "expects 99" in done.stderr
    assert "no path is left" in done.stderr


def test_a_damaged_replication_is_simulated_again(corridor, tmp_path):
    """What cannot be read was not finished."""
    out = tmp_path / "result"
    corridor("run", "baseline", "-r", "2", "--out", str(out), *SHORT)
    table = (out / "table.csv").read_bytes()
    (out / "replications" / "0001.json").write_text("[[", "utf-8")
    assert corridor("run", "baseline", "-r", "2", "--out", str(out), *SHORT).exit_code == 0
    assert (out / "table.csv").read_bytes() == table


def test_a_folder_that_cannot_be_made_is_wrong_input(corridor, tmp_path):
    """A file stands where the folder's parent should be."""
    (tmp_path / "file").write_text("x", "utf-8")
    assert corridor("run", "baseline", "--out", str(tmp_path / "file" / "x"), *SHORT).exit_code == 2


def test_wrong_input_exits_with_2_and_writes_nothing(corridor, tmp_path):
    """One clear line, nothing on standard output, no folder made."""
    out = tmp_path / "result"
    done = corridor("run", "basline", "--out", str(out))
    assert done.exit_code == 2
    assert done.stdout == ""
    assert "nearest: 'baseline'" in done.stderr
    assert not out.exists()


def test_a_flow_without_a_path_is_one_line_and_exit_2(corridor):
    """Closing the only road leaves the flow nowhere to go: said before anything is simulated."""
    done = corridor("run", "baseline", "--set", "sections.alpha-beta.status=suspended", *SHORT)
    assert done.exit_code == 2
    assert "no path is left" in done.stderr
    assert done.stdout == ""


def test_a_result_folder_holds_the_tables_and_what_was_asked(corridor, tmp_path):
    """Inputs, versions, seed and applied measures stand beside the numbers."""
    out = tmp_path / "result"
    corridor("run", "baseline", "-r", "2", "--out", str(out), *SHORT)
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    assert manifest["status"] == "done"
    assert manifest["run"]["seed"] == 1
    assert len(manifest["inputs_sha256"]) == 64
    assert {"table.csv", "table.json", "replications"} <= {path.name for path in out.iterdir()}
    assert json.loads((out / "table.json").read_text("utf-8"))["rows"]


def test_finished_replications_are_taken_up_and_give_the_same_bytes(corridor, tmp_path):
    """A run broken off after one replication and asked again ends as if it had never been broken off."""
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    corridor("run", "baseline", "-r", "3", "--out", str(whole), *SHORT)
    corridor("run", "baseline", "-r", "1", "--out", str(broken), *SHORT)
    first = (broken / "replications" / "0000.json").stat().st_mtime_ns
    corridor("run", "baseline", "-r", "3", "--out", str(broken), *SHORT)
    assert (broken / "replications" / "0000.json").stat().st_mtime_ns == first
    assert (broken / "table.csv").read_bytes() == (whole / "table.csv").read_bytes()


def test_a_folder_of_other_inputs_is_not_touched(corridor, tmp_path):
    """Results of different questions never mix."""
    out = tmp_path / "result"
    corridor("run", "baseline", "-r", "1", "--out", str(out), *SHORT)
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    done = corridor("run", "baseline", "-r", "1", "--seed", "2", "--out", str(out), *SHORT)
    assert done.exit_code == 2
    assert "other inputs" in done.stderr
    assert before == {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}


def test_show_prints_the_scenario_resolved(corridor):
    """What a run would work on can be read as one JSON object."""
    shown = json.loads(corridor("show", "baseline").stdout)
    assert shown["scenario"] == "baseline"
    assert shown["description"]["demand"]


@pytest.mark.parametrize(
    "kind", ["scenarios", "sections", "posts", "demand", "sources", "indicators", "schemas"]
)
def test_list_names_what_there_is(corridor, kind):
    """Every kind can be listed, with ids."""
    done = corridor("list", kind, "--format", "json")
    assert done.exit_code == 0, done.output
    assert all(row["id"] for row in json.loads(done.stdout)["rows"])


def test_check_says_that_all_is_well(corridor):
    """No news is good news, but it is said."""
    done = corridor("check")
    assert done.exit_code == 0, done.output
    assert "no problem found" in done.stderr


def test_an_unknown_option_exits_with_2(corridor):
    """The command line itself is input too."""
    assert corridor("run", "baseline", "--replicatoins", "3").exit_code == 2


@pytest.mark.skipif(os.name != "posix", reason="interrupts are sent as POSIX signals")
@pytest.mark.parametrize("ended_by", ["ctrl-c", "kill"])
def test_an_interrupt_keeps_finished_replications_and_says_so(ended_by, world_folder, tmp_path):
    """Exit code 130, the finished replications on disk, a sentence that says how many, no process left."""
    out = tmp_path / "result"
    words = ["run", "baseline", "-r", "500", "-j", "2", "--days", "60", "--out", str(out)]
    process = subprocess.Popen(
        [sys.executable, "-c", HEARS_INTERRUPTS, *words],
        cwd=world_folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, start_new_session=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while len(list((out / "replications").glob("*.json"))) < 3 and time.monotonic() < deadline:
        time.sleep(0.05)
    if ended_by == "ctrl-c":
        os.killpg(process.pid, signal.SIGINT)
    else:
        os.kill(process.pid, signal.SIGTERM)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors
    assert "finished replications are kept" in errors
    assert "Traceback" not in errors
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    assert manifest["status"] == "interrupted"
    assert manifest["finished_replications"] == len(list((out / "replications").glob("*.json"))) >= 3
    assert _all_gone(process.pid)


def _all_gone(group: int) -> bool:
    """Whether no process of a group is left, a few seconds after its leader ended."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False
