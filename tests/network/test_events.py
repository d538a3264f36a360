"""Events of chance: how often and how long, in which months, and that nothing disturbs their luck."""

from datetime import date
from math import exp

import pytest
from cases import DAY_S, a_case, closed, event, flow, places, port, post, road, run, sea, service, step

from sim.clock import NEVER, Timeline, Window
from sim.network.compile import compile_case
from sim.network.events import Cut, happenings, open_share, places_left, with_events

YEAR = 365
MANY = 200


def world(days=YEAR, states=(), **events):
    """A road and a post, with events; nothing is simulated."""
    return a_case(
        days,
        places=places(a="IR", b="IR", c="AZ"),
        sections={"road": road("a", "b", at_once=10)},
        posts={"gate": post("b", "c", {"customs": step(8)}, quota=100)},
        demand={"freight": flow("a", "c")},
        events=events,
        states=states,
    )


def windows(case, replication, name="storm"):
    network = compile_case(case)
    return happenings(case, network.clock, network.measured.end_s, name, (1, replication))


def test_so_many_begin_a_year():
    """Hours long, so that they do not meet: a Poisson number, of which mean and variance are alike."""
    case = world(storm=event(["gate"], per_year=20.0, hours=1.0))
    network = compile_case(case)
    counts = [
        len(happenings(case, network.clock, network.measured.end_s, "storm", (1, number)))
        for number in range(MANY)
    ]
    mean = sum(counts) / MANY
    assert mean == pytest.approx(20.0, abs=4 * (20 / MANY) ** 0.5)
    assert sum((count - mean) ** 2 for count in counts) / MANY == pytest.approx(20.0, rel=0.4)


@pytest.mark.parametrize("cv", [0.0, 1.5])
def test_the_time_closed_is_that_of_a_service_with_servers_without_number(cv):
    """M/G/infinity is empty for exp(-rate x mean duration) of the time, whatever the spread: half a storm
    at once on average leaves 60.7 % open.
    """
    case = world(storm=event(["gate"], per_year=60.0, hours=24.0 * YEAR / 120, cv=cv))
    network = compile_case(case)
    closed_s = 0
    for number in range(MANY):
        for window in happenings(case, network.clock, YEAR * DAY_S, "storm", (1, number)):
            closed_s += min(window.end_s, YEAR * DAY_S) - window.start_s
    assert 1 - closed_s / (MANY * YEAR * DAY_S) == pytest.approx(exp(-0.5), rel=0.02)
    assert open_share(network, {"gate"}) == pytest.approx([exp(-0.5)] * YEAR)


def test_a_season_puts_all_in_its_months():
    """Of a season of January and July, nothing begins in another month."""
    months = [6.0, 0, 0, 0, 0, 0, 6.0, 0, 0, 0, 0, 0]
    case = world(storm=event(["gate"], per_year=40.0, hours=0.01, season="two"))
    seasons = case.description.seasons
    two = seasons["flat"].model_copy(update={"monthly_index": months})
    description = case.description.model_copy(update={"seasons": {**seasons, "two": two}})
    case = type(case)(**{**vars(case), "description": description})
    clock = compile_case(case).clock
    found = {clock.day(window.start_s).month for number in range(20) for window in windows(case, number)}
    assert found == {1, 7}


def test_luck_is_an_events_own():
    """Another event, another run length and another replication: only the last changes it."""
    alone = windows(world(storm=event(["gate"])), 0)
    with_other = windows(world(storm=event(["gate"]), strike=event(["gate"], per_year=99.0)), 0)
    assert alone == with_other
    shorter = windows(world(100, storm=event(["gate"])), 0)
    assert shorter == tuple(window for window in alone if window.start_s < 100 * DAY_S)
    assert windows(world(storm=event(["gate"])), 1) != alone


def test_more_storms_are_the_same_storms_and_some_more():
    """Ten a year are among thirty a year, so that a comparison shows the others only."""
    few = {one.start_s for one in windows(world(storm=event(["gate"], per_year=10.0, hours=0.01)), 0)}
    many = {one.start_s for one in windows(world(storm=event(["gate"], per_year=30.0, hours=0.01)), 0)}
    assert few < many


def test_an_event_that_is_closed_for_some_days_does_not_begin_in_them():
    """A measure can leave the storms of March out, and only those."""
    storm = event(["gate"], per_year=99.0, hours=0.01)
    off = closed("events", "storm", date(2025, 3, 1), date(2025, 4, 1))
    case = world(storm=storm)
    clock = compile_case(case).clock
    kept = [one for one in windows(case, 0) if clock.day(one.start_s).month != 3]
    assert list(windows(world(states=[off], storm=storm), 0)) == kept
    assert len(kept) < len(windows(case, 0))


def test_what_it_closes_is_closed_and_the_rest_is_not():
    """Both the post and the road at the same times, in both directions; without events nothing changes."""
    case = world(storm=event(["gate", "road"]))
    network = compile_case(case)
    struck = with_events(network, 1, 0)
    expected = windows(case, 0)
    assert all(server.calendar.closures == expected for server in struck.servers)
    assert with_events(compile_case(world()), 1, 0).servers == compile_case(world()).servers


def test_a_cut_leaves_a_part_of_the_places_and_of_the_quota():
    """A strike that leaves a quarter: 2 of 8 servers and 25 of 100 a day, as long as it lasts."""
    case = world(strike=event(["gate"], leaves=0.25))
    struck = with_events(compile_case(case), 1, 0)
    first = windows(case, 0, "strike")[0]
    found = {server.name: server.places for server in struck.servers if "gate/outbound" in server.name}
    places_ = {name: (one.at(first.start_s), one.at(first.end_s)) for name, one in found.items()}
    assert sorted(places_.values()) == [(2, 8), (25, 100)]


def test_cuts_that_meet_leave_the_smallest_part_and_at_least_one_place():
    """Half from 10 to 30 and a hundredth from 20 to 40, of ten places; places change to 20 at 25."""
    cuts = [Cut(Window(10, 30), 0.5), Cut(Window(20, 40), 0.01)]
    left = places_left(Timeline(10, ((25, 20),)), cuts)
    assert left == Timeline(10, ((10, 5), (20, 1), (40, 20)))
    assert places_left(Timeline(3), [Cut(Window(5, NEVER), 0.5)]) == Timeline(3, ((5, 2),))


def test_a_closed_service_cancels_sailings_and_a_closed_port_delays_them():
    """Always closed from early on: no ship sails; a port closed for half of the time: as many, but later."""

    def sailed(**events):
        case = a_case(
            60,
            places=places(a="IR", p="IR", q="RU", b="RU"),
            sections={"in": road("a", "p"), "out": road("q", "b", country="RU"), "strait": sea("p", "q")},
            ports={"here": port("p", ["road"]), "there": port("q", ["road"])},
            services={"ferry": service("strait")},
            demand={"freight": flow("a", "b", 2.0)},
            events=events,
        )
        network, records = run(case)
        strait = next(n for n, one in enumerate(network.elements) if one.name == "strait/outbound")
        return int((records.visit_element == strait).sum())

    calm = sailed()
    assert calm == pytest.approx(59, abs=1)
    assert sailed(storm=event(["ferry"], per_year=300.0, hours=24.0 * 20)) == 0
    assert sailed(storm=event(["here"], per_year=60.0, hours=24.0)) >= calm - 3
