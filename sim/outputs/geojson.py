"""Places and sections as GeoJSON (RFC 7946), for a geographic information system.

Every figure is a plain property with its unit in the name; its range and origin stand beside it:
``length_km``, ``length_km_low``, ``length_km_source``, ``length_km_assumed``.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sim.model.description import Description
from sim.model.evidence import Figure, Frozen
from sim.model.network import Link, Place

LINES = Path("maps") / "lines.geojson"
STRAIGHT = "straight between the ends"
Point = tuple[float, float]
"""Longitude and latitude, degrees."""


@dataclass(frozen=True)
class Drawn:
    """The course of a section on a map, and whose drawing it is."""

    points: tuple[Point, ...]
    source: str


Lines = Mapping[str, Drawn]
"""Courses by the id of their section."""


def read_lines(file: Path) -> dict[str, Drawn]:
    """Return the lines of a GeoJSON file by their property ``section``; none if there is no such file."""
    if not file.exists():
        return {}
    found = {}
    for feature in json.loads(file.read_text("utf-8"))["features"]:
        properties, geometry = feature["properties"], feature["geometry"]
        if geometry["type"] == "LineString" and "section" in properties:
            points = tuple((float(point[0]), float(point[1])) for point in geometry["coordinates"])
            found[properties["section"]] = Drawn(points, str(properties.get("source", "")))
    return found


def course(places: Mapping[str, Place], link_id: str, link: Link, lines: Lines) -> Drawn:
    """Return the course of a section or post from its `from` to its `to`: as drawn, or else straight."""
    start, end = position(places[link.from_]), position(places[link.to])
    drawn = lines.get(link_id)
    if drawn is None:
        return Drawn((start, end), STRAIGHT)
    backwards = _apart(drawn.points[-1], start) < _apart(drawn.points[0], start)
    return Drawn(drawn.points[::-1], drawn.source) if backwards else drawn


def position(place: Place) -> Point:
    """Return where a place lies."""
    return place.position.lon_deg, place.position.lat_deg


def _apart(a: Point, b: Point) -> float:
    return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2


def geojson_files(description: Description, lines: Lines) -> dict[str, str]:
    """Return the text of ``places.geojson`` and ``sections.geojson`` by their names."""
    places = [
        _feature("Point", position(place), {"id": place_id, **properties(place)})
        for place_id, place in description.places.items()
    ]
    sections = []
    for section_id, section in description.sections.items():
        drawn = course(description.places, section_id, section, lines)
        told = {"id": section_id, **properties(section), "line_source": drawn.source}
        sections.append(_feature("LineString", drawn.points, told))
    return {"places.geojson": _collection(places), "sections.geojson": _collection(sections)}


def properties(record: Frozen, prefix: str = "") -> dict[str, object]:
    """Return a record as flat properties: what it holds by name, without what is not given."""
    flat: dict[str, object] = {}
    for field, value in record:
        name = prefix + (type(record).model_fields[field].alias or field)
        if isinstance(value, Figure):
            flat[name] = value.value
            rest = properties(value, f"{name}_")
            flat |= {key: told for key, told in rest.items() if key != f"{name}_value"}
        elif isinstance(value, Frozen):
            flat |= properties(value, f"{name}_")
        elif value is not None:
            flat[name] = value.isoformat() if isinstance(value, date) else value
    return flat


def _feature(kind: str, coordinates: object, told: Mapping[str, object]) -> dict[str, object]:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "id": told["id"], "properties": told, "geometry": geometry}


def _collection(features: Iterable[Mapping[str, object]]) -> str:
    """Return a feature collection, one feature a line."""
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False, allow_nan=False) for feature in features)
    return f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n'
