"""Networks of others become corridor files: units converted, everything said to be assumed, or refused."""

import csv
import io
import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import InputError
from sim.files import load_description
from sim.files.gmns_corridor import import_gmns
from sim.files.validation import Text, validated
from sim.files.writing import yaml_text
from sim.files.yaml12 import parse
from sim.model.description import Description

CONFIG = "dataset_name,long_length,speed,crs\nTown,mi,mph,EPSG:4326\n"
NODES = "node_id,name,x_coord,y_coord,country\n1,West,48.0,38.0,IR\n2,East,48.1,38.0,IR\n"
LINKS = (
    "link_id,name,from_node_id,to_node_id,directed,length,free_speed,allowed_uses,lanes\n"
    "7,High Street,1,2,true,10,50,,2\n"
    "8,High Street,2,1,true,10,50,,2\n"
)
NO_UNITS = "config.csv: does not exist: it must say the units, long_length (km, mi) and speed (kph, mph)"
REMEDY = "is long_length in config.csv right?"
OUT = Path("made.yaml")
NOWHERE = Path("no-countries.geojson")


def imported(folder, countries=NOWHERE, **changed):
    """Import a network of two nodes and a road, its tables changed where given."""
    tables = {"config": CONFIG, "node": NODES, "link": LINKS, **changed}
    for name, text in tables.items():
        if text is not None:
            (folder / f"{name}.csv").write_text(text, "utf-8")
    return import_gmns(folder, countries, OUT)


def loaded(made, folder):
    """Load what was imported as one loads any corridor file."""
    corridors = folder / "corridors"
    corridors.mkdir()
    (corridors / "made.yaml").write_text(made.text, "utf-8")
    fleet = (
        "fleets:\n  {id}:\n    title: T\n    mode: {mode}\n    payload_t: {{value: 20, assumed: t}}\n"
        "    moving_h_per_day: {{value: 9, assumed: t}}\n    cost_usd_per_t_km: {{value: 0, assumed: t}}\n"
        "    constant_usd_per_t: {{value: 0, assumed: t}}\n    maximum_wait_h: {{value: 9, assumed: t}}\n"
    )
    modes = [mode for mode in ("road", "rail-1435", "rail-1520") if f"mode: {mode}" in made.text]
    for mode in modes:
        (corridors / f"{mode}.yaml").write_text(fleet.format(id=mode, mode=mode), "utf-8")
    return load_description(corridors)


def refused(folder, **changed):
    """Return the problems of a network, one line each."""
    with pytest.raises(InputError) as error:
        imported(folder, **changed)
    return [str(problem) for problem in error.value.problems]


def test_miles_become_kilometres_and_two_directions_one_section(here):
    """10 miles at 50 mph are 16.09 km at 80.5 km/h; what says so is the link, and that it is assumed."""
    made = imported(here)
    assert (made.places, made.sections, made.left_out) == (2, 1, 0)
    section = loaded(made, here).sections["section-7"]
    assert section.length_km.value == pytest.approx(16.09344)
    assert section.speed_kmh.value == pytest.approx(80.4672)
    assert (section.from_, section.to) == ("place-1", "place-2")
    assert (section.title, section.mode, section.country) == ("High Street", "road", "IR")
    assert section.length_km.assumed == section.assumed == "imported from GMNS link 7"
    assert section.note is None


@pytest.mark.parametrize(
    ("length", "speed", "km", "kmh"),
    [("km", "km/h", 10, 50), ("meters", "m/s", 0.01, 180), ("FEET", "MPH", 0.003048, 80.4672)],
)
def test_units_are_those_of_the_configuration(here, length, speed, km, kmh):
    """However they are written; the nodes lie at one point here, so that no length is too short."""
    nodes = "node_id,x_coord,y_coord,country\n1,48,38,IR\n2,48,38,IR\n"
    made = imported(here, config=f"long_length,speed\n{length},{speed}\n", node=nodes)
    section = loaded(made, here).sections["section-7"]
    assert section.length_km.value == pytest.approx(km)
    assert section.speed_kmh.value == pytest.approx(kmh)


def test_what_is_not_given_is_said(here):
    """No length: the straight line; no speed: the usual one; no tracks: one. Each says so."""
    links = (
        "link_id,from_node_id,to_node_id,directed,facility_type,allowed_uses\n"
        "a,1,2,false,rail,train\nb,1,2,true,,ferry\n"
    )
    sections = loaded(imported(here, link=links), here).sections
    assert sections["a"].mode == "rail-1435"
    assert sections["a"].length_km.value == pytest.approx(8.76, abs=0.01)
    assert "gives no length" in sections["a"].length_km.assumed
    assert "gives no speed" in sections["a"].speed_kmh.assumed
    assert "gives no tracks" in sections["a"].tracks.assumed
    assert sections["a"].note is None
    assert (sections["b"].mode, sections["b"].speed_kmh, sections["b"].country) == ("sea", None, None)
    assert "One-way" in sections["b"].note


def test_footpaths_and_what_nothing_uses_are_left_out(here):
    """Freight does not walk."""
    nodes = NODES + "3,Park,48.05,38.0,IR\n"
    links = LINKS + '9,Path,1,3,false,5,3,"walk,bike",\n'
    made = imported(here, node=nodes, link=links)
    assert (made.places, made.sections, made.left_out) == (2, 1, 1)


def test_different_roads_between_two_nodes_stay_apart(here):
    """Another name or length is another road."""
    links = LINKS.replace("8,High Street,2,1,true,10", "8,High Street,2,1,true,12")
    assert list(loaded(imported(here, link=links), here).sections) == ["section-7", "section-8"]


def test_the_direction_back_may_be_without_a_name(here):
    """Many networks name only the first of two directions."""
    links = LINKS.replace("8,High Street", "8,")
    assert imported(here, link=links).sections == 1


def test_ids_are_made_readable_and_unique(here):
    """Letters and digits joined by hyphens; what would be equal is numbered."""
    nodes = NODES.replace("\n1,", "\nA & B,").replace("\n2,", "\na/b,")
    links = LINKS.replace(",1,2,", ",A & B,a/b,").replace(",2,1,", ",a/b,A & B,")
    assert list(loaded(imported(here, node=nodes, link=links), here).places) == ["a-b", "a-b-2"]


def test_the_country_is_that_of_the_map(here):
    """Where a node does not say it: the outline it lies in, or within a few kilometres of."""
    ring = [[47.0, 37.0], [48.05, 37.0], [48.05, 39.0], [47.0, 39.0], [47.0, 37.0]]
    feature = {"properties": {"country": "AZ"}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    countries = here / "countries.geojson"
    countries.write_text(json.dumps({"features": [feature]}), "utf-8")
    nodes = NODES.replace(",IR", ",")
    places = loaded(imported(here, countries, node=nodes), here).places
    assert {place.country for place in places.values()} == {"AZ"}
    far = nodes.replace("48.1", "58.1")
    with pytest.raises(InputError, match=r"node.csv:3:1: node_id: lies in no country that is known"):
        imported(here, countries, node=far, link=LINKS.replace(",10,", ",1000,"))


@pytest.mark.parametrize(
    ("changed", "lines"),
    [
        ({"config": None}, [NO_UNITS]),
        (
            {"config": "long_length,speed\nparsec,mph\n"},
            ["config.csv:2:1: long_length: unknown unit 'parsec'"],
        ),
        (
            {"config": "long_length,speed,crs\nkm,kph,EPSG:32639\n"},
            ["config.csv:2:1: crs: must be EPSG:4326 (degrees), is 'EPSG:32639'"],
        ),
        (
            {"config": "long_length,speed\nkm,kph\nmi,mph\n"},
            ["config.csv:3:1: a second row: the table of units has one"],
        ),
        (
            {"node": "node_id,x,y_coord\n1,2,3\n"},
            ["node.csv:1:1: the column 'x_coord' is missing (nearest: 'y_coord')"],
        ),
        (
            {"node": NODES.replace("48.1", "east")},
            ["node.csv:3:1: x_coord: must be a number, is 'east'"],
        ),
        (
            {"node": NODES.replace("48.1", "481")},
            ["node.csv:3:1: x_coord: must be between -180 and 180, is 481"],
        ),
        ({"node": NODES.replace("2,East", "1,East")}, ["node.csv:3:1: node_id: '1' is already at line 2"]),
        (
            {"link": LINKS.replace(",2,true", ",3,true")},
            ["link.csv:2:1: to_node_id: unknown node '3'"],
        ),
        (
            {"link": LINKS.replace("7,High Street,1,2,true", "7,High Street,1,1,maybe")},
            [
                "link.csv:2:1: directed: must be true or false, is 'maybe'",
                "link.csv:2:1: to_node_id: is the same node as from_node_id: '1'",
            ],
        ),
        ({"link": LINKS.replace("8,High", "7,High")}, ["link.csv:3:1: link_id: '7' is there twice"]),
        ({"link": LINKS.replace(",10,", ",0,", 1)}, ["link.csv:2:1: length: must be greater than 0"]),
        (
            {"link": LINKS.replace(",50,", ",-5,", 1)},
            ["link.csv:2:1: free_speed: must be between 0 and 1000000, is -5"],
        ),
        (
            {"link": LINKS.replace(",,2\n", ",,1.5\n", 1)},
            ["link.csv:2:1: lanes: must be a whole number, is 1.5"],
        ),
        (
            {"link": LINKS.replace(",10,", ",1,")},
            [f"link.csv:2:1: length: is 1.60934 km, but its nodes are 8.8 km apart: {REMEDY}"],
        ),
        (
            {"link": LINKS.replace(",10,", ",5280,")},
            [f"link.csv:2:1: length: is 8497.34 km, but its nodes are 8.8 km apart: {REMEDY}"],
        ),
        ({"link": LINKS.replace(",,2\n", "\n", 1)}, ["link.csv:2:1: has 7 fields, but the head line has 9"]),
        (
            {"link": LINKS.replace("High Street", '"High" Street', 1)},
            ["link.csv:2:1: is no comma-separated line: ',' expected after '\"'"],
        ),
        ({"link": LINKS.partition("\n")[0] + "\n"}, ["link.csv: holds no road, railway or sea section"]),
        ({"link": ""}, ["link.csv: is empty"]),
    ],
)  # fmt: skip
def test_each_problem_is_one_line_with_its_place(here, changed, lines):
    """File and line of the mistake, the column, and what is wrong."""
    assert [line.removeprefix("./") for line in refused(Path(), **changed)] == lines


def test_a_folder_that_is_not_there_is_one_problem(here):
    """Not one for each of its tables."""
    with pytest.raises(InputError) as error:
        import_gmns(Path("nothing"), NOWHERE, OUT)
    assert str(error.value) == "nothing: is no folder"


def test_all_problems_are_told_at_once(here):
    """A table with mistakes in several lines is mended in one go."""
    nodes = NODES.replace("48.0,", "x,").replace("48.1,", "y,")
    assert len(refused(here, node=nodes, config="long_length,speed\nmoon,sun\n")) == 4


CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["", "NaN", "1e999", "-0", "1_000", "null", '"', "\u2028", "\x0c", "1", "2", "true"]),
)


@given(st.sampled_from(["config", "node", "link"]), st.integers(0, 2), st.integers(0, 8), CELLS)
def test_whatever_a_cell_holds_the_network_is_taken_or_refused(table, line, column, cell):
    """Never anything but a sound corridor file or problems that name their place."""
    rows = list(csv.reader(io.StringIO({"config": CONFIG, "node": NODES, "link": LINKS}[table])))
    row = rows[line % len(rows)]
    row[column % len(row)] = cell
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    problems, made = [], None
    with tempfile.TemporaryDirectory() as folder:
        try:
            made = imported(Path(folder), **{table: text.getvalue()})
        except InputError as error:
            problems = error.problems
    assert all(problem.file and problem.what and str(problem).isprintable() for problem in problems)
    assert problems or not isinstance(validated(Description, as_text(made.text)), list)


def as_text(text):
    """Return a corridor file as it is read."""
    document = parse(text, "made.yaml")
    return Text("made.yaml", document.data, document.marks)


@given(st.text(max_size=30))
def test_any_text_is_read_back_as_it_was_written(text):
    """Whatever a name holds, the file says it; only what no file may hold becomes a space."""
    document = parse(yaml_text("T", {"places": {"p": {"name": text}}}), "made.yaml")
    assert not document.problems
    plain = "".join(sign if sign.isprintable() else " " for sign in text).strip()
    assert document.data == {"places": {"p": {"name": plain}}}
