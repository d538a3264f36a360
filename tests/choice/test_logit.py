"""Shares against the closed form of the path-size logit."""

import math

import pytest
from cases import a_case, charge, flow, places, rail, road

from sim.choice.assignment import assign
from sim.choice.logit import (
    ROUTE_SCALE,
    generalised_cost,
    logit,
    nested,
    path_sizes,
    prune,
    vehicles,
)
from sim.network.compile import compile_case


def test_shares_are_those_of_the_logit():
    """Costs 100 and 110 at 0.05 a dollar: 1 / (1 + e^-0.5) and the rest."""
    shares = logit([100.0, 110.0], [1.0, 1.0], 0.05)
    assert shares[0] == pytest.approx(1 / (1 + math.exp(-0.5)), rel=1e-14)
    assert sum(shares) == pytest.approx(1, rel=1e-15)


def test_a_path_size_of_a_half_halves_the_weight():
    """Equal costs, sizes 1, 1/2, 1/2: shares 1/2, 1/4, 1/4."""
    assert logit([7.0] * 3, [1.0, 0.5, 0.5], 0.1) == pytest.approx([0.5, 0.25, 0.25])


def test_shares_below_two_percent_are_spread_over_the_others():
    """Of 0.60, 0.39 and 0.01 the last goes: 60/99 and 39/99."""
    assert prune([0.60, 0.39, 0.01]) == pytest.approx((60 / 99, 39 / 99, 0.0))


def test_great_costs_do_not_overflow():
    """A million dollars apart: all on the cheaper."""
    assert logit([0.0, 1e6], [1.0, 1.0], 1.0) == [1.0, 0.0]


def two_ways_that_share_a_road():
    """a-m is common (100 km); from m to b two roads of 50 km each; a third way of 160 km is alone."""
    return compile_case(
        a_case(
            places=places(a="IR", m="IR", b="IR", c="IR"),
            sections={
                "trunk": road("a", "m", 100.0),
                "left": road("m", "b", 50.0),
                "right": road("m", "b", 50.0),
                "alone": road("a", "b", 150.0),
            },
            demand={"freight": flow("a", "b")},
        )
    )


def test_path_size_discounts_the_kilometres_that_ways_share():
    """(100 / 2 + 50) / 150 = 2/3 for the two that share the trunk, 1 for the one alone."""
    network = two_ways_that_share_a_road()
    options = list(network.itineraries)
    sizes = path_sizes(options, [element.length_km for element in network.elements])
    by_way = {len(option.legs[0].elements): size for option, size in zip(options, sizes, strict=True)}
    assert by_way == pytest.approx({1: 1.0, 2: 2 / 3})


def test_a_flow_chooses_by_path_size_where_costs_are_equal():
    """All three ways are 150 km: shares 2/3, 2/3 and 1 of 7/3."""
    network = two_ways_that_share_a_road()
    shares = assign(network).shares[0][0]
    assert sorted(shares) == pytest.approx([2 / 7, 2 / 7, 3 / 7])


def test_generalised_cost_is_charges_operation_constant_and_time():
    """120 km: 6 USD to run, 2 h at 2 USD a day, a toll of 1.20."""
    network = compile_case(
        a_case(
            places=places(a="IR", b="IR"),
            sections={"ab": road("a", "b", 120.0)},
            demand={"freight": flow("a", "b")},
            charges={"toll": charge("t-km", 0.01, mode="road", country="IR")},
        )
    )
    goods = network.case.description.commodities["goods"]
    way = network.itineraries[0]
    assert generalised_cost(way, goods) == pytest.approx(6 + 2 * 2 / 24 + 1.2)


def test_a_delayed_way_loses_its_share_as_the_logit_says():
    """Two equal roads of one nest, 5 days of delay at 2 USD on one: odds e^(-0.02 / 0.3 x 10)."""
    network = compile_case(
        a_case(
            places=places(a="IR", b="IR"),
            sections={"one": road("a", "b"), "two": road("a", "b")},
            demand={"freight": flow("a", "b")},
        )
    )
    late = network.itineraries[0].legs[0].elements[0]
    shares = assign(network, {late: 120.0}).shares[0][0]
    assert shares[0] / shares[1] == pytest.approx(math.exp(-0.2 / 0.3))


def test_nests_share_by_what_their_ways_cost_together():
    """Two like roads against a railway of the same cost, 0.05 a dollar: the roads count 2^0.3 together."""
    shares = nested(["road", "road", "rail"], [100.0] * 3, [1.0] * 3, 0.05)
    assert shares[0] == shares[1]
    assert (shares[0] + shares[1]) / shares[2] == pytest.approx(2**ROUTE_SCALE)


def test_within_a_nest_a_dollar_counts_for_more():
    """10 USD apart at 0.05: odds e^(-0.5 / 0.3) inside a nest, e^-0.5 between two."""
    inside = nested(["road", "road"], [100.0, 110.0], [1.0, 1.0], 0.05)
    between = nested(["road", "rail"], [100.0, 110.0], [1.0, 1.0], 0.05)
    assert inside[1] / inside[0] == pytest.approx(math.exp(-0.5 / 0.3))
    assert between[1] / between[0] == pytest.approx(math.exp(-0.5))


def test_freight_by_road_and_by_rail_is_in_two_nests():
    """Vehicles in order, terminals left out."""
    sections = {"line": rail("a", "b", 250.0), "one": road("a", "b", 100.0), "two": road("a", "b", 101.0)}
    network = compile_case(
        a_case(places=places(a="IR", b="IR"), sections=sections, demand={"freight": flow("a", "b")})
    )
    assert sorted({vehicles(way) for way in network.itineraries}) == [("train",), ("truck",)]
