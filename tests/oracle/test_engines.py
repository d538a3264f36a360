"""The other engines of `tests/bench/` simulate the same network: every wait equals the recursion's."""

import numpy as np
import pytest
from bench.bench_tandem import row, untied
from bench.engines import ENGINES, Engine
from bench.replication import Asked, case_of


@pytest.fixture(scope="module")
def reference():
    """400 consignments and their exact waits; no two meet at a station in one tick."""
    return untied(400)


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("name", ENGINES)
def test_every_engine_gives_the_waits_of_the_recursion(name, reference):
    """All 3,200 of them; an engine that is not installed is left out."""
    traffic, exact = reference
    try:
        engine = ENGINES[name].load()
    except ImportError as error:
        pytest.skip(str(error))
    assert np.array_equal(engine(traffic), exact)


def test_an_engine_that_is_missing_gets_a_line_that_says_how_to_have_it():
    """And the benchmark goes on."""
    line = row(Engine("another", "engine_of_nobody", "by_nobody", install="pip install nobody"), 20, 1)
    assert line.measured == "not installed"
    assert "pip install nobody" in line.of_what


def test_growth_multiplies_every_flow():
    """Each flow of the baseline, and nothing but the days asked for."""
    once, twice = case_of(Asked("baseline", 3, 2)), case_of(Asked("baseline", 3, 2, demand=2))
    flows, doubled = once.description.demand, twice.description.demand
    assert {name: flow.tonnes_per_year.value * 2 for name, flow in flows.items()} == {
        name: flow.tonnes_per_year.value for name, flow in doubled.items()
    }
    assert (once.run, once.run.days, once.run.warm_up_days) == (twice.run, 3, 2)
