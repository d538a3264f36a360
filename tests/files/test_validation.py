"""Whatever data a file holds, it is either an object or problems in plain words."""

import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from worlds import MEASURE, WORLD

from sim.errors import Problem
from sim.files.validation import Text, read_as, validated
from sim.files.yaml12 import parse
from sim.model.description import Description
from sim.model.faults import faults, shown
from sim.model.scenario import OPERATIONS, Measure, Scenario
from sim.model.shape import fields

TREE = parse(WORLD, "f").data
KEYS = st.sampled_from(
    [*fields(Description), *fields(Scenario), *OPERATIONS, "alpha", "No Id", "value", "record"]
)
ODD = st.sampled_from(
    [None, True, -1, 0, 1.5, 10**400, float("nan"), "", "x", "2027-01-01", "24h", [], {}, [1], {"value": 1}]
)
DATA = st.recursive(
    ODD,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=15,
)


def spoken(problem):
    """Whether a problem is in plain words: no parts of the program, no words of pydantic."""
    text = str(problem)
    return text.isprintable() and "Input should" not in text and "Error" not in text and "Figure[" not in text


@pytest.mark.parametrize("model", [Description, Scenario, Measure])
@given(data=DATA)
def test_any_data_become_an_object_or_findings(model, data):
    """Nothing else is raised, and every finding has words."""
    try:
        model.model_validate(data)
    except ValidationError as error:
        found = faults(error, model)
        assert found
        assert all(spoken(finding.what) for finding in found)


def places(node, path=()):
    """Yield the path of everything in plain data."""
    inside = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, below in inside:
        yield (*path, key)
        yield from places(below, (*path, key))


@settings(max_examples=300)
@given(path=st.sampled_from(list(places(TREE))), value=ODD | st.just("delete"))
def test_one_mistake_is_told_where_it_is(path, value):
    """One value of the world replaced or left out: the problems lie at it, above it or below it."""
    tree = copy.deepcopy(TREE)
    node = tree
    for key in path[:-1]:
        node = node[key]
    if value == "delete":
        del node[path[-1]]
    else:
        node[path[-1]] = value
    text = json.dumps(tree, indent=1).replace("NaN", ".nan")
    document = parse(text, "f")
    read = validated(Description, Text("f", document.data, document.marks))
    if isinstance(read, list):
        for problem in read:
            assert spoken(problem)
            assert problem.line >= 1
            named = [str(key) for key in path]
            where = problem.where.replace("[", ".").replace("]", "").split(".") if problem.where else []
            shared = min(len(named), len(where))
            assert where[:shared] == named[:shared]


def test_a_problem_stands_at_the_key_of_a_record_and_at_the_value_of_a_value(here):
    """An editor jumps to the record that lacks something, and to the value that is wrong."""
    (here / "m.yaml").write_text(MEASURE.replace("to: 6", "too: 6").replace("theme: posts", "theme:   pots"))
    found = read_as(Measure, here / "m.yaml").problems
    assert [(p.line, p.column, p.where) for p in found] == [(3, 10, "theme"), (8, 5, "measures[0]")]
    assert all(isinstance(problem, Problem) for problem in found)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "empty"),
        (True, "true"),
        (6.0, "6"),
        (0.5, "0.5"),
        ("a\nb", "'a\\nb'"),
        ({}, "a mapping"),
        ([1], "a list"),
        ("x" * 99, "'" + "x" * 36 + "..."),
        (1e300, "1e+300"),
    ],
)
def test_values_are_shown_short_and_on_one_line(value, text):
    """A message is one line, whatever the value is."""
    assert shown(value) == text
