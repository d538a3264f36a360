"""Rooms and train sets of a railway against recursions written here, to the second, on random arrivals."""

import heapq
from dataclasses import replace
from itertools import count

import numpy as np
import pytest
from cases import (
    DAY_S,
    HOUR_S,
    a_case,
    commodity,
    element,
    fleet,
    fleets,
    flow,
    places,
    rail,
    released,
    road,
    terminal,
    visits,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.choice.assignment import assign
from sim.clock import Timeline
from sim.engine.simulate import simulate
from sim.network.compile import compile_case
from sim.network.elements import Network

SETTINGS = settings(max_examples=60, derandomize=True, deadline=None)
LOT_T = 1000.0
MANY = st.lists(st.integers(0, 4 * DAY_S), min_size=1, max_size=25).map(sorted)
TURN_H, OUT_S = 2.0, 4 * HOUR_S
ROUND_S = 2 * OUT_S + 2 * HOUR_S


def trains(sets: int) -> dict[str, object]:
    """Return fleets of trucks and trains of one lot each, with so many train sets."""
    train = fleet("rail-1435", LOT_T, maximum_wait_h=24.0, sets=sets, turnaround_h=TURN_H)
    return fleets(truck=fleet("road", LOT_T), train=train)


def yard(sets: int, places_: int, points: int, handling_s: int) -> Network:
    """Return a road of an hour to a yard with room for so many lots, and a railway of four hours from it."""
    case = a_case(
        60,
        places=places(a="IR", b="IR", c="IR"),
        sections={"ab": road("a", "b"), "bc": rail("b", "c", 240.0)},
        terminals={"yard": terminal("b", points=points, storage_t=places_ * LOT_T)},
        fleets=trains(sets),
        commodities={"goods": commodity(LOT_T)},
        demand={"freight": flow("a", "c", 1.0, LOT_T)},
    )
    network = compile_case(case)
    elements = tuple(
        replace(one, service_s=Timeline(float(handling_s)), service_s_per_kg=0.0)
        if one.kind == "terminal"
        else one
        for one in network.elements
    )
    return replace(network, elements=elements)


def through_yard(
    came: list[int], sets: int, places_: int, points: int, handling_s: int
) -> list[tuple[int, int, int]]:
    """Return when each lot gets in, is taken to be handled, and leaves by train: the n-th of each in turn.

    In: when it has come, the one before is in, and the one `places_` before has left. Handled: when it is in
    and the one `points` before is done. It leaves when it is done, the one before has left, and the set of
    the one `sets` before is back.
    """
    into: list[int] = []
    handled: list[int] = []
    left: list[int] = []
    for n, at_s in enumerate(came):
        into.append(max([at_s, *into[-1:], *left[n - places_ : n - places_ + 1] * (n >= places_)]))
        handled.append(max([into[n], *([handled[n - points] + handling_s] if n >= points else [])]))
        left.append(
            max([handled[n] + handling_s, *left[-1:], *([left[n - sets] + ROUND_S] if n >= sets else [])])
        )
    return list(zip(into, handled, left, strict=True))


YARDS = st.fixed_dictionaries(
    {
        "sets": st.integers(1, 4),
        "places_": st.integers(1, 5),
        "points": st.integers(1, 3),
        "handling_s": st.sampled_from([60, HOUR_S, 5 * HOUR_S, 11 * HOUR_S]),
    }
)


@SETTINGS
@given(MANY, YARDS)
def test_a_yard_that_blocks_follows_its_recursion(came, asked):
    """Who finds no room holds nothing and waits outside; who is handled keeps its room until its train."""
    network = yard(**asked)
    with released(freight=came):
        records = simulate(network, assign(network), 1, 0)
    exact = through_yard([at_s + HOUR_S for at_s in came], **asked)
    handled = visits(network, records, "yard/road-to-rail-1435")
    assert [row[:2] for row in handled] == [row[:2] for row in exact]
    assert [row[1] for row in visits(network, records, "bc/outbound")] == [left for _, _, left in exact]
    outside = [
        (at_s + HOUR_S, into, into)
        for at_s, (into, _, _) in zip(came, exact, strict=True)
        if into > at_s + HOUR_S
    ]
    assert visits(network, records, "yard/storage") == outside


LINES = {"near": 60.0, "far": 360.0}


def two_lines(sets: int) -> Network:
    """Return railways of one and of six hours from two yards, whose trains share so many sets."""
    case = a_case(
        90,
        places=places(near="IR", far="IR", c="IR"),
        sections={name: rail(name, "c", km) for name, km in LINES.items()},
        fleets=trains(sets),
        commodities={"goods": commodity(LOT_T)},
        demand={name: flow(name, "c", 1.0, LOT_T) for name in LINES},
    )
    return compile_case(case)


def rounds(due: dict[str, list[int]], sets: int) -> dict[str, list[int]]:
    """Return when the trains of each line leave: the fixed population of sets, event by event.

    A yard asks for a set for one train at a time, and again as soon as that has left; yards are served in the
    order in which they ask. A set that comes back is given before anybody asks anew at its instant.
    """
    left: dict[str, list[int]] = {name: [] for name in due}
    asking: list[tuple[int, int, str]] = []
    order = count()
    events = [(at_s, 1, name) for name, times in due.items() for at_s in times]
    waiting = dict.fromkeys(due, 0)
    free = sets
    heapq.heapify(events)
    while events:
        now, comes, name = heapq.heappop(events)
        if comes:
            waiting[name] += 1
            if waiting[name] == 1:
                asking.append((now, next(order), name))
        else:
            free += 1
        while free and asking:
            asks = min(asking)
            asking.remove(asks)
            free -= 1
            line = asks[2]
            left[line].append(now)
            out_s = round(LINES[line] * 60)
            heapq.heappush(events, (now + 2 * out_s + round(TURN_H * HOUR_S), 0, ""))
            waiting[line] -= 1
            if waiting[line]:
                asking.append((now, next(order), line))
    return left


@SETTINGS
@given(
    st.fixed_dictionaries(dict.fromkeys(LINES, MANY)), st.integers(1, 3), st.randoms(use_true_random=False)
)
def test_sets_go_round_between_two_yards_as_a_fixed_population(due, sets, random):
    """Up to three sets, as machines that are out, come back and wait; no two instants alike."""
    used: set[int] = set()
    for name, times in due.items():
        due[name] = sorted(_apart(at_s, used, random) for at_s in times)
    network = two_lines(sets)
    with released(**due):
        records = simulate(network, assign(network), 1, 0)
    exact = rounds(due, sets)
    for name in LINES:
        assert [row[1] for row in visits(network, records, f"{name}/outbound")] == exact[name]
    waits = [left - at_s for name in LINES for at_s, left in zip(due[name], exact[name], strict=True)]
    assert sum(row[1] - row[0] for row in visits(network, records, "train")) == sum(waits)


def _apart(at_s: int, used: set[int], random) -> int:
    """Return an instant near `at_s` that leaves another rest by 3600 than all before, so that none meet."""
    at_s = at_s // HOUR_S * HOUR_S + random.choice([rest for rest in range(HOUR_S) if rest not in used])
    used.add(at_s % HOUR_S)
    return at_s


def test_a_fixed_population_under_full_load_goes_round_as_fast_as_sets_and_track_allow():
    """Sets N, a round of C without waits, a path every h: min(N / C, 1 / h) trains, here 10 h and 4 h.

    The bounds of a closed queueing network, which fixed times reach: 2 sets 0.2 an hour, from 3 on 0.25.
    """
    for sets, per_h in ((1, 0.1), (2, 0.2), (3, 0.25), (4, 0.25)):
        track = rail("b", "c", 240.0, mt=6 * 365 * LOT_T / 1e6)
        case = a_case(
            60,
            places=places(b="IR", c="IR"),
            sections={"bc": track},
            fleets=trains(sets),
            commodities={"goods": commodity(LOT_T)},
            demand={"freight": flow("b", "c", 1.0, LOT_T)},
        )
        network = compile_case(case)
        with released(freight=range(1000)):
            records = simulate(network, assign(network), 1, 0)
        mine = records.visit_element == element(network, "bc/outbound")
        started = np.sort(records.visit_started_at[mine & (records.visit_started_at > 20 * DAY_S)])
        assert len(started) == pytest.approx(40 * 24 * per_h, abs=1)
        assert sum(row[0] >= 0 for row in visits(network, records, "train")) == 1000 - sets
