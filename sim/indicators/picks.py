"""Which consignment to tell about: the n-th of a flow, or the slowest, median or fastest one."""

from typing import Literal

import numpy as np

from sim.indicators.extract import Units
from sim.indicators.legend import Legend
from sim.indicators.passages import Ints
from sim.records.columns import CONSIGNMENT

Which = Literal["slowest", "median", "fastest"]


def consignments(units: Units, flow: int) -> Ints:
    """Return the consignments of a flow, in order of release."""
    return np.flatnonzero((units["kind"] == CONSIGNMENT) & (units["flow"] == flow))


def serial(units: Units, consignment: int) -> int:
    """Return which of its flow a consignment is, counted from 1."""
    return int(np.searchsorted(consignments(units, int(units["flow"][consignment])), consignment)) + 1


def pick(legend: Legend, units: Units, flow: int, which: Which) -> int | None:
    """Return the slowest, median or fastest of a flow's consignments delivered in the measured period.

    Of equals it is the one released first; of an even number the faster of the two in the middle. None if
    none was delivered.
    """
    found = consignments(units, flow)
    delivered_at = units["delivered_at"][found]
    found = found[(delivered_at >= legend.measured_from_s) & (delivered_at < legend.end_s)]
    if not len(found):
        return None
    took_s = units["delivered_at"][found] - units["released_at"][found]
    if which == "slowest":
        return int(found[np.argmax(took_s)])
    order = np.argsort(took_s, kind="stable")
    return int(found[order[0 if which == "fastest" else (len(order) - 1) // 2]])
