"""Which consignments to tell about: those that match, the n-th of a flow, the slowest, median or fastest."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sim.indicators.extract import Units
from sim.indicators.legend import Legend
from sim.indicators.passages import Ints
from sim.records.columns import CONSIGNMENT, NOT_YET

Which = Literal["slowest", "median", "fastest"]


@dataclass(frozen=True)
class Tally:
    """The consignments of a flow: how many, how many of them delivered, and the hours that those took, s.

    `median_s` and `slowest_s` are None if none was delivered; of an even number the median is the lower one.
    """

    flow: int
    consignments: int
    delivered: int
    median_s: int | None
    slowest_s: int | None


def consignments(units: Units, flow: int) -> Ints:
    """Return the consignments of a flow, in order of release."""
    return np.flatnonzero((units["kind"] == CONSIGNMENT) & (units["flow"] == flow))


def serial(units: Units, consignment: int) -> int:
    """Return which of its flow a consignment is, counted from 1."""
    return int(np.searchsorted(consignments(units, int(units["flow"][consignment])), consignment)) + 1


def matching(legend: Legend, units: Units, flows: Collection[int], way: str = "") -> Ints:
    """Return the consignments of some flows that were under way in the measured period, in order of release.

    `way` is a part of the name of their itinerary.
    """
    ways = [number for number, one in enumerate(legend.itineraries) if way in one.name]
    delivered_at = units["delivered_at"]
    there = (delivered_at == NOT_YET) | (delivered_at >= legend.measured_from_s)
    mine = np.isin(units["flow"], list(flows)) & np.isin(units["itinerary"], ways)
    return np.flatnonzero(
        (units["kind"] == CONSIGNMENT) & mine & there & (units["released_at"] < legend.end_s)
    )


def has_arrived(legend: Legend, units: Units, found: Ints) -> Ints:
    """Return those of some consignments that were delivered in the measured period."""
    delivered_at = units["delivered_at"][found]
    return found[(delivered_at >= legend.measured_from_s) & (delivered_at < legend.end_s)]


def took_s(legend: Legend, units: Units, found: Ints) -> Ints:
    """Return how long consignments were under way, s: until delivery or, without it, the end of the run."""
    delivered_at = units["delivered_at"][found].astype(np.int64)
    ends_at = np.where(delivered_at == NOT_YET, legend.end_s, np.minimum(delivered_at, legend.end_s))
    return ends_at.astype(np.int64) - units["released_at"][found]


def slowest_first(legend: Legend, units: Units, found: Ints) -> Ints:
    """Return consignments with the longest under way first; of equals, the one released first."""
    return found[np.argsort(-took_s(legend, units, found), kind="stable")]


def pick(legend: Legend, units: Units, found: Ints, which: Which) -> int | None:
    """Return the slowest, median or fastest of the consignments that were delivered in the measured period.

    Of equals it is the one released first; of an even number the faster of the two in the middle. None if
    none was delivered.
    """
    found = has_arrived(legend, units, found)
    if not len(found):
        return None
    taken_s = took_s(legend, units, found)
    if which == "slowest":
        return int(found[np.argmax(taken_s)])
    order = np.argsort(taken_s, kind="stable")
    return int(found[order[0 if which == "fastest" else (len(order) - 1) // 2]])


def tally(legend: Legend, units: Units, found: Ints) -> list[Tally]:
    """Return how many of some consignments each flow has, and how long they took, in the order of flows."""
    flow_of = units["flow"][found]
    return [_tally(legend, units, found[flow_of == flow], flow) for flow in np.unique(flow_of).tolist()]


def _tally(legend: Legend, units: Units, mine: Ints, flow: int) -> Tally:
    arrived = has_arrived(legend, units, mine)
    ordered_s = np.sort(took_s(legend, units, arrived))
    if not len(arrived):
        return Tally(flow, len(mine), 0, None, None)
    return Tally(flow, len(mine), len(arrived), int(ordered_s[(len(arrived) - 1) // 2]), int(ordered_s[-1]))
