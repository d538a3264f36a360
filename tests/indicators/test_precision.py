"""Replications needed against Student's t, and how often a run to a precision tells the truth."""

import math

import numpy as np
import pytest
from scipy import stats

from sim.indicators.interval import interval
from sim.indicators.precision import MOST, Aim, Wanted, is_narrow, needed, precision, rows_of
from sim.indicators.table import Key, Row

TONNES = Key("delivered", "network", "all")
HOURS = Key("transit_time_mean", "network", "all")


def replications(values, key=TONNES):
    return [{key: float(value)} for value in values]


def row(*values, key=TONNES):
    mean, low, high = interval([float(value) for value in values])
    return Row(key, mean, low, high, len(values))


def test_precision_is_the_half_width_as_a_part_of_the_mean():
    """9, 10, 11: mean 10, spread 1, half-width 4.3027 / sqrt(3) = 2.484, a quarter of the mean."""
    assert precision(row(9, 10, 11)) == pytest.approx(0.2484, abs=1e-4)
    assert precision(row(-9, -10, -11)) == pytest.approx(0.2484, abs=1e-4)


def test_replications_needed_worked_by_hand():
    """9, 10, 11: a tenth of the spread over the mean, so t / sqrt(n) must be 10 p / (1 + p) or less.

    Of 10 %: 0.909; with 7 it is 2.4469 / 2.6458 = 0.925, with 8 it is 2.3646 / 2.8284 = 0.836: eight.
    Of 5 %: 0.4762; with 19 it is 2.1009 / 4.3589 = 0.4820, with 20 it is 2.0930 / 4.4721 = 0.4680: twenty.
    """
    assert needed(row(9, 10, 11), 0.10) == 8
    assert needed(row(9, 10, 11), 0.05) == 20


@pytest.mark.parametrize("relative", [0.3, 0.1, 0.05, 0.02])
@pytest.mark.parametrize("spread", [0.02, 0.1, 0.4])
def test_replications_needed_are_the_fewest_by_students_t(relative, spread):
    """With scipy's quantiles: n is enough, n - 1 is not."""
    mean, low, high = 10.0, 10 * (1 - spread), 10 * (1 + spread)
    seen = 12
    deviation = spread * 10 * math.sqrt(seen) / stats.t.ppf(0.975, seen - 1)

    def half(n):
        return stats.t.ppf(0.975, n - 1) * deviation / math.sqrt(n)

    fewest = next(n for n in range(2, MOST) if half(n) <= 10 * relative / (1 + relative))
    assert needed(Row(TONNES, mean, low, high, seen), relative) == fewest


def test_what_cannot_be_predicted_is_not():
    """One value has no spread; a mean of 0 no part; a spread of the mean's size takes more than 10,000."""
    assert needed(row(7), 0.05) is None
    assert needed(row(-1, 1), 0.05) is None
    assert needed(row(1, 10, 40), 0.001) is None
    assert needed(row(5, 5, 5), 0.001) == 2


@pytest.mark.parametrize(("half", "narrow"), [(4.76, True), (4.77, False), (5.0, False)])
def test_an_interval_is_narrow_enough_by_the_true_mean(half, narrow):
    """5 % of a true mean of 95.238 is 4.762, which is 1 / 21 of the mean of 100 that was seen."""
    assert is_narrow(Row(TONNES, 100.0, 100 - half, 100 + half, 10), 0.05) is narrow


def test_the_first_look_is_after_the_least_number():
    """Nothing is judged before; three equal values are no reason to stop when ten are asked for."""
    aim = Aim(0.05, (Wanted("delivered"),), least=10)
    assert aim.replications([]) == 10
    assert aim.replications(replications([5, 5, 5])) == 10
    assert not aim.is_reached(replications([5, 5, 5]))
    assert aim.replications(replications([5] * 10)) == 10
    assert aim.is_reached(replications([5] * 10))


def test_the_next_look_is_where_the_last_one_predicted():
    """9, 10, 11 for 5 %: twenty by hand; where the prediction is next to nothing more, a tenth is added."""
    aim = Aim(0.05, (Wanted("delivered"),), least=3)
    assert aim.replications(replications([9, 10, 11])) == 20
    nearly = [9.0, 11.0] * 20
    width = precision(row(*nearly))
    barely = width / (1 - width) * 0.999
    assert needed(row(*nearly), barely) == 41
    assert Aim(barely, (Wanted("delivered"),)).replications(replications(nearly)) == 44


def test_not_more_than_the_most():
    """The prediction of twenty is cut to twelve, and twelve stay twelve."""
    aim = Aim(0.05, (Wanted("delivered"),), least=3, at_most=12)
    assert aim.replications(replications([9, 10, 11])) == 12
    assert aim.replications(replications([9, 10, 11] * 4)) == 12
    assert not aim.is_reached(replications([9, 10, 11] * 4))


def test_the_widest_figure_decides():
    """Tonnes that never differ and hours 9, 10, 11: as many as the hours need."""
    both = [{TONNES: 5.0, HOURS: float(hours)} for hours in (9, 10, 11)]
    assert Aim(0.05, least=3).replications(both) == 20
    assert not Aim(0.05, least=3).is_reached(both)
    assert Aim(0.05, (Wanted("delivered"),), least=3).is_reached(both)


def test_nothing_to_judge_by_is_no_precision():
    """What is named was not measured: no more replications, and not reached."""
    aim = Aim(0.05, (Wanted("wait_queue", "gate"),), least=3)
    assert aim.replications(replications([1, 2, 3])) == 3
    assert not aim.is_reached(replications([1, 2, 3]))


def test_a_wanted_figure_is_of_the_whole_period_and_all_commodities():
    """Days, single commodities and other things are left out; both directions of a post are meant."""
    out = Key("throughput", "post", "gate", "road", "outbound")
    back = out._replace(direction="inbound")
    others = (
        out._replace(period="2025-01-01"),
        out._replace(commodity="grain"),
        out._replace(id="other"),
        out._replace(indicator="vehicles"),
    )
    rows = rows_of([Wanted("throughput", "gate")], [dict.fromkeys((out, back, *others), 1.0)])
    assert [one.key for one in rows] == [out, back]


def run_to(aim, values):
    """Follow the aim through values that come one by one; return those that it took."""
    count, asked = 0, aim.least
    while asked > count:
        count = asked
        asked = aim.replications(replications(values[:count]))
    return values[:count]


def test_a_run_to_a_precision_tells_the_truth_as_often_as_it_says():
    """2,000 runs to 5 % of bell-shaped figures, 100 give or take 15: although each stops when its interval
    looks narrow, 93 to 97 % of intervals hold the 100, and in 95 % or more the mean is within 5 %.
    """
    aim = Aim(0.05, (Wanted("delivered"),), at_most=1000)
    luck = np.random.default_rng(2015)
    runs = [run_to(aim, luck.normal(100, 15, size=400).tolist()) for _ in range(2000)]
    intervals = [interval(values) for values in runs]
    assert all(len(values) < 400 for values in runs)
    assert 0.93 < np.mean([low <= 100 <= high for _, low, high in intervals]) < 0.97
    assert np.mean([abs(mean - 100) <= 5 for mean, _, _ in intervals]) >= 0.95


def test_such_a_run_is_not_much_longer_than_it_must_be():
    """Known spread of 0.15: (1.96 x 0.15 x 1.05 / 0.05)^2 = 38 replications; on average less than half as
    many again.
    """
    aim = Aim(0.05, (Wanted("delivered"),), at_most=1000)
    luck = np.random.default_rng(7)
    lengths = [len(run_to(aim, luck.normal(100, 15, size=400).tolist())) for _ in range(500)]
    assert 38 <= np.mean(lengths) < 57
