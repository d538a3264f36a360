"""Shares that fit what the network can pass: freight sees the queues that it would make.

A queue forms on days on which more comes to a server or a shipping line than it can pass, and clears on
others: a point queue, followed day by day over the run with the mean flows. Its mean wait goes into the
generalised cost, from which new shares follow, and so on by the method of successive averages until hardly
any freight would change its way. Queues of chance, below capacity, are left to the simulation.
"""

from dataclasses import dataclass

import numpy as np

from sim.choice.assignment import Choices
from sim.choice.capacity import Capacities, Floats
from sim.choice.logit import prune
from sim.network.elements import Assignment, Network, Shares
from sim.units import HOURS_PER_DAY, SECONDS_PER_DAY

SMALL_GAP = 0.005
"""Settled when less than this part of all tonnes would change its way."""
MOST_ROUNDS = 60


@dataclass(frozen=True)
class Settled:
    """Shares, the delays (h, by element) that they go with, and how well the two fit.

    `gap` is the part of all tonnes that would still change its way after `rounds` rounds.
    """

    assignment: Assignment
    delays: dict[int, float]
    gap: float
    rounds: int


def settle(network: Network) -> Settled:
    """Return the shares of all flows and travellers at which waits for capacity and choice agree."""
    capacities, choices = Capacities(network), Choices(network)
    delays: dict[int, float] = {}
    shares = choices.assignment(delays)
    gap, rounds = 0.0, 0
    for rounds in range(1, MOST_ROUNDS + 1):
        delays = _delays(capacities, shares)
        answer = choices.assignment(delays)
        gap = _gap(capacities, shares, answer)
        if gap < SMALL_GAP:
            break
        shares = Assignment(_towards(shares.shares, answer.shares, 1 / (rounds + 1)), answer.trips)
    kept = tuple(tuple(prune(list(of_set)) for of_set in sets) for sets in shares.shares)
    return Settled(Assignment(kept, shares.trips), delays, gap, rounds)


def _towards(old: tuple[Shares, ...], new: tuple[Shares, ...], step: float) -> tuple[Shares, ...]:
    """Return shares a step of the way from old to new."""
    return tuple(
        tuple(
            tuple(a + step * (b - a) for a, b in zip(one, other, strict=True))
            for one, other in zip(old_sets, new_sets, strict=True)
        )
        for old_sets, new_sets in zip(old, new, strict=True)
    )


def _gap(capacities: Capacities, old: Assignment, new: Assignment) -> float:
    """Return the part of all tonnes that is on another way in `new` than in `old`."""
    moved = total = 0.0
    for flow, tonnes in enumerate(capacities.tonnes):
        for choice, (one, other) in enumerate(zip(old.shares[flow], new.shares[flow], strict=True)):
            of_set = float(tonnes[_days(capacities, flow, choice)].sum())
            moved += of_set * sum(abs(a - b) for a, b in zip(one, other, strict=True)) / 2
            total += of_set
    return moved / total if total else 0.0


def _days(capacities: Capacities, flow: int, choice: int) -> slice:
    """Return the days on which a choice set of a flow holds."""
    sets = capacities.network.choice_sets[flow]
    ends = [*(each.starts_at // SECONDS_PER_DAY for each in sets[1:]), capacities.days]
    return slice(sets[choice].starts_at // SECONDS_PER_DAY, ends[choice])


def _delays(capacities: Capacities, assignment: Assignment) -> dict[int, float]:
    """Return the mean wait for capacity (h) at each element that has one."""
    waits = mean_waits_h(_loads(capacities, assignment), capacities.offered)
    rows = zip(capacities.elements, waits.tolist(), strict=True)
    return {element: wait for elements, wait in rows if wait for element in elements}


def _loads(capacities: Capacities, assignment: Assignment) -> Floats:
    """Return what is asked of each server and line on each day."""
    loads = np.zeros_like(capacities.offered)
    for flow, sets in enumerate(capacities.network.choice_sets):
        for choice, each in enumerate(sets):
            days = _days(capacities, flow, choice)
            per_tonne = np.array(assignment.shares[flow][choice]) @ capacities.asked[list(each.itineraries)]
            loads[:, days] += np.outer(per_tonne, capacities.tonnes[flow, days])
    return loads


def mean_waits_h(loads: Floats, offered: Floats) -> Floats:
    """Return the mean wait (h) in the queue of each row.

    Parameters
    ----------
    loads, offered
        What comes and what can be passed on each day, rows by days; in any unit, the same for both.
    """
    backlog = np.zeros(len(loads))
    queued = np.zeros(len(loads))
    for day in range(loads.shape[1]):
        excess = backlog + loads[:, day] - offered[:, day]
        queued += loads[:, day] * (backlog + np.maximum(excess, 0)) / 2
        backlog = np.maximum(excess, 0)
    came, rate = loads.sum(axis=1), offered.mean(axis=1)
    waits_d = np.divide(queued, came * rate, out=np.zeros_like(came), where=(came > 0) & (rate > 0))
    hours: Floats = waits_d * HOURS_PER_DAY
    return hours
