"""Whether places lie in their countries: the base map of `maps/` against the coordinates of `corridors/`."""

import json
from collections.abc import Iterator
from pathlib import Path

from shapely import Point, distance, union_all
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from sim.model.description import Description
from sim.model.faults import Finding

COUNTRIES = Path("maps") / "countries.geojson"
TOLERANCE_DEG = 0.1
"""How far (degrees, about 10 km) a place may lie outside: outlines are simplified, ports stand on them."""


def misplaced(description: Description, countries: Path) -> Iterator[Finding]:
    """Yield a finding for every place that lies outside its country.

    Parameters
    ----------
    description
        What is checked.
    countries
        A GeoJSON file of outlines with the property ``country``, an ISO 3166-1 alpha-2 code. A place of a
        country without an outline is not checked.
    """
    land = outlines(countries)
    for place_id, place in description.places.items():
        outline = land.get(place.country)
        point = Point(place.position.lon_deg, place.position.lat_deg)
        if outline is not None and distance(outline, point) > TOLERANCE_DEG:
            inside = [country for country, other in land.items() if other.contains(point)]
            where = f"in {inside[0]}" if inside else "in no country"
            what = f"lies {where}, not in {place.country}: are longitude and latitude right?"
            yield Finding(("places", place_id, "position"), what)


def outlines(countries: Path) -> dict[str, BaseGeometry]:
    """Return the outline of each country of a GeoJSON file, by its code."""
    parts: dict[str, list[BaseGeometry]] = {}
    for feature in json.loads(countries.read_text("utf-8"))["features"]:
        if feature["properties"]["country"]:
            parts.setdefault(feature["properties"]["country"], []).append(shape(feature["geometry"]))
    return {country: union_all(polygons) for country, polygons in parts.items()}
