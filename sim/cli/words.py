"""Words that several commands take: how a result is shown, kinds of things."""

from enum import StrEnum


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
