"""All indicators of one replication."""

from sim.indicators.closures import closures
from sim.indicators.delivered import delivered_throughput
from sim.indicators.flows import flows
from sim.indicators.gates import gates
from sim.indicators.money import receipts
from sim.indicators.observed import observed
from sim.indicators.passed import passed
from sim.indicators.passengers import passengers
from sim.indicators.queues import queues, waits
from sim.indicators.ships import ships
from sim.indicators.stock import sets_in_use
from sim.indicators.storage import storage, stores
from sim.indicators.table import Key
from sim.indicators.throughput import throughput
from sim.indicators.train_paths import train_paths
from sim.indicators.under_way import under_way
from sim.indicators.utilisation import utilisation
from sim.indicators.waited import waited
from sim.network.elements import Network
from sim.records.columns import Records


def measure(network: Network, records: Records) -> dict[Key, float]:
    """Return every number of a replication; the keys' order is that of the long table."""
    found, who, stored = passed(network, records), waited(network, records), stores(network, records)
    return {
        **flows(network, records),
        **under_way(network, records),
        **delivered_throughput(network, records),
        **throughput(network, found),
        **passengers(network, records),
        **receipts(network, records, found, stored),
        **waits(network, records, who),
        **queues(network, who),
        **storage(network, stored),
        **gates(network, records),
        **utilisation(network, records),
        **closures(network, records, who),
        **ships(network, records),
        **train_paths(network, records),
        **sets_in_use(network, records),
        **observed(network, records),
    }
