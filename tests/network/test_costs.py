"""What an itinerary costs, by hand: charges by basis and regime, carriers' cost, constants, hours."""

import pytest
from cases import (
    a_case,
    charge,
    commodity,
    fleet,
    fleets,
    flow,
    places,
    port,
    post,
    rail,
    road,
    sea,
    service,
    step,
    terminal,
)

from sim.network.compile import compile_case


def way(case):
    """Return the only itinerary of a case."""
    network = compile_case(case)
    assert len(network.itineraries) == 1
    return network, network.itineraries[0]


def trucked(charges, shipment_t=50.0, origin="IR", destination="AZ"):
    """50 t in three trucks of 20 t, 60 km in the origin's country, a post, 120 km in AZ."""
    return way(
        a_case(
            places=places(a=origin, b="IR", c="AZ", d=destination),
            sections={"ab": road("a", "b", 60.0), "cd": road("c", "d", 120.0, country="AZ")},
            posts={"gate": post("b", "c", {"customs": step(1, 30.0, 1.0, "08:00-20:00")})},
            commodities={"goods": commodity(shipment_t)},
            demand={"freight": flow("a", "d", 1.0, shipment_t)},
            charges=charges,
        )
    )


@pytest.mark.parametrize(
    ("basis", "on", "usd_per_t"),
    [
        ("t", {"post": "gate"}, 6.0),
        ("vehicle", {"post": "gate"}, 6.0 * 3 / 50),
        ("t-km", {"mode": "road", "country": "AZ"}, 6.0 * 120),
        ("vehicle-km", {"mode": "road", "country": "AZ"}, 6.0 * 120 * 3 / 50),
        ("t", {"mode": "road", "country": "AZ"}, 6.0),
        ("vehicle", {"mode": "road", "country": "AZ"}, 6.0 * 3 / 50),
    ],
)
def test_a_charge_of_six_dollars_by_its_basis(basis, on, usd_per_t):
    """Three trucks carry 50 t; the charged road is 120 km long."""
    _, itinerary = trucked({"fee": charge(basis, 6.0, **on)})
    assert itinerary.charges_usd_per_t == pytest.approx(usd_per_t)


@pytest.mark.parametrize(
    ("regime", "origin", "destination", "paid"),
    [
        ("any", "RU", "TR", True),
        ("any", "IR", "TR", True),
        ("transit", "RU", "TR", True),
        ("transit", "IR", "TR", False),
        ("transit", "RU", "IR", False),
        ("bilateral", "RU", "TR", False),
        ("bilateral", "IR", "TR", True),
    ],
)
def test_transit_is_freight_with_neither_end_in_the_charging_country(regime, origin, destination, paid):
    """A charge of Iran on a flow from `origin` to `destination`."""
    _, itinerary = trucked({"fee": charge("t", 6.0, regime, "IR", post="gate")}, 50.0, origin, destination)
    assert itinerary.charges_usd_per_t == (6.0 if paid else 0)


@pytest.mark.parametrize(("direction", "paid"), [("outbound", 6.0), ("inbound", 0.0), (None, 6.0)])
def test_a_charge_of_one_direction_falls_on_it_alone(direction, paid):
    """The flow passes the gate outbound."""
    on = {"post": "gate"} | ({"direction": direction} if direction else {})
    assert trucked({"fee": charge("t", 6.0, **on)})[1].charges_usd_per_t == paid


def test_a_charge_falls_due_where_its_thing_is_left():
    """That of the post at its last step, that of the road at its section."""
    network, itinerary = trucked(
        {"fee": charge("t", 1.0, post="gate"), "toll": charge("t-km", 1.0, mode="road", country="IR")}
    )
    due = {payment.charge: network.elements[payment.element].name for payment in itinerary.payments}
    assert due == {"fee": "gate/outbound/customs", "toll": "ab/outbound"}


def test_a_truck_costs_the_same_part_full():
    """0.05 USD a tonne-km of 20 t is 1 USD a km; three trucks over 180 km carry 50 t: 10.80 USD a tonne."""
    assert trucked({})[1].operating_usd_per_t == pytest.approx(3 * 180 / 50)


def test_time_without_queues_is_driving_service_and_the_mean_wait_for_opening():
    """3 h of driving, 0.5 h of service, and for a gate closed 12 h of 24: 12 x 12 / 48 = 3 h."""
    assert trucked({})[1].free_flow_h == pytest.approx(3 + 0.5 + 3)


def test_hours_at_the_wheel_stretch_a_drive_over_the_day():
    """60 km at 60 km/h by crews that move 8 h of 24: three hours."""
    trucks = fleet("road", 20.0, moving_h_per_day=8.0)
    case = a_case(
        places=places(a="IR", b="IR"),
        sections={"ab": road("a", "b")},
        fleets=fleets(truck=trucks),
        demand={"freight": flow("a", "b")},
    )
    network, itinerary = way(case)
    assert itinerary.free_flow_h == 3
    assert network.elements[0].moving_s == 3 * 3600


def test_a_chain_over_rail_and_sea_adds_up_leg_by_leg():
    """Constants 4 (rail) and 7 (sea); waits 12 h for a train and min(24, 48) / 2 h for a ship; 1 h by rail,
    10 at sea.

    Charges: terminal 2 a tonne, port 3 a tonne at either end of the voyage, service 10 a vehicle of 4000 t,
    rail
    1000 a train of 1000 t.
    """
    case = a_case(
        places=places(a="IR", b="IR", c="RU"),
        sections={"rail": rail("a", "b"), "strait": sea("b", "c", 200.0)},
        ports={"pb": port("b", ["rail-1435"]), "pc": port("c")},
        services={"ferry": service("strait")},
        fleets=fleets(
            train=fleet(
                "rail-1435", 1000.0, maximum_wait_h=24.0, constant_usd_per_t=4.0, cost_usd_per_t_km=0.02
            ),
            ship=fleet(
                "sea", 4000.0, speed_kmh=20.0, load_factor=1.0, constant_usd_per_t=7.0, cost_usd_per_t_km=0.01
            ),
        ),
        demand={"freight": flow("a", "c")},
        charges={
            "port": charge("t", 3.0, port="pb"),
            "other": charge("t", 3.0, port="pc"),
            "ticket": charge("vehicle", 10.0, service="ferry"),
            "track": charge("vehicle", 1000.0, mode="rail-1435", country="IR"),
        },
    )
    _, itinerary = way(case)
    assert itinerary.constant_usd_per_t == 11
    assert itinerary.operating_usd_per_t == pytest.approx(60 * 0.02 + 200 * 0.01)
    assert itinerary.charges_usd_per_t == pytest.approx(3 + 3 + 10 / 4000 + 1)
    assert itinerary.free_flow_h == pytest.approx(12 + 1 + 12 + 10 + 2 * 4)
    assert itinerary.km_by_mode == (("rail-1435", 60.0), ("sea", 200.0))


def test_handling_at_a_terminal_takes_what_its_capacity_says():
    """0.0876 Mt a year at one point all day long are 10 t an hour: 20 t take 2 h; its charge is paid once."""
    case = a_case(
        places=places(a="IR", b="IR", c="IR"),
        sections={"ab": road("a", "b"), "bc": rail("b", "c")},
        terminals={"yard": terminal("b", points=1, mt=0.0876)},
        demand={"freight": flow("a", "c")},
        charges={"lift": charge("t", 2.0, terminal="yard")},
    )
    _, itinerary = way(case)
    assert itinerary.free_flow_h == pytest.approx(1 + 2 + 12 + 1)
    assert itinerary.charges_usd_per_t == 2
