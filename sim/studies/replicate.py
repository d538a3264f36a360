"""Simulate a case many times over, on as many processes as wanted; the numbers do not depend on how many."""

import multiprocessing
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import suppress

from sim.choice.logit import assign
from sim.engine.simulate import simulate
from sim.indicators.measure import measure
from sim.indicators.result import Result
from sim.indicators.table import Key, Numbers
from sim.model.case import Case
from sim.network.compile import compile_case
from sim.network.elements import Assignment, Network

Done = Callable[[int, Numbers], None]
"""What is called with the number and the numbers of each replication when it is finished."""


def replicate(
    case: Case,
    jobs: int = 1,
    done: Done | None = None,
    known: dict[int, Numbers] | None = None,
) -> Result:
    """Simulate the replications of a case's run.

    Parameters
    ----------
    case
        What is simulated; its run says how many replications and with which seed.
    jobs
        Number of processes; 1 runs in this one.
    done
        Called as each replication finishes, in any order.
    known
        Replications that need not be simulated again.

    Returns
    -------
    Result
        All replications; on a keyboard interrupt those that had finished.

    Raises
    ------
    InputError
        If a flow has no way to its destination.
    """
    network = compile_case(case)
    assignment = assign(network)
    finished = dict(known or {})
    missing = [number for number in range(case.run.replications) if number not in finished]
    with suppress(KeyboardInterrupt):
        for number, numbers in _simulated(network, assignment, missing, min(jobs, len(missing))):
            finished[number] = numbers
            if done:
                done(number, numbers)
    kept = {number: finished[number] for number in range(case.run.replications) if number in finished}
    return Result(case, case.run.seed, case.run.replications, kept)


def replication(network: Network, assignment: Assignment, number: int) -> dict[Key, float]:
    """Simulate one replication and return its numbers."""
    records = simulate(network, assignment, network.case.run.seed, number)
    return measure(network, records)


def _simulated(
    network: Network, assignment: Assignment, missing: Iterable[int], jobs: int
) -> Iterator[tuple[int, Numbers]]:
    if jobs <= 1:
        for number in missing:
            yield number, replication(network, assignment, number)
        return
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_leave_interrupts_to_the_parent)
    try:
        futures: dict[Future[dict[Key, float]], int] = {
            pool.submit(replication, network, assignment, number): number for number in missing
        }
        for future in as_completed(futures):
            yield futures[future], future.result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
