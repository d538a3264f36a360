"""Storage, cut-off times and draughts as shipped: they are known from before 2024, and they can work."""

from pathlib import Path

import pytest

from sim.files import load_description

ROOT = Path(__file__).parents[2]
LAST_OBSERVED = 2023
WEEK_H = 168


@pytest.fixture(scope="module")
def description():
    """Return the network as it is."""
    return load_description(ROOT / "corridors")


def stores(description):
    """Return what has a storage, with it, by id."""
    things = description.terminals | description.ports
    return {name: (thing, thing.storage_t) for name, thing in things.items() if thing.storage_t}


def test_the_gateways_of_the_caspian_have_a_storage_with_its_range(description):
    """Both sides of the sea, and both ends of the gap in the railway; each says how sure it is."""
    found = stores(description)
    gateways = {"anzali-port", "amirabad-port", "nowshahr-port", "astrakhan-port"}
    assert {*gateways, "astara-terminal", "rasht-terminal"} <= set(found)
    for _, storage in found.values():
        assert storage.low < storage.high
        assert storage.low <= storage.value <= storage.high


def test_no_storage_was_observed_after_2023(description):
    """A capacity of a later year would be hindsight."""
    for _, storage in stores(description).values():
        year = storage.year or description.sources[storage.source].year if storage.source else None
        assert year is None or year <= LAST_OBSERVED


def test_a_storage_holds_the_load_of_what_leaves_from_it(description):
    """Less than one full train or ship would let none leave full: that would be a slip of the hand."""
    for thing, storage in stores(description).values():
        trains_t = [
            fleet.payload_t.value
            for fleet in description.fleets.values()
            if fleet.mode in thing.connects and fleet.mode != "road"
        ]
        ships_t = [
            description.fleets[service.fleet].payload_t.value
            for service in description.services.values()
            if thing.place in ends(description, service.section)
        ]
        assert storage.low >= max(trains_t + ships_t)


def ends(description, section_id):
    section = description.sections[section_id]
    return section.from_, section.to


def test_a_cut_off_is_shorter_than_the_time_between_two_sailings(description):
    """Otherwise all that comes would miss the next ship; every line for trucks, wagons and boxes has one."""
    cut_offs_h = {
        name: (service.cut_off_h.value, WEEK_H / service.sailings_per_week.value)
        for name, service in description.services.items()
        if service.cut_off_h
    }
    assert all(0 < cut_off_h < interval_h for cut_off_h, interval_h in cut_offs_h.values())
    timed = {name for name in description.services if name.endswith(("-ferry", "-liner", "-flights"))}
    assert timed <= set(cut_offs_h)


def test_coasters_fit_the_ports_that_they_call_at_but_not_one_metre_less_of_water(description):
    """3.5 m of draught: the ports of the Caspian have 3.5 m and more, and at 2.8 m would not do."""
    draught_m = description.fleets["caspian-coaster"].draught_m.value
    lines = [service for service in description.services.values() if service.fleet == "caspian-coaster"]
    called = {end for service in lines for end in ends(description, service.section)}
    depths_m = [
        port.draught_m.value
        for port in description.ports.values()
        if port.place in called and port.serves == "sea" and port.draught_m
    ]
    assert len(depths_m) >= 5
    assert min(depths_m) - 1 < draught_m <= min(depths_m)
