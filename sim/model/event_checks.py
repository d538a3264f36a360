"""What must fit together about events and their seasons."""

from collections.abc import Callable, Iterator

from sim.model.description import Description
from sim.model.faults import Finding, unknown

CLOSED = ("sections", "posts", "terminals", "ports", "services", "passenger_services")
"""The kinds of things that an event can close."""
WITH_PLACES = ("posts", "terminals", "ports")
"""The kinds of things of which an event can leave a part open; roads with a limit too."""


def events_close_known_things(description: Description) -> Iterator[Finding]:
    """Require that an event closes things that exist, each once, in a known season."""
    known = {thing_id for kind in CLOSED for thing_id in getattr(description, kind)}
    for event_id, event in description.events.items():
        path = ("events", event_id)
        for index, thing_id in enumerate(event.closes):
            at = (*path, "closes", index)
            yield from unknown(at, "section, post, terminal, port or service", thing_id, known)
            if thing_id in event.closes[:index]:
                yield Finding(at, f"'{thing_id}' is named twice")
        yield from unknown((*path, "season"), "season", event.season, description.seasons)


def events_leave_places(description: Description) -> Iterator[Finding]:
    """Require that an event leaves a part only of what has places."""
    cuttable = {thing_id for kind in WITH_PLACES for thing_id in getattr(description, kind)}
    cuttable |= {name for name, section in description.sections.items() if section.vehicles_at_once}
    known = {thing_id for kind in CLOSED for thing_id in getattr(description, kind)}
    for event_id, event in description.events.items():
        for index, thing_id in enumerate(event.closes):
            if event.leaves and event.leaves.value and thing_id in known - cuttable:
                what = (
                    f"'{thing_id}' has no places of which a part can stay open: leave 'leaves' out, "
                    "or name a post, terminal, port or road with vehicles_at_once"
                )
                yield Finding(("events", event_id, "closes", index), what)


def freight_comes_in_every_month(description: Description) -> Iterator[Finding]:
    """Require that the season of a flow or of travel has no month of 0: that is for events."""
    for kind, records in (("demand", description.demand), ("travel", description.travel)):
        for record_id, record in records.items():
            season = description.seasons.get(record.season)
            if season and 0 in season.monthly_index:
                what = f"season '{record.season}' has a month of 0: only events may have one"
                yield Finding((kind, record_id, "season"), what)


EVENT_CHECKS: tuple[Callable[[Description], Iterator[Finding]], ...] = (
    events_close_known_things,
    events_leave_places,
    freight_comes_in_every_month,
)
