"""A queue over time: how many and how much wait, at every instant at which that changes."""

from dataclasses import dataclass

import numpy as np

from sim.clock import NEVER
from sim.indicators.passages import Ints


@dataclass(frozen=True)
class Waiting:
    """From each of `at_s` (s, ascending) on `length` units of together `mass_kg` wait, until the next.

    Nobody waits before the first.
    """

    at_s: Ints
    length: Ints
    mass_kg: Ints

    def between(self, start_s: int, end_s: int) -> slice:
        """Return which of the values hold at some instant of [`start_s`, `end_s`) (s)."""
        first = int(np.searchsorted(self.at_s, start_s, side="right")) - 1
        return slice(max(0, first), int(np.searchsorted(self.at_s, end_s)))

    def longest(self, start_s: int, end_s: int) -> int:
        """Return the largest number that waits at an instant of [`start_s`, `end_s`) (s)."""
        return int(self.length[self.between(start_s, end_s)].max(initial=0))

    def heaviest_kg(self, start_s: int, end_s: int) -> int:
        """Return the largest mass (kg) that waits at an instant of [`start_s`, `end_s`) (s)."""
        return int(self.mass_kg[self.between(start_s, end_s)].max(initial=0))

    def back_for(self, lasting_s: int, level: int, from_s: int, end_s: int) -> int:
        """Return the first instant from `from_s` on at which no more than `level` wait for `lasting_s`.

        `NEVER` if there is none of which all of that time lies before `end_s` (s).
        """
        inside = self.between(from_s, end_s)
        over = self.length[inside] > level
        at_s = np.maximum(self.at_s[inside], from_s)
        turns = np.flatnonzero(np.diff(over.astype(np.int8), prepend=np.int8(0)))
        back_at = from_s
        for turn in turns.tolist():
            if not over[turn]:
                back_at = int(at_s[turn])
            elif int(at_s[turn]) - back_at >= lasting_s:
                return back_at
        still_over = bool(len(over)) and bool(over[-1])
        return NEVER if still_over or back_at + lasting_s > end_s else back_at


def waiting(begins: Ints, ends: Ints, mass_kg: Ints) -> Waiting:
    """Return the queue of units of `mass_kg` (kg) that wait from `begins` to `ends` (s)."""
    instants = np.concatenate([begins, ends])
    one = np.ones_like(begins)
    at_s, where = np.unique(instants, return_inverse=True)
    length = np.bincount(where, weights=np.concatenate([one, -one]), minlength=len(at_s))
    mass = np.bincount(where, weights=np.concatenate([mass_kg, -mass_kg]), minlength=len(at_s))
    return Waiting(at_s, np.cumsum(length).astype(np.int64), np.cumsum(mass).astype(np.int64))
