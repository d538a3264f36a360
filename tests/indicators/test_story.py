"""The story of one consignment, against journeys worked out by hand."""

import pytest
from cases import (
    DAY_S,
    HOUR_S,
    a_case,
    charge,
    commodity,
    drive,
    flow,
    places,
    post,
    rail,
    road,
    run,
    step,
    terminal,
)

from sim.indicators.extract import extract, units_of
from sim.indicators.movements import InMemory
from sim.indicators.picks import consignments, pick, serial
from sim.indicators.queues import waits
from sim.indicators.story import shares, story
from sim.indicators.table import Key
from sim.indicators.waited import waited
from sim.records.columns import NOT_YET


def told(network, records, number=0):
    """Return the story of the n-th consignment of the first flow."""
    traced = InMemory(network, records)
    units = units_of(traced)
    return story(traced.legend, extract(traced, units, int(consignments(units, 0)[number])))


def episodes(one):
    return [(e.at_s, e.duration_s, e.what, e.by, e.closed_s, e.mass_kg) for e in one.episodes]


def road_then_rail():
    """44 t in three trucks over 60 km, through a terminal, then 240 km by a train that waits for 24 h."""
    return a_case(
        5,
        places=places(a="IR", b="IR", c="IR"),
        sections={"ab": road("a", "b"), "bc": rail("b", "c", 240.0)},
        terminals={"yard": terminal("b")},
        commodities={"goods": commodity(44.0)},
        demand={"freight": flow("a", "c", shipment_t=44.0)},
    )


HANDLED_S = 139
"""44 t at ten points of 10 Mt a year each: 44,000 kg x 365 d / 10^10 kg, to the second."""
JOINS_S = HOUR_S + HANDLED_S
TRAIN_S = JOINS_S + DAY_S


def test_the_hand_worked_story_of_trucks_and_train():
    """An hour by truck, the terminal, a day until the train leaves with both, four hours by rail."""
    network, records = drive(road_then_rail(), freight=[0, 2 * HOUR_S])
    first, second = told(network, records), told(network, records, 1)
    assert episodes(first) == [
        (0, HOUR_S, "moving", "road", 0, 14_667),
        (HOUR_S, HANDLED_S, "served", "terminal", 0, 44_000),
        (JOINS_S, DAY_S, "waiting", "train", 0, 44_000),
        (TRAIN_S, 4 * HOUR_S, "moving", "rail-1435", 0, 44_000),
    ]
    assert first.account == {
        ("moving", "rail-1435"): 4 * HOUR_S,
        ("moving", "road"): HOUR_S,
        ("served", "terminal"): HANDLED_S,
        ("waiting", "train"): DAY_S,
    }
    assert second.account["waiting", "train"] == DAY_S - 2 * HOUR_S
    assert first.ends_at == second.ends_at == TRAIN_S + 4 * HOUR_S
    trucks, (train,) = first.facts.carriers[:3], first.facts.carriers[3:]
    assert [(truck.mass_kg, truck.others) for truck in trucks] == [(14_667, 0), (14_667, 0), (14_666, 0)]
    assert (train.mass_kg, train.load_kg, train.others) == (44_000, 88_000, 1)
    assert [e.carrier and e.carrier.unit for e in first.episodes] == [trucks[0].unit, None, None, train.unit]


def gate(steps, days=5, shipment_t=20.0):
    return a_case(
        days,
        places=places(a="IR", b="AZ"),
        posts={"gate": post("a", "b", steps)},
        commodities={"goods": commodity(shipment_t)},
        demand={"freight": flow("a", "b", shipment_t=shipment_t)},
        charges={"fee": charge("t", 3.0, post="gate")},
    )


def test_of_trucks_side_by_side_the_last_is_followed_and_all_pay():
    """One server of 30 min and three trucks: the last waits an hour. 3 USD a tonne for all 44 t."""
    network, records = drive(gate({"customs": step(1, 30.0)}, shipment_t=44.0), freight=[0])
    one = told(network, records)
    assert episodes(one) == [
        (0, HOUR_S, "waiting", "queue", 0, 14_666),
        (HOUR_S, HOUR_S // 2, "served", "post", 0, 14_666),
    ]
    assert [(c.arrived_at, c.followed) for c in one.facts.carriers] == [
        (1800, False),
        (3600, False),
        (5400, True),
    ]
    assert [(paid.fee.id, paid.usd) for paid in one.paid] == [("fee", pytest.approx(132.0))]


def test_a_wait_over_night_is_for_the_queue_until_closing_and_then_for_being_closed():
    """The server is taken from 19:30 to 20:30, closed from 20:00 to 8:00: of 12.25 h a quarter is queue."""
    arrivals = [19 * HOUR_S + 1800, 19 * HOUR_S + 2700]
    network, records = drive(gate({"customs": step(1, 60.0, hours="08:00-20:00")}), freight=arrivals)
    one = told(network, records, 1)
    assert episodes(one)[0] == (arrivals[1], 12 * HOUR_S + 900, "waiting", "queue", 12 * HOUR_S, 20_000)
    assert one.account == {
        ("served", "post"): HOUR_S,
        ("waiting", "closed"): 12 * HOUR_S,
        ("waiting", "queue"): 900,
    }


def test_a_story_without_end_goes_to_the_end_of_the_run():
    """A service of two days that began an hour before the end of a run of one day."""
    network, records = drive(gate({"customs": step(1, 2880.0)}, days=1), freight=[23 * HOUR_S])
    one = told(network, records)
    assert not one.delivered
    assert episodes(one) == [(23 * HOUR_S, HOUR_S, "served", "post", 0, 20_000)]
    assert one.ends_at == DAY_S
    assert not one.paid


def test_waits_of_all_stories_are_those_of_the_indicators():
    """Where every unit is a consignment in one truck, told waits sum to the mean waits by cause."""
    network, records = run(gate({"customs": step(1, 55.0, 1.0, "06:00-24:00")}, days=20))
    traced = InMemory(network, records)
    units = units_of(traced)
    sums = {"queue": 0, "closed": 0}
    started = 0
    for visit in extract_all(traced, units):
        if visit.facts.visits[0].started_at != NOT_YET:
            started += 1
            for episode in visit.episodes:
                if episode.what == "waiting":
                    for by, duration_s in shares(episode):
                        sums[by] += duration_s
    means = waits(network, records, waited(network, records))
    for cause, total_s in sums.items():
        mean_h = means[Key(f"wait_{cause}", "post", "gate", "road", "outbound")]
        assert total_s / started / HOUR_S == pytest.approx(mean_h, rel=1e-12)
        assert mean_h > 0


def extract_all(traced, units):
    return [
        story(traced.legend, extract(traced, units, int(unit))) for unit in consignments(units, 0).tolist()
    ]


def test_picks_are_the_slowest_the_median_and_the_fastest():
    """Five at once before one server of 30 min: they take 0.5 to 2.5 h in order of release."""
    network, records = drive(gate({"customs": step(1, 30.0)}), freight=[0] * 5)
    traced = InMemory(network, records)
    units = units_of(traced)
    found = [
        pick(traced.legend, units, consignments(units, 0), which)
        for which in ("fastest", "median", "slowest")
    ]
    assert [serial(units, unit) for unit in found] == [1, 3, 5]


def test_nothing_is_picked_where_nothing_was_delivered():
    """A service of two days in a run of one."""
    network, records = drive(gate({"customs": step(1, 2880.0)}, days=1), freight=[0])
    traced = InMemory(network, records)
    units = units_of(traced)
    assert pick(traced.legend, units, consignments(units, 0), "median") is None
