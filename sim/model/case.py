"""A scenario made ready: its ordered operations with their places in files, and what came of them."""

from dataclasses import dataclass
from datetime import date

from sim.model.description import Description
from sim.model.evidence import Evidence
from sim.model.scenario import Add, Close, Measure, Open, Run, Scale, Set, Value


@dataclass(frozen=True)
class Override:
    """A value given on the command line (``--set PATH=VALUE``): it holds whatever stood there before."""

    path: str
    to: Value


Change = Set | Scale | Add | Close | Open | Override
"""An operation that changes something itself: any but `use`."""


@dataclass(frozen=True)
class Origin:
    """Where in a file something stands: line and column counted from 1, 0 for no place in a text."""

    file: str
    line: int
    column: int
    where: str


@dataclass(frozen=True)
class Placed:
    """One change in its order, with its own dates, where it stands, and who asks for it.

    `by` is the id of the named measure, or the name of the scenario that holds the change itself;
    `evidence` is that measure's, or that the change is the scenario's own assumption.
    """

    change: Change
    origin: Origin
    by: str
    evidence: Evidence


@dataclass(frozen=True)
class Used:
    """A named measure that a scenario uses, and where it says so."""

    id: str
    measure: Measure
    origin: Origin


@dataclass(frozen=True)
class Plan:
    """A scenario with its bases and measures unfolded into one ordered list of changes.

    `origin` is the first line of the scenario's own file.
    """

    name: str
    title: str
    question: str
    run: Run
    changes: tuple[Placed, ...]
    used: tuple[Used, ...]
    origin: Origin


@dataclass(frozen=True)
class DatedValue:
    """A figure that has another value for a part of the run: from `from_` until (not including) `until`."""

    path: tuple[str, ...]
    value: Value
    from_: date | None
    until: date | None


@dataclass(frozen=True)
class DatedState:
    """Something opened (`usable`) or closed for a part of the run; `path` is (kind, id)."""

    path: tuple[str, str]
    usable: bool
    from_: date | None
    until: date | None


@dataclass(frozen=True)
class Applied:
    """One line of the record of what a scenario changed, as texts for a reader."""

    by: str
    operation: str
    path: str
    before: str
    after: str
    from_: str
    until: str


@dataclass(frozen=True)
class Case:
    """What is simulated: the description with the changes that hold for the whole run, and the dated ones.

    `file` is the scenario's own, for messages.
    """

    name: str
    title: str
    question: str
    run: Run
    description: Description
    dated: tuple[DatedValue, ...]
    states: tuple[DatedState, ...]
    applied: tuple[Applied, ...]
    file: str = ""
