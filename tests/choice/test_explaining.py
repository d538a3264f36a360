"""Explanations: parts sum to the cost that the choice uses, shares are those simulated, reasons by hand."""

from datetime import date

import pytest
from cases import (
    a_case,
    charge,
    closed,
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

from sim.choice.explaining import Explainer
from sim.choice.logit import prune
from sim.choice.settling import settle
from sim.network.compile import compile_case


def explain(case):
    network = compile_case(case)
    return Explainer(network, settle(network))


def explained(**kinds):
    """Return the first choice set of the first flow."""
    return explain(a_case(**kinds)).explained(0)[0]


def why(one):
    """Return for each reason the things that the ways left out pass and others do not."""
    return {rejected.why: rejected for rejected in one.rejected}


def parts(way):
    return {(part.group, part.item): part.usd_per_t for part in way.parts if part.usd_per_t}


ALL_MODES = {
    "places": places(a="IR", b="IR", c="AZ", d="AZ", e="RU"),
    "sections": {
        "ab": road("a", "b", 120.0),
        "cd": rail("c", "d", 300.0, hours={"value": "08:00-20:00", "assumed": "t"}),
        "strait": sea("d", "e", 200.0),
    },
    "posts": {"gate": post("b", "c", {"customs": step(2, 60.0, hours="08:00-20:00")}, quota=12)},
    "terminals": {"yard": terminal("c", points=1, mt=8.76)},
    "ports": {"pd": port("d", ["rail-1435"]), "pe": port("e")},
    "services": {"ferry": service("strait", wait_h=10.0, cut_off_h=3.0)},
    "fleets": fleets(
        truck=fleet("road", 20.0, constant_usd_per_t=3.0),
        train=fleet("rail-1435", 1000.0, maximum_wait_h=24.0, constant_usd_per_t=7.0, cost_usd_per_t_km=0.02),
    ),
    "charges": {
        "toll": charge("t-km", 0.01, mode="road", country="IR", payee="roads"),
        "stamp": charge("vehicle", 40.0, post="gate", payee="customs"),
        "fare": charge("t", 9.0, service="ferry", payee="line"),
    },
    "demand": {"freight": flow("a", "e")},
}


def test_parts_are_those_of_a_way_by_hand():
    """120 km of road, a post of 12 trucks a day for 24, 300 km of rail by day, 200 km of sea; 2 USD a day."""
    (only,) = explained(days=10, **ALL_MODES).alternatives
    hour = 2.0 / 24
    alongside_h = 2 * 4_000 / 1_000
    handled_h = 20 / (8.76e6 / 8_760)
    found = parts(only)
    queue = found.pop(("queue", "gate/outbound/acceptance"))
    assert found == pytest.approx(
        {
            ("charge", "toll"): 1.2,
            ("charge", "stamp"): 2.0,
            ("charge", "fare"): 9.0,
            ("operating", ""): 120 * 0.05 + 300 * 0.02 + 200 * 0.01,
            ("time", "moving"): hour * (2 + 5 + 10),
            ("time", "service"): hour * (1 + handled_h + alongside_h),
            ("time", "opening"): hour * 2 * 12 * 12 / 48,
            ("time", "filling"): hour * 12,
            ("time", "sailing"): hour * (3 + 5),
            ("constant", "truck"): 3.0,
            ("constant", "train"): 7.0,
        }
    )
    assert queue == pytest.approx(hour * 24 * 10 * 12 / 2 / 12)
    assert only.cost_usd_per_t == pytest.approx(sum(found.values()) + queue)
    assert only.unqueued_usd_per_t == pytest.approx(only.cost_usd_per_t - queue)
    assert only.transhipments == 2
    assert only.nest == ("truck", "train", "ship")
    assert only.share == only.answer == only.probability == 1


def two_roads_and_a_railway(days=30, **more):
    """Roads of 300 and 310 km, each with a post, the first with a quota; a railway beside them."""
    ends = places(a="IR", l="IR", r="IR", x="AZ", y="AZ", b="AZ")
    sections = {
        "left": road("a", "l", 150.0),
        "right": road("a", "r", 160.0),
        "beyond-left": road("x", "b", 150.0, country="AZ"),
        "beyond-right": road("y", "b", 150.0, country="AZ"),
        "rail": rail("a", "b", 700.0),
    }
    posts = {"first": post("l", "x", quota=20), "second": post("r", "y")}
    demand = {"freight": flow("a", "b", 4.0), "other": flow("a", "l", 1.0)}
    return a_case(days, **{"places": ends, "sections": sections, "posts": posts, "demand": demand} | more)


def test_parts_sum_to_the_cost_that_the_choice_uses_and_shares_are_those_simulated():
    """Of every alternative of every set, with queues, in a network whose roads close and open again."""
    states = [closed("posts", "second", date(2025, 1, 10), date(2025, 1, 20))]
    explainer = explain(two_roads_and_a_railway(states=states))
    assert explainer.settled.delays
    network = explainer.network
    for number in range(len(network.flows)):
        sets = explainer.explained(number)
        assert [one.starts_at for one in sets] == [one.starts_at for one in network.choice_sets[number]]
        for place, one in enumerate(sets):
            options = explainer.choices.sets[number][place]
            simulated = dict(
                zip(
                    (network.itineraries[n].name for n in network.choice_sets[number][place].itineraries),
                    explainer.settled.assignment.shares[number][place],
                    strict=True,
                )
            )
            assert {way.way.name: way.share for way in one.alternatives} == simulated
            costs = sorted(options.delayed(explainer.settled.delays))
            assert sorted(way.cost_usd_per_t for way in one.alternatives) == costs
            for way in one.alternatives:
                assert sum(part.usd_per_t for part in way.parts) == pytest.approx(
                    way.cost_usd_per_t, abs=1e-9
                )
                assert way.time_h >= way.way.free_flow_h


def test_probabilities_before_and_after_small_ones_are_left_out():
    """Of a cheap road, a railway and one dear way: what is under 2 % goes, the others are scaled."""
    sections = {"near": road("a", "b", 400.0), "line": rail("a", "b", 1000.0), "far": road("a", "b", 600.0)}
    one = explained(
        places=places(a="IR", b="IR"),
        sections=sections,
        commodities={"goods": commodity(sensitivity=0.2)},
        demand={"freight": flow("a", "b")},
    )
    before = [way.probability for way in one.alternatives]
    assert sum(before) == pytest.approx(1)
    assert 0 < before[-1] < 0.02
    assert [way.answer for way in one.alternatives] == pytest.approx(prune(before))
    assert one.alternatives[-1].share == 0


def test_why_roads_side_by_side_are_left_out():
    """Of six roads four are kept, the fifth is one too many of its kind, the sixth 1.7 times as dear."""
    sections = {f"s{km}": road("a", "b", float(km)) for km in (100, 101, 102, 103, 104, 170)}
    one = explained(places=places(a="IR", b="IR"), sections=sections, demand={"freight": flow("a", "b")})
    assert [(other.why, other.via) for other in one.rejected] == [("alike", ("s104",)), ("dear", ("s170",))]
    assert [other.times_cheapest for other in one.rejected] == pytest.approx([1.04, 1.7])


def test_why_trains_are_left_out():
    """A train of 150 km after trucks is too short; a train that needless handling adds is none at all."""
    sections = {
        "ac": road("a", "c", 100.0),
        "cb-rail": rail("c", "b", 150.0),
        "cb": road("c", "b", 150.0),
        "ab-rail": rail("a", "b", 300.0),
    }
    one = explained(
        places=places(a="IR", b="IR", c="IR"),
        sections=sections,
        terminals={"tc": terminal("c"), "tb": terminal("b")},
        demand={"freight": flow("a", "b")},
    )
    found = why(one)
    assert found["short-train"].way.name == "a - road c - rail b"
    assert found["handling"].way.distance_km in {250.0, 300.0}


def test_why_a_way_that_passes_a_place_twice_is_left_out():
    """By rail past c to d, by truck back to c and on: only the railway from d makes it worth looking at."""
    sections = {
        "ac": rail("a", "c", 300.0),
        "cd": rail("c", "d", 10.0),
        "dc": road("d", "c", 10.0),
        "cb": road("c", "b", 300.0),
        "ab": road("a", "b", 590.0),
    }
    one = explained(
        places=places(a="IR", b="IR", c="IR", d="IR"),
        sections=sections,
        terminals={"td": terminal("d")},
        demand={"freight": flow("a", "b")},
    )
    assert why(one)["twice"].way.name == "a - rail d - road b"


@pytest.mark.parametrize(
    ("kinds", "reason", "barrier"),
    [
        ({"sections": {"short": road("a", "b", 100.0, status="planned")}}, "closed", "short (planned)"),
        ({"states": [closed("sections", "short", None, None)]}, "closed", "short"),
        (
            {
                "sections": {"short": road("a", "b", 100.0, country="AZ")},
                "access_rules": {
                    "ban": {
                        "title": "t",
                        "assumed": "t",
                        "through": "AZ",
                        "ends": ["IR"],
                        "status": "operating",
                    }
                },
            },
            "barred",
            "ban (AZ)",
        ),
    ],
)
def test_what_keeps_a_flow_from_a_way_is_named(kinds, reason, barrier):
    """The short road is planned, closed, or in a country that bars the flow; it would be the cheapest."""
    kinds = dict(kinds)
    sections = {"long": road("a", "b", 125.0), "short": road("a", "b", 100.0)} | kinds.pop("sections", {})
    one = explained(
        places=places(a="IR", b="IR"), sections=sections, demand={"freight": flow("a", "b")}, **kinds
    )
    (other,) = one.rejected
    assert (other.why, other.barriers) == (reason, (barrier,))
    assert other.times_cheapest == pytest.approx(0.8)
    assert other.cost_usd_per_t == pytest.approx(100 * 0.05 + 100 / 60 * 2 / 24)


def test_a_service_that_does_not_carry_the_goods_is_named():
    """The tanker would be cheaper than the ferry."""
    kinds = {
        "places": places(a="IR", b="RU"),
        "sections": {"strait": sea("a", "b"), "detour": sea("a", "b", 150.0)},
        "ports": {"pa": port("a"), "pb": port("b")},
        "services": {"tanker": service("strait", carries=["oil"]), "ferry": service("detour")},
        "commodities": {"goods": commodity(), "oil": commodity()},
        "demand": {"freight": flow("a", "b")},
    }
    (other,) = explained(**kinds).rejected
    assert (other.why, other.barriers, other.via) == ("not-carried", ("tanker",), ("tanker",))


def test_a_way_blocked_twice_names_both_and_takes_no_more_than_it_needs():
    """Two planned sections in a row, and an open one beside the second that is longer; a third planned one
    beside both saves nothing that the second does not.
    """
    sections = {
        "now": road("a", "b", 300.0),
        "am": road("a", "m", 100.0, status="planned"),
        "mb": road("m", "b", 110.0, status="planned"),
        "mb-open": road("m", "b", 150.0),
        "mb-more": road("m", "b", 160.0, status="planned"),
    }
    one = explained(
        places=places(a="IR", b="IR", m="IR"), sections=sections, demand={"freight": flow("a", "b")}
    )
    assert {other.barriers: other.way.distance_km for other in one.rejected} == {
        ("am (planned)",): 250.0,
        ("am (planned)", "mb (planned)"): 210.0,
    }


def test_a_set_is_explained_by_what_is_open_on_its_date():
    """The short road closes on 1 February: before, it is an alternative; after, it is named as closed."""
    sections = {"short": road("a", "b", 100.0), "long": road("a", "b", 120.0)}
    states = [closed("sections", "short", date(2025, 2, 1), None)]
    case = a_case(
        60,
        states=states,
        places=places(a="IR", b="IR"),
        sections=sections,
        demand={"freight": flow("a", "b")},
    )
    before, after = explain(case).explained(0)
    assert (len(before.alternatives), before.rejected) == (2, ())
    assert [way.via for way in after.alternatives] == [("long",)]
    assert [(other.why, other.barriers) for other in after.rejected] == [("closed", ("short",))]


def test_ways_of_one_name_are_told_apart_by_the_section_that_is_theirs():
    """Two roads by the same post: what they share does not tell them apart."""
    sections = {"short": road("a", "g", 100.0), "long": road("a", "g", 120.0), "on": road("h", "b", 200.0)}
    one = explained(
        places=places(a="IR", g="IR", h="AZ", b="AZ"),
        sections=sections,
        posts={"gate": post("g", "h")},
        demand={"freight": flow("a", "b")},
    )
    assert sorted(way.via for way in one.alternatives) == [("gate", "long"), ("gate", "short")]
