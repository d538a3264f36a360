"""A compiled network as the flat columns of the inner loop."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from sim.clock import Calendar, Timeline, Window, always_open
from sim.engine.kernel import CARRY, WAIT
from sim.engine.queues import FREE, STATION, TRACK
from sim.network.elements import Element, Itinerary, Leg, Line, Network, Server
from sim.units import kilograms

MOST_URGENT = 62
"""Commodities that have a bit of their own in a mark."""
ALWAYS = -(2**40)
"""An instant before every run: what holds from the start."""
Array = npt.NDArray[np.int64] | npt.NDArray[np.float64]
Columns = dict[str, Array]


@dataclass(frozen=True)
class Stand:
    """Where consignments of one leg wait for a train, or for the sailings of one line.

    `element` is where their wait is recorded, None if nowhere; `path` the way of the vehicle; `full_kg` the
    load that fills a train, 0 for ships; `pool` where a train's set comes from, -1 if from nowhere.
    """

    name: str
    element: int | None
    path: int
    full_kg: int
    fleet: str = ""
    pool: int = -1


@dataclass(frozen=True)
class Slot:
    """A draw that an element takes: `share` for whether a unit must stop, else a multiple of the mean."""

    element: int
    share: bool


@dataclass
class Paths:
    """All distinct paths, each with its elements and the draws that a unit on it needs, in order."""

    elements: tuple[Element, ...]
    numbers: dict[tuple[int, ...], int] = field(default_factory=dict)
    slots: list[list[Slot]] = field(default_factory=list)

    def number(self, elements: tuple[int, ...]) -> int:
        """Return the number of the path over elements."""
        if elements not in self.numbers:
            self.numbers[elements] = len(self.numbers)
            self.slots.append([slot for number in elements for slot in self._of(number)])
        return self.numbers[elements]

    def lengths(self) -> list[int]:
        """Return the number of elements of each path."""
        return [len(elements) for elements in self.numbers]

    def _of(self, number: int) -> list[Slot]:
        element = self.elements[number]
        slots = [Slot(number, share=True)] if picks(element) else []
        return [*slots, Slot(number, share=False)] if varies(element) else slots

    def columns(self) -> Columns:
        """Return the columns of the paths and their rows."""
        lengths = integers(self.lengths())
        draws = [
            place
            for elements in self.numbers
            for place in np.cumsum([0, *(len(self._of(number)) for number in elements)])[:-1].tolist()
        ]
        return {
            "PATH_FROM": np.cumsum(lengths) - lengths,
            "PATH_UNTIL": np.cumsum(lengths),
            "PATH_ELEMENT": integers([number for elements in self.numbers for number in elements]),
            "PATH_DRAW": integers(draws),
        }


@dataclass
class Lists:
    """Columns of rows that belong to something: `starts` and `ends` say which."""

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    rows: list[tuple[float, ...]] = field(default_factory=list)

    def add(self, rows: Sequence[tuple[float, ...]]) -> int:
        """Add what belongs to one more thing; return its number."""
        self.starts.append(len(self.rows))
        self.rows.extend(rows)
        self.ends.append(len(self.rows))
        return len(self.starts) - 1

    def column(self, place: int) -> npt.NDArray[np.float64]:
        """Return one value of all rows."""
        return np.array([row[place] for row in self.rows], dtype=np.float64)


@dataclass
class Times:
    """Calendars and timelines, each distinct one once."""

    closures: Lists = field(default_factory=Lists)
    hours: Lists = field(default_factory=Lists)
    lines: Lists = field(default_factory=Lists)
    calendars: dict[Calendar, int] = field(default_factory=dict)

    def calendar(self, calendar: Calendar) -> int:
        """Return the number of a calendar, -1 if it is always open."""
        if always_open(calendar):
            return -1
        if calendar not in self.calendars:
            hours = calendar.hours
            self.closures.add([(window.start_s, window.end_s) for window in calendar.closures])
            self.calendars[calendar] = self.hours.add(
                [(ALWAYS, *hours.first), *((at_s, *window) for at_s, window in hours.changes)]
            )
        return self.calendars[calendar]

    def line(self, line: Timeline[int] | Timeline[float]) -> int:
        """Return the number of a timeline."""
        return self.lines.add([(ALWAYS, line.first), *line.changes])

    def columns(self) -> Columns:
        """Return the columns of calendars and timelines and their rows."""
        closures, hours, lines = self.closures, self.hours, self.lines
        return {
            "CLOSURES_FROM": integers(closures.starts),
            "CLOSURES_UNTIL": integers(closures.ends),
            "CLOSED_AT": closures.column(0).astype(np.int64),
            "OPENED_AT": closures.column(1).astype(np.int64),
            "HOURS_FROM": integers(hours.starts),
            "HOURS_UNTIL": integers(hours.ends),
            "HOURS_AT": hours.column(0).astype(np.int64),
            "HOURS_OPEN": hours.column(1).astype(np.int64),
            "HOURS_CLOSE": hours.column(2).astype(np.int64),
            "LINE_FROM": integers(lines.starts),
            "LINE_UNTIL": integers(lines.ends),
            "CHANGES_AT": lines.column(0).astype(np.int64),
            "CHANGES_TO": lines.column(1),
        }


def picks(element: Element) -> bool:
    """Whether only a share of the units stops at an element."""
    return element.server is not None and element.share < 1


def served(element: Element) -> bool:
    """Whether the stay is a service, drawn anew for each unit; else it is the time under way."""
    return element.server is not None and element.kind not in ("section", "acceptance")


def varies(element: Element) -> bool:
    """Whether services differ from unit to unit by chance."""
    return served(element) and (element.service_cv > 0 or element.facilitated_share > 0)


def integers(values: Sequence[int]) -> npt.NDArray[np.int64]:
    """Return a column of whole numbers."""
    return np.array(values, dtype=np.int64)


def _elements(elements: tuple[Element, ...], times: Times, marks: dict[str, int]) -> Columns:
    def kind(element: Element) -> int:
        if element.server is None:
            return FREE
        return STATION if element.hold_s is None else TRACK

    def mark(element: Element) -> int:
        return sum(marks[goods] for goods in element.urgent)

    return {
        "KIND": integers([kind(e) for e in elements]),
        "CALENDAR": integers([times.calendar(e.calendar) for e in elements]),
        "SERVER": integers([-1 if e.server is None else e.server for e in elements]),
        "MOVING_S": integers([e.moving_s for e in elements]),
        "SERVED": integers([served(e) for e in elements]),
        "MEAN": integers([times.line(e.service_s) for e in elements]),
        "PER_KG_S": np.array([e.service_s_per_kg for e in elements], dtype=np.float64),
        "VARIES": integers([varies(e) for e in elements]),
        "SHARE": np.array([e.share for e in elements], dtype=np.float64),
        "PICKS": integers([picks(e) for e in elements]),
        "COUNTED": integers([e.counted for e in elements]),
        "HOLD_S": integers([_either(e.hold_s, -1) for e in elements]),
        "FULL_KG": integers([e.full_kg for e in elements]),
        "CROSS_S": integers([_either(e.cross_s, e.hold_s) for e in elements]),
        "BACKWARDS": integers([e.direction == "inbound" for e in elements]),
        "URGENT": integers([mark(e) for e in elements]),
    }


def _either(value: int | None, other: int | None) -> int:
    """Return a value, or what stands in for it."""
    if value is not None:
        return value
    return -1 if other is None else other


def most_places(server: Server) -> int:
    """Return the most places that a server ever has, side by side or in a day."""
    return max(server.places.first, *(count for _, count in server.places.changes), 0)


def _servers(network: Network, times: Times) -> Columns:
    servers = network.servers
    urgent = {element.server for element in network.elements if element.urgent}

    def fixed(server: Server) -> int:
        changes = server.daily or server.places.changes or not always_open(server.calendar)
        return 0 if changes else server.places.first

    rooms = integers([0 if server.daily else most_places(server) for server in servers])
    return {
        "QUEUE_CALENDAR": integers([times.calendar(server.calendar) for server in servers]),
        "QUEUE_PLACES": integers([times.line(server.places) for server in servers]),
        "QUEUE_FIXED": integers([fixed(server) for server in servers]),
        "QUEUE_DAILY": integers([server.daily for server in servers]),
        "QUEUE_URGENT": integers([number in urgent for number in range(len(servers))]),
        "HEAP_FROM": np.concatenate([[0], np.cumsum(rooms)]).astype(np.int64),
    }


@dataclass
class Layout:
    """A network laid out: its columns so far, its paths, and where freight waits for trains and ships.

    `legs` holds, for each itinerary, (path or -1, vehicles a consignment needs, place of its first draw) of
    each leg, `stops` the stands where it waits, and `draws` how many draws a consignment on it needs.
    """

    network: Network
    paths: Paths
    stands: list[Stand] = field(default_factory=list)
    legs: list[list[tuple[int, int, int]]] = field(default_factory=list)
    stops: list[list[int]] = field(default_factory=list)
    draws: list[int] = field(default_factory=list)
    _stand_of: dict[object, int] = field(default_factory=dict)
    _rows: list[tuple[int, ...]] = field(default_factory=list)

    def itinerary(self, itinerary: Itinerary, mass_kg: int) -> None:
        """Lay out the legs of an itinerary for consignments of a mass."""
        first_draw = 0
        legs: list[tuple[int, int, int]] = []
        stops: list[int] = []
        for leg in itinerary.legs:
            room = -1 if leg.room is None else leg.room
            if leg.kind in ("train", "sail"):
                stops.append(self._stand(leg))
                self._rows.append((WAIT, -1, 0, stops[-1], 0, 0, room))
                legs.append((-1, 0, 0))
                continue
            path, payload_kg = self.paths.number(leg.elements), 0
            if leg.kind == "truck":
                payload_kg = kilograms(self._fleet_payload_t(leg))
            vehicles = -(-mass_kg // payload_kg) if payload_kg else 1
            draws = len(self.paths.slots[path])
            self._rows.append((CARRY, path, payload_kg, -1, first_draw, draws, room))
            legs.append((path, vehicles, first_draw))
            first_draw += vehicles * draws
        self.legs.append(legs)
        self.stops.append(stops)
        self.draws.append(first_draw)

    def _fleet_payload_t(self, leg: Leg) -> float:
        return self.network.case.description.fleets[leg.fleet].payload_t.value

    def _stand(self, leg: Leg) -> int:
        key = leg.line if leg.kind == "sail" else (leg.yard, leg.elements)
        if key not in self._stand_of:
            self._stand_of[key] = len(self.stands)
            self.stands.append(self._dock(leg) if leg.kind == "sail" else self._yard(leg))
        return self._stand_of[key]

    def _yard(self, leg: Leg) -> Stand:
        elements = self.network.elements
        name = f"{elements[leg.yard or 0].id}:" + ">".join(elements[i].name for i in leg.elements)
        path = self.paths.number(leg.elements)
        full_kg = kilograms(self._fleet_payload_t(leg))
        return Stand(name, leg.yard, path, full_kg, leg.fleet, -1 if leg.pool is None else leg.pool)

    def _dock(self, leg: Leg) -> Stand:
        line = self.network.lines[leg.line or 0]
        return Stand(line.name, line.dock, self.voyage(line), 0)

    def voyage(self, line: Line) -> int:
        """Return the path of a line's ships."""
        return self.paths.number((line.loading, line.passage, line.unloading))

    def dock(self, line: int) -> int | None:
        """Return the stand of a line, if anything ever waits there."""
        return self._stand_of.get(line)

    def columns(self) -> Columns:
        """Return the columns of legs and itineraries."""
        names = ("LEG_KIND", "LEG_PATH", "LEG_PAYLOAD_KG", "LEG_STAND", "LEG_DRAW", "LEG_DRAWS", "LEG_ROOM")
        rows = np.array(self._rows, dtype=np.int64).reshape(-1, len(names))
        lengths = integers([len(legs) for legs in self.legs])
        return {
            "LEGS_UNTIL": np.cumsum(lengths),
            **{name: np.ascontiguousarray(rows[:, place]) for place, name in enumerate(names)},
        }


def lay_out(network: Network) -> tuple[Layout, Columns]:
    """Return the layout of a network and the columns of the ledger that rest on nothing else."""
    layout = Layout(network, Paths(network.elements))
    description = network.case.description
    for itinerary in network.itineraries:
        commodity = description.demand[itinerary.flow].commodity
        layout.itinerary(itinerary, kilograms(description.commodities[commodity].shipment_t.value))
    for line in network.lines:
        layout.voyage(line)
    return layout, columns_of(layout)


def columns_of(layout: Layout) -> Columns:
    """Return the columns of the ledger that rest on a layout and its network."""
    network, times = layout.network, Times()
    marks = _marks(network.elements)
    elements = _elements(network.elements, times, marks)
    servers = _servers(network, times)
    goods = [network.case.description.demand[flow].commodity for flow in network.flows]
    return {
        **elements,
        **servers,
        **times.columns(),
        **layout.paths.columns(),
        **layout.columns(),
        "ROOM_KG": integers([room.capacity_kg for room in network.rooms]),
        "ROOM_ELEMENT": integers([room.element for room in network.rooms]),
        "FLOW_MARK": integers([marks.get(one, 0) for one in goods]),
    }


def reserved_columns(servers: int, reserved: dict[int, list[Window]]) -> Columns:
    """Return the columns of the paths reserved at each server, those that overlap joined."""
    rows = Lists()
    for server in range(servers):
        joined: list[list[int]] = []
        for window in sorted(reserved.get(server, []), key=lambda one: one.start_s):
            if joined and window.start_s <= joined[-1][1]:
                joined[-1][1] = max(joined[-1][1], window.end_s)
            else:
                joined.append([window.start_s, window.end_s])
        rows.add([(start_s, end_s) for start_s, end_s in joined])
    return {
        "RESERVED_FROM": integers(rows.starts),
        "RESERVED_UNTIL": integers(rows.ends),
        "RESERVED_AT": rows.column(0).astype(np.int64),
        "RESERVED_END": rows.column(1).astype(np.int64),
    }


def _marks(elements: tuple[Element, ...]) -> dict[str, int]:
    """Return a power of two for each of the goods that are urgent somewhere."""
    goods = sorted({one for element in elements for one in element.urgent})
    if len(goods) > MOST_URGENT:
        raise ValueError(f"at most {MOST_URGENT} commodities can be urgent, not {len(goods)}")
    return {one: 1 << place for place, one in enumerate(goods)}
