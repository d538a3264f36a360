"""MSER-5 against series worked by hand and transients of known length; freight under way by hand."""

from datetime import date, timedelta

import numpy as np
import pytest
from cases import HOUR_S, a_case, commodity, drive, flow, places, road

from sim.indicators.measure import measure
from sim.indicators.under_way import UNDER_WAY
from sim.indicators.warm_up import WINDOW_DAYS, WarmUp, filling, mser5, warm_up
from sim.network.compile import compile_case
from sim.studies.replicate import replicate

BATCH = 5
FAR_KM = 10 * 24 * 60.0
"""Ten days at 60 km/h, day and night."""


def fives(*means):
    """A series whose means of five are these, though its values are not."""
    return [mean + offset for mean in means for offset in (-2.0, 1.0, 0.0, -1.0, 2.0)]


def textbook(series):
    """MSER-5 as it is written: the d that makes the sum of squares after it, over (n - d)^2, the least."""
    count = len(series) // BATCH
    means = [sum(series[BATCH * k : BATCH * (k + 1)]) / BATCH for k in range(count)]
    errors = []
    for cut in range(count - 5 + 1):
        kept = means[cut:]
        mean = sum(kept) / len(kept)
        errors.append(sum((value - mean) ** 2 for value in kept) / len(kept) ** 2)
    return BATCH * errors.index(min(errors))


def test_a_series_worked_by_hand():
    """Means 0, 4, then 10 and 12 in turn. Errors: 5.73 / 9 after one, 1 / 8 = 0.125 after two, 0.980 / 7 =
    0.140 after three, 1 / 6 after four: two means, ten values, go.
    """
    assert mser5(fives(0, 4, 10, 12, 10, 12, 10, 12, 10, 12)) == 10


def test_what_is_left_over_after_the_last_five_is_not_looked_at():
    """Four wild values at the end change nothing."""
    assert mser5([*fives(0, 4, 10, 12, 10, 12, 10, 12, 10, 12), 1e6, -1e6, 1e6, 1e6]) == 10


@pytest.mark.parametrize("seed", range(20))
def test_it_is_the_rule_as_written(seed):
    """Against a plain transcription of the formula, on noise with a decaying start."""
    luck = np.random.default_rng(seed)
    series = (luck.normal(size=203) - 8 * np.exp(-np.arange(203) / 15)).tolist()
    cut = textbook(series)
    assert mser5(series) == (cut if cut <= 100 else None)


def test_the_length_of_an_artificial_transient_is_found():
    """60 values of noise about 0, then 240 about 10: never less than 60 is cut, in most series just 60, and
    seldom more than three fives too much.
    """
    cuts = []
    for seed in range(200):
        luck = np.random.default_rng(seed)
        cuts.append(mser5(luck.normal(size=300) + np.repeat([0.0, 10.0], [60, 240])))
    assert all(cut is None or cut >= 60 for cut in cuts)
    assert sum(cut == 60 for cut in cuts) > 100
    assert sum(cut is not None and cut <= 75 for cut in cuts) > 160


def test_cutting_there_takes_the_bias_away():
    """The same series: their means miss 10 by 2 as they are, and by nearly nothing where a cut is found."""
    means, cut_means = [], []
    for seed in range(100):
        series = np.random.default_rng(seed).normal(size=300) + np.repeat([0.0, 10.0], [60, 240])
        means.append(series.mean())
        cut = mser5(series)
        if cut is not None:
            cut_means.append(series[cut:].mean())
    assert len(cut_means) > 80
    assert np.mean(means) == pytest.approx(8, abs=0.03)
    assert np.mean(cut_means) == pytest.approx(10, abs=0.03)


@pytest.mark.parametrize("leftmost", [False, True])
def test_nothing_to_cut(leftmost):
    """A constant series is kept whole."""
    assert mser5([3.0] * 60, leftmost=leftmost) == 0


@pytest.mark.parametrize("leftmost", [False, True])
def test_a_series_that_rises_all_along_never_settles(leftmost):
    """Of m means on a line the variance is (m^2 - 1) / 12: over m it falls with every cut."""
    assert mser5(list(range(100)), leftmost=leftmost) is None


@pytest.mark.parametrize(("values", "answer"), [(49, None), (50, 0)])
def test_fewer_than_fifty_values_say_nothing(values, answer):
    """Ten means of five are the least."""
    assert mser5([1.0] * values) == answer


def test_the_leftmost_minimum_is_not_misled_by_a_later_change_of_level():
    """One mean of 0, nine about 11, ten about 15: best of all is to keep the last ten alone; the first
    minimum is after the start.
    """
    series = fives(0, *[10, 12] * 4, 10, *[14, 16] * 5)
    assert mser5(series) == 50
    assert mser5(series, leftmost=True) == 5


def test_freight_under_way_at_the_end_of_each_day():
    """Two hours on the road. Released at 12:00 on day 1 and at 23:00 on day 2: 20 t over the night to day 3,
    nothing at the end of the other days.
    """
    case = a_case(4, places=places(a="IR", b="IR"), sections={"ab": road("a", "b", 120.0)},
                  demand={"freight": flow("a", "b")})  # fmt: skip
    numbers = measure(*drive(case, freight=[12 * HOUR_S, 47 * HOUR_S]))
    days = [numbers[UNDER_WAY._replace(period=f"2025-01-0{day}")] for day in (1, 2, 3, 4)]
    assert days == [0, 20, 0, 0]
    assert numbers[UNDER_WAY] == 5


def test_the_mean_under_way_is_that_of_the_measured_days():
    """The same night in the warm-up: told with its date before the run, and no part of the mean."""
    case = a_case(3, 2, places=places(a="IR", b="IR"), sections={"ab": road("a", "b", 120.0)},
                  demand={"freight": flow("a", "b")})  # fmt: skip
    numbers = measure(*drive(case, freight=[23 * HOUR_S]))
    assert numbers[UNDER_WAY._replace(period="2024-12-30")] == 20
    assert numbers[UNDER_WAY] == 0


def far(days, warm_up_days, season=(1.0,) * 12):
    """Five shipments an hour over a road of ten days."""
    case = a_case(
        days,
        warm_up_days,
        replications=2,
        places=places(a="IR", b="IR"),
        sections={"ab": road("a", "b", FAR_KM)},
        commodities={"goods": commodity(day_usd=0.1)},
        seasons={"flat": {"title": "flat", "monthly_index": list(season), "assumed": "test"}},
        demand={"freight": flow("a", "b", 5.0)},
    )
    return replicate(compile_case(case))


def test_a_network_fills_in_as_many_days_as_its_road_takes():
    """From empty, freight under way rises on a line to what Little's law expects, on the tenth day."""
    result = far(60, 0)
    filled = filling(result)
    assert filled[:10] == pytest.approx(np.arange(1, 11) / 10, abs=0.06)
    assert filled[10:].mean() == pytest.approx(1, abs=0.03)
    assert warm_up(result).found_days == pytest.approx(10, abs=5)
    assert not warm_up(result).long_enough


def test_a_season_is_not_taken_for_a_network_that_fills():
    """Demand of April is three times that of January; but for it the network is full on day ten."""
    result = far(100, 20, season=(1, 1, 2, 3, 3, 3, 3, 3, 3, 3, 2, 1))
    found = warm_up(result)
    assert found.found_days == pytest.approx(10, abs=5)
    assert found.long_enough
    assert found.seen_days == WINDOW_DAYS
    assert filling(result)[15:].max() < 1.25


def test_days_of_the_series_are_those_of_warm_up_and_run():
    """The series begins with the first day of the warm-up."""
    result = far(40, 15)
    first = date(2025, 1, 1) - timedelta(days=15)
    keys = {key.period for key in result.replications[0] if key.indicator == "under_way" and key.period}
    assert keys == {f"{first + timedelta(days=day)}" for day in range(55)}
    assert len(filling(result)) == 55


@pytest.mark.parametrize(
    ("found", "enough", "too_little"),
    [
        (WarmUp(20, 20, 120), True, False),
        (WarmUp(20, 25, 120), False, False),
        (WarmUp(20, None, 120), False, False),
        (WarmUp(20, None, 49), False, True),
    ],
)
def test_a_warm_up_is_enough_only_where_that_is_known(found, enough, too_little):
    """As long as what is found is enough; nothing found is not."""
    assert (found.long_enough, found.too_little_seen) == (enough, too_little)
