"""The data that is shipped: it loads, it is sourced, and every scenario of it can be run."""

from pathlib import Path

import pytest

from sim.changes import apply
from sim.choice.logit import assign
from sim.errors import InputError
from sim.files import load_description, load_measure, load_plan, load_scenario, measure_names, scenario_names
from sim.indicators.table import Key
from sim.model.scenario import Close, Open, Scale, Set
from sim.network.compile import compile_case
from sim.studies.replicate import replicate

ROOT = Path(__file__).parents[2]
SCENARIOS = ROOT / "scenarios"
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
def test_every_scenario_asks_one_question(name):
    """A scenario is a question in one sentence."""
    question = load_scenario(SCENARIOS / f"{name}.yaml").question.strip()
    assert question.endswith("?")
    assert question.count("?") == 1


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
