"""Queues: servers that work in parallel while they are open, and a daily acceptance.

Every queue is first come, first served; who arrives at one instant is served in the order of arrival at
the queue. A unit waits on an event that fires when it may go on.
"""

from collections import deque
from dataclasses import dataclass

from simpy import Environment, Event

from sim.clock import NEVER
from sim.network.elements import Server
from sim.records.columns import NOT_YET, Recorder
from sim.units import SECONDS_PER_DAY


class Departure(Event):
    """The event of one unit's going on from a queue."""

    def after(self, delay_s: int) -> None:
        """Let the event fire in `delay_s` seconds."""
        self._ok = True
        self._value = None
        self.env.schedule(self, delay=delay_s)


@dataclass(frozen=True)
class Visit:
    """A unit in a queue: it will stay `stay_s` once started and hold its place for `hold_s` (s)."""

    unit: int
    element: int
    arrived_at: int
    stay_s: int
    hold_s: int
    departure: Departure


class Queue:
    """What all queues share: those who wait, and waking up when something can start again."""

    def __init__(self, env: Environment, server: Server, recorder: Recorder) -> None:
        self.env = env
        self.server = server
        self.recorder = recorder
        self.waiting: deque[Visit] = deque()
        self._wakes_at = NEVER
        for changes_at, _ in server.places.changes:
            env.timeout(changes_at).callbacks.append(self._wake)

    def enter(self, unit: int, element: int, stay_s: int, hold_s: int | None = None) -> Departure:
        """Queue `unit` for `element` and return the event of its going on.

        It stays `stay_s` from its start; its place is free again after `hold_s` (default: its stay).
        """
        hold_s = stay_s if hold_s is None else hold_s
        visit = Visit(unit, element, int(self.env.now), stay_s, hold_s, Departure(self.env))
        self.waiting.append(visit)
        self.dispatch()
        return visit.departure

    def dispatch(self) -> None:
        """Start whoever may start now, and wake up again when the next one might."""
        now = int(self.env.now)
        while self.waiting and self.has_place(now):
            opens_at = self.server.calendar.next_open(now)
            if opens_at > now:
                self._wake_at(opens_at)
                return
            self._start(self.waiting.popleft(), now)

    def has_place(self, now: int) -> bool:
        """Whether one more may start at the instant `now` (s)."""
        raise NotImplementedError

    def close_books(self) -> None:
        """Record those who still wait at the end of the run."""
        for visit in self.waiting:
            self.recorder.visit(visit.unit, visit.element, visit.arrived_at, NOT_YET, NOT_YET)

    def _start(self, visit: Visit, now: int) -> None:
        self.recorder.visit(visit.unit, visit.element, visit.arrived_at, now, now + visit.stay_s)
        visit.departure.after(visit.stay_s)

    def _wake_at(self, at_s: int) -> None:
        now = int(self.env.now)
        if at_s >= NEVER or now < self._wakes_at <= at_s:
            return
        self._wakes_at = at_s
        self.env.timeout(at_s - now).callbacks.append(self._wake)

    def _wake(self, _: Event) -> None:
        self.dispatch()


class Station(Queue):
    """So many places side by side, each kept for as long as the unit holds it."""

    busy = 0

    def has_place(self, now: int) -> bool:
        """Whether a place is free."""
        return self.busy < self.server.places.at(now)

    def _start(self, visit: Visit, now: int) -> None:
        """Start a visit, which keeps a place until its hold is over."""
        super()._start(visit, now)
        self.busy += 1
        if visit.hold_s == visit.stay_s:
            visit.departure.callbacks.append(self._release)
        else:
            self.env.timeout(visit.hold_s).callbacks.append(self._release)

    def _release(self, _: Event) -> None:
        self.busy -= 1
        self.dispatch()


class Acceptance(Queue):
    """So many in a calendar day; what a day does not use is lost."""

    today = -1
    accepted = 0

    def has_place(self, now: int) -> bool:
        """Whether today's number is not used up; if it is, wake up at midnight."""
        day = now // SECONDS_PER_DAY
        if day != self.today:
            self.today, self.accepted = day, 0
        if self.accepted < self.server.places.at(now):
            return True
        self._wake_at((day + 1) * SECONDS_PER_DAY)
        return False

    def _start(self, visit: Visit, now: int) -> None:
        """Start a visit, one more for today."""
        super()._start(visit, now)
        self.accepted += 1


def queue(env: Environment, server: Server, recorder: Recorder) -> Queue:
    """Return the queue of a server."""
    return (Acceptance if server.daily else Station)(env, server, recorder)
