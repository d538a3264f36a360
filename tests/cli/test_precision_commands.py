"""Runs to a precision, warm-ups and advice as a user meets them."""

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
from sim.outputs.trace import is_whole, trace_file

ROOT = Path(__file__).parents[2]
SHORT = ["--days", "20", "-j", "1"]
TO_5_PERCENT = ["--until-precision", "5%", "--indicator", "delivered"]
HEARS_INTERRUPTS = (
    "import signal\n"
    "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    "from sim.cli import main\n"
    "main()\n"
)


@pytest.fixture
def corridor(world_folder, monkeypatch):
    """Run a command on the small world."""
    monkeypatch.chdir(world_folder)
    return lambda *words: CliRunner().invoke(app, list(words))


def kept(out):
    """The replications of a folder with the instants at which they were written."""
    return {file.name: file.stat().st_mtime_ns for file in (out / "replications").glob("*.json")}


def test_a_run_goes_on_until_it_is_precise(corridor):
    """About five trucks a day for twenty days: ten replications give 7 % or so, and more are made."""
    done = corridor("run", "baseline", *TO_5_PERCENT, "--format", "json", *SHORT)
    assert done.exit_code == 0, done.output
    table = json.loads(done.stdout)
    said = table["scenario"]["precision"]
    row = next(row for row in table["rows"] if row["indicator"] == "delivered" and row["scope"] == "network")
    assert row["n"] == said["replications"] > 10
    assert (row["high"] - row["low"]) / 2 <= row["mean"] / 21
    assert said["reached"] is True
    assert f"Precision of 5 % reached with {row['n']} replications" in done.stderr


def test_the_table_says_it_once(corridor):
    """In the report itself, not on standard error as well."""
    done = corridor("run", "baseline", "--until-precision", "0.3", "-r", "3", *SHORT)
    assert done.exit_code == 0, done.output
    assert "Precision of 30 % reached with 3 replications" in done.stdout
    assert "Precision" not in done.stderr


def test_the_most_replications_end_it_with_a_clear_statement(corridor):
    """Done, not failed: exit 0, everything printed, and said where a person and where a script looks."""
    words = ["--until-precision", "0.1%", "-r", "2", "--at-most", "4", "--format", "json"]
    done = corridor("run", "baseline", *words, *SHORT)
    assert done.exit_code == 0, done.output
    assert "Precision of 0.1 % NOT reached: 4 replications are the most allowed (--at-most)" in done.stderr
    said = json.loads(done.stdout)["scenario"]["precision"]
    assert (said["reached"], said["replications"], said["at_most"]) == (False, 4, 4)


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["--until-precision", "0"], "--until-precision: 0: must be more than 0 and less than 100 %"),
        (["--until-precision", "abc"], "--until-precision: abc: must be more than 0 and less than 100 %"),
        (["--until-precision", "-1%"], "--until-precision: -1%: must be more than 0"),
        (["--until-precision", "100%"], "--until-precision: 100%: must be more than 0"),
        (["--until-precision", "nan"], "--until-precision: nan: must be more than 0"),
        (["--until-precision", "2,5%"], "--until-precision: 2,5%: must be more than 0"),
        (["--until-precision", "5"], "for 5 per cent write 5%"),
        (
            ["--until-precision", "5%", "--indicator", "deliverd"],
            "--indicator: deliverd: unknown indicator 'deliverd' (nearest: 'delivered')",
        ),
        (
            ["--until-precision", "5%", "--indicator", "wait_queue"],
            "--indicator: wait_queue: has no total: say of which",
        ),
        (
            ["--until-precision", "5%", "--indicator", "wait_queue:beta-gama"],
            "--indicator: wait_queue:beta-gama: unknown 'beta-gama' (nearest: 'beta-gamma')",
        ),
        (["--until-precision", "5%", "-r", "1"], "--replications: 1: with --until-precision begin with 2"),
        (["--until-precision", "5%", "--at-most", "5"], "--at-most: 5: is less than the 10 replications"),
        (["--indicator", "delivered"], "--indicator: goes with --until-precision"),
        (["--at-most", "20"], "--at-most: goes with --until-precision"),
        (["--warm-up", "long"], "--warm-up: long: must be a whole number of days"),
        (["--warm-up", "-3"], "--warm-up: -3: must be a whole number of days"),
        (["--warm-up", "99999999999"], "--warm-up: 99999999999: must be a whole number of days"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wish_that_makes_no_sense_is_one_line_and_exit_2(words, line, corridor, tmp_path):
    """Said before anything is simulated or written."""
    out = tmp_path / "result"
    done = corridor("run", "baseline", *words, "--out", str(out), *SHORT)
    assert done.exit_code == 2
    assert line in done.stderr
    assert done.stderr.splitlines()[1:] == ["1 problem found; nothing was run."]
    assert done.stdout == ""
    assert not out.exists()


def test_all_that_is_wrong_is_said_at_once(corridor):
    """A precision, two figures and a number of replications: four lines."""
    words = ["--until-precision", "0", "--indicator", "x", "--indicator", "y", "-r", "1"]
    done = corridor("run", "baseline", *words, *SHORT)
    assert done.exit_code == 2
    assert done.stderr.splitlines()[4:] == ["4 problems found; nothing was run."]


def test_a_later_run_to_a_precision_takes_up_what_is_there(corridor, tmp_path):
    """After a run of three, the three stay as they are, and the table is that of a run from scratch."""
    whole, later = tmp_path / "whole", tmp_path / "later"
    corridor("run", "baseline", *TO_5_PERCENT, "--out", str(whole), *SHORT)
    corridor("run", "baseline", "-r", "3", "--out", str(later), *SHORT)
    first = kept(later)
    assert len(first) == 3
    assert corridor("run", "baseline", *TO_5_PERCENT, "--out", str(later), *SHORT).exit_code == 0
    assert first.items() < kept(later).items()
    assert (later / "table.csv").read_bytes() == (whole / "table.csv").read_bytes()


def test_a_sharper_wish_goes_on_from_the_last_one(corridor, tmp_path):
    """Of 10 % first, then of 5 %: what was there is used again; 10 % once more makes nothing new."""
    out = tmp_path / "result"
    words = ["run", "baseline", "--indicator", "delivered", "--out", str(out), *SHORT]
    corridor(*words, "--until-precision", "10%")
    coarse, table = kept(out), (out / "table.csv").read_bytes()
    corridor(*words, "--until-precision", "5%")
    fine = kept(out)
    assert coarse.items() < fine.items()
    corridor(*words, "--until-precision", "10%")
    assert kept(out) == fine
    assert (out / "table.csv").read_bytes() == table


def test_every_replication_added_has_its_trace(corridor, tmp_path):
    """With --trace after a run without: those without one are made again, and the table is the same."""
    out = tmp_path / "result"
    words = ["run", "baseline", *TO_5_PERCENT, "--out", str(out), *SHORT]
    corridor(*words)
    table = (out / "table.csv").read_bytes()
    done = corridor(*words, "--trace")
    assert done.exit_code == 0, done.output
    numbers = range(len(kept(out)))
    assert len(numbers) > 10
    assert all(is_whole(trace_file(out, number)) for number in numbers)
    assert (out / "table.csv").read_bytes() == table


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX ones")
@pytest.mark.parametrize(("ended_by", "jobs"), [("SIGINT", "2"), ("SIGKILL", "1")])
def test_a_run_that_is_killed_loses_nothing(ended_by, jobs, corridor, world_folder, tmp_path):
    """Ctrl-C is told with exit 130; even after the hardest kill the next run uses what was finished."""
    out, whole = tmp_path / "result", tmp_path / "whole"
    words = ["run", "baseline", "--days", "20", "--indicator", "delivered", "--until-precision"]
    process = subprocess.Popen(
        [sys.executable, "-c", HEARS_INTERRUPTS, *words, "0.01%", "--at-most", "9000", "-j", jobs,
         "--out", str(out)],
        cwd=world_folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, start_new_session=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while len(list((out / "replications").glob("*.json"))) < 4 and time.monotonic() < deadline:
        time.sleep(0.02)
    os.killpg(process.pid, getattr(signal, ended_by))
    _, errors = process.communicate(timeout=60)
    finished = kept(out)
    assert len(finished) >= 4
    if ended_by == "SIGINT":
        assert process.returncode == 130, errors
        assert "finished replications are kept" in errors
        assert "NOT reached: interrupted after" in errors
    again = corridor(*words, "5%", "-j", "1", "--out", str(out))
    assert again.exit_code == 0, again.output
    assert finished.items() <= kept(out).items()
    corridor(*words, "5%", "-j", "1", "--out", str(whole))
    assert (out / "table.csv").read_bytes() == (whole / "table.csv").read_bytes()


def test_a_warm_up_can_be_given(corridor):
    """Days instead of those of the scenario, five."""
    done = corridor("run", "baseline", "-r", "1", "--warm-up", "12", "--format", "json", *SHORT)
    assert json.loads(done.stdout)["scenario"]["warm_up"]["set_days"] == 12


def test_a_warm_up_can_be_found(corridor):
    """The road of a hundred kilometres is full within some days; what is used is said and recorded."""
    done = corridor("run", "baseline", "-r", "1", "--warm-up", "auto", "--format", "json", *SHORT)
    assert done.exit_code == 0, done.output
    days = json.loads(done.stdout)["scenario"]["warm_up"]["set_days"]
    assert f"--warm-up auto: {days} days, by MSER-5" in done.stderr
    assert 10 <= days <= 30


def test_compared_scenarios_get_one_warm_up(corridor):
    """Found once, for both; a scenario against itself still differs by nothing."""
    done = corridor(
        "compare", "baseline", "baseline", "-r", "2", "--warm-up", "auto", "--format", "json", *SHORT
    )
    assert done.exit_code == 0, done.output
    assert done.stderr.count("--warm-up auto") == 1
    assert {row["difference"] for row in json.loads(done.stdout)["rows"]} == {0.0}


def test_advice(corridor):
    """Warm-up and replications for a person; one row a figure for a script; the time on standard error."""
    done = corridor("advise", "baseline", *SHORT)
    assert done.exit_code == 0, done.output
    assert "Warm-up of 5 days" in done.stdout
    assert "Judged by 3 replications" in done.stdout
    assert "transit time p95 network" in done.stdout
    assert "replications on this machine, 1 at a time: 10 take about" in done.stderr
    rows = json.loads(corridor("advise", "baseline", "--format", "json", *SHORT).stdout)["rows"]
    figures = {row["figure"]: row for row in rows}
    delivered = figures["delivered network"]
    counts = [delivered[f"replications_for_{wish}"] for wish in ("0.05", "0.02", "0.01")]
    assert 2 < counts[0] < counts[1] < counts[2]
    assert "throughput corridor north" in figures
    assert done.stdout == corridor("advise", "baseline", *SHORT).stdout


def test_advice_needs_two_replications(corridor):
    """One says nothing of the spread."""
    assert corridor("advise", "baseline", "-r", "1", *SHORT).exit_code == 2
