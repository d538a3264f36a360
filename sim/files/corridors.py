"""Load a folder of corridor files: the network is their union."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from sim.errors import InputError, Problem
from sim.files.validation import Read, Text, read_as
from sim.model.consistency import findings
from sim.model.description import Description
from sim.model.faults import Finding
from sim.model.shape import Path as DataPath

Records = dict[str, dict[str, BaseModel]]
Rule = Callable[[Description], Iterable[Finding]]
"""What a whole description is checked for."""


@dataclass(frozen=True)
class Part:
    """One corridor file that could be read."""

    text: Text
    description: Description

    def records(self) -> Iterator[tuple[str, str, BaseModel]]:
        """Yield kind, id and record of everything in the file, in its order."""
        for kind in Description.model_fields:
            for record_id, record in getattr(self.description, kind).items():
                yield kind, record_id, record


def load_description(folder: Path) -> Description:
    """Return the union of all corridor files of a folder.

    Raises
    ------
    InputError
        With every problem of every file: its form, its keys and values, ids that stand twice, and,
        where all files are sound in themselves, what does not fit together.
    """
    description, problems = read_description(folder)
    if description is None or problems:
        raise InputError(problems)
    return description


def read_description(folder: Path, rules: Iterable[Rule] = ()) -> tuple[Description | None, list[Problem]]:
    """Return the union of the corridor files of a folder, or None, and every problem found.

    `rules` are checked besides those of consistency.
    """
    files = yaml_files(folder)
    if isinstance(files, Problem):
        return None, [files]
    if not files:
        return None, [Problem(str(folder), 0, 0, "", "holds no corridor file (*.yaml)")]
    reads = [read_as(Description, file) for file in files]
    problems = [problem for read in reads for problem in read.problems]
    parts = list(_parts(reads))
    problems += _twice(parts)
    if problems:
        return None, problems
    union = Description.model_validate(_union(parts))
    found = [finding for rule in (findings, *rules) for finding in rule(union)]
    return union, _inconsistent(parts, found)


def yaml_files(folder: Path) -> list[Path] | Problem:
    """Return the YAML files of a folder by name, or the problem with the folder."""
    if not folder.exists():
        return Problem(str(folder), 0, 0, "", "does not exist")
    if not folder.is_dir():
        return Problem(str(folder), 0, 0, "", "is a file, not a folder")
    return sorted(file for file in folder.iterdir() if file.suffix in (".yaml", ".yml"))


def _parts(reads: Iterable[Read[Description]]) -> Iterator[Part]:
    for read in reads:
        if read.text is not None and read.value is not None:
            yield Part(read.text, read.value)


def _union(parts: Iterable[Part]) -> Records:
    union: Records = {kind: {} for kind in Description.model_fields}
    for part in parts:
        for kind, record_id, record in part.records():
            union[kind][record_id] = record
    return union


def _owners(parts: Iterable[Part]) -> dict[DataPath, Part]:
    owners: dict[DataPath, Part] = {}
    for part in parts:
        for kind, record_id, _ in part.records():
            owners.setdefault((kind, record_id), part)
    return owners


def _twice(parts: list[Part]) -> Iterator[Problem]:
    owners = _owners(parts)
    for part in parts:
        for kind, record_id, _ in part.records():
            first = owners[kind, record_id]
            if first is not part:
                line, _column = first.text.marks[kind, record_id].key
                what = f"'{record_id}' is already described at {first.text.file}:{line}"
                yield part.text.problem(Finding((kind, record_id), what, at_key=True))


def _inconsistent(parts: list[Part], found: Iterable[Finding]) -> list[Problem]:
    owners = _owners(parts)
    return [owners.get(finding.path[:2], parts[0]).text.problem(finding) for finding in found]
