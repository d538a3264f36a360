"""Networks of others in the General Modeling Network Specification (GMNS): ``node.csv`` and ``link.csv``.

Lengths and speeds are converted by the units of ``config.csv``. Our own columns (`place_id`, `kind`,
`thing_id`, `mode`, `country`, `status`, `tracks`) are used where they are there.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from sim.errors import Problem, nearest
from sim.files.tables import Reading, Row, number, read_table, required
from sim.model.faults import shown
from sim.model.network import Mode, Status

KM = {
    **dict.fromkeys(("km", "kilometer", "kilometers", "kilometre", "kilometres"), 1.0),
    **dict.fromkeys(("mi", "mile", "miles"), 1.609344),
    **dict.fromkeys(("m", "meter", "meters", "metre", "metres"), 0.001),
    **dict.fromkeys(("ft", "foot", "feet"), 0.0003048),
}
"""Kilometres in each unit of length."""
KMH = {
    **dict.fromkeys(("kph", "km/h", "kmh", "kmph", "km/hr"), 1.0),
    **dict.fromkeys(("mph", "mi/h", "mi/hr"), 1.609344),
    **dict.fromkeys(("m/s", "mps"), 3.6),
}
"""Kilometres an hour in each unit of speed."""
DEGREES = ("", "epsg:4326", "4326", "wgs84", "wgs 84", "ogc:crs84")
"""How a `crs` of longitude and latitude is written; empty counts as that."""
TRUTHS = {"true": True, "1": True, "false": False, "0": False}
ON_FOOT = {"walk", "ped", "pedestrian", "foot", "bike", "bicycle"}
WORDS: tuple[tuple[Mode, frozenset[str]], ...] = (
    ("rail-1520", frozenset({"1520"})),
    ("rail-1435", frozenset({"rail", "railway", "train", "1435"})),
    ("sea", frozenset({"sea", "ship", "ferry", "vessel", "waterway"})),
    ("air", frozenset({"air", "aircraft", "flight"})),
)
"""The words in `allowed_uses` and `facility_type` by which a mode is known; anything else is a road."""
MODES: tuple[Mode, ...] = get_args(Mode)
STATUSES: tuple[Status, ...] = get_args(Status)
NO_SECTIONS = ("posts", "terminals", "ports")
"""What our own tables call a link that is no section."""
LARGEST = 1e6
LON: tuple[float, float] = (-180, 180)
LAT: tuple[float, float] = (-90, 90)


@dataclass(frozen=True)
class Units:
    """The factors from a network's units to km and km/h, and what the network is called."""

    km: float
    kmh: float
    dataset: str


@dataclass(frozen=True)
class Node:
    """A node: where it lies, and what it says of its place."""

    row: Row
    lon_deg: float
    lat_deg: float


@dataclass(frozen=True)
class GmnsLink:
    """A link in our units; `speed_kmh`, `length_km` and `tracks` are None where not given."""

    row: Row
    id: str
    tail: str
    head: str
    directed: bool
    mode: Mode
    status: Status
    length_km: float | None
    speed_kmh: float | None
    tracks: int | None


@dataclass(frozen=True)
class GmnsNetwork:
    """A network as it was read: nodes and links by their ids, and how many links are no sections."""

    dataset: str
    nodes: Mapping[str, Node]
    links: Mapping[str, GmnsLink]
    left_out: int


def read_gmns(reading: Reading, folder: Path) -> GmnsNetwork:
    """Return the network in a folder, noting every problem of its tables."""
    if not folder.is_dir():
        reading.problems.append(Problem(str(folder), 0, 0, "", "is no folder"))
        return GmnsNetwork("", {}, {}, 0)
    units = _units(reading, folder / "config.csv")
    nodes: dict[str, Node] = {}
    known = len(reading.problems)
    for row in read_table(reading, folder / "node.csv", ("node_id", "x_coord", "y_coord")):
        _add_node(reading, nodes, row)
    whole = len(reading.problems) == known
    links: dict[str, GmnsLink] = {}
    left_out = 0
    ids: set[str] = set()
    columns = ("link_id", "from_node_id", "to_node_id", "directed")
    for row in read_table(reading, folder / "link.csv", columns):
        link_id = required(reading, row, "link_id")
        if link_id in ids:
            reading.note(row, "link_id", f"{shown(link_id)} is there twice")
        ids.add(link_id)
        if _is_section(row):
            links[link_id] = _link(reading, row, nodes if whole else None, units)
        else:
            left_out += 1
    return GmnsNetwork(units.dataset, nodes, links, left_out)


def _units(reading: Reading, file: Path) -> Units:
    if not file.exists():
        what = "does not exist: it must say the units, long_length (km, mi) and speed (kph, mph)"
        reading.problems.append(Problem(str(file), 0, 0, "", what))
        return Units(1.0, 1.0, "")
    rows = read_table(reading, file, ("long_length", "speed"))
    if len(rows) != 1:
        if rows:
            reading.note(rows[1], "", "a second row: the table of units has one")
        return Units(1.0, 1.0, "")
    row = rows[0]
    if row.get("crs").lower() not in DEGREES:
        reading.note(row, "crs", f"must be EPSG:4326 (degrees), is {shown(row.get('crs'))}")
    return Units(
        _factor(reading, row, "long_length", KM),
        _factor(reading, row, "speed", KMH),
        row.get("dataset_name"),
    )


def _factor(reading: Reading, row: Row, column: str, factors: Mapping[str, float]) -> float:
    word = row.get(column).lower()
    if word not in factors:
        reading.note(row, column, f"unknown unit {shown(word)}{nearest(word, factors)}")
    return factors.get(word, 1.0)


def _add_node(reading: Reading, nodes: dict[str, Node], row: Row) -> None:
    known = len(reading.problems)
    node_id = required(reading, row, "node_id")
    for column in ("x_coord", "y_coord"):
        required(reading, row, column)
    lon, lat = number(reading, row, "x_coord", LON), number(reading, row, "y_coord", LAT)
    if node_id in nodes:
        reading.note(row, "node_id", f"{shown(node_id)} is already at line {nodes[node_id].row.line}")
    elif node_id:
        sound = len(reading.problems) == known
        nodes[node_id] = Node(row, lon or 0.0, lat or 0.0) if sound else Node(row, 0.0, 0.0)


def _is_section(row: Row) -> bool:
    """Whether a link is a stretch of road, railway or sea: no post, terminal or port, and no footpath."""
    uses = set(_words(row.get("allowed_uses")))
    return row.get("kind") not in NO_SECTIONS and not (uses and uses <= ON_FOOT)


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[^a-z0-9]+", text.lower()) if word]


def _link(reading: Reading, row: Row, nodes: Mapping[str, Node] | None, units: Units) -> GmnsLink:
    """Return a link; its nodes are looked up unless the table of nodes could not be read whole."""
    tail, head = (_end(reading, row, column, nodes) for column in ("from_node_id", "to_node_id"))
    if tail and tail == head:
        reading.note(row, "to_node_id", f"is the same node as from_node_id: {shown(head)}")
    directed = required(reading, row, "directed").lower()
    if directed and directed not in TRUTHS:
        reading.note(row, "directed", f"must be true or false, is {shown(directed)}")
    return GmnsLink(
        row=row,
        id=row.get("link_id"),
        tail=tail,
        head=head,
        directed=TRUTHS.get(directed, True),
        mode=_mode(row),
        status=_status(row),
        length_km=_converted(reading, row, "length", units.km),
        speed_kmh=_converted(reading, row, "free_speed", units.kmh),
        tracks=_tracks(reading, row),
    )


def _end(reading: Reading, row: Row, column: str, nodes: Mapping[str, Node] | None) -> str:
    node_id = required(reading, row, column)
    if node_id and nodes is not None and node_id not in nodes:
        reading.note(row, column, f"unknown node {shown(node_id)}{nearest(node_id, nodes)}")
    return node_id


def _mode(row: Row) -> Mode:
    given = [mode for mode in MODES if mode == row.get("mode")]
    if given:
        return given[0]
    words = {*_words(row.get("allowed_uses")), *_words(row.get("facility_type"))}
    return next((mode for mode, signs in WORDS if words & signs), "road")


def _status(row: Row) -> Status:
    return next((status for status in STATUSES if status == row.get("status")), "operating")


def _converted(reading: Reading, row: Row, column: str, factor: float) -> float | None:
    value = number(reading, row, column, (0, LARGEST))
    if value == 0:
        reading.note(row, column, "must be greater than 0")
    return None if value is None else round(value * factor, 6)


def _tracks(reading: Reading, row: Row) -> int | None:
    """Return the tracks of a railway: our own column or, without it, the lanes."""
    for column in ("tracks", "lanes"):
        value = number(reading, row, column, (0, 99))
        if value is not None and not value.is_integer():
            reading.note(row, column, f"must be a whole number, is {shown(value)}")
        elif value:
            return int(value)
    return None
