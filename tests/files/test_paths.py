"""Readable paths name one thing, whether or not every segment is written out."""

import subprocess
import sys

import pytest
from worlds import world

from sim.changes.things import plain
from sim.model.paths import PathError, put, resolve, shape_at, value_at
from sim.model.shape import fields, readable


@pytest.fixture
def tree(tmp_path):
    """Return the world as plain data."""
    return plain(world(tmp_path))


STEP = ("posts", "beta-gamma", "outbound", "steps", "customs")


@pytest.mark.parametrize(
    ("path", "keys"),
    [
        ("posts.beta-gamma.outbound.customs.servers", (*STEP, "servers")),
        ("posts.beta-gamma.outbound.steps.customs.servers", (*STEP, "servers")),
        ("sections.alpha-beta", ("sections", "alpha-beta")),
        ("sections", ("sections",)),
        ("alpha-beta.length_km", ("sections", "alpha-beta", "length_km")),
        ("sections.alpha-beta.tracks", ("sections", "alpha-beta", "tracks")),
    ],
)
def test_a_path_leads_to_its_keys(path, keys, tree):
    """The mapping that an id stands in may be left out; an optional figure may be absent."""
    assert resolve(tree, path) == keys


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("post.beta-gamma", "unknown 'post' (nearest: 'posts')"),
        ("posts.beta-gama.outbound", "unknown 'beta-gama' in 'posts' (nearest: 'beta-gamma')"),
        ("posts.beta-gamma.outbond", "unknown 'outbond' in 'posts.beta-gamma' (nearest: 'outbound')"),
        (
            "posts.beta-gamma.outbound.custom.servers",
            "unknown 'custom' in 'posts.beta-gamma.outbound' (nearest: 'customs')",
        ),
        ("posts.beta-gamma.title.x", "'posts.beta-gamma.title' is a single value, nothing stands under it"),
        ("sections.alpha-beta.tracks.value", "'sections.alpha-beta.tracks' is not given"),
        ("sections.alpha-beta.tracks.value.x", "'sections.alpha-beta.tracks' is not given"),
    ],
)
def test_a_wrong_path_is_told_at_its_wrong_segment(path, what, tree):
    """With the nearest word that could stand there."""
    with pytest.raises(PathError) as refused:
        resolve(tree, path)
    assert str(refused.value) == what


def test_an_id_of_two_kinds_must_be_told_apart(tree):
    """A place and a terminal may share an id; a path without the kind would be a guess."""
    tree["terminals"] = {"alpha": {}}
    with pytest.raises(PathError, match="'alpha' is in places and terminals: name which"):
        resolve(tree, "alpha.title")


def test_put_leaves_the_old_data_alone(tree):
    """What changes is copied along the path, the rest is shared."""
    keys = (*STEP, "servers", "value")
    changed = put(tree, keys, 9)
    assert (value_at(tree, keys), value_at(changed, keys)) == (4, 9)
    assert changed["places"] is tree["places"]


def test_put_makes_the_mappings_on_its_way(tree):
    """The first charge of a world without charges."""
    assert put({}, ("charges", "toll"), 1) == {"charges": {"toll": 1}}
    with pytest.raises(PathError):
        put({"a": 1}, ("a", "b"), 1)


def test_shapes_have_the_names_that_stand_in_files():
    """What a section may hold, whether or not a section holds it."""
    assert {"from", "to", "tracks"} <= fields(shape_at(("sections", "any-id"))).keys()
    assert shape_at(("sections", "any-id", "nothing", "below")) is None


def test_paths_are_written_as_one_reads_them():
    """Keys after points, places in lists in brackets."""
    assert readable(("measures", 2, "expect")) == "measures[2].expect"
    assert readable(()) == ""


def test_checking_input_loads_nothing_heavy():
    """`corridor check` answers at once: no numpy, networkx, simpy or shapely behind it."""
    code = (
        "import sys, sim.files.checking, sim.changes; "
        "print(sorted({'numpy', 'networkx', 'simpy', 'shapely'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
