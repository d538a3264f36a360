"""How much freight is under way at the end of each day: the state of the whole network in one series."""

import numpy as np

from sim.indicators.table import Key
from sim.network.elements import Network
from sim.records.columns import CONSIGNMENT, NOT_YET, Records
from sim.units import KG_PER_TONNE, SECONDS_PER_DAY

UNDER_WAY = Key("under_way", "network", "all")


def under_way(network: Network, records: Records) -> dict[Key, float]:
    """Return tonnes released and not delivered at the end of each day, and the mean of the measured days.

    The days of the warm-up are told too, so that it can be seen when it had done its work.
    """
    days = network.measured.end_s // SECONDS_PER_DAY
    freight = records.unit_kind == CONSIGNMENT
    mass_kg = records.unit_mass_kg[freight]
    delivered_at = records.unit_delivered_at[freight]
    arrived = (delivered_at != NOT_YET) & (delivered_at < network.measured.end_s)
    released_kg = np.bincount(
        records.unit_released_at[freight] // SECONDS_PER_DAY, weights=mass_kg, minlength=days
    )
    delivered_kg = np.bincount(
        delivered_at[arrived] // SECONDS_PER_DAY, weights=mass_kg[arrived], minlength=days
    )
    tonnes = np.cumsum(released_kg[:days] - delivered_kg[:days]) / KG_PER_TONNE
    measured = tonnes[network.measured.start_s // SECONDS_PER_DAY :]
    return {
        UNDER_WAY: float(measured.mean()),
        **{
            UNDER_WAY._replace(period=f"{network.clock.day(day * SECONDS_PER_DAY)}"): value
            for day, value in enumerate(tonnes.tolist())
        },
    }
