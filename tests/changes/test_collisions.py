"""Two changes of one thing either have one clear meaning or are refused with both places."""

import pytest
from plans import SERVERS, case, item, set_servers

from sim.errors import InputError

SCALE = f"scale: {SERVERS}; by: 2"
OPEN, CLOSE = "open: sections.beta-bypass", "close: sections.alpha-beta"
SHUT = "close: sections.beta-bypass"
EARLY, LATE, MIDDLE = "2027-01-05..2027-01-10", "2027-01-10..2027-01-15", "2027-01-08..2027-01-12"

CLEAR = {
    "sets on different days": set_servers(6, EARLY) + set_servers(8, LATE),
    "scales of the whole run": item(SCALE) + item(SCALE),
    "a set, then a scale": set_servers(6) + item(SCALE),
    "a dated scale over a set": set_servers(6) + item(SCALE, MIDDLE),
    "closures on different days": item(CLOSE, EARLY) + item(CLOSE, LATE),
    "an opening, then a closure within": item(OPEN) + item(SHUT, MIDDLE),
    "different things": item(OPEN, EARLY) + item(CLOSE, EARLY),
}
UNCLEAR = {
    "sets of the whole run": set_servers(6) + set_servers(8, expect=6),
    "a dated set over a set": set_servers(6) + set_servers(8, MIDDLE, expect=6),
    "sets on common days": set_servers(6, EARLY) + set_servers(8, MIDDLE),
    "a scale over a dated set": set_servers(6, EARLY) + item(SCALE),
    "a dated scale over a dated set": set_servers(6, EARLY) + item(SCALE, MIDDLE),
    "closures on common days": item(CLOSE, EARLY) + item(CLOSE, MIDDLE),
    "closures of the whole run": item(CLOSE) + item(CLOSE),
    "openings on common days": item(OPEN, EARLY) + item(OPEN, MIDDLE),
}


@pytest.mark.parametrize("measures", CLEAR.values(), ids=CLEAR)
def test_what_has_one_meaning_is_accepted(measures, here):
    """On no common day, or the later on top of what holds for the whole run."""
    assert len(case(here, measures).applied) == 2


@pytest.mark.parametrize("measures", UNCLEAR.values(), ids=UNCLEAR)
def test_what_has_two_meanings_is_refused(measures, here):
    """One problem, at the second change, which names the place of the first."""
    with pytest.raises(InputError) as refused:
        case(here, measures)
    (problem,) = refused.value.problems
    assert "collides with the" in problem.what
    assert "scenarios/s.yaml:5" in problem.what
    assert problem.line > 5


def test_measures_that_fit_are_accepted(here):
    """What is required is used, in whatever order, and what is excluded is not."""
    head = "title: M\nowner: O\ntheme: posts\nassumed: x\n"
    made = case(
        here,
        "  - use: second\n  - use: more-lanes\n",
        files={
            "scenarios/measures/second.yaml": head
            + "requires: [more-lanes]\nconflicts: [third]\nmeasures:\n"
            + item(CLOSE),
            "scenarios/measures/third.yaml": head + "measures:\n" + item(OPEN),
        },
    )
    assert [row.by for row in made.applied] == ["second", "more-lanes"]
