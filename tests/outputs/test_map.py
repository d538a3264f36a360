"""The map as a picture: complete, readable, the same every time, and self-contained."""

import json
import re
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from typer.testing import CliRunner
from worlds import write_world

from sim.changes import apply
from sim.cli.app import app
from sim.cli.mapping import INSTALL, NO_FONT
from sim.files import load_description, load_plan
from sim.outputs.map_flows import Flows
from sim.outputs.map_frame import overlap
from sim.outputs.map_geometry import base, section_lines
from sim.outputs.map_html import html_page
from sim.outputs.map_labels import width
from sim.outputs.map_page import page
from sim.outputs.map_scene import scene
from sim.outputs.map_style import (
    CLASS_COLOURS,
    CLASS_WIDTHS,
    CORRIDOR_COLOURS,
    DASHES,
    DOTS,
    KILOTONNES,
    colour_of,
    width_of,
)

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).with_name("map_golden.svg")
SVG = "{http://www.w3.org/2000/svg}"


def features(name):
    """Return the features of a shipped file."""
    return json.loads((ROOT / "maps" / f"{name}.geojson").read_text("utf-8"))["features"]


def case_of(folder):
    """Return the baseline of a data folder."""
    return apply(load_description(folder / "corridors"), load_plan("baseline", folder / "scenarios"))


def drawn(folder, flows=None):
    """Return the scene of a data folder on the shipped base map."""
    case = case_of(folder)
    ground = base(features("countries"), features("borders"), features("lakes"))
    return scene(case, ground, section_lines(case.description, features("lines")), flows)


@pytest.fixture(scope="module")
def shipped():
    """Return the scene of the shipped baseline."""
    return drawn(ROOT)


@pytest.fixture
def small(tmp_path):
    """Return the scene of the small world."""
    return drawn(write_world(tmp_path))


@pytest.fixture(scope="module")
def picture(shipped):
    """Return its map, read again as XML."""
    return ET.fromstring(page(shipped))


def test_every_section_appears_once_by_its_id(shipped, picture):
    """Copies in the other panel have no id."""
    ids = [element.get("id") for element in picture.iter() if element.get("id", "").startswith("section-")]
    assert sorted(ids) == [f"section-{one}" for one in sorted(shipped.case.description.sections)]


def test_every_post_terminal_and_port_has_its_symbol(shipped, picture):
    """Each is there by its id, with its title."""
    shown = {element.get("data-id") for element in picture.iter(f"{SVG}g") if element.get("class") == "thing"}
    description = shipped.case.description
    assert shown == {*description.posts, *description.terminals, *description.ports}


def test_what_does_not_operate_is_dashed(shipped, picture):
    """Planned and trial sections are dashed, all others drawn whole."""
    for element in picture.iter(f"{SVG}g"):
        kind = element.get("class", "").split()
        if kind[:1] == ["line"]:
            dashes = {path.get("stroke-dasharray") for path in element.findall(f"{SVG}path")}
            status = shipped.case.description.sections[element.get("data-id")].status
            assert (DASHES.get(status) in dashes) if status in DASHES else not dashes & set(DASHES.values())


def lines(picture, section_id):
    """Return the groups of a section on all panels, its own one first."""
    found = [e for e in picture.iter(f"{SVG}g") if e.get("data-id") == section_id]
    return sorted(found, key=lambda element: element.get("id") is None)


def test_what_flies_is_dotted(picture):
    """By sea lines are whole, by air round dots."""
    (flight, *_), (sailing, *_) = lines(picture, "tehran-baku-air"), lines(picture, "kuryk-alat-sea")
    assert flight.find(f"{SVG}path").get("stroke-dasharray") == DOTS
    assert flight.find(f"{SVG}path").get("stroke-linecap") == "round"
    assert sailing.find(f"{SVG}path").get("stroke-dasharray") is None


def test_the_legend_explains_what_is_there(picture, small):
    """Air and airports only where there are any."""
    for shown, there in ((picture, True), (ET.fromstring(page(small)), False)):
        (legend,) = (e for e in shown.iter(f"{SVG}g") if e.get("class") == "legend")
        words = {text.text for text in legend.iter(f"{SVG}text")}
        assert ({"air", "airport", "gauge break 1435/1520 mm"} <= words) == there


def test_a_crowded_part_is_enlarged(picture):
    """The Aras valley has a panel of its own that names its places, and hides none of the main map."""
    panel = next(e for e in picture.iter(f"{SVG}g") if e.get("id") == "panel-close-up")
    assert "Aras valley and Syunik" in {text.text for text in panel.iter(f"{SVG}text")}
    here = {name for name, _ in boxes(panel)}
    assert {"Julfa", "Goris", "Kapan", "Aghband"} <= here
    main = next(e for e in picture.iter(f"{SVG}g") if e.get("id") == "panel-main")
    (clip,) = (e for e in picture.iter(f"{SVG}clipPath") if e.get("id") == "clip-close-up")
    x, y, wide, high = (float(clip.find(f"{SVG}rect").get(key)) for key in ("x", "y", "width", "height"))
    assert [name for name, one in boxes(main) if overlap(one, (x, y, x + wide, y + high))] == []


def test_a_line_that_leaves_the_map_says_which_way(picture):
    """Mumbai to St Petersburg: out of the Mediterranean and into the Baltic Sea, drawn in parts."""
    told = [text.text for text in picture.iter(f"{SVG}text") if "by Gibraltar" in (text.text or "")]
    assert len(told) == 2
    (line, *_) = lines(picture, "mumbai-st-petersburg-sea")
    assert line.find(f"{SVG}path").get("d").count("M") > 1


def test_a_shared_line_has_the_numbers_of_all_its_corridors(shipped):
    """First the corridor with the fewest sections, whose colour it has."""
    corridors = shipped.case.description.corridors
    sizes = [sum(one in shipped.lines for one in corridor.route) for corridor in corridors.values()]
    for section_id, numbers in shipped.numbers.items():
        named = [n for n, corridor in enumerate(corridors.values()) if section_id in corridor.route]
        assert sorted(numbers) == named
        assert numbers[0] == min(named, key=lambda n: sizes[n])


def test_every_corridor_is_seen_in_its_colour(shipped):
    """None has its whole way in the colours of others."""
    assert {numbers[0] for numbers in shipped.numbers.values()} == set(
        range(len(shipped.case.description.corridors))
    )


EYES = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": ((0.1523, 1.0526, -0.2049), (0.1145, 0.7863, 0.0992), (-0.0039, -0.0481, 1.052)),
    "no green": ((0.3673, 0.8606, -0.2280), (0.2801, 0.6725, 0.0474), (-0.0118, 0.0429, 0.9689)),
}
"""What is seen of linear red, green and blue: Machado, Oliveira and Fernandes, 2009, severity 1.0."""


def seen(colour, eye):
    """Return CIE L*a*b* (D65) of a colour as an eye sees it."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    r, g, b = (sum(a * c for a, c in zip(row, linear, strict=True)) for row in EYES[eye])
    xyz = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
    )
    x, y, z = (max(t, 0) ** (1 / 3) if t > 0.008856 else 7.787 * max(t, 0) + 16 / 116 for t in xyz)
    return (116 * y - 16, 500 * (x - y), 200 * (y - z))


@pytest.mark.parametrize("eye", EYES)
def test_colours_of_corridors_are_told_apart(eye):
    """Nine colours, all pairs: a CIE 1976 difference of 20 is some ten times what is just noticed."""
    views = [seen(colour, eye) for colour in CORRIDOR_COLOURS]
    pairs = [(a, b) for n, a in enumerate(views) for b in views[:n]]
    assert min(sum((p - q) ** 2 for p, q in zip(a, b, strict=True)) ** 0.5 for a, b in pairs) > 20


def boxes(picture):
    """Return the box of every site's symbols and name."""
    for site in picture.iter(f"{SVG}g"):
        if site.get("class") == "site":
            (name,) = site.findall(f"{SVG}text")
            x, y, size = (float(name.get(key)) for key in ("x", "y", "font-size"))
            lefts = [float(rect.get("x")) for rect in site.iter(f"{SVG}rect")]
            yield (
                name.text,
                (min([x, *lefts]), y - size * 0.75, x + width(name.text, size) * 0.98, y + size * 0.1),
            )


def test_names_do_not_overlap(picture):
    """No name with its symbols covers another one."""
    found = list(boxes(picture))
    assert len(found) > 25
    assert [(a, b) for n, (a, one) in enumerate(found) for b, other in found[:n] if overlap(one, other)] == []


def test_every_used_place_is_named(shipped, picture):
    """Whatever is at an end of something, but for two sides of a post that share a name."""
    names = " / ".join(name for name, _ in boxes(picture))
    wanted = {shipped.case.description.places[place].name.partition(",")[0] for place in shipped.places}
    assert sorted(name for name in wanted if name not in names) == []


def test_title_disclaimer_and_credits_are_there(shipped, picture):
    """What a printed map must say."""
    words = " ".join("".join(element.itertext()) for element in picture.iter(f"{SVG}text"))
    for wanted in (
        shipped.case.title,
        "no opinion on the legal status",
        "OpenStreetMap",
        "Natural Earth",
        " km",
    ):
        assert wanted in words


def test_same_scene_same_bytes(shipped):
    """No time stamp, no order of a set, no address in memory."""
    assert page(shipped) == page(drawn(ROOT))


def test_golden_map(tmp_path):
    """The small world: after a wanted change of the drawing, copy the new file over the old one."""
    new = page(drawn(write_world(tmp_path)))
    (tmp_path / "map_golden.svg").write_text(new, "utf-8")
    assert new == GOLDEN.read_text("utf-8"), f"see {tmp_path / 'map_golden.svg'}"


def flows(**kilotonnes):
    """Return made-up results; utilisation is a tenth of a share for each hundred kilotonnes."""
    return Flows("1 day", kilotonnes, {one: kt / 1000 for one, kt in kilotonnes.items()}, {})


def test_widths_and_darkness_grow():
    """More freight is wider, more use darker, each class once."""
    amounts = [0, *KILOTONNES]
    assert tuple(width_of(kt) for kt in amounts) == CLASS_WIDTHS == tuple(sorted(CLASS_WIDTHS))
    assert [colour_of(share) for share in (0, 0.3, 0.6, 0.8, 2.0)] == list(CLASS_COLOURS)

    def light(colour):
        red, green, blue = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
        return 0.3 * red + 0.59 * green + 0.11 * blue

    greys = [light(colour) for colour in CLASS_COLOURS]
    assert greys == sorted(greys, reverse=True)
    assert all(a - b > 18 for a, b in pairwise(greys))


def line_width(svg, section):
    """Return how wide a section is drawn: the widest of its solid lines but for the halo."""
    found = next(e for e in ET.fromstring(svg).iter() if e.get("id") == f"section-{section}")
    paths = [path for path in found.findall(f"{SVG}path") if path.get("stroke") != "#fff"]
    return max(float(path.get("stroke-width")) for path in paths)


def test_width_of_a_drawn_line_grows_with_throughput(shipped):
    """The same section with more freight."""
    widths = [
        line_width(page(replace(shipped, flows=flows(**{"rasht-astara-road": kt}))), "rasht-astara-road")
        for kt in (0, 200, 2_000, 20_000)
    ]
    assert widths == sorted(set(widths))


def test_html_refers_to_nothing_outside(shipped):
    """Addresses of sources are text in the data; no element, style or script names an address."""
    told = html_page(shipped, page(shipped))
    content = re.search(r'<script type="application/json" id="facts">\n(.*?)\n</script>', told, re.DOTALL)
    rest = told.replace(content[1], "").replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert re.findall(r"https?:|//[a-z]|@import|url\((?!#)|\b(?:src|href)=", rest) == []
    assert "<" not in content[1]
    told = json.loads(content[1])
    rows = {row[0]: row for row in told["bandar-abbas-bafq-rail"]["rows"]}
    assert rows["length"][1:3] == ["612 km", "612 to 626"]
    assert rows["length"][4] == "high"
    assert "https://" in rows["length"][3] or "http" in rows["length"][3]


def test_a_title_cannot_break_the_page(tmp_path):
    """Markup in a title stays text in SVG and HTML."""
    folder = write_world(tmp_path)
    file = folder / "corridors" / "world.yaml"
    evil = '"</script><b>&"'
    file.write_text(file.read_text("utf-8").replace("title: Road Alpha - Beta", f"title: {evil}"), "utf-8")
    made = drawn(folder)
    svg = page(made)
    assert ET.fromstring(svg) is not None
    assert html_page(made, svg).count("</script>") == 2


@pytest.fixture
def corridor(world_folder):
    """Run a command on the small world, which has no maps/ of its own."""
    return lambda *words: CliRunner().invoke(app, list(words))


@pytest.mark.parametrize("ending", ["svg", "html"])
def test_command_writes_the_file(corridor, ending):
    """The ending of the name decides; folders are made."""
    done = corridor("map", "baseline", "-o", f"out/map.{ending}")
    assert done.exit_code == 0, done.output
    assert "alpha-beta" in Path(f"out/map.{ending}").read_text("utf-8")


def test_command_draws_results(corridor):
    """A folder of `run --out`: its period in the title line, its tonnes in the tooltips."""
    assert corridor("run", "baseline", "--days", "20", "-r", "1", "-j", "1", "--out", "kept").exit_code == 0
    done = corridor("map", "baseline", "--results", "kept", "-o", "map.svg")
    assert done.exit_code == 0, done.output
    told = Path("map.svg").read_text("utf-8")
    assert "20 days from 2027-01-01, mean of 1 replication" in told
    assert re.search(r"Road Alpha - Beta: road, 100 km, operating, \d+ kt", told)


def test_results_of_other_inputs_are_refused(corridor):
    """A picture with another network's freight would be a silent mistake."""
    assert corridor("run", "baseline", "--days", "5", "-r", "1", "-j", "1", "--out", "kept").exit_code == 0
    change = "posts.beta-gamma.outbound.steps.customs.servers=6"
    done = corridor("map", "baseline", "--set", change, "--results", "kept", "-o", "map.svg")
    assert done.exit_code == 2
    assert "result of other inputs" in done.stderr
    assert not Path("map.svg").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-o", "map.pdf"], "ends with none of .svg, .png, .html"),
        (["-o", "map.svg", "--results", "nowhere"], "holds no finished result"),
    ],
)
def test_wrong_options_are_told(corridor, words, said):
    """Exit code 2 and one line that says what is wrong."""
    done = corridor("map", "baseline", *words)
    assert done.exit_code == 2
    assert said in done.stderr


def test_png_is_drawn(corridor):
    """A picture of 3564 dots, if the rasteriser and a font are there."""
    pytest.importorskip("resvg_py")
    done = corridor("map", "baseline", "-o", "map.png")
    if NO_FONT in done.stderr:
        pytest.skip("no font")
    assert done.exit_code == 0, done.output
    content = Path("map.png").read_bytes()
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(content[16:20]) == 3564


def test_without_the_rasteriser_the_command_says_what_to_install(corridor, monkeypatch):
    """The extra `maps` is optional: one line, exit code 1, no half file."""
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    done = corridor("map", "baseline", "-o", "map.png")
    assert done.exit_code == 1
    assert INSTALL in done.stderr
    assert not Path("map.png").exists()
