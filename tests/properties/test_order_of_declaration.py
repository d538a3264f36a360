"""The order in which a file declares things says nothing: shuffled, every number stays, to the last bit.

`test_nothing_disturbs` shuffles sections, posts, terminals, flows and places of plain worlds. Here it is all
kinds, of worlds with what several things compete for: rooms, train sets, urgent goods, loops, two ferries
that load at one quay, passenger trains, charges, access rules and events.
"""

from types import SimpleNamespace
from unittest.mock import patch

import pytest
from cases import (
    HOUR_S,
    a_case,
    charge,
    commodity,
    event,
    f,
    fleet,
    fleets,
    flow,
    passenger_service,
    place,
    places,
    port,
    post,
    rail,
    released,
    road,
    run,
    sea,
    service,
    step,
    terminal,
    travel,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.indicators.measure import measure
from sim.indicators.table import Key

SETTINGS = settings(max_examples=25, derandomize=True, deadline=None)
DAYS = 10
RULE = {"title": "t", "assumed": "t", "through": "AZ", "ends": ["AM"], "status": "operating"}


@st.composite
def worlds(draw):
    """Return a world by kind, from a by road to b, by railway to c, and by one of two ferries to d."""
    lot_t = draw(st.sampled_from([20.0, 60.0, 400.0]))

    def pick(*values):
        return draw(st.sampled_from(values))

    urgent = {"urgent": pick([], ["fruit"])}
    gate = post(
        "a", "b", {"customs": step(2, 30.0, 0.7) | urgent, "scan": step(1, 9.0)}, quota=pick(None, 60)
    )
    train = fleet("rail-1435", 1000.0, maximum_wait_h=12.0, sets=pick(2, 9), turnaround_h=5.0)
    goods = {"fruit": commodity(lot_t, 9.0), "steel": commodity(lot_t), "oil": commodity(lot_t)}
    ends = [
        ("a", "d", "fruit"),
        ("a", "d", "steel"),
        ("d", "a", "oil"),
        ("b", "e", "steel"),
        ("e", "c", "oil"),
    ]
    return {
        "places": {
            name: place(country, lon)
            for name, country, lon in [
                ("a", "IR", 48.0), ("b", "AZ", 49.0), ("c", "AZ", 50.0), ("d", "RU", 51.0), ("e", "AZ", 49.5),
            ]
        },
        "sections": {
            "ea": road("e", "a", 400.0),
            "bc": rail("b", "c", 240.0, mt=pick(3.0, 8.0)) | {"crossing_loops": f(2)},
            "eb": rail("e", "b", 100.0, mt=2.0, tracks=2),
            "bc-road": road("b", "c", 300.0, at_once=pick(None, 9)),
            "cd": sea("c", "d", 200.0),
        },
        "posts": {"gate": gate, "door": post("a", "b", {"customs": step(1, 40.0, 1.0)})},
        "terminals": {"yard": terminal("b", points=2, mt=5.0, storage_t=pick(None, 900.0)),
                      "shed": terminal("e", points=1, storage_t=900.0)},
        "ports": {"here": port("c", ["road", "rail-1435"], berths=1, storage_t=pick(None, 1500.0)),
                  "there": port("d", ["road"], berths=1)},
        "services": {"ferry": service("cd", 7.0), "boat": service("cd", 3.0, 300.0)},
        "fleets": fleets(train=train, ship=fleet("sea", 900.0, speed_kmh=20.0, load_factor=1.0)),
        "commodities": goods,
        "demand": {f"{a}{b}-{one}": flow(a, b, 1.0, lot_t, one) for a, b, one in ends},
        "charges": {"fee": charge("vehicle", 40.0, post="gate"), "toll": charge("t-km", 0.01, section="bc")},
        "access_rules": {"ban": RULE, "other": RULE | {"through": "GE"}},
        "events": {"storm": event(["cd"], 30.0, 20.0, 0.5), "snow": event(["gate", "bc-road"], 20.0, 9.0)},
        "passenger_services": {
            "express": passenger_service("b", "c", ["bc"], journey_h=5.0),
            "coach": passenger_service("a", "b", journey_h=3.0),
        },
        "travel": {"people": travel("a", "c"), "visitors": travel("b", "c", 9000.0)},
    }  # fmt: skip


def numbers_of(world):
    return measure(*run(a_case(DAYS, **world)))


def shuffled(world, random):
    found = {kind: list(things.items()) for kind, things in world.items()}
    for things in found.values():
        random.shuffle(things)
    return {kind: dict(things) for kind, things in found.items()}


@SETTINGS
@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_things_of_any_kind_changes_no_number(world, random):
    """The same keys with the same values, whatever competes for what."""
    assert numbers_of(shuffled(world, random)) == numbers_of(world)


@pytest.mark.parametrize("name", ["aline", "zline"])
def test_ships_that_sail_in_the_same_second_sail_in_the_order_of_their_names(name):
    """Two lines load from one quay with room for one lot. The ship that takes it frees the room for the other
    lot, which is in time if its own ship sails after that. Declared first or not, the first by name is first.
    """
    lines = {"mline": service("bm", 7.0), name: service("bz", 7.0)}
    world = {
        "places": places(a="IR", b="IR", m="RU", z="RU"),
        "sections": {"ab": road("a", "b"), "bm": sea("b", "m"), "bz": sea("b", "z")},
        "ports": {"b-port": port("b", storage_t=20.0), "m-port": port("m"), "z-port": port("z")},
        "demand": {"to-m": flow("a", "m"), "to-z": flow("a", "z")},
    }
    sailed = []
    for services in (lines, dict(reversed(lines.items()))):
        with (
            released(**{"to-m": [0], "to-z": [60]}),
            patch("sim.engine.sailings.stream", lambda *_: SimpleNamespace(random=lambda: 0.5)),
        ):
            _, records = run(a_case(DAYS, **world, services=services))
        sailed.append(records.unit_released_at[records.unit_kind == 3].tolist())
    noon = 12 * HOUR_S
    assert sailed == [[noon, noon if name == "zline" else noon + 24 * HOUR_S]] * 2


def test_of_two_things_alike_the_order_of_declaration_decides_which_is_which():
    """Nothing but names tells two posts apart, and ways of equal cost are taken in the order of the file.

    So the numbers of the two are swapped when they are, and those of all else stay.
    """
    alike = {name: post("a", "b", {"customs": step(1, 20.0)}) for name in ("gate", "door")}
    world = {"places": places(a="IR", b="AZ"), "demand": {"freight": flow("a", "b", 4.0)}}
    one = numbers_of({**world, "posts": alike})
    other = numbers_of({**world, "posts": dict(reversed(alike.items()))})
    assert one[Key("delivered", "network", "all")] == other[Key("delivered", "network", "all")] > 0
    names = {"gate": "door", "door": "gate"}
    assert {_renamed(key, names): value for key, value in one.items()} == other


def _renamed(key, names):
    thing, slash, rest = key.id.partition("/")
    return key._replace(id=f"{names.get(thing, thing)}{slash}{rest}")
