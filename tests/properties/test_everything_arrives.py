"""Nothing locks for ever: whatever waits for room, train sets, turns or crossings arrives in the end."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from unittest.mock import patch

from cases import DAY_S
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle.test_harder_worlds import harder

from sim.choice.assignment import assign
from sim.clock import Timeline, Window
from sim.engine.releases import Releases, releases
from sim.engine.simulate import simulate
from sim.network.elements import Element, Itinerary, Leg, Network, Pool, Room
from sim.records.columns import NOT_YET

SETTINGS = settings(max_examples=50, derandomize=True, deadline=None)
LAST_RELEASE_S, MOST = DAY_S, 12
END_S = 20_000 * DAY_S
"""Long enough for the slowest of all: 24 lots of 20 trucks each, of which a step lets one pass a day."""


@st.composite
def crowded(draw) -> Network:
    """Return a harder world with a room of its own at every yard and quay, and sets that do not run out."""
    network = draw(harder())
    kg = st.sampled_from([30_000, 450_000, 2_000_000])
    most = max(len(one.legs) for one in network.itineraries)
    first = len(network.elements)
    rooms = tuple(Room(f"room{n}", draw(kg), first + n) for n in range(most))
    sets = Timeline(draw(st.integers(1, 2)), ((DAY_S, draw(st.integers(1, 3))),))
    elements = (*network.elements, *(Element("room", room.name, "", "", "", "") for room in rooms))
    return replace(
        network,
        elements=elements,
        rooms=rooms,
        pools=tuple(Pool(one.name, sets, one.turn_s, one.element) for one in network.pools),
        itineraries=tuple(_with_rooms(one) for one in network.itineraries),
    )


def _with_rooms(itinerary: Itinerary) -> Itinerary:
    """Let freight need room before every handling and every train or ship after another leg."""
    legs: list[Leg] = []
    for number, leg in enumerate(itinerary.legs):
        before = legs[-1].kind if legs else ""
        needs = leg.kind == "handle" or (
            leg.kind in ("train", "sail") and before in ("train", "sail", "truck")
        )
        boards = any(later.kind in ("train", "sail") for later in itinerary.legs[number:])
        legs.append(replace(leg, room=number if needs and boards else None))
    return replace(itinerary, legs=tuple(legs))


@contextmanager
def that_stop() -> Iterator[None]:
    """Let each flow release its first few shipments of the first day, and none after."""

    def few(network: Network, *more: object) -> Releases:
        found = releases(replace(network, measured=Window(0, 8 * DAY_S)), *more)
        count = min(MOST, sum(at_s < LAST_RELEASE_S for at_s in found.at_s))
        return Releases(found.at_s[:count], found.itinerary[:count])

    with patch("sim.engine.simulate.releases", few):
        yield


@SETTINGS
@given(st.one_of(harder(), crowded()))
def test_everything_is_delivered_in_the_end(network):
    """Urgent goods, quotas, rooms, pools of at least one set, crossings, closures that end: no deadlock."""
    pools = tuple(
        replace(one, sets=Timeline(one.sets.first, tuple((at, max(1, n)) for at, n in one.sets.changes)))
        for one in network.pools
    )
    endless = replace(network, measured=Window(0, END_S), pools=pools)
    with that_stop():
        records = simulate(endless, assign(endless), 1, 0)
    assert (records.unit_delivered_at != NOT_YET).all()
    assert (records.visit_left_at != NOT_YET).all()
