"""Load scenarios and measures by name or path, and plan what a scenario changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from sim.errors import InputError, Problem
from sim.files.library import MEASURES, find, is_path, names, scenario_folders, unknown
from sim.files.overrides import overrides
from sim.files.unfolding import Holder, Unfolding, unfold
from sim.files.validation import Text, read_as
from sim.model.case import Origin, Plan
from sim.model.evidence import Evidence
from sim.model.faults import Finding
from sim.model.scenario import Measure, Scenario

M = TypeVar("M", bound=BaseModel)
OWN_ASSUMPTION = Evidence(assumed="set by the scenario itself")


@dataclass(frozen=True)
class Link:
    """One scenario of a chain of bases."""

    path: Path
    text: Text
    scenario: Scenario


def scenario_names(folder: Path) -> list[str]:
    """Return the names of the scenarios of a folder, in order."""
    return names(folder)


def measure_names(folder: Path) -> list[str]:
    """Return the ids of the named measures that belong to a folder of scenarios, in order."""
    return names(folder / MEASURES)


def load_scenario(path: Path) -> Scenario:
    """Return the scenario of one file, its base and measures not unfolded.

    Raises
    ------
    InputError
        With every problem of the file.
    """
    return _loaded(Scenario, path)


def load_measure(path: Path) -> Measure:
    """Return the named measure of one file.

    Raises
    ------
    InputError
        With every problem of the file.
    """
    return _loaded(Measure, path)


def load_plan(name_or_path: str, scenarios: Path, sets: Sequence[str] = ()) -> Plan:
    """Return a scenario with its bases and measures unfolded into one ordered list of changes.

    The changes of its base come first, each measure's where it is used, and last those of `sets`,
    texts such as ``posts.astara-road.outbound.customs.servers=6``.

    Parameters
    ----------
    name_or_path
        A scenario of the folder `scenarios` by its name, or a file.
    scenarios
        The folder of scenarios; its ``measures/`` holds the named measures. Bases and measures that
        stand beside a scenario file elsewhere come before those of this folder.

    Raises
    ------
    InputError
        With every problem of the scenario, its bases, the measures used and `sets`.
    """
    chain, problems = _chain(name_or_path, scenarios)
    unfolding = Unfolding(scenarios)
    for link in chain:
        holder = Holder(link.path, link.text, link.path.stem, OWN_ASSUMPTION)
        unfold(unfolding, holder, link.scenario.measures)
    given, wrong = overrides(sets)
    problems += [*unfolding.problems, *wrong]
    run = next((link.scenario.run for link in reversed(chain) if link.scenario.run), None)
    if run is None and not problems:
        problems.append(Problem(chain[-1].text.file, 1, 1, "", "'run' is missing, here and in every base"))
    if run is None or problems:
        raise InputError(problems)
    last = chain[-1]
    return Plan(
        name=last.path.stem,
        title=last.scenario.title,
        question=last.scenario.question,
        run=run,
        changes=(*unfolding.changes, *given),
        used=tuple(unfolding.used),
        origin=Origin(last.text.file, 1, 1, ""),
    )


def _loaded(model: type[M], path: Path) -> M:
    read = read_as(model, path)
    if read.value is None:
        raise InputError(read.problems)
    return read.value


def _scenario_path(name_or_path: str, scenarios: Path) -> Path | Problem:
    if is_path(name_or_path):
        return Path(name_or_path)
    found = find(name_or_path, [scenarios])
    return found or Problem(name_or_path, 0, 0, "", unknown("scenario", name_or_path, [scenarios]))


def _chain(name_or_path: str, scenarios: Path) -> tuple[list[Link], list[Problem]]:
    """Return the scenario after its bases, as far as they can be read, and what is wrong with them."""
    path = _scenario_path(name_or_path, scenarios)
    chain: list[Link] = []
    while isinstance(path, Path):
        read = read_as(Scenario, path)
        if read.text is None or read.value is None:
            return chain, list(read.problems)
        chain.insert(0, Link(path, read.text, read.value))
        if read.value.base is None:
            return chain, []
        path = _base(chain, read.value.base, scenarios)
    return chain, [path]


def _base(chain: list[Link], base: str, scenarios: Path) -> Path | Problem:
    """Return the file of the base of the first scenario of `chain`, or the problem with it."""
    first = chain[0]
    folders = scenario_folders(first.path, scenarios)
    found = first.path.parent / base if is_path(base) else find(base, folders)
    if found is None:
        return first.text.problem(Finding(("base",), unknown("scenario", base, folders)))
    seen = [link.path.resolve() for link in chain]
    if found.resolve() in seen:
        circle = [link.path.stem for link in chain[: seen.index(found.resolve()) + 1]]
        named = " -> ".join([circle[-1], *reversed(circle[:-1]), found.stem])
        return first.text.problem(Finding(("base",), f"bases go in a circle: {named}"))
    return found
