"""The data that is shipped: it loads, it is sourced, and every scenario of it can be run."""

from datetime import date
from pathlib import Path

import pytest

from sim.changes import apply
from sim.choice.assignment import assign
from sim.errors import InputError
from sim.files import load_description, load_measure, load_plan, load_scenario, measure_names, scenario_names
from sim.indicators.table import Key
from sim.model.scenario import Close, Open, Scale, Set
from sim.network.compile import compile_case
from sim.studies.replicate import replicate

ROOT = Path(__file__).parents[2]
SCENARIOS = ROOT / "scenarios"
NINE, FOUR = 9, 4
LAST_OPENING = date(2026, 3, 31)
"""The evidence reaches to March 2026."""
LAST_OBSERVED = 2023
NAMES = scenario_names(SCENARIOS)


@pytest.fixture(scope="module")
def description():
    """Return the network as it is."""
    return load_description(ROOT / "corridors")


@pytest.mark.parametrize("name", NAMES)
def test_every_scenario_applies_and_every_flow_has_a_way(name, description):
    """No committed scenario is stale, and none leaves a flow without a path."""
    network = compile_case(apply(description, load_plan(name, SCENARIOS)))
    assert all(choice.itineraries for sets in network.choice_sets for choice in sets)
    for sets in assign(network).shares:
        assert all(abs(sum(shares) - 1) < 1e-9 for shares in sets)


@pytest.mark.parametrize("name", NAMES)
def test_every_scenario_runs(name, description):
    """One replication of two days after two of warm-up: all of it runs, and freight arrives."""
    plan = load_plan(name, SCENARIOS)
    run = plan.run.model_copy(update={"days": 2, "warm_up_days": 2, "replications": 1})
    case = apply(description, type(plan)(**{**vars(plan), "run": run}))
    numbers = replicate(compile_case(case)).replications[0]
    assert numbers[Key("delivered", "network", "all")] > 0


def test_there_are_scenarios_for_what_planners_talk_about():
    """At least 25, and each of the nine corridors is asked about."""
    assert len(NAMES) >= 25


@pytest.mark.parametrize("name", NAMES)
def test_every_scenario_asks_one_question(name):
    """A scenario is a question in one sentence."""
    question = load_scenario(SCENARIOS / f"{name}.yaml").question.strip()
    assert question.endswith("?")
    assert question.count("?") == 1


def test_the_nine_corridors_are_there(description):
    """One file each, and no section that none of them names."""
    files = {path.stem for path in (ROOT / "corridors").glob("*.yaml")}
    assert len(description.corridors) == NINE
    assert set(description.corridors) <= files
    named = {name for corridor in description.corridors.values() for name in corridor.route}
    for kind in ("sections", "posts", "terminals", "ports"):
        assert set(getattr(description, kind)) <= named


def test_openings_come_in_order(description):
    """What operates has opened, what is planned is expected later than that, and a range is a range."""
    for kind in ("sections", "posts", "terminals", "ports"):
        for name, record in getattr(description, kind).items():
            if record.status == "operating" and record.opened_on:
                assert record.opened_on <= LAST_OPENING, name
            if record.expected_opening:
                assert record.status == "planned", name
                assert record.expected_opening.value >= LAST_OPENING.year, name


def test_observations_are_of_the_past_and_some_are_held_back(description):
    """None ends after 2023; some are for calibration, some for validation."""
    uses = [observation.use for observation in description.observations.values()]
    assert all(o.until.year <= LAST_OBSERVED for o in description.observations.values())
    assert {"calibration", "validation", "context"} <= set(uses)


def test_corridor_volumes_are_counted_under_names_of_their_own(description):
    """Four definitions at least of the volume of the North-South corridor, none used to calibrate."""
    volumes = [o for o in description.observations.values() if "corridor-volume" in o.counting]
    assert len({volume.counting for volume in volumes}) >= FOUR
    assert {volume.use for volume in volumes} == {"context"}


def test_every_measure_applies_to_the_baseline(description, tmp_path):
    """A measure that no scenario uses goes stale as loudly as one that is used."""
    stale = []
    for name in measure_names(SCENARIOS):
        measure = load_measure(SCENARIOS / "measures" / f"{name}.yaml")
        uses = "".join(f"  - use: {one}\n" for one in [*measure.requires, name])
        text = f"title: T\nquestion: Q?\nbase: baseline\nmeasures:\n{uses}"
        scenario = tmp_path / f"{name}.yaml"
        scenario.write_text(text, "utf-8")
        try:
            apply(description, load_plan(str(scenario), SCENARIOS))
        except InputError as error:
            stale.append(f"{name}: {error}")
    assert stale == []


def test_what_scenarios_set_themselves_is_sourced():
    """Numbers in scenarios stand in measures, which say where they come from."""
    inline = [
        f"{name}: {operation}"
        for name in NAMES
        for operation in load_scenario(SCENARIOS / f"{name}.yaml").measures
        if isinstance(operation, Set | Scale | Open | Close)
    ]
    assert inline == []


def test_a_short_year_of_the_baseline_is_plausible(description):
    """Two winter weeks: nothing is lost, all kinds of traffic move, and the posts carry what posts carry."""
    plan = load_plan("baseline", SCENARIOS)
    run = plan.run.model_copy(update={"days": 14, "warm_up_days": 28, "replications": 1})
    case = apply(description, type(plan)(**{**vars(plan), "run": run}))
    numbers = replicate(compile_case(case)).replications[0]
    for mode in ("road", "rail-1435", "rail-1520", "sea"):
        assert numbers[Key("freight_work", "network", "all", mode)] > 0
    trucks = numbers[Key("vehicles", "post", "astara-road", "road", "outbound")] / run.days
    assert 80 <= trucks <= 400, "the road post at Astara passes between 80 and 400 loaded trucks a day"


def test_opening_the_rasht_astara_railway_takes_freight_off_road_and_sea(description):
    """More rail, less road and sea, on free-flow cost alone: the sign that every study of the line gives."""

    def tonne_km(name):
        network = compile_case(apply(description, load_plan(name, SCENARIOS)))
        assignment = assign(network)
        work = {}
        for flow_id, sets, shares in zip(network.flows, network.choice_sets, assignment.shares, strict=True):
            tonnes = description.demand[flow_id].tonnes_per_year.value
            for number, share in zip(sets[0].itineraries, shares[0], strict=True):
                for mode, km in network.itineraries[number].km_by_mode:
                    work[mode] = work.get(mode, 0.0) + tonnes * share * km
        return work

    before, after = tonne_km("baseline"), tonne_km("rasht-astara-completed")
    assert after["rail-1435"] > 1.1 * before["rail-1435"]
    assert after["rail-1520"] > before["rail-1520"]
    assert after["road"] < before["road"]
    assert after["sea"] < before["sea"]
