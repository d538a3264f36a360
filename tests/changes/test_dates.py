"""Dates decide what a change is: part of the description, a dated value or state, or nothing.

The run measures 2027-01-01 to 2027-01-30; its warm-up begins on 2026-12-27.
"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plans import SERVERS_KEYS, case, item, set_servers

from sim.changes.extent import extent, overlap, within
from sim.model.case import DatedState, DatedValue, Origin, Placed
from sim.model.evidence import Evidence
from sim.model.scenario import Close, Run

RUN = Run.model_validate({"start": "2027-01-01", "days": 30, "warm_up_days": 5})
DAYS = st.none() | st.dates(date(2026, 12, 1), date(2027, 2, 28))


def close(from_, until):
    """Return a closure with dates as a planned change."""
    change = Close(close="sections.alpha-beta").model_copy(update={"from_": from_, "until": until})
    return Placed(change, Origin("f", 1, 1, ""), "s", Evidence(assumed="x"))


def holds(placed, day):
    """Whether a change holds on a day, straight from the meaning of its two dates."""
    change = placed.change
    return (change.from_ is None or change.from_ <= day) and (change.until is None or day < change.until)


SPANS = st.tuples(DAYS, DAYS).filter(lambda span: not (span[0] and span[1] and span[0] >= span[1]))
MEASURED = [RUN.start + timedelta(days=n) for n in range(RUN.days)]
SIMULATED = [RUN.start + timedelta(days=n) for n in range(-RUN.warm_up_days, RUN.days)]


@given(SPANS)
def test_extent_counts_the_measured_days(span):
    """All, some or none of the days: counted one by one."""
    count = sum(holds(close(*span), day) for day in MEASURED)
    meant = "whole" if count == RUN.days else "part" if count else "outside"
    assert extent(close(*span), RUN) == meant


@given(SPANS)
def test_open_dates_hold_on_the_same_simulated_days(span):
    """Leaving out dates before and after all that is simulated changes nothing that is."""
    shorter = close(*within(close(*span), RUN))
    assert [holds(shorter, day) for day in SIMULATED] == [holds(close(*span), day) for day in SIMULATED]


@given(SPANS, SPANS)
def test_overlap_is_a_common_day(a, b):
    """Counted one by one over all days that the dates above can reach, and some around them."""
    days = [date(2026, 11, 25) + timedelta(days=n) for n in range(110)]
    common = any(holds(close(*a), day) and holds(close(*b), day) for day in days)
    assert overlap(close(*a), close(*b)) is common


@pytest.mark.parametrize(
    "dates", ["", "2027-01-01..", "..2027-01-31", "2027-01-01..2027-01-31", "2020-01-01.."]
)
def test_what_covers_the_measured_period_is_in_the_description(dates, here):
    """A change from the first to the last measured day holds in the warm-up too."""
    made = case(here, set_servers(6, dates) + item("close: sections.alpha-beta", dates))
    assert made.description.posts["beta-gamma"].outbound.steps["customs"].servers.value == 6
    assert made.description.sections["alpha-beta"].status == "suspended"
    assert (made.dated, made.states) == ((), ())


@pytest.mark.parametrize(
    "dates", ["2027-01-31..", "..2027-01-01", "2026-12-28..2027-01-01", "2030-01-01..2031-01-01"]
)
def test_what_lies_outside_has_no_effect_but_is_listed(dates, here):
    """A reader sees that the measure was asked for and came to nothing."""
    made = case(here, set_servers(6, dates) + item("close: sections.alpha-beta", dates))
    assert made.description == case(here).description
    assert (made.dated, made.states) == ((), ())
    assert [row.after for row in made.applied] == ["no effect: outside the run"] * 2


def test_what_holds_for_a_part_is_dated(here):
    """The description keeps the value outside the dates."""
    closure = item("close: sections.alpha-beta", "2027-01-10..")
    made = case(here, set_servers(6, "2027-01-10..2027-01-20") + closure)
    begins = date(2027, 1, 10)
    assert made.dated == (DatedValue(SERVERS_KEYS, 6, begins, date(2027, 1, 20)),)
    assert made.states == (DatedState(("sections", "alpha-beta"), usable=False, from_=begins, until=None),)
    assert [(row.from_, row.until) for row in made.applied] == [
        ("2027-01-10", "2027-01-20"),
        ("2027-01-10", ""),
    ]
    assert made.description == case(here).description


def test_dates_before_the_warm_up_are_open(here):
    """What holds since 2020 has no beginning in the run, what outlasts it no end."""
    made = case(here, set_servers(6, "2020-01-01..2027-01-10") + set_servers(5, "2027-01-20..2030-01-01"))
    assert [(value.from_, value.until) for value in made.dated] == [
        (None, date(2027, 1, 10)),
        (date(2027, 1, 20), None),
    ]


def test_dates_within_the_warm_up_are_kept(here):
    """What begins in the warm-up and ends in the run begins where it says."""
    made = case(here, set_servers(6, "2026-12-30..2027-01-10"))
    assert made.dated[0].from_ == date(2026, 12, 30)


def test_a_dated_value_outside_the_old_range_is_sound(here):
    """The range 3 to 5 belongs to the old value of 4; 40 for a week is not wrong for that."""
    assert case(here, set_servers(40, "2027-01-10..")).dated[0].value == 40


def test_seasons_of_one_figure_follow_each_other(here):
    """The day on which one value ends is the day on which the next begins: they do not collide."""
    made = case(here, set_servers(6, "2027-01-05..2027-01-10") + set_servers(8, "2027-01-10..2027-01-15"))
    assert [value.value for value in made.dated] == [6, 8]


def test_a_dated_scale_multiplies_the_value_of_the_whole_run(here):
    """The whole-run set makes 6 of 4; half of it for a week is 3."""
    scale = item("scale: posts.beta-gamma.outbound.customs.servers; by: 0.5", "2027-01-10..2027-01-17")
    made = case(here, set_servers(6) + scale)
    assert made.dated[0].value == 3


@pytest.mark.parametrize(
    ("path", "expect", "to"),
    [
        ("quota_vehicles_per_day", 300, 100),
        ("customs.servers", 4, 2),
        ("customs.service_min", 30, 45.5),
        ("customs.hours", "08:00-20:00", "24h"),
    ],
)
def test_the_figures_that_may_change_within_a_run(path, expect, to, here):
    """What the engine reads anew at every vehicle."""
    change = item(f"set: posts.beta-gamma.outbound.{path}; expect: {expect}; to: {to}", "2027-01-10..")
    assert case(here, change).dated[0].value == to
