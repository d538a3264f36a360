"""What figures rest on: every one is counted, and weighs what moves over the thing that it describes."""

from datetime import timedelta
from pathlib import Path
from typing import get_args

import pytest
from cases import START as FIRST_DAY
from cases import a_case, charge, closed, flow, places, port, post, road, sea, service, terminal
from worlds import WORLD, world

from sim.changes import apply
from sim.choice.assignment import assign
from sim.files import load_description, load_plan
from sim.model.evidence import Evidence, SourceKind
from sim.network.compile import compile_case
from sim.outputs.evidence import (
    ASSUMED,
    BASES,
    COLUMNS,
    Weighed,
    shares,
    spread,
    statements,
    uses,
    values,
    weakest,
    weighed,
)
from sim.outputs.evidence_weights import tonne_km, weight

ROOT = Path(__file__).parents[2]
TONNES = 8760 * 20.0
"""A year's freight of the flow of `cases`: one shipment of 20 t an hour."""


def weights(case):
    """Return the weights of a case's things."""
    network = compile_case(case)
    return tonne_km(network, assign(network))


def figure(path="a.b", value=10.0, low=None, high=None, km=100.0, confidence=None):
    """Return a figure: assumed, or from the press with a confidence."""
    origin = {"source": "s", "confidence": confidence} if confidence else {"assumed": "a guess"}
    rests_on = "press" if confidence else ASSUMED
    return Weighed(path, value, low, high, rests_on, Evidence(**origin), km, "a guess")


def test_every_kind_of_source_has_its_row():
    """A new kind of source cannot be forgotten by the report."""
    assert set(BASES) == {*get_args(SourceKind), ASSUMED}


def test_every_figure_of_the_small_world_is_counted(world_folder):
    """As many as the file has values, and a position for each place and indices for each season."""
    found = weighed(world(world_folder), {})
    assert len(found) == WORLD.count("{value:") + 3 + 1
    assert sum(share.figures for share in shares(found)) == len(found)
    assert {share.rests_on: share.figures for share in shares(found) if share.figures} == {
        "directory": 2,
        ASSUMED: len(found) - 2,
    }


def test_statements_that_a_thing_is_there_are_told_apart(world_folder):
    """Two sections and a post say that they exist; that is no figure."""
    others = [stated for stated in statements(world(world_folder)) if not stated.number]
    assert [stated.path for stated in others] == [
        ("sections", "alpha-beta"),
        ("sections", "beta-bypass"),
        ("posts", "beta-gamma"),
    ]


def test_a_source_is_used_by_the_figures_that_name_it(world_folder):
    """The atlas gives a length and the number of servers, and states nothing else."""
    figures, others = uses([world(world_folder)])
    assert figures == {"road-atlas": 2}
    assert not others


def test_weights_of_a_road_and_a_post_by_hand():
    """A road of 60 km bears t x 60 km; the post bears the whole way of what passes it, in its direction."""
    found = weights(
        a_case(
            places=places(a="IR", b="IR", c="AZ"),
            sections={"ab": road("a", "b", 60.0), "spare": road("b", "a", 500.0)},
            posts={"gate": post("b", "c")},
            demand={"freight": flow("a", "c")},
            charges={
                "fee": charge("vehicle", 5, post="gate"),
                "toll": charge("t-km", 0.01, mode="road", country="IR"),
            },
        )
    )
    way = pytest.approx(TONNES * 60)
    assert weight(found, ("sections", "ab", "length_km")) == way
    assert weight(found, ("sections", "spare", "length_km")) == 0
    assert weight(found, ("posts", "gate", "outbound", "steps", "customs", "servers")) == way
    assert weight(found, ("posts", "gate", "inbound", "steps", "customs", "servers")) == 0
    for kind, name in (
        ("fleets", "truck"), ("charges", "fee"), ("charges", "toll"), ("demand", "freight"),
        ("commodities", "goods"), ("seasons", "flat"),
    ):  # fmt: skip
        assert weight(found, (kind, name, "value")) == way
    assert weight(found, ("places", "a", "position")) == 0


def test_weights_of_a_ferry_and_a_terminal_by_hand():
    """A service and its ships bear the sea, the terminal and both ports the whole way."""
    found = weights(
        a_case(
            places=places(a="IR", b="IR", c="AZ"),
            sections={
                "ab": {**road("a", "b", 40.0), "mode": "rail-1435", "tracks": {"value": 1, "assumed": "t"}},
                "bc": sea("b", "c", 100.0),
            },
            terminals={"yard": terminal("b")},
            ports={"here": port("b"), "there": port("c")},
            services={"ferry": service("bc")},
            demand={"freight": flow("a", "c")},
        )
    )
    assert weight(found, ("services", "ferry", "sailings_per_week")) == pytest.approx(TONNES * 100)
    assert weight(found, ("fleets", "ship", "payload_t")) == pytest.approx(TONNES * 100)
    assert weight(found, ("fleets", "train", "payload_t")) == pytest.approx(TONNES * 40)
    for path in (("terminals", "yard"), ("ports", "here"), ("ports", "there"), ("demand", "freight")):
        assert weight(found, (*path, "x")) == pytest.approx(TONNES * 140)


def test_a_way_that_is_open_for_a_part_of_the_year_weighs_for_that_part():
    """The short road is closed in the last ten of forty days: the detour has its traffic for these."""
    shut = closed("sections", "short", FIRST_DAY + timedelta(days=30), None)
    found = weights(
        a_case(
            40,
            states=[shut],
            places=places(a="IR", b="IR", c="IR"),
            sections={
                "short": road("a", "b", 60.0),
                "one": road("a", "c", 300.0),
                "two": road("c", "b", 300.0),
            },
            demand={"freight": flow("a", "b")},
        )
    )
    assert found["sections", "short"] == pytest.approx(TONNES * 60 * 3 / 4)
    assert found["sections", "one"] == pytest.approx(TONNES * 300 / 4)


def test_the_shipped_weights_add_up():
    """All fleets together move what all commodities, all flows and all sections together are moved."""
    description = load_description(ROOT / "corridors")
    found = weights(apply(description, load_plan("baseline", ROOT / "scenarios")))
    sums = {
        kind: sum(km for keys, km in found.items() if keys[0] == kind and len(keys) == 2)
        for kind in ("fleets", "commodities", "demand", "sections", "seasons")
    }
    assert sums["fleets"] > 1e10
    assert all(total == pytest.approx(sums["fleets"]) for total in sums.values())


@pytest.mark.parametrize(
    ("value", "low", "high", "expected"),
    [
        (10.0, 8.0, 13.0, 0.5),
        (10, 8, None, 0.2),
        (10.0, 10.0, 10.0, 0.0),
        (-10.0, -40.0, 15.0, 5.5),
        (0.0, -5.0, 10.0, 1.5),
        (0.0, 0.0, 0.0, 0.0),
        (10.0, None, None, 1.0),
        ("08:00-20:00", None, None, 1.0),
        (None, None, None, 1.0),
    ],
)
def test_the_relative_range_of_a_figure(value, low, high, expected):
    """Range over value; over the larger end where the value is 0; 100 % where none is given."""
    assert spread(value, low, high) == pytest.approx(expected)


def test_the_weakest_are_those_whose_error_touches_most_freight():
    """What is well sourced, bears nothing or cannot be otherwise is no worry, however large."""
    figures = [
        figure("exact", low=10.0, high=10.0),
        figure("sourced", low=1.0, high=99.0, confidence="medium"),
        figure("idle", low=1.0, high=99.0, km=0.0),
        figure("narrow", low=9.0, high=11.0),
        figure("doubtful", low=8.0, high=12.0, confidence="low"),
        figure("unknown"),
    ]
    assert [one.path for one in weakest(figures)] == ["unknown", "doubtful", "narrow"]
    assert [one.path for one in weakest(figures, 1)] == ["unknown"]


def test_shares_keep_confidence_apart():
    """Of two figures of the press one is doubtful; their tonne-km are summed likewise."""
    found = {
        share.rests_on: share
        for share in shares([figure(confidence="high"), figure(confidence="low", km=5.0), figure(km=7.0)])
    }
    assert (found["press"].figures, found["press"].tonne_km) == (2, 105.0)
    assert found["press"].by_confidence == {"high": 1, "medium": 0, "low": 1}
    assert found["press"].tonne_km_by_confidence == {"high": 100.0, "medium": 0.0, "low": 5.0}
    assert (found[ASSUMED].figures, found[ASSUMED].tonne_km) == (1, 7.0)


def test_a_row_has_as_many_values_as_columns():
    """The table of all figures is whole."""
    assert len(values(figure())) == len(COLUMNS)
