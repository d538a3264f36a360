"""What differs between two cases is what was changed, no more and no less."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plans import SERVERS, case, item, set_servers
from test_things import THIRD

from sim.changes import InputDifference, differences

CHANGES = [
    set_servers(6),
    set_servers(5, "2027-01-10.."),
    item("scale: demand.grain-alpha-gamma.tonnes_per_year; by: 2"),
    item("close: sections.alpha-beta", "2027-01-10..2027-01-12"),
    item("open: sections.beta-bypass"),
    item(THIRD),
]
ANY = st.lists(st.sampled_from(CHANGES[1:]), unique=True)
SLOW = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=20)


@SLOW
@given(measures=ANY)
def test_a_case_and_itself_do_not_differ(measures, here):
    """Whatever was changed."""
    made = case(here, "".join(measures))
    assert differences(made, made) == []


@SLOW
@given(one=ANY, other=ANY)
def test_differences_are_the_same_seen_from_the_other_side(one, other, here):
    """With a and b exchanged."""
    a, b = case(here, "".join(one)), case(here, "".join(other))
    mirrored = [InputDifference(d.path, d.b, d.a, d.from_, d.until) for d in differences(b, a)]
    assert sorted(differences(a, b)) == sorted(mirrored)


@SLOW
@given(measures=st.permutations(CHANGES[1:]))
def test_independent_changes_may_come_in_any_order(measures, here):
    """Changes of different things commute."""
    assert differences(case(here, "".join(CHANGES[1:])), case(here, "".join(measures))) == []


PATH = "posts.beta-gamma.outbound.steps.customs.servers"


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (CHANGES[0], [InputDifference(PATH, "4 (3 to 5)", "6")]),
        (CHANGES[1], [InputDifference(PATH, "", "5", "2027-01-10", "")]),
        (CHANGES[2], [InputDifference("demand.grain-alpha-gamma.tonnes_per_year", "36500", "73000")]),
        (CHANGES[3], [InputDifference("sections.alpha-beta", "", "closed", "2027-01-10", "2027-01-12")]),
        (
            CHANGES[4],
            [
                InputDifference("sections.beta-bypass.status", "planned", "operating"),
                InputDifference("sections.beta-bypass.opened_on", "2030-01-01", ""),
            ],
        ),
        (CHANGES[5], [InputDifference("sections.third-road", "", "there")]),
    ],
)
def test_one_change_is_one_difference(change, found, here):
    """Each with its path and both values; an opening also does away with the date."""
    assert differences(case(here), case(here, change)) == found


def test_runs_differ_too(here):
    """A longer run or another seed is another input."""
    other = case(
        here,
        files={"scenarios/baseline.yaml": "title: B\nquestion: Q?\nrun: {start: 2027-01-01, days: 60}\n"},
    )
    found = differences(case(here), other)
    assert InputDifference("run.days", "30", "60") in found
    assert all(difference.path.startswith("run.") for difference in found)


def test_another_origin_of_the_same_value_is_no_difference_in_value(here):
    """A result does not depend on who published the number; the range does go with the origin."""
    same = case(here, sets=[f"{SERVERS.replace('outbound', 'inbound')}=2"])
    assert differences(case(here), same) == []
