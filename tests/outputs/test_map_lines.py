"""The shipped lines of sections: complete, joined to their places, on the water, of plausible length."""

import json
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

import pytest
from shapely import LineString, Point, box, union_all
from shapely.geometry import shape

from sim.files import load_description

ROOT = Path(__file__).parents[2]
MAPS = ROOT / "maps"
DESCRIPTION = load_description(ROOT / "corridors")
FEATURES = {
    feature["properties"]["section"]: feature
    for feature in json.loads((MAPS / "lines.geojson").read_text("utf-8"))["features"]
}
BAND = (0.75, 1.15)
"""Length of the line over the stated one: simplified curves are shorter, smoothed coasts longer."""
OUTSIDE_BAND = {
    "aksaraiskaya-astrakhan-rail": "the stated length has 30 km from the border in it",
    "akyayla-serhetyaka-rail": "few points of the line through the desert are known: drawn too straight",
    "alat-baku-rail": "the line goes round by the junction south-west of Alat",
    "ordubad-julfa-rail": "the stated length runs on to the Armenian border, some 12 km beyond Ordubad",
    "ordubad-julfa-road": "the stated length runs on to the Armenian border, some 12 km beyond Ordubad",
    "rasht-caspian-rail": "drawn nearly straight; the stated length goes round by the station",
}
AFLOAT_DEG = 0.3
"""Around a port the coast is too coarse to say where water begins."""
INLAND_PORTS = {"astrakhan": 1.6, "bandar-imam": 0.8}
"""Ports on rivers and canals: how far (degrees) ships go between banks."""
NARROW = {
    "Suez Canal": box(32.2, 29.85, 32.7, 31.3),
    "Dardanelles": box(26.1, 40.0, 26.8, 40.5),
    "Bosporus": box(28.9, 41.0, 29.2, 41.3),
}
"""Where the base map draws land, or is less exact than the water is wide."""
GATES = {
    gate: LineString(drawn["points"])
    for gate, drawn in json.loads((MAPS / "own.json").read_text("utf-8"))["gates"].items()
}


def ends(section):
    """Return the positions of a section's places."""
    found = (DESCRIPTION.places[place].position for place in (section.from_, section.to))
    return [(at.lon_deg, at.lat_deg) for at in found]


def km(line):
    """Return the length of a line on a sphere."""
    total = 0.0
    for (lon1, lat1), (lon2, lat2) in pairwise(line):
        a, b = radians(lat1), radians(lat2)
        half = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(lon2 - lon1) / 2) ** 2
        total += 2 * 6371 * asin(sqrt(half))
    return total


def test_every_section_has_a_line():
    """After a new section: `python maps/build.py`."""
    assert set(DESCRIPTION.sections) <= set(FEATURES)
    assert all(feature["properties"]["source"] for feature in FEATURES.values())


@pytest.mark.parametrize("section_id", sorted(DESCRIPTION.sections))
def test_line_ends_at_its_places(section_id):
    """A line runs from `from` to `to`, within 0.3 degrees."""
    line = FEATURES[section_id]["geometry"]["coordinates"]
    for point, end in zip((line[0], line[-1]), ends(DESCRIPTION.sections[section_id]), strict=True):
        assert Point(point).distance(Point(end)) < 0.3


@pytest.mark.parametrize("section_id", sorted(DESCRIPTION.sections))
def test_length_agrees_with_the_stated_one(section_id):
    """The stated length is the truth; a line far off it belongs to another way."""
    section = DESCRIPTION.sections[section_id]
    ratio = km(FEATURES[section_id]["geometry"]["coordinates"]) / section.length_km.value
    inside = BAND[0] <= ratio <= BAND[1]
    assert inside != (section_id in OUTSIDE_BAND), f"{section_id}: {ratio:.2f} of the stated length"


SEA = sorted(i for i, section in DESCRIPTION.sections.items() if section.mode == "sea")


@pytest.fixture(scope="module")
def land():
    """Return all land of the base map."""
    features = json.loads((MAPS / "countries.geojson").read_text("utf-8"))["features"]
    return union_all([shape(feature["geometry"]).buffer(0) for feature in features])


@pytest.mark.parametrize("section_id", SEA)
def test_ships_stay_on_the_water(section_id, land):
    """Off its ports, canals and narrow straits no sea section crosses land."""
    section = DESCRIPTION.sections[section_id]
    line = LineString(FEATURES[section_id]["geometry"]["coordinates"])
    ashore = line.intersection(land)
    ashore = ashore.difference(union_all([*NARROW.values()]))
    for place, end in zip((section.from_, section.to), ends(section), strict=True):
        ashore = ashore.difference(Point(end).buffer(INLAND_PORTS.get(place, AFLOAT_DEG)))
    assert ashore.is_empty, f"{section_id} crosses land for {ashore.length:.2f} degrees"


def test_gates_lie_on_the_water(land):
    """Only in the narrow places a gate crosses land."""
    dry = land.difference(union_all([*NARROW.values()]))
    assert [gate for gate, line in GATES.items() if line.intersects(dry)] == []


def test_ways_to_the_black_sea_go_by_suez_and_those_to_the_baltic_by_gibraltar():
    """A ship from Mumbai or the Gulf: the gates in order of travel."""
    ways = {
        "mumbai-novorossiysk-sea": ("bab-el-mandeb", "suez", "turkish-straits"),
        "mumbai-st-petersburg-sea": ("bab-el-mandeb", "suez", "gibraltar", "great-belt"),
        "jebel-ali-poti-sea": ("hormuz", "bab-el-mandeb", "suez", "turkish-straits"),
    }
    for section_id, gates in ways.items():
        line = LineString(FEATURES[section_id]["geometry"]["coordinates"])
        passed = [gate for gate, drawn in GATES.items() if drawn.hausdorff_distance(drawn & line) < 0.01]
        passed.sort(key=lambda gate: line.project(Point(GATES[gate].coords[0])))
        assert tuple(passed) == gates, section_id


AIR = sorted(i for i, section in DESCRIPTION.sections.items() if section.mode == "air")


@pytest.mark.parametrize("section_id", AIR)
def test_lines_by_air_bow_out(section_id):
    """A curve, told from the straight lines of ships, but hardly longer than the great circle."""
    line = FEATURES[section_id]["geometry"]["coordinates"]
    assert len(line) > 5
    assert 1.005 < km(line) / km([line[0], line[-1]]) < 1.05


@pytest.mark.parametrize("section_id", SEA)
def test_no_ship_of_the_caspian_passes_the_one_hub_of_searoute(section_id):
    """SeaRoute sends every route of the Caspian through one point, whatever its ports."""
    assert [50.85, 40.297] not in FEATURES[section_id]["geometry"]["coordinates"]


def test_maps_are_small_and_rounded():
    """All of maps/ together stays under 2 MB; three decimals are 100 m."""
    assert sum(file.stat().st_size for file in MAPS.iterdir()) < 2_000_000
    for feature in FEATURES.values():
        for pair in feature["geometry"]["coordinates"]:
            assert [round(x, 3) for x in pair] == pair


def test_lakes_are_not_land_and_baikonur_is_no_circle():
    """What the base map gets wrong is mended."""
    lakes = json.loads((MAPS / "lakes.geojson").read_text("utf-8"))["features"]
    assert {"Lake Urmia", "Lake Van", "Lake Sevan", "North Aral Sea"} <= {
        f["properties"]["name"] for f in lakes
    }
    assert all(shape(f["geometry"]).is_valid and "drawn" in f["properties"]["source"] for f in lakes)
    countries = json.loads((MAPS / "countries.geojson").read_text("utf-8"))["features"]
    (kazakhstan,) = (f for f in countries if f["properties"]["country"] == "KZ")
    assert "Baikonur" not in {f["properties"]["name"] for f in countries}
    assert shape(kazakhstan["geometry"]).contains(Point(63.3, 46.0))


def test_every_file_of_maps_has_a_licence():
    """LICENSES.md names each data file."""
    told = (MAPS / "LICENSES.md").read_text("utf-8")
    assert [file.name for file in MAPS.glob("*.*json") if f"`{file.name}`" not in told] == []
