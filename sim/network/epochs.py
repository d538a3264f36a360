"""The times of a run between which the network that freight is routed over stays the same."""

from dataclasses import dataclass

import networkx as nx

from sim.network.builder import Builder, Edge
from sim.network.elements import Node
from sim.network.itineraries import graph


@dataclass(frozen=True)
class Epoch:
    """The graphs that freight released from `starts_at` (s) on is routed over, best first.

    Where the first leaves no way, freight waits for what will open again: in the second the closures
    that end within the measured period are ignored.
    """

    starts_at: int
    graphs: "tuple[nx.MultiDiGraph[Node], ...]"


def epochs(build: Builder) -> list[Epoch]:
    """Return an epoch for every instant at which the network that freight is routed over changes, from 0."""
    edges = {instant for edge in build.edges for w in edge.closed for instant in (w.start_s, w.end_s)}

    def routes(at_s: int, *, patient: bool) -> "nx.MultiDiGraph[Node]":
        usable = [edge for edge in build.edges if is_open(edge, at_s, build.end_s, patient=patient)]
        return graph(usable, ends(build))

    return [
        Epoch(at_s, (routes(at_s, patient=False), routes(at_s, patient=True)))
        for at_s in sorted({0, *(instant for instant in edges if 0 < instant < build.end_s)})
    ]


def ends(build: Builder) -> set[str]:
    """Return the places where freight starts or ends."""
    flows = build.case.description.demand.values()
    return {end for flow in flows for end in (flow.origin, flow.destination)}


def is_open(edge: Edge, at_s: int, end_s: int, *, patient: bool = False) -> bool:
    """Whether freight is routed over an edge at an instant (s); `patient`: or it opens before `end_s`."""
    now = [window for window in edge.closed if window.start_s <= at_s < window.end_s]
    return not now or (patient and all(window.end_s < end_s for window in now))
