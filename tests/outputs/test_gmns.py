"""GMNS tables hold to the published specification (zephyr-data-specs/GMNS, version 0.96).

`TABLES` restates, in our own words, the fields that its table schemas ask for: type, whether required,
bounds, allowed words, keys. A table may have fields of its own beside them.
"""

import csv
import io
from itertools import pairwise
from pathlib import Path

import pytest
from cases import describe, places, port, post, rail, road, sea, service, terminal
from shapely import from_wkt
from worlds import world

from sim.files import load_description
from sim.outputs.geojson import read_lines
from sim.outputs.gmns import gmns_files

ROOT = Path(__file__).parents[2]
ANY, NUMBER, WHOLE, TRUTH = "any", "number", "whole", "truth"
TABLES = {
    "config": {
        "key": None,
        "fields": {
            **dict.fromkeys(("dataset_name", "short_length", "long_length", "speed", "crs"), (ANY,)),
            **dict.fromkeys(("geometry_field_format", "currency"), (ANY,)),
            "version_number": (NUMBER,),
            "id_type": (ANY, {"string", "integer"}),
        },
        "required": (),
        "refers": {},
    },
    "node": {
        "key": "node_id",
        "fields": {
            **dict.fromkeys(("node_id", "name", "node_type", "zone_id", "parent_node_id"), (ANY,)),
            **dict.fromkeys(("x_coord", "y_coord", "z_coord"), (NUMBER,)),
            "ctrl_type": (ANY, {"none", "yield", "stop", "4_stop", "signal"}),
        },
        "required": ("node_id", "x_coord", "y_coord"),
        "refers": {"parent_node_id": "node", "zone_id": "zone"},
    },
    "link": {
        "key": "link_id",
        "fields": {
            **dict.fromkeys(("link_id", "name", "from_node_id", "to_node_id", "geometry_id"), (ANY,)),
            **dict.fromkeys(("geometry", "parent_link_id", "facility_type", "allowed_uses"), (ANY,)),
            **dict.fromkeys(("bike_facility", "ped_facility", "parking", "jurisdiction"), (ANY,)),
            "directed": (TRUTH,),
            "dir_flag": (WHOLE, {"1", "0", "-1"}),
            "length": (NUMBER, 0, 1e9),
            "grade": (NUMBER, -100, 100),
            "capacity": (NUMBER, 0, 1e9),
            "free_speed": (NUMBER, 0, 200),
            "lanes": (WHOLE, 0, 1e9),
            "toll": (NUMBER,),
            "row_width": (NUMBER, 0, 1e9),
        },
        "required": ("link_id", "from_node_id", "to_node_id", "directed"),
        "refers": {
            "from_node_id": "node",
            "to_node_id": "node",
            "geometry_id": "geometry",
            "parent_link_id": "link",
        },
    },
    "use_definition": {
        "key": "use",
        "fields": {
            **dict.fromkeys(("use", "special_conditions", "description"), (ANY,)),
            **dict.fromkeys(("persons_per_vehicle", "pce"), (NUMBER, 0, 1e9)),
        },
        "required": ("use", "persons_per_vehicle", "pce"),
        "refers": {},
    },
}


def tables(files):
    """Return the rows of each table by its name."""
    return {
        name.removesuffix(".csv"): list(csv.DictReader(io.StringIO(text), strict=True))
        for name, text in files.items()
    }


def faults(found):
    """Return where tables do not hold to the specification."""
    return [
        fault
        for name, table in TABLES.items()
        for row in found[name]
        for fault in (*_missing(table, row), *_wrong(table, row), *_dangling(found, table, row))
    ] + [f"{name}: equal keys" for name, table in TABLES.items() if not _unique(found[name], table["key"])]


def _missing(table, row):
    yield from (f"no column {field}" for field in table["fields"] if field not in row)
    yield from (f"{field} is empty" for field in table["required"] if not row[field])


def _wrong(table, row):
    for field, (kind, *bounds) in table["fields"].items():
        text = row.get(field)
        if text and not _fits(text, kind, bounds):
            yield f"{field}: {text} is not {kind} {bounds}"


def _fits(text, kind, bounds):
    if kind == TRUTH:
        return text in ("true", "True", "TRUE", "1", "false", "False", "FALSE", "0")
    if bounds and isinstance(bounds[0], set):
        return text in bounds[0]
    if kind == ANY:
        return True
    value = int(text) if kind == WHOLE else float(text)
    return not bounds or bounds[0] <= value <= bounds[1]


def _dangling(found, table, row):
    for field, other in table["refers"].items():
        known = {line[TABLES[other]["key"]] for line in found[other]} if other in found else set()
        if row[field] and row[field] not in known:
            yield f"{field}: no {row[field]} in {other}"


def _unique(rows, key):
    return key is None or len({row[key] for row in rows}) == len(rows)


def by_id(found):
    """Return the links by their ids."""
    return {row["link_id"]: row for row in found["link"]}


@pytest.fixture
def mixed():
    """Return the tables of a world of all kinds of things."""
    description = describe(
        places=places(a="IR", b="IR", c="AZ", d="AZ", lone="IR"),
        sections={
            "road": road("a", "b", 60.0, 70.0),
            "single": rail("a", "b", tracks=1, mt=8.76),
            "double": rail("a", "b", tracks=2, mt=8.76),
            "strait": sea("c", "d", 100.0),
        },
        posts={"gate": post("b", "c", quota=240)},
        terminals={"yard": terminal("b", mt=5.0)},
        ports={"here": port("c", ["road", "rail-1435"]), "there": port("d")},
        services={"ferry": service("strait")},
    )
    return tables(gmns_files(description, {}))


def test_the_shipped_network_holds_to_the_specification():
    """Every field has its type and bounds, every key is unique, every reference leads somewhere."""
    description = load_description(ROOT / "corridors")
    found = tables(gmns_files(description, read_lines(ROOT / "maps" / "lines.geojson")))
    assert faults(found) == []
    assert {row["thing_id"] for row in found["link"]} == {
        *description.sections,
        *description.posts,
        *description.terminals,
        *description.ports,
    }
    uses = {row["use"] for row in found["use_definition"]}
    assert all(set(row["allowed_uses"].split(",")) <= uses for row in found["link"])


def test_a_broken_table_is_found(mixed):
    """The check above can fail: a bad truth, an unknown node and a speed beyond bounds are told."""
    mixed["link"][0] |= {"directed": "maybe", "to_node_id": "nowhere", "free_speed": "900"}
    assert len(faults(mixed)) == 3


def test_all_kinds_of_things_hold_to_the_specification(mixed):
    """Also ports of two land modes, and a place where nothing is."""
    assert faults(mixed) == []
    assert "lone" in {row["node_id"] for row in mixed["node"]}


def test_each_thing_is_two_directed_links(mixed):
    """One each way, between places in a mode."""
    for out, back in pairwise(mixed["link"]):
        if out["direction"] == "outbound":
            assert back["direction"] == "inbound"
            assert (out["from_node_id"], out["to_node_id"]) == (back["to_node_id"], back["from_node_id"])
            assert out["directed"] == back["directed"] == "true"
    links = by_id(mixed)
    assert (links["road/outbound"]["from_node_id"], links["road/outbound"]["to_node_id"]) == (
        "a/road",
        "b/road",
    )
    assert links["here/rail-1435/outbound"]["to_node_id"] == "c/sea"
    kinds = {"gate/inbound": "border-post", "yard/inbound": "terminal", "there/road/inbound": "port"}
    assert {name: links[name]["facility_type"] for name in kinds} == kinds


def test_capacity_is_what_its_definition_says(mixed):
    """8.76 Mt a year are a train of 1000 t an hour; two tracks share it; 240 trucks a day are 10 an hour."""
    links = by_id(mixed)
    assert float(links["single/outbound"]["capacity"]) == 1
    assert "both directions" in links["single/outbound"]["capacity_definition"]
    assert float(links["double/outbound"]["capacity"]) == 0.5
    assert links["double/outbound"]["lanes"] == "1"
    assert float(links["gate/outbound"]["capacity"]) == 20, "a truck counts as two passenger cars"
    assert links["gate/inbound"]["capacity"] == links["road/outbound"]["capacity"] == ""
    assert all(row["capacity_definition"] for row in mixed["link"] if row["capacity"])


def test_geometry_is_well_known_text_in_the_direction_of_travel(world_folder):
    """What shapely reads from both directions is the same line, turned round."""
    links = by_id(tables(gmns_files(world(world_folder), {})))
    there, back = (from_wkt(links[f"alpha-beta/{way}"]["geometry"]) for way in ("outbound", "inbound"))
    assert list(there.coords) == [(48.0, 37.0), (48.5, 37.5)] == list(back.coords)[::-1]
    assert links["alpha-beta/outbound"]["dir_flag"] == "1"


def test_units_stand_in_the_configuration(mixed):
    """One row: km, km/h, degrees."""
    (config,) = mixed["config"]
    assert (config["long_length"], config["speed"], config["crs"]) == ("km", "kph", "EPSG:4326")
    assert float(config["version_number"]) >= 0.96


def test_where_lengths_and_speeds_come_from_is_kept(world_folder):
    """A source by its key, an assumption with its reason."""
    links = by_id(tables(gmns_files(world(world_folder), {})))
    assert links["alpha-beta/outbound"]["length_origin"] == "road-atlas"
    assert links["alpha-beta/outbound"]["free_speed_origin"] == "assumed: made for tests"
