"""The shape of the models: which keys a mapping may have, and what stands under each."""

from types import UnionType
from typing import Annotated, Literal, Union, get_args, get_origin

from pydantic import BaseModel, Tag

from sim.model.evidence import Figure

Shape = object
"""The annotation of a value: a model, a container, a scalar type, or a union of them."""
Path = tuple[str | int, ...]
"""Where a value stands in plain data: the keys and list indices that lead to it."""


def options(shape: Shape) -> tuple[Shape, ...]:
    """Return what a shape may be, ``None`` left out: one shape, or the members of a union."""
    if get_origin(shape) is Annotated:
        return options(get_args(shape)[0])
    if get_origin(shape) in (Union, UnionType):
        return tuple(member for member in get_args(shape) if member is not type(None))
    return (shape,)


def tagged(shape: Shape) -> dict[str, Shape]:
    """Return the members of a discriminated union by their tags; empty for any other shape."""
    tags = {}
    for member in options(shape):
        for mark in getattr(member, "__metadata__", ()):
            if isinstance(mark, Tag):
                tags[mark.tag] = get_args(member)[0]
    return tags


def model(shape: Shape) -> type[BaseModel] | None:
    """Return the model that a mapping of this shape is read as, or None."""
    bare = options(shape)[0]
    return bare if isinstance(bare, type) and issubclass(bare, BaseModel) else None


def fields(shape: Shape) -> dict[str, Shape]:
    """Return the fields of a model by the names they have in files; empty for any other shape."""
    found = model(shape)
    return {f.alias or name: f.annotation for name, f in found.model_fields.items()} if found else {}


def values(shape: Shape) -> Shape | None:
    """Return the shape of the records of a mapping by id, or None for any other shape."""
    bare = options(shape)[0]
    return get_args(bare)[1] if get_origin(bare) is dict else None


def key_words(shape: Shape) -> tuple[str, ...]:
    """Return the words that the keys of a mapping may be, if they are a fixed few."""
    bare = options(shape)[0]
    return words(get_args(bare)[0]) if get_origin(bare) is dict else ()


def items(shape: Shape) -> Shape | None:
    """Return the shape of the items of a list, or None for any other shape."""
    bare = options(shape)[0]
    return get_args(bare)[0] if get_origin(bare) is list else None


def words(shape: Shape) -> tuple[str, ...]:
    """Return the words that a value may be, if it is one of a fixed few."""
    bare = options(shape)[0]
    return get_args(bare) if get_origin(bare) is Literal else ()


def is_figure(shape: Shape) -> bool:
    """Whether a shape is a number with its origin."""
    found = model(shape)
    return found is not None and issubclass(found, Figure)


def inner(shape: Shape, segment: str | int) -> Shape | None:
    """Return the shape under a key or index, or None where a shape has no such thing."""
    if isinstance(segment, int):
        return items(shape)
    return fields(shape).get(segment) or values(shape)


def readable(path: Path) -> str:
    """Write a path for a reader: ``measures[2].expect``."""
    text = ""
    for segment in path:
        text += f"[{segment}]" if isinstance(segment, int) else f".{segment}"
    return text.removeprefix(".")
