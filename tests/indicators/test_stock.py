"""Train sets in use, by hand and against counting second by second."""

from datetime import date

import numpy as np
import pytest
from cases import HOUR_S, a_case, closed, commodity, drive, fleet, fleets, flow, places, rail
from hypothesis import given
from hypothesis import strategies as st

from sim.clock import Timeline, Window
from sim.indicators.measure import measure
from sim.indicators.stock import _shares, departures, uses
from sim.indicators.table import Key

H = HOUR_S
MEAN, MOST = (Key(name, "fleet", "train", "rail-1435") for name in ("sets_in_use", "sets_in_use_max"))


def railway(arrivals, days=1, states=(), sets=4):
    """Lots that fill a train at once, an hour to the other end, two to turn round."""
    turned = {"sets": sets, "turnaround_h": 2.0} if sets else {}
    train = fleet("rail-1435", 1000.0, maximum_wait_h=24.0, **turned)
    case = a_case(
        days,
        places=places(a="IR", b="IR"),
        sections={"s": rail("a", "b")},
        states=states,
        fleets=fleets(train=train),
        commodities={"goods": commodity(1000.0)},
        demand={"freight": flow("a", "b", 1.0, 1000.0)},
    )
    return drive(case, freight=arrivals)


def test_a_set_is_taken_there_while_it_is_turned_round_and_on_the_way_back():
    """1 + 2 + 1 h each. Two trains an hour apart, four sets, one day: 8 of 96 h, two at once at most."""
    network, records = railway([0, H])
    taken, freed = uses(network, records, 0)
    assert (taken.tolist(), freed.tolist()) == ([0, H], [4 * H, 5 * H])
    numbers = measure(network, records)
    assert numbers[MEAN] == pytest.approx(8 / 96)
    assert numbers[MOST] == 2 / 4


def test_a_train_that_is_held_keeps_its_set_to_the_end():
    """Closed on 2 and 3 January, and the run ends before: the train of noon stands there with its set."""
    states = [closed("sections", "s", date(2025, 1, 2), date(2025, 1, 4))]
    network, records = railway([36 * H], days=2, states=states)
    assert departures(network, records, "rail-1435")[1].tolist() == [36 * H]
    assert measure(network, records)[MEAN] == pytest.approx(12 / (4 * 48))


def test_who_did_not_wait_for_a_set_counts_as_none():
    """Four sets: the fleet has a mean wait for one, and it is 0."""
    numbers = measure(*railway([0, H]))
    assert numbers[MEAN._replace(indicator="wait_stock")] == 0


def test_the_mean_wait_for_a_set_is_over_all_who_left():
    """One set of 4 h, trains due at 0, 1 and 2 h: they leave at 0, 4 and 8 h, after waits of 0, 3 and 6 h."""
    numbers = measure(*railway([0, H, 2 * H], sets=1))
    assert numbers[MEAN._replace(indicator="wait_stock")] == pytest.approx((0 + 3 + 6) / 3)
    assert numbers[MEAN._replace(indicator="waiting_stock")] == pytest.approx(1000 * (3 + 6) / 24)


def test_without_pools_there_is_nothing_to_tell():
    network, records = railway([0], sets=None)
    assert not any(key.scope == "fleet" for key in measure(network, records))


@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(1, 30)), max_size=8),
    st.tuples(st.integers(1, 9), st.integers(1, 9), st.integers(1, 59)),
    st.tuples(st.integers(0, 20), st.integers(21, 60)),
)
def test_shares_are_those_counted_second_by_second(trips, stock, period):
    """At every whole second of the window: who has a set, and how many there are."""
    first, later, changes_at = stock
    window = Window(*period)
    sets = Timeline(first, ((changes_at, later),))
    taken = np.sort(np.array([at for at, _ in trips], dtype=np.int64))
    freed = np.sort(np.array([at + lasts for at, lasts in trips], dtype=np.int64))
    seconds = range(window.start_s, window.end_s)
    used = [sum(at <= s < at + lasts for at, lasts in trips) for s in seconds]
    owned = [first if s < changes_at else later for s in seconds]
    mean, most = _shares(taken, freed, sets, window)
    assert mean == pytest.approx(sum(used) / sum(owned))
    assert most == pytest.approx(max(u / o for u, o in zip(used, owned, strict=True)))
