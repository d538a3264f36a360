#!/usr/bin/env python3
"""Build the geometry of `maps/` from raw lines, own drawing and the sections of `corridors/`.

    .venv/bin/python maps/build.py [RAW]

`RAW` is a folder with ``link_lines.geojson`` (railways and sea lanes between towns, property ``mode``),
``countries.geojson`` and ``borders.geojson``. Written are ``borders.geojson``, ``countries.geojson`` (our
own, mended: the lease of Baikonur is Kazakhstan) and ``lines.geojson``: one line a section, keyed by its
id, from its place `from` to its place `to`, found by the first of these that gives one:

1. a curve through the points that ``own.json`` gives for the section;
2. railways: the shortest way over all raw railway lines between the points nearest to the two places;
3. sea: the raw lane between the two ports, unless it passes SeaRoute's one hub of the Caspian; else the
   shortest way over the water, found here, some kilometres off the coast (through the approaches and the
   ``gates``, canals and straits, that ``own.json`` gives for the section);
4. air: a bow over the great circle;
5. a straight line, marked ``drawn: straight``.

Without `RAW` the base map stays, and so does every line that still ends at its places; only others are drawn.
Property ``source`` says which. Coordinates are rounded to 3 decimals (100 m).
"""

import heapq
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from math import asin, ceil, cos, hypot, radians, sin, sqrt
from pathlib import Path
from typing import Any

from shapely import LineString, Point, box, contains_xy, prepare, union_all
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from sim.files import load_description
from sim.model.description import Description
from sim.model.network import Section

Spot = tuple[float, float]
Line = list[Spot]
Found = tuple[Line, str]

ROOT = Path(__file__).resolve().parents[1]
MAPS = ROOT / "maps"
HUB = (50.85, 40.297)
"""The one point through which SeaRoute sends every ship of the Caspian."""
SNAP_DEG = 0.35
"""How far a place may lie from the raw line that serves it."""
DETOUR = 2.5
"""A way over raw lines longer than this many times the straight line is not the section's."""
OFF_COAST_DEG = 0.1
LANE_KM = 30.0
"""How far the ends of a raw sea lane may lie from the ports."""
AFLOAT_KM = 60.0
"""How far a port may lie from open water."""
BOW = 0.09
"""How far a line by air bows out, as a share of its length."""
CURVE_STEPS, CURVE_DEG = 8, 0.0012
"""In how many steps a curve between two points is drawn, and how far what is left out may lie off it."""
EARTH_KM = 6371.0
OSM = "OpenStreetMap contributors (ODbL), through scgraph_data"
SEAROUTE = "Eurostat SeaRoute, through searoute"


@dataclass(frozen=True)
class Known:
    """What lines are made of; `kept` are those of an earlier build, `hops` ways over the water."""

    rails: "Graph"
    lanes: list[Line]
    own: dict[str, Any]
    land: BaseGeometry
    kept: dict[str, dict[str, Any]]
    hops: dict[tuple[Spot, Spot], Line | None] = field(default_factory=dict)


def main(raw: Path | None) -> None:
    """Write all files of `maps/` that are built; without `raw` only ``lines.geojson``."""
    if raw:
        ground(raw)
    lines = features(raw / "link_lines.geojson") if raw else []
    known = Known(
        graph(f["geometry"]["coordinates"] for f in lines if f["properties"]["mode"] == "rail"),
        [[spot(p) for p in f["geometry"]["coordinates"]] for f in lines if f["properties"]["mode"] == "sea"],
        json.loads((MAPS / "own.json").read_text("utf-8")),
        union_all([shape(f["geometry"]).buffer(0) for f in features(MAPS / "countries.geojson")]),
        {} if raw else {f["properties"]["section"]: f for f in features(MAPS / "lines.geojson")},
    )
    write("lines.geojson", section_lines(load_description(ROOT / "corridors"), known))


def ground(raw: Path) -> None:
    """Mend the countries and write the borders, without the circle of Baikonur."""
    lease = next(shape(f["geometry"]) for f in features(raw / "countries.geojson") if is_lease(f))
    countries = list(without_lease(features(MAPS / "countries.geojson"), lease))
    borders = [line for f in features(raw / "borders.geojson") for line in f["geometry"]["coordinates"]]
    kept = [line for line in borders if not lease.buffer(0.02).contains(LineString(line))]
    write("countries.geojson", countries)
    write("borders.geojson", [feature({}, "MultiLineString", kept)])


def features(file: Path) -> list[dict[str, Any]]:
    """Return the features of a GeoJSON file."""
    content = json.loads(file.read_text("utf-8"))
    return [*content["features"]] if "features" in content else [content]


def is_lease(country: dict[str, Any]) -> bool:
    """Whether a feature is the circle that stands for the lease of Baikonur."""
    return bool(country["properties"]["name"] == "Baikonur")


def without_lease(countries: list[dict[str, Any]], lease: BaseGeometry) -> Iterator[dict[str, Any]]:
    """Yield the countries with the lease of Baikonur in Kazakhstan."""
    for country in countries:
        outline = shape(country["geometry"])
        if country["properties"]["name"] == "Kazakhstan" and not outline.contains(lease.centroid):
            whole = json.dumps(outline.union(lease.buffer(0.003)).__geo_interface__)
            yield {**country, "geometry": json.loads(whole, parse_float=lambda text: round(float(text), 3))}
        elif not is_lease(country):
            yield country


def section_lines(description: Description, known: Known) -> list[dict[str, Any]]:
    """Return one feature a section, in order of their ids."""
    found_lines = []
    for section_id, section in sorted(description.sections.items()):
        start, end = (position(description, place) for place in (section.from_, section.to))
        found = (
            drawn(known.own["ways"].get(section_id), start, end)
            or as_it_was(known.kept.get(section_id), start, end)
            or by_rail(known.rails, section, start, end)
            or by_lane(known.lanes, section, start, end)
            or over_water(known, section_id, section, start, end)
            or by_air(section, start, end)
            or ([start, end], "drawn: straight")
        )
        line = rounded(found[0])
        long, stated = length_km(line), section.length_km.value
        properties = {"section": section_id, "mode": section.mode, "source": found[1], "km": round(long)}
        found_lines.append(feature(properties, "LineString", line))
        told = f"{section_id:32} {long:6.0f} km, stated {stated:6.0f}, {long / stated:.2f}, {found[1]}\n"
        sys.stderr.write(told)
    return found_lines


def position(description: Description, place: str) -> Spot:
    """Return the coordinates of a place."""
    at = description.places[place].position
    return (at.lon_deg, at.lat_deg)


def spot(pair: Iterable[float]) -> Spot:
    """Return a coordinate pair as a point."""
    lon, lat = pair
    return (lon, lat)


def drawn(own: dict[str, Any] | None, start: Spot, end: Spot) -> Found | None:
    """Return the line through the section's own points, if it has any."""
    if own is None or "points" not in own:
        return None
    return curve([start, *map(spot, own["points"]), end]), f"drawn by hand by {own['by']}"


def as_it_was(known: dict[str, Any] | None, start: Spot, end: Spot) -> Found | None:
    """Return the line of an earlier build, if it ends at the section's places."""
    if known is None:
        return None
    line = [spot(pair) for pair in known["geometry"]["coordinates"]]
    ends = rounded([start, end])
    return (line, str(known["properties"]["source"])) if [line[0], line[-1]] == ends else None


def km(a: Spot, b: Spot) -> float:
    """Return the great-circle distance."""
    lat_a, lat_b = radians(a[1]), radians(b[1])
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin(radians(b[0] - a[0]) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))


def length_km(line: Line) -> float:
    """Return the length of a line."""
    return sum(km(a, b) for a, b in pairwise(line))


def rounded(line: Line) -> Line:
    """Return a line with 3 decimals and without a point twice in a row."""
    points = [(round(lon, 3), round(lat, 3)) for lon, lat in line]
    kept = points[:1] + [b for a, b in pairwise(points) if a != b]
    return kept if len(kept) > 1 else [points[0], points[-1]]


Graph = dict[Spot, dict[Spot, float]]


def graph(lines: Iterable[Iterable[Iterable[float]]]) -> Graph:
    """Return the graph of all vertices of some lines, with km; vertices that agree are joined."""
    found: Graph = {}
    for line in lines:
        for a, b in pairwise(map(spot, line)):
            found.setdefault(a, {})[b] = km(a, b)
            found.setdefault(b, {})[a] = km(a, b)
    return found


def by_rail(rails: Graph, section: Section, start: Spot, end: Spot) -> Found | None:
    """Return the shortest way over the raw railway lines, led on to the two places."""
    if not section.mode.startswith("rail") or not rails:
        return None
    joined, tail = with_nearest(rails, start)
    joined, head = with_nearest(joined, end)
    if (
        max(hypot(tail[0] - start[0], tail[1] - start[1]), hypot(head[0] - end[0], head[1] - end[1]))
        > SNAP_DEG
    ):
        return None
    way = shortest(lambda node: joined[node].items(), tail, head)
    if not way or length_km(way) > DETOUR * max(km(start, end), 20):
        return None
    return [start, *way, end], OSM


def with_nearest(rails: Graph, place: Spot) -> tuple[Graph, Spot]:
    """Return the graph with a node where it comes nearest to a place, and that node."""
    edges = [(a, b) for a in rails for b in rails[a] if a < b]
    a, b = min(edges, key=lambda edge: (LineString(edge).distance(Point(place)), edge))
    line = LineString([a, b])
    nearest = line.interpolate(line.project(Point(place)))
    node = (round(nearest.x, 3), round(nearest.y, 3))
    joined = {key: dict(value) for key, value in rails.items()}
    for other in (a, b):
        if other != node:
            joined.setdefault(node, {})[other] = km(node, other)
            joined[other][node] = km(node, other)
    return joined, node


def shortest(around: Callable[[Spot], Iterable[tuple[Spot, float]]], start: Spot, end: Spot) -> Line | None:
    """Return the shortest way between two nodes (Dijkstra), or None if there is none."""
    done: dict[Spot, Spot | None] = {}
    queue: list[tuple[float, Spot, Spot | None]] = [(0.0, start, None)]
    while queue:
        so_far, node, before = heapq.heappop(queue)
        if node in done:
            continue
        done[node] = before
        if node == end:
            break
        for other, more in around(node):
            if other not in done:
                heapq.heappush(queue, (so_far + more, other, node))
    if end not in done:
        return None
    way = [end]
    while before := done[way[-1]]:
        way.append(before)
    return way[::-1]


def by_lane(lanes: list[Line], section: Section, start: Spot, end: Spot) -> Found | None:
    """Return the raw sea lane between two ports, off the hub."""
    if section.mode != "sea":
        return None
    for lane in lanes:
        for line in (lane, lane[::-1]):
            far = max(km(line[0], start), km(line[-1], end))
            if far < LANE_KM and HUB not in line:
                return [start, *line[1:-1], end], SEAROUTE
    return None


def over_water(known: Known, section_id: str, section: Section, start: Spot, end: Spot) -> Found | None:
    """Return the shortest way over the water, through the approaches of the ports and the section's gates."""
    if section.mode != "sea":
        return None
    approaches, way = known.own["approaches"], known.own["ways"].get(section_id, {})
    out = [spot(p) for p in approaches.get(section.from_, {"points": []})["points"]][::-1]
    into = [spot(p) for p in approaches.get(section.to, {"points": []})["points"]]
    gates = [[spot(p) for p in known.own["gates"][gate]["points"]] for gate in way.get("gates", [])]
    if way.get("back"):
        gates = [gate[::-1] for gate in gates[::-1]]
    legs = [[start, *out], *gates, [*into, end]]
    line = legs[0]
    for a, b in pairwise(legs):
        hop = hopped(known, a[-1], b[0])
        if hop is None:
            return None
        line = [*line, *hop[1:-1], *b]
    by = f", by {way['by']}" if way else ""
    return line, f"drawn by maps/build.py: shortest way over the water{by}"


def hopped(known: Known, start: Spot, end: Spot) -> Line | None:
    """Return the shortest way over the water, found once for each pair of ends."""
    first, last = sorted((start, end))
    if (first, last) not in known.hops:
        known.hops[first, last] = [start, end] if start == end else water_way(known.land, first, last)
    way = known.hops[first, last]
    return way if way is None or first == start else way[::-1]


def by_air(section: Section, start: Spot, end: Spot) -> Found | None:
    """Return a bow over the straight line between two airports, on its northern side."""
    if section.mode != "air":
        return None
    way = complex(*end) - complex(*start)
    top = (complex(*start) + complex(*end)) / 2 + way * (1j if way.real > 0 else -1j) * BOW
    return curve([start, (top.real, top.imag), end]), "drawn by maps/build.py: a bow over the great circle"


def curve(line: Line) -> Line:
    """Return a smooth line through the points of another: a centripetal Catmull-Rom spline."""
    squeeze = cos(radians(line[0][1]))
    p = [complex(lon * squeeze, lat) for lon, lat in line]
    p = [2 * p[0] - p[1], *p, 2 * p[-1] - p[-2]]
    found = []
    for a, b, c, d in zip(p, p[1:], p[2:], p[3:], strict=False):
        t1 = sqrt(abs(b - a))
        t2 = t1 + sqrt(abs(c - b))
        t3 = t2 + sqrt(abs(d - c))
        for n in range(CURVE_STEPS):
            t = t1 + (t2 - t1) * n / CURVE_STEPS
            ab, bc, cd = mix(a, b, 0, t1, t), mix(b, c, t1, t2, t), mix(c, d, t2, t3, t)
            found.append(mix(mix(ab, bc, 0, t2, t), mix(bc, cd, t1, t3, t), t1, t2, t))
    thin = LineString([(z.real / squeeze, z.imag) for z in (*found, p[-2])]).simplify(CURVE_DEG)
    return [spot(pair) for pair in thin.coords]


def mix(a: complex, b: complex, first: float, last: float, at: float) -> complex:
    """Return what lies between two points that are reached at two times."""
    return (a * (last - at) + b * (at - first)) / (last - first)


def water_way(land: BaseGeometry, start: Spot, end: Spot) -> Line | None:
    """Return the shortest way on a grid of water cells, pulled straight where no coast is near."""
    west, east = sorted((start[0], end[0]))
    south, north = sorted((start[1], end[1]))
    size = max(east - west, north - south)
    margin, step = max(3.0, size / 4), max(0.1, size / 400)
    frame = (west - margin, south - margin, east + margin, north + margin)
    coast = land.intersection(box(*frame)).buffer(OFF_COAST_DEG)
    prepare(coast)
    grid = [*cells(frame, step)]
    ashore = contains_xy(coast, [x for x, _ in grid], [y for _, y in grid])
    free = {cell for cell, dry in zip(grid, ashore, strict=True) if not dry}
    nearest = [min((km(cell, at), cell) for cell in free) for at in (start, end)] if free else []
    if not nearest or max(far for far, _ in nearest) > AFLOAT_KM:
        return None
    steps = [(i * step, j * step) for i in range(-2, 3) for j in range(-2, 3) if i or j]

    def around(cell: Spot) -> Iterator[tuple[Spot, float]]:
        others = ((round(cell[0] + x, 4), round(cell[1] + y, 4)) for x, y in steps)
        return ((other, km(cell, other)) for other in others if other in free)

    way = shortest(around, nearest[0][1], nearest[1][1])
    return pulled([start, *way, end], coast) if way else None


def cells(frame: tuple[float, float, float, float], step: float) -> Iterator[Spot]:
    """Yield the points of a grid."""
    west, south, east, north = frame
    for i in range(ceil((east - west) / step)):
        for j in range(ceil((north - south) / step)):
            yield round(west + i * step, 4), round(south + j * step, 4)


def pulled(way: Line, coast: BaseGeometry) -> Line:
    """Return a way with the points left out that are not needed to stay off the coast."""
    kept, last = [way[0], way[1]], len(way) - 2
    here = 1
    while here < last:
        ahead = (
            n
            for n in range(last, here, -1)
            if n == here + 1 or not coast.intersects(LineString([way[here], way[n]]))
        )
        here = next(ahead)
        kept.append(way[here])
    return [*kept, way[-1]]


def feature(properties: dict[str, Any], kind: str, coordinates: object) -> dict[str, Any]:
    """Return a GeoJSON feature."""
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def write(name: str, content: list[dict[str, Any]]) -> None:
    """Write a GeoJSON file of `maps/`, one feature a line."""
    lines = [json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in content]
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
    (MAPS / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
