"""What must fit together of ports and the ships that call there: one small named check for each rule."""

from collections.abc import Iterator

from sim.model.description import Description
from sim.model.faults import Finding, shown
from sim.model.network import Port, Service

Findings = Iterator[Finding]


def ships_fit_their_ports(description: Description) -> Findings:
    """Require that no ship of a service lies deeper than the water of a port at which it calls."""
    for service_id, service in description.services.items():
        fleet = description.fleets.get(service.fleet)
        if fleet is None or fleet.draught_m is None:
            continue
        for port_id, port in _calls(description, service):
            if port.draught_m and fleet.draught_m.value > port.draught_m.value:
                ship_m, port_m = shown(fleet.draught_m.value), shown(port.draught_m.value)
                what = f"ships of '{service.fleet}' draw {ship_m} m, but '{port_id}' has {port_m} m"
                yield Finding(("services", service_id, "fleet"), what)


def least_loads_fit_into_ports(description: Description) -> Findings:
    """Require that the least load of a service finds room in both of its ports: else it never lies there."""
    for service_id, service in description.services.items():
        for port_id, port in _calls(description, service):
            if port.storage_t and service.minimum_load_t.value > port.storage_t.value:
                least_t, room_t = shown(service.minimum_load_t.value), shown(port.storage_t.value)
                what = f"is {least_t} t, but '{port_id}' has room for {room_t} t"
                yield Finding(("services", service_id, "minimum_load_t", "value"), what)


def _calls(description: Description, service: Service) -> Iterator[tuple[str, Port]]:
    """Yield the ports at both ends of a service, with their ids."""
    section = description.sections.get(service.section)
    ends = (section.from_, section.to) if section else ()
    for end in ends:
        for port_id, port in description.ports.items():
            if section and (port.place, port.serves) == (end, section.mode):
                yield port_id, port


PORT_CHECKS = (ships_fit_their_ports, least_loads_fit_into_ports)
