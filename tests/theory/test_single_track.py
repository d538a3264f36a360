"""How many trains a saturated single track passes where meeting takes longer than following.

By the model of `sim.model.railways`: 20 paths a day are one every 72 min on the mean; one loop in four hours
of running makes a train keep out one from the other end for 2 h 4 min, and so a follower for 20 min.
"""

from itertools import pairwise

import numpy as np
import pytest
from cases import DAY_S, a_case, commodity, drive, element, f, flow, places, rail, run

DAYS = 300
PATHS, TRAIN_T = 20, 1000.0
FOLLOWING_S, CROSSING_S = 20 * 60, 124 * 60


def line(per_h, back_per_h, days=DAYS):
    """Return a case of a line of 240 km at 60 km/h with a loop halfway; every lot fills a train."""
    track = rail("a", "b", 240.0, mt=PATHS * 365 * TRAIN_T / 1e6) | {"crossing_loops": f(1)}
    return a_case(
        days,
        places=places(a="IR", b="IR"),
        sections={"s": track},
        commodities={"goods": commodity(TRAIN_T)},
        demand={"there": flow("a", "b", per_h, TRAIN_T), "back": flow("b", "a", back_per_h, TRAIN_T)},
    )


def trains(network, records):
    """Return (arrived, way, started), s, of all trains, in the order in which they came to the line."""
    of_way = [element(network, f"s/{way}") for way in ("outbound", "inbound")]
    mine = np.flatnonzero(np.isin(records.visit_element, of_way))
    arrived, way, started = (
        column[mine].tolist()
        for column in (records.visit_arrived_at, records.visit_element, records.visit_started_at)
    )
    return sorted(
        zip(arrived, way, started, strict=True),
        key=lambda row: (row[0], row[2] if row[2] >= 0 else 2**40),
    )


def test_the_gaps_of_the_line_are_those_worked_out_by_hand():
    """(20 + 124) / 2 = 72 min = 24 h / 20."""
    network, _ = drive(line(0.1, 0.1, 2), there=[], back=[])
    tracks = [one for one in network.elements if one.kind == "section"]
    assert {(one.hold_s, one.cross_s) for one in tracks} == {(FOLLOWING_S, CROSSING_S)}
    assert (FOLLOWING_S + CROSSING_S) / 2 == DAY_S / PATHS


@pytest.mark.parametrize(("there", "back"), [(1.0, 1.0), (1.5, 0.5), (0.3, 1.7)])
def test_a_saturated_single_track_passes_one_train_per_mean_gap(there, back):
    """Two trains an hour come in random order, a share p one way: 2 p (1 - p) of the gaps are the longer one.

    With as many each way that is half: the capacity that is stated. Within three standard deviations.
    """
    found = trains(*run(line(there, back)))
    share = there / (there + back)
    crossed = 2 * share * (1 - share)
    mean_s = crossed * CROSSING_S + (1 - crossed) * FOLLOWING_S
    passed = sum(started >= 0 for _, _, started in found)
    spread_s = (CROSSING_S - FOLLOWING_S) * 0.5
    assert len(found) > 1.3 * passed
    assert passed == pytest.approx(DAYS * DAY_S / mean_s, abs=3 * passed**0.5 * spread_s / mean_s)


def test_every_train_starts_when_the_gap_behind_the_one_before_is_over():
    """The recursion of the line, exact for all of them: start = max(arrival, start before + its gap)."""
    found = [row for row in trains(*run(line(0.45, 0.3))) if row[2] >= 0]
    exact = [found[0][0]]
    for (_, before, _), (arrived, way, _) in pairwise(found):
        exact.append(max(arrived, exact[-1] + (FOLLOWING_S if way == before else CROSSING_S)))
    assert [started for _, _, started in found] == exact
    assert len(found) > 4000


def test_strict_turns_pass_fewer_and_one_way_passes_more_than_the_capacity():
    """Always meeting: one in 124 min; always following: one in 20 min, so 72 a day instead of 20."""
    network, records = drive(line(0.1, 0.1, 10), there=range(0, 500, 2), back=range(1, 500, 2))
    starts = [row[2] for row in trains(network, records) if row[2] >= 0]
    assert {b - a for a, b in pairwise(starts)} == {CROSSING_S}
    assert len(starts) == -(-10 * DAY_S // CROSSING_S)
    network, records = drive(line(0.1, 0.1, 10), there=range(900), back=[])
    starts = [row[2] for row in trains(network, records) if row[2] >= 0]
    assert {b - a for a, b in pairwise(starts)} == {FOLLOWING_S}
    assert len(starts) == 10 * 72
