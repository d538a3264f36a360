"""What a map is drawn from: countries, borders, lakes, and the line of each section."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, Self, TypeVar

from shapely import MultiPolygon, Polygon, box, segmentize, transform, union_all
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from sim.model.description import Description
from sim.outputs.map_projection import Conic, Spot, distance_deg, project

STEP_DEG = 1.0
"""Edges of the base map are curves on the plane: drawn through points this far apart at most."""
ASTRAY_DEG = 0.3
"""How far (degrees of latitude) the ends of a line may lie from the places of its section."""
Line = tuple[Spot, ...]
Features = Iterable[Mapping[str, Any]]
"""Features of GeoJSON."""


class _Pairs(Protocol):
    """Coordinates as Shapely hands them over: an array of pairs."""

    def copy(self) -> Self: ...

    def __iter__(self) -> Iterator[Any]: ...


Pairs = TypeVar("Pairs", bound=_Pairs)


@dataclass(frozen=True)
class Base:
    """The ground of a map, in degrees or projected: outlines by country (with its code), borders, lakes.

    `extent` is the part of the world that it covers; empty where there is no ground.
    """

    land: tuple[tuple[str, BaseGeometry], ...]
    borders: tuple[BaseGeometry, ...]
    lakes: tuple[BaseGeometry, ...]
    extent: BaseGeometry


def base(countries: Features, borders: Features, lakes: Features) -> Base:
    """Return the ground of a map from GeoJSON features, in degrees."""
    all_land = (
        (str(one["properties"].get("country", "")), _areas(shape(one["geometry"]))) for one in countries
    )
    land = tuple((code, outline) for code, outline in all_land if not outline.is_empty)
    return Base(
        land,
        tuple(shape(one["geometry"]) for one in borders),
        tuple(shape(one["geometry"]) for one in lakes),
        segmentize(box(*union_all([outline for _, outline in land]).bounds), STEP_DEG) if land else Polygon(),
    )


def _areas(geometry: BaseGeometry) -> BaseGeometry:
    """Return the areas of a geometry without its points and lines."""
    parts = [geometry] if isinstance(geometry, Polygon) else getattr(geometry, "geoms", [])
    polygons: list[Polygon] = []
    for part in parts:
        polygons += (
            part.geoms if isinstance(part, MultiPolygon) else [part] if isinstance(part, Polygon) else []
        )
    return MultiPolygon(polygons)


def projected(ground: Base, projection: Conic) -> Base:
    """Return the ground on the plane of a projection, km."""

    def plane(degrees: Pairs) -> Pairs:
        km = degrees.copy()
        for pair in km:
            pair[:] = project(projection, float(pair[0]), float(pair[1]))
        return km

    return Base(
        tuple((code, transform(outline, plane).buffer(0)) for code, outline in ground.land),
        tuple(transform(line, plane) for line in ground.borders),
        tuple(transform(lake, plane).buffer(0) for lake in ground.lakes),
        transform(ground.extent, plane),
    )


def section_lines(description: Description, features: Features) -> dict[str, Line]:
    """Return the line of every section in degrees, from its place `from` to its place `to`.

    A section without a line among the features (property ``section``), or with one that no longer ends
    at its places, is drawn straight.
    """
    known = {str(one["properties"].get("section")): one["geometry"]["coordinates"] for one in features}
    lines = {}
    for section_id, section in sorted(description.sections.items()):
        ends = tuple(position(description, place) for place in (section.from_, section.to))
        line = tuple((float(lon), float(lat)) for lon, lat in known.get(section_id, ()))
        lines[section_id] = line if _joins(line, ends) else ends
    return lines


def position(description: Description, place: str) -> Spot:
    """Return longitude and latitude of a place."""
    at = description.places[place].position
    return (at.lon_deg, at.lat_deg)


def _joins(line: Line, ends: tuple[Spot, ...]) -> bool:
    if not line:
        return False
    return all(distance_deg(line[n], end) <= ASTRAY_DEG for n, end in zip((0, -1), ends, strict=True))
