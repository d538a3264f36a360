"""Nothing leaks: tonnes and hours of random networks add up."""

import numpy as np
import pytest
from accounts import named_and_taken_s
from cases import DAY_S, run
from hypothesis import given, settings
from strategies import DAYS, cases

from sim.indicators.measure import measure
from sim.indicators.table import Key
from sim.records.columns import CONSIGNMENT, NOT_YET

SETTINGS = settings(max_examples=40, derandomize=True, deadline=None)


@SETTINGS
@given(cases())
def test_tonnes_released_are_delivered_or_unfinished(case):
    """At the end and at four instants before it: released = delivered + with a vehicle or waiting, each
    once.
    """
    network, records = run(case)
    numbers = measure(network, records)
    parts = [
        numbers[Key(name, "network", "all")] for name in ("released", "delivered", "unfinished", "unserved")
    ]
    assert parts[0] == pytest.approx(parts[1] + parts[2], abs=1e-6)
    assert parts[3] <= parts[2] + 1e-6
    freight = records.unit_kind == CONSIGNMENT
    for at_s in (DAY_S, 3 * DAY_S, 5 * DAY_S, DAYS * DAY_S - 1):
        released = freight & (records.unit_released_at <= at_s)
        delivered = freight & (records.unit_delivered_at != NOT_YET) & (records.unit_delivered_at <= at_s)
        held = _whereabouts(records, at_s)
        assert (delivered <= released).all()
        assert np.array_equal(released & ~delivered, freight & (held > 0))


def _whereabouts(records, at_s):
    """Return in how many visits each consignment is at an instant, in its own or in those of its vehicles."""
    left = np.where(records.visit_left_at == NOT_YET, 2**31 - 1, records.visit_left_at)
    present = (records.visit_arrived_at <= at_s) & (left > at_s)
    count = np.bincount(records.visit_unit[present], minlength=len(records.unit_kind))
    aboard = np.bincount(
        records.load_consignment, weights=count[records.load_vehicle], minlength=len(records.unit_kind)
    )
    return count + aboard


@SETTINGS
@given(cases())
def test_vehicles_carry_all_of_every_shipment_once_a_leg(case):
    """The loads of a vehicle sum to its mass; a shipment's parts on one kind of vehicle are whole
    multiples of it.
    """
    _, records = run(case)
    units = len(records.unit_kind)
    vehicles = records.unit_kind != CONSIGNMENT
    loaded = np.bincount(records.load_vehicle, weights=records.load_mass_kg, minlength=units)
    assert np.array_equal(loaded[vehicles], records.unit_mass_kg[vehicles])
    for kind in (1, 2, 3):
        mine = records.unit_kind[records.load_vehicle] == kind
        carried = np.bincount(
            records.load_consignment[mine], weights=records.load_mass_kg[mine], minlength=units
        )
        assert (carried % np.maximum(records.unit_mass_kg, 1) == 0).all()


@SETTINGS
@given(cases())
def test_every_second_of_a_delivered_shipment_has_a_name(case):
    """Its visits and those of the vehicle that carried it follow each other without gap: they sum to its
    time.
    """
    _, records = run(case)
    total, took = named_and_taken_s(records)
    assert np.array_equal(total, took)


@SETTINGS
@given(cases())
def test_nobody_overtakes_in_a_queue(case):
    """At every server who arrives earlier starts no later, and who still waits came after all who started."""
    network, records = run(case)
    of_server = np.array([-1 if e.server is None else e.server for e in network.elements])
    for server in range(len(network.servers)):
        mine = of_server[records.visit_element] == server
        arrived, started = records.visit_arrived_at[mine], records.visit_started_at[mine].astype(np.int64)
        started[started == NOT_YET] = 2**40
        order = np.lexsort((started, arrived))
        assert (np.diff(started[order]) >= 0).all()


@SETTINGS
@given(cases())
def test_visits_are_in_order_and_servers_are_not_overfull(case):
    """arrived <= started <= left; never more at once in a station than it has places."""
    network, records = run(case)
    begun = records.visit_started_at != NOT_YET
    assert (records.visit_arrived_at <= np.where(begun, records.visit_started_at, 2**31 - 1)).all()
    assert (records.visit_started_at[begun] <= records.visit_left_at[begun]).all()
    for number, element in enumerate(network.elements):
        if element.server is None or network.servers[element.server].daily or element.hold_s is not None:
            continue
        mine = begun & (records.visit_element == number)
        starts, ends = np.sort(records.visit_started_at[mine]), np.sort(records.visit_left_at[mine])
        inside = np.arange(1, len(starts) + 1) - np.searchsorted(ends, starts, side="right")
        assert inside.max(initial=0) <= network.servers[element.server].places.first


@SETTINGS
@given(cases())
def test_the_same_luck_gives_the_same_records(case):
    """Two simulations of one replication agree in every column."""
    _, one = run(case)
    _, other = run(case)
    for name, column in vars(one).items():
        assert np.array_equal(column, getattr(other, name))
