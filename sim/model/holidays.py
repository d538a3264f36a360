"""Public holidays: the days on which the offices of a state do not work."""

from datetime import date
from typing import Annotated, Self

from pydantic import Field, PlainValidator, model_validator
from pydantic.json_schema import WithJsonSchema

from sim.model.evidence import Country, Evidence, Frozen, Id, Text

YEARLY_LENGTH = len("03-20")
COMMON_YEAR = 2023
"""A year without a 29 February: a yearly day must be in it too."""


def _day(value: object) -> str:
    text = value.isoformat() if isinstance(value, date) else value
    try:
        yearly = isinstance(text, str) and len(text) == YEARLY_LENGTH
        date.fromisoformat(f"{COMMON_YEAR}-{text}" if yearly else str(text))
    except ValueError:
        raise ValueError("a day is written as 03-20, every year, or as 2027-03-20, once") from None
    return str(text)


Day = Annotated[
    str,
    PlainValidator(_day),
    WithJsonSchema({"type": "string", "pattern": r"^(\d{4}-)?\d\d-\d\d$"}),
]
"""A day of every year, ``"03-20"``, or of one, ``"2027-03-20"``."""


class Holiday(Evidence):
    """A holiday from its `first` to its `last` day, both included; of one day where `last` is not given.

    Days are ``03-20`` for every year or ``2027-03-20`` for one.
    """

    name: Text
    first: Day
    last: Day | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        last = self.last or self.first
        if len(last) != len(self.first):
            raise ValueError("'first' and 'last' are both days of every year or both of one year")
        if last < self.first:
            raise ValueError("'last' is before 'first'; what passes the new year is two holidays")
        return self

    def days(self, year: int) -> tuple[date, date] | None:
        """Return the first and last day of the holiday in a year, or None if it has none in it."""
        last = self.last or self.first
        if len(self.first) == YEARLY_LENGTH:
            return date.fromisoformat(f"{year}-{self.first}"), date.fromisoformat(f"{year}-{last}")
        first = date.fromisoformat(self.first)
        return (first, date.fromisoformat(last)) if first.year == year else None


class Holidays(Frozen):
    """The public holidays of a country. A step that is `on_holidays: closed` does not work on them."""

    title: Text
    country: Country
    days: dict[Id, Holiday] = Field(min_length=1)
