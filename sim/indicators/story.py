"""The story of one consignment: where it was at every instant from release to delivery, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sim.indicators.extract import Carrier, Extract, Visit
from sim.indicators.legend import Fee, Legend, Spot
from sim.indicators.storage import begun_days
from sim.indicators.things import SCOPES
from sim.records.columns import NOT_YET
from sim.units import KG_PER_TONNE

What = Literal["moving", "served", "waiting"]
UNDER_WAY = ("section", "sailing")
Account = dict[tuple[What, str], int]
"""Seconds by what was done and by mode, kind of place served at, or cause of waiting."""


@dataclass(frozen=True)
class Episode:
    """A stretch of time at one place: `what`, and `by` which mode, at which kind of place, for which cause.

    It begins at `at_s` and lasts `duration_s`, of a wait `closed_s` of it while the place was closed.
    `carrier` is the vehicle aboard; None where the consignment is by itself (in one truck, or standing).
    """

    at_s: int
    duration_s: int
    what: What
    by: str
    closed_s: int
    spot: Spot
    carrier: Carrier | None
    mass_kg: int


@dataclass(frozen=True)
class Paid:
    """A charge that fell due on the way, USD."""

    fee: Fee
    spot: Spot
    usd: float


@dataclass(frozen=True)
class Story:
    """A consignment from release to delivery, or to the end of the run: `ends_at` (s).

    Episodes follow each other without gaps: their durations add up to `ends_at` less the release.
    """

    facts: Extract
    ends_at: int
    episodes: tuple[Episode, ...]
    paid: tuple[Paid, ...]

    @property
    def delivered(self) -> bool:
        """Whether it arrived within the run."""
        return self.facts.delivered_at != NOT_YET

    @property
    def account(self) -> Account:
        """Seconds by what was done, longest first: they add up to the whole time."""
        total: Account = {}
        for episode in self.episodes:
            for by, duration_s in shares(episode):
                key = (episode.what, by)
                total[key] = total.get(key, 0) + duration_s
        return dict(sorted(total.items(), key=lambda item: (item[0][0], -item[1], item[0][1])))


def story(legend: Legend, facts: Extract) -> Story:
    """Return the story of a consignment from what a run holds of it."""
    ends_at = legend.end_s if facts.delivered_at == NOT_YET else min(facts.delivered_at, legend.end_s)
    aboard = {carrier.unit: carrier for carrier in facts.carriers if carrier.followed}
    episodes = [
        episode
        for visit in facts.visits
        if visit.unit == facts.unit or visit.unit in aboard
        for episode in _episodes(legend, facts, visit, aboard.get(visit.unit))
    ]
    return Story(facts, ends_at, tuple(episodes), tuple(_paid(legend, facts)))


def shares(episode: Episode) -> Iterator[tuple[str, int]]:
    """Yield what an episode counts for, and for how long, s: a wait for its cause and for being closed."""
    if episode.closed_s and episode.by != "closed":
        yield "closed", episode.closed_s
        yield episode.by, episode.duration_s - episode.closed_s
    else:
        yield episode.by, episode.duration_s


def _episodes(legend: Legend, facts: Extract, visit: Visit, carrier: Carrier | None) -> Iterator[Episode]:
    """Yield the wait and the stay of a visit, as far as they lie within the run and take time."""
    spot = legend.elements[visit.element]
    arrived_at, started_at, left_at = (
        legend.end_s if instant == NOT_YET else min(instant, legend.end_s)
        for instant in (visit.arrived_at, visit.started_at, visit.left_at)
    )
    mass_kg = carrier.mass_kg if carrier else facts.mass_kg
    waited_s = started_at - arrived_at
    if waited_s:
        by = "closed" if visit.closed_s == waited_s else spot.cause
        yield Episode(arrived_at, waited_s, "waiting", by, visit.closed_s, spot, carrier, mass_kg)
    if left_at > started_at:
        moving = spot.kind in UNDER_WAY
        what: What = "moving" if moving else "served"
        by = spot.mode if moving else SCOPES[spot.kind]
        yield Episode(started_at, left_at - started_at, what, by, 0, spot, carrier, mass_kg)


def _paid(legend: Legend, facts: Extract) -> Iterator[Paid]:
    """Yield the charges that fell due within the run, of all vehicles."""
    aboard_kg = {facts.unit: facts.mass_kg} | {carrier.unit: carrier.mass_kg for carrier in facts.carriers}
    passed_kg: dict[int, int] = {}
    for visit in facts.visits:
        if NOT_YET != visit.left_at < legend.end_s:
            passed_kg[visit.element] = passed_kg.get(visit.element, 0) + aboard_kg[visit.unit]
    for due in legend.itineraries[facts.itinerary].dues:
        usd = passed_kg.get(due.element, 0) / KG_PER_TONNE * due.usd_per_t
        if usd:
            yield Paid(legend.charges[due.charge], legend.elements[due.element], usd)
    yield from _rented(legend, facts)


def _rented(legend: Legend, facts: Extract) -> Iterator[Paid]:
    """Yield what was paid for storage before trains and ships that left within the run."""
    for rent in legend.itineraries[facts.itinerary].rents:
        there = [v for v in facts.visits if v.unit == facts.unit and v.element in rent.elements]
        if there and all(NOT_YET != visit.left_at < legend.end_s for visit in there):
            stay_s = max(v.left_at for v in there) - min(v.arrived_at for v in there)
            days = begun_days(np.array([stay_s]), rent.free_days).item()
            usd = days * rent.usd_per_t_day * facts.mass_kg / KG_PER_TONNE
            if usd:
                yield Paid(legend.charges[rent.charge], legend.elements[there[-1].element], usd)
