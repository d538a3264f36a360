"""Queues that feed or block each other: a fork, and handling in a yard with little room, by Markov chains."""

from dataclasses import replace

import numpy as np
import pytest
from cases import (
    HOUR_S,
    a_case,
    commodity,
    element,
    fleet,
    fleets,
    flow,
    places,
    post,
    rail,
    road,
    step,
    terminal,
)
from theory.test_operations import agrees, changed, waits_h
from theory.test_waiting_lines import erlang_c

from sim.choice.assignment import assign
from sim.clock import Timeline
from sim.engine.simulate import simulate
from sim.network.compile import compile_case
from sim.network.elements import Assignment, Element, Network, Pool

REPLICATIONS, DAYS = 8, 400
RATE = 3.0


@pytest.fixture(scope="module")
def fork():
    """A road that splits over two posts, two fifths by the gate and three by the door: network, records."""
    posts = {
        "gate": post("m", "b", {"customs": step(1, 30.0, 1.0)}),
        "door": post("m", "b", {"customs": step(3, 60.0, 1.0)}),
    }
    case = a_case(
        DAYS,
        places=places(a="IR", m="IR", b="AZ"),
        sections={"am": road("a", "m")},
        posts=posts,
        demand={"freight": flow("a", "b", RATE)},
    )
    network = compile_case(case)
    gate = element(network, "gate/outbound/customs")
    by_gate = [gate in network.itineraries[n].legs[0].elements for n in network.choice_sets[0][0].itineraries]
    assert sorted(by_gate) == [False, True]
    shares = Assignment(((tuple(0.4 if one else 0.6 for one in by_gate),),))
    return network, [simulate(network, shares, 1, number) for number in range(REPLICATIONS)]


@pytest.mark.parametrize(
    ("name", "rate", "servers", "mean_h"), [("gate", 0.4 * RATE, 1, 0.5), ("door", 0.6 * RATE, 3, 1.0)]
)
def test_each_post_of_a_fork_waits_as_if_alone(name, rate, servers, mean_h, fork):
    """A Poisson process split by chance is Poisson processes: M/M/1 at the gate, M/M/3 at the door."""
    network, runs = fork
    load = rate * mean_h
    means = [waits_h(network, records, f"{name}/outbound/customs") for records in runs]
    assert agrees(means, erlang_c(servers, load) * mean_h / (servers - load))


def test_the_branches_of_a_fork_know_nothing_of_each_other(fork):
    """How many take either in an hour: Poisson variances, and no correlation, to 3 standard errors."""
    network, runs = fork
    counts = []
    for name in ("gate", "door"):
        mine = element(network, f"{name}/outbound/customs")
        hours = [r.visit_arrived_at[r.visit_element == mine] // HOUR_S for r in runs]
        counts.append(np.concatenate([np.bincount(h, minlength=24 * DAYS)[24:] for h in hours]))
    error = len(counts[0]) ** -0.5
    for one, share in zip(counts, (0.4, 0.6), strict=True):
        assert one.mean() == pytest.approx(share * RATE, abs=3 * error * (share * RATE) ** 0.5)
        assert one.var() / one.mean() == pytest.approx(1, abs=4.5 * error)
    assert abs(np.corrcoef(counts)[0, 1]) < 3 * error


LOT_T = 1000.0
OUTSIDE, HANDLING, STOCK = "yard/storage", "yard/road-to-rail-1435", "stock"


def yard(places_: int, points: int, rate: float, days: int) -> Network:
    """Return a yard with room for so many lots; handling takes 1 h, exponential; each lot fills a train.

    Lots come by a truck that takes one whole, a Poisson process; the train goes over a railway of 300 km.
    """
    case = a_case(
        days,
        places=places(a="IR", b="IR", c="AZ", d="AZ"),
        sections={"ab": road("a", "b", 60.0), "bc": rail("b", "c", 300.0)},
        posts={"gate": post("c", "d", {"customs": step(99, 60.0)}, mode="rail-1435")},
        terminals={"yard": terminal("b", points=points, storage_t=places_ * LOT_T)},
        fleets=fleets(truck=fleet("road", LOT_T)),
        commodities={"goods": commodity(LOT_T)},
        demand={"freight": flow("a", "d", rate, LOT_T)},
    )
    network = compile_case(case)
    handling = {"service_s": Timeline(HOUR_S), "service_s_per_kg": 0.0, "service_cv": 1.0}
    return changed(network, HANDLING, **handling)


def yard_waits_h(network: Network) -> dict[str, list[float]]:
    """Return the means over all lots of their waits (h) outside, for handling and for a set, by replication.

    Most wait nowhere, and have no visit to the room or the stock then; all have come over the road.
    """
    waits: dict[str, list[float]] = {OUTSIDE: [], HANDLING: [], STOCK: []}
    numbers = {one.name: number for number, one in enumerate(network.elements)}
    for replication in range(REPLICATIONS):
        records = simulate(network, assign(network), 1, replication)
        lots = np.count_nonzero(records.visit_element == numbers["ab/outbound"])
        for name, means in waits.items():
            rows = (records.visit_element == numbers.get(name, -1)) & (records.visit_started_at >= 0)
            total_s = (records.visit_started_at - records.visit_arrived_at)[rows].sum(dtype=np.int64)
            means.append(total_s / HOUR_S / lots)
    return waits


@pytest.mark.parametrize(("places_", "points"), [(1, 4), (3, 99), (99, 3)])
def test_room_for_few_is_as_good_as_few_to_handle_them(places_, points):
    """Nobody is lost: who finds no room waits outside. With a train for each lot at once there is one queue
    of min(places, points) servers, M/M/c, in front of the yard or of the handling.
    """
    servers = min(places_, points)
    load = 0.7 * servers
    waits = yard_waits_h(yard(places_, points, load, 300 // servers))
    before, idle = (OUTSIDE, HANDLING) if places_ < points else (HANDLING, OUTSIDE)
    assert agrees(waits[before], erlang_c(servers, load) / (servers - load))
    assert max(waits[idle]) == max(waits[STOCK]) == 0


def with_one_set(network: Network) -> Network:
    """Return the network with one train set, which is away for 1 h on the mean, exponential.

    The train only passes a post of half that time, and comes back as long as it took.
    """
    gate = element(network, "gate/outbound/customs")
    network = changed(network, "gate/outbound/customs", service_s=Timeline(HOUR_S / 2), service_cv=1.0)
    (way,) = network.itineraries
    legs = tuple(replace(leg, elements=(gate,), pool=0) if leg.kind == "train" else leg for leg in way.legs)
    return replace(
        network,
        elements=(*network.elements, Element("stock", STOCK, "", "", "", "")),
        pools=(Pool("set", Timeline(1), 0, len(network.elements)),),
        itineraries=(replace(way, legs=legs),),
    )


def blocked_tandem(places_: int, rate: float) -> tuple[float, float, float]:
    """Return the mean numbers outside, in handling and waiting for the set, from the chain's balance.

    States: n lots outside or in handling, j of the `places_` handled and waiting, the set away or not. Who
    leaves the yard by train gives up room, so handling goes on while j < `places_`. Handling and the
    set have the rate 1 an hour. n is cut off where nothing is left of its geometric tail.
    """
    most = 150
    states = [(n, j, away) for n in range(most) for j in range(places_ + 1) for away in (0, 1)]
    states = [(n, j, away) for n, j, away in states if away or j == 0]
    number = {state: place for place, state in enumerate(states)}
    rates = np.zeros((len(states), len(states)))
    for n, j, away in states:
        moves = {(n + 1, j, away): rate}
        if n and j < places_:
            moves[n - 1, j + away, 1] = 1.0
        if away:
            moves[n, max(j - 1, 0), int(j > 0)] = 1.0
        for state, speed in moves.items():
            if state in number:
                rates[number[n, j, away], number[state]] += speed
    balance = (rates - np.diag(rates.sum(axis=1))).T
    balance[-1] = 1.0
    chance = np.linalg.solve(balance, np.eye(len(states))[-1])
    assert chance[[n == most - 1 for n, _, _ in states]].sum() < 1e-9
    n, j = np.array(states)[:, :2].T
    inside = np.minimum(n, places_ - j)
    return float(chance @ (n - inside)), float(chance @ inside), float(chance @ j)


@pytest.mark.parametrize(
    ("places_", "days"), [(2, 500), *(pytest.param(n, 1500, marks=pytest.mark.slow) for n in (1, 2, 4))]
)
def test_a_yard_that_is_full_because_no_train_set_comes_stops_the_handling(places_, days):
    """A tandem with blocking: one handling point (mean 1 h), room for a few lots, one set (round of 1 h).

    Not M/M/1/K, as nobody is lost: the chain of lots outside, in handling and handled is solved instead. By
    Little's law its means over the rate are the waits for room, the time in handling, and the wait for a set.
    """
    rate = 0.4
    outside, handling, handled = blocked_tandem(places_, rate)
    waits = yard_waits_h(with_one_set(yard(places_, 1, rate, days)))
    exact = {OUTSIDE: outside / rate, HANDLING: handling / rate - 1, STOCK: handled / rate}
    assert agrees(list(np.sum(list(waits.values()), axis=0)), sum(exact.values()))
    for name, means in waits.items():
        assert np.mean(means) == pytest.approx(exact[name], rel=0.1, abs=1e-9)
