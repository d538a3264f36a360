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

MAX_CANDIDATES = 60
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
    kinds = {data["chain"][0].kind for _, _, data in network.edges(node, data=True)}
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
    """Return the itineraries of a flow, cheapest first; none if its ends are not joined.

    Where no way is sensible, the cheapest there is.
    """
    kept: dict[tuple[int, ...], Chain] = {}
    first: tuple[float, Chain] | None = None
    for cost, chain in islice(_ways(find, network), MAX_CANDIDATES):
        first = first or (cost, chain)
        if cost > MAX_COST_RATIO * first[0] or len(kept) == MAX_ITINERARIES:
            break
        if _sensible(chain):
            kept.setdefault(_moves(chain), chain)
    if first and not kept:
        kept[()] = first[1]
    return [_itinerary(find, chain) for chain in kept.values()]


def _moves(chain: Chain) -> tuple[int, ...]:
    """Return what a chain moves over: two ways alike in this differ only by needless handling."""
    return tuple(element for edge in chain if edge.kind != "handle" for element in edge.elements)


def _sensible(chain: Chain) -> bool:
    """Whether a chain passes no place twice and takes the railway of a gauge only once.

    Freight that is on a railway stays there as far as it goes; nobody unloads it to load it again.
    """
    moves = [edge for edge in chain if edge.kind != "handle"]
    places = [moves[0].tail[0], *(edge.head[0] for edge in moves)]
    rails = [mode for mode, _ in groupby(edge.mode for edge in moves) if mode.startswith("rail")]
    return len(places) == len(set(places)) and len(rails) == len(set(rails))


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
    for tail, head, key, data in network.edges(keys=True, data=True):
        chain: Chain = data["chain"]
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
    boardings = [boarding(build, who, edge.mode, edge.fleet) for edge in _boarded(chain)]
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


def _boarded(chain: Chain) -> Iterator[Edge]:
    """Yield the edges of a chain on which freight boards a vehicle."""
    for (kind, _), run in groupby(chain, key=lambda edge: (edge.kind, edge.mode)):
        if kind == "sail":
            yield from run
        elif kind != "handle":
            yield next(run)


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


def named_apart(all_of_flow: list[Itinerary]) -> Iterator[Itinerary]:
    """Yield the itineraries of a flow, a number put behind a name that several of them have."""
    names = [itinerary.name for itinerary in all_of_flow]
    for index, itinerary in enumerate(all_of_flow):
        number = names[: index + 1].count(itinerary.name)
        twins = names.count(itinerary.name) > 1
        yield replace(itinerary, name=f"{itinerary.name} ({number})") if twins else itinerary
