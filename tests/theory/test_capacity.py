"""What passes through limited sections, trains, ships and berths, by hand."""

import itertools
from datetime import date

import pytest
from cases import (
    DAY_S,
    HOUR_S,
    a_case,
    closed,
    commodity,
    drive,
    f,
    first_sailing,
    fleet,
    fleets,
    flow,
    places,
    port,
    rail,
    road,
    run,
    sea,
    service,
    visits,
)

from sim.indicators.measure import measure
from sim.indicators.table import Key

H = HOUR_S


def railway(sections, per_h=1.0, days=365, warm_up_days=0, lot_t=1000.0, **more):
    """Lots of 1000 t from a to b, and back, over some sections: each shipment fills a train."""
    ends = {end: "IR" for section in sections.values() for end in (section["from"], section["to"])}
    demand = {"freight": flow("a", "b", per_h, lot_t)}
    return a_case(
        days,
        warm_up_days,
        places=places(**ends),
        sections=sections,
        commodities={"goods": commodity(lot_t)},
        demand=demand | more.pop("demand", {}),
        **more,
    )


@pytest.mark.parametrize("order", [(0.1, 0.3, 0.2), (0.3, 0.1, 0.2), (0.2, 0.3, 0.1)])
def test_a_chain_of_railways_passes_what_its_narrowest_section_does(order):
    """Saturated: 0.1 Mt a year in trains of 1000 t are 100 trains in 365 days, wherever the narrow one
    lies.
    """
    names = ("a", "m", "n", "b")
    sections = {f"s{i}": rail(names[i], names[i + 1], mt=order[i]) for i in range(3)}
    numbers = measure(*run(railway(sections, 0.1, 365, 60)))
    assert numbers[Key("vehicles", "section", "s2", "rail-1435", "outbound")] == pytest.approx(100, abs=1)
    assert numbers[Key("utilisation", "server", f"s{order.index(0.1)}")] == pytest.approx(1, abs=0.001)


def test_background_traffic_takes_its_share_of_the_paths():
    """A quarter of 0.1 Mt is taken: 75 trains of 1000 t pass in 365 days."""
    numbers = measure(*run(railway({"s": rail("a", "b", mt=0.1, background=0.25)}, 0.1, 365, 60)))
    assert numbers[Key("vehicles", "section", "s", "rail-1435", "outbound")] == pytest.approx(75, abs=1)


@pytest.mark.parametrize(("tracks", "each_way"), [(1, 0.5), (2, 0.5)])
def test_a_single_track_is_one_queue_for_both_ways_and_a_double_track_two(tracks, each_way):
    """0.365 Mt is one train of 1000 t a day, both ways together: with both saturated half a train each way.

    Alternating on a single track because both wait first come, first served; each track its half on a double.
    """
    back = {"back": flow("b", "a", 0.1, 1000.0)}
    network, records = run(railway({"s": rail("a", "b", mt=0.365, tracks=tracks)}, 0.1, 100, demand=back))
    ways = [visits(network, records, f"s/{way}") for way in ("outbound", "inbound")]
    passed = [sum(started >= 0 for _, started, _ in rows) for rows in ways]
    assert sum(passed) == pytest.approx(100, abs=2)
    assert passed[0] == pytest.approx(100 * each_way, rel=0.1)
    both = sorted(started for rows in ways for _, started, _ in rows if started >= 0)
    if tracks == 1:
        assert min(b - a for a, b in itertools.pairwise(both)) == DAY_S


def test_one_way_of_a_double_track_cannot_use_the_other():
    """0.365 Mt on two tracks: one way alone gets a train every second day, 50 in 100 days."""
    network, records = run(railway({"s": rail("a", "b", mt=0.365, tracks=2)}, 0.1, 100))
    assert sum(started >= 0 for _, started, _ in visits(network, records, "s/outbound")) == pytest.approx(
        50, abs=1
    )


def test_trains_follow_each_other_on_a_section_at_its_headway():
    """Three trains at once, one path in 2 h: they start at 0, 2 and 4 h although each takes 10 h."""
    mt = 365 * 12 * 1000 / 1e6
    case = railway({"s": rail("a", "b", 600.0, mt=mt)}, 1.0, 3)
    network, records = drive(case, freight=[0, 0, 0])
    assert visits(network, records, "s/outbound") == [(0, t * H, (t + 10) * H) for t in (0, 2, 4)]


def test_a_line_with_possessions_passes_its_capacity_in_its_open_hours():
    """12 trains a day of which none starts in the twelve hours of the possession: 1200 in 100 days.

    The last train of each day started within the hour before closing; the first waits for the opening.
    """
    section = rail("a", "b", mt=12 * 365 / 1e3) | {"hours": f("06:00-18:00")}
    network, records = run(railway({"s": section}, 1.0, 100))
    starts = [started for _, started, _ in visits(network, records, "s/outbound") if started >= 0]
    assert len(starts) == pytest.approx(1200, abs=12)
    assert {start % DAY_S // H for start in starts} == set(range(6, 18))
    numbers = measure(network, records)
    assert numbers[Key("utilisation", "server", "s")] == pytest.approx(1, abs=0.01)


def trucking(days=3, **more):
    return a_case(
        days,
        places=places(a="IR", b="IR", c="IR"),
        sections={"first": road("a", "b", **more), "second": road("b", "c")},
        demand={"freight": flow("a", "c")},
    )


def test_three_trucks_on_a_road_for_one_at_a_time_take_three_times_as_long():
    """One hour each, one after the other: they leave after 1, 2 and 3 h."""
    network, records = drive(trucking(at_once=1), freight=[0, 0, 0])
    assert [left for _, _, left in visits(network, records, "first/outbound")] == [H, 2 * H, 3 * H]
    assert sorted(records.unit_delivered_at.tolist()) == [2 * H, 3 * H, 4 * H]


def test_a_saturated_road_passes_its_vehicles_at_once_over_its_driving_time():
    """Two at once for one hour each: 48 trucks a day, 480 in ten days, and no more in the road behind it."""
    case = a_case(
        10,
        places=places(a="IR", b="IR", c="IR"),
        sections={"first": road("a", "b", at_once=2), "second": road("b", "c", at_once=5)},
        demand={"freight": flow("a", "c", 4.0)},
    )
    numbers = measure(*run(case))
    for name in ("first", "second"):
        assert numbers[Key("vehicles", "section", name, "road", "outbound")] == pytest.approx(480, abs=4)


@pytest.mark.parametrize("limited", [None, 5])
def test_a_closed_road_holds_trucks_exactly_until_it_opens(limited):
    """Closed on 2 January (shorter than a week: waited out), with a queue or without one.

    Who arrives at 23 h drives off before; at 0 h and at noon of the closed day wait for midnight.
    """
    states = [closed("sections", "first", date(2025, 1, 2), date(2025, 1, 3))]
    case = a_case(
        5,
        states=states,
        places=places(a="IR", b="IR"),
        sections={"first": road("a", "b", at_once=limited)},
        demand={"freight": flow("a", "b")},
    )
    network, records = drive(case, freight=[23 * H, 24 * H, 36 * H])
    assert [row[1] for row in visits(network, records, "first/outbound")] == [23 * H, 48 * H, 48 * H]
    numbers = measure(network, records)
    assert numbers[Key("wait_closed", "section", "first", "road", "outbound")] == pytest.approx((24 + 12) / 3)
    assert numbers[Key("wait_path", "section", "first", "road", "outbound")] == 0


def test_a_closed_railway_with_paths_holds_its_trains():
    """Closed on 2 January: the train that is ready at noon starts at midnight, the one after it a path
    later.
    """
    mt = 365 * 12 * 1000 / 1e6
    states = [closed("sections", "s", date(2025, 1, 2), date(2025, 1, 3))]
    case = railway({"s": rail("a", "b", mt=mt)}, 1.0, 4, states=states)
    network, records = drive(case, freight=[36 * H, 37 * H])
    assert [row[1] for row in visits(network, records, "s/outbound")] == [48 * H, 50 * H]


def test_who_is_under_way_when_a_road_closes_for_good_is_held_and_counted():
    """Closed from 2 January for ever: the truck stands before it to the end, unfinished, and nothing
    breaks.
    """
    case = a_case(
        9,
        states=[closed("sections", "second", date(2025, 1, 2), None)],
        places=places(a="IR", b="IR", c="IR"),
        sections={"first": road("a", "b"), "second": road("b", "c"), "around": road("a", "c", 500.0)},
        demand={"freight": flow("a", "c")},
    )
    network, records = drive(case, freight=[24 * H - 1])
    assert visits(network, records, "second/outbound") == [(25 * H - 1, -1, -1)]
    assert measure(network, records)[Key("unfinished", "network", "all")] == 20


def train_yard(arrivals, payload_t=1000.0, wait_h=24.0, shipment_t=300.0):
    trains = {"train": fleet("rail-1435", payload_t, maximum_wait_h=wait_h)}
    case = a_case(
        9,
        places=places(a="IR", b="IR"),
        sections={"s": rail("a", "b")},
        fleets=fleets(**trains),
        commodities={"goods": commodity(shipment_t)},
        demand={"freight": flow("a", "b", 1.0, shipment_t)},
    )
    return drive(case, freight=arrivals)


def test_a_train_leaves_when_its_load_is_together():
    """Shipments of 300 t, trains of 1000 t: the fourth makes 1200 t and the train leaves with it, at once."""
    network, records = train_yard([0, H, 2 * H, 3 * H])
    assert [row[1] for row in visits(network, records, "a/train-formation")] == [3 * H] * 4
    assert visits(network, records, "s/outbound") == [(3 * H, 3 * H, 4 * H)]
    assert records.load_mass_kg.sum() == 1_200_000


def test_a_train_leaves_when_its_first_shipment_has_waited_long_enough():
    """At most 24 h: the first train leaves at 24 h with two, the second 24 h after its own first one came."""
    network, records = train_yard([0, 10 * H, 30 * H])
    assert [row[1] for row in visits(network, records, "a/train-formation")] == [24 * H, 24 * H, 54 * H]


def test_a_full_train_does_not_shorten_the_wait_of_the_next():
    """The first train leaves full at 3 h; the next shipment, of 4 h, leaves at 28 h and not at 24 h."""
    network, records = train_yard([0, H, 2 * H, 3 * H, 4 * H])
    assert [row[1] for row in visits(network, records, "a/train-formation")] == [3 * H] * 4 + [28 * H]


def crossing(arrivals, days=20, capacity_t=100.0, berths=9, t_per_h=1000.0, states=(), **sailing):
    ship = fleet("sea", capacity_t, speed_kmh=20.0, load_factor=1.0)
    case = a_case(
        days,
        states=states,
        places=places(a="IR", b="RU"),
        sections={"sea": sea("a", "b", 200.0)},
        ports={"pa": port("a", berths=berths, t_per_h=t_per_h), "pb": port("b", berths=9)},
        services={"line": service("sea", **sailing)},
        fleets=fleets(ship=ship),
        demand={"freight": flow("a", "b")},
    )
    return case, *drive(case, freight=arrivals)


def sailed(records):
    """Return when the ship of each shipment sailed, in order."""
    return sorted(records.unit_released_at[records.load_vehicle].tolist())


def test_ships_sail_at_even_intervals_and_take_no_more_than_they_hold():
    """Twelve shipments of 20 t at 0 h, ships of 100 t every day: 5, 5 and 2 sail, one interval apart."""
    case, _network, records = crossing([0] * 12)
    first = first_sailing(case, "line/outbound", DAY_S)
    assert sailed(records) == [first] * 5 + [first + DAY_S] * 5 + [first + 2 * DAY_S] * 2
    assert sorted(records.unit_mass_kg[records.unit_kind == 3].tolist()) == [40_000, 100_000, 100_000]


def test_who_is_left_behind_by_a_full_ship_waits_for_space_from_then_on():
    """Of twelve seven are left behind by the first ship; five of them wait for space one day, two for two
    days.
    """
    case, network, records = crossing([0] * 12)
    first = first_sailing(case, "line/outbound", DAY_S)
    assert visits(network, records, "line/outbound/sailing") == [(0, first, first)] * 12
    later = [(first, first + DAY_S, first + DAY_S)] * 5 + [(first, first + 2 * DAY_S, first + 2 * DAY_S)] * 2
    assert visits(network, records, "line/outbound/space") == later
    numbers = measure(network, records)
    key = Key("waiting_space", "service", "line", "sea", "outbound")
    assert numbers[key] == pytest.approx(20 * (5 * 1 + 2 * 2))
    assert numbers[key._replace(indicator="wait_space")] == pytest.approx((5 * 24 + 2 * 48) / 12)
    assert numbers[key._replace(indicator="wait_sailing")] == pytest.approx(first / H)


def test_three_sailings_a_week_lie_fifty_six_hours_apart():
    """7 x 24 / 3 = 56 h between sailings that each take one ship of five."""
    case, _network, records = crossing([0] * 15, per_week=3.0)
    first = first_sailing(case, "line/outbound", 56 * H)
    assert sailed(records) == [first] * 5 + [first + 56 * H] * 5 + [first + 112 * H] * 5


def test_a_sailing_is_left_out_until_enough_waits():
    """60 t are needed and nothing waits too long: two shipments stay, with the third all sail at the next
    date.
    """
    case, _network, records = crossing([0, 0, 3 * DAY_S], minimum_t=60.0, wait_h=999.0)
    first = first_sailing(case, "line/outbound", DAY_S)
    assert sailed(records) == [first + 3 * DAY_S] * 3


def test_a_ship_sails_with_too_little_when_something_has_waited_long_enough():
    """60 t are needed, but after 36 h of waiting the next daily sailing takes what there is."""
    case, _network, records = crossing([0], minimum_t=60.0, wait_h=36.0)
    first = first_sailing(case, "line/outbound", DAY_S)
    late = next(first + day * DAY_S for day in range(9) if first + day * DAY_S >= 36 * H)
    assert sailed(records) == [late]


def test_a_voyage_is_berth_passage_and_berth():
    """100 t at 10 t/h are 10 h in the first berth, 200 km at 20 km/h 10 h at sea, 100 t at 1000 t/h 0.1 h."""
    case, network, records = crossing([0] * 5, t_per_h=10.0)
    first = first_sailing(case, "line/outbound", DAY_S)
    assert visits(network, records, "pa/outbound/loading") == [(first, first, first + 10 * H)]
    assert visits(network, records, "sea/outbound") == [(first + 10 * H, first + 10 * H, first + 20 * H)]
    assert visits(network, records, "pb/outbound/unloading") == [
        (first + 20 * H, first + 20 * H, first + 20 * H + 360)
    ]
    assert records.unit_delivered_at[records.unit_kind == 0].tolist() == [first + 20 * H + 360] * 5


def test_ships_wait_for_the_only_berth():
    """Loading takes 40 h, ships come every 24 h to one berth: they start at 0, 40 and 80 h after the
    first.
    """
    case, network, records = crossing([0] * 15, berths=1, t_per_h=2.5)
    first = first_sailing(case, "line/outbound", DAY_S)
    begun = [row[1] - first for row in visits(network, records, "pa/outbound/loading")]
    assert begun == [0, 40 * H, 80 * H]


def test_no_ship_sails_while_its_service_is_closed():
    """Closed on 1 to 4 January: the shipment of 0 h takes the first sailing from 5 January on."""
    states = [closed("services", "line", None, date(2025, 1, 5))]
    case, _network, records = crossing([0], states=states)
    first = first_sailing(case, "line/outbound", DAY_S)
    assert sailed(records) == [first + 4 * DAY_S]


def test_a_ship_that_is_loaded_when_a_storm_begins_waits_for_its_end():
    """Loading takes 40 h; the sea is closed on 2 and 3 January: the ship of 1 January sails on 4 January."""
    states = [closed("sections", "sea", date(2025, 1, 2), date(2025, 1, 4))]
    case, network, records = crossing([0] * 5, t_per_h=2.5, states=states)
    ready = first_sailing(case, "line/outbound", DAY_S) + 40 * H
    assert DAY_S < ready < 3 * DAY_S
    assert visits(network, records, "sea/outbound") == [(ready, 3 * DAY_S, 3 * DAY_S + 10 * H)]


def test_a_shipment_of_several_trucks_arrives_with_the_last():
    """50 t are three trucks on a road for one at a time: 1, 2 and 3 h; the shipment is there after 4 h."""
    case = a_case(
        3,
        places=places(a="IR", b="IR", c="IR"),
        sections={"first": road("a", "b", at_once=1), "second": road("b", "c")},
        commodities={"goods": commodity(50.0)},
        demand={"freight": flow("a", "c", 1.0, 50.0)},
    )
    _, records = drive(case, freight=[0])
    assert records.unit_delivered_at[0] == 4 * H
    assert sorted(records.unit_mass_kg[1:].tolist()) == [16_666, 16_667, 16_667]


def test_a_light_train_takes_its_part_of_a_path():
    """Lots of 250 t whose trains leave after a minute: four of them share the path of one of 1000 t."""
    mt = 365 * 12 * 1000 / 1e6
    hasty = fleets(train=fleet("rail-1435", 1000.0, maximum_wait_h=1 / 60, cost_usd_per_t_km=0.02))
    case = railway({"s": rail("a", "b", 600.0, mt=mt)}, 1.0, 3, fleets=hasty, lot_t=250.0)
    network, records = drive(case, freight=[0, 600, 1200])
    starts = [started - 60 for _, started, _ in visits(network, records, "s/outbound")]
    assert starts == [0, H // 2, H]
