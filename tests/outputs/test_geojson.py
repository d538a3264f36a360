"""GeoJSON that a geographic information system reads: every figure is there, and where it comes from."""

import json
from pathlib import Path

import pytest
from worlds import world

from sim.files import load_description
from sim.outputs.geojson import STRAIGHT, Drawn, course, geojson_files, read_lines

ROOT = Path(__file__).parents[2]


@pytest.fixture
def files(world_folder):
    """Return the files of the small world, its road drawn backwards."""
    lines = {"alpha-beta": Drawn(((48.5, 37.5), (48.1, 37.4), (48.0, 37.0)), "by hand")}
    return {name: json.loads(text) for name, text in geojson_files(world(world_folder), lines).items()}


def test_places_are_points(files):
    """Longitude stands first."""
    alpha = files["places.geojson"]["features"][0]
    assert alpha["geometry"] == {"type": "Point", "coordinates": [48.0, 37.0]}
    assert alpha["properties"]["id"] == alpha["id"] == "alpha"
    assert alpha["properties"]["position_assumed"] == "made for tests"


def test_figures_are_plain_properties_with_unit_and_origin(files):
    """A reader of the table sees the value, its range and its source without unfolding anything."""
    told = files["sections.geojson"]["features"][0]["properties"]
    assert (told["length_km"], told["length_km_low"], told["length_km_high"]) == (100.0, 95.0, 110.0)
    assert (told["length_km_source"], told["length_km_confidence"]) == ("road-atlas", "high")
    assert (told["speed_kmh"], told["speed_kmh_assumed"]) == (50.0, "made for tests")
    assert (told["from"], told["to"], told["status"]) == ("alpha", "beta", "operating")
    assert all(isinstance(value, str | float | int) for value in told.values())


def test_a_line_runs_from_the_first_end_to_the_other(files):
    """However it was drawn; a section without a drawing is a straight line and says so."""
    drawn, straight = files["sections.geojson"]["features"]
    assert drawn["geometry"]["coordinates"] == [[48.0, 37.0], [48.1, 37.4], [48.5, 37.5]]
    assert drawn["properties"]["line_source"] == "by hand"
    assert straight["geometry"]["coordinates"] == [[48.0, 37.0], [48.5, 37.5]]
    assert straight["properties"]["line_source"] == STRAIGHT


def test_lines_are_read_by_their_section(tmp_path):
    """What is no line of a section is passed over; a missing file has none."""
    line = {"type": "LineString", "coordinates": [[1, 2], [3, 4]]}
    features = [
        {"properties": {"section": "s", "source": "me"}, "geometry": line},
        {"properties": {}, "geometry": line},
        {"properties": {"section": "p"}, "geometry": {"type": "Point", "coordinates": [1, 2]}},
    ]
    file = tmp_path / "lines.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    assert read_lines(file) == {"s": Drawn(((1.0, 2.0), (3.0, 4.0)), "me")}
    assert read_lines(tmp_path / "none.geojson") == {}


def test_every_place_and_section_that_is_shipped_is_there():
    """As many features as records; all but the ocean lines lie within the region of the base map."""
    description = load_description(ROOT / "corridors")
    files = geojson_files(description, read_lines(ROOT / "maps" / "lines.geojson"))
    sections = json.loads(files["sections.geojson"])["features"]
    assert [feature["id"] for feature in sections] == list(description.sections)
    assert [feature["id"] for feature in json.loads(files["places.geojson"])["features"]] == list(
        description.places
    )
    for feature in sections:
        if feature["id"] == "mumbai-st-petersburg-sea":
            continue
        assert all(10 < lon < 90 and 8 < lat < 68 for lon, lat in feature["geometry"]["coordinates"])


def test_a_course_without_a_drawing_is_straight(world_folder):
    """From the one place to the other."""
    small = world(world_folder)
    post = small.posts["beta-gamma"]
    assert course(small.places, "beta-gamma", post, {}).points == ((48.5, 37.5), (49.0, 38.0))
