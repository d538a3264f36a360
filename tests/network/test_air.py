"""Flights: freight reaches an airport as it reaches a port, and the two are not the same quay."""

import pytest
from cases import a_case, fleet, fleets, flow, places, port, run, sea, service

from sim.errors import InputError
from sim.model.consistency import findings
from sim.network.compile import compile_case

AIRCRAFT = {"aircraft": fleet("air", 1.5, speed_kmh=600.0, load_factor=1.0)}


def flight(**more):
    return sea("a", "b", 600.0) | {"mode": "air"} | more


def world(**more):
    kinds = {
        "places": places(a="IR", b="AZ"),
        "fleets": fleets(**AIRCRAFT),
        "sections": {"way": flight()},
        "ports": {"a-airport": port("a", serves="air"), "b-airport": port("b", serves="air")},
        "services": {"flights": service("way", per_week=14.0) | {"fleet": "aircraft"}},
        "demand": {"parcels": flow("a", "b", 0.01)},
    }
    return a_case(30, **kinds | more)


def test_freight_flies_between_two_airports():
    """600 km at 600 km/h; no truck is needed where both airports stand at the ends."""
    network, records = run(world())
    way = network.itineraries[0]
    assert [leg.kind for leg in way.legs] == ["sail"]
    assert way.km_by_mode == (("air", 600.0),)
    assert (records.unit_delivered_at > 0).any()


def test_a_ship_does_not_load_at_an_airport():
    """A sea port on one side, an airport on the other: nothing joins them."""
    ports = {"a-airport": port("a", serves="air"), "b-port": port("b")}
    case = world(ports=ports, services={})
    with pytest.raises(InputError, match="no path is left"):
        compile_case(case)


def test_a_service_needs_the_kind_of_port_that_its_section_has():
    """A flight between sea ports is refused at both ends, and so is a ship in the air."""
    ports = {"a-port": port("a"), "b-port": port("b")}
    services = {"flights": service("way")}
    found = [finding.what for finding in findings(world(ports=ports, services=services).description)]
    assert [what for what in found if "airport" in what] == [
        "there is no airport at 'a', an end of 'way'",
        "there is no airport at 'b', an end of 'way'",
    ]
    assert "fleet 'ship' is sea, but section 'way' is air" in found
