"""The reference pages that are written from the program itself, so that they cannot drift."""

import inspect
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel

from sim.indicators.registry import DEFINITIONS
from sim.model.demand import Commodity, Flow, Season
from sim.model.description import Corridor, Description
from sim.model.events import Event
from sim.model.evidence import Evidence, Figure, Source
from sim.model.holidays import Holiday, Holidays
from sim.model.network import Crossing, Fleet, Place, Port, Position, Post, Section, Service, Step, Terminal
from sim.model.observations import Counting, Observation
from sim.model.scenario import Add, Close, Measure, Open, Run, Scale, Scenario, Set, Use
from sim.model.tariffs import Charge, Where

WRITTEN = "Written by `make reference` from the program; change it there.\n"
CORRIDOR_MODELS: tuple[type[BaseModel], ...] = (
    Figure,
    Evidence,
    Source,
    Corridor,
    Place,
    Position,
    Section,
    Post,
    Crossing,
    Step,
    Terminal,
    Port,
    Service,
    Fleet,
    Commodity,
    Season,
    Holidays,
    Holiday,
    Flow,
    Charge,
    Where,
    Event,
    Counting,
    Observation,
)
SCENARIO_MODELS: tuple[type[BaseModel], ...] = (Scenario, Run, Measure, Use, Set, Scale, Add, Close, Open)


def indicators_page() -> str:
    """Return the reference page of all indicators, Markdown."""
    rows = [(f"`{d.name}`", d.unit, d.scopes, d.meaning) for d in DEFINITIONS.values()]
    head = ("indicator", "unit", "scopes", "meaning")
    return f"# Indicators\n\n{WRITTEN}\n{_table(head, rows)}"


def dictionary_page(title: str, models: Iterable[type[BaseModel]]) -> str:
    """Return the data dictionary of some models, Markdown: every field with its type and default."""
    parts = [f"# {title}\n\n{WRITTEN}"]
    for model in models:
        name = model.__name__.partition("[")[0]
        parts.append(f"## {name}\n\n{inspect.cleandoc(model.__doc__ or '')}\n")
        schema = model.model_json_schema(by_alias=True)
        required = schema.get("required", [])
        rows = [
            (f"`{key}`", _type_name(value), "required" if key in required else f"`{value.get('default')}`")
            for key, value in schema["properties"].items()
        ]
        parts.append(_table(("field", "type", "default"), rows))
    return "\n".join(parts)


def corridor_dictionary() -> str:
    """Return the data dictionary of corridor files, Markdown."""
    kinds = ", ".join(f"`{name}`" for name in Description.model_fields)
    page = dictionary_page("Data dictionary of corridor files", CORRIDOR_MODELS)
    return page.replace(WRITTEN, f"{WRITTEN}\nKinds of records, each a mapping from id to record: {kinds}.\n")


def scenario_dictionary() -> str:
    """Return the data dictionary of scenario and measure files, Markdown."""
    return dictionary_page("Data dictionary of scenarios and measures", SCENARIO_MODELS)


def _type_name(schema: Mapping[str, Any]) -> str:
    """Return what a writer of YAML has to put where this JSON Schema stands, in a word or two."""
    if "anyOf" in schema:
        return " or ".join(_type_name(option) for option in schema["anyOf"] if option.get("type") != "null")
    if "enum" in schema:
        return "one of " + ", ".join(str(word) for word in schema["enum"])
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2].partition("_")[0].lower()
    if "oneOf" in schema:
        return "operation"
    name = schema.get("format", schema.get("type", "value"))
    inside = schema.get("items") or schema.get("additionalProperties")
    words = {"string": "text", "integer": "whole number", "array": "list", "object": "mapping"}
    return (
        f"{words.get(name, name)} of {_type_name(inside)}"
        if isinstance(inside, dict)
        else words.get(name, name)
    )


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cell for cell in line) + " |" for line in lines) + "\n"
