"""Apply a plan to a description: the case that is simulated, and the list of what was changed."""

from collections.abc import Iterable

from pydantic import ValidationError

from sim.changes.collisions import unfit_measures
from sim.changes.draft import ChangeError, Draft, Touch, problem
from sim.changes.things import add_record, close_thing, open_thing, plain
from sim.changes.values import override_value, scale_value, set_value
from sim.errors import InputError, Problem
from sim.model.case import Case, DatedValue, Override, Placed, Plan
from sim.model.consistency import findings, unknown_sources
from sim.model.description import Description
from sim.model.faults import Finding, faults
from sim.model.paths import PathError, put, record_model, value_at
from sim.model.provenance import figure_with
from sim.model.scenario import Add, Close, Open, Scale, Set
from sim.model.shape import Path, readable


def apply(description: Description, plan: Plan) -> Case:
    """Return the case that a plan makes of a description.

    The changes are made in order. What holds in the whole measured period is made in the description;
    what holds in a part of it becomes a dated value or state of the case; what holds outside of it
    has no effect. All of it is listed in `Case.applied`.

    Raises
    ------
    InputError
        With every problem, each at the place of the change that brings it: paths that name nothing,
        values that are not as expected, changes and measures that collide, results that do not fit.
    """
    draft = Draft(plan.run, plain(description))
    draft.problems += unfit_measures(plan.used)
    draft.problems += _unknown_sources(description, plan)
    for placed in plan.changes:
        _attempt(draft, placed)
    changed = _checked(draft, plan)
    if draft.problems or changed is None:
        raise InputError(draft.problems)
    return Case(
        name=plan.name,
        title=plan.title,
        question=plan.question,
        run=plan.run,
        description=changed,
        dated=tuple(value for value, _ in draft.dated),
        states=tuple(draft.states),
        applied=tuple(draft.applied),
        file=plan.origin.file,
    )


def _attempt(draft: Draft, placed: Placed) -> None:
    try:
        _make(draft, placed)
    except ChangeError as error:
        draft.problems += [problem(placed, str(what)) for what in error.args]
    except PathError as error:
        draft.problems.append(problem(placed, str(error)))


def _make(draft: Draft, placed: Placed) -> None:
    match placed.change:
        case Set() as change:
            set_value(draft, placed, change)
        case Scale() as change:
            scale_value(draft, placed, change)
        case Override() as change:
            override_value(draft, placed, change)
        case Add() as change:
            add_record(draft, placed, change)
        case Open() as change:
            open_thing(draft, placed, change)
        case Close() as change:
            close_thing(draft, placed, change)


def _unknown_sources(description: Description, plan: Plan) -> Iterable[Problem]:
    added = [p.change.add for p in plan.changes if isinstance(p.change, Add)]
    known = {*description.sources, *(path.partition(".")[2] for path in added if path.startswith("sources."))}
    for used in {use.id: use for use in plan.used}.values():
        for finding in unknown_sources((), used.measure, known):
            where = f"{readable(finding.path)} of measure '{used.id}'"
            yield Problem(used.origin.file, used.origin.line, used.origin.column, where, finding.what)


def _checked(draft: Draft, plan: Plan) -> Description | None:
    """Return the description that the draft has become, or None; note what is wrong with it."""
    try:
        changed = Description.model_validate(draft.tree)
    except ValidationError as error:
        draft.problems += [_laid(draft, plan, fault) for fault in faults(error, Description)]
        return None
    for value, placed in draft.dated:
        draft.problems += [problem(placed, fault.what) for fault in _dated_faults(draft, value, placed)]
    if not draft.problems:
        draft.problems += [_laid(draft, plan, finding) for finding in findings(changed)]
    return changed


def _dated_faults(draft: Draft, dated: DatedValue, placed: Placed) -> list[Finding]:
    """Return what would be wrong with a record if a dated value of it held for the whole run."""
    keys = dated.path[:2]
    model = record_model(keys)
    figure = figure_with(dated.value, placed.evidence)
    trial = value_at(put(draft.tree, dated.path, figure), keys)
    if model is None:
        return []
    try:
        model.model_validate(trial)
    except ValidationError as error:
        return faults(error, model)
    return []


def _laid(draft: Draft, plan: Plan, finding: Finding) -> Problem:
    """Lay a finding at the change that last touched its path, or at the scenario."""
    what = f"{readable(finding.path)}: {finding.what}"
    touch = max(reversed(draft.touches), key=lambda t: _shared(t, finding.path), default=None)
    origin = touch.placed.origin if touch and _shared(touch, finding.path) else plan.origin
    return Problem(origin.file, origin.line, origin.column, origin.where, what)


def _shared(touch: Touch, path: Path) -> int:
    """Return how many keys a change and a finding share, 0 where neither contains the other."""
    shared = min(len(touch.keys), len(path))
    return shared if touch.keys[:shared] == path[:shared] else 0
