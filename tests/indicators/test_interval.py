"""Intervals, samples and differences."""

import math

import pytest
from scipy import stats

from sim.indicators.compare import compare
from sim.indicators.interval import interval, t975
from sim.indicators.result import Result
from sim.indicators.table import Key, table

WAIT, TONNES = Key("wait_queue", "post", "gate"), Key("throughput", "post", "gate")


@pytest.mark.parametrize("freedom", range(1, 201))
def test_the_quantile_is_that_of_student(freedom):
    """Against scipy, to 1e-3."""
    assert t975(freedom) == pytest.approx(stats.t.ppf(0.975, freedom), abs=1e-3)


def test_an_interval_is_the_textbooks():
    """1, 2, 3, 4, 5: mean 3, standard error sqrt(2.5 / 5), t of 4 degrees 2.7764."""
    mean, low, high = interval([1, 2, 3, 4, 5])
    assert mean == 3
    assert (low, high) == pytest.approx((3 - 2.7764 * math.sqrt(0.5), 3 + 2.7764 * math.sqrt(0.5)))
    assert (low, high) == pytest.approx(stats.t.interval(0.95, 4, 3, math.sqrt(0.5)), abs=1e-3)


def test_one_value_has_no_interval():
    """Nothing is known of the spread."""
    assert interval([7.0]) == (7.0, None, None)


def test_intervals_cover_the_truth_as_often_as_they_say():
    """Of 2,000 intervals of 6 normal values 95 % hold the mean: 3.5 standard deviations are 1.7 %."""
    values = stats.norm.rvs(size=(2000, 6), random_state=1).tolist()
    held = sum(low <= 0 <= high for _, low, high in map(interval, values))
    assert held / 2000 == pytest.approx(0.95, abs=0.017)


def test_a_count_missing_in_a_replication_is_0_and_a_mean_is_left_out():
    """Tonnes 10 and nothing: mean 5 of two; a wait of 3 h and none at all: 3 h of one."""
    rows = {row.key: row for row in table([{TONNES: 10.0, WAIT: 3.0}, {}])}
    assert (rows[TONNES].mean, rows[TONNES].n) == (5, 2)
    assert (rows[WAIT].mean, rows[WAIT].n, rows[WAIT].low) == (3, 1, None)


def result(*values, key=TONNES):
    return Result(None, 1, len(values), {n: {key: float(value)} for n, value in enumerate(values)})


def test_a_difference_is_paired_replication_by_replication():
    """10, 20, 30 against 11, 22, 33: differences 1, 2, 3, mean 2, half width 4.3027 / sqrt(3)."""
    row = compare(result(10, 20, 30), result(11, 22, 33))[0]
    assert (row.base, row.scenario, row.difference, row.n) == (20, 22, 2, 3)
    assert row.high - row.difference == pytest.approx(4.3027 / math.sqrt(3))
    assert row.percent == 10


@pytest.mark.parametrize(
    ("after", "verdict"),
    [((10, 20, 30), "same"), ((15, 25, 36), "real"), ((11, 19, 31), "noise"), ((9.0, 19.5, 31.5), "noise")],
)
def test_verdicts(after, verdict):
    """Real where the interval leaves out 0."""
    assert compare(result(10, 20, 30), result(*after))[0].verdict == verdict


def test_one_pair_says_nothing_unless_it_is_the_same():
    """No interval: unknown; no difference at all: same."""
    assert compare(result(10), result(11))[0].verdict == "unknown"
    assert compare(result(10), result(10))[0].verdict == "same"


def test_only_replications_that_both_have_are_compared():
    """An interrupted study of one replication against one of three: the first pair."""
    row = compare(result(10, 20, 30), result(12))[0]
    assert (row.base, row.scenario, row.n) == (10, 12, 1)


def test_the_percentage_of_nothing_is_not_given():
    """Base 0: no percent."""
    assert compare(result(0, 0), result(5, 6))[0].percent is None
