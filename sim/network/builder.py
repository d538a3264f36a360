"""The state of one compilation: elements, servers, lines and the edges that join nodes."""

from dataclasses import dataclass, field
from functools import cached_property

from sim.clock import Calendar, Clock, Timeline, Window
from sim.model.case import Case
from sim.model.evidence import Figure, TonnesFigure
from sim.model.network import Fleet
from sim.model.tariffs import Charge
from sim.network.elements import Element, Hours, LegKind, Line, Node, Pool, Room, Server
from sim.network.timelines import T, timeline
from sim.units import kilograms, seconds


@dataclass(frozen=True)
class Edge:
    """A step of an itinerary from `tail` to `head`: what it visits, its money and its time.

    `thing` is (kind, id) of what it belongs to; freight is routed around it in `closed`. `time` is the
    time without queues. Only commodities in `carries` can use it; all if it is empty.
    """

    tail: Node
    head: Node
    kind: LegKind
    thing: tuple[str, str]
    direction: str
    mode: str
    elements: tuple[int, ...]
    time: Hours
    length_km: float = 0.0
    country: str = ""
    line: int | None = None
    fleet: str = ""
    carries: frozenset[str] = frozenset()
    closed: tuple[Window, ...] = ()

    @property
    def time_h(self) -> float:
        """The time without queues, h."""
        return self.time.total


@dataclass
class Builder:
    """Collects what a description compiles to; `fleet_of` names the one fleet of each land mode."""

    case: Case
    clock: Clock
    end_s: int
    elements: list[Element] = field(default_factory=list)
    servers: list[Server] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    yards: dict[Node, int] = field(default_factory=dict)
    rooms: dict[str, Room] = field(default_factory=dict)
    pools: list[Pool] = field(default_factory=list)

    @cached_property
    def charges(self) -> dict[tuple[str, str], list[tuple[str, Charge]]]:
        """All charges by what they fall on: (kind, id) of a thing, or (mode, country) of sections."""
        found: dict[tuple[str, str], list[tuple[str, Charge]]] = {}
        for charge_id, charge in self.case.description.charges.items():
            found.setdefault(charge.on.target, []).append((charge_id, charge))
        return found

    def element(self, element: Element) -> int:
        """Add an element and return its number."""
        self.elements.append(element)
        return len(self.elements) - 1

    def server(
        self, name: str, places: Timeline[int], calendar: Calendar | None = None, *, daily: bool = False
    ) -> int:
        """Add a server and return its number."""
        self.servers.append(Server(name, places, daily, calendar or Calendar()))
        return len(self.servers) - 1

    def edge(self, edge: Edge) -> None:
        """Add an edge."""
        self.edges.append(edge)

    def values(self, figure: Figure[T], *path: str) -> Timeline[T]:
        """Return a figure over the run, with its dated changes."""
        return timeline(self.case, self.clock, path, figure)

    @cached_property
    def fleets(self) -> dict[str, tuple[str, Fleet]]:
        """The one fleet of each land mode with its id, by mode."""
        of_mode: dict[str, tuple[str, Fleet]] = {}
        for name, fleet in self.case.description.fleets.items():
            of_mode.setdefault(fleet.mode, (name, fleet))
        return of_mode

    def fleet(self, mode: str) -> Fleet:
        """Return the one fleet of a land mode."""
        return self.fleets[mode][1]

    def fleet_id(self, mode: str) -> str:
        """Return the id of the one fleet of a land mode."""
        return self.fleets[mode][0]

    def yard(self, node: Node) -> int:
        """Return the element where trains are made up at a node of a railway."""
        if node not in self.yards:
            self.yards[node] = self.element(Element("yard", node[0], "train-formation", "", node[1], ""))
        return self.yards[node]

    def room(self, thing_id: str, storage_t: TonnesFigure | None, mode: str, place: str) -> None:
        """Add the storage of a terminal (mode "") or port at a place, if it is limited."""
        if storage_t:
            country = self.case.description.places[place].country
            wait = self.element(Element("room", thing_id, "storage", "", mode, country))
            self.rooms[thing_id] = Room(thing_id, kilograms(storage_t.value), wait)

    def room_number(self, thing_id: str) -> int | None:
        """Return the number of the room of a terminal or port, None where storage is not limited."""
        return list(self.rooms).index(thing_id) if thing_id in self.rooms else None

    def pool(self, mode: str) -> int | None:
        """Return the number of the pool of train sets of a railway; None where they are not limited."""
        name, fleet = self.fleets[mode]
        if fleet.sets is None or fleet.turnaround_h is None:
            return None
        names = [pool.name for pool in self.pools]
        if name not in names:
            sets = self.values(fleet.sets, "fleets", name, "sets")
            wait = self.element(Element("stock", name, "", "", mode, ""))
            self.pools.append(Pool(name, sets, seconds(fleet.turnaround_h.value), wait))
            return len(names)
        return names.index(name)
