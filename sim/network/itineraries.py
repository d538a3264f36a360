"""The ways through the network: a handful of itineraries for every flow, cheapest first.

The search runs over a networkx graph whose nodes are places in a mode. Mode changes happen only where a
terminal, a port, a gauge break or a post says so, because only those make edges between nodes.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain as chain_of
from itertools import groupby, islice, pairwise, takewhile
from math import inf
from typing import cast

import networkx as nx

from sim.model.network import SERVED
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
from sim.network.storage import housed
from sim.units import hours, kilograms

MAX_ITINERARIES = 12
MAX_ALIKE = 4
"""Ways kept of those that take the same modes through the same countries in the same order."""
MAX_COST_RATIO = 1.6
"""A way dearer than this many times the cheapest generalised cost is not considered."""
SHORT_RAIL_KM = 200.0
"""What a train must run at least where a truck takes over: for less nobody unloads. Assumed."""

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
        if not who.may_use(edge):
            return inf
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

    Of ways through the same countries by the same modes the cheapest few are kept, so that roads side by
    side do not crowd out a railway or a ship. Where no way is sensible, the cheapest there is.
    """
    ways = _ways(find, network)
    first = next(ways, None)
    if first is None:
        return []
    dear = MAX_COST_RATIO * first[0]
    affordable = (chain for _, chain in takewhile(lambda way: way[0] <= dear, chain_of([first], ways)))
    kept = list(islice(_apart(filter(_sensible, affordable)), MAX_ITINERARIES)) or [first[1]]
    return [_itinerary(find, chain) for chain in kept]


def _apart(chains: Iterable[Chain]) -> Iterator[Chain]:
    """Yield the chains that move over different things, and only the first few of those that are alike."""
    seen: set[tuple[int, ...]] = set()
    alike: Counter[tuple[tuple[str, str], ...]] = Counter()
    for chain in chains:
        pattern = _pattern(chain)
        if _moves(chain) not in seen and alike[pattern] < MAX_ALIKE:
            seen.add(_moves(chain))
            alike[pattern] += 1
            yield chain


def _pattern(chain: Chain) -> tuple[tuple[str, str], ...]:
    """Return the runs of one mode in one country of a chain, in order."""
    return tuple(run for run, _ in groupby((edge.mode, edge.country) for edge in chain if edge.length_km))


def _moves(chain: Chain) -> tuple[int, ...]:
    """Return what a chain moves over: two ways alike in this differ only by needless handling."""
    return tuple(element for edge in chain if edge.kind != "handle" for element in edge.elements)


def _sensible(chain: Chain) -> bool:
    """Whether a chain is one that freight would take.

    It passes no place twice and, between two waters, takes the railway of a gauge only once: freight that is
    on a railway stays there as far as it goes. Nobody takes it from trucks for a train of a few hours.
    """
    moves = [edge for edge in chain if edge.kind != "handle"]
    places = [moves[0].tail[0], *(edge.head[0] for edge in moves)]
    modes = [mode for mode, _ in groupby(edge.mode for edge in moves)]
    ashore = (list(run) for served, run in groupby(modes, key=lambda mode: mode in SERVED) if not served)
    return (
        len(places) == len(set(places))
        and all(_each_gauge_once(run) for run in ashore)
        and not any(_short_train(chain))
    )


def _short_train(chain: Chain) -> Iterator[bool]:
    """Yield for each train ride of a chain whether it is a short one that a truck comes before or after."""
    moves = [edge for edge in chain if edge.kind != "handle"]
    rides = [("", 0.0)]
    for kind, ride in groupby(moves, key=lambda edge: edge.kind):
        rides.append((kind, sum(edge.length_km for edge in ride)))
    for before, (kind, length_km), after in zip(rides, rides[1:], [*rides[2:], ("", 0.0)], strict=False):
        yield kind == "train" and "truck" in (before[0], after[0]) and length_km < SHORT_RAIL_KM


def _each_gauge_once(modes: list[str]) -> bool:
    rails = [mode for mode in modes if mode.startswith("rail")]
    return len(rails) == len(set(rails))


def _ways(find: Search, network: "nx.MultiDiGraph[Node]") -> Iterator[tuple[float, Chain]]:
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


def _itinerary(find: Search, chain: Chain) -> Itinerary:
    build, who = find.build, find.who
    legs = housed(build, tuple(_legs(build, chain)))
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
