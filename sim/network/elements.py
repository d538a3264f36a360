"""The compiled network: what a unit can visit, what can make it wait, and the ways through it."""

from dataclasses import dataclass
from typing import Literal

from sim.clock import Calendar, Clock, Timeline, Window
from sim.model.case import Case

ElementKind = Literal[
    "section", "acceptance", "step", "terminal", "yard", "dock", "space", "berth", "sailing", "room", "stock"
]
"""What an element is: a stretch of line or road, a neighbour's daily acceptance, an agency's step, the
handling at a terminal, the wait for a train to fill, the wait for a sailing, the wait for space on a later
sailing, a berth, a passage by sea, the wait for room in a yard, the wait for a train set."""
NO_SERVICE = Timeline(0.0)
ALWAYS_OPEN = Calendar()
LegKind = Literal["truck", "train", "handle", "sail"]
Node = tuple[str, str]
"""A place in a mode, e.g. ``("tehran", "road")``."""


@dataclass(frozen=True)
class Server:
    """Something with a queue, first come first served.

    `places` serve side by side; a `daily` one instead lets that many pass in a calendar day.
    """

    name: str
    places: Timeline[int]
    daily: bool
    calendar: Calendar


@dataclass(frozen=True)
class Element:
    """One thing that a unit visits, in one direction.

    `server` is the number of the server it queues for, or None. `moving_s` is the time under way;
    `service_s` the mean service (s) with coefficient of variation `service_cv`; `hold_s` how long a unit
    keeps the server where that differs from its own stay (the headway of a railway path).
    A train lighter than `full_kg` holds it for its part only, as wagons of several routes share trains.
    `service_s_per_kg` is for handling by mass. Only `share` of the units stop; the others pass at once, and
    leave a record of it only where throughput is `counted`, at a post's last step.
    On a single track `cross_s` is how long a train keeps out one the other way, where that differs from
    `hold_s`. Commodities that are `urgent` are served before all others. The service of the share of vehicles
    under TIR, eTIR or with data sent ahead is multiplied by `facilitated_factor`.
    """

    kind: ElementKind
    id: str
    part: str
    direction: str
    mode: str
    country: str
    length_km: float = 0.0
    moving_s: int = 0
    server: int | None = None
    service_s: Timeline[float] = NO_SERVICE
    service_cv: float = 0.0
    service_s_per_kg: float = 0.0
    share: float = 1.0
    counted: bool = True
    hold_s: int | None = None
    full_kg: int = 0
    cross_s: int | None = None
    calendar: Calendar = ALWAYS_OPEN
    urgent: tuple[str, ...] = ()
    facilitated_share: float = 0.0
    facilitated_factor: float = 1.0

    @property
    def mean_factor(self) -> float:
        """What `service_s` is multiplied by on the mean of facilitated units and others."""
        return 1.0 - self.facilitated_share * (1.0 - self.facilitated_factor)

    @property
    def name(self) -> str:
        """Readable name, e.g. ``astara-road/outbound/customs``."""
        return "/".join(x for x in (self.id, self.direction, self.part) if x)

    @property
    def path_s(self) -> float | None:
        """How long a train takes up a railway section, s: the mean of the gaps behind it; None elsewhere."""
        if self.hold_s is None or self.cross_s is None:
            return self.hold_s
        return (self.hold_s + self.cross_s) / 2


@dataclass(frozen=True)
class Line:
    """The sailings of one service in one direction.

    `interval_s` lies between two sailings; one takes up to `capacity_kg`, and is left out while less
    than `minimum_kg` waits and nothing has waited for `maximum_wait_s`. Freight that came less than
    `cut_off_s` before stays for the next. `dock`, `space`, `loading`, `passage` and `unloading` are elements.
    In deep water a sailing would take `lost_kg` more.
    """

    name: str
    interval_s: float
    capacity_kg: int
    minimum_kg: int
    maximum_wait_s: int
    dock: int
    space: int
    loading: int
    passage: int
    unloading: int
    cut_off_s: int = 0
    lost_kg: int = 0


@dataclass(frozen=True)
class Room:
    """Where freight lies until its train or ship leaves: `capacity_kg`; `element` is the wait for it."""

    name: str
    capacity_kg: int
    element: int


@dataclass(frozen=True)
class Pool:
    """Train sets (locomotive and wagons) of one fleet: `sets` of them over time.

    One is taken by a train when it leaves and is free again, anywhere, after the train's arrival, `turn_s`
    for unloading, and the way back empty in the time that the loaded way took. `element`: the wait for a set.
    """

    name: str
    sets: Timeline[int]
    turn_s: int
    element: int


@dataclass(frozen=True)
class Timetable:
    """One direction of a passenger service, from place `start` to place `end`.

    A departure every `interval_s` has so many `seats`. A train passes `sections` (elements) and is under
    way for `running_s` in each; before the section in the same place of `stops_s` it stands so long. A
    coach or flight has one section that is no element, None.
    """

    service: str
    direction: str
    start: str
    end: str
    interval_s: float
    seats: int
    fare_usd: float
    sections: tuple[int | None, ...]
    running_s: tuple[int, ...]
    stops_s: tuple[int, ...]
    calendar: Calendar

    @property
    def name(self) -> str:
        """Readable name, e.g. ``nakhchivan-mashhad-train/outbound``."""
        return f"{self.service}/{self.direction}"

    @property
    def journey_s(self) -> int:
        """Time from departure to arrival by the timetable, s."""
        return sum(self.running_s) + sum(self.stops_s)


@dataclass(frozen=True)
class Leg:
    """One vehicle's part of an itinerary: what it visits in order; `yard` or `line` is where it boards.

    `room` is where the freight needs room before it begins this leg, to lie there until its next train or
    ship leaves; `pool` where a train's set comes from.
    """

    kind: LegKind
    elements: tuple[int, ...]
    fleet: str
    yard: int | None = None
    line: int | None = None
    room: int | None = None
    pool: int | None = None


@dataclass(frozen=True)
class Payment:
    """A charge on an itinerary: due at `element`, so many dollars for every tonne of the flow."""

    charge: str
    element: int
    usd_per_t: float


@dataclass(frozen=True)
class Hours:
    """Mean time on a way without queues, h, by what it passes with.

    `moving` under way, drivers' rests among it; `service` at posts, terminals and quays; `opening` until
    what is shut at night or on holidays opens; `filling` until a train is full; `sailing` from the quay's
    cut-off, or for the next ship, until it leaves.
    """

    moving: float = 0.0
    service: float = 0.0
    opening: float = 0.0
    filling: float = 0.0
    sailing: float = 0.0

    @property
    def total(self) -> float:
        """The sum, h."""
        return self.moving + self.service + self.opening + self.filling + self.sailing

    def __add__(self, other: "Hours") -> "Hours":
        return Hours(
            self.moving + other.moving,
            self.service + other.service,
            self.opening + other.opening,
            self.filling + other.filling,
            self.sailing + other.sailing,
        )


@dataclass(frozen=True)
class Itinerary:
    """One way for one flow, door to door.

    Costs are USD a tonne, times hours, all for traffic that meets no queue. `constant_usd_per_t` holds
    the preferences for modes that are neither money nor time.
    """

    flow: str
    name: str
    legs: tuple[Leg, ...]
    payments: tuple[Payment, ...]
    operating_usd_per_t: float
    constant_usd_per_t: float
    time: Hours
    distance_km: float
    km_by_mode: tuple[tuple[str, float], ...]

    @property
    def charges_usd_per_t(self) -> float:
        """Sum of all charges, USD a tonne."""
        return sum(payment.usd_per_t for payment in self.payments)

    @property
    def free_flow_h(self) -> float:
        """Mean time without queues, h."""
        return self.time.total


@dataclass(frozen=True)
class ChoiceSet:
    """The itineraries (by number) that a flow has from `starts_at` (s) until its next choice set."""

    starts_at: int
    itineraries: tuple[int, ...]


@dataclass(frozen=True)
class Trips:
    """The travellers of one direction of a travel record, and the timetables open to them over time."""

    travel: str
    direction: str
    choice_sets: tuple[ChoiceSet, ...]


@dataclass(frozen=True)
class Network:
    """Everything that the engine and the indicators need to know of a case.

    `choice_sets` gives each flow, by its place in `flows`, its choice sets in order of time; those of
    `trips` hold numbers of `timetables` instead of itineraries. `measured` is the part of the run that
    is counted.
    """

    case: Case
    clock: Clock
    measured: Window
    elements: tuple[Element, ...]
    servers: tuple[Server, ...]
    lines: tuple[Line, ...]
    flows: tuple[str, ...]
    itineraries: tuple[Itinerary, ...]
    choice_sets: tuple[tuple[ChoiceSet, ...], ...]
    timetables: tuple[Timetable, ...] = ()
    trips: tuple[Trips, ...] = ()
    rooms: tuple[Room, ...] = ()
    pools: tuple[Pool, ...] = ()


Shares = tuple[tuple[float, ...], ...]
"""The shares of the options of each choice set of a flow or of trips."""


@dataclass(frozen=True)
class Assignment:
    """The shares of the itineraries of each flow, and of the timetables of each `Trips`, in order."""

    shares: tuple[Shares, ...]
    trips: tuple[Shares, ...] = ()
