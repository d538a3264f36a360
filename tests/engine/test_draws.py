"""Service times: by whom and where, never by order."""

import numpy as np
import pytest

from sim.engine.draws import CHUNK, Draws
from sim.engine.tables import Slot
from sim.network.elements import Element

SERVICE, INSPECTION = Slot(0, share=False), Slot(0, share=True)


def a_step(name="gate", cv=1.0):
    return Element("step", name, "", "", "road", "IR", server=0, service_cv=cv)


def test_a_unit_has_the_same_luck_whoever_was_served_before():
    """The n-th unit's draw does not depend on the order of asking, nor on what others ask."""
    forwards, backwards = Draws(1, 0), Draws(1, 0)
    numbers = [0, 5, CHUNK + 3, 2 * CHUNK]
    one = {n: forwards.of(a_step(), SERVICE, "grain", n) for n in numbers}
    backwards.of(a_step(), SERVICE, "steel", 7)
    other = {n: backwards.of(a_step(), SERVICE, "grain", n) for n in reversed(numbers)}
    assert one == other


def test_draws_at_once_are_those_drawn_one_by_one():
    """A column of a whole number of chunks, and of any number less."""
    luck = Draws(1, 0)
    for count in (2 * CHUNK, 100):
        column = luck.column(a_step(), SERVICE, "grain", count)
        assert column.tolist() == [luck.of(a_step(), SERVICE, "grain", n) for n in range(count)]


def test_elements_flows_and_replications_have_streams_of_their_own():
    """Seven names, seven different first draws."""
    found = {
        Draws(seed, replication).of(a_step(element), slot, who, 0)
        for seed, replication, element, who, slot in (
            (1, 0, "a", "x", SERVICE),
            (2, 0, "a", "x", SERVICE),
            (1, 1, "a", "x", SERVICE),
            (1, 0, "b", "x", SERVICE),
            (1, 0, "a", "y", SERVICE),
            (1, 0, "ax", "", SERVICE),
            (1, 0, "a", "x", INSPECTION),
        )
    }
    assert len(found) == 7


@pytest.mark.parametrize("cv", [0.3, 1.0, 1.5])
def test_services_have_mean_one_and_the_given_cv(cv):
    """Gamma of unit mean: over 200,000 draws within 2 %."""
    values = Draws(1, 0).column(a_step(cv=cv), SERVICE, "x", 200_000)
    assert values.mean() == pytest.approx(1, rel=0.02)
    assert values.std() == pytest.approx(cv, rel=0.02)


def test_inspections_are_shares():
    """Uniform from 0 to 1: mean and every tenth within 2 % of 200,000."""
    values = Draws(1, 0).column(a_step(), INSPECTION, "x", 200_000)
    assert values.mean() == pytest.approx(0.5, rel=0.02)
    assert np.histogram(values, bins=10, range=(0, 1))[0] == pytest.approx([20_000] * 10, rel=0.03)
