"""What the numbers in the records stand for, in words, so that they can be read without the network."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sim.indicators.money import countries
from sim.indicators.storage import inside
from sim.indicators.things import CAUSE_OF
from sim.model.description import Description
from sim.network.costs import regime_applies
from sim.network.elements import Element, Itinerary, Network
from sim.network.storage import stays
from sim.records.columns import CONSIGNMENT, PASSENGERS, TRAIN, TRUCK, VESSEL

WAYS = {
    "road": "road",
    "rail-1435": "railway (1435 mm)",
    "rail-1520": "railway (1520 mm)",
    "sea": "sea",
    "air": "air",
}
"""Modes as a reader knows them."""
KINDS = {
    CONSIGNMENT: "consignment",
    TRUCK: "truck",
    TRAIN: "train",
    VESSEL: "ship",
    PASSENGERS: "passenger train",
}
"""Kinds of units as a reader knows them."""


@dataclass(frozen=True)
class Spot:
    """An element of the network in words: `where` it is; `cause` is why one waits there when it is open."""

    name: str
    kind: str
    id: str
    direction: str
    mode: str
    country: str
    length_km: float
    where: str
    cause: str


@dataclass(frozen=True)
class Fee:
    """A charge in words."""

    id: str
    title: str
    payee: str
    country: str


@dataclass(frozen=True)
class Due:
    """A charge on an itinerary: the numbers of the charge and of the element where it is due, USD a tonne."""

    charge: int
    element: int
    usd_per_t: float


@dataclass(frozen=True)
class Rent:
    """A charge for lying at `elements`: the number of the charge, days free, then USD a tonne and day."""

    charge: int
    elements: tuple[int, ...]
    free_days: float
    usd_per_t_day: float


@dataclass(frozen=True)
class Way:
    """An itinerary: the number of its flow, its name, what is paid on it."""

    flow: int
    name: str
    dues: tuple[Due, ...]
    rents: tuple[Rent, ...] = ()


@dataclass(frozen=True)
class Freight:
    """A flow in words; its ends by name, id in the corridor files and country."""

    id: str
    title: str
    commodity: str
    origin: str
    destination: str
    origin_id: str
    destination_id: str
    origin_country: str
    destination_country: str


@dataclass(frozen=True)
class Legend:
    """What elements, flows, itineraries and charges are, in the order of their numbers, and the clock.

    The run starts at midnight of `first_day` and ends after `end_s`; it is measured from `measured_from_s`.
    """

    scenario: str
    title: str
    first_day: date
    measured_from_s: int
    end_s: int
    elements: tuple[Spot, ...]
    flows: tuple[Freight, ...]
    itineraries: tuple[Way, ...]
    charges: tuple[Fee, ...]
    timetables: tuple[str, ...]

    @property
    def first_s(self) -> int:
        """Seconds from 1970 to the start of the run, as if the civil time of the model had no zone."""
        return int(datetime.combine(self.first_day, time(), UTC).timestamp())

    def instant(self, at_s: int) -> datetime:
        """Return date and time of an instant (s)."""
        return datetime.combine(self.first_day, time()) + timedelta(seconds=at_s)


def legend(network: Network) -> Legend:
    """Return the legend of a network."""
    case, description = network.case, network.case.description
    charges = list(description.charges)
    return Legend(
        scenario=case.name,
        title=case.title,
        first_day=network.clock.first_day,
        measured_from_s=network.measured.start_s,
        end_s=network.measured.end_s,
        elements=tuple(_spot(description, element) for element in network.elements),
        flows=flows_of(network),
        itineraries=tuple(_way(network, way, charges) for way in network.itineraries),
        charges=tuple(
            Fee(name, fee.title, fee.payee, fee.country) for name, fee in description.charges.items()
        ),
        timetables=tuple(timetable.name for timetable in network.timetables),
    )


def flows_of(network: Network) -> tuple[Freight, ...]:
    """Return the flows of a network in words, in the order of their numbers."""
    return tuple(_freight(network.case.description, flow_id) for flow_id in network.flows)


def _spot(description: Description, element: Element) -> Spot:
    return Spot(
        name=element.name,
        kind=element.kind,
        id=element.id,
        direction=element.direction,
        mode=element.mode,
        country=element.country,
        length_km=element.length_km,
        where=where(description, element),
        cause=CAUSE_OF[element.kind],
    )


def _freight(description: Description, flow_id: str) -> Freight:
    flow = description.demand[flow_id]
    origin, destination = (description.places[end] for end in (flow.origin, flow.destination))
    return Freight(
        id=flow_id,
        title=flow.title,
        commodity=flow.commodity,
        origin=origin.name,
        destination=destination.name,
        origin_id=flow.origin,
        destination_id=flow.destination,
        origin_country=origin.country,
        destination_country=destination.country,
    )


def _way(network: Network, way: Itinerary, charges: list[str]) -> Way:
    dues = (Due(charges.index(due.charge), due.element, float(due.usd_per_t)) for due in way.payments)
    rents = tuple(_rents(network, way))
    return Way(network.flows.index(way.flow), way.name, tuple(dues), rents)


def _rents(network: Network, way: Itinerary) -> Iterator[Rent]:
    """Yield what an itinerary pays for storage."""
    description = network.case.description
    for stay in stays(network.elements, network.lines, way.legs):
        for number, charge in enumerate(description.charges.values()):
            applies = charge.basis == "t-day" and charge.on.target == stay.thing
            if applies and regime_applies(charge, countries(description, way)):
                free_days = charge.free_days.value if charge.free_days else 0.0
                elements = tuple(inside(network, way, stay))
                yield Rent(number, elements, free_days, charge.rate_usd.value)


def _site(description: Description, element: Element) -> str:
    site = description.ports.get(element.id) or description.terminals[element.id]
    return f"{site.title}: {element.part.replace('-to-', ' to ')}"


def _yard(description: Description, element: Element) -> str:
    return f"{description.places[element.id].name}: trains are made up, {WAYS[element.mode]}"


def _stock(description: Description, element: Element) -> str:
    return f"{description.fleets[element.id].title}: sets of locomotive and wagons"


STANDING = {"terminal": _site, "berth": _site, "room": _site, "yard": _yard, "stock": _stock}
"""How to tell where an element is that has no two ends, by its kind."""


def where(description: Description, element: Element) -> str:
    """Return where an element is, for a reader, e.g. ``road Qazvin - Rasht``."""
    kind, thing = element.kind, element.id
    if kind in ("section", "sailing"):
        section = description.sections[thing]
        return f"{WAYS[element.mode]} {_ends(description, section.from_, section.to, element)}"
    if kind in ("acceptance", "step"):
        return f"{description.posts[thing].title}: {_agency(description, element)}"
    if kind in STANDING:
        return STANDING[kind](description, element)
    line = description.sections[description.services[thing].section]
    ends = _ends(description, line.from_, line.to, element)
    return f"{description.services[thing].title}: departures {ends}"


def _ends(description: Description, tail: str, head: str, element: Element) -> str:
    ends = [description.places[end].name for end in (tail, head)]
    return " - ".join(ends if element.direction == "outbound" else reversed(ends))


def _agency(description: Description, element: Element) -> str:
    """Return a post's step with the agency's activity and country."""
    if element.kind == "acceptance":
        return f"acceptance ({element.country})"
    crossing = getattr(description.posts[element.id], element.direction)
    activity = crossing.steps[element.part].activity
    told = element.country if activity == element.part else f"{activity}, {element.country}"
    return f"{element.part} ({told})"
