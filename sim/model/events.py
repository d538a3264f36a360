"""What happens by chance: storms, ice, snow, strikes, accidents, detentions and closures."""

from typing import Literal, Self

from pydantic import Field, model_validator

from sim.model.evidence import (
    Evidence,
    FrequencyFigure,
    Id,
    PositiveFigure,
    ShareFigure,
    Text,
    VariationFigure,
)
from sim.model.network import Status

EventKind = Literal[
    "storm", "ice", "snow", "flood", "accident", "detention", "strike", "works", "closure", "crisis"
]


class Event(Evidence):
    """Something that happens by chance, so many times a year, and closes things while it lasts.

    All things in `closes` (sections, posts, terminals, ports, services of both kinds) are closed together.
    With `leaves` they are not closed but keep that part of their places and of their daily quota, at least
    one. `per_year` is the mean number of beginnings, spread over the months by `season`, each independent
    of the others; a duration is lognormal with mean `duration_h` and coefficient of variation `duration_cv`.

    Who is inside when it begins finishes; who comes meanwhile waits, as nobody knows how long it will
    last. A closed port holds ships, a closed service (or its section) cancels the sailings that are due.
    One that is not `operating` does not happen: a measure closes an event to leave it out.
    """

    title: Text
    kind: EventKind
    status: Status
    closes: list[Id] = Field(min_length=1)
    leaves: ShareFigure | None = None
    per_year: FrequencyFigure
    season: Id
    duration_h: PositiveFigure
    duration_cv: VariationFigure
    note: Text | None = None

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if self.leaves is not None and self.leaves.value == 1:
            raise ValueError("an event that leaves all places open does nothing: leave it out")
        return self
