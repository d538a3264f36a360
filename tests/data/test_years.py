"""Scenarios of observed years and forecasts: the network and the demand of their year."""

from datetime import date
from pathlib import Path

import pytest

from sim.changes import apply
from sim.files import load_description, load_plan, scenario_names
from sim.indicators.observed import incomparable
from sim.network.compile import compile_case
from sim.network.days import daily_mean
from sim.network.usability import shut

ROOT = Path(__file__).parents[2]
YEARS = {
    "observed-2019": 2019,
    "observed-2021": 2021,
    "observed-2022": 2022,
    "observed-2023": 2023,
    "forecast-2024": 2024,
    "forecast-2025": 2025,
}


@pytest.fixture(scope="module")
def description():
    return load_description(ROOT / "corridors")


@pytest.fixture(scope="module")
def network(description):
    """Return the compiled network of a year's scenario, each compiled once."""
    known = {}

    def compiled(name):
        if name not in known:
            known[name] = compile_case(apply(description, load_plan(name, ROOT / "scenarios")))
        return known[name]

    return compiled


def shut_on(network, kind, name, day):
    """Whether a thing is out of use at noon of a day."""
    thing = getattr(network.case.description, kind)[name]
    noon_s = network.clock.at(day) + 12 * 3600
    return any(
        window.start_s <= noon_s < window.end_s
        for window in shut(network.case, network.clock, kind, name, thing)
    )


def test_the_years_are_there_and_start_in_their_year(description):
    assert set(YEARS) <= set(scenario_names(ROOT / "scenarios"))
    for name, year in YEARS.items():
        run = load_plan(name, ROOT / "scenarios").run
        assert run.start == date(year, 1, 1)
        assert run.days == (date(year + 1, 1, 1) - run.start).days


def test_the_road_of_goris_was_free_then_dear_then_shut(network):
    """In 2021 free until 11 September, by the checkpoints until 10 November, by Tatev after it."""
    year = network("observed-2021")
    ways = [
        ("sections", "vorotan-david-bek-free-road"),
        ("posts", "goris-checkpoint"),
        ("sections", "tatev-aghvani-road"),
    ]
    days = [date(2021, 9, 11), date(2021, 9, 12), date(2021, 11, 11)]
    open_ways = [[not shut_on(year, *way, day) for way in ways] for day in days]
    assert open_ways == [[True, False, False], [False, True, False], [False, False, True]]


@pytest.mark.parametrize(
    ("name", "kind", "thing", "day", "is_shut"),
    [
        ("observed-2019", "posts", "sarakhs-road", date(2019, 6, 1), False),
        ("observed-2021", "posts", "sarakhs-road", date(2021, 6, 1), True),
        ("observed-2022", "posts", "sarakhs-road", date(2022, 5, 31), True),
        ("observed-2022", "posts", "sarakhs-road", date(2022, 6, 1), False),
        ("observed-2022", "sections", "tbilisi-akhalkalaki-rail", date(2022, 6, 1), False),
        ("observed-2023", "sections", "tbilisi-akhalkalaki-rail", date(2023, 6, 1), True),
        ("forecast-2024", "sections", "tbilisi-akhalkalaki-rail", date(2024, 5, 19), True),
        ("forecast-2024", "sections", "tbilisi-akhalkalaki-rail", date(2024, 5, 20), False),
        ("forecast-2024", "services", "batumi-varna-ferry", date(2024, 6, 1), True),
        ("forecast-2025", "services", "batumi-varna-ferry", date(2025, 1, 14), False),
        ("observed-2019", "posts", "astara-road", date(2019, 6, 1), False),
    ],
)
def test_what_was_open_and_shut(network, name, kind, thing, day, is_shut):
    assert shut_on(network(name), kind, thing, day) is is_shut


def test_astara_took_fewer_trucks_before_its_new_bridge(network):
    """165 a day each way by the old bridge to the end of 2023, 350 by the new one."""
    taken = {
        name: network(name).case.description.posts["astara-road"].outbound.quota_vehicles_per_day.value
        for name in ("observed-2021", "observed-2023", "forecast-2024", "forecast-2025")
    }
    assert list(taken.values()) == [165, 165, 350, 350]


def test_demand_is_taken_back_and_forward_by_its_growth(description):
    """Fruit of the north-west, 252 kt in 2022, grows by 5 % a year."""
    flow = description.demand["iran-russia-produce-north-west"]
    for year in (2019, 2021, 2025):
        days = (date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal())
        tonnes = sum(
            daily_mean(flow, description.seasons[flow.season], date.fromordinal(day)) for day in range(*days)
        )
        assert tonnes == pytest.approx(252_000 * 1.05 ** (year - 2022))


def test_whatever_is_to_be_fitted_or_tested_can_be_counted(description):
    """An observation for calibration or validation has a counterpart; each that has none says why."""
    for name, one in description.observations.items():
        reason = incomparable(description, one)
        assert one.use == "context" or reason is None, name
        assert reason is None or len(reason) > 10, name
