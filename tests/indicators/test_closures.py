"""Backlog and recovery by hand: one server, one truck an hour, half an hour of service, a day closed."""

from datetime import date

import numpy as np
import pytest
from cases import DAY_S, HOUR_S, border_case, closed, drive, event, step
from hypothesis import given
from hypothesis import strategies as st

from sim.clock import NEVER, Window
from sim.indicators.closures import disturbances
from sim.indicators.measure import measure
from sim.indicators.table import Key
from sim.indicators.waiting import waiting

END_S = 60 * DAY_S
HALF_S = HOUR_S // 2
GATE = Key("", "post", "gate", "road", "outbound")


def queue(*closures, service_s=HALF_S):
    """Who waits when one comes at every full hour to one server: each starts when all before are done."""
    begins = np.arange(0, END_S, HOUR_S)
    ends, free_at = [], 0
    for at_s in begins.tolist():
        start_s = max(at_s, free_at)
        for window in closures:
            start_s = window.end_s if window.start_s <= start_s < window.end_s else start_s
        ends.append(start_s)
        free_at = start_s + service_s
    waits = np.array(ends) > begins
    return waiting(begins[waits], np.array(ends)[waits], np.full(int(waits.sum()), 20_000))


def test_a_day_closed_leaves_a_days_trucks_and_takes_as_long_again():
    """24 come and wait. Two an hour then leave and one comes: the 48th starts after 23.5 hours, the next at
    once.
    """
    shut = Window(10 * DAY_S, 11 * DAY_S)
    (one,) = disturbances((shut,), queue(shut), END_S)
    assert (one.units, one.mass_kg) == (24, 24 * 20_000)
    assert one.days == pytest.approx(23.5 / 24)


def test_two_closures_with_nothing_recovered_between_are_one():
    """The second comes 12 hours after the first, when 12 still wait: 36 at most, back 35.5 hours later."""
    first, second = Window(10 * DAY_S, 11 * DAY_S), Window(11 * DAY_S + DAY_S // 2, 12 * DAY_S + DAY_S // 2)
    (one,) = disturbances((first, second), queue(first, second), END_S)
    assert one.windows == (first, second)
    assert one.units == 36
    assert one.days == pytest.approx(35.5 / 24)


def test_two_closures_far_apart_are_two():
    """Ten days between: each with its own backlog and recovery."""
    both = (Window(10 * DAY_S, 11 * DAY_S), Window(20 * DAY_S, 22 * DAY_S))
    found = disturbances(both, queue(*both), END_S)
    assert [one.units for one in found] == [24, 48]
    assert [one.days for one in found] == pytest.approx([23.5 / 24, 47.5 / 24])


def test_without_capacity_to_spare_the_queue_never_recovers():
    """One comes and one leaves an hour: the day's trucks stay, and no days are told."""
    shut = Window(10 * DAY_S, 11 * DAY_S)
    (one,) = disturbances((shut,), queue(shut, service_s=HOUR_S), END_S)
    assert one.recovered_s == NEVER
    assert one.days is None


def test_a_closure_that_lasts_to_the_end_is_not_recovered_from():
    """Its backlog is what waits at the end of the run."""
    shut = Window(END_S - DAY_S, NEVER)
    (one,) = disturbances((shut,), queue(Window(END_S - DAY_S, 2 * END_S)), END_S)
    assert (one.units, one.days) == (24, None)


def test_a_closed_post_tells_it_by_the_day_it_closed():
    """The same by simulation: 11 January closed, 24 trucks of 20 t, back after 23.5 hours."""
    shut = closed("posts", "gate", date(2025, 1, 11), date(2025, 1, 12))
    case = border_case(1.0, {"customs": step(1, 30.0)}, 40, states=[shut])
    network, records = drive(case, freight=list(range(0, 40 * DAY_S, HOUR_S)))
    found = {
        key.indicator: value
        for key, value in measure(network, records).items()
        if key == GATE._replace(indicator=key.indicator, period="2025-01-11")
    }
    assert found["closed_days"] == 1
    assert (found["backlog"], found["backlog_mass"], found["recovered"]) == (24, 480, 1)
    assert found["days_to_recover"] == pytest.approx(23.5 / 24)


def test_events_are_counted_without_a_date():
    """Storms of a day: their number and days are those that were drawn, none has a date."""
    case = border_case(
        1.0, {"customs": step(1, 30.0)}, 200, events={"storm": event(["gate"], per_year=6.0, hours=24.0)}
    )
    network, records = drive(case, freight=list(range(0, 200 * DAY_S, HOUR_S)))
    windows = network.servers[0].calendar.closures
    inside = [window for window in windows if 0 < window.start_s < 200 * DAY_S]
    numbers = measure(network, records)
    assert numbers[GATE._replace(indicator="closures")] == len(inside) > 0
    lasted = sum(min(one.end_s, 200 * DAY_S) - one.start_s for one in inside) / DAY_S
    assert numbers[GATE._replace(indicator="closed_days")] == pytest.approx(lasted)
    assert not [key for key in numbers if key.indicator == "backlog" and key.period]


STAYS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), min_size=1, max_size=12)


@given(STAYS, st.integers(0, 3), st.integers(1, 20), st.integers(0, 80))
def test_back_for_is_the_first_instant_of_so_long_a_calm(stays, level, lasting, since):
    """Against counting second by second."""
    end = 120
    begins = np.array([at for at, _ in stays])
    ends = begins + np.array([long for _, long in stays])
    found = waiting(begins, ends, np.ones_like(begins))
    length = [int(((begins <= at) & (at < ends)).sum()) for at in range(end)]
    calm = [
        at
        for at in range(since, end - lasting + 1)
        if all(count <= level for count in length[at : at + lasting])
    ]
    assert found.back_for(lasting, level, since, end) == (calm[0] if calm else NEVER)
    assert found.longest(since, end) == max(length[since:])
    assert found.heaviest_kg(since, end) == max(length[since:])
