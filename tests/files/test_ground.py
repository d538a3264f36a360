"""Places lie in their countries: the commonest slip, longitude and latitude exchanged, is found."""

import json
from functools import partial
from pathlib import Path

import pytest
from worlds import WORLD, write_world

from sim.files import check_paths
from sim.files.ground import COUNTRIES, misplaced, outlines

PLACED = partial(misplaced, countries=COUNTRIES)
SQUARES = {"IR": (44.0, 34.0, 50.0, 37.8), "AZ": (44.0, 37.8, 50.0, 42.0)}


def square(country, west, south, east, north):
    """Return a feature: the rectangle that stands for a country."""
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {
        "type": "Feature",
        "properties": {"country": country},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


@pytest.fixture
def mapped(world_folder):
    """Stand in the small world with a base map of two rectangles."""
    features = [square(country, *bounds) for country, bounds in SQUARES.items()]
    (world_folder / "maps").mkdir()
    text = json.dumps({"type": "FeatureCollection", "features": features})
    (world_folder / "maps" / "countries.geojson").write_text(text, "utf-8")
    return world_folder


def test_places_in_their_countries_are_no_problem(mapped):
    """Alpha and Beta lie in the rectangle of Iran, Gamma in that of Azerbaijan."""
    assert check_paths([Path("corridors")], Path("scenarios"), [PLACED]) == []


def test_exchanged_coordinates_are_found_at_their_line(mapped):
    """48 degrees north and 37 east is in neither country."""
    exchanged = WORLD.replace("lon_deg: 48.0, lat_deg: 37.0", "lon_deg: 37.0, lat_deg: 48.0")
    write_world(mapped, {"corridors/world.yaml": exchanged})
    problems = check_paths([Path("corridors")], Path("scenarios"), [PLACED])
    found = "\n".join(str(problem) for problem in problems)
    assert "world.yaml:5:5: places.alpha.position: lies in no country, not in IR" in found


def test_the_shipped_base_map_holds_the_countries_of_the_network():
    """Outlines of all countries that corridor files name."""
    land = outlines(Path(__file__).parents[2] / "maps" / "countries.geojson")
    assert {"IR", "AZ", "RU", "GE", "KZ", "TM", "IN", "AE"} <= set(land)
