"""The command that lists what there is."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from sim.cli.inspecting import print_rows
from sim.files import (
    data_folder,
    load_description,
    load_measure,
    load_scenario,
    measure_names,
    scenario_names,
    schemas,
)
from sim.indicators.registry import DEFINITIONS
from sim.model.consistency import ROUTED
from sim.model.description import Corridor, Description
from sim.model.evidence import Frozen
from sim.outputs.evidence import uses
from sim.outputs.input_report import listing

Rows = list[tuple[str, ...]]
Listed = tuple[tuple[str, ...], Rows]


def list_kind(kind: str, shown: str) -> None:
    """Print what there is of a kind: its id, title and what matters most about it."""
    folder = data_folder()
    listing_of = LISTINGS.get(kind)
    columns, rows = (
        listing_of(folder) if listing_of else _of_description(load_description(folder / "corridors"), kind)
    )
    print_rows(shown, {"kind": kind}, columns, rows, lambda: listing(kind, columns, rows))


def _scenarios(folder: Path) -> Listed:
    found = [
        (name, load_scenario(folder / "scenarios" / f"{name}.yaml"))
        for name in scenario_names(folder / "scenarios")
    ]
    return ("id", "title", "question"), [(name, s.title, s.question) for name, s in found]


def _measures(folder: Path) -> Listed:
    library = folder / "scenarios"
    found = [(name, load_measure(library / "measures" / f"{name}.yaml")) for name in measure_names(library)]
    return ("id", "title", "theme", "owner"), [(name, m.title, m.theme, m.owner) for name, m in found]


def _indicators(_: Path) -> Listed:
    rows = [(d.name, d.unit, d.scopes, d.meaning) for d in DEFINITIONS.values()]
    return ("id", "unit", "scopes", "meaning"), [*rows]


def _schemas(_: Path) -> Listed:
    return ("id", "what"), [(name, f"JSON Schema of a {name} file") for name in schemas()]


def _sources(folder: Path) -> Listed:
    description = load_description(folder / "corridors")
    library = folder / "scenarios"
    measures = [load_measure(library / "measures" / f"{name}.yaml") for name in measure_names(library)]
    figures, statements = uses([description])
    in_measures = sum(uses(measures), Counter())
    rows: Rows = [
        (
            name,
            s.title,
            s.publisher,
            s.kind,
            _told(s.year),
            *(str(n[name]) for n in (figures, statements, in_measures)),
            s.address,
        )
        for name, s in description.sources.items()
    ]
    counted = ("figures", "statements", "in measures")
    return ("id", "title", "publisher", "kind", "year", *counted, "address"), rows


def _corridors(folder: Path) -> Listed:
    description = load_description(folder / "corridors")
    rows: Rows = []
    for name, corridor in description.corridors.items():
        sections = [description.sections[i] for i in corridor.route if i in description.sections]
        km = dict.fromkeys(sorted({section.mode for section in sections}), 0.0)
        for section in sections:
            km[section.mode] += section.length_km.value
        lengths = ", ".join(f"{mode} {length:,.0f}" for mode, length in km.items())
        unbuilt = sum(section.status != "operating" for section in sections)
        counts = (len(sections), unbuilt, *(_of_route(corridor, description, k) for k in ROUTED[1:]))
        rows.append((name, corridor.title, lengths, *(str(count) for count in counts)))
    return ("id", "title", "km by mode", "sections", "not operating", *ROUTED[1:]), rows


def _of_route(corridor: Corridor, description: Description, kind: str) -> int:
    records: dict[str, Frozen] = getattr(description, kind)
    return sum(thing in records for thing in corridor.route)


LISTINGS: dict[str, Callable[[Path], Listed]] = {
    "corridors": _corridors,
    "scenarios": _scenarios,
    "measures": _measures,
    "indicators": _indicators,
    "schemas": _schemas,
    "sources": _sources,
}
"""What is listed otherwise than field by field, by kind."""


TOLD: dict[str, tuple[str, ...]] = {
    "places": ("name", "country", "unlocode"),
    "sections": ("title", "mode", "from_", "to", "length_km", "tracks", "capacity_mt_per_year", "status"),
    "posts": ("title", "mode", "from_", "to", "status"),
    "terminals": ("title", "place", "connects", "capacity_mt_per_year", "status"),
    "ports": ("title", "place", "connects", "berths", "status"),
    "services": ("title", "section", "fleet", "sailings_per_week", "status"),
    "passenger_services": ("title", "from_", "to", "departures_per_week", "seats", "fare_usd", "status"),
    "fleets": ("title", "mode", "payload_t"),
    "commodities": ("title", "shipment_t", "value_usd_per_t", "value_of_time_usd_per_t_day"),
    "demand": ("title", "origin", "destination", "commodity", "tonnes_per_year", "growth_percent_per_year"),
    "travel": ("title", "origin", "destination", "trips_per_year", "growth_percent_per_year"),
    "access_rules": ("title", "through", "ends", "commodities"),
    "events": ("title", "kind", "closes", "per_year", "season", "duration_h", "status"),
    "emission_factors": ("title", "mode", "ttw_g_per_t_km", "wtt_g_per_t_km"),
    "countings": ("title", "text"),
    "observations": ("title", "quantity", "value", "from_", "until", "counting", "use"),
    "charges": ("title", "payee", "country", "basis", "rate_usd", "regime"),
}
"""What a listing tells of each record, by kind."""


def _of_description(description: Description, kind: str) -> Listed:
    records: dict[str, Frozen] = getattr(description, kind)
    fields = TOLD[kind]
    rows: Rows = [
        (record_id, *(_told(getattr(record, field)) for field in fields))
        for record_id, record in records.items()
    ]
    return ("id", *(field.removesuffix("_") for field in fields)), rows


def _told(value: object) -> str:
    value = getattr(value, "value", value)
    if isinstance(value, list):
        return " - ".join(value)
    return "" if value is None else f"{value:,g}" if isinstance(value, float) else str(value)
