"""Counterparts of observations: counted again row by row from the records of small worlds of 2021."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from cases import DAY_S, HOUR_S, a_case, element, f, flow, places, port, post, road, run, sea, service, step

from sim.changes.things import plain
from sim.indicators.measure import measure
from sim.indicators.observed import incomparable, observed
from sim.indicators.table import Key
from sim.model.description import Description
from sim.model.scenario import Run
from sim.records.columns import CONSIGNMENT

FIRST, DAYS = date(2021, 3, 1), 40
COUNTINGS = {
    "all-trucks": {"title": "t", "text": "t", "empty_vehicles": True},
    "loaded": {"title": "t", "text": "t"},
    "transit": {"title": "t", "text": "t", "regime": "transit", "whose": "IR"},
    "trade": {"title": "t", "text": "t", "regime": "trade", "whose": "IR"},
    "nothing": {"title": "t", "text": "t", "incomparable": "it has another meaning"},
}


def an_observation(quantity="throughput", of=("gate",), counting="loaded", start=10, days=20, **more):
    first = FIRST + timedelta(days=start)
    return {
        "title": "t",
        "quantity": quantity,
        "of": list(of),
        "from": first.isoformat(),
        "until": (first + timedelta(days=days - 1)).isoformat(),
        "counting": counting,
        "value": f(100.0),
        "use": "validation",
    } | more


def in_2021(case):
    return replace(case, run=Run(start=FIRST, days=DAYS, warm_up_days=0, replications=1, seed=1))


def simulated(observations, **kinds):
    """Simulate a world with observations; return its network, records and counterparts by id."""
    case = in_2021(a_case(countings=COUNTINGS, observations=observations, **kinds))
    network, records = run(case)
    return network, records, {key.id: value for key, value in observed(network, records).items()}


def a_border(observations):
    """Trucks of Iran and in transit of it pass a gate together; every second crosses empty beside them."""
    gate = post("b", "c", {"customs": step(3, 30.0, 0.5), "scales": step(3, 20.0)}, quota=200, empty=0.5)
    gate["inbound"]["empty_share"] = f(0.75)
    return simulated(
        observations,
        places=places(t="TM", b="IR", c="AZ"),
        sections={"way": road("t", "b")},
        posts={"gate": gate},
        demand={
            "own": flow("b", "c", 2.0),
            "through": flow("t", "c", 1.0, shipment_t=20.0),
            "home": flow("c", "b", 0.5),
        },
    )


def passed(network, records, name, flows, start=10, days=20):
    """Count row by row the units of flows that left an element in some days."""
    mine = element(network, name)
    rows = zip(
        records.visit_unit.tolist(),
        records.visit_element.tolist(),
        records.visit_left_at.tolist(),
        strict=True,
    )
    numbers = {network.flows.index(one) for one in flows}
    return sum(
        1
        for unit, where, left_at in rows
        if where == mine
        and start * DAY_S <= left_at < (start + days) * DAY_S
        and records.unit_flow[unit] in numbers
    )


def test_trucks_and_tonnes_at_a_post_in_its_days_and_direction():
    observations = {
        "out": an_observation("vehicles", direction="outbound"),
        "out-all": an_observation("vehicles", direction="outbound", counting="all-trucks"),
        "both-all": an_observation("vehicles", counting="all-trucks"),
        "tonnes": an_observation(direction="outbound"),
        "other-mode": an_observation(mode="rail-1520"),
    }
    network, records, found = a_border(observations)
    out = passed(network, records, "gate/outbound/scales", ("own", "through"))
    back = passed(network, records, "gate/inbound/customs", ("home",))
    assert out > 1000
    assert found["out"] == out
    assert found["out-all"] == pytest.approx(2 * out)
    assert found["both-all"] == pytest.approx(2 * out + 4 * back)
    assert found["tonnes"] == 20 * out
    assert found["other-mode"] == 0


def test_transit_and_trade_are_as_the_country_sees_them_and_add_up():
    observations = {
        "transit": an_observation(counting="transit"),
        "trade": an_observation(counting="trade"),
        "export": an_observation(counting="trade", regime="export"),
        "import": an_observation(counting="trade", regime="import"),
        "all": an_observation(),
    }
    network, records, found = a_border(observations)
    assert found["transit"] == 20 * passed(network, records, "gate/outbound/scales", ("through",))
    assert found["export"] == 20 * passed(network, records, "gate/outbound/scales", ("own",))
    assert found["import"] == 20 * passed(network, records, "gate/inbound/customs", ("home",))
    assert found["export"] + found["import"] == found["trade"]
    assert found["trade"] + found["transit"] == found["all"]


def test_a_flow_that_ends_at_a_gateway_can_be_transit():
    """Goods for Bandar Abbas are transit to who counts, though the network ends there."""
    observations = {"transit": an_observation(counting="transit"), "trade": an_observation(counting="trade")}
    _, _, found = simulated(
        observations,
        places=places(b="TM", c="IR"),
        posts={"gate": post("b", "c")},
        demand={"sulphur": {**flow("b", "c"), "transit_of": ["IR"]}},
    )
    assert found["transit"] > 0
    assert found["trade"] == 0


def test_times_and_queues_are_those_of_their_days():
    """Of the stays that ended in the days, and of the queue as an integral over them, added up in a loop."""
    observations = {
        "stay": an_observation("wait", direction="outbound"),
        "queue": an_observation("queue", direction="outbound", counting="all-trucks"),
    }
    network, records, found = a_border(observations)
    parts = ("acceptance", "customs", "scales")
    steps = {element(network, f"gate/outbound/{part}") for part in parts}
    start, end = 10 * DAY_S, 30 * DAY_S
    spent_s = waited_s = 0
    for where, arrived, started, left in zip(
        records.visit_element.tolist(),
        records.visit_arrived_at.tolist(),
        records.visit_started_at.tolist(),
        records.visit_left_at.tolist(),
        strict=True,
    ):
        if where in steps:
            spent_s += left - arrived if start <= left < end else 0
            began = started if started >= 0 else records.end_s
            waited_s += max(0, min(began, end) - max(arrived, start))
    out = passed(network, records, "gate/outbound/scales", ("own", "through"))
    assert found["stay"] == pytest.approx(spent_s / out / HOUR_S)
    assert found["queue"] == pytest.approx(2 * waited_s / (end - start))


def test_trucks_on_a_ferry_are_told_by_their_load_and_ships_by_their_sailings():
    observations = {
        "trucks": an_observation("vehicles", of=["ferry"], mode="road"),
        "wagons": an_observation("vehicles", of=["ferry"], mode="rail-1435"),
        "ships": an_observation("vehicles", of=["ferry"], mode="sea"),
        "port": an_observation(of=["quay"], mode="road"),
        "back": an_observation(of=["ferry"], direction="inbound"),
        "crossing": an_observation("transit-time", of=["strait"]),
        "home": an_observation("delivered", of=[], flows=["goods"]),
    }
    network, records, found = simulated(
        observations,
        places=places(a="IR", p="IR", q="AZ"),
        sections={"way": road("a", "p"), "strait": sea("p", "q", 100.0)},
        ports={"quay": port("p"), "pier": port("q")},
        services={"ferry": service("strait")},
        demand={"goods": flow("a", "q", 3.0)},
    )
    boarded = passed(network, records, "ferry/outbound/sailing", ("goods",))
    assert boarded > 1000
    assert found["trucks"] == pytest.approx(boarded)
    assert found["wagons"] == found["back"] == 0
    assert found["ships"] in (19, 20, 21)
    assert found["port"] == pytest.approx(20 * boarded, rel=0.1)
    assert found["crossing"] == pytest.approx(100 / 20)
    there = (records.unit_delivered_at >= 10 * DAY_S) & (records.unit_delivered_at < 30 * DAY_S)
    there &= records.unit_kind == CONSIGNMENT
    assert found["home"] == records.unit_mass_kg[there].sum() / 1000


def test_only_what_lies_in_the_measured_days_and_has_a_meaning_is_counted():
    observations = {
        "inside": an_observation(),
        "too-late": an_observation(start=30, days=11),
        "to-the-end": an_observation(start=30, days=10),
        "too-early": an_observation(start=-1),
        "no-meaning": an_observation(counting="nothing", use="context"),
        "people": an_observation("passengers"),
        "no-thing": an_observation(of=[], use="context"),
        "port-time": an_observation("wait", of=["way"]),
    }
    network, _, found = a_border(observations)
    assert set(found) == {"inside", "to-the-end"}
    description = network.case.description
    reasons = {name: incomparable(description, one) for name, one in description.observations.items()}
    assert reasons["no-meaning"] == "it has another meaning"
    assert reasons["people"] == "people at posts are not counted by the model"
    assert reasons["inside"] is None


def test_the_long_table_has_them_with_their_days():
    network, records, found = a_border({"out": an_observation(direction="outbound", mode="road")})
    key = Key("throughput", "observation", "out", "road", "outbound", period="2021-03-11/2021-03-30")
    assert measure(network, records)[key] == found["out"]


def test_goods_can_be_named():
    observations = {
        "all": an_observation(),
        "goods": an_observation(commodities=["goods"]),
    }
    _, _, found = a_border(observations)
    assert found["all"] == found["goods"] > 0


def test_descriptions_go_through_plain_data_unchanged():
    case = a_case(countings=COUNTINGS, observations={"one": an_observation(of=[]) | {"use": "context"}})
    assert Description.model_validate(plain(case.description)) == case.description
