"""The ways through the network: a handful of itineraries for every flow, cheapest first.

The search runs over a networkx graph whose nodes are places in a mode. Mode changes happen only where a
terminal, a port, a gauge break or a post says so, because only those make edges between nodes.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby, islice, pairwise

import networkx as nx

from sim.network.builder import Builder, Edge
from sim.network.costs import (
    LAND_MODES,
    Shipper,
    boarding,
    days_usd_per_t,
    operating_usd_per_t,
    payments,
)
from sim.network.elements import Itinerary, Leg, Node, Payment
from sim.units import hours, kilograms

MAX_CANDIDATES = 24
"""Ways looked at for a flow before the search stops."""
MAX_ITINERARIES = 8
MAX_COST_RATIO = 1.6
"""A way dearer than this many times the cheapest generalised cost is not considered."""

BOTH_WAYS = 2

Chain = tuple[Edge, ...]
Weigh = Callable[[Edge], float]


def graph(edges: list[Edge], ends: set[str]) -> "nx.MultiDiGraph[Node]":
    """Return the multigraph of `edges`, runs of sections without a choice drawn together into one.

    Each edge holds its ``chain`` of `Edge`. Nodes at places in `ends`, where freight starts or ends,
    are kept.
    """
    network: nx.MultiDiGraph[Node] = nx.MultiDiGraph()
    for edge in edges:
        network.add_edge(edge.tail, edge.head, chain=(edge,))
    for node in sorted(network):
        if node[0] not in ends:
            _draw_together(network, node)
    return network


def _draw_together(network: "nx.MultiDiGraph[Node]", node: Node) -> None:
    """Replace a node with two neighbours, and one edge each way to both, by edges past it."""
    neighbours = sorted(set(network.predecessors(node)) | set(network.successors(node)))
    simple = len(neighbours) == network.in_degree(node) == network.out_degree(node) == BOTH_WAYS
    if not simple or set(network.predecessors(node)) != set(network.successors(node)):
        return
    kinds = {chain[0].kind for _, _, chain in network.edges(node, data="chain")}
    if not kinds <= {"truck", "train"}:
        return
    one, other = neighbours
    for tail, head in ((one, other), (other, one)):
        before, after = network.edges[tail, node, 0]["chain"], network.edges[node, head, 0]["chain"]
        network.add_edge(tail, head, chain=before + after)
    network.remove_node(node)


@dataclass(frozen=True)
class Search:
    """A search for one flow: its generalised cost (USD/t) of an edge is `weigh`."""

    build: Builder
    who: Shipper
    weigh: Weigh


def search(build: Builder, who: Shipper) -> Search:
    """Return the search of a flow over free-flow generalised cost."""

    def weigh(edge: Edge) -> float:
        charges = sum(usd for _, _, usd in payments(build, who, edge))
        constant, wait_h = _boarding(build, who, edge)
        return (
            charges
            + operating_usd_per_t(build, who, edge)
            + constant
            + days_usd_per_t(who, edge.time_h + wait_h + _handling_h(build, who, edge))
        )

    return Search(build, who, weigh)


def _boarding(build: Builder, who: Shipper, edge: Edge) -> tuple[float, float]:
    """Return constant (USD/t) and train wait (h) of the vehicle that freight boards at an edge's end."""
    if edge.kind == "sail":
        return boarding(build, who, "sea", edge.fleet)
    if edge.kind == "handle" and edge.head[1] in LAND_MODES:
        return boarding(build, who, edge.head[1])
    return 0.0, 0.0


def _handling_h(build: Builder, who: Shipper, edge: Edge) -> float:
    """Return the hours that a shipment is handled at a terminal."""
    if edge.kind != "handle" or not edge.elements:
        return 0.0
    s_per_kg = build.elements[edge.elements[0]].service_s_per_kg
    return hours(s_per_kg * kilograms(who.commodity.shipment_t.value))


def itineraries(find: Search, network: "nx.MultiDiGraph[Node]") -> list[Itinerary]:
    """Return the itineraries of a flow, cheapest first; none if its ends are not joined."""
    ways = _ways(find, network)
    first = next(ways, None)
    if first is None:
        return []
    limit = MAX_COST_RATIO * first[0]
    kept = [first, *(way for way in islice(ways, MAX_CANDIDATES - 1) if way[0] <= limit)]
    found = [_itinerary(find, chain) for _, chain in kept[:MAX_ITINERARIES]]
    return [_named_apart(itinerary, found) for itinerary in found]


def _ways(find: Search, network: "nx.MultiDiGraph[Node]") -> Iterator[tuple[float, Chain]]:
    """Yield (generalised cost, edges) of the simple paths of a flow, cheapest first."""
    flat = _flat(find, network)
    start, end = ("", "origin"), ("", "destination")
    if start not in flat or end not in flat:
        return
    try:
        for path in nx.shortest_simple_paths(flat, start, end, weight="weight"):
            hops = [flat.edges[hop] for hop in pairwise(path)]
            yield sum(hop["weight"] for hop in hops), tuple(edge for hop in hops for edge in hop["chain"])
    except nx.NetworkXNoPath:
        return


def _flat(find: Search, network: "nx.MultiDiGraph[Node]") -> "nx.DiGraph[Node]":
    """Return a simple graph with generalised costs; parallel edges pass through nodes of their own."""
    flat: nx.DiGraph[Node] = nx.DiGraph()
    for tail, head, key, chain in network.edges(keys=True, data="chain"):
        weight = max(0.0, sum(find.weigh(edge) for edge in chain))
        if key == 0:
            flat.add_edge(tail, head, weight=weight, chain=chain)
        else:
            via = (f"{tail}>{head}", str(key))
            flat.add_edge(tail, via, weight=weight, chain=chain)
            flat.add_edge(via, head, weight=0.0, chain=())
    flow = find.who.flow
    for mode in LAND_MODES:
        if (flow.origin, mode) in network:
            constant, wait_h = boarding(find.build, find.who, mode)
            weight = max(0.0, constant + days_usd_per_t(find.who, wait_h))
            flat.add_edge(("", "origin"), (flow.origin, mode), weight=weight, chain=())
        if (flow.destination, mode) in network:
            flat.add_edge((flow.destination, mode), ("", "destination"), weight=0.0, chain=())
    return flat


def _itinerary(find: Search, chain: Chain) -> Itinerary:
    build, who = find.build, find.who
    legs = tuple(_legs(build, chain))
    boardings = [_boarding(build, who, edge) for edge in chain]
    if chain[0].kind in ("truck", "train"):
        boardings.append(boarding(build, who, chain[0].mode))
    km: dict[str, float] = {}
    for edge in chain:
        if edge.length_km:
            km[edge.mode] = km.get(edge.mode, 0.0) + edge.length_km
    return Itinerary(
        flow=who.flow_id,
        name=" - ".join(_stages(chain)),
        legs=legs,
        payments=tuple(Payment(*due) for edge in chain for due in payments(build, who, edge)),
        operating_usd_per_t=sum(operating_usd_per_t(build, who, edge) for edge in chain),
        constant_usd_per_t=sum(constant for constant, _ in boardings),
        free_flow_h=sum(edge.time_h + _handling_h(build, who, edge) for edge in chain)
        + sum(wait_h for _, wait_h in boardings),
        distance_km=sum(km.values()),
        km_by_mode=tuple(sorted(km.items())),
    )


def _legs(build: Builder, chain: Chain) -> Iterator[Leg]:
    """Yield the legs of a chain: a run of edges of one mode is one vehicle's leg."""
    for (kind, mode), run in groupby(chain, key=lambda edge: (edge.kind, edge.mode)):
        edges = list(run)
        elements = tuple(element for edge in edges for element in edge.elements)
        if kind == "sail":
            for edge in edges:
                yield Leg("sail", edge.elements, edge.fleet, line=edge.line)
        elif kind == "train":
            yield Leg("train", elements, build.fleet_id(mode), yard=build.yard(edges[0].tail))
        elif elements:
            yield Leg(kind, elements, build.fleet_id("road") if kind == "truck" else "")


def _stages(chain: Chain) -> Iterator[str]:
    """Yield the stages of a chain for a reader: where it starts, and each mode to where it leads."""
    yield chain[0].tail[0]
    moving = [edge for edge in chain if edge.kind != "handle"]
    for mode, run in groupby(moving, key=lambda edge: edge.mode):
        word = mode.partition("-")[0]
        yield f"{word} {list(run)[-1].head[0]}"


def _named_apart(itinerary: Itinerary, all_of_flow: list[Itinerary]) -> Itinerary:
    """Return the itinerary, its number put behind its name where another has the same name."""
    twins = [other for other in all_of_flow if other.name == itinerary.name]
    if len(twins) == 1:
        return itinerary
    return replace(itinerary, name=f"{itinerary.name} ({twins.index(itinerary) + 1})")
