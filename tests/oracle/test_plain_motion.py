"""The inner loop against the same in plain words: equal records, on random worlds and the baseline."""

import os
import subprocess
import sys
from dataclasses import replace
from unittest.mock import patch

import numpy as np
import pytest
from cases import run
from hypothesis import given, settings
from oracle.plain_motion import PlainMotion
from properties.strategies import cases

from sim.changes import apply
from sim.choice.assignment import assign
from sim.engine.simulate import simulate
from sim.files import data_folder, load_description, load_plan
from sim.network.compile import compile_case
from sim.records.columns import Records

DIGEST = """
import hashlib, sys
sys.path.insert(0, "tests")
from oracle.test_plain_motion import a_week
from sim.engine.compiled import COMPILED
from sim.engine.simulate import simulate
records = simulate(*a_week())
digest = hashlib.sha256()
for column in vars(records).values():
    digest.update(repr(column).encode() if isinstance(column, int) else column.tobytes())
print(COMPILED, digest.hexdigest())
"""


def a_week():
    """Return the arguments of one replication of eight days of the baseline."""
    folder = data_folder()
    case = apply(load_description(folder / "corridors"), load_plan("baseline", folder / "scenarios", ()))
    case = replace(case, run=case.run.model_copy(update={"days": 6, "warm_up_days": 2}))
    network = compile_case(case)
    return network, assign(network), 1, 0


def rows(records: Records, prefix: str) -> np.ndarray:
    """Return the rows of one table of the records, in an order of their own."""
    columns = np.array([column for name, column in vars(records).items() if name.startswith(prefix)])
    return columns[:, np.lexsort(columns[::-1])]


def assert_same(found: Records, expected: Records) -> None:
    for prefix in ("visit_", "load_", "departure_"):
        assert np.array_equal(rows(found, prefix), rows(expected, prefix))
    for name, column in vars(expected).items():
        if name.startswith("unit_"):
            assert np.array_equal(getattr(found, name), column), name


@settings(max_examples=60, derandomize=True, deadline=None)
@given(cases())
def test_random_worlds_have_the_records_of_the_plain_loop(case):
    """Every unit, load and departure in the same order, every visit to the second."""
    _, found = run(case)
    with patch("sim.engine.simulate.Motion", PlainMotion):
        _, expected = run(case)
    assert_same(found, expected)


def test_days_of_the_baseline_have_the_records_of_the_plain_loop():
    """All posts, ports, trains, ships and passenger services of the committed data for eight days."""
    args = a_week()
    found = simulate(*args)
    with patch("sim.engine.simulate.Motion", PlainMotion):
        expected = simulate(*args)
    assert len(found.visit_unit) > 100_000
    assert (found.unit_kind == 3).any()
    assert_same(found, expected)


def test_compiled_and_plain_code_give_the_same_bytes():
    """With numba and with the same functions as they stand."""
    pytest.importorskip("numba", reason="the extra 'fast' is not installed")
    found = {}
    for plain in ("", "1"):
        done = subprocess.run(
            [sys.executable, "-c", DIGEST],
            env={**os.environ, "CORRIDOR_PLAIN": plain},
            capture_output=True,
            text=True,
            check=True,
        )
        compiled, digest = done.stdout.split()
        found[compiled] = digest
    assert set(found) == {"True", "False"}
    assert len(set(found.values())) == 1
