"""What moving freight emits: factors by mode and country."""

from sim.model.evidence import Country, Frozen, NonNegativeFigure, Text
from sim.model.network import Mode


class EmissionFactor(Frozen):
    """Greenhouse gases of moving a tonne a kilometre, g CO2e: at the vehicle, and before it.

    Holds for `mode`, in `countries` if given, else in all that no other factor names. `ttw_g_per_t_km`
    is tank-to-wheel, `wtt_g_per_t_km` well-to-tank; both together are well-to-wheel (ISO 14083).
    """

    title: Text
    mode: Mode
    countries: list[Country] = []
    ttw_g_per_t_km: NonNegativeFigure
    wtt_g_per_t_km: NonNegativeFigure
