"""The JSON Schemas say what the models say."""

import json

import pytest

from sim.files.schemas import schema, schemas


def operations(kind):
    """Return the required keys of each operation that a kind of file may hold."""
    described = schema(kind)
    choices = described["properties"]["measures"]["items"]["oneOf"]
    named = [choice["$ref"].rpartition("/")[2] for choice in choices]
    return {name: described["$defs"][name] for name in named}


@pytest.mark.parametrize("kind", ["scenario", "measure"])
def test_operations_are_told_apart_by_their_keys(kind):
    """Each alternative requires the key that names it and refuses others, so exactly one can fit."""
    found = operations(kind)
    assert list(found) == ["Use", "Set", "Scale", "Add", "Close", "Open"]
    for name, described in found.items():
        assert name.lower() in described["required"]
        assert described["additionalProperties"] is False


def test_set_requires_what_it_expects():
    """`expect` may be null but not left out: that is what makes a measure go stale loudly."""
    described = operations("scenario")["Set"]
    assert set(described["required"]) == {"set", "expect", "to"}
    assert {"type": "null"} in described["properties"]["expect"]["anyOf"]


@pytest.mark.parametrize("name", ["Use", "Set", "Scale", "Close", "Open"])
def test_dates_have_the_names_that_stand_in_files(name):
    """`from` is a word of Python, so the field is called otherwise; files never show that."""
    keys = operations("scenario")[name]["properties"].keys()
    assert {"from", "until"} <= keys
    assert "from_" not in keys


def test_corridor_files_hold_every_kind():
    """Sections and posts run `from` a place `to` another."""
    described = schema("corridor")
    assert {"places", "sections", "posts", "sources"} <= described["properties"].keys()
    assert {"from", "to"} <= set(described["$defs"]["Section"]["required"])


def test_schemas_are_the_same_every_time():
    """They are stored beside the files, so two runs must write the same bytes."""
    assert json.dumps(schemas()) == json.dumps(schemas())
    assert list(schemas()) == ["corridor", "scenario", "measure"]
