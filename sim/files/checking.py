"""Check files and folders of any kind, each as what it is, and list every problem."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from sim.errors import InputError, Problem
from sim.files.corridors import Rule, read_description, yaml_files
from sim.files.folders import CORRIDORS, SCENARIOS
from sim.files.library import MEASURES
from sim.files.scenarios import load_plan
from sim.files.schemas import FileKind
from sim.files.unfolding import Holder, Unfolding, check_relations, unfold
from sim.files.validation import read_as, read_yaml
from sim.model.description import Description
from sim.model.provenance import evidence_of
from sim.model.scenario import Measure, Scenario

KEYS: dict[FileKind, frozenset[str]] = {
    "corridor": frozenset(Description.model_fields),
    "measure": frozenset(Measure.model_fields) - frozenset(Scenario.model_fields),
    "scenario": frozenset(Scenario.model_fields) - frozenset(Measure.model_fields),
}
"""The keys by which a file is known for what it is."""
PLACES: dict[str, FileKind] = {CORRIDORS: "corridor", MEASURES: "measure", SCENARIOS: "scenario"}


def check_paths(paths: Iterable[Path], scenarios: Path, rules: Iterable[Rule] = ()) -> list[Problem]:
    """Return every problem of the files and folders, in order.

    A folder of corridor files is checked as their union, any other folder file by file. A file is
    taken for a corridor file, scenario or measure by the folder it lies in, otherwise by its keys.
    A scenario is checked with its bases and measures.

    Parameters
    ----------
    paths
        Files and folders.
    scenarios
        The folder whose scenarios and measures may be named.
    rules
        What the union of corridor files is checked for besides consistency.
    """
    rules = tuple(rules)
    found: set[Problem] = set()
    for path in paths:
        found.update(_folder(path, scenarios, rules) if path.is_dir() else _file(path, scenarios, rules))
    return sorted(found)


def _folder(folder: Path, scenarios: Path, rules: Sequence[Rule]) -> Iterable[Problem]:
    name = folder.resolve().name
    if name == CORRIDORS:
        return read_description(folder, rules)[1]
    parts = [folder / part for part in PLACES if (folder / part).is_dir()]
    files = yaml_files(folder)
    if isinstance(files, Problem):
        return [files]
    if not files and not parts:
        return [Problem(str(folder), 0, 0, "", "holds no YAML file")]
    inside = [problem for part in parts for problem in _folder(part, scenarios, rules)]
    return [*inside, *(problem for file in files for problem in _file(file, scenarios, rules))]


def _file(file: Path, scenarios: Path, rules: Sequence[Rule]) -> Iterable[Problem]:
    kind = kind_of(file)
    if kind == "corridor":
        return _corridor(file, rules)
    if kind == "measure":
        return _measure(file, scenarios)
    return _scenario(file, scenarios)


def kind_of(file: Path) -> FileKind:
    """Return what a file is, by the folder it lies in, otherwise by its keys."""
    return PLACES.get(file.resolve().parent.name) or _kind_by_keys(file)


def _kind_by_keys(file: Path) -> FileKind:
    text = read_yaml(file)
    keys = set() if isinstance(text, list) or not isinstance(text.data, dict) else set(text.data)
    return max(KEYS, key=lambda kind: len(keys & KEYS[kind]))


def _corridor(file: Path, rules: Sequence[Rule]) -> Iterable[Problem]:
    if file.resolve().parent.name == CORRIDORS and file.exists():
        found = read_description(file.parent, rules)[1]
        return [problem for problem in found if problem.file == str(file)]
    return read_as(Description, file).problems


def _measure(file: Path, scenarios: Path) -> Iterable[Problem]:
    read = read_as(Measure, file)
    if read.text is None or read.value is None:
        return read.problems
    unfolding = Unfolding(scenarios)
    holder = Holder(file, read.text, file.stem, evidence_of(read.value), uses=(file.stem,))
    check_relations(unfolding, holder, read.value)
    unfold(unfolding, holder, read.value.measures)
    return unfolding.problems


def _scenario(file: Path, scenarios: Path) -> Iterable[Problem]:
    try:
        load_plan(str(file), scenarios)
    except InputError as error:
        return error.problems
    return ()
