"""JSON Schemas of the files, for editors that complete and check them while one writes."""

from typing import Any, Literal

from pydantic import BaseModel

from sim.model.description import Description
from sim.model.scenario import Measure, Scenario

FileKind = Literal["corridor", "scenario", "measure"]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
MODELS: dict[FileKind, type[BaseModel]] = {
    "corridor": Description,
    "scenario": Scenario,
    "measure": Measure,
}


def schema(kind: FileKind) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of one kind of file, by the names that stand in files."""
    return {"$schema": DIALECT, **MODELS[kind].model_json_schema(by_alias=True)}


def schemas() -> dict[FileKind, dict[str, Any]]:
    """Return the JSON Schemas of all kinds of files."""
    return {kind: schema(kind) for kind in MODELS}
