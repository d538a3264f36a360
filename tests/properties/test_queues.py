"""Queues under random arrivals and services."""

from cases import DAY_S, fifo, serve
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.clock import Calendar, Timeline, Window

SETTINGS = settings(max_examples=80, derandomize=True, deadline=None)
units = st.lists(st.tuples(st.integers(0, 3 * DAY_S), st.integers(0, DAY_S)), min_size=1, max_size=25)
calendars = st.sampled_from(
    [
        Calendar(),
        Calendar(Timeline((28_800, 72_000))),
        Calendar(Timeline((0, 3600), ((DAY_S, (3600, 90_00)),))),
        Calendar(closures=(Window(50_000, 150_000),)),
    ]
)


def sorted_apart(found):
    found = sorted(found)
    return [a for a, _ in found], [s for _, s in found]


@SETTINGS
@given(units, st.integers(1, 4), calendars)
def test_a_station_follows_the_recursion(found, servers, calendar):
    """start_n = next_open(max(arrive_n, first free server)), exactly, also with hours and closures."""
    arrivals, stays = sorted_apart(found)
    assert serve(servers, arrivals, stays, calendar) == fifo(arrivals, stays, servers, calendar.next_open)


@SETTINGS
@given(units, st.integers(1, 3), calendars)
def test_one_more_server_lengthens_no_wait(found, servers, calendar):
    """With the same arrivals and services a first-come queue with more servers starts nobody later."""
    arrivals, stays = sorted_apart(found)
    waits = [serve(count, arrivals, stays, calendar) for count in (servers, servers + 1)]
    assert all(more <= fewer for fewer, more in zip(*waits, strict=True))


@SETTINGS
@given(units, st.integers(1, 4))
def test_an_acceptance_lets_so_many_pass_a_day_in_order(found, quota):
    """By recursion: the first day, from that of arrival, on which fewer than the quota have passed."""
    arrivals, stays = sorted_apart(found)
    passed, day, expected = 0, -1, []
    for arrived_at in arrivals:
        if arrived_at // DAY_S > day:
            day, passed = arrived_at // DAY_S, 0
        elif passed == quota:
            day, passed = day + 1, 0
        expected.append(max(arrived_at, day * DAY_S))
        passed += 1
    assert serve(quota, arrivals, stays, daily=True) == expected


@SETTINGS
@given(units, st.integers(1, 3), st.integers(1, 3), st.integers(1, 2 * DAY_S))
def test_servers_that_change_are_never_exceeded_and_never_idle_while_somebody_waits(found, first, then, at_s):
    """Checked at every start and every arrival: at most the places in force start, and no place stays
    unused.
    """
    arrivals, stays = sorted_apart(found)
    places = Timeline(first, ((at_s, then),))
    starts = serve(places, arrivals, stays)
    for now in {*arrivals, *starts, at_s}:
        busy = sum(start <= now < start + stay for start, stay in zip(starts, stays, strict=True))
        waiting = sum(arrived <= now < start for arrived, start in zip(arrivals, starts, strict=True))
        started_now = any(start == now and stay for start, stay in zip(starts, stays, strict=True))
        assert not started_now or busy <= places.at(now)
        assert not waiting or busy >= places.at(now)
