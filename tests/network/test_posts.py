"""Border posts compiled: who goes first, who is facilitated, and holidays, against numbers worked by hand."""

from datetime import date

import pytest
from cases import DAY_S, HOUR_S, closed, element, f, flow, places, post, road, step
from cases import a_case as case_of
from hypothesis import given
from hypothesis import strategies as st

from sim.choice.capacity import Capacities
from sim.clock import ALL_DAY, Calendar, Timeline, Window
from sim.network.compile import compile_case
from sim.network.holidays import holiday_wait_h


def holiday(first, last=None):
    return {"name": "H", "first": first, "assumed": "test"} | ({"last": last} if last else {})


def holidays(*days, country="IR"):
    return {"theirs": {"title": "t", "country": country, "days": dict(enumerate_ids(days))}}


def enumerate_ids(days):
    return ((f"day-{number}", day) for number, day in enumerate(days))


def gate(customs, days=30, crossing=None, **kinds):
    """One post a-b with one step outbound."""
    made = post("a", "b", {"customs": customs}, quota=100)
    made["outbound"] |= crossing or {}
    return case_of(
        days,
        places=places(a="IR", b="AZ"),
        posts={"gate": made},
        demand={"freight": flow("a", "b", 1.0)},
        **kinds,
    )


def server_of(network, name):
    return network.servers[network.elements[element(network, name)].server]


def test_nothing_is_urgent_or_facilitated_unless_the_files_say_so():
    network = compile_case(gate(step()))
    for one in network.elements:
        assert (one.urgent, one.facilitated_share, one.facilitated_factor) == ((), 0.0, 1.0)


def test_urgent_goods_go_first_where_they_are_named():
    """At the acceptance, at the step, or at either alone."""
    network = compile_case(gate(step() | {"urgent": ["goods"]}))
    assert network.elements[element(network, "gate/outbound/customs")].urgent == ("goods",)
    assert network.elements[element(network, "gate/outbound/acceptance")].urgent == ()
    network = compile_case(gate(step(), crossing={"urgent": ["goods"]}))
    assert network.elements[element(network, "gate/outbound/customs")].urgent == ()
    assert network.elements[element(network, "gate/outbound/acceptance")].urgent == ("goods",)


def facilitated(of_all, factor, **more):
    return step(4, 60.0, **more) | {"facilitated_share": f(of_all), "facilitated_factor": f(factor)}


def test_free_flow_time_is_the_mean_over_facilitated_and_others():
    """A quarter needs 30 instead of 60 minutes: 52.5 on the mean, 0.875 h; of half that stop, 0.4375 h."""
    network = compile_case(gate(facilitated(0.25, 0.5)))
    assert network.itineraries[0].free_flow_h == pytest.approx(0.875)
    assert network.elements[element(network, "gate/outbound/customs")].service_s.first == HOUR_S
    network = compile_case(gate(facilitated(0.25, 0.5, share=0.5)))
    assert network.itineraries[0].free_flow_h == pytest.approx(0.4375)


def test_choice_expects_the_mean_service_of_facilitated_and_others():
    """A truck of 20 t asks the step for 52.5 minutes on the mean."""
    network = compile_case(gate(facilitated(0.25, 0.5)))
    number = network.elements[element(network, "gate/outbound/customs")].server
    assert Capacities(network).asked[0, number] == pytest.approx(52.5 * 60 / 20)


@given(share=st.floats(0, 1), factor=st.floats(0.01, 1), minutes=st.floats(1, 600))
def test_a_mean_is_kept_by_dividing_the_minutes_by_the_mean_factor(share, factor, minutes):
    """What the corridor files do where known minutes are a mean over all vehicles."""
    network = compile_case(gate(facilitated(share, factor)))
    one = network.elements[element(network, "gate/outbound/customs")]
    kept = minutes / one.mean_factor
    assert share * factor * kept + (1 - share) * kept == pytest.approx(minutes)


def test_a_step_closes_on_the_holidays_of_its_side():
    """The run begins on 1 January 2025: yearly holidays on the 3rd and 4th, one on the 10th."""
    days = holidays(holiday("01-03", "01-04"), holiday("2025-01-10"), holiday("2026-01-12"))
    network = compile_case(gate(step() | {"on_holidays": "closed"}, holidays=days))
    assert server_of(network, "gate/outbound/customs").calendar.closures == (
        Window(2 * DAY_S, 4 * DAY_S),
        Window(9 * DAY_S, 10 * DAY_S),
    )
    assert server_of(network, "gate/outbound/acceptance").calendar.closures == ()
    assert server_of(network, "gate/inbound/customs").calendar.closures == ()


@pytest.mark.parametrize(
    ("side", "on", "closed_days"), [("IR", "closed", 2), ("IR", "open", 0), ("AZ", "closed", 0)]
)
def test_only_the_holidays_of_its_own_side_close_a_step(side, on, closed_days):
    days = holidays(holiday("01-03", "01-04")) | {
        "others": {"title": "t", "country": "AZ", "days": {"may": holiday("05-28")}}
    }
    network = compile_case(gate(step(side=side) | {"on_holidays": on}, holidays=days))
    shut = server_of(network, "gate/outbound/customs").calendar.closed_s(0, 30 * DAY_S)
    assert shut == closed_days * DAY_S


def test_a_holiday_over_the_edge_of_a_run_counts_with_its_part():
    """The run has 5 days: of a holiday from 31 December to 2 January none before, of 5 to 9 January one."""
    days = holidays(holiday("2024-12-31"), holiday("01-01", "01-02"), holiday("01-05", "01-09"))
    network = compile_case(gate(step() | {"on_holidays": "closed"}, 5, holidays=days))
    assert server_of(network, "gate/outbound/customs").calendar.closures == (
        Window(0, 2 * DAY_S),
        Window(4 * DAY_S, 5 * DAY_S),
    )


def test_holidays_and_closures_of_the_post_are_one():
    """Closed on 3 and 4 January, and a holiday on the 5th: closed for three days on end."""
    shut = (closed("posts", "gate", date(2025, 1, 3), date(2025, 1, 5)),)
    network = compile_case(
        gate(step() | {"on_holidays": "closed"}, holidays=holidays(holiday("01-05")), states=shut)
    )
    assert server_of(network, "gate/outbound/customs").calendar.closures == (Window(2 * DAY_S, 5 * DAY_S),)


@pytest.mark.parametrize(("last", "ways"), [("01-11", 1), ("01-12", 2)])
def test_freight_is_routed_around_holidays_of_a_week(last, ways):
    """Six days from the 6th are waited out, seven are not: freight goes by the post that is open."""
    customs = step() | {"on_holidays": "closed"}
    network = compile_case(
        case_of(
            30,
            places=places(a="IR", b="AZ", c="IR"),
            sections={"ac": road("a", "c", 3000.0)},
            posts={"gate": post("a", "b", {"customs": customs}), "detour": post("c", "b")},
            demand={"freight": flow("a", "b", 1.0)},
            holidays=holidays(holiday("01-06", last)),
        )
    )
    assert len(network.itineraries) == ways


def brute_force_wait_h(calendar, run_s, step_s=60):
    """Return the mean wait for opening of arrivals every minute of a run, h."""
    waits = [calendar.next_open(at_s) - at_s for at_s in range(0, run_s, step_s)]
    return sum(waits) / len(waits) / HOUR_S


@pytest.mark.parametrize("hours", [ALL_DAY, (8 * HOUR_S, 20 * HOUR_S), (0, 12 * HOUR_S)])
@pytest.mark.parametrize("off", [(), ((3, 4),), ((3, 6), (10, 11))])
def test_the_mean_wait_for_opening_counts_holidays(hours, off):
    """Against arrivals at every minute of 20 days; half a minute of error by the grid."""
    away = tuple(Window(first * DAY_S, last * DAY_S) for first, last in off)
    run_s = 20 * DAY_S
    usual, less = Calendar(Timeline(hours)), Calendar(Timeline(hours), away)
    added_h = holiday_wait_h(away, less, run_s)
    assert added_h == pytest.approx(
        brute_force_wait_h(less, run_s) - brute_force_wait_h(usual, run_s), abs=1 / 60
    )


def test_free_flow_time_holds_the_mean_wait_for_holidays():
    """Half an hour of service; two days off in twenty make 48 * 48 / 2 / 480 = 2.4 h on the mean."""
    days = holidays(holiday("01-03", "01-04"))
    network = compile_case(gate(step() | {"on_holidays": "closed"}, 20, holidays=days))
    assert network.itineraries[0].free_flow_h == pytest.approx(0.5 + 2.4)
