"""The command that draws a scenario on a map."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import typer

from sim.cli.running import Request, load_case
from sim.errors import InputError, Problem, RunError
from sim.files import data_folder
from sim.files.folders import PACKAGE
from sim.model.case import Case
from sim.model.scenario import Run
from sim.outputs.map_flows import Flows, flows
from sim.outputs.map_geometry import base, section_lines
from sim.outputs.map_html import html_page
from sim.outputs.map_page import page
from sim.outputs.map_scene import Scene, scene
from sim.outputs.map_style import PAGE
from sim.outputs.store import fingerprint

SUFFIXES = (".svg", ".png", ".html")
INSTALL = "a map as PNG needs resvg: pip install 'corridor-sim[maps]' (SVG and HTML need nothing)"
NO_FONT = "no font found for the text of a PNG: install one, e.g. apt-get install fonts-liberation"
PNG_ZOOM = 3
"""Dots in a unit of the page: 305 to the inch on A4."""


def draw_map(name: str, sets: tuple[str, ...], out: Path, results: Path | None) -> None:
    """Draw a scenario into a file of the kind that its name ends with."""
    if out.suffix not in SUFFIXES:
        what = f"ends with none of {', '.join(SUFFIXES)}: the ending says what is drawn"
        raise InputError([Problem("--out", 0, 0, str(out), what)])
    case = load_case(name, Request(sets=sets))
    if not case.description.sections:
        raise InputError([Problem(name, 0, 0, "sections", "there are none to draw")])
    drawn = _scene(case, _flows(case, results) if results else None)
    svg = page(drawn)
    content = svg.encode()
    if out.suffix == ".png":
        content = _png(svg)
    elif out.suffix == ".html":
        content = html_page(drawn, svg).encode()
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(content)
    typer.echo(f"wrote {out}", err=True)


def _scene(case: Case, found: Flows | None) -> Scene:
    ground = base(_features("countries"), _features("borders"), _features("lakes"))
    return scene(case, ground, section_lines(case.description, _features("lines")), found)


def _features(name: str) -> list[dict[str, Any]]:
    """Return the features of a file of ``maps/`` (of the data folder, else as shipped), or none."""
    for folder in (data_folder(), PACKAGE / "data", PACKAGE.parent):
        file = folder / "maps" / f"{name}.geojson"
        if file.is_file():
            try:
                return [*json.loads(file.read_text("utf-8"))["features"]]
            except (ValueError, KeyError, TypeError):
                raise InputError([Problem(str(file), 0, 0, "", "is no GeoJSON FeatureCollection")]) from None
    return []


def _flows(case: Case, results: Path) -> Flows:
    """Return the results of a folder that ``corridor run --out`` wrote of the same scenario.

    Raises
    ------
    InputError
        If there are none, or they are those of other inputs.
    """
    file = results / "table.json"
    if not file.is_file():
        what = "holds no finished result (table.json): run the scenario with --out first"
        raise InputError([Problem("--results", 0, 0, str(results), what)])
    try:
        table = json.loads(file.read_text("utf-8"))
        head = table["scenario"]
        run = Run.model_validate(head["run"])
        found = flows(table)
    except (ValueError, KeyError, TypeError):
        raise InputError([Problem(str(file), 0, 0, "", "is no table that corridor run wrote")]) from None
    if fingerprint(replace(case, run=run)) != head["inputs_sha256"]:
        what = f"holds a result of other inputs ({head['scenario']}): run it anew, or give the same --set"
        raise InputError([Problem("--results", 0, 0, str(results), what)])
    return found


def _png(svg: str) -> bytes:
    """Return the picture of an SVG, 3564 dots wide.

    Raises
    ------
    RunError
        If the rasteriser or a font is missing.
    """
    try:
        import resvg_py
    except ImportError:
        raise RunError(INSTALL) from None
    letter = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{}</svg>'
    words = letter.format('<text y="9" font-family="Arial,sans-serif">M</text>')
    if bytes(resvg_py.svg_to_bytes(svg_string=words)) == bytes(
        resvg_py.svg_to_bytes(svg_string=letter.format(""))
    ):
        raise RunError(NO_FONT)
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, width=round(PAGE[0]) * PNG_ZOOM, dpi=96))
