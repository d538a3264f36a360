"""The scenario language: a what-if as data that goes stale loudly."""

from typing import Annotated, Any, Literal, Self

from pydantic import Discriminator, Field, Tag, model_validator

from sim.model.evidence import Date, Evidence, Frozen, Id, NonNegativeFigure, Positive, Text

Path = Annotated[str, Field(pattern=r"^[a-z_]+(\.[a-z0-9_-]+)+$", max_length=200)]
"""A readable path into the description, e.g. ``posts.astara-road.outbound.customs.servers``."""
Value = bool | int | float | str | list[str]
"""What a figure or field can be set to; a list is one of ids, such as the urgent goods of a step."""
OPERATIONS = ("use", "set", "scale", "add", "close", "open")


class Dated(Frozen):
    """Something that holds from one day until (not including) another; open-ended without them."""

    from_: Date | None = Field(default=None, alias="from")
    until: Date | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.from_ and self.until and self.from_ >= self.until:
            raise ValueError("'from' must be before 'until'")
        return self


class Use(Dated):
    """Take a named measure of `scenarios/measures/`, with its dates replaced where given."""

    use: Id


class Set(Dated):
    """Give a figure, a single value or a list of ids another value.

    `expect` is the value it is believed to have now, empty (``null``) where none is given; it must
    be written either way.
    """

    set: Path
    expect: Value | None
    to: Value


class Scale(Dated):
    """Multiply a figure."""

    scale: Path
    by: Positive


class Add(Dated):
    """Add a whole record under a new id."""

    add: Path
    record: dict[str, Any]


class Close(Dated):
    """Take a section, post, terminal, port or service out of use."""

    close: Path


class Open(Dated):
    """Bring something that is not operating into use."""

    open: Path


def _operation(value: object) -> str | None:
    if isinstance(value, dict):
        named = [name for name in OPERATIONS if name in value]
        return named[0] if len(named) == 1 else None
    return next((name for name in OPERATIONS if hasattr(value, name)), None)


Operation = Annotated[
    Annotated[Use, Tag("use")]
    | Annotated[Set, Tag("set")]
    | Annotated[Scale, Tag("scale")]
    | Annotated[Add, Tag("add")]
    | Annotated[Close, Tag("close")]
    | Annotated[Open, Tag("open")],
    Discriminator(
        _operation,
        custom_error_type="operation",
        custom_error_message="is one of use, set, scale, add, close, open: give exactly one of these keys",
    ),
]


class Cost(Frozen):
    """What a measure costs."""

    capital_musd: NonNegativeFigure | None = None
    operating_musd_per_year: NonNegativeFigure | None = None


class Measure(Evidence):
    """A named measure: what changes, whose it is, what it needs and what it excludes."""

    title: Text
    owner: Text
    theme: Literal["railways", "roads", "posts", "ports", "services", "fees", "shocks", "demand"]
    requires: list[Id] = []
    conflicts: list[Id] = []
    cost: Cost | None = None
    note: Text | None = None
    measures: list[Operation] = Field(min_length=1)


class Run(Frozen):
    """How a scenario is simulated.

    `start` and `days` are the period that is measured; the `warm_up_days` before it fill the network
    and are not counted.
    """

    start: Date
    days: int = Field(ge=1, le=3660)
    warm_up_days: int = Field(default=28, ge=0, le=366)
    replications: int = Field(default=10, ge=1, le=10_000)
    seed: int = Field(default=1, ge=0, lt=2**32)


class Scenario(Frozen):
    """A question in one file: a base, ordered measures and a run."""

    title: Text
    question: Text
    base: str | None = None
    measures: list[Operation] = []
    run: Run | None = None
