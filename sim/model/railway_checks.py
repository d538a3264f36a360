"""What must fit together of railways: one small named check for each rule."""

from collections.abc import Iterator

from sim.model.description import Description
from sim.model.faults import Finding, shown
from sim.model.network import Section
from sim.model.railways import crossing_s, fewest_loops, longest_crossing_s
from sim.units import SECONDS_PER_MINUTE

Findings = Iterator[Finding]


def crossing_loops_allow_the_capacity(description: Description) -> Findings:
    """Require that trains can cross on a single track as often as its capacity needs."""
    payloads_t = {fleet.mode: fleet.payload_t.value for fleet in description.fleets.values()}
    for section_id, section in description.sections.items():
        single = section.tracks is not None and section.tracks.value == 1
        if section.crossing_loops and single and section.mode in payloads_t:
            path = ("sections", section_id, "crossing_loops", "value")
            yield from _too_few(section, payloads_t[section.mode], path)


def _too_few(section: Section, train_t: float, path: tuple[str, ...]) -> Findings:
    if section.crossing_loops is None or section.capacity_mt_per_year is None:
        return
    crossing_min = crossing_s(section) / SECONDS_PER_MINUTE
    longest_min = longest_crossing_s(section, train_t) / SECONDS_PER_MINUTE
    if crossing_min <= longest_min:
        return
    fewest = fewest_loops(section, train_t)
    remedy = "give less capacity" if fewest is None else f"give at least {fewest}, or less capacity"
    what = (
        f"so few loops make a crossing take {crossing_min:.0f} min, but "
        f"{shown(section.capacity_mt_per_year.value)} Mt a year leave {longest_min:.0f} min: {remedy}"
    )
    yield Finding(path, what)


RAILWAY_CHECKS = (crossing_loops_allow_the_capacity,)
