"""What can be wrong with an input, said so that its owner can mend it.

A `Problem` is one line: where it is, what is wrong, the nearest right word. Everything that checks
input collects problems and raises them together as one `InputError`, so that a user sees all of them
at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong with an input.

    Parameters
    ----------
    file
        The file as the user named it, or what stands for it (``--set``).
    line, column
        Where in the file, counted from 1; 0 where no place in a text is to blame.
    where
        The readable path of the value, e.g. ``posts.astara-road.outbound``.
    what
        What is wrong, and the remedy where there is one.
    """

    file: str
    line: int
    column: int
    where: str
    what: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{place}: {self.where}: {self.what}" if self.where else f"{place}: {self.what}"


class CorridorError(Exception):
    """Base of every error that the program raises on purpose."""


class InputError(CorridorError):
    """The input is wrong: carries every problem found, in the order of the files."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class RunError(CorridorError):
    """The run failed although its input was valid: a defect of the program, never of the input."""


def nearest(word: str, choices: Iterable[str]) -> str:
    """Return ``" (nearest: 'x')"`` for the choice most like `word`, or an empty text if none is near."""
    match = get_close_matches(word, sorted(choices), n=1, cutoff=0.5)
    return f" (nearest: '{match[0]}')" if match else ""
