"""Make cases of the small world from a few lines of a scenario."""

from pathlib import Path

from worlds import write_world

from sim.changes import apply
from sim.files.corridors import load_description
from sim.files.scenarios import load_plan

HEAD = "title: T\nquestion: Q?\nbase: baseline\nmeasures:\n"
SERVERS = "posts.beta-gamma.outbound.customs.servers"
SERVERS_KEYS = ("posts", "beta-gamma", "outbound", "steps", "customs", "servers")


def item(operation, dates=""):
    """Return one operation as an item of a list of measures; `dates` are ``FROM..UNTIL``, either empty."""
    lines = [line.strip() for line in operation.split(";")]
    from_, _, until = dates.partition("..")
    lines += [f"{key}: {day}" for key, day in (("from", from_), ("until", until)) if day]
    return "  - " + "\n    ".join(lines) + "\n"


def set_servers(to, dates="", expect=4):
    """Return an item that gives the outbound customs step another number of servers."""
    return item(f"set: {SERVERS}; expect: {expect}; to: {to}", dates)


def case(here, measures="", *, sets=(), files=None):
    """Return the case that a list of measures on the baseline makes of the world.

    The baseline measures the 30 days from 2027-01-01, after 5 days of warm-up.
    """
    scenario = HEAD + measures if measures else HEAD.replace("measures:\n", "")
    write_world(here, {"scenarios/s.yaml": scenario, **(files or {})})
    return apply(load_description(Path("corridors")), load_plan("s", Path("scenarios"), sets))
