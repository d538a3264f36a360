"""The join of visits with the freight aboard, against one written as loops."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from recorder import Recorder

from sim.clock import Window
from sim.indicators.passages import passages
from sim.records import tables
from sim.records.columns import CONSIGNMENT, TRAIN

SETTINGS = settings(max_examples=60, derandomize=True, deadline=None)


@st.composite
def recorders(draw):
    recorder = Recorder()
    kinds = draw(st.lists(st.sampled_from([CONSIGNMENT, TRAIN]), min_size=1, max_size=8))
    for kind in kinds:
        recorder.unit(kind, draw(st.integers(1, 99)), 0, 0, 0)
    freight = [number for number, kind in enumerate(kinds) if kind == CONSIGNMENT]
    for vehicle in draw(st.permutations([number for number, kind in enumerate(kinds) if kind == TRAIN])):
        for consignment in draw(st.lists(st.sampled_from(freight), max_size=3)) if freight else []:
            recorder.load(vehicle, consignment, draw(st.integers(1, 9)))
    for unit in draw(st.lists(st.integers(0, len(kinds) - 1), max_size=12)):
        recorder.visit(unit, draw(st.integers(0, 3)), 0, 0, draw(st.integers(-1, 20)))
    return recorder


@SETTINGS
@given(recorders(), st.integers(1, 13))
def test_passages_are_those_of_a_plain_join(recorder, chunk_rows):
    """Every visit left in [5, 15), with its own mass if it is freight's, else with every load of its
    vehicle; however few visits are looked at at once.
    """
    records = recorder.records(20)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "CHUNK_ROWS", chunk_rows)
        parts = list(passages(records, Window(5, 15)))
    found = sorted(
        row
        for part in parts
        for row in zip(part.visit.tolist(), part.consignment.tolist(), part.mass_kg.tolist(), strict=True)
    )
    loads = list(
        zip(
            records.load_vehicle.tolist(),
            records.load_consignment.tolist(),
            records.load_mass_kg.tolist(),
            strict=True,
        )
    )
    expected = []
    for row, (unit, left) in enumerate(
        zip(records.visit_unit.tolist(), records.visit_left_at.tolist(), strict=True)
    ):
        if not 5 <= left < 15:
            continue
        if records.unit_kind[unit] == CONSIGNMENT:
            expected.append((row, unit, int(records.unit_mass_kg[unit])))
        else:
            expected += [(row, consignment, mass) for vehicle, consignment, mass in loads if vehicle == unit]
    assert found == sorted(expected)
    assert {part.mass_kg.dtype for part in parts} == {np.dtype(np.int64)}
