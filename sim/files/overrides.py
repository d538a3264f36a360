"""Values given on the command line: ``--set posts.astara-road.outbound.customs.servers=6``."""

import re
from collections.abc import Iterable

from sim.errors import Problem
from sim.files.yaml12 import parse
from sim.model.case import Origin, Override, Placed
from sim.model.evidence import Evidence
from sim.model.faults import PATTERNS, shown

OPTION = "--set"
BY_USER = Evidence(assumed="set on the command line")
_PATH = r"^[a-z_]+(\.[a-z0-9_-]+)+$"


def overrides(sets: Iterable[str]) -> tuple[list[Placed], list[Problem]]:
    """Return the changes that texts ``PATH=VALUE`` ask for, in order, and what is wrong with them.

    A value is read like a plain value of a file: ``6``, ``1e6``, ``true``, ``08:00-20:00``, ``[produce]``.
    """
    read = [_override(text) for text in sets]
    changes = [change for change in read if isinstance(change, Placed)]
    problems = [problem for problem in read if isinstance(problem, Problem)]
    paths = [change.origin.where for change in changes]
    problems += [Problem(OPTION, 0, 0, path, "is given twice") for path in paths if paths.count(path) > 1]
    return changes, list(dict.fromkeys(problems))


def _override(text: str) -> Placed | Problem:
    path, equals, written = (part.strip() for part in text.partition("="))
    if not equals:
        return Problem(OPTION, 0, 0, text, "needs the form PATH=VALUE")
    if not re.fullmatch(_PATH, path):
        return Problem(OPTION, 0, 0, text, f"must be {PATTERNS[_PATH]}, is {shown(path)}")
    document = parse(written, OPTION)
    value = document.data
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        value = [str(item) for item in value]
    elif not isinstance(value, bool | int | float | str):
        value = None
    if document.problems or value is None:
        what = f"the value must be a number, a text, true/false or a list of texts, is '{written}'"
        return Problem(OPTION, 0, 0, path, what)
    return Placed(Override(path, value), Origin(OPTION, 0, 0, path), OPTION, BY_USER)
