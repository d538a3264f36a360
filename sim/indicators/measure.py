"""All indicators of one replication."""

from sim.indicators.delivered import delivered_throughput
from sim.indicators.flows import flows
from sim.indicators.money import receipts
from sim.indicators.passages import passages
from sim.indicators.passengers import passengers
from sim.indicators.queues import queues, utilisation, waits
from sim.indicators.stock import sets_in_use
from sim.indicators.table import Key
from sim.indicators.throughput import throughput
from sim.network.elements import Network
from sim.records.columns import Records


def measure(network: Network, records: Records) -> dict[Key, float]:
    """Return every number of a replication; the keys' order is that of the long table."""
    passed = passages(records, network.measured)
    return {
        **flows(network, records),
        **delivered_throughput(network, records),
        **throughput(network, records, passed),
        **passengers(network, records),
        **receipts(network, records, passed),
        **waits(network, records),
        **queues(network, records),
        **utilisation(network, records),
        **sets_in_use(network, records),
    }
