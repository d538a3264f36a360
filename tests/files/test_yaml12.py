"""YAML 1.2 over PyYAML: what plain scalars mean, and where everything stands."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.files import yaml12
from sim.files.yaml12 import Mark, parse, scalar

# From the tables of the YAML 1.2.2 specification, section 10.3.2 (core schema), and the traps of 1.1.
MEANT = {
    "null": None,
    "~": None,
    "": None,
    "true": True,
    "FALSE": False,
    "12": 12,
    "-19": -19,
    "+12": 12,
    "0o14": 12,
    "0xC": 12,
    "012": 12,
    "1e6": 1_000_000.0,
    "1.": 1.0,
    ".5": 0.5,
    "-2E+05": -200_000.0,
    ".inf": math.inf,
    "-.INF": -math.inf,
    "no": "no",
    "on": "on",
    "y": "y",
    "12:30": "12:30",
    "08:00-20:00": "08:00-20:00",
    "2027-01-01": "2027-01-01",
    "1_000": "1_000",
    "0b1": "0b1",
    "1e": "1e",
    "NULLE": "NULLE",
    "=": "=",
    "<<": "<<",
}


@pytest.mark.parametrize("text", MEANT)
def test_plain_scalars_follow_the_core_schema(text):
    """Value and type are those of the specification; PyYAML alone would give a third of them otherwise."""
    meant = MEANT[text]
    assert scalar(text) == meant
    assert type(scalar(text)) is type(meant)


def test_not_a_number():
    """NaN equals nothing, itself included, so it has a test of its own."""
    assert math.isnan(scalar(".nan"))


def test_a_whole_number_of_5000_digits_is_infinite():
    """Python refuses to read so many digits; as infinity the field's own bounds refuse it."""
    assert scalar("9" * 5000) == math.inf
    assert scalar("-" + "9" * 5000) == -math.inf


@pytest.mark.parametrize("quoted", ["'12'", '"12"', "|\n  12", ">-\n  12"])
def test_quotes_make_a_text(quoted):
    """Only plain scalars are resolved."""
    assert parse(f"a: {quoted}\n", "f").data["a"].strip() == "12"


def test_marks_are_where_an_editor_shows_keys_and_values():
    """Lines and columns counted from 1, of the first character of the key and of its value."""
    text = 'title: T\nplaces:\n  alpha:\n    name: "A"\nroute: [x, yy]\nlist:\n  - a: 1\n'
    marks = parse(text, "f").marks
    assert marks["title",] == Mark((1, 1), (1, 8))
    assert marks["places", "alpha"] == Mark((3, 3), (4, 5))
    assert marks["places", "alpha", "name"] == Mark((4, 5), (4, 11))
    assert marks["route", 1] == Mark((5, 12), (5, 12))
    assert marks["list", 0] == Mark((7, 5), (7, 5))
    assert marks["list", 0, "a"] == Mark((7, 5), (7, 8))


def test_columns_count_characters_not_bytes():
    """A name in Cyrillic or Persian is as long as an editor shows it."""
    assert parse("имя: {ключ: 1}\n", "f").marks["имя", "ключ"] == Mark((1, 7), (1, 13))


TEXTS = st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"]), max_size=20)
PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**18), 10**18)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


@given(PLAIN)
def test_json_is_yaml(data):
    """YAML 1.2 is a superset of JSON: what json writes is read as the same data.

    Rarer characters are left out: PyYAML does not join the two halves by which JSON escapes them.
    """
    document = parse(json.dumps(data), "f")
    assert document.problems == ()
    assert document.data == data


@given(st.text(alphabet="ab:-?[]{},&*!|>'\"#%@` \n\t0.~\x00é", max_size=60) | st.text(max_size=40))
def test_no_text_breaks_the_reader(text):
    """Whatever a file holds is either data or problems with a place in it: nothing is raised."""
    document = parse(text, "f")
    assert all(p.file == "f" and p.line >= 1 and p.column >= 1 for p in document.problems)


@given(st.text(alphabet="ab:-[]{},'\"# \n01", max_size=40))
def test_both_parsers_of_pyyaml_agree(text):
    """Where PyYAML has no libyaml its own parser reads the same: the data that both accept are equal."""
    fast = parse(text, "f")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml12, "_LOADER", yaml12.yaml.SafeLoader)
        slow = parse(text, "f")
    if not fast.problems and not slow.problems:
        assert fast.data == slow.data
        assert fast.marks == slow.marks
