"""Railway paths that passenger trains take from freight."""

from sim.indicators.passengers import measured_departures
from sim.indicators.table import Key
from sim.indicators.things import thing
from sim.indicators.utilisation import offered
from sim.network.elements import Network
from sim.records.columns import Records

Numbers = dict[Key, float]


def train_paths(network: Network, records: Records) -> Numbers:
    """Return the paths that passenger trains take on each section by direction, and their part of all.

    Every departure of the measured period takes one path of each section on its way, also where the
    section has no limit and nobody waits for one; the part is told only where it has.
    """
    taken: dict[int, int] = {}
    for line, departures in measured_departures(network, records):
        for number in line.sections:
            if number is not None:
                taken[number] = taken.get(number, 0) + len(departures)
    numbers: Numbers = {}
    for number, paths in sorted(taken.items()):
        element = network.elements[number]
        key = thing(element)
        numbers[key._replace(indicator="passenger_paths")] = float(paths)
        open_s = 0.0 if element.server is None else offered(network.servers[element.server], network.measured)
        if open_s:
            held_s = element.moving_s if element.hold_s is None else element.hold_s
            numbers[key._replace(indicator="passenger_path_share")] = paths * held_s / open_s
    return numbers
