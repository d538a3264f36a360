"""Vehicles on the road before posts, and times of urgent goods, on records written by hand.

The world: a post a-b outbound with an acceptance, customs and weighing; 4 parking places, of which every
second is taken by an empty truck. The measured period is the second day of the run, from `W` to `END`.
"""

from datetime import date

import numpy as np
import pytest
from cases import commodity, describe, element, f, flow, places, post, step
from hypothesis import given
from hypothesis import strategies as st
from recorder import Recorder

from sim.clock import Timeline, Window
from sim.indicators.gates import excess, gates
from sim.indicators.table import Key
from sim.model.case import Case, DatedValue
from sim.model.scenario import Run
from sim.network.compile import compile_case
from sim.records.columns import CONSIGNMENT, NOT_YET, TRUCK

H, DAY_S = 3600, 86_400
W, END = DAY_S, 2 * DAY_S
GATE = Key("", "post", "gate", "road", "outbound")
PARKING = ("posts", "gate", "outbound", "parking_places")


def a_network(parking=4, urgent=("fruit",), quota=10, dated=()):
    made = post("a", "b", {"customs": step(), "weighing": step()}, quota=quota, empty=0.5)
    if parking:
        made["outbound"]["parking_places"] = f(parking)
    made["outbound"]["steps"]["weighing"]["urgent"] = list(urgent)
    description = describe(
        places=places(a="IR", b="AZ"),
        posts={"gate": made},
        commodities={"goods": commodity(60.0), "fruit": commodity()},
        demand={"goods": flow("a", "b", shipment_t=60.0), "fruit": flow("a", "b", goods="fruit")},
    )
    run = Run(start=date(2025, 1, 2), days=1, warm_up_days=1, replications=1, seed=1)
    return compile_case(Case("t", "t", "q", run, description, dated, (), ()))


class Diary(Recorder):
    """Writes visits by the names of elements."""

    def goods(self, flow_, kind=CONSIGNMENT):
        return self.unit(kind, 20_000, 0, flow_, 0)

    def at(self, network, unit, part, arrived_at, started_at, left_at):
        self.visit(unit, element(network, f"gate/outbound/{part}"), arrived_at, started_at, left_at)

    def told(self, network):
        numbers = gates(network, self.records(END))
        assert {key._replace(indicator="") for key in numbers} <= {GATE}
        return {key.indicator: value for key, value in numbers.items()}


def test_on_the_road_is_who_waits_before_the_gate_beyond_the_parking():
    """Loaded trucks have 2 of the 4 places. Three wait for acceptance from hour 1 to hours 3, 5 and 9,
    a fourth for customs from hour 2 to hour 4: beyond the 2 are 1 from hour 1, 2 from hour 2, 1 from hour 3,
    none from hour 4. So 1 + 2 + 1 = 4 vehicle-hours in 24 h, 2 at most, 3 hours with a queue.
    """
    network, diary = a_network(), Diary()
    for until_h in (3, 5, 9):
        left = W + until_h * H
        diary.at(network, diary.goods(0), "acceptance", W + H, left, left)
    diary.at(network, diary.goods(0), "customs", W + 2 * H, W + 4 * H, W + 5 * H)
    told = diary.told(network)
    assert told["road_queue_mean"] == pytest.approx(4 / 24)
    assert told["road_queue_max"] == 2
    assert told["road_queue_hours"] == 3


def test_who_waits_inside_is_not_on_the_road():
    """Five wait for weighing, the second step: the gate is behind them."""
    network, diary = a_network(), Diary()
    for _ in range(5):
        diary.at(network, diary.goods(0), "weighing", W, W + H, W + H)
    told = diary.told(network)
    assert (told["road_queue_mean"], told["road_queue_max"], told["road_queue_hours"]) == (0, 0, 0)


def test_without_a_quota_the_gate_is_the_first_step():
    """Three wait for customs for six hours, one of them on the road."""
    network, diary = a_network(quota=None), Diary()
    for _ in range(3):
        diary.at(network, diary.goods(0), "customs", W, W + 6 * H, W + 6 * H)
    told = diary.told(network)
    assert told["road_queue_mean"] == pytest.approx(6 / 24)
    assert told["road_queue_hours"] == 6


def test_waits_count_with_their_part_of_the_measured_period():
    """Four wait from the warm-up to the end of the run and beyond: 2 on the road all day."""
    network, diary = a_network(), Diary()
    for started_at in (NOT_YET, NOT_YET, END, END + H):
        diary.at(network, diary.goods(0), "acceptance", W - H, started_at, started_at)
    told = diary.told(network)
    assert (told["road_queue_mean"], told["road_queue_max"], told["road_queue_hours"]) == (2, 2, 24)


def test_more_parking_from_a_day_on():
    """From the measured day on 8 places, 4 of them for loaded trucks: nobody of 4 stands on the road."""
    wider = DatedValue(PARKING, 8, date(2025, 1, 2), None)
    network, diary = a_network(dated=(wider,)), Diary()
    for _ in range(4):
        diary.at(network, diary.goods(0), "acceptance", W - H, END, END)
    assert diary.told(network)["road_queue_max"] == 0


def test_nothing_is_told_of_parking_that_is_not_given_or_of_goods_that_nobody_hurries():
    network, diary = a_network(parking=None, urgent=()), Diary()
    diary.at(network, diary.goods(0), "weighing", W, W, W + H)
    assert diary.told(network) == {}


def test_times_of_urgent_goods_and_others():
    """Fruit: 2 h and 4 h from its arrival at the acceptance. Others: 10 h for one truck of three that carries
    its part of 60 t. Who left before the period, has not left, or is at customs only does not count.
    """
    network, diary = a_network(), Diary()
    for hours, began in ((2, W - H), (4, W)):
        unit, end = diary.goods(1), began + hours * H
        diary.at(network, unit, "acceptance", began, end - H, end - H)
        diary.at(network, unit, "customs", end - H, end - H, end - H // 2)
        diary.at(network, unit, "weighing", end - H // 2, end - H // 2, end)
    whole = diary.goods(0)
    trucks = [diary.unit(TRUCK, 20_000, 0) for _ in range(3)]
    for truck in trucks:
        diary.load(truck, whole, 20_000)
    diary.at(network, trucks[0], "customs", W, W + 6 * H, W + 9 * H)
    diary.at(network, trucks[0], "weighing", W + 9 * H, W + 9 * H, W + 10 * H)
    diary.at(network, trucks[1], "weighing", W - 9 * H, W - H, W - 1)
    diary.at(network, trucks[2], "weighing", W, NOT_YET, NOT_YET)
    diary.at(network, diary.goods(1), "customs", W, W, W + H)
    told = diary.told(network)
    assert told["time_urgent"] == pytest.approx(3)
    assert told["time_others"] == pytest.approx(10)
    assert told["urgent_share"] == pytest.approx(2 / 3)


def test_a_class_that_nobody_is_of_has_no_time():
    """Only fruit passed: the mean of no others is no number."""
    network, diary = a_network(), Diary()
    diary.at(network, diary.goods(1), "weighing", W, W, W + H)
    told = diary.told(network)
    assert (told["time_urgent"], told["urgent_share"]) == (1, 1)
    assert "time_others" not in told


@given(
    waits=st.lists(st.tuples(st.integers(0, 60), st.integers(0, 30)), max_size=20),
    first=st.integers(1, 4),
    change=st.tuples(st.integers(1, 60), st.integers(1, 6)),
    window=st.tuples(st.integers(0, 40), st.integers(1, 40)),
)
def test_the_excess_second_by_second(waits, first, change, window):
    """Against counting at every second of the window who waits, and how many places there are."""
    places_, inside = Timeline(first, (change,)), Window(window[0], window[0] + window[1])
    begins = np.sort(np.array([at_s for at_s, _ in waits], dtype=np.int64))
    ends = np.sort(np.array([at_s + wait_s for at_s, wait_s in waits], dtype=np.int64))
    spans_s, beyond = excess(begins, ends, places_, inside)
    every_second = [
        max(0, sum(at_s <= now < at_s + wait_s for at_s, wait_s in waits) - places_.at(now))
        for now in range(inside.start_s, inside.end_s)
    ]
    assert np.repeat(beyond, spans_s).tolist() == every_second
