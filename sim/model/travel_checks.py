"""What must fit together of passenger services and travel: one small named check for each rule."""

from collections.abc import Iterator

from sim.model.description import Description
from sim.model.faults import Finding, unknown
from sim.model.passengers import PassengerService

Findings = Iterator[Finding]


def passenger_services_join_places(description: Description) -> Findings:
    """Require that a passenger service runs between two known places, its gauge change at one of them too."""
    for service_id, service in description.passenger_services.items():
        path = ("passenger_services", service_id)
        yield from unknown((*path, "from"), "place", service.from_, description.places)
        yield from unknown((*path, "to"), "place", service.to, description.places)
        if service.gauge_change_at is not None:
            yield from unknown(
                (*path, "gauge_change_at"), "place", service.gauge_change_at, description.places
            )


def trains_run_over_railways(description: Description) -> Findings:
    """Require that a train runs over railway sections that lead from one of its ends to the other."""
    for service_id, service in description.passenger_services.items():
        path = ("passenger_services", service_id, "over")
        missing = [name for name in service.over if name not in description.sections]
        for index, name in enumerate(service.over):
            yield from unknown((*path, index), "section", name, description.sections)
            if name in description.sections and not description.sections[name].mode.startswith("rail"):
                yield Finding((*path, index), f"is no railway: '{name}' is {description.sections[name].mode}")
        if service.over and not missing:
            yield from _ends_meet(description, service, path)


def _ends_meet(description: Description, service: PassengerService, path: tuple[str, str, str]) -> Findings:
    for index, place in ((0, service.from_), (-1, service.to)):
        section = description.sections[service.over[index]]
        if place not in (section.from_, section.to):
            which = "first" if index == 0 else "last"
            yield Finding(path, f"the {which} section, '{service.over[index]}', does not touch '{place}'")


def travel_is_known(description: Description) -> Findings:
    """Require that people travel between two known places, in a known season, by some service."""
    ends = {frozenset((s.from_, s.to)) for s in description.passenger_services.values()}
    for travel_id, travel in description.travel.items():
        path = ("travel", travel_id)
        yield from unknown((*path, "origin"), "place", travel.origin, description.places)
        yield from unknown((*path, "destination"), "place", travel.destination, description.places)
        yield from unknown((*path, "season"), "season", travel.season, description.seasons)
        if frozenset((travel.origin, travel.destination)) not in ends:
            what = f"no passenger service joins '{travel.origin}' and '{travel.destination}'"
            yield Finding((*path, "destination"), what)


TRAVEL_CHECKS = (passenger_services_join_places, trains_run_over_railways, travel_is_known)
