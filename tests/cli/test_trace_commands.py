"""Traces as a user meets them: kept by a run, told as a story, exported, and what is wrong with a request."""

import csv
import io
import json
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sim.cli.app import app
from sim.studies import replicate

SHORT = ["--days", "20", "-j", "1"]


@pytest.fixture
def corridor(world_folder, monkeypatch):
    """Run a command on the small world."""
    monkeypatch.chdir(world_folder)
    return lambda *words: CliRunner().invoke(app, list(words))


@pytest.fixture
def kept(corridor, tmp_path):
    """A result folder with the traces of two replications."""
    out = tmp_path / "result"
    done = corridor("run", "baseline", "-r", "2", "--trace", "--out", str(out), *SHORT)
    assert done.exit_code == 0, done.output
    return str(out)


def traces(folder):
    return {path.name: path.read_bytes() for path in (folder / "replications").glob("*.trace.zip")}


def test_a_trace_without_a_folder_is_kept_in_one_of_its_own(corridor, kept, tmp_path, world_folder):
    """It is named after the scenario and told; the bytes are those of a folder that was named."""
    done = corridor("run", "baseline", "-r", "2", "--trace", *SHORT)
    assert done.exit_code == 0
    where = Path("out") / "baseline"
    assert f"every movement is in {where}: corridor trace --results {where}" in done.stderr
    assert traces(world_folder / where) == traces(tmp_path / "result")


def test_a_run_without_trace_keeps_none_and_one_with_it_adds_them(corridor, tmp_path):
    """The numbers are the same; a replication without its trace is simulated again."""
    out = tmp_path / "result"
    corridor("run", "baseline", "-r", "2", "--out", str(out), *SHORT)
    table = (out / "table.csv").read_bytes()
    assert traces(out) == {}
    corridor("run", "baseline", "-r", "2", "--trace", "--out", str(out), *SHORT)
    assert list(traces(out)) == ["0000.trace.zip", "0001.trace.zip"] or len(traces(out)) == 2
    assert (out / "table.csv").read_bytes() == table


def test_processes_give_the_same_traces(corridor, kept, tmp_path):
    other = tmp_path / "other"
    corridor("run", "baseline", "-r", "2", "--trace", "--out", str(other), "--days", "20", "-j", "2")
    assert traces(other) == traces(tmp_path / "result")


def test_a_run_broken_off_within_a_trace_ends_with_the_same_traces(corridor, kept, tmp_path, monkeypatch):
    """Interrupted while the second trace is written: no half of it is taken for one, the rest is made."""
    out = tmp_path / "broken"
    real = replicate.write_trace

    def broken(file, network, records, number, inputs):
        if number == 1:
            file.with_suffix(".part").write_bytes(b"half")
            raise KeyboardInterrupt
        real(file, network, records, number, inputs)

    words = ["run", "baseline", "-r", "2", "--trace", "--out", str(out), *SHORT]
    with monkeypatch.context() as patch:
        patch.setattr(replicate, "write_trace", broken)
        assert corridor(*words).exit_code == 130
    assert list(traces(out)) == ["0000.trace.zip"]
    first = (out / "replications" / "0000.trace.zip").stat().st_mtime_ns
    assert corridor(*words).exit_code == 0
    assert traces(out) == traces(tmp_path / "result")
    assert (out / "replications" / "0000.trace.zip").stat().st_mtime_ns == first
    assert not list(out.rglob("*.part"))


def test_a_replication_with_a_damaged_trace_is_simulated_again(corridor, kept, tmp_path):
    """Its numbers alone do not make it finished."""
    out = tmp_path / "result"
    before = traces(out)
    (out / "replications" / "0001.trace.zip").write_bytes(before["0001.trace.zip"][:-9])
    corridor("run", "baseline", "-r", "2", "--trace", "--out", kept, *SHORT)
    assert traces(out) == before


def test_a_story_is_told_as_a_table(corridor, kept):
    """The road Alpha - Beta takes 100 km at 50 km/h for 9 of 24 hours: 5.33 h. The fee is 40 USD a truck."""
    done = corridor("trace", "grain-alpha-gamma#3", "--results", kept)
    assert done.exit_code == 0, done.output
    assert "grain-alpha-gamma#3" in done.stdout
    assert "road Alpha - Beta" in done.stdout
    assert "5.33" in done.stdout
    assert "Border post Beta - Gamma: customs (IR)" in done.stdout
    assert "40.00" in done.stdout
    assert "delivered" in done.stdout


def test_json_csv_and_the_run_without_results_tell_the_same(corridor, kept):
    """A consignment simulated for the story alone is that of the stored run of the same days."""
    words = ["trace", "grain-alpha-gamma#3", "--replication", "1", "--format"]
    stored = json.loads(corridor(*words, "json", "--results", kept).stdout)
    alone = json.loads(corridor(*words, "json", "--days", "20").stdout)
    assert stored == alone
    rows = list(csv.DictReader(io.StringIO(corridor(*words, "csv", "--results", kept).stdout)))
    assert [row["where"] for row in rows] == [row["where"] for row in stored["rows"]]
    assert sum(int(row["duration_s"]) for row in rows) == stored["duration_s"]
    assert sum(part["duration_s"] for part in stored["account"]) == stored["duration_s"]
    assert stored["consignment"] == "grain-alpha-gamma#3"
    assert stored["replication"] == 1


def test_the_slowest_takes_longer_than_the_median_than_the_fastest(corridor, kept):
    took_s = [
        json.loads(
            corridor(
                "trace", "grain-alpha-gamma", "--results", kept, "--format", "json", "--pick", which
            ).stdout
        )["duration_s"]
        for which in ("fastest", "median", "slowest")
    ]
    assert took_s[0] < took_s[1] < took_s[2]


WORDS = [
    ["--from", "alpha", "--to", "gamma"],
    ["--from", "Alpha", "--to", "GAMMA", "--commodity", "grain"],
    ["--from", "ir", "--to", "Azerbaijan"],
    ["grain-alpha-gamma", "--list", "--way", "alpha - road"],
]


@pytest.mark.parametrize("words", WORDS, ids=" ".join)
def test_consignments_are_found_without_a_number(corridor, kept, words):
    """By place, name, country or its letters: all of the one flow, the longest under way first."""
    listed = json.loads(corridor("trace", *words, "--results", kept, "--format", "json").stdout)
    took_s = [row["duration_s"] for row in listed["rows"]]
    (flow,) = listed["flows"]
    assert len(took_s) == listed["consignments"] == flow["consignments"] > 100
    assert took_s == sorted(took_s, reverse=True)
    delivered = sorted(row["duration_s"] for row in listed["rows"] if row["delivered_at"])
    assert flow["delivered"] == len(delivered) < len(took_s)
    assert flow["median_s"] == delivered[(len(delivered) - 1) // 2]
    assert flow["slowest_s"] == delivered[-1]


def test_what_is_listed_is_what_is_told(corridor, kept):
    """Name, unit, release and hours of the slowest delivered in the list are those of the picked story."""
    words = ["--from", "IR", "--results", kept, "--format", "json"]
    rows = json.loads(corridor("trace", *words).stdout)["rows"]
    slowest = next(row for row in rows if row["delivered_at"])
    told = json.loads(corridor("trace", *words, "--pick", "slowest").stdout)
    for name in ("consignment", "unit", "released_at", "duration_s", "tonnes"):
        assert told[name] == slowest[name]
    assert told["ends_at"] == slowest["delivered_at"]


def test_a_limit_cuts_the_list_in_every_format(corridor, kept):
    words = ["trace", "--limit", "3", "--results", kept]
    rows = json.loads(corridor(*words, "--format", "json").stdout)["rows"]
    assert len(rows) == 3
    named = [row["consignment"] for row in rows]
    lines = list(csv.DictReader(io.StringIO(corridor(*words, "--format", "csv").stdout)))
    assert [line["consignment"] for line in lines] == named
    table = corridor(*words).stdout
    assert all(name in table for name in named)
    assert "3 of " in table
    assert f"corridor trace {named[0]} --results {kept}" in table.replace("\n", "")


def test_a_list_of_nothing_is_empty(corridor, kept):
    done = corridor("trace", "--way", "moon", "--results", kept)
    assert done.exit_code == 0
    assert "0 consignments match" in done.stdout


def test_a_unit_number_names_the_same_consignment(corridor, kept):
    """The story says which unit it is of; that number tells the same story."""
    words = ["--results", kept, "--format", "json"]
    named = json.loads(corridor("trace", "grain-alpha-gamma#7", *words).stdout)
    assert json.loads(corridor("trace", str(named["unit"]), *words).stdout) == named


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["grain-alfa-gamma"], "no flow 'grain-alfa-gamma' (nearest: 'grain-alpha-gamma')"),
        (["grain-alpha-gamma#0"], "is no unit number, FLOW#N (N from 1) or FLOW"),
        (["grain-alpha-gamma#many"], "is no unit number, FLOW#N (N from 1) or FLOW"),
        (["grain-alpha-gamma#999999"], "consignments of this flow"),
        (["grain-alpha-gamma#1", "--pick", "slowest"], "names one already: leave out --pick"),
        (["7", "--pick", "slowest"], "names one already: leave out --pick"),
        (["7", "--to", "gamma"], "names one already"),
        (["grain-alpha-gamma#1", "--list"], "names one already"),
        (["--list", "--pick", "slowest"], "either one is picked or all are listed"),
        (["--from", "alfa"], "--from: alfa: fits no flow (nearest: 'alpha')"),
        (["--commodity", "grian"], "--commodity: grian: fits no flow (nearest: 'grain')"),
        (["grain-alpha-gamma", "--way", "moon"], "none that fits was delivered in the measured period"),
        (["999999"], "the run has no such unit: they go from 0 to "),
        (["7", "--replication", "5"], "keeps no trace of replication 5: it keeps those of 0, 1"),
        (["7", "--days", "3"], "leave out --scenario, --days, --seed and --set"),
        (["7", "--scenario", "baseline"], "leave out --scenario, --days, --seed and --set"),
    ],
)
def test_a_request_that_cannot_be_met_is_one_line_and_exit_2(corridor, kept, words, said):
    done = corridor("trace", *words, "--results", kept)
    assert done.exit_code == 2
    assert said in done.stderr
    assert "1 problem found" in done.stderr
    assert done.stdout == ""


def test_a_folder_without_traces_says_how_to_get_them(corridor, tmp_path):
    done = corridor("trace", "1", "--results", str(tmp_path))
    assert done.exit_code == 2
    assert "run the scenario with --trace first" in done.stderr


def test_a_flow_is_checked_before_anything_is_simulated(corridor, monkeypatch):
    """A misspelt flow costs no waiting."""
    monkeypatch.setattr("sim.cli.tracing.simulated_once", None)
    done = corridor("trace", "grain-alfa-gamma")
    assert done.exit_code == 2
    assert "nearest: 'grain-alpha-gamma'" in done.stderr


def test_all_replications_are_exported_or_one(corridor, kept, tmp_path):
    """The rows of two files, of one replication each, are those of the file of both."""
    texts = []
    for more in ([], ["--replication", "0"], ["--replication", "1"]):
        out = tmp_path / "moves.csv"
        assert corridor("export", "trace", kept, "-o", str(out), *more).exit_code == 0
        texts.append(out.read_text("utf-8").splitlines())
    assert texts[0] == [*texts[1], *texts[2][1:]]
    assert len(texts[1]) > 100


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-o", "moves.csv"], "name the folder that `corridor run --trace --out` wrote"),
        (["KEPT", "-o", "moves.xlsx"], "ends with none of .csv, .csv.gz, .parquet"),
        (["KEPT", "-o", "moves.csv", "--replication", "9"], "keeps no trace of replication 9"),
        (["nowhere", "-o", "moves.csv"], "run the scenario with --trace first"),
    ],
)
def test_an_export_that_cannot_be_made_is_one_line_and_exit_2(corridor, kept, world_folder, words, said):
    before = set(world_folder.iterdir())
    done = corridor("export", "trace", *(kept if word == "KEPT" else word for word in words))
    assert done.exit_code == 2
    assert said in done.stderr
    assert set(world_folder.iterdir()) == before


def test_parquet_without_pyarrow_says_what_to_install(corridor, kept, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.delitem(sys.modules, "sim.outputs.trace_parquet", raising=False)
    done = corridor("export", "trace", kept, "-o", str(tmp_path / "m.parquet"))
    assert done.exit_code == 2
    assert "pip install 'corridor-sim[parquet]'" in done.stderr
    assert not list(tmp_path.glob("m.parquet*"))


def test_other_exports_take_no_result_folder(corridor, kept, world_folder):
    """Rather than passing over it in silence."""
    done = corridor("export", "gmns", kept, "-o", "gmns")
    assert done.exit_code == 2
    assert "is of no use: the folder to write to is --out" in done.stderr
    assert not (world_folder / "gmns").exists()
