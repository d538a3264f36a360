"""Where freight lies until its train or ship leaves: the yards and warehouses of terminals and ports."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sim.network.builder import Builder
from sim.network.elements import Element, Leg, Line


@dataclass(frozen=True)
class Stay:
    """One stay of an itinerary in the storage of a port or terminal: `thing` is (kind, id).

    Freight comes in before leg `enters` and is taken out by the train or ship of leg `boards`: the same
    leg, or the one after the handling.
    """

    thing: tuple[str, str]
    enters: int
    boards: int


def stays(elements: Sequence[Element], lines: Sequence[Line], legs: Sequence[Leg]) -> Iterator[Stay]:
    """Yield the stays of an itinerary in order.

    A ship is waited for in its port. A train is waited for in the terminal that the freight is handled at,
    or in the port where it came ashore; who sends freight by a train from the start keeps it until then.
    """
    for number, leg in enumerate(legs):
        before = legs[number - 1] if number else None
        handled = before is not None and before.kind == "handle"
        enters = number - 1 if handled else number
        if leg.kind == "sail" and leg.line is not None:
            yield Stay(("ports", elements[lines[leg.line].loading].id), enters, number)
        elif leg.kind == "train" and before is not None and handled:
            yield Stay(("terminals", elements[before.elements[-1]].id), enters, number)
        elif leg.kind == "train" and before is not None and before.line is not None:
            yield Stay(("ports", elements[lines[before.line].unloading].id), enters, number)


def housed(build: Builder, legs: tuple[Leg, ...]) -> tuple[Leg, ...]:
    """Return the legs of an itinerary, those with `room` before which freight needs room in a storage."""
    found = list(legs)
    for stay in stays(build.elements, build.lines, legs):
        found[stay.enters] = replace(found[stay.enters], room=build.room_number(stay.thing[1]))
    return tuple(found)
