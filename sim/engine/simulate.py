"""One replication, from the first release to the last record."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from sim.engine.draws import Draws
from sim.engine.motion import Motion
from sim.engine.passengers import platforms
from sim.engine.releases import releases
from sim.engine.sailings import docks
from sim.engine.shipments import shipments
from sim.engine.tables import lay_out
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
    lines, of_trains = docks(world), yards(world)
    for dock in lines:
        world.env.process(dock.sailings())
    for platform in platforms(world, assignment):
        world.env.process(platform.departures())
    with uncollected():
        _run(world, of_trains)
    for yard in of_trains.values():
        yard.close_books()
    for dock in lines:
        dock.close_books()
    return world.motion.records()


def _world(network: Network, assignment: Assignment, luck: Draws) -> World:
    layout, columns = lay_out(network)
    released = [
        releases(network, assignment, flow, luck.seed, luck.replication) for flow in range(len(network.flows))
    ]
    found = shipments(layout, released, luck)
    return World(network, layout, luck, Motion(layout, columns, found, network.measured.end_s))


def _run(world: World, of_trains: dict[int, Yard]) -> None:
    """Keep motion and SimPy's clock in step: what moves at an instant goes before all else at that instant.

    Between two events of SimPy motion runs by itself, until a yard must act: then the clock is set to that
    instant, which is before SimPy's next event.
    """
    env, motion, last_s = world.env, world.motion, world.network.measured.end_s - 1
    while True:
        until_s = int(min(env.peek(), last_s))
        if motion.advance(until_s):
            stand, at_s = motion.told
            if at_s > env.now:
                env.run(until=at_s)
            of_trains[stand].joined()
        elif env.peek() > last_s:
            return
        else:
            env.step()


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
