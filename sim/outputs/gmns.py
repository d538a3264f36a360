"""The network as tables of the General Modeling Network Specification (GMNS), version 0.96.

A node is a place in a mode. A section, border post, terminal or port becomes two directed links, one each
way. All fields of the specification are there, empty where nothing is known, then our own: what a link is
(`kind`, `thing_id`, `direction`), its `status` (what is not operating is there too), and its capacity in
our unit.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sim.model.description import Description
from sim.model.evidence import Evidence
from sim.model.network import Link, Post, Section
from sim.outputs.columns import as_csv
from sim.outputs.geojson import Lines, Point, course, position
from sim.units import DAYS_PER_YEAR, HOURS_PER_DAY, TONNES_PER_MEGATONNE

VERSION = 0.96
USES = {
    "road": "truck",
    "rail-1435": "train-1435",
    "rail-1520": "train-1520",
    "sea": "ship",
    "air": "aircraft",
}
"""The GMNS use that each mode is open to."""
TRUCK_PCE = 2.0
"""Passenger cars that a truck counts for, on a level road. Assumed."""
WAYS = ("outbound", "inbound")
CONFIG = {
    "dataset_name": "Freight corridors, from the corridor simulator",
    "short_length": "m",
    "long_length": "km",
    "speed": "kph",
    "crs": "EPSG:4326",
    "geometry_field_format": "WKT",
    "currency": "USD",
    "version_number": VERSION,
    "id_type": "string",
}
NODE_FIELDS = (
    *("node_id", "name", "x_coord", "y_coord", "z_coord", "node_type", "ctrl_type", "zone_id"),
    *("parent_node_id", "place_id", "mode", "country", "unlocode"),
)
LINK_FIELDS = (
    *("link_id", "name", "from_node_id", "to_node_id", "directed", "geometry_id", "geometry"),
    *("parent_link_id", "dir_flag", "length", "grade", "facility_type", "capacity", "free_speed", "lanes"),
    *("bike_facility", "ped_facility", "parking", "allowed_uses", "toll", "jurisdiction", "row_width"),
    *("kind", "thing_id", "direction", "mode", "country", "status", "tracks", "capacity_mt_per_year"),
    *("capacity_definition", "length_origin", "free_speed_origin", "geometry_origin"),
)
USE_FIELDS = ("use", "persons_per_vehicle", "pce", "special_conditions", "description")
USE_ROWS = (
    ("truck", 0, TRUCK_PCE, "", "Semitrailer truck; passenger car equivalent assumed for a level road"),
    ("train-1435", 0, 1, "", "Freight train, standard gauge; counted in trains"),
    ("train-1520", 0, 1, "", "Freight train, gauge of 1520 mm; counted in trains"),
    ("ship", 0, 1, "", "Ship; counted in ships"),
    ("aircraft", 0, 1, "", "Aircraft; counted in aircraft"),
)
PATHS_SHARED = "trains an hour, both directions together: they share the one track"
PATHS_EACH = "trains an hour and track, in this direction"
ACCEPTED = "daily acceptance of the neighbour / 24 h, in passenger car equivalents (trains: in trains)"
Node = tuple[str, str]
Row = dict[str, object]


@dataclass(frozen=True)
class Joined:
    """What becomes a pair of links: its two nodes, what it is, and the fields of each direction."""

    ends: tuple[Node, Node]
    kind: str
    thing_id: str
    fields: Row
    points: tuple[Point, ...] = ()
    by_way: Mapping[str, Row] = field(default_factory=dict)


def gmns_files(description: Description, lines: Lines) -> dict[str, str]:
    """Return the texts of the GMNS tables of a description by their names."""
    joined = list(_joined(description, lines))
    nodes = dict.fromkeys(node for thing in joined for node in thing.ends)
    lone = [(place_id, "") for place_id in description.places if place_id not in {node[0] for node in nodes}]
    links = [row for thing in joined for row in _both_ways(thing)]
    return {
        "config.csv": as_csv(tuple(CONFIG), [tuple(CONFIG.values())]),
        "node.csv": _csv(NODE_FIELDS, (_node(description, node) for node in [*nodes, *lone])),
        "link.csv": _csv(LINK_FIELDS, links),
        "use_definition.csv": as_csv(USE_FIELDS, USE_ROWS),
    }


def _csv(fields: tuple[str, ...], rows: Iterable[Row]) -> str:
    return as_csv(fields, [tuple(row.get(name, "") for name in fields) for row in rows])


def _node_id(node: Node) -> str:
    return "/".join(part for part in node if part)


def _node(description: Description, node: Node) -> Row:
    place = description.places[node[0]]
    lon, lat = position(place)
    return {
        "node_id": _node_id(node),
        "name": place.name,
        "x_coord": lon,
        "y_coord": lat,
        "node_type": node[1] or "place",
        "place_id": node[0],
        "mode": node[1],
        "country": place.country,
        "unlocode": place.unlocode or "",
    }


def _joined(description: Description, lines: Lines) -> Iterator[Joined]:
    """Yield what becomes links: sections, posts, terminals, and each land mode at a port's quays."""
    for section_id, section in description.sections.items():
        yield _section(description, section_id, section, lines)
    for post_id, post in description.posts.items():
        yield _post(description, post_id, post)
    for terminal_id, terminal in description.terminals.items():
        first, second = terminal.connects
        told = _told(terminal.title, "terminal", terminal.status, (first, second))
        told["capacity_mt_per_year"] = terminal.capacity_mt_per_year.value
        yield Joined(((terminal.place, first), (terminal.place, second)), "terminals", terminal_id, told)
    for port_id, port in description.ports.items():
        for mode in port.connects:
            facility = "port" if port.serves == "sea" else "airport"
            told = _told(port.title, facility, port.status, (mode, port.serves))
            yield Joined(((port.place, mode), (port.place, port.serves)), "ports", port_id, told)


def _told(title: str, facility: str, status: str, modes: tuple[str, ...]) -> Row:
    """Return the fields of a link that every kind of thing has."""
    return {
        "name": title,
        "facility_type": facility,
        "status": status,
        "allowed_uses": ",".join(USES[mode] for mode in modes),
        "length": 0,
        "mode": modes[0] if len(modes) == 1 else "",
    }


def _ends(link: Link, mode: str) -> tuple[Node, Node]:
    return (link.from_, mode), (link.to, mode)


def _section(description: Description, section_id: str, section: Section, lines: Lines) -> Joined:
    drawn = course(description.places, section_id, section, lines)
    told = _told(section.title, section.mode, section.status, (section.mode,)) | {
        "length": section.length_km.value,
        "length_origin": _origin(section.length_km),
        "country": section.country or "",
        "jurisdiction": section.country or "",
        "geometry_origin": drawn.source,
        **_capacity(description, section),
    }
    if section.speed_kmh:
        told |= {
            "free_speed": section.speed_kmh.value,
            "free_speed_origin": _origin(section.speed_kmh),
        }
    return Joined(_ends(section, section.mode), "sections", section_id, told, drawn.points)


def _origin(evidence: Evidence) -> str:
    return evidence.source or f"assumed: {evidence.assumed}"


def _capacity(description: Description, section: Section) -> Row:
    """Return the tracks of a railway section, and the trains that they take, if it has a limit."""
    if section.tracks is None:
        return {}
    tracks = section.tracks.value
    told: Row = {"tracks": tracks, "lanes": max(1, tracks // 2)}
    trains = [fleet for fleet in description.fleets.values() if fleet.mode == section.mode]
    if section.capacity_mt_per_year and trains:
        tonnes_an_hour = (
            section.capacity_mt_per_year.value * TONNES_PER_MEGATONNE / (DAYS_PER_YEAR * HOURS_PER_DAY)
        )
        told |= {
            "capacity": round(tonnes_an_hour / trains[0].payload_t.value / tracks, 4),
            "capacity_definition": PATHS_EACH if tracks > 1 else PATHS_SHARED,
            "capacity_mt_per_year": section.capacity_mt_per_year.value,
        }
    return told


def _post(description: Description, post_id: str, post: Post) -> Joined:
    by_way: dict[str, Row] = {}
    for way, crossing in zip(WAYS, (post.outbound, post.inbound), strict=True):
        quota = crossing.quota_vehicles_per_day
        if quota:
            pce = TRUCK_PCE if post.mode == "road" else 1
            capacity = round(quota.value * pce / HOURS_PER_DAY, 4)
            by_way[way] = {"capacity": capacity, "capacity_definition": ACCEPTED}
    points = course(description.places, post_id, post, {}).points
    told = _told(post.title, "border-post", post.status, (post.mode,))
    return Joined(_ends(post, post.mode), "posts", post_id, told, points, by_way)


def _both_ways(thing: Joined) -> Iterator[Row]:
    """Yield the two links of a thing; a port of several land modes names them by the mode."""
    name = f"{thing.thing_id}/{thing.ends[0][1]}" if thing.kind == "ports" else thing.thing_id
    for way, ends, points in zip(
        WAYS, (thing.ends, thing.ends[::-1]), (thing.points, thing.points[::-1]), strict=True
    ):
        line = _wkt(points)
        yield (
            thing.fields
            | thing.by_way.get(way, {})
            | {
                "link_id": f"{name}/{way}",
                "from_node_id": _node_id(ends[0]),
                "to_node_id": _node_id(ends[1]),
                "directed": "true",
                "geometry": line,
                "dir_flag": 1 if line else 0,
                "kind": thing.kind,
                "thing_id": thing.thing_id,
                "direction": way,
            }
        )


def _wkt(points: tuple[Point, ...]) -> str:
    """Return a line as well-known text; nothing for a line without length."""
    if len(set(points)) <= 1:
        return ""
    return f"LINESTRING ({', '.join(f'{lon} {lat}' for lon, lat in points)})"
