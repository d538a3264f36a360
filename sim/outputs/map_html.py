"""A map as one page that needs nothing else: the SVG, every figure behind it, and a small viewer."""

import json
from html import escape
from pathlib import Path

from sim.outputs.map_facts import facts
from sim.outputs.map_scene import Scene

HERE = Path(__file__).parent
POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
"""The browser itself refuses whatever would go over the network."""
PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<div id="bar">
<button id="in" title="zoom in (+)" aria-label="zoom in">+</button>
<button id="out" title="zoom out (-)" aria-label="zoom out">&minus;</button>
<button id="all" title="whole map (0)">whole</button>
<label>Find <select id="find"><option value="">...</option></select></label>
<span class="hint">Zoom: wheel, + and -. Pan: drag, arrow keys. Figures and sources: click.</span>
</div>
<div id="stage">
<div id="map">{svg}</div>
<aside id="panel" aria-live="polite" hidden></aside>
</div>
<div id="tip" role="tooltip" hidden></div>
<script type="application/json" id="facts">
{facts}
</script>
<script>
{script}</script>
</body>
</html>
"""


def html_page(scene: Scene, svg: str) -> str:
    """Return the page of a map.

    Parameters
    ----------
    scene
        What the map shows: its figures go into the page.
    svg
        The map, from `map_page.page`.
    """
    told = facts(scene.case.description, scene.flows)
    content = json.dumps(told, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return PAGE.format(
        policy=POLICY,
        title=escape(scene.case.title),
        style=(HERE / "map_view.css").read_text("utf-8"),
        svg=svg,
        facts=content,
        script=(HERE / "map_view.js").read_text("utf-8"),
    )
