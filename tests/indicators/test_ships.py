"""What ships sail with, and what low water and closures take: by hand."""

from datetime import date

import pytest
from cases import a_case, closed, fleet, fleets, flow, places, port, road, run, sea, service

from sim.indicators.measure import measure
from sim.indicators.table import Key


def numbers(draught=None, states=(), per_h=1.0):
    """A daily ferry of 4000 t, of which trade fills nine tenths."""
    ship = fleet("sea", 4000.0, speed_kmh=20.0, load_factor=0.9)
    if draught is not None:
        ship["draught_share"] = {"value": draught, "assumed": "test"}
    case = a_case(
        28,
        places=places(a="IR", p="IR", q="RU", b="RU"),
        sections={"in": road("a", "p"), "out": road("q", "b", country="RU"), "strait": sea("p", "q")},
        ports={"here": port("p"), "there": port("q")},
        services={"ferry": service("strait")},
        fleets=fleets(ship=ship),
        demand={"freight": flow("a", "b", per_h)},
        states=states,
    )
    found = measure(*run(case))
    both = [found[Key("load_lost", "service", "ferry", "sea", way)] for way in ("outbound", "inbound")]
    assert found[Key("load_lost", "network", "all")] == sum(both)
    return {
        key.indicator: value
        for key, value in found.items()
        if (key.scope, key.id, key.direction) == ("service", "ferry", "outbound") and not key.period
    }


def test_deep_water_costs_no_load():
    """Nine tenths of 4000 t, and nothing lost: what trade does not fill is no matter of the draught."""
    found = numbers()
    assert found["ship_capacity"] == found["sailings"] * 3600
    assert found["load_lost"] == 0


def test_half_of_the_draught_share_leaves_half_of_each_cargo_ashore():
    """1800 t of 3600 t a ship, whether or not so much was waiting."""
    found = numbers(0.5)
    assert found["load_lost_per_sailing"] == 1800
    assert found["load_lost"] == found["sailings"] * 1800 == found["ship_capacity"]


def test_occupancy_is_what_was_aboard_over_what_could_be():
    """480 t a day on a daily ship of 3600 t; on one of 360 t there is more than she can take."""
    assert numbers()["ship_occupancy"] == pytest.approx(480 / 3600, rel=0.1)
    assert numbers(0.1)["ship_occupancy"] == pytest.approx(1.0, abs=0.06)


def test_a_week_closed_cancels_seven_daily_sailings():
    """And the ships that sailed are so many fewer, give or take one at each end."""
    shut = closed("services", "ferry", date(2025, 1, 10), date(2025, 1, 17))
    calm, found = numbers(), numbers(states=[shut])
    assert (calm["sailings_cancelled"], found["sailings_cancelled"]) == (0, 7)
    assert calm["sailings"] - found["sailings"] == pytest.approx(7, abs=1)
