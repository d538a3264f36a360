"""The ways through the network: a handful of itineraries for every flow, cheapest first.

The search runs over a networkx graph whose nodes are places in a mode. Mode changes happen only where a
terminal, a port, a gauge break or a post says so, because only those make edges between nodes.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import chain as chain_of
from itertools import groupby, islice, pairwise, takewhile
from math import inf
from typing import cast

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
from sim.network.elements import Hours, Itinerary, Leg, Node, Payment
from sim.network.sieve import MAX_ITINERARIES, Chain, judged
from sim.network.storage import housed
from sim.units import hours, kilograms

BOTH_WAYS = 2

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
        return edge_usd_per_t(build, who, edge) if who.may_use(edge) else inf

    return Search(build, who, weigh)


def edge_usd_per_t(build: Builder, who: Shipper, edge: Edge) -> float:
    """Return the generalised cost of an edge without queues, USD a tonne, also where the flow may not go."""
    charges = sum(usd for _, _, usd in payments(build, who, edge))
    constant, wait_h = _boarding(build, who, edge)
    return (
        charges
        + operating_usd_per_t(build, who, edge)
        + constant
        + days_usd_per_t(who, edge.time_h + wait_h + _handling_h(build, who, edge))
    )


def _boarding(build: Builder, who: Shipper, edge: Edge) -> tuple[float, float]:
    """Return constant (USD/t) and train wait (h) of the vehicle that freight boards at an edge's end."""
    if edge.kind == "sail":
        return boarding(build, who, edge.mode, edge.fleet)
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

    `sim.network.sieve` says which ways are considered. Where none is, the cheapest there is.
    """
    verdicts = judged(ways(find, network))
    first = next(verdicts, None)
    if first is None:
        return []
    affordable = takewhile(lambda one: one.why != "dear", chain_of([first], verdicts))
    chains = list(islice((one.chain for one in affordable if not one.why), MAX_ITINERARIES)) or [first.chain]
    return [itinerary(find, chain) for chain in chains]


def ways(find: Search, network: "nx.MultiDiGraph[Node]") -> Iterator[tuple[float, Chain]]:
    """Yield (generalised cost, edges) of ways of a flow, cheapest first.

    For every edge of the network the cheapest way that uses it: from two searches, forwards from the
    origin and backwards from the destination. Whatever freight might use is thereby looked at once, in
    the company that suits it best; ways that are worse in two places at once are not.
    """
    flat = _flat(find, network)
    start, end = ("", "origin"), ("", "destination")
    if start not in flat or end not in flat:
        return
    from_start, to_tail = _cheapest(flat, start)
    to_end, from_head = _cheapest(flat.reverse(copy=False), end)
    through = [
        (from_start[tail] + flat.edges[tail, head]["weight"] + to_end[head], tail, head)
        for tail, head in flat.edges
        if tail in from_start and head in to_end
    ]
    for cost, tail, head in sorted(through):
        path = [*to_tail[tail], *reversed(from_head[head])]
        if len(path) == len(set(path)):
            hops = [flat.edges[hop] for hop in pairwise(path)]
            yield cost, tuple(edge for hop in hops for edge in hop["chain"])


def _cheapest(flat: "nx.DiGraph[Node]", start: Node) -> tuple[dict[Node, float], dict[Node, list[Node]]]:
    """Return the cost of the cheapest way from a node to each that it reaches, and the way."""
    found = nx.single_source_dijkstra(flat, start)
    return cast(tuple[dict[Node, float], dict[Node, list[Node]]], found)


def _flat(find: Search, network: "nx.MultiDiGraph[Node]") -> "nx.DiGraph[Node]":
    """Return a simple graph with generalised costs, without what the flow may not use.

    Parallel edges pass through nodes of their own.
    """
    flat: nx.DiGraph[Node] = nx.DiGraph()
    for tail, head, key, data in network.edges(keys=True, data=True):
        chain: Chain = data["chain"]
        weight = max(0.0, sum(find.weigh(edge) for edge in chain))
        if weight == inf:
            continue
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


def itinerary(find: Search, chain: Chain) -> Itinerary:
    """Return the itinerary of a flow over a chain of edges."""
    build, who = find.build, find.who
    legs = housed(build, tuple(_legs(build, chain)))
    boardings = [boarding(build, who, edge.mode, edge.fleet) for edge in _boarded(chain)]
    filling = Hours(filling=sum(wait_h for _, wait_h in boardings))
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
        time=sum((edge.time + Hours(service=_handling_h(build, who, edge)) for edge in chain), filling),
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
            yard, pool = build.yard(edges[0].tail), build.pool(mode)
            yield Leg("train", elements, build.fleet_id(mode), yard=yard, pool=pool)
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
