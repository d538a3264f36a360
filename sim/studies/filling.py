"""How long a warm-up some networks need: a few short runs of each, from empty."""

from collections.abc import Sequence

from sim.indicators.warm_up import WINDOW_DAYS, warm_up
from sim.network.elements import Network
from sim.studies.replicate import replicate

TRIALS = 2
"""Replications of the short runs."""
TRIAL_DAYS = WINDOW_DAYS // 2
"""Days of warm-up and days measured of the short runs."""
MARGIN_DAYS = 10
"""Two means of five days more than found: so much it may differ under other luck."""


def found_warm_up(networks: Sequence[Network], jobs: int = 1) -> int | None:
    """Return the warm-up, days, that the slowest of some networks needs by MSER-5, and a margin.

    None if one of them does not settle.

    Their runs should be `TRIALS` replications of `TRIAL_DAYS` after as many, whatever is asked for later:
    then the answer depends on nothing but what is described, the first day and the seed. Scenarios that are
    to be compared get one warm-up, so that the same days are counted under the same luck.
    """
    found = [_found(network, jobs) for network in networks]
    known = [days for days in found if days is not None]
    return max(known) + MARGIN_DAYS if len(known) == len(found) else None


def _found(network: Network, jobs: int) -> int | None:
    result = replicate(network, jobs)
    if result.interrupted:
        raise KeyboardInterrupt
    return warm_up(result).found_days
