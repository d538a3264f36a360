"""Passenger services: timetable, seats, those turned away, and the paths that trains take from freight."""

from datetime import date

import pytest
from cases import (
    DAY_S,
    HOUR_S,
    a_case,
    closed,
    drive,
    element,
    figures,
    flow,
    passenger_service,
    places,
    rail,
    run,
    travel,
    visits,
)

from sim.indicators.measure import measure
from sim.indicators.table import Key
from sim.network.compile import compile_case
from sim.records.columns import NOT_YET

LINE = {"line": rail("a", "b", 120.0, 60.0)}


def case(services, trips=None, days=60, sections=None, **more):
    return a_case(
        days,
        places=places(a="IR", b="IR", c="IR"),
        sections=sections or LINE,
        passenger_services=services,
        travel={"people": trips} if trips else {},
        **more,
    )


def numbers(network, records, name="train", direction="outbound"):
    found = measure(network, records)
    return {
        key.indicator: value
        for key, value in found.items()
        if (key.scope, key.id, key.direction) == ("passenger-service", name, direction)
    }


def test_departures_keep_their_interval_and_their_journey():
    """Every 12 hours, ten hours under way, both ways, whether anybody boards or not."""
    _, records = run(case({"train": passenger_service("a", "b", ["line"], per_week=14.0)}))
    outbound = records.departure_left_at[records.departure_timetable == 0]
    assert set((outbound[1:] - outbound[:-1]).tolist()) == {12 * HOUR_S}
    arrived = records.departure_arrived_at != NOT_YET
    took = (records.departure_arrived_at - records.departure_left_at)[arrived]
    assert set(took.tolist()) == {10 * HOUR_S}
    assert len(records.departure_left_at) == pytest.approx(2 * 2 * 60, abs=2)


def test_everybody_boards_where_there_are_seats_enough():
    """100 trips a day each way and 300 seats: all who came before the last departure are aboard."""
    network, records = run(
        case({"train": passenger_service("a", "b", ["line"], seats=300)}, travel("a", "b"))
    )
    found = numbers(network, records)
    assert found["passengers"] == pytest.approx(100 * 59.5, abs=4 * (100 * 59.5) ** 0.5)
    assert found["turned_away"] == 0
    assert found["seat_occupancy"] == pytest.approx(1 / 3, rel=0.05)
    assert found["boarding_wait"] == pytest.approx(12.0, rel=0.05)


def test_a_train_leaves_full_and_those_left_twice_give_up():
    """200 a day for 100 seats: every train but the first full, and as many turned away as aboard."""
    trips = travel("a", "b", trips=146_000.0)
    network, records = run(case({"train": passenger_service("a", "b", ["line"])}, trips))
    found = numbers(network, records)
    boarded = records.departure_boarded[records.departure_timetable == 0]
    assert set(boarded[1:].tolist()) == {100}
    assert found["turned_away"] == pytest.approx(found["passengers"], rel=0.06)


def test_fares_of_all_who_boarded_are_receipts():
    """To the cent: passengers of both directions times the fare."""
    network, records = run(
        case({"train": passenger_service("a", "b", ["line"], fare=39.5)}, travel("a", "b"))
    )
    found = measure(network, records)
    assert found[Key("receipts", "payee", "railway")] == 39.5 * int(records.departure_boarded.sum())
    assert found[Key("receipts", "country", "IR")] == found[Key("receipts", "payee", "railway")]


def test_travellers_split_by_fare_and_time():
    """A train 10 USD dearer than a like coach, at a sensitivity of 0.05 per USD: exp(-0.5) to 1."""
    services = {
        "train": passenger_service("a", "b", ["line"], seats=999, fare=20.0),
        "coach": passenger_service("a", "b", seats=999, fare=10.0),
    }
    network, records = run(case(services, travel("a", "b", trips=365_000.0)))
    by_train, by_coach = (numbers(network, records, name)["passengers"] for name in ("train", "coach"))
    assert by_train / by_coach == pytest.approx(2.718281828**-0.5, rel=0.03)


def test_who_comes_while_the_only_service_is_closed_stays_at_home():
    """Closed for the second of two months: about half of the passengers."""
    services = {"coach": passenger_service("a", "b", seats=999)}
    shut = closed("passenger_services", "coach", date(2025, 1, 31), None)
    network, records = run(case(services, travel("a", "b"), states=[shut]))
    assert numbers(network, records, "coach")["passengers"] == pytest.approx(3000, rel=0.07)


def test_a_train_takes_a_path_from_freight():
    """One path every eight hours: a freight train behind the passenger train waits for the next."""
    sections = {"line": rail("a", "b", 60.0, 60.0, mt=1.095)}
    services = {"train": passenger_service("a", "b", ["line"], per_week=0.5)}
    world = case(services, None, days=28, sections=sections, demand={"freight": flow("a", "b")})
    network, records = drive(world, freight=[])
    leaves = int(records.departure_left_at[records.departure_timetable == 0][0])
    network, records = drive(world, freight=[leaves + HOUR_S - DAY_S])
    rows = visits(network, records, "line/outbound")
    train, freight = rows[0], rows[1]
    assert train[:2] == (leaves, leaves)
    assert freight[1] == leaves + 8 * HOUR_S
    assert freight[0] == leaves + HOUR_S


def test_paths_that_trains_take_are_told_by_section():
    """A train a day each way for 28 days, three paths a day on the single track: a third each way."""
    sections = {"line": rail("a", "b", 60.0, 60.0, mt=1.095)}
    services = {"train": passenger_service("a", "b", ["line"], per_week=7.0)}
    found = measure(*run(case(services, None, days=28, sections=sections)))
    for direction in ("outbound", "inbound"):
        key = Key("", "section", "line", "rail-1435", direction)
        assert found[key._replace(indicator="passenger_paths")] == pytest.approx(28, abs=1)
        assert found[key._replace(indicator="passenger_path_share")] == pytest.approx(1 / 3, abs=0.02)
        departures = Key("departures", "passenger-service", "train", direction=direction)
        assert found[departures] == 28


def test_a_gauge_change_lengthens_the_stop_between_the_gauges():
    """Two hours at the border between the gauges; running time by length over the rest, both ways."""
    sections = {"north": rail("a", "b", 100.0, mode="rail-1520"), "south": rail("b", "c", 300.0)}
    change = {"gauge_change_at": "b"} | figures(gauge_change_h=2.0)
    services = {"train": passenger_service("a", "c", ["north", "south"], journey_h=10.0, **change)}
    network = compile_case(case(services, sections=sections))
    there, back = network.timetables
    assert there.sections == (element(network, "north/outbound"), element(network, "south/outbound"))
    assert (there.running_s, there.stops_s) == ((2 * HOUR_S, 6 * HOUR_S), (0, 2 * HOUR_S))
    assert back.sections == (element(network, "south/inbound"), element(network, "north/inbound"))
    assert (back.running_s, back.stops_s) == ((6 * HOUR_S, 2 * HOUR_S), (0, 2 * HOUR_S))


def test_directions_are_found_across_a_border_where_sections_do_not_meet():
    """Sections told from elsewhere: b to a, then c to d though the train goes from d's side, both ways."""
    sections = {"one": rail("b", "a"), "two": rail("c", "d")}
    more = {"places": places(a="IR", b="IR", c="AZ", d="AZ")}
    services = {"train": passenger_service("a", "d", ["one", "two"])}
    network = compile_case(a_case(10, sections=sections, passenger_services=services, **more))
    there, back = network.timetables
    assert [network.elements[n].direction for n in there.sections] == ["inbound", "outbound"]
    assert [network.elements[n].direction for n in back.sections] == ["inbound", "outbound"]
