"""Calendars and timelines against brute force, minute by minute."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from sim.clock import NEVER, Calendar, Timeline, Window, merged

M = 60
DAY_S = 86_400
SPAN_S = 5 * DAY_S
SETTINGS = settings(max_examples=60, derandomize=True, deadline=None)

minutes = st.integers(0, SPAN_S // M)
hours = (
    st.tuples(st.integers(0, 23), st.integers(1, 24))
    .filter(lambda w: w[0] < w[1])
    .map(lambda w: (w[0] * 3600, w[1] * 3600))
)
windows = st.lists(st.tuples(minutes, st.integers(1, 3000)), max_size=4).map(
    lambda found: merged([Window(a * M, (a + length) * M) for a, length in found])
)
timelines = st.tuples(
    hours, st.lists(st.tuples(st.integers(1, 5), hours), max_size=2, unique_by=lambda c: c[0])
).map(lambda t: Timeline(t[0], tuple(sorted((day * DAY_S, window) for day, window in t[1]))))
calendars = st.builds(Calendar, timelines, windows)


def is_open(calendar, at_s):
    opens, closes = calendar.hours.at(at_s)
    shut = any(window.start_s <= at_s < window.end_s for window in calendar.closures)
    return opens <= at_s % DAY_S < closes and not shut


@SETTINGS
@given(calendars, minutes)
def test_next_open_is_the_first_open_minute(calendar, minute):
    """All turns lie on whole minutes, so that looking at every minute finds the same instant."""
    found = calendar.next_open(minute * M)
    expected = next((at for at in range(minute * M, 2 * SPAN_S, M) if is_open(calendar, at)), None)
    assert found == expected if expected is not None else found >= 2 * SPAN_S


@SETTINGS
@given(calendars, minutes, minutes)
def test_closed_seconds_are_those_of_the_closed_minutes(calendar, one, other):
    """Sixty for every closed minute between two."""
    first, last = sorted((one, other))
    closed = sum(M for at in range(first * M, last * M, M) if not is_open(calendar, at))
    assert calendar.closed_s(first * M, last * M) == closed


@SETTINGS
@given(st.lists(st.tuples(minutes, st.integers(0, 3000)), max_size=6))
def test_merged_windows_cover_the_same_minutes_and_are_apart(found):
    """A union: disjoint, ascending, and every minute is in it exactly if it was in one of them."""
    given_ = [Window(a * M, (a + length) * M) for a, length in found]
    union = merged(given_)
    assert all(a.end_s < b.start_s for a, b in itertools.pairwise(union))
    for at_s in range(0, 2 * SPAN_S, 7 * M):
        before = any(w.start_s <= at_s < w.end_s for w in given_)
        assert before == any(w.start_s <= at_s < w.end_s for w in union)


@SETTINGS
@given(st.integers(), st.dictionaries(st.integers(1, 50), st.integers(), max_size=5), st.integers(0, 60))
def test_a_timeline_is_its_last_change(first, changes, at_s):
    """The value is that of the latest change not after the instant; the next change is the first after it."""
    timeline = Timeline(first, tuple(sorted(changes.items())))
    past = [when for when in changes if when <= at_s]
    assert timeline.at(at_s) == (changes[max(past)] if past else first)
    assert timeline.next_change(at_s) == min((when for when in changes if when > at_s), default=NEVER)


def test_closed_for_good_never_opens():
    """A closure until `NEVER`, and hours that never come again."""
    assert Calendar(closures=(Window(10, NEVER),)).next_open(20) == NEVER
    assert Calendar(closures=(Window(10, NEVER),)).next_open(9) == 9
