"""Symbols of posts, terminals, ports and airports: square or round, filled where they operate."""

from dataclasses import dataclass

from sim.model.description import Description
from sim.outputs.map_style import CLASS_COLOURS, INK
from sim.outputs.map_svg import element, group, title

SIZE = 9.0
GLYPHS = {
    "road post": "M2 4.5H7",
    "rail post": "M2.6 2.6L6.4 6.4M6.4 2.6L2.6 6.4",
    "terminal": "M2 3.2H6.4M5 1.9L6.6 3.2L5 4.5M7 6H2.6M4 4.7L2.4 6L4 7.3",
    "gauge break": "M2.2 1.8V7.2M6.8 1.8V7.2M3.9 3.4V5.6M5.1 3.4V5.6",
    "port": "M4.5 2V7.2M2 5C2.2 6.6 3.2 7.2 4.5 7.2C5.8 7.2 6.8 6.6 7 5M3.2 3.2H5.8",
    "airport": "M4.5 1.7V7.3M1.9 5.2L4.5 3.6L7.1 5.2M3.3 7.3L4.5 6.6L5.7 7.3",
}
"""What stands in each symbol, in a square of `SIZE`."""
LIGHT = CLASS_COLOURS[:2]
"""On these colours a symbol is dark."""
ROUND = ("road post", "rail post")
PORTS = {"sea": "port", "air": "airport"}
"""Kind of symbol by what a port serves."""
MEANINGS = {
    "road post": "border post, road",
    "rail post": "border post, railway",
    "terminal": "terminal between road and rail",
    "gauge break": "gauge break 1435/1520 mm",
    "port": "sea port",
    "airport": "airport",
}


@dataclass(frozen=True)
class Thing:
    """A post, terminal, port or airport as it is shown at a place."""

    id: str
    kind: str
    title: str
    places: tuple[str, ...]
    operates: bool


def things(description: Description) -> list[Thing]:
    """Return all posts, terminals, ports and airports, in order of kind and id."""
    found = [
        Thing(i, f"{p.mode.partition('-')[0]} post", p.title, (p.from_, p.to), p.status == "operating")
        for i, p in sorted(description.posts.items())
    ]
    for i, terminal in sorted(description.terminals.items()):
        kind = "terminal" if "road" in terminal.connects else "gauge break"
        found.append(Thing(i, kind, terminal.title, (terminal.place,), terminal.status == "operating"))
    return found + [
        Thing(i, PORTS[port.serves], port.title, (port.place,), port.status == "operating")
        for i, port in sorted(description.ports.items())
    ]


def symbol(kind: str, x: float, y: float, *, filled: bool = True, colour: str = INK) -> list[str]:
    """Return the elements of a symbol with its upper left corner at (x, y)."""
    radius = SIZE / 2 if kind in ROUND else 1.5
    glyph_colour = INK if colour in LIGHT else "#fff"
    fill, stroke = (colour, glyph_colour) if filled else ("#fff", colour)
    frame = element(
        "rect", x=x + 0.4, y=y + 0.4, width=SIZE - 0.8, height=SIZE - 0.8, rx=radius,
        fill=fill, stroke=colour, stroke_width=0.9,
    )  # fmt: skip
    glyph = element(
        "path", d=GLYPHS[kind], transform=f"translate({x:.1f} {y:.1f})",
        fill="none", stroke=stroke, stroke_width=1.1, stroke_linecap="round",
    )  # fmt: skip
    return [frame, glyph]


def thing_symbol(thing: Thing, x: float, y: float, colour: str, words: str) -> str:
    """Return the symbol of a thing, named by its id and explained by its title."""
    drawn = symbol(thing.kind, x, y, filled=thing.operates, colour=colour)
    return group([title(words), *drawn], class_="thing", data_id=thing.id)
