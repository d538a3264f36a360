"""The border posts that are shipped: means kept, perishables first in Iran, holidays on their days."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from sim.changes import apply
from sim.files import load_description, load_plan
from sim.network.compile import compile_case

ROOT = Path(__file__).parents[2]
MEAN = re.compile(r"^([0-9.]+) on the mean over all$")


@pytest.fixture(scope="module")
def description():
    return load_description(ROOT / "corridors")


def steps(description):
    for post_id, post in description.posts.items():
        for way, crossing in (("outbound", post.outbound), ("inbound", post.inbound)):
            for step_id, step in crossing.steps.items():
                yield f"{post_id}/{way}/{step_id}", post, step


def compiled(description, scenario):
    return compile_case(apply(description, load_plan(scenario, ROOT / "scenarios")))


def test_facilitation_keeps_the_mean_and_spread_of_each_service(description):
    """Minutes times the mean of factors is the mean that the note tells; the second moment is that of 0.8.

    With m minutes for others, share p and factor f: E[x^2] = m^2 (1 + cv^2) ((1 - p) + p f^2).
    """
    found = 0
    for name, _, step in steps(description):
        if step.facilitated_share is None:
            continue
        share, factor = step.facilitated_share.value, step.facilitated_factor.value
        told = MEAN.match(step.service_min.note or "")
        assert told, name
        mean = float(told[1])
        assert step.service_min.value * (1 - share + share * factor) == pytest.approx(mean, rel=1e-4), name
        square = step.service_min.value**2 * (1 + step.service_cv.value**2)
        assert square * (1 - share + share * factor**2) == pytest.approx(mean**2 * (1 + 0.8**2), rel=1e-3)
        found += 1
    assert found == 30


def test_perishables_go_first_at_every_road_step_of_iran(description):
    """As the rule of 2015 has it, at all posts; nowhere else in the base."""
    for name, post, step in steps(description):
        iranian = step.side == "IR" and post.mode == "road" and post.status == "operating"
        assert step.urgent == (["produce"] if iranian else []), name


def test_scenarios_of_facilitation_shorten_customs_by_what_their_notes_say(description):
    """eTIR: 0.64 instead of 0.8 of the minutes of the others, a fifth; green lanes: 0.701, an eighth."""
    base = {e.name: e for e in compiled(description, "baseline").elements}
    for scenario, part in (("etir", 0.8), ("tir-green-lanes", 0.875)):
        made = {e.name: e for e in compiled(description, scenario).elements}
        name = "astara-road/outbound/customs"
        assert made[name].mean_factor / base[name].mean_factor == pytest.approx(part, abs=0.002)
        assert made[name].service_s == base[name].service_s


def new_year(first_year, years):
    """Yield (solar year, its first day) by the arithmetic calendar of 33 years with 8 leap years."""
    day = date(2022, 3, 21)
    for year in range(1401, 1401 + years):
        if year >= first_year:
            yield year, day
        day += timedelta(366 if (25 * year + 11) % 33 < 8 else 365)


def test_iranian_holidays_fall_on_their_days_of_the_solar_year(description):
    """22 Bahman, 29 Esfand to 4 Farvardin, 12 and 13 Farvardin, 14 and 15 Khordad, 2023 to 2030."""
    days = description.holidays["iran"].days
    starts = dict(new_year(1401, 9))
    for solar_year in range(1402, 1410):
        first, before, year = starts[solar_year], starts[solar_year - 1], starts[solar_year].year

        def span(name, year=year):
            return days[f"{name}-{year}"].days(year)

        def farvardin(number, first=first):
            return first + timedelta(number - 1)

        assert span("nowruz") == (first - timedelta(1), farvardin(4))
        assert span("republic-and-nature") == (farvardin(12), farvardin(13))
        assert span("khordad") == (farvardin(2 * 31 + 14), farvardin(2 * 31 + 15))
        bahman_22 = before + timedelta(6 * 31 + 4 * 30 + 22 - 1)
        assert span("revolution") == (bahman_22, bahman_22)
    assert len(days) == 4 * 8


def test_customs_closed_on_holidays_close_each_side_on_its_own(description):
    """In 2025 the Iranian side of Astara is away on 5 + 2 + 2 + 1 days, the Azerbaijani on 16."""
    network = compiled(description, "customs-closed-on-holidays")
    year = network.measured
    for part, days in (("exit-customs", 5 + 2 + 2 + 1), ("customs", 16)):
        element = next(e for e in network.elements if e.name == f"astara-road/outbound/{part}")
        closed_s = network.servers[element.server].calendar.closed_s(year.start_s, year.end_s)
        assert closed_s == days * 86_400
