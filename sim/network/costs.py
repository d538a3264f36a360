"""What an edge costs one flow: charges, operating cost, preferences and time without queues."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from sim.model.demand import Commodity, Flow
from sim.model.description import Description
from sim.model.network import Fleet
from sim.model.tariffs import Charge
from sim.network.builder import Builder, Edge
from sim.units import HOURS_PER_DAY, kilograms

LAND_MODES = ("road", "rail-1435", "rail-1520")


@dataclass(frozen=True)
class Shipper:
    """One flow with what its costs depend on: its commodity and the countries of its ends."""

    flow_id: str
    flow: Flow
    commodity: Commodity
    countries: tuple[str, str]
    description: Description

    @cached_property
    def barred(self) -> dict[str, str]:
        """The countries that the flow may not pass through, each with the access rule that says so."""
        return {
            rule.through: rule_id
            for rule_id, rule in self.description.access_rules.items()
            if rule.status == "operating"
            and set(self.countries) & set(rule.ends)
            and (not rule.commodities or self.flow.commodity in rule.commodities)
        }

    def may_use(self, edge: Edge) -> bool:
        """Whether an edge carries the goods, and is neither in nor a post of a country that bars the flow."""
        carried = not edge.carries or self.flow.commodity in edge.carries
        return carried and edge.country not in self.barred and not self._touches_barred(edge)

    def _touches_barred(self, edge: Edge) -> bool:
        """Whether an edge is a post of a country that bars the flow, which neither starts nor ends there."""
        if edge.thing[0] != "posts":
            return False
        joined = {self.description.places[place].country for place, _ in (edge.tail, edge.head)}
        return not joined.isdisjoint(self.barred.keys() - set(self.countries))

    def trucks(self, truck: Fleet) -> int:
        """Return how many trucks one shipment takes."""
        return -(-kilograms(self.commodity.shipment_t.value) // kilograms(truck.payload_t.value))


def shipper(build: Builder, flow_id: str) -> Shipper:
    """Return the shipper of a flow."""
    description = build.case.description
    flow = description.demand[flow_id]
    countries = (
        description.places[flow.origin].country,
        description.places[flow.destination].country,
    )
    return Shipper(flow_id, flow, description.commodities[flow.commodity], countries, description)


def vehicles_per_t(build: Builder, who: Shipper, edge: Edge) -> float:
    """Return the vehicles that a tonne of the flow takes on an edge: whole trucks, parts of others."""
    if edge.kind == "sail":
        return 1 / who.description.fleets[edge.fleet].load_t
    fleet = build.fleet(edge.mode)
    if edge.mode == "road":
        return who.trucks(fleet) / who.commodity.shipment_t.value
    return 1 / fleet.payload_t.value


def operating_usd_per_t(build: Builder, who: Shipper, edge: Edge) -> float:
    """Return the carrier's own cost of moving a tonne over an edge, USD: a truck costs the same part-full."""
    if edge.kind not in ("truck", "train", "sail"):
        return 0.0
    fleet = who.description.fleets[edge.fleet] if edge.fleet else build.fleet(edge.mode)
    per_vehicle_km = fleet.cost_usd_per_t_km.value * fleet.payload_t.value
    return per_vehicle_km * edge.length_km * vehicles_per_t(build, who, edge)


def boarding(build: Builder, who: Shipper, mode: str, fleet_id: str = "") -> tuple[float, float]:
    """Return what it takes to begin a leg: the constants (USD/t) and the wait for a train to fill (h)."""
    fleet = who.description.fleets[fleet_id] if fleet_id else build.fleet(mode)
    wait_h = fleet.maximum_wait_h.value / 2 if fleet.maximum_wait_h else 0.0
    return fleet.constant_usd_per_t.value, wait_h


def days_usd_per_t(who: Shipper, time_h: float) -> float:
    """Return what `time_h` hours cost the owner of a tonne, USD."""
    return who.commodity.value_of_time_usd_per_t_day.value * time_h / HOURS_PER_DAY


def payments(build: Builder, who: Shipper, edge: Edge) -> list[tuple[str, int, float]]:
    """Return (charge, element where it falls due, USD a tonne) of all charges on an edge.

    Those for storage are left out: how long freight will lie is not known beforehand.
    """
    return [
        (charge_id, due, _rate(build, who, edge, charge))
        for thing, due in _dues(build, edge)
        for charge_id, charge in _charges_on(build, edge, thing)
        if charge.on.direction in (None, edge.direction)
        and charge.basis != "t-day"
        and regime_applies(charge, who.countries)
    ]


def _charges_on(build: Builder, edge: Edge, thing: tuple[str, str]) -> list[tuple[str, Charge]]:
    """Return the charges on a thing, and of a section also those on all of its mode and country."""
    own = build.charges.get(thing, [])
    if thing[0] != "sections":
        return own
    return [*own, *build.charges.get((edge.mode, edge.country), [])]


def _dues(build: Builder, edge: Edge) -> list[tuple[tuple[str, str], int]]:
    """Return what an edge can be charged for, (kind, id), and the element where it is."""
    if edge.kind != "sail":
        return [(edge.thing, edge.elements[-1])] if edge.elements else []
    loading, passage, unloading = edge.elements[-3:]
    berths = [(("ports", build.elements[berth].id), berth) for berth in (loading, unloading)]
    return [(edge.thing, passage), *berths]


def regime_applies(charge: Charge, ends: Collection[str]) -> bool:
    """Whether traffic between the countries `ends` pays a charge."""
    transit = charge.country not in ends
    return charge.regime == "any" or (charge.regime == "transit") == transit


def _rate(build: Builder, who: Shipper, edge: Edge, charge: Charge) -> float:
    rate = charge.rate_usd.value
    if charge.basis in ("t-km", "vehicle-km"):
        rate *= edge.length_km
    if charge.basis in ("vehicle", "vehicle-km"):
        rate *= vehicles_per_t(build, who, edge)
    return rate
