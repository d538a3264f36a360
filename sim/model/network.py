"""What a corridor is made of: places, sections, border posts, terminals, ports and shipping services.

Directions have one convention everywhere: `outbound` runs from a thing's `from` to its `to`, `inbound`
runs back.
"""

from typing import Literal, Self

from pydantic import Field, model_validator

from sim.model.evidence import (
    CountFigure,
    Country,
    Date,
    Evidence,
    Frozen,
    HoursFigure,
    Id,
    NonNegativeFigure,
    NumberFigure,
    PositiveFigure,
    ShareFigure,
    Text,
    TonnesFigure,
    VariationFigure,
    YearFigure,
)

Mode = Literal["road", "rail-1435", "rail-1520", "sea", "air"]
"""A mode of transport; railways of another gauge are another mode, joined only by a gauge break."""
LandMode = Literal["road", "rail-1435", "rail-1520"]
ServedMode = Literal["sea", "air"]
"""A mode that freight uses by services between ports: nobody sails or flies there by himself."""
SERVED: tuple[ServedMode, ...] = ("sea", "air")
Status = Literal["operating", "trial", "planned", "suspended"]
"""Only what is `operating` is used; `trial` runs without regular traffic."""
Direction = Literal["outbound", "inbound"]
Activity = Literal[
    "border-security",
    "customs",
    "health",
    "phytosanitary",
    "veterinary",
    "immigration",
    "transport-inspection",
    "weight-inspection",
    "escort",
    "payment",
    "technical-inspection",
]
"""What an agency does at a border, in the words of the CAREC CPMM."""


class Position(Evidence):
    """Where a place lies, WGS 84."""

    lon_deg: float = Field(ge=-180, le=180)
    lat_deg: float = Field(ge=-90, le=90)


class Place(Frozen):
    """A town, port or border point where sections meet; `unconnected` says why no section leads there."""

    name: Text
    country: Country
    position: Position
    unlocode: str | None = Field(default=None, pattern=r"^[A-Z]{2}[A-Z0-9]{3}$")
    unconnected: Text | None = None


class Link(Evidence):
    """What sections and posts share: two ends, a status with its date and origin.

    `expected_opening` is the year in which something planned is expected to open.
    """

    title: Text
    from_: Id = Field(alias="from")
    to: Id
    status: Status
    opened_on: Date | None = None
    expected_opening: YearFigure | None = None
    note: Text | None = None


class Section(Link):
    """A stretch of line, road or sea between two places.

    At most one of `capacity_mt_per_year` and `vehicles_at_once` limits it; with neither it is not a
    bottleneck in the model. `capacity_mt_per_year` counts both directions together, of which
    `background_share` is taken by traffic that is not in the demand.
    """

    mode: Mode
    country: Country | None = None
    length_km: PositiveFigure
    speed_kmh: PositiveFigure | None = None
    tracks: CountFigure | None = None
    capacity_mt_per_year: PositiveFigure | None = None
    background_share: ShareFigure | None = None
    vehicles_at_once: CountFigure | None = None

    @model_validator(mode="after")
    def _fits_its_mode(self) -> Self:
        if self.mode in SERVED:
            if self.speed_kmh or self.country:
                raise ValueError("a section by sea or air has no speed_kmh (its vessels have) and no country")
        elif self.speed_kmh is None or self.country is None:
            raise ValueError("a section on land needs speed_kmh and country")
        if self.mode.startswith("rail") and self.tracks is None:
            raise ValueError("a railway section needs its number of tracks")
        return self

    @model_validator(mode="after")
    def _one_limit(self) -> Self:
        if self.background_share and self.background_share.value == 1:
            raise ValueError("a background_share of 1 leaves no path: close the section instead")
        if self.capacity_mt_per_year and self.vehicles_at_once:
            raise ValueError("give capacity_mt_per_year or vehicles_at_once, not both")
        if self.capacity_mt_per_year and not self.mode.startswith("rail"):
            raise ValueError("capacity_mt_per_year is for railways; a road has vehicles_at_once")
        return self


class Step(Frozen):
    """One agency's step at a post: servers working in parallel, first come first served.

    Service times follow a gamma distribution of mean `service_min` and coefficient of variation
    `service_cv` (0: always the same; 1: exponential). Only `share` of the vehicles, drawn by lot, must
    stop there; all of them where it is not given.
    """

    side: Country
    activity: Activity
    share: ShareFigure | None = None
    servers: CountFigure
    service_min: PositiveFigure
    service_cv: VariationFigure
    hours: HoursFigure | None = None


class Crossing(Frozen):
    """One direction of a post: the neighbour's daily acceptance, then the agencies' steps in order.

    `empty_share` is the share of vehicles that cross empty; they use up the quota but carry no
    consignment.
    """

    quota_vehicles_per_day: CountFigure | None = None
    empty_share: ShareFigure | None = None
    steps: dict[Id, Step] = Field(min_length=1)


class Post(Link):
    """A border crossing point of one mode between two places of two countries."""

    mode: LandMode
    outbound: Crossing
    inbound: Crossing


class Terminal(Evidence):
    """A place where freight changes mode or gauge, at `handling_points` side by side.

    `capacity_mt_per_year` is what all points together can handle in the working hours of a year.
    """

    title: Text
    place: Id
    connects: list[LandMode] = Field(min_length=2, max_length=2)
    status: Status
    opened_on: Date | None = None
    expected_opening: YearFigure | None = None
    capacity_mt_per_year: PositiveFigure
    handling_points: CountFigure
    hours: HoursFigure | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _joins_two(self) -> Self:
        if self.connects[0] == self.connects[1]:
            raise ValueError("a terminal connects two different modes")
        return self


class Port(Evidence):
    """A sea port or airport: berths (or stands), and the land modes that reach them.

    `capacity_mt_per_year`, `capacity_teu_per_year`, `cranes` and `draught_m` are facts about it; what
    limits it in a run are `berths` and `handling_t_per_h`, the rate of one berth.
    """

    title: Text
    place: Id
    serves: ServedMode = "sea"
    connects: list[LandMode] = Field(min_length=1)
    status: Status
    opened_on: Date | None = None
    expected_opening: YearFigure | None = None
    berths: CountFigure
    handling_t_per_h: PositiveFigure
    capacity_mt_per_year: PositiveFigure | None = None
    capacity_teu_per_year: PositiveFigure | None = None
    cranes: CountFigure | None = None
    draught_m: PositiveFigure | None = None
    note: Text | None = None


class Service(Evidence):
    """Sailings or flights over one section by sea or air, both ways, at even intervals through the week.

    A sailing takes what waits, first come first served, up to the load of its fleet. It is left out
    while less than `minimum_load_t` waits, unless something has waited for `maximum_wait_h`. It takes
    the commodities in `carries` only; all goods if none are named.
    """

    title: Text
    section: Id
    fleet: Id
    carries: list[Id] = []
    status: Status
    sailings_per_week: PositiveFigure
    minimum_load_t: NonNegativeFigure
    maximum_wait_h: PositiveFigure


class Fleet(Frozen):
    """A kind of vehicle and what it costs to run, without the charges of infrastructure and states.

    `payload_t` is the mean load of a full vehicle (of a train: all its wagons). `moving_h_per_day` is
    how long it moves in a day, the rest being the crew's rest. Trains leave when `payload_t` is
    together or the first consignment has waited `maximum_wait_h`. `constant_usd_per_t` is what users
    would pay to avoid the mode beyond its cost and time (small lots, documents, empty return).
    A ship carries at most `payload_t` times `load_factor` (what trade fills of it) times `draught_share`
    (what the depth of water leaves of that; all where it is not given): the rest is lost load.
    """

    title: Text
    mode: Mode
    payload_t: TonnesFigure
    moving_h_per_day: PositiveFigure
    cost_usd_per_t_km: NonNegativeFigure
    constant_usd_per_t: NumberFigure
    maximum_wait_h: PositiveFigure | None = None
    speed_kmh: PositiveFigure | None = None
    load_factor: ShareFigure | None = None
    draught_share: ShareFigure | None = None

    @property
    def full_load_t(self) -> float:
        """What trade fills of a full vehicle, t."""
        return self.payload_t.value * (self.load_factor.value if self.load_factor else 1.0)

    @property
    def load_t(self) -> float:
        """What a vehicle takes at most, t: of a ship what the depth of water leaves of her full load."""
        return self.full_load_t * (self.draught_share.value if self.draught_share else 1.0)

    @model_validator(mode="after")
    def _fits_its_mode(self) -> Self:
        if self.mode in SERVED and (self.speed_kmh is None or self.load_factor is None):
            raise ValueError("a fleet of ships or aircraft needs speed_kmh and load_factor")
        if self.mode.startswith("rail") and self.maximum_wait_h is None:
            raise ValueError("a fleet of trains needs maximum_wait_h")
        if self.mode not in SERVED and (self.speed_kmh or self.load_factor):
            raise ValueError(
                "on land the section gives the speed; speed_kmh and load_factor are for ships and aircraft"
            )
        if self.mode != "sea" and self.draught_share:
            raise ValueError("draught_share is for ships")
        if self.draught_share and not self.draught_share.value:
            raise ValueError("a draught_share of 0 leaves no load: close the services instead")
        return self
