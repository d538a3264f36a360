"""The explanation of choices as one long table: a line for each quantity of each way."""

from collections.abc import Iterable, Iterator
from datetime import date

from sim.choice.components import Component
from sim.choice.explaining import Alternative, Explained, Explainer, Rejected
from sim.choice.logit import MINIMUM_SHARE, ROUTE_SCALE
from sim.network.elements import Itinerary
from sim.network.sieve import MAX_ALIKE, MAX_COST_RATIO, MAX_ITINERARIES, SHORT_RAIL_KM

CHOICE_COLUMNS = (
    "flow", "from", "standing", "way", "via", "quantity", "item", "payee", "country", "unit", "value",
)  # fmt: skip
ALTERNATIVE = "alternative"
Line = tuple[str, str, str, str, str, float]
"""Quantity, item, payee, country, unit, value."""


def released_from(explainer: Explainer, one: Explained) -> date:
    """Return the first day on which a choice set holds."""
    return explainer.network.clock.day(one.starts_at)


def choice_rows(explainer: Explainer, found: Iterable[Explained]) -> Iterator[tuple[object, ...]]:
    """Yield the explanation of choice sets as plain values in the order of `CHOICE_COLUMNS`."""
    for one in found:
        head = (one.flow, str(released_from(explainer, one)))
        for way in one.alternatives:
            for line in _alternative(explainer, way):
                yield (*head, ALTERNATIVE, way.way.name, " ".join(way.via), *line)
        for other in one.rejected:
            for line in _rejected(other):
                yield (*head, other.why, other.way.name, " ".join(other.via), *line)


def _alternative(explainer: Explainer, one: Alternative) -> Iterator[Line]:
    yield _plain("share", "", one.share)
    yield _plain("probability", "", one.probability)
    yield _plain("probability_without_small", "", one.answer)
    yield _plain("path_size", "", one.size)
    yield _plain("generalised_cost", "USD/t", one.cost_usd_per_t)
    yield _plain("generalised_cost_without_queues", "USD/t", one.unqueued_usd_per_t)
    yield _plain("transhipments", "", one.transhipments)
    for part in one.parts:
        yield _part(explainer, part)
    for part in one.parts:
        if part.time_h is not None:
            yield (f"{part.group}_hours", part.item, "", "", "h", part.time_h)
    yield _plain("total_time", "h", one.time_h)
    yield from _distances(one.way)


def _part(explainer: Explainer, part: Component) -> Line:
    payee = country = ""
    if part.group == "charge":
        charge = explainer.network.case.description.charges[part.item]
        payee, country = charge.payee, charge.country
    return (part.group, part.item, payee, country, "USD/t", part.usd_per_t)


def _rejected(one: Rejected) -> Iterator[Line]:
    yield _plain("generalised_cost_without_queues", "USD/t", one.cost_usd_per_t)
    yield _plain("times_cheapest", "", one.times_cheapest)
    yield _plain("total_time", "h", one.way.free_flow_h)
    yield from _distances(one.way)
    for barrier in one.barriers:
        yield ("barrier", barrier, "", "", "", 1.0)


def _distances(way: Itinerary) -> Iterator[Line]:
    for mode, km in way.km_by_mode:
        yield ("distance", mode, "", "", "km", km)


def _plain(quantity: str, unit: str, value: float) -> Line:
    return (quantity, "", "", "", unit, float(value))


def choice_head(explainer: Explainer, found: Iterable[Explained]) -> dict[str, object]:
    """Return what the long table rests on, as plain values: the run, how it settled, the rules."""
    case, settled = explainer.network.case, explainer.settled
    return {
        "scenario": case.name,
        "title": case.title,
        "first_day": str(explainer.network.clock.first_day),
        "days": case.run.days,
        "warm_up_days": case.run.warm_up_days,
        "settled": {"rounds": settled.rounds, "gap": settled.gap},
        "rules": {
            "most_times_the_cheapest": MAX_COST_RATIO,
            "most_alike": MAX_ALIKE,
            "most_alternatives": MAX_ITINERARIES,
            "least_rail_km_beside_trucks": SHORT_RAIL_KM,
            "least_share": MINIMUM_SHARE,
            "route_scale": ROUTE_SCALE,
        },
        "flows": [_flow(explainer, flow) for flow in dict.fromkeys(one.flow for one in found)],
    }


def _flow(explainer: Explainer, flow_id: str) -> dict[str, object]:
    description = explainer.network.case.description
    flow = description.demand[flow_id]
    commodity = description.commodities[flow.commodity]
    return {
        "flow": flow_id,
        "title": flow.title,
        "origin": flow.origin,
        "destination": flow.destination,
        "commodity": flow.commodity,
        "value_of_time_usd_per_t_day": commodity.value_of_time_usd_per_t_day.value,
        "cost_sensitivity_per_usd_t": commodity.cost_sensitivity_per_usd_t.value,
    }
