"""Simulate a case many times over, on as many processes as wanted; the numbers do not depend on how many."""

import multiprocessing
import multiprocessing.process
import signal
from collections.abc import Callable, Container, Generator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, ProcessPoolExecutor, wait
from contextlib import closing, contextmanager, suppress
from functools import partial
from itertools import islice
from pathlib import Path

from sim.choice.settling import settle
from sim.engine.simulate import simulate
from sim.errors import RunError
from sim.indicators.measure import measure
from sim.indicators.precision import Aim
from sim.indicators.result import Result
from sim.indicators.table import Key, Numbers
from sim.network.elements import Assignment, Network
from sim.network.events import with_events
from sim.outputs.store import fingerprint
from sim.outputs.trace import trace_file, write_trace
from sim.records.columns import Records

INTERRUPTS = {signal.SIGINT, signal.SIGTERM}
"""Signals that end a run in order: finished replications are kept, processes stopped."""
Done = Callable[[int, Numbers], None]
"""What is called with the number and the numbers of each replication when it is finished."""
One = Callable[[int], dict[Key, float]]
"""What simulates the replication of a number and returns its numbers."""


def replicate(
    network: Network,
    jobs: int = 1,
    done: Done | None = None,
    known: dict[int, Numbers] | None = None,
    traces: Path | None = None,
    aim: Aim | None = None,
) -> Result:
    """Simulate the replications that a network's case asks for, or as many as a precision needs.

    With an aim, replications are looked at in order of their numbers and at counts that follow from their
    numbers alone, so that the answer does not depend on `jobs` or on what was known before. Processes
    that would be idle simulate the replications that may be needed next; those that are not in the end are
    told to `done`, so that a later run need not make them again, but are no part of the answer.

    Parameters
    ----------
    network
        What is simulated; the run of its case says how many replications and with which seed.
    jobs
        Number of processes; 1 runs in this one.
    done
        Called as each replication finishes, in any order.
    known
        Replications that need not be simulated again.
    traces
        The result folder that keeps a trace of each replication; none are kept without it.
    aim
        How precise the answer is to be; without it the case says how many replications there are.

    Returns
    -------
    Result
        All replications; on a keyboard interrupt those that had finished.

    Raises
    ------
    RunError
        If a replication fails or its process is ended from outside.
    """
    case, assignment = network.case, settle(network).assignment
    finished = dict(known or {})
    one = partial(replication, network, assignment, traces=traces)
    asked, more = 0, aim.least if aim else case.run.replications
    with suppress(KeyboardInterrupt):
        while more > asked:
            asked = more
            missing = _missing(finished, asked, jobs, aim.at_most if aim else asked)
            with closing(_simulated(one, missing, min(jobs, len(missing)))) as simulated:
                for number, numbers in simulated:
                    finished[number] = numbers
                    if done:
                        done(number, numbers)
            more = aim.replications([finished[number] for number in range(asked)]) if aim else asked
    kept = {number: finished[number] for number in range(asked) if number in finished}
    if aim and len(kept) == asked:
        asked = aim.replications(list(kept.values()))
    return Result(case, case.run.seed, asked, kept, aim)


def _missing(finished: Container[int], asked: int, jobs: int, at_most: int) -> list[int]:
    """Return the replications to simulate so that the first `asked` are there, and no process is idle."""
    missing = [number for number in range(asked) if number not in finished]
    later = (number for number in range(asked, at_most) if number not in finished)
    return missing + list(islice(later, -len(missing) % jobs))


def replication(
    network: Network, assignment: Assignment, number: int, traces: Path | None = None
) -> dict[Key, float]:
    """Simulate one replication, with its events, and return its numbers.

    Its trace is kept in the result folder `traces`.
    """
    struck = with_events(network, network.case.run.seed, number)
    records = simulate(struck, assignment, network.case.run.seed, number)
    if traces:
        write_trace(trace_file(traces, number), struck, records, number, fingerprint(network.case))
    return measure(struck, records)


def simulated_once(network: Network, number: int) -> tuple[Network, Records]:
    """Return the network of the replication of a number, with its events, and its records.

    Nothing of it is measured or kept.
    """
    seed = network.case.run.seed
    struck = with_events(network, seed, number)
    return struck, simulate(struck, settle(network).assignment, seed, number)


def _simulated(one: One, missing: list[int], jobs: int) -> Generator[tuple[int, Numbers]]:
    """Yield each missing replication as it is finished; `one` simulates it."""
    if jobs > 1:
        yield from _in_processes(one, missing, jobs)
        return
    for number in missing:
        yield number, _told(number, partial(one, number))


def _in_processes(one: One, missing: list[int], jobs: int) -> Generator[tuple[int, Numbers]]:
    """Yield replications from `jobs` processes, each given one at a time so that none waits in vain."""
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(
        jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_leave_interrupts_to_the_parent
    )
    todo = iter(missing)
    running: dict[Future[dict[Key, float]], int] = {}
    try:
        while True:
            for number in islice(todo, jobs - len(running)):
                with interrupts_held():
                    running[pool.submit(one, number)] = number
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                number = running.pop(future)
                yield number, _told(number, future.result)
    finally:
        with interrupts_held():
            if running:
                _stop(set(multiprocessing.active_children()) - others)
            pool.shutdown(wait=True, cancel_futures=True)


def _told(number: int, simulated: Callable[[], dict[Key, float]]) -> dict[Key, float]:
    """Return the numbers of a replication; what goes wrong in it is told as a failed run."""
    try:
        return simulated()
    except BrokenExecutor as error:
        raise RunError("a process was ended from outside; was there too little memory? try -j 1") from error
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        what = f"replication {number}: {type(error).__name__}: {error}"
        raise RunError(f"{what}; is a figure out of all proportion?") from error


def _stop(processes: set[multiprocessing.process.BaseProcess]) -> None:
    for process in processes:
        process.terminate()


@contextmanager
def interrupts_held() -> Generator[None]:
    """Hold back interrupts, here and in processes begun meanwhile, until the end of the block."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, INTERRUPTS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, INTERRUPTS)
