"""Paths of railway sections by hand: crossing loops, possessions, and train sets."""

from datetime import date

import pytest
from cases import DAY_S, HOUR_S, a_case, commodity, f, fleet, fleets, flow, places, rail, road
from hypothesis import given
from hypothesis import strategies as st

from sim.choice.capacity import Capacities
from sim.choice.settling import settle
from sim.model.case import DatedValue
from sim.model.consistency import findings
from sim.model.network import Section
from sim.model.railways import crossing_s, fewest_loops, gaps_s, interval_s, path_interval_s
from sim.network.compile import compile_case

MINUTE_S = 60
TRAIN_T = 1000.0


def mt(paths_a_day):
    """Capacity of so many trains of 1000 t a day, Mt a year."""
    return paths_a_day * 365 * TRAIN_T / 1e6


def line(paths_a_day=12, km=240.0, loops=None, hours=None, **more):
    """A single track of 240 km at 60 km/h: trains need four hours."""
    given = {name: f(value) for name, value in (("crossing_loops", loops), ("hours", hours)) if value}
    return rail("a", "b", km, mt=mt(paths_a_day), **more) | given


def section(*args, **more):
    return Section.model_validate(line(*args, **more))


def world(track, days=30, **more):
    demand = {"freight": flow("a", "b", 0.1, TRAIN_T)} | more.pop("demand", {})
    kinds = {"places": places(a="IR", b="IR"), "commodities": {"goods": commodity(TRAIN_T)}} | more
    return a_case(days, sections={"s": track}, demand=demand, **kinds)


def tracks(network):
    """Return how long a train keeps out followers and others, and until when the line is open, s."""
    found = [element for element in network.elements if element.kind == "section"]
    assert found[0].server == found[1].server
    return {(element.hold_s, element.cross_s) for element in found}


def test_without_loops_a_path_keeps_out_both_ways_alike():
    """12 a day: one every two hours, whoever comes."""
    assert tracks(compile_case(world(line()))) == {(2 * HOUR_S, None)}


def test_few_loops_make_a_train_from_the_other_end_wait_longer_than_a_follower():
    """One loop halfway: 2 h 4 min until the other may start; with a mean of 2 h, 1 h 56 for a follower."""
    crossing = 2 * HOUR_S + 4 * MINUTE_S
    assert tracks(compile_case(world(line(loops=1)))) == {(4 * HOUR_S - crossing, crossing)}


def test_loops_close_together_do_not_limit_the_section():
    """Seven loops: a crossing takes 34 min, less than the two hours between paths."""
    assert tracks(compile_case(world(line(loops=7)))) == {(2 * HOUR_S, None)}


def test_background_traffic_stretches_both_gaps():
    """Half of the paths are taken: twice the gaps of the same line without them."""
    alone, beside = section(loops=1), section(loops=1, background=0.5)
    assert gaps_s(beside, TRAIN_T) == pytest.approx([2 * gap for gap in gaps_s(alone, TRAIN_T)])


@given(
    st.floats(1, 60),
    st.integers(1, 60),
    st.floats(0, 0.9),
    st.sampled_from(["24h", "02:00-24:00", "06:00-18:00"]),
)
def test_loops_leave_the_capacity_as_it_is(paths, loops, background, hours):
    """Half of the trains follow, half cross: the mean gap times the paths of a day fills the open hours."""
    one = section(paths, loops=loops, hours=hours, background=background)
    gaps = gaps_s(one, TRAIN_T)
    open_s = {"24h": DAY_S, "02:00-24:00": 22 * HOUR_S, "06:00-18:00": 12 * HOUR_S}[hours]
    assert (gaps.following_s + gaps.crossing_s) / 2 * paths * (1 - background) == pytest.approx(open_s)
    assert gaps.crossing_s >= gaps.following_s
    assert gaps.crossing_s * (1 - background) >= crossing_s(one) - 1e-6


@given(st.floats(1, 100), st.floats(20, 2000))
def test_the_fewest_loops_are_enough_and_one_less_is_not(paths, km):
    """What the remedy names is taken by the check, and it names no more than it must."""
    fewest = fewest_loops(section(paths, km=km), TRAIN_T)
    assert fewest is not None
    enough = max(1, fewest)
    assert not loops_at_fault(paths, km, enough)
    if fewest > 1:
        assert loops_at_fault(paths, km, fewest - 1)


def loops_at_fault(paths, km, loops):
    found = findings(world(line(paths, km, loops)).description)
    return [finding.what for finding in found if "crossing_loops" in finding.path]


def test_loops_too_far_apart_for_the_capacity_are_an_inconsistency():
    """One loop in four hours of running: 124 min a crossing, but 20 a day leave 2 x 72 - 8 = 136: fine; 24
    leave 112. Stretches of 108 min need two loops.
    """
    assert not loops_at_fault(20, 240.0, 1)
    what = "so few loops make a crossing take 124 min, but 8.76 Mt a year leave 112 min"
    assert loops_at_fault(24, 240.0, 1) == [f"{what}: give at least 2, or less capacity"]


def test_loops_of_a_double_track_have_no_effect():
    """A measure may lay a second track without taking the loops away."""
    found = compile_case(world(line(24, loops=1, tracks=2)))
    assert {(e.hold_s, e.cross_s) for e in found.elements if e.kind == "section"} == {(2 * HOUR_S, None)}


def test_a_possession_shortens_the_interval_and_leaves_the_capacity():
    """12 a day in 12 open hours: one an hour. The line has that calendar, and freight counts on 3 h."""
    network = compile_case(world(line(hours="06:00-18:00")))
    assert tracks(network) == {(HOUR_S, None)}
    element = next(element for element in network.elements if element.kind == "section")
    assert network.servers[element.server].calendar == element.calendar
    assert element.calendar.closed_s(0, DAY_S) == 12 * HOUR_S
    assert network.itineraries[0].free_flow_h == pytest.approx(4 + 12 * 12 / 48 + 12)


def test_a_longer_possession_for_a_while_loses_paths():
    """The interval stays that of the line's own hours: six open hours of the year's twelve pass half."""
    dated = [DatedValue(("sections", "s", "hours"), "06:00-12:00", date(2025, 1, 10), date(2025, 1, 20))]
    network = compile_case(world(line(hours="06:00-18:00"), dated=dated))
    server = next(element.server for element in network.elements if element.kind == "section")
    offered = Capacities(network).offered[server]
    assert offered[:9].tolist() == [12 * HOUR_S] * 9
    assert offered[9:19].tolist() == [6 * HOUR_S] * 10


def test_possessions_of_a_line_without_capacity_hold_trains_too():
    track = rail("a", "b", 240.0, hours=f("06:00-18:00"))
    network = compile_case(world(track))
    element = next(element for element in network.elements if element.kind == "section")
    assert element.server is None
    assert element.calendar.next_open(20 * HOUR_S) == 30 * HOUR_S


def test_choice_meets_the_capacity_that_is_stated_whatever_the_loops():
    """A tonne asks for the mean of the two gaps over the load of a train."""
    network = compile_case(world(line(loops=1)))
    assert Capacities(network).asked[0].tolist() == [pytest.approx(2 * HOUR_S / TRAIN_T)]


def with_sets(sets, turnaround_h=6.0, **more):
    train = fleet("rail-1435", TRAIN_T, maximum_wait_h=24.0, sets=sets, turnaround_h=turnaround_h, **more)
    return fleets(train=train)


def test_all_trains_of_a_fleet_take_their_sets_from_one_pool():
    """Two yards, one pool; trucks and the other gauge have none."""
    kinds = {"fleets": with_sets(5), "demand": {"back": flow("b", "a", 0.1, TRAIN_T)}}
    network = compile_case(world(line(), **kinds))
    (pool,) = network.pools
    assert (pool.name, pool.sets.first, pool.turn_s) == ("train", 5, 6 * HOUR_S)
    assert network.elements[pool.element].kind == "stock"
    legs = [leg for way in network.itineraries for leg in way.legs]
    assert [(leg.kind, leg.pool) for leg in legs] == [("train", 0), ("train", 0)]


def test_sets_change_on_a_date():
    dated = [DatedValue(("fleets", "train", "sets"), 2, date(2025, 1, 11), None)]
    network = compile_case(world(line(), fleets=with_sets(5), dated=dated))
    assert network.pools[0].sets.changes == ((10 * DAY_S, 2),)
    assert Capacities(network).offered[-1].tolist() == [5 * DAY_S] * 10 + [2 * DAY_S] * 20


def test_a_tonne_asks_for_a_set_there_and_back_and_while_it_is_turned_round():
    """Four hours each way and six to turn: 14 h of a set for 1000 t."""
    network = compile_case(world(line(), fleets=with_sets(5)))
    assert Capacities(network).asked[0, -1] == pytest.approx(14 * HOUR_S / TRAIN_T)


def test_freight_takes_to_the_road_where_train_sets_are_short():
    """100 trains a day would need 58 sets; with 20 a third of that can go: the rest drives, and in balance
    neither way is empty.
    """
    shares = []
    for sets in (200, 20):
        case = a_case(
            60,
            places=places(a="IR", b="IR"),
            sections={"s": line(200), "way": road("a", "b", 240.0)},
            fleets=with_sets(sets, cost_usd_per_t_km=0.05),
            commodities={"goods": commodity(TRAIN_T, sensitivity=0.5)},
            demand={"freight": flow("a", "b", 100 / 24, TRAIN_T)},
        )
        network = compile_case(case)
        ways = [way.legs[0].kind for way in network.itineraries]
        shares.append(settle(network).assignment.shares[0][0][ways.index("train")])
    assert shares[0] > 0.3
    assert shares[1] == pytest.approx(20 / (100 * 14 / 24), rel=0.2)


def test_interval_counts_the_paths_that_are_left():
    """Half in the background: every second path is left."""
    one = section(12, background=0.5)
    assert (interval_s(one, TRAIN_T), path_interval_s(one, TRAIN_T)) == pytest.approx((7200, 14_400))
