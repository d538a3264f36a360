"""What the models refuse, in plain words: a validation error becomes findings, one for each cause."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from sim.errors import nearest
from sim.model.scenario import OPERATIONS
from sim.model.shape import Path, Shape, fields, inner, is_figure, key_words, tagged, words

SHOWN_LENGTH = 40
EXACT_WHOLE = 2.0**53
ID_RULE = "lower-case words and digits joined by hyphens, such as 'astara-road'"
PATTERNS = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": f"an id: {ID_RULE}",
    r"^[A-Z]{2}$": "a country: two capital letters such as 'IR'",
    r"^[A-Z]{2}[A-Z0-9]{3}$": "a UN/LOCODE: five capital letters and digits such as 'IRBND'",
    r"^[a-z_]+(\.[a-z0-9_-]+)+$": "a path such as 'posts.astara-road.outbound.customs.servers'",
}
TYPES = {
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "finite_number": "a finite number",
    "bool_type": "true or false",
    "string_type": "a text",
    "list_type": "a list",
    "dict_type": "a mapping of ids to records",
    "model_type": "a mapping of keys to values",
    "model_attributes_type": "a mapping of keys to values",
}
BOUNDS = {
    "greater_than": ("gt", "greater than"),
    "greater_than_equal": ("ge", "at least"),
    "less_than": ("lt", "less than"),
    "less_than_equal": ("le", "at most"),
}
LENGTHS = {"too_short": ("min_length", "at least"), "too_long": ("max_length", "at most")}


@dataclass(frozen=True)
class Finding:
    """Something wrong in plain data: the path to it, and what is wrong.

    `at_key` says that the key at the end of the path is to blame rather than what stands under it.
    """

    path: Path
    what: str
    at_key: bool = False


def unknown(path: Path, noun: str, word: str, known: Collection[str]) -> Iterator[Finding]:
    """Yield the finding that `word` names nothing, with the nearest of what is known."""
    if word not in known:
        yield Finding(path, f"unknown {noun} '{word}'{nearest(word, known)}")


def shown(value: object) -> str:
    """Write a value for a message: short, on one line, whole numbers without a point."""
    if isinstance(value, Mapping | list | tuple):
        return "a mapping" if isinstance(value, Mapping) else "a list"
    if value is None or isinstance(value, bool):
        return {None: "empty", True: "true", False: "false"}[value]
    if isinstance(value, float) and value.is_integer() and abs(value) < EXACT_WHOLE:
        return str(int(value))
    text = repr(value) if str(value).isprintable() else ascii(value)
    return text if len(text) <= SHOWN_LENGTH else f"{text[: SHOWN_LENGTH - 3]}..."


def written(value: object) -> str:
    """Write a value for a table: nothing for none, a text as it is, a list with commas."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, list):
        return ", ".join(map(written, value))
    return shown(value)


def faults(error: ValidationError, root: Shape) -> list[Finding]:
    """Return what `error` says is wrong with the plain data that was read as `root`, each cause once."""
    found = [_finding(details, root) for details in error.errors(include_url=False)]
    misspelt = {_missing(finding.path[:-1], hint) for finding in found if (hint := _hint(finding))}
    return [finding for finding in dict.fromkeys(found) if finding not in misspelt]


def unknown_key(path: Path, known: Iterable[str]) -> Finding:
    """Return the finding that the last key of `path` is none of the `known` ones."""
    return Finding(path, f"unknown key {shown(path[-1])}{nearest(str(path[-1]), known)}", at_key=True)


def _missing(path: Path, key: object) -> Finding:
    return Finding(path, f"'{key}' is missing")


def _hint(finding: Finding) -> str | None:
    """Return the key that is likely meant by an unknown one: that it is missing is no second problem."""
    hint = re.search(r"^unknown key .* \(nearest: '(.*)'\)$", finding.what)
    return hint.group(1) if hint else None


def _finding(details: ErrorDetails, root: Shape) -> Finding:
    path, shape, rest = _walk(details["loc"], root)
    if rest == ("[key]",):
        allowed = key_words(_walk(details["loc"][:-2], root)[1])
        return Finding(path, _bad_key(str(path[-1]), allowed), at_key=True)
    if details["type"] == "extra_forbidden":
        return unknown_key((*path, *rest), fields(shape))
    if details["type"] == "missing":
        return _missing(path[:-1], path[-1])
    if rest:
        value = "a list" if isinstance(rest[-1], int) else shown(details["input"])
        return Finding(path, f"must be a number, a text, true/false or a list of texts, is {value}")
    return Finding(path, _what(details, shape))


def _walk(loc: Path, root: Shape) -> tuple[Path, Shape, Path]:
    """Follow the place of an error through the shapes: the path in the data, its shape, what is left over."""
    path: Path = ()
    shape = root
    for index, segment in enumerate(loc):
        choices = tagged(shape)
        below = choices.get(str(segment)) if choices else inner(shape, segment)
        if below is None or segment == "[key]":
            return path, shape, loc[index:]
        shape = below
        path = path if choices else (*path, segment)
    return path, shape, ()


def _bad_key(key: str, allowed: tuple[str, ...]) -> str:
    if allowed:
        return f"unknown key {shown(key)}: must be one of {', '.join(allowed)}{nearest(key, allowed)}"
    likely = re.sub(r"[^a-z0-9]+", "-", key.lower()).strip("-")
    hint = f" (nearest: '{likely}')" if likely else ""
    return f"{shown(key)} is not an id: {ID_RULE}{hint}"


def _what(details: ErrorDetails, shape: Shape) -> str:
    kind, value, context = details["type"], details["input"], details.get("ctx", {})
    if kind == "value_error":
        return _refusal(str(context["error"]), value)
    if kind == "operation":
        return _operation(value)
    if is_figure(shape):
        return _figure(value)
    if kind in BOUNDS:
        key, relation = BOUNDS[kind]
        return f"must be {relation} {shown(context[key])}, is {shown(value)}"
    if kind in LENGTHS:
        key, relation = LENGTHS[kind]
        return f"must have {relation} {context[key]} items, has {context['actual_length']}"
    return _wrong_text(kind, value, context, shape)


def _refusal(words: str, value: object) -> str:
    told = isinstance(value, Mapping | list) or (isinstance(value, str) and shown(value) in words)
    return words if told else f"{words}, is {shown(value)}"


def _wrong_text(kind: str, value: object, context: Mapping[str, object], shape: Shape) -> str:
    if kind == "string_too_short":
        return "must not be empty"
    if kind == "string_too_long":
        return f"must have at most {context['max_length']} characters"
    if kind == "string_pattern_mismatch":
        return f"must be {PATTERNS.get(str(context['pattern']), 'of another form')}, is {shown(value)}"
    if kind == "literal_error":
        allowed = words(shape)
        return f"must be one of {', '.join(allowed)}, is {shown(value)}{nearest(str(value), allowed)}"
    return f"must be {TYPES.get(kind, 'something else')}, is {shown(value)}"


def _figure(value: object) -> str:
    if isinstance(value, bool | int | float | str):
        return (
            f"is {shown(value)} without its origin: write {{value: {value}, source: ID, confidence: high}} "
            f"or {{value: {value}, assumed: REASON}}"
        )
    return f"must be a figure such as {{value: 4, assumed: REASON}}, is {shown(value)}"


def _operation(value: object) -> str:
    if not isinstance(value, Mapping):
        return f"must be a mapping with one of the keys {', '.join(OPERATIONS)}, is {shown(value)}"
    named = [name for name in OPERATIONS if name in value]
    if named:
        return f"has {len(named)} operations, {' and '.join(named)}: give each an item of its own"
    hints = [hint for key in value if (hint := nearest(str(key), OPERATIONS))]
    return f"has none of the keys {', '.join(OPERATIONS)}{hints[0] if hints else ''}"
