"""Readable paths: ``posts.astara-road.outbound.customs.servers`` names one thing of a description.

A path is resolved on plain data (a description dumped with its names in files). A segment is a key of
the mapping it stands in or, where there is no such key, an id inside one of its mappings by id: the
``steps`` of a crossing may be left out.
"""

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import NoReturn

from pydantic import BaseModel

from sim.errors import CorridorError, nearest
from sim.model.description import Description
from sim.model.shape import Shape, fields, inner, model, values

Plain = dict[str, object]
"""A description, or a record of it, as plain data."""
Keys = tuple[str, ...]
"""A path with every segment written out."""


class PathError(CorridorError):
    """A path that names nothing; the message says at which segment, with the nearest right word."""


def resolve(tree: Mapping[str, object], path: str) -> Keys:
    """Return the keys that the readable `path` leads through in the plain description `tree`.

    The last key may be a field that the record could have but does not: an optional figure.

    Raises
    ------
    PathError
        If a segment is no key, field or id where it stands, or is the id of two things.
    """
    keys: Keys = ()
    node: object = tree
    shape: Shape = Description
    segments = path.split(".")
    for index, segment in enumerate(segments):
        stepped = _step(node, shape, segment, ".".join(segments[:index]))
        for key in stepped:
            node = node.get(key) if isinstance(node, Mapping) else None
            shape = inner(shape, key)
        if node is None and index < len(segments) - 1:
            raise PathError(f"'{'.'.join(segments[: index + 1])}' is not given")
        keys = (*keys, *stepped)
    return keys


def _step(node: object, shape: Shape, segment: str, so_far: str) -> Keys:
    """Return the key, or the field and the id in it, that a segment stands for."""
    if not isinstance(node, Mapping) or (not fields(shape) and values(shape) is None):
        raise PathError(f"'{so_far}' is a single value, nothing stands under it")
    if segment in node or segment in fields(shape):
        return (segment,)
    inside = _inside(node, shape)
    found = [field for field, ids in inside.items() if segment in ids]
    if len(found) > 1:
        raise PathError(f"'{segment}' is in {' and '.join(found)}: name which")
    if not found:
        _unknown(segment, so_far, chain(node, fields(shape), *inside.values()))
    return found[0], segment


def _unknown(segment: str, so_far: str, choices: Iterable[str]) -> NoReturn:
    place = f" in '{so_far}'" if so_far else ""
    raise PathError(f"unknown '{segment}'{place}{nearest(segment, choices)}")


def _inside(node: Mapping[str, object], shape: Shape) -> dict[str, Mapping[str, object]]:
    """Return the mappings by id that an object holds, by the field they stand in."""
    found = {}
    for field, below in fields(shape).items():
        ids = node.get(field)
        if values(below) is not None and isinstance(ids, Mapping):
            found[field] = ids
    return found


def shape_at(keys: Keys) -> Shape | None:
    """Return the shape of what stands at `keys` in a description, or None where nothing may."""
    shape: Shape | None = Description
    for key in keys:
        shape = inner(shape, key)
    return shape


def record_model(keys: Keys) -> type[BaseModel] | None:
    """Return the model of a record that could stand at `keys` under an id, or None where none may."""
    records = values(shape_at(keys[:-1]))
    return model(records) if records else None


def value_at(tree: Mapping[str, object], keys: Keys) -> object:
    """Return what stands at `keys` in plain data, or None where nothing does."""
    node: object = tree
    for key in keys:
        node = node.get(key) if isinstance(node, Mapping) else None
    return node


def put(tree: Plain, keys: Keys, value: object) -> Plain:
    """Return plain data with `value` at `keys`, sharing with `tree` what does not change."""
    if not keys:
        raise PathError("nothing is named")
    below = tree.get(keys[0], {})
    if len(keys) == 1:
        return {**tree, keys[0]: value}
    if not isinstance(below, dict):
        raise PathError(f"'{keys[0]}' is a single value, nothing stands under it")
    return {**tree, keys[0]: put(below, keys[1:], value)}
