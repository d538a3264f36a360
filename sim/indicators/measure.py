"""All indicators of one replication."""

from sim.indicators.closures import closures
from sim.indicators.delivered import delivered_throughput
from sim.indicators.flows import flows
from sim.indicators.gates import gates
from sim.indicators.money import receipts
from sim.indicators.passages import passages
from sim.indicators.passengers import passengers
from sim.indicators.queues import queues, utilisation, waits
from sim.indicators.ships import ships
from sim.indicators.stock import sets_in_use
from sim.indicators.storage import storage, stores
from sim.indicators.table import Key
from sim.indicators.throughput import throughput
from sim.indicators.train_paths import train_paths
from sim.indicators.under_way import under_way
from sim.network.elements import Network
from sim.records.columns import Records


def measure(network: Network, records: Records) -> dict[Key, float]:
    """Return every number of a replication; the keys' order is that of the long table."""
    passed, stored = passages(records, network.measured), stores(network, records)
    return {
        **flows(network, records),
        **under_way(network, records),
        **delivered_throughput(network, records),
        **throughput(network, records, passed),
        **passengers(network, records),
        **receipts(network, records, passed, stored),
        **waits(network, records),
        **queues(network, records),
        **storage(network, stored),
        **gates(network, records),
        **utilisation(network, records),
        **closures(network, records),
        **ships(network, records),
        **train_paths(network, records),
        **sets_in_use(network, records),
    }
