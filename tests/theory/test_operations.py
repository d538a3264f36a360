"""Urgent goods, facilitated vehicles, train sets, crossings, reserved paths, room: by formula or hand."""

import math
from dataclasses import replace

import numpy as np
from cases import (
    DAY_S,
    HOUR_S,
    a_case,
    commodity,
    element,
    first_sailing,
    flow,
    passenger_service,
    places,
    port,
    post,
    rail,
    released,
    road,
    sea,
    service,
    step,
    travel,
    visits,
)
from scipy.stats import t as student

from sim.choice.assignment import assign
from sim.clock import Timeline
from sim.engine.simulate import simulate
from sim.network.compile import compile_case
from sim.network.elements import Element, Network, Pool, Room
from sim.records.columns import NOT_YET, Records

REPLICATIONS, DAYS = 8, 400
WARM_UP_S = 20 * DAY_S
GATE = "gate/outbound/customs"


def agrees(means: list[float], exact: float) -> bool:
    """Whether the mean lies within 4 % of `exact`, and `exact` in the 99.7 % interval of the replications."""
    half = student.ppf(0.9985, len(means) - 1) * np.std(means, ddof=1) / math.sqrt(len(means))
    return abs(np.mean(means) - exact) <= min(half, 0.04 * exact)


def changed(network: Network, name: str, **values: object) -> Network:
    """Return the network with other values for one element."""
    number = element(network, name)
    elements = list(network.elements)
    elements[number] = replace(elements[number], **values)
    return replace(network, elements=tuple(elements))


def waits_h(network: Network, records: Records, name: str, flow_: int | None = None) -> float:
    """Return the mean wait (h) at an element, of one flow or of all, those of the first days left out."""
    mine = (records.visit_element == element(network, name)) & (records.visit_started_at >= 0)
    mine &= records.visit_arrived_at > WARM_UP_S
    if flow_ is not None:
        mine &= records.unit_flow[records.visit_unit] == flow_
    return float((records.visit_started_at - records.visit_arrived_at)[mine].mean() / HOUR_S)


def test_urgent_goods_and_others_wait_as_cobham_says():
    """M/M/1 with two classes, not interrupted: W1 = W0 / (1 - r1), W2 = W0 / (1 - r1)(1 - r1 - r2)."""
    mean_h, rates = 0.5, {"fruit": 0.6, "steel": 0.9}
    case = a_case(
        DAYS,
        places=places(a="IR", b="AZ"),
        posts={"gate": post("a", "b", {"customs": step(1, mean_h * 60, 1.0)})},
        commodities={name: commodity() for name in rates},
        demand={name: flow("a", "b", rate, goods=name) for name, rate in rates.items()},
    )
    network = changed(compile_case(case), GATE, urgent=("fruit",))
    shares = assign(network)
    found = {name: [] for name in rates}
    for replication in range(REPLICATIONS):
        records = simulate(network, shares, 1, replication)
        for number, name in enumerate(network.flows):
            found[name].append(waits_h(network, records, GATE, number))
    first, second = rates["fruit"] * mean_h, rates["steel"] * mean_h
    rest = (first + second) * mean_h
    assert agrees(found["fruit"], rest / (1 - first))
    assert agrees(found["steel"], rest / ((1 - first) * (1 - first - second)))


def test_facilitated_vehicles_wait_as_pollaczek_khinchine_says_of_the_mixture():
    """M/G/1 of services of 40 min, of which 30 % take a quarter: Wq = rate E[S2] / 2 (1 - rate E[S])."""
    rate, share, factor, mean_h = 1.5, 0.3, 0.25, 40 / 60
    case = a_case(
        DAYS,
        places=places(a="IR", b="AZ"),
        posts={"gate": post("a", "b", {"customs": step(1, mean_h * 60, 0.0)})},
        demand={"freight": flow("a", "b", rate)},
    )
    network = changed(compile_case(case), GATE, facilitated_share=share, facilitated_factor=factor)
    shares = assign(network)
    means = [waits_h(network, simulate(network, shares, 1, n), GATE) for n in range(REPLICATIONS)]
    first = mean_h * (1 - share + share * factor)
    second = mean_h**2 * (1 - share + share * factor**2)
    assert agrees(means, rate * second / (2 * (1 - rate * first)))


def test_who_has_a_carnet_has_it_at_every_step():
    """Two steps of the same fixed time: each truck is quick at both or at none."""
    steps = {"one": step(99, 60.0), "two": step(99, 60.0)}
    case = a_case(
        20,
        places=places(a="IR", b="AZ"),
        posts={"gate": post("a", "b", steps)},
        demand={"freight": flow("a", "b", 5.0)},
    )
    network = compile_case(case)
    for name in steps:
        network = changed(network, f"gate/outbound/{name}", facilitated_share=0.5, facilitated_factor=0.5)
    records = simulate(network, assign(network), 1, 0)
    quick = {}
    for name in steps:
        mine = records.visit_element == element(network, f"gate/outbound/{name}")
        took = (records.visit_left_at - records.visit_started_at)[mine]
        quick[name] = dict(zip(records.visit_unit[mine].tolist(), (took < 3600).tolist(), strict=True))
    both = quick["one"].keys() & quick["two"].keys()
    assert all(quick["one"][unit] == quick["two"][unit] for unit in both)
    assert 0.4 < np.mean([quick["one"][unit] for unit in both]) < 0.6


def railway(days=DAYS, per_h=0.3, **more) -> Network:
    """A railway of 60 km from a to b, one hour long; each shipment of 1000 t fills a train."""
    case = a_case(
        days,
        places=places(a="IR", b="IR"),
        sections={"ab": rail("a", "b", **more)},
        commodities={"goods": commodity(1000.0)},
        demand={"freight": flow("a", "b", per_h, 1000.0), "back": flow("b", "a", 0.001, 1000.0)},
    )
    return compile_case(case)


def with_sets(network: Network, sets: int, turn_h: float) -> Network:
    """Return the network with so many train sets for the flow `freight`."""
    stock = Element("stock", "stock", "", "", "", "")
    pool = Pool("sets", Timeline(sets), round(turn_h * HOUR_S), len(network.elements))
    itineraries = tuple(
        replace(one, legs=tuple(replace(leg, pool=0) if one.flow == "freight" else leg for leg in one.legs))
        for one in network.itineraries
    )
    return replace(network, elements=(*network.elements, stock), pools=(pool,), itineraries=itineraries)


def test_trains_wait_for_the_only_set_as_for_a_server_of_its_round():
    """M/D/1: an hour out, an hour's unloading, an hour back: rho = 0.2 x 3 h, Wq = rho 3 h / 2 (1 - rho)."""
    network = with_sets(railway(1500, 0.2), 1, 1.0)
    shares = assign(network)
    means = []
    for replication in range(REPLICATIONS):
        records = simulate(network, shares, 1, replication)
        done = records.unit_flow == network.flows.index("freight")
        done &= (records.unit_delivered_at != NOT_YET) & (records.unit_released_at > WARM_UP_S)
        means.append((records.unit_delivered_at - records.unit_released_at)[done].mean() / HOUR_S - 1)
    assert agrees(means, 0.6 * 3 / (2 * 0.4))


def test_two_sets_go_round_by_hand():
    """Four full trains at 0 h, rounds of 3 h: two leave at 0, two at 3 h; the wait is for a set."""
    network = with_sets(railway(2), 2, 1.0)
    with released(freight=[0, 0, 0, 0], back=[]):
        records = simulate(network, assign(network), 1, 0)
    assert visits(network, records, "ab/outbound") == [
        (start * HOUR_S, start * HOUR_S, (start + 1) * HOUR_S) for start in (0, 0, 3, 3)
    ]
    assert visits(network, records, "stock") == [(0, 3 * HOUR_S, 3 * HOUR_S)] * 2
    assert visits(network, records, "a/train-formation") == [(0, 0, 0)] * 4


def test_trains_cross_by_hand():
    """Followers every 1 h, one the other way 3 h after: out at 0 and 1 h, back at 4 and 5 h, out at 8 h."""
    network = railway(5, mt=8.76)
    for way in ("outbound", "inbound"):
        network = changed(network, f"ab/{way}", cross_s=3 * HOUR_S)
    with released(freight=[0, 60, 7200], back=[120, 180]):
        records = simulate(network, assign(network), 1, 0)
    starts = {
        way: [start / HOUR_S for _, start, _ in visits(network, records, f"ab/{way}")]
        for way in ("outbound", "inbound")
    }
    assert starts == {"outbound": [0, 1, 8], "inbound": [4, 5]}


def test_freight_fits_in_between_the_reserved_paths_of_passenger_trains():
    """Paths of 1 h: no freight train starts within an hour before or after one; passengers never wait."""
    case = a_case(
        20,
        places=places(a="IR", b="IR"),
        sections={"ab": rail("a", "b", mt=8.76)},
        commodities={"goods": commodity(1000.0)},
        demand={"freight": flow("a", "b", 0.5, 1000.0)},
        passenger_services={"express": passenger_service("a", "b", ["ab"], journey_h=1.0)},
        travel={"people": travel("a", "b")},
    )
    network = compile_case(case)
    records = simulate(network, assign(network), 1, 0)
    of_people = records.unit_kind[records.visit_unit] == 4
    here = np.isin(records.visit_element, [element(network, f"ab/{way}") for way in ("outbound", "inbound")])
    reserved = records.visit_started_at[here & of_people]
    freight = records.visit_started_at[here & ~of_people & (records.visit_started_at >= 0)]
    assert len(reserved) >= 38
    assert (records.visit_started_at == records.visit_arrived_at)[here & of_people].all()
    assert np.abs(freight[:, None] - reserved).min() >= HOUR_S
    assert len(freight) > 200


def harbour(storage_t: float | None, cut_off_h: float = 0.0) -> Network:
    """Trucks of 20 t to a port, whose only ship a week takes 4000 t; room for `storage_t` there."""
    case = a_case(
        30,
        places=places(a="IR", b="IR", c="RU"),
        sections={"ab": road("a", "b"), "strait": sea("b", "c")},
        ports={"here": port("b"), "there": port("c")},
        services={"ferry": service("strait", 1.0)},
        demand={"freight": flow("a", "c")},
    )
    network = compile_case(case)
    lines = tuple(replace(line, cut_off_s=round(cut_off_h * HOUR_S)) for line in network.lines)
    if storage_t is None:
        return replace(network, lines=lines)
    room = Room("here", round(storage_t * 1000), len(network.elements))
    itineraries = tuple(
        replace(one, legs=tuple(replace(leg, room=0) if leg.kind == "sail" else leg for leg in one.legs))
        for one in network.itineraries
    )
    elements = (*network.elements, Element("room", "here", "room", "", "", ""))
    return replace(network, elements=elements, rooms=(room,), itineraries=itineraries, lines=lines)


def test_who_finds_no_room_waits_outside_until_the_ship_has_left():
    """Room for two of five trucks: three wait for the sailing, two of them board the next, one the third."""
    network = harbour(40.0)
    with released(freight=[0, 1, 2, 3, 4]):
        records = simulate(network, assign(network), 1, 0)
    week = 7 * DAY_S
    first = first_sailing(network.case, "ferry/outbound", week)
    first += week * (first < HOUR_S)
    came = [HOUR_S + number for number in range(5)]
    assert visits(network, records, "here/room") == [
        (came[2], first, first),
        (came[3], first, first),
        (came[4], first + week, first + week),
    ]
    sailed = sorted(records.unit_released_at[records.unit_kind == 3].tolist())
    assert sailed == [first, first + week, first + 2 * week]


def test_who_comes_after_the_cut_off_takes_the_next_ship():
    """One truck an hour before the cut-off and one an hour after it."""
    week = 7 * DAY_S
    network = harbour(None, cut_off_h=6.0)
    sailing = first_sailing(network.case, "ferry/outbound", week) + week
    with released(freight=[sailing - 8 * HOUR_S, sailing - 6 * HOUR_S]):
        records = simulate(network, assign(network), 1, 0)
    assert sorted(records.unit_released_at[records.unit_kind == 3].tolist()) == [sailing, sailing + week]


def test_urgent_goods_pass_a_quota_first_by_hand():
    """Two a day; three steels at 0 h, two fruits at 1 h: two steels pass on day 0, the fruits on day 1."""
    case = a_case(
        10,
        places=places(a="IR", b="AZ"),
        posts={"gate": post("a", "b", quota=2)},
        commodities={"fruit": commodity(), "steel": commodity()},
        demand={"fruit": flow("a", "b", goods="fruit"), "steel": flow("a", "b", goods="steel")},
    )
    network = changed(compile_case(case), "gate/outbound/acceptance", urgent=("fruit",))
    with released(steel=[0, 0, 0], fruit=[HOUR_S, HOUR_S]):
        records = simulate(network, assign(network), 1, 0)
    assert visits(network, records, "gate/outbound/acceptance") == [
        (0, 0, 0),
        (0, 0, 0),
        (0, 2 * DAY_S, 2 * DAY_S),
        (HOUR_S, DAY_S, DAY_S),
        (HOUR_S, DAY_S, DAY_S),
    ]
