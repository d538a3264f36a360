"""Where freight needs room before it goes on, and how late it may come to the quay.

The world: freight from a goes by truck to b, by railway to c, by ship to d, by railway to e. It may lie in
the terminal at b, and in the ports of c and d.
"""

import pytest
from cases import a_case, charge, fleet, fleets, flow, places, port, rail, road, sea, service, terminal

from sim.model.consistency import findings
from sim.network.compile import compile_case
from sim.network.storage import stays

SECTIONS = {
    "ab": road("a", "b", 300.0),
    "bc": rail("b", "c", 300.0),
    "cd": sea("c", "d", 300.0),
    "de": rail("d", "e", 300.0, mode="rail-1520"),
}


def case_of(terminal_t=None, from_t=None, to_t=None, origin="a", **more):
    kinds = {
        "places": places(a="IR", b="IR", c="IR", d="AZ", e="AZ"),
        "sections": SECTIONS,
        "terminals": {"yard": terminal("b", storage_t=terminal_t)},
        "ports": {
            "c-port": port("c", ["rail-1435"], storage_t=from_t),
            "d-port": port("d", ["rail-1520"], storage_t=to_t),
        },
        "services": {"line": service("cd")},
        "demand": {"freight": flow(origin, "e")},
    }
    return a_case(60, **kinds | more)


def rooms(network):
    """Return the kind of each leg of the only itinerary, and the room that it needs before."""
    (way,) = network.itineraries
    return [(leg.kind, None if leg.room is None else network.rooms[leg.room].name) for leg in way.legs]


def test_freight_needs_room_before_its_handling_or_before_the_ship_or_train_that_follows_another():
    """In the terminal before it is handled; at the quay after the train; ashore, after the berth is left."""
    network = compile_case(case_of(500.0, 600.0, 700.0))
    assert rooms(network) == [
        ("truck", None),
        ("handle", "yard"),
        ("train", None),
        ("sail", "c-port"),
        ("train", "d-port"),
    ]
    assert [room.capacity_kg for room in network.rooms] == [500_000, 600_000, 700_000]


def test_a_room_has_an_element_of_its_own_where_freight_waits_for_it():
    """Of the terminal, and of the ports with their mode: those tell what the wait is reported for."""
    network = compile_case(case_of(500.0, 600.0, 700.0))
    waits = [network.elements[room.element] for room in network.rooms]
    assert [(wait.kind, wait.name, wait.mode, wait.country) for wait in waits] == [
        ("room", "yard/storage", "", "IR"),
        ("room", "c-port/storage", "sea", "IR"),
        ("room", "d-port/storage", "sea", "AZ"),
    ]
    assert all(wait.server is None for wait in waits)


def test_without_a_figure_storage_has_no_limit():
    """Only the port at c says how much it holds; where nothing does there are no rooms."""
    network = compile_case(case_of(from_t=600.0))
    assert [name for _, name in rooms(network) if name] == ["c-port"]
    assert compile_case(case_of()).rooms == ()


def test_who_sends_from_the_start_keeps_freight_at_home_until_the_train_but_not_until_the_ship():
    """Nothing is handled at b before the train; released at c, freight still needs room at the quay."""
    by_train = compile_case(case_of(500.0, 600.0, 700.0, origin="b"))
    assert rooms(by_train) == [("train", None), ("sail", "c-port"), ("train", "d-port")]
    at_port = compile_case(case_of(500.0, 600.0, 700.0, origin="c"))
    assert rooms(at_port) == [("sail", "c-port"), ("train", "d-port")]


def test_freight_that_goes_on_by_truck_needs_no_room():
    """From e back to a: the terminal at b unloads trains to trucks, which are there."""
    network = compile_case(case_of(500.0, 600.0, 700.0, demand={"freight": flow("e", "a")}))
    assert rooms(network) == [
        ("train", None),
        ("sail", "d-port"),
        ("train", "c-port"),
        ("handle", None),
        ("truck", None),
    ]


def test_a_gauge_break_is_where_the_next_train_is_waited_for():
    """From one gauge to the other over one terminal, both ways with the same room."""
    network = compile_case(
        a_case(
            60,
            places=places(a="IR", b="IR", c="AZ"),
            sections={"ab": rail("a", "b", 300.0), "bc": rail("b", "c", 300.0, mode="rail-1520")},
            terminals={"break": terminal("b", ["rail-1435", "rail-1520"], storage_t=100.0)},
            demand={"there": flow("a", "c"), "back": flow("c", "a")},
        )
    )
    assert [[leg.room for leg in way.legs] for way in network.itineraries] == [[None, 0, None]] * 2


def test_in_a_port_reached_over_a_terminal_freight_lies_in_the_port():
    """Wagons to trucks to quay in one town: room in the port is what the handling waits for."""
    network = compile_case(
        a_case(
            60,
            places=places(a="IR", b="IR", c="AZ"),
            sections={"ab": rail("a", "b", 300.0), "bc": sea("b", "c", 300.0)},
            terminals={"yard": terminal("b", storage_t=100.0)},
            ports={"b-port": port("b", storage_t=200.0), "c-port": port("c")},
            services={"line": service("bc")},
            demand={"freight": flow("a", "c")},
        )
    )
    assert rooms(network) == [("train", None), ("handle", "b-port"), ("sail", None)]
    (way,) = network.itineraries
    (stay,) = stays(network.elements, network.lines, way.legs)
    assert (stay.thing, stay.enters, stay.boards) == (("ports", "b-port"), 1, 2)


def test_a_cut_off_adds_to_the_time_that_freight_reckons_with():
    """A sailing a day and a wait of 12 h on average; with a cut-off of 6 h it is 18 h."""
    before, after = (
        compile_case(case_of(services={"line": service("cd", cut_off_h=cut)})) for cut in (None, 6.0)
    )
    assert [line.cut_off_s for line in before.lines + after.lines] == [0, 0, 21_600, 21_600]
    times_h = [network.itineraries[0].free_flow_h for network in (before, after)]
    assert times_h[1] - times_h[0] == pytest.approx(6.0)


def test_storage_is_no_charge_that_is_known_beforehand():
    """A charge by tonne and day is paid for what happens; a charge by tonne at the same port is reckoned."""
    charges = {"rent": charge("t-day", 1.0, port="c-port"), "dues": charge("t", 2.0, port="c-port")}
    (way,) = compile_case(case_of(charges=charges)).itineraries
    assert [payment.charge for payment in way.payments] == ["dues"]


def told(**more):
    return [(finding.path, finding.what) for finding in findings(case_of(**more).description)]


def test_a_ship_deeper_than_a_port_is_refused_at_each_port_that_is_too_shallow():
    """The ship draws 4.2 m: 4.2 m of water will do, 4.1 m will not; without a figure nothing is said."""
    deep = fleets(ship=fleet("sea", 4000.0, speed_kmh=20.0, load_factor=1.0, draught_m=4.2))

    def draughts(c_m, d_m):
        ends = {"c-port": ("c", "rail-1435", c_m), "d-port": ("d", "rail-1520", d_m)}
        return {
            name: port(at, [mode]) | ({"draught_m": {"value": depth_m, "assumed": "test"}} if depth_m else {})
            for name, (at, mode, depth_m) in ends.items()
        }

    assert told(fleets=deep, ports=draughts(4.2, None)) == []
    assert told(fleets=deep, ports=draughts(4.1, 9.0)) == [
        (("services", "line", "fleet"), "ships of 'ship' draw 4.2 m, but 'c-port' has 4.1 m")
    ]


def test_a_least_load_that_no_port_can_hold_is_refused():
    """A ship that wants 650 t never finds them where 600 t have room."""
    line = {"line": service("cd", minimum_t=650.0)}
    path = ("services", "line", "minimum_load_t", "value")
    assert told(from_t=600.0, to_t=700.0, services=line) == [
        (path, "is 650 t, but 'c-port' has room for 600 t")
    ]
