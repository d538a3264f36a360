"""Which ways freight has: on small networks where all of them are known."""

from datetime import date
from itertools import groupby

import pytest
from cases import (
    a_case,
    closed,
    fleet,
    fleets,
    flow,
    opened,
    place,
    places,
    port,
    post,
    rail,
    road,
    run,
    sea,
    service,
    terminal,
)

from sim.choice.assignment import assign
from sim.errors import InputError
from sim.indicators.measure import measure
from sim.network.compile import compile_case
from sim.network.sieve import MAX_ALIKE, MAX_COST_RATIO, MAX_ITINERARIES


def network_of(sections, origin="a", destination="b", states=(), days=60, **more):
    ends = {end for section in sections.values() for end in (section["from"], section["to"])}
    return compile_case(
        a_case(
            days,
            states=states,
            places={name: place() for name in sorted(ends)},
            sections=sections,
            demand={"freight": flow(origin, destination)} | more.pop("demand", {}),
            **more,
        )
    )


def used(network, choice=0, flow_number=0):
    """Return for each itinerary of a choice set the ids of the things it passes, in order."""
    numbers = network.choice_sets[flow_number][choice].itineraries
    ways = [network.itineraries[number] for number in numbers]
    passed = [[network.elements[e].id for leg in way.legs for e in leg.elements] for way in ways]
    return [[name for name, _ in groupby(names)] for names in passed]


def test_all_ways_through_a_small_graph_are_found():
    """A diamond with a chord: a-c-b 200 km, a-d-b 220 km, a-c-d-b 240 km, a-d-c-b 260 km, none dearer than
    1.6 x.
    """
    sections = {
        "ac": road("a", "c", 100.0),
        "cb": road("c", "b", 100.0),
        "ad": road("a", "d", 110.0),
        "db": road("d", "b", 110.0),
        "cd": road("c", "d", 40.0),
    }
    network = network_of(sections)
    assert sorted(used(network)) == sorted(
        [["ac", "cb"], ["ad", "db"], ["ac", "cd", "db"], ["ad", "cd", "cb"]]
    )
    by_way = {tuple(ids): way for ids, way in zip(used(network), network.itineraries, strict=True)}
    assert [by_way[key].distance_km for key in (("ac", "cb"), ("ad", "db"))] == [200, 220]
    assert by_way[("ac", "cb")].free_flow_h == pytest.approx(200 / 60)
    assert by_way[("ac", "cb")].operating_usd_per_t == pytest.approx(200 * 0.05)


def test_a_way_far_dearer_than_the_cheapest_is_not_considered():
    """1.6 times the generalised cost is the limit: of 100 km, 159 km and 161 km the last is left out."""
    sections = {f"s{km}": road("a", "b", float(km)) for km in (100, 159, 161)}
    assert sorted(used(network_of(sections))) == [["s100"], ["s159"]]
    assert MAX_COST_RATIO == 1.6


def test_of_like_ways_only_the_cheapest_few_are_kept():
    """Of twelve parallel roads the four shortest; a railway much dearer than all of them stays."""
    sections = {f"s{km}": road("a", "b", float(km)) for km in range(100, 112)}
    ways = used(network_of(sections | {"rail": rail("a", "b", 250.0)}))
    assert sorted(ways) == [["rail"], ["s100"], ["s101"], ["s102"], ["s103"]]
    assert MAX_ALIKE == 4


def test_no_more_than_twelve_ways_are_kept():
    """Sixteen ways of sixteen patterns: by one of four countries, then by one of four others."""
    first, second = ("IR", "AZ", "AM", "GE"), ("RU", "KZ", "TM", "TR")
    sections = {f"to-{c.lower()}": road("a", "c", 100.0 + n, country=c) for n, c in enumerate(first)}
    sections |= {f"from-{c.lower()}": road("c", "b", 100.0 + n, country=c) for n, c in enumerate(second)}
    assert len(used(network_of(sections))) == 7
    direct = {f"by-{c.lower()}": road("a", "b", 205.0, country=c) for c in (*first, *second)}
    assert len(used(network_of(sections | direct))) == MAX_ITINERARIES == 12


def test_every_thing_is_looked_at_in_its_best_company():
    """Two roads, then two roads: all four are used, each with the better of the others; not both worse."""
    sections = {
        "near": road("a", "c", 100.0),
        "far": road("a", "c", 120.0),
        "quick": road("c", "b", 100.0),
        "slow": road("c", "b", 130.0),
    }
    assert sorted(used(network_of(sections))) == [["far", "quick"], ["near", "quick"], ["near", "slow"]]


def test_ways_with_one_name_are_told_apart_by_number():
    """Two roads from a to b, cheapest first."""
    network = network_of({"long": road("a", "b", 120.0), "short": road("a", "b", 100.0)})
    assert [way.name for way in network.itineraries] == ["a - road b (1)", "a - road b (2)"]
    assert used(network) == [["short"], ["long"]]


def test_ways_of_different_dates_do_not_share_a_name():
    """One road until it closes, another from then: each alone in its choice set, yet with a name of its
    own.
    """
    states = [closed("sections", "short", date(2025, 2, 1), None)]
    network = network_of({"long": road("a", "b", 220.0), "short": road("a", "b", 100.0)}, states=states)
    assert [used(network, choice) for choice in (0, 1)] == [[["short"]], [["long"]]]
    assert len({way.name for way in network.itineraries}) == 2


def test_freight_changes_mode_only_at_a_terminal():
    """Road and railway meet in c, but without a terminal there the railway cannot be used from a."""
    sections = {"ac": road("a", "c", 50.0), "cb": road("c", "b", 200.0), "rail": rail("c", "b", 250.0)}
    assert used(network_of(sections)) == [["ac", "cb"]]
    ways = used(network_of(sections, terminals={"yard": terminal("c")}))
    assert sorted(ways) == [["ac", "cb"], ["ac", "yard", "rail"]]


def test_nobody_unloads_trucks_for_a_short_train():
    """Of a railway of 199 km behind a road there is no way, of one of 200 km there is."""
    sections = {"ac": road("a", "c", 50.0), "cb": road("c", "b", 150.0)}
    for km, count in ((199.0, 1), (200.0, 2)):
        line = {"rail": rail("c", "b", km)}
        assert len(used(network_of(sections | line, terminals={"yard": terminal("c")}))) == count


def test_gauges_meet_only_at_a_gauge_break():
    """1435 mm to c, 1520 mm behind it: no way, until a terminal joins the two."""
    sections = {"narrow": rail("a", "c"), "broad": rail("c", "b", mode="rail-1520")}
    with pytest.raises(InputError, match="no path is left"):
        network_of(sections)
    change = terminal("c", ("rail-1435", "rail-1520"))
    assert used(network_of(sections, terminals={"change": change})) == [["narrow", "change", "broad"]]


def test_freight_boards_ships_only_at_ports_of_its_mode():
    """A port that railways alone reach is of no use to trucks."""
    sections = {"ac": road("a", "c"), "strait": sea("c", "d"), "db": road("d", "b")}
    ferry = {"ferry": service("strait")}
    with pytest.raises(InputError, match="no path is left"):
        network_of(sections, services=ferry, ports={"pc": port("c", ["rail-1435"]), "pd": port("d")})
    network = network_of(sections, services=ferry, ports={"pc": port("c"), "pd": port("d")})
    assert used(network) == [["ac", "ferry", "pc", "strait", "pd", "db"]]


@pytest.mark.parametrize("connects", [["road"], ["rail-1435"], ["road", "rail-1435"]])
def test_a_way_between_two_ports_stands_once_and_boards_no_land_vehicle(connects):
    """Whichever modes reach the quays: one itinerary, without a truck's or train's constant or waiting."""
    trains = fleet("rail-1435", 1000.0, maximum_wait_h=24.0, constant_usd_per_t=7.0)
    network = compile_case(
        a_case(
            places=places(a="IR", b="RU"),
            sections={"strait": sea("a", "b", 200.0)},
            ports={"pa": port("a", connects), "pb": port("b", connects)},
            services={"ferry": service("strait", wait_h=10.0)},
            fleets=fleets(train=trains, truck=fleet("road", 20.0, constant_usd_per_t=3.0)),
            demand={"freight": flow("a", "b")},
        )
    )
    assert len(network.choice_sets[0][0].itineraries) == 1
    assert network.itineraries[0].constant_usd_per_t == 0
    alongside_h = 2 * 4_000 / 1000
    assert network.itineraries[0].free_flow_h == pytest.approx(10 / 2 + 200 / 20 + alongside_h)


def test_nobody_handles_freight_at_its_origin_or_destination_without_need():
    """a and b have terminals; the railway runs from door to door: two ways, by road and by rail, and no
    others.
    """
    sections = {"rail": rail("a", "b", 100.0), "road": road("a", "b", 60.0)}
    ways = used(network_of(sections, terminals={"ta": terminal("a"), "tb": terminal("b")}))
    assert sorted(ways) == [["rail"], ["road"]]


def test_a_railway_with_a_gap_is_used_with_trucks_across_it_when_there_is_nothing_else():
    """Rail, road, rail of one gauge is a way of last resort, but it is a way."""
    sections = {"one": rail("a", "c"), "gap": road("c", "d"), "two": rail("d", "b")}
    ways = used(network_of(sections, terminals={"tc": terminal("c"), "td": terminal("d")}))
    assert ways == [["one", "tc", "gap", "td", "two"]]


@pytest.mark.parametrize("status", ["planned", "suspended", "trial"])
def test_nothing_runs_over_what_is_not_operating(status):
    """The short road is not in use: only the long one is."""
    network = network_of({"short": road("a", "b", 100.0, status=status), "long": road("a", "b", 120.0)})
    assert used(network) == [["long"]]


def test_a_thing_opened_for_a_part_of_the_run_is_used_in_it():
    """Planned, but open from 1 to 14 February: used then, and only then."""
    states = [opened("sections", "short", date(2025, 2, 1), date(2025, 2, 15))]
    network = network_of(
        {"short": road("a", "b", 100.0, status="planned"), "long": road("a", "b", 120.0)}, states=states
    )
    day_s = 86_400
    assert [choice.starts_at for choice in network.choice_sets[0]] == [0, 31 * day_s, 45 * day_s]
    assert [len(used(network, choice)) for choice in (0, 1, 2)] == [1, 2, 1]


def test_an_opening_within_the_run_gives_a_second_choice_set():
    """Operating from 1 February on: one way before, two after."""
    sections = {"short": road("a", "b", 100.0, opened_on=date(2025, 2, 1)), "long": road("a", "b", 120.0)}
    network = network_of(sections)
    assert [choice.starts_at for choice in network.choice_sets[0]] == [0, 31 * 86_400]
    assert [sorted(used(network, choice)) for choice in (0, 1)] == [[["long"]], [["long"], ["short"]]]


@pytest.mark.parametrize(("days", "sets"), [(6, 1), (7, 3), (30, 3)])
def test_a_closure_of_less_than_a_week_is_waited_out_and_a_longer_one_routed_around(days, sets):
    """Six days change no choice set; from seven on the road is left out for as long."""
    states = [closed("sections", "short", date(2025, 1, 10), date(2025, 1, 10 + min(days, 21)))]
    network = network_of({"short": road("a", "b", 100.0), "long": road("a", "b", 120.0)}, states=states)
    assert len(network.choice_sets[0]) == sets
    if sets == 3:
        assert [len(used(network, choice)) for choice in range(3)] == [2, 1, 2]


def test_two_short_closures_that_adjoin_are_one_long_one():
    """Five days and five days: ten, routed around."""
    states = [
        closed("sections", "short", date(2025, 1, 10), date(2025, 1, 15)),
        closed("sections", "short", date(2025, 1, 15), date(2025, 1, 20)),
    ]
    network = network_of({"short": road("a", "b", 100.0), "long": road("a", "b", 120.0)}, states=states)
    assert len(network.choice_sets[0]) == 3


def test_freight_without_another_way_waits_for_the_road_to_open_again():
    """Closed for a month within the run and nothing else there: the way stays."""
    states = [closed("sections", "only", date(2025, 1, 10), date(2025, 2, 10))]
    assert used(network_of({"only": road("a", "b")}, states=states)) == [["only"]]


def test_freight_without_any_way_is_an_error_that_names_every_such_flow():
    """Two flows between towns that nothing joins: two problems, of both flows."""
    sections = {"ab": road("a", "b"), "cd": road("c", "d")}
    with pytest.raises(InputError) as caught:
        network_of(sections, demand={"one": flow("a", "c"), "two": flow("d", "b")})
    assert [problem.where for problem in caught.value.problems] == ["demand.one", "demand.two"]
    assert "no path is left from 'a' to 'c'" in caught.value.problems[0].what


@pytest.mark.parametrize("kind", ["sections", "posts", "terminals", "ports", "services"])
def test_whatever_is_closed_for_good_takes_its_ways_with_it(kind):
    """One chain of every kind of thing: closing any one of them from the start leaves no path."""
    names = {"sections": "ab", "posts": "bc", "terminals": "t", "ports": "pd", "services": "ferry"}
    world = {
        "places": places(a="IR", b="IR", c="AZ", d="AZ", e="RU"),
        "sections": {"ab": road("a", "b"), "cd": rail("c", "d"), "strait": sea("d", "e")},
        "posts": {"bc": post("b", "c")},
        "terminals": {"t": terminal("c")},
        "ports": {"pd": port("d", ["rail-1435"]), "pe": port("e")},
        "services": {"ferry": service("strait")},
        "demand": {"freight": flow("a", "e")},
    }
    assert used(compile_case(a_case(**world))) == [["ab", "bc", "t", "cd", "ferry", "pd", "strait", "pe"]]
    with pytest.raises(InputError, match="no path is left"):
        compile_case(a_case(states=[closed(kind, names[kind], None, None)], **world))


def test_a_closed_sea_closes_its_services():
    """The section's closure reaches the sailings over it."""
    world = {
        "places": places(a="IR", b="RU"),
        "sections": {"strait": sea("a", "b")},
        "ports": {"pa": port("a"), "pb": port("b")},
        "services": {"ferry": service("strait")},
        "demand": {"freight": flow("a", "b")},
    }
    with pytest.raises(InputError, match="no path is left"):
        compile_case(a_case(states=[closed("sections", "strait", None, None)], **world))


def test_every_itinerary_of_a_run_is_a_number_of_its_own():
    """Tonnes by itinerary sum to the tonnes delivered, with choice sets that change."""
    sections = {"short": road("a", "b", 100.0), "long": road("a", "b", 120.0)}
    states = [closed("sections", "short", date(2025, 1, 10), date(2025, 1, 20))]
    case = a_case(
        30, states=states, places=places(a="IR", b="IR"), sections=sections, demand={"f": flow("a", "b")}
    )
    network, records = run(case)
    numbers = measure(network, records)
    by_way = [
        value for key, value in numbers.items() if (key.indicator, key.scope) == ("throughput", "itinerary")
    ]
    delivered = next(v for k, v in numbers.items() if (k.indicator, k.scope) == ("delivered", "network"))
    assert sum(by_way) == pytest.approx(delivered)
    assert len(by_way) == len(network.itineraries) == 2
    assert assign(network).shares[0][1] == (1.0,)
