"""Who may not pass where, and what ships do not carry: no itinerary breaks a rule."""

import pytest
from cases import a_case, commodity, flow, places, port, post, road, sea, service

from sim.errors import InputError
from sim.network.compile import compile_case


def case(rule=None, **more):
    """From IR to AM straight, or by a short way through AZ."""
    kinds = {
        "places": places(a="IR", i="IR", x="AZ", y="AZ", m="AM", b="AM"),
        "sections": {
            "ai": road("a", "i", 100.0),
            "xy": road("x", "y", 10.0, country="AZ"),
            "mb": road("m", "b"),
        },
        "posts": {"to-az": post("i", "x"), "from-az": post("y", "m"), "direct": post("i", "m")},
        "demand": {"freight": flow("a", "b")},
    }
    rules = {"access_rules": {"ban": {**rule, "title": "t", "assumed": "t"}}} if rule else {}
    return a_case(**kinds | more | rules)


def countries(network):
    return {
        network.elements[number].country
        for way in network.itineraries
        for leg in way.legs
        for number in leg.elements
        if network.elements[number].kind == "section"
    }


def test_without_a_rule_freight_passes_through():
    """Both ways are open."""
    assert "AZ" in countries(compile_case(case()))


@pytest.mark.parametrize("ends", [["AM"], ["GE", "IR"]])
def test_a_rule_keeps_freight_of_its_countries_out(ends):
    """Whichever end of the flow lies in one of them."""
    rule = {"through": "AZ", "ends": ends, "status": "operating"}
    assert countries(compile_case(case(rule))) == {"IR"}


@pytest.mark.parametrize(
    "rule",
    [
        {"through": "AZ", "ends": ["AM"], "status": "suspended"},
        {"through": "AZ", "ends": ["GE"], "status": "operating"},
        {"through": "AZ", "ends": ["AM"], "status": "operating", "commodities": ["arms"]},
    ],
)
def test_a_rule_that_is_not_in_force_or_of_others_keeps_nobody_out(rule):
    """Lifted, about another country, or about other goods."""
    goods = {"commodities": {"goods": commodity(), "arms": commodity()}}
    assert "AZ" in countries(compile_case(case(rule, **goods)))


def test_where_the_rule_leaves_no_way_there_is_an_error():
    """Without the direct post nothing is left."""
    rule = {"through": "AZ", "ends": ["AM"], "status": "operating"}
    posts = {"to-az": post("i", "x"), "from-az": post("y", "m")}
    with pytest.raises(InputError, match="no path is left"):
        compile_case(case(rule, posts=posts))


def test_a_service_carries_only_its_goods():
    """A tanker takes oil; general goods go by the slower ferry."""
    world = {
        "places": places(a="IR", b="RU"),
        "sections": {"strait": sea("a", "b", 200.0)},
        "ports": {"pa": port("a"), "pb": port("b")},
        "services": {"tanker": service("strait", carries=["oil"]), "ferry": service("strait", per_week=1.0)},
        "commodities": {"goods": commodity(), "oil": commodity()},
        "demand": {"boxes": flow("a", "b"), "crude": flow("a", "b", goods="oil")},
    }
    network = compile_case(a_case(**world))
    used = {
        flow: {
            network.elements[leg.elements[0]].id
            for n in sets[0].itineraries
            for leg in network.itineraries[n].legs
        }
        for flow, sets in zip(network.flows, network.choice_sets, strict=True)
    }
    assert used == {"boxes": {"ferry"}, "crude": {"ferry", "tanker"}}
