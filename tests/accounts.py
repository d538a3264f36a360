"""Where the time of shipments went, added up visit by visit."""

import numpy as np

from sim.records.columns import CONSIGNMENT, NOT_YET


def named_and_taken_s(records):
    """Return for each delivered shipment the seconds of all its visits, and of its whole way."""
    stay = (records.visit_left_at - records.visit_arrived_at).astype(np.int64)
    finished = records.visit_left_at != NOT_YET
    own = np.bincount(records.visit_unit[finished], weights=stay[finished], minlength=len(records.unit_kind))
    took = (records.unit_delivered_at - records.unit_released_at).astype(np.int64)
    carried = {}
    for vehicle, consignment in zip(
        records.load_vehicle.tolist(), records.load_consignment.tolist(), strict=True
    ):
        kind = records.unit_kind[vehicle]
        convoy = (consignment, kind, records.unit_released_at[vehicle])
        carried[convoy] = max(carried.get(convoy, 0), int(own[vehicle]))
    total = own.astype(np.int64)
    for (consignment, _, _), longest_s in carried.items():
        total[consignment] += longest_s
    done = (records.unit_kind == CONSIGNMENT) & (records.unit_delivered_at != NOT_YET)
    return total[done], took[done]
