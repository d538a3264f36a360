"""Every figure of a thing as a reader meets it: name, value with unit, range, source and confidence."""

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from sim.model.description import Description
from sim.model.evidence import Evidence, Figure
from sim.model.network import Port
from sim.outputs.map_flows import Fact, Flows

UNITS = (
    ("_mt_per_year", "Mt a year"),
    ("_teu_per_year", "TEU a year"),
    ("_usd_per_t_km", "USD a t-km"),
    ("_per_week", "a week"),
    ("_per_day", "a day"),
    ("_t_per_h", "t an hour"),
    ("_km", "km"),
    ("_kmh", "km/h"),
    ("_min", "min"),
    ("_m", "m"),
    ("_t", "t"),
    ("_h", "h"),
)
"""How the name of a figure ends, and the unit that this says."""
KINDS = ("sections", "posts", "terminals", "ports")
NOUNS = {"sections": "section", "posts": "border post", "terminals": "terminal", "ports": "port"}


def facts(description: Description, flows: Flows | None) -> dict[str, dict[str, object]]:
    """Return by id what can be told of every section, post, terminal and port."""
    told: dict[str, dict[str, object]] = {}
    for kind in KINDS:
        for thing_id, thing in sorted(getattr(description, kind).items()):
            results = flows.facts.get(thing_id, ()) if flows else ()
            told[thing_id] = {
                "title": thing.title,
                "kind": f"{_noun(kind, thing)}, {thing.status}",
                "note": thing.note or "",
                "rows": [*results, *_rows(thing, description, ""), *_services(description, thing_id)],
            }
    return told


def _noun(kind: str, thing: BaseModel) -> str:
    """Return what a thing is called."""
    return "airport" if isinstance(thing, Port) and thing.serves == "air" else NOUNS[kind]


def _services(description: Description, section_id: str) -> Iterator[Fact]:
    for service in description.services.values():
        if service.section == section_id:
            yield from _rows(service, description, f"{service.title}: ")


def _rows(thing: BaseModel, description: Description, prefix: str) -> Iterator[Fact]:
    if prefix == "" and isinstance(thing, Evidence):
        yield ("existence and status", "", "", *origin(thing, description))
    for name in type(thing).model_fields:
        value = getattr(thing, name)
        words = prefix + name.strip("_").replace("_", " ")
        if isinstance(value, Figure):
            yield _figure(prefix, name, value, description)
        elif isinstance(value, BaseModel):
            yield from _rows(value, description, f"{words}, ")
        elif isinstance(value, Mapping):
            for key, one in value.items():
                if isinstance(one, BaseModel):
                    yield from _rows(one, description, f"{prefix}{key}: ")


def _figure(prefix: str, name: str, figure: Figure[object], description: Description) -> Fact:
    ending, unit = next(((end, unit) for end, unit in UNITS if name.endswith(end)), ("", ""))
    words = prefix + name.removesuffix(ending).replace("_", " ")
    between = (
        "" if figure.low is None or figure.high is None else f"{_said(figure.low)} to {_said(figure.high)}"
    )
    return (words, f"{_said(figure.value)} {unit}".strip(), between, *origin(figure, description))


def _said(value: object) -> str:
    return f"{value:,g}" if isinstance(value, float) else str(value)


def origin(evidence: Evidence, description: Description) -> tuple[str, str]:
    """Return the source of a statement in words (or why it is assumed) and its confidence."""
    if evidence.source is None:
        return str(evidence.assumed), "assumed"
    source = description.sources[evidence.source]
    year = evidence.year or source.year
    words = ", ".join(str(x) for x in (source.title, source.publisher, year) if x)
    return f"{words}; {source.address}", str(evidence.confidence)
