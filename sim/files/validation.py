"""Plain data to frozen objects, or to problems that name file, line and column."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError

from sim.errors import Problem
from sim.files.text import read_text
from sim.files.yaml12 import Mark, Marks, parse
from sim.model.case import Origin
from sim.model.faults import Finding, faults
from sim.model.shape import Path, readable

M = TypeVar("M", bound=BaseModel)
TOP = Mark((1, 1), (1, 1))


@dataclass(frozen=True)
class Text:
    """A YAML file that could be read: its name, its plain data and the places of its parts."""

    file: str
    data: object
    marks: Marks

    def origin(self, path: Path) -> Origin:
        """Return where the value at `path` begins."""
        line, column = self._mark(path).value
        return Origin(self.file, line, column, readable(path))

    def problem(self, finding: Finding) -> Problem:
        """Return a finding in this file as a problem with its line and column.

        What is wrong with a key or a whole record stands at the key, what is wrong with a value at it.
        """
        mark = self._mark(finding.path)
        whole = finding.at_key or isinstance(self._at(finding.path), dict | list)
        line, column = mark.key if whole else mark.value
        where = finding.path[:-1] if finding.at_key else finding.path
        return Problem(self.file, line, column, readable(where), finding.what)

    def problems(self, found: Iterable[Finding]) -> list[Problem]:
        """Return findings in this file as problems."""
        return [self.problem(finding) for finding in found]

    def _mark(self, path: Path) -> Mark:
        while path and path not in self.marks:
            path = path[:-1]
        return self.marks.get(path, TOP)

    def _at(self, path: Path) -> object:
        node = self.data
        for segment in path:
            node = _below(node, segment)
        return node


def _below(node: object, segment: str | int) -> object:
    if isinstance(node, dict):
        return node.get(segment)
    if isinstance(node, list) and isinstance(segment, int) and segment < len(node):
        return node[segment]
    return None


@dataclass(frozen=True)
class Read(Generic[M]):
    """A file read as a model: the text and the object, or what prevented either."""

    text: Text | None
    value: M | None
    problems: tuple[Problem, ...]


def read_yaml(path: FilePath) -> Text | list[Problem]:
    """Return the plain data of a YAML file with its marks, or every problem with its form."""
    text = read_text(path)
    if isinstance(text, Problem):
        return [text]
    document = parse(text, str(path))
    if document.problems:
        return list(document.problems)
    if document.data is None:
        return [Problem(str(path), 0, 0, "", "is empty")]
    return Text(str(path), document.data, document.marks)


def validated(model: type[M], text: Text) -> M | list[Problem]:
    """Return the object that a text describes, or every problem of its content.

    A value that is wrong is named at its own line and column, a key that is missing at its record's.
    """
    try:
        return model.model_validate(text.data)
    except ValidationError as error:
        return text.problems(faults(error, model))


def read_as(model: type[M], path: FilePath) -> Read[M]:
    """Read a YAML file as a model."""
    text = read_yaml(path)
    if isinstance(text, list):
        return Read(None, None, tuple(text))
    value = validated(model, text)
    if isinstance(value, list):
        return Read(text, None, tuple(value))
    return Read(text, value, ())
