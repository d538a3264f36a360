"""The names of places with the symbols of what stands there."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import hypot

from sim.outputs.map_frame import Panel
from sim.outputs.map_labels import Label, Placed, width
from sim.outputs.map_projection import Spot
from sim.outputs.map_scene import Scene
from sim.outputs.map_style import DASHES, INK, NO_SERVER, SHARES, colour_of
from sim.outputs.map_svg import element, group, number, text, title
from sim.outputs.map_symbols import SIZE, Thing, thing_symbol

NEAR = 8.0
"""Two sides of a border post that lie nearer on the page than this share one name."""
STEP = SIZE + 1.4
BUSY = SHARES[2]
"""From this utilisation on the share is written behind the name."""


@dataclass(frozen=True)
class Site:
    """One or more places that share a name on a panel, with what stands there."""

    id: str
    name: str
    at: Spot
    things: tuple[Thing, ...]


def sites(scene: Scene, panel: Panel) -> list[Site]:
    """Return what a panel names: places in its window, but not those that a panel of a larger scale shows."""
    shown = {place: panel.at(spot) for place, spot in scene.places.items() if panel.names(spot)}
    groups: dict[str, list[str]] = {}
    for place, first in _joined(scene, shown).items():
        groups.setdefault(first, []).append(place)
    return [_site(scene, first, places, shown) for first, places in sorted(groups.items())]


def _joined(scene: Scene, shown: dict[str, Spot]) -> dict[str, str]:
    """Return for each place the first of those that it shares a name with: the two sides of a post."""
    first = {place: place for place in shown}
    for thing in scene.things:
        here = [first[place] for place in thing.places if place in shown]
        a, b = here[0] if here else "", here[-1] if here else ""
        if a != b and _apart(shown[a], shown[b]) < NEAR:
            first = {place: min(a, b) if one in (a, b) else one for place, one in first.items()}
    return first


def _apart(a: Spot, b: Spot) -> float:
    return hypot(a[0] - b[0], a[1] - b[1])


def _site(scene: Scene, first: str, places: list[str], shown: dict[str, Spot]) -> Site:
    names = dict.fromkeys(scene.case.description.places[p].name.partition(",")[0].strip() for p in places)
    xs, ys = zip(*(shown[p] for p in places), strict=True)
    here = tuple(thing for thing in scene.things if thing.places[0] in places)
    return Site(first, " / ".join(names), (sum(xs) / len(xs), sum(ys) / len(ys)), here)


def share(scene: Scene, thing: Thing) -> float | None:
    """Return the utilisation of a thing, if there are results of it."""
    return scene.flows.shares.get(thing.id) if scene.flows else None


def _colour(scene: Scene, thing: Thing) -> str:
    found = share(scene, thing)
    return INK if not scene.flows else NO_SERVER if found is None else colour_of(found)


def _percent(scene: Scene, site: Site) -> str:
    """Return the utilisation of the busiest thing of a site, if it is high."""
    found = max((share(scene, thing) or 0.0 for thing in site.things), default=0.0)
    return f" {found:.0%}" if found >= BUSY else ""


def label(scene: Scene, site: Site, size: float) -> Label:
    """Return how much room a site's symbols and name want."""
    wide = STEP * len(site.things) + width(f"{site.name}{_percent(scene, site)}", size)
    return Label(
        site.id, site.at, wide, max(size * 1.1, SIZE if site.things else 0), 3.0, 0 if site.things else 1
    )


def drawn_site(scene: Scene, site: Site, placed: Placed, size: float) -> str:
    """Return the name of a site with its symbols, and the line that leads to it where it stands apart."""
    left, top, _, bottom = placed.box
    middle = (top + bottom) / 2
    parts = []
    if placed.leader:
        (x1, y1), (x2, y2) = placed.leader, site.at
        parts.append(element("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=INK, stroke_width=0.6))
    x = left
    for thing in site.things:
        used = share(scene, thing)
        words = thing.title if used is None else f"{thing.title}: {used:.0%} used"
        parts.append(thing_symbol(thing, x, middle - SIZE / 2, _colour(scene, thing), words))
        x += STEP
    words = f"{site.name}{_percent(scene, site)}"
    parts.append(text(words, x, middle + size * 0.35, class_="name", font_size=size))
    return group(parts, class_="site", data_at=pin(site.at))


def crossings(scene: Scene, panel: Panel) -> list[str]:
    """Return thin lines between the two sides of posts that lie so far apart that each has its name."""
    drawn = []
    for post_id, post in sorted(scene.case.description.posts.items()):
        a, b = (scene.places[place] for place in (post.from_, post.to))
        (x1, y1), (x2, y2) = panel.at(a), panel.at(b)
        if panel.names(a) and panel.names(b) and _apart((x1, y1), (x2, y2)) >= NEAR:
            dash = DASHES.get(post.status)
            line = element(
                "line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=INK, stroke_width=1.2, stroke_dasharray=dash
            )
            drawn.append(group([title(post.title), line], class_="crossing", data_id=post_id))
    return drawn


def pin(at: Spot) -> str:
    """Return the point about which a viewer keeps something at its size."""
    return f"{number(at[0])} {number(at[1])}"


def dots(shown: Iterable[Site]) -> list[str]:
    """Return the marks of sites."""
    return [
        element(
            "circle",
            cx=site.at[0],
            cy=site.at[1],
            r=2.4,
            fill="#fff",
            stroke=INK,
            stroke_width=1.1,
            data_at=pin(site.at),
        )
        for site in shown
    ]
