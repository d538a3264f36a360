"""What a unit does at one element, prepared so that the millions of visits of a year look up little."""

from sim.clock import NEVER, always_open
from sim.engine.draws import Draws
from sim.engine.servers import Queue
from sim.network.elements import Element
from sim.records.columns import NOT_YET, Recorder


class Stop:
    """An element with the queue before it, if there is one."""

    __slots__ = (
        "cv", "draws", "element", "free", "full_kg", "hold_s", "mean_s", "moving_s", "name", "number", "open",
        "queue", "recorder", "s_per_kg", "served", "share",
    )  # fmt: skip

    def __init__(
        self, number: int, element: Element, queue: Queue | None, recorder: Recorder, draws: Draws
    ) -> None:
        self.number, self.element, self.name = number, element, element.name
        self.recorder, self.draws = recorder, draws
        self.queue = queue
        self.free = queue is None
        """Nobody queues for it."""
        self.open = always_open(element.calendar)
        self.moving_s = element.moving_s
        self.served = element.kind not in ("section", "acceptance")
        """The stay is a service, drawn anew for each unit; else it is the time under way."""
        self.mean_s = None if element.service_s.changes else element.service_s.first
        self.s_per_kg, self.cv, self.share = element.service_s_per_kg, element.service_cv, element.share
        self.hold_s, self.full_kg = element.hold_s, element.full_kg

    def pass_freely(self, unit: int, arrived_at: int) -> int:
        """Record a visit without a queue and return the instant (s) of leaving.

        The unit waits while the element is closed; where that never ends it has not started, and the
        instant is `NEVER`.
        """
        opens_at = arrived_at if self.open else self.element.calendar.next_open(arrived_at)
        if opens_at >= NEVER:
            self.recorder.visit(unit, self.number, arrived_at, NOT_YET, NOT_YET)
            return NEVER
        left_at = opens_at + self.moving_s
        self.recorder.visit(unit, self.number, arrived_at, opens_at, left_at)
        return left_at

    def queue_up(self, unit: int, mass_kg: int, luck: tuple[str, int], now: int) -> int:
        """Queue a unit at the instant `now` and return when it leaves (s), `NEVER` if not within the run.

        `luck` names its draws: whose n-th unit it is. Who need not stop leaves at once.
        """
        if self.queue is None:
            raise ValueError(f"{self.name} has no queue")
        if self.share < 1 and not self.draws.picked(self.name, *luck, self.share):
            if self.element.counted:
                self.recorder.visit(unit, self.number, now, now, now)
            return now
        stay_s, hold_s = self.moving_s, self.hold_s
        if self.served:
            stay_s = self.service_s(mass_kg, luck, now)
        elif hold_s is not None and mass_kg < self.full_kg:
            hold_s = max(1, round(hold_s * mass_kg / self.full_kg))
        return self.queue.enter(unit, self.number, now, stay_s, hold_s)

    def service_s(self, mass_kg: int, luck: tuple[str, int], now: int) -> int:
        """Return the service time (s) of a unit, by the mean in force now."""
        mean_s = self.element.service_s.at(now) if self.mean_s is None else self.mean_s
        mean_s += self.s_per_kg * mass_kg
        if self.cv:
            mean_s *= self.draws.factor(self.name, *luck, self.cv)
        return max(1, round(mean_s))
