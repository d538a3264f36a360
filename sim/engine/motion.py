"""What moves in one replication: the ledger of the inner loop, and what the world outside does with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from sim.engine import kernel
from sim.engine.compiled import COMPILED
from sim.engine.ledger import Ledger, Numbers
from sim.engine.queues import WIDTH, run_reserved
from sim.engine.rooms import leave_all
from sim.engine.shipments import Shipments
from sim.engine.tables import Columns, Layout, integers, most_places
from sim.records.columns import NOT_YET, Records
from sim.units import SECONDS_PER_MINUTE

SPARE, ONE_IN = 4096, 16
"""Rows at first for what is not known beforehand (trains, ships, their draws); consignments a row more."""
WAITS = 2
"""Visits of one who waits for a ship: for the first sailing, and for space."""
RECORDED = (
    "UNIT_KIND",
    "UNIT_FLOW",
    "UNIT_ITINERARY",
    "UNIT_MASS_KG",
    "UNIT_RELEASED_AT",
    "UNIT_DELIVERED_AT",
)
PER_UNIT = (
    *RECORDED, "UNIT_ROW", "UNIT_END", "UNIT_DRAW", "UNIT_LEG", "UNIT_PARTS", "UNIT_PARENT", "UNIT_LUCK",
    "UNIT_MARK", "UNIT_ROOM", "UNIT_POOL", "UNIT_NEXT", "UNIT_SINCE", "UNIT_ELEMENT", "UNIT_STAY",
)  # fmt: skip
PER_SERVER = ("STARTED_AT", "ACCEPTED", "WAKE_AT", "LAST_HOLD", "LAST_CROSS", "LAST_BACK")
LOADED = ("LOAD_VEHICLE", "LOAD_CONSIGNMENT", "LOAD_MASS_KG")
VISITED = ("visit_unit", "visit_element", "visit_arrived_at", "visit_started_at", "visit_left_at")
DEPARTED = ("timetable", "left_at", "arrived_at", "boarded", "turned_away", "waited_min")


class Waiting(NamedTuple):
    """Who waits at a stand: units, since when (s), masses (kg); one row each."""

    unit: Numbers
    since: Numbers
    mass_kg: Numbers


@dataclass(frozen=True)
class Sizes:
    """How much there will be, as far as it is known before the run.

    `waiting` is how many will come to each stand, `longest` the most visits that one event can make.
    """

    consignments: int
    trucks: int
    loads: int
    visits: int
    longest: int
    draws: int
    waiting: Numbers


class Motion:
    """The ledger, heaps and visits of a replication, and what is done with them from outside."""

    def __init__(self, layout: Layout, tables: Columns, found: Shipments, end_s: int) -> None:
        self.sizes = sizes(layout, found)
        servers = len(layout.network.servers)
        self.ledger = Ledger(
            {
                **tables,
                "STAND_FROM": np.cumsum(self.sizes.waiting) - self.sizes.waiting,
                "STAND_FULL_KG": integers([stand.full_kg for stand in layout.stands]),
                "DAY": np.full(servers, NOT_YET),
            },
            _rooms(self.sizes, servers, len(layout.network.rooms)),
            {
                "EVENTS": servers,
                "LONGEST": self.sizes.longest,
                "END": end_s,
                "UNITS": self.sizes.consignments,
                "CONSIGNMENTS": self.sizes.consignments,
            },
        )
        self._begin(layout, found)
        room = self.sizes.visits + self.sizes.longest + SPARE
        self.visited = np.zeros((WIDTH, room), dtype=np.int32)
        self.drawn = len(found.draws)
        self.spare = spare(self.sizes.consignments)
        self.departures: list[list[int]] = []
        self.heap = np.zeros(0, dtype=np.int64)
        self.hands: tuple[Any, Any, Any, Any]
        self.heaps: list[list[int]] = [[] for _ in range(servers + 1)]
        self._see()

    def _begin(self, layout: Layout, found: Shipments) -> None:
        count, ledger = self.sizes.consignments, self.ledger
        legs = integers([0, *np.cumsum([len(legs) for legs in layout.legs])])
        for name, column in {
            "UNIT_FLOW": found.flow,
            "UNIT_ITINERARY": found.itinerary,
            "UNIT_MASS_KG": found.mass_kg,
            "UNIT_RELEASED_AT": found.released_at,
            "UNIT_LUCK": found.first_draw,
            "UNIT_LEG": legs[found.itinerary],
            "UNIT_MARK": ledger["FLOW_MARK"][found.flow],
            "DRAWS": found.draws,
        }.items():
            ledger[name][: len(column)] = column
        ledger["UNIT_DELIVERED_AT"][:count] = NOT_YET

    def _see(self) -> None:
        """Take hold of the arrays anew: without numba as memoryviews, which are faster then."""
        ledger = self.ledger
        if COMPILED:
            events = len(ledger["UNIT_KIND"]) + len(ledger["WAKE_AT"])
            heap = np.zeros(int(ledger["HEAP_FROM"][-1]) + events, dtype=np.int64)
            heap[: len(self.heap)] = self.heap
            self.heap = heap
            self.hands = (ledger.numbers, ledger.reals, self.visited.reshape(-1), heap)
        else:
            self.hands = (ledger.numbers.data, ledger.reals.data, self.visited.reshape(-1).data, self.heaps)

    def _grow(self, *names: str) -> None:
        self.ledger = self.ledger.grown({name: 2 * len(self.ledger[name]) for name in names})
        self._see()

    def advance(self, until_s: int) -> int:
        """Let everything happen up to an instant (s).

        Returns `kernel.DONE`, or earlier `JOINED` or `LANDED` where a yard or a pool must act (`told`).
        """
        while (why := kernel.advance(*self.hands, until_s)) == kernel.FULL:
            self._make_room(self.visited.shape[1])
        return why

    @property
    def told(self) -> tuple[int, int]:
        """The stand or train that made `advance` return early, and the instant (s)."""
        return self.ledger.get("TOLD"), self.ledger.get("TOLD_AT")

    def _make_room(self, visits: int) -> None:
        """Make room for so many more visits."""
        self.visited = np.pad(self.visited, ((0, 0), (0, visits)))
        self._see()

    def unit(self, kind: int, mass_kg: int, now: int) -> int:
        """Add a vehicle; return its number."""
        if self.spare == 0:
            self.spare = len(self.ledger["UNIT_KIND"])
            self._grow(*PER_UNIT)
        self.spare -= 1
        return kernel.new_unit(self.hands[0], kind, mass_kg, now)

    def begin(self, unit: int, path: int, luck: Sequence[float], now: int) -> None:
        """Send a train or ship along a path with its draws for the stops on it."""
        if self.drawn + len(luck) > len(self.ledger["DRAWS"]):
            self._grow("DRAWS")
        self.ledger["DRAWS"][self.drawn : self.drawn + len(luck)] = luck
        ledger, _, _, heaps = self.hands
        kernel.begin(ledger, heaps, unit, path, self.drawn, now)
        self.drawn += len(luck)

    def run_reserved(self, unit: int, element: int, now: int, stay_s: int) -> int:
        """Let a passenger train run over an element on its path; return when it goes on (s), or `NEVER`."""
        if self.ledger.get("VISITS") == self.visited.shape[1]:
            self._make_room(self.visited.shape[1])
        ledger, _, visits, _ = self.hands
        return run_reserved(ledger, visits, unit, element, now, stay_s)

    def waiting(self, stand: int) -> Waiting:
        """Return who waits at a stand, in order of arrival."""
        ledger = self.ledger
        start = int(ledger["STAND_FROM"][stand])
        rows = slice(start + int(ledger["STAND_HEAD"][stand]), start + int(ledger["STAND_TAIL"][stand]))
        units = ledger["WAITING_UNIT"][rows].copy()
        return Waiting(units, ledger["WAITING_SINCE"][rows].copy(), ledger["UNIT_MASS_KG"][units])

    def board(self, vehicle: int, stand: int, count: int, now: int) -> None:
        """Load the first `count` who wait at a stand on a train or ship; they give up their room."""
        if self.ledger.get("LOADS") + count > len(self.ledger["LOAD_VEHICLE"]):
            self._grow(*LOADED)
        ledger, row, units = self.ledger, self.ledger.get("LOADS"), self.waiting(stand)
        aboard, masses_kg = units.unit[:count], units.mass_kg[:count]
        for name, column in zip(LOADED, (vehicle, aboard, masses_kg), strict=True):
            ledger[name][row : row + count] = column
        ledger.put("LOADS", row + count)
        ledger["UNIT_LUCK"][vehicle], ledger["UNIT_PARTS"][vehicle] = row, count
        ledger["STAND_HEAD"][stand] += count
        ledger["STAND_KG"][stand] -= masses_kg.sum()
        self._leave_rooms(vehicle, now)

    def _leave_rooms(self, vehicle: int, now: int) -> None:
        coming = int(self.ledger["ROOM_LINE"].sum())
        if self.ledger.get("VISITS") + coming > self.visited.shape[1]:
            self._make_room(max(coming, self.visited.shape[1]))
        numbers, _, visits, heaps = self.hands
        leave_all(numbers, visits, heaps, vehicle, now)

    def comes_back(self, train: int, pool: int) -> None:
        """Have the world told when a train arrives whose set belongs to a pool."""
        self.ledger["UNIT_POOL"][train] = pool + 1

    def pool_of(self, train: int) -> int:
        """Return the pool that a train's set belongs to."""
        return int(self.ledger["UNIT_POOL"][train]) - 1

    def close_books(self) -> None:
        """Record those who still stand in a line at the end of the run."""
        rooms = self.ledger["ROOM_ELEMENT"]
        for first in self.ledger["LINE_HEAD"].tolist():
            self._record_line(first, None)
        for first, element in zip(self.ledger["ROOM_HEAD"].tolist(), rooms.tolist(), strict=True):
            self._record_line(first, element)

    def _record_line(self, first: int, element: int | None) -> None:
        """Record the waits of a list whose first unit (from 1) is given; for their own elements if None."""
        ledger, units = self.ledger, []
        while first:
            units.append(first - 1)
            first = int(ledger["UNIT_NEXT"][first - 1])
        line = np.array(units, dtype=np.int64)
        elements = ledger["UNIT_ELEMENT"][line] if element is None else element
        self.visits(line, elements, ledger["UNIT_SINCE"][line], NOT_YET)

    def visits(self, units: Numbers, element: Numbers | int, since: Numbers, until: Numbers | int) -> None:
        """Record that units waited at an element, from instants until instants or one instant (s)."""
        count, row = len(units), self.ledger.get("VISITS")
        if row + count > self.visited.shape[1]:
            self._make_room(max(count, self.visited.shape[1]))
        for place, column in enumerate((units, element, since, until, until)):
            self.visited[place, row : row + count] = column
        self.ledger.put("VISITS", row + count)

    def deliver(self, unit: int, now: int) -> None:
        """Note that a unit is at its end."""
        self.ledger["UNIT_DELIVERED_AT"][unit] = now

    def depart(self, timetable: int, now: int, boarded: int, turned_away: int, waited_s: int) -> int:
        """Note that a passenger service leaves now; return the number of its departure."""
        waited_min = round(waited_s / SECONDS_PER_MINUTE)
        self.departures.append([timetable, now, NOT_YET, boarded, turned_away, waited_min])
        return len(self.departures) - 1

    def reach(self, departure: int, now: int) -> None:
        """Note that a passenger service is at its end."""
        self.departures[departure][DEPARTED.index("arrived_at")] = now

    def records(self) -> Records:
        """Return all that happened."""
        ledger = self.ledger
        visits = self.visited[:, : ledger.get("VISITS")]
        departures = np.array(self.departures, dtype=np.int32).reshape(-1, len(DEPARTED))
        columns = dict(zip(VISITED, visits, strict=True))
        for names, count in ((RECORDED, ledger.get("UNITS")), (LOADED, ledger.get("LOADS"))):
            columns |= {name.lower(): ledger[name][:count].astype(np.int32) for name in names}
        for place, name in enumerate(DEPARTED):
            columns[f"departure_{name}"] = np.ascontiguousarray(departures[:, place])
        return Records(**columns, end_s=ledger.get("END"))


def sizes(layout: Layout, found: Shipments) -> Sizes:
    """Return how much there will be if all consignments reach their end."""
    counts = np.bincount(found.itinerary, minlength=len(layout.legs))
    waiting = np.zeros(len(layout.stands), dtype=np.int64)
    trucks = loads = visits = longest = 0
    lengths, network = layout.paths.lengths(), layout.network
    for legs, stops, count in zip(layout.legs, layout.stops, counts.tolist(), strict=True):
        parts = sum(vehicles for _, vehicles, _ in legs if vehicles > 1)
        on_way = [(lengths[path], vehicles) for path, vehicles, _ in legs if path >= 0]
        trucks += count * parts
        loads += count * (parts + len(stops))
        visits += count * (WAITS * len(stops) + sum(length * vehicles for length, vehicles in on_way))
        longest = max(longest, sum(length for length, _ in on_way))
        waiting[stops] += count
    together = [most_places(network.servers[one.server or 0]) for one in network.elements if one.urgent]
    longest = max([longest, *lengths]) + max(together, default=0)
    return Sizes(len(found.flow), trucks, loads, visits, longest, len(found.draws), waiting)


def spare(consignments: int) -> int:
    """Return for how many trains and ships there is room at first: growing copies the whole ledger."""
    return SPARE + consignments // ONE_IN


def _rooms(sizes: Sizes, servers: int, rooms: int) -> dict[str, int]:
    """Return the lengths of the columns that begin with zeros."""
    stands = len(sizes.waiting)
    units = sizes.consignments + sizes.trucks + spare(sizes.consignments)
    return {
        **dict.fromkeys(PER_UNIT, units),
        **dict.fromkeys(LOADED, sizes.loads + SPARE),
        **dict.fromkeys(PER_SERVER, servers),
        **dict.fromkeys(("LINE_HEAD", "LINE_TAIL"), 2 * servers),
        **dict.fromkeys(("ROOM_USED", "ROOM_HEAD", "ROOM_TAIL", "ROOM_LINE"), rooms),
        **dict.fromkeys(("WAITING_UNIT", "WAITING_SINCE"), int(sizes.waiting.sum())),
        **dict.fromkeys(("STAND_HEAD", "STAND_TAIL", "STAND_KG"), stands),
        "HEAP_SIZE": servers + 1,
        "DRAWS": sizes.draws + 2 * spare(sizes.consignments),
    }
