"""Service times: drawn for who is served where, not in the order of service.

The n-th shipment of a flow meets the same luck at a post in every scenario, whoever stands before it.
"""

from dataclasses import dataclass, field

import numpy as np

from sim.streams import stream

CHUNK = 2048


@dataclass
class Draws:
    """Unit-mean gamma draws of one replication, made in chunks as they are asked for."""

    seed: int
    replication: int
    _values: dict[tuple[str, str], list[float]] = field(default_factory=dict)
    _streams: dict[tuple[str, str], np.random.Generator] = field(default_factory=dict)

    def factor(self, element: str, who: str, number: int, cv: float) -> float:
        """Return the service time, as a multiple of its mean, of `who`'s n-th unit at an element.

        `cv` is the coefficient of variation: 0 always gives 1, 1 is the exponential distribution.
        """
        if cv == 0:
            return 1.0
        key = (element, who)
        values = self._values.setdefault(key, [])
        while number >= len(values):
            values.extend(self._chunk(key, cv))
        return values[number]

    def _chunk(self, key: tuple[str, str], cv: float) -> list[float]:
        generator = self._streams.get(key)
        if generator is None:
            generator = self._streams[key] = stream(self.seed, self.replication, "service", *key)
        shape = 1 / (cv * cv)
        values: list[float] = (generator.standard_gamma(shape, CHUNK) / shape).tolist()
        return values
