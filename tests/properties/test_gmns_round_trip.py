"""What goes to GMNS and comes back is the same network: ids, ends, modes, lengths, speeds, tracks."""

import tempfile
from pathlib import Path

from cases import describe, place, rail, road, sea
from hypothesis import given
from hypothesis import strategies as st

from sim.files import load_description
from sim.files.gmns_corridor import import_gmns
from sim.model.consistency import findings, great_circle_km
from sim.model.description import Description
from sim.outputs.geojson import read_lines
from sim.outputs.gmns import gmns_files

ROOT = Path(__file__).parents[2]
NAMES = ("ankara", "b-2", "7", "null", "cape-town-north")
TOWNS = dict(
    zip(NAMES, ((48.0, 38.0), (48.0, 38.01), (51.5, 35.7), (37.6, 55.75), (72.8, 19.0)), strict=True)
)
WINDING = st.floats(1.0, 9.0)


@st.composite
def networks(draw):
    """Return some towns, near and far, joined by ways up to nine times as long as the straight line."""
    towns = {name: place(draw(st.sampled_from(["IR", "AZ"])), *position) for name, position in TOWNS.items()}
    known = describe(places=towns).places
    sections = {}
    for number in range(draw(st.integers(1, 6))):
        tail, head = draw(st.permutations(NAMES))[:2]
        km = round(great_circle_km(known[tail], known[head]) * draw(WINDING), 6)
        kmh = draw(st.floats(1, 200).map(lambda speed: round(speed, 6)))
        more = {"status": draw(st.sampled_from(["operating", "planned", "trial", "suspended"]))}
        mode = draw(st.sampled_from(["road", "rail-1435", "rail-1520", "sea", "air"]))
        if mode == "road":
            sections[f"s{number}"] = road(tail, head, km, kmh, "AZ", **more)
        elif mode in ("sea", "air"):
            sections[f"s{number}"] = sea(tail, head, km, **more) | {"mode": mode}
        else:
            tracks = draw(st.integers(1, 4))
            sections[f"s{number}"] = rail(tail, head, km, kmh, tracks=tracks, mode=mode, **more)
    return describe(places=towns, sections=sections)


def round_trip(description, lines=None):
    """Return what is left of a description after going to GMNS tables and back."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for table, text in gmns_files(description, lines or {}).items():
            (folder / table).write_text(text, "utf-8")
        made = import_gmns(folder, Path("none.geojson"), folder / "made.yaml")
        (folder / "corridors").mkdir()
        (folder / "corridors" / "made.yaml").write_text(made.text, "utf-8")
        (folder / "corridors" / "fleets.yaml").write_text(fleets(description), "utf-8")
        return load_description(folder / "corridors")


def fleets(description):
    """Return the fleets of a description as the text of a corridor file: JSON is YAML."""
    return Description(fleets=description.fleets, sources=description.sources).model_dump_json(
        include={"fleets", "sources"}, by_alias=True, exclude_none=True
    )


def told(description):
    """Return what must come back of each section."""
    return {
        section_id: (
            section.from_,
            section.to,
            section.mode,
            section.country,
            section.status,
            section.length_km.value,
            section.speed_kmh and section.speed_kmh.value,
            section.tracks and section.tracks.value,
        )
        for section_id, section in description.sections.items()
    }


@given(networks())
def test_a_round_trip_keeps_the_network(description):
    """Whatever the names, modes and figures are; and what comes back has no problem."""
    back = round_trip(description)
    assert told(back) == told(description)
    assert findings(back) == []
    used = {end for section in description.sections.values() for end in (section.from_, section.to)}
    assert {name: (p.country, p.position.lon_deg) for name, p in back.places.items()} == {
        name: (description.places[name].country, description.places[name].position.lon_deg) for name in used
    }


def test_the_shipped_network_comes_back():
    """All sections that are shipped, with the places that they join and every figure assumed."""
    description = load_description(ROOT / "corridors")
    back = round_trip(description, read_lines(ROOT / "maps" / "lines.geojson"))
    assert told(back) == told(description)
    assert all(section.length_km.assumed for section in back.sections.values())
    assert findings(back) == []
