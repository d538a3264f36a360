"""More capacity with the same times and arrivals: where nobody waits longer, and by hand where somebody does.

That one more server lengthens no wait at a station is in `test_queues`.
"""

from datetime import date

from cases import (
    DAY_S,
    HOUR_S,
    a_case,
    commodity,
    drive,
    f,
    fleet,
    fleets,
    flow,
    places,
    rail,
    released,
    road,
    serve,
    terminal,
    visits,
)
from cases import closed as closed_state
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle.test_rooms_and_sets import MANY, yard

from sim.choice.assignment import assign
from sim.engine.simulate import simulate

SETTINGS = settings(max_examples=40, derandomize=True, deadline=None)
LOT_T = 1000.0
TIMES = st.lists(st.integers(0, 3 * DAY_S), max_size=20).map(sorted)
CLOSED = (date(2025, 1, 2), date(2025, 1, 4))
ROADS = ("first/outbound", "second/outbound")
HOURS = st.sampled_from(["24h", "06:00-18:00"])


def track_starts(came, paths_d, loops=None, hours="24h"):
    """Return when trains start on a single track of 240 km, one list a way, in the order of arrival."""
    section = rail("a", "b", 240.0, mt=paths_d * 365 * LOT_T / 1e6) | {"hours": f(hours)}
    section |= {"crossing_loops": f(loops)} if loops else {}
    case = a_case(
        90,
        places=places(a="IR", b="IR"),
        sections={"s": section},
        commodities={"goods": commodity(LOT_T)},
        demand={"there": flow("a", "b", 1.0, LOT_T), "back": flow("b", "a", 1.0, LOT_T)},
    )
    network, records = drive(case, there=came[0], back=came[1])
    ways = [visits(network, records, f"s/{way}") for way in ("outbound", "inbound")]
    assert [len(rows) for rows in ways] == [len(times) for times in came]
    return [row[1] for rows in ways for row in rows]


@SETTINGS
@given(st.tuples(TIMES, TIMES), st.integers(4, 8), st.sampled_from([None, 1, 3]), HOURS)
def test_more_paths_on_a_single_track_make_no_train_start_later(came, paths_d, loops, hours):
    """Both gaps shrink, as the loops stay; by induction over trains, possessions or not, all starts do.

    Ten in twelve hours are the most with one loop: with twelve the file would be refused.
    """
    starts = [track_starts(came, n, loops, hours) for n in (paths_d, paths_d + 2)]
    assert all(more <= fewer for fewer, more in zip(*starts, strict=True))


def test_more_loops_alone_make_followers_start_later():
    """They leave the capacity: 16 a day, a mean gap of 90 min. With one loop crossing takes 124 min and
    following 56, with two 90 and 90: a follower starts 34 min later, and one from the other end earlier.
    """
    same_way, other_way = ([0, 60], []), ([0], [60])
    assert [track_starts(same_way, 16, loops)[1] for loops in (1, 2)] == [56 * 60, 90 * 60]
    assert [track_starts(other_way, 16, loops)[1] for loops in (1, 2)] == [124 * 60, 90 * 60]


@SETTINGS
@given(TIMES, st.integers(1, 3), st.booleans())
def test_a_road_for_one_more_at_once_makes_nobody_start_later_on_it_or_behind_it(came, at_once, closed):
    """Driving times are the same for all, so that nobody overtakes: two roads in line, perhaps one closed."""
    starts = []
    for more in (0, 1):
        case = a_case(
            60,
            states=[closed_state("sections", "second", *CLOSED)] if closed else [],
            places=places(a="IR", b="IR", c="IR"),
            sections={
                "first": road("a", "b", 300.0, at_once=at_once + more),
                "second": road("b", "c", 120.0, at_once=1),
            },
            demand={"freight": flow("a", "c")},
        )
        network, records = drive(case, freight=came)
        starts.append([row[1] for name in ROADS for row in visits(network, records, name)])
    assert all(more <= fewer for fewer, more in zip(*starts, strict=True))


def test_who_overtakes_at_a_post_with_one_more_server_may_hold_up_who_was_first_behind_it():
    """Services of 10 and 1 h, then of 5 and 12 h at one server. One after the other the first is done after
    15 h; side by side the second is there first, after 1 h, and keeps the first until 13 h: done after 18 h.
    """
    done = []
    for servers in (1, 2):
        there = [
            start + long * HOUR_S
            for start, long in zip(serve(servers, [0, 0], [10 * HOUR_S, HOUR_S]), (10, 1), strict=True)
        ]
        line = sorted(zip(there, (5, 12), strict=True))
        starts = serve(1, [at_s for at_s, _ in line], [long * HOUR_S for _, long in line])
        done.append({long: at_s / HOUR_S + long for at_s, (_, long) in zip(starts, line, strict=True)})
    assert done == [{5: 15, 12: 27}, {12: 13, 5: 18}]


@SETTINGS
@given(
    MANY,
    st.integers(1, 3),
    st.integers(1, 3),
    st.integers(1, 3),
    st.sampled_from(["places_", "sets", "points"]),
)
def test_more_room_sets_or_points_make_no_full_train_leave_later(came, places_, sets, points, what):
    """Each lot fills a train and is handled for as long: order stays, and every start is a maximum of earlier
    ones, so that none is later with one more of anything.
    """
    asked = {"places_": places_, "sets": sets, "points": points, "handling_s": 5 * HOUR_S}
    left = []
    for now in (asked, {**asked, what: asked[what] + 1}):
        network = yard(**now)
        with released(freight=came):
            records = simulate(network, assign(network), 1, 0)
        left.append([row[1] for row in visits(network, records, "bc/outbound")])
    assert all(more <= fewer for fewer, more in zip(*left, strict=True))


def test_more_room_may_make_a_train_leave_without_who_comes_next():
    """Trains of three lots that wait 24 h at most; two lots at 0 h, one at 1 h, one at 25 h after the first.

    With room for two the third stays outside until the first two leave after 24 h; the fourth joins it, and
    both leave after 48 h. With room for three the first three leave full after 1 h, and the fourth, which
    finds nobody, leaves alone 24 h after it came: an hour later than with less room.
    """
    left = []
    for places_ in (2, 3):
        case = a_case(
            9,
            places=places(a="IR", b="IR", c="IR"),
            sections={"ab": road("a", "b"), "bc": rail("b", "c", 240.0)},
            terminals={"yard": terminal("b", points=9, mt=1e6, storage_t=places_ * LOT_T)},
            fleets=fleets(
                truck=fleet("road", LOT_T), train=fleet("rail-1435", 3 * LOT_T, maximum_wait_h=24.0)
            ),
            commodities={"goods": commodity(LOT_T)},
            demand={"freight": flow("a", "c", 1.0, LOT_T)},
        )
        network, records = drive(case, freight=[0, 0, HOUR_S, 25 * HOUR_S])
        rows = visits(network, records, "b/train-formation")
        left.append([round(until / HOUR_S - 1) for _, until, _ in rows])
    assert left == [[24, 24, 48, 48], [1, 1, 1, 49]]


def test_more_train_sets_may_make_a_train_leave_without_who_comes_next():
    """Trains of two lots that wait 2 h at most; the set of one that left at 0 h is back after 10 h. A lot at
    1 h is due at 3 h. Without a second set it waits until 10 h and takes along the lot of 9 h; with one it
    leaves at 3 h, and the lot of 9 h when it has waited its 2 h: at 11 h.
    """
    left = []
    for sets in (1, 2):
        train = fleet("rail-1435", 2 * LOT_T, maximum_wait_h=2.0, sets=sets, turnaround_h=2.0)
        case = a_case(
            9,
            places=places(b="IR", c="IR"),
            sections={"bc": rail("b", "c", 240.0)},
            fleets=fleets(train=train),
            commodities={"goods": commodity(LOT_T)},
            demand={"freight": flow("b", "c", 1.0, LOT_T)},
        )
        network, records = drive(case, freight=[0, 0, HOUR_S, 9 * HOUR_S])
        left.append([row[0] / HOUR_S for row in visits(network, records, "bc/outbound")])
    assert left == [[0, 10], [0, 3, 11]]
