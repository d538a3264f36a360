"""The tandem network in OpenTNSim: a vessel a consignment, stations are nodes with a resource.

One metre a second and links as long as they take; one second is one tick. Services and opening hours come
in through its hooks on nodes; a route ends at a node of its own, since the last is not passed.
"""

import logging
import warnings
from collections.abc import Callable, Iterator

import networkx as nx
import numpy as np
import simpy
from bench.tandem import NIGHT, SERVERS, STATIONS, Traffic, next_open

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from opentnsim import core
from shapely.geometry import Point

Hook = Callable[[int], Iterator[simpy.Event]]
Vessel = type("Vessel", (core.Identifiable, core.Movable), {})
EAST_EXIT, WEST_EXIT = STATIONS, -1


def _graph(env: simpy.Environment, links: list[int]) -> nx.DiGraph:
    """Return the line of stations with an exit at both ends."""
    graph = nx.DiGraph()
    for node in range(WEST_EXIT, EAST_EXIT + 1):
        graph.add_node(node, geometry=Point(node / 10, 50))
    for station, servers in enumerate(SERVERS):
        graph.nodes[station]["Resources"] = simpy.Resource(env, capacity=servers)
    lengths = (0, *links, 0)
    for west, length in zip(range(WEST_EXIT, EAST_EXIT), lengths, strict=True):
        graph.add_edge(west, west + 1, length_m=length)
        graph.add_edge(west + 1, west, length_m=length)
    return graph


def by_opentnsim(traffic: Traffic) -> np.ndarray:
    """Return the wait (ticks) of each consignment at each station."""
    env = simpy.Environment(initial_time=0)
    env.graph = _graph(env, traffic.links)
    waits = np.zeros((len(traffic.entry), STATIONS))
    routes = [*traffic.path[0], EAST_EXIT], [*traffic.path[1], WEST_EXIT]

    def hooks(number: int) -> tuple[Hook, Hook]:
        arrived = 0

        def look_ahead(_: int) -> Iterator[simpy.Event]:
            nonlocal arrived
            arrived = env.now
            yield from ()

        def serve(station: int) -> Iterator[simpy.Event]:
            opens = next_open(env.now, traffic.ticks_per_h) if station == NIGHT else env.now
            if opens > env.now:
                yield env.timeout(opens - env.now)
            waits[number, station] = env.now - arrived
            yield env.timeout(traffic.service[number][station])

        return look_ahead, serve

    def release() -> Iterator[simpy.Event]:
        for number, entry in enumerate(traffic.entry):
            yield env.timeout(entry - env.now)
            route = routes[traffic.way[number]]
            start = env.graph.nodes[route[0]]["geometry"]
            vessel = Vessel(env=env, name=str(number), geometry=start, route=route, v=1)
            look_ahead, serve = hooks(number)
            vessel.on_look_ahead_to_node_functions.append(look_ahead)
            vessel.on_pass_node_functions.append(serve)
            env.process(vessel.move())

    logging.getLogger("opentnsim").setLevel(logging.CRITICAL)
    env.process(release())
    env.run()
    return waits
