"""What many commands share: how a scenario is named, how it is run, how a result is printed."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Format(StrEnum):
    """How a result is printed."""

    table = "table"
    json = "json"
    csv = "csv"


class Kind(StrEnum):
    """What can be listed."""

    scenarios = "scenarios"
    measures = "measures"
    corridors = "corridors"
    places = "places"
    sections = "sections"
    posts = "posts"
    terminals = "terminals"
    ports = "ports"
    services = "services"
    passenger_services = "passenger_services"
    fleets = "fleets"
    commodities = "commodities"
    holidays = "holidays"
    demand = "demand"
    travel = "travel"
    access_rules = "access_rules"
    events = "events"
    charges = "charges"
    emission_factors = "emission_factors"
    countings = "countings"
    observations = "observations"
    sources = "sources"
    indicators = "indicators"
    schemas = "schemas"


ScenarioName = Annotated[str, typer.Argument(help="A name in scenarios/ or a path to a YAML file.")]
Replications = Annotated[
    int | None, typer.Option("--replications", "-r", min=1, max=10_000, help="How many replications.")
]
Seed = Annotated[int | None, typer.Option("--seed", min=0, max=2**32 - 1, help="The seed of all chance.")]
Days = Annotated[int | None, typer.Option("--days", min=1, max=3660, help="Days to measure.")]
Jobs = Annotated[
    int | None, typer.Option("--jobs", "-j", min=1, max=1024, help="Processes [default: one a core].")
]
Sets = Annotated[
    list[str] | None, typer.Option("--set", metavar="ID=VALUE", help="Give a figure another value.")
]
Out = Annotated[Path | None, typer.Option("--out", help="Folder to keep the result in.")]
WarmUp = Annotated[
    str | None,
    typer.Option(
        "--warm-up", metavar="DAYS|auto", help="Days of warm-up; auto: found in short runs by MSER-5."
    ),
]
HowShown = Annotated[Format, typer.Option("--format", help="How to print the result.")]
Origin = Annotated[
    str | None, typer.Option("--from", help="Only from this place or country: id, name or two letters.")
]
Destination = Annotated[str | None, typer.Option("--to", help="Only to this place or country.")]
Goods = Annotated[str | None, typer.Option("--commodity", help="Only of this commodity.")]
