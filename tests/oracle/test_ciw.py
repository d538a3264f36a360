"""A tandem of two posts against Ciw, another queueing program, under the same laws."""

import math

import ciw
import numpy as np
from cases import HOUR_S, border_case, element, step

from sim.choice.assignment import assign
from sim.engine.simulate import simulate
from sim.network.compile import compile_case

RATE, SERVERS, MEANS_H = 2.0, (2, 3), (0.7, 1.1)
REPLICATIONS, DAYS, WARM_UP_H = 6, 120, 240


def ours() -> np.ndarray:
    """Return mean waits (h) by replication and step."""
    steps = {f"s{i}": step(SERVERS[i], MEANS_H[i] * 60, 1.0) for i in range(2)}
    network = compile_case(border_case(RATE, steps, DAYS))
    shares = assign(network)
    means = []
    for replication in range(REPLICATIONS):
        records = simulate(network, shares, 7, replication)
        row = []
        for i in range(2):
            mine = (records.visit_element == element(network, f"gate/outbound/s{i}")) & (
                records.visit_started_at >= 0
            )
            mine &= records.visit_arrived_at > WARM_UP_H * HOUR_S
            row.append((records.visit_started_at - records.visit_arrived_at)[mine].mean() / HOUR_S)
        means.append(row)
    return np.array(means)


def theirs() -> np.ndarray:
    """Return the same means from Ciw."""
    exponential = ciw.dists.Exponential
    network = ciw.create_network(
        arrival_distributions=[exponential(RATE), None],
        service_distributions=[exponential(1 / mean) for mean in MEANS_H],
        number_of_servers=list(SERVERS),
        routing=[[0.0, 1.0], [0.0, 0.0]],
    )
    means = []
    for replication in range(REPLICATIONS):
        ciw.seed(replication)
        simulation = ciw.Simulation(network)
        simulation.simulate_until_max_time(24 * DAYS)
        rows = [r for r in simulation.get_all_records() if r.arrival_date > WARM_UP_H]
        means.append([np.mean([r.waiting_time for r in rows if r.node == node]) for node in (1, 2)])
    return np.array(means)


def test_a_tandem_of_posts_waits_as_long_as_in_ciw():
    """Means of 6 replications each agree within 3.5 standard errors of their difference, for both steps."""
    here, there = ours(), theirs()
    error = np.sqrt((here.var(axis=0, ddof=1) + there.var(axis=0, ddof=1)) / REPLICATIONS)
    difference = np.abs(here.mean(axis=0) - there.mean(axis=0))
    assert (difference < 3.5 * error).all()
    assert (error < 0.1 * there.mean(axis=0)).all()
    assert not math.isnan(difference.sum())
