"""Unfold the operations of a scenario or measure into one ordered list of changes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from sim.errors import Problem
from sim.files.library import find, measure_folders, unknown
from sim.files.validation import Text, read_as
from sim.model.case import Placed, Used
from sim.model.evidence import Evidence
from sim.model.faults import Finding, faults
from sim.model.paths import record_model
from sim.model.provenance import evidence_of, with_evidence
from sim.model.scenario import Add, Close, Measure, Open, Operation, Scale, Set, Use
from sim.model.shape import Path as DataPath

FileChange = Set | Scale | Add | Close | Open


@dataclass(frozen=True)
class Dates:
    """The dates that a `use` gives to the changes of its measure, None where it leaves theirs."""

    from_: date | None = None
    until: date | None = None


ALWAYS = Dates()


@dataclass(frozen=True)
class Holder:
    """A file that holds operations: whose they are, and by which uses and dates they are reached."""

    path: Path
    text: Text
    by: str
    evidence: Evidence
    dates: Dates = ALWAYS
    uses: tuple[str, ...] = ()


@dataclass
class Unfolding:
    """What has been unfolded so far; `scenarios` is the folder whose ``measures/`` are used."""

    scenarios: Path
    changes: list[Placed] = field(default_factory=list)
    used: list[Used] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def unfold(unfolding: Unfolding, holder: Holder, operations: Iterable[Operation]) -> None:
    """Add the changes that `operations` make, those of named measures where they are used.

    A measure that is used again is noted but not unfolded again.
    """
    for index, operation in enumerate(operations):
        place: DataPath = ("measures", index)
        dates = _dates(operation, holder.dates)
        if dates.from_ and dates.until and dates.from_ >= dates.until:
            what = f"with the dates of its use it would hold from {dates.from_} until {dates.until}: never"
            unfolding.problems.append(holder.text.problem(Finding(place, what)))
        elif isinstance(operation, Use):
            _use(unfolding, holder, place, operation.use, dates)
        else:
            _change(unfolding, holder, place, operation, dates)


def _dates(operation: Operation, given: Dates) -> Dates:
    return Dates(given.from_ or operation.from_, given.until or operation.until)


def _change(unfolding: Unfolding, holder: Holder, place: DataPath, change: FileChange, dates: Dates) -> None:
    if isinstance(change, Add):
        found = _record_faults(change, holder.evidence)
        below = (Finding((*place, "record", *f.path), f.what, f.at_key) for f in found)
        unfolding.problems += holder.text.problems(below)
    dated = change.model_copy(update={"from_": dates.from_, "until": dates.until})
    unfolding.changes.append(Placed(dated, holder.text.origin(place), holder.by, holder.evidence))


def _record_faults(change: Add, evidence: Evidence) -> list[Finding]:
    """Return what is wrong with a record that is to be added, as far as its path says its kind."""
    model = record_model(tuple(change.add.split(".")))
    if model is None:
        return []
    try:
        model.model_validate(with_evidence(change.record, model, evidence))
    except ValidationError as error:
        return faults(error, model)
    return []


def _use(unfolding: Unfolding, holder: Holder, place: DataPath, name: str, dates: Dates) -> None:
    folders = measure_folders(holder.path, unfolding.scenarios)
    path = find(name, folders)
    here = (*place, "use")
    if path is None:
        _note(unfolding, holder, here, unknown("measure", name, folders))
    elif name in holder.uses:
        chain = " -> ".join((*holder.uses[holder.uses.index(name) :], name))
        _note(unfolding, holder, here, f"measures use each other in a circle: {chain}")
    else:
        _unfold_measure(unfolding, holder, here, name, path, dates)


def _unfold_measure(
    unfolding: Unfolding, holder: Holder, here: DataPath, name: str, path: Path, dates: Dates
) -> None:
    known = next((used.measure for used in unfolding.used if used.id == name), None)
    if known is not None:
        unfolding.used.append(Used(name, known, holder.text.origin(here)))
        return
    read = read_as(Measure, path)
    unfolding.problems += read.problems
    if read.value is None or read.text is None:
        return
    measure = read.value
    unfolding.used.append(Used(name, measure, holder.text.origin(here)))
    inside = Holder(path, read.text, name, evidence_of(measure), dates, (*holder.uses, name))
    check_relations(unfolding, inside, measure)
    unfold(unfolding, inside, measure.measures)


def check_relations(unfolding: Unfolding, holder: Holder, measure: Measure) -> None:
    """Note the measures that are required or excluded but do not exist."""
    folders = measure_folders(holder.path, unfolding.scenarios)
    for key, others in (("requires", measure.requires), ("conflicts", measure.conflicts)):
        for index, other in enumerate(others):
            if find(other, folders) is None:
                _note(unfolding, holder, (key, index), unknown("measure", other, folders))


def _note(unfolding: Unfolding, holder: Holder, place: DataPath, what: str) -> None:
    unfolding.problems.append(holder.text.problem(Finding(place, what)))
