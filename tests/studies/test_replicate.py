"""Studies: the same numbers on any number of processes, paired luck, and what an interruption keeps."""

import hashlib
import math
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from cases import a_case, border_case, flow, places, post, road, step

from sim.errors import RunError
from sim.indicators.compare import compare
from sim.indicators.interval import interval
from sim.indicators.table import COLUMNS, Key
from sim.network.compile import compile_case
from sim.outputs.columns import as_json, table_values
from sim.studies import replicate as module
from sim.studies.replicate import replicate

ROOT = Path(__file__).parents[2]
WAIT = Key("wait_queue", "post", "gate", "road", "outbound")


def replicated(case, **asked):
    """Compile a case and simulate its replications."""
    return replicate(compile_case(case), **asked)


def study(servers=1, replications=4, days=10):
    """One flow over a busy gate, with a second way round."""
    return a_case(
        days,
        replications=replications,
        places=places(a="IR", b="IR", c="AZ"),
        sections={"ab": road("a", "b"), "longer": road("a", "b", 70.0)},
        posts={"gate": post("b", "c", {"customs": step(servers, 50.0 * servers, 1.0)})},
        demand={"freight": flow("a", "c")},
    )


def as_text(result):
    return as_json({"scenario": "test"}, COLUMNS, table_values(result.rows()))


def digest():
    return hashlib.sha256(as_text(replicated(study())).encode()).hexdigest()


def test_the_numbers_and_the_bytes_do_not_depend_on_the_number_of_processes():
    """-j 1 and -j 2: equal numbers, equal JSON."""
    alone, together = replicated(study(), jobs=1), replicated(study(), jobs=2)
    assert together.replications == alone.replications
    assert list(together.replications) == [0, 1, 2, 3]
    assert as_text(together) == as_text(alone)


def test_the_bytes_do_not_depend_on_the_hash_seed():
    """Two interpreters with different hash seeds print the same digest, and it is that of this one."""
    script = "import test_replicate as t; print(t.digest())"
    paths = os.pathsep.join(str(path) for path in (ROOT, ROOT / "tests", Path(__file__).parent))
    digests = {digest()}
    for seed in ("1", "4711"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": paths}
        done = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment
        )
        digests.add(done.stdout.strip())
    assert len(digests) == 1


def test_a_scenario_compared_with_itself_differs_by_nothing():
    """Every row exactly 0, and says so."""
    rows = compare(replicated(study()), replicated(study()))
    assert len(rows) > 20
    assert all(row.difference == 0 and row.verdict == "same" for row in rows)


def test_common_luck_makes_differences_sharper():
    """A slightly faster gate: the paired interval of the wait is narrower than that of two unpaired
    samples.
    """
    before = replicated(border(50.0))
    after = replicated(border(48.0))
    row = next(row for row in compare(before, after) if row.key == WAIT)
    waits = [[numbers[WAIT] for numbers in result.replications.values()] for result in (before, after)]
    halves = [interval(values)[2] - interval(values)[0] for values in waits]
    assert row.difference < 0
    assert row.high - row.difference < 0.5 * math.hypot(*halves)
    assert row.verdict == "real"


def border(minutes):
    return replace_run(border_case(1.0, {"customs": step(1, minutes, 1.0)}, 30), 8)


def replace_run(case, replications):
    return replace(case, run=case.run.model_copy(update={"replications": replications}))


def test_one_more_server_is_paired_too():
    """Two servers of the same speed against one: real, and narrower than unpaired."""
    one, two = (
        replicated(replace_run(border_case(1.0, {"customs": step(n, 50.0, 1.0)}, 30), 8)) for n in (1, 2)
    )
    row = next(row for row in compare(one, two) if row.key == WAIT)
    waits = [[numbers[WAIT] for numbers in result.replications.values()] for result in (one, two)]
    halves = [interval(values)[2] - interval(values)[0] for values in waits]
    assert row.verdict == "real"
    assert row.high - row.difference <= math.hypot(*halves)


def test_more_replications_leave_the_first_ones_as_they_are():
    """Replication n is the same in a study of two and of four."""
    few, many = replicated(study(replications=2)), replicated(study(replications=4))
    assert all(many.replications[number] == numbers for number, numbers in few.replications.items())


def test_known_replications_are_not_simulated_again():
    """Those handed in come back unchanged, only the missing ones are reported as done."""
    whole = replicated(study(replications=3))
    done = []
    again = replicated(
        study(replications=3), done=lambda number, _: done.append(number), known={1: whole.replications[1]}
    )
    assert sorted(done) == [0, 2]
    assert again.replications == whole.replications


def test_an_interruption_keeps_what_was_finished(monkeypatch):
    """Ctrl-C in the third of four replications: two are kept and the result says that it is incomplete."""
    real = module.replication

    def interrupted(network, assignment, number, traces):
        if number == 2:
            raise KeyboardInterrupt
        return real(network, assignment, number)

    monkeypatch.setattr(module, "replication", interrupted)
    result = replicated(study())
    assert list(result.replications) == [0, 1]
    assert result.interrupted
    assert result.asked == 4
    assert len(result.rows()) > 20


def test_an_error_in_a_replication_is_not_swallowed(monkeypatch):
    """What goes wrong in a replication reaches the caller, as a failed run that says where."""

    def broken(*_, **__):
        raise ZeroDivisionError

    monkeypatch.setattr(module, "replication", broken)
    with pytest.raises(RunError, match="replication 0: ZeroDivisionError"):
        replicated(study())
