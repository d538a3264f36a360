"""YAML 1.2 text to plain data, with the place of every key and value.

PyYAML's parser splits the text; the rules for plain scalars are those of the YAML 1.2 core schema, so
that ``no``, ``12:30`` and ``2027-01-01`` stay texts. What a description never needs and what hides
mistakes is refused: equal keys, anchors, tags, several documents, deep nesting.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

import yaml

from sim.errors import Problem
from sim.model.shape import Path, readable

DEEPEST = 32
MOST_PROBLEMS = 50
"""After so many problems with the form of a file the rest is not read."""
LONGEST_NUMBER = 300
"""Characters beyond which a whole number is read as infinite: nothing here is that large."""

MOST_SCALARS = 4096
"""How many different plain scalars are remembered: keys and figures come again and again."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CORE_TAGS = "tag:yaml.org,2002:"
_NULL = re.compile(r"null|Null|NULL|~|")
_BOOL = re.compile(r"true|True|TRUE|false|False|FALSE")
_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_SPECIAL = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_BASES = {"0o": 8, "0x": 16}
_MESSAGES = (
    ("mapping values are not allowed", "a second ':' in one value: put a text with ':' in quotes"),
    ("could not find expected ':'", "a key without its ':'"),
    ("expected ',' or", "a ',' or a closing bracket is missing"),
    ("did not find expected ',' or", "a ',' or a closing bracket is missing"),
    ("found unexpected end of stream", "a quote or bracket is not closed"),
    ("did not find expected node content", "a value or a closing bracket is missing"),
    ("expected <block end>", "the indentation does not fit the lines above"),
    ("did not find expected key", "the indentation does not fit the lines above"),
    ("did not find expected '-'", "the indentation does not fit the lines above"),
    ("cannot start any token", "a character that needs quotes around its text"),
)


@dataclass(frozen=True)
class Mark:
    """Where a key and its value begin: lines and columns counted from 1; of a list item both are equal."""

    key: tuple[int, int]
    value: tuple[int, int]


Marks = dict[Path, Mark]


@dataclass(frozen=True)
class Document:
    """What a YAML text holds: plain data, the place of each part, and what is wrong with it."""

    data: object
    marks: Marks
    problems: tuple[Problem, ...]


class _StopError(Exception):
    """Reading cannot go on: the problem that ends it has been noted."""


@dataclass
class _Reader:
    """The state of one reading."""

    file: str
    text: str
    events: Iterator[yaml.Event]
    marks: Marks = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def parse(text: str, file: str) -> Document:
    """Read one YAML document; `file` is the name that problems give."""
    unprintable = _UNPRINTABLE.search(text)
    if unprintable:
        line = text.count("\n", 0, unprintable.start()) + 1
        column = unprintable.start() - text.rfind("\n", 0, unprintable.start())
        what = f"a control character ({unprintable.group()!a}) that no text may hold"
        return Document(None, {}, (Problem(file, line, column, "", what),))
    reader = _Reader(file, text, yaml.parse(text, Loader=_LOADER))
    data = _document(reader)
    return Document(data, reader.marks, tuple(reader.problems))


@lru_cache(maxsize=MOST_SCALARS)
def scalar(text: str) -> bool | int | float | str | None:
    """Return what a plain scalar means by the YAML 1.2 core schema."""
    if _NULL.fullmatch(text):
        return None
    if _BOOL.fullmatch(text):
        return text.lower() == "true"
    if _INT.fullmatch(text):
        return _whole(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _SPECIAL.fullmatch(text):
        return float(text.replace(".", "").lower())
    return text


def _whole(text: str) -> int | float:
    if len(text) > LONGEST_NUMBER:
        return float("-inf") if text.startswith("-") else float("inf")
    return int(text, _BASES.get(text[:2], 10))


def _document(reader: _Reader) -> object:
    data: object = None
    documents = 0
    try:
        for event in reader.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    _note(reader, event, (), "a second document begins here: a file holds one")
                    break
                data = _node(reader, next(reader.events), ())
    except yaml.MarkedYAMLError as error:
        _note_syntax(reader, error)
    except _StopError:
        pass
    return data


def _note(reader: _Reader, event: yaml.Event, path: Path, what: str) -> None:
    line, column = _place(event)
    reader.problems.append(Problem(reader.file, line, column, readable(path), what))
    if len(reader.problems) >= MOST_PROBLEMS:
        raise _StopError


def _place(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (0, 0)


def _note_syntax(reader: _Reader, error: yaml.MarkedYAMLError) -> None:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    what = _syntax(error, "".join(reader.text.split("\n")[line - 1 : line]))
    reader.problems.append(Problem(reader.file, line, column, "", what))


def _syntax(error: yaml.MarkedYAMLError, line: str) -> str:
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "a tab where YAML wants spaces: indent with spaces"
    told = f"{error.context or ''} {error.problem or ''}"
    return next((words for sign, words in _MESSAGES if sign in told), error.problem or "is not YAML")


def _node(reader: _Reader, event: yaml.Event, path: Path) -> object:
    if len(path) > DEEPEST:
        _note(reader, event, (), f"is nested deeper than {DEEPEST} levels")
        raise _StopError
    if isinstance(event, yaml.AliasEvent):
        _note(reader, event, path, f"an alias (*{event.anchor}): write the value out")
        return None
    if isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)):
        _refuse_marks(reader, event, path)
    if isinstance(event, yaml.ScalarEvent):
        return _value(event)
    if isinstance(event, yaml.MappingStartEvent):
        return _mapping(reader, path)
    return _sequence(reader, path) if isinstance(event, yaml.SequenceStartEvent) else None


def _refuse_marks(reader: _Reader, event: yaml.ScalarEvent | yaml.CollectionStartEvent, path: Path) -> None:
    if event.anchor is not None:
        _note(reader, event, path, f"an anchor (&{event.anchor}): write values out where they are needed")
    if event.tag is not None:
        tag = event.tag.replace(_CORE_TAGS, "!!")
        _note(reader, event, path, f"a tag ({tag}): plain values need none")


def _value(event: yaml.ScalarEvent) -> object:
    quoted = event.style in ("'", '"', "|", ">")
    return str(event.value) if quoted else scalar(event.value)


def _sequence(reader: _Reader, path: Path) -> list[object]:
    found: list[object] = []
    while not isinstance(event := next(reader.events), yaml.SequenceEndEvent):
        item = (*path, len(found))
        reader.marks[item] = Mark(_place(event), _place(event))
        found.append(_node(reader, event, item))
    return found


def _mapping(reader: _Reader, path: Path) -> dict[str, object]:
    found: dict[str, object] = {}
    while not isinstance(key_event := next(reader.events), yaml.MappingEndEvent):
        known = len(reader.problems)
        key = _key(reader, key_event, path, found)
        event = next(reader.events)
        place = (*path, key)
        if len(reader.problems) == known:
            reader.marks[place] = Mark(_place(key_event), _place(event))
            found[key] = _node(reader, event, place)
        else:
            _node(reader, event, place)
    return found


def _key(reader: _Reader, event: yaml.Event, path: Path, known: dict[str, object]) -> str:
    key = _node(reader, event, (*path, "?"))
    if not isinstance(event, yaml.ScalarEvent):
        _note(reader, event, path, "a key must be a text, not a list, mapping or alias")
    elif not isinstance(key, str):
        _note(reader, event, path, f"the key {event.value or 'null'} must be a text: put it in quotes")
    elif key in known:
        line, column = reader.marks[*path, key].key
        _note(reader, event, path, f"'{key}' is here twice: it is already at line {line}, column {column}")
    return str(key)
