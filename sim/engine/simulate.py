"""One replication, from the first release to the last record."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from sim.engine.draws import Draws
from sim.engine.kernel import DONE, JOINED
from sim.engine.motion import Motion
from sim.engine.passengers import platforms, reserved
from sim.engine.pools import Sets, pools
from sim.engine.releases import releases
from sim.engine.sailings import docks
from sim.engine.shipments import shipments
from sim.engine.tables import lay_out, reserved_columns
from sim.engine.world import World
from sim.engine.yards import Yard, yards
from sim.network.elements import Assignment, Network
from sim.records.columns import Records


def simulate(network: Network, assignment: Assignment, seed: int, replication: int) -> Records:
    """Simulate one replication of a network and return what happened.

    Parameters
    ----------
    network
        The compiled case.
    assignment
        The shares of its itineraries.
    seed, replication
        Which luck: the same pair gives the same records, to the byte.
    """
    world = _world(network, assignment, Draws(seed, replication))
    lines, sets = docks(world), pools(world)
    of_trains = yards(world, sets)
    for dock in lines:
        world.env.process(dock.sailings())
    for platform in platforms(world, assignment):
        world.env.process(platform.departures())
    with uncollected():
        _run(world, of_trains, sets)
    for yard in of_trains.values():
        yard.close_books()
    for dock in lines:
        dock.close_books()
    world.motion.close_books()
    return world.motion.records()


def _world(network: Network, assignment: Assignment, luck: Draws) -> World:
    layout, columns = lay_out(network)
    released = [
        releases(network, assignment, flow, luck.seed, luck.replication) for flow in range(len(network.flows))
    ]
    found = shipments(layout, released, luck)
    columns |= reserved_columns(len(network.servers), reserved(network, luck))
    return World(network, layout, luck, Motion(layout, columns, found, network.measured.end_s))


def _run(world: World, of_trains: dict[int, Yard], of_sets: list[Sets]) -> None:
    """Keep motion and SimPy's clock in step: what moves at an instant goes before all else at that instant.

    Between two events of SimPy motion runs by itself, until a yard or a pool must act: then the clock is set
    to that instant, which is before SimPy's next event.
    """
    env, motion, last_s = world.env, world.motion, world.network.measured.end_s - 1
    while True:
        why = motion.advance(int(min(env.peek(), last_s)))
        if why == DONE:
            if env.peek() > last_s:
                return
            env.step()
            continue
        told, at_s = motion.told
        if at_s > env.now:
            env.run(until=at_s)
        if why == JOINED:
            of_trains[told].joined()
        else:
            of_sets[motion.pool_of(told)].landed(told)


@contextmanager
def uncollected() -> Iterator[None]:
    """Pause the search for cyclic garbage: a run makes none, and the search visits every waiting truck."""
    paused = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if paused:
            gc.enable()
