"""`add`, `open` and `close`: what exists and what is in use."""

from datetime import date

import pytest
from plans import case, item

from sim.model.case import DatedState

THIRD = (
    "add: sections.third-road; record: {title: T, from: alpha, to: beta, mode: road, country: IR, "
    "status: operating, length_km: {value: 100, assumed: x}, speed_kmh: {value: 50, assumed: x}}"
)
FLOW = (
    "add: demand.ore; record: {title: T, origin: gamma, destination: alpha, commodity: grain, "
    "season: even, base_year: 2027, tonnes_per_year: {value: 1, assumed: x}, "
    "growth_percent_per_year: {value: 0, assumed: x}}"
)
STEP = (
    "add: posts.beta-gamma.outbound.scan; record: {side: AZ, activity: technical-inspection, "
    "servers: {value: 1, assumed: x}, service_min: {value: 5, assumed: x}, "
    "service_cv: {value: 0, assumed: x}}"
)


def test_close_suspends(here):
    """Without dates a closure holds for the whole run, so it is the description that says so."""
    made = case(here, item("close: sections.alpha-beta"))
    assert made.description.sections["alpha-beta"].status == "suspended"
    assert made.states == ()


def test_open_forgets_a_later_opening(here):
    """The bypass was to open in 2030; a measure that opens it now means now."""
    made = case(here, item("open: sections.beta-bypass"))
    bypass = made.description.sections["beta-bypass"]
    assert (bypass.status, bypass.opened_on) == ("operating", None)


def test_open_and_close_undo_each_other(here):
    """Closing what operates and opening it again, both for the whole run, leaves it as it was."""
    made = case(here, item("close: sections.alpha-beta") + item("open: sections.alpha-beta"))
    assert made.description == case(here).description
    assert len(made.applied) == 2


def test_a_whole_opening_may_be_interrupted(here):
    """Opened for good and closed for a week: the week is dated, the opening is not."""
    made = case(
        here,
        item("open: sections.beta-bypass") + item("close: sections.beta-bypass", "2027-01-10..2027-01-17"),
    )
    assert made.description.sections["beta-bypass"].status == "operating"
    assert made.states == (
        DatedState(
            ("sections", "beta-bypass"), usable=False, from_=date(2027, 1, 10), until=date(2027, 1, 17)
        ),
    )


def test_posts_are_closed_whole(here):
    """A post is a thing like a section; its two directions close together."""
    made = case(here, item("close: posts.beta-gamma"))
    assert made.description.posts["beta-gamma"].status == "suspended"


def test_an_added_record_is_the_statement_of_its_measure(here):
    """A section says whose statement it is; a record without that takes it from the measure."""
    added = case(here, item(THIRD)).description.sections["third-road"]
    assert (added.assumed, added.length_km.assumed) == ("set by the scenario itself", "x")


def test_a_later_change_may_concern_what_was_added(here):
    """Operations apply in order."""
    made = case(here, item(THIRD) + item("set: sections.third-road.length_km; expect: 100; to: 80"))
    assert made.description.sections["third-road"].length_km.value == 80


@pytest.mark.parametrize(
    ("dates", "status", "states"),
    [
        ("", "operating", 0),
        ("2027-01-01..", "operating", 0),
        ("2027-01-15..", "planned", 1),
        ("2028-01-01..", "planned", 0),
    ],
)
def test_a_road_that_is_added_later_is_planned_until_then(dates, status, states, here):
    """The network must know it, but no truck may use it before its day; after the run is never."""
    made = case(here, item(THIRD, dates))
    assert made.description.sections["third-road"].status == status
    assert [state.usable for state in made.states] == [True] * states


@pytest.mark.parametrize(("dates", "there"), [("", True), ("2028-01-01..", False), ("..2027-01-01", False)])
def test_a_flow_that_is_added_outside_the_run_is_not_there(dates, there, here):
    """Demand has no status: outside its dates it does not exist; the list says that it had no effect."""
    made = case(here, item(FLOW, dates))
    assert ("ore" in made.description.demand) is there
    assert made.applied[0].after == ("added" if there else "no effect: outside the run")


def test_a_step_is_added_at_the_end(here):
    """Steps are passed in order; a new one comes last."""
    made = case(here, item(STEP))
    assert list(made.description.posts["beta-gamma"].outbound.steps) == ["customs", "scan"]
