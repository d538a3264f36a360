"""What makes a world harder (urgent goods, train sets, rooms, crossings) against the plain loop."""

from dataclasses import replace
from unittest.mock import patch

import numpy as np
from accounts import named_and_taken_s
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle.plain_motion import PlainMotion
from oracle.test_plain_motion import assert_same
from properties.strategies import cases

from sim.choice.assignment import assign
from sim.clock import Timeline
from sim.engine.simulate import simulate
from sim.network.compile import compile_case
from sim.network.elements import Element, Itinerary, Leg, Network, Pool, Room
from sim.records.columns import CONSIGNMENT, NOT_YET, TRAIN, Records

SETTINGS = settings(max_examples=60, derandomize=True, deadline=None)
HOUR_S = 3600


@st.composite
def harder(draw):
    """Return the network of a random case, made harder in ways that the files of a case need not yet say."""
    network = compile_case(draw(cases()))
    flows = network.flows
    goods = ("goods", "fruit")
    demand = {
        name: one.model_copy(update={"commodity": goods[place % 2]})
        for place, (name, one) in enumerate(network.case.description.demand.items())
    }
    commodities = dict.fromkeys(goods, network.case.description.commodities["goods"])
    description = network.case.description.model_copy(update={"demand": demand, "commodities": commodities})
    assert flows == tuple(description.demand)
    elements = tuple(_harder(draw, one) for one in network.elements)
    room = Element("room", "room", "", "", "", "")
    stock = Element("stock", "stock", "", "", "", "")
    turn_s = draw(st.sampled_from([0, 5 * HOUR_S]))
    sets = Timeline(draw(st.integers(1, 3)), ((3 * 24 * HOUR_S, draw(st.integers(0, 3))),))
    capacity_kg = draw(st.sampled_from([30_000, 450_000, 2_000_000]))
    rooms = draw(st.booleans())
    return replace(
        network,
        case=replace(network.case, description=description),
        elements=(*elements, room, stock),
        rooms=(Room("room", capacity_kg, len(elements)),),
        pools=(Pool("sets", sets, turn_s, len(elements) + 1),),
        lines=tuple(replace(line, cut_off_s=draw(st.sampled_from([0, 7200]))) for line in network.lines),
        itineraries=tuple(_with_rooms(one, rooms=rooms) for one in network.itineraries),
    )


def _harder(draw, element: Element) -> Element:
    if element.kind in ("step", "acceptance"):
        urgent = draw(st.sampled_from([(), ("fruit",), ("goods", "fruit")]))
        share = draw(st.sampled_from([0.0, 0.4])) if element.kind == "step" else 0.0
        return replace(element, urgent=urgent, facilitated_share=share, facilitated_factor=0.5)
    if element.hold_s is not None:
        return replace(element, cross_s=draw(st.sampled_from([None, 900, 3 * (element.hold_s or 0)])))
    return element


def _with_rooms(itinerary: Itinerary, *, rooms: bool) -> Itinerary:
    """Let handling before a train or ship need room, and all trains a set of the pool."""
    legs: list[Leg] = []
    for leg in itinerary.legs:
        boards = leg.kind in ("train", "sail")
        if boards and rooms and legs and legs[-1].kind == "handle":
            legs[-1] = replace(legs[-1], room=0)
        legs.append(replace(leg, pool=0) if leg.kind == "train" else leg)
    return replace(itinerary, legs=tuple(legs))


def records_of(network: Network) -> Records:
    return simulate(network, assign(network), 1, 0)


@SETTINGS
@given(harder())
def test_harder_worlds_have_the_records_of_the_plain_loop(network):
    """Every unit, load and visit."""
    found = records_of(network)
    with patch("sim.engine.simulate.Motion", PlainMotion):
        expected = records_of(network)
    assert_same(found, expected)


@SETTINGS
@given(harder())
def test_every_second_of_a_shipment_has_one_cause(network):
    """Waits for room and for a train set included, no second is missing and none is counted twice."""
    total, took = named_and_taken_s(records_of(network))
    assert np.array_equal(total, took)


@SETTINGS
@given(harder())
def test_sets_and_rooms_are_conserved_at_every_instant(network):
    """Never more trains away than sets, but for those out when sets were withdrawn; rooms never overfull.

    A set is away from its departure until its arrival, unloading and the way back.
    """
    records = records_of(network)
    pool, room = network.pools[0], network.rooms[0]
    trains = np.flatnonzero(records.unit_kind == TRAIN)
    left = records.unit_released_at[trains].astype(np.int64)
    there = records.unit_delivered_at[trains].astype(np.int64)
    back = np.where(there == NOT_YET, 2**40, 2 * there - left + pool.turn_s)
    for at_s in left.tolist():
        away = int(((left <= at_s) & (back > at_s)).sum())
        assert away <= max(pool.sets.at(at_s), pool.sets.first)
    if any(leg.room is not None for one in network.itineraries for leg in one.legs):
        assert _most_lying(network, records) <= max(
            room.capacity_kg, int(records.unit_mass_kg.max(initial=0))
        )


def _most_lying(network: Network, records: Records) -> int:
    """Return the most mass (kg) between handling that needs room and boarding, from the records."""
    needs = [leg.elements[0] for one in network.itineraries for leg in one.legs if leg.room is not None]
    changes: list[tuple[int, int]] = []
    boards: dict[int, list[int]] = {}
    for vehicle, unit in zip(records.load_vehicle.tolist(), records.load_consignment.tolist(), strict=True):
        if records.unit_kind[vehicle] >= TRAIN:
            boards.setdefault(unit, []).append(int(records.unit_released_at[vehicle]))
    for row in np.flatnonzero(np.isin(records.visit_element, needs)).tolist():
        unit, at_s = int(records.visit_unit[row]), int(records.visit_arrived_at[row])
        if records.unit_kind[unit] != CONSIGNMENT:
            continue
        mass_kg = int(records.unit_mass_kg[unit])
        changes.append((at_s, mass_kg))
        after = [out for out in boards.get(unit, []) if out >= at_s]
        if after:
            changes.append((min(after), -mass_kg))
    level = most = 0
    for _, change in sorted(changes):
        level += change
        most = max(most, level)
    return most
