"""Every change of gauge takes exactly one gauge operation, and none stands anywhere else."""

from itertools import pairwise, permutations
from pathlib import Path

import networkx as nx
import pytest

from sim.changes import apply
from sim.files import load_description, load_plan
from sim.model.description import Description
from sim.network.builder import Builder, Edge
from sim.network.compile import add_everything, calendar_of

ROOT = Path(__file__).parents[2]
ENDS = 60
"""So many places at most, every pair of them in both directions."""


def opened(description: Description) -> Description:
    """Return the network with everything in operation that is planned or suspended."""
    kinds = ("sections", "posts", "terminals", "ports", "services")
    changed = {
        kind: {
            name: record.model_copy(update={"status": "operating", "opened_on": None})
            for name, record in getattr(description, kind).items()
        }
        for kind in kinds
    }
    return description.model_copy(update=changed)


@pytest.fixture(scope="module", params=["as it is", "with all that is planned"])
def edges(request):
    """Return the edges of the shipped network."""
    description = load_description(ROOT / "corridors")
    case = apply(description, load_plan("baseline", ROOT / "scenarios"))
    if request.param != "as it is":
        case = type(case)(**vars(case) | {"description": opened(case.description)})
    clock, measured = calendar_of(case)
    build = Builder(case, clock, measured.end_s)
    add_everything(build)
    return [edge for edge in build.edges if not edge.closed]


def is_gauge_operation(edge: Edge) -> bool:
    return edge.kind == "handle" and edge.tail[1].startswith("rail") and edge.head[1].startswith("rail")


def test_nothing_but_a_gauge_break_leads_from_one_gauge_to_the_other(edges):
    """A vehicle keeps its mode; only terminals of two gauges join two railways."""
    for edge in edges:
        if edge.kind != "handle":
            assert edge.tail[1].split("-")[:2] == edge.head[1].split("-")[:2] or edge.kind == "sail"
        elif is_gauge_operation(edge):
            assert edge.tail[1] != edge.head[1]


def test_every_pair_of_places_changes_gauge_as_often_as_it_has_gauge_operations(edges):
    """Over the quickest ways between all places by land and sea; at least one pair changes gauge."""
    network = nx.DiGraph()
    for edge in edges:
        hours = edge.time_h + edge.length_km / 1000 + 1
        if not network.has_edge(edge.tail, edge.head) or hours < network.edges[edge.tail, edge.head]["h"]:
            network.add_edge(edge.tail, edge.head, h=hours, edge=edge)
    ends = sorted(node for node in network if node[1].startswith("rail"))[:ENDS]
    changed = 0
    for start, end in permutations(ends, 2):
        try:
            path = nx.shortest_path(network, start, end, weight="h")
        except nx.NetworkXNoPath:
            continue
        operations = sum(is_gauge_operation(network.edges[hop]["edge"]) for hop in pairwise(path))
        gauges = [mode for _, mode in path]
        changes = sum(a != b and a.startswith("rail") and b.startswith("rail") for a, b in pairwise(gauges))
        assert operations == changes
        changed += operations > 0
    assert changed > 0
