"""Choice that sees capacity: point queues by hand, and shares at which waits and choice agree."""

from datetime import date

import numpy as np
import pytest
from cases import a_case, closed, event, fleets, flow, places, port, post, road, sea, service, step

from sim.choice.assignment import assign
from sim.choice.capacity import Capacities
from sim.choice.settling import SMALL_GAP, mean_waits_h, settle
from sim.network.compile import compile_case


def two_roads(per_h, quota=None, **more):
    """Two roads alike, each with a post; the first may have a daily acceptance."""
    ends = places(a="IR", l="IR", r="IR", x="AZ", y="AZ", b="AZ")
    sections = {
        "left": road("a", "l"),
        "right": road("a", "r"),
        "beyond-left": road("x", "b", country="AZ"),
        "beyond-right": road("y", "b", country="AZ"),
    }
    posts = {"first": post("l", "x", quota=quota), "second": post("r", "y")}
    return compile_case(
        a_case(
            30, places=ends, sections=sections, posts=posts, demand={"freight": flow("a", "b", per_h)}, **more
        )
    )


def test_a_queue_that_grows_by_hand():
    """120 a day for ten days where 100 pass: the queue is 200 in the end, the mean wait half of two days."""
    waits = mean_waits_h(np.full((1, 10), 120.0), np.full((1, 10), 100.0))
    assert waits[0] == pytest.approx(24 * 200 / 2 / 100)


def test_a_queue_that_grows_and_clears_by_hand():
    """200 on one day, none on the next, where 100 pass: 50 wait on average on the first."""
    waits = mean_waits_h(np.array([[200.0, 0.0]]), np.full((1, 2), 100.0))
    assert waits[0] == pytest.approx(24 * 50 / 100)


def test_nothing_waits_where_there_is_capacity():
    """Below what it can pass: no delay, and the shares are those without delays."""
    network = two_roads(2.0, quota=100)
    settled = settle(network)
    assert settled.delays == {}
    assert settled.rounds == 1
    assert settled.assignment == assign(network)


def test_freight_leaves_a_post_that_cannot_pass_it():
    """96 trucks a day over two like ways: about 20 stay where only 20 are accepted."""
    network = two_roads(4.0, quota=20)
    settled = settle(network)
    assert settled.gap < SMALL_GAP
    by_first = [
        share
        for number, share in zip(
            network.choice_sets[0][0].itineraries, settled.assignment.shares[0][0], strict=True
        )
        if "first"
        in {network.elements[e].id for leg in network.itineraries[number].legs for e in leg.elements}
    ]
    assert 20 / 96 < sum(by_first) < 0.35
    assert max(settled.delays.values()) > 24


def test_waits_and_shares_agree():
    """At the shares that settle, the delays that they make give the same shares again."""
    network = two_roads(4.0, quota=20)
    settled = settle(network)
    again = assign(network, settled.delays)
    assert again.shares[0][0] == pytest.approx(settled.assignment.shares[0][0], abs=2 * SMALL_GAP)


def test_who_has_no_other_way_stays_on_it():
    """One road, one post, twice what it can pass: all of it, with the delay that this makes."""
    case = a_case(
        10,
        places=places(a="IR", b="AZ"),
        posts={"gate": post("a", "b", quota=12)},
        demand={"f": flow("a", "b")},
    )
    settled = settle(compile_case(case))
    assert settled.assignment.shares == (((1.0,),),)
    assert max(settled.delays.values()) == pytest.approx(24 * 10 * 12 / 2 / 12)


def test_what_servers_offer_a_day():
    """Two officers for 12 hours; a closure of a day; a daily number; ships by the load."""
    hours = {"customs": step(2, 60.0, hours="08:00-20:00")}
    case = a_case(
        4,
        places=places(a="IR", b="AZ", c="RU"),
        posts={"gate": post("a", "b", hours, quota=7)},
        sections={"strait": sea("b", "c")},
        ports={"pb": port("b"), "pc": port("c")},
        services={"ferry": service("strait", per_week=3.5)},
        fleets=fleets(),
        demand={"f": flow("a", "c", 0.1)},
        states=[closed("posts", "gate", date(2025, 1, 2), date(2025, 1, 3))],
    )
    network = compile_case(case)
    offered = Capacities(network).offered
    names = [server.name for server in network.servers]
    gate = offered[names.index("gate/outbound/customs")]
    assert gate.tolist() == [2 * 43_200, 0, 2 * 43_200, 2 * 43_200]
    assert offered[names.index("gate/outbound/acceptance")].tolist() == [7, 0, 7, 7]
    assert offered[len(names)].tolist() == [4_000_000 * 0.5] * 4


def test_freight_counts_on_the_storms_of_the_climate():
    """A post that storms close for exp(-0.5) = 60.7 % of the time left open passes so much of its quota."""
    storm = event(["first"], per_year=365.0, hours=12.0)
    calm, rough = (Capacities(two_roads(4.0, quota=20, events=each)) for each in ({}, {"storm": storm}))
    row = next(n for n, server in enumerate(calm.network.servers) if server.daily)
    assert calm.offered[row] == pytest.approx(20.0)
    assert rough.offered[row] == pytest.approx(20 * np.exp(-0.5))
    others = [n for n in range(len(calm.offered)) if calm.network.servers[n].name.startswith("post second")]
    assert np.array_equal(calm.offered[others], rough.offered[others])


def test_freight_counts_on_cancelled_sailings():
    """Of a service that is closed half of the time, half of the ships' room."""
    kinds = {
        "places": places(a="IR", p="IR", q="RU", b="RU"),
        "sections": {"in": road("a", "p"), "out": road("q", "b", country="RU"), "strait": sea("p", "q")},
        "ports": {"here": port("p"), "there": port("q")},
        "services": {"ferry": service("strait")},
        "demand": {"freight": flow("a", "b")},
    }
    half = event(["strait"], per_year=365.0 * np.log(2), hours=24.0)
    calm, rough = (
        Capacities(compile_case(a_case(30, events=each, **kinds))) for each in ({}, {"storm": half})
    )
    first = len(calm.network.servers)
    assert rough.offered[first:] == pytest.approx(calm.offered[first:] / 2)
    assert np.array_equal(rough.offered[:first], calm.offered[:first])
