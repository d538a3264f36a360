"""A network of others as a corridor file of ours: places and sections, every figure assumed."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain, count
from pathlib import Path

from shapely import Point, distance, prepare
from shapely.geometry.base import BaseGeometry

from sim.errors import InputError, Problem
from sim.files.gmns import GmnsLink, GmnsNetwork, Node, read_gmns
from sim.files.ground import TOLERANCE_DEG, outlines
from sim.files.tables import Reading
from sim.files.validation import Text, validated
from sim.files.writing import yaml_text
from sim.files.yaml12 import parse
from sim.model.consistency import SHORTEST_SHARE, great_circle_km
from sim.model.description import Description
from sim.model.network import SERVED, Mode, Place, Position

USUAL_KMH: dict[Mode, float] = {"road": 60, "rail-1435": 40, "rail-1520": 40}
"""The speed of a link that gives none. Assumed."""
LONGEST_TIMES, LONGEST_MORE_KM = 10, 10
"""A link longer than so many times the straight line and so many km is taken for one in other units."""
SAME_LENGTH = 0.01
"""Two directed links in opposite directions are one section if their lengths differ by less than this."""
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_GIVEN, LONGEST_MADE = 64, 56
"""Characters of an id that is taken over, and of one that is made and may get a number behind it."""
COUNTRY = re.compile(r"[A-Z]{2}")
LOCODE = re.compile(r"[A-Z]{2}[A-Z0-9]{3}")
Plain = dict[str, object]


@dataclass(frozen=True)
class Imported:
    """The text of a corridor file, and what there is in it and what is not."""

    text: str
    places: int
    sections: int
    left_out: int


@dataclass
class Drafting:
    """The state of one import: what was read, the problems, and what has come of it so far."""

    network: GmnsNetwork
    reading: Reading
    land: Mapping[str, BaseGeometry]
    place_of: dict[str, str] = field(default_factory=dict)
    places: dict[str, Plain] = field(default_factory=dict)
    sections: dict[str, Plain] = field(default_factory=dict)
    one_way: dict[tuple[str, str, Mode], list[tuple[str, GmnsLink]]] = field(default_factory=dict)


def import_gmns(folder: Path, countries: Path, out: Path) -> Imported:
    """Return a folder of GMNS tables as the text of the corridor file `out`.

    Parameters
    ----------
    folder
        Holds ``node.csv``, ``link.csv`` and ``config.csv``.
    countries
        A GeoJSON file of outlines: in which country a node lies that does not say so. It may be missing.
    out
        How the file will be called.

    Raises
    ------
    InputError
        With every problem of the tables, each with its file and line.
    """
    reading = Reading()
    network = read_gmns(reading, folder)
    land = outlines(countries) if countries.exists() else {}
    for outline in land.values():
        prepare(outline)
    draft = Drafting(network, reading, land)
    if not reading.problems:
        _draft(draft)
    if reading.problems:
        raise InputError(reading.problems)
    title = f"Imported from GMNS ({network.dataset or folder.resolve().name}); no figure has been checked."
    text = yaml_text(title, {"places": draft.places, "sections": draft.sections})
    _read_back(text, out)
    return Imported(text, len(draft.places), len(draft.sections), network.left_out)


def _draft(draft: Drafting) -> None:
    """Fill a draft; a node that no section uses becomes no place."""
    for link in draft.network.links.values():
        for node_id in (link.tail, link.head):
            if node_id not in draft.place_of:
                _add_place(draft, node_id, draft.network.nodes[node_id])
        _add_section(draft, link)
    if not draft.sections and not draft.reading.problems:
        draft.reading.problems.append(Problem("link.csv", 0, 0, "", "holds no road, railway or sea section"))
    for section_id, _ in chain.from_iterable(draft.one_way.values()):
        draft.sections[section_id]["note"] = "One-way in GMNS; a section runs both ways."


def _add_place(draft: Drafting, node_id: str, node: Node) -> None:
    row = node.row
    given = row.get("place_id")
    if given and given in draft.places:
        draft.place_of[node_id] = given
        return
    place_id = _fresh(given, node_id, "place", draft.places)
    country = _country(draft, node)
    if country is None:
        what = (
            f"lies in no country that is known at {node.lon_deg:g}, {node.lat_deg:g}: add a column 'country'"
        )
        draft.reading.note(row, "node_id", what)
    place: Plain = {"name": row.get("name") or node_id, "country": country}
    if LOCODE.fullmatch(row.get("unlocode")):
        place["unlocode"] = row.get("unlocode")
    reason = f"imported from GMNS node {node_id}"
    place["position"] = {"lon_deg": node.lon_deg, "lat_deg": node.lat_deg, "assumed": reason}
    draft.places[place_id] = place
    draft.place_of[node_id] = place_id


def _country(draft: Drafting, node: Node) -> str | None:
    """Return the country that a node names, or else the one that it lies in or nearest to."""
    if COUNTRY.fullmatch(node.row.get("country")):
        return node.row.get("country")
    point = Point(node.lon_deg, node.lat_deg)
    inside = next((country for country, outline in draft.land.items() if outline.covers(point)), None)
    if inside or not draft.land:
        return inside
    nearest_by = {country: float(distance(outline, point)) for country, outline in draft.land.items()}
    country = min(nearest_by, key=lambda code: nearest_by[code])
    return country if nearest_by[country] <= TOLERANCE_DEG else None


def _fresh(given: str, text: str, noun: str, known: Mapping[str, object]) -> str:
    """Return the id that is `given`, or else one like `text`, that is not yet known."""
    if ID.fullmatch(given) and len(given) <= LONGEST_GIVEN and given not in known:
        return given
    slug = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:LONGEST_MADE].strip("-")
    if not re.search("[a-z]", slug):
        slug = f"{noun}-{slug}".strip("-")
    return next(name for n in count(1) if (name := slug if n == 1 else f"{slug}-{n}") not in known)


def _add_section(draft: Drafting, link: GmnsLink) -> None:
    towards = draft.one_way.get((link.head, link.tail, link.mode), [])
    twin = next((known for known in towards if link.directed and _alike(known[1], link)), None)
    if twin:
        towards.remove(twin)
        return
    section_id = _fresh(link.row.get("thing_id"), link.id, "section", draft.sections)
    if link.directed:
        draft.one_way.setdefault((link.tail, link.head, link.mode), []).append((section_id, link))
    draft.sections[section_id] = _section(draft, link)


def _alike(one: GmnsLink, other: GmnsLink) -> bool:
    """Whether two directed links between the same nodes are the two directions of one section."""
    things = one.row.get("thing_id"), other.row.get("thing_id")
    if all(things):
        return things[0] == things[1]
    a, b = one.length_km or 0.0, other.length_km or 0.0
    names = {link.row.get("name") for link in (one, other)} - {""}
    return len(names) <= 1 and abs(a - b) <= SAME_LENGTH * max(a, b)


def _section(draft: Drafting, link: GmnsLink) -> Plain:
    reason = f"imported from GMNS link {link.id}"
    ends = draft.place_of[link.tail], draft.place_of[link.head]
    section: Plain = {
        "title": link.row.get("name") or f"GMNS link {link.id}",
        "from": ends[0],
        "to": ends[1],
        "mode": link.mode,
    }
    if ends[0] == ends[1]:
        draft.reading.note(link.row, "to_node_id", f"both nodes are of one place, '{ends[0]}'")
    if link.mode not in SERVED:
        country = link.row.get("country")
        of_start = draft.places[ends[0]]["country"]
        section["country"] = country if COUNTRY.fullmatch(country) else of_start
    section |= {"status": link.status, "assumed": reason, "length_km": _length(draft, link, reason)}
    if link.mode not in SERVED:
        section["speed_kmh"] = _speed(link, reason)
    if link.mode.startswith("rail"):
        missing = "" if link.tracks else ", which gives no tracks"
        section["tracks"] = {"value": link.tracks or 1, "assumed": reason + missing}
    return section


def _length(draft: Drafting, link: GmnsLink, reason: str) -> Plain:
    nodes = draft.network.nodes
    direct_km = great_circle_km(_place(nodes[link.tail]), _place(nodes[link.head]))
    if link.length_km is None:
        if not direct_km:
            draft.reading.note(link.row, "length", "is empty, and its nodes lie at one point")
        told = f"{reason}, which gives no length: straight between its nodes"
        return {"value": round(direct_km, 3), "assumed": told}
    if not SHORTEST_SHARE * direct_km <= link.length_km <= LONGEST_TIMES * direct_km + LONGEST_MORE_KM:
        what = (
            f"is {link.length_km:g} km, but its nodes are {direct_km:.1f} km apart: "
            "is long_length in config.csv right?"
        )
        draft.reading.note(link.row, "length", what)
    return {"value": link.length_km, "assumed": reason}


def _place(node: Node) -> Place:
    position = Position(lon_deg=node.lon_deg, lat_deg=node.lat_deg, assumed="GMNS")
    return Place(name="node", country="XX", position=position)


def _speed(link: GmnsLink, reason: str) -> Plain:
    if link.speed_kmh is None:
        return {"value": USUAL_KMH[link.mode], "assumed": f"{reason}, which gives no speed"}
    return {"value": link.speed_kmh, "assumed": reason}


def _read_back(text: str, out: Path) -> None:
    """Refuse a text that would be no sound corridor file."""
    document = parse(text, str(out))
    read = validated(Description, Text(str(out), document.data, document.marks))
    problems: Iterable[Problem] = document.problems or (read if isinstance(read, list) else ())
    if problems:
        raise InputError(problems)
