"""Posts that are closed at night, and daily acceptances, against figures worked out by hand."""

from datetime import date

import pytest
from cases import DAY_S, HOUR_S, START, border_case, drive, f, figures, run, serve, step, visits

from sim.clock import Calendar, Clock, Timeline
from sim.indicators.measure import measure
from sim.indicators.table import Key
from sim.model.case import DatedValue

H = HOUR_S
EIGHT_TO_TEN = Calendar(Timeline((8 * H, 10 * H)))


def test_a_post_closed_at_night_serves_a_regular_stream_as_worked_out_by_hand():
    """Open 8-10 h, one server of 45 min, an arrival every hour from 7 h.

    First day: 7 h starts 8:00, 8 h starts 8:45, 9 h starts 9:30 and runs over closing time to 10:15; 10 h and
    11 h wait for the next morning, 8:00 and 8:45.
    """
    starts = serve(1, [h * H for h in (7, 8, 9, 10, 11)], [45 * 60] * 5, EIGHT_TO_TEN)
    assert starts == [8 * H, 8 * H + 2700, 9 * H + 1800, 32 * H, 32 * H + 2700]


def test_who_arrives_at_closing_time_waits_and_at_opening_time_does_not():
    """Hours are half-open: closed at 10:00:00 sharp, open at 8:00:00 sharp."""
    assert serve(1, [8 * H, 10 * H - 1, 10 * H], [60, 60, 60], EIGHT_TO_TEN) == [8 * H, 10 * H - 1, 32 * H]


def test_a_daily_acceptance_lets_a_fluid_through_as_worked_out_by_hand():
    """10 arrive at 1 h of day 0 and of day 1, 4 a day may pass: 4, 4, 4, 4, 4 on the midnights of days 0
    to 4.
    """
    starts = serve(4, [H] * 10 + [DAY_S + H] * 10, [0] * 20, daily=True)
    assert starts == [H] * 4 + [DAY_S] * 4 + [2 * DAY_S] * 4 + [3 * DAY_S] * 4 + [4 * DAY_S] * 4


def test_what_a_day_does_not_use_of_the_acceptance_is_lost():
    """2 pass on day 0, nobody on day 1; on day 2 only 4 of 9 pass all the same, on day 3 4, on day 4 the
    last.
    """
    starts = serve(4, [0, 0] + [2 * DAY_S + H] * 9, [0] * 11, daily=True)
    assert starts == [0, 0] + [2 * DAY_S + H] * 4 + [3 * DAY_S] * 4 + [4 * DAY_S]


def test_the_backlog_of_an_overloaded_acceptance_grows_by_what_exceeds_it():
    """30 a day arrive, 20 may pass: after 60 days 600 wait, and the mean wait of the last is 600 / 20 = 30
    days.
    """
    case = border_case(30 / 24, {"customs": step(99, 1.0)}, 60, post={"quota": 20})
    network, records = run(case)
    rows = visits(network, records, "gate/outbound/acceptance")
    backlog = sum(started < 0 for _, started, _ in rows)
    assert backlog == len(rows) - 20 * 60
    assert backlog == pytest.approx(600, abs=3 * (30 * 60) ** 0.5)
    last = max(row for row in rows if row[1] >= 0)
    assert (last[1] - last[0]) / DAY_S == pytest.approx(backlog / 30, abs=2)


def test_empty_vehicles_use_up_their_share_of_the_quota():
    """Of 20 a day a quarter cross empty: 15 loaded pass on each of the first 10 days."""
    case = border_case(5.0, {"customs": step(99, 1.0)}, 10, post={"quota": 20, "empty": 0.25})
    numbers = measure(*run(case))
    assert numbers[Key("vehicles", "post", "gate", "road", "outbound")] == 150
    assert numbers[Key("utilisation", "server", "gate/outbound/acceptance")] == 1


@pytest.mark.parametrize(("first", "then"), [(1, 3), (3, 1)])
def test_more_or_fewer_servers_take_effect_at_their_second(first, then):
    """Ten wait from 0 s for services of 1000 s; at 2500 s the servers change from `first` to `then`.

    1 to 3: starts at 0, 1000, 2000, two more at 2500, then at each end. 3 to 1: three at 0, 1000 and 2000;
    those run out at 3000, from when one serves alone.
    """
    starts = serve(Timeline(first, ((2500, then),)), [0] * 10, [1000] * 10)
    if first == 1:
        assert starts == [0, 1000, 2000, 2500, 2500, 3000, 3500, 3500, 4000, 4500]
    else:
        assert starts == [0] * 3 + [1000] * 3 + [2000] * 3 + [3000]


def test_a_dated_number_of_servers_reaches_the_queue_at_midnight_of_its_date():
    """One server until 3 January, two from then: ten one-day services start on days 0, 1, 2, 2, 3, 3, 4,
    4, 5, 5.
    """
    path = ("posts", "gate", "outbound", "steps", "customs", "servers")
    dated = [DatedValue(path, 2, date(2025, 1, 3), None)]
    case = border_case(1.0, {"customs": step(1, 1440.0)}, 9, dated=dated)
    network, records = drive(case, freight=[0] * 10)
    days = [started // DAY_S for _, started, _ in visits(network, records, "gate/outbound/customs")]
    assert days == [0, 1, 2, 2, 3, 3, 4, 4, 5, 5]


def test_dated_hours_hold_from_their_date_until_the_one_that_ends_them():
    """Open 8-10 h, but all day on 3 and 4 January: who comes at noon of day n starts next morning or at
    once.
    """
    path = ("posts", "gate", "outbound", "steps", "customs", "hours")
    dated = [DatedValue(path, "24h", date(2025, 1, 3), date(2025, 1, 5))]
    case = border_case(1.0, {"customs": step(1, 1.0, 0.0, "08:00-10:00")}, 9, dated=dated)
    noons = [day * DAY_S + 12 * H for day in range(5)]
    network, records = drive(case, freight=noons)
    starts = [started for _, started, _ in visits(network, records, "gate/outbound/customs")]
    assert starts == [DAY_S + 8 * H, 2 * DAY_S, noons[2], noons[3], 5 * DAY_S + 8 * H]


def test_a_dated_quota_holds_from_its_midnight():
    """2 a day, from day 2 5 a day: of 12 that wait 2, 2, 5 and 3 pass."""
    path = ("posts", "gate", "outbound", "quota_vehicles_per_day")
    dated = [DatedValue(path, 5, date(2025, 1, 3), None)]
    case = border_case(1.0, {"customs": step(99, 1.0)}, 9, dated=dated, post={"quota": 2})
    network, records = drive(case, freight=[0] * 12)
    days = [started // DAY_S for _, started, _ in visits(network, records, "gate/outbound/acceptance")]
    assert days == [0] * 2 + [1] * 2 + [2] * 5 + [3] * 3


def test_a_dated_value_from_before_the_run_holds_from_its_start():
    """Three servers since 2020: three one-day services start together on day 0."""
    path = ("posts", "gate", "outbound", "steps", "customs", "servers")
    case = border_case(
        1.0, {"customs": step(1, 1440.0)}, 9, dated=[DatedValue(path, 3, date(2020, 1, 1), None)]
    )
    network, records = drive(case, freight=[0] * 3)
    assert [row[1] for row in visits(network, records, "gate/outbound/customs")] == [0, 0, 0]


def test_service_times_that_change_hold_for_who_comes_after():
    """10 min until 2 January, 20 min from then: exact, as cv is 0."""
    path = ("posts", "gate", "outbound", "steps", "customs", "service_min")
    case = border_case(
        1.0, {"customs": step(9, 10.0)}, 3, dated=[DatedValue(path, 20.0, date(2025, 1, 2), None)]
    )
    network, records = drive(case, freight=[DAY_S - 1, DAY_S])
    rows = visits(network, records, "gate/outbound/customs")
    assert [left - started for _, started, left in rows] == [600, 1200]


def test_the_clock_of_a_run_starts_at_midnight():
    """Second 0 is midnight of the first day; the figures of a dated change are given by date."""
    assert Clock(START).at(date(2025, 2, 1)) == 31 * DAY_S
    assert figures(a=None, b=1) == {"b": f(1)}
