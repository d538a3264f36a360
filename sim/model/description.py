"""The whole world of a run: the union of all corridor files."""

from typing import Literal

from pydantic import Field

from sim.model.access import AccessRule
from sim.model.demand import Commodity, Flow, Season
from sim.model.emissions import EmissionFactor
from sim.model.events import Event
from sim.model.evidence import Frozen, Id, Source, Text
from sim.model.network import Fleet, Place, Port, Post, Section, Service, Terminal
from sim.model.observations import Counting, Observation
from sim.model.passengers import PassengerService, Travel
from sim.model.tariffs import Charge

Kind = Literal[
    "places",
    "sections",
    "posts",
    "terminals",
    "ports",
    "services",
    "passenger_services",
    "fleets",
    "commodities",
    "seasons",
    "demand",
    "travel",
    "access_rules",
    "events",
    "charges",
    "emission_factors",
    "countings",
    "observations",
    "sources",
    "corridors",
]


class Corridor(Frozen):
    """A named route: the ids of its sections, posts, terminals and ports, in order of travel."""

    title: Text
    description: Text
    route: list[Id] = Field(min_length=1)


class Description(Frozen):
    """Everything that exists and is asked for, by kind and id.

    A file in `corridors/` holds any part of it; what a run works on is the union of all files, in which
    an id stands once. Sections, posts, terminals, ports, services of both kinds,
    access rules and events share one space of ids.
    """

    corridors: dict[Id, Corridor] = {}
    places: dict[Id, Place] = {}
    sections: dict[Id, Section] = {}
    posts: dict[Id, Post] = {}
    terminals: dict[Id, Terminal] = {}
    ports: dict[Id, Port] = {}
    services: dict[Id, Service] = {}
    passenger_services: dict[Id, PassengerService] = {}
    fleets: dict[Id, Fleet] = {}
    commodities: dict[Id, Commodity] = {}
    seasons: dict[Id, Season] = {}
    demand: dict[Id, Flow] = {}
    travel: dict[Id, Travel] = {}
    access_rules: dict[Id, AccessRule] = {}
    events: dict[Id, Event] = {}
    charges: dict[Id, Charge] = {}
    emission_factors: dict[Id, EmissionFactor] = {}
    countings: dict[Id, Counting] = {}
    observations: dict[Id, Observation] = {}
    sources: dict[Id, Source] = {}
