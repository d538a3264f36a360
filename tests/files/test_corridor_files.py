"""The network is the union of its files, however it is divided among them."""

import warnings

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from worlds import WORLD, world, write_world

from sim.errors import InputError
from sim.files.corridors import load_description
from sim.model.consistency import EARTH_RADIUS_KM, great_circle_km
from sim.model.description import Description
from sim.model.network import Place

PARTS = WORLD.strip().split("\n\n")


def test_figures_keep_value_range_and_origin(tmp_path):
    """What stands in the text of the world stands in the object."""
    length = world(tmp_path).sections["alpha-beta"].length_km
    assert (length.value, length.low, length.high) == (100, 95, 110)
    assert (length.source, length.confidence, length.year) == ("road-atlas", "high", 2022)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
@given(division=st.lists(st.integers(0, 3), min_size=len(PARTS), max_size=len(PARTS)))
def test_the_union_does_not_depend_on_the_division(division, tmp_path_factory):
    """Each kind of the world goes to one of four files: the union is the world in one file."""
    folder = tmp_path_factory.mktemp("divided")
    whole = world(folder / "whole")
    texts = {}
    for part, number in zip(PARTS, division, strict=True):
        texts[number] = texts.get(number, "") + part + "\n"
    for number, text in texts.items():
        (folder / f"{number}.yaml").write_text(text)
    assert load_description(folder) == whole


def test_kinds_may_be_divided_too(here):
    """A kind begun in one file goes on in another, file by file in the order of their names."""
    extra = "sources:\n  second:\n    title: S\n    publisher: P\n    kind: press\n    address: A\n"
    write_world(here, {"corridors/zz.yaml": extra})
    assert list(load_description(here / "corridors").sources) == ["road-atlas", "second"]


def test_a_source_that_nobody_uses_is_no_mistake(here):
    """A bibliography may be longer than what is cited today."""
    unused = "sources:\n  unused:\n    title: S\n    publisher: P\n    kind: press\n    address: A\n"
    write_world(here, {"corridors/unused.yaml": unused})
    assert "unused" in load_description(here / "corridors").sources


@pytest.mark.parametrize(
    ("name", "what"),
    [("nowhere", "does not exist"), ("file", "is a file, not a folder"), ("empty", "holds no corridor file")],
)
def test_a_folder_without_corridor_files(name, what, here):
    """Without a description there is nothing to simulate; an empty union would run and say nothing."""
    (here / "file").touch()
    (here / "empty").mkdir()
    with pytest.raises(InputError, match=what):
        load_description(here / name)


def test_a_description_goes_to_plain_data_and_back(tmp_path):
    """What changes work on loses nothing, and dates are written as in files without a warning."""
    loaded = world(tmp_path)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        plain = loaded.model_dump(mode="json", by_alias=True, exclude_none=True)
    assert plain["sections"]["beta-bypass"]["opened_on"] == "2030-01-01"
    assert Description.model_validate(plain) == loaded


def place(lon, lat):
    """Return a place at these degrees."""
    position = {"lon_deg": lon, "lat_deg": lat, "assumed": "made for tests"}
    return Place.model_validate({"name": "P", "country": "IR", "position": position})


@pytest.mark.parametrize(
    ("a", "b", "quarters"),
    [
        ((0, 0), (90, 0), 1),
        ((0, 0), (0, 90), 1),
        ((0, 0), (180, 0), 2),
        ((30, 40), (-150, -40), 2),
        ((5, 5), (5, 5), 0),
    ],
)
def test_great_circles_of_known_length(a, b, quarters):
    """From the equator to a pole is a quarter of a great circle, to the antipode a half."""
    quarter_km = EARTH_RADIUS_KM * 3.141592653589793 / 2
    assert great_circle_km(place(*a), place(*b)) == pytest.approx(quarters * quarter_km)


SEA = """
places:
  delta:
    name: Delta
    country: AZ
    position: {lon_deg: 49.5, lat_deg: 38.5, assumed: made for tests}
sections:
  crossing:
    title: Crossing
    from: gamma
    to: delta
    mode: sea
    status: operating
    length_km: {value: 80, assumed: made for tests}
    assumed: made for tests
ports:
  gamma-port: &port
    title: Port
    place: gamma
    connects: [road]
    status: operating
    assumed: made for tests
    berths: {value: 1, assumed: made for tests}
    handling_t_per_h: {value: 100, assumed: made for tests}
fleets:
  ship:
    title: Ship
    mode: sea
    payload_t: {value: 3000, assumed: made for tests}
    moving_h_per_day: {value: 24, assumed: made for tests}
    cost_usd_per_t_km: {value: 0.01, assumed: made for tests}
    constant_usd_per_t: {value: 0, assumed: made for tests}
    speed_kmh: {value: 18, assumed: made for tests}
    load_factor: {value: 0.8, assumed: made for tests}
services:
  line:
    title: Line
    section: crossing
    fleet: ship
    status: operating
    assumed: made for tests
    sailings_per_week: {value: 2, assumed: made for tests}
    minimum_load_t: {value: 0, assumed: made for tests}
    maximum_wait_h: {value: 72, assumed: made for tests}
""".replace(" &port", "")


def test_a_service_needs_a_port_at_both_ends(here):
    """Delta has none, so what sails there could never be unloaded; the line names the missing end."""
    write_world(here, {"corridors/sea.yaml": SEA})
    with pytest.raises(InputError) as refused:
        load_description(here / "corridors")
    assert [p.what for p in refused.value.problems] == ["there is no port at 'delta', an end of 'crossing'"]
