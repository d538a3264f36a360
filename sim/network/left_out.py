"""The ways that a flow does not consider, each with the reason: for those who ask why."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, NamedTuple

import networkx as nx

from sim.model.case import Case
from sim.network.builder import Builder, Edge
from sim.network.compile import add_everything, calendar_of
from sim.network.costs import Shipper, shipper
from sim.network.elements import ChoiceSet, Itinerary, Node
from sim.network.epochs import Epoch, ends, epochs, is_open
from sim.network.itineraries import Search, edge_usd_per_t, graph, itinerary, search, ways
from sim.network.sieve import Chain, Why, fault, judged

BARRIER_USD_PER_T = 1e6
"""What a search pays for passing something that is closed or barred: more than any way costs."""

Barrier = Literal["closed", "barred", "not-carried"]
Reason = Why | Barrier
"""Why a way is left out: a verdict of the sieve, or what stands on it: something closed, a country that an
access rule bars, a service that does not carry the goods."""


@dataclass(frozen=True)
class LeftOut:
    """A way that a flow does not consider; `barriers` are the things on it that keep the flow out.

    `times_cheapest` is what it costs in the search over what the cheapest way costs there.
    """

    way: Itinerary
    why: Reason
    times_cheapest: float
    barriers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Review:
    """The searches of a case done again, to see what they pass over."""

    case: Case

    @cached_property
    def build(self) -> Builder:
        """Everything of the case, numbered as in its network."""
        clock, measured = calendar_of(self.case)
        build = Builder(self.case, clock, measured.end_s)
        add_everything(build)
        return build

    @cached_property
    def periods(self) -> dict[int, Epoch]:
        """The epochs of the case by their start (s)."""
        return {epoch.starts_at: epoch for epoch in epochs(self.build)}

    @cached_property
    def everything(self) -> "nx.MultiDiGraph[Node]":
        """The graph of all there is, in use or not."""
        return graph(self.build.edges, ends(self.build))

    def left_out(self, flow_id: str, choice: ChoiceSet) -> tuple[LeftOut, ...]:
        """Return the ways that a flow passes over from the start of a choice set on.

        Looked at are, for every edge of the network, the cheapest way that uses it; for every edge that is
        closed or that the flow may not use also the one that needs the fewest others of that kind.
        """
        find = search(self.build, shipper(self.build, flow_id))
        now, later = self.periods[choice.starts_at].graphs
        verdicts = list(judged(ways(find, now)))
        patient = not verdicts
        verdicts = verdicts or list(judged(ways(find, later)))
        cheapest = verdicts[0].cost
        left = [one for one in verdicts if one.why]
        if len(left) == len(verdicts):
            left = left[1:]
        found = [LeftOut(itinerary(find, one.chain), one.why, one.cost / cheapest) for one in left]
        return (*found, *self._barred(find, choice.starts_at, cheapest, patient=patient))

    def _barred(self, find: Search, at_s: int, cheapest: float, *, patient: bool) -> Iterator[LeftOut]:
        """Yield the sensible ways that something closed or barred keeps a flow from.

        Of those with the same things in their way the cheapest, and none that needs more things than a
        cheaper one; `cheapest` (USD/t) is that of the open ones.
        """
        found: dict[frozenset[str], _Met] = {}
        for toll in (BARRIER_USD_PER_T, 0.0):
            for one in self._met(find, at_s, toll, patient=patient):
                things = frozenset(one.things)
                if things not in found or one.cost < found[things].cost:
                    found[things] = one
        for things, one in found.items():
            if not any(fewer < things and other.cost <= one.cost for fewer, other in found.items()):
                yield LeftOut(itinerary(find, one.chain), one.barrier, one.cost / cheapest, one.things)

    def _met(self, find: Search, at_s: int, toll: float, *, patient: bool) -> Iterator["_Met"]:
        """Yield the sensible ways of a search that pays `toll` (USD/t) for every edge it should not pass."""
        build, who = self.build, find.who

        def barrier(edge: Edge) -> tuple[Barrier, str] | None:
            return _barrier(build, who, edge, at_s, patient=patient)

        def weigh(edge: Edge) -> float:
            return edge_usd_per_t(build, who, edge) + toll * (barrier(edge) is not None)

        for cost, chain in ways(replace(find, weigh=weigh), self.everything):
            met = [found for edge in chain if (found := barrier(edge))]
            if met and not fault(chain):
                things = tuple(dict.fromkeys(thing for _, thing in met))
                yield _Met(cost - toll * len(met), chain, met[0][0], things)


class _Met(NamedTuple):
    """A way with its cost (USD/t) and the things that keep a flow from it; `barrier`: how the first does."""

    cost: float
    chain: Chain
    barrier: Barrier
    things: tuple[str, ...]


def _barrier(
    build: Builder, who: Shipper, edge: Edge, at_s: int, *, patient: bool
) -> tuple[Barrier, str] | None:
    """Return what keeps a flow from an edge and the name of the thing, or None."""
    if not is_open(edge, at_s, build.end_s, patient=patient):
        kind, thing = edge.thing
        status = getattr(build.case.description, kind)[thing].status
        return "closed", thing if status == "operating" else f"{thing} ({status})"
    if edge.country in who.barred:
        return "barred", f"{who.barred[edge.country]} ({edge.country})"
    if edge.carries and who.flow.commodity not in edge.carries:
        return "not-carried", edge.thing[1]
    return None
