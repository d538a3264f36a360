"""Figures and where they come from: every number carries a source or says that it is assumed.

A figure in a file is a small mapping::

    length_km: {value: 612, low: 612, high: 626, source: rai-hormozgan-2022, year: 2022, confidence: high}
    berths: {value: 3, assumed: no count published; ship calls of 2022 need three}
"""

from datetime import date
from typing import Annotated, Any, Generic, Literal, Self, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    StringConstraints,
    model_validator,
)
from pydantic.json_schema import WithJsonSchema

from sim.clock import parse_hours

T = TypeVar("T")

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
"""A permanent readable id: lower-case words and digits joined by hyphens."""
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
"""ISO 3166-1 alpha-2 code."""
LARGEST = 10**9
"""No figure of a corridor is larger, whatever its unit: beyond lies a slip of the hand."""
Positive = Annotated[float, Field(gt=0, le=LARGEST, allow_inf_nan=False)]
NonNegative = Annotated[float, Field(ge=0, le=LARGEST, allow_inf_nan=False)]
Number = Annotated[float, Field(ge=-LARGEST, le=LARGEST, allow_inf_nan=False)]
Tonnes = Annotated[float, Field(ge=0.1, le=10**6, allow_inf_nan=False)]
"""The load of a vehicle or lot."""
Variation = Annotated[float, Field(ge=0, le=10, allow_inf_nan=False)]
"""Coefficient of variation: standard deviation over mean."""
Growth = Annotated[float, Field(gt=-100, le=100, allow_inf_nan=False)]
"""Percent a year."""
Share = Annotated[float, Field(ge=0, le=1)]
Frequency = Annotated[float, Field(ge=0, le=366, allow_inf_nan=False)]
"""Times a year; what happens more often than daily is no event."""
Count = Annotated[int, Field(ge=1, strict=True)]
Year = Annotated[int, Field(ge=1900, le=2100, strict=True)]
"""A calendar year."""


def _hours(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("working hours are a text such as '08:00-20:00' or '24h'")
    parse_hours(value)
    return value


Hours = Annotated[
    str,
    PlainValidator(_hours),
    WithJsonSchema({"type": "string", "pattern": r"^(24h|\d\d:\d\d-\d\d:\d\d)$"}),
]
"""Daily working hours: ``"08:00-20:00"`` or ``"24h"``."""


def _date(value: object) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise ValueError("a date is written as 2027-01-31") from None


Date = Annotated[
    date,
    PlainValidator(_date),
    PlainSerializer(date.isoformat, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date"}),
]
"""A calendar day."""


class Frozen(BaseModel):
    """Base of all descriptions: immutable, closed to unknown keys, and strict about types."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, populate_by_name=True)


SourceKind = Literal["official", "multilateral", "operator", "press", "directory", "study"]
"""Who publishes: a state (law, ministry, agency), an international bank or organisation, a railway, port or
shipping line, news, a list compiled from others (wikis, guides, forwarders' pages), a paper or consultant."""


class Source(Frozen):
    """A publication that figures are taken from; its key is what figures name.

    `kind` is that of the publisher, not of whom it quotes: a ministry's number in a news item is press.
    """

    title: Text
    publisher: Text
    kind: SourceKind
    address: Text
    year: int | None = Field(default=None, ge=1900, le=2100)
    note: Text | None = None


class Evidence(Frozen):
    """Where a statement comes from: a `source` with a `confidence`, or the reason why it is `assumed`."""

    source: Id | None = None
    confidence: Literal["high", "medium", "low"] | None = None
    year: int | None = Field(default=None, ge=1900, le=2100)
    assumed: Text | None = None

    @model_validator(mode="after")
    def _one_origin(self) -> Self:
        if (self.source is None) == (self.assumed is None):
            raise ValueError("needs either 'source' with 'confidence', or 'assumed' with the reason")
        if self.source is not None and self.confidence is None:
            raise ValueError("a figure with a source needs a 'confidence': high, medium or low")
        return self


class Figure(Evidence, Generic[T]):
    """A number with its origin and, where known, the range [`low`, `high`] it may lie in."""

    value: T
    low: T | None = None
    high: T | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _in_range(self) -> Self:
        bounds: list[Any] = [x for x in (self.low, self.value, self.high) if x is not None]
        if bounds != sorted(bounds):
            raise ValueError("wants low <= value <= high")
        return self


class PositiveFigure(Figure[Positive]):
    """A number above 0."""


class NonNegativeFigure(Figure[NonNegative]):
    """A number of 0 or more."""


class NumberFigure(Figure[Number]):
    """Any number."""


class ShareFigure(Figure[Share]):
    """A part of a whole, 0 to 1."""


class FrequencyFigure(Figure[Frequency]):
    """How many times a year something happens."""


class TonnesFigure(Figure[Tonnes]):
    """The load of a vehicle or lot, t."""


class VariationFigure(Figure[Variation]):
    """A coefficient of variation."""


class GrowthFigure(Figure[Growth]):
    """Growth, percent a year."""


class CountFigure(Figure[Count]):
    """A whole number of 1 or more."""


class HoursFigure(Figure[Hours]):
    """Daily working hours."""


class YearFigure(Figure[Year]):
    """A calendar year."""
