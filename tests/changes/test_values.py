"""`set`, `scale` and `--set` give one figure another value and leave everything else alone."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plans import SERVERS, case, item, set_servers
from worlds import world

from sim.changes.things import plain

USE_LANES = "  - use: more-lanes\n"


def servers(made):
    """Return the figure that most tests change."""
    return made.description.posts["beta-gamma"].outbound.steps["customs"].servers


def test_nothing_changes_without_changes(here, tmp_path):
    """A plan without changes is the identity on descriptions."""
    made = case(here)
    assert made.description == world(tmp_path / "again")
    assert (made.dated, made.states, made.applied) == ((), (), ())


def test_a_new_value_has_the_origin_of_its_measure(here):
    """The old source published 4, not 6: neither it nor the old range may stand beside the new value."""
    figure = servers(case(here, USE_LANES))
    assert (figure.value, figure.assumed) == (6, "made for tests")
    assert (figure.source, figure.confidence, figure.low, figure.high) == (None, None, None, None)


def test_a_measure_with_a_source_passes_it_on(here):
    """Source, year and confidence of the measure become those of the figure."""
    sourced = (
        "title: M\nowner: O\ntheme: posts\nsource: road-atlas\nyear: 2025\nconfidence: low\nmeasures:\n"
        + set_servers(6)
    )
    figure = servers(case(here, "  - use: m\n", files={"scenarios/measures/m.yaml": sourced}))
    assert (figure.source, figure.year, figure.confidence, figure.assumed) == (
        "road-atlas",
        2025,
        "low",
        None,
    )


def test_the_list_of_changes(here):
    """One line a change in the words of the scenario, with the full path and both values."""
    row = case(here, USE_LANES).applied[0]
    assert (row.by, row.operation, row.path) == (
        "more-lanes",
        "set",
        "posts.beta-gamma.outbound.steps.customs.servers",
    )
    assert (row.before, row.after, row.from_, row.until) == ("4", "6", "", "")


def test_changes_are_made_in_order(here):
    """4 doubled is 8; then a set expects 8: in the other order it would be stale."""
    made = case(here, item(f"scale: {SERVERS}; by: 2") + set_servers(3, expect=8))
    assert servers(made).value == 3


def test_scales_multiply(here):
    """1.2 times 1.5 is 1.8: 36,500 t become 65,700 t."""
    tonnes = "scale: demand.grain-alpha-gamma.tonnes_per_year; by: "
    made = case(here, item(tonnes + "1.2") + item(tonnes + "1.5"))
    assert made.description.demand["grain-alpha-gamma"].tonnes_per_year.value == pytest.approx(65_700)


def test_a_product_is_told_in_twelve_digits(here):
    """36500 times 1.12 is 40880 and not 40880.00000000001."""
    tonnes = "scale: demand.grain-alpha-gamma.tonnes_per_year; by: 1.12"
    demand = case(here, item(tonnes)).description.demand["grain-alpha-gamma"]
    assert f"{demand.tonnes_per_year.value}" == "40880.0"


@pytest.mark.parametrize(("by", "after"), [(1.5, 6), (0.25, 1), (2.25, 9), (1.75, 7)])
def test_a_scaled_count_stays_whole(by, after, here):
    """Whole servers times a factor that leaves them whole; the type stays that of a count."""
    value = servers(case(here, item(f"scale: {SERVERS}; by: {by}"))).value
    assert (value, type(value)) == (after, int)


def test_single_values_can_be_set(here):
    """A base year is no figure, yet part of a flow."""
    made = case(here, item("set: demand.grain-alpha-gamma.base_year; expect: 2027; to: 2026"))
    assert made.description.demand["grain-alpha-gamma"].base_year == 2026


def test_a_figure_that_is_not_given_can_be(here):
    """There is no quota inbound; a measure that believes so introduces one."""
    path = "posts.beta-gamma.inbound.quota_vehicles_per_day"
    made = case(here, item(f"set: {path}; expect: null; to: 200"))
    assert made.description.posts["beta-gamma"].inbound.quota_vehicles_per_day.value == 200


@pytest.mark.parametrize("expect", ["100", "100.0", "1e2"])
def test_numbers_are_compared_as_numbers(expect, here):
    """100 km are 100.0 km, however they are written."""
    made = case(here, item(f"set: sections.alpha-beta.length_km; expect: {expect}; to: 110"))
    assert made.description.sections["alpha-beta"].length_km.value == 110


def test_the_command_line_has_the_last_word(here):
    """`--set` holds over a measure's set of the same figure, and over its dated values."""
    made = case(here, USE_LANES, sets=[f"{SERVERS}=9"])
    assert servers(made).value == 9
    assert made.applied[-1].by == "--set"
    made = case(here, set_servers(2, "2027-01-10.."), sets=[f"{SERVERS}=9"])
    assert (servers(made).value, made.dated) == (9, ())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)
@given(to=st.integers(1, 10**6))
def test_one_change_changes_one_figure(to, here):
    """Whatever one figure is set to, all but that figure is as it was."""
    there = plain(case(here, sets=[f"{SERVERS}={to}"]).description)
    back = plain(case(here, sets=[f"{SERVERS}=4"]).description)
    step = ("posts", "beta-gamma", "outbound", "steps", "customs")
    for tree in (there, back):
        node = tree
        for key in step:
            node = node[key]
        assert node.pop("servers")["assumed"] == "set on the command line"
    assert there == back


def test_the_description_given_is_never_changed(here, tmp_path):
    """Cases of one description are made one after the other; the first must not colour the second."""
    first = case(here, USE_LANES)
    assert servers(first).value == 6
    assert case(here, USE_LANES) == first
