"""Simulated against observed: shares, errors, GEH, and a wrong post found by name."""

from dataclasses import replace
from datetime import date

import pytest
from cases import START, a_case, flow, places, post, run

from sim.changes.things import plain
from sim.indicators.measure import measure
from sim.indicators.result import Result
from sim.indicators.table import Key, Row
from sim.indicators.validation import (
    Fit,
    Tolerance,
    days_needed,
    geh,
    share_within,
    validate,
    worst,
)
from sim.model.description import Description
from sim.model.observations import Observation
from sim.model.scenario import Run

TOLERANCE = Tolerance()
COUNTING = {"loaded": {"title": "t", "text": "t"}}


def an_observation(value, quantity="throughput", of=("gate-a",), use="validation", **more):
    return {
        "title": "t",
        "quantity": quantity,
        "of": list(of),
        "from": "2021-01-11",
        "until": "2021-02-09",
        "counting": "loaded",
        "value": {"value": value, "assumed": "test"} | more.pop("range", {}),
        "use": use,
    } | more


def a_fit(observed, simulated, quantity="throughput", **more):
    observation = Observation.model_validate(an_observation(float(observed), quantity, **more))
    row = None if simulated is None else Row(Key(quantity, "observation", "x"), simulated, None, None, 1)
    return Fit("x", observation, "post", (), row)


def test_geh_of_known_flows():
    """The root of 2 (120 - 100)^2 / 220, and 0 where nothing flows."""
    assert geh(120.0, 100.0) == pytest.approx(1.9069251784911847)
    assert geh(100.0, 120.0) == geh(120.0, 100.0)
    assert geh(0.0, 0.0) == 0.0


def test_geh_of_an_observation_is_of_its_mean_day_or_hour():
    """30 days: 3600 and 3000 are 120 and 100 a day, 5 and 4.17 an hour; the ratio is the root of 24."""
    fit = a_fit(3000, 3600, "vehicles")
    assert fit.geh_day == pytest.approx(geh(120.0, 100.0))
    assert fit.geh_hour == pytest.approx(geh(5.0, 100 / 24))
    assert fit.geh_day / fit.geh_hour == pytest.approx(24**0.5)
    assert a_fit(3000, 3600).geh_day is None


@pytest.mark.parametrize(
    ("observed", "simulated", "range_", "within"),
    [
        (100, 120, {}, True),
        (100, 80, {}, True),
        (100, 121, {}, False),
        (100, 79, {}, False),
        (100, 60, {"low": 50.0}, True),
        (100, 49, {"low": 50.0}, False),
        (100, 150, {"low": 90.0, "high": 150.0}, True),
    ],
)
def test_within_is_near_the_value_or_in_its_stated_range(observed, simulated, range_, within):
    fit = a_fit(observed, simulated, range=range_)
    assert fit.within(TOLERANCE) is within
    assert fit.within(Tolerance(relative=0.5)) is (within or abs(simulated / observed - 1) <= 0.5)


def test_the_share_weighs_by_tonnes_and_a_vehicle_as_twenty():
    """900 t near, 50 vehicles (1000 t) far, a queue far that weighs nothing, context that is not judged."""
    fits = [
        a_fit(900, 900),
        a_fit(50, 100, "vehicles"),
        a_fit(10, 90, "queue"),
        a_fit(5000, 9, use="context"),
        a_fit(5000, None),
    ]
    assert share_within(fits, TOLERANCE) == pytest.approx(900 / 1900)
    assert share_within(fits[2:], TOLERANCE) is None
    assert [fit.judged for fit in fits] == [True, True, True, False, False]


def test_the_worst_are_those_off_by_the_largest_ratio_either_way():
    """A tenth is worse than eight times as much; what is near or not judged is not among them."""
    near, eight, tenth, none = a_fit(100, 110), a_fit(100, 800), a_fit(100, 10), a_fit(100, 0)
    assert worst([near, eight, a_fit(100, 999, use="context"), tenth, none], TOLERANCE) == [
        none,
        tenth,
        eight,
    ]


def test_far_off_must_be_explained():
    """More than twice or less than half: with an explanation in the data it may stand."""
    assert [a_fit(100, value).far_off for value in (50, 200, 201, 49)] == [False, False, True, True]


def a_year(observations, per_h=(6.0, 6.0), days=60, start=date(2021, 1, 1)):
    """Trucks pass two gates side by side in 2021."""
    case = a_case(
        countings=COUNTING,
        observations=observations,
        places=places(a="IR", b="AZ", c="IR", d="AZ"),
        posts={"gate-a": post("a", "b"), "gate-b": post("c", "d")},
        demand={"one": flow("a", "b", per_h[0]), "two": flow("c", "d", per_h[1])},
    )
    return replace(case, run=Run(start=start, days=days, warm_up_days=0, replications=2, seed=1))


def result_of(case):
    return Result(case, 1, 2, {number: measure(*run(case, number)) for number in (0, 1)})


def observed_exactly(case, **factors):
    """Return the case with each observation set to what it simulates, times a factor by its id."""
    simulated = {fit.name: fit.simulated.mean for fit in validate(result_of(case)).fits}
    tree = plain(case.description)
    for name, value in simulated.items():
        tree["observations"][name]["value"]["value"] = value * factors.get(name, 1.0)
    return replace(case, description=Description.model_validate(tree))


OBSERVATIONS = {
    "tonnes-a": an_observation(1.0),
    "tonnes-b": an_observation(1.0, of=["gate-b"]),
    "trucks-a": an_observation(1.0, "vehicles"),
    "trucks-b": an_observation(1.0, "vehicles", of=["gate-b"]),
}


def test_an_error_of_30_percent_at_one_post_is_flagged_by_name():
    """The model makes 30 % more at gate b than was observed; nothing else is out of tolerance."""
    true = observed_exactly(a_year(OBSERVATIONS))
    assert validate(result_of(true)).passes(TOLERANCE)
    wrong = a_year({}, per_h=(6.0, 7.8))
    demand = {"demand": wrong.description.demand}
    done = validate(result_of(replace(true, description=true.description.model_copy(update=demand))))
    flagged = worst(done.fits, TOLERANCE)
    assert {fit.name for fit in flagged} == {"tonnes-b", "trucks-b"}
    assert {thing for fit in flagged for thing in fit.observation.of} == {"gate-b"}
    assert all(fit.relative_error == pytest.approx(0.3, abs=0.05) for fit in flagged)
    assert share_within(done.fits, TOLERANCE) == pytest.approx(0.5, abs=0.02)
    assert not done.passes(TOLERANCE)
    assert done.passes(Tolerance(relative=0.4))


def test_an_observation_wrong_by_30_percent_is_flagged_too():
    done = validate(result_of(observed_exactly(a_year(OBSERVATIONS), **{"trucks-a": 1.3})))
    assert [fit.name for fit in worst(done.fits, TOLERANCE)] == ["trucks-a"]


def test_what_is_far_off_fails_unless_the_data_explain_it():
    """A tenth of what passes is observed at gate a: of little weight, but off by a factor of ten."""
    done = validate(result_of(observed_exactly(a_year(OBSERVATIONS), **{"trucks-a": 0.1})))
    assert share_within(done.fits, TOLERANCE) > 0.9
    assert [fit.name for fit in done.unexplained()] == ["trucks-a"]
    assert not done.passes(TOLERANCE)
    explained = {
        **OBSERVATIONS,
        "trucks-a": OBSERVATIONS["trucks-a"] | {"explanation": "half was not counted"},
    }
    done = validate(result_of(observed_exactly(a_year(explained), **{"trucks-a": 0.1})))
    assert done.unexplained() == []
    assert done.passes(TOLERANCE)


def test_an_observation_of_another_year_is_not_compared():
    """Not in 2020, when the run starts, although its days are in the run; nor at all in 2025."""
    case = a_year(OBSERVATIONS, days=120, start=date(2020, 12, 1))
    assert validate(result_of(case)).fits == ()
    assert validate(result_of(a_year(OBSERVATIONS, start=START))).fits == ()


def test_the_year_of_an_observation_is_that_of_its_middle():
    """The Iranian year 1400, and winter quarters."""
    spans = {
        ("2021-03-21", "2022-03-20"): 2021,
        ("2021-12-21", "2022-03-20"): 2022,
        ("2021-01-01", "2021-12-31"): 2021,
        ("2020-12-01", "2021-01-20"): 2020,
    }
    for (first, last), year in spans.items():
        told = an_observation(1.0) | {"from": first, "until": last}
        assert Observation.model_validate(told).year == year


def test_a_run_lasts_until_the_last_observation_of_its_year_ends():
    """The Iranian year 1400 ends on 20 March 2022, day 444 from 1 January 2021; never less than was asked."""
    year_1400 = an_observation(1.0) | {"from": "2021-03-21", "until": "2022-03-20"}
    description = a_year({"one": year_1400, "other": an_observation(1.0)}).description
    assert days_needed(description, date(2021, 1, 1), 365) == 444
    assert days_needed(description, date(2022, 1, 1), 365) == 365
    assert days_needed(a_year(OBSERVATIONS).description, date(2021, 1, 1), 10) == 40
