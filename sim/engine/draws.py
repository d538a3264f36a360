"""Luck at a post or terminal: drawn for who is served where, not in the order of service.

The n-th shipment of a flow meets the same luck at a post in every scenario, whoever stands before it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from sim.streams import stream

CHUNK = 2048
Key = tuple[str, str, str]
Draw = Callable[[np.random.Generator], npt.NDArray[np.float64]]


@dataclass
class Draws:
    """The draws of one replication, made in chunks as they are asked for."""

    seed: int
    replication: int
    _values: dict[Key, list[float]] = field(default_factory=dict)
    _streams: dict[Key, np.random.Generator] = field(default_factory=dict)

    def factor(self, element: str, who: str, number: int, cv: float) -> float:
        """Return the service time, as a multiple of its mean, of `who`'s n-th unit at an element.

        `cv` is the coefficient of variation: 0 always gives 1, 1 is the exponential distribution.
        """
        if cv == 0:
            return 1.0
        shape = 1 / (cv * cv)
        key = ("service", element, who)
        return self._value(key, number, lambda luck: luck.standard_gamma(shape, CHUNK) / shape)

    def picked(self, element: str, who: str, number: int, share: float) -> bool:
        """Whether `who`'s n-th unit is among the `share` that an element stops.

        A larger share picks all that a smaller one does, and more.
        """
        return self._value(("inspection", element, who), number, lambda luck: luck.random(CHUNK)) < share

    def _value(self, key: Key, number: int, draw: Draw) -> float:
        values = self._values.setdefault(key, [])
        while number >= len(values):
            if key not in self._streams:
                self._streams[key] = stream(self.seed, self.replication, *key)
            values.extend(draw(self._streams[key]).tolist())
        return values[number]
