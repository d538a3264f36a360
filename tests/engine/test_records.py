"""The columns that a run leaves behind."""

import numpy as np
from cases import HOUR_S, a_case, drive, flow, places, rail, road, terminal, visits
from recorder import Recorder

from sim.records.columns import CONSIGNMENT, NOT_YET, TRAIN


def test_an_empty_run_has_empty_columns():
    """No row, no error, whole numbers of four bytes."""
    records = Recorder().records(10)
    assert records.end_s == 10
    assert records.size_bytes == 0
    assert all(
        column.dtype == np.int32 for column in vars(records).values() if isinstance(column, np.ndarray)
    )


def test_rows_come_back_as_they_went_in():
    """Every column under its own name."""
    recorder = Recorder()
    freight = recorder.unit(CONSIGNMENT, 20_000, 5, 1, 2)
    train = recorder.unit(TRAIN, 20_000, 6)
    recorder.load(train, freight, 20_000)
    recorder.visit(train, 7, 10, 11, 12)
    recorder.deliver(freight, 13)
    recorder.depart(0, 20, 90, 2, 600)
    recorder.arrive(recorder.depart(1, 30, 80, 0, 500), 40)
    rows = {name: column.tolist() for name, column in vars(recorder.records(99)).items() if name != "end_s"}
    assert rows == {
        "visit_unit": [1],
        "visit_element": [7],
        "visit_arrived_at": [10],
        "visit_started_at": [11],
        "visit_left_at": [12],
        "unit_kind": [CONSIGNMENT, TRAIN],
        "unit_flow": [1, NOT_YET],
        "unit_itinerary": [2, NOT_YET],
        "unit_mass_kg": [20_000, 20_000],
        "unit_released_at": [5, 6],
        "unit_delivered_at": [13, NOT_YET],
        "load_vehicle": [1],
        "load_consignment": [0],
        "load_mass_kg": [20_000],
        "departure_timetable": [0, 1],
        "departure_left_at": [20, 30],
        "departure_arrived_at": [NOT_YET, 40],
        "departure_boarded": [90, 80],
        "departure_turned_away": [2, 0],
        "departure_waited_min": [600, 500],
    }


def test_a_chain_of_truck_terminal_and_train_is_recorded_hop_by_hop():
    """One hour by road, 20 t at 100 Mt a year over 10 points 63 s, 24 h for the train, one hour by rail."""
    case = a_case(
        5,
        places=places(a="IR", b="IR", c="IR"),
        sections={"ab": road("a", "b"), "bc": rail("b", "c")},
        terminals={"yard": terminal("b")},
        demand={"freight": flow("a", "c")},
    )
    network, records = drive(case, freight=[0])
    handled = HOUR_S + 63
    assert visits(network, records, "ab/outbound") == [(0, 0, HOUR_S)]
    assert visits(network, records, "yard/road-to-rail-1435") == [(HOUR_S, HOUR_S, handled)]
    left = handled + 24 * HOUR_S
    assert visits(network, records, "b/train-formation") == [(handled, left, left)]
    assert visits(network, records, "bc/outbound") == [(left, left, left + HOUR_S)]
    assert records.unit_delivered_at.tolist() == [left + HOUR_S] * 2


def test_who_still_waits_at_the_end_is_a_row_without_a_start():
    """The run ends at one day; the train would leave after 24 h and some."""
    case = a_case(
        1, places=places(a="IR", b="IR"), sections={"ab": rail("a", "b")}, demand={"freight": flow("a", "b")}
    )
    network, records = drive(case, freight=[100])
    assert visits(network, records, "a/train-formation") == [(100, NOT_YET, NOT_YET)]
    assert records.unit_delivered_at.tolist() == [NOT_YET]
