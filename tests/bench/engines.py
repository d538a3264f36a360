"""The engines that our queues are compared with, and what each needs to be there."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version

import numpy as np
from bench.tandem import Traffic, draw

Waits = Callable[[Traffic], np.ndarray]
"""Simulates the tandem network and returns each wait (ticks), a row a consignment."""


@dataclass(frozen=True)
class Engine:
    """One way of simulating the tandem network: ``function`` of the module ``bench.<module>``."""

    what: str
    module: str
    function: str
    package: str | None = None
    install: str = ""
    """How to have it."""
    slow: int = 1
    """By how much the number of consignments is divided, so that it takes a second and not minutes."""

    @property
    def title(self) -> str:
        """What it is, with the version that runs."""
        return f"{self.package} {version(self.package)}, {self.what}" if self.package else self.what

    def load(self) -> Waits:
        """Return the function, tried once on a small case so that nothing is left to compile or import.

        Raises
        ------
        ImportError
            If something that it needs is not there.
        """
        waits: Waits = getattr(import_module(f"bench.{self.module}"), self.function)
        waits(draw(20, 1_000_000))
        return waits


BENCH = "pip install -e '.[bench]'"
OPENTNSIM = "pip install opentnsim ipython pytz (70 packages, 0.8 GB, therefore not in an extra)"
ENGINES = {
    "c": Engine("C, one event a hop", "engine_c", "by_limit", install="install a C compiler"),
    "simpy": Engine("process and Resource", "tandem", "by_resources", "simpy"),
    "ciw": Engine("waits only", "engine_ciw", "by_ciw", "ciw", BENCH, slow=10),
    "salabim": Engine("as taught", "engine_salabim", "by_greenlets", "salabim", BENCH, slow=10),
    "salabim-yield": Engine(
        "yieldless=False, no monitors", "engine_salabim", "by_generators", "salabim", BENCH, slow=10
    ),
    "opentnsim": Engine(
        "nodes with hooks", "engine_opentnsim", "by_opentnsim", "opentnsim", OPENTNSIM, slow=10
    ),
}
