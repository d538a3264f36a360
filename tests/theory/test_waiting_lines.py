"""Mean waits of a post's step against the closed forms of queueing theory.

Arrivals are Poisson (flat season, no growth). Times are whole seconds: with services of many minutes that
moves a mean by less than 0.1 %.
"""

import math

import numpy as np
import pytest
from cases import HOUR_S, border_case, element, fifo, run, step, visits
from scipy.stats import t as student

from sim.choice.assignment import assign
from sim.engine.simulate import simulate
from sim.network.compile import compile_case

REPLICATIONS = 8
DAYS = 500
WARM_UP_S = 20 * 24 * HOUR_S


def mean_waits_h(case) -> np.ndarray:
    """Return the mean wait (h) of each replication, those that arrive in the first days left out."""
    network = compile_case(case)
    shares = assign(network)
    number = element(network, "gate/outbound/customs")
    means = []
    for replication in range(REPLICATIONS):
        records = simulate(network, shares, 1, replication)
        mine = (records.visit_element == number) & (records.visit_started_at >= 0)
        mine &= records.visit_arrived_at > WARM_UP_S
        means.append((records.visit_started_at - records.visit_arrived_at)[mine].mean() / HOUR_S)
    return np.array(means)


def erlang_c(servers: int, load: float) -> float:
    """Return the probability that an arrival waits in M/M/c with `load` erlangs."""
    terms = [load**k / math.factorial(k) for k in range(servers)]
    last = load**servers / math.factorial(servers) * servers / (servers - load)
    return last / (sum(terms) + last)


def agrees(means: np.ndarray, exact: float) -> bool:
    """Whether the mean lies within 4 % of `exact`, and `exact` in the 99.7 % interval of the replications."""
    half = student.ppf(0.9985, len(means) - 1) * means.std(ddof=1) / math.sqrt(len(means))
    return abs(means.mean() - exact) <= min(half, 0.04 * exact)


@pytest.mark.parametrize("cv", [1.0, 0.5, 0.0])
def test_one_server_waits_as_pollaczek_khinchine_says(cv):
    """M/G/1: Wq = lambda E[S^2] / 2 (1 - rho) = rho m (1 + cv^2) / 2 (1 - rho); cv 1 is M/M/1, 0 is M/D/1."""
    rate, mean_h = 1.2, 0.5
    rho = rate * mean_h
    case = border_case(rate, {"customs": step(1, mean_h * 60, cv)}, DAYS)
    assert agrees(mean_waits_h(case), rho * mean_h * (1 + cv**2) / (2 * (1 - rho)))


@pytest.mark.parametrize(("servers", "rho"), [(2, 0.7), (5, 0.75)])
def test_several_servers_wait_as_erlang_says(servers, rho):
    """M/M/c: Wq = C(c, a) m / (c - a)."""
    mean_h = 1.0
    load = servers * rho
    case = border_case(load / mean_h, {"customs": step(servers, 60.0, 1.0)}, 200)
    assert agrees(mean_waits_h(case), erlang_c(servers, load) * mean_h / (servers - load))


def test_two_steps_in_series_each_wait_as_if_alone():
    """Jackson: the output of M/M/1 is Poisson, so the second of two steps waits rho m / (1 - rho) too."""
    rate = 1.2
    steps = {"first": step(1, 20.0, 1.0), "customs": step(1, 30.0, 1.0)}
    assert agrees(mean_waits_h(border_case(rate, steps, DAYS)), 0.6 * 0.5 / 0.4)


def test_services_have_the_mean_and_the_spread_that_the_file_says():
    """Gamma services: mean 30 min and cv 0.5, over 29,000 of them to 1 % and 2 %."""
    network, records = run(border_case(1.0, {"customs": step(9, 30.0, 0.5)}, 1200))
    times = np.array(
        [left - started for _, started, left in visits(network, records, "gate/outbound/customs")]
    )
    assert times.mean() == pytest.approx(1800, rel=0.01)
    assert times.std() / times.mean() == pytest.approx(0.5, rel=0.02)


def test_arrivals_are_poisson():
    """Gaps of a Poisson process: mean 1 h to 2 %, cv 1 to 3 %, 63.2 % of them below the mean."""
    _, records = run(border_case(1.0, {"customs": step(9, 1.0)}, 1200))
    gaps = np.diff(records.unit_released_at) / HOUR_S
    assert gaps.mean() == pytest.approx(1, rel=0.02)
    assert gaps.std() == pytest.approx(1, rel=0.03)
    assert (gaps < 1).mean() == pytest.approx(1 - math.exp(-1), abs=0.01)


@pytest.mark.parametrize(("servers", "hours"), [(1, None), (3, None), (2, "08:00-18:00")])
def test_a_step_is_exactly_first_come_first_served(servers, hours):
    """Every start equals the recursion of the first-come queue, next_open(max(arrival, first free
    server)).
    """
    case = border_case(
        1.0, {"customs": step(servers, 30.0 * servers * (0.4 if hours else 0.8), 1.0, hours)}, 200
    )
    network, records = run(case)
    served = [row for row in visits(network, records, "gate/outbound/customs") if row[1] >= 0]
    server = network.servers[network.elements[element(network, "gate/outbound/customs")].server]
    arrivals, stays = [a for a, _, _ in served], [left - started for _, started, left in served]
    exact = fifo(arrivals, stays, servers, server.calendar.next_open)
    assert [started for _, started, _ in served] == exact
    assert len(served) > 4000
