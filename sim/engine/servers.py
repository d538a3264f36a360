"""Queues: servers that work in parallel while they are open, and a daily acceptance.

Every queue is first come, first served; who arrives at one instant is served in the order of arrival at
the queue. Nobody who comes later can therefore change when a unit starts, and since hours, closures and
changes of places are known beforehand, a unit is told on arrival when it will leave: one event a visit.
"""

from heapq import heappop, heappush

from sim.clock import NEVER, always_open
from sim.network.elements import Server
from sim.records.columns import NOT_YET, Recorder
from sim.units import SECONDS_PER_DAY


class Queue:
    """What all queues share: when the next one can start, and the record of each visit.

    What would start at `end_s` or later has not happened in the run.
    """

    def __init__(self, server: Server, recorder: Recorder, end_s: int = NEVER) -> None:
        self.server = server
        self.recorder = recorder
        self.end_s = end_s
        self.started_at = 0
        """When the last one started: nobody starts earlier."""

    def enter(self, unit: int, element: int, now: int, stay_s: int, hold_s: int | None = None) -> int:
        """Queue `unit` for `element` at the instant `now` (s); return the instant of its going on.

        It stays `stay_s` from its start; its place is free again after `hold_s` (default: its stay).
        The instant is `NEVER` if it does not start within the run.
        """
        starts_at = self.start(now)
        self.keep(starts_at + (stay_s if hold_s is None else hold_s))
        if starts_at >= self.end_s:
            self.recorder.visit(unit, element, now, NOT_YET, NOT_YET)
            return NEVER
        self.recorder.visit(unit, element, now, starts_at, starts_at + stay_s)
        return starts_at + stay_s

    def start(self, now: int) -> int:
        """Return when the next one starts, s, if it comes at the instant `now` (s)."""
        raise NotImplementedError

    def keep(self, until_s: int) -> None:
        """Keep the place of the one that was started last until an instant (s)."""


class Station(Queue):
    """So many places side by side, each kept for as long as the unit holds it."""

    def __init__(self, server: Server, recorder: Recorder, end_s: int = NEVER) -> None:
        super().__init__(server, recorder, end_s)
        self.taken: list[int] = []
        """When each place that is taken is free again (s), the earliest first."""
        self.places = 0 if server.places.changes else server.places.first
        """How many there are; 0 if that changes."""
        self.always_open = always_open(server.calendar)

    def start(self, now: int) -> int:
        """Start when a place is free and the station open, after all who came before."""
        taken = self.taken
        at_s = max(now, self.started_at)
        while taken and taken[0] <= at_s:
            heappop(taken)
        if not (self.always_open and self.places > len(taken)):
            at_s = self._free_at(at_s)
        self.started_at = at_s
        return at_s

    def keep(self, until_s: int) -> None:
        """Take a place until an instant (s)."""
        heappush(self.taken, until_s)

    def _free_at(self, at_s: int) -> int:
        """Return the first instant from `at_s` (s) at which one may start."""
        taken, server = self.taken, self.server
        while True:
            at_s = server.calendar.next_open(at_s)
            if at_s >= NEVER:
                return NEVER
            while taken and taken[0] <= at_s:
                heappop(taken)
            if len(taken) < (self.places or server.places.at(at_s)):
                return at_s
            at_s = min(taken[0], server.places.next_change(at_s))


class Acceptance(Queue):
    """So many in a calendar day; what a day does not use is lost."""

    day = -1
    accepted = 0

    def start(self, now: int) -> int:
        """Start on the first day whose number is not used up."""
        at_s = max(now, self.started_at)
        while True:
            at_s = self.server.calendar.next_open(at_s)
            if at_s >= NEVER:
                break
            if at_s // SECONDS_PER_DAY != self.day:
                self.day, self.accepted = at_s // SECONDS_PER_DAY, 0
            if self.accepted < self.server.places.at(at_s):
                self.accepted += 1
                break
            at_s = min((self.day + 1) * SECONDS_PER_DAY, self.server.places.next_change(at_s))
        self.started_at = at_s
        return at_s


def queue(server: Server, recorder: Recorder, end_s: int) -> Queue:
    """Return the queue of a server in a run that ends at `end_s` (s)."""
    return (Acceptance if server.daily else Station)(server, recorder, end_s)
