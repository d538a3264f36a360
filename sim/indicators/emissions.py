"""What moving freight emits: tonne-kilometres times the factor of mode and country."""

import math

from sim.indicators.table import Key
from sim.model.description import Description
from sim.model.emissions import EmissionFactor
from sim.network.elements import Network
from sim.units import GRAMS_PER_TONNE

Numbers = dict[Key, float]


def emissions(network: Network, work: dict[int, float]) -> Numbers:
    """Return greenhouse gases well-to-wheel by mode, t CO2e.

    Parameters
    ----------
    network
        The compiled case with its emission factors.
    work
        Tonne-kilometres of the measured period by element.
    """
    parts: dict[str, list[float]] = {}
    for number, tonne_km in work.items():
        element = network.elements[number]
        factor = factor_of(network.case.description, element.mode, element.country)
        if factor:
            grams = tonne_km * (factor.ttw_g_per_t_km.value + factor.wtt_g_per_t_km.value)
            parts.setdefault(element.mode, []).append(grams / GRAMS_PER_TONNE)
    return {
        Key("emissions", "network", "all", mode): math.fsum(tonnes) for mode, tonnes in sorted(parts.items())
    }


def factor_of(description: Description, mode: str, country: str) -> EmissionFactor | None:
    """Return the factor of a mode in a country: its own, else that of the mode where none is named."""
    of_mode = [factor for factor in description.emission_factors.values() if factor.mode == mode]
    own = [factor for factor in of_mode if country in factor.countries]
    return next(iter(own or [factor for factor in of_mode if not factor.countries]), None)
