"""Luck at a post or terminal: drawn for who is served where, not in the order of service.

The n-th shipment of a flow meets the same luck at a post in every scenario, whoever stands before it.
"""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from sim.engine.tables import Slot
from sim.network.elements import Element
from sim.streams import stream

CHUNK = 256
FACILITATION = Slot(-1, share=True)
"""The draw of whether a unit is facilitated, which belongs to no element."""
Floats = npt.NDArray[np.float64]
Key = tuple[str, str, str]


@dataclass
class Draws:
    """The draws of one replication, each stream kept as far as it has been asked for."""

    seed: int
    replication: int
    _streams: dict[Key, np.random.Generator] = field(default_factory=dict)
    _made: dict[Key, Floats] = field(default_factory=dict)

    def column(self, element: Element, slot: Slot, who: str, count: int) -> Floats:
        """Return the draws of `who`'s first `count` units at an element.

        Those of a share are from 0 to 1: a larger share picks all that a smaller one does, and more. The
        others are service times as multiples of their mean, by the element's coefficient of variation: 1
        is the exponential distribution, others are gamma distributions.
        """
        purpose = "inspection" if slot.share else "service"
        luck = stream(self.seed, self.replication, purpose, element.name, who)
        return _drawn(luck, element, slot, count)

    def facilitated(self, who: str, count: int) -> Floats:
        """Return shares from 0 to 1 that say whether `who`'s first `count` units are facilitated.

        There is one a unit for all steps: who has a carnet has it everywhere.
        """
        return stream(self.seed, self.replication, "facilitation", who).random(count)

    def of(self, element: Element, slot: Slot, who: str, number: int) -> float:
        """Return the draw of `who`'s n-th unit at an element, for units that come one by one."""
        purpose = "inspection" if slot.share else "service"
        found = self._one((purpose, element.name, who), number, element, slot)
        if slot.share or element.facilitated_share == 0:
            return found
        lucky = self._one(("facilitation", who, ""), number, element, FACILITATION)
        return found * element.facilitated_factor if lucky < element.facilitated_share else found

    def _one(self, key: Key, number: int, element: Element, slot: Slot) -> float:
        made = self._made.get(key)
        if made is None:
            self._streams[key] = stream(self.seed, self.replication, *(word for word in key if word))
            made = np.empty(0)
        while number >= len(made):
            made = np.concatenate([made, _drawn(self._streams[key], element, slot, CHUNK)])
        self._made[key] = made
        return float(made[number])


def _drawn(luck: np.random.Generator, element: Element, slot: Slot, count: int) -> Floats:
    if slot.share:
        return luck.random(count)
    if element.service_cv == 0:
        return np.ones(count)
    shape = 1 / (element.service_cv * element.service_cv)
    services: Floats = luck.standard_gamma(shape, count) / shape
    return services
